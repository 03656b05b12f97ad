"""Whatever is typed wrongly or cannot be read is told in words, with exit code 2."""

import errno
import io
import os
import subprocess
import sys

import click
import pytest
from runs import DAY, REGISTER, run

from qms.cli import main, program
from qms.cli.bilingual import explain_mistake
from qms.cli.program import _file_trouble
from qms.cli.session import Session
from qms.text import Language

MISTAKES = [
    (
        ["stauts"],
        "There is no command stauts. Did you mean status?",
        "Không có lệnh stauts. Có phải là status?",
    ),
    (
        ["check", "--onn"],
        "There is no option --onn. Did you mean --on?",
        "Không có tùy chọn --onn. Có phải là --on?",
    ),
    (["check", "--on"], "Option --on was given without", "Tùy chọn --on thiếu giá trị"),
    (
        ["check", "--help=yes"],
        "Option --help was given without",
        "Tùy chọn --help thiếu giá trị",
    ),
    (
        ["check", ".", "more", "words"],
        "More was given than is understood: more words.",
        "Thừa nội dung không hiểu được: more words.",
    ),
    (
        ["check", "--on", "2015-02-30"],
        "--on: 2015-02-30 is not a day; write it like 2015-12-31 or 31/12/2015.",
        "--on: 2015-02-30 không phải là một ngày",
    ),
    (["check", "--on", "tomorrow"], "tomorrow is not a day", "tomorrow không phải là một ngày"),
    (
        ["check", "--format", "jsn"],
        "--format: jsn is not one of text, markdown, json, sarif, junit. Did you mean json?",
        "--format: jsn không thuộc các giá trị text, markdown, json, sarif, junit.",
    ),
    (
        ["calendar", "--year", "20l6"],
        "--year: 20l6 is not a whole number from 1900 to 9998.",
        "--year: 20l6 không phải là số nguyên từ 1900 đến 9998.",
    ),
    (
        ["figures", "--year", "abc"],
        "--year: abc is not a whole number from 1900 to 9999.",
        "--year: abc không phải là số nguyên từ 1900 đến 9999.",
    ),
    (["calendar", "--year", "1066"], "1066 is not a whole number", "1066 không phải là số nguyên"),
    (["completion"], "SHELL is missing.", "Thiếu SHELL."),
    (
        ["completion", "powershell"],
        "SHELL: powershell is not one of bash, zsh, fish.",
        "SHELL: powershell không thuộc các giá trị bash, zsh, fish.",
    ),
    (
        ["explain", "surveilance-missed"],
        "'qms rules' lists them all. Did you mean surveillance-missed",
        "Không có quy tắc surveilance-missed; xem đủ bằng lệnh 'qms rules'.",
    ),
    (
        ["status", REGISTER, "--unit", "so-11"],
        "The register has no unit so-11. Did you mean so-1",
        "Sổ đăng ký không có đơn vị so-11.",
    ),
    (
        ["status", REGISTER, "--unit", "nobody", "--unit", "so-1", "--unit", "neither"],
        "The register has no unit nobody. The register has no unit neither.",
        "Sổ đăng ký không có đơn vị nobody. Sổ đăng ký không có đơn vị neither.",
    ),
    (["status", REGISTER, "--unit", ""], "has no unit “”.", "không có đơn vị “”."),
    (
        ["status", REGISTER, "--group", "huyện"],
        "The register has no group huyện. Did you mean huyen?",
        "Sổ đăng ký không có nhóm huyện. Có phải là huyen?",
    ),
    (
        ["check", REGISTER, "--unit", "nobody", "--group", "x", "--group", ""],
        "The register has no unit nobody. The register has no group x. Its groups: huyen, ",
        "Sổ đăng ký không có đơn vị nobody. Sổ đăng ký không có nhóm x. Các nhóm hiện có: huyen, ",
    ),
    (["status", REGISTER, "--group", ""], "has no group “”.", "không có nhóm “”."),
    (
        ["timeline", REGISTER, "nobody"],
        "The register has no unit nobody.",
        "Sổ đăng ký không có đơn vị nobody.",
    ),
    (["status", "no/where"], "there is no such file", "không có tệp"),
    (
        ["status", REGISTER, "--output", "no/where/report.txt"],
        "there is no folder to write into",
        "không có thư mục để ghi vào",
    ),
]


@pytest.mark.parametrize(("typed", "english", "vietnamese"), MISTAKES)
def test_a_mistake_is_told_in_the_language_of_the_reader(capsys, typed, english, vietnamese):
    code, out, err = run(capsys, *typed)
    assert (code, out) == (2, "")
    assert english in err
    assert "Traceback" not in err

    code, out, err = run(capsys, "--lang", "vi", *typed)
    assert (code, out) == (2, "")
    assert vietnamese in err


def test_a_mistake_says_where_to_read_more(capsys):
    _, _, err = run(capsys, "check", "--onn")

    assert err.endswith("More: qms check --help\n")


