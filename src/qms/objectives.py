"""Where quality objectives stand on a day, from the measurements alone; and how plans fare.

An objective is judged on the last day of its period: until then it is on track or behind,
from then on met or missed (ISO 9001:2015, 6.2 and 9.1.3; ISO 9001:2008, 5.4.1 and 8.4).
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from qms.dates import add_months, due_again
from qms.terms import Comparison, Term
from qms.text import Text, same_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from qms.model import Measurement, QualityObjective, Task

__all__ = [
    "Direction",
    "ObjectiveState",
    "ObjectiveStatus",
    "Share",
    "Trend",
    "measurement_refusals",
    "objective_status",
    "quantity",
    "reaches",
    "target_words",
    "tasks_done",
    "trends",
]

_WHOLE = Decimal(1)
_HUNDRED = Decimal(100)
_LEAST = Decimal("0.1")
#: How many months after a period its figures come in; what is measured later is of another time.
_FIGURES_COME_IN = 3


class ObjectiveState(Term):
    """Where an objective stands."""

    NOT_BEGUN = "not-begun", "not begun", "chưa đến kỳ"
    NOT_MEASURED = "not-measured", "not measured", "chưa đo"
    ON_TRACK = "on-track", "on track", "đúng tiến độ"
    BEHIND = "behind", "behind", "chậm tiến độ"
    MET = "met", "met", "đạt"
    MISSED = "missed", "missed", "không đạt"


class Direction(Term):
    """Where an indicator goes from one period to the next."""

    BETTER = "better", "better", "tốt lên"
    STEADY = "steady", "unchanged", "không đổi"
    WORSE = "worse", "worse", "kém đi"
    UNKNOWN = "unknown", "not known", "chưa rõ"


class ObjectiveStatus(Struct, frozen=True, kw_only=True):
    """Where an objective stands on a day.

    Attributes:
        state: The state.
        last: The measurement that it goes by; None where there is none.
        way: How much of the way from the baseline to the target was made, 1 for all of it;
            None where no baseline is recorded, or where it reached the target already.
        expected: How much of the way the days ask for that have passed: until the last measurement
            as long as the next one is not due, else until the day of the question.
    """

    state: ObjectiveState
    last: Measurement | None = None
    way: Decimal | None = None
    expected: Decimal | None = None


class Trend(Struct, frozen=True, kw_only=True):
    """The same indicator over several periods.

    Attributes:
        indicator: The indicator.
        unit: Its unit of measurement.
        of: The process or division, or else the owner, where several have the indicator.
        periods: The last day of each period, with the target, the value that counts and the state.
        running: The last days of the periods that are not over: their values are not yet results.
        direction: Where it went from the last period but one to the last, of those that are over.
    """

    indicator: str
    unit: str
    of: str | None = None
    periods: tuple[tuple[date, Decimal, Decimal | None, ObjectiveState], ...]
    running: tuple[date, ...]
    direction: Direction


class Share(Struct, frozen=True):
    """How many of some tasks were done by a day."""

    done: int
    of: int

    @property
    def percent(self) -> Decimal | None:
        """The share in per cent, to one decimal place; None where there are no tasks.

        It is 100 only where all were done, and 0 only where none was.
        """
        if not self.of:
            return None
        rounded = round(Decimal(100 * self.done) / self.of, 1)
        if 0 < self.done < self.of:
            return min(max(rounded, _LEAST), _HUNDRED - _LEAST)
        return rounded


#: The signs of comparisons, as targets are written in plans.
_SIGNS = {
    Comparison.AT_LEAST: "≥",
    Comparison.AT_MOST: "≤",
    Comparison.MORE_THAN: ">",
    Comparison.LESS_THAN: "<",
    Comparison.EXACTLY: "=",
}


def quantity(value: Decimal, unit: str) -> Text:
    """A value with its unit, as each language writes it: 97.5%, 97,5%."""
    number = f"{value.normalize():f}"
    of = unit if unit == "%" else f" {unit}"
    return Text(en=f"{number}{of}", vi=f"{number.replace('.', ',')}{of}")


def target_words(objective: QualityObjective) -> Text:
    """The target with how it is held against and its unit: ≥ 97.5%."""
    target = quantity(objective.target, objective.unit)
    return Text(en="{sign} {target}", vi="{sign} {target}").format(
        sign=_SIGNS[objective.comparison], target=target
    )


def reaches(objective: QualityObjective, value: Decimal) -> bool:
    """Whether a value reaches the target."""
    target = objective.target
    return {
        Comparison.AT_LEAST: value >= target,
        Comparison.AT_MOST: value <= target,
        Comparison.MORE_THAN: value > target,
        Comparison.LESS_THAN: value < target,
        Comparison.EXACTLY: value == target,
    }[objective.comparison]


def objective_status(objective: QualityObjective, on: date) -> ObjectiveStatus:
    """Where an objective stands on a day; measurements of later days do not count.

    Neither do those of days before the period: they say where the work began.

    On the last day of the period and after it the objective is met or missed, by the last
    measurement in the period, or by the first one after it: an annual figure is usually taken
    in the weeks after the year.  Where one in the period tells, the first one after it counts
    within three months only; no later one undoes a result.  Where the objective is to be
    measured every so many months, and fell due again by the last day of the period, the
    measurement before does not tell, and the objective counts as not measured.
    Before, a value that reaches the target is on track; one that does not is on track only
    where a baseline is recorded and the way made is at least the share of the days passed:
    by the day of the measurement as long as the next one is not due, by today after that.
    Once the next one is overdue, nothing is called on track: it counts as not measured.
    """
    if on < objective.start:
        return ObjectiveStatus(state=ObjectiveState.NOT_BEGUN)
    last = _counting(objective, on)
    if last is None:
        return ObjectiveStatus(state=ObjectiveState.NOT_MEASURED)
    way, expected = (
        _way(objective, last.value),
        _expected(objective, _judged_on(objective, last, on)),
    )
    reached = reaches(objective, last.value)
    if on >= objective.due:
        state = ObjectiveState.MET if reached else ObjectiveState.MISSED
        if _too_old(objective, last):
            state = ObjectiveState.NOT_MEASURED
    elif reached or (way is not None and way >= expected):
        state = ObjectiveState.ON_TRACK
        if _is_overdue(objective, last, on):
            state = ObjectiveState.NOT_MEASURED
    else:
        state = ObjectiveState.BEHIND
    return ObjectiveStatus(state=state, last=last, way=way, expected=expected)


def _counting(objective: QualityObjective, on: date) -> Measurement | None:
    """The measurement that an objective goes by on a day; None where there is none."""
    known = [one for one in objective.measurements if objective.start <= one.on <= on]
    last = max((one for one in known if one.on <= objective.due), key=_day, default=None)
    after = min((one for one in known if one.on > objective.due), key=_day, default=None)
    if after is None:
        return last
    tells = last is not None and not _too_old(objective, last)
    return last if tells and after.on > add_months(objective.due, _FIGURES_COME_IN) else after


def _day(measurement: Measurement) -> date:
    return measurement.on


def _judged_on(objective: QualityObjective, last: Measurement, on: date) -> date:
    """The day by which the way made is judged.

    Between two measurements in time nothing new is known, and an objective that was on
    track when it was measured is not behind on the next morning.
    """
    in_time = objective.measured_every is not None and not _is_overdue(objective, last, on)
    return last.on if in_time else on


def _is_overdue(objective: QualityObjective, last: Measurement, on: date) -> bool:
    """Whether the next measurement was due before a day, and was not made."""
    every = objective.measured_every
    return every is not None and due_again(last.on, every) < on


def _too_old(objective: QualityObjective, last: Measurement) -> bool:
    """Whether the objective fell due for another measurement in its period, after the last one."""
    every = objective.measured_every
    return every is not None and due_again(last.on, every) <= objective.due


def _way(objective: QualityObjective, value: Decimal) -> Decimal | None:
    baseline, target = objective.baseline, objective.target
    if baseline is None or baseline == target:
        return None
    if objective.comparison is Comparison.EXACTLY:
        return _WHOLE - abs(value - target) / abs(baseline - target)
    if reaches(objective, baseline):
        # The work began on the good side of the target: what is to be held has no way to go,
        # and a value beyond the target in the wrong direction must not look like progress.
        return None
    return (value - baseline) / (target - baseline)


def _expected(objective: QualityObjective, on: date) -> Decimal:
    days = (objective.due - objective.start).days + 1
    return min(_WHOLE, Decimal((on - objective.start).days + 1) / days)


def trends(objectives: Iterable[QualityObjective], on: date) -> tuple[Trend, ...]:
    """The indicators that objectives of more than one period share, by name.

    The same indicator in the same unit of measurement is the same, whatever the target.  Where
    several processes or divisions have it, or several owners, each has a trend of its own;
    where it cannot be told which objective follows which, there is none.
    """
    alike: defaultdict[tuple[str, str], list[QualityObjective]] = defaultdict(list)
    for one in objectives:
        if one.start <= on:
            alike[same_words(one.indicator), same_words(one.unit)].append(one)
    found = (
        _trend(of, sorted(line, key=lambda one: one.due), on)
        for group in alike.values()
        for of, line in _apart(group)
    )
    return tuple(
        sorted((one for one in found if one), key=lambda one: (one.indicator, one.of or ""))
    )


def _apart(group: list[QualityObjective]) -> Iterator[tuple[str | None, list[QualityObjective]]]:
    """Objectives of one indicator, those of each process or owner by themselves, if need be."""
    if _follow(group):
        yield None, group
        return
    for of in (_process, _owner):
        lines: defaultdict[str, list[QualityObjective]] = defaultdict(list)
        for one in group:
            lines[same_words(of(one) or "")].append(one)
        if all(map(_follow, lines.values())):
            yield from ((of(line[-1]), line) for line in lines.values())
            return


def _follow(group: list[QualityObjective]) -> bool:
    """Whether no two objectives end on one day, so that each follows another."""
    return len({one.due for one in group}) == len(group)


def _process(objective: QualityObjective) -> str | None:
    return objective.process


def _owner(objective: QualityObjective) -> str | None:
    return objective.owner


def _trend(of: str | None, group: list[QualityObjective], on: date) -> Trend | None:
    if len(group) < 2:
        return None
    periods = []
    for one in group:
        status = objective_status(one, on)
        # What counts as not measured has no result to compare, though it was measured once.
        told = status.last if status.state is not ObjectiveState.NOT_MEASURED else None
        value = told.value if told else None
        periods.append((one.due, one.target, value, status.state))
    values = [
        (one, period[2])
        for one, period in zip(group, periods, strict=True)
        if period[2] is not None and one.due <= on
    ]
    direction = _direction(values[-2][1], *values[-1]) if len(values) > 1 else Direction.UNKNOWN
    return Trend(
        indicator=group[-1].indicator,
        unit=group[-1].unit,
        of=of,
        periods=tuple(periods),
        running=tuple(sorted({one.due for one in group if one.due > on})),
        direction=direction,
    )


def _direction(
    before: Decimal | None, objective: QualityObjective, after: Decimal | None
) -> Direction:
    assert before is not None  # noqa: S101 - only periods with a value are handed in
    assert after is not None  # noqa: S101
    if objective.comparison is Comparison.EXACTLY:
        gain = abs(before - objective.target) - abs(after - objective.target)
    elif objective.comparison in {Comparison.AT_MOST, Comparison.LESS_THAN}:
        gain = before - after
    else:
        gain = after - before
    if not gain:
        return Direction.STEADY
    return Direction.BETTER if gain > 0 else Direction.WORSE


def tasks_done(tasks: Iterable[Task], on: date) -> Share:
    """How many of some tasks were done by a day, as plans report it."""
    listed = tuple(tasks)
    return Share(sum(one.done is not None and one.done <= on for one in listed), len(listed))


_BEFORE = Text(
    en="the period of the objective begins on {day} only",
    vi="kỳ của mục tiêu đến ngày {day} mới bắt đầu",
)
_TWICE = Text(
    en="on {day} {value} was recorded already",
    vi="ngày {day} đã ghi nhận kết quả {value}",
)
_NOT_PERCENT = Text(
    en="the value is given in per cent, and the objective is measured in “{unit}”",
    vi="giá trị ghi theo phần trăm, nhưng mục tiêu được đo bằng “{unit}”",
)
_PERCENT = ("%", "percent", "per cent", "phần trăm")


def measurement_refusals(
    objective: QualityObjective, on: date, value: Decimal, *, percent: bool = False
) -> Iterator[tuple[Text, Mapping[str, object]]]:
    """Why a measurement cannot be recorded: a template and its facts for each reason.

    Args:
        objective: The objective.
        on: The day of the measurement.
        value: The value.
        percent: Whether it was given in per cent, so that it is of no other unit.
    """
    if percent and not any(one in same_words(objective.unit) for one in _PERCENT):
        yield _NOT_PERCENT, {"unit": objective.unit}
    if on < objective.start:
        yield _BEFORE, {"day": objective.start}
    for one in objective.measurements:
        if one.on == on and one.value != value:
            yield _TWICE, {"day": on, "value": one.value}
