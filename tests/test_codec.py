"""The door between data and records accepts exactly what the published schema accepts."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from contextlib import suppress
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import msgspec
import pytest
from attrs import evolve, frozen
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from qms.codec import RefusedError, assemble, decoder_of, plain, schemas
from qms.codec.contradictions import ORDERS, contradictions
from qms.codec.explain import explain, print_path
from qms.codec.header import Header
from qms.codec.in_place import _ways, unit_decoder, units_decoder
from qms.codec.plain import plain_register
from qms.codec.references import dangling_inside, loops
from qms.codec.schema import NAMED_UNIT, UNIT, write_schemas
from qms.codec.strict import remembered, struct_of
from qms.model import (
    Certificate,
    Measurement,
    Organisation,
    Policy,
    Register,
    StoredFile,
    Unit,
)
from qms.problems import RegisterError
from qms.terms import Edition, Regime
from qms.text import Language, Name
from strategies import days, units

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMAS = Path(__file__).parents[1] / "schemas"
ROOMY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

unit_of = decoder_of(Unit)


def minimal(**more: Any) -> dict[str, Any]:
    """The data of a register with one unit."""
    unit = {"name": {"vi": "Sở Khoa học và Công nghệ"}, **more}
    return {"organisation": {"name": {"vi": "Tỉnh"}}, "units": {"skhcn": unit}}


def problems_of(data: dict[str, Any]) -> dict[str, str]:
    """What is said about data that is no register, by path."""
    with pytest.raises(RegisterError) as caught:
        assemble(data)
    return {problem.path: problem.what.en for problem in caught.value.problems}


# --- the law of shape ------------------------------------------------------------------------

JUNK = st.sampled_from(
    [
        None,
        True,
        False,
        0,
        1,
        -1,
        1.0,
        2.5,
        10**30,
        "",
        " ",
        "\u00a0",
        "x",
        "x\n",
        "2015-02-30",
        "2015-2-3",
        "2015-06-30",
        "0000-01-01",
        "20150630",
        "2015-06-30\n",
        "2015-06-30T00:00:00",
        "ISO 9001:2015",
        "ISO 14001:2015",
        "iso 9001:٢٠١٥",
        "TCVN ISO 9001:2015 (ISO 9001:2015)",
        "TCVN ISO 9001:2015 (ISO 9001:2008)",
        "announcement",
        "internal",
        "12",
        "NaN",
        "1_000",
        "7.5.3",
        ".x",
        "con/aux",
        "x" * 101,
        [],
        [1],
        {},
        {"x": 1},
        {"vi": "x"},
        {"vi": " "},
    ]
).map(deepcopy)


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of everything in some data."""
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    found = [path] if path else []
    for key, value in inner if isinstance(data, dict | list) else ():
        found += places(value, (*path, key)) if isinstance(value, dict | list) else [(*path, key)]
    return found


@st.composite
def mutated_units(draw: Callable[..., Any]) -> Any:
    """The data of a unit with one to three things changed, taken out or put in."""
    data = json.loads(msgspec.json.encode(plain(draw(units()))))
    for _ in range(draw(st.integers(1, 3))):
        left = places(data)
        if not left:
            break
        *outer, last = draw(st.sampled_from(left))
        here = data
        for key in outer:
            here = here[key]
        match draw(st.sampled_from(["replace", "drop", "add", "rename"])):
            case "replace":
                here[last] = draw(JUNK)
            case "drop":
                del here[last]
            case "add" if isinstance(here, dict):
                here[draw(st.sampled_from(["note", "unknown", "valid_to", "expires", "on"]))] = (
                    draw(JUNK)
                )
            case "rename" if isinstance(here, dict):
                here[draw(st.sampled_from([".x", "x\n", "id", "name", "a/b", "x" * 101]))] = (
                    here.pop(last)
                )
            case _:
                here[last] = draw(JUNK)
    return data


NAMED = {"name": {"vi": "Sở"}}


def accepted_by_schema(data: Any) -> bool:
    formats = jsonschema.FormatChecker(["date"])
    validator = jsonschema.Draft202012Validator(schemas()[UNIT], format_checker=formats)
    return validator.is_valid(data)


def made(data: Any, *, judged: bool) -> Unit | None:
    try:
        unit: Unit = decoder_of(Unit, judged=judged)(msgspec.json.encode(data))
    except (RefusedError, OverflowError):
        return None
    return unit if unit.id else None


@settings(ROOMY, max_examples=300)
@given(data=mutated_units())
@example({"id": "u", "name": {"vi": "x"}, "headcount": 1.0})
@example(
    {
        "id": "u",
        "name": {"vi": "x"},
        "documents": {"D": {"title": {"vi": "x"}, "kind": "form", "level": 2.0}},
    }
)
def test_the_door_accepts_what_the_schema_accepts_and_nothing_else(data: Any) -> None:
    shaped = made(data, judged=False)

    assert accepted_by_schema(data) == (shaped is not None)


