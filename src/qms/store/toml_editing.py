"""Adding a fact to TOML text that people wrote, without touching what they wrote."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from qms.store.files import composed
from qms.store.toml_writing import key_text, toml_item, toml_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["UnchangeableError", "add_fact", "put_in"]

_MARK = "\ufeff"


class UnchangeableError(Exception):
    """Text into which a fact cannot be added without touching the rest."""


def put_in(data: dict[str, Any], path: tuple[str, ...], fact: Any, *, to_history: bool) -> None:
    """Add a fact to data: to the history at a path, or under a new key.

    Raises:
        KeyError: the key is there already.
    """
    *tables, last = path
    for key in tables:
        data = data.setdefault(key, {})
    if to_history:
        data.setdefault(last, []).append(fact)
    elif last in data:
        raise KeyError(last)
    else:
        data[last] = fact


def add_fact(text: str, path: tuple[str, ...], fact: Any, *, to_history: bool) -> str:
    """The text with one more fact; every line that stood in it still stands in it.

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
    wanted = tomllib.loads(text)
    put_in(wanted, _as_written(wanted, path), fact, to_history=to_history)
    for way in (_inside, _at_the_end):
        try:
            changed = way(text, _as_written(wanted, path), fact, to_history=to_history)
            if _same(tomllib.loads(changed), wanted) and _keeps_lines(text, changed):
                return mark + changed
        except (ValueError, TypeError, KeyError, AttributeError, IndexError):
            continue
    raise UnchangeableError


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


def _same(found: Any, wanted: Any) -> bool:
    return repr(found) == repr(wanted) or bool(found == wanted)


def _keeps_lines(before: str, after: str) -> bool:
    """Whether the lines before are among the lines after, in their order.

    The last line of a list in brackets may have got a comma.
    """
    lines: Iterator[str] = iter(after.splitlines())
    return all(
        any(new in {old, f"{old},"} or (old and new.startswith(old)) for new in lines)
        for old in before.splitlines()
        if old.strip()
    )


def _inside(text: str, path: tuple[str, ...], fact: Any, *, to_history: bool) -> str:
    """Add the fact where it belongs: after the other facts, inside its table."""
    import tomlkit

    document = tomlkit.parse(text)
    table: Any = document
    *tables, last = path
    for key in tables:
        if key not in table:
            table.add(key, tomlkit.table())
        table = table[key]
    if not to_history:
        table.add(last, toml_item(fact))
    elif last not in table:
        table.add(last, toml_item([fact]))
    elif isinstance(table[last], tomlkit.items.AoT):
        table[last].append(toml_item([fact])[0] if isinstance(fact, dict) else fact)
    else:
        table[last].append(_in_one_line(fact))
    return tomlkit.dumps(document)


def _in_one_line(fact: Any) -> Any:
    import tomlkit

    if not isinstance(fact, dict):
        return fact
    inline = tomlkit.inline_table()
    for key, value in fact.items():
        inline.append(key, _in_one_line(value))
    return inline


def _at_the_end(text: str, path: tuple[str, ...], fact: Any, *, to_history: bool) -> str:
    """Add the fact under a heading of its own at the end of the file."""
    if not isinstance(fact, dict):
        raise UnchangeableError if to_history else ValueError
    heading = ".".join(key_text(key) for key in path)
    heading = f"[[{heading}]]" if to_history else f"[{heading}]"
    line_break = "\r\n" if "\r\n" in text else "\n"
    body = toml_text(fact).replace("\n", line_break)
    gap = "" if text.endswith("\n") else line_break
    return f"{text}{gap}{line_break}{heading}{line_break}{body}"
