"""The control block: what the header of a controlled document says of it.

Code, title, revision, effective date, status and page number, as readers see
them on every page, in the words that offices use; and the same facts as a
short text for machines.
"""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from attrs import field, frozen

from qms.dates import print_date
from qms.terms import Term
from qms.text import Language, Text, normalise, same_words
from qms.word.body import paragraphs_of
from qms.word.parts import element, w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from attrs import Attribute
    from lxml.etree import _Element

__all__ = [
    "STYLE",
    "BlockField",
    "ControlBlock",
    "ControlStatus",
    "ShownBlock",
    "block_markup",
    "core_values",
    "is_ours",
    "recorded_block",
    "recorded_facts",
    "recorded_text",
    "separator_markup",
    "shown_blocks",
]

#: The name of the paragraph style by which the block is known again.
STYLE: Final = "QMSControl"


class ControlStatus(Term):
    """How a copy of a document stands, as its header says."""

    DRAFT = "draft", "draft", "dự thảo"
    APPROVED = "approved", "approved, not yet in force", "đã phê duyệt, chưa có hiệu lực"
    IN_FORCE = "in-force", "in force", "còn hiệu lực"
    SUPERSEDED = "superseded", "obsolete, superseded", "hết hiệu lực, đã được thay thế"
    WITHDRAWN = "withdrawn", "obsolete, withdrawn", "hết hiệu lực, đã thu hồi"
    EXPIRED = "expired", "obsolete, expired", "hết hiệu lực, đã hết thời hạn"

    @property
    def obsolete(self) -> bool:
        """Whether the copy must not be worked by any more, and carries the watermark."""
        return self in {ControlStatus.SUPERSEDED, ControlStatus.WITHDRAWN, ControlStatus.EXPIRED}


class BlockField(Term):
    """A line of the control block; its text is the label that readers see."""

    CODE = "code", "Code", "Mã số"
    TITLE = "title", "Title", "Tên tài liệu"
    REVISION = "revision", "Revision", "Lần ban hành"
    EFFECTIVE = "effective", "Effective date", "Ngày hiệu lực"
    STATUS = "status", "Status", "Tình trạng"
    PAGE = "page", "Page", "Trang"


def _plain(_block: ControlBlock, attribute: Attribute[str], value: str) -> None:
    limit = {"code": 60, "revision": 30}.get(attribute.name, 500)
    if not 0 < len(value) <= limit:
        raise ValueError(f"{attribute.name} has 1 to {limit} characters, not {len(value)}")
    if any(unicodedata.category(character) in {"Cc", "Cn", "Co", "Cs"} for character in value):
        raise ValueError(f"{attribute.name} contains characters that cannot be printed: {value!r}")


@frozen(kw_only=True)
class ControlBlock:
    """What the header of one revision of a controlled document says.

    Attributes:
        code: the document's code, 1 to 60 characters.
        title: its title, 1 to 500 characters.
        revision: the revision as it is written, 1 to 30 characters.
        effective: the first day in force, or None where it is not decided yet.
        status: how this copy stands.
        language: the language of the labels; it does not count in comparisons.

    Raises:
        ValueError: a text is empty, too long, or not printable.
    """

    code: str = field(converter=normalise, validator=_plain)
    title: str = field(converter=normalise, validator=_plain)
    revision: str = field(converter=normalise, validator=_plain)
    effective: date | None = None
    status: ControlStatus = ControlStatus.IN_FORCE
    language: Language = field(default=Language.VIETNAMESE, eq=False)

    def shown(self, line: BlockField, language: Language) -> str:
        """What a line of the block shows in a language, without its label."""
        if line is BlockField.EFFECTIVE:
            return print_date(self.effective, language) if self.effective else "—"
        if line is BlockField.STATUS:
            return self.status.text.in_(language)
        return str(getattr(self, line.value))


@frozen(kw_only=True)
class ShownBlock:
    """A block as it stands in a header.

    Attributes:
        lines: what each line shows; a line that is not there is missing here too.
        marked: whether it is a block of this product, rather than one made by hand.
        paged: whether both page numbers are fields that count by themselves.
        language: the language of the labels.
    """

    lines: dict[BlockField, str] = field(hash=False)
    marked: bool
    paged: bool
    language: Language


# Writing


def block_markup(block: ControlBlock) -> _Element:
    """The table that shows a block.

    It carries no bookmark: with one in a header, LibreOffice drops a section that is a
    single paragraph.
    """
    language = block.language
    title = _run(block.title, "<w:b/><w:bCs/>", 24)
    facts = [
        _line(line, block.shown(line, language), language)
        for line in (BlockField.CODE, BlockField.REVISION, BlockField.EFFECTIVE)
    ]
    status = _line(BlockField.STATUS, block.shown(BlockField.STATUS, language), language)
    left = _paragraph(title, "center") + _paragraph(status, "center")
    right = "".join(_paragraph(line) for line in (*facts, _pages(language)))
    return element(
        f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/>{_borders()}'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:top w:w="28" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="28" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblGrid><w:gridCol w:w="5700"/><w:gridCol w:w="3400"/></w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_cell(left, 3130)}{_cell(right, 1870)}</w:tr></w:tbl>"
    )


