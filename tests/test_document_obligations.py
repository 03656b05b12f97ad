"""What controlled documents ask for, and by when."""

from datetime import date

import pytest
from hypothesis import given, settings

import qms
from lives import days, documents, unit
from qms.model import (
    Acknowledgement,
    Distribution,
    Document,
    DocumentEvent,
    DocumentReview,
    Organisation,
    Policy,
    Register,
)
from qms.norms import norms
from qms.programme import entries_of_year
from qms.rules.documents.looks import is_in_force
from qms.standing import life_of
from qms.terms import (
    DocumentAct,
    DocumentKind,
    ObligationKind,
    ObligationState,
    ReviewOutcome,
    RevisionState,
)
from qms.text import Name

D = date
Act, Kind, State = DocumentAct, ObligationKind, ObligationState
ISSUED = DocumentEvent(act=Act.ISSUED, on=D(2020, 3, 15), revision="1")


def event(act, on, revision="1", **facts):
    return DocumentEvent(act=act, on=on, revision=revision, **facts)


def document(*history, kind=DocumentKind.PROCEDURE, **facts):
    usual = {"owner": "Văn thư", "history": history or (ISSUED,)}
    return Document(title=Name(vi="Quy trình giả định"), kind=kind, **usual | facts)


def life(of, on, policy=None, **facts):
    return life_of(unit(documents={"QT-01": of}, **facts), on, norms(), policy or Policy())


def asked(of, on, policy=None, **facts):
    """What is asked of a document on a day: what, from when, by when, and where it stands."""
    lived = life(of, on, policy, **facts)
    return [(o.kind, o.opens, o.due, lived.state(o)) for o in lived.obligations]


class TestReview:
    def test_it_counts_from_the_first_day_in_force(self):
        assert asked(document(review_every=12), D(2020, 6, 1)) == [
            (Kind.DOCUMENT_REVIEW, D(2020, 3, 15), D(2021, 3, 15), State.OPEN)
        ]

    def test_it_counts_from_the_day_on_which_the_last_was_held(self):
        review = DocumentReview(on=D(2021, 1, 10), outcome=ReviewOutcome.NO_CHANGE)

        assert asked(document(review_every=12, reviews=(review,)), D(2021, 11, 1)) == [
            (Kind.DOCUMENT_REVIEW, D(2021, 1, 10), D(2022, 1, 10), State.DUE_SOON)
        ]

    def test_the_policy_stands_in_for_an_interval_of_its_own(self):
        policy = Policy(document_review_months=6)

        assert asked(document(), D(2020, 9, 16), policy) == [
            (Kind.DOCUMENT_REVIEW, D(2020, 3, 15), D(2020, 9, 15), State.OVERDUE)
        ]

    def test_the_policy_does_not_ask_for_reviews_of_records(self):
        policy = Policy(document_review_months=6)
        record = document(kind=DocumentKind.RECORD)

        assert asked(record, D(2020, 9, 16), policy) == []

    def test_an_external_document_is_reviewed_while_it_is_in_force(self):
        external = document(
            kind=DocumentKind.EXTERNAL,
            history=(),
            in_force=D(2020, 1, 1),
            ended=D(2020, 12, 31),
            review_every=12,
        )

        assert asked(external, D(2020, 6, 1)) == [
            (Kind.DOCUMENT_REVIEW, D(2020, 1, 1), D(2021, 1, 1), State.OPEN)
        ]
        assert asked(external, D(2021, 1, 1)) == []

    def test_of_an_external_document_without_a_first_day_it_counts_from_the_last_review(self):
        review = DocumentReview(on=D(2020, 2, 1), outcome=ReviewOutcome.NO_CHANGE)
        external = document(
            kind=DocumentKind.EXTERNAL, history=(), review_every=12, reviews=(review,)
        )

        assert asked(external, D(2020, 6, 1)) == [
            (Kind.DOCUMENT_REVIEW, D(2020, 2, 1), D(2021, 2, 1), State.OPEN)
        ]

    def test_one_that_falls_due_after_the_last_day_of_the_unit_is_not_asked(self):
        def states(last):
            return [s for *_, s in asked(document(review_every=12), D(2020, 6, 1), valid_to=last)]

        assert states(D(2021, 3, 15)) == [State.OPEN]
        assert states(D(2021, 3, 14)) == [State.VOID]

    def test_of_a_unit_that_no_longer_exists_none_is_asked(self):
        states = asked(document(review_every=12), D(2022, 1, 1), valid_to=D(2020, 12, 31))

        assert [state for *_, state in states] == [State.VOID]


