"""The evidence of a day: exactly what was in force, as it was approved, always the same bytes."""

import hashlib
import json
import re
import zipfile
from datetime import date
from io import BytesIO

import pytest

import qms
from document_office import bring_into_force, office
from qms.document_stamping import stamp_revision
from qms.document_verification import verify_documents
from qms.evidence import evidence_of
from qms.problems import RegisterError
from qms.revisions import revisions

D = date


@pytest.fixture
def folder(tmp_path):
    """QT-01 in its second revision since February 2021, QT-02 in its first since 2020."""
    folder = office(tmp_path / "so")
    bring_into_force(folder, "QT-01", 2020)
    bring_into_force(folder, "QT-02", 2020, words="Nội dung khác.")
    bring_into_force(folder, "QT-01", 2021, "2")
    return folder


def opened(packed):
    with zipfile.ZipFile(BytesIO(packed.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_exactly_what_was_in_force_is_packed_as_it_was_approved(folder):
    first = opened(evidence_of(folder, on=D(2021, 1, 31)))
    second = opened(evidence_of(folder, on=D(2021, 2, 1)))
    files = {name for name in first if name.startswith("documents/")}
    assert files == {"documents/so/QT-01/QT-01_1.docx", "documents/so/QT-02/QT-02_1.docx"}
    assert "documents/so/QT-01/QT-02_2.docx" not in second
    assert "documents/so/QT-01/QT-01_2.docx" in second
    approved = (folder / "files" / "QT-01_1.docx").read_bytes()
    assert first["documents/so/QT-01/QT-01_1.docx"] == approved


def test_the_same_register_and_day_give_the_same_bytes(folder):
    day = D(2021, 1, 31)
    before = evidence_of(folder, on=day)
    stamp_revision(folder, "so", "QT-01", on=D(2021, 3, 1), revision="1")
    (folder / "files" / "QT-02_1.docx").touch()
    assert evidence_of(folder, on=day).data == before.data


def test_the_manifest_says_in_both_languages_who_approved_what_and_when(folder):
    files = opened(evidence_of(folder, on=D(2021, 1, 31)))
    data = json.loads(files["manifest.json"])
    entry = data["documents"][0]
    content = files["documents/so/QT-01/QT-01_1.docx"]
    assert entry["sha256"] == hashlib.sha256(content).hexdigest()
    assert (entry["code"], entry["revision"], entry["size"]) == ("QT-01", "1", len(content))
    assert (entry["approved"], entry["approver"]) == ("2020-01-01", "Người Duyệt (giả định)")
    assert data["external"] == [{"unit": "so", "code": "VB-01"}]
    english, vietnamese = files["manifest.en.md"].decode(), files["manifest.vi.md"].decode()
    assert english.startswith("# Documents and records in force on 2021-01-31\n")
    assert vietnamese.startswith("# Tài liệu và hồ sơ có hiệu lực ngày 31/01/2021\n")
    assert "Quy trình khác \\| giả định" in english
    assert "- so, VB-01: Văn bản bên ngoài giả định" in vietnamese
    sums = files["SHA256SUMS"].decode().splitlines()
    assert sums[0] == f"{entry['sha256']}  documents/so/QT-01/QT-01_1.docx"


@pytest.mark.parametrize(
    ("day", "named"),
    [
        (D(2020, 12, 31), ["05/2014/TT-BKHCN", "VB-01"]),
        (D(2021, 1, 1), ["05/2014/TT-BKHCN", "VB-01", "tt-1"]),
        (D(2021, 6, 30), ["05/2014/TT-BKHCN", "VB-01", "tt-1"]),
        (D(2021, 7, 1), ["05/2014/TT-BKHCN", "VB-01", "tt-5"]),
    ],
)
def test_legal_documents_in_force_on_the_day_are_listed(folder, day, named):
    unit = folder / "units" / "so.toml"
    with unit.open("a", encoding="utf-8") as text:
        text.write(
            '\n[legal_documents.tt-1]\ntitle.vi = "Thông tư giả định"\n'
            "in_force = 2021-01-01\nended = 2021-06-30\n"
            '[legal_documents.tt-2]\ntitle.vi = "Thông tư giả định khác"\n'
            'number = "05/2014/TT-BKHCN"\n'
            '[legal_documents.tt-3]\ntitle.vi = "Mới đề nghị (giả định)"\n'
            'reviews = [{ act = "proposed", on = 2019-01-01 }]\n'
            '[legal_documents.tt-4]\ntitle.vi = "Đã bãi bỏ (giả định)"\n'
            'reviews = [{ act = "repealed", on = 2020-12-31 }]\n'
            '[legal_documents.tt-5]\ntitle.vi = "Ban hành sau khi đề nghị (giả định)"\n'
            'reviews = [{ act = "proposed", on = 2019-01-01 }, { act = "issued", on = 2021-07-01 }]\n'
        )
    data = json.loads(opened(evidence_of(folder, on=day))["manifest.json"])
    assert sorted(one["code"] for one in data["external"]) == named


@pytest.mark.parametrize(
    ("day", "named"),
    [(D(2020, 12, 31), ["VB-01", "VB-02", "tt-1"]), (D(2021, 1, 1), ["VB-01", "tt-9"])],
)
def test_what_was_replaced_is_listed_until_the_eve_of_what_replaced_it(folder, day, named):
    with (folder / "units" / "so.toml").open("a", encoding="utf-8") as text:
        text.write(
            '\n[legal_documents.tt-1]\ntitle.vi = "Thông tư giả định"\n'
            'in_force = 2015-01-01\nreplaced_by = "tt-9"\n'
            '[legal_documents.tt-9]\ntitle.vi = "Thông tư thay thế (giả định)"\n'
            "in_force = 2021-01-01\n"
            '[documents.VB-02]\ntitle.vi = "Tiêu chuẩn giả định"\nkind = "external"\n'
            'issuer = "Bộ Giả định"\nreplaced_by = "tt-9"\n'
        )
    data = json.loads(opened(evidence_of(folder, on=day))["manifest.json"])
    assert sorted(one["code"] for one in data["external"]) == named


def test_on_a_day_before_everything_the_archive_holds_the_manifest_alone(folder):
    packed = evidence_of(folder, on=D(2013, 1, 1), only=["so"])
    assert packed.files == 0
    assert "None.\n" in opened(packed)["manifest.en.md"].decode()


def test_a_file_that_was_moved_is_found_by_its_bytes(folder):
    (folder / "archive").mkdir()
    file = folder / "files" / "QT-01_1.docx"
    file.rename(folder / "archive" / "cu.docx")
    assert evidence_of(folder, on=D(2021, 1, 31)).files == 2


def test_every_file_that_is_missing_or_not_as_approved_is_named(folder):
    (folder / "files" / "QT-01_2.docx").unlink()
    (folder / "files" / "QT-02_1.docx").write_bytes(b"changed")
    with pytest.raises(RegisterError) as error:
        evidence_of(folder, on=D(2021, 6, 1))
    told = [(one.path, one.what.en) for one in error.value.problems]
    assert told[0] == (
        "units.so.documents.QT-01",
        "the approved file of revision 2 is nowhere in the register's folder",
    )
    assert "not as it was approved" in told[1][1]


def test_what_was_approved_on_paper_is_listed_without_a_file(folder):
    file = folder / "units" / "so.toml"
    text = file.read_text("utf-8")
    start = text.index("file = {")
    file.write_text(text[:start] + text[text.index("\n", start) + 1 :], "utf-8")
    packed = evidence_of(folder, on=D(2021, 1, 31))
    files = opened(packed)
    data = json.loads(files["manifest.json"])
    assert (packed.files, [one["code"] for one in data["documents"]]) == (1, ["QT-02"])
    (paper,) = data["paper"]
    assert (paper["code"], paper["revision"], paper["approved"]) == ("QT-01", "1", "2020-01-01")
    assert "file" not in paper
    vietnamese = files["manifest.vi.md"].decode()
    assert "## Phê duyệt bản giấy: còn hiệu lực, khi phê duyệt không ghi nhận tệp\n" in vietnamese
    assert "| so | QT-01 | Quy trình giả định | 1 | 01/02/2020 | 01/01/2020 | " in vietnamese
    assert b"QT-01" not in files["SHA256SUMS"]


def test_an_approval_without_fingerprint_cannot_be_packed(folder):
    file = folder / "units" / "so.toml"
    text = re.sub(r'(file = \{[^\n]*), sha256 = "\w+"', r"\1", file.read_text("utf-8"), count=1)
    file.write_text(text, "utf-8")
    with pytest.raises(RegisterError) as error:
        evidence_of(folder, on=D(2021, 1, 31))
    assert "no file with its SHA-256 was recorded" in error.value.problems[0].what.en


@pytest.mark.parametrize(
    ("day", "ended", "to_come"),
    [
        (D(2020, 12, 31), 1, 0),
        (D(2021, 1, 1), 0, 0),
        (D(2021, 6, 30), 0, 0),
        (D(2021, 7, 1), 0, 1),
    ],
)
def test_an_issued_copy_of_a_text_from_outside_is_in_force_within_the_days_of_the_text(
    folder, day, ended, to_come
):
    history = (
        'history = [\n  { act = "drafted", on = 2020-01-01 }, { act = "reviewed", on = 2020-01-01 },\n'
        '  { act = "approved", on = 2020-01-01, by = "Lê Văn Duyệt (giả định)" },\n'
        '  { act = "issued", on = 2020-01-02 },\n]\n'
    )
    before = verify_documents(folder, on=day)
    with (folder / "units" / "so.toml").open("a", encoding="utf-8") as text:
        text.write(
            '\n[documents.TC-1]\ntitle.vi = "Tiêu chuẩn hết hiệu lực (giả định)"\n'
            f'kind = "external"\nended = 2020-12-31\n{history}'
            '\n[documents.TC-2]\ntitle.vi = "Tiêu chuẩn chưa có hiệu lực (giả định)"\n'
            f'kind = "external"\nin_force = 2021-07-01\n{history}'
        )
    data = json.loads(opened(evidence_of(folder, on=day))["manifest.json"])
    packed = [*data["documents"], *data["paper"], *data["external"]]
    assert sum(one["code"] == "TC-1" for one in packed) == ended
    assert sum(one["code"] == "TC-2" for one in packed) == to_come
    after = verify_documents(folder, on=day)
    assert after.documents - before.documents == ended + to_come
    assert after.later - before.later == (1 if not to_come else 0)
    shown = revisions(qms.load(folder).units["so"].documents["TC-1"], day)
    assert shown[0].state == "effective"  # its acts alone would say so
