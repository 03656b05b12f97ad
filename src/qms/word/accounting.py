"""Which words of a filled document were issued with it, which were added, which are gone.

Every issued passage accounts for one occurrence.  Where words stand more often than
they were issued, those in the company in which they were issued are the issued ones.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Account", "account", "standing_apart"]

#: How many pairs of the same words are weighed against each other.
_MOST_PAIRS = 100_000


@frozen
class Account:
    """What became of the issued passages.

    Attributes:
        kept: For the place of an issued passage, the place of what was found: cells
            count first, then paragraphs.
        added: The places of what was found and not issued.
    """

    kept: Mapping[int, int]
    added: frozenset[int]


def account(
    issued: Sequence[str], cells: Sequence[str], paragraphs: Sequence[str], start: int = 0
) -> Account:
    """Hold what was found against what was issued.

    Args:
        issued: What stands for the issued passages, in their order.
        cells: What stands for the cells that were found, in their order.
        paragraphs: The same for paragraphs outside tables.
        start: Where what must be there begins; a template may have said the same before.
    """
    found = [*cells, *paragraphs]
    company = _company(cells) + _company(paragraphs)
    before = _company(issued)
    sent, seen = _places(issued), _places(found)
    kept: dict[int, int] = {}
    for words, here in seen.items():
        there = sent.get(words, [])
        if len(there) == len(here):
            kept.update(zip(there, here, strict=True))
            continue
        if len(there) * len(here) > _MOST_PAIRS:
            # No person repeats the same words so often: which is which does not matter.
            in_order = sorted(there, key=lambda place: (place < start, place))
            kept.update(zip(in_order, here, strict=False))
            continue
        pairs = sorted(
            ((one, other) for one in there for other in here),
            key=lambda pair: (
                pair[0] < start,
                _unlike(before[pair[0]], company[pair[1]]),
                pair[1] < len(cells),
                pair,
            ),
        )
        kept.update(_each_once(pairs))
    return Account(kept, frozenset(range(len(found))).difference(kept.values()))


def standing_apart(issued: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """The places of the rows whose cells were not issued one behind the other.

    Args:
        issued: What stands for the issued passages, in their order.
        rows: What stands for the cells of each row, in their order.
    """
    places = _places(issued)
    return [
        number
        for number, row in enumerate(rows)
        if not any(list(issued[at : at + len(row)]) == list(row) for at in places[row[0]])
    ]


def _company(passages: Sequence[str]) -> list[tuple[str | None, str | None]]:
    """What stands before and behind each passage."""
    around = [None, *passages, None]
    return list(zip(around, around[2:], strict=False))


def _unlike(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _places(passages: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, words in enumerate(passages):
        places[words].append(place)
    return places


def _each_once(pairs: Sequence[tuple[int, int]]) -> dict[int, int]:
    """The first pairs in which nothing stands twice."""
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for one, other in pairs:
        if one not in chosen and other not in taken:
            chosen[one] = other
            taken.add(other)
    return chosen
