"""Which units of a register a question is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.problems import Problem, RegisterError
from qms.text import Text, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qms.model import Register

__all__ = ["UnknownUnitError", "asked_about", "typed", "unit_asked"]

_NO_UNIT = Text(en="the register has no unit “{name}”", vi="sổ đăng ký không có đơn vị “{name}”")
_MEANT = Text(en="Did you mean “{word}”?", vi="Có phải định hỏi “{word}”?")
_NAME_ONE = Text(
    en="Name units by their identifiers in the register.",
    vi="Nêu đơn vị theo mã của đơn vị trong sổ đăng ký.",
)


class UnknownUnitError(RegisterError, KeyError):
    """A question about units that the register does not have; every one of them is named."""


def asked_about(register: Register, only: Iterable[str] | None) -> tuple[str, ...]:
    """The identifiers of the units that a question is about, in order.

    Args:
        register: The register.
        only: The identifiers asked about, accents composed or taken apart; all where None.

    Raises:
        TypeError: a single text was given instead of several identifiers.
        UnknownUnitError: the register does not have some of the units.
    """
    if only is None:
        return tuple(sorted(register.units))
    if isinstance(only, str):
        raise TypeError(f"only: several identifiers are needed, such as [{only!r}], not {only!r}")
    wanted = sorted({typed(one, register) for one in only})
    unknown = [_unknown(one, register) for one in wanted if one not in register.units]
    if unknown:
        raise UnknownUnitError(unknown)
    return tuple(wanted)


def unit_asked(register: Register, name: str) -> str:
    """The identifier of the unit that a question is about.

    Raises:
        UnknownUnitError: the register does not have it.
    """
    return asked_about(register, [name])[0]


def typed(name: str, register: Register) -> str:
    """The identifier of a unit that was typed: as it stands, or else as it is usually spelt."""
    return name if name in register.units else normalise(name)


def _unknown(name: str, register: Register) -> Problem:
    import difflib

    close = difflib.get_close_matches(name, register.units, n=1)
    remedy = _MEANT.format(word=close[0]) if close else _NAME_ONE
    return Problem(what=_NO_UNIT.format(name=name), remedy=remedy)
