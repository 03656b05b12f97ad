"""The standing of a unit's certification on a day, and what it follows from.

:func:`standing_on` gives the answer from what was known on that day; a :class:`Life`
holds everything that leads to it, each part reckoned when somebody asks.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the annotations are read at run time
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from qms.dates import FIRST_DAY, LAST_DAY, Period, calendar_year, day_after, day_before
from qms.days_in_force import periods_in_force
from qms.glance import Glance, glance
from qms.knowledge import as_of
from qms.model import Policy
from qms.obligations import (
    Obligation,
    Outlook,
    day_ahead,
    dossier_obligations,
    improvement_obligations,
    obligations_of,
)
from qms.plain_run import PlainRun, plain_run
from qms.reasons import Reason
from qms.revisions import Revision, revisions
from qms.tenure import Tenure, tenures
from qms.terms import (
    Clause,
    Duty,
    ObligationKind,
    ObligationState,
    Regime,
    RevisionState,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qms.model import Audit, Unit, Waiver
    from qms.norms import Norms
    from qms.terms import AuditType, Edition

__all__ = ["Life", "Standing", "Why", "life_of", "standing_on"]

_OVERDUE_KINDS = frozenset(
    {
        ObligationKind.FIRST_SURVEILLANCE,
        ObligationKind.SURVEILLANCE,
        ObligationKind.YEARLY_CHECK,
    }
)
#: The rules, in small letters, that a waiver names to move the day of such an obligation.
_WAIVING = {
    ObligationKind.FIRST_SURVEILLANCE: ("c102", "first-surveillance-missed"),
    ObligationKind.SURVEILLANCE: ("c103", "surveillance-missed"),
    ObligationKind.YEARLY_CHECK: ("v303", "yearly-check-missed"),
}
#: What leaves a certification in force, but with conditions.
_CONDITIONS = {
    ObligationKind.CLOSING_OF_MAJOR: Reason.MAJOR_OPEN,
    ObligationKind.RE_ANNOUNCEMENT: Reason.CHANGED_SINCE_ANNOUNCED,
    ObligationKind.CONFIRMATION: Reason.CHALLENGED,
    ObligationKind.STAGE_2: Reason.STAGE_2_MISSING,
}
_WAYS_BACK = {
    Status.EXPIRED_RESTORABLE: ObligationKind.RESTORATION,
    Status.SUSPENDED: ObligationKind.LIFTING_OF_SUSPENSION,
}
_RENEWING = frozenset(
    {ObligationKind.RECERTIFICATION, ObligationKind.RESTORATION, ObligationKind.TRANSITION}
)
#: What is asked at planned intervals of a unit whose certification is in force.
_HELD_AGAIN = {ObligationKind.INTERNAL_AUDIT, ObligationKind.MANAGEMENT_REVIEW}
_SETTLED = frozenset({ObligationState.MET, ObligationState.VOID})
_NOT_IN_TIME = frozenset({ObligationState.OVERDUE, ObligationState.LATE})


class Why(Struct, frozen=True, gc=False):
    """One reason for a status: the reason, the record it comes from, and the day it turns on."""

    reason: Reason
    subject: str = ""
    day: date | None = None


class Standing(Struct, frozen=True, kw_only=True, gc=False):
    """Where a unit's certification stands on a day.

    Attributes:
        on: The day asked about.
        status: The status on that day.
        why: The reasons, the weightiest first.
        regime: The regime of the certificate or announcement that counts on the day.
        basis: The record on which the answer rests, such as ``certificates.2015``.
        since: The first day on which the answer current or not current has held without
            a break; None where it has held from the beginning.
        until: The last day on which it holds if nothing more is recorded; None where it
            holds without end.
        next_change: The next day on which the answer changes by itself; None if never.
    """

    on: date
    status: Status
    why: tuple[Why, ...]
    regime: Regime | None
    basis: str
    since: date | None
    until: date | None
    next_change: date | None

    @property
    def current(self) -> bool:
        """Whether the certification is in force."""
        return self.status.current


class Life(Struct, eq=False, gc=False):
    """Everything that follows from a unit's facts on a day, computed once.

    Attributes:
        unit: The unit as it was known on the day.
        on: The day.
        norms: The dates and terms of editions and regimes.
        policy: The organisation's own choices.
        until: The last day looked ahead to.
    """

    unit: Unit
    on: date
    norms: Norms
    policy: Policy
    until: date = LAST_DAY
    _glance: Glance | None = None
    _plain: PlainRun | Literal[False] | None = None
    _tenures: tuple[Tenure, ...] | None = None
    _in_force: tuple[Period, ...] | None = None
    _certifying: tuple[Obligation, ...] | None = None
    _dossier: tuple[Obligation, ...] | None = None
    _certifying_pending: tuple[tuple[Obligation, ObligationState], ...] | None = None
    _revisions: dict[str, tuple[Revision, ...]] = field(default_factory=dict)
    _standing: Standing | None = None
    _pending: tuple[tuple[Obligation, ObligationState], ...] | None = None
    _improvement: tuple[Obligation, ...] | None = None
    _missed: frozenset[ObligationKind] | None = None
    _held: dict[AuditType, list[tuple[str, Audit]]] | None = None
    _seen: dict[Callable[[Life], bool], bool] = field(default_factory=dict)

    def sees(self, look: Callable[[Life], bool]) -> bool:
        """What a look tells, which several ask for and which is taken once."""
        told = self._seen.get(look)
        if told is None:
            told = self._seen[look] = look(self)
        return told

    @property
    def glance(self) -> Glance:
        """What a first glance over the unit's records tells."""
        if self._glance is None:
            self._glance = glance(self.unit, self.on, self.norms, self.policy)
        return self._glance

    @property
    def plain(self) -> PlainRun | None:
        """The certification, where it is certainly current and nothing of it is pressing."""
        if self._plain is None:
            found = plain_run(self.unit, self.on, self.norms, self.policy, self.glance.surveyed)
            self._plain = found or False
        return self._plain or None

    def reckon(self) -> None:
        """Work out now, in one go, whether the certification is in force."""
        _ = self.current

    @property
    def current(self) -> bool:
        """Whether the certification is in force on the day."""
        return self.plain is not None or self.standing.current

    @property
    def basis(self) -> str:
        """The record on which the answer rests, such as ``certificates.2015``; empty for none."""
        return self.standing.basis if self.plain is None else self.plain.subject

    @property
    def edition(self) -> Edition | None:
        """The edition of the certificate or announcement that counts on the day."""
        if self.plain is not None:
            return self.plain.record.edition
        basis = self.standing.basis
        return self.tenure(basis).record.edition if basis else None

    @property
    def tenures(self) -> tuple[Tenure, ...]:
        """The unit's certificates and announcements with what follows from them."""
        if self._tenures is None:
            self._tenures = tenures(self.unit, self.norms, self.on)
        return self._tenures

    @property
    def in_force(self) -> tuple[Period, ...]:
        """The days on which its certification is in force."""
        if self._in_force is None:
            self._in_force = periods_in_force(self.unit, self.tenures)
        return self._in_force

    @property
    def certifying(self) -> tuple[Obligation, ...]:
        """What has to happen for its certification."""
        if self._certifying is None:
            self._certifying = obligations_of(self.unit, self.tenures, self._outlook())
        return self._certifying

    def recall(
        self,
        standing: Standing,
        in_force: tuple[Period, ...],
        certifying: tuple[Obligation, ...],
    ) -> None:
        """Put back what was reckoned before, from facts that were not kept."""
        self._plain = False
        self._tenures, self._standing = (), standing
        self._in_force, self._certifying = in_force, certifying

    def _outlook(self) -> Outlook:
        return Outlook(on=self.on, until=self.until, norms=self.norms, policy=self.policy)

    @property
    def standing(self) -> Standing:
        """The unit's standing on the day."""
        if self._standing is None:
            self._standing = _standing(self)
        return self._standing

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """Everything that has to happen in the unit; what its dossier asks for comes last."""
        return self.certifying + self.dossier

    @property
    def dossier(self) -> tuple[Obligation, ...]:
        """What the unit's documents ask for."""
        if self._dossier is None:
            seen = self.glance
            asks = seen.remarkable_documents or seen.reviewed
            self._dossier = dossier_obligations(self.unit, self._outlook()) if asks else ()
        return self._dossier

    @property
    def improvement(self) -> tuple[Obligation, ...]:
        """What objectives, audits, reviews and findings ask; nothing of it bears on the certification."""
        if self._improvement is None:
            asked = improvement_obligations(self.unit, self._outlook())
            held = (one for one in asked if self.current or one.kind not in _HELD_AGAIN)
            self._improvement = tuple(held)
        return self._improvement

    @property
    def certifying_pending(self) -> tuple[tuple[Obligation, ObligationState], ...]:
        """What is pending of that on which the standing of the certification depends."""
        if self._certifying_pending is None:
            self._certifying_pending = self._unsettled(self.certifying)
        return self._certifying_pending

    @property
    def pending(self) -> tuple[tuple[Obligation, ObligationState], ...]:
        """The obligations that are neither met in time nor void, with where each stands."""
        if self._pending is None:
            self._pending = self.certifying_pending + self._unsettled(self.dossier)
        return self._pending

    def _unsettled(
        self, obligations: Sequence[Obligation]
    ) -> tuple[tuple[Obligation, ObligationState], ...]:
        if not obligations:
            return ()
        soon = day_ahead(self.on, self.policy.due_soon_days)
        states = [(o, o.state_with(self.on, soon)) for o in obligations]
        return tuple([one for one in states if one[1] not in _SETTLED])

    def revisions(self, document: str) -> tuple[Revision, ...]:
        """The revisions of one of the unit's documents as they stand on the day.

        Raises:
            KeyError: the unit has no such document.
        """
        found = self._revisions.get(document)
        if found is None:
            found = revisions(self.unit.documents[document], self.on)
            self._revisions[document] = found
        return found

    def revision_in_force(self, document: str) -> Revision | None:
        """The revision of a document that is in force on the day; None where none is.

        Raises:
            KeyError: the unit has no such document.
        """
        for revision in self.revisions(document):
            if revision.state is RevisionState.EFFECTIVE:
                return revision
        return None

    @property
    def missed(self) -> frozenset[ObligationKind]:
        """The kinds of which something was not done by its day, though it may be done since."""
        if self._missed is None:
            self._missed = frozenset([o.kind for o, state in self.pending if state in _NOT_IN_TIME])
        return self._missed

    def audits_held(self, type_: AuditType) -> Sequence[tuple[str, Audit]]:
        """The audits of one type that were held, with their identifiers, in order of time."""
        if self._held is None:
            self._held = _by_type(self.unit)
        return self._held.get(type_, ())

    def pending_at(
        self, subject: str, kind: ObligationKind
    ) -> Iterator[tuple[Obligation, ObligationState]]:
        """The pending obligations of one record and kind."""
        for obligation, state in self.pending:
            if obligation.kind is kind and obligation.subject == subject:
                yield obligation, state

    def has_pending(self, *kinds: ObligationKind) -> bool:
        """Whether anything of some kinds is pending: what a rule about them asks first."""
        return any(obligation.kind in kinds for obligation, _ in self.pending)

    def state(self, obligation: Obligation) -> ObligationState:
        """Where an obligation stands on the day."""
        return obligation.state(self.on, due_soon_days=self.policy.due_soon_days)

    def obligations_at(self, subject: str, *kinds: ObligationKind) -> Iterator[Obligation]:
        """The obligations of one record, of some kinds."""
        for obligation in self.obligations:
            if obligation.kind in kinds and obligation.subject == subject:
                yield obligation

    def tenure(self, subject: str) -> Tenure:
        """The tenure of a certificate or an announcement.

        Raises:
            KeyError: the unit has no such record.
        """
        for tenure in self.tenures:
            if tenure.subject == subject:
                return tenure
        raise KeyError(subject)

    @property
    def next_obligation(self) -> Obligation | None:
        """What has to be done next.

        Where the certification is not in force, what brings it back; else the open
        obligation with the earliest due day.  What is overdue comes first, for it has
        not gone away; but not the renewal of a certificate that ended while another one,
        or an announcement, holds.
        """
        if not self.standing.current:
            return _way_back(self)
        return min(
            [
                o
                for o, state in self.pending
                if state is not ObligationState.LATE
                and (state is not ObligationState.OVERDUE or o.kind not in _RENEWING)
            ],
            key=lambda o: (o.due or o.opens, o.kind, o.subject),
            default=None,
        )


