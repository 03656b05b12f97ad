"""What has to happen by when: windows counted from the cycle, never from the last deed."""

from datetime import date

import pytest
from attrs import evolve

from lives import announcement, audit, certificate, unit
from qms.model import (
    AdministrativeProcedure,
    AnnouncementEvent,
    Finding,
    FindingEvent,
    Policy,
    ProcedureChange,
    UnitEvent,
)
from qms.norms import norms
from qms.obligations import anniversary_years, is_major_open, verified_on
from qms.standing import life_of
from qms.terms import (
    AnnouncementAct,
    AuditType,
    Edition,
    FindingAct,
    Grade,
    Grant,
    ObligationKind,
    ObligationState,
    ProcedureAct,
    Regime,
    UnitAct,
)
from qms.text import Name

D = date
NORMS = norms()
LATER = D(2018, 1, 1)
Kind = ObligationKind
State = ObligationState


def obligations(of, on, kind, policy=None):
    life = life_of(of, on, NORMS, policy or Policy())
    return [(o.opens, o.due, life.state(o)) for o in life.obligations if o.kind is kind]


def certified(decided, *audits, expires=None, **facts):
    record = certificate(decided=decided, **({"expires": expires} if expires else {}))
    held = {f"a{n}": audit(kind, day) for n, (kind, day) in enumerate(audits)}
    return unit(certificates={"c": record}, audits=held, **facts)


