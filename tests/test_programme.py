"""What falls in a year, by when, and who sees to it."""

from datetime import date

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import qms
from lives import announcement, audit, certificate, unit, units
from qms.model import CertificateEvent, Organisation, Register
from qms.programme import Responsible
from qms.terms import CertificateAct, Duty, Edition, Grade, ObligationKind, ObligationState, UnitAct
from qms.text import Name

ORGANISATION = Organisation(name=Name(en="Invented organisation"))


def holding(*held):
    return Register(organisation=ORGANISATION, units={one.id: one for one in held})


def kinds(entries):
    return [(entry.obligation.kind, entry.obligation.due) for entry in entries]


certified = unit(certificates={"c": certificate(decided=date(2019, 3, 10))})


def test_a_year_holds_what_falls_due_in_it_in_the_order_of_days():
    entries = qms.calendar(holding(certified), year=2021, on=date(2020, 12, 31))

    assert kinds(entries) == [
        (ObligationKind.FIRST_SURVEILLANCE, date(2020, 3, 10)),
        (ObligationKind.SURVEILLANCE, date(2020, 12, 31)),
        (ObligationKind.SURVEILLANCE, date(2021, 12, 31)),
    ]
    assert [entry.carried_over for entry in entries] == [True, True, False]


def test_the_due_day_decides_not_the_day_on_which_the_window_opens():
    following = qms.calendar(holding(certified), year=2022, on=date(2019, 4, 1))

    assert (ObligationKind.RECERTIFICATION, date(2022, 3, 9)) in kinds(following)


def test_what_was_done_before_the_year_is_not_carried_into_it():
    done = unit(
        certificates=certified.certificates,
        audits={"s": audit("surveillance", date(2020, 3, 1))},
    )
    entries = qms.calendar(holding(done), year=2021, on=date(2020, 12, 31))

    assert kinds(entries) == [(ObligationKind.SURVEILLANCE, date(2021, 12, 31))]


def test_what_was_done_late_in_the_year_belongs_to_it():
    late = unit(
        certificates=certified.certificates,
        audits={"s": audit("surveillance", date(2021, 1, 20))},
    )
    entries = qms.calendar(holding(late), year=2021, on=date(2021, 6, 1))

    assert [entry.state for entry in entries] == [
        ObligationState.LATE,
        ObligationState.LATE,
        ObligationState.MET,
    ]


def test_a_distant_year_is_reckoned_from_what_is_known_today():
    entries = qms.calendar(
        holding(unit(announcements={"a": announcement(date(2018, 1, 1))})),
        year=2024,
        on=date(2019, 1, 1),
    )

    assert (ObligationKind.YEARLY_CHECK, date(2024, 12, 31)) in kinds(entries)


def test_who_sees_to_it_follows_from_the_kind():
    major = audit(
        "surveillance",
        date(2020, 3, 1),
        findings={
            "1": qms.Finding(grade=Grade.MAJOR, due=date(2020, 6, 1)),
        },
    )
    state = unit(
        id="u2",
        announcements={"a": announcement(date(2018, 1, 1))},
        history=(qms.UnitEvent(act=UnitAct.RENAMED, on=date(2019, 2, 2)),),
    )
    held = holding(unit(certificates=certified.certificates, audits={"s": major}), state)
    entries = qms.calendar(held, year=2020, on=date(2020, 2, 1))
    who = {e.obligation.kind: (e.responsible, e.party and e.party.en) for e in entries}

    assert who[ObligationKind.FIRST_SURVEILLANCE] == (
        Responsible.ISSUER,
        "Invented Certification",
    )
    assert who[ObligationKind.YEARLY_CHECK] == (
        Responsible.ORGANISATION,
        "Invented organisation",
    )
    assert who[ObligationKind.RE_ANNOUNCEMENT] == (Responsible.UNIT, None)


def test_a_certification_body_that_is_not_recorded_is_not_named():
    nameless = unit(certificates={"c": certificate(decided=date(2019, 3, 10), issuer=None)})
    entries = qms.calendar(holding(nameless), year=2020, on=date(2020, 2, 1))

    assert {entry.party for entry in entries} == {None}


def test_a_unit_that_does_not_exist_yet_has_nothing_to_do():
    unborn = unit(valid_from=date(2030, 1, 1), announcements={"a": announcement(date(2018, 1, 1))})

    assert qms.calendar(holding(unborn), year=2020, on=date(2020, 1, 1)) == ()


def test_what_nobody_asked_for_any_more_before_it_began_is_left_out():
    left = unit(
        announcements={"a": announcement(date(2016, 1, 1))},
        certificates={"c": certificate(decided=date(2018, 6, 1))},
    )
    entries = qms.calendar(holding(left), year=2020, on=date(2020, 1, 1))

    assert ObligationKind.YEARLY_CHECK not in {entry.obligation.kind for entry in entries}