def _by_type(unit: Unit) -> dict[AuditType, list[tuple[str, Audit]]]:
    found: dict[AuditType, list[tuple[str, Audit]]] = {}
    for key, audit in unit.audits.items():
        if audit.held is not None:
            found.setdefault(audit.type, []).append((key, audit))
    for of_type in found.values():
        if len(of_type) > 1:
            of_type.sort(key=lambda one: (one[1].held, one[0]))
    return found


def _way_back(life: Life) -> Obligation | None:
    """What makes a unit current again that is not: restoration, lifting, certification."""
    standing = life.standing
    kind = _WAYS_BACK.get(standing.status)
    for obligation, state in life.certifying_pending:
        if obligation.kind is kind and state is not ObligationState.LATE:
            return obligation
    if standing.status is Status.SUPERSEDED or life.unit.duty is not Duty.OBLIGED:
        return None
    if standing.next_change is not None:
        return None
    due = day_before(standing.since) if standing.since and life.in_force else None
    return Obligation(
        kind=ObligationKind.CERTIFICATION,
        subject="",
        opens=due or standing.since or FIRST_DAY,
        due=due,
        basis=Clause("ISO 9001"),
    )


def life_of(unit: Unit, on: date, norms: Norms, policy: Policy, until: date | None = None) -> Life:
    """Compute what follows from a unit's facts on a day.

    Args:
        unit: The unit, with facts of any day; later ones do not count.
        on: The day.
        norms: The dates and terms of editions and regimes.
        policy: The organisation's own choices.
        until: The last day to look ahead; the end of next year where left out.
    """
    if until is None:
        until = calendar_year(min(on.year + 1, LAST_DAY.year)).end
    seen = glance(unit, on, norms, policy)
    known = as_of(unit, on) if seen.later else unit
    return Life(known, on, norms, policy, until, seen if known is unit else None)


