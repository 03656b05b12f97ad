"""A master list of documents, read from Excel, CSV, a table in a Word file, or Markdown."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from qms.problems import Place, Problem, RegisterError
from qms.reconcile.entries import Column, Entry, day_of, is_number
from qms.reconcile.headings import columns_of
from qms.text import Text, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["MasterList", "read_master_list"]

_UNKNOWN_FORM = Text(
    en="this is no list that can be read: “{suffix}”",
    vi="không đọc được danh mục ở dạng tệp này: “{suffix}”",
)
_FORMS = Text(
    en="Save it as Excel (.xlsx), CSV, Word (.docx), OpenDocument text (.odt) or Markdown (.md).",
    vi="Lưu lại ở dạng Excel (.xlsx), CSV, Word (.docx), văn bản OpenDocument (.odt) "
    "hoặc Markdown (.md).",
)
_NO_HEADINGS = Text(
    en="no row of headings was found: a column for the code and at least one more",
    vi="không tìm thấy dòng tiêu đề: cần cột mã hiệu và ít nhất một cột khác",
)
_NAME_COLUMNS = Text(
    en="Name the headings, such as --column code=“{heading}”.",
    vi="Nêu tên các cột, ví dụ --column code=“{heading}”.",
)
_NO_ROWS = Text(
    en="there is no document under the headings", vi="dưới dòng tiêu đề không có tài liệu nào"
)
_FILL = Text(
    en="Put at least one document into the list.", vi="Ghi ít nhất một tài liệu vào danh mục."
)
_NO_CODE = Text(en="a row without a code: {title}", vi="dòng không có mã hiệu: {title}")
_NOT_A_DAY = Text(en="this is not a day: “{words}”", vi="đây không phải là ngày: “{words}”")
_NOT_A_NUMBER = Text(
    en="this is not the number of an issue or a revision: “{words}”",
    vi="đây không phải là số lần ban hành hoặc sửa đổi: “{words}”",
)
_HEADING_WITHIN = 40


class MasterList(Struct, frozen=True, kw_only=True):
    """A master list as it was read.

    Attributes:
        name: The file, and the sheet or the table in it.
        heading_row: The row of the headings, counted from 1.
        headings: The heading under which each column was found.
        unused: Headings that mean no column.
        entries: The rows.
        doubts: Rows of which something could not be read.
        rows: How many rows name a document, with those that have no code.
    """

    name: str
    heading_row: int
    headings: Mapping[Column, str]
    unused: tuple[str, ...]
    entries: tuple[Entry, ...]
    doubts: tuple[tuple[int, Text], ...] = ()
    rows: int = 0


class _Grid(Struct, frozen=True):
    """The cells of a sheet or a table as words; rows are counted from 1."""

    name: str
    rows: list[list[str]]


def read_master_list(path: Path, own: Mapping[Column, str] | None = None) -> MasterList:
    """Read a list, whatever of the known forms it has.

    Args:
        path: The file.
        own: Headings that the person named, by the column that they stand for.

    Raises:
        RegisterError: it cannot be read, or no headings were found in it.
    """
    from qms.word.refusal import Refused

    try:
        grids = list(_grids(path))
    except Refused as error:
        problem = Problem(what=error.reason, place=Place(file=str(path)), remedy=_FORMS)
        raise RegisterError([problem]) from None
    found = [(grid, heads) for grid in grids if (heads := _headings(grid, own or {}))]
    if not found:
        raise RegisterError([_no_headings(path, grids)])
    grid, (row, span, columns) = max(found, key=lambda one: (len(one[1][2]), len(one[0].rows)))
    return _listed(grid, row, span, columns, str(path))


def _no_headings(path: Path, grids: Sequence[_Grid]) -> Problem:
    cells = [cell for grid in grids for row in grid.rows[:5] for cell in row if cell][:8]
    return Problem(
        what=_NO_HEADINGS,
        place=Place(file=str(path)),
        found=", ".join(cells) or None,
        remedy=_NAME_COLUMNS.format(heading=cells[0] if cells else "Mã hiệu"),
    )


def _headings(grid: _Grid, own: Mapping[Column, str]) -> tuple[int, int, dict[Column, int]] | None:
    """The first row, the number of rows and the columns of the best headings."""
    best: tuple[int, int, dict[Column, int]] | None = None
    rows = grid.rows[:_HEADING_WITHIN]
    for index, (row, below) in enumerate(pairwise([*rows, []])):
        for span, cells in ((1, row), (2, _joined(row, below))):
            columns = columns_of(cells, own)
            if Column.CODE not in columns or len(columns) < 2:
                continue
            if best is None or (len(columns), -span) > (len(best[2]), -best[1]):
                best = index, span, columns
    return best


def _joined(row: Sequence[str], below: Sequence[str]) -> list[str]:
    """Two rows of headings as one: the lower says more exactly what the upper says."""
    width = max(len(row), len(below))
    upper, lower = ([*cells, *[""] * (width - len(cells))] for cells in (row, below))
    return [low or up for up, low in zip(upper, lower, strict=True)]


def _listed(
    grid: _Grid, row: int, span: int, columns: Mapping[Column, int], file: str
) -> MasterList:
    heads = grid.rows[row] if span == 1 else _joined(grid.rows[row], grid.rows[row + 1])
    entries: list[Entry] = []
    doubts: list[tuple[int, Text]] = []
    nameless = 0
    for number, cells in enumerate(grid.rows[row + span :], row + span + 1):
        values = {
            column: normalise(cells[index])
            for column, index in columns.items()
            if index < len(cells) and normalise(cells[index])
        }
        if values.get(Column.CODE):
            if values.get(Column.CODE) != normalise(heads[columns[Column.CODE]]):
                entries.append(_entry(number, values, doubts))
        elif len(values) > 1 and Column.TITLE in values:
            nameless += 1
            doubts.append((number, _NO_CODE.format(title=values[Column.TITLE])))
    if not entries:
        raise RegisterError([Problem(what=_NO_ROWS, place=Place(file=file), remedy=_FILL)])
    used = set(columns.values())
    return MasterList(
        name=grid.name,
        heading_row=row + 1,
        headings={column: normalise(heads[index]) for column, index in columns.items()},
        unused=tuple(normalise(h) for i, h in enumerate(heads) if i not in used and normalise(h)),
        entries=tuple(entries),
        doubts=tuple(doubts),
        rows=len(entries) + nameless,
    )


def _entry(row: int, values: Mapping[Column, str], doubts: list[tuple[int, Text]]) -> Entry:
    days: dict[Column, date | None] = {}
    unread: list[Column] = []
    for column in (Column.ISSUED, Column.EFFECTIVE):
        words = values.get(column)
        days[column] = None if words is None else day_of(words)
        if words is not None and days[column] is None:
            unread.append(column)
            doubts.append((row, _NOT_A_DAY.format(words=words)))
    for column in (Column.ISSUE, Column.REVISION):
        words = values.get(column)
        if words is not None and not is_number(words):
            unread.append(column)
            doubts.append((row, _NOT_A_NUMBER.format(words=words)))
    return Entry(
        row=row,
        code=values[Column.CODE],
        title=values.get(Column.TITLE),
        issue=values.get(Column.ISSUE),
        revision=values.get(Column.REVISION),
        issued=days[Column.ISSUED],
        effective=days[Column.EFFECTIVE],
        owner=values.get(Column.OWNER),
        holder=values.get(Column.HOLDER),
        note=values.get(Column.NOTE),
        unread=tuple(unread),
    )


# --- forms -----------------------------------------------------------------------------------


def _grids(path: Path) -> Iterator[_Grid]:
    suffix = path.suffix.casefold()
    if suffix in {".xlsx", ".xlsm"}:
        yield from _of_excel(path)
    elif suffix in {".csv", ".tsv", ".txt"}:
        yield _of_csv(path)
    elif suffix in {".docx", ".odt"}:
        yield from _of_word(path)
    elif suffix in {".md", ".markdown"}:
        yield from _of_markdown(path)
    else:
        what = _UNKNOWN_FORM.format(suffix=path.suffix or path.name)
        raise RegisterError([Problem(what=what, place=Place(file=str(path)), remedy=_FORMS)])


def _of_excel(path: Path) -> Iterator[_Grid]:
    from qms.reconcile.excel import sheets_of

    for title, rows in sheets_of(path):
        yield _Grid(f"{path.name}, {title}", [[_printed(cell) for cell in row] for row in rows])


def _printed(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell)


def _of_csv(path: Path) -> _Grid:
    import csv

    from qms.store.files import read_text

    lines = read_text(path, str(path)).removeprefix("\ufeff").splitlines()
    most = max(";,\t|", key=lambda one: sum(line.count(one) for line in lines[:20]))
    return _Grid(path.name, list(csv.reader(lines, delimiter=most)))


def _of_word(path: Path) -> Iterator[_Grid]:
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
        yield _Grid(f"{path.name} #{number}", rows)


def _of_markdown(path: Path) -> Iterator[_Grid]:
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
        yield _Grid(f"{path.name} #{number}", rows)
