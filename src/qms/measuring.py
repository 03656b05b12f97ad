"""Recording the measurement of a quality objective."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qms.check import fill
from qms.codec.explain import nearest
from qms.model import Measurement
from qms.objectives import measurement_refusals
from qms.problems import Problem, RegisterError
from qms.text import Text

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterator
    from datetime import date
    from decimal import Decimal

    from qms.model import QualityObjective, Register
    from qms.store.appending import Fact

__all__ = ["measure"]

_NO_UNIT = Text(en="the register has no unit “{name}”", vi="sổ đăng ký không có đơn vị “{name}”")
_NO_OBJECTIVE = Text(
    en="the unit has no objective “{name}”", vi="đơn vị không có mục tiêu “{name}”"
)
_KNOWN = Text(en="Known here: {names}", vi="Hiện có: {names}")
_CORRECT = Text(
    en="Correct the day or the value; what was recorded stays as it is.",
    vi="Sửa lại ngày hoặc giá trị; những gì đã ghi nhận được giữ nguyên.",
)


def _found(register: Register, unit: str, objective: str) -> QualityObjective:
    """The objective that is measured.

    Raises:
        RegisterError: there is no such unit or objective.
    """
    if unit not in register.units:
        raise _unknown(_NO_UNIT, unit, register.units)
    objectives = register.units[unit].objectives
    if objective not in objectives:
        raise _unknown(_NO_OBJECTIVE, objective, objectives)
    return objectives[objective]


def _unknown(what: Text, name: str, known: Collection[str]) -> RegisterError:
    names = ", ".join(nearest(name, known)) or "–"
    problem = Problem(what=what.format(name=name), remedy=_KNOWN.format(names=names))
    return RegisterError([problem])


def measure(
    register: str | os.PathLike[str],
    unit: str,
    objective: str,
    value: Decimal,
    *,
    on: date,
    by: str | None = None,
    evidence: str | None = None,
    percent: bool = False,
) -> Register:
    """Record what was measured of an objective; the same again changes nothing.

    Args:
        register: The register.
        unit: The identifier of the unit.
        objective: The identifier of the objective.
        value: The value, in the objective's unit of measurement.
        on: The day on which it was measured.
        by: Who measured.
        evidence: Where the figure comes from.
        percent: Whether the value was given in per cent, as in “97.5%”.

    Returns:
        The register as it is afterwards.

    Raises:
        RegisterError: there is no such objective, its period has not begun, another value
            was recorded for the day, or the value is in per cent and the objective is not;
            nothing was changed.
    """
    from qms.store import append_many
    from qms.store.appending import Fact

    made = Measurement(on=on, value=value, by=by, evidence=evidence)

    def facts(found: Register) -> Iterator[Fact]:
        held = _found(found, unit, objective)
        _refuse(held, made, path=f"{unit}.objectives.{objective}", percent=percent)
        if not any(one.on == on for one in held.measurements):
            at = ("objectives", objective, "measurements")
            yield Fact(unit=unit, at=at, fact=made)

    return append_many(Path(register), facts)


def _refuse(held: QualityObjective, made: Measurement, *, path: str, percent: bool) -> None:
    """See that nothing speaks against a measurement.

    Raises:
        RegisterError: something does; every reason is named.
    """
    problems = [
        Problem(what=fill(template, facts), path=path, remedy=_CORRECT)
        for template, facts in measurement_refusals(held, made.on, made.value, percent=percent)
    ]
    if problems:
        raise RegisterError(problems)
