"""The outline of an OpenDocument text file."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from attrs import define, field

from qms.word.odf_looks import PARAGRAPH, RUN, odd_styles
from qms.word.outline import (
    BOX,
    FOOT,
    HEAD,
    NOTE,
    PILCROW,
    PROPERTIES,
    TEXT,
    Cell,
    Mark,
    Outline,
    Passage,
    Row,
    Table,
)
from qms.word.placeholders import is_placeholder
from qms.word.refusal import Refusal, Refused
from qms.word.unread import Trace, unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from lxml.etree import _Element

    from qms.text import Text
    from qms.word.guard import GuardedPackage

__all__ = ["odf_outline"]

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"


def _name(prefix: str, name: str) -> str:
    return f"{{{_NAMESPACE}{prefix}:1.0}}{name}"


def _text(name: str) -> str:
    return _name("text", name)


def _table(name: str) -> str:
    return _name("table", name)


_LO = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
_DESCRIPTION = "{http://purl.org/dc/elements/1.1/}description"
_PARAGRAPHS = frozenset({_text("p"), _text("h")})
_BREAKS = {_text("tab"): "\t", _text("line-break"): "\n"}
_PAGE_NUMBERS = frozenset({_text("page-number"), _text("page-count")})
#: What programs compute anew in headers and footers, whoever opens the file.
_COMPUTED = _PAGE_NUMBERS.union(
    map(_text, ("date", "time", "creation-date", "modification-date", "print-date", "file-name")),
    map(_text, ("title", "subject", "initial-creator", "creator", "author-name", "chapter")),
    map(_text, ("editing-cycles", "user-defined")),
)
_SILENT = frozenset(
    {
        _text("sequence-decls"),
        _text("variable-decls"),
        _text("user-field-decls"),
        _name("office", "forms"),
        _text("soft-page-break"),
        _text("note-citation"),
        _text("bookmark-end"),
        _name("office", "annotation-end"),
    }
)
#: Whose elements hold words of people, but for the mark of a note.
_NAMESPACES = frozenset(
    {_LO[1:-1], *(_name(one, "")[1:-1] for one in ("text", "table", "office", "drawing"))}
)
_SPEECHLESS = frozenset({_text("note-citation")})
#: The rows of a table that no program shows.
_UNSEEN = frozenset({"collapse", "filter"})
#: How many blanks a file may ask for by their number.
_MOST_BLANKS = 5_000_000
_HEADS = frozenset(_name("style", name) for name in ("header", "header-left", "header-first"))
_FEET = frozenset(_name("style", name) for name in ("footer", "footer-left", "footer-first"))


def odf_outline(package: GuardedPackage) -> Outline:
    """The outline of an OpenDocument text file.

    Raises:
        Refused: a part of it cannot be parsed.
    """
    outline = Outline()
    content = package.xml("content.xml")
    styles = package.xml("styles.xml") if "styles.xml" in package else None
    # Automatic styles in the part of styles are those of headers and footers alone.
    named = [] if styles is None else styles.iterchildren(_name("office", "styles"))
    odd = odd_styles((content, *named))
    trace = Trace()
    for body in content.iter(_name("office", "text")):
        _Reader(outline, styles=odd, trace=trace).story(body.iterchildren("{*}*"), TEXT)
    outline.passages += unread(content, trace, namespaces=_NAMESPACES, speechless=_SPEECHLESS)
    if styles is not None:
        for element in styles.iter(*_HEADS, *_FEET):
            where = HEAD if element.tag in _HEADS else FOOT
            _Reader(outline, margin=where).story(element.iterchildren("{*}*"), where)
    if "meta.xml" in package:
        for entry in package.xml("meta.xml").iter(_name("meta", "user-defined")):
            outline.properties[entry.get(_name("meta", "name"), "")] = entry.text or ""
        for entry in package.xml("meta.xml").iter(_DESCRIPTION):
            if said := (entry.text or "").strip():
                outline.passages.append(Passage(said, PROPERTIES))
    return outline


@define
class _Reader:
    """Walks through one story of a file."""

    outline: Outline
    #: The header or the footer that is read, if it is one.
    margin: Text | None = None
    #: The cell to which what is read is attached.
    home: Cell | None = None
    trace: Trace = field(factory=Trace)
    #: Which styles strike words through or hide them.
    styles: Mapping[tuple[str, str], Mapping[str, bool]] = field(factory=dict)
    _words: list[str] = field(factory=list)
    #: What was read so far of words that are struck through or hidden, as these are.
    _odd: dict[str, list[str]] = field(factory=dict)
    _cell: Cell | None = None
    #: Whether a section is read that no program shows.
    _unseen: bool = False
    _taken_out: dict[str, Mark] = field(factory=dict)
    _open: dict[str, tuple[list[str], int]] = field(factory=dict)

    def story(self, elements: Iterable[_Element], where: Text) -> None:
        """Read paragraphs and tables one after the other, outside any cell."""
        for element in elements:
            if element.tag in _PARAGRAPHS:
                text = self._collect(lambda element=element: self._paragraph(element))  # type: ignore[misc]
                if text.strip():
                    self.outline.passages.append(Passage(text.strip(), where, self.home))
            elif element.tag == _table("table"):
                self._table(element, where)
            elif not self._besides(element):
                outer = self._unseen
                self._unseen |= element.get(_text("display")) == "none"
                self.story(element.iterchildren("{*}*"), where)
                self._unseen = outer

    def _collect(self, read: Callable[[], None]) -> str:
        outer, self._words = self._words, []
        read()
        text = "".join(self._words)
        self._words = outer
        return text

    # --- tables ------------------------------------------------------------------------------

    def _table(self, element: _Element, where: Text) -> None:
        table = Table(where=where)
        self.outline.tables.append(table)
        for row in _rows(element):
            table.rows.append(Row())
            unseen = self._unseen or row.get(_table("visibility")) in _UNSEEN
            column = 0
            for tc in row.iterchildren(_table("table-cell"), _table("covered-table-cell")):
                cell = Cell(column, merged=_count(tc, "number-rows-spanned") > 1)
                outer, self._cell = self._cell, cell
                cell.text = self._collect(lambda tc=tc: self._block(tc)).strip("\n")  # type: ignore[misc]
                self._cell = outer
                self.trace.cells[tc] = cell
                if unseen and cell.text.strip():
                    self.outline.marks.append(Mark("hidden", cell.text, cell))
                if cell.text.strip() or tc.tag != _table("covered-table-cell"):
                    table.rows[-1].cells.append(cell)
                column += _count(tc, "number-columns-repeated")
            table.rows[-1].width = column

    def _block(self, parent: _Element) -> None:
        """The paragraphs inside a cell, a line each; tables inside it, cell by cell."""
        for child in parent.iterchildren("{*}*"):
            if child.tag in _PARAGRAPHS:
                self._paragraph(child)
                self._words.append("\n")
            elif not self._besides(child):
                self._block(child)

    # --- text --------------------------------------------------------------------------------

    def _inline(self, parent: _Element) -> None:
        self.trace.texts.add(parent)
        self._say(_squeezed(parent.text))
        for child in parent.iterchildren("{*}*"):
            if child.tag == _text("s"):
                self._say(" " * self._blanks(_count(child, "c")))
            elif child.tag in _BREAKS:
                self._say(_BREAKS[child.tag])
            elif child.tag in {_text("change-start"), _text("change-end")}:
                self._change(child)
            elif child.tag in {_text("bookmark-start"), _text("bookmark")}:
                self._bookmark(child)
            elif child.tag == _text("hidden-text"):
                self._hidden(child.get(_text("string-value"), ""))
            elif child.tag == f"{_LO}content-control":
                self._control(child)
            elif child.tag in (_COMPUTED if self.margin else _PAGE_NUMBERS):
                self.trace.pass_over(child)
            elif not self._besides(child):
                self._span(child)
            self.trace.tails.add(child)
            self._say(_squeezed(child.tail))

    def _blanks(self, count: int) -> int:
        """A number of blanks, of which a file cannot have any number.

        Raises:
            Refused: there are far too many of them.
        """
        self.outline.blanks += count
        if self.outline.blanks > _MOST_BLANKS:
            size = self.outline.blanks // 10**6
            raise Refused(Refusal.EXPANDS_TOO_MUCH, where="content.xml", size=size)
        return count

    def _paragraph(self, element: _Element) -> None:
        self._in_style(element, PARAGRAPH, lambda: self._inline(element))

    def _span(self, element: _Element) -> None:
        """Words inside words."""
        self._in_style(element, RUN, lambda: self._inline(element))

    def _in_style(self, element: _Element, family: str, read: Callable[[], None]) -> None:
        """Read words, and mark those that their style strikes through or hides."""
        said = self.styles.get((family, element.get(_text("style-name"), "")), {})
        changed = {kind: on for kind, on in said.items() if on is not (kind in self._odd)}
        self._turn(changed)
        read()
        self._turn({kind: not on for kind, on in changed.items()})

    def _turn(self, kinds: Mapping[str, bool]) -> None:
        """Begin or end words of some kinds; those that end are marked."""
        for kind, on in kinds.items():
            if on:
                self._odd[kind] = []
            elif (text := "".join(self._odd.pop(kind))).strip():
                self.outline.marks.append(Mark(kind, text, self._cell))

    def _hidden(self, words: str) -> None:
        """Words that a field hides."""
        self._say(words)
        if words.strip():
            self.outline.marks.append(Mark("hidden", words, self._cell))

    def _say(self, words: str) -> None:
        self._words.append(words)
        for odd in self._odd.values():
            odd.append(words)

    def _control(self, control: _Element) -> None:
        if self._cell is not None:
            if tag := control.get(f"{_LO}tag"):
                self._cell.tags.append(tag)
            if day := control.get(f"{_LO}current-date"):
                self._cell.days.append(day[:10])
        before = {kind: len(odd) for kind, odd in self._odd.items()}
        text = self._collect(lambda: self._inline(control))
        showing = control.get(f"{_LO}showing-place-holder") == "true"
        if not is_placeholder(text, showing=showing):
            self._words.append(text)
        else:
            for kind, length in before.items():
                del self._odd[kind][length:]

    def _bookmark(self, element: _Element) -> None:
        if self._cell is not None:
            self._cell.bookmarks.append(element.get(_text("name"), ""))

    def _change(self, element: _Element) -> None:
        """The beginning and the end of words that were put in while changes were tracked."""
        key = element.get(_text("change-id"), "")
        if element.tag == _text("change-start"):
            self._open[key] = self._words, len(self._words)
        else:
            words, start = self._open.pop(key, (self._words, len(self._words)))
            text = "".join(words[start:])
            if words is not self._words:  # in another paragraph, or in a control
                text = "\n".join((text, "".join(self._words)))
            self.outline.marks.append(Mark("inserted", _or_pilcrow(text), self._cell))

    # --- what is not text proper -------------------------------------------------------------

    def _besides(self, element: _Element) -> bool:
        """Read what is not part of the text proper; whether it was that."""
        tag = element.tag
        if tag == _name("office", "annotation"):
            self.trace.pass_over(element)
            self.outline.marks.append(Mark("comment", _plain(element), self._cell))
        elif tag == _text("tracked-changes"):
            self.trace.pass_over(element)
            for deletion in element.iter(_text("deletion")):
                mark = Mark("deleted", _or_pilcrow(_plain(deletion)))
                self.outline.marks.append(mark)
                for region in deletion.iterancestors(_text("changed-region")):
                    self._taken_out[region.get(_text("id"), "")] = mark
        elif tag == _text("change"):
            # Here stood what was taken out.
            if (gone := self._taken_out.get(element.get(_text("change-id"), ""))) is not None:
                gone.cell = self._cell
        elif tag == _text("note"):
            for body in element.iterchildren(_text("note-body")):
                inner = self._inner(self._cell)
                inner.story(body.iterchildren("{*}*"), NOTE)
        elif tag == _name("drawing", "frame") or str(tag).startswith(f"{{{_NAMESPACE}drawing:"):
            self._drawn(element)
        else:
            return tag in _SILENT or self._form(element)
        return True

    def _inner(self, home: Cell | None) -> _Reader:
        """A reader of a story that is attached to a cell."""
        return _Reader(
            self.outline,
            margin=self.margin,
            home=home,
            trace=self.trace,
            styles=self.styles,
        )

    def _form(self, element: _Element) -> bool:
        """Mark a form field of the old kind; whether it was one."""
        chosen = _chosen(element) if element.tag == f"{_FIELD}fieldmark" else None
        if chosen is not None:
            self.outline.marks.append(Mark("embedded", chosen, self._cell))
        return chosen is not None

    def _drawn(self, element: _Element) -> None:
        """A picture, an object, or a box with words."""
        before = len(self.outline.passages)
        inner = self._inner(self._cell or self.home)
        inner.story(
            [child for child in element.iter(*_PARAGRAPHS) if not _is_inner(child, element)],
            self.margin or BOX,
        )
        if len(self.outline.passages) == before and self.margin is None:
            self.outline.marks.append(Mark("embedded", "", self._cell))


def _chosen(form: _Element) -> str | None:
    """What was chosen in a form field of the old kind, which stands in no text."""
    said: dict[str, list[str]] = {}
    for one in form.iterchildren(f"{_FIELD}param"):
        said.setdefault(one.get(f"{_FIELD}name", ""), []).append(one.get(f"{_FIELD}value", ""))
    kind = form.get(f"{_FIELD}type", "").rpartition(".")[2]
    if kind == "FORMCHECKBOX":
        return "☒" if said.get("Checkbox_Checked") == ["true"] else "☐"
    if kind != "FORMDROPDOWN":
        return None
    entries = dict(enumerate(said.get("Dropdown_ListEntry", [])))
    (place, *_) = said.get("Dropdown_Selected", ["0"])
    return entries.get(int(place), "") if place.isascii() and place.isdecimal() else ""


def _plain(element: _Element) -> str:
    """The words of an element, a line for each paragraph."""
    return "\n".join("".join(map(str, p.itertext())) for p in element.iter(*_PARAGRAPHS))


def _or_pilcrow(words: str) -> str:
    """What was put in or taken out; of nothing but the end of a paragraph, its sign."""
    return PILCROW if "\n" in words and not words.strip() else words


def _is_inner(paragraph: _Element, top: _Element) -> bool:
    """Whether a paragraph stands inside another one of the same drawing."""
    holders = takewhile(lambda one: one is not top, paragraph.iterancestors())
    return any(holder.tag in _PARAGRAPHS for holder in holders)


def _rows(element: _Element) -> Iterable[_Element]:
    """The rows of a table, those of its header and of groups included."""
    for child in element.iterchildren("{*}*"):
        if child.tag == _table("table-row"):
            yield child
        else:
            yield from _rows(child)


def _count(element: _Element, name: str) -> int:
    value = element.get(_text(name)) or element.get(_table(name)) or "1"
    return min(int(value), 1000) if value.isascii() and value.isdecimal() else 1


def _squeezed(words: str | None) -> str:
    """Text as OpenDocument means it: line breaks and tabs in the markup are blanks."""
    return (words or "").replace("\n", " ").replace("\t", " ").replace("\r", " ")
