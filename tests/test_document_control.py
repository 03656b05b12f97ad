"""Acts on documents: what is refused changes nothing, what is not is one fact more."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

import qms
from qms import document_control as control
from qms.holders import outstanding
from qms.model import DocumentEvent
from qms.problems import RegisterError
from qms.revisions import current, review_due, revisions
from qms.terms import DocumentAct, DocumentKind, ReviewOutcome
from qms.text import Language, Name
from qms.word.control_block import ControlBlock
from qms.word.stamp import stamp
from word_bytes import plain

D = date
AUTHOR, APPROVER = "Trần Thị Soạn (giả định)", "Lê Văn Duyệt (giả định)"
FIRST_DAY = D(2020, 2, 1)
REGISTER = """\
# Sổ đăng ký giả định
format = "qms-register/1"
[organisation]
name.vi = "Tỉnh giả định"
"""
UNIT = """\
# Đơn vị giả định
name.vi = "Sở giả định"

[documents."QT-01"]
title.vi = "Quy trình giả định"   # tên do Văn phòng đặt
kind = "procedure"
review_every = 12
retention = 12
"""


@pytest.fixture(params=["folder", "json", "ndjson", "toml"])
def register(request, tmp_path):
    folder = tmp_path / "so"
    (folder / "units").mkdir(parents=True)
    (folder / "register.toml").write_text(REGISTER, "utf-8")
    (folder / "units" / "so.toml").write_text(UNIT, "utf-8")
    if request.param == "folder":
        return folder
    target = tmp_path / "mot-tep" / f"so.{request.param}"
    target.parent.mkdir()
    if request.param == "toml":
        inner = UNIT.replace('[documents."QT-01"]', '[units.so.documents."QT-01"]')
        target.write_text(f"{REGISTER}\n[units.so]\n{inner}", "utf-8")
    else:
        qms.convert(folder, target)
    return target


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "so"
    (folder / "units").mkdir(parents=True)
    (folder / "register.toml").write_text(REGISTER, "utf-8")
    (folder / "units" / "so.toml").write_text(UNIT, "utf-8")
    return folder


def of(register, code="QT-01"):
    return qms.load(register).units["so"].documents[code]


def reasons(error):
    return [problem.what.en for problem in error.value.problems]


def stamped(path, *, revision="1", effective=FIRST_DAY, title="Quy trình giả định"):
    block = ControlBlock(code="QT-01", title=title, revision=revision, effective=effective)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(stamp(plain("Nội dung."), block))
    return path


def bring_to_approval(register, file=None, **facts):
    control.draft(register, "so", "QT-01", on=D(2020, 1, 1), by=AUTHOR, change="lần đầu")
    control.review_draft(register, "so", "QT-01", on=D(2020, 1, 2), by="Soát Xét (giả định)")
    control.approve(register, "so", "QT-01", on=D(2020, 1, 3), by=APPROVER, file=file, **facts)


def test_a_document_lives_from_draft_to_disposal_in_every_form_of_register(register):
    bring_to_approval(register)
    control.issue(register, "so", "QT-01", on=D(2020, 1, 4), until=D(2029, 1, 1))
    control.review(register, "so", "QT-01", on=D(2020, 6, 1), outcome=ReviewOutcome.NO_CHANGE)
    assert review_due(of(register), D(2020, 6, 1)) == D(2021, 6, 1)
    control.distribute(register, "so", "QT-01", on=D(2020, 6, 2), holder="Phòng A", copies=2)
    assert [one.holder for one in outstanding(of(register), D(2020, 6, 2))] == ["Phòng A"]
    control.acknowledge(register, "so", "QT-01", on=D(2020, 6, 3), holder="Phòng A")
    assert outstanding(of(register), D(2020, 6, 3)) == ()
    control.recall(register, "so", "QT-01", on=D(2020, 7, 1), holder="Phòng A", copies=1)
    control.withdraw(register, "so", "QT-01", on=D(2021, 1, 1), reason="không còn dùng")
    with pytest.raises(RegisterError) as error:
        control.dispose(register, "so", "QT-01", on=D(2021, 6, 1), revision="1")
    out = "copies of revision 1 are not taken back from: Phòng A"
    assert reasons(error) == ["revision 1 must be kept until 2021-12-31", out]
    with pytest.raises(RegisterError) as error:
        control.dispose(register, "so", "QT-01", on=D(2022, 1, 1), revision="1")
    assert reasons(error) == [out]
    control.recall(register, "so", "QT-01", on=D(2022, 1, 1), holder="Phòng A")
    control.dispose(register, "so", "QT-01", on=D(2022, 1, 1), revision="1")
    assert revisions(of(register), D(2022, 1, 1))[0].state == "disposed"
    if register.is_dir() or register.suffix == ".toml":
        text = (register / "units" / "so.toml" if register.is_dir() else register).read_text(
            "utf-8"
        )
        assert "# Đơn vị giả định" in text
        assert "# tên do Văn phòng đặt" in text


def test_a_revision_issued_for_a_later_day_is_read_when_the_one_in_force_was(folder):
    bring_to_approval(folder)
    control.issue(folder, "so", "QT-01", on=D(2020, 1, 4))
    given = {"holder": "Phòng A", "on": D(2020, 1, 5)}
    control.distribute(folder, "so", "QT-01", **given)
    control.draft(folder, "so", "QT-01", on=D(2020, 2, 1), by=AUTHOR)
    control.review_draft(folder, "so", "QT-01", on=D(2020, 2, 2), by="Soát Xét (giả định)")
    control.approve(folder, "so", "QT-01", on=D(2020, 2, 3), by=APPROVER)
    control.issue(folder, "so", "QT-01", on=D(2020, 2, 4), effective=D(2020, 3, 1))
    for _ in range(2):
        control.acknowledge(folder, "so", "QT-01", holder="PHÒNG A", on=D(2020, 2, 5))
    assert [one.revision for one in of(folder).acknowledgements] == ["1", "2"]
    with pytest.raises(RegisterError, match="has acknowledged revision 1 already"):
        control.acknowledge(folder, "so", "QT-01", holder="Phòng A", on=D(2020, 2, 5))


def test_the_same_withdrawal_twice_does_not_withdraw_the_revision_before(folder):
    bring_to_approval(folder)
    control.issue(folder, "so", "QT-01", on=D(2020, 1, 4))
    control.draft(folder, "so", "QT-01", on=D(2020, 2, 1), by=AUTHOR)
    control.withdraw(folder, "so", "QT-01", on=D(2020, 2, 2), revision="2")
    with pytest.raises(RegisterError) as error:
        control.withdraw(folder, "so", "QT-01", on=D(2020, 2, 2))
    assert reasons(error) == ["revision 2 was withdrawn on 2020-02-02 already"]
    assert "--revision 1" in error.value.problems[0].remedy.en
    control.withdraw(folder, "so", "QT-01", on=D(2020, 2, 2), revision="1")
    assert current(of(folder), D(2020, 2, 2)) is None


def test_on_another_day_a_withdrawal_means_the_revision_that_is_left(folder):
    bring_to_approval(folder)
    control.issue(folder, "so", "QT-01", on=D(2020, 1, 4))
    control.draft(folder, "so", "QT-01", on=D(2020, 2, 1), by=AUTHOR)
    control.withdraw(folder, "so", "QT-01", on=D(2020, 2, 2), revision="2")
    control.withdraw(folder, "so", "QT-01", on=D(2020, 2, 3))
    assert current(of(folder), D(2020, 2, 3)) is None


def test_whoever_records_an_act_disposes_of_nothing_early_either(folder):
    bring_to_approval(folder)
    control.issue(folder, "so", "QT-01", on=D(2020, 1, 4))
    control.distribute(folder, "so", "QT-01", on=D(2020, 1, 5), holder="Phòng A")
    control.withdraw(folder, "so", "QT-01", on=D(2021, 1, 1))
    event = DocumentEvent(act=DocumentAct.DISPOSED, on=D(2022, 1, 1), revision="1")
    with pytest.raises(RegisterError) as error:
        control.record_act(folder, "so", "QT-01", event)
    assert reasons(error) == ["copies of revision 1 are not taken back from: Phòng A"]
    control.recall(folder, "so", "QT-01", on=D(2022, 1, 1), holder="Phòng A")
    control.record_act(folder, "so", "QT-01", event)
    assert revisions(of(folder), D(2022, 1, 1))[0].state == "disposed"


OUTSIDE = """
[documents.VB-01]
title.vi = "Tiêu chuẩn giả định"
kind = "external"
in_force = 2015-01-01
replaced_by = "VB-02"

