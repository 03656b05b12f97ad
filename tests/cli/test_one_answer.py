"""A register gives one answer, in whichever form it is kept."""

import json
from pathlib import Path

import pytest
from runs import run

import qms

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.mark.parametrize(
    ("name", "on"),
    [
        ("every-rule", "2029-10-01"),
        ("ha-giang-2015", "2012-06-30"),
        ("group-40-sites", "2018-09-15"),
    ],
)
@pytest.mark.parametrize("ending", [".json", ".ndjson"])
def test_a_check_says_the_same_in_every_form(capsys, tmp_path, name, on, ending):
    copy = tmp_path / f"register{ending}"
    qms.convert(FIXTURES / name, copy)
    _, folder, _ = run(capsys, "check", FIXTURES / name, "--on", on, "--format", "json")
    _, file, _ = run(capsys, "check", copy, "--on", on, "--format", "json")

    assert json.loads(file) == json.loads(folder)
    assert "Name(" not in file