@settings(ROOMY, max_examples=150)
@given(data=mutated_units())
@example({"id": "u", "name": {"vi": "x"}, "headcount": 1.0})
def test_every_refusal_has_an_explanation_and_every_explanation_a_refusal(data: Any) -> None:
    explained = explain(data, UNIT)
    shaped = made(data, judged=False)
    contradicted = shaped is not None and any(contradictions(shaped))

    assert bool(explained) == (shaped is None)
    assert (made(data, judged=True) is None) == (bool(explained) or contradicted)
    for problem in explained:
        assert problem.in_(Language.ENGLISH)
        assert problem.in_(Language.VIETNAMESE)
        assert problem.remedy is not None


@settings(ROOMY, max_examples=200)
@given(data=mutated_units())
@example({"id": "u", "name": {"vi": "x"}, "headcount": 1.0})
@example({"id": "u", "name": {"vi": "x"}, "headcount": 1.5})
def test_the_bulk_door_accepts_what_the_strict_door_accepts(data: Any) -> None:
    def outcome(decode: Callable[[bytes], Unit]) -> Any:
        try:
            unit = decode(msgspec.json.encode(data))
        except (RefusedError, OverflowError):
            return None
        return (unit.id, unit.headcount) if unit.id else None

    assert outcome(decoder_of(Unit)) == outcome(unit_decoder())


@settings(ROOMY)
@given(data=units().map(plain), at=st.integers(0), blank=st.sampled_from([" ", "\u3000\u2003"]))
def test_words_that_are_all_blanks_are_refused_by_both_doors(
    data: Any, at: int, blank: str
) -> None:
    data = json.loads(msgspec.json.encode(data))
    worded = []
    for *outer, last in places(data):
        here = data
        for key in outer:
            here = here[key]
        worded += [(here, last)] if isinstance(here[last], str) else []
    here, last = worded[at % len(worded)]
    here[last] = blank

    for decode in (decoder_of(Unit), unit_decoder()):
        with pytest.raises(RefusedError):
            decode(msgspec.json.encode(data))


SELDOM = sorted(_ways().seldom, key=lambda place: (place[0].__name__, place[1]))


@pytest.mark.parametrize("place", SELDOM, ids=lambda place: f"{place[0].__name__}.{place[1]}")
def test_words_that_few_records_have_are_judged_where_there_are_any(
    place: tuple[type, str],
) -> None:
    record, name = place
    (kind,) = [
        one.type for one in msgspec.structs.fields(struct_of(record, _ways())) if one.name == name
    ]

    assert msgspec.convert("x", kind) == "x"
    for refused in ("", " ", "\u3000\u2003", None, 1):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(refused, kind)


@settings(ROOMY, max_examples=150)
@given(data=mutated_units())
@example({"name": {"vi": "x"}, "headcount": 1.0})
def test_no_unit_is_ever_left_out_in_silence(data: Any) -> None:
    whole = {"organisation": {"name": {"vi": "Tỉnh"}}, "units": {"u1": data, "u2": NAMED}}
    found: set[str] = set()
    with suppress(RegisterError):
        found = set(assemble(whole).units)

    assert found in ({"u1", "u2"}, set())


def test_a_refusal_that_nobody_can_explain_is_still_a_problem(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.modules["qms.codec.assemble"], "explain", lambda *_, **__: ())

    assert problems_of(minimal(headcount=1.5))["units.skhcn"].startswith("this was not understood")


def test_a_whole_number_may_be_written_with_a_point() -> None:
    for headcount in (40, 40.0):
        found = assemble(minimal(headcount=headcount)).units["skhcn"].headcount
        assert (found, type(found)) == (40, int)


@ROOMY
@given(unit=units())
def test_a_unit_survives_the_way_into_data_and_back(unit: Unit) -> None:
    assert unit == unit_of(msgspec.json.encode(plain(unit)))


@ROOMY
@given(unit=units())
def test_a_record_made_by_the_door_is_like_one_made_by_hand(unit: Unit) -> None:
    again = unit_of(msgspec.json.encode(plain(unit)))

    assert type(again) is Unit
    assert repr(unit).count("Certificate(") == repr(again).count("Certificate(")
    with pytest.raises(AttributeError):
        again.note = "changed"  # type: ignore[misc]


def test_the_committed_schemas_are_the_generated_ones(tmp_path: Path) -> None:
    for path in write_schemas(tmp_path):
        assert (SCHEMAS / path.name).read_text("utf-8") == path.read_text("utf-8"), (
            "run: python -m qms.codec schemas"
        )


def test_the_schemas_are_written_by_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["qms.codec", str(tmp_path)])

    runpy.run_module("qms.codec", run_name="__main__")

    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(schemas())
    assert str(tmp_path / "unit.schema.json") in capsys.readouterr().out


