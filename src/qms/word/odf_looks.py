"""Which styles of an OpenDocument file strike words through or hide them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qms.word.looks import inherited

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element

__all__ = ["PARAGRAPH", "RUN", "odd_styles"]

#: The families of styles that words have.
PARAGRAPH: Final = "paragraph"
RUN: Final = "text"

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DEFAULT = f"{_STYLE}default-style"
_NAME, _FAMILY, _PARENT = f"{_STYLE}name", f"{_STYLE}family", f"{_STYLE}parent-style-name"
_LOOK = f"{_STYLE}text-properties"
#: What is said in which kind of oddness; “none” takes it away, but hides words in the last.
_LINES = (f"{_STYLE}text-line-through-style", f"{_STYLE}text-line-through-type")
_DISPLAY = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}display"


def odd_styles(parts: Iterable[_Element]) -> Mapping[tuple[str, str], Mapping[str, bool]]:
    """Whether words of a style are struck through or hidden, by its family and its name.

    What neither a style nor any of its parents says is left out.  The style without a
    name is that of paragraphs that name none.

    Args:
        parts: The parts of the file in which styles are described.
    """
    own: dict[tuple[str, str], dict[str, bool]] = {}
    parents: dict[tuple[str, str], tuple[str, str]] = {}
    for part in parts:
        for style in part.iter(f"{_STYLE}style", _DEFAULT):
            key = style.get(_FAMILY, ""), style.get(_NAME, "")
            own[key] = {}
            for look in style.iterchildren(_LOOK):
                own[key] |= _said(look)
            if style.tag != _DEFAULT:
                parents[key] = key[0], style.get(_PARENT, "")
    return inherited(own, parents)


def _said(look: _Element) -> dict[str, bool]:
    said: dict[str, bool] = {}
    if lines := [line for name in _LINES if (line := look.get(name)) is not None]:
        said["struck"] = "none" not in lines
    if (display := look.get(_DISPLAY)) is not None:
        said["hidden"] = display == "none"
    return said
