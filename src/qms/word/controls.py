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
from qms.text import Language, Text
from qms.word.checklist_layout import AUDIT, GRADES, LETTERS, PLACEHOLDERS
from qms.word.markup import escape

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from datetime import date

__all__ = ["BOOKMARK", "TAG", "Controls"]

BOOKMARK = re.compile(r"_q_([0-9a-f]{8})_(\d{1,5})_([a-z])")
TAG = re.compile(r"([0-9a-f]{8})/(.{1,40})/([a-z]+)")

_ABOUT_AUDIT = Text(en="Audit", vi="Thông tin chung")
_DATES = frozenset({AnswerField.DUE, AnswerField.BEGAN, AnswerField.HELD})


@lru_cache
def _kind(name: AnswerField, language: Language, *, applies: bool) -> str:
    """What comes last in the properties of a control: a list, a date, or nothing for free text.

    A question that always applies is not offered “not applicable”.
    """
    if name is AnswerField.GRADE:
        choices = "".join(
            f'<w:listItem w:displayText="{escape(grade.text.in_(language))}" w:value="{grade}"/>'
            for grade in GRADES
            if not (applies and grade is Grade.NOT_APPLICABLE)
        )
        return f"<w:dropDownList>{choices}</w:dropDownList>"
    if name in _DATES:
        pattern, locale = (
            ("dd/MM/yyyy", "vi-VN") if language is Language.VIETNAMESE else ("yyyy-MM-dd", "en-GB")
        )
        return (
            f'<w:date><w:dateFormat w:val="{pattern}"/><w:lid w:val="{locale}"/>'
            '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
        )
    return ""


def _pattern(checklist: str, name: AnswerField, language: Language, kind: str) -> str:
    """A control for one field, with places for its number, its place and its question.

    The kind is what comes last in its properties; what comes after it is the content.
    """
    alias = escape(FIELD_NAMES[name].in_(language)).replace("%", "%%")
    return (
        '<w:p><w:pPr><w:pStyle w:val="QMSAnswer"/></w:pPr>'
        f'<w:bookmarkStart w:id="%s" w:name="_q_{checklist}_%s_{LETTERS[name]}"/>'
        f'<w:sdt><w:sdtPr><w:alias w:val="%s: {alias}"/>'
        f'<w:tag w:val="{checklist}/%s/{name.value}"/><w:id w:val="%s"/>'
        f'<w:lock w:val="sdtLocked"/>{kind}</w:sdtPr><w:sdtContent>'
        '<w:r><w:t xml:space="preserve">%s</w:t></w:r></w:sdtContent></w:sdt>'
        '<w:bookmarkEnd w:id="%s"/></w:p>'
    )


class Controls:
    """Writes the controls of one document, each with a number of its own."""

    def __init__(
        self,
        checklist: str,
        language: Language,
        places: Mapping[str, int],
        may_not_apply: Container[str] = (),
    ) -> None:
        """Begin a document.

        Args:
            checklist: The identifier of the checklist.
            language: The language in which it is written.
            places: The place of each identifier in the plan.
            may_not_apply: The identifiers of the questions that may be not applicable.
        """
        self._checklist = checklist
        self._language = language
        self._places = places
        self._may_not_apply = may_not_apply
        self._last = 0
        self._patterns: dict[tuple[AnswerField, str, bool], str] = {}

    def __call__(self, id_: str, name: AnswerField, value: str | Grade | date | None) -> str:
        """The paragraph with the control for one field, empty or filled in."""
        self._last = number = self._last + 1
        if value is None or value == "":
            mark, content = "<w:showingPlcHdr/>", PLACEHOLDERS[name].in_(self._language)
        else:
            mark, content = "", self._content(value)
            if name in _DATES:
                mark = f"{value}"
        applies = name is AnswerField.GRADE and id_ not in self._may_not_apply
        key = (name, mark, applies)
        pattern = self._patterns.get(key)
        if pattern is None:
            pattern = self._patterns[key] = self._pattern(name, mark, applies=applies)
        shown = escape(id_)
        named = escape(_ABOUT_AUDIT.in_(self._language)) if id_ == AUDIT else shown
        return pattern % (number, self._places[id_], named, shown, number, content, number)

    def _pattern(self, name: AnswerField, mark: str, *, applies: bool) -> str:
        kind = _kind(name, self._language, applies=applies)
        if mark.startswith("<"):
            kind = mark + kind
        elif mark:
            kind = kind.replace("<w:date>", f'<w:date w:fullDate="{mark}T00:00:00Z">')
        return _pattern(self._checklist, name, self._language, kind)

    def _content(self, value: str | Grade | date) -> str:
        """The text of a value as XML."""
        if isinstance(value, Grade):
            return escape(value.text.in_(self._language))
        if isinstance(value, str):
            return escape(value).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        return print_date(value, self._language)
