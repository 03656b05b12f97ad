"""The plain case: one certification, renewed and surveyed in time, of which nothing is pressing.

Most units of a long register are such a case on most days, and it can be told from the
bare facts, without deriving tenures, obligations and standing from them.  What is
plain is certainly current, though its last day may be near; what is not plain may be
anything, and is reckoned in full.  That both agree is a law that a property test holds.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from qms.dates import LAST_DAY, add_months, calendar_year, day_after
from qms.edition import Edition
from qms.obligations import anniversary_years, day_ahead
from qms.terms import Grant, Regime

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from qms.model import Certificate, Policy, Unit
    from qms.norms import Norms

__all__ = ["PlainRun", "is_open", "plain_run"]


class PlainRun(Struct, frozen=True, gc=False):
    """A certification without anything out of the ordinary, current on the day.

    Attributes:
        key: The certificate that holds.
        record: The same as a record.
        decided: The day of the decision on it.
        expires: Its last day.
        renewed: Whether it is not the first one.
        near: Whether its last day is as near as people are warned ahead of it.
    """

    key: str
    record: Certificate
    decided: date
    expires: date
    renewed: bool
    near: bool

    @property
    def subject(self) -> str:
        """The place of the certificate in the unit."""
        return f"certificates.{self.key}"


def plain_run(
    unit: Unit, on: date, norms: Norms, policy: Policy, surveyed: Sequence[date] | None
) -> PlainRun | None:
    """The plain run of certificates of a unit; None where anything asks for a closer look.

    Every certificate is accredited and complete, to an edition that nothing replaces yet;
    each was decided on before the one before it expired, for no longer than the term; the
    last holds on the day.  Nothing befell any of them.  Each surveillance was held in its
    window, or has its day far ahead, and no audit found a major nonconformity.

    Args:
        unit: The unit as it was known on the day.
        on: The day.
        norms: The dates and terms of editions and regimes.
        policy: The organisation's own choices.
        surveyed: The days of the audits that survey it; None where that is not all
            they are.
    """
    if unit.announcements or unit.valid_to is not None or surveyed is None:
        return None
    if unit.valid_from is not None and unit.valid_from > on:
        return None
    days = max(policy.due_soon_days, policy.recertification_notice_days)
    seen_from = _horizon(on, norms, days, policy.first_surveillance_every_cycle)
    run = None if seen_from is None else _run(unit.certificates, seen_from)
    if seen_from is None or run is None or not _is_surveyed(run, surveyed, seen_from):
        return None
    return PlainRun(
        run.key,
        run.record,
        run.decisions[-1],
        run.expires,
        renewed=len(run.decisions) > 1,
        near=run.expires <= seen_from.near,
    )


class _Horizon(Struct, gc=False):
    """What plain runs are held against on a day.

    Attributes:
        on: The day.
        near: The last day of which anybody is warned ahead, next year at the latest.
        months: For how many months a certificate holds at the most.
        first_months: Within how many months the first surveillance is asked for.
        every_cycle: Whether that is asked of every cycle.
        year_ends: Whether the year is about to end.
        editions: The editions that nothing replaces on the day, by their spellings: from
            when, and until before when, they could be decided on without any doubt.
    """

    on: date
    near: date
    months: int
    first_months: int
    every_cycle: bool
    year_ends: bool
    editions: dict[str, tuple[date, date]]


@lru_cache(maxsize=64)
def _horizon(on: date, norms: Norms, days: int, every_cycle: bool) -> _Horizon | None:  # noqa: FBT001
    terms = norms.regimes[Regime.ACCREDITED]
    near = day_ahead(on, days)
    if near.year > on.year + 1:
        return None
    spelled = map(Edition, norms.spellings)
    return _Horizon(
        on=on,
        near=near,
        months=12 * terms.validity_years.value if terms.validity_years else 0,
        first_months=terms.first_surveillance_months.value
        if terms.first_surveillance_months
        else 0,
        every_cycle=every_cycle,
        year_ends=on.month >= norms.notices.year_end_month.value,
        editions={
            one: open_on
            for one in spelled
            if (open_on := _open_days(one, norms)) is not None
            and norms.last_day(one.year, known_on=on) is None
        },
    )


# --- certificates ----------------------------------------------------------------------------


class _Run(Struct, gc=False):
    """Certificates that follow each other: the last one, its days, and all decisions."""

    key: str
    record: Certificate
    effective: date
    expires: date
    decisions: list[date]


def _run(certificates: Mapping[str, Certificate], seen_from: _Horizon) -> _Run | None:
    """The certificates as one run of which the last alone holds on the day."""
    run: _Run | None = None
    for key, record in certificates.items():
        decided, effective, expires = record.decided, record.effective, record.expires
        if decided is None or effective is None or expires is None or effective < decided:
            return None
        opening = seen_from.editions.get(record.edition)
        if opening is None or not opening[0] <= decided < opening[1]:
            return None
        if _is_marked(record, decided, first=run is None):
            return None
        begun = decided if run is None else run.expires
        if expires > add_months(begun, seen_from.months):
            return None
        if run is None:
            run = _Run(key, record, effective, expires, [decided])
        elif _renews(run, decided, effective, expires) and begun < seen_from.on:
            run.key, run.record, run.effective, run.expires = key, record, effective, expires
            run.decisions.append(decided)
        else:
            return None
    if run is None or not run.effective <= seen_from.on <= run.expires:
        return None
    return run


def _renews(run: _Run, decided: date, effective: date, expires: date) -> bool:
    """Whether a certificate with some days continues a run in time, for a cycle of its own."""
    return (
        run.decisions[-1] < decided <= run.expires
        and effective <= day_after(run.expires)
        and expires > add_months(run.expires, 1)
    )


def _is_marked(record: Certificate, decided: date, *, first: bool) -> bool:
    """Whether anything is recorded of a certificate beyond its numbers, days and scope."""
    grant, issued = record.grant, record.issued
    return bool(
        record.history
        or record.regime is not _ACCREDITED
        or record.decided_by
        or len(record.sites) > 1
        or (issued is not None and issued < decided)
        or (grant is not None and grant is not (_INITIAL if first else _RECERTIFICATION))
    )


_ACCREDITED, _INITIAL, _RECERTIFICATION = Regime.ACCREDITED, Grant.INITIAL, Grant.RECERTIFICATION


def is_open(edition: Edition, decided: date, norms: Norms) -> bool:
    """Whether an edition could be decided on that day without any doubt."""
    days = _open_days(edition, norms)
    return days is not None and days[0] <= decided < days[1]


def _open_days(edition: Edition, norms: Norms) -> tuple[date, date] | None:
    """From when, and until before when, an edition could be decided on without any doubt."""
    if edition not in norms.spellings or "/" in edition:
        return None
    return norms.opening.get(edition.year, LAST_DAY), norms.closing.get(edition.year, LAST_DAY)


# --- surveillance ----------------------------------------------------------------------------


def _is_surveyed(run: _Run, held: Sequence[date], seen_from: _Horizon) -> bool:
    """Whether every window of a run in which surveillance is asked for saw an audit."""
    decisions = run.decisions
    for decided in decisions if seen_from.every_cycle else decisions[:1]:
        end = add_months(decided, seen_from.first_months)
        if end <= run.expires and end <= seen_from.near:
            for day in held:
                if decided <= day <= end:
                    break
            else:
                return False
    one, two = anniversary_years(decisions[-1])
    start, middle, end, on = one.start, one.end, two.end, seen_from.on
    in_first, in_second = middle >= on, end >= on
    for day in held:
        if start < day < middle:
            in_first = True
        elif middle < day < end:
            in_second = True
    if not (in_first and in_second):
        return False
    return _are_kept(decisions[0].year, run.expires, {day.year for day in held}, seen_from)


def _are_kept(first: int, expires: date, seen: Collection[int], seen_from: _Horizon) -> bool:
    """Whether each calendar year after that of the first decision has an audit, or its time."""
    on = seen_from.on
    whole = expires.month == 12 and expires.day == 31
    final = min(expires.year if whole else expires.year - 1, on.year)
    for year in range(first + 1, final + 1):
        if year not in seen and (
            year != on.year or seen_from.year_ends or seen_from.near >= calendar_year(year).end
        ):
            return False
    return True
