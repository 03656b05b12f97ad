"""The unit's own facts, as an auditor wants to read them before and beside the questions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from qms.checklist.certified import scope_of
from qms.checklist.items import FactTable
from qms.dates import day_after, print_date
from qms.external_documents import document_in_force
from qms.handling import is_procedure_in_force
from qms.knowledge import as_of
from qms.objectives import objective_status
from qms.obligations.improvement import closed_on, closing_due
from qms.revisions import current
from qms.terms import AuditType, Comparison, DocumentKind, Grade
from qms.text import Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from qms.model import (
        Announcement,
        Certificate,
        Document,
        Finding,
        QualityObjective,
        Unit,
    )
    from qms.standing import Standing

__all__ = [
    "DocumentInUse",
    "EarlierFinding",
    "certification_facts",
    "document_facts",
    "documents_in_use",
    "earlier_findings",
    "objective_facts",
    "objectives_asked",
    "procedure_facts",
    "recheck_fact",
    "unit_facts",
    "without_own",
]

#: How many documents are named beside one question.
_MOST_NAMED = 4
_FOLLOWED_UP = frozenset({Grade.MINOR, Grade.MAJOR, Grade.OPPORTUNITY})

_NOTHING = Text(en="–", vi="–")
_CERTIFICATION = Text(en="Certification of the unit", vi="Tình trạng chứng nhận, công bố")
_CERTIFICATION_HEADS = (
    Text(en="Certificate or announcement", vi="Giấy chứng nhận, bản công bố"),
    Text(en="Edition", vi="Phiên bản"),
    Text(en="From", vi="Có hiệu lực từ"),
    Text(en="Until", vi="Đến"),
    Text(en="Scope", vi="Phạm vi"),
)
_NO_CERTIFICATION = Text(
    en="No certificate or announcement is recorded.",
    vi="Chưa ghi nhận giấy chứng nhận hoặc bản công bố nào.",
)
_STANDING = Text(en="On {day}: {status}", vi="Đến ngày {day}: {status}")
_OBJECTIVES = Text(en="Quality objectives and results", vi="Mục tiêu chất lượng và kết quả")
_OBJECTIVE_HEADS = (
    Text(en="Objective", vi="Mục tiêu"),
    Text(en="Period until", vi="Kỳ đến ngày"),
    Text(en="Target", vi="Chỉ tiêu"),
    Text(en="Last result", vi="Kết quả gần nhất"),
    Text(en="Measured on", vi="Ngày đo"),
)
_NO_OBJECTIVES = Text(
    en="No quality objectives are recorded.", vi="Chưa ghi nhận mục tiêu chất lượng nào."
)
_NOT_MEASURED = Text(en="not measured", vi="chưa đo")
_EARLIER = Text(
    en="Findings of earlier audits to be re-checked: open ones, and all of the last audits",
    vi="Phát hiện của các lần đánh giá, kiểm tra trước cần xem lại: phát hiện chưa khép lại và mọi "
    "phát hiện của lần gần nhất",
)
_EARLIER_HEADS = (
    Text(en="Audit and finding", vi="Cuộc đánh giá, phát hiện"),
    Text(en="Clause", vi="Điều khoản"),
    Text(en="Grade", vi="Mức"),
    Text(en="What was found", vi="Nội dung"),
    Text(en="State", vi="Tình trạng"),
)
_NONE_EARLIER = Text(
    en="No findings of earlier audits are open, and the last audits left none.",
    vi="Không có phát hiện nào của các lần đánh giá, kiểm tra trước cần xem lại.",
)
_IS_OPEN = Text(en="open", vi="chưa khép lại")
_IS_DUE = Text(en="open, due {day}", vi="chưa khép lại, thời hạn {day}")
_IS_OVERDUE = Text(en="open, overdue since {day}", vi="chưa khép lại, quá hạn từ ngày {day}")
_IS_CLOSED = Text(en="closed {day}", vi="khép lại ngày {day}")
_PROCEDURES = Text(en="Administrative procedures", vi="Thủ tục hành chính")
_PROCEDURE_HEADS = (
    Text(en="Procedure", vi="Thủ tục"),
    Text(en="Time limit (working days)", vi="Thời hạn giải quyết (ngày làm việc)"),
    Text(en="Quality procedure", vi="Quy trình"),
)
_NO_PROCEDURES = Text(
    en="No administrative procedures are recorded.", vi="Chưa ghi nhận thủ tục hành chính nào."
)
_REVISION = Text(en="{code} {title} (revision {revision}, {day})",
                 vi="{code} {title} (lần ban hành {revision}, {day})")  # fmt: skip
_NO_REVISION = Text(en="{code} {title}", vi="{code} {title}")
_MORE = Text(en="and {count} more documents", vi="và {count} tài liệu khác")
_RECHECK = Text(
    en="Re-check {audit}/{finding} ({state}): {statement}",
    vi="Kiểm tra lại {audit}/{finding} ({state}): {statement}",
)
_NOT_APPLICABLE = Text(
    en="Declared not applicable: {reason}", vi="Đã xác định không áp dụng: {reason}"
)
_COMPARISONS = {
    Comparison.AT_LEAST: "≥",
    Comparison.AT_MOST: "≤",
    Comparison.MORE_THAN: ">",
    Comparison.LESS_THAN: "<",
    Comparison.EXACTLY: "=",
}


@frozen(kw_only=True)
class EarlierFinding:
    """A finding of an earlier audit that is to be looked at again.

    Attributes:
        audit: The identifier of the audit.
        key: The identifier of the finding.
        finding: The finding.
        closed: The day on which it was last verified, and as closed; None while it is open.
        on: The day on which it is looked at.
    """

    audit: str
    key: str
    finding: Finding
    closed: date | None
    on: date

    @property
    def state(self) -> Text:
        """Whether it is open, and until when or overdue since when; or when it was closed."""
        if self.closed is not None:
            return _IS_CLOSED.format(day=_day(self.closed))
        due = closing_due(self.finding)
        if due is None:
            return _IS_OPEN
        return (
            _IS_OVERDUE.format(day=_day(day_after(due)))
            if due < self.on
            else _IS_DUE.format(day=_day(due))
        )


def unit_facts(
    unit: Unit, on: date, standing: Standing, own: str | None = None
) -> tuple[FactTable, ...]:
    """Everything that an auditor reads first, as known on a day, for an audit of its own."""
    known = as_of(unit, on)
    tables = [
        certification_facts(known, standing),
        objective_facts(known, on),
        _earlier_table(without_own(known, own), on),
    ]
    if known.procedures:  # a long list, and so the last
        tables.append(procedure_facts(known, on))
    return tuple(tables)


def certification_facts(unit: Unit, standing: Standing) -> FactTable:
    """The certificate or announcement that counts on the day, and where it stands."""
    kind, _, key = standing.basis.partition(".")
    rows: tuple[tuple[Text, ...], ...] = ()
    if kind == "certificates" and key in unit.certificates:
        rows = (_certificate_row(unit.certificates[key], standing.on),)
    elif kind == "announcements" and key in unit.announcements:
        rows = (_announcement_row(unit.announcements[key]),)
    status = _STANDING.format(day=_day(standing.on), status=standing.status.text)
    title = Text(en=f"{_CERTIFICATION.en}. {status.en}", vi=f"{_CERTIFICATION.vi}. {status.vi}")
    return FactTable(
        title=title,
        heads=_CERTIFICATION_HEADS,
        shares=(32, 31, 26, 26, 50),
        rows=rows,
        none=_NO_CERTIFICATION,
    )


def objective_facts(unit: Unit, on: date) -> FactTable:
    """The objectives of this year and the last, with the last result."""
    rows = tuple(_objective_row(one, on) for one in objectives_asked(unit, on))
    return FactTable(
        title=_OBJECTIVES,
        heads=_OBJECTIVE_HEADS,
        shares=(61, 28, 24, 24, 28),
        rows=rows,
        none=_NO_OBJECTIVES,
    )


def objectives_asked(unit: Unit, on: date) -> Iterator[QualityObjective]:
    """The objectives whose period touches the year before the day, or the day's own.

    Where none does, they are those of the last period: what became of them is asked, too.
    """
    begun = [one for one in unit.objectives.values() if one.start <= on]
    since = min(on.year - 1, max((one.due.year for one in begun), default=on.year))
    return (one for one in begun if one.due.year >= since)


def procedure_facts(unit: Unit, on: date) -> FactTable:
    """The administrative procedures in force on the day."""
    rows = tuple(
        (
            _both(f"{key} ", procedure.title.in_(Language.ENGLISH), procedure.title.in_(Language.VIETNAMESE)),
            _words(None if procedure.time_limit is None else str(procedure.time_limit)),
            _words(procedure.document),
        )
        for key, procedure in unit.procedures.items()
        if is_procedure_in_force(procedure, on)
    )  # fmt: skip
    return FactTable(
        title=_PROCEDURES,
        heads=_PROCEDURE_HEADS,
        shares=(110, 30, 25),
        rows=rows,
        none=_NO_PROCEDURES,
    )


def without_own(unit: Unit, own: str | None) -> Unit:
    """The unit without the audit for which is asked: what that one found is not earlier."""
    if own not in unit.audits:
        return unit
    return evolve(unit, audits={key: one for key, one in unit.audits.items() if key != own})


def earlier_findings(unit: Unit, on: date) -> Iterator[EarlierFinding]:
    """What is to be looked at again: open findings, and all that the last audits left to do.

    The last audits are the last internal one and the last one that others held.
    """
    last: dict[bool, tuple[date, str]] = {}
    for key, audit in unit.audits.items():
        if audit.held is not None and audit.held <= on:
            own = audit.type is AuditType.INTERNAL
            last[own] = max(last.get(own, (date.min, "")), (audit.held, key))
    latest = {key for _, key in last.values()}
    for audit_key, audit in unit.audits.items():
        for key, finding in audit.findings.items():
            closed = closed_on(finding)
            if finding.grade in _FOLLOWED_UP and (closed is None or audit_key in latest):
                yield EarlierFinding(
                    audit=audit_key, key=key, finding=finding, closed=closed, on=on
                )


def recheck_fact(one: EarlierFinding) -> Text:
    """What is to be looked at again, in a line."""
    finding = one.finding
    words = finding.statement or finding.requirement or finding.evidence or "–"
    return _RECHECK.format(audit=one.audit, finding=one.key, state=one.state, statement=words)


@frozen(kw_only=True)
class DocumentInUse:
    """A controlled document that is in use on a day.

    Attributes:
        document: The document.
        told: Its code and title, with the revision in force where one is recorded.
    """

    document: Document
    told: Text


def documents_in_use(unit: Unit, on: date) -> tuple[DocumentInUse, ...]:
    """The documents that are in use on a day.

    Drafts, what was issued for a later day, what has expired and what was withdrawn are
    not.  A document of whose life nothing is recorded is taken to be in use.
    """
    return tuple(
        DocumentInUse(document=document, told=_document(code, document, on))
        for code, document in unit.documents.items()
        if document_in_force(document, unit, on) or _may_be_in_use(document, on)
    )


def _may_be_in_use(document: Document, on: date) -> bool:
    """Whether nothing recorded of a document says that it is not in use."""
    if document.history or document.kind is DocumentKind.EXTERNAL:
        return False
    return document.ended is None or on <= document.ended


def document_facts(
    in_use: Iterable[DocumentInUse], clauses: tuple[str, ...], kinds: tuple[DocumentKind, ...]
) -> Iterator[Text]:
    """Of the documents in use, those that serve some clauses, or are of some kinds.

    A document counts by its clauses; one that names none counts by its kind.
    """
    named = [one.told for one in in_use if _bears_on(one.document, clauses, kinds)]
    yield from named[:_MOST_NAMED]
    if len(named) > _MOST_NAMED:
        yield _MORE.format(count=len(named) - _MOST_NAMED)


def not_applicable_fact(unit: Unit, clause: str) -> Iterator[Text]:
    """What the unit declared about a clause that it does not apply."""
    for declared, reason in unit.not_applicable.items():
        if within(clause, declared):
            yield _NOT_APPLICABLE.format(reason=reason)


def within(clause: str, other: str) -> bool:
    """Whether a clause is another one or stands inside it: 7.5.3 is within 7.5."""
    return clause == other or clause.startswith(f"{other}.")


def _bears_on(
    document: Document, clauses: tuple[str, ...], kinds: tuple[DocumentKind, ...]
) -> bool:
    if document.clauses:
        return any(
            within(mine, asked) or within(asked, mine)
            for mine in document.clauses
            for asked in clauses
        )
    return document.kind in kinds


def _document(code: str, document: Document, on: date) -> Text:
    last = current(document, on)
    title = Text(
        en=document.title.in_(Language.ENGLISH), vi=document.title.in_(Language.VIETNAMESE)
    )
    if last is None:
        return _NO_REVISION.format(code=code, title=title)
    day = _day(last.effective)
    return _REVISION.format(code=code, title=title, revision=last.number, day=day)


def _certificate_row(certificate: Certificate, on: date) -> tuple[Text, ...]:
    return (
        _words(certificate.number),
        _words(certificate.edition),
        _day(certificate.effective or certificate.decided or certificate.issued),
        _day(certificate.expires),
        _words(scope_of(certificate, on)),
    )


def _announcement_row(announcement: Announcement) -> tuple[Text, ...]:
    return (
        _words(announcement.number),
        _words(announcement.edition),
        _day(announcement.effective or announcement.signed),
        _NOTHING,
        _words(announcement.scope),
    )


def _objective_row(objective: QualityObjective, on: date) -> tuple[Text, ...]:
    last = objective_status(objective, on).last
    target = f"{_COMPARISONS[objective.comparison]} "
    return (
        Text(en=objective.title.in_(Language.ENGLISH), vi=objective.title.in_(Language.VIETNAMESE)),
        _day(objective.due),
        _quantity(target, objective.target, objective.unit),
        _NOT_MEASURED if last is None else _quantity("", last.value, objective.unit),
        _NOTHING if last is None else _day(last.on),
    )


def _earlier_table(unit: Unit, on: date) -> FactTable:
    rows = tuple(
        (
            _words(f"{one.audit}/{one.key}"),
            _words(one.finding.clause),
            one.finding.grade.text,
            _words(one.finding.statement or one.finding.requirement or one.finding.evidence),
            one.state,
        )
        for one in earlier_findings(unit, on)
    )
    return FactTable(
        title=_EARLIER,
        heads=_EARLIER_HEADS,
        shares=(32, 17, 26, 58, 32),
        rows=rows,
        none=_NONE_EARLIER,
    )


def _quantity(before: str, value: Decimal, unit: str) -> Text:
    number = f"{value.normalize():f}" if value.is_finite() else str(value)
    joint = "" if unit == "%" else " "
    english = f"{before}{number}{joint}{unit}"
    return Text(en=english, vi=f"{before}{number.replace('.', ',')}{joint}{unit}")


def _day(day: date | None) -> Text:
    if day is None:
        return _NOTHING
    return Text(en=print_date(day, Language.ENGLISH), vi=print_date(day, Language.VIETNAMESE))


def _words(words: str | None) -> Text:
    return _NOTHING if words is None else Text(en=words, vi=words)


def _both(before: str, en: str, vi: str) -> Text:
    return Text(en=before + en, vi=before + vi)
