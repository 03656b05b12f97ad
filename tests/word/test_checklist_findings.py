"""Findings of filled checklists go into the register: all or none, once, and never over a doubt."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from checklist_samples import (
    ORGANISATION,
    PARTICULARS,
    UNIT,
    answers,
    checklist,
    filled,
    without_properties,
)

from qms import findings
from qms.checklist import Answer, AnswerField, Doubt, DoubtKind, merge
from qms.model import AuditTeamMember, Register
from qms.problems import RegisterError
from qms.store import Form, load, save
from qms.terms import AuditRole, AuditType, Edition, Grade
from qms.text import Language
from qms.word import read, write_checklist
from qms.word.refusal import Refusal, Refused

if TYPE_CHECKING:
    from pathlib import Path

CRITERIA = (Edition("TCVN ISO 9001:2015"),)
REGISTER = Register(organisation=ORGANISATION, units={UNIT.id: UNIT})


@pytest.fixture(params=[Form.FOLDER, Form.TOML, Form.JSON, Form.NDJSON])
def register(tmp_path, request) -> Path:
    path = tmp_path / ("so" if request.param is Form.FOLDER else f"so.{request.param}")
    save(REGISTER, path, request.param)
    return path


@pytest.fixture
def toml(tmp_path) -> Path:
    path = tmp_path / "so.toml"
    save(REGISTER, path)
    return path


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "phieu.docx"
    path.write_bytes(filled(Language.VIETNAMESE))
    return path


def part(tmp_path: Path, name: str, given: tuple[Answer, ...]) -> Path:
    path = tmp_path / f"{name}.docx"
    path.write_bytes(
        write_checklist(checklist(), Language.VIETNAMESE, answers=given, particulars=PARTICULARS)
    )
    return path


def refusals(error: RegisterError) -> list[str]:
    return [problem.what.en for problem in error.problems]


def test_nonconformities_and_opportunities_become_findings_of_the_audit(register, file):
    done = findings.record(register, findings.read_all([file]))

    audit = load(register).units["so-vi-du"].audits["2026"]
    assert done.register.units["so-vi-du"].audits["2026"] == audit
    assert {key: one.grade for key, one in audit.findings.items()} == {
        "4.2-01": Grade.MINOR,
        "7.5-01": Grade.MAJOR,
        "7.5-02": Grade.OPPORTUNITY,
    }
    finding = audit.findings["7.5-01"]
    assert finding.evidence == "Đã xem hồ sơ “7.5-01” <a&b>\nDòng 2: hòa giải, thuỷ lợi"
    assert finding.note == "Tài liệu, hồ sơ đã xem: QT-02"
    assert (finding.clause, finding.question, finding.due) == ("7.5", "7.5-01", date(2026, 12, 3))
    assert (audit.began, audit.held) == (date(2026, 11, 9), date(2026, 11, 10))
    assert audit.conclusion == PARTICULARS.conclusion
    (paper,) = audit.papers
    assert (paper.name, paper.size) == ("phieu.docx", file.stat().st_size)


def test_a_file_that_was_read_before_changes_nothing(toml, file):
    findings.record(toml, findings.read_all([file]))
    before = toml.read_bytes()

    again = findings.record(toml, findings.read_all([file]))

    assert again.facts == ()
    assert toml.read_bytes() == before


def test_the_files_of_two_auditors_become_one_set_of_findings(toml, tmp_path):
    first = part(tmp_path, "a", answers()[:3])
    second = part(tmp_path, "b", answers()[3:])

    done = findings.record(toml, findings.read_all([first, second]))

    assert done.reading.answers == answers()
    audit = load(toml).units["so-vi-du"].audits["2026"]
    assert [paper.name for paper in audit.papers] == ["a.docx", "b.docx"]
    assert len(audit.findings) == 3


def test_two_auditors_who_contradict_each_other_are_named(toml, tmp_path):
    other = (evolve(answers()[1], grade=Grade.MAJOR), *answers()[2:])
    files = [part(tmp_path, "a", answers()), part(tmp_path, "b", other)]

    reading = findings.read_all(files)

    (doubt,) = [d for d in reading.doubts if d.kind is DoubtKind.CONTRADICTORY]
    assert (doubt.question, doubt.field) == ("4.2-01", AnswerField.GRADE)
    assert doubt.found == "a.docx: Không phù hợp nhẹ ⟷ b.docx: Không phù hợp nặng"
    with pytest.raises(RegisterError, match="contradictory"):
        findings.record(toml, reading, accept=["contradictory"])
    assert load(toml) == REGISTER


def test_a_further_finding_keeps_its_identity_and_a_colleague_s_line_does_not_hide_it(
    toml, tmp_path
):
    one = Answer(
        question="X-01", clause="8.5", grade=Grade.MINOR, evidence="A", statement="B", further=True
    )
    two = evolve(one, clause="8.6 và 9.1", statement="C")
    files = [part(tmp_path, "a", (*answers(), one)), part(tmp_path, "b", (*answers(), two))]

    findings.record(toml, findings.read_all(files))

    recorded = load(toml).units["so-vi-du"].audits["2026"].findings
    further = [f for key, f in recorded.items() if key.startswith("X-01-")]
    assert [(f.clause, f.statement, f.note, f.question) for f in further] == [
        ("8.5", "B", None, None),
        ("8.6", "C", "Điều khoản: 8.6 và 9.1", None),
    ]


def test_a_doubt_stands_in_the_way_until_it_is_accepted_by_its_code(toml, tmp_path):
    given = (evolve(answers()[0], grade=None), evolve(answers()[1], evidence=""), *answers()[2:])
    reading = findings.read_all([part(tmp_path, "a", given)])

    with pytest.raises(RegisterError) as stopped:
        findings.record(toml, reading, accept=["unanswered"])

    assert [what.partition("]")[0] for what in refusals(stopped.value)] == ["[no-evidence"]
    assert load(toml) == REGISTER
    done = findings.record(toml, reading, accept=["unanswered", DoubtKind.NO_EVIDENCE])
    audit = done.register.units["so-vi-du"].audits["2026"]
    assert audit.findings["4.2-01"].evidence is None
    (paper,) = audit.papers
    assert paper.note == "Nghi vấn đã chấp nhận: no-evidence (1), unanswered (1)"


def test_what_is_recorded_otherwise_is_not_changed(toml, file, tmp_path):
    findings.record(toml, findings.read_all([file]))
    before = toml.read_bytes()
    later = (
        answers()[0],
        evolve(answers()[1], due=date(2026, 12, 20)),
        evolve(answers()[2], grade=Grade.CONFORMITY),
        *answers()[3:],
    )
    path = tmp_path / "sau.docx"
    path.write_bytes(
        write_checklist(
            checklist(),
            Language.VIETNAMESE,
            answers=later,
            particulars=evolve(PARTICULARS, held=date(2026, 11, 11)),
        )
    )

    with pytest.raises(RegisterError) as stopped:
        findings.record(
            toml, findings.read_all([path]), accept=["recorded-otherwise", "earlier-file"]
        )

    assert all("recorded-otherwise" in what for what in refusals(stopped.value))
    assert all("by hand, the register" in p.remedy.en for p in stopped.value.problems)
    assert [problem.found for problem in stopped.value.problems] == [
        "10/11/2026 ⟷ 11/11/2026",
        "02/12/2026 ⟷ 20/12/2026",
        "Không phù hợp nặng ⟷ Phù hợp",
    ]
    assert toml.read_bytes() == before


def test_every_field_that_differs_from_what_is_recorded_is_shown(toml, file, tmp_path):
    findings.record(toml, findings.read_all([file]))
    later = evolve(answers()[1], grade=Grade.MAJOR, evidence="Khác", due=date(2026, 12, 20))
    conforms = evolve(answers()[2], grade=Grade.CONFORMITY)
    unseen = evolve(answers()[3], grade=Grade.NOT_ASSESSED)
    path = part(tmp_path, "b", (answers()[0], later, conforms, unseen, *answers()[4:]))

    with pytest.raises(RegisterError) as stopped:
        findings.record(toml, findings.read_all([path]), accept=["earlier-file"])

    assert [problem.found for problem in stopped.value.problems] == [
        "Không phù hợp nhẹ ⟷ Không phù hợp nặng",
        "Đã xem hồ sơ “4.2-01” <a&b> / Dòng 2: hòa giải, thuỷ lợi + Khác",
        "02/12/2026 ⟷ 20/12/2026",
        "Không phù hợp nặng ⟷ Phù hợp",
    ]


def test_a_checklist_that_says_nothing_contradicts_nothing(toml, file, tmp_path):
    findings.record(toml, findings.read_all([file]))
    before = load(toml).units["so-vi-du"].audits["2026"].findings
    brief = evolve(answers()[1], statement="", documents="", due=None)
    path = part(tmp_path, "b", (answers()[0], brief, *answers()[2:]))

    done = findings.record(toml, findings.read_all([path]), accept=["earlier-file"])

    assert [fact.at[-1] for fact in done.facts] == ["papers"]
    assert done.register.units["so-vi-du"].audits["2026"].findings == before


def test_a_file_read_after_another_one_may_hide_contradictions(toml, file, tmp_path):
    findings.record(toml, findings.read_all([file]))
    second = part(tmp_path, "b", (evolve(answers()[0], evidence="Khác"), *answers()[1:]))

    with pytest.raises(RegisterError) as stopped:
        findings.record(toml, findings.read_all([second]))

    (problem,) = stopped.value.problems
    assert "[earlier-file]" in problem.what.en
    assert problem.found == "phieu.docx"
    done = findings.record(toml, findings.read_all([second]), accept=["earlier-file"])
    assert [fact.at[-1] for fact in done.facts] == ["papers"]


def test_who_audited_and_who_spoke_for_the_unit_is_kept(toml, tmp_path):
    others = evolve(PARTICULARS, auditors="Trần Thị Mẫu\nNgười Khác")
    path = tmp_path / "a.docx"
    data = write_checklist(checklist(), Language.VIETNAMESE, answers=answers(), particulars=others)
    path.write_bytes(data)
    findings.record(toml, findings.read_all([path]), accept=["team-otherwise"])

    audit = load(toml).units["so-vi-du"].audits["2026"]
    assert [member.name for member in audit.team][2:] == ["Người Khác"]
    assert audit.note == (
        "Đoàn đánh giá ghi trong phiếu: Trần Thị Mẫu; Người Khác\nĐại diện đơn vị được đánh giá: Ông Mẫu, Giám đốc"
    )
    spoke = evolve(others, auditees="Bà Khác")
    second = tmp_path / "b.docx"
    second.write_bytes(
        write_checklist(checklist(), Language.VIETNAMESE, answers=answers(), particulars=spoke)
    )
    with pytest.raises(RegisterError) as stopped:
        findings.record(toml, findings.read_all([second]), accept=["earlier-file"])
    (problem,) = stopped.value.problems
    assert "[added-to-recorded]" in problem.what.en
    assert problem.found == "Đại diện đơn vị được đánh giá: Bà Khác"
    accept = ["earlier-file", "added-to-recorded"]
    findings.record(toml, findings.read_all([second]), accept=accept)
    added = load(toml).units["so-vi-du"].audits["2026"].note
    assert added == f"{audit.note}\nĐại diện đơn vị được đánh giá: Bà Khác"


def test_the_team_is_taken_from_the_checklist_where_the_register_has_none(tmp_path, file):
    audits = {**UNIT.audits, "2026": evolve(UNIT.audits["2026"], team=(), criteria=CRITERIA)}
    path = tmp_path / "so.toml"
    save(evolve(REGISTER, units={UNIT.id: evolve(UNIT, audits=audits)}), path)

    findings.record(path, findings.read_all([file]))

    team = load(path).units["so-vi-du"].audits["2026"].team
    assert [member.name for member in team] == ["Trần Thị Mẫu", "Lê Văn Ví Dụ"]


@pytest.mark.parametrize(
    ("criteria", "noted"),
    [((Edition("TCVN ISO 9001:2008"),), True), (CRITERIA, False), ((), False)],
)
def test_clauses_of_another_edition_than_the_criteria_are_noted(tmp_path, file, criteria, noted):
    held = evolve(UNIT.audits["2026"], criteria=criteria)
    path = tmp_path / "so.toml"
    unit = evolve(UNIT, audits={**UNIT.audits, "2026": held})
    save(evolve(REGISTER, units={UNIT.id: unit}), path)

    findings.record(path, findings.read_all([file]))

    note = load(path).units["so-vi-du"].audits["2026"].note
    words = "Các phát hiện ghi theo điều khoản của ISO 9001:2015"
    assert (words in note.split("\n")) is noted


def test_the_edition_becomes_the_criterion_where_the_register_names_none(register, file):
    """Without it nothing would tell by which edition the clauses of the findings are numbered."""
    findings.record(register, findings.read_all([file]))

    audit = load(register).units["so-vi-du"].audits["2026"]
    assert audit.criteria == (Edition("ISO 9001:2015"),)


def test_a_file_without_properties_is_read_by_the_checklist_that_was_sent_out(toml, tmp_path):
    issued = tmp_path / "gửi.docx"
    issued.write_bytes(filled(Language.VIETNAMESE))
    bare = tmp_path / "a.docx"
    bare.write_bytes(without_properties(filled(Language.VIETNAMESE)))

    with pytest.raises(RegisterError, match="no-plan"):
        findings.record(toml, findings.read_all([bare]))
    with pytest.raises(Refused) as refused:
        read(bare, issued=bare)
    assert (refused.value.code, refused.value.file) == (Refusal.NOT_A_CHECKLIST, str(bare))
    done = findings.record(toml, findings.read_all([bare], issued=issued))

    assert (done.reading.doubts, done.reading.answers) == ((), answers())
    assert len(done.register.units["so-vi-du"].audits["2026"].findings) == 3


def test_a_checklist_of_another_register_or_audit_is_refused(toml, file):
    reading = findings.read_all([file])

    for other, expected in (
        (evolve(reading, unit="khac"), "no unit “khac”"),
        (evolve(reading, audit=None), "does not say to which recorded audit"),
        (evolve(reading, audit="1999"), "no audit “1999”"),
    ):
        with pytest.raises(RegisterError, match=expected):
            findings.record(toml, other)
    with pytest.raises(RegisterError, match="belongs to the audit “2026”"):
        findings.record(toml, reading, audit="2025")
    with pytest.raises(RegisterError, match="another-checklist"):
        findings.record(toml, evolve(reading, type="surveillance"))


def test_what_to_do_about_an_audit_that_is_not_named_depends_on_what_is_recorded(toml, file):
    reading = findings.read_all([file])

    def remedy(**more):
        with pytest.raises(RegisterError) as stopped:
            findings.record(toml, evolve(reading, **more.pop("changes")), **more)
        (problem,) = stopped.value.problems
        return problem.remedy.en

    assert remedy(changes={"audit": None}).endswith("of this kind the register has: 2025, 2026.")
    stage = {"audit": None, "type": AuditType.STAGE_1}
    assert (
        remedy(changes=stage) == "Record the audit in the register first, then name it (--audit)."
    )
    assert remedy(changes={"audit": None}, audit="1999").startswith("Record the audit in the regis")
    assert remedy(changes={"audit": "1999"}).endswith("which stands in the checklist.")


def test_an_audit_that_the_checklist_does_not_name_can_be_named(toml, tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(
        write_checklist(
            checklist(None), Language.ENGLISH, answers=answers(), particulars=PARTICULARS
        )
    )

    done = findings.record(toml, findings.read_all([path]), audit="2026")

    assert len(done.register.units["so-vi-du"].audits["2026"].findings) == 3


def test_files_of_two_checklists_are_not_merged_in_silence():
    one = read(filled(Language.VIETNAMESE))
    other = read(write_checklist(checklist(None), Language.VIETNAMESE, answers=answers()))

    merged = merge([one, other])

    (doubt,) = [d for d in merged.doubts if d.kind is DoubtKind.ANOTHER_CHECKLIST]
    assert doubt.found == f"so-vi-du · internal · ISO 9001:2015 ({checklist(None).id})"
    lost = merge([one, read(without_properties(filled(Language.VIETNAMESE)))])
    assert {(d.kind, d.found) for d in lost.doubts} >= {(DoubtKind.ANOTHER_CHECKLIST, None)}
    with pytest.raises(ValueError, match="no checklist"):
        merge([])


def test_files_of_two_units_are_to_be_read_apart(toml, file, tmp_path):
    """There is nothing to mend in either of them."""
    other = tmp_path / "other.docx"
    other.write_bytes(write_checklist(evolve(checklist(), unit="so-khac"), Language.VIETNAMESE))

    with pytest.raises(RegisterError) as stopped:
        findings.record(toml, findings.read_all([file, other]), accept=["unanswered"])

    (remedy,) = {p.remedy.en for p in stopped.value.problems if "another-" in p.what.en}
    assert remedy == (
        "Read the files of each unit and audit by themselves; this cannot be accepted."
    )
    sent = tmp_path / "sent.docx"
    sent.write_bytes(write_checklist(evolve(checklist(), unit="so-khac"), Language.VIETNAMESE))
    with pytest.raises(RegisterError, match="Mend the file; this cannot be accepted"):
        findings.record(toml, findings.read_all([file], issued=sent))


def test_the_same_bytes_under_two_names_are_one_paper(toml, file, tmp_path):
    copy = tmp_path / "bản sao.docx"
    copy.write_bytes(file.read_bytes())

    findings.record(toml, findings.read_all([file, copy]))

    papers = load(toml).units["so-vi-du"].audits["2026"].papers
    assert [paper.name for paper in papers] == ["phieu.docx"]


@pytest.mark.parametrize(
    ("accept", "told"),
    [
        (["unanswered", "nonsense"], "no code of a doubt: nonsense; codes are older-revision, "),
        ("unanswered", "accept takes several codes, as in accept=['unanswered']"),
        (DoubtKind.UNANSWERED, "accept takes several codes, as in accept=['unanswered']"),
    ],
)
def test_what_is_no_code_of_a_doubt_is_named(toml, file, accept, told):
    with pytest.raises(ValueError) as stopped:
        findings.record(toml, findings.read_all([file]), accept=accept)

    assert str(stopped.value).startswith(told)
    assert load(toml) == REGISTER


def test_a_second_auditor_s_file_adds_only_what_is_new(toml, file, tmp_path):
    findings.record(toml, findings.read_all([file]))
    further = Answer(question="X-01", clause="8.5", grade=Grade.MINOR, evidence="A", further=True)
    second = part(tmp_path, "b", (*answers(), further))

    done = findings.record(toml, findings.read_all([file, second]))

    assert [fact.at[2] for fact in done.facts] == ["findings", "papers"]
    assert len(done.register.units["so-vi-du"].audits["2026"].papers) == 2


def test_a_file_that_was_read_into_one_audit_is_refused_for_another(tmp_path):
    path = tmp_path / "so.toml"
    audits = {**UNIT.audits, "2027": evolve(UNIT.audits["2026"], planned=None, team=())}
    save(evolve(REGISTER, units={UNIT.id: evolve(UNIT, audits=audits)}), path)
    file = tmp_path / "a.docx"
    file.write_bytes(
        write_checklist(
            checklist(None), Language.ENGLISH, answers=answers(), particulars=PARTICULARS
        )
    )
    findings.record(path, findings.read_all([file]), audit="2026")
    before = path.read_bytes()

    with pytest.raises(RegisterError) as stopped:
        findings.record(path, findings.read_all([file]), audit="2027")

    assert refusals(stopped.value) == ["this file was recorded into the audit “2026” before"]
    assert path.read_bytes() == before


def test_answers_without_a_last_day_are_in_doubt_unless_the_register_holds_it(toml, tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(
        write_checklist(
            checklist(),
            Language.VIETNAMESE,
            answers=answers(),
            particulars=evolve(PARTICULARS, held=None),
        )
    )
    with pytest.raises(RegisterError) as stopped:
        findings.record(toml, findings.read_all([file]))

    assert [what.partition("]")[0] for what in refusals(stopped.value)] == ["[no-last-day"]
    assert load(toml) == REGISTER
    other = tmp_path / "so-2.toml"
    held = evolve(UNIT.audits["2026"], held=PARTICULARS.held)
    unit = evolve(UNIT, audits={**UNIT.audits, "2026": held})
    save(evolve(REGISTER, units={UNIT.id: unit}), other)
    findings.record(other, findings.read_all([file]))
    done = findings.record(toml, findings.read_all([file]), accept=["no-last-day"])
    assert done.register.units["so-vi-du"].audits["2026"].held is None


@pytest.mark.parametrize(
    ("planned", "found"),
    [
        (None, None),
        (date(2026, 5, 14), None),
        (date(2026, 5, 13), "10/11/2026 ⟷ 13/05/2026"),
        (date(2027, 5, 9), None),
        (date(2027, 5, 10), "10/11/2026 ⟷ 10/05/2027"),
    ],
)
def test_a_last_day_far_from_the_planned_one_is_in_doubt(tmp_path, planned, found):
    path = tmp_path / "so.toml"
    audits = {**UNIT.audits, "2026": evolve(UNIT.audits["2026"], planned=planned)}
    save(evolve(REGISTER, units={UNIT.id: evolve(UNIT, audits=audits)}), path)
    file = tmp_path / "a.docx"
    file.write_bytes(
        write_checklist(
            checklist(),
            Language.VIETNAMESE,
            answers=answers(),
            particulars=evolve(PARTICULARS, began=None, auditees=""),
        )
    )
    if found is None:
        assert findings.record(path, findings.read_all([file])).facts
        return
    with pytest.raises(RegisterError) as stopped:
        findings.record(path, findings.read_all([file]))
    assert [(p.what.en[:15], p.found) for p in stopped.value.problems] == [
        ("[unlikely-date]", found)
    ]
    assert findings.record(path, findings.read_all([file]), accept=["unlikely-date"]).facts


def test_a_day_with_a_wrong_year_is_in_doubt_once(toml, tmp_path):
    file = tmp_path / "a.docx"
    wrong = evolve(PARTICULARS, began=None, held=date(2025, 11, 10))
    file.write_bytes(
        write_checklist(checklist(), Language.VIETNAMESE, answers=answers(), particulars=wrong)
    )

    with pytest.raises(RegisterError) as stopped:
        findings.record(toml, findings.read_all([file]))

    (problem,) = stopped.value.problems
    assert problem.found == "10/11/2025 ⟷ 02/11/2026"
    assert "dòng “Ngày kết thúc”" in problem.what.vi


@pytest.mark.parametrize(
    ("words", "people"),
    [
        (
            "1. Anna One;2/ Bob Two\n- Eve Three (lead)",
            [("Anna One", None), ("Bob Two", None), ("Eve Three", AuditRole.LEADER)],
        ),
        (
            "Anna Lead (lead), Bob Two; Dr. C, D",
            [("Anna Lead", AuditRole.LEADER), ("Bob Two", None), ("Dr. C, D", None)],
        ),
        (
            "Trần Thị Mẫu - Trưởng đoàn\nLê Văn Ví Dụ, chuyên gia đánh giá;",
            [("Trần Thị Mẫu", AuditRole.LEADER), ("Lê Văn Ví Dụ", AuditRole.AUDITOR)],
        ),
        (
            "Trưởng đoàn: Trần Thị Mẫu; Người Khác – quan sát viên",
            [("Trần Thị Mẫu", AuditRole.LEADER), ("Người Khác", AuditRole.OBSERVER)],
        ),
        ("Anna (Dept A), head of unit", [("Anna (Dept A), head of unit", None)]),
        ("Ann-Marie Two, PhD, expert", [("Ann-Marie Two, PhD", AuditRole.EXPERT)]),
        ("Anna One, Bob Two", [("Anna One, Bob Two", None)]),
        (
            "Trần Thị Mẫu\nLê Văn Ví Dụ; TRẦN THỊ MẪU (trưởng đoàn)\nTrần Thị Mẫu; Lê Văn Ví Dụ",
            [("TRẦN THỊ MẪU", AuditRole.LEADER), ("Lê Văn Ví Dụ", None)],
        ),
        (
            "Anna (lead); Bob; Anna (expert); anna (lead)",
            [("Anna", AuditRole.LEADER), ("Anna", AuditRole.EXPERT), ("Bob", None)],
        ),
        (
            "Trần Thị Mẫu (Trưởng đoàn kiểm tra)\nLê Văn Ví Dụ (thành viên đoàn)",
            [("Trần Thị Mẫu", AuditRole.LEADER), ("Lê Văn Ví Dụ", AuditRole.AUDITOR)],
        ),
        (
            "Trần Thị Mẫu [Trưởng đoàn]; Lê B [thành viên], Anna Lead（lead auditor）",
            [
                ("Trần Thị Mẫu", AuditRole.LEADER),
                ("Lê B", AuditRole.AUDITOR),
                ("Anna Lead", AuditRole.LEADER),
            ],
        ),
        # As it is copied from a table.
        (
            "1. Trần Thị Mẫu\tTrưởng đoàn\nLê Văn Ví Dụ | Thành viên\nAnna One: auditor",
            [
                ("Trần Thị Mẫu", AuditRole.LEADER),
                ("Lê Văn Ví Dụ", AuditRole.AUDITOR),
                ("Anna One", AuditRole.AUDITOR),
            ],
        ),
        (
            "Ông Trần Mẫu\nTRẦN MẪU (trưởng đoàn); ThS. Lê Ví Dụ; Lê Ví Dụ, Bà",
            [("TRẦN MẪU", AuditRole.LEADER), ("ThS. Lê Ví Dụ", None), ("Lê Ví Dụ, Bà", None)],
        ),
    ],
)
def test_the_people_of_a_team_are_told_apart_where_that_is_sure(tmp_path, words, people):
    audits = {**UNIT.audits, "2026": evolve(UNIT.audits["2026"], team=(), criteria=CRITERIA)}
    path = tmp_path / "so.toml"
    save(evolve(REGISTER, units={UNIT.id: evolve(UNIT, audits=audits)}), path)
    file = tmp_path / "a.docx"
    about = evolve(PARTICULARS, auditors=words)
    file.write_bytes(
        write_checklist(checklist(), Language.VIETNAMESE, answers=answers(), particulars=about)
    )

    findings.record(path, findings.read_all([file]), accept=["uncertain-names"])

    team = load(path).units["so-vi-du"].audits["2026"].team
    assert [(member.name, member.role) for member in team] == people


def by_team(tmp_path: Path, words: str, name: str = "a.docx") -> Path:
    """The checklist of a team that was written down in some words."""
    file = tmp_path / name
    about = evolve(PARTICULARS, auditors=words)
    file.write_bytes(
        write_checklist(checklist(), Language.VIETNAMESE, answers=answers(), particulars=about)
    )
    return file


@pytest.mark.parametrize(
    ("words", "doubted"),
    [
        ("Bob Invented, Eve Invented", ["Bob Invented, Eve Invented"]),
        ("Bob Invented and Eve Invented", ["Bob Invented and Eve Invented"]),
        ("Ông Mẫu và bà Ví Dụ; Người Khác", ["Ông Mẫu và bà Ví Dụ"]),
        ("1/ Trần Mẫu, Trưởng phòng - Trưởng đoàn", ["Trần Mẫu, Trưởng phòng"]),
        ("Trần Mẫu\tTrưởng phòng", ["Trần Mẫu\tTrưởng phòng"]),
        ("Bob Invented | Eve Invented", ["Bob Invented | Eve Invented"]),
        ("Lê Ví Dụ [ĐGV]\nTrần Mẫu（TĐ）", ["Lê Ví Dụ [ĐGV]", "Trần Mẫu（TĐ）"]),
        ("Bob Invented\n2. Eve Invented, lead\n• Dr. Vàng Văn Anderson", []),
    ],
)
def test_what_is_hardly_the_name_of_one_person_is_in_doubt(tmp_path, words, doubted):
    """Whether somebody who audited also decided is asked by the name."""
    path = held_register(tmp_path, team=())
    file = by_team(tmp_path, words)
    if not doubted:
        assert findings.record(path, findings.read_all([file])).facts
        return
    with pytest.raises(RegisterError) as stopped:
        findings.record(path, findings.read_all([file]))

    assert [(p.what.en[:17], p.found) for p in stopped.value.problems] == [
        ("[uncertain-names]", found) for found in doubted
    ]


def test_whoever_is_not_in_the_team_yet_goes_behind_it(toml, tmp_path):
    words = "Trần Thị Mẫu (trưởng đoàn); Lê Văn Ví Dụ; 3. Người Khác (quan sát viên)"

    findings.record(toml, findings.read_all([by_team(tmp_path, words)]))

    audit = load(toml).units["so-vi-du"].audits["2026"]
    assert [(member.name, member.role) for member in audit.team] == [
        ("Trần Thị Mẫu", None),
        ("Lê Văn Ví Dụ", None),
        ("Người Khác", AuditRole.OBSERVER),
    ]
    # The role of somebody who is recorded without one has no other place.
    first = audit.note.split("\n")[0]
    assert first == "Đoàn đánh giá ghi trong phiếu: Trần Thị Mẫu (trưởng đoàn)"


def test_a_role_for_which_the_register_has_no_word_stands_in_the_note(tmp_path):
    path = held_register(tmp_path, team=())
    words = "Trần Thị Mẫu (trưởng đoàn)\nLê Văn Ví Dụ (phó trưởng đoàn)\nNgười Khác - Thư ký"

    findings.record(path, findings.read_all([by_team(tmp_path, words)]))

    audit = load(path).units["so-vi-du"].audits["2026"]
    assert [(member.name, member.role) for member in audit.team] == [
        ("Trần Thị Mẫu", AuditRole.LEADER),
        ("Lê Văn Ví Dụ", AuditRole.AUDITOR),
        ("Người Khác", None),
    ]
    assert audit.note.split("\n")[0] == (
        "Đoàn đánh giá ghi trong phiếu: Lê Văn Ví Dụ (phó trưởng đoàn); Người Khác - Thư ký"
    )


@pytest.mark.parametrize(
    ("words", "doubted"),
    [
        ("", []),
        ("LÊ VĂN VÍ DỤ (trưởng đoàn); Trần Thị Mẫu", []),
        ("Ông Lê Văn Ví Dụ (trưởng đoàn); ThS. Trần Thị Mẫu", []),
        ("Lê Văn Ví Dụ", ["Trần Thị Mẫu ⟷ –"]),
        (
            "Lê Văn Ví Dụ (quan sát viên)\nNgười Khác",
            ["Lê Văn Ví Dụ: Trưởng đoàn ⟷ Quan sát viên", "Trần Thị Mẫu ⟷ –"],
        ),
    ],
)
def test_whoever_is_taken_out_of_the_team_or_has_another_role_is_named(tmp_path, words, doubted):
    leader = AuditTeamMember(name="Lê Văn Ví Dụ", role=AuditRole.LEADER)
    team = (AuditTeamMember(name="Trần Thị Mẫu"), leader)
    path = held_register(tmp_path, team=team)
    file = by_team(tmp_path, words)
    if doubted:
        with pytest.raises(RegisterError) as stopped:
            findings.record(path, findings.read_all([file]))
        found = [problem.found.casefold() for problem in stopped.value.problems]
        assert found == [words.casefold() for words in doubted]

    findings.record(path, findings.read_all([file]), accept=["team-otherwise"])

    audit = load(path).units["so-vi-du"].audits["2026"]
    assert audit.team[:2] == team
    said = "Đoàn đánh giá ghi trong phiếu: " + "; ".join(words.split("\n"))
    assert (said in audit.note.split("\n")) is bool(doubted)


def test_a_recorded_name_that_holds_its_role_is_known_in_the_checklist(tmp_path):
    """The checklist is issued with the names as they are recorded."""
    names = ("Trần Thị Mẫu (trưởng đoàn)", "2. Lê Văn Ví Dụ", "Bob Invented, Eve Invented")
    path = held_register(tmp_path, team=tuple(AuditTeamMember(name=name) for name in names))

    findings.record(path, findings.read_all([by_team(tmp_path, "\n".join(names))]))

    assert tuple(one.name for one in load(path).units["so-vi-du"].audits["2026"].team) == names


def test_a_colleague_whose_file_is_read_later_need_not_name_the_others(tmp_path):
    path = held_register(tmp_path, team=())
    findings.record(path, findings.read_all([by_team(tmp_path, "Trần Thị Mẫu")]))

    second = by_team(tmp_path, "Lê Văn Ví Dụ", "b.docx")
    findings.record(path, findings.read_all([second]), accept=["earlier-file"])

    team = load(path).units["so-vi-du"].audits["2026"].team
    assert [member.name for member in team] == ["Trần Thị Mẫu", "Lê Văn Ví Dụ"]


def test_a_workbook_is_refused_before_anything_else_is_asked(tmp_path, file):
    book = tmp_path / "so.xlsx"
    save(REGISTER, book)
    reading = evolve(findings.read_all([file]), doubts=(Doubt(kind=DoubtKind.UNANSWERED),))

    with pytest.raises(RegisterError, match="not appended to an Excel workbook"):
        findings.record(book, reading)


def held_register(tmp_path: Path, name: str = "held.toml", **changes: object) -> Path:
    """A register whose audit “2026” is otherwise."""
    path = tmp_path / name
    audits = {**UNIT.audits, "2026": evolve(UNIT.audits["2026"], **changes)}
    save(evolve(REGISTER, units={UNIT.id: evolve(UNIT, audits=audits)}), path)
    return path


def graded(*grades: Grade | None) -> tuple[Answer, ...]:
    """Answers in which nothing stands but a grade; the last grade is that of all that follow."""
    return tuple(
        Answer(
            question=item.id,
            clause=item.clause,
            grade=grades[min(number, len(grades) - 1)],
        )
        for number, item in enumerate(checklist().items)
    )


@pytest.mark.parametrize("grade", [Grade.NOT_ASSESSED, None])
def test_an_audit_at_which_nothing_was_assessed_is_not_held_in_silence(toml, tmp_path, grade):
    """A day alone would make a unit current whose surveillance is overdue."""
    file = part(tmp_path, "s17f", graded(grade))
    accept = ["unanswered"]

    with pytest.raises(RegisterError) as stopped:
        findings.record(toml, findings.read_all([file]), accept=accept)

    (problem,) = stopped.value.problems
    assert problem.what.en.startswith("[nothing-assessed] all questions: none of these")
    assert problem.what.vi.startswith("[nothing-assessed] tất cả câu hỏi: chưa đánh giá")
    assert problem.found.startswith("4.1-01, 4.2-01, ")
    assert load(toml) == REGISTER
    findings.record(toml, findings.read_all([file]), accept=[*accept, "nothing-assessed"])
    audit = load(toml).units["so-vi-du"].audits["2026"]
    assert audit.note.split("\n")[0] == "Theo s17f.docx, chưa đánh giá: tất cả câu hỏi"


def test_where_a_single_question_was_assessed_or_no_day_is_known_nothing_is_doubted(tmp_path):
    one = part(tmp_path, "a", graded(Grade.CONFORMITY, Grade.NOT_ASSESSED))
    assert findings.record(held_register(tmp_path), findings.read_all([one])).facts
    undated = tmp_path / "b.docx"
    about = evolve(PARTICULARS, held=None)
    given = graded(Grade.NOT_ASSESSED)
    undated.write_bytes(
        write_checklist(checklist(), Language.VIETNAMESE, answers=given, particulars=about)
    )
    path = held_register(tmp_path, "b.toml")
    assert findings.record(path, findings.read_all([undated]), accept=["no-last-day"]).facts
    path = held_register(tmp_path, "c.toml", held=PARTICULARS.held)
    with pytest.raises(RegisterError, match="nothing-assessed"):
        findings.record(path, findings.read_all([undated]))


@pytest.mark.parametrize(
    ("criteria", "clauses", "doubted"),
    [
        ((), ("4", "7.5", "10"), ["all questions on clause 7.5"]),
        (CRITERIA, ("7",), ["all questions on clause 7"]),
        (CRITERIA, ("4.1", "7.5.3", "9.1"), ["all questions on clause 7.5.3"]),
        (CRITERIA, ("4", "10"), []),
        ((Edition("TCVN ISO 9001:2008"),), ("7.5",), []),
    ],
)
def test_a_clause_of_the_audit_of_which_nothing_was_assessed(tmp_path, criteria, clauses, doubted):
    """It would count as covered by the audit."""
    path = held_register(tmp_path, criteria=criteria, clauses=clauses)
    grades = [Grade.CONFORMITY, Grade.NOT_ASSESSED, Grade.NOT_ASSESSED, Grade.NOT_ASSESSED]
    file = part(tmp_path, "a", graded(*grades, Grade.CONFORMITY))
    if not doubted:
        assert findings.record(path, findings.read_all([file])).facts
        return
    with pytest.raises(RegisterError) as stopped:
        findings.record(path, findings.read_all([file]))

    what = [one.partition("] ")[2].partition(":")[0] for one in refusals(stopped.value)]
    assert what == doubted
    findings.record(path, findings.read_all([file]), accept=["nothing-assessed"])
    note = load(path).units["so-vi-du"].audits["2026"].note
    assert "Theo a.docx, chưa đánh giá: tất cả câu hỏi về điều 7" in note


def test_one_file_in_the_place_of_several_is_refused(toml, file):
    for one in (str(file), file):
        with pytest.raises(TypeError, match="files: several paths are needed"):
            findings.read_all(one)
    with pytest.raises(TypeError, match=r"today: a datetime\.date is needed"):
        findings.record(toml, findings.read_all([file]), today=datetime(2026, 11, 2))  # noqa: DTZ001