def test_a_unit_without_any_record_does_not_look_fine():
    asked = qms.calendar(holding(unit()), year=2020, on=date(2020, 1, 1))
    todo = qms.obligations(holding(unit()), on=date(2020, 1, 1))

    assert [(e.obligation.kind, e.state) for e in asked] == [
        (ObligationKind.CERTIFICATION, ObligationState.OPEN)
    ]
    assert todo == asked


def test_neither_does_one_whose_certification_was_withdrawn():
    withdrawn = CertificateEvent(act=CertificateAct.WITHDRAWN, on=date(2019, 6, 1))
    of = unit(certificates={"c": certificate(decided=date(2019, 3, 10), history=(withdrawn,))})

    assert [
        (e.obligation.kind, e.obligation.due, e.state, e.carried_over)
        for e in qms.calendar(holding(of), year=2020, on=date(2020, 1, 1))
    ] == [(ObligationKind.CERTIFICATION, date(2019, 5, 31), ObligationState.OVERDUE, True)]


def asked(of, on):
    return [
        (e.obligation.kind.value, e.obligation.due, e.state.value)
        for e in qms.obligations(holding(of), on=on)
        if e.obligation.kind is not ObligationKind.SURVEILLANCE
    ]


RENEWING = {ObligationKind.RECERTIFICATION, ObligationKind.RESTORATION}
lapsed = unit(certificates={"c": certificate(decided=date(2016, 3, 10))})


def test_a_renewal_that_was_missed_is_asked_for_while_the_certification_can_be_restored():
    assert asked(lapsed, date(2019, 9, 9)) == [
        ("recertification", date(2019, 3, 9), "overdue"),
        ("restoration", date(2019, 9, 9), "due-soon"),
    ]


def test_after_the_months_of_restoration_certification_is_asked_for_and_no_renewal():
    assert asked(lapsed, date(2019, 9, 10)) == [("certification", date(2019, 3, 9), "overdue")]
    assert asked(evolve(lapsed, duty=Duty.ENCOURAGED), date(2019, 9, 10)) == []


def test_after_the_end_of_its_edition_certification_is_asked_for_and_no_transition():
    old = certificate(decided=date(2016, 3, 10), edition=Edition("ISO 9001:2008"))
    of = unit(certificates={"c": old})

    assert ("transition", date(2018, 9, 14), "due-soon") in asked(of, date(2018, 9, 14))
    assert asked(of, date(2018, 9, 15)) == [("certification", date(2018, 9, 14), "overdue")]


def test_the_calendar_of_the_year_says_that_a_renewal_is_asked_for_no_longer():
    def states(year):
        return {
            e.obligation.kind.value: e.state.value
            for e in qms.calendar(holding(lapsed), year=year, on=date(2020, 1, 1))
            if e.obligation.kind in RENEWING or e.obligation.kind is ObligationKind.CERTIFICATION
        }

    assert states(2019) == {
        "recertification": "void",
        "restoration": "void",
        "certification": "overdue",
    }
    assert states(2020) == {"certification": "overdue"}


def test_what_lapsed_for_good_is_not_moved_to_the_next_edition():
    of = unit(certificates={"c": certificate(decided=date(2024, 1, 10))})
    moved = ("transition", date(2029, 9, 30), "open")

    assert moved in asked(of, date(2027, 7, 9))
    assert moved not in asked(of, date(2027, 7, 10))
    states = {
        e.obligation.kind: e.state
        for e in qms.calendar(holding(of), year=2029, on=date(2027, 7, 10))
    }
    assert states[ObligationKind.TRANSITION] is ObligationState.VOID


def test_nothing_is_asked_of_a_unit_after_its_last_day():
    """Its surveillance, renewal and internal audit of the next year are left out."""
    facts = {
        "certificates": {"c": certificate(decided=date(2026, 1, 10))},
        "audits": {"i": audit("internal", date(2026, 3, 1))},
    }
    day = date(2026, 11, 29)

    assert kinds(qms.obligations(holding(unit(**facts)), on=day)) == [
        (ObligationKind.FIRST_SURVEILLANCE, date(2027, 1, 10)),
        (ObligationKind.MANAGEMENT_REVIEW, date(2027, 1, 10)),
        (ObligationKind.INTERNAL_AUDIT, date(2027, 3, 1)),
        (ObligationKind.SURVEILLANCE, date(2027, 12, 31)),
        (ObligationKind.RECERTIFICATION, date(2029, 1, 9)),
        (ObligationKind.TRANSITION, date(2029, 9, 30)),
    ]
    assert qms.obligations(holding(unit(**facts, valid_to=date(2026, 12, 31))), on=day) == ()
    # The last day itself is in time.
    assert kinds(qms.obligations(holding(unit(**facts, valid_to=date(2027, 1, 10))), on=day)) == [
        (ObligationKind.FIRST_SURVEILLANCE, date(2027, 1, 10)),
        (ObligationKind.MANAGEMENT_REVIEW, date(2027, 1, 10)),
    ]


