"""The report for people at a screen: the answer first, then what to do, then the counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from qms.dates import print_date
from qms.report.gathering import alike_in_unit, gather, stopped
from qms.report.layout import Paint, wrap
from qms.report.roster import headed, lines_of, roster
from qms.report.sentences import (
    PART,
    SHARED,
    WHOLE,
    closing,
    counted_units,
    figures,
    footing,
    heading_of_stopped,
    left_unnamed,
    number_current,
    told,
    what_to_do,
    where,
    why_stopped,
)
from qms.terms import Severity
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qms.check import Diagnostic, Report, UnitResult
    from qms.report import Setting
    from qms.report.gathering import Shared
    from qms.text import Language

__all__ = ["render", "render_status"]

#: Up to how many units are named each on a line of its own, and up to how many at all.
_NAMED, _LISTED = 5, 100
_INDENT = "  "
_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}

_ALL_UNITS = Text(en="All {units}", vi="Tất cả {units}")
_MORE = Text(
    en="… and {count} more; 'qms status' lists all",
    vi="… và {count} đơn vị khác; xem đủ bằng 'qms status'",
)
_MORE_ALIKE = Text(
    en="… and {count} more; 'qms check --format json' names all",
    vi="… và {count} đơn vị khác; xem đủ bằng 'qms check --format json'",
)

#: Said behind the figure where not even all units with something to say are named.
_OF_THE_NAMED = {
    _MORE: Text(
        en="… and {count} more of those named here; 'qms status' lists all",
        vi="… và {count} đơn vị khác trong số đơn vị nêu tại đây; xem đủ bằng 'qms status'",
    ),
    _MORE_ALIKE: Text(
        en="… and {count} more of those named here; 'qms check --format json' names all",
        vi="… và {count} đơn vị khác trong số đơn vị nêu tại đây; "
        "xem đủ bằng 'qms check --format json'",
    ),
}


def render(report: Report, setting: Setting) -> str:
    """The report as text, in the language and the width of the setting."""
    page = _Page(report, setting)
    return _joined(
        page.head(), page.not_current(), page.diagnostics(), page.current(), page.counts()
    )


def render_status(report: Report, setting: Setting) -> str:
    """A table of units: status, since when, until when, what has to be done next."""
    page = _Page(report, setting)
    return _joined(page.title(), roster(report.units, setting))


def _joined(*parts: Iterable[str]) -> str:
    return "\n".join(line.rstrip() for lines in parts for line in lines) + "\n"


@frozen(eq=False, repr=False)
class _Page:
    """A report with the way in which it is to be written."""

    report: Report
    setting: Setting
    named: dict[str, UnitResult] = field(init=False)

    @named.default
    def _named(self) -> dict[str, UnitResult]:
        return {result.id: result for result in self.report.units}

    @property
    def language(self) -> Language:
        return self.setting.language

    @property
    def width(self) -> int:
        return self.setting.width

    @property
    def paint(self) -> Paint:
        return Paint(self.setting.colour)

    def say(self, text: Text, **values: object) -> str:
        return text.in_(self.language).format(**values)

    def title(self) -> Iterator[str]:
        """Whose register, on which day, and how many of its units are current."""
        summary = self.report.summary
        day = print_date(self.report.on, self.language)
        yield from (
            self.paint(line, "bold")
            for line in wrap(f"{self.setting.organisation.in_(self.language)} · {day}", self.width)
        )
        style = "green" if summary.units and summary.current == summary.units else "red"
        yield from self._styled(wrap(number_current(summary).in_(self.language), self.width), style)

    def head(self) -> Iterator[str]:
        """The answer in a few words."""
        yield from self.title()
        yield from wrap(figures(self.report.summary).in_(self.language), self.width)
        if self.setting.chosen is not None:
            yield from wrap(PART.in_(self.language), self.width)
        unnamed = left_unnamed(self.report)
        if unnamed is not None:
            yield from wrap(unnamed.in_(self.language), self.width)

    def not_current(self) -> Iterator[str]:
        """The units that are not current, alike ones together: why, since when, what to do."""
        count = self.report.summary.not_current
        if not count:
            return
        heading = heading_of_stopped(count).in_(self.language)
        yield ""
        yield from headed(heading, self.setting, "bold")
        for alike in stopped(self.report):
            yield ""
            words = why_stopped(alike.first, self.language, at_once=alike.at_once)
            yield from self._styled(wrap(words, self.width, indent=_INDENT), "red")
            if alike.diagnostic is not None:
                yield from self._what_to_do(alike.diagnostic)
                yield from self._footing(alike.diagnostic)
            yield from lines_of(alike.results[:_LISTED], self.setting)
            if len(alike.results) > _LISTED:
                more = self.say(self._more(_MORE), count=len(alike.results) - _LISTED)
                yield from wrap(more, self.width, indent=_INDENT)

    def _more(self, words: Text) -> Text:
        return _OF_THE_NAMED[words] if self.report.unnamed else words

    def diagnostics(self) -> Iterator[str]:
        """What is wrong: in the register as a whole, in several units, unit by unit."""
        gathered = gather(self.report)
        if gathered.whole:
            yield from self._section(WHOLE.in_(self.language))
            for diagnostic in gathered.whole:
                yield from ("", *self._told(diagnostic))
        if gathered.shared:
            yield from self._section(SHARED.in_(self.language))
            for shared in gathered.shared:
                yield from ("", *self._told(shared.diagnostic, shared.message, shared.remedy))
                yield from self._members(shared)
        for unit, found in gathered.single.items():
            yield from self._section(self._name(unit))
            for alike in alike_in_unit(found):
                yield from ("", *self._told(alike[0]), *self._where(alike))

    def _told(
        self, diagnostic: Diagnostic, message: Text | None = None, remedy: Text | None = None
    ) -> Iterator[str]:
        """A diagnostic in a few lines, without the place where it was seen."""
        style = "dim" if diagnostic.waived_by else _STYLES[diagnostic.severity]
        words = told(diagnostic, self.language, message)
        yield from self._styled(wrap(words, self.width, indent=_INDENT, hanging=_INDENT * 2), style)
        yield from self._what_to_do(diagnostic, remedy)
        yield from self._footing(diagnostic)

    def _what_to_do(self, diagnostic: Diagnostic, remedy: Text | None = None) -> Iterator[str]:
        words = what_to_do(diagnostic, self.language, remedy)
        yield from wrap(words, self.width, indent=_INDENT * 2)

    def _footing(self, diagnostic: Diagnostic) -> Iterator[str]:
        words = footing(diagnostic, self.language)
        yield from self._styled(wrap(words, self.width, indent=_INDENT * 2), "dim")

    def _where(self, alike: Sequence[Diagnostic]) -> Iterator[str]:
        words = where(self.language, *alike)
        if words:
            yield from self._styled(wrap(words, self.width, indent=_INDENT * 2), "dim")

    def _members(self, shared: Shared) -> Iterator[str]:
        """The units in which the same is wrong, with what is each one's own."""
        own = [member.own.in_(self.language) for member in shared.members]
        if not any(own):
            yield from self._units(shared.units)
            return
        named = [f"{m.unit} ({words})" for m, words in zip(shared.members, own, strict=True)]
        yield from self._listed(named, len(shared.units))

    def _units(self, ids: Sequence[str]) -> Iterator[str]:
        """The units that something is about: by name, or by identifier where they are many."""
        if len(ids) <= _NAMED:
            for unit in ids:
                yield from wrap(f"• {self._name(unit)}", self.width, indent=_INDENT * 2)
        elif len(ids) == len(self.report.units):
            units = counted_units(len(ids)).in_(self.language)
            yield from wrap(self.say(_ALL_UNITS, units=units), self.width, indent=_INDENT * 2)
        else:
            yield from self._listed(ids, len(ids))

    def _listed(self, named: Sequence[str], units: int) -> Iterator[str]:
        words = f"{counted_units(units).in_(self.language)}: {', '.join(named[:_LISTED])}"
        if len(named) > _LISTED:
            words = f"{words} {self.say(self._more(_MORE_ALIKE), count=len(named) - _LISTED)}"
        yield from wrap(words, self.width, indent=_INDENT * 2)

    def _name(self, unit: str) -> str:
        result = self.named.get(unit)
        return unit if result is None else f"{result.name.in_(self.language)} ({unit})"

    def current(self) -> Iterator[str]:
        """The units that are current, since when, until when, and what comes next."""
        if self.report.figures is not None:
            return
        results = [result for result in self.report.units if result.standing.current]
        if len(results) <= _LISTED:
            yield from roster(results, self.setting)

    def counts(self) -> Iterator[str]:
        """How much was looked at, so that an empty register never looks conforming."""
        yield ""
        for sentence in closing(self.report):
            yield from wrap(sentence.in_(self.language), self.width)

    def _section(self, heading: str) -> Iterator[str]:
        yield ""
        yield from (self.paint(line, "bold") for line in wrap(heading, self.width))

    def _styled(self, lines: Iterable[str], style: str) -> Iterator[str]:
        return (self.paint(line, style) for line in lines)
