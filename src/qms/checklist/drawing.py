"""Drawing up a checklist: the questions of an edition, with the unit's own facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from qms.checklist.facts import (
    document_facts,
    earlier_findings,
    not_applicable_fact,
    recheck_facts,
    unit_facts,
    without_own,
)
from qms.checklist.items import Checklist, Item, Section
from qms.checklist.records import record_facts
from qms.knowledge import as_of
from qms.model import Organisation
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from qms.checklist.facts import EarlierFinding
    from qms.model import Unit
    from qms.norms import Norms
    from qms.terms import AuditType, DocumentKind, Edition

__all__ = ["Asked", "draw_up"]

_OTHER = Text(en="Further subjects", vi="Nội dung khác")


class Asked(Protocol):
    """What a checklist needs to know of a question."""

    @property
    def id(self) -> str:
        """Its permanent identifier."""
        ...

    @property
    def clauses(self) -> Sequence[str]:
        """The clauses that it is about, the main one first."""
        ...

    @property
    def subject(self) -> str | None:
        """The key of the subject under which it stands; None under its clause."""
        ...

    @property
    def question(self) -> Text:
        """The question itself."""
        ...

    @property
    def evidence(self) -> Text | None:
        """What to look for."""
        ...

    @property
    def documents(self) -> Sequence[DocumentKind]:
        """The kinds of documents that bear on it."""
        ...

    @property
    def records(self) -> Sequence[str]:
        """The kinds of the unit's records that bear on it."""
        ...

    @property
    def audits(self) -> Collection[AuditType]:
        """The kinds of audit in which it is asked; empty for all."""
        ...

    @property
    def may_be_not_applicable(self) -> bool:
        """Whether “not applicable” is a possible answer."""
        ...


def draw_up(
    unit: Unit,
    *,
    type: AuditType,  # noqa: A002 - the word of the model
    edition: Edition,
    questions: Iterable[Asked],
    on: date,
    norms: Norms,
    organisation: Organisation | None = None,
    audit: str | None = None,
    titles: Mapping[str, Text] | None = None,
    beside: Unit | None = None,
) -> Checklist:
    """A checklist for a unit, filled with what the register holds of it on a day.

    Args:
        unit: The unit.
        type: The kind of audit.
        edition: The edition audited against.
        questions: The questions of the edition; those of other kinds of audit are left out.
        on: The day; facts of later days are left out.
        norms: The dates and terms of editions and regimes.
        organisation: The body that answers for the register.
        audit: The identifier of the audit, where the register holds it.
        titles: The short titles of the main clauses and of other subjects.
        beside: The unit as it is held against the questions, where its records number their
            clauses by another edition than the one audited against.

    Raises:
        KeyError: the unit has no such audit.
        ValueError: two questions have the same identifier.
    """
    organisation = organisation or Organisation(name=unit.name)
    recorded = None if audit is None else unit.audits[audit]
    known = without_own(as_of(beside or unit, on), audit)
    asked = [one for one in questions if not one.audits or type in one.audits]
    return Checklist(
        unit=unit.id,
        name=unit.name,
        organisation=organisation.name,
        address=unit.address,
        audit=audit,
        type=type,
        edition=edition,
        on=on,
        scope=recorded.scope if recorded else None,
        planned=recorded.planned if recorded else None,
        mode=recorded.mode if recorded else None,
        divisions=recorded.divisions if recorded else (),
        processes=recorded.processes if recorded else (),
        clauses=recorded.clauses if recorded else (),
        auditors=tuple(member.name for member in recorded.team) if recorded else (),
        facts=unit_facts(unit, on, norms, organisation.policy, audit),
        sections=tuple(_sections(known, asked, on, titles or {})),
    )


def _sections(
    unit: Unit, asked: Sequence[Asked], on: date, titles: Mapping[str, Text]
) -> Iterable[Section]:
    groups: dict[str, list[Item]] = {}
    found = tuple(earlier_findings(unit, on))
    told: dict[str, set[Text]] = {}
    for one in asked:
        clause = one.clauses[0] if one.clauses else ""
        before = told.setdefault(one.subject or clause, set())
        facts = (
            *document_facts(unit, tuple(one.clauses), tuple(one.documents), on),
            *record_facts(unit, one.records, on),
        )
        new = tuple(fact for fact in facts if fact not in before)
        before.update(new)
        main = one.subject or clause.partition(".")[0]
        groups.setdefault(main, []).append(_item(unit, one, found, new))
    for number, items in groups.items():
        title = titles.get(number, _OTHER if not number else Text(en="", vi=""))
        shown = number if number.isdigit() else ""
        yield Section(number=shown, title=title, items=tuple(items))


def _item(unit: Unit, one: Asked, found: tuple[EarlierFinding, ...], new: tuple[Text, ...]) -> Item:
    """A question with what bears on it; what was told at its clause before is left out."""
    clause = one.clauses[0] if one.clauses else ""
    facts = (
        *recheck_facts(one.id, clause, found),
        *new,
        *not_applicable_fact(unit, clause),
    )
    return Item(
        id=one.id,
        clause=clause,
        question=one.question,
        evidence=one.evidence,
        facts=facts,
        may_be_not_applicable=one.may_be_not_applicable,
    )
