"""How wide words are in Times New Roman, for rules that are a share of the words above them.

NĐ 30/2020/NĐ-CP, Annex I, measures a rule by the line of words over it.  The widths are
those of the letters that Times New Roman shares with the fonts that stand in for it; marks
over and under a letter take no room, a horn a little.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise
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
#: A digit, and whatever else has no width of its own here.
_MEAN: Final = 500


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


def lines_of(words: str, room: int, size: float, *, bold: bool) -> tuple[int, ...]:
    """How wide each line is when words are broken where there is room for no more.

    Args:
        words: The words; a no-break space keeps two together.
        room: The width to which they are broken, in twentieths of a point.
        size: The size of the letters, in points.
        bold: Whether they are bold.
    """
    parts = words.split(" ")
    starts = [0]
    for place in range(1, len(parts)):
        if width_of(" ".join(parts[starts[-1] : place + 1]), size, bold=bold) > room:
            starts.append(place)
    return tuple(
        width_of(" ".join(parts[start:end]), size, bold=bold)
        for start, end in pairwise((*starts, len(parts)))
    )


def balanced(words: str, room: int, size: float, *, bold: bool) -> int:
    """The narrowest room in which words take no more lines than in the room there is.

    A little is added, for a font that is not quite as narrow.
    """
    count = len(lines_of(words, room, size, bold=bold))
    step = 57  # a millimetre
    narrow = room
    while count > 1 and len(lines_of(words, narrow - step, size, bold=bold)) == count:
        narrow -= step
    return min(narrow + 2 * step, room)
