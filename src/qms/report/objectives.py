"""Where objectives stand, and the figures of a year: for a screen and for other programs."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the annotations are read at run time
from decimal import Decimal  # noqa: TC003
from typing import TYPE_CHECKING

from msgspec import Struct

from qms import objectives
from qms.dates import print_date
from qms.objectives import Direction, ObjectiveState, objective_status, tasks_done, trends
from qms.report.json import indented
from qms.report.layout import Column, Paint, table, wrap
from qms.terms import Comparison  # noqa: TC001
from qms.text import Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qms.model import QualityObjective, Unit
    from qms.objectives import Share, Trend

__all__ = ["ObjectivesReport", "percent", "render", "render_json"]

_HEADS = (
    Text(en="Objective", vi="Mục tiêu"),
    Text(en="Target", vi="Chỉ tiêu"),
    Text(en="Last result", vi="Kết quả gần nhất"),
    Text(en="Due", vi="Thời hạn"),
    Text(en="State", vi="Tình hình"),
)
_NONE = Text(en="No objectives are recorded.", vi="Chưa ghi nhận mục tiêu nào.")
_TASKS = Text(en="{name}: {done} of {of} tasks done ({percent})", vi="{name}: đã thực hiện {done}/{of} nhiệm vụ ({percent})")  # fmt: skip
_PLANS = Text(en="Plans", vi="Kế hoạch")
_TRENDS = Text(en="Over the years", vi="Qua các năm")
_TREND = Text(en="{indicator}: {values}: {direction}", vi="{indicator}: {values}: {direction}")
_RUNNING = Text(en="still running", vi="chưa hết kỳ")
_STYLES = {
    ObjectiveState.MET: ("green",),
    ObjectiveState.ON_TRACK: ("green",),
    ObjectiveState.BEHIND: ("yellow",),
    ObjectiveState.NOT_MEASURED: ("yellow",),
    ObjectiveState.MISSED: ("red",),
    ObjectiveState.NOT_BEGUN: (),
}


def quantity(value: Decimal, unit: str, language: Language) -> str:
    """A quantity with its unit, as a language writes it."""
    return objectives.quantity(value, unit).in_(language)


def percent(share: Share, language: Language) -> str:
    """A share in per cent; a dash where there is nothing to share."""
    return "–" if share.percent is None else quantity(share.percent, "%", language)


def render(
    units: Sequence[Unit], on: date, language: Language, width: int, *, colour: bool = False
) -> str:
    """Where the objectives and plans of units stand, unit by unit."""
    paint = Paint(colour)
    lines: list[str] = []
    for unit in units:
        if unit.objectives or unit.plans or len(units) == 1:
            title = f"{unit.name.in_(language)} · {print_date(on, language)}"
            lines += ["", *(paint(line, "bold") for line in wrap(title, width))]
            lines += _of_unit(unit, on, language, width, paint)
    return "\n".join(lines or [_NONE.in_(language)]).lstrip("\n") + "\n"


def _of_unit(unit: Unit, on: date, language: Language, width: int, paint: Paint) -> Iterator[str]:
    if unit.objectives:
        yield from _table(unit.objectives, on, language, width, paint)
    else:
        yield _NONE.in_(language)
    found = trends(unit.objectives.values(), on)
    if found:
        yield from ("", paint(_TRENDS.in_(language), "bold"))
        for one in found:
            yield from wrap(_trend(one, language), width, indent="  ", hanging="    ")
    if unit.plans:
        yield from ("", paint(_PLANS.in_(language), "bold"))
        for plan in unit.plans.values():
            share = tasks_done(plan.tasks.values(), on)
            words = _TASKS.in_(language).format(
                name=plan.title.in_(language),
                done=share.done,
                of=share.of,
                percent=percent(share, language),
            )
            yield from wrap(words, width, indent="  ", hanging="    ")


def _table(
    objectives: Mapping[str, QualityObjective],
    on: date,
    language: Language,
    width: int,
    paint: Paint,
) -> list[str]:
    columns = [
        Column(head.in_(language), places)
        for head, places in zip(_HEADS, (0, 12, 16, 10, 13), strict=True)
    ]
    rows = [_row(key, one, on, language) for key, one in objectives.items()]
    words = {state.text.in_(language): style for state, style in _STYLES.items()}
    return table(columns, rows, width, paint, lambda row: words.get(row[-1], ()))


def _row(key: str, one: QualityObjective, on: date, language: Language) -> tuple[str, ...]:
    status = objective_status(one, on)
    last = "–"
    if status.last is not None:
        last = quantity(status.last.value, one.unit, language)
        last += f"\n{print_date(status.last.on, language)}"
    return (
        f"{key}\n{one.title.in_(language)}",
        objectives.target_words(one).in_(language),
        last,
        print_date(one.due, language),
        status.state.text.in_(language),
    )


def _trend(one: Trend, language: Language) -> str:
    years = [due.year for due, *_ in one.periods]
    yearly = len(set(years)) == len(years)
    values = " → ".join(
        f"{due.year if yearly else print_date(due, language)} {'–' if value is None else quantity(value, one.unit, language)}"
        + (f" ({_RUNNING.in_(language)})" if due in one.running else "")
        for due, _, value, _ in one.periods
    )
    indicator = one.indicator if one.of is None else f"{one.indicator} ({one.of})"
    return _TREND.in_(language).format(
        indicator=indicator, values=values, direction=one.direction.text.in_(language)
    )


# --- for other programs ----------------------------------------------------------------------


class ObjectiveEntry(Struct, frozen=True, kw_only=True):
    """An objective and where it stands; null for what is not known."""

    unit: str
    id: str
    state: ObjectiveState
    target: Decimal
    comparison: Comparison
    measured_in: str
    value: Decimal | None
    measured_on: date | None
    due: date


class PlanEntry(Struct, frozen=True, kw_only=True):
    """A plan and how many of its tasks were done."""

    unit: str
    id: str
    year: int
    done: int
    tasks: int


class TrendEntry(Struct, frozen=True, kw_only=True):
    """An indicator over several periods, each by its last day; those running are not compared."""

    unit: str
    indicator: str
    of: str | None
    values: dict[str, Decimal | None]
    running: tuple[date, ...]
    direction: Direction


class ObjectivesReport(Struct, frozen=True, kw_only=True):
    """Where the objectives and plans of a register stand on a day."""

    format: str = "qms-objectives/1"
    on: date
    objectives: tuple[ObjectiveEntry, ...]
    trends: tuple[TrendEntry, ...]
    plans: tuple[PlanEntry, ...]


def render_json(units: Sequence[Unit], on: date) -> str:
    """Where the objectives and plans of units stand, for other programs."""
    return indented(
        ObjectivesReport(
            on=on,
            objectives=tuple(one for unit in units for one in _entries(unit, on)),
            trends=tuple(
                TrendEntry(
                    unit=unit.id,
                    indicator=one.indicator,
                    of=one.of,
                    values={due.isoformat(): value for due, _, value, _ in one.periods},
                    running=one.running,
                    direction=one.direction,
                )
                for unit in units
                for one in trends(unit.objectives.values(), on)
            ),
            plans=tuple(one for unit in units for one in _plans(unit, on)),
        )
    )


def _entries(unit: Unit, on: date) -> Iterable[ObjectiveEntry]:
    for key, one in unit.objectives.items():
        status = objective_status(one, on)
        yield ObjectiveEntry(
            unit=unit.id,
            id=key,
            state=status.state,
            target=one.target,
            comparison=one.comparison,
            measured_in=one.unit,
            value=status.last.value if status.last else None,
            measured_on=status.last.on if status.last else None,
            due=one.due,
        )


def _plans(unit: Unit, on: date) -> Iterable[PlanEntry]:
    for key, plan in unit.plans.items():
        share = tasks_done(plan.tasks.values(), on)
        yield PlanEntry(unit=unit.id, id=key, year=plan.year, done=share.done, tasks=share.of)
