"""Where things stand in JSON text: the line of a path, and what a parser lets pass unseen."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from msgspec import Struct, field

from qms.codec.explain import print_path
from qms.problems import Place, Problem
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms.codec.explain import Path as KeyPath

__all__ = ["JsonPlaces", "slips"]

_TWICE = Text(
    en="the key “{key}” stands twice in one object",
    vi="khóa “{key}” bị ghi hai lần trong cùng một đối tượng",
)
_KEEP_ONE = Text(en="Keep one of the two.", vi="Chỉ giữ lại một trong hai chỗ.")
_HALF = Text(
    en="half of a character written with \\u stands alone",
    vi="ký tự viết bằng \\u chỉ có một nửa",
)
_CONSTANT = Text(en="{word} is not a number", vi="{word} không phải là một số")
_CORRECT = Text(
    en="Correct the file here, or write it anew with the program that made it.",
    vi="Sửa tệp tại chỗ này, hoặc xuất lại từ chương trình đã tạo ra tệp.",
)

#: A bracket, a comma, words (with the colon behind a key), or a word that JSON does not know.
_TOKEN = re.compile(r'("(?:[^"\\]|\\.)*")[ \t\r\n]*(:?)|[{}\[\],]|NaN|-?Infinity')
_BLANKS = re.compile(r"[ \t\r\n]*")
_raw_decode = json.JSONDecoder().raw_decode


class JsonPlaces(Struct):
    """Finds the lines of paths in JSON text.

    Only the objects and lists on the way to a path are looked through, and each once.

    Attributes:
        text: The text, which a parser has read already.
        name: The name by which problems call the file.
    """

    text: str
    name: str
    _members: dict[int, dict[str | int, tuple[int, int]]] = field(default_factory=dict)
    _ends: list[int] = field(default_factory=list)

    def place(self, path: KeyPath) -> Place:
        """The line of a path, or of the nearest value around it."""
        found, at = None, _skip_blanks(self.text, 0)
        for part in path:
            inside = self._inside(at)
            if part not in inside:
                break
            found, at = inside[part]
        return Place(file=self.name, line=None if found is None else self._line(found))

    def _line(self, at: int) -> int:
        if not self._ends:
            self._ends = [*(end.start() for end in re.finditer("\n", self.text)), len(self.text)]
        return bisect_left(self._ends, at) + 1

    def _inside(self, at: int) -> dict[str | int, tuple[int, int]]:
        """Where each member of the value at a position begins, and where its value does."""
        if at not in self._members:
            self._members[at] = dict(_members(self.text, at))
        return self._members[at]


def _skip_blanks(text: str, at: int) -> int:
    blanks = _BLANKS.match(text, at)
    return at if blanks is None else blanks.end()


def _members(text: str, at: int) -> Iterator[tuple[str | int, tuple[int, int]]]:
    """The members of an object or a list at a position of correct JSON; none of other values."""
    if text[at] not in "{[":
        return
    named, index = text[at] == "{", 0
    at = _skip_blanks(text, at + 1)
    while text[at] not in "}]":
        begin, key = at, index
        if named:
            key, at = _raw_decode(text, at)
            at = _skip_blanks(text, _skip_blanks(text, at) + 1)
        yield key, (begin, at)
        at = _skip_blanks(text, _raw_decode(text, at)[1])
        if text[at] == ",":
            at = _skip_blanks(text, at + 1)
        index += 1


def slips(text: str, name: str, line: int | None = None) -> Iterator[Problem]:
    """What a parser lets pass and a register does not, with its line and column.

    These are keys that stand twice in one object, words such as ``NaN`` in the place of a
    number, and halves of characters.

    Args:
        text: The text, which a parser has read already.
        name: The name by which problems call the file.
        line: The line on which the text stands, where it is one line of a file.
    """
    for at, path, what, remedy in _slips(text):
        begin = text.rfind("\n", 0, at) + 1
        place = Place(file=name, line=line or text.count("\n", 0, at) + 1, column=at - begin + 1)
        yield Problem(what=what, place=place, path=print_path(path), remedy=remedy)


def _slips(text: str) -> Iterator[tuple[int, KeyPath, Text, Text]]:
    around: list[str | int] = []
    keys: list[set[str]] = []
    for token in _TOKEN.finditer(text):
        words, at = token[0], token.start()
        if words in {"{", "["}:
            around.append("" if words == "{" else 0)
            keys.append(set())
        elif words in {"}", "]"}:
            around.pop()
            keys.pop()
        elif words == ",":
            around[-1] = around[-1] + 1 if isinstance(around[-1], int) else ""
        elif token[1] is None:
            yield at, tuple(around), _CONSTANT.format(word=words), _CORRECT
        elif token[2] or "\\" in words:
            said = json.loads(token[1])
            if token[2]:
                around[-1] = said
                if said in keys[-1]:
                    yield at, tuple(around), _TWICE.format(key=said), _KEEP_ONE
                keys[-1].add(said)
            if not _is_whole(said):
                yield at, tuple(around), _HALF, _CORRECT


def _is_whole(words: str) -> bool:
    """Whether no half of a surrogate pair stands alone."""
    try:
        words.encode()
    except UnicodeEncodeError:
        return False
    return True
