"""Problems of input, as values that read well in both languages.

A problem says where something is wrong, what was found, what is expected and
what to do.  All problems of one run travel together in a :class:`RegisterError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from qms.text import Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Place", "Problem", "RegisterError", "printable"]

_FOUND = Text(en="found", vi="giá trị đang có")
_EXPECTED = Text(en="expected", vi="giá trị hợp lệ")
_REMEDY = Text(en="what to do", vi="cách khắc phục")
_LINE = Text(en="line {line}", vi="dòng {line}")
_COLUMN = Text(en="column {column}", vi="cột {column}")
_ONE_PROBLEM = Text(
    en="1 problem; nothing was done.", vi="Có 1 vấn đề; chưa thực hiện thao tác nào."
)
_PROBLEMS = Text(
    en="{count} problems; nothing was done.", vi="Có {count} vấn đề; chưa thực hiện thao tác nào."
)


#: How much of a line is told; only input that is far out of bounds makes longer ones.
_LONGEST_LINE = 1000


def printable(words: str) -> str:
    """Words without characters that would move a terminal's cursor or hide other words."""
    if words.isprintable():
        return words
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode() for one in words
    )


class Place(Struct, frozen=True, kw_only=True):
    """A place in the files of a register.

    Attributes:
        file: The file, as the person named it or inside the register's folder.
        line: The line, counted from 1.
        column: The column, counted from 1.
    """

    file: str | None = None
    line: int | None = None
    column: int | None = None

    def in_(self, language: Language) -> str:
        """The place in words, empty where nothing is known."""
        parts = [] if self.file is None else [self.file]
        if self.line is not None:
            parts.append(_LINE.in_(language).format(line=self.line))
        if self.column is not None:
            parts.append(_COLUMN.in_(language).format(column=self.column))
        return ", ".join(parts)


class Problem(Struct, frozen=True, kw_only=True):
    """Something that keeps a register from being read or changed.

    Attributes:
        what: What is wrong.
        place: The file and the line.
        path: The record and the field, such as ``units.skhcn.certificates."2015".expires``;
            ``#2`` after a name is the second fact of a list.
        found: What was found, as it stands in the file.
        expected: What is expected instead.
        remedy: What to do.
    """

    what: Text
    place: Place = Place()
    path: str = ""
    found: str | None = None
    expected: Text | None = None
    remedy: Text | None = None

    def in_(self, language: Language) -> str:
        """The problem as a few lines of text, fit for a terminal whatever the input held."""
        return "\n".join(
            printable(line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…")
            for line in self._lines(language)
        )

    def _lines(self, language: Language) -> list[str]:
        where = ": ".join(part for part in (self.place.in_(language), self.path) if part)
        lines = [where, f"  {self.what.in_(language)}"] if where else [self.what.in_(language)]
        if self.found is not None:
            lines.append(f"  {_FOUND.in_(language)}: {self.found}")
        if self.expected is not None:
            lines.append(f"  {_EXPECTED.in_(language)}: {self.expected.in_(language)}")
        if self.remedy is not None:
            lines.append(f"  {_REMEDY.in_(language)}: {self.remedy.in_(language)}")
        return lines


class RegisterError(Exception):
    """A register that cannot be read or changed, with every problem that was found.

    Attributes:
        problems: The problems, in the order of files and records; at least one.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def in_(self, language: Language) -> str:
        """All problems as text."""
        count = len(self.problems)
        heading = (_ONE_PROBLEM if count == 1 else _PROBLEMS).format(count=count)
        return "\n\n".join(
            [heading.in_(language), *(problem.in_(language) for problem in self.problems)]
        )

    def __str__(self) -> str:
        """All problems in English."""
        return self.in_(Language.ENGLISH)
