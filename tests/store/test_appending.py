"""A fact is added whole or not at all, and what people wrote stays as they wrote it."""

from __future__ import annotations

import json
import multiprocessing
import shutil
import subprocess
import sys
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import filelock
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qms.model import CertificateEvent, DocumentEvent, Measurement
from qms.problems import RegisterError
from qms.store import Fact, Form, append, append_many, load, save
from qms.store.journal import JOURNAL, finish_pending_changes, pending_changes, write_files
from qms.store.toml_editing import UnchangeableError, add_fact
from qms.terms import CertificateAct
from strategies import days, records, registers

if TYPE_CHECKING:
    from pathlib import Path

HEAD = '# The register of a province (invented)\n[organisation]\nname.vi = "Tỉnh"\n'
UNIT = """\
# Sở Khoa học và Công nghệ, mọi số hiệu đều là giả định
name.vi   = "Sở KH&CN"    # tên đầy đủ

[certificates."2015"]
number = "01"
edition = "9001:2008"     # as printed
regime = "state-certificate"

[[certificates."2015".history]]
act = "suspended"
on = 2016-02-01  # by telephone

# what follows is the audits
[audits."2016-1"]
type = "yearly-check"
"""
DOCUMENT = 'title.vi = "Quy trình"\nkind = "procedure"\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "r"
    for name, text in {
        "register.toml": HEAD,
        "units/skhcn.toml": UNIT,
        "units/skhcn/documents/QT-05.toml": DOCUMENT,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def said(action: Any) -> str:
    with pytest.raises(RegisterError) as caught:
        action()
    return str(caught.value)


def texts(root: Path) -> dict[str, str]:
    return {
        one.relative_to(root).as_posix(): one.read_bytes().decode()
        for one in sorted(root.rglob("*"))
        if one.is_file() and one.name != ".qms-lock"
    }


RESTORED = CertificateEvent(act=CertificateAct.RESTORED, on=date(2016, 3, 1))

# --- where a fact goes -----------------------------------------------------------------------


def test_an_event_goes_after_the_events_of_its_history(root: Path) -> None:
    register = append(root, "skhcn", ("certificates", "2015", "history"), RESTORED)

    assert register == load(root)
    assert register.units["skhcn"].certificates["2015"].history[-1] == RESTORED
    before, after = UNIT.split("\n# what follows")
    assert texts(root)["units/skhcn.toml"] == (
        before
        + '\n[[certificates."2015".history]]\nact = "restored"\non = 2016-03-01\n\n# what follows'
        + after
    )


def test_a_new_key_goes_into_its_record(root: Path) -> None:
    append(root, "skhcn", ("certificates", "2015", "expires"), date(2018, 6, 29))
    append(root, "skhcn", ("headcount",), 40)

    text = texts(root)["units/skhcn.toml"]
    assert 'regime = "state-certificate"\nexpires = 2018-06-29\n' in text
    assert 'name.vi   = "Sở KH&CN"    # tên đầy đủ\nheadcount = 40\n' in text
    assert set(UNIT.splitlines()) <= set(text.splitlines())


@pytest.mark.parametrize("at", ["headcount", ["headcount"]])
def test_a_single_key_may_stand_alone_and_several_in_a_list(root: Path, at: Any) -> None:
    assert append(root, "skhcn", at, 40).units["skhcn"].headcount == 40


def test_a_new_record_goes_beside_the_others_of_its_table(root: Path) -> None:
    append(root, "skhcn", ("audits", "2017-1"), {"type": "internal", "held": date(2017, 5, 5)})

    assert texts(root)["units/skhcn.toml"].endswith(
        'type = "yearly-check"\n\n[audits.2017-1]\ntype = "internal"\nheld = 2017-05-05\n'
    )


def test_a_new_record_beside_files_gets_a_file_of_its_own(root: Path) -> None:
    append(root, "skhcn", ("documents", "QT-06"), {"title": {"vi": "Mới"}, "kind": "procedure"})

    assert texts(root)["units/skhcn/documents/QT-06.toml"] == (
        'title = {vi = "Mới"}\nkind = "procedure"\n'
    )
    append(
        root, "skhcn", ("documents", "QT-06", "history"), {"act": "drafted", "on": date(2015, 1, 1)}
    )
    assert load(root).units["skhcn"].documents["QT-06"].history[0].on == date(2015, 1, 1)


def test_a_first_event_begins_a_history(root: Path) -> None:
    event = DocumentEvent(act="drafted", on=date(2015, 1, 5))  # type: ignore[arg-type]

    append(root, "skhcn", ("documents", "QT-05", "history"), event)

    assert texts(root)["units/skhcn/documents/QT-05.toml"] == (
        DOCUMENT + '\n[[history]]\nact = "drafted"\non = 2015-01-05\n'
    )


def test_a_fact_of_the_register_itself_goes_into_its_file(root: Path) -> None:
    append(root, None, ("yearly_plans", "2016"), {"on_site": ["skhcn"]})

    assert texts(root)["register.toml"] == HEAD + '\n[yearly_plans.2016]\non_site = ["skhcn"]\n'


def test_a_new_unit_gets_a_file_beside_the_others(root: Path) -> None:
    append(root, None, ("units", "stc"), {"name": {"vi": "Sở Tài chính"}})

    assert texts(root)["units/stc.toml"] == 'name = {vi = "Sở Tài chính"}\n'


def test_a_register_without_a_file_of_its_own_gets_one(tmp_path: Path) -> None:
    for name, text in {"organisation.toml": 'name.vi = "Tỉnh"\n', "units/a.toml": UNIT}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)

    append(tmp_path, None, ("yearly_plans", "2016"), {"number": "1"})

    assert texts(tmp_path)["register.toml"] == '[yearly_plans.2016]\nnumber = "1"\n'