class TestSurveillance:
    def test_first_within_twelve_months_of_the_decision(self):
        of = certified(D(2024, 2, 29))

        assert obligations(of, D(2024, 3, 1), Kind.FIRST_SURVEILLANCE) == [
            (D(2024, 2, 29), D(2025, 2, 28), State.OPEN)
        ]

    def test_a_usual_cycle_leaves_nothing_overdue(self):
        of = certified(
            D(2023, 12, 20),
            ("surveillance", D(2024, 12, 19)),
            ("surveillance", D(2025, 11, 1)),
            ("recertification", D(2026, 10, 15)),
        )
        for kind in (Kind.FIRST_SURVEILLANCE, Kind.SURVEILLANCE):
            states = {state for _, _, state in obligations(of, D(2026, 11, 23), kind)}
            assert states <= {State.MET, State.VOID}

    def test_an_early_first_surveillance_does_not_stand_for_the_year_after(self):
        of = certified(
            D(2023, 3, 10), ("surveillance", D(2023, 12, 1)), ("surveillance", D(2025, 2, 1))
        )

        assert obligations(of, D(2025, 3, 1), Kind.SURVEILLANCE)[:2] == [
            (D(2024, 1, 1), D(2024, 12, 31), State.LATE),
            (D(2025, 1, 1), D(2025, 12, 31), State.MET),
        ]

    def test_an_audit_of_another_certification_does_not_stand_for_it(self):
        own = certificate(decided=D(2023, 3, 10))
        other = certificate(decided=D(2023, 4, 20), issuer="Other", grant=Grant.INITIAL)
        surveyed = audit("surveillance", D(2024, 2, 1), certificate="a")
        of = unit(certificates={"a": own, "b": other}, audits={"s": surveyed})

        assert obligations(of, D(2024, 4, 21), Kind.FIRST_SURVEILLANCE) == [
            (D(2023, 3, 10), D(2024, 3, 10), State.MET),
            (D(2023, 4, 20), D(2024, 4, 20), State.OVERDUE),
        ]

    def test_an_audit_of_a_certificate_before_it_in_the_same_certification_does(self):
        of = unit(
            certificates={
                "a": certificate(decided=D(2023, 3, 10)),
                "b": certificate(decided=D(2024, 1, 10), expires=D(2026, 3, 9)),
            },
            audits={"s": audit("surveillance", D(2024, 2, 1), certificate="a")},
        )

        assert obligations(of, D(2025, 1, 1), Kind.SURVEILLANCE)[0][2] is State.MET

    def test_the_next_due_day_is_not_counted_from_a_late_audit(self):
        of = certified(D(2023, 3, 10), ("surveillance", D(2024, 6, 30)))

        assert [due for _, due, _ in obligations(of, D(2024, 7, 1), Kind.SURVEILLANCE)] == [
            D(2024, 12, 31),
            D(2025, 12, 31),
        ]

    def test_the_recertification_decision_closes_the_account(self):
        of = certified(D(2023, 3, 10))
        renewed = evolve(
            of,
            certificates={
                **of.certificates,
                "d": certificate(decided=D(2026, 2, 1), expires=D(2029, 3, 9)),
            },
        )

        assert {
            s
            for _, due, s in obligations(renewed, D(2026, 2, 1), Kind.SURVEILLANCE)
            if due.year < 2026
        } == {State.VOID}
        assert {
            s
            for _, due, s in obligations(renewed, D(2026, 1, 31), Kind.SURVEILLANCE)
            if due.year < 2026
        } == {State.OVERDUE}

    def test_a_year_spent_partly_in_the_hole_is_asked_for(self):
        of = unit(
            certificates={
                "c": certificate(decided=D(2023, 12, 20), expires=D(2026, 12, 19)),
                "d": certificate(decided=D(2027, 3, 1), expires=D(2029, 12, 19)),
            }
        )

        assert D(2026, 12, 31) in [
            due for _, due, _ in obligations(of, D(2027, 3, 1), Kind.SURVEILLANCE)
        ]

    def test_the_last_year_counts_where_it_is_in_force_on_its_last_day(self):
        to_the_end = certified(D(2023, 3, 10), expires=D(2025, 12, 31))
        to_the_day_before = certified(D(2023, 3, 10), expires=D(2025, 12, 30))

        assert [
            d.year for _, d, _ in obligations(to_the_end, D(2025, 6, 1), Kind.SURVEILLANCE)
        ] == [2024, 2025]
        assert [
            d.year for _, d, _ in obligations(to_the_day_before, D(2025, 6, 1), Kind.SURVEILLANCE)
        ] == [2024]

    def test_by_policy_twelve_months_hold_in_every_cycle(self):
        of = unit(
            certificates={
                "c": certificate(decided=D(2020, 3, 10), expires=D(2023, 3, 9)),
                "d": certificate(decided=D(2023, 3, 1), expires=D(2026, 3, 9)),
            }
        )
        strict = Policy(first_surveillance_every_cycle=True)

        assert len(obligations(of, D(2023, 6, 1), Kind.FIRST_SURVEILLANCE)) == 1
        assert [
            due for _, due, _ in obligations(of, D(2023, 6, 1), Kind.FIRST_SURVEILLANCE, strict)
        ] == [
            D(2021, 3, 10),
            D(2024, 3, 1),
        ]

    def test_a_certificate_for_a_season_owes_no_first_surveillance(self):
        assert (
            obligations(
                certified(D(2023, 3, 10), expires=D(2023, 10, 1)),
                D(2023, 5, 1),
                Kind.FIRST_SURVEILLANCE,
            )
            == []
        )

    def test_a_certificate_recorded_as_a_renewal_owes_no_first_surveillance(self):
        record = certificate(decided=D(2023, 3, 10), grant=Grant.RECERTIFICATION)

        assert (
            obligations(unit(certificates={"c": record}), D(2023, 6, 1), Kind.FIRST_SURVEILLANCE)
            == []
        )

    def test_nobody_surveys_a_certification_that_has_ended(self):
        of = certified(D(2023, 3, 10))

        last = [s for _, _, s in obligations(of, D(2026, 3, 9), Kind.SURVEILLANCE)]
        after = [s for _, _, s in obligations(of, D(2026, 3, 10), Kind.SURVEILLANCE)]
        assert (last, after) == ([State.OVERDUE] * 2, [State.VOID] * 2)

    def test_each_year_of_a_cycle_ends_on_the_anniversary_on_which_the_next_begins(self):
        first, second = anniversary_years(D(2024, 2, 29))

        assert (first.start, first.end) == (D(2024, 2, 29), D(2025, 2, 28))
        assert (second.start, second.end) == (D(2025, 2, 28), D(2026, 2, 28))

    def test_nobody_asks_once_the_unit_announced_instead(self):
        of = evolve(certified(D(2013, 3, 10)), announcements={"a": announcement(D(2015, 6, 1))})

        assert {s for _, _, s in obligations(of, D(2016, 3, 10), Kind.SURVEILLANCE)} == {State.VOID}
        assert State.OVERDUE in {s for _, _, s in obligations(of, D(2016, 3, 9), Kind.SURVEILLANCE)}


