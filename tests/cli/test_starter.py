"""The starter: what `qms new` makes says what to fill in, and is right once it is filled in."""

import pytest
from runs import run

ON = "2026-06-01"


@pytest.fixture(params=["en", "vi"])
def language(request):
    return request.param


def filled(folder, table):
    """Take away the marks before the lines of one example of the unit."""
    (sheet,) = (folder / "units").glob("*.toml")
    lines, begun = [], False
    for line in sheet.read_text("utf-8").splitlines():
        begun = (begun or line.startswith(f"# [{table}")) and line.startswith("#")
        lines.append(line[2:] if begun else line)
    sheet.write_text("\n".join(lines), "utf-8")


def test_it_says_which_files_to_fill_in_and_how_to_go_on(capsys, tmp_path, language):
    folder = tmp_path / "sổ mới"
    code, out, _ = run(capsys, "new", folder, "--lang", language)
    files = [file.relative_to(folder).as_posix() for file in folder.rglob("*.toml")]

    assert code == 0
    assert len(files) == 2
    assert all(f"\n  {file} " in out for file in files)
    assert out.endswith(f"  qms check '{folder}'\n")


def test_nothing_filled_in_is_not_current(capsys, tmp_path, language):
    run(capsys, "new", tmp_path / "r", "--lang", language)

    assert run(capsys, "check", tmp_path / "r", "--on", ON)[0] == 1


@pytest.mark.parametrize("example", ["certificates", "announcements"])
def test_an_example_that_is_filled_in_checks_clean(capsys, tmp_path, language, example):
    run(capsys, "new", tmp_path / "r", "--lang", language)
    filled(tmp_path / "r", example)

    code, out, err = run(capsys, "check", tmp_path / "r", "--on", ON, "--lang", language)

    assert (code, err) == (0, "")
    assert {"en": "1 of 1 unit is current.", "vi": "1/1 đơn vị còn hiệu lực."}[language] in out
    assert {"en": "0 errors, 0 warnings", "vi": "0 lỗi, 0 cảnh báo"}[language] in out


def test_the_example_of_an_audit_is_understood(capsys, tmp_path, language):
    run(capsys, "new", tmp_path / "r", "--lang", language)
    filled(tmp_path / "r", "audits")

    assert run(capsys, "check", tmp_path / "r", "--on", ON)[0] == 1