def test_a_key_is_found_however_its_accents_were_typed(root: Path) -> None:
    import unicodedata

    text = UNIT + '[documents."sở"]\n' + DOCUMENT
    (root / "units/skhcn.toml").write_text(unicodedata.normalize("NFD", text))

    append(root, "skhcn", ("documents", "sở", "owner"), "Văn phòng")

    assert load(root).units["skhcn"].documents["sở"].owner == "Văn phòng"


def test_windows_line_ends_and_a_byte_order_mark_stay(root: Path) -> None:
    (root / "units/skhcn.toml").write_bytes(("\ufeff" + UNIT.replace("\n", "\r\n")).encode())

    append(root, "skhcn", ("headcount",), 40)

    text = texts(root)["units/skhcn.toml"]
    assert text.startswith("\ufeff# Sở")
    assert text.count("\r\n") >= UNIT.count("\n")


@pytest.mark.parametrize("name", ["r.toml", "r.json", "r.ndjson"])
def test_facts_are_added_to_every_form(root: Path, name: str) -> None:
    path = root.parent / name
    save(load(root), path)

    append(path, "skhcn", ("certificates", "2015", "history"), RESTORED)
    append(path, "skhcn", ("headcount",), 40)

    unit = load(path).units["skhcn"]
    assert unit.certificates["2015"].history[-1] == RESTORED
    assert unit.headcount == 40
    assert "this is recorded already" in said(lambda: append(path, "skhcn", ("headcount",), 41))


# --- what is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "at", "fact", "words"),
    [
        ("nobody", ("note",), "x", "the register has no unit “nobody”"),
        ("skhcn", ("audits", "2016-1"), {"type": "internal"}, "this is recorded already"),
        ("skhcn", ("audits", "2016-1", "type"), "internal", "this is recorded already"),
        ("skhcn", ("headcont",), 5, "unknown key “headcont”"),
        ("skhcn", ("audits", "1", "x", "y"), 5, "unknown key “x”"),
        ("skhcn", ("parent",), "x", "names a unit that is not in the register"),
        ("skhcn", ("certificates", "2015", "history"), {"act": "x"}, "the key “on” is missing"),
        ("skhcn", ("audits", "2016-1", "days"), Decimal("NaN"), "a number without its unit"),
    ],
)
def test_a_fact_with_which_the_register_would_not_load_is_refused(
    root: Path, unit: str, at: tuple[str, ...], fact: Any, words: str
) -> None:
    before = texts(root)

    assert words in said(lambda: append(root, unit, at, fact))
    assert before == texts(root)