class TestRenewal:
    def test_recertification_is_due_on_the_last_day(self):
        of = certified(D(2023, 3, 10))

        assert obligations(of, D(2025, 1, 1), Kind.RECERTIFICATION) == [
            (D(2025, 9, 9), D(2026, 3, 9), State.OPEN)
        ]
        assert obligations(of, D(2026, 3, 9), Kind.RECERTIFICATION)[0][2] is State.DUE_SOON
        assert obligations(of, D(2026, 3, 10), Kind.RECERTIFICATION)[0][2] is State.OVERDUE
        assert obligations(of, D(2026, 3, 9), Kind.RESTORATION) == []
        assert obligations(of, D(2026, 3, 10), Kind.RESTORATION) == [
            (D(2026, 3, 10), D(2026, 9, 9), State.OPEN)
        ]

    def test_transition_is_asked_for_once_the_next_edition_is_published(self):
        of = certified(D(2025, 3, 10))

        assert obligations(of, D(2026, 9, 15), Kind.TRANSITION) == []
        assert obligations(of, D(2026, 9, 16), Kind.TRANSITION) == [
            (D(2026, 9, 16), D(2029, 9, 30), State.OPEN)
        ]

    def test_transition_is_met_by_a_certificate_to_the_next_edition(self):
        moved = certificate(
            decided=D(2027, 5, 1), expires=D(2028, 3, 9), edition=Edition("ISO 9001:2026")
        )
        of = unit(certificates={"c": certificate(decided=D(2025, 3, 10)), "d": moved})

        assert [s for _, _, s in obligations(of, D(2027, 5, 1), Kind.TRANSITION)] == [State.MET]

    def test_transition_too_late_stays_late(self):
        old = certificate(decided=D(2016, 3, 10), edition=Edition("ISO 9001:2008"))
        new = certificate(decided=D(2018, 10, 1), expires=D(2021, 3, 9))
        of = unit(certificates={"c": old, "d": new})

        assert [s for _, _, s in obligations(of, D(2018, 12, 1), Kind.TRANSITION)] == [State.LATE]

    @pytest.mark.parametrize(
        "facts",
        [{"edition": Edition("ISO 9001:2008")}, {"expires": None}],
        ids=["to an edition that had ended", "without a last day"],
    )
    def test_a_certificate_that_holds_on_no_day_renews_nothing(self, facts):
        of = unit(
            certificates={
                "c": certificate(decided=D(2023, 3, 10)),
                "d": certificate(decided=D(2026, 3, 1), **facts),
            }
        )
        on = D(2026, 3, 10)

        assert [s for _, _, s in obligations(of, on, Kind.RECERTIFICATION)] == [State.OVERDUE]
        asked = life_of(of, on, NORMS, Policy()).next_obligation
        assert (asked.kind, asked.due) == (Kind.RESTORATION, D(2026, 9, 9))

    def test_the_last_day_of_a_unit_leaves_the_restoration_of_what_has_expired(self):
        of = certified(D(2023, 3, 10), valid_to=D(2026, 6, 30))

        assert obligations(of, D(2026, 3, 10), Kind.RESTORATION) == [
            (D(2026, 3, 10), D(2026, 9, 9), State.OPEN)
        ]

    def test_a_withdrawn_certificate_asks_for_nothing_more(self):
        from qms.model import CertificateEvent
        from qms.terms import CertificateAct

        record = certificate(
            decided=D(2023, 3, 10),
            history=(CertificateEvent(act=CertificateAct.WITHDRAWN, on=D(2024, 1, 1)),),
        )
        life = life_of(unit(certificates={"c": record}), D(2026, 11, 1), NORMS, Policy())

        assert life.obligations == ()

    def test_a_suspension_that_runs_through_a_renewal_is_asked_for_once(self):
        from qms.model import CertificateEvent
        from qms.terms import CertificateAct

        def event(act, on):
            return (CertificateEvent(act=act, on=on),)

        of = unit(
            certificates={
                "c": certificate(
                    decided=D(2023, 3, 10),
                    expires=D(2026, 3, 9),
                    history=event(CertificateAct.SUSPENDED, D(2025, 12, 1)),
                ),
                "d": certificate(
                    decided=D(2026, 2, 1),
                    expires=D(2029, 3, 9),
                    history=event(CertificateAct.RESTORED, D(2026, 3, 1)),
                ),
            }
        )

        assert obligations(of, D(2026, 2, 10), Kind.LIFTING_OF_SUSPENSION) == [
            (D(2025, 12, 1), D(2026, 6, 1), State.OPEN)
        ]
        assert obligations(of, D(2026, 3, 5), Kind.LIFTING_OF_SUSPENSION) == [
            (D(2025, 12, 1), D(2026, 6, 1), State.MET)
        ]

    @pytest.mark.parametrize(
        ("lifted", "state"),
        [(D(2024, 7, 15), State.MET), (D(2024, 7, 16), State.LATE), (None, State.OVERDUE)],
    )
    def test_a_suspension_is_settled_within_six_months(self, lifted, state):
        from qms.model import CertificateEvent
        from qms.terms import CertificateAct

        history = [CertificateEvent(act=CertificateAct.SUSPENDED, on=D(2024, 1, 15))]
        if lifted:
            history.append(CertificateEvent(act=CertificateAct.RESTORED, on=lifted))
        of = unit(certificates={"c": certificate(decided=D(2023, 3, 10), history=tuple(history))})

        assert obligations(of, D(2024, 12, 1), Kind.LIFTING_OF_SUSPENSION) == [
            (D(2024, 1, 15), D(2024, 7, 15), state)
        ]


