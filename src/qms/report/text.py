"""The report for people at a screen: the answer first, then what to do, then the counts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from attrs import field, frozen

from qms.report.layout import Paint, wrap
from qms.report.roster import UNIT, UNITS, reasons, roster
from qms.report.sentences import counted, figures, number_current, printed_day
from qms.terms import Severity
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qms.check import Diagnostic, Report, UnitResult
    from qms.report import Setting
    from qms.text import Language

__all__ = ["render", "render_status"]

#: From how many units on the same diagnostic is told once for all of them.
_SEVERAL = 3
#: Up to how many units are named each on a line of its own, and up to how many at all.
_NAMED, _LISTED = 5, 100
_INDENT = "  "
_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}

_NOT_CURRENT = Text(en="Not current: {units}", vi="Không còn hiệu lực: {units}")
_SHARED = Text(en="In several units", vi="Ở nhiều đơn vị")
_WHOLE = Text(en="The register as a whole", vi="Toàn bộ sổ đăng ký")
_PART = Text(
    en="Only a part of the register was asked about; rules about the register as a whole "
    "were not applied.",
    vi="Chỉ xét một phần sổ đăng ký; các quy tắc chung cho toàn bộ sổ đăng ký không được áp dụng.",
)
_ALL_WELL = Text(en="Nothing is wrong.", vi="Không có vấn đề nào.")
_SINCE = Text(en="since {day}", vi="từ {day}")
_TO_DO = Text(en="To do: {words}", vi="Cần làm: {words}")
_BASIS = Text(en="Basis: {words}", vi="Căn cứ: {words}")
_DUE = Text(en="due {day}", vi="hạn {day}")
_AT = Text(en="Where: {words}", vi="Tại: {words}")
_WAIVED = Text(
    en="Waived until {day} by {by}: {reason}",
    vi="Được miễn áp dụng đến {day}, người cho phép: {by}; lý do: {reason}",
)
_WAIVED_MARK = Text(en="waived", vi="được miễn áp dụng")
_ALL_UNITS = Text(en="All {units}", vi="Tất cả {units}")
_MORE = Text(
    en="… and {count} more; 'qms status' lists all",
    vi="… và {count} đơn vị khác; xem đủ bằng 'qms status'",
)
_RULE, _RULES = Text(en="rule", vi="quy tắc"), Text(en="rules", vi="quy tắc")
_RECORD, _RECORDS = Text(en="record", vi="hồ sơ"), Text(en="records", vi="hồ sơ")
_CHECKED = Text(
    en="Checked: {rules} looked at {records} in all.",
    vi="Đã kiểm tra: {rules}, tổng cộng {records}.",
)
_NOTHING_SEEN = Text(
    en="Found no record to look at: {codes}.", vi="Không có hồ sơ nào để xem xét: {codes}."
)


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


@frozen
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
        day = printed_day(self.report.on, self.language)
        yield from (
            self.paint(line, "bold")
            for line in wrap(f"{self.setting.organisation.in_(self.language)} · {day}", self.width)
        )
        style = "green" if summary.units and summary.current == summary.units else "red"
        yield self.paint(number_current(summary).in_(self.language), style)

    def head(self) -> Iterator[str]:
        """The answer in a few words."""
        yield from self.title()
        yield from wrap(figures(self.report.summary).in_(self.language), self.width)
        if self.setting.chosen is not None:
            yield from wrap(_PART.in_(self.language), self.width)

    def not_current(self) -> Iterator[str]:
        """The units that are not current, alike ones together: why, since when, what to do."""
        results = [result for result in self.report.units if not result.standing.current]
        if not results:
            return
        units = counted(len(results), UNIT, UNITS).in_(self.language)
        yield from self._section(self.say(_NOT_CURRENT, units=units))
        alike: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for result in results:
            alike[tuple(self._why(result))].append(result.id)
        for lines, ids in sorted(alike.items(), key=lambda item: (-len(item[1]), item[1])):
            yield ""
            yield from lines
            yield from self._units(ids)

    def _why(self, result: UnitResult) -> Iterator[str]:
        standing = result.standing
        since = printed_day(standing.since, self.language, "")
        words = standing.status.text.in_(self.language)
        if since:
            words = f"{words} {self.say(_SINCE, day=since)}"
        words = f"{words}: {reasons(result, self.language)}"
        yield from self._styled(wrap(words, self.width, indent=_INDENT), "red")
        for diagnostic in result.diagnostics:
            if diagnostic.rule.name == "not-current":
                yield from self._what_to_do(diagnostic)
                yield from self._footing(diagnostic)

    def diagnostics(self) -> Iterator[str]:
        """What is wrong: in the register as a whole, in several units, unit by unit."""
        rest = [d for d in self.report.diagnostics if d.rule.name != "not-current"]
        whole = [d for d in rest if d.unit is None]
        alike: defaultdict[tuple[str, ...], list[Diagnostic]] = defaultdict(list)
        for diagnostic in rest:
            if diagnostic.unit is not None:
                alike[tuple(self._told(diagnostic))].append(diagnostic)
        shared = {
            lines: found
            for lines, found in alike.items()
            if len({d.unit for d in found}) >= _SEVERAL
        }
        if whole:
            yield from self._section(_WHOLE.in_(self.language))
            for diagnostic in whole:
                yield from ("", *self._told(diagnostic))
        if shared:
            yield from self._section(_SHARED.in_(self.language))
            for lines, found in shared.items():
                yield from ("", *lines, *self._units(sorted({d.unit or "" for d in found})))
        single = {id(d) for lines, found in alike.items() if lines not in shared for d in found}
        yield from self._unit_by_unit(d for d in rest if id(d) in single)

    def _unit_by_unit(self, diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
        by_unit: defaultdict[str, list[Diagnostic]] = defaultdict(list)
        for diagnostic in diagnostics:
            by_unit[diagnostic.unit or ""].append(diagnostic)
        for unit, found in by_unit.items():
            yield from self._section(self._name(unit))
            for diagnostic in found:
                yield from ("", *self._told(diagnostic), *self._where(diagnostic))

    def _told(self, diagnostic: Diagnostic) -> Iterator[str]:
        """A diagnostic in a few lines, without the place where it was seen."""
        style = "dim" if diagnostic.waived_by else _STYLES[diagnostic.severity]
        title = f"{diagnostic.severity.text.in_(self.language)} {diagnostic.rule.code}"
        if diagnostic.waived_by:
            title = f"{title} ({_WAIVED_MARK.in_(self.language)})"
        words = f"{title}: {diagnostic.message.in_(self.language)}"
        due = printed_day(diagnostic.due, self.language, "")
        if due and due not in words:
            words = f"{words} ({self.say(_DUE, day=due)})"
        yield from self._styled(wrap(words, self.width, indent=_INDENT, hanging=_INDENT * 2), style)
        yield from self._what_to_do(diagnostic)
        yield from self._footing(diagnostic)

    def _what_to_do(self, diagnostic: Diagnostic) -> Iterator[str]:
        waiver = diagnostic.waived_by
        if waiver is None:
            words = self.say(_TO_DO, words=diagnostic.remedy.in_(self.language))
        else:
            day = printed_day(waiver.until, self.language)
            words = self.say(_WAIVED, day=day, by=waiver.by, reason=waiver.reason)
        yield from wrap(words, self.width, indent=_INDENT * 2)

    def _footing(self, diagnostic: Diagnostic) -> Iterator[str]:
        rule = diagnostic.rule
        words = f"{self.say(_BASIS, words=rule.basis)} · {rule.code} {rule.name}"
        yield from self._styled(wrap(words, self.width, indent=_INDENT * 2), "dim")

    def _where(self, diagnostic: Diagnostic) -> Iterator[str]:
        if diagnostic.subject:
            words = self.say(_AT, words=diagnostic.subject)
            yield from self._styled(wrap(words, self.width, indent=_INDENT * 2), "dim")

    def _units(self, ids: Sequence[str]) -> Iterator[str]:
        """The units that something is about: by name, or by identifier where they are many."""
        units = counted(len(ids), UNIT, UNITS).in_(self.language)
        if len(ids) <= _NAMED:
            for unit in ids:
                yield from wrap(f"• {self._name(unit)}", self.width, indent=_INDENT * 2)
            return
        if len(ids) == len(self.report.units):
            yield from wrap(self.say(_ALL_UNITS, units=units), self.width, indent=_INDENT * 2)
            return
        words = f"{units}: {', '.join(ids[:_LISTED])}"
        if len(ids) > _LISTED:
            words = f"{words} {self.say(_MORE, count=len(ids) - _LISTED)}"
        yield from wrap(words, self.width, indent=_INDENT * 2)

    def _name(self, unit: str) -> str:
        result = self.named.get(unit)
        return unit if result is None else f"{result.name.in_(self.language)} ({unit})"

    def current(self) -> Iterator[str]:
        """The units that are current, since when, until when, and what comes next."""
        results = [result for result in self.report.units if result.standing.current]
        if len(results) <= _LISTED:
            yield from roster(results, self.setting)

    def counts(self) -> Iterator[str]:
        """How much was looked at, so that an empty register never looks conforming."""
        summary = self.report.summary
        seen = {code: count for code, count in self.report.checked.items() if count}
        unseen = [code for code, count in self.report.checked.items() if not count]
        rules = counted(len(seen), _RULE, _RULES).in_(self.language)
        records = counted(sum(seen.values()), _RECORD, _RECORDS).in_(self.language)
        yield ""
        if summary.units and not summary.not_current and not self.report.diagnostics:
            yield _ALL_WELL.in_(self.language)
        yield from wrap(self.say(_CHECKED, rules=rules, records=records), self.width)
        if unseen:
            yield from wrap(self.say(_NOTHING_SEEN, codes=", ".join(unseen)), self.width)

    def _section(self, heading: str) -> Iterator[str]:
        yield ""
        yield from (self.paint(line, "bold") for line in wrap(heading, self.width))

    def _styled(self, lines: Iterable[str], style: str) -> Iterator[str]:
        return (self.paint(line, style) for line in lines)
