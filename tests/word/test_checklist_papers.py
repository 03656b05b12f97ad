"""The papers of an audit: complete, in both languages, the same bytes each time."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import docx
import pytest
from attrs import evolve
from checklist_samples import ORGANISATION, UNIT, answers
from lxml import etree

from qms.checklist import findings_of
from qms.checklist.auditees import auditees_in, auditees_noted
from qms.model import (
    Announcement,
    AuditTeamMember,
    Certificate,
    CertificateEvent,
    Finding,
    FindingEvent,
    ManagementReview,
)
from qms.terms import (
    AuditMode,
    AuditRole,
    AuditType,
    CertificateAct,
    Edition,
    FindingAct,
    Grade,
    Regime,
)
from qms.text import Language, Name
from qms.word.guard import open_guarded
from qms.word.outline import outline_of
from qms.word.papers import PaperKind, write_paper
from qms.word.papers_words import CLOSING_TOPICS, OPENING_TOPICS
from qms.word.parts import w
from qms.word.written_into import is_written_into

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


@both_languages
def test_a_nonconformity_report_names_what_it_repeats(language):
    findings = {"4.2-01": evolve(FINDINGS["4.2-01"], repeats="2025/4.2-01")}
    repeated = paper(PaperKind.NONCONFORMITIES, language, evolve(HELD, findings=findings))
    label = {
        Language.ENGLISH: "Repeats (audit/finding)",
        Language.VIETNAMESE: "Lặp lại (cuộc đánh giá/phát hiện)",
    }[language]

    assert f"{label}\n2025/4.2-01" in words_of(repeated)
    assert label not in words_of(paper(PaperKind.NONCONFORMITIES, language))


def test_without_a_nonconformity_the_report_is_an_empty_form():
    words = words_of(
        paper(PaperKind.NONCONFORMITIES, Language.ENGLISH, evolve(HELD, findings={}, held=None))
    )

    assert words.count("Nonconformity report") == 1
    assert "Statement of the nonconformity" in words


def test_a_nonconformity_report_names_auditors_the_extended_day_and_the_day_of_closing():
    extended = FindingEvent(act=FindingAct.EXTENDED, on=date(2026, 11, 21), until=date(2026, 12, 9))
    found = evolve(FINDINGS["4.2-01"], due=date(2026, 11, 30), history=(*HISTORY, extended))
    audit = evolve(HELD, findings={"4.2-01": found})

    words = words_of(
        paper(PaperKind.NONCONFORMITIES, Language.ENGLISH, audit, on=date(2026, 12, 1))
    )

    assert "ISO 9001:2015 – 4.2 Needs and expectations of interested parties" in words
    assert "Audit team\nTrần Thị Mẫu" in words
    assert "To be closed by\n2026-12-09" in words
    assert "Closed on\n2026-12-01" in words


@pytest.mark.parametrize("mode", [AuditMode.REMOTE, AuditMode.HYBRID, AuditMode.ON_SITE, None])
def test_remote_parts_are_asked_for_where_there_are_some(mode):
    words = words_of(paper(PaperKind.PLAN, Language.ENGLISH, evolve(HELD, mode=mode)))

    assert ("Remote parts" in words) is (mode in (AuditMode.REMOTE, AuditMode.HYBRID))
    assert "Guides and observers" in words


def certificate(issuer, decided):
    return Certificate(
        number=issuer, edition=Edition("ISO 9001:2015"), regime=Regime.ACCREDITED, issuer=issuer,
        decided=decided,
    )  # fmt: skip


def test_the_certification_body_is_that_of_the_certificate_or_the_newest():
    certificates = {
        "new": certificate("New body", date(2026, 1, 5)),
        "old": certificate("Old body", date(2023, 1, 5)),
        "none": evolve(certificate("x", date(2020, 1, 5)), issuer=None),
    }
    unit = evolve(UNIT, certificates=certificates)

    def body(**more):
        audit = evolve(HELD, **{"type": AuditType.SURVEILLANCE, **more})
        data = write_paper(
            PaperKind.REPORT, evolve(unit, audits={"2026": audit}), "2026", Language.ENGLISH,
            organisation=ORGANISATION, on=date(2026, 11, 12),
        )  # fmt: skip
        words = words_of(data).split("\n")
        found = [n for n, one in enumerate(words) if one == "Certification body"]
        return words[found[0] + 1] if found else None

    assert body() == "New body"
    assert body(certificate="old") == "Old body"
    assert body(certificate="none") == ""
    assert body(type=AuditType.INTERNAL) is None


def test_an_audit_that_is_not_known_yet_is_shown_as_it_is_planned():
    planned = evolve(HELD, planned=date(2026, 11, 9), planned_on=date(2026, 6, 1))

    words = words_of(paper(PaperKind.PLAN, Language.ENGLISH, planned, on=date(2026, 5, 1)))
    assert "2026-11-09" in words
    assert "2026-11-10" not in words


def test_where_an_audit_names_no_scope_that_of_the_newest_certificate_or_announcement_is_shown():
    old = evolve(certificate("x", date(2023, 1, 5)), scope="Old scope")
    new = Announcement(
        number="1", edition=Edition("ISO 9001:2015"), signed=date(2026, 1, 5), scope="New scope"
    )
    unit = evolve(
        UNIT,
        certificates={"c": old},
        announcements={"a": new},
        audits={"2026": evolve(HELD, scope=None)},
    )
    data = write_paper(PaperKind.PLAN, unit, "2026", Language.ENGLISH, organisation=ORGANISATION,
                       on=date(2026, 11, 12))  # fmt: skip

    assert "New scope" in words_of(data)
    assert "Old scope" not in words_of(data)


def test_the_scope_of_an_audit_is_that_of_its_own_certificate_or_of_the_one_that_counts():
    lasting = certificate("x", date(2026, 1, 5))
    reduced = CertificateEvent(
        act=CertificateAct.REDUCED, on=date(2026, 11, 12), scope="Reduced scope"
    )
    certificates = {
        "counts": evolve(
            lasting,
            effective=date(2026, 1, 5),
            expires=date(2029, 1, 4),
            scope="First scope",
            history=(reduced,),
        ),
        "own": evolve(lasting, decided=date(2023, 1, 5), scope="Own scope"),
    }

    def scope(on, **more):
        audit = evolve(HELD, **{"scope": None, "held": on, **more})
        unit = evolve(UNIT, certificates=certificates, audits={"2026": audit})
        data = write_paper(
            PaperKind.PLAN, unit, "2026", Language.ENGLISH, organisation=ORGANISATION, on=on
        )
        words = words_of(data).split("\n")
        return words[words.index("Scope") + 1]

    assert scope(date(2026, 11, 11)) == "First scope"
    assert scope(date(2026, 11, 12)) == "Reduced scope"
    assert scope(date(2026, 11, 12), held=date(2026, 11, 11)) == "First scope"
    assert scope(date(2026, 11, 12), certificate="own") == "Own scope"
    certificates.clear()
    assert scope(date(2026, 11, 12)) == ""


def test_a_report_says_when_the_unit_last_audited_and_reviewed_itself():
    internal = evolve(UNIT.audits["2025"], type=AuditType.INTERNAL, held=date(2025, 10, 10))
    unit = evolve(
        UNIT,
        audits={"2026": HELD, "2025": internal},
        reviews={
            "a": ManagementReview(held=date(2025, 12, 1)),
            "planned": ManagementReview(planned=date(2026, 12, 1)),
        },
    )
    words = words_of(
        write_paper(PaperKind.REPORT, unit, "2026", Language.VIETNAMESE, organisation=ORGANISATION,
                    on=date(2026, 11, 12))
    )  # fmt: skip

    assert "Lần đánh giá nội bộ gần nhất: 10/10/2025" in words
    assert "Lần xem xét của lãnh đạo gần nhất: 01/12/2025" in words
    for asked in ("Thay đổi so với kế hoạch và lý do", "Đại diện và những người tham gia của đơn vị",
                  "Vấn đề ảnh hưởng đến chương trình đánh giá"):  # fmt: skip
        assert asked in words


def test_what_is_left_empty_has_room_to_write():
    with zipfile.ZipFile(BytesIO(paper(PaperKind.MEETINGS, Language.VIETNAMESE))) as archive:
        body = archive.read("word/document.xml").decode()

    assert body.count('<w:trHeight w:val="510" w:hRule="atLeast"/>') == 9
    assert '<w:trHeight w:val="397" w:hRule="atLeast"/>' in body


@pytest.mark.parametrize(
    ("kind", "symbol"), [(AuditType.INTERNAL, "/BC-ĐG"), (AuditType.YEARLY_CHECK, "/BC-KT")]
)
def test_the_symbol_of_a_vietnamese_paper_says_audit_or_check(kind, symbol):
    words = words_of(paper(PaperKind.REPORT, Language.VIETNAMESE, evolve(HELD, type=kind)))

    assert symbol in words


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


@both_languages
@pytest.mark.parametrize("kind", [AuditType.INTERNAL, AuditType.SURVEILLANCE])
def test_the_client_of_an_audit_is_the_unit_and_not_the_body_that_answers_for_it(kind, language):
    audit = evolve(HELD, type=kind)
    outline = outline_of(open_guarded(paper(PaperKind.REPORT, language, audit)))
    rows = [[cell.text for cell in row.cells] for table in outline.tables for row in table.rows]
    label = {Language.ENGLISH: "Audit client", Language.VIETNAMESE: "Khách hàng đánh giá"}

    assert [label[language], UNIT.name.in_(language)] in rows


def test_a_yearly_check_is_issued_by_the_body_that_checks_and_names_its_decision():
    audit = evolve(HELD, type=AuditType.YEARLY_CHECK, findings={}, conclusion=None)

    words = words_of(paper(PaperKind.REPORT, Language.VIETNAMESE, audit, place="Ví Dụ"))

    assert "Quyết định số 19/2014/QĐ-TTg" in words
    assert "TRƯỞNG ĐOÀN KIỂM TRA" in words
    assert "Cơ quan chủ trì" in words
    assert "Đánh giá nội bộ và xem xét của lãnh đạo" in words
    assert "đánh giá" not in words.casefold().replace("đánh giá nội bộ", "")
    assert "ỦY BAN NHÂN DÂN TỈNH VÍ DỤ" in words
    assert "SỞ VÍ DỤ" not in words
    assert "Ví Dụ, ngày 12 tháng 11 năm 2026" in words


WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


@pytest.mark.parametrize("template", [None, "house"])
def test_what_is_said_in_the_meetings_is_ticked_in_boxes_that_have_names(template):
    house = BytesIO()
    docx.Document().save(house)
    given = None if template is None else house.getvalue()
    data = paper(PaperKind.MEETINGS, Language.ENGLISH, template=given)
    root = etree.fromstring(zipfile.ZipFile(BytesIO(data)).read("word/document.xml"))

    boxes = [sdt for sdt in root.iter(w("sdt")) if sdt.find(f".//{WORD_2010}checkbox") is not None]
    names = [box.find(f".//{w('alias')}").get(w("val")) for box in boxes]
    assert len(names) == len(OPENING_TOPICS) + len(CLOSING_TOPICS)
    assert (names[0], names[-1]) == ("Opening meeting: Done 1", "Closing meeting: Done 9")
    assert len({box.find(f".//{w('id')}").get(w("val")) for box in boxes}) == len(boxes)
    assert words_of(data).count("☐") == len(boxes)
    assert open_guarded(data).cautions == ()


def test_only_what_is_newer_than_word_2007_is_announced_as_newer():
    def root(kind):
        with zipfile.ZipFile(BytesIO(paper(kind, Language.ENGLISH))) as archive:
            return archive.read("word/document.xml").decode().split("<w:body>")[0]

    assert 'mc:Ignorable="w14"' in root(PaperKind.MEETINGS)
    assert "w14" not in root(PaperKind.PLAN)


def test_a_report_of_an_audit_that_was_not_held_counts_nothing():
    planned = evolve(HELD, began=None, held=None, planned=date(2026, 11, 20), findings={})
    outline = outline_of(open_guarded(paper(PaperKind.REPORT, Language.ENGLISH, planned)))
    (findings,) = [t for t in outline.tables if t.rows[0].cells[0].text == "Finding"]

    assert not any("Major nonconformities:" in one.text for one in outline.passages)
    assert [[cell.text for cell in row.cells] for row in findings.rows[1:]] == [[""] * 5] * 6
    held = words_of(paper(PaperKind.REPORT, Language.ENGLISH, evolve(HELD, findings={})))
    assert "Major nonconformities: 0; minor nonconformities: 0" in held


def test_a_nonconformity_report_names_the_site_where_one_is_recorded():
    found = {"1": evolve(FINDINGS["4.2-01"], site="Kho Giả Định")}
    for findings, told in ((found, True), ({"1": FINDINGS["4.2-01"]}, False), ({}, False)):
        audit = evolve(HELD, findings=findings)
        words = words_of(paper(PaperKind.NONCONFORMITIES, Language.VIETNAMESE, audit)).split("\n")
        assert ("Kho Giả Định" in words) is told
        assert ("Địa điểm" in words) is told


def test_where_a_member_of_the_team_works_is_told_by_the_name_of_the_unit():
    team = tuple(
        AuditTeamMember(name=f"Người {number}", role=AuditRole.AUDITOR, of=of)
        for number, of in enumerate(("so-mau", "Thanh tra", None))
    )
    elsewhere = evolve(UNIT, id="so-mau", name=Name(vi="Sở Mẫu"))
    audit = evolve(HELD, team=team)

    def workplaces(**more):
        data = paper(PaperKind.PLAN, Language.VIETNAMESE, audit, **more)
        (table,) = [
            t
            for t in outline_of(open_guarded(data)).tables
            if t.rows[0].cells[-1].text == "Đơn vị công tác"
        ]
        return [row.cells[-1].text for row in table.rows[1:]]

    assert workplaces(units={"so-mau": elsewhere}) == ["Sở Mẫu", "Thanh tra", ""]
    assert workplaces() == ["so-mau", "Thanh tra", ""]


@both_languages
def test_every_nonconformity_report_begins_on_a_new_page(language):
    with zipfile.ZipFile(BytesIO(paper(PaperKind.NONCONFORMITIES, language))) as archive:
        body = archive.read("word/document.xml").decode()

    assert body.count("<w:pageBreakBefore/>") == 1  # of two
    assert "w:br " not in body
    # The line at the head of the new page keeps two tables apart; nothing is below the first.
    assert "</w:tbl><w:p><w:pPr><w:pageBreakBefore/>" in body  # fmt: skip


def entry(words, label):
    """What stands beside a label; None where there is no such row."""
    lines = words.split("\n")
    return lines[lines.index(label) + 1] if label in lines else None


@pytest.mark.parametrize("kind", [PaperKind.PLAN, PaperKind.REPORT])
def test_objectives_divisions_processes_and_the_reference_of_an_audit_are_told_where_recorded(kind):
    audit = evolve(
        HELD,
        objectives="Xem xét việc khắc phục\nsau đợt kiểm tra 2025",
        processes=("Mua sắm", "Một cửa"),
        reference="12/QĐ-SVD",
    )
    words = words_of(paper(kind, Language.VIETNAMESE, audit))

    assert "Xem xét việc khắc phục\nsau đợt kiểm tra 2025\nThông tin chung" in words
    assert "Xác định mức độ phù hợp" not in words  # the usual objectives
    assert entry(words, "Bộ phận") == "Văn phòng; Phòng Kế hoạch"
    assert entry(words, "Quá trình") == "Mua sắm; Một cửa"
    assert entry(words, "Số quyết định, biên bản hoặc báo cáo") == "12/QĐ-SVD"
    bare = words_of(paper(kind, Language.VIETNAMESE, evolve(HELD, divisions=())))
    assert "Xác định mức độ phù hợp" in bare
    for label in ("Bộ phận", "Quá trình", "Số quyết định, biên bản hoặc báo cáo"):
        assert entry(bare, label) is None


@pytest.mark.parametrize(
    ("language", "time", "spent", "reported", "day"),
    [
        (Language.ENGLISH, "Time spent, in days of eight hours", "1.5", "Day of the report", "2026-11-12"),
        (Language.VIETNAMESE, "Thời lượng (ngày công 8 giờ)", "1,5", "Ngày báo cáo", "12/11/2026"),
    ],
)  # fmt: skip
def test_a_report_tells_the_time_spent_and_its_day_where_recorded(
    language, time, spent, reported, day
):
    audit = evolve(HELD, days=Decimal("1.50"), reported=date(2026, 11, 12))
    words = words_of(paper(PaperKind.REPORT, language, audit))
    assert (entry(words, time), entry(words, reported)) == (spent, day)
    bare = words_of(paper(PaperKind.REPORT, language))
    assert (entry(bare, time), entry(bare, reported)) == (None, None)


def test_whether_an_action_was_effective_goes_by_the_last_day_and_not_by_the_last_line():
    history = (
        FindingEvent(act=FindingAct.VERIFIED, on=date(2026, 12, 1), effective=True),
        FindingEvent(act=FindingAct.VERIFIED, on=date(2026, 11, 20), effective=False),
    )
    audit = evolve(HELD, findings={"1": evolve(FINDINGS["4.2-01"], history=history)})
    words = words_of(
        paper(PaperKind.NONCONFORMITIES, Language.ENGLISH, audit, on=date(2026, 12, 1))
    )
    assert entry(words, "Found effective") == "yes"


def test_only_a_paper_can_be_written_into_since_it_was_issued():
    data = paper(PaperKind.PLAN, Language.ENGLISH)
    document = docx.Document(BytesIO(data))
    document.add_paragraph("8:00")
    changed, other = BytesIO(), BytesIO()
    document.save(changed)
    docx.Document().save(other)

    assert is_written_into(changed.getvalue())
    odt = (Path(__file__).parent / "data" / "checklist.odt").read_bytes()
    for not_written in (data, other.getvalue(), odt, b"no Word file"):
        assert not is_written_into(not_written)


def test_what_was_found_or_held_after_the_audit_is_nothing_earlier():
    finding = evolve(FINDINGS["4.2-01"], statement="Nội dung cũ")

    def internal(day, statement):
        found = {"1": evolve(finding, statement=statement)}
        return evolve(UNIT.audits["2025"], type=AuditType.INTERNAL, held=day, findings=found)

    unit = evolve(
        UNIT,
        audits={
            "2026": HELD,  # until 10 November
            "before": internal(date(2026, 11, 10), "Cùng ngày"),
            "after": internal(date(2026, 11, 11), "Ngày sau"),
        },
        reviews={
            "a": ManagementReview(held=date(2026, 1, 5)),
            "b": ManagementReview(held=date(2026, 11, 11)),
        },
    )

    def words(audit):
        with_it = evolve(unit, audits={**unit.audits, "2026": audit})
        return words_of(
            write_paper(PaperKind.REPORT, with_it, "2026", Language.VIETNAMESE,
                        organisation=ORGANISATION, on=date(2026, 12, 1))
        )  # fmt: skip

    held = words(HELD)
    assert "Cùng ngày" in held
    assert "Ngày sau" not in held
    assert "Lần đánh giá nội bộ gần nhất: 10/11/2026" in held
    assert "Lần xem xét của lãnh đạo gần nhất: 05/01/2026" in held
    planned = words(evolve(HELD, began=None, held=None, findings={}))
    assert "Ngày sau" in planned
    assert "Lần xem xét của lãnh đạo gần nhất: 11/11/2026" in planned


@pytest.mark.parametrize(
    ("kind", "criteria", "told"),
    [
        (AuditType.SURVEILLANCE, (), "ISO 9001:2015"),
        (AuditType.SURVEILLANCE, (Edition("ISO 9001:2008"),), "ISO 9001:2008"),
        (AuditType.TRANSITION, (), ""),  # it leads to another edition
        (AuditType.TRANSITION, (Edition("ISO 9001:2026"),), "ISO 9001:2026"),
    ],
)
def test_criteria_that_are_not_recorded_are_those_of_the_certificate(kind, criteria, told):
    audit = evolve(HELD, type=kind, criteria=criteria)
    words = words_of(paper(PaperKind.REPORT, Language.ENGLISH, audit))
    assert entry(words, "Audit criteria") == told


def test_an_audit_of_a_unit_that_holds_nothing_has_no_criteria_but_those_recorded():
    unit = evolve(UNIT, certificates={}, audits={"2026": evolve(HELD, criteria=())})
    data = write_paper(PaperKind.NONCONFORMITIES, unit, "2026", Language.ENGLISH,
                       organisation=ORGANISATION, on=date(2026, 11, 12))  # fmt: skip
    assert entry(words_of(data), "Standard and clause") == "4.2"


@pytest.mark.parametrize(
    ("kind", "held", "told"),
    [
        (AuditType.STAGE_2, date(2014, 9, 8), "ISO 9001:2008 – 7.5.1 "),
        (AuditType.SURVEILLANCE, date(2016, 6, 20), "ISO 9001:2008 – 7.5.1 "),
        (AuditType.RECERTIFICATION, date(2017, 7, 31), "ISO 9001:2015 – 7.5.1 "),
        (AuditType.INTERNAL, date(2012, 1, 9), "ISO 9001:2008 – 7.5.1 "),
        (AuditType.INTERNAL, date(2021, 6, 9), "7.5.1"),
    ],
)
def test_criteria_are_those_of_the_day_and_not_of_today(kind, held, told):
    found = Finding(grade=Grade.MINOR, clause="7.5.1", statement="Invented")
    audit = evolve(HELD, type=kind, began=held, held=held, criteria=(), findings={"1": found})
    facts = {"number": "INV", "regime": Regime.ACCREDITED}
    old = Certificate(
        edition=Edition("ISO 9001:2008"), decided=date(2014, 10, 13), effective=date(2014, 10, 13),
        expires=date(2017, 10, 12), **facts,
    )  # fmt: skip
    new = Certificate(
        edition=Edition("ISO 9001:2015"), decided=date(2017, 9, 12), effective=date(2017, 10, 13),
        expires=date(2020, 10, 12), replaces="old", **facts,
    )  # fmt: skip
    unit = evolve(UNIT, certificates={"old": old, "new": new}, audits={"2026": audit})
    data = write_paper(PaperKind.NONCONFORMITIES, unit, "2026", Language.ENGLISH,
                       organisation=ORGANISATION, on=date(2026, 11, 23))  # fmt: skip
    assert entry(words_of(data), "Standard and clause").startswith(told)


@both_languages
def test_whoever_spoke_for_the_unit_stands_in_the_report(language):
    note = "\n".join(
        (
            "Cuộc đánh giá có quan sát viên.",
            auditees_noted(["Ông Mẫu – Trưởng phòng", "Bà Ví Dụ"], Language.VIETNAMESE),
            auditees_noted(["bà ví dụ", "Mr Invented"], Language.ENGLISH),
        )
    )
    label = {Language.ENGLISH: "Representative and participants of the unit"}.get(
        language, "Đại diện và những người tham gia của đơn vị"
    )
    report = words_of(paper(PaperKind.REPORT, language, evolve(HELD, note=note)))
    lines = report.split("\n")
    at = lines.index(label)
    assert lines[at + 1 : at + 4] == ["Ông Mẫu – Trưởng phòng", "Bà Ví Dụ", "Mr Invented"]
    assert auditees_in(None) == []
