"""The life of a document: its revisions on a day, and the acts that are legal."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import qms
from qms.model import Document, DocumentEvent, DocumentReview, Policy, StoredFile
from qms.revisions import (
    LEGAL_FROM,
    current,
    illegal_acts,
    in_force,
    meant_revision,
    refusals,
    review_due,
    review_refusals,
    revision_key,
    revisions,
    same_revision,
    successors,
)
from qms.terms import DocumentAct, DocumentKind, ReviewOutcome, RevisionState
from qms.text import Name

D = date
FIXTURES = Path(__file__).parent.parent / "fixtures"
AUTHOR, APPROVER = "Trần Thị Soạn (giả định)", "Lê Văn Duyệt (giả định)"
FILE = StoredFile(name="QT-01.docx", sha256="a1" * 32, size=7)


def document(*history, **facts):
    facts = {"title": Name(vi="Quy trình giả định"), "kind": DocumentKind.PROCEDURE, **facts}
    return Document(history=history, **facts)


def act(what, on, revision=None, **facts):
    return DocumentEvent(act=DocumentAct(what), on=on, revision=revision, **facts)


def life(number, start, *, effective=None, until=None, file=None):
    """A revision from its draft to its issue, a day for each step."""
    after = [start + timedelta(days) for days in range(4)]
    return (
        act("drafted", after[0], number, by=AUTHOR),
        act("reviewed", after[1], number, by="Soát Xét (giả định)"),
        act("approved", after[2], number, by=APPROVER, file=file),
        act("issued", after[3], number, effective=effective, until=until),
    )


FIRST = life("1", D(2020, 1, 1), file=FILE)
SECOND = life("2", D(2021, 1, 1), effective=D(2021, 2, 1))


def codes(of, event, policy=None):
    return [refusal.code for refusal in refusals(of, event, policy)]


# --- state on a day --------------------------------------------------------------------------


def test_a_revision_goes_from_draft_to_force_by_dated_acts():
    of = document(*FIRST)
    states = [revisions(of, D(2020, 1, day))[0].state for day in range(1, 5)]
    assert states == ["drafted", "reviewed", "approved", "effective"]
    assert revisions(of, D(2019, 12, 31)) == ()
    assert current(of, D(2020, 1, 3)) is None
    revision = current(of, D(2020, 1, 4))
    assert (revision.author, revision.approver, revision.file) == (AUTHOR, APPROVER, FILE)
    assert (revision.effective, revision.ends, revision.until) == (D(2020, 1, 4), None, None)


def test_a_revision_may_come_into_force_in_the_future_and_ends_the_one_before_on_the_eve():
    of = document(*FIRST, *SECOND)
    one, two = revisions(of, D(2021, 1, 31))
    assert (one.state, two.state) == ("effective", "issued")
    assert (one.ends, one.ended_by, one.superseded_by) == (D(2021, 1, 31), "superseded", "2")
    one, two = revisions(of, D(2021, 2, 1))
    assert (one.state, two.state) == ("superseded", "effective")
    assert revisions(of, D(2021, 1, 3))[0].ends is None


def test_a_successor_withdrawn_before_its_day_leaves_its_predecessor_in_force():
    of = document(*FIRST, *SECOND, act("withdrawn", D(2021, 1, 20), "2", reason="sai sót"))
    one, two = revisions(of, D(2021, 3, 1))
    assert (one.state, one.ends) == ("effective", None)
    assert (two.state, two.reason) == ("withdrawn", "sai sót")
    assert current(of, D(2021, 3, 1)).number == "1"


def test_a_withdrawn_revision_ends_on_the_eve_and_nothing_older_comes_back():
    of = document(*FIRST, *SECOND, act("withdrawn", D(2021, 6, 1), "2"))
    assert current(of, D(2021, 5, 31)).number == "2"
    assert current(of, D(2021, 6, 1)) is None
    assert revisions(of, D(2021, 6, 1))[1].ends == D(2021, 5, 31)


def test_a_limited_validity_ends_with_its_last_day():
    of = document(*life("1", D(2020, 1, 1), until=D(2020, 12, 31)))
    assert current(of, D(2020, 12, 31)).until == D(2020, 12, 31)
    (revision,) = revisions(of, D(2021, 1, 1))
    assert (revision.state, revision.ends, revision.ended_by) == (
        "expired",
        D(2020, 12, 31),
        "expired",
    )


def test_an_act_of_supersession_ends_a_document_that_another_one_replaces():
    of = document(*FIRST, act("superseded", D(2022, 1, 1), "1", reason="thay bằng QT-09"))
    (revision,) = revisions(of, D(2022, 1, 1))
    assert (revision.state, revision.ends) == ("superseded", D(2021, 12, 31))
    assert revision.reason == "thay bằng QT-09"


def test_a_draft_that_is_given_up_is_withdrawn_and_its_number_is_used_up():
    of = document(act("drafted", D(2020, 1, 1), "1"), act("withdrawn", D(2020, 1, 5), "1"))
    assert revisions(of, D(2020, 1, 5))[0].state == "withdrawn"
    assert codes(of, act("drafted", D(2020, 2, 1), "1")) == ["repeated-revision"]
    assert codes(of, act("drafted", D(2020, 2, 1), "2")) == []


def test_expiry_review_and_end_of_retention_are_three_different_days():
    issued = life("1", D(2020, 1, 1), until=D(2022, 12, 31))
    of = document(*issued, review_every=12, retention=60)
    (revision,) = revisions(of, D(2020, 6, 1))
    assert revision.until == D(2022, 12, 31)
    assert review_due(of, D(2020, 6, 1)) == D(2021, 1, 4)
    assert revision.kept_until == D(2027, 12, 31)


def test_acts_that_name_no_revision_mean_the_one_at_hand():
    of = document(
        act("drafted", D(2020, 1, 1)),
        act("reviewed", D(2020, 1, 2)),
        act("approved", D(2020, 1, 3), by=APPROVER),
        act("issued", D(2020, 1, 4)),
        act("drafted", D(2021, 1, 1)),
        act("withdrawn", D(2021, 2, 1)),
    )
    assert [(one.number, one.state) for one in revisions(of, D(2021, 2, 1))] == [
        ("1", "withdrawn"),
        ("2", "drafted"),
    ]
    assert revisions(document(act("issued", D(2020, 1, 1))), D(2020, 1, 1))[0].number == "1"
    assert illegal_acts(of) == ()
    assert meant_revision(of, act("drafted", D(2021, 3, 1))) == "3"
    assert meant_revision(of, act("withdrawn", D(2020, 3, 1), "01")) == "01"


def test_what_was_withdrawn_before_it_took_effect_is_not_meant_any_more():
    issued = (
        act("issued", D(2020, 1, 4)),
        act("issued", D(2021, 1, 4), "2", effective=D(2021, 2, 1)),
    )
    of = document(*issued)
    assert meant_revision(of, act("withdrawn", D(2021, 1, 5))) == "2"
    early = document(*issued, act("withdrawn", D(2021, 2, 1), "2"))
    assert meant_revision(early, act("withdrawn", D(2021, 2, 2))) == "1"
    late = document(*issued, act("withdrawn", D(2021, 2, 2), "2"))
    assert meant_revision(late, act("withdrawn", D(2021, 2, 2))) == "2"
    only = document(issued[0], act("withdrawn", D(2020, 1, 4), "1"))
    assert meant_revision(only, act("withdrawn", D(2020, 1, 5))) == "1"


def test_an_external_document_is_in_force_by_its_own_days():
    of = document(kind=DocumentKind.EXTERNAL, in_force=D(2014, 4, 20), ended=D(2020, 1, 1))
    assert [in_force(of, day) for day in (D(2014, 4, 19), D(2014, 4, 20), D(2020, 1, 1))] == [
        False,
        True,
        True,
    ]
    assert not in_force(of, D(2020, 1, 2))
    assert in_force(document(*FIRST), D(2020, 1, 4))


# --- numbers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "following"),
    [
        ("1", ("2", "1.1")),
        ("02", ("03", "02.1")),
        ("09", ("10", "09.1")),
        ("1.3", ("2.0", "1.4")),
        ("1.09", ("2.00", "1.10")),
    ],
)
def test_a_number_is_followed_by_the_next_issue_or_the_next_change(number, following):
    assert successors(number) == following


def test_a_number_is_the_same_however_it_is_spelt():
    assert same_revision("2", "02")
    assert same_revision("2", "2.0")
    assert not same_revision("1.1", "1.10")
    assert not same_revision("bản A", "1")


@given(st.integers(0, 99), st.none() | st.integers(0, 20))
def test_what_follows_a_number_is_greater(whole, part):
    number = f"{whole}" if part is None else f"{whole}.{part}"
    assert all(revision_key(number) < revision_key(one) for one in successors(number))


@pytest.mark.parametrize(
    ("number", "refused"),
    [
        ("2", []),
        ("02", []),
        ("1.1", []),
        ("1", ["repeated-revision"]),
        ("01", ["repeated-revision"]),
        ("3", ["skipped-revision"]),
        ("1.2", ["skipped-revision"]),
        ("0", ["skipped-revision"]),
        (None, []),
    ],
)
def test_revisions_neither_skip_nor_repeat(number, refused):
    assert codes(document(*FIRST), act("drafted", D(2021, 1, 1), number)) == refused


def test_a_document_older_than_the_register_may_begin_with_any_number():
    assert codes(document(), act("drafted", D(2021, 1, 1), "07")) == []


# --- what may be done ------------------------------------------------------------------------


@pytest.mark.parametrize("what", [one for one in DocumentAct if one is not DocumentAct.DRAFTED])
def test_every_act_is_legal_from_the_states_of_the_table_and_from_no_other(what):
    kept = {
        RevisionState.DRAFTED: FIRST[:1],
        RevisionState.REVIEWED: FIRST[:2],
        RevisionState.APPROVED: FIRST[:3],
        RevisionState.ISSUED: (
            *FIRST[:3],
            act("issued", D(2020, 1, 4), "1", effective=D(2030, 1, 1)),
        ),
        RevisionState.EFFECTIVE: FIRST,
        RevisionState.EXPIRED: life("1", D(2020, 1, 1), until=D(2020, 2, 1)),
        RevisionState.SUPERSEDED: (*FIRST, act("superseded", D(2020, 2, 1), "1")),
        RevisionState.WITHDRAWN: (*FIRST, act("withdrawn", D(2020, 2, 1), "1")),
        RevisionState.DISPOSED: (
            *FIRST,
            act("withdrawn", D(2020, 2, 1), "1"),
            act("disposed", D(2020, 3, 1), "1"),
        ),
    }
    for state, history in kept.items():
        assert revisions(document(*history), D(2020, 6, 1))[0].state is state
        found = codes(document(*history), act(what, D(2020, 6, 1), "1", by=APPROVER))
        assert ("wrong-state" in found) is (state not in LEGAL_FROM[what])


def test_an_act_on_a_revision_that_nobody_drafted_is_refused():
    (refusal,) = refusals(document(*FIRST), act("reviewed", D(2021, 1, 1), "2"))
    assert refusal.code == "unknown-revision"
    assert refusal.what.vi == "đến ngày 01/01/2021 chưa có lần ban hành 2 nào được ghi nhận"
    assert refusal.what.en == "revision 2 is not recorded by 2021-01-01"


@pytest.mark.parametrize("number", ["1", None])
def test_a_draft_that_is_recorded_for_a_later_day_is_named(number):
    of = document(act("drafted", D(2021, 1, 2), "1"))
    (refusal,) = refusals(of, act("reviewed", D(2021, 1, 1), number))
    assert refusal.remedy.en == "Its draft is recorded for 2021-01-02; correct the day."
    assert "02/01/2021" in refusal.remedy.vi
    (refusal,) = refusals(of, act("reviewed", D(2021, 1, 1), "2"))
    assert refusal.remedy.en.startswith("Record its draft first")
    assert not refusals(of, act("reviewed", D(2021, 1, 2), number))


def test_one_draft_at_a_time():
    of = document(*FIRST, act("drafted", D(2021, 1, 1), "2"))
    assert codes(of, act("drafted", D(2021, 2, 1), "3")) == ["unfinished-revision"]


def test_the_approver_is_not_the_author_unless_the_policy_allows_it():
    of = document(*FIRST[:2])
    own = act("approved", D(2020, 1, 5), "1", by=f"  {AUTHOR.upper()}")
    assert codes(of, own) == ["approver-is-author"]
    assert codes(of, own, Policy(approver_differs_from_author=False)) == []
    assert codes(of, act("approved", D(2020, 1, 5), "1")) == ["no-approver"]
    unsigned = document(evolve(FIRST[0], by=None), FIRST[1])
    assert codes(unsigned, own) == []
    assert codes(document(), own) == ["unknown-revision"]


def test_approval_comes_before_issue_and_issue_before_effect():
    of = document(*FIRST[:3])
    assert codes(of, act("issued", D(2020, 1, 2), "1")) == ["wrong-state"]
    early = act("issued", D(2020, 1, 5), "1", effective=D(2020, 1, 4))
    assert codes(of, early) == ["effective-before-issue"]
    assert codes(of, act("issued", D(2020, 1, 5), "1", effective=D(2020, 1, 5))) == []
    brief = act("issued", D(2020, 1, 5), "1", until=D(2020, 1, 1))
    assert codes(of, brief) == ["expires-before-effective"]
    assert codes(document(), act("issued", D(2020, 1, 5), "1")) == ["unknown-revision"]


def test_a_successor_begins_after_its_predecessor():
    first = life("1", D(2020, 1, 1), effective=D(2021, 6, 1))
    of = document(*first, *SECOND[:3])
    assert codes(of, act("issued", D(2021, 1, 5), "2")) == ["not-after-predecessor"]
    assert codes(of, act("issued", D(2021, 1, 5), "2", effective=D(2021, 6, 2))) == []


def test_what_must_be_kept_is_not_disposed_of():
    ended = (*FIRST, act("withdrawn", D(2021, 1, 1), "1"))
    of = document(*ended, retention=12)
    assert codes(of, act("disposed", D(2021, 12, 31), "1")) == ["still-kept"]
    assert codes(of, act("disposed", D(2022, 1, 1), "1")) == []
    assert codes(document(*ended), act("disposed", D(2021, 1, 2), "1")) == []
    assert codes(of, act("disposed", D(2022, 1, 1), "4")) == ["unknown-revision"]


def test_an_act_may_be_recorded_late_unless_it_makes_a_recorded_act_illegal():
    of = document(*FIRST, *SECOND)
    assert codes(of, act("withdrawn", D(2021, 1, 2), "2")) == ["contradicts-later"] * 2
    assert codes(of, act("reviewed", D(2020, 1, 2), "1")) == []
    broken = document(*FIRST, act("disposed", D(2020, 2, 1), "1"))
    assert codes(broken, act("withdrawn", D(2020, 1, 20), "1")) == []


def test_every_refusal_speaks_both_languages():
    first = life("1", D(2020, 1, 1), effective=D(2021, 6, 1))
    of = document(*first, *SECOND[:3], retention=12)
    tried = [
        act("drafted", D(2021, 2, 1), "7"),
        act("issued", D(2021, 1, 5), "2", effective=D(2021, 1, 1), until=D(2020, 1, 1)),
        act("approved", D(2021, 1, 5), "2", by=AUTHOR),
    ]
    for refusal in [one for event in tried for one in refusals(of, event)]:
        for words in (refusal.what, refusal.remedy):
            assert words.en
            assert words.vi
            assert "{" not in words.en + words.vi


# --- periodic review -------------------------------------------------------------------------


def test_a_review_counts_from_the_day_on_which_it_was_held():
    review = DocumentReview(on=D(2020, 11, 16), outcome=ReviewOutcome.NO_CHANGE)
    of = document(*FIRST, review_every=12, reviews=(review,))
    assert review_due(of, D(2020, 11, 15)) == D(2021, 1, 4)
    assert review_due(of, D(2020, 11, 16)) == D(2021, 11, 16)
    renewed = evolve(of, history=(*FIRST, *SECOND))
    assert review_due(renewed, D(2021, 2, 1)) == D(2022, 2, 1)


def test_the_interval_is_the_documents_own_or_that_of_the_policy_or_none():
    assert review_due(document(*FIRST), D(2020, 2, 1)) is None
    assert review_due(document(*FIRST), D(2020, 2, 1), Policy(document_review_months=24)) == D(
        2022, 1, 4
    )
    assert review_due(document(*FIRST[:2], review_every=12), D(2020, 2, 1)) is None
    external = document(kind=DocumentKind.EXTERNAL, in_force=D(2014, 1, 1), review_every=12)
    assert review_due(external, D(2014, 6, 1)) == D(2015, 1, 1)
    undated = document(kind=DocumentKind.EXTERNAL, review_every=12)
    assert review_due(undated, D(2014, 6, 1)) is None


def test_only_what_is_in_force_is_reviewed():
    review = DocumentReview(on=D(2020, 1, 3), outcome=ReviewOutcome.NO_CHANGE)
    assert [one.code for one in review_refusals(document(*FIRST), review)] == ["nothing-in-force"]
    assert review_refusals(document(*FIRST), evolve(review, on=D(2020, 1, 4))) == ()


# --- laws ------------------------------------------------------------------------------------

days = st.integers(0, 120).map(lambda number: D(2020, 1, 1) + timedelta(number))
events = st.builds(
    DocumentEvent,
    act=st.sampled_from(DocumentAct),
    on=days,
    revision=st.sampled_from([None, "1", "2", "02", "1.1", "3"]),
    by=st.sampled_from([None, AUTHOR, APPROVER]),
    effective=st.none() | days,
    until=st.none() | days,
)
histories = st.lists(events, max_size=12)


@settings(max_examples=200, deadline=None)
@given(histories, days)
def test_at_most_one_revision_is_in_force_whatever_was_recorded(history, on):
    found = revisions(document(*history), on)
    assert [one.state for one in found].count(RevisionState.EFFECTIVE) <= 1
    keys = [revision_key(one.number) for one in found]
    assert keys == sorted(set(keys))


@settings(max_examples=100, deadline=None)
@given(histories, days, days)
def test_later_acts_do_not_change_an_earlier_day(history, one, other):
    early, late = min(one, other), max(one, other)
    known = [event for event in history if event.on <= late]
    assert revisions(document(*known), early) == revisions(document(*history), early)


@settings(max_examples=200, deadline=None)
@given(histories)
def test_a_history_of_legal_acts_is_legal_and_its_revisions_follow_each_other(tried):
    of = document(retention=1)
    for event in tried:
        if not refusals(of, event):
            of = evolve(of, history=(*of.history, event))
    assert illegal_acts(of) == ()
    found = revisions(of, D(2021, 1, 1))
    for before, after in pairwise(found):
        assert revision_key(after.number) in {
            revision_key(one) for one in successors(before.number)
        }
    for one in found:
        if one.issued is not None:
            assert one.drafted <= one.reviewed <= one.approved <= one.issued <= one.effective
            assert one.approver != one.author or one.author is None
    on_each = [current(of, D(2020, 1, 1) + timedelta(number)) for number in range(200)]
    numbers = [revision_key(one.number) for one in on_each if one is not None]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("name", ["ha-giang-2015", "group-40-sites"])
def test_the_documents_of_the_fixtures_are_legal(name):
    register = qms.load(FIXTURES / name)
    for unit in register.units.values():
        for one in unit.documents.values():
            assert illegal_acts(one, register.organisation.policy) == ()
