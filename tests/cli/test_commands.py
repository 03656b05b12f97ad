"""Every command, with what it takes and what it leaves behind."""

import json
import os
import runpy
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from runs import DAY, REGISTER, run

import qms
from qms.cli.bilingual import Command, Group
from qms.cli.program import program
from qms.cli.session import Session
from qms.report import FORMS
from qms.text import Language


def test_a_register_with_an_error_ends_with_1(capsys):
    code, out, err = run(capsys, "check", REGISTER, "--on", DAY)

    assert (code, err) == (1, "")
    assert "3 of 5 units are current." in out


def test_a_register_without_an_error_ends_with_0(capsys):
    code, out, _ = run(capsys, "check", REGISTER, "--on", "2016-02-01", "--unit", "so-1")

    assert code == 0
    assert "1 of 1 unit is current." in out


@pytest.mark.parametrize(
    "asked",
    [
        ["--unit", "so-1", "so-3"],
        ["--unit", "so-1", "so-3", "--lang", "en"],
        ["--unit", "so-3", "--unit", "so-1"],
        ["--unit=so-1", "--unit", "so-3"],
    ],
)
def test_several_units_are_named_one_after_the_other(capsys, asked):
    _, out, _ = run(capsys, "status", REGISTER, "--on", DAY, "--format", "json", *asked)

    assert [one["id"] for one in json.loads(out)["units"]] == ["so-1", "so-3"]


def test_what_stands_behind_one_unit_is_the_register_where_none_stands_before(capsys):
    code, out, _ = run(capsys, "status", "--on", DAY, "--unit", "so-1", REGISTER)

    assert (code, "1 of 1 unit" in out) == (0, True)


def test_units_are_named_one_after_the_other_where_the_register_is_left_out(capsys, monkeypatch):
    monkeypatch.chdir(REGISTER)
    asked = ["status", "--on", DAY, "--format", "json"]
    _, out, _ = run(capsys, *asked, "--unit", "so-1", "so-3", "so-2")

    assert [one["id"] for one in json.loads(out)["units"]] == ["so-1", "so-2", "so-3"]
    _, out, _ = run(capsys, *asked, "--unit", "so-1", "so-3", REGISTER)
    assert [one["id"] for one in json.loads(out)["units"]] == ["so-1", "so-3"]
    code, _, err = run(capsys, *asked, "--unit", "so-1", "so-33")
    assert (code, "so-33" in err, "no such file" in err) == (2, True, False)


def test_what_stands_behind_one_unit_is_a_register_where_the_folder_holds_none(
    capsys, monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "status", "--on", DAY, "--unit", "so-1", "nowhere")

    assert code == 2
    assert "nowhere" in err
    assert "there is no such file or folder" in err


def test_what_stands_behind_a_single_value_is_too_much(capsys):
    code, _, err = run(capsys, "status", REGISTER, "--on", DAY, "so-1")

    assert code == 2
    assert "More was given than is understood: so-1." in err


def test_further_files_stay_files_behind_an_option(capsys):
    _, _, err = run(capsys, "findings", "one.docx", "--accept", "missing", "two.docx")

    assert "two.docx" in err


def test_the_day_is_today_where_none_is_named(capsys):
    _, out, _ = run(capsys, "status", REGISTER)

    assert date.today().isoformat() in out  # noqa: DTZ011 - the command's own day


def test_days_are_understood_in_both_ways_of_writing_them(capsys):
    _, iso, _ = run(capsys, "status", REGISTER, "--on", "2017-6-1")
    _, vietnamese, _ = run(capsys, "status", REGISTER, "--on", " 01/06/2017")

    assert iso == vietnamese


