"""Which lines of TOML text hold what: for telling people where, and for adding in the right place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qms.codec.explain import Path

__all__ = ["TOKEN", "Block", "blocks_of", "end_of_brackets", "first_key", "lines_of"]

_PART = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*""")
#: A comment, words in any of the four kinds of quotation marks, a bracket, or the end of a line.
TOKEN = re.compile(
    r'''#[^\n]*|"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[\[\]{}\n]''',
    re.DOTALL,
)


class _Statement(Struct, frozen=True):
    """A heading or a key with its value: its first and last line (from 0), and its words."""

    first: int
    last: int
    words: str


class Block(Struct):
    """A table heading and the keys under it; the first block has no heading.

    Attributes:
        path: The path of the table; the facts of a history are counted from 0.
        first: The line of the heading, counted from 0; -1 where there is none.
        last: The last line of the heading or of the last key; -1 where there is none.
        keys: The keys under it, each with the first and the last line of its value.
    """

    path: Path
    first: int
    last: int
    keys: list[tuple[Path, int, int]]


def blocks_of(text: str) -> tuple[Block, ...]:
    """The tables of TOML text in their order."""
    counts: dict[Path, int] = {}
    blocks = [Block((), -1, -1, [])]
    for statement in _statements(text):
        if not statement.words.startswith("["):
            block = blocks[-1]
            block.keys.append((first_key(statement.words), statement.first, statement.last))
            block.last = statement.last
            continue
        path = _resolved(first_key(statement.words.lstrip("[")), counts)
        if statement.words.startswith("[["):
            counts[path] = counts.get(path, -1) + 1
            path = (*path, counts[path])
        blocks.append(Block(path, statement.first, statement.last, []))
    return tuple(blocks)


def lines_of(text: str) -> Mapping[Path, int]:
    """The line, counted from 1, of every table and of every key outside brackets."""
    lines: dict[Path, int] = {}
    for block in blocks_of(text):
        for key, line, _ in ((), block.first, block.last), *block.keys:
            path = block.path + key
            for depth in range(1, len(path) + 1):
                lines.setdefault(path[:depth], line + 1)
    return lines


def _statements(text: str) -> Iterator[_Statement]:
    """The statements of correct TOML text; comments and blank lines lie between them."""
    rows = text.split("\n")
    first = line = depth = 0
    for token in TOKEN.finditer(text + "\n"):
        words = token[0]
        if words == "\n" and depth == 0:
            row = rows[first].strip()
            if row and not row.startswith("#"):
                yield _Statement(first, line, row)
            first = line + 1
        depth += (words in {"[", "{"}) - (words in {"]", "}"})
        line += words.count("\n")


def end_of_brackets(value: str) -> tuple[int, bool, bool]:
    """Where the last thing inside the brackets ends with which a value begins and ends.

    Returns:
        The position behind it or behind the comment that follows it, whether a comma
        is needed there, and whether a comment stands before it.
    """
    blank = list(value)
    for token in TOKEN.finditer(value):
        if token[0].startswith("#"):
            blank[token.start() : token.end()] = " " * len(token[0])
    inside = "".join(blank)[1:-1].rstrip()
    behind = 1 + len(inside)
    line = value[behind:].partition("\n")[0]
    has_comment = line.lstrip().startswith("#")
    needs_comma = bool(inside.strip()) and not inside.endswith(",")
    return behind + len(line.rstrip()) * has_comment, needs_comma, has_comment


def first_key(row: str) -> Path:
    """The key with which text begins, perhaps with dots."""
    parts: list[str] = []
    position = 0
    while not parts or row[position - 1] == ".":
        found = _PART.match(row, position)
        assert found is not None  # noqa: S101 - the text was read as TOML before
        parts.append(next(part for part in found.groups() if part is not None))
        position = found.end() + 1
    return tuple(parts)


def _resolved(key: Path, counts: Mapping[Path, int]) -> Path:
    """A heading inside the latest fact of a history, with that fact's position."""
    path: Path = ()
    for index, part in enumerate(key):
        path = (*path, part)
        if path in counts and index < len(key) - 1:
            path = (*path, counts[path])
    return path
