"""Which styles of an OpenDocument file strike words through, of themselves or by their parent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element

__all__ = ["PARAGRAPH", "RUN", "struck_styles"]

#: The families of styles that words have.
PARAGRAPH: Final = "paragraph"
RUN: Final = "text"

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DEFAULT = f"{_STYLE}default-style"
_NAME, _FAMILY, _PARENT = f"{_STYLE}name", f"{_STYLE}family", f"{_STYLE}parent-style-name"
_LOOK = f"{_STYLE}text-properties"
_LINES = (f"{_STYLE}text-line-through-style", f"{_STYLE}text-line-through-type")


def struck_styles(parts: Iterable[_Element]) -> Mapping[tuple[str, str], bool]:
    """Whether words of a style are struck through, by its family and its name.

    A style that says nothing of it, and none of whose parents does, is left out, but for
    the one without a name: that of paragraphs that name none.

    Args:
        parts: The parts of the file in which styles are described.
    """
    own: dict[tuple[str, str], bool] = {}
    parents: dict[tuple[str, str], str] = {}
    for part in parts:
        for style in part.iter(f"{_STYLE}style", _DEFAULT):
            key = style.get(_FAMILY, ""), style.get(_NAME, "")
            for look in style.iterchildren(_LOOK):
                lines = [line for name in _LINES if (line := look.get(name)) is not None]
                if lines:
                    own[key] = "none" not in lines
            if style.tag != _DEFAULT:
                parents[key] = style.get(_PARENT, "")
    keys = {*own, *parents}
    return {key: said for key in keys if (said := _inherited(key, own, parents)) is not None}


def _inherited(
    key: tuple[str, str],
    own: Mapping[tuple[str, str], bool],
    parents: Mapping[tuple[str, str], str],
) -> bool | None:
    """What a style says, or else the nearest of those it is based on; None where none does."""
    passed: set[tuple[str, str]] = set()
    while key not in own and key in parents and key not in passed:
        passed.add(key)
        key = key[0], parents[key]
    return own.get(key)
