"""What controlled documents ask for: reviews, renewal, acknowledgements, disposal.

Most documents ask for none of it, and a long register holds very many; so each is
looked at by its bare facts before its revisions are folded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.dates import LAST_DAY, day_after
from qms.external_documents import with_last_day
from qms.holders import asked
from qms.obligations.obligation import Obligation
from qms.revisions import review_due, revisions
from qms.terms import Clause, DocumentKind, ObligationKind, RevisionState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qms.model import Document, Policy, Unit
    from qms.obligations.obligation import Outlook
    from qms.revisions import Revision

__all__ = ["document_obligations"]

_REVIEW = Clause("ISO 9001:2015", "7.5.3.2; ISO 9001:2008, 4.2.3")
_EXPIRY = Clause("ISO 9001:2015", "7.5.3.1; ISO 9001:2008, 4.2.3")
_DISPOSAL = Clause("ISO 9001:2015", "7.5.3.2; ISO 9001:2008, 4.2.4")
_ACKNOWLEDGEMENT = Clause("ISO 9001:2015", "7.5.3.2; ISO 9001:2008, 4.2.3")
_USED = frozenset({RevisionState.ISSUED, RevisionState.EFFECTIVE, RevisionState.EXPIRED})


def document_obligations(unit: Unit, outlook: Outlook) -> Iterator[Obligation]:
    """What is asked of the documents of a unit on the day of an outlook."""
    on, policy = outlook.on, outlook.policy
    for key, document in unit.documents.items():
        place = f"documents.{key}"
        by_policy = policy.document_review_months and document.kind is not DocumentKind.RECORD
        if document.review_every or by_policy:
            yield from _review(place, with_last_day(document, unit, on), on, policy)
        limited = any(event.until is not None for event in document.history)
        if limited or document.retention is not None:
            known = revisions(document, on)
            if limited:
                yield from _renewal(place, document, known, on)
            yield from _disposals(place, document, known)
        if document.distribution:
            yield from _acknowledgements(place, document, on, policy)


def _review(place: str, document: Document, on: date, policy: Policy) -> Iterator[Obligation]:
    """The next periodic review; the one before it is met, or this one would not be the next."""
    due = review_due(document, on, policy)
    if due is None:
        return
    known = [one for one in revisions(document, on) if one.state is RevisionState.EFFECTIVE]
    begun = known[0].effective if known else document.in_force
    held = [review.on for review in document.reviews]
    ends = known[0].ends if known else document.ended
    yield Obligation(
        kind=ObligationKind.DOCUMENT_REVIEW,
        subject=place,
        opens=max([*held, begun]) if begun is not None else max(held),
        due=due,
        void_from=None if ends is None or ends == LAST_DAY else day_after(ends),
        basis=_REVIEW,
        owner=document.owner,
    )


def _renewal(
    place: str, document: Document, known: Sequence[Revision], on: date
) -> Iterator[Obligation]:
    """A revision of limited validity is renewed or withdrawn before its last day is over.

    Asked are the latest that has come into force, and those that are issued for a day to come.
    """
    issued = [one for one in known if one.effective is not None]
    begun = [index for index, one in enumerate(issued) if (one.effective or on) <= on]
    for one in issued[begun[-1] if begun else 0 :]:
        if one.state not in _USED or one.until is None or one.withdrawn is not None:
            continue
        ahead = [
            later.issued
            for later in issued[issued.index(one) + 1 :]
            if later.issued and later.effective and later.effective <= day_after(one.until)
        ]
        yield Obligation(
            kind=ObligationKind.DOCUMENT_EXPIRY,
            subject=place,
            opens=(one.issued if one.effective and one.effective <= on else one.effective) or on,
            due=one.until,
            met=min(ahead, default=None),
            basis=_EXPIRY,
            owner=document.owner,
        )


def _disposals(place: str, document: Document, known: Sequence[Revision]) -> Iterator[Obligation]:
    """What was kept long enough is disposed of; no day is laid down by which."""
    if document.kind is DocumentKind.EXTERNAL:
        return
    for one in known:
        if one.kept_until is not None and one.disposed is None and one.kept_until != LAST_DAY:
            yield Obligation(
                kind=ObligationKind.RETENTION_END,
                subject=place,
                opens=day_after(one.kept_until),
                due=None,
                basis=_DISPOSAL,
                owner=document.owner,
            )


def _acknowledgements(
    place: str, document: Document, on: date, policy: Policy
) -> Iterator[Obligation]:
    """Every holder says that the revision in force was read and understood."""
    for one in asked(document, on, policy, ahead=True):
        in_time = one.met is not None and one.met <= one.due
        yield Obligation(
            kind=ObligationKind.ACKNOWLEDGEMENT,
            subject=place,
            opens=one.since,
            due=one.due,
            met=one.met if in_time else None,
            late=None if in_time else one.met,
            basis=_ACKNOWLEDGEMENT,
            owner=one.holder,
        )