class TestMajors:
    def major(self, *events, **facts):
        history = tuple(
            FindingEvent(act=FindingAct(act), on=on, **more) for act, on, more in events
        )
        return Finding(grade=Grade.MAJOR, history=history, **facts)

    def of(self, kind, held, finding):
        return evolve(
            certified(D(2023, 3, 10)),
            audits={
                "a": audit(kind, held, findings={"1": finding, "2": Finding(grade=Grade.MINOR)})
            },
        )

    def test_after_stage_2_within_six_months(self):
        of = self.of("stage-2", D(2022, 8, 31), self.major())

        assert obligations(of, D(2023, 4, 1), Kind.CLOSING_OF_MAJOR) == [
            (D(2022, 8, 31), D(2023, 2, 28), State.OVERDUE)
        ]

    def test_at_recertification_before_expiry(self):
        verified = ("verified", D(2026, 3, 9), {"effective": True})
        of = self.of("recertification", D(2026, 1, 20), self.major(verified))

        assert obligations(of, D(2026, 3, 9), Kind.CLOSING_OF_MAJOR) == [
            (D(2026, 1, 20), D(2026, 3, 9), State.MET)
        ]

    def test_at_surveillance_as_agreed_and_extended(self):
        extended = ("extended", D(2024, 5, 1), {"until": D(2024, 8, 1)})
        verified = ("verified", D(2024, 8, 2), {})
        of = self.of(
            "surveillance", D(2024, 2, 1), self.major(extended, verified, due=D(2024, 5, 1))
        )

        assert obligations(of, D(2024, 9, 1), Kind.CLOSING_OF_MAJOR) == [
            (D(2024, 2, 1), D(2024, 8, 1), State.LATE)
        ]

    def test_without_an_agreed_day_it_stays_open(self):
        of = self.of("recertification", D(2027, 2, 1), self.major(raised=D(2027, 2, 2)))

        assert obligations(of, D(2027, 9, 1), Kind.CLOSING_OF_MAJOR) == [
            (D(2027, 2, 2), None, State.OPEN)
        ]

    def test_what_was_found_ineffective_is_not_closed(self):
        failed = FindingEvent(act=FindingAct.VERIFIED, on=D(2024, 3, 1), effective=False)

        assert verified_on(Finding(grade=Grade.MAJOR, history=(failed,))) is None

    @pytest.mark.parametrize(
        ("found", "since"),
        [
            ([(3, 1, True)], D(2024, 3, 1)),
            ([(3, 1, None), (4, 1, True)], D(2024, 3, 1)),
            ([(3, 1, True), (4, 1, False)], None),
            ([(3, 1, True), (3, 1, False)], None),
            ([(3, 1, False), (4, 1, True), (5, 1, True)], D(2024, 4, 1)),
        ],
    )
    def test_a_later_verification_undoes_an_earlier_one(self, found, since):
        history = tuple(
            FindingEvent(act=FindingAct.VERIFIED, on=D(2024, month, day), effective=effective)
            for month, day, effective in found
        )
        for order in (history, history[::-1]):
            assert verified_on(Finding(grade=Grade.MAJOR, history=order)) == since

    def test_what_was_closed_on_a_day_stays_so_for_that_day(self):
        history = tuple(
            FindingEvent(act=FindingAct.VERIFIED, on=day, effective=effective)
            for day, effective in ((D(2024, 3, 1), True), (D(2024, 4, 1), False))
        )
        finding = Finding(grade=Grade.MAJOR, history=history)
        stage_2 = audit("stage-2", D(2024, 2, 1))
        assert [is_major_open(stage_2, finding, D(2024, m, d)) for m, d in
                ((2, 29), (3, 1), (3, 31), (4, 1))] == [True, False, False, True]  # fmt: skip


