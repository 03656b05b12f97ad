"""Adding a fact to TOML text that people wrote, without touching what they wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tomli

from qms.store.files import composed
from qms.store.toml_inline import put_inside
from qms.store.toml_lines import Block, blocks_of
from qms.store.toml_words import with_words
from qms.store.toml_writing import is_small, toml_line, toml_under

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["UnchangeableError", "add_fact", "add_words", "put_in", "value_at"]

_MARK = "\ufeff"


class UnchangeableError(Exception):
    """Text into which a fact cannot be added without touching the rest."""


def put_in(data: dict[str, Any], path: tuple[str, ...], fact: Any, *, to_history: bool) -> None:
    """Add a fact to data: to the history at a path, or under a new key."""
    *tables, last = path
    for key in tables:
        data = data.setdefault(key, {})
    if to_history:
        data.setdefault(last, []).append(fact)
    else:
        data[last] = fact


def add_fact(text: str, path: tuple[str, ...], fact: Any, *, to_history: bool) -> str:
    """The text with one more fact, added in one piece; nothing of the rest is touched.

    Args:
        text: TOML as it stands in the file.
        path: The path to a history or to a new key, inside the file's table.
        fact: The data of the fact.
        to_history: Whether the fact is added to a history.

    Raises:
        UnchangeableError: there is no place for it; the text has to be changed by hand.
    """
    mark = _MARK if text.startswith(_MARK) else ""
    text = text.removeprefix(_MARK)
    wanted = tomli.loads(text)
    path = _as_written(wanted, path)
    tried = [(way, fact, to_history) for way in _WAYS]
    if to_history and not isinstance(fact, dict):
        # The first of several values is a key with a list of one.
        tried += [(way, [fact], False) for way in _WAYS]
    for way, given, behind in tried:
        try:
            changed = way(text, path, given, to_history=behind)
            expected = tomli.loads(text)
            put_in(expected, path, fact, to_history=to_history)
            if tomli.loads(changed) == expected and _is_insertion(text, changed):
                return mark + changed
        except _NO_WAY:
            continue
    raise UnchangeableError


def add_words(text: str, path: tuple[str, ...], words: str) -> str:
    """The text with more words in a line of their own behind those that stand at a path.

    Args:
        text: TOML as it stands in the file.
        path: The path to the words, inside the file's table.
        words: What is added.

    Raises:
        UnchangeableError: there is no place for it; the text has to be changed by hand.
    """
    mark = _MARK if text.startswith(_MARK) else ""
    text = text.removeprefix(_MARK)
    expected = tomli.loads(text)
    path = _as_written(expected, path)
    more = f"\n{words}"
    put_in(expected, path, value_at(expected, path) + more, to_history=False)
    for changed in with_words(text, path, more):
        try:
            if tomli.loads(changed) == expected:
                return mark + changed
        except tomli.TOMLDecodeError:
            continue
    raise UnchangeableError


def value_at(data: Any, path: tuple[str, ...]) -> Any:
    """What stands at a path of data."""
    for key in path:
        data = data[key]
    return data


#: What goes wrong where a way of adding does not fit the text.
_NO_WAY = (AttributeError, ValueError, TypeError, LookupError, StopIteration)


def _as_written(data: Mapping[str, Any], path: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of a path in the spelling (of accents) in which the file has them."""
    written: list[str] = []
    here: Any = data
    for key in path:
        known = here if isinstance(here, dict) else {}
        spelling = next((one for one in known if composed(one) == key), key)
        written.append(spelling)
        here = known.get(spelling)
    return tuple(written)


def _is_insertion(before: str, after: str) -> bool:
    """Whether all that was done to a text is that one piece was put in."""
    length = next(
        (index for index, (old, new) in enumerate(zip(before, after, strict=False)) if old != new),
        len(before),
    )
    return after.endswith(before[length:]) and len(after) > len(before)