def test_importing_the_library_leaves_heavy_libraries_alone() -> None:
    heavy = {"jsonschema", "cattrs", "tomlkit", "filelock", "referencing"}
    program = "import sys, qms.store, qms.store.folder, qms.codec; print(*sys.modules)"

    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )

    assert not heavy & {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("name", schemas())
def test_a_schema_is_one_and_describes_every_field(name: str) -> None:
    schema = schemas()[name]
    jsonschema.Draft202012Validator.check_schema(schema)

    for title, record in {"": schema, **schema["$defs"]}.items():
        assert record["additionalProperties"] is False
        assert record["description"]
        for field, described in record["properties"].items():
            assert described.get("description"), f"{name}: {title}.{field}"


def test_a_whole_register_is_valid_by_its_schema() -> None:
    register = assemble(minimal(certificates={"2015": CERTIFICATE}))

    jsonschema.validate(
        json.loads(msgspec.json.encode(plain_register(register))), schemas()["register.schema.json"]
    )


def test_the_schema_of_a_register_asks_for_units_as_the_door_does() -> None:
    valid = jsonschema.Draft202012Validator(schemas()["register.schema.json"]).is_valid

    assert valid(minimal())
    assert not valid({**minimal(), "units": {}})
    assert not valid({"organisation": minimal()["organisation"]})


@given(words=st.from_regex(r"[0-9]{4}-[01][0-9]-[0-3][0-9]", fullmatch=True))
def test_the_schema_knows_the_calendar_without_the_format(words: str) -> None:
    """A validator need not assert formats: what it accepts is what loads."""
    day = schemas()["register.schema.json"]["$defs"]["Unit"]["properties"]["valid_from"]
    try:
        there_is = bool(date.fromisoformat(words))
    except ValueError:
        there_is = False

    assert jsonschema.Draft202012Validator(day).is_valid(words) is there_is


@pytest.mark.parametrize("year", ["1600", "1900", "2000", "2015", "2016", "2100", "0000", "0004"])
def test_the_schema_knows_leap_years(year: str) -> None:
    day = schemas()["register.schema.json"]["$defs"]["Unit"]["properties"]["valid_from"]
    leap = year in {"1600", "2000", "2016", "0004"}

    assert jsonschema.Draft202012Validator(day).is_valid(f"{year}-02-29") is leap
    assert jsonschema.Draft202012Validator(day).is_valid(f"{year}-02-28") is (year != "0000")


# --- single values ---------------------------------------------------------------------------

CERTIFICATE = {
    "number": "01/GCN (invented)",
    "edition": "TCVN ISO 9001:2008",
    "regime": "state-certificate",
    "decided": "2015-06-30",
    "expires": "2018-06-29",
}


@pytest.mark.parametrize(
    "spelling", ["ISO 9001:2015", "iso 9001-2015", "9001:2015", " ISO  9001 : 2015 "]
)
def test_an_edition_may_be_written_in_every_usual_way(spelling: str) -> None:
    register = assemble(minimal(certificates={"1": {**CERTIFICATE, "edition": spelling}}))

    assert register.units["skhcn"].certificates["1"].edition == Edition("ISO 9001:2015")


@given(
    value=st.decimals(-(10**15), 10**15, allow_nan=False)
    | st.integers(-(10**15), 10**15).map(Decimal)
)
@example(Decimal("97.50"))
@example(Decimal("1E+5"))
@example(Decimal("0.1000000000000000055511151231257827"))
def test_a_quantity_loses_no_digit(value: Decimal) -> None:
    assume(abs(value.as_tuple().exponent) <= 40)  # type: ignore[arg-type]
    measured = Measurement(on=date(2015, 6, 30), value=value)

    assert measured == decoder_of(Measurement)(msgspec.json.encode(plain(measured)))


@pytest.mark.parametrize("value", ["100 %", "NaN", "1e3", "+5", " 5", "1_0", "٣"])
def test_a_quantity_in_words_is_plain_digits(value: str) -> None:
    with pytest.raises(RefusedError):
        decoder_of(Measurement)(json.dumps({"on": "2015-06-30", "value": value}))


@given(day=days)
def test_any_day_of_the_calendar_may_be_recorded(day: date) -> None:
    measured = Measurement(on=day, value=Decimal(1))

    assert measured == decoder_of(Measurement)(msgspec.json.encode(plain(measured)))


def test_words_that_repeat_are_remembered_but_not_without_end() -> None:
    made: list[str] = []

    def upper(word: str) -> str:
        made.append(word)
        return word.upper()

    known = remembered(upper, most=3)
    assert [known(word) for word in "abcabdda"] == list("ABCABDDA")
    assert made == list("abcda")


def test_a_record_with_validators_cannot_pass_the_fast_door() -> None:
    from attrs import field

    @frozen
    class Watched:
        number: str = field(validator=lambda *_: None)

    with pytest.raises(TypeError, match="Watched has validators"):
        decoder_of(Watched)


def test_deeply_nested_text_is_refused_without_a_traceback() -> None:
    for text in ("[" * 100_000, '{"name":' * 100_000):
        with pytest.raises(RefusedError):
            unit_of(text)


# --- what cannot be true ---------------------------------------------------------------------

MINIMAL: dict[str, Any] = {
    "Audit": {"type": "internal"},
    "Certificate": {"number": "1", "edition": "ISO 9001:2015", "regime": "accredited"},
    "Distribution": {"holder": "Văn thư"},
    "Document": {"title": {"vi": "Quy trình"}, "kind": "procedure"},
    "DocumentEvent": {"act": "issued", "on": "2015-01-01"},
    "Head": {"name": "Người giả định"},
    "LegalDocument": {"title": {"vi": "Luật"}},
    "QualityObjective": {
        "title": {"vi": "Đúng hạn"},
        "indicator": "tỷ lệ",
        "unit": "%",
        "comparison": "at-least",
        "target": 95,
    },
    "Unit": {"name": {"vi": "Sở"}},
    "Waiver": {"rule": "C103", "reason": "thiên tai", "by": "UBND tỉnh"},
}


@pytest.mark.parametrize(
    ("record", "earlier", "later"),
    [(record, *pair) for record, pairs in ORDERS.items() for pair in pairs],
)
def test_an_end_may_fall_on_the_day_of_its_beginning_but_not_before(
    record: type, earlier: str, later: str
) -> None:
    def on(first: str, last: str) -> bytes:
        return json.dumps({**MINIMAL[record.__name__], earlier: first, later: last}).encode()

    same = decoder_of(record)(on("2015-06-30", "2015-06-30"))
    assert not list(contradictions(same))
    with pytest.raises(RefusedError):
        decoder_of(record)(on("2015-06-30", "2015-06-29"))
    wrong = decoder_of(record, judged=False)(on("2015-06-30", "2015-06-29"))
    ((path, problem),) = contradictions(wrong)
    assert path == (later,)
    assert problem.what.en == f"“{later}” is before “{earlier}”, which is 2015-06-30"


def test_an_expiry_before_three_days_is_one_problem() -> None:
    days = dict.fromkeys(("decided", "issued", "effective"), "2015-06-30")
    certificate = {**CERTIFICATE, **days, "expires": "2015-06-29"}

    assert problems_of(minimal(certificates={"2015": certificate})) == {
        'units.skhcn.certificates."2015".expires': (
            "“expires” is before “decided”, which is 2015-06-30"
        )
    }


def test_a_certificate_is_no_announcement() -> None:
    certificate = {**CERTIFICATE, "regime": Regime.ANNOUNCEMENT.value}

    assert problems_of(minimal(certificates={"2015": certificate})) == {
        'units.skhcn.certificates."2015".regime': (
            "a certificate cannot have the regime “announcement”"
        )
    }


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ({"on_site_numerator": 1}, "the share of units to be checked on site has only one"),
        ({"on_site_denominator": 2}, "the share of units to be checked on site has only one"),
        (
            {"on_site_numerator": 3, "on_site_denominator": 2},
            "the share of units to be checked on site is more",
        ),
    ],
)
def test_a_share_has_two_numbers_and_is_at_most_the_whole(policy: Any, said: str) -> None:
    data = minimal()
    data["organisation"]["policy"] = policy

    ((path, what),) = problems_of(data).items()

    assert path == "organisation.policy"
    assert what.startswith(said)


