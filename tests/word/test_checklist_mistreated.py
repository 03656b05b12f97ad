"""Files that programs and people cut, copied and merged: what is seen counts, the rest is named."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from checklist_samples import PARTICULARS, answers, checklist, filled, without_properties
from test_checklist_outline import cells, docx, marks, odt, passages
from test_checklist_round_trip import (
    _cells,
    _rows,
    _tables,
    everything,
    kinds,
    remove_controls_and_bookmarks,
    rewritten,
)

from qms.checklist import AnswerField, DoubtKind
from qms.text import Language
from qms.word import read, write_checklist
from qms.word.outline import TEXT
from qms.word.parts import element, w
from qms.word.unread import UNSHOWN

if TYPE_CHECKING:
    from pathlib import Path

VI = Language.VIETNAMESE
BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
PAGE = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
ENTRIES = "<w:listEntry w:val='a'/><w:listEntry w:val='b'/>"
RUN = "<w:r><w:t>{0}</w:t></w:r>"


def in_cell(content: str, look: str = "") -> str:
    return f"<w:tc><w:tcPr>{look}</w:tcPr><w:p>{content}</w:p></w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def named(reading: Any) -> list[tuple[DoubtKind, str | None, AnswerField | None]]:
    return [(doubt.kind, doubt.question, doubt.field) for doubt in reading.doubts]


# --- fields cut in two -----------------------------------------------------------------------


@pytest.mark.parametrize("start", [BEGIN, BEGIN + PAGE + SEPARATE])
def test_a_field_without_an_end_hides_no_answer(start):
    def change(root: Any) -> None:
        paragraph = next(_cells(_rows(root)[1])[4].iter(w("p")))
        for run in reversed(element(f"<w:p>{start}</w:p>")):
            paragraph.insert(1, run)

    reading = read(rewritten(filled(VI), change))

    assert reading.answers == answers()
    assert reading.particulars == PARTICULARS
    assert reading.doubts == ()


def test_what_a_field_hides_is_told_unless_it_is_a_page_number():
    outline = docx(
        f"<w:p>{BEGIN}{RUN.format('giấu')}{SEPARATE}{RUN.format('thấy')}{END}</w:p>"
        f"<w:p>{BEGIN}{PAGE}{SEPARATE}{RUN.format('9')}{END}</w:p>"
        f"<w:p>{BEGIN}{RUN.format('dở dang')}</w:p><w:p>{RUN.format('sau')}</w:p>"
    )

    assert passages(outline) == [("giấu", UNSHOWN), ("thấy", TEXT), ("dở dangsau", TEXT)]


# --- form fields of the old kind -------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("<w:checkBox><w:default w:val='1'/></w:checkBox>", "☒"),
        ("<w:checkBox><w:checked/></w:checkBox>", "☒"),
        ("<w:checkBox><w:default w:val='1'/><w:checked w:val='0'/></w:checkBox>", "☐"),
        ("<w:checkBox/>", "☐"),
        (f"<w:ddList><w:result w:val='1'/>{ENTRIES}</w:ddList>", "b"),
        ("<w:ddList><w:listEntry w:val='a'/></w:ddList>", "a"),
        ("<w:ddList><w:result w:val='7'/></w:ddList>", ""),
    ],
)
def test_what_was_chosen_in_a_form_field_of_the_old_kind_is_named(data, found):
    form = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
    outline = docx(table(in_cell(f"{RUN.format('x')}{form}{END}")))

    assert cells(outline) == [["x"]]
    assert marks(outline) == [("embedded", found)]
    assert outline.marks[0].cell is outline.tables[0].rows[0].cells[0]


@pytest.mark.parametrize(
    ("evidence", "doubted"),
    [
        ("\uf0fe Đã xem", True),
        ("\uf0b7 Đã xem", False),
        ("\uf0fc Đã xem\n\uf0fc Đã hỏi", False),
        ("☒ Đã xem", False),
        ("Đã xem \uf0fc", True),
        ("Hồ sơ 1\n\uf0fc", True),  # a tick of its own, not that of a list
        ("\uf0fc\uf0fc Đã xem", True),
    ],
)
def test_a_sign_of_a_symbol_font_is_named_but_not_a_bullet(evidence, doubted):
    given = (evolve(answers()[0], evidence=evidence), *answers()[1:])

    reading = read(write_checklist(checklist(), VI, answers=given))

    assert reading.answers == given
    assert named(reading) == (
        [(DoubtKind.EMBEDDED, "4.1-01", AnswerField.EVIDENCE)] if doubted else []
    )


# --- cells merged, taken out, put in ---------------------------------------------------------


def test_tracked_changes_of_cells_are_named():
    outline = docx(
        table(
            in_cell(RUN.format("thêm"), "<w:cellIns w:id='1'/>")
            + in_cell(RUN.format("bỏ"), "<w:cellDel w:id='2'/>")
            + in_cell(RUN.format("gộp"), "<w:cellMerge w:id='3' w:vMerge='cont'/>")
        )
    )

    assert cells(outline) == [["thêm", "", "gộp"]]
    assert marks(outline) == [("inserted", "thêm"), ("deleted", "bỏ"), ("inserted", "gộp")]


def merge_down(root: Any) -> None:
    upper, lower = (_cells(row)[4] for row in _rows(root)[2:4])
    upper.find(w("tcPr")).append(element('<w:vMerge w:val="restart"/>'))
    lower.find(w("tcPr")).append(element("<w:vMerge/>"))
    for paragraph in list(lower.iter(w("p"))):
        upper.append(paragraph)
    lower.append(element("<w:p/>"))


def test_a_cell_merged_with_the_one_above_is_missed_even_without_any_mark():
    def change(root: Any) -> None:
        remove_controls_and_bookmarks(root)
        merge_down(root)

    reading = read(rewritten(filled(VI), change))

    assert named(reading) == [
        (DoubtKind.CONFLICTING_IDENTITY, "7.5-01", AnswerField.EVIDENCE),
        (DoubtKind.MISSING, "7.5-02", AnswerField.EVIDENCE),
    ]
    assert reading.answer("7.5-02").evidence == ""
    assert answers()[3].evidence in reading.answer("7.5-01").evidence


def test_a_merged_cell_counts_only_where_it_has_words_of_its_own():
    def row(words: str, kind: str) -> str:
        return in_cell(words, f"<w:vMerge w:val='{kind}'/>") + in_cell(RUN.format("b"))

    a = RUN.format("a")
    outline = docx(table(row(a, "continue"), row(a, "restart"), row("", "continue")))
    other = odt(
        "<table:table><table:table-row><table:table-cell table:number-rows-spanned='2'><text:p>a"
        "</text:p></table:table-cell><table:table-cell/></table:table-row><table:table-row>"
        "<table:covered-table-cell/><table:table-cell><text:p>b</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )

    assert cells(outline) == [["a", "b"], ["a", "b"], ["b"]]
    assert cells(other) == [["a", ""], ["b"]]
    for one in (outline, other):
        upper, lower = one.tables[0].rows[-2:]
        assert [cell.merged for cell in upper.cells] == [True, False]
        assert (lower.cells[0].column, lower.width) == (1, 2)


def test_a_row_that_lost_a_cell_and_its_marks_is_in_doubt_cell_by_cell():
    def change(root: Any) -> None:
        remove_controls_and_bookmarks(root)
        row = _rows(root)[1]
        row.remove(_cells(row)[4])

    reading = read(rewritten(filled(VI), change))

    doubtful = {d.field for d in reading.doubts if d.kind is DoubtKind.UNCERTAIN_COLUMN}
    assert doubtful == {
        AnswerField.GRADE,
        AnswerField.EVIDENCE,
        AnswerField.DOCUMENTS,
        AnswerField.STATEMENT,
    }
    assert (DoubtKind.MISSING, "4.2-01", AnswerField.DUE) in named(reading)
    assert {question for _, question, _ in named(reading)} == {"4.2-01"}


def test_a_table_cut_in_two_is_read_on_by_its_heading():
    def change(root: Any) -> None:
        remove_controls_and_bookmarks(root)
        whole = _tables(root)[1]
        rest = element("<w:tbl/>")
        rest.append(list(whole.iter(w("tr")))[-1])
        whole.addnext(rest)
        rest.addprevious(element("<w:p/>"))

    reading = read(rewritten(filled(VI), change))

    assert reading.answers == answers()
    assert reading.doubts == ()


# --- controls copied and carried -------------------------------------------------------------


def copied(root: Any) -> None:
    """The evidence of the first question, with its control, pasted over that of the second."""
    source, target = (_cells(row)[4] for row in _rows(root)[:2])
    control = deepcopy(next(source.iter(w("sdt"))))
    for old in list(target.iter(w("sdt"), w("bookmarkStart"), w("bookmarkEnd"))):
        old.getparent().remove(old)
    next(target.iter(w("p"))).append(control)


def test_a_copied_control_counts_where_it_is_seen_and_is_named_there():
    reading = read(rewritten(filled(VI), copied))

    assert [answer.evidence for answer in reading.answers[:2]] == [answers()[0].evidence] * 2
    assert reading.answers[2:] == answers()[2:]
    assert named(reading) == [
        (DoubtKind.CONFLICTING_IDENTITY, "4.2-01", AnswerField.EVIDENCE),
    ]


def test_a_control_carried_into_another_row_counts_where_it_is_seen():
    def change(root: Any) -> None:
        source, target = (_cells(row)[4] for row in _rows(root)[:2])
        control, old = (next(cell.iter(w("sdt"))) for cell in (source, target))
        old.getparent().replace(old, control)

    reading = read(rewritten(filled(VI), change))

    assert [answer.evidence for answer in reading.answers[:2]] == ["", answers()[0].evidence]
    assert named(reading) == [
        (DoubtKind.CONFLICTING_IDENTITY, "4.2-01", AnswerField.EVIDENCE),
    ]


def test_a_row_of_which_nothing_is_left_but_what_people_see_is_read_without_a_plan():
    data = rewritten(without_properties(filled(VI)), remove_controls_and_bookmarks)

    reading = read(data)

    # Nothing says in which language it was issued, so 01/12/2026 could be two days.
    assert [evolve(one, clause="", due=None) for one in answers()] == list(reading.answers)
    assert kinds(reading) == {DoubtKind.NO_PLAN, DoubtKind.UNCLEAR_DATE}


def test_bookmarks_tell_nothing_without_a_plan():
    def change(root: Any) -> None:
        for tag in list(root.iter(w("tag"))):
            tag.getparent().remove(tag)
        row = _rows(root)[0]
        row.getparent().remove(row)

    reading = read(rewritten(without_properties(filled(VI)), change))

    assert [evolve(one, clause="", due=None) for one in answers()[1:]] == list(reading.answers)
    assert kinds(reading) == {DoubtKind.NO_PLAN, DoubtKind.UNCLEAR_DATE}


# --- words where none are shown --------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<w:p><w:pPr>{RUN.format('lạc')}</w:pPr>{RUN.format('x')}</w:p>", ["x", "lạc"]),
        ("<w:p><w:r><w:t>một<w:t>lạc</w:t>hai</w:t></w:r></w:p>", ["một", "lạc", "hai"]),
        ("<w:p><w:r><w:tab/>lạc</w:r></w:p>", ["lạc"]),
        ("<w:p><w:r><w:instrText>AUTHOR</w:instrText></w:r></w:p>", []),
        ("<w:p><w:sdt><w:r><w:t>lạc</w:t></w:r></w:sdt></w:p>", ["lạc"]),
        ("<w:p><w:r><wp:x xmlns:wp='urn:x'>7</wp:x></w:r></w:p>", []),
    ],
)
def test_words_of_a_word_file_where_none_are_shown_are_passages(body, expected):
    assert [text for text, _ in passages(docx(body))] == expected


def test_a_word_where_none_is_shown_is_named_with_its_question():
    def change(root: Any) -> None:
        paragraph = next(_cells(_rows(root)[2])[4].iter(w("p")))
        paragraph.find(w("pPr")).append(element(RUN.format("lạc")))

    reading = read(rewritten(filled(VI), change))

    (doubt,) = reading.doubts
    assert (doubt.kind, doubt.question, doubt.found) == (DoubtKind.STRAY_TEXT, "7.5-01", "lạc")
    assert doubt.place.vi == (
        "câu hỏi 7.5-01, cột “Bằng chứng khách quan”, ở chỗ không hiển thị chữ"
    )


ALTERNATIVES = (
    '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-'
    'compatibility/2006"><mc:Choice><w:r><w:t>một</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>{0}'
    "</w:t></w:r></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def test_alternatives_that_say_something_else_are_not_passed_over():
    assert passages(docx(ALTERNATIVES.format("một"))) == [("một", TEXT)]
    assert passages(docx(ALTERNATIVES.format("hai"))) == [("một", TEXT), ("hai", UNSHOWN)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<text:list><text:list-header><text:p>đầu</text:p></text:list-header></text:list>",
         [("đầu", TEXT)]),
        ("<text:p>a<text:hidden-text text:string-value='b'/></text:p>", [("ab", TEXT)]),
        ("<text:p>a<!-- --> b</text:p>", [("a", TEXT), ("b", UNSHOWN)]),
        ("<table:table><table:table-row>lạc</table:table-row></table:table>", [("lạc", UNSHOWN)]),
        ("<text:p>a<text:note><text:note-citation>1</text:note-citation></text:note></text:p>",
         [("a", TEXT)]),
    ],
)  # fmt: skip
def test_words_of_odf_wherever_they_stand(body, expected):
    assert passages(odt(body)) == expected


def test_words_in_a_part_of_odf_that_shows_none_are_named_with_their_cell():
    outline = odt(
        "<table:table><table:table-row><table:table-cell><text:p/><text:bookmark-end><text:p>lạc"
        "</text:p></text:bookmark-end></table:table-cell></table:table-row></table:table>"
    )

    (passage,) = outline.passages
    assert (passage.text, passage.where) == ("lạc", UNSHOWN)
    assert passage.cell is outline.tables[0].rows[0].cells[0]


# --- what is told ----------------------------------------------------------------------------


def test_files_of_one_name_are_told_apart_by_where_they_were_read_from(tmp_path):
    from qms import findings

    files: list[Path] = []
    for folder, number in (("an", 0), ("binh", 1)):
        path = tmp_path / folder / "phieu.docx"
        path.parent.mkdir()
        given = (evolve(answers()[0], grade=answers()[number].grade), *answers()[1:])
        path.write_bytes(write_checklist(checklist(), VI, answers=given))
        files.append(path)

    reading = findings.read_all(files)

    (doubt,) = reading.doubts
    assert doubt.found == f"{files[0]}: Phù hợp ⟷ {files[1]}: Không phù hợp nhẹ"
    assert [file.name for file in reading.files] == ["phieu.docx"] * 2


def test_the_last_day_is_not_before_the_first():
    def doubts(day: Any) -> list[Any]:
        particulars = evolve(PARTICULARS, held=day)
        data = write_checklist(checklist(), VI, answers=answers(), particulars=particulars)
        return [(d.kind, d.field, d.found) for d in read(data).doubts]

    first = PARTICULARS.began
    assert first is not None
    assert doubts(first) == []
    assert doubts(first.replace(day=8)) == [
        (DoubtKind.CONTRADICTORY, AnswerField.HELD, "09/11/2026 ⟷ 08/11/2026")
    ]


def test_everything_still_in_a_damaged_file_is_told():
    """A row inside another one's cell, an answer in the description of a table."""

    def change(root: Any) -> None:
        rows = _rows(root)
        _cells(rows[0])[4].append(rows[1])
        _tables(root)[-1].find(w("tblPr")).append(next(_cells(rows[3])[4].iter(w("p"))))

    reading = read(rewritten(filled(VI), change))

    words = everything(reading)
    for answer in answers():
        for line in answer.evidence.split("\n"):
            assert line in words, answer.question
