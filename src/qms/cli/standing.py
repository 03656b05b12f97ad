"""``qms check`` and ``qms status``: what is wrong on a day, and where each unit stands."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from qms.cli.bilingual import Command, Option
from qms.cli.parameters import (
    WholeNumber,
    format_option,
    group_option,
    on_option,
    output_option,
    register_argument,
    unit_option,
)
from qms.cli.session import Session, chosen_units
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from qms.check import Report
    from qms.model import Organisation

__all__ = ["check", "status"]


@click.command(
    cls=Command,
    words=Text(
        en="Say what is wrong with a register on a day.\n"
        "First whether each unit's certification is current, since when and until when; then "
        "what is wrong, on what basis, and what to do. With --unit or --group, rules about the "
        "register as a whole are not asked. Exit code: 0 no error, 1 at least one error that is "
        "not waived, 2 not understood.",
        vi="Kiểm tra sổ đăng ký tại một ngày.\n"
        "Trước hết cho biết từng đơn vị còn hiệu lực hay không, từ ngày nào, đến ngày nào; sau đó "
        "là những điểm chưa đúng, căn cứ và việc cần làm. Khi nêu --unit hoặc --group thì không áp "
        "dụng các quy tắc chung cho toàn bộ sổ đăng ký. Mã kết thúc: 0 không có lỗi, 1 có ít nhất "
        "một lỗi chưa được miễn áp dụng, 2 lệnh hoặc dữ liệu không hợp lệ.",
    ),
)
@register_argument
@on_option
@format_option("text", "markdown", "json", "sarif", "junit")
@output_option
@unit_option
@group_option
@click.option(
    "--jobs",
    cls=Option,
    type=WholeNumber(1, 64),
    default=1,
    words=Text(
        en="Read an NDJSON register in this many processes; 1 where left out. "
        "The answer is the same.",
        vi="Đọc sổ đăng ký dạng NDJSON bằng số tiến trình này; nếu không nêu thì là 1. "
        "Kết quả không thay đổi.",
    ),
)
@click.pass_obj
def check(
    session: Session,
    *,
    register: Path,
    on: date | None,
    form: str,
    output: Path | None,
    units: Sequence[str],
    groups: Sequence[str],
    jobs: int,
) -> int:
    """Check a register and write the report."""
    from qms.report import render

    day = on or session.today
    chosen: tuple[str, ...] | None = None
    if not units and not groups and _has_lines(register):
        if form == "json":
            return _long_as_json(session, register, day, jobs, output)
        report, organisation = _long(session, register, day, jobs)
    else:
        from qms.answers import check as checked
        from qms.cli.waiting import waiting

        opened = session.open(register)
        chosen = chosen_units(opened, units, groups)
        with waiting(session.say(_CHECKING)):
            report, organisation = checked(opened, on=day, only=chosen), opened.organisation
    setting = session.setting(
        organisation, output, chosen=chosen, source=register, units=report.units
    )
    session.write(render(report, form, setting), output)
    return 0 if report.conforms else 1


def _has_lines(register: Path) -> bool:
    from qms.store.saving import Form, form_of

    return register.is_file() and form_of(register) is Form.NDJSON


def _long(
    session: Session, register: Path, day: date, jobs: int, spool: Path | None = None
) -> tuple[Report, Organisation]:
    """Check a long register line by line."""
    from qms.bulk import check_lines
    from qms.cli.waiting import waiting

    with waiting(session.say(_CHECKING)):
        return check_lines(register, on=day, jobs=jobs, spool=spool)


def _long_as_json(
    session: Session, register: Path, day: date, jobs: int, output: Path | None
) -> int:
    """Check a long register line by line, and write what is said of each unit as it comes."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from qms.bulk import Spooled, spooled_lines
    from qms.report.json import pieces

    with TemporaryDirectory() as folder:
        report, organisation = _long(session, register, day, jobs, Path(folder))
        setting = session.setting(organisation, output, source=register)
        units, diagnostics = (spooled_lines(Path(folder), what) for what in Spooled)
        session.write_pieces(pieces(report, setting, units, diagnostics), output)
    return 0 if report.conforms else 1


_CHECKING = Text(en="Checking the register", vi="Đang kiểm tra sổ đăng ký")


@click.command(
    cls=Command,
    words=Text(
        en="Show where each unit stands on a day.\n"
        "A table of units: status, since when, until when, and what has to be done next.",
        vi="Cho biết tình trạng của từng đơn vị tại một ngày.\n"
        "Bảng các đơn vị: tình trạng, từ ngày, đến ngày và việc tiếp theo phải làm.",
    ),
)
@register_argument
@on_option
@format_option("text", "markdown", "json")
@output_option
@unit_option
@group_option
@click.pass_obj
def status(
    session: Session,
    *,
    register: Path,
    on: date | None,
    form: str,
    output: Path | None,
    units: Sequence[str],
    groups: Sequence[str],
) -> int:
    """Show where each unit stands."""
    from qms.answers import check as checked
    from qms.cli.waiting import waiting

    opened = session.open(register)
    chosen = chosen_units(opened, units, groups)
    with waiting(session.say(_CHECKING)):
        report = checked(opened, on=on or session.today, only=chosen, rules=())
    setting = session.setting(opened.organisation, output, chosen=chosen)
    session.write(import_module(f"qms.report.{form}").render_status(report, setting), output)
    return 0
