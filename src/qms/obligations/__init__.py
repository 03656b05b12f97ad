"""What has to happen by when.

Everything that must happen by some day is an :class:`Obligation`: a window, the
clause that demands it, and the fact that met it.  The check, the programme and
the calendar all read the same obligations; none computes a due day of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from qms.dates import FIRST_DAY, day_after
from qms.obligations.certification import (
    CERTIFICATION_AUDITS,
    SURVEYING_AUDITS,
    anniversary_years,
    certificate_obligations,
    is_major_open,
    verified_on,
)
from qms.obligations.documents import document_obligations
from qms.obligations.improvement import improvement_obligations as _improving
from qms.obligations.obligation import Obligation, Outlook, day_ahead
from qms.obligations.state import (
    ChangeSinceAnnounced,
    challenged_since,
    changes_since_announced,
    state_obligations,
)
from qms.terms import ObligationKind, Regime

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from qms.model import Unit
    from qms.tenure import Tenure

__all__ = [
    "CERTIFICATION_AUDITS",
    "SURVEYING_AUDITS",
    "ChangeSinceAnnounced",
    "Obligation",
    "Outlook",
    "anniversary_years",
    "challenged_since",
    "changes_since_announced",
    "day_ahead",
    "dossier_obligations",
    "improvement_obligations",
    "is_major_open",
    "obligations_of",
    "verified_on",
]

#: What puts right something that is wanting already, however long the term for it runs.
_PUTTING_RIGHT = frozenset(
    {
        ObligationKind.RESTORATION,
        ObligationKind.LIFTING_OF_SUSPENSION,
        ObligationKind.CLOSING_OF_MAJOR,
    }
)


def obligations_of(unit: Unit, held: Sequence[Tenure], outlook: Outlook) -> tuple[Obligation, ...]:
    """Everything that has to happen for a unit's certification, as far as the outlook goes.

    Args:
        unit: The unit, with the facts that are to count.
        held: Its tenures.
        outlook: From where and how far to look.
    """
    found = list(certificate_obligations(unit, held, outlook))
    if any(tenure.regime is not Regime.ACCREDITED for tenure in held):
        found.extend(state_obligations(unit, held, outlook))
    if unit.valid_to is not None:
        return _asked_until(unit.valid_to, found)
    return tuple(found)


def dossier_obligations(unit: Unit, outlook: Outlook) -> tuple[Obligation, ...]:
    """Everything that has to happen with a unit's documents, as far as the outlook goes.

    Nothing of it bears on the certification, so it is reckoned only where somebody asks.

    Args:
        unit: The unit, with the facts that are to count.
        outlook: From where and how far to look.
    """
    found = tuple(document_obligations(unit, outlook)) if unit.documents else ()
    if found and unit.valid_to is not None:
        return _asked_until(unit.valid_to, found)
    return found


def improvement_obligations(unit: Unit, outlook: Outlook) -> tuple[Obligation, ...]:
    """What a unit's work on improvement asks for, as known on the day of an outlook.

    Args:
        unit: The unit, with the facts that are to count.
        outlook: From where and how far to look.
    """
    found = tuple(_improving(unit, outlook))
    return found if unit.valid_to is None else _asked_until(unit.valid_to, found)


def _asked_until(last: date, obligations: Iterable[Obligation]) -> tuple[Obligation, ...]:
    """The obligations of a unit that has a last day, after which nothing is asked.

    What can begin, or has to be done, only later is not asked for at all: by then there is
    no unit.
    """
    ended = day_after(last)
    return tuple(
        _until(FIRST_DAY if _comes_after(last, one) else ended, one) for one in obligations
    )


def _comes_after(last: date, obligation: Obligation) -> bool:
    if obligation.opens > last:
        return True
    due = obligation.due
    return due is not None and due > last and obligation.kind not in _PUTTING_RIGHT


def _until(ended: date, obligation: Obligation) -> Obligation:
    """An obligation of which nothing is asked from a day on."""
    void_from = obligation.void_from
    return replace(obligation, void_from=ended if void_from is None else min(void_from, ended))
