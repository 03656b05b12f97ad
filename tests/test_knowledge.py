"""What was known on a day: nothing of later days, and everything of earlier ones."""

from datetime import date

import pytest
from attrs import evolve
from hypothesis import given, settings

from lives import announcement, audit, certificate, days, unit, units
from qms.knowledge import _without_later, as_of, has_later_facts, known_from
from qms.model import (
    Acknowledgement,
    AdministrativeProcedure,
    Distribution,
    Document,
    DocumentEvent,
    DocumentReview,
    Finding,
    Head,
    LegalDocument,
    LegalReview,
    ManagementReview,
    Measurement,
    Plan,
    ProcedureChange,
    QualityObjective,
    Recall,
    Task,
)
from qms.terms import (
    Comparison,
    DocumentAct,
    DocumentKind,
    Grade,
    LegalAct,
    ProcedureAct,
    ReviewInput,
    ReviewOutcome,
    ReviewOutput,
)
from qms.text import Name

D = date
BEFORE, THEN, AFTER = D(2015, 1, 31), D(2015, 6, 30), D(2015, 12, 31)
TITLE = Name(vi="Tên giả định")


@settings(max_examples=60, deadline=None)
@given(units(), days, days)
def test_knowing_less_and_less_is_knowing_the_least(of, one, other):
    assert as_of(as_of(of, max(one, other)), min(one, other)) == as_of(of, min(one, other))


@settings(max_examples=60, deadline=None)
@given(units())
def test_at_the_end_of_days_everything_is_known(of):
    assert as_of(of, date.max) is of


@settings(max_examples=100, deadline=None)
@given(units(), days)
def test_the_quick_look_agrees_with_the_thorough_one(of, day):
    assert has_later_facts(of, day) is (_without_later(of, day) != of)


def test_a_certificate_is_known_since_its_decision_or_else_its_issue():
    assert known_from(certificate(decided=THEN)) == THEN
    assert known_from(certificate(decided=None, issued=AFTER, effective=THEN)) == AFTER
    assert known_from(certificate(decided=None, issued=THEN, effective=AFTER)) == THEN
    assert known_from(certificate(decided=None, effective=THEN)) == THEN
    assert known_from(certificate(decided=None, effective=None)) is None
    assert known_from(announcement(THEN)) == THEN
    assert as_of(unit(certificates={"a": certificate(decided=AFTER)}), THEN).certificates == {}


def test_an_audit_that_is_to_be_held_is_a_plan_if_it_was_planned():
    planned = audit(
        "surveillance",
        AFTER,
        planned=AFTER,
        planned_on=BEFORE,
        findings={"1": Finding(grade=Grade.MINOR)},
    )
    of = unit(
        audits={
            "planned": planned,
            "unplanned": audit("surveillance", AFTER),
            "planned later": audit("surveillance", None, planned=AFTER, planned_on=AFTER),
            "begun": audit("surveillance", None, began=AFTER),
            "reported later": audit("surveillance", THEN, reported=AFTER),
        }
    )
    known = as_of(of, THEN).audits

    assert set(known) == {"planned", "reported later"}
    assert (known["planned"].held, known["planned"].findings) == (None, {})
    assert known["planned"].planned == AFTER
    assert known["reported later"].reported is None


def test_findings_raised_later_are_not_known():
    held = audit(
        "surveillance",
        BEFORE,
        findings={"1": Finding(grade=Grade.MINOR), "2": Finding(grade=Grade.MINOR, raised=AFTER)},
    )

    assert set(as_of(unit(audits={"a": held}), THEN).audits["a"].findings) == {"1"}


def test_heads_and_the_end_of_a_unit():
    of = unit(
        heads=(Head(name="Giả định A"), Head(name="Giả định B", valid_from=AFTER)),
        valid_to=AFTER,
        successors=("u2",),
    )
    known = as_of(of, THEN)

    assert [head.name for head in known.heads] == ["Giả định A"]
    assert (known.valid_to, known.successors) == (AFTER, ())
    assert as_of(of, AFTER) is of


