"""``qms document reconcile``: a master list against a folder of files, without any register."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qms.cli.bilingual import Argument, Command, Mistake, Option, did_you_mean, join, sentence
from qms.cli.parameters import format_option, output_option
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qms.cli.session import Session
    from qms.reconcile import Column, Comparison

__all__ = ["reconcile"]

_NO_EQUALS = Text(
    en="“{words}” is not written as NAME=HEADING, such as code=Symbol.",
    vi="“{words}” không viết theo dạng TÊN=TIÊU ĐỀ, ví dụ code=Ký hiệu.",
)
_NO_COLUMN = Text(
    en="“{name}” is none of the columns: {known}.", vi="“{name}” không phải là một cột: {known}."
)
_WROTE = Text(
    en="Wrote a starter register to {folder}: {count} documents of the unit {unit}. Go on with: qms check {folder}",
    vi="Đã ghi sổ đăng ký ban đầu vào {folder}: {count} tài liệu của đơn vị {unit}. Tiếp theo: qms check {folder}",
)


@click.command(
    cls=Command,
    words=Text(
        en="Hold a master list against a folder of files.\n"
        "The list is Excel, CSV, Word, OpenDocument or Markdown; its headings may be English or "
        "Vietnamese. Code, revision and dates are read from each file: control block, header or "
        "cover table, properties, front matter, file name. No register is needed. Exit code: "
        "0 the two agree, 1 they do not, 2 not understood.",
        vi="Đối chiếu danh mục tài liệu với một thư mục tệp.\n"
        "Danh mục là tệp Excel, CSV, Word, OpenDocument hoặc Markdown, tiêu đề cột bằng tiếng "
        "Việt hoặc tiếng Anh. Mã hiệu, lần ban hành, sửa đổi và ngày được đọc từ từng tệp: khối "
        "kiểm soát, đầu trang hoặc bảng ở trang bìa, thuộc tính, phần khai báo đầu tệp, tên tệp. "
        "Không cần có sổ đăng ký. Mã kết thúc: 0 khớp nhau, 1 không khớp, 2 lệnh hoặc dữ liệu "
        "không hợp lệ.",
    ),
)
@click.argument(
    "master_list",
    cls=Argument,
    metavar="LIST",
    type=click.Path(readable=False, path_type=Path),
    words=Text(en="The master list.", vi="Danh mục tài liệu kiểm soát."),
)
@click.argument(
    "folder",
    cls=Argument,
    metavar="FOLDER",
    type=click.Path(readable=False, path_type=Path),
    words=Text(en="The folder of the documents' files.", vi="Thư mục chứa các tệp tài liệu."),
)
@click.option(
    "--column",
    "columns",
    cls=Option,
    metavar="NAME=HEADING",
    multiple=True,
    words=Text(
        en="The heading of a column that is not known by itself, such as code=Symbol; "
        "may be given several times.",
        vi="Tiêu đề của cột không tự nhận ra được, ví dụ code=Ký hiệu; có thể nêu nhiều lần.",
    ),
)
@click.option(
    "--write",
    cls=Option,
    metavar="DIR",
    type=click.Path(readable=False, path_type=Path),
    words=Text(
        en="Write a starter register with the documents of the list into this new folder.",
        vi="Ghi sổ đăng ký ban đầu gồm các tài liệu trong danh mục vào thư mục mới này.",
    ),
)
@click.option(
    "--unit",
    cls=Option,
    metavar="ID",
    words=Text(
        en="The identifier of the unit in the starter register; the folder's name where left out.",
        vi="Mã đơn vị trong sổ đăng ký ban đầu; nếu không nêu thì lấy tên thư mục.",
    ),
)
@click.option(
    "--all",
    "whole",
    cls=Option,
    is_flag=True,
    words=Text(en="Show long lists whole.", vi="Hiện đầy đủ các danh sách dài."),
)
@format_option("text", "json")
@output_option
@click.pass_obj
def reconcile(
    session: Session,
    *,
    master_list: Path,
    folder: Path,
    columns: Sequence[str],
    write: Path | None,
    unit: str | None,
    whole: bool,
    form: str,
    output: Path | None,
) -> int:
    """Compare, say what came of it, and write the starter register if asked."""
    from qms.cli.waiting import waiting
    from qms.reconcile import reconcile as held_against
    from qms.reconcile.telling import render, render_json

    headings = _headings(columns)
    with waiting(session.say(_READING)):
        comparison = held_against(master_list, folder, headings)
    if form == "json":
        words = render_json(comparison)
    else:
        colour = session.colour and output is None
        words = render(
            comparison, str(folder), session.language, session.width, colour=colour, whole=whole
        )
    if write is not None:
        _write(session, comparison, write, unit or normalised_name(folder))
    session.write(words, output)
    return 0 if comparison.agrees else 1


_READING = Text(en="Reading the list and the files", vi="Đang đọc danh mục và các tệp")


def normalised_name(folder: Path) -> str:
    """A name for the unit, from the folder."""
    from qms.reconcile.spellings import plain_name

    return plain_name(folder.resolve().name)[:100] or "unit"


def _headings(columns: Sequence[str]) -> dict[Column, str]:
    from qms.reconcile import Column

    headings = {}
    for words in columns:
        name, equals, heading = words.partition("=")
        if not equals or not heading.strip():
            raise Mistake(sentence(_NO_EQUALS, words=words))
        known = [column.value for column in Column]
        if name.strip().casefold() not in known:
            no = sentence(_NO_COLUMN, name=name.strip(), known=", ".join(known))
            raise Mistake(join(no, did_you_mean(name, known)))
        headings[Column(name.strip().casefold())] = heading
    return headings


def _write(session: Session, comparison: Comparison, folder: Path, unit: str) -> None:
    from qms.reconcile import starter_register
    from qms.report.layout import wrap
    from qms.store import save

    starter = starter_register(comparison, unit, unit)
    save(starter.register, folder)
    count = len(starter.register.units[unit].documents)
    click.echo(session.say(_WROTE).format(folder=folder, count=count, unit=unit), err=True)
    for note in starter.notes:
        for line in wrap(session.say(note), session.width, indent="  ", hanging="    "):
            click.echo(line, err=True)
