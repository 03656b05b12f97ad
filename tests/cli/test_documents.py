"""``qms document``: an office brings a document under control, in both languages."""

import json
import shutil
from pathlib import Path
from unicodedata import normalize

import jsonschema
import pytest
from runs import run

import qms
from document_office import bring_into_force, office
from qms.document_files import fingerprint
from qms.report.sentences import grouped
from qms.word.verification import read_control_block
from word_bytes import plain, with_template

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


def keep_for_a_month(register):
    """Lay down in the register how long QT-99 is kept."""
    (file,) = [one for one in register.rglob("*.toml") if "Quy trình mới" in one.read_text("utf-8")]
    text = file.read_text("utf-8")
    title = next(line for line in text.splitlines() if "Quy trình mới" in line)
    file.write_text(text.replace(title, f"{title}\nretention = 1"), "utf-8")


def test_without_a_term_and_with_copies_outside_nothing_is_disposed_of(capsys, tmp_path):
    folder = office(tmp_path / "so")
    bring_into_force(folder, "QT-01", 2020)
    of = [str(folder), "so", "QT-01"]
    for name, *options in (
        ["distribute", "--on", "2020-02-01", "--holder", "Phòng A"],
        ["withdraw", "--on", "2020-03-01"],
    ):
        assert document(capsys, name, *of, *options)[0] == 0
    code, _, err = document(
        capsys, "dispose", *of, "--on", "2020-04-01", "--revision", "1", "--lang", "vi"
    )
    assert code == 2
    assert "chưa ghi nhận thời hạn lưu giữ" in " ".join(err.split())
    assert "chưa thu hồi bản phân phối của lần ban hành 1 tại: Phòng A" in " ".join(err.split())


def test_an_approved_file_in_a_register_is_not_stamped_by_its_name(capsys, tmp_path):
    folder = office(tmp_path / "so")
    file = bring_into_force(folder, "QT-01", 2020)
    bring_into_force(folder, "QT-01", 2021, "2")
    before = file.read_bytes()
    mark = [str(file), "--status", "superseded"]
    code, _, err = document(capsys, "stamp", *mark, "--on", "2021-01-31")
    assert (code, file.read_bytes()) == (2, before)
    assert "this is the approved file of QT-01, revision 1" in " ".join(err.split())
    assert document(capsys, "stamp", *mark, "--on", "2019-12-31")[0] == 2
    copy = tmp_path / "copy.docx"
    assert document(capsys, "stamp", *mark, "--on", "2021-01-31", "--output", str(copy))[0] == 0
    assert (copy.is_file(), file.read_bytes()) == (True, before)
    over = [str(copy), *mark[1:], "--on", "2021-01-31", "--output", str(file)]
    assert (document(capsys, "stamp", *over)[0], file.read_bytes()) == (2, before)
    assert document(capsys, "stamp", *mark, "--on", "2021-02-01")[0] == 0
    assert file.read_bytes() != before


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
        ["approve", "--on", "2015-11-03", "--by", "C (giả định)", "--paper"],
        ["issue", "--on", "2015-11-04", "--effective", "5/11/2015", "--lang", "vi"],
        ["distribute", "--on", "2015-11-06", "--holder", "Phòng X", "--copies", "2"],
        ["acknowledge", "--on", "2015-11-07", "--holder", "Phòng X"],
        ["recall", "--on", "2015-11-08", "--holder", "Phòng X"],
        ["review", "--on", "2015-11-09", "--outcome", "no-change", "--note", "không"],
        ["withdraw", "--on", "2015-11-10", "--reason", "thử"],
        ["dispose", "--on", "2015-12-11", "--revision", "1"],
    ]
    told = []
    for name, *options in steps:
        if name == "dispose":
            keep_for_a_month(register)
        code, out, err = document(capsys, name, *about(register), *options)
        assert (code, err) == (0, "")
        told.append(out)
    assert told[0] == (
        f"Đã ghi vào {register}: skhcn, QT-99, lần ban hành 1: soạn thảo, ngày 01/11/2015; "
        "tài liệu mới, loại: quy trình.\n"
    )
    assert told[2].endswith(
        "QT-99, revision 1: approved, 2015-11-03; no file was named: only paper is approved.\n"
    )
    assert told[3].endswith("ban hành, ngày 04/11/2015; có hiệu lực từ ngày 05/11/2015.\n")
    assert told[4].endswith("revision 1: distributed, 2015-11-06; copies to Phòng X: 2.\n")
    assert told[7].endswith("QT-99: periodic review, no change, 2015-11-09.\n")
    made = qms.load(register).units["skhcn"].documents["QT-99"]
    assert [event.act for event in made.history] == [
        "drafted", "reviewed", "approved", "issued", "withdrawn", "disposed"
    ]  # fmt: skip
    assert (len(made.distribution), len(made.recalls), len(made.acknowledgements)) == (1, 1, 1)


