"""What keeps a certificate current: surveillance, recertification, transition, majors.

A due day is counted from the cycle, never from the day on which the last one
was done; an obligation met late stays late, and the next one is due when it
would have been due anyway.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from qms.dates import Period, add_months, calendar_year, day_after
from qms.lapses import lapse_before, runs_beside
from qms.obligations.obligation import Obligation
from qms.terms import (
    AuditType,
    Clause,
    FindingAct,
    Grade,
    Grant,
    ObligationKind,
    Regime,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qms.model import Audit, Finding, Unit
    from qms.norms import Norms
    from qms.obligations.obligation import Outlook
    from qms.tenure import Tenure

__all__ = [
    "CERTIFICATION_AUDITS",
    "SURVEYING_AUDITS",
    "anniversary_years",
    "certificate_obligations",
    "is_major_open",
    "verified_on",
]

_CLAUSE_17021 = "ISO/IEC 17021-1:2015"
_SURVEILLANCE = Clause(_CLAUSE_17021, "9.1.3.3")
_FIRST_SURVEILLANCE = ObligationKind.FIRST_SURVEILLANCE
_YEARLY_SURVEILLANCE = ObligationKind.SURVEILLANCE
_RECERTIFICATION = Clause(_CLAUSE_17021, "9.6.3.1.1")
_RESTORATION = Clause(_CLAUSE_17021, "9.6.3.2.5")
_SUSPENSION = Clause(_CLAUSE_17021, "9.6.5")
_MAJOR_AFTER_STAGE_2 = Clause(_CLAUSE_17021, "9.5.3.2")
_MAJOR = Clause(_CLAUSE_17021, "9.5.2")
_MAJOR_AT_RECERTIFICATION = Clause(_CLAUSE_17021, "9.6.3.2.2")
_TRANSITION = Clause("IAF transition plan", "")
_STATE_CERTIFICATE = Clause("QĐ 118/2009/QĐ-TTg", "")

#: The audits by which a certification body certifies, and whose majors bind it.
CERTIFICATION_AUDITS = frozenset(
    {
        AuditType.STAGE_2,
        AuditType.SURVEILLANCE,
        AuditType.RECERTIFICATION,
        AuditType.SPECIAL,
        AuditType.TRANSITION,
    }
)
#: The audits that keep the account of surveillance: the thing itself, and more than it.
SURVEYING_AUDITS = frozenset({AuditType.SURVEILLANCE, AuditType.RECERTIFICATION})


def certificate_obligations(
    unit: Unit, held: Sequence[Tenure], outlook: Outlook
) -> Iterator[Obligation]:
    """What the unit's certificates ask for, from the first decision as far as the outlook goes."""
    accredited = [tenure for tenure in held if tenure.regime is Regime.ACCREDITED]
    if accredited:
        yield from _surveillances(unit, accredited, outlook)
    for position, tenure in enumerate(held):
        if tenure.regime is not Regime.ANNOUNCEMENT:
            following = [t for t in held[position + 1 :] if t.previous is tenure and _holds(t)]
            yield from _renewals(tenure, following[0] if following else None, held, outlook)
            if tenure.regime is Regime.ACCREDITED:
                yield from _stage_2(unit, tenure, held, outlook)
    if unit.audits:
        yield from _majors(unit, held, outlook.norms)


def _surveillances(
    unit: Unit, accredited: Sequence[Tenure], outlook: Outlook
) -> Iterator[Obligation]:
    """The first surveillance, then one in each calendar year, for every certification.

    Nobody surveys a certification that has ended: from the day after its end what was
    missed is no longer asked for, for then only renewal brings it back.
    """
    chains = _chains(accredited)
    for chain in chains:
        days = _surveyed(unit, chain, chains)
        last = max([t.end for t in chain if t.end is not None])
        ended = day_after(last)
        closings = [t.decided for t in chain if t.grant is Grant.RECERTIFICATION and t.decided]
        for tenure, window in _first_months(chain, last, outlook):
            void_from = _earliest(_after(window.end, closings), ended)
            yield _surveillance(_FIRST_SURVEILLANCE, tenure, window, days, void_from)
        for tenure, window in _calendar_years(chain, last, outlook):
            void_from = _earliest(_after(window.end, closings), ended)
            yield _surveillance(_YEARLY_SURVEILLANCE, tenure, window, days, void_from)


