"""Checking a register on a day: rules, diagnostics, the report.

What goes in is a register and a day; each rule is asked about each record that
it speaks of; what comes out is a :class:`Report`.  This module knows no
particular rule: those stand in :mod:`qms.rules`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping  # read at run time, to show what is taken
from datetime import date
from decimal import Decimal
from enum import Enum
from operator import add, attrgetter
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from qms.dates import print_date
from qms.model import Waiver  # noqa: TC001 - read at run time, too
from qms.norms import norms as shipped_norms
from qms.portfolio import Portfolio
from qms.standing import Life, life_of
from qms.terms import Clause, Severity, Status, Term
from qms.text import Language, Name, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qms.model import Register, Unit
    from qms.norms import Norms
    from qms.obligations import Obligation
    from qms.standing import Standing

__all__ = [
    "About",
    "Diagnostic",
    "Facts",
    "Questions",
    "Report",
    "Rule",
    "Summary",
    "Tally",
    "UnitResult",
    "check_portfolio",
    "check_register",
    "check_unit",
    "check_units",
    "fill",
    "rule",
]


class About(Enum):
    """The kind of record that a rule speaks of; the value is its collection in a unit."""

    __hash__ = object.__hash__

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


class Rule(Struct, frozen=True, kw_only=True, eq=False):
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
        when: A quick look at the life of a unit: where it says no, the rule has nothing
            to say about any of the unit's records and is not asked.
        within: Looks that many rules share, at most two, the wider first; they are taken
            before ``when``, in the same manner.
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
    find: Callable[..., Iterable[Facts]]
    when: Callable[[Life], bool] | None = None
    within: tuple[Callable[[Life], bool], ...] = ()

    def __repr__(self) -> str:
        """The code and the name: enough to find the rule, and short where many are shown."""
        return f"<Rule {self.code} {self.name}>"


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
    when: Callable[[Life], bool] | None = None,
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
            when=when,
        )

    return make


class Diagnostic(Struct, frozen=True, kw_only=True):
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


class UnitResult(Struct, frozen=True, kw_only=True):
    """What a check says of one unit.

    Attributes:
        life: What follows from the unit's facts on the day.
        diagnostics: What is wrong.
    """

    life: Life
    diagnostics: tuple[Diagnostic, ...]

    @property
    def id(self) -> str:
        """The unit's identifier."""
        return self.life.unit.id

    @property
    def name(self) -> Name:
        """Its name."""
        return self.life.unit.name

    @property
    def group(self) -> str | None:
        """Its group."""
        return self.life.unit.group

    @property
    def standing(self) -> Standing:
        """Where its certification stands."""
        return self.life.standing

    @property
    def next_obligation(self) -> Obligation | None:
        """What has to be done next."""
        return self.life.next_obligation


class Summary(Struct, frozen=True, kw_only=True):
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


