"""What typed words mean: grades by word or code, days however they are written."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from qms.terms import Grade
from qms.text import Language, normalise, same_words
from qms.word.checklist_layout import GRADES

__all__ = ["day_from", "grade_from"]

_CODES: Final = {
    Grade.CONFORMITY: ("c", "conformity", "conforming", "conform", "ph", "sự phù hợp"),
    Grade.MINOR: ("minor", "minor nc", "mi", "nc minor", "kph nhẹ", "kph nhỏ", "không phù hợp nhỏ",
                  "không phù hợp loại nhẹ", "không phù hợp loại nhỏ", "điểm không phù hợp nhẹ",
                  "điểm không phù hợp nhỏ", "minor nonconformance"),
    Grade.MAJOR: ("major", "major nc", "ma", "nc major", "kph nặng", "kph lớn", "không phù hợp lớn",
                  "không phù hợp loại nặng", "không phù hợp loại lớn", "điểm không phù hợp nặng",
                  "điểm không phù hợp lớn", "major nonconformance"),
    Grade.OPPORTUNITY: ("ofi", "opportunity", "recommendation", "kn", "khuyến nghị", "chct",
                        "khuyến nghị cải tiến", "khuyến nghị/cơ hội cải tiến"),
    Grade.NOT_APPLICABLE: ("n/a", "na", "kad", "không áp dụng"),
    Grade.NOT_ASSESSED: ("n/e", "not evaluated", "cđg", "chưa đánh giá", "không đánh giá"),
}  # fmt: skip


#: What people set between and around letters without meaning anything by it.  A question
#: mark or a sign of negation is not among them: “Conforms?” is no grade.
_BETWEEN: Final = frozenset(" .,:;!/|\\-‐‑–—_()[]{}<>'\"“”‘’«»*•·")


#: A grade with another word for it in brackets.
_TWICE: Final = re.compile(r"([^()]+)\(([^()]+)\)\W*")


def _bare(words: str) -> str:
    """Words without what people set between letters: N/A, n.a. and NA are one."""
    return "".join(
        one
        for one in same_words(words)
        if one not in _BETWEEN and unicodedata.category(one) != "Cf"
    )


_GRADES: Final = {
    _bare(word): grade
    for grade in GRADES
    for word in (grade.text.en, grade.text.vi, grade.value, *_CODES[grade])
}

#: The years that a day of an audit can have: there was no ISO 9000 before.
_FIRST_YEAR, _LAST_YEAR = 1987, 2100
_ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4})")
_NGAY = "ngày "
_VIETNAMESE = re.compile(
    r"(\d{1,2})\s+(?:tháng|thg)\s+(\d{1,2})(?:\s*,)?\s*(?<=[\s,])(?:năm\s+)?(\d{4})"
)
_ENGLISH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]+)\.?,?[\s-]+(\d{4})")
_AMERICAN = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_WEEKDAY = re.compile(r"([^\W\d]+(?: [^\W\d]+)?)[.,]?\s+(?=\w)(.+)")
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("monday", "mon", "thứ hai"),
            ("tuesday", "tue", "thứ ba"),
            ("wednesday", "wed", "thứ tư"),
            ("thursday", "thu", "thứ năm"),
            ("friday", "fri", "thứ sáu"),
            ("saturday", "sat", "thứ bảy"),
            ("sunday", "sun", "chủ nhật"),
        )
    )
    for name in names
}
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


def grade_from(words: str) -> Grade | None:
    """The grade that some words name, in either language or by its code; None for others.

    A grade may be said twice, as in “Phù hợp (C)”.  “Không phù hợp” or “nonconformity” alone names none: it may be minor or major.
    """
    grade = _GRADES.get(_bare(words))
    if grade is None and (found := _TWICE.fullmatch(words.strip())):
        said = {_GRADES.get(_bare(part)) for part in found.groups()}
        grade = said.pop() if len(said) == 1 else None
    return grade


def day_from(words: str, language: Language | None) -> date | None:
    """The day that some words name; None where they name none, or could name two.

    Args:
        words: The words.
        language: The language of the document.  ``03/04/2026`` is the third of April in
            a Vietnamese one; in an English one it could be the fourth of March.
    """
    plain = normalise(words).casefold().rstrip(" .,;")
    if (named := _WEEKDAY.fullmatch(plain)) and named[1] in _WEEKDAYS:
        # A day of the week must be that of the day.
        found = _day_in(named[2], language)
        return found if found and found.weekday() == _WEEKDAYS[named[1]] else None
    return _day_in(plain, language)


def _day_in(plain: str, language: Language | None) -> date | None:
    if plain.startswith(_NGAY):
        # Who writes “ngày” writes the day first.
        plain, language = plain.removeprefix(_NGAY), Language.VIETNAMESE
    if found := _ISO.fullmatch(plain):
        return _day(*found.groups())
    if found := _VIETNAMESE.fullmatch(plain):
        return _day(*reversed(found.groups()))
    if found := _DAY_FIRST.fullmatch(plain):
        return _numbered(*found.groups(), language=language)
    if found := _ENGLISH.fullmatch(plain):
        day, name, year = found.groups()
        return _day(year, _month(name), day)
    if found := _AMERICAN.fullmatch(plain):
        name, day, year = found.groups()
        return _day(year, _month(name), day)
    return None


def _numbered(first: str, second: str, year: str, *, language: Language | None) -> date | None:
    """A day in numbers: the day first, but in English either way, if only one of them can be."""
    if language is not Language.VIETNAMESE:
        if int(second) > 12:
            return _day(year, first, second)
        if first != second and int(first) <= 12:
            return None
    return _day(year, second, first)


def _month(name: str) -> str:
    matching = [
        n for n, month in enumerate(_MONTHS, 1) if len(name) >= 3 and month.startswith(name)
    ]
    return str(matching[0]) if len(matching) == 1 else "0"


def _day(year: str, month: str, day: str) -> date | None:
    """The day of some numbers; one that no audit can have is none."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None
