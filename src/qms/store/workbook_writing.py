"""A register as an Excel workbook: one sheet a kind of record, one row a record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from qms.codec.fields import Kind, Many, Scalar, Shape
from qms.problems import Place, Problem, RegisterError
from qms.spreadsheet import finished
from qms.store.workbook_plan import (
    LISTS,
    YES_NO,
    SheetPlan,
    plan_of_workbook,
    signature_of,
    term_of,
)
from qms.text import Language, Text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from qms.terms import Term

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
#: From this day on every program numbers the days alike; Excel counts a 29 February 1900.
_FIRST_NUMBERED_DAY = date(1900, 3, 1)
#: What XML cannot hold, and what would be taken for its replacement.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_BREAK = re.compile("[\r\n]")
_WIDEST, _NARROWEST = 40, 9
#: The height of a line in points; a row holds no more than 27 of them.
_LINE, _MOST_LINES = 15, 27
_DAY_WIDTH = "30/06/2015"
_GENERAL, _TEXT = "General", "@"
_DAY = {Language.VIETNAMESE: "dd/mm/yyyy", Language.ENGLISH: "yyyy-mm-dd"}

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
    _write_lists(book, language)
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
    formats = [_format_of(column.shape, language) for column in columns]
    for index, (is_list, _) in enumerate(zip(plan.lists, plan.keys, strict=True)):
        formats[index] = _GENERAL if is_list else formats[index]
    for index, column in enumerate(columns, 1):
        cell = sheet.cell(1, index, column.heading.in_(language))
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDDDDD" if index > len(plan.keys) else "BBCCDD")
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        if column.way:
            cell.comment = Comment(".".join(column.way), "qms", height=24, width=200)
        sheet.column_dimensions[get_column_letter(index)].number_format = formats[index - 1]
        _offer(sheet, get_column_letter(index), column.shape)
    for number, (keys, record) in enumerate(rows, 2):
        for index, key in enumerate(keys, 1):
            _put(sheet, number, index, key, language)
        for index, column in enumerate(plan.columns, len(keys) + 1):
            value = record
            for step in column.way:
                value = value.get(step) if isinstance(value, Mapping) else None
            _put(sheet, number, index, _shown(value, column.shape, language), language)
    _fit(sheet, len(columns))
    sheet.freeze_panes = f"{get_column_letter(len(plan.keys) + 1)}2"
    if rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"


def _fit(sheet: Worksheet, columns: int) -> None:
    """Columns as wide as their words, rows as high as their lines; ready to print on A4."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    shown = [
        [_DAY_WIDTH if isinstance(one, date) else "" if one is None else str(one) for one in row]
        for row in sheet.iter_rows(max_col=columns, values_only=True)
    ]
    widths = []
    for index in range(columns):
        longest_word = max(map(len, shown[0][index].split()), default=0)
        lines = [len(line) for row in shown[1:] for line in row[index].split("\n")]
        width = min(max(longest_word + 3, max(lines, default=0) + 3, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(index + 1)].width = width
        widths.append(width)
    for number, row in enumerate(shown, 1):
        heights = (
            sum(max(1, -(-len(line) // (width - 2))) for line in words.split("\n"))
            for words, width in zip(row, widths, strict=True)
        )
        sheet.row_dimensions[number].height = _LINE * min(max(heights), _MOST_LINES)
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _format_of(shape: Shape | None, language: Language) -> str:
    """How Excel is to take what people type into a column.

    As text where words belong: otherwise 7.10 would become 7.1, and 5/2015 a day.
    """
    kind = shape.kind if isinstance(shape, Scalar) else None
    if kind is Kind.DAY:
        return _DAY[language]
    return _GENERAL if kind in {Kind.INTEGER, Kind.QUANTITY} else _TEXT


@cache
def _choices() -> dict[type[Term] | None, tuple[Text, ...]]:
    """The words of every list to choose from, in the order of their columns; None for yes/no."""
    terms = [term_of(column.shape) for plan in plan_of_workbook() for column in plan.columns]
    found: dict[type[Term] | None, tuple[Text, ...]] = {None: tuple(YES_NO.values())}
    for term in terms:
        if term is not None:
            found.setdefault(term, tuple(one.text for one in term))
    return found


def _write_lists(book: Workbook, language: Language) -> None:
    """The hidden sheet: what stands in the workbook, and the words of the lists."""
    sheet = book.create_sheet(LISTS)
    sheet.sheet_state = "hidden"
    row = 0
    for plan in plan_of_workbook():
        for column in (None, *plan.columns):
            row += 1
            sheet.cell(row, 1, signature_of(plan, column))
    for index, words in enumerate(_choices().values(), 2):
        for number, one in enumerate(words, 1):
            sheet.cell(number, index, one.in_(language))


def _offer(sheet: Worksheet, letter: str, shape: Shape | None) -> None:
    """A list to choose from, below the heading."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    term = term_of(shape)
    if term is None and not (isinstance(shape, Scalar) and shape.kind is Kind.FLAG):
        return
    choices = _choices()
    column = get_column_letter(list(choices).index(term) + 2)
    formula = f"'{LISTS}'!${column}$1:${column}${len(choices[term])}"
    choice = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False)
    choice.add(f"{letter}2:{letter}5000")
    sheet.add_data_validation(choice)


def _shown(value: Any, shape: Shape | None, language: Language) -> Any:
    if value is None:
        return None
    if isinstance(shape, Many):
        words = [str(_shown(one, shape.item, language)) for one in value]
        if any(one.startswith("[") or one != one.strip() or _BREAK.search(one) for one in words):
            return json.dumps(words, ensure_ascii=False)
        return "\n".join(words)
    if isinstance(value, bool):
        return YES_NO[value].in_(language)
    term = term_of(shape)
    return value if term is None else term(value).text.in_(language)


def _put(sheet: Worksheet, row: int, column: int, value: Any, language: Language) -> None:
    from openpyxl.styles import Alignment

    if value is None:
        return
    cell = sheet.cell(row, column)
    if isinstance(value, date) and value < _FIRST_NUMBERED_DAY:
        value = value.isoformat()
    if isinstance(value, str):
        words = _UNFIT.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
        if len(words) > _LONGEST:
            place = Place(file=f"{sheet.title}!{cell.coordinate}")
            what = _TOO_LONG.format(length=len(words))
            raise RegisterError([Problem(what=what, place=place, remedy=_OTHER_FORM)])
        cell.value = words
        cell.data_type = "s"  # words that begin with “=” stay words
        cell.number_format = _TEXT
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    else:
        # A number of more than the 15 digits that Excel shows stands as words.
        exact = not isinstance(value, float) or float(f"{value:.15g}") == value
        cell.value = value if exact else repr(value)
        cell.alignment = Alignment(horizontal="right", vertical="top", indent=1)
        if isinstance(value, date):
            cell.number_format = _DAY[language]