def test_management_reviews():
    decided = {"1": Task(what="Rà soát quy trình", done=AFTER, result="xong")}
    of = unit(
        reviews={
            "2015": ManagementReview(held=BEFORE, decisions=decided),
            "planned": ManagementReview(
                planned=AFTER,
                held=AFTER,
                inputs=(ReviewInput.CHANGES,),
                outputs=(ReviewOutput.CHANGES,),
            ),
            "unplanned": ManagementReview(held=AFTER),
            "done": ManagementReview(held=BEFORE),
        }
    )
    known = as_of(of, THEN).reviews

    assert set(known) == {"2015", "planned", "done"}
    assert (known["2015"].decisions["1"].done, known["2015"].decisions["1"].result) == (None, None)
    assert (known["planned"].held, known["planned"].inputs) == (None, ())
    assert known["planned"].outputs == ()


OBJECTIVE = QualityObjective(
    title=TITLE,
    indicator="tỷ lệ hồ sơ đúng hạn",
    unit="%",
    comparison=Comparison.AT_LEAST,
    target=95,
    start=BEFORE,
    due=AFTER,
    tasks={"1": Task(what="Đào tạo", done=AFTER)},
    measurements=(Measurement(on=BEFORE, value=90), Measurement(on=AFTER, value=96)),
)


def test_objectives_and_plans():
    objective, task = OBJECTIVE, OBJECTIVE.tasks
    of = unit(
        objectives={"o": objective, "later": _approved(objective, AFTER), "bare": _bare(objective)},
        plans={
            "p": Plan(title=TITLE, year=2015, tasks=task),
            "later": Plan(title=TITLE, year=2016, approved=AFTER),
            "bare": Plan(title=TITLE, year=2015),
        },
    )
    known = as_of(of, THEN)

    assert set(known.objectives) == {"o", "bare"}
    assert [m.value for m in known.objectives["o"].measurements] == [90]
    assert known.objectives["o"].tasks["1"].done is None
    assert set(known.plans) == {"p", "bare"}
    assert known.plans["p"].tasks["1"].done is None


def _approved(objective, day):
    return evolve(objective, approved=day)


def _bare(objective):
    return evolve(objective, tasks={}, measurements=())


def test_documents():
    document = Document(
        title=TITLE,
        kind=DocumentKind.PROCEDURE,
        history=(
            DocumentEvent(act=DocumentAct.APPROVED, on=BEFORE, revision="1"),
            DocumentEvent(act=DocumentAct.APPROVED, on=AFTER, revision="2"),
        ),
        reviews=(DocumentReview(on=AFTER, outcome=ReviewOutcome.NO_CHANGE),),
        acknowledgements=(Acknowledgement(holder="Phòng A", on=AFTER, revision="1"),),
        distribution=(
            Distribution(holder="Phòng A", given=BEFORE, recalled=AFTER),
            Distribution(holder="Phòng B", given=BEFORE, recalled=THEN),
            Distribution(holder="Phòng C", given=AFTER),
        ),
    )
    known = as_of(unit(documents={"QT-01": document}), THEN).documents["QT-01"]

    assert [event.revision for event in known.history] == ["1"]
    assert (known.reviews, known.acknowledgements) == ((), ())
    assert [(copy.holder, copy.recalled) for copy in known.distribution] == [
        ("Phòng A", None),
        ("Phòng B", THEN),
    ]


@pytest.mark.parametrize(
    "later",
    [
        {"reviews": (DocumentReview(on=AFTER, outcome=ReviewOutcome.NO_CHANGE),)},
        {"acknowledgements": (Acknowledgement(holder="Phòng A", on=AFTER, revision="1"),)},
        {"recalls": (Recall(holder="Phòng A", on=AFTER),)},
        {"distribution": (Distribution(holder="Phòng A", given=BEFORE, recalled=AFTER),)},
        {"history": (DocumentEvent(act=DocumentAct.APPROVED, on=AFTER, revision="1"),)},
    ],
)
def test_the_quick_look_sees_every_later_fact_of_a_document(later):
    of = unit(documents={"QT-01": Document(title=TITLE, kind=DocumentKind.PROCEDURE, **later)})

    assert has_later_facts(of, THEN)
    assert not has_later_facts(of, AFTER)


