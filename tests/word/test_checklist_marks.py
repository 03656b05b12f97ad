"""Ends of paragraphs under tracked changes, words struck through or hidden, words beside the text."""

from __future__ import annotations

from typing import Any

import pytest
from checklist_samples import answers, filled
from test_checklist_outline import RUN, cells, docx, marks, odt, passages, styled
from test_checklist_round_trip import _cells, _rows, rewritten
from word_samples import W

from qms.checklist import AnswerField, DoubtKind
from qms.text import Language
from qms.word import read
from qms.word.outline import BOX, NOTE, PILCROW, PROPERTIES, TEXT
from qms.word.parts import element, w

VI = Language.VIETNAMESE
CHANGED = "<w:p><w:pPr><w:rPr><w:{0} w:id='9'/></w:rPr></w:pPr>{1}</w:p>"


# --- the end of a paragraph, put in or taken out ---------------------------------------------


@pytest.mark.parametrize(
    ("mark", "text", "found"),
    [
        ("ins", "một\nhai", [("inserted", PILCROW)]),
        ("moveTo", "một\nhai", [("inserted", PILCROW)]),
        ("del", "mộthai", [("deleted", PILCROW)]),
        ("moveFrom", "mộthai", [("deleted", PILCROW)]),
        ("b", "một\nhai", []),
    ],
)
def test_the_end_of_a_paragraph_that_was_put_in_or_taken_out_is_marked(mark, text, found):
    first = CHANGED.format(mark, RUN.format("một"))
    body = f"{first}<w:p>{RUN.format('hai')}</w:p>"
    outline = docx(f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>{body}")

    assert cells(outline) == [[text]]
    assert marks(outline) == found * 2
    assert [mark.cell is not None for mark in outline.marks] == [True, False][: 2 * len(found)]
    assert passages(outline) == [("một", TEXT), ("hai", TEXT)]


def test_the_end_of_a_paragraph_that_was_put_in_or_taken_out_is_marked_in_odf():
    outline = odt(
        "<text:tracked-changes><text:changed-region text:id='c1'><text:deletion><text:p/><text:p/>"
        "</text:deletion></text:changed-region><text:changed-region text:id='c2'><text:deletion>"
        "<text:p> </text:p></text:deletion></text:changed-region></text:tracked-changes>"
        "<table:table><table:table-row><table:table-cell><text:p>một<text:change "
        "text:change-id='c1'/>hai<text:change-start text:change-id='c3'/></text:p><text:p>"
        "<text:change-end text:change-id='c3'/>ba</text:p></table:table-cell></table:table-row>"
        "</table:table>"
    )

    assert cells(outline) == [["mộthai\nba"]]
    assert marks(outline) == [("deleted", PILCROW), ("deleted", " "), ("inserted", PILCROW)]


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [("một", "hai", "một\nhai"), ("", "hai", "\nhai"), ("", "", PILCROW)],
)
def test_what_was_put_in_over_several_paragraphs_of_odf_is_whole(first, second, found):
    outline = odt(
        f"<text:p>trước đó<text:change-start text:change-id='c1'/>{first}</text:p>"
        f"<text:p>{second}<text:change-end text:change-id='c1'/>sau</text:p>"
    )

    assert marks(outline) == [("inserted", found)]
    assert passages(outline) == [(f"trước đó{first}", TEXT), (f"{second}sau", TEXT)]


def in_evidence(paragraphs: str) -> bytes:
    def change(root: Any) -> None:
        cell = _cells(_rows(root)[0])[4]
        cell.extend(list(element(f"<w:tc>{paragraphs}</w:tc>")))

    return rewritten(filled(VI), change)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (RUN.format("một"), [PILCROW]),
        (f"<w:ins w:id='8'>{RUN.format('một')}</w:ins>", ["một"]),
        (
            f"<w:del w:id='8'><w:r><w:delText>cũ</w:delText></w:r></w:del>{RUN.format('một')}",
            [PILCROW, "cũ"],
        ),
    ],
)
def test_the_end_of_a_paragraph_is_named_unless_words_were_put_in_with_it(words, found):
    reading = read(in_evidence(CHANGED.format("ins", words) + f"<w:p>{RUN.format('hai')}</w:p>"))

    assert reading.answers[0].evidence == f"{answers()[0].evidence}\nmột\nhai"
    assert [(d.kind, d.question, d.field) for d in reading.doubts] == [
        (DoubtKind.TRACKED_CHANGE, "4.1-01", AnswerField.EVIDENCE)
    ] * len(found)
    assert sorted(d.found or "" for d in reading.doubts) == sorted(found)


