"""A register read back from an Excel workbook, with the cell of every problem."""

from __future__ import annotations

import json
import re
import unicodedata
import warnings
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from msgspec import Struct, field

from qms.codec.assemble import assemble
from qms.codec.explain import like
from qms.codec.fields import Kind, Many, Scalar, Shape
from qms.problems import Place, Problem, RegisterError
from qms.store.workbook_plan import SheetColumn, SheetPlan, plan_of_workbook, term_of
from qms.text import Text, same_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from qms.codec.explain import Path as KeyPath
    from qms.model import Register

__all__ = ["load_workbook"]

_LARGEST = 64 * 1024 * 1024
_NOT_EXCEL = Text(
    en="this is not an Excel workbook that can be read",
    vi="đây không phải là sổ tính Excel đọc được",
)
_SAVE_AGAIN = Text(
    en="Open it in Excel, remove a password if it has one, and save it as .xlsx.",
    vi="Mở bằng Excel, gỡ mật khẩu nếu có, rồi lưu lại ở dạng .xlsx.",
)
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
_KEEP_ONE = Text(en="Keep one of the two.", vi="Chỉ giữ lại một trong hai.")
_NO_HEADING = Text(
    en="there is no such column here: “{heading}”", vi="ở đây không có cột “{heading}”"
)
_RENAME_HEADING = Text(
    en="Correct the heading, or delete the column.", vi="Sửa lại tiêu đề, hoặc xóa cột."
)
_HEADING_TWICE = Text(
    en="the column “{heading}” stands here twice", vi="cột “{heading}” được ghi hai lần"
)
_NO_KEY_COLUMN = Text(en="the column “{heading}” is missing", vi="thiếu cột “{heading}”")
_ADD_COLUMN = Text(
    en="Add the column; it says where each row belongs.",
    vi="Bổ sung cột này; cột cho biết mỗi dòng thuộc bản ghi nào.",
)
_MERGED = Text(en="cells are merged here: {range}", vi="có các ô bị gộp: {range}")
_UNMERGE = Text(
    en="Unmerge them and put each value into its own cell.",
    vi="Bỏ gộp ô và ghi mỗi giá trị vào một ô.",
)
_FORMULA = Text(en="this cell holds a formula", vi="ô này chứa công thức")
_VALUE_ONLY = Text(
    en="Put its value there (copy, paste as values).",
    vi="Ghi giá trị thay cho công thức (sao chép, dán dạng giá trị).",
)
_ERROR = Text(en="this cell holds an error of Excel", vi="ô này chứa lỗi của Excel")
_NO_KEY = Text(
    en="the row does not say where it belongs: “{heading}” is empty",
    vi="dòng không cho biết thuộc bản ghi nào: “{heading}” để trống",
)
_FILL = Text(en="Fill the cell, or delete the row.", vi="Điền ô này, hoặc xóa dòng.")
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
_UNKNOWN_WORD = Text(
    en="this is none of the words to choose from", vi="giá trị này không thuộc danh sách lựa chọn"
)
_CHOOSE = Text(
    en="Choose one from the list of the cell.", vi="Chọn một giá trị trong danh sách của ô."
)
_ONE_OF = Text(en="one of: {words}", vi="một trong: {words}")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_VIETNAMESE_DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
_FLAGS = {
    "true": True,
    "yes": True,
    "có": True,
    "x": True,
    "false": False,
    "no": False,
    "không": False,
}
_LEFT_OUT = object()


