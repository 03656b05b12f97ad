"""Sentences that every form of a report has in common, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.check import fill
from qms.dates import FIRST_DAY, LAST_DAY, print_date
from qms.text import Text

if TYPE_CHECKING:
    from datetime import date

    from qms.check import Summary
    from qms.standing import Why
    from qms.text import Language

__all__ = ["because", "counted", "figures", "number_current", "printed_day"]


def because(why: Why) -> Text:
    """One reason for a status, in words."""
    return fill(why.reason.text, {"day": why.day, "subject": why.subject})


def printed_day(day: date | None, language: Language, otherwise: str = "–") -> str:
    """A day as people write it; a dash for none and for the ends of the calendar."""
    if day is None or day in {FIRST_DAY, LAST_DAY}:
        return otherwise
    return print_date(day, language)


def counted(count: int, one: Text, many: Text) -> Text:
    """A number with its noun: `1 unit`, `2 units`, `2 đơn vị`."""
    noun = one if count == 1 else many
    return Text(en=f"{count} {noun.en}", vi=f"{count} {noun.vi}")


_ERROR, _ERRORS = Text(en="error", vi="lỗi"), Text(en="errors", vi="lỗi")
_WARNING, _WARNINGS = Text(en="warning", vi="cảnh báo"), Text(en="warnings", vi="cảnh báo")
_NOTE, _NOTES = Text(en="note", vi="lưu ý"), Text(en="notes", vi="lưu ý")
_NO_UNITS = Text(en="The register has no units.", vi="Sổ đăng ký chưa có đơn vị nào.")
_CURRENT_ONE = Text(
    en="{current} of {units} unit is current.", vi="{current}/{units} đơn vị còn hiệu lực."
)
_CURRENT = Text(
    en="{current} of {units} units are current.", vi="{current}/{units} đơn vị còn hiệu lực."
)
_GONE_ONE = Text(
    en=" 1 of the others no longer exists.",
    vi=" Trong số còn lại, 1 đơn vị không còn tồn tại.",
)
_GONE = Text(
    en=" {gone} of the others no longer exist.",
    vi=" Trong số còn lại, {gone} đơn vị không còn tồn tại.",
)
_WAIVED = Text(en="{count} waived", vi="{count} được miễn áp dụng")


def number_current(summary: Summary) -> Text:
    """How many units are current, as a sentence."""
    if not summary.units:
        return _NO_UNITS
    first = _CURRENT_ONE if summary.units == 1 else _CURRENT
    values = {"current": summary.current, "units": summary.units, "gone": summary.superseded}
    if not summary.superseded:
        return fill(first, values)
    second = _GONE_ONE if summary.superseded == 1 else _GONE
    return fill(Text(en=first.en + second.en, vi=first.vi + second.vi), values)


def figures(summary: Summary) -> Text:
    """How many errors, warnings and notes count, and how many are waived."""
    parts = (
        counted(summary.errors, _ERROR, _ERRORS),
        counted(summary.warnings, _WARNING, _WARNINGS),
        counted(summary.notes, _NOTE, _NOTES),
        fill(_WAIVED, {"count": summary.waived}),
    )
    return Text(
        en=", ".join(part.en for part in parts) + ".", vi=", ".join(part.vi for part in parts) + "."
    )
