"""Headings and labels, as offices write them, to the columns that they mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qms.reconcile.entries import Column
from qms.reconcile.spellings import plain_letters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "column_of",
    "columns_of",
    "heading_under",
    "is_either_day",
    "is_either_number",
    "is_revised_day",
    "label_of",
    "short_number",
]

#: How each column is called, without accents.
_NAMES: Mapping[Column, tuple[str, ...]] = {
    Column.CODE: (
        "code", "document code", "doc code", "document no", "document number", "doc no", "doc id",
        "doc number", "doc ref", "document ref", "document reference", "document id", "identifier",
        "reference", "reference no", "reference number", "ref no", "procedure no",
        "procedure number", "procedure code", "form no", "form number", "control no", "ma hieu",
        "ma so", "ma tai lieu", "ma so tai lieu", "ma hieu tai lieu", "ma tl", "ma", "ky hieu",
        "so hieu", "ky hieu tai lieu", "so ky hieu", "so hieu tai lieu", "ma quy trinh",
        "ma so quy trinh", "ma hieu quy trinh", "ma bieu mau", "ma so bieu mau",
        "ma hieu bieu mau", "ma van ban", "so ky hieu van ban", "ma so ky hieu", "ma hieu so",
    ),
    Column.TITLE: (
        "title", "name", "document title", "document name", "document", "document description",
        "description", "procedure name", "procedure title", "form name", "ten tai lieu", "ten",
        "ten tl", "ten quy trinh", "ten van ban", "ten bieu mau", "ten ho so", "ten goi",
        "tieu de", "trich yeu", "danh muc tai lieu",
    ),
    Column.ISSUE: (
        "issue", "issue no", "issue number", "edition", "version", "version no", "ver", "ver no",
        "lan ban hanh", "lan bh", "lan", "so lan ban hanh", "lan ban hanh hien hanh",
        "lan ban hanh sua doi", "lan ban hanh lan sua doi", "lan bh sd", "phien ban",
        "phien ban hien hanh", "ban hanh lan", "bh lan", "lan phat hanh",
    ),
    Column.REVISION: (
        "revision", "rev", "rev no", "revision no", "revision number", "current revision",
        "revision status", "revision level", "lan sua doi", "lan sd", "lan soat xet",
        "sua doi lan", "sd lan", "so lan sua doi", "soat xet lan",
    ),
    Column.ISSUED: (
        "issue date", "date of issue", "date issued", "issued", "issued on", "release date",
        "date", "ngay ban hanh", "ngay bh", "ngay phat hanh", "ngay thang ban hanh", "ngay",
        "ngay thang", "ngay thang nam ban hanh", "ban hanh ngay",
    ),
    Column.EFFECTIVE: (
        "effective date", "eff date", "effective", "effective from", "date effective", "date of effect",
        "in force from", "valid from", "effective as of", "ngay hieu luc", "ngay co hieu luc",
        "ngay hl", "ngay ban hanh hieu luc", "ngay ap dung", "hieu luc", "hieu luc tu ngay",
        "hieu luc tu", "co hieu luc tu", "co hieu luc tu ngay", "ngay hieu luc thi hanh",
        "ngay co hieu luc thi hanh", "ngay ban hanh ngay hieu luc",
    ),
    Column.OWNER: (
        "owner", "department", "responsible", "process owner", "document owner",
        "responsible person", "responsible department", "prepared by", "don vi soan thao",
        "don vi", "bo phan", "phong ban", "don vi chu tri", "don vi ban hanh", "don vi quan ly",
        "bo phan soan thao", "noi soan thao", "nguoi phu trach", "bo phan chu tri",
        "bo phan ban hanh", "bo phan quan ly",
    ),
    Column.HOLDER: (
        "holder", "holders", "held by", "distribution", "distributed to", "noi phan phoi", "noi nhan",
        "phan phoi", "noi giu", "noi su dung", "don vi su dung",
    ),
    Column.NOTE: ("note", "notes", "remark", "remarks", "comment", "comments", "ghi chu"),
}  # fmt: skip
#: How words of headings are shortened: “Rev. Level”, “Doc. Nr.”, “Eff. Dt.”, “Mã hiệu TL”.
_SHORT = {
    "rev": "revision", "ver": "version", "doc": "document", "eff": "effective", "nr": "no",
    "num": "no", "number": "no", "dt": "date", "tl": "tai lieu", "bh": "ban hanh",
    "sd": "sua doi", "hl": "hieu luc",
}  # fmt: skip
#: What means a column in a list, but may label anything in the text of a document.
_ONLY_IN_LISTS = frozenset({
    "ngay", "date", "ngay thang", "ten", "ten goi", "name", "document", "description", "lan", "ma",
    "issued", "effective", "hieu luc", "reference", "comment",
})  # fmt: skip
#: How longer headings of a list begin: “Tên tài liệu, quy trình, biểu mẫu”.
_BEGINNINGS = (
    (re.compile(r"(ma hieu|ma so|ma|ky hieu) (tai lieu|quy trinh|bieu mau|van ban)\b"), Column.CODE),
    (re.compile(r"(document|procedure|form) (code|no|id)\b"), Column.CODE),
    (re.compile(r"ten (tai lieu|quy trinh|bieu mau|van ban|ho so)\b"), Column.TITLE),
    (re.compile(r"(document|procedure|form) (title|name)\b"), Column.TITLE),
    (re.compile(r"(so )?lan (ban hanh|bh)\b"), Column.ISSUE),
    (re.compile(r"(so )?lan (sua doi|soat xet|sd)\b"), Column.REVISION),
    (re.compile(r"revision no\b"), Column.REVISION),
    (re.compile(r"(ngay (co )?hieu luc|ngay ap dung|effective date)\b"), Column.EFFECTIVE),
    (re.compile(r"(ngay (ban hanh|bh|phat hanh)|issue date|date of issue)\b"), Column.ISSUED),
    (re.compile(r"(don vi|bo phan|phong|phong ban|noi|nguoi) (bien )?soan\b"), Column.OWNER),
)  # fmt: skip
#: A day or a number of the past, or of something else.
_NOT_THIS = re.compile(r"\b(lan dau|dau tien|first|original|next|ke tiep|het|expiry|cu)\b")
#: What means a column only where no other heading says it more exactly: a list of several
#: units has a column for the unit, and another for the division that answers for a document.
_VAGUE = frozenset({"don vi", "bo phan", "phong ban", "department"})
_EITHER_DAY = (("ban hanh", "issue"), ("hieu luc", "effective"))
_REVISED_DAY = (("ngay", "date"), ("sua doi", "soat xet", "revision"))
_EITHER_NUMBER = (("ban hanh", "issue"), ("sua doi", "soat xet", "revision"))
#: Headings of a number or of a day; what stands below them tells which.
_SHORT_NUMBERS = {
    "bh": Column.ISSUE, "ban hanh": Column.ISSUE, "ban hanh sua doi": Column.ISSUE,
    "ban hanh soat xet": Column.ISSUE, "sd": Column.REVISION, "sua doi": Column.REVISION,
    "soat xet": Column.REVISION,
}  # fmt: skip
#: The same below a heading for days: “Ngày” over “BH” and “SĐ”, “Date” over “Issue” and “Rev.”.
_KINDS_OF_DAYS = frozenset({*_SHORT_NUMBERS, "issue", "rev", "revision"})
_APART = re.compile(r"[^0-9a-z]+")
_ALTERNATIVES = re.compile(r"[/(\[|\n–—-]")


def _key(words: str) -> str:
    parts = _APART.sub(" ", plain_letters(words).replace("#", " no ")).split()
    return " ".join(_SHORT.get(one, one) for one in parts) if len(parts) > 1 else " ".join(parts)


_MEANING = {_key(name): column for column, names in _NAMES.items() for name in names}


def column_of(heading: str) -> Column | None:
    """The column that a heading of a list means; None where it means none of them.

    A heading in two languages (``Mã hiệu / Code``) is known by either half.
    """
    key = _key(heading)
    whole = _MEANING.get(key)
    if whole is not None or _NOT_THIS.search(key):
        return whole
    halves = (_MEANING.get(_key(half)) for half in _ALTERNATIVES.split(heading))
    found = next((half for half in halves if half is not None), None)
    if found is not None:
        return found
    return next((column for begins, column in _BEGINNINGS if begins.match(key)), None)


def label_of(words: str) -> Column | None:
    """The column that a label in a document means, such as ``Mã số`` or ``Mã số / Code``.

    Words that may label anything, such as a day beside a signature, mean none.
    """
    if _key(words) in _ONLY_IN_LISTS:
        return None
    whole = _MEANING.get(_key(words))
    if whole is not None:
        return whole
    keys = (_key(half) for half in _ALTERNATIVES.split(words))
    found = (_MEANING.get(key) for key in keys if key not in _ONLY_IN_LISTS)
    return next((half for half in found if half is not None), None)


def is_either_day(heading: str) -> bool:
    """Whether a heading stands for the day of issue or of effect: “Ngày ban hành/hiệu lực”."""
    return _names_each(heading, _EITHER_DAY)


def is_either_number(heading: str) -> bool:
    """Whether a heading stands for the numbers of issue and revision: “Lần BH/SĐ”, “BH/SĐ”."""
    counts = column_of(heading) is Column.ISSUE or _key(heading).startswith("ban hanh")
    return counts and _names_each(heading, _EITHER_NUMBER)


def is_revised_day(heading: str) -> bool:
    """Whether a heading stands for the day of the revision, too: “Ngày BH/SĐ”, “Ngày SĐ”."""
    return _names_each(heading, _REVISED_DAY)


def short_number(heading: str) -> Column | None:
    """The number that “BH/SĐ”, “BH” or “SĐ” heads, unless days stand below it."""
    return _SHORT_NUMBERS.get(_key(heading))


def heading_under(over: str, low: str) -> str:
    """What a heading means that stands under another one."""
    above = column_of(over)
    if above in {Column.ISSUED, Column.EFFECTIVE} and _key(low) in _KINDS_OF_DAYS:
        return f"{low} date" if column_of(low) is not None else f"Ngày {low}"
    if label_of(low) is not None:
        return low
    numbered = above is Column.ISSUE or is_either_number(over)
    for both in ([f"Lần {low}"] if numbered else []) + [f"{low} {over}"]:
        if column_of(both) is not None:
            return both
    return low


def _names_each(heading: str, groups: Sequence[Sequence[str]]) -> bool:
    key = _key(heading)
    return all(any(one in key for one in words) for words in groups)


def columns_of(cells: Sequence[str], own: Mapping[Column, str]) -> dict[Column, int]:
    """Which cell of a row heads which column; of two that mean the same the more exact, or the first.

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
        if column not in found or (
            _key(cells[found[column]]) in _VAGUE and _key(cell) not in _VAGUE and column not in own
        ):
            found[column] = index
    return found
