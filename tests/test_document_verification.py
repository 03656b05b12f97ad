"""The files of documents against the register: whatever is wrong is found and named."""

from datetime import date
from unicodedata import normalize

import pytest

import qms
from document_office import bring_into_force, office
from qms import document_control as control
from qms.document_stamping import stamp_revision
from qms.document_verification import verify_documents
from qms.file_problems import is_archive
from qms.problems import RegisterError
from qms.terms import DocumentKind
from qms.text import Language, Name
from qms.word.stamp import mark_obsolete, unmark
from qms.word.verification import read_control_block
from word_bytes import plain

D = date
DAY = D(2020, 6, 1)


@pytest.fixture
def folder(tmp_path):
    """Two procedures in force, each with its stamped and approved file."""
    folder = office(tmp_path / "so")
    bring_into_force(folder, "QT-01", 2020)
    bring_into_force(folder, "QT-02", 2020, words="Nội dung khác.")
    return folder


def found(folder, on=DAY, **facts):
    problems = verify_documents(folder, on=on, **facts).problems
    for one in problems:
        for language in Language:
            assert "{" not in one.message.in_(language)
    return [(one.about or one.kind.value, one.code, one.file) for one in problems]


def test_an_office_in_order_raises_no_alarm(folder):
    verified = verify_documents(folder, on=DAY)
    assert verified.problems == ()
    assert (verified.documents, verified.files) == (2, 2)
    assert found(folder, on=D(2020, 1, 15)) == []
    assert found(folder, on=D(2019, 1, 1)) == []


@pytest.mark.parametrize("name", ["Thumbs.db", "desktop.ini", ".DS_Store", "~$QT-01.docx", "a.tmp"])
def test_what_computers_leave_in_folders_raises_no_alarm(folder, name):
    (folder / "files" / name).write_bytes(b"x")
    assert found(folder) == []
    (folder / "files" / "thumbs.docx").write_bytes(b"x")
    assert [file for _, _, file in found(folder)] == ["files/thumbs.docx"]


def test_a_changed_byte_is_found(folder):
    file = folder / "files" / "QT-01_1.docx"
    data = bytearray(file.read_bytes())
    data[10] ^= 1  # the time of a member, which no reader of the text would notice
    file.write_bytes(bytes(data))
    assert ("changed", "QT-01", "files/QT-01_1.docx") in found(folder)
    file.write_bytes(bytes(data) + b"\0")
    (message,) = [
        one.message.vi for one in verify_documents(folder, on=DAY).problems if one.kind == "changed"
    ]
    assert "byte, đúng ra là" in message


def test_swapped_files_are_found_with_the_name_of_what_stands_there(folder):
    one, two = folder / "files" / "QT-01_1.docx", folder / "files" / "QT-02_1.docx"
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    problems = verify_documents(folder, on=DAY).problems
    assert [one.kind for one in problems] == ["swapped", "swapped"]
    assert "so, QT-02, revision 1" in problems[0].message.en


def test_where_documents_are_kept_a_file_of_any_kind_is_looked_at(folder):
    file = folder / "files" / "QT-01_1.docx"
    (folder / "files" / "ảnh chụp.jpg").write_bytes(b"invented")
    (folder / "hình.jpg").write_bytes(b"invented")
    (folder / "files" / "ghi chú.md").write_bytes(b"invented")
    file.rename(folder / "files" / "khong-duoi")
    problems = verify_documents(folder, on=DAY).problems
    assert [(one.kind, one.file) for one in problems] == [
        ("missing", "files/QT-01_1.docx"),
        ("no-record", "files/ảnh chụp.jpg"),
    ]
    assert "files/khong-duoi" in problems[0].message.en


def test_a_missing_file_is_found_and_where_its_bytes_went(folder):
    file = folder / "files" / "QT-01_1.docx"
    file.rename(folder / "files" / "khac.docx")
    (problem,) = verify_documents(folder, on=DAY).problems
    assert (problem.kind, problem.file) == ("missing", "files/QT-01_1.docx")
    assert "files/khac.docx" in problem.message.en
    (folder / "files" / "khac.docx").unlink()
    assert found(folder) == [("missing", "QT-01", "files/QT-01_1.docx")]


