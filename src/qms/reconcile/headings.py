"""Headings and labels, as offices write them, to the columns that they mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qms.reconcile.entries import Column, plain_letters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["column_of", "columns_of"]

#: How each column is called, without accents; the longer names first where one holds another.
_NAMES: Mapping[Column, tuple[str, ...]] = {
    Column.CODE: (
        "code", "document code", "doc code", "document no", "document number", "doc no", "doc id",
        "document id", "identifier", "reference", "ref no", "ma hieu", "ma so", "ma tai lieu",
        "ma so tai lieu", "ma hieu tai lieu", "ma", "ky hieu", "so hieu", "ky hieu tai lieu",
        "so ky hieu", "so hieu tai lieu",
    ),
    Column.TITLE: (
        "title", "name", "document title", "document name", "document", "ten tai lieu", "ten",
        "ten quy trinh", "ten van ban", "ten bieu mau", "ten goi", "tieu de", "trich yeu",
        "danh muc tai lieu",
    ),
    Column.ISSUE: (
        "issue", "issue no", "issue number", "edition", "version", "ver", "lan ban hanh", "lan bh",
        "lan ban hanh sua doi", "lan ban hanh lan sua doi", "phien ban", "ban hanh lan",
        "lan phat hanh",
    ),
    Column.REVISION: (
        "revision", "rev", "rev no", "revision no", "revision number", "current revision",
        "lan sua doi", "lan sd", "lan soat xet", "sua doi lan", "so lan sua doi", "soat xet lan",
    ),
    Column.ISSUED: (
        "issue date", "date of issue", "issued", "issued on", "date", "ngay ban hanh", "ngay bh",
        "ngay phat hanh", "ngay thang ban hanh", "ngay",
    ),
    Column.EFFECTIVE: (
        "effective date", "effective", "effective from", "date effective", "valid from",
        "ngay hieu luc", "ngay co hieu luc", "ngay hl", "ngay ban hanh hieu luc", "ngay ap dung",
        "hieu luc tu ngay", "hieu luc tu", "ngay ban hanh ngay hieu luc",
    ),
    Column.OWNER: (
        "owner", "department", "responsible", "process owner", "don vi soan thao", "don vi",
        "bo phan", "phong ban", "don vi chu tri", "bo phan soan thao", "nguoi phu trach",
    ),
    Column.HOLDER: (
        "holder", "holders", "distribution", "noi phan phoi", "noi nhan", "phan phoi", "noi giu",
    ),
    Column.NOTE: ("note", "notes", "remarks", "ghi chu"),
}  # fmt: skip
_MEANING = {name: column for column, names in _NAMES.items() for name in names}
_APART = re.compile(r"[^0-9a-z]+")
_ALTERNATIVES = re.compile(r"[/(\[|\n–—-]")


def _key(words: str) -> str:
    return _APART.sub(" ", plain_letters(words)).strip()


def column_of(heading: str) -> Column | None:
    """The column that a heading or a label means; None where it means none of them.

    A heading in two languages (``Mã hiệu / Code``) is known by either half.
    """
    whole = _MEANING.get(_key(heading))
    if whole is not None:
        return whole
    halves = (_MEANING.get(_key(half)) for half in _ALTERNATIVES.split(heading))
    return next((half for half in halves if half is not None), None)


def columns_of(cells: Sequence[str], own: Mapping[Column, str]) -> dict[Column, int]:
    """Which cell of a row heads which column; the first where two mean the same.

    Args:
        cells: The cells of the row.
        own: Headings that the person named, by the column that they stand for.
    """
    named = {_key(heading): column for column, heading in own.items()}
    found: dict[Column, int] = {}
    for index, cell in enumerate(cells):
        column = named.get(_key(cell)) or column_of(cell)
        if column is None or (column in own and _key(cell) not in named):
            continue
        found.setdefault(column, index)
    return found
