"""The report as data: exactly the promised keys, in a form that a schema describes."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from qms.report import calendar, render, schemas, timeline
from qms.report.json import Basis, basis, indented, known_day, plain, render_status
from qms.rules import RULES
from qms.terms import Clause, Severity
from qms.text import Name, Text
from reports import ON, register, report, setting

SCHEMAS = Path(__file__).parent.parent / "schemas"


def strictly(schema):
    """The schema with nothing allowed beside what it names."""
    if isinstance(schema, list):
        return [strictly(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {key: strictly(value) for key, value in schema.items()}
    if "properties" in strict:
        strict["additionalProperties"] = False
    return strict


def validated(name, words):
    data = json.loads(words)
    jsonschema.Draft202012Validator(
        strictly(schemas()[f"{name}.schema.json"]),
        format_checker=jsonschema.FormatChecker(),
    ).validate(data)
    return data


@pytest.mark.parametrize("name", schemas())
def test_the_committed_schema_is_the_one_of_the_code(name):
    committed = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))

    assert committed == schemas()[name], "run: qms schema NAME > schemas/NAME.schema.json"
    jsonschema.Draft202012Validator.check_schema(committed)


def test_a_report_has_the_keys_that_others_rely_on():
    data = validated("report", render(report(), "json", setting()))

    assert data["format"] == "qms-report/1"
    assert data["on"] == "2019-01-01"
    assert data["chosen"] is None
    assert data["summary"] == {
        "units": 7,
        "current": 1,
        "not_current": 6,
        "superseded": 1,
        "errors": 8,
        "warnings": 1,
        "notes": 1,
        "waived": 1,
    }
    assert data["checked"] == {"C101": 7, "X101": 4, "X102": 7, "X201": 1}


def test_a_unit_says_since_when_and_until_when_and_what_comes_next():
    units = {u["id"]: u for u in validated("report", render(report(), "json", setting()))["units"]}

    assert list(units) == sorted(units)
    assert units["a0"] | {"why": None, "next_obligation": None} == {
        "id": "a0",
        "name": {"vi": "Cơ quan số 0"},
        "group": "agencies",
        "regime": "state-certificate",
        "status": "lapsed",
        "current": False,
        "since": "2018-06-30",
        "until": None,
        "next_change": None,
        "basis": "certificates.2015",
        "why": None,
        "next_obligation": None,
    }
    assert [why["reason"] for why in units["a0"]["why"]] == ["expired", "edition-ended"]
    assert units["a0"]["next_obligation"]["overdue"] is True
    assert units["current"]["next_obligation"] == {
        "kind": "yearly-check",
        "what": {
            "en": "yearly check by the province or ministry",
            "vi": "kiểm tra hằng năm của tỉnh hoặc bộ",
        },
        "subject": "",
        "opens": "2019-01-01",
        "due": "2019-12-31",
        "overdue": False,
        "basis": {"document": "TT 26/2014/TT-BKHCN", "clause": "33(2)"},
    }
    assert units["never"]["since"] is None
    assert units["gone"]["next_obligation"] is None


def test_a_diagnostic_carries_both_languages_its_facts_and_its_waiver():
    found = json.loads(render(report(), "json", setting()))["diagnostics"]
    by_unit = {(d["unit"], d["rule"]): d for d in found}

    assert by_unit["suspended", "X101"] == {
        "rule": "X101",
        "name": "numbered",
        "severity": "error",
        "unit": "suspended",
        "subject": "certificates.2018",
        "facts": {"number": "LONG-S"},
        "due": "2018-12-31",
        "message": {
            "en": "certificate LONG-S is long",
            "vi": "giấy chứng nhận LONG-S dài",
        },
        "remedy": {"en": "Shorten it.", "vi": "Rút ngắn lại."},
        "basis": {"document": "Invented standard", "clause": ""},
        "waived_by": {
            "reason": "bão lũ",
            "by": "Chủ tịch",
            "granted": "2018-01-01",
            "until": "2019-06-30",
        },
    }
    assert found[0]["unit"] is None
    assert by_unit["current", "X102"]["facts"] == {
        "share": "0.5",
        "words": {"en": "the people", "vi": "nhân sự"},
        "names": [{"en": "Current | one", "vi": None}, 12],
        "none": None,
        "always": None,
        "odd": "3.5",
    }
    assert by_unit["never", "C101"]["facts"] == {"status": "never", "since": None}


def test_the_same_check_gives_the_same_bytes():
    assert render(report(), "json", setting()) == render(report(), "json", setting("vi"))


def test_a_part_of_a_register_names_the_units_asked_about():
    data = validated("report", render(report(), "json", setting(chosen=("a0", "never"))))

    assert data["chosen"] == ["a0", "never"]


def test_the_status_has_the_same_units():
    data = validated("status", render_status(report(), setting()))

    assert data["units"] == json.loads(render(report(), "json", setting()))["units"]


def test_facts_become_plain_data():
    assert plain(date(2015, 12, 31)) == "2015-12-31"
    assert plain(date.max) is None
    assert plain(Severity.INFO) == "info"
    assert plain(Text(en="a", vi="b")) == {"en": "a", "vi": "b"}
    assert plain(Name(vi="Sở")) == {"en": None, "vi": "Sở"}
    assert plain(Decimal("1.50")) == "1.50"
    assert plain((True, [1], None)) == [True, [1], None]
    assert plain(Path("x")) == "x"


def test_the_ends_of_the_calendar_are_no_days():
    assert known_day(date.min) is None
    assert known_day(date.max) is None
    assert known_day(ON) == ON


def test_a_calendar_and_a_timeline_follow_their_schemas():
    import qms

    held = register()
    entries = qms.calendar(held, year=2019, on=ON)
    made = validated("calendar", calendar.render_json(entries, 2019, ON, setting()))
    assert made["entries"]
    assert made["entries"][0]["carried_over"] is True

    intervals = qms.timeline(held, "a0", on=ON)
    told = validated("timeline", timeline.render_json(intervals, held.units["a0"], ON))
    assert told["intervals"][0]["start"] is None
    assert told["intervals"][-1]["end"] is None


def test_the_status_says_nothing_of_errors_as_no_rule_was_asked():
    data = validated("status", render_status(report(), setting()))

    assert data["summary"] == {"units": 7, "current": 1, "not_current": 6, "superseded": 1}


def test_a_basis_in_two_editions_names_each_document_by_itself():
    both = basis(Clause("ISO 9001:2015", "6.2.1 d), 9.1.1; ISO 9001:2008, 8.2.3"))

    assert (both.document, both.clause) == ("ISO 9001:2015", "6.2.1 d), 9.1.1")
    assert both.also == [Basis(document="ISO 9001:2008", clause="8.2.3")]


def test_a_basis_in_one_document_has_nothing_beside_it():
    one = json.loads(indented(basis(Clause("TT 26/2014/TT-BKHCN", "33(2)"))))

    assert one == {"document": "TT 26/2014/TT-BKHCN", "clause": "33(2)"}


def test_no_rule_hides_a_document_in_its_clause():
    for listed in RULES:
        entry = basis(listed.basis)
        places = [entry, *(entry.also or ())]
        assert all(";" not in place.clause for place in places), listed.code
        assert "; ".join(f"{p.document}, {p.clause}".removesuffix(", ") for p in places) == str(
            listed.basis
        )
