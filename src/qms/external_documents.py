"""How long the documents from outside are in force: legal documents and external documents.

Rules, lists, evidence and the facts of a checklist all ask here, so that none of them calls
in force what another one calls ended (ISO 9001:2015, 7.5.3.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from qms.dates import day_before
from qms.revisions import in_force
from qms.terms import DocumentKind, LegalAct

if TYPE_CHECKING:
    from datetime import date

    from qms.model import Document, LegalDocument, Unit

__all__ = [
    "document_in_force",
    "is_in_force",
    "is_issued",
    "last_day_in_force",
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
    the first day in force of what replaced it.

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
    after = successor_of(record, unit)
    first = None if after is None else after.in_force
    if first is None or first > on or (record.in_force is not None and first <= record.in_force):
        return None
    return day_before(first)


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
    begun = legal.in_force or legal.issued or _first_issued(legal)
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
