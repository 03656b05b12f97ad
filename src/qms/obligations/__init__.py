"""What has to happen by when.

Everything that must happen by some day is an :class:`Obligation`: a window, the
clause that demands it, and the fact that met it.  The check, the programme and
the calendar all read the same obligations; none computes a due day of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from qms.dates import day_after
from qms.obligations.certification import (
    CERTIFICATION_AUDITS,
    SURVEYING_AUDITS,
    anniversary_years,
    certificate_obligations,
    is_major_open,
    verified_on,
)
from qms.obligations.documents import document_obligations
from qms.obligations.improvement import improvement_obligations
from qms.obligations.obligation import Obligation, Outlook, day_ahead
from qms.obligations.state import (
    ChangeSinceAnnounced,
    challenged_since,
    changes_since_announced,
    state_obligations,
)
from qms.terms import Regime

if TYPE_CHECKING:
    from collections.abc import Sequence
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
        return tuple(_until(day_after(unit.valid_to), one) for one in found)
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
        return tuple(_until(day_after(unit.valid_to), one) for one in found)
    return found


def _until(ended: date, obligation: Obligation) -> Obligation:
    """An obligation of a unit that has ended, of which nothing is asked from a day on."""
    void_from = obligation.void_from
    return replace(obligation, void_from=ended if void_from is None else min(void_from, ended))