class TestYearlyCheck:
    def test_each_full_calendar_year_under_the_regime(self):
        of = unit(announcements={"a": announcement(D(2016, 5, 10))})

        assert [due for _, due, _ in obligations(of, D(2018, 6, 1), Kind.YEARLY_CHECK)] == [
            D(2017, 12, 31),
            D(2018, 12, 31),
            D(2019, 12, 31),
        ]

    def test_the_year_of_the_announcement_counts_from_1_january(self):
        of = unit(announcements={"a": announcement(D(2016, 1, 1))})

        assert obligations(of, D(2016, 6, 1), Kind.YEARLY_CHECK)[0][1] == D(2016, 12, 31)

    def test_it_was_not_asked_for_before_the_circular(self):
        record = certificate(
            decided=D(2012, 6, 30),
            edition=Edition("TCVN ISO 9001:2008"),
            regime=Regime.STATE_CERTIFICATE,
        )

        assert obligations(unit(certificates={"c": record}), D(2015, 3, 1), Kind.YEARLY_CHECK)[0][
            0
        ] == D(2015, 1, 1)

    def test_a_check_of_any_mode_meets_its_year_and_only_that(self):
        of = unit(
            announcements={"a": announcement(D(2016, 1, 1))},
            audits={"k": audit("yearly-check", D(2017, 1, 2))},
        )

        states = [state for _, _, state in obligations(of, D(2017, 6, 1), Kind.YEARLY_CHECK)]
        assert states[:2] == [State.LATE, State.MET]

    def test_only_obliged_units_are_checked(self):
        of = unit(duty="encouraged", announcements={"a": announcement(D(2016, 1, 1))})

        assert obligations(of, D(2017, 6, 1), Kind.YEARLY_CHECK) == []

    @pytest.mark.parametrize(("ended", "last"), [(D(2018, 12, 31), 2018), (D(2018, 12, 30), 2017)])
    def test_the_year_in_which_the_unit_ends(self, ended, last):
        of = unit(announcements={"a": announcement(D(2016, 1, 1))}, valid_to=ended)

        assert obligations(of, D(2020, 1, 1), Kind.YEARLY_CHECK)[-1][1].year == last

    def test_it_ends_when_the_unit_turns_to_accredited_certification(self):
        of = unit(
            announcements={"a": announcement(D(2016, 1, 1))},
            certificates={"c": certificate(decided=D(2018, 6, 1))},
        )

        assert {s for _, _, s in obligations(of, D(2018, 6, 1), Kind.YEARLY_CHECK)} == {State.VOID}

    def test_it_comes_back_when_that_certification_ends(self):
        of = unit(
            announcements={"a": announcement(D(2016, 1, 1))},
            certificates={"c": certificate(decided=D(2018, 6, 1))},
        )

        assert {s for _, _, s in obligations(of, D(2021, 5, 31), Kind.YEARLY_CHECK)} == {State.VOID}
        assert [
            due.year
            for _, due, state in obligations(of, D(2022, 1, 1), Kind.YEARLY_CHECK)
            if state is State.OVERDUE
        ] == [2016, 2017, 2021]

    def test_an_announcement_without_a_day_asks_for_nothing(self):
        of = unit(
            announcements={"a": announcement(None)},
            certificates={"c": certificate(decided=D(2018, 6, 1))},
        )

        assert obligations(of, D(2021, 5, 31), Kind.YEARLY_CHECK) == []

    def test_a_certificate_that_never_counted_does_not_end_it(self):
        of = unit(
            announcements={"a": announcement(D(2016, 1, 1))},
            certificates={"c": certificate(decided=D(2018, 6, 1), expires=None)},
        )

        assert State.OVERDUE in {s for _, _, s in obligations(of, D(2018, 6, 1), Kind.YEARLY_CHECK)}


