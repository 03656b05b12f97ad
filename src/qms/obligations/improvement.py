"""What objectives, plans, internal audits, management reviews and nonconformities ask for.

Nothing of it bears on the certification; the calendar lists it, and rules of their own
say what is overdue (ISO 9001:2015, 6.2, 9.2, 9.3 and 10.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.dates import add_months, day_after, due_again
from qms.obligations.certification import verified_on
from qms.obligations.obligation import Obligation
from qms.terms import AuditType, Clause, FindingAct, Grade, ObligationKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from qms.model import (
        Finding,
        FindingEvent,
        ManagementReview,
        Policy,
        QualityObjective,
        Task,
        Unit,
    )
    from qms.obligations.obligation import Outlook

__all__ = [
    "NONCONFORMITIES",
    "acts_of",
    "closed_on",
    "closing_due",
    "first_due",
    "improvement_obligations",
    "is_only_planned",
    "keeps_audits_or_reviews",
    "measurement_due",
]

#: The grades of findings that ask for correction and corrective action.
NONCONFORMITIES = frozenset({Grade.MINOR, Grade.MAJOR})

_MEASURED = Clause("ISO 9001:2015", "6.2.1 d), 9.1.1; ISO 9001:2008, 8.2.3")
_PLANNED = Clause("ISO 9001:2015", "6.2.2; ISO 9001:2008, 5.4.1")
_AUDITED = Clause("ISO 9001:2015", "9.2.2; ISO 9001:2008, 8.2.2")
_REVIEWED = Clause("ISO 9001:2015", "9.3.1; ISO 9001:2008, 5.6.1")
_DECIDED = Clause("ISO 9001:2015", "9.3.3; ISO 9001:2008, 5.6.3")
_CORRECTED = Clause("ISO 9001:2015", "10.2.1; ISO 9001:2008, 8.5.2")


def improvement_obligations(unit: Unit, outlook: Outlook) -> Iterator[Obligation]:
    """What a unit's work on improvement asks for, as known on the day of an outlook."""
    policy = outlook.policy
    internal = [one.held for one in unit.audits.values() if one.type is AuditType.INTERNAL]
    reviews = [one.held for one in unit.reviews.values()]
    yield from _again(ObligationKind.INTERNAL_AUDIT, internal, unit, policy)
    yield from _again(ObligationKind.MANAGEMENT_REVIEW, reviews, unit, policy)
    for key, audit in unit.audits.items():
        if audit.type is not AuditType.YEARLY_CHECK:
            for name, finding in audit.findings.items():
                place = f"audits.{key}.findings.{name}"
                yield from _closing(place, finding, finding.raised or audit.held)
    for key, objective in unit.objectives.items():
        yield from _measurement(f"objectives.{key}", objective)
        yield from _tasks(f"objectives.{key}.tasks", objective.tasks, objective.start)
    for key, plan in unit.plans.items():
        yield from _tasks(f"plans.{key}.tasks", plan.tasks, plan.approved)
    for key, review in unit.reviews.items():
        place, kind = f"reviews.{key}.decisions", ObligationKind.DECISION
        if not is_only_planned(review):
            yield from _tasks(place, review.decisions, review.held, kind, _DECIDED)


# --- audits and reviews ----------------------------------------------------------------------


def keeps_audits_or_reviews(unit: Unit, policy: Policy) -> bool:
    """Whether the internal audits and management reviews of a unit are kept in the register.

    They are where any is recorded, held or planned; or where the organisation says that those
    of every unit are.
    """
    if policy.internal_audits_here or unit.reviews:
        return True
    return any(one.type is AuditType.INTERNAL for one in unit.audits.values())


def is_only_planned(review: ManagementReview) -> bool:
    """Whether a management review is planned and not held: it has decided nothing yet."""
    return review.held is None and review.planned is not None


def _certified_since(unit: Unit) -> date | None:
    """The day since which any certificate or announcement of a unit has ever held."""
    days = [one.effective for one in unit.certificates.values()]
    days += [one.effective for one in unit.announcements.values()]
    return min((day for day in days if day is not None), default=None)