def standing_on(unit: Unit, on: date, norms: Norms, policy: Policy | None = None) -> Standing:
    """Where a unit's certification stands on a day, from what was known on that day."""
    return life_of(unit, on, norms, policy or Policy()).standing


def _standing(life: Life) -> Standing:
    since, until, following = _run(life)
    if life.unit.valid_to is not None and life.unit.valid_to < life.on:
        ended = Why(Reason.UNIT_ENDED, "", life.unit.valid_to)
        return _answer(life, Status.SUPERSEDED, (ended,), None, (since, None, None))
    if life.unit.valid_from is not None and life.on < life.unit.valid_from:
        unborn = Why(Reason.NOT_YET, "", life.unit.valid_from)
        return _answer(life, Status.NEVER, (unborn,), None, (None, until, following))
    basis = _basis(life)
    if any(life.on in period for period in life.in_force):
        status, why = _status_in_force(life, basis, until)
    else:
        status, why = _status_not_in_force(life, basis)
    return _answer(life, status, why, basis, (since, until, following))


def _answer(
    life: Life,
    status: Status,
    why: tuple[Why, ...],
    basis: Tenure | None,
    run: tuple[date | None, date | None, date | None],
) -> Standing:
    return Standing(
        on=life.on,
        status=status,
        why=why,
        regime=basis.regime if basis else None,
        basis=basis.subject if basis else "",
        since=run[0],
        until=run[1],
        next_change=run[2],
    )


