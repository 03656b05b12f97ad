"""Question banks: what auditors ask, as it is kept in files."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from attrs import frozen
from msgspec import Meta

from qms.model.shapes import ClauseNumber, Words
from qms.terms import AuditType, DocumentKind, Edition, Regime
from qms.text import Name

__all__ = [
    "BankQuestion",
    "BankSubject",
    "FurtherNumbers",
    "QuestionBank",
    "QuestionId",
    "RecordKind",
]

#: The permanent identifier of a question, short enough for a tag in a Word file.
QuestionId = Annotated[
    str, Meta(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9.\-]*$")
]
#: The kinds of a unit's records that can bear on a question.
RecordKind = Literal[
    "announcements",
    "audits",
    "certificates",
    "findings",
    "checks",
    "management_reviews",
    "objectives",
    "procedures",
]


@frozen(kw_only=True, weakref_slot=False)
class BankSubject:
    """A subject outside the clauses of the standard, under which questions stand together.

    Attributes:
        key: What the questions call it by.
        title: Its title.
    """

    key: Words
    title: Name


@frozen(kw_only=True, weakref_slot=False)
class FurtherNumbers:
    """The clauses of a question as another edition numbers them.

    Attributes:
        edition: The edition.
        clauses: The clauses, the main one first.
    """

    edition: Edition
    clauses: tuple[ClauseNumber, ...]


@frozen(kw_only=True, weakref_slot=False)
class BankQuestion:
    """A question that auditors ask.

    Attributes:
        id: Its permanent identifier.
        clauses: The clauses that it is about, the main one first.
        also: The clauses by editions before the bank's first, against which it can be asked, too.
        subject: The key of the subject under which it stands, rather than under its clause.
        question: The question.
        evidence: What evidence to look for.
        documents: The kinds of documents that bear on it.
        records: The kinds of the unit's records that bear on it.
        audits: The kinds of audit in which it is asked; empty for all of the bank's.
        always: Whether it is asked even where an audit is narrowed down to clauses that it is
            not about; one that is about no clause always is.
        may_be_not_applicable: Whether “not applicable” is a possible answer.
        asked_from: The first day of audits in which it is asked, such as that on which what it
            asks about was published; every day where left out.
    """

    id: QuestionId
    clauses: tuple[ClauseNumber, ...] = ()
    also: tuple[FurtherNumbers, ...] = ()
    subject: Words | None = None
    question: Name
    evidence: Name | None = None
    documents: tuple[DocumentKind, ...] = ()
    records: tuple[RecordKind, ...] = ()
    audits: tuple[AuditType, ...] = ()
    always: bool = False
    may_be_not_applicable: bool = False
    asked_from: date | None = None


@frozen(kw_only=True, weakref_slot=False)
class QuestionBank:
    """A file of questions.

    Attributes:
        format: The version of the shape.
        title: Its title.
        editions: The editions audited against for which it is drawn on; empty for all.  The
            clauses of the questions are those of the first; later editions are found by it.
        audits: The kinds of audit for which it is drawn on; empty for all but transitions.
        regimes: The regimes of the units for which it is drawn on; empty for all.
        adds_to: Whether its questions are asked beside those of the edition and whatever
            is added to them, or instead of them.
        subject: Subjects outside the clauses.
        question: The questions.
    """

    format: Literal["qms-questions/1"] = "qms-questions/1"
    title: Name
    editions: tuple[Edition, ...] = ()
    audits: tuple[AuditType, ...] = ()
    regimes: tuple[Regime, ...] = ()
    adds_to: Literal["clauses", "instead"] = "clauses"
    subject: tuple[BankSubject, ...] = ()
    question: tuple[BankQuestion, ...] = ()
