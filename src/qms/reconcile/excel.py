"""The sheets of an Excel file as rows of values."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from qms.problems import RegisterError
from qms.store.workbook_opening import DAMAGE, unreadable_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qms.problems import Problem

__all__ = ["sheets_of"]

_LARGEST = 32 * 1024 * 1024
_MOST_ROWS, _MOST_COLUMNS = 20_000, 100


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
                        max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True
                    )
                    yield sheet.title, list(rows)
    except (Refused, *DAMAGE) as error:
        raise RegisterError([_problem(path, data, error)]) from None


def _problem(path: Path, data: bytes, error: Exception) -> Problem:
    from qms.store.files import unreadable

    if isinstance(error, OSError):
        return unreadable(error, str(path))
    return unreadable_workbook(path, data)
