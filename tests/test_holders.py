"""Who holds which copies, and who still owes the word that a revision was read."""

from collections import Counter
from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from qms.holders import (
    acknowledgement_refusals,
    asked,
    distribution_refusals,
    given_back,
    holdings,
    outstanding,
    recall_refusals,
)
from qms.model import Acknowledgement, Distribution, Document, DocumentEvent, Policy, Recall
from qms.terms import DocumentAct, DocumentKind
from qms.text import Name, same_words

D = date
ROOM, OFFICE = "Phòng Hành chính", "Văn phòng"


def life(number, start, effective=None):
    acts = [DocumentAct.DRAFTED, DocumentAct.REVIEWED, DocumentAct.APPROVED, DocumentAct.ISSUED]
    return tuple(
        DocumentEvent(
            act=what, on=start, revision=number, effective=effective if what == "issued" else None
        )
        for what in acts
    )


def document(*distribution, **facts):
    history = (*life("1", D(2020, 1, 1)), *life("2", D(2021, 1, 1), D(2021, 2, 1)))
    title = Name(vi="Quy trình giả định")
    whole = Document(title=title, kind=DocumentKind.PROCEDURE, history=history)
    return evolve(whole, distribution=distribution, **facts)


def copy(holder, given, revision="1", copies=1, **facts):
    return Distribution(holder=holder, given=given, revision=revision, copies=copies, **facts)


FIRST = copy(ROOM, D(2020, 1, 5), copies=3)
READ = Acknowledgement(holder=ROOM, on=D(2020, 1, 9), revision="1")


def test_copies_are_with_a_holder_from_the_day_given_until_the_day_taken_back():
    of = document(FIRST, copy(ROOM, D(2020, 2, 1), copies=2), copy(OFFICE, D(2020, 1, 5)))
    assert holdings(of, D(2020, 1, 4)) == ()
    room, office = holdings(of, D(2020, 2, 1))
    assert (room.copies, room.since, office.copies) == (5, D(2020, 1, 5), 1)
    recalled = document(copy(ROOM, D(2020, 1, 5), recalled=D(2020, 3, 1)))
    assert len(holdings(recalled, D(2020, 2, 29))) == 1
    assert holdings(recalled, D(2020, 3, 1)) == ()


def test_a_recall_takes_back_some_copies_or_all_of_a_revision_or_of_every_one():
    of = document(FIRST, copy(ROOM, D(2021, 1, 5), "2"), copy(OFFICE, D(2020, 1, 5)))

    def left(**recall):
        recalled = evolve(of, recalls=(Recall(holder=ROOM.upper(), on=D(2021, 3, 1), **recall),))
        assert len(holdings(recalled, D(2021, 2, 28))) == 3
        held = holdings(recalled, D(2021, 3, 1))
        return {(one.holder, one.revision): one.copies for one in held}

    office = {(OFFICE, "1"): 1}
    assert left() == office
    assert left(revision="01") == {(ROOM, "2"): 1, **office}
    assert left(copies=2) == {(ROOM, "1"): 1, (ROOM, "2"): 1, **office}
    assert left(copies=4) == office


def test_what_is_given_after_a_recall_is_held():
    of = document(
        FIRST, copy(ROOM, D(2020, 3, 1)), recalls=(Recall(holder=ROOM, on=D(2020, 2, 1)),)
    )
    (held,) = holdings(of, D(2020, 4, 1))
    assert (held.copies, held.since) == (1, D(2020, 3, 1))


def test_a_new_revision_asks_every_holder_again():
    of = document(FIRST, acknowledgements=(READ,))
    (first,) = outstanding(of, D(2020, 1, 8))
    assert (first.revision, first.since, first.due) == ("1", D(2020, 1, 5), D(2020, 2, 4))
    assert outstanding(of, D(2020, 1, 9)) == ()
    assert [one.met for one in asked(of, D(2020, 1, 9))] == [D(2020, 1, 9)]
    assert outstanding(of, D(2021, 1, 31)) == ()
    (again,) = outstanding(of, D(2021, 2, 1))
    assert (again.holder, again.revision, again.since) == (ROOM, "2", D(2021, 2, 1))
    assert (
        outstanding(evolve(of, recalls=(Recall(holder=ROOM, on=D(2021, 1, 31)),)), D(2021, 2, 1))
        == ()
    )


def test_who_is_given_a_revision_early_is_asked_from_that_day():
    of = document(FIRST, copy(ROOM, D(2021, 1, 5), "2"), acknowledgements=(READ,))
    (early,) = outstanding(of, D(2021, 1, 5))
    assert (early.revision, early.since) == ("2", D(2021, 1, 5))
    (later,) = outstanding(of, D(2021, 2, 1))
    assert later == early


def test_the_days_are_those_of_the_document_or_of_the_policy():
    assert document().distribution == ()
    assert outstanding(document(), D(2020, 2, 1)) == ()
    of = document(FIRST)
    policy = Policy(acknowledgement_days=7)
    assert outstanding(of, D(2020, 1, 6), policy)[0].due == D(2020, 1, 12)
    own = evolve(of, acknowledge_within=0)
    assert outstanding(own, D(2020, 1, 6), policy)[0].due == D(2020, 1, 5)


