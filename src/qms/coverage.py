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

from qms.clauses import becomes, clauses_of, not_applicable_in, within
from qms.handling import QUALITY_PROCEDURES, is_handled, is_procedure_in_force
from qms.knowledge import as_of
from qms.objectives import objective_status
from qms.revisions import current
from qms.terms import AuditType, DocumentKind, Edition, FindingAct, Grade, Term
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from qms.clauses import ClauseList
    from qms.model import Document, Finding, Unit

__all__ = [
    "ClauseTrace",
    "Coverage",
    "CoverageState",
    "Covered",
    "Declared",
    "Item",
    "coverage",
    "demanded",
]


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
        letter: The letter in it, where it has several and the edition's are known.
        kept: Whether it is a document (maintained) or a record (retained).
        what: What it is.
        where_applicable: Whether it is demanded only where the clause applies.
        records: The records of the register that answer it.
    """

    edition: int
    clause: str
    letter: str = ""
    kept: Literal["maintained", "retained"]
    what: Text
    where_applicable: bool = False
    records: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where the edition demands it, as people cite it."""
        return f"{self.clause} {self.letter}".rstrip()


class Covered(Struct, frozen=True, kw_only=True):
    """An item, and what a unit has of it.

    Attributes:
        item: What is demanded.
        state: How it is met.
        documents: The codes of the documents in force that answer it.
        records: The records of the register that answer it, in words.
        reason: Why the clause was declared not applicable, where that is the state.
    """

    item: Item
    state: CoverageState
    documents: tuple[str, ...] = ()
    records: tuple[Text, ...] = ()
    reason: str = ""


class Declared(Struct, frozen=True, kw_only=True):
    """A clause that a unit declared not applicable.

    Attributes:
        clause: The number, as the unit numbers it.
        title: The short title.
        reason: Why, in the unit's words.
        allowed: Whether the edition lets it be declared so at all.
    """

    clause: str
    title: Text
    reason: str
    allowed: bool


class ClauseTrace(Struct, frozen=True, kw_only=True):
    """What a unit has about a clause.

    Attributes:
        clause: The number.
        title: The short title.
        documents: The codes of documents in force.
        records: The records of the register, in words.
        findings: Findings, as ``audit/finding``.
        reason: Why it was declared not applicable; empty where it was not.
    """

    clause: str
    title: Text
    documents: tuple[str, ...]
    records: tuple[Text, ...]
    findings: tuple[str, ...]
    reason: str = ""


class Coverage(Struct, frozen=True, kw_only=True):
    """What a unit has of what an edition demands.

    Attributes:
        unit: The identifier of the unit.
        edition: The edition.
        on: The day.
        items: What is demanded, documents first.
        clauses: Every clause that asks for something.
        declared: The clauses that the unit declared not applicable.
    """

    unit: str
    edition: str
    on: date
    items: tuple[Covered, ...]
    clauses: tuple[ClauseTrace, ...]
    declared: tuple[Declared, ...] = ()

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
    declared = tuple(_declared(known, held or edition))
    given_up = {
        new: one.reason
        for one in declared
        if one.allowed
        for new in _carried_over(one.clause, held or edition, edition)
    }
    items = tuple(_covered(one, known, documents, given_up, on) for one in demanded(edition))
    return Coverage(
        unit=unit.id,
        edition=str(edition),
        on=on,
        items=items,
        clauses=tuple(_traces(listed, items, documents, findings, given_up)),
        declared=declared,
    )


def _traces(
    listed: ClauseList,
    items: Sequence[Covered],
    documents: Mapping[str, tuple[str, ...]],
    findings: Mapping[str, tuple[str, ...]],
    given_up: Mapping[str, str],
) -> Iterator[ClauseTrace]:
    """What the unit has about each clause that asks for something."""
    for one in listed.auditable:
        told = (item.records for item in items if _touch(item.item.clause, one))
        yield ClauseTrace(
            clause=one,
            title=listed.title_of(one) or Text(en="", vi=""),
            documents=_about(one, documents),
            records=tuple(words for records in told for words in records),
            findings=_about(one, findings),
            reason=_reason(one, given_up),
        )


def _carried_over(clause: str, held: Edition, edition: Edition) -> tuple[str, ...]:
    """The clauses of an edition for which one declared not applicable by another stands."""
    if clauses_of(held) is None or held.year >= edition.year:
        return (clause,)
    return not_applicable_in((clause,), held, edition)


