"""What an auditor fills in comes back, whatever happened to the file on the way."""

from __future__ import annotations

import unicodedata
import zipfile
from copy import deepcopy
from datetime import date
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from checklist_samples import PARTICULARS, answers, checklist, filled
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_samples import members

from qms.checklist import Answer, AnswerField, DoubtKind
from qms.terms import Grade
from qms.text import Language
from qms.word import read, write_checklist
from qms.word.parts import element, w
from qms.word.placeholders import without_placeholder

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

FIELDS = ("grade", "evidence", "documents", "statement", "due")
both_languages = pytest.mark.parametrize("language", list(Language))


def rewritten(data: bytes, change: Callable[[Any], None], part: str = "word/document.xml") -> bytes:
    """A Word file after somebody changed the tree of one part."""
    source = zipfile.ZipFile(BytesIO(data))
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                root = etree.fromstring(content)
                change(root)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            target.writestr(name, content)
    return out.getvalue()


def kinds(reading: Any) -> set[DoubtKind]:
    return {doubt.kind for doubt in reading.doubts}


def everything(reading: Any) -> str:
    """All words that a reading hands on, answers and doubts."""
    parts = [words for values in reading.typed.values() for words in values]
    parts += [doubt.found or "" for doubt in reading.doubts]
    return "\n".join(parts)


@both_languages
def test_every_answer_of_a_filled_checklist_comes_back_without_a_doubt(language):
    reading = read(filled(language))

    assert reading.answers == answers()
    assert reading.particulars == PARTICULARS
    assert reading.doubts == ()
    assert (reading.unit, reading.audit, reading.language) == ("so-vi-du", "2026", language)
    assert reading.on == date(2026, 11, 2)


@both_languages
def test_a_checklist_that_nobody_filled_in_conforms_in_nothing(language):
    reading = read(write_checklist(checklist(), language))

    assert [answer.grade for answer in reading.answers] == [None] * 7
    assert all(answer.empty for answer in reading.answers)
    assert kinds(reading) == {DoubtKind.UNANSWERED}
    assert len(reading.doubts) == 7


typed_words = st.text(
    st.characters(
        codec="utf-8",
        categories=("L", "M", "N", "P", "S", "Zs"),
        exclude_characters="ðÐ\u2028\u2029\x85",
    )
    | st.sampled_from("\n\nàêđĐ"),
    max_size=40,
).map(lambda text: "\n".join(line.strip() for line in text.split("\n")).strip())
# What invites to fill in a cell is not an answer to it.
typed_words = typed_words.filter(lambda text: without_placeholder(text) == text)


@st.composite
def some_answers(draw: Any) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            question=item.id,
            clause=item.clause,
            grade=draw(st.none() | st.sampled_from(Grade)),
            evidence=draw(typed_words),
            documents=draw(typed_words),
            statement=draw(typed_words),
            due=draw(st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31))),
        )
        for item in checklist().items
    )


def composed(answer: Answer) -> Answer:
    return evolve(
        answer,
        **{
            name: unicodedata.normalize("NFC", getattr(answer, name))
            for name in ("evidence", "documents", "statement")
        },
    )


@given(some_answers(), st.sampled_from(list(Language)))
@settings(max_examples=50, deadline=None)
def test_whatever_is_typed_is_read_letter_for_letter(given_answers, language):
    reading = read(write_checklist(checklist(), language, answers=given_answers))

    assert reading.answers == tuple(map(composed, given_answers))


# --- ways of mistreating a file --------------------------------------------------------------


def _tables(root: _Element) -> list[_Element]:
    """The tables of questions."""
    heads = {"Câu hỏi", "Question"}
    return [
        table
        for table in root.iter(w("tbl"))
        if heads & {t.text for t in next(table.iter(w("tr"))).iter(w("t"))}
    ]


def _rows(root: _Element) -> list[_Element]:
    return [row for table in _tables(root) for row in list(table.iter(w("tr")))[1:]]


def _cells(row: _Element) -> list[_Element]:
    return row.findall(w("tc"))


def reverse_rows(root: Any) -> None:
    for table in _tables(root):
        rows = list(table.iter(w("tr")))[1:]
        for row in rows:
            table.remove(row)
        table.extend(reversed(rows))