def test_a_share_of_one_half_is_kept() -> None:
    data = minimal()
    data["organisation"]["policy"] = {"on_site_numerator": 1, "on_site_denominator": 2}

    assert assemble(data).organisation.policy == Policy(on_site_numerator=1, on_site_denominator=2)


# --- references ------------------------------------------------------------------------------

OBJECTIVE = {**MINIMAL["QualityObjective"], "start": "2015-01-01", "due": "2015-12-31"}
DOCUMENT = MINIMAL["Document"]
LEGAL = MINIMAL["LegalDocument"]
PROCEDURE = {"title": {"vi": "Cấp phép"}}
ANNOUNCEMENT = {"number": "1", "edition": "ISO 9001:2008"}
WAIVER = {"rule": "C103", "reason": "r", "by": "b", "granted": "2015-01-01", "until": "2015-02-01"}

DANGLING: dict[str, tuple[str, dict[str, Any]]] = {
    "certificate replaces": (
        "certificates.b.replaces",
        {"certificates": {"b": {**CERTIFICATE, "replaces": "x"}}},
    ),
    "announcement replaces": (
        "announcements.b.replaces",
        {"announcements": {"b": {**ANNOUNCEMENT, "replaces": "x"}}},
    ),
    "announced procedure": (
        "announcements.b.procedures#1",
        {
            "procedures": {"TT-01": PROCEDURE},
            "announcements": {"b": {**ANNOUNCEMENT, "procedures": ["TT-02"]}},
        },
    ),
    "audit of a certificate": (
        "audits.a.certificate",
        {"audits": {"a": {"type": "internal", "certificate": "x"}}},
    ),
    "repeated finding": (
        "audits.a.findings.F1.repeats",
        {
            "audits": {
                "a": {"type": "internal", "findings": {"F1": {"grade": "minor", "repeats": "a/F2"}}}
            }
        },
    ),
    "objective of an objective": (
        "objectives.o.parent",
        {"objectives": {"o": {**OBJECTIVE, "parent": "x"}}},
    ),
    "document of a plan": (
        "plans.p.document",
        {"plans": {"p": {"title": {"vi": "KH"}, "year": 2015, "document": "x"}}},
    ),
    "document of a procedure": (
        "procedures.TT-01.document",
        {"procedures": {"TT-01": {**PROCEDURE, "document": "x"}}},
    ),
    "legal basis of a procedure": (
        "procedures.TT-01.legal_bases#2",
        {
            "legal_documents": {"L1": LEGAL},
            "procedures": {"TT-01": {**PROCEDURE, "legal_bases": ["L1", "x"]}},
        },
    ),
    "replaced legal document": (
        "legal_documents.L1.replaced_by",
        {"legal_documents": {"L1": {**LEGAL, "replaced_by": "x"}}},
    ),
    "form of a document": (
        "documents.F.form_of",
        {"documents": {"F": {**DOCUMENT, "form_of": "x"}}},
    ),
    "citation": (
        "documents.D.cites#1",
        {"legal_documents": {"L1": LEGAL}, "documents": {"D": {**DOCUMENT, "cites": ["x"]}}},
    ),
    "record of a waiver": (
        "waivers#1.subject",
        {"certificates": {"a": CERTIFICATE}, "waivers": [{**WAIVER, "subject": "certificates.ab"}]},
    ),
    "parent of a unit": ("parent", {"parent": "x"}),
    "predecessor": ("predecessors#1", {"predecessors": ["x"]}),
    "successor": ("successors#1", {"successors": ["x"]}),
}


