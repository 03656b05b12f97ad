"""The report as JSON: the form ``qms-report/1``, which other programs rely on.

The classes here are that form, apart from the records that the library works
with: those may change, this may only grow.  The schema is generated from them.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from qms.dates import FIRST_DAY, LAST_DAY
from qms.report.sentences import because
from qms.terms import Regime, Severity, Status, Term
from qms.text import Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qms.check import Diagnostic, Report, Summary, UnitResult
    from qms.model import Waiver
    from qms.obligations import Obligation
    from qms.report import Setting
    from qms.standing import Why
    from qms.terms import Clause
    from qms.text import Name, Text

__all__ = [
    "FORMAT",
    "Basis",
    "Cause",
    "GivenName",
    "ReportEntry",
    "StatusEntry",
    "Words",
    "basis",
    "cause",
    "given_name",
    "indented",
    "known_day",
    "plain",
    "render",
    "render_status",
    "schema",
    "words",
]

#: The version of the form; it changes only when something is taken away or changes its meaning.
FORMAT: Literal["qms-report/1"] = "qms-report/1"


class Words(Struct, frozen=True):
    """A sentence in both languages."""

    en: str
    vi: str


class GivenName(Struct, frozen=True, omit_defaults=True):
    """A name given by people, in the languages in which they gave it."""

    en: str | UnsetType = UNSET
    vi: str | UnsetType = UNSET


class Basis(Struct, frozen=True, omit_defaults=True):
    """The clause that demands something; the clause is empty where the whole document does."""

    document: str
    clause: str
    also: Annotated[
        list[Basis] | UnsetType,
        Meta(description="The same demand in other documents, such as the edition before."),
    ] = UNSET


class Waived(Struct, frozen=True, kw_only=True):
    """The waiver under which a diagnostic does not count."""

    reason: str
    by: str
    granted: date
    until: date


class DiagnosticEntry(Struct, frozen=True, kw_only=True):
    """Something that a rule found wrong."""

    rule: Annotated[str, Meta(description="The code of the rule; permanent.")]
    name: Annotated[str, Meta(description="The name of the rule; permanent.")]
    severity: Severity
    unit: Annotated[
        str | None,
        Meta(description="The identifier of the unit; null for the register as a whole."),
    ]
    subject: Annotated[
        str, Meta(description="The record, as a path in the unit; empty for the unit itself.")
    ]
    facts: Annotated[dict[str, Any], Meta(description="The values that the message names.")]
    due: Annotated[date | None, Meta(description="The day on which it fell or falls due.")]
    message: Words
    remedy: Words
    basis: Basis
    waived_by: Waived | None


class Cause(Struct, frozen=True, kw_only=True):
    """One reason for a status."""

    reason: str
    subject: str
    day: date | None
    message: Words


class NextObligation(Struct, frozen=True, kw_only=True):
    """What has to be done next in a unit."""

    kind: str
    what: Words
    subject: str
    opens: date | None
    due: date | None
    overdue: bool
    basis: Basis


class UnitEntry(Struct, frozen=True, kw_only=True):
    """Where a unit stands."""

    id: str
    name: GivenName
    group: str | None
    regime: Annotated[
        Regime | None,
        Meta(description="The regime of the certificate or announcement that counts."),
    ]
    status: Status
    current: Annotated[bool, Meta(description="Whether the certification is in force.")]
    since: Annotated[
        date | None,
        Meta(description="Since when the answer to `current` holds; null from the beginning."),
    ]
    until: Annotated[
        date | None,
        Meta(description="Until when it holds if nothing more is recorded; null without end."),
    ]
    next_change: Annotated[
        date | None, Meta(description="The next day on which it changes by itself.")
    ]
    basis: Annotated[
        str, Meta(description="The record on which the answer rests; empty if there is none.")
    ]
    why: list[Cause]
    next_obligation: NextObligation | None


class UnitFigures(Struct, frozen=True, kw_only=True):
    """How many units are current."""

    units: int
    current: int
    not_current: int
    superseded: Annotated[
        int, Meta(description="How many of those not current no longer exist as units.")
    ]


class SummaryEntry(UnitFigures, frozen=True, kw_only=True):
    """The figures of the report; what is waived is counted as waived alone."""

    errors: int
    warnings: int
    notes: int
    waived: int


class ReportEntry(Struct, frozen=True, kw_only=True):
    """What a check says of a register on a day."""

    format: Literal["qms-report/1"]
    on: date
    organisation: GivenName
    chosen: Annotated[
        list[str] | None,
        Meta(
            description="The units asked about, where only some were; rules about the "
            "register as a whole were then not asked."
        ),
    ]
    summary: SummaryEntry
    units: list[UnitEntry]
    diagnostics: list[DiagnosticEntry]
    checked: Annotated[
        dict[str, int], Meta(description="How many records each rule looked at, by code.")
    ]


class StatusEntry(Struct, frozen=True, kw_only=True):
    """Where each unit stands on a day; no rule was asked, so nothing is said of errors."""

    format: Literal["qms-status/1"]
    on: date
    organisation: GivenName
    summary: UnitFigures
    units: list[UnitEntry]


def render(report: Report, setting: Setting) -> str:
    """The report as indented JSON, in a fixed order."""
    return indented(
        ReportEntry(
            format=FORMAT,
            on=report.on,
            organisation=given_name(setting.organisation),
            chosen=None if setting.chosen is None else list(setting.chosen),
            summary=summary_entry(report.summary),
            units=[unit_entry(result) for result in report.units],
            diagnostics=[diagnostic_entry(diagnostic) for diagnostic in report.diagnostics],
            checked=dict(sorted(report.checked.items())),
        )
    )


def unit_line(result: UnitResult) -> bytes:
    """What the report says of one unit, as a line of JSON."""
    return msgspec.json.encode(unit_entry(result)) + b"\n"


def diagnostic_line(diagnostic: Diagnostic) -> bytes:
    """Something that a rule found wrong, as a line of JSON."""
    return msgspec.json.encode(diagnostic_entry(diagnostic)) + b"\n"


def pieces(
    report: Report, setting: Setting, units: Iterable[bytes], diagnostics: Iterable[bytes]
) -> Iterator[bytes]:
    """The report with a unit a line, written piece by piece, for very many units.

    Args:
        report: The report; which units it names does not matter here.
        setting: For whom it is written.
        units: What it says of each unit, as :func:`unit_line` gives it.
        diagnostics: What is wrong with each, as :func:`diagnostic_line` gives it.
    """
    entry = ReportEntry(
        format=FORMAT,
        on=report.on,
        organisation=given_name(setting.organisation),
        chosen=None,
        summary=summary_entry(report.summary),
        units=[],
        diagnostics=[],
        checked=dict(sorted(report.checked.items())),
    )
    head, _, tail = msgspec.json.encode(entry).partition(b'"units":[]')
    before, _, after = tail.partition(b'"diagnostics":[]')
    yield head + b'"units":[\n'
    yield from _listed(line.rstrip() for line in units)
    yield b"]" + before + b'"diagnostics":[\n'
    of_all = map(diagnostic_line, report.portfolio)
    yield from _listed(line.rstrip() for line in chain(of_all, diagnostics))
    yield b"]" + after + b"\n"


def _listed(entries: Iterable[bytes]) -> Iterator[bytes]:
    for position, entry in enumerate(entries):
        yield entry if position == 0 else b",\n" + entry


def render_status(report: Report, setting: Setting) -> str:
    """Where each unit stands, as indented JSON."""
    return indented(
        StatusEntry(
            format="qms-status/1",
            on=report.on,
            organisation=given_name(setting.organisation),
            summary=UnitFigures(
                units=report.summary.units,
                current=report.summary.current,
                not_current=report.summary.not_current,
                superseded=report.summary.superseded,
            ),
            units=[unit_entry(result) for result in report.units],
        )
    )


def indented(entry: Struct) -> str:
    """An entry as JSON that people can read, too."""
    return msgspec.json.format(msgspec.json.encode(entry), indent=2).decode() + "\n"


def schema(entry: type[Struct] = ReportEntry) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a form; of the report where none is named."""
    from inspect import cleandoc  # some versions of msgspec leave the indentation in

    _, parts = msgspec.json.schema_components([entry], ref_template="#/$defs/{name}")
    whole = parts.pop(entry.__name__)
    for part in parts.values():
        part["description"] = cleandoc(part["description"])
    (whole["title"],) = whole["properties"]["format"]["enum"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **whole,
        "$defs": dict(sorted(parts.items())),
    }