class Report(Struct, frozen=True, kw_only=True):
    """What a check says of a register on a day.

    Attributes:
        on: The day.
        units: What it says of each unit, in the order of their identifiers.
        portfolio: What is wrong with the register as a whole.
        checked: How many records each rule looked at; a rule that saw nothing shows 0.
        figures: The figures of all units, where only those with something to say are
            named, as in the check of a very long register.
        unnamed: How many units with something to say are not named, either.
    """

    on: date
    units: tuple[UnitResult, ...]
    portfolio: tuple[Diagnostic, ...]
    checked: Mapping[str, int]
    figures: Summary | None = None
    unnamed: int = 0

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that is wrong: the register as a whole first, then unit by unit."""
        return self.portfolio + tuple(d for result in self.units for d in result.diagnostics)

    @property
    def summary(self) -> Summary:
        """The figures."""
        if self.figures is not None:
            return self.figures
        tally = Tally()
        tally.add(self.units)
        tally.add_diagnostics(self.portfolio)
        return tally.summary

    @property
    def conforms(self) -> bool:
        """Whether there is no error that counts."""
        return self.summary.errors == 0


class Tally:
    """The figures of a check, gathered unit by unit.

    Tallies of parts of a register are put together with :meth:`add_all`, in any order.
    """

    def __init__(self) -> None:
        self.units = 0
        self.current = 0
        self.superseded = 0
        self.found: Counter[str] = Counter()
        #: How many records of each kind there are, findings last.
        self.kept = [0] * (len(_KINDS) + 1)

    def add(self, results: Sequence[UnitResult]) -> None:
        """Take the results of some units into account."""
        self.units += len(results)
        lives = [result.life for result in results]
        for life in lives:
            if life.current:
                self.current += 1
            else:
                self.superseded += life.standing.status is Status.SUPERSEDED
            self.kept[-1] += life.glance.findings
        for index, of_kind in enumerate(
            zip(*[_collections(life.unit) for life in lives], strict=True)
        ):
            self.kept[index] += sum(map(len, of_kind))
        for result in results:
            if result.diagnostics:
                self.add_diagnostics(result.diagnostics)

    def add_diagnostics(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take what is wrong into account."""
        self.found.update("waived" if d.waived_by else d.severity for d in diagnostics)

    def add_all(self, other: Tally) -> None:
        """Take the figures of another part of the register into account."""
        self.units += other.units
        self.current += other.current
        self.superseded += other.superseded
        self.found.update(other.found)
        self.kept = list(map(add, self.kept, other.kept))

    def checked(self, rules: Iterable[Rule]) -> dict[str, int]:
        """How many records each rule looked at; a rule that saw nothing shows 0."""
        seen = dict(zip((*_KINDS, About.FINDING), self.kept, strict=True))
        seen |= {About.UNIT: self.units, About.PORTFOLIO: 1}
        return {asked.code: seen[asked.about] for asked in sorted(rules, key=lambda r: r.code)}

    @property
    def summary(self) -> Summary:
        """The figures as a value."""
        return Summary(
            units=self.units,
            current=self.current,
            not_current=self.units - self.current,
            superseded=self.superseded,
            errors=self.found[Severity.ERROR],
            warnings=self.found[Severity.WARNING],
            notes=self.found[Severity.INFO],
            waived=self.found["waived"],
        )


#: The kinds of records that are collections of a unit.
_KINDS = tuple(
    about for about in About if about not in {About.UNIT, About.FINDING, About.PORTFOLIO}
)
_collections = attrgetter(*(about.value for about in _KINDS))


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
    if hasattr(fact, "in_"):  # a text, a name, or what the bulk door leaves as a name
        return str(fact.in_(language))
    if isinstance(fact, tuple | list):
        return ", ".join(_printed(part, language) for part in fact)
    if isinstance(fact, Decimal) and language is Language.VIETNAMESE:
        return str(fact).replace(".", ",")
    return str(fact)


def check_unit(life: Life, rules: Questions) -> UnitResult:
    """Ask every rule about the records of one unit."""
    found: list[Diagnostic] = []
    for about, asked in rules.worth_asking(life):
        for key, subject, record in _records(about, life.unit):
            for one in asked:
                for facts in one.find(key, record, life):
                    found.append(_diagnostic(one, life, subject(key), facts))  # noqa: PERF401
    if len(found) > 1:
        found.sort(key=_place)
    return UnitResult(life=life, diagnostics=tuple(found))


_Look = Callable[[Life], bool]
_Grouped = dict[_Look | None, dict[_Look | None, dict[_Look | None, list[Rule]]]]