@pytest.mark.parametrize(("path", "unit"), DANGLING.values(), ids=DANGLING)
def test_a_reference_that_leads_nowhere_is_a_problem(path: str, unit: dict[str, Any]) -> None:
    (found,) = problems_of(minimal(**unit)).items()

    assert found[0] == f"units.skhcn.{path}"
    assert found[1].startswith("this names a")
    assert found[1].endswith("that is not in the register")


def test_references_that_lead_somewhere_are_kept() -> None:
    unit = {
        "certificates": {"a": CERTIFICATE, "b": {**CERTIFICATE, "replaces": "a"}},
        "announcements": {"a": {**ANNOUNCEMENT, "procedures": ["not listed yet"]}},
        "audits": {
            "1": {"type": "internal", "certificate": "a", "findings": {"F": {"grade": "minor"}}},
            "2": {
                "type": "internal",
                "findings": {"F": {"grade": "minor", "repeats": "1/F"}},
            },
        },
        "documents": {"D": {**DOCUMENT, "cites": ["not listed yet"]}},
        "waivers": [
            {**WAIVER, "subject": "certificates.b"},
            {**WAIVER, "rule": "R803", "subject": "audits.1.findings.F"},
            {**WAIVER, "rule": "c109", "subject": "audits.1"},
            {**WAIVER, "rule": "E209", "subject": "audits.1"},
            {**WAIVER, "rule": "Yearly-Check-missed"},
            WAIVER,
        ],
    }

    assert assemble(minimal(**unit)).units["skhcn"].certificates["b"].replaces == "a"


@pytest.mark.parametrize(
    ("waived", "key", "what", "remedy"),
    [
        ({"rule": "C999"}, "rule", "there is no rule of this code or name", "qms rules"),
        (
            {"rule": "surveillance-mised"},
            "rule",
            "there is no rule of this code or name",
            "Did you mean “surveillance-missed”?",
        ),
        (
            {"rule": "P401"},
            "rule",
            "this rule speaks of the register as a whole",
            "Take the waiver",
        ),
        (
            {"rule": "too-few-on-site", "subject": "certificates.a"},
            "rule",
            "this rule speaks of the register as a whole",
            "Take the waiver out",
        ),
        (
            {"rule": "V303", "subject": "certificates.a"},
            "subject",
            "rule V303 (yearly-check-missed) never speaks of this record",
            "Take “subject” out",
        ),
        (
            {"rule": "surveillance-missed", "subject": "audits.1"},
            "subject",
            "rule C103 (surveillance-missed) never speaks of this record",
            "Take “subject” out",
        ),
        (
            {"rule": "C113", "subject": "audits.1"},
            "subject",
            "rule C113 (majors-verified-after-expiry) never speaks of this record",
            "Take “subject” out",
        ),
    ],
)
def test_a_waiver_that_can_have_no_effect_is_a_problem(
    waived: dict[str, Any], key: str, what: str, remedy: str
) -> None:
    audits = {"1": {"type": "internal", "findings": {"F": {"grade": "minor"}}}}
    unit = {"certificates": {"a": CERTIFICATE}, "audits": audits, "waivers": [{**WAIVER, **waived}]}

    with pytest.raises(RegisterError) as refused:
        assemble(minimal(**unit))

    (problem,) = refused.value.problems
    assert problem.path == f"units.skhcn.waivers#1.{key}"
    assert problem.what.en.startswith(what)
    assert remedy in problem.remedy.en


