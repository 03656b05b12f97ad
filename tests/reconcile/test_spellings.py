"""How people write codes, days, numbers and headings."""

from datetime import date

import pytest

from qms.reconcile import Column
from qms.reconcile.headings import column_of, label_of
from qms.reconcile.spellings import code_key, day_of, is_number, is_shorthand, revision_of


@pytest.mark.parametrize(
    "words",
    [
        "15/3/24", "15.03.24", "15-03-2024", "2024/03/15", "2024-03-15 00:00:00", "2024-03-15T08:00",
        "15-Mar-2024", "15 March 2024", "15th March, 2024", "March 15, 2024", "15-Mar-24", "45366",
        "Hà Giang, ngày 15 tháng 03 năm 2024", "15/03/2024 (lần 2)", "15/03/2024 = 2024-03-15",
    ],
)  # fmt: skip
def test_a_day_among_other_words(words):
    assert day_of(words) == date(2024, 3, 15)


@pytest.mark.parametrize(
    "words", ["3/15/2024", "03/2024", "01/01/2024 - 31/12/2024", "2024", "kể từ ngày ký", "120"]
)
def test_what_names_no_day_or_several(words):
    assert day_of(words) is None


def test_a_short_year_is_of_this_century_or_the_end_of_the_last():
    assert day_of("1/2/69") == date(2069, 2, 1)
    assert day_of("1/2/70") == date(1970, 2, 1)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("02 (15/03/2024)", 2), ("01 – 15/03/2024", 1), ("Rev.1", 1), ("R03", 3), ("Lần thứ nhất", 1),
        ("Lần ban hành thứ hai", 2), ("lần đầu", 1), ("Lần sửa đổi: 04", 4), ("first", 1),
    ],
)  # fmt: skip
def test_a_number_of_an_issue(words, number):
    assert revision_of(words, None) == (number, None)
    assert is_number(words)


def test_what_is_no_number():
    assert not is_number("mới nhất")
    assert not is_number("15/03/2024")


def test_zeros_and_what_stands_between_letters_and_figures_do_not_count_in_a_code():
    assert code_key("QT05") == code_key("QT - 5") == code_key("qt_005") == "qt-5"
    assert code_key("BM-QT01-00") == code_key("BM QT 1.0")
    assert code_key("QT-10") != code_key("QT-1")


def test_a_shorthand_leaves_out_the_middle_of_a_code():
    assert is_shorthand("qt-1", "qt-khcn-1")
    assert is_shorthand("bm-1-2", "bm-qt-1-2")
    assert not is_shorthand("qt-2", "qt-khcn-1")
    assert not is_shorthand("bm-1", "qt-khcn-1")
    assert not is_shorthand("qt-a-1", "qt-khcn-1")


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Tên tài liệu, quy trình, biểu mẫu", Column.TITLE),
        ("Mã tài liệu nội bộ", Column.CODE),
        ("Eff. Date", Column.EFFECTIVE),
        ("Rev. Level", Column.REVISION),
        ("Rev #", Column.REVISION),
        ("Doc #", Column.CODE),
        ("Doc. Nr.", Column.CODE),
        ("Document Owner", Column.OWNER),
        ("Doc", None),
        ("#", None),
        ("Document No. of form", Column.CODE),
        ("Lần ban hành mới nhất", Column.ISSUE),
        ("Rev. no. now", Column.REVISION),
        ("Ngày hiệu lực (dd/mm/yyyy)", Column.EFFECTIVE),
        ("Ngày ban hành lần cuối", Column.ISSUED),
        ("Ngày ban hành lần đầu", None),
        ("Ngày hết hiệu lực", None),
        ("Original issue date", None),
        ("Số bản", None),
        ("Mã hiệu TL", Column.CODE),
        ("Lần BH/SĐ", Column.ISSUE),
        ("Ngày BH/HL", Column.EFFECTIVE),
        ("Bộ phận soạn", Column.OWNER),
        ("Người biên soạn", Column.OWNER),
        ("Bộ phận sử dụng", None),
    ],
)
def test_longer_headings_are_known_by_how_they_begin(heading, column):
    assert column_of(heading) is column


def test_words_that_may_label_anything_label_nothing():
    assert column_of("Ngày") is Column.ISSUED
    assert label_of("Ngày") is label_of("Tên") is label_of("Màu / Date") is None
    assert label_of("Mã số / Code") is Column.CODE
    assert label_of("Mã / Code") is Column.CODE
