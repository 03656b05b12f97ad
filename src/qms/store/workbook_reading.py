"""A register read back from an Excel workbook, with the cell of every problem."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from qms.codec.assemble import assemble
from qms.codec.fields import Kind, Scalar
from qms.problems import Place, RegisterError
from qms.store.workbook_cells import EMPTY, SPOILT, value_of
from qms.store.workbook_opening import open_workbook
from qms.store.workbook_plan import SheetColumn, SheetPlan, plan_of_workbook
from qms.store.workbook_sheets import (
    KEEP_ONE,
    Found,
    headings_of,
    rows_in,
    sheets_of,
    written_in,
)
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from qms.codec.explain import Path as KeyPath
    from qms.model import Register

__all__ = ["load_workbook"]

_NO_ORGANISATION = Text(
    en="the sheet “{name}” does not say whose register this is",
    vi="trang “{name}” chưa cho biết sổ đăng ký của cơ quan, tổ chức nào",
)
_FILL_ORGANISATION = Text(
    en="Give the name of the organisation in its second row.",
    vi="Ghi tên cơ quan, tổ chức ở dòng thứ hai của trang.",
)
_NAMELESS = Text(
    en="this column holds values but has no heading, first in row {row}",
    vi="cột này có nội dung nhưng không có tiêu đề, bắt đầu từ dòng {row}",
)
_NAME_IT = Text(
    en="Give the column its heading in row 1, or empty it; a remark belongs into “{note}”.",
    vi="Ghi tiêu đề cột ở dòng 1, hoặc xóa nội dung cột; điều cần ghi thêm thì ghi vào cột “{note}”.",
)
_NOTE = Text(en="note", vi="Ghi chú")
_MERGED = Text(en="cells are merged here: {range}", vi="có các ô bị gộp: {range}")
_UNMERGE = Text(
    en="Unmerge them and put each value into its own cell.",
    vi="Bỏ gộp ô và ghi mỗi giá trị vào một ô.",
)
_NO_KEY = Text(
    en="the row does not say where it belongs: “{heading}” is empty",
    vi="dòng không cho biết thuộc bản ghi nào: “{heading}” để trống",
)
_FILL = Text(en="Fill the cell, or delete the row.", vi="Điền ô này, hoặc xóa dòng.")
_NO_PLACE = Text(
    en="this is no place in a history: whole numbers from 1 on",
    vi="đây không phải là số thứ tự: dùng số nguyên, bắt đầu từ 1",
)
_NUMBER_ROWS = Text(
    en="Number the facts of the record 1, 2, 3 …; an empty cell comes after those above.",
    vi="Đánh số các sự việc của bản ghi là 1, 2, 3…; ô trống được xếp sau các dòng phía trên.",
)
_NO_PARENT = Text(
    en="“{key}” has no row in the sheet “{sheet}”", vi="“{key}” không có dòng nào ở trang “{sheet}”"
)
_ADD_PARENT = Text(
    en="Correct the identifier, or add the row there.",
    vi="Sửa lại mã, hoặc bổ sung dòng ở trang đó.",
)
_TWICE = Text(
    en="a row with this identifier stands above already", vi="phía trên đã có dòng mang mã này"
)
_PLACE_SHAPE = Scalar(kind=Kind.INTEGER)


def load_workbook(path: Path) -> Register:
    """The register in a workbook.

    Headings and words to choose from are known in English and in Vietnamese, and by the
    key; hidden sheets, rows and columns count; a day may be typed as 15/03/2026.

    Raises:
        RegisterError: there is none; with every problem, and the cell of each.
    """
    found = Found(name=str(path))
    book = open_workbook(path)
    written = written_in(book)
    sheets = sheets_of(book, written, found)
    for plan in plan_of_workbook():
        sheet = sheets.get(plan.path)
        if sheet is not None:
            _read(sheet, plan, written, found)
    _put_together(found)
    _ask_for_organisation(sheets, found)

    def place(at: KeyPath) -> Place:
        while at and at not in found.cells:
            at = at[:-1]
        return Place(file=found.cells.get(at, found.name))

    try:
        register = assemble(found.data, place=place, absent=() if found.whole else [()])
    except RegisterError as error:
        told = {one.place.file for one in found.problems}
        further = [one for one in error.problems if one.place.file not in told]
        raise RegisterError([*found.problems, *further]) from None
    if found.problems:
        raise RegisterError(found.problems)
    return register


def _ask_for_organisation(sheets: Mapping[tuple[str, ...], Worksheet], found: Found) -> None:
    """Say in the words of a workbook that nobody's name is given."""
    plan = plan_of_workbook()[0]
    if plan.path in sheets and not found.data.get("organisation", {}).get("name"):
        at = found.cells.get(("organisation",), found.at(sheets[plan.path].title, "A2"))
        found.say(_NO_ORGANISATION.format(name=plan.title), at, _FILL_ORGANISATION)
        found.cells["organisation", "name"] = found.cells["organisation",] = at