class TestRecheck:
    def of(self, *days, verified=None):
        history = (FindingEvent(act=FindingAct.VERIFIED, on=verified),) if verified else ()
        found = {
            "1": Finding(grade=Grade.MINOR, history=history),
            "2": Finding(grade=Grade.OPPORTUNITY),
        }
        checks = {f"k{n}": audit("yearly-check", day) for n, day in enumerate(days)}
        checks["k0"] = evolve(checks["k0"], findings=found)
        checks["planned"] = audit("yearly-check", planned=D(2030, 1, 1))
        checks["other"] = audit("internal", D(2016, 1, 1))
        return unit(announcements={"a": announcement(D(2016, 1, 1))}, audits=checks)

    def test_by_the_next_check(self):
        of = self.of(D(2016, 9, 1), D(2017, 5, 4))

        assert obligations(of, D(2017, 5, 5), Kind.RECHECK) == [
            (D(2016, 9, 1), D(2017, 5, 4), State.OVERDUE)
        ]

    def test_or_by_the_end_of_the_next_year(self):
        of = self.of(D(2016, 9, 1))

        assert obligations(of, D(2017, 12, 31), Kind.RECHECK) == [
            (D(2016, 9, 1), D(2017, 12, 31), State.DUE_SOON)
        ]

    @pytest.mark.parametrize(
        ("day", "state"), [(D(2017, 5, 4), State.MET), (D(2017, 5, 5), State.LATE)]
    )
    def test_verified_at_the_check_or_after(self, day, state):
        of = self.of(D(2016, 9, 1), D(2017, 5, 4), verified=day)

        assert obligations(of, D(2017, 6, 1), Kind.RECHECK)[0][2] is state


class TestReAnnouncement:
    def procedure(self, *changes):
        return AdministrativeProcedure(
            title=Name(vi="Thủ tục giả định"),
            changes=tuple(ProcedureChange(act=ProcedureAct(act), on=on) for act, on in changes),
        )

    def of(self, procedures=("p1",), **recorded):
        return unit(
            announcements={"a": announcement(D(2016, 1, 1), procedures=procedures)},
            procedures={key: self.procedure(*changes) for key, changes in recorded.items()},
        )

    def changed(self, of, on=LATER):
        return [opens for opens, _, _ in obligations(of, on, Kind.RE_ANNOUNCEMENT)]

    def test_a_procedure_published_after_the_announcement(self):
        of = self.of(p1=[("published", D(2015, 1, 1))], p2=[("published", D(2017, 4, 1))])

        assert self.changed(of, D(2017, 3, 31)) == []
        assert self.changed(of, D(2017, 4, 1)) == [D(2017, 4, 1)]

    def test_a_procedure_abolished_after_the_announcement(self):
        of = self.of(p1=[("published", D(2015, 1, 1)), ("abolished", D(2017, 4, 1))])

        assert self.changed(of) == [D(2017, 4, 1)]

    def test_an_amended_procedure_stays_in_the_list(self):
        assert (
            self.changed(self.of(p1=[("published", D(2015, 1, 1)), ("amended", D(2017, 4, 1))]))
            == []
        )

    def test_a_list_announced_with_a_procedure_to_come_needs_no_new_one(self):
        of = self.of(
            ("p1", "p2"), p1=[("published", D(2015, 1, 1))], p2=[("published", D(2017, 4, 1))]
        )

        assert self.changed(of) == []

    def test_a_procedure_left_out_of_the_list_from_the_start(self):
        of = self.of(p1=[("published", D(2015, 1, 1))], p2=[("published", D(2015, 6, 1))])

        assert self.changed(of) == [D(2016, 1, 1)]

    def test_without_a_list_every_change_counts(self):
        assert self.changed(self.of((), p1=[("published", D(2017, 4, 1))])) == [D(2017, 4, 1)]

    def test_an_announcement_without_days_asks_for_nothing(self):
        assert self.changed(unit(announcements={"a": announcement(None)})) == []


