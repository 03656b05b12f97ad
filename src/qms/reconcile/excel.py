"""The sheets of an Excel file as rows of values."""

from __future__ import annotations

import re
import warnings
import zipfile
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING

from qms.problems import RegisterError
from qms.store.workbook_opening import DAMAGE, unreadable_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qms.problems import Problem

__all__ = ["MOST_ROWS", "page_margins_of", "sheets_of"]

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_LARGEST = 32 * 1024 * 1024
#: The header and the footer of the pages on which a sheet is printed.
_MARGIN = re.compile(rb"<odd(Header|Footer)[^<>]{0,99}>([^<]{0,4000})<")
#: What stands in them beside words: the left, middle and right part, fonts, and what is computed.
_PARTS = re.compile(r"&[LCR]")
_CODES = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&K\d\d[+-]\d{3}|&\d+|&[A-Za-z]|&(?=&)')
#: So many rows and columns of a sheet are read, and a few rows more, to see whether it ends.
MOST_ROWS, _MOST_COLUMNS = 20_000, 100
_BEYOND = 100


def sheets_of(path: Path) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """The visible sheets with their rows; formulas count as the values last computed.

    Raises:
        RegisterError: the file is no workbook, or is made to do harm.
    """
    import openpyxl

    from qms.store.files import open_file
    from qms.word.archive import members_of
    from qms.word.refusal import Refused

    data = b""
    try:
        with open_file(path, str(path)) as stream:
            data = stream.read(_LARGEST + 1)
        members_of(data[:_LARGEST])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
            for sheet in book.worksheets:
                if sheet.sheet_state == "visible":
                    rows = sheet.iter_rows(
                        max_row=MOST_ROWS + _BEYOND, max_col=_MOST_COLUMNS, values_only=True
                    )
                    yield sheet.title, list(rows)
    except (Refused, *DAMAGE) as error:
        raise RegisterError([_problem(path, data, error)]) from None


def page_margins_of(path: Path) -> tuple[list[str], list[str]]:
    """The lines in the header and in the footer of the pages of a workbook's first sheet.

    Of a file in which none can be found there are none: :func:`sheets_of` says what is wrong.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            sheets = [one for one in archive.namelist() if _SHEET.fullmatch(one)]
            content = archive.read(min(sheets, key=lambda one: (len(one), one))) if sheets else b""
    except DAMAGE:
        return [], []
    lines: dict[bytes, list[str]] = {b"Header": [], b"Footer": []}
    for kind, words in _MARGIN.findall(content):
        plain = unescape(words.decode("utf-8", "replace")).replace("_x000a_", "\n")
        for part in _PARTS.split(plain):
            lines[kind] += _CODES.sub("", part).splitlines()
    return lines[b"Header"], lines[b"Footer"]


def _problem(path: Path, data: bytes, error: Exception) -> Problem:
    from qms.store.files import unreadable

    if isinstance(error, OSError):
        return unreadable(error, str(path))
    return unreadable_workbook(path, data)
