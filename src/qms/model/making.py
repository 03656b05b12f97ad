"""Records made in Python are held to the types of their fields, as the doors hold data to them.

A word in the place of a term, or a moment in the place of a day, would be compared with
terms and days and never equal them: a suspension that says ``act="suspended"`` would go
unseen, and the unit would look certified.  The doors fill their records without coming
here; they have judged the data before.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, partial
from typing import Any

from msgspec import Struct

from qms.edition import Edition

__all__ = ["held_to_types"]

_Fit = Callable[[Any], Any]


def held_to_types(record: Any) -> None:
    """Hold each value of a new record to the type of its field.

    The word of a term becomes the term, a list a tuple, a number a ``Decimal`` where a
    quantity is kept, and an edition its one spelling.  What bounds a value is judged where
    the register is saved.

    Raises:
        TypeError: a value has another type, such as a ``datetime`` in the place of a day.
        ValueError: words are none of the terms, or no edition.
    """
    kind: type = type(record)
    for name, fit in _fits(kind):
        value = getattr(record, name)
        try:
            held = fit(value)
        except (TypeError, ValueError) as error:
            raise type(error)(f"{kind.__name__}.{name}: {error}") from None
        if held is not value:
            object.__setattr__(record, name, held)


@cache
def _fits(record: type) -> tuple[tuple[str, _Fit], ...]:
    """What holds each field of a class of records to its type."""
    return tuple(_fits_of(typing.get_type_hints(record)))


def _fits_of(hints: Mapping[str, Any]) -> Iterator[tuple[str, _Fit]]:
    for name, hint in hints.items():
        if typing.get_origin(hint) is not typing.Literal:
            yield name, _fit_of(hint)


def _fit_of(hint: Any) -> _Fit:
    """What holds a value to a type."""
    inside = typing.get_args(hint)
    origin = typing.get_origin(hint)
    if origin is types.UnionType or origin is typing.Union:
        return partial(_optional, _fit_of(inside[0]))
    if origin is tuple:
        return partial(_several, _fit_of(inside[0]))
    if origin is Mapping:
        return partial(_table, _fit_of(inside[1]))
    if issubclass(hint, Enum):
        return partial(_term, hint)
    return _SINGLE.get(hint) or partial(_instance, hint)


def _optional(fit: _Fit, value: Any) -> Any:
    return None if value is None else fit(value)


def _several(fit: _Fit, value: Any) -> Any:
    if not isinstance(value, list | tuple):
        raise TypeError(f"a tuple is needed, not {value!r}")
    held = tuple(map(fit, value))
    same = isinstance(value, tuple) and all(map(_is, held, value))
    return value if same else held


def _table(fit: _Fit, value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise TypeError(f"a mapping from identifiers is needed, not {value!r}")
    held = {key: fit(one) for key, one in value.items()}
    return value if all(map(_is, held.values(), value.values())) else held


def _is(one: object, other: object) -> bool:
    return one is other


def _term(terms: type[Enum], value: Any) -> Enum:
    if isinstance(value, terms):
        return value
    if not isinstance(value, str):
        raise TypeError(f"a {terms.__name__} is needed, not {value!r}")
    try:
        return terms(value)
    except ValueError:
        known = ", ".join(str(one.value) for one in terms)
        raise ValueError(f"{value!r} is none of {known}") from None


def _day(value: Any) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError(f"a datetime.date is needed, such as date(2015, 12, 31), not {value!r}")
    return value


def _quantity(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(f"a number is needed, not {value!r}")
    return Decimal(repr(value))


def _whole_number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"a whole number is needed, not {value!r}")
    return value


def _edition(value: Any) -> Edition:
    return value if isinstance(value, Edition) else Edition(_instance(str, value))


def _instance(kind: type, value: Any) -> Any:
    """A value of a type, or what the fast door has in the place of a record."""
    if not isinstance(value, kind | Struct):
        raise TypeError(f"a {kind.__name__} is needed, not {value!r}")
    return value


_SINGLE: dict[Any, _Fit] = {
    date: _day,
    Decimal: _quantity,
    int: _whole_number,
    Edition: _edition,
}
