"""The tables of a list, whatever form it has, as rows of words."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from qms.problems import Place, Problem, RegisterError
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["FORMS", "Grid", "grids_of", "printed"]

_UNKNOWN_FORM = Text(
    en="this is no list that can be read: “{suffix}”",
    vi="không đọc được danh mục ở dạng tệp này: “{suffix}”",
)
FORMS = Text(
    en="Save it as Excel (.xlsx), CSV, Word (.docx), OpenDocument text (.odt) or Markdown (.md).",
    vi="Lưu lại ở dạng Excel (.xlsx), CSV, Word (.docx), văn bản OpenDocument (.odt) "
    "hoặc Markdown (.md).",
)
_TOO_LONG = Text(
    en="the sheet “{title}” has more than {limit} rows",
    vi="trang tính “{title}” có hơn {limit} dòng",
)
_DIVIDE = Text(
    en="Divide the list into several files, or clear what stands below it.",
    vi="Chia danh mục thành nhiều tệp, hoặc xóa phần nội dung nằm dưới danh mục.",
)
_DELIMITERS = ";,\t|"
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


class Grid(Struct, frozen=True):
    """The cells of a sheet or a table as words.

    Attributes:
        file: The name of the file.
        title: The sheet or the table in it; None where there is but one.
        rows: Its rows, each a list of cells.
    """

    file: str
    title: str | None
    rows: list[list[str]]


def grids_of(path: Path) -> Iterator[Grid]:
    """Every table of a list; of CSV, its rows as each delimiter divides them.

    Raises:
        RegisterError: the list cannot be read, or has a form that is not known.
        Refused: it is a Word or OpenDocument file that is not safe.
    """
    suffix = path.suffix.casefold()
    if suffix in {".xlsx", ".xlsm"}:
        yield from _of_excel(path)
    elif suffix in {".csv", ".tsv", ".txt"}:
        yield from _of_csv(path)
    elif suffix in {".docx", ".odt"}:
        yield from _of_word(path)
    elif suffix in {".md", ".markdown"}:
        yield from _of_markdown(path)
    else:
        what = _UNKNOWN_FORM.format(suffix=path.suffix or path.name)
        raise RegisterError([Problem(what=what, place=Place(file=str(path)), remedy=FORMS)])


def _of_excel(path: Path) -> Iterator[Grid]:
    from qms.reconcile.excel import MOST_ROWS, sheets_of

    for title, rows in sheets_of(path):
        if any(cell is not None for row in rows[MOST_ROWS:] for cell in row):
            what = _TOO_LONG.format(title=title, limit=MOST_ROWS)
            place = Place(file=str(path))
            raise RegisterError([Problem(what=what, place=place, remedy=_DIVIDE)])
        yield Grid(path.name, title, [[printed(cell) for cell in row] for row in rows])


def printed(cell: object) -> str:
    """A value of a spreadsheet as a person reads it."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _of_csv(path: Path) -> Iterator[Grid]:
    import csv

    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", _office_text(path))
    for delimiter in _DELIMITERS:
        try:
            yield Grid(path.name, None, list(csv.reader(lines, delimiter=delimiter)))
        except csv.Error:
            continue


def _office_text(path: Path) -> str:
    """The text of a file as office programs write it: UTF-8, UTF-16 or the code page of Vietnam."""
    from qms.store.files import LARGEST_FILE, open_file, read_text, unreadable

    try:
        with open_file(path, str(path)) as stream:
            content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise RegisterError([unreadable(error, str(path))]) from None
    encoding = _encoding(content)
    if encoding is not None and len(content) <= LARGEST_FILE:
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    return read_text(path, str(path))


def _encoding(content: bytes) -> str | None:
    """The encoding of a text that is not plain UTF-8; None where it is, or is no text at all."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return encoding
    sample = content[:4096]
    if b"\0" in sample:
        odd, even = sample[1::2].count(0), sample[::2].count(0)
        return "utf-16-le" if odd > even else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1258"
    return None


def _of_word(path: Path) -> Iterator[Grid]:
    from qms.word.guard import open_guarded
    from qms.word.outline import outline_of

    for number, table in enumerate(outline_of(open_guarded(path)).tables, 1):
        rows = []
        for row in table.rows:
            cells: list[str] = []
            for cell in row.cells:
                cells += [""] * (cell.column - len(cells))
                cells.append(cell.text.replace("\n", " "))
            rows.append(cells)
        yield Grid(path.name, f"#{number}", rows)


def _of_markdown(path: Path) -> Iterator[Grid]:
    from markdown_it import MarkdownIt

    from qms.store.files import read_text

    tables: list[list[list[str]]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(read_text(path, str(path))):
        if token.type == "table_open":
            tables.append([])
        elif token.type == "tr_open":
            tables[-1].append([])
        elif token.type == "inline" and tables and token.level >= 4:
            tables[-1][-1].append(token.content)
    for number, rows in enumerate(tables, 1):
        yield Grid(path.name, f"#{number}", rows)