def test_a_waiver_of_nothing_that_is_known_is_told_twice_where_both_are_wrong() -> None:
    wrong = {**WAIVER, "rule": "C999", "subject": "certificates.x"}

    assert set(problems_of(minimal(waivers=[wrong]))) == {
        "units.skhcn.waivers#1.rule",
        "units.skhcn.waivers#1.subject",
    }


def test_a_record_does_not_refer_to_itself() -> None:
    unit = {"parent": "skhcn", "certificates": {"a": {**CERTIFICATE, "replaces": "a"}}}

    assert problems_of(minimal(**unit)) == dict.fromkeys(
        ("units.skhcn.certificates.a.replaces", "units.skhcn.parent"),
        "this names the record itself",
    )


def test_objectives_are_no_parts_of_one_another_in_a_circle() -> None:
    objective = {
        "title": {"vi": "Hồ sơ đúng hạn"},
        "indicator": "tỷ lệ",
        "unit": "%",
        "comparison": "at-least",
        "target": 95,
        "start": "2026-01-01",
        "due": "2026-12-31",
    }
    parts = {"top": None, "part": "top", "b": "c", "c": "d", "d": "b", "e": "b"}
    objectives = {
        key: {**objective, **({"parent": parent} if parent else {})}
        for key, parent in parts.items()
    }

    assert problems_of(minimal(objectives=objectives)) == {
        "units.skhcn.objectives.b.parent": "objectives are parts of one another in a circle"
    }


@pytest.mark.parametrize(
    ("collection", "field", "record"),
    [
        ("certificates", "replaces", CERTIFICATE),
        ("announcements", "replaces", ANNOUNCEMENT),
        ("legal_documents", "replaced_by", LEGAL),
    ],
)
def test_records_do_not_replace_one_another_in_a_circle(
    collection: str, field: str, record: dict[str, Any]
) -> None:
    links = {"a": "d", "d": "c", "c": "b", "b": "d", "e": "f", "f": None}
    records = {key: {**record, **({field: one} if one else {})} for key, one in links.items()}

    with pytest.raises(RegisterError) as caught:
        assemble(minimal(**{collection: records}))

    (problem,) = caught.value.problems
    assert problem.path == f"units.skhcn.{collection}.b.{field}"
    assert problem.what.en == "these replace one another in a circle"
    assert problem.found == "b → d → c → b"
    links["b"] = "f"
    records = {key: {**record, **({field: one} if one else {})} for key, one in links.items()}
    assert assemble(minimal(**{collection: records}))


def test_units_are_not_above_one_another_in_a_circle() -> None:
    data = minimal()
    names = [f"u{number:02}" for number in range(20)]
    unit = {"name": {"vi": "Phòng"}}
    data["units"] = {"top": unit} | {
        one: {**unit, "parent": above}
        for one, above in zip(names, [*names[1:], names[0]], strict=True)
    }

    with pytest.raises(RegisterError) as caught:
        assemble(data)

    (problem,) = caught.value.problems
    assert problem.path == "units.u00.parent"
    assert problem.what.en == "units are above one another in a circle"
    assert problem.found == " → ".join([*names[:12], "…", "u00"])
    data["units"]["u19"] = {**unit, "parent": "top"}
    assert assemble(data)


@pytest.mark.parametrize("key", ["predecessors", "successors"])
def test_units_do_not_come_from_one_another_in_a_circle(key: str) -> None:
    data = minimal()
    named = {"a": ["x", "b"], "b": ["c", "x"], "c": ["a", "d"], "d": ["b"], "x": []}
    data["units"] = {id_: {"name": {"vi": "Phòng"}, key: names} for id_, names in named.items()}

    with pytest.raises(RegisterError) as caught:
        assemble(data)

    assert {(one.path, one.found) for one in caught.value.problems} == {
        (f"units.a.{key}", "a → b → c → a"),
        (f"units.b.{key}", "b → c → d → b"),
    }
    assert "“merged”" in caught.value.problems[0].remedy.en  # type: ignore[union-attr]
    named["c"] = ["d"]
    named["d"] = []
    data["units"] = {id_: {"name": {"vi": "Phòng"}, key: names} for id_, names in named.items()}
    assert assemble(data)


def test_a_chain_of_very_many_origins_is_followed() -> None:
    chain = {number: [number + 1] for number in range(50_000)}

    assert not list(loops(chain))
    assert not list(loops({1: [1], 2: [1]}))
    assert len(next(loops({**chain, 49_999: [0]}))) == 50_000


def test_a_group_is_one_of_the_roster_where_the_roster_names_groups() -> None:
    data = minimal(group="huyen")
    assert assemble(data).units["skhcn"].group == "huyen"

    data["organisation"]["groups"] = {"so": {"name": {"vi": "Sở, ngành"}}}

    assert list(problems_of(data)) == ["units.skhcn.group"]