class TestAnnouncedAnew:
    """A new announcement settles what was wrong with the one before; a withdrawal voids it."""

    CHALLENGED = AnnouncementEvent(act=AnnouncementAct.CHALLENGED, on=D(2017, 5, 5))
    RENAMED = UnitEvent(act=UnitAct.RENAMED, on=D(2017, 5, 5))

    def states(self, *later, withdrawn=None):
        history = (self.CHALLENGED,)
        if withdrawn:
            history += (AnnouncementEvent(act=AnnouncementAct.WITHDRAWN, on=withdrawn),)
        held = {"a": announcement(D(2016, 1, 1), history=history)}
        held |= {f"b{n}": announcement(day) for n, day in enumerate(later)}
        of = unit(announcements=held, history=(self.RENAMED,))
        return [
            state
            for kind in (Kind.RE_ANNOUNCEMENT, Kind.CONFIRMATION)
            for _, _, state in obligations(of, D(2018, 1, 1), kind)
        ]

    def test_nothing_settled(self):
        assert self.states() == [State.OPEN] * 2

    @pytest.mark.parametrize("day", [D(2017, 5, 5), D(2017, 9, 1)])
    def test_announced_anew(self, day):
        assert self.states(day) == [State.MET] * 2

    def test_replaced_before_anything_was_wrong_with_it(self):
        assert self.states(D(2017, 5, 4)) == [State.OPEN]  # that of the new one, for the name

    def test_withdrawn(self):
        assert self.states(withdrawn=D(2017, 9, 1)) == [State.VOID] * 2


class TestScopesSideBySide:
    """Of two certifications for different scopes each is renewed and moved for itself."""

    def of(self, **office):
        lab = certificate(decided=D(2023, 3, 10), scope="Laboratory")
        facts = {"decided": D(2025, 1, 10), "scope": "Offices", "grant": Grant.INITIAL} | office
        return unit(certificates={"lab": lab, "office": certificate(**facts)})

    def states(self, of, on, kind):
        return [state for _, _, state in obligations(of, on, kind)]

    def test_the_renewal_of_the_first_to_end_stays_asked_for(self):
        assert self.states(self.of(), D(2026, 3, 10), Kind.RECERTIFICATION) == [
            State.OVERDUE,
            State.OPEN,
        ]
        assert self.states(self.of(), D(2026, 3, 10), Kind.RESTORATION) == [State.OPEN]

    def test_without_a_scope_the_other_takes_its_place(self):
        assert self.states(self.of(scope=None), D(2026, 3, 10), Kind.RECERTIFICATION) == [
            State.VOID,
            State.OPEN,
        ]

    @pytest.mark.parametrize(
        ("scope", "state"), [("Offices", State.OPEN), ("laboratory", State.MET)]
    )
    def test_the_move_of_one_is_not_that_of_the_other(self, scope, state):
        moved = {"decided": D(2026, 10, 10), "edition": Edition("ISO 9001:2026"), "scope": scope}
        lab = certificate(decided=D(2025, 3, 10), scope="Laboratory")
        facts = moved | {"grant": Grant.INITIAL}
        of = unit(certificates={"lab": lab, "office": certificate(**facts)})

        assert self.states(of, D(2026, 11, 1), Kind.TRANSITION) == [state]


def test_nothing_is_asked_of_a_unit_that_has_ended():
    of = certified(
        D(2023, 3, 10), valid_to=D(2024, 6, 30), announcements={"a": announcement(D(2016, 1, 1))}
    )

    def states(on):
        life = life_of(of, on, NORMS, Policy())
        return {life.state(o) for o in life.obligations}

    assert State.OVERDUE in states(D(2024, 6, 30))
    assert states(D(2024, 7, 1)) == {State.VOID}


def test_a_far_away_due_day_is_not_soon_and_the_first_days_of_the_calendar_do_not_matter():
    of = certified(D(2023, 3, 10))
    life = life_of(of, D(2023, 3, 10), NORMS, Policy(due_soon_days=0))

    assert {life.state(o) for o in life.obligations} == {State.OPEN}
    assert AuditType.SURVEILLANCE == "surveillance"
