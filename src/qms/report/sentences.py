"""Sentences that the forms of a report have in common, in both languages."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from qms.check import fill
from qms.dates import FIRST_DAY, LAST_DAY, print_date
from qms.reasons import Reason
from qms.report.citations import cited
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from qms.check import Diagnostic, Report, Summary, UnitResult
    from qms.standing import Why
    from qms.text import Language

__all__ = [
    "PART",
    "SHARED",
    "STOPPING",
    "WHOLE",
    "because",
    "closing",
    "counted",
    "counted_units",
    "each_once",
    "figures",
    "footing",
    "heading_of_stopped",
    "left_unnamed",
    "next_step",
    "number_current",
    "printed_day",
    "reasons",
    "told",
    "what_to_do",
    "where",
    "why_stopped",
]

WHOLE = Text(en="The register as a whole", vi="Toàn bộ sổ đăng ký")
SHARED = Text(en="In several units", vi="Ở nhiều đơn vị")
_UNNAMED = Text(
    en="Of the units with something to say, the first {named} in the file are named; {more} more "
    "are counted in the figures only. --format json names them all.",
    vi="Chỉ nêu tên {named} đơn vị đầu tiên trong tệp có điểm cần lưu ý; {more} đơn vị khác chỉ "
    "được tính trong số liệu chung. Dùng --format json để có danh sách đầy đủ.",
)
PART = Text(
    en="Only a part of the register was asked about; rules about the register as a whole "
    "were not applied.",
    vi="Chỉ xét một phần sổ đăng ký; các quy tắc chung cho toàn bộ sổ đăng ký không được áp dụng.",
)

#: The reasons whose day is the one on which a unit stopped being current.
STOPPING = frozenset({Reason.EXPIRED, Reason.SUSPENDED, Reason.WITHDRAWN, Reason.UNIT_ENDED})

#: What is missed once for each year.
_MISSED_YEARLY = frozenset({Reason.SURVEILLANCE_OVERDUE, Reason.CHECK_OVERDUE})
_AND_MORE = Text(
    en="{first}, and {more} more since, the last by {day}",
    vi="{first}, sau đó còn {more} lần nữa, lần gần nhất hạn {day}",
)

_UNIT, _UNITS = Text(en="unit", vi="đơn vị"), Text(en="units", vi="đơn vị")
_ERROR, _ERRORS = Text(en="error", vi="lỗi"), Text(en="errors", vi="lỗi")
_WARNING, _WARNINGS = Text(en="warning", vi="cảnh báo"), Text(en="warnings", vi="cảnh báo")
_NOTE, _NOTES = Text(en="note", vi="lưu ý"), Text(en="notes", vi="lưu ý")
_RULE, _RULES = Text(en="rule", vi="quy tắc"), Text(en="rules", vi="quy tắc")
_LOOK, _LOOKS = Text(en="record", vi="lượt xem xét"), Text(en="records", vi="lượt xem xét")

_NO_UNITS = Text(en="There is no unit on this day.", vi="Vào ngày này chưa có đơn vị nào.")
_CURRENT = Text(
    en="{current} of {units} {noun} {verb} current.", vi="{current}/{units} đơn vị còn hiệu lực."
)
_GONE_ONE = Text(
    en=" 1 of the others no longer exists.",
    vi=" Trong số còn lại, 1 đơn vị không còn tồn tại.",
)
_GONE = Text(
    en=" {gone} of the others no longer exist.",
    vi=" Trong số còn lại, {gone} đơn vị không còn tồn tại.",
)
_WAIVED_COUNT = Text(en="{count} waived", vi="{count} được miễn áp dụng")
_NOT_CURRENT = Text(en="Not current: {units}", vi="Không còn hiệu lực: {units}")
_STATUS_SINCE = Text(
    en="{status} (not current since {day})", vi="{status} (không có hiệu lực từ {day})"
)

_TITLE = Text(en="{severity} {code}: {message}", vi="{severity} {code}: {message}")
_TITLE_WAIVED = Text(
    en="{severity} {code} (waived): {message}", vi="{severity} {code} (được miễn): {message}"
)
_DUE = Text(en="{words} (due {day})", vi="{words} (hạn {day})")
_TO_DO = Text(en="To do: {words}", vi="Cần làm: {words}")
_BASIS = Text(
    en="Basis: {clause} · rule {code} {name}", vi="Căn cứ: {clause} · quy tắc {code} {name}"
)
_WHERE = Text(en="Where: {words}", vi="Tại: {words}")
_WAIVED = Text(
    en="Waived until {day} by {by}: {reason}",
    vi="Được miễn áp dụng đến hết {day}. Người cho phép: {by}. Lý do: {reason}",
)
_STEP_DUE = Text(en="{what}, due {day}", vi="{what}, hạn {day}")
_STEP_WAS_DUE = Text(en="{what}, was due {day}", vi="{what}, đã quá hạn {day}")

_ALL_WELL = Text(en="Nothing is wrong.", vi="Không có vấn đề nào.")
_CHECKED = Text(
    en="Checked: {rules} looked at {looks} in all.",
    vi="Đã kiểm tra: {rules}, tổng cộng {looks}.",
)
_NOTHING_SEEN = Text(
    en="Rules that found no record to look at: {codes}.",
    vi="Các quy tắc chưa có dữ liệu để xem xét: {codes}.",
)


def because(why: Why) -> Text:
    """One reason for a status, in words."""
    return fill(why.reason.text, {"day": why.day, "subject": why.subject})


def reasons(result: UnitResult, language: Language) -> str:
    """Why a unit has its status; empty where it is simply in force.

    What was missed in more than two years is told of the first and the last of them.
    """
    alike: defaultdict[tuple[Reason, int], list[Why]] = defaultdict(list)
    for place, why in enumerate(result.standing.why):
        if why.reason is not Reason.IN_FORCE:
            alike[why.reason, 0 if why.reason in _MISSED_YEARLY else place].append(why)
    return each_once(
        words.in_(language) for several in alike.values() for words in _shortened(several)
    )


def _shortened(alike: Sequence[Why]) -> Sequence[Text]:
    if len(alike) < 3:
        return [because(why) for why in alike]
    first, *more = sorted(alike, key=lambda why: why.day or FIRST_DAY)
    facts = {"first": because(first), "more": len(more), "day": more[-1].day}
    return [fill(_AND_MORE, facts)]


def each_once(said: Iterable[str]) -> str:
    """Sentences in a row; one that holds several times is said once, with how often."""
    counts = Counter(said)
    return "; ".join(one if count == 1 else f"{one} (×{count})" for one, count in counts.items())


def printed_day(day: date | None, language: Language, otherwise: str = "–") -> str:
    """A day as people write it; a dash for none and for the ends of the calendar."""
    if day is None or day in {FIRST_DAY, LAST_DAY}:
        return otherwise
    return print_date(day, language)


def counted(count: int, one: Text, many: Text) -> Text:
    """A number with its noun: `1 unit`, `2,000 units`, `2.000 đơn vị`."""
    noun = one if count == 1 else many
    number = grouped(count)
    return Text(en=f"{number.en} {noun.en}", vi=f"{number.vi} {noun.vi}")


def grouped(count: int) -> Text:
    """A number with its thousands apart: `2,587` in English, `2.587` in Vietnamese."""
    return Text(en=f"{count:,}", vi=f"{count:,}".replace(",", "."))


def counted_units(count: int) -> Text:
    """How many units."""
    return counted(count, _UNIT, _UNITS)


def left_unnamed(report: Report) -> Text | None:
    """How many units are counted and not named, as a sentence; None where all are named."""
    if not report.unnamed:
        return None
    return fill(_UNNAMED, {"named": grouped(len(report.units)), "more": grouped(report.unnamed)})


def number_current(summary: Summary) -> Text:
    """How many units are current, as a sentence."""
    if not summary.units:
        return _NO_UNITS
    values = {
        "current": grouped(summary.current),
        "units": grouped(summary.units),
        "noun": "unit" if summary.units == 1 else "units",
        "verb": "is" if 1 in {summary.current, summary.units} else "are",
        "gone": grouped(summary.superseded),
    }
    if not summary.superseded:
        return fill(_CURRENT, values)
    second = _GONE_ONE if summary.superseded == 1 else _GONE
    return fill(Text(en=_CURRENT.en + second.en, vi=_CURRENT.vi + second.vi), values)


def figures(summary: Summary) -> Text:
    """How many errors, warnings and notes count, and how many are waived."""
    parts = (
        counted(summary.errors, _ERROR, _ERRORS),
        counted(summary.warnings, _WARNING, _WARNINGS),
        counted(summary.notes, _NOTE, _NOTES),
        fill(_WAIVED_COUNT, {"count": summary.waived}),
    )
    return Text(
        en=", ".join(part.en for part in parts) + ".", vi=", ".join(part.vi for part in parts) + "."
    )


def heading_of_stopped(count: int) -> Text:
    """The heading over the units that are not current."""
    return fill(_NOT_CURRENT, {"units": counted_units(count)})


def why_stopped(result: UnitResult, language: Language, *, at_once: bool = True) -> str:
    """The status of units that are not current, since when, and why.

    Args:
        result: What the check says of the first of them.
        language: The language.
        at_once: Whether all of them stopped on the same day; otherwise ``…`` stands for it.
    """
    status = result.standing.status.text.in_(language)
    why = each_once(
        (because(one) if at_once or one.reason not in STOPPING else _on_some_day(one)).in_(language)
        for one in result.standing.why
    )
    if why.startswith(status):
        return why
    since = printed_day(result.standing.since, language, "")
    if since and at_once:
        status = _STATUS_SINCE.in_(language).format(status=status, day=since)
    return f"{status}: {why}"


def _on_some_day(why: Why) -> Text:
    return fill(why.reason.text, {"day": "…", "subject": why.subject})


def next_step(result: UnitResult, language: Language) -> str:
    """What has to be done next in a unit, and by when; empty where there is nothing."""
    obligation = result.next_obligation
    if obligation is None:
        return ""
    what = obligation.kind.text.in_(language)
    day = printed_day(obligation.due, language, "")
    if not day:
        return what
    passed = obligation.due is not None and obligation.due < result.standing.on
    return (_STEP_WAS_DUE if passed else _STEP_DUE).in_(language).format(what=what, day=day)


def told(diagnostic: Diagnostic, language: Language, message: Text | None = None) -> str:
    """What is wrong, with its weight, its code and its due day.

    Args:
        diagnostic: The diagnostic.
        language: The language.
        message: What is wrong, where that is not said in the diagnostic's own words.
    """
    words = (
        (_TITLE_WAIVED if diagnostic.waived_by else _TITLE)
        .in_(language)
        .format(
            severity=diagnostic.severity.text.in_(language),
            code=diagnostic.rule.code,
            message=(message or diagnostic.message).in_(language),
        )
    )
    day = printed_day(diagnostic.due, language, "")
    return _DUE.in_(language).format(words=words, day=day) if day and day not in words else words


def what_to_do(diagnostic: Diagnostic, language: Language, remedy: Text | None = None) -> str:
    """The remedy; or, where it is waived, by whom, until when and why."""
    waiver = diagnostic.waived_by
    if waiver is None:
        return _TO_DO.in_(language).format(words=(remedy or diagnostic.remedy).in_(language))
    day = print_date(waiver.until, language)
    return _WAIVED.in_(language).format(day=day, by=waiver.by, reason=waiver.reason)


def footing(diagnostic: Diagnostic, language: Language) -> str:
    """The clause that demands it, and the rule to read about it."""
    rule = diagnostic.rule
    return _BASIS.in_(language).format(
        clause=cited(rule.basis, language), code=rule.code, name=rule.name
    )


def where(language: Language, *alike: Diagnostic) -> str:
    """The records that it is about; empty for the unit itself."""
    subjects = dict.fromkeys(diagnostic.subject for diagnostic in alike if diagnostic.subject)
    if not subjects:
        return ""
    return _WHERE.in_(language).format(words=", ".join(subjects))


def closing(report: Report) -> Sequence[Text]:
    """How much was looked at, so that an empty register never looks conforming."""
    seen = {code: count for code, count in report.checked.items() if count}
    unseen = [code for code, count in report.checked.items() if not count]
    counts = {
        "rules": counted(len(seen), _RULE, _RULES),
        "looks": counted(sum(seen.values()), _LOOK, _LOOKS),
    }
    sentences = [fill(_CHECKED, counts)]
    if unseen:
        sentences.append(fill(_NOTHING_SEEN, {"codes": _in_runs(unseen)}))
    if report.units and not report.diagnostics and not report.summary.not_current:
        sentences.insert(0, _ALL_WELL)
    return sentences


def _in_runs(codes: Sequence[str]) -> tuple[str, ...]:
    """Codes with three or more that follow each other drawn together, as in V308–V312."""
    runs: list[list[str]] = []
    for code in codes:
        if runs and runs[-1][-1][:1] == code[:1] and int(code[1:]) == int(runs[-1][-1][1:]) + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    shown: list[str] = []
    for run in runs:
        shown += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else run
    return tuple(shown)
