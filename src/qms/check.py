"""Checking a register on a day: rules, diagnostics, the report.

What goes in is a register and a day; each rule is asked about each record that
it speaks of; what comes out is a :class:`Report`.  This module knows no
particular rule: those stand in :mod:`qms.rules`.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from qms.dates import print_date
from qms.norms import norms as shipped_norms
from qms.portfolio import Portfolio
from qms.standing import Life, life_of
from qms.terms import Clause, Severity, Term
from qms.text import Language, Name, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from qms.model import Register, Unit, Waiver
    from qms.norms import Norms
    from qms.obligations import Obligation
    from qms.standing import Standing

__all__ = [
    "About",
    "Diagnostic",
    "Facts",
    "Report",
    "Rule",
    "Summary",
    "UnitResult",
    "check_register",
    "check_unit",
    "check_units",
    "fill",
    "rule",
]


class About(Enum):
    """The kind of record that a rule speaks of; the value is its collection in a unit."""

    UNIT = ""
    CERTIFICATE = "certificates"
    ANNOUNCEMENT = "announcements"
    AUDIT = "audits"
    FINDING = "findings"
    REVIEW = "reviews"
    OBJECTIVE = "objectives"
    PLAN = "plans"
    DOCUMENT = "documents"
    PROCEDURE = "procedures"
    LEGAL_DOCUMENT = "legal_documents"
    PORTFOLIO = "portfolio"


class Facts:
    """What a rule found wrong: the facts that its message names, and where.

    Args:
        due: The day on which it fell or falls due, if there is one.
        subject: A place more exact than the record that the rule was asked about.
        unit: For a rule about the portfolio: the unit that it is about, if one.
        facts: The values for the placeholders of the rule's message and remedy.
    """

    __slots__ = ("due", "facts", "subject", "unit")

    def __init__(
        self,
        *,
        due: date | None = None,
        subject: str | None = None,
        unit: str | None = None,
        **facts: object,
    ) -> None:
        self.due = due
        self.subject = subject
        self.unit = unit
        self.facts = facts


@frozen(kw_only=True)
class Rule:
    """A rule of the field: what it demands, on what basis, and how to see to it.

    Attributes:
        code: A letter for the family and a number; permanent, never used again.
        name: The same in words, for people: permanent, too.
        about: The kind of record that it speaks of.
        severity: How much it matters.
        basis: The clause that demands it.
        title: What it demands, in one line.
        message: What is wrong, with placeholders for the facts.
        remedy: What to do about it, with placeholders for the facts.
        explanation: What exactly counts, with boundary days, exceptions and doubts.
        norms: The places in the norms that it goes by, such as ``editions``;
            their sources and doubts are shown with it.
        find: The function that looks: given the key of a record, the record and
            the life of its unit, it yields :class:`Facts`.
    """

    code: str
    name: str
    about: About
    severity: Severity
    basis: Clause
    title: Text
    message: Text
    remedy: Text
    explanation: Text
    norms: tuple[str, ...] = ()
    find: Callable[..., Iterable[Facts]] = field(repr=False, eq=False)


def rule(
    code: str,
    name: str,
    *,
    about: About,
    severity: Severity,
    basis: Clause,
    title: Text,
    message: Text,
    remedy: Text,
    explanation: Text,
    norms: tuple[str, ...] = (),
) -> Callable[[Callable[..., Iterable[Facts]]], Rule]:
    """Make a function that looks for something wrong into a :class:`Rule`."""

    def make(find: Callable[..., Iterable[Facts]]) -> Rule:
        return Rule(
            code=code,
            name=name,
            about=about,
            severity=severity,
            basis=basis,
            title=title,
            message=message,
            remedy=remedy,
            explanation=explanation,
            norms=norms,
            find=find,
        )

    return make


@frozen(kw_only=True)
class Diagnostic:
    """Something that a rule found wrong in a register on a day.

    Attributes:
        rule: The rule.
        unit: The identifier of the unit; None where it is about the whole register.
        subject: The record, as a path in the unit; empty for the unit itself.
        facts: The values that the message names.
        due: The day on which it fell or falls due, if there is one.
        waived_by: The waiver under which it does not count, if there is one.
    """

    rule: Rule
    unit: str | None
    subject: str
    facts: Mapping[str, object]
    due: date | None = None
    waived_by: Waiver | None = None

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return self.rule.severity

    @property
    def message(self) -> Text:
        """What is wrong, in both languages."""
        return fill(self.rule.message, self.facts)

    @property
    def remedy(self) -> Text:
        """What to do about it, in both languages."""
        return fill(self.rule.remedy, self.facts)


@frozen(kw_only=True)
class UnitResult:
    """What a check says of one unit.

    Attributes:
        id: The unit's identifier.
        name: Its name.
        group: Its group.
        standing: Where its certification stands.
        next_obligation: What has to be done next.
        diagnostics: What is wrong.
        checked: How many records each rule looked at.
    """

    id: str
    name: Name
    group: str | None
    standing: Standing
    next_obligation: Obligation | None
    diagnostics: tuple[Diagnostic, ...]
    checked: Mapping[str, int]


@frozen(kw_only=True)
class Summary:
    """The figures of a report.

    Attributes:
        units: How many units were looked at.
        current: How many of them are current.
        not_current: How many are not.
        superseded: How many of those that are not current no longer exist.
        errors: How many errors count, waived ones left out.
        warnings: How many warnings count, waived ones left out.
        notes: How many notes count.
        waived: How many diagnostics are waived.
    """

    units: int
    current: int
    not_current: int
    superseded: int
    errors: int
    warnings: int
    notes: int
    waived: int


@frozen(kw_only=True)
class Report:
    """What a check says of a register on a day.

    Attributes:
        on: The day.
        units: What it says of each unit, in the order of their identifiers.
        portfolio: What is wrong with the register as a whole.
        checked: How many records each rule looked at; a rule that saw nothing shows 0.
    """

    on: date
    units: tuple[UnitResult, ...]
    portfolio: tuple[Diagnostic, ...]
    checked: Mapping[str, int]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that is wrong: the register as a whole first, then unit by unit."""
        return self.portfolio + tuple(d for result in self.units for d in result.diagnostics)

    @property
    def summary(self) -> Summary:
        """The figures."""
        return summarise(self.units, self.portfolio)

    @property
    def conforms(self) -> bool:
        """Whether there is no error that counts."""
        return self.summary.errors == 0