def test_nothing_is_added_to_a_register_that_does_not_load(root: Path) -> None:
    (root / "units/x.toml").write_text("name = ")
    before = texts(root)

    assert "not correct TOML" in said(lambda: append(root, "skhcn", ("headcount",), 1))

    (root / "units/x.toml").write_bytes(b"\xff")
    assert "not UTF-8" in said(lambda: append(root, "skhcn", ("headcount",), 1))
    assert {**before, "units/x.toml": ""} == {**texts_but(root, "units/x.toml"), "units/x.toml": ""}


def texts_but(root: Path, name: str) -> dict[str, str]:
    (root / name).unlink()
    return texts(root)


def test_one_bad_fact_of_many_keeps_all_of_them_out(root: Path) -> None:
    before = texts(root)
    facts = [
        Fact(unit="skhcn", at=("headcount",), fact=40),
        Fact(unit="skhcn", at=("documents", "QT-05", "ownr"), fact="x"),
    ]

    assert "Did you mean “owner”?" in said(lambda: append_many(root, facts))
    assert before == texts(root)


def test_no_facts_change_nothing(root: Path) -> None:
    before = texts(root)

    assert append_many(root, []) == load(root)
    assert before == texts(root)


def test_a_register_that_is_not_there_cannot_be_changed(tmp_path: Path) -> None:
    assert "there is no such file or folder" in said(
        lambda: append(tmp_path / "nowhere", "a", ("note",), "x")
    )


