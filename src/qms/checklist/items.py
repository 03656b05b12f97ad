"""A checklist: sections of questions for one unit and one audit, with the unit's facts."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from datetime import date

    from qms.terms import AuditMode, AuditType, Edition
    from qms.text import Name, Text

__all__ = ["Checklist", "FactTable", "Item", "Section"]

#: How many questions one checklist may ask; no audit asks so many.
ITEM_LIMIT = 2000
#: How long an identifier of a question may be, so that it fits into a tag of Word (64).
ID_LIMIT = 40


@frozen(kw_only=True)
class Item:
    """A question as it is asked of one unit.

    Attributes:
        id: The permanent identifier of the question.
        clause: The clause of the standard that it is about; empty where it is about none.
        clause_title: The short title of that clause, where it is known.
        question: The question.
        evidence: What evidence to look for.
        facts: What the register holds of the unit that bears on the question.
        may_be_not_applicable: Whether “not applicable” is a possible answer.
    """

    id: str
    clause: str
    question: Text
    evidence: Text | None = None
    facts: tuple[Text, ...] = ()
    may_be_not_applicable: bool = False
    clause_title: Text | None = None


@frozen(kw_only=True)
class Section:
    """The questions of one main clause or one subject.

    Attributes:
        number: The number of the clause; empty for a subject outside the standard.
        title: Its short title.
        items: The questions.
    """

    number: str
    title: Text
    items: tuple[Item, ...]


@frozen(kw_only=True)
class FactTable:
    """Facts of the unit that an auditor reads before the questions.

    Attributes:
        title: What they are about.
        heads: The headings of the columns.
        shares: How the columns share the width, in any unit.
        rows: The facts, a cell for each column.
        none: What is said where there are no rows.
    """

    title: Text
    heads: tuple[Text, ...]
    shares: tuple[int, ...]
    rows: tuple[tuple[Text, ...], ...]
    none: Text


@frozen(kw_only=True, slots=False)
class Checklist:
    """A checklist for one unit and one audit, as drawn up on a day.

    Attributes:
        unit: The identifier of the unit.
        name: The name of the unit.
        organisation: The name of the body that answers for the register.
        address: Where the unit is.
        audit: The identifier of the audit in the register, where it is recorded there.
        type: The kind of audit.
        edition: The edition audited against.
        on: The day up to which the unit's facts were taken.
        criteria: All editions audited against, where the register names more than the one
            about which is asked here.
        scope: What is audited.
        planned: The day for which the audit is planned.
        mode: Where and how it is held.
        divisions: The divisions of the unit that are audited.
        processes: The processes that are audited.
        sites: The sites that are visited.
        clauses: The clauses to which the audit is limited.
        auditors: The names of the audit team.
        facts: What the auditor reads first.
        sections: The questions.
    """

    unit: str
    name: Name
    organisation: Name
    address: str | None = None
    audit: str | None = None
    type: AuditType
    edition: Edition
    on: date
    criteria: tuple[Edition, ...] = ()
    scope: str | None = None
    planned: date | None = None
    mode: AuditMode | None = None
    divisions: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    auditors: tuple[str, ...] = ()
    facts: tuple[FactTable, ...] = ()
    sections: tuple[Section, ...]

    def __attrs_post_init__(self) -> None:
        """See that every question can be told from every other.

        Raises:
            ValueError: an identifier stands twice, is empty or too long; or there are too
                many questions.
        """
        seen: set[str] = set()
        for item in self.items:
            if item.id in seen:
                raise ValueError(f"the question {item.id!r} is asked twice in one checklist")
            if not item.id.strip() or len(item.id) > ID_LIMIT or "/" in item.id:
                raise ValueError(f"{item.id!r} cannot be the identifier of a question")
            seen.add(item.id)
        if len(seen) > ITEM_LIMIT:
            raise ValueError(f"a checklist of {len(seen)} questions; at most {ITEM_LIMIT}")

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All questions, in the order of the sections."""
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def id(self) -> str:
        """Eight hexadecimal digits that tell the checklists of a register apart.

        The same unit, audit, kind of audit and edition give the same identifier: a
        checklist that is drawn up again for the same audit is a revision of the first.
        Where the register does not hold the audit, only the day tells one audit from the
        next of its kind, so checklists of two days are two checklists.
        """
        audit = f"\n{self.on}" if self.audit is None else self.audit
        words = f"{self.unit}\n{audit}\n{self.type}\n{self.edition}"
        return hashlib.sha256(words.encode()).hexdigest()[:8]