def test_a_stale_header_of_an_approved_file_is_found(folder):
    text = (folder / "units" / "so.toml").read_text("utf-8")
    changed = text.replace('title.vi = "Quy trình giả định"', 'title.vi = "Tên mới"')
    (folder / "units" / "so.toml").write_text(changed, "utf-8")
    assert ("stale-title", "QT-01", "files/QT-01_1.docx") in found(folder)
    longer = text.replace("Quy trình giả định", "dài " * 200)
    (folder / "units" / "so.toml").write_text(longer, "utf-8")
    assert [code for code, _, _ in found(folder)] == ["header"]


def test_a_file_of_no_record_is_found(folder):
    (folder / "files" / "la.docx").write_bytes(plain("Không ai biết."))
    (folder / "files" / "la.pdf").write_bytes(b"%PDF")
    (folder / "files" / ".an.docx").write_bytes(b"hidden")
    (folder / "files" / "~$QT-01.docx").write_bytes(b"lock")
    approved = (folder / "files" / "QT-01_1.docx").read_bytes()
    (folder / "copy").mkdir()
    (folder / "copy" / "ban-sao.docx").write_bytes(approved)
    (folder / "files" / "sua.docx").write_bytes(unmark(mark_obsolete(plain("x"))))
    assert found(folder) == [
        ("no-record", "", "files/la.docx"),
        ("no-record", "", "files/la.pdf"),
        ("no-record", "", "files/sua.docx"),
    ]


def test_an_unapproved_file_that_claims_to_be_a_document_is_of_no_record(folder):
    from qms.word.control_block import ControlBlock
    from qms.word.stamp import stamp

    def claiming(code, revision):
        block = ControlBlock(code=code, title="Giả mạo", revision=revision)
        return stamp(plain("Nội dung giả mạo."), block)

    (folder / "files" / "a.docx").write_bytes(claiming("QT-01", "01"))
    (folder / "files" / "b.docx").write_bytes(claiming("QT-77", "1"))
    (folder / "files" / "c.docx").write_bytes(claiming("QT-01", "bản mới"))
    problems = verify_documents(folder, on=DAY).problems
    assert [(one.kind, one.code) for one in problems] == [
        ("no-record", "QT-01"),
        ("no-record", ""),
        ("no-record", ""),
    ]
    assert "although its header says “QT-77”, revision 1" in problems[1].message.en


def test_an_obsolete_file_is_marked_or_archived_where_current_ones_are_used(folder):
    bring_into_force(folder, "QT-01", 2021, "2")
    later = D(2021, 3, 1)
    old = ("unmarked-obsolete", "QT-01", "files/QT-01_1.docx")
    assert found(folder, on=D(2021, 1, 31)) == []
    assert found(folder, on=later) == [old]

    stamped = stamp_revision(folder, "so", "QT-01", on=later, revision="1")
    assert stamped.archived == folder / "archive" / "files" / "QT-01_1.docx"
    assert read_control_block(stamped.path).block.status == "superseded"
    assert found(folder, on=later) == []

    stamped.path.write_bytes(unmark(stamped.path))
    assert found(folder, on=later) == [old]
    again = plain("Sửa tay.")
    stamped.path.write_bytes(again)
    assert found(folder, on=later) == [("no-record", "", "files/QT-01_1.docx")]


def test_a_changed_copy_of_an_ended_revision_must_be_marked_too(folder):
    bring_into_force(folder, "QT-01", 2021, "2")
    later = D(2021, 3, 1)
    file = folder / "files" / "QT-01_1.docx"
    marked = mark_obsolete(file)
    file.unlink()
    from qms.word.control_block import ControlBlock
    from qms.word.stamp import stamp

    title = "Quy trình giả định"
    block = ControlBlock(code="QT-01", title=title, revision="1", effective=D(2020, 2, 1))
    (folder / "files" / "cu.docx").write_bytes(stamp(plain("Bản cũ đã sửa."), block))
    assert found(folder, on=later) == [("unmarked-obsolete", "QT-01", "files/cu.docx")]
    (folder / "files" / "cu.docx").write_bytes(marked)
    assert found(folder, on=later) == []
    (folder / "archive").mkdir()
    (folder / "archive" / "cu.docx").write_bytes(stamp(plain("Bản cũ đã sửa."), block))
    assert found(folder, on=later) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("archive", True),
        ("Lưu trữ", True),
        ("het-hieu-luc", True),
        ("Obsolete", True),
        ("files", False),
    ],
)
def test_archives_are_known_by_their_names(tmp_path, name, kept):
    assert is_archive(tmp_path / name) is kept


