"""What is alike is told once: the same thing wrong in many units, with the units named."""

from __future__ import annotations

from collections import defaultdict
from string import Formatter
from typing import TYPE_CHECKING

from msgspec import Struct

from qms.check import About, fill
from qms.dates import LAST_DAY
from qms.report.sentences import STOPPING
from qms.terms import Severity
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from qms.check import Diagnostic, Report, UnitResult
    from qms.model import Waiver
    from qms.standing import Why
    from qms.terms import Status

__all__ = ["Gathered", "Member", "Shared", "Stopped", "alike_in_unit", "gather", "stopped"]

#: From how many units on the same diagnostic is told once for all of them.
_SEVERAL = 3


class Stopped(Struct, frozen=True, eq=False):
    """Units that are not current for the same reasons.

    Attributes:
        results: What the check says of them.
        diagnostic: The diagnostic that the first is not current, where a rule demands it.
    """

    results: tuple[UnitResult, ...]
    diagnostic: Diagnostic | None

    @property
    def first(self) -> UnitResult:
        """What the check says of the first of them."""
        return self.results[0]

    @property
    def units(self) -> tuple[str, ...]:
        """Their identifiers."""
        return tuple(result.id for result in self.results)

    @property
    def at_once(self) -> bool:
        """Whether they stopped being current on the same day."""
        return len({result.standing.since for result in self.results}) == 1


class Shared(Struct, frozen=True, eq=False):
    """The same rule broken in several units, by the same day.

    Attributes:
        diagnostic: The diagnostic in the first of them.
        message: What is wrong, with ``…`` for what differs among them.
        remedy: What to do about it, with ``…`` for what differs among them.
        members: The units, each with what is its own in the message.
    """

    diagnostic: Diagnostic
    message: Text
    remedy: Text
    members: tuple[Member, ...]

    @property
    def units(self) -> tuple[str, ...]:
        """The identifiers of the units."""
        return tuple(sorted({member.unit for member in self.members}))


class Member(Struct, frozen=True, eq=False):
    """One of several units in which the same is wrong.

    Attributes:
        unit: Its identifier.
        own: What the message says of it alone; empty where it is the same for all.
    """

    unit: str
    own: Text


class Gathered(Struct, frozen=True, eq=False):
    """The diagnostics of a report, apart from those that say that a unit is not current.

    Attributes:
        whole: About the register as a whole.
        shared: The same in several units.
        single: All others, by unit.
    """

    whole: tuple[Diagnostic, ...]
    shared: tuple[Shared, ...]
    single: Mapping[str, tuple[Diagnostic, ...]]


def stopped(report: Report) -> tuple[Stopped, ...]:
    """The units that are not current, alike ones together, the largest number first."""
    alike: defaultdict[object, list[tuple[UnitResult, Diagnostic | None]]] = defaultdict(list)
    for result in report.units:
        if not result.standing.current:
            diagnostic = next(filter(_says_not_current, result.diagnostics), None)
            alike[_state(result), diagnostic and _words(diagnostic)].append((result, diagnostic))
    found = [Stopped(tuple(result for result, _ in group), group[0][1]) for group in alike.values()]
    return tuple(sorted(found, key=lambda s: (-len(s.results), s.units)))


def _state(result: UnitResult) -> tuple[Status, tuple[tuple[str, date | None], ...]]:
    """The status and the reasons, without the day on which it stopped being current."""
    standing = result.standing
    return standing.status, tuple(map(_reason, standing.why))


def _reason(why: Why) -> tuple[str, date | None]:
    return why.reason, None if why.reason in STOPPING else why.day


def _says_not_current(diagnostic: Diagnostic) -> bool:
    return diagnostic.rule.name == "not-current"


def _words(diagnostic: Diagnostic) -> tuple[object, ...]:
    return diagnostic.rule.code, diagnostic.remedy, diagnostic.waived_by


def _kind(diagnostic: Diagnostic) -> tuple[str, date | None, Waiver | None]:
    """What makes the diagnostics of several units one matter for a reader."""
    return diagnostic.rule.code, diagnostic.due, diagnostic.waived_by


def gather(report: Report) -> Gathered:
    """Put the diagnostics of a report in order for a reader."""
    told = [d for d in report.diagnostics if d.unit is None or not _says_not_current(d)]
    alike: defaultdict[tuple[object, ...], list[Diagnostic]] = defaultdict(list)
    for diagnostic in told:
        if diagnostic.unit is not None:
            alike[_kind(diagnostic)].append(diagnostic)
    several = {
        kind: found for kind, found in alike.items() if len({d.unit for d in found}) >= _SEVERAL
    }
    single: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in told:
        if diagnostic.unit is not None and _kind(diagnostic) not in several:
            single[diagnostic.unit].append(diagnostic)
    return Gathered(
        whole=tuple(d for d in told if d.unit is None),
        shared=tuple(sorted(map(_shared, several.values()), key=_weight)),
        single={unit: tuple(found) for unit, found in single.items()},
    )


def alike_in_unit(found: Sequence[Diagnostic]) -> tuple[tuple[Diagnostic, ...], ...]:
    """What is wrong in one unit; where the same is said of several records, told once."""
    alike: defaultdict[tuple[object, ...], list[Diagnostic]] = defaultdict(list)
    for one in found:
        alike[one.rule.code, one.message, one.remedy, one.due, one.waived_by].append(one)
    return tuple(map(tuple, alike.values()))


#: Records of which a unit has many, so that the unit alone does not say where to look.
_DOSSIER = frozenset({About.DOCUMENT, About.PROCEDURE, About.LEGAL_DOCUMENT})


def _member(diagnostic: Diagnostic, template: str) -> Member:
    """A unit in which the same is wrong, with the record of its dossier and its own facts."""
    own = fill(Text(en=template, vi=template), diagnostic.facts)
    if diagnostic.rule.about in _DOSSIER:
        record = diagnostic.subject.partition(".")[2]
        own = Text(
            en=", ".join(filter(None, (record, own.en))),
            vi=", ".join(filter(None, (record, own.vi))),
        )
    return Member(diagnostic.unit or "", own)


def _shared(found: Sequence[Diagnostic]) -> Shared:
    first = found[0]
    named = [name for _, name, _, _ in Formatter().parse(first.rule.message.en) if name]
    differing = [
        name
        for name in first.facts
        if any(diagnostic.facts.get(name) != first.facts[name] for diagnostic in found)
    ]
    facts = {**first.facts, **dict.fromkeys(differing, "…")}
    own = [name for name in dict.fromkeys(named) if name in differing]
    template = ", ".join(f"{{{name}}}" for name in own)
    return Shared(
        first,
        fill(first.rule.message, facts),
        fill(first.rule.remedy, facts),
        tuple(_member(diagnostic, template) for diagnostic in found),
    )


def _weight(shared: Shared) -> tuple[bool, int, str, date, tuple[str, ...]]:
    """What is waived comes last; before that, errors before warnings, by code."""
    diagnostic = shared.diagnostic
    return (
        diagnostic.waived_by is not None,
        list(Severity).index(diagnostic.severity),
        diagnostic.rule.code,
        diagnostic.due or LAST_DAY,
        shared.units,
    )