class TestValidity:
    LIMITED = event(Act.ISSUED, D(2020, 3, 15), until=D(2021, 3, 14))

    def test_a_document_of_limited_validity_is_renewed_by_its_last_day(self):
        assert asked(document(self.LIMITED), D(2021, 3, 15)) == [
            (Kind.DOCUMENT_EXPIRY, D(2020, 3, 15), D(2021, 3, 14), State.OVERDUE)
        ]

    def test_a_successor_that_leaves_no_gap_meets_it_when_it_is_issued(self):
        successor = event(Act.ISSUED, D(2021, 2, 1), "2", effective=D(2021, 3, 15))

        assert [state for *_, state in asked(document(self.LIMITED, successor), D(2021, 2, 1))] == [
            State.MET
        ]

    def test_what_is_issued_for_a_day_to_come_is_asked_from_that_day_on(self):
        ahead = event(Act.ISSUED, D(2020, 3, 15), effective=D(2020, 4, 1), until=D(2021, 3, 14))

        wanted = [(Kind.DOCUMENT_EXPIRY, D(2020, 4, 1), D(2021, 3, 14), State.OPEN)]
        assert asked(document(ahead), D(2020, 3, 14)) == []
        assert asked(document(ahead), D(2020, 3, 31)) == wanted
        of = unit(documents={"QT-01": document(ahead)})
        organisation = Organisation(name=Name(en="Invented"))
        entries = entries_of_year([of], organisation, 2021, D(2020, 3, 20), norms())
        assert Kind.DOCUMENT_EXPIRY in [one.obligation.kind for one in entries]

    def test_of_two_that_are_issued_both_are_asked(self):
        second = event(
            Act.ISSUED, D(2020, 6, 1), "2", effective=D(2021, 3, 15), until=D(2022, 3, 14)
        )

        assert asked(document(self.LIMITED, second), D(2020, 7, 1)) == [
            (Kind.DOCUMENT_EXPIRY, D(2020, 3, 15), D(2021, 3, 14), State.MET),
            (Kind.DOCUMENT_EXPIRY, D(2021, 3, 15), D(2022, 3, 14), State.OPEN),
        ]

    def test_a_validity_that_has_not_begun_is_not_said_to_end_soon(self):
        short = event(Act.ISSUED, D(2020, 3, 15), effective=D(2020, 4, 1), until=D(2020, 5, 1))
        of = Register(
            organisation=Organisation(name=Name(en="Invented")),
            units={"u": unit(id="u", documents={"QT-01": document(short)})},
        )

        def told(on):
            return "D514" in {one.rule.code for one in qms.check(of, on=on).diagnostics}

        assert not told(D(2020, 3, 31))
        assert told(D(2020, 4, 1))

    def test_nothing_is_asked_after_its_withdrawal(self):
        withdrawn = event(Act.WITHDRAWN, D(2021, 5, 1))

        assert asked(document(self.LIMITED, withdrawn), D(2021, 6, 1)) == []


