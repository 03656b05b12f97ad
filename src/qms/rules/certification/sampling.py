"""Rules about how long audits take, and how many sites they visit."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_UP, Decimal
from math import isqrt
from typing import TYPE_CHECKING

from msgspec import Struct

from qms.check import About, Facts, fill, rule
from qms.obligations import SURVEYING_AUDITS
from qms.rules.certification.cycles import (
    audits_before,
    chain_of,
    is_accredited,
    is_history,
    is_over,
    is_past,
    next_in_chain,
)
from qms.terms import AuditType, Clause, Grant, Severity
from qms.text import Text, same_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qms.check import Rule
    from qms.model import Audit, Certificate
    from qms.standing import Life
    from qms.tenure import Tenure

__all__ = ["RULES", "minimum_sites"]

_MULTI_SITE = Clause("IAF MD 1", "6")


def minimum_sites(sites: int, percent_of_root: int = 100) -> int:
    """The least number of sites to visit: a share of the square root of their number, rounded up.

    Reckoned in whole numbers, so that no rounding of roots can ask for one site too many.

    Args:
        sites: How many sites there are, the central function left out.
        percent_of_root: The share of the square root, in percent.
    """
    square = percent_of_root * percent_of_root * sites
    root = isqrt(square - 1) + 1 if square else 0
    return -(-root // 100)


def _times_known(at: Life) -> bool:
    unit = at.unit
    return (
        unit.headcount is not None
        and any(audit.days is not None for audit in unit.audits.values())
        and not _is_multi_site(at)
    )


def _is_multi_site(at: Life) -> bool:
    return any(len(record.sites) > 1 for record in at.unit.certificates.values())


@rule(
    "C126",
    "audit-too-short",
    about=About.AUDIT,
    severity=Severity.WARNING,
    basis=Clause("IAF MD 5"),
    title=Text(
        en="An audit takes about as long as the size of the unit asks for",
        vi="Thời lượng đánh giá tương xứng với quy mô của đơn vị",
    ),
    message=Text(
        en="audit time of {what} of {held}: {days} in days; with {personnel} people at least {least} is to be expected",
        vi="{what} ngày {held} có tổng thời lượng {days} ngày công; với {personnel} người cần ít nhất {least} ngày công",
    ),
    remedy=Text(
        en="Whoever keeps the register compares days and headcount with the audit report. If they are right, the unit asks the "
        "certification body for its reckoning of the audit time, and has it recorded with the audit.",
        vi="Cán bộ phụ trách sổ đăng ký đối chiếu số ngày công và số nhân sự với báo cáo đánh giá. Nếu đúng, yêu cầu đơn vị đề "
        "nghị tổ chức chứng nhận cung cấp bản tính thời lượng đánh giá và lưu cùng hồ sơ đánh giá.",
    ),
    explanation=Text(
        en="Stage 1 and stage 2 together are held against 70 percent of the table for the effective personnel (`headcount`) "
        "recorded now; the surveillance audits of a calendar year against that share of a third, a recertification audit of two "
        "thirds. The table is guidance and may be departed from with reasons; so this only warns. Not asked: audits whose time "
        "is not recorded, units with several sites, whose time is reckoned site by site, and more than 10,700 people. While "
        "another surveillance audit of the year is planned, the year is not judged. The next cycle closes the account.",
        vi="Tổng thời lượng giai đoạn 1 và giai đoạn 2 được so với 70 phần trăm số ngày trong bảng theo số nhân sự quy đổi "
        "(`headcount`) đang ghi trong sổ; các cuộc giám sát trong một năm dương lịch so với tỷ lệ đó của một phần ba, đánh giá "
        "chứng nhận lại so với tỷ lệ đó của hai phần ba. Bảng chỉ là hướng dẫn, có thể khác nếu có lý do; vì vậy chỉ cảnh báo. "
        "Không xét cuộc đánh giá chưa ghi thời lượng, đơn vị có nhiều địa điểm (thời lượng tính theo từng địa điểm) và đơn vị "
        "trên 10.700 người. Khi trong năm còn cuộc giám sát được lên kế hoạch thì chưa xét năm đó. Chu kỳ sau khép lại việc này.",
    ),
    norms=("audit_time",),
    when=_times_known,
)
def audit_too_short(key: str, record: Audit, at: Life) -> Iterator[Facts]:
    """No audit takes less than 70 percent of its share of the table."""
    personnel = at.unit.headcount
    share = _share(record, at)
    if personnel is None or share is None or record.held is None or _is_multi_site(at):
        return
    table, together = at.norms.audit_time.days(personnel), _together(key, record, record.held, at)
    if table is None or together is None:
        return
    hundredths = table * share * at.norms.audit_time.minimum_percent.value / 3
    if together * 100 < hundredths and not is_past(record, at):
        yield Facts(
            what=_WHAT.get(record.type, record.type),
            held=record.held,
            days=together,
            personnel=personnel,
            least=(hundredths / 100).quantize(Decimal("0.01"), rounding=ROUND_UP),
        )


_WHAT = {
    AuditType.STAGE_2: Text(
        en="the initial audit (stages 1 and 2)", vi="cuộc đánh giá lần đầu (giai đoạn 1 và 2)"
    ),
    AuditType.SURVEILLANCE: Text(
        en="the surveillance of the year up to the audit",
        vi="việc giám sát trong năm tính đến cuộc đánh giá",
    ),
    AuditType.RECERTIFICATION: Text(
        en="the recertification audit", vi="cuộc đánh giá chứng nhận lại"
    ),
}


def _share(record: Audit, at: Life) -> int | None:
    """The share of an initial audit that an audit takes, in thirds."""
    norms = at.norms.audit_time
    return {
        AuditType.STAGE_2: 3,
        AuditType.SURVEILLANCE: norms.surveillance_thirds.value,
        AuditType.RECERTIFICATION: norms.recertification_thirds.value,
    }.get(record.type)


def _together(key: str, record: Audit, held: date, at: Life) -> Decimal | None:
    """The days of an audit with those that count with it; None where it cannot be told yet."""
    audits: list[tuple[str, Audit]] = [(key, record)]
    if record.type is AuditType.STAGE_2:
        start = record.began or held
        first = [a for a in at.audits_held(AuditType.STAGE_1) if a[1].held and a[1].held <= start]
        audits += first[-1:]
        if not first:
            return None
    elif record.type is AuditType.SURVEILLANCE:
        year = held.year
        audits = [
            one
            for one in at.audits_held(AuditType.SURVEILLANCE)
            if one[1].held and one[1].held.year == year
        ]
        if audits[-1][0] != key or _another_planned(year, at):
            return None
    days = [audit.days for _, audit in audits if audit.days is not None]
    return sum(days, Decimal()) if len(days) == len(audits) else None


def _another_planned(year: int, at: Life) -> bool:
    return any(
        audit.type is AuditType.SURVEILLANCE
        and audit.held is None
        and audit.planned is not None
        and audit.planned >= at.on
        and audit.planned.year == year
        for audit in at.unit.audits.values()
    )


class _Visits(Struct, frozen=True, kw_only=True):
    """What audits that belong together visited: what they were, by when, and which sites."""

    what: Text
    due: date
    type: AuditType
    visited: frozenset[str]


def _has_sites(at: Life) -> bool:
    return _is_multi_site(at) and not is_over(at)


@rule(
    "C127",
    "too-few-sites",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=_MULTI_SITE,
    title=Text(
        en="Audits of a certification with several sites visit enough of them",
        vi="Đánh giá chứng nhận nhiều địa điểm phải đến đủ số địa điểm",
    ),
    message=Text(
        en="{what}: sites visited {visited} of {sites}; at least {least} had to be",
        vi="{what}: đã đến {visited}/{sites} địa điểm; phải đến ít nhất {least} địa điểm",
    ),
    remedy=Text(
        en="Whoever keeps the register records the sites that were visited. If they were too few, the unit asks the certification "
        "body to visit the missing ones, and says so before the next decision.",
        vi="Cán bộ phụ trách sổ đăng ký ghi các địa điểm đã đánh giá. Nếu chưa đủ, yêu cầu đơn vị đề nghị tổ chức chứng nhận đánh "
        "giá bổ sung các địa điểm còn thiếu và nêu rõ trước quyết định tiếp theo.",
    ),
    explanation=Text(
        en="Of x sites, the central function left out: at the initial audit the square root of x, by the surveillance of a "
        "calendar year 0.6 times the root, at recertification 0.8 times the root, each rounded up. Where sites may not be "
        "sampled (`sampled = false`): all at the initial audit and at recertification, 30 percent by the surveillance of a "
        "year. An audit before a decision is judged from the day of the decision; surveillance once its calendar year is over, "
        "so that 31 December is still in time. Sites that no audit names were not visited. At recertification the full root is "
        "asked for where the system did not prove effective, which a register cannot tell. It holds for one system with a "
        "central function; agencies that are each certified for themselves are no sites of each other. The next cycle closes "
        "the account.",
        vi="Với x địa điểm, không kể đơn vị trung tâm: khi đánh giá lần đầu là căn bậc hai của x, khi giám sát trong một năm dương "
        "lịch là 0,6 lần căn bậc hai, khi chứng nhận lại là 0,8 lần căn bậc hai, đều làm tròn lên. Nếu không được lấy mẫu "
        "(`sampled = false`): toàn bộ khi đánh giá lần đầu và chứng nhận lại, 30 phần trăm khi giám sát trong một năm. Cuộc đánh "
        "giá trước quyết định được xét từ ngày quyết định; việc giám sát được xét khi hết năm dương lịch, nên ngày 31/12 vẫn là "
        "kịp thời. Địa điểm không có tên trong cuộc đánh giá nào được coi là chưa đến. Khi chứng nhận lại, nếu hệ thống chưa "
        "chứng tỏ có hiệu lực thì phải lấy đủ căn bậc hai, điều này sổ đăng ký không thể biết. Quy tắc áp dụng cho một hệ thống "
        "có đơn vị trung tâm; các cơ quan được chứng nhận riêng không phải là địa điểm của nhau. Chu kỳ sau khép lại việc này.",
    ),
    norms=("site_samples",),
    when=_has_sites,
)
def too_few_sites(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """Enough sites were visited before each decision and in each year of surveillance."""
    sites = frozenset(same_words(site.name) for site in record.sites if not site.central)
    if len(record.sites) < 2 or not sites:
        return
    for visits in _visits(at.tenure(f"certificates.{key}"), at):
        least = _least(len(sites), visits.type, at, sampled=record.sampled)
        visited = len(sites & visits.visited)
        if visited < least:
            yield Facts(
                due=visits.due, what=visits.what, visited=visited, sites=len(sites), least=least
            )


def _least(sites: int, type_: AuditType, at: Life, *, sampled: bool) -> int:
    """How many of some sites the audits of one type visit at least."""
    norms = at.norms.site_samples
    if type_ is AuditType.SURVEILLANCE:
        if sampled:
            return minimum_sites(sites, norms.surveillance_percent_of_root.value)
        return -(-sites * norms.unsampled_surveillance_percent.value // 100)
    if not sampled:
        return sites
    share = (
        norms.initial_percent_of_root
        if type_ is AuditType.STAGE_2
        else norms.recertification_percent_of_root
    )
    return minimum_sites(sites, share.value)


def _visits(tenure: Tenure, at: Life) -> Iterator[_Visits]:
    """The visits that belong together: before the decision, and in each finished year since."""
    if not is_accredited(tenure) or is_history(tenure, at):
        return
    if tenure.decided is not None and tenure.grant in _LED_TO:
        type_, what = _LED_TO[tenure.grant]
        audits = [audit for _, audit in audits_before(tenure, at, type_)]
        if audits:
            yield _Visits(what=what, due=tenure.decided, type=type_, visited=_names(audits))
    for year in _years_at_end_of(tenure, at):
        audits = list(_audits_of_year(year, tenure, at))
        if any(audit.type is AuditType.SURVEILLANCE for audit in audits):
            yield _Visits(
                what=fill(_IN_YEAR, {"year": year}),
                due=date(year, 12, 31),
                type=AuditType.SURVEILLANCE,
                visited=_names(audits),
            )


_LED_TO = {
    Grant.INITIAL: (AuditType.STAGE_2, Text(en="initial audit", vi="đánh giá lần đầu")),
    Grant.RECERTIFICATION: (
        AuditType.RECERTIFICATION,
        Text(en="recertification audit", vi="đánh giá chứng nhận lại"),
    ),
}
_IN_YEAR = Text(en="surveillance in {year}", vi="giám sát năm {year}")


def _names(audits: Iterable[Audit]) -> frozenset[str]:
    return frozenset(same_words(name) for audit in audits for name in audit.sites)


def _years_at_end_of(tenure: Tenure, at: Life) -> Iterator[int]:
    """The finished calendar years at whose end a certificate was the one that ran."""
    start, end = tenure.start, tenure.end
    if start is None or end is None:
        return
    following = next_in_chain(tenure, at)
    handed_over = following.start if following is not None else None
    for year in range(start.year, min(end.year + 1, at.on.year)):
        last = date(year, 12, 31)
        if last <= end and (handed_over is None or last < handed_over):
            yield year


def _audits_of_year(year: int, tenure: Tenure, at: Life) -> Iterator[Audit]:
    """The audits of a calendar year that surveyed a certification since its cycle began."""
    since, keys = tenure.cycle_start, chain_of(tenure, at)
    for type_ in SURVEYING_AUDITS:
        for _, audit in at.audits_held(type_):
            if audit.held is not None and audit.held.year == year:
                mine = audit.certificate is None or audit.certificate in keys
                if mine and (since is None or audit.held > since):
                    yield audit


@rule(
    "C128",
    "central-function-not-audited",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=_MULTI_SITE,
    title=Text(
        en="The central function is audited before each decision and in each year of surveillance",
        vi="Đơn vị trung tâm được đánh giá trước mỗi quyết định và trong mỗi năm giám sát",
    ),
    message=Text(
        en="{what}: the central function ({central}) was not audited",
        vi="{what}: đơn vị trung tâm ({central}) chưa được đánh giá",
    ),
    remedy=Text(
        en="Whoever keeps the register adds the central function to the sites of the audit if it was audited. If it was not, the "
        "unit agrees with the certification body on its audit at once.",
        vi="Cán bộ phụ trách sổ đăng ký bổ sung đơn vị trung tâm vào danh sách địa điểm của cuộc đánh giá nếu đã đánh giá. Nếu "
        "chưa, yêu cầu đơn vị thống nhất ngay với tổ chức chứng nhận việc đánh giá đơn vị trung tâm.",
    ),
    explanation=Text(
        en="Besides the sample of sites, the central function is audited at the initial audit, at recertification and every year. "
        "A year is judged once it is over, so that 31 December is still in time; a year without any surveillance is for C103. "
        "Asked where a certificate covers several sites and one of them is recorded as `central`. The next cycle closes the "
        "account.",
        vi="Ngoài mẫu địa điểm, đơn vị trung tâm phải được đánh giá khi đánh giá lần đầu, khi chứng nhận lại và hằng năm. Mỗi năm "
        "được xét khi đã hết năm, nên ngày 31/12 vẫn được coi là đúng hạn; năm không có giám sát thuộc C103. Áp dụng khi giấy chứng nhận "
        "có nhiều địa điểm và có địa điểm được ghi là `central`. Chu kỳ sau khép lại việc này.",
    ),
    when=_has_sites,
)
def central_function_not_audited(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """The central function was audited each time."""
    central = [site.name for site in record.sites if site.central]
    if len(record.sites) < 2 or not central:
        return
    names = {same_words(name) for name in central}
    for visits in _visits(at.tenure(f"certificates.{key}"), at):
        if not names & visits.visited:
            yield Facts(due=visits.due, what=visits.what, central=tuple(central))


RULES: tuple[Rule, ...] = (audit_too_short, too_few_sites, central_function_not_audited)
