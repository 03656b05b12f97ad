"""Whether a certification could go on, was restored or lapsed, and how long it may last."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the annotations are read at run time
from typing import TYPE_CHECKING

from msgspec import Struct

from qms.dates import LAST_DAY, add_months, add_years, day_after
from qms.tenure import differ_in_scope, restoration_months, run_of, same_issuer
from qms.terms import CertificateAct, Grant, Regime

if TYPE_CHECKING:
    from qms.norms import Norms
    from qms.tenure import Tenure

__all__ = [
    "Lapse",
    "is_restoration",
    "lapse_before",
    "latest_expiry",
    "runs_beside",
    "taken_over_until",
]


class Lapse(Struct, frozen=True, kw_only=True, gc=False):
    """Why a decision could not go on with the certificate before it.

    Attributes:
        since: The first day on which a stage 2 audit is one for the new certification.
        act: By what the certification before ended; None where it expired.
        ended: The day of that act; the last day of the certificate where it expired.
        limit: The last day on which another decision could have gone on with it: have
            restored what expired, or taken over what was transferred away.
    """

    since: date
    act: CertificateAct | None
    ended: date
    limit: date


def lapse_before(tenure: Tenure, norms: Norms) -> Lapse | None:
    """Why a certificate could not go on with the one before; None where it could, or is the first.

    Nothing goes on after a withdrawal.  What expired may be restored for some months, and
    cannot be transferred any more (ISO/IEC 17021-1:2015, 9.6.3.2.5; IAF MD 2).  What was
    transferred away may be taken over by another body for as long, while it would still
    run; the body that gave it away has nothing left to renew.
    """
    before, decided = tenure.before, tenure.decided
    if before is None or decided is None or tenure.certificate.grant is Grant.INITIAL:
        return None
    months, sent = restoration_months(tenure.regime, norms), before.ended
    if sent is not None and sent < decided:
        if before.ended_by is CertificateAct.WITHDRAWN:
            return Lapse(since=sent, act=before.ended_by, ended=sent, limit=sent)
        if tenure.certificate.grant is not Grant.TRANSFER:
            if before.last is None or sent <= before.last:
                return _sent_away(tenure, before, sent, decided, months)
            return _expired(before.last, decided, months, restored=_may_be_one_body(tenure, before))
    restored = tenure.grant is not Grant.TRANSFER
    return _expired(before.last, decided, months, restored=restored) if before.last else None


def _expired(last: date, decided: date, months: int, *, restored: bool) -> Lapse | None:
    limit = add_months(last, months)
    if decided <= (limit if restored else last):
        return None
    return Lapse(since=day_after(last), act=None, ended=last, limit=limit)


def _sent_away(
    tenure: Tenure, before: Tenure, sent: date, decided: date, months: int
) -> Lapse | None:
    limit = _taken_over_by(before, sent, months)
    bodies = tenure.certificate.issuer, before.certificate.issuer
    if decided <= limit and (None in bodies or not _may_be_one_body(tenure, before)):
        return None
    return Lapse(since=sent, act=CertificateAct.TRANSFERRED, ended=sent, limit=limit)


def _taken_over_by(before: Tenure, sent: date, months: int) -> date:
    return min(add_months(sent, months), before.last or LAST_DAY)


def taken_over_until(tenure: Tenure, norms: Norms) -> date | None:
    """The last day on which another body may take over what was transferred away (IAF MD 2).

    None where nothing was transferred away.
    """
    if tenure.ended is None or tenure.ended_by is not CertificateAct.TRANSFERRED:
        return None
    return _taken_over_by(tenure, tenure.ended, restoration_months(tenure.regime, norms))


def _may_be_one_body(tenure: Tenure, before: Tenure) -> bool:
    return same_issuer(tenure.certificate, before.certificate)


def latest_expiry(tenure: Tenure, norms: Norms) -> date | None:
    """The latest expiry that a certificate may print (9.1.3.2, 9.6.3.2.3, 9.6.3.2.5).

    None where it cannot be told: no decision or no such term is known, or what it
    continues is not recorded.
    """
    years = norms.regimes[tenure.regime].validity_years
    if years is None or tenure.decided is None:
        return None
    own = add_years(tenure.decided, years.value)
    if tenure.grant is Grant.INITIAL:
        return own
    before = tenure.previous
    if before is None or before.certificate.expires is None:
        return None
    if tenure.grant is not Grant.RECERTIFICATION:
        return before.certificate.expires
    anchored = add_years(before.certificate.expires, years.value)
    return anchored if is_restoration(tenure) else max(own, anchored)


def is_restoration(tenure: Tenure) -> bool:
    """Whether a certification that had expired was restored within the months for that."""
    before, decided = tenure.previous, tenure.decided
    if before is None or decided is None or tenure.grant is not Grant.RECERTIFICATION:
        return False
    last, limit = before.last, before.restorable_until
    return last is not None and limit is not None and last < decided <= limit


def runs_beside(tenure: Tenure, other: Tenure) -> bool:
    """Whether another certification began beside that of a certificate, for a scope of its own.

    It does not take the place of the certificate, whose end is an end though the other holds.
    """
    if other.regime is not tenure.regime or tenure.regime is Regime.ANNOUNCEMENT:
        return False
    if other is tenure or not differ_in_scope(tenure.certificate, other.certificate):
        return False
    if _has_in_its_run(tenure, other) or _has_in_its_run(other, tenure):
        return False
    begun, last = other.first_decided, tenure.last
    return begun is not None and last is not None and begun <= last


def _has_in_its_run(tenure: Tenure, other: Tenure) -> bool:
    """Whether a certificate continues or replaces another, however far back."""
    return any(one is other or one.certificate.replaces == other.key for one in run_of(tenure))
