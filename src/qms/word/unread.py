"""Words of a file that were not come across: they stand where no program shows any.

A file that was cut, pasted together or damaged may hold words inside what only
describes how others look.  Nobody sees them, but somebody typed them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from attrs import define, field

from qms.text import Text
from qms.word.outline import Cell, Passage

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from lxml.etree import _Element

__all__ = ["UNSHOWN", "Trace", "unread"]

UNSHOWN = Text(en="where words are not shown", vi="ở chỗ không hiển thị chữ")


@define
class Trace:
    """What a reader came across in a part.

    Attributes:
        texts: The elements whose own words were read, or passed over knowingly.
        tails: The elements behind which words were read.
        cells: Which element was read as which cell.
    """

    texts: set[_Element] = field(factory=set)
    tails: set[_Element] = field(factory=set)
    cells: dict[_Element, Cell] = field(factory=dict)

    def pass_over(self, top: _Element) -> None:
        """Note that everything inside an element need not be read."""
        for element in top.iter("{*}*"):
            self.texts.add(element)
            self.tails.add(element)
        self.tails.discard(top)


def unread(
    root: _Element, trace: Trace, *, namespaces: Collection[str], speechless: Collection[str]
) -> Iterator[Passage]:
    """The words of a part that were not come across, as passages.

    Args:
        root: The part.
        trace: What was come across.
        namespaces: The namespaces whose elements hold words of people.
        speechless: The elements among them whose text is no words.
    """
    for words in _texts()(root):
        near = words.getparent()
        holder = near.getparent() if words.is_tail else near
        if near in (trace.tails if words.is_tail else trace.texts) or holder is None:
            continue
        space, _, _ = str(holder.tag).rpartition("}")
        if space.lstrip("{") in namespaces and holder.tag not in speechless:
            above = (trace.cells.get(one) for one in holder.iterancestors())
            cell = next((one for one in above if one is not None), None)
            yield Passage(str(words).strip(), UNSHOWN, cell)


@cache
def _texts() -> Callable[[_Element], Any]:
    from lxml import etree

    return etree.XPath("//text()[normalize-space()]")