# --- the text --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path", "fact", "to_history", "changed"),
    [
        (
            'history = [{ act = "a", on = 2015-01-01 }]\n',
            ("history",),
            {"act": "b", "on": date(2016, 1, 1)},
            True,
            'history = [{ act = "a", on = 2015-01-01 }, {act = "b", on = 2016-01-01}]\n',
        ),
        (
            'history = [\n  { act = "a" },\n]\n',
            ("history",),
            {"act": "b"},
            True,
            'history = [\n  { act = "a" },\n  {act = "b"},\n]\n',
        ),
        ('x = ["a"] # b\n', ("x",), "c", True, 'x = ["a", "c"] # b\n'),
        ("[a]\nb = 1\n\n# end\n", ("a", "c"), 2, False, "[a]\nb = 1\nc = 2\n\n# end\n"),
        ('a = { b = "c" }\n', ("a", "d"), "e", False, 'a = { b = "c", d = "e" }\n'),
        ("a = {}\n", ("a", "d"), {"en": "e"}, False, 'a = {d = {en = "e"}}\n'),
        ("x = [] # none\n", ("x",), "c", True, 'x = ["c"] # none\n'),
        ("x = [\n]\n", ("x",), "c", True, 'x = [\n"c",\n]\n'),
        ('x = [\n  "]", # a\n]\n', ("x",), "c", True, 'x = [\n  "]", # a\n  "c",\n]\n'),
        ('x = [\n  "]" # a\n]\n', ("x",), "c", True, 'x = [\n  "]" # a\n  , "c"\n]\n'),
        ('x = [\n  "b"\n]\n', ("x",), "c", True, 'x = [\n  "b",\n  "c"\n]\n'),
        ('x = [\r\n  "b"\r\n]\r\n', ("x",), "c", True, 'x = [\r\n  "b",\r\n  "c"\r\n]\r\n'),
        ('x = [\r\n  "b" # d\r\n]', ("x",), "c", True, 'x = [\r\n  "b" # d\r\n  , "c"\r\n]'),
        ("# only\n", ("x",), {"a": 1}, True, "# only\n\n[[x]]\na = 1\n"),
        ("# top\n\n# of b\n[b]\n", ("a",), 1, False, "# top\n\na = 1\n# of b\n[b]\n"),
        ("[b]", ("b", "a"), 1, False, "[b]\na = 1\n"),
        (
            '[a]\nx = """\n[b]\n"""\n[b]\n',
            ("a", "y"),
            1,
            False,
            '[a]\nx = """\n[b]\n"""\ny = 1\n[b]\n',
        ),
        (
            "[a.b]\n[[a.c.d]]\n[z]\n",
            ("a", "c", "d"),
            {"e": 1},
            True,
            "[a.b]\n[[a.c.d]]\n\n[[a.c.d]]\ne = 1\n[z]\n",
        ),
        ("[a.b]\n", ("a", "x"), 1, False, "[a.b]\n\n[a]\nx = 1\n"),
        ('x = [{ a = ["b"] }]\n', ("x",), {"a": ["c"]}, True, 'x = [{ a = ["b"] }, {a = ["c"]}]\n'),
        ('name.vi = "Sở"\n', ("name", "en"), "D", False, 'name.vi = "Sở"\nname.en = "D"\n'),
        ("[a]\nb.c.d = 1\n", ("a", "b", "c", "e"), 2, False, "[a]\nb.c.d = 1\nb.c.e = 2\n"),
        ("", ("note",), "x", False, 'note = "x"\n'),
        (
            'x = [{ file = { name = "a" } }]\n',
            ("x",),
            {"file": {"name": "b"}},
            True,
            'x = [{ file = { name = "a" } }, {file = {name = "b"}}]\n',
        ),
        (
            'a = { x = { n = "}" } } # b\n',
            ("a", "x", "h"),
            {"act": "b"},
            True,
            'a = { x = { n = "}", h = [{act = "b"}] } } # b\n',
        ),
        (
            '[a]\nx = { n = "1, h = 2", h = [{ act = "a" }] }\n',
            ("a", "x", "h"),
            {"act": "b"},
            True,
            '[a]\nx = { n = "1, h = 2", h = [{ act = "a" }, {act = "b"}] }\n',
        ),
        (
            'a = { x = { n = "1" } }\n',
            ("a", "y"),
            {"n": "2", "h": [{"act": "b"}]},
            False,
            'a = { x = { n = "1" }, y = {n = "2", h = [{act = "b"}]} }\n',
        ),
        ("u.a.x = { n = 1 }\n", ("u", "a", "x", "m"), 2, False, "u.a.x = { n = 1, m = 2 }\n"),
        (
            "a = { x.n = 1, y.n = 1 }\n",
            ("a", "x", "z y"),
            {"m": 2},
            False,
            'a = { x.n = 1, y.n = 1, x."z y" = {m = 2} }\n',
        ),
        (
            "a = { x.n.k = [\n  1, # one\n] }\n",
            ("a", "x", "n", "k"),
            2,
            True,
            "a = { x.n.k = [\n  1, # one\n  2,\n] }\n",
        ),
        ("x = {}\n", ("x", "y", "h"), {"a": 1}, True, "x = {y.h = [{a = 1}]}\n"),
    ],
)
def test_a_fact_is_written_in_the_manner_of_its_surroundings(
    text: str,
    path: tuple[str, ...],
    fact: Any,
    to_history: bool,  # noqa: FBT001 - drawn from the table above
    changed: str,
) -> None:
    assert changed == add_fact(text, path, fact, to_history=to_history)


