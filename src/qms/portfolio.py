"""What concerns all units of a register together, gathered one unit at a time."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from qms.knowledge import as_of
from qms.marks import Marks, mark
from qms.terms import AuditMode, AuditType, Duty, ObligationKind, Regime
from qms.text import normalise, same_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from qms.model import Certificate, Organisation, Unit, YearlyPlan
    from qms.norms import Norms
    from qms.standing import Life

__all__ = ["Portfolio", "minimum_on_site"]

#: A year before and a year after any that a register speaks of.
_ALWAYS, _FOREVER = 0, 10_000

_CHECK, _ON_SITE = AuditType.YEARLY_CHECK, AuditMode.ON_SITE
_TO_BE_CHECKED = ObligationKind.YEARLY_CHECK

_issuer_key = lru_cache(maxsize=1024)(same_words)


def minimum_on_site(units: int, numerator: int = 1, denominator: int = 3) -> int:
    """How many of some units are checked on site at least: the share, rounded up.

    It is reckoned over the whole list, never group by group and added up:
    66 units give 22, while their groups of 34, 14 and 18 would give 12 + 5 + 6 = 23.
    """
    return min(units, -(-units * numerator // denominator))


class Portfolio:
    """The register as a whole on a day, as its rules see it.

    Attributes:
        organisation: Who answers for the units.
        yearly_plans: The plans of checks, by year.
        on: The day.
        norms: The dates and terms of editions and regimes.
        units: How many units exist on the day.
        by_group: How many units exist on the day in each group; None for no group.
        asked: How many units have to be checked in a year; a year that is missing
            here is none in which the register asks for checks.
        on_site: How many obliged units were checked on site in a year.
        first_check: The day of the first check of a year.
        same_name: The units that share a name and the unit above them, as (unit, name),
            by that name in one spelling; known after :meth:`look_again`.
        same_number: The certificates that share an issuer and a number, as (unit,
            subject, number), by issuer and number in one spelling; known likewise.
        kin: The pairs of units of which one came from the other.
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
        self.asked: Counter[int] = Counter()
        self.on_site: Counter[int] = Counter()
        self.first_check: dict[int, date] = {}
        self.same_name: dict[str, list[tuple[str, str]]] = {}
        self.same_number: dict[str, list[tuple[str, str, str]]] = {}
        self.kin: set[frozenset[str]] = set()
        self._obliged: Counter[tuple[int, int]] = Counter()
        self._names = Marks()
        self._numbers = Marks()

    @property
    def share(self) -> tuple[int, int]:
        """The share of obliged units to be checked on site in a year, as numerator and denominator.

        The organisation's own share, where it goes further than the law.
        """
        law = self.norms.portfolio
        numerator, denominator = law.on_site_numerator.value, law.on_site_denominator.value
        own = self.organisation.policy
        if (
            own.on_site_numerator is not None
            and own.on_site_denominator is not None
            and own.on_site_numerator * denominator > numerator * own.on_site_denominator
        ):
            return own.on_site_numerator, own.on_site_denominator
        return numerator, denominator

    def obliged(self, year: int) -> int:
        """How many obliged units there are in a year; 0 where the register asks for no checks.

        Units that must apply TCVN ISO 9001 count through whether or not they announced
        yet: the law takes its share of all of them.
        """
        if not self.asked[year]:
            return 0
        return sum(count for span, count in self._obliged.items() if span[0] <= year <= span[1])

    def required(self, year: int) -> int:
        """How many units are to be checked on site in a year at least."""
        return minimum_on_site(self.obliged(year), *self.share)

    def add(self, life: Life) -> None:
        """Take one unit into account."""
        unit = life.unit
        if unit.valid_to is None or unit.valid_to >= self.on:
            self.units += 1
            self.by_group[unit.group] += 1
            self._names.note(_names(unit))
        if unit.predecessors or unit.successors:
            self.kin |= {frozenset((unit.id, o)) for o in (*unit.predecessors, *unit.successors)}
        self._numbers.note(set(map(_number, unit.certificates.values())))
        self._count_checks(life)

    def look_again(self, units: Callable[[], Iterable[Unit]]) -> None:
        """Find out who shares a name or a number, once every unit was added.

        Only marks were kept of them, so the units are gone through again where a mark
        stands twice, which is seldom.

        Args:
            units: Gives all units once more.
        """
        names, numbers = self._names.doubles(), self._numbers.doubles()
        self.same_name, self.same_number = {}, {}
        for one in units() if names or numbers else ():
            if one.valid_from is None or one.valid_from <= self.on:
                unit = as_of(one, self.on)
                self._name_again(unit, names)
                self._number_again(unit, numbers)
        self.same_name = {key: found for key, found in self.same_name.items() if len(found) > 1}
        self.same_number = {key: found for key, found in self.same_number.items() if len(found) > 1}

    def _name_again(self, unit: Unit, suspects: frozenset[int]) -> None:
        if unit.valid_to is None or unit.valid_to >= self.on:
            for spelling, words in _names(unit).items():
                if mark(spelling) in suspects:
                    self.same_name.setdefault(spelling, []).append((unit.id, normalise(words)))

    def _number_again(self, unit: Unit, suspects: frozenset[int]) -> None:
        for key, certificate in unit.certificates.items():
            number = _number(certificate)
            if mark(number) in suspects:
                place = (unit.id, f"certificates.{key}", certificate.number)
                self.same_number.setdefault(number, []).append(place)

    def add_all(self, other: Portfolio) -> None:
        """Take into account the units of another part of the register."""
        self.units += other.units
        self.by_group.update(other.by_group)
        self.asked.update(other.asked)
        self.on_site.update(other.on_site)
        self.kin |= other.kin
        self._obliged.update(other._obliged)
        for year, day in other.first_check.items():
            self.first_check[year] = min(self.first_check.get(year, day), day)
        self._names.add_all(other._names)
        self._numbers.add_all(other._numbers)

    def _count_checks(self, life: Life) -> None:
        if life.plain is not None:  # accredited, without and not asked for yearly checks
            return
        visited: set[int] = set()
        for audit in life.unit.audits.values() if life.glance.checked else ():
            if audit.type is _CHECK and audit.held is not None:
                year = audit.held.year
                self.first_check[year] = min(self.first_check.get(year, audit.held), audit.held)
                if audit.mode is _ON_SITE:
                    visited.add(year)
        asked = {
            o.opens.year
            for o in life.certifying
            if o.kind is _TO_BE_CHECKED
            and o.opens <= self.on
            and not (o.void_from and o.due and o.void_from <= o.due)
        }
        spans = _obliged_years(life, asked)
        if asked:
            self.asked.update(asked)
        if spans:
            self._obliged.update(spans)
        for year in visited:
            self.on_site[year] += any(first <= year <= last for first, last in spans)