class Questions:
    """Rules put in order for asking: by the kind of record that they speak of.

    Attributes:
        rules: The rules.
        of_portfolio: Those about the register as a whole.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self.of_portfolio = tuple(one for one in self.rules if one.about is About.PORTFOLIO)
        grouped: _Grouped = {}
        for one in self.rules:
            if one.about is not About.PORTFOLIO:
                wide, narrow = (*one.within, None, None)[:2]
                grouped.setdefault(wide, {}).setdefault(narrow, {}).setdefault(one.when, []).append(
                    one
                )
        self._grouped = tuple(
            (wide, tuple((narrow, tuple(own.items())) for narrow, own in shared.items()))
            for wide, shared in grouped.items()
        )

    def worth_asking(self, life: Life) -> Iterable[tuple[About, Sequence[Rule]]]:
        """The rules that may have something to say about a unit, by kind of record.

        A quick look that several rules share is taken once.
        """
        live: dict[About, list[Rule]] = {}
        for wide, shared in self._grouped:
            if wide is None or life.sees(wide):
                for narrow, own in shared:
                    if narrow is None or life.sees(narrow):
                        for look, asked in own:
                            if look is None or look(life):
                                for one in asked:
                                    live.setdefault(one.about, []).append(one)
        return live.items()


def _records(about: About, unit: Unit) -> Iterator[tuple[str, Callable[[str], str], Any]]:
    """The records of one kind in a unit, each with its key and the way to name its place."""
    if about is About.UNIT:
        yield unit.id, _the_unit, unit
    elif about is About.FINDING:
        for audit_key, audit in unit.audits.items():
            for key, finding in audit.findings.items():
                yield f"{audit_key}/{key}", _finding_place, finding
    else:
        place = f"{about.value}.".__add__
        for key, record in getattr(unit, about.value).items():
            yield key, place, record


def _the_unit(_key: str) -> str:
    return ""


def _finding_place(key: str) -> str:
    audit, _, finding = key.rpartition("/")
    return f"audits.{audit}.findings.{finding}"


def _diagnostic(asked: Rule, life: Life, subject: str, facts: Facts) -> Diagnostic:
    place = subject if facts.subject is None else facts.subject
    waiver = next(
        (
            waiver
            for waiver in life.unit.waivers
            if waiver.rule.casefold() in {asked.code.casefold(), asked.name.casefold()}
            and waiver.subject in {None, place}
            and waiver.granted <= life.on <= waiver.until
        ),
        None,
    )
    return Diagnostic(
        rule=asked,
        unit=life.unit.id,
        subject=place,
        facts=facts.facts,
        due=facts.due,
        waived_by=waiver,
    )


_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}


def _place(diagnostic: Diagnostic) -> tuple[int, str, str, date]:
    return (
        _WEIGHT[diagnostic.severity],
        diagnostic.rule.code,
        diagnostic.subject,
        diagnostic.due or date.max,
    )


def check_units(
    units: Iterable[Sequence[Unit]], rules: Questions, portfolio: Portfolio
) -> Iterator[tuple[UnitResult, ...]]:
    """Check units, some at a time; the portfolio gathers what concerns all of them.

    A unit that does not exist yet on the day is passed over.

    Args:
        units: The units, several at a time: what is done to some of them in turn is done
            quicker than all that is done to one.
        rules: The rules to ask.
        portfolio: The register as a whole, to which they are added.
    """
    on, norms, policy = portfolio.on, portfolio.norms, portfolio.organisation.policy
    for some in units:
        lives = [
            life_of(unit, on, norms, policy)
            for unit in some
            if unit.valid_from is None or unit.valid_from <= on
        ]
        for life in lives:
            life.reckon()
        for life in lives:
            portfolio.add(life)
        results = tuple([check_unit(life, rules) for life in lives])
        del some, lives
        yield results
        del results


def check_portfolio(portfolio: Portfolio, rules: Questions) -> tuple[Diagnostic, ...]:
    """Ask the rules about the register as a whole, once every unit was added."""
    found = [
        Diagnostic(
            rule=asked,
            unit=facts.unit,
            subject=facts.subject or "",
            facts=facts.facts,
            due=facts.due,
        )
        for asked in rules.of_portfolio
        for facts in asked.find(portfolio)
    ]
    return tuple(sorted(found, key=lambda d: (*_place(d), d.unit or "")))


def check_register(
    register: Register, on: date, rules: Iterable[Rule], norms: Norms | None = None
) -> Report:
    """Check a whole register on a day.

    Args:
        register: The register.
        on: The day; facts of later days do not count.
        rules: The rules to ask.
        norms: The dates and terms of editions and regimes; the shipped ones where left out.
    """
    asked = Questions(rules)
    portfolio = Portfolio(
        register.organisation, register.yearly_plans, on, norms or shipped_norms()
    )
    ordered = [register.units[key] for key in sorted(register.units)]
    (results,) = check_units([ordered], asked, portfolio)
    portfolio.look_again(lambda: ordered)
    tally = Tally()
    tally.add(results)
    return Report(
        on=on,
        units=results,
        portfolio=check_portfolio(portfolio, asked),
        checked=tally.checked(asked.rules),
    )