def test_text_that_would_have_to_be_rewritten_is_left_for_people(root: Path) -> None:
    text = "a.b = 1\n[c]\na = 1\n"
    with pytest.raises(UnchangeableError):
        add_fact("x = 1\n", ("x", "y"), 2, to_history=False)
    assert add_fact(text, ("c", "b"), 2, to_history=False) == text + "b = 2\n"

    with pytest.raises(UnchangeableError):
        add_fact("x = [1]\n", ("x", "y"), 2, to_history=False)
    with pytest.raises(UnchangeableError):
        add_fact("x = { y = 1 }\n", ("x", "y", "z"), 2, to_history=False)
    with pytest.raises(UnchangeableError):
        add_fact("x = { y = 1 }\n", ("x",), 2, to_history=True)

    (root / "units/skhcn.toml").write_text(
        'name.vi = "Sở"\ncertificates = { "\\u0031" = { number = "1", edition = "9001:2015",'
        ' regime = "accredited", history = [] } }\n'
    )
    words = said(lambda: append(root, "skhcn", ("certificates", "1", "history"), RESTORED))
    assert "without touching what stands in it" in words
    assert 'Add it by hand: {"act": "restored", "on": "2016-03-01"}' in words


def test_days_given_as_words_are_written_as_days(root: Path) -> None:
    finding = {"grade": "minor", "history": [{"act": "corrected", "on": "2017-03-01"}]}
    audit = {
        "type": "internal",
        "held": "2017-02-01",
        "note": "2017-02-03",
        "findings": {"1": finding},
    }
    append(root, "skhcn", ("audits", "2017"), audit)
    append(root, "skhcn", ("certificates", "2015", "expires"), "2018-06-29")
    append(root, None, ("yearly_plans", "2017"), {"approved": "2017-01-05", "on_site": ["skhcn"]})

    text = texts(root)["units/skhcn.toml"]
    assert all(
        line in text
        for line in (
            "held = 2017-02-01",
            'note = "2017-02-03"',
            "on = 2017-03-01",
            "expires = 2018",
        )
    )
    assert "approved = 2017-01-05" in texts(root)["register.toml"]


@pytest.mark.parametrize(
    ("at", "fact", "said_of_it"),
    [
        (("certificates", "2015", "expires"), "2018-02-29", "there is no such day"),
        (("certificates", "2015", "expires"), "29/6/2018", "Write 2018-06-29"),
        (("audits", "x"), {"type": "internal", "hld": "2018-01-01"}, "Did you mean “held”?"),
        (("audits", "x"), "2018-01-01", "this is words"),
        (("nothing", "x"), "2018-01-01", "unknown key “nothing”"),
    ],
)
def test_what_is_no_day_is_refused_as_everywhere(
    root: Path, at: tuple[str, ...], fact: Any, said_of_it: str
) -> None:
    before = texts(root)

    assert said_of_it in said(lambda: append(root, "skhcn", at, fact))
    assert texts(root) == before


def spread(root: Path, files: dict[str, str]) -> None:
    """A unit whose tables have files of their own, or not."""
    shutil.rmtree(root / "units")
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


MOVED = {"act": "moved", "on": date(2016, 3, 1)}
MOVED_TEXT = '[[history]]\nact = "moved"\non = 2016-03-01\n'
CERTIFICATE = 'number = "1"\nedition = "9001:2015"\nregime = "accredited"\n'


def test_an_event_of_a_unit_in_files_goes_into_its_own_file(root: Path) -> None:
    spread(
        root,
        {"units/a.toml": 'name.vi = "A"\n', "units/a/certificates.toml": f"[x]\n{CERTIFICATE}"},
    )

    append(root, "a", ("history",), MOVED)

    assert texts(root)["units/a.toml"] == f'name.vi = "A"\n\n{MOVED_TEXT}'


def test_a_unit_in_files_without_one_of_its_own_gets_one(root: Path) -> None:
    files = {"units/a/name.toml": 'vi = "A"\n', "units/a/certificates/x.toml": CERTIFICATE}
    spread(root, files)

    append(root, "a", ("history",), MOVED)
    assert texts(root)["units/a.toml"] == MOVED_TEXT
    append(root, "a", ("headcount",), 3)
    assert texts(root)["units/a.toml"] == f"headcount = 3\n{MOVED_TEXT}"
    append(root, "a", ("certificates", "x", "history"), {"act": "reduced", "on": date(2016, 1, 1)})
    assert texts(root)["units/a/certificates/x.toml"].startswith(f"{CERTIFICATE}\n[[history]]\n")