# --- one sheet -------------------------------------------------------------------------------


def _read(sheet: Worksheet, plan: SheetPlan, written: frozenset[str], found: Found) -> None:
    for merged in sheet.merged_cells.ranges:
        at = found.at(sheet.title, merged.coord.partition(":")[0])
        found.say(_MERGED.format(range=merged.coord), at, _UNMERGE)
    rows = rows_in(sheet)
    heads, told = headings_of(sheet, rows.pop(1, {}), plan, written, found)
    if any(key not in heads.values() for key in plan.keys):
        found.lost.add(plan.path)
        found.whole = False
        return
    for number, cells in rows.items():
        _say_nameless(sheet, cells, heads, told, found)
        values = _values(sheet, cells, heads, plan, found)
        if values:
            places = {
                column: found.at(sheet.title, f"{_letter(index)}{number}")
                for index, column in heads.items()
            }
            _record(plan, values, places, found.at(sheet.title, f"A{number}"), found)


def _say_nameless(
    sheet: Worksheet,
    cells: Mapping[int, Cell],
    heads: Mapping[int, SheetColumn],
    told: set[int],
    found: Found,
) -> None:
    """Say once of a column without a heading that it holds something: it would be lost."""
    for index, cell in cells.items():
        if index not in heads and index not in told and str(cell.value).strip():
            told.add(index)
            at = found.at(sheet.title, f"{cell.column_letter}1")
            found.say(_NAMELESS.format(row=cell.row), at, _NAME_IT.format(note=_NOTE))


def _values(
    sheet: Worksheet,
    cells: Mapping[int, Cell],
    heads: Mapping[int, SheetColumn],
    plan: SheetPlan,
    found: Found,
) -> dict[SheetColumn, Any]:
    """What the cells of a row hold."""
    places = {key for key, is_list in zip(plan.keys, plan.lists, strict=True) if is_list}
    values: dict[SheetColumn, Any] = {}
    for index, cell in cells.items():
        if index not in heads:
            continue
        column = heads[index]
        shape = _PLACE_SHAPE if column in places else column.shape
        value, problem = value_of(cell, shape, found.at(sheet.title, cell.coordinate))
        if problem is not None:
            found.problems.append(problem)
        if value is not EMPTY:
            values[column] = value
    return values


# --- records ---------------------------------------------------------------------------------


def _record(
    plan: SheetPlan,
    values: Mapping[SheetColumn, Any],
    cells: Mapping[SheetColumn, str],
    at: str,
    found: Found,
) -> None:
    keys = _keys(plan, values, cells, found)
    if keys is None or not _belongs(plan, keys, at, found):
        return
    held = found.rows.setdefault(plan.path, {})
    if keys in held:
        more = {"found": str(keys[-1])} if keys else {}
        found.say(_TWICE, at, KEEP_ONE, **more)
        return
    record: Any = {}
    where: dict[tuple[str, ...], str] = {(): at}
    for column in plan.columns:
        if column in cells:
            for end in range(1, len(column.way)):
                where.setdefault(column.way[:end], cells[column])
            where[column.way] = cells[column]
        value = values.get(column, SPOILT)
        if value is not SPOILT:
            record = value if plan.values else _with(record, column.way, value)
    held[keys] = record, where


