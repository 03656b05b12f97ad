"""How wide words are, by which rules below headings are measured and lines made even."""

import pytest

from qms.questions import shipped_banks
from qms.text import Language
from qms.word.administrative_layout import evenly, rule_below
from qms.word.checklist_layout import QUESTION_COLUMNS, widths
from qms.word.document import page_of
from qms.word.letters import balanced, lines_of, width_of

#: Twentieths of a point in a millimetre.
MM = 56.693


@pytest.mark.parametrize(
    ("words", "size", "millimetres"),
    [
        # measured in pictures of pages set in a font of the same widths
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, 95.7),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, 88.3),
        ("Độc lập - Tự do - Hạnh phúc", 13, 56.1),
        ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", 12, 64.9),
    ],
)
def test_bold_words_are_as_wide_as_they_were_measured(words, size, millimetres):
    assert width_of(words, size, bold=True) / MM == pytest.approx(millimetres, abs=0.3)


def test_accents_take_no_room_and_letters_without_a_width_a_mean_one():
    assert width_of("é", 10, bold=False) == width_of("e", 10, bold=False)
    assert width_of("ơ", 10, bold=False) > width_of("o", 10, bold=False)
    assert width_of("7", 10, bold=False) == width_of("…", 10, bold=False) == 100
    assert width_of("", 10, bold=False) == 0


def test_words_are_broken_where_there_is_room_for_no_more():
    one = width_of("AAAA", 12, bold=False)
    both = width_of("AAAA AAAA", 12, bold=False)
    joined = one + width_of(" ", 12, bold=False) + one
    assert abs(joined - both) <= 1
    assert lines_of("AAAA AAAA", joined, 12, bold=False) == (joined,)
    assert lines_of("AAAA AAAA", joined - 1, 12, bold=False) == (one, one)
    assert lines_of("AAAA\N{NO-BREAK SPACE}AAAA", one, 12, bold=False) == (both,)


def test_lines_are_made_about_as_long_where_there_are_several():
    words = "BAN CHỈ ĐẠO ISO TỈNH HÀ GIANG"
    room = round(67 * MM)
    narrow = balanced(words, room, 12, bold=False)
    first, second = lines_of(words, narrow, 12, bold=False)
    assert narrow < room
    assert abs(first - second) < room / 4
    assert balanced("SỞ Y TẾ", room, 12, bold=True) == room
    assert evenly("SỞ Y TẾ", room, 12, bold=True) == ""
    assert "w:left" in evenly(words, room, 12, bold=False)


@pytest.mark.parametrize(
    "words", ["SỞ Y TẾ", "UBND XÃ AN", "SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN TỈNH GIẢ ĐỊNH"]
)
def test_a_rule_is_between_a_third_and_a_half_of_the_line_above_it(words):
    room = round(67 * MM)
    line = max(lines_of(words, balanced(words, room, 12, bold=True), 12, bold=True))
    assert line / 3 <= rule_below(words, room, 12) <= line / 2


def test_the_identifier_of_every_question_of_ours_fits_into_its_column():
    page = page_of(Language.VIETNAMESE).turned
    column = widths(tuple(one.share for one in QUESTION_COLUMNS), page.text_width)[0]
    room = column - 2 * 70  # the margins of a cell
    for bank in shipped_banks():
        for one in bank.question:
            assert width_of(one.id, 10, bold=True) <= room, one.id
