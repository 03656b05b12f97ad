"""Rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qms.check import Rule

RULES: tuple[Rule, ...] = ()