def test_the_current_folder_is_the_register_where_none_is_named(capsys, monkeypatch):
    monkeypatch.chdir(REGISTER)

    assert run(capsys, "status", "--on", DAY)[1].startswith("Invented province")
    assert "so-1" in run(capsys, "timeline", "so-1", "--on", DAY)[1]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_goes_to_a_file_or_to_the_screen(capsys, tmp_path, form):
    shown = run(capsys, "check", REGISTER, "--on", DAY, "--format", form)
    file = tmp_path / "report"
    written = run(capsys, "check", REGISTER, "--on", DAY, "--format", form, "--output", file)

    assert shown[0] == written[0] == 1
    assert written[1] == ""
    assert file.read_text(encoding="utf-8") == shown[1]


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_the_status_has_three_forms(capsys, form):
    code, out, _ = run(capsys, "status", REGISTER, "--on", DAY, "--format", form)

    assert code == 0
    assert "Invented district 1" in out


def test_only_the_units_and_groups_asked_for_are_shown_and_counted(capsys):
    asked = ["--unit", "so-1", "--group", "huyen", "--format", "json"]
    data = json.loads(run(capsys, "check", REGISTER, "--on", DAY, *asked)[1])

    assert [unit["id"] for unit in data["units"]] == ["huyen-1", "huyen-2", "so-1"]
    assert data["chosen"] == ["huyen-1", "huyen-2", "so-1"]
    assert data["summary"]["units"] == 3
    assert {d["unit"] for d in data["diagnostics"]} <= set(data["chosen"])


def test_sarif_names_the_file_of_each_unit(capsys, monkeypatch, tmp_path):
    whole = tmp_path / "register"
    qms.save(qms.load(REGISTER), whole)
    (whole / "units" / "so-3").mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path)
    data = json.loads(run(capsys, "check", "register", "--on", DAY, "--format", "sarif")[1])
    places = {
        result["properties"]["unit"]: result["locations"][0]["physicalLocation"]
        for result in data["runs"][0]["results"]
    }

    assert places["huyen-1"]["artifactLocation"]["uri"] == "register/units/huyen-1.toml"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_long_register_is_checked_line_by_line_with_the_same_answer(capsys, tmp_path, jobs):
    path = tmp_path / "register.ndjson"
    qms.save(qms.load(REGISTER), path)

    assert run(capsys, "check", path, "--on", DAY, "--jobs", jobs) == run(
        capsys, "check", REGISTER, "--on", DAY
    )


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_long_register_is_told_as_json_unit_by_unit(capsys, tmp_path, jobs):
    path, output = tmp_path / "register.ndjson", tmp_path / "report.json"
    qms.save(qms.load(REGISTER), path)
    asked = ("check", path, "--on", DAY, "--format", "json", "--jobs", jobs)
    whole = json.loads(run(capsys, "check", REGISTER, "--on", DAY, "--format", "json")[1])

    assert json.loads(run(capsys, *asked)[1]) == whole
    assert run(capsys, *asked, "--output", output)[1] == ""
    assert json.loads(output.read_text("utf-8")) == whole
    assert run(capsys, *asked, "--output", "/dev/null")[1] == ""


def test_the_calendar_is_that_of_the_year_asked_for(capsys):
    code, out, _ = run(capsys, "calendar", REGISTER, "--year", "2018", "--on", DAY)
    assert code == 0
    assert "calendar of 2018, as of 2017-06-01" in out

    data = json.loads(run(capsys, "calendar", REGISTER, "--on", DAY, "--format", "json")[1])
    assert data["year"] == 2017
    assert {entry["unit"] for entry in data["entries"]} >= {"so-1", "so-3"}


def test_the_timeline_has_two_forms(capsys):
    code, out, _ = run(capsys, "timeline", REGISTER, "so-3", "--on", DAY, "--lang", "vi")
    assert code == 0
    assert "02/05/2017" in out

    data = json.loads(run(capsys, "timeline", REGISTER, "so-3", "--on", DAY, "--format", "json")[1])
    assert data["unit"] == "so-3"
    assert "suspended" in {interval["status"] for interval in data["intervals"]}


def test_the_rules_are_listed_in_three_forms(capsys):
    text = run(capsys, "rules")[1]
    markdown = run(capsys, "rules", "--format", "markdown", "--lang", "vi")[1]
    listed = json.loads(run(capsys, "rules", "--format", "json")[1])

    assert [rule["code"] for rule in listed] == [rule.code for rule in qms.RULES]
    for rule in qms.RULES:
        assert rule.code in text
        assert f"| {rule.code} |" in markdown
    assert "| Mã |" in markdown


