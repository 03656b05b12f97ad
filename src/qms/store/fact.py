"""A fact to be recorded, and its place in the register."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from qms.store.files import composed

__all__ = ["Fact"]


class Fact(Struct, frozen=True, kw_only=True):
    """Something to be recorded.

    Attributes:
        unit: The identifier of the unit; None for the register itself.
        at: The path inside the unit: to a history (``("certificates", "2015", "history")``),
            to a new record (``("audits", "2016-1")``) or to a new key of a record
            (``("certificates", "2015", "expires")``).
        fact: The record or the value; a record of the model, or its data.
        behind: Whether the fact is words that go, in a line of their own, behind those
            that are recorded at the path.
    """

    unit: str | None
    at: tuple[str, ...]
    fact: Any
    behind: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        """The path in the register."""
        within = () if self.unit is None else ("units", self.unit)
        return tuple(composed(key) for key in within + self.at)
