"""The clause lists of the editions, and how one became the next."""

import pytest

from qms.clauses import becomes, clauses_of, not_applicable_in, within
from qms.terms import Edition
from qms.text import Language, normalise

OLD, NOW, NEXT = Edition("ISO 9001:2008"), Edition("TCVN ISO 9001:2015"), Edition("ISO 9001:2026")
each_edition = pytest.mark.parametrize("edition", [OLD, NOW, NEXT])


@each_edition
class TestEachList:
    def test_numbers_are_in_order_and_stand_once(self, edition):
        numbers = [[int(n) for n in one.number.split(".")] for one in clauses_of(edition).clauses]
        assert numbers == sorted(numbers)
        assert len({tuple(n) for n in numbers}) == len(numbers)

    def test_a_clause_asks_for_something_unless_others_stand_under_it(self, edition):
        listed = clauses_of(edition)
        for one in listed.clauses:
            under = [other for other in listed.clauses if other.number.startswith(f"{one.number}.")]
            assert one.auditable is not bool(under)

    def test_titles_stand_in_both_languages_in_composed_letters(self, edition):
        for one in clauses_of(edition).clauses:
            for language in Language:
                words = one.title.in_(language)
                assert words
                assert words == normalise(words)

    def test_the_source_is_named(self, edition):
        assert clauses_of(edition).source.vi


class TestTheLists:
    def test_how_many_clauses_ask_for_something(self):
        assert [len(clauses_of(one).auditable) for one in (OLD, NOW, NEXT)] == [51, 65, 65]

    def test_what_can_never_be_declared_not_applicable(self):
        assert clauses_of(OLD).find("4.2.2").never_not_applicable
        assert not clauses_of(OLD).find("7.3.1").never_not_applicable
        assert clauses_of(NOW).find("7.5.3.1").never_not_applicable
        assert not clauses_of(NOW).find("8.3.2").never_not_applicable

    def test_what_is_unsure_says_so(self):
        assert clauses_of(NEXT).doubt is not None
        assert clauses_of(NOW).doubt is None

    def test_editions_before_2008_are_not_listed(self):
        assert clauses_of(Edition("ISO 9001:2000")) is None

    def test_a_clause_that_is_not_listed_has_the_title_of_the_one_around_it(self):
        assert clauses_of(NOW).title_of("7.5.3.2.9").en == clauses_of(NOW).find("7.5.3.2").title.en
        assert clauses_of(NOW).title_of("3") is None


class TestCorrelation:
    @pytest.mark.parametrize(
        ("clause", "after"),
        [
            ("4.2.3", ("7.5.2", "7.5.3.1", "7.5.3.2")),
            ("5.4.1", ("6.2.1", "6.2.2")),
            ("8.2.2", ("9.2.1", "9.2.2")),
            ("8.5.2", ("10.2.1", "10.2.2")),
            ("8.5", ("6.1.1", "6.1.2", "10.1", "10.2.1", "10.2.2", "10.3")),
        ],
    )
    def test_from_2008_to_2015(self, clause, after):
        assert becomes(clause, OLD, NOW) == after

    def test_from_2015_to_2026(self):
        assert becomes("6.1.2", NOW, NEXT) == ("6.1.2", "6.1.3")
        assert becomes("10.3", NOW, NEXT) == becomes("10.1", NOW, NEXT) == ("10.1",)
        assert becomes("7.5.3.2", NOW, NEXT) == ("7.5.3.2",)

    def test_two_steps_are_joined(self):
        assert becomes("8.5.1", OLD, NEXT) == ("10.1",)

    def test_an_edition_becomes_itself(self):
        assert becomes("7.2", NOW, Edition("ISO 9001:2015")) == ("7.2",)

    @pytest.mark.parametrize(("since", "to"), [(OLD, NOW), (NOW, NEXT)])
    def test_every_clause_becomes_clauses_that_exist(self, since, to):
        known = set(clauses_of(to).auditable)
        for number in clauses_of(since).auditable:
            after = becomes(number, since, to)
            assert after
            assert set(after) <= known

    def test_a_clause_is_within_those_above_it(self):
        assert within("7.5.3", "7.5")
        assert within("7.5", "7.5")
        assert not within("7.50", "7.5")


@pytest.mark.parametrize(
    ("declared", "in_2015", "in_2026"),
    [
        (("7.3",), "8.3.1 8.3.2 8.3.3 8.3.4 8.3.5 8.3.6", "8.3.1 8.3.2 8.3.3 8.3.4 8.3.5 8.3.6"),
        (("7.4",), "8.4.1 8.4.2 8.4.3", "8.4.1 8.4.2 8.4.3"),
        (("7.5.2",), "", ""),
        (("7.6",), "7.1.5.1 7.1.5.2", "7.1.5.1 7.1.5.2"),
        ((), "", ""),
    ],
)
def test_what_is_not_applicable_stays_so_unless_more_is_asked(declared, in_2015, in_2026):
    old = Edition("ISO 9001:2008")
    for year, told in ((2015, in_2015), (2026, in_2026)):
        found = not_applicable_in(declared, old, Edition(f"ISO 9001:{year}"))
        assert found == tuple(told.split())
    assert not_applicable_in(declared, old, old) == declared
