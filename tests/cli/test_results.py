"""Where a result goes: the screen, a pipe, a file; and never over what it is about."""

import json
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from runs import DAY, REGISTER, run

from qms.cli import main

COMMAND = [sys.executable, "-m", "qms"]
SHELL = "/bin/sh"
FIXTURES = Path(__file__).parents[2] / "fixtures"
FULL = Path("/dev/full")


def test_a_result_is_not_written_over_the_register(capsys, tmp_path):
    register = tmp_path / "register.ndjson"
    run(capsys, "convert", REGISTER, register)
    before = register.read_bytes()

    for command in ("check", "status", "calendar"):
        code, out, err = run(capsys, command, register, "--output", register)
        assert (code, out) == (2, "")
        assert "belongs to what is read here" in err
    link = tmp_path / "link.ndjson"
    link.symlink_to(register)
    assert run(capsys, "check", register, "--output", link)[0] == 2
    assert register.read_bytes() == before


def test_a_result_is_not_written_over_a_sheet_of_the_register(capsys, tmp_path):
    register = tmp_path / "register"
    shutil.copytree(REGISTER, register)
    sheet = register / "register.toml"
    before = sheet.read_bytes()
    new_sheet = register / "units" / "report.toml"

    code, _, err = run(capsys, "status", register, "--output", sheet, "--lang", "vi")
    assert (code, "thuộc dữ liệu đang được đọc" in err) == (2, True)
    assert run(capsys, "status", register, "--output", new_sheet)[0] == 2
    assert (sheet.read_bytes(), new_sheet.exists()) == (before, False)


def test_a_report_may_lie_in_the_folder_of_the_register(capsys, tmp_path):
    register = tmp_path / "register"
    shutil.copytree(REGISTER, register)

    code, out, err = run(
        capsys, "status", register, "--on", DAY, "--output", register / "status.txt"
    )

    assert (code, out, err) == (0, "", "")
    assert run(capsys, "status", register, "--on", DAY)[1] == (
        (register / "status.txt").read_text(encoding="utf-8")
    )


def test_a_dash_is_the_screen(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = run(capsys, "status", REGISTER, "--on", DAY)

    assert run(capsys, "status", REGISTER, "--on", DAY, "--output", "-") == shown
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("language", "words"), [("en", "TO: the form is told"), ("vi", "ĐÍCH: dạng cần ghi")]
)
def test_a_dash_names_no_form(capsys, tmp_path, monkeypatch, language, words):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, "convert", REGISTER, "-", "--lang", language)

    assert (code, out) == (2, "")
    assert words in err
    assert list(tmp_path.iterdir()) == []


def test_a_closed_output_changes_neither_the_answer_nor_the_exit_code():
    def end(*arguments):
        words = " ".join([*COMMAND, *map(str, arguments)])
        done = subprocess.run(
            [SHELL, "-c", f"{words} >&-"], stderr=subprocess.PIPE, text=True, check=False
        )
        return done.returncode, done.stderr

    assert end("status", REGISTER, "--on", DAY) == (0, "")
    assert end("schema") == (0, "")
    assert end("check", REGISTER, "--on", "1999-01-01")[1] == ""
    assert end("check", "nothing-here")[0] == 2


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_an_output_that_is_not_there_is_done_without(monkeypatch, stream):
    monkeypatch.setattr(sys, stream, None)

    assert main(["status", str(REGISTER), "--on", DAY]) == 0
    getattr(sys, stream).close()


def test_closed_errors_do_not_hide_the_exit_code():
    words = " ".join([*COMMAND, "check", "nothing-here", "2>&-"])
    assert subprocess.run([SHELL, "-c", words], check=False).returncode == 2


@pytest.mark.skipif(not FULL.exists(), reason="the system has no full device")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Error: reading or writing failed: the disk is full.\n"),
        ("vi", "Lỗi: không đọc hoặc không ghi được: ổ đĩa đã đầy.\n"),
    ],
)
def test_a_full_disk_behind_a_redirection_is_told(language, words):
    with FULL.open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [*COMMAND, "rules", "--lang", language],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert (done.returncode, done.stderr) == (2, words)


