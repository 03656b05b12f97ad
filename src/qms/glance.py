"""What a first glance over a unit's records tells, before anything is derived from them.

A long register holds very many units of which nothing is to be said.  The glance goes
once over the bare facts of a unit and marks what is out of the ordinary; whatever it does
not mark, nothing that looks closer has anything to say of.  It may mark what is ordinary,
never overlook what is not: property tests hold it to that.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct, field

from qms.dates import FIRST_DAY, LAST_DAY, add_months
from qms.terms import (
    AuditType,
    DocumentAct,
    DocumentKind,
    FindingAct,
    Grade,
    ReviewOutcome,
)
from qms.text import same_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from qms.edition import Edition
    from qms.model import (
        Audit,
        AuditTeamMember,
        Certificate,
        Document,
        DocumentEvent,
        Finding,
        FindingEvent,
        Policy,
        QualityObjective,
        Unit,
    )
    from qms.norms import Norms

__all__ = ["Glance", "glance"]


class Glance(Struct, gc=False):
    """What was seen of a unit on a day.

    Attributes:
        later: Whether anything may be later than the day.
        surveyed: The days of the audits that survey the certification; None where some audit
            bears on it in another way, or found a major nonconformity.
        checked: Whether a yearly check was held.
        unusual_audits: Whether any audit is more than one that a certification body held
            to an open edition.
        stage_1: The day of the first stage 1 audit.
        stage_2: The first day of the last stage 2 audit.
        gap: Whether more months than the policy allows lie between the two.
        leading: The audits that lead to a cycle: the day of each, and that by which the
            plan for each of its nonconformities was accepted, or its action verified.
        between: The same of the audits between those.
        unanswered: Whether a certificate was decided on after an audit that leads to a
            cycle, and before what it found was answered.
        unanswered_between: The same of the audits between those.
        findings: How many findings there are.
        remarkable_findings: Whether any is more than one stated whole and, if it is a minor
            nonconformity, closed.
        unusual_objectives: Whether any objective is more than one in its period, planned,
            and measured on and off.
        remarkable_documents: Whether any document is more than one revision, approved and
            issued in good order, with nothing that hangs on it.
        undescribed: Whether any document lacks language, format or access.
        reviewed: Whether any document has to be reviewed from time to time.
        kept: The kinds and clauses of the ordinary documents that are in force.
    """

    later: bool = False
    surveyed: list[date] | None = field(default_factory=list)
    checked: bool = False
    unusual_audits: bool = False
    stage_1: date | None = None
    stage_2: date | None = None
    gap: bool = False
    leading: tuple[tuple[date, date], ...] = ()
    between: tuple[tuple[date, date], ...] = ()
    unanswered: bool = False
    unanswered_between: bool = False
    findings: int = 0
    remarkable_findings: bool = False
    unusual_objectives: bool = False
    remarkable_documents: bool = False
    undescribed: bool = False
    reviewed: bool = False
    kept: tuple[tuple[DocumentKind, tuple[str, ...]], ...] = ()

    @property
    def remarks(self) -> bool:
        """Whether anything of audits, findings, objectives or documents was marked."""
        return (
            self.unusual_audits
            or self.gap
            or self.unanswered
            or self.remarkable_findings
            or self.unusual_objectives
            or self.remarkable_documents
            or self.undescribed
            or self.reviewed
        )


def glance(unit: Unit, on: date, norms: Norms, policy: Policy) -> Glance:
    """Look once over the records of a unit.

    Args:
        unit: The unit, with facts of any day.
        on: The day.
        norms: The dates and terms of editions and regimes.
        policy: The organisation's own choices.
    """
    seen = Glance()
    _see_audits(unit.audits.values(), on, norms, seen)
    _see_certificates(unit.certificates.values(), on, seen)
    if seen.stage_1 is not None and seen.stage_2 is not None:
        seen.gap = add_months(seen.stage_1, policy.stage_gap_months) < seen.stage_2
    for objective in unit.objectives.values():
        _see_objective(objective, on, seen)
    seen.reviewed = bool(unit.documents) and bool(policy.document_review_months)
    for document in unit.documents.values():
        _see_document(document, on, seen)
    if has_other_records(unit) or unit.history or unit.waivers or unit.heads or unit.successors:
        seen.later = True
    return seen


def has_other_records(unit: Unit) -> bool:
    """Whether a unit keeps records of which most units of a long register have none."""
    return bool(
        unit.announcements
        or unit.reviews
        or unit.plans
        or unit.procedures
        or unit.legal_documents
        or unit.not_applicable
    )


def _see_certificates(records: Iterable[Certificate], on: date, seen: Glance) -> None:
    leading, between = seen.leading, seen.between
    for record in records:
        decided = record.decided
        if decided is None or decided > on or record.history:
            seen.later = True
            decided = decided or record.issued or record.effective or FIRST_DAY
        for held, answered in leading:
            if held <= decided < answered:
                seen.unanswered = True
        for held, answered in between:
            if held <= decided < answered:
                seen.unanswered_between = True


# --- audits ----------------------------------------------------------------------------------

_SURVEILLANCE, _RECERTIFICATION = AuditType.SURVEILLANCE, AuditType.RECERTIFICATION
_STAGE_1, _STAGE_2 = AuditType.STAGE_1, AuditType.STAGE_2
_INTERNAL, _CHECK = AuditType.INTERNAL, AuditType.YEARLY_CHECK


def _see_audits(audits: Iterable[Audit], on: date, norms: Norms, seen: Glance) -> None:
    open_to: Sequence[Edition] | None = None
    team: Sequence[AuditTeamMember] = ()
    for audit in audits:
        held = audit.held
        if held is None:
            seen.later = seen.unusual_audits = True
            if audit.type is _CHECK:
                seen.surveyed = None
        else:
            _see_held(audit, held, on, seen)
        criteria = audit.criteria
        if criteria is not open_to and criteria != open_to:
            open_to = criteria
            seen.unusual_audits |= not _are_open(open_to, on, norms)
        if audit.days is not None:
            seen.unusual_audits = True
        if audit.team is not team:
            team = audit.team
            for member in team:
                if member.of is not None:
                    seen.unusual_audits = True
        if audit.findings:
            _see_findings(audit, held, on, seen)


def _see_held(audit: Audit, held: date, on: date, seen: Glance) -> None:
    """An audit that was held: what it is to the certification."""
    kind, began, reported = audit.type, audit.began, audit.reported
    if held > on or (reported is not None and reported > on):  # it never began after it was held
        seen.later = True
    if kind is _SURVEILLANCE or kind is _RECERTIFICATION:
        surveyed = seen.surveyed
        if audit.certificate is not None:
            seen.surveyed = None
        elif surveyed is not None:
            surveyed.append(held)
    elif kind is _STAGE_1:
        seen.stage_1 = held if seen.stage_1 is None else min(held, seen.stage_1)
    elif kind is _STAGE_2:
        began = began or held
        seen.stage_2 = began if seen.stage_2 is None else max(began, seen.stage_2)
    elif kind is _CHECK:
        seen.checked, seen.surveyed = True, None
    elif kind is _INTERNAL:
        seen.unusual_audits = True


def _are_open(criteria: Iterable[Edition], on: date, norms: Norms) -> bool:
    """Whether audits to some editions are possible on a day."""
    spellings, closed = norms.spellings, norms.audits_closed
    for one in criteria:  # noqa: SIM110 - done for every unit, and a generator costs more
        if one not in spellings or closed.get(one, LAST_DAY) <= on:
            return False
    return True


_MINOR, _MAJOR = Grade.MINOR, Grade.MAJOR
_CORRECTED, _CAUSE_FOUND = FindingAct.CORRECTED, FindingAct.CAUSE_FOUND
_ACTED, _VERIFIED = FindingAct.ACTED, FindingAct.VERIFIED
_PLANNED, _ACCEPTED = FindingAct.PLANNED, FindingAct.PLAN_ACCEPTED


def _see_findings(audit: Audit, held: date | None, on: date, seen: Glance) -> None:
    seen.findings += len(audit.findings)
    answered = FIRST_DAY
    since = audit.began or held or LAST_DAY
    for finding in audit.findings.values():
        answered = max(answered, _see_finding(finding, since, on, seen))
    if held is not None and answered > held:
        kind = audit.type
        leads = kind is _STAGE_1 or kind is _STAGE_2 or kind is _RECERTIFICATION
        if leads:
            seen.leading += ((held, answered),)
        else:
            seen.between += ((held, answered),)


def _see_finding(finding: Finding, since: date, on: date, seen: Glance) -> date:
    """The day by which a finding was answered; the last of the calendar where that is in doubt."""
    if finding.raised is not None:
        since = finding.raised
        seen.later |= since > on
    answered = _answered(finding.history, since, on, seen)
    grade = finding.grade
    if grade is _MAJOR:
        seen.surveyed = None
    elif answered is not None and finding.repeats is None:
        if grade is not _MINOR:
            return FIRST_DAY
        if answered < LAST_DAY and _is_stated(finding, since):
            return answered
    seen.remarkable_findings = True
    return LAST_DAY


def _answered(history: Iterable[FindingEvent], since: date, on: date, seen: Glance) -> date | None:
    """The day by which acts answered a finding that they close, each in its turn.

    The last of the calendar where they do not close it; None for acts out of the ordinary,
    such as those of days before the finding, or out of the order of time.
    """
    corrected = cause = acted = accepted = verified = None
    plain, last = True, since
    for event in history:
        day, act = event.on, event.act
        if day < last:
            plain = False
        else:
            last = day
        if act is _CORRECTED:
            corrected = day
        elif act is _CAUSE_FOUND and cause is None:
            cause = day
        elif act is _ACCEPTED and accepted is None:
            accepted = day
        elif act is _ACTED and acted is None:
            acted = day
        elif act is _VERIFIED and verified is None and event.by is None and event.effective:
            verified = day
        elif act is not _PLANNED:
            plain = False
    seen.later |= last > on
    if not plain:
        return None
    in_turn = corrected and cause and acted and verified and cause <= acted <= verified
    return (accepted or verified) if in_turn else LAST_DAY


def _is_stated(finding: Finding, since: date) -> bool:
    """Whether a nonconformity is stated whole, with a due day that is not before it."""
    return (
        finding.due is not None
        and finding.due >= since
        and bool(
            finding.statement
            and finding.evidence
            and finding.owner
            and (finding.clause or finding.requirement)
        )
    )


# --- objectives ------------------------------------------------------------------------------


def _see_objective(objective: QualityObjective, on: date, seen: Glance) -> None:
    approved, due = objective.approved, objective.due
    if approved is not None and approved > on:
        seen.later = True
    usual = (
        objective.start <= on <= due
        and objective.measured_every is None
        and objective.owner is not None
        and objective.evaluation is not None
    )
    resources = None
    for task in objective.tasks.values():
        resources = resources or task.resources
        if task.done is not None and task.done > on:
            seen.later = True
        ahead = task.due is not None and on <= task.due <= due
        if not ahead or task.who is None:
            usual = False
    last = FIRST_DAY
    for measurement in objective.measurements:
        if measurement.on <= last:
            usual = False
        else:
            last = measurement.on
    if last > on:
        seen.later = True
    if not usual or resources is None:
        seen.unusual_objectives = True


# --- documents -------------------------------------------------------------------------------

_DRAFTED, _REVIEWED = DocumentAct.DRAFTED, DocumentAct.REVIEWED
_APPROVED, _ISSUED = DocumentAct.APPROVED, DocumentAct.ISSUED
_NO_CHANGE = ReviewOutcome.NO_CHANGE
#: The kinds of documents of which something is asked beyond their revisions.
_ASKED_MORE = frozenset({DocumentKind.FORM, DocumentKind.EXTERNAL, DocumentKind.RECORD})


def _see_document(document: Document, on: date, seen: Glance) -> None:
    if not document.language or not document.format or not document.access:
        seen.undescribed = True
    if document.review_every:
        seen.reviewed = True
    alone = document.owner is not None and document.kind not in _ASKED_MORE
    if document.places or document.cites or document.ended or document.retention:
        alone = False
    if document.distribution or document.recalls or document.acknowledgements:
        seen.later, alone = True, False
    for review in document.reviews:
        if review.on > on:
            seen.later = True
        if review.outcome is not _NO_CHANGE:
            alone = False
    begins = _begins(document.history, on, seen)
    if begins is None or not alone:
        seen.remarkable_documents = True
    elif begins <= on:
        seen.kept += ((document.kind, document.clauses),)


def _begins(history: Sequence[DocumentEvent], on: date, seen: Glance) -> date | None:
    """The first day of the one revision that acts make up in good order; None for other acts.

    It was issued after its approval, which was by another hand than its draft, and holds
    without end.
    """
    author = approver = approved = begins = None
    plain, number = bool(history), history[0].revision if history else None
    for event in history:
        if event.on > on:
            seen.later = True
        if event.revision != number or (event.file is not None and event.file.sha256 is None):
            plain = False
        act = event.act
        if act is _REVIEWED:
            continue
        if act is _DRAFTED and author is None:
            author = event.by or ""
        elif act is _APPROVED and approved is None and begins is None:
            approved, approver = event.on, event.by
        elif act is _ISSUED and approved is not None and begins is None and event.until is None:
            begins = event.effective or event.on
            plain &= approved <= event.on <= begins
        else:
            plain = False
    if not plain or (author and approver and _same(approver, author)):
        return None
    return LAST_DAY if begins is None else begins


@lru_cache(maxsize=4096)
def _same(one: str, other: str) -> bool:
    """Whether two names are of one person."""
    return same_words(one) == same_words(other)