def _names(unit: Unit) -> dict[str, str]:
    """The names of a unit under the unit above it, in one spelling, each as it was written."""
    parent, name, found = unit.parent or "", unit.name, {}
    if name.en is not None:
        found[f"{same_words(name.en)}\0{parent}"] = name.en
    if name.vi is not None:
        found[f"{same_words(name.vi)}\0{parent}"] = name.vi
    return found


def _number(certificate: Certificate) -> str:
    """The issuer and the number of a certificate, in one spelling."""
    return f"{_issuer_key(certificate.issuer or '')}\0{same_words(certificate.number)}"


def _obliged_years(life: Life, asked: set[int]) -> list[tuple[int, int]]:
    """The years, as first and last, in which a unit is among those of which a share is taken.

    Its whole years of existence; where it is or was certified by an accredited body,
    the years in which it has to be checked.
    """
    unit = life.unit
    if unit.duty is not Duty.OBLIGED:
        return []
    for tenure in life.tenures:
        if tenure.regime is Regime.ACCREDITED:
            return [(year, year) for year in asked]
    first, last = _ALWAYS, _FOREVER
    if unit.valid_from is not None:
        begun = (unit.valid_from.month, unit.valid_from.day) != (1, 1)
        first = unit.valid_from.year + begun
    if unit.valid_to is not None:
        broken = (unit.valid_to.month, unit.valid_to.day) != (12, 31)
        last = unit.valid_to.year - broken
    return [(first, last)]