class _Found(Struct):
    """What was read, and what is wrong with it."""

    data: dict[str, Any] = field(default_factory=dict)
    cells: dict[Any, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rows: dict[tuple[str, ...], dict[tuple[str | int, ...], Any]] = field(default_factory=dict)


def load_workbook(path: Path) -> Register:
    """The register in a workbook.

    Headings and words to choose from are known in English and in Vietnamese, and by the
    key; hidden sheets count; a day may be typed as 15/03/2026.

    Raises:
        RegisterError: there is none; with every problem, and the cell of each.
    """
    found = _Found()
    name = str(path)
    sheets = _sheets(_book(path), name, found)
    for plan in plan_of_workbook():
        sheet = sheets.get(plan.path)
        if sheet is not None:
            _read(sheet, plan, name, found)
    _put_together(found)

    def place(at: KeyPath) -> Place:
        while at and at not in found.cells:
            at = at[:-1]
        return Place(file=found.cells.get(at, name))

    try:
        register = assemble(found.data, place=place)
    except RegisterError as error:
        told = {one.place.file for one in found.problems}
        further = [one for one in error.problems if one.place.file not in told]
        raise RegisterError([*found.problems, *further]) from None
    if found.problems:
        raise RegisterError(found.problems)
    return register


def _book(path: Path) -> Any:
    import openpyxl

    from qms.store.files import open_file, unreadable

    try:
        with open_file(path, str(path)) as stream:
            data = stream.read(_LARGEST + 1)
        _check_size(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(BytesIO(data))
    except OSError as error:
        raise RegisterError([unreadable(error, str(path))]) from None
    except (BadZipFile, KeyError, ValueError, TypeError, SyntaxError, AttributeError, IndexError):
        problem = Problem(what=_NOT_EXCEL, place=Place(file=str(path)), remedy=_SAVE_AGAIN)
        raise RegisterError([problem]) from None


def _check_size(data: bytes) -> None:
    """Refuse an archive that unfolds into more than a workbook ever holds."""
    import zipfile

    with zipfile.ZipFile(BytesIO(data)) as archive:
        whole = sum(member.file_size for member in archive.infolist())
    if len(data) > _LARGEST or whole > 8 * _LARGEST or whole > 250 * max(len(data), 1 << 20):
        raise ValueError


def _sheets(book: Any, name: str, found: _Found) -> dict[tuple[str, ...], Worksheet]:
    known = {
        same_words(words): plan
        for plan in plan_of_workbook()
        for words in (plan.title.en, plan.title.vi, ".".join(plan.path))
    }
    sheets: dict[tuple[str, ...], Worksheet] = {}
    for sheet in book.worksheets:
        plan = known.get(same_words(sheet.title))
        place = Place(file=f"{name}, {sheet.title}")
        if plan is None:
            if any(cell.value is not None for row in sheet.iter_rows(max_row=50) for cell in row):
                remedy = like(sheet.title, known) or _RENAME_SHEET
                found.problems.append(
                    Problem(what=_NO_SHEET.format(name=sheet.title), place=place, remedy=remedy)
                )
        elif plan.path in sheets:
            found.problems.append(
                Problem(what=_SHEET_TWICE.format(name=plan.title), place=place, remedy=_KEEP_ONE)
            )
        else:
            sheets[plan.path] = sheet
    return sheets


def _at(name: str, sheet: Worksheet, cell: str) -> str:
    return f"{name}, {sheet.title}!{cell}"


def _read(sheet: Worksheet, plan: SheetPlan, name: str, found: _Found) -> None:
    for merged in sheet.merged_cells.ranges:
        place = Place(file=_at(name, sheet, merged.coord.partition(":")[0]))
        found.problems.append(
            Problem(what=_MERGED.format(range=merged.coord), place=place, remedy=_UNMERGE)
        )
    heads = _headings(sheet, plan, name, found)
    missing = [key for key in plan.keys if key not in heads.values()]
    for key in missing:
        what = _NO_KEY_COLUMN.format(heading=key.heading)
        place = Place(file=_at(name, sheet, "1"))
        found.problems.append(Problem(what=what, place=place, remedy=_ADD_COLUMN))
    if missing:
        return
    for number, cells in enumerate(sheet.iter_rows(min_row=2), 2):
        values: dict[SheetColumn, tuple[Any, str]] = {}
        for index, cell in enumerate(cells, 1):
            if index in heads:
                at = _at(name, sheet, cell.coordinate)
                value = _value(cell, heads[index].shape, at, found)
                if value is not _LEFT_OUT:
                    values[heads[index]] = value, at
        if values:
            _record(plan, values, _at(name, sheet, f"A{number}"), found)


def _headings(
    sheet: Worksheet, plan: SheetPlan, name: str, found: _Found
) -> dict[int, SheetColumn]:
    """Which column of the sheet is which."""
    known: dict[str, SheetColumn] = {}
    for each in (*plan.columns, *plan.keys):
        for words in (each.heading.en, each.heading.vi, ".".join(each.way)):
            if words:
                known.setdefault(same_words(words), each)
    for key in plan.keys:
        known[same_words(key.heading.en)] = known[same_words(key.heading.vi)] = key
    heads: dict[int, SheetColumn] = {}
    for index, cell in enumerate(next(sheet.iter_rows(max_row=1), ()), 1):
        if cell.value is None:
            continue
        place = Place(file=_at(name, sheet, cell.coordinate))
        heading = str(cell.value)
        column = known.get(same_words(heading))
        if column is None:
            remedy = like(heading, known) or _RENAME_HEADING
            found.problems.append(
                Problem(what=_NO_HEADING.format(heading=heading), place=place, remedy=remedy)
            )
        elif column in heads.values():
            found.problems.append(
                Problem(what=_HEADING_TWICE.format(heading=heading), place=place, remedy=_KEEP_ONE)
            )
        else:
            heads[index] = column
    return heads


# --- values ----------------------------------------------------------------------------------


def _value(cell: Cell | MergedCell, shape: Shape | None, at: str, found: _Found) -> Any:
    """The data of a cell; a mark where it is empty or cannot be used."""
    value = cell.value
    if cell.data_type in {"f", "e"}:
        what = _FORMULA if cell.data_type == "f" else _ERROR
        found.problems.append(
            Problem(what=what, place=Place(file=at), found=str(value), remedy=_VALUE_ONLY)
        )
        return _LEFT_OUT
    if isinstance(value, str):
        value = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), value)
    if value is None or (isinstance(value, str) and not value.strip()):
        return _LEFT_OUT
    if isinstance(shape, Many):
        return [_single(one, shape.item, at, found) for one in _items(value)]
    return _single(value, shape, at, found)


