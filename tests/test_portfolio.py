"""The register as a whole: shares over the whole list, whatever the order of units."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from lives import announcement, audit, certificate, days, unit, units
from qms.check import Questions, check_portfolio, check_register, check_units
from qms.model import Organisation, Policy, Register
from qms.norms import norms
from qms.portfolio import Portfolio, minimum_on_site
from qms.rules import editions, portfolio, state
from qms.store import load
from qms.terms import AuditMode, Duty
from qms.text import Name

D = date
NORMS = norms()
ORGANISATION = Organisation(name=Name(vi="Tỉnh giả định"))
EVERY_RULE = Path(__file__).parents[1] / "fixtures" / "every-rule"


def portfolio_of(members, on, policy=None):
    """The portfolio of some units on a day."""
    organisation = evolve(ORGANISATION, policy=policy or Policy())
    gathered = Portfolio(organisation, {}, on, NORMS)
    for _ in check_units([members], Questions(()), gathered):
        pass
    gathered.look_again(lambda: members)
    return gathered


def agency(number, *visits, **facts):
    """An obliged agency that announced in 2016, visited on some days."""
    return unit(
        id=f"u{number:03}",
        name=Name(vi=f"Đơn vị giả định {number}"),
        announcements={"a": announcement(D(2016, 5, 10))},
        audits={
            f"k{n}": audit("yearly-check", day, mode=AuditMode.ON_SITE)
            for n, day in enumerate(visits)
        },
        **facts,
    )


class TestShare:
    """At least a third of the obliged units is checked on site: rounded up, over the whole list."""

    @pytest.mark.parametrize(("obliged", "least"), [(66, 22), (34, 12), (14, 5), (18, 6), (0, 0)])
    def test_the_numbers_of_ha_giang(self, obliged, least):
        assert minimum_on_site(obliged) == least

    def test_group_by_group_would_give_one_too_many(self):
        assert sum(minimum_on_site(group) for group in (34, 14, 18)) == 23
        assert minimum_on_site(34 + 14 + 18) == 22

    @given(st.integers(0, 10**12), st.integers(1, 50), st.integers(1, 50))
    def test_it_is_the_least_number_that_reaches_the_share(self, obliged, numerator, denominator):
        least = minimum_on_site(obliged, numerator, denominator)

        if numerator <= denominator:
            assert least * denominator >= obliged * numerator
            assert least == 0 or (least - 1) * denominator < obliged * numerator
        assert least <= obliged

    @pytest.mark.parametrize(
        ("own", "share"),
        [((1, 2), (1, 2)), ((1, 3), (1, 3)), ((2, 7), (1, 3)), ((3, 8), (3, 8)), ((1, 1), (1, 1))],
    )
    def test_the_organisation_may_go_further_but_not_back(self, own, share):
        policy = Policy(on_site_numerator=own[0], on_site_denominator=own[1])

        assert portfolio_of([], D(2020, 1, 1), policy).share == share

    def test_66_units_of_which_21_were_visited(self):
        members = [agency(n, *([D(2017, 6, 1)] if n < 21 else [])) for n in range(66)]
        gathered = portfolio_of(members, D(2018, 1, 1))

        assert gathered.obliged(2017) == 66
        assert gathered.on_site[2017] == 21
        assert gathered.required(2017) == 22
        assert [d.rule.code for d in check_portfolio(gathered, Questions(portfolio.RULES))] == [
            "P401",
            "P403",
        ]


class TestObliged:
    """The units of which the share is taken."""

    def test_none_before_the_register_asks_for_checks(self):
        gathered = portfolio_of([agency(1)], D(2018, 1, 1))

        assert (gathered.obliged(2016), gathered.obliged(2017)) == (0, 1)

    def test_those_that_are_only_encouraged_count_on_neither_side(self):
        willing = evolve(agency(2, D(2017, 6, 1)), duty=Duty.ENCOURAGED)
        gathered = portfolio_of([agency(1), willing], D(2018, 1, 1))

        assert (gathered.obliged(2017), gathered.on_site[2017]) == (1, 0)

    @pytest.mark.parametrize(
        ("life", "counts"),
        [
            ({"valid_from": D(2017, 1, 1)}, 2),
            ({"valid_from": D(2017, 1, 2)}, 1),
            ({"valid_to": D(2017, 12, 31)}, 2),
            ({"valid_to": D(2017, 12, 30)}, 1),
        ],
    )
    def test_those_that_did_not_exist_throughout_the_year_do_not_count(self, life, counts):
        other = unit(id="u2", name=Name(vi="Đơn vị khác"), **life)

        assert portfolio_of([agency(1), other], D(2018, 6, 1)).obliged(2017) == counts

    def test_those_certified_by_an_accredited_body_do_not_count(self):
        certified = unit(id="u2", certificates={"c": certificate(decided=D(2016, 1, 1))})

        assert portfolio_of([agency(1), certified], D(2018, 1, 1)).obliged(2017) == 1

    def test_those_that_went_over_to_one_count_until_the_year_before(self):
        gone = evolve(agency(2), certificates={"c": certificate(decided=D(2018, 3, 1))})
        gathered = portfolio_of([agency(1), gone], D(2019, 6, 1))

        assert [gathered.obliged(year) for year in (2017, 2018)] == [2, 1]


def test_units_of_later_days_do_not_count_when_names_are_looked_at_again():
    later = unit(id="u3", name=Name(vi="Đơn vị"), valid_from=D(2030, 1, 1))
    two = [unit(id=key, name=Name(vi="Đơn vị")) for key in ("u1", "u2")]
    gathered = portfolio_of([*two, later], D(2018, 6, 1))

    (found,) = gathered.same_name.values()
    assert [key for key, _ in found] == ["u1", "u2"]


class TestLaws:
    """What holds for every register."""

    @settings(max_examples=40, deadline=None)
    @given(st.lists(units(), max_size=5), days, st.randoms(use_true_random=False))
    def test_the_order_of_units_does_not_matter(self, drawn, on, chance):
        members = [evolve(of, id=f"u{n}") for n, of in enumerate(drawn)]
        turned = list(members)
        chance.shuffle(turned)

        assert said_of(members, on) == said_of(turned, on)

    @settings(max_examples=40, deadline=None)
    @given(st.lists(units(), max_size=6), days, st.integers(0, 6))
    def test_parts_put_together_are_the_whole(self, drawn, on, cut):
        members = [evolve(of, id=f"u{n}") for n, of in enumerate(drawn)]
        first, second = portfolio_of(members[:cut], on), portfolio_of(members[cut:], on)
        first.add_all(second)
        first.look_again(lambda: members)

        assert said(first) == said_of(members, on)
        assert first.units == len(members) - sum(
            of.valid_from is not None and of.valid_from > on for of in members
        ) - sum(of.valid_to is not None and of.valid_to < on for of in members)

    @settings(max_examples=40, deadline=None)
    @given(units(), days)
    def test_every_rule_can_be_asked_of_every_unit_on_every_day(self, of, on):
        register = Register(organisation=ORGANISATION, units={of.id: of})
        report = check_register(register, on, editions.RULES + state.RULES)

        for diagnostic in report.diagnostics:
            assert diagnostic.message.en
            assert diagnostic.remedy.vi
            assert "{" not in diagnostic.message.vi


def said_of(members, on):
    return said(portfolio_of(members, on))


def said(gathered):
    return [
        (d.rule.code, d.unit, d.subject, dict(d.facts))
        for d in check_portfolio(gathered, Questions(portfolio.RULES))
    ]


def test_in_the_register_of_every_rule_each_of_these_fires_once():
    rules = editions.RULES + state.RULES + portfolio.RULES
    report = check_register(load(EVERY_RULE), D(2028, 12, 1), rules)

    assert Counter(d.rule.code for d in report.diagnostics) == {rule.code: 1 for rule in rules}
