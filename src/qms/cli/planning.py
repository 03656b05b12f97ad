"""``qms calendar`` and ``qms timeline``: what has to be done in a year, and a unit's life."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qms.cli.bilingual import Command, Option
from qms.cli.parameters import (
    WholeNumber,
    format_option,
    group_option,
    on_option,
    output_option,
    register_and_unit,
    register_argument,
    unit_argument,
    unit_option,
)
from qms.cli.session import Session, chosen_units, one_unit
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

__all__ = ["calendar", "timeline"]

_PLANNING = Text(en="Drawing up the calendar", vi="Đang lập lịch công việc")


@click.command(
    cls=Command,
    words=Text(
        en="Show what has to be done in a year, by when, and who sees to it.\n"
        "Every obligation whose due day falls in the year, those carried over from earlier "
        "years, and those without a due day; each with its window, its clause and where it "
        "stands on the day given by --on.",
        vi="Liệt kê các việc phải thực hiện trong năm, thời hạn và người thực hiện.\n"
        "Gồm các việc có hạn trong năm, các việc tồn đọng từ những năm trước và các việc không "
        "ấn định thời hạn; mỗi việc nêu thời gian thực hiện, căn cứ và tình hình tính đến ngày "
        "ghi ở --on.",
    ),
)
@register_argument
@click.option(
    "--year",
    cls=Option,
    type=WholeNumber(1900, 9998, "YEAR"),
    words=Text(
        en="The calendar year; the year of the day asked about where left out.",
        vi="Năm dương lịch; nếu không nêu thì lấy năm của ngày cần xem xét.",
    ),
)
@on_option
@format_option("text", "json")
@output_option
@unit_option
@group_option
@click.pass_obj
def calendar(
    session: Session,
    *,
    register: Path,
    year: int | None,
    on: date | None,
    form: str,
    output: Path | None,
    units: Sequence[str],
    groups: Sequence[str],
) -> int:
    """Show the obligations of a year."""
    from qms import answers
    from qms.cli.waiting import waiting
    from qms.report import calendar as report

    opened = session.open(register)
    chosen = chosen_units(opened, units, groups)
    day = on or session.today
    year = day.year if year is None else year
    with waiting(session.say(_PLANNING)):
        entries = answers.calendar(opened, year=year, on=day, only=chosen)
    written = report.render if form == "text" else report.render_json
    session.write(written(entries, year, day, session.setting(opened.organisation, output)), output)
    return 0


@click.command(
    cls=Command,
    words=Text(
        en="Show the status of one unit over its whole life.\n"
        "Up to the day given by --on the past as it was known on each day; after it, what will "
        "be if nothing more is recorded.",
        vi="Cho biết tình trạng của một đơn vị qua từng giai đoạn.\n"
        "Đến hết ngày ghi ở --on là tình trạng đã qua, theo những gì đã biết tại từng ngày; từ "
        "ngày sau đó là tình trạng sẽ xảy ra nếu không ghi nhận thêm sự kiện nào.",
    ),
)
@register_argument
@unit_argument
@on_option
@format_option("text", "json")
@output_option
@click.pass_obj
def timeline(
    session: Session,
    *,
    register: Path,
    unit: str | None,
    on: date | None,
    form: str,
    output: Path | None,
) -> int:
    """Show the status of one unit over its life."""
    register, unit = register_and_unit(register, unit)
    from qms import answers
    from qms.report import timeline as report

    opened = session.open(register)
    day = on or session.today
    found = one_unit(opened, unit)
    intervals = answers.timeline(opened, found.id, on=day)
    if form == "json":
        words = report.render_json(intervals, found, day)
    else:
        words = report.render(intervals, found, day, session.setting(opened.organisation, output))
    session.write(words, output)
    return 0