def _run(life: Life) -> tuple[date | None, date | None, date | None]:
    """Since when and until when the answer holds, and the next day on which it changes."""
    since: date | None = life.unit.valid_from
    for period in life.in_force:
        if life.on < period.start:
            return since, day_before(period.start), period.start
        if life.on <= period.end:
            endless = period.end == LAST_DAY
            return (
                period.start,
                None if endless else period.end,
                None if endless else day_after(period.end),
            )
        since = day_after(period.end)
    return since, None, None


def _basis(life: Life) -> Tenure | None:
    """The certificate or announcement that counts on the day: one that holds, else the last."""
    started = [
        t for t in life.tenures if t.start is not None and t.last is not None and t.start <= life.on
    ]
    if len(started) > 1:
        holding = [t for t in started if _holds(t, life.on)]
        started = holding or started
    return max(started, key=_weight, default=None)


def _holds(tenure: Tenure, day: date) -> bool:
    end = tenure.end
    return end is not None and day <= end and tenure.suspended_on(day) is None


def _weight(tenure: Tenure) -> tuple[date, date, str]:
    return (tenure.end or FIRST_DAY, tenure.start or FIRST_DAY, tenure.key)


def _status_in_force(
    life: Life, basis: Tenure | None, until: date | None
) -> tuple[Status, tuple[Why, ...]]:
    overdue, waived = _overdue(life)
    if overdue:
        return Status.OVERDUE_SURVEILLANCE, overdue
    conditions = (*waived, *_conditions(life))
    if conditions:
        return Status.CURRENT_CONDITIONAL, conditions
    soon = tuple(_soon(life, until))
    if soon:
        return Status.DUE_SOON, soon
    return Status.CURRENT, (Why(Reason.IN_FORCE, basis.subject if basis else "", until),)


