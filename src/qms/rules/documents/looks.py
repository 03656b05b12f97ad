"""What the rules about documents look at first.

A long register holds very many documents of which nothing is to be said; these
looks find that out from the bare facts, each once for a unit, before any
revision is folded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.revisions import revision_key
from qms.terms import Clause, DocumentAct, DocumentKind, RevisionState
from qms.text import same_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms.model import Document
    from qms.revisions import Revision
    from qms.standing import Life

__all__ = [
    "DESCRIBING",
    "clauses",
    "has_copies",
    "has_documents",
    "has_untidy_documents",
    "is_over",
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
_ENDING = frozenset({DocumentAct.SUPERSEDED, DocumentAct.WITHDRAWN, DocumentAct.DISPOSED})


def clauses(newer: str, older: str) -> Clause:
    """A requirement on documents by its clauses in the editions of 2015 (and 2026) and of 2008."""
    return Clause("ISO 9001:2015", f"{newer}; ISO 9001:2008, {older}")


def is_over(at: Life) -> bool:
    """Whether the unit no longer exists."""
    return at.unit.valid_to is not None and at.unit.valid_to < at.on


def has_documents(at: Life) -> bool:
    """Whether the unit keeps documents in the register and still exists."""
    return bool(at.unit.documents) and not is_over(at)


def has_copies(at: Life) -> bool:
    """Whether any copies were given out."""
    return any(document.distribution for document in at.unit.documents.values())


def has_untidy_documents(at: Life) -> bool:
    """Whether any document has more of a life than one revision approved and issued in order."""
    return any(not _is_plain(document) for document in at.unit.documents.values())


def _is_plain(document: Document) -> bool:
    """Whether a document has one revision, by another hand than its approval, in good order."""
    author = approver = approved = issued = None
    number = document.history[0].revision if document.history else None
    for event in document.history:
        act = event.act
        hashed = event.file is None or event.file.sha256 is not None
        if event.revision != number or act in _ENDING or not hashed:
            return False
        if act is DocumentAct.DRAFTED and author is None:
            author = same_words(event.by or "-")
        elif act is DocumentAct.APPROVED and approved is None and issued is None:
            approved, approver = event.on, event.by
        elif act is DocumentAct.ISSUED and approved is not None and issued is None:
            issued = event.on
            if issued < approved or (event.effective is not None and event.effective < issued):
                return False
        elif act is not DocumentAct.REVIEWED:
            return False
    return author is None or approver is None or same_words(approver) != author


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
