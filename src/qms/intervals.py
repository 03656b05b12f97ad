"""The standing of a unit's certification as intervals over its life.

The same answer as :func:`qms.standing.standing_on` gives for each day, for all of them.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from qms.dates import FIRST_DAY, LAST_DAY, add_months, day_after, day_before
from qms.knowledge import as_of
from qms.model import Policy
from qms.reasons import Reason
from qms.standing import Why, life_of
from qms.tenure import tenures
from qms.terms import Status  # noqa: TC001 - help() looks for it

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms.model import Unit
    from qms.norms import Norms
    from qms.standing import Life, Standing

__all__ = ["Interval", "timeline"]


class Interval(Struct, frozen=True, kw_only=True):
    """Days on which a unit's status is the same.

    Attributes:
        start: The first day; ``date.min`` where the status holds from the beginning.
        end: The last day; ``date.max`` where it holds without end.
        status: The status.
        why: The reasons on the first of the days.
    """

    start: date
    end: date
    status: Status
    why: tuple[Why, ...]


def timeline(
    unit: Unit, on: date, norms: Norms, policy: Policy | None = None
) -> tuple[Interval, ...]:
    """The unit's status over its whole life, as intervals without gap or overlap.

    Up to a day the past as it was known on each day; after it, what will be if
    nothing more is recorded.

    Args:
        unit: The unit, with its facts.
        on: The day up to which facts count.
        norms: The dates and terms of editions and regimes.
        policy: The organisation's own choices.
    """
    policy = policy or Policy()
    known = as_of(unit, on)
    intervals: list[Interval] = []
    for day in _turning_days(known, on, norms, policy):
        then = life_of(known, day, norms, policy).standing
        if intervals and _reads_alike(intervals[-1], then):
            continue
        if intervals:
            intervals[-1] = Interval(
                start=intervals[-1].start,
                end=day_before(day),
                status=intervals[-1].status,
                why=intervals[-1].why,
            )
        intervals.append(Interval(start=day, end=LAST_DAY, status=then.status, why=then.why))
    return tuple(intervals)


def _reads_alike(interval: Interval, then: Standing) -> bool:
    """Whether a day tells people nothing new: in force is in force, by whichever certificate."""
    before, now = interval.why[0], then.why[0]
    in_force = before.reason is now.reason is Reason.IN_FORCE
    return interval.status is then.status and (in_force or before == now)


def _turning_days(unit: Unit, on: date, norms: Norms, policy: Policy) -> list[date]:
    """Every day on which a status may change: a superset, in order.

    Beyond twelve years after the last fact, the last beginning and the last day of an
    edition, nothing changes by itself any more: every certificate has expired, and what is
    overdue stays so.
    """
    facts = set(_fact_days(unit))
    days = set(facts)
    for edition in norms.editions.values():
        days |= {n.value for n in (edition.published, edition.last_day) if n is not None}
    # What names an edition to come begins when that is published, however long after.
    begins = [tenure.start for tenure in tenures(unit, norms, on) if tenure.start is not None]
    horizon = add_months(max(days.union(begins)), 12 * 12)
    asked = min(on, horizon)
    days.add(asked)
    for known_on in {day for day in days if day <= on}:
        days.update(_days_in(life_of(unit, known_on, norms, policy, horizon)))
    days |= {date(year, 12, 31) for year in range(min(facts | {asked}).year, horizon.year + 1)}
    turning = {FIRST_DAY}
    for day in days:
        if day <= horizon:
            soon = max(day.toordinal() - policy.due_soon_days, 1)
            turning |= {day, day_after(day), date.fromordinal(soon)}
    return sorted(turning)


def _days_in(life: Life) -> Iterator[date]:
    """Every day on which something begins or ends in a life, as known on its day."""
    for tenure in life.tenures:
        yield from (
            d for d in (tenure.start, tenure.last, tenure.ended, tenure.restorable_until) if d
        )
    for obligation in life.certifying:
        yield from (d for d in (obligation.opens, obligation.due, obligation.void_from) if d)


def _fact_days(unit: Unit) -> Iterator[date]:
    """Every day that is written in the unit's certification, audits and life."""
    for day in (unit.valid_from, unit.valid_to):
        if day is not None:
            yield day
    yield from (event.on for event in unit.history)
    for certificate in unit.certificates.values():
        c = certificate
        yield from (d for d in (c.decided, c.issued, c.effective, c.expires) if d)
        yield from (event.on for event in c.history)
    for announcement in unit.announcements.values():
        yield from (d for d in (announcement.signed, announcement.effective) if d)
        yield from (event.on for event in announcement.history)
    for procedure in unit.procedures.values():
        yield from (change.on for change in procedure.changes)
    for waiver in unit.waivers:
        yield from (waiver.granted, waiver.until)
    for audit in unit.audits.values():
        yield from (d for d in (audit.planned, audit.planned_on, audit.began, audit.held) if d)
        for finding in audit.findings.values():
            yield from (d for d in (finding.raised, finding.due) if d)
            yield from (event.on for event in finding.history)
