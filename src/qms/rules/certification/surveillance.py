"""Rules about surveillance: within twelve months, in each calendar year, in each year of a cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.check import About, Facts, fill, rule
from qms.obligations import SURVEYING_AUDITS, anniversary_years
from qms.rules.certification.cycles import (
    ISO_17021,
    chain_of,
    is_accredited,
    is_history,
    is_over,
    next_in_chain,
)
from qms.terms import Clause, ObligationKind, ObligationState, Severity
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qms.check import Rule
    from qms.dates import Period
    from qms.model import Certificate
    from qms.obligations import Obligation
    from qms.standing import Life
    from qms.tenure import Tenure

_MISSED = frozenset({ObligationState.OVERDUE, ObligationState.LATE})
_FIRST = ObligationKind.FIRST_SURVEILLANCE
_YEARLY = ObligationKind.SURVEILLANCE


def _first_missed(at: Life) -> bool:
    return _FIRST in at.missed


@rule(
    "C102",
    "first-surveillance-missed",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=Clause(ISO_17021, "9.1.3.3"),
    title=Text(
        en="The first surveillance is held within twelve months of the certification decision",
        vi="Đánh giá giám sát lần thứ nhất được thực hiện trong vòng 12 tháng kể từ ngày quyết định chứng nhận",
    ),
    message=Text(
        en="the first surveillance audit was due by {by}; {held}",
        vi="đánh giá giám sát lần thứ nhất phải thực hiện chậm nhất ngày {by}; {held}",
    ),
    remedy=Text(
        en="Whoever keeps the register records the audit if it was held in time. If it was not, the unit agrees with the "
        "certification body on a day at once and asks in writing whether the certification is suspended; a reasoned "
        "extension is recorded as a waiver.",
        vi="Cán bộ phụ trách sổ đăng ký ghi nhận cuộc đánh giá nếu đã thực hiện đúng hạn. Nếu chưa, yêu cầu đơn vị thống nhất "
        "ngay ngày đánh giá với tổ chức chứng nhận và có văn bản hỏi chứng nhận có bị đình chỉ hay không; trường hợp được gia "
        "hạn có lý do thì ghi thành miễn áp dụng (waiver).",
    ),
    explanation=Text(
        en="Counted from the day of the decision, not of the stage 2 audit or of issue; the day twelve months later is still "
        "in time. The limit holds after the initial decision only, unless the organisation's policy extends it to every "
        "cycle. An audit counts on the last day on which it was held. An audit held too late does not undo the delay; the "
        "recertification decision closes the account, and so does the end of the certification. A certificate that ends "
        "within twelve months is not asked.",
        vi="Tính từ ngày quyết định chứng nhận, không tính từ ngày đánh giá giai đoạn 2 hay ngày cấp giấy; ngày tròn 12 tháng "
        "vẫn được coi là đúng hạn. Thời hạn này chỉ áp dụng sau quyết định chứng nhận lần đầu, trừ khi chính sách của tổ chức áp dụng cho "
        "mọi chu kỳ. Cuộc đánh giá được tính vào ngày kết thúc. Đánh giá muộn không làm mất lỗi chậm hạn; quyết định chứng "
        "nhận lại hoặc việc chứng nhận chấm dứt sẽ khép lại việc này. Không xét giấy chứng nhận có thời hạn dưới 12 tháng.",
    ),
    norms=("regimes.accredited.first_surveillance_months",),
    when=_first_missed,
)
def first_surveillance_missed(key: str, _record: Certificate, at: Life) -> Iterator[Facts]:
    """The first surveillance is held within twelve months of the decision."""
    for o, state in at.pending_at(f"certificates.{key}", _FIRST):
        if state in _MISSED:
            held = _NOT_HELD if o.late is None else fill(_HELD_LATE, {"day": o.late})
            yield Facts(due=o.due, by=o.due, held=held)


_NOT_HELD = Text(en="it has not been held", vi="đến nay chưa thực hiện")
_HELD_LATE = Text(en="it was held on {day}, too late", vi="đến ngày {day} mới thực hiện, quá hạn")


def _year_missed(at: Life) -> bool:
    return _YEARLY in at.missed


@rule(
    "C103",
    "surveillance-missed",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=Clause(ISO_17021, "9.1.3.3"),
    title=Text(
        en="Every calendar year without a recertification audit has a surveillance audit",
        vi="Mỗi năm dương lịch không có đánh giá chứng nhận lại phải có ít nhất một cuộc đánh giá giám sát",
    ),
    message=Text(
        en="no surveillance audit was held from {start} to {end}",
        vi="không có cuộc đánh giá giám sát nào từ ngày {start} đến ngày {end}",
    ),
    remedy=Text(
        en="Whoever keeps the register records the audit if it was held. If it was not, the unit asks the certification body "
        "in writing whether the certification is suspended, and agrees on a day at once.",
        vi="Cán bộ phụ trách sổ đăng ký ghi nhận cuộc đánh giá nếu đã thực hiện. Nếu chưa, yêu cầu đơn vị gửi văn bản hỏi tổ "
        "chức chứng nhận về tình trạng hiệu lực và thống nhất ngay ngày đánh giá.",
    ),
    explanation=Text(
        en="After the calendar year of the first certification decision, each calendar year up to the end of the "
        "certification has a surveillance audit, or is the year of a recertification audit. A transition or special audit "
        "counts only where surveillance was part of it, which is recorded as an audit of its own. An audit counts on the last day "
        "on which it was held. An audit held too late does not make up for the year before; the next recertification "
        "decision closes the account, and so does the end of the certification. The year in which the certification ends "
        "counts only if it is in force on 31 December.",
        vi="Sau năm có quyết định chứng nhận lần đầu, mỗi năm dương lịch cho đến khi chứng nhận chấm dứt phải có một cuộc đánh "
        "giá giám sát hoặc một cuộc đánh giá chứng nhận lại. Đánh giá chuyển đổi hoặc đánh giá đặc biệt chỉ được tính khi có kết "
        "hợp giám sát, khi đó ghi thêm một cuộc đánh giá giám sát. Cuộc đánh giá được tính vào ngày kết thúc. Đánh giá muộn sang năm "
        "sau không bù cho năm trước; quyết định chứng nhận lại tiếp theo hoặc việc chứng nhận chấm dứt sẽ khép lại việc này. "
        "Năm chứng nhận chấm dứt chỉ được tính nếu đến ngày 31/12 vẫn còn hiệu lực.",
    ),
    when=_year_missed,
)
def surveillance_missed(key: str, _record: Certificate, at: Life) -> Iterator[Facts]:
    """Every calendar year without a recertification audit has a surveillance audit held in it."""
    for o, state in at.pending_at(f"certificates.{key}", _YEARLY):
        if state in _MISSED:
            yield Facts(due=o.due, start=o.opens, end=o.due)


def _may_be_due(at: Life) -> bool:
    year_ends = at.on.month >= at.norms.notices.year_end_month.value
    for o, state in at.pending:
        if (o.kind is _FIRST and state is ObligationState.DUE_SOON) or (
            year_ends and o.kind is _YEARLY and o.opens.year == at.on.year
        ):
            return True
    return False


@rule(
    "C104",
    "surveillance-due",
    about=About.CERTIFICATE,
    severity=Severity.WARNING,
    basis=Clause(ISO_17021, "9.1.3.3"),
    title=Text(
        en="A surveillance audit is held before its last day comes near",
        vi="Đánh giá giám sát được thực hiện trước khi sắp hết hạn",
    ),
    message=Text(
        en="{which} is due by {by} and has not been held; {planned}",
        vi="{which} phải thực hiện chậm nhất ngày {by} và đến nay chưa thực hiện; {planned}",
    ),
    remedy=Text(
        en="The unit agrees with the certification body on a day not later than {by} and confirms it in writing; whoever keeps "
        "the register records it as planned, and the audit once it was held.",
        vi="Yêu cầu đơn vị thống nhất với tổ chức chứng nhận ngày đánh giá không muộn hơn {by} và xác nhận bằng văn bản; cán bộ "
        "phụ trách sổ đăng ký ghi ngày dự kiến và ghi nhận cuộc đánh giá khi đã thực hiện.",
    ),
    explanation=Text(
        en="The first surveillance is warned of within the days that the organisation's policy calls soon (90 unless it says "
        "otherwise) before its last day; the surveillance of a calendar year from 1 October of that year on. Where both are "
        "due, the earlier one is named. A planned audit does not silence the warning: the message says for when it is "
        "planned. From the day after the last day C102 or C103 speaks.",
        vi="Đánh giá giám sát lần thứ nhất được cảnh báo trước hạn một số ngày theo chính sách của tổ chức (90 ngày nếu không quy "
        "định khác); đánh giá giám sát của năm dương lịch được cảnh báo từ ngày 01/10 của năm đó. Nếu cả hai cùng đến hạn thì "
        "nêu hạn sớm hơn. Việc đã có kế hoạch không làm mất cảnh báo; thông báo nêu ngày dự kiến. Từ ngày sau hạn cuối áp dụng "
        "C102 hoặc C103.",
    ),
    norms=("regimes.accredited.first_surveillance_months", "notices.year_end_month"),
    when=_may_be_due,
)
def surveillance_due(key: str, _record: Certificate, at: Life) -> Iterator[Facts]:
    """What is still to be held before a day that is near is in sight."""
    due = [o for o in _still_to_come(at) if o.due is not None]
    nearest = min(due, key=lambda o: (o.due, o.kind != _FIRST), default=None)
    if nearest is not None and nearest.subject == f"certificates.{key}":
        yield Facts(
            due=nearest.due,
            which=_FIRST_AUDIT if nearest.kind is _FIRST else _AUDIT_OF_YEAR,
            by=nearest.due,
            planned=_planned(nearest, at),
        )


_FIRST_AUDIT = Text(en="the first surveillance audit", vi="đánh giá giám sát lần thứ nhất")
_AUDIT_OF_YEAR = Text(en="the surveillance audit of the year", vi="đánh giá giám sát của năm")


def _still_to_come(at: Life) -> Iterator[Obligation]:
    """The surveillances that are not held and whose last day is near."""
    year_ends = at.on.month >= at.norms.notices.year_end_month.value
    for o, state in at.pending:
        if o.kind is _FIRST:
            near = state is ObligationState.DUE_SOON
        else:
            near = year_ends and o.kind is _YEARLY and o.opens.year == at.on.year
        if near and state not in _MISSED:
            yield o


def _planned(obligation: Obligation, at: Life) -> Text:
    """For when the next audit that would do is planned, in words."""
    days = [
        audit.planned
        for audit in at.unit.audits.values()
        if audit.type in SURVEYING_AUDITS
        and audit.held is None
        and audit.planned is not None
        and audit.planned >= at.on
    ]
    if not days:
        return _NOT_PLANNED
    late = obligation.due is not None and min(days) > obligation.due
    return fill(_PLANNED_LATE if late else _PLANNED_FOR, {"day": min(days)})


_PLANNED_FOR = Text(en="planned for {day}", vi="dự kiến đánh giá ngày {day}")
_PLANNED_LATE = Text(
    en="planned only for {day}, after that day", vi="dự kiến ngày {day} mới đánh giá, sau hạn cuối"
)
_NOT_PLANNED = Text(en="none is planned", vi="chưa có kế hoạch đánh giá")


def _may_lack_a_year(at: Life) -> bool:
    """Whether a finished year of the running cycle has no audit strictly inside it."""
    for tenure in at.tenures if at.plain is None else ():
        start, end = tenure.cycle_start, tenure.end
        if start is None or end is None or end < at.on or not is_accredited(tenure):
            continue
        for year in anniversary_years(start):
            if year.end < at.on and not _is_surveyed(year, at):
                return not is_over(at)
    return False


def _is_surveyed(year: Period, at: Life) -> bool:
    """Whether an audit that names no certificate lies strictly inside a year."""
    first, last = year.start, year.end
    for audit in at.unit.audits.values():
        held = audit.held
        if held is None or not first < held < last or audit.certificate is not None:
            continue
        if audit.type in SURVEYING_AUDITS:
            return True
    return False


@rule(
    "C105",
    "surveillance-anniversary",
    about=About.CERTIFICATE,
    severity=Severity.WARNING,
    basis=Clause(ISO_17021, "9.1.3.2"),
    title=Text(
        en="The first and the second year after the decision each have a surveillance audit",
        vi="Năm thứ nhất và năm thứ hai sau quyết định chứng nhận đều có đánh giá giám sát",
    ),
    message=Text(
        en="no surveillance audit of its own was held in year {year} of the cycle, from {start} to {end}",
        vi="năm thứ {year} của chu kỳ, từ ngày {start} đến ngày {end}, không có cuộc đánh giá giám sát riêng",
    ),
    remedy=Text(
        en="The unit asks the certification body how its audit programme provides for the year, and has the answer recorded; "
        "the next surveillance is not put off.",
        vi="Yêu cầu đơn vị đề nghị tổ chức chứng nhận nêu rõ chương trình đánh giá đã bố trí cho năm này như thế nào, lưu văn "
        "bản trả lời và không lùi cuộc đánh giá giám sát tiếp theo.",
    ),
    explanation=Text(
        en="The programme of a cycle has surveillance audits in the first and in the second year after the decision. That is "
        "another count than that of calendar years: one audit in each calendar year may leave a year of the cycle without "
        "one, as when the second calendar year is already that of the recertification audit. Since the standard asks for "
        "calendar years elsewhere, this only warns. Each year runs from one anniversary of the decision to the next, both "
        "days included, and an audit counts for one year only. A first year that C102 judges is left to it. The next cycle, "
        "or the end of the certification, closes the account.",
        vi="Chương trình đánh giá của một chu kỳ có đánh giá giám sát trong năm thứ nhất và năm thứ hai sau quyết định. Cách tính "
        "này khác với cách tính theo năm dương lịch: mỗi năm dương lịch có một cuộc đánh giá vẫn có thể bỏ trống một năm của "
        "chu kỳ, ví dụ khi năm dương lịch thứ hai đã là năm đánh giá chứng nhận lại. Vì tiêu chuẩn ở chỗ khác quy định theo năm "
        "dương lịch nên quy tắc này chỉ cảnh báo. Mỗi năm tính từ ngày tròn năm này đến ngày tròn năm sau, kể cả hai ngày đó; "
        "một cuộc đánh giá chỉ tính cho một năm. Năm thứ nhất đã xét ở C102 thì không xét ở đây. Chu kỳ sau, hoặc việc chứng "
        "nhận chấm dứt, khép lại việc này.",
    ),
    when=_may_lack_a_year,
)
def surveillance_anniversary(key: str, _record: Certificate, at: Life) -> Iterator[Facts]:
    """Each of the first two years of the running cycle has a surveillance of its own."""
    tenure = at.tenure(f"certificates.{key}")
    start, end = tenure.cycle_start, tenure.end
    if not is_accredited(tenure) or start is None or end is None:
        return
    years = anniversary_years(start)
    if at.on <= years[0].end or end < at.on or next_in_chain(tenure, at) is not None:
        return
    for number, year in _without_audit(tenure, years, at):
        if year.end < at.on and not is_history(tenure, at):
            yield Facts(due=year.end, year=number, start=year.start, end=year.end)


def _without_audit(
    tenure: Tenure, years: tuple[Period, ...], at: Life
) -> Iterator[tuple[int, Period]]:
    """The years of a cycle for which no audit is left, each audit counting once."""
    days = _surveyed(tenure, at)
    for number, year in enumerate(years, start=1):
        done = next((day for day in days if day in year), None)
        if done is not None:
            days.remove(done)
        elif not any(o.kind is _FIRST and o.due == year.end for o in at.obligations):
            yield number, year


def _surveyed(tenure: Tenure, at: Life) -> list[date]:
    """The days of the audits that survey a certification since its decision, in order."""
    keys = chain_of(tenure, at)
    return sorted(
        audit.held
        for type_ in SURVEYING_AUDITS
        for _, audit in at.audits_held(type_)
        if audit.held is not None and (audit.certificate is None or audit.certificate in keys)
    )


RULES: tuple[Rule, ...] = (
    first_surveillance_missed,
    surveillance_missed,
    surveillance_due,
    surveillance_anniversary,
)
