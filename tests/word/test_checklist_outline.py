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

    assert cells(outline) == [["A"], ["01/03/2026", "", "trong"]]
    first, _, last = outline.tables[0].rows[1].cells
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

    assert cells(outline) == [["một", "trong\nhai\nba"], [""]]
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
