"""Checking a long register line by line, in one process or in several.

Each unit is read, checked and let go.  What a report tells of it is kept; in a
register of very many units, only of those that have something to say, and of no more
of them than people read, so that memory does not grow with the register.  The figures
count all of them, and the JSON report names all of them from files.
Several processes read ranges of bytes of their own; what they found is put
together in the order of identifiers, so that the answer does not depend on how
many they were.
"""

from __future__ import annotations

import gc
import pickle
import signal
from contextlib import ExitStack, contextmanager
from datetime import date
from enum import Enum
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Any

from attrs import frozen
from msgspec import Struct
from msgspec.structs import asdict

from qms.check import (
    Diagnostic,
    Questions,
    Report,
    Tally,
    UnitResult,
    check_portfolio,
    check_units,
)
from qms.codec.in_place import unit_decoder, units_decoder
from qms.model import Unit, Waiver
from qms.norms import norms as shipped_norms
from qms.portfolio import Portfolio
from qms.report.json import diagnostic_line, unit_line
from qms.rules import RULES, find_rule
from qms.standing import Life
from qms.store.ndjson import LARGEST_LOOKED_THROUGH, Census, Lines
from qms.store.single_keys import once
from qms.text import Name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from qms.check import Rule
    from qms.dates import Period
    from qms.model import Organisation
    from qms.obligations import Obligation
    from qms.standing import Standing
    from qms.terms import Duty

__all__ = ["MANY", "MOST_NAMED", "Spooled", "check_lines", "spooled_lines"]


#: What :func:`_check_part` is given: the file, the day, the range of bytes, how many units with
#: something to say are named at the most (None for all units, whatever they say), and the
#: beginning of the names of files to write.
_Share = tuple[Path, date, tuple[int, int], int | None, Path | None]

#: Above so many units a report names only those that have something to say.
MANY = 5_000
#: So many units with something to say are named at the most, save in JSON.
MOST_NAMED = 1_000


class Spooled(Enum):
    """What is written into files while units are checked: lines of the JSON report."""

    UNITS = "units"
    DIAGNOSTICS = "diagnostics"


def check_lines(
    path: Path,
    *,
    on: date,
    jobs: int = 1,
    many: int = MANY,
    most: int = MOST_NAMED,
    spool: Path | None = None,
) -> tuple[Report, Organisation]:
    """Check an NDJSON register with every rule; the report, and who answers for its units.

    Args:
        path: The file.
        on: The day; facts of later days do not count.
        jobs: In how many processes, at least 1.
        many: Above how many units in the file only those are named that are not current
            or have something wrong; the report then carries the figures of all.
        most: How many of those are named at the most: the first in the file.
        spool: A folder in which each process writes what the JSON report says of every
            unit and of all that is wrong, one a line; see :func:`spooled_lines`.

    Raises:
        RegisterError: the register cannot be read; with every problem in it.
    """
    lines = Lines.open(path)
    named = 0 if spool is not None else most if lines.are_more_than(many) else None
    parts = _check_parts(
        [
            (path, on, bounds, named, _spooled(spool, number))
            for number, bounds in enumerate(lines.parts(jobs))
        ]
    )
    tally, portfolio = _gathered(parts, lines, on)
    of_all = check_portfolio(portfolio, Questions(RULES))
    tally.add_diagnostics(of_all)
    told = [(one, part.portfolio) for part in parts for one in part.told][:named]
    results = [_result(one, seen_by) for one, seen_by in told]
    remarkable = sum(part.remarkable for part in parts)
    report = Report(
        on=on,
        units=tuple(sorted(results, key=lambda result: result.id)),
        portfolio=of_all,
        checked=tally.checked(RULES),
        figures=tally.summary if len(results) < tally.units else None,
        unnamed=0 if named is None else remarkable - len(results),
    )
    return report, lines.header.organisation


def _gathered(parts: Sequence[_Part], lines: Lines, on: date) -> tuple[Tally, Portfolio]:
    """What was seen of all parts together, once they are known to be in order."""
    census, tally, portfolio = Census(), Tally(), _portfolio(lines, on)
    for part in parts:
        census.add(part.census)
        tally.add_all(part.tally)
        portfolio.add_all(part.portfolio)
    lines.close(census)
    portfolio.look_again(lambda: lines.part(Census(), lines.body, lines.size))
    return tally, portfolio


def _check_parts(shares: Sequence[_Share]) -> list[_Part]:
    """Check each share of a file, several in processes of their own."""
    if len(shares) == 1:
        return [_check_part(*shares[0])]
    with _interrupts_left():
        workers = get_context("spawn").Pool(len(shares), initializer=_leave_interrupts)
    with workers as pool:
        return pool.starmap(_check_part, shares)


@frozen
class _Part:
    """What was found in a range of a file, in a shape that goes from process to process."""

    census: Census
    tally: Tally
    portfolio: Portfolio
    told: tuple[bytes, ...]
    remarkable: int