def summarise(results: Iterable[UnitResult], portfolio: Iterable[Diagnostic]) -> Summary:
    """Count what a check said."""
    units = current = superseded = 0
    counted: Counter[str] = Counter()
    for result in results:
        units += 1
        current += result.standing.current
        superseded += result.standing.status == "superseded"
        counted.update("waived" if d.waived_by else d.severity for d in result.diagnostics)
    counted.update("waived" if d.waived_by else d.severity for d in portfolio)
    return Summary(
        units=units,
        current=current,
        not_current=units - current,
        superseded=superseded,
        errors=counted[Severity.ERROR],
        warnings=counted[Severity.WARNING],
        notes=counted[Severity.INFO],
        waived=counted["waived"],
    )


def fill(template: Text, facts: Mapping[str, object]) -> Text:
    """Fill a template in both languages, each fact as that language writes it."""
    return Text(
        en=template.en.format(**{k: _printed(v, Language.ENGLISH) for k, v in facts.items()}),
        vi=template.vi.format(**{k: _printed(v, Language.VIETNAMESE) for k, v in facts.items()}),
    )


def _printed(fact: object, language: Language) -> str:
    if isinstance(fact, date):
        return print_date(fact, language)
    if isinstance(fact, Term):
        return fact.text.in_(language)
    if isinstance(fact, Text | Name):
        return fact.in_(language)
    if isinstance(fact, tuple | list):
        return ", ".join(_printed(part, language) for part in fact)
    if isinstance(fact, Decimal) and language is Language.VIETNAMESE:
        return str(fact).replace(".", ",")
    return str(fact)


