"""Rules about certificates: in force, surveyed, renewed, suspended, transferred in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.rules.certification import (
    acts,
    currency,
    decision,
    open_findings,
    recertification,
    sampling,
    surveillance,
    suspension,
    transfer,
)

if TYPE_CHECKING:
    from qms.check import Rule

__all__ = ["RULES"]

#: The rules of the family, in the order of their codes.
RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *currency.RULES,
            *surveillance.RULES,
            *decision.RULES,
            *open_findings.RULES,
            *recertification.RULES,
            *suspension.RULES,
            *acts.RULES,
            *transfer.RULES,
            *sampling.RULES,
        ),
        key=lambda rule: rule.code,
    )
)
