"""Rules about the programme of internal audits and reviews: every clause, every division, held at all.

ISO 9001:2015, 9.2 and 9.3; ISO 9001:2008, 8.2.2 and 5.6.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.check import About, Facts, rule
from qms.clauses import becomes, clauses_of, within
from qms.dates import add_months
from qms.obligations.improvement import first_due, keeps_audits_or_reviews
from qms.rules.audits import (
    AUDITED,
    REVIEWED,
    edition_held,
    internal_audits,
    keeps_internal_audits,
)
from qms.rules.certification.cycles import is_over
from qms.terms import ObligationKind, Severity
from qms.text import Text, same_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from qms.check import Rule
    from qms.clauses import ClauseList
    from qms.model import Audit, Unit
    from qms.standing import Life
    from qms.terms import Edition

__all__ = ["RULES"]


@rule(
    "A705",
    "clauses-not-audited",
    about=About.UNIT,
    severity=Severity.WARNING,
    basis=AUDITED,
    title=Text(
        en="Internal audits cover every clause of the edition within the interval",
        vi="Đánh giá nội bộ bao quát mọi điều khoản của phiên bản trong một chu kỳ",
    ),
    message=Text(
        en="no internal audit since {since} covered: {missing}",
        vi="từ ngày {since} chưa cuộc đánh giá nội bộ nào bao quát: {missing}",
    ),
    remedy=Text(
        en="Whoever leads the audit programme plans an audit of these clauses, or names the clauses that were audited.",
        vi="Người phụ trách chương trình đánh giá lập kế hoạch đánh giá các điều khoản này, hoặc ghi bổ sung các điều khoản đã "
        "đánh giá.",
    ),
    explanation=Text(
        en="Asked of units that are current and held an internal audit within the interval (policy.internal_audit_months). An audit "
        "covers the clauses that it names and those under them, from the day on which it ended until the day on which it is due "
        "again, that day included; one that names none covers none, whatever its scope says in words. Clauses of an older "
        "edition among its criteria are carried over. What was declared not applicable, and can be, is left out.",
        vi="Áp dụng cho đơn vị còn hiệu lực và có đánh giá nội bộ trong chu kỳ (policy.internal_audit_months). Cuộc đánh giá bao quát các "
        "điều khoản được nêu và các điều bên dưới, từ ngày kết thúc đến hết ngày phải đánh giá lại; cuộc không nêu điều khoản thì "
        "không được tính là bao quát điều nào, dù phạm vi nêu bằng lời thế nào. Điều khoản theo phiên bản cũ trong chuẩn mực đánh giá được "
        "chuyển sang phiên bản hiện giữ. Bỏ qua điều được phép và đã xác định là không áp dụng.",
    ),
    when=keeps_internal_audits,
)
def clauses_not_audited(_key: str, record: Unit, at: Life) -> Iterator[Facts]:
    """Nothing is left unaudited for longer than the interval."""
    edition = None if is_over(at) or not at.standing.current else edition_held(at)
    listed = clauses_of(edition) if edition else None
    held = _within_interval(record, at)
    if edition is None or listed is None or not held:
        return
    done = {clause for audit in held for clause in _covered(audit, edition)}
    done |= {one for one in record.not_applicable if listed.may_be_not_applicable(one)}
    missing = [
        number
        for number in listed.auditable
        if not any(within(number, named) or within(named, number) for named in done)
    ]
    if missing:
        since = add_months(at.on, -at.policy.internal_audit_months)
        yield Facts(since=since, missing=tuple(_gathered(missing, listed)))


def _within_interval(unit: Unit, at: Life) -> list[Audit]:
    """The internal audits that still count: on the day on which they are due again they do."""
    months = at.policy.internal_audit_months
    return [
        one
        for one in internal_audits(unit)
        if one.held is not None and add_months(one.held, months) >= at.on
    ]


def _covered(audit: Audit, edition: Edition) -> Iterator[str]:
    """The clauses that an audit covered, numbered as in an edition."""
    years = {one.year for one in audit.criteria}
    older = max((one for one in audit.criteria), key=lambda one: one.year, default=edition)
    carried = bool(years) and max(years) < edition.year and clauses_of(older) is not None
    for clause in audit.clauses:
        yield from becomes(clause, older, edition) if carried else (clause,)


def _gathered(missing: Collection[str], listed: ClauseList) -> Iterator[str]:
    """Clauses, with one number for all of a chapter or section where all of it is among them."""
    told: list[str] = []
    for one in listed.clauses:
        under = [number for number in listed.auditable if within(number, one.number)]
        if under and set(under) <= set(missing) and not any(within(one.number, t) for t in told):
            told.append(one.number)
    yield from told


@rule(
    "A711",
    "divisions-not-audited",
    about=About.UNIT,
    severity=Severity.WARNING,
    basis=AUDITED,
    title=Text(
        en="Internal audits reach every division of the unit within the interval",
        vi="Đánh giá nội bộ bao quát mọi phòng, ban của đơn vị trong một chu kỳ",
    ),
    message=Text(
        en="no internal audit since {since} reached: {missing}",
        vi="từ ngày {since} chưa cuộc đánh giá nội bộ nào đánh giá: {missing}",
    ),
    remedy=Text(
        en="Whoever leads the audit programme plans an audit of these divisions, or names the divisions that were audited.",
        vi="Người phụ trách chương trình đánh giá lập kế hoạch đánh giá các phòng, ban này, hoặc ghi bổ sung các phòng, ban đã được đánh "
        "giá.",
    ),
    explanation=Text(
        en="Asked of units that are current, list their divisions and held an internal audit within the interval "
        "(policy.internal_audit_months). On the day on which an audit is due again it still counts. An audit that names no "
        "divisions reached none. Names are compared without regard to capital letters and ways of typing accents. No edition "
        "names an interval: that all is audited in a year is practice.",
        vi="Áp dụng cho đơn vị còn hiệu lực, có ghi danh sách phòng, ban và có đánh giá nội bộ trong chu kỳ "
        "(policy.internal_audit_months). Vào ngày phải đánh giá lại, cuộc trước vẫn được tính. Cuộc không nêu phòng, ban thì không "
        "được tính cho phòng, ban nào. Tên được so sánh không phân biệt chữ hoa, chữ thường và cách gõ dấu. Không phiên bản nào quy "
        "định khoảng cách: đánh giá toàn bộ trong một năm là thông lệ.",
    ),
    when=keeps_internal_audits,
)
def divisions_not_audited(_key: str, record: Unit, at: Life) -> Iterator[Facts]:
    """No division is left unaudited for longer than the interval."""
    held = _within_interval(record, at)
    if is_over(at) or not held or not at.standing.current:
        return
    reached = {same_words(name) for audit in held for name in audit.divisions}
    missing = tuple(one for one in record.divisions if same_words(one) not in reached)
    if missing:
        since = add_months(at.on, -at.policy.internal_audit_months)
        yield Facts(since=since, missing=missing)


def _keeps_either(at: Life) -> bool:
    return not is_over(at) and keeps_audits_or_reviews(at.unit, at.policy)


@rule(
    "A712",
    "internal-audit-never-held",
    about=About.UNIT,
    severity=Severity.WARNING,
    basis=AUDITED,
    title=Text(
        en="A unit that keeps reviews or plans audits holds internal audits",
        vi="Đơn vị có ghi xem xét của lãnh đạo hoặc kế hoạch đánh giá thì phải có đánh giá nội bộ",
    ),
    message=Text(
        en="no internal audit is recorded; the first was due by {deadline}",
        vi="chưa ghi nhận cuộc đánh giá nội bộ nào; cuộc đầu tiên phải thực hiện chậm nhất ngày {deadline}",
    ),
    remedy=Text(
        en="The unit holds an internal audit, or records those that were held.",
        vi="Đơn vị tiến hành đánh giá nội bộ, hoặc ghi nhận các cuộc đã thực hiện.",
    ),
    explanation=Text(
        en="Asked of units that are current and keep internal audits or management reviews in the register, held or only planned; one of "
        "which neither is recorded keeps both elsewhere, unless the organisation says that those of every unit are kept here "
        "(policy.internal_audits_here). The first audit is due one interval (policy.internal_audit_months) after "
        "the first certificate or announcement took effect; that day itself is in time. It warns, for the audit may have been "
        "held before the register began.",
        vi="Áp dụng cho đơn vị còn hiệu lực, có ghi đánh giá nội bộ hoặc xem xét của lãnh đạo trong sổ đăng ký, dù mới là kế hoạch; đơn vị "
        "không ghi cả hai được coi là lưu ở nơi khác, trừ khi tổ chức ghi rằng đánh giá nội bộ và xem xét của lãnh đạo của mọi đơn vị đều được "
        "ghi trong sổ này (policy.internal_audits_here). Cuộc đầu tiên phải thực hiện trong một chu kỳ (policy.internal_audit_months) kể "
        "từ khi giấy chứng nhận hoặc bản công bố đầu tiên có hiệu lực; đúng ngày đến hạn vẫn là kịp thời. Chỉ cảnh báo, vì có thể đã "
        "đánh giá trước khi lập sổ.",
    ),
    when=_keeps_either,
)
def internal_audit_never_held(_key: str, record: Unit, at: Life) -> Iterator[Facts]:
    """What was never audited is not known to work."""
    held = any(one.held is not None for one in internal_audits(record))
    yield from _never(ObligationKind.INTERNAL_AUDIT, at, held=held)


def _never(kind: ObligationKind, at: Life, *, held: bool) -> Iterator[Facts]:
    due = first_due(kind, at.unit, at.policy)
    if is_over(at) or held or not at.standing.current or due is None:
        return
    if due < at.on:
        yield Facts(deadline=due, due=due)


@rule(
    "A713",
    "management-review-never-held",
    about=About.UNIT,
    severity=Severity.WARNING,
    basis=REVIEWED,
    title=Text(
        en="A unit that keeps audits or plans reviews holds management reviews",
        vi="Đơn vị có ghi đánh giá nội bộ hoặc kế hoạch xem xét thì phải có xem xét của lãnh đạo",
    ),
    message=Text(
        en="no management review is recorded; the first was due by {deadline}",
        vi="chưa ghi nhận lần xem xét của lãnh đạo nào; lần đầu tiên phải thực hiện chậm nhất ngày {deadline}",
    ),
    remedy=Text(
        en="The head of the unit holds a management review, or those that were held are recorded.",
        vi="Người đứng đầu đơn vị tổ chức xem xét của lãnh đạo, hoặc ghi nhận các lần đã thực hiện.",
    ),
    explanation=Text(
        en="Asked as A712 is: of units that are current and keep internal audits or management reviews in the register, or of all "
        "where the organisation keeps them here. The first "
        "review is due one interval (policy.management_review_months) after the first certificate or announcement took effect; that "
        "day itself is in time.",
        vi="Áp dụng như A712: cho đơn vị còn hiệu lực, có ghi đánh giá nội bộ hoặc xem xét của lãnh đạo trong sổ đăng ký, hoặc mọi "
        "đơn vị nếu tổ chức ghi ở đây. Lần đầu tiên phải "
        "thực hiện trong một chu kỳ (policy.management_review_months) kể từ khi giấy chứng nhận hoặc bản công bố đầu tiên có hiệu lực; "
        "đúng ngày đến hạn vẫn là kịp thời.",
    ),
    when=_keeps_either,
)
def management_review_never_held(_key: str, record: Unit, at: Life) -> Iterator[Facts]:
    """A system that nobody reviews is nobody's."""
    held = any(one.held is not None for one in record.reviews.values())
    yield from _never(ObligationKind.MANAGEMENT_REVIEW, at, held=held)


RULES: tuple[Rule, ...] = (
    clauses_not_audited,
    divisions_not_audited,
    internal_audit_never_held,
    management_review_never_held,
)
