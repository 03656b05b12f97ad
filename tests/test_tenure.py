"""What follows from a certificate: the kind of decision, the cycle, the days it holds."""

from datetime import date

import pytest
from attrs import evolve

from lives import announcement, certificate, unit
from qms.days_in_force import periods_in_force
from qms.lapses import is_restoration, latest_expiry, runs_beside
from qms.model import AnnouncementEvent, CertificateEvent
from qms.norms import norms
from qms.tenure import tenures
from qms.terms import AnnouncementAct, CertificateAct, Edition, Grant, Regime

D = date
NORMS = norms()
LATER = D(2026, 11, 23)
FIRST = certificate(decided=D(2023, 3, 10), expires=D(2026, 3, 9))


def chain(*records, on=LATER):
    return tenures(
        unit(certificates={f"c{n}": record for n, record in enumerate(records)}), NORMS, on
    )


def event(act, on):
    return CertificateEvent(act=CertificateAct(act), on=on)


@pytest.mark.parametrize(
    ("second", "grant"),
    [
        ({"decided": D(2026, 2, 1), "expires": D(2029, 3, 9)}, Grant.RECERTIFICATION),
        ({"decided": D(2026, 6, 1), "expires": D(2029, 3, 9)}, Grant.RECERTIFICATION),
        ({"decided": D(2026, 9, 9), "expires": D(2029, 3, 9)}, Grant.RECERTIFICATION),
        ({"decided": D(2026, 9, 10), "expires": D(2029, 9, 9)}, Grant.INITIAL),
        ({"decided": D(2024, 6, 1), "expires": D(2026, 3, 9)}, Grant.SCOPE_CHANGE),
        ({"decided": D(2024, 6, 1), "expires": D(2026, 3, 9), "issuer": "Other"}, Grant.TRANSFER),
        (
            {
                "decided": D(2024, 6, 1),
                "expires": D(2026, 3, 9),
                "edition": Edition("ISO 9001:2026"),
            },
            Grant.TRANSITION,
        ),
        (
            {"decided": D(2024, 6, 1), "expires": D(2027, 5, 31), "grant": Grant.INITIAL},
            Grant.INITIAL,
        ),
    ],
)
def test_the_kind_of_decision_is_told_from_the_certificate_before(second, grant):
    first, later = chain(FIRST, certificate(**second))

    assert first.grant is Grant.INITIAL
    assert later.grant is grant
    assert later.previous is (None if grant is Grant.INITIAL else first)
    assert later.before is first


@pytest.mark.parametrize(
    ("given", "decided", "grant"),
    [
        (Grant.RECERTIFICATION, D(2026, 9, 9), Grant.RECERTIFICATION),
        (Grant.RECERTIFICATION, D(2026, 9, 10), Grant.INITIAL),
        (Grant.TRANSITION, D(2026, 9, 9), Grant.TRANSITION),
        (Grant.TRANSITION, D(2026, 9, 10), Grant.INITIAL),
        (Grant.SCOPE_CHANGE, D(2026, 9, 10), Grant.INITIAL),
        (Grant.TRANSFER, D(2026, 9, 10), Grant.TRANSFER),
    ],
)
def test_what_could_be_restored_no_longer_begins_anew_whatever_is_recorded(given, decided, grant):
    late = certificate(decided=decided, expires=D(2029, 3, 9), grant=given)

    first, later = chain(FIRST, late)

    assert later.grant is grant
    assert later.previous is (None if grant is Grant.INITIAL else first)
    assert later.before is first


def test_a_state_certificate_goes_on_as_it_is_recorded():
    state = {"regime": Regime.STATE_CERTIFICATE, "decided": D(2012, 1, 10)}
    late = {**state, "decided": D(2016, 1, 10), "grant": Grant.RECERTIFICATION}

    assert chain(certificate(**state), certificate(**late))[1].grant is Grant.RECERTIFICATION


def test_a_reduction_of_the_scope_ends_a_suspension():
    def suspended(*events):
        acts = tuple(event(act, on) for act, on in events)
        return chain(certificate(decided=D(2023, 3, 10), history=acts))[0].suspensions

    begun = ("suspended", D(2024, 5, 1))
    assert suspended(begun, ("reduced", D(2024, 6, 1))) == ((D(2024, 5, 1), D(2024, 6, 1)),)
    assert suspended(begun, ("extended", D(2024, 6, 1))) == ((D(2024, 5, 1), None),)
    # On the very day it may be that part of the scope which is suspended.
    assert suspended(begun, ("reduced", D(2024, 5, 1))) == ((D(2024, 5, 1), None),)
    again = (begun, ("reduced", D(2024, 6, 1)), ("suspended", D(2024, 6, 1)))
    assert suspended(*again)[-1] == (D(2024, 6, 1), None)


