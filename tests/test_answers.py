"""The library's public face: light to import, and the same whatever was imported before."""

import inspect
import itertools
import pydoc
import subprocess
import sys
from datetime import date, datetime
from enum import Enum
from pathlib import Path

import pytest
from attrs import evolve

import qms
import reports
from lives import certificate, unit
from qms.model import CertificateEvent, Register
from qms.terms import CertificateAct

RUN = [sys.executable, "-c"]
CLASSES = {name for name in qms.__all__ if inspect.isclass(getattr(qms, name))}
ENUMERATIONS = {name for name in CLASSES if issubclass(getattr(qms, name), Enum)}


def test_every_public_name_is_there():
    for name in qms.__all__:
        assert getattr(qms, name) is not None
        assert name in dir(qms)


@pytest.mark.parametrize("name", sorted(CLASSES - ENUMERATIONS - {"Edition", "RegisterError"}))
def test_help_shows_what_a_class_takes(name):
    assert inspect.signature(getattr(qms, name)).parameters
    assert pydoc.render_doc(getattr(qms, name)).startswith("Python Library Documentation")


def test_a_name_that_does_not_exist_is_refused():
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = qms.nonsense


@pytest.mark.parametrize("first", ["qms.check", "qms.obligations", "qms.rules", "qms.answers"])
def test_a_function_is_not_hidden_by_a_module_of_the_same_name(first):
    program = f"import {first}; import qms; print(callable(qms.check), callable(qms.obligations))"
    done = subprocess.run([*RUN, program], check=True, capture_output=True, text=True)

    assert done.stdout == "True True\n"


def test_importing_the_library_imports_nothing_heavy():
    program = "import sys, qms; print(sorted({'attrs', 'click', 'msgspec'} & set(sys.modules)))"
    done = subprocess.run([*RUN, program], check=True, capture_output=True, text=True)

    assert done.stdout == "[]\n"


def test_a_register_is_checked_with_every_rule_where_none_are_named():
    report = qms.check(reports.register(), on=reports.ON)

    assert set(report.checked) == {rule.code for rule in qms.RULES}


@pytest.mark.parametrize("given", ["C101", ["C101"]])
def test_a_code_is_no_rule(given):
    with pytest.raises(TypeError, match="rules are needed"):
        qms.check(reports.register(), on=reports.ON, rules=given)


def test_a_part_of_a_register_is_checked_without_the_rules_about_the_whole():
    report = qms.check(reports.register(), on=reports.ON, only=["a1", "a0"], rules=reports.RULES)

    assert [result.id for result in report.units] == ["a0", "a1"]
    assert report.portfolio == ()
    assert report.checked == {"C101": 2, "X101": 2, "X102": 2, "X201": 0}


def test_what_holds_only_from_a_later_day_has_to_be_waited_for_and_not_to_be_restored():
    """Whatever ended before it, an expiry or a withdrawal."""
    old = certificate(decided=date(2023, 3, 10))
    new = certificate(decided=date(2026, 2, 1), effective=date(2026, 4, 1))
    withdrawn = CertificateEvent(act=CertificateAct.WITHDRAWN, on=date(2026, 1, 5))
    units = {
        "renewed": unit(id="renewed", certificates={"a": old, "b": new}),
        "anew": unit(id="anew", certificates={"a": evolve(old, history=(withdrawn,)), "b": new}),
    }
    register = Register(organisation=reports.register().organisation, units=units)
    report = qms.check(register, on=date(2026, 3, 15))
    remedies = {d.unit: d.remedy for d in report.diagnostics if d.rule.code == "C101"}

    assert remedies.keys() == units.keys()
    for remedy in remedies.values():
        assert "holds from 2026-04-01" in remedy.en
        assert "có hiệu lực từ ngày 01/04/2026" in remedy.vi


@pytest.mark.parametrize(
    ("day", "en", "vi"),
    [
        (date(2026, 7, 5), "asks for its decision by 2026-07-05", "chậm nhất ngày 05/07/2026"),
        (date(2026, 7, 6), "at least a stage 2 audit; whoever", "đăng ký chứng nhận"),
    ],
)
def test_what_was_transferred_away_may_be_taken_over_for_some_months(day, en, vi):
    sent = CertificateEvent(act=CertificateAct.TRANSFERRED, on=date(2026, 1, 5), to="Other")
    of = unit(certificates={"a": certificate(decided=date(2025, 3, 10), history=(sent,))})
    register = Register(organisation=reports.register().organisation, units={"u1": of})
    report = qms.check(register, on=day)
    remedy = next(d.remedy for d in report.diagnostics if d.rule.code == "C101")

    assert en in remedy.en
    assert vi in remedy.vi


def test_a_unit_that_the_register_does_not_have_is_an_error():
    with pytest.raises(KeyError):
        qms.check(reports.register(), on=reports.ON, only=["nobody"])
    with pytest.raises(KeyError):
        qms.calendar(reports.register(), year=2019, on=reports.ON, only=["nobody"])
    with pytest.raises(KeyError):
        qms.timeline(reports.register(), "nobody", on=reports.ON)


ASKED_OF_UNITS = [
    lambda only: qms.check(reports.register(), on=reports.ON, only=only),
    lambda only: qms.calendar(reports.register(), year=2019, on=reports.ON, only=only),
    lambda only: qms.verify_documents("fixtures/group-40-sites", on=reports.ON, only=only),
    lambda only: qms.evidence_of("fixtures/group-40-sites", on=reports.ON, only=only),
]


