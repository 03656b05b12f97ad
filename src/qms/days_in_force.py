"""The days on which the certification of a unit was in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.dates import Period, day_after, day_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qms.model import Unit
    from qms.tenure import Tenure

__all__ = ["periods_in_force"]


def periods_in_force(unit: Unit, held: Sequence[Tenure]) -> tuple[Period, ...]:
    """The days on which the unit's certification is in force, joined and in order."""
    if len(held) == 1 and not held[0].record.history and unit.valid_to is None:
        only = held[0]
        if only.start is None or only.last is None or only.start > only.last:
            return ()
        start = max(only.start, unit.valid_from) if unit.valid_from else only.start
        return (Period(start, only.last),) if start <= only.last else ()
    spans = sorted(
        (span for tenure in held for span in _spans(tenure)),
        key=lambda span: (span.start, span.end),
    )
    return _joined(_within_life(spans, unit))


def _spans(tenure: Tenure) -> Iterator[Period]:
    """The days of one tenure without its suspensions."""
    start, end = tenure.start, tenure.end
    if start is None or end is None:
        return
    for since, lifted in tenure.suspensions:
        if start < since and start <= end:
            yield Period(start, min(day_before(since), end))
        if lifted is None:
            return
        start = max(start, lifted)
    if start <= end:
        yield Period(start, end)


def _within_life(spans: Sequence[Period], unit: Unit) -> Iterator[Period]:
    first, last = unit.valid_from, unit.valid_to
    for span in spans:
        start = max(span.start, first) if first else span.start
        end = min(span.end, last) if last else span.end
        if start <= end:
            yield Period(start, end)


def _joined(spans: Iterator[Period]) -> tuple[Period, ...]:
    joined: list[Period] = []
    for span in spans:
        if joined and span.start <= day_after(joined[-1].end):
            if span.end > joined[-1].end:
                joined[-1] = Period(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)
