"""Rules about the decision on certification: its days, what came before it, who took it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.check import About, Facts, fill, rule
from qms.dates import add_months
from qms.lapses import is_restoration, latest_expiry
from qms.obligations import CERTIFICATION_AUDITS
from qms.rules.certification.cycles import (
    ISO_17021,
    audits_before,
    chain_of,
    has_accredited,
    is_accredited,
    is_history,
    is_over,
    is_past,
)
from qms.terms import (
    AuditRole,
    AuditType,
    Clause,
    Grant,
    ObligationKind,
    ObligationState,
    Severity,
)
from qms.text import Text, same_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qms.check import Rule
    from qms.model import Audit, Certificate, Finding
    from qms.standing import Life
    from qms.tenure import Tenure

_STAGE_2_MAJORS = Clause(ISO_17021, "9.5.3.2")
_NOT_IN_TIME = frozenset({ObligationState.OVERDUE, ObligationState.LATE})
#: The audits on which a decision may rest.
_LEADING_TO_A_DECISION = (
    AuditType.STAGE_1,
    AuditType.STAGE_2,
    AuditType.RECERTIFICATION,
    AuditType.TRANSITION,
    AuditType.SPECIAL,
)


def _is_turned(at: Life) -> bool:
    """Whether a day of a certificate lies before its decision."""
    for record in at.unit.certificates.values():
        decided, effective, issued = record.decided, record.effective, record.issued
        if decided is not None and (
            (effective is not None and effective < decided)
            or (issued is not None and issued < decided)
        ):
            return True
    return False


@rule(
    "C106",
    "dates-before-decision",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=Clause(ISO_17021, "8.2.2"),
    title=Text(
        en="A certificate is neither issued nor effective before its decision",
        vi="Giấy chứng nhận không được cấp và không có hiệu lực trước ngày quyết định",
    ),
    message=Text(
        en="certificate {number}: {what} {day} lies before the decision of {decided}",
        vi="giấy chứng nhận số {number}: {what} {day} trước ngày quyết định {decided}",
    ),
    remedy=Text(
        en="Whoever keeps the register compares the days with the certificate and the decision and corrects them; if they stand "
        "so on the certificate, the unit asks the certification body for a corrected one.",
        vi="Cán bộ phụ trách sổ đăng ký đối chiếu các ngày với giấy chứng nhận và quyết định, sửa lại cho đúng; nếu giấy chứng "
        "nhận ghi như vậy, yêu cầu đơn vị đề nghị tổ chức chứng nhận cấp lại giấy đúng.",
    ),
    explanation=Text(
        en="The certification begins with the decision, so neither the first day of validity nor the day of issue comes before "
        "it; the same day is right. A certificate that claims an earlier day counts from its decision on only. Asked of "
        "accredited certificates.",
        vi="Chứng nhận bắt đầu từ quyết định, nên ngày bắt đầu hiệu lực và ngày cấp không được trước ngày quyết định; trùng ngày "
        "là đúng. Giấy ghi ngày sớm hơn chỉ được tính từ ngày quyết định. Áp dụng cho giấy chứng nhận được công nhận.",
    ),
    when=_is_turned,
)
def dates_before_decision(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """No day of a certificate lies before its decision."""
    decided = record.decided
    if decided is None or is_over(at):
        return
    for what, day in ((_EFFECTIVE, record.effective), (_ISSUED, record.issued)):
        if day is not None and day < decided and is_accredited(at.tenure(f"certificates.{key}")):
            yield Facts(number=record.number, what=what, day=day, decided=decided)


_EFFECTIVE = Text(en="its first day of validity", vi="ngày bắt đầu hiệu lực")
_ISSUED = Text(en="its day of issue", vi="ngày cấp")


def _may_be_too_long(at: Life) -> bool:
    """Whether a certificate outlasts the years from its decision and from the expiry before."""
    for tenure in at.tenures:
        years = at.norms.regimes[tenure.regime].validity_years
        if years is None or tenure.decided is None or tenure.certificate.expires is None:
            continue
        before, start = tenure.previous, tenure.decided
        if before is not None:
            if tenure.grant is not Grant.RECERTIFICATION or before.certificate.expires is None:
                return True
            start = before.certificate.expires
        if tenure.certificate.expires > add_months(start, 12 * years.value):
            return True
    return False


@rule(
    "C107",
    "validity-too-long",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=Clause(ISO_17021, "9.1.3.2"),
    title=Text(
        en="A certificate is valid for one cycle of three years at most",
        vi="Giấy chứng nhận có thời hạn tối đa một chu kỳ ba năm",
    ),
    message=Text(
        en="certificate {number} expires on {expires}; with its decision of {decided} ({grant}) it may last until {latest} at most",
        vi="giấy chứng nhận số {number} hết hạn ngày {expires}; với quyết định ngày {decided} ({grant}) thì thời hạn không được "
        "quá ngày {latest}",
    ),
    remedy=Text(
        en="Whoever keeps the register compares the expiry with the certificate and records the certificate before it, or the "
        "kind of decision (`grant`), if they are missing; if the expiry stands so on the certificate, the unit asks the issuer "
        "for a corrected one.",
        vi="Cán bộ phụ trách sổ đăng ký đối chiếu ngày hết hạn với giấy chứng nhận, bổ sung giấy chứng nhận trước đó hoặc loại "
        "quyết định (`grant`) nếu còn thiếu; nếu trên giấy ghi như vậy, yêu cầu đơn vị đề nghị nơi cấp cấp lại giấy đúng.",
    ),
    explanation=Text(
        en="After an initial decision three calendar years from the decision; 29 February becomes 28 February. After a "
        "recertification in time three years from the decision or from the old expiry, whichever is later. A transfer, a "
        "transition or a change of scope keeps the expiry. A restoration is for C116, a transfer for C122. Where the "
        "certificate that was renewed is not recorded, nothing is judged if `grant` says so; without `grant` the decision "
        "counts as initial. The three years of state certificates are practice.",
        vi="Sau quyết định lần đầu: ba năm dương lịch kể từ ngày quyết định; ngày 29/02 trở thành 28/02. Sau chứng nhận lại đúng "
        "hạn: ba năm kể từ ngày quyết định hoặc từ ngày hết hạn cũ, lấy ngày muộn hơn. Chuyển giao, chuyển đổi phiên bản hoặc "
        "thay đổi phạm vi giữ nguyên ngày hết hạn. Trường hợp khôi phục xét ở C116, chuyển giao xét ở C122. Nếu chưa ghi giấy "
        "chứng nhận trước đó thì không xét khi đã ghi `grant`; không ghi `grant` thì coi là chứng nhận lần đầu. Thời hạn ba năm "
        "của giấy chứng nhận cấp cho cơ quan nhà nước là theo thực tế áp dụng.",
    ),
    norms=("regimes.*.validity_years",),
    when=_may_be_too_long,
)
def validity_too_long(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """No certificate lasts longer than its cycle."""
    tenure = at.tenure(f"certificates.{key}")
    latest = latest_expiry(tenure, at.norms)
    if record.expires is None or latest is None or record.expires <= latest:
        return
    if not is_restoration(tenure) and tenure.grant is not Grant.TRANSFER and not is_over(at):
        yield Facts(
            number=record.number,
            expires=record.expires,
            decided=tenure.decided,
            grant=tenure.grant,
            latest=latest,
        )


def _has_stage_2(at: Life) -> bool:
    return bool(at.audits_held(AuditType.STAGE_2)) and not is_over(at)


def _is_in_first_cycle(at: Life) -> bool:
    """Whether there was a stage 2 audit and no later decision has closed its account."""
    if not _has_stage_2(at):
        return False
    return any(t.grant is Grant.INITIAL and not is_history(t, at) for t in at.tenures)


@rule(
    "C108",
    "initial-audit-out-of-order",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=Clause(ISO_17021, "9.3.1"),
    title=Text(
        en="Stage 1, stage 2 and the decision follow one another",
        vi="Đánh giá giai đoạn 1, giai đoạn 2 và quyết định chứng nhận theo đúng thứ tự",
    ),
    message=Text(
        en="certificate {number}: {what}",
        vi="giấy chứng nhận số {number}: {what}",
    ),
    remedy=Text(
        en="Whoever keeps the register compares the days with the audit reports and the decision and corrects them; if the order "
        "was so, the unit asks the certification body in writing what the decision rests on.",
        vi="Cán bộ phụ trách sổ đăng ký đối chiếu các ngày với báo cáo đánh giá và quyết định, sửa lại cho đúng; nếu thứ tự thực "
        "tế như vậy, yêu cầu đơn vị có văn bản hỏi tổ chức chứng nhận về căn cứ của quyết định.",
    ),
    explanation=Text(
        en="Of an initial certification: a stage 1 audit has ended when stage 2 begins, and a stage 2 audit has ended when the "
        "decision is taken; the same day is in order. A stage 2 audit after the decision counts against it only where none "
        "was held before, or where it names the certificate. Stages that are not recorded are not asked for here. The next "
        "cycle closes the account.",
        vi="Đối với chứng nhận lần đầu: giai đoạn 1 phải kết thúc trước khi bắt đầu giai đoạn 2, giai đoạn 2 phải kết thúc trước "
        "khi ra quyết định; trùng ngày vẫn đúng thứ tự. Đánh giá giai đoạn 2 sau quyết định chỉ bị nêu nếu trước đó chưa có "
        "cuộc nào, hoặc cuộc đó ghi rõ thuộc giấy chứng nhận này. Không xét giai đoạn chưa ghi nhận. Chu kỳ sau khép lại việc "
        "này.",
    ),
    when=_is_in_first_cycle,
)
def initial_audit_out_of_order(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """An initial decision comes after stage 2, and stage 2 after stage 1."""
    tenure = at.tenure(f"certificates.{key}")
    if tenure.grant is not Grant.INITIAL or not is_accredited(tenure) or is_history(tenure, at):
        return
    second = audits_before(tenure, at, AuditType.STAGE_2)
    late = next(_stage_2_after(tenure, at, found=bool(second)), None)
    if late is not None and tenure.decided is not None:
        what = fill(_DECIDED_FIRST, {"held": late, "decided": tenure.decided})
        yield Facts(number=record.number, what=what)
    first = [audit.held for _, audit in audits_before(tenure, at, AuditType.STAGE_1)]
    for _, audit in second:
        start = audit.began or audit.held
        if first and not any(held <= start for held in first if held and start):
            what = fill(_STAGES_TURNED, {"first": first[0], "second": start})
            yield Facts(number=record.number, what=what)


def _stage_2_after(tenure: Tenure, at: Life, *, found: bool) -> Iterator[date]:
    """The stage 2 audits held after a decision that ought to have come before it."""
    decided, end = tenure.decided, tenure.end
    if decided is None or end is None:
        return
    keys = chain_of(tenure, at)
    for _, audit in at.audits_held(AuditType.STAGE_2):
        if audit.held is not None and decided < audit.held <= end:
            named = audit.certificate in keys
            if named or (audit.certificate is None and not found):
                yield audit.held


_DECIDED_FIRST = Text(
    en="stage 2 ended on {held}, after the decision of {decided}",
    vi="đánh giá giai đoạn 2 kết thúc ngày {held}, sau quyết định ngày {decided}",
)
_STAGES_TURNED = Text(
    en="stage 1 ended on {first}, after stage 2 began on {second}",
    vi="đánh giá giai đoạn 1 kết thúc ngày {first}, sau khi bắt đầu giai đoạn 2 ngày {second}",
)


def _may_have_a_gap(at: Life) -> bool:
    """Whether some stage 2 audit lies more months than the policy allows after a stage 1."""
    return at.glance.gap and not is_over(at)


@rule(
    "C109",
    "stage-gap",
    about=About.AUDIT,
    severity=Severity.WARNING,
    basis=Clause(ISO_17021, "9.3.1.2"),
    title=Text(
        en="Stage 2 follows soon after stage 1",
        vi="Đánh giá giai đoạn 2 được thực hiện không lâu sau giai đoạn 1",
    ),
    message=Text(
        en="stage 2 began on {second}, more than {months} months after stage 1 ended on {first}",
        vi="đánh giá giai đoạn 2 bắt đầu ngày {second}, hơn {months} tháng sau khi giai đoạn 1 kết thúc ngày {first}",
    ),
    remedy=Text(
        en="The unit asks the certification body why stage 1 was not held again, and has the answer recorded with the audit.",
        vi="Yêu cầu đơn vị hỏi tổ chức chứng nhận lý do không thực hiện lại giai đoạn 1 và lưu văn bản trả lời cùng hồ sơ đánh giá.",
    ),
    explanation=Text(
        en="What stage 1 found grows old. The standard names no longest gap; the organisation's policy does (`stage_gap_months`, "
        "6 unless it says otherwise), so this only warns. The last stage 1 audit before stage 2 counts; the day some months "
        "after its end is still in time. A stage 1 that is not recorded is not asked for. The next cycle closes the account.",
        vi="Kết quả giai đoạn 1 sẽ cũ dần. Tiêu chuẩn không quy định khoảng cách tối đa; chính sách của tổ chức quy định "
        "(`stage_gap_months`, 6 tháng nếu không quy định khác), vì vậy chỉ cảnh báo. Tính từ cuộc giai đoạn 1 gần nhất trước "
        "giai đoạn 2; ngày tròn số tháng đó vẫn được coi là đúng hạn. Không xét nếu chưa ghi nhận giai đoạn 1. Chu kỳ sau khép lại việc "
        "này.",
    ),
    when=_may_have_a_gap,
)
def stage_gap(_key: str, record: Audit, at: Life) -> Iterator[Facts]:
    """No more months than the policy allows lie between stage 1 and stage 2."""
    if record.type is not AuditType.STAGE_2 or record.held is None:
        return
    start = record.began or record.held
    first = [
        audit.held
        for _, audit in at.audits_held(AuditType.STAGE_1)
        if audit.held is not None and audit.held <= start
    ]
    months = at.policy.stage_gap_months
    if first and add_months(max(first), months) < start and not is_past(record, at):
        yield Facts(first=max(first), second=start, months=months)


def _majors_late(at: Life) -> bool:
    return ObligationKind.CLOSING_OF_MAJOR in at.missed and not is_over(at)


@rule(
    "C117",
    "stage-2-to-be-repeated",
    about=About.FINDING,
    severity=Severity.ERROR,
    basis=_STAGE_2_MAJORS,
    title=Text(
        en="Majors of stage 2 are verified within six months, or stage 2 is held again",
        vi="Điểm không phù hợp nặng của giai đoạn 2 được xác nhận khắc phục trong sáu tháng, nếu không phải đánh giá lại giai đoạn 2",
    ),
    message=Text(
        en="the major nonconformity of stage 2 was to be verified as closed by {by} and was not; stage 2 has to be held again",
        vi="điểm không phù hợp nặng của giai đoạn 2 phải được xác nhận khắc phục chậm nhất ngày {by} nhưng không kịp; phải đánh "
        "giá lại giai đoạn 2",
    ),
    remedy=Text(
        en="Whoever keeps the register records the verification if it was in time. If it was not, the unit agrees with the "
        "certification body on another stage 2 audit; certification is not recommended before that.",
        vi="Cán bộ phụ trách sổ đăng ký ghi nhận việc xác nhận nếu đã thực hiện đúng hạn. Nếu không, yêu cầu đơn vị thống nhất với tổ chức "
        "chứng nhận ngày đánh giá lại giai đoạn 2; chưa được đề nghị cấp chứng nhận trước đó.",
    ),
    explanation=Text(
        en="Counted from the last day of stage 2; the day six months later is still in time. A verification that found the "
        "action not effective does not count. Quiet once another stage 2 audit was held, or the next cycle was decided on.",
        vi="Tính từ ngày kết thúc giai đoạn 2; ngày tròn sáu tháng vẫn được coi là đúng hạn. Lần xác nhận kết luận hành động không có hiệu "
        "lực thì không được tính. Không nêu nữa khi đã đánh giá lại giai đoạn 2 hoặc đã có quyết định của chu kỳ sau.",
    ),
    norms=("regimes.accredited.major_after_stage_2_months",),
    when=_majors_late,
)
def stage_2_to_be_repeated(key: str, _record: Finding, at: Life) -> Iterator[Facts]:
    """No major of stage 2 stays unverified for more than six months."""
    audit, _, number = key.partition("/")
    place = f"audits.{audit}.findings.{number}"
    held = at.unit.audits[audit].held
    for o, state in at.pending_at(place, ObligationKind.CLOSING_OF_MAJOR):
        if o.basis == _STAGE_2_MAJORS and state in _NOT_IN_TIME and held is not None:
            again = [other.held for _, other in at.audits_held(AuditType.STAGE_2)]
            if not any(day > held for day in again if day) and not is_past(
                at.unit.audits[audit], at
            ):
                yield Facts(due=o.due, by=o.due)


def _names_decider(at: Life) -> bool:
    return any(record.decided_by for record in at.unit.certificates.values()) and not is_over(at)


@rule(
    "C124",
    "decided-by-auditor",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=Clause(ISO_17021, "9.5.1"),
    title=Text(
        en="The decision is taken by someone who did not audit",
        vi="Người quyết định chứng nhận không tham gia đánh giá",
    ),
    message=Text(
        en="{person}, who decided on certificate {number} on {decided}, was in the team of the {type} of {held}",
        vi="{person} là người quyết định cấp giấy chứng nhận số {number} ngày {decided} nhưng đã tham gia đoàn {type} ngày {held}",
    ),
    remedy=Text(
        en="Whoever keeps the register compares both names with the decision and the audit report; if they are right, the unit "
        "asks the certification body to have the decision reviewed by someone who did not audit.",
        vi="Cán bộ phụ trách sổ đăng ký đối chiếu tên với quyết định và báo cáo đánh giá; nếu đúng, yêu cầu đơn vị đề nghị tổ "
        "chức chứng nhận để người không tham gia đánh giá xem xét lại quyết định.",
    ),
    explanation=Text(
        en="Whoever decides was not in the team of an audit that led to the decision: the initial audit, a recertification, "
        "transition or special audit since the decision on the cycle before. Observers are not counted, surveillance audits "
        "neither. Names are compared without regard to capital letters and blanks. The next cycle closes the account.",
        vi="Người quyết định không được là thành viên đoàn của cuộc đánh giá làm căn cứ cho quyết định: đánh giá lần đầu, đánh "
        "giá chứng nhận lại, chuyển đổi hoặc đặc biệt kể từ quyết định của chu kỳ trước. Không tính quan sát viên và các cuộc "
        "giám sát. Tên được so sánh không phân biệt chữ hoa, chữ thường và khoảng trắng. Chu kỳ sau khép lại việc này.",
    ),
    when=_names_decider,
)
def decided_by_auditor(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """Nobody decides on what he or she audited."""
    tenure = at.tenure(f"certificates.{key}")
    if record.decided_by is None or not is_accredited(tenure):
        return
    decider = same_words(record.decided_by)
    for _, audit in audits_before(tenure, at, *_LEADING_TO_A_DECISION):
        names = [same_words(one.name) for one in audit.team if one.role is not AuditRole.OBSERVER]
        if decider in names and not is_history(tenure, at):
            yield Facts(
                person=record.decided_by,
                number=record.number,
                decided=tenure.decided,
                type=audit.type,
                held=audit.held,
            )


def _knows_where_auditors_work(at: Life) -> bool:
    for audit in at.unit.audits.values():
        for one in audit.team:
            if one.of:
                return has_accredited(at)
    return False


@rule(
    "C125",
    "audited-own-unit",
    about=About.AUDIT,
    severity=Severity.WARNING,
    basis=Clause(ISO_17021, "5.2"),
    title=Text(
        en="Nobody audits the unit in which he or she works for its certification",
        vi="Chuyên gia đánh giá chứng nhận không đánh giá đơn vị mình công tác",
    ),
    message=Text(
        en="{person}, who works in {place}, was in the team of the {type} of {held}",
        vi="{person}, công tác tại {place}, đã tham gia đoàn {type} ngày {held}",
    ),
    remedy=Text(
        en="Whoever keeps the register compares the team with the audit report; if it is right, the unit tells the certification "
        "body, which judges whether the audit stands.",
        vi="Cán bộ phụ trách sổ đăng ký đối chiếu thành phần đoàn với báo cáo đánh giá; nếu đúng, yêu cầu đơn vị thông báo cho tổ "
        "chức chứng nhận để xem xét giá trị của cuộc đánh giá.",
    ),
    explanation=Text(
        en="Asked of the audits of a certification body: no member of the team, observers left out, works in the unit or in a "
        "division that was audited (`of` names the unit by its identifier or name, or the division). Whether someone who "
        "worked there before may audit is for the certification body to judge; so this only warns. The next cycle closes the "
        "account.",
        vi="Áp dụng cho các cuộc đánh giá của tổ chức chứng nhận: không thành viên nào của đoàn, trừ quan sát viên, công tác tại "
        "đơn vị hoặc bộ phận được đánh giá (`of` ghi mã, tên đơn vị hoặc tên bộ phận). Người từng công tác tại đó có được đánh "
        "giá hay không do tổ chức chứng nhận xem xét; vì vậy chỉ cảnh báo. Chu kỳ sau khép lại việc này.",
    ),
    when=_knows_where_auditors_work,
)
def audited_own_unit(_key: str, record: Audit, at: Life) -> Iterator[Facts]:
    """No auditor of a certification body comes from the unit."""
    if record.held is None or not any(one.of for one in record.team):
        return
    if record.type is not AuditType.STAGE_1 and record.type not in CERTIFICATION_AUDITS:
        return
    unit = at.unit
    own = {same_words(name) for name in (unit.id, *unit.name.words, *record.divisions)}
    for one in record.team:
        inside = one.of is not None and same_words(one.of) in own
        if inside and one.role is not AuditRole.OBSERVER and not is_past(record, at):
            yield Facts(person=one.name, place=one.of, type=record.type, held=record.held)


RULES: tuple[Rule, ...] = (
    dates_before_decision,
    validity_too_long,
    initial_audit_out_of_order,
    stage_gap,
    stage_2_to_be_repeated,
    decided_by_auditor,
    audited_own_unit,
)