def _surveyed(
    unit: Unit, chain: Sequence[Tenure], chains: Sequence[Sequence[Tenure]]
) -> list[date]:
    """The days of the audits that survey a certification, in order.

    An audit that names a certificate of another certification does not count.
    """
    others = {tenure.key for other in chains if other is not chain for tenure in other}
    return sorted(
        [
            audit.held
            for audit in unit.audits.values()
            if audit.held is not None
            and audit.type in SURVEYING_AUDITS
            and audit.certificate not in others
        ]
    )


def _surveillance(
    kind: ObligationKind,
    tenure: Tenure,
    window: Period,
    days: Sequence[date],
    void_from: date | None,
) -> Obligation:
    """The window of a surveillance, with the first audit since it opened."""
    position = bisect_left(days, window.start)
    done = days[position] if position < len(days) else None
    in_time = done is not None and done <= window.end
    return Obligation(
        kind=kind,
        subject=tenure.subject,
        opens=window.start,
        due=window.end,
        met=done if in_time else None,
        late=None if in_time else done,
        void_from=void_from,
        basis=_SURVEILLANCE,
    )


@lru_cache(maxsize=8192)
def anniversary_years(cycle_start: date) -> tuple[Period, Period]:
    """The first and the second year after the decision with which a cycle began (9.1.3.2).

    Each ends on the anniversary of the decision, which also begins the next.
    """
    first, second = add_months(cycle_start, 12), add_months(cycle_start, 24)
    return Period(cycle_start, first), Period(first, second)


def _after(day: date, days: Sequence[date]) -> date | None:
    """The first of some days in order that is later than a day."""
    for later in days:
        if later > day:
            return later
    return None


def _chains(accredited: Sequence[Tenure]) -> list[list[Tenure]]:
    """The tenures of one regime as certifications, each begun by an initial decision."""
    chains: list[list[Tenure]] = []
    for tenure in accredited:
        if tenure.start is not None and tenure.end is not None:
            before = tenure.previous
            continued = [chain for chain in chains if before is not None and before is chain[-1]]
            if continued:
                continued[0].append(tenure)
            else:
                chains.append([tenure])
    return chains


def _first_months(
    chain: Sequence[Tenure], last: date, outlook: Outlook
) -> Iterator[tuple[Tenure, Period]]:
    """The months after the initial decision; by policy, also after each recertification.

    The recertification decision closes the account of the cycle before it.  A chain
    whose first certificate is recorded as a later one owes no first surveillance.
    """
    months = outlook.norms.regimes[Regime.ACCREDITED].first_surveillance_months
    every = outlook.policy.first_surveillance_every_cycle
    for tenure in chain if every else chain[:1]:
        starts = tenure.grant is Grant.INITIAL or (every and tenure.grant is Grant.RECERTIFICATION)
        if starts and months is not None and tenure.decided is not None:
            window = Period(tenure.decided, add_months(tenure.decided, months.value))
            if window.end <= last:
                yield tenure, window


def _calendar_years(
    chain: Sequence[Tenure], last: date, outlook: Outlook
) -> Iterator[tuple[Tenure, Period]]:
    """Each calendar year after that of the first decision, up to the end of the certification.

    The year in which it ends is asked for only where it is in force on 31 December.
    """
    first = chain[0].decided or last
    final = last.year if (last.month, last.day) == (12, 31) else last.year - 1
    tenures = iter(chain[1:])
    tenure, following = chain[0], next(tenures, None)
    for number in range(first.year + 1, min(final, outlook.until.year) + 1):
        year = calendar_year(number)
        while following is not None and (following.decided or last) <= year.end:
            tenure, following = following, next(tenures, None)
        yield tenure, year


