"""The dates and terms that rules go by: complete, in order, and honest about doubts."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from qms.norms import DayNorm, norms, norms_at
from qms.terms import Edition, Regime

NORMS = norms()
EVERYTHING = (
    *norms_at("editions", NORMS),
    *norms_at("regimes", NORMS),
    *norms_at("portfolio", NORMS),
    *norms_at("notices", NORMS),
    *norms_at("audit_time", NORMS),
    *norms_at("site_samples", NORMS),
)


def ids(norm):
    return norm[0]


@pytest.mark.parametrize("norm", EVERYTHING, ids=ids)
class TestEveryNorm:
    """Each value stands with its source, and where it is unsure, with its doubt."""

    def test_has_a_source_in_both_languages(self, norm):
        source = norm[1].source

        assert source.en.strip()
        assert source.vi.strip()

    def test_that_nobody_saw_in_a_source_says_what_is_unsure(self, norm):
        _, value = norm

        assert value.verified or (value.doubt.en and value.doubt.vi)

    def test_that_only_warns_says_why(self, norm):
        _, value = norm

        assert not getattr(value, "only_warns", False) or (not value.verified and value.doubt)


class TestEditions:
    """Editions follow one another, and each ends after the next has begun."""

    years = sorted(NORMS.editions)

    def test_they_were_published_in_the_order_of_their_years(self):
        published = [NORMS.editions[year].published.value for year in self.years]

        assert published == sorted(published)
        assert [day.year for day in published] == [int(year) for year in self.years]

    def test_an_edition_ends_after_the_next_one_was_published(self):
        for old, new in pairwise(self.years):
            last = NORMS.editions[old].last_day
            if last is not None:
                assert last.value > NORMS.editions[new].published.value

    @pytest.mark.parametrize(
        "cut_off",
        ["no_initial_from", "no_decision_from", "no_audit_from", "no_recertification_from"],
    )
    def test_a_cut_off_lies_between_the_next_edition_and_the_end(self, cut_off):
        for place, norm in norms_at(f"editions.*.{cut_off}", NORMS):
            year = int(place.split(".")[1])
            assert NORMS.succeeded[year] < norm.value <= NORMS.last_days[year]

    def test_of_two_days_in_question_the_earlier_one_is_used(self):
        assert NORMS.last_days[2000] == date(2010, 11, 14)
        assert NORMS.last_days[2008] == date(2018, 9, 14)

    def test_the_end_of_an_edition_is_known_once_the_next_one_is_published(self):
        assert NORMS.last_day(2015, known_on=date(2026, 9, 15)) is None
        assert NORMS.last_day(2015, known_on=date(2026, 9, 16)) == date(2029, 9, 30)
        assert NORMS.last_day(2026, known_on=date(2040, 1, 1)) is None

    def test_a_year_without_edition_has_no_norms(self):
        assert NORMS.edition(2012) is None
        assert NORMS.edition(2015).adopted_as == "TCVN ISO 9001:2015"


class TestLookUps:
    """What many look-ups go by is told from the norms, once."""

    def test_the_day_from_which_something_about_an_edition_is_closed(self):
        assert NORMS.closing[2015] == date(2028, 3, 31)
        assert NORMS.closing[2000] == date(2009, 11, 14)
        assert 2026 not in NORMS.closing

    def test_the_day_on_which_an_edition_and_its_adoption_are_published(self):
        assert NORMS.opening[2015] == date(2015, 12, 31)
        assert NORMS.opening[2008] == date(2008, 11, 14)

    def test_the_day_from_which_audits_are_impossible(self):
        assert NORMS.audits_closed["TCVN ISO 9001:2008"] == date(2018, 3, 15)
        assert NORMS.audits_closed["ISO 9001:2015/Amd 1:2024"] == date(2029, 10, 1)
        assert "ISO 9001:2026" not in NORMS.audits_closed

    def test_every_edition_is_spelled_in_each_way(self):
        assert "ISO 9001:1987" in NORMS.spellings
        assert "TCVN ISO 9001:2015/Amd 1:2024" in NORMS.spellings
        own = {"TCVN ISO 9001:1996"}  # the adoption of 1994 has a year of its own
        assert len(NORMS.spellings) == 2 * (len(NORMS.editions) + 1) + len(own)


class TestRegimes:
    """What a regime does not demand is left out of it."""

    def test_every_regime_has_its_terms(self):
        assert set(NORMS.regimes) == set(Regime)

    def test_an_announcement_has_no_expiry_and_no_surveillance(self):
        terms = NORMS.regimes[Regime.ANNOUNCEMENT]

        assert terms.validity_years is None
        assert terms.first_surveillance_months is None

    def test_the_recalled_day_of_conversion_ends_nothing(self):
        assert NORMS.regimes[Regime.ANNOUNCEMENT].conversion_to_2015.only_warns


class TestPlaces:
    """Norms are found by their place, for explanations."""

    def test_one_value(self):
        ((place, norm),) = norms_at("editions.2015.last_day", NORMS)

        assert place == "editions.2015.last_day"
        assert isinstance(norm, DayNorm)

    def test_a_star_stands_for_any_one_step(self):
        assert [place for place, _ in norms_at("editions.*.last_day", NORMS)] == [
            f"editions.{year}.last_day" for year in (1987, 1994, 2000, 2008, 2015)
        ]

    def test_a_room_gives_all_that_is_in_it(self):
        found = dict(norms_at("regimes.accredited", NORMS))

        assert found["regimes.accredited.validity_years"].value == 3
        assert len(found) == 5

    @pytest.mark.parametrize("path", ["editions.2012", "nowhere", "notices.year_end_month.value"])
    def test_a_place_that_does_not_exist_gives_nothing(self, path):
        assert norms_at(path, NORMS) == ()


class TestAuditTime:
    """The table of IAF MD 5, as far as it goes."""

    @pytest.mark.parametrize(
        ("personnel", "days"),
        [(1, "1.5"), (5, "1.5"), (6, "2"), (15, "2.5"), (55, "5"), (425, "10"), (10700, "22")],
    )
    def test_days_of_an_initial_audit(self, personnel, days):
        assert NORMS.audit_time.days(personnel) == Decimal(days)

    def test_beyond_its_last_row_the_table_says_nothing(self):
        assert NORMS.audit_time.days(10701) is None

    def test_more_people_take_more_days(self):
        for (fewer, shorter), (more, longer) in pairwise(NORMS.audit_time.rows):
            assert fewer < more
            assert shorter < longer


def test_each_adoption_is_of_its_edition_and_known_by_its_name():
    adopted = {
        year: edition.adopted_as for year, edition in NORMS.editions.items() if edition.adopted_as
    }

    assert {year: str(Edition(name).year) for year, name in adopted.items()} == {
        year: year for year in adopted
    }
    assert set(adopted.values()) <= NORMS.spellings
