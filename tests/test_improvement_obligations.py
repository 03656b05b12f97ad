"""What internal audits, reviews, nonconformities, objectives and plans ask for, and by when."""

from datetime import date
from decimal import Decimal

import pytest

from lives import certificate, unit
from qms.model import (
    Audit,
    Certificate,
    Finding,
    FindingEvent,
    ManagementReview,
    Measurement,
    Organisation,
    Plan,
    Policy,
    QualityObjective,
    Task,
)
from qms.norms import norms
from qms.programme import entries_of_year, open_entries
from qms.report import Setting
from qms.report.calendar import render
from qms.standing import life_of
from qms.terms import (
    AuditType,
    Comparison,
    Edition,
    FindingAct,
    Grade,
    ObligationKind,
    ObligationState,
    Regime,
)
from qms.text import Language, Name

D = date
Kind, State = ObligationKind, ObligationState
TODAY = D(2024, 6, 1)
CURRENT = {"1": certificate(decided=D(2023, 9, 1), expires=D(2026, 8, 31))}


def asked(on=TODAY, policy=None, certificates=CURRENT, **facts):
    lived = life_of(unit(certificates=certificates, **facts), on, norms(), policy or Policy())
    return [(o.kind, o.subject, o.opens, o.due, lived.state(o), o.owner) for o in lived.improvement]


def internal(held, **facts):
    return Audit(type=AuditType.INTERNAL, held=held, **facts)


def minor(*history, grade=Grade.MINOR, **facts):
    usual = {"clause": "8.5.1", "due": D(2024, 6, 30), "owner": "Phòng A"}
    return Finding(grade=grade, history=history, **usual | facts)


def act(kind, on, **facts):
    return FindingEvent(act=kind, on=on, **facts)


def objective(**facts):
    usual = {
        "title": Name(vi="Hồ sơ đúng hạn"),
        "indicator": "tỷ lệ hồ sơ đúng hạn",
        "unit": "%",
        "comparison": Comparison.AT_LEAST,
        "target": Decimal(95),
        "start": D(2024, 1, 1),
        "due": D(2024, 12, 31),
        "owner": "Văn phòng",
    }
    return QualityObjective(**usual | facts)


def measured(*days_):
    return tuple(Measurement(on=day, value=Decimal(96)) for day in days_)


class TestAuditsAndReviews:
    def test_the_next_internal_audit_counts_from_the_last(self):
        audits = {"a": internal(D(2022, 5, 1)), "b": internal(D(2024, 2, 29)), "c": internal(None)}
        assert asked(audits=audits)[:1] == [
            (Kind.INTERNAL_AUDIT, "", D(2024, 3, 1), D(2025, 2, 28), State.OPEN, None)
        ]

    @pytest.mark.parametrize(
        "kept",
        [
            {"audits": {"a": internal(None, planned=D(2024, 8, 1))}},
            {"reviews": {"r": ManagementReview(planned=D(2024, 8, 1))}},
        ],
        ids=["audits", "reviews"],
    )
    def test_the_first_counts_from_the_first_certificate(self, kept):
        policy = Policy(management_review_months=6)
        assert [one[:4] for one in asked(policy=policy, **kept)] == [
            (Kind.INTERNAL_AUDIT, "", D(2023, 9, 1), D(2024, 9, 1)),
            (Kind.MANAGEMENT_REVIEW, "", D(2023, 9, 1), D(2024, 3, 1)),
        ]

    def test_a_unit_that_keeps_its_system_elsewhere_is_asked_for_neither(self):
        assert asked(objectives={"o": objective(measurements=measured(TODAY))}) == []

    def test_without_a_first_day_nobody_knows_when(self):
        held = {
            "1": Certificate(
                number="INV", edition=Edition("ISO 9001:2015"), regime=Regime.ACCREDITED
            )
        }
        reviews = {"r": ManagementReview(planned=D(2024, 8, 1))}
        assert asked(certificates=held, reviews=reviews) == []

    def test_the_interval_is_the_organisations_own(self):
        policy = Policy(internal_audit_months=6, management_review_months=3)
        reviews = {"r": ManagementReview(held=D(2024, 3, 1))}
        found = asked(policy=policy, audits={"a": internal(D(2024, 1, 10))}, reviews=reviews)
        assert [(kind, due, state) for kind, _, _, due, state, _ in found] == [
            (Kind.INTERNAL_AUDIT, D(2024, 7, 10), State.DUE_SOON),
            (Kind.MANAGEMENT_REVIEW, D(2024, 6, 1), State.DUE_SOON),
        ]

    @pytest.mark.parametrize(
        ("on", "state"), [(D(2024, 6, 1), State.DUE_SOON), (D(2024, 6, 2), State.OVERDUE)]
    )
    def test_the_due_day_is_in_time(self, on, state):
        assert asked(on, audits={"a": internal(D(2023, 6, 1))})[0][4] is state

    def test_other_audits_are_none(self):
        assert asked(audits={"a": Audit(type=AuditType.SURVEILLANCE, held=D(2024, 2, 1))}) == []

    def test_a_unit_that_is_not_certified_is_asked_for_none(self):
        assert asked(certificates={}, audits={"a": internal(D(2024, 2, 1))}) == []
        assert asked(certificates={}, reviews={"r": ManagementReview(held=D(2024, 2, 1))}) == []


