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
from qms.obligations.obligation import Obligation
from qms.obligations.state import procedures_published, state_obligations
from qms.terms import Regime

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qms.model import Unit
    from qms.norms import Norms
    from qms.tenure import Tenure

__all__ = [
    "CERTIFICATION_AUDITS",
    "Obligation",
    "is_major_open",
    "obligations_of",
    "procedures_published",
    "verified_on",
]


def obligations_of(
    unit: Unit, held: Sequence[Tenure], norms: Norms, on: date, until: date
) -> tuple[Obligation, ...]:
    """Everything that has to happen in a unit, up to a last day looked at.

    Args:
        unit: The unit, with the facts that are to count.
        held: Its tenures.
        norms: The dates and terms of editions and regimes.
        on: The day whose knowledge counts.
        until: The last day looked at; windows that open later are left out.
    """
    found = list(certificate_obligations(unit, held, norms, on, until))
    if any(tenure.regime is not Regime.ACCREDITED for tenure in held):
        found.extend(state_obligations(unit, held, norms, until))
    return tuple(found)