def test_a_yearly_plan_names_units_of_the_register() -> None:
    data = {**minimal(), "yearly_plans": {"2016": {"on_site": ["skhcn", "skhvn"]}}}

    with pytest.raises(RegisterError) as caught:
        assemble(data)

    (problem,) = caught.value.problems
    assert problem.path == 'yearly_plans."2016".on_site#2'
    assert problem.remedy is not None
    assert problem.remedy.vi == "Có phải định ghi “skhcn”?"


def test_only_a_dozen_of_many_known_identifiers_are_shown() -> None:
    data = minimal(parent="nowhere")
    data["units"] |= {f"u{n:02}": {"name": {"vi": "Đơn vị"}} for n in range(30)}

    with pytest.raises(RegisterError) as caught:
        assemble(data)

    expected = caught.value.problems[0].expected
    assert expected is not None
    assert expected.en.endswith("u10, …")


# --- the whole -------------------------------------------------------------------------------


def test_everything_wrong_is_said_in_one_run() -> None:
    data = {
        "organization": {},
        "organisation": {"name": {}},
        "units": {
            "a": {"name": "Sở", "grup": 1},
            "b": {"name": {"vi": "Sở"}, "parent": "c", "valid_from": "2015-02-29"},
            "d": {
                "name": {"vi": "Sở"},
                "parent": "c",
                "valid_from": "2015-02-02",
                "valid_to": "2015-02-01",
            },
        },
    }

    assert list(problems_of(data)) == [
        "organisation.name",
        "organization",
        "units.a.name",
        "units.a.grup",
        "units.b.valid_from",
        "units.d.valid_to",
        "units.b.parent",
        "units.d.parent",
    ]


def test_what_is_right_beside_a_mistake_is_judged_too() -> None:
    """Contradictions and names without record are told together with a mistake of form."""
    data = {
        "organisation": {"name": {"vi": "Tỉnh"}, "policy": {"due_soon_days": "90"}},
        "units": {
            "a": {
                "name": {"vi": "Sở"},
                "headcount": "many",
                "successors": ["b", 7],
                "audits": {
                    "s1": {
                        "type": "surveilance",
                        "criteria": ["ISO 9001:2015", "9001"],
                        "began": "2024-03-02",
                        "held": "2024-03-01",
                        "certificate": "c2",
                    }
                },
                "certificates": {"c1": 3},
                "procedures": [],
            },
            "b": {"name": {"vi": "Sở"}, "parent": "nowhere", "rank": 1},
        },
    }

    assert list(problems_of(data)) == [
        "organisation.policy.due_soon_days",
        "units.a.headcount",
        "units.a.successors#2",
        "units.a.certificates.c1",
        "units.a.audits.s1.type",
        "units.a.audits.s1.criteria#2",
        "units.a.procedures",
        "units.a.audits.s1.held",
        "units.b.rank",
        "units.a.audits.s1.certificate",
        "units.b.parent",
    ]


def test_a_register_without_units_is_no_register() -> None:
    said = "the register has no units, so nothing can be said about it"

    assert problems_of({"organisation": {"name": {"vi": "Tỉnh"}}}) == {"": said}
    assert problems_of({**minimal(), "units": {}}) == {"": said}
    assert problems_of({**minimal(), "units": []}) == {"units": said}


def test_problems_are_told_in_the_order_in_which_the_records_stand() -> None:
    data = minimal()
    (unit,) = data["units"].values()
    keys = [f"{(7 * number) % 23}" for number in range(23)]
    unit["certificates"] = {key: {"number": "1", "regime": "accredited"} for key in keys}

    assert [path.split('"')[1] for path in problems_of(data)] == keys


def test_units_in_a_list_are_not_said_to_be_none() -> None:
    said = "the units do not stand in a table"

    assert problems_of({**minimal(), "units": [{"name": {"en": "A"}}]}) == {"units": said}


def test_a_misspelled_table_of_units_is_recognised() -> None:
    data = minimal()
    with pytest.raises(RegisterError) as caught:
        assemble({**data, "unit": data["units"]})

    assert "Did you mean “units”?" in str(caught.value)


def test_a_unit_calls_itself_by_its_key() -> None:
    assert assemble(minimal(id="skhcn")).units["skhcn"].id == "skhcn"
    assert problems_of(minimal(id="other")) == {
        "units.skhcn.id": "the unit stands under “skhcn” but calls itself “other”"
    }
    assert problems_of(minimal(id=5)) == {"units.skhcn.id": "this is a number"}


def test_a_key_of_a_unit_is_an_identifier() -> None:
    data = minimal()
    data["units"]["../x"] = data["units"]["skhcn"]

    ((path, what),) = problems_of(data).items()

    assert path == 'units."../x".id'
    assert what == "the value is not written as it should be"


def test_a_unit_that_is_no_table_is_named() -> None:
    assert problems_of({**minimal(), "units": {"a": 5}}) == {"units.a": "this is a number"}


def test_the_policy_left_out_is_the_default_policy() -> None:
    assert assemble(minimal()).organisation.policy == Policy()
    assert plain(Organisation(name=Name(vi="Tỉnh"))) == {"name": {"vi": "Tỉnh"}}


