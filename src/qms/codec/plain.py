"""Records to plain data: tables, lists, words, numbers and dates, without what is left out."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

from attrs import has

from qms.codec.fields import fields_of

if TYPE_CHECKING:
    from qms.model import Register, Unit

__all__ = ["plain", "plain_register"]


def plain(value: Any) -> Any:
    """The data of a record or a value; defaults and what is not recorded are left out.

    Dates stay ``datetime.date``; a quantity becomes a number, or words where a
    number would lose digits.
    """
    kind: type = type(value)
    if has(kind):
        return {
            one.name: plain(getattr(value, one.name))
            for one in fields_of(kind)
            if one.required or not _left_out(getattr(value, one.name), one.default)
        }
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, Enum):
        return str(value.value)
    return str(value) if isinstance(value, str) else value


def plain_register(register: Register) -> dict[str, Any]:
    """The data of a whole register; each unit's identifier is its key alone."""
    data = plain(register)
    units = {key: _without_id(unit) for key, unit in register.units.items()}
    return {"format": register.format, **data, "units": units}


def _without_id(unit: Unit) -> dict[str, Any]:
    data: dict[str, Any] = plain(unit)
    data.pop("id", None)
    return data


def _left_out(value: object, default: object) -> bool:
    return value is None or value == default


def _number(quantity: Decimal) -> int | float | str:
    if quantity.is_finite() and quantity == quantity.to_integral_value():
        return int(quantity)
    nearest = float(quantity)
    return nearest if Decimal(repr(nearest)) == quantity else format(quantity, "f")