def test_the_ends_of_paragraphs_outside_cells_are_named_one_by_one():
    def change(root: Any) -> None:
        body = root.find(w("body"))
        body.insert(0, element(CHANGED.format("ins", RUN.format("chen"))))
        body.insert(1, element(f"<w:p><w:ins w:id='7'>{RUN.format('vào')}</w:ins></w:p>"))

    reading = read(rewritten(filled(VI), change))

    assert [d.found for d in reading.doubts if d.kind is DoubtKind.TRACKED_CHANGE] == [
        PILCROW,
        "vào",
    ]


# --- styles of OpenDocument that strike words through ----------------------------------------


def style(name: str, look: str = "", *, family: str = "paragraph", parent: str = "") -> str:
    based = f" style:parent-style-name='{parent}'" if parent else ""
    properties = f"<style:text-properties style:text-line-through-{look}/>" if look else ""
    return f"<style:style style:family='{family}' style:name='{name}'{based}>{properties}</style:style>"


LINE, NO_LINE = "style='solid'", "style='none'"
NAMED = (
    style("Old", LINE)
    + style("Older", parent="Old")
    + style("New", NO_LINE, parent="Old")
    + style("Round", parent="Round")
    + style("Font", "color='#000000'", parent="Old")
    + style("Double", "type='double'")
    + style("Gone", LINE, family="text")
    + style("Both", "type='none'", family="text", parent="Gone")
)
AUTOMATIC = style("P1", parent="Older") + style("T1", NO_LINE, family="text")


@pytest.mark.parametrize(
    ("paragraph", "found"),
    [
        ("<text:p text:style-name='Old'>cũ</text:p>", ["cũ"]),
        ("<text:p text:style-name='P1'>cũ</text:p>", ["cũ"]),
        ("<text:p text:style-name='New'>mới</text:p>", []),
        ("<text:p text:style-name='Round'>mới</text:p>", []),
        ("<text:p text:style-name='Font'>cũ</text:p>", ["cũ"]),
        ("<text:p text:style-name='Double'>cũ<text:tab/></text:p>", ["cũ\t"]),
        ("<text:p text:style-name='Gone'>mới</text:p>", []),
        ("<text:p>mới</text:p>", []),
        (
            (
                "<text:p text:style-name='Old'>a<text:span text:style-name='T1'>mới</text:span>"
                "<text:span>b</text:span>c</text:p>"
            ),
            ["a", "bc"],
        ),
        (
            (
                "<text:p><text:span text:style-name='Gone'>a<text:span text:style-name='Both'>mới"
                "</text:span>b</text:span></text:p>"
            ),
            ["a", "b"],
        ),
        (
            (
                "<text:p text:style-name='Old'>a<loext:content-control>[ngày]"
                "</loext:content-control></text:p>"
            ),
            ["a"],
        ),
    ],
)
def test_words_that_a_style_of_odf_strikes_through_are_marked(paragraph, found):
    outline = odt(
        f"{AUTOMATIC}<table:table><table:table-row><table:table-cell>{paragraph}"
        f"</table:table-cell></table:table-row></table:table>{paragraph}",
        styles=f"<office:styles>{NAMED}</office:styles><office:automatic-styles>"
        f"{style('T1', LINE, family='text')}</office:automatic-styles>",
    )

    assert marks(outline) == [("struck", words) for words in found] * 2
    assert [mark.cell is not None for mark in outline.marks] == [True] * len(found) + [False] * len(
        found
    )


def test_paragraphs_of_odf_without_a_style_have_the_default_one():
    default = (
        "<style:default-style style:family='paragraph'><style:text-properties "
        "style:text-line-through-style='solid'/></style:default-style>"
    )
    box = "<draw:frame><draw:text-box><text:p>hộp</text:p></draw:text-box></draw:frame>"
    note = "<text:note><text:note-body><text:p>chú</text:p></text:note-body></text:note>"
    outline = odt(
        f"<text:p>cũ{box}{note}</text:p>",
        styles=f"<office:styles>{default}{style('Own')}</office:styles>",
    )

    assert passages(outline) == [("hộp", BOX), ("chú", NOTE), ("cũ", TEXT)]
    assert sorted(marks(outline)) == [("struck", "chú"), ("struck", "cũ"), ("struck", "hộp")]


# --- words that are hidden --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraph", "run", "found"),
    [
        ("", "<w:vanish/>", ["hidden"]),
        ("", "<w:vanish w:val='0'/>", []),
        ("", "<w:vanish/><w:strike/>", ["hidden", "struck"]),
        ("<w:pStyle w:val='Note'/>", "", ["hidden"]),
        ("<w:pStyle w:val='Note'/>", "<w:b/>", ["hidden"]),
        ("<w:pStyle w:val='Note'/>", "<w:vanish w:val='false'/>", []),
        ("", "<w:rStyle w:val='Part'/>", ["hidden"]),
        ("<w:rPr><w:vanish/></w:rPr>", "", []),
    ],
)
def test_hidden_words_of_a_word_file_are_marked(paragraph, run, found):
    styles = (
        f"<w:styles {W}><w:style w:type='paragraph' w:styleId='Note'><w:rPr><w:vanish/></w:rPr>"
        "</w:style><w:style w:type='character' w:styleId='Part'><w:basedOn w:val='Note'/>"
        "</w:style></w:styles>"
    )
    outline = styled(
        f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>ẩn</w:t></w:r></w:p>", styles
    )

    assert passages(outline) == [("ẩn", TEXT)]
    assert marks(outline) == [(kind, "ẩn") for kind in found]


