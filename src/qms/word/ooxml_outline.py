"""The outline of a Word file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import define, field

from qms.word.outline import BOX, FOOT, HEAD, NOTE, TEXT, Cell, Mark, Outline, Passage, Row, Table
from qms.word.parts import m, mc, w
from qms.word.placeholders import is_placeholder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml.etree import _Element

    from qms.text import Text
    from qms.word.guard import GuardedPackage

__all__ = ["ooxml_outline"]

_VT = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_INSERTED = frozenset({w("ins"), w("moveTo")})
_DELETED = frozenset({w("del"), w("moveFrom")})
_EMBEDDED = frozenset({w("drawing"), w("pict"), w("object"), w("altChunk"), w("subDoc")})
_BREAKS = {w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n",
           w("noBreakHyphen"): "\u2011"}  # fmt: skip
_SILENT = frozenset(
    map(
        w,
        "pPr rPr tblPr tblGrid tblPrEx tcPr sectPr sdtPr sdtEndPr instrText delInstrText "
        "fldData annotationRef footnoteRef endnoteRef softHyphen lastRenderedPageBreak".split(),
    )
)
_PAGE_NUMBERS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_MARGINS = {"header": HEAD, "footer": FOOT, "footnotes": NOTE, "endnotes": NOTE}


def ooxml_outline(package: GuardedPackage) -> Outline:
    """The outline of a Word file.

    Raises:
        Refused: a part of it cannot be parsed.
    """
    outline = Outline()
    reader = _Reader(outline)
    body = package.xml(package.main).find(w("body"))
    reader.story(() if body is None else body, TEXT)
    for relation in package.relationships(package.main):
        if relation.external or relation.target not in package:
            continue
        if relation.kind in _MARGINS:
            margin = _Reader(outline, in_margin=relation.kind in {"header", "footer"})
            margin.story(_stories(package.xml(relation.target)), _MARGINS[relation.kind])
        elif relation.kind == "comments":
            for comment in package.xml(relation.target).iter(w("comment")):
                outline.marks.append(Mark("comment", _plain(comment)))
    for relation in package.relationships(""):
        if relation.kind == "custom-properties" and relation.target in package:
            for entry in package.xml(relation.target).iterchildren("{*}property"):
                value = entry.findtext(f"{_VT}lpwstr") or entry.findtext(f"{_VT}lpstr")
                outline.properties[entry.get("name", "")] = value or ""
    return outline


def _stories(root: _Element) -> Iterable[_Element]:
    """The contents of a header, or of all notes but the separators that Word draws."""
    for child in root.iterchildren("{*}*"):
        if child.tag in {w("footnote"), w("endnote")}:
            if child.get(w("type")) is None:
                yield from child.iterchildren("{*}*")
        else:
            yield child


def _plain(element: _Element) -> str:
    return "\n".join(
        "".join(t.text or "" for t in p.iter(w("t"), w("delText"))) for p in element.iter(w("p"))
    ).strip()


@define
class _Field:
    """A field that has begun: what it computes, and whether its result is being read."""

    instruction: str = ""
    in_result: bool = False

    @property
    def hides(self) -> bool:
        """Whether what follows is an instruction, or the number of a page."""
        return not self.in_result or _is_page_number(self.instruction)


def _is_page_number(instruction: str) -> bool:
    return next(iter(instruction.upper().split()), "") in _PAGE_NUMBERS


@define
class _Reader:
    """Walks through one story of a file."""

    outline: Outline
    in_margin: bool = False
    _words: list[str] = field(factory=list)
    _cell: Cell | None = None
    _fields: list[_Field] = field(factory=list)

    def story(self, elements: Iterable[_Element], where: Text) -> None:
        """Read paragraphs and tables one after the other, outside any cell."""
        for element in elements:
            if element.tag == w("p"):
                self._passage(element, where)
            elif element.tag == w("tbl"):
                self._table(element)
            elif element.tag in _DELETED:
                self._deleted(element)
            elif element.tag in _EMBEDDED:
                self._embedded(element)
            elif isinstance(element.tag, str) and element.tag not in _SILENT:
                self.story(element, where)

    def _passage(self, paragraph: _Element, where: Text) -> None:
        text = self._collect(lambda: self._inline(paragraph))
        if text.strip():
            self.outline.passages.append(Passage(text.strip(), where))

    def _collect(self, read: Callable[[], None]) -> str:
        outer, self._words = self._words, []
        read()
        text = "".join(self._words)
        self._words = outer
        return text

    # --- tables ------------------------------------------------------------------------------

    def _table(self, element: _Element) -> None:
        table = Table()
        self.outline.tables.append(table)
        for row in _descend(element, w("tr")):
            self._changed(row.find(w("trPr")), row)
            table.rows.append(Row())
            column = _count(row.find(w("trPr")), "gridBefore")
            for tc in _descend(row, w("tc")):
                cell = Cell(column)
                _note_controls(tc, row, cell)
                outer, self._cell = self._cell, cell
                cell.text = self._collect(lambda tc=tc: self._block(tc)).strip("\n")  # type: ignore[misc]
                self._cell = outer
                table.rows[-1].cells.append(cell)
                column += _count(tc.find(w("tcPr")), "gridSpan") or 1

    def _changed(self, properties: _Element | None, row: _Element) -> None:
        """A whole row that was put in or taken out while changes were tracked."""
        for kind, name in (("inserted", "ins"), ("deleted", "del")):
            if properties is not None and properties.find(w(name)) is not None:
                self.outline.marks.append(Mark(kind, _plain(row), self._cell))

    def _block(self, parent: _Element) -> None:
        """The paragraphs inside a cell, a line each; tables inside it, cell by cell."""
        for child in parent.iterchildren("{*}*"):
            if child.tag == w("p"):
                self._inline(child)
                self._words.append("\n")
            elif child.tag == w("bookmarkStart"):
                self._bookmark(child)
            elif child.tag in _DELETED:
                self._deleted(child)
            elif child.tag in _EMBEDDED:
                self._embedded(child)
            elif child.tag == w("sdt") and self._shows_placeholder(child):
                self._bookmarks_in(child)
            elif child.tag not in _SILENT and child.tag != w("trPr"):
                self._block(child)

    # --- text --------------------------------------------------------------------------------

    def _inline(self, parent: _Element) -> None:
        for child in parent.iterchildren("{*}*"):
            tag = child.tag
            if tag in {w("t"), m("t")}:
                self._say(child.text or "")
            elif tag in _BREAKS:
                self._say(_BREAKS[tag])
            elif tag == w("sym"):
                self._say(_symbol(child.get(w("char"), "")))
            elif tag == w("fldChar"):
                self._turn(child.get(w("fldCharType")))
            elif tag == w("instrText") and self._fields:
                self._fields[-1].instruction += child.text or ""
            elif tag == w("bookmarkStart"):
                self._bookmark(child)
            elif tag in _DELETED:
                self._deleted(child)
            elif tag in _EMBEDDED:
                self._embedded(child)
            elif tag not in _SILENT:
                self._nested(child)

    def _nested(self, child: _Element) -> None:
        """What holds text in its turn."""
        if child.tag in _INSERTED:
            text = self._collect(lambda: self._inline(child))
            self._words.append(text)
            self.outline.marks.append(Mark("inserted", text, self._cell))
        elif child.tag == mc("AlternateContent"):
            # The same words stand in all of the alternatives.
            for first in child.iterchildren("{*}*"):
                self._inline(first)
                break
        elif child.tag == w("fldSimple") and _is_page_number(child.get(w("instr"), "")):
            return
        elif child.tag == w("sdt") and self._shows_placeholder(child):
            self._bookmarks_in(child)
        elif child.tag == w("p"):
            self._say("\n")
            self._inline(child)
        else:
            self._inline(child)

    def _shows_placeholder(self, control: _Element) -> bool:
        """Whether a control holds only the words that invite to fill it in."""
        content = control.find(w("sdtContent"))
        if content is None:
            return True
        showing = control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}") is not None
        return is_placeholder("".join(t.text or "" for t in content.iter(w("t"))), showing=showing)

    def _say(self, words: str) -> None:
        if not any(begun.hides for begun in self._fields):
            self._words.append(words)

    def _turn(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif self._fields and kind == "separate":
            self._fields[-1].in_result = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def _bookmark(self, element: _Element) -> None:
        if self._cell is not None:
            self._cell.bookmarks.append(element.get(w("name"), ""))

    def _bookmarks_in(self, element: _Element) -> None:
        for bookmark in element.iter(w("bookmarkStart")):
            self._bookmark(bookmark)

    def _deleted(self, element: _Element) -> None:
        words = "".join(t.text or "" for t in element.iter(w("delText"), w("t")))
        self.outline.marks.append(Mark("deleted", words, self._cell))

    def _embedded(self, element: _Element) -> None:
        """A picture or an object, and the words in boxes drawn there."""
        boxes = [box for box in element.iter(w("txbxContent")) if not _is_fallback(box, element)]
        for box in boxes:
            inner = _Reader(self.outline, in_margin=self.in_margin)
            inner.story(box, BOX)
        if not boxes and not self.in_margin:
            self.outline.marks.append(Mark("embedded", _plain(element), self._cell))


def _descend(parent: _Element, tag: str) -> Iterable[_Element]:
    """The rows of a table or the cells of a row, also inside controls and tracked changes."""
    for child in parent.iterchildren("{*}*"):
        if child.tag == tag:
            yield child
        elif child.tag in {w("sdt"), w("sdtContent"), w("customXml"), *_INSERTED, *_DELETED}:
            yield from _descend(child, tag)


def _note_controls(tc: _Element, row: _Element, cell: Cell) -> None:
    """The tags and days of the controls in a cell, and of one that holds the cell alone."""
    for control in tc.iter(w("sdtPr")):
        _note_control(control, cell)
    holder = tc.getparent()
    while holder is not None and holder is not row:
        if holder.tag == w("sdt") and (control := holder.find(w("sdtPr"))) is not None:
            _note_control(control, cell)
        holder = holder.getparent()


def _note_control(control: _Element, cell: Cell) -> None:
    tag, day = control.find(w("tag")), control.find(w("date"))
    if tag is not None:
        cell.tags.append(tag.get(w("val"), ""))
    if day is not None and day.get(w("fullDate")):
        cell.days.append(day.get(w("fullDate"), "")[:10])


def _is_fallback(box: _Element, top: _Element) -> bool:
    """Whether a box only repeats, for old programs, what another one says."""
    holder = box.getparent()
    while holder is not None and holder is not top:
        if holder.tag == mc("Fallback"):
            return True
        holder = holder.getparent()
    return False


def _count(properties: _Element | None, name: str) -> int:
    found = None if properties is None else properties.find(w(name))
    value = "" if found is None else found.get(w("val"), "")
    return min(int(value), 1000) if value.isascii() and value.isdecimal() else 0


def _symbol(code: str) -> str:
    return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else ""
