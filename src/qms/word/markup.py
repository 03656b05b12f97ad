"""WordprocessingML as text: paragraphs, tables and controls of the documents that we write.

Strings, because a checklist has hundreds of controls and a tree of them costs
ten times what their text costs.  Everything typed by people goes through
:func:`escape`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "NAMESPACES",
    "WORD_2010",
    "blank",
    "bordered_table",
    "borderless_table",
    "cell",
    "escape",
    "field",
    "header_row",
    "new_page",
    "paragraph",
    "row",
    "rule",
    "run",
    "section",
    "tick_box",
]

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)

#: The names of what Word 2010 added; older programs pass over them where the document says so.
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"

#: Characters that XML cannot hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def escape(words: str) -> str:
    """Words as text of XML: composed letters, nothing that XML cannot hold."""
    words = unicodedata.normalize("NFC", words)
    if not words.isprintable():
        words = _UNWRITABLE.sub("\ufffd", words)
    if "&" in words:
        words = words.replace("&", "&amp;")
    if "<" in words:
        words = words.replace("<", "&lt;")
    if ">" in words:
        words = words.replace(">", "&gt;")
    return words.replace('"', "&quot;") if '"' in words else words


def run(words: str, properties: str = "") -> str:
    """A run of text; its lines become lines of the same paragraph."""
    text = escape(words)
    if "\n" in text:
        text = text.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{text}</w:t></w:r>'


def field(instruction: str, shown: str = "1", properties: str = "") -> str:
    """A field that Word and LibreOffice compute, such as PAGE."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return (
        f'<w:r>{inner}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{inner}<w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r>{inner}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r>{inner}<w:t>{shown}</w:t></w:r>"
        f'<w:r>{inner}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def paragraph(content: str = "", style: str = "", properties: str = "") -> str:
    """A paragraph with content that is XML already."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{inner}{content}</w:p>"


def blank() -> str:
    """A line's worth of nothing, which also keeps two tables apart."""
    return paragraph(style="QMSGap")


def new_page() -> str:
    """A line of no height at the head of a new page.

    A break at the end of the page before would stand on a page of its own where that is full.
    """
    return paragraph(
        properties='<w:pageBreakBefore/><w:spacing w:before="0" w:after="0" w:line="20" '
        'w:lineRule="exact"/>'
    )


def tick_box(name: str, number: int) -> str:
    """A box to be ticked, empty; programs know it by its name, and by a number of its own."""
    font = '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/>'
    box = run("☐", font)
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{escape(name[:64])}"/><w:id w:val="{number}"/>'
        f'<w:lock w:val="sdtLocked"/><w14:checkbox xmlns:w14="{WORD_2010}">'
        '<w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{box}</w:sdtContent></w:sdt>"
    )


def rule(width: int, length: int) -> str:
    """A thin line below words, in the middle of some width (in twentieths of a point)."""
    indent = max((width - length) // 2, 0)
    return paragraph(
        properties=(
            '<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
            '<w:spacing w:before="60" w:after="0" w:line="60" w:lineRule="exact"/>'
            f'<w:ind w:left="{indent}" w:right="{indent}" w:firstLine="0"/>'
        )
    )


def cell(width: int, content: str, *, shade: str = "", span: int = 1) -> str:
    """A cell of a table; its content is paragraphs."""
    spread = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spread}{fill}</w:tcPr>{content}</w:tc>'
    )


def row(cells: Iterable[str], *, least: int = 0, breaks: bool = False) -> str:
    """A row that has some height at least.

    Args:
        cells: Its cells.
        least: The height.
        breaks: Whether it may go on on the next page.  A row in which people write must: of
            one that is kept whole and grows taller than a page, LibreOffice shows no more
            than the page holds.
    """
    whole = "" if breaks else "<w:cantSplit/>"
    high = f'<w:trHeight w:val="{least}" w:hRule="atLeast"/>' if least else ""
    return f"<w:tr><w:trPr>{whole}{high}</w:trPr>{''.join(cells)}</w:tr>"


def header_row(widths: Sequence[int], heads: Sequence[str], shade: str = "E7E6E6") -> str:
    """The row of headings, repeated on every page."""
    cells = "".join(
        cell(width, paragraph(run(head), "QMSHead"), shade=shade)
        for width, head in zip(widths, heads, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def bordered_table(widths: Sequence[int], rows: str, *, title: str) -> str:
    """A table with lines, which says to a screen reader what it is."""
    return _table("QMSTable", widths, rows, f'<w:tblCaption w:val="{escape(title)}"/>')


def borderless_table(widths: Sequence[int], rows: str) -> str:
    """A table that only sets things side by side."""
    return _table("QMSLayout", widths, rows, "")


def _table(style: str, widths: Sequence[int], rows: str, told: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{told}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def section(page: str, *, ends_here: bool) -> str:
    """The layout of the pages up to here; inside the text it needs a paragraph of its own."""
    properties = f"<w:sectPr>{page}</w:sectPr>"
    return paragraph(properties=properties, style="QMSGap") if ends_here else properties
