"""Audits and checks, their findings, and management reviews."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from qms.model.documents import StoredFile
from qms.model.making import held_to_types
from qms.model.objectives import Task
from qms.model.shapes import ClauseNumber, Key, Quantity, Words
from qms.terms import (
    AuditMode,
    AuditRole,
    AuditType,
    Edition,
    FindingAct,
    Grade,
    ReviewInput,
    ReviewOutput,
)

__all__ = ["Audit", "AuditTeamMember", "Finding", "FindingEvent", "ManagementReview"]


@frozen(kw_only=True, weakref_slot=False)
class AuditTeamMember:
    """A person in an audit team (ISO 19011, 3.14).

    Attributes:
        name: The person's name.
        role: The person's part in the team.
        of: The unit (its identifier) or the division in which the person works.
    """

    name: Words
    role: AuditRole | None = None
    of: Words | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class FindingEvent:
    """Something that was done about a finding on a day (ISO 9001, 10.2).

    Attributes:
        act: What was done.
        on: The day.
        what: What exactly.
        by: Who did it.
        effective: For a verification: whether the action was found effective; where left out it counts as
            verified, and rule R809 asks.
        until: For an extension: the new day by which the finding is to be closed.
    """

    act: FindingAct
    on: date
    what: Words | None = None
    by: Words | None = None
    effective: bool | None = None
    until: date | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class Finding:
    """A finding of an audit or check, with what was done about it.

    Attributes:
        grade: The auditor's grading.
        clause: The clause of the standard.
        requirement: The requirement, in the auditor's words.
        statement: What was found.
        evidence: The objective evidence.
        question: The identifier of the checklist question that it answers.
        raised: The day on which it was raised; where left out, the last day of the audit.
        owner: Who has to act.
        due: The day by which it is to be closed.
        site: The site at which it was found.
        repeats: The finding that it repeats, as ``audit/finding``.
        history: Correction, cause, corrective action and verification, as dated facts.
        note: Anything else worth knowing.
    """

    grade: Grade
    clause: ClauseNumber | None = None
    requirement: Words | None = None
    statement: Words | None = None
    evidence: Words | None = None
    question: Words | None = None
    raised: date | None = None
    owner: Words | None = None
    due: date | None = None
    site: Words | None = None
    repeats: Words | None = None
    history: tuple[FindingEvent, ...] = ()
    note: Words | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class Audit:
    """An audit or check of a unit (ISO 9000:2015, 3.13.1).

    Attributes:
        type: The kind of audit.
        mode: Where and how it was held; for a yearly check ``on-site`` or ``file``.
        criteria: The editions audited against.
        certificate: The identifier of the certificate that it belongs to.
        scope: What was audited.
        objectives: What the audit was to find out.
        clauses: The clauses that were covered.
        processes: The processes that were covered.
        divisions: The divisions of the unit that were audited.
        sites: The names of the sites that were visited.
        team: Who audited.
        planned: The day for which it is planned.
        planned_on: The day on which the plan was made; where left out, the plan counts from the start.
        began: The first day on which it was held.
        held: The last day on which it was held; from this day the audit counts.
        reported: The day of the report.
        days: The time spent, in days of eight hours (IAF MD 5).
        reference: The number of the decision, minutes or report.
        conclusion: The conclusion in the auditor's words.
        findings: What was found.
        papers: The files of the audit, such as filled checklists.
        note: Anything else worth knowing.
    """

    type: AuditType
    mode: AuditMode | None = None
    criteria: tuple[Edition, ...] = ()
    certificate: Key | None = None
    scope: Words | None = None
    objectives: Words | None = None
    clauses: tuple[ClauseNumber, ...] = ()
    processes: tuple[Words, ...] = ()
    divisions: tuple[Words, ...] = ()
    sites: tuple[Words, ...] = ()
    team: tuple[AuditTeamMember, ...] = ()
    planned: date | None = None
    planned_on: date | None = None
    began: date | None = None
    held: date | None = None
    reported: date | None = None
    days: Quantity | None = None
    reference: Words | None = None
    conclusion: Words | None = None
    findings: Mapping[Key, Finding] = field(factory=dict)
    papers: tuple[StoredFile, ...] = ()
    note: Words | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class ManagementReview:
    """A review of the system by the head of the unit (ISO 9001:2015, 9.3).

    Attributes:
        planned: The day for which it is planned.
        held: The day on which it was held.
        chaired_by: Who led it.
        inputs: The subjects that it took up.
        outputs: The subjects on which it decided, also where it found nothing necessary.
        decisions: What was decided, as tasks with owner and due day.
        minutes: The file of the minutes.
        note: Anything else worth knowing.
    """

    planned: date | None = None
    held: date | None = None
    chaired_by: Words | None = None
    inputs: tuple[ReviewInput, ...] = ()
    outputs: tuple[ReviewOutput, ...] = ()
    decisions: Mapping[Key, Task] = field(factory=dict)
    minutes: StoredFile | None = None
    note: Words | None = None

    __attrs_post_init__ = held_to_types
