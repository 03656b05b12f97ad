"""How wide words are in Times New Roman, for rules that are a share of the words above them.

NĐ 30/2020/NĐ-CP, Annex I, measures a rule by the line of words over it.  The widths are
those of the letters that Times New Roman shares with the fonts that stand in for it; marks
over and under a letter take no room, a horn a little.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["balanced", "lines_of", "width_of"]

_UPPER: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LOWER: Final = _UPPER.lower()
# In thousandths of the size of the letters.
_UPRIGHT_UPPER: Final = (
    722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556,
    611, 722, 722, 944, 722, 722, 611,
)  # fmt: skip
_UPRIGHT_LOWER: Final = (
    444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389,
    278, 500, 500, 722, 500, 500, 444,
)  # fmt: skip
_BOLD_UPPER: Final = (
    722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556,
    667, 722, 722, 1000, 722, 722, 667,
)  # fmt: skip
_BOLD_LOWER: Final = (
    500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389,
    333, 556, 500, 722, 500, 500, 444,
)  # fmt: skip
_OTHERS: Final = {" ": 250, "\N{NO-BREAK SPACE}": 250, ".": 250, ",": 250, "-": 333, "/": 278,
                  ":": 300, "(": 333, ")": 333, "Đ": 722, "đ": 530, "\N{COMBINING HORN}": 60}  # fmt: skip
_WIDTHS: Final = {
    False: {
        **dict(zip(_UPPER + _LOWER, _UPRIGHT_UPPER + _UPRIGHT_LOWER, strict=True)),
        **_OTHERS,
    },
    True: {**dict(zip(_UPPER + _LOWER, _BOLD_UPPER + _BOLD_LOWER, strict=True)), **_OTHERS},
}
_MILLIMETRE: Final = 57
#: A digit, and whatever else has no width of its own here.
_MEAN: Final = 500


@lru_cache(maxsize=4096)
def width_of(words: str, size: float, *, bold: bool) -> int:
    """How wide words are in a line, in twentieths of a point.

    Args:
        words: The words.
        size: The size of the letters, in points.
        bold: Whether they are bold.
    """
    widths = _WIDTHS[bold]
    total = 0
    for letter in unicodedata.normalize("NFD", words):
        width = widths.get(letter)
        if width is None:
            width = 0 if unicodedata.combining(letter) else _MEAN
        total += width
    return round(total * size * 20 / 1000)


@lru_cache(maxsize=1024)
def lines_of(words: str, room: int, size: float, *, bold: bool) -> tuple[int, ...]:
    """How wide each line is when words are broken where there is room for no more.

    Args:
        words: The words; a no-break space keeps two together.
        room: The width to which they are broken, in twentieths of a point.
        size: The size of the letters, in points.
        bold: Whether they are bold.
    """
    return _broken(*_measured(words, size, bold=bold), room)


@lru_cache(maxsize=1024)
def balanced(words: str, room: int, size: float, *, bold: bool) -> int:
    """The narrowest room in which words take no more lines than in the room there is.

    Two millimetres are added, for a font that is not quite as narrow.
    """
    parts, space = _measured(words, size, bold=bold)
    count = len(_broken(parts, space, room))
    if count == 1:
        return room
    too_narrow, enough = 0, room
    while enough - too_narrow > 1:
        middle = (too_narrow + enough) // 2
        if len(_broken(parts, space, middle)) > count:
            too_narrow = middle
        else:
            enough = middle
    return min(enough + 2 * _MILLIMETRE, room)


def _measured(words: str, size: float, *, bold: bool) -> tuple[tuple[int, ...], int]:
    """How wide each part is that is not broken, and a blank between them."""
    parts = tuple(width_of(part, size, bold=bold) for part in words.split(" "))
    return parts, width_of(" ", size, bold=bold)


def _broken(parts: tuple[int, ...], space: int, room: int) -> tuple[int, ...]:
    lines = [parts[0]]
    for part in parts[1:]:
        if lines[-1] + space + part > room:
            lines.append(part)
        else:
            lines[-1] += space + part
    return tuple(lines)
