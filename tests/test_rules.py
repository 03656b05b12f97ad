"""What holds of every rule: how it is named, worded and shown, and the laws that it keeps."""

import re
from datetime import date
from string import Formatter

import pytest
from attrs import evolve, fields, has
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from lives import days, units, with_later_facts
from qms.check import About, check_register
from qms.dates import add_years
from qms.knowledge import known_from
from qms.model import (
    Audit,
    Finding,
    FindingEvent,
    Organisation,
    Register,
    Unit,
)
from qms.norms import norms, norms_at
from qms.rule_names import all_rules, rule_named
from qms.rules import RULES, find_rule
from qms.terms import AuditType, FindingAct, Grade
from qms.text import Name
from worked_cases import FOLDER, cases_of

NORMS = norms()
FAMILIES = "CEVPDOAR"
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
some_lives = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def gaps(template):
    return sorted(name for _, name, _, _ in Formatter().parse(template) if name is not None)


class TestNames:
    def test_a_code_is_a_letter_of_a_family_and_three_digits(self):
        assert all(re.fullmatch(rf"[{FAMILIES}][1-9]\d\d", rule.code) for rule in RULES)

    def test_codes_and_names_belong_to_one_rule_each(self):
        assert len({rule.code for rule in RULES}) == len(RULES)
        assert len({rule.name for rule in RULES}) == len(RULES)

    def test_codes_ascend_family_by_family(self):
        places = [(FAMILIES.index(rule.code[0]), rule.code) for rule in RULES]

        assert places == sorted(places)

    def test_names_are_words_joined_by_dashes(self):
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name) for rule in RULES)

    @each_rule
    def test_a_rule_is_found_by_its_code_and_its_name_however_typed(self, rule):
        assert find_rule(rule.code.lower()) is rule
        assert find_rule(f" {rule.name.upper()} ") is rule

    def test_what_is_no_rule_is_not_found(self):
        assert find_rule("C000") is None

    def test_those_that_read_registers_know_them_all(self):
        assert all_rules() == tuple(
            (rule.code, rule.name, rule.about.value)
            for rule in sorted(RULES, key=lambda rule: rule.code)
        )

    @each_rule
    def test_they_find_one_by_its_code_and_its_name(self, rule):
        assert rule_named(rule.code.lower()) == rule_named(rule.name.upper())
        assert rule_named(rule.code).name == rule.name


@each_rule
class TestWords:
    def test_everything_is_said_in_both_languages(self, rule):
        for text in (rule.title, rule.message, rule.remedy, rule.explanation):
            assert text.en.strip() == text.en != ""
            assert text.vi.strip() == text.vi != ""

    def test_both_languages_name_the_same_facts(self, rule):
        for text in (rule.message, rule.remedy):
            assert gaps(text.en) == gaps(text.vi)

    def test_a_title_is_a_line_and_an_explanation_whole_sentences(self, rule):
        for title in (rule.title.en, rule.title.vi):
            assert not title.endswith(".")
            assert "{" not in title
        for explanation in (rule.explanation.en, rule.explanation.vi):
            assert explanation.endswith(".")
            assert "{" not in explanation

    def test_blanks_and_quotes_are_typed_with_care(self, rule):
        for text in (rule.title, rule.message, rule.remedy, rule.explanation):
            assert "  " not in text.en + text.vi
            assert '"' not in text.en + text.vi

    def test_it_rests_on_a_document(self, rule):
        assert rule.basis.document

    def test_the_norms_that_it_goes_by_are_there(self, rule):
        for path in rule.norms:
            assert norms_at(path, NORMS)


@each_rule
class TestCases:
    def test_it_is_shown_speaking_and_quiet(self, rule):
        verdicts = {case.fires for case in cases_of(rule.code)}

        assert verdicts == {True, False}

    def test_a_rule_that_names_a_day_is_shown_on_both_sides_of_it(self, rule):
        cases = cases_of(rule.code)
        spoken = {case.on for case in cases if case.fires}
        quiet = {case.on for case in cases if not case.fires}
        if any(case.due for case in cases):
            assert any(abs(one - other).days == 1 for one in spoken for other in quiet)

    def test_the_first_that_speaks_shows_what_is_said_in_both_languages(self, rule):
        first = next(case for case in cases_of(rule.code) if case.fires)

        assert first.says.keys() == {"en", "vi"}


def test_there_are_no_cases_of_rules_that_do_not_exist():
    assert {path.stem for path in FOLDER.iterdir()} == {rule.code for rule in RULES}


def register(unit):
    return Register(organisation=Organisation(name=Name(en="Invented")), units={unit.id: unit})


def said(unit, on, rules=RULES, by=NORMS):
    return check_register(register(unit), on, rules, by).diagnostics


def essence(diagnostics):
    return [(d.rule.code, d.subject, d.due, d.facts) for d in diagnostics]


def shifted(value):
    """Anything with its days four hundred years later."""
    if isinstance(value, date):
        return add_years(value, 400)
    if isinstance(value, tuple):
        return tuple(shifted(one) for one in value)
    if isinstance(value, dict):
        return {key: shifted(one) for key, one in value.items()}
    if isinstance(value, Struct):
        return replace(
            value, **{name: shifted(getattr(value, name)) for name in value.__struct_fields__}
        )
    if has(type(value)):
        changes = {f.name: shifted(getattr(value, f.name)) for f in fields(type(value)) if f.init}
        return evolve(value, **changes)
    return value