def test_a_folder_that_may_not_be_read_is_told_in_the_language_asked_for(
    capsys, tmp_path, monkeypatch
):
    monkeypatch.setattr(os, "access", lambda *_: False)

    code, _, err = run(capsys, "check", tmp_path, "--lang", "vi")

    assert code == 2
    assert "is not readable" not in err


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_unit_that_was_left_out_is_asked_for(capsys, language):
    missing = {"en": "Error: UNIT is missing.\n", "vi": "Lỗi: Thiếu ĐƠN_VỊ.\n"}[language]
    for command in (
        ["timeline", REGISTER],
        ["coverage", REGISTER],
        ["paper", REGISTER, "--audit", "1", "--output", "x.docx"],
    ):
        code, _, err = run(capsys, *command, "--lang", language)
        assert code == 2
        assert err.startswith(missing)


def test_the_register_may_be_the_folder_in_which_one_stands(capsys, monkeypatch):
    monkeypatch.chdir(REGISTER)
    named = run(capsys, "timeline", REGISTER, "so-1", "--on", DAY)

    assert run(capsys, "timeline", "so-1", "--on", DAY) == named
    assert run(capsys, "coverage", "so-1", "--on", DAY)[0] in {0, 1}


@pytest.mark.parametrize("name", ["huyen", "Huyen", "Các huyện", "các huyện"])
def test_a_group_is_called_by_its_identifier_or_its_name(capsys, name):
    asked = run(capsys, "status", REGISTER, "--on", DAY, "--group", name, "--format", "json")
    units = [unit["id"] for unit in json.loads(asked[1])["units"]]

    assert units == ["huyen-1", "huyen-2"]


def test_units_and_groups_together_are_all_of_both(capsys):
    both = run(
        capsys, "status", REGISTER, "--unit", "so-1", "--group", "huyen", "--format", "json"
    )[1]

    assert [unit["id"] for unit in json.loads(both)["units"]] == ["huyen-1", "huyen-2", "so-1"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "no group x. Its groups: huyen, so.\n"), ("vi", "Các nhóm hiện có: huyen, so.\n")],
)
def test_a_group_that_is_not_there_is_told_with_those_that_are(capsys, language, words):
    assert words in run(capsys, "status", REGISTER, "--group", "x", "--lang", language)[2]


def test_a_register_without_groups_says_only_that_there_is_none(capsys, tmp_path):
    run(capsys, "new", tmp_path / "r")

    assert "has no group x.\n" in run(capsys, "status", tmp_path / "r", "--group", "x")[2]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_help_names_every_command(capsys, language):
    from qms.cli.program import program

    main(["--help", "--lang", language])
    words = capsys.readouterr().out
    for name in program.homes:
        assert f"\n  {name} " in words


def completed(monkeypatch, *words):
    """What is offered for the last of some words."""
    from click.shell_completion import BashComplete

    from qms.cli.program import program

    monkeypatch.setenv("COMP_WORDS", "\n".join(["qms", *words]))
    monkeypatch.setenv("COMP_CWORD", str(len(words)))
    offered = BashComplete(program, {}, "qms", "_QMS_COMPLETE")
    args, incomplete = offered.get_completion_args()
    return {item.value: item.help for item in offered.get_completions(args, incomplete)}


def test_rules_are_completed_by_code_or_name(monkeypatch):
    assert "C103" in completed(monkeypatch, "explain", "c10")
    assert list(completed(monkeypatch, "explain", "surveillance-m")) == ["surveillance-missed"]
    assert completed(monkeypatch, "explain", "zzz") == {}


def test_what_is_offered_says_what_it_does(monkeypatch):
    offered = completed(monkeypatch, "")

    assert offered["document"] == "Keep controlled documents under control"
    assert offered["objective"]


def test_the_script_for_fish_keeps_commas(capsys):
    assert 'string split --max 1 "," $completion' in run(capsys, "completion", "fish")[1]


def test_an_interrupt_while_the_program_is_read_ends_it_without_a_traceback(monkeypatch, capsys):
    def interrupt(**_named):
        raise KeyboardInterrupt

    monkeypatch.setattr("qms.cli.main", interrupt)

    with pytest.raises(SystemExit) as ended:
        runpy.run_module("qms", run_name="__main__")

    assert ended.value.code == 130
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("edition", ["2000", "1994", "TCVN ISO 9001:1996"])
def test_an_edition_whose_demands_are_not_known_is_still_an_edition(capsys, edition):
    asked = ["coverage", FIXTURES / "ha-giang-2015", "skhcn", "--edition", edition]
    code, _, err = run(capsys, *asked)
    assert code == 2
    assert (
        f"“{edition}” is an edition of ISO 9001, but its clauses and demands are not known" in err
    )
    assert "là một phiên bản ISO 9001, nhưng" in run(capsys, *asked, "--lang", "vi")[2]
    assert "“2001” is no edition" in run(capsys, *asked[:-1], "2001")[2]
