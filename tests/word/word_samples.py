"""Word files for tests; all people, codes and organisations in them are invented."""

from __future__ import annotations

import zipfile
from datetime import date
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION

from qms.word.control_block import ControlBlock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BLOCK = ControlBlock(
    code="QT-05",
    title="Quy trình kiểm soát thông tin dạng văn bản",
    revision="03",
    effective=date(2026, 3, 15),
)


def saved(document: Any) -> bytes:
    """The bytes of a python-docx document."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@lru_cache
def plain(*paragraphs: str) -> bytes:
    """A Word file of some paragraphs."""
    document = docx.Document()
    for words in paragraphs or ("Nội dung quy trình.",):
        document.add_paragraph(words)
    return saved(document)


@lru_cache
def messy() -> bytes:
    """Odd and even pages, a title page, three sections, linked headers, one page landscape."""
    document = docx.Document()
    document.settings.odd_and_even_pages_header_footer = True
    first = document.sections[0]
    first.different_first_page_header_footer = True
    first.header.paragraphs[0].text = "SỞ MẪU TỈNH VÍ DỤ (đầu trang cũ)"
    first.footer.paragraphs[0].text = "Tài liệu nội bộ"
    document.add_heading("Quy trình mẫu", 1)
    for number in range(45):
        document.add_paragraph(f"Bước {number + 1}: tiếp nhận, xử lý và lưu hồ sơ theo quy định.")
    second = document.add_section(WD_SECTION.NEW_PAGE)
    second.different_first_page_header_footer = False
    second.orientation = WD_ORIENT.LANDSCAPE
    second.page_width, second.page_height = second.page_height, second.page_width
    table = document.add_table(2, 3)
    table.cell(0, 0).text, table.cell(1, 2).text = "Biểu mẫu", "BM-05-01"
    for number in range(60):
        document.add_paragraph(f"Phụ lục ngang, dòng {number + 1}.")
    third = document.add_section(WD_SECTION.NEW_PAGE)
    third.orientation = WD_ORIENT.PORTRAIT
    third.page_width, third.page_height = third.page_height, third.page_width
    third.header.is_linked_to_previous = False
    third.header.paragraphs[0].text = "Đầu trang riêng của phần 3"
    for number in range(45):
        document.add_paragraph(f"Phần ba, đoạn {number + 1}.")
    return saved(document)


W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)


@lru_cache
def sections_of_one_paragraph() -> bytes:
    """Three sections of one paragraph each, the second one landscape, each with its header."""
    document = docx.Document()
    for number, words in enumerate(("Trang bìa", "Phần ngang", "Trang cuối")):
        section = document.sections[0] if not number else document.add_section(WD_SECTION.NEW_PAGE)
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = f"Đầu trang {number + 1}"
        if number:
            section.page_width, section.page_height = section.page_height, section.page_width
        document.add_paragraph(words)
    body = document.element.body
    for empty in [p for p in body.p_lst if p.pPr is not None and p.pPr.sectPr is not None]:
        before = empty.getprevious()
        before.get_or_add_pPr().append(empty.pPr.sectPr)
        body.remove(empty)
    return saved(document)


def run(words: str) -> str:
    """A run of text."""
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def field(instruction: str, result: str, *, raw: bool = False) -> str:
    """A field with the result that some program left in it."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{result if raw else run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


#: One paragraph for each way in which Word keeps words.
RICH = (
    run("Ngày ") + field('DATE \\@ "dd/MM/yyyy"', "01/01/2020"),
    run("Trang ") + field("PAGE", "9") + run(" trên ") + field("NUMPAGES", "99"),
    '<w:bookmarkStart w:id="50" w:name="moc"/>' + run("Điều 5") + '<w:bookmarkEnd w:id="50"/>',
    run("Xem ") + field("REF moc \\h", "Điều 5") + run(" trang ") + field("PAGEREF moc", "7"),
    run("Bảng ") + field("SEQ Bang \\* ARABIC", "1") + run(": số liệu"),
    run("Tên ") + field("TITLE", "Tên cũ") + field("AUTHOR", "Người Mẫu"),
    run("Trường gộp ") + field("MERGEFIELD ho_ten", "«ho_ten»"),
    run("a") + "<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>",
    run("e") + '<w:r><w:softHyphen/><w:t>g</w:t><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
    run("chèn ")
    + f'<w:ins w:id="61" w:author="A" w:date="2024-01-01T00:00:00Z">{run("vào")}</w:ins>'
    + '<w:del w:id="62" w:author="A" w:date="2024-01-01T00:00:00Z">'
    + "<w:r><w:delText>bị xóa</w:delText></w:r></w:del>",
    ('<w:sdt><w:sdtPr><w:tag w:val="x"/><w:id w:val="123"/><w:text/></w:sdtPr>'
     f"<w:sdtContent>{run('giá trị nhập')}</w:sdtContent></w:sdt>"),
    '<w:sdt><w:sdtPr><w:id w:val="125"/><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
     f"</w:sdtPr><w:sdtContent>{run('☒')}</w:sdtContent></w:sdt>" + run(" đồng ý"),
    run("công thức ") + "<m:oMath><m:r><m:t>x+2=y</m:t></m:r></m:oMath>",
    run("nháy “đúng” &amp; &lt;b&gt; …   nhiều   blank\u00a0nbsp, hoa\u0301"),
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>" + run("hiện"),
    run("chú thích") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(" tiếp"),
    '<w:r><w:pict><v:rect style="width:100pt;height:40pt"><v:textbox><w:txbxContent><w:p>'
    + run("hộp chữ") + "</w:p></w:txbxContent></v:textbox></v:rect></w:pict></w:r>" + run("neo"),
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText>'
     '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("Mục một"),
    run("Mục hai") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    run("Liên kết ") + field('HYPERLINK "http://example.com"', "ngoài"),
)  # fmt: skip


@lru_cache
def rich() -> bytes:
    """Fields, notes, controls, boxes, symbols, changes, formulas, a table: all that holds words."""
    parts = members(plain())
    table = (
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>'
        f"<w:tr><w:tc><w:p>{run('ô 1')}</w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    )
    paragraphs = "".join(f"<w:p>{words}</w:p>" for words in RICH)
    parts["word/document.xml"] = (
        f"<w:document {W}><w:body>{table}{paragraphs}<w:sectPr/></w:body></w:document>"
    ).encode()
    parts["word/footnotes.xml"] = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r>'
        '</w:p></w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>'
        f"{run(' nội dung chú thích')}</w:p></w:footnote></w:footnotes>"
    ).encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'.encode(),
    )
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rIdF" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/footnotes" Target="footnotes.xml"/></Relationships>',
    )
    return rebuilt(parts)


def changed(data: bytes, **changes: Callable[[bytes], bytes]) -> bytes:
    """A package in which members whose names end as the keywords say are changed."""
    return rebuilt(
        {name: _change(name, content, changes) for name, content in members(data).items()}
    )


def _change(name: str, content: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    for key, change in changes.items():
        if name.endswith(f"{key}.xml"):
            return change(content)
    return content


def members(data: bytes) -> dict[str, bytes]:
    """The members of a package."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rebuilt(parts: Mapping[str, bytes]) -> bytes:
    """A package of some members."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
