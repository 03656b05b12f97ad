"""The plain case: one certification, renewed and surveyed in time, of which nothing is pressing.

Most units of a long register are such a case on most days, and it can be told from the
bare facts, without deriving tenures, obligations and standing from them.  What is
plain is certainly current; what is not plain may be anything, and is reckoned in full.
That both agree is a law that a property test holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from qms.dates import LAST_DAY, Period, add_months, calendar_year, day_after
from qms.obligations import SURVEYING_AUDITS, anniversary_years, day_ahead
from qms.terms import AuditType, Grade, Grant, Regime

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from qms.edition import Edition
    from qms.model import Audit, Certificate, Policy, Unit
    from qms.norms import Norms

__all__ = ["PlainRun", "is_open", "plain_run"]


class PlainRun(Struct, frozen=True, gc=False):
    """A certification without anything out of the ordinary, current on the day.

    Attributes:
        key: The certificate that holds.
        record: The same as a record.
        renewed: Whether it is not the first one.
    """

    key: str
    record: Certificate
    renewed: bool

    @property
    def subject(self) -> str:
        """The place of the certificate in the unit."""
        return f"certificates.{self.key}"


def plain_run(unit: Unit, on: date, norms: Norms, policy: Policy) -> PlainRun | None:
    """The plain run of certificates of a unit; None where anything asks for a closer look.

    Every certificate is accredited and complete, to an edition that nothing replaces yet;
    each was decided on before the one before it expired, for no longer than the term; the
    last holds for longer than anybody is warned ahead.  Nothing befell any of them.  Each
    surveillance was held in its window, or has its day far ahead, and no audit found a
    major nonconformity.

    Args:
        unit: The unit as it was known on the day.
        on: The day.
        norms: The dates and terms of editions and regimes.
        policy: The organisation's own choices.
    """
    if unit.announcements or unit.valid_to is not None or not unit.certificates:
        return None
    near = day_ahead(on, max(policy.due_soon_days, policy.recertification_notice_days))
    if near.year > on.year + 1 or (unit.valid_from is not None and unit.valid_from > on):
        return None
    held = _days_surveyed(unit.audits.values())
    run = _run(unit, norms, on)
    if held is None or run is None or not _holds(run[-1], on, near):
        return None
    windows = _Windows(held, on, near, year_ends=on.month >= norms.notices.year_end_month.value)
    if not windows.are_kept(run, norms, policy):
        return None
    last = run[-1]
    return PlainRun(last.key, last.record, renewed=last.before is not None)


# --- certificates ----------------------------------------------------------------------------


class _Link(NamedTuple):
    """A certificate with its days, and the expiry of the one before it."""

    key: str
    record: Certificate
    decided: date
    effective: date
    expires: date
    before: date | None


def _run(unit: Unit, norms: Norms, on: date) -> Sequence[_Link] | None:
    """The certificates in their order, each with the expiry before; None where not plain."""
    term = norms.regimes[Regime.ACCREDITED].validity_years
    months = 0 if term is None else 12 * term.value
    links: list[_Link] = []
    decided_before: date | None = None
    expired: date | None = None
    for key, record in unit.certificates.items():
        decided, effective, expires = record.decided, record.effective, record.expires
        if decided is None or effective is None or expires is None or effective < decided:
            return None
        if _is_marked(record, first=expired is None) or not is_open(record.edition, decided, norms):
            return None
        if norms.last_day(record.edition.year, known_on=on) is not None:
            return None
        if expired is not None:
            if decided_before is None or decided <= decided_before or decided > expired:
                return None
            if effective > day_after(expired) or expires <= add_months(expired, 1):
                return None
        if expires > add_months(expired or decided, months):
            return None
        links.append(_Link(key, record, decided, effective, expires, expired))
        decided_before, expired = decided, expires
    return links


def _holds(last: _Link, on: date, near: date) -> bool:
    """Whether the last certificate alone holds on the day, and for longer than warned ahead."""
    return (
        last.effective <= on and last.expires > near and (last.before is None or last.before < on)
    )


def _is_marked(record: Certificate, *, first: bool) -> bool:
    """Whether anything is recorded of a certificate beyond its numbers, days and scope."""
    expected = Grant.INITIAL if first else Grant.RECERTIFICATION
    return bool(
        record.history
        or record.regime is not Regime.ACCREDITED
        or record.decided_by
        or len(record.sites) > 1
        or (record.issued is not None and record.decided and record.issued < record.decided)
        or (record.grant is not None and record.grant is not expected)
    )


def is_open(edition: Edition, decided: date, norms: Norms) -> bool:
    """Whether an edition could be decided on that day without any doubt."""
    if edition not in norms.spellings or "/" in edition:
        return False
    year = edition.year
    return norms.opening.get(year, LAST_DAY) <= decided < norms.closing.get(year, LAST_DAY)


# --- surveillance ----------------------------------------------------------------------------


def _days_surveyed(audits: Iterable[Audit]) -> list[date] | None:
    """The days of the audits that survey a certification; None where an audit is not plain."""
    days = []
    for audit in audits:
        for finding in audit.findings.values():
            if finding.grade is _MAJOR:
                return None
        if audit.held is not None and audit.type in SURVEYING_AUDITS:
            if audit.certificate is not None:
                return None
            days.append(audit.held)
        elif audit.type is _CHECK:
            return None
    return days


_MAJOR, _CHECK = Grade.MAJOR, AuditType.YEARLY_CHECK


class _Windows(Struct, gc=False):
    """The windows in which surveillance is asked for, seen from a day."""

    held: list[date]
    on: date
    near: date
    year_ends: bool

    def are_kept(self, run: Sequence[_Link], norms: Norms, policy: Policy) -> bool:
        """Whether every window of a run saw an audit, or ends far ahead."""
        last = run[-1].expires
        months = norms.regimes[Regime.ACCREDITED].first_surveillance_months
        for link in run if policy.first_surveillance_every_cycle else run[:1]:
            window = Period(link.decided, add_months(link.decided, months.value if months else 0))
            if window.end <= last and not self._is_kept(window):
                return False
        return self._years_kept(run[0].decided, last) and self._cycle_kept(run[-1].decided)

    def _is_kept(self, window: Period) -> bool:
        return window.end > self.near or any(day in window for day in self.held)

    def _years_kept(self, first: date, expires: date) -> bool:
        """Whether each calendar year after that of the first decision has an audit."""
        whole = (expires.month, expires.day) == (12, 31)
        final = min(expires.year if whole else expires.year - 1, self.on.year)
        seen = {day.year for day in self.held}
        missing = [year for year in range(first.year + 1, final + 1) if year not in seen]
        if missing != [self.on.year]:
            return not missing
        return not self.year_ends and self.near < calendar_year(self.on.year).end

    def _cycle_kept(self, decided: date) -> bool:
        """Whether each finished year of the running cycle has an audit of its own."""
        for year in anniversary_years(decided):
            if year.end < self.on:
                start, end = year.start, year.end
                if not any(start < day < end for day in self.held):
                    return False
        return True