def _declared(unit: Unit, held: Edition) -> Iterator[Declared]:
    """The clauses declared not applicable; those that nobody can give up change nothing."""
    listed = clauses_of(held)
    for clause, reason in unit.not_applicable.items():
        title = (listed.title_of(clause) if listed else None) or Text(en="", vi="")
        allowed = listed is None or listed.may_be_not_applicable(clause)
        yield Declared(clause=clause, title=title, reason=reason, allowed=allowed)


def _renumbering(held: Edition, edition: Edition) -> Callable[[Iterable[str]], tuple[str, ...]]:
    def number(clauses: Iterable[str]) -> tuple[str, ...]:
        if clauses_of(held) is None or held.year >= edition.year:
            return tuple(clauses)
        return tuple(dict.fromkeys(n for c in clauses for n in becomes(c, held, edition)))

    return number


def _counts(document: Document, on: date) -> bool:
    """Whether a document of the unit is in force; a record may have no revisions."""
    if document.kind is DocumentKind.EXTERNAL:
        return False
    if document.kind is DocumentKind.RECORD and not document.history:
        return True
    return current(document, on) is not None


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
#: The kinds of documents that lay something down, and so answer a demand for a document.
_LAYING_DOWN = QUALITY_PROCEDURES | {
    DocumentKind.POLICY,
    DocumentKind.OBJECTIVES,
    DocumentKind.PLAN,
}


def _covered(
    item: Item,
    unit: Unit,
    documents: Mapping[str, tuple[str, ...]],
    given_up: Mapping[str, str],
    on: date,
) -> Covered:
    answering = tuple(
        code for code, clauses in documents.items() if _answers(item, unit.documents[code], clauses)
    )
    records = tuple(words for name in item.records for words in _LINES[name](unit, on))
    reason = _reason(item.clause, given_up)
    if answering or records:
        state = CoverageState.COVERED
    elif reason:
        state = CoverageState.NOT_APPLICABLE
    elif item.where_applicable:
        state = CoverageState.IF_APPLICABLE
    elif _has_nothing_yet(item, unit):
        state = CoverageState.NOTHING_YET
    else:
        state = CoverageState.MISSING
    return Covered(
        item=item,
        state=state,
        documents=answering,
        records=records,
        reason=reason if state is CoverageState.NOT_APPLICABLE else "",
    )


def _reason(clause: str, given_up: Mapping[str, str]) -> str:
    """Why a clause was declared not applicable; empty where it was not."""
    return next((why for one, why in given_up.items() if within(clause, one)), "")


def _has_nothing_yet(item: Item, unit: Unit) -> bool:
    """Whether nonconformities are asked for where audits were held and found none."""
    asked = not _OF_NONCONFORMITIES.isdisjoint(item.records)
    return asked and any(_internal_audits(unit)) and not any(_nonconformities(unit))


_OF_NONCONFORMITIES = frozenset({"nonconformities", "corrective-actions"})


def _answers(item: Item, document: Document, clauses: Iterable[str]) -> bool:
    """Whether a document answers a demand.

    For a document: by its kind, or by naming the clause, as one that lays something down.
    The manual and the procedures of the edition of 2008 have to be named themselves, for a
    document about all of a chapter need not hold the procedure. For a record: a record that
    names the clause; a procedure says what is to be recorded, a form where, neither that it was.
    """
    if item.kept == "retained":
        return document.kind is DocumentKind.RECORD and any(
            _touch(one, item.clause) for one in clauses
        )
    if _KINDS.get(item.clause) is document.kind:
        return True
    if document.kind not in (QUALITY_PROCEDURES if item.edition < 2015 and item.clause not in _KINDS else _LAYING_DOWN):  # fmt: skip
        return False
    return any(
        within(one, item.clause)
        or (item.edition >= 2015 and "." in one and within(item.clause, one))
        for one in clauses
    )


# --- records of the register -----------------------------------------------------------------

_OBJECTIVES = Text(
    en="objectives for the time being: {count}", vi="mục tiêu của kỳ hiện tại: {count}"
)
_MEASURED = Text(en="objectives measured: {count}", vi="mục tiêu đã đo: {count}")
_AUDITS = Text(en="internal audits held: {count}", vi="cuộc đánh giá nội bộ đã thực hiện: {count}")
_REVIEWS = Text(
    en="management reviews held: {count}", vi="lần xem xét của lãnh đạo đã thực hiện: {count}"
)
_NONCONFORMITIES = Text(
    en="nonconformities recorded: {count}", vi="điểm không phù hợp đã ghi nhận: {count}"
)
_PROCEDURES = Text(en="administrative procedures with a quality procedure in force: {count}", vi="thủ tục hành chính đã có quy trình còn hiệu lực: {count}")  # fmt: skip
_SCOPE = Text(
    en="scope of the announcement",
    vi="phạm vi nêu trong bản công bố",
)