def test_hidden_words_of_odf_are_marked():
    hidden = (
        "<style:style style:family='text' style:name='H'><style:text-properties "
        "text:display='none'/></style:style><style:style style:family='text' style:name='S' "
        "style:parent-style-name='H'><style:text-properties text:display='true' "
        "style:text-line-through-style='solid'/></style:style>"
    )
    outline = odt(
        f"{hidden}<text:p>a<text:span text:style-name='H'>ẩn<text:span text:style-name='S'>cũ"
        "</text:span></text:span><text:hidden-text text:string-value='b'/>"
        "<text:hidden-text text:string-value=' '/></text:p>"
    )

    assert passages(outline) == [("aẩncũb", TEXT)]
    assert marks(outline) == [("hidden", "ẩn"), ("struck", "cũ"), ("hidden", "b")]


@pytest.mark.parametrize(
    ("switch", "found"),
    [("<w:hidden/>", [("hidden", "ẩn")]), ("<w:hidden w:val='0'/>", []), ("", [])],
)
def test_rows_of_a_word_file_that_are_hidden_are_marked(switch, found):
    cell = f"<w:tc><w:p>{RUN.format('ẩn')}</w:p></w:tc><w:tc><w:p/></w:tc>"
    outline = docx(f"<w:tbl><w:tr><w:trPr>{switch}</w:trPr>{cell}</w:tr></w:tbl>")

    assert marks(outline) == found


@pytest.mark.parametrize(
    ("section", "row", "found"),
    [
        (" text:display='none'", "", [("hidden", "ẩn")]),
        ("", " table:visibility='collapse'", [("hidden", "ẩn")]),
        ("", " table:visibility='visible'", []),
        (" text:display='true'", "", []),
    ],
)
def test_sections_and_rows_of_odf_that_are_hidden_are_marked(section, row, found):
    cells_ = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    table = "<table:table><table:table-row{}>{}</table:table-row></table:table>"
    hidden = table.format(row, cells_.format("ẩn") + cells_.format(""))
    shown = table.format("", cells_.format("hiện"))
    outline = odt(f"<text:section{section}>{hidden}</text:section>{shown}")

    assert marks(outline) == found


def test_the_answers_of_a_row_that_somebody_hid_are_named():
    def change(root: Any) -> None:
        row = _rows(root)[1]
        row.find(w("trPr")).append(element("<w:hidden/>"))

    doubts = read(rewritten(filled(VI), change)).doubts

    assert {d.kind for d in doubts} == {DoubtKind.HIDDEN}
    assert {d.question for d in doubts} == {"4.2-01"}


def test_hidden_words_are_named_where_they_are_an_answer():
    run = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>không</w:t></w:r>"

    def change(root: Any) -> None:
        _cells(_rows(root)[0])[1].append(element(f"<w:p>{run}</w:p>"))

    reading = read(in_evidence(f"<w:p>{run}</w:p>"))
    other = read(rewritten(filled(VI), change))

    assert reading.answers[0].evidence == f"{answers()[0].evidence}\nkhông"
    assert [(d.kind, d.question, d.field, d.found) for d in reading.doubts] == [
        (DoubtKind.HIDDEN, "4.1-01", AnswerField.EVIDENCE, "không")
    ]
    assert [d.kind for d in other.doubts] == [DoubtKind.ALTERED_QUESTION]


# --- words in the properties of a file -------------------------------------------------------


@pytest.mark.parametrize(("words", "found"), [("Cần xem lại", ["Cần xem lại"]), (" ", [])])
def test_what_was_written_into_the_properties_of_a_file_is_named(words, found):
    space = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    said = f"<dc:description>{words}</dc:description>"

    def change(root: Any) -> None:
        root.append(element(f"<w:x {space}>{said}</w:x>")[0])

    reading = read(rewritten(filled(VI), change, "docProps/core.xml"))
    outline = odt("", meta=f"<office:meta {space}>{said}</office:meta>")

    assert [(d.kind, d.where, d.found) for d in reading.doubts] == [
        (DoubtKind.STRAY_TEXT, PROPERTIES, one) for one in found
    ]
    assert passages(outline) == [(one, PROPERTIES) for one in found]
