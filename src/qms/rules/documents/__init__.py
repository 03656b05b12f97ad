"""Rules about controlled documents (ISO 9001:2015, 7.5; ISO 9001:2008, 4.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.rules.documents import control, description, mandatory, relations, use

if TYPE_CHECKING:
    from qms.check import Rule

__all__ = ["RULES"]

#: The rules of the family, in the order of codes.
RULES: tuple[Rule, ...] = tuple(
    sorted(
        (*control.RULES, *use.RULES, *relations.RULES, *mandatory.RULES, *description.RULES),
        key=lambda one: one.code,
    )
)
