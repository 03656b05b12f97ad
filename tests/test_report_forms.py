"""SARIF, JUnit and Markdown: what build servers, code hosts and pages show."""

import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from attrs import evolve

from expected import same_as
from lives import certificate, unit
from qms.check import check_register
from qms.report import FORMS, render
from qms.report.markdown import escaped, render_status, table
from qms.text import Name
from reports import ON, RULES, register, report, setting

DATA = Path(__file__).parent / "data"
SARIF = json.loads((DATA / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))


def sarif(**settings):
    data = json.loads(render(report(), "sarif", setting(**settings)))
    jsonschema.Draft4Validator(SARIF).validate(data)
    return data["runs"][0]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_form_is_written_in_both_languages(form, language):
    assert "bão lũ" in " ".join(render(report(), form, setting(language)).split())


def test_sarif_names_every_rule_once_and_every_diagnostic():
    run = sarif(language="vi")
    driver = run["tool"]["driver"]

    assert run["language"] == driver["language"] == "vi"
    assert [rule["id"] for rule in driver["rules"]] == ["C101", "X101", "X102", "X201"]
    assert len(run["results"]) == len(report().diagnostics)
    assert [driver["rules"][r["ruleIndex"]]["id"] for r in run["results"]] == [
        r["ruleId"] for r in run["results"]
    ]


def test_sarif_calls_an_info_a_note():
    assert {r["ruleId"]: r["level"] for r in sarif()["results"]} == {
        "C101": "error",
        "X101": "error",
        "X102": "warning",
        "X201": "note",
    }


def test_sarif_suppresses_what_is_waived_and_says_why():
    waived = [r for r in sarif()["results"] if "suppressions" in r]

    assert [(r["properties"]["unit"], r["suppressions"][0]["justification"]) for r in waived] == [
        ("suspended", "bão lũ (Chủ tịch)")
    ]
    assert waived[0]["properties"]["due"] == "2018-12-31"


def test_sarif_places_a_diagnostic_in_the_file_of_its_unit():
    found = sarif(source="sổ", files={"suspended": "sổ/units/suspended.toml"})["results"]
    places = {r["properties"]["unit"]: r["locations"][0] for r in found}

    assert places[None]["logicalLocations"] == [{"fullyQualifiedName": "register"}]
    assert places[None]["physicalLocation"]["artifactLocation"]["uri"] == "s%E1%BB%95"
    assert places["suspended"]["logicalLocations"] == [
        {"fullyQualifiedName": "units.suspended.certificates.2018"}
    ]
    assert (
        places["suspended"]["physicalLocation"]["artifactLocation"]["uri"]
        == "s%E1%BB%95/units/suspended.toml"
    )


def test_sarif_without_files_still_says_which_record():
    assert all("physicalLocation" not in r["locations"][0] for r in sarif()["results"])


def test_sarif_fingerprints_are_distinct_and_stay_the_same():
    prints = [r["partialFingerprints"]["qms/1"] for r in sarif()["results"]]

    assert len(set(prints)) == len(prints)
    assert "X101/suspended/certificates.2018/2018-12-31" in prints


def junit(checked=None, **settings):
    return ET.fromstring(render(checked or report(), "junit", setting(**settings)))  # noqa: S314 - our own


def test_junit_has_a_case_for_each_unit_and_one_for_the_whole():
    root = junit()

    assert root.get("tests") == str(7 + 1)
    assert root.get("failures") == "5"
    assert [suite.get("name") for suite in root] == [
        "Ủy ban nhân dân tỉnh giả định",
        "agencies",
        "sites",
    ]
    assert sum(int(suite.get("tests", "0")) for suite in root) == 8
    assert sum(len(suite.findall("testcase")) for suite in root) == 8


def test_junit_fails_a_case_once_with_all_its_errors():
    case = next(c for c in junit().iter("testcase") if c.get("name") == "Cơ quan số 0 (a0)")
    (failure,) = case.findall("failure")

    assert failure.get("type") == "C101, X101"
    assert failure.get("message") == "error C101: not current: lapsed"
    assert "To do: Shorten it." in (failure.text or "")
    assert "Where: certificates.2015" in (failure.text or "")


def test_junit_shows_warnings_and_waived_errors_without_failing():
    cases = {c.get("name"): c for c in junit().iter("testcase")}
    current = cases["Current | one (current)"]

    assert current.find("failure") is None
    assert "X102" in current.findtext("system-out", "")
    assert "(waived)" in cases["Suspended one (suspended)"].findtext("system-out", "")


def test_junit_of_a_part_has_no_case_for_the_whole():
    assert "The register as a whole" not in {
        c.get("name") for c in junit(chosen=("a0",)).iter("testcase")
    }


def test_junit_of_nothing_is_still_a_document():
    empty = check_register(evolve(register(), units={}), ON, RULES[:3])

    assert junit(empty, chosen=()).get("tests") == "0"


def test_junit_holds_no_sign_that_xml_forbids():
    named = evolve(register().units["never"], name=Name(en="A\x0bB\ufffe"))
    checked = check_register(evolve(register(), units={"never": named}), ON, RULES)

    assert "A\N{REPLACEMENT CHARACTER}B\N{REPLACEMENT CHARACTER} (never)" in {
        c.get("name") for c in junit(checked).iter("testcase")
    }


@pytest.mark.parametrize("language", ["en", "vi"])
def test_markdown_reads_as_committed(language):
    same_as(DATA / f"report.{language}.md", render(report(), "markdown", setting(language)))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "2 units: a (since 2018-06-30), b (since 2018-06-29)"),
        ("vi", "2 đơn vị: a (từ 30/06/2018), b (từ 29/06/2018)"),
    ],
)
def test_markdown_does_not_give_the_day_after_the_expiry_for_the_expiry(language, said):
    expired = {
        key: unit(id=key, certificates={"1": certificate(decided=date(2015, 6, day))})
        for key, day in (("a", 30), ("b", 29))
    }
    checked = check_register(evolve(register(), units=expired), ON, RULES)

    assert said in render(checked, "markdown", setting(language))


def test_markdown_of_a_part_says_so():
    assert "Only a part" in render(report(), "markdown", setting(chosen=("a0",)))


def test_markdown_of_a_register_without_a_fault_has_only_the_units():
    fine = evolve(register(), units={"current": evolve(register().units["current"], headcount=1)})
    words = render(check_register(fine, ON, RULES[:2]), "markdown", setting())

    assert words.count("## ") == 1


def test_a_name_over_several_lines_stays_in_its_row_of_a_markdown_table():
    words = table(["Đơn vị"], [["Sở | A\n Dòng\thai"]])

    assert words.splitlines()[2:] == [r"| Sở \| A Dòng hai |"]


def test_markdown_keeps_the_signs_of_names():
    assert escaped("a|b*c_d") == r"a\|b\*c\_d"
    assert table(["x"], [["a|b"]]) == "| x |\n| --- |\n| a\\|b |"
    assert r"Current \| one" in render_status(report(), setting())


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("units/so-1.toml", "units/so-1.toml"),
        ("sổ/a:b.toml", "s%E1%BB%95/a%3Ab.toml"),
        ("/srv/hồ sơ/register.json", "file:///srv/h%E1%BB%93%20s%C6%A1/register.json"),
        ("C:/Hồ sơ/register.json", "file:///C:/H%E1%BB%93%20s%C6%A1/register.json"),
    ],
)
def test_sarif_names_a_file_by_a_uri(file, uri):
    found = sarif(source=file)["results"][0]["locations"][0]

    assert found["physicalLocation"]["artifactLocation"]["uri"] == uri
