"""``qms list``: the lists that offices keep."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qms.cli.bilingual import Argument, Choice, Command, Mistake, Option
from qms.cli.endings import form_named
from qms.cli.parameters import (
    format_option,
    group_option,
    on_option,
    output_option,
)
from qms.cli.session import chosen_units
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qms.cli.session import Session

__all__ = ["list_"]

_KINDS = (
    "documents", "external", "records", "distribution", "objectives", "audits", "findings",
    "procedures",
)  # fmt: skip
_NEEDS_FILE = Text(
    en="An Excel workbook cannot be shown on a screen: name a file with --output.",
    vi="Không thể hiện sổ tính Excel trên màn hình: hãy nêu tệp bằng --output.",
)
_WROTE = Text(en="Wrote {file}; rows: {count}.", vi="Đã ghi {file}; số dòng: {count}.")


@click.command(
    "list",
    cls=Command,
    words=Text(
        en="Write a list that offices keep, as it stands on a day.\n"
        "documents: the master list of controlled documents; external: legal and other external "
        "documents; records: forms and records; distribution: copies given out; objectives; "
        "audits: the programme of audits and checks; findings; procedures: administrative "
        "procedures. The screen shows the most important columns; CSV and Excel hold all.",
        vi="Lập các danh mục mà cơ quan phải lưu, theo hiện trạng của một ngày.\n"
        "documents: danh mục tài liệu kiểm soát; external: văn bản bên ngoài; records: biểu mẫu, "
        "hồ sơ; distribution: danh sách phân phối; objectives: mục tiêu; audits: chương trình "
        "đánh giá, kiểm tra; findings: phát hiện đánh giá; procedures: thủ tục hành chính. Màn hình "
        "hiện các cột chính; CSV và Excel có đủ mọi cột.",
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
    "kind",
    cls=Argument,
    metavar="LIST",
    type=Choice(*_KINDS),
    words=Text(en=f"One of: {', '.join(_KINDS)}.", vi=f"Một trong: {', '.join(_KINDS)}."),
)
@click.option(
    "--unit",
    "units",
    cls=Option,
    multiple=True,
    metavar="ID",
    words=Text(
        en="Only this unit; may be given several times.",
        vi="Chỉ lấy đơn vị này; có thể nêu nhiều lần.",
    ),
)
@group_option
@on_option
@format_option("text", "csv", "xlsx")
@output_option
@click.pass_obj
def list_(
    session: Session,
    *,
    register: Path,
    kind: str,
    units: Sequence[str],
    groups: Sequence[str],
    on: date | None,
    form: str,
    output: Path | None,
) -> int:
    """Write a list."""
    from qms.lists import ListKind, list_of
    from qms.report.lists import render, render_csv, render_xlsx

    form = form_named(form, output)
    opened = session.open(register)
    chosen = chosen_units(opened, units, groups)
    found = list_of(opened, ListKind(kind), on or session.today, chosen)
    if form == "xlsx":
        if output is None:
            raise Mistake(_NEEDS_FILE)
        session.write_pieces((render_xlsx(found, opened.organisation, session.language),), output)
    elif form == "csv":
        session.write_pieces((render_csv(found, session.language).encode(),), output)
    else:
        colour = session.colour and output is None
        words = render(found, opened.organisation, session.language, session.width, colour=colour)
        session.write(words, output)
    if output is not None and form != "text":
        told = session.say(_WROTE).format(file=output, count=len(found.rows))
        session.write(f"{told}\n", None)
    return 0
