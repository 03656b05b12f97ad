"""Content controls: where an auditor fills in, and by what the cell is known again.

Only controls inside a paragraph are written: LibreOffice spoils others.  Free
text has a control without a type, because LibreOffice joins the lines of one
that is marked as plain text.  Each stands inside a hidden bookmark, which
outlives the tag in every program that was tried.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from qms.checklist.answers import AnswerField
from qms.checklist.doubts import FIELD_NAMES
from qms.dates import print_date
from qms.terms import Grade
from qms.text import Language
from qms.word.checklist_layout import GRADES, LETTERS, PLACEHOLDERS
from qms.word.markup import escape

if TYPE_CHECKING:
    from datetime import date

__all__ = ["BOOKMARK", "TAG", "Controls"]

BOOKMARK = re.compile(r"_q_([0-9a-f]{8})_(\d{1,5})_([a-z])")
TAG = re.compile(r"([0-9a-f]{8})/(.{1,40})/([a-z]+)")

_DATES = frozenset({AnswerField.DUE, AnswerField.BEGAN, AnswerField.HELD})


@lru_cache
def _kind(field: AnswerField, language: Language) -> str:
    """What comes last in the properties of a control: a list, a date, or nothing for free text."""
    if field is AnswerField.GRADE:
        choices = "".join(
            f'<w:listItem w:displayText="{escape(grade.text.in_(language))}" w:value="{grade}"/>'
            for grade in GRADES
        )
        return f"<w:dropDownList>{choices}</w:dropDownList>"
    if field in _DATES:
        pattern, locale = (
            ("dd/MM/yyyy", "vi-VN") if language is Language.VIETNAMESE else ("yyyy-MM-dd", "en-GB")
        )
        return (
            f'<w:dateFormat w:val="{pattern}"/><w:lid w:val="{locale}"/>'
            '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
        )
    return ""


@lru_cache
def _texts(field: AnswerField, language: Language) -> tuple[str, str]:
    placeholder = escape(PLACEHOLDERS[field].in_(language))
    return escape(FIELD_NAMES[field].in_(language)), placeholder


class Controls:
    """Writes the controls of one document, each with a number of its own."""

    def __init__(self, checklist: str, language: Language, places: dict[str, int]) -> None:
        """Begin a document.

        Args:
            checklist: The identifier of the checklist.
            language: The language in which it is written.
            places: The place of each identifier in the plan.
        """
        self._checklist = checklist
        self._language = language
        self._places = places
        self._last = 0

    def __call__(self, id_: str, field: AnswerField, value: str | Grade | date | None) -> str:
        """The paragraph with the control for one field, empty or filled in."""
        self._last = number = self._last + 1
        alias, placeholder = _texts(field, self._language)
        kind, content, empty = _kind(field, self._language), placeholder, "<w:showingPlcHdr/>"
        if field in _DATES:
            kind = f"<w:date>{kind}"
        if value is not None and value != "":
            empty, content, day = "", *self._content(value)
            if day and field in _DATES:
                kind = kind.replace("<w:date>", f'<w:date w:fullDate="{day}T00:00:00Z">')
        return (
            '<w:p><w:pPr><w:pStyle w:val="QMSAnswer"/></w:pPr>'
            f'<w:bookmarkStart w:id="{number}" w:name="_q_{self._checklist}_'
            f'{self._places[id_]}_{LETTERS[field]}"/>'
            f'<w:sdt><w:sdtPr><w:alias w:val="{escape(id_)}: {alias}"/>'
            f'<w:tag w:val="{self._checklist}/{escape(id_)}/{field}"/><w:id w:val="{number}"/>'
            f'<w:lock w:val="sdtLocked"/>{empty}{kind}</w:sdtPr><w:sdtContent>'
            f'<w:r><w:t xml:space="preserve">{content}</w:t></w:r></w:sdtContent></w:sdt>'
            f'<w:bookmarkEnd w:id="{number}"/></w:p>'
        )

    def _content(self, value: str | Grade | date) -> tuple[str, str]:
        """The text of a value as XML, and for a day its ISO form."""
        if isinstance(value, Grade):
            return escape(value.text.in_(self._language)), ""
        if isinstance(value, str):
            lines = (escape(line) for line in value.split("\n"))
            return '</w:t><w:br/><w:t xml:space="preserve">'.join(lines), ""
        return print_date(value, self._language), value.isoformat()