def test_after_a_withdrawal_certification_begins_anew():
    withdrawn = certificate(decided=D(2023, 3, 10), history=(event("withdrawn", D(2024, 1, 1)),))
    later = {"decided": D(2024, 5, 1), "expires": D(2027, 4, 30)}

    assert chain(withdrawn, certificate(**later))[1].grant is Grant.INITIAL


def test_a_certificate_withdrawn_because_it_is_replaced_is_continued():
    replaced = certificate(decided=D(2023, 3, 10), history=(event("withdrawn", D(2024, 5, 1)),))
    later = {
        "decided": D(2024, 5, 1),
        "expires": D(2026, 3, 9),
        "edition": Edition("ISO 9001:2026"),
    }

    first, second = chain(replaced, certificate(**later))
    assert second.grant is Grant.TRANSITION
    assert periods_in_force(unit(), (first, second))[0].start == D(2023, 3, 10)
    assert len(periods_in_force(unit(), (first, second))) == 1


@pytest.mark.parametrize(
    ("decided", "expires", "latest"),
    [
        (D(2026, 2, 1), D(2029, 3, 9), D(2029, 3, 9)),
        (D(2026, 6, 1), D(2029, 3, 9), D(2029, 3, 9)),
        (D(2026, 9, 10), D(2029, 9, 9), D(2029, 9, 10)),
        (D(2024, 6, 1), D(2026, 3, 9), D(2026, 3, 9)),
    ],
)
def test_the_latest_expiry_of_a_renewal(decided, expires, latest):
    later = chain(FIRST, certificate(decided=decided, expires=expires))[1]

    assert latest_expiry(later, NORMS) == latest


def test_the_latest_expiry_of_a_first_certificate_is_three_calendar_years():
    assert latest_expiry(chain(FIRST)[0], NORMS) == D(2026, 3, 10)
    assert latest_expiry(chain(certificate(decided=D(2024, 2, 29)))[0], NORMS) == D(2027, 2, 28)
    undated = certificate(decided=None, effective=None, expires=D(2026, 3, 9))
    assert latest_expiry(chain(undated)[0], NORMS) is None


def test_the_expiry_of_what_continues_an_unrecorded_certificate_cannot_be_told():
    (renewed,) = chain(certificate(decided=D(2026, 2, 1), grant=Grant.RECERTIFICATION))
    (moved,) = chain(certificate(decided=D(2024, 6, 1), grant=Grant.TRANSFER))

    assert latest_expiry(renewed, NORMS) is None
    assert latest_expiry(moved, NORMS) is None


def test_a_recertification_too_late_to_be_a_restoration_counts_from_its_own_decision():
    late = certificate(decided=D(2026, 9, 10), expires=D(2029, 9, 9), grant=Grant.RECERTIFICATION)
    in_time = certificate(decided=D(2026, 9, 9), expires=D(2029, 3, 9))

    assert latest_expiry(chain(FIRST, late)[1], NORMS) == D(2029, 9, 10)
    assert not is_restoration(chain(FIRST, late)[1])
    assert is_restoration(chain(FIRST, in_time)[1])
    assert not is_restoration(chain(FIRST)[0])


def test_the_cycle_of_what_continues_an_unrecorded_certificate_is_not_known():
    (moved,) = chain(certificate(decided=D(2024, 6, 1), grant=Grant.TRANSFER))
    (renewed,) = chain(certificate(decided=D(2024, 6, 1), grant=Grant.RECERTIFICATION))

    assert moved.cycle_start is None
    assert renewed.cycle_start == D(2024, 6, 1)


def test_cycles_run_from_the_decisions_on_initial_and_recertification():
    first, moved, renewed = chain(
        FIRST,
        certificate(decided=D(2024, 6, 1), expires=D(2026, 3, 9), issuer="Other"),
        certificate(decided=D(2026, 2, 1), expires=D(2029, 3, 9), issuer="Other"),
    )

    assert (moved.first_decided, moved.cycle_start) == (D(2023, 3, 10), D(2023, 3, 10))
    assert (renewed.first_decided, renewed.cycle_start) == (D(2023, 3, 10), D(2026, 2, 1))
    assert first.subject == "certificates.c0"