def dated(unit):
    """A unit without the records of which nobody can say since when they are known."""
    return evolve(
        unit,
        certificates={k: c for k, c in unit.certificates.items() if known_from(c)},
        announcements={k: a for k, a in unit.announcements.items() if known_from(a)},
        audits={k: a for k, a in unit.audits.items() if a.held},
        procedures={k: p for k, p in unit.procedures.items() if p.changes},
    )


def shifted_norms():
    """The norms four hundred years later; the first year of yearly checks moves with them."""
    later = shifted(NORMS)
    regimes = {
        name: replace(regime, yearly_check_from=moved(regime.yearly_check_from))
        for name, regime in later.regimes.items()
    }
    return evolve(later, regimes=regimes)


def moved(year):
    return None if year is None else replace(year, value=year.value + 400)


LATER_NORMS = shifted_norms()


class TestLaws:
    @some_lives
    @given(units(), days)
    def test_whatever_is_found_can_be_said(self, unit, on):
        for one in said(unit, on):
            for text in (one.message, one.remedy):
                for words in (text.en, text.vi):
                    assert words
                    assert "{" not in words

    @some_lives
    @given(units(), days)
    def test_the_quick_look_beforehand_overlooks_nothing(self, unit, on):
        thorough = [replace(rule, when=None, within=()) for rule in RULES]

        assert essence(said(unit, on)) == essence(said(unit, on, thorough))

    @some_lives
    @given(units(), units(), days)
    def test_later_facts_change_nothing(self, unit, more, on):
        later = with_later_facts(unit, shifted(dated(more)))

        assert essence(said(later, on)) == essence(said(unit, on))

    @some_lives
    @given(units(), days)
    def test_the_order_of_records_does_not_matter(self, unit, on):
        turned = evolve(
            unit,
            **{
                name: dict(reversed(getattr(unit, name).items()))
                for name in (
                    "certificates",
                    "announcements",
                    "audits",
                    "procedures",
                    "documents",
                    "legal_documents",
                )
            },
        )

        assert essence(said(turned, on)) == essence(said(unit, on))

    @some_lives
    @given(units(), days)
    def test_the_calendar_repeats_after_four_hundred_years(self, unit, on):
        now = said(unit, on)
        then = said(shifted(unit), add_years(on, 400), by=LATER_NORMS)

        assert [(d.rule.code, d.subject, shifted(d.due)) for d in now] == [
            (d.rule.code, d.subject, d.due) for d in then
        ]

    @some_lives
    @given(units(), days, st.sampled_from(RULES))
    def test_a_rule_speaks_for_itself_alone(self, unit, on, rule):
        alone = said(unit, on, [rule])

        assert essence(alone) == [e for e in essence(said(unit, on)) if e[0] == rule.code]

    @some_lives
    @given(units(), days)
    def test_a_unit_that_no_longer_exists_is_left_in_peace(self, unit, on):
        gone = evolve(unit, valid_from=None, valid_to=date(2000, 1, 1))

        found = [d for d in said(gone, on) if d.rule.about is not About.PORTFOLIO]
        assert {d.rule.code for d in found} <= {"E204", "E205", "E206", "E207", "E209", "D519"}


@pytest.mark.parametrize("repeated", ["first/none-of-this-name", "no-such-audit/f"])
def test_a_repeat_of_a_finding_that_nobody_recorded_is_told(repeated):
    finding = Finding(grade=Grade.MINOR, clause="7.2", repeats=repeated)
    held = date(2024, 3, 1)
    unit = Unit(
        id="u",
        name=Name(en="Invented unit"),
        audits={
            "first": Audit(type=AuditType.INTERNAL, held=date(2024, 2, 1)),
            "second": Audit(type=AuditType.INTERNAL, held=held, findings={"f": finding}),
        },
    )

    (found,) = said(unit, date(2024, 5, 2), [find_rule("R807")])

    assert found.subject == "audits.second.findings.f"
    assert found.facts["repeats"] == repeated


def closed_finding(caused, acted):
    return Finding(
        grade=Grade.MINOR,
        clause="7.2",
        statement="invented statement",
        evidence="invented record",
        owner="invented owner",
        due=date(2024, 4, 1),
        history=(
            FindingEvent(act=FindingAct.CORRECTED, on=date(2024, 3, 2)),
            FindingEvent(act=FindingAct.CAUSE_FOUND, on=caused),
            FindingEvent(act=FindingAct.CAUSE_FOUND, on=date(2024, 3, 20)),
            FindingEvent(act=FindingAct.ACTED, on=acted),
            FindingEvent(act=FindingAct.VERIFIED, on=date(2024, 3, 25), effective=True),
        ),
    )


@pytest.mark.parametrize(
    ("caused", "codes"), [(date(2024, 3, 10), []), (date(2024, 3, 11), ["R802"])]
)
def test_a_finding_stated_whole_and_closed_is_not_looked_at_again(caused, codes):
    finding = closed_finding(caused, acted=date(2024, 3, 10))
    audit = Audit(type=AuditType.INTERNAL, held=date(2024, 3, 1), findings={"f": finding})
    unit = Unit(id="u", name=Name(en="Invented unit"), audits={"a": audit})

    found = said(unit, date(2024, 5, 2))

    assert [d.rule.code for d in found if d.rule.about is About.FINDING] == codes
