"""Which words of a Word file are struck through or hidden, of themselves or by their style."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qms.word.parts import w

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from qms.word.guard import GuardedPackage

__all__ = ["looks_in", "odd_styles"]

#: What is said in a look of which kind of oddness.
_KINDS: Final = {w("strike"): "struck", w("dstrike"): "struck", w("vanish"): "hidden"}
_OFF = frozenset({"0", "false", "off"})
_VAL = w("val")


def looks_in(look: _Element | None) -> Mapping[str, bool]:
    """Whether a look strikes words through or hides them, where it says anything of it."""
    said: dict[str, bool] = {}
    for one in () if look is None else look.iterchildren(*_KINDS):
        kind = _KINDS[str(one.tag)]
        said[kind] = said.get(kind, False) or one.get(_VAL, "1").casefold() not in _OFF
    return said


def odd_styles(package: GuardedPackage) -> Mapping[str | None, frozenset[str]]:
    """What styles do to words, of themselves or by what they are based on.

    None stands for the style of paragraphs that name none.
    """
    own: dict[str, Mapping[str, bool]] = {}
    based: dict[str, str] = {}
    plain: str | None = None
    for relation in package.relationships(package.main):
        if relation.kind != "styles" or relation.external or relation.target not in package:
            continue
        for style in package.xml(relation.target).iterchildren(w("style")):
            name = style.get(w("styleId"), "")
            own[name] = looks_in(style.find(w("rPr")))
            if (parent := style.find(w("basedOn"))) is not None:
                based[name] = parent.get(_VAL, "")
            if style.get(w("type")) == "paragraph" and style.get(w("default"), "0") not in _OFF:
                plain = name
    kinds = frozenset(_KINDS.values())
    odd: dict[str | None, frozenset[str]] = {
        name: frozenset(kind for kind in kinds if _inherited(kind, name, own, based))
        for name in own
    }
    return {**odd, None: odd.get(plain, frozenset())}


def _inherited(
    kind: str, name: str, own: Mapping[str, Mapping[str, bool]], based: Mapping[str, str]
) -> bool:
    """What a style says, or else the nearest of those it is based on."""
    passed: set[str] = set()
    while kind not in own.get(name, ()) and name in based and name not in passed:
        passed.add(name)
        name = based[name]
    return own.get(name, {}).get(kind, False)
