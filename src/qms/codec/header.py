"""The part of a register that stands before its units."""

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from qms.model import Organisation, YearlyPlan
from qms.model.register import YearKey

__all__ = ["Header"]


@frozen(kw_only=True, weakref_slot=False)
class Header:
    """A register without its units: the first line of an NDJSON register.

    Attributes:
        format: The version of the shape.
        organisation: Who answers for the units.
        yearly_plans: The plans of checks, by year.
    """

    format: Literal["qms-register/1"] = "qms-register/1"
    organisation: Organisation
    yearly_plans: Mapping[YearKey, YearlyPlan] = field(factory=dict)
