"""What an edition demands as documented information, and what of it a unit has.

Also the other way round: for each clause the documents, records and findings of a unit
(traceability).  ISO 9001:2008, 4.2; ISO 9001:2015, 7.5.1 and the clauses named.
"""

from __future__ import annotations

from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING, Literal

import msgspec
import tomli
from msgspec import Struct

from qms.clauses import becomes, clauses_of, within
from qms.knowledge import as_of
from qms.revisions import current
from qms.terms import AuditType, DocumentKind, Edition, Grade, ProcedureAct, Term
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from qms.model import AdministrativeProcedure, Document, Unit

__all__ = ["ClauseTrace", "Coverage", "CoverageState", "Covered", "Item", "coverage", "demanded"]


class CoverageState(Term):
    """How a demand is met."""

    COVERED = "covered", "covered", "đã có"
    MISSING = "missing", "missing", "còn thiếu"
    NOTHING_YET = "nothing-yet", "nothing to keep yet", "chưa phát sinh"
    IF_APPLICABLE = "if-applicable", "only if applicable", "chỉ khi có áp dụng"
    NOT_APPLICABLE = "not-applicable", "declared not applicable", "đã xác định không áp dụng"


class Item(Struct, frozen=True, kw_only=True):
    """Something that an edition demands as documented information.

    Attributes:
        edition: The year of the edition.
        clause: The clause that demands it.
        kept: Whether it is a document (maintained) or a record (retained).
        what: What it is.
        where_applicable: Whether it is demanded only where the clause applies.
        records: The records of the register that answer it.
    """

    edition: int
    clause: str
    kept: Literal["maintained", "retained"]
    what: Text
    where_applicable: bool = False
    records: tuple[str, ...] = ()


class Covered(Struct, frozen=True, kw_only=True):
    """An item, and what a unit has of it.

    Attributes:
        item: What is demanded.
        state: How it is met.
        documents: The codes of the documents in force that answer it.
        records: The records of the register that answer it, in words.
    """

    item: Item
    state: CoverageState
    documents: tuple[str, ...] = ()
    records: tuple[Text, ...] = ()


class ClauseTrace(Struct, frozen=True, kw_only=True):
    """What a unit has about a clause.

    Attributes:
        clause: The number.
        title: The short title.
        documents: The codes of documents in force.
        records: The records of the register, in words.
        findings: Findings, as ``audit/finding``.
    """

    clause: str
    title: Text
    documents: tuple[str, ...]
    records: tuple[Text, ...]
    findings: tuple[str, ...]


class Coverage(Struct, frozen=True, kw_only=True):
    """What a unit has of what an edition demands.

    Attributes:
        unit: The identifier of the unit.
        edition: The edition.
        on: The day.
        items: What is demanded, in the order of clauses.
        clauses: Every clause that asks for something.
    """

    unit: str
    edition: str
    on: date
    items: tuple[Covered, ...]
    clauses: tuple[ClauseTrace, ...]

    @property
    def missing(self) -> tuple[Covered, ...]:
        """What is demanded of every unit and is not there."""
        return tuple(one for one in self.items if one.state is CoverageState.MISSING)


@cache
def _all_items() -> tuple[Item, ...]:
    text = get_data("qms", "data/documented_information.toml") or b""
    return msgspec.convert(tomli.loads(text.decode())["item"], tuple[Item, ...])


def demanded(edition: Edition) -> tuple[Item, ...]:
    """What an edition demands as documented information; nothing for editions before 2008."""
    return tuple(one for one in _all_items() if one.edition == edition.year)


def coverage(unit: Unit, edition: Edition, on: date, held: Edition | None = None) -> Coverage:
    """What a unit has on a day of what an edition demands.

    Args:
        unit: The unit.
        edition: The edition.
        on: The day; facts of later days do not count.
        held: The edition by which the unit's records number their clauses; the same where
            left out. Clauses of an older one are carried over.

    Raises:
        ValueError: the clauses of the edition are not listed.
    """
    listed = clauses_of(edition)
    if listed is None:
        raise ValueError(f"the clauses of {edition} are not listed")
    known = as_of(unit, on)
    number = _renumbering(held or edition, edition)
    documents = {
        code: number(one.clauses) for code, one in known.documents.items() if _counts(one, on)
    }
    findings = {
        f"{key}/{name}": number((finding.clause,))
        for key, audit in known.audits.items()
        for name, finding in audit.findings.items()
        if finding.clause is not None
    }
    declared = {new for clause in known.not_applicable for new in number((clause,))}
    items = tuple(_covered(one, known, documents, declared) for one in demanded(edition))
    traces = tuple(
        ClauseTrace(
            clause=one,
            title=listed.title_of(one) or Text(en="", vi=""),
            documents=_about(one, documents),
            records=tuple(
                words for item in items if _touch(item.item.clause, one) for words in item.records
            ),
            findings=_about(one, findings),
        )
        for one in listed.auditable
    )
    return Coverage(unit=unit.id, edition=str(edition), on=on, items=items, clauses=traces)


