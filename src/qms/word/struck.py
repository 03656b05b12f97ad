"""Which words of a Word file are struck through, of themselves or by their style."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.word.parts import w

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from qms.word.guard import GuardedPackage

__all__ = ["line_through", "struck_styles"]

_LINES = (w("strike"), w("dstrike"))
_OFF = frozenset({"0", "false", "off"})
_VAL = w("val")


def line_through(look: _Element | None) -> bool | None:
    """Whether a look strikes words through; None where it does not say."""
    lines = [] if look is None else list(look.iterchildren(*_LINES))
    return any(line.get(_VAL, "1").casefold() not in _OFF for line in lines) if lines else None


def struck_styles(package: GuardedPackage) -> frozenset[str | None]:
    """The styles that strike words through, of themselves or by what they are based on.

    None stands for the style of paragraphs that name none.
    """
    own: dict[str, bool] = {}
    based: dict[str, str] = {}
    plain: str | None = None
    for relation in package.relationships(package.main):
        if relation.kind != "styles" or relation.external or relation.target not in package:
            continue
        for style in package.xml(relation.target).iterchildren(w("style")):
            name = style.get(w("styleId"), "")
            line = line_through(style.find(w("rPr")))
            if line is not None:
                own[name] = line
            if (parent := style.find(w("basedOn"))) is not None:
                based[name] = parent.get(_VAL, "")
            if style.get(w("type")) == "paragraph" and style.get(w("default"), "0") not in _OFF:
                plain = name
    struck = {name for name in {*own, *based} if _inherited(name, own, based)}
    return frozenset({*struck, None} if plain in struck else struck)


def _inherited(name: str, own: Mapping[str, bool], based: Mapping[str, str]) -> bool:
    """What a style says, or else the nearest of those it is based on."""
    passed: set[str] = set()
    while name not in own and name in based and name not in passed:
        passed.add(name)
        name = based[name]
    return own.get(name, False)