def test_what_is_not_recorded_is_left_out_of_data() -> None:
    certificate = Certificate(
        number="1", edition=Edition("9001:2015"), regime=Regime.ACCREDITED, sampled=False
    )

    assert plain(certificate) == {
        "number": "1",
        "edition": "ISO 9001:2015",
        "regime": "accredited",
        "sampled": False,
    }
    assert plain(StoredFile(name="a.docx", size=0)) == {"name": "a.docx", "size": 0}


def test_a_header_is_a_register_without_units() -> None:
    header = decoder_of(Header)(json.dumps({"organisation": {"name": {"en": "Group"}}}))

    assert header.format == Register(organisation=header.organisation).format


@pytest.mark.parametrize(
    ("path", "printed"),
    [
        ((), ""),
        (("units", "skhcn"), "units.skhcn"),
        (("units", "sở", "certificates", "2015"), 'units."sở".certificates."2015"'),
        (("history", 0, "on"), "history#1.on"),
    ],
)
def test_a_path_is_printed_as_people_write_it(path: Any, printed: str) -> None:
    assert print_path(path) == printed


def test_named_units_need_no_identifier_inside() -> None:
    assert explain({"name": {"vi": "Sở"}}, NAMED_UNIT) == ()
    assert [one.path for one in explain({"name": {"vi": "Sở"}}, UNIT)] == ["id"]


DAY = "2024-01-01"
CERTIFICATE = {"number": "1", "edition": "ISO 9001:2015", "regime": "accredited"}
MINOR = {"grade": "minor"}
TITLE = {"title": {"vi": "x"}}
GOAL = {
    "comparison": "at-least",
    "indicator": "i",
    "unit": "%",
    "target": 1,
    "start": DAY,
    "due": DAY,
}
#: What names a record of the same unit, one reference each; none of those named is there.
NAMES_ANOTHER = {
    "a certificate": {"certificates": {"c": {**CERTIFICATE, "replaces": "b"}}},
    "an announcement": {
        "announcements": {"c": {"number": "1", "edition": "ISO 9001:2015", "replaces": "b"}}
    },
    "an audit": {"audits": {"a": {"type": "surveillance", "certificate": "b"}}},
    "a finding": {
        "audits": {"a": {"type": "internal", "findings": {"1": {**MINOR, "repeats": "b/1"}}}}
    },
    "an objective": {"objectives": {"o": {**TITLE, **GOAL, "parent": "p"}}},
    "a plan": {"plans": {"p": {**TITLE, "year": 2024, "document": "d"}}},
    "a procedure": {"procedures": {"p": {**TITLE, "document": "d"}}},
    "a legal document": {"legal_documents": {"l": {**TITLE, "replaced_by": "m"}}},
    "a form": {"documents": {"d": {**TITLE, "kind": "form", "form_of": "e"}}},
    "a document": {
        "documents": {"d": {**TITLE, "kind": "manual", "cites": ["e"]}},
        "legal_documents": {"l": TITLE},
    },
    "a waiver": {
        "waivers": [{"rule": "X999", "reason": "r", "by": "b", "granted": DAY, "until": DAY}]
    },
}


@pytest.mark.parametrize("given", NAMES_ANOTHER.values(), ids=NAMES_ANOTHER)
def test_the_bulk_door_tells_where_a_record_may_name_another(given: dict[str, Any]) -> None:
    line = msgspec.json.encode({"id": "u", "name": {"vi": "x"}, **given})
    plain = msgspec.json.encode({"id": "v", "name": {"vi": "x"}})

    (naming, other), names = units_decoder()((line, plain))
    assert (any(dangling_inside(naming)), any(dangling_inside(other))) == (True, False)
    assert names == [True, False]


@settings(ROOMY)
@given(unit=units())
def test_what_dangles_in_a_unit_is_never_overlooked_by_the_bulk_door(unit: Unit) -> None:
    for collection in ("certificates", "documents", "audits", "objectives"):
        cut = evolve(unit, **{collection: {}})
        ((read,), (names,)) = units_decoder()((msgspec.json.encode(plain(cut)),))
        assert names or not any(dangling_inside(read))


def test_a_team_that_repeats_is_read_once_and_judged_as_often_as_another() -> None:
    def unit_with(team: str) -> bytes:
        audit = f'{{"type": "internal", "criteria": ["9001:2015"], "team": {team}}}'
        return f'{{"id": "u", "name": {{"vi": "x"}}, "audits": {{"a": {audit}}}}}'.encode()

    once = '[{"name": "An", "role": "leader"}]'
    one, other = (unit_decoder()(unit_with(once)).audits["a"] for _ in range(2))
    assert one.team is other.team
    assert (one.team[0].name, one.criteria) == ("An", (Edition("ISO 9001:2015"),))
    assert unit_decoder()(unit_with("[]")).audits["a"].team == ()
    for refused in ('[{"name": " "}]', "null", "{}", '[{"name": "An", "age": 1}]'):
        with pytest.raises(RefusedError):
            unit_decoder()(unit_with(refused))
