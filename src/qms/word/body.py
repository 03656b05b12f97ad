"""The text of a document's body, as people read it, and its fingerprint.

The fingerprint must stay the same when a program merely saves the file again,
and change when somebody changes a word.  So it is taken from the words alone:
composed letters, single blanks, no empty paragraphs, no hidden text, no results of
fields that programs compute (page numbers, dates, tables of contents).  Text boxes float,
so their paragraphs are counted without regard to order; footnotes are read
where their mark stands.  Pictures and formatting are not part of it.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from attrs import define, field

from qms.text import normalise
from qms.word.fields import Fields, is_computed
from qms.word.parts import m, mc, w

if TYPE_CHECKING:
    from lxml.etree import _Element

    from qms.word.parts import WorkingCopy

__all__ = ["body_hash", "body_paragraphs", "paragraphs_of"]

_SILENT = frozenset(
    w(name)
    for name in [
        "pPr",
        "rPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "sectPr",
        "sdtPr",
        "sdtEndPr",
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "fldData",
        "footnoteRef",
        "endnoteRef",
    ]
)
_SPACES = frozenset(w(name) for name in ("tab", "ptab", "br", "cr"))
_FORMULA_WORDS = re.compile(r"[^\W_]+")


def body_hash(copy: WorkingCopy) -> str:
    """The SHA-256 of the text of the body, in hexadecimal digits."""
    return hashlib.sha256("\n".join(body_paragraphs(copy)).encode()).hexdigest()


def body_paragraphs(copy: WorkingCopy) -> tuple[str, ...]:
    """The paragraphs of the body that have words, then those of text boxes in sorted order."""
    reader = _Reader(_notes(copy))
    for body in copy.view(copy.main).iter(w("body")):
        reader.walk(body)
    return (*reader.paragraphs, *sorted(reader.boxes))


def paragraphs_of(story: _Element) -> tuple[str, ...]:
    """The paragraphs with words in any part of a text, such as a table in a header."""
    reader = _Reader({})
    reader.read(story)
    return (*reader.paragraphs, *sorted(reader.boxes))


def _notes(copy: WorkingCopy) -> dict[tuple[str, str], _Element]:
    """Foot- and endnotes by kind and number."""
    found = {}
    for kind in ("footnote", "endnote"):
        part = copy.related(copy.main, f"{kind}s")
        for note in copy.view(part) if part else ():
            found[f"{kind}Reference", note.get(w("id"), "")] = note
    return found


@define
class _Reader:
    """Walks through the body and collects words by paragraph."""

    notes: dict[tuple[str, str], _Element]
    paragraphs: list[str] = field(factory=list)
    boxes: list[str] = field(factory=list)
    _words: list[str] = field(factory=list)
    _fields: Fields = field(factory=Fields)

    def read(self, story: _Element) -> None:
        """Read a part of a text, be it a single paragraph."""
        if story.tag == w("p"):
            self.paragraphs += self._paragraph(story)
        else:
            self.walk(story)

    def walk(self, parent: _Element) -> None:
        """Read everything inside an element; how deeply runs are wrapped does not matter."""
        waiting = [iter(parent)]
        while waiting:
            child = next(waiting[-1], None)
            if child is None:
                waiting.pop()
            elif (inner := self._take(child)) is not None:
                waiting.append(iter(inner))

    def _take(self, child: _Element) -> _Element | None:
        """Read one element, or say that it is to be read from the inside."""
        tag = child.tag
        if tag == w("p"):
            self.paragraphs += self._paragraph(child)
        elif tag == w("t"):
            self._say(child.text or "")
        elif tag == w("r") and _is_hidden(child):
            self._count_fields(child)
        elif tag == w("fldChar"):
            self._fields.turn(child.get(w("fldCharType")))
        elif tag == w("instrText"):
            self._fields.instruct(child.text or "")
        elif tag in _SPACES:
            self._say(" ")
        elif tag not in _SILENT and isinstance(tag, str):
            return self._take_rarely(child)
        return None

    def _take_rarely(self, child: _Element) -> _Element | None:
        tag = child.tag
        if tag == m("t"):
            self._say("".join(_FORMULA_WORDS.findall(child.text or "")))
        elif tag == w("noBreakHyphen"):
            self._say("\u2011")
        elif tag == w("sym"):
            self._say(_symbol(child.get(w("char"), "")))
        elif tag == w("txbxContent"):
            self.boxes += self._apart(child)
        elif tag in {w("footnoteReference"), w("endnoteReference")}:
            key = (tag.rpartition("}")[2], child.get(w("id"), ""))
            if key in self.notes:
                self._say(f" [{' '.join(self._apart(self.notes.pop(key)))}] ")
        elif tag == mc("AlternateContent"):
            # The same words stand in all of the alternatives.
            return next(child.iterchildren("{*}*"), None)
        elif tag != w("fldSimple") or not is_computed(child.get(w("instr"), "")):
            return child
        return None

    def _count_fields(self, run: _Element) -> None:
        """Take from a hidden run where fields begin and end, and nothing else."""
        for child in run.iter(w("fldChar"), w("instrText")):
            self._take(child)

    def _paragraph(self, paragraph: _Element) -> list[str]:
        """The words of a paragraph, unless it has none."""
        outer, self._words = self._words, []
        self.walk(paragraph)
        words = normalise("".join(self._words))
        self._words = outer
        return [words] if words else []

    def _apart(self, story: _Element) -> list[str]:
        """The paragraphs of a text that stands outside the flow."""
        inner = _Reader(self.notes)
        inner.walk(story)
        return [*inner.paragraphs, *sorted(inner.boxes)]

    def _say(self, words: str) -> None:
        if self._fields.hidden is None:
            self._words.append(words.replace("\u00ad", ""))


def _is_hidden(run: _Element) -> bool:
    """Whether a run is hidden text, which no reader sees."""
    switch = run.find(f"{w('rPr')}/{w('vanish')}")
    return switch is not None and switch.get(w("val"), "1") in {"1", "true", "on"}


def _symbol(code: str) -> str:
    """The character of a symbol font, which programs also write as a letter of its own."""
    return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else ""
