"""What was read from filled checklists: findings, totals, and every doubt."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from qms.checklist.answers import AnswerField
from qms.checklist.doubts import FIELD_NAMES
from qms.dates import print_date
from qms.problems import printable
from qms.report.json import indented
from qms.report.layout import Paint, wrap
from qms.report.sentences import grouped
from qms.terms import AuditType, Grade
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms.checklist import Answer, Doubt, DoubtKind, Reading
    from qms.text import Language

__all__ = ["FindingsReport", "RecordedEntry", "render", "render_json"]

_TITLE = Text(en="Unit {unit}, audit {audit}: {type}, {edition}",
              vi="Đơn vị {unit}, cuộc đánh giá {audit}: {type}, {edition}")  # fmt: skip
_UNKNOWN = Text(en="not named", vi="không nêu")
_FILES = Text(en="Files: {files}", vi="Tệp: {files}")
_NO_GRADE = Text(en="Without a grade", vi="Chưa có mức đánh giá")
_FINDINGS = Text(en="Findings", vi="Các phát hiện")
_NO_FINDINGS = Text(en="No findings.", vi="Không có phát hiện nào.")
_DOUBTS = Text(en="Doubts: {count}", vi="Nghi vấn: {count}")
_NO_DOUBTS = Text(en="Nothing is in doubt.", vi="Không có nghi vấn nào.")
_FOUND = Text(en="found: {found}", vi="tìm thấy: {found}")
_MORE = Text(
    en="… and {count} more of [{code}]; --format json tells all of them",
    vi="… và {count} nghi vấn [{code}] khác; --format json nêu đủ",
)
#: How many doubts of one kind are told one by one.
_MOST = 100
_CANNOT = Text(en="cannot be accepted", vi="không thể chấp nhận")
_CLOSED_BY = Text(en="to be closed by {day}", vi="thời hạn khắc phục {day}")
_PARTICULARS = (
    AnswerField.BEGAN,
    AnswerField.HELD,
    AnswerField.AUDITORS,
    AnswerField.AUDITEES,
    AnswerField.CONCLUSION,
)
_SHOWN = (AnswerField.STATEMENT, AnswerField.EVIDENCE, AnswerField.DOCUMENTS)
_FOLLOWED = (Grade.MAJOR, Grade.MINOR, Grade.OPPORTUNITY)
_LONGEST = 200


class AnswerEntry(Struct, frozen=True, kw_only=True):
    """What was answered to a question; a null grade is no answer and no conformity."""

    question: str
    clause: str
    grade: Grade | None
    evidence: str
    documents: str
    statement: str
    due: date | None
    further: bool


class DoubtEntry(Struct, frozen=True, kw_only=True):
    """A doubt with its place; ``where`` tells it in words where no question or field does."""

    code: str
    question: str | None
    field: str | None
    where: str | None
    file: str | None
    found: str | None
    message: str
    acceptable: bool


class FileEntry(Struct, frozen=True, kw_only=True):
    """A file that was read."""

    name: str
    size: int
    sha256: str


class ParticularsEntry(Struct, frozen=True, kw_only=True):
    """What was filled in of the audit as a whole."""

    began: date | None
    held: date | None
    auditors: str
    auditees: str
    conclusion: str


class RecordedEntry(Struct, frozen=True, kw_only=True):
    """What was appended to a register; nothing where the files had been read into it before."""

    register: str
    audit: str
    findings: list[str]
    added_to: list[str]
    files: list[str]
    left: list[str]


class FindingsReport(Struct, frozen=True, kw_only=True):
    """What was read from filled checklists of one audit."""

    format: Literal["qms-findings/1"]
    checklist: str | None
    unit: str | None
    audit: str | None
    type: AuditType | None
    edition: str | None
    files: list[FileEntry]
    particulars: ParticularsEntry
    totals: dict[str, int]
    answers: list[AnswerEntry]
    doubts: list[DoubtEntry]
    recorded: RecordedEntry | None


def render_json(reading: Reading, language: Language, recorded: RecordedEntry | None = None) -> str:
    """A reading as JSON, with what of it was recorded; its form is ``FindingsReport``."""
    return indented(
        FindingsReport(
            format="qms-findings/1",
            checklist=reading.checklist,
            unit=reading.unit,
            audit=reading.audit,
            type=reading.type,
            edition=None if reading.edition is None else str(reading.edition),
            files=[FileEntry(name=f.name, size=f.size, sha256=f.sha256) for f in reading.files],
            particulars=ParticularsEntry(
                began=reading.particulars.began,
                held=reading.particulars.held,
                auditors=reading.particulars.auditors,
                auditees=reading.particulars.auditees,
                conclusion=reading.particulars.conclusion,
            ),
            totals={str(grade): count for grade, count in _totals(reading).items() if grade},
            answers=[_answer(answer) for answer in reading.answers],
            doubts=[_doubt(doubt, language) for doubt in reading.doubts],
            recorded=recorded,
        )
    )


def render(reading: Reading, language: Language, width: int, *, colour: bool = False) -> str:
    """A reading as text of at most so many places a line."""
    paint = Paint(colour)
    unknown = _UNKNOWN.in_(language)
    title = _TITLE.in_(language).format(
        unit=reading.unit or unknown,
        audit=reading.audit or unknown,
        type=reading.type.text.in_(language) if reading.type else unknown,
        edition=reading.edition or unknown,
    )
    files = _FILES.in_(language).format(files=", ".join(file.name for file in reading.files))
    lines = [paint(line, "bold") for line in wrap(printable(title), width)]
    lines += [*wrap(printable(files), width, hanging="  "), ""]
    lines += _particulars(reading, language, width)
    lines += _counted(reading, language)
    lines += ["", *_found(reading, language, width, paint)]
    lines += ["", *_doubted(reading, language, width, paint)]
    return "\n".join(lines) + "\n"


def _totals(reading: Reading) -> Counter[Grade | None]:
    return Counter(answer.grade for answer in reading.answers)


def _counted(reading: Reading, language: Language) -> Iterator[str]:
    totals = _totals(reading)
    for grade in (*Grade, None):
        if totals[grade]:
            name = _NO_GRADE if grade is None else grade.text
            yield f"{totals[grade]:4}  {name.in_(language)}"


def _particulars(reading: Reading, language: Language, width: int) -> Iterator[str]:
    """What was filled in of the audit as a whole."""
    for field in _PARTICULARS:
        value = getattr(reading.particulars, field)
        if value:
            words = print_date(value, language) if isinstance(value, date) else _printed(value)
            line = f"{FIELD_NAMES[field].in_(language)}: {words}"
            yield from wrap(line, width, hanging="  ")


def _found(reading: Reading, language: Language, width: int, paint: Paint) -> Iterator[str]:
    found = [answer for answer in reading.answers if answer.grade in _FOLLOWED]
    if not found:
        yield _NO_FINDINGS.in_(language)
        return
    yield paint(_FINDINGS.in_(language), "bold")
    for answer in found:
        parts = [answer.question, answer.clause]
        parts += [answer.grade.text.in_(language)] if answer.grade else []
        if answer.due is not None:
            parts.append(_CLOSED_BY.in_(language).format(day=print_date(answer.due, language)))
        head = " · ".join(printable(part) for part in parts if part)
        yield from wrap(head, width, indent="  ", hanging="    ")
        for field in _SHOWN:
            if words := getattr(answer, field):
                line = f"{FIELD_NAMES[field].in_(language)}: {_printed(words)}"
                yield from wrap(line, width, indent="    ", hanging="      ")


def _doubted(reading: Reading, language: Language, width: int, paint: Paint) -> Iterator[str]:
    if not reading.doubts:
        yield _NO_DOUBTS.in_(language)
        return
    yield paint(_DOUBTS.in_(language).format(count=len(reading.doubts)), "bold")
    told: Counter[DoubtKind] = Counter()
    for doubt in reading.doubts:
        told[doubt.kind] += 1
        if told[doubt.kind] <= _MOST:
            yield from _told(doubt, language, width, paint)
    for kind, count in told.items():
        if count > _MOST:
            more = _MORE.in_(language).format(code=kind, count=grouped(count - _MOST).in_(language))
            yield from wrap(more, width)


def _told(doubt: Doubt, language: Language, width: int, paint: Paint) -> Iterator[str]:
    code = f"[{doubt.kind}]"
    if not doubt.kind.acceptable:
        code += f" ({_CANNOT.in_(language)})"
    where = " – ".join(part for part in (doubt.file, doubt.place.in_(language)) if part)
    head = f"{code} {where}".rstrip()
    yield from (paint(line, "yellow") for line in wrap(printable(head), width, hanging="  "))
    yield from wrap(doubt.what.in_(language), width, indent="  ")
    if doubt.found:
        found = _FOUND.in_(language).format(found=_printed(doubt.found))
        yield from wrap(found, width, indent="  ", hanging="    ")


def _printed(words: str) -> str:
    """Words of others, fit for a screen: on one line, and not longer than is good to read."""
    plain = printable(" / ".join(line for line in words.split("\n") if line))
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


def _answer(answer: Answer) -> AnswerEntry:
    return AnswerEntry(
        question=answer.question,
        clause=answer.clause,
        grade=answer.grade,
        evidence=answer.evidence,
        documents=answer.documents,
        statement=answer.statement,
        due=answer.due,
        further=answer.further,
    )


def _doubt(doubt: Doubt, language: Language) -> DoubtEntry:
    return DoubtEntry(
        code=doubt.kind.value,
        question=doubt.question,
        field=doubt.field.value if doubt.field else None,
        where=doubt.where.in_(language) if doubt.where else None,
        file=doubt.file,
        found=doubt.found,
        message=doubt.what.in_(language),
        acceptable=doubt.kind.acceptable,
    )
