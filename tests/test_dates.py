"""Months and periods are those of the calendar; a deadline day is still in time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.dates import (
    FIRST_DAY,
    LAST_DAY,
    add_months,
    add_years,
    calendar_year,
    day_after,
    day_before,
    day_in_words,
    due_again,
    print_date,
)
from qms.text import Language

days = st.dates(date(1900, 1, 1), date(2999, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 3, 10), 12, date(2024, 3, 10)),
        (date(2026, 3, 9), 6, date(2026, 9, 9)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 1, 15), -1, date(2023, 12, 15)),
        (date(9999, 6, 1), 12, LAST_DAY),
        (date(1, 6, 1), -12, FIRST_DAY),
    ],
)
def test_months_keep_the_day_or_take_the_last_of_the_month(day, months, expected):
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 9, 30), 3, date(2024, 12, 31)),
        (date(2024, 9, 29), 3, date(2024, 12, 29)),
        (date(2024, 2, 29), 1, date(2024, 3, 31)),
        (date(2024, 2, 28), 1, date(2024, 3, 28)),
        (date(2023, 2, 28), 12, date(2024, 2, 29)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (LAST_DAY, 1, LAST_DAY),
    ],
)
def test_the_end_of_a_month_leads_to_the_end_of_a_month(day, months, expected):
    assert due_again(day, months) == expected


@given(days)
def test_three_years_are_calendar_years_never_1095_days(day):
    later = add_years(day, 3)

    assert later.year == day.year + 3
    assert (later.month, later.day) in {(day.month, day.day), (2, 28)}
    assert (later - day).days in {1095, 1096}


@given(days, st.integers(-400, 400))
def test_adding_months_keeps_the_order_of_days(day, months):
    assert add_months(day, months) <= add_months(day + timedelta(1), months)


@given(days, st.integers(0, 400))
def test_the_calendar_repeats_after_400_years(day, months):
    assert add_months(add_years(day, 400), months) == add_years(add_months(day, months), 400)


def test_the_calendar_has_a_first_and_a_last_day():
    assert day_after(LAST_DAY) == LAST_DAY
    assert day_before(FIRST_DAY) == FIRST_DAY
    assert day_after(date(2023, 12, 31)) == date(2024, 1, 1)
    assert day_before(date(2024, 3, 1)) == date(2024, 2, 29)


def test_both_ends_belong_to_a_period():
    year = calendar_year(2016)

    assert date(2016, 1, 1) in year
    assert date(2016, 12, 31) in year
    assert date(2017, 1, 1) not in year
    assert date(2015, 12, 31) not in year


def test_days_are_written_as_each_language_writes_them():
    assert print_date(date(2026, 3, 15), Language.VIETNAMESE) == "15/03/2026"
    assert print_date(date(2026, 3, 15), Language.ENGLISH) == "2026-03-15"


def test_a_day_is_put_into_sentences_in_both_languages():
    assert day_in_words(date(2026, 3, 15)).en == "2026-03-15"
    assert day_in_words(date(2026, 3, 15)).vi == "15/03/2026"