def _letter(index: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(index)


def _keys(
    plan: SheetPlan,
    values: Mapping[SheetColumn, Any],
    cells: Mapping[SheetColumn, str],
    found: Found,
) -> tuple[str | int, ...] | None:
    """Where a row belongs; None where it does not say so, which is told."""
    keys: list[str | int] = []
    for column, is_list in zip(plan.keys, plan.lists, strict=True):
        value = values.get(column)
        if value is SPOILT:
            found.whole = False
            return None
        if is_list:
            keys.append(_position(value, tuple(keys), plan, cells[column], found))
        elif value is None:
            found.whole = False
            found.say(_NO_KEY.format(heading=column.heading), cells[column], _FILL)
            return None
        else:
            keys.append(unicodedata.normalize("NFC", str(value)))
    return tuple(keys)


def _position(
    value: Any, above: tuple[str | int, ...], plan: SheetPlan, cell: str, found: Found
) -> int:
    """A place in a history; an empty one comes after those above."""
    if value is not None:
        whole = int(value) if isinstance(value, int | float) and value == int(value) else 0
        if whole >= 1 and not isinstance(value, bool):
            return whole
        found.say(_NO_PLACE, cell, _NUMBER_ROWS, found=str(value))
    taken = (keys[-1] for keys in found.rows.get(plan.path, {}) if keys[:-1] == above)
    return max((one for one in taken if isinstance(one, int)), default=0) + 1


def _with(record: dict[str, Any], way: tuple[str, ...], value: Any) -> dict[str, Any]:
    inner = record
    for step in way[:-1]:
        inner = inner.setdefault(step, {})
    inner[way[-1]] = value
    return record


def _belongs(plan: SheetPlan, keys: tuple[str | int, ...], at: str, found: Found) -> bool:
    """Whether the row above is there; that it is not is said once for each row above."""
    above = keys[:-1]
    if not above or above in found.rows.get(plan.path[:-1], {}):
        return True
    found.whole = False
    higher = [(plan.path[:-up], keys[:-up]) for up in range(1, len(keys))]
    if not any(one in found.astray or one[0] in found.lost for one in higher):
        title = next(one.title for one in plan_of_workbook() if one.path == plan.path[:-1])
        what = _NO_PARENT.format(key=" / ".join(map(str, above)), sheet=title)
        found.say(what, at, _ADD_PARENT)
        found.astray.add(higher[0])
    return False


def _put_together(found: Found) -> None:
    """The one table of all rows, and the cell of every path in it."""
    for plan in plan_of_workbook():
        rows = found.rows.get(plan.path, {})
        for keys, (record, where) in _ordered(rows, plan):
            path = _place_in(found.data, plan, keys, record)
            for way, cell in where.items():
                found.cells[path + way] = cell


def _ordered(rows: Mapping[Any, Any], plan: SheetPlan) -> Iterator[tuple[Any, Any]]:
    if plan.lists and plan.lists[-1]:
        return iter(sorted(rows.items(), key=lambda row: row[0][-1]))
    return iter(rows.items())


def _place_in(
    data: dict[str, Any], plan: SheetPlan, keys: tuple[str | int, ...], record: Any
) -> tuple[str | int, ...]:
    """Put a record into the data; the path at which it stands."""
    unkeyed = len(plan.path) - len(keys)
    node: Any = data
    path: list[str | int] = []
    for name in plan.path[:unkeyed]:
        path.append(name)
        if plan.single:
            data[name] = record
            return tuple(path)
        node = node.setdefault(name, {})
    for index, (name, key) in enumerate(zip(plan.path[unkeyed:], keys, strict=True)):
        path.append(name)
        last = index == len(keys) - 1
        if last and plan.lists[index]:
            items = node.setdefault(name, [])
            items.append(record)
            path.append(len(items) - 1)
        else:
            table = node.setdefault(name, {})
            if last:
                table[key] = record
            node = table[key]
            path.append(key)
    return tuple(path)
