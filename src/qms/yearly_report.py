"""The figures of a year, computed from the facts: units, plans, legal documents, procedures.

A department reports them every year; none of them is stored anywhere.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from qms.handling import is_handled, is_procedure_in_force
from qms.norms import norms
from qms.objectives import ObjectiveState, Share, objective_status, tasks_done
from qms.standing import standing_on
from qms.terms import LegalAct, OnlineService, ProcedureAct, Term
from qms.text import same_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qms.model import Register, Unit

__all__ = ["GroupFigures", "UnitFigures", "YearlyFigures", "yearly_figures"]


_T = TypeVar("_T", bound=Term)

#: The changes that leave a procedure in force, with another content.
_OF_SUBSTANCE = frozenset(
    {ProcedureAct.AMENDED, ProcedureAct.SIMPLIFIED, ProcedureAct.SUPPLEMENTED}
)


class GroupFigures(Struct, frozen=True, kw_only=True):
    """How many units of a group there are, and how many of them stand where.

    Attributes:
        units: How many there are at the end.
        current: How many of them are current at the end.
        certified: How many of them were certified, or announced conformity, in the year.
    """

    units: int
    current: int
    certified: int


class UnitFigures(Struct, frozen=True, kw_only=True):
    """The figures of one unit.

    Attributes:
        plans: The tasks of each plan of the year that were done.
        objectives: How many objectives whose period ends in the year stand in each state.
        legal_documents: How many legal documents were dealt with in the year in each way.
        procedure_changes: How many administrative procedures were changed in the year in each way.
        procedures_changed: How many were amended, simplified or supplemented in it, each counted
            once.
        procedures: How many procedures are in force at the end, by field.
        covered: How many of them are handled by a quality procedure in force.
        online: How many of them are served online, by level.
    """

    plans: Mapping[str, Share]
    objectives: Mapping[ObjectiveState, int]
    legal_documents: Mapping[LegalAct, int]
    procedure_changes: Mapping[ProcedureAct, int]
    procedures_changed: int
    procedures: Mapping[str, int]
    covered: Share
    online: Mapping[OnlineService, int]

    @property
    def empty(self) -> bool:
        """Whether nothing at all is recorded."""
        return not (
            self.plans
            or self.objectives
            or self.legal_documents
            or self.procedure_changes
            or self.procedures
        )


class YearlyFigures(Struct, frozen=True, kw_only=True):
    """The figures of a register for a year.

    Attributes:
        format: The version of the shape.
        year: The year.
        on: The day up to which facts count: the last of the year, or an earlier one.
        groups: The units by group, in the order of the organisation's groups.
        total: All units.
        units: The figures of each unit that has any.
    """

    format: str = "qms-figures/1"
    year: int
    on: date
    groups: Mapping[str, GroupFigures]
    total: GroupFigures
    units: Mapping[str, UnitFigures]


def yearly_figures(register: Register, year: int, *, on: date | None = None) -> YearlyFigures:
    """The figures of a year.

    Args:
        register: The register.
        year: The year.
        on: The day up to which facts count; the last day of the year where left out or later.
            Objectives are judged on the very day, also a later one: the figure of a year is
            usually taken in the weeks after it.
    """
    end = date(year, 12, 31)
    day = end if on is None else min(on, end)
    policy = register.organisation.policy
    counted = [
        (unit.group or "", standing_on(unit, day, norms(), policy).current, _certified(unit, year, day))
        for unit in register.units.values()
        if _exists(unit, day)
    ]  # fmt: skip
    named = {group for group, _, _ in counted}
    order = [*register.organisation.groups, *sorted(named - set(register.organisation.groups))]
    judged = on or end
    figures = {
        key: _of_unit(unit, year, day, judged) for key, unit in sorted(register.units.items())
    }
    return YearlyFigures(
        year=year,
        on=day,
        groups={
            one: _group((current, certified) for g, current, certified in counted if g == one)
            for one in order
            if one in named
        },
        total=_group((current, certified) for _, current, certified in counted),
        units={key: one for key, one in figures.items() if not one.empty},
    )


def _exists(unit: Unit, day: date) -> bool:
    begun = unit.valid_from is None or unit.valid_from <= day
    return begun and (unit.valid_to is None or unit.valid_to >= day)


def _certified(unit: Unit, year: int, day: date) -> bool:
    """Whether a certificate was decided on, or conformity announced, in the year."""
    days = [one.decided or one.effective for one in unit.certificates.values()]
    days += [one.signed or one.effective for one in unit.announcements.values()]
    return any(one is not None and one.year == year and one <= day for one in days)


def _group(units: Iterable[tuple[bool, bool]]) -> GroupFigures:
    listed = tuple(units)
    return GroupFigures(
        units=len(listed),
        current=sum(current for current, _ in listed),
        certified=sum(certified for _, certified in listed),
    )


def _of_unit(unit: Unit, year: int, day: date, judged: date) -> UnitFigures:
    in_force = [one for one in unit.procedures.values() if is_procedure_in_force(one, day)]
    covered = sum(is_handled(unit, one, day) for one in in_force)
    changed = [
        [one.act for one in procedure.changes if one.on.year == year and one.on <= day]
        for procedure in unit.procedures.values()
    ]
    ending = [o for o in unit.objectives.values() if o.due.year == year]
    return UnitFigures(
        plans={
            key: tasks_done(plan.tasks.values(), day)
            for key, plan in unit.plans.items()
            if plan.year == year
        },
        objectives=_counted(objective_status(one, judged).state for one in ending),
        legal_documents=_counted(
            one.act
            for legal in unit.legal_documents.values()
            for one in legal.reviews
            if one.on.year == year and one.on <= day
        ),
        procedure_changes=_counted(act for acts in changed for act in acts),
        procedures_changed=sum(not _OF_SUBSTANCE.isdisjoint(acts) for acts in changed),
        procedures=_by_field(one.field or "" for one in in_force),
        covered=Share(covered, len(in_force)),
        online=_counted(one.online for one in in_force if one.online is not None),
    )


def _by_field(fields: Iterable[str]) -> dict[str, int]:
    """How many procedures each field has, however it is spelt; named as it is most often."""
    spelt: dict[str, Counter[str]] = {}
    for one in fields:
        spelt.setdefault(same_words(one), Counter())[one] += 1
    return {names.most_common(1)[0][0]: names.total() for names in spelt.values()}


def _counted(found: Iterable[_T]) -> dict[_T, int]:
    """How often each word was found, in the order in which the words are listed."""
    counts = Counter(found)
    return {term: counts[term] for kind in {type(one) for one in counts} for term in kind if counts[term]}  # fmt: skip
