"""The fast door: JSON bytes to records, refusing whatever the schema refuses.

The bytes are decoded by msgspec into structs generated from the attrs classes,
which forbid unknown keys; a function generated for each class then moves the
values into the attrs record.  Moving them attribute by attribute from one slot
to another costs a fifth of calling the record's own ``__init__``, which in a
frozen class goes through ``object.__setattr__``: the record is filled as an
instance of an open twin with the same slots and declared frozen at the end.

A refusal says nothing about the reason: whoever gets one asks
:mod:`qms.codec.explain`.
"""

from __future__ import annotations

import re
import sys
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from types import FunctionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import attrs
import msgspec

from qms.characters import WORDS, holds_controls
from qms.codec.contradictions import ORDERS
from qms.codec.fields import (
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
    innermost,
)
from qms.model import Certificate
from qms.terms import Edition, Regime
from qms.text import Name

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "FieldOf",
    "RefusedError",
    "Ways",
    "checked_words",
    "decoder_of",
    "is_blank",
    "judging",
    "quantity",
    "refuse",
    "remembered",
    "struct_of",
    "struct_type",
]

#: How many checked identifiers and editions are remembered; they repeat from unit to unit.
_REMEMBERED = 50_000


class RefusedError(ValueError):
    """Data whose shape is not that of the record."""


#: A field: the record and its name in it.
FieldOf = tuple[type, str]


class Ways(msgspec.Struct, frozen=True):
    """How some fields are read otherwise than the rest.

    Attributes:
        raw: Those whose values stay as they are written.
        seldom: Those of words that few records have: msgspec itself sees that they are not
            all blanks, which costs more than to see it afterwards, but nothing where there
            are none.
    """

    raw: frozenset[FieldOf] = frozenset()
    seldom: frozenset[FieldOf] = frozenset()


@cache
def decoder_of(record: type, *, judged: bool = True) -> Callable[[bytes | str], Any]:
    """A function that makes a record of JSON text.

    The function raises :class:`RefusedError` for whatever does not have the record's shape
    and, unless ``judged`` is false, for whatever contradicts itself; it raises nothing else.
    """
    decode = msgspec.json.Decoder(struct_of(record, Ways())).decode
    build = _builder(record, judged)

    def strictly(text: bytes | str) -> Any:
        if holds_controls(text):
            raise RefusedError
        try:
            return build(decode(text))
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise RefusedError(str(error)) from None

    return strictly


# --- structs ---------------------------------------------------------------------------------


@cache
def struct_of(record: type, ways: Ways) -> Any:
    """The struct with the fields and methods of a record, which forbids unknown keys and null.

    Args:
        record: The record.
        ways: How some fields of it, or of records in it, are read.
    """
    return msgspec.defstruct(
        record.__name__,
        [
            _struct_field((record, one.name), one.shape, one.required, one.default, ways)
            for one in fields_of(record)
        ],
        namespace={
            name: value
            for name, value in vars(record).items()
            if isinstance(value, property | FunctionType) and not name.startswith("_")
        },
        kw_only=True,
        forbid_unknown_fields=True,
        gc=False,
    )


def _struct_field(
    place: FieldOf,
    shape: Shape,
    required: bool,  # noqa: FBT001
    default: Any,
    ways: Ways,
) -> Any:
    _, name = place
    if place in ways.raw:
        return (name, msgspec.Raw, default)
    if place in ways.seldom:
        return (name, Annotated[str, msgspec.Meta(pattern=r"\S")], default)
    kind = struct_type(shape, ways)
    if required:
        return (name, kind)
    if isinstance(shape, Table):
        return (name, kind, msgspec.field(default_factory=dict))
    if isinstance(shape, OneRecord) and default is not None:
        return (name, kind, msgspec.field(default_factory=struct_of(shape.record, ways)))
    return (name, kind, default)


def struct_type(shape: Shape, ways: Ways) -> Any:
    """What a value of a shape is read into; see :func:`struct_of`."""
    if isinstance(shape, OneRecord):
        return struct_of(shape.record, ways)
    if isinstance(shape, Many):
        return tuple[struct_type(shape.item, ways), ...]  # type: ignore[misc]
    if isinstance(shape, Table):
        return dict[str, struct_type(shape.value, ways)]  # type: ignore[misc]
    return _scalar_type(shape)


def _scalar_type(shape: Scalar) -> Any:
    match shape.kind:
        case Kind.FLAG:
            return bool
        case Kind.DAY:
            return date
        case Kind.TERM:
            return shape.term
        case Kind.FIXED:
            return Literal[shape.values]
        case Kind.INTEGER:
            bounds = {"ge": shape.least, "le": shape.greatest}
            whole = msgspec.Meta(multiple_of=1, **bounds)  # type: ignore[arg-type]
            return Annotated[int, msgspec.Meta(**bounds)] | Annotated[float, whole]  # type: ignore[arg-type]
        case Kind.QUANTITY:
            number = msgspec.Meta(ge=-LARGEST_QUANTITY, le=LARGEST_QUANTITY)
            words = msgspec.Meta(pattern=QUANTITY_WORDS)
            return Annotated[int, _whole(number)] | Annotated[float, number] | Annotated[str, words]
        case _:
            return Annotated[str, msgspec.Meta(min_length=shape.shortest or 1)]


def _whole(bounds: msgspec.Meta) -> msgspec.Meta:
    return msgspec.Meta(ge=int(bounds.ge or 0), le=int(bounds.le or 0))


# --- single values ---------------------------------------------------------------------------