class TestRetention:
    def test_disposal_is_asked_from_the_day_after_the_last_day_of_retention(self):
        kept = document(ISSUED, event(Act.WITHDRAWN, D(2020, 5, 1)), retention=9)

        assert asked(kept, D(2020, 6, 1)) == [
            (Kind.RETENTION_END, D(2021, 1, 31), None, State.OPEN)
        ]

    def test_what_is_disposed_of_is_asked_for_nothing(self):
        gone = document(
            ISSUED,
            event(Act.WITHDRAWN, D(2020, 5, 1)),
            event(Act.DISPOSED, D(2021, 2, 1)),
            retention=9,
        )

        assert asked(gone, D(2022, 1, 1)) == []

    def test_external_documents_are_not_kept_by_the_unit(self):
        external = document(
            ISSUED,
            event(Act.WITHDRAWN, D(2020, 5, 1)),
            kind=DocumentKind.EXTERNAL,
            retention=9,
        )

        assert asked(external, D(2022, 1, 1)) == []


class TestAcknowledgement:
    COPY = Distribution(holder="Phòng Một cửa", given=D(2020, 3, 15), revision="1")

    def test_a_holder_has_the_days_of_the_policy(self):
        assert asked(document(distribution=(self.COPY,)), D(2020, 4, 15)) == [
            (Kind.ACKNOWLEDGEMENT, D(2020, 3, 15), D(2020, 4, 14), State.OVERDUE)
        ]

    @pytest.mark.parametrize(
        ("on", "state"), [(D(2020, 4, 14), State.MET), (D(2020, 4, 15), State.LATE)]
    )
    def test_a_word_given_late_stays_late(self, on, state):
        word = Acknowledgement(holder="phòng một cửa", on=on, revision="1")
        read = document(distribution=(self.COPY,), acknowledgements=(word,))

        assert [where for *_, where in asked(read, D(2020, 6, 1))] == [state]

    def test_whoever_holds_a_copy_will_have_read_the_issued_successor_too(self):
        second = event(Act.ISSUED, D(2020, 3, 20), "2", effective=D(2021, 1, 15))
        word = Acknowledgement(holder="Phòng Một cửa", on=D(2020, 3, 16), revision="1")
        read = document(ISSUED, second, distribution=(self.COPY,), acknowledgements=(word,))

        ahead = (Kind.ACKNOWLEDGEMENT, D(2021, 1, 15), D(2021, 2, 14), State.OPEN)
        assert ahead not in asked(read, D(2020, 3, 19))
        assert ahead in asked(read, D(2020, 3, 20))

    def test_the_calendar_names_the_holder(self):
        of = unit(documents={"QT-01": document(distribution=(self.COPY,))})
        organisation = Organisation(name=Name(en="Invented"))
        entries = entries_of_year([of], organisation, 2020, D(2020, 4, 1), norms())

        asked = [one.party for one in entries if one.obligation.kind is Kind.ACKNOWLEDGEMENT]
        assert asked == [Name(en="Phòng Một cửa", vi="Phòng Một cửa")]


def test_a_document_that_asks_for_nothing_has_no_obligations():
    assert asked(document(), D(2020, 6, 1)) == []


def test_the_dossier_does_not_bear_on_the_standing():
    lived = life(document(review_every=12), D(2025, 1, 1))

    assert lived.certifying_pending == ()
    assert [o.kind for o, _ in lived.pending] == [Kind.DOCUMENT_REVIEW]


@settings(max_examples=100, deadline=None)
@given(documents(), days)
def test_whether_a_document_is_in_force_is_the_same_with_and_without_folding_it(of, on):
    lived = life(of, on)

    for code, known in lived.unit.documents.items():
        assert is_in_force(code, known, lived) is (lived.revision_in_force(code) is not None)


def test_a_life_knows_the_revisions_of_its_documents():
    lived = life(document(), D(2020, 6, 1))

    assert lived.revisions("QT-01") is lived.revisions("QT-01")
    in_force = lived.revision_in_force("QT-01")
    assert (in_force.number, in_force.state) == ("1", RevisionState.EFFECTIVE)
    assert (
        life(document(event(Act.DRAFTED, D(2020, 1, 1))), D(2020, 6, 1)).revision_in_force("QT-01")
        is None
    )