@pytest.mark.parametrize("name", ["C103", "surveillance-missed", "c103"])
def test_a_rule_is_explained_by_its_code_or_its_name(capsys, name):
    code, out, _ = run(capsys, "explain", name)

    assert code == 0
    assert "C103" in out
    assert "9.1.3.3" in out


@pytest.mark.parametrize(
    "name", ["register", "unit", "header", "report", "status", "calendar", "timeline", "files"]
)
def test_a_schema_is_printed_for_everything_that_goes_in_or_comes_out(capsys, name):
    code, out, _ = run(capsys, "schema", name)

    assert code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(out))


def test_the_schema_of_the_register_is_the_usual_one(capsys):
    assert run(capsys, "schema")[1] == run(capsys, "schema", "register")[1]


@pytest.mark.parametrize("form", ["register.json", "register.ndjson", "register"])
def test_a_register_is_converted_without_loss(capsys, tmp_path, form):
    target = tmp_path / form
    code, out, err = run(capsys, "convert", REGISTER, target)

    assert (code, err) == (0, "")
    assert str(target) in out
    assert qms.load(target) == qms.load(REGISTER)


def test_what_does_not_load_is_not_converted(capsys, tmp_path):
    (tmp_path / "register.toml").write_text("x = ", encoding="utf-8")
    code, _, err = run(capsys, "convert", tmp_path, tmp_path / "made.json")

    assert code == 2
    assert "register.toml" in err
    assert not (tmp_path / "made.json").exists()


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_new_register_loads_and_its_check_says_what_to_do(capsys, tmp_path, language):
    folder = tmp_path / "sổ"
    code, out, _ = run(capsys, "new", folder, "--lang", language)
    assert code == 0
    assert str(folder) in out

    checked = run(capsys, "check", folder, "--on", "2026-06-01", "--lang", language)
    assert checked[0] == 1
    assert {"en": "no certificate or announcement", "vi": "chưa ghi nhận giấy chứng nhận"}[
        language
    ] in checked[1]


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("block", ["certificates", "announcements"])
def test_the_examples_of_a_new_register_hold_when_their_signs_are_removed(
    capsys, tmp_path, language, block
):
    run(capsys, "new", tmp_path, "--lang", language)
    (file,) = (tmp_path / "units").iterdir()
    file.write_text(uncommented(file, f"# [{block}.2026]"), encoding="utf-8")
    code, out, err = run(capsys, "check", tmp_path, "--on", "2026-06-01", "--lang", language)

    assert err == ""
    assert ("1 of 1 unit is current." if language == "en" else "1/1 đơn vị") in out
    assert code in {0, 1}


def uncommented(file, heading):
    """The file with the comment signs before one example removed."""
    lines, inside = [], False
    for line in file.read_text(encoding="utf-8").splitlines():
        inside = line == heading or (inside and line.startswith("# ") and "=" in line)
        lines.append(line.removeprefix("# ") if inside else line)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_example_of_a_new_register_is_understood(capsys, tmp_path, language):
    run(capsys, "new", tmp_path, "--lang", language)
    for file in tmp_path.rglob("*.toml"):
        words = file.read_text(encoding="utf-8")
        examples = [
            line.removeprefix("# ")
            for line in words.splitlines()
            if line.startswith(("# [", "# ")) and (" = " in line or line.startswith("# ["))
        ]
        assert tomllib.loads("\n".join(examples))


def test_a_new_register_never_overwrites_anything(capsys, tmp_path):
    (tmp_path / "letter.docx").write_text("x", encoding="utf-8")
    code, _, err = run(capsys, "new", tmp_path, "--lang", "vi")
    assert code == 2
    assert "thư mục này không trống" in err
    assert [file.name for file in tmp_path.iterdir()] == ["letter.docx"]

    code, _, err = run(capsys, "new", tmp_path / "letter.docx")
    assert code == 2
    assert "this is a file, not a folder" in err


