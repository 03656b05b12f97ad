"""Quality objectives with their plans and measurements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from qms.model.making import held_to_types
from qms.model.shapes import Key, Months, Quantity, Words, Year
from qms.terms import Comparison
from qms.text import Name

__all__ = ["Measurement", "Plan", "QualityObjective", "Task"]


@frozen(kw_only=True, weakref_slot=False)
class Task:
    """A task of a plan: what, who, with what, by when (ISO 9001:2015, 6.2.2).

    Attributes:
        what: What is to be done.
        who: Who does it.
        field: The field of work to which it belongs.
        resources: What is needed for it.
        expected: The result expected.
        due: The last day on which it is in time.
        done: The day on which it was done.
        result: What came of it.
    """

    what: Words
    who: Words | None = None
    field: Words | None = None
    resources: Words | None = None
    expected: Words | None = None
    due: date | None = None
    done: date | None = None
    result: Words | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class Measurement:
    """A measured value of an objective's indicator.

    Attributes:
        on: The day on which it was measured.
        value: The value, in the objective's unit.
        by: Who measured.
        evidence: Where the figure comes from.
    """

    on: date
    value: Quantity
    by: Words | None = None
    evidence: Words | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class QualityObjective:
    """A measurable quality objective (ISO 9001:2015, 6.2; ISO 9000:2015, 3.7.2).

    Attributes:
        title: What is to be reached, in words.
        indicator: What is measured.
        unit: The unit of measurement, such as ``%``.
        comparison: How a measurement is held against the target.
        target: The value to be reached.
        baseline: The value from which the work began.
        start: The first day of the period.
        due: The last day of the period, by which the target is to be reached.
        measured_every: The interval between measurements, in months.
        owner: Who answers for it.
        evaluation: How the result is evaluated.
        process: The process or division to which it belongs.
        parent: The identifier of the objective of which it is a part.
        approved: The day on which it was approved.
        tasks: The plan to reach it.
        measurements: What was measured.
        note: Anything else worth knowing.
    """

    title: Name
    indicator: Words
    unit: Words
    comparison: Comparison
    target: Quantity
    baseline: Quantity | None = None
    start: date
    due: date
    measured_every: Months | None = None
    owner: Words | None = None
    evaluation: Words | None = None
    process: Words | None = None
    parent: Key | None = None
    approved: date | None = None
    tasks: Mapping[Key, Task] = field(factory=dict)
    measurements: tuple[Measurement, ...] = ()
    note: Words | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class Plan:
    """A plan of the year, such as the work plan or the administrative reform plan.

    Attributes:
        title: Its title.
        year: The year for which it is made.
        approved: The day on which it was approved.
        approved_by: Who approved it.
        document: The code of the controlled document that holds it.
        tasks: Its tasks.
        note: Anything else worth knowing.
    """

    title: Name
    year: Year
    approved: date | None = None
    approved_by: Words | None = None
    document: Key | None = None
    tasks: Mapping[Key, Task] = field(factory=dict)
    note: Words | None = None

    __attrs_post_init__ = held_to_types
