"""What people typed into a header or a footer themselves: a code, a revision, a day of effect.

Offices had such headers before they had control blocks.  What stands there beside a block
is read by everybody who holds the page, so it is held to the register too; blanks, and
numbers and days in words that are not understood, are left alone.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from attrs import frozen

from qms.text import same_words
from qms.word.body import paragraphs_of
from qms.word.control_block import BlockField, is_ours
from qms.word.parts import w

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from qms.word.control_block import ControlBlock

__all__ = ["bare_codes", "typed_otherwise"]

_NAMES: Final = {
    BlockField.CODE: (
        "mã số", "mã hiệu", "mã tài liệu", "mã số tài liệu", "mã hiệu tài liệu", "ký hiệu",
        "số hiệu", "code", "document code", "document no", "document no.", "document number",
        "doc no", "doc. no.", "doc no.",
    ),
    BlockField.REVISION: (
        "lần ban hành", "lần bh", "ban hành lần", "phiên bản", "revision", "revision no",
        "revision no.", "rev", "rev.", "rev. no.", "version", "issue", "issue no", "issue no.",
        "lần sửa đổi", "lần sđ", "sửa đổi lần", "lần soát xét", "soát xét lần", "soát xét",
    ),
    BlockField.EFFECTIVE: (
        "ngày hiệu lực", "ngày hl", "ngày có hiệu lực", "có hiệu lực từ", "có hiệu lực từ ngày",
        "hiệu lực", "hiệu lực từ", "hiệu lực từ ngày", "ngày áp dụng", "effective date",
        "eff. date", "effective", "effective from", "date effective",
    ),
    # What ends the value before it.
    BlockField.PAGE: (
        "trang", "trang số", "số trang", "page", "tình trạng", "status", "tên tài liệu", "title",
        "ngày", "ngày ban hành", "ngày bh", "issue date", "date",
    ),
}  # fmt: skip
_MEANING: Final = {name: line for line, names in _NAMES.items() for name in names}
#: What numbers the changes of an issue, where the issue has a number of its own.
_CHANGES: Final = frozenset(
    one for one in _NAMES[BlockField.REVISION] if "rev" in one or "sửa" in one or "soát" in one
) | {"lần sđ"}


#: A label that stands over the number of a revision, and over the name of who reviewed, too.
_REVIEWED: Final = "soát xét"
_MERE_NUMBER: Final = re.compile(r"(?:lần |rev[. ]+)?\d{1,3}(?:\.\d{1,2})?\b.{0,3}")


def _one_of(names: Sequence[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(names, key=len, reverse=True))


#: A label before its colon; a code, a revision's number or a day of effect stands without one, too.
_LABEL: Final = re.compile(
    rf"(?<!\w)(?:(?P<label>{_one_of([*_MEANING])})\s*[:：]|(?:trang|page) \d"
    rf"|(?P<numbered>{_one_of([one for one in _NAMES[BlockField.REVISION] if one != _REVIEWED])})"
    r"\s*(?P<number>\d{1,3}(?:\.\d{1,2})?)(?!\d|[/.-]\d)"
    rf"|(?P<coded>{_one_of(_NAMES[BlockField.CODE])})\s+(?P<code>(?=\S*\d)[^\W\d_]{{2,8}}[-._/]\S+)"
    rf"|(?P<dated>{_one_of(_NAMES[BlockField.EFFECTIVE])})"
    r"\s+(?P<day>\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})(?!\d))"
)
_BLANK: Final = re.compile(r"\.{3,}|…|_{3,}")
_NUMBERS: Final = re.compile(r"\d+")
#: Days, among which no number of a revision is looked for.
_DAYS: Final = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_BETWEEN: Final = re.compile(r"[\W_]+")
_LAST_DAY: Final = 31
#: A code that stands on a line without a label, such as that of the form on which all is written.
_BARE_CODE: Final = re.compile(
    r"(?<!\w)(?:[A-ZĐ]{2,8}(?:[-._/][A-ZĐ\d]{1,10}){0,3}[-._/]|(?:BM|MB|FM|HS|PL|QT|HD) )\d[\d.-]*"
)
_STANDARDS: Final = re.compile(r"\b(?:ISO|IEC|TCVN)\b")


@frozen
class _Typed:
    """What a label that people typed says, and the label."""

    label: str
    value: str

    @property
    def line(self) -> BlockField:
        return _MEANING[self.label]


def typed_otherwise(
    margin: _Element, block: ControlBlock, *, footer: bool = False
) -> Iterator[tuple[BlockField, str]]:
    """The lines that people typed into a margin and that say something else than a block.

    Args:
        margin: A header or a footer.
        block: What every page should say.
        footer: Whether it is a footer, which often names the form on which all is written:
            what stands beside the code of something else is left alone there.
    """
    typed = list(dict.fromkeys(_typed(margin, block, footer=footer)))
    typed = [one for one in typed if one.label != _REVIEWED or _is_mere_number(one.value)]
    numbers = [one for one in typed if one.line is BlockField.REVISION]
    stale = set(_wrong_numbers(numbers, block))
    told: dict[tuple[BlockField, str], None] = {}
    for one in typed:
        if one in stale or (one not in numbers and _differs(one.line, one.value, block)):
            told[one.line, one.value] = None
    yield from told


def _typed(margin: _Element, block: ControlBlock, *, footer: bool) -> Iterator[_Typed]:
    """The labels with their values, outside of the block."""
    ours = [table for table in margin.iter(w("tbl")) if is_ours(table)]
    if footer and _names_another(margin, block) and not _names_own(margin, block):
        return
    for table in margin.iter(w("tbl")):
        if table not in ours:
            yield from _in_table(_rows(table), block)
    for child in margin:
        if child not in ours:
            for words in paragraphs_of(child):
                if not (footer and _is_another(words, block)):
                    yield from _labelled(words)


def _names_another(margin: _Element, block: ControlBlock) -> bool:
    return any(_is_another(words, block) for words in paragraphs_of(margin))


def _names_own(margin: _Element, block: ControlBlock) -> bool:
    own = f"-{_key(block.code)}-"
    return any(own in f"-{_key(words)}-" for words in paragraphs_of(margin))


def _is_another(words: str, block: ControlBlock) -> bool:
    """Whether a line names something else by its code, without a label."""
    own = _key(block.code)
    return not _labelled_code(words) and any(_key(one) != own for one in bare_codes(words))


def bare_codes(words: str) -> list[str]:
    """What looks like the code of a document or a form, wherever it stands in a line."""
    return _BARE_CODE.findall(_STANDARDS.sub(" ", words))


def _labelled_code(words: str) -> bool:
    return any(one.line is BlockField.CODE for one in _labelled(words))


def _rows(table: _Element) -> list[list[tuple[int, str]]]:
    """The rows of a table: each cell with the column of the grid in which it begins."""
    rows = []
    for row in table.iter(w("tr")):
        if next(row.iterancestors(w("tbl"))) is not table:
            continue
        column, cells = 0, []
        for cell in row.iter(w("tc")):
            if next(cell.iterancestors(w("tr"))) is row:
                cells.append((column, " ".join(paragraphs_of(cell))))
                column += _width(cell)
        rows.append(cells)
    return rows


def _width(cell: _Element) -> int:
    span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    width = "" if span is None else span.get(w("val"), "")
    return int(width) if width.isdecimal() else 1


def _in_table(rows: list[list[tuple[int, str]]], block: ControlBlock) -> Iterator[_Typed]:
    """Labels in cells of their own, with the value beside or below."""
    for row, below in zip(rows, [*rows[1:], []], strict=True):
        for index, (column, words) in enumerate(row):
            label = _label_of(words)
            if label is None or (line := _MEANING[label]) is BlockField.PAGE:
                continue
            beside = [one for _, one in row[index + 1 : index + 2]]
            under = [one for place, one in below if place == column]
            values = [one for one in (*beside, *under) if _may_be(line, one)]
            if values:
                right = (one for one in values if not _differs(line, one, block))
                yield _Typed(label, next(right, values[0]))


def _label_of(words: str) -> str | None:
    label = same_words(words).rstrip(" :：")
    return label if label in _MEANING else None


def _may_be(line: BlockField, words: str) -> bool:
    """Whether the words of a cell may be the value of a label, and not a label themselves."""
    if _label_of(words) or _LABEL.search(same_words(words)):
        return False
    digits = any(one.isdigit() for one in words)
    return digits or (line is BlockField.CODE and words.isupper() and " " not in words.strip())


def _labelled(words: str) -> Iterator[_Typed]:
    """The labels on a line, each with what stands before the next."""
    folded = same_words(words)
    found = list(_LABEL.finditer(folded))
    # Folding may change the length of rare letters; then the folded words are shown.
    shown = words if len(words) == len(folded) else folded
    ends = [*(one.start() for one in found[1:]), len(shown)]
    for one, end in zip(found, ends, strict=False):
        named = one.groupdict()
        label = named["label"] or named["numbered"] or named["dated"] or named["coded"]
        if label is not None and _MEANING[label] is not BlockField.PAGE:
            value = named["number"] or named["day"] or shown[one.end() : end].strip(" ;,|-–—")
            if named["code"]:
                value = shown[slice(*one.span("code"))].strip(";,.|)]")
            yield _Typed(label, value)


def _wrong_numbers(typed: list[_Typed], block: ControlBlock) -> Iterator[_Typed]:
    """The numbers that are not those of the revision.

    Some headers number the issue and, apart from it, its changes: then one of the two is
    meant by a revision of one number, and both by one of two.
    """
    own = _numbers(block.revision)
    issues = [one for one in typed if one.label not in _CHANGES]
    changes = [one for one in typed if one.label in _CHANGES]
    if issues and changes and len(own) == 1 and any(_is_number(one.value, own) for one in typed):
        return
    for one in issues:
        if _numbers(one.value) and not _is_number(one.value, own):
            yield one
    for one in changes:
        numbers = _numbers(one.value)
        within = numbers == own[1:] or (numbers == [0] and len(own) == 1)
        whole = numbers == own if issues and len(own) > 1 else _is_number(one.value, own)
        if numbers and not within and not whole:
            yield one


def _is_mere_number(value: str) -> bool:
    return _MERE_NUMBER.fullmatch(_DAYS.sub(" ", same_words(value)).strip()) is not None


def _differs(line: BlockField, value: str, block: ControlBlock) -> bool:
    if not any(one.isalnum() for one in value) or _BLANK.search(value):
        return False
    if line is BlockField.CODE:
        # “QT-05 (Lần 03)”: what stands in brackets is said of the code.
        return _key(block.code) not in {_key(value), _key(value.partition("(")[0])}
    if line is BlockField.EFFECTIVE:
        day = _day([int(one) for one in _NUMBERS.findall(value)])
        return day is not None and block.effective is not None and day != block.effective
    return bool(_numbers(value)) and not _is_number(value, _numbers(block.revision))


def _numbers(value: str) -> list[int]:
    """The numbers that may be those of an issue and a revision; none where it is a blank."""
    return (
        []
        if _BLANK.search(value)
        else [int(one) for one in _NUMBERS.findall(_DAYS.sub(" ", value))]
    )


def _is_number(value: str, own: list[int]) -> bool:
    """Whether words hold the number of a revision; of 2.1, the 2 alone is as good."""
    numbers = _numbers(value)
    return bool(numbers) and numbers[: len(own)] == own[: len(numbers)]


def _key(code: str) -> str:
    return _BETWEEN.sub("-", same_words(code)).strip("-")


def _day(numbers: list[int]) -> date | None:
    try:
        first, month, last = numbers
        return date(first, month, last) if first > _LAST_DAY else date(last, month, first)
    except ValueError:
        return None
