"""Days, months and periods of days; no clock.

Periods in this field are calendar months and calendar years, never counts of
days: three years from 29 February 2024 end on 28 February 2027, whatever the
number of days between.  A deadline day itself is still in time.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cache, lru_cache

from msgspec import Struct

from qms.text import Language, Text

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "Period",
    "add_months",
    "add_years",
    "calendar_year",
    "day_after",
    "day_before",
    "day_in_words",
    "due_again",
    "print_date",
]

#: The first and the last day that the calendar of this library knows.
FIRST_DAY = date.min
LAST_DAY = date.max

_ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=8192)
def add_months(day: date, months: int) -> date:
    """The same day of the month some months later (or earlier, for a negative count).

    Where the month is too short, its last day: 29 February 2024 and 12 months
    give 28 February 2025.  Beyond the calendar the answer is its first or last day.
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    if year > LAST_DAY.year:
        return LAST_DAY
    if year < FIRST_DAY.year:
        return FIRST_DAY
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def add_years(day: date, years: int) -> date:
    """The same day some calendar years later; 29 February becomes 28 February where it must."""
    return add_months(day, 12 * years)


def due_again(day: date, months: int) -> date:
    """The day by which something done on a day is to be done again, some months later.

    The same day of the month, but the last day of a month leads to the last day of a month:
    whoever measures at the end of September measures next at the end of December, not on its 30th.
    """
    is_last = day == LAST_DAY or day_after(day).month != day.month
    if not is_last:
        return add_months(day, months)
    later = add_months(day.replace(day=1), months)
    return later.replace(day=calendar.monthrange(later.year, later.month)[1])


def day_after(day: date) -> date:
    """The next day; the last day of the calendar is its own successor."""
    return day if day == LAST_DAY else day + _ONE_DAY


def day_before(day: date) -> date:
    """The previous day; the first day of the calendar is its own predecessor."""
    return day if day == FIRST_DAY else day - _ONE_DAY


class Period(Struct, frozen=True):
    """Days from a start to an end, both of which belong to it."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


@cache
def calendar_year(year: int) -> Period:
    """The days of a calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def print_date(day: date, language: Language) -> str:
    """A day as people write it: 15/03/2026 in Vietnamese, 2026-03-15 elsewhere."""
    if language is Language.VIETNAMESE:
        return f"{day.day:02}/{day.month:02}/{day.year:04}"
    return day.isoformat()


def day_in_words(day: date) -> Text:
    """A day as it is written in each language, to be put into sentences."""
    return Text(en=print_date(day, Language.ENGLISH), vi=print_date(day, Language.VIETNAMESE))