def test_suspension_runs_through_the_chain_until_it_is_lifted():
    suspended = certificate(
        decided=D(2023, 3, 10), expires=D(2026, 3, 9), history=(event("suspended", D(2025, 12, 1)),)
    )
    renewed = certificate(
        decided=D(2026, 2, 1),
        expires=D(2029, 3, 9),
        history=(event("restored", D(2026, 4, 1)), event("restored", D(2026, 5, 1))),
    )
    _, later = chain(suspended, renewed)

    assert later.suspensions == ((D(2025, 12, 1), D(2026, 4, 1)),)
    assert later.suspended_on(D(2026, 3, 31)) == D(2025, 12, 1)
    assert later.suspended_on(D(2026, 4, 1)) is None
    periods = periods_in_force(unit(), chain(suspended, renewed))
    assert [(p.start, p.end) for p in periods] == [
        (D(2023, 3, 10), D(2025, 11, 30)),
        (D(2026, 4, 1), D(2029, 3, 9)),
    ]


def test_a_state_certificate_cannot_be_restored():
    (state,) = chain(certificate(decided=D(2015, 6, 30), regime=Regime.STATE_CERTIFICATE))

    assert state.restorable_until is None
    assert chain(FIRST)[0].restorable_until == D(2026, 9, 9)


def test_certificates_decided_after_an_undated_one_begin_anew():
    undated = certificate(decided=D(2020, 1, 1), expires=None)

    first, second = chain(undated, FIRST)
    assert first.end is None
    assert second.grant is Grant.INITIAL


def test_a_newer_announcement_takes_the_place_of_the_older():
    of = unit(
        announcements={
            "2016": announcement(D(2016, 5, 10)),
            "draft": announcement(None),
            "2019": announcement(D(2019, 3, 20)),
        }
    )
    older, newer, draft = tenures(of, NORMS, D(2020, 1, 1))

    assert (older.start, older.end) == (D(2016, 5, 10), D(2019, 3, 19))
    assert newer.ended is None
    assert (draft.start, draft.last) == (None, None)


def test_a_unit_is_in_force_only_while_it_exists():
    held = chain(FIRST)

    assert periods_in_force(unit(valid_from=D(2024, 1, 1)), held)[0].start == D(2024, 1, 1)
    assert periods_in_force(unit(valid_from=D(2027, 1, 1)), held) == ()
    assert periods_in_force(unit(valid_to=D(2024, 6, 30)), held)[0].end == D(2024, 6, 30)
    assert periods_in_force(unit(valid_to=D(2022, 6, 30)), held) == ()
    backwards = chain(certificate(decided=None, effective=D(2026, 5, 1), expires=D(2026, 4, 1)))
    assert periods_in_force(unit(), backwards) == ()


def test_days_covered_twice_are_counted_once():
    periods = periods_in_force(
        unit(),
        chain(FIRST, certificate(decided=D(2024, 1, 1), expires=D(2025, 1, 1), issuer="Other")),
    )

    assert [(p.start, p.end) for p in periods] == [(D(2023, 3, 10), D(2026, 3, 9))]


