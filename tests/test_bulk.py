"""A long register gives the same answer line by line, in one process or in several."""

import json
import signal
import threading
from datetime import date

import pytest
from attrs import evolve
from benchmarks.units import ON, write_register

import qms
from lives import announcement, certificate, unit
from qms.bulk import (
    Spooled,
    _interrupts_left,
    _leave_interrupts,
    _recorded,
    _rule,
    check_lines,
    spooled_lines,
)
from qms.codec.in_place import unit_decoder
from qms.problems import RegisterError
from qms.report import render
from qms.report.json import pieces
from qms.report.json import render as as_json
from reports import register, setting


def stored():
    """The register of the reports, its waiver for a rule that a stored register may name."""
    kept = register()
    excused = kept.units["suspended"]
    (waiver,) = excused.waivers
    waived = evolve(excused, waivers=(evolve(waiver, rule="C118"),))
    return evolve(kept, units={**kept.units, "suspended": waived})


def same_answer(path, on, jobs):
    report, organisation = check_lines(path, on=on, jobs=jobs)
    whole = qms.check(qms.load(path), on=on)

    assert organisation == qms.load(path).organisation
    assert as_json(report, setting()) == as_json(whole, setting())
    for form in ("text", "markdown", "junit", "sarif"):
        assert render(report, form, setting("vi")) == render(whole, form, setting("vi"))


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("on", [date(2016, 2, 1), date(2019, 1, 1)])
def test_a_register_read_line_by_line_gives_the_same_report(tmp_path, jobs, on):
    path = tmp_path / "register.ndjson"
    qms.save(stored(), path)

    same_answer(path, on, jobs)


def test_many_units_in_several_processes_give_the_same_report(tmp_path):
    path = tmp_path / "register.ndjson"
    write_register(path, 60)

    same_answer(path, ON, 3)


@pytest.mark.parametrize("jobs", [1, 2])
def test_units_that_do_not_exist_yet_are_passed_over(tmp_path, jobs):
    path = tmp_path / "register.ndjson"
    units = {key: unit(id=key, valid_from=date(2030, 1, 1)) for key in ("u1", "u2")}
    qms.save(evolve(stored(), units=units), path)

    same_answer(path, date(2029, 12, 31), jobs)
    same_answer(path, date(2030, 1, 1), jobs)


def test_units_that_keep_no_audits_are_asked_where_the_organisation_keeps_those_of_all(tmp_path):
    path = tmp_path / "register.ndjson"
    write_register(path, 30)
    header, rest = path.read_text("utf-8").split("\n", 1)
    data = json.loads(header)
    data["organisation"]["policy"] = {"internal_audits_here": True}
    path.write_text(json.dumps(data) + "\n" + rest, "utf-8")

    same_answer(path, ON, 1)
    report, _ = check_lines(path, on=ON, jobs=1)
    assert sum(d.rule.code in {"A712", "A713"} for d in report.diagnostics) >= 60


def test_what_concerns_all_units_is_found_across_the_parts(tmp_path):
    """The same certificate number at the two ends of a file."""
    twice = {"c": certificate(decided=date(2018, 1, 1), number="SAME")}
    held = qms.Register(
        organisation=qms.Organisation(name=qms.Name(en="Invented")),
        units={
            "a": unit(id="a", name=qms.Name(en="A"), certificates=twice),
            "b": unit(id="b", name=qms.Name(en="B"), announcements={"x": announcement(ON)}),
            "c": unit(id="c", name=qms.Name(en="C"), certificates=twice),
        },
    )
    path = tmp_path / "register.ndjson"
    qms.save(held, path)
    report, _ = check_lines(path, on=date(2018, 6, 1), jobs=2)

    assert "P406" in {diagnostic.rule.code for diagnostic in report.diagnostics}
    same_answer(path, date(2018, 6, 1), 2)


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_verdict_is_given_on_a_register_that_is_wrong_anywhere(tmp_path, jobs):
    path = tmp_path / "register.ndjson"
    write_register(path, 4)
    path.write_text(path.read_text(encoding="utf-8") + '{"id": "x"}\n', encoding="utf-8")

    with pytest.raises(qms.RegisterError) as refused:
        check_lines(path, on=ON, jobs=jobs)
    assert "6" in str(refused.value)


def test_a_key_that_stands_twice_is_seen_in_all_but_the_longest_files(tmp_path, monkeypatch):
    path = tmp_path / "register.ndjson"
    qms.save(stored(), path)
    head, first, rest = path.read_text("utf-8").split("\n", 2)
    twice = first.replace('"name":', '"headcount":5,"headcount":6,"name":')
    path.write_text(f"{head}\n{twice}\n{rest}", "utf-8")

    with pytest.raises(RegisterError, match="the key “headcount” stands twice"):
        check_lines(path, on=ON)
    monkeypatch.setattr("qms.bulk.LARGEST_LOOKED_THROUGH", 10)
    check_lines(path, on=ON)
    with pytest.raises(RegisterError, match="the key “headcount” stands twice"):
        qms.load(path)


