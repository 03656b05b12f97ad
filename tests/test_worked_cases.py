"""Every rule is shown at work: where it speaks, where it is quiet, and on which day that turns."""

from string import Formatter

import pytest
from msgspec.structs import replace

from qms.check import check_register
from qms.rules import RULES
from worked_cases import FOLDER, cases_of

BY_CODE = {rule.code: rule for rule in RULES}
CASES = [case for path in sorted(FOLDER.glob("*.toml")) for case in cases_of(path.stem)]


@pytest.fixture(scope="module", params=CASES, ids=str)
def case(request):
    return request.param


@pytest.fixture(scope="module")
def found(case):
    """What the rule of a case says of it."""
    return check_register(case.register, case.on, [BY_CODE[case.code]]).diagnostics


def test_it_speaks_where_it_should_and_nowhere_else(case, found):
    assert len(found) == case.times, [one.message.en for one in found]


def test_it_names_the_day_on_which_the_matter_fell_due(case, found):
    if case.due is not None:
        assert case.due in {one.due for one in found}


def test_it_says_what_is_wrong_in_both_languages(case, found):
    for language, words in case.says.items():
        assert any(words in getattr(one.message, language) for one in found), [
            getattr(one.message, language) for one in found
        ]


def test_no_gap_is_left_in_what_it_says(found):
    for one in found:
        for text in (one.message, one.remedy):
            for words in (text.en, text.vi):
                assert words.strip()
                assert "{" not in words
                assert "None" not in words


def test_it_names_a_record_that_is_there(case, found):
    for one in found:
        if one.unit is not None:
            place = case.register.units[one.unit]
            for step in filter(None, one.subject.split(".")):
                place = place[step] if isinstance(place, dict) else getattr(place, step)


def test_the_quick_look_beforehand_overlooks_nothing(case, found):
    asked = replace(BY_CODE[case.code], when=None)

    without = check_register(case.register, case.on, [asked]).diagnostics

    assert [(d.subject, d.facts, d.due) for d in without] == [
        (d.subject, d.facts, d.due) for d in found
    ]


def test_the_placeholders_of_a_message_are_facts_of_the_rule(case, found):
    rule = BY_CODE[case.code]
    for one in found:
        for text in (rule.message, rule.remedy):
            named = {name for _, name, _, _ in Formatter().parse(text.en) if name}
            assert named <= one.facts.keys()
