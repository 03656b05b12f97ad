"""Names that lead nowhere are told with what was probably meant, however many names there are."""

import difflib

import pytest

from qms.codec import references
from qms.codec.references import Names


def test_names_that_are_there_are_known():
    names = Names({"so-1", "so-2"})

    assert "so-1" in names
    assert "so-3" not in names


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "there is none yet"),
        (2, "one of: u0, u1"),
        (12, "one of: u0, u1, u10, u11, u2, u3, u4, u5, u6, u7, u8, u9"),
        (13, "one of: u0, u1, u10, u11, u12, u2, u3, u4, u5, u6, u7, u8, …"),
    ],
)
def test_the_first_names_are_listed(count, words):
    assert Names(f"u{number}" for number in range(count)).some().en == words


@pytest.mark.parametrize("count", [500, 501, 5_000])
def test_what_was_probably_meant_is_found_among_few_and_many(count):
    names = Names([f"client-{number:05}" for number in range(count - 1)] + ["so-khoa-hoc"])

    assert names.near("so-khoa-hocc").vi == "Có phải định ghi “so-khoa-hoc”?"
    assert names.near("zzz") is None


def test_among_few_the_first_letter_may_be_wrong_too():
    assert "“skhcn”" in Names(["a", "b", "skhcn"]).near("xkhcn").en


def test_a_wrong_name_is_not_compared_with_all_of_very_many(monkeypatch):
    seen = []

    def compare(_word, words, **_settings):
        seen.append(len(words))
        return []

    monkeypatch.setattr(difflib, "get_close_matches", compare)
    names = Names(f"client-{number}" for number in range(40_000))
    for number in range(100):
        names.near(f"clinet-{number}")

    assert max(seen) <= 2 * references._NEIGHBOURS
