"""Issued words account for as many occurrences as were issued, each where it was issued."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from checklist_samples import PARTICULARS, checklist, filled
from test_checklist_doubts import told
from test_checklist_round_trip import _cells, _rows, rewritten

from qms.checklist import AnswerField, Doubt, DoubtKind
from qms.text import Language
from qms.word import read, write_checklist
from qms.word.parts import element, w

EN, VI = Language.ENGLISH, Language.VIETNAMESE

#: What the fact table of the sample says of the earlier finding, in a cell of its own.
GRADE_IN_FACTS = "Không phù hợp nhẹ"


def facts_row(root: Any) -> Any:
    """The row of the earlier finding in the table of facts."""
    return next(
        row
        for row in root.iter(w("tr"))
        if GRADE_IN_FACTS in [t.text for t in row.iter(w("t"))]
        and row.find(f".//{w('sdt')}") is None
    )


def unfilled(change: Any) -> list[Doubt]:
    data = write_checklist(checklist(), VI, particulars=PARTICULARS)
    return [d for d in read(rewritten(data, change)).doubts if d.kind is not DoubtKind.UNANSWERED]


def test_words_that_were_issued_elsewhere_are_no_less_stray_text():
    def paragraph(root: Any) -> None:
        root.find(w("body")).insert(
            0, element(f"<w:p><w:r><w:t>{GRADE_IN_FACTS}</w:t></w:r></w:p>")
        )

    def row(root: Any) -> None:
        words = "".join(
            f"<w:tc><w:p><w:r><w:t>{one}</w:t></w:r></w:p></w:tc>"
            for one in ("", "", "", GRADE_IN_FACTS, "", "", "", "")
        )
        _rows(root)[0].addnext(element(f"<w:tr>{words}</w:tr>"))

    def ninth(root: Any) -> None:
        _rows(root)[0].append(
            element(f"<w:tc><w:p><w:r><w:t>{GRADE_IN_FACTS}</w:t></w:r></w:p></w:tc>")
        )

    for change, question in ((paragraph, None), (row, None), (ninth, "4.1-01")):
        (doubt,) = unfilled(change)
        assert (doubt.kind, doubt.question, doubt.found) == (
            DoubtKind.STRAY_TEXT,
            question,
            GRADE_IN_FACTS,
        )
        assert doubt.where is not None


def test_a_fact_that_was_deleted_is_missed_by_what_stood_before():
    def cells_before(root: Any) -> list[str]:
        row = facts_row(root)
        before = row.getprevious()
        row.getparent().remove(row)
        return ["".join(t.text for t in cell.iter(w("t"))) for cell in before.iter(w("tc"))]

    seen: list[str] = []
    doubts = unfilled(lambda root: seen.extend(cells_before(root)))

    assert {doubt.kind for doubt in doubts} == {DoubtKind.ALTERED_TEXT}
    assert len(doubts) == 1
    assert doubts[0].place.vi == f"sau “{seen[-1]}”"


def test_a_fact_that_was_overwritten_is_named_once():
    def change(root: Any) -> None:
        for text in facts_row(root).iter(w("t")):
            if text.text == GRADE_IN_FACTS:
                text.text = "Không phù hợp nặng"

    (doubt,) = unfilled(change)
    assert (doubt.kind, doubt.found) == (DoubtKind.STRAY_TEXT, "Không phù hợp nặng")


def test_facts_that_were_exchanged_for_each_other_are_named():
    def change(root: Any) -> None:
        cells = facts_row(root).findall(w("tc"))
        cells[1].addnext(cells[0])

    (doubt,) = unfilled(change)
    assert (doubt.kind, doubt.question) == (DoubtKind.ALTERED_TEXT, None)
    assert doubt.found.startswith("7.5.3 | ")
    assert doubt.where is not None


def test_what_to_see_at_a_question_that_was_exchanged_with_another_one_is_named():
    def change(root: Any) -> None:
        first, second = (_cells(_rows(root)[row]) for row in (2, 3))
        place = second[2].getnext()
        first[2].addnext(second[2])
        place.addprevious(first[2])

    doubts = unfilled(change)
    assert [(d.kind, d.question) for d in doubts] == [
        (DoubtKind.ALTERED_TEXT, "7.5-01"),
        (DoubtKind.ALTERED_TEXT, "7.5-02"),
    ]


def test_a_row_of_facts_may_stand_elsewhere():
    def change(root: Any) -> None:
        row = facts_row(root)
        row.getparent().append(row)

    assert unfilled(change) == []


def test_a_line_or_a_row_to_be_filled_in_that_is_gone_is_missed_as_that_alone():
    def change(root: Any) -> None:
        for control in list(root.iter(w("sdt"))):
            tag = control.find(f"{w('sdtPr')}/{w('tag')}").get(w("val"))
            if tag.endswith(("/audit/conclusion", "/X-01/grade", "/4.2-01/grade")):
                row = next(control.iterancestors(w("tr")))
                row.getparent().remove(row)

    assert {doubt.kind for doubt in unfilled(change)} == {DoubtKind.MISSING}


def test_words_in_a_margin_count_however_often_they_stand_there():
    assert told(filled(EN)) == []

    def write(root: Any) -> None:
        root.append(deepcopy(root[0]))
        root.append(element("<w:p><w:r><w:t>Mail gate</w:t></w:r></w:p>"))
        cell = "<w:tc><w:p><w:r><w:t>Mail table</w:t></w:r></w:p></w:tc>"
        root.append(element(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"))

    doubts = read(rewritten(filled(EN), write, "word/footer1.xml")).doubts
    assert {doubt.kind for doubt in doubts} == {DoubtKind.STRAY_TEXT}
    assert sorted(str(doubt.found) for doubt in doubts) == ["Mail gate", "Mail table"]


def test_a_form_field_alone_in_an_answer_is_named():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{}</w:ffData></w:fldChar></w:r>'
        "<w:r><w:instrText>FORM</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    entries = '<w:listEntry w:val="A"/><w:listEntry w:val="B"/>'
    choice = field.format(f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>')
    box = field.format("<w:checkBox><w:checked/></w:checkBox>")

    def change(root: Any) -> None:
        for row, chosen in ((0, choice), (1, box)):
            content = next(_cells(_rows(root)[row])[4].iter(w("sdtContent")))
            content[:] = element(f"<w:p>{chosen}</w:p>")[:]

    data = write_checklist(checklist(), VI)
    found = [
        (doubt.question, doubt.field, doubt.found)
        for doubt in read(rewritten(data, change)).doubts
        if doubt.kind is DoubtKind.EMBEDDED
    ]
    assert found == [
        ("4.1-01", AnswerField.EVIDENCE, "B"),
        ("4.2-01", AnswerField.EVIDENCE, "☒"),
    ]