@pytest.mark.parametrize("ask", ASKED_OF_UNITS)
def test_every_unit_that_is_not_there_is_named_for_people(ask):
    with pytest.raises(qms.RegisterError) as caught:
        ask(["nobody", "suspendet", "depot-1"])

    assert [problem.what.en for problem in caught.value.problems] == [
        f"the register has no unit “{name}”" for name in ("depot-1", "nobody", "suspendet")
    ]
    assert all(problem.remedy.vi for problem in caught.value.problems)
    assert "Did you mean" in str(caught.value)


@pytest.mark.parametrize("ask", ASKED_OF_UNITS)
def test_a_single_text_is_not_taken_for_its_letters(ask):
    with pytest.raises(TypeError, match=r"only: several identifiers .* such as \['a0'\]"):
        ask("a0")


def test_a_unit_is_found_however_its_accents_are_typed():
    held = unit(id="hà")
    register = qms.Register(
        organisation=qms.Organisation(name=qms.Name(en="Invented")), units={"hà": held}
    )

    report = qms.check(register, on=reports.ON, only=["ha\u0300"])

    assert [result.id for result in report.units] == ["hà"]


def test_an_identifier_with_two_blanks_is_found_as_it_stands():
    held = unit(id="a  b")
    register = qms.Register(
        organisation=qms.Organisation(name=qms.Name(en="Invented")), units={"a  b": held}
    )

    assert qms.check(register, on=reports.ON, only=["a  b"]).summary.units == 1
    with pytest.raises(qms.RegisterError, match="has no unit “a b”"):
        qms.check(register, on=reports.ON, only=["a b"])


def test_a_timeline_is_found_however_its_accents_are_typed():
    held = unit(id="hà")
    register = qms.Register(
        organisation=qms.Organisation(name=qms.Name(en="Invented")), units={"hà": held}
    )

    assert qms.timeline(register, "ha\u0300", on=reports.ON)


def test_the_status_of_a_unit_says_since_when_and_until_when():
    held = unit(id="a", certificates={"c": certificate(decided=date(2019, 3, 10))})
    register = qms.Register(
        organisation=qms.Organisation(name=qms.Name(en="Invented")), units={"a": held}
    )
    standing = qms.status(register, on=date(2019, 6, 1))["a"]

    assert standing.current
    assert standing.since == date(2019, 3, 10)
    assert standing.until == date(2022, 3, 9)
    assert standing.next_change == date(2022, 3, 10)


def test_the_calendar_of_a_part_has_only_its_units():
    entries = qms.calendar(reports.register(), year=2019, on=reports.ON, only=["suspended"])

    assert {entry.unit for entry in entries} == {"suspended"}


def test_the_timeline_has_neither_gap_nor_overlap():
    intervals = qms.timeline(reports.register(), "a0", on=reports.ON)

    assert intervals[0].start == date.min
    assert intervals[-1].end == date.max
    for before, after in itertools.pairwise(intervals):
        assert before.end.toordinal() + 1 == after.start.toordinal()


@pytest.mark.parametrize("no_day", ["2015-12-31", datetime(2015, 12, 31), None])  # noqa: DTZ001
@pytest.mark.parametrize(
    "ask",
    [
        lambda on: qms.check(reports.register(), on=on),
        lambda on: qms.check(reports.register(), on=on, only=["a0"]),
        lambda on: qms.status(reports.register(), on=on),
        lambda on: qms.timeline(reports.register(), "a0", on=on),
        lambda on: qms.calendar(reports.register(), year=2019, on=on),
        lambda on: qms.obligations(reports.register(), on=on),
    ],
)
def test_what_is_no_day_is_refused_in_words(ask, no_day):
    with pytest.raises(TypeError, match=r"on: a datetime\.date is needed, such as date\(2015"):
        ask(no_day)


def test_all_rules_are_asked_where_none_are_named():
    asked = qms.check(reports.register(), on=reports.ON)

    assert asked.checked.keys() == {rule.code for rule in qms.RULES}
    assert qms.check(reports.register(), on=reports.ON, rules=()).diagnostics == ()


def test_the_help_of_check_fits_on_a_screen():
    assert len(str(inspect.signature(qms.check))) < 300
    assert repr(qms.find_rule("C103")) == "<Rule C103 surveillance-missed>"


@pytest.mark.parametrize("path", ["fixtures/ha-giang-2015", Path("register.json")])
@pytest.mark.parametrize(
    "ask",
    [
        lambda path: qms.check(path, on=reports.ON),
        lambda path: qms.status(path, on=reports.ON),
        lambda path: qms.calendar(path, year=2019, on=reports.ON),
        lambda path: qms.obligations(path, on=reports.ON),
        lambda path: qms.timeline(path, "a0", on=reports.ON),
    ],
)
def test_a_path_is_no_register_and_is_read_first(ask, path):
    with pytest.raises(TypeError, match=r"register: read it first, with qms\.load\('"):
        ask(path)


def test_a_unit_is_no_register():
    with pytest.raises(TypeError, match=r"register: a qms\.Register is needed, not a Unit"):
        qms.check(unit(), on=date(2016, 1, 1))


@pytest.mark.parametrize(
    ("year", "error"),
    [
        ("2016", TypeError),
        (2016.0, TypeError),
        (True, TypeError),
        (0, ValueError),
        (10000, ValueError),
    ],
)
def test_what_is_no_year_is_refused_in_words(year, error):
    with pytest.raises(error, match=r"^year: "):
        qms.calendar(reports.register(), year=year, on=reports.ON)
