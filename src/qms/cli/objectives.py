"""``qms objective`` and ``qms figures``: measuring objectives, and the figures of a year."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qms.cli.bilingual import Argument, Command, Group, Mistake, Option
from qms.cli.parameters import (
    Day,
    Identifier,
    WholeNumber,
    format_option,
    on_option,
    output_option,
    register_argument,
)
from qms.cli.session import chosen_units, one_unit
from qms.dates import print_date
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from qms.cli.session import Session
    from qms.model import QualityObjective, Register
    from qms.objectives import ObjectiveStatus

__all__ = ["figures", "measure", "objective", "status"]

_NOT_A_NUMBER = Text(
    en="“{words}” is not a number; write it without blanks, such as 97.5 or 97.5%.",
    vi="“{words}” không phải là một số; hãy ghi liền, ví dụ 97,5 hoặc 97,5%.",
)
_MAYBE_THOUSANDS = Text(
    en="“{words}” may be {thousands} with its thousands set apart, or a number with three decimals; "
    "write {thousands}, or add a nought to the decimals.",
    vi="“{words}” có thể là {thousands} viết có dấu tách hàng nghìn, cũng có thể là số có ba chữ số "
    "thập phân; hãy viết {thousands}, hoặc thêm một số 0 vào phần thập phân.",
)
#: A number, with a point before its decimals; one whose mark may set thousands apart.
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}([.,][0-9]{3})+")
_LATER = Text(
    en="{day} is still to come; a measurement is recorded once it was made.",
    vi="Ngày {day} chưa đến; chỉ ghi kết quả sau khi đã đo.",
)
_RECORDED = Text(
    en="Recorded in {register}: {unit}, {objective}: {value} on {day}; {state}.",
    vi="Đã ghi vào {register}: {unit}, {objective}: {value} ngày {day}; {state}.",
)

_DOES_NOT_COUNT = Text(
    en="The period ended on {due}; its result stays {value}, measured on {counts}, and this later "
    "measurement does not change it. A figure of the period itself is recorded with the day on "
    "which it was taken.",
    vi="Kỳ của mục tiêu đã kết thúc ngày {due}; kết quả của kỳ vẫn là {value}, đo ngày {counts}, "
    "lần đo sau này không làm thay đổi. Số liệu của chính kỳ đó thì ghi theo ngày chốt số liệu.",
)


@click.group(
    cls=Group,
    invoke_without_command=True,
    words=Text(
        en="Measure quality objectives, and see where they stand.",
        vi="Ghi kết quả đo và theo dõi mục tiêu chất lượng.",
    ),
    homes={
        "measure": "qms.cli.objectives:measure",
        "status": "qms.cli.objectives:status",
    },
)
@click.pass_context
def objective(ctx: click.Context) -> int:
    """Show the help where no command is given."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        return 2
    return 0


#: A number below zero as people type it, which would otherwise be taken for an option.
_BELOW_ZERO = re.compile(r"-\d[\d.,]*%?")
_MINUS = "\N{MINUS SIGN}"


class _Measuring(Command):
    """A command to which a number below zero can be given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take ``-2.5`` for the number that it is: no option begins with a digit."""
        signed = [f"{_MINUS}{one[1:]}" if _BELOW_ZERO.fullmatch(one) else one for one in args]
        return super().parse_args(ctx, signed)


@click.command(
    cls=_Measuring,
    words=Text(
        en="Record what was measured of an objective.\n"
        "The same value for the same day again changes nothing.",
        vi="Ghi kết quả đo của một mục tiêu.\n"
        "Ghi lại cùng giá trị cho cùng ngày thì không có gì thay đổi.",
    ),
)
@click.argument(
    "register",
    cls=Argument,
    metavar="REGISTER",
    type=click.Path(readable=False, path_type=Path),
    words=Text(en="The register.", vi="Sổ đăng ký."),
)
@click.argument(
    "unit",
    cls=Argument,
    metavar="UNIT",
    words=Text(en="The identifier of the unit.", vi="Mã của đơn vị."),
)
@click.argument(
    "identifier",
    cls=Argument,
    type=Identifier(),
    metavar="ID",
    words=Text(en="The identifier of the objective.", vi="Mã của mục tiêu."),
)
@click.argument(
    "value",
    cls=Argument,
    metavar="VALUE",
    words=Text(
        en="The value in the objective's unit of measurement, such as 97.5 or -2.5.",
        vi="Giá trị theo đơn vị đo của mục tiêu, ví dụ 97,5 hoặc -2,5.",
    ),
)
@click.option(
    "--on",
    cls=Option,
    type=Day(),
    words=Text(
        en="The day of the measurement; today where left out.",
        vi="Ngày đo; nếu không nêu thì lấy hôm nay.",
    ),
)
@click.option("--by", cls=Option, metavar="NAME", words=Text(en="Who measured.", vi="Người đo."))
@click.option(
    "--evidence",
    cls=Option,
    metavar="TEXT",
    words=Text(en="Where the figure comes from.", vi="Nguồn số liệu."),
)
@click.pass_obj
def measure(
    session: Session,
    *,
    register: Path,
    unit: str,
    identifier: str,
    value: str,
    on: date | None,
    by: str | None,
    evidence: str | None,
) -> int:
    """Record a measurement."""
    from qms.measuring import measure as recorded
    from qms.objectives import objective_status
    from qms.report.objectives import quantity

    day = on or session.today
    if day > session.today:
        raise Mistake(
            Text(en=_LATER.en.format(day=day), vi=_LATER.vi.format(day=f"{day:%d/%m/%Y}"))
        )
    number = _number(value)
    percent = value.rstrip().endswith("%")
    found = recorded(
        register, unit, identifier, number, on=day, by=by, evidence=evidence, percent=percent
    )
    held = found.units[unit].objectives[identifier]
    status = objective_status(held, day)
    words = session.say(_RECORDED).format(
        register=register,
        unit=unit,
        objective=identifier,
        value=quantity(number, held.unit, session.language),
        day=print_date(day, session.language),
        state=session.say(status.state.text),
    )
    session.write(f"{words}\n{_counted(session, held, status, day)}", None)
    return 0