def _overdue(life: Life) -> tuple[tuple[Why, ...], tuple[Why, ...]]:
    """What is overdue and nobody waived; and what is overdue but waived."""
    overdue: list[Why] = []
    waived: list[Why] = []
    for obligation, state in life.certifying_pending:
        if state is not ObligationState.OVERDUE or obligation.kind not in _OVERDUE_KINDS:
            continue
        if _is_waived(life.unit.waivers, obligation, life.on):
            waived.append(Why(Reason.WAIVED, obligation.subject, obligation.due))
        elif obligation.kind is ObligationKind.YEARLY_CHECK:
            overdue.append(Why(Reason.CHECK_OVERDUE, obligation.subject, obligation.due))
        else:
            overdue.append(Why(Reason.SURVEILLANCE_OVERDUE, obligation.subject, obligation.due))
    return tuple(overdue), tuple(waived)


def _is_waived(waivers: Sequence[Waiver], obligation: Obligation, on: date) -> bool:
    return any(
        waiver.rule.casefold() in _WAIVING[obligation.kind]
        and waiver.subject in {None, obligation.subject}
        and waiver.granted <= on <= waiver.until
        for waiver in waivers
    )


def _conditions(life: Life) -> Iterator[Why]:
    for obligation, state in life.certifying_pending:
        reason = _CONDITIONS.get(obligation.kind)
        if reason and state is not ObligationState.LATE and obligation.opens <= life.on:
            yield Why(reason, obligation.subject, obligation.opens)


def _soon(life: Life, until: date | None) -> Iterator[Why]:
    if until is not None and until <= day_ahead(life.on, life.policy.due_soon_days):
        yield Why(Reason.ENDS_SOON, "", until)
    for obligation, state in life.certifying_pending:
        if state is ObligationState.DUE_SOON and obligation.kind in _OVERDUE_KINDS:
            yield Why(Reason.DUE_SOON, obligation.subject, obligation.due)


def _status_not_in_force(life: Life, basis: Tenure | None) -> tuple[Status, tuple[Why, ...]]:
    if basis is None:
        return Status.NEVER, (_never(life),)
    subject, last = basis.subject, basis.last
    if basis.ended is not None and (last is None or basis.ended <= last):
        return Status.WITHDRAWN, (Why(Reason.WITHDRAWN, subject, basis.ended),)
    if last is not None and life.on > last:
        return _expired(life, basis, last)
    suspended = basis.suspended_on(life.on)
    return Status.SUSPENDED, (Why(Reason.SUSPENDED, subject, suspended),)


def _never(life: Life) -> Why:
    """Why a unit has never been certified: no record, one without days, or one of a later day."""
    for tenure in life.tenures:
        if tenure.start is not None and tenure.last is not None:
            return Why(Reason.NOT_YET, tenure.subject, tenure.start)
    for tenure in life.tenures:
        published = life.norms.published.get(tenure.record.edition.year)
        if published is None or (tenure.last is not None and tenure.last < published):
            return Why(Reason.EDITION_UNKNOWN, tenure.subject)
        return Why(Reason.INCOMPLETE, tenure.subject)
    return Why(Reason.NO_RECORD)


def _expired(life: Life, basis: Tenure, last: date) -> tuple[Status, tuple[Why, ...]]:
    why = [Why(Reason.EXPIRED, basis.subject, last)]
    edition_end = life.norms.last_day(basis.record.edition.year, known_on=life.on)
    if basis.capped:
        why = [Why(Reason.EDITION_ENDED, basis.subject, last)]
    elif edition_end is not None and life.on > edition_end:
        why.append(Why(Reason.EDITION_ENDED, basis.subject, edition_end))
    limit = basis.restorable_until
    if limit is not None and life.on <= limit:
        return Status.EXPIRED_RESTORABLE, (*why, Why(Reason.RESTORABLE, basis.subject, limit))
    return Status.LAPSED, tuple(why)
