"""The register: an organisation, its policy, its yearly plans and its units."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from attrs import evolve, field, frozen
from msgspec import Meta

from qms.model.making import held_to_types
from qms.model.shapes import Count, Key, Months, Words
from qms.model.unit import Unit
from qms.text import Name

__all__ = ["FORMAT", "Group", "Organisation", "Policy", "Register", "YearKey", "YearlyPlan"]

#: The version of the shape of a register; it changes only when old files would be misread.
FORMAT = "qms-register/1"

#: A calendar year as the key of a table.
YearKey = Annotated[str, Meta(pattern=r"^[12][0-9]{3}$")]


@frozen(kw_only=True, weakref_slot=False)
class Group:
    """A group of units in the roster.

    Attributes:
        name: Its name.
        units: How many units the roster decision names in it.
    """

    name: Name
    units: Count | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class Policy:
    """The organisation's own choices, where the standards leave them to it.

    Attributes:
        due_soon_days: How many days ahead something counts as due soon.
        recertification_notice_days: How many days before expiry the recertification
            audit should be planned.
        stage_gap_months: The longest gap between stage 1 and stage 2, in months.
        first_surveillance_every_cycle: Whether the twelve-month limit of the first
            surveillance also holds after a recertification.
        approver_differs_from_author: Whether a document's approver may not be its author.
        verifier_differs_from_doer: Whether the effectiveness of an action is verified by
            someone other than the doer.
        document_review_months: The interval between reviews of a document that names none.
        internal_audit_months: Within how many months every clause and unit is audited.
        management_review_months: The longest interval between management reviews.
        internal_audits_here: Whether the internal audits and management reviews of every unit are
            kept in this register, so that a unit without any is asked for them, too.
        acknowledgement_days: Within how many days a new revision is acknowledged.
        document_codes: The patterns of the codes of documents: ``#`` stands for a digit, ``*``
            for anything.
        on_site_numerator: With ``on_site_denominator``, the share of obliged units to be
            checked on site in a year, where the organisation goes further than the law.
        on_site_denominator: See ``on_site_numerator``.
    """

    due_soon_days: Count = 90
    recertification_notice_days: Count = 90
    stage_gap_months: Months = 6
    first_surveillance_every_cycle: bool = False
    approver_differs_from_author: bool = True
    verifier_differs_from_doer: bool = True
    document_review_months: Months | None = None
    internal_audit_months: Months = 12
    management_review_months: Months = 12
    internal_audits_here: bool = False
    acknowledgement_days: Count = 30
    document_codes: tuple[Words, ...] = ()
    on_site_numerator: Annotated[int, Meta(ge=1)] | None = None
    on_site_denominator: Annotated[int, Meta(ge=1)] | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class Organisation:
    """The body that answers for the units.

    Attributes:
        name: Its name.
        units: How many units the roster decision names altogether.
        groups: The groups of the roster.
        policy: Its own choices.
        note: Anything else worth knowing.
    """

    name: Name
    units: Count | None = None
    groups: Mapping[Key, Group] = field(factory=dict)
    policy: Policy = Policy()
    note: Words | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class YearlyPlan:
    """The plan of checks of a year (TT 26/2014/TT-BKHCN, Article 34).

    Attributes:
        approved: The day on which it was approved.
        approved_by: Who approved it.
        number: The number of the decision.
        on_site: The identifiers of the units to be checked on site.
        note: Anything else worth knowing.
    """

    approved: date | None = None
    approved_by: Words | None = None
    number: Words | None = None
    on_site: tuple[Key, ...] = ()
    note: Words | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class Register:
    """An organisation and its units, with all their dated facts.

    Attributes:
        format: The version of the shape.
        organisation: Who answers for the units.
        yearly_plans: The plans of checks, by year.
        units: The units, by identifier.
    """

    format: Literal["qms-register/1"] = "qms-register/1"
    organisation: Organisation
    yearly_plans: Mapping[YearKey, YearlyPlan] = field(factory=dict)
    units: Mapping[Key, Unit] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        """Hold the records to their types, and each unit to the identifier under which it stands."""
        held_to_types(self)
        called = {key: _called(key, unit) for key, unit in self.units.items()}
        if any(unit is not called[key] for key, unit in self.units.items()):
            object.__setattr__(self, "units", called)


def _called(key: str, unit: Unit) -> Unit:
    """A unit under its identifier, which need not be said twice.

    Raises:
        ValueError: it calls itself otherwise.
    """
    if unit.id == key:
        return unit
    if unit.id:
        raise ValueError(f"Register.units: the unit under {key!r} calls itself {unit.id!r}")
    return evolve(unit, id=key)
