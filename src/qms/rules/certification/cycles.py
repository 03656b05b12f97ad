"""What belongs to a cycle of certification, and what the next cycle has made history.

A cycle runs from the decision on initial certification or recertification to the
next.  What went wrong on the way to a decision is looked into once more when the
next cycle is decided on; that decision closes the account.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qms.terms import AuditType, Regime

if TYPE_CHECKING:
    from qms.model import Audit
    from qms.standing import Life
    from qms.tenure import Tenure

__all__ = [
    "ISO_17021",
    "audits_before",
    "chain_of",
    "continues",
    "has_accredited",
    "holds",
    "is_accredited",
    "is_history",
    "is_over",
    "is_past",
    "next_in_chain",
]

#: The standard for certification bodies, on which most of these rules rest.
ISO_17021 = "ISO/IEC 17021-1:2015"


def is_over(at: Life) -> bool:
    """Whether the unit no longer exists."""
    return at.unit.valid_to is not None and at.unit.valid_to < at.on


def is_accredited(tenure: Tenure) -> bool:
    """Whether it is a certificate of accredited certification."""
    return tenure.regime is Regime.ACCREDITED


def has_accredited(at: Life) -> bool:
    """Whether a unit that still exists has or had accredited certification."""
    for tenure in at.tenures:
        if tenure.regime is Regime.ACCREDITED:
            return not is_over(at)
    return False


def holds(tenure: Tenure, day: date) -> bool:
    """Whether a certificate or an announcement is in force on a day."""
    start, end = tenure.start, tenure.end
    if start is None or end is None or not start <= day <= end:
        return False
    return tenure.suspended_on(day) is None


def continues(later: Tenure, earlier: Tenure) -> bool:
    """Whether a certificate continues the certification of an earlier one."""
    previous = later.previous
    while previous is not None and previous is not earlier:
        previous = previous.previous
    return previous is earlier


def next_in_chain(tenure: Tenure, at: Life) -> Tenure | None:
    """The certificate that continues this one, if there is one."""
    return next((later for later in at.tenures if later.previous is tenure), None)


def chain_of(tenure: Tenure, at: Life) -> frozenset[str]:
    """The keys of the certificates that belong to the same certification."""
    return frozenset(
        other.key
        for other in at.tenures
        if other is tenure or continues(other, tenure) or continues(tenure, other)
    )


def is_history(tenure: Tenure, at: Life) -> bool:
    """Whether a later decision has closed the account of the cycle of a certificate.

    That is so once a new cycle was decided on, once another certification of the unit
    holds in its place, and for a unit that no longer exists.
    """
    if is_over(at):
        return True
    return any(
        _closes(later, tenure) or (_has_ended(tenure, at.on) and holds(later, at.on))
        for later in at.tenures
        if later is not tenure
    )


def _closes(later: Tenure, tenure: Tenure) -> bool:
    decided = later.decided
    if decided is None or later.cycle_start != decided or later.last is None:
        return False
    if tenure.decided is not None and decided <= tenure.decided:
        return False
    return continues(later, tenure) or _has_ended(tenure, decided)


def _has_ended(tenure: Tenure, day: date) -> bool:
    return tenure.end is None or tenure.end < day


def is_past(audit: Audit, at: Life) -> bool:
    """Whether a later decision has closed the account of an audit that was held.

    An audit that leads to a decision belongs to the cycle that begins with it; any
    other, to the cycle in which it was held.
    """
    if is_over(at):
        return True
    decided = [
        (tenure.decided, tenure)
        for tenure in at.tenures
        if is_accredited(tenure) and tenure.decided
    ]
    held = audit.held or at.on
    if audit.type in _LEADING_TO_A_CYCLE:
        belongs = next((tenure for day, tenure in decided if day >= held), None)
    else:
        belongs = next((tenure for day, tenure in reversed(decided) if day <= held), None)
    return belongs is not None and is_history(belongs, at)


_LEADING_TO_A_CYCLE = frozenset({AuditType.STAGE_1, AuditType.STAGE_2, AuditType.RECERTIFICATION})


def audits_before(tenure: Tenure, at: Life, *types: AuditType) -> list[tuple[str, Audit]]:
    """The audits of some types that led to the decision on a certificate, in order of time.

    Those held since the decision on the cycle before, up to the day of the decision.
    An audit that names another certification does not belong to it.
    """
    decided, before = tenure.decided, tenure.before
    if decided is None:
        return []
    since = (before.cycle_start or before.decided) if before is not None else None
    found = [
        (key, audit)
        for type_ in types
        for key, audit in at.audits_held(type_)
        if audit.held is not None and (since or date.min) < audit.held <= decided
    ]
    if any(audit.certificate for _, audit in found):
        keys = chain_of(tenure, at)
        found = [one for one in found if one[1].certificate is None or one[1].certificate in keys]
    return sorted(found, key=lambda one: (one[1].held or decided, one[0]))
