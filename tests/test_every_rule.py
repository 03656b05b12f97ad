"""The register in which every rule finds something wrong, once."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import qms
from qms.rules import RULES

REGISTER = Path(__file__).parent.parent / "fixtures" / "every-rule"
ON = date(2028, 12, 1)


@pytest.fixture(scope="module")
def report():
    return qms.check(qms.load(REGISTER), on=ON)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_rule_speaks_once(report, rule):
    assert Counter(d.rule.code for d in report.diagnostics)[rule.code] == 1


def test_a_unit_is_named_after_what_is_wrong_with_it(report):
    for one in report.diagnostics:
        assert one.unit is None or one.rule.code.lower() in one.unit.split("-")


def test_every_rule_had_something_to_look_at(report):
    assert all(report.checked[rule.code] for rule in RULES)


@pytest.mark.parametrize("readme", ["README.md", "README.vi.md"])
def test_the_day_is_named_where_people_read(readme):
    assert ON.isoformat() in (REGISTER / readme).read_text("utf-8")