def test_a_mistake_of_another_kind_is_still_told():
    assert explain_mistake(click.UsageError("Odd."), Language.VIETNAMESE) == "Lỗi: Odd."
    unplaced = click.NoSuchOption("--odd")
    assert explain_mistake(unplaced, Language.ENGLISH) == "Error: There is no option --odd."
    unnamed = click.MissingParameter()
    assert explain_mistake(unnamed, Language.ENGLISH) == "Error: ? is missing."


def test_without_a_command_the_help_is_shown(capsys):
    code, out, _ = run(capsys)

    assert code == 2
    assert out.startswith("Usage: qms [OPTIONS] COMMAND …")


def test_a_broken_register_is_told_with_every_problem(capsys, tmp_path):
    (tmp_path / "register.toml").write_text("format = 'qms-register/1'\n", encoding="utf-8")
    code, out, err = run(capsys, "check", tmp_path, "--lang", "vi")

    assert (code, out) == (2, "")
    assert "register.toml" in err
    assert "thiếu khóa" in err


@pytest.mark.parametrize(
    ("number", "english", "vietnamese"),
    [
        (errno.ENOSPC, "the disk is full", "ổ đĩa đã đầy"),
        (errno.EACCES, "you are not allowed to open it", "không có quyền truy cập"),
        (errno.EISDIR, "it is a folder, not a file", "đây là thư mục, không phải tệp"),
    ],
)
def test_trouble_with_a_file_is_told_in_words(capsys, number, english, vietnamese):
    trouble = OSError(number, os.strerror(number), "sổ.json")
    for language, words in ((Language.ENGLISH, english), (Language.VIETNAMESE, vietnamese)):
        assert _file_trouble(trouble, Session(language=language)) == 2
        assert f"sổ.json: {words}." in capsys.readouterr().err


def test_unusual_trouble_is_told_in_the_words_of_the_system(capsys):
    assert _file_trouble(OSError(errno.ELOOP, "Too many links"), Session(language=Language.ENGLISH))
    assert capsys.readouterr().err == ("Error: reading or writing failed: Too many links.\n")
    assert _file_trouble(OSError("odd"), Session(language=Language.ENGLISH)) == 2
    assert capsys.readouterr().err == "Error: reading or writing failed: odd.\n"


def test_an_interrupted_run_says_that_it_stopped(capsys, monkeypatch):
    def interrupt(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("qms.store.load", interrupt)
    code, _, err = run(capsys, "status", REGISTER, "--lang", "vi")

    assert code == 130
    assert "Đã dừng." in err


def test_a_reader_who_goes_away_is_no_trouble():
    command = [sys.executable, "-m", "qms", "schema", "register"]
    reader = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert reader.stdout is not None
    assert reader.stderr is not None
    reader.stdout.read(1)
    reader.stdout.close()
    err = reader.stderr.read()
    reader.stderr.close()

    assert err == b""
    assert reader.wait() in {0, 141}


def test_what_nobody_reads_is_not_tried_again(monkeypatch, tmp_path):
    with (tmp_path / "output").open("w", encoding="utf-8") as output:
        monkeypatch.setattr(sys, "stdout", output)
        assert _file_trouble(BrokenPipeError(), Session(language=Language.ENGLISH)) == 141
        output.write("lost")

    assert (tmp_path / "output").read_text(encoding="utf-8") == ""


def test_letters_are_written_whatever_the_output_can_hold(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert main(["status", str(REGISTER), "--on", DAY, "--lang", "vi"]) == 0
    sys.stdout.flush()

    assert "Sở giả định số 1" in raw.getvalue().decode("utf-8")


def test_an_output_that_cannot_be_set_up_is_left_alone(monkeypatch):
    raw = io.StringIO()
    monkeypatch.setattr(sys, "stdout", raw)
    assert main(["--version"]) == 0

    assert raw.getvalue().startswith("qms ")


def test_the_exit_codes_are_those_of_the_help():
    assert (program.CONFORMS, program.ERRORS, program.NOT_UNDERSTOOD) == (0, 1, 2)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_mistake_of_the_program_is_told_and_is_no_verdict(language, capsys, monkeypatch):
    def mistaken(*_, **__):
        raise AssertionError("\x1b[31mx")

    monkeypatch.setattr("qms.store.load", mistaken)

    assert main(["status", str(REGISTER), "--lang", language]) == 2
    told = capsys.readouterr()
    assert not told.out
    assert "Traceback" not in told.err
    assert "AssertionError: \\x1b[31mx" in told.err
    assert {"en": "a mistake of the program", "vi": "lỗi của chương trình"}[language] in told.err


@pytest.mark.parametrize("command", ["check", "status", "calendar", "convert"])
def test_what_may_not_be_read_is_told_in_both_languages(command, capsys, monkeypatch, tmp_path):
    """The library of the command line knows it in English only, and would be the first to ask."""
    monkeypatch.setattr("os.access", lambda *_, **__: False)
    given = {"calendar": ["--year", "2016"], "convert": [str(tmp_path / "r.json")]}

    assert main([command, str(REGISTER), *given.get(command, []), "--lang", "vi"]) != 2
    assert "not readable" not in capsys.readouterr().err