class TestSuccessors:
    """What befalls a certificate befalls the certification, and those before it in it."""

    def held(self, *events, **facts):
        moved = {"decided": D(2024, 5, 1), "expires": D(2026, 3, 9)} | facts
        return chain(FIRST, certificate(**moved, history=tuple(event(*one) for one in events)))

    def days(self, held):
        return [(p.start, p.end) for p in periods_in_force(unit(), held)]

    def test_a_withdrawal_ends_the_certificate_before_it(self):
        held = self.held(("withdrawn", D(2024, 9, 1)))

        assert self.days(held) == [(D(2023, 3, 10), D(2024, 8, 31))]

    def test_a_suspension_and_its_lifting_hold_for_both(self):
        held = self.held(("suspended", D(2024, 9, 1)), ("restored", D(2024, 12, 1)))

        assert self.days(held) == [
            (D(2023, 3, 10), D(2024, 8, 31)),
            (D(2024, 12, 1), D(2026, 3, 9)),
        ]
        assert held[0].suspensions == held[1].suspensions

    def test_a_lifting_may_be_recorded_with_the_older_one(self):
        older = evolve(FIRST, history=(event("restored", D(2024, 12, 1)),))
        newer = certificate(
            decided=D(2024, 5, 1),
            expires=D(2026, 3, 9),
            history=(event("suspended", D(2024, 9, 1)),),
        )

        assert self.days(chain(older, newer))[-1] == (D(2024, 12, 1), D(2026, 3, 9))

    def test_withdrawn_before_it_took_effect(self):
        held = self.held(
            ("withdrawn", D(2026, 1, 15)),
            decided=D(2025, 12, 10),
            effective=D(2026, 3, 10),
            expires=D(2029, 3, 9),
        )

        assert self.days(held) == [(D(2023, 3, 10), D(2026, 1, 14))]

    def test_nothing_is_done_to_it_before_its_decision(self):
        held = self.held(("withdrawn", D(2024, 4, 1)))

        assert self.days(held) == [(D(2023, 3, 10), D(2024, 4, 30))]

    def test_one_that_never_holds_ends_nothing_earlier(self):
        held = self.held(decided=D(2025, 5, 1), expires=D(2025, 4, 30))

        assert self.days(held) == [(D(2023, 3, 10), D(2026, 3, 9))]

    def test_two_steps_back(self):
        held = chain(
            FIRST,
            certificate(decided=D(2024, 1, 1), expires=D(2026, 3, 9)),
            certificate(
                decided=D(2024, 5, 1),
                expires=D(2026, 3, 9),
                history=(event("withdrawn", D(2024, 9, 1)),),
            ),
        )

        assert self.days(held) == [(D(2023, 3, 10), D(2024, 8, 31))]

    def test_one_without_a_last_day_counts_on_no_day_but_its_withdrawal_does(self):
        held = self.held(("withdrawn", D(2024, 9, 1)), expires=None)

        assert self.days(held) == [(D(2023, 3, 10), D(2024, 8, 31))]

    def test_a_withdrawal_of_the_older_one_leaves_the_newer(self):
        older = evolve(FIRST, history=(event("withdrawn", D(2024, 9, 1)),))
        newer = certificate(decided=D(2024, 5, 1), expires=D(2026, 3, 9))

        assert self.days(chain(older, newer)) == [(D(2023, 3, 10), D(2026, 3, 9))]

    @pytest.mark.parametrize(
        ("facts", "last"),
        [
            ({"expires": D(2025, 12, 31)}, D(2025, 12, 31)),
            ({"expires": D(2025, 12, 31), "issuer": "Other"}, D(2026, 3, 9)),
            ({"expires": D(2025, 12, 31), "issuer": "Other", "replaces": "c0"}, D(2025, 12, 31)),
            ({"expires": D(2025, 12, 31), "decided": None, "effective": None}, D(2026, 3, 9)),
        ],
    )
    def test_a_newer_one_that_ends_earlier(self, facts, last):
        assert self.days(self.held(**facts))[-1][1] == last

    def test_another_certification_stands_alone(self):
        held = self.held(("withdrawn", D(2024, 9, 1)), grant=Grant.INITIAL, issuer="Other")

        assert self.days(held) == [(D(2023, 3, 10), D(2026, 3, 9))]

    def test_unless_it_says_that_it_replaces_the_first(self):
        held = self.held(
            ("withdrawn", D(2024, 9, 1)), grant=Grant.INITIAL, issuer="Other", replaces="c0"
        )

        assert self.days(held) == [(D(2023, 3, 10), D(2024, 8, 31))]


