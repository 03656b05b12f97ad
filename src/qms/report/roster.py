"""The roster: every unit with its status, since when, until when, and what comes next.

Units of one status stand together.  What is the same for all of them is told
once above them, so that most units take a single line.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from qms.report.layout import Paint, fitted, places, wrap
from qms.report.sentences import counted_units, next_step, printed_day, reasons
from qms.terms import Status
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qms.check import UnitResult
    from qms.report import Setting

__all__ = ["headed", "lines_of", "roster"]

_NEXT = Text(en="Next: {what}", vi="Tiếp theo: {what}")
_MOSTLY_NEXT = Text(
    en="Next, where nothing else is said: {what}", vi="Tiếp theo, nếu không nêu riêng: {what}"
)
_FROM_TO = Text(en="Since – until", vi="Từ ngày – đến ngày")
_STYLES = {
    Status.CURRENT: "green",
    Status.CURRENT_CONDITIONAL: "yellow",
    Status.DUE_SOON: "yellow",
    Status.OVERDUE_SURVEILLANCE: "yellow",
}
_DATES = len("2015-06-30 – 2018-06-29")
_OPEN_ENDED = "…"
#: What stands between the identifier, the name and the days; and the least room for a name.
_GAPS, _NAME = 2 + 2 + 2, 14
#: On a screen narrower than this the days stand below the name.
_BESIDE = 8 + _GAPS + _NAME + _DATES


def roster(results: Iterable[UnitResult], setting: Setting) -> Iterator[str]:
    """The units by status, as lines; an empty line stands before each status."""
    order = list(Status)
    ordered = sorted(results, key=lambda r: (order.index(r.standing.status), r.id))
    ids = _widest(ordered, setting.width)
    for status, group in groupby(ordered, key=lambda result: result.standing.status):
        yield ""
        yield from _of_status(status, list(group), ids, setting)


def headed(heading: str, setting: Setting, *styles: str) -> Iterator[str]:
    """A heading of units, with the words for their days at the right, below it if need be."""
    dates, paint = _FROM_TO.in_(setting.language), Paint(setting.colour)
    gap = setting.width - places(heading) - places(dates)
    if gap < 2:
        yield from (paint(line, *styles) for line in wrap(heading, setting.width))
        gap, heading = setting.width - places(dates), ""
    yield paint(heading, *styles) + " " * gap + paint(dates, "dim")


def lines_of(results: Sequence[UnitResult], setting: Setting) -> Iterator[str]:
    """A line for each unit: its identifier, its name, since when and until when."""
    ids = _widest(results, setting.width)
    for result in results:
        yield from _line(result, ids, setting)


def _widest(results: Iterable[UnitResult], width: int) -> int:
    longest = max((places(result.id) for result in results), default=0)
    return min(longest, width // 3, max(width - _GAPS - _NAME - _DATES, 8))


def _of_status(
    status: Status, results: Sequence[UnitResult], ids: int, setting: Setting
) -> Iterator[str]:
    language = setting.language
    words = status.text.in_(language)
    count = counted_units(len(results)).in_(language)
    heading = f"{words[:1].upper()}{words[1:]}: {count}"
    yield from headed(heading, setting, "bold", _STYLES.get(status, "red"))
    why = _common([reasons(result, language) for result in results], of_all=True)
    steps = [next_step(result, language) for result in results]
    step = _common(steps)
    told = _NEXT if len(set(steps)) == 1 else _MOSTLY_NEXT
    for line in (why, step and told.in_(language).format(what=step)):
        if line:
            yield from wrap(line, setting.width)
    for result, own in zip(results, steps, strict=True):
        yield from _line(result, ids, setting)
        if why is None:
            yield from _detail(reasons(result, language), ids, setting)
        if own != step:
            yield from _detail(own and _NEXT.in_(language).format(what=own), ids, setting)


def _common(words: Sequence[str], *, of_all: bool = False) -> str | None:
    """What all, or else most of them, have in common; None where there is no such thing."""
    said, count = Counter(words).most_common(1)[0]
    enough = len(words) if of_all else len(words) // 2 + 1
    return said if count >= enough else None


def _line(result: UnitResult, ids: int, setting: Setting) -> Iterator[str]:
    """The identifier, the name and the days; a long name goes on below, as after a long identifier."""
    language, standing = setting.language, result.standing
    since = printed_day(standing.since, language, _OPEN_ENDED)
    until = printed_day(standing.until, language, _OPEN_ENDED)
    dates = f"{since:>10} – {until:<10}".rstrip()
    if setting.width < _BESIDE:
        whole = f"{result.id} · {result.name.in_(language)}"
        yield from fitted(whole, setting.width, indent="  ", hanging="    ")
        yield f"    {dates.lstrip()}"
        return
    left = f"  {result.id}" + " " * max(ids - places(result.id), 0) + "  "
    if places(result.id) > ids:
        yield left.rstrip()
        left = " " * (ids + 4)
    space = setting.width - ids - _GAPS - _DATES
    name, *rest = fitted(result.name.in_(language), space)
    yield f"{left}{name}{' ' * max(space - places(name), 0)}  {dates}"
    yield from (" " * (ids + 4) + line for line in rest)


def _detail(words: str, ids: int, setting: Setting) -> Iterator[str]:
    if words:
        indent = " " * (ids + 4)
        paint = Paint(setting.colour)
        yield from (paint(line, "dim") for line in wrap(words, setting.width, indent=indent))
