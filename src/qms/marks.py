"""Finding what stands twice among millions, in a few bytes each."""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING
from zlib import adler32, crc32

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Marks", "mark"]

_BUCKETS = 64


def mark(words: str) -> int:
    """A number of 64 bits for some words, the same in every process; two seldom share one.

    Two sums that are quick to make: whoever finds two numbers alike looks again at the words.
    """
    content = words.encode()
    return crc32(content) << 32 | adler32(content)


class Marks:
    """The marks of many words, kept in eight bytes each."""

    def __init__(self) -> None:
        self._buckets = tuple(array("Q") for _ in range(_BUCKETS))

    def __len__(self) -> int:
        return sum(map(len, self._buckets))

    def note(self, several: Iterable[str]) -> None:
        """Take several words into account."""
        buckets = self._buckets
        for words in several:
            content = words.encode()
            check = crc32(content)
            buckets[check % _BUCKETS].append(check << 32 | adler32(content))

    def add_all(self, other: Marks) -> None:
        """Take the words of another part into account."""
        for ours, theirs in zip(self._buckets, other._buckets, strict=True):
            ours.extend(theirs)

    def doubles(self) -> frozenset[int]:
        """The marks that stand more than once; nearly always those of the same words."""
        found: set[int] = set()
        for bucket in self._buckets:
            once = set(bucket)
            if len(once) < len(bucket):
                counts = Counter(bucket)
                found.update(number for number in once if counts[number] > 1)
        return frozenset(found)

    def common(self, numbers: set[int]) -> frozenset[int]:
        """Those of some marks that are among these."""
        found: set[int] = set()
        for bucket in self._buckets if numbers else ():
            found.update(numbers.intersection(bucket))
        return frozenset(found)
