"""What auditors type: grades by word or code, days however they write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.dates import print_date
from qms.terms import Grade
from qms.text import Language
from qms.word.checklist_layout import PLACEHOLDERS
from qms.word.placeholders import is_placeholder, without_placeholder
from qms.word.typed_words import day_from, grade_from

VI, EN = Language.VIETNAMESE, Language.ENGLISH


@pytest.mark.parametrize("grade", list(Grade))
def test_a_grade_is_known_by_its_word_in_either_language_and_by_its_value(grade):
    for words in (grade.text.en, grade.text.vi, grade.value, f" {grade.text.vi.upper()} "):
        assert grade_from(words) is grade


@pytest.mark.parametrize(
    ("words", "grade"),
    [
        ("C", Grade.CONFORMITY),
        ("KPH nhẹ", Grade.MINOR),
        ("Không đánh giá", Grade.NOT_ASSESSED),
        ("kph nặng.", Grade.MAJOR),
        ("Không phù hợp lớn", Grade.MAJOR),
        ("(OFI)", Grade.OPPORTUNITY),
        ("Khuyến nghị", Grade.OPPORTUNITY),
        ("N/A", Grade.NOT_APPLICABLE),
        ("\u200bPhù\u00a0hợp\ufeff", Grade.CONFORMITY),
        ("– Không phù hợp (nhẹ);", Grade.MINOR),
        ("Phù hợp (C)", Grade.CONFORMITY),
        ("Cơ hội cải tiến (OFI).", Grade.OPPORTUNITY),
        ("Minor nonconformity (không phù hợp nhẹ)", Grade.MINOR),
    ],
)
def test_a_grade_is_known_by_the_codes_of_the_field(words, grade):
    assert grade_from(words) is grade


@pytest.mark.parametrize(
    "words",
    [
        "Không phù hợp",
        "NC",
        "Phù hợp\nKhông phù hợp nhẹ",
        "tạm được",
        "✓",
        "x",
        "Phù hợp?",
        "≠ Phù hợp",
        "~C",
        "C + minor",
        "Phù hợp (minor)",
        "Phù hợp (chưa)",
        "Phù hợp (chưa) (C)",
        "Tạm (được)",
    ],
)
def test_what_could_be_two_grades_or_none_is_none(words):
    assert grade_from(words) is None


@given(st.dates(date(1987, 1, 1), date(2100, 12, 31)))
def test_a_printed_day_is_read_as_the_same_day(day):
    for language in Language:
        assert day_from(print_date(day, language), language) == day


@pytest.mark.parametrize(
    ("words", "language", "day"),
    [
        ("ngày 05 tháng 9 năm 2026", VI, date(2026, 9, 5)),
        ("5 tháng 9, năm 2026", VI, date(2026, 9, 5)),
        ("5-9-2026", VI, date(2026, 9, 5)),
        ("5.9.2026", VI, date(2026, 9, 5)),
        ("2026/09/05", EN, date(2026, 9, 5)),
        ("5 September 2026", EN, date(2026, 9, 5)),
        ("5th Sept. 2026", EN, date(2026, 9, 5)),
        ("September 5, 2026", EN, date(2026, 9, 5)),
        ("25/12/2026", EN, date(2026, 12, 25)),
        ("04/04/2026", EN, date(2026, 4, 4)),
        ("05/09/2026", EN, None),
        ("05/09/2026", None, None),
        ("31/02/2026", VI, None),
        ("5 Ju 2026", EN, None),
        ("5 Foo 2026", EN, None),
        ("tuần sau", VI, None),
        ("05/09/26", VI, None),
        ("ngày 4/3/2026", VI, date(2026, 3, 4)),
        ("Ngày  04-03-2026", EN, date(2026, 3, 4)),
        ("ngày 5 tháng 9 năm 2026", EN, date(2026, 9, 5)),
        ("ngày mai", VI, None),
        ("15.12.2026.", VI, date(2026, 12, 15)),
        ("15-Dec-2026", EN, date(2026, 12, 15)),
        ("12/30/2026", EN, date(2026, 12, 30)),
        ("12/30/2026", VI, None),
        ("13/30/2026", EN, None),
        ("Tuesday, 15 December 2026", EN, date(2026, 12, 15)),
        ("Tue. December 15, 2026", VI, date(2026, 12, 15)),
        ("Monday, 15 December 2026", EN, None),
        ("Monday, 5/9/2026", EN, None),
        ("Thứ Ba, ngày 15/12/2026", EN, date(2026, 12, 15)),
        ("Thứ Ba, 15 Tháng 12 2026", VI, date(2026, 12, 15)),
        ("Chủ nhật, 15/12/2026", VI, None),
        ("15 thg 12, 2026", VI, date(2026, 12, 15)),
        ("5 tháng 122026", VI, None),
        ("trước ngày 15/12/2026", VI, None),
    ],
)
def test_a_day_is_read_as_it_is_written_or_not_at_all(words, language, day):
    assert day_from(words, language) == day


def test_what_invites_to_fill_in_is_no_answer():
    for text in PLACEHOLDERS.values():
        assert is_placeholder(text.en, showing=False)
        assert is_placeholder(f" {text.vi}\n", showing=False)
    assert is_placeholder("", showing=False)
    assert is_placeholder("Choose an item.", showing=True)
    assert not is_placeholder("Choose an item.", showing=False)
    assert not is_placeholder("Đã xem", showing=True)


def test_what_is_typed_around_a_placeholder_is_kept():
    assert all(
        word.startswith("[") for text in PLACEHOLDERS.values() for word in (text.en, text.vi)
    )
    assert without_placeholder("Đã xem") == "Đã xem"
    assert without_placeholder("[bằng chứng] Đã xem") == "Đã xem"
    assert without_placeholder("Đã xem [bằng chứng]") == "Đã xem"
    assert without_placeholder("Đã [xem] rồi") == "Đã [xem] rồi"
