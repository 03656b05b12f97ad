"""Drawing up a checklist: the questions of an edition, with the unit's own facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from attrs import evolve

from qms.checklist.facts import (
    document_facts,
    documents_in_use,
    earlier_findings,
    not_applicable_fact,
    recheck_fact,
    unit_facts,
    within,
    without_own,
)
from qms.checklist.items import Checklist, Item, Section
from qms.checklist.records import record_facts
from qms.clauses import clauses_of
from qms.knowledge import as_of
from qms.model import Audit, Organisation
from qms.standing import standing_on
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from qms.checklist.facts import EarlierFinding
    from qms.clauses import ClauseList
    from qms.model import Unit
    from qms.norms import Norms
    from qms.standing import Standing
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
    clauses: Sequence[str] | None = None,
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
        beside: The unit with its clauses numbered by the edition audited against.
        clauses: The clauses to which the audit is limited; those recorded where left out.

    Raises:
        KeyError: the unit has no such audit.
        ValueError: two questions have the same identifier.
    """
    organisation = organisation or Organisation(name=unit.name)
    known = without_own(as_of(beside or unit, on), audit)
    standing = standing_on(unit, on, norms, organisation.policy)
    asked = [one for one in questions if not one.audits or type in one.audits]
    drawn = Checklist(
        unit=unit.id,
        name=unit.name,
        organisation=organisation.name,
        address=unit.address,
        audit=audit,
        type=type,
        edition=edition,
        on=on,
        facts=unit_facts(unit, on, standing, audit),
        sections=tuple(_sections(known, asked, standing, edition, titles or {})),
    )
    return _with_plan(drawn, unit, clauses)


def _with_plan(checklist: Checklist, unit: Unit, clauses: Sequence[str] | None) -> Checklist:
    """A checklist with what is recorded of its audit; some clauses go before those recorded."""
    audit = Audit(type=checklist.type) if checklist.audit is None else unit.audits[checklist.audit]
    return evolve(
        checklist,
        criteria=audit.criteria if checklist.edition in audit.criteria else (),
        scope=audit.scope,
        planned=audit.planned,
        mode=audit.mode,
        divisions=audit.divisions,
        processes=audit.processes,
        sites=audit.sites,
        clauses=audit.clauses if clauses is None else tuple(clauses),
        auditors=tuple(member.name for member in audit.team),
    )


def _sections(
    unit: Unit,
    asked: Sequence[Asked],
    standing: Standing,
    edition: Edition,
    titles: Mapping[str, Text],
) -> Iterator[Section]:
    on = standing.on
    listed = clauses_of(edition)
    groups: dict[str, list[Item]] = {}
    in_use = documents_in_use(unit, on)
    again = _placed(asked, earlier_findings(unit, on))
    told: dict[str, set[Text]] = {}
    for one in asked:
        clause = one.clauses[0] if one.clauses else ""
        before = told.setdefault(one.subject or clause, set())
        facts = (
            *document_facts(in_use, tuple(one.clauses), tuple(one.documents)),
            *record_facts(unit, one.records, on, standing.basis),
        )
        new = tuple(fact for fact in facts if fact not in before)
        before.update(new)
        main = one.subject or clause.partition(".")[0]
        first = (recheck_fact(found) for found in again.get(one.id, ()))
        groups.setdefault(main, []).append(_item(unit, one, listed, (*first, *new)))
    for number, items in groups.items():
        title = titles.get(number, _OTHER if not number else Text(en="", vi=""))
        shown = number if number.isdigit() else ""
        yield Section(number=shown, title=title, items=tuple(items))


def _placed(
    asked: Sequence[Asked], found: Iterable[EarlierFinding]
) -> Mapping[str, Sequence[EarlierFinding]]:
    """At which question each earlier finding is looked at again.

    At its own, if it is asked; or else at the first about its clause, or about a part of
    it, or about the clause of which it is a part.
    """
    ids = {one.id for one in asked}
    placed: dict[str, list[EarlierFinding]] = {}
    for one in found:
        finding = one.finding
        where = finding.question if finding.question in ids else _about(asked, finding.clause)
        if where is not None:
            placed.setdefault(where, []).append(one)
    return placed


def _about(asked: Sequence[Asked], clause: str | None) -> str | None:
    """The first question that is about a clause, or as near to it as any."""
    if clause is None:
        return None
    mains = [(one.clauses[0], one.id) for one in asked if one.clauses]
    near = (
        *(id_ for main, id_ in mains if main == clause),
        *(id_ for main, id_ in mains if within(main, clause)),
        *(id_ for main, id_ in mains if within(clause, main)),
    )
    return near[0] if near else None


def _item(unit: Unit, one: Asked, listed: ClauseList | None, facts: tuple[Text, ...]) -> Item:
    """A question with what bears on it; what was told at its clause before is left out."""
    clause = one.clauses[0] if one.clauses else ""
    return Item(
        id=one.id,
        clause=clause,
        question=one.question,
        evidence=one.evidence,
        facts=(*facts, *not_applicable_fact(unit, clause)),
        may_be_not_applicable=one.may_be_not_applicable or _is_declared(unit, clause, listed),
        clause_title=listed.title_of(clause) if listed and clause else None,
    )


def _is_declared(unit: Unit, clause: str, listed: ClauseList | None) -> bool:
    """Whether the unit declared a clause not applicable that can be declared so."""
    found = listed.find(clause) if listed else None
    if found is not None and found.never_not_applicable:
        return False
    return bool(clause) and any(within(clause, declared) for declared in unit.not_applicable)
