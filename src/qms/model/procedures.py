"""Administrative procedures and the legal documents that a unit reviews."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from qms.model.making import held_to_types
from qms.model.shapes import Count, Key, Words
from qms.terms import LegalAct, OnlineService, ProcedureAct
from qms.text import Name

__all__ = ["AdministrativeProcedure", "LegalDocument", "LegalReview", "ProcedureChange"]


@frozen(kw_only=True, weakref_slot=False)
class ProcedureChange:
    """A change of an administrative procedure on a day.

    Attributes:
        act: What was done.
        on: The day from which it holds.
        decision: The number of the decision.
        note: Anything else worth knowing.
    """

    act: ProcedureAct
    on: date
    decision: Words | None = None
    note: Words | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class AdministrativeProcedure:
    """An administrative procedure that the unit handles (thủ tục hành chính).

    Attributes:
        title: Its title.
        field: The field of administration to which it belongs.
        online: The level at which it is served online.
        legal_bases: The identifiers of the legal documents that it rests on.
        document: The code of the quality procedure that covers it.
        time_limit: The published time limit, in working days.
        changes: Publication, amendments and abolition, as dated facts.
        note: Anything else worth knowing.
    """

    title: Name
    field: Words | None = None
    online: OnlineService | None = None
    legal_bases: tuple[Key, ...] = ()
    document: Key | None = None
    time_limit: Count | None = None
    changes: tuple[ProcedureChange, ...] = ()
    note: Words | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class LegalReview:
    """What a review of a legal document led to.

    Attributes:
        act: What it led to.
        on: The day.
        note: Anything else worth knowing.
    """

    act: LegalAct
    on: date
    note: Words | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class LegalDocument:
    """A legal document that the unit applies or reviews (văn bản quy phạm pháp luật).

    Attributes:
        title: Its title.
        number: Its number and symbol.
        issuer: Who issued it.
        issued: The day of issue.
        in_force: The first day on which it is in force.
        ended: The last day on which it was in force.
        replaced_by: The identifier of the legal document that replaced it; where neither its last
            day nor its repeal is recorded, it ends on the day before that takes effect.
        reviews: What reviews of it led to.
        note: Anything else worth knowing.
    """

    title: Name
    number: Words | None = None
    issuer: Words | None = None
    issued: date | None = None
    in_force: date | None = None
    ended: date | None = None
    replaced_by: Key | None = None
    reviews: tuple[LegalReview, ...] = ()
    note: Words | None = None

    __attrs_post_init__ = held_to_types