def _renewals(
    tenure: Tenure, following: Tenure | None, held: Sequence[Tenure], outlook: Outlook
) -> Iterator[Obligation]:
    """Recertification, restoration, transition and the lifting of a suspension."""
    last = tenure.last
    if last is None or not _holds(tenure):
        return
    renewed = following.decided if following else None
    elsewhere = _taken_over(tenure, held)
    if following is not None and following.grant is Grant.TRANSFER and (renewed or last) > last:
        # What has expired cannot be transferred; whoever took it over has renewed nothing.
        renewed, elsewhere = None, _earliest(elsewhere, following.start)
    if tenure.ended is None:
        if not tenure.capped:
            yield from _expiry(tenure, last, renewed, elsewhere, on=outlook.on)
        yield from _edition(tenure, held, elsewhere, outlook)
    if following is None:
        void_from = _earliest(tenure.ended, day_after(last))
        lasting = outlook.norms.regimes[tenure.regime].suspension_months
        for since, lifted in tenure.suspensions:
            yield _lifting(tenure, since, lifted, lasting.value if lasting else None, void_from)


def _holds(tenure: Tenure) -> bool:
    """Whether a certificate holds on any day; one to an edition that had ended does not."""
    start, last = tenure.start, tenure.last
    return start is not None and last is not None and start <= last


def _lifting(
    tenure: Tenure, since: date, lifted: date | None, months: int | None, void_from: date | None
) -> Obligation:
    """The lifting of a suspension; without a due day where no term is laid down for it."""
    due = None if months is None else add_months(since, months)
    in_time = lifted is not None and (due is None or lifted <= due)
    return Obligation(
        kind=ObligationKind.LIFTING_OF_SUSPENSION,
        subject=tenure.subject,
        opens=since,
        due=due,
        met=lifted if in_time else None,
        late=None if in_time else lifted,
        void_from=void_from,
        basis=_STATE_CERTIFICATE if tenure.regime is Regime.STATE_CERTIFICATE else _SUSPENSION,
    )


def _stage_2(
    unit: Unit, tenure: Tenure, held: Sequence[Tenure], outlook: Outlook
) -> Iterator[Obligation]:
    """The stage 2 audit on which a certificate rests that could not go on with the one before.

    After a withdrawal, or the months of restoration, certification begins anew, and what
    has expired cannot be transferred.  What is recorded as initial certification is not
    asked: its stages may not be recorded, as those of any other.
    """
    decided, lapse = tenure.decided, lapse_before(tenure, outlook.norms)
    if lapse is None or decided is None or tenure.start is None or tenure.last is None:
        return
    audits = [a.held for a in unit.audits.values() if a.type is AuditType.STAGE_2 and a.held]
    renewed = [t.decided for t in held if t.previous is tenure and t.grant is Grant.RECERTIFICATION]
    yield Obligation(
        kind=ObligationKind.STAGE_2,
        subject=tenure.subject,
        opens=decided,
        due=None,
        met=decided if any(lapse.since <= day <= decided for day in audits) else None,
        void_from=_earliest(
            tenure.end and day_after(tenure.end), min(filter(None, renewed), default=None)
        ),
        basis=_RESTORATION,
    )


def _expiry(
    tenure: Tenure, last: date, renewed: date | None, elsewhere: date | None, *, on: date
) -> Iterator[Obligation]:
    in_time = renewed is not None and renewed <= last
    yield Obligation(
        kind=ObligationKind.RECERTIFICATION,
        subject=tenure.subject,
        opens=add_months(last, -6),
        due=last,
        met=renewed if in_time else None,
        late=None if in_time else renewed,
        void_from=elsewhere,
        basis=_STATE_CERTIFICATE if tenure.regime is Regime.STATE_CERTIFICATE else _RECERTIFICATION,
    )
    limit = tenure.restorable_until
    if limit is not None and not in_time and on > last:
        yield Obligation(
            kind=ObligationKind.RESTORATION,
            subject=tenure.subject,
            opens=day_after(last),
            due=limit,
            met=renewed if renewed is not None and renewed <= limit else None,
            void_from=elsewhere,
            basis=_RESTORATION,
        )


