"""What was known on a day: a unit without the facts of later days.

Every answer about a day is given from :func:`as_of` that day, so that facts
added later cannot change an earlier answer.  What is laid down for the future stays:
an audit may be planned today for next year, and a unit's last day be decided on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import evolve
from msgspec import Struct
from msgspec.structs import replace

from qms.terms import LegalAct

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from qms.model import (
        AdministrativeProcedure,
        Announcement,
        Audit,
        Certificate,
        Document,
        Finding,
        LegalDocument,
        ManagementReview,
        Plan,
        QualityObjective,
        Task,
        Unit,
    )

__all__ = ["as_of", "has_later_facts", "known_from"]

_Record = TypeVar("_Record")


def known_from(record: Certificate | Announcement) -> date | None:
    """The day since which a certificate or an announcement is known.

    The decision or the signature; where it is not recorded, the day of issue, for it may
    print an earlier first day; else that first day.
    """
    first: date | None = getattr(record, "decided", None) or getattr(record, "signed", None)
    return first or getattr(record, "issued", None) or record.effective


def as_of(unit: Unit, day: date) -> Unit:
    """The unit as it was known at the end of a day.

    Returns the very same unit where nothing in it is later, which is the usual case.
    """
    return _without_later(unit, day) if has_later_facts(unit, day) else unit


def has_later_facts(unit: Unit, day: date) -> bool:
    """Whether anything in a unit is later than a day.

    A check asks this of every unit before anything else, so it walks the facts once,
    builds nothing, and passes over the collections that are empty.
    """
    return (
        _audited_later(unit, day)
        or _documented_later(unit, day)
        or _measured_later(unit, day)
        or _certified_later(unit, day)
        or _otherwise_later(unit, day)
        or (bool(unit.successors) and _later(unit.valid_to, day))
        or any(event.on > day for event in unit.history)
        or any(waiver.granted > day for waiver in unit.waivers)
        or any(_later(head.valid_from, day) for head in unit.heads)
    )


def _audited_later(unit: Unit, day: date) -> bool:
    """Whether anything of an audit is later; written out, for there are many of them."""
    for audit in unit.audits.values():
        held = audit.held
        doubtful = held is None or held > day or _later(audit.reported, day)
        if (doubtful or _later(audit.began, day)) and _audit(audit, day) is not audit:
            return True
        for finding in audit.findings.values():
            if finding.raised is not None and finding.raised > day:
                return True
            for event in finding.history:
                if event.on > day:
                    return True
    return False


def _documented_later(unit: Unit, day: date) -> bool:
    """Whether anything of a document is later; written out, for there are many of them."""
    for document in unit.documents.values():
        for event in document.history:
            if event.on > day:
                return True
        for review in document.reviews:
            if review.on > day:
                return True
        given = document.distribution or document.recalls or document.acknowledgements
        if given and _document(document, day) is not document:
            return True
    return False


def _measured_later(unit: Unit, day: date) -> bool:
    """Whether anything of an objective is later; written out, for there are many of them."""
    for objective in unit.objectives.values():
        for measurement in objective.measurements:
            if measurement.on > day:
                return True
        for task in objective.tasks.values():
            if task.done is not None and task.done > day:
                return True
        if objective.approved is not None and objective.approved > day:
            return True
    return False


def _certified_later(unit: Unit, day: date) -> bool:
    """Whether anything of a certificate is later; written out, for every unit has some."""
    for record in unit.certificates.values():
        decided = record.decided or known_from(record)
        if decided is not None and decided > day:
            return True
        for event in record.history:
            if event.on > day:
                return True
    return False


def _otherwise_later(unit: Unit, day: date) -> bool:
    """Whether anything is later among the records that most units have none of."""
    for name, known in _FEW.items():
        for record in getattr(unit, name).values():
            if known(record, day) is not record:
                return True
    return False


def _without_later(unit: Unit, day: date) -> Unit:
    changes: dict[str, Any] = {}
    for name, known in _COLLECTIONS.items():
        records = getattr(unit, name)
        if records:
            _put(changes, name, records, _known_records(records, day, known))
    if unit.history:
        _put(changes, "history", unit.history, _until(unit.history, day))
    if any(waiver.granted > day for waiver in unit.waivers):
        changes["waivers"] = tuple(waiver for waiver in unit.waivers if waiver.granted <= day)
    if any(_later(head.valid_from, day) for head in unit.heads):
        changes["heads"] = tuple(head for head in unit.heads if not _later(head.valid_from, day))
    if unit.successors and _later(unit.valid_to, day):
        changes["successors"] = ()
    return _changed(unit, **changes)


def _changed(record: _Record, **changes: Any) -> _Record:
    """A record with other values; the fast door's structs are changed in their own way."""
    if isinstance(record, Struct):
        return replace(record, **changes)
    return evolve(record, **changes)  # type: ignore[misc]


def _later(fact: date | None, day: date) -> bool:
    return fact is not None and fact > day


def _put(changes: dict[str, Any], name: str, before: object, after: object) -> None:
    if after is not before:
        changes[name] = after


def _until(facts: tuple[Any, ...], day: date) -> tuple[Any, ...]:
    """The facts up to a day; the same tuple where none is later."""
    for fact in facts:
        if fact.on > day:
            return tuple(fact for fact in facts if fact.on <= day)
    return facts


