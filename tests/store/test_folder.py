"""A folder is a table and a file is a table: one register spread over files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qms.problems import Place, RegisterError
from qms.store import load
from qms.store.folder import Sheet, read_sheets, table_of
from qms.store.toml_lines import lines_of

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = {
    "register.toml": """
[organisation]
name.vi = "Tỉnh"
[yearly_plans.2015]
number = "1"
[units.skhcn]
name.vi = "Sở"
headcount = 40
[units.skhcn.documents.QT-05]
title.vi = "Quy trình"
kind = "procedure"
[[units.skhcn.documents.QT-05.history]]
act = "drafted"
on = 2015-01-05
"""
}
SPREAD = {
    "organisation.toml": 'name.vi = "Tỉnh"\n',
    "yearly_plans/2015.toml": 'number = "1"\n',
    "units/skhcn.toml": "headcount = 40\n",
    "units/skhcn/name.toml": 'vi = "Sở"\n',
    "units/skhcn/documents/QT-05/title.toml": 'vi = "Quy trình"\n',
    "units/skhcn/documents/QT-05.TOML": (
        'kind = "procedure"\nhistory = [{ act = "drafted", on = 2015-01-05 }]\n'
    ),
}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def test_a_register_is_the_same_in_one_file_and_in_many(tmp_path: Path) -> None:
    write(tmp_path / "one", WHOLE)
    write(tmp_path / "many", SPREAD)

    assert load(tmp_path / "one") == load(tmp_path / "many")
    assert load(tmp_path / "one") == load(tmp_path / "one/register.toml")


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("register.toml", ()),
        ("organisation.toml", ("organisation",)),
        ("units/register.toml", ("units", "register")),
        ("units/skhcn/documents/QT.05.toml", ("units", "skhcn", "documents", "QT.05")),
        ("units/skhcn", ("units", "skhcn")),
    ],
)
def test_a_file_is_named_by_the_key_of_its_table(name: str, table: tuple[str, ...]) -> None:
    assert table == table_of(name)


def test_a_register_changed_while_it_is_read_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, WHOLE)
    states = iter([{"a": (1, 1)}, {"a": (2, 2)}, {"a": (2, 2)}, {"a": (2, 2)}])
    monkeypatch.setattr("qms.store.folder._state", lambda _: next(states))

    sheets, problems, absent = read_sheets(tmp_path)

    assert [sheet.name for sheet in sheets] == ["register.toml"]
    assert not problems
    assert not absent
    assert not list(states)


def test_a_register_that_never_stands_still_is_taken_as_last_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, WHOLE)
    ticks = iter(range(100))
    monkeypatch.setattr("qms.store.folder._state", lambda _: {"a": (next(ticks), 0)})

    assert [sheet.name for sheet in read_sheets(tmp_path)[0]] == ["register.toml"]


# --- lines -----------------------------------------------------------------------------------


def test_the_line_of_every_key_and_heading_is_known() -> None:
    text = """# a comment
name.vi = "Sở"
"khóa" = 1

[certificates."2015"]   # with a comment
number = '1'
note = \"\"\"
[not a heading]
history = 1
\"\"\"
[[certificates."2015".history]]
act = "suspended"

[[certificates.'2015'.history]]
act = "restored"
[audits.a.findings.F1]
grade = "minor"
[[audits.a.findings.F1.history]]
on = 2015-01-01
"""

    lines = lines_of(text)

    assert {path: lines[path] for path in lines if path[0] != "audits"} == {
        ("name",): 2,
        ("name", "vi"): 2,
        ("khóa",): 3,
        ("certificates",): 5,
        ("certificates", "2015"): 5,
        ("certificates", "2015", "number"): 6,
        ("certificates", "2015", "note"): 7,
        ("certificates", "2015", "history"): 11,
        ("certificates", "2015", "history", 0): 11,
        ("certificates", "2015", "history", 0, "act"): 12,
        ("certificates", "2015", "history", 1): 14,
        ("certificates", "2015", "history", 1, "act"): 15,
    }
    assert lines["audits", "a", "findings", "F1", "history", 0, "on"] == 19


def test_headings_inside_the_latest_fact_of_a_history_belong_to_it() -> None:
    lines = lines_of("[[heads]]\n[[heads]]\nname = 'A'\n[heads.x]\ny = 1\n")

    assert lines["heads", 1, "name"] == 3
    assert lines["heads", 1, "x", "y"] == 5


def test_a_place_inside_brackets_is_the_line_of_its_surroundings() -> None:
    sheet = Sheet("units/a.toml", ("units", "a"), "x = 1\nhistory = [\n { on = 1 }]\n")

    assert sheet.line(("units", "a", "history", 0, "on")) == 2
    assert sheet.line(("units", "a", "missing")) is None


def test_a_problem_of_the_whole_register_has_the_file_of_the_register(tmp_path: Path) -> None:
    write(tmp_path, {"organisation.toml": 'name.vi = "Tỉnh"\n', "units/a.toml": "name = 5\n"})

    with pytest.raises(RegisterError) as caught:
        load(tmp_path)

    assert [one.place for one in caught.value.problems] == [Place(file="units/a.toml", line=1)]


def test_a_folder_with_an_empty_folder_of_units_holds_no_register(tmp_path: Path) -> None:
    (tmp_path / "units").mkdir()

    with pytest.raises(RegisterError, match="there is no register in this folder"):
        load(tmp_path)
