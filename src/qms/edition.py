"""Editions of ISO 9001, in every way in which people write them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import ClassVar, Self

from qms.text import normalise

__all__ = ["Edition"]


def _any_case(word: str) -> str:
    """A pattern for a word in letters of any size; a schema has no other way to say so."""
    return "".join(f"[{letter.upper()}{letter.lower()}]" for letter in word)


_ISO, _TCVN, _EN = _any_case("ISO"), _any_case("TCVN"), _any_case("EN")
#: The national bodies before ``EN`` on certificates from Europe.
_BODIES = "|".join(map(_any_case, ("BS", "DIN", "NF", "UNE", "UNI")))
#: What stands before a year: a colon or a dash as keyboards and word processors write them.
_BEFORE_YEAR = r"\s*[:：\-‐‑‒–—−]\s*"
#: What stands between the number and the year: also a word, as in “phiên bản 2015”.
_EDITION_OF = "|".join(map(_any_case, ("phiên bản", "version", "edition", "year", "năm")))
_AMENDMENT = (
    rf"(?:{_any_case('A')}(?:{_any_case('MD')}|{_any_case('MENDMENT')})?|{_any_case('SĐ')}"
    rf"|(?:{_any_case('bản')}\s+)?{_any_case('sửa đổi')}(?:\s+(?:{_any_case('lần')}|{_any_case('số')}))?)\.?"
)
#: From the number to the year, which may stand in brackets: they open and close together.
_TO_YEAR = (
    rf"(?:(?:{_BEFORE_YEAR}|\s*/\s*|\s+|\s*,?\s*(?:{_EDITION_OF})\s*)(?![0-9]{{4}}\s*\))"
    rf"|\s*\(\s*(?:(?:{_EDITION_OF})\s*)?(?=[0-9]{{4}}\s*\)))"
)
#: The month of publication, which DIN and others write behind the year.
_MONTH = "-(?:0[1-9]|1[0-2])"
_STANDARD = rf"(?:{_any_case('tiêu chuẩn')}\s+(?:{_any_case('quốc gia')}\s+)?)?"
#: A corrigendum is a part of the edition whose slips it corrects.
_CORRIGENDUM = (
    rf"(?:\s*[/+,(]?\s*(?:{_any_case('COR')}(?:{_any_case('RIGENDUM')})?\.?\s*[0-9]{{1,2}}"
    rf"|{_any_case('AC')}){_BEFORE_YEAR}[0-9]{{4}}\s*\)?)?"
)
#: The language of the copy, as it stands on the cover.
_LANGUAGE = rf"(?:\s*\(\s*(?:[EeFf]|{_any_case('EN')}|{_any_case('FR')}|{_any_case('VI')})\s*\))?"
#: The same edition once more, by its other name: that of 1994 was adopted in 1996.
_SAME = (
    rf"(?:\s*[(/]?\s*(?:({_TCVN})[\s-]*)?{_ISO}\s*9001{_BEFORE_YEAR}\2\s*\)?"
    rf"|(?<=1996)\s*[(/]?\s*{_ISO}\s*9001{_BEFORE_YEAR}1994\s*\)?)?"
)


class Edition(str):
    """An edition of ISO 9001, as it is written on a certificate.

    Made from any of the ways in which people write it; the value is the one
    canonical spelling: ``Edition("ISO 9001-2008") == "ISO 9001:2008"``.

    Raises:
        ValueError: what was given does not name an edition of ISO 9001.
    """

    __slots__ = ()

    #: The pattern of accepted spellings, for schemas.
    PATTERN: ClassVar[str] = (
        rf"^\s*{_STANDARD}(?:({_TCVN})[\s-]*(?:{_ISO})?|(?:(?:{_BODIES})[\s-]*)?{_EN}[\s-]*{_ISO}|{_ISO})?"
        rf"[\s-]*9001{_TO_YEAR}([0-9]{{4}})(?:{_MONTH}|\s*\))?"
        rf"{_LANGUAGE}{_SAME}{_CORRIGENDUM}"
        rf"(?:\s*[/+,(]?\s*{_AMENDMENT}\s*([0-9]{{1,2}}){_BEFORE_YEAR}([0-9]{{4}})\s*\)?)?"
        rf"{_LANGUAGE}\s*$"
    )

    def __new__(cls, words: str) -> Self:
        """Read and normalise a spelling."""
        return str.__new__(cls, _canonical_edition(words))

    @property
    def year(self) -> int:
        """The year of the edition of ISO 9001, which its transition rules go by.

        That of its Vietnamese adoption may be another: TCVN ISO 9001:1996 is ISO 9001:1994.
        """
        return _year_of(self)

    @property
    def national(self) -> bool:
        """Whether the Vietnamese adoption (TCVN) is named."""
        return self.startswith("TCVN")

    @property
    def amendment(self) -> str | None:
        """The amendment named, such as ``Amd 1:2024``, or None."""
        return self.partition("/")[2] or None


#: The years of editions that were adopted in Vietnam under a year of their own.
_YEAR_OF_ADOPTED = {"TCVN ISO 9001:1996": 1994}


@lru_cache(maxsize=1024)
def _year_of(edition: str) -> int:
    return _YEAR_OF_ADOPTED.get(edition) or int(edition.partition(":")[2][:4])


@lru_cache(maxsize=1024)
def _canonical_edition(words: str) -> str:
    found = _EDITION.search(normalise(words))
    if found is None:
        raise ValueError(f"{words!r} is not an edition of ISO 9001; write it like 'ISO 9001:2015'")
    national, year, also_national, amendment, amended = found.groups()
    edition = f"{'TCVN ' if national or also_national else ''}ISO 9001:{year}"
    return f"{edition}/Amd {int(amendment)}:{amended}" if amendment else edition


_EDITION = re.compile(Edition.PATTERN)
