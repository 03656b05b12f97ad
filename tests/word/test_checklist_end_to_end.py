"""End to end with the shipped questions: out, filled in LibreOffice, back, recorded, checked."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from qms import load
from qms.cli import main
from qms.terms import Grade
from qms.word import read

pytestmark = pytest.mark.libreoffice

FIXTURES = Path(__file__).parents[2] / "fixtures"


class Audited(NamedTuple):
    """An audit of a fixture, and what its auditor writes down about one question."""

    register: Path
    unit: str
    audit: str
    on: str
    language: str
    conforms: str
    due: date
    values: dict[str, str]


AGENCY = Audited(
    FIXTURES / "ha-giang-2015", "skhcn", "kiem-tra-2015", "31/12/2015", "vi", "Phù hợp",
    date(2016, 1, 31),
    {
        "grade": "Không phù hợp nhẹ",
        "evidence": "Sổ theo dõi hồ sơ tháng 10/2015 (giả định)\n3 hồ sơ không ghi ngày trả",
        "documents": "BM-11-02",
        "statement": "Không ghi ngày trả kết quả",
        "due": "31/01/2016",
    },
)  # fmt: skip
SITE = Audited(
    FIXTURES / "group-40-sites", "depot-01", "2026-surveillance", "2026-11-23", "en", "Conforms",
    date(2027, 1, 31),
    {
        "grade": "Minor nonconformity",
        "evidence": "Order 4711 (invented)\nno record of release",
        "documents": "Release record",
        "statement": "Goods left without release",
        "due": "2027-01-31",
    },
)  # fmt: skip


class Case(NamedTuple):
    """An audit against an edition, the question that is not met, and how the file is saved."""

    audited: Audited
    edition: str
    question: str
    ending: str


@pytest.mark.parametrize(
    "case",
    [
        Case(AGENCY, "2008", "VN-13-1", "docx"),
        Case(AGENCY, "2015", "2015-8.5.1-1", "odt"),
        Case(SITE, "2015", "2015-8.6-1", "docx"),
        Case(SITE, "2015", "SV-b-1", "odt"),
    ],
    ids=lambda case: f"{case.audited.unit}, {case.edition}, {case.ending}",
)
def test_a_checklist_goes_out_and_comes_back(case, fill_in, tmp_path, capsys):
    here, question = case.audited, case.question
    register, issued, filled = (tmp_path / n for n in ("so", "a.docx", f"b.{case.ending}"))
    shutil.copytree(here.register, register)
    words = ["checklist", register, here.unit, "--audit", here.audit, "--edition", case.edition]
    words += ["--on", here.on, "--lang", here.language, "--output"]
    assert run(*words, issued) == 0
    assert all(answer.empty for answer in read(issued).answers)

    fill_in(issued, filled, {"*": {"grade": here.conforms}, question: here.values})

    assert run("findings", filled, "--lang", here.language) == 0
    assert run("findings", filled, "--into", register, "--lang", here.language) == 0
    recorded = load(register).units[here.unit].audits[here.audit]
    assert [paper.name for paper in recorded.papers] == [filled.name]
    finding = recorded.findings[question]
    assert (finding.grade, finding.question) == (Grade.MINOR, question)
    assert (finding.evidence, finding.due) == (here.values["evidence"], here.due)
    assert run("check", register, "--on", here.on) in {0, 1}

    assert run("findings", filled, "--into", register) == 0
    assert load(register).units[here.unit].audits[here.audit] == recorded
    next_one = [
        "checklist",
        register,
        here.unit,
        "--type",
        recorded.type,
        "--edition",
        case.edition,
    ]
    next_one += ["--on", here.on, "--lang", here.language, "--output"]
    assert run(*next_one, tmp_path / "c.docx") == 0
    said = zipfile.ZipFile(tmp_path / "c.docx").read("word/document.xml").decode()
    assert said.count(here.values["statement"]) == 2  # of the last audit, and at its question
    capsys.readouterr()


def run(*arguments: object) -> int:
    """Run a command and return its exit code."""
    return main([str(one) for one in arguments])
