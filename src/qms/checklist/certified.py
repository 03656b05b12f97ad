"""Certificates and announcements as audits see them: which one it was, its scope, what was done to it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qms.dates import add_years, day_in_words
from qms.standing import standing_on
from qms.terms import AnnouncementAct, AuditType, CertificateAct, Status
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qms.model import (
        Announcement,
        AnnouncementEvent,
        Audit,
        Certificate,
        CertificateEvent,
        Policy,
        Unit,
    )
    from qms.norms import Norms
    from qms.standing import Standing
    from qms.terms import Edition

__all__ = ["certified_for", "counts", "edition_of", "last_done_to", "scope_of"]

#: A certification that no longer is current, but can be brought back.
_COUNTS = frozenset({Status.SUSPENDED, Status.EXPIRED_RESTORABLE})
#: The audits on which a decision is to rest: they are held against what is then decided on.
_LEADING_TO_A_DECISION = frozenset(
    {AuditType.STAGE_1, AuditType.STAGE_2, AuditType.RECERTIFICATION, AuditType.TRANSITION}
)

_DONE = Text(en=" ({act} on {day})", vi=" ({act} ngày {day})")
_NOTHING = Text(en="", vi="")
#: By these a certificate or an announcement loses its effect, and by those it has it again.
_WITHOUT_EFFECT = frozenset(
    {
        CertificateAct.SUSPENDED,
        CertificateAct.WITHDRAWN,
        CertificateAct.TRANSFERRED,
        AnnouncementAct.CHALLENGED,
        AnnouncementAct.WITHDRAWN,
    }
)
_IN_EFFECT = frozenset({CertificateAct.RESTORED, AnnouncementAct.CONFIRMED})


def counts(standing: Standing) -> bool:
    """Whether a certification counts on a day, or can be brought back."""
    return standing.current or standing.status in _COUNTS


def certified_for(
    audit: Audit, unit: Unit, on: date, norms: Norms, policy: Policy
) -> Certificate | Announcement | None:
    """The certificate or announcement with which an audit has to do, as known on a day.

    It is the one that the audit names.  Of an audit on which a decision is to rest it is the
    first one decided in the year after it, if there is one; else the one that counted on the
    day of the audit; else the first one after it; else none.  An audit not held yet is taken
    to be held on the day.
    """
    named = unit.certificates.get(audit.certificate or "")
    if named is not None and audit.type is not AuditType.TRANSITION:
        return named
    day = audit.held or on
    decided, led_to = _first_after(unit, day)
    standing = standing_on(unit, day, norms, policy)
    kind, _, key = standing.basis.partition(".")
    counted = (unit.certificates if kind == "certificates" else unit.announcements).get(key)
    leads = audit.type in _LEADING_TO_A_DECISION and decided <= add_years(day, 1)
    if counted is None or not counts(standing) or leads:
        return led_to
    # A transition leads to another edition than the one that counts.
    return None if audit.type is AuditType.TRANSITION else counted


def _first_after(unit: Unit, day: date) -> tuple[date, Certificate | Announcement | None]:
    """The first certificate or announcement that was decided on from a day on, and when."""
    dated: list[tuple[date, Certificate | Announcement]] = [
        *((_decided(one), one) for one in unit.certificates.values()),
        *((one.signed or one.effective or date.min, one) for one in unit.announcements.values()),
    ]
    later = [one for one in dated if one[0] >= day]
    return min(later, key=lambda one: one[0]) if later else (date.max, None)


def _decided(one: Certificate) -> date:
    return one.decided or one.issued or one.effective or date.min


def edition_of(audit: Audit, unit: Unit, on: date, norms: Norms, policy: Policy) -> Edition | None:
    """The edition against which an audit was held, as known on a day.

    It is the newest of its criteria, or else that of what it has to do with; None where
    nothing says which.
    """
    if audit.criteria:
        return max(audit.criteria, key=lambda one: one.year)
    found = certified_for(audit, unit, on, norms, policy)
    return None if found is None else found.edition


def scope_of(certificate: Certificate, on: date) -> str | None:
    """The scope of a certificate on a day, as its issuer last changed it (ISO/IEC 17021-1, 9.6)."""
    scope = certificate.scope
    for event in sorted(certificate.history, key=lambda one: one.on):
        if event.on <= on:
            scope = event.scope or scope
    return scope


def last_done_to(record: Certificate | Announcement) -> Text:
    """By what it is without effect, and since when, in brackets; else nothing."""
    told = _NOTHING
    history: Sequence[CertificateEvent | AnnouncementEvent] = record.history
    for event in sorted(history, key=lambda one: one.on):
        if event.act in _WITHOUT_EFFECT:
            told = _DONE.format(act=event.act.text, day=day_in_words(event.on))
        elif event.act in _IN_EFFECT:
            told = _NOTHING
    return told
