"""Rules about the register as a whole: the share checked on site, the plan, the roster, doubles."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qms.check import About, Facts, fill, rule
from qms.terms import Clause, Severity
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms.check import Rule
    from qms.portfolio import Portfolio

_CIRCULAR_26 = "TT 26/2014/TT-BKHCN"
_ON_SITE = Clause(_CIRCULAR_26, "33(2)(b)")


@rule(
    "P401",
    "too-few-on-site",
    about=About.PORTFOLIO,
    severity=Severity.ERROR,
    basis=_ON_SITE,
    title=Text(
        en="Each year a third of the obliged units, or the organisation's own share, is checked on site",
        vi="Mỗi năm ít nhất một phần ba số đơn vị thuộc diện bắt buộc, hoặc tỷ lệ cao hơn do bộ, tỉnh quy định, được kiểm tra "
        "tại trụ sở",
    ),
    message=Text(
        en="checked on site in {year}: {done} of {units} obliged units; at least {required} ({share}) had to be",
        vi="năm {year} đã kiểm tra tại trụ sở {done}/{units} đơn vị thuộc diện bắt buộc; phải kiểm tra ít nhất {required} đơn vị "
        "(tỷ lệ {share})",
    ),
    remedy=Text(
        en="The lead unit of the province or ministry records checks on site that were held; if they were not, it says so in "
        "its report and plans the missing {missing} in addition this year.",
        vi="Cơ quan chủ trì của tỉnh hoặc bộ ghi nhận các cuộc kiểm tra tại trụ sở đã thực hiện; nếu chưa thực hiện thì nêu rõ "
        "trong báo cáo và bổ sung {missing} đơn vị còn thiếu vào kế hoạch năm nay.",
    ),
    explanation=Text(
        en="The share is taken of all units obliged to apply TCVN ISO 9001 that existed throughout the year, announced or not, "
        "and rounded up over the whole list: 66 units give 22. It is never taken group by group, which would give 23 for "
        "groups of 34, 14 and 18. Units that are only encouraged count on neither side. A unit counts once, however often it "
        "was visited. Where the organisation's policy sets a higher share, that one holds. A year that fell short is reported "
        "once it is over, until a later year reaches its share.",
        vi="Tỷ lệ tính trên tổng số đơn vị thuộc diện bắt buộc áp dụng TCVN ISO 9001 tồn tại trọn năm, đã công bố hay chưa, và "
        "làm tròn lên trên toàn danh sách: 66 đơn vị thì phải kiểm tra 22. Không tính riêng từng nhóm rồi cộng lại, vì các nhóm "
        "34, 14 và 18 sẽ cho kết quả 23. Đơn vị thuộc diện khuyến khích không tính vào cả tử số và mẫu số. Mỗi đơn vị chỉ tính một lần, "
        "dù được kiểm tra nhiều lần. Nếu bộ, tỉnh quy định tỷ lệ cao hơn thì áp dụng tỷ lệ đó. Năm không đạt được nêu từ khi hết "
        "năm, cho đến khi có năm sau đạt tỷ lệ.",
    ),
    norms=("portfolio",),
)
def too_few_on_site(at: Portfolio) -> Iterator[Facts]:
    """The latest finished years reached the share of units checked on site."""
    for year in sorted(at.asked, reverse=True):
        if year >= at.on.year:
            continue
        if at.on_site[year] >= at.required(year):
            return
        yield _shortfall(at, year)


@rule(
    "P402",
    "on-site-share-due",
    about=About.PORTFOLIO,
    severity=Severity.WARNING,
    basis=_ON_SITE,
    title=Text(
        en="The share of units to be checked on site is reached before the year ends",
        vi="Tỷ lệ kiểm tra tại trụ sở đạt được trước khi hết năm",
    ),
    message=Text(
        en="still to be checked on site by {by}: {missing}, for in {year} so far {done} of {units} obliged units were, and at "
        "least {required} ({share}) have to be",
        vi="còn phải kiểm tra tại trụ sở {missing} đơn vị chậm nhất ngày {by}: năm {year} mới kiểm tra {done}/{units} đơn vị thuộc "
        "diện bắt buộc, phải kiểm tra ít nhất {required} đơn vị (tỷ lệ {share})",
    ),
    remedy=Text(
        en="The lead unit of the province or ministry chooses the missing units, first those whose last check on site is "
        "longest ago, and checks them by {by}.",
        vi="Cơ quan chủ trì của tỉnh hoặc bộ chọn các đơn vị còn thiếu, ưu tiên đơn vị đã lâu chưa được kiểm tra tại trụ sở, và "
        "kiểm tra chậm nhất ngày {by}.",
    ),
    explanation=Text(
        en="From 1 October on, as long as the share of the running year is not reached. The share is reckoned as for P401.",
        vi="Áp dụng từ ngày 01/10, khi năm hiện tại chưa đạt tỷ lệ. Cách tính tỷ lệ như ở P401.",
    ),
    norms=("portfolio", "notices.year_end_month"),
)
def on_site_share_due(at: Portfolio) -> Iterator[Facts]:
    """In the last months of a year, what is missing of the share is in sight."""
    year = at.on.year
    if at.on.month >= at.norms.notices.year_end_month.value and (
        at.on_site[year] < at.required(year)
    ):
        yield _shortfall(at, year)


def _shortfall(at: Portfolio, year: int) -> Facts:
    numerator, denominator = at.share
    return Facts(
        due=date(year, 12, 31),
        by=date(year, 12, 31),
        year=year,
        done=at.on_site[year],
        units=at.obliged(year),
        required=at.required(year),
        missing=at.required(year) - at.on_site[year],
        share=f"{numerator}/{denominator}",
    )


@rule(
    "P403",
    "yearly-plan-late",
    about=About.PORTFOLIO,
    severity=Severity.ERROR,
    basis=Clause(_CIRCULAR_26, "34"),
    title=Text(
        en="The plan of the year's checks is approved before the first of them",
        vi="Kế hoạch kiểm tra năm được phê duyệt trước cuộc kiểm tra đầu tiên",
    ),
    message=Text(
        en="the first check of {year} was held on {first}, but {plan}",
        vi="cuộc kiểm tra đầu tiên của năm {year} diễn ra ngày {first}, nhưng {plan}",
    ),
    remedy=Text(
        en="The lead unit of the province or ministry records the approval of the plan with its day; if there was none in "
        "time, it has the plan approved now and says so in its report.",
        vi="Cơ quan chủ trì của tỉnh hoặc bộ ghi nhận việc phê duyệt kế hoạch kèm ngày; nếu chưa được phê duyệt kịp thời thì "
        "trình phê duyệt ngay và nêu rõ trong báo cáo.",
    ),
    explanation=Text(
        en="Checks follow a plan approved by the ministry or the provincial People's Committee. Approval on the day of the "
        "first check is still in time. A plan without a day of approval counts as not approved. The rule looks at years with "
        "checks since the circular came into force; a late year is reported until a later year's plan is in time. A check ad "
        "hoc, on request, is not told apart from the others: if it came before the plan, the report says so.",
        vi="Việc kiểm tra thực hiện theo kế hoạch được bộ hoặc Ủy ban nhân dân tỉnh phê duyệt. Phê duyệt đúng ngày kiểm tra đầu "
        "tiên vẫn được coi là đúng hạn. Kế hoạch chưa ghi ngày phê duyệt thì coi là chưa được phê duyệt. Quy tắc xét các năm có kiểm tra "
        "kể từ khi Thông tư có hiệu lực; năm chậm được nêu cho đến khi có năm sau phê duyệt kịp thời. Cuộc kiểm tra đột xuất "
        "theo yêu cầu không được phân biệt với các cuộc khác: nếu diễn ra trước khi có kế hoạch thì nêu rõ trong báo cáo.",
    ),
    norms=("regimes.*.yearly_check_from",),
)
def yearly_plan_late(at: Portfolio) -> Iterator[Facts]:
    """The latest years with checks have a plan approved in time."""
    since = _circular_in_force(at)
    for year in sorted(at.first_check, reverse=True):
        first = at.first_check[year]
        plan = at.yearly_plans.get(str(year))
        approved = plan.approved if plan is not None else None
        if year < since or (approved is not None and approved <= first):
            return
        late = approved is not None and approved <= at.on
        words = fill(_APPROVED_LATE, {"day": approved}) if late else _NOT_APPROVED
        yield Facts(due=first, year=year, first=first, plan=words)


_APPROVED_LATE = Text(
    en="the year's plan was approved only on {day}",
    vi="kế hoạch năm đến ngày {day} mới được phê duyệt",
)
_NOT_APPROVED = Text(
    en="no approved plan for the year is recorded",
    vi="chưa ghi nhận kế hoạch năm được phê duyệt",
)


def _circular_in_force(at: Portfolio) -> int:
    norms = (regime.yearly_check_from for regime in at.norms.regimes.values())
    return min((norm.value for norm in norms if norm is not None), default=date.max.year)


@rule(
    "P404",
    "roster-does-not-add-up",
    about=About.PORTFOLIO,
    severity=Severity.ERROR,
    basis=Clause(_CIRCULAR_26, "33(2)"),
    title=Text(
        en="The register holds as many units as the roster names, in every group and altogether",
        vi="Số đơn vị trong sổ đăng ký khớp với danh sách được phê duyệt, theo từng nhóm và toàn bộ",
    ),
    message=Text(
        en="{what}: {roster} by the roster, {held} counted",
        vi="{what}: theo danh sách được phê duyệt là {roster}, thực đếm được {held}",
    ),
    remedy=Text(
        en="Whoever keeps the register compares it with the decision on the roster: adds the units that are missing, ends those "
        "that no longer exist, puts each into its group, or corrects the numbers of the roster.",
        vi="Cán bộ phụ trách sổ đăng ký đối chiếu với quyết định phê duyệt danh sách: bổ sung đơn vị còn thiếu, ghi ngày chấm dứt "
        "của đơn vị không còn tồn tại, xếp đúng nhóm, hoặc sửa số lượng trong danh sách.",
    ),
    explanation=Text(
        en="Where the roster says how many units there are, altogether or in a group, as many exist in the register on the day; "
        "and where every group has a number, the numbers add up to the whole. Numbers that are not recorded are not judged.",
        vi="Nếu danh sách nêu số đơn vị của toàn bộ hoặc của một nhóm thì vào ngày kiểm tra sổ đăng ký phải có đúng số đó; nếu mọi "
        "nhóm đều có số lượng thì tổng các nhóm phải bằng tổng chung. Số lượng chưa ghi nhận thì không xét.",
    ),
)
def roster_does_not_add_up(at: Portfolio) -> Iterator[Facts]:
    """The numbers of the roster agree with the units and with each other."""
    whole, groups = at.organisation.units, at.organisation.groups
    if whole is not None and whole != at.units:
        yield Facts(what=_ALL_UNITS, roster=whole, held=at.units)
    for key, group in sorted(groups.items()):
        if group.units is not None and group.units != at.by_group[key]:
            yield Facts(
                what=fill(_GROUP, {"name": group.name}), roster=group.units, held=at.by_group[key]
            )
    counts = [group.units for group in groups.values() if group.units is not None]
    if whole is not None and groups and len(counts) == len(groups) and sum(counts) != whole:
        yield Facts(what=_GROUPS_TOGETHER, roster=whole, held=sum(counts))


_ALL_UNITS = Text(en="all units", vi="toàn bộ đơn vị")
_GROUP = Text(en="group “{name}”", vi="nhóm “{name}”")
_GROUPS_TOGETHER = Text(en="the groups added up", vi="cộng các nhóm")


@rule(
    "P405",
    "unit-twice",
    about=About.PORTFOLIO,
    severity=Severity.ERROR,
    basis=Clause(_CIRCULAR_26, "33(2)"),
    title=Text(
        en="Every unit stands in the register once",
        vi="Mỗi đơn vị chỉ ghi một lần trong sổ đăng ký",
    ),
    message=Text(
        en="unit {holder} has the same name as unit {first}: {name}",
        vi="đơn vị {holder} trùng tên với đơn vị {first}: {name}",
    ),
    remedy=Text(
        en="Whoever keeps the register joins the records under one identifier if it is one unit; if they are two, their names "
        "are told apart, or the unit above each is recorded.",
        vi="Cán bộ phụ trách sổ đăng ký gộp hồ sơ về một mã nếu là cùng một đơn vị; nếu là hai đơn vị thì ghi tên phân biệt hoặc "
        "ghi rõ đơn vị cấp trên của từng đơn vị.",
    ),
    explanation=Text(
        en="Two units that exist on the day and have the same unit above them, or none, do not share a name, in either "
        "language, whatever the capital letters, blanks and ways of typing accents.",
        vi="Hai đơn vị cùng tồn tại vào ngày kiểm tra và có chung đơn vị cấp trên, hoặc đều không ghi đơn vị cấp trên, không được "
        "trùng tên, kể cả khi khác nhau về chữ hoa, chữ thường, khoảng trắng hoặc cách gõ dấu.",
    ),
)
def unit_twice(at: Portfolio) -> Iterator[Facts]:
    """No two units under the same unit have the same name."""
    doubles: dict[str, tuple[str, str]] = {}
    for places in sorted(sorted(places) for places in at.same_name.values()):
        first = places[0][0]
        for unit, name in places[1:]:
            doubles.setdefault(unit, (first, name))
    for unit, (first, name) in sorted(doubles.items()):
        yield Facts(unit=unit, holder=unit, first=first, name=name)


@rule(
    "P406",
    "certificate-number-twice",
    about=About.PORTFOLIO,
    severity=Severity.ERROR,
    basis=Clause("ISO/IEC 17021-1:2015", "8.2.2"),
    title=Text(
        en="No issuer gives one certificate number to two units",
        vi="Một nơi cấp không cấp cùng một số giấy chứng nhận cho hai đơn vị",
    ),
    message=Text(
        en="certificate number {number} of unit {holder} is also that of {other} ({place})",
        vi="số giấy chứng nhận {number} của đơn vị {holder} trùng với số của đơn vị {other} ({place})",
    ),
    remedy=Text(
        en="Whoever keeps the register compares both with the certificates and corrects number or issuer; a certificate that "
        "covers several sites is recorded once, with the unit that holds it.",
        vi="Cán bộ phụ trách sổ đăng ký đối chiếu với giấy chứng nhận, sửa lại số hoặc nơi cấp; giấy chứng nhận bao gồm nhiều địa "
        "điểm chỉ ghi một lần tại đơn vị được cấp.",
    ),
    explanation=Text(
        en="The number identifies a certificate of an issuer, past ones included; issuers that are not recorded count as one. "
        "Within a unit a number may return, for a renewed certificate often keeps it; so it may between a unit and the unit it "
        "came from.",
        vi="Số hiệu dùng để nhận biết giấy chứng nhận của một nơi cấp, kể cả giấy đã hết hiệu lực; các giấy chưa ghi nơi cấp được "
        "coi là cùng nơi cấp. Trong một đơn vị, số có thể lặp lại vì giấy chứng nhận cấp lại thường giữ số cũ; giữa đơn vị mới và "
        "đơn vị tiền thân cũng vậy.",
    ),
)
def certificate_number_twice(at: Portfolio) -> Iterator[Facts]:
    """The certificates of two units do not have the same issuer and number."""
    for _, places in sorted(at.same_number.items()):
        (first, place, _number), *others = sorted(places)
        for unit, subject, number in others:
            if unit != first and frozenset((unit, first)) not in at.kin:
                yield Facts(
                    unit=unit, subject=subject, number=number, holder=unit, other=first, place=place
                )


RULES: tuple[Rule, ...] = (
    too_few_on_site,
    on_site_share_due,
    yearly_plan_late,
    roster_does_not_add_up,
    unit_twice,
    certificate_number_twice,
)
