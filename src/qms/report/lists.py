"""Lists on a screen, as CSV, and as an Excel workbook."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from itertools import compress, groupby
from textwrap import shorten
from typing import TYPE_CHECKING

from qms.dates import print_date
from qms.report.layout import Column, Paint, table, wrap
from qms.spreadsheet import finished
from qms.text import Language, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from qms.lists import Cell, Heading, ListOf
    from qms.model import Organisation

__all__ = ["render", "render_csv", "render_xlsx"]

_UNIT = Text(en="{name} ({id})", vi="{name} ({id})")
_NONE = Text(en="There is nothing to list.", vi="Không có gì để liệt kê.")
_DAY = Text(en="{title} · {name} · {day}", vi="{title} · {name} · {day}")
#: What a spreadsheet program would take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: How long the name of a sheet may be; Excel takes no more.
_LONGEST_NAME = 31
#: The height of a line of words in a workbook, in points.
_LINE = 15


def _title(found: ListOf, organisation: Organisation, language: Language) -> str:
    return _DAY.in_(language).format(
        title=found.kind.text.in_(language),
        name=organisation.name.in_(language),
        day=print_date(found.on, language),
    )


def _words(cell: Cell, language: Language) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Text):
        return cell.in_(language)
    if isinstance(cell, date):
        return print_date(cell, language)
    if isinstance(cell, Decimal):
        number = f"{cell.normalize():f}"
        return number.replace(".", ",") if language is Language.VIETNAMESE else number
    return str(cell)


def render(
    found: ListOf,
    organisation: Organisation,
    language: Language,
    width: int,
    *,
    colour: bool = False,
) -> str:
    """The most important columns for a screen; the others stand in CSV and Excel."""
    paint = Paint(colour)
    lines = [paint(line, "bold") for line in wrap(_title(found, organisation, language), width)]
    if not found.rows:
        return "\n".join([*lines, _NONE.in_(language)]) + "\n"
    shown = [index for index, heading in enumerate(found.headings) if heading.places is not None]
    columns = [
        Column(found.headings[index].text.in_(language), found.headings[index].places or 0)
        for index in shown
    ]
    heads = len(table(columns, (), width, paint))
    for number, (unit, of_unit) in enumerate(groupby(found.rows, key=lambda row: str(row[1]))):
        rows = [[_words(row[index], language) for index in shown] for row in of_unit]
        drawn = table(columns, rows, width, paint)
        if not number:
            lines += ["", *drawn[:heads]]
        name = _UNIT.in_(language).format(name=found.units[unit].in_(language), id=unit)
        lines += [*(paint(line, "bold") for line in wrap(name, width)), *drawn[heads:]]
    return "\n".join(lines) + "\n"


def render_csv(found: ListOf, language: Language) -> str:
    """CSV that Excel opens as it is: UTF-8 with its mark, and safe against formulas.

    Vietnamese lists are divided by semicolons, as an Excel with a decimal comma expects.
    """
    stream = io.StringIO()
    stream.write("\ufeff")
    divider = ";" if language is Language.VIETNAMESE else ","
    writer = csv.writer(stream, delimiter=divider, lineterminator="\r\n")
    headings, rows = _kept(found)
    writer.writerow([heading.text.in_(language) for heading in headings])
    for row in rows:
        writer.writerow([_harmless(cell, language) for cell in row])
    return stream.getvalue()


def _kept(found: ListOf) -> tuple[list[Heading], list[tuple[Cell, ...]]]:
    """The columns that do not stand on the screen alone."""
    kept = [bool(heading.width) for heading in found.headings]
    rows = [tuple(compress(row, kept)) for row in found.rows]
    return list(compress(found.headings, kept)), rows


def _harmless(cell: Cell, language: Language) -> str:
    words = _words(cell, language)
    if isinstance(cell, str | Text) and words.startswith(_FORMULA):
        return f"'{words}"
    return words


def render_xlsx(found: ListOf, organisation: Organisation, language: Language) -> bytes:
    """An Excel workbook with the list; the same list gives the same bytes."""
    import openpyxl
    from openpyxl.styles import Font

    headings, rows = _kept(found)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has a sheet
    sheet.title = shorten(found.kind.text.in_(language), _LONGEST_NAME, placeholder="")
    sheet.append([_title(found, organisation, language)])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([])
    sheet.append([heading.text.in_(language) for heading in headings])
    for row in rows:
        sheet.append([_value(cell, language) for cell in row])
    _dress_cells(sheet, language)
    _size(sheet, headings, rows, language)
    _set_for_paper(sheet, len(headings))
    return finished(book, organisation.name.in_(language))


def _dress_cells(sheet: Worksheet, language: Language) -> None:
    """Give the headings and the rows their lines, their fonts and their forms of days."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    line = Side(style="thin", color="999999")
    border = Border(left=line, right=line, top=line, bottom=line)
    for number, cells in enumerate(sheet.iter_rows(min_row=3), 3):
        for cell in cells:
            cell.border = border
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 3:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor="DDDDDD")
                cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            elif isinstance(cell.value, date):
                cell.number_format = (
                    "dd/mm/yyyy" if language is Language.VIETNAMESE else "yyyy-mm-dd"
                )
            elif isinstance(cell.value, str):
                cell.data_type = "s"  # words that begin with “=” stay words


def _size(
    sheet: Worksheet, headings: Sequence[Heading], rows: list[tuple[Cell, ...]], language: Language
) -> None:
    """Make the columns as wide as is laid down, and the rows as high as their words ask for."""
    from openpyxl.utils import get_column_letter

    for index, heading in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(index)].width = heading.width
    heads = tuple(heading.text for heading in headings)
    for number, row in enumerate((heads, *rows), 3):
        lines = (
            -(-len(_words(cell, language)) // max(heading.width - 1, 1))
            for cell, heading in zip(row, headings, strict=True)
        )
        sheet.row_dimensions[number].height = _LINE * max(1, *lines)


def _set_for_paper(sheet: Worksheet, columns: int) -> None:
    """Keep the headings in sight, let them filter, and print the sheet on A4."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.freeze_panes = "A4"
    last = get_column_letter(columns)
    sheet.auto_filter.ref = f"A3:{last}{max(sheet.max_row, 3)}"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _value(cell: Cell, language: Language) -> object:
    return cell.in_(language) or None if isinstance(cell, Text) else cell