def separator_markup() -> _Element:
    """The thin paragraph that keeps the block apart from what stood in the header before."""
    return element(
        f'<w:p><w:pPr><w:pStyle w:val="{STYLE}"/>'
        '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/></w:pPr></w:p>'
    )


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideV")
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides
    )
    return f"<w:tblBorders>{lines}</w:tblBorders>"


def _cell(content: str, width: int) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="pct"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{content}</w:tc>"
    )


def _paragraph(content: str, side: str = "left") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{STYLE}"/><w:jc w:val="{side}"/></w:pPr>{content}</w:p>'


def _run(words: str, look: str = "", size: int = 20) -> str:
    return (
        '<w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
        f'w:eastAsia="Times New Roman" w:cs="Times New Roman"/>{look}'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'
    )


def _line(line: BlockField, value: str, language: Language) -> str:
    return _run(f"{line.text.in_(language)}: ") + _run(value, "<w:b/><w:bCs/>")


def _pages(language: Language) -> str:
    between = Text(en=" of ", vi=" / ").in_(language)
    label = _run(f"{BlockField.PAGE.text.in_(language)}: ")
    return label + _counter("PAGE") + _run(between) + _counter("NUMPAGES")


def _counter(name: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_run("1")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


# Reading


def is_ours(part_of_header: _Element) -> bool:
    """Whether a table or paragraph directly in a header belongs to the block."""
    return any(style.get(w("val")) == STYLE for style in part_of_header.iter(w("pStyle")))


def shown_blocks(header: _Element) -> Iterator[ShownBlock]:
    """The blocks in a header: ours, and tables made by hand that label code and revision."""
    for table in header.iter(w("tbl")):
        marked = is_ours(table)
        lines = _lines_of(paragraphs_of(table), marked=marked)
        if marked or {BlockField.CODE, BlockField.REVISION} <= lines.keys():
            yield ShownBlock(
                lines=lines,
                marked=marked,
                paged=_counts_pages(table),
                language=_language_of(table),
            )


def _language_of(table: _Element) -> Language:
    words = " ".join(paragraphs_of(table))
    label = BlockField.REVISION.text
    return Language.ENGLISH if label.en in words else Language.VIETNAMESE


def _lines_of(paragraphs: tuple[str, ...], *, marked: bool) -> dict[BlockField, str]:
    lines: dict[BlockField, str] = {}
    for position, words in enumerate(paragraphs):
        label, colon, value = words.partition(":")
        line = _LABELS.get(same_words(label)) if colon else None
        if position == 0 and (marked or line is None):
            lines[BlockField.TITLE] = words
        elif line is not None:
            lines.setdefault(line, value.strip())
    return lines


_LABELS: Final = {
    same_words(words): line for line in BlockField for words in (line.text.en, line.text.vi)
}


def _counts_pages(table: _Element) -> bool:
    spread = "".join(part.text or "" for part in table.iter(w("instrText")))
    simple = " ".join(part.get(w("instr"), "") for part in table.iter(w("fldSimple")))
    return {"PAGE", "NUMPAGES"} <= set(f"{spread} {simple}".upper().split())


# The same facts for machines


def recorded_text(block: ControlBlock) -> str:
    """The facts of a block, save the title, as one line of JSON of at most 255 characters."""
    facts = {
        "code": block.code,
        "effective": block.effective.isoformat() if block.effective else "",
        "language": block.language.value,
        "revision": block.revision,
        "status": block.status.value,
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def recorded_facts(words: str) -> dict[str, str]:
    """The facts in a recorded text; none where it is not one."""
    try:
        facts = json.loads(words)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(facts, dict):
        return {}
    return {name: normalise(fact) for name, fact in facts.items() if isinstance(fact, str)}


def recorded_block(words: str, title: str) -> ControlBlock | None:
    """The block of a recorded text and a title, or None where they do not make one."""
    facts = recorded_facts(words)
    try:
        return ControlBlock(
            code=facts["code"],
            title=title,
            revision=facts["revision"],
            effective=date.fromisoformat(facts["effective"]) if facts["effective"] else None,
            status=ControlStatus(facts["status"]),
            language=Language(facts["language"]),
        )
    except (ValueError, KeyError):
        return None


def core_values(block: ControlBlock) -> dict[str, str]:
    """The facts of a block under the names of the well-known properties."""
    return {
        "title": block.title,
        "identifier": block.code,
        "version": block.revision,
        "contentStatus": block.status.value,
    }
