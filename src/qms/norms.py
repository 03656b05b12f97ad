"""Dates and terms of editions and regimes, each with its source and its doubt.

They are data (``data/norms.toml``, ``data/audit_time.toml``), so that a date that turns out wrong is
corrected in one place, and nothing that is unsure hides in code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pkgutil import get_data
from typing import Any

import msgspec
import tomli
from attrs import field, fields, frozen, has
from msgspec import Struct

from qms.dates import day_after
from qms.terms import Regime
from qms.text import Text

__all__ = [
    "AuditTimeNorms",
    "DayNorm",
    "EditionNorms",
    "Norm",
    "Norms",
    "NoticeNorms",
    "NumberNorm",
    "PortfolioNorms",
    "RegimeNorms",
    "SiteSampleNorms",
    "TextNorm",
    "norms",
    "norms_at",
]


class DayNorm(Struct, frozen=True, kw_only=True):
    """A day that a rule goes by.

    Attributes:
        value: The day.
        source: Where it comes from.
        verified: Whether it was seen there, or in a publication that relates it.
        only_warns: Whether it is too unsure for more than a warning.
        doubt: What is unsure about it.
    """

    value: date
    source: Text
    verified: bool
    only_warns: bool = False
    doubt: Text | None = None


class NumberNorm(Struct, frozen=True, kw_only=True):
    """A number of years or months that a rule goes by.

    Attributes:
        value: The number.
        source: Where it comes from.
        verified: Whether it was seen there, or in a publication that relates it.
        doubt: What is unsure about it.
    """

    value: int
    source: Text
    verified: bool
    doubt: Text | None = None


class TextNorm(Struct, frozen=True, kw_only=True):
    """A provision that a rule goes by, in words.

    Attributes:
        value: What it provides.
        source: Where it comes from.
        verified: Whether it was seen there, or in a publication that relates it.
        doubt: What is unsure about it.
    """

    value: Text
    source: Text
    verified: bool
    doubt: Text | None = None


class EditionNorms(Struct, frozen=True, kw_only=True):
    """What is known of an edition of ISO 9001.

    Attributes:
        published: The day of publication; no certificate to it is possible before.
        last_day: The last day on which a certificate to it can be valid.
        no_initial_from: From this day initial certification to it is impossible.
        no_decision_from: From this day certification and recertification to it are impossible.
        no_audit_from: From this day any audit to it is impossible.
        no_recertification_from: From this day recertification to it is in doubt.
        amendments: Its amendments, each with the day of publication.
        adopted_as: The Vietnamese adoption.
        adopted: The day on which the adoption was published, where it is known.
        adoption_cancelled: The day on which the adoption was cancelled.
    """

    published: DayNorm
    last_day: DayNorm | None = None
    no_initial_from: DayNorm | None = None
    no_decision_from: DayNorm | None = None
    no_audit_from: DayNorm | None = None
    no_recertification_from: DayNorm | None = None
    amendments: Mapping[str, DayNorm] = msgspec.field(default_factory=dict)
    adopted_as: str | None = None
    adopted: DayNorm | None = None
    adoption_cancelled: DayNorm | None = None


class RegimeNorms(Struct, frozen=True, kw_only=True):
    """The terms of a regime; what is left out is not demanded by it."""

    validity_years: NumberNorm | None = None
    first_surveillance_months: NumberNorm | None = None
    restoration_months: NumberNorm | None = None
    suspension_months: NumberNorm | None = None
    major_after_stage_2_months: NumberNorm | None = None
    yearly_check_from: NumberNorm | None = None
    conversion_to_2015: DayNorm | None = None
    signatory: TextNorm | None = None
    announced_anew_after: TextNorm | None = None
    ended_by: TextNorm | None = None


class PortfolioNorms(Struct, frozen=True, kw_only=True):
    """The share of obliged units to be checked on site in a year."""

    on_site_numerator: NumberNorm
    on_site_denominator: NumberNorm


class NoticeNorms(Struct, frozen=True, kw_only=True):
    """From when on there is a warning of something to come.

    Attributes:
        transition_months: How many months before the end of an edition.
        year_end_month: The month from whose first day on a year is about to end.
    """

    transition_months: NumberNorm
    year_end_month: NumberNorm


class AuditTimeNorms(Struct, frozen=True, kw_only=True):
    """How long certification audits take (IAF MD 5).

    Attributes:
        table: What the table is, with its source and its doubt.
        rows: Up to how many effective personnel, how many days of eight hours an
            initial audit takes, stage 1 and stage 2 together.
        minimum_percent: The least share of the table's time, in percent.
        surveillance_thirds: The share of it for surveillance in a year, in thirds.
        recertification_thirds: The share of it for recertification, in thirds.
    """

    table: TextNorm
    rows: tuple[tuple[int, Decimal], ...]
    minimum_percent: NumberNorm
    surveillance_thirds: NumberNorm
    recertification_thirds: NumberNorm

    def days(self, personnel: int) -> Decimal | None:
        """The days of an initial audit; None beyond the end of the table."""
        return next((days for up_to, days in self.rows if personnel <= up_to), None)


class SiteSampleNorms(Struct, frozen=True, kw_only=True):
    """How many of the sites of one certification are visited (IAF MD 1), in percent.

    Attributes:
        initial_percent_of_root: At the initial audit, of the square root of their number.
        surveillance_percent_of_root: By surveillance in a year, of the square root.
        recertification_percent_of_root: At recertification, of the square root.
        unsampled_surveillance_percent: By surveillance in a calendar year, of the sites
            themselves, where they may not be sampled.
    """

    initial_percent_of_root: NumberNorm
    surveillance_percent_of_root: NumberNorm
    recertification_percent_of_root: NumberNorm
    unsampled_surveillance_percent: NumberNorm


@frozen(kw_only=True, eq=False)
class Norms:
    """All dates and terms that rules go by."""

    editions: Mapping[str, EditionNorms]
    regimes: Mapping[Regime, RegimeNorms]
    portfolio: PortfolioNorms
    notices: NoticeNorms
    audit_time: AuditTimeNorms
    site_samples: SiteSampleNorms
    #: The last valid day by year of edition, for the many look-ups of a check.
    last_days: Mapping[int, date] = field(init=False)
    #: The day on which the next edition was published, by year of edition.
    succeeded: Mapping[int, date] = field(init=False)
    #: The day of publication, by year of edition; a year that is missing is no edition.
    published: Mapping[int, date] = field(init=False)

    @last_days.default
    def _last_days(self) -> Mapping[int, date]:
        return {
            int(year): edition.last_day.value
            for year, edition in self.editions.items()
            if edition.last_day
        }

    @succeeded.default
    def _succeeded(self) -> Mapping[int, date]:
        years = sorted(self.editions)
        return {int(old): self.editions[new].published.value for old, new in pairwise(years)}

    @published.default
    def _published(self) -> Mapping[int, date]:
        return {int(year): edition.published.value for year, edition in self.editions.items()}

    #: The first day on which something about an edition is closed or in doubt, by year.
    closing: Mapping[int, date] = field(init=False)
    #: The day on which an edition and its adoption were both published, by year.
    opening: Mapping[int, date] = field(init=False)
    #: The first day on which audits to an edition are impossible, by its spelling.
    audits_closed: Mapping[str, date] = field(init=False)
    #: Every way in which an edition that exists is spelled.
    spellings: frozenset[str] = field(init=False)

    @closing.default
    def _closing(self) -> Mapping[int, date]:
        ends = {
            int(year): [
                norm.value
                for norm in (
                    edition.no_initial_from,
                    edition.no_decision_from,
                    edition.no_audit_from,
                    edition.no_recertification_from,
                    edition.last_day,
                )
                if norm is not None
            ]
            for year, edition in self.editions.items()
        }
        return {year: min(days) for year, days in ends.items() if days}

    @opening.default
    def _opening(self) -> Mapping[int, date]:
        return {
            int(year): max(norm.value for norm in (edition.published, edition.adopted) if norm)
            for year, edition in self.editions.items()
        }

    @audits_closed.default
    def _audits_closed(self) -> Mapping[str, date]:
        return {
            words: edition.no_audit_from.value
            if edition.no_audit_from
            else day_after(edition.last_day.value)
            for year, edition in self.editions.items()
            if edition.last_day
            for words in _spelled(year, edition)
        }

    @spellings.default
    def _spellings(self) -> frozenset[str]:
        return frozenset(
            words for year, edition in self.editions.items() for words in _spelled(year, edition)
        )

    def edition(self, year: int) -> EditionNorms | None:
        """What is known of the edition of a year; None for a year without edition."""
        return self.editions.get(str(year))

    def last_day(self, year: int, *, known_on: date) -> date | None:
        """The last valid day of certificates to an edition, once its successor was published."""
        if year in self.last_days and known_on >= self.succeeded[year]:
            return self.last_days[year]
        return None


def _spelled(year: str, edition: EditionNorms) -> Iterator[str]:
    """The spellings of an edition: with each amendment, as ISO and as TCVN."""
    plain = f"ISO 9001:{year}"
    if edition.adopted_as:
        yield edition.adopted_as
    for words in (plain, *(f"{plain}/{amendment}" for amendment in edition.amendments)):
        yield words
        yield f"TCVN {words}"


@cache
def norms() -> Norms:
    """The norms that are shipped with the library."""
    data = _shipped("norms.toml") | _shipped("audit_time.toml")
    return Norms(
        editions=msgspec.convert(data["editions"], dict[str, EditionNorms]),
        regimes=msgspec.convert(data["regimes"], dict[Regime, RegimeNorms]),
        portfolio=msgspec.convert(data["portfolio"], PortfolioNorms),
        notices=msgspec.convert(data["notices"], NoticeNorms),
        audit_time=msgspec.convert(data["audit_time"], AuditTimeNorms),
        site_samples=msgspec.convert(data["site_samples"], SiteSampleNorms),
    )


def _shipped(name: str) -> dict[str, Any]:
    return tomli.loads((get_data("qms", f"data/{name}") or b"").decode())


#: A single value with its source and its doubt.
Norm = DayNorm | NumberNorm | TextNorm


def norms_at(path: str, of: Norms) -> tuple[tuple[str, Norm], ...]:
    """The norms under a place, each with its own place.

    Args:
        path: The place, such as ``regimes.accredited``; ``*`` stands for any one
            step, as in ``editions.*.last_day``.
        of: The norms to look in.
    """
    return tuple(_found(path.split("."), of, ()))


def _found(steps: Sequence[str], place: object, way: tuple[str, ...]) -> Iterator[tuple[str, Norm]]:
    if isinstance(place, Norm):
        if not steps:
            yield ".".join(way), place
        return
    for name, below in _steps_from(place):
        if not steps or steps[0] in {name, "*"}:
            yield from _found(steps[1:], below, (*way, name))


def _steps_from(place: object) -> Iterator[tuple[str, object]]:
    if isinstance(place, Mapping):
        yield from ((str(name), below) for name, below in place.items())
    else:
        room = type(place)
        if issubclass(room, Struct):
            yield from ((name, getattr(place, name)) for name in room.__struct_fields__)
        elif has(room):
            yield from ((part.name, getattr(place, part.name)) for part in fields(room))
