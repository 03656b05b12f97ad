"""``qms document``: an office brings a document under control, in both languages."""

import shutil
from pathlib import Path

import pytest
from runs import run

import qms
from word_bytes import plain

FIXTURE = Path(__file__).parents[2] / "fixtures" / "ha-giang-2015"


@pytest.fixture
def register(tmp_path):
    """The register of the department, with a new procedure reviewed and ready for approval."""
    folder = tmp_path / "so"
    shutil.copytree(FIXTURE, folder)
    return folder


def document(capsys, *arguments):
    return run(capsys, "document", *arguments)


def about(register, code="QT-99"):
    return [str(register), "skhcn", code]


def test_the_acts_of_a_document_are_recorded_one_after_the_other(capsys, register):
    steps = [
        [
            "draft",
            "--on",
            "2015-11-01",
            "--by",
            "A (giả định)",
            "--title",
            "Quy trình mới",
            "--kind",
            "procedure",
            "--lang",
            "vi",
        ],
        ["review", "--on", "2015-11-02", "--by", "B (giả định)"],
        ["approve", "--on", "2015-11-03", "--by", "C (giả định)"],
        ["issue", "--on", "2015-11-04", "--effective", "5/11/2015", "--lang", "vi"],
        ["distribute", "--on", "2015-11-06", "--holder", "Phòng X", "--copies", "2"],
        ["acknowledge", "--on", "2015-11-07", "--holder", "Phòng X"],
        ["recall", "--on", "2015-11-08", "--holder", "Phòng X"],
        ["review", "--on", "2015-11-09", "--outcome", "no-change", "--note", "không"],
        ["withdraw", "--on", "2015-11-10", "--reason", "thử"],
        ["dispose", "--on", "2015-11-10", "--revision", "1"],
    ]
    told = []
    for name, *options in steps:
        code, out, err = document(capsys, name, *about(register), *options)
        assert (code, err) == (0, "")
        told.append(out)
    assert told[0] == f"Đã ghi vào {register}: skhcn, QT-99: soạn thảo, ngày 01/11/2015.\n"
    assert told[3].endswith("ban hành, ngày 04/11/2015.\n")
    assert told[7].endswith("QT-99: periodic review, no change, 2015-11-09.\n")
    made = qms.load(register).units["skhcn"].documents["QT-99"]
    assert [event.act for event in made.history] == [
        "drafted", "reviewed", "approved", "issued", "withdrawn", "disposed"
    ]  # fmt: skip
    assert (len(made.distribution), len(made.recalls), len(made.acknowledgements)) == (1, 1, 1)


def test_a_new_document_has_its_title_in_the_language_of_the_command(capsys, register):
    options = ["--title", "New policy", "--kind", "policy", "--on", "2015-11-01"]
    assert document(capsys, "draft", *about(register), *options)[0] == 0
    assert qms.load(register).units["skhcn"].documents["QT-99"].title.en == "New policy"


def test_a_refused_act_is_told_with_its_reasons_and_ends_with_2(capsys, register):
    code, out, err = document(
        capsys, "draft", *about(register, "QT-01"), "--revision", "9", "--on", "2015-12-01"
    )
    assert (code, out) == (2, "")
    assert "revision 9 does not follow revision 1" in err
    assert "The next one is 2, or 1.1" in err


def test_a_dry_run_says_that_nothing_speaks_against_it(capsys, register):
    file = register / "units" / "skhcn" / "documents" / "QT-01.toml"
    before = file.read_bytes()
    arguments = [*about(register, "QT-01"), "--on", "2015-12-01", "--dry-run"]
    assert document(capsys, "draft", *arguments)[1].startswith("Nothing speaks against it")
    assert document(capsys, "draft", *arguments, "--lang", "vi")[1].startswith(
        "Không có gì cản trở"
    )
    assert file.read_bytes() == before


def test_a_file_without_control_block_is_not_approved_unless_that_is_wanted(capsys, register):
    (register / "QT-01.docx").write_bytes(plain("Nội dung."))
    document(capsys, "draft", *about(register, "QT-01"), "--on", "2015-12-01")
    document(capsys, "review", *about(register, "QT-01"), "--on", "2015-12-02")
    approve = [*about(register, "QT-01"), "--on", "2015-12-03", "--by", "C", "--file", "QT-01.docx"]
    assert "qms document stamp" in document(capsys, "approve", *approve)[2]
    assert document(capsys, "approve", *approve, "--unstamped")[0] == 0