def _as_table(text: str, path: tuple[str, ...], fact: Any, *, to_history: bool) -> str:
    """Add a record or an event under a heading: after its neighbours, or at the end."""
    if not isinstance(fact, dict) or (is_small(fact) and not to_history):
        raise TypeError
    rows, blocks = text.split("\n"), blocks_of(text)
    added = toml_under(path, fact, to_history=to_history).strip("\n")
    written = next((rows[one.first] for one in blocks if one.path[:-1] == path), "]]")
    if to_history and written != "]]":
        added = f"{written.partition(']]')[0]}]]{added.partition(']]')[2]}"
    neighbours = _neighbours(blocks, path)
    at = neighbours[-1].last + 1 or _end(rows)
    blank = [""] if any(row.strip() for row in rows[:at]) else []
    return _with_lines(rows, at, [*blank, *added.split("\n")])


def _as_key(text: str, path: tuple[str, ...], fact: Any, *, to_history: bool) -> str:
    """Add a key after the last key of its table."""
    if to_history:
        raise TypeError
    rows, blocks = text.split("\n"), blocks_of(text)
    block = [block for block in blocks if block.path == path[:-1]][-1]
    at = block.last + 1 or _before_first_heading(blocks, rows)
    return _with_lines(rows, at, toml_line(path[-1:], fact))


def _as_dotted_key(text: str, path: tuple[str, ...], fact: Any, *, to_history: bool) -> str:
    """Add a key after one that names the same table with dots."""
    if to_history or (isinstance(fact, dict) and not is_small(fact)):
        raise TypeError
    block, last = [
        (block, last)
        for block in blocks_of(text)
        for key, _, last in block.keys
        if (block.path + key)[: len(path) - 1] == path[:-1]
    ][-1]
    line = toml_line(path[len(block.path) :], fact)
    return _with_lines(text.split("\n"), last + 1, line)


def _under_heading(text: str, path: tuple[str, ...], fact: Any, *, to_history: bool) -> str:
    """Add a key under the heading of a table that has none yet."""
    if to_history or len(path) < 2:
        raise TypeError
    return _as_table(text, path[:-1], {path[-1]: fact}, to_history=False)


def _neighbours(blocks: tuple[Block, ...], path: tuple[str, ...]) -> list[Block]:
    """The tables after which a new one goes, those most like it only."""
    for around in (path, path[:-1]):
        like = [block for block in blocks if block.path[: len(around)] == around]
        if like:
            return like
    return list(blocks)


def _before_first_heading(blocks: tuple[Block, ...], rows: list[str]) -> int:
    """The line before which the first key of a file goes: before the first heading's comment."""
    first = min((one.first for one in blocks if one.first >= 0), default=_end(rows))
    while first > 0 and rows[first - 1].startswith("#") and first < _end(rows):
        first -= 1
    return first


def _end(rows: list[str]) -> int:
    """The line, counted from 0, behind the last."""
    return len(rows) - 1 if rows[-1] == "" else len(rows)


def _with_lines(rows: list[str], at: int, added: list[str]) -> str:
    """The text with lines put in, ending as the other lines end."""
    carriage = "\r" if any(row.endswith("\r") for row in rows) else ""
    new = [line + carriage for line in added]
    if at < len(rows):
        return "\n".join([*rows[:at], *new, *rows[at:]])
    return "\n".join([*rows[:-1], rows[-1] + carriage, *new, ""])


def _in_brackets(text: str, path: tuple[str, ...], fact: Any, *, to_history: bool) -> str:
    """Add the fact inside the brackets or the braces of the value around it."""
    rows = text.split("\n")
    holder, first, last = max(
        (block.path + key, first, last)
        for block in blocks_of(text)
        for key, first, last in block.keys
        if block.path + key == path[: len(block.path + key)]
    )
    value = put_inside(
        "\n".join(rows[first : last + 1]), path[len(holder) :], fact, to_history=to_history
    )
    return "\n".join([*rows[:first], value, *rows[last + 1 :]])


_WAYS = (_as_table, _as_key, _in_brackets, _as_dotted_key, _under_heading)