_DOCUMENTS = Text(
    en="procedures and instructions in force: {count}",
    vi="quy trình, hướng dẫn còn hiệu lực: {count}",
)
_OUTPUTS = Text(
    en="nonconformities of this clause recorded: {count}",
    vi="điểm không phù hợp về điều này đã ghi nhận: {count}",
)
_ACTED = Text(
    en="nonconformities with corrective action recorded: {count}",
    vi="điểm không phù hợp đã ghi nhận hành động khắc phục: {count}",
)


def _some(words: Text, count: int) -> Iterator[Text]:
    if count:
        yield words.format(count=count)


def _internal_audits(unit: Unit) -> Iterator[str]:
    for key, audit in unit.audits.items():
        if audit.type is AuditType.INTERNAL and audit.held is not None:
            yield key


def _nonconformities(unit: Unit) -> Iterator[Finding]:
    for audit in unit.audits.values():
        for finding in audit.findings.values():
            if finding.grade in {Grade.MINOR, Grade.MAJOR}:
                yield finding


#: Control of nonconforming product (2008) and of nonconforming outputs (2015 and later).
_OUTPUT_CLAUSES = ("8.3", "8.7")


def _is_about_outputs(finding: Finding, edition: Edition | None) -> bool:
    clause = _OUTPUT_CLAUSES[edition is None or edition.year >= 2015]
    return finding.clause is not None and within(finding.clause, clause)


def _of_outputs(unit: Unit, _on: date) -> Iterator[Text]:
    """Nonconformities of outputs, each numbered by the edition that it was audited against."""
    yield from _some(
        _OUTPUTS,
        sum(
            _is_about_outputs(finding, audit.criteria[0] if audit.criteria else None)
            for audit in unit.audits.values()
            for finding in audit.findings.values()
            if finding.grade in {Grade.MINOR, Grade.MAJOR}
        ),
    )


def _acted_upon(unit: Unit, _on: date) -> Iterator[Text]:
    acts = {FindingAct.PLANNED, FindingAct.ACTED}
    told = sum(any(event.act in acts for event in one.history) for one in _nonconformities(unit))
    yield from _some(_ACTED, told)


def _procedures(unit: Unit, on: date) -> Iterator[Text]:
    handled = (
        is_procedure_in_force(one, on) and is_handled(unit, one, on)
        for one in unit.procedures.values()
    )
    yield from _some(_PROCEDURES, sum(handled))


def _described(unit: Unit, on: date) -> Iterator[Text]:
    """What the unit found necessary to lay down itself."""
    kinds = QUALITY_PROCEDURES - {DocumentKind.MANUAL}
    laid_down = (one.kind in kinds and _counts(one, on) for one in unit.documents.values())
    yield from _some(_DOCUMENTS, sum(laid_down))


def _objectives(unit: Unit, on: date) -> Iterator[Text]:
    """Objectives for the time being: those of past years say nothing of today."""
    running = (one.start <= on <= one.due for one in unit.objectives.values())
    yield from _some(_OBJECTIVES, sum(running))


def _scope(unit: Unit, on: date) -> Iterator[Text]:
    """The scope that the unit announced itself; that of a certificate is its issuer's word."""
    announced = [
        (one.effective, one.scope or "")
        for one in unit.announcements.values()
        if one.effective is not None and one.effective <= on
    ]
    if announced and max(announced)[1]:
        yield _SCOPE


_LINES: Mapping[str, Callable[[Unit, date], Iterator[Text]]] = {
    "objectives": _objectives,
    "measurements": lambda unit, on: _some(
        _MEASURED, sum(objective_status(o, on).last is not None for o in unit.objectives.values())
    ),
    "internal-audits": lambda unit, _: _some(_AUDITS, sum(1 for _ in _internal_audits(unit))),
    "reviews": lambda unit, _: _some(
        _REVIEWS, sum(one.held is not None for one in unit.reviews.values())
    ),
    "nonconformities": lambda unit, _: _some(
        _NONCONFORMITIES, sum(1 for _ in _nonconformities(unit))
    ),
    "nonconforming-outputs": _of_outputs,
    "corrective-actions": _acted_upon,
    "procedures": _procedures,
    "documents": _described,
    "scope": _scope,
}