def test_what_stands_in_the_file_of_the_register_is_added_to_there(root: Path) -> None:
    spread(root, {"units/a/certificates/x.toml": CERTIFICATE})
    (root / "register.toml").write_text(f'{HEAD}[units.a]\nname.vi = "A"\n', encoding="utf-8")

    append(root, "a", ("headcount",), 3)

    assert texts(root)["register.toml"] == f'{HEAD}[units.a]\nname.vi = "A"\nheadcount = 3\n'


def test_a_way_that_touches_other_lines_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    ways = [lambda *_, **__: "a = 1\nb = 2\n", lambda *_, **__: "a=1\n\nb = 3\n"]
    monkeypatch.setattr("qms.store.toml_editing._WAYS", ways)

    for fact in (2, 3):
        with pytest.raises(UnchangeableError):
            add_fact("a  = 1\n", ("b",), fact, to_history=False)


def test_a_register_with_something_wrong_is_not_changed(root: Path) -> None:
    (root / "units/skhcn.toml").write_text(UNIT.replace("type =", "team = 5\ntype ="))

    assert "this is a number" in said(
        lambda: append(root, "skhcn", ("audits", "2016-1", "team"), {"name": "A"})
    )


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(
    register=registers(most=2),
    facts=st.tuples(records(CertificateEvent), records(Measurement), days),
    form=st.sampled_from([Form.FOLDER, Form.TOML]),
)
def test_every_line_that_stood_in_a_register_still_stands_in_it(
    register: Any, facts: tuple[Any, Any, Any], form: Form, tmp_path: Path
) -> None:
    event, measurement, day = facts
    root = tmp_path / ("r.toml" if form is Form.TOML else "r")
    shutil.rmtree(root, ignore_errors=True)
    root.unlink(missing_ok=True)
    save(register, root)
    added = []
    for key, unit in register.units.items():
        added += [
            Fact(unit=key, at=("certificates", one, "history"), fact=event)
            for one in unit.certificates
        ]
        added += [
            Fact(unit=key, at=("objectives", one, "measurements"), fact=measurement)
            for one in unit.objectives
        ]
        added += [
            Fact(unit=key, at=("audits", "a new one"), fact={"type": "internal", "held": day})
        ]
    before = texts(root) if root.is_dir() else {"": root.read_text()}

    grown = append_many(root, added)

    assert grown == load(root)
    after = texts(root) if root.is_dir() else {"": root.read_text()}
    for name, text in before.items():
        kept = [line for line in text.splitlines() if line.strip()]
        assert [line for line in after[name].splitlines() if line in kept][: len(kept)]
        assert not set(kept) - set(after[name].splitlines())
    for key, unit in register.units.items():
        for one, certificate in unit.certificates.items():
            assert grown.units[key].certificates[one].history == (*certificate.history, event)
        assert grown.units[key].audits["a new one"].held == day


# --- several files as one --------------------------------------------------------------------

FACTS = [
    Fact(unit="skhcn", at=("headcount",), fact=40),
    Fact(unit="skhcn", at=("documents", "QT-05", "owner"), fact="Văn phòng"),
    Fact(unit="skhcn", at=("documents", "QT-06"), fact={"title": {"vi": "x"}, "kind": "form"}),
]