def test_a_new_document_has_its_title_in_the_language_of_the_command(capsys, register):
    options = ["--title", "New policy", "--kind", "policy", "--on", "2015-11-01"]
    owned = [*about(register), *options, "--owner", "Office"]
    assert document(capsys, "draft", *owned)[0] == 0
    made = qms.load(register).units["skhcn"].documents["QT-99"]
    assert (made.title.en, made.owner) == ("New policy", "Office")


def test_the_owner_of_a_document_that_is_there_is_not_changed_by_a_draft(capsys, register):
    code, _, err = document(capsys, "draft", *about(register, "QT-01"), "--owner", "X (giả định)")
    assert (code, "the unit has this document already" in err) == (2, True)


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
    told = document(capsys, "approve", *approve, "--unstamped", "--lang", "vi")[1]
    sha256, size = fingerprint(register / "QT-01.docx")
    assert f"; tệp QT-01.docx, {grouped(size).vi} byte, SHA-256" in told
    assert told.endswith(f" byte, SHA-256 {sha256}.\n")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (normalize("NFD", "QT-01 Quy trình.docx"), plain("Nội dung.")),
        ("QT-01.docx", b"no Word file"),
    ],
)
def test_a_file_approved_as_it_is_ends_well_whatever_its_name_or_bytes(
    capsys, register, name, data
):
    """A name in decomposed letters, as some systems write it; a file that cannot be opened."""
    (register / "files" / name).write_bytes(data)
    document(capsys, "draft", *about(register, "QT-01"), "--on", "2015-12-01")
    document(capsys, "review", *about(register, "QT-01"), "--on", "2015-12-02")
    approve = [*about(register, "QT-01"), "--on", "2015-12-03", "--by", "C", "--unstamped"]
    code, out, err = document(capsys, "approve", *approve, "--file", f"files/{name}")
    assert (code, err) == (0, "")
    assert f"; file files/{normalize('NFC', name)}, " in out


def test_the_file_that_is_approved_is_found_where_only_one_can_be_meant(capsys, register):
    about_it = [*about(register, "QT-01")]
    document(capsys, "draft", *about_it, "--on", "2015-12-01", "--by", "A")
    document(capsys, "review", *about_it, "--on", "2015-12-02", "--by", "B")
    approve = ["approve", *about_it, "--on", "2015-12-03", "--by", "C"]
    code, _, err = document(capsys, *approve)
    assert (code, "no Word file of revision 2 was found" in err) == (2, True)
    assert "--paper" in err
    (register / "files" / "QT-01_2.docx").write_bytes(plain("Nội dung mới."))
    document(capsys, "stamp", *about_it, "--effective", "2016-01-01")
    assert "only paper" in document(capsys, *approve, "--paper", "--unstamped")[2]
    code, out, _ = document(capsys, *approve)
    assert (code, "; file files/QT-01_2.docx, " in out) == (0, True)


def test_what_is_not_done_yet_is_not_recorded(capsys, register):
    code, _, err = document(capsys, "withdraw", *about(register, "QT-01"), "--on", "2999-01-01")
    assert (code, "--on lies ahead" in err) == (2, True)
    options = ["--outcome", "no-change", "--revision", "1"]
    code, _, err = document(capsys, "review", *about(register, "QT-01"), *options)
    assert (code, "leave --revision out" in err) == (2, True)


# --- files -----------------------------------------------------------------------------------


@pytest.fixture
def office_folder(tmp_path):
    folder = office(tmp_path / "so")
    bring_into_force(folder, "QT-01", 2020)
    return folder


def test_the_files_of_an_office_in_order_are_verified_in_both_languages(capsys, office_folder):
    code, out, _ = document(capsys, "verify", office_folder, "--on", "2020-06-01")
    assert code == 0
    assert out == (
        "Documents in force on 2020-06-01: 1; files looked at: 1\n"
        "Every file is the approved one, and the register knows every file.\n"
    )
    _, out, _ = document(capsys, "verify", office_folder, "--on", "1/6/2020", "--lang", "vi")
    assert out.startswith("Tài liệu có hiệu lực ngày 01/06/2020: 1; số tệp đã xem: 1\n")
    _, out, _ = document(capsys, "verify", office_folder, "--on", "2020-01-20")
    assert out.splitlines()[:2] == [
        "Documents in force on 2020-01-20: 0; files looked at: 1",
        "Issued, in force later: 1",
    ]


