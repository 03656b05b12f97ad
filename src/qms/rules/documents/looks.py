"""What the rules about documents look at first.

A long register holds very many documents of which nothing is to be said; these
looks find that out from the bare facts, each once for a unit, before any
revision is folded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.revisions import revision_key
from qms.rules.certification.cycles import is_over
from qms.terms import Clause, DocumentAct, DocumentKind, RevisionState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms.model import Document
    from qms.revisions import Revision
    from qms.standing import Life

__all__ = [
    "DESCRIBING",
    "clauses",
    "has_document_obligations",
    "has_documents",
    "has_remarkable_documents",
    "is_in_force",
    "living",
    "own_revisions",
    "same_revision",
]

#: The kinds of documents that say how something is done.
DESCRIBING = frozenset(
    {
        DocumentKind.MANUAL,
        DocumentKind.PROCEDURE,
        DocumentKind.INSTRUCTION,
        DocumentKind.REGULATION,
    }
)
#: The kinds that are not approved before issue: made elsewhere, or made by working.
_NOT_APPROVED = frozenset({DocumentKind.EXTERNAL, DocumentKind.RECORD})
_GONE = frozenset({RevisionState.SUPERSEDED, RevisionState.WITHDRAWN, RevisionState.DISPOSED})


def clauses(newer: str, older: str) -> Clause:
    """A requirement on documents by its clauses in the editions of 2015 (and 2026) and of 2008."""
    return Clause("ISO 9001:2015", f"{newer}; ISO 9001:2008, {older}")


def has_documents(at: Life) -> bool:
    """Whether the unit keeps documents in the register and still exists."""
    return bool(at.unit.documents) and not is_over(at)


def has_remarkable_documents(at: Life) -> bool:
    """Whether any document is more than one revision, approved and issued in good order.

    Most documents of a long register are no more than that, and no rule about single
    documents has anything to say of them; so they all share this one look.
    """
    return at.glance.remarkable_documents


def has_document_obligations(at: Life) -> bool:
    """Whether anything is to be done with a document."""
    return bool(at.dossier)


def is_in_force(code: str, document: Document, at: Life) -> bool:
    """Whether a revision of a document is in force; without folding it, where that is plain."""
    issued = None
    for event in document.history:
        act = event.act
        if act is _ISSUED and issued is None and event.until is None:
            issued = event
        elif act not in _BEFORE_ISSUE:
            return at.revision_in_force(code) is not None
    if issued is None:
        return at.revision_in_force(code) is not None
    return (issued.effective or issued.on) <= at.on


_ISSUED = DocumentAct.ISSUED
_BEFORE_ISSUE = frozenset({DocumentAct.DRAFTED, DocumentAct.REVIEWED, DocumentAct.APPROVED})


def own_revisions(key: str, record: Document, at: Life) -> tuple[Revision, ...]:
    """The revisions of a document that the unit makes itself, of a unit that still exists."""
    if record.kind in _NOT_APPROVED or is_over(at):
        return ()
    return at.revisions(key)


def living(key: str, record: Document, at: Life) -> Iterator[Revision]:
    """Those of them that are neither superseded nor withdrawn nor disposed of.

    What is over cannot be put right any more, so that rules about how it came about
    leave it in peace.
    """
    return (one for one in own_revisions(key, record, at) if one.state not in _GONE)


def same_revision(one: str | None, other: str | None) -> bool:
    """Whether two numbers as they are written name the same revision."""
    return one is not None and other is not None and revision_key(one) == revision_key(other)
