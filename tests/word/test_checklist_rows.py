"""Rows that auditors put in for further findings, and tables whose headings are gone or reworded."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from checklist_samples import PARTICULARS, answers, checklist, filled, without_properties
from test_checklist_round_trip import (
    _cells,
    _rows,
    _tables,
    kinds,
    remove_controls_and_bookmarks,
    rewritten,
)

from qms.checklist import Answer, AnswerField, DoubtKind, merge
from qms.terms import Grade
from qms.text import Language
from qms.word import read, write_checklist
from qms.word.parts import element, w

if TYPE_CHECKING:
    from collections.abc import Callable

EN, VI = Language.ENGLISH, Language.VIETNAMESE
EIGHTH = Answer(
    question="X-08",
    clause="7.5.3",
    grade=Grade.MINOR,
    statement="Thiếu phê duyệt",
    evidence="Sổ theo dõi",
    further=True,
)


def named(reading: Any) -> list[tuple[DoubtKind, str | None, AnswerField | None]]:
    return [(doubt.kind, doubt.question, doubt.field) for doubt in reading.doubts]


def with_row(change: Callable[[Any], None], language: Language = VI) -> bytes:
    """A checklist whose last line of further findings stands twice, the copy changed."""
    data = write_checklist(
        checklist(), language, answers=(*answers(), EIGHTH), particulars=PARTICULARS
    )

    def put_in(root: Any) -> None:
        last = next(
            row for row in root.iter(w("tr")) if "X-08" in {t.text for t in row.iter(w("t"))}
        )
        more = deepcopy(last)
        last.addnext(more)
        change(more)

    return rewritten(data, put_in)


def write_in(row: Any, *words: str) -> None:
    """Type over the cells of a row, whose controls and marks are gone."""
    remove_controls_and_bookmarks(row)
    for cell, said in zip(_cells(row), words, strict=True):
        texts = list(cell.iter(w("t")))
        for one in texts:
            one.text = ""
        texts[0].text = said


TYPED = ("9.2", "Không phù hợp nhẹ", "Chưa đủ", "Biên bản", "BM-01", "20/12/2026")
NINTH = Answer(
    question="X-09",
    clause="9.2",
    grade=Grade.MINOR,
    statement="Chưa đủ",
    evidence="Biên bản",
    documents="BM-01",
    due=date(2026, 12, 20),
    further=True,
)


@pytest.mark.parametrize(
    ("number", "id_"),
    [
        ("X-09", "X-09"),
        ("x 9", "X-09"),
        ("9", "X-09"),
        ("X – 12", "X-12"),
        ("X-100", "X-100"),
        ("", "X-09"),
        (" ", "X-09"),
    ],
)
def test_a_row_put_in_for_a_further_finding_is_one(number, id_):
    reading = read(with_row(lambda row: write_in(row, number, *TYPED)))

    assert reading.answers == (*answers(), EIGHTH, evolve(NINTH, question=id_))
    assert reading.doubts == ()


@pytest.mark.parametrize("number", ["X-08a", "Thêm", "1000", "²"])
def test_a_row_with_another_number_is_stray_text(number):
    reading = read(with_row(lambda row: write_in(row, number, *TYPED)))

    assert reading.answers == (*answers(), EIGHTH)
    assert [d.found for d in reading.doubts] == [number, *TYPED]
    assert kinds(reading) == {DoubtKind.STRAY_TEXT}


def test_an_empty_row_is_no_finding():
    words = ("", "[số]", "[chọn mức]", "", "", "", "[ngày]")

    reading = read(with_row(lambda row: write_in(row, *words)))

    assert reading.answers == (*answers(), EIGHTH)
    assert reading.doubts == ()


def test_rows_without_a_number_get_numbers_that_are_free():
    def change(row: Any) -> None:
        write_in(row, "", *TYPED)
        for words in ("X-09", ""):
            more = deepcopy(row)
            next(more.iter(w("t"))).text = words
            row.addnext(more)

    reading = read(with_row(change))

    assert [one.question for one in reading.answers[8:]] == ["X-10", "X-11", "X-09"]
    assert reading.doubts == ()


def test_a_row_that_lost_its_number_and_a_cell_is_stray_text():
    def change(row: Any) -> None:
        write_in(row, "", *TYPED)
        row.remove(_cells(row)[0])

    reading = read(with_row(change))

    assert reading.answers == (*answers(), EIGHTH)
    assert [d.found for d in reading.doubts] == list(TYPED)


def test_a_row_that_lies_under_a_merged_number_is_stray_text():
    def change(row: Any) -> None:
        write_in(row, "", *TYPED)
        _cells(row)[0].find(w("tcPr")).append(element("<w:vMerge/>"))

    reading = read(with_row(change))

    assert reading.answers == (*answers(), EIGHTH)
    assert [d.found for d in reading.doubts] == list(TYPED)


def test_a_line_that_only_lost_its_number_is_still_that_line():
    data = write_checklist(checklist(), VI, answers=(*answers(), EIGHTH), particulars=PARTICULARS)

    def change(root: Any) -> None:
        number = next(one for one in root.iter(w("t")) if one.text == "X-08")
        number.text = ""

    reading = read(rewritten(data, change))

    assert reading.answers == (*answers(), EIGHTH)
    assert kinds(reading) == {DoubtKind.ALTERED_TEXT}


def test_a_line_copied_with_its_marks_and_renumbered_is_another_finding():
    def change(row: Any) -> None:
        for one in row.iter(w("t")):
            one.text = {"X-08": "X-09", "Thiếu phê duyệt": "Thiếu soát xét"}.get(one.text, one.text)

    reading = read(with_row(change))

    other = evolve(EIGHTH, question="X-09", statement="Thiếu soát xét")
    assert reading.answers == (*answers(), EIGHTH, other)
    assert kinds(reading) == {DoubtKind.CONFLICTING_IDENTITY}
    assert {d.question for d in reading.doubts} == {"X-09"}


def test_a_row_put_in_is_read_without_the_properties_too():
    data = with_row(lambda row: write_in(row, "X-09", *TYPED))

    reading = read(without_properties(data))

    assert reading.answers[-2:] == (EIGHTH, NINTH)
    assert [d for d in reading.doubts if d.question == "X-09"] == []


def test_rows_that_two_auditors_put_in_stay_two_findings():
    other = ("10.2", "Cơ hội cải tiến", "Nên sửa", "", "", "")
    files = [
        with_row(lambda row, words=words: write_in(row, "X-09", *words)) for words in (TYPED, other)
    ]

    merged = merge([read(file) for file in files])

    assert [(one.question, one.clause) for one in merged.answers[8:]] == [
        ("X-09", "9.2"),
        ("X-09", "10.2"),
    ]


# --- headings that are gone or reworded ------------------------------------------------------


def without_headings(root: Any) -> None:
    remove_controls_and_bookmarks(root)
    for row in list(root.iter(w("tr"))):
        if row.find(f"{w('trPr')}/{w('tblHeader')}") is not None:
            row.getparent().remove(row)


@pytest.mark.parametrize("language", [EN, VI])
def test_columns_without_any_heading_are_known_by_their_places_and_doubted(language):
    data = write_checklist(
        checklist(), language, answers=(*answers(), EIGHTH), particulars=PARTICULARS
    )

    reading = read(rewritten(data, without_headings))

    assert reading.answers == (*answers(), EIGHTH)
    assert reading.particulars == PARTICULARS
    assert kinds(reading) == {DoubtKind.UNCERTAIN_COLUMN, DoubtKind.ALTERED_TEXT}
    doubted = [d for d in reading.doubts if d.kind is DoubtKind.UNCERTAIN_COLUMN]
    assert len(doubted) == 7 * 5 + 4


def test_rows_of_questions_are_not_taken_for_further_findings_because_of_their_width():
    def change(root: Any) -> None:
        rows = _rows(root)
        without_headings(root)
        for row in rows:
            row.remove(_cells(row)[5])

    reading = read(rewritten(filled(VI), change))

    assert [one.question for one in reading.answers] == []
    assert kinds(reading) == {DoubtKind.STRAY_TEXT, DoubtKind.MISSING, DoubtKind.ALTERED_TEXT}


def test_marks_still_tell_where_the_headings_are_gone():
    def change(root: Any) -> None:
        for row in list(root.iter(w("tr"))):
            if row.find(f"{w('trPr')}/{w('tblHeader')}") is not None:
                row.getparent().remove(row)

    reading = read(rewritten(filled(VI), change))

    assert reading.answers == answers()
    assert kinds(reading) == {DoubtKind.ALTERED_TEXT}


def test_a_reworded_heading_is_known_by_its_place_and_doubted():
    def change(root: Any) -> None:
        remove_controls_and_bookmarks(root)
        for one in root.iter(w("t")):
            one.text = {"Mức đánh giá": "Kết quả"}.get(one.text, one.text)

    reading = read(rewritten(filled(VI), change))

    assert reading.answers == answers()
    assert [(q, n) for kind, q, n in named(reading) if kind is DoubtKind.UNCERTAIN_COLUMN] == [
        (one.question, AnswerField.GRADE) for one in answers()
    ]


def test_a_reworded_heading_of_columns_that_were_swapped_tells_nothing():
    def change(root: Any) -> None:
        remove_controls_and_bookmarks(root)
        for table in _tables(root):
            for row in table.iter(w("tr")):
                cells = _cells(row)
                if len(cells) == 8:
                    cells[4].addnext(cells[3])
        for one in root.iter(w("t")):
            one.text = {"Mức đánh giá": "Kết quả"}.get(one.text, one.text)

    reading = read(rewritten(filled(VI), change))

    assert [one.grade for one in reading.answers] == [None] * 7
    assert [one.evidence for one in reading.answers] == [one.evidence for one in answers()]
    stray = {d.found for d in reading.doubts if d.kind is DoubtKind.STRAY_TEXT}
    assert stray == {"Kết quả", *(one.grade.text.vi for one in answers() if one.grade)}


def test_what_invites_to_fill_in_a_cell_is_no_stray_text():
    def change(root: Any) -> None:
        remove_controls_and_bookmarks(root)
        row = _rows(root)[0]
        texts = list(_cells(row)[0].iter(w("t")))
        texts[0].text = "Câu 1"

    reading = read(rewritten(write_checklist(checklist(), VI), change))

    assert [d.found for d in reading.doubts if d.kind is DoubtKind.STRAY_TEXT] == [
        "Câu 1\n4.1\nHiểu tổ chức và bối cảnh của tổ chức"
    ]
