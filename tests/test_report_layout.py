"""Lines and columns that stay aligned, whatever the letters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.report.layout import Column, Paint, fitted, places, table, wrap

VIETNAMESE = "Ủy ban nhân dân huyện Đồng Văn"
words = st.text(st.sampled_from("aăâbcđêơưỦ ệ東"), min_size=1, max_size=60)


def test_a_letter_with_its_accents_takes_one_place_however_it_was_typed():
    assert places(VIETNAMESE) == 30
    assert places(unicodedata.normalize("NFD", VIETNAMESE)) == 30
    assert places("plain") == 5
    assert places("東京") == 4
    assert places("b\u0323\u0302") == 1


def test_lines_are_broken_between_words_and_hang_where_asked():
    assert wrap("one two three", 7) == ["one two", "three"]
    assert wrap("one two three", 9, indent="  ", hanging="    ") == ["  one two", "    three"]
    assert wrap("first\nsecond", 20, indent="- ") == ["- first", "- second"]


def test_a_word_that_is_too_long_stands_alone():
    assert wrap("a documents/procedures/QT-05 b", 10) == ["a", "documents/procedures/QT-05", "b"]


def test_no_words_give_one_empty_line():
    assert wrap("", 10) == [""]


@given(words, st.integers(10, 40))
def test_wrapping_loses_no_word(said, width):
    assert " ".join(wrap(said, width)).split() == said.split()


def test_composed_and_decomposed_names_are_aligned_in_a_table():
    rows = [(VIETNAMESE, "x"), (unicodedata.normalize("NFD", VIETNAMESE), "x")]
    lines = table((Column("Đơn vị"), Column("", 1)), rows, 40, Paint())

    assert lines[2] == lines[3]
    assert places(lines[2]) == 40


def test_a_cell_is_wrapped_in_its_column_and_a_long_word_is_cut_there():
    lines = table((Column("a", 4), Column("b", 3)), [("one two", "abcdefg"), ("", "")], 80, Paint())

    assert lines == ["a     b", "────  ───", "one   abc", "two   def", "      g", ""]


def test_columns_without_a_width_share_what_is_left():
    lines = table((Column("a"), Column("b", 4), Column("c")), [("1", "2", "3")], 25, Paint())

    assert lines[1] == "─" * 9 + "  " + "─" * 4 + "  " + "─" * 8


def test_a_narrow_screen_leaves_every_column_some_room():
    lines = table((Column("a", 30), Column("b")), [("1", "2")], 20, Paint())

    assert lines[1] == "─" * 30 + "  " + "─" * 8


def test_rows_are_coloured_only_where_colour_is_wanted():
    plain = table((Column("a", 3),), [("x",)], 80, Paint(), lambda _row: ("red",))
    coloured = table((Column("a", 3),), [("x",)], 80, Paint(colour=True), lambda _row: ("red",))

    assert plain == ["a", "───", "x"]
    assert coloured == ["\033[1ma\033[0m", "\033[2m───\033[0m", "\033[31mx\033[0m"]


@pytest.mark.parametrize("colour", [True, False])
def test_nothing_stays_nothing_in_any_colour(colour):
    assert Paint(colour=colour)("", "bold") == ""


@pytest.mark.parametrize(
    ("words", "width", "lines"),
    [
        ("名前がとても長い", 8, ["名前がと", "ても長い"]),
        ("名前がとても長い", 9, ["名前がと", "ても長い"]),
        ("名前がとても長い", 16, ["名前がとても長い"]),
        ("名前がとても長い", 15, ["名前がとても長", "い"]),
        ("ab名前", 3, ["ab", "名", "前"]),
        ("abcdef", 4, ["abcd", "ef"]),
    ],
)
def test_long_words_are_cut_where_the_screen_ends_also_in_wide_letters(words, width, lines):
    assert fitted(words, width) == lines
