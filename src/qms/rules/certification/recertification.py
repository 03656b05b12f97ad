"""Rules about recertification: planned and decided in time, restored within its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.check import About, Facts, fill, rule
from qms.dates import day_after, day_before
from qms.lapses import is_restoration, lapse_before, latest_expiry, runs_beside
from qms.obligations import day_ahead, is_major_open, verified_on
from qms.rules.certification.cycles import (
    ISO_17021,
    audits_before,
    chain_of,
    holds,
    is_accredited,
    is_history,
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
)
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qms.check import Rule
    from qms.lapses import Lapse
    from qms.model import Certificate, Finding
    from qms.standing import Life
    from qms.tenure import Tenure

_IN_DUE_TIME = Clause(ISO_17021, "9.6.3.1.1")
_MAJORS_BEFORE_EXPIRY = Clause(ISO_17021, "9.6.3.2.2")
_AFTER_EXPIRY = Clause(ISO_17021, "9.6.3.2.5")
_RENEWAL = ObligationKind.RECERTIFICATION
_STILL_TO_COME = frozenset({ObligationState.OPEN, ObligationState.DUE_SOON})
_NOT_IN_TIME = frozenset({ObligationState.OVERDUE, ObligationState.LATE})


def _comes_near(at: Life) -> bool:
    near = day_ahead(at.on, at.policy.recertification_notice_days)
    if at.plain is not None:
        return at.plain.expires <= near
    return any(
        o.kind is _RENEWAL and o.due is not None and at.on <= o.due <= near for o, _ in at.pending
    )


@rule(
    "C110",
    "recertification-not-planned",
    about=About.CERTIFICATE,
    severity=Severity.WARNING,
    basis=_IN_DUE_TIME,
    title=Text(
        en="The recertification audit is planned well before the certificate expires",
        vi="Đánh giá chứng nhận lại được lên kế hoạch trước khi giấy chứng nhận hết hạn",
    ),
    message=Text(
        en="certificate {number} expires on {expires} and no recertification audit was held; {planned}",
        vi="giấy chứng nhận số {number} hết hạn ngày {expires} nhưng chưa đánh giá chứng nhận lại; {planned}",
    ),
    remedy=Text(
        en="The unit agrees with the certification body on an audit early enough for majors to be closed and the decision to be "
        "taken by {expires}; whoever keeps the register records the planned day.",
        vi="Yêu cầu đơn vị thống nhất với tổ chức chứng nhận ngày đánh giá đủ sớm để khắc phục các điểm không phù hợp nặng và có "
        "quyết định chậm nhất ngày {expires}; cán bộ phụ trách sổ đăng ký ghi ngày dự kiến.",
    ),
    explanation=Text(
        en="From the days before expiry that the organisation's policy lays down (`recertification_notice_days`, 90 unless it "
        "says otherwise) a recertification audit of the running cycle has been held, or is planned for a day not after the "
        "expiry. A planned day that has passed without the audit does not count. No text lays down the 90 days; so this only "
        "warns. Quiet where another certification of the unit lasts longer, unless that began beside it for another scope. "
        "Where the edition ends first, E203 speaks.",
        vi="Trước khi hết hạn một số ngày theo chính sách của tổ chức (`recertification_notice_days`, 90 ngày nếu không quy định "
        "khác), phải có cuộc đánh giá chứng nhận lại của chu kỳ này đã thực hiện, hoặc được lên kế hoạch vào ngày không muộn "
        "hơn ngày hết hạn. Ngày dự kiến đã qua mà chưa đánh giá thì không được tính. Không có văn bản quy định 90 ngày; vì vậy "
        "chỉ cảnh báo. Không xét khi đơn vị có chứng nhận hoặc công bố khác còn hiệu lực lâu hơn, trừ chứng nhận song song cho "
        "phạm vi khác. Nếu phiên bản tiêu chuẩn hết hiệu lực trước thì áp dụng E203.",
    ),
    when=_comes_near,
)
def recertification_not_planned(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """Before the expiry comes near, the recertification audit is planned."""
    for expires, since in _expiring(key, at):
        planned = _planned(since, expires, at)
        if planned is not None:
            yield Facts(due=expires, number=record.number, expires=expires, planned=planned)


def _expiring(key: str, at: Life) -> Iterator[tuple[date, date | None]]:
    """The expiry of a certificate that comes near, and the day with which its cycle began."""
    near = day_ahead(at.on, at.policy.recertification_notice_days)
    if at.plain is not None:
        if key == at.plain.key and at.plain.expires <= near:
            yield at.plain.expires, at.plain.decided
        return
    for o, state in at.pending_at(f"certificates.{key}", _RENEWAL):
        tenure = at.tenure(o.subject)
        if state not in _STILL_TO_COME or o.due is None or o.due > near:
            continue
        if is_accredited(tenure) and not _lasts_longer_elsewhere(tenure, o.due, at):
            yield o.due, tenure.cycle_start or tenure.decided or tenure.start


def _planned(since: date | None, expires: date, at: Life) -> Text | None:
    """What is wrong with the plan of the recertification audit; None where nothing is."""
    audits = [a for a in at.unit.audits.values() if a.type is AuditType.RECERTIFICATION]
    if any(a.held is not None and since is not None and a.held > since for a in audits):
        return None
    days = sorted(a.planned for a in audits if a.held is None and a.planned is not None)
    ahead = [day for day in days if day >= at.on]
    if not ahead:
        return fill(_PLAN_PASSED, {"day": days[-1]}) if days else _NOT_PLANNED
    return fill(_PLANNED_LATE, {"day": ahead[0]}) if ahead[0] > expires else None


_NOT_PLANNED = Text(en="none is planned", vi="chưa có kế hoạch đánh giá")
_PLAN_PASSED = Text(
    en="it was planned for {day}, which has passed",
    vi="đã dự kiến ngày {day} nhưng không thực hiện",
)
_PLANNED_LATE = Text(
    en="it is planned only for {day}, after the expiry",
    vi="dự kiến ngày {day} mới đánh giá, sau khi hết hạn",
)


def _lasts_longer_elsewhere(tenure: Tenure, expires: date, at: Life) -> bool:
    keys = chain_of(tenure, at) if is_accredited(tenure) else frozenset()
    return any(
        holds(other, at.on)
        and other.end is not None
        and other.end > expires
        and not (is_accredited(other) and other.key in keys)
        and not runs_beside(tenure, other)
        for other in at.tenures
    )


def _renewal_missed(at: Life) -> bool:
    return _RENEWAL in at.missed


@rule(
    "C111",
    "recertification-missed",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=_IN_DUE_TIME,
    title=Text(
        en="A certification is renewed before it expires",
        vi="Chứng nhận được cấp lại trước khi hết hạn",
    ),
    message=Text(
        en="certificate {number} ended on {expired} and was not renewed",
        vi="giấy chứng nhận số {number} hết hiệu lực sau ngày {expired} và chưa được chứng nhận lại",
    ),
    remedy=Text(en="{remedy}", vi="{remedy}"),
    explanation=Text(
        en="From the day after the last day of validity until a decision that renews or restores the certification, or until "
        "another certificate or an announcement of the unit is in force; a certification that began beside it for another "
        "scope does not take its place. It does not fall silent with time. Where the unit gave up its certification, that is "
        "recorded as a withdrawal. Where the edition ended first, E201 speaks.",
        vi="Từ ngày kế tiếp ngày cuối cùng còn hiệu lực cho đến khi có quyết định chứng nhận lại hoặc khôi phục, hoặc đơn vị có "
        "giấy chứng nhận, bản công bố khác còn hiệu lực; chứng nhận song song cho phạm vi khác không thay thế được chứng nhận đã "
        "hết hạn. Quy tắc không tự thôi nêu theo thời gian. Nếu đơn vị không duy trì chứng nhận nữa thì ghi nhận là thu hồi. Nếu "
        "phiên bản tiêu chuẩn hết hiệu lực trước thì áp dụng E201.",
    ),
    norms=("regimes.accredited.restoration_months",),
    when=_renewal_missed,
)
def recertification_missed(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """No certification has expired without renewal, unless another one holds."""
    for o, state in at.pending_at(f"certificates.{key}", _RENEWAL):
        tenure = at.tenure(o.subject)
        if state is not ObligationState.OVERDUE or not is_accredited(tenure):
            continue
        if not any(holds(other, at.on) and not runs_beside(tenure, other) for other in at.tenures):
            limit = tenure.restorable_until
            restorable = limit is not None and at.on <= limit
            remedy = fill(_RESTORE, {"limit": limit}) if restorable else _ANEW
            yield Facts(due=o.due, number=record.number, expired=o.due, remedy=remedy)


_RESTORE = Text(
    en="The unit has the outstanding activities completed and asks the certification body for restoration by {limit}; until "
    "then it does not refer to its certification. Whoever keeps the register records the restoration as a new certificate, with "
    "the day of its decision; if the unit gives its certification up, the withdrawal.",
    vi="Yêu cầu đơn vị hoàn thành các hoạt động còn thiếu, đề nghị tổ chức chứng nhận khôi phục chậm nhất ngày {limit} và không "
    "viện dẫn chứng nhận cho đến khi được khôi phục. Khi được khôi phục, cán bộ phụ trách sổ đăng ký ghi thành giấy chứng nhận "
    "mới kèm ngày quyết định; nếu đơn vị không duy trì nữa thì ghi nhận việc thu hồi.",
)
_ANEW = Text(
    en="The unit applies for certification to the edition in force, which takes at least a stage 2 audit, and takes the old "
    "certificate out of use. If it gives it up, whoever keeps the register records the withdrawal.",
    vi="Yêu cầu đơn vị đăng ký chứng nhận theo phiên bản hiện hành (ít nhất phải qua đánh giá giai đoạn 2) và ngừng sử dụng giấy "
    "chứng nhận cũ. Nếu không duy trì nữa, cán bộ phụ trách sổ đăng ký ghi nhận việc thu hồi.",
)


def _had_majors(at: Life) -> bool:
    """Whether an audit of a unit with several certificates ever found a major."""
    if len(at.unit.certificates) < 2 or is_over(at):
        return False
    return any(o.kind is ObligationKind.CLOSING_OF_MAJOR for o in at.obligations)


def _has_gap(at: Life) -> bool:
    """Whether a certificate begins, or was decided on, later than the one before it lasts."""
    for tenure in at.tenures:
        before = tenure.before
        last = (before.last or before.ended) if before is not None else None
        if before is not None and last is not None:
            after = day_after(before.end or last)
            if (tenure.decided or after) > last or (tenure.start or after) > after:
                return not is_over(at)
    return False


@rule(
    "C112",
    "recertified-with-open-major",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=Clause(ISO_17021, "9.5.2"),
    title=Text(
        en="Recertification is decided once the majors of its audit are verified as closed",
        vi="Chỉ quyết định chứng nhận lại khi các điểm không phù hợp nặng đã được xác nhận khắc phục",
    ),
    message=Text(
        en="certificate {number} was decided on {decided} while majors of the recertification audit were unverified: {majors}",
        vi="giấy chứng nhận số {number} được quyết định ngày {decided} khi còn điểm không phù hợp nặng của cuộc đánh giá chứng "
        "nhận lại chưa được xác nhận khắc phục: {majors}",
    ),
    remedy=Text(
        en="Whoever keeps the register records the verification if it came before the decision. If it did not, the unit has the "
        "majors verified at once and asks the certification body in writing whether the decision stands.",
        vi="Cán bộ phụ trách sổ đăng ký ghi nhận việc xác nhận nếu có trước quyết định. Nếu không, yêu cầu đơn vị đề nghị xác nhận "
        "khắc phục ngay và có văn bản hỏi tổ chức chứng nhận quyết định có còn giá trị hay không.",
    ),
    explanation=Text(
        en="Of the recertification audits since the decision on the cycle before, each major is verified as effectively closed on "
        "the day of the decision at the latest. For minors the certification body accepts the plan. The next cycle closes the "
        "account.",
        vi="Đối với các cuộc đánh giá chứng nhận lại kể từ quyết định của chu kỳ trước, mỗi điểm không phù hợp nặng phải được xác "
        "nhận khắc phục có hiệu lực chậm nhất vào ngày quyết định. Với điểm không phù hợp nhẹ, tổ chức chứng nhận chỉ cần chấp "
        "nhận kế hoạch khắc phục. Chu kỳ sau khép lại việc này.",
    ),
    when=_had_majors,
)
def recertified_with_open_major(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """No recertification is decided over an unverified major of its audit."""
    tenure = at.tenure(f"certificates.{key}")
    decided = tenure.decided
    if tenure.grant is not Grant.RECERTIFICATION or not is_accredited(tenure) or decided is None:
        return
    majors = tuple(
        f"audits.{audit_key}.findings.{number}"
        for audit_key, audit in audits_before(tenure, at, AuditType.RECERTIFICATION)
        for number, finding in audit.findings.items()
        if is_major_open(audit, finding, decided)
    )
    if majors and not is_history(tenure, at):
        yield Facts(number=record.number, decided=decided, majors=majors)


def _majors_late(at: Life) -> bool:
    return ObligationKind.CLOSING_OF_MAJOR in at.missed and not is_over(at)


@rule(
    "C113",
    "majors-verified-after-expiry",
    about=About.FINDING,
    severity=Severity.ERROR,
    basis=_MAJORS_BEFORE_EXPIRY,
    title=Text(
        en="Majors of a recertification audit are verified as closed before the expiry",
        vi="Điểm không phù hợp nặng của cuộc đánh giá chứng nhận lại được xác nhận khắc phục trước khi hết hạn",
    ),
    message=Text(
        en="the major nonconformity of the recertification audit was not verified as closed by the expiry of {expires}; {verified}",
        vi="điểm không phù hợp nặng của cuộc đánh giá chứng nhận lại chưa được xác nhận khắc phục khi giấy chứng nhận hết hạn ngày "
        "{expires}; {verified}",
    ),
    remedy=Text(
        en="Whoever keeps the register records the verification if it was in time. If it was not, the certification could not be "
        "renewed without a gap: the unit has the major verified and asks the certification body for restoration.",
        vi="Cán bộ phụ trách sổ đăng ký ghi nhận việc xác nhận nếu đã thực hiện đúng hạn. Nếu không, chứng nhận không thể được cấp lại liên "
        "tục: yêu cầu đơn vị đề nghị xác nhận khắc phục và đề nghị tổ chức chứng nhận khôi phục chứng nhận.",
    ),
    explanation=Text(
        en="The last day of the certificate under which the recertification audit was held is still in time. A verification that "
        "found the action not effective does not count. A decision that was taken after the expiry and after the verification "
        "closes the account: it restores the certification, and C114 names the gap.",
        vi="Ngày cuối cùng của giấy chứng nhận đang có hiệu lực khi đánh giá chứng nhận lại vẫn được coi là đúng hạn. Lần xác nhận kết luận "
        "hành động không có hiệu lực thì không được tính. Quyết định được ban hành sau khi hết hạn và sau khi xác nhận sẽ khép "
        "lại việc này: chứng nhận được khôi phục và C114 nêu khoảng gián đoạn.",
    ),
    when=_majors_late,
)
def majors_verified_after_expiry(key: str, record: Finding, at: Life) -> Iterator[Facts]:
    """No major of a recertification audit is unverified when the certificate expires."""
    audit, _, number = key.partition("/")
    place = f"audits.{audit}.findings.{number}"
    for o, state in at.pending_at(place, ObligationKind.CLOSING_OF_MAJOR):
        if o.basis == _MAJORS_BEFORE_EXPIRY and o.due is not None and state in _NOT_IN_TIME:
            closed = verified_on(record)
            if closed is None or not _decided_since(max(closed, day_after(o.due)), at):
                words = fill(_VERIFIED, {"day": closed}) if closed else _UNVERIFIED
                yield Facts(due=o.due, expires=o.due, verified=words)


def _decided_since(day: date, at: Life) -> bool:
    """Whether a cycle was decided on, on a day or after it."""
    return any(
        t.decided is not None and t.decided >= day and t.cycle_start == t.decided
        for t in at.tenures
    )


_VERIFIED = Text(en="it was verified on {day}", vi="đến ngày {day} mới được xác nhận")
_UNVERIFIED = Text(en="it is still unverified", vi="đến nay vẫn chưa được xác nhận")


@rule(
    "C114",
    "restored-after-gap",
    about=About.CERTIFICATE,
    severity=Severity.INFO,
    basis=_AFTER_EXPIRY,
    title=Text(
        en="Days without certification before a renewal are named",
        vi="Nêu rõ khoảng thời gian không có chứng nhận trước khi được cấp lại",
    ),
    message=Text(
        en="certificate {number} follows after a gap: from {start} to {end} the certification was not in force",
        vi="giấy chứng nhận số {number} được cấp sau một khoảng gián đoạn: từ ngày {start} đến ngày {end} chứng nhận không có "
        "hiệu lực",
    ),
    remedy=Text(
        en="Nothing has to be done; whoever answers for those days says that the unit was not certified.",
        vi="Không phải làm gì thêm; khi cần xác nhận về các ngày này thì nêu rõ đơn vị không được chứng nhận.",
    ),
    explanation=Text(
        en="A certification that had ended and was renewed within the months of restoration is in force again from the decision, "
        "not from the old expiry. The days between stay without certification, whatever the new certificate prints. The next "
        "cycle closes the account; the timeline keeps the gap.",
        vi="Chứng nhận đã hết hạn mà được cấp lại trong thời hạn khôi phục thì có hiệu lực trở lại từ ngày quyết định, không phải "
        "từ ngày hết hạn cũ. Những ngày ở giữa vẫn không có chứng nhận, dù giấy mới ghi thế nào. Chu kỳ sau khép lại việc này; "
        "lịch sử tình trạng của đơn vị vẫn thể hiện khoảng gián đoạn.",
    ),
    norms=("regimes.accredited.restoration_months",),
    when=_has_gap,
)
def restored_after_gap(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """The days between an expiry and the restoration are named."""
    tenure = at.tenure(f"certificates.{key}")
    before, start = tenure.previous, tenure.start
    if before is None or before.end is None or start is None or not is_accredited(tenure):
        return
    if tenure.end is None or tenure.end < start:
        return
    first, last = day_after(before.end), day_before(start)
    if first <= last and _gone(tenure, at) is None and not is_history(tenure, at):
        yield Facts(number=record.number, start=first, end=last)


@rule(
    "C115",
    "restored-too-late",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=_AFTER_EXPIRY,
    title=Text(
        en="After the months of restoration a certification begins anew, with a stage 2 audit at least",
        vi="Quá thời hạn khôi phục phải chứng nhận lại từ đầu, ít nhất qua đánh giá giai đoạn 2",
    ),
    message=Text(
        en="certificate {number} was decided on {decided}; {what}, and no stage 2 audit is recorded since",
        vi="giấy chứng nhận số {number} có quyết định ngày {decided}; {what} và từ đó chưa ghi nhận đánh giá giai đoạn 2",
    ),
    remedy=Text(
        en="Whoever keeps the register records the stage 2 audit if it was held, `grant` as initial if a new certification "
        "began, or the certificate in between if one is missing. If none of it was so, the unit asks the certification body in "
        "writing what the decision rests on.",
        vi="Cán bộ phụ trách sổ đăng ký ghi nhận cuộc đánh giá giai đoạn 2 nếu đã thực hiện, ghi `grant` là chứng nhận lần đầu "
        "nếu đã chứng nhận lại từ đầu, hoặc bổ sung giấy chứng nhận ở giữa nếu còn thiếu. Nếu không phải các trường hợp này, yêu "
        "cầu đơn vị có văn bản hỏi tổ chức chứng nhận về căn cứ của quyết định.",
    ),
    explanation=Text(
        en="Six calendar months after the expiry, or after the end of the edition where that came first, are the limit; its last "
        "day is still in time. A decision after it is no restoration: it takes at least a stage 2 audit held since and begins a "
        "new cycle, from which surveillance is counted, whatever kind of decision is recorded. Until that audit is recorded the "
        "unit is current with conditions only. A decision recorded as initial is not asked; one whose kind is not recorded is. "
        "The next cycle closes the account.",
        vi="Thời hạn là sáu tháng dương lịch kể từ ngày hết hạn, hoặc từ ngày phiên bản tiêu chuẩn hết hiệu lực nếu ngày này đến "
        "trước; ngày cuối cùng vẫn được coi là đúng hạn. Quyết định sau thời hạn này không phải là khôi phục: ít nhất phải qua "
        "đánh giá giai đoạn 2 thực hiện sau đó và bắt đầu chu kỳ mới, việc giám sát tính theo chu kỳ mới này, dù đã ghi loại quyết "
        "định nào. Chứng nhận đã chuyển giao chỉ được tiếp tục tại tổ chức khác, với quyết định trong sáu tháng kể từ ngày chuyển "
        "giao và trước ngày hết hạn cũ, hoặc với quyết định ghi là chuyển giao. Khi chưa ghi nhận cuộc đánh giá đó, đơn vị chỉ còn hiệu lực kèm điều kiện. Không xét quyết định đã ghi là chứng "
        "nhận lần đầu; quyết định chưa ghi loại thì vẫn xét. Chu kỳ sau khép lại việc này.",
    ),
    norms=("regimes.accredited.restoration_months",),
    when=_has_gap,
)
def restored_too_late(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """Nothing is restored after its time without a stage 2 audit."""
    tenure = at.tenure(f"certificates.{key}")
    lapse = _gone(tenure, at)
    if lapse is None or is_history(tenure, at):
        return
    again = audits_before(tenure, at, AuditType.STAGE_2)
    if not any(audit.held and audit.held >= lapse.since for _, audit in again):
        text = _SENT_AWAY if lapse.act else _EXPIRED
        what = fill(text, {"ended": lapse.ended, "limit": lapse.limit})
        yield Facts(due=lapse.limit, number=record.number, decided=tenure.decided, what=what)


def _gone(tenure: Tenure, at: Life) -> Lapse | None:
    """Why it was decided too late to restore or take over the one before; None if in time.

    What was withdrawn is for C120, what was transferred although it had expired for C121.
    """
    lapse = lapse_before(tenure, at.norms) if is_accredited(tenure) else None
    if lapse is None or lapse.act is CertificateAct.WITHDRAWN:
        return None
    late = tenure.decided is not None and tenure.decided > lapse.limit
    return lapse if late or lapse.act is not None else None


_EXPIRED = Text(
    en="what expired on {ended} could be restored until {limit} only",
    vi="chứng nhận hết hạn ngày {ended} chỉ được khôi phục đến hết ngày {limit}",
)
_SENT_AWAY = Text(
    en="what was transferred away on {ended} could go on until {limit} only, with the body that took it over",
    vi="chứng nhận đã chuyển giao ngày {ended} chỉ được tiếp tục tại tổ chức tiếp nhận, chậm nhất đến hết ngày {limit}",
)


@rule(
    "C116",
    "restored-expiry-not-anchored",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=_AFTER_EXPIRY,
    title=Text(
        en="A restored certification ends with the cycle that it would have had",
        vi="Chứng nhận được khôi phục hết hạn theo chu kỳ cũ",
    ),
    message=Text(
        en="certificate {number} was restored on {decided} and expires on {expires}; counted from the old cycle, which ended on "
        "{expired}, it may last until {latest} at most",
        vi="giấy chứng nhận số {number} được khôi phục ngày {decided} và hết hạn ngày {expires}; tính theo chu kỳ cũ kết thúc ngày "
        "{expired} thì thời hạn không được quá ngày {latest}",
    ),
    remedy=Text(
        en="Whoever keeps the register compares the expiry with the certificate; if it stands so, the unit asks the certification "
        "body for a certificate with the expiry counted from the old cycle.",
        vi="Cán bộ phụ trách sổ đăng ký đối chiếu ngày hết hạn với giấy chứng nhận; nếu trên giấy ghi như vậy, yêu cầu đơn vị đề "
        "nghị tổ chức chứng nhận cấp lại giấy có thời hạn tính theo chu kỳ cũ.",
    ),
    explanation=Text(
        en="After a restoration the validity begins with the decision, but its end is counted from the old expiry: three calendar "
        "years after it at most. An earlier end is not objected to.",
        vi="Sau khi khôi phục, hiệu lực bắt đầu từ ngày quyết định nhưng ngày kết thúc tính từ ngày hết hạn cũ: không quá ba năm "
        "dương lịch sau ngày đó. Thời hạn ngắn hơn thì không bị nêu.",
    ),
    norms=("regimes.accredited.restoration_months", "regimes.accredited.validity_years"),
    when=_has_gap,
)
def restored_expiry_not_anchored(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """The expiry of a restored certification is anchored on the cycle before."""
    tenure = at.tenure(f"certificates.{key}")
    before = tenure.previous
    if before is None or record.expires is None or not is_restoration(tenure) or is_over(at):
        return
    latest = latest_expiry(tenure, at.norms)
    if latest is not None and record.expires > latest:
        yield Facts(
            number=record.number,
            decided=tenure.decided,
            expires=record.expires,
            expired=before.last,
            latest=latest,
        )


def _was_suspended(at: Life) -> bool:
    return any(tenure.suspensions for tenure in at.tenures) and not is_over(at)


@rule(
    "C130",
    "recertified-while-suspended",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=Clause(ISO_17021, "9.6.5"),
    title=Text(
        en="A suspension is lifted before recertification is decided",
        vi="Việc đình chỉ phải được giải quyết trước khi quyết định chứng nhận lại",
    ),
    message=Text(
        en="certificate {number} was decided on {decided} while the certification was suspended since {since}",
        vi="giấy chứng nhận số {number} được quyết định ngày {decided} khi chứng nhận đang bị đình chỉ từ ngày {since}",
    ),
    remedy=Text(
        en="Whoever keeps the register records the lifting if it came before the decision. If it did not, the unit asks the "
        "certification body to decide in writing on the suspension and to say whether the recertification stands.",
        vi="Cán bộ phụ trách sổ đăng ký ghi nhận việc khôi phục hiệu lực nếu có trước quyết định. Nếu không, yêu cầu đơn vị đề nghị "
        "tổ chức chứng nhận quyết định bằng văn bản về việc đình chỉ và nêu rõ việc chứng nhận lại có còn giá trị hay không.",
    ),
    explanation=Text(
        en="A new certificate does not lift a suspension: that takes a decision of its own, on the day of recertification at the "
        "latest. Until it is recorded, the certification counts as suspended. The next cycle closes the account.",
        vi="Giấy chứng nhận mới không làm chấm dứt việc đình chỉ: phải có quyết định riêng, chậm nhất vào ngày quyết định chứng "
        "nhận lại. Chừng nào chưa ghi nhận, chứng nhận vẫn được coi là đang bị đình chỉ. Chu kỳ sau khép lại việc này.",
    ),
    when=_was_suspended,
)
def recertified_while_suspended(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """No recertification is decided during a suspension."""
    tenure = at.tenure(f"certificates.{key}")
    if tenure.grant is not Grant.RECERTIFICATION or tenure.decided is None:
        return
    since = tenure.suspended_on(tenure.decided)
    if since is not None and since < tenure.decided and not is_history(tenure, at):
        yield Facts(number=record.number, decided=tenure.decided, since=since)


RULES: tuple[Rule, ...] = (
    recertification_not_planned,
    recertification_missed,
    recertified_with_open_major,
    majors_verified_after_expiry,
    restored_after_gap,
    restored_too_late,
    restored_expiry_not_anchored,
    recertified_while_suspended,
)
