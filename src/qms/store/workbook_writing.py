"""A register as an Excel workbook: one sheet a kind of record, one row a record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from qms.codec.fields import Kind, Many, Scalar, Shape
from qms.problems import Place, Problem, RegisterError
from qms.spreadsheet import finished
from qms.store.workbook_plan import SheetPlan, plan_of_workbook, term_of
from qms.text import Language, Text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["rows_of", "workbook_bytes"]

_LONGEST = 32_000
_TOO_LONG = Text(
    en="these words are too long for a cell of Excel ({length} characters)",
    vi="nội dung quá dài so với một ô Excel ({length} ký tự)",
)
_OTHER_FORM = Text(
    en="Keep this register in another form, or shorten the words.",
    vi="Lưu sổ đăng ký ở dạng khác, hoặc rút ngắn nội dung.",
)
#: What XML cannot hold, and what would be taken for its replacement.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WIDEST, _NARROWEST = 40, 9

Row = tuple[tuple[str | int, ...], Any]


def workbook_bytes(data: Mapping[str, Any], language: Language) -> bytes:
    """A register's data as a workbook; the same data gives the same bytes.

    Raises:
        RegisterError: some words are too long for a cell.
    """
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for plan in plan_of_workbook():
        rows = list(rows_of(data, plan))
        sheet = book.create_sheet(plan.title.in_(language))
        _write(sheet, plan, rows, language)
        if not rows:
            sheet.sheet_properties.tabColor = "BBBBBB"
    return finished(book, "qms")


def rows_of(data: Mapping[str, Any], plan: SheetPlan) -> Iterator[Row]:
    """The rows of a sheet: where each belongs, and its data."""
    unkeyed = len(plan.path) - len(plan.keys)
    node: Any = data
    for name in plan.path[:unkeyed]:
        node = node.get(name) or {}
    if plan.single:
        yield (), node
    else:
        yield from _below(node, plan.path[unkeyed:], ())


def _below(node: Any, path: tuple[str, ...], keys: tuple[str | int, ...]) -> Iterator[Row]:
    inner = node.get(path[0]) or ()
    items = inner.items() if isinstance(inner, Mapping) else enumerate(inner, 1)
    for key, value in items:
        if len(path) == 1:
            yield (*keys, key), value
        else:
            yield from _below(value, path[1:], (*keys, key))


def _write(sheet: Worksheet, plan: SheetPlan, rows: list[Row], language: Language) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    columns = (*plan.keys, *plan.columns)
    for index, column in enumerate(columns, 1):
        cell = sheet.cell(1, index, column.heading.in_(language))
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDDDDD" if index > len(plan.keys) else "BBCCDD")
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        if column.way:
            cell.comment = Comment(".".join(column.way), "qms", height=24, width=200)
        width = min(max(len(column.heading.in_(language)) + 2, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(index)].width = width
        _offer(sheet, get_column_letter(index), column.shape, language)
    for number, (keys, record) in enumerate(rows, 2):
        for index, key in enumerate(keys, 1):
            _put(sheet, number, index, key, language)
        for index, column in enumerate(plan.columns, len(keys) + 1):
            value = record
            for step in column.way:
                value = value.get(step) if isinstance(value, Mapping) else None
            _put(sheet, number, index, _shown(value, column.shape, language), language)
    sheet.freeze_panes = f"{get_column_letter(len(plan.keys) + 1)}2"
    if rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"


def _offer(sheet: Worksheet, letter: str, shape: Shape | None, language: Language) -> None:
    """A list to choose from, below the heading."""
    from openpyxl.worksheet.datavalidation import DataValidation

    words: list[str] = []
    term = term_of(shape)
    if term is not None:
        words = [one.text.in_(language) for one in term]
    elif isinstance(shape, Scalar) and shape.kind is Kind.FLAG:
        words = ["TRUE", "FALSE"]
    formula = '"' + ",".join(words) + '"'
    if not words or len(formula) > 255 or any("," in one or '"' in one for one in words):
        return
    choice = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False)
    choice.add(f"{letter}2:{letter}5000")
    sheet.add_data_validation(choice)


def _shown(value: Any, shape: Shape | None, language: Language) -> Any:
    if value is None:
        return None
    if isinstance(shape, Many):
        words = [str(_shown(one, shape.item, language)) for one in value]
        if any("\n" in one or one.startswith("[") for one in words):
            return json.dumps(words, ensure_ascii=False)
        return "\n".join(words)
    term = term_of(shape)
    return value if term is None else term(value).text.in_(language)


def _put(sheet: Worksheet, row: int, column: int, value: Any, language: Language) -> None:
    from openpyxl.styles import Alignment

    if value is None:
        return
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        words = _UNFIT.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
        if len(words) > _LONGEST:
            place = Place(file=f"{sheet.title}!{cell.coordinate}")
            what = _TOO_LONG.format(length=len(words))
            raise RegisterError([Problem(what=what, place=place, remedy=_OTHER_FORM)])
        cell.value = words
        cell.data_type = "s"  # words that begin with “=” stay words
        if "\n" in words or len(words) > _WIDEST:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "dd/mm/yyyy" if language is Language.VIETNAMESE else "yyyy-mm-dd"
