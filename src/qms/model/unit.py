"""A unit: an agency, a site or a client with its own certification and dossier."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from qms.model.audits import Audit, ManagementReview
from qms.model.certification import Announcement, Certificate
from qms.model.documents import Document
from qms.model.making import held_to_types
from qms.model.objectives import Plan, QualityObjective
from qms.model.procedures import AdministrativeProcedure, LegalDocument
from qms.model.shapes import ClauseNumber, Count, Key, Words
from qms.terms import Duty, Level, UnitAct
from qms.text import Name

__all__ = ["Head", "Unit", "UnitEvent", "Waiver"]


@frozen(kw_only=True, weakref_slot=False)
class Head:
    """A head of the unit over a period.

    Attributes:
        name: The person's name.
        title: The person's title.
        valid_from: The first day in office.
        valid_to: The last day in office.
    """

    name: Words
    title: Words | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class UnitEvent:
    """Something that happened to the unit as a whole on a day.

    Attributes:
        act: What happened.
        on: The day from which it holds.
        note: Anything else worth knowing.
    """

    act: UnitAct
    on: date
    note: Words | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class Waiver:
    """A reasoned, dated permission not to follow a rule, which lapses.

    Attributes:
        rule: The code or the name of the rule, in small or capital letters.
        subject: The record to which it applies, such as ``certificates.2015``;
            where left out, everything in the unit to which the rule speaks.
        reason: Why.
        by: Who granted it.
        granted: The first day on which it holds.
        until: The last day on which it holds.
    """

    rule: Words
    subject: Words | None = None
    reason: Words
    by: Words
    granted: date
    until: date

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class Unit:
    """A unit of the register with all its records.

    Attributes:
        id: Its identifier in the register.
        name: Its name.
        group: The group to which it belongs.
        parent: The identifier of the unit above it.
        level: Its place in the organisation.
        duty: Whether it must be certified or is encouraged to.
        headcount: The effective number of personnel (IAF MD 5).
        address: Where it is.
        valid_from: The first day of its existence.
        valid_to: The last day of its existence.
        predecessors: The identifiers of the units from which it came.
        successors: The identifiers of the units into which it went.
        heads: Its heads over time.
        divisions: Its divisions, each of which internal audits reach.
        not_applicable: Clauses declared not applicable, each with the reason.
        history: What happened to it as a whole.
        certificates: Its certificates.
        announcements: Its announcements of conformity.
        audits: The audits and checks held or planned.
        reviews: Its management reviews.
        objectives: Its quality objectives.
        plans: Its plans of the year.
        documents: Its controlled documents, by code.
        procedures: The administrative procedures that it handles.
        legal_documents: The legal documents that it applies or reviews.
        waivers: Permissions not to follow a rule.
        note: Anything else worth knowing.
    """

    id: Key = ""
    name: Name
    group: Key | None = None
    parent: Key | None = None
    level: Level | None = None
    duty: Duty = Duty.OBLIGED
    headcount: Count | None = None
    address: Words | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    predecessors: tuple[Key, ...] = ()
    successors: tuple[Key, ...] = ()
    heads: tuple[Head, ...] = ()
    divisions: tuple[Words, ...] = ()
    not_applicable: Mapping[ClauseNumber, Words] = field(factory=dict)
    history: tuple[UnitEvent, ...] = ()
    certificates: Mapping[Key, Certificate] = field(factory=dict)
    announcements: Mapping[Key, Announcement] = field(factory=dict)
    audits: Mapping[Key, Audit] = field(factory=dict)
    reviews: Mapping[Key, ManagementReview] = field(factory=dict)
    objectives: Mapping[Key, QualityObjective] = field(factory=dict)
    plans: Mapping[Key, Plan] = field(factory=dict)
    documents: Mapping[Key, Document] = field(factory=dict)
    procedures: Mapping[Key, AdministrativeProcedure] = field(factory=dict)
    legal_documents: Mapping[Key, LegalDocument] = field(factory=dict)
    waivers: tuple[Waiver, ...] = ()
    note: Words | None = None

    __attrs_post_init__ = held_to_types
