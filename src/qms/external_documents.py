"""How long the documents from outside are in force: legal documents and external documents.

Rules, lists, evidence and the facts of a checklist all ask here, so that none of them calls
in force what another one calls ended (ISO 9001:2015, 7.5.3.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve
from msgspec.structs import replace

from qms.dates import day_before, day_in_words
from qms.model import LegalDocument
from qms.revisions import Refusal, in_force, revisions
from qms.terms import DocumentAct, DocumentKind, LegalAct, RevisionState
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qms.model import Document, DocumentEvent, Unit
    from qms.revisions import Revision

__all__ = [
    "document_in_force",
    "is_in_force",
    "is_issued",
    "issue_refusals",
    "last_day_in_force",
    "revisions_in_their_days",
    "successor_of",
    "with_last_day",
]


def successor_of(record: LegalDocument | Document, unit: Unit) -> LegalDocument | Document | None:
    """What replaced a document, where the unit keeps a record of it."""
    by = record.replaced_by
    if by is None:
        return None
    return unit.legal_documents.get(by) or unit.documents.get(by)


def last_day_in_force(record: LegalDocument | Document, unit: Unit, on: date) -> date | None:
    """The last day on which a document from outside is in force; None where it goes on.

    The day that is recorded; else the day before its recorded repeal; else the day before
    the first day in force, or else that of issue, of what replaced it.

    Args:
        record: A legal document, or a document of the kind external.
        unit: The unit that keeps it, as known on the day.
        on: The day; what takes effect later has not ended anything yet.
    """
    if record.ended is not None:
        return record.ended
    repealed = [one.on for one in record.reviews if getattr(one, "act", None) is LegalAct.REPEALED]
    if repealed:
        return day_before(min(repealed))
    first = _begun(successor_of(record, unit))
    if first is None or first > on or (record.in_force is not None and first <= record.in_force):
        return None
    return day_before(first)


def _begun(record: LegalDocument | Document | None) -> date | None:
    """The first day in force; of a legal document, where that is not recorded, the day of issue."""
    if isinstance(record, LegalDocument):
        return record.in_force or record.issued or _first_issued(record)
    return None if record is None else record.in_force


def is_issued(legal: LegalDocument, on: date) -> bool:
    """Whether a legal document is there by a day; one that was only proposed is not.

    One of which no day is recorded is taken as the office lists it: as issued.
    """
    issued = legal.issued or _first_issued(legal)
    if issued is not None:
        return issued <= on
    return legal.in_force is not None or not _is_proposed(legal)


def _first_issued(legal: LegalDocument) -> date | None:
    return min((one.on for one in legal.reviews if one.act is LegalAct.ISSUED), default=None)


def _is_proposed(legal: LegalDocument) -> bool:
    return any(one.act is LegalAct.PROPOSED for one in legal.reviews)


def is_in_force(legal: LegalDocument, unit: Unit, on: date) -> bool:
    """Whether a legal document is in force on a day.

    One that was only proposed is not; one of which no day is recorded is taken as the office
    lists it: in force.
    """
    begun = _begun(legal)
    ended = last_day_in_force(legal, unit, on)
    if begun is None and _is_proposed(legal):
        return False
    return (begun is None or begun <= on) and (ended is None or ended >= on)


def document_in_force(document: Document, unit: Unit, on: date) -> bool:
    """Whether a document is in force on a day; an external one not after what replaced it is."""
    return in_force(with_last_day(document, unit, on), on)


def with_last_day(document: Document, unit: Unit, on: date) -> Document:
    """A document as it is or, an external one, with the last day that follows from what replaced it."""
    if document.replaced_by is None or document.kind is not DocumentKind.EXTERNAL:
        return document
    return evolve(document, ended=last_day_in_force(document, unit, on))


def revisions_in_their_days(document: Document, unit: Unit, on: date) -> tuple[Revision, ...]:
    """The revisions of a document on a day; of an external one within its own days in force.

    A text from outside is not in force because the unit issued it: what it approved as its
    copy is used from the first day of the text on, and not after its last one.
    """
    found = revisions(document, on)
    if document.kind is not DocumentKind.EXTERNAL:
        return found
    ended, first = last_day_in_force(document, unit, on), document.in_force
    if ended is not None and ended < on:
        return tuple(_ended(one, ended) if one.state in _USED else one for one in found)
    if first is not None and first > on:
        return tuple(
            replace(one, state=RevisionState.ISSUED) if one.state in _USED else one for one in found
        )
    return found


_USED = (RevisionState.EFFECTIVE, RevisionState.ISSUED)


def _ended(one: Revision, ended: date) -> Revision:
    return replace(one, state=RevisionState.EXPIRED, ends=ended, ended_by=RevisionState.EXPIRED)


_ENDED = Text(
    en="this external document was in force until {ended}, and would be used from {day}",
    vi="văn bản bên ngoài này hết hiệu lực sau ngày {ended}, nhưng được đưa vào áp dụng từ ngày {day}",
)
_NOT_YET = Text(
    en="this external document is in force from {first} only, and would be used from {day}",
    vi="văn bản bên ngoài này từ ngày {first} mới có hiệu lực, nhưng được đưa vào áp dụng từ "
    "ngày {day}",
)
_ISSUE_IN_FORCE = Text(
    en="Use what replaced it, or correct the day of effect (--effective) or the days in force "
    "of the document.",
    vi="Áp dụng văn bản thay thế, hoặc sửa lại ngày áp dụng (--effective) hay thời gian hiệu lực "
    "của văn bản.",
)


def issue_refusals(document: Document, event: DocumentEvent, unit: Unit) -> Iterator[Refusal]:
    """Why an external document may not be issued for use: on that day it is not in force."""
    if event.act is not DocumentAct.ISSUED or document.kind is not DocumentKind.EXTERNAL:
        return
    used = event.effective or event.on
    ended, first = last_day_in_force(document, unit, used), document.in_force
    facts = {"day": day_in_words(used)}
    if ended is not None and ended < used:
        what = _ENDED.format(**facts, ended=day_in_words(ended))
        yield Refusal(code="external-ended", what=what, remedy=_ISSUE_IN_FORCE)
    elif first is not None and used < first:
        what = _NOT_YET.format(**facts, first=day_in_words(first))
        yield Refusal(code="external-not-yet", what=what, remedy=_ISSUE_IN_FORCE)
