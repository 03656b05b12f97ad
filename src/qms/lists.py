"""The lists that offices keep, drawn from the register: documents, records, objectives, and more.

Each list is rows of plain values under headings in both languages; how they are written
(on a screen, as CSV, in Excel) is not said here.  Columns as in the master lists and logs of
document control (ISO 9001:2008, 4.2.3 and 4.2.4; ISO 9001:2015, 7.5.3).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from qms.dates import LAST_DAY
from qms.external_documents import is_issued, last_day_in_force
from qms.handling import is_procedure_in_force
from qms.holders import acknowledged, given_back, holdings
from qms.knowledge import as_of
from qms.objectives import objective_status, quantity, target_words, tasks_done
from qms.obligations.improvement import NONCONFORMITIES, acts_of, closed_on, closing_due
from qms.revisions import current, review_due, revisions
from qms.terms import DocumentKind, FindingAct, Grade, ProcedureAct, Term
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from qms.model import (
        AdministrativeProcedure,
        Audit,
        Document,
        Finding,
        Policy,
        Register,
        Unit,
    )
    from qms.revisions import Revision
    from qms.text import Name

__all__ = ["Cell", "Heading", "ListKind", "ListOf", "list_of"]

#: A value in a list; names are given in the language of the reader when it is written.
Cell = str | int | Decimal | date | Text | None


class ListKind(Term):
    """A list that an office keeps."""

    DOCUMENTS = "documents", "Master list of controlled documents", "Danh mục tài liệu kiểm soát"
    EXTERNAL = "external", "List of external documents", "Danh mục văn bản bên ngoài"
    RECORDS = "records", "List of records", "Danh mục hồ sơ"
    DISTRIBUTION = "distribution", "Distribution list", "Danh sách phân phối tài liệu"
    OBJECTIVES = "objectives", "Quality objectives", "Danh mục mục tiêu chất lượng"
    AUDITS = "audits", "Programme of audits and checks", "Chương trình đánh giá, kiểm tra"
    FINDINGS = "findings", "Findings of audits", "Danh mục phát hiện đánh giá"
    PROCEDURES = "procedures", "Administrative procedures", "Danh mục thủ tục hành chính"


class Heading(Struct, frozen=True):
    """A column.

    Attributes:
        text: Its heading.
        width: How many characters it takes in a workbook; 0 leaves it out there and in CSV.
        places: How many places it takes on a screen; 0 shares what is left, None leaves it out.
    """

    text: Text
    width: int = 14
    places: int | None = None


class ListOf(Struct, frozen=True, kw_only=True):
    """A list as it stands on a day.

    Attributes:
        kind: Which list.
        on: The day.
        headings: Its columns.
        rows: Its rows.
        units: The names of the units that it speaks of.
    """

    kind: ListKind
    on: date
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    units: Mapping[str, Text]


def list_of(
    register: Register, kind: ListKind, on: date, units: Sequence[str] | None = None
) -> ListOf:
    """A list of a register on a day; facts of later days do not count.

    Args:
        register: The register.
        kind: Which list.
        on: The day.
        units: The identifiers of the units; all where left out.
    """
    headings, rows_of = _LISTS[kind]
    chosen = sorted(register.units) if units is None else units
    policy = register.organisation.policy
    rows: list[tuple[Cell, ...]] = []
    for key in chosen:
        unit = as_of(register.units[key], on)
        for row in rows_of(unit, on, policy):
            rows.append((len(rows) + 1, key, *row))
    return ListOf(
        kind=kind,
        on=on,
        headings=(_NUMBER, _UNIT, *headings),
        rows=tuple(rows),
        units={key: _name(register.units[key].name) for key in chosen},
    )


_NUMBER = Heading(Text(en="No.", vi="TT"), 5, 4)
_UNIT = Heading(Text(en="Unit", vi="Đơn vị"), 11)


def _name(name: Name) -> Text:
    return Text(en=name.en or name.vi or "", vi=name.vi or name.en or "")


def _joined(words: Sequence[str]) -> str | None:
    return ", ".join(words) or None


# --- documents -------------------------------------------------------------------------------

_CODE = Heading(Text(en="Code", vi="Mã hiệu"), 12, 12)
_TITLE = Heading(Text(en="Title", vi="Tên tài liệu"), 34, 0)
_KIND = Heading(Text(en="Kind", vi="Loại"), 11)
_REVISION = Heading(Text(en="Revision", vi="Lần ban hành"), 8, 8)
_OWNER = Heading(Text(en="Owner", vi="Đơn vị soạn thảo"), 16)
_STATE = Heading(Text(en="State", vi="Tình trạng"), 12, 12)
_NOTE = Heading(Text(en="Note", vi="Ghi chú"), 14)
_NO_REVISION = Text(en="no revision recorded", vi="chưa ghi lần ban hành")

_DOCUMENTS = (
    _CODE,
    _TITLE,
    _KIND,
    Heading(Text(en="Revision", vi="Lần ban hành"), 0, 8),
    Heading(Text(en="Issue", vi="Lần ban hành"), 8),
    Heading(Text(en="Revision", vi="Lần sửa đổi"), 8),
    Heading(Text(en="Approved by", vi="Người phê duyệt"), 16),
    Heading(Text(en="Issued", vi="Ngày ban hành"), 12),
    Heading(Text(en="Effective", vi="Ngày hiệu lực"), 12, 10),
    _OWNER,
    Heading(Text(en="Held by", vi="Nơi phân phối"), 20),
    Heading(Text(en="Review due", vi="Hạn soát xét"), 12),
    Heading(Text(en="Kept (months)", vi="Thời gian lưu (tháng)"), 10),
    _STATE,
    _NOTE,
)


def _shown(document: Document, on: date) -> Revision | None:
    """The revision in force; where none is, the last one that was or may still come into force."""
    found = current(document, on)
    known = revisions(document, on)
    told = [one for one in known if not _came_to_nothing(one)] or known
    return found or (told[-1] if told else None)


def _came_to_nothing(one: Revision) -> bool:
    """Whether a revision was withdrawn before its first day in force."""
    first = one.effective or LAST_DAY
    return one.withdrawn is not None and one.withdrawn <= first


def _issue_and_revision(number: str | None) -> tuple[Cell, Cell]:
    """The two columns of a master list: of 2.1, issue 2 and revision 1.

    A number without a point is called a revision in English, lần ban hành in Vietnamese.
    """
    if number is None:
        return None, None
    issue, _, revision = number.partition(".")
    if revision:
        return issue, revision
    return Text(en="", vi=issue), Text(en=issue, vi="")


def _documents(unit: Unit, on: date, policy: Policy) -> Iterator[tuple[Cell, ...]]:
    for code, one in sorted(unit.documents.items()):
        if one.kind is DocumentKind.EXTERNAL:
            continue
        shown = _shown(one, on)
        yield (
            code,
            _name(one.title),
            one.kind.text,
            shown.number if shown else None,
            *_issue_and_revision(shown.number if shown else None),
            shown.approver if shown else None,
            shown.issued if shown else None,
            shown.effective if shown else None,
            one.owner,
            _joined([*dict.fromkeys(held.holder for held in holdings(one, on))]),
            review_due(one, on, policy),
            one.retention,
            shown.state.text if shown else _NO_REVISION,
            one.note,
        )


_EXTERNAL = (
    Heading(Text(en="Number, symbol", vi="Số, ký hiệu"), 24, 18),
    Heading(Text(en="Title", vi="Tên văn bản"), 50, 0),
    Heading(Text(en="Issued by", vi="Cơ quan ban hành"), 24),
    Heading(Text(en="Issued", vi="Ngày ban hành"), 12),
    Heading(Text(en="In force from", vi="Có hiệu lực từ"), 12, 10),
    Heading(Text(en="In force until", vi="Hết hiệu lực"), 12, 10),
    Heading(Text(en="Replaced by", vi="Văn bản thay thế"), 20),
    Heading(Text(en="Used in", vi="Nơi áp dụng"), 28),
    _NOTE,
)


def _external(unit: Unit, on: date, _policy: Policy) -> Iterator[tuple[Cell, ...]]:
    cited = _cited(unit)
    for key, one in sorted(unit.documents.items()):
        if one.kind is DocumentKind.EXTERNAL:
            used = _joined(cited.get(key, []))
            yield (key, _name(one.title), one.issuer, None, one.in_force, last_day_in_force(one, unit, on),
                   one.replaced_by, used, one.note)  # fmt: skip
    for key, legal in sorted(unit.legal_documents.items()):
        if not is_issued(legal, on):
            continue
        used = _joined(cited.get(key, []))
        yield (legal.number or key, _name(legal.title), legal.issuer, legal.issued,
               legal.in_force, last_day_in_force(legal, unit, on), legal.replaced_by, used, legal.note)  # fmt: skip


def _cited(unit: Unit) -> Mapping[str, list[str]]:
    """Where each external document is used: codes of documents and of procedures."""
    found: dict[str, list[str]] = {}
    for code, document in unit.documents.items():
        for cited in document.cites:
            found.setdefault(cited, []).append(code)
    for code, procedure in unit.procedures.items():
        for cited in procedure.legal_bases:
            found.setdefault(cited, []).append(code)
    return found


_RECORDS = (
    _CODE,
    Heading(Text(en="Record", vi="Tên hồ sơ, biểu mẫu"), 44, 0),
    _KIND,
    Heading(Text(en="Belongs to", vi="Thuộc quy trình"), 14, 10),
    Heading(Text(en="Keeper", vi="Nơi lưu"), 22),
    Heading(Text(en="Form", vi="Hình thức"), 14),
    Heading(Text(en="Place", vi="Vị trí"), 20),
    Heading(Text(en="Kept (months)", vi="Thời gian lưu (tháng)"), 10, 9),
    Heading(Text(en="Disposal", vi="Cách hủy"), 20, 12),
    Heading(_STATE.text, 18),
    _NOTE,
)
_RECORD_KINDS = frozenset({DocumentKind.RECORD, DocumentKind.FORM})


def _records(unit: Unit, on: date, _policy: Policy) -> Iterator[tuple[Cell, ...]]:
    for code, one in sorted(unit.documents.items()):
        if one.kind in _RECORD_KINDS:
            shown = _shown(one, on)
            yield (code, _name(one.title), one.kind.text, one.form_of, one.owner, one.format,
                   one.location, one.retention, one.disposal,
                   shown.state.text if shown else None, one.note)  # fmt: skip


_DISTRIBUTION = (
    _CODE,
    Heading(Text(en="Title", vi="Tên tài liệu"), 40),
    _REVISION,
    Heading(Text(en="Holder", vi="Nơi nhận"), 30, 0),
    Heading(Text(en="Copies", vi="Số bản"), 8),
    Heading(Text(en="Form", vi="Hình thức"), 14),
    Heading(Text(en="Given", vi="Ngày giao"), 12, 10),
    Heading(Text(en="Still held", vi="Còn giữ"), 8),
    Heading(Text(en="Taken back", vi="Ngày thu hồi"), 12, 10),
    Heading(Text(en="Read on", vi="Ngày xác nhận đã đọc"), 12, 10),
)


def _distribution(unit: Unit, on: date, _policy: Policy) -> Iterator[tuple[Cell, ...]]:
    for code, one in sorted(unit.documents.items()):
        returned = given_back(one, on)
        for copy, (held, back) in zip(one.distribution, returned, strict=True):
            read = copy.revision and acknowledged(one, copy.holder, copy.revision, on)
            yield (code, _name(one.title), copy.revision, copy.holder, copy.copies, copy.form,
                   copy.given, held, back, read)  # fmt: skip


# --- objectives, audits, findings, procedures ------------------------------------------------

_OBJECTIVES = (
    Heading(Text(en="Id", vi="Mã"), 16, 12),
    Heading(Text(en="Objective", vi="Mục tiêu"), 36, 0),
    Heading(Text(en="Indicator", vi="Chỉ số"), 28),
    Heading(Text(en="Measured in", vi="Đơn vị đo"), 10),
    Heading(Text(en="Baseline", vi="Mức xuất phát"), 8),
    Heading(Text(en="Comparison", vi="So sánh"), 12),
    Heading(Text(en="Target", vi="Chỉ tiêu"), 0, 9),
    Heading(Text(en="Last value", vi="Kết quả"), 0, 8),
    Heading(Text(en="Target", vi="Chỉ tiêu"), 10),
    Heading(Text(en="Last value", vi="Kết quả"), 10),
    Heading(Text(en="Measured on", vi="Ngày đo"), 11),
    Heading(Text(en="Period from", vi="Kỳ từ ngày"), 11),
    Heading(Text(en="Due", vi="Thời hạn"), 11, 10),
    Heading(Text(en="Owner", vi="Người phụ trách"), 18),
    Heading(Text(en="Part of", vi="Thuộc mục tiêu"), 14),
    Heading(Text(en="Tasks", vi="Số nhiệm vụ"), 8),
    Heading(Text(en="Tasks done", vi="Đã thực hiện"), 8),
    _STATE,
)


def _objectives(unit: Unit, on: date, _policy: Policy) -> Iterator[tuple[Cell, ...]]:
    for key, one in unit.objectives.items():
        status = objective_status(one, on)
        last = status.last
        tasks = tasks_done(one.tasks.values(), on)
        yield (key, _name(one.title), one.indicator, one.unit, one.baseline, one.comparison.text,
               target_words(one), quantity(last.value, one.unit) if last else None,
               one.target, last.value if last else None, last.on if last else None, one.start,
               one.due, one.owner, one.parent, tasks.of, tasks.done, status.state.text)  # fmt: skip


_AUDITS = (
    Heading(Text(en="Audit", vi="Cuộc đánh giá"), 16, 14),
    Heading(Text(en="Kind", vi="Loại"), 22, 0),
    Heading(Text(en="Criteria", vi="Chuẩn mực"), 16),
    Heading(Text(en="Scope", vi="Phạm vi"), 28),
    Heading(Text(en="Clauses", vi="Điều khoản"), 20),
    Heading(Text(en="Divisions", vi="Phòng, ban"), 24),
    Heading(Text(en="Team", vi="Đoàn"), 24),
    Heading(Text(en="Planned", vi="Dự kiến"), 11, 10),
    Heading(Text(en="Held", vi="Thực hiện"), 11, 10),
    Heading(Text(en="Reported", vi="Báo cáo"), 11),
    Heading(Text(en="Nonconformities", vi="Số điểm không phù hợp"), 10),
    Heading(Text(en="Still open", vi="Chưa khép lại"), 8),
    _STATE,
)
_HELD = Text(en="held", vi="đã thực hiện")
_BEGUN = Text(en="begun", vi="đang thực hiện")
_PLANNED = Text(en="planned", vi="theo kế hoạch")


def _audits(unit: Unit, on: date, _policy: Policy) -> Iterator[tuple[Cell, ...]]:
    for key, one in sorted(unit.audits.items(), key=_when):
        late = one.planned is not None and one.planned < on
        state = _HELD if one.held else _BEGUN if one.began else _OVERDUE if late else _PLANNED
        found = [it for it in one.findings.values() if it.grade in NONCONFORMITIES]
        still = sum(closed_on(it) is None for it in found)
        yield (key, one.type.text, _joined(one.criteria), one.scope, _joined(one.clauses),
               _joined(one.divisions), _joined([it.name for it in one.team]), one.planned,
               one.held, one.reported, len(found), still, state)  # fmt: skip


def _when(entry: tuple[str, Audit]) -> tuple[date, str]:
    """The order of a programme: by the day on which an audit was held, or else is planned."""
    key, audit = entry
    return audit.held or audit.began or audit.planned or LAST_DAY, key


_FINDINGS = (
    Heading(Text(en="Audit", vi="Cuộc đánh giá"), 16, 12),
    Heading(Text(en="Finding", vi="Phát hiện"), 10, 7),
    Heading(Text(en="Kind of audit", vi="Loại đánh giá"), 16),
    Heading(Text(en="Raised", vi="Ngày nêu"), 12),
    Heading(Text(en="Clause", vi="Điều khoản"), 10, 6),
    Heading(Text(en="Grade", vi="Mức"), 0, 8),
    Heading(Text(en="Grade", vi="Mức"), 18),
    Heading(Text(en="What was found", vi="Nội dung"), 40, 0),
    Heading(Text(en="Repeats", vi="Lặp lại"), 12),
    Heading(Text(en="Owner", vi="Người chịu trách nhiệm"), 18),
    Heading(Text(en="Cause", vi="Nguyên nhân"), 26),
    Heading(Text(en="Corrective action", vi="Hành động khắc phục"), 26),
    Heading(Text(en="Due", vi="Thời hạn"), 11, 10),
    Heading(Text(en="Closed", vi="Ngày khép lại"), 11),
    Heading(_STATE.text, 12, 9),
)
#: A grade as a narrow column takes it.
_SHORT = {
    Grade.MINOR: Text(en="Minor", vi="Nhẹ"),
    Grade.MAJOR: Text(en="Major", vi="Nặng"),
    Grade.OPPORTUNITY: Text(en="To improve", vi="Cơ hội cải tiến"),
    Grade.NOT_APPLICABLE: Text(en="Does not apply", vi="Không áp dụng"),
}
_OPEN = Text(en="open", vi="chưa khép lại")
_CLOSED = Text(en="closed", vi="đã khép lại")
_OVERDUE = Text(en="overdue", vi="quá hạn")


def _findings(unit: Unit, on: date, _policy: Policy) -> Iterator[tuple[Cell, ...]]:
    for key, audit in unit.audits.items():
        for name, one in audit.findings.items():
            due, closed = closing_due(one), closed_on(one)
            late = closed is None and due is not None and due < on
            state: Text | None = _CLOSED if closed else _OVERDUE if late else _OPEN
            if not closed and one.grade not in NONCONFORMITIES:
                state = None  # nobody has to close it
            yield (key, name, audit.type.text, one.raised or audit.held, one.clause,
                   _SHORT.get(one.grade, one.grade.text), one.grade.text, one.statement or one.requirement, one.repeats, one.owner,
                   _said(one, FindingAct.CAUSE_FOUND), _said(one, FindingAct.ACTED), due, closed,
                   state)  # fmt: skip


def _said(finding: Finding, act: FindingAct) -> str | None:
    """What was recorded of each act of a kind, the earlier first."""
    return "; ".join(one.what for one in acts_of(finding, act) if one.what) or None


_PROCEDURES = (
    _CODE,
    Heading(Text(en="Procedure", vi="Tên thủ tục"), 50, 0),
    Heading(Text(en="Field", vi="Lĩnh vực"), 24),
    Heading(Text(en="Online", vi="Mức độ trực tuyến"), 16),
    Heading(Text(en="Time limit (days)", vi="Thời hạn (ngày làm việc)"), 10, 10),
    Heading(Text(en="Quality procedure", vi="Quy trình"), 14, 10),
    Heading(Text(en="Legal bases", vi="Căn cứ pháp lý"), 28),
    Heading(Text(en="Published", vi="Ngày công bố"), 12),
    Heading(Text(en="Last change", vi="Thay đổi gần nhất"), 20),
    Heading(Text(en="Changed on", vi="Ngày thay đổi"), 12),
    _STATE,
)
_IN_FORCE = Text(en="in force", vi="còn hiệu lực")
_ABOLISHED = Text(en="abolished", vi="đã bãi bỏ")


def _procedures(unit: Unit, on: date, _policy: Policy) -> Iterator[tuple[Cell, ...]]:
    for key, one in sorted(unit.procedures.items()):
        changes = sorted((c for c in one.changes if c.on <= on), key=lambda c: c.on)
        last = changes[-1] if changes else None
        gone = not is_procedure_in_force(one, on)
        yield (key, _name(one.title), one.field, one.online.text if one.online else None,
               one.time_limit, one.document, _joined(one.legal_bases), _published(one, on),
               last.act.text if last else None, last.on if last else None,
               _ABOLISHED if gone else _IN_FORCE)  # fmt: skip


def _published(procedure: AdministrativeProcedure, on: date) -> date | None:
    days = [c.on for c in procedure.changes if c.act is ProcedureAct.PUBLISHED and c.on <= on]
    return min(days, default=None)


_LISTS: Mapping[ListKind, tuple[tuple[Heading, ...], Callable[..., Iterator[tuple[Cell, ...]]]]] = {
    ListKind.DOCUMENTS: (_DOCUMENTS, _documents),
    ListKind.EXTERNAL: (_EXTERNAL, _external),
    ListKind.RECORDS: (_RECORDS, _records),
    ListKind.DISTRIBUTION: (_DISTRIBUTION, _distribution),
    ListKind.OBJECTIVES: (_OBJECTIVES, _objectives),
    ListKind.AUDITS: (_AUDITS, _audits),
    ListKind.FINDINGS: (_FINDINGS, _findings),
    ListKind.PROCEDURES: (_PROCEDURES, _procedures),
}
