"""Words in two languages, and names that are equal however they were typed."""

import unicodedata

import pytest

from qms.text import Language, Name, Text, normalise, same_words


def test_words_are_given_in_the_language_asked_for():
    words = Text(en="audit", vi="đánh giá")

    assert words.in_(Language.ENGLISH) == "audit"
    assert words.in_(Language.VIETNAMESE) == "đánh giá"


def test_a_name_falls_back_to_the_language_in_which_it_was_given():
    assert Name(vi="Sở Khoa học và Công nghệ").in_(Language.ENGLISH) == "Sở Khoa học và Công nghệ"
    assert Name(en="Department").in_(Language.VIETNAMESE) == "Department"
    assert Name(en="Department", vi="Sở").in_(Language.VIETNAMESE) == "Sở"
    assert Name().in_(Language.ENGLISH) == ""
    assert Name(en="Department", vi="Sở").words == ("Department", "Sở")


def test_composed_and_decomposed_spellings_are_the_same_words():
    composed = "Sở Khoa học và Công nghệ"
    decomposed = unicodedata.normalize("NFD", composed)

    assert composed != decomposed
    assert normalise(decomposed) == composed
    assert same_words("SỞ  khoa học và công nghệ ") == same_words(decomposed)


@pytest.mark.parametrize(
    ("words", "otherwise", "name"),
    [
        ("Quy trình", Language.ENGLISH, Name(vi="Quy trình")),
        ("Đo", Language.ENGLISH, Name(vi="Đo")),
        ("Audit", Language.ENGLISH, Name(en="Audit")),
        ("Audit", Language.VIETNAMESE, Name(vi="Audit")),
    ],
)
def test_a_name_with_accents_is_vietnamese_whoever_types_it(words, otherwise, name):
    assert Name.given(words, otherwise) == name
