"""Words laid out on a screen: wrapped lines and columns that stay aligned.

A letter with its accents takes one place however it was typed, and a wide
letter takes two; lengths are counted in places, not in characters.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["Column", "Paint", "fitted", "places", "table", "wrap"]


def places(words: str) -> int:
    """How many places words take on a screen."""
    if words.isascii():
        return len(words)
    return sum(_places_of(letter) for letter in unicodedata.normalize("NFC", words))


def _places_of(letter: str) -> int:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


def wrap(words: str, width: int, *, indent: str = "", hanging: str | None = None) -> list[str]:
    """Break words into lines of at most a width; a word that is too long stands alone.

    Args:
        words: The words; line breaks in them are kept.
        width: How many places a line has.
        indent: What the first line begins with.
        hanging: What the other lines begin with; the same where left out.
    """
    lines = []
    following = indent if hanging is None else hanging
    for paragraph in words.split("\n"):
        line, begun = indent, False
        for word in paragraph.split():
            if begun and places(line) + 1 + places(word) > width:
                lines.append(line)
                line, begun = following, False
            line = f"{line} {word}" if begun else line + word
            begun = True
        lines.append(line)
        indent = following
    return lines


class Paint(Struct, frozen=True, eq=False):
    """Colours for a screen; without them, words stay as they are."""

    colour: bool = False

    def __call__(self, words: str, *styles: str) -> str:
        """Words in a style: ``bold``, ``dim``, ``red``, ``yellow``, ``green``, ``cyan``."""
        if not self.colour or not words:
            return words
        return "".join(_CODES[style] for style in styles) + words + _PLAIN


_PLAIN = "\033[0m"
_CODES = {
    "bold": "\033[1m",
    "dim": "\033[2m",
    "red": "\033[31m",
    "green": "\033[32m",
    "yellow": "\033[33m",
    "cyan": "\033[36m",
}


class Column(Struct, frozen=True, eq=False):
    """A column of a table.

    Attributes:
        heading: Its heading.
        width: How many places it has; 0 takes what is left, shared by all such columns.
    """

    heading: str
    width: int = 0


def table(
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    width: int,
    paint: Paint,
    styles: Callable[[Sequence[str]], Sequence[str]] = lambda _row: (),
) -> list[str]:
    """Rows under headings, with every cell wrapped in its column.

    Args:
        columns: The columns.
        rows: The words of each row.
        width: How many places a line has.
        paint: The colours.
        styles: The style of a row, if it has one.
    """
    widths = _widths(columns, width)
    lines = [paint(line, "bold") for line in _row([c.heading for c in columns], widths)]
    lines.append(paint("  ".join("─" * places_ for places_ in widths), "dim"))
    for row in rows:
        lines.extend(paint(line, *styles(row)) for line in _row(row, widths))
    return lines


def _widths(columns: Sequence[Column], width: int) -> list[int]:
    gaps = 2 * (len(columns) - 1)
    open_ended = sum(1 for column in columns if not column.width)
    left = width - gaps - sum(column.width for column in columns)
    share, rest = divmod(max(left, 8 * open_ended), open_ended or 1)
    widths = []
    for column in columns:
        extra = 1 if not column.width and rest > 0 else 0
        rest -= extra
        widths.append(column.width or share + extra)
    return widths


def _row(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    wrapped = [
        fitted(unicodedata.normalize("NFC", cell), width)
        for cell, width in zip(cells, widths, strict=True)
    ]
    for number in range(max(len(lines) for lines in wrapped)):
        cells_ = [
            _padded(lines[number] if number < len(lines) else "", width)
            for lines, width in zip(wrapped, widths, strict=True)
        ]
        yield "  ".join(cells_).rstrip()


def fitted(words: str, width: int, *, indent: str = "", hanging: str | None = None) -> list[str]:
    """Wrapped lines, with words that are longer than the column cut where it ends."""
    lines: list[str] = []
    for line in wrap(words, width, indent=indent, hanging=hanging):
        rest = line
        while places(rest) > width:
            end = _letters_within(rest, width)
            lines.append(rest[:end])
            rest = rest[end:]
        lines.append(rest)
    return lines


def _letters_within(words: str, width: int) -> int:
    """How many letters of longer words a line takes; at least one."""
    taken = [*accumulate(map(_places_of, words))]
    return max(bisect_right(taken, width), 1)


def _padded(words: str, width: int) -> str:
    return words + " " * (width - places(words))
