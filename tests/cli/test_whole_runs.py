"""Whole runs of the program, word for word, in both languages."""

from pathlib import Path

import pytest
from runs import DAY, REGISTER, run

from expected import same_as

OUTPUTS = Path(__file__).parent / "outputs"

RUNS = {
    "check": (1, ["check", REGISTER, "--on", DAY]),
    "check-later": (1, ["check", REGISTER, "--on", "2019-01-01"]),
    "check-part": (1, ["check", REGISTER, "--on", DAY, "--unit", "so-3", "--unit", "so-1"]),
    "check-markdown": (1, ["check", REGISTER, "--on", DAY, "--format", "markdown"]),
    "check-json": (1, ["check", REGISTER, "--on", DAY, "--format", "json"]),
    "status": (0, ["status", REGISTER, "--on", DAY]),
    "calendar": (0, ["calendar", REGISTER, "--on", DAY]),
    "timeline": (0, ["timeline", REGISTER, "so-3", "--on", DAY]),
}


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("name", RUNS)
def test_a_run_reads_as_committed(capsys, name, language):
    code, typed = RUNS[name]
    found, out, err = run(capsys, *typed, "--lang", language)

    assert (found, err) == (code, "")
    same_as(OUTPUTS / f"{name}.{language}.txt", out)


@pytest.mark.parametrize("name", RUNS)
def test_the_same_run_gives_the_same_bytes(capsys, name):
    _, typed = RUNS[name]

    assert run(capsys, *typed) == run(capsys, *typed)


@pytest.mark.parametrize("word", ["finding", "nonconformity", "violation"])
def test_what_the_tool_says_is_not_in_an_auditors_words(capsys, word):
    _, out, _ = run(capsys, "check", REGISTER, "--on", DAY)

    assert word not in out.casefold()
