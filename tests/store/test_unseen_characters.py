"""Characters that nobody sees and Word cannot hold are refused at every door."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import jsonschema
import msgspec
import pytest

from qms.bulk import check_lines
from qms.characters import holds_controls
from qms.codec.schema import UNIT, schemas
from qms.codec.strict import RefusedError, decoder_of
from qms.model import Unit
from qms.problems import RegisterError
from qms.store import append, load

if TYPE_CHECKING:
    from pathlib import Path

FORMS = {
    "a.json": '{"organisation": {"name": {"vi": "Tỉnh"}},\n"units": {"a": {"name": {"vi": "Sở"},\n'
    '"note": "%s"}}}',
    "a.ndjson": '{"organisation": {"name": {"vi": "Tỉnh"}}}\n{"id": "b", "name": {"vi": "Sở B"}}\n'
    '{"id": "a", "name": {"vi": "Sở"}, "note": "%s"}',
    "a.toml": '[organisation]\nname.vi = "Tỉnh"\n[units.a]\nname.vi = "Sở"\nnote = "%s"',
    "units/a.toml": 'name.vi = "Sở"\nnote = "%s"',
}
UNSEEN = {
    r"một\u0000": "U+0000",
    r"\u0001hai": "U+0001",
    r"\b": "U+0008",
    r"b\fa": "U+000C",
    r"\u000B": "U+000B",
    r"\\\u001F": "U+001F",
    r"xóa\u007f": "U+007F",
    r"\uFFFE": "U+FFFE",
    "lạ \uffff": "U+FFFF",
}
SEEN = (
    r"dòng 1\ndòng 2\r\n\tcột",
    r"\u000a\u0009\u000D.",
    r"\\u0000 và \\b",
    r"\u0020x \u0080",
    r"\u202e \ufffd \uff21",
    "。\uff0c",
)


def written(name: str, words: str, folder: Path) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(FORMS[name] % words, encoding="utf-8")
    if name.startswith("units"):
        (folder / "register.toml").write_text('organisation.name.vi = "Tỉnh"', encoding="utf-8")
        return folder
    return path


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("words", UNSEEN)
def test_an_unseen_character_is_refused_with_its_place(
    name: str, words: str, tmp_path: Path
) -> None:
    path = written(name, words, tmp_path)

    with pytest.raises(RegisterError) as caught:
        load(path)

    (problem,) = caught.value.problems
    assert UNSEEN[words] in problem.what.en
    assert UNSEEN[words] in problem.what.vi
    assert problem.path.endswith("a.note")
    assert problem.place.line == {"units/a.toml": 2, "a.toml": 5}.get(name, 3)
    assert problem.remedy is not None


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("words", SEEN)
def test_lines_columns_and_what_is_visible_are_kept(name: str, words: str, tmp_path: Path) -> None:
    note = load(written(name, words, tmp_path)).units["a"].note

    assert note == json.loads(f'"{words}"')


@pytest.mark.parametrize("words", UNSEEN)
def test_a_check_of_many_lines_refuses_them_too(words: str, tmp_path: Path) -> None:
    path = written("a.ndjson", words, tmp_path)

    with pytest.raises(RegisterError) as caught:
        check_lines(path, on=date(2026, 1, 1))

    assert [problem.place.line for problem in caught.value.problems] == [3]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("a\u0001", "U+0001"),
        ("a\u200b", "U+200B"),
        ("a\u007fb", "U+007F"),
        ("\u202ea", "U+202E"),
        ("\u00ada", "U+00AD"),
        ("a\uffff", "U+FFFF"),
    ],
)
def test_no_identifier_holds_what_nobody_sees(key: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    unit = {"name": {"vi": "Sở"}, "audits": {key: {"type": "internal"}}}
    register = {"organisation": {"name": {"vi": "Tỉnh"}}, "units": {"a": unit, key: unit}}
    path.write_text(json.dumps(register))

    with pytest.raises(RegisterError) as caught:
        load(path)

    assert len(caught.value.problems) == 3
    assert all(name in problem.what.vi for problem in caught.value.problems)


def test_an_appended_fact_holds_none(tmp_path: Path) -> None:
    folder = written("units/a.toml", "x", tmp_path)
    before = (folder / "units/a.toml").read_bytes()

    with pytest.raises(RegisterError, match="U\\+0007"):
        append(folder, "a", ("audits", "2026"), {"type": "internal", "note": "x\x07"})

    assert (folder / "units/a.toml").read_bytes() == before


@pytest.mark.parametrize("value", ["a\u0000", "\u007f", "\ufffe", "a\n", "\u0085b", "\u001f"])
@pytest.mark.parametrize("key", ["note", "address"])
def test_the_schema_refuses_what_the_door_refuses(key: str, value: str) -> None:
    data = {"id": "u", "name": {"vi": "x"}, key: value}
    valid = jsonschema.Draft202012Validator(schemas()[UNIT]).is_valid(data)
    try:
        decoder_of(Unit)(msgspec.json.encode(data))
    except RefusedError:
        assert not valid
    else:
        assert valid


def test_an_edition_holds_none_among_its_blanks(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(
        '[organisation]\nname.vi = "Tỉnh"\n[units.a]\nname.vi = "Sở"\n[units.a.certificates.1]\n'
        'edition = "ISO\\u001f9001:2015"\nregime = "accredited"\nnumber = "1"\n',
        encoding="utf-8",
    )

    with pytest.raises(RegisterError) as caught:
        load(path)

    assert "U+001F" in caught.value.problems[0].what.en


def test_text_with_half_a_character_is_looked_through_as_well() -> None:
    assert holds_controls("\ud800\x7f")
    assert not holds_controls("\ud800")
