"""A small checklist and what an auditor might answer; all names and numbers are invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from attrs import frozen
from lxml import etree
from word_samples import members, rebuilt

from qms.checklist import Answer, Checklist, Particulars, draw_up
from qms.model import (
    Audit,
    AuditTeamMember,
    Certificate,
    Document,
    DocumentEvent,
    Finding,
    Measurement,
    Organisation,
    QualityObjective,
    Unit,
)
from qms.norms import norms
from qms.terms import (
    AuditType,
    Comparison,
    DocumentAct,
    DocumentKind,
    Edition,
    Grade,
    Regime,
)
from qms.text import Name, Text
from qms.word.checklist_writer import write_checklist

if TYPE_CHECKING:
    from qms.text import Language

ON = date(2026, 11, 2)
ORGANISATION = Organisation(name=Name(en="Example Province", vi="Ủy ban nhân dân tỉnh Ví Dụ"))


@frozen(kw_only=True)
class Question:
    """A question for tests."""

    id: str
    clauses: tuple[str, ...]
    question: Text
    subject: str | None = None
    evidence: Text | None = None
    records: tuple[str, ...] = ()
    documents: tuple[DocumentKind, ...] = ()
    audits: frozenset[AuditType] = frozenset()
    may_be_not_applicable: bool = False


def question(id_: str, *clauses: str, **more: object) -> Question:
    """A question whose words name it."""
    return Question(
        id=id_,
        clauses=clauses,
        question=Text(
            en=f"How does the unit see to matter {id_} & keep “records” of it?",
            vi=f"Đơn vị thực hiện nội dung {id_} & lưu “hồ sơ” như thế nào?",
        ),
        evidence=Text(en="Decisions, minutes", vi="Quyết định, biên bản"),
        **more,  # type: ignore[arg-type]
    )


QUESTIONS = (
    question("4.1-01", "4.1"),
    question("4.2-01", "4.2"),
    question("7.5-01", "7.5"),
    question("7.5-02", "7.5.3"),
    question("8.3-01", "8.3", may_be_not_applicable=True),
    question("10.2-01", "10.2", documents=(DocumentKind.PROCEDURE,)),
    question("VN-01", audits=frozenset({AuditType.INTERNAL, AuditType.YEARLY_CHECK})),
    question("CB-01", "9.2", audits=frozenset({AuditType.SURVEILLANCE})),
)
TITLES = {
    "4": Text(en="Context", vi="Bối cảnh"),
    "7": Text(en="Support", vi="Hỗ trợ"),
    "8": Text(en="Operation", vi="Thực hiện"),
    "10": Text(en="Improvement", vi="Cải tiến"),
}

UNIT = Unit(
    id="so-vi-du",
    name=Name(en="Example Department", vi="Sở Ví Dụ"),
    address="Số 1 đường Mẫu",
    certificates={
        "2026": Certificate(
            number="GIA-DINH-01",
            edition=Edition("ISO 9001:2015"),
            regime=Regime.ACCREDITED,
            decided=date(2026, 1, 5),
            effective=date(2026, 1, 5),
            expires=date(2029, 1, 4),
            scope="Cấp phép & kiểm tra",
        )
    },
    audits={
        "2025": Audit(
            type=AuditType.INTERNAL,
            held=date(2025, 11, 3),
            findings={
                "7.5-02": Finding(
                    grade=Grade.MINOR,
                    clause="7.5.3",
                    question="7.5-02",
                    statement="Ba quy trình hết hiệu lực còn dùng",
                    due=date(2026, 2, 1),
                )
            },
        ),
        "2026": Audit(
            type=AuditType.INTERNAL,
            planned=date(2026, 11, 9),
            scope="Toàn bộ hệ thống",
            team=(AuditTeamMember(name="Trần Thị Mẫu"), AuditTeamMember(name="Lê Văn Ví Dụ")),
        ),
    },
    objectives={
        "dung-han": QualityObjective(
            title=Name(vi="Giải quyết hồ sơ đúng hạn", en="Dossiers settled in time"),
            indicator="tỷ lệ",
            unit="%",
            comparison=Comparison.AT_LEAST,
            target=Decimal(95),
            start=date(2026, 1, 1),
            due=date(2026, 12, 31),
            measurements=(Measurement(on=date(2026, 6, 30), value=Decimal("97.5")),),
        )
    },
    documents={
        "QT-05": Document(
            title=Name(vi="Kiểm soát tài liệu"),
            kind=DocumentKind.PROCEDURE,
            clauses=("7.5",),
            history=(DocumentEvent(act=DocumentAct.ISSUED, on=date(2026, 3, 1), revision="03"),),
        ),
    },
    not_applicable={"8.3": "Đơn vị không thiết kế"},
)


@cache
def checklist(audit: str | None = "2026") -> Checklist:
    """A checklist for an internal audit of the unit."""
    return draw_up(
        UNIT,
        type=AuditType.INTERNAL,
        edition=Edition("ISO 9001:2015"),
        questions=QUESTIONS,
        on=ON,
        norms=norms(),
        organisation=ORGANISATION,
        audit=audit,
        titles=TITLES,
    )


def answers() -> tuple[Answer, ...]:
    """One answer for each grade, none of them in doubt."""
    grades = (
        Grade.CONFORMITY,
        Grade.MINOR,
        Grade.MAJOR,
        Grade.OPPORTUNITY,
        Grade.NOT_APPLICABLE,
        Grade.NOT_ASSESSED,
        Grade.CONFORMITY,
    )
    return tuple(
        Answer(
            question=item.id,
            clause=item.clause,
            grade=grade,
            evidence=f"Đã xem hồ sơ “{item.id}” <a&b>\nDòng 2: hòa giải, thuỷ lợi",
            documents=f"QT-{number:02}",
            statement=f"Nhận xét {number}\nvà lý do",
            due=date(2026, 12, number + 1),
        )
        for number, (item, grade) in enumerate(zip(checklist().items, grades, strict=True))
    )


PARTICULARS = Particulars(
    began=date(2026, 11, 9),
    held=date(2026, 11, 10),
    auditors="Trần Thị Mẫu\nLê Văn Ví Dụ",
    auditees="Ông Mẫu, Giám đốc",
    conclusion="Hệ thống được duy trì.\nCòn hai điểm cần khắc phục.",
)


def filled(language: Language) -> bytes:
    """The checklist as an auditor would send it back."""
    return write_checklist(checklist(), language, answers=answers(), particulars=PARTICULARS)


def without_properties(data: bytes) -> bytes:
    """A file whose properties were taken out, as mail gateways do."""
    parts = members(data)
    root = etree.fromstring(parts["docProps/custom.xml"])
    for entry in list(root):
        root.remove(entry)
    parts["docProps/custom.xml"] = etree.tostring(root)
    return rebuilt(parts)
