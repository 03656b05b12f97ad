"""The report as Markdown, for a page or a message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qms.dates import print_date
from qms.report.gathering import alike_in_unit, gather, stopped
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
    next_step,
    number_current,
    printed_day,
    reasons,
    told,
    what_to_do,
    where,
    why_stopped,
)
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qms.check import Diagnostic, Report, UnitResult
    from qms.report import Setting
    from qms.text import Language

__all__ = ["escaped", "render", "render_status", "table"]

_UNITS = Text(en="Units", vi="Các đơn vị")
_HEADINGS = (
    Text(en="Unit", vi="Đơn vị"),
    Text(en="Status", vi="Tình trạng"),
    Text(en="Since", vi="Từ ngày"),
    Text(en="Until", vi="Đến ngày"),
    Text(en="Next", vi="Việc tiếp theo"),
)
#: Without the word, the day would be read as the “…” of the reasons above: the day of the expiry.
_SINCE = Text(en="since {day}", vi="từ {day}")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def render(report: Report, setting: Setting) -> str:
    """The report as Markdown, in the language of the setting."""
    blocks = [
        *_head(report, setting),
        *_not_current(report, setting),
        *_diagnostics(report, setting),
        f"## {_UNITS.in_(setting.language)}",
        _roster(report, setting),
        " ".join(escaped(s.in_(setting.language)) for s in closing(report)),
    ]
    return "\n\n".join(blocks) + "\n"


def render_status(report: Report, setting: Setting) -> str:
    """A table of units, as Markdown."""
    title, current, *_ = _head(report, setting)
    return "\n\n".join([title, current, _roster(report, setting)]) + "\n"


def escaped(words: str) -> str:
    """Words on one line, with the signs that Markdown would take for its own set aside.

    A line break would end a heading, an item or the row of a table.
    """
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; signs in the cells stand for themselves."""
    lines = [headings, ["---"] * len(headings)]
    lines += [[escaped(cell) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _head(report: Report, setting: Setting) -> Iterator[str]:
    language, summary = setting.language, report.summary
    day = print_date(report.on, language)
    yield f"# {escaped(setting.organisation.in_(language))} · {day}"
    yield f"**{number_current(summary).in_(language)}**"
    yield figures(summary).in_(language)
    if setting.chosen is not None:
        yield PART.in_(language)
    unnamed = left_unnamed(report)
    if unnamed is not None:
        yield unnamed.in_(language)


def _not_current(report: Report, setting: Setting) -> Iterator[str]:
    language = setting.language
    if report.summary.not_current:
        yield f"## {heading_of_stopped(report.summary.not_current).in_(language)}"
    for alike in stopped(report):
        words = why_stopped(alike.first, language, at_once=alike.at_once)
        lines = [f"**{escaped(words)}**"]
        if alike.diagnostic is not None:
            lines.append(escaped(what_to_do(alike.diagnostic, language)))
            lines.append(f"_{escaped(footing(alike.diagnostic, language))}_")
        units = [
            result.id if alike.at_once else f"{result.id} ({_since(result, language)})"
            for result in alike.results
        ]
        lines.append(_units(units, setting))
        yield _item(lines)


def _since(result: UnitResult, language: Language) -> str:
    return _SINCE.in_(language).format(day=printed_day(result.standing.since, language))


def _diagnostics(report: Report, setting: Setting) -> Iterator[str]:
    language = setting.language
    names = {result.id: result.name.in_(language) for result in report.units}
    gathered = gather(report)
    if gathered.whole:
        yield f"## {WHOLE.in_(language)}"
        yield from (_item(_lines(diagnostic, setting)) for diagnostic in gathered.whole)
    if gathered.shared:
        yield f"## {SHARED.in_(language)}"
    for shared in gathered.shared:
        own = [(m.unit, m.own.in_(language)) for m in shared.members]
        units = [f"{unit} ({words})" if words else unit for unit, words in own]
        lines = _lines(shared.diagnostic, setting, shared.message, shared.remedy)
        yield _item([*lines, _units(units, setting, len(shared.units))])
    for unit, found in gathered.single.items():
        yield f"## {escaped(names.get(unit, unit))} ({escaped(unit)})"
        for alike in alike_in_unit(found):
            yield _item([*_lines(alike[0], setting), escaped(where(language, *alike))])


def _lines(
    diagnostic: Diagnostic,
    setting: Setting,
    message: Text | None = None,
    remedy: Text | None = None,
) -> list[str]:
    language = setting.language
    return [
        f"**{escaped(told(diagnostic, language, message))}**",
        escaped(what_to_do(diagnostic, language, remedy)),
        f"_{escaped(footing(diagnostic, language))}_",
    ]


def _item(lines: Iterable[str]) -> str:
    """A point of a list, with hard line breaks inside it."""
    return "- " + "  \n  ".join(line for line in lines if line)


def _units(units: Sequence[str], setting: Setting, count: int | None = None) -> str:
    words = counted_units(len(units) if count is None else count).in_(setting.language)
    return f"{words}: {', '.join(escaped(unit) for unit in units)}"


def _roster(report: Report, setting: Setting) -> str:
    headings = [heading.in_(setting.language) for heading in _HEADINGS]
    return table(headings, [_row(result, setting) for result in report.units])


def _row(result: UnitResult, setting: Setting) -> tuple[str, str, str, str, str]:
    language, standing = setting.language, result.standing
    status = standing.status.text.in_(language)
    why = reasons(result, language)
    return (
        f"{result.name.in_(language)} ({result.id})",
        f"{status}: {why}" if why else status,
        printed_day(standing.since, language),
        printed_day(standing.until, language),
        next_step(result, language) or "–",
    )
