"""Data as TOML that people like to read and go on writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tomlkit import TOMLDocument
    from tomlkit.items import AoT, InlineTable, Table

__all__ = ["toml_item", "toml_text"]

#: A small table goes into braces on one line up to this many keys.
_SMALL = 3


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
        return _in_braces(value) if _is_small(value) else _table(value)
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
        return not _is_small(value)
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _is_small(value: Mapping[str, Any]) -> bool:
    """Whether a table is a name or the like: a few single values."""
    return 0 < len(value) <= _SMALL and all(
        isinstance(one, str) and len(one) <= 120 for one in value.values()
    )


def _in_braces(value: Mapping[str, Any]) -> InlineTable:
    import tomlkit

    table = tomlkit.inline_table()
    table.update(value)
    return table


def _table(value: Mapping[str, Any]) -> Table:
    import tomlkit

    only_tables = bool(value) and all(
        isinstance(one, dict) and not _is_small(one) for one in value.values()
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


def key_text(key: str) -> str:
    """A key as it is written in TOML, in quotation marks where it needs them."""
    import tomlkit

    return str(tomlkit.key(key).as_string())
