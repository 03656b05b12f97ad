"""Reading the control block back, and comparing it with what it should say.

People and programs save files again, in Word and in LibreOffice.  What counts
is what a reader of any page sees, what the properties record, and whether the
words of the body are still those that were stamped.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from qms.terms import Term
from qms.text import Language, Text, normalise
from qms.word.body import body_hash
from qms.word.control_block import (
    BlockField,
    ControlBlock,
    ControlStatus,
    ShownBlock,
    core_values,
    recorded_block,
    recorded_facts,
    recorded_text,
    shown_blocks,
)
from qms.word.guard import PackageFormat, Refusal, Refused, open_guarded
from qms.word.headers import footer_places, header_places
from qms.word.parts import WorkingCopy
from qms.word.properties import core_properties, custom_properties
from qms.word.typed_header import typed_otherwise
from qms.word.watermark import has_watermark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from qms.word.guard import Source

__all__ = [
    "BODY",
    "CONTROL",
    "BlockProblem",
    "BlockProblemKind",
    "BlockReading",
    "read_control_block",
    "reading_of",
    "verify_control_block",
]

#: The names of the added properties: the facts of the block, and the hash of the body.
CONTROL: Final = "qms.control"
BODY: Final = "qms.body"

_NOTHING: Final = Text(en="nothing", vi="để trống")
_EVERYWHERE: Final = Text(en="all pages", vi="mọi trang")
_HEADER: Final = Text(en="the header", vi="đầu trang")
_FOOTER: Final = Text(en="the footer", vi="chân trang")
_BESIDE: Final = Text(
    en="{place}, typed besides the control block", vi="{place}, gõ thêm ngoài khung kiểm soát"
)
_LINES: Final = (
    BlockField.CODE,
    BlockField.TITLE,
    BlockField.REVISION,
    BlockField.EFFECTIVE,
    BlockField.STATUS,
)


class BlockProblemKind(Term):
    """A way in which a file fails to carry the right control block."""

    NO_BLOCK = (
        "no-block",
        "the header has no control block ({place}); stamp the file",
        "đầu trang không có khung kiểm soát ({place}); hãy ghi khung kiểm soát vào tệp",
    )
    SECOND_BLOCK = (
        "second-block",
        "the header has more than one control block ({place}); stamp the file again",
        "đầu trang có nhiều khung kiểm soát ({place}); hãy ghi lại khung kiểm soát",
    )
    NO_PAGE_NUMBERS = (
        "no-page-numbers",
        (
            "the page number or the number of pages is missing or typed by hand ({place}); "
            "stamp the file again"
        ),
        (
            "số trang hoặc tổng số trang bị thiếu hoặc được gõ tay ({place}); "
            "hãy ghi lại khung kiểm soát"
        ),
    )
    STALE_CODE = (
        "stale-code",
        "{margin} shows the code “{found}” instead of “{expected}” ({place})",
        "{margin} ghi mã số “{found}”, đúng ra là “{expected}” ({place})",
    )
    STALE_TITLE = (
        "stale-title",
        "the header shows the title “{found}” instead of “{expected}” ({place})",
        "đầu trang ghi tên tài liệu “{found}”, đúng ra là “{expected}” ({place})",
    )
    STALE_REVISION = (
        "stale-revision",
        "{margin} shows revision “{found}” instead of “{expected}” ({place})",
        "{margin} ghi lần ban hành “{found}”, đúng ra là “{expected}” ({place})",
    )
    STALE_DATE = (
        "stale-date",
        "{margin} shows the effective date “{found}” instead of “{expected}” ({place})",
        "{margin} ghi ngày hiệu lực “{found}”, đúng ra là “{expected}” ({place})",
    )
    STALE_STATUS = (
        "stale-status",
        "the header shows the status “{found}” instead of “{expected}” ({place})",
        "đầu trang ghi tình trạng “{found}”, đúng ra là “{expected}” ({place})",
    )
    NO_PROPERTY = (
        "no-property",
        "the file property {place} is missing; stamp the file",
        "tệp thiếu thuộc tính {place}; hãy ghi khung kiểm soát vào tệp",
    )
    PROPERTY_MISMATCH = (
        "property-mismatch",
        "the file property {place} is “{found}” instead of “{expected}”",
        "thuộc tính {place} của tệp là “{found}”, đúng ra là “{expected}”",
    )
    BODY_CHANGED = (
        "body-changed",
        (
            "the text of the document has changed since it was stamped; "
            "compare it with the approved file"
        ),
        (
            "nội dung tài liệu đã thay đổi sau khi ghi khung kiểm soát; "
            "hãy đối chiếu với tệp đã phê duyệt"
        ),
    )
    NO_WATERMARK = (
        "no-watermark",
        "the copy is obsolete but its pages are not marked so ({place}); mark it or remove it",
        "bản tài liệu đã hết hiệu lực nhưng chưa được đánh dấu ({place}); hãy đánh dấu hoặc thu hồi",
    )
    UNEXPECTED_WATERMARK = (
        "unexpected-watermark",
        "the copy is not obsolete but its pages are marked so ({place}); take the mark off",
        "bản tài liệu chưa hết hiệu lực nhưng bị đánh dấu hết hiệu lực ({place}); hãy gỡ dấu",
    )


_STALE: Final = {
    BlockField.CODE: BlockProblemKind.STALE_CODE,
    BlockField.TITLE: BlockProblemKind.STALE_TITLE,
    BlockField.REVISION: BlockProblemKind.STALE_REVISION,
    BlockField.EFFECTIVE: BlockProblemKind.STALE_DATE,
    BlockField.STATUS: BlockProblemKind.STALE_STATUS,
}


@frozen
class BlockProblem:
    """One thing that is wrong with the control block of a file.

    Attributes:
        kind: what is wrong; its value is the stable code.
        place: the pages where it is wrong, or the name of the property.
        expected: what should stand there.
        found: what stands there.
        typed: whether people typed it into the header or footer themselves, besides the block.
        footer: whether it stands in the footer.
    """

    kind: BlockProblemKind
    place: Text = _EVERYWHERE
    expected: Text = _NOTHING
    found: Text = _NOTHING
    typed: bool = False
    footer: bool = False

    @property
    def message(self) -> Text:
        """What is wrong and what to do, in both languages."""
        return self.kind.text.format(
            place=self.place,
            expected=self.expected,
            found=self.found,
            margin=_FOOTER if self.footer else _HEADER,
        )


@frozen(kw_only=True)
class BlockReading:
    """What was found of a control block in a file.

    Attributes:
        block: what every page shows, or None where pages show different things or nothing whole.
        recorded: what the properties record, or None where they record nothing whole.
        problems: where pages, properties and body disagree among themselves.
    """

    block: ControlBlock | None
    recorded: ControlBlock | None
    problems: tuple[BlockProblem, ...]


def read_control_block(source: Source) -> BlockReading:
    """Read the control block of a Word file, and what is wrong with it in itself.

    Raises:
        Refused: the file is not safe, or not a Word file.
    """
    return reading_of(_copy(source))


def verify_control_block(source: Source, expected: ControlBlock) -> tuple[BlockProblem, ...]:
    """Every way in which a Word file does not carry the expected control block.

    The language of the block does not matter.

    Raises:
        Refused: the file is not safe, or not a Word file.
    """
    return tuple(_problems(_copy(source), expected))


def _copy(source: Source) -> WorkingCopy:
    package = open_guarded(source)
    if package.format in {PackageFormat.ODT, PackageFormat.OTT}:
        raise Refused(Refusal.NOT_DOCX, file=package.file)
    return WorkingCopy(package)


def reading_of(copy: WorkingCopy) -> BlockReading:
    """What is found of a control block in a working copy."""
    custom, core = custom_properties(copy), core_properties(copy)
    recorded = recorded_block(custom.get(CONTROL, ""), core.get("title", ""))
    shown = {_shown_block(header) for _, header in _headers(copy)}
    block = shown.pop() if len(shown) == 1 else None
    measure = recorded or block
    problems = _problems(copy, measure) if measure else _nothing_found(copy)
    return BlockReading(block=block, recorded=recorded, problems=tuple(problems))


def _headers(copy: WorkingCopy) -> Iterator[tuple[Text, _Element | None]]:
    """Every place where a header is shown, in words, and the header that stands there."""
    for place in header_places(copy):
        yield place.text, copy.view(place.part) if place.part else None


def _shown_block(header: _Element | None) -> ControlBlock | None:
    """The whole block that a header shows, if it shows one."""
    if header is None:
        return None
    for shown in shown_blocks(header):
        try:
            return ControlBlock(
                code=shown.lines[BlockField.CODE],
                title=shown.lines[BlockField.TITLE],
                revision=shown.lines[BlockField.REVISION],
                effective=_day(shown.lines[BlockField.EFFECTIVE]),
                status=_status(shown.lines[BlockField.STATUS]),
                language=shown.language,
            )
        except (KeyError, ValueError):
            continue
    return None


def _day(words: str) -> date | None:
    """A day as either language prints it; a dash means that none is decided yet."""
    if words == "—":
        return None
    if "/" in words:
        day, month, year = words.split("/")
        return date(int(year), int(month), int(day))
    return date.fromisoformat(words)


def _status(words: str) -> ControlStatus:
    return next(status for status in ControlStatus if words in {status.text.en, status.text.vi})


# Comparing


def _nothing_found(copy: WorkingCopy) -> Iterator[BlockProblem]:
    """The problems of a file in which there is nothing to compare with."""
    places = list(_headers(copy))
    bare = [place for place, header in places if header is None or not any(shown_blocks(header))]
    if bare:
        yield BlockProblem(BlockProblemKind.NO_BLOCK, _together(bare, len(places)))
    yield BlockProblem(BlockProblemKind.NO_PROPERTY, _plain(CONTROL))


def _problems(copy: WorkingCopy, expected: ControlBlock) -> Iterator[BlockProblem]:
    headers = list(_headers(copy))
    yield from _by_place((place, list(_of_header(header, expected))) for place, header in headers)
    yield from _by_place(
        (place.text, list(_of_footer(copy, place.part, expected))) for place in footer_places(copy)
    )
    yield from _of_properties(copy, expected)
    body = custom_properties(copy).get(BODY)
    if body is None:
        yield BlockProblem(BlockProblemKind.NO_PROPERTY, _plain(BODY))
    elif body != body_hash(copy):
        yield BlockProblem(BlockProblemKind.BODY_CHANGED)


def _by_place(places: Iterable[tuple[Text, list[BlockProblem]]]) -> Iterator[BlockProblem]:
    """The problems of several places, each once with all the places where it is."""
    found: dict[BlockProblem, list[Text]] = {}
    count = 0
    for place, problems in places:
        count += 1
        for problem in problems:
            found.setdefault(problem, []).append(place)
    for problem, where in found.items():
        together = _together(where, count)
        place = _BESIDE.format(place=together) if problem.typed else together
        yield evolve(problem, place=place)


def _together(places: list[Text], count: int) -> Text:
    """Places in words: all of them at once, or one after the other."""
    if len(places) == count:
        return _EVERYWHERE
    return Text(
        en="; ".join(place.en for place in places), vi="; ".join(place.vi for place in places)
    )


def _of_header(header: _Element | None, expected: ControlBlock) -> Iterator[BlockProblem]:
    """What is wrong in one header; the place is added by the caller."""
    marked = header is not None and has_watermark(header)
    if expected.status.obsolete and not marked:
        yield BlockProblem(BlockProblemKind.NO_WATERMARK)
    if marked and not expected.status.obsolete:
        yield BlockProblem(BlockProblemKind.UNEXPECTED_WATERMARK)
    blocks = [] if header is None else list(shown_blocks(header))
    if header is not None:
        yield from _typed_lines(header, expected)
    if not blocks:
        yield BlockProblem(BlockProblemKind.NO_BLOCK)
        return
    if sum(block.marked for block in blocks) > 1:
        yield BlockProblem(BlockProblemKind.SECOND_BLOCK)
    if not any(block.paged for block in blocks):
        yield BlockProblem(BlockProblemKind.NO_PAGE_NUMBERS)
    yield from dict.fromkeys(
        problem for block in blocks if block.marked for problem in _stale_lines(block, expected)
    )


def _of_footer(
    copy: WorkingCopy, part: str | None, expected: ControlBlock
) -> Iterator[BlockProblem]:
    """What is wrong in one footer: the block does not stand there, but people type into it."""
    if part is not None:
        yield from _typed_lines(copy.view(part), expected, footer=True)


def _typed_lines(
    margin: _Element, expected: ControlBlock, *, footer: bool = False
) -> Iterator[BlockProblem]:
    """What people typed into a header or a footer themselves and is not so any more."""
    for line, value in typed_otherwise(margin, expected, footer=footer):
        accented = any(not one.isascii() for one in value)
        language = Language.VIETNAMESE if accented or "/" in value else Language.ENGLISH
        right = _plain(expected.shown(line, language))
        yield BlockProblem(
            _STALE[line], expected=right, found=_plain(value), typed=True, footer=footer
        )


def _stale_lines(shown: ShownBlock, expected: ControlBlock) -> Iterator[BlockProblem]:
    """The lines of a block that differ."""
    for line in _LINES:
        words = Text(
            en=expected.shown(line, Language.ENGLISH), vi=expected.shown(line, Language.VIETNAMESE)
        )
        value = shown.lines.get(line)
        if value in {words.en, words.vi}:
            continue
        # Like with like: what should stand there, in the language in which the page speaks.
        right = _plain(words.in_(shown.language))
        yield BlockProblem(_STALE[line], expected=right, found=_plain(value))


def _of_properties(copy: WorkingCopy, expected: ControlBlock) -> Iterator[BlockProblem]:
    custom, core = custom_properties(copy), core_properties(copy)
    if CONTROL not in custom:
        yield BlockProblem(BlockProblemKind.NO_PROPERTY, _plain(CONTROL))
        return
    recorded = recorded_facts(custom[CONTROL])
    names: dict[tuple[str, str], list[str]] = {}
    for line, right in recorded_facts(recorded_text(expected)).items():
        if line != "language":
            names.setdefault((recorded.get(line, ""), right), []).append(f"{CONTROL} ({line})")
    for name, right in core_values(expected).items():
        names.setdefault((normalise(core.get(name, "")), right), []).append(name)
    for (found, right), where in names.items():
        if found != right:
            yield BlockProblem(
                BlockProblemKind.PROPERTY_MISMATCH,
                _plain(", ".join(where)),
                _plain(right),
                _plain(found),
            )


def _plain(words: str | None) -> Text:
    """Words that are the same in both languages."""
    return Text(en=words, vi=words) if words else _NOTHING
