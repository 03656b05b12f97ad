"""The status of one unit over its life, interval by interval."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the annotations are read at run time
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from qms.dates import print_date
from qms.report.json import Cause, GivenName, cause, given_name, indented, known_day
from qms.report.layout import Column, Paint, table, wrap
from qms.report.sentences import because, each_once, printed_day
from qms.terms import Status
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qms.intervals import Interval
    from qms.model import Unit
    from qms.report import Setting
    from qms.text import Language

__all__ = ["Timeline", "render", "render_json"]

_TITLE = Text(
    en="{name} ({id}), facts up to {day}", vi="{name} ({id}), sự kiện tính đến ngày {day}"
)
_AFTER = Text(
    en="After {day}: what will be if nothing more is recorded.",
    vi="Sau ngày {day}: tình trạng nếu không ghi nhận thêm sự kiện nào.",
)
_FROM, _TO = Text(en="From", vi="Từ ngày"), Text(en="To", vi="Đến ngày")
_STATUS, _WHY = Text(en="Status", vi="Tình trạng"), Text(en="Why", vi="Lý do")
_STYLES = {
    Status.CURRENT: "green",
    Status.CURRENT_CONDITIONAL: "yellow",
    Status.DUE_SOON: "yellow",
    Status.OVERDUE_SURVEILLANCE: "yellow",
}


class IntervalEntry(Struct, frozen=True, kw_only=True):
    """Days on which the status is the same; null where it has no beginning or no end."""

    start: date | None
    end: date | None
    status: Status
    current: bool
    why: list[Cause]


class Timeline(Struct, frozen=True, kw_only=True):
    """The status of a unit over its whole life; after ``on``, if nothing more is recorded."""

    format: Literal["qms-timeline/1"]
    on: date
    unit: str
    name: GivenName
    intervals: list[IntervalEntry]


def render_json(intervals: Sequence[Interval], unit: Unit, on: date) -> str:
    """The intervals as indented JSON."""
    return indented(
        Timeline(
            format="qms-timeline/1",
            on=on,
            unit=unit.id,
            name=given_name(unit.name),
            intervals=[
                IntervalEntry(
                    start=known_day(interval.start),
                    end=known_day(interval.end),
                    status=interval.status,
                    current=interval.status.current,
                    why=[cause(why) for why in interval.why],
                )
                for interval in intervals
            ],
        )
    )


def render(intervals: Sequence[Interval], unit: Unit, on: date, setting: Setting) -> str:
    """The intervals as a table."""
    language, paint = setting.language, Paint(setting.colour)
    day = print_date(on, language)
    title = _TITLE.in_(language).format(name=unit.name.in_(language), id=unit.id, day=day)
    columns = (
        Column(_FROM.in_(language), 10),
        Column(_TO.in_(language), 10),
        Column(_STATUS.in_(language), 22),
        Column(_WHY.in_(language)),
    )
    styles = {
        interval.status.text.in_(language): (_STYLES.get(interval.status, "red"),)
        for interval in intervals
    }
    lines = [paint(line, "bold") for line in wrap(title, setting.width)]
    lines.append("")
    lines += table(
        columns,
        [_row(interval, language) for interval in intervals],
        setting.width,
        paint,
        lambda row: styles[row[2]],
    )
    lines += ["", *wrap(_AFTER.in_(language).format(day=day), setting.width)]
    return "\n".join(lines) + "\n"


def _row(interval: Interval, language: Language) -> tuple[str, str, str, str]:
    return (
        printed_day(interval.start, language),
        printed_day(interval.end, language),
        interval.status.text.in_(language),
        each_once(because(why).in_(language) for why in interval.why),
    )
