"""What became of a certificate or an announcement: its scope, and what was last done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.dates import day_in_words
from qms.terms import AnnouncementAct, CertificateAct
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qms.model import Announcement, AnnouncementEvent, Certificate, CertificateEvent

__all__ = ["last_done_to", "scope_of"]

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