def test_the_quick_look_sees_a_later_task_of_an_objective():
    objective = QualityObjective(
        title=TITLE,
        indicator="tỷ lệ",
        unit="%",
        comparison=Comparison.AT_LEAST,
        target=95,
        start=BEFORE,
        due=AFTER,
        tasks={"1": Task(what="Đào tạo", done=AFTER)},
    )

    assert has_later_facts(unit(objectives={"o": objective}), THEN)
    assert not has_later_facts(unit(objectives={"o": objective}), AFTER)


@pytest.mark.parametrize(
    "later",
    [
        {"reviews": (DocumentReview(on=AFTER, outcome=ReviewOutcome.NO_CHANGE),)},
        {"history": (DocumentEvent(act=DocumentAct.DRAFTED, on=AFTER, revision="1"),)},
    ],
)
def test_a_document_of_which_every_fact_is_later_is_not_known_yet(later):
    document = Document(title=TITLE, kind=DocumentKind.PROCEDURE, **later)

    assert as_of(unit(documents={"QT-01": document}), THEN).documents == {}
    assert as_of(unit(documents={"QT-01": document}), AFTER).documents == {"QT-01": document}


def test_a_document_without_any_fact_is_known_on_every_day():
    bare = Document(title=TITLE, kind=DocumentKind.PROCEDURE)
    drafted = DocumentEvent(act=DocumentAct.DRAFTED, on=AFTER, revision="1")
    both = unit(documents={"QT-01": bare, "QT-02": evolve(bare, history=(drafted,))})

    assert as_of(both, THEN).documents == {"QT-01": bare}


@pytest.mark.parametrize(("ended", "known"), [(AFTER, None), (THEN, THEN)])
def test_legal_documents_and_procedures(ended, known):
    of = unit(
        legal_documents={
            "a": LegalDocument(
                title=TITLE,
                ended=ended,
                replaced_by="b",
                reviews=(LegalReview(act=LegalAct.REVIEWED, on=AFTER),),
            )
        },
        procedures={
            "p": AdministrativeProcedure(
                title=TITLE, changes=(ProcedureChange(act=ProcedureAct.ABOLISHED, on=AFTER),)
            )
        },
    )
    then = as_of(of, THEN)

    assert then.legal_documents["a"].ended == known
    assert then.legal_documents["a"].reviews == ()
    assert then.procedures == {}


def test_the_last_day_of_a_legal_document_is_known_once_its_repeal_is():
    repealed = LegalDocument(
        title=TITLE, ended=AFTER, reviews=(LegalReview(act=LegalAct.REPEALED, on=THEN),)
    )
    of = unit(legal_documents={"a": repealed})

    assert as_of(of, THEN).legal_documents["a"].ended == AFTER
    assert as_of(of, BEFORE).legal_documents["a"].ended is None


def test_an_objective_that_is_approved_later_is_not_known_whatever_else_is():
    alone = unit(objectives={"later": _approved(_bare(OBJECTIVE), AFTER)})

    assert as_of(alone, THEN).objectives == {}
    assert as_of(alone, AFTER) is alone


@pytest.mark.parametrize("act", [LegalAct.PROPOSED, LegalAct.ISSUED])
def test_a_legal_document_is_not_known_before_it_is_proposed(act):
    proposed = LegalDocument(title=TITLE, reviews=(LegalReview(act=act, on=AFTER),))
    of = unit(legal_documents={"a": proposed, "b": evolve(proposed, in_force=BEFORE)})

    assert as_of(of, AFTER) == of
    assert set(as_of(of, THEN).legal_documents) == {"b"}