def test_a_journal_that_stands_is_a_change_that_has_happened(root: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    shutil.copytree(root, new)
    append_many(new, FACTS)
    assert not (new / JOURNAL).exists()
    changes = {name: text for name, text in texts(new).items() if texts(root).get(name) != text}

    (root / JOURNAL).write_text(json.dumps(changes))

    assert load(root) == load(new)
    finish_pending_changes(root)
    assert texts(root) == texts(new)
    assert pending_changes(root) == {}


def test_the_next_change_finishes_the_one_before(root: Path) -> None:
    (root / JOURNAL).write_text(json.dumps({"units/skhcn.toml": UNIT.replace('"01"', '"02"')}))

    append(root, "skhcn", ("headcount",), 40)

    assert load(root).units["skhcn"].certificates["2015"].number == "02"
    assert not (root / JOURNAL).exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"../x.toml": ""}',
        b'{"/x.toml": ""}',
        b'{"x.docx": ""}',
        b'{"a.toml": 5}',
    ],
)
def test_a_damaged_journal_is_named_and_nothing_is_done(root: Path, content: bytes) -> None:
    (root / JOURNAL).write_bytes(content)

    for action in (lambda: load(root), lambda: append(root, "skhcn", ("headcount",), 40)):
        assert "the journal of an unfinished change cannot be read" in said(action)
    assert (root / JOURNAL).read_bytes() == content


def test_a_journal_that_cannot_be_opened_is_named(root: Path) -> None:
    (root / JOURNAL).mkdir()

    assert "the journal of an unfinished change" in said(lambda: load(root))


def test_what_a_killed_change_left_beside_its_files_is_swept_away(root: Path) -> None:
    left = [
        root / f".{JOURNAL}.4711.new",
        root / "units" / "skhcn" / "documents" / ".QT-05.toml.4711.new",
    ]
    for one in left:
        one.write_text("half", "utf-8")
    stays = root / "units" / ".notes.new"
    stays.write_text("mine", "utf-8")
    append(root, "skhcn", ("documents", "QT-05", "owner"), "Văn phòng")
    assert not any(one.exists() for one in left)
    assert stays.exists()


def test_no_change_writes_no_journal(root: Path) -> None:
    before = texts(root)
    finish_pending_changes(root)
    write_files(root, {})

    assert before == texts(root)


KILLED = """
import os, signal, sys
from qms.store import append_many
from qms.store.appending import Fact
import filelock, tomlkit
root, moment = sys.argv[1], int(sys.argv[2])
count = 0
def watch(event, args):
    global count
    writes = event in {"os.rename", "os.remove", "os.mkdir"} or (
        event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
    )
    if writes and root in str(args[0]):
        count += 1
        if count == moment:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
append_many(root, [
    Fact(unit="skhcn", at=("headcount",), fact=40),
    Fact(unit="skhcn", at=("documents", "QT-05", "owner"), fact="Văn phòng"),
    Fact(unit="skhcn", at=("documents", "QT-06"), fact={"title": {"vi": "x"}, "kind": "form"}),
])
"""


def test_a_process_killed_at_any_moment_leaves_the_old_register_or_the_new(
    root: Path, tmp_path: Path
) -> None:
    old = load(root)
    new = tmp_path / "new"
    shutil.copytree(root, new)
    changed = append_many(new, FACTS)
    seen = []

    for moment in range(1, 40):
        victim = tmp_path / f"victim{moment}"
        shutil.copytree(root, victim)
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(victim), str(moment)], check=False, timeout=60
        )
        found = load(victim)
        assert found in (old, changed)
        seen.append(found == changed)
        again = append(victim, "skhcn", ("note",), "afterwards")
        assert again == load(victim)
        assert not (victim / JOURNAL).exists()
        if done.returncode == 0:
            break

    assert len(seen) > 8
    assert seen == sorted(seen)
    assert not seen[0]
    assert seen[-1]


# --- one after the other ---------------------------------------------------------------------


def test_a_second_program_waits_and_then_says_who_is_in_the_way(root: Path) -> None:
    with filelock.FileLock(root / ".qms-lock"):
        words = said(lambda: append(root, "skhcn", ("headcount",), 1, timeout=0.05))

    assert "another program is changing this register" in words
    assert append(root, "skhcn", ("headcount",), 1).units["skhcn"].headcount == 1


def _append_events(root: Path, month: int) -> None:
    for day in range(1, 6):
        event = CertificateEvent(act=CertificateAct.EXTENDED, on=date(2017, month, day))
        append(root, "skhcn", ("certificates", "2015", "history"), event, timeout=60)


