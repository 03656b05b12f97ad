"""Adding to tables in braces and lists in brackets, as they stand in TOML text."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from qms.store.toml_lines import TOKEN, end_of_brackets, first_key
from qms.store.toml_writing import inline_member, inline_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms.codec.explain import Path

__all__ = ["put_inside"]

#: What tells the members of a table in braces apart.
_PIECE = re.compile(f"{TOKEN.pattern}|[=,]", TOKEN.flags)


def put_inside(statement: str, path: tuple[str, ...], fact: Any, *, to_history: bool) -> str:
    """A key and its value in braces or brackets, with one more fact inside.

    Args:
        statement: The lines of the key and its value.
        path: The path from the value to the history or to the new key.
        fact: The data of the fact.
        to_history: Whether the fact is added to a history.

    Raises:
        ValueError: the value has no place for it.
        StopIteration: likewise.
    """
    at, rest = next(start for _, start in _members(statement)), path
    while rest:
        inside = _braces(statement, at)
        within = [(key, start) for key, start in _members(inside) if rest[: len(key)] == key]
        if not within:
            added = inline_member(rest, [fact] if to_history else fact)
            return _before_end(statement, at, added)
        ((key, start),) = within
        at, rest = at + 1 + start, rest[len(key) :]
    if not to_history or statement[at] != "[":
        raise ValueError("no list stands here")
    return _before_end(statement, at, inline_text(fact))


def _braces(text: str, at: int) -> str:
    """What stands between the braces that open at a position."""
    if text[at] != "{":
        raise ValueError("no table stands here")
    return text[at + 1 : _end(text, at) - 1]


def _end(text: str, at: int) -> int:
    """The position behind the bracket that closes the one at a position."""
    tokens = tuple(TOKEN.finditer(text, at))
    depths = accumulate((one[0] in {"[", "{"}) - (one[0] in {"]", "}"}) for one in tokens)
    return next(one.end() for one, depth in zip(tokens, depths, strict=True) if depth == 0)


def _members(text: str) -> Iterator[tuple[Path, int]]:
    """The keys that stand in text, outside brackets, and where the value of each begins."""
    begin = depth = 0
    for piece in _PIECE.finditer(text):
        words = piece[0]
        depth += (words in {"[", "{"}) - (words in {"]", "}"})
        if words == "," and depth == 0:
            begin = piece.end()
        if words == "=" and depth == 0:
            behind = text[piece.end() :]
            yield first_key(text[begin:]), piece.end() + len(behind) - len(behind.lstrip())


def _before_end(text: str, at: int, item: str) -> str:
    """Text with an item more in the brackets that open at a position, in their manner."""
    value = text[at : _end(text, at)]
    behind, needs_comma, has_comment = end_of_brackets(value)
    comma = "," if needs_comma else ""
    if "\n" not in value:
        added = f"{comma} {item}" if comma else item
    else:
        row = text[: at + behind].rpartition("\n")[2]
        line_end = "\r\n" if "\r\n" in value else "\n"
        indent = line_end + row[: len(row) - len(row.lstrip())]
        added = (
            f"{indent}, {item}"
            if has_comment and comma
            else f"{comma}{indent}{item}{'' if comma else ','}"
        )
    return text[: at + behind] + added + text[at + behind :]