def swap_columns(root: Any) -> None:
    for table in _tables(root):
        for row in table.iter(w("tr")):
            cells = _cells(row)
            if len(cells) < 7:
                continue
            row.remove(cells[4])
            row.insert(list(row).index(cells[6]) + 1, cells[4])


def remove_controls(root: Any) -> None:
    for control in list(root.iter(w("sdt"))):
        content = control.find(w("sdtContent"))
        for child in list(content):
            control.addprevious(child)
        control.getparent().remove(control)


def remove_controls_and_bookmarks(root: Any) -> None:
    remove_controls(root)
    for mark in list(root.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        mark.getparent().remove(mark)


def decompose(root: Any) -> None:
    for text in root.iter(w("t")):
        text.text = unicodedata.normalize("NFD", text.text or "")


def promote_controls(root: Any) -> None:
    """As Word may do: a control around the paragraph, or around the cell."""
    for number, control in enumerate(list(root.iter(w("sdt")))):
        content = control.find(w("sdtContent"))
        outer = control.getparent()
        if number % 2:
            outer = outer.getparent()
        for child in list(content):
            control.addprevious(child)
        control.getparent().remove(control)
        outer.addprevious(control)
        content.append(outer)


HARMLESS = [
    reverse_rows,
    swap_columns,
    remove_controls,
    remove_controls_and_bookmarks,
    decompose,
    promote_controls,
]


@both_languages
@pytest.mark.parametrize("change", HARMLESS, ids=lambda change: change.__name__)
def test_what_does_not_touch_the_answers_does_not_change_them(change, language):
    reading = read(rewritten(filled(language), change))

    assert {a.question: a for a in reading.answers} == {a.question: a for a in answers()}
    assert reading.particulars == PARTICULARS
    assert reading.doubts == ()


def test_a_row_that_was_deleted_is_missed_field_by_field():
    def change(root: Any) -> None:
        row = _rows(root)[2]
        row.getparent().remove(row)

    reading = read(rewritten(filled(Language.VIETNAMESE), change))

    missing = [d for d in reading.doubts if d.kind is DoubtKind.MISSING]
    assert [doubt.question for doubt in missing] == ["7.5-01"] * 5
    assert [str(doubt.field) for doubt in missing] == list(FIELDS)
    assert [a for a in answers() if a.question != "7.5-01"] == list(reading.answers)


def test_a_row_that_was_doubled_and_changed_keeps_both_values():
    def change(root: Any) -> None:
        row = _rows(root)[0]
        copy = deepcopy(row)
        row.addnext(copy)
        texts = list(_cells(copy)[4].iter(w("t")))
        texts[0].text = "Ghi khác"

    reading = read(rewritten(filled(Language.VIETNAMESE), change))

    (doubt,) = reading.doubts
    assert (doubt.kind, doubt.question, doubt.field) == (
        DoubtKind.DOUBLED,
        "4.1-01",
        AnswerField.EVIDENCE,
    )
    assert "Ghi khác" in (doubt.found or "")
    assert answers()[0].evidence in (doubt.found or "")
    assert not doubt.kind.acceptable


def test_a_row_that_was_doubled_unchanged_raises_no_doubt():
    def change(root: Any) -> None:
        row = _rows(root)[0]
        row.addnext(deepcopy(row))

    assert read(rewritten(filled(Language.ENGLISH), change)).doubts == ()


def test_a_column_that_was_deleted_is_missed_in_every_row():
    def change(root: Any) -> None:
        for table in _tables(root):
            for row in table.iter(w("tr")):
                row.remove(_cells(row)[4])

    reading = read(rewritten(filled(Language.ENGLISH), change))

    missing = [d for d in reading.doubts if d.kind is DoubtKind.MISSING]
    assert len(missing) == 7
    assert {doubt.field for doubt in missing} == {AnswerField.EVIDENCE}


def test_cells_that_were_merged_are_named():
    def change(root: Any) -> None:
        cells = _cells(_rows(root)[0])
        for paragraph in list(cells[5].iter(w("p"))):
            cells[4].append(paragraph)
        cells[5].getparent().remove(cells[5])
        cells[4].find(w("tcPr")).insert(1, element('<w:gridSpan w:val="2"/>'))

    reading = read(rewritten(filled(Language.VIETNAMESE), change))

    assert DoubtKind.CONFLICTING_IDENTITY in kinds(reading)
    assert DoubtKind.MISSING in kinds(reading)
    assert answers()[0].documents in everything(reading)
    assert answers()[0].evidence in everything(reading)


def test_text_put_where_none_belongs_is_named_whole():
    def change(root: Any) -> None:
        body = root.find(w("body"))
        body.insert(5, element("<w:p><w:r><w:t>Ghi chú ngoài bảng</w:t></w:r></w:p>"))
        _cells(_rows(root)[1])[2].append(element("<w:p><w:r><w:t>Ghi vào ô này</w:t></w:r></w:p>"))
        extra = "<w:tr>" + "<w:tc><w:p><w:r><w:t>Dòng thêm</w:t></w:r></w:p></w:tc>" * 8 + "</w:tr>"
        _tables(root)[0].append(element(extra))

    reading = read(rewritten(filled(Language.VIETNAMESE), change))

    assert kinds(reading) == {DoubtKind.STRAY_TEXT}
    assert reading.answers == answers()
    for words in ("Ghi chú ngoài bảng", "Ghi vào ô này", "Dòng thêm"):
        assert words in everything(reading)


def test_a_question_that_was_worded_anew_is_named():
    def change(root: Any) -> None:
        next(_cells(_rows(root)[3])[1].iter(w("t"))).text = "Câu hỏi dễ hơn?"

    (doubt,) = read(rewritten(filled(Language.VIETNAMESE), change)).doubts

    assert (doubt.kind, doubt.question) == (DoubtKind.ALTERED_QUESTION, "7.5-02")
    assert doubt.found == "Câu hỏi dễ hơn?"


def test_tracked_changes_are_read_as_accepted_and_named():
    def change(root: Any) -> None:
        run = next(_cells(_rows(root)[0])[4].iter(w("r")))
        run.addnext(
            element(
                '<w:ins w:id="9001" w:author="A" w:date="2026-01-01T00:00:00Z">'
                "<w:r><w:t> thêm vào</w:t></w:r></w:ins>"
            )
        )
        run.addnext(
            element(
                '<w:del w:id="9002" w:author="A" w:date="2026-01-01T00:00:00Z">'
                "<w:r><w:delText> bỏ đi</w:delText></w:r></w:del>"
            )
        )

    reading = read(rewritten(filled(Language.VIETNAMESE), change))

    assert kinds(reading) == {DoubtKind.TRACKED_CHANGE}
    assert reading.answers[0].evidence == answers()[0].evidence + " thêm vào"
    assert {doubt.found for doubt in reading.doubts} == {"thêm vào", "bỏ đi"}
    assert {doubt.question for doubt in reading.doubts} == {"4.1-01"}


def test_a_text_box_and_a_picture_are_named():
    box = (
        '<w:r><w:pict><v:rect style="width:100pt;height:40pt"><v:textbox><w:txbxContent><w:p>'
        "<w:r><w:t>Trong hộp</w:t></w:r></w:p></w:txbxContent></v:textbox></v:rect></w:pict></w:r>"
    )

    def change(root: Any) -> None:
        paragraph = next(_cells(_rows(root)[0])[4].iter(w("p")))
        paragraph.append(element(box))
        paragraph.append(element("<w:r><w:drawing/></w:r>"))

    reading = read(rewritten(filled(Language.VIETNAMESE), change))

    assert kinds(reading) == {DoubtKind.STRAY_TEXT, DoubtKind.EMBEDDED}
    assert "Trong hộp" in everything(reading)
    assert reading.answers == answers()


def test_text_typed_beside_a_control_counts_as_typed_into_it():
    def change(root: Any) -> None:
        for row in _rows(root):
            cell = _cells(row)[4]
            cell.append(element("<w:p><w:r><w:t>Viết bên dưới</w:t></w:r></w:p>"))

    reading = read(rewritten(write_checklist(checklist(), Language.VIETNAMESE), change))

    assert {answer.evidence for answer in reading.answers} == {"Viết bên dưới"}


def test_a_control_copied_from_another_row_is_named():
    def change(root: Any) -> None:
        rows = _rows(root)
        source, target = _cells(rows[0])[4], _cells(rows[1])[4]
        for paragraph in list(target.iter(w("p"))):
            target.remove(paragraph)
        target.append(deepcopy(next(source.iter(w("p")))))

    reading = read(rewritten(filled(Language.VIETNAMESE), change))

    assert [(d.kind, d.question, d.field) for d in reading.doubts] == [
        (DoubtKind.CONFLICTING_IDENTITY, "4.2-01", AnswerField.EVIDENCE)
    ]
    # What stands in a row is its answer: that is what its reader sees.
    assert [one.evidence for one in reading.answers[:2]] == [answers()[0].evidence] * 2


def test_a_cell_pasted_over_is_known_by_its_place():
    def change(root: Any) -> None:
        cell = _cells(_rows(root)[1])[4]
        for paragraph in list(cell.iter(w("p"))):
            cell.remove(paragraph)
        for line in ("Dán đè", "hai dòng"):
            cell.append(element(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"))

    reading = read(rewritten(filled(Language.VIETNAMESE), change))

    assert reading.answer("4.2-01").evidence == "Dán đè\nhai dòng"
    assert reading.doubts == ()


def test_a_file_without_its_plan_needs_the_checklist_that_was_sent_out():
    def change(root: Any) -> None:
        for entry in list(root):
            root.remove(entry)

    data = rewritten(filled(Language.VIETNAMESE), change, "docProps/custom.xml")

    alone, held_against = read(data), read(data, checklist=checklist())

    assert DoubtKind.NO_PLAN in kinds(alone)
    assert not DoubtKind.NO_PLAN.acceptable
    assert held_against.answers == answers()
    assert held_against.language is Language.VIETNAMESE


def delete_heading(row: Any) -> None:
    table = row.getparent()
    table.remove(next(table.iter(w("tr"))))


def delete_row(row: Any) -> None:
    row.getparent().remove(row)


def double_row(row: Any) -> None:
    row.addnext(deepcopy(row))


def merge_cells(row: Any) -> None:
    *_, last_but_two, last_but_one, _ = (None, None, *_cells(row))
    if last_but_two is not None:
        for paragraph in list(last_but_one.iter(w("p"))):
            last_but_two.append(paragraph)
        row.remove(last_but_one)


def delete_number(row: Any) -> None:
    if len(_cells(row)) > 1:
        row.remove(_cells(row)[0])


def write_into(place: int, row: Any) -> None:
    cells = _cells(row)
    cells[place % len(cells)].append(element("<w:p><w:r><w:t>Chữ lạ</w:t></w:r></w:p>"))


OF_WHOLE = [reverse_rows, swap_columns, remove_controls, remove_controls_and_bookmarks, decompose]
OF_ROWS = [delete_heading, delete_row, double_row, merge_cells, delete_number]
OF_ROWS += [partial(write_into, place) for place in range(8)]


def mistreat(root: Any, way: Callable[..., None], place: int) -> None:
    """Do something to a file, or to one of the rows that it still has."""
    if way in OF_WHOLE:
        way(root)
    elif rows := _rows(root):
        way(rows[place % len(rows)])


def without_stray(answer: Answer) -> Answer:
    """An answer without what was written into its cells besides."""
    return evolve(
        answer,
        **{
            name: getattr(answer, name).replace("Chữ lạ", "").strip()
            for name in ("evidence", "documents", "statement")
        },
    )


def below(given_answer: Answer, answer: Answer) -> Answer:
    """An answer without the words that stand below those that were given.

    A control that was copied and then taken away leaves words that nothing tells from others
    typed into the same cell.
    """
    return evolve(
        answer,
        **{
            name: given
            for name in ("evidence", "documents", "statement")
            if (given := getattr(given_answer, name)) == ""
            or f"{getattr(answer, name)}\n".startswith(f"{given}\n")
        },
    )


def move_row(row: Any) -> None:
    """To the end of the last table of questions."""
    _tables(row.getroottree().getroot())[-1].append(row)


def merge_down(row: Any) -> None:
    """The fifth cell with that of the row below."""
    below = row.getnext()
    if below is not None and len(_cells(row)) > 5 and len(_cells(below)) > 5:
        upper, lower = _cells(row)[4], _cells(below)[4]
        for cell, value in ((upper, "restart"), (lower, "continue")):
            cell.find(w("tcPr")).append(element(f'<w:vMerge w:val="{value}"/>'))
        for paragraph in list(lower.iter(w("p"))):
            upper.append(paragraph)
        lower.append(element("<w:p/>"))


def paste_over(row: Any) -> None:
    """The same words in another cell, without the control."""
    cell = _cells(row)[-2]
    for paragraph in list(cell.findall(w("p"))):
        paragraph.addprevious(element("<w:p/>"))
        texts = [deepcopy(run) for run in paragraph.iter(w("r"))]
        for run in texts:
            paragraph.getprevious().append(run)
        cell.remove(paragraph)


def copy_control(row: Any) -> None:
    """The control of one row beside that of the row below."""
    below = row.getnext()
    controls = list(row.iter(w("sdt")))
    if below is not None and controls and (cells := _cells(below)):
        cells[-2].append(element("<w:p/>"))
        cells[-2][-1].append(deepcopy(controls[-2]))


def track(kind: str, row: Any) -> None:
    """All that stands in a cell, put in while changes were tracked; or words taken out."""
    if kind == "ins":
        for run in list(_cells(row)[-2].iter(w("r"))):
            change = element(f'<w:ins w:id="{900 + len(run)}" w:author="A"/>')
            run.addprevious(change)
            change.append(run)
    else:
        gone = '<w:p><w:del w:id="9" w:author="A"><w:r><w:delText>Chữ lạ</w:delText></w:r></w:del></w:p>'
        _cells(row)[-2].append(element(gone))


def cut_field(row: Any) -> None:
    """A field that begins in a cell and has no end."""
    paragraph = next(_cells(row)[-2].iter(w("p")))
    paragraph.insert(1, element('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'))


OF_ROWS += [move_row, merge_down, paste_over, copy_control, cut_field]
OF_ROWS += [partial(track, "ins"), partial(track, "del")]
SOME = st.lists(st.sampled_from([*OF_WHOLE, *OF_ROWS]), min_size=1, max_size=4)


@given(some_answers(), SOME, st.integers(0, 60), st.sampled_from(list(Language)))
@settings(max_examples=200, deadline=None)
def test_nothing_typed_is_silently_lost(given_answers, ways, place, language):
    """Every value that is still in the file comes back, or a doubt names its question.

    And every line that still stands in a cell is told, in an answer or in a doubt.
    """
    data = write_checklist(checklist(), language, answers=given_answers)

    def change(root: Any) -> None:
        for way in ways:
            mistreat(root, way, place)

    reading = read(rewritten(data, change))

    found = {answer.question: answer for answer in reading.answers}
    named = {doubt.question for doubt in reading.doubts if doubt.question}
    words = everything(reading)
    left_words = copy_control in ways and {remove_controls, remove_controls_and_bookmarks} & {*ways}
    for answer in map(composed, given_answers):
        if answer.question not in named:
            one = without_stray(found[answer.question])
            assert (below(answer, one) if left_words else one) == answer
    still = "".join(etree.fromstring(zipfile.ZipFile(BytesIO(rewritten(data, change))).read(
        "word/document.xml")).itertext())  # fmt: skip
    if "Chữ lạ" in still:
        assert "Chữ lạ" in words
    left = unicodedata.normalize("NFC", still)
    told = "".join(words.split())
    # Findings stand in the printed list at the end, too, whatever became of their rows.
    printed = {Grade.MINOR, Grade.MAJOR, Grade.OPPORTUNITY}
    for answer in map(composed, given_answers):
        for line in [] if answer.grade in printed else answer.words.split("\n"):
            if len(line) > 8 and line in left:
                assert "".join(line.split()) in told


def test_rows_of_answers_go_on_over_pages_and_headings_do_not():
    """Of a row kept whole and taller than a page, LibreOffice leaves the last lines out."""
    root = etree.fromstring(members(filled(Language.VIETNAMESE))["word/document.xml"])
    whole = {True: 0, False: 0}
    for row in root.iter(w("tr")):
        kept = row.find(f"{w('trPr')}/{w('cantSplit')}") is not None
        heading = row.find(f"{w('trPr')}/{w('tblHeader')}") is not None
        filled_in = any(tag.get(w("val"), "").count("/") == 2 for tag in row.iter(w("tag")))
        assert kept or not heading
        assert not (kept and filled_in)
        whole[heading] += heading or filled_in
    assert min(whole.values()) > 5