def test_an_empty_folder_is_filled_and_stays_the_same_folder(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_ino

    assert run(capsys, "new", ".")[0] == 0
    assert tmp_path.stat().st_ino == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["register.toml", "units"]


def test_a_device_is_written_to_and_not_replaced(capsys):
    assert run(capsys, "status", REGISTER, "--output", os.devnull)[0] == 0
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_folder_for_a_result_is_refused_with_what_to_name_instead(capsys, tmp_path, form):
    folder = tmp_path / "results"
    folder.mkdir()
    code, out, err = run(capsys, "status", REGISTER, "--format", form, "--output", folder)

    assert (code, out) == (2, "")
    assert "it is a folder, not a file" in err
    assert "Name a file, for instance one in this folder." in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == [folder]
    assert not list(folder.iterdir())
    _, _, err = run(capsys, "check", REGISTER, "-o", folder, "--lang", "vi")
    assert "đây là thư mục, không phải tệp" in err
    assert "Hãy nêu tên tệp" in err


def test_a_file_is_replaced_by_convert_only_where_that_is_asked_for(capsys, tmp_path):
    target = tmp_path / "register.json"
    target.write_text("mine", encoding="utf-8")

    assert run(capsys, "convert", REGISTER, target)[0] == 2
    assert target.read_text(encoding="utf-8") == "mine"
    assert run(capsys, "convert", REGISTER, target, "--overwrite")[0] == 0
    assert qms.load(target) == qms.load(REGISTER)


def test_the_version_is_that_of_the_package(capsys):
    from importlib.metadata import version

    assert run(capsys, "--version")[:2] == (0, f"qms {version('qms-register')}\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_script_of_the_shell(capsys, shell):
    code, out, _ = run(capsys, "completion", shell)

    assert code == 0
    assert "_QMS_COMPLETE" in out


def completed(words, language="en"):
    from click.shell_completion import ShellComplete

    complete = ShellComplete(program, {"obj": Session(language=Language(language))}, "qms", "")
    return {item.value: item.help for item in complete.get_completions(words, "")}


def test_commands_and_values_are_completed_with_help_in_the_language():
    assert completed([], "vi")["check"] == "Kiểm tra sổ đăng ký tại một ngày"
    assert set(completed(["completion"])) == {"bash", "zsh", "fish"}
    assert set(completed(["check", "--lang"])) == {"en", "vi"}


def test_options_are_completed_with_help_in_the_language():
    from click.shell_completion import ShellComplete

    complete = ShellComplete(program, {"obj": Session(language=Language.VIETNAMESE)}, "qms", "")
    found = {item.value: item.help for item in complete.get_completions(["check"], "--")}

    assert found["--output"].startswith("Ghi kết quả vào tệp này")


def test_the_module_runs_as_the_program():
    command = [sys.executable, "-m", "qms", "--lang", "vi", "check", "--help"]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")

    assert done.stdout.startswith("Cách dùng: python -m qms check [TÙY CHỌN] [SỔ_ĐĂNG_KÝ]")


def test_the_module_ends_with_the_code_of_the_command(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["qms", "--version"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("qms", run_name="__main__")

    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("qms ")


def commands_of(group):
    """The commands of a group and those of the groups in it."""
    for name in group.homes:
        command = group.get_command(None, name)
        yield command
        if isinstance(command, Group):
            yield from commands_of(command)


def test_every_command_and_every_parameter_has_its_words_in_both_languages():
    assert isinstance(program, Group)
    for command in commands_of(program):
        assert isinstance(command, Command | Group)
        for text in (command.words, *(param.words for param in command.params)):
            assert text.en
            assert text.vi
            assert text.en != text.vi
        if isinstance(command, Group):
            continue
        assert command.get_short_help_str() == command.words.en.partition("\n")[0].rstrip(".")


def test_a_command_that_does_not_exist_is_none():
    assert program.get_command(None, "nothing") is None  # type: ignore[arg-type]


def test_the_register_of_these_tests_is_marked_as_invented():
    assert "invented" in (Path(REGISTER) / "register.toml").read_text(encoding="utf-8").casefold()
