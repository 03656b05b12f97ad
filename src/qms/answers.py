"""The questions that a register is asked: what is wrong, where each unit stands, what is due.

These functions are the library's public face; the command line asks nothing else.
Each takes the day as an argument: no answer depends on when it is asked.
"""

from __future__ import annotations

from collections import Counter
from datetime import MAXYEAR, MINYEAR, date, datetime
from os import PathLike
from typing import TYPE_CHECKING

from attrs import evolve
from msgspec.structs import replace

from qms import intervals, standing
from qms.asked import asked_about, unit_asked
from qms.check import About, Report, Rule, check_register
from qms.model import Register
from qms.norms import norms as shipped_norms
from qms.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from qms.intervals import Interval
    from qms.norms import Norms
    from qms.programme import Entry
    from qms.standing import Standing

__all__ = ["calendar", "check", "obligations", "status", "timeline"]


def check(
    register: Register,
    *,
    on: date,
    only: Collection[str] | None = None,
    rules: Sequence[Rule] | None = None,
    norms: Norms | None = None,
) -> Report:
    """What is wrong with a register on a day.

    Args:
        register: The register.
        on: The day; facts of later days do not count.
        only: The identifiers of the units asked about; all of them where left out.
            Rules about the register as a whole are not asked about a part of it.
        rules: The rules to ask; all of them where left out.
        norms: The dates and terms of editions and regimes; the shipped ones where left out.

    Raises:
        RegisterError: ``only`` names units that the register does not have; also a KeyError.
        TypeError: ``on`` is no day, ``only`` is a single text, or ``rules`` holds no rules.
    """
    _a_register(register)
    rules = RULES if rules is None else _some_rules(rules)
    if only is None:
        return check_register(register, _a_day(on), rules, norms)
    report = check_register(
        evolve(register, units={key: register.units[key] for key in asked_about(register, only)}),
        _a_day(on),
        [asked for asked in rules if asked.about is not About.PORTFOLIO],
        norms,
    )
    checked = Counter({asked.code: 0 for asked in rules})
    checked.update(report.checked)
    return replace(report, checked=dict(sorted(checked.items())))


def status(register: Register, *, on: date, norms: Norms | None = None) -> Mapping[str, Standing]:
    """Where the certification of each unit stands on a day, by identifier.

    A unit that does not exist yet on the day has the status ``never``.

    Args:
        register: The register.
        on: The day; facts of later days do not count.
        norms: The dates and terms of editions and regimes; the shipped ones where left out.
    """
    _a_register(register)
    norms, on = norms or shipped_norms(), _a_day(on)
    policy = register.organisation.policy
    return {
        key: standing.standing_on(register.units[key], on, norms, policy)
        for key in sorted(register.units)
    }


def calendar(
    register: Register,
    *,
    year: int,
    on: date,
    only: Collection[str] | None = None,
    norms: Norms | None = None,
) -> tuple[Entry, ...]:
    """Everything that has to happen in a calendar year, by due day.

    Args:
        register: The register.
        year: The calendar year.
        on: The day; facts of later days do not count, and states are given as of it.
        only: The identifiers of the units asked about; all of them where left out.
        norms: The dates and terms of editions and regimes; the shipped ones where left out.

    Raises:
        RegisterError: ``only`` names units that the register does not have; also a KeyError.
        TypeError: ``year`` is no number, ``on`` is no day, or ``only`` is a single text.
        ValueError: there is no such year.
    """
    from qms import programme

    _a_register(register)
    return programme.entries_of_year(
        [register.units[key] for key in asked_about(register, only)],
        register.organisation,
        _a_year(year),
        _a_day(on),
        norms or shipped_norms(),
    )


def obligations(register: Register, *, on: date, norms: Norms | None = None) -> tuple[Entry, ...]:
    """Everything that is still to be done on a day: open, due soon or overdue.

    It looks ahead to the end of the next calendar year.

    Args:
        register: The register.
        on: The day; facts of later days do not count.
        norms: The dates and terms of editions and regimes; the shipped ones where left out.
    """
    from qms import programme

    _a_register(register)
    return programme.open_entries(
        register.units.values(), register.organisation, _a_day(on), norms or shipped_norms()
    )


def timeline(
    register: Register, unit: str, *, on: date, norms: Norms | None = None
) -> tuple[Interval, ...]:
    """The status of a unit over its whole life, as intervals without gap or overlap.

    Args:
        register: The register.
        unit: The identifier of the unit.
        on: The day up to which facts count; after it, what will be if nothing more is recorded.
        norms: The dates and terms of editions and regimes; the shipped ones where left out.

    Raises:
        RegisterError: the register has no such unit; also a KeyError.
        TypeError: ``on`` is no day.
    """
    _a_register(register)
    known = register.units[unit_asked(register, unit)]
    return intervals.timeline(
        known, _a_day(on), norms or shipped_norms(), register.organisation.policy
    )


def _a_day(on: object) -> date:
    """The day, if it is one: a moment or a text would be compared with days and fail there.

    Raises:
        TypeError: it is no ``datetime.date``, or one with a time of day.
    """
    if not isinstance(on, date) or isinstance(on, datetime):
        raise TypeError(f"on: a datetime.date is needed, such as date(2015, 12, 31), not {on!r}")
    return on


def _a_year(year: object) -> int:
    """The year, if it is one.

    Raises:
        TypeError: it is no whole number.
        ValueError: the calendar has no such year.
    """
    if not isinstance(year, int) or isinstance(year, bool):
        raise TypeError(f"year: a whole number is needed, such as 2016, not {year!r}")
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"year: {year} is not in the calendar, {MINYEAR} to {MAXYEAR}")
    return year


def _some_rules(given: Sequence[Rule]) -> Sequence[Rule]:
    """Rules, and not their codes.

    Raises:
        TypeError: something else is among them.
    """
    for one in given:
        if not isinstance(one, Rule):
            raise TypeError(f"rules: rules are needed, such as qms.find_rule('C101'), not {one!r}")
    return given


def _a_register(register: object) -> None:
    """Refuse what is no register, such as the path of one.

    Raises:
        TypeError: it is none.
    """
    if isinstance(register, str | PathLike):
        raise TypeError(f"register: read it first, with qms.load({str(register)!r})")
    if not isinstance(register, Register):
        raise TypeError(f"register: a qms.Register is needed, not a {type(register).__name__}")
