"""A result is written over nothing that is read, and over nothing that the register keeps."""

import shutil
from datetime import date

import pytest
from runs import run

from document_office import bring_into_force, office
from qms import seals, store

AUDITS = """
[audits.2020-1]
type = "internal"
planned = 2020-06-01
papers = [{ name = "files/phieu.docx" }]

[reviews.2020]
held = 2020-07-01
minutes = { name = "files/bien-ban.docx" }
"""
ON = ("--on", "2020-12-31")
APPROVED, PAPER, MINUTES = "QT-01_1.docx", "phieu.docx", "bien-ban.docx"
#: Every command that writes into --output, with REGISTER for the register.
COMMANDS = [
    ("list", "REGISTER", "documents", *ON),
    ("check", "REGISTER", *ON),
    ("check", "REGISTER", *ON, "--format", "json"),
    ("status", "REGISTER", *ON),
    ("calendar", "REGISTER", *ON),
    ("timeline", "REGISTER", "so", *ON),
    ("figures", "REGISTER", *ON),
    ("coverage", "REGISTER", "so", *ON),
    ("objective", "status", "REGISTER", *ON),
    ("document", "verify", "REGISTER", *ON),
    ("verify", "REGISTER"),
    ("pack", "REGISTER", *ON),
    ("checklist", "REGISTER", "so", "--type", "internal", *ON),
    ("paper", "REGISTER", "so", "--audit", "2020-1", *ON),
    ("findings", "EMPTY", "--into", "REGISTER", "--audit", "2020-1"),
    ("document", "stamp", "REGISTER", "so", "QT-02"),
]
#: Those that name no register: the one around the file is meant.
OF_A_FILE = [
    ("document", "stamp", "EMPTY", "--code", "QT-09", "--title", "A", "--revision", "1"),
    ("document", "verify", "EMPTY"),
    ("list", "OTHER", "documents", *ON),
]
FORMS = ["", ".json", ".ndjson", ".xlsx"]


def _register(folder, form=""):
    """A sealed register with an approved file, a paper and minutes."""
    office(folder)
    with (folder / "units" / "so.toml").open("a", encoding="utf-8") as sheet:
        sheet.write(AUDITS)
    bring_into_force(folder, "QT-01", 2020)
    for name in (PAPER, MINUTES):
        (folder / "files" / name).write_bytes(name.encode())
    register = folder
    if form:
        register = folder.parent / f"so{form}"
        store.convert(folder, register)
        shutil.move(folder / "files", folder.parent / "files")
        shutil.rmtree(folder)
    seals.seal(register, on=date(2020, 12, 31))
    return register


@pytest.fixture(scope="module", params=FORMS)
def register(request, tmp_path_factory):
    return _register(tmp_path_factory.mktemp("kept") / "so", request.param)


def _content(register):
    folder = register if register.is_dir() else register.parent
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _typed(command, register, output):
    empty = register.parent / "mau" / "empty.docx"
    words = {"REGISTER": register, "EMPTY": empty}
    return [*(words.get(word, word) for word in command), "--output", output]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: "-".join(words[:2]))
def test_no_command_writes_over_what_the_register_keeps(capsys, register, command):
    files = (register if register.is_dir() else register.parent) / "files"
    kept = seals.seal_folder(register)
    before = _content(register)

    for output in (
        files / APPROVED,
        files / PAPER,
        files / MINUTES,
        kept / "chain.ndjson",
        kept / "new.docx",
    ):
        code, out, err = run(capsys, *_typed(command, register, output))
        assert (code, out) == (2, "")
        assert "is not written over" in err
    assert _content(register) == before


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return _register(tmp_path_factory.mktemp("kept") / "so")


@pytest.mark.parametrize("command", OF_A_FILE, ids=lambda words: "-".join(words[:2]))
def test_the_register_around_a_file_need_not_be_named(capsys, folder, command):
    before = _content(folder)
    typed = _typed(command, folder, folder / "files" / APPROVED)

    code, _, err = run(capsys, *typed, "--lang", "vi")
    assert (code, "hông ghi đè" in err) == (2, True)
    assert _content(folder) == before


def test_a_copy_of_an_approved_file_under_another_name_is_kept_too(capsys, folder):
    copy = folder / "files" / "ban-sao.docx"
    shutil.copy(folder / "files" / APPROVED, copy)

    assert run(capsys, "paper", folder, "so", "--audit", "2020-1", "-o", copy)[0] == 2
    assert copy.read_bytes() == (folder / "files" / APPROVED).read_bytes()


def test_checklists_of_several_units_spare_what_the_register_keeps(capsys, tmp_path):
    folder = _register(tmp_path / "so")
    papers = folder / "units" / "so.toml"
    papers.write_text(
        papers.read_text("utf-8").replace("files/phieu.docx", "giay/so.docx"), "utf-8"
    )
    paper = folder / "giay" / "so.docx"
    paper.parent.mkdir()
    paper.write_bytes(b"paper")

    typed = ("checklist", folder, "--type", "internal", "--edition", "2015", *ON)
    code, _, err = run(capsys, *typed, "-o", paper.parent)
    assert (code, str(paper) in err, paper.read_bytes()) == (2, True, b"paper")


def test_a_word_file_is_not_replaced_by_what_is_said_of_it(capsys, folder, tmp_path):
    file = tmp_path / "tep.docx"
    shutil.copy(folder / "files" / APPROVED, file)

    assert run(capsys, "document", "verify", file, "-o", file)[0] == 2
    assert run(capsys, "document", "verify", folder, "-o", folder / "register.toml")[0] == 2
    assert file.read_bytes() == (folder / "files" / APPROVED).read_bytes()


def test_reconciling_spares_the_files_it_reads(capsys, folder, tmp_path):
    file = folder / "files" / "ghi-chep.md"
    file.write_text("Ghi chép", "utf-8")
    words = ("document", "reconcile", tmp_path / "danh-muc.xlsx", file.parent, "-o")

    code, _, err = run(capsys, *words, file)
    assert (code, "belongs to what is read here" in err) == (2, True)
    assert run(capsys, *words, file.parent / MINUTES)[0] == 2
    assert "danh-muc.xlsx" in run(capsys, *words, file.parent / "moi.txt")[2]
    file.unlink()


def test_what_is_not_kept_is_written_over_again(capsys, register):
    report = register.parent / "status.txt"
    report.write_text("old", "utf-8")
    beside = (register if register.is_dir() else register.parent) / "files" / "status.txt"

    for output in (report, beside, beside):
        assert run(capsys, "status", register, *ON, "-o", output)[0] == 0
        assert output.read_text("utf-8").startswith("Invented province · 2020-12-31")


def test_converting_spares_what_the_register_keeps(capsys, folder):
    sheet = folder / "files" / "bieu-mau.xlsx"
    shutil.copy(folder / "files" / APPROVED, sheet)

    assert run(capsys, "convert", folder, sheet, "--overwrite")[0] == 2
    assert sheet.read_bytes() == (folder / "files" / APPROVED).read_bytes()


def test_stamping_into_the_same_file_is_what_it_is_for(capsys, folder, tmp_path):
    file = tmp_path / "tep.docx"
    shutil.copy(folder / "files" / APPROVED, file)

    assert run(capsys, "document", "stamp", file, "--revision", "2", "--output", file)[0] == 0
    assert file.read_bytes() != (folder / "files" / APPROVED).read_bytes()
