"""Which words of a Word file are struck through or hidden, of themselves or by their style."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from qms.word.parts import w

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from lxml.etree import _Element

    from qms.word.guard import GuardedPackage

__all__ = ["inherited", "looks_in", "odd_styles"]

_Key = TypeVar("_Key", bound="Hashable")

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
    odd: dict[str | None, frozenset[str]] = {
        name: frozenset(kind for kind, on in said.items() if on)
        for name, said in inherited(own, based).items()
    }
    return {**odd, None: odd.get(plain, frozenset())}


def inherited(
    own: Mapping[_Key, Mapping[str, bool]], parents: Mapping[_Key, _Key]
) -> Mapping[_Key, Mapping[str, bool]]:
    """What styles say, or else the nearest of those they are based on that says anything.

    Each is looked at once, for a file may hold a very long line of them.  Of styles that
    are based on each other in a circle, each says what any of them says.

    Args:
        own: What each style says of itself.
        parents: The style on which each is based, where it is on one.
    """
    whole: dict[_Key, Mapping[str, bool]] = {}
    for style in own:
        line: dict[_Key, None] = {}
        at: _Key | None = style
        while at is not None and at not in whole and at not in line:
            line[at] = None
            at = parents.get(at)
        said: Mapping[str, bool] = {} if at is None else whole.get(at, {})
        if at in line:
            said = {kind: on for one in line for kind, on in own.get(one, {}).items()}
        for one in reversed(line):
            said = {**said, **own.get(one, {})}
            whole[one] = said
    return {style: whole[style] for style in own}
