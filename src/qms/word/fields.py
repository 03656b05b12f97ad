"""The fields of a Word file: what they compute, and what they hide, as they begin and end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["COMPUTED", "PAGE_NUMBERS", "Fields", "is_computed"]

PAGE_NUMBERS: Final = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
#: What programs compute anew, whoever opens the file.
COMPUTED: Final = PAGE_NUMBERS | {
    "SECTION",
    "PAGEREF",
    "DATE",
    "TIME",
    "SAVEDATE",
    "PRINTDATE",
    "CREATEDATE",
    "EDITTIME",
    "FILENAME",
    "FILESIZE",
    "NUMWORDS",
    "NUMCHARS",
    "DOCPROPERTY",
    "AUTHOR",
    "LASTSAVEDBY",
    "REVNUM",
    "TITLE",
    "SUBJECT",
    "KEYWORDS",
    "COMMENTS",
    "INFO",
    "STYLEREF",
    "TEMPLATE",
    "USERNAME",
    "TOC",
    "TOA",
    "INDEX",
    "BIBLIOGRAPHY",
}
#: How much of an instruction is kept: it begins with what is computed.
_TOLD = 200


def is_computed(instruction: str, among: Collection[str] = COMPUTED) -> bool:
    """Whether the result of a field is one of those that no person writes."""
    return next(iter(instruction.upper().split()), "") in among


@define(eq=False)
class _Field:
    """A field that has begun."""

    instruction: str = ""
    #: What stood where it hides words; it shows when the field turns out to have no end.
    hidden: list[str] = field(factory=list)


@define(eq=False)
class Fields:
    """The fields that have begun and not ended, the outermost first.

    A field hides its instruction; where a program computes it anew, its result, too.

    Attributes:
        computed: The names of the fields of which that is so.
    """

    computed: Collection[str] = COMPUTED
    _open: list[_Field] = field(factory=list)
    #: Those among them that hide what follows.  A file may begin very many fields.
    _hiding: list[_Field] = field(factory=list)

    @property
    def hidden(self) -> list[str] | None:
        """Where words go that are not shown; None where they are."""
        return self._hiding[0].hidden if self._hiding else None

    def instruct(self, words: str) -> None:
        """Take words as instructions, if a field has begun."""
        if self._open:
            begun = self._open[-1]
            begun.instruction = (begun.instruction + words[:_TOLD])[:_TOLD]

    def turn(self, kind: str | None) -> str:
        """Begin a field, its result, or what follows it; the words that turn out hidden."""
        if kind == "begin":
            self._open.append(_Field())
            self._hiding.append(self._open[-1])
        elif self._open and kind == "separate":
            if not is_computed(self._open[-1].instruction, self.computed):
                self._shows(self._open[-1])
        elif self._open and kind == "end":
            ended = self._open.pop()
            self._shows(ended)
            if not is_computed(ended.instruction, self.computed):
                return "".join(ended.hidden).strip()
        return ""

    def _shows(self, begun: _Field) -> None:
        """Note that a field hides nothing more: of those that do, it is the last one."""
        if self._hiding and self._hiding[-1] is begun:
            self._hiding.pop()

    def left(self) -> str:
        """End the fields that were left without an end: what they hid is text after all."""
        words = "".join(self._words())
        self._open, self._hiding = [], []
        return words

    def _words(self) -> Iterator[str]:
        for begun in self._open:
            yield from begun.hidden
