"""The published shape of a register: JSON Schemas made from the classes.

The schemas are the law: every form of a register accepts exactly what they
accept, apart from contradictions and dangling references, which no schema sees.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from qms.codec.fields import (
    DAY_WORDS,
    LARGEST_QUANTITY,
    QUANTITY_WORDS,
    Field,
    Kind,
    Many,
    OneRecord,
    Scalar,
    Shape,
    Table,
    fields_of,
    summary_of,
)
from qms.codec.header import Header
from qms.model import Register, Unit
from qms.text import Name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = [
    "BANK",
    "HEADER",
    "NAMED_UNIT",
    "REGISTER",
    "REST",
    "UNIT",
    "schema_of",
    "schemas",
    "write_schemas",
]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

#: The names of the schemas.
REGISTER, UNIT, HEADER = "register.schema.json", "unit.schema.json", "header.schema.json"
#: A file of questions for checklists.
BANK = "questions.schema.json"
#: A unit under its identifier in a register, where the identifier may be left out inside.
NAMED_UNIT = "#/$defs/Unit"
#: A register but for what its units hold.
REST = "#/rest"


@cache
def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schemas by file name.

    ``register.schema.json`` is a whole register; ``header.schema.json`` and
    ``unit.schema.json`` are the first and every further line of an NDJSON register;
    ``questions.schema.json`` is a file of questions.
    """
    from qms.model.questions import QuestionBank

    unit = _record(Unit)
    unit["required"] = ["id", *unit["required"]]
    register = _record(Register)
    register["required"] = [*register["required"], "units"]
    register["properties"]["units"]["minProperties"] = 1
    return {
        REGISTER: _whole("A register", register),
        HEADER: _whole("The first line of an NDJSON register", _record(Header)),
        UNIT: _whole("A line of an NDJSON register", unit),
        BANK: _whole("A file of questions for checklists", _record(QuestionBank)),
    }


def schema_of(name: str) -> dict[str, Any]:
    """One of the schemas, or the part of the register's schema about a unit or about the rest."""
    if name == REST:
        header = schemas()[HEADER]
        return {**header, "properties": {**header["properties"], "units": {}}}
    if name == NAMED_UNIT:
        return {"$ref": NAMED_UNIT, "$defs": schemas()[REGISTER]["$defs"]}
    return schemas()[name]


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write the schemas into a folder; returns the files."""
    import json

    written = []
    for name, schema in schemas().items():
        path = folder / name
        path.write_text(
            json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n"
        )
        written.append(path)
    return tuple(written)


def _whole(title: str, body: dict[str, Any]) -> dict[str, Any]:
    """A schema that stands alone: the body and the records that it refers to."""
    found: dict[str, dict[str, Any]] = {}
    waiting = list(_referred(body))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = _record(_RECORDS[name])
            waiting += _referred(found[name])
    definitions = {name: found[name] for name in sorted(found)}
    return {"$schema": _DIALECT, "title": title, **body, "$defs": definitions}


def _referred(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].rpartition("/")[2]
        for value in schema.values():
            yield from _referred(value)


_RECORDS: dict[str, type] = {}


def _record(record: type) -> dict[str, Any]:
    fields = fields_of(record)
    schema: dict[str, Any] = {
        "description": summary_of(record),
        "type": "object",
        "properties": {one.name: _property(one) for one in fields},
        "required": [one.name for one in fields if one.required],
        "additionalProperties": False,
    }
    if record is Name:
        schema["minProperties"] = 1
    return schema


def _property(one: Field) -> dict[str, Any]:
    schema = {"description": one.description, **_schema(one.shape)}
    if isinstance(one.shape, Scalar) and one.default:
        schema["default"] = one.default
    return schema


def _schema(shape: Shape) -> dict[str, Any]:
    if isinstance(shape, OneRecord):
        _RECORDS[shape.record.__name__] = shape.record
        return {"$ref": f"#/$defs/{shape.record.__name__}"}
    if isinstance(shape, Many):
        return {"type": "array", "items": _schema(shape.item)}
    if isinstance(shape, Table):
        names = {key: value for key, value in _schema(shape.key).items() if key != "type"}
        return {
            "type": "object",
            "propertyNames": names,
            "additionalProperties": _schema(shape.value),
        }
    return _scalar(shape)


def _scalar(shape: Scalar) -> dict[str, Any]:
    match shape.kind:
        case Kind.FLAG:
            return {"type": "boolean"}
        case Kind.DAY:
            return {"type": "string", "format": "date", "pattern": DAY_WORDS}
        case Kind.TERM | Kind.FIXED:
            return {"type": "string", "enum": list(shape.values)}
        case Kind.INTEGER:
            return {"type": "integer", "minimum": shape.least, "maximum": shape.greatest}
        case Kind.QUANTITY:
            return {
                "type": ["number", "string"],
                "minimum": -LARGEST_QUANTITY,
                "maximum": LARGEST_QUANTITY,
                "pattern": QUANTITY_WORDS,
            }
        case _:
            bounds = {"minLength": shape.shortest, "maxLength": shape.longest}
            known = {name: bound for name, bound in bounds.items() if bound is not None}
            return {"type": "string", **known} | (
                {"pattern": shape.pattern} if shape.pattern else {}
            )
