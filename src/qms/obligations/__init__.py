"""What has to happen by when.

Everything that must happen by some day is an :class:`Obligation`: a window, the
clause that demands it, and the fact that met it.  The check, the programme and
the calendar all read the same obligations; none computes a due day of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.obligations.certification import (
    CERTIFICATION_AUDITS,
    certificate_obligations,
    is_major_open,
    verified_on,
)
from qms.obligations.obligation import Obligation, Outlook, day_ahead
from qms.obligations.state import (
    ChangeSinceAnnounced,
    changes_since_announced,
    procedures_published,
    state_obligations,
)
from qms.terms import Regime

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qms.model import Unit
    from qms.tenure import Tenure

__all__ = [
    "CERTIFICATION_AUDITS",
    "ChangeSinceAnnounced",
    "Obligation",
    "Outlook",
    "changes_since_announced",
    "day_ahead",
    "is_major_open",
    "obligations_of",
    "procedures_published",
    "verified_on",
]


def obligations_of(unit: Unit, held: Sequence[Tenure], outlook: Outlook) -> tuple[Obligation, ...]:
    """Everything that has to happen in a unit, as far as the outlook goes.

    Args:
        unit: The unit, with the facts that are to count.
        held: Its tenures.
        outlook: From where and how far to look.
    """
    found = list(certificate_obligations(unit, held, outlook))
    if any(tenure.regime is not Regime.ACCREDITED for tenure in held):
        found.extend(state_obligations(unit, held, outlook))
    return tuple(found)