def test_a_draft_in_work_is_no_stranger(folder):
    control.draft(folder, "so", "QT-01", on=D(2020, 3, 1), by="A")
    (folder / "files" / "QT-01_2.docx").write_bytes(plain("Bản mới."))
    stamp_revision(folder, "so", "QT-01", on=D(2020, 3, 1))
    assert read_control_block(folder / "files" / "QT-01_2.docx").block.status == "draft"
    assert found(folder) == []


def test_hostile_and_foreign_files_are_named_with_the_reason(folder):
    (folder / "files" / "QT-01_1.docx").write_bytes(b"PK\x03\x04 broken")
    (folder / "files" / "la.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert [code for code, _, _ in found(folder)] == ["changed", "unreadable", "unreadable"]


def test_what_was_approved_without_file_or_sum_or_outside_is_named(folder):
    text = (folder / "units" / "so.toml").read_text("utf-8")
    file = folder / "units" / "so.toml"

    def recorded_as(words):
        start = text.index("file = {")
        line = text[start : text.index("\n", start) + 1]
        file.write_text(text.replace(line, words, 1), "utf-8")
        return [code for code, _, _ in found(folder, only=["so"])]

    assert recorded_as("") == ["no-file-recorded"]
    assert recorded_as('file = { name = "files/QT-01_1.docx" }\n') == ["no-fingerprint"]
    for name in ("../QT-01.docx", "/etc/passwd", "C:\\\\x.docx"):
        assert recorded_as(f'file = {{ name = "{name}" }}\n') == ["outside"]


def test_files_beside_a_register_of_one_file_are_looked_at_where_they_stand(folder, tmp_path):
    target = folder / "so.json"
    qms.convert(folder, target)
    (tmp_path / "so" / "la.docx").write_bytes(plain("nơi khác"))
    (folder / "files" / "la.pdf").write_bytes(b"%PDF")
    assert found(target) == [("no-record", "", "files/la.pdf")]
    (folder / "files" / "la.pdf").unlink()
    (folder / "files" / "QT-01_1.docx").unlink()
    (folder / "files" / "QT-02_1.docx").unlink()
    (folder / "files").rmdir()
    assert [code for code, _, _ in found(target)] == ["missing", "missing"]


def test_links_that_lead_outside_are_not_followed_but_told(folder, tmp_path):
    outside = tmp_path / "ngoai.docx"
    outside.write_bytes(b"not to be read as Word")
    (folder / "files" / "lien-ket.docx").symlink_to(outside)
    (folder / "files" / "trong.docx").symlink_to(folder / "files" / "QT-01_1.docx")
    assert found(folder) == [("no-record", "", "files/lien-ket.docx")]


def test_papers_of_audits_and_minutes_are_known(folder):
    more = """
[audits."1"]
type = "internal"
held = 2020-03-01
papers = [{ name = "files/phieu.docx" }]
[reviews."1"]
held = 2020-04-01
minutes = { name = "files/bien-ban.docx" }
"""
    file = folder / "units" / "so.toml"
    file.write_text(file.read_text("utf-8") + more, "utf-8")
    for name in ("phieu", "bien-ban"):
        (folder / "files" / f"{name}.docx").write_bytes(plain(name))
    assert found(folder) == []


# --- stamping --------------------------------------------------------------------------------


def refused(folder, *arguments, **facts):
    with pytest.raises(RegisterError) as error:
        stamp_revision(folder, *arguments, **{"on": DAY} | facts)
    return [problem.what.en for problem in error.value.problems]


def test_an_approved_file_is_left_as_it_is(folder):
    file = folder / "files" / "QT-01_1.docx"
    before = file.read_bytes()
    assert not stamp_revision(folder, "so", "QT-01", on=DAY).changed
    assert file.read_bytes() == before
    file.write_bytes(plain("Khác."))
    assert "not byte for byte the approved one" in refused(folder, "so", "QT-01")[0]


def test_an_approved_file_with_a_stale_header_is_not_mended_but_refused(folder):
    file = folder / "units" / "so.toml"
    text = file.read_text("utf-8").replace('"Quy trình giả định"', '"Tên mới"')
    file.write_text(text, "utf-8")
    assert "stamping would change the approved file" in refused(folder, "so", "QT-01")[0]


def test_what_there_is_not_cannot_be_stamped(folder):
    assert "no document “QT-09”" in refused(folder, "so", "QT-09")[0]
    assert "no document “QT-01”" in refused(folder, "khac", "QT-01")[0]
    assert "no revision 7 of it" in refused(folder, "so", "QT-01", revision="7")[0]
    assert "no revision " in refused(folder, "so", "VB-01")[0]
    control.draft(folder, "so", "QT-01", on=D(2020, 3, 1), by="A")
    assert "no Word file of revision 2 was found" in refused(folder, "so", "QT-01")[0]
    for name in ("a", "b"):
        (folder / "files" / f"QT-01-{name}.docx").write_bytes(plain(name))
    (folder / "files" / "QT-011.docx").write_bytes(plain("một tài liệu khác"))
    assert "files/QT-01-a.docx, files/QT-01-b.docx" in refused(folder, "so", "QT-01")[0]


def test_a_day_of_effect_is_given_for_a_draft_only(folder):
    (why,) = refused(folder, "so", "QT-01", effective=D(2021, 1, 1))
    assert why == "revision 1 is no draft: the register says from which day it is in force"


def test_a_copy_of_the_approved_file_is_found_by_the_number_in_its_name(folder):
    control.draft(folder, "so", "QT-01", on=D(2020, 3, 1), by="A")
    approved = (folder / "files" / "QT-01_1.docx").read_bytes()
    (folder / "files" / "QT-01_khác.docx").write_bytes(approved)
    (folder / "files" / "QT-01_02.docx").write_bytes(approved)
    done = stamp_revision(folder, "so", "QT-01", on=D(2020, 3, 1), effective=DAY)
    assert (done.path.name, done.block.revision) == ("QT-01_02.docx", "2")


@pytest.mark.parametrize(("on_disk", "named"), [("NFD", "NFC"), ("NFC", "NFD")])
def test_a_file_is_known_however_the_letters_of_its_name_are_typed(folder, on_disk, named):
    name = "Quy trình mới.pdf"
    (folder / normalize(on_disk, name)).write_bytes(b"%PDF-1.4 invented")
    control.draft(folder, "so", "QT-01", on=D(2020, 3, 1), by="A")
    control.review_draft(folder, "so", "QT-01", on=D(2020, 3, 1), by="B")
    control.approve(
        folder, "so", "QT-01", on=D(2020, 3, 2), by="C", file=folder / normalize(named, name)
    )
    control.issue(folder, "so", "QT-01", on=D(2020, 3, 3), effective=D(2020, 4, 1))
    event = qms.load(folder).units["so"].documents["QT-01"].history[-2]
    assert event.file.name == normalize("NFC", name)
    found = verify_documents(folder, on=D(2020, 3, 20))
    assert [one for one in found.problems if one.file == event.file.name] == []
    assert (found.documents, found.later) == (2, 1)
    assert [one.file for one in verify_documents(folder, on=D(2020, 3, 1)).problems] == []


@pytest.mark.parametrize("spelling", ["NFD", "NFC"])
def test_a_word_file_is_approved_however_the_letters_of_its_name_are_typed(folder, spelling):
    file = folder / "files" / normalize(spelling, "QT-01_2 mới.docx")
    file.write_bytes(plain("Bản mới."))
    control.draft(folder, "so", "QT-01", on=D(2020, 3, 1), by="A")
    control.review_draft(folder, "so", "QT-01", on=D(2020, 3, 1), by="B")
    stamp_revision(folder, "so", "QT-01", on=D(2020, 3, 1), effective=DAY, file=file)
    control.approve(folder, "so", "QT-01", on=D(2020, 3, 2), by="C", file=file)
    assert not stamp_revision(folder, "so", "QT-01", on=DAY, revision="2").changed


def test_what_ran_out_is_marked_as_expired_and_what_was_replaced_as_superseded(folder):
    control.draft(folder, "so", "QT-01", on=D(2020, 3, 1), by="A")
    control.review_draft(folder, "so", "QT-01", on=D(2020, 3, 1), by="B")
    file = folder / "files" / "QT-01_2.docx"
    file.write_bytes(plain("Bản mới."))
    control.approve(folder, "so", "QT-01", on=D(2020, 3, 1), by="C", file=file, unstamped=True)
    control.issue(folder, "so", "QT-01", on=D(2020, 3, 1), until=D(2020, 6, 30))
    for number, status in (("1", "superseded"), ("2", "expired")):
        done = stamp_revision(folder, "so", "QT-01", on=D(2020, 7, 1), revision=number)
        assert (done.block.status, done.block.status.obsolete) == (status, True)
    problems = verify_documents(folder, on=D(2020, 7, 1)).problems
    assert problems == ()


def second_unit(folder):
    """Another unit with a draft of the same code."""
    (folder / "units" / "xa.toml").write_text('name.vi = "Xã giả định"\n', "utf-8")
    kind, title = DocumentKind.PROCEDURE, Name(vi="Quy trình của xã giả định")
    control.draft(folder, "xa", "QT-01", on=D(2020, 3, 1), by="A", title=title, kind=kind)


def test_what_was_approved_for_another_unit_is_left_as_it_is(folder):
    second_unit(folder)
    file = folder / "files" / "QT-01_1.docx"
    before = file.read_bytes()
    assert "no Word file of revision 1 was found" in refused(folder, "xa", "QT-01")[0]
    facts = {"effective": DAY, "file": file}
    (why,) = refused(folder, "xa", "QT-01", **facts)
    assert why.startswith("this is the approved file of QT-01, revision 1, in the register")
    (folder / "files" / "moi.docx").write_bytes(plain("Của xã."))
    facts = {"effective": DAY, "file": folder / "files" / "moi.docx", "output": file}
    assert "an approved file is never changed" in refused(folder, "xa", "QT-01", **facts)[0]
    assert file.read_bytes() == before
    (folder / "files" / "QT-01_xã.docx").write_bytes(plain("Của xã."))
    done = stamp_revision(folder, "xa", "QT-01", on=D(2020, 3, 1), effective=DAY)
    assert done.path.name == "QT-01_xã.docx"


def test_a_day_before_the_approval_does_not_open_the_approved_file_again(folder):
    file = folder / "files" / "QT-01_1.docx"
    before = file.read_bytes()
    control.draft(folder, "so", "QT-01", on=D(2020, 3, 1), by="A")
    control.review_draft(folder, "so", "QT-01", on=D(2020, 3, 2), by="B")
    second = folder / "files" / "QT-01_2.docx"
    second.write_bytes(plain("Bản mới."))
    control.approve(folder, "so", "QT-01", on=D(2020, 3, 3), by="C", file=second, unstamped=True)
    facts = {"on": D(2020, 3, 2), "effective": DAY}
    assert "no Word file of revision 2" in refused(folder, "so", "QT-01", **facts)[0]
    assert (
        "approved file of QT-01, revision 2"
        in refused(folder, "so", "QT-01", file=second, **facts)[0]
    )
    assert file.read_bytes() == before


def test_a_file_that_is_not_the_approved_one_any_more_is_taken_for_the_next_revision(folder):
    control.draft(folder, "so", "QT-01", on=D(2020, 3, 1), by="A")
    file = folder / "files" / "QT-01_1.docx"
    facts = {"on": D(2020, 3, 1), "effective": D(2020, 4, 1), "file": file}
    assert "never changed" in refused(folder, "so", "QT-01", **facts)[0]
    file.write_bytes(plain("Lần hai, trong cùng một tệp."))
    assert stamp_revision(folder, "so", "QT-01", **facts).block.revision == "2"


def test_what_is_kept_of_one_revision_is_not_written_over_by_the_next(folder):
    file = folder / "files" / "QT-01_1.docx"
    kept = [file.read_bytes()]
    for number, month in (("1", 3), ("2", 5), ("3", 7)):
        day = D(2020, month, 1)
        control.withdraw(folder, "so", "QT-01", on=day, revision=number)
        done = stamp_revision(folder, "so", "QT-01", on=day, revision=number)
        assert done.archived.read_bytes() == kept[-1]
        file.write_bytes(plain(f"Sau lần {number}."))
        control.draft(folder, "so", "QT-01", on=day, by="A")
        control.review_draft(folder, "so", "QT-01", on=day, by="B")
        control.approve(folder, "so", "QT-01", on=day, by="C", file=file, unstamped=True)
        control.issue(folder, "so", "QT-01", on=day)
        kept.append(file.read_bytes())
    names = [path.name for path in sorted((folder / "archive" / "files").iterdir())]
    assert names == ["QT-01_1.docx", "QT-01_1_2.docx", "QT-01_1_3.docx"]


def test_a_title_that_no_header_can_show_is_refused(folder):
    control.draft(folder, "so", "QT-01", on=D(2020, 3, 1), by="A")
    file = folder / "units" / "so.toml"
    file.write_text(file.read_text("utf-8").replace("Quy trình giả định", "dài " * 200), "utf-8")
    (folder / "files" / "QT-01_2.docx").write_bytes(plain("Bản mới."))
    assert "the header cannot show this" in refused(folder, "so", "QT-01")[0]


def test_the_file_of_a_form_is_not_taken_for_that_of_its_procedure(tmp_path):
    """Codes of forms often begin with the code of their procedure."""
    folder = office(tmp_path / "so")
    control.draft(folder, "so", "QT-01", on=DAY)
    form = {"title": Name(vi="Phiếu giả định"), "kind": DocumentKind.FORM, "form_of": "QT-01"}
    control.draft(folder, "so", "QT-01-02", on=DAY, **form)
    paper = folder / "files" / "qt-01-02 Phiếu.docx"
    paper.write_bytes(plain("Phiếu."))
    with pytest.raises(RegisterError, match="no Word file of revision 1 was found"):
        stamp_revision(folder, "so", "QT-01", on=DAY, effective=DAY)
    own = folder / "files" / "QT-01 Quy trình.docx"
    own.write_bytes(plain("Nội dung."))
    assert stamp_revision(folder, "so", "QT-01", on=DAY, effective=DAY).path == own
    assert stamp_revision(folder, "so", "QT-01-02", on=DAY, effective=DAY).path == paper


def test_a_draft_is_stamped_into_another_file_where_that_is_wanted(folder, tmp_path):
    control.draft(folder, "so", "QT-01", on=D(2020, 3, 1), by="A")
    file = folder / "files" / "QT-01_2.docx"
    file.write_bytes(plain("Bản mới."))
    before = file.read_bytes()
    out = tmp_path / "ra.docx"
    done = stamp_revision(folder, "so", "QT-01", on=D(2020, 3, 1), effective=DAY, output=out)
    assert (done.path, done.changed, file.read_bytes()) == (out, True, before)
    stamp_revision(folder, "so", "QT-01", on=D(2020, 3, 1), effective=DAY)
    again = stamp_revision(folder, "so", "QT-01", on=D(2020, 3, 1), effective=DAY)
    assert not again.changed
    assert file.read_bytes() == out.read_bytes()


def test_a_header_in_english_suits_a_document_in_english(folder):
    file = folder / "units" / "so.toml"
    text = file.read_text("utf-8")
    english = text.replace('kind = "procedure"', 'kind = "procedure"\nlanguage = "en"', 1)
    file.write_text(english, "utf-8")
    assert found(folder) == []
    control.withdraw(folder, "so", "QT-01", on=D(2020, 3, 1))
    done = stamp_revision(folder, "so", "QT-01", on=D(2020, 3, 1))
    assert (done.block.language, done.block.status) == ("en", "withdrawn")


@pytest.mark.libreoffice
def test_a_file_saved_again_by_libreoffice_is_changed_but_its_header_is_right(
    folder, libreoffice, tmp_path
):
    file = folder / "files" / "QT-01_1.docx"
    file.write_bytes(libreoffice(file, "docx", tmp_path / "lo").read_bytes())
    assert [code for code, _, _ in found(folder)] == ["changed"]


def test_files_of_other_kinds_are_held_to_their_bytes_alone(folder):
    (folder / "files" / "QT-02_2.pdf").write_bytes(b"%PDF-1.7 invented")
    day = D(2020, 3, 1)
    control.draft(folder, "so", "QT-02", on=day, by="A")
    control.review_draft(folder, "so", "QT-02", on=day)
    control.approve(folder, "so", "QT-02", on=day, by="B", file="files/QT-02_2.pdf")
    control.issue(folder, "so", "QT-02", on=day, effective=D(2020, 9, 1))
    assert found(folder) == []
    (folder / "files" / "QT-02_2.pdf").write_bytes(b"%PDF-1.7 inventeD")
    assert found(folder) == [("changed", "QT-02", "files/QT-02_2.pdf")]


def test_a_recorded_file_that_became_a_link_is_told_once(folder, tmp_path):
    file = folder / "files" / "QT-01_1.docx"
    file.rename(tmp_path / "ngoai.docx")
    file.symlink_to(tmp_path / "ngoai.docx")
    assert found(folder) == [("outside", "QT-01", "files/QT-01_1.docx")]
