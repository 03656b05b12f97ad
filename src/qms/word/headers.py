"""Which header and which footer stand on which pages of a Word file.

A section shows up to three headers (first page, even pages, all others) and
inherits from the section before it each one that it does not name.  An
inherited header is easily written to or lost by mistake, so that the control
block goes only into headers that every section names itself.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from attrs import frozen

from qms.terms import Term
from qms.text import Text
from qms.word.parts import RELATION, element, r, w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from qms.word.parts import WorkingCopy

__all__ = ["HeaderKind", "HeaderPlace", "footer_places", "header_places", "name_headers"]

_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_EMPTY_HEADER = (
    '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    "<w:p/></w:hdr>"
)


class HeaderKind(Term):
    """The pages of a section on which a header stands; the value is Word's own word."""

    DEFAULT = "default", "ordinary pages", "các trang thường"
    FIRST = "first", "first page", "trang đầu"
    EVEN = "even", "even pages", "các trang chẵn"


@frozen(kw_only=True)
class HeaderPlace:
    """A place where a header or a footer is shown, and the part that is shown there, if any."""

    section: int
    kind: HeaderKind
    part: str | None

    @property
    def text(self) -> Text:
        """The place in words."""
        return Text(
            en=f"section {self.section}, {self.kind.text.en}",
            vi=f"phần {self.section}, {self.kind.text.vi}",
        )


def header_places(copy: WorkingCopy) -> tuple[HeaderPlace, ...]:
    """Every place in the document where a header is shown, section by section."""
    return _places(copy, "header")


def footer_places(copy: WorkingCopy) -> tuple[HeaderPlace, ...]:
    """Every place in the document where a footer may be shown, section by section."""
    return _places(copy, "footer")


def _places(copy: WorkingCopy, margin: str) -> tuple[HeaderPlace, ...]:
    return tuple(
        HeaderPlace(section=number, kind=kind, part=parts.get(kind, (None, None))[0])
        for number, (section, parts) in enumerate(_sections(copy, margin), 1)
        for kind in _kinds_shown(copy, section)
    )


def name_headers(copy: WorkingCopy) -> tuple[str, ...]:
    """Make every section name its headers itself; the parts of all headers, each once.

    Where a header is shown but none exists, an empty one is made.
    """
    parts: dict[str, None] = {}
    if not any(True for _ in copy.view(copy.main).iter(w("sectPr"))):
        _body(copy.edit(copy.main)).append(element("<w:sectPr/>"))
    made: dict[HeaderKind, tuple[str, str]] = {}
    for section, named in _sections(copy, "header"):
        known = {**made, **named}
        for kind in HeaderKind:
            if kind not in known and kind in _kinds_shown(copy, section):
                made[kind] = known[kind] = _make_header(copy)
            if kind in known:
                part, key = known[kind]
                parts[part] = None
                _name(copy, section, kind, key)
    return tuple(parts)


def _sections(
    copy: WorkingCopy, margin: str
) -> Iterator[tuple[_Element, dict[HeaderKind, tuple[str, str]]]]:
    """Each section, with part and reference of the headers or footers that it names or inherits."""
    margins = {key: part for key, (kind, part) in copy.targets(copy.main).items() if kind == margin}
    inherited: dict[HeaderKind, tuple[str, str]] = {}
    for section in list(copy.view(copy.main).iter(w("sectPr"))):
        if _is_former(section):
            continue
        for reference in section.findall(w(f"{margin}Reference")):
            key = reference.get(r("id"), "")
            if key in margins:
                inherited[_kind_of(reference)] = (margins[key], key)
        yield section, dict(inherited)


def _kind_of(reference: _Element) -> HeaderKind:
    named = reference.get(w("type"))
    return next((kind for kind in HeaderKind if kind == named), HeaderKind.DEFAULT)


def _is_former(section: _Element) -> bool:
    """Whether this is what a section was before a tracked change."""
    parent = section.getparent()
    return parent is not None and parent.tag == w("sectPrChange")


def _kinds_shown(copy: WorkingCopy, section: _Element) -> tuple[HeaderKind, ...]:
    shown = [HeaderKind.DEFAULT]
    if _is_on(section.find(w("titlePg"))):
        shown.append(HeaderKind.FIRST)
    settings = copy.related(copy.main, "settings")
    if settings and _is_on(copy.view(settings).find(w("evenAndOddHeaders"))):
        shown.append(HeaderKind.EVEN)
    return tuple(shown)


def _is_on(switch: _Element | None) -> bool:
    return switch is not None and switch.get(w("val"), "1") in {"1", "true", "on"}


def _body(document: _Element) -> _Element:
    return next(document.iter(w("body")))


def _make_header(copy: WorkingCopy) -> tuple[str, str]:
    name = copy.free_name(posixpath.join(posixpath.dirname(copy.main), "header{}.xml"))
    key = copy.add(name, _EMPTY_HEADER, f"{RELATION}header", _HEADER_TYPE, source=copy.main)
    return name, key


def _name(copy: WorkingCopy, section: _Element, kind: HeaderKind, key: str) -> None:
    """Have a section name a header, unless it does already."""
    own = [
        reference
        for reference in section.findall(w("headerReference"))
        if _kind_of(reference) is kind
    ]
    if [reference.get(r("id")) for reference in own] == [key]:
        return
    copy.edit(copy.main)
    for reference in own:
        section.remove(reference)
    section.insert(0, element(f'<w:headerReference w:type="{kind}" r:id="{key}"/>'))
