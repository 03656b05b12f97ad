"""What makes an announcement say what is no longer so: its list against what is published now."""

from datetime import date

import pytest

from lives import announcement, certificate, unit
from qms.model import AdministrativeProcedure, Policy, ProcedureChange, UnitEvent
from qms.norms import norms
from qms.obligations import changes_since_announced
from qms.standing import life_of
from qms.terms import Edition, ObligationKind, ProcedureAct, UnitAct
from qms.text import Name

D = date
START = D(2018, 5, 10)


def procedure(*changes):
    return AdministrativeProcedure(
        title=Name(vi="Thủ tục giả định"),
        changes=tuple(ProcedureChange(act=ProcedureAct(act), on=on) for act, on in changes),
    )


def changes(listed=("p1",), history=(), **procedures):
    of = unit(procedures=procedures, history=history)
    return [
        (change.on, change.act.value, change.procedure)
        for change in changes_since_announced(of, announcement(START, procedures=listed), START)
    ]


PUBLISHED_BEFORE = procedure(("published", D(2016, 1, 1)))


def test_a_list_that_names_what_is_published_is_true():
    assert changes(p1=PUBLISHED_BEFORE) == []


def test_a_list_that_left_out_a_procedure_was_never_true():
    assert changes(p1=PUBLISHED_BEFORE, p2=PUBLISHED_BEFORE) == [(START, "published", "p2")]


def test_a_list_that_names_an_abolished_procedure_was_never_true():
    gone = procedure(("published", D(2014, 1, 1)), ("abolished", D(2017, 3, 1)))

    assert changes(p1=gone) == [(START, "abolished", "p1")]


def test_a_listed_procedure_that_the_register_does_not_hold_is_not_judged():
    assert changes(listed=("p1", "p9"), p1=procedure()) == []


def test_a_procedure_that_came_and_went_again_needs_no_new_announcement():
    passing = procedure(("published", D(2019, 1, 1)), ("abolished", D(2019, 6, 1)))

    assert changes(p1=PUBLISHED_BEFORE, p2=passing) == []


def test_the_change_counts_from_the_first_act_in_the_same_direction():
    again = procedure(
        ("published", D(2019, 1, 1)), ("amended", D(2019, 3, 1)), ("published", D(2020, 1, 1))
    )

    assert changes(p1=PUBLISHED_BEFORE, p2=again) == [(D(2019, 1, 1), "published", "p2")]


def test_without_a_recorded_list_every_later_change_counts():
    passing = procedure(("published", D(2019, 1, 1)), ("abolished", D(2019, 6, 1)))

    assert changes(listed=(), p1=PUBLISHED_BEFORE, p2=passing) == [
        (D(2019, 1, 1), "published", "p2"),
        (D(2019, 6, 1), "abolished", "p2"),
    ]


def test_a_move_to_another_office_changes_nothing_that_was_announced():
    assert changes(listed=(), history=(UnitEvent(act=UnitAct.MOVED, on=D(2019, 1, 1)),)) == []


@pytest.mark.parametrize("act", [UnitAct.RENAMED, UnitAct.MERGED, UnitAct.SCOPE_CHANGED])
def test_a_change_of_the_unit_counts_from_the_day_after_the_start(act):
    on_the_day = UnitEvent(act=act, on=START)
    later = UnitEvent(act=act, on=D(2018, 5, 11))

    assert changes(history=(on_the_day,)) == []
    assert changes(history=(later,)) == [(D(2018, 5, 11), act.value, "")]


class TestTransition:
    """Only what held when the next edition was published takes part in the transition."""

    def kinds(self, **facts):
        of = unit(certificates={"a": certificate(edition=Edition("ISO 9001:2008"), **facts)})
        obligations = life_of(of, D(2016, 6, 1), norms(), Policy()).obligations
        return {obligation.kind for obligation in obligations}

    def test_a_certificate_that_had_ended_before_takes_no_part(self):
        ended = self.kinds(decided=D(2012, 9, 15), expires=D(2015, 9, 14))

        assert ObligationKind.TRANSITION not in ended

    def test_one_that_held_on_the_day_of_publication_does(self):
        held = self.kinds(decided=D(2012, 9, 16), expires=D(2015, 9, 15))

        assert ObligationKind.TRANSITION in held


@pytest.mark.parametrize(
    ("born", "found"),
    [(START, []), (D(2018, 5, 11), [(D(2018, 5, 11), None)]), (D(2010, 1, 1), [])],
)
def test_what_was_announced_before_the_unit_existed_is_not_its_own(born, found):
    announced = changes_since_announced(unit(valid_from=born), announcement(START), START)

    assert [(change.on, change.act) for change in announced] == found