def _items(value: Any) -> Sequence[Any]:
    if isinstance(value, str) and value.startswith("["):
        try:
            listed: Sequence[Any] = json.loads(value)
        except ValueError:
            return value.split("\n")
        return listed
    return [one for one in value.split("\n") if one] if isinstance(value, str) else [value]


def _single(value: Any, shape: Shape | None, at: str, found: _Found) -> Any:
    kind = shape.kind if isinstance(shape, Scalar) else None
    term = term_of(shape)
    if term is not None:
        return _word(str(value), term, at, found)
    if kind is Kind.FLAG:
        return _FLAGS.get(same_words(value), value) if isinstance(value, str) else value
    if kind is Kind.DAY:
        return _day(value)
    if kind in {Kind.INTEGER, Kind.QUANTITY}:
        return _number(value, whole=kind is Kind.INTEGER)
    if isinstance(value, datetime | date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    return value if isinstance(value, str) else str(value)


def _word(words: str, term: Any, at: str, found: _Found) -> str:
    known = {same_words(w): one for one in term for w in (one.text.en, one.text.vi, one.value)}
    one = known.get(same_words(words))
    if one is not None:
        return str(one.value)
    said = [text for each in term for text in (each.text.en, each.text.vi)]
    expected = Text(
        en=_ONE_OF.en.format(words=", ".join(each.text.en for each in term)),
        vi=_ONE_OF.vi.format(words=", ".join(each.text.vi for each in term)),
    )
    remedy = like(words, said) or _CHOOSE
    found.problems.append(
        Problem(
            what=_UNKNOWN_WORD, place=Place(file=at), found=words, expected=expected, remedy=remedy
        )
    )
    return words


def _day(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, str) and (typed := _VIETNAMESE_DAY.match(value.strip())):
        day, month, year = typed.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    return value.strip() if isinstance(value, str) else value


def _number(value: Any, *, whole: bool) -> Any:
    if not isinstance(value, str):
        return value
    plain = value.strip()
    if plain.lstrip("-").isdigit() and whole:
        return int(plain)
    return plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain


# --- records ---------------------------------------------------------------------------------


def _record(
    plan: SheetPlan, values: Mapping[SheetColumn, tuple[Any, str]], at: str, found: _Found
) -> None:
    keys: list[str | int] = []
    held = found.rows.setdefault(plan.path, {})
    for column, is_list in zip(plan.keys, plan.lists, strict=True):
        value = values.get(column, (None, None))[0]
        if is_list:
            keys.append(_position(value, len(held) + 1))
        elif value is None:
            place = Place(file=at)
            what = _NO_KEY.format(heading=column.heading)
            found.problems.append(Problem(what=what, place=place, remedy=_FILL))
            return
        else:
            keys.append(unicodedata.normalize("NFC", str(value)).strip())
    if not _belongs(plan, tuple(keys), at, found):
        return
    if tuple(keys) in held:
        found.problems.append(
            Problem(
                what=_TWICE,
                place=Place(file=at),
                found=str(keys[-1]) if keys else None,
                remedy=_KEEP_ONE,
            )
        )
        return
    record: Any = {}
    where: dict[tuple[str, ...], str] = {(): at}
    for column in plan.columns:
        if column in values:
            value, where[column.way] = values[column]
            record = value if plan.values else _with(record, column.way, value)
    held[tuple(keys)] = record, where


def _position(value: Any, usual: int) -> int:
    return (
        value
        if isinstance(value, int)
        else int(value)
        if isinstance(value, str) and value.isdigit()
        else usual
    )


def _with(record: dict[str, Any], way: tuple[str, ...], value: Any) -> dict[str, Any]:
    inner = record
    for step in way[:-1]:
        inner = inner.setdefault(step, {})
    inner[way[-1]] = value
    return record


def _belongs(plan: SheetPlan, keys: tuple[str | int, ...], at: str, found: _Found) -> bool:
    above = keys[:-1]
    if not above:
        return True
    parent = plan.path[:-1]
    if above in found.rows.get(parent, {}):
        return True
    title = next(one.title for one in plan_of_workbook() if one.path == parent)
    what = _NO_PARENT.format(key=" / ".join(map(str, above)), sheet=title)
    found.problems.append(Problem(what=what, place=Place(file=at), remedy=_ADD_PARENT))
    return False


def _put_together(found: _Found) -> None:
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
