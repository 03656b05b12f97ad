"""Where a unit's certification stands: on a day, and on every day of its life."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from lives import announcement, audit, certificate, days, unit, units, with_later_facts
from qms.check import Questions, check_unit
from qms.dates import LAST_DAY, day_after
from qms.intervals import timeline
from qms.knowledge import as_of
from qms.model import (
    AnnouncementEvent,
    CertificateEvent,
    Finding,
    FindingEvent,
    Policy,
    UnitEvent,
    Waiver,
)
from qms.norms import norms
from qms.reasons import Reason
from qms.rules import RULES
from qms.standing import life_of, standing_on
from qms.terms import (
    AnnouncementAct,
    CertificateAct,
    Edition,
    FindingAct,
    Grade,
    Grant,
    ObligationKind,
    Regime,
    Status,
    UnitAct,
)

NORMS = norms()
D = date


def status(of, on):
    return standing_on(of, on, NORMS).status


class TestLaws:
    """What holds for every unit on every day."""

    @settings(max_examples=120, deadline=None)
    @given(units(), days)
    @example(
        unit(announcements={"x": announcement(D(2006, 1, 1), edition=Edition("ISO 9001:2026"))}),
        D(2006, 1, 1),
    )
    @example(unit(announcements={"x": announcement(D(2024, 3, 10))}), D(9998, 12, 31))
    @example(unit(), D(9998, 12, 31))
    def test_the_point_answer_is_the_interval_answer(self, of, on):
        intervals = timeline(of, on, NORMS)
        known = as_of(of, on)

        assert intervals[0].start == date.min
        assert intervals[-1].end == LAST_DAY
        for one, following in pairwise(intervals):
            assert day_after(one.end) == following.start
        for interval in intervals:
            for day in {interval.start, interval.end, _between(interval.start, interval.end)}:
                assert standing_on(known, day, NORMS).status is interval.status

    @settings(max_examples=25, deadline=None)
    @given(units(), st.dates(date(2010, 1, 1), date(2029, 1, 1)))
    def test_the_point_answer_is_the_interval_answer_on_every_day_of_a_year(self, of, on):
        known = as_of(of, on)
        intervals = timeline(of, on, NORMS)
        for n in range(-180, 180):
            day = on + timedelta(n)
            (interval,) = [i for i in intervals if i.start <= day <= i.end]
            assert standing_on(known, day, NORMS).status is interval.status

    @settings(max_examples=120, deadline=None)
    @given(units(), units(), days)
    def test_later_facts_do_not_change_an_earlier_answer(self, of, more, on):
        later = unit(
            certificates={
                k: c for k, c in more.certificates.items() if c.decided and c.decided > on
            },
            announcements={
                k: a for k, a in more.announcements.items() if (a.signed or a.effective or on) > on
            },
            audits={k: a for k, a in more.audits.items() if (a.planned_on or a.held or on) > on},
            history=tuple(event for event in more.history if event.on > on),
            waivers=tuple(waiver for waiver in more.waivers if waiver.granted > on),
        )

        assert standing_on(with_later_facts(of, later), on, NORMS) == standing_on(of, on, NORMS)

    @settings(max_examples=60, deadline=None)
    @given(units(), days)
    def test_the_order_of_records_does_not_matter(self, of, on):
        turned = evolve(
            of,
            certificates=dict(reversed(of.certificates.items())),
            announcements=dict(reversed(of.announcements.items())),
            audits=dict(reversed(of.audits.items())),
        )

        assert standing_on(turned, on, NORMS) == standing_on(of, on, NORMS)

    @settings(max_examples=120, deadline=None)
    @given(units(), days)
    def test_the_answer_changes_on_the_next_change_and_not_before(self, of, on):
        known = as_of(of, on)
        standing = standing_on(known, on, NORMS)
        if standing.next_change is None:
            for years in (1, 5, 20):
                day = on.replace(month=1, day=1, year=on.year + years)
                assert standing_on(known, day, NORMS).current is standing.current
            return

        assert standing.next_change == day_after(standing.until)
        assert standing_on(known, standing.next_change, NORMS).current is not standing.current
        before = _between(on, standing.until)
        assert standing_on(known, before, NORMS).current is standing.current

    @settings(max_examples=60, deadline=None)
    @given(units(), days)
    def test_the_answer_has_held_since_the_day_it_names(self, of, on):
        standing = standing_on(of, on, NORMS)
        assume(standing.since is not None and standing.since > date(2000, 1, 1))

        known = as_of(of, on)
        assert standing.since <= on
        assert standing_on(known, standing.since, NORMS).current is standing.current


def _between(start, end):
    return start + (min(end, date(2060, 1, 1)) - start) // 2 if end > start else start


class TestValidity:
    """A certificate holds from its first through its last day."""

    def test_both_days_count(self):
        of = unit(certificates={"2023": certificate(decided=D(2023, 3, 10))})

        assert status(of, D(2023, 3, 9)) is Status.NEVER
        assert status(of, D(2023, 3, 10)) is Status.CURRENT
        assert status(of, D(2026, 3, 9)).current
        assert status(of, D(2026, 3, 10)) is Status.EXPIRED_RESTORABLE
        assert status(of, D(2026, 9, 9)) is Status.EXPIRED_RESTORABLE
        assert status(of, D(2026, 9, 10)) is Status.LAPSED

    def test_it_never_holds_before_its_decision(self):
        backdated = certificate(decided=D(2023, 3, 10), effective=D(2023, 1, 1))

        assert not standing_on(unit(certificates={"a": backdated}), D(2023, 3, 9), NORMS).current

    @pytest.mark.parametrize("missing", ["expires", "effective"])
    def test_without_its_days_it_does_not_count(self, missing):
        facts = {
            "decided": None,
            "effective": D(2023, 3, 10),
            "expires": D(2026, 3, 9),
            missing: None,
        }
        standing = standing_on(unit(certificates={"a": certificate(**facts)}), D(2024, 1, 1), NORMS)

        assert standing.status is Status.NEVER
        assert [why.reason for why in standing.why] == [Reason.INCOMPLETE]

    def test_the_day_of_issue_stands_in_for_an_unrecorded_first_day(self):
        only_issued = certificate(effective=None, issued=D(2023, 3, 12), expires=D(2026, 3, 9))

        assert standing_on(unit(certificates={"a": only_issued}), D(2023, 3, 12), NORMS).since == D(
            2023, 3, 12
        )

    def test_a_unit_without_any_record_is_not_current(self):
        standing = standing_on(unit(), D(2024, 1, 1), NORMS)

        assert standing.status is Status.NEVER
        assert not standing.current
        assert standing.why[0].reason is Reason.NO_RECORD
        assert standing.since is None

    def test_a_certificate_not_yet_in_force_says_from_when(self):
        of = unit(certificates={"a": certificate(decided=D(2024, 1, 10), effective=D(2024, 2, 1))})
        standing = standing_on(of, D(2024, 1, 15), NORMS)

        assert (standing.status, standing.next_change) == (Status.NEVER, D(2024, 2, 1))
        assert standing.until == D(2024, 1, 31)

    def test_last_and_first_day_join_without_a_hole(self):
        of = unit(
            certificates={
                "2020": certificate(decided=D(2020, 3, 10), expires=D(2023, 3, 9)),
                "2023": certificate(
                    decided=D(2023, 2, 1), effective=D(2023, 3, 10), expires=D(2026, 3, 9)
                ),
            }
        )
        standing = standing_on(of, D(2023, 3, 9), NORMS)

        assert (standing.since, standing.until) == (D(2020, 3, 10), D(2026, 3, 9))


class TestEditions:
    """A certificate ends with its edition, however late its printed expiry."""

    def test_printed_expiry_before_the_end_of_the_edition(self):
        of = unit(
            certificates={
                "a": certificate(
                    edition=Edition("ISO 9001:2008"), decided=D(2015, 6, 30), expires=D(2018, 6, 29)
                )
            }
        )

        assert standing_on(of, D(2015, 12, 31), NORMS).until == D(2018, 6, 29)

    def test_printed_expiry_after_the_end_of_the_edition(self):
        of = unit(
            certificates={
                "a": certificate(
                    edition=Edition("ISO 9001-2008"), decided=D(2017, 1, 10), expires=D(2020, 1, 9)
                )
            }
        )

        assert standing_on(of, D(2017, 2, 1), NORMS).until == D(2018, 9, 14)
        assert status(of, D(2018, 9, 14)).current
        lapsed = standing_on(of, D(2018, 9, 15), NORMS)
        assert lapsed.status is Status.LAPSED
        assert [why.reason for why in lapsed.why] == [Reason.EDITION_ENDED]

    def test_2015_certificates_end_with_september_2029(self):
        of = unit(certificates={"a": certificate(decided=D(2027, 5, 2), expires=D(2030, 5, 1))})

        assert standing_on(of, D(2027, 6, 1), NORMS).until == D(2029, 9, 30)

    def test_nobody_knew_the_end_of_an_edition_before_its_successor(self):
        of = unit(
            certificates={
                "a": certificate(
                    edition=Edition("ISO 9001:2008"), decided=D(2015, 9, 1), expires=D(2019, 1, 1)
                )
            }
        )

        assert standing_on(of, D(2015, 9, 14), NORMS).until == D(2019, 1, 1)
        assert standing_on(of, D(2015, 9, 15), NORMS).until == D(2018, 9, 14)

    def test_both_reasons_are_named_years_later(self):
        of = unit(
            certificates={
                "a": certificate(
                    edition=Edition("TCVN ISO 9001:2008"),
                    regime=Regime.STATE_CERTIFICATE,
                    decided=D(2015, 6, 30),
                )
            }
        )
        standing = standing_on(of, D(2019, 1, 1), NORMS)

        assert standing.status is Status.LAPSED
        assert [why.reason for why in standing.why] == [Reason.EXPIRED, Reason.EDITION_ENDED]


class TestLastCertification:
    """What a unit is not current for is the end of its last certification, not of any."""

    of = unit(
        certificates={
            "first": certificate(
                decided=D(2020, 3, 10),
                expires=D(2023, 3, 9),
                history=(CertificateEvent(act=CertificateAct.WITHDRAWN, on=D(2021, 1, 1)),),
            ),
            "second": certificate(decided=D(2021, 5, 1), expires=D(2022, 4, 30)),
        }
    )

    def test_between_the_two_it_was_withdrawn(self):
        assert status(self.of, D(2021, 4, 30)) is Status.WITHDRAWN

    def test_after_the_second_it_has_expired_and_may_be_restored(self):
        standing = standing_on(self.of, D(2022, 5, 1), NORMS)

        assert standing.status is Status.EXPIRED_RESTORABLE
        assert standing.basis == "certificates.second"


class TestHole:
    """Between expiry and restoration nobody was certified."""

    restored = unit(
        certificates={
            "2023": certificate(decided=D(2023, 3, 10), expires=D(2026, 3, 9)),
            "2026": certificate(decided=D(2026, 6, 1), expires=D(2029, 3, 9)),
        }
    )

    @pytest.mark.parametrize("day", [D(2026, 3, 10), D(2026, 5, 31)])
    def test_inside_the_hole(self, day):
        assert not standing_on(self.restored, day, NORMS).current

    @pytest.mark.parametrize("day", [D(2026, 3, 9), D(2026, 6, 1)])
    def test_at_its_edges(self, day):
        assert standing_on(self.restored, day, NORMS).current

    def test_the_next_thing_to_do_inside_it_is_to_restore(self):
        life = life_of(self.restored, D(2026, 4, 1), NORMS, Policy())

        assert life.next_obligation.kind is ObligationKind.RESTORATION
        assert life.next_obligation.due == D(2026, 9, 9)


class TestAfterALapse:
    """What could not go on with the certificate before rests on a stage 2 audit (9.6.3.2.5)."""

    old = certificate(decided=D(2023, 3, 10), expires=D(2026, 3, 9))

    def of(self, *audits, **facts):
        new = {"decided": D(2026, 9, 10), "expires": D(2029, 3, 9)} | facts
        usual = (audit("surveillance", D(2024, 3, 1)), audit("surveillance", D(2025, 3, 1)))
        return unit(
            certificates={"old": self.old, "new": certificate(**new)},
            audits={f"h{n}": one for n, one in enumerate((*usual, *audits))},
        )

    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            ({}, Status.CURRENT_CONDITIONAL),
            ({"grant": Grant.RECERTIFICATION}, Status.CURRENT_CONDITIONAL),
            ({"grant": Grant.TRANSITION}, Status.CURRENT_CONDITIONAL),
            ({"grant": Grant.TRANSFER, "issuer": "Other"}, Status.CURRENT_CONDITIONAL),
            ({"grant": Grant.INITIAL}, Status.CURRENT),
            ({"grant": Grant.RECERTIFICATION, "decided": D(2026, 9, 9)}, Status.CURRENT),
            (
                {"grant": Grant.TRANSFER, "issuer": "Other", "decided": D(2026, 3, 10)},
                Status.CURRENT_CONDITIONAL,
            ),
        ],
    )
    def test_it_is_current_with_conditions(self, facts, expected):
        standing = standing_on(self.of(**facts), D(2026, 9, 11), NORMS)

        assert standing.current
        assert standing.status is expected
        if expected is Status.CURRENT_CONDITIONAL:
            assert standing.why[0].reason is Reason.STAGE_2_MISSING
            assert standing.why[0].day == facts.get("decided", D(2026, 9, 10))

    @pytest.mark.parametrize(
        ("held", "expected"),
        [
            (D(2026, 3, 9), Status.CURRENT_CONDITIONAL),
            (D(2026, 3, 10), Status.CURRENT),
            (D(2026, 9, 10), Status.CURRENT),
            (D(2026, 9, 11), Status.CURRENT_CONDITIONAL),
        ],
    )
    def test_until_a_stage_2_audit_between_the_two_is_recorded(self, held, expected):
        assert status(self.of(audit("stage-2", held)), D(2026, 9, 12)) is expected

    def test_what_comes_next_is_that_audit_and_no_restoration_any_more(self):
        of = self.of(grant=Grant.RECERTIFICATION)

        for on in (D(2026, 9, 10), D(2026, 12, 31)):
            following = life_of(of, on, NORMS, Policy()).next_obligation
            assert following.kind is ObligationKind.STAGE_2
            assert (following.subject, following.due) == ("certificates.new", None)

    def after(self, act, on, **facts):
        """Of what was withdrawn or transferred away on a day before."""
        first = self.of(audit("surveillance", D(2026, 2, 1)), **{"issuer": "Other"} | facts)
        gone = (CertificateEvent(act=CertificateAct(act), on=on),)
        return evolve(
            first, certificates={**first.certificates, "old": evolve(self.old, history=gone)}
        )

    @pytest.mark.parametrize(
        ("act", "on", "facts", "expected"),
        [
            ("transferred", D(2025, 8, 1), {"decided": D(2026, 2, 1)}, Status.CURRENT),
            ("transferred", D(2025, 8, 1), {"decided": D(2026, 2, 2)}, Status.CURRENT_CONDITIONAL),
            ("transferred", D(2025, 8, 1), {}, Status.CURRENT_CONDITIONAL),
            (
                "transferred",
                D(2025, 8, 1),
                {"grant": Grant.RECERTIFICATION},
                Status.CURRENT_CONDITIONAL,
            ),
            (
                "transferred",
                D(2025, 8, 1),
                {"decided": D(2026, 2, 2), "grant": Grant.TRANSFER},
                Status.CURRENT,
            ),
            (
                "transferred",
                D(2025, 8, 1),
                {"grant": Grant.TRANSFER},
                Status.CURRENT_CONDITIONAL,
            ),
            ("transferred", D(2026, 1, 10), {"decided": D(2026, 3, 9)}, Status.CURRENT),
            (
                "transferred",
                D(2026, 1, 10),
                {"decided": D(2026, 3, 10)},
                Status.CURRENT_CONDITIONAL,
            ),
            (
                "transferred",
                D(2026, 1, 10),
                {"decided": D(2026, 3, 1), "issuer": "INVENTED CERTIFICATION"},
                Status.CURRENT_CONDITIONAL,
            ),
            (
                "transferred",
                D(2026, 1, 10),
                {"decided": D(2026, 3, 1), "issuer": None},
                Status.CURRENT,
            ),
            ("transferred", D(2026, 4, 1), {"decided": D(2026, 5, 1)}, Status.CURRENT_CONDITIONAL),
            (
                "transferred",
                D(2026, 4, 1),
                {"decided": D(2026, 5, 1), "issuer": None},
                Status.CURRENT,
            ),
            ("transferred", D(2026, 4, 1), {}, Status.CURRENT_CONDITIONAL),
            ("withdrawn", D(2025, 8, 1), {}, Status.CURRENT_CONDITIONAL),
            ("transferred", D(2025, 8, 1), {"grant": Grant.INITIAL}, Status.CURRENT),
        ],
    )
    def test_what_was_transferred_away_goes_on_with_another_body_for_a_while(
        self, act, on, facts, expected
    ):
        assert status(self.after(act, on, **facts), D(2026, 9, 11)) is expected

    def test_a_stage_2_audit_since_the_transfer_closes_the_account(self):
        for held, expected in (
            (D(2025, 7, 31), Status.CURRENT_CONDITIONAL),
            (D(2025, 8, 1), Status.CURRENT),
        ):
            of = self.after("transferred", D(2025, 8, 1))
            audits = {**of.audits, "s2": audit("stage-2", held)}
            assert status(evolve(of, audits=audits), D(2026, 9, 11)) is expected

    @pytest.mark.parametrize("year", [2000, 2008])
    def test_a_certificate_that_was_never_in_force_bridges_no_lapse(self, year):
        held = audit("stage-2", D(2023, 2, 1))
        between = certificate(decided=D(2026, 3, 1), edition=Edition(f"ISO 9001:{year}"))
        usual = {"issuer": "Invented Certification", "decided": D(2027, 3, 1)}
        first = self.of(held, **usual)
        of = evolve(first, certificates={**first.certificates, "between": between})

        assert status(of, D(2027, 3, 2)) is Status.CURRENT_CONDITIONAL

    @pytest.mark.parametrize("year", [2000, 2008])
    def test_what_was_never_in_force_cannot_be_transferred(self, year):
        old = certificate(decided=D(2019, 3, 1), edition=Edition(f"ISO 9001:{year}"))
        new = certificate(decided=D(2020, 3, 1), grant=Grant.TRANSFER, issuer="Other")
        of = unit(
            certificates={"old": old, "new": new},
            audits={"v": audit("surveillance", D(2020, 4, 1))},
        )

        assert status(of, D(2020, 5, 1)) is Status.CURRENT_CONDITIONAL

    def test_a_transfer_of_what_had_expired_renews_nothing(self):
        of = self.of(grant=Grant.TRANSFER, issuer="Other", decided=D(2026, 5, 1))
        life = life_of(of, D(2026, 6, 1), NORMS, Policy())

        found = {o.kind: o for o in life.certifying if o.subject == "certificates.old"}
        for kind in (ObligationKind.RECERTIFICATION, ObligationKind.RESTORATION):
            assert (found[kind].met, found[kind].late) == (None, None)
            assert found[kind].void_from == D(2026, 5, 1)

    def test_a_transfer_in_time_renews_nothing_either_but_goes_on(self):
        of = self.of(grant=Grant.TRANSFER, decided=D(2026, 3, 9), expires=D(2026, 3, 9))
        life = life_of(of, D(2026, 3, 10), NORMS, Policy())

        assert life.next_obligation.kind is ObligationKind.RESTORATION
        assert life.next_obligation.subject == "certificates.new"

    def test_the_first_surveillance_is_counted_from_its_own_decision(self):
        life = life_of(self.of(grant=Grant.RECERTIFICATION), D(2026, 9, 10), NORMS, Policy())

        due = {
            (o.kind, o.due)
            for o in life.certifying
            if o.subject == "certificates.new" and o.due is not None and o.due.year < 2028
        }
        assert due == {
            (ObligationKind.FIRST_SURVEILLANCE, D(2027, 9, 10)),
            (ObligationKind.SURVEILLANCE, D(2027, 12, 31)),
        }

    @pytest.mark.parametrize(
        ("on", "expected"),
        [(D(2029, 2, 1), Status.CURRENT_CONDITIONAL), (D(2029, 2, 2), Status.CURRENT)],
    )
    def test_the_next_cycle_closes_the_account(self, on, expected):
        first = self.of(audit("surveillance", D(2027, 5, 1)), audit("surveillance", D(2028, 5, 1)))
        renewed = certificate(
            decided=D(2029, 2, 2), expires=D(2032, 3, 9), edition=Edition("ISO 9001:2026")
        )
        of = evolve(first, certificates={**first.certificates, "next": renewed})

        assert status(of, on) is expected

    @pytest.mark.parametrize(
        ("decided", "expected"),
        [(D(2019, 3, 14), Status.CURRENT), (D(2019, 3, 15), Status.CURRENT_CONDITIONAL)],
    )
    def test_after_the_end_of_an_edition_too(self, decided, expected):
        old = certificate(decided=D(2017, 10, 10), edition=Edition("ISO 9001:2008"))
        new = certificate(decided=decided, expires=D(2020, 10, 9), grant=Grant.TRANSITION)
        of = unit(
            certificates={"old": old, "new": new},
            audits={"s": audit("surveillance", D(2018, 3, 1))},
        )

        assert status(of, D(2019, 3, 20)) is expected


class TestWhatWasDoneToWhatDoesNotCount:
    """A certificate without all of its days counts on no day; what was done to it was done."""

    LACKING = (
        {},
        {"expires": None},
        {"decided": None},
        {"edition": Edition("ISO 9001:2016")},
    )

    def of(self, old, acts, **facts):
        """A certificate of 2020 with acts, and one of a later day without a stage 2 audit."""
        first = certificate(decided=D(2020, 2, 15), expires=D(2023, 2, 14))
        history = tuple(CertificateEvent(act=CertificateAct(a), on=on) for a, on in acts)
        later = {"decided": D(2023, 2, 4), "expires": D(2026, 2, 14)} | facts
        return unit(
            certificates={"a": evolve(first, **old, history=history), "b": certificate(**later)}
        )

    @pytest.mark.parametrize("old", LACKING)
    def test_a_suspension_runs_on_under_the_next_certificate(self, old):
        of = self.of(old, [("suspended", D(2022, 6, 1))])

        assert status(of, D(2023, 6, 1)) is Status.SUSPENDED

    @pytest.mark.parametrize("old", LACKING)
    def test_until_it_is_lifted(self, old):
        of = self.of(old, [("suspended", D(2022, 6, 1)), ("restored", D(2022, 9, 1))])

        assert status(of, D(2023, 6, 1)) is Status.CURRENT

    @pytest.mark.parametrize(
        ("old", "facts", "expected"),
        [
            ({"expires": None}, {"decided": D(2023, 8, 15)}, Status.SUSPENDED),
            ({"expires": None}, {"decided": D(2023, 8, 16)}, Status.CURRENT),
            ({"expires": None}, {"grant": Grant.INITIAL}, Status.CURRENT),
            ({"expires": None}, {"decided": None, "effective": D(2023, 2, 4)}, Status.NEVER),
            ({"expires": None, "decided": None, "effective": None}, {}, Status.CURRENT),
        ],
    )
    def test_but_not_under_a_certification_of_its_own(self, old, facts, expected):
        of = self.of(old, [("suspended", D(2022, 6, 1))], **facts)

        assert status(of, D(2023, 9, 1)) is expected

    @pytest.mark.parametrize("old", LACKING)
    @pytest.mark.parametrize("act", ["withdrawn", "transferred"])
    def test_what_was_withdrawn_or_transferred_away_does_not_go_on(self, old, act):
        of = self.of(old, [(act, D(2021, 12, 16))])

        assert status(of, D(2023, 6, 1)) is Status.CURRENT_CONDITIONAL

    @pytest.mark.parametrize(
        "on", [D(2021, 12, 16), D(2022, 12, 16)], ids=["while it ran", "after its expiry"]
    )
    @pytest.mark.parametrize("old", LACKING)
    def test_in_the_middle_neither(self, old, on):
        of = self.of(old, [("withdrawn", on)])
        for decided in (D(2017, 2, 15), D(2019, 2, 15)):
            first = certificate(decided=decided)
            certificates = {"first": first, **of.certificates}
            assert (
                status(evolve(of, certificates=certificates), D(2023, 6, 1))
                is Status.CURRENT_CONDITIONAL
            )

    def test_another_certification_is_left_alone(self):
        of = self.of({"expires": None, "grant": Grant.INITIAL}, [("withdrawn", D(2021, 12, 16))])
        first = certificate(decided=D(2019, 12, 20), expires=D(2022, 12, 19), issuer="Other")
        third = certificate(decided=D(2022, 12, 1), expires=D(2025, 12, 19), issuer="Other")
        of = evolve(
            of,
            certificates={"x": first, "a": of.certificates["a"], "y": third},
            audits={f"v{year}": audit("surveillance", D(year, 11, 1)) for year in (2020, 2021)}
            | {"r": audit("recertification", D(2022, 11, 1))},
        )

        assert status(of, D(2023, 6, 1)) is Status.CURRENT


@pytest.mark.parametrize("act", ["withdrawn", "transferred", None])
def test_what_brings_a_unit_back_opens_no_later_than_it_is_due(act):
    history = (CertificateEvent(act=CertificateAct(act), on=D(2025, 6, 5)),) if act else ()
    of = unit(certificates={"a": certificate(decided=D(2023, 3, 10), history=history)})
    back = life_of(of, D(2026, 11, 29), NORMS, Policy()).next_obligation

    assert back.kind is ObligationKind.CERTIFICATION
    assert back.opens == back.due == (D(2025, 6, 4) if act else D(2026, 3, 9))


class TestWhatHoldsBesideIt:
    """What ended is not what has to be done next while something else holds."""

    def test_the_renewal_of_a_certificate_beside_an_announcement(self):
        of = unit(
            announcements={"x": announcement(D(2016, 3, 1))},
            certificates={"a": certificate(decided=D(2019, 6, 30))},
            audits={
                "k": audit("yearly-check", D(2017, 3, 1)),
                "l": audit("yearly-check", D(2018, 3, 1)),
                "s": audit("surveillance", D(2020, 6, 1)),
                "t": audit("surveillance", D(2021, 6, 1)),
            },
        )

        for on, kind in (
            (D(2022, 6, 29), ObligationKind.RECERTIFICATION),
            (D(2022, 6, 30), ObligationKind.RESTORATION),
            (D(2022, 12, 30), ObligationKind.YEARLY_CHECK),
        ):
            life = life_of(of, on, NORMS, Policy())
            assert life.standing.current
            assert life.next_obligation.kind is kind

    def test_an_edition_that_ended(self):
        old = Edition("TCVN ISO 9001:2008")
        of = unit(
            announcements={"x": announcement(D(2015, 3, 1), edition=old)},
            certificates={
                "a": certificate(decided=D(2017, 1, 10), edition=Edition("ISO 9001:2008"))
            },
            audits={"s": audit("surveillance", D(2018, 1, 10))},
        )

        assert life_of(of, D(2018, 9, 14), NORMS, Policy()).next_obligation.kind is (
            ObligationKind.TRANSITION
        )
        assert life_of(of, D(2018, 9, 15), NORMS, Policy()).next_obligation.kind is (
            ObligationKind.YEARLY_CHECK
        )


class TestSuspension:
    """A suspended certification is not in force, and its expiry keeps running."""

    def suspended(self, *events):
        history = tuple(CertificateEvent(act=CertificateAct(act), on=on) for act, on in events)
        return unit(certificates={"a": certificate(decided=D(2025, 1, 5), history=history)})

    def test_from_the_day_of_suspension_to_the_day_of_lifting(self):
        of = self.suspended(("suspended", D(2026, 1, 5)), ("restored", D(2026, 4, 1)))

        assert status(of, D(2026, 1, 4)).current
        assert status(of, D(2026, 1, 5)) is Status.SUSPENDED
        assert status(of, D(2026, 3, 31)) is Status.SUSPENDED
        assert status(of, D(2026, 4, 1)).current
        assert standing_on(of, D(2026, 4, 1), NORMS).until == D(2028, 1, 4)

    def test_open_suspension(self):
        of = self.suspended(("suspended", D(2026, 1, 5)))
        standing = standing_on(of, D(2026, 11, 23), NORMS)

        assert standing.status is Status.SUSPENDED
        assert standing.since == D(2026, 1, 5)
        assert standing.next_change is None
        assert life_of(of, D(2026, 11, 23), NORMS, Policy()).next_obligation.kind is (
            ObligationKind.LIFTING_OF_SUSPENSION
        )

    def test_of_a_state_certificate(self):
        history = (CertificateEvent(act=CertificateAct.SUSPENDED, on=D(2016, 1, 5)),)
        of = unit(
            certificates={
                "a": certificate(
                    decided=D(2015, 6, 30),
                    edition=Edition("TCVN ISO 9001:2008"),
                    regime=Regime.STATE_CERTIFICATE,
                    history=history,
                )
            }
        )

        following = life_of(of, D(2016, 12, 1), NORMS, Policy()).next_obligation
        assert following.kind is ObligationKind.LIFTING_OF_SUSPENSION
        # No term is laid down for it; but an expired certificate is not lifted any more.
        assert following.due is None
        assert life_of(of, D(2018, 6, 30), NORMS, Policy()).next_obligation.kind is (
            ObligationKind.CERTIFICATION
        )

    def test_it_expires_all_the_same(self):
        of = self.suspended(("suspended", D(2026, 1, 5)))

        assert status(of, D(2028, 1, 5)) is Status.EXPIRED_RESTORABLE

    def test_a_new_certificate_does_not_lift_it(self):
        of = self.suspended(("suspended", D(2027, 10, 1)))
        renewed = evolve(
            of,
            certificates={
                **of.certificates,
                "b": certificate(decided=D(2027, 12, 1), expires=D(2031, 1, 4)),
            },
        )

        assert status(renewed, D(2027, 12, 2)) is Status.SUSPENDED

    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            ({"grant": Grant.TRANSITION}, Status.WITHDRAWN),
            ({"grant": Grant.RECERTIFICATION}, Status.WITHDRAWN),
            ({"grant": Grant.TRANSFER}, Status.WITHDRAWN),
            ({"replaces": "old"}, Status.WITHDRAWN),
            ({"replaces": "older"}, Status.WITHDRAWN),
            ({}, Status.CURRENT_CONDITIONAL),
            ({"replaces": "old", "grant": Grant.INITIAL}, Status.CURRENT),
            ({"grant": Grant.INITIAL}, Status.CURRENT),
            ({"grant": Grant.RECERTIFICATION, "decided": D(2024, 5, 5)}, Status.CURRENT),
        ],
    )
    def test_nothing_continues_what_was_withdrawn(self, facts, expected):
        gone = CertificateEvent(act=CertificateAct.WITHDRAWN, on=D(2024, 5, 5))
        older = certificate(decided=D(2020, 3, 10))
        old = certificate(decided=D(2023, 3, 1), expires=D(2026, 3, 9), history=(gone,))
        new = certificate(**{"decided": D(2024, 5, 6), "number": "INVENTED-2"} | facts)
        of = unit(
            certificates={"older": older, "old": old, "new": new},
            audits={"s": audit("surveillance", D(2024, 3, 1))},
        )

        assert status(of, D(2024, 7, 1)) is expected

    def test_withdrawal_ends_it_for_good(self):
        of = self.suspended(
            ("suspended", D(2026, 1, 5)), ("withdrawn", D(2026, 7, 5)), ("restored", D(2026, 8, 1))
        )

        assert status(of, D(2026, 7, 4)) is Status.SUSPENDED
        assert status(of, D(2026, 7, 5)) is Status.WITHDRAWN
        assert status(of, D(2026, 8, 2)) is Status.WITHDRAWN


class TestEndOfAUnit:
    """A last day that is decided on is known ahead, as an expiry is."""

    of = unit(
        valid_to=D(2024, 6, 30),
        certificates={"a": certificate(decided=D(2023, 3, 10))},
        audits={"s": audit("surveillance", D(2024, 2, 10))},
    )

    @pytest.mark.parametrize(
        ("on", "until", "following"),
        [
            (D(2024, 4, 1), D(2024, 6, 30), D(2024, 7, 1)),
            (D(2024, 6, 30), D(2024, 6, 30), D(2024, 7, 1)),
            (D(2024, 7, 1), None, None),
        ],
    )
    def test_the_answer_changes_the_day_after_it(self, on, until, following):
        then = standing_on(self.of, on, NORMS)

        assert then.current is (on <= D(2024, 6, 30))
        assert (then.until, then.next_change) == (until, following)

    @pytest.mark.parametrize(
        ("decided", "since"), [(D(2021, 7, 1), D(2024, 7, 1)), (D(2021, 3, 10), D(2024, 3, 10))]
    )
    def test_it_may_not_have_been_current_any_more(self, decided, since):
        of = evolve(self.of, certificates={"a": certificate(decided=decided)})

        then = standing_on(of, D(2025, 1, 1), NORMS)

        assert then.status is Status.SUPERSEDED
        assert then.since == since

    def test_the_timeline_ends_with_it(self):
        last = timeline(self.of, D(2024, 4, 1), NORMS)[-1]

        assert (last.start, last.status) == (D(2024, 7, 1), Status.SUPERSEDED)


class TestOverdue:
    """What is overdue stays in sight, and certification stays in force."""

    of = unit(certificates={"a": certificate(decided=D(2023, 3, 10))})

    def test_the_day_of_the_deadline_is_still_in_time(self):
        assert status(self.of, D(2024, 3, 10)) is Status.DUE_SOON
        assert status(self.of, D(2024, 3, 11)) is Status.OVERDUE_SURVEILLANCE
        assert status(self.of, D(2024, 3, 11)).current

    @pytest.mark.parametrize("ahead", range(91))
    def test_due_soon_on_each_of_the_days_before_not_only_on_one(self, ahead):
        assert status(self.of, D(2024, 3, 10) - timedelta(ahead)) is Status.DUE_SOON

    def test_not_yet_due_soon(self):
        assert status(self.of, D(2024, 3, 10) - timedelta(91)) is Status.CURRENT

    def test_it_does_not_drop_out_of_what_is_to_be_done(self):
        life = life_of(self.of, D(2024, 12, 1), NORMS, Policy())

        assert life.next_obligation.kind is ObligationKind.FIRST_SURVEILLANCE
        assert life.next_obligation.due == D(2024, 3, 10)

    def test_a_late_audit_ends_the_delay_but_moves_no_due_day(self):
        late = evolve(self.of, audits={"s1": audit("surveillance", D(2024, 5, 2))})
        life = life_of(late, D(2024, 5, 2), NORMS, Policy())

        assert life.standing.status is Status.CURRENT
        assert life.next_obligation.due == D(2025, 12, 31)

    @pytest.mark.parametrize(
        "rule", ["C102", "c102", "first-surveillance-missed", "First-Surveillance-Missed"]
    )
    def test_a_waiver_makes_it_conditional_while_it_lasts(self, rule):
        waived = evolve(
            self.of,
            waivers=(
                Waiver(
                    rule=rule,
                    subject="certificates.a",
                    reason="epidemic",
                    by="certification body",
                    granted=D(2024, 3, 1),
                    until=D(2024, 9, 10),
                ),
            ),
        )

        assert status(waived, D(2024, 9, 10)) is Status.CURRENT_CONDITIONAL
        assert status(waived, D(2024, 9, 11)) is Status.OVERDUE_SURVEILLANCE
        told = check_unit(
            life_of(waived, D(2024, 9, 10), NORMS, Policy()), Questions(RULES)
        ).diagnostics
        assert [one.waived_by for one in told if one.rule.code == "C102"] == [*waived.waivers]

    def test_an_open_major_makes_it_conditional(self):
        verified = FindingEvent(act=FindingAct.VERIFIED, on=D(2024, 4, 1), effective=True)
        major = Finding(grade=Grade.MAJOR, history=(verified,))
        of = evolve(
            self.of, audits={"s1": audit("surveillance", D(2024, 2, 1), findings={"1": major})}
        )

        assert status(of, D(2024, 3, 31)) is Status.CURRENT_CONDITIONAL
        assert status(of, D(2024, 4, 1)) is Status.CURRENT


class TestAnnouncement:
    """An announcement has no expiry; a newer one takes its place."""

    of = unit(announcements={"2018": announcement(D(2018, 5, 10))})

    def test_it_holds_without_end(self):
        standing = standing_on(self.of, D(2019, 1, 1), NORMS)

        assert (standing.status, standing.until, standing.next_change) == (
            Status.CURRENT,
            None,
            None,
        )
        assert standing.regime is Regime.ANNOUNCEMENT

    def test_a_year_without_check_is_overdue(self):
        assert status(self.of, D(2019, 12, 31)) is Status.DUE_SOON
        assert status(self.of, D(2020, 1, 1)) is Status.OVERDUE_SURVEILLANCE

    def test_one_that_a_check_found_wanting_is_conditional_until_it_is_confirmed(self):
        acts = (
            (AnnouncementAct.CHALLENGED, D(2019, 3, 1)),
            (AnnouncementAct.CONFIRMED, D(2019, 6, 1)),
        )
        history = tuple(AnnouncementEvent(act=act, on=on) for act, on in acts)
        of = unit(
            announcements={"x": announcement(D(2018, 3, 1), history=history)},
            audits={"k": audit("yearly-check", D(2019, 3, 1))},
        )

        assert status(of, D(2019, 2, 28)) is Status.CURRENT
        found = standing_on(of, D(2019, 3, 1), NORMS)
        assert found.status is Status.CURRENT_CONDITIONAL
        assert (found.why[0].reason, found.why[0].day) == (Reason.CHALLENGED, D(2019, 3, 1))
        following = life_of(of, D(2019, 5, 31), NORMS, Policy()).next_obligation
        assert (following.kind, following.due) == (ObligationKind.CONFIRMATION, None)
        assert status(of, D(2019, 6, 1)) is Status.CURRENT

    def test_one_that_a_check_found_wanting_may_be_announced_anew(self):
        wanting = (AnnouncementEvent(act=AnnouncementAct.CHALLENGED, on=D(2019, 3, 1)),)
        of = unit(
            announcements={
                "x": announcement(D(2018, 3, 1), history=wanting),
                "y": announcement(D(2019, 6, 1)),
            },
            audits={"k": audit("yearly-check", D(2019, 3, 1))},
        )

        assert status(of, D(2019, 5, 31)) is Status.CURRENT_CONDITIONAL
        assert status(of, D(2019, 6, 1)) is Status.CURRENT

    def test_a_change_calls_for_a_new_one(self):
        renamed = evolve(self.of, history=(UnitEvent(act=UnitAct.RENAMED, on=D(2019, 3, 1)),))

        assert status(renamed, D(2019, 2, 28)) is Status.CURRENT
        assert status(renamed, D(2019, 3, 1)) is Status.CURRENT_CONDITIONAL
        again = evolve(
            renamed, announcements={**self.of.announcements, "2019": announcement(D(2019, 3, 20))}
        )
        assert status(again, D(2019, 3, 20)) is Status.CURRENT


class TestLife:
    """A unit has a beginning and an end of its own."""

    def test_before_and_after(self):
        of = unit(
            valid_from=D(2020, 1, 1),
            valid_to=D(2025, 6, 30),
            announcements={"2019": announcement(D(2019, 5, 10))},
        )

        assert status(of, D(2019, 12, 31)) is Status.NEVER
        assert standing_on(of, D(2020, 6, 1), NORMS).since == D(2020, 1, 1)
        assert status(of, D(2025, 6, 30)).current
        ended = standing_on(of, D(2025, 7, 1), NORMS)
        assert ended.status is Status.SUPERSEDED
        assert (ended.since, ended.until) == (D(2025, 7, 1), None)
        assert life_of(of, D(2025, 7, 1), NORMS, Policy()).next_obligation is None

    def test_what_brings_a_lapsed_unit_back_is_certification(self):
        of = unit(certificates={"a": certificate(decided=D(2015, 6, 30))})
        todo = life_of(of, D(2024, 1, 1), NORMS, Policy()).next_obligation

        assert todo.kind is ObligationKind.CERTIFICATION
        assert todo.due == D(2018, 6, 29)
        assert life_of(unit(), D(2024, 1, 1), NORMS, Policy()).next_obligation.due is None

    def test_a_unit_that_is_only_encouraged_has_nothing_to_catch_up(self):
        assert (
            life_of(unit(duty="encouraged"), D(2024, 1, 1), NORMS, Policy()).next_obligation is None
        )


def test_the_tenure_of_a_record_is_found_by_its_place():
    life = life_of(TestAnnouncement.of, D(2019, 1, 1), NORMS, Policy())

    assert life.tenure("announcements.2018").announcement.number == "01/CB"
    with pytest.raises(KeyError):
        life.tenure("announcements.none")
