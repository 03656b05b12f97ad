"""The name of a result says what is in it."""

import pytest
from runs import DAY, REGISTER, run


@pytest.mark.parametrize(
    ("name", "start"), [("d.XLSX", b"PK"), ("d.Csv", b"\xef\xbb\xbf"), ("d.txt", None)]
)
def test_a_list_follows_the_name_of_its_file_in_capitals_too(capsys, tmp_path, name, start):
    asked = ("list", REGISTER, "documents", "--on", DAY)
    shown = run(capsys, *asked)[1]

    assert run(capsys, *asked, "-o", tmp_path / name)[0] == 0
    content = (tmp_path / name).read_bytes()
    assert content.startswith(shown.encode() if start is None else start)


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (("list", REGISTER, "documents"), "f.ods"),
        (("list", REGISTER, "documents"), "f.docx"),
        (("list", REGISTER, "documents"), "f.PDF"),
        (("list", REGISTER, "documents", "--format", "csv"), "f.xlsx"),
        (("list", REGISTER, "documents", "--format", "xlsx"), "f.csv"),
        (("coverage", REGISTER, "skhcn"), "c.xlsx"),
        (("figures", REGISTER), "c.csv"),
        (("calendar", REGISTER), "c.ics"),
        (("status", REGISTER, "--format", "text"), "s.json"),
        (("check", REGISTER, "--format", "json"), "s.sarif"),
        (("check", REGISTER, "--format", "sarif"), "s.xml"),
    ],
)
def test_another_form_than_the_ending_says_is_refused(capsys, tmp_path, command, name):
    code, out, err = run(capsys, *command, "-o", tmp_path / name)

    assert (code, out, list(tmp_path.iterdir())) == (2, "", [])
    assert "would hold" in err
    assert "sẽ chứa nội dung dạng" in run(capsys, *command, "-o", name, "--lang", "vi")[2]


@pytest.mark.parametrize(
    ("form", "name"),
    [("json", "r.json"), ("sarif", "r.json"), ("sarif", "r.sarif"), ("junit", "r.xml"),
     ("markdown", "r.md"), ("text", "r.md"), ("text", "r"), ("json", "r.2017")],
)  # fmt: skip
def test_a_form_that_goes_with_the_ending_is_written(capsys, tmp_path, form, name):
    output = tmp_path / name
    assert run(capsys, "check", REGISTER, "--on", DAY, "--format", form, "-o", output)[0] < 2
    assert output.stat().st_size
