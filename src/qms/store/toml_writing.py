"""Data as TOML that people like to read and go on writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tomlkit import TOMLDocument
    from tomlkit.items import AoT, InlineTable, Table

__all__ = [
    "in_one_line",
    "inline_member",
    "inline_text",
    "is_small",
    "toml_item",
    "toml_line",
    "toml_text",
    "toml_under",
]

#: The keys of the small records that go into braces on one line: names and stored files.
_SMALL = ({"en", "vi"}, {"name", "sha256", "size"})


def toml_text(data: Mapping[str, Any]) -> str:
    """A table as a TOML file: single values first, then histories and tables."""
    import tomlkit

    document = tomlkit.document()
    _fill(document, data)
    return tomlkit.dumps(document)


def toml_item(value: Any) -> Any:
    """A value as an item for tomlkit: names in braces, records as tables."""
    import tomlkit

    if isinstance(value, dict):
        return _in_braces(value) if is_small(value) else _table(value)
    if isinstance(value, list):
        if value and all(isinstance(one, dict) for one in value):
            return _history(value)
        array = tomlkit.array()
        array.extend(value)
        return array.multiline(len(value) > 6)
    return value


def _fill(table: Table | TOMLDocument, data: Mapping[str, Any]) -> None:
    items = {key: toml_item(value) for key, value in data.items()}
    for stands_alone in (False, True):
        for key, value in data.items():
            if _stands_alone(value) is stands_alone:
                table.add(key, items[key])


def _stands_alone(value: Any) -> bool:
    """Whether a value has a heading of its own."""
    if isinstance(value, dict):
        return not is_small(value)
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def is_small(value: Mapping[str, Any]) -> bool:
    """Whether a table is a name or a stored file."""
    return (
        bool(value)
        and any(value.keys() <= keys for keys in _SMALL)
        and not any(isinstance(one, dict) for one in value.values())
    )


def _in_braces(value: Mapping[str, Any]) -> InlineTable:
    import tomlkit

    table = tomlkit.inline_table()
    table.update(value)
    return table


def _table(value: Mapping[str, Any]) -> Table:
    import tomlkit

    only_tables = bool(value) and all(
        isinstance(one, dict) and not is_small(one) for one in value.values()
    )
    table = tomlkit.table(is_super_table=only_tables)
    _fill(table, value)
    return table


def _history(values: list[dict[str, Any]]) -> AoT:
    import tomlkit

    history = tomlkit.aot()
    for one in values:
        table = tomlkit.table()
        _fill(table, one)
        history.append(table)
    return history


def toml_under(path: tuple[str, ...], fact: Mapping[str, Any], *, to_history: bool) -> str:
    """A record under its full heading, as it is added to a file."""
    import tomlkit

    *around, last = path
    inner: Any = _history([dict(fact)]) if to_history else _table(fact)
    for key in (last, *reversed(around)):
        outer = (
            tomlkit.document() if key is (around or path)[0] else tomlkit.table(is_super_table=True)
        )
        outer.add(key, inner)
        inner = outer
    return tomlkit.dumps(inner)


def toml_line(path: tuple[str, ...], value: Any) -> list[str]:
    """The lines of a key, perhaps with dots, and its value, as they are added to a file."""
    import tomlkit

    document = tomlkit.document()
    document.add(tomlkit.key(list(path)) if len(path) > 1 else path[0], toml_item(value))
    return tomlkit.dumps(document).strip("\n").split("\n")


def in_one_line(value: Any) -> Any:
    """A value as an item for tomlkit that stands in one line."""
    import tomlkit

    if isinstance(value, dict):
        inline = tomlkit.inline_table()
        inline.update({key: in_one_line(one) for key, one in value.items()})
        return inline
    if isinstance(value, list):
        array = tomlkit.array()
        array.extend([in_one_line(one) for one in value])
        return array
    return value


def inline_text(value: Any) -> str:
    """A value as it stands inside brackets."""
    import tomlkit

    return str(tomlkit.item(in_one_line(value)).as_string())


def inline_member(path: tuple[str, ...], value: Any) -> str:
    """A key, perhaps with dots, and its value as they stand inside braces."""
    import tomlkit

    key = tomlkit.key(list(path)) if len(path) > 1 else tomlkit.key(path[0])
    return f"{key.as_string()} = {inline_text(value)}"
