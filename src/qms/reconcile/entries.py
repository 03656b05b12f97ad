"""What a master list and a folder of files say of documents, in a form that can be compared."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from qms.terms import Term
from qms.text import Text, normalise

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Column",
    "Entry",
    "FoundFile",
    "Source",
    "Stated",
    "code_key",
    "day_of",
    "is_number",
    "revision_of",
]


class Column(Term):
    """A column of a master list; the text is how an office calls it."""

    CODE = "code", "code", "mã hiệu"
    TITLE = "title", "title", "tên tài liệu"
    ISSUE = "issue", "issue", "lần ban hành"
    REVISION = "revision", "revision", "lần sửa đổi"
    ISSUED = "issued", "issue date", "ngày ban hành"
    EFFECTIVE = "effective", "effective date", "ngày hiệu lực"
    OWNER = "owner", "owner", "đơn vị soạn thảo"
    HOLDER = "holder", "holder", "nơi phân phối"
    NOTE = "note", "note", "ghi chú"


class Source(Term):
    """Where in a file something was read."""

    BLOCK = "control-block", "control block", "khung kiểm soát"
    HEADER = "header", "header", "đầu trang"
    COVER = "cover-table", "cover table", "bảng ở trang bìa"
    FRONT_MATTER = "front-matter", "front matter", "phần khai báo đầu tệp"
    PROPERTIES = "properties", "file properties", "thuộc tính tệp"
    NAME = "file-name", "file name", "tên tệp"


class Entry(Struct, frozen=True, kw_only=True):
    """A row of a master list.

    Attributes:
        row: Its number, counted from 1 as the person sees it.
        code: The code as it is written.
        title: The title.
        issue: The number of the issue, or of issue and revision together.
        revision: The number of the revision within the issue.
        issued: The day of issue.
        effective: The first day in force.
        owner: Who answers for it.
        holder: Who holds copies.
        note: Anything else that the list says.
        unread: What the list says of it in words that are not understood.
    """

    row: int
    code: str
    title: str | None = None
    issue: str | None = None
    revision: str | None = None
    issued: date | None = None
    effective: date | None = None
    owner: str | None = None
    holder: str | None = None
    note: str | None = None
    unread: tuple[Column, ...] = ()


class Stated(Struct, frozen=True):
    """Something that a file states, and where in the file."""

    value: str
    source: Source


class FoundFile(Struct, frozen=True, kw_only=True):
    """What a file of the folder states of itself.

    Attributes:
        name: Its path inside the folder, with ``/`` between folders.
        stated: The first statement found of each column, the surest source first.
        contradictions: Later statements that differ from the first.
        refused: Why it was not looked into, in both languages; None where it was.
    """

    name: str
    stated: Mapping[Column, Stated]
    contradictions: tuple[tuple[Column, Stated], ...] = ()
    refused: Text | None = None


_BETWEEN = re.compile(r"[^0-9a-z]+")
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$")
_VIETNAMESE = re.compile(
    r"^(?:ngay\s*)?(\d{1,2})\s*(?:[-/.]|thang)\s*(\d{1,2})\s*(?:[-/.]|nam)\s*(\d{4})$"
)
#: A number of an issue or a revision; one of four digits is a year.
_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
_LABEL = re.compile(r"^(?:lan|rev|revision|issue|ban hanh|sua doi|thu)[ .:]*")
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})")
#: Letters count from here on, so that revision A is not revision 1.
_LETTERS = 10_000


def plain_letters(words: str) -> str:
    """Words in small letters without accents, as people type them in a hurry."""
    letters = unicodedata.normalize("NFD", words.casefold().replace("đ", "d").replace("ð", "d"))
    return normalise("".join(one for one in letters if unicodedata.category(one) != "Mn"))


def code_key(code: str) -> str:
    """What two spellings of one code have in common: ``QT/KHCN-05`` and ``qt_khcn_05``."""
    return _BETWEEN.sub("-", plain_letters(code)).strip("-")


def day_of(words: str) -> date | None:
    """The day that words name: 15/03/2026, 2026-03-15, ngày 15 tháng 3 năm 2026."""
    plain = plain_letters(words)
    if found := _ISO.match(plain):
        year, month, day = found.groups()
    elif found := _VIETNAMESE.match(plain):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def revision_of(issue: str | None, revision: str | None) -> tuple[int | None, int | None]:
    """The numbers of issue and revision in what is written: ``02``, ``Lần 2``, ``2.1``, ``02/01``, ``II``, ``A``.

    A revision that is written as two numbers holds both.
    """
    first = _numbers(issue)
    second = _numbers(revision)
    if len(first) > 1 and not second:
        return first[0], first[1]
    if len(second) > 1:
        return second[0], second[1]
    return (first[0] if first else None), (second[0] if second else None)


def _numbers(words: str | None) -> list[int]:
    found = [int(one) for one in _NUMBER.findall(words or "")][:2]
    if found or words is None:
        return found
    plain = _LABEL.sub("", plain_letters(words))
    roman = _ROMAN.fullmatch(plain)
    if plain and roman:
        tens, ones = roman.groups()
        small = {"ix": 9, "iv": 4}.get(ones, 5 * ones.count("v") + ones.count("i"))
        return [10 * len(tens) + small]
    return [_LETTERS + ord(plain)] if len(plain) == 1 and plain.isalpha() else []


def is_number(words: str) -> bool:
    """Whether words name an issue or a revision: 02, Lần 2, 2.1, II, A; or, as a dash, none."""
    return bool(_numbers(words)) or not any(one.isalnum() for one in words)