def test_a_holder_who_came_later_is_asked_from_then_on():
    of = document(copy(OFFICE, D(2021, 6, 1), None))
    (one,) = outstanding(of, D(2021, 6, 1))
    assert (one.holder, one.since) == (OFFICE, D(2021, 6, 1))


def codes(found):
    for one in found:
        assert "{" not in one.what.en + one.what.vi + one.remedy.en + one.remedy.vi
    return [one.code for one in found]


def test_only_what_is_issued_and_not_obsolete_is_given_out():
    of = document()
    assert codes(distribution_refusals(of, copy(ROOM, D(2019, 1, 1)))) == ["not-issued"]
    assert codes(distribution_refusals(of, copy(ROOM, D(2019, 1, 1), None))) == ["not-issued"]
    assert codes(distribution_refusals(of, copy(ROOM, D(2020, 1, 1)))) == []
    assert codes(distribution_refusals(of, copy(ROOM, D(2021, 1, 1), "2"))) == []
    assert codes(distribution_refusals(of, copy(ROOM, D(2021, 2, 1), "1"))) == ["not-issued"]
    assert codes(distribution_refusals(of, copy(ROOM, D(2020, 1, 1), copies=0))) == ["no-copies"]


@pytest.mark.parametrize(
    ("recall", "refused"),
    [
        (Recall(holder=ROOM, on=D(2020, 2, 1)), []),
        (Recall(holder=ROOM, on=D(2020, 2, 1), copies=3, revision="1"), []),
        (Recall(holder=ROOM, on=D(2020, 2, 1), copies=4), ["not-held"]),
        (Recall(holder=ROOM, on=D(2020, 2, 1), revision="2"), ["not-held"]),
        (Recall(holder=OFFICE, on=D(2020, 2, 1)), ["not-held"]),
        (Recall(holder=ROOM, on=D(2020, 1, 1)), ["not-held"]),
        (Recall(holder=ROOM, on=D(2020, 2, 1), copies=0), ["no-copies"]),
    ],
)
def test_only_what_is_held_is_taken_back(recall, refused):
    assert codes(recall_refusals(document(FIRST), recall)) == refused


@pytest.mark.parametrize(
    ("word", "refused"),
    [
        (READ, []),
        (evolve(READ, revision="3"), ["not-issued"]),
        (evolve(READ, revision="2"), ["not-issued"]),
        (evolve(READ, holder=OFFICE), ["not-held"]),
        (evolve(READ, on=D(2019, 1, 1)), ["not-issued", "not-held"]),
    ],
)
def test_only_holders_acknowledge_and_only_what_is_issued(word, refused):
    assert codes(acknowledgement_refusals(document(FIRST), word)) == refused


def test_once_acknowledged_is_enough():
    other = Acknowledgement(holder=OFFICE, on=D(2020, 1, 8), revision="1")
    of = document(FIRST, acknowledgements=(other, READ))
    assert codes(acknowledgement_refusals(of, READ)) == ["acknowledged-already"]


days = st.integers(0, 90).map(lambda number: D(2020, 1, 1) + timedelta(number))
people = st.sampled_from([ROOM, OFFICE, "Sở"])


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.builds(copy, people, days, st.sampled_from(["1", "01", None]), st.integers(1, 5))),
    st.lists(st.builds(Recall, holder=people, on=days, copies=st.none() | st.integers(1, 5))),
)
def test_recalls_that_are_not_refused_never_take_back_more_than_was_given(copies, recalls):
    of = document(*copies)
    last = D(2020, 12, 31)
    for recall in sorted(recalls, key=lambda one: one.on):
        before = sum(one.copies for one in holdings(of, recall.on))
        if recall_refusals(of, recall):
            continue
        of = evolve(of, recalls=(*of.recalls, recall))
        after = sum(one.copies for one in holdings(of, recall.on))
        assert after < before
        assert recall.copies is None or after == before - recall.copies
    assert all(one.copies > 0 for one in holdings(of, last))
    for day in (D(2020, 2, 1), last):
        held = Counter(), Counter()
        for one in holdings(of, day):
            held[0][same_words(one.holder)] += one.copies
        known = evolve(of, distribution=tuple(one for one in of.distribution if one.given <= day))
        for row, (left, back) in zip(known.distribution, given_back(known, day), strict=True):
            held[1][same_words(row.holder)] += left
            assert (left == 0) == (back is not None)
        assert +held[0] == +held[1]


def test_what_is_marked_as_taken_back_needs_no_recall():
    of = document(copy(ROOM, D(2020, 1, 5), recalled=D(2020, 3, 1)), copy(OFFICE, D(2020, 1, 5)))

    assert given_back(of, D(2020, 2, 29)) == ((1, None), (1, None))
    assert given_back(of, D(2020, 3, 1)) == ((0, D(2020, 3, 1)), (1, None))