class TestNonconformities:
    def closing(self, finding, **audit):
        found = asked(
            audits={"a": Audit(**{"type": AuditType.SPECIAL} | audit, findings={"1": finding})}
        )
        return [one[1:] for one in found]

    def test_a_nonconformity_is_closed_by_its_day(self):
        assert self.closing(minor(raised=D(2024, 5, 2))) == [
            ("audits.a.findings.1", D(2024, 5, 2), D(2024, 6, 30), State.DUE_SOON, "Phòng A")
        ]

    def test_it_opens_with_its_audit_and_never_after_its_day(self):
        assert self.closing(minor(), held=D(2024, 5, 3))[0][1] == D(2024, 5, 3)
        early = minor(due=D(2024, 5, 1))
        assert self.closing(early, held=D(2024, 5, 3))[0][1] == D(2024, 5, 1)
        assert self.closing(minor())[0][1] == D(2024, 6, 30)

    def test_an_extension_moves_the_day(self):
        finding = minor(act(FindingAct.EXTENDED, D(2024, 5, 20), until=D(2024, 8, 15)))
        assert self.closing(finding)[0][2] == D(2024, 8, 15)

    @pytest.mark.parametrize(
        ("history", "state"),
        [
            ([act(FindingAct.VERIFIED, D(2024, 5, 15), effective=True)], State.MET),
            ([act(FindingAct.VERIFIED, D(2024, 5, 16))], State.LATE),
            ([act(FindingAct.VERIFIED, D(2024, 5, 10), effective=False)], State.OVERDUE),
            ([act(FindingAct.CORRECTED, D(2024, 5, 10))], State.OVERDUE),
        ],
    )
    def test_only_a_verification_that_found_it_effective_closes_it(self, history, state):
        assert self.closing(minor(*history, due=D(2024, 5, 15)))[0][3] is state

    @pytest.mark.parametrize(
        "finding", [minor(grade=Grade.OPPORTUNITY), minor(due=None)], ids=["opportunity", "no day"]
    )
    def test_what_has_no_day_or_is_no_nonconformity_asks_for_nothing(self, finding):
        assert self.closing(finding) == []

    def test_what_a_yearly_check_asked_for_has_obligations_of_its_own(self):
        assert self.closing(minor(), type=AuditType.YEARLY_CHECK) == []


class TestObjectivesAndPlans:
    def due(self, **facts):
        found = asked(objectives={"MT-01": objective(**facts)})
        return [(kind, place, due, state) for kind, place, _, due, state, _ in found]

    def test_an_objective_is_measured_once_in_its_period(self):
        assert self.due() == [(Kind.MEASUREMENT, "objectives.MT-01", D(2024, 12, 31), State.OPEN)]
        assert self.due(measurements=measured(D(2024, 2, 1))) == []

    def test_or_as_often_as_is_laid_down(self):
        assert self.due(measured_every=3)[0][2:] == (D(2024, 4, 1), State.OVERDUE)
        counted = self.due(measured_every=3, measurements=measured(D(2024, 5, 31), D(2024, 2, 1)))
        assert counted[0][2:] == (D(2024, 8, 31), State.OPEN)

    def test_after_its_period_nothing_is_left_to_measure(self):
        assert self.due(measured_every=9, measurements=measured(D(2024, 5, 1))) == []

    def test_tasks_are_done_by_their_days(self):
        tasks = {
            "1": Task(what="x", who="Phòng B", due=D(2024, 5, 31)),
            "2": Task(what="x", due=D(2024, 5, 31), done=D(2024, 5, 31)),
            "3": Task(what="x"),
        }
        plans = {"KH": Plan(title=Name(vi="Kế hoạch"), year=2024, tasks=tasks)}
        found = asked(
            plans=plans, objectives={"O": objective(tasks=tasks, measurements=measured(TODAY))}
        )
        assert found == [
            (Kind.TASK, "objectives.O.tasks.1", D(2024, 1, 1), D(2024, 5, 31), State.OVERDUE, "Phòng B"),
            (Kind.TASK, "objectives.O.tasks.2", D(2024, 1, 1), D(2024, 5, 31), State.MET, None),
            (Kind.TASK, "plans.KH.tasks.1", D(2024, 5, 31), D(2024, 5, 31), State.OVERDUE, "Phòng B"),
            (Kind.TASK, "plans.KH.tasks.2", D(2024, 5, 31), D(2024, 5, 31), State.MET, None),
        ]  # fmt: skip


