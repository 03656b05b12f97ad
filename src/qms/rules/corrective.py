"""Rules about nonconformities: stated whole, their cause found, acted upon in time, verified.

ISO 9001:2015, 10.2; ISO 9001:2008, 8.5.2.  What majors mean for a certificate is asked
with certification; what a yearly check asked to be fixed, with state agencies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.check import About, Facts, rule
from qms.clauses import is_a_clause
from qms.dates import day_in_words
from qms.obligations.improvement import NONCONFORMITIES, acts_of, closed_on, closing_due
from qms.rules.certification.cycles import is_over
from qms.rules.documents.looks import clauses
from qms.terms import AuditType, FindingAct, Severity
from qms.text import Text, same_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qms.check import Rule
    from qms.model import Finding
    from qms.standing import Life

__all__ = ["RULES"]

_BASIS = clauses("10.2", "8.5.2")


def has_remarkable_findings(at: Life) -> bool:
    """Whether any finding is more than one stated whole and, if it is a minor one, closed.

    Most findings of a long register are no more than that, and no rule about single
    findings has anything to say of them; so they all share this one look.
    """
    return at.glance.remarkable_findings


def _is_nonconformity(finding: Finding) -> bool:
    return finding.grade in NONCONFORMITIES


_REQUIREMENT = Text(en="the requirement or its clause", vi="yêu cầu hoặc điều khoản")
_NO_CLAUSE = Text(
    en="a clause of the standard (there is no {clause})",
    vi="điều khoản có trong tiêu chuẩn (không có điều {clause})",
)
_STATEMENT = Text(en="what was found", vi="nội dung phát hiện")
_EVIDENCE = Text(en="the evidence", vi="bằng chứng")
_OWNER = Text(en="who has to act", vi="người chịu trách nhiệm")
_DUE = Text(en="the day by which it is to be closed", vi="thời hạn khắc phục")


@rule(
    "R801",
    "nonconformity-not-stated",
    about=About.FINDING,
    severity=Severity.WARNING,
    basis=_BASIS,
    title=Text(
        en="A nonconformity names requirement, facts, evidence, owner and due day",
        vi="Điểm không phù hợp nêu đủ yêu cầu, nội dung, bằng chứng, người chịu trách nhiệm và thời hạn",
    ),
    message=Text(
        en="the nonconformity does not name {missing}", vi="điểm không phù hợp chưa nêu {missing}"
    ),
    remedy=Text(
        en="The auditor adds requirement, facts and evidence from the report; the unit names who acts and by when.",
        vi="Chuyên gia đánh giá bổ sung yêu cầu, nội dung và bằng chứng theo báo cáo; đơn vị nêu người chịu trách nhiệm và thời "
        "hạn.",
    ),
    explanation=Text(
        en="Asked of minor and major nonconformities of every audit and check. The clause will do for the requirement; of one that is "
        "still open, it is a clause of an edition audited against or a part of one.",
        vi="Áp dụng cho điểm không phù hợp nặng và nhẹ của mọi cuộc đánh giá, kiểm tra. Có thể nêu điều khoản thay cho yêu cầu; với điểm "
        "chưa khép lại, điều khoản phải có trong phiên bản dùng làm chuẩn mực đánh giá.",
    ),
    when=has_remarkable_findings,
)
def nonconformity_not_stated(key: str, record: Finding, at: Life) -> Iterator[Facts]:
    """Whoever acts on it knows what, why, and until when."""
    if is_over(at) or not _is_nonconformity(record):
        return
    clause = record.clause or ""
    editions = at.unit.audits[key.rpartition("/")[0]].criteria
    mistaken = clause and closed_on(record) is None and not is_a_clause(clause, editions)
    named = (
        (record.clause or record.requirement, _REQUIREMENT),
        (not mistaken, _NO_CLAUSE.format(clause=clause)),
        (record.statement, _STATEMENT),
        (record.evidence, _EVIDENCE),
        (record.owner, _OWNER),
        (record.due, _DUE),
    )
    missing = tuple(words for given, words in named if not given)
    if missing:
        yield Facts(missing=missing)


@rule(
    "R802",
    "action-without-cause",
    about=About.FINDING,
    severity=Severity.WARNING,
    basis=_BASIS,
    title=Text(
        en="The cause is determined before corrective action is taken",
        vi="Xác định nguyên nhân trước khi thực hiện hành động khắc phục",
    ),
    message=Text(
        en="corrective action was taken on {acted}; the cause had not been determined by then",
        vi="hành động khắc phục được thực hiện ngày {acted} khi chưa xác định nguyên nhân",
    ),
    remedy=Text(
        en="The unit determines the cause, looks for similar cases, and says whether the action removes the cause.",
        vi="Đơn vị xác định nguyên nhân, tìm các trường hợp tương tự và xem hành động đã thực hiện có loại bỏ được nguyên nhân "
        "không.",
    ),
    explanation=Text(
        en="A correction needs no cause; an action against recurrence does. Cause and action may bear the same day.",
        vi="Việc sửa chữa không cần xác định nguyên nhân; hành động ngăn tái diễn thì cần. Nguyên nhân và hành động có thể ghi "
        "cùng ngày.",
    ),
    when=has_remarkable_findings,
)
def action_without_cause(_key: str, record: Finding, at: Life) -> Iterator[Facts]:
    """Nobody can remove a cause that nobody looked for."""
    acted = acts_of(record, FindingAct.ACTED)
    if is_over(at) or not acted or not _is_nonconformity(record):
        return
    found = acts_of(record, FindingAct.CAUSE_FOUND)
    if not found or found[0].on > acted[0].on:
        yield Facts(acted=acted[0].on)


@rule(
    "R803",
    "nonconformity-overdue",
    about=About.FINDING,
    severity=Severity.ERROR,
    basis=_BASIS,
    title=Text(
        en="A nonconformity is closed by its due day, or the day is extended",
        vi="Điểm không phù hợp được khép lại đúng hạn hoặc được gia hạn",
    ),
    message=Text(
        en="the nonconformity was to be closed by {deadline}; no verification found the action effective",
        vi="điểm không phù hợp phải khép lại chậm nhất ngày {deadline} nhưng chưa được kiểm tra xác nhận là có hiệu lực",
    ),
    remedy=Text(
        en="The unit completes the action and has it verified, or asks whoever set the day to extend it; the register is "
        "brought up to date.",
        vi="Đơn vị hoàn thành hành động khắc phục và đề nghị kiểm tra xác nhận, hoặc đề nghị gia hạn; cập nhật sổ đăng ký.",
    ),
    explanation=Text(
        en="The due day itself is still in time; an extension counts with its new day. Points that a yearly check asked to be "
        "fixed are followed by a rule of their own (V305).",
        vi="Đến hết ngày đến hạn vẫn là đúng hạn; nếu gia hạn thì tính theo ngày mới. Các nội dung cuộc kiểm tra hằng năm yêu cầu "
        "khắc phục có quy tắc riêng (V305).",
    ),
    when=has_remarkable_findings,
)
def nonconformity_overdue(key: str, record: Finding, at: Life) -> Iterator[Facts]:
    """A due day is kept or moved, never just passed."""
    due = closing_due(record)
    if is_over(at) or due is None or due >= at.on or not _is_nonconformity(record):
        return
    audit = at.unit.audits[key.rpartition("/")[0]]
    if audit.type is not AuditType.YEARLY_CHECK and closed_on(record) is None:
        yield Facts(deadline=due, due=due)


@rule(
    "R804",
    "extension-not-in-order",
    about=About.FINDING,
    severity=Severity.WARNING,
    basis=_BASIS,
    title=Text(
        en="A due day is extended before it has passed, to a later day, by somebody named",
        vi="Việc gia hạn thực hiện trước khi hết hạn, đến ngày muộn hơn và ghi rõ người cho phép",
    ),
    message=Text(
        en="the extension of {extended} is not in order: {why}",
        vi="việc gia hạn ngày {extended} chưa đúng: {why}",
    ),
    remedy=Text(
        en="Whoever allowed the extension records the new day and the name; a day that has passed is answered for in the report.",
        vi="Người cho phép gia hạn ghi ngày mới và tên; nếu đã quá hạn thì giải trình trong báo cáo.",
    ),
    explanation=Text(
        en="Each extension is held against the day that it moves; on the due day itself it is still in time.",
        vi="Mỗi lần gia hạn được so với thời hạn trước đó; gia hạn đúng ngày đến hạn vẫn là kịp thời.",
    ),
    when=has_remarkable_findings,
)
def extension_not_in_order(_key: str, record: Finding, at: Life) -> Iterator[Facts]:
    """An extension is a decision, not a correction of the calendar."""
    due = record.due
    for one in () if is_over(at) else acts_of(record, FindingAct.EXTENDED):
        reasons = []
        if one.until is None or (due is not None and one.until <= due):
            reasons.append(_NO_LATER)
        if due is not None and one.on > due:
            reasons.append(_TOO_LATE)
        if one.by is None:
            reasons.append(_BY_NOBODY)
        if reasons:
            yield Facts(extended=one.on, why=tuple(reasons))
        due = one.until or due


_NO_LATER = Text(en="it names no later day", vi="không nêu ngày muộn hơn")
_TOO_LATE = Text(en="the day had passed already", vi="khi đó đã quá hạn")
_BY_NOBODY = Text(en="nobody is named who allowed it", vi="không ghi người cho phép")


@rule(
    "R805",
    "verified-by-doer",
    about=About.FINDING,
    severity=Severity.WARNING,
    basis=_BASIS,
    title=Text(
        en="Effectiveness is verified by somebody other than the doer",
        vi="Hiệu lực được kiểm tra xác nhận bởi người khác với người thực hiện",
    ),
    message=Text(
        en="{who} took the action and verified it on {verified}",
        vi="{who} vừa thực hiện vừa kiểm tra xác nhận ngày {verified}",
    ),
    remedy=Text(
        en="Somebody else verifies the effectiveness and records it.",
        vi="Người khác kiểm tra xác nhận hiệu lực và ghi vào sổ đăng ký.",
    ),
    explanation=Text(
        en="The organisation's own choice (policy.verifier_differs_from_doer); no edition demands it.",
        vi="Đây là lựa chọn của tổ chức (policy.verifier_differs_from_doer); không phiên bản nào bắt buộc.",
    ),
    when=has_remarkable_findings,
)
def verified_by_doer(_key: str, record: Finding, at: Life) -> Iterator[Facts]:
    """Nobody marks their own homework."""
    if is_over(at) or not at.policy.verifier_differs_from_doer:
        return
    doers = {
        same_words(one.by)
        for one in acts_of(record, FindingAct.ACTED, FindingAct.CORRECTED)
        if one.by
    }
    for one in acts_of(record, FindingAct.VERIFIED):
        if one.by is not None and same_words(one.by) in doers:
            yield Facts(who=one.by, verified=one.on)


@rule(
    "R806",
    "not-effective-and-nothing-since",
    about=About.FINDING,
    severity=Severity.ERROR,
    basis=_BASIS,
    title=Text(
        en="What was verified as not effective is acted upon again",
        vi="Hành động được xác nhận là chưa có hiệu lực thì phải thực hiện lại",
    ),
    message=Text(
        en="the action was verified on {verified} and found not effective; nothing has been recorded since",
        vi="ngày {verified} xác nhận hành động chưa có hiệu lực; từ đó chưa ghi nhận việc gì thêm",
    ),
    remedy=Text(
        en="The unit goes back to the cause, plans another action, and records both.",
        vi="Đơn vị xem lại nguyên nhân, lập hành động khác và ghi nhận cả hai.",
    ),
    explanation=Text(
        en="From the day after the verification on. A new cause, plan or action ends it.",
        vi="Tính từ ngày sau ngày kiểm tra xác nhận. Nguyên nhân, kế hoạch hoặc hành động mới khép lại trường hợp này.",
    ),
    when=has_remarkable_findings,
)
def not_effective_and_nothing_since(_key: str, record: Finding, at: Life) -> Iterator[Facts]:
    """A verification that fails begins the work again."""
    verified = acts_of(record, FindingAct.VERIFIED)
    if is_over(at) or not verified or verified[-1].effective is not False:
        return
    last = verified[-1].on
    again = acts_of(record, FindingAct.CAUSE_FOUND, FindingAct.PLANNED, FindingAct.ACTED)
    if at.on > last and not any(one.on >= last for one in again):
        yield Facts(verified=last)


@rule(
    "R807",
    "repeat-of-a-later-finding",
    about=About.FINDING,
    severity=Severity.ERROR,
    basis=_BASIS,
    title=Text(
        en="A finding repeats one of an earlier audit",
        vi="Phát hiện lặp lại phải là của cuộc đánh giá trước đó",
    ),
    message=Text(
        en="it is said to repeat {repeats}, which was not found before {raised}",
        vi="được ghi là lặp lại {repeats} nhưng phát hiện đó không có trước ngày {raised}",
    ),
    remedy=Text(
        en="Whoever keeps the register names the earlier finding, or takes the link out.",
        vi="Cán bộ phụ trách sổ đăng ký nêu đúng phát hiện trước đó hoặc bỏ liên kết.",
    ),
    explanation=Text(
        en="The finding that is repeated was raised on an earlier day: its own, or the last day of its audit.",
        vi="Phát hiện bị lặp lại phải được nêu vào ngày trước đó: ngày của chính phát hiện, hoặc ngày cuối của cuộc đánh giá.",
    ),
    when=has_remarkable_findings,
)
def repeat_of_a_later_finding(key: str, record: Finding, at: Life) -> Iterator[Facts]:
    """What is repeated came first."""
    if is_over(at) or record.repeats is None:
        return
    mine, first = _raised(key, at), _raised(record.repeats, at)
    if mine is not None and (first is None or first >= mine):
        yield Facts(repeats=record.repeats, raised=mine)


def _raised(key: str, at: Life) -> date | None:
    audit_key, _, name = key.rpartition("/")
    audit = at.unit.audits.get(audit_key)
    finding = audit.findings.get(name) if audit else None
    if audit is None or finding is None:
        return None
    return finding.raised or audit.held


def _may_repeat(at: Life) -> bool:
    """Whether an open nonconformity is of a clause that was found before."""
    found = [
        (finding.clause, closed_on(finding) is None and finding.repeats is None)
        for audit in at.unit.audits.values()
        for finding in audit.findings.values()
        if finding.clause and finding.grade in NONCONFORMITIES
    ]
    open_ones = {clause for clause, is_open in found if is_open}
    return any(sum(1 for clause, _ in found if clause == one) > 1 for one in open_ones)


@rule(
    "R808",
    "same-clause-found-before",
    about=About.FINDING,
    severity=Severity.INFO,
    basis=_BASIS,
    title=Text(
        en="Whether a nonconformity repeats an earlier one is decided",
        vi="Điểm không phù hợp được xem xét có lặp lại hay không",
    ),
    message=Text(
        en="a nonconformity of clause {clause} was found on {raised}, too ({first}); it is not said whether this one repeats it",
        vi="ngày {raised} đã có điểm không phù hợp theo điều {clause} ({first}); chưa ghi rõ lần này có lặp lại không",
    ),
    remedy=Text(
        en="Whoever looks for the cause compares both; where it repeats, the finding names the earlier one (repeats).",
        vi="Người tìm nguyên nhân so sánh hai phát hiện; nếu lặp lại thì ghi phát hiện trước đó (repeats).",
    ),
    explanation=Text(
        en="Asked of open nonconformities that name the same clause as one of an earlier day, in the same unit. It is a note: the same "
        "clause need not be the same problem.",
        vi="Xét điểm không phù hợp chưa khép lại có cùng điều khoản với một điểm của ngày trước đó trong cùng đơn vị. Chỉ là lưu ý: "
        "cùng điều khoản chưa hẳn cùng vấn đề.",
    ),
    when=_may_repeat,
)
def same_clause_found_before(key: str, record: Finding, at: Life) -> Iterator[Facts]:
    """What comes back was not removed at its cause."""
    mine = _raised(key, at)
    if is_over(at) or mine is None or record.repeats is not None or not record.clause:
        return
    if not _is_nonconformity(record) or closed_on(record) is not None:
        return
    before = [
        (raised, f"{audit_key}/{name}")
        for audit_key, audit in at.unit.audits.items()
        for name, finding in audit.findings.items()
        if finding.clause == record.clause and _is_nonconformity(finding)
        if (raised := finding.raised or audit.held) is not None and raised < mine
    ]
    if before:
        raised, first = max(before)
        yield Facts(clause=record.clause, raised=raised, first=first)


@rule(
    "R809",
    "closed-without-account",
    about=About.FINDING,
    severity=Severity.WARNING,
    basis=_BASIS,
    title=Text(
        en="A nonconformity is closed with correction, cause and action on record",
        vi="Điểm không phù hợp chỉ khép lại khi đã ghi nhận việc khắc phục, nguyên nhân và hành động",
    ),
    message=Text(
        en="closed by the verification of {verified}, and there is not recorded: {missing}",
        vi="đã khép lại theo kết quả kiểm tra xác nhận ngày {verified} nhưng chưa ghi nhận: {missing}",
    ),
    remedy=Text(
        en="The unit adds what was done from its records of the nonconformity; where nothing could be corrected, the entry says so. What was not done is "
        "done, and verified again.",
        vi="Đơn vị bổ sung theo hồ sơ xử lý điểm không phù hợp; nếu không thể khắc phục ngay thì ghi rõ. Việc chưa làm thì thực hiện và kiểm "
        "tra xác nhận lại.",
    ),
    explanation=Text(
        en="Asked of minor and major nonconformities whose last verification did not find the action wanting. The standard asks for a "
        "record of nature, actions and results. Points of yearly checks are re-checked instead (V305).",
        vi="Áp dụng cho điểm không phù hợp nặng và nhẹ mà lần kiểm tra xác nhận gần nhất không kết luận là chưa có hiệu lực. Tiêu chuẩn yêu "
        "cầu lưu thông tin về bản chất, hành động và kết quả. Các nội dung của cuộc kiểm tra hằng năm được kiểm tra lại theo quy tắc "
        "khác (V305).",
    ),
    when=has_remarkable_findings,
)
def closed_without_account(key: str, record: Finding, at: Life) -> Iterator[Facts]:
    """What is closed can be followed from the fault to its end."""
    closed = closed_on(record)
    if is_over(at) or closed is None or not _is_nonconformity(record):
        return
    if at.unit.audits[key.rpartition("/")[0]].type is AuditType.YEARLY_CHECK:
        return
    named = (
        (acts_of(record, FindingAct.CORRECTED), _CORRECTION),
        (acts_of(record, FindingAct.CAUSE_FOUND), _CAUSE),
        (acts_of(record, FindingAct.ACTED), _ACTION),
        (acts_of(record, FindingAct.VERIFIED)[-1].effective, _EFFECT),
    )
    missing = tuple(words for given, words in named if not given)
    if missing:
        yield Facts(verified=closed, missing=missing)


_CORRECTION = Text(en="the correction", vi="việc khắc phục")
_CAUSE = Text(en="the cause", vi="nguyên nhân")
_ACTION = Text(en="the corrective action", vi="hành động khắc phục")
_EFFECT = Text(en="whether the action was effective", vi="hành động có hiệu lực hay không")


@rule(
    "R810",
    "verified-before-action",
    about=About.FINDING,
    severity=Severity.WARNING,
    basis=_BASIS,
    title=Text(
        en="Effectiveness is verified after the action",
        vi="Hiệu lực được kiểm tra xác nhận sau khi thực hiện hành động khắc phục",
    ),
    message=Text(
        en="verified on {verified}, before the action of {acted}",
        vi="được kiểm tra xác nhận ngày {verified}, trước hành động khắc phục ngày {acted}",
    ),
    remedy=Text(
        en="Whoever keeps the register corrects the day that is wrong; otherwise the action is verified anew.",
        vi="Cán bộ phụ trách sổ đăng ký sửa ngày ghi sai; nếu ngày đúng thì kiểm tra xác nhận lại.",
    ),
    explanation=Text(
        en="The last verification counts, unless it found the action wanting, and the last corrective action; both may bear the same day.",
        vi="Xét lần kiểm tra xác nhận gần nhất, trừ khi kết luận chưa có hiệu lực, và hành động khắc phục gần nhất; hai việc có thể ghi cùng "
        "ngày.",
    ),
    when=has_remarkable_findings,
)
def verified_before_action(_key: str, record: Finding, at: Life) -> Iterator[Facts]:
    """Nobody can tell whether what was not yet done works."""
    acted, verified = acts_of(record, FindingAct.ACTED), acts_of(record, FindingAct.VERIFIED)
    if is_over(at) or closed_on(record) is None or not acted or not _is_nonconformity(record):
        return
    if acted[-1].on > verified[-1].on:
        yield Facts(verified=verified[-1].on, acted=acted[-1].on)


@rule(
    "R811",
    "acted-before-finding",
    about=About.FINDING,
    severity=Severity.ERROR,
    basis=_BASIS,
    title=Text(
        en="What is done about a nonconformity is done after it was found",
        vi="Việc xử lý điểm không phù hợp diễn ra sau khi phát hiện",
    ),
    message=Text(
        en="it was found on {raised} at the earliest, and yet there is recorded: {earlier}",
        vi="điểm không phù hợp được phát hiện sớm nhất ngày {raised} nhưng lại ghi nhận: {earlier}",
    ),
    remedy=Text(
        en="Whoever keeps the register corrects the day that is wrong, often a mistyped year; or records the first day of the audit "
        "(began) or the day on which the finding was raised (raised).",
        vi="Cán bộ phụ trách sổ đăng ký sửa ngày ghi sai, thường là nhầm năm; hoặc ghi ngày bắt đầu đánh giá (began) hay ngày nêu phát "
        "hiện (raised).",
    ),
    explanation=Text(
        en="Asked of minor and major nonconformities. One is found on the day on which it was raised; where that is not recorded, on the "
        "first day of the audit; where that is not recorded either, on its last day, and then nothing is said of the correction, for "
        "much is put right on the spot. Neither what was done about it nor the day by which it is to be closed comes before. A "
        "verification of last year would otherwise close a nonconformity of this year.",
        vi="Áp dụng cho điểm không phù hợp nặng và nhẹ. Ngày phát hiện là ngày nêu (raised); nếu không ghi thì là ngày đầu của cuộc đánh "
        "giá; nếu cũng không ghi thì là ngày cuối, và khi đó không xét việc khắc phục vì nhiều việc được khắc phục tại chỗ. Việc xử lý và "
        "thời hạn khắc phục không thể trước ngày đó; nếu không, việc kiểm tra xác nhận ghi nhầm năm trước sẽ khép lại điểm không phù hợp "
        "của năm nay.",
    ),
    when=has_remarkable_findings,
)
def acted_before_finding(key: str, record: Finding, at: Life) -> Iterator[Facts]:
    """Nobody acts upon what is not yet found."""
    audit = at.unit.audits[key.rpartition("/")[0]]
    raised = record.raised or audit.began or audit.held
    if is_over(at) or raised is None or not _is_nonconformity(record):
        return
    on_the_spot = record.raised is None and audit.began is None
    earlier = [
        _ON_DAY.format(what=one.act.text, day=day_in_words(one.on))
        for one in sorted(record.history, key=lambda one: one.on)
        if one.on < raised and not (on_the_spot and one.act is FindingAct.CORRECTED)
    ]
    if record.due is not None and record.due < raised:
        earlier.append(_DUE_ON.format(day=day_in_words(record.due)))
    if earlier:
        yield Facts(raised=raised, earlier=tuple(earlier))


_ON_DAY = Text(en="{what} on {day}", vi="{what} ngày {day}")
_DUE_ON = Text(en="to be closed by {day}", vi="thời hạn khắc phục {day}")


RULES: tuple[Rule, ...] = (
    nonconformity_not_stated,
    action_without_cause,
    nonconformity_overdue,
    extension_not_in_order,
    verified_by_doer,
    not_effective_and_nothing_since,
    repeat_of_a_later_finding,
    same_clause_found_before,
    closed_without_account,
    verified_before_action,
    acted_before_finding,
)
