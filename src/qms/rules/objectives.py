"""Rules about quality objectives: measured, evaluated, owned and planned.

ISO 9001:2015, 6.2 and 9.1; ISO 9001:2008, 5.4.1 and 8.4.  A unit that keeps no objectives
in the register is told nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.check import About, Facts, rule
from qms.dates import add_months
from qms.objectives import ObjectiveState, objective_status, quantity
from qms.obligations.improvement import measurement_due
from qms.rules.certification.cycles import is_over
from qms.rules.documents.looks import clauses
from qms.terms import Severity
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from qms.check import Rule
    from qms.model import Plan, QualityObjective, Task, Unit
    from qms.standing import Life

__all__ = ["RULES", "overdue_tasks"]

_BASIS = clauses("6.2", "5.4.1")


def _keeps_objectives(at: Life) -> bool:
    return bool(at.unit.objectives) and not is_over(at)


@rule(
    "O601",
    "measurement-overdue",
    about=About.OBJECTIVE,
    severity=Severity.WARNING,
    basis=clauses("9.1.1", "8.2.3"),
    title=Text(
        en="An objective is measured as often as was laid down",
        vi="Mục tiêu được đo đúng định kỳ đã quy định",
    ),
    message=Text(
        en="“{objective}” was to be measured by {deadline}",
        vi="mục tiêu “{objective}” phải được đo chậm nhất ngày {deadline}",
    ),
    remedy=Text(
        en="Its owner measures and records the value with its day (qms objective measure).",
        vi="Người phụ trách đo và ghi giá trị kèm ngày đo (qms objective measure).",
    ),
    explanation=Text(
        en="Asked where measured_every is recorded, of what falls due by the last day of the period. The interval counts from the first "
        "day of the period or the last measurement, and from the end of a month to the end of a month; the due day itself is in time.",
        vi="Áp dụng khi có ghi measured_every, đối với lần đo đến hạn trong kỳ của mục tiêu. Khoảng cách tính từ ngày bắt đầu kỳ hoặc lần "
        "đo gần nhất; đo vào ngày cuối tháng thì lần sau đến hạn vào ngày cuối tháng. Đo đúng ngày đến hạn vẫn là đúng hạn.",
    ),
    when=_keeps_objectives,
)
def measurement_overdue(_key: str, record: QualityObjective, at: Life) -> Iterator[Facts]:
    """An objective that nobody measures leads nowhere."""
    if is_over(at) or record.measured_every is None:
        return
    due = measurement_due(record)
    if due is not None and due < at.on:
        yield Facts(objective=record.title, deadline=due, due=due)


@rule(
    "O602",
    "objective-never-measured",
    about=About.OBJECTIVE,
    severity=Severity.ERROR,
    basis=_BASIS,
    title=Text(
        en="An objective whose period is over was measured",
        vi="Mục tiêu đã hết kỳ phải có kết quả đo",
    ),
    message=Text(
        en="the period of “{objective}” ended on {deadline}, and nothing was ever measured",
        vi="kỳ của mục tiêu “{objective}” kết thúc ngày {deadline} nhưng chưa từng được đo",
    ),
    remedy=Text(
        en="Its owner records the result, or the reason why there is none.",
        vi="Người phụ trách ghi kết quả, hoặc lý do không có kết quả.",
    ),
    explanation=Text(
        en="From the day after the last day of the period on. What was measured before the period is its baseline and no result.",
        vi="Tính từ ngày sau ngày cuối của kỳ. Kết quả đo trước khi bắt đầu kỳ là mức xuất phát, không phải kết quả của kỳ.",
    ),
    when=_keeps_objectives,
)
def objective_never_measured(_key: str, record: QualityObjective, at: Life) -> Iterator[Facts]:
    """Without a result nobody knows whether it was met."""
    measured = any(one.on >= record.start for one in record.measurements)
    if not is_over(at) and record.due < at.on and not measured:
        yield Facts(objective=record.title, deadline=record.due, due=record.due)


@rule(
    "O603",
    "objective-missed",
    about=About.OBJECTIVE,
    severity=Severity.WARNING,
    basis=_BASIS,
    title=Text(
        en="An objective is met by the end of its period", vi="Mục tiêu đạt được khi hết kỳ"
    ),
    message=Text(
        en="“{objective}” was missed: {result} on {measured}, the target was {comparison} {wanted}",
        vi="mục tiêu “{objective}” không đạt: {result} ngày {measured}, chỉ tiêu là {comparison} {wanted}",
    ),
    remedy=Text(
        en="The unit evaluates why, decides on action, and takes both into the management review.",
        vi="Đơn vị đánh giá nguyên nhân, quyết định hành động và đưa vào xem xét của lãnh đạo.",
    ),
    explanation=Text(
        en="By the last measurement in the period, or the first one after it (within three months where one in the period tells); a "
        "later one does not undo it. From the day after the period on, for a year: after that it is history.",
        vi="Theo kết quả đo cuối cùng trong kỳ, hoặc lần đo đầu tiên sau khi hết kỳ (trong vòng ba tháng, nếu trong kỳ đã có kết quả); "
        "lần đo sau đó không làm thay đổi. Xét từ ngày sau khi hết kỳ và trong một năm; sau đó không nhắc nữa.",
    ),
    when=_keeps_objectives,
)
def objective_missed(_key: str, record: QualityObjective, at: Life) -> Iterator[Facts]:
    """An objective that is missed is answered, not forgotten."""
    if is_over(at) or not record.due < at.on <= add_months(record.due, 12):
        return
    status = objective_status(record, at.on)
    if status.state is ObjectiveState.MISSED and status.last is not None:
        yield Facts(
            objective=record.title,
            value=status.last.value,
            result=quantity(status.last.value, record.unit),
            measured=status.last.on,
            comparison=record.comparison,
            target=record.target,
            wanted=quantity(record.target, record.unit),
            measured_in=record.unit,
        )


@rule(
    "O604",
    "objective-not-planned",
    about=About.OBJECTIVE,
    severity=Severity.WARNING,
    basis=clauses("6.2.2", "5.4.1"),
    title=Text(
        en="It is laid down who answers for an objective, what is done, and how it is evaluated",
        vi="Mục tiêu có người phụ trách, việc phải làm và cách đánh giá",
    ),
    message=Text(
        en="for “{objective}” there is not laid down: {missing}",
        vi="mục tiêu “{objective}” chưa có: {missing}",
    ),
    remedy=Text(
        en="The unit adds them to the plan of the objective.",
        vi="Đơn vị bổ sung vào kế hoạch thực hiện mục tiêu.",
    ),
    explanation=Text(
        en="Asked of units that hold the edition of 2015 or a later one; that of 2008 asks only that objectives be measurable. Objectives whose "
        "period is over are left alone.",
        vi="Áp dụng cho đơn vị theo phiên bản 2015 trở đi; phiên bản 2008 chỉ yêu cầu mục tiêu đo được. Không xét mục tiêu đã hết kỳ.",
    ),
    when=_keeps_objectives,
)
def objective_not_planned(_key: str, record: QualityObjective, at: Life) -> Iterator[Facts]:
    """Wishing is no plan."""
    if not _is_planned_now(record, at):
        return
    named = ((record.owner, _OWNER), (record.tasks, _TASKS), (record.evaluation, _EVALUATION))
    missing = tuple(words for given, words in named if not given)
    if missing:
        yield Facts(objective=record.title, missing=missing)


_OWNER = Text(en="who answers for it", vi="người phụ trách")
_TASKS = Text(en="what is to be done", vi="việc phải làm")
_EVALUATION = Text(en="how it is evaluated", vi="cách đánh giá kết quả")


@rule(
    "O605",
    "task-overdue",
    about=About.OBJECTIVE,
    severity=Severity.WARNING,
    basis=clauses("6.2.2", "5.4.1"),
    title=Text(
        en="The tasks of an objective are done by their due days",
        vi="Nhiệm vụ thực hiện mục tiêu hoàn thành đúng hạn",
    ),
    message=Text(
        en="the task “{task}” was due by {deadline} and is not done",
        vi="nhiệm vụ “{task}” đến hạn ngày {deadline} nhưng chưa hoàn thành",
    ),
    remedy=Text(
        en="Whoever has the task does it, records the day, or has the plan changed.",
        vi="Người được giao hoàn thành và ghi ngày thực hiện, hoặc đề nghị điều chỉnh kế hoạch.",
    ),
    explanation=Text(
        en="The due day itself is in time. A task without a due day is not asked about.",
        vi="Hoàn thành đúng ngày đến hạn vẫn là đúng hạn. Không xét nhiệm vụ không ghi thời hạn.",
    ),
    when=_keeps_objectives,
)
def task_overdue(_key: str, record: QualityObjective, at: Life) -> Iterator[Facts]:
    """A plan is as good as its tasks."""
    yield from overdue_tasks(record.tasks, at)


@rule(
    "O606",
    "measured-twice",
    about=About.OBJECTIVE,
    severity=Severity.ERROR,
    basis=clauses("9.1.1", "8.2.3"),
    title=Text(
        en="One day has one value of an objective", vi="Mỗi ngày chỉ có một kết quả đo của mục tiêu"
    ),
    message=Text(
        en="for {day} there are {first} and {second}", vi="ngày {day} có cả {first} và {second}"
    ),
    remedy=Text(
        en="Its owner finds out which value is right and takes the other out.",
        vi="Người phụ trách xác định giá trị đúng và bỏ giá trị kia.",
    ),
    explanation=Text(
        en="The same value twice is no contradiction.",
        vi="Ghi trùng cùng một giá trị thì không mâu thuẫn.",
    ),
    when=_keeps_objectives,
)
def measured_twice(_key: str, record: QualityObjective, at: Life) -> Iterator[Facts]:
    """Nobody can tell which of two values counts."""
    seen: dict[date, Decimal] = {}
    for one in () if is_over(at) else record.measurements:
        first = seen.setdefault(one.on, one.value)
        if first != one.value:
            yield Facts(day=one.on, first=first, second=one.value)


@rule(
    "O607",
    "no-objective-in-its-period",
    about=About.UNIT,
    severity=Severity.WARNING,
    basis=_BASIS,
    title=Text(
        en="A unit that is current has quality objectives for the time being",
        vi="Đơn vị còn hiệu lực có mục tiêu chất lượng cho giai đoạn hiện tại",
    ),
    message=Text(
        en="the period of the last quality objective ended on {ended}; none follows it",
        vi="kỳ của mục tiêu chất lượng cuối cùng đã kết thúc ngày {ended}; chưa có mục tiêu kế tiếp",
    ),
    remedy=Text(
        en="The head of the unit sets the objectives of the new period; whoever keeps the register records them.",
        vi="Lãnh đạo đơn vị ban hành mục tiêu chất lượng của kỳ mới; cán bộ phụ trách sổ đăng ký ghi nhận.",
    ),
    explanation=Text(
        en="Asked of units that are current and have recorded an objective before: the last day of its period is still covered. A unit "
        "that never recorded one may keep its objectives elsewhere and is not asked.",
        vi="Áp dụng cho đơn vị còn hiệu lực và đã từng ghi nhận mục tiêu: ngày cuối của kỳ vẫn được tính. Đơn vị chưa từng ghi nhận có "
        "thể lưu mục tiêu ở nơi khác nên không bị hỏi.",
    ),
    when=_keeps_objectives,
)
def no_objective_in_its_period(_key: str, record: Unit, at: Life) -> Iterator[Facts]:
    """A system without objectives does not know where it goes."""
    known = [one for one in record.objectives.values() if one.start <= at.on]
    ended = max((one.due for one in known), default=None)
    if ended is not None and ended < at.on and at.standing.current and not is_over(at):
        yield Facts(ended=ended)


@rule(
    "O609",
    "objective-plan-incomplete",
    about=About.OBJECTIVE,
    severity=Severity.WARNING,
    basis=clauses("6.2.2", "5.4.1"),
    title=Text(
        en="The plan of an objective says who does what, with what and by when",
        vi="Kế hoạch thực hiện mục tiêu nêu rõ ai làm, nguồn lực nào và khi nào xong",
    ),
    message=Text(
        en="the plan of “{objective}” does not say {missing}",
        vi="kế hoạch thực hiện mục tiêu “{objective}” chưa nêu {missing}",
    ),
    remedy=Text(
        en="The unit adds them to the tasks of the objective (who, due, resources).",
        vi="Đơn vị bổ sung vào các nhiệm vụ của mục tiêu (who, due, resources).",
    ),
    explanation=Text(
        en="Asked of units that hold the edition of 2015 or a later one, of objectives in their period that have tasks; where there "
        "is none, O604 speaks. Every task names who does it and a day, which is not after the last day of the objective; resources are "
        "named by one of them at least, for small tasks need none.",
        vi="Áp dụng cho đơn vị theo phiên bản 2015 trở đi, đối với mục tiêu đang trong kỳ và có nhiệm vụ; nếu chưa có nhiệm vụ thì theo "
        "O604. Mỗi nhiệm vụ nêu người thực hiện và thời hạn, không muộn hơn ngày cuối kỳ của mục tiêu; nguồn lực cần được nêu ở ít nhất "
        "một nhiệm vụ, vì việc nhỏ có thể không cần.",
    ),
    when=_keeps_objectives,
)
def objective_plan_incomplete(_key: str, record: QualityObjective, at: Life) -> Iterator[Facts]:
    """Who does what, with what, by when."""
    tasks = tuple(record.tasks.values())
    if not tasks or not _is_planned_now(record, at):
        return
    named = (
        (all(one.who for one in tasks), _WHO),
        (all(one.due for one in tasks), _WHEN),
        (all(one.due is None or one.due <= record.due for one in tasks), _IN_TIME),
        (any(one.resources for one in tasks), _RESOURCES),
    )
    missing = tuple(words for given, words in named if not given)
    if missing:
        yield Facts(objective=record.title, missing=missing)


_WHO = Text(en="who does each task", vi="người thực hiện từng nhiệm vụ")
_WHEN = Text(en="by when each is done", vi="thời hạn của từng nhiệm vụ")
_IN_TIME = Text(
    en="how it ends in the period of the objective (a task is due later)",
    vi="cách hoàn thành trong kỳ của mục tiêu (có nhiệm vụ đến hạn muộn hơn)",
)
_RESOURCES = Text(en="what resources are needed", vi="nguồn lực cần có")


def _is_planned_now(record: QualityObjective, at: Life) -> bool:
    """Whether an edition that asks for plans is held, in the period of an objective."""
    basis = at.standing.basis
    if is_over(at) or not basis or not record.start <= at.on <= record.due:
        return False
    return at.tenure(basis).record.edition.year >= 2015


def _has_plans(at: Life) -> bool:
    return bool(at.unit.plans) and not is_over(at)


@rule(
    "O608",
    "plan-task-overdue",
    about=About.PLAN,
    severity=Severity.WARNING,
    basis=clauses("6.2.2", "5.4.2"),
    title=Text(
        en="The tasks of a plan are done by their days",
        vi="Nhiệm vụ trong kế hoạch được thực hiện đúng hạn",
    ),
    message=Text(
        en="the task “{task}” was due by {deadline} and is not recorded as done",
        vi="nhiệm vụ “{task}” phải xong chậm nhất ngày {deadline} nhưng chưa ghi nhận đã thực hiện",
    ),
    remedy=Text(
        en="Whoever does the task finishes it and records the day and the result; or the plan is changed by who approved it.",
        vi="Người thực hiện hoàn thành nhiệm vụ, ghi ngày và kết quả; hoặc người phê duyệt điều chỉnh kế hoạch.",
    ),
    explanation=Text(
        en="The due day itself is in time. Tasks without a due day are not asked about.",
        vi="Hoàn thành đúng ngày đến hạn vẫn là đúng hạn. Không xét nhiệm vụ chưa có thời hạn.",
    ),
    when=_has_plans,
)
def plan_task_overdue(_key: str, record: Plan, at: Life) -> Iterator[Facts]:
    """What was planned is done, or the plan is changed."""
    yield from overdue_tasks(record.tasks, at)


def overdue_tasks(tasks: Mapping[str, Task], at: Life) -> Iterator[Facts]:
    """The tasks of a unit that still exists whose day has passed and that are not done."""
    for task in () if is_over(at) else tasks.values():
        if task.due is not None and task.due < at.on and task.done is None:
            yield Facts(task=task.what, deadline=task.due, due=task.due)


RULES: tuple[Rule, ...] = (
    measurement_overdue,
    objective_never_measured,
    objective_missed,
    objective_not_planned,
    task_overdue,
    measured_twice,
    no_objective_in_its_period,
    plan_task_overdue,
    objective_plan_incomplete,
)