def check_unit(life: Life, rules: Sequence[Rule]) -> UnitResult:
    """Ask every rule about the records of one unit."""
    unit = life.unit
    found: list[Diagnostic] = []
    checked: dict[str, int] = {}
    for asked in rules:
        seen = 0
        for key, subject, record in _subjects(asked.about, unit):
            seen += 1
            found.extend(
                _diagnostic(asked, unit, subject, facts, life.on)
                for facts in asked.find(key, record, life)
            )
        checked[asked.code] = seen
    return UnitResult(
        id=unit.id,
        name=unit.name,
        group=unit.group,
        standing=life.standing,
        next_obligation=life.next_obligation,
        diagnostics=tuple(sorted(found, key=_place)),
        checked=checked,
    )


def _subjects(about: About, unit: Unit) -> Iterator[tuple[str, str, Any]]:
    if about is About.UNIT:
        yield unit.id, "", unit
    elif about is About.FINDING:
        for audit_key, audit in unit.audits.items():
            for key, finding in audit.findings.items():
                yield f"{audit_key}/{key}", f"audits.{audit_key}.findings.{key}", finding
    else:
        for key, record in getattr(unit, about.value).items():
            yield key, f"{about.value}.{key}", record


def _diagnostic(asked: Rule, unit: Unit, subject: str, facts: Facts, on: date) -> Diagnostic:
    place = subject if facts.subject is None else facts.subject
    waiver = next(
        (
            waiver
            for waiver in unit.waivers
            if waiver.rule in {asked.code, asked.name}
            and waiver.subject in {None, place}
            and waiver.granted <= on <= waiver.until
        ),
        None,
    )
    return Diagnostic(
        rule=asked, unit=unit.id, subject=place, facts=facts.facts, due=facts.due, waived_by=waiver
    )


def _place(diagnostic: Diagnostic) -> tuple[int, str, str, date]:
    weight = list(Severity).index(diagnostic.severity)
    return (weight, diagnostic.rule.code, diagnostic.subject, diagnostic.due or date.max)


def check_units(
    units: Iterable[Unit], rules: Sequence[Rule], portfolio: Portfolio
) -> Iterator[UnitResult]:
    """Check units one after the other; the portfolio gathers what concerns all of them.

    A unit that does not exist yet on the day is passed over.
    """
    of_units = [asked for asked in rules if asked.about is not About.PORTFOLIO]
    for unit in units:
        if unit.valid_from is not None and unit.valid_from > portfolio.on:
            continue
        life = life_of(unit, portfolio.on, portfolio.norms, portfolio.organisation.policy)
        portfolio.add(life)
        yield check_unit(life, of_units)


def check_portfolio(portfolio: Portfolio, rules: Sequence[Rule]) -> tuple[Diagnostic, ...]:
    """Ask the rules about the register as a whole, once every unit was added."""
    found = [
        Diagnostic(
            rule=asked,
            unit=facts.unit,
            subject=facts.subject or "",
            facts=facts.facts,
            due=facts.due,
        )
        for asked in rules
        if asked.about is About.PORTFOLIO
        for facts in asked.find(portfolio)
    ]
    return tuple(sorted(found, key=lambda d: (*_place(d), d.unit or "")))


def check_register(
    register: Register, on: date, rules: Sequence[Rule], norms: Norms | None = None
) -> Report:
    """Check a whole register on a day.

    Args:
        register: The register.
        on: The day; facts of later days do not count.
        rules: The rules to ask.
        norms: The dates and terms of editions and regimes; the shipped ones where left out.
    """
    norms = norms or shipped_norms()
    portfolio = Portfolio(register.organisation, register.yearly_plans, on, norms)
    ordered = [register.units[key] for key in sorted(register.units)]
    results = tuple(check_units(ordered, rules, portfolio))
    checked: Counter[str] = Counter({asked.code: 0 for asked in rules})
    for result in results:
        checked.update(result.checked)
    for asked in rules:
        if asked.about is About.PORTFOLIO:
            checked[asked.code] = 1
    return Report(
        on=on,
        units=results,
        portfolio=check_portfolio(portfolio, rules),
        checked=dict(sorted(checked.items())),
    )