def test_what_a_unit_set_out_to_do_is_asked_for_also_where_it_is_not_certified():
    """Rules say that it is overdue, so the calendar says it, too."""
    task = Task(what="x", due=D(2024, 5, 31))
    found = asked(
        certificates={},
        audits={"a": internal(D(2024, 2, 1), findings={"1": minor()})},
        objectives={"O": objective(tasks={"1": task})},
    )
    assert [one[:2] for one in found] == [
        (Kind.CORRECTIVE_ACTION, "audits.a.findings.1"),
        (Kind.MEASUREMENT, "objectives.O"),
        (Kind.TASK, "objectives.O.tasks.1"),
    ]


def test_the_calendar_asks_for_the_first_audit_and_review_where_those_of_all_units_are_kept_here():
    here = Policy(internal_audits_here=True, management_review_months=6)
    assert asked() == []
    assert [(kind, due) for kind, _, _, due, _, _ in asked(policy=here)] == [
        (Kind.INTERNAL_AUDIT, D(2024, 9, 1)),
        (Kind.MANAGEMENT_REVIEW, D(2024, 3, 1)),
    ]


def test_what_a_review_decided_is_done_by_its_day():
    decisions = {"1": Task(what="x", who="Phòng B", due=D(2024, 5, 31))}
    found = asked(reviews={"2024": ManagementReview(held=D(2024, 3, 1), decisions=decisions)})
    found = [one for one in found if one[0] is Kind.DECISION]
    assert found == [
        (Kind.DECISION, "reviews.2024.decisions.1", D(2024, 3, 1), D(2024, 5, 31), State.OVERDUE, "Phòng B")
    ]  # fmt: skip


def test_the_calendar_lists_them_and_what_has_to_be_done_next_for_the_certificate_stays():
    tasks = {"T1": Task(what="Tập huấn", who="Phòng B", due=D(2024, 3, 31))}
    decisions = {"1": Task(what="Tuyển người", who="Phòng B", due=D(2024, 3, 31))}
    findings = {"2": minor(due=D(2024, 3, 31), owner="Phòng B")}
    held = unit(
        certificates=CURRENT,
        audits={"a": internal(D(2024, 2, 1), findings=findings)},
        objectives={"MT-01": objective(tasks=tasks)},
        reviews={"2024": ManagementReview(held=D(2024, 3, 1), decisions=decisions)},
    )
    body = Organisation(name=Name(en="Invented body"))
    entries = entries_of_year([held], body, 2024, TODAY, norms())

    shown = render(
        entries, 2024, TODAY, Setting(language=Language.VIETNAMESE, organisation=body.name)
    )

    assert "nhiệm vụ trong kế hoạch – quá hạn" in shown
    assert "MT-01/T1 “Tập huấn”" in shown
    assert "kết luận của lần xem xét của lãnh đạo – quá hạn" in shown
    assert "ISO 9001:2015, 9.3.3" in shown
    assert "2024/1 “Tuyển người”" in shown
    assert ": a/2" in shown
    assert Kind.TASK in {one.obligation.kind for one in open_entries([held], body, TODAY, norms())}
    lived = life_of(held, TODAY, norms(), Policy())
    assert lived.next_obligation is not None
    assert lived.next_obligation.kind is Kind.FIRST_SURVEILLANCE
    assert lived.improvement is lived.improvement


def test_a_review_that_is_only_planned_has_decided_nothing():
    decisions = {"1": Task(what="x", due=D(2024, 5, 31))}
    planned = ManagementReview(planned=D(2024, 12, 1), decisions=decisions)

    kinds = [kind for kind, *_ in asked(reviews={"2024": planned})]
    assert Kind.DECISION not in kinds
