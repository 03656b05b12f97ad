"""An obligation: something that has to happen by some day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from qms.dates import LAST_DAY
from qms.terms import Clause, ObligationKind, ObligationState

if TYPE_CHECKING:
    from qms.model import Policy
    from qms.norms import Norms

__all__ = ["Obligation", "Outlook", "day_ahead"]


class Outlook(Struct, frozen=True, kw_only=True):
    """From where and how far one looks for obligations.

    Attributes:
        on: The day whose knowledge counts.
        until: The last day looked at; windows that open later are left out.
        norms: The dates and terms of editions and regimes.
        policy: The organisation's own choices.
    """

    on: date
    until: date
    norms: Norms
    policy: Policy


class Obligation(Struct, frozen=True, kw_only=True, gc=False):
    """Something that has to happen by some day.

    Attributes:
        kind: What has to happen.
        subject: The record that it belongs to, as a path in the unit; empty for the unit.
        opens: The first day on which it can be met.
        due: The last day on which it is in time; None where no day is laid down, so
            that it stays open until it is met.
        met: The day on which it was met in time.
        late: The day on which it was done although too late.
        void_from: The day from which nobody asks for it any more, because a new
            cycle began or another regime took over.
        basis: The clause that demands it.
        owner: The person or division that has to see to it, where one is recorded.
        task: What is to be done, in the words of the register, where it is a task.
    """

    kind: ObligationKind
    subject: str
    opens: date
    due: date | None
    met: date | None = None
    late: date | None = None
    void_from: date | None = None
    basis: Clause
    owner: str | None = None
    task: str | None = None

    def state(self, on: date, *, due_soon_days: int = 90) -> ObligationState:
        """Where it stands on a day; the due day itself is still in time.

        What fell due stays overdue until it is done: it does not drop out of
        sight because its day has passed.
        """
        return self.state_with(on, day_ahead(on, due_soon_days))

    def state_with(self, on: date, soon: date) -> ObligationState:
        """Where it stands on a day, due soon being what falls due up to another day."""
        met, void_from, due = self.met, self.void_from, self.due
        if met is not None and met <= on:
            return ObligationState.MET
        if void_from is not None and void_from <= on:
            return ObligationState.VOID
        if due is None or soon < due:
            return ObligationState.OPEN
        if on <= due:
            return ObligationState.DUE_SOON
        done = self.late is not None and self.late <= on
        return ObligationState.LATE if done else ObligationState.OVERDUE


@lru_cache(maxsize=1024)
def day_ahead(day: date, days: int) -> date:
    """The day some days ahead, or the last day of the calendar."""
    return date.fromordinal(min(day.toordinal() + days, LAST_DAY.toordinal()))