class TestSideBySide:
    """A unit may have several certifications; each is continued by its own certificates."""

    OTHER = certificate(
        decided=D(2024, 5, 1), expires=D(2027, 4, 30), issuer="Other", grant=Grant.INITIAL
    )

    def test_a_renewal_continues_that_of_its_own_issuer(self):
        first, other, renewed = chain(
            FIRST, self.OTHER, certificate(decided=D(2026, 2, 1), expires=D(2029, 3, 9))
        )

        assert renewed.previous is first
        assert renewed.grant is Grant.RECERTIFICATION
        assert other.previous is None

    def test_a_suspension_runs_on_in_its_own_certification_only(self):
        suspended = evolve(FIRST, history=(event("suspended", D(2026, 1, 5)),))
        _, other, renewed = chain(
            suspended, self.OTHER, certificate(decided=D(2026, 2, 1), expires=D(2029, 3, 9))
        )

        assert renewed.suspended_on(D(2026, 2, 1)) == D(2026, 1, 5)
        assert other.suspended_on(D(2026, 2, 1)) is None

    @pytest.mark.parametrize(
        ("marks", "continued"),
        [
            ({"scope": "Works  ONE"}, "a"),
            ({"scope": "Works two"}, "b"),
            ({"number": "N-1"}, "a"),
            ({"number": "N-2", "scope": "Works one"}, "b"),
            ({"scope": "Works three"}, "b"),
            ({}, "b"),
        ],
    )
    def test_of_two_of_one_issuer_it_continues_the_one_with_its_number_or_scope(
        self, marks, continued
    ):
        of = unit(
            certificates={
                "a": certificate(
                    decided=D(2022, 3, 10),
                    number="N-1",
                    scope="Works one",
                    history=(event("suspended", D(2025, 1, 5)),),
                ),
                "b": certificate(
                    decided=D(2023, 5, 10), number="N-2", scope="Works two", grant=Grant.INITIAL
                ),
                "new": certificate(
                    **{"decided": D(2025, 2, 10), "expires": D(2028, 3, 9), "number": "N-3"} | marks
                ),
            }
        )

        new = tenures(of, NORMS, LATER)[-1]

        assert new.previous is not None
        assert new.previous.key == continued
        assert (new.suspended_on(D(2025, 4, 1)) is not None) is (continued == "a")

    def test_a_scope_that_only_one_records_tells_nothing(self):
        of = unit(
            certificates={
                "a": certificate(decided=D(2022, 3, 10), number="N-1"),
                "b": certificate(decided=D(2023, 5, 10), number="N-2", grant=Grant.INITIAL),
                "new": certificate(
                    decided=D(2025, 2, 10), expires=D(2028, 3, 9), number="N-3", scope="Works one"
                ),
            }
        )

        assert tenures(of, NORMS, LATER)[-1].previous.key == "b"

    def test_one_says_by_itself_what_it_replaces(self):
        first, _, moved = chain(
            FIRST,
            self.OTHER,
            certificate(decided=D(2025, 2, 1), expires=D(2026, 3, 9), issuer="C", replaces="c0"),
        )

        assert (moved.previous, moved.grant) == (first, Grant.TRANSFER)

    def test_one_of_a_third_issuer_continues_the_latest(self):
        _, other, moved = chain(
            FIRST,
            self.OTHER,
            certificate(decided=D(2025, 2, 1), expires=D(2027, 4, 30), issuer="C"),
        )

        assert (moved.previous, moved.grant) == (other, Grant.TRANSFER)

    def test_what_ended_long_ago_is_not_continued(self):
        _, other, later = chain(
            FIRST,
            self.OTHER,
            certificate(decided=D(2027, 4, 1), expires=D(2030, 4, 30)),
        )

        assert later.previous is other

    def test_an_issuer_is_one_however_it_is_written(self):
        _, reduced = chain(
            FIRST,
            certificate(
                decided=D(2024, 5, 1), expires=D(2026, 3, 9), issuer="INVENTED certification"
            ),
        )

        assert reduced.grant is Grant.SCOPE_CHANGE

    def test_an_issuer_that_is_not_recorded_may_be_the_same(self):
        _, reduced = chain(
            FIRST, certificate(decided=D(2024, 5, 1), expires=D(2026, 3, 9), issuer=None)
        )

        assert reduced.grant is Grant.SCOPE_CHANGE


class TestEvidence:
    """What is not recorded is never taken as conforming."""

    def days(self, **facts):
        usual = {"decided": D(2023, 3, 10), "expires": D(2026, 3, 9)}
        return [
            (p.start, p.end) for p in periods_in_force(unit(), chain(certificate(**usual | facts)))
        ]

    def test_without_a_decision_or_a_day_of_issue_it_counts_on_no_day(self):
        assert self.days(decided=None, effective=D(2023, 3, 10)) == []

    def test_a_day_of_issue_shows_that_it_was_decided_by_then(self):
        days = self.days(decided=None, effective=D(2023, 3, 10), issued=D(2023, 4, 1))

        assert days == [(D(2023, 4, 1), D(2026, 3, 9))]

    def test_a_decision_is_no_first_day_of_validity(self):
        assert self.days(effective=None) == []

    def test_an_older_vietnamese_certificate_has_no_decision_of_its_own(self):
        days = self.days(decided=None, effective=D(2023, 3, 10), regime=Regime.STATE_CERTIFICATE)

        assert days == [(D(2023, 3, 10), D(2026, 3, 9))]

    def test_an_edition_that_never_existed(self):
        assert self.days(edition=Edition("ISO 9001:2005")) == []

    def test_an_edition_is_not_certified_to_before_its_publication(self):
        early = {"edition": Edition("ISO 9001:2026"), "decided": D(2026, 9, 1)}

        assert self.days(**early, expires=D(2029, 8, 31)) == [(D(2026, 9, 16), D(2029, 8, 31))]
        assert self.days(**early, expires=D(2026, 9, 15)) == []

    def test_an_announcement_to_an_edition_that_never_existed(self):
        record = announcement(D(2018, 5, 1), edition=Edition("TCVN ISO 9001:2005"))

        assert tenures(unit(announcements={"a": record}), NORMS, LATER)[0].start is None


