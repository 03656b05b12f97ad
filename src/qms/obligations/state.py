"""What Vietnamese rules ask of state agencies: yearly checks, re-checks, new announcements."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from qms.dates import LAST_DAY
from qms.obligations.certification import verified_on
from qms.obligations.obligation import Obligation
from qms.terms import (
    AnnouncementAct,
    AuditType,
    Clause,
    Duty,
    Grade,
    ObligationKind,
    ProcedureAct,
    Regime,
    UnitAct,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qms.model import AdministrativeProcedure, Announcement, ProcedureChange, Unit
    from qms.obligations.obligation import Outlook
    from qms.tenure import Tenure

__all__ = [
    "ChangeSinceAnnounced",
    "challenged_since",
    "changes_since_announced",
    "state_obligations",
]

_YEARLY_CHECK = Clause("TT 26/2014/TT-BKHCN", "33(2)")
_RECHECK = Clause("TT 26/2014/TT-BKHCN", "37(1)")
_CHALLENGE = Clause("TT 26/2014/TT-BKHCN", "37")
_RE_ANNOUNCEMENT = Clause("QĐ 19/2014/QĐ-TTg", "4(3)")

_LIST_CHANGES = frozenset({ProcedureAct.PUBLISHED, ProcedureAct.ABOLISHED})
_UNIT_CHANGES = frozenset(
    {UnitAct.RENAMED, UnitAct.MERGED, UnitAct.SPLIT, UnitAct.REORGANISED, UnitAct.SCOPE_CHANGED}
)


def state_obligations(unit: Unit, held: Sequence[Tenure], outlook: Outlook) -> Iterator[Obligation]:
    """What is asked of a unit under a Vietnamese regime, as far as the outlook goes."""
    checks = sorted(
        audit.held
        for audit in unit.audits.values()
        if audit.type is AuditType.YEARLY_CHECK and audit.held is not None
    )
    elsewhere = _accredited_since(held)
    left = min([t.start for t in elsewhere if t.start and _covers(t, outlook.on)], default=None)
    for year in _checked_years(unit, held, outlook):
        if left is not None or not any(_covers(t, date(year, 12, 31)) for t in elsewhere):
            yield _check_of(year, checks, left)
    if checks:
        yield from _rechecks(unit, checks)
    for tenure in held:
        if tenure.regime is Regime.ANNOUNCEMENT:
            yield from _re_announcement(unit, tenure)
            yield from _confirmation(tenure)


def _checked_years(unit: Unit, held: Sequence[Tenure], outlook: Outlook) -> range:
    """The full calendar years in which the unit is to be checked.

    The year in which the first certificate or announcement took effect counts only
    where it took effect on 1 January; the year in which the unit ends does not
    count, unless it ends on 31 December.
    """
    state = [t for t in held if t.regime is not Regime.ACCREDITED and t.start is not None]
    asked = [outlook.norms.regimes[t.regime].yearly_check_from for t in state]
    since = min((norm.value for norm in asked if norm is not None), default=None)
    if unit.duty is not Duty.OBLIGED or since is None:
        return range(0)
    starts = [t.start for t in state if t.start is not None]
    begin = max(min(starts), unit.valid_from or date.min)
    first = begin.year if (begin.month, begin.day) == (1, 1) else begin.year + 1
    final = outlook.until.year
    if unit.valid_to is not None:
        whole = (unit.valid_to.month, unit.valid_to.day) == (12, 31)
        final = min(final, unit.valid_to.year if whole else unit.valid_to.year - 1)
    return range(max(first, since), final + 1)


def _accredited_since(held: Sequence[Tenure]) -> list[Tenure]:
    """The accredited certificates by which a unit left the Vietnamese regimes.

    It comes back to them when the last of these ends or is suspended: no check is asked
    for the years at whose end one was in force.
    """
    starts = [t.start for t in held if t.regime is not Regime.ACCREDITED and t.start is not None]
    last = max(starts, default=LAST_DAY)
    return [t for t in held if t.regime is Regime.ACCREDITED and t.start and t.start > last]


def _covers(tenure: Tenure, day: date) -> bool:
    start, end = tenure.start, tenure.end
    if start is None or end is None or not start <= day <= end:
        return False
    return tenure.suspended_on(day) is None


def _check_of(year: int, checks: Sequence[date], left: date | None) -> Obligation:
    opens, due = date(year, 1, 1), date(year, 12, 31)
    done = next((day for day in checks if day >= opens), None)
    in_time = done is not None and done <= due
    return Obligation(
        kind=ObligationKind.YEARLY_CHECK,
        subject="",
        opens=opens,
        due=due,
        met=done if in_time else None,
        late=None if in_time else done,
        void_from=left,
        basis=_YEARLY_CHECK,
    )


def _rechecks(unit: Unit, checks: Sequence[date]) -> Iterator[Obligation]:
    """Points that a check asked to be fixed are looked at again by the next check."""
    for key, audit in unit.audits.items():
        if audit.type is not AuditType.YEARLY_CHECK or audit.held is None:
            continue
        following = min((day for day in checks if day > audit.held), default=LAST_DAY)
        due = min(following, date(min(audit.held.year + 1, LAST_DAY.year), 12, 31))
        for number, finding in audit.findings.items():
            if finding.grade not in {Grade.MINOR, Grade.MAJOR}:
                continue
            closed = verified_on(finding)
            in_time = closed is not None and closed <= due
            yield Obligation(
                kind=ObligationKind.RECHECK,
                subject=f"audits.{key}.findings.{number}",
                opens=finding.raised or audit.held,
                due=due,
                met=closed if in_time else None,
                late=None if in_time else closed,
                basis=_RECHECK,
            )


def _re_announcement(unit: Unit, tenure: Tenure) -> Iterator[Obligation]:
    """A change of scope, of the unit or of its list of procedures calls for a new announcement."""
    if tenure.start is not None:
        changes = changes_since_announced(unit, tenure.announcement, tenure.start)
        since = changes[0].on if changes else None
        yield from _anew(ObligationKind.RE_ANNOUNCEMENT, tenure, since, _RE_ANNOUNCEMENT)


def _confirmation(tenure: Tenure) -> Iterator[Obligation]:
    """What a check found wanting is confirmed by another one, or announced anew."""
    since = challenged_since(tenure.announcement)
    yield from _anew(ObligationKind.CONFIRMATION, tenure, since, _CHALLENGE)


def _anew(
    kind: ObligationKind, tenure: Tenure, since: date | None, basis: Clause
) -> Iterator[Obligation]:
    """What a new announcement settles, as long as the old one counted; a withdrawal voids it."""
    ended, acts = tenure.ended, tenure.announcement.history
    if since is None or (ended is not None and ended < since):
        return
    withdrawn = any(one.act is AnnouncementAct.WITHDRAWN and one.on == ended for one in acts)
    yield Obligation(
        kind=kind,
        subject=tenure.subject,
        opens=since,
        due=None,
        met=None if withdrawn else ended,
        void_from=ended if withdrawn else None,
        basis=basis,
    )


def challenged_since(announced: Announcement) -> date | None:
    """The day since which checks say that an announced system does not conform; None if none does.

    The first of those that no later check has confirmed.
    """
    since: date | None = None
    for event in sorted(announced.history, key=lambda event: event.on):
        if event.act is AnnouncementAct.CHALLENGED:
            since = since or event.on
        elif event.act is AnnouncementAct.CONFIRMED:
            since = None
    return since


class ChangeSinceAnnounced(Struct, frozen=True):
    """A change by which an announcement no longer says what is so.

    Attributes:
        on: The day since which it does not.
        act: What happened to the unit, or to an administrative procedure; None where the
            unit itself began only then.
        procedure: The identifier of the procedure; empty for a change of the unit.
    """

    on: date
    act: UnitAct | ProcedureAct | None
    procedure: str = ""


def changes_since_announced(
    unit: Unit, announced: Announcement, start: date
) -> tuple[ChangeSinceAnnounced, ...]:
    """The changes by which an announcement no longer says what is so, the earliest first.

    Every change of the unit or its scope after its start counts, and so does the
    beginning of the unit: what another unit announced before is not its own.  Its list of
    procedures is held against what is published now, so that a procedure that came
    and went again needs no new announcement; where no list is recorded, every
    publication and abolition after its start counts.
    """
    found = [
        ChangeSinceAnnounced(event.on, event.act)
        for event in unit.history
        if event.on > start and event.act in _UNIT_CHANGES
    ]
    if unit.valid_from is not None and start < unit.valid_from:
        found.append(ChangeSinceAnnounced(unit.valid_from, None))
    for key, procedure in unit.procedures.items():
        acts = _listing(procedure)
        if announced.procedures:
            found.extend(_not_as_announced(key, acts, start, listed=key in announced.procedures))
        else:
            found.extend(ChangeSinceAnnounced(c.on, c.act, key) for c in acts if c.on > start)
    return tuple(sorted(found, key=lambda change: (change.on, change.procedure, change.act or "")))


def _not_as_announced(
    key: str, acts: Sequence[ProcedureChange], start: date, *, listed: bool
) -> Iterator[ChangeSinceAnnounced]:
    """The act since which a procedure is published but not announced, or the other way round."""
    if not acts or (acts[-1].act is ProcedureAct.PUBLISHED) is listed:
        return
    latest = acts[-1]
    for change in reversed(acts):
        if change.act is not acts[-1].act:
            break
        latest = change
    yield ChangeSinceAnnounced(max(latest.on, start), latest.act, key)


def _listing(procedure: AdministrativeProcedure) -> list[ProcedureChange]:
    """The publications and abolitions of a procedure, in order of time."""
    return sorted(
        (change for change in procedure.changes if change.act in _LIST_CHANGES),
        key=lambda change: change.on,
    )
