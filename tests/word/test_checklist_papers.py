"""The papers of an audit: complete, in both languages, the same bytes each time."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pytest
from attrs import evolve
from checklist_samples import ORGANISATION, UNIT, answers

from qms.checklist import findings_of
from qms.model import AuditTeamMember, FindingEvent
from qms.terms import AuditMode, AuditRole, AuditType, Edition, FindingAct
from qms.text import Language
from qms.word.guard import open_guarded
from qms.word.outline import outline_of
from qms.word.papers import PaperKind, write_paper

both_languages = pytest.mark.parametrize("language", list(Language))

FINDINGS = findings_of(answers(), Language.VIETNAMESE)
HISTORY = (
    FindingEvent(act=FindingAct.CORRECTED, on=date(2026, 11, 20), what="Thay bản mới", by="Ô. Mẫu"),
    FindingEvent(act=FindingAct.VERIFIED, on=date(2026, 12, 1), effective=True),
)
HELD = evolve(
    UNIT.audits["2026"],
    criteria=(Edition("ISO 9001:2015"),),
    mode=AuditMode.ON_SITE,
    divisions=("Văn phòng", "Phòng Kế hoạch"),
    team=(AuditTeamMember(name="Trần Thị Mẫu", role=AuditRole.LEADER, of="Thanh tra"),),
    began=date(2026, 11, 9),
    held=date(2026, 11, 10),
    conclusion="Hệ thống được duy trì.",
    findings={**FINDINGS, "4.2-01": evolve(FINDINGS["4.2-01"], history=HISTORY)},
)


def paper(kind, language, audit=HELD, on=date(2026, 11, 12), **more):
    unit = evolve(UNIT, audits={"2026": audit})
    return write_paper(kind, unit, "2026", language, organisation=ORGANISATION, on=on, **more)


def words_of(data):
    outline = outline_of(open_guarded(data))
    cells = [cell.text for table in outline.tables for row in table.rows for cell in row.cells]
    lines = [*cells, *(passage.text for passage in outline.passages)]
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


@both_languages
@pytest.mark.parametrize("kind", list(PaperKind))
def test_a_paper_is_a_word_file_with_the_same_bytes_each_time(kind, language):
    data = paper(kind, language)

    assert data == paper(kind, language)
    document = docx.Document(BytesIO(data))
    assert document.core_properties.title == kind.text.in_(language)
    assert document.core_properties.created.date() == date(2026, 11, 12)
    assert UNIT.name.in_(language) in words_of(data)


@both_languages
def test_a_plan_says_what_is_audited_when_and_by_whom(language):
    words = words_of(paper(PaperKind.PLAN, language))

    for part in (
        "Văn phòng",
        "Phòng Kế hoạch",
        "Trần Thị Mẫu",
        "ISO 9001:2015",
        "Toàn bộ hệ thống",
    ):
        assert part in words
    days = {Language.ENGLISH: "2026-11-09 – 2026-11-10", Language.VIETNAMESE: "09/11/2026 – 10/11/2026"}  # fmt: skip
    assert days[language] in words


def test_a_plan_without_divisions_goes_by_clauses_and_by_the_planned_day():
    audit = evolve(HELD, divisions=(), clauses=("7.5", "9.2"), began=None, held=None, team=())

    words = words_of(paper(PaperKind.PLAN, Language.ENGLISH, audit))

    assert "7.5" in words
    assert "9.2" in words
    assert "2026-11-09" in words


def test_the_meetings_have_room_for_everybody_s_signature():
    outline = outline_of(open_guarded(paper(PaperKind.MEETINGS, Language.VIETNAMESE)))

    attendance = outline.tables[-2]
    assert [cell.text for cell in attendance.rows[0].cells][-2:] == [
        "Ký họp mở đầu",
        "Ký họp kết thúc",
    ]
    assert len(attendance.rows) == 10
    assert attendance.rows[1].cells[1].text == "Trần Thị Mẫu"


@both_languages
def test_every_nonconformity_has_a_report_with_what_was_done(language):
    words = words_of(paper(PaperKind.NONCONFORMITIES, language, on=date(2026, 12, 1)))

    title = {Language.ENGLISH: "Nonconformity report", Language.VIETNAMESE: "PHIẾU ĐIỂM KHÔNG PHÙ HỢP"}  # fmt: skip
    assert words.count(title[language]) == 2
    assert "Thay bản mới" in words
    assert {Language.ENGLISH: "yes", Language.VIETNAMESE: "có"}[language] in words.split("\n")


def test_without_a_nonconformity_the_report_is_an_empty_form():
    words = words_of(
        paper(PaperKind.NONCONFORMITIES, Language.ENGLISH, evolve(HELD, findings={}, held=None))
    )

    assert words.count("Nonconformity report") == 1
    assert "Statement of the nonconformity" in words


@both_languages
def test_a_report_counts_lists_and_warns_that_it_rests_on_samples(language):
    words = words_of(paper(PaperKind.REPORT, language))

    counts = {
        Language.ENGLISH: "Major nonconformities: 1; minor nonconformities: 1",
        Language.VIETNAMESE: "Số điểm không phù hợp nặng: 1; không phù hợp nhẹ: 1",
    }
    assert counts[language] in words
    assert "Hệ thống được duy trì." in words
    assert {Language.ENGLISH: "samples", Language.VIETNAMESE: "lấy mẫu"}[language] in words


def test_a_yearly_check_is_issued_by_the_body_that_checks_and_names_its_decision():
    audit = evolve(HELD, type=AuditType.YEARLY_CHECK, findings={}, conclusion=None)

    words = words_of(paper(PaperKind.REPORT, Language.VIETNAMESE, audit, place="Ví Dụ"))

    assert "Quyết định số 19/2014/QĐ-TTg" in words
    assert "TRƯỞNG ĐOÀN KIỂM TRA" in words
    assert "Cơ quan chủ trì" in words
    assert "đánh giá nội bộ và xem xét của lãnh đạo" in words
    assert "đánh giá" not in words.casefold().replace("đánh giá nội bộ", "")
    assert "ỦY BAN NHÂN DÂN TỈNH VÍ DỤ" in words
    assert "SỞ VÍ DỤ" not in words
    assert "Ví Dụ, ngày 12 tháng 11 năm 2026" in words