def remembered(make: Callable[[Any], Any], most: int = _REMEMBERED) -> Callable[[Any], Any]:
    """The same function, for which words that repeat cost one look-up."""
    return _Remembered(make, most).__getitem__


class _Remembered(dict[Any, Any]):
    """What a function made of words."""

    def __init__(self, make: Callable[[Any], Any], most: int) -> None:
        super().__init__()
        self._make, self._most = make, most

    def __missing__(self, words: Any) -> Any:
        """Make it, or raise the error of the function; start afresh when grown too large."""
        made = self._make(words)
        if len(self) >= self._most:
            self.clear()
        self[words] = made
        return made


def check_of_words(shape: Scalar) -> Callable[[str], str]:
    """A function that refuses words out of the bounds of a shape; editions in their one spelling."""
    pattern = re.compile(shape.pattern or "")
    longest = shape.longest or sys.maxsize

    def check(words: str) -> str:
        if pattern.search(words) is None or len(words) > longest:
            refuse(words)
        return Edition(words) if shape.kind is Kind.EDITION else words

    return check


@cache
def checked_words(shape: Scalar) -> Callable[[str], str]:
    """The same, for words most of which stand in a register over and over."""
    return remembered(check_of_words(shape))


def refuse(*_: object) -> NoReturn:
    """Refuse a value."""
    raise RefusedError


@lru_cache(maxsize=10_000, typed=True)
def quantity(number: float | str) -> Decimal:
    """A quantity as a decimal number, with the digits as they were written."""
    return Decimal(number if isinstance(number, str) else repr(number))


def is_blank(shape: Shape) -> bool:
    """Whether the only bound beyond the struct's is that words are not all blanks.

    That they hold no control characters is seen in the text, all at once.
    """
    return isinstance(shape, Scalar) and shape.pattern == WORDS and shape.longest is None


def _not_blank(words: str) -> str:
    return refuse() if words.isspace() else words


# --- records ---------------------------------------------------------------------------------


@cache
def _builder(record: type, judged: bool) -> Callable[[msgspec.Struct], Any]:  # noqa: FBT001
    """Compile the function that moves the values of a struct into a record."""
    if any(one.validator or one.converter for one in attrs.fields(record)):
        raise TypeError(f"{record.__name__} has validators or converters, which this door skips")
    names: dict[str, Any] = {
        "Record": record,
        "Draft": type(record.__name__, (), {"__slots__": record.__slots__}),  # type: ignore[attr-defined]
        "refuse": refuse,
    }
    lines = ["def build(struct):", " record = Draft()"]
    for one in fields_of(record):
        lines += _moving(one, names, judged)
    if record is Name:
        lines.append(" if record.en is None and record.vi is None: refuse()")
    if judged:
        lines += [f" {line}" for line in judging(record, "struct", names)]
    lines += [" record.__class__ = Record", " return record"]
    exec("\n".join(lines), names)  # noqa: S102 - the text is made of our own field names alone
    build: Callable[[msgspec.Struct], Any] = names["build"]
    return build


def _moving(one: Field, names: dict[str, Any], judged: bool) -> list[str]:  # noqa: FBT001
    """The lines that move the value of one field; what is left out needs no check."""
    made = _made(one, names, judged)
    if made is None:
        return [f" record.{one.name} = struct.{one.name}"]
    read = f" value = struct.{one.name}"
    if is_blank(one.shape):
        given = "" if one.required else "value is not None and "
        return [read, f" if {given}value.isspace(): refuse()", f" record.{one.name} = value"]
    if isinstance(one.shape, Many | Table):
        return [read, f" record.{one.name} = {made} if value else value"]
    if one.required:
        return [read, f" record.{one.name} = {made}"]
    names[f"default_{one.name}"] = one.default if isinstance(one.shape, Scalar) else None
    left_out = f"value is default_{one.name}"
    return [read, f" record.{one.name} = value if {left_out} else {made}"]


def _made(one: Field, names: dict[str, Any], judged: bool) -> str | None:  # noqa: FBT001
    """The expression that makes the record's value of ``value``; None where they are the same."""
    shape, name = one.shape, one.name
    names[f"make_{name}"] = make = _maker(innermost(shape), judged)
    if isinstance(shape, Table):
        names[f"known_{name}"] = checked_words(shape.key)
        return f"dict(zip(map(known_{name}, value), map(make_{name}, value.values())))"
    if make is None:
        return None
    if isinstance(shape, Many):
        return f"tuple(map(make_{name}, value))"
    return f"make_{name}(value)"


def _maker(shape: Shape, judged: bool) -> Callable[[Any], Any] | None:  # noqa: FBT001
    """A function that makes a record's value of a struct's; None where they are the same."""
    if isinstance(shape, OneRecord):
        return _builder(shape.record, judged)
    assert isinstance(shape, Scalar)  # noqa: S101 - the model has no lists of lists
    if is_blank(shape):
        return _not_blank
    if shape.kind is Kind.QUANTITY:
        return quantity
    if shape.kind is Kind.INTEGER:
        return int  # 40.0 is an integer to every reader of JSON Schema
    return checked_words(shape) if shape.pattern else None


def judging(record: type, struct: str, names: dict[str, Any]) -> list[str]:
    """The lines that refuse what contradicts itself in the struct of a variable."""
    lines = []
    for earlier, later in ORDERS.get(record, ()):
        start, end = f"{struct}.{earlier}", f"{struct}.{later}"
        lines.append(f"if {end} is not None and {start} is not None and {end} < {start}: refuse()")
    if record is Certificate:
        names["announcement"] = Regime.ANNOUNCEMENT
        lines.append(f"if {struct}.regime is announcement: refuse()")
    return lines
