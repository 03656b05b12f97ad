"""What auditors answered: values as they were typed, and what they mean."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qms.checklist.doubts import Doubt
    from qms.terms import AuditType, Edition, Grade
    from qms.text import Language

__all__ = ["Answer", "AnswerField", "Origin", "Particulars", "Reading"]


class AnswerField(StrEnum):
    """What an auditor fills in: of a question, of a further finding, or of the audit."""

    GRADE = "grade"
    EVIDENCE = "evidence"
    DOCUMENTS = "documents"
    STATEMENT = "statement"
    DUE = "due"
    CLAUSE = "clause"
    BEGAN = "began"
    HELD = "held"
    AUDITORS = "auditors"
    AUDITEES = "auditees"
    CONCLUSION = "conclusion"


@frozen(kw_only=True)
class Answer:
    """What was answered to a question, or noted as a further finding.

    What was typed is kept letter for letter in composed form; lines are kept apart.

    Attributes:
        question: The identifier of the question, or of the line of a further finding.
        clause: The clause of the standard.
        grade: The auditor's grading; None where none was given.
        evidence: The objective evidence.
        documents: The documents and records seen.
        statement: What was found, what should be improved, or why it is not applicable.
        due: The day by which a nonconformity is to be closed.
        further: Whether it is a further finding, outside the questions asked.
    """

    question: str
    clause: str = ""
    grade: Grade | None = None
    evidence: str = ""
    documents: str = ""
    statement: str = ""
    due: date | None = None
    further: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was filled in; that is no conformity, but no answer."""
        asked = self.further and self.clause
        return self.grade is None and self.due is None and not self.words and not asked

    @property
    def words(self) -> str:
        """All that was typed as free text."""
        return "\n".join(part for part in (self.evidence, self.documents, self.statement) if part)


@frozen(kw_only=True)
class Particulars:
    """What was filled in about the audit as a whole.

    Attributes:
        began: The first day.
        held: The last day.
        auditors: Who audited, a line each.
        auditees: Who spoke for the unit, a line each.
        conclusion: The conclusion in the auditor's words.
    """

    began: date | None = None
    held: date | None = None
    auditors: str = ""
    auditees: str = ""
    conclusion: str = ""


@frozen(kw_only=True)
class Origin:
    """A file that was read: its name, its size in bytes and its SHA-256.

    Attributes:
        path: Where it was read from, which tells two files of one name apart.
    """

    name: str
    size: int
    sha256: str
    path: str | None = field(default=None, eq=False)


@frozen(kw_only=True)
class Reading:
    """What was read from one filled checklist, or from several for the same audit.

    Attributes:
        checklist: The identifier of the checklist; None where the file does not tell.
        unit: The identifier of the unit; None where the file does not tell.
        audit: The identifier of the audit in the register, where it is recorded there.
        type: The kind of audit.
        edition: The edition audited against.
        on: The day on which the checklist was drawn up.
        language: The language of the checklist.
        answers: The answers, in the order of the checklist; a question that the file
            no longer holds has none.
        typed: All that was typed, by question and field: every value that was found,
            more than one where a cell was doubled.
        particulars: What was filled in about the audit.
        doubts: Whatever keeps the answers from being taken as they are.
        files: The files that were read.
        left: The questions beside which an auditor who did not assess them noted something,
            while a colleague graded them: it is no part of the answer, and stays in the file.
    """

    checklist: str | None = None
    unit: str | None = None
    audit: str | None = None
    type: AuditType | None = None
    edition: Edition | None = None
    on: date | None = None
    language: Language | None = None
    answers: tuple[Answer, ...] = ()
    typed: Mapping[tuple[str, AnswerField], tuple[str, ...]] = field(factory=dict)
    particulars: Particulars = Particulars()
    doubts: tuple[Doubt, ...] = ()
    files: tuple[Origin, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def subject(self) -> str | None:
        """Whose checklist it is: the unit, the audit or its kind, the edition; and its identifier."""
        if self.checklist is None:
            return None
        parts = (self.unit, self.audit or self.type, self.edition)
        return f"{' · '.join(filter(None, parts))} ({self.checklist})"

    def answer(self, question: str) -> Answer:
        """The answer to a question.

        Raises:
            KeyError: there is none.
        """
        for answer in self.answers:
            if answer.question == question:
                return answer
        raise KeyError(question)
