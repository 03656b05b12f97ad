"""Every word of a file is a cell, a passage or a mark, in .docx and .odt alike."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from checklist_samples import checklist
from word_samples import W, members, rebuilt

from qms.text import Language
from qms.word import write_checklist
from qms.word.guard import open_guarded
from qms.word.outline import BOX, FOOT, HEAD, NOTE, TEXT, Outline, outline_of
from qms.word.refusal import Refusal, Refused

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    f'xmlns:{short}="{ODF}{long}:1.0"'
    for short, long in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "style": "style",
        "meta": "meta",
    }.items()
) + (
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def odt(body: str, *, styles: str = "", meta: str = "") -> Outline:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:body><office:text>{body}"
            "</office:text></office:body></office:document-content>",
        )
        if styles:
            archive.writestr(
                "styles.xml", f"<office:document-styles {SPACES}>{styles}</office:document-styles>"
            )
        if meta:
            archive.writestr(
                "meta.xml", f"<office:document-meta {SPACES}>{meta}</office:document-meta>"
            )
    return outline_of(open_guarded(out.getvalue()))


def docx(body: str, **parts: str) -> Outline:
    files = members(write_checklist(checklist(), Language.VIETNAMESE))
    files["word/document.xml"] = f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()
    relations = files["word/_rels/document.xml.rels"].decode()
    types = files["[Content_Types].xml"].decode()
    for kind, content in parts.items():
        files[f"word/{kind}.xml"] = content.encode()
        address = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        relations = relations.replace(
            "</Relationships>",
            f'<Relationship Id="x{kind}" Type="{address}{kind}" Target="{kind}.xml"/></Relationships>',
        )
        types = types.replace(
            "</Types>",
            f'<Override PartName="/word/{kind}.xml" ContentType="application/vnd.openxmlformats-'
            f'officedocument.wordprocessingml.{kind}+xml"/></Types>',
        )
    files["word/_rels/document.xml.rels"] = relations.encode()
    files["[Content_Types].xml"] = types.encode()
    return outline_of(open_guarded(rebuilt(files)))


def marks(outline: Outline) -> list[tuple[str, str]]:
    return [(mark.kind, mark.text) for mark in outline.marks]


def passages(outline: Outline) -> list[tuple[str, Any]]:
    return [(passage.text, passage.where) for passage in outline.passages]


def cells(outline: Outline) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in outline.tables for row in table.rows]


# --- OpenDocument ----------------------------------------------------------------------------


def test_paragraphs_of_odf_wherever_they_stand():
    outline = odt(
        "<text:sequence-decls/><text:h>Mục</text:h>"
        "<text:section><text:list><text:list-item><text:p>một<text:s text:c='2'/>hai<text:tab/>ba"
        "<text:line-break/>bốn</text:p></text:list-item></text:list></text:section>"
        "<text:p>trang <text:page-number>7</text:page-number></text:p><text:p/>"
    )

    assert passages(outline) == [("Mục", TEXT), ("một  hai\tba\nbốn", TEXT), ("trang", TEXT)]


def test_cells_of_odf_with_controls_bookmarks_and_tables_inside():
    control = (
        "<loext:content-control loext:tag='t' loext:current-date='2026-03-01T00:00:00'>"
        "01/03/2026</loext:content-control>"
    )
    empty = (
        "<loext:content-control loext:showing-place-holder='true'>Choose an item."
        "</loext:content-control>"
    )
    outline = odt(
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>A</text:p>"
        "</table:table-cell></table:table-row></table:table-header-rows><table:table-row>"
        "<table:table-cell table:number-columns-repeated='2'><text:p><text:bookmark-start "
        f"text:name='_q'/>{control}<text:bookmark-end text:name='_q'/></text:p></table:table-cell>"
        f"<table:covered-table-cell/><table:table-cell><text:p>{empty}</text:p><table:table>"
        "<table:table-row><table:table-cell><text:p>trong</text:p></table:table-cell>"
        "</table:table-row></table:table></table:table-cell></table:table-row></table:table>"
    )

    assert cells(outline) == [["A"], ["01/03/2026", "trong"]]
    first, last = outline.tables[0].rows[1].cells
    assert (first.tags, first.bookmarks, first.days) == (["t"], ["_q"], ["2026-03-01"])
    assert last.column == 3


def test_marks_of_odf():
    outline = odt(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>bỏ</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>a<text:change-start text:change-id='1'/>thêm<text:change-end text:change-id='1'/>"
        "<text:change-end text:change-id='2'/>"
        "<office:annotation><text:p>ý kiến</text:p></office:annotation>"
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>chú thích"
        "</text:p></text:note-body></text:note>"
        "<draw:frame><draw:text-box><text:p>hộp<draw:frame><draw:text-box><text:p>hộp trong"
        "</text:p></draw:text-box></draw:frame></text:p></draw:text-box></draw:frame>"
        "<draw:frame><draw:image/></draw:frame></text:p><draw:frame><draw:object/></draw:frame>"
        "<table:table><table:table-row><table:table-cell><draw:frame><draw:image/></draw:frame>"
        "</table:table-cell></table:table-row></table:table>"
        "<text:p><loext:content-control>ngoài bảng</loext:content-control>"
        "<text:bookmark text:name='b'/></text:p>"
    )

    assert marks(outline) == [
        ("deleted", "bỏ"),
        ("inserted", "thêm"),
        ("inserted", ""),
        ("comment", "ý kiến"),
        ("embedded", ""),
        ("embedded", ""),
        ("embedded", ""),
    ]
    assert ("hộp trong", BOX) in passages(outline)
    assert ("chú thích", NOTE) in passages(outline)
    assert ("athêm", TEXT) in passages(outline)
    assert ("ngoài bảng", TEXT) in passages(outline)


def test_headers_and_properties_of_odf():
    outline = odt(
        "<text:p>x</text:p>",
        styles="<style:header><text:p>đầu<draw:frame><draw:image/></draw:frame></text:p>"
        "</style:header><style:footer><text:p>cuối</text:p></style:footer>",
        meta='<office:meta><meta:user-defined meta:name="qms">v</meta:user-defined>'
        '<meta:user-defined meta:name="rỗng"/></office:meta>',
    )

    assert passages(outline)[1:] == [("đầu", HEAD), ("cuối", FOOT)]
    assert outline.properties == {"qms": "v", "rỗng": ""}
    assert outline.marks == []


def test_what_programs_compute_in_the_margins_of_odf_is_not_read_there():
    outline = odt(
        "<text:p>ngày <text:date>29/11/2026</text:date></text:p>",
        styles="<style:header><text:p>in <text:date>29/11/2026</text:date> bởi "
        "<draw:frame><draw:text-box><text:p>NỘI BỘ</text:p></draw:text-box></draw:frame>"
        "<text:file-name>a.odt</text:file-name></text:p></style:header>",
    )

    assert passages(outline) == [
        ("ngày 29/11/2026", TEXT),
        ("NỘI BỘ", HEAD),
        ("in  bởi", HEAD),
    ]


# --- Word ------------------------------------------------------------------------------------

RUN = "<w:r><w:t>{}</w:t></w:r>"


def test_words_of_a_word_file_however_they_are_kept():
    outline = docx(
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t>"
        '<w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:char="xyz"/><w:softHyphen/></w:r>'
        '<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath><w:fldSimple w:instr="PAGE">'
        f"{RUN.format('9')}</w:fldSimple><w:fldSimple w:instr='REF a'>{RUN.format('r')}"
        "</w:fldSimple></w:p>"
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText> NUMPAGES </w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>99</w:t><w:fldChar w:fldCharType="end"/>'
        '<w:fldChar w:fldCharType="end"/><w:instrText>lạc</w:instrText><w:t>sau</w:t></w:r></w:p>'
        f"<w:sdt><w:sdtPr/><w:sdtContent><w:p>{RUN.format('khối')}</w:p></w:sdtContent></w:sdt>"
        "<w:p><w:sdt><w:sdtPr/></w:sdt><w:bookmarkStart w:id='1' w:name='n'/></w:p>"
    )

    assert passages(outline) == [("a\tb\nc\uf0fcxr", TEXT), ("sau", TEXT), ("khối", TEXT)]


def test_cells_of_a_word_file_in_controls_and_tracked_rows():
    inner = f"<w:tbl><w:tr><w:tc><w:p>{RUN.format('trong')}</w:p></w:tc></w:tr></w:tbl>"
    outline = docx(
        "<w:tbl><w:tr><w:trPr><w:gridBefore w:val='1'/><w:ins w:id='1'/></w:trPr>"
        "<w:sdt><w:sdtPr><w:tag w:val='quanh'/><w:date w:fullDate='2026-03-01T00:00:00Z'/></w:sdtPr>"
        f"<w:sdtContent><w:tc><w:p>{RUN.format('một')}</w:p></w:tc></w:sdtContent></w:sdt>"
        f"<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:bookmarkStart w:id='2' w:name='m'/>{inner}"
        "<w:del w:id='4'><w:r><w:delText>xóa</w:delText></w:r></w:del><w:altChunk/>"
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p>"
        f"<w:bookmarkStart w:id='3' w:name='k'/>{RUN.format('[ngày]')}</w:p></w:sdtContent></w:sdt>"
        f"<w:p>{RUN.format('hai')}<w:p>{RUN.format('ba')}</w:p></w:p></w:tc></w:tr>"
        "<w:tr><w:trPr><w:del w:id='5'/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    )

    # A row that is taken out is read as if that were accepted.
    assert cells(outline) == [["một", "trong\nhai\nba"]]
    first, second = outline.tables[0].rows[0].cells
    assert (first.column, first.tags, first.days) == (1, ["quanh"], ["2026-03-01"])
    assert (second.column, second.bookmarks) == (2, ["m", "k"])
    assert marks(outline) == [
        ("inserted", "một\ntrong\n[ngày]\nhaiba\nba"),
        ("deleted", "xóa"),
        ("embedded", ""),
        ("deleted", ""),
    ]


def test_marks_and_boxes_of_a_word_file():
    box = (
        "<v:rect><v:textbox><w:txbxContent><w:p><w:r><w:t>hộp</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:rect>"
    )
    alternatives = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        f'2006"><mc:Choice><w:pict>{box}</w:pict></mc:Choice><mc:Fallback><w:pict>{box}</w:pict>'
        "</mc:Fallback></mc:AlternateContent>"
    )
    nested = alternatives.replace("hộp", "hộp trong")
    outline = docx(
        f"<w:p><w:r>{alternatives}</w:r></w:p>"
        f"<w:p><w:r><w:pict><v:group>{nested}</v:group></w:pict></w:r></w:p>"
        "<w:p><w:r><w:object/></w:r></w:p><w:altChunk/>"
        "<w:del w:id='1'><w:r><w:delText>đoạn xóa</w:delText></w:r></w:del>"
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-'
        'compatibility/2006"/></w:r></w:p>'
    )

    assert passages(outline) == [("hộp", BOX), ("hộp trong", BOX)]
    assert marks(outline) == [("embedded", ""), ("embedded", ""), ("deleted", "đoạn xóa")]


def test_notes_comments_and_headers_of_a_word_file():
    paragraph = f"<w:p>{RUN.format('{}')}</w:p>"
    outline = docx(
        paragraph.format("thân"),
        comments=f'<w:comments {W}><w:comment w:id="0">{paragraph.format("ý kiến")}</w:comment>'
        "</w:comments>",
        footnotes=f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0">'
        f'{paragraph.format("kẻ")}</w:footnote><w:footnote w:id="2">{paragraph.format("chú")}'
        "</w:footnote></w:footnotes>",
        footer=f"<w:ftr {W}><w:p><w:r><w:drawing/><w:t>chân</w:t></w:r></w:p></w:ftr>",
    )

    assert passages(outline) == [("thân", TEXT), ("chú", NOTE), ("chân", FOOT)]
    assert marks(outline) == [("comment", "ý kiến")]


@pytest.mark.parametrize("value", ["", "x", "-1", "²"])
def test_a_span_that_is_no_number_is_one(value):
    outline = docx(
        f"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='{value}'/></w:tcPr><w:p/></w:tc>"
        "<w:tc><w:p/></w:tc></w:tr></w:tbl>"
    )
    other = odt(
        f"<table:table><table:table-row><table:table-cell table:number-columns-repeated='{value}'/>"
        "<table:table-cell/></table:table-row></table:table>"
    )

    for one in (outline, other):
        assert [cell.column for cell in one.tables[0].rows[0].cells] == [0, 1]


STRUCK = "<w:r><w:rPr><w:{0}/></w:rPr><w:t>cũ</w:t></w:r>"


@pytest.mark.parametrize(
    ("line", "found"),
    [("strike", True), ("dstrike", True), ("strike w:val='0'", False), ("b", False)],
)
def test_struck_words_of_a_word_file_are_marked(line, found):
    cell = f"<w:tc><w:p>{STRUCK.format(line)}{RUN.format('mới')}</w:p></w:tc>"
    outline = docx(
        f"<w:tbl><w:tr>{cell}</w:tr></w:tbl><w:p>{STRUCK.format('strike').replace('cũ', ' ')}</w:p>"
    )

    assert cells(outline) == [["cũmới"]]
    assert marks(outline) == ([("struck", "cũ")] if found else [])


STYLES = (
    f"<w:styles {W}>"
    "<w:style w:type='paragraph' w:styleId='Old'><w:rPr><w:strike/></w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='Older'><w:basedOn w:val='Old'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='New'><w:basedOn w:val='Old'/><w:rPr>"
    "<w:strike w:val='0'/></w:rPr></w:style>"
    "<w:style w:type='character' w:styleId='Gone'><w:rPr><w:dstrike/></w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='Round'><w:basedOn w:val='Round'/></w:style>"
    "<w:style w:type='paragraph' w:default='1' w:styleId='Plain'><w:rPr>{0}</w:rPr></w:style>"
    "</w:styles>"
)


@pytest.mark.parametrize(
    ("paragraph", "run", "plain", "found"),
    [
        ("<w:pStyle w:val='Old'/>", "", "", True),
        ("<w:pStyle w:val='Older'/>", "", "", True),
        ("<w:pStyle w:val='Old'/>", "<w:strike w:val='0'/>", "", False),
        ("<w:pStyle w:val='New'/>", "", "", False),
        ("<w:pStyle w:val='Round'/>", "", "", False),
        ("", "<w:rStyle w:val='Gone'/>", "", True),
        ("", "<w:rStyle w:val='Other'/>", "", False),
        ("", "", "<w:strike/>", True),
        ("", "", "", False),
    ],
)
def test_words_struck_through_by_their_style_are_marked(paragraph, run, plain, found):
    body = f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>cũ</w:t></w:r></w:p>"
    outline = styled(body, STYLES.replace("{0}", plain))

    assert [text for text, _ in passages(outline)] == ["cũ"]
    assert marks(outline) == ([("struck", "cũ")] if found else [])


def styled(body: str, styles: str) -> Outline:
    """A Word file with styles of its own."""
    files = members(write_checklist(checklist(), Language.VIETNAMESE))
    files["word/document.xml"] = f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()
    files["word/styles.xml"] = styles.encode()
    return outline_of(open_guarded(rebuilt(files)))


@pytest.mark.parametrize(
    ("kind", "said", "found"),
    [
        ("FORMDROPDOWN", (("Dropdown_ListEntry", "A"), ("Dropdown_Selected", "0")), "A"),
        (
            "FORMDROPDOWN",
            (
                ("Dropdown_ListEntry", "A"),
                ("Dropdown_ListEntry", "B"),
                ("Dropdown_Selected", "1"),
            ),
            "B",
        ),
        ("FORMDROPDOWN", (("Dropdown_ListEntry", "A"), ("Dropdown_Selected", "7")), ""),
        ("FORMDROPDOWN", (("Dropdown_ListEntry", "A"), ("Dropdown_Selected", "?")), ""),
        ("FORMDROPDOWN", (), ""),
        ("FORMCHECKBOX", (("Checkbox_Checked", "true"),), "☒"),
        ("FORMCHECKBOX", (("Checkbox_Checked", "false"),), "☐"),
        ("FORMCHECKBOX", (), "☐"),
        ("PAGEREF", (), None),
    ],
)
def test_what_was_chosen_in_a_form_field_of_odf_is_marked(kind, said, found):
    space = "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"
    params = "".join(f"<f:param f:name='{n}' f:value='{v}'/>" for n, v in said)
    outline = odt(
        f"<table:table><table:table-row><table:table-cell><text:p>Có <f:fieldmark xmlns:f='{space}' "
        f"f:type='vnd.oasis.opendocument.field.{kind}'>{params}</f:fieldmark></text:p>"
        "</table:table-cell></table:table-row></table:table>"
    )

    assert cells(outline) == [["Có "]]
    assert marks(outline) == ([] if found is None else [("embedded", found)])
    assert all(mark.cell is outline.tables[0].rows[0].cells[0] for mark in outline.marks)


def test_struck_words_of_odf_are_marked():
    styles = (
        "<style:style style:family='text' style:name='T1'><style:text-properties "
        "style:text-line-through-style='solid'/></style:style>"
        "<style:style style:family='text' style:name='T2'><style:text-properties "
        "style:text-line-through-style='none'/></style:style>"
    )
    outline = odt(
        f"{styles}<table:table><table:table-row><table:table-cell><text:p>"
        "<text:span text:style-name='T1'>cũ</text:span><text:span text:style-name='T2'>mới</text:span>"
        "<text:span text:style-name='T1'> </text:span></text:p></table:table-cell></table:table-row>"
        "</table:table>"
    )

    assert cells(outline) == [["cũmới "]]
    assert marks(outline) == [("struck", "cũ")]
    assert outline.marks[0].cell is outline.tables[0].rows[0].cells[0]


def test_what_is_anchored_in_a_cell_is_known_by_it():
    anchors = (
        "<w:r><w:commentReference w:id='3'/></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
        "<w:r><w:pict><v:rect><v:textbox><w:txbxContent><w:p><w:r><w:t>hộp</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:rect></w:pict></w:r>"
    )
    outline = docx(
        f"<w:tbl><w:tr><w:tc><w:p>{anchors}</w:p></w:tc></w:tr></w:tbl>",
        comments=f"<w:comments {W}><w:comment w:id='3'><w:p>{RUN.format('xem')}</w:p></w:comment>"
        f"<w:comment w:id='4'><w:p>{RUN.format('xa')}</w:p></w:comment></w:comments>",
        footnotes=f"<w:footnotes {W}><w:footnote w:id='0' w:type='separator'><w:p/></w:footnote>"
        f"<w:footnote w:id='2'><w:p>{RUN.format('chú thích')}</w:p></w:footnote></w:footnotes>",
    )
    cell = outline.tables[0].rows[0].cells[0]

    assert [(mark.text, mark.cell is cell) for mark in outline.marks] == [
        ("xem", True),
        ("xa", False),
    ]
    assert {(one.text, one.cell is cell) for one in outline.passages if one.cell} == {
        ("chú thích", True),
        ("hộp", True),
    }


def test_what_is_anchored_in_a_cell_of_odf_is_known_by_it():
    outline = odt(
        "<text:tracked-changes><text:changed-region text:id='c1'><text:deletion><text:p>bỏ</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<table:table><table:table-row><table:table-cell><text:p>a<text:change text:change-id='c1'/>"
        "<text:change text:change-id='c9'/><text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>chú thích</text:p></text:note-body></text:note>"
        "<draw:frame><draw:text-box><text:p>hộp</text:p></draw:text-box></draw:frame></text:p>"
        "</table:table-cell></table:table-row></table:table>"
    )
    cell = outline.tables[0].rows[0].cells[0]

    assert [(mark.text, mark.cell is cell) for mark in outline.marks] == [("bỏ", True)]
    assert {(one.text, one.cell is cell) for one in outline.passages} == {
        ("chú thích", True),
        ("hộp", True),
    }


@pytest.mark.parametrize("content", ["<w:sym w:font='Wingdings' w:char='F0FC'/>", "<w:drawing/>"])
def test_a_control_that_holds_a_sign_or_a_picture_is_not_empty(content):
    outline = docx(
        "<w:tbl><w:tr><w:tc><w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r>"
        f"{content}</w:r></w:p></w:sdtContent></w:sdt></w:tc></w:tr></w:tbl>"
    )

    assert cells(outline) == [["\uf0fc" if "sym" in content else ""]]
    assert len(outline.marks) == ("drawing" in content)


def test_boxes_inside_boxes_are_read_once_each():
    depth = 40
    inner = "<w:p><w:r><w:pict><w:txbxContent>" * depth
    outer = "</w:txbxContent></w:pict></w:r></w:p>" * depth
    outline = docx(f"{inner}<w:p>{RUN.format('trong cùng')}</w:p>{outer}")

    assert passages(outline) == [("trong cùng", BOX)]


def test_notes_inside_notes_of_odf_are_read_once_each():
    depth = 40
    inner = "<text:p><text:note><text:note-body>" * depth
    outer = "</text:note-body></text:note></text:p>" * depth
    outline = odt(f"{inner}<text:p>trong cùng</text:p>{outer}")

    assert passages(outline) == [("trong cùng", NOTE)]


def test_words_where_no_program_puts_them_are_not_lost():
    run = RUN.format("lạc")
    outline = docx(
        f"{run}<w:t>trơ trọi</w:t><w:tbl><w:p>{RUN.format('trong bảng')}</w:p><w:tr>"
        f"<w:p>{RUN.format('trong hàng')}</w:p><w:tc>{run}<w:t>trong ô</w:t></w:tc></w:tr></w:tbl>"
    )

    assert [words for words, _ in passages(outline)] == [
        "lạc",
        "trơ trọi",
        "trong bảng",
        "trong hàng",
    ]
    assert cells(outline) == [["lạc\ntrong ô"]]


def test_blanks_beyond_all_measure_are_refused():
    with pytest.raises(Refused) as refused:
        odt("<text:p>" + "<text:s text:c='60000'/>" * 5001 + "</text:p>")

    assert refused.value.code is Refusal.EXPANDS_TOO_MUCH