AUDIT = '"audits": {"1": {"type": "internal", "certificate": "c"}}'
HELD = '"certificates": {"c": {"number": "1", "edition": "9001:2015", "regime": "accredited"}}'
#: A line among others, and what is wrong with it, if anything is.
ODD_LINES = {
    "a blank line": ("", ""),
    "a name written with numbers": ('{"id": "x", "name": {"vi": "X\\u00e3"}}', ""),
    "a name in parts of letters": ('{"id": "x", "name": {"vi": "Xa\u0303"}}', ""),
    "no name": ('{"id": "x"}', "“name” is missing"),
    "no identifier": ('{"name": {"vi": "Xã"}}', "“id” is missing"),
    "no record of the name": (
        f'{{"id": "x", "name": {{"vi": "Xã"}}, {AUDIT}}}',
        "this names a certificate that is not in the register",
    ),
    "a record of the name": (f'{{"id": "x", "name": {{"vi": "Xã"}}, {AUDIT}, {HELD}}}', ""),
}


@pytest.mark.parametrize(("line", "wrong"), ODD_LINES.values(), ids=ODD_LINES)
def test_units_that_go_through_together_are_read_as_each_alone_would_be(
    tmp_path, monkeypatch, line, wrong
):
    path = tmp_path / "register.ndjson"
    write_register(path, 4)
    head, *lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([head, *lines[:2], line, *lines[2:]]), "utf-8")

    def told():
        try:
            report, _ = check_lines(path, on=ON)
        except RegisterError as refused:
            return str(refused)
        return [(result.id, result.name, result.diagnostics) for result in report.units]

    alone = told()
    monkeypatch.setattr("qms.bulk.LARGEST_LOOKED_THROUGH", 0)
    assert told() == alone
    assert wrong in alone if wrong else len(alone) == 4 + bool(line)


@pytest.mark.parametrize("jobs", [1, 2])
def test_of_very_many_units_only_those_with_something_to_say_are_named(tmp_path, jobs):
    path = tmp_path / "register.ndjson"
    write_register(path, 60)
    whole, _ = check_lines(path, on=ON)
    report, _ = check_lines(path, on=ON, jobs=jobs, many=5)

    assert report.summary == whole.summary
    assert report.diagnostics == whole.diagnostics
    assert 0 < len(report.units) < 60
    assert all(result.diagnostics for result in report.units)
    assert report.unnamed == 0
    assert "u0000059" not in render(report, "text", setting("en"))


@pytest.mark.parametrize("jobs", [1, 2])
def test_of_more_than_anybody_reads_the_first_are_named_and_the_others_counted(tmp_path, jobs):
    path = tmp_path / "register.ndjson"
    write_register(path, 60)
    whole, _ = check_lines(path, on=ON, many=5)
    report, _ = check_lines(path, on=ON, jobs=jobs, many=5, most=2)

    assert report.summary == whole.summary
    assert [one.id for one in report.units] == [one.id for one in whole.units[:2]]
    assert report.unnamed == len(whole.units) - 2
    for form in ("text", "markdown", "junit", "sarif"):
        said = " ".join(render(report, form, setting("vi")).split())
        assert f"{report.unnamed} đơn vị khác" in said
        assert "đơn vị khác" not in render(whole, form, setting("vi"))


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_said_of_each_unit_is_written_as_it_comes(tmp_path, jobs):
    path, spool = tmp_path / "register.ndjson", tmp_path / "spool"
    spool.mkdir()
    write_register(path, 40)
    report, _ = check_lines(path, on=ON, jobs=jobs, spool=spool)
    units, diagnostics = (spooled_lines(spool, what) for what in Spooled)
    written = json.loads(b"".join(pieces(report, setting(), units, diagnostics)))

    whole, _ = check_lines(path, on=ON)
    assert written == json.loads(as_json(whole, setting()))


def test_a_name_that_a_diagnostic_carries_is_a_record_again():
    name = unit_decoder()(b'{"id": "a", "name": {"vi": "T\xc3\xaan"}}').name

    assert _recorded(name) == qms.Name(vi="Tên")


def test_an_interrupt_is_left_to_the_first_process():
    before = signal.getsignal(signal.SIGINT)
    try:
        _leave_interrupts()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_rule_that_does_not_exist_is_no_rule():
    with pytest.raises(KeyError, match="X999"):
        _rule("X999")


def test_processes_are_started_deaf_to_interrupts_and_hearing_comes_back():
    before = signal.getsignal(signal.SIGINT)
    with _interrupts_left():
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN

    assert signal.getsignal(signal.SIGINT) is before


def test_in_another_thread_signals_are_left_as_they_are():
    heard = []

    def look():
        with _interrupts_left():
            heard.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()

    assert heard == [signal.getsignal(signal.SIGINT)]


def test_how_many_more_there_are_is_said_of_those_that_are_named(tmp_path):
    path = tmp_path / "register.ndjson"
    write_register(path, 250)
    report, _ = check_lines(path, on=date(2031, 1, 1), many=5, most=220)
    whole, _ = check_lines(path, on=date(2031, 1, 1))

    for language, words in (
        ("en", "more of those named here"),
        ("vi", "trong số đơn vị nêu tại đây"),
    ):
        said = " ".join(render(report, "text", setting(language)).split())
        assert words in said
        assert words not in " ".join(render(whole, "text", setting(language)).split())
