"""Which administrative procedures are in force, and by which quality procedure each is handled.

The rule that asks for it, the figures of a year, the lists and the coverage of a unit all
ask here, so that none of them calls a procedure covered that another one does not
(QĐ 19/2014/QĐ-TTg, Article 4: a quality procedure for every procedure).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.revisions import in_force
from qms.terms import DocumentKind, ProcedureAct

if TYPE_CHECKING:
    from datetime import date

    from qms.model import AdministrativeProcedure, Unit

__all__ = ["QUALITY_PROCEDURES", "is_handled", "is_procedure_in_force"]

#: The kinds of documents that can say how a procedure is handled.
QUALITY_PROCEDURES = frozenset(
    {
        DocumentKind.MANUAL,
        DocumentKind.PROCEDURE,
        DocumentKind.INSTRUCTION,
        DocumentKind.REGULATION,
    }
)


def is_procedure_in_force(procedure: AdministrativeProcedure, on: date) -> bool:
    """Whether a procedure is handled on a day: published by then, and not abolished.

    One of which every change is later is not known yet; where its publication is not
    recorded it counts as published, for nobody keeps or amends a procedure that is not.
    """
    known = sorted((one for one in procedure.changes if one.on <= on), key=lambda one: one.on)
    if not known:
        return not procedure.changes
    listed = [one.act for one in known if one.act in _LISTING]
    return not listed or listed[-1] is ProcedureAct.PUBLISHED


_LISTING = frozenset({ProcedureAct.PUBLISHED, ProcedureAct.ABOLISHED})


def is_handled(unit: Unit, procedure: AdministrativeProcedure, on: date) -> bool:
    """Whether the quality procedure that a procedure names is one, and is in force on a day."""
    document = unit.documents.get(procedure.document) if procedure.document else None
    return document is not None and document.kind in QUALITY_PROCEDURES and in_force(document, on)
