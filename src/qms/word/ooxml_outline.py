"""The outline of a Word file."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from attrs import define, field

from qms.word.fields import COMPUTED, PAGE_NUMBERS, Fields, is_computed
from qms.word.looks import looks_in, odd_styles
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
from qms.word.parts import m, mc, w
from qms.word.placeholders import is_placeholder
from qms.word.unread import UNSHOWN, Trace, unread

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from lxml.etree import _Element

    from qms.text import Text
    from qms.word.guard import GuardedPackage

__all__ = ["ooxml_outline"]

_VT = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_INSERTED = frozenset({w("ins"), w("moveTo")})
_DELETED = frozenset({w("del"), w("moveFrom")})
_CELL_DEL = w("cellDel")
#: Cells that were put in, taken out or merged while changes were tracked.
_CELL_CHANGES = (w("cellIns"), _CELL_DEL, w("cellMerge"))
_EMBEDDED = frozenset({w("drawing"), w("pict"), w("object"), w("altChunk"), w("subDoc")})
_BREAKS = {w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n",
           w("noBreakHyphen"): "\u2011"}  # fmt: skip
_SILENT = frozenset(
    map(
        w,
        [
            "pPr",
            "rPr",
            "tblPr",
            "tblGrid",
            "tblPrEx",
            "tcPr",
            "sectPr",
            "sdtPr",
            "sdtEndPr",
            "instrText",
            "delInstrText",
            "fldData",
            "annotationRef",
            "footnoteRef",
            "endnoteRef",
            "softHyphen",
            "lastRenderedPageBreak",
        ],
    )
)
#: Whose elements hold words, but for those with instructions to programs.
_NAMESPACES = frozenset({w("")[1:-1], m("")[1:-1]})
_SPEECHLESS = frozenset({w("instrText"), w("delInstrText"), w("fldData")})
_TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"
_MARGINS = {"header": HEAD, "footer": FOOT}
_NOTES = frozenset({"footnotes", "endnotes"})


# The names that are asked for at every element.
_BODY = w("body")
_CHECKED = w("checked")
_CHECK_BOX = w("checkBox")
_DD_LIST = w("ddList")
_DEFAULT = w("default")
_FF_DATA = w("ffData")
_LIST_ENTRY = w("listEntry")
_RESULT = w("result")
_V_MERGE = w("vMerge")
_BOOKMARK_START = w("bookmarkStart")
_CHAR = w("char")
_COMMENT = w("comment")
_CUSTOM_XML = w("customXml")
_DATE = w("date")
_DEL_TEXT = w("delText")
_ENDNOTE = w("endnote")
_FLD_CHAR = w("fldChar")
_FLD_CHAR_TYPE = w("fldCharType")
_FLD_SIMPLE = w("fldSimple")
_FOOTNOTE = w("footnote")
_FULL_DATE = w("fullDate")
_INSTR = w("instr")
_INSTR_TEXT = w("instrText")
_NAME = w("name")
_P = w("p")
_SDT = w("sdt")
_SDT_CONTENT = w("sdtContent")
_SDT_PR = w("sdtPr")
_SYM = w("sym")
_T = w("t")
_TAG = w("tag")
_TBL = w("tbl")
_TC = w("tc")
_TC_PR = w("tcPr")
_TR = w("tr")
_TR_PR = w("trPr")
_TXBX_CONTENT = w("txbxContent")
_HIDDEN_ROW = f"{_TR_PR}/{w('hidden')}"
_TYPE = w("type")
_VAL = w("val")
_ID = w("id")
_ANCHORS = {
    w("commentReference"): "comments",
    w("footnoteReference"): "footnotes",
    w("endnoteReference"): "endnotes",
}
_R, _R_PR, _P_PR = w("r"), w("rPr"), w("pPr")
_R_STYLE = w("rStyle")
_STYLE_OF_P = f"{_P_PR}/{w('pStyle')}"
#: The look of the sign with which a paragraph ends.
_MARK_LOOK = f"{_P_PR}/{_R_PR}"
#: What holds words; each of them may stand where only the first should.
_WORDS = (_P, _R, _T)
_OFF = frozenset({"0", "false", "off"})
#: What a control may hold besides text, so that it is not empty.
_TELLING = (w("sym"), w("ffData"), m("t"), *_EMBEDDED, *_DELETED, *_ANCHORS)
#: How many letters invite to fill in a control at most.
_MOST_INVITING = 500
_SIGNS = frozenset({_FLD_CHAR, _SYM, _INSTR_TEXT, *_ANCHORS})
_MATH_T = m("t")
_ALTERNATE = mc("AlternateContent")
_FALLBACK = mc("Fallback")


def ooxml_outline(package: GuardedPackage) -> Outline:
    """The outline of a Word file.

    Raises:
        Refused: a part of it cannot be parsed.
    """
    outline = Outline()
    reader = _Reader(outline, styles=odd_styles(package))
    root = package.xml(package.main)
    for body in root.iterchildren(_BODY):
        reader.story(body.iterchildren("{*}*"), TEXT)
    outline.passages += unread(root, reader.trace, namespaces=_NAMESPACES, speechless=_SPEECHLESS)
    _beside(package, reader)
    for relation in package.relationships(""):
        if relation.kind == "custom-properties" and relation.target in package:
            for entry in package.xml(relation.target).iterchildren("{*}property"):
                value = entry.findtext(f"{_VT}lpwstr") or entry.findtext(f"{_VT}lpstr")
                outline.properties[entry.get("name", "")] = value or ""
        elif relation.kind == "core-properties" and relation.target in package:
            said = (package.xml(relation.target).findtext("{*}description") or "").strip()
            outline.passages += [Passage(said, PROPERTIES)] if said else []
    return outline


def _beside(package: GuardedPackage, body: _Reader) -> None:
    """Headers and footers, and the notes and comments that are anchored in the body."""
    outline = body.outline
    # A file may name the same part any number of times.
    parts = {
        (relation.kind, relation.target): None
        for relation in package.relationships(package.main)
        if not relation.external and relation.target in package
    }
    for kind, target in parts:
        if kind in _MARGINS:
            margin = _Reader(outline, margin=_MARGINS[kind])
            margin.story(package.xml(target).iterchildren("{*}*"), _MARGINS[kind])
        elif kind in _NOTES:
            for note in package.xml(target).iterchildren(_FOOTNOTE, _ENDNOTE):
                if note.get(_TYPE) is None:
                    home = body.anchors.get((kind, note.get(_ID)))
                    _Reader(outline, styles=body.styles, home=home).story(
                        note.iterchildren("{*}*"), NOTE
                    )
        elif kind == "comments":
            for comment in package.xml(target).iter(_COMMENT):
                home = body.anchors.get((kind, comment.get(_ID)))
                outline.marks.append(Mark("comment", _plain(comment), home))


def _words_in(element: _Element) -> str:
    """All words in an element, one after the other."""
    return "".join(t.text or "" for t in element.iter(_T, _DEL_TEXT)).strip()


def _plain(element: _Element) -> str:
    return "\n".join(
        "".join(t.text or "" for t in p.iter(_T, _DEL_TEXT)) for p in element.iter(_P)
    ).strip()


@define
class _Reader:
    """Walks through one story of a file."""

    outline: Outline
    #: The header or the footer that is read, if it is one.
    margin: Text | None = None
    #: The styles that strike words through or hide them.
    styles: Mapping[str | None, frozenset[str]] = field(factory=dict)
    #: The cell to which what is read is attached.
    home: Cell | None = None
    trace: Trace = field(factory=Trace)
    #: In which cells comments and notes are anchored, by their kind and number.
    anchors: dict[tuple[str, str | None], Cell | None] = field(factory=dict)
    _words: list[str] = field(factory=list)
    _cell: Cell | None = None
    _fields: Fields = field(factory=Fields)
    #: What the style of the paragraph does to its words.
    _odd: frozenset[str] = frozenset()

    @property
    def _computed(self) -> Collection[str]:
        """The fields of which no person writes the result here."""
        return COMPUTED if self.margin else PAGE_NUMBERS

    def story(self, elements: Iterable[_Element], where: Text) -> None:
        """Read paragraphs and tables one after the other, outside any cell."""
        self._fields = Fields(self._computed)
        self._story(elements, where)
        if hidden := self._fields.left().strip():
            self.outline.passages.append(Passage(hidden, where, self.home))

    def _story(self, elements: Iterable[_Element], where: Text) -> None:
        for element in elements:
            if element.tag in _WORDS:
                self._passage(element, where)
            elif element.tag == _TBL:
                self._table(element, where)
            elif element.tag in _DELETED:
                self._deleted(element)
            elif element.tag in _EMBEDDED:
                self._embedded(element)
            elif element.tag not in _SILENT:
                self._story(element.iterchildren("{*}*"), where)

    def _passage(self, paragraph: _Element, where: Text) -> None:
        text = self._collect(lambda: self._one(paragraph))
        self._parting(paragraph)
        if text.strip():
            self.outline.passages.append(Passage(text.strip(), where, self.home))

    def _one(self, element: _Element) -> None:
        """The words of a paragraph, or of a run that stands outside any."""
        if element.tag == _T:
            self._word(element)
        elif element.tag == _R:
            self._run(element)
        else:
            self._paragraph(element)

    def _paragraph(self, paragraph: _Element) -> None:
        outer = self._odd
        style = paragraph.find(_STYLE_OF_P)
        self._odd = self.styles.get(None if style is None else style.get(_VAL), frozenset())
        self._inline(paragraph)
        self._odd = outer

    def _parting(self, paragraph: _Element) -> str:
        """What parts a paragraph from the next one; marked if it was put in or taken out."""
        look = paragraph.find(_MARK_LOOK)
        if look is None:
            return "\n"
        put_in = next(look.iterchildren(*_INSERTED), None) is not None
        taken_out = next(look.iterchildren(*_DELETED), None) is not None
        kinds = ["inserted"] * put_in + ["deleted"] * taken_out
        self.outline.marks += [Mark(kind, PILCROW, self._cell) for kind in kinds]
        return "" if taken_out else "\n"

    def _run(self, run: _Element) -> None:
        """The words of a run; those that are struck through or hidden are marked."""
        kinds = self._kinds_of(run)
        if not kinds:
            self._inline(run)
            return
        text = self._collect(lambda: self._inline(run))
        self._words.append(text)
        if text.strip():
            self.outline.marks += [Mark(kind, text, self._cell) for kind in sorted(kinds)]

    def _kinds_of(self, run: _Element) -> Collection[str]:
        """What is done to words: by their own look, or by a style."""
        if (look := run.find(_R_PR)) is None:
            return self._odd
        style = look.find(_R_STYLE)
        named = () if style is None else self.styles.get(style.get(_VAL), ())
        said = looks_in(look)
        kinds = {*self._odd, *named, *said}
        return {kind for kind in kinds if said.get(kind, True)}

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
        self._strays(element)
        for row in _descend(element, _TR):
            self._strays(row)
            if self._changed(row.find(_TR_PR), row) == "deleted":
                self.trace.pass_over(row)
                continue
            table.rows.append(Row())
            column = _count(row.find(_TR_PR), "gridBefore")
            for tc in _descend(row, _TC):
                cell = Cell(column)
                _note_controls(tc, row, cell)
                look = tc.find(_TC_PR)
                self._fill(cell, tc, () if look is None else look.iterchildren(*_CELL_CHANGES))
                column += _count(look, "gridSpan") or 1
                merged = _merged(look)
                cell.merged = merged == "restart"
                if cell.text.strip() and _is_on(row.find(_HIDDEN_ROW)):
                    self.outline.marks.append(Mark("hidden", cell.text, cell))
                if cell.text.strip() or merged != "continue":
                    table.rows[-1].cells.append(cell)
            table.rows[-1].width = column

    def _fill(self, cell: Cell, tc: _Element, changes: Iterable[_Element]) -> None:
        """Read what is in a cell; a field that begins in it hides nothing outside it."""
        outer = self._cell, self._fields
        self._cell, self._fields = cell, Fields(self._computed)
        self.trace.cells[tc] = cell
        words = self._collect(lambda: self._block(tc))
        cell.text = (words + self._fields.left()).strip("\n")
        for change in changes:
            kind = "deleted" if change.tag == _CELL_DEL else "inserted"
            self.outline.marks.append(Mark(kind, cell.text, cell))
            if kind == "deleted":
                cell.text = ""
        self._cell, self._fields = outer

    def _strays(self, element: _Element) -> None:
        """Words directly in a table or a row, where no program puts them."""
        for child in element.iterchildren(*_WORDS):
            self._passage(child, TEXT)

    def _changed(self, properties: _Element | None, row: _Element) -> str | None:
        """Whether a whole row was put in or taken out while changes were tracked."""
        changed = None
        for kind, name in (("inserted", "ins"), ("deleted", "del")):
            if properties is not None and properties.find(w(name)) is not None:
                cells = [_plain(cell) for cell in _descend(row, _TC)]
                words = "\n".join(cell for cell in cells if cell)
                self.outline.marks.append(Mark(kind, words, self._cell, cells[0] if cells else ""))
                changed = kind
        return changed

    def _block(self, parent: _Element) -> None:
        """The paragraphs inside a cell, a line each; tables inside it, cell by cell."""
        for child in parent.iterchildren("{*}*"):
            if child.tag in _WORDS:
                self._one(child)
                self._words.append(self._parting(child))
            elif child.tag == _BOOKMARK_START:
                self._bookmark(child)
            elif child.tag in _DELETED:
                self._deleted(child)
            elif child.tag in _EMBEDDED:
                self._embedded(child)
            elif child.tag == _SDT and self._shows_placeholder(child):
                self._bookmarks_in(child)
            elif child.tag not in _SILENT and child.tag != _TR_PR:
                self._block(child)

    # --- text --------------------------------------------------------------------------------

    def _inline(self, parent: _Element) -> None:
        for child in parent.iterchildren("{*}*"):
            tag = child.tag
            if tag in (_T, _MATH_T):
                self._word(child)
            elif tag in _BREAKS:
                self._say(_BREAKS[tag])
            elif tag == _BOOKMARK_START:
                self._bookmark(child)
            elif tag in _DELETED:
                self._deleted(child)
            elif tag in _EMBEDDED:
                self._embedded(child)
            elif tag in _SIGNS:
                self._sign(child)
            elif tag not in _SILENT:
                self._nested(child)

    def _sign(self, child: _Element) -> None:
        """A piece of a field, the sign of a symbol font, or where something is anchored."""
        if child.tag == _FLD_CHAR:
            self._turn(child.get(_FLD_CHAR_TYPE))
            for chosen in child.iterchildren(_FF_DATA):
                self._form(chosen)
        elif child.tag in _ANCHORS:
            self.anchors[_ANCHORS[child.tag], child.get(_ID)] = self._cell
        elif child.tag == _SYM:
            self._say(_symbol(child.get(_CHAR, "")))
        else:
            self._fields.instruct(child.text or "")

    def _nested(self, child: _Element) -> None:
        """What holds text in its turn."""
        if child.tag in _INSERTED:
            text = self._collect(lambda: self._inline(child))
            self._words.append(text)
            self.outline.marks.append(Mark("inserted", text, self._cell))
        elif child.tag == _ALTERNATE:
            self._alternate(child)
        elif child.tag == _FLD_SIMPLE and is_computed(child.get(_INSTR, ""), self._computed):
            self.trace.pass_over(child)
        elif child.tag == _SDT and self._shows_placeholder(child):
            self._bookmarks_in(child)
        elif child.tag == _P:
            self._say("\n")
            self._paragraph(child)
        elif child.tag == _R:
            self._run(child)
        else:
            self._inline(child)

    def _alternate(self, choices: _Element) -> None:
        """The first of several alternatives; where the others say the same, they are known."""
        alternatives = iter(choices.iterchildren("{*}*"))
        if (first := next(alternatives, None)) is not None:
            self._inline(first)
            for other in alternatives:
                if _words_in(other) == _words_in(first):
                    self.trace.pass_over(other)

    def _shows_placeholder(self, control: _Element) -> bool:
        """Whether a control holds only the words that invite to fill it in."""
        content = control.find(_SDT_CONTENT)
        if content is None:
            content = control
        said = ""
        for piece in content.iter(_T):
            said += piece.text or ""
            if len(said) > _MOST_INVITING:  # as where very much stands in very many controls
                return False
        if next(content.iter(*_TELLING), None) is not None:
            return False
        showing = control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}") is not None
        return is_placeholder(said, showing=showing)

    def _word(self, element: _Element) -> None:
        self.trace.texts.add(element)
        self._say(element.text or "")

    def _say(self, words: str) -> None:
        hidden = self._fields.hidden
        (self._words if hidden is None else hidden).append(words)

    def _form(self, data: _Element) -> None:
        """A form field of the old kind: what was chosen in it stands in no text."""
        for box in data.iterchildren(_CHECK_BOX):
            self.outline.marks.append(Mark("embedded", "☒" if _is_ticked(box) else "☐", self._cell))
        for choice in data.iterchildren(_DD_LIST):
            entries = [entry.get(_VAL, "") for entry in choice.iterchildren(_LIST_ENTRY)]
            chosen = _count(choice, "result") if choice.find(_RESULT) is not None else 0
            words = entries[chosen] if chosen < len(entries) else ""
            self.outline.marks.append(Mark("embedded", words, self._cell))

    def _turn(self, kind: str | None) -> None:
        if hidden := self._fields.turn(kind):
            self.outline.passages.append(Passage(hidden, UNSHOWN, self._cell or self.home))

    def _bookmark(self, element: _Element) -> None:
        if self._cell is not None:
            self._cell.bookmarks.append(element.get(_NAME, ""))

    def _bookmarks_in(self, element: _Element) -> None:
        """The bookmarks in a control that shows nothing but its placeholder."""
        for content in element.iterchildren(_SDT_CONTENT):
            self.trace.pass_over(content)
        for bookmark in element.iter(_BOOKMARK_START):
            self._bookmark(bookmark)

    def _deleted(self, element: _Element) -> None:
        words = _words_in(element)
        self.trace.pass_over(element)
        self.outline.marks.append(Mark("deleted", words, self._cell))

    def _embedded(self, element: _Element) -> None:
        """A picture or an object, and the words in boxes drawn there."""
        boxes = list(_boxes(element))
        for box in boxes:
            home = self._cell or self.home
            inner = _Reader(self.outline, self.margin, self.styles, home, self.trace)
            inner.story(box.iterchildren("{*}*"), self.margin or BOX)
        for repeated in element.iter(_FALLBACK):
            self.trace.pass_over(repeated)
        if self.margin is not None:
            drawn = (one.get("string", "").strip() for one in element.iter(_TEXT_PATH))
            self.outline.passages += [Passage(words, self.margin) for words in drawn if words]
        elif not boxes:
            self.outline.marks.append(Mark("embedded", _words_in(element), self._cell))
            self.trace.pass_over(element)


def _descend(parent: _Element, tag: str) -> Iterable[_Element]:
    """The rows of a table or the cells of a row, also inside controls and tracked changes."""
    for child in parent.iterchildren("{*}*"):
        if child.tag == tag:
            yield child
        elif child.tag in {_SDT, _SDT_CONTENT, _CUSTOM_XML, *_INSERTED, *_DELETED}:
            yield from _descend(child, tag)


def _note_controls(tc: _Element, row: _Element, cell: Cell) -> None:
    """The tags and days of the controls in a cell, and of one that holds the cell alone."""
    for control in tc.iter(_SDT_PR):
        _note_control(control, cell)
    for holder in takewhile(lambda one: one is not row, tc.iterancestors()):
        for control in holder.iterchildren(_SDT_PR):
            _note_control(control, cell)


def _note_control(control: _Element, cell: Cell) -> None:
    tag, day = control.find(_TAG), control.find(_DATE)
    if tag is not None:
        cell.tags.append(tag.get(_VAL, ""))
    if day is not None and day.get(_FULL_DATE):
        cell.days.append(day.get(_FULL_DATE, "")[:10])


def _boxes(top: _Element) -> Iterable[_Element]:
    """The outermost boxes with words of a drawing, each once.

    Those inside them are read with them; what only repeats, for old programs, what another
    one says is passed over.
    """
    waiting = [top]
    while waiting:
        element = waiting.pop()
        if element.tag == _TXBX_CONTENT:
            yield element
        elif element.tag != _FALLBACK or element is top:
            waiting.extend(element.iterchildren("{*}*", reversed=True))


def _is_on(switch: _Element | None) -> bool:
    return switch is not None and switch.get(_VAL, "1").casefold() not in _OFF


def _merged(look: _Element | None) -> str | None:
    """Whether a cell is merged with those below it, or lies under one that is."""
    merged = None if look is None else look.find(_V_MERGE)
    return None if merged is None else merged.get(_VAL, "continue")


def _is_ticked(box: _Element) -> bool:
    """Whether a tick box of the old kind is ticked: as it is, or else as it was at first."""
    state = box.find(_CHECKED)
    if state is None:
        state = box.find(_DEFAULT)
    return state is not None and state.get(_VAL, "1").casefold() not in _OFF


def _count(properties: _Element | None, name: str) -> int:
    found = None if properties is None else properties.find(w(name))
    value = "" if found is None else found.get(_VAL, "")
    return min(int(value), 1000) if value.isascii() and value.isdecimal() else 0


def _symbol(code: str) -> str:
    return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else ""
