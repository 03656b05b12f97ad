"""Words go behind words that are recorded, and nothing else is touched."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from qms.model import Audit, Certificate, Finding, Organisation, Register, Unit
from qms.problems import RegisterError
from qms.seals import seal
from qms.store import Form, append_many, load, save
from qms.store.appending import Fact
from qms.store.toml_editing import UnchangeableError, add_fact, add_words
from qms.terms import AuditType, Edition, Grade, Regime
from qms.text import Name

if TYPE_CHECKING:
    from pathlib import Path

AT = ("a", "evidence")
MORE = 'Dòng "hai" \\ ba\nDòng ba'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '[a] # đầu\nevidence = "Sổ \\"một\\""  # "ghi" chú\nx = "y"\n',
            (
                '[a] # đầu\nevidence = "Sổ \\"một\\"\\nDòng \\"hai\\" \\\\ ba\\nDòng ba"  # "ghi" chú\n'
                'x = "y"\n'
            ),
        ),
        (
            'a.evidence = """\nmột\nhai"""\r\n\n[b]\n',
            'a.evidence = """\nmột\nhai\nDòng \\"hai\\" \\\\ ba\nDòng ba"""\r\n\n[b]\n',
        ),
        (
            "[a]\r\n'evidence' = '''\r\nmột'''\r\n",
            "[a]\r\n'evidence' = '''\r\nmột\r\nDòng \"hai\" \\ ba\r\nDòng ba'''\r\n",
        ),
        (
            '\ufeffa = { x = "một", evidence = "một", y = "một" }\n',
            '\ufeffa = { x = "một", evidence = "một\\nDòng \\"hai\\" \\\\ ba\\nDòng ba", y = "một" }\n',
        ),
        (
            '[b]\nevidence = "một"\n[a]\nevidence = ""\n',
            '[b]\nevidence = "một"\n[a]\nevidence = "\\nDòng \\"hai\\" \\\\ ba\\nDòng ba"\n',
        ),
    ],
)
def test_words_go_behind_those_that_stand_there(before, after):
    assert add_words(before, AT, MORE) == after


def test_words_in_quotation_marks_that_hold_one_line_are_left_to_people():
    with pytest.raises(UnchangeableError):
        add_words("[a]\nevidence = 'một'\n", AT, "hai")


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.just("\n"), min_size=1
)


@settings(max_examples=60, deadline=None)
@given(words, words, st.sampled_from(['"', '"""', "'''"]))
def test_whatever_the_words_are_they_are_read_back(first, more, quotes):
    if quotes == "'''":
        first = "Sổ " + first.replace("'", "’")
        more = more.replace("'", "’")
    inner = first if quotes == "'''" else tomli_text(first)
    text = f'[a]\nx = 1\nevidence = {quotes}{inner}{quotes}\ny = "z"\n'

    after = add_words(text, AT, more)

    assert tomli.loads(after) == {"a": {"x": 1, "evidence": f"{first}\n{more}", "y": "z"}}


def tomli_text(words: str) -> str:
    return "".join(f"\\U{ord(one):08X}" for one in words)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[a]\nx = 1\n", '[a]\nx = 1\ny = ["b"]\n'),
        ("a.x = 1\n", 'a.x = 1\na.y = ["b"]\n'),
        ("a = { x = 1 }\n", 'a = { x = 1, y = ["b"] }\n'),
        ('[a]\ny = ["c"]\n', '[a]\ny = ["c", "b"]\n'),
    ],
)
def test_the_first_of_several_values_is_added_like_those_that_follow(before, after):
    assert add_fact(before, ("a", "y"), "b", to_history=True) == after


# --- registers -------------------------------------------------------------------------------

PATH = ("audits", "2026", "findings", "F1", "evidence")
REGISTER = Register(
    organisation=Organisation(name=Name(vi="Tỉnh Ví Dụ")),
    units={
        "so": Unit(
            id="so",
            name=Name(vi="Sở Ví Dụ"),
            certificates={
                "1": Certificate(
                    number="GIA-DINH-1",
                    edition=Edition("ISO 9001:2015"),
                    regime=Regime.ACCREDITED,
                    expires=date(2029, 1, 4),
                )
            },
            audits={
                "2026": Audit(
                    type=AuditType.INTERNAL,
                    findings={"F1": Finding(grade=Grade.MINOR, evidence="Sổ một")},
                )
            },
        )
    },
)


@pytest.fixture(params=[Form.FOLDER, Form.TOML, Form.JSON, Form.NDJSON])
def register(tmp_path, request) -> Path:
    path = tmp_path / ("so" if request.param is Form.FOLDER else f"so.{request.param}")
    save(REGISTER, path, request.param)
    return path


def evidence(path: Path) -> str | None:
    return load(path).units["so"].audits["2026"].findings["F1"].evidence


def test_words_go_behind_recorded_words_in_every_form_of_a_register(register):
    facts = [
        Fact(unit="so", at=PATH, fact="Sổ hai", behind=True),
        Fact(unit="so", at=PATH, fact="Sổ ba", behind=True),
    ]

    append_many(register, facts)

    assert evidence(register) == "Sổ một\nSổ hai\nSổ ba"


@pytest.mark.parametrize(
    ("at", "fact"),
    [
        ((*PATH[:-1], "statement"), "Sổ hai"),
        (PATH[:-1], "Sổ hai"),
        (PATH, 2),
    ],
)
def test_words_do_not_go_where_none_are_recorded(register, at, fact):
    with pytest.raises(RegisterError, match="no words are recorded here"):
        append_many(register, [Fact(unit="so", at=at, fact=fact, behind=True)])

    assert load(register) == REGISTER


def test_a_file_to_which_words_cannot_be_added_is_left_and_says_which(tmp_path):
    path = tmp_path / "so.toml"
    save(REGISTER, path)
    text = path.read_text(encoding="utf-8").replace('"Sổ một"', "'Sổ một'")
    path.write_text(text, encoding="utf-8")

    with pytest.raises(RegisterError) as stopped:
        append_many(path, [Fact(unit="so", at=PATH, fact="Sổ hai", behind=True)])

    (problem,) = stopped.value.problems
    assert "Sổ hai" in problem.remedy.en
    assert path.read_text(encoding="utf-8") == text


def test_the_log_of_a_sealed_register_shows_what_was_added(tmp_path):
    root = tmp_path / "so"
    save(REGISTER, root)
    seal(root, on=date(2026, 11, 29))

    append_many(root, [Fact(unit="so", at=PATH, fact="Sổ hai", behind=True)])

    logged = "".join(one.read_text(encoding="utf-8") for one in (root / "seals").iterdir())
    assert "Sổ hai" in logged
