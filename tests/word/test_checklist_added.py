"""Files of one team that are read one after the other: what they add goes behind what is recorded."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve
from checklist_samples import PARTICULARS, answers, checklist
from test_checklist_findings import REGISTER, part

from qms import findings, store
from qms.checklist import AnswerField, DoubtKind
from qms.problems import RegisterError
from qms.store import Form, load, save
from qms.terms import Grade
from qms.text import Language
from qms.word import write_checklist

ADDING = ["earlier-file", "added-to-recorded"]


@pytest.fixture(params=[Form.FOLDER, Form.TOML, Form.JSON, Form.NDJSON])
def register(tmp_path, request):
    path = tmp_path / ("so" if request.param is Form.FOLDER else f"so.{request.param}")
    save(REGISTER, path, request.param)
    return path


@pytest.fixture
def toml(tmp_path):
    path = tmp_path / "so.toml"
    save(REGISTER, path)
    return path


@pytest.fixture
def file(tmp_path):
    return part(tmp_path, "phieu", answers())


def test_what_a_colleague_adds_to_a_finding_goes_behind_what_is_recorded(register, tmp_path):
    """In whatever order, and together or one by one, the same is recorded."""
    first = part(tmp_path, "a", answers())
    more = evolve(
        answers()[1],
        evidence="Thêm\nDòng 2: hòa giải, thuỷ lợi",
        documents="QT-09",
        statement="",
        due=None,
    )
    second = part(tmp_path, "b", (answers()[0], more, *answers()[2:]))
    findings.record(register, findings.read_all([first]))
    with pytest.raises(RegisterError) as stopped:
        findings.record(register, findings.read_all([second]), accept=["earlier-file"])
    assert [(p.what.en.partition("]")[0], p.found) for p in stopped.value.problems] == [
        (
            "[added-to-recorded",
            "Đã xem hồ sơ “4.2-01” <a&b> / Dòng 2: hòa giải, thuỷ lợi + Thêm",
        ),
        (
            "[added-to-recorded",
            "Tài liệu, hồ sơ đã xem: QT-01 + Tài liệu, hồ sơ đã xem: QT-09",
        ),
    ]

    done = findings.record(register, findings.read_all([second]), accept=ADDING)

    finding = load(register).units["so-vi-du"].audits["2026"].findings["4.2-01"]
    assert finding.evidence == f"{answers()[1].evidence}\nThêm"
    assert finding.statement == answers()[1].statement
    assert finding.note == "Tài liệu, hồ sơ đã xem: QT-01\nTài liệu, hồ sơ đã xem: QT-09"
    assert [fact.at[-1] for fact in done.facts] == ["evidence", "note", "papers"]
    paper = load(register).units["so-vi-du"].audits["2026"].papers[1]
    assert paper.note == "Nghi vấn đã chấp nhận: added-to-recorded (2), earlier-file (1)"
    third = findings.read_all([first, second, part(tmp_path, "c", answers()[:1])])
    again = findings.record(register, third)
    assert [fact.at[-1] for fact in again.facts] == ["papers"]


@pytest.mark.parametrize("names", ["ab", "ba"])
def test_why_somebody_did_not_look_is_recorded_neither_together_nor_one_by_one(tmp_path, names):
    """It would become part of the nonconformity of a colleague."""
    why = evolve(answers()[1], grade=Grade.NOT_ASSESSED, statement="Đồng nghiệp xem")
    files = {
        "a": part(tmp_path, "a", answers()),
        "b": part(tmp_path, "b", (answers()[0], why, *answers()[2:])),
    }
    together, by_turns = tmp_path / "together.toml", tmp_path / "by-turns.toml"
    for path in (together, by_turns):
        save(REGISTER, path)

    done = findings.record(together, findings.read_all([files[name] for name in names]))
    for name in names:
        one = findings.record(by_turns, findings.read_all([files[name]]), accept=["earlier-file"])
        assert ("4.2-01" in one.left) is (name == "b")

    assert "4.2-01" in done.left
    first, second = (load(path).units["so-vi-du"].audits["2026"] for path in (together, by_turns))
    assert first.findings == second.findings
    assert first.findings["4.2-01"].statement == answers()[1].statement


def test_what_a_finding_lacks_a_later_file_may_give(toml, tmp_path):
    brief = evolve(answers()[1], statement="", documents="", due=None)
    findings.record(
        toml, findings.read_all([part(tmp_path, "a", (answers()[0], brief, *answers()[2:]))])
    )
    second = findings.read_all([part(tmp_path, "b", answers())])
    with pytest.raises(RegisterError) as stopped:
        findings.record(toml, second, accept=["earlier-file"])
    assert [problem.found for problem in stopped.value.problems] == [
        "Nhận xét 1 / và lý do",
        "02/12/2026",
        "Tài liệu, hồ sơ đã xem: QT-01",
    ]

    findings.record(toml, second, accept=ADDING)

    finding = load(toml).units["so-vi-du"].audits["2026"].findings["4.2-01"]
    assert (finding.statement, finding.due) == (answers()[1].statement, date(2026, 12, 2))


def test_another_conclusion_goes_behind_the_one_that_is_recorded(toml, file, tmp_path):
    findings.record(toml, findings.read_all([file]))
    second = tmp_path / "b.docx"
    about = evolve(PARTICULARS, conclusion="Cần kiểm tra lại.")
    second.write_bytes(
        write_checklist(checklist(), Language.VIETNAMESE, answers=answers(), particulars=about)
    )

    findings.record(toml, findings.read_all([second]), accept=ADDING)

    audit = load(toml).units["so-vi-du"].audits["2026"]
    assert audit.conclusion == f"{PARTICULARS.conclusion}\nCần kiểm tra lại."


def test_the_conclusions_of_two_auditors_are_kept_and_named(toml, file, tmp_path):
    second = tmp_path / "b.docx"
    about = evolve(PARTICULARS, conclusion="Cần kiểm tra lại.")
    second.write_bytes(
        write_checklist(checklist(), Language.VIETNAMESE, answers=answers(), particulars=about)
    )
    reading = findings.read_all([file, second])

    (doubt,) = reading.doubts
    assert (doubt.kind, doubt.field) == (DoubtKind.SEVERAL_CONCLUSIONS, AnswerField.CONCLUSION)
    assert doubt.found == (f"phieu.docx: {PARTICULARS.conclusion} ⟷ b.docx: Cần kiểm tra lại.")
    done = findings.record(toml, reading, accept=["several-conclusions"])
    audit = done.register.units["so-vi-du"].audits["2026"]
    assert audit.conclusion == f"{PARTICULARS.conclusion}\nCần kiểm tra lại."


def test_what_another_program_records_meanwhile_is_seen(toml, file, tmp_path, monkeypatch):
    """Between reading the register and changing it, a colleague's file was recorded."""
    more = (answers()[0], evolve(answers()[1], evidence="Thêm"), *answers()[2:])
    second = part(tmp_path, "b", more)
    findings.record(toml, findings.read_all([file]))
    reading = findings.read_all([second])
    append_many = store.append_many

    def meanwhile(path, facts):
        monkeypatch.setattr(store, "append_many", append_many)
        findings.record(toml, reading, accept=ADDING)
        return append_many(path, facts)

    monkeypatch.setattr(store, "append_many", meanwhile)
    done = findings.record(toml, reading, accept=ADDING)

    assert done.facts == ()
    audit = load(toml).units["so-vi-du"].audits["2026"]
    assert audit.findings["4.2-01"].evidence == f"{answers()[1].evidence}\nThêm"
    assert len(audit.papers) == 2