def words(text: Text) -> Words:
    """A sentence in both languages."""
    return Words(en=text.en, vi=text.vi)


def given_name(name: Name) -> GivenName:
    """A name in the languages in which it was given."""
    return GivenName(en=name.en or UNSET, vi=name.vi or UNSET)


def basis(clause: Clause) -> Basis:
    """The clause that demands something."""
    first, *others = (Basis(document=one.document, clause=one.number) for one in clause.places)
    return Basis(document=first.document, clause=first.clause, also=others or UNSET)


def known_day(day: date | None) -> date | None:
    """A day, or None where it is only the first or the last day that the calendar knows."""
    return None if day in {FIRST_DAY, LAST_DAY} else day


def summary_entry(summary: Summary) -> SummaryEntry:
    """The figures."""
    return SummaryEntry(
        units=summary.units,
        current=summary.current,
        not_current=summary.not_current,
        superseded=summary.superseded,
        errors=summary.errors,
        warnings=summary.warnings,
        notes=summary.notes,
        waived=summary.waived,
    )


def unit_entry(result: UnitResult) -> UnitEntry:
    """Where a unit stands."""
    standing = result.standing
    return UnitEntry(
        id=result.id,
        name=given_name(result.name),
        group=result.group,
        regime=standing.regime,
        status=standing.status,
        current=standing.current,
        since=known_day(standing.since),
        until=known_day(standing.until),
        next_change=known_day(standing.next_change),
        basis=standing.basis,
        why=[cause(why) for why in standing.why],
        next_obligation=_next(result.next_obligation, standing.on),
    )


