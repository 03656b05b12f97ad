"""Rules about internal audits and management reviews: at planned intervals, whole, impartial.

ISO 9001:2015, 9.2 and 9.3; ISO 9001:2008, 8.2.2 and 5.6.  A unit that keeps neither in the
register is told nothing, for it may keep them elsewhere, unless the organisation keeps those
of every unit here (``policy.internal_audits_here``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.check import About, Facts, rule
from qms.clauses import is_a_clause
from qms.dates import add_months
from qms.obligations.improvement import is_only_planned
from qms.rules.certification.cycles import is_over
from qms.rules.documents.looks import clauses
from qms.rules.objectives import overdue_tasks
from qms.terms import AuditRole, AuditType, Edition, ReviewInput, ReviewOutput, Severity
from qms.text import Text, same_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qms.check import Rule
    from qms.model import Audit, ManagementReview, Unit
    from qms.standing import Life

__all__ = [
    "AUDITED",
    "REVIEWED",
    "RULES",
    "edition_held",
    "internal_audits",
    "keeps_internal_audits",
]

AUDITED = clauses("9.2", "8.2.2")
REVIEWED = clauses("9.3", "5.6")


def internal_audits(unit: Unit) -> list[Audit]:
    """The internal audits of a unit, planned and held."""
    return [one for one in unit.audits.values() if one.type is AuditType.INTERNAL]


def keeps_internal_audits(at: Life) -> bool:
    """Whether the unit keeps internal audits in the register and still exists."""
    return not is_over(at) and bool(internal_audits(at.unit))


def _keeps_reviews(at: Life) -> bool:
    return bool(at.unit.reviews) and not is_over(at)


def edition_held(at: Life) -> Edition | None:
    """The edition of the certificate or announcement that counts on the day."""
    return at.tenure(at.standing.basis).record.edition if at.standing.basis else None


@rule(
    "A701",
    "internal-audit-overdue",
    about=About.UNIT,
    severity=Severity.ERROR,
    basis=AUDITED,
    title=Text(
        en="Internal audits are held at the planned interval",
        vi="Đánh giá nội bộ được thực hiện theo định kỳ",
    ),
    message=Text(
        en="the last internal audit ended on {last}; the next was due by {deadline}",
        vi="cuộc đánh giá nội bộ gần nhất kết thúc ngày {last}; cuộc tiếp theo phải thực hiện chậm nhất ngày {deadline}",
    ),
    remedy=Text(
        en="The unit holds an internal audit, or records the one that was held.",
        vi="Đơn vị tiến hành đánh giá nội bộ, hoặc ghi nhận cuộc đánh giá đã thực hiện.",
    ),
    explanation=Text(
        en="The interval is the organisation's own (policy.internal_audit_months; 12 where nothing is said). It counts from the "
        "last day of the last internal audit. One that was never held is asked for by A712; a unit whose certification is "
        "not in force is not asked.",
        vi="Khoảng cách do tổ chức quy định (policy.internal_audit_months; nếu không ghi là 12 tháng), tính từ ngày cuối của cuộc "
        "đánh giá nội bộ gần nhất. Nếu chưa ghi nhận cuộc nào thì theo A712; đơn vị có chứng nhận không còn hiệu lực thì không bị hỏi.",
    ),
    when=keeps_internal_audits,
)
def internal_audit_overdue(_key: str, record: Unit, at: Life) -> Iterator[Facts]:
    """The system looks at itself as often as it said it would."""
    held = [one.held for one in internal_audits(record) if one.held is not None]
    yield from _overdue(held, at.policy.internal_audit_months, at)


def _overdue(held: list[date], months: int, at: Life) -> Iterator[Facts]:
    if not held or is_over(at) or not at.standing.current:
        return
    due = add_months(max(held), months)
    if due < at.on:
        yield Facts(last=max(held), deadline=due, due=due)


@rule(
    "A702",
    "management-review-overdue",
    about=About.UNIT,
    severity=Severity.ERROR,
    basis=REVIEWED,
    title=Text(
        en="Management reviews are held at the planned interval",
        vi="Xem xét của lãnh đạo được thực hiện theo định kỳ",
    ),
    message=Text(
        en="the last management review was held on {last}; the next was due by {deadline}",
        vi="lần xem xét của lãnh đạo gần nhất là ngày {last}; lần tiếp theo phải thực hiện chậm nhất ngày {deadline}",
    ),
    remedy=Text(
        en="The head of the unit holds a management review, or records the one that was held.",
        vi="Người đứng đầu đơn vị tổ chức xem xét của lãnh đạo, hoặc ghi nhận lần đã thực hiện.",
    ),
    explanation=Text(
        en="The interval is the organisation's own (policy.management_review_months; 12 where nothing is said). One that was "
        "never held is asked for by A713; a unit whose certification is not in force is not asked.",
        vi="Khoảng cách do tổ chức quy định (policy.management_review_months; nếu không ghi là 12 tháng). Nếu chưa ghi nhận "
        "lần nào thì theo A713; đơn vị có chứng nhận không còn hiệu lực thì không bị hỏi.",
    ),
    when=_keeps_reviews,
)
def management_review_overdue(_key: str, record: Unit, at: Life) -> Iterator[Facts]:
    """Management looks at the system as often as it said it would."""
    held = [one.held for one in record.reviews.values() if one.held is not None]
    yield from _overdue(held, at.policy.management_review_months, at)


@rule(
    "A703",
    "internal-audit-not-described",
    about=About.AUDIT,
    severity=Severity.WARNING,
    basis=AUDITED,
    title=Text(
        en="An internal audit has criteria, scope, auditors and, by the edition of 2026, objectives",
        vi="Cuộc đánh giá nội bộ có chuẩn mực, phạm vi, chuyên gia đánh giá và, theo phiên bản 2026, mục đích",
    ),
    message=Text(
        en="the internal audit held on {held} does not name {missing}",
        vi="cuộc đánh giá nội bộ ngày {held} chưa nêu {missing}",
    ),
    remedy=Text(
        en="Whoever leads the audit programme adds them from the plan or the report.",
        vi="Người phụ trách chương trình đánh giá bổ sung theo kế hoạch hoặc báo cáo.",
    ),
    explanation=Text(
        en="Asked once the audit was held. Scope may be said in words, or by clauses, processes, divisions or sites; the clauses are "
        "those of an edition audited against, or parts of them. Objectives are asked for where one of the criteria is the edition of "
        "2026 or a later one.",
        vi="Áp dụng khi cuộc đánh giá đã thực hiện. Phạm vi có thể nêu bằng lời, hoặc theo điều khoản, quá trình, bộ phận, địa "
        "điểm; điều khoản phải có trong phiên bản dùng làm chuẩn mực. Mục đích đánh giá được yêu cầu khi một trong các chuẩn mực là phiên "
        "bản 2026 trở đi.",
    ),
    when=keeps_internal_audits,
)
def internal_audit_not_described(_key: str, record: Audit, at: Life) -> Iterator[Facts]:
    """What was audited, against what, by whom."""
    if record.type is not AuditType.INTERNAL or record.held is None or is_over(at):
        return
    scope = record.scope or record.clauses or record.processes or record.divisions or record.sites
    newest = max((one.year for one in record.criteria), default=0)
    mistaken = [one for one in record.clauses if not is_a_clause(one, record.criteria)]
    named = (
        (record.criteria, _CRITERIA),
        (scope, _SCOPE),
        (not mistaken, _CLAUSES.format(clauses=", ".join(mistaken))),
        (record.team, _TEAM),
        (newest < 2026 or record.objectives, _OBJECTIVES),
    )
    missing = tuple(words for given, words in named if not given)
    if missing:
        yield Facts(held=record.held, missing=missing)


_CRITERIA = Text(en="criteria", vi="chuẩn mực đánh giá")
_SCOPE = Text(en="scope", vi="phạm vi")
_CLAUSES = Text(
    en="clauses of the standard (there is no {clauses})",
    vi="điều khoản có trong tiêu chuẩn (không có điều {clauses})",
)
_OBJECTIVES = Text(en="the objectives of the audit", vi="mục đích đánh giá")
_TEAM = Text(en="auditors", vi="chuyên gia đánh giá")


@rule(
    "A704",
    "audited-own-division",
    about=About.AUDIT,
    severity=Severity.WARNING,
    basis=AUDITED,
    title=Text(
        en="Internal auditors do not audit their own work",
        vi="Chuyên gia đánh giá nội bộ không đánh giá công việc của chính mình",
    ),
    message=Text(
        en="{division} was audited by nobody but its own people: {who}",
        vi="{division} chỉ do người của chính bộ phận đó đánh giá: {who}",
    ),
    remedy=Text(
        en="Somebody from another division audits it again, or the report says how impartiality was kept.",
        vi="Người của bộ phận khác đánh giá lại, hoặc báo cáo nêu rõ cách bảo đảm tính khách quan.",
    ),
    explanation=Text(
        en="Asked of each division that the audit names: somebody in the team comes from elsewhere, or where from is not recorded. "
        "Observers do not count. Who in the team audited which division is not recorded, so that two auditors may well "
        "have audited each other's.",
        vi="Xét từng bộ phận mà cuộc đánh giá nêu: trong đoàn phải có người của bộ phận khác, hoặc người chưa ghi bộ phận. Không tính "
        "quan sát viên. Sổ đăng ký không ghi ai đánh giá bộ phận nào, nên hai chuyên gia có thể đánh giá chéo bộ phận của nhau.",
    ),
    when=keeps_internal_audits,
)
def audited_own_division(_key: str, record: Audit, at: Life) -> Iterator[Facts]:
    """Impartial is who has no stake in the answer."""
    if record.type is not AuditType.INTERNAL or record.held is None or is_over(at):
        return
    team = [one for one in record.team if one.role is not AuditRole.OBSERVER]
    for division in record.divisions:
        own = tuple(
            one.name for one in team if one.of and same_words(one.of) == same_words(division)
        )
        if own and len(own) == len(team):
            yield Facts(division=division, who=own)


_OLDER = (
    ReviewInput.AUDIT_RESULTS,
    ReviewInput.CUSTOMER_FEEDBACK,
    ReviewInput.PROCESS_PERFORMANCE,
    ReviewInput.CORRECTIVE_ACTIONS,
    ReviewInput.PREVENTIVE_ACTIONS,
    ReviewInput.EARLIER_ACTIONS,
    ReviewInput.CHANGES,
    ReviewInput.IMPROVEMENT,
)
_NEWER = (
    ReviewInput.EARLIER_ACTIONS,
    ReviewInput.CHANGES,
    ReviewInput.CUSTOMER_FEEDBACK,
    ReviewInput.OBJECTIVES,
    ReviewInput.PROCESS_PERFORMANCE,
    ReviewInput.CORRECTIVE_ACTIONS,
    ReviewInput.MONITORING_RESULTS,
    ReviewInput.AUDIT_RESULTS,
    ReviewInput.EXTERNAL_PROVIDERS,
    ReviewInput.RESOURCES,
    ReviewInput.RISK_ACTIONS,
    ReviewInput.IMPROVEMENT,
)


def _inputs(edition: Edition) -> tuple[ReviewInput, ...]:
    if edition.year < 2015:
        return _OLDER
    return (*_NEWER, ReviewInput.INTERESTED_PARTIES) if edition.year >= 2026 else _NEWER


def _edition_at(at: Life, day: date | None) -> Edition | None:
    """The edition that the unit held on a day, or else holds now; None where it holds none now.

    A review is held to the edition of its day: one that was whole then does not become
    wanting by the move to the next edition.
    """
    now = edition_held(at)
    if now is None or day is None:
        return now
    begun = [one for one in at.tenures if one.start is not None and one.start <= day]
    if not begun:
        return now
    return max(begun, key=lambda one: (one.start, one.key)).record.edition


def _is_last(record: ManagementReview, at: Life) -> bool:
    """Whether no review of the unit was held after one that was held."""
    days = [one.held for one in at.unit.reviews.values() if one.held is not None]
    return record.held == max(days)


@rule(
    "A706",
    "review-inputs-missing",
    about=About.REVIEW,
    severity=Severity.WARNING,
    basis=REVIEWED,
    title=Text(
        en="A management review takes up every subject that the edition demands",
        vi="Xem xét của lãnh đạo đề cập đủ các nội dung mà phiên bản yêu cầu",
    ),
    message=Text(
        en="the review held on {held} did not take up: {missing}",
        vi="lần xem xét ngày {held} chưa đề cập: {missing}",
    ),
    remedy=Text(
        en="Whoever kept the minutes adds what was taken up; what was not is taken up at the next review.",
        vi="Người ghi biên bản bổ sung nội dung đã xem xét; nội dung chưa xem xét đưa vào lần sau.",
    ),
    explanation=Text(
        en="Which subjects are demanded follows from the edition of the certificate or announcement that counted on the day of the "
        "review; where there was none yet, of that which counts now. Only the last review is asked about.",
        vi="Nội dung yêu cầu theo phiên bản của giấy chứng nhận hoặc bản công bố có hiệu lực vào ngày xem xét; nếu khi đó chưa có thì theo "
        "bản hiện có hiệu lực. Chỉ xét lần xem xét gần nhất.",
    ),
    when=_keeps_reviews,
)
def review_inputs_missing(_key: str, record: ManagementReview, at: Life) -> Iterator[Facts]:
    """Nothing that bears on the system is left out of the review."""
    edition = None if is_over(at) else _edition_at(at, record.held)
    if edition is None or record.held is None or not _is_last(record, at):
        return
    missing = tuple(one.text for one in _inputs(edition) if one not in record.inputs)
    if missing:
        yield Facts(held=record.held, missing=missing)


def _keeps_both(at: Life) -> bool:
    return _keeps_reviews(at) and bool(internal_audits(at.unit))


@rule(
    "A707",
    "review-before-audit",
    about=About.UNIT,
    severity=Severity.WARNING,
    basis=REVIEWED,
    title=Text(
        en="A management review comes after the internal audit of its cycle",
        vi="Xem xét của lãnh đạo được thực hiện sau đánh giá nội bộ của cùng chu kỳ",
    ),
    message=Text(
        en="the review of {held} had no internal audit to go by: none was held since {since}",
        vi="lần xem xét ngày {held} không có kết quả đánh giá nội bộ: từ ngày {since} chưa đánh giá lần nào",
    ),
    remedy=Text(
        en="The unit holds the internal audit and takes its results up in a management review.",
        vi="Đơn vị tổ chức đánh giá nội bộ và đưa kết quả vào lần xem xét của lãnh đạo.",
    ),
    explanation=Text(
        en="Asked of the last review of units that keep internal audits in the register: an audit must have been held after the review "
        "before it, or within the interval of reviews (policy.management_review_months) for the first one. An audit of the same day counts. "
        "Results of audits are among what a review takes up.",
        vi="Xét lần xem xét gần nhất của đơn vị có ghi nhận đánh giá nội bộ: phải có cuộc đánh giá sau lần xem xét trước đó, hoặc trong "
        "khoảng thời gian giữa các lần xem xét (policy.management_review_months) với lần đầu. Đánh giá trong cùng ngày cũng được tính. Kết "
        "quả đánh giá là nội dung phải xem xét.",
    ),
    when=_keeps_both,
)
def review_before_audit(_key: str, record: Unit, at: Life) -> Iterator[Facts]:
    """A review without the results of audits sees half of the system."""
    reviews = sorted(one.held for one in record.reviews.values() if one.held is not None)
    audits = [one.held for one in internal_audits(record) if one.held is not None]
    if is_over(at) or not reviews or not internal_audits(record):
        return
    last = reviews[-1]
    since = add_months(last, -at.policy.management_review_months)
    if len(reviews) > 1:
        since = reviews[-2]
    if not any(since < day <= last for day in audits):
        yield Facts(held=last, since=since)


def _has_plans_ahead(at: Life) -> bool:
    return not is_over(at) and any(
        audit.planned is not None and audit.held is None for audit in at.unit.audits.values()
    )


@rule(
    "A708",
    "planned-audit-not-held",
    about=About.AUDIT,
    severity=Severity.WARNING,
    basis=AUDITED,
    title=Text(
        en="An audit is held on the day for which it is planned",
        vi="Đánh giá được tổ chức đúng ngày theo kế hoạch",
    ),
    message=Text(
        en="planned for {deadline}; it is not recorded as held",
        vi="theo kế hoạch vào ngày {deadline}; chưa ghi nhận đã tổ chức",
    ),
    remedy=Text(
        en="Whoever leads the audit programme records the day on which it was held, or plans it for another day.",
        vi="Người phụ trách chương trình đánh giá ghi ngày đã tổ chức, hoặc lập kế hoạch vào ngày khác.",
    ),
    explanation=Text(
        en="Asked of audits and checks of every type. On the planned day nothing is said; an audit that has begun is left alone.",
        vi="Áp dụng cho mọi loại đánh giá, kiểm tra. Chưa nhắc vào ngày theo kế hoạch; cuộc đã bắt đầu thì không xét.",
    ),
    when=_has_plans_ahead,
)
def planned_audit_not_held(_key: str, record: Audit, at: Life) -> Iterator[Facts]:
    """A plan that nobody keeps or changes is none."""
    planned = record.planned
    if is_over(at) or planned is None or record.held is not None or record.began is not None:
        return
    if planned < at.on:
        yield Facts(deadline=planned, due=planned)


@rule(
    "A709",
    "decision-overdue",
    about=About.REVIEW,
    severity=Severity.WARNING,
    basis=REVIEWED,
    title=Text(
        en="What a management review decided is done by its day",
        vi="Quyết định của lần xem xét lãnh đạo được thực hiện đúng hạn",
    ),
    message=Text(
        en="“{task}” was due by {deadline} and is not recorded as done",
        vi="“{task}” phải xong chậm nhất ngày {deadline} nhưng chưa ghi nhận đã thực hiện",
    ),
    remedy=Text(
        en="Whoever was charged with it finishes it and records the day and the result; the next review takes it up.",
        vi="Người được giao hoàn thành, ghi ngày và kết quả; lần xem xét sau đưa nội dung này vào.",
    ),
    explanation=Text(
        en="The due day itself is in time. Decisions without a due day are not asked about, nor those of a review that is "
        "only planned: it has decided nothing yet.",
        vi="Hoàn thành đúng ngày đến hạn vẫn là đúng hạn. Không xét quyết định chưa có thời hạn và của lần xem xét mới chỉ có "
        "trong kế hoạch: lần đó chưa quyết định gì.",
    ),
    when=_keeps_reviews,
)
def decision_overdue(_key: str, record: ManagementReview, at: Life) -> Iterator[Facts]:
    """A review is as good as what follows from it."""
    if not is_only_planned(record):
        yield from overdue_tasks(record.decisions, at)


@rule(
    "A710",
    "review-without-decisions",
    about=About.REVIEW,
    severity=Severity.WARNING,
    basis=clauses("9.3.3", "5.6.3"),
    title=Text(
        en="A management review ends in decisions",
        vi="Xem xét của lãnh đạo phải có quyết định",
    ),
    message=Text(
        en="no decision of the review held on {held} is recorded",
        vi="chưa ghi nhận quyết định nào của lần xem xét ngày {held}",
    ),
    remedy=Text(
        en="Whoever kept the minutes records what was decided, with who does it and by when.",
        vi="Người ghi biên bản ghi nhận các quyết định, người thực hiện và thời hạn.",
    ),
    explanation=Text(
        en="Asked of the last review held. Its minutes, where their file is recorded, count as decisions kept there.",
        vi="Chỉ xét lần xem xét gần nhất. Nếu đã ghi nhận tệp biên bản thì coi như quyết định được lưu ở đó.",
    ),
    when=_keeps_reviews,
)
def review_without_decisions(_key: str, record: ManagementReview, at: Life) -> Iterator[Facts]:
    """A review that decides nothing was a meeting."""
    if is_over(at) or record.held is None or not _is_last(record, at):
        return
    if not record.decisions and record.minutes is None:
        yield Facts(held=record.held)


@rule(
    "A714",
    "planned-review-not-held",
    about=About.REVIEW,
    severity=Severity.WARNING,
    basis=REVIEWED,
    title=Text(
        en="A management review is held on the day for which it is planned",
        vi="Xem xét của lãnh đạo được tổ chức đúng ngày theo kế hoạch",
    ),
    message=Text(
        en="planned for {deadline}; it is not recorded as held",
        vi="theo kế hoạch vào ngày {deadline}; chưa ghi nhận đã tổ chức",
    ),
    remedy=Text(
        en="Whoever keeps the register records the day on which it was held; or the head of the unit plans it for another day.",
        vi="Cán bộ phụ trách sổ đăng ký ghi ngày đã tổ chức; hoặc người đứng đầu đơn vị dời sang ngày khác.",
    ),
    explanation=Text(
        en="On the planned day nothing is said. Whether reviews are held as often as was laid down is asked by A702.",
        vi="Chưa nhắc vào ngày theo kế hoạch. Việc xem xét đúng định kỳ do A702 kiểm tra.",
    ),
    when=_keeps_reviews,
)
def planned_review_not_held(_key: str, record: ManagementReview, at: Life) -> Iterator[Facts]:
    """A plan that nobody keeps or changes is none."""
    planned = record.planned
    if not is_over(at) and planned is not None and record.held is None and planned < at.on:
        yield Facts(deadline=planned, due=planned)


_OUTPUTS_OLDER = (
    ReviewOutput.IMPROVEMENT,
    ReviewOutput.PRODUCT_IMPROVEMENT,
    ReviewOutput.RESOURCES,
)
_OUTPUTS = (ReviewOutput.IMPROVEMENT, ReviewOutput.CHANGES, ReviewOutput.RESOURCES)


@rule(
    "A715",
    "review-outputs-missing",
    about=About.REVIEW,
    severity=Severity.WARNING,
    basis=clauses("9.3.3", "5.6.3"),
    title=Text(
        en="A management review decides on every subject that the edition demands",
        vi="Xem xét của lãnh đạo kết luận về đủ các nội dung mà phiên bản yêu cầu",
    ),
    message=Text(
        en="the review held on {held} does not say what it decided on: {missing}",
        vi="lần xem xét ngày {held} chưa nêu kết luận về: {missing}",
    ),
    remedy=Text(
        en="Whoever kept the minutes names in outputs what was decided on, also where nothing was found necessary; what was not is "
        "decided at the next review.",
        vi="Người ghi biên bản bổ sung vào outputs các nội dung đã kết luận, kể cả khi thấy chưa cần làm gì; nội dung chưa kết luận đưa vào "
        "lần sau.",
    ),
    explanation=Text(
        en="Asked of the last review held, by the edition of its day: since 2015 opportunities for improvement, changes of the system "
        "and resources; in 2008 improvement of the system, of products, and resources. Where nothing but the file of the minutes is "
        "recorded, the outputs are kept there; where no decision is recorded at all, A710 speaks.",
        vi="Xét lần xem xét gần nhất, theo phiên bản của ngày xem xét: từ 2015 là cơ hội cải tiến, thay đổi hệ thống và nguồn lực; phiên bản "
        "2008 là cải tiến hệ thống, cải tiến sản phẩm và nguồn lực. Nếu chỉ ghi nhận tệp biên bản thì coi như đầu ra được lưu ở đó; nếu "
        "chưa ghi quyết định nào thì theo A710.",
    ),
    when=_keeps_reviews,
)
def review_outputs_missing(_key: str, record: ManagementReview, at: Life) -> Iterator[Facts]:
    """What was discussed and not decided comes back."""
    edition = None if is_over(at) else _edition_at(at, record.held)
    if edition is None or record.held is None or not _is_last(record, at):
        return
    if not record.outputs and (record.minutes is not None or not record.decisions):
        return
    asked = _OUTPUTS_OLDER if edition.year < 2015 else _OUTPUTS
    missing = tuple(one.text for one in asked if one not in record.outputs)
    if missing:
        yield Facts(held=record.held, missing=missing)


RULES: tuple[Rule, ...] = (
    internal_audit_overdue,
    management_review_overdue,
    internal_audit_not_described,
    audited_own_division,
    review_inputs_missing,
    review_before_audit,
    planned_audit_not_held,
    decision_overdue,
    review_without_decisions,
    planned_review_not_held,
    review_outputs_missing,
)
