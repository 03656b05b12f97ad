"""What the register holds of a unit beside a question: audits, reviews, objectives, and more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qms.checklist.certified import last_done_to
from qms.checklist.facts import earlier_findings, objectives_asked
from qms.dates import print_date
from qms.handling import is_handled, is_procedure_in_force
from qms.objectives import objective_status
from qms.terms import AuditType, Level
from qms.text import Language, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from qms.model import Unit

__all__ = ["STATE_LEVELS", "record_facts"]

#: Where a unit stands that is a state administrative agency.
STATE_LEVELS = frozenset(
    {
        Level.MINISTRY,
        Level.PROVINCE,
        Level.PROVINCIAL_AGENCY,
        Level.SUB_AGENCY,
        Level.DISTRICT,
        Level.COMMUNE,
    }
)

_LAST_AUDIT = Text(en="Last {type}: {day}", vi="Lần {type} gần nhất: {day}")
_NO_AUDIT = Text(en="No internal audit is recorded.", vi="Chưa ghi nhận cuộc đánh giá nội bộ nào.")
_LAST_CHECK = Text(en="Last {type}: {parts}", vi="Lần {type} gần nhất: {parts}")
_NO_CHECK = Text(
    en="No earlier check or external audit is recorded.",
    vi="Chưa ghi nhận đợt kiểm tra hoặc cuộc đánh giá bên ngoài nào trước đó.",
)
_LAST_REVIEW = Text(
    en="Last management review: {day}", vi="Lần xem xét của lãnh đạo gần nhất: {day}"
)
_NO_REVIEW = Text(
    en="No management review is recorded.", vi="Chưa ghi nhận lần xem xét của lãnh đạo nào."
)
_OBJECTIVES = Text(
    en="Objectives recorded: {count}, of which measured: {measured}",
    vi="Số mục tiêu đã ghi nhận: {count}, trong đó đã đo: {measured}",
)
_PROCEDURES = Text(
    en="Administrative procedures in force: {count}, of which with a quality procedure: {covered}",
    vi="Số thủ tục hành chính còn hiệu lực: {count}, trong đó đã có quy trình: {covered}",
)
_FINDINGS = Text(en="Open findings: {count}", vi="Số phát hiện chưa khép lại: {count}")
_CLOSED = Text(
    en="Closed findings of the last audits: {names}",
    vi="Phát hiện của lần gần nhất đã khép lại: {names}",
)
_CERTIFICATE = Text(
    en="Certificate {number}, until {day}{done}",
    vi="Giấy chứng nhận số {number}, đến {day}{done}",
)
_ANNOUNCEMENT = Text(
    en="Announcement {number} of {day}{done}", vi="Bản công bố số {number} ngày {day}{done}"
)
_NO_OBJECTIVES = Text(
    en="No quality objectives are recorded.", vi="Chưa ghi nhận mục tiêu chất lượng nào."
)
_NO_PROCEDURES = Text(
    en="No administrative procedures are recorded.", vi="Chưa ghi nhận thủ tục hành chính nào."
)
_UNKNOWN = Text(en="–", vi="–")


def record_facts(unit: Unit, kinds: Sequence[str], on: date, basis: str = "") -> Iterator[Text]:
    """What the unit's records of some kinds say, a line each.

    Args:
        unit: The unit as known on the day.
        kinds: The kinds of records.
        on: The day.
        basis: The certificate or announcement that counts on the day, such as
            ``certificates.2015``; where it is none of the kind asked for, or left out, the
            one that began last is told.
    """
    for kind in kinds:
        if kind == "certificates":
            yield from _certificate(unit, on, basis)
        elif kind == "announcements":
            yield from _announcement(unit, on, basis)
        else:
            yield from _LINES[kind](unit, on)


def _audits(unit: Unit, on: date) -> Iterator[Text]:
    held = [one for one in unit.audits.values() if one.held is not None and one.held <= on]
    internal = [one for one in held if one.type is AuditType.INTERNAL]
    last = max(internal, key=lambda one: one.held or on, default=None)
    if last is None:
        yield _NO_AUDIT
    else:
        yield _LAST_AUDIT.format(type=last.type.text, day=_day(last.held))


def _checks(unit: Unit, on: date) -> Iterator[Text]:
    """The last time that others looked: when, where, under which number, with what result."""
    held = [
        (one.held, one)
        for one in unit.audits.values()
        if one.held is not None and one.held <= on and one.type is not AuditType.INTERNAL
    ]
    if not held:
        yield _NO_CHECK
        return
    day, last = max(held, key=lambda one: one[0])
    where = None if last.mode is None else last.mode.text
    parts = [_day(day), where, _plain(last.reference), _plain(last.conclusion)]
    said = [one for one in parts if one is not None]
    joined = Text(en="; ".join(one.en for one in said), vi="; ".join(one.vi for one in said))
    yield _LAST_CHECK.format(type=last.type.text, parts=joined)


def _plain(words: str | None) -> Text | None:
    return None if words is None else Text(en=words, vi=words)


def _reviews(unit: Unit, on: date) -> Iterator[Text]:
    held = [one.held for one in unit.reviews.values() if one.held and one.held <= on]
    yield _LAST_REVIEW.format(day=_day(max(held))) if held else _NO_REVIEW


def _objectives(unit: Unit, on: date) -> Iterator[Text]:
    """How many objectives the table of objectives shows, and how many of them were measured."""
    asked = tuple(objectives_asked(unit, on))
    if not asked:
        yield _NO_OBJECTIVES
        return
    measured = sum(objective_status(one, on).last is not None for one in asked)
    yield _OBJECTIVES.format(count=len(asked), measured=measured)


def _procedures(unit: Unit, on: date) -> Iterator[Text]:
    in_force = [one for one in unit.procedures.values() if is_procedure_in_force(one, on)]
    if not in_force:
        if unit.level in STATE_LEVELS:  # no other unit has any
            yield _NO_PROCEDURES
        return
    covered = sum(is_handled(unit, one, on) for one in in_force)
    yield _PROCEDURES.format(count=len(in_force), covered=covered)


def _findings(unit: Unit, on: date) -> Iterator[Text]:
    earlier = tuple(earlier_findings(unit, on))
    yield _FINDINGS.format(count=sum(one.closed is None for one in earlier))
    closed = [f"{one.audit}/{one.key}" for one in earlier if one.closed is not None]
    if closed:
        yield _CLOSED.format(names=", ".join(closed))


def _certificate(unit: Unit, on: date, basis: str) -> Iterator[Text]:
    begun = {
        key: one.effective or one.decided or one.issued for key, one in unit.certificates.items()
    }
    key = _counting("certificates", begun, on, basis)
    if key is not None:
        one = unit.certificates[key]
        yield _CERTIFICATE.format(number=one.number, day=_day(one.expires), done=last_done_to(one))


def _announcement(unit: Unit, on: date, basis: str) -> Iterator[Text]:
    begun = {key: one.effective or one.signed for key, one in unit.announcements.items()}
    key = _counting("announcements", begun, on, basis)
    if key is not None:
        one = unit.announcements[key]
        yield _ANNOUNCEMENT.format(number=one.number, day=_day(one.signed), done=last_done_to(one))


def _counting(kind: str, begun: Mapping[str, date | None], on: date, basis: str) -> str | None:
    """Which of several records counts: the basis, or else the one that began last by the day."""
    named = basis.partition(".")
    if named[0] == kind and named[2] in begun:
        return named[2]
    days = [(day or date.min, key) for key, day in begun.items() if day is None or day <= on]
    return max(days, default=(None, None))[1]


_LINES: dict[str, Callable[[Unit, date], Iterator[Text]]] = {
    "audits": _audits,
    "checks": _checks,
    "findings": _findings,
    "management_reviews": _reviews,
    "objectives": _objectives,
    "procedures": _procedures,
}


def _day(day: date | None) -> Text:
    if day is None:
        return _UNKNOWN
    return Text(en=print_date(day, Language.ENGLISH), vi=print_date(day, Language.VIETNAMESE))