[documents.VB-02]
title.vi = "Tiêu chuẩn thay thế giả định"
kind = "external"
in_force = 2021-01-01
"""


@pytest.fixture
def outside(folder):
    """A register with two external documents, one of which takes the place of the other."""
    unit = folder / "units" / "so.toml"
    unit.write_text(unit.read_text("utf-8") + OUTSIDE, "utf-8")
    return folder


def test_copies_of_an_external_document_are_given_and_taken_back_while_it_is_in_force(outside):
    control.distribute(outside, "so", "VB-01", on=D(2020, 12, 31), holder="Phòng A", copies=2)
    assert [one.revision for one in of(outside, "VB-01").distribution] == [None]
    control.recall(outside, "so", "VB-01", on=D(2021, 1, 1), holder="Phòng A")
    control.distribute(outside, "so", "VB-02", on=D(2021, 1, 1), holder="Phòng A")
    for code, day in (("VB-01", D(2021, 1, 1)), ("VB-02", D(2020, 12, 31))):
        with pytest.raises(RegisterError) as error:
            control.distribute(outside, "so", code, on=day, holder="Phòng B")
        assert reasons(error) == [f"it is not in force on {day}, so no copies are given"]
    with pytest.raises(RegisterError, match="no revisions are recorded"):
        control.distribute(outside, "so", "VB-02", on=D(2021, 1, 1), holder="B", revision="1")
    with pytest.raises(RegisterError, match="not asked to acknowledge"):
        control.acknowledge(outside, "so", "VB-02", on=D(2021, 1, 2), holder="Phòng A")


def test_an_external_document_is_reviewed_until_another_one_took_its_place(outside):
    outcome = ReviewOutcome.NO_CHANGE
    control.review(outside, "so", "VB-01", on=D(2020, 12, 31), outcome=outcome)
    with pytest.raises(RegisterError, match="nothing to review"):
        control.review(outside, "so", "VB-01", on=D(2021, 1, 1), outcome=outcome)


def test_what_is_refused_changes_nothing_and_every_reason_is_told(folder):
    before = (folder / "units" / "so.toml").read_bytes()
    control.draft(folder, "so", "QT-01", on=D(2020, 1, 1), by=AUTHOR)
    drafted = (folder / "units" / "so.toml").read_bytes()
    assert drafted.startswith(before.rstrip())
    with pytest.raises(RegisterError) as error:
        control.approve(folder, "so", "QT-01", on=D(2020, 1, 2), by=AUTHOR)
    assert len(reasons(error)) == 2
    assert (folder / "units" / "so.toml").read_bytes() == drafted


def test_a_dry_run_tells_what_would_be_refused_and_writes_nothing(folder):
    before = (folder / "units" / "so.toml").read_bytes()
    control.draft(folder, "so", "QT-01", on=D(2020, 1, 1), dry_run=True)
    new = {"title": Name(vi="Mới"), "kind": DocumentKind.PLAN, "dry_run": True}
    after = control.draft(folder, "so", "QT-02", on=D(2020, 1, 1), **new)
    assert after.units["so"].documents["QT-02"].history[0].revision == "1"
    after = control.draft(folder, "so", "QT-01", on=D(2020, 1, 1), dry_run=True)
    assert after.units["so"].documents["QT-01"].history[-1].revision == "1"
    with pytest.raises(RegisterError):
        control.issue(folder, "so", "QT-01", on=D(2020, 1, 1), dry_run=True)
    assert (folder / "units" / "so.toml").read_bytes() == before


def test_a_new_document_begins_with_its_title_and_kind(folder):
    new = {"title": Name(vi="Chính sách"), "kind": DocumentKind.POLICY}
    control.draft(folder, "so", "CS-01", on=D(2020, 1, 1), **new)
    made = qms.load(folder).units["so"].documents["CS-01"]
    assert (made.title, made.kind, len(made.history)) == (new["title"], new["kind"], 1)
    with pytest.raises(RegisterError) as error:
        control.draft(folder, "so", "CS-01", on=D(2020, 1, 1), **new)
    assert reasons(error) == [
        "the unit has this document already; its title, kind and owner stay as recorded"
    ]


@pytest.mark.parametrize(
    ("code", "given", "why"),
    [
        ("CS-01", {"title": Name(vi="Chính sách")}, "a new document needs its kind"),
        ("BM-01", {"kind": DocumentKind.FORM}, "a form belongs to a procedure, and none is named"),
        (
            "QT-1",
            {"kind": DocumentKind.PROCEDURE},
            "the unit has the document “QT-01”, whose code people read as the same",
        ),
        (
            "qt - 01",
            {"kind": DocumentKind.PROCEDURE},
            "the unit has the document “QT-01”, whose code people read as the same",
        ),
    ],
)
def test_a_new_document_that_is_not_in_order_is_refused(folder, code, given, why):
    with pytest.raises(RegisterError) as error:
        control.draft(folder, "so", code, on=D(2020, 1, 1), **given)
    assert reasons(error) == [why]
    assert list(qms.load(folder).units["so"].documents) == ["QT-01"]


def test_a_new_form_belongs_to_a_procedure_of_the_unit(folder):
    control.draft(folder, "so", "BM-01", on=D(2020, 1, 1), form_of="QT-01")
    made = qms.load(folder).units["so"].documents["BM-01"]
    assert (made.kind, made.form_of, made.title.vi) == (DocumentKind.FORM, "QT-01", "BM-01")
    with pytest.raises(RegisterError):
        control.draft(folder, "so", "BM-02", on=D(2020, 1, 1), form_of="QT-77")
    assert "BM-02" not in qms.load(folder).units["so"].documents


def test_units_and_codes_that_do_not_exist_are_named_with_those_that_are_near(folder):
    with pytest.raises(RegisterError) as error:
        control.draft(folder, "sở", "QT-01", on=D(2020, 1, 1))
    assert reasons(error) == ["the register has no unit “sở”"]
    assert error.value.problems[0].remedy.en == "Known here: so"
    with pytest.raises(RegisterError) as error:
        control.recall(folder, "so", "QT-10", on=D(2020, 1, 1), holder="A")
    assert error.value.problems[0].remedy.vi == "Hiện có: QT-01"


# --- approval and the file -------------------------------------------------------------------


def test_approval_stores_the_file_as_it_is_and_issue_takes_its_day_of_effect(folder):
    file = stamped(folder / "tai-lieu" / "QT-01.docx")
    bring_to_approval(folder, file="tai-lieu/QT-01.docx")
    control.issue(folder, "so", "QT-01", on=D(2020, 1, 4))
    revision = current(of(folder), D(2020, 2, 1))
    assert revision.effective == D(2020, 2, 1)
    data = file.read_bytes()
    assert revision.file.name == "tai-lieu/QT-01.docx"
    assert revision.file.sha256 == hashlib.sha256(data).hexdigest()
    assert revision.file.size == len(data)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"revision": "2"}, "the header shows revision “2” instead of “1”"),
        ({"title": "Quy trình khác"}, "the header shows the title “Quy trình khác” instead of"),
        ({"effective": None}, "it shows no day of effect"),
        ({"revision": "bản A"}, "the header shows revision “bản A” instead of “1”"),
    ],
)
def test_a_header_of_something_else_is_not_approved(folder, facts, found):
    file = stamped(folder / "QT-01.docx", **facts)
    with pytest.raises(RegisterError) as error:
        bring_to_approval(folder, file=file)
    assert any(found in reason for reason in reasons(error))
    assert error.value.problems[0].remedy.en.startswith("Stamp the file before it is approved")


def test_a_file_without_a_control_block_is_stamped_first_or_approved_as_it_is(folder):
    file = folder / "QT-01.docx"
    file.write_bytes(plain("Nội dung."))
    with pytest.raises(RegisterError) as error:
        bring_to_approval(folder, file=file)
    (reason,) = reasons(error)
    assert "no control block" in reason
    control.approve(folder, "so", "QT-01", on=D(2020, 1, 3), by=APPROVER, file=file, unstamped=True)
    control.issue(folder, "so", "QT-01", on=D(2020, 1, 4))
    assert current(of(folder), D(2020, 1, 4)).file.name == "QT-01.docx"


def test_a_revision_is_not_issued_for_another_day_than_its_header_shows(folder):
    file = stamped(folder / "QT-01.docx")
    bring_to_approval(folder, file=file)
    with pytest.raises(RegisterError) as error:
        control.issue(folder, "so", "QT-01", on=D(2020, 1, 4), effective=D(2020, 3, 1))
    assert "in force from 2020-02-01, not from 2020-03-01" in reasons(error)[0]


@pytest.mark.parametrize("there", [True, False])
def test_a_revision_is_not_issued_once_its_file_is_not_the_approved_one(folder, there):
    file = stamped(folder / "QT-01.docx")
    bring_to_approval(folder, file=file)
    if there:
        file.write_bytes(b"not a Word file any more")
    else:
        file.unlink()
    with pytest.raises(RegisterError) as error:
        control.issue(folder, "so", "QT-01", on=D(2020, 1, 4), effective=D(2020, 2, 1))
    assert reasons(error) == [
        "the file QT-01.docx is not byte for byte the approved one"
        if there
        else "the approved file QT-01.docx is not there any more"
    ]


def test_a_file_is_no_reason_to_approve_what_nobody_drafted(folder):
    file = stamped(folder / "QT-01.docx")
    with pytest.raises(RegisterError) as error:
        control.approve(folder, "so", "QT-01", on=D(2020, 1, 3), by=APPROVER, file=file)
    assert reasons(error) == ["revision 1 is not recorded by 2020-01-03"]


def test_other_kinds_of_files_are_approved_by_their_bytes_alone(folder):
    (folder / "QT-01.pdf").write_bytes(b"%PDF-1.7 invented")
    bring_to_approval(folder, file="QT-01.pdf")
    control.issue(folder, "so", "QT-01", on=D(2020, 1, 4))
    assert current(of(folder), D(2020, 1, 4)).file.size == 17


def test_files_that_are_not_there_not_inside_or_not_safe_are_refused(folder, tmp_path):
    outside = tmp_path / "ngoai.pdf"
    outside.write_bytes(b"x")
    (folder / "lien-ket.pdf").symlink_to(outside)
    (folder / "gia.docx").write_bytes(b"PK but no archive")
    control.draft(folder, "so", "QT-01", on=D(2020, 1, 1), by=AUTHOR)
    control.review_draft(folder, "so", "QT-01", on=D(2020, 1, 2))
    for file, reason in {
        "khong-co.docx": "there is no such file",
        outside: "the file is not inside the folder of the register",
        "lien-ket.pdf": "the file is not inside the folder of the register",
        "gia.docx": "not a Word or OpenDocument text file",
    }.items():
        with pytest.raises(RegisterError) as error:
            control.approve(folder, "so", "QT-01", on=D(2020, 1, 3), by=APPROVER, file=file)
        assert reason in reasons(error)[0]
        assert error.value.in_(Language.VIETNAMESE)


def test_two_officers_at_once_do_not_both_approve(folder):
    bring_to_approval(folder)
    with pytest.raises(RegisterError):
        control.approve(folder, "so", "QT-01", on=D(2020, 1, 3), by=APPROVER)
    assert len(of(folder).history) == 3


def test_the_files_stand_beside_a_register_that_is_one_file(tmp_path):
    from qms.document_files import root_of

    assert root_of(tmp_path / "so.json") == tmp_path
    assert root_of(Path(tmp_path)) == tmp_path


def test_a_periodic_review_is_recorded_once(folder):
    bring_to_approval(folder)
    control.issue(folder, "so", "QT-01", on=D(2020, 1, 4))
    held = {"on": D(2020, 6, 1), "outcome": ReviewOutcome.NO_CHANGE, "by": "B"}
    control.review(folder, "so", "QT-01", **held)
    with pytest.raises(RegisterError) as error:
        control.review(folder, "so", "QT-01", **held)
    assert reasons(error) == ["this review of 2020-06-01 is recorded already"]


def test_copies_given_before_the_first_day_in_force_are_of_the_revision_issued(folder):
    bring_to_approval(folder)
    control.issue(folder, "so", "QT-01", on=D(2020, 1, 4), effective=D(2020, 2, 1))
    control.distribute(folder, "so", "QT-01", on=D(2020, 1, 5), holder="Phòng A")
    control.acknowledge(folder, "so", "QT-01", on=D(2020, 1, 6), holder="Phòng A")

    document = of(folder)
    assert [one.revision for one in document.distribution] == ["1"]
    assert [one.revision for one in document.acknowledgements] == ["1"]


def test_nobody_is_given_copies_of_what_is_not_issued(folder):
    bring_to_approval(folder)
    with pytest.raises(RegisterError) as error:
        control.distribute(folder, "so", "QT-01", on=D(2020, 1, 5), holder="Phòng A")
    assert reasons(error) == ["no revision of it is in force on 2020-01-05, so no copies are given"]


def test_what_was_reviewed_later_cannot_have_been_withdrawn_before(folder):
    bring_to_approval(folder)
    control.issue(folder, "so", "QT-01", on=D(2020, 1, 4))
    control.review(folder, "so", "QT-01", on=D(2020, 6, 1), outcome=ReviewOutcome.NO_CHANGE)

    with pytest.raises(RegisterError) as error:
        control.withdraw(folder, "so", "QT-01", on=D(2020, 5, 31))
    assert reasons(error) == [
        (
            "with it, nothing would have been in force for the periodic review of 2020-06-01, which "
            "is recorded already"
        )
    ]
    control.withdraw(folder, "so", "QT-01", on=D(2020, 6, 1))
    assert of(folder).history[-1].act == "withdrawn"


STANDARDS = """
[documents.TC-1]
title.vi = "Tiêu chuẩn đã hết hiệu lực (giả định)"
kind = "external"
in_force = 2015-01-01
ended = 2020-12-31
history = [
  { act = "drafted", revision = "1", on = 2015-02-01 },
  { act = "reviewed", revision = "1", on = 2015-02-01 },
  { act = "approved", revision = "1", on = 2015-02-01, by = "Lê Văn Duyệt (giả định)" },
]
"""


@pytest.mark.parametrize(
    ("day", "refused"),
    [
        (
            D(2014, 12, 31),
            "in force from 2015-01-01 only, and would be used from 2014-12-31",
        ),
        (D(2015, 1, 1), None),
        (D(2020, 12, 31), None),
        (
            D(2021, 1, 1),
            "was in force until 2020-12-31, and would be used from 2021-01-01",
        ),
    ],
)
def test_an_external_document_is_issued_for_use_within_its_own_days_only(folder, day, refused):
    unit = folder / "units" / "so.toml"
    text = STANDARDS.replace("2015-02-01", "2014-02-01")
    unit.write_text(unit.read_text("utf-8") + text, "utf-8")
    if refused is None:
        control.issue(folder, "so", "TC-1", on=day)
        return
    with pytest.raises(RegisterError, match=refused):
        control.issue(folder, "so", "TC-1", on=day)


def test_what_ended_is_neither_given_nor_reviewed_though_a_copy_was_issued(folder):
    unit = folder / "units" / "so.toml"
    unit.write_text(unit.read_text("utf-8") + STANDARDS, "utf-8")
    control.issue(folder, "so", "TC-1", on=D(2015, 2, 1))
    control.distribute(folder, "so", "TC-1", on=D(2020, 12, 31), holder="Phòng A")
    assert of(folder, "TC-1").distribution[0].revision == "1"
    with pytest.raises(RegisterError, match="it is not in force on 2021-01-01"):
        control.distribute(folder, "so", "TC-1", on=D(2021, 1, 1), holder="Phòng B")
    outcome = ReviewOutcome.NO_CHANGE
    control.review(folder, "so", "TC-1", on=D(2020, 12, 31), outcome=outcome)
    with pytest.raises(RegisterError, match="nothing to review"):
        control.review(folder, "so", "TC-1", on=D(2021, 1, 1), outcome=outcome)


@pytest.mark.parametrize("form", ["", ".toml", ".json", ".ndjson"])
@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("BM-01", {"title": Name(vi="Mẫu"), "kind": DocumentKind.FORM, "form_of": "QT-99"}),
        ("BM/01", {"title": Name(vi="Mẫu"), "kind": DocumentKind.PLAN}),
        ("QT-01", {"by": ""}),
        ("QT-01", {"by": "A\x07"}),
        ("QT-01", {"change": "\n"}),
        ("KH-01", {"title": Name(vi=""), "kind": DocumentKind.PLAN}),
    ],
)
def test_a_dry_run_refuses_what_the_act_itself_would(folder, tmp_path, form, code, more):
    register = folder
    if form:
        register = tmp_path / f"tep{form}"
        qms.convert(folder, register)
    place = register / "units" / "so.toml" if register.is_dir() else register
    before = place.read_bytes()
    told = []
    for dry_run in (True, False):
        with pytest.raises(RegisterError) as error:
            control.draft(register, "so", code, on=D(2020, 1, 1), dry_run=dry_run, **more)
        told.append(str(error.value))
    control.draft(register, "so", "QT-01", on=D(2020, 1, 1), dry_run=True)

    assert (told[0], place.read_bytes()) == (told[1], before)


def test_a_holder_is_recorded_without_the_blanks_around_it_and_the_same_copies_once(folder):
    control.draft(folder, "so", "QT-01", on=D(2020, 1, 1))
    control.review_draft(folder, "so", "QT-01", on=D(2020, 1, 1))
    control.approve(folder, "so", "QT-01", on=D(2020, 1, 1), by=AUTHOR)
    control.issue(folder, "so", "QT-01", on=D(2020, 1, 1))
    given = {"on": D(2020, 1, 5), "copies": 2}
    control.distribute(folder, "so", "QT-01", holder=" Phòng A ", **given)
    with pytest.raises(RegisterError) as error:
        control.distribute(folder, "so", "QT-01", holder="PHÒNG A", **given)
    control.distribute(folder, "so", "QT-01", holder="Phòng A", on=D(2020, 1, 5), copies=1)
    control.acknowledge(folder, "so", "QT-01", holder="Phòng A\t", on=D(2020, 1, 6))
    control.recall(folder, "so", "QT-01", holder="\nPhòng A", on=D(2020, 1, 7))

    made = of(folder, "QT-01")
    assert "recorded already" in reasons(error)[0]
    facts = (*made.distribution, *made.acknowledgements, *made.recalls)
    assert [one.holder for one in facts] == ["Phòng A"] * 4