def test_an_announcement_withdrawn_before_it_took_effect_takes_no_place():
    older = announcement(D(2018, 5, 1))
    newer = announcement(
        D(2020, 3, 1),
        signed=D(2020, 1, 10),
        history=(AnnouncementEvent(act=AnnouncementAct.WITHDRAWN, on=D(2020, 2, 1)),),
    )
    first, second = tenures(unit(announcements={"a": older, "b": newer}), NORMS, LATER)

    assert first.ended is None
    assert second.ended == D(2020, 2, 1)
    assert periods_in_force(unit(), (first, second))[0].start == D(2018, 5, 1)


def test_one_withdrawn_later_has_taken_it():
    older = announcement(D(2018, 5, 1))
    newer = announcement(
        D(2020, 3, 1),
        history=(AnnouncementEvent(act=AnnouncementAct.WITHDRAWN, on=D(2020, 5, 1)),),
    )
    held = tenures(unit(announcements={"a": older, "b": newer}), NORMS, LATER)

    assert [(p.start, p.end) for p in periods_in_force(unit(), held)] == [
        (D(2018, 5, 1), D(2020, 4, 30))
    ]


@pytest.mark.parametrize(("old", "new"), [("a", "b"), ("b", "a")])
class TestOfOneDay:
    """What replaces another of the same day comes after it, whatever they are called."""

    def days(self, held):
        return [(p.start, p.end) for p in periods_in_force(unit(), held)]

    @pytest.mark.parametrize("facts", [{}, {"replaces": True, "signed": None}])
    def test_a_withdrawn_announcement_that_another_had_replaced(self, old, new, facts):
        withdrawn = AnnouncementEvent(act=AnnouncementAct.WITHDRAWN, on=D(2018, 6, 1))
        day = {"signed": D(2018, 5, 12)} | facts
        if facts:
            day["replaces"] = old
        records = {
            old: announcement(D(2018, 5, 15), signed=D(2018, 5, 10), history=(withdrawn,)),
            new: announcement(D(2018, 5, 15), **day),
        }
        held = tenures(unit(announcements=records), NORMS, LATER)

        assert [start for start, _ in self.days(held)] == [D(2018, 5, 15)]
        assert self.days(held)[0][1] > LATER

    def test_an_announcement_replaced_before_it_took_effect(self, old, new):
        records = {
            old: announcement(D(2018, 7, 1), signed=D(2018, 5, 10)),
            new: announcement(D(2018, 6, 1), signed=D(2018, 5, 20), replaces=old),
        }
        held = {one.key: one for one in tenures(unit(announcements=records), NORMS, LATER)}

        assert held[old].ended == D(2018, 6, 1)
        assert held[new].ended is None

    @pytest.mark.parametrize("facts", [{"replaces": True}, {"issued": D(2024, 5, 1)}])
    def test_a_withdrawn_certificate_that_another_had_replaced(self, old, new, facts):
        first = evolve(FIRST, issued=D(2023, 3, 12), history=(event("withdrawn", D(2024, 5, 1)),))
        marks = {key: old if key == "replaces" else value for key, value in facts.items()}
        held = tenures(unit(certificates={old: first, new: evolve(FIRST, **marks)}), NORMS, LATER)

        assert self.days(held) == [(D(2023, 3, 10), D(2026, 3, 9))]


OFFICES = {"number": "O", "decided": D(2023, 3, 10), "scope": "Offices"}
LABORATORY = {"number": "L", "decided": D(2023, 3, 10), "scope": "Laboratory"}


