"""Every doubt about a filled checklist is named, with its place, in both languages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from checklist_samples import PARTICULARS, answers, checklist, filled, without_properties
from test_checklist_round_trip import _cells, _rows, kinds, rewritten

from qms.checklist import (
    Answer,
    AnswerField,
    Doubt,
    DoubtKind,
    Item,
    Particulars,
    Reading,
    Section,
    judge,
    merge,
)
from qms.terms import Grade
from qms.text import Language, Text
from qms.word import read, write_checklist
from qms.word.parts import element, w

if TYPE_CHECKING:
    from collections.abc import Callable

VI, EN = Language.VIETNAMESE, Language.ENGLISH


def told(data: bytes, **more: Any) -> list[tuple[DoubtKind, str | None, AnswerField | None]]:
    return [(d.kind, d.question, d.field) for d in read(data, **more).doubts]


def with_answer(number: int, **changes: Any) -> bytes:
    given = list(answers())
    given[number] = evolve(given[number], **changes)
    return write_checklist(checklist(), VI, answers=given)


def typed(row: int, column: int, words: str, language: Language = VI) -> bytes:
    """A filled checklist in which somebody typed over a cell."""

    def change(root: Any) -> None:
        texts = list(_cells(_rows(root)[row])[column].iter(w("t")))
        texts[0].text = words

    return rewritten(filled(language), change)


def test_a_nonconformity_needs_evidence():
    assert told(with_answer(1, evidence="")) == [
        (DoubtKind.NO_EVIDENCE, "4.2-01", AnswerField.EVIDENCE)
    ]


@pytest.mark.parametrize("words", [".", " – ", "…", "n/a", "None.", "Không", "Không có gì"])
def test_a_dot_is_neither_evidence_nor_a_reason(words):
    assert told(with_answer(1, evidence=words)) == [
        (DoubtKind.NO_EVIDENCE, "4.2-01", AnswerField.EVIDENCE)
    ]
    assert told(with_answer(4, statement=words, evidence="")) == [
        (DoubtKind.NO_REASON, "8.3-01", AnswerField.STATEMENT)
    ]


def test_a_day_before_the_audit_was_over_is_named():
    def data(due):
        given = list(answers())
        given[1] = evolve(given[1], due=due)
        return write_checklist(checklist(), VI, answers=given, particulars=PARTICULARS)

    assert told(data(date(2026, 11, 10))) == []
    assert told(data(date(2026, 11, 9))) == [(DoubtKind.EARLY_DATE, "4.2-01", AnswerField.DUE)]


@pytest.mark.parametrize(
    ("began", "held", "named"),
    [
        (date(2026, 11, 2), date(2026, 11, 2), []),
        (date(2026, 11, 1), date(2026, 11, 2), [AnswerField.BEGAN]),
        (date(2025, 11, 9), date(2025, 11, 10), [AnswerField.BEGAN, AnswerField.HELD]),
        (date(2026, 11, 2), date(2027, 5, 1), []),
        (date(2026, 11, 2), date(2027, 5, 2), [AnswerField.HELD]),
        (None, date(2027, 11, 2), []),
        (None, date(2027, 11, 3), [AnswerField.HELD]),
    ],
)
def test_an_audit_is_held_within_a_year_of_its_checklist(began, held, named):
    given = tuple(evolve(one, due=None) for one in answers())
    about = evolve(PARTICULARS, began=began, held=held)
    data = write_checklist(checklist(), VI, answers=given, particulars=about)
    assert told(data) == [(DoubtKind.UNLIKELY_DATE, None, name) for name in named]


@pytest.mark.parametrize("words", ["01/01/0001", "15/11/1915", "15/11/3015"])
def test_a_day_that_no_audit_can_have_is_none(words):
    assert told(typed(1, 7, words))[0] == (DoubtKind.UNCLEAR_DATE, "4.2-01", AnswerField.DUE)


@pytest.mark.parametrize(
    ("clause", "known"), [("7.5", True), ("7.5.3.1", True), ("99.9", False), ("7.5.9", False)]
)
def test_the_clause_of_a_further_finding_is_one_of_the_edition(clause, known):
    further = Answer(question="X-01", clause=clause, grade=Grade.MINOR, evidence="A", further=True)
    data = write_checklist(checklist(), VI, answers=(*answers(), further))

    found = [(d.kind, d.question, d.found) for d in read(data).doubts]
    assert found == ([] if known else [(DoubtKind.NO_CLAUSE, "X-01", clause)])


def test_not_applicable_needs_a_reason_and_a_question_that_can_be():
    assert told(with_answer(4, statement="", evidence="")) == [
        (DoubtKind.NO_REASON, "8.3-01", AnswerField.STATEMENT)
    ]
    assert told(with_answer(0, grade=Grade.NOT_APPLICABLE)) == [
        (DoubtKind.ALWAYS_APPLICABLE, "4.1-01", AnswerField.GRADE)
    ]


def test_evidence_without_a_grade_is_no_answer_and_is_not_lost():
    (doubt,) = read(with_answer(0, grade=None)).doubts

    assert doubt.kind is DoubtKind.UNANSWERED
    assert answers()[0].evidence in (doubt.found or "")


def test_a_word_that_is_no_grade_is_named_and_not_called_unanswered_as_well():
    reading = read(typed(0, 3, "Không phù hợp"))

    assert kinds(reading) == {DoubtKind.UNKNOWN_GRADE}
    assert reading.doubts[0].found == "Không phù hợp"
    assert reading.answers[0].grade is None


def test_a_day_that_is_none_or_contradicts_its_control_is_named():
    assert told(typed(0, 7, "tuần sau")) == [(DoubtKind.UNCLEAR_DATE, "4.1-01", AnswerField.DUE)]
    assert told(typed(0, 7, "03/04/2026", EN)) == [
        (DoubtKind.UNCLEAR_DATE, "4.1-01", AnswerField.DUE)
    ]
    assert told(typed(0, 7, "02/12/2026")) == [(DoubtKind.CONTRADICTORY, "4.1-01", AnswerField.DUE)]


def test_a_day_that_was_emptied_is_none_whatever_its_control_remembers():
    reading = read(typed(0, 7, ""))

    assert reading.answers[0].due is None
    assert reading.doubts == ()


def test_a_letter_that_only_looks_vietnamese_is_named():
    assert told(typed(0, 4, "Ðã xem")) == [(DoubtKind.ODD_LETTER, "4.1-01", AnswerField.EVIDENCE)]


def test_a_further_nonconformity_needs_a_clause_and_a_grade():
    one = Answer(question="X-01", grade=Grade.MAJOR, evidence="Đã thấy", further=True)
    two = Answer(question="X-02", clause="7.1", further=True)
    data = write_checklist(checklist(), VI, answers=(*answers(), one, two))

    reading = read(data)

    assert reading.answers[-2:] == (one, two)
    assert [(d.kind, d.question) for d in reading.doubts] == [
        (DoubtKind.NO_CLAUSE, "X-01"),
        (DoubtKind.UNANSWERED, "X-02"),
    ]


def test_the_checklist_of_another_audit_is_named():
    assert told(filled(VI), checklist=checklist(None)) == [
        (DoubtKind.ANOTHER_CHECKLIST, None, None)
    ]
    (doubt,) = read(filled(VI), checklist=checklist(None)).doubts
    assert doubt.found == f"so-vi-du · 2026 · ISO 9001:2015 ({checklist().id})"
    assert told(filled(VI), checklist=checklist()) == []


def test_an_earlier_revision_is_named_with_its_day():
    first, *others = checklist().sections
    more = Section(
        number="4",
        title=first.title,
        items=(
            *first.items,
            Item(id="4.4-01", clause="4.4", question=Text(en="New?", vi="Mới?")),
        ),
    )
    later = evolve(checklist(), sections=(more, *others), on=date(2026, 12, 1))

    (doubt,) = read(filled(VI), checklist=later).doubts

    assert (doubt.kind, doubt.found) == (DoubtKind.OLDER_REVISION, "02/11/2026")
    assert read(filled(VI), checklist=evolve(later, on=date(2026, 10, 1))).doubts == ()


def test_a_cell_copied_from_another_checklist_is_named():
    other = "0badcafe"

    def change(root: Any) -> None:
        cell = _cells(_rows(root)[0])[4]
        tag = next(cell.iter(w("tag")))
        tag.set(w("val"), f"{other}/4.1-01/evidence")
        next(cell.iter(w("bookmarkStart"))).set(w("name"), f"_q_{other}_0_e")

    reading = read(rewritten(filled(VI), change))

    assert reading.answers == answers()
    (doubt,) = reading.doubts
    assert (doubt.kind, doubt.found) == (DoubtKind.CONFLICTING_IDENTITY, other)


@pytest.mark.parametrize(
    ("tag", "bookmark"),
    [
        ("{0}/unknown/evidence", "_q_{0}_99999_e"),
        ("{0}/4.1-01/nothing", "_q_{0}_0_z"),
        ("own tag", "own_bookmark"),
    ],
)
def test_marks_that_mean_nothing_leave_the_cell_to_be_known_by_its_place(tag, bookmark):
    def change(root: Any) -> None:
        cell = _cells(_rows(root)[0])[4]
        next(cell.iter(w("tag"))).set(w("val"), tag.format(checklist().id))
        next(cell.iter(w("bookmarkStart"))).set(w("name"), bookmark.format(checklist().id))

    reading = read(rewritten(filled(VI), change))

    assert reading.answers == answers()
    assert reading.doubts == ()


def test_what_stands_under_a_field_that_its_question_has_not_is_named():
    def change(root: Any) -> None:
        for row, tag in ((0, "4.1-01/clause"), (1, "audit/grade"), (2, "X-01/held")):
            cell = _cells(_rows(root)[row])[4]
            next(cell.iter(w("tag"))).set(w("val"), f"{checklist().id}/{tag}")
            next(cell.iter(w("bookmarkStart"))).set(w("name"), "own")

    reading = read(rewritten(filled(VI), change))

    strays = [d for d in reading.doubts if d.kind is DoubtKind.STRAY_TEXT]
    assert [(d.question, d.field) for d in strays] == [
        ("4.1-01", AnswerField.CLAUSE),
        (None, AnswerField.GRADE),
        ("X-01", AnswerField.HELD),
    ]


def test_a_file_without_a_plan_is_read_by_its_tags_but_never_taken():
    def change(root: Any) -> None:
        for entry in list(root):
            root.remove(entry)

    reading = read(rewritten(filled(VI), change, "docProps/custom.xml"))

    assert reading.checklist is None
    assert [answer.question for answer in reading.answers] == [a.question for a in answers()]
    assert DoubtKind.NO_PLAN in kinds(reading)


@pytest.mark.parametrize("harm", ["[{}]", "[[1]]", '[{"format":9}]', "[", "[" * 240])
def test_a_plan_that_is_not_whole_is_none(harm):
    def change(root: Any) -> None:
        for entry in list(root)[1:]:
            root.remove(entry)
        root[0][0].text = harm

    reading = read(rewritten(filled(VI), change, "docProps/custom.xml"))

    assert DoubtKind.NO_PLAN in kinds(reading)


def with_plan(harm: Callable[[str], str]) -> bytes:
    """A filled checklist whose plan was altered in the properties of the file."""

    def change(root: Any) -> None:
        said = "".join(entry[0].text[1:-1] for entry in root)
        for entry in list(root)[1:]:
            root.remove(entry)
        root[0][0].text = f"[{harm(said)}]"

    return rewritten(filled(VI), change, "docProps/custom.xml")


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('"4.2-01|4.2|', '"4.1-02|4.2|'),
        ('"4.2-01|4.2|', '"4.2-01|4.3|'),
        ('"unit":"so-vi-du"', '"unit":"so-khac"'),
        ('"audit":"2026"', '"audit":"2025"'),
    ],
)
def test_a_plan_that_was_altered_is_none(was: str, now: str):
    """Answers would stand under another question, clause, unit or audit, and nobody be told."""
    altered = with_plan(lambda plan: plan.replace(was, now))
    whole = filled(VI)

    assert DoubtKind.NO_PLAN in kinds(read(altered))
    assert read(altered, issued=whole).answers == read(whole).answers


def test_a_plan_that_was_issued_without_a_sum_is_read():
    reading = read(with_plan(lambda plan: plan.partition(',"sum"')[0] + "}"))

    assert reading == evolve(read(filled(VI)), files=reading.files)


def test_comments_and_pictures_are_named_at_their_question():
    def change(root: Any) -> None:
        paragraph = _cells(_rows(root)[1])[4].find(w("p"))
        paragraph.append(element("<w:r><w:object/></w:r>"))
        audit = next(p for p in root.iter(w("p")) if "Trần Thị Mẫu" in "".join(p.itertext()))
        audit.append(element("<w:r><w:object/></w:r>"))
        audit.append(element('<w:ins w:id="1"><w:r><w:t> </w:t></w:r></w:ins>'))

    reading = read(rewritten(filled(VI), change))

    assert [(d.kind, d.question, d.field) for d in reading.doubts] == [
        (DoubtKind.EMBEDDED, None, AnswerField.AUDITORS),
        (DoubtKind.EMBEDDED, "4.2-01", AnswerField.EVIDENCE),
    ]


def test_what_is_struck_through_or_tracked_is_named_at_its_question():
    def change(root: Any) -> None:
        rows = _rows(root)
        run = next(_cells(rows[1])[3].iter(w("r")))
        run.insert(0, element("<w:rPr><w:strike/></w:rPr>"))
        rows[2].insert(0, element('<w:trPr><w:del w:id="7"/></w:trPr>'))
        number = next(_cells(rows[3])[0].iter(w("p")))
        number.append(element('<w:ins w:id="8"><w:r><w:t>thêm</w:t></w:r></w:ins>'))

    reading = read(rewritten(filled(VI), change))

    named = [(d.kind, d.question, d.field) for d in reading.doubts]
    assert (DoubtKind.STRUCK, "4.2-01", AnswerField.GRADE) in named
    assert (DoubtKind.TRACKED_CHANGE, "7.5-01", None) in named
    assert "7.5-01" not in {answer.question for answer in reading.answers}
    assert (DoubtKind.MISSING, "7.5-01", AnswerField.GRADE) in named
    changed = next(d for d in reading.doubts if d.found == "thêm")
    assert changed.where is not None
    assert changed.where.en.startswith("in the row “")


@pytest.mark.parametrize("what", ["question", "number"])
def test_a_control_that_was_moved_into_a_printed_cell_is_named(what):
    def change(root: Any) -> None:
        rows = _rows(root)
        evidence = _cells(rows[1])[4]
        target = _cells(rows[2])[0 if what == "number" else 1]
        for paragraph in list(evidence.iter(w("p")))[:1]:
            target.append(paragraph)

    reading = read(rewritten(filled(VI), change))

    assert (DoubtKind.CONFLICTING_IDENTITY, "4.2-01", AnswerField.EVIDENCE) in [
        (d.kind, d.question, d.field) for d in reading.doubts
    ]


def test_a_label_that_was_changed_is_named_with_its_row():
    def change(root: Any) -> None:
        label = next(t for t in root.iter(w("t")) if t.text == "Ngày bắt đầu")
        label.text = "Ngày khởi đầu"
        alone = next(t for t in root.iter(w("t")) if t.text and t.text.startswith("I. THÔNG TIN"))
        alone.text = "I. KHÁC"

    doubts = read(rewritten(filled(VI), change)).doubts

    assert [(d.kind, d.where.vi if d.where else None, d.found) for d in doubts] == [
        (DoubtKind.STRAY_TEXT, "ở dòng “Ngày khởi đầu”", "Ngày khởi đầu"),
        (DoubtKind.STRAY_TEXT, "trong phần văn bản", "I. KHÁC"),
    ]


def test_a_later_checklist_with_other_facts_makes_an_earlier_file_old():
    later = evolve(checklist(), on=date(2026, 12, 1), address="Nơi khác")

    (doubt,) = read(filled(VI), checklist=later).doubts

    assert (doubt.kind, doubt.found) == (DoubtKind.OLDER_REVISION, "02/11/2026")


def test_files_of_two_revisions_are_told_apart():
    first, *others = checklist().sections
    fewer = evolve(checklist(), sections=tuple(others), on=date(2026, 10, 1))
    old = write_checklist(fewer, VI, answers=answers()[len(first.items) :])

    (doubt,) = merge([read(filled(VI)), read(old)]).doubts

    assert (doubt.kind, doubt.found) == (DoubtKind.OLDER_REVISION, "01/10/2026")
    earlier = write_checklist(evolve(checklist(), on=date(2026, 10, 1)), VI, answers=answers())
    assert (
        merge([read(earlier), read(write_checklist(checklist(), VI, answers=answers()))]).doubts
        == ()
    )


def test_what_two_auditors_saw_of_one_question_stands_side_by_side():
    one = read(filled(VI))
    other = list(answers())
    other[1] = evolve(other[1], evidence="Khác", statement="")
    merged = merge([one, evolve(one, answers=tuple(other))])

    assert merged.doubts == ()
    answer = merged.answer("4.2-01")
    assert answer.evidence == f"{answers()[1].evidence}\nKhác"
    assert answer.statement == answers()[1].statement


def test_a_doubt_says_where_and_what_to_do_in_both_languages():
    doubt = Doubt(
        kind=DoubtKind.UNCLEAR_DATE,
        question="4.1-01",
        field=AnswerField.DUE,
        where=Text(en="in the text", vi="trong phần văn bản"),
        found="tuần sau",
        file="phieu.docx",
    )

    assert doubt.problem().in_(VI).splitlines() == [
        "phieu.docx",
        (
            "  [unclear-date] câu hỏi 4.1-01, cột “Thời hạn khắc phục”, trong phần văn bản: đây không "
            "phải là ngày hoặc có thể hiểu theo hai cách; hãy ghi theo dạng 15/03/2026"
        ),
        "  giá trị đang có: tuần sau",
    ]
    assert "like 2026-03-15" in doubt.problem().in_(EN)
    assert Doubt(kind=DoubtKind.NO_PLAN).problem().what.en.startswith("[no-plan] the file")


def test_every_kind_of_doubt_speaks_both_languages_and_says_whether_it_can_be_accepted():
    for kind in DoubtKind:
        assert kind.text.en
        assert kind.text.vi
        assert kind.text.en != kind.text.vi
    assert not DoubtKind.UNKNOWN_GRADE.acceptable
    assert DoubtKind.STRAY_TEXT.acceptable


def with_two_answers(number: int, first: dict[str, Any], second: dict[str, Any]) -> Reading:
    """What two auditors say of one question, read together."""
    return merge([read(with_answer(number, **first)), read(with_answer(number, **second))])


def test_the_evidence_of_a_colleague_is_evidence():
    graded = {"evidence": ""}
    seen = {"grade": None, "statement": "", "documents": "", "due": None}

    merged = with_two_answers(1, graded, seen)

    assert merged.doubts == ()
    assert merged.answer("4.2-01") == answers()[1]
    assert kinds(with_two_answers(1, graded, {**seen, "evidence": "–"})) == {DoubtKind.NO_EVIDENCE}
    assert kinds(with_two_answers(1, graded, graded)) == {DoubtKind.NO_EVIDENCE}
    # Why somebody did not look is no evidence of what a colleague found.
    absent = {**seen, "grade": Grade.NOT_ASSESSED, "evidence": "Vắng người phụ trách"}
    assert kinds(with_two_answers(1, graded, absent)) == {DoubtKind.NO_EVIDENCE}


def test_the_reason_of_a_colleague_is_a_reason():
    silent = {"statement": "", "evidence": ""}

    assert with_two_answers(4, silent, {}).doubts == ()
    assert kinds(with_two_answers(4, silent, silent)) == {DoubtKind.NO_REASON}


def test_days_and_conclusions_that_two_auditors_give_differently_are_named():
    one = read(filled(VI))
    other = evolve(
        one,
        particulars=Particulars(
            held=date(2026, 11, 11), auditors="Lê Văn Ví Dụ\nNgười Thứ Ba", conclusion=""
        ),
    )

    merged = merge([one, other])

    assert merged.particulars.auditors == "Trần Thị Mẫu\nLê Văn Ví Dụ\nNgười Thứ Ba"
    assert merged.particulars.conclusion == PARTICULARS.conclusion
    (doubt,) = merged.doubts
    assert (doubt.kind, doubt.field, doubt.found) == (
        DoubtKind.CONTRADICTORY,
        AnswerField.HELD,
        "–: 10/11/2026 ⟷ –: 11/11/2026",
    )


def test_not_assessed_gives_way_to_a_colleague_s_grade():
    one = read(filled(VI))
    left = evolve(
        one,
        answers=tuple(
            Answer(question=a.question, clause=a.clause, grade=Grade.NOT_ASSESSED)
            for a in answers()
        ),
    )

    assert merge([left, one]).answers == answers()
    assert merge([left, left]).answers == left.answers


def test_why_an_auditor_did_not_assess_a_question_is_no_part_of_a_colleague_s_answer():
    one = read(filled(VI))
    why = Answer(
        question="4.1-01", clause="4.1", grade=Grade.NOT_ASSESSED, statement="Không đủ thời gian"
    )
    left = evolve(one, answers=(why, *one.answers[1:]))
    day = evolve(why, statement="", due=date(2026, 12, 30))
    silent = evolve(why, statement="")

    for files in ([one, left], [left, one], [merge([left, one]), one]):
        merged = merge(files)
        assert (merged.answers, merged.doubts, merged.left) == (answers(), (), ("4.1-01",))
    assert merge([one, evolve(one, answers=(day, *one.answers[1:]))]).left == ("4.1-01",)
    assert merge([one, evolve(one, answers=(silent, *one.answers[1:]))]).left == ()
    line = evolve(why, question="X-01", further=True)
    other = evolve(line, grade=Grade.OPPORTUNITY)
    lines = [evolve(one, answers=(*one.answers, further)) for further in (line, other)]
    assert merge(lines).left == ()
    nobody = merge([left, left])
    assert (nobody.answers[0], nobody.left) == (why, ())
    words = evolve(one, answers=(evolve(answers()[0], grade=None), *one.answers[1:]))
    expected = evolve(answers()[0], statement=f"{answers()[0].statement}\nKhông đủ thời gian")
    assert merge([words, left]).answers[0] == evolve(expected, grade=Grade.NOT_ASSESSED)


def test_a_question_that_nobody_answered_stays_unanswered():
    empty = read(write_checklist(checklist(), VI))

    merged = merge([empty, empty])

    assert all(answer.empty for answer in merged.answers)
    assert [(d.kind, d.file) for d in merged.doubts] == [(DoubtKind.UNANSWERED, None)] * 7
    with pytest.raises(KeyError):
        merged.answer("nothing")


def test_a_question_that_nobody_graded_is_told_with_the_words_beside_it(tmp_path):
    files = [tmp_path / f"{name}.docx" for name in "abc"]
    noted = (evolve(answers()[0], grade=None, documents="", statement="", due=None),)
    for file, given in zip(files, ((), noted, ()), strict=True):
        file.write_bytes(write_checklist(checklist(), VI, answers=given))

    merged = merge([read(file) for file in files])

    first, *others = sorted(merged.doubts, key=lambda doubt: doubt.question != "4.1-01")
    assert (first.file, first.found) == (str(files[1]), answers()[0].evidence)
    assert [(d.question, d.file, d.found) for d in others] == [
        (one.question, None, None) for one in answers()[1:]
    ]


def test_an_empty_line_for_a_further_finding_is_nothing_to_judge():
    assert list(judge([Answer(question="X-01", further=True)])) == []


def test_a_word_file_that_is_no_checklist_is_only_that():
    def change(root: Any) -> None:
        body = root.find(w("body"))
        for child in list(body)[:-1]:
            body.remove(child)
        body.insert(0, element("<w:p><w:r><w:t>Kính gửi</w:t></w:r></w:p>"))

    reading = read(rewritten(without_properties(filled(VI)), change))

    assert [(d.kind, d.question) for d in reading.doubts] == [(DoubtKind.NO_PLAN, None)]
    assert reading.answers == ()