def test_programs_that_change_one_register_at_once_lose_no_fact(root: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_append_events, args=(root, month)) for month in (1, 2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    history = load(root).units["skhcn"].certificates["2015"].history
    assert {event.on for event in history[1:]} == {
        date(2017, month, day) for month in (1, 2) for day in range(1, 6)
    }
    assert texts(root)["units/skhcn.toml"].startswith(UNIT.splitlines()[0])


def test_a_folder_that_may_not_be_written_is_left_as_it_was(root: Path, passable: Path) -> None:
    import os

    del passable  # the register lies in it
    before = texts(root)
    if os.geteuid() == 0:
        os.seteuid(65534)
        try:
            words = said(lambda: append(root, "skhcn", ("headcount",), 1))
        finally:
            os.seteuid(0)
    else:
        root.chmod(0o555)
        words = said(lambda: append(root, "skhcn", ("headcount",), 1))
        root.chmod(0o755)

    assert "the right to write here is missing" in words
    assert before == texts(root)


# --- where a refusal points ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "fact", "told"),
    [
        # A record in a file of its own, which is not there; one further down than the file goes.
        (("documents", "QT-06"), {"title": {"vi": "Mới"}, "kind": "form", "form_of": "QT-99"}, None),
        (("audits", "2017-1"), {"type": "internal", "held": "mai"}, "units/skhcn.toml"),
        # Between lines that are there.
        (("certificates", "2015", "history"), {"act": "gone", "on": date(2016, 3, 1)}, "units/skhcn.toml"),
    ],
)  # fmt: skip
def test_a_refusal_names_no_line_that_is_not_there(
    root: Path, at: Any, fact: Any, told: Any
) -> None:
    with pytest.raises(RegisterError) as caught:
        append(root, "skhcn", at, fact)

    assert {(one.place.file, one.place.line) for one in caught.value.problems} == {(told, None)}
    assert all(one.path.startswith("units.skhcn.") for one in caught.value.problems)


def test_a_refusal_names_lines_that_are_there_before_and_after(root: Path) -> None:
    unit = root / "units" / "skhcn.toml"
    unit.write_text(UNIT.replace("state-certificate", "xyz"), encoding="utf-8")
    other = root / "units" / "skhcn" / "documents" / "QT-05.toml"
    other.write_text(DOCUMENT.replace("procedure", "xyz"), encoding="utf-8")

    message = said(lambda: append(root, "skhcn", ("certificates", "2015", "history"), RESTORED))
    assert "units/skhcn.toml, line 7:" in message
    assert "units/skhcn/documents/QT-05.toml, line 2:" in message


def test_a_refusal_of_a_register_in_one_file_names_no_line_that_is_not_there(
    tmp_path: Path,
) -> None:
    path = tmp_path / "r.toml"
    path.write_text(f'{HEAD}[units.so]\nname.vi = "Sở"\n', encoding="utf-8")

    with pytest.raises(RegisterError) as caught:
        append(path, "so", ("audits", "1"), {"type": "internal", "held": "mai"})
    (problem,) = caught.value.problems
    assert (problem.place.file, problem.place.line) == (str(path), None)


def test_the_file_of_a_unit_with_a_name_as_long_as_names_can_be_is_added_to(root):
    name = "ệ" * 83
    (root / "units" / f"{name}.toml").write_text('name.vi = "A"\n', "utf-8")
    left = root / "units" / f".{name[:50]}.4711.new"
    left.write_text("half")

    after = append(root, name, "note", "words")

    assert after.units[name].note == "words"
    assert not left.exists()


def test_what_does_not_say_which_part_of_it_is_what_is_no_fact(root):
    before = texts(root)

    with pytest.raises(TypeError, match=r"a Fact\(unit=…, at=…, fact=…\) is needed, not \('a',"):
        append_many(root, [("a", ("note",), "words")])

    assert texts(root) == before