def cause(why: Why) -> Cause:
    """One reason for a status."""
    return Cause(
        reason=why.reason.value,
        subject=why.subject,
        day=known_day(why.day),
        message=words(because(why)),
    )


def _next(obligation: Obligation | None, on: date) -> NextObligation | None:
    if obligation is None:
        return None
    return NextObligation(
        kind=obligation.kind.value,
        what=words(obligation.kind.text),
        subject=obligation.subject,
        opens=known_day(obligation.opens),
        due=known_day(obligation.due),
        overdue=obligation.due is not None and obligation.due < on,
        basis=basis(obligation.basis),
    )


def diagnostic_entry(diagnostic: Diagnostic) -> DiagnosticEntry:
    """Something that a rule found wrong."""
    return DiagnosticEntry(
        rule=diagnostic.rule.code,
        name=diagnostic.rule.name,
        severity=diagnostic.severity,
        unit=diagnostic.unit,
        subject=diagnostic.subject,
        facts={key: plain(fact) for key, fact in diagnostic.facts.items()},
        due=known_day(diagnostic.due),
        message=words(diagnostic.message),
        remedy=words(diagnostic.remedy),
        basis=basis(diagnostic.rule.basis),
        waived_by=_waived(diagnostic.waived_by),
    )


def _waived(waiver: Waiver | None) -> Waived | None:
    if waiver is None:
        return None
    return Waived(reason=waiver.reason, by=waiver.by, granted=waiver.granted, until=waiver.until)


def plain(fact: object) -> object:
    """A fact as data: days in ISO, words in both languages, terms by their value."""
    match fact:
        case date():
            day = known_day(fact)
            return None if day is None else day.isoformat()
        case Term():
            return fact.value
        case Decimal():
            return str(fact)
        case tuple() | list():
            return [plain(part) for part in fact]
        case bool() | int() | None:
            return fact
        case _ if hasattr(fact, "in_"):  # a text, a name, or what the bulk door leaves as a name
            return {language.value: getattr(fact, language.value) for language in Language}
        case _:
            return str(fact)
