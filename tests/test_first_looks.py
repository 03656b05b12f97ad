"""The looks that rules share: what is plain says nothing, and a single change is not overlooked."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

import pytest
from attrs import evolve, has
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from lives import certificate, days, unit, units
from qms.check import Questions, check_unit
from qms.codec.fields import fields_of
from qms.dates import add_months, add_years, day_before
from qms.model import (
    Audit,
    AuditTeamMember,
    CertificateEvent,
    Document,
    DocumentEvent,
    DocumentReview,
    Finding,
    FindingEvent,
    Measurement,
    Policy,
    QualityObjective,
    Site,
    Task,
)
from qms.norms import norms
from qms.obligations import Outlook, dossier_obligations
from qms.rules import RULES
from qms.rules.first_looks import (
    FIRST_LOOKS,
    has_unusual_audits,
    has_unusual_certificates,
    has_unusual_objectives,
    is_expiring,
    is_pressed,
    keeps_unusual_records,
    may_be_in_first_cycle,
    names_unusual_editions,
)
from qms.standing import life_of
from qms.terms import (
    AuditRole,
    AuditType,
    CertificateAct,
    Comparison,
    DocumentAct,
    DocumentKind,
    Edition,
    FindingAct,
    Grade,
    Grant,
    ObligationKind,
    ObligationState,
    Regime,
    ReviewOutcome,
    Status,
)
from qms.text import Name
from strategies import records

FIRST = date(2020, 8, 19)
ON = date(2026, 4, 1)
QUICK = Questions(RULES)
THOROUGH = Questions([replace(rule, when=None, within=()) for rule in RULES])


def audited(type_, held):
    """An audit with one finding that is stated whole and closed."""
    finding = Finding(
        grade=Grade.MINOR,
        clause="8.5.1",
        statement="Forms not filled in (invented)",
        evidence="Files 12 and 17 (invented)",
        owner="Operations",
        due=held + timedelta(60),
        history=(
            FindingEvent(act=FindingAct.CORRECTED, on=held + timedelta(5)),
            FindingEvent(act=FindingAct.CAUSE_FOUND, on=held + timedelta(8)),
            FindingEvent(act=FindingAct.ACTED, on=held + timedelta(15)),
            FindingEvent(act=FindingAct.VERIFIED, on=held + timedelta(30), effective=True),
        ),
    )
    return Audit(
        type=AuditType(type_),
        criteria=(Edition("ISO 9001:2015"),),
        planned=held,
        began=held,
        held=held,
        team=(AuditTeamMember(name="Invented Auditor", role=AuditRole.LEADER),),
        findings={"1": finding},
    )


def controlled(kind, *clauses):
    """A document of one revision, approved and issued in good order."""
    acts = (DocumentAct.DRAFTED, DocumentAct.REVIEWED, DocumentAct.APPROVED, DocumentAct.ISSUED)
    return Document(
        title=Name(en="Invented document"),
        kind=kind,
        owner="Quality manager",
        language="en",
        format="electronic",
        access="everybody",
        clauses=clauses,
        history=tuple(
            DocumentEvent(act=act, on=date(2023, 2, 1 + n), revision="1", by=f"Invented {act}")
            for n, act in enumerate(acts)
        ),
        reviews=(DocumentReview(on=date(2024, 2, 1), outcome=ReviewOutcome.NO_CHANGE),),
    )


OBJECTIVE = QualityObjective(
    title=Name(en="Invented objective"),
    indicator="share of orders on time",
    unit="%",
    comparison=Comparison.AT_LEAST,
    target=Decimal(95),
    start=date(2026, 1, 1),
    due=date(2026, 12, 31),
    owner="Operations",
    evaluation="from the delivery notes",
    tasks={
        "T1": Task(
            what="Review the carriers",
            who="Operations",
            due=date(2026, 12, 1),
            resources="one day a quarter",
        )
    },
    measurements=tuple(
        Measurement(on=date(2026, month, 28), value=Decimal(90)) for month in (1, 2, 3)
    ),
)
SECOND = date(2023, 7, 26)
PLAIN = unit(
    certificates={
        "1": certificate(decided=FIRST, issued=FIRST),
        "2": certificate(
            number="INVENTED-2",
            decided=SECOND,
            issued=SECOND,
            expires=day_before(add_years(FIRST, 6)),
        ),
    },
    audits={
        "stage-1": audited("stage-1", FIRST - timedelta(90)),
        "stage-2": audited("stage-2", FIRST - timedelta(40)),
        **{
            f"surveillance-{months}": audited("surveillance", add_months(FIRST, months))
            for months in (7, 19, 30, 42, 54)
        },
        "recertification": audited("recertification", SECOND - timedelta(40)),
    },
    objectives={"O1": OBJECTIVE},
    documents={
        "CS-01": controlled(DocumentKind.POLICY, "5.2"),
        "PV-01": controlled(DocumentKind.MANUAL, "4.3"),
        "QT-01": controlled(DocumentKind.PROCEDURE, "7.5.3"),
    },
)


def life(one, on=ON):
    return life_of(one, on, norms(), Policy())


def said(one, on, questions):
    return [
        (d.rule.code, d.subject, d.facts) for d in check_unit(life(one, on), questions).diagnostics
    ]


def test_nothing_is_said_of_what_is_plain():
    assert said(PLAIN, ON, THOROUGH) == []


@pytest.mark.parametrize("look", FIRST_LOOKS, ids=lambda look: look.__name__)
def test_no_look_finds_anything_in_what_is_plain(look):
    assert not look(life(PLAIN))


def places(record, path=()):
    """Every field of a record and of the records inside it."""
    for one in fields_of(type(record)):
        yield (*path, one.name)
        value = getattr(record, one.name)
        inside = (
            value.items()
            if isinstance(value, dict)
            else enumerate(value if isinstance(value, tuple) else ())
        )
        for key, inner in inside:
            if has(type(inner)):
                yield from places(inner, (*path, one.name, key))


def at(record, path):
    for step in path:
        record = record[step] if isinstance(record, dict | tuple) else getattr(record, step)
    return record


def put(record, path, value):
    """A record with another value at a place."""
    if not path:
        return value
    inner = put(at(record, path[:1]), path[1:], value)
    if isinstance(record, dict):
        return {**record, path[0]: inner}
    if isinstance(record, tuple):
        return (*record[: path[0]], inner, *record[path[0] + 1 :])
    return evolve(record, **{path[0]: inner})


PLACES = [path for path in places(PLAIN) if path not in {("id",), ("name",)}]


@st.composite
def changes(draw):
    """A place in the plain unit, and another value there: of another record, or another day."""
    path = draw(st.sampled_from(PLACES))
    now = at(PLAIN, path)
    if isinstance(now, date):
        return path, now + timedelta(draw(st.integers(-1500, 1500)))
    owner = at(PLAIN, path[:-1])
    other = draw(records(type(owner)))
    return path, getattr(other, path[-1])


def changed_by(changed):
    """The plain unit with other values at some places."""
    other = PLAIN
    for path, value in changed:
        # The first change may have taken the place of the second away.
        with suppress(KeyError, IndexError, AttributeError):
            other = put(other, path, value)
    return other


DAYS = st.sampled_from([ON, date(2023, 12, 31), date(2021, 9, 1), date(2026, 10, 1)]) | st.dates(
    date(2020, 8, 1), date(2027, 1, 1)
)
thoroughly = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@thoroughly
@given(
    st.lists(changes(), min_size=1, max_size=2),
    DAYS,
)
@example([(("certificates", "2", "grant"), Grant.TRANSFER)], ON)
@example([(("successors",), ("u2",))], ON)
@example([(("valid_from",), date(2024, 1, 1))], ON)
@example([(("audits", "stage-1", "held"), None)], ON)
@example([(("objectives", "O1", "tasks", "T1", "due"), date(2026, 2, 1))], ON)
@example([(("certificates", "1", "edition"), Edition("ISO 9001:2003"))], ON)
@example([(("audits", "recertification", "findings", "1", "grade"), Grade.MAJOR)], ON)
def test_the_looks_overlook_no_change_of_what_is_plain(changed, on):
    other = changed_by(changed)

    assert said(other, on, QUICK) == said(other, on, THOROUGH)


def holds_what_is_plain(one, on):
    """What is plain is current in full, on the same certificate; only its end may be near."""
    here = life(one, on)
    if here.plain is None:
        return
    standing, near = here.standing, on + timedelta(90)
    assert standing.status is (Status.DUE_SOON if here.plain.near else Status.CURRENT)
    assert here.plain.near == (here.plain.expires <= near)
    assert standing.until == here.plain.expires
    assert (standing.basis, standing.regime) == (here.plain.subject, Regime.ACCREDITED)
    assert here.edition == here.tenure(standing.basis).record.edition
    for obligation, state in here.certifying_pending:
        if obligation.kind is ObligationKind.RECERTIFICATION and here.plain.near:
            assert (obligation.subject, obligation.due) == (standing.basis, standing.until)
            assert state is ObligationState.DUE_SOON
        else:
            assert state is ObligationState.OPEN
            assert obligation.due is None or obligation.due > near
    assert {tenure.regime for tenure in here.tenures} == {Regime.ACCREDITED}
    assert here.plain.renewed == (len(here.tenures) > 1)


@thoroughly
@given(st.lists(changes(), max_size=2), DAYS)
@example([], ON)
def test_what_is_plain_is_current_in_full(changed, on):
    holds_what_is_plain(changed_by(changed), on)


@thoroughly
@given(units(), days)
def test_what_is_plain_is_current_whatever_the_unit(one, on):
    holds_what_is_plain(one, on)


@thoroughly
@given(st.lists(changes(), max_size=2) | st.just([]), DAYS)
@example([(("documents", "QT-01", "review_every"), 12)], ON)
@example([(("documents", "QT-01", "retention"), 12)], ON)
def test_nothing_is_asked_of_documents_that_the_glance_does_not_mark(changed, on):
    here = life(changed_by(changed), on)
    outlook = Outlook(on=on, until=here.until, norms=here.norms, policy=here.policy)

    assert here.dossier == dossier_obligations(here.unit, outlook)


@pytest.mark.parametrize(
    ("on", "near"),
    [
        (date(2023, 12, 31), False),
        (date(2025, 9, 30), False),
        (date(2026, 5, 19), False),
        (date(2026, 5, 20), True),  # ninety days before the last day of the certificate
        (date(2026, 8, 18), True),
    ],
)
def test_a_run_is_plain_until_its_end_which_may_be_near(on, near):
    here = life(PLAIN, on)

    assert here.plain is not None
    assert here.plain.near is near
    assert [code for code, _, _ in said(PLAIN, on, QUICK)] == ["C110"] * near


def test_a_run_that_has_ended_is_not_plain():
    assert life(PLAIN, date(2026, 8, 19)).plain is None


def test_the_policy_may_warn_later_of_the_end_than_of_anything_else():
    policy = Policy(due_soon_days=90, recertification_notice_days=30)

    def codes(on):
        found = check_unit(life_of(PLAIN, on, norms(), policy), QUICK)
        return [one.rule.code for one in found.diagnostics]

    assert life_of(PLAIN, date(2026, 7, 1), norms(), policy).plain.near
    assert codes(date(2026, 7, 18)) == []
    assert codes(date(2026, 7, 19)) == ["C110"]


def test_the_first_cycle_is_plain_too():
    here = life(PLAIN, date(2022, 6, 1))

    assert here.plain is not None
    assert not here.plain.renewed


@pytest.mark.parametrize(
    ("changed", "policy"),
    [
        ({}, Policy(due_soon_days=800)),
        ({}, Policy(first_surveillance_every_cycle=True)),
        ({"valid_from": date(2026, 5, 1)}, Policy()),
        ({"valid_to": date(2030, 1, 1)}, Policy()),
        ({"certificates": {}}, Policy()),
    ],
)
def test_what_is_warned_far_ahead_or_is_not_there_yet_is_not_plain(changed, policy):
    later = {key: one for key, one in PLAIN.audits.items() if key != "surveillance-42"}
    one = evolve(PLAIN, audits=later, **changed)

    assert life_of(one, ON, norms(), policy).plain is None


C1, C2, AUDIT = ("certificates", "1"), ("certificates", "2"), ("audits", "surveillance-42")
MINE = Site(name="Invented site")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((*C1, "decided"), None),
        ((*C2, "effective"), SECOND - timedelta(1)),
        ((*C1, "issued"), FIRST - timedelta(1)),
        ((*C2, "decided_by"), "Invented person"),
        ((*C2, "sites"), (MINE, MINE)),
        ((*C2, "grant"), Grant.TRANSFER),
        ((*C1, "regime"), Regime.STATE_CERTIFICATE),
        ((*C1, "history"), (CertificateEvent(act=CertificateAct.SUSPENDED, on=SECOND),)),
        ((*C2, "decided"), FIRST),
        ((*C1, "expires"), SECOND - timedelta(1)),
        ((*C2, "effective"), add_years(FIRST, 3) + timedelta(1)),
        ((*C2, "expires"), add_years(FIRST, 3)),
        ((*C2, "expires"), add_years(FIRST, 7)),
        ((*C2, "edition"), Edition("ISO 9001:2015/Amd 1:2024")),
        ((*C1, "edition"), Edition("ISO 9001:2008")),
        ((*AUDIT, "certificate"), "2"),
        ((*AUDIT, "type"), AuditType.YEARLY_CHECK),
        ((*AUDIT, "held"), None),
        ((*AUDIT, "findings", "1", "grade"), Grade.MAJOR),
        (("audits", "surveillance-7", "held"), None),
        (("audits", "surveillance-54", "held"), date(2025, 12, 1)),
    ],
)
def test_a_single_change_makes_a_run_other_than_plain(path, value):
    assert life(put(PLAIN, path, value), date(2025, 12, 20)).plain is None


def test_of_a_replaced_edition_nothing_is_plain():
    assert life(PLAIN, date(2026, 9, 15)).norms.succeeded[2015] == date(2026, 9, 16)
    later = put(PLAIN, (*C2, "expires"), date(2026, 12, 31))
    assert life(later, date(2026, 9, 20)).plain is None


@pytest.mark.parametrize(
    ("look", "path", "value"),
    [
        (is_pressed, (*AUDIT, "held"), None),
        (is_expiring, (*C2, "expires"), add_months(ON, 2)),
        (has_unusual_certificates, (*C1, "decided"), None),
        (has_unusual_certificates, (*C1, "expires"), None),
        (has_unusual_certificates, (*C2, "sites"), (MINE, MINE)),
        (has_unusual_certificates, (*C1, "regime"), Regime.STATE_CERTIFICATE),
        (has_unusual_certificates, (*C2, "decided"), date(2023, 9, 1)),
        (has_unusual_certificates, (*C2, "grant"), Grant.INITIAL),
        (has_unusual_certificates, (*C2, "expires"), add_years(FIRST, 7)),
        (has_unusual_certificates, (*C2, "edition"), Edition("ISO 9001:2003")),
        (may_be_in_first_cycle, (*C2, "grant"), Grant.INITIAL),
        (
            may_be_in_first_cycle,
            (*C1, "history"),
            (CertificateEvent(act=CertificateAct.WITHDRAWN, on=ON),),
        ),
        (has_unusual_audits, (*AUDIT, "type"), AuditType.INTERNAL),
        (has_unusual_audits, (*AUDIT, "criteria"), (Edition("ISO 9001:2008"),)),
        (has_unusual_audits, (*AUDIT, "team"), (AuditTeamMember(name="A", of="Operations"),)),
        (names_unusual_editions, (*AUDIT, "criteria"), (Edition("ISO 9001:2003"),)),
        (has_unusual_objectives, ("objectives", "O1", "due"), date(2026, 3, 1)),
        (has_unusual_objectives, ("objectives", "O1", "owner"), None),
        (has_unusual_objectives, ("objectives", "O1", "tasks", "T1", "due"), date(2026, 2, 1)),
        (has_unusual_objectives, ("objectives", "O1", "measurements", 1, "on"), date(2026, 1, 28)),
    ],
    ids=lambda one: getattr(one, "__name__", None),
)
def test_a_look_sees_a_single_change(look, path, value):
    assert look(life(put(PLAIN, path, value)))


def test_the_surveillance_of_a_year_that_ends_is_pressing_before_it_is_due_soon():
    waiting = put(PLAIN, ("audits", "surveillance-54", "held"), None)

    assert not is_pressed(life(waiting, date(2025, 9, 30)))
    assert is_pressed(life(waiting, date(2025, 10, 1)))


def test_a_plan_without_resources_is_looked_at():
    bare = put(PLAIN, ("objectives", "O1", "tasks", "T1", "resources"), None)

    assert has_unusual_objectives(life(bare))
    assert [code for code, _, _ in said(bare, ON, QUICK)] == ["O609"]


def test_a_unit_without_documents_is_asked_for_none():
    bare = evolve(PLAIN, documents={})

    assert not keeps_unusual_records(life(bare))
    assert said(bare, ON, QUICK) == said(bare, ON, THOROUGH) == []


@pytest.mark.parametrize(
    "policy", [Policy(document_codes=("QT-##",)), Policy(internal_audits_here=True)]
)
def test_what_the_organisation_asks_beyond_the_standard_is_asked(policy):
    assert keeps_unusual_records(life_of(PLAIN, ON, norms(), policy))


def test_a_year_without_surveillance_is_not_plain():
    audits = {key: one for key, one in PLAIN.audits.items() if key != "surveillance-42"}
    gap = evolve(PLAIN, audits=audits)

    assert life(gap, ON).plain is None
    assert "C103" in {code for code, _, _ in said(gap, ON, QUICK)}
