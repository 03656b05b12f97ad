"""What people typed into a header themselves: a code, a revision, a day of effect.

Offices had such headers before they had control blocks.  What stands there beside a block
is read by everybody who holds the page, so it is held to the register too; blanks, and
numbers and days in words that are not understood, are left alone.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from qms.text import same_words
from qms.word.body import paragraphs_of
from qms.word.control_block import BlockField, is_ours
from qms.word.parts import w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from qms.word.control_block import ControlBlock

__all__ = ["typed_otherwise"]

_NAMES: Final = {
    BlockField.CODE: (
        "mã số", "mã hiệu", "mã tài liệu", "mã số tài liệu", "mã hiệu tài liệu", "ký hiệu",
        "số hiệu", "code", "document code", "document no", "document no.", "document number",
        "doc no", "doc. no.", "doc no.",
    ),
    BlockField.REVISION: (
        "lần ban hành", "lần bh", "phiên bản", "revision", "revision no", "revision no.", "rev",
        "rev.", "rev. no.", "version", "issue", "issue no", "issue no.",
    ),
    BlockField.EFFECTIVE: (
        "ngày hiệu lực", "ngày có hiệu lực", "có hiệu lực từ", "effective date", "effective",
        "effective from", "date effective",
    ),
    # What ends the value before it.
    BlockField.PAGE: (
        "trang", "trang số", "page", "tình trạng", "status", "tên tài liệu", "title", "ngày",
        "ngày ban hành", "issue date", "date", "lần sửa đổi", "lần soát xét",
    ),
}  # fmt: skip
_MEANING: Final = {name: line for line, names in _NAMES.items() for name in names}
_LONGEST_FIRST: Final = "|".join(re.escape(one) for one in sorted(_MEANING, key=len, reverse=True))
_LABEL: Final = re.compile(rf"(?<!\w)({_LONGEST_FIRST})\s*[:：]|(?<!\w)(trang|page) \d")
_BLANK: Final = re.compile(r"\.{3,}|…|_{3,}")
_NUMBERS: Final = re.compile(r"\d+")
_BETWEEN: Final = re.compile(r"[\W_]+")
_LAST_DAY: Final = 31


def typed_otherwise(header: _Element, block: ControlBlock) -> Iterator[tuple[BlockField, str]]:
    """The lines that people typed into a header and that say something else than a block.

    Args:
        header: A header.
        block: What every page should say.
    """
    typed = list(dict.fromkeys(_typed(header)))
    numbers = [value for line, value in typed if line is BlockField.REVISION]
    # Some headers number the issue and, apart from it, the revision: one of them is meant.
    meant = any(_is_number(value, block) for value in numbers)
    for line, value in typed:
        if not (line is BlockField.REVISION and meant) and _differs(line, value, block):
            yield line, value


def _typed(header: _Element) -> Iterator[tuple[BlockField, str]]:
    """The labels with their values, outside of the block."""
    ours = [table for table in header.iter(w("tbl")) if is_ours(table)]
    for table in header.iter(w("tbl")):
        if table not in ours:
            for row in table.iter(w("tr")):
                yield from _beside([" ".join(paragraphs_of(cell)) for cell in row.iter(w("tc"))])
    for child in header:
        if child not in ours:
            for words in paragraphs_of(child):
                yield from _labelled(words)


def _beside(cells: list[str]) -> Iterator[tuple[BlockField, str]]:
    for label, value in pairwise(cells):
        line = _MEANING.get(same_words(label).rstrip(" :："))
        if line is not None and line is not BlockField.PAGE:
            yield line, value


def _labelled(words: str) -> Iterator[tuple[BlockField, str]]:
    """The labels on a line, each with what stands before the next."""
    folded = same_words(words)
    found = list(_LABEL.finditer(folded))
    # Folding may change the length of rare letters; then the folded words are shown.
    shown = words if len(words) == len(folded) else folded
    ends = [*(one.start() for one in found[1:]), len(shown)]
    for one, end in zip(found, ends, strict=False):
        line = _MEANING.get(one[1] or "", BlockField.PAGE)
        if line is not BlockField.PAGE:
            yield line, shown[one.end() : end].strip(" ;,|-–—")


def _differs(line: BlockField, value: str, block: ControlBlock) -> bool:
    if not any(one.isalnum() for one in value) or _BLANK.search(value):
        return False
    if line is BlockField.CODE:
        return _key(value) != _key(block.code)
    numbers = [int(one) for one in _NUMBERS.findall(value)]
    if line is BlockField.EFFECTIVE:
        day = _day(numbers)
        return day is not None and block.effective is not None and day != block.effective
    return bool(numbers) and not _is_number(value, block)


def _is_number(value: str, block: ControlBlock) -> bool:
    """Whether words hold the number of a revision; of 2.1, the 2 alone is as good."""
    numbers = [int(one) for one in _NUMBERS.findall(value)]
    own = [int(one) for one in _NUMBERS.findall(block.revision)]
    return bool(numbers) and numbers[: len(own)] == own[: len(numbers)]


def _key(code: str) -> str:
    return _BETWEEN.sub("-", same_words(code)).strip("-")


def _day(numbers: list[int]) -> date | None:
    try:
        first, month, last = numbers
        return date(first, month, last) if first > _LAST_DAY else date(last, month, first)
    except ValueError:
        return None
