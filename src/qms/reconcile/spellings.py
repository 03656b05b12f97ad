"""How people write codes, days and numbers of revisions, and what they mean by it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from qms.text import normalise

__all__ = [
    "code_key",
    "day_of",
    "has_accents",
    "is_number",
    "is_shorthand",
    "plain_letters",
    "plain_name",
    "revision_of",
]

_BETWEEN = re.compile(r"[^0-9a-z]+")
_PARTS = re.compile(r"[a-z]+|\d+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*"
_DAY = r"(?<!\d)(?P<day>\d{1,2})"
#: Days inside other words; the whole year is written.
_DAYS = (
    re.compile(r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"),
    re.compile(
        rf"{_DAY}\s*(?:[-/.]|thang)\s*(?P<month>\d{{1,2}})\s*(?:[-/.,]|nam)\s*(?P<year>\d{{4}})(?!\d)"
    ),
    re.compile(rf"{_DAY}(?:st|nd|rd|th)?[-/. ]*{_MONTH}[-/., ]*(?P<year>\d{{4}})(?!\d)"),
    re.compile(
        rf"(?<![a-z]){_MONTH}[. ]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[, ]+(?P<year>\d{{4}})(?!\d)"
    ),
)
#: Days with the last two figures of the year, which are days only where one is asked for.
_SHORT_DAYS = (
    re.compile(rf"^{_DAY}[-/.](?P<month>\d{{1,2}})[-/.](?P<year>\d{{2}})$"),
    re.compile(rf"^{_DAY}[-/. ]*{_MONTH}[-/., ]*(?P<year>\d{{2}})$"),
)
#: How spreadsheets count days; a number of five figures is nothing else where a day is asked for.
_COUNTED = re.compile(r"^[2-5]\d{4}$")
_COUNTED_FROM = date(1899, 12, 30)
_CENTURY, _FIRST_SHORT_YEAR = 100, 1970
#: A number of an issue or a revision; one of four digits is a year.
_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
_LABEL = re.compile(r"^(?:(?:lan|rev|revision|issue|ban hanh|sua doi|soat xet|thu)\b[ .:]*)+")
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})")
_ORDINALS = {
    "nhat": 1, "dau": 1, "dau tien": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5,
    "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "one": 1, "two": 2, "three": 3, "first": 1, "second": 2, "third": 3,
}  # fmt: skip
#: Letters count from here on, so that revision A is not revision 1.
_LETTERS = 10_000


def plain_letters(words: str) -> str:
    """Words in small letters without accents, as people type them in a hurry."""
    letters = unicodedata.normalize("NFD", words.casefold().replace("đ", "d").replace("ð", "d"))
    return normalise("".join(one for one in letters if unicodedata.category(one) != "Mn"))


def has_accents(words: str) -> bool:
    """Whether words have Vietnamese accents, which English words do not."""
    return plain_letters(words) != normalise(words).casefold()


def plain_name(words: str) -> str:
    """Words as an identifier: small letters without accents, and dashes between them."""
    return _BETWEEN.sub("-", plain_letters(words)).strip("-")


def code_key(code: str) -> str:
    """What the spellings of one code have in common: ``QT/KHCN-05``, ``qt_khcn 05``, ``QT-KHCN5``.

    What stands between letters and figures does not count, nor do zeros before a figure.
    """
    parts = _PARTS.findall(plain_letters(code))
    return "-".join(one.lstrip("0") or "0" if one.isdigit() else one for one in parts)


def is_shorthand(name: str, code: str) -> bool:
    """Whether one key of a code leaves out middle parts of the other: ``QT 05``, ``QT-KHCN-05``."""
    short, whole = name.split("-"), code.split("-")
    rest = iter(whole)
    return (short[0], short[-1]) == (whole[0], whole[-1]) and all(one in rest for one in short)


def day_of(words: str) -> date | None:
    """The one day that words name; None where they name none, or several.

    15/03/2026, 2026-03-15, 15.3.26, 15-Mar-2026, ngày 15 tháng 3 năm 2026, with other words
    around it; and the number by which a spreadsheet counts it.
    """
    plain = plain_letters(words)
    if _COUNTED.match(plain):
        return _COUNTED_FROM + timedelta(days=int(plain))
    found = [one for pattern in _DAYS for one in pattern.finditer(plain)] or [
        one for pattern in _SHORT_DAYS for one in pattern.finditer(plain)
    ]
    days = {_day(one) for one in found}
    return days.pop() if len(days) == 1 else None


def _day(found: re.Match[str]) -> date | None:
    named = found.groupdict()
    month = _MONTHS.index(named["name"]) + 1 if "name" in named else int(named["month"])
    year = int(named["year"])
    if year < _CENTURY:
        year += 2000 if year + 1900 < _FIRST_SHORT_YEAR else 1900
    try:
        return date(year, month, int(named["day"]))
    except ValueError:
        return None


def revision_of(issue: str | None, revision: str | None) -> tuple[int | None, int | None]:
    """The numbers of issue and revision: ``02``, ``Lần 2``, ``2.1``, ``02/01``, ``II``, ``A``.

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
    plain = plain_letters(words or "")
    for pattern in _DAYS:
        plain = pattern.sub(" ", plain)
    found = [int(one) for one in _NUMBER.findall(plain)][:2]
    if found:
        return found
    plain = _LABEL.sub("", plain).strip()
    if plain in _ORDINALS:
        return [_ORDINALS[plain]]
    roman = _ROMAN.fullmatch(plain)
    if plain and roman:
        tens, ones = roman.groups()
        small = {"ix": 9, "iv": 4}.get(ones, 5 * ones.count("v") + ones.count("i"))
        return [10 * len(tens) + small]
    return [_LETTERS + ord(plain)] if len(plain) == 1 and plain.isalpha() else []


def is_number(words: str) -> bool:
    """Whether words name an issue or a revision: 02, Lần 2, 2.1, II, A; or, as a dash, none."""
    return bool(_numbers(words)) or not any(one.isalnum() for one in words)
