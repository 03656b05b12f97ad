"""What an auditor fills in comes back after LibreOffice saved the file: 300 answers of 300."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from checklist_samples import ON, ORGANISATION, PARTICULARS, TITLES, UNIT, checklist, question
from test_checklist_round_trip import (
    _cells,
    _rows,
    everything,
    kinds,
    rewritten,
)

from qms import check, findings
from qms.checklist import Answer, DoubtKind, draw_up
from qms.model import Register
from qms.norms import norms
from qms.store import load, save
from qms.terms import AuditType, Edition, Grade
from qms.text import Language
from qms.word import read, write_checklist
from qms.word.parts import element, w

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Convert

pytestmark = pytest.mark.libreoffice
both_languages = pytest.mark.parametrize("language", list(Language))

BIG = draw_up(
    UNIT,
    type=AuditType.INTERNAL,
    edition=Edition("ISO 9001:2015"),
    questions=[question(f"{n % 7 + 4}.1-{n:02}", f"{n % 7 + 4}.1") for n in range(60)],
    on=ON,
    norms=norms(),
    organisation=ORGANISATION,
    titles=TITLES,
)
VALUES = {
    "grade": "Không phù hợp nhẹ",
    "evidence": "Biên bản số 7\nkhông có chữ ký",
    "documents": "BM-07",
    "statement": "Thiếu chữ ký",
    "due": "15/12/2026",
}
GRADES = [grade for grade in Grade if grade is not Grade.NOT_APPLICABLE]
ANSWERS = tuple(
    Answer(
        question=item.id,
        clause=item.clause,
        grade=GRADES[number % 5],
        evidence=f"Đã xem “{item.id}” & <các> hồ sơ\nDòng 2: thuỷ lợi, hòa giải",
        documents=f"QT-{number:02}; BM-{number:02}",
        statement=f"Nhận xét {number}\nvà kiến nghị",
        due=date(2026, 12, number % 28 + 1),
    )
    for number, item in enumerate(BIG.items)
)


def right(reading: Any) -> int:
    """How many of the 300 answers came back as they were given."""
    found = {answer.question: answer for answer in reading.answers}
    names = ("grade", "evidence", "documents", "statement", "due")
    return sum(
        getattr(found[answer.question], name) == getattr(answer, name)
        for answer in ANSWERS
        for name in names
    )


def again(
    path: Path, libreoffice: Convert, tmp_path: Path, forms: tuple[str, ...] = ("odt",)
) -> dict[str, Path]:
    """The file as LibreOffice saves it, also by way of other forms."""
    saved = {"docx": libreoffice(path, "docx", tmp_path / "docx")}
    for form in forms:
        between = libreoffice(path, form, tmp_path / form)
        if form == "odt":
            saved["odt"] = between
        saved[f"{form}-docx"] = libreoffice(between, "docx", tmp_path / f"{form}-docx")
    return saved


@pytest.mark.parametrize(
    ("language", "promoted"),
    [(Language.VIETNAMESE, False), (Language.ENGLISH, False), (Language.VIETNAMESE, True)],
    ids=["Vietnamese", "English", "promoted by Word"],
)
def test_300_answers_of_300_come_back_by_every_way(language, promoted, libreoffice, tmp_path):
    data = write_checklist(BIG, language, answers=ANSWERS, particulars=PARTICULARS)
    if promoted:
        data = rewritten(data, promote_free_text)
    path = tmp_path / "phieu.docx"
    path.write_bytes(data)

    # Through .doc, a blank line comes between the paragraphs of a control promoted by Word.
    plain = language is Language.VIETNAMESE and not promoted
    forms = ("odt", "doc", "rtf") if plain else ("odt",)
    for way, file in again(path, libreoffice, tmp_path, forms).items():
        reading = read(file)
        assert right(reading) == 300, way
        assert reading.particulars == PARTICULARS, way
        assert reading.doubts == (), way


def promote_free_text(root: Any) -> None:
    """Word puts the control of a text of several paragraphs around them (simulated)."""
    for row in _rows(root):
        for cell in (_cells(row)[4], _cells(row)[6]):
            (control,) = cell.iter(w("sdt"))
            content, paragraph = control.find(w("sdtContent")), control.getparent()
            lines = [text.text for text in content.iter(w("t"))]
            for child in list(content):
                content.remove(child)
            for line in lines:
                one = element("<w:p><w:r><w:t/></w:r></w:p>")
                next(one.iter(w("t"))).text = line
                content.append(one)
            paragraph.addprevious(control)
            cell.remove(paragraph)


@both_languages
def test_a_checklist_that_nobody_filled_in_stays_empty(language, libreoffice, tmp_path):
    path = tmp_path / "phieu.docx"
    path.write_bytes(write_checklist(checklist(), language))

    for way, file in again(path, libreoffice, tmp_path).items():
        reading = read(file)
        assert all(answer.empty for answer in reading.answers), way
        assert kinds(reading) == {DoubtKind.UNANSWERED}, way


def test_marks_and_strays_are_named_after_libreoffice_saved_them(libreoffice, tmp_path):
    def change(root: Any) -> None:
        cell = _cells(_rows(root)[0])[4]
        next(cell.iter(w("r"))).addnext(
            element(
                '<w:ins w:id="9001" w:author="A" w:date="2026-01-01T00:00:00Z">'
                "<w:r><w:t> thêm vào</w:t></w:r></w:ins>"
            )
        )
        _cells(_rows(root)[1])[4].find(w("p")).append(
            element(
                '<w:del w:id="9002" w:author="A" w:date="2026-01-01T00:00:00Z">'
                "<w:r><w:delText>bỏ đi</w:delText></w:r></w:del>"
            )
        )
        root.find(w("body")).insert(3, element("<w:p><w:r><w:t>Ghi ngoài</w:t></w:r></w:p>"))

    path = tmp_path / "phieu.docx"
    path.write_bytes(rewritten(write_checklist(BIG, Language.VIETNAMESE, answers=ANSWERS), change))

    for way, file in again(path, libreoffice, tmp_path).items():
        reading = read(file)
        assert {DoubtKind.TRACKED_CHANGE, DoubtKind.STRAY_TEXT} <= kinds(reading), way
        assert right(reading) == 299, way
        for words in ("thêm vào", "bỏ đi", "Ghi ngoài"):
            assert words in everything(reading), (way, words)


@pytest.mark.usefixtures("libreoffice")
@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_filled_in_in_libreoffice_read_back_and_appended(ending, fill_in, tmp_path):
    """End to end: out, filled in and saved in LibreOffice, back, into the register, checked."""
    source, target, register = (tmp_path / n for n in ("a.docx", f"b.{ending}", "so.toml"))
    source.write_bytes(write_checklist(checklist(), Language.VIETNAMESE))
    save(Register(organisation=ORGANISATION, units={UNIT.id: UNIT}), register)
    fill_in(source, target, {checklist().items[1].id: VALUES})

    reading = findings.read_all([target])
    accepted = [DoubtKind.UNANSWERED, DoubtKind.NO_LAST_DAY]
    done = findings.record(register, reading, accept=accepted)

    assert kinds(reading) == {DoubtKind.UNANSWERED}
    assert len(reading.doubts) == 6
    (finding,) = done.register.units[UNIT.id].audits["2026"].findings.values()
    assert (finding.grade, finding.clause, finding.due) == (Grade.MINOR, "4.2", date(2026, 12, 15))
    assert finding.evidence == "Biên bản số 7\nkhông có chữ ký"
    assert finding.statement == "Thiếu chữ ký"
    assert load(register) == done.register
    assert check(done.register, on=date(2026, 12, 1)).checked


def test_nothing_else_is_needed_to_read_a_file_back(tmp_path):
    """Reading takes the file alone: no register, no question bank, no LibreOffice."""
    path = tmp_path / "phieu.docx"
    path.write_bytes(write_checklist(checklist(), Language.VIETNAMESE))
    code = f"from qms.word import read; print(len(read({str(path)!r}).answers))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "7"