def first_due(kind: ObligationKind, unit: Unit, policy: Policy) -> date | None:
    """The day by which an internal audit or a review is first held; None where nothing asks for it.

    Args:
        kind: Which of the two.
        unit: The unit, which is, or was, certified.
        policy: The organisation's own choices.
    """
    since = _certified_since(unit) if keeps_audits_or_reviews(unit, policy) else None
    return None if since is None else add_months(since, _interval(kind, policy))


def _interval(kind: ObligationKind, policy: Policy) -> int:
    if kind is ObligationKind.INTERNAL_AUDIT:
        return policy.internal_audit_months
    return policy.management_review_months


def _again(
    kind: ObligationKind, held: Iterable[date | None], unit: Unit, policy: Policy
) -> Iterator[Obligation]:
    """The next of something that is held at planned intervals, or the first."""
    last = max((day for day in held if day is not None), default=None)
    if last is None:
        due, begun = first_due(kind, unit, policy), _certified_since(unit)
    else:
        due, begun = add_months(last, _interval(kind, policy)), day_after(last)
    if due is not None and begun is not None:
        yield Obligation(
            kind=kind,
            subject="",
            opens=begun,
            due=due,
            basis=_AUDITED if kind is ObligationKind.INTERNAL_AUDIT else _REVIEWED,
        )


# --- nonconformities -------------------------------------------------------------------------


def acts_of(finding: Finding, *acts: FindingAct) -> list[FindingEvent]:
    """What was done about a finding of some kinds, in the order of days."""
    return sorted((one for one in finding.history if one.act in acts), key=lambda one: one.on)


def closed_on(finding: Finding) -> date | None:
    """The day since which a finding is closed: its action stands verified as effective."""
    return verified_on(finding)


def closing_due(finding: Finding) -> date | None:
    """The day by which a finding is to be closed, as it was last extended."""
    extended = acts_of(finding, FindingAct.EXTENDED)
    moved = [one.until for one in extended if one.until is not None]
    return moved[-1] if moved else finding.due


def _closing(place: str, finding: Finding, raised: date | None) -> Iterator[Obligation]:
    """A nonconformity is closed by the day that was agreed."""
    due = closing_due(finding)
    if due is None or finding.grade not in NONCONFORMITIES:
        return
    met, late = _done(closed_on(finding), due)
    yield Obligation(
        kind=ObligationKind.CORRECTIVE_ACTION,
        subject=place,
        opens=due if raised is None else min(raised, due),
        due=due,
        met=met,
        late=late,
        basis=_CORRECTED,
        owner=finding.owner,
    )


def _done(day: date | None, due: date) -> tuple[date | None, date | None]:
    """The day on which something was done, in time or else late."""
    return (day, None) if day is None or day <= due else (None, day)


# --- objectives and plans --------------------------------------------------------------------


def measurement_due(objective: QualityObjective) -> date | None:
    """The day by which an objective is to be measured next; None where nothing is left to measure.

    It is measured as often as is laid down, and at least once in its period.  What was
    measured at the end of a month is measured next at the end of a month.
    """
    measured = [one.on for one in objective.measurements if one.on >= objective.start]
    if objective.measured_every is None:
        return None if measured else objective.due
    if measured:
        due = due_again(max(measured), objective.measured_every)
    else:
        due = add_months(objective.start, objective.measured_every)
    return due if due <= objective.due else None


def _measurement(place: str, objective: QualityObjective) -> Iterator[Obligation]:
    due = measurement_due(objective)
    if due is not None:
        yield Obligation(
            kind=ObligationKind.MEASUREMENT,
            subject=place,
            opens=min([objective.start, due]),
            due=due,
            basis=_MEASURED,
            owner=objective.owner,
        )


def _tasks(
    place: str,
    tasks: Mapping[str, Task],
    begun: date | None,
    kind: ObligationKind = ObligationKind.TASK,
    basis: Clause = _PLANNED,
) -> Iterator[Obligation]:
    for key, task in tasks.items():
        if task.due is not None:
            met, late = _done(task.done, task.due)
            yield Obligation(
                kind=kind,
                subject=f"{place}.{key}",
                opens=task.due if begun is None else min(begun, task.due),
                due=task.due,
                met=met,
                late=late,
                basis=basis,
                owner=task.who,
                task=task.what,
            )