def test_what_is_wrong_with_files_is_told_as_text_and_as_json(capsys, office_folder, tmp_path):
    file = office_folder / "files" / "QT-01_1.docx"
    file.write_bytes(file.read_bytes() + b"x")
    code, out, _ = document(capsys, "verify", office_folder, "--on", "2020-06-01")
    assert code == 1
    assert "files/QT-01_1.docx · so · QT-01, revision 1 [changed]" in out
    asked = ["--on", "2020-06-01", "--format", "json", "--unit", "so", "--lang", "vi"]
    target = tmp_path / "files.json"
    code, out, _ = document(capsys, "verify", office_folder, *asked, "--output", target)
    assert (code, out) == (1, "")
    data = json.loads(target.read_text("utf-8"))
    assert data["format"] == "qms-files/1"
    jsonschema.validate(data, json.loads(run(capsys, "schema", "files")[1]))
    (problem, *_) = data["problems"]
    assert (problem["code"], problem["document"]) == ("changed", "QT-01")
    assert problem["message"].startswith("tệp không còn nguyên vẹn")


def test_documents_without_a_file_are_told_once(capsys, register):
    for file in (register / "units" / "skhcn" / "documents").iterdir():
        lines = file.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith("file = ")]
        file.write_text("".join(kept), "utf-8")
    code, out, _ = document(capsys, "verify", register, "--on", "2015-12-31")
    assert code == 1
    assert out.count("[no-file-recorded]") == 1
    assert "skhcn QT-01" in out