def _renumbering(held: Edition, edition: Edition) -> Callable[[Iterable[str]], tuple[str, ...]]:
    def number(clauses: Iterable[str]) -> tuple[str, ...]:
        if clauses_of(held) is None or held.year >= edition.year:
            return tuple(clauses)
        return tuple(dict.fromkeys(n for c in clauses for n in becomes(c, held, edition)))

    return number


def _counts(document: Document, on: date) -> bool:
    """Whether a document of the unit is in force; one without history counts as it stands."""
    if document.kind is DocumentKind.EXTERNAL:
        return False
    return not document.history or current(document, on) is not None


def _touch(one: str, other: str) -> bool:
    return within(one, other) or within(other, one)


def _about(clause: str, numbered: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(
        key for key, clauses in numbered.items() if any(_touch(one, clause) for one in clauses)
    )


#: The kinds of documents that answer a demand whatever clauses they name.
_KINDS = {
    "4.2.2": DocumentKind.MANUAL,
    "4.3": DocumentKind.MANUAL,
    "5.2.2": DocumentKind.POLICY,
    "5.3": DocumentKind.POLICY,
    "5.4.1": DocumentKind.OBJECTIVES,
    "6.2.1": DocumentKind.OBJECTIVES,
}
#: The kinds of documents that are records.
_RECORDS = frozenset({DocumentKind.RECORD, DocumentKind.FORM})


def _covered(
    item: Item, unit: Unit, documents: Mapping[str, tuple[str, ...]], declared: Iterable[str]
) -> Covered:
    answering = tuple(
        code for code, clauses in documents.items() if _answers(item, unit.documents[code], clauses)
    )
    records = tuple(words for name in item.records for words in _LINES[name](unit))
    if answering or records:
        state = CoverageState.COVERED
    elif any(within(item.clause, one) for one in declared):
        state = CoverageState.NOT_APPLICABLE
    elif item.where_applicable:
        state = CoverageState.IF_APPLICABLE
    elif "nonconformities" in item.records and any(_internal_audits(unit)):
        state = CoverageState.NOTHING_YET
    else:
        state = CoverageState.MISSING
    return Covered(item=item, state=state, documents=answering, records=records)


def _answers(item: Item, document: Document, clauses: Iterable[str]) -> bool:
    if item.kept == "maintained":
        if _KINDS.get(item.clause) is document.kind:
            return True
        if document.kind in _RECORDS:
            return False
    return any(_touch(one, item.clause) for one in clauses)


# --- records of the register -----------------------------------------------------------------

_OBJECTIVES = Text(
    en="objectives in the register: {count}", vi="mục tiêu trong sổ đăng ký: {count}"
)
_MEASURED = Text(en="objectives measured: {count}", vi="mục tiêu đã đo: {count}")
_AUDITS = Text(en="internal audits held: {count}", vi="cuộc đánh giá nội bộ đã thực hiện: {count}")
_REVIEWS = Text(
    en="management reviews held: {count}", vi="lần xem xét của lãnh đạo đã thực hiện: {count}"
)
_NONCONFORMITIES = Text(
    en="nonconformities recorded: {count}", vi="điểm không phù hợp đã ghi nhận: {count}"
)
_PROCEDURES = Text(en="administrative procedures with a quality procedure: {count}", vi="thủ tục hành chính đã có quy trình: {count}")  # fmt: skip
_SCOPE = Text(
    en="scope of the certificate or announcement",
    vi="phạm vi nêu trong giấy chứng nhận hoặc bản công bố",
)


def _some(words: Text, count: int) -> Iterator[Text]:
    if count:
        yield words.format(count=count)


def _internal_audits(unit: Unit) -> Iterator[str]:
    for key, audit in unit.audits.items():
        if audit.type is AuditType.INTERNAL and audit.held is not None:
            yield key


def _nonconformities(unit: Unit) -> int:
    graded = (one.grade for audit in unit.audits.values() for one in audit.findings.values())
    return sum(grade in {Grade.MINOR, Grade.MAJOR} for grade in graded)


def _is_covered(procedure: AdministrativeProcedure) -> bool:
    ended = any(one.act is ProcedureAct.ABOLISHED for one in procedure.changes)
    return procedure.document is not None and not ended


def _scope(unit: Unit) -> Iterator[Text]:
    scopes = [one.scope for one in unit.certificates.values()]
    scopes += [one.scope for one in unit.announcements.values()]
    if any(scopes):
        yield _SCOPE


_LINES: Mapping[str, Callable[[Unit], Iterator[Text]]] = {
    "objectives": lambda unit: _some(_OBJECTIVES, len(unit.objectives)),
    "measurements": lambda unit: _some(
        _MEASURED, sum(bool(o.measurements) for o in unit.objectives.values())
    ),
    "internal-audits": lambda unit: _some(_AUDITS, sum(1 for _ in _internal_audits(unit))),
    "reviews": lambda unit: _some(
        _REVIEWS, sum(one.held is not None for one in unit.reviews.values())
    ),
    "nonconformities": lambda unit: _some(_NONCONFORMITIES, _nonconformities(unit)),
    "procedures": lambda unit: _some(_PROCEDURES, sum(map(_is_covered, unit.procedures.values()))),
    "scope": _scope,
}
