"""A checklist asks what belongs to the audit, and shows what the register holds of the unit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve
from checklist_samples import ON, ORGANISATION, QUESTIONS, TITLES, UNIT, checklist, question

from qms.checklist import draw_up
from qms.checklist.facts import certification_facts
from qms.model import (
    AdministrativeProcedure,
    Announcement,
    AnnouncementEvent,
    Certificate,
    CertificateEvent,
    Document,
    DocumentEvent,
    Finding,
    FindingEvent,
    Measurement,
    ProcedureChange,
)
from qms.norms import norms
from qms.standing import standing_on
from qms.terms import (
    AnnouncementAct,
    AuditType,
    CertificateAct,
    DocumentAct,
    DocumentKind,
    Edition,
    FindingAct,
    Grade,
    ProcedureAct,
    Regime,
)
from qms.text import Language, Name
from qms.word import write_checklist
from qms.word.guard import open_guarded
from qms.word.outline import outline_of


def drawn(unit=UNIT, questions=QUESTIONS, **more):
    facts = {
        "type": AuditType.INTERNAL,
        "edition": Edition("ISO 9001:2015"),
        "on": ON,
        "norms": norms(),
        "organisation": ORGANISATION,
        "titles": TITLES,
    }
    return draw_up(unit, questions=questions, **{**facts, **more})


def facts(drawn_up, id_):
    (item,) = (item for item in drawn_up.items if item.id == id_)
    return [fact.vi for fact in item.facts]


def rows(drawn_up, table):
    return [[cell.vi for cell in row] for row in drawn_up.facts[table].rows]


def test_only_questions_of_the_kind_of_audit_are_asked():
    ids = [item.id for item in checklist().items]

    assert "VN-01" in ids
    assert "CB-01" not in ids
    assert [section.number for section in checklist().sections] == ["4", "7", "8", "10", ""]


def test_findings_of_the_last_audit_are_to_be_checked_again_at_the_question_or_its_clause():
    assert facts(checklist(), "7.5-02")[0] == (
        "Kiểm tra lại 2025/7.5-02 (chưa khép lại, quá hạn từ ngày 02/02/2026): "
        "Ba quy trình hết hiệu lực còn dùng"
    )
    audit = UNIT.audits["2025"]
    by_clause = Finding(grade=Grade.MINOR, clause="4.1", evidence="Chưa có")
    closed = Finding(
        grade=Grade.MAJOR,
        clause="4.2",
        statement="Đã khép",
        history=(FindingEvent(act=FindingAct.VERIFIED, on=date(2026, 1, 1), effective=True),),
    )
    ineffective = evolve(
        closed,
        statement="Chưa hiệu lực",
        history=(FindingEvent(act=FindingAct.VERIFIED, on=date(2026, 1, 1), effective=False),),
    )
    fine = Finding(grade=Grade.CONFORMITY, clause="4.2", statement="Tốt")
    found = {"a": by_clause, "b": closed, "c": ineffective, "d": fine}
    again = drawn(evolve(UNIT, audits={"2025": evolve(audit, findings=found)}))

    assert facts(again, "4.1-01") == ["Kiểm tra lại 2025/a (chưa khép lại): Chưa có"]
    assert facts(again, "4.2-01") == [
        "Kiểm tra lại 2025/b (khép lại ngày 01/01/2026): Đã khép",
        "Kiểm tra lại 2025/c (chưa khép lại): Chưa hiệu lực",
    ]
    assert [row[0] for row in rows(again, -1)] == ["2025/a", "2025/b", "2025/c"]


def test_documents_in_use_stand_beside_the_questions_of_their_clauses():
    assert facts(checklist(), "7.5-01") == [
        "QT-05 Kiểm soát tài liệu (lần ban hành 03, 01/03/2026)"
    ]
    assert "QT-05" in facts(checklist(), "7.5-02")[1]


def test_a_document_without_clauses_counts_by_its_kind_and_one_that_ended_not_at_all():
    def document(**more):
        return Document(title=Name(vi="Khắc phục"), kind=DocumentKind.PROCEDURE, **more)

    gone = (DocumentEvent(act=DocumentAct.WITHDRAWN, on=date(2026, 1, 1)),)
    documents = {
        "A": document(),
        "B": document(history=gone),
        "C": document(ended=date(2026, 1, 1)),
        **{f"D{n}": document() for n in range(5)},
    }
    unit = evolve(UNIT, documents=documents)

    assert facts(drawn(unit), "10.2-01") == [
        "A Khắc phục",
        "D0 Khắc phục",
        "D1 Khắc phục",
        "D2 Khắc phục",
        "và 2 tài liệu khác",
    ]


def issued(revision, on, **more):
    return DocumentEvent(act=DocumentAct.ISSUED, on=on, revision=revision, **more)


def test_only_what_is_in_force_on_the_day_stands_beside_a_question():
    def document(*history, kind=DocumentKind.PROCEDURE, **more):
        return Document(title=Name(vi="X"), kind=kind, clauses=("10.2",), history=history, **more)

    first = issued("1", date(2024, 1, 5), effective=date(2024, 1, 10))
    documents = {
        "two": document(first, issued("2", date(2026, 10, 1), effective=date(2027, 1, 1))),
        "last-day": document(issued("1", date(2024, 1, 5), until=ON)),
        "expired": document(issued("1", date(2024, 1, 5), until=date(2026, 11, 1))),
        "draft": document(DocumentEvent(act=DocumentAct.DRAFTED, on=date(2026, 10, 1))),
        "to-come": document(issued("1", date(2026, 10, 1), effective=date(2026, 11, 3))),
        "law": document(kind=DocumentKind.EXTERNAL, in_force=ON),
        "law-to-come": document(kind=DocumentKind.EXTERNAL, in_force=date(2026, 11, 3)),
    }

    assert facts(drawn(evolve(UNIT, documents=documents)), "10.2-01") == [
        "two X (lần ban hành 1, 10/01/2024)",
        "last-day X (lần ban hành 1, 05/01/2024)",
        "law X",
    ]


def certified(number, first, last):
    return Certificate(
        number=number, edition=Edition("ISO 9001:2015"), regime=Regime.ACCREDITED,
        decided=first, effective=first, expires=last,
    )  # fmt: skip


def test_the_certificate_that_counts_is_named_beside_a_question_in_whatever_order_they_stand():
    old = certified("CU", date(2023, 2, 10), date(2026, 2, 9))
    new = certified("MOI", date(2026, 2, 10), date(2029, 2, 9))
    asked = [question("4.3-01", "4.3", records=("certificates", "announcements"))]
    for certificates in ({"b": new, "a": old}, {"a": old, "b": new}):
        unit = evolve(UNIT, certificates=certificates)
        for on, told in (
            (date(2026, 2, 9), "Giấy chứng nhận số CU, đến 09/02/2026"),
            (date(2026, 2, 10), "Giấy chứng nhận số MOI, đến 09/02/2029"),
        ):
            assert facts(drawn(unit, asked, on=on), "4.3-01") == [told]


REDUCED = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("on", "scope"),
    [
        (date(2026, 4, 30), "Cấp phép"),
        (REDUCED, "Cấp phép tại trụ sở"),
        (date(2026, 9, 1), "Cấp phép và kiểm tra"),
    ],
)
def test_the_scope_of_a_certificate_is_the_one_of_the_day(on, scope):
    held = evolve(
        certified("A", date(2026, 1, 5), date(2029, 1, 4)),
        scope="Cấp phép",
        history=(
            CertificateEvent(
                act=CertificateAct.EXTENDED, on=date(2026, 9, 1), scope="Cấp phép và kiểm tra"
            ),
            CertificateEvent(act=CertificateAct.REDUCED, on=REDUCED, scope="Cấp phép tại trụ sở"),
            CertificateEvent(act=CertificateAct.RESTORED, on=REDUCED),
        ),
    )

    assert rows(drawn(evolve(UNIT, certificates={"a": held}), on=on), 0)[0][4] == scope


def test_what_is_without_effect_is_told_as_such_beside_a_question():
    asked = [question("4.3-01", "4.3", records=("certificates", "announcements"))]
    stopped, given_back = date(2026, 5, 1), date(2026, 6, 1)
    held = evolve(
        certified("A", date(2026, 1, 5), date(2029, 1, 4)),
        history=(
            CertificateEvent(act=CertificateAct.RESTORED, on=given_back),
            CertificateEvent(act=CertificateAct.SUSPENDED, on=stopped),
            CertificateEvent(act=CertificateAct.REDUCED, on=stopped),
        ),
    )
    announced = Announcement(
        number="01/CB",
        edition=Edition("TCVN ISO 9001:2015"),
        signed=date(2025, 2, 1),
        effective=date(2025, 2, 1),
        history=(AnnouncementEvent(act=AnnouncementAct.WITHDRAWN, on=stopped),),
    )
    unit = evolve(UNIT, certificates={"a": held}, announcements={"1": announced})

    def told(on):
        return facts(drawn(unit, asked, on=on), "4.3-01")

    certificate, announcement = (
        "Giấy chứng nhận số A, đến 04/01/2029",
        "Bản công bố số 01/CB ngày 01/02/2025",
    )
    withdrawn = f"{announcement} (thu hồi, hủy bỏ ngày 01/05/2026)"
    assert told(date(2026, 4, 30)) == [certificate, announcement]
    assert told(stopped) == [f"{certificate} (đình chỉ ngày 01/05/2026)", withdrawn]
    assert told(given_back) == [certificate, withdrawn]


def test_a_day_that_nobody_recorded_is_a_dash():
    standing = standing_on(UNIT, ON, norms(), ORGANISATION.policy)
    key = standing.basis.removeprefix("certificates.")
    undated = Certificate(number="A-1", edition=Edition("ISO 9001:2015"), regime=Regime.ACCREDITED)
    (row,) = certification_facts(evolve(UNIT, certificates={key: undated}), standing).rows

    assert [cell.vi for cell in row] == ["A-1", "ISO 9001:2015", "–", "–", "–"]


def test_an_announcement_for_a_later_day_is_not_named_before_it_holds():
    def announced(number, day):
        return Announcement(
            number=number, edition=Edition("TCVN ISO 9001:2015"), signed=date(2024, 1, 5),
            effective=day,
        )  # fmt: skip

    both = {"b": announced("02", date(2026, 11, 3)), "a": announced("01", date(2024, 1, 10))}
    unit = evolve(UNIT, announcements=both)
    asked = [question("4.3-01", "4.3", records=("announcements",))]

    assert facts(drawn(unit, asked), "4.3-01") == ["Bản công bố số 01 ngày 05/01/2024"]
    later = drawn(unit, asked, on=date(2026, 11, 3))
    assert facts(later, "4.3-01") == ["Bản công bố số 02 ngày 05/01/2024"]


def found_about(clause, **more):
    audit = UNIT.audits["2025"]
    finding = Finding(grade=Grade.MINOR, clause=clause, statement="Lỗi", **more)
    return evolve(UNIT, audits={"2025": evolve(audit, findings={"1": finding})})


@pytest.mark.parametrize(
    ("clause", "at"),
    [
        ("7.5", "7.5-01"),  # several questions about the clause: the first
        ("7", "7.5-01"),  # about a part of it
        ("7.5.3.1", "7.5-01"),  # about the clause of which it is a part
        ("9.9", None),
        (None, None),
    ],
)
def test_a_finding_is_looked_at_again_at_the_question_nearest_to_its_clause(clause, at):
    shown = drawn(found_about(clause))

    told = [item.id for item in shown.items if any("2025/1" in f.vi for f in item.facts)]
    assert told == ([] if at is None else [at])
    assert [row[0] for row in rows(shown, -1)] == ["2025/1"]


def test_a_finding_of_a_question_that_is_not_asked_is_looked_at_again_at_its_clause():
    shown = drawn(found_about("4.1", question="IA-people-1"))

    assert facts(shown, "4.1-01") == ["Kiểm tra lại 2025/1 (chưa khép lại): Lỗi"]


def test_the_state_of_a_finding_is_that_of_its_last_verification_and_its_extended_day():
    def verified(day, effective):
        return FindingEvent(act=FindingAct.VERIFIED, on=day, effective=effective)

    again = (verified(date(2026, 1, 1), True), verified(date(2026, 3, 1), False))
    moved = FindingEvent(act=FindingAct.EXTENDED, on=date(2026, 3, 2), until=date(2026, 12, 1))
    shown = drawn(found_about("4.1", due=date(2026, 2, 1), history=(*again, moved)))

    assert rows(shown, -1)[0][4] == "chưa khép lại, thời hạn 01/12/2026"


def test_a_finding_is_overdue_from_the_day_after_its_last():
    due = found_about("4.1", due=date(2026, 10, 1))

    on_time = drawn(due, on=date(2026, 10, 1))
    assert rows(on_time, -1)[0][4] == "chưa khép lại, thời hạn 01/10/2026"
    late = drawn(due, on=date(2026, 10, 2))
    assert rows(late, -1)[0][4] == "chưa khép lại, quá hạn từ ngày 02/10/2026"


def test_what_the_unit_does_not_apply_is_told_at_the_question():
    assert facts(checklist(), "8.3-01") == ["Đã xác định không áp dụng: Đơn vị không thiết kế"]


@pytest.mark.parametrize(
    ("declared", "clause", "offered"),
    [
        ("8.4", "8.4.3", True),
        ("8.4", "8.5.1", False),
        ("7.5", "7.5.2", False),  # can never be
        ("8.4", "", False),
    ],
)
def test_not_applicable_is_offered_where_the_unit_declared_it_and_may(declared, clause, offered):
    asked = [question("Q", *([clause] if clause else []), subject=None if clause else "s")]
    unit = evolve(UNIT, not_applicable={declared: "Lý do"})

    (item,) = drawn(unit, asked).items
    assert item.may_be_not_applicable is offered
    (old,) = drawn(unit, asked, edition=Edition("ISO 9001:1994")).items
    assert old.may_be_not_applicable is (offered or clause == "7.5.2")


def test_the_certificate_that_counts_is_shown_with_its_standing():
    assert (
        checklist()
        .facts[0]
        .title.vi.endswith("Đến ngày 02/11/2026: còn hiệu lực, có việc sắp đến hạn")
    )
    assert rows(checklist(), 0) == [
        ["GIA-DINH-01", "ISO 9001:2015", "05/01/2026", "04/01/2029", "Cấp phép & kiểm tra"]
    ]
    announced = Announcement(
        number="01/CB", edition=Edition("TCVN ISO 9001:2015"), signed=date(2026, 2, 1)
    )
    unit = evolve(UNIT, certificates={}, announcements={"1": announced})
    assert rows(drawn(unit), 0) == [["01/CB", "TCVN ISO 9001:2015", "01/02/2026", "–", "–"]]
    nothing = drawn(evolve(UNIT, certificates={}))
    assert nothing.facts[0].rows == ()
    assert nothing.facts[0].none.vi.startswith("Chưa ghi nhận")


def test_objectives_are_shown_with_their_last_result():
    assert rows(checklist(), 1) == [
        ["Giải quyết hồ sơ đúng hạn", "31/12/2026", "≥ 95%", "97,5%", "30/06/2026"]
    ]
    objective = UNIT.objectives["dung-han"]
    unmeasured = evolve(objective, measurements=(), unit="hồ sơ")
    huge = evolve(
        objective, measurements=(Measurement(on=date(2026, 7, 1), value=Decimal("Infinity")),)
    )
    old = evolve(objective, start=date(2020, 1, 1), due=date(2020, 12, 31))
    unit = evolve(UNIT, objectives={"a": unmeasured, "b": huge, "c": old})
    assert [row[2:4] for row in rows(drawn(unit), 1)] == [
        ["≥ 95 hồ sơ", "chưa đo"],
        ["≥ 95%", "Infinity%"],
    ]
    assert [row[1] for row in rows(drawn(evolve(UNIT, objectives={"c": old})), 1)] == ["31/12/2020"]
    assert rows(drawn(evolve(UNIT, objectives={})), 1) == []


def test_as_many_objectives_are_counted_beside_a_question_as_the_table_shows():
    asked = [question("6.2-01", "6.2", records=("objectives",))]
    objective = UNIT.objectives["dung-han"]
    old = evolve(objective, start=date(2023, 1, 1), due=date(2023, 12, 31))
    unit = evolve(UNIT, objectives={"a": objective, "old": old})
    assert facts(drawn(unit, asked), "6.2-01") == ["Số mục tiêu đã ghi nhận: 1, trong đó đã đo: 1"]


def test_a_procedure_that_was_published_again_is_in_force_and_covered_by_a_document_in_force():
    asked = [question("8.5-01", "8.5", records=("procedures",))]
    again = tuple(
        ProcedureChange(act=act, on=date(2026, month, 1))
        for month, act in enumerate(
            (ProcedureAct.PUBLISHED, ProcedureAct.ABOLISHED, ProcedureAct.PUBLISHED), 1
        )
    )
    procedure = AdministrativeProcedure(title=Name(vi="Cấp phép"), document="QT-05", changes=again)
    unit = evolve(UNIT, procedures={"TT-1": procedure})

    def told(on):
        return facts(drawn(unit, asked, on=on), "8.5-01")

    one = "Số thủ tục hành chính còn hiệu lực: 1, trong đó đã có quy trình: "
    assert told(date(2026, 2, 28)) != [one + "1"]
    assert told(ON) == [one + "1"]
    unit = evolve(unit, documents={})
    assert told(ON) == [one + "0"]


def test_administrative_procedures_in_force_are_listed():
    abolished = (ProcedureChange(act=ProcedureAct.ABOLISHED, on=date(2026, 1, 1)),)
    procedures = {
        "TT-1": AdministrativeProcedure(title=Name(vi="Cấp phép"), time_limit=10, document="QT-05"),
        "TT-2": AdministrativeProcedure(title=Name(vi="Đăng ký")),
        "TT-3": AdministrativeProcedure(title=Name(vi="Đã bỏ"), changes=abolished),
    }

    shown = drawn(evolve(UNIT, procedures=procedures))

    assert rows(shown, 3) == [["TT-1 Cấp phép", "10", "QT-05"], ["TT-2 Đăng ký", "–", "–"]]


def test_facts_of_later_days_are_left_out():
    later = Certificate(
        number="SAU",
        edition=Edition("ISO 9001:2015"),
        regime=Regime.ACCREDITED,
        decided=date(2026, 11, 3),
    )

    assert drawn(evolve(UNIT, certificates={"sau": later})).facts[0].rows == ()


def test_all_criteria_of_an_audit_are_named_where_the_edition_asked_about_is_one_of_them():
    both = (Edition("ISO 9001:2015"), Edition("ISO 9001:2026"))
    unit = evolve(UNIT, audits={"2026": evolve(UNIT.audits["2026"], criteria=both)})

    def criteria(edition):
        drawn_up = drawn(unit, audit="2026", edition=Edition(edition))
        data = write_checklist(drawn_up, Language.ENGLISH)
        cells = [
            cell.text for row in outline_of(open_guarded(data)).tables[0].rows for cell in row.cells
        ]
        return cells[cells.index("Audit criteria") + 1]

    assert criteria("ISO 9001:2015") == criteria("ISO 9001:2026") == "ISO 9001:2015; ISO 9001:2026"
    assert criteria("ISO 9001:2008") == "ISO 9001:2008"


def test_a_checklist_for_the_same_audit_is_the_same_checklist():
    assert drawn(audit="2026").id == drawn(audit="2026", on=date(2026, 12, 1)).id
    assert drawn(audit="2026").id != drawn().id
    assert drawn().id == drawn().id
    assert drawn().id != drawn(on=date(2026, 12, 1)).id
    assert drawn(audit="2026").auditors == ("Trần Thị Mẫu", "Lê Văn Ví Dụ")
    assert (
        draw_up(
            UNIT,
            type=AuditType.INTERNAL,
            edition=Edition("ISO 9001:2015"),
            questions=QUESTIONS,
            on=ON,
            norms=norms(),
        ).organisation
        == UNIT.name
    )
    with pytest.raises(KeyError):
        drawn(audit="1999")


@pytest.mark.parametrize(
    ("ids", "told"),
    [
        (["a", "a"], "asked twice"),
        ([" "], "cannot be the identifier"),
        (["x" * 41], "cannot be the identifier"),
        (["a/b"], "cannot be the identifier"),
        ([f"q{n}" for n in range(2001)], "at most 2000"),
    ],
)
def test_questions_that_could_not_be_told_apart_are_refused(ids, told):
    with pytest.raises(ValueError, match=told):
        drawn(questions=[question(id_, "4.1") for id_ in ids])
