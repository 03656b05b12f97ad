"""What concerns all units of a register together, gathered one unit at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from qms.terms import AuditMode, AuditType, ObligationKind
from qms.text import same_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qms.model import Organisation, YearlyPlan
    from qms.norms import Norms
    from qms.standing import Life

__all__ = ["Portfolio", "minimum_on_site"]


def minimum_on_site(units: int, numerator: int = 1, denominator: int = 3) -> int:
    """How many of some units are checked on site at least: the share, rounded up.

    It is reckoned over the whole list, never group by group and added up:
    66 units give 22, while their groups of 34, 14 and 18 would give 12 + 5 + 6 = 23.
    """
    return -(-units * numerator // denominator)


class Portfolio:
    """The register as a whole on a day, as its rules see it.

    Attributes:
        organisation: Who answers for the units.
        yearly_plans: The plans of checks, by year.
        on: The day.
        norms: The dates and terms of editions and regimes.
        units: How many units exist on the day.
        by_group: How many units exist on the day in each group; None for no group.
        obliged: How many obliged units under a Vietnamese regime are to be checked in a year.
        on_site: How many of those were checked on site in a year.
        first_check: The day of the first check of a year.
        names: The units under each name, in one spelling.
        numbers: The certificates under each issuer and number, as (unit, subject).
    """

    def __init__(
        self,
        organisation: Organisation,
        yearly_plans: Mapping[str, YearlyPlan],
        on: date,
        norms: Norms,
    ) -> None:
        self.organisation = organisation
        self.yearly_plans = yearly_plans
        self.on = on
        self.norms = norms
        self.units = 0
        self.by_group: Counter[str | None] = Counter()
        self.obliged: Counter[int] = Counter()
        self.on_site: Counter[int] = Counter()
        self.first_check: dict[int, date] = {}
        self.names: defaultdict[str, list[str]] = defaultdict(list)
        self.numbers: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)

    def add(self, life: Life) -> None:
        """Take one unit into account."""
        unit = life.unit
        if unit.valid_to is None or unit.valid_to >= self.on:
            self.units += 1
            self.by_group[unit.group] += 1
            for words in unit.name.words:
                self.names[same_words(words)].append(unit.id)
        for key, certificate in unit.certificates.items():
            number = (same_words(certificate.issuer or ""), same_words(certificate.number))
            self.numbers[number].append((unit.id, f"certificates.{key}"))
        self._count_checks(life)

    def _count_checks(self, life: Life) -> None:
        checks = [
            (audit.held, audit.mode)
            for audit in life.unit.audits.values()
            if audit.type is AuditType.YEARLY_CHECK and audit.held is not None
        ]
        for day, _ in checks:
            earlier = self.first_check.get(day.year)
            self.first_check[day.year] = day if earlier is None else min(day, earlier)
        years = {
            obligation.opens.year
            for obligation in life.obligations
            if obligation.kind is ObligationKind.YEARLY_CHECK and obligation.opens <= self.on
        }
        self.obliged.update(years)
        visited = {day.year for day, mode in checks if mode is AuditMode.ON_SITE}
        self.on_site.update(years & visited)
