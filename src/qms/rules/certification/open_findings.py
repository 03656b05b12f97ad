"""Rules about decisions and the nonconformities of the audits that led to them.

ISO/IEC 17021-1:2015, 9.5.2: before any positive decision majors are verified, and the plans
for minors accepted.  Recertification has a rule of its own for majors (C112).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.check import About, Facts, rule
from qms.obligations import is_major_open, verified_on
from qms.rules.certification.cycles import (
    ISO_17021,
    audits_before,
    is_accredited,
    is_history,
    is_over,
)
from qms.terms import AuditType, Clause, FindingAct, Grade, Grant, Severity
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qms.check import Rule
    from qms.model import Certificate, Finding
    from qms.standing import Life
    from qms.tenure import Tenure

__all__ = ["RULES"]

_BASIS = Clause(ISO_17021, "9.5.2")

#: The audits that lead to each kind of decision.  A transfer takes over a decision.
_LEADING: dict[Grant, tuple[AuditType, ...]] = {
    Grant.INITIAL: (AuditType.STAGE_1, AuditType.STAGE_2),
    Grant.RECERTIFICATION: (AuditType.RECERTIFICATION,),
    Grant.TRANSITION: (
        AuditType.TRANSITION,
        AuditType.RECERTIFICATION,
        AuditType.SURVEILLANCE,
        AuditType.SPECIAL,
    ),
    Grant.SCOPE_CHANGE: (AuditType.SPECIAL, AuditType.SURVEILLANCE),
}


def _may_be_unanswered(at: Life) -> bool:
    """Whether an audit found a major, or a minor unanswered when a certificate was decided on next.

    The first decision since an audit is the one for which it has to be answered soonest.
    """
    seen = at.glance
    return (seen.unanswered or seen.unanswered_between) and not is_over(at)


@rule(
    "C131",
    "decided-with-open-major",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=_BASIS,
    title=Text(
        en="Certification is granted or changed once the majors of the audits for it are verified",
        vi="Chỉ quyết định cấp hoặc thay đổi chứng nhận khi các điểm không phù hợp nặng đã được xác nhận khắc phục",
    ),
    message=Text(
        en="certificate {number} was decided on {decided} ({grant}) while majors of the audits for it were unverified: {majors}",
        vi="giấy chứng nhận số {number} được quyết định ngày {decided} ({grant}) khi còn điểm không phù hợp nặng chưa được xác nhận "
        "khắc phục: {majors}",
    ),
    remedy=Text(
        en="Whoever keeps the register records the verification if it came before the decision. If it did not, the unit has the "
        "majors verified at once and asks the certification body in writing whether the decision stands.",
        vi="Cán bộ phụ trách sổ đăng ký ghi nhận việc xác nhận nếu có trước quyết định. Nếu không, yêu cầu đơn vị đề nghị xác nhận "
        "khắc phục ngay và có văn bản hỏi tổ chức chứng nhận quyết định có còn giá trị hay không.",
    ),
    explanation=Text(
        en="Asked of initial certification, of the transition to another edition and of changes of scope; recertification has a rule "
        "of its own (C112), and a transfer takes over the decision of another body. Audits for the decision are those since the "
        "decision on the cycle before: stage 1 and stage 2; for a transition, transition, recertification, surveillance and special audits; for a change of scope, special "
        "and surveillance audits. Verified on the day of the decision is in time. The next cycle closes the account.",
        vi="Áp dụng cho chứng nhận lần đầu, chuyển đổi phiên bản và thay đổi phạm vi; chứng nhận lại có quy tắc riêng (C112), còn chuyển giao "
        "tiếp nhận quyết định của tổ chức khác. Các cuộc đánh giá được xét là các cuộc kể từ quyết định của chu kỳ trước: giai đoạn 1 và "
        "giai đoạn 2; khi chuyển đổi là đánh giá chuyển đổi, chứng nhận lại, giám sát và đặc biệt; khi thay đổi phạm vi là đánh giá đặc biệt và giám sát. "
        "Xác nhận đúng ngày quyết định vẫn là kịp thời. Chu kỳ sau khép lại việc này.",
    ),
    when=_may_be_unanswered,
)
def decided_with_open_major(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """No positive decision is taken over an unverified major."""
    tenure = at.tenure(f"certificates.{key}")
    decided = tenure.decided
    if tenure.grant is Grant.RECERTIFICATION or decided is None or not _is_asked(tenure, at):
        return
    majors = tuple(
        f"audits.{audit_key}.findings.{number}"
        for audit_key, audit in audits_before(tenure, at, *_LEADING.get(tenure.grant, ()))
        for number, finding in audit.findings.items()
        if is_major_open(audit, finding, decided)
    )
    if majors:
        yield Facts(number=record.number, decided=decided, grant=tenure.grant, majors=majors)


def _is_asked(tenure: Tenure, at: Life) -> bool:
    return is_accredited(tenure) and not is_over(at) and not is_history(tenure, at)


@rule(
    "C132",
    "decided-without-accepted-plan",
    about=About.CERTIFICATE,
    severity=Severity.WARNING,
    basis=_BASIS,
    title=Text(
        en="The plans for the minors of an audit are accepted before the decision on it",
        vi="Kế hoạch khắc phục các điểm không phù hợp nhẹ được chấp nhận trước khi quyết định chứng nhận",
    ),
    message=Text(
        en="certificate {number} was decided on {decided}; no plan was accepted by then for these minors: {minors}",
        vi="giấy chứng nhận số {number} được quyết định ngày {decided}; đến ngày đó chưa ghi nhận việc chấp nhận kế hoạch khắc phục các "
        "điểm không phù hợp nhẹ: {minors}",
    ),
    remedy=Text(
        en="Whoever keeps the register records the day on which the certification body accepted the plan (plan-accepted). If it did "
        "not, the unit sends the plan and asks for its acceptance in writing.",
        vi="Cán bộ phụ trách sổ đăng ký ghi nhận ngày tổ chức chứng nhận chấp nhận kế hoạch (plan-accepted). Nếu chưa được chấp nhận, "
        "yêu cầu đơn vị gửi kế hoạch và đề nghị chấp nhận bằng văn bản.",
    ),
    explanation=Text(
        en="Asked of the same decisions as C131, and of recertification. A minor verified as effectively closed by the day of the "
        "decision needs no plan any more. It warns, for a decision seldom shows which plans were accepted. The next cycle closes "
        "the account.",
        vi="Áp dụng cho các quyết định như C131 và cho chứng nhận lại. Điểm không phù hợp nhẹ đã được xác nhận khắc phục có hiệu lực đến "
        "ngày quyết định thì không cần kế hoạch nữa. Chỉ cảnh báo, vì quyết định ít khi nêu kế hoạch nào đã được chấp nhận. Chu kỳ sau "
        "khép lại việc này.",
    ),
    when=_may_be_unanswered,
)
def decided_without_accepted_plan(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """No positive decision is taken over a minor that nobody plans to put right."""
    tenure = at.tenure(f"certificates.{key}")
    decided = tenure.decided
    if decided is None or not _is_asked(tenure, at):
        return
    minors = tuple(
        f"audits.{audit_key}.findings.{number}"
        for audit_key, audit in audits_before(tenure, at, *_LEADING.get(tenure.grant, ()))
        for number, finding in audit.findings.items()
        if finding.grade is Grade.MINOR and not _is_answered(finding, decided)
    )
    if minors:
        yield Facts(number=record.number, decided=decided, minors=minors)


def _is_answered(finding: Finding, by: date) -> bool:
    """Whether the plan was accepted, or the action verified, by a day."""
    accepted = any(
        event.on <= by and event.act is FindingAct.PLAN_ACCEPTED for event in finding.history
    )
    return accepted or verified_on(finding, by) is not None


RULES: tuple[Rule, ...] = (decided_with_open_major, decided_without_accepted_plan)
