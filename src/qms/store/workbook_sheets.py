"""The sheets of a workbook and their headings: which is which, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from qms.problems import Place, Problem
from qms.store.workbook_plan import (
    LISTS,
    SheetColumn,
    SheetPlan,
    nearest_of,
    plan_of_workbook,
    signature_of,
)
from qms.text import Text, same_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["KEEP_ONE", "Found", "headings_of", "rows_in", "sheets_of", "written_in"]

_NO_SHEET = Text(
    en="the register has no such sheet: “{name}”", vi="sổ đăng ký không có trang này: “{name}”"
)
_RENAME_SHEET = Text(
    en="Give the sheet its own name again, or delete it.",
    vi="Đặt lại đúng tên trang, hoặc xóa trang này.",
)
_SHEET_TWICE = Text(
    en="two sheets hold the same: {name}", vi="hai trang cùng chứa một loại: {name}"
)
KEEP_ONE = Text(en="Keep one of the two.", vi="Chỉ giữ lại một trong hai.")
_SHEET_GONE = Text(en="the sheet “{name}” is missing", vi="thiếu trang “{name}”")
_SHEET_BACK = Text(
    en="Put the sheet back, with its headings; it may hold no rows.",
    vi="Đưa trang này trở lại cùng các tiêu đề; trang có thể không có dòng nào.",
)
_NO_HEADING = Text(
    en="there is no such column here: “{heading}”", vi="ở đây không có cột “{heading}”"
)
_RENAME_HEADING = Text(
    en="Correct the heading, or delete the column.", vi="Sửa lại tiêu đề, hoặc xóa cột."
)
_ONE_MISSING = Text(
    en="Correct the heading; delete the column only if it is none of those.",
    vi="Sửa lại tiêu đề; chỉ xóa cột nếu không phải một trong các cột đó.",
)
_MISSED = Text(en="columns that are missing here: {headings}", vi="các cột đang thiếu: {headings}")
_HEADING_TWICE = Text(
    en="the column “{heading}” stands here twice", vi="cột “{heading}” được ghi hai lần"
)
_NO_COLUMN = Text(en="the column “{heading}” is missing", vi="thiếu cột “{heading}”")
_ADD_COLUMN = Text(
    en="Add the column; it says where each row belongs. The headings stand in row 1.",
    vi="Bổ sung cột này; cột cho biết mỗi dòng thuộc bản ghi nào. Tiêu đề đặt ở dòng 1.",
)
_COLUMN_BACK = Text(
    en="Put the column back; it stood here when qms wrote the workbook. It may be hidden or empty.",
    vi="Đưa cột này trở lại; khi qms ghi sổ tính vẫn có cột này. Có thể ẩn cột hoặc để trống.",
)
#: Rows of a sheet: the cells that hold something, by row and by column.
Rows = dict[int, dict[int, "Cell"]]


class Found(Struct):
    """What was read, and what is wrong with it.

    Attributes:
        name: The file, as the person named it.
        data: The records that were put together.
        cells: The cell of every path in them.
        problems: What is wrong.
        rows: The records of each sheet, by their keys, with the cell of every value.
        lost: Sheets of which nothing could be read.
        astray: Keys that have no row, so that what follows from it is said once.
        whole: Whether every row was read; if not, what it may have held is not missed.
    """

    name: str
    data: dict[str, Any] = field(default_factory=dict)
    cells: dict[Any, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rows: dict[tuple[str, ...], dict[tuple[str | int, ...], Any]] = field(default_factory=dict)
    lost: set[tuple[str, ...]] = field(default_factory=set)
    astray: set[tuple[tuple[str, ...], tuple[str | int, ...]]] = field(default_factory=set)
    whole: bool = True

    def say(self, what: Text, at: str, remedy: Text, **more: Any) -> None:
        """Add a problem: what is wrong, where, and what to do."""
        self.problems.append(Problem(what=what, place=Place(file=at), remedy=remedy, **more))

    def at(self, sheet: str, cell: str = "") -> str:
        """Where a sheet or a cell is, in words."""
        return f"{self.name}, {sheet}!{cell}" if cell else f"{self.name}, {sheet}"


def rows_in(sheet: Worksheet) -> Rows:
    """The cells that hold something; a sheet may be formatted down to its millionth row."""
    from openpyxl.cell.cell import Cell

    rows: Rows = {}
    for (row, column), cell in sorted(sheet._cells.items()):  # noqa: SLF001 - no public way
        if isinstance(cell, Cell) and cell.value is not None:
            rows.setdefault(row, {})[column] = cell
    return rows


def written_in(book: Workbook) -> frozenset[str]:
    """What stood in the workbook when qms wrote it; nothing where people made it."""
    if LISTS not in book.sheetnames:
        return frozenset()
    return frozenset(str(row[1].value) for row in rows_in(book[LISTS]).values() if 1 in row)


def sheets_of(
    book: Workbook, written: frozenset[str], found: Found
) -> dict[tuple[str, ...], Worksheet]:
    """The sheets that hold something, by what they hold; the others are told."""
    plans = plan_of_workbook()
    known = {
        same_words(words): plan
        for plan in plans
        for words in (plan.title.en, plan.title.vi, ".".join(plan.path))
    }
    sheets: dict[tuple[str, ...], Worksheet] = {}
    strange: list[str] = []
    for sheet in book.worksheets:
        plan = known.get(same_words(sheet.title))
        if sheet.title == LISTS or not rows_in(sheet):
            continue
        if plan is None:
            strange.append(sheet.title)
        elif plan.path in sheets:
            what = _SHEET_TWICE.format(name=plan.title)
            found.say(what, found.at(sheet.title), KEEP_ONE)
        else:
            sheets[plan.path] = sheet
    free = [plan for plan in plans if plan.path not in sheets]
    for title in strange:
        remedy = nearest_of(title, (words for one in free for words in _titles(one)))
        found.say(_NO_SHEET.format(name=title), found.at(title), remedy or _RENAME_SHEET)
    if strange:
        found.lost |= {plan.path for plan in free}
        found.whole = False
        free = []
    for plan in free:
        if signature_of(plan) in written or plan.single:
            found.lost.add(plan.path)
            found.whole = False
            found.say(_SHEET_GONE.format(name=plan.title), found.name, _SHEET_BACK)
    return sheets


def _titles(plan: SheetPlan) -> tuple[str, str]:
    return plan.title.en, plan.title.vi


def headings_of(
    sheet: Worksheet,
    row: Mapping[int, Cell],
    plan: SheetPlan,
    written: frozenset[str],
    found: Found,
) -> tuple[dict[int, SheetColumn], set[int]]:
    """Which column of a sheet is which, and those of which it is said that they are none."""
    known = _known(plan)
    heads: dict[int, SheetColumn] = {}
    none: set[int] = set()
    strange: list[tuple[str, str]] = []
    for index, cell in row.items():
        heading = str(cell.value)
        column = known.get(same_words(heading))
        if not heading.strip():
            continue
        at = found.at(sheet.title, cell.coordinate)
        if column is not None and column not in heads.values():
            heads[index] = column
            continue
        none.add(index)
        if column is None:
            strange.append((heading, at))
        else:
            found.say(_HEADING_TWICE.format(heading=heading), at, KEEP_ONE)
    missed = [one for one in (*plan.keys, *plan.columns) if one not in heads.values()]
    _say_strange(strange, missed, found)
    if not strange:
        _say_missed(sheet, plan, missed, written, found)
    return heads, none


def _known(plan: SheetPlan) -> dict[str, SheetColumn]:
    known: dict[str, SheetColumn] = {}
    for each in (*plan.columns, *plan.keys):
        for words in (each.heading.en, each.heading.vi, ".".join(each.way)):
            if words:
                known.setdefault(same_words(words), each)
    for each in plan.columns:
        for words in () if each.usual is None else (each.usual.en, each.usual.vi):
            known.setdefault(same_words(words), each)
    for key in plan.keys:
        known[same_words(key.heading.en)] = known[same_words(key.heading.vi)] = key
    return known


def _say_strange(
    strange: Sequence[tuple[str, str]], missed: Sequence[SheetColumn], found: Found
) -> None:
    known = [words for one in missed for words in (one.heading.en, one.heading.vi)]
    headings = Text(
        en=", ".join(one.heading.en for one in missed),
        vi=", ".join(one.heading.vi for one in missed),
    )
    expected = _MISSED.format(headings=headings) if missed else None
    for heading, at in strange:
        remedy = nearest_of(heading, known) or (_ONE_MISSING if missed else _RENAME_HEADING)
        found.say(_NO_HEADING.format(heading=heading), at, remedy, expected=expected)


def _say_missed(
    sheet: Worksheet,
    plan: SheetPlan,
    missed: Sequence[SheetColumn],
    written: frozenset[str],
    found: Found,
) -> None:
    """Say which columns are gone: of the keys always, of the values where they once stood here."""
    for column in missed:
        what = _NO_COLUMN.format(heading=column.heading)
        at = found.at(sheet.title, "1")
        if column in plan.keys:
            found.say(what, at, _ADD_COLUMN)
        elif signature_of(plan, column) in written:
            found.say(what, at, _COLUMN_BACK)