def _counted(session: Session, held: QualityObjective, status: ObjectiveStatus, day: date) -> str:
    """A line where a measurement after the period is not its result; nothing where it is."""
    from qms.report.objectives import quantity

    if status.last is None or status.last.on == day:
        return ""
    words = session.say(_DOES_NOT_COUNT).format(
        due=print_date(held.due, session.language),
        value=quantity(status.last.value, held.unit, session.language),
        counts=print_date(status.last.on, session.language),
    )
    return f"{words}\n"


def _number(words: str) -> Decimal:
    """A number as people type it: 97.5, 97,5 or 97,5%.

    Raises:
        Mistake: it is none, or may be another than it seems.
    """
    from decimal import Decimal

    plain = words.strip().removesuffix("%").strip().replace(_MINUS, "-")
    if _GROUPED.fullmatch(plain):
        raise Mistake(_MAYBE_THOUSANDS.format(words=words, thousands=re.sub("[.,]", "", plain)))
    plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise Mistake(_NOT_A_NUMBER.format(words=words))
    return Decimal(plain)


@click.command(
    cls=Command,
    words=Text(
        en="Say where quality objectives and plans stand on a day.\n"
        "From the measurements alone: on track, behind, met, missed or not measured; the same "
        "indicator over the years; and the share of tasks done.",
        vi="Cho biết tình hình thực hiện mục tiêu chất lượng và kế hoạch vào một ngày.\n"
        "Chỉ dựa vào kết quả đo: đúng tiến độ, chậm tiến độ, đạt, không đạt hoặc chưa đo; "
        "diễn biến qua các năm; và tỷ lệ nhiệm vụ đã thực hiện.",
    ),
)
@register_argument
@click.argument(
    "units",
    cls=Argument,
    nargs=-1,
    metavar="UNIT",
    words=Text(
        en="The identifiers of the units; all units where left out.",
        vi="Mã các đơn vị; nếu không nêu thì lấy mọi đơn vị.",
    ),
)
@on_option
@format_option("text", "json")
@output_option
@click.pass_obj
def status(
    session: Session,
    *,
    register: Path,
    units: Sequence[str],
    on: date | None,
    form: str,
    output: Path | None,
) -> int:
    """Say where objectives stand."""
    from qms.report.objectives import render, render_json

    opened = session.open(register)
    wanted = [one_unit(opened, name) for name in units] or list(opened.units.values())
    day = on or session.today
    if form == "json":
        words = render_json(wanted, day)
    else:
        colour = session.colour and output is None
        words = render(wanted, day, session.language, session.width, colour=colour)
    session.write(words, output)
    return 0


@click.command(
    cls=Command,
    words=Text(
        en="The figures of a year, computed from the facts.\n"
        "Units and those current by group; per unit the tasks done of each plan, objectives, "
        "legal documents dealt with, administrative procedures changed and in force.",
        vi="Số liệu của một năm, tính từ các sự kiện đã ghi nhận.\n"
        "Số đơn vị và số còn hiệu lực theo nhóm; với từng đơn vị: nhiệm vụ đã thực hiện của mỗi "
        "kế hoạch, mục tiêu, văn bản pháp luật đã xử lý, thủ tục hành chính thay đổi và còn "
        "hiệu lực.",
    ),
)
@register_argument
@click.option(
    "--year",
    cls=Option,
    type=WholeNumber(1900, 9999, "YEAR"),
    words=Text(
        en="The year; that of the day asked about where left out.",
        vi="Năm; nếu không nêu thì lấy năm của ngày cần xem xét.",
    ),
)
@on_option
@click.option(
    "--unit",
    "units",
    cls=Option,
    multiple=True,
    metavar="ID",
    words=Text(
        en="Only the figures of this unit; may be given several times.",
        vi="Chỉ nêu số liệu của đơn vị này; có thể nêu nhiều lần.",
    ),
)
@format_option("text", "json")
@output_option
@click.pass_obj
def figures(
    session: Session,
    *,
    register: Path,
    year: int | None,
    on: date | None,
    units: Sequence[str],
    form: str,
    output: Path | None,
) -> int:
    """Say the figures of a year."""
    from qms.report.json import indented
    from qms.report.yearly import render
    from qms.yearly_report import yearly_figures

    opened = _only(session.open(register), units)
    day = on or session.today
    found = yearly_figures(opened, year or day.year, on=day)
    if form == "json":
        words = indented(found)
    else:
        colour = session.colour and output is None
        words = render(found, opened, session.language, session.width, colour=colour)
    session.write(words, output)
    return 0


def _only(register: Register, units: Sequence[str]) -> Register:
    from attrs import evolve

    chosen = chosen_units(register, units, ())
    if chosen is None:
        return register
    return evolve(register, units={key: register.units[key] for key in chosen})
