"""Data with mistakes, as far as it can be understood.

A mistake in one field is no reason to keep silent about the others: what is left of
the data when the mistakes are taken out is judged for contradictions and references,
so that a person sees every problem in one run.  What is made here is never handed on.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from qms.codec.fields import Field, Kind, Many, OneRecord, Scalar, Shape, Table, fields_of
from qms.terms import Edition

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["as_far_as_understood"]


def as_far_as_understood(record: type, data: Mapping[str, Any]) -> Any:
    """A record in which whatever was not understood counts as left out.

    A list with a mistake in it is left out whole, so that the others keep their places;
    a record under an identifier stays, so that it can be named.
    """
    made: Any = object.__new__(record)
    for one in fields_of(record):
        object.__setattr__(made, one.name, _field(one, data.get(one.name)))
    return made


def _field(one: Field, value: Any) -> Any:
    understood = None if value is None else _value(one.shape, value)
    if understood is not None:
        return understood
    if isinstance(one.shape, OneRecord) and (one.required or one.default is not None):
        return as_far_as_understood(one.shape.record, {})
    if isinstance(one.shape, Many):
        return ()
    return {} if isinstance(one.shape, Table) else one.default


def _value(shape: Shape, value: Any) -> Any:
    """The value in the form in which a record holds it; None where it was not understood."""
    match shape:
        case OneRecord():
            return as_far_as_understood(shape.record, value if isinstance(value, dict) else {})
        case Many():
            items = [_value(shape.item, one) for one in value] if isinstance(value, list) else []
            return () if None in items else tuple(items)
        case Table():
            pairs = value.items() if isinstance(value, dict) else ()
            return {key: _value(shape.value, one) for key, one in pairs}
        case _:
            return _single(shape, value)


def _single(shape: Scalar, value: Any) -> Any:
    if not isinstance(value, str):
        return value if shape.kind is Kind.INTEGER and type(value) is int else None
    make: Callable[[str], Any] | None = {
        Kind.DAY: date.fromisoformat,
        Kind.TERM: shape.term,
        Kind.EDITION: Edition,
    }.get(shape.kind)
    try:
        if make is not None:
            return make(value)
    except ValueError:
        return None
    fits = shape.kind is Kind.WORDS and re.search(shape.pattern or "", value)
    return value if fits else None