@frozen
class _Told:
    """What a report tells of a unit; rules stand as their codes."""

    id: str
    name: Name
    group: str | None
    duty: Duty
    standing: Standing
    in_force: tuple[Period, ...]
    upcoming: tuple[Obligation, ...]
    diagnostics: tuple[tuple[str, str, Mapping[str, object], date | None, Waiver | None], ...]


def _portfolio(lines: Lines, on: date) -> Portfolio:
    return Portfolio(lines.header.organisation, lines.header.yearly_plans, on, shipped_norms())


def _leave_interrupts() -> None:
    """Leave it to the first process to stop the others, and to say so."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _interrupts_left() -> Iterator[None]:
    """Start processes that hear no interrupt, not even before :func:`_leave_interrupts` runs."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def spooled_lines(spool: Path, what: Spooled) -> Iterator[bytes]:
    """What was written into a spool of units, or of what is wrong, in the order of the file."""
    for file in sorted(spool.glob(f"*.{what.value}")):
        with file.open("rb") as lines:
            yield from lines


def _spooled(spool: Path | None, number: int) -> Path | None:
    return None if spool is None else spool / f"{number:04}"


def _check_part(
    path: Path, on: date, bounds: tuple[int, int], named: int | None, spool: Path | None
) -> _Part:
    lines = Lines.open(path)
    census, tally, portfolio = Census(), Tally(), _portfolio(lines, on)
    told: list[bytes] = []
    remarkable = 0
    units: Iterator[list[Unit]]
    if lines.size <= LARGEST_LOOKED_THROUGH:
        units = ([one] for one in lines.part(census, *bounds, decode=once(unit_decoder())))
    else:
        units = lines.several(census, *bounds, decode=unit_decoder(), together=units_decoder())
    with _no_collector(), _spooling(spool) as write:
        for results in check_units(units, Questions(RULES), portfolio):
            tally.add(results)
            for result in results:
                write(result)
                says = _has_something_to_say(result)
                remarkable += says
                if named is None or (says and len(told) < named):
                    told.append(_told(result))
                del result
            del results
    return _Part(census, tally, portfolio, tuple(told), remarkable)


@contextmanager
def _spooling(spool: Path | None) -> Iterator[Callable[[UnitResult], None]]:
    """A function that writes what the JSON report says of a unit, where a spool is named."""
    if spool is None:
        yield lambda _: None
        return
    with ExitStack() as files:
        units, diagnostics = (
            files.enter_context(spool.with_name(f"{spool.name}.{what.value}").open("wb"))
            for what in Spooled
        )

        def write(result: UnitResult) -> None:
            units.write(unit_line(result))
            diagnostics.writelines(diagnostic_line(one) for one in result.diagnostics)

        yield write


@contextmanager
def _no_collector() -> Iterator[None]:
    """Leave the collector off: nothing here refers to itself, and looking for that takes time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _has_something_to_say(result: UnitResult) -> bool:
    return bool(result.diagnostics) or not result.life.current


def _told(result: UnitResult) -> bytes:
    """Keep of a result what a report tells: the standing, the next step, what is wrong.

    It is kept as bytes: thousands of small objects that stay where others come and go would
    leave those after them scattered over the memory.
    """
    life = result.life
    upcoming = life.next_obligation
    unit = life.unit
    told = _Told(
        id=unit.id,
        name=_recorded(unit.name),
        group=unit.group,
        duty=unit.duty,
        standing=life.standing,
        in_force=life.in_force,
        upcoming=() if upcoming is None else (upcoming,),
        diagnostics=tuple(
            (
                d.rule.code,
                d.subject,
                {key: _recorded(fact) for key, fact in d.facts.items()},
                d.due,
                _recorded(d.waived_by),
            )
            for d in result.diagnostics
        ),
    )
    return pickle.dumps(told, pickle.HIGHEST_PROTOCOL)


def _recorded(value: Any) -> Any:
    """A record again of what the bulk door left as a struct; anything else as it is."""
    kind = _RECORDS.get(type(value).__name__) if isinstance(value, Struct) else None
    return value if kind is None else kind(**asdict(value))


_RECORDS: Mapping[str, type] = {"Name": Name, "Waiver": Waiver}


def _result(kept: bytes, portfolio: Portfolio) -> UnitResult:
    told: _Told = pickle.loads(kept)  # noqa: S301 - these bytes are our own
    unit = Unit(id=told.id, name=told.name, group=told.group, duty=told.duty)
    life = Life(unit, portfolio.on, portfolio.norms, portfolio.organisation.policy)
    life.recall(told.standing, told.in_force, told.upcoming)
    return UnitResult(
        life=life,
        diagnostics=tuple(
            Diagnostic(
                rule=_rule(code),
                unit=life.unit.id,
                subject=subject,
                facts=facts,
                due=due,
                waived_by=waiver,
            )
            for code, subject, facts, due, waiver in told.diagnostics
        ),
    )


@cache
def _rule(code: str) -> Rule:
    found = find_rule(code)
    if found is None:
        raise KeyError(code)
    return found
