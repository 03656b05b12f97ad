"""Rules about suspension and withdrawal: not in force, not for too long, nothing after the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.check import About, Facts, rule
from qms.rules.certification.cycles import (
    ISO_17021,
    continues,
    holds,
    is_accredited,
    is_over,
)
from qms.terms import (
    AuditType,
    CertificateAct,
    Clause,
    Grant,
    ObligationKind,
    ObligationState,
    Severity,
    Term,
)
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qms.check import Rule
    from qms.model import Certificate
    from qms.standing import Life
    from qms.tenure import Tenure

_SUSPENSION = Clause(ISO_17021, "9.6.5")


def _is_suspended(at: Life) -> bool:
    return any(tenure.suspensions for tenure in at.tenures) and not is_over(at)


@rule(
    "C118",
    "certificate-suspended",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=_SUSPENSION,
    title=Text(
        en="No certification is suspended",
        vi="Không có chứng nhận nào đang bị đình chỉ",
    ),
    message=Text(
        en="certificate {number} has been suspended since {since}; it does not count until that is lifted",
        vi="giấy chứng nhận số {number} bị đình chỉ từ ngày {since}; không được tính cho đến khi khôi phục hiệu lực",
    ),
    remedy=Text(
        en="The unit settles with the issuer what led to the suspension and has it lifted in writing; until then it does not "
        "refer to its certification. Whoever keeps the register records the lifting, the reduction of the scope, or the "
        "withdrawal.",
        vi="Yêu cầu đơn vị khắc phục nguyên nhân bị đình chỉ, đề nghị nơi cấp khôi phục hiệu lực bằng văn bản và không viện dẫn "
        "chứng nhận trong thời gian này. Cán bộ phụ trách sổ đăng ký ghi nhận việc khôi phục hiệu lực, thu hẹp phạm vi hoặc thu "
        "hồi.",
    ),
    explanation=Text(
        en="A suspended certification is invalid for the time being, while its expiry draws nearer all the same. From the first "
        "day of the suspension; on the day on which it is lifted the certification is in force again. A suspension runs on "
        "through a new certificate that continues the certification. A reduction of the scope after its first day ends it, too: "
        "what could not be put right is certified no longer. Once the certificate has expired or was withdrawn, other rules "
        "speak.",
        vi="Chứng nhận bị đình chỉ tạm thời không có giá trị, trong khi thời hạn vẫn tiếp tục được tính. Áp dụng từ ngày đầu tiên "
        "bị đình chỉ; vào ngày được khôi phục, chứng nhận có hiệu lực trở lại. Việc đình chỉ kéo dài sang giấy chứng nhận mới kế "
        "tục. Quyết định thu hẹp phạm vi sau ngày bị đình chỉ cũng chấm dứt việc đình chỉ: phần không khắc phục được không còn "
        "được chứng nhận. Khi giấy đã hết hạn hoặc bị thu hồi thì áp dụng quy tắc khác.",
    ),
    when=_is_suspended,
)
def certificate_suspended(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """The certificate that counts on the day is not suspended."""
    tenure = at.tenure(f"certificates.{key}")
    since = tenure.suspended_on(at.on)
    if since is None or is_over(at):
        return
    if _runs(tenure, at.on) and not _continued(tenure, at):
        yield Facts(number=record.number, since=since)


def _runs(tenure: Tenure, day: date) -> bool:
    """Whether a day lies between the first and the last day, suspended or not."""
    start, end = tenure.start, tenure.end
    return start is not None and end is not None and start <= day <= end


def _continued(tenure: Tenure, at: Life) -> bool:
    return any(continues(later, tenure) and _runs(later, at.on) for later in at.tenures)


def _lasts_too_long(at: Life) -> bool:
    return ObligationKind.LIFTING_OF_SUSPENSION in at.missed


@rule(
    "C119",
    "suspension-too-long",
    about=About.CERTIFICATE,
    severity=Severity.WARNING,
    basis=_SUSPENSION,
    title=Text(
        en="A suspension is settled within six months",
        vi="Việc đình chỉ được giải quyết trong vòng sáu tháng",
    ),
    message=Text(
        en="certificate {number} has been suspended since {since}, beyond {by}, and the suspension was neither lifted nor followed "
        "by a reduction of the scope or a withdrawal",
        vi="giấy chứng nhận số {number} bị đình chỉ từ ngày {since}, đã quá ngày {by} mà chưa được khôi phục, thu hẹp "
        "phạm vi hoặc thu hồi",
    ),
    remedy=Text(
        en="The unit asks the certification body to decide: lift the suspension, reduce the scope or withdraw; whoever keeps the "
        "register records the decision.",
        vi="Yêu cầu đơn vị đề nghị tổ chức chứng nhận quyết định: khôi phục hiệu lực, thu hẹp phạm vi hoặc thu hồi; cán bộ phụ "
        "trách sổ đăng ký ghi nhận quyết định.",
    ),
    explanation=Text(
        en="In most cases a suspension does not last longer than six months; the standard does not say that it never may, so this "
        "only warns. The day six months after its first day is still in time. Quiet once it was lifted or the scope reduced, or "
        "the certificate expired or was withdrawn.",
        vi="Trong đa số trường hợp, thời gian đình chỉ không quá sáu tháng; tiêu chuẩn không cấm tuyệt đối nên chỉ cảnh báo. Ngày "
        "tròn sáu tháng vẫn được coi là đúng hạn. Không nêu nữa khi đã được khôi phục hoặc thu hẹp phạm vi, hoặc giấy đã hết hạn "
        "hay bị thu hồi.",
    ),
    norms=("regimes.accredited.suspension_months",),
    when=_lasts_too_long,
)
def suspension_too_long(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """No suspension goes on for more than six months."""
    for o, state in at.pending_at(f"certificates.{key}", ObligationKind.LIFTING_OF_SUSPENSION):
        if state is ObligationState.OVERDUE:
            yield Facts(due=o.due, number=record.number, since=o.opens, by=o.due)


def _was_withdrawn(at: Life) -> bool:
    return any(tenure.ended for tenure in at.tenures if is_accredited(tenure)) and not is_over(at)


@rule(
    "C120",
    "activity-after-withdrawal",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=_SUSPENSION,
    title=Text(
        en="After a withdrawal nothing goes on without a new initial certification",
        vi="Sau khi bị thu hồi, mọi hoạt động tiếp theo phải bắt đầu bằng chứng nhận lần đầu mới",
    ),
    message=Text(
        en="certificate {number} was withdrawn on {withdrawn}, yet there is recorded: {what}, {day}",
        vi="giấy chứng nhận số {number} đã bị thu hồi ngày {withdrawn} nhưng sau đó vẫn ghi nhận: {what}, ngày {day}",
    ),
    remedy=Text(
        en="Whoever keeps the register compares the days with the decisions of the certification body and corrects them. A unit "
        "that wants to be certified again applies for initial certification, with stage 1 and stage 2; where that was done, "
        "the stage 2 audit is recorded, or the new certificate as initial (grant).",
        vi="Cán bộ phụ trách sổ đăng ký đối chiếu với các quyết định của tổ chức chứng nhận và sửa lại cho đúng. Đơn vị muốn được "
        "chứng nhận trở lại phải đăng ký chứng nhận lần đầu, gồm giai đoạn 1 và giai đoạn 2; nếu đã thực hiện thì ghi nhận cuộc "
        "đánh giá giai đoạn 2, hoặc ghi giấy mới là chứng nhận lần đầu (grant).",
    ),
    explanation=Text(
        en="A withdrawn certification does not come back: it is neither suspended, restored nor changed any more, no certificate "
        "continues it, and no surveillance, recertification, transition or special audit is held, unless another accredited "
        "certification of the unit runs. A certificate that says it continues the withdrawn one counts on no day; under one that "
        "says nothing the unit is current with conditions only. A new initial "
        "certification closes the account: one that says so, or before which a stage 2 audit was held; a certificate that says even after it that it continues the withdrawn one is named all the same. What happens on the day of the withdrawal "
        "itself is not asked, for an old certificate is often withdrawn on the day on which a new one takes its place.",
        vi="Chứng nhận đã bị thu hồi không được khôi phục: không còn đình chỉ, khôi phục hay thay đổi, không có giấy chứng nhận kế "
        "tục, không có đánh giá giám sát, chứng nhận lại, chuyển đổi hoặc đánh giá đặc biệt, trừ khi đơn vị có chứng nhận được "
        "công nhận khác đang có hiệu lực. Giấy ghi là kế tục giấy đã bị thu hồi thì không được tính vào ngày nào; với giấy không ghi gì, đơn vị chỉ còn hiệu lực kèm điều kiện. Chứng nhận lần đầu "
        "mới khép lại việc này nếu được ghi như vậy, hoặc trước đó đã có đánh giá giai đoạn 2; giấy cấp sau đó mà vẫn ghi là kế tục giấy đã bị thu hồi thì vẫn bị nêu. Không xét việc diễn ra đúng ngày thu hồi, vì "
        "giấy cũ thường bị thu hồi vào ngày giấy mới thay thế.",
    ),
    when=_was_withdrawn,
)
def activity_after_withdrawal(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """Nothing is done under a certification that was withdrawn."""
    acts = [event.on for event in record.history if event.act is CertificateAct.WITHDRAWN]
    tenure = at.tenure(f"certificates.{key}")
    if not acts or not is_accredited(tenure) or is_over(at):
        return
    withdrawn = min(acts)
    if any(_replaces(later, tenure, withdrawn) for later in at.tenures):
        return
    anew = [later.decided for later in at.tenures if _begins_anew(later, withdrawn, at)]
    found = (
        _void(tenure, min(filter(None, anew)), at) if anew else _activities(tenure, withdrawn, at)
    )
    for day, what in sorted(found, key=lambda one: one[0]):
        yield Facts(number=record.number, withdrawn=withdrawn, what=what, day=day)


def _replaces(later: Tenure, tenure: Tenure, withdrawn: date) -> bool:
    """Whether a certificate was withdrawn because this one had taken its place."""
    in_time = later.decided is not None and later.decided <= withdrawn
    return in_time and continues(later, tenure)


def _begins_anew(later: Tenure, withdrawn: date, at: Life) -> bool:
    """Whether a certification of its own followed on a withdrawal: by its word, or a stage 2."""
    if not is_accredited(later):
        return holds(later, at.on)
    decided = later.decided
    if later.grant is not Grant.INITIAL or later.start is None or later.last is None:
        return False
    if decided is None or decided < withdrawn:
        return False
    return later.certificate.grant is Grant.INITIAL or any(
        audit.held is not None and withdrawn <= audit.held <= decided
        for _, audit in at.audits_held(AuditType.STAGE_2)
    )


def _void(tenure: Tenure, anew: date, at: Life) -> Iterator[tuple[date, Term | Text]]:
    """What says even after a new certification that it continues it, and counts on no day."""
    for later in at.tenures:
        if later.before is tenure and later.start is None:
            decided, claims = later.decided, later.certificate.grant not in {None, Grant.INITIAL}
            if claims and later.last is not None and decided is not None and decided > anew:
                yield decided, later.grant


def _activities(tenure: Tenure, withdrawn: date, at: Life) -> Iterator[tuple[date, Term | Text]]:
    """What is recorded of a certification after its withdrawal."""
    for event in tenure.certificate.history:
        if event.on > withdrawn and event.act is not CertificateAct.WITHDRAWN:
            yield event.on, event.act
    for later in at.tenures:
        if later.before is tenure and later.decided is not None and later.decided > withdrawn:
            yield later.decided, later.grant if later.certificate.grant else _UNMARKED
    for type_ in _OF_A_RUNNING_CERTIFICATION:
        for _, audit in at.audits_held(type_):
            if audit.held is not None and audit.held > withdrawn:
                mine = audit.certificate == tenure.key
                free = audit.certificate is None and not _certified(audit.held, tenure, at)
                if mine or free:
                    yield audit.held, type_


_UNMARKED = Text(
    en="a certificate without a stage 2 audit since",
    vi="giấy chứng nhận khác khi chưa có đánh giá giai đoạn 2",
)
_OF_A_RUNNING_CERTIFICATION = (
    AuditType.SURVEILLANCE,
    AuditType.RECERTIFICATION,
    AuditType.TRANSITION,
    AuditType.SPECIAL,
)


def _certified(day: date, withdrawn: Tenure, at: Life) -> bool:
    """Whether another accredited certification ran on a day, suspended or not."""
    return any(
        _runs(other, day) for other in at.tenures if other is not withdrawn and is_accredited(other)
    )


RULES: tuple[Rule, ...] = (
    certificate_suspended,
    suspension_too_long,
    activity_after_withdrawal,
)
