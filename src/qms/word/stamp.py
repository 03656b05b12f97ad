"""Writing the control block into Word files, and marking copies as obsolete.

Nothing is written to disk here: the caller gets the bytes of the new file.
The body is left alone; stamping twice gives the same file as stamping once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from qms.text import Language
from qms.word.body import body_hash
from qms.word.control_block import (
    STYLE,
    ControlBlock,
    ControlStatus,
    block_markup,
    core_values,
    is_ours,
    recorded_text,
    separator_markup,
)
from qms.word.guard import CautionKind, PackageFormat, Refusal, Refused, open_guarded
from qms.word.headers import header_places, name_headers
from qms.word.parts import RELATION, WorkingCopy, element, w
from qms.word.properties import custom_properties, set_core, set_custom
from qms.word.verification import BODY, CONTROL, reading_of
from qms.word.watermark import clear_watermark, has_watermark, watermark_run

if TYPE_CHECKING:
    from lxml.etree import _Element

    from qms.word.guard import GuardedPackage, Source

__all__ = ["is_marked_obsolete", "mark_obsolete", "stamp", "unmark"]

_STYLES_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
_NO_STYLES: Final = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
)


def stamp(source: Source, block: ControlBlock) -> bytes:
    """Write a control block into every header of a Word file; the bytes of the new file.

    An earlier block is replaced. An obsolete status brings the watermark, any
    other status takes it away.

    Raises:
        Refused: the file is not safe, not a .docx or .dotx, signed, or carries macros.
    """
    copy = WorkingCopy(_changeable(source))
    return _stamped(copy, block, body_hash(copy))


def mark_obsolete(
    source: Source,
    *,
    status: ControlStatus = ControlStatus.SUPERSEDED,
    language: Language | None = None,
) -> bytes:
    """Put the watermark on a copy, and the status into its control block if it has one.

    Args:
        source: the file.
        status: why the copy is obsolete.
        language: the language of the watermark; by default that of the block, or Vietnamese.

    Raises:
        Refused: as for `stamp`.
        ValueError: the status is not one of an obsolete copy.
    """
    if not status.obsolete:
        raise ValueError(f"{status} is not a status of an obsolete copy")
    return _restamped(source, status, language)


def unmark(
    source: Source,
    *,
    status: ControlStatus = ControlStatus.IN_FORCE,
    language: Language | None = None,
) -> bytes:
    """Take the watermark off a copy, and set the status in its control block if it has one.

    Args:
        source: the file.
        status: how the copy stands.
        language: the language of the block; by default the one that it has.

    Raises:
        Refused: as for `stamp`.
        ValueError: the status is one of an obsolete copy.
    """
    if status.obsolete:
        raise ValueError(f"{status} is a status of an obsolete copy")
    return _restamped(source, status, language)


def is_marked_obsolete(source: Source) -> bool:
    """Whether the words stand across the pages of a ``.docx`` somewhere, whoever drew them."""
    copy = WorkingCopy(open_guarded(source))
    parts = {place.part for place in header_places(copy) if place.part is not None}
    return any(has_watermark(copy.view(part)) for part in parts)


def _changeable(source: Source) -> GuardedPackage:
    """The file, if it may be changed at all."""
    package = open_guarded(source)
    kinds = {caution.kind for caution in package.cautions}
    if CautionKind.SIGNATURE in kinds:
        raise Refused(Refusal.SIGNED, file=package.file)
    if CautionKind.MACROS in kinds:
        raise Refused(Refusal.MACROS, file=package.file)
    if package.format not in {PackageFormat.DOCX, PackageFormat.DOTX}:
        raise Refused(Refusal.NOT_DOCX, file=package.file)
    return package


def _restamped(source: Source, status: ControlStatus, language: Language | None) -> bytes:
    """The file with another status; what was recorded of its body stays recorded."""
    copy = WorkingCopy(_changeable(source))
    reading = reading_of(copy)
    block = reading.recorded or reading.block
    if block is not None:
        body = custom_properties(copy).get(BODY) or body_hash(copy)
        changed = evolve(block, status=status, language=language or block.language)
        return _stamped(copy, changed, body)
    _dress(copy, None, (language or Language.VIETNAMESE) if status.obsolete else None)
    return copy.save()


def _stamped(copy: WorkingCopy, block: ControlBlock, body: str) -> bytes:
    _dress(copy, block, block.language if block.status.obsolete else None)
    set_custom(copy, {CONTROL: recorded_text(block), BODY: body})
    set_core(copy, core_values(block))
    return copy.save()


def _dress(copy: WorkingCopy, block: ControlBlock | None, mark: Language | None) -> None:
    """Put a block and a watermark on every header; without a block, leave what there is of one."""
    for number, part in enumerate(name_headers(copy), 1):
        header = copy.edit(part)
        clear_watermark(header)
        for child in [child for child in header if is_ours(child)]:
            _take_out(header, child, keep_table=block is None)
        if block is not None:
            header.insert(0, block_markup(block))
        tables = [child for child in header.findall(w("tbl")) if is_ours(child)]
        header.insert(header.index(tables[-1]) + 1 if tables else 0, _separator(mark, number))
    _add_style(copy)


def _take_out(header: _Element, child: _Element, *, keep_table: bool) -> None:
    """Take a table or thin paragraph of ours out; one that people wrote into becomes theirs."""
    if child.tag == w("tbl") and keep_table:
        return
    if child.tag == w("p") and any((words.text or "").strip() for words in child.iter(w("t"))):
        for style in list(child.iter(w("pPr"))):
            child.remove(style)
    else:
        header.remove(child)


def _separator(mark: Language | None, number: int) -> _Element:
    paragraph = separator_markup()
    if mark is not None:
        paragraph.append(watermark_run(mark, number))
    return paragraph


def _add_style(copy: WorkingCopy) -> None:
    """Define the paragraph style of the block, unless the file has it."""
    part = copy.related(copy.main, "styles")
    if part is None:
        part = copy.free_name("word/styles{}.xml")
        copy.add(part, _NO_STYLES, f"{RELATION}styles", _STYLES_TYPE, source=copy.main)
    if any(style.get(w("styleId")) == STYLE for style in copy.view(part)):
        return
    copy.edit(part).append(
        element(
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{STYLE}">'
            f'<w:name w:val="{STYLE}"/><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" '
            'w:lineRule="auto"/><w:ind w:left="0" w:right="0" w:firstLine="0"/></w:pPr>'
            '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
            'w:eastAsia="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="20"/>'
            '<w:szCs w:val="20"/></w:rPr></w:style>'
        )
    )
