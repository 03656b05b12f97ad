"""Names with accents written as numbers are the same names in every form of a register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qms.problems import RegisterError
from qms.store import load, save

if TYPE_CHECKING:
    from pathlib import Path

TYPED = "Sở"
JSON = r"""{"organisation": {"name": {"vi": "Tinh"}},
"units": {"a": {"name": {"vi": "a"}, "parent": "S\u1edf"},
"So\u031b\u0309": {"name": {"vi": "So\u031b\u0309"}}}}
"""
NDJSON = r"""{"organisation": {"name": {"vi": "Tinh"}}}
{"id": "a", "name": {"vi": "a"}, "parent": "S\u1edf"}
{"id": "So\u031b\u0309", "name": {"vi": "So\u031b\u0309"}}
"""
TOML = r"""[organisation]
name.vi = "Tinh"
[units.a]
name.vi = "a"
parent = "S\u1edf"
[units."{key}"]
name.vi = "So\u031b\u0309"
"""
KEYS = (
    r"So\u031b\u0309",
    r"S\U0000006f\U0000031b\u0309",
    r"S\x6f\u031b\u0309",
    "S\\x6f\u031b\u0309",
)
FORMS = {"a.json": JSON, "a.ndjson": NDJSON} | {
    f"{number}.toml": TOML.replace("{key}", key) for number, key in enumerate(KEYS)
}


@pytest.mark.parametrize("name", FORMS)
def test_a_name_written_as_numbers_is_the_name_that_is_typed(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(FORMS[name], encoding="utf-8")

    register = load(path)

    assert list(register.units) == ["a", TYPED]
    assert register.units["a"].parent == TYPED
    assert register.units[TYPED].name.vi == TYPED
    for form in ("b.json", "b.ndjson", "b.toml", "folder"):
        save(register, tmp_path / form)
        assert load(tmp_path / form) == register


@pytest.mark.parametrize("name", [name for name in FORMS if name != "a.ndjson"])
def test_a_name_written_in_two_ways_stands_twice(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    text = FORMS[name].replace('"a": {', '"S\\u1edf": {').replace("units.a", f'units."{TYPED}"')
    path.write_text(text, encoding="utf-8")

    with pytest.raises(RegisterError) as caught:
        load(path)

    assert "twice" in caught.value.problems[0].what.en
    assert caught.value.problems[0].place.line in {3, 6}


@pytest.mark.parametrize("name", [name for name in FORMS if name != "a.ndjson"])
def test_the_line_of_a_name_written_as_numbers_is_known(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    text = FORMS[name].replace(r'vi": "So\u031b\u0309', 'vi": " ')
    path.write_text(text.replace(r'vi = "So\u031b\u0309', 'vi = " '), encoding="utf-8")

    with pytest.raises(RegisterError) as caught:
        load(path)

    assert [one.place.line for one in caught.value.problems] == [3 if name == "a.json" else 7]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (r"'C:\u0301'", r"C:\u0301"),
        (r'"C:\\x41\\u0301"', r"C:\x41\u0301"),
        (r'"\u0022\u0301"', '"\u0301'),
        (r'"\t\u0041"', "\tA"),
    ],
)
def test_what_looks_like_such_a_letter_is_left_alone(value: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "register.toml"
    text = TOML.replace("{key}", r"S\u1edf").replace('"Tinh"', value)
    path.write_text(text, encoding="utf-8")

    assert load(path).organisation.name.vi == said