def _edition(
    tenure: Tenure, held: Sequence[Tenure], elsewhere: date | None, outlook: Outlook
) -> Iterator[Obligation]:
    """The move to the next edition, once that is published.

    A certificate that had ended before that takes no part in it.
    """
    year = tenure.record.edition.year
    end = outlook.norms.last_day(year, known_on=outlook.on)
    if end is None or (tenure.start or end) > end:
        return
    if (tenure.last or end) < outlook.norms.succeeded[year]:
        return
    later = [t for t in held if t.record.edition.year > year and not runs_beside(tenure, t)]
    moved = min([t.decided for t in later if t.decided], default=None)
    yield Obligation(
        kind=ObligationKind.TRANSITION,
        subject=tenure.subject,
        opens=max(outlook.norms.succeeded[year], tenure.start or end),
        due=end,
        met=moved if moved is not None and moved <= end else None,
        late=moved if moved is not None and moved > end else None,
        void_from=_earliest(elsewhere, _replaced(tenure, held)),
        basis=_TRANSITION,
    )


def _replaced(tenure: Tenure, held: Sequence[Tenure]) -> date | None:
    """The day of a later certificate or announcement to the same edition."""
    decided, year = tenure.decided, tenure.record.edition.year
    days = [
        t.decided
        for t in held
        if t.decided and decided and t.decided > decided and t.record.edition.year == year
        if not runs_beside(tenure, t)
    ]
    return min(days, default=None)


def _taken_over(tenure: Tenure, held: Sequence[Tenure]) -> date | None:
    """The day on which another certification of the unit took the place of this one."""
    start, last = tenure.start, tenure.last
    if len(held) == 1 or start is None or last is None:
        return None
    days = [
        later.start
        for later in held
        if later.start is not None
        and later.last is not None
        and later.start > start
        and later.last > last
        and later.previous is not tenure
        and not runs_beside(tenure, later)
    ]
    return min(days, default=None)


def _earliest(one: date | None, other: date | None) -> date | None:
    if one is None or other is None:
        return one or other
    return min(one, other)


def verified_on(finding: Finding, by: date | None = None) -> date | None:
    """The day since which the actions on a finding stand verified as effective; None if they do not.

    A later verification that found them wanting undoes an earlier one; of one day, too.

    Args:
        finding: The finding.
        by: The last day of which verifications count; all where left out.
    """
    verified = [
        (event.on, event.effective is False)
        for event in finding.history
        if event.act is FindingAct.VERIFIED and (by is None or event.on <= by)
    ]
    since: date | None = None
    for day, failed in sorted(verified):
        since = None if failed else since or day
    return since


def is_major_open(audit: Audit, finding: Finding, on: date) -> bool:
    """Whether a major nonconformity of a certification audit is unverified on a day."""
    if finding.grade is not Grade.MAJOR or audit.type not in CERTIFICATION_AUDITS:
        return False
    raised = finding.raised or audit.held
    return raised is not None and raised <= on and verified_on(finding, on) is None


def _majors(unit: Unit, held: Sequence[Tenure], norms: Norms) -> Iterator[Obligation]:
    for key, audit in unit.audits.items():
        if audit.type not in CERTIFICATION_AUDITS or audit.held is None:
            continue
        for number, finding in audit.findings.items():
            if finding.grade is not Grade.MAJOR:
                continue
            due, basis = _major_due(audit, audit.held, finding, held, norms)
            closed = verified_on(finding)
            in_time = closed is not None and (due is None or closed <= due)
            yield Obligation(
                kind=ObligationKind.CLOSING_OF_MAJOR,
                subject=f"audits.{key}.findings.{number}",
                opens=finding.raised or audit.held,
                due=due,
                met=closed if in_time else None,
                late=None if in_time else closed,
                basis=basis,
            )


def _major_due(
    audit: Audit, ended: date, finding: Finding, held: Sequence[Tenure], norms: Norms
) -> tuple[date | None, Clause]:
    """By when a major is to be verified: after stage 2, before expiry, or as agreed."""
    months = norms.regimes[Regime.ACCREDITED].major_after_stage_2_months
    if audit.type is AuditType.STAGE_2 and months is not None:
        return add_months(ended, months.value), _MAJOR_AFTER_STAGE_2
    if audit.type is AuditType.RECERTIFICATION:
        expiries = [t.last for t in held if t.start and t.last and t.start <= ended <= t.last]
        if expiries:
            return min(expiries), _MAJOR_AT_RECERTIFICATION
    extended = max(
        (e.until for e in finding.history if e.act is FindingAct.EXTENDED and e.until), default=None
    )
    return extended or finding.due, _MAJOR
