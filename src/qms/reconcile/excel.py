"""The sheets of an Excel file as rows of values."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from qms.problems import Place, Problem, RegisterError
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["sheets_of"]

_LARGEST = 32 * 1024 * 1024
_MOST_ROWS, _MOST_COLUMNS = 20_000, 100
_NOT_EXCEL = Text(
    en="this is not an Excel workbook that can be read",
    vi="đây không phải là sổ tính Excel đọc được",
)
_SAVE_AGAIN = Text(
    en="Open it in Excel, remove a password if it has one, and save it as .xlsx.",
    vi="Mở bằng Excel, gỡ mật khẩu nếu có, rồi lưu lại ở dạng .xlsx.",
)


def sheets_of(path: Path) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """The visible sheets with their rows; formulas count as the values last computed.

    Raises:
        RegisterError: the file is no workbook, or is made to do harm.
    """
    import openpyxl

    from qms.store.files import open_file
    from qms.word.archive import members_of
    from qms.word.refusal import Refused

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
                        max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True
                    )
                    yield sheet.title, list(rows)
    except (Refused, BadZipFile, KeyError, ValueError, TypeError, SyntaxError, OSError) as error:
        raise RegisterError([_problem(path, error)]) from None


def _problem(path: Path, error: Exception) -> Problem:
    from qms.store.files import unreadable

    if isinstance(error, OSError):
        return unreadable(error, str(path))
    return Problem(what=_NOT_EXCEL, place=Place(file=str(path)), remedy=_SAVE_AGAIN)
