"""Rules about state agencies: announcements, yearly checks, points to be fixed."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from qms.check import About, Facts, fill, rule
from qms.obligations import challenged_since, changes_since_announced
from qms.rules.certification.cycles import is_over
from qms.terms import (
    AuditMode,
    AuditType,
    Clause,
    ObligationKind,
    ObligationState,
    ProcedureAct,
    Regime,
    Severity,
)
from qms.text import Text, same_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms.check import Rule
    from qms.model import Announcement, Finding, Unit
    from qms.obligations import ChangeSinceAnnounced
    from qms.standing import Life

_DECISION_19 = "QĐ 19/2014/QĐ-TTg"
_CIRCULAR_26 = "TT 26/2014/TT-BKHCN"
_TO_COME = frozenset({ObligationState.OPEN, ObligationState.DUE_SOON})


@rule(
    "V301",
    "announcement-not-signed-by-head",
    about=About.ANNOUNCEMENT,
    severity=Severity.ERROR,
    basis=Clause(_DECISION_19, "4(3)"),
    title=Text(
        en="An announcement is signed by the head of the unit",
        vi="Bản công bố do người đứng đầu đơn vị ký",
    ),
    message=Text(
        en="announcement {number} is not shown to be signed by the head of the unit: {why}",
        vi="chưa có căn cứ cho thấy bản công bố số {number} do người đứng đầu đơn vị ký: {why}",
    ),
    remedy=Text(
        en="Whoever keeps the register records who signed and when, and the heads of the unit with their terms of office; "
        "if someone else signed, the head announces conformity anew.",
        vi="Cán bộ phụ trách sổ đăng ký ghi rõ người ký, ngày ký và những người đứng đầu đơn vị kèm thời gian giữ chức; nếu "
        "người khác ký thì người đứng đầu đơn vị phải công bố lại.",
    ),
    explanation=Text(
        en="The head in office on the day of signature signs; the first and the last day in office count. An announcement "
        "whose signature, day of signature or head is not recorded is not taken as signed by the head. Whoever leads the "
        "unit provisionally is recorded among its heads for that time. Names are compared without regard to capital "
        "letters and ways of typing accents. Announcements that were withdrawn or replaced are not asked.",
        vi="Người ký là người đứng đầu đang giữ chức vào ngày ký; ngày đầu và ngày cuối của thời gian giữ chức đều được tính. "
        "Nếu chưa ghi nhận người ký, ngày ký hoặc người đứng đầu thì không coi là do người đứng đầu ký. Người được giao quyền "
        "hoặc phụ trách đơn vị được ghi là người đứng đầu trong thời gian đó. Khi so sánh họ tên không phân biệt chữ hoa, chữ "
        "thường và cách gõ dấu. Không xét bản công bố đã bị hủy bỏ hoặc thay thế.",
    ),
    norms=("regimes.announcement.signatory",),
)
def announcement_not_signed_by_head(key: str, record: Announcement, at: Life) -> Iterator[Facts]:
    """An announcement in force was signed by the head in office on the day of signature."""
    why = _unsigned(record, at.unit)
    if why is not None and not _is_past(f"announcements.{key}", at):
        yield Facts(number=record.number, why=why)


def _unsigned(record: Announcement, unit: Unit) -> Text | None:
    """Why an announcement is not shown to be signed by the head; None where it is."""
    if record.signed_by is None:
        return _NO_SIGNATURE
    if record.signed is None:
        return _NO_DAY
    heads = [
        head.name
        for head in unit.heads
        if (head.valid_from or date.min) <= record.signed <= (head.valid_to or date.max)
    ]
    facts = {"signed": record.signed, "signed_by": record.signed_by, "heads": tuple(heads)}
    if not heads:
        return fill(_NO_HEAD, facts)
    if record.signed_by in heads:
        return None
    if same_words(record.signed_by) not in {same_words(name) for name in heads}:
        return fill(_ANOTHER, facts)
    return None


_NO_SIGNATURE = Text(en="who signed is not recorded", vi="chưa ghi nhận người ký")
_NO_DAY = Text(en="the day of signature is not recorded", vi="chưa ghi nhận ngày ký")
_NO_HEAD = Text(
    en="no head in office on {signed} is recorded",
    vi="chưa ghi nhận người đứng đầu đơn vị tại ngày {signed}",
)
_ANOTHER = Text(
    en="{signed_by} signed on {signed}, while the head was {heads}",
    vi="{signed_by} ký ngày {signed}, trong khi người đứng đầu lúc đó là {heads}",
)


@rule(
    "V302",
    "re-announcement-needed",
    about=About.ANNOUNCEMENT,
    severity=Severity.ERROR,
    basis=Clause(_DECISION_19, "4(3)"),
    title=Text(
        en="After a change of the unit, of its scope or of its procedures, conformity is announced anew",
        vi="Khi đơn vị, phạm vi áp dụng hoặc danh mục thủ tục thay đổi thì phải công bố lại",
    ),
    message=Text(
        en="announcement {number} no longer says what is so: {changes}",
        vi="bản công bố số {number} không còn đúng với thực tế: {changes}",
    ),
    remedy=Text(
        en="The unit brings its documents into line with the change, and its head signs a new announcement with the list "
        "of procedures as it is now; whoever keeps the register records it.",
        vi="Đơn vị cập nhật hệ thống tài liệu theo thay đổi, người đứng đầu ký công bố lại kèm danh mục thủ tục hiện hành; cán "
        "bộ phụ trách sổ đăng ký ghi nhận bản công bố mới.",
    ),
    explanation=Text(
        en="An announcement holds for the unit, the scope and the list of procedures that it names. When, after its start, "
        "the unit is renamed, merged, split or reorganised, its scope changes, or the list of procedures no longer agrees "
        "with what is published, conformity is announced anew. A procedure announced ahead of its publication, and one "
        "that came and went again, needs no new announcement; a change of address neither. What was announced before the "
        "unit existed, as by one that was merged into it, is not its own. No day is laid down by which it is due, so the "
        "rule speaks from the day of the change until a new announcement takes effect.",
        vi="Bản công bố có giá trị đối với đơn vị, phạm vi và danh mục thủ tục nêu trong đó. Sau khi công bố có hiệu lực, nếu "
        "đơn vị đổi tên, sáp nhập, chia tách, sắp xếp lại, phạm vi áp dụng thay đổi hoặc danh mục thủ tục không còn khớp với "
        "các thủ tục đang được công bố thì phải công bố lại. Thủ tục đã đưa vào danh mục trước khi được công bố, thủ tục mới "
        "công bố rồi bị bãi bỏ, và việc chuyển trụ sở thì không phải công bố lại. Công bố có hiệu lực trước khi đơn vị thành lập "
        "(chẳng hạn của cơ quan đã nhập vào đơn vị) không phải là công bố của chính đơn vị. Không có quy định về thời hạn, nên "
        "quy tắc áp dụng từ ngày có thay đổi cho đến khi bản công bố mới có hiệu lực.",
    ),
    norms=("regimes.announcement.announced_anew_after",),
    when=lambda at: at.has_pending(ObligationKind.RE_ANNOUNCEMENT),
)
def re_announcement_needed(key: str, record: Announcement, at: Life) -> Iterator[Facts]:
    """No announcement in force is older than a change of what it announces."""
    place = f"announcements.{key}"
    for o, _ in at.pending_at(place, ObligationKind.RE_ANNOUNCEMENT):
        start = at.tenure(place).start
        if o.opens <= at.on and start:
            changes = changes_since_announced(at.unit, record, start)
            yield Facts(number=record.number, since=o.opens, changes=_in_words(changes))


def _in_words(changes: tuple[ChangeSinceAnnounced, ...]) -> Text:
    """The changes, those of one day and kind together."""
    words = []
    ordered = sorted(changes, key=lambda change: (change.on, change.act or ""))
    for (on, act), together in groupby(ordered, key=lambda change: (change.on, change.act)):
        template = _CHANGED_LIST[act] if isinstance(act, ProcedureAct) else _CHANGED_UNIT
        if act is None:
            template = _NEW_UNIT
        procedures = tuple(change.procedure for change in together)
        words.append(fill(template, {"act": act, "on": on, "procedures": procedures}))
    return Text(en="; ".join(w.en for w in words), vi="; ".join(w.vi for w in words))


_NEW_UNIT = Text(
    en="it was announced before the unit existed, which it does since {on}",
    vi="được công bố khi đơn vị chưa thành lập (đơn vị hoạt động từ ngày {on})",
)
_CHANGED_UNIT = Text(en="{act} on {on}", vi="{act} ngày {on}")
_CHANGED_LIST = {
    ProcedureAct.PUBLISHED: Text(
        en="published procedures missing from its list since {on} ({procedures})",
        vi="từ {on} có thủ tục đã công bố nhưng chưa có trong danh mục kèm theo ({procedures})",
    ),
    ProcedureAct.ABOLISHED: Text(
        en="abolished procedures still on its list since {on} ({procedures})",
        vi="từ {on} có thủ tục đã bãi bỏ nhưng vẫn còn trong danh mục kèm theo ({procedures})",
    ),
}


@rule(
    "V303",
    "yearly-check-missed",
    about=About.UNIT,
    severity=Severity.ERROR,
    basis=Clause(_CIRCULAR_26, "33(2)"),
    title=Text(
        en="Every obliged state agency is checked at least once a year",
        vi="Mỗi cơ quan thuộc diện bắt buộc được kiểm tra ít nhất một lần trong năm",
    ),
    message=Text(
        en="no yearly check was held in {year}, neither on site nor by file",
        vi="năm {year} chưa có cuộc kiểm tra nào, cả tại trụ sở lẫn qua hồ sơ, báo cáo",
    ),
    remedy=Text(
        en="The lead unit of the province or ministry records the check if it was held; if not, it checks the unit at once, "
        "at least by file, and says in its report why the year was missed.",
        vi="Cơ quan chủ trì của tỉnh hoặc bộ ghi nhận cuộc kiểm tra nếu đã thực hiện; nếu chưa, tổ chức kiểm tra ngay, ít nhất "
        "qua hồ sơ, báo cáo, và nêu lý do trong báo cáo năm.",
    ),
    explanation=Text(
        en="From 2015 on, each obliged unit with a certificate of the older rules or an announcement is checked once in each "
        "full calendar year, on site or by file; 31 December is still in time. The year in which its first certificate or "
        "announcement took effect counts only from 1 January. A missed year is reported until a later check is held. Units "
        "that are only encouraged are not asked, nor those that have gone over to accredited certification, as long as that is in "
        "force and not suspended.",
        vi="Từ năm 2015, mỗi đơn vị thuộc diện bắt buộc có giấy chứng nhận cấp theo quy định cũ hoặc bản công bố phải được kiểm "
        "tra mỗi năm dương lịch trọn vẹn một lần, tại trụ sở hoặc qua hồ sơ, báo cáo; ngày 31/12 vẫn được coi là đúng hạn. Năm đầu tiên "
        "chỉ tính nếu giấy chứng nhận hoặc bản công bố có hiệu lực từ 01/01. Năm bị bỏ sót được nêu cho đến khi có cuộc kiểm tra "
        "sau đó. Không xét đơn vị thuộc diện khuyến khích; đơn vị đã chuyển sang chứng nhận được công nhận thì không xét trong "
        "thời gian chứng nhận đó còn hiệu lực và không bị đình chỉ.",
    ),
    norms=("regimes.*.yearly_check_from",),
    when=lambda at: at.has_pending(ObligationKind.YEARLY_CHECK),
)
def yearly_check_missed(_key: str, _record: Unit, at: Life) -> Iterator[Facts]:
    """No finished year is without a check that nobody has made up for."""
    for o, where in at.pending_at("", ObligationKind.YEARLY_CHECK):
        if where is ObligationState.OVERDUE:
            yield Facts(due=o.due, year=o.opens.year)


@rule(
    "V304",
    "yearly-check-due",
    about=About.UNIT,
    severity=Severity.WARNING,
    basis=Clause(_CIRCULAR_26, "33(2)"),
    title=Text(
        en="The yearly check is held before the year ends",
        vi="Việc kiểm tra hằng năm được thực hiện trước khi hết năm",
    ),
    message=Text(
        en="not yet checked in {year}; the check is due by {by}; {planned}",
        vi="năm {year} chưa được kiểm tra; hạn cuối là ngày {by}; {planned}",
    ),
    remedy=Text(
        en="The lead unit of the province or ministry checks the unit by {by}, at least by file, and records the check.",
        vi="Cơ quan chủ trì của tỉnh hoặc bộ kiểm tra đơn vị chậm nhất ngày {by}, ít nhất qua hồ sơ, báo cáo, và ghi nhận cuộc "
        "kiểm tra.",
    ),
    explanation=Text(
        en="From 1 October on, an obliged unit that has not been checked in the running year is warned about. A planned check "
        "does not silence the warning; the message says for when it is planned. From 1 January of the next year V303 speaks.",
        vi="Từ ngày 01/10, đơn vị thuộc diện bắt buộc chưa được kiểm tra trong năm sẽ bị cảnh báo. Việc đã có kế hoạch không làm "
        "mất cảnh báo; thông báo nêu ngày dự kiến. Từ ngày 01/01 năm sau áp dụng V303.",
    ),
    norms=("regimes.*.yearly_check_from", "notices.year_end_month"),
    when=lambda at: _is_year_ending(at) and at.has_pending(ObligationKind.YEARLY_CHECK),
)
def yearly_check_due(_key: str, _record: Unit, at: Life) -> Iterator[Facts]:
    """In the last months of a year, what is still to be checked is in sight."""
    if not _is_year_ending(at):
        return
    for o, where in at.pending_at("", ObligationKind.YEARLY_CHECK):
        if o.opens.year == at.on.year and where in _TO_COME:
            yield Facts(due=o.due, by=o.due, year=at.on.year, planned=_planned(at))


def _is_year_ending(at: Life) -> bool:
    return at.on.month >= at.norms.notices.year_end_month.value


def _planned(at: Life) -> Text:
    """For when the next yearly check of the running year is planned, in words."""
    days = [
        audit.planned
        for audit in at.unit.audits.values()
        if audit.type is AuditType.YEARLY_CHECK
        and audit.held is None
        and audit.planned is not None
        and audit.planned.year == at.on.year
    ]
    return fill(_PLANNED_FOR, {"day": min(days)}) if days else _NOT_PLANNED


_PLANNED_FOR = Text(en="planned for {day}", vi="dự kiến kiểm tra ngày {day}")
_NOT_PLANNED = Text(en="none is planned", vi="chưa có kế hoạch kiểm tra")


@rule(
    "V305",
    "points-not-rechecked",
    about=About.FINDING,
    severity=Severity.ERROR,
    basis=Clause(_CIRCULAR_26, "37(1)"),
    title=Text(
        en="Points that a yearly check asked to be fixed are re-checked by the next one",
        vi="Nội dung đã yêu cầu khắc phục được kiểm tra lại trong lần kiểm tra tiếp theo",
    ),
    message=Text(
        en="a point that the check of {checked} asked to be fixed was to be re-checked by {by}, and is not verified as fixed",
        vi="nội dung yêu cầu khắc phục nêu trong cuộc kiểm tra ngày {checked} phải được kiểm tra lại chậm nhất ngày {by} nhưng "
        "chưa được xác nhận là đã khắc phục",
    ),
    remedy=Text(
        en="The unit reports what it did, with evidence; the checking team verifies it and records the day and whether the "
        "action was effective.",
        vi="Đơn vị báo cáo kết quả khắc phục kèm bằng chứng; đoàn kiểm tra xác nhận, ghi ngày và kết luận về hiệu lực của hành "
        "động khắc phục.",
    ),
    explanation=Text(
        en="Each nonconformity of a yearly check is verified by the next check, at the latest by the end of the next calendar "
        "year; that day is still in time. A verification that found the action not effective does not count. A point verified "
        "late is reported no longer.",
        vi="Mỗi điểm không phù hợp nêu trong cuộc kiểm tra hằng năm phải được xác nhận khắc phục tại lần kiểm tra tiếp theo, "
        "chậm nhất đến hết năm dương lịch kế tiếp; ngày cuối cùng vẫn được coi là đúng hạn. Lần xác nhận kết luận hành động không có hiệu "
        "lực thì không được tính. Nội dung được xác nhận muộn thì không còn bị nêu.",
    ),
    when=lambda at: at.has_pending(ObligationKind.RECHECK),
)
def points_not_rechecked(key: str, _record: Finding, at: Life) -> Iterator[Facts]:
    """No point of a check is still unverified after the next check."""
    audit, _, number = key.partition("/")
    for o, where in at.pending_at(f"audits.{audit}.findings.{number}", ObligationKind.RECHECK):
        if where is ObligationState.OVERDUE:
            yield Facts(due=o.due, by=o.due, checked=at.unit.audits[audit].held)


@rule(
    "V306",
    "not-on-site-for-three-years",
    about=About.UNIT,
    severity=Severity.WARNING,
    basis=Clause(_CIRCULAR_26, "33(2)(b)"),
    title=Text(
        en="Every obliged unit is checked on site once in three years",
        vi="Mỗi đơn vị thuộc diện bắt buộc được kiểm tra tại trụ sở ít nhất một lần trong ba năm",
    ),
    message=Text(
        en="not checked on site from {first} to {last}; {latest}",
        vi="không được kiểm tra tại trụ sở từ năm {first} đến năm {last}; {latest}",
    ),
    remedy=Text(
        en="The lead unit of the province or ministry puts the unit on this year's list of checks on site.",
        vi="Cơ quan chủ trì của tỉnh hoặc bộ đưa đơn vị vào danh sách kiểm tra tại trụ sở năm nay.",
    ),
    explanation=Text(
        en="At least one third of the obliged units are checked on site each year, so that each one's turn comes within three "
        "years; the text does not say so, therefore this only warns. The rule looks at the last three finished years in which "
        "the unit had to be checked; a check on site in the running year silences it.",
        vi="Mỗi năm ít nhất một phần ba số đơn vị thuộc diện bắt buộc được kiểm tra tại trụ sở, nên trong ba năm mỗi đơn vị đều "
        "đến lượt; văn bản không quy định trực tiếp như vậy nên chỉ cảnh báo. Quy tắc xét ba năm gần nhất đã kết thúc mà đơn vị "
        "phải được kiểm tra; nếu năm nay đã kiểm tra tại trụ sở thì không cảnh báo.",
    ),
    norms=("portfolio",),
    when=lambda at: any(t.regime is not Regime.ACCREDITED for t in at.tenures),
)
def not_on_site_for_three_years(_key: str, _record: Unit, at: Life) -> Iterator[Facts]:
    """The turn of every obliged unit to be checked on site comes round."""
    share = at.norms.portfolio
    turn = -(-share.on_site_denominator.value // share.on_site_numerator.value)
    years = [
        o.opens.year
        for o in at.obligations_at("", ObligationKind.YEARLY_CHECK)
        if o.due is not None and o.due < at.on and at.state(o) is not ObligationState.VOID
    ]
    if len(years) < turn or is_over(at):
        return
    first = sorted(years)[-turn]
    visits = [
        audit.held
        for audit in at.unit.audits.values()
        if audit.type is AuditType.YEARLY_CHECK
        and audit.mode is AuditMode.ON_SITE
        and audit.held is not None
    ]
    latest = max(visits, default=None)
    if latest is None or latest.year < first:
        seen = _NEVER_SEEN if latest is None else fill(_SEEN_LAST, {"day": latest})
        yield Facts(first=first, last=max(years), latest=seen)


_NEVER_SEEN = Text(
    en="no check on site is recorded", vi="chưa ghi nhận lần kiểm tra tại trụ sở nào"
)
_SEEN_LAST = Text(
    en="the last check on site was on {day}", vi="lần kiểm tra tại trụ sở gần nhất là ngày {day}"
)


@rule(
    "V307",
    "announcement-challenged",
    about=About.ANNOUNCEMENT,
    severity=Severity.WARNING,
    basis=Clause(_CIRCULAR_26, "37"),
    title=Text(
        en="An announcement that a check found wanting is confirmed again",
        vi="Bản công bố bị kết luận chưa phù hợp phải được xác nhận lại",
    ),
    message=Text(
        en="a check found on {since} that the system announced in {number} does not conform, and nothing has confirmed it since",
        vi="cuộc kiểm tra ngày {since} kết luận hệ thống theo bản công bố số {number} chưa phù hợp và từ đó chưa được xác nhận "
        "phù hợp",
    ),
    remedy=Text(
        en="The unit fixes the points of the check and asks for a re-check; the checking team records its confirmation, or the "
        "head announces conformity anew.",
        vi="Đơn vị khắc phục các nội dung kiểm tra đã nêu và đề nghị kiểm tra lại; đoàn kiểm tra ghi nhận kết quả xác nhận, hoặc "
        "người đứng đầu đơn vị công bố lại.",
    ),
    explanation=Text(
        en="No text was found that ends an announcement which a check found wanting; so it stays in force, with a warning, and "
        "the unit is current with conditions, from the day of the check until a later check confirms conformity or a new "
        "announcement takes its place.",
        vi="Chưa tìm thấy quy định làm mất hiệu lực bản công bố bị kết luận chưa phù hợp; vì vậy bản công bố vẫn còn hiệu lực "
        "nhưng bị cảnh báo và đơn vị còn hiệu lực kèm điều kiện, từ ngày kiểm tra cho đến khi lần kiểm tra sau xác nhận phù hợp "
        "hoặc có bản công bố mới thay thế.",
    ),
    norms=("regimes.announcement.ended_by",),
    when=lambda at: any(one.history for one in at.unit.announcements.values()),
)
def announcement_challenged(key: str, record: Announcement, at: Life) -> Iterator[Facts]:
    """No announcement in force stands challenged by a check."""
    since = challenged_since(record)
    if since is not None and not _is_past(f"announcements.{key}", at):
        yield Facts(since=since, number=record.number)


def _is_past(place: str, at: Life) -> bool:
    """Whether an announcement was withdrawn or replaced, or its unit no longer exists."""
    ended = at.tenure(place).ended
    return is_over(at) or (ended is not None and ended <= at.on)


RULES: tuple[Rule, ...] = (
    announcement_not_signed_by_head,
    re_announcement_needed,
    yearly_check_missed,
    yearly_check_due,
    points_not_rechecked,
    not_on_site_for_three_years,
    announcement_challenged,
)