class TestScopesOfOneDay:
    """Certifications of one unit for several scopes: neither touches the other."""

    def days(self, *records):
        return [(p.start, p.end) for p in periods_in_force(unit(), chain(*records))]

    @pytest.mark.parametrize("act", ["withdrawn", "suspended", "transferred"])
    def test_what_befalls_one_of_two_granted_on_one_day_leaves_the_other(self, act):
        ended = (event(act, D(2024, 6, 1)),)
        whole = [(D(2023, 3, 10), D(2026, 3, 9))]

        for one, other in (
            (OFFICES, LABORATORY),
            (OFFICES, LABORATORY | {"issuer": "Other"}),
        ):
            assert self.days(certificate(**one, history=ended), certificate(**other)) == whole
            assert self.days(certificate(**one), certificate(**other, history=ended)) == whole

    @pytest.mark.parametrize(
        "told_apart", [{"scope": None}, {"scope": "offices"}, {"replaces": "c0"}]
    )
    def test_what_is_not_of_another_scope_or_replaces_the_other_continues_it(self, told_apart):
        ended = (event("withdrawn", D(2024, 6, 1)),)
        second = certificate(**LABORATORY | told_apart, history=ended)

        assert self.days(certificate(**OFFICES), second) == [(D(2023, 3, 10), D(2024, 5, 31))]

    def test_both_halves_of_a_certification_that_was_split_go_on_with_it(self):
        halves = [
            certificate(**scope | {"decided": D(2026, 2, 1), "expires": D(2029, 3, 9)})
            for scope in (OFFICES, LABORATORY)
        ]

        first, offices, laboratory = chain(FIRST, *halves)
        assert offices.previous is first
        assert laboratory.previous is first
        assert laboratory.grant is Grant.RECERTIFICATION

    def test_each_is_renewed_for_itself(self):
        renewed = [
            certificate(**scope | {"decided": D(2026, 2, 1), "expires": D(2029, 3, 9)})
            for scope in (OFFICES, LABORATORY)
        ]

        held = chain(certificate(**OFFICES), certificate(**LABORATORY), *renewed)
        assert [one.previous for one in held] == [None, None, held[0], held[1]]


class TestWhatReplacesAVoidCertificate:
    """Nothing continues a withdrawn certification, not over a certificate in between either."""

    BESIDE = certificate(decided=D(2022, 5, 1), scope="Laboratory", grant=Grant.INITIAL)

    def offices(self, **last):
        withdrawn = (event("withdrawn", D(2020, 6, 1)),)
        return [
            certificate(decided=D(2019, 3, 10), scope="Offices", history=withdrawn),
            certificate(decided=D(2020, 9, 1), expires=D(2023, 8, 31), replaces="c0"),
            certificate(decided=D(2023, 8, 1), expires=D(2026, 8, 31), replaces="c1", **last),
        ]

    @pytest.mark.parametrize("grant", [None, Grant.RECERTIFICATION])
    def test_it_counts_on_no_day_either(self, grant):
        assert [one.start for one in chain(*self.offices(grant=grant))] == [
            D(2019, 3, 10),
            None,
            None,
        ]

    @pytest.mark.parametrize("grant", [None, Grant.RECERTIFICATION])
    def test_it_does_not_hang_itself_on_another_certification(self, grant):
        *_, third, beside = sorted(
            chain(*self.offices(grant=grant), self.BESIDE), key=lambda one: one.key
        )

        assert third.key == "c2"
        assert third.start is None
        assert beside.end == D(2025, 4, 30)

    def test_a_new_initial_certification_counts(self):
        held = chain(*self.offices(grant=Grant.INITIAL), self.BESIDE)

        assert next(one for one in held if one.key == "c2").start == D(2023, 8, 1)

    def test_a_state_certificate_is_not_asked(self):
        state = {"regime": Regime.STATE_CERTIFICATE}

        assert chain(*self.offices(**state))[2].start == D(2023, 8, 1)

    def test_over_an_incomplete_one_a_certificate_continues_its_own_certification(self):
        first = certificate(decided=D(2022, 3, 10), scope="Offices", grant=Grant.INITIAL)
        undated = evolve(FIRST, decided=D(2023, 6, 1), expires=None, replaces="c0")
        third = certificate(decided=D(2024, 6, 1), expires=D(2025, 3, 9), replaces="c2")

        held = chain(first, self.BESIDE, undated, third)
        assert held[3].previous is held[0]