def test_a_file_is_stamped_marked_and_unmarked(capsys, tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(plain("Nội dung."))
    assert "give --code, --title, --revision" in document(capsys, "stamp", file)[2]
    whole = ["--code", "QT-01", "--title", "Quy trình", "--revision", "1", "--lang", "vi"]
    _, out, _ = document(capsys, "stamp", file, *whole)
    assert out.endswith("QT-01, lần ban hành 1, dự thảo.\n")
    document(capsys, "stamp", file, "--effective", "2020-02-01", "--status", "in-force")
    before = file.read_bytes()
    assert document(capsys, "stamp", file, "--status", "superseded")[0] == 0
    _, out, _ = document(capsys, "verify", file, "--lang", "vi")
    assert "Tình trạng: hết hiệu lực, đã được thay thế" in out
    assert document(capsys, "stamp", file, "--status", "in-force", "--output", file)[0] == 0
    assert file.read_bytes() == before
    code, out, _ = document(capsys, "verify", file, "--format", "json")
    assert (code, json.loads(out)["effective"]) == (0, "2020-02-01")
    _, _, err = document(capsys, "stamp", file, "--title", "dài " * 200)
    assert "the header cannot show this" in err


def test_a_block_changes_its_language_where_that_is_asked_for(capsys, tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(plain("Nội dung."))
    whole = ["--code", "QT-01", "--title", "Quy trình", "--revision", "1"]
    code, _, err = document(capsys, "stamp", file, *whole, "--status", "in-force")
    assert (code, "give --effective" in err) == (2, True)
    document(capsys, "stamp", file, *whole, "--effective", "2020-02-01")
    document(capsys, "stamp", file, "--status", "withdrawn", "--language", "vi", "--lang", "en")
    (shown,) = [read_control_block(file).block]
    assert (shown.language, shown.status) == ("vi", "withdrawn")
    document(capsys, "stamp", file, "--status", "in-force", "--language", "en")
    assert read_control_block(file).block.language == "en"
    document(capsys, "stamp", file, "--title", "Another", "--language", "vi")
    assert read_control_block(file).block.language == "vi"


def test_cautions_are_shown_in_both_languages(capsys, tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(with_template("file:///C:/Mau/cong-van.dotx"))
    whole = ["--code", "QT-01", "--title", "Quy trình", "--revision", "1"]
    _, out, _ = document(capsys, "stamp", file, *whole)
    assert "Caution: a template outside the file is attached (file:///C:/Mau/cong-van.dotx)" in out
    _, out, _ = document(capsys, "verify", file, "--lang", "vi")
    assert "Lưu ý: có mẫu (template) nằm ngoài tệp" in out
    (caution,) = json.loads(document(capsys, "verify", file, "--format", "json")[1])["cautions"]
    assert caution["code"] == "external-template"


def test_a_file_with_nothing_or_with_wrong_pages_is_told(capsys, tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(plain("Nội dung."))
    code, out, _ = document(capsys, "verify", file)
    assert code == 1
    assert "There is no whole control block" in out
    assert "[no-block]" in out
    assert json.loads(document(capsys, "verify", file, "--format", "json")[1])["code"] is None


@pytest.mark.parametrize("command", ["stamp", "verify"])
def test_a_file_that_is_not_safe_is_refused_with_the_reason(capsys, tmp_path, command):
    file = tmp_path / "a.docx"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    code, _, err = document(capsys, command, file)
    assert code == 2
    assert str(file) in err


def test_the_file_of_a_revision_is_stamped_as_the_register_says(capsys, office_folder):
    about_it = [office_folder, "so", "QT-01"]
    _, out, _ = document(capsys, "stamp", *about_it, "--on", "2020-06-01")
    assert "carries its control block already: QT-01, revision 1, in force" in out
    document(capsys, "withdraw", *about_it, "--on", "2020-06-02")
    _, out, _ = document(capsys, "stamp", *about_it, "--on", "2020-06-02")
    assert "obsolete, withdrawn" in out
    assert "The approved file is kept as" in out
    assert "the register says this" in document(capsys, "stamp", *about_it, "--title", "x")[2]
    assert "Name the unit and the code" in document(capsys, "stamp", office_folder)[2]


def test_the_evidence_of_a_day_is_packed_or_everything_that_is_missing_is_named(
    capsys, office_folder, tmp_path
):
    target = tmp_path / "evidence.zip"
    asked = [office_folder, "--on", "2020-06-01", "--output", target, "--unit", "so"]
    _, out, _ = run(capsys, "pack", *asked)
    assert out == f"Wrote {target}: documents and records in force on 2020-06-01: 1.\n"
    before = target.read_bytes()
    (office_folder / "files" / "QT-01_1.docx").unlink()
    code, _, err = run(capsys, "pack", *asked, "--lang", "vi")
    assert code == 2
    assert "không có tệp đã phê duyệt của lần ban hành 1" in err
    assert target.read_bytes() == before


def test_a_file_of_no_record_has_no_document_to_name(capsys, office_folder):
    (office_folder / "files" / "la.pdf").write_bytes(b"%PDF")
    _, out, _ = document(capsys, "verify", office_folder, "--on", "2020-06-01")
    assert "\nfiles/la.pdf [no-record]\n" in out


def test_what_is_no_revision_and_what_is_not_there_is_told_without_more_ado(capsys, office_folder):
    about_it = [office_folder, "so", "QT-01"]
    _, _, err = document(capsys, "draft", *about_it, "--revision", "abc", "--lang", "vi")
    assert "abc không phải là số lần ban hành" in err
    code, _, err = document(capsys, "stamp", *about_it, "--revision", "7")
    assert (code, "no revision 7" in err) == (2, True)
    code, _, err = document(capsys, "stamp", office_folder / "khong-co.docx", "--status", "draft")
    assert (code, "there is no such file" in err) == (2, True)


def test_without_an_act_the_acts_are_listed(capsys):
    code, out, err = document(capsys)
    assert (code, err) == (2, "")
    assert "distribute" in out
    assert "Các lệnh" in document(capsys, "--lang", "vi")[1]


def test_a_register_without_documents_never_looks_verified(capsys, tmp_path):
    (tmp_path / "register.toml").write_text(
        'format = "qms-register/1"\n[organisation]\nname.en = "Invented"\n'
        '[units.a]\nname.en = "A (invented)"\n',
        "utf-8",
    )
    code, out, _ = document(capsys, "verify", str(tmp_path), "--lang", "en")
    assert code == 0
    assert out.endswith("there was nothing to verify.\n")


@pytest.mark.parametrize("more", [[], ["--paper"], ["--file", "files/QT-01_1.docx"], ["--dry-run"]])
def test_of_a_workbook_it_is_said_that_nothing_is_appended(capsys, register, tmp_path, more):
    book = tmp_path / "so.xlsx"
    qms.convert(register, book)
    about_it = [book, "skhcn", "QT-01", "--by", "X (giả định)"]
    code, out, err = document(capsys, "approve", *about_it, *more)
    assert (code, out) == (2, "")
    assert "facts are not appended to an Excel workbook" in err


def test_an_approval_before_the_draft_names_the_day_of_the_draft(capsys, register):
    new = ["--title", "Quy trình mới", "--kind", "procedure", "--on", "2015-11-02"]
    assert document(capsys, "draft", *about(register), *new)[0] == 0
    early = [*about(register), "--by", "X (giả định)", "--on", "2015-11-01", "--lang", "vi"]
    code, _, err = document(capsys, "approve", *early)
    assert (code, "02/11/2015" in err) == (2, True)
