"""The bulk door: JSON bytes to structs that look like records, judged where they stand.

A check of many thousand units reads each once and lets it go.  Moving the values
into records would cost more than reading them, so here they stay in the structs
that msgspec made: the same names, the same values, the same refusals as in
:mod:`qms.codec.strict`.  Whatever takes a record by its attributes takes these.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

import msgspec

from qms.codec.fields import Field, Kind, Many, OneRecord, Scalar, Shape, Table, fields_of
from qms.codec.strict import (
    RefusedError,
    checked_words,
    is_blank,
    judging,
    quantity,
    refuse,
    struct_of,
)
from qms.model import Unit
from qms.text import Name

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["unit_decoder"]


@cache
def unit_decoder() -> Callable[[bytes | str], Unit]:
    """A function that makes something like a unit of JSON text.

    The function raises :class:`~qms.codec.strict.RefusedError` for whatever the strict
    door refuses, and nothing else.
    """
    decode = msgspec.json.Decoder(struct_of(Unit)).decode
    judge = _judge(Unit)

    def judged(text: bytes | str) -> Unit:
        try:
            struct = decode(text)
            judge(struct)
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise RefusedError(str(error)) from None
        return cast("Unit", struct)

    return judged


@cache
def _judge(record: type) -> Callable[[msgspec.Struct], None]:
    """Compile the function that judges what msgspec has not judged in a struct."""
    names: dict[str, Any] = {"refuse": refuse}
    lines = [line for one in fields_of(record) for line in _judging_field(one, names)]
    if record is Name:
        lines.append(" if struct.en is None and struct.vi is None: refuse()")
    lines += judging(record, names)
    exec("\n".join(["def judge(struct):", " pass", *lines]), names)  # noqa: S102 - made of our own field names alone
    return cast("Callable[[msgspec.Struct], None]", names["judge"])


def _judging_field(one: Field, names: dict[str, Any]) -> list[str]:
    """The lines that judge one field; none where msgspec has judged it."""
    inner = one.shape.item if isinstance(one.shape, Many) else one.shape
    inner = inner.value if isinstance(inner, Table) else inner
    judge = _judging_value(one.name, inner, names)
    lines: list[str] = []
    if one.shape == Many(inner) and isinstance(inner, Scalar) and inner.kind is Kind.EDITION:
        judge = None
        lines.append(f"  struct.{one.name} = tuple(map(make_{one.name}, value))")
    if isinstance(one.shape, Table):
        names[f"known_{one.name}"] = known = checked_words(one.shape.key)
        names[f"known_{one.name}_keys"] = known.keys()
        lines.append(f"  if not value.keys() <= known_{one.name}_keys:")
        lines.append(f"   for key in value: known_{one.name}[key]")
    if judge and isinstance(one.shape, Many | Table):
        values = "value.values()" if isinstance(one.shape, Table) else "value"
        lines.append(f"  for one in {values}: {judge.format(value='one')}")
    elif judge:
        lines.append(f"  {judge.format(value='value')}")
    if not lines:
        return []
    given = f" value = struct.{one.name}"
    if isinstance(one.shape, Many | Table):
        return [given, " if value:", *lines]
    return [given, " if value is not None:", *lines]


def _judging_value(name: str, shape: Shape, names: dict[str, Any]) -> str | None:
    """The statement that judges one value, and puts it right where it is kept in another form."""
    if isinstance(shape, OneRecord):
        names[f"judge_{name}"] = _judge(shape.record)
        return f"judge_{name}({{value}})"
    assert isinstance(shape, Scalar)  # noqa: S101 - the model has no lists of lists
    if is_blank(shape):
        return "refuse() if {value}.isspace() else None"
    if shape.kind is Kind.QUANTITY:
        names["quantity"] = quantity
        return f"struct.{name} = quantity({{value}})"
    if shape.kind is Kind.INTEGER:
        return f"struct.{name} = int({{value}})"
    if not shape.pattern:
        return None
    names[f"make_{name}"] = checked_words(shape)
    made = f"make_{name}[{{value}}]"
    return f"struct.{name} = {made}" if shape.kind is Kind.EDITION else made
