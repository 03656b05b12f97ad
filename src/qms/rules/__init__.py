"""All rules, by family; a rule that is not in this list does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.rules import (
    audit_programme,
    audits,
    certification,
    corrective,
    documents,
    editions,
    objectives,
    portfolio,
    procedures,
    state,
)
from qms.rules.first_looks import with_first_looks

if TYPE_CHECKING:
    from qms.check import Rule

__all__ = ["RULES", "find_rule"]

#: Every rule, in the order of codes.
RULES: tuple[Rule, ...] = with_first_looks(
    (
        *certification.RULES,
        *editions.RULES,
        *state.RULES,
        *procedures.RULES,
        *portfolio.RULES,
        *documents.RULES,
        *objectives.RULES,
        *sorted((*audits.RULES, *audit_programme.RULES), key=lambda one: one.code),
        *corrective.RULES,
    )
)


def find_rule(code_or_name: str) -> Rule | None:
    """The rule of a code (``C103``) or a name (``surveillance-missed``), in any case of letters."""
    wanted = code_or_name.strip().casefold()
    return next((r for r in RULES if wanted in {r.code.casefold(), r.name.casefold()}), None)