class TestTheScopeOfWhatEnded:
    """A certificate for the scope of one that ended beside another goes on with that one."""

    def third(self, beside, scope="Laboratory", **first):
        ended = {"number": "L", "decided": D(2016, 3, 10), "scope": "Laboratory"} | first
        other = {"number": "O", "decided": beside, "scope": "Offices", "grant": Grant.INITIAL}
        later = {"number": "L2", "decided": D(2020, 4, 1), "scope": scope}
        return chain(
            certificate(**ended),
            certificate(**other),
            certificate(**later, grant=Grant.RECERTIFICATION),
        )

    def test_after_the_months_of_restoration_it_begins_anew(self):
        third = self.third(D(2018, 5, 1))[2]

        assert (third.grant, third.previous) == (Grant.INITIAL, None)

    def test_after_a_withdrawal_it_counts_on_no_day(self):
        withdrawn = (event("withdrawn", D(2018, 6, 1)),)

        assert self.third(D(2018, 5, 1), history=withdrawn)[2].start is None

    @pytest.mark.parametrize("scope", ["Works", None])
    def test_of_another_scope_it_continues_what_runs(self, scope):
        _, beside, third = self.third(D(2018, 5, 1), scope)

        assert third.previous is beside

    def test_what_began_after_the_end_took_its_place(self):
        _, after, third = self.third(D(2019, 3, 10))

        assert third.previous is after


class TestRunsBeside:
    """A certification that begins beside another for a scope of its own does not take its place."""

    BEGUN = D(2024, 5, 1)

    def pair(self, **second):
        facts = {"decided": self.BEGUN, "scope": "Laboratory", "grant": Grant.INITIAL} | second
        return chain(certificate(**OFFICES), certificate(**facts))

    def test_each_of_the_other(self):
        one, other = self.pair()

        assert runs_beside(one, other)
        assert runs_beside(other, one)
        assert not runs_beside(one, one)

    @pytest.mark.parametrize(
        "second",
        [
            {"scope": "OFFICES"},
            {"scope": None},
            {"replaces": "c0"},
            {"grant": Grant.SCOPE_CHANGE, "expires": D(2026, 3, 9)},
            {"decided": D(2026, 3, 10)},
            {"regime": Regime.STATE_CERTIFICATE},
        ],
    )
    def test_not_where_it_may_stand_in_the_place_of_the_other(self, second):
        assert not runs_beside(*self.pair(**second))

    def test_what_replaced_another_has_none_beside_it(self):
        one, other = self.pair(replaces="c0")

        assert not runs_beside(other, one)

    def test_not_where_the_last_day_is_not_recorded(self):
        one, other = self.pair(expires=None)

        assert not runs_beside(other, one)

    def test_an_announcement_has_none_beside_it(self):
        of = unit(
            announcements={"a": announcement(D(2020, 1, 1)), "b": announcement(D(2021, 1, 1))}
        )

        assert not runs_beside(*tenures(of, NORMS, LATER))


MOVED = CertificateEvent(act=CertificateAct.TRANSFERRED, on=D(2024, 2, 1), to="new body")
ALPHA = certificate(decided=D(2022, 3, 10), expires=D(2025, 3, 9), scope="alpha", history=(MOVED,))
BETA = certificate(decided=D(2022, 6, 10), expires=D(2025, 6, 9), scope="beta", grant=Grant.INITIAL)
TAKEN = {"decided": D(2024, 2, 1), "expires": D(2025, 3, 9), "grant": Grant.TRANSFER}


class TestATransferOfOneOfTwoCertifications:
    @pytest.mark.parametrize("scope", ["alpha", None])
    def test_it_goes_on_with_the_one_that_was_moved_to_its_issuer(self, scope):
        taken = certificate(**TAKEN, issuer="New  Body", scope=scope)
        alpha, _, last = chain(ALPHA, BETA, taken, on=D(2024, 6, 1))

        assert last.previous is alpha

    def test_of_two_that_were_moved_there_it_is_the_one_of_its_scope(self):
        beta = evolve(BETA, history=(MOVED,))
        taken = certificate(**TAKEN, issuer="New Body", scope="alpha")
        alpha, _, last = chain(ALPHA, beta, taken, on=D(2024, 6, 1))

        assert last.previous is alpha

    def test_what_was_moved_elsewhere_is_not_meant(self):
        taken = certificate(**TAKEN, issuer="Third Body", scope="beta")
        _, beta, last = chain(ALPHA, BETA, taken, on=D(2024, 6, 1))

        assert last.previous is beta