def _known_records(
    records: Mapping[str, _Record], day: date, known: Callable[[_Record, date], _Record | None]
) -> Mapping[str, _Record]:
    """The records as known on a day; the same mapping where nothing in it is later."""
    for record in records.values():
        if known(record, day) is not record:
            kept = {key: known(record, day) for key, record in records.items()}
            return {key: record for key, record in kept.items() if record is not None}
    return records


def _certificate(record: Certificate, day: date) -> Certificate | None:
    if _later(known_from(record), day):
        return None
    history = _until(record.history, day)
    return record if history is record.history else _changed(record, history=history)


def _announcement(record: Announcement, day: date) -> Announcement | None:
    if _later(known_from(record), day):
        return None
    history = _until(record.history, day)
    return record if history is record.history else _changed(record, history=history)


def _audit(record: Audit, day: date) -> Audit | None:
    """An audit that is not held yet is a plan, if it was planned; else it is not known."""
    held, began, planned_on = record.held, record.began, record.planned_on
    if (held is not None and held > day) or (began is not None and began > day):
        if record.planned is None or _later(planned_on, day):
            return None
        return _changed(
            record,
            began=None,
            held=None,
            reported=None,
            days=None,
            conclusion=None,
            findings={},
            papers=(),
        )
    if held is None and _later(planned_on, day):
        return None
    changes: dict[str, Any] = {}
    if record.reported is not None and record.reported > day:
        changes["reported"] = None
    if record.findings:
        _put(changes, "findings", record.findings, _known_records(record.findings, day, _finding))
    return _changed(record, **changes) if changes else record


def _finding(record: Finding, day: date) -> Finding | None:
    if _later(record.raised, day):
        return None
    history = _until(record.history, day)
    return record if history is record.history else _changed(record, history=history)


def _review(record: ManagementReview, day: date) -> ManagementReview | None:
    if _later(record.held, day):
        if record.planned is None:
            return None
        return _changed(record, held=None, inputs=(), outputs=(), decisions={}, minutes=None)
    decisions = _known_records(record.decisions, day, _task)
    return record if decisions is record.decisions else _changed(record, decisions=decisions)


def _task(record: Task, day: date) -> Task:
    return _changed(record, done=None, result=None) if _later(record.done, day) else record


def _objective(record: QualityObjective, day: date) -> QualityObjective | None:
    if _later(record.approved, day):
        return None
    changes: dict[str, Any] = {}
    _put(changes, "measurements", record.measurements, _until(record.measurements, day))
    if record.tasks:
        _put(changes, "tasks", record.tasks, _known_records(record.tasks, day, _task))
    return _changed(record, **changes) if changes else record


def _plan(record: Plan, day: date) -> Plan | None:
    if _later(record.approved, day):
        return None
    tasks = _known_records(record.tasks, day, _task)
    return record if tasks is record.tasks else _changed(record, tasks=tasks)


def _document(record: Document, day: date) -> Document | None:
    """A document of which every fact is later is not known yet; one without any fact is."""
    changes: dict[str, Any] = {}
    for name in ("history", "reviews", "recalls", "acknowledgements"):
        facts = getattr(record, name)
        _put(changes, name, facts, _until(facts, day))
    copies = record.distribution
    if any(copy.given > day or _later(copy.recalled, day) for copy in copies):
        changes["distribution"] = tuple(
            _changed(copy, recalled=None) if _later(copy.recalled, day) else copy
            for copy in copies
            if copy.given <= day
        )
    if not changes:
        return record
    known = _changed(record, **changes)
    dated = (known.history, known.reviews, known.distribution, known.acknowledgements)
    return known if any(dated) else None


def _procedure(record: AdministrativeProcedure, day: date) -> AdministrativeProcedure | None:
    """A procedure of which every change is later is not known yet."""
    changes = _until(record.changes, day)
    if record.changes and not changes:
        return None
    return record if changes is record.changes else _changed(record, changes=changes)


def _legal_document(record: LegalDocument, day: date) -> LegalDocument | None:
    """A last day that is still ahead is known once the repeal is.

    A text of which nothing is recorded but that it is proposed or issued later is not known yet.
    """
    changes: dict[str, Any] = {}
    reviews = _until(record.reviews, day)
    if (
        record.reviews
        and not reviews
        and (record.issued, record.in_force) == (None, None)
        and any(one.act in _BEGINS for one in record.reviews)
    ):
        return None
    _put(changes, "reviews", record.reviews, reviews)
    if _later(record.ended, day) and not any(r.act is LegalAct.REPEALED for r in reviews):
        changes |= {"ended": None, "replaced_by": None}
    return _changed(record, **changes) if changes else record


#: With these a text from outside begins to be there.
_BEGINS = frozenset({LegalAct.PROPOSED, LegalAct.ISSUED})

_FEW: dict[str, Callable[[Any, date], Any]] = {
    "announcements": _announcement,
    "reviews": _review,
    "plans": _plan,
    "procedures": _procedure,
    "legal_documents": _legal_document,
}
_COLLECTIONS: dict[str, Callable[[Any, date], Any]] = {
    "certificates": _certificate,
    "audits": _audit,
    "objectives": _objective,
    "documents": _document,
    **_FEW,
}
