"""The shape of a record, read once from its attrs class.

Everything that judges or describes shape goes by these values: the strict
decoder, the published schemas, and the explanations of what is wrong.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

import attrs
import msgspec
from msgspec import Struct

from qms.characters import CONTROLS, WORDS
from qms.terms import Edition

__all__ = [
    "Field",
    "Kind",
    "Many",
    "OneRecord",
    "Scalar",
    "Shape",
    "Table",
    "fields_of",
    "innermost",
]

#: The largest number that every reader of JSON takes without loss.
LARGEST_INTEGER = 2**53
#: The largest quantity; more is a slip of the pen.
LARGEST_QUANTITY = 1e15
#: A quantity written as words, where a number would lose digits.
QUANTITY_WORDS = r"^-?[0-9]{1,15}(\.[0-9]{1,40})?$(?!\n)"
#: An edition; some control characters count as blanks, which an edition may have.
EDITION_PATTERN = Edition.PATTERN.replace("^", rf"^(?![\s\S]*[{CONTROLS}])", 1) + r"(?!\n)"
#: A day of the calendar as it is written in every form; a validator of schemas need not know
#: the format "date".  Months of 31 days, of 30, February, and 29 February of leap years.
DAY_WORDS = (
    "^(?!0000)("
    "[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    "|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    "|02-(0[1-9]|1[0-9]|2[0-8]))"
    "|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29"
    r")$(?!\n)"
)


class Kind(Enum):
    """The kind of a single value."""

    WORDS = "words"
    FLAG = "flag"
    INTEGER = "integer"
    QUANTITY = "quantity"
    DAY = "day"
    EDITION = "edition"
    TERM = "term"
    FIXED = "fixed"


class Scalar(Struct, frozen=True, kw_only=True):
    """A single value with its bounds.

    Attributes:
        kind: What kind of value.
        pattern: For words: the pattern to be found in them.
        shortest: For words: the least number of characters.
        longest: For words: the greatest number of characters.
        least: For an integer: the least value.
        greatest: For an integer: the greatest value.
        term: For a term: its enumeration.
        values: For a term or a fixed value: the values that it can have.
    """

    kind: Kind
    pattern: str | None = None
    shortest: int | None = None
    longest: int | None = None
    least: int | None = None
    greatest: int | None = None
    term: type[Enum] | None = None
    values: tuple[str, ...] = ()


class OneRecord(Struct, frozen=True):
    """A record inside a record."""

    record: type


class Many(Struct, frozen=True):
    """A history: values one after the other."""

    item: Shape


class Table(Struct, frozen=True):
    """Records or words by the identifier that people gave them."""

    key: Scalar
    value: Shape


Shape = Scalar | OneRecord | Many | Table


def innermost(shape: Shape) -> Shape:
    """The shape of what stands in a history or a table; of any other value its own."""
    inner = shape.item if isinstance(shape, Many) else shape
    return inner.value if isinstance(inner, Table) else inner


class Field(Struct, frozen=True, kw_only=True):
    """A field of a record.

    Attributes:
        name: Its name in data and in the class.
        shape: The shape of its value.
        required: Whether it must be given.
        default: The value where it is left out; None where it is required.
        description: What it means, from the docstring of the class.
    """

    name: str
    shape: Shape
    required: bool
    default: Any = None
    description: str = ""


@cache
def fields_of(record: type) -> tuple[Field, ...]:
    """The fields of a record class, in their order."""
    hints = typing.get_type_hints(record, include_extras=True)
    described = _descriptions(record)
    return tuple(
        Field(
            name=attribute.name,
            shape=_shape(hints[attribute.name]),
            required=attribute.default is attrs.NOTHING,
            default=_default(attribute.default),
            description=described.get(attribute.name, ""),
        )
        for attribute in attrs.fields(record)
    )


def _default(default: Any) -> Any:
    if default is attrs.NOTHING:
        return None
    is_made = isinstance(default, attrs.Factory)  # type: ignore[arg-type]
    return default.factory() if is_made else default


def _shape(annotation: Any) -> Shape:
    """Translate a type annotation; optional and required look alike."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _bounded(_shape(arguments[0]), arguments[1:])
    if origin in {typing.Union, types.UnionType}:
        (inner,) = (argument for argument in arguments if argument is not type(None))
        return _shape(inner)
    if origin is tuple:
        return Many(_shape(arguments[0]))
    if origin is Mapping:
        key = _shape(arguments[0])
        assert isinstance(key, Scalar)  # noqa: S101 - the keys of a table are words
        return Table(key, _shape(arguments[1]))
    if origin is Literal:
        return Scalar(kind=Kind.FIXED, values=arguments)
    return _single(annotation)


def _single(annotation: type) -> Shape:
    if attrs.has(annotation):
        return OneRecord(annotation)
    if issubclass(annotation, Enum):
        values = tuple(str(member.value) for member in annotation)
        return Scalar(kind=Kind.TERM, term=annotation, values=values)
    if annotation is Edition:
        return Scalar(kind=Kind.EDITION, pattern=EDITION_PATTERN)
    return _PLAIN[annotation]


_PLAIN: Mapping[type, Scalar] = {
    str: Scalar(kind=Kind.WORDS, shortest=1, pattern=WORDS),
    bool: Scalar(kind=Kind.FLAG),
    int: Scalar(kind=Kind.INTEGER, least=-LARGEST_INTEGER, greatest=LARGEST_INTEGER),
    Decimal: Scalar(kind=Kind.QUANTITY),
    date: Scalar(kind=Kind.DAY),
}

_BOUNDS = {
    "pattern": "pattern",
    "min_length": "shortest",
    "max_length": "longest",
    "ge": "least",
    "le": "greatest",
}


def _bounded(shape: Shape, extras: tuple[msgspec.Meta, ...]) -> Shape:
    for extra in extras:
        given = {
            ours: getattr(extra, theirs)
            for theirs, ours in _BOUNDS.items()
            if getattr(extra, theirs) is not None
        }
        if "pattern" in given:
            given["pattern"] = _whole_words(given["pattern"])
        shape = msgspec.structs.replace(shape, **given)
    return shape


def _whole_words(pattern: str) -> str:
    """A pattern that also in Python does not overlook a line break at the end."""
    return pattern + r"(?!\n)" if pattern.endswith("$") else pattern


_ATTRIBUTES = re.compile(r"\n\s*Attributes:\n(.*)", re.DOTALL)
_ATTRIBUTE = re.compile(r"^\s*(\w+): (.*)$")


@cache
def _descriptions(record: type) -> Mapping[str, str]:
    """The sentences of the section "Attributes" of a docstring, by name."""
    section = _ATTRIBUTES.search(record.__doc__ or "")
    described: dict[str, str] = {}
    name = ""
    lines = section[1].splitlines() if section else []
    depth = len(lines[0]) - len(lines[0].lstrip()) if lines else 0
    for line in lines:
        found = _ATTRIBUTE.match(line)
        if found and len(line) - len(line.lstrip()) == depth:
            name = found[1]
            described[name] = found[2]
        elif line.strip() and name:
            described[name] += " " + line.strip()
    return described


def summary_of(record: type) -> str:
    """The first sentence of a record class's docstring."""
    return (record.__doc__ or "").strip().partition("\n")[0]
