"""A master list of documents, read from Excel, CSV, a table in a Word file, or Markdown."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from qms.problems import Place, Problem, RegisterError
from qms.reconcile.entries import Column, Doubt, Entry
from qms.reconcile.grids import FORMS, Grid, grids_of
from qms.reconcile.headings import (
    column_of,
    columns_of,
    heading_under,
    is_either_day,
    is_either_number,
    is_revised_day,
    short_number,
)
from qms.reconcile.spellings import code_key, day_of, has_accents, is_number, plain_letters
from qms.text import Language, Text, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

__all__ = ["MasterList", "read_master_list"]

_NO_HEADINGS = Text(
    en="no row of headings was found: a column for the code and at least one more",
    vi="không tìm thấy dòng tiêu đề: cần cột mã hiệu và ít nhất một cột khác",
)
_NAME_COLUMNS = Text(
    en="Name the headings, such as --column code=“{heading}”.",
    vi="Nêu tên các cột, ví dụ --column code=“{heading}”.",
)
_NO_SUCH_HEADING = Text(
    en="no column has the heading “{heading}” that was named for {column}",
    vi="không có cột nào mang tiêu đề “{heading}” đã nêu cho {column}",
)
_AS_WRITTEN = Text(
    en="Name the heading as the list writes it.", vi="Nêu tiêu đề đúng như trong danh mục."
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
_VIETNAMESE = re.compile(r"(ma|ky|so) ?(hieu|so|tai lieu|ky hieu)?\b")
_HEADING_WITHIN = 40
#: How many cells are shown of a row that may be that of the headings.
_SHOWN = 8
#: Over the column that counts the rows.
_COUNTING = re.compile(r"(S?TT|No|#|Số TT|Số thứ tự)\.?", re.IGNORECASE)
_NUMBERS = frozenset({Column.ISSUE, Column.REVISION})
#: What stands below a list, where it is signed.
_SIGNED = re.compile(
    r"(nguoi (lap|soan|kiem tra|soat xet|xem xet|(phe |xet )?duyet|ky)( \w+){0,3}|soan thao|soat xet|xem xet|kiem tra|"
    r"phe duyet|(pho )?thu truong( \w+){0,3}|((pho )?tong )?(pho )?giam doc( \w+){0,2}|"
    r"(pho )?truong phong( \w+){0,3}|(pho )?(chu tich|hieu truong|vien truong)( \w+){0,2}|"
    r"((kt|tm|tl|tuq)[. ]+)(\w+ ?){1,4}|dai dien lanh dao|(pho )?chanh van phong|"
    r"(prepared|reviewed|checked|approved) by)[ .:]*"
)
#: What stands there beside the offices: how to sign, and the place and the day of signing.
_HOW_SIGNED = re.compile(
    r"\(?(da )?ky\b.*|\(?(signature|signed|sign)\b.*|"
    r"([^\d,]{2,30}, ?)?ngay [\d.…_ ]*thang [\d.…_ ]*nam [\d.…_ ]*"
)
#: A title of a section that is numbered: “1. Quy trình hệ thống”.
_NUMBERED_WORDS = re.compile(r"(\d+\.)*\d*[.)]?\s+[^\d]{4,}")
#: The row under the headings that counts the columns: 1, (2), [3], A, B.
_COUNTS = re.compile(r"^[(\[]?\s*(\d{1,2}|[a-z])\s*[)\]]?$")


class MasterList(Struct, frozen=True, kw_only=True):
    """A master list as it was read.

    Attributes:
        name: The file, and the sheets or the tables in it that were read.
        heading_row: The row of the headings, counted from 1, in the first that was read.
        headings: The heading under which each column was found.
        unused: Headings that mean no column.
        entries: The rows.
        doubts: What could not be read in rows.
        rows: How many rows name a document, with those that have no code.
        not_read: Sheets or tables with something in them that were not read.
    """

    name: str
    heading_row: int
    headings: Mapping[Column, str]
    unused: tuple[str, ...]
    entries: tuple[Entry, ...]
    doubts: tuple[Doubt, ...] = ()
    rows: int = 0
    not_read: tuple[str, ...] = ()

    @property
    def language(self) -> Language:
        """The language of its titles: Vietnamese where it has accents or Vietnamese headings."""
        titles = [entry.title or "" for entry in self.entries]
        accents = has_accents(" ".join([*self.headings.values(), *titles]))
        vietnamese = accents or _VIETNAMESE.match(plain_letters(self.headings[Column.CODE]))
        return Language.VIETNAMESE if vietnamese else Language.ENGLISH


class _Table(Struct, frozen=True):
    """A sheet or a table with headings: where they stand, and which column each means."""

    grid: Grid
    row: int
    span: int
    columns: Mapping[Column, int]

    @property
    def heads(self) -> list[str]:
        rows = self.grid.rows
        heads = rows[self.row] if self.span == 1 else _joined(rows[self.row], rows[self.row + 1])
        heads = [*heads, *[""] * (max(self.columns.values()) + 1 - len(heads))]
        if (revision := self.columns.get(Column.REVISION)) is not None and not heads[revision]:
            heads[revision] = heads[self.columns[Column.ISSUE]]
        return heads

    @property
    def body(self) -> Iterator[tuple[int, list[str]]]:
        """The rows under the headings, with their numbers; not the one that counts columns."""
        first = self.row + self.span
        for number, cells in enumerate(self.grid.rows[first:], first + 1):
            if number > first + 1 or not _counts_columns(cells):
                yield number, cells

    @property
    def either_day(self) -> bool:
        """Whether one column is for the day of issue or of effect."""
        column = self.columns.get(Column.EFFECTIVE)
        return column is not None and is_either_day(self.heads[column])

    @property
    def revised(self) -> int | None:
        """The column beside the day of issue that holds the day of the revision."""
        heads, column = [*self.heads, ""], self.columns.get(Column.ISSUED)
        if column is None or column + 1 in self.columns.values():
            return None
        head = heads[column + 1].strip() or heads[column]
        return column + 1 if is_revised_day(head) else None

    @property
    def codes(self) -> set[str]:
        column = self.columns[Column.CODE]
        return {code_key(cells[column]) for _, cells in self.body if column < len(cells)} - {""}


def read_master_list(path: Path, own: Mapping[Column, str] | None = None) -> MasterList:
    """Read a list, whatever of the known forms it has.

    Of several sheets or tables, those are read that have the same kind of headings as the
    largest and name other documents.

    Args:
        path: The file.
        own: Headings that the person named, by the column that they stand for.

    Raises:
        RegisterError: it cannot be read, or no headings were found in it.
    """
    from qms.word.refusal import Refused

    own = own or {}
    try:
        grids = list(grids_of(path))
    except Refused as error:
        problem = Problem(what=error.reason, place=Place(file=str(path)), remedy=FORMS)
        raise RegisterError([problem]) from None
    tables = [table for grid in grids if (table := _headed(grid, own)) is not None]
    best = max(tables, key=lambda one: (len(one.columns), len(one.grid.rows)), default=None)
    known = {} if best is None else best.columns
    missing = [one for one in own.items() if one[0] not in known and _is_absent(one[1], grids)]
    if missing:
        raise RegisterError([_no_such_heading(path, *one) for one in missing])
    if best is None:
        raise RegisterError([_no_headings(path, grids)])
    return _listed(_alike(best, tables), grids, str(path))


def _alike(best: _Table, tables: Sequence[_Table]) -> list[_Table]:
    """The tables that go on with the list: the same kind of headings, other documents."""
    if best.grid.title is None:
        return [best]
    read, codes = [best], best.codes
    for table in tables:
        numbered = best.columns.keys() & _NUMBERS
        same = table.columns.keys() & _NUMBERS if numbered else table.columns == best.columns
        known = len(table.codes & codes)
        if table is not best and same and known * 2 < len(table.codes):
            read.append(table)
            codes |= table.codes
    return [table for table in tables if any(table is one for one in read)]


def _no_headings(path: Path, grids: Sequence[Grid]) -> Problem:
    cells = _like_headings(grids)
    unknown = [one for one in cells if column_of(one) is None and not _COUNTING.fullmatch(one)]
    return Problem(
        what=_NO_HEADINGS,
        place=Place(file=str(path)),
        found=", ".join(cells) or None,
        remedy=_NAME_COLUMNS.format(heading=next(iter(unknown), "Mã hiệu")),
    )


def _like_headings(grids: Sequence[Grid]) -> list[str]:
    """The first cells of the row that is most like headings: most known ones, most cells."""
    rows = (row for grid in grids for row in grid.rows[:_HEADING_WITHIN])
    filled = [[normalise(cell) for cell in row if normalise(cell)] for row in rows]
    best = max(filled, key=lambda row: (len(columns_of(row, {})), len(row)), default=[])
    return best[:_SHOWN]


def _no_such_heading(path: Path, column: Column, heading: str) -> Problem:
    what = _NO_SUCH_HEADING.format(heading=heading, column=column.text)
    return Problem(what=what, place=Place(file=str(path)), remedy=_AS_WRITTEN)


def _is_absent(heading: str, grids: Sequence[Grid]) -> bool:
    """Whether nothing near the top of any sheet or table is called so."""
    rows = (row for grid in grids for row in grid.rows[:_HEADING_WITHIN])
    return not any(columns_of(row, {Column.CODE: heading}).keys() & {Column.CODE} for row in rows)


def _headed(grid: Grid, own: Mapping[Column, str]) -> _Table | None:
    """A sheet or a table with its best headings; None where it has none."""
    best: _Table | None = None
    rows = grid.rows[:_HEADING_WITHIN]
    for index, (row, below) in enumerate(pairwise([*rows, []])):
        for span, cells in ((1, row), (2, _joined(row, below))):
            body = grid.rows[index + span :]
            known = _with_short(columns_of(cells, own), cells, body)
            columns = _with_revision(known, cells, body)
            if Column.CODE not in columns or len(columns) < 2:
                continue
            if best is None or (len(columns), -span) > (len(best.columns), -best.span):
                best = _Table(grid, index, span, columns)
    return best


def _with_short(
    columns: dict[Column, int], cells: Sequence[str], body: Sequence[Sequence[str]]
) -> dict[Column, int]:
    """The columns with those that are headed “BH/SĐ”, “BH” or “SĐ”, by what stands below."""
    found = dict(columns)
    for index, cell in enumerate(cells):
        column = short_number(cell)
        values = _below(index, body)
        if column is None or not values or index in found.values():
            continue
        if not any(map(day_of, values)):
            found.setdefault(column, index)
        elif column is Column.ISSUE:
            found.setdefault(Column.ISSUED, index)
    return found


def _below(index: int, body: Sequence[Sequence[str]]) -> list[str]:
    return [row[index] for row in body if index < len(row) and row[index].strip()]


def _with_revision(
    columns: dict[Column, int], cells: Sequence[str], body: Sequence[Sequence[str]]
) -> dict[Column, int]:
    """The columns; numbers without a heading beside “Lần BH/SĐ” are those of the revision."""
    issue = columns.get(Column.ISSUE)
    if issue is None or Column.REVISION in columns or not is_either_number(cells[issue]):
        return columns
    beside = issue + 1
    headed = cells[beside].strip() if beside < len(cells) else ""
    values = _below(beside, body)
    if headed in {"", cells[issue].strip()} and values and all(map(is_number, values)):
        return {**columns, Column.REVISION: beside}
    return columns


def _joined(row: Sequence[str], below: Sequence[str]) -> list[str]:
    """Two rows of headings as one: the lower says more exactly what the upper says.

    An upper heading stands over all the lower ones up to the next: “Ban hành” over “Lần” and
    “Ngày” makes “Lần Ban hành” and “Ngày Ban hành”; “Lần BH/SĐ” over “BH” and “SĐ” makes
    “Lần BH” and “Lần SĐ”; “Ngày BH/SĐ” makes days of them.
    """
    width = max(len(row), len(below))
    upper, lower = ([*cells, *[""] * (width - len(cells))] for cells in (row, below))
    heads, over = [], ""
    for up, low in zip(upper, lower, strict=True):
        over = up or over
        heads.append(heading_under(over, low) if low and up != low else low or up)
    return heads


def _counts_columns(cells: Sequence[str]) -> bool:
    """Whether a row does nothing but number the columns."""
    filled = [plain_letters(cell) for cell in cells if cell.strip()]
    found = [_COUNTS.match(one) for one in filled]
    return len(filled) > 1 and all(found) and len(set(filled)) == len(filled)


def _listed(tables: Sequence[_Table], grids: Sequence[Grid], file: str) -> MasterList:
    entries: list[Entry] = []
    doubts: list[Doubt] = []
    nameless = 0
    for table in tables:
        sheet = table.grid.title if len(tables) > 1 else None
        beside, either = table.revised, table.either_day
        for number, values in _filled(table):
            if Column.CODE in values:
                entry = _entry(number, sheet, values, doubts)
                cells = [] if beside is None else table.grid.rows[number - 1][beside : beside + 1]
                day = day_of("".join(cells))
                entries.append(structs.replace(entry, either_day=either, revised=day))
            else:
                nameless += 1
                what = _NO_CODE.format(title=values[Column.TITLE])
                doubts.append(Doubt(row=number, what=what, sheet=sheet))
    if not entries:
        raise RegisterError([Problem(what=_NO_ROWS, place=Place(file=file), remedy=_FILL)])
    first = tables[0]
    used = {*first.columns.values(), first.revised}
    read = [table.grid for table in tables]
    other = [one for one in grids if all(one is not grid for grid in read) and _has_words(one)]
    names = [grid.title for grid in read if grid.title is not None]
    return MasterList(
        name=", ".join([first.grid.file, *names]),
        heading_row=first.row + 1,
        headings={column: normalise(first.heads[i]) for column, i in first.columns.items()},
        unused=tuple(
            normalise(h) for i, h in enumerate(first.heads) if i not in used and normalise(h)
        ),
        entries=tuple(entries),
        doubts=tuple(doubts),
        rows=len(entries) + nameless,
        not_read=tuple(grid.title for grid in other if grid.title is not None),
    )


def _has_words(grid: Grid) -> bool:
    return any(cell.strip() for row in grid.rows for cell in row)


def _filled(table: _Table) -> Iterator[tuple[int, dict[Column, str]]]:
    """The rows that name a document, by a code or at least by a title.

    Titles of sections, headings that are repeated on a new page and the place where the list
    is signed name none.
    """
    heads = {column: normalise(table.heads[index]) for column, index in table.columns.items()}
    below = False
    for number, cells in table.body:
        if _is_signed(cells, table.columns[Column.CODE], below=below):
            below = True
            continue
        values = {
            column: normalise(cells[index])
            for column, index in table.columns.items()
            if index < len(cells) and normalise(cells[index])
        }
        code = values.get(Column.CODE)
        if code is None:
            named = len(values) > 1 and Column.TITLE in values
            if named and not any(map(_is_signature, values.values())):
                yield number, values
        elif code != heads[Column.CODE] and not (len(values) == 1 and _is_words(code)):
            yield number, values


def _is_signed(cells: Sequence[str], code: int, *, below: bool) -> bool:
    """Whether a row belongs to the place where the list is signed: offices, notes and names.

    Args:
        cells: The row.
        code: Where its code should stand; what has a figure there, or one word that is no
            office, is a document.
        below: Whether rows above are signed already, so that names may stand alone.
    """
    filled = {index: normalise(cell) for index, cell in enumerate(cells) if normalise(cell)}
    own = filled.get(code)
    if own is not None and not _is_signature(own) and not _is_words(own):
        return False
    signed = [_is_signature(one) for one in filled.values()]
    others = [one for one in filled.values() if not _is_signature(one)]
    return (below or any(signed)) and all(map(_is_name, others))


def _is_signature(words: str) -> bool:
    plain = plain_letters(words)
    return bool(_SIGNED.fullmatch(plain) or _HOW_SIGNED.fullmatch(plain))


def _is_name(words: str) -> bool:
    """Whether words may be the name of a person: Nguyễn Văn A."""
    return len(words.split()) > 1 and all(one[0].isupper() for one in words.split())


def _is_words(code: str) -> bool:
    """Whether what stands where the code should is words, as a title of a section has them."""
    if _NUMBERED_WORDS.fullmatch(code):
        return True
    return len(code.split()) > 1 and not any(one.isdigit() for one in code)


def _entry(row: int, sheet: str | None, values: Mapping[Column, str], doubts: list[Doubt]) -> Entry:
    days: dict[Column, date | None] = {}
    unread: list[Column] = []
    for column in (Column.ISSUED, Column.EFFECTIVE):
        words = values.get(column, "")
        days[column] = day_of(words)
        if any(one.isalnum() for one in words) and days[column] is None:
            unread.append(column)
            doubts.append(Doubt(row=row, what=_NOT_A_DAY.format(words=words), sheet=sheet))
    for column in (Column.ISSUE, Column.REVISION):
        words = values.get(column, "")
        if not is_number(words):
            unread.append(column)
            doubts.append(Doubt(row=row, what=_NOT_A_NUMBER.format(words=words), sheet=sheet))
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
        sheet=sheet,
    )