def test_a_unit_whose_certificate_takes_effect_soon_has_not_to_be_certified():
    coming = certificate(decided=date(2020, 1, 1), effective=date(2020, 2, 1))
    entries = qms.obligations(holding(unit(certificates={"c": coming})), on=date(2020, 1, 15))

    assert ObligationKind.CERTIFICATION not in {e.obligation.kind for e in entries}


@pytest.mark.parametrize(
    "of",
    [unit(duty=Duty.ENCOURAGED), unit(valid_to=date(2018, 12, 31))],
    ids=["encouraged", "over"],
)
def test_nobody_asks_certification_of_one_that_need_not_have_it(of):
    assert qms.obligations(holding(of), on=date(2020, 1, 1)) == ()


def test_open_obligations_are_those_still_to_be_done():
    entries = qms.obligations(holding(certified), on=date(2020, 4, 1))

    assert {entry.state for entry in entries} <= {
        ObligationState.OPEN,
        ObligationState.DUE_SOON,
        ObligationState.OVERDUE,
    }
    assert entries[0].obligation.due == date(2020, 3, 10)
    assert entries[0].state is ObligationState.OVERDUE


@settings(max_examples=60, deadline=None)
@given(units(), st.integers(2010, 2028))
def test_everything_overdue_at_the_end_of_a_year_is_in_the_calendar_of_that_year(one, year):
    """Nothing drops out of sight because its day has passed."""
    end = date(year, 12, 31)
    in_year = {
        (e.obligation.kind, e.obligation.subject, e.obligation.due)
        for e in qms.calendar(holding(one), year=year, on=end)
    }
    overdue = {
        (e.obligation.kind, e.obligation.subject, e.obligation.due)
        for e in qms.obligations(holding(one), on=end)
        if e.state is ObligationState.OVERDUE
    }

    assert overdue <= in_year


@settings(max_examples=60, deadline=None)
@given(units(), st.integers(2010, 2028), st.dates(date(2010, 1, 1), date(2028, 12, 31)))
def test_an_obligation_with_a_due_day_is_due_in_exactly_one_year(one, year, day):
    """It is carried over into later years only where it was not done."""
    entries = qms.calendar(holding(one), year=year, on=day)

    for entry in entries:
        due = entry.obligation.due
        assert due is None or due.year == year or entry.carried_over
        assert not entry.carried_over or due.year < year


announced = unit(
    announcements={"a": announcement(signed=date(2024, 3, 8), effective=date(2024, 3, 10))},
    audits={"2025": audit("yearly-check", date(2025, 9, 15))},
)


@pytest.mark.parametrize(
    ("year", "on", "checks"),
    [
        (2026, date(2026, 11, 29), [2026]),
        (2027, date(2026, 11, 29), [2026, 2027]),
        # Nobody knows in 2026 that the check of 2027 will not be held.
        (2040, date(2026, 11, 29), [2026, 2040]),
        # The day before the window of 2026 begins, and its first day: it is the first to come.
        (2028, date(2025, 12, 31), [2026, 2028]),
        (2028, date(2026, 1, 1), [2026, 2028]),
        # What was missed is carried over, all of it, with what is open on the day.
        (2030, date(2028, 12, 31), [2026, 2027, 2028, 2030]),
        (2030, date(2029, 1, 1), [2026, 2027, 2028, 2029, 2030]),
        (9998, date(2026, 11, 29), [2026, 9998]),
    ],
)
def test_of_what_comes_back_every_year_only_what_has_begun_or_the_first_is_carried_over(
    year, on, checks
):
    entries = qms.calendar(holding(announced), year=year, on=on)

    assert kinds(entries) == [
        (ObligationKind.YEARLY_CHECK, date(checked, 12, 31)) for checked in checks
    ]
    assert [entry.carried_over for entry in entries] == [*[True] * (len(checks) - 1), False]


def test_a_certification_that_will_have_ended_is_carried_over_however_far_ahead():
    entries = qms.calendar(holding(certified), year=2040, on=date(2019, 4, 1))

    assert (ObligationKind.RECERTIFICATION, date(2022, 3, 9)) in kinds(entries)
