"""What follows from a certificate or an announcement: from when to when it holds, and why.

A :class:`Tenure` is one certificate (or announcement) with what can be derived
from it and from those before it: the kind of decision, the first and the last
day on which it holds, the cycle it belongs to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from msgspec import Struct

from qms.announced import announced
from qms.dates import FIRST_DAY, LAST_DAY, add_months, add_years, day_before
from qms.terms import CertificateAct, Grant, Regime
from qms.text import same_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from qms.model import Announcement, Certificate, Unit
    from qms.norms import Norms

_ENDING = frozenset({CertificateAct.WITHDRAWN, CertificateAct.TRANSFERRED})
#: The decisions that go on with what there was before them.
_GOING_ON = frozenset({Grant.RECERTIFICATION, Grant.TRANSITION, Grant.SCOPE_CHANGE})
_BINDING = _ENDING | {
    CertificateAct.SUSPENDED,
    CertificateAct.RESTORED,
    CertificateAct.REDUCED,
}

__all__ = [
    "Tenure",
    "differ_in_scope",
    "restoration_months",
    "run_of",
    "same_issuer",
    "tenures",
]


class Tenure(Struct, frozen=True, kw_only=True, gc=False):
    """A certificate or announcement with what follows from it.

    Attributes:
        key: Its identifier in the unit.
        subject: Its place in the unit, such as ``certificates.2015``.
        record: The certificate or announcement.
        regime: The regime under which it holds.
        start: The first day on which it holds; None where no such day is recorded.
        last: The last day on which it holds if nothing happens; None where none is recorded.
            For an announcement, which has no expiry, the last day of the calendar.
        ended: The day from which it no longer holds because the issuer withdrew or
            transferred it, or one that took its place, or because a newer announcement did.
        ended_by: Whether the issuer withdrew or transferred it; None for an announcement.
        capped: Whether the end of its edition comes before its printed expiry.
        decided: The day of the decision, as well as it is recorded.
        grant: The kind of decision, given or derived.
        previous: The tenure that it continues; None at the start of a certification.
        before: The tenure of the same regime before it, continued or not.
        first_decided: The decision from which the certification runs without a new start.
        cycle_start: The decision with which its three-year cycle began; None where it
            continues a certificate that is not recorded.
        restorable_until: The last day on which it may be restored after its expiry
            (ISO/IEC 17021-1:2015, 9.6.3.2.5); None where that is not provided for.
        suspensions: The suspensions of the certification that it belongs to, as the first
            day of each and the day on which it was lifted, or the scope reduced instead.  A
            new certificate does not lift a suspension: that takes a decision of its own.
    """

    key: str
    subject: str
    record: Certificate | Announcement
    regime: Regime
    start: date | None
    last: date | None
    ended: date | None
    ended_by: CertificateAct | None = None
    capped: bool
    decided: date | None
    grant: Grant
    previous: Tenure | None
    before: Tenure | None
    first_decided: date | None
    cycle_start: date | None
    restorable_until: date | None = None
    suspensions: tuple[tuple[date, date | None], ...] = ()

    @property
    def certificate(self) -> Certificate:
        """The record, where it is a certificate."""
        return cast("Certificate", self.record)

    @property
    def announcement(self) -> Announcement:
        """The record, where it is an announcement."""
        return cast("Announcement", self.record)

    @property
    def end(self) -> date | None:
        """The last day on which it holds, with withdrawal and transfer reckoned in."""
        if self.last is None or self.ended is None:
            return self.last
        return min(self.last, day_before(self.ended))

    def suspended_on(self, day: date) -> date | None:
        """The day since which it is suspended on a day; None where it is not."""
        for since, lifted in self.suspensions:
            if since <= day and (lifted is None or day < lifted):
                return since
        return None


def tenures(unit: Unit, norms: Norms, on: date) -> tuple[Tenure, ...]:
    """The tenures of a unit's certificates and announcements, in the order of their decisions."""
    ordered = _in_order(unit)
    found = _certificate_tenures(ordered, norms, on, {})
    if _may_bind_earlier(found) and (later := _done_to_successors(found)):
        found = _certificate_tenures(ordered, norms, on, later)
    if unit.announcements:
        found.extend(_announcement_tenures(unit, norms))
    return tuple(found)


def _may_bind_earlier(found: Sequence[Tenure]) -> bool:
    """Whether something was done to a later certificate, or it ends earlier than one before."""
    longest = FIRST_DAY
    for tenure in found[1:]:
        if tenure.record.history:
            return True
    for tenure in found:
        if tenure.last is not None:
            if tenure.last < longest:
                return True
            longest = tenure.last
    return False


class _Later(Struct):
    """What the certificates that continue or replace a certificate say of it, too."""

    acts: list[tuple[date, CertificateAct]] = []
    last: date = LAST_DAY


def _done_to_successors(found: Sequence[Tenure]) -> dict[str, _Later]:
    """What binds a certificate although it is recorded with one that took its place, by key.

    What is suspended, withdrawn or transferred is the certification, whichever of its
    certificates it is recorded with; and where the newer one of an issuer ends earlier,
    the older one does not outlast it.
    """
    later: dict[str, _Later] = {}
    for position, tenure in enumerate(found):
        acts = _acts(tenure.certificate, tenure.decided)
        for before in _taken_place_of(tenure, found[:position]):
            last = _outlasted(before, tenure)
            if acts or last is not None:
                bound = later.setdefault(before.key, _Later())
                bound.acts.extend(acts)
                bound.last = min(bound.last, last or LAST_DAY)
    return later


def _acts(record: Certificate, since: date | None) -> list[tuple[date, CertificateAct]]:
    """What was done to a certificate, not earlier than a day."""
    return [
        (event.on if since is None else max(event.on, since), event.act)
        for event in record.history
        if event.act in _BINDING
    ]


def _outlasted(before: Tenure, tenure: Tenure) -> date | None:
    """The last day of a certificate where the one before it claims to last longer."""
    start, last = tenure.start, tenure.last
    if start is None or last is None or last < start or before.last is None:
        return None
    old, new = before.certificate, tenure.certificate
    replaced = same_issuer(new, old) or new.replaces == before.key
    return last if replaced and last < before.last else None


def _taken_place_of(tenure: Tenure, earlier: Sequence[Tenure]) -> Iterator[Tenure]:
    """The certificates that one continues or replaces, however far back, the latest first."""
    continued, replaced = [tenure.previous], {tenure.certificate.replaces}
    for before in reversed(earlier):
        if before.key in replaced or any(before is one for one in continued):
            yield before
            continued.append(before.previous)
            replaced.add(before.certificate.replaces)


def _certificate_tenures(
    ordered: Sequence[tuple[str, Certificate]], norms: Norms, on: date, later: Mapping[str, _Later]
) -> list[Tenure]:
    found: list[Tenure] = []
    ends: dict[Regime, list[Tenure]] = {}
    uncounted: dict[Regime, list[Tenure]] = {}
    passed: dict[str, _Passed] = {}
    for item in ordered:
        running = ends.setdefault(item[1].regime, [])
        beside = uncounted.setdefault(item[1].regime, [])
        over = passed.get(item[1].replaces or "")
        before = _before(item[1], running, norms, over)
        if beside:
            before = _gone_before(item[1], beside, before, norms) or before
        if over is not None and over.void and item[1].regime is Regime.ACCREDITED:
            before = over.before
        void = _continues_what_was_withdrawn(item[1], before, over)
        tenure = _certificate_tenure(
            item, before, norms, on, later=later.get(item[0]), uncounted=beside, void=void
        )
        found.append(tenure)
        counts = _counts(tenure)
        if counts or (not running and tenure.start is not None and tenure.last is not None):
            kept = [one for one in running if one is not tenure.previous and _counts(one)]
            running[:] = [*kept, tenure]
        if counts:
            beside.clear()
        elif tenure.record.history:
            beside.append(tenure)
        if not counts and before is not None:
            passed[item[0]] = _Passed(before, void)
    return found


class _Passed(Struct):
    """What stands before a certificate that counts on no day, and whether a withdrawal voids it."""

    before: Tenure
    void: bool


def _counts(tenure: Tenure) -> bool:
    """Whether a certificate holds on any day; one to an edition that had ended does not."""
    start, last = tenure.start, tenure.last
    return start is not None and last is not None and start <= last


def _gone_before(
    record: Certificate, uncounted: Sequence[Tenure], before: Tenure | None, norms: Norms
) -> Tenure | None:
    """A certificate withdrawn or transferred away before another, though it counts on no day.

    What is recorded of it was done to the certification all the same.
    """
    decided, months = _decided(record), restoration_months(record.regime, norms)
    for one in reversed(uncounted):
        if decided is None or one.ended is None or one.ended >= decided:
            continue
        if before is None or one.previous is before or _is_over(before, decided, months):
            return one
    return None


def _carried_on(
    record: Certificate, uncounted: Sequence[Tenure], norms: Norms
) -> list[tuple[date, CertificateAct]]:
    """What was done to the certificates before one that count on no day, if it may continue them."""
    decided, terms = _decided(record), norms.regimes[record.regime]
    if decided is None or record.grant is Grant.INITIAL:
        return []
    acts: list[tuple[date, CertificateAct]] = []
    for one in uncounted:
        last = one.certificate.expires
        if last is None and one.decided is not None and terms.validity_years is not None:
            last = add_years(one.decided, terms.validity_years.value)
        limit = add_months(last, restoration_months(record.regime, norms)) if last else LAST_DAY
        if decided <= limit and (one.ended is None or one.ended >= decided):
            acts += [act for act in _acts(one.certificate, None) if act[1] not in _ENDING]
    return acts


def _before(
    record: Certificate, ends: Sequence[Tenure], norms: Norms, over: _Passed | None
) -> Tenure | None:
    """The certificate before one: the last of the certification that it may continue.

    Where a unit has several certifications, it is that of the certificate that it says it
    replaces (or the one before that, if it counts on no day); else the one that was
    transferred to its issuer, of its scope if there is such; else, of those that run, the
    one of its own issuer with its number or its scope; else one of its issuer and scope that
    ended beside the others; else the latest of its own issuer that runs, else the latest.
    """
    ends = [end for one in ends if (end := _not_beside(record, one)) is not None]
    if len(ends) < 2:
        return ends[0] if ends else None
    decided, months = _decided(record), restoration_months(record.regime, norms)
    running = [end for end in ends if decided and not _is_over(end, decided, months)]
    named = [end for end in ends if end.key == record.replaces or (over and end is over.before)]
    moved = [end for end in ends if _was_moved(end.certificate, record)]
    moved = [end for end in moved if not differ_in_scope(record, end.certificate)] or moved
    own = [end for end in running if same_issuer(record, end.certificate)]
    alike = [end for end in own if _is_alike(record, end.certificate)]
    gone = [end for end in ends if end not in running and _ended_beside(record, end, ends)]
    return (named or moved or alike or gone or own or running or ends)[-1]


def _was_moved(one: Certificate, to: Certificate) -> bool:
    """Whether a certificate was transferred away to the issuer of another one."""
    return any(
        event.act is CertificateAct.TRANSFERRED
        and event.to is not None
        and to.issuer is not None
        and same_words(event.to) == same_words(to.issuer)
        for event in one.history
    )


def _ended_beside(record: Certificate, end: Tenure, ends: Sequence[Tenure]) -> bool:
    """Whether a certificate has the issuer and scope of one that ended beside the others."""
    ended, scopes = end.end or LAST_DAY, (record.scope, end.certificate.scope)
    if None in scopes or differ_in_scope(record, end.certificate):
        return False
    begun = max(other.first_decided or LAST_DAY for other in ends)
    return begun <= ended and same_issuer(record, end.certificate)


def _not_beside(record: Certificate, end: Tenure) -> Tenure | None:
    """The last certificate of a certification that was not granted on the same day for another scope.

    Two scopes that are certified on one day are certified side by side; neither continues
    the other, unless one says that it replaces it.
    """
    for one in run_of(end):
        if (
            one.key == record.replaces
            or one.decided != _decided(record)
            or not differ_in_scope(record, one.certificate)
        ):
            return one
    return None


def differ_in_scope(one: Certificate, other: Certificate) -> bool:
    """Whether two certificates record scopes that are not the same."""
    if one.scope is None or other.scope is None:
        return False
    return same_words(one.scope) != same_words(other.scope)


def _is_alike(one: Certificate, other: Certificate) -> bool:
    """Whether two certificates of an issuer share their number, or the scope that both record."""
    if same_words(one.number) == same_words(other.number):
        return True
    if one.scope is None or other.scope is None:
        return False
    return same_words(one.scope) == same_words(other.scope)


def _decided(record: Certificate) -> date | None:
    return record.decided or record.issued or record.effective


def restoration_months(regime: Regime, norms: Norms) -> int:
    """For how many months after its expiry a certificate may be restored; 0 where for none."""
    months = norms.regimes[regime].restoration_months
    return months.value if months else 0


def _is_over(tenure: Tenure, decided: date, restoration: int) -> bool:
    """Whether a certification can be continued no longer by a decision of a day."""
    last = tenure.last
    return (
        last is None
        or _withdrawn_before(tenure, decided)
        or decided > add_months(last, restoration)
    )


def same_issuer(one: Certificate, other: Certificate) -> bool:
    """Whether two certificates are of one issuer; one that is not recorded may be any."""
    if one.issuer is None or other.issuer is None:
        return True
    return one.issuer == other.issuer or same_words(one.issuer) == same_words(other.issuer)


def _in_order(unit: Unit) -> Sequence[tuple[str, Certificate]]:
    """The certificates by the day of their decision; of one day, what replaces another later."""
    if len(unit.certificates) < 2:
        return tuple(unit.certificates.items())

    def place(item: tuple[str, Certificate]) -> tuple[date, int, date, date, str]:
        record, steps = item[1], 0
        first, replaced = _decided(record), unit.certificates.get(record.replaces or "")
        while replaced and _decided(replaced) == first and steps < len(unit.certificates):
            replaced, steps = unit.certificates.get(replaced.replaces or ""), steps + 1
        day = first or LAST_DAY
        return (day, steps, record.issued or LAST_DAY, record.expires or LAST_DAY, item[0])

    return sorted(unit.certificates.items(), key=place)


def _certificate_tenure(
    item: tuple[str, Certificate],
    before: Tenure | None,
    norms: Norms,
    on: date,
    *,
    later: _Later | None,
    uncounted: Sequence[Tenure],
    void: bool,
) -> Tenure:
    key, record = item
    decided, restoration = _decided(record), restoration_months(record.regime, norms)
    last = record.expires
    edition_end = norms.last_day(record.edition.year, known_on=on)
    capped = last is not None and edition_end is not None and edition_end < last
    if capped:
        last = edition_end
    start = None if void else _start(record, norms.published.get(record.edition.year), last)
    if later is not None and last is not None and later.last < last:
        last, capped = later.last, False
    grant = _grant(record, decided, before, restoration)
    previous = None if grant is Grant.INITIAL else before
    renews = grant in {Grant.INITIAL, Grant.RECERTIFICATION}
    acts = _acts(record, None) if record.history else []
    if later is not None:
        acts += later.acts
    ended, ended_by = _ending(acts)
    if uncounted:
        acts += _carried_on(record, uncounted, norms)
    may_be_restored = restoration and last is not None and ended is None and not capped
    return Tenure(
        key=key,
        subject=f"certificates.{key}",
        record=record,
        regime=record.regime,
        start=start,
        last=last,
        ended=ended,
        ended_by=ended_by,
        capped=capped,
        decided=decided,
        grant=grant,
        previous=previous,
        before=before,
        first_decided=previous.first_decided if previous else decided,
        cycle_start=decided if renews else previous.cycle_start if previous else None,
        restorable_until=add_months(last, restoration) if may_be_restored and last else None,
        suspensions=previous.suspensions if previous is not None else _suspensions(acts),
    )


def _ending(
    acts: Sequence[tuple[date, CertificateAct]],
) -> tuple[date | None, CertificateAct | None]:
    """The day on which a certification ended before its time, and by what; a withdrawal first."""
    ending = [(day, act is CertificateAct.TRANSFERRED) for day, act in acts if act in _ENDING]
    if not ending:
        return None, None
    day, transferred = min(ending)
    return day, CertificateAct.TRANSFERRED if transferred else CertificateAct.WITHDRAWN


def _suspensions(
    acts: Sequence[tuple[date, CertificateAct]],
) -> tuple[tuple[date, date | None], ...]:
    """The first day of each suspension of a certification and the day on which it was lifted.

    What could not be put right is taken out of the scope; the reduction ends the
    suspension (9.6.5).  One on the very day of the suspension may be a part of it.
    """
    spans: list[tuple[date, date | None]] = []
    for day, act in sorted(acts, key=lambda one: one[0]):
        is_open = bool(spans) and spans[-1][1] is None
        if act is CertificateAct.SUSPENDED and not is_open:
            spans.append((day, None))
        elif is_open and (
            act is CertificateAct.RESTORED or (act is CertificateAct.REDUCED and day > spans[-1][0])
        ):
            spans[-1] = (spans[-1][0], day)
    return tuple(spans)


def _start(record: Certificate, published: date | None, last: date | None) -> date | None:
    """The first day of validity, which is never before the decision (8.2.2).

    None where it is not shown: no such day, or for an accredited certificate no
    decision, is recorded, or the edition did not exist.  A day of issue shows both, for
    a certificate is issued once it is decided.
    """
    first, decided = record.effective or record.issued, record.decided or record.issued
    if decided is None and record.regime is not Regime.ACCREDITED:
        decided = first
    if first is None or decided is None or published is None:
        return None
    return None if last is not None and last < published else max(first, decided, published)


def _grant(
    record: Certificate, decided: date | None, before: Tenure | None, restoration: int
) -> Grant:
    """The kind of decision as it counts.

    What is recorded as going on with a certification that could be restored no longer
    begins a new one (9.6.3.2.5): its cycle runs from its own decision.
    """
    given = record.grant
    if given is None:
        return _derived_grant(record, decided, before, restoration)
    if given in _GOING_ON and restoration and before is not None and decided is not None:
        last = before.last
        if last is not None and decided > add_months(last, restoration):
            return Grant.INITIAL
    return given


def _derived_grant(
    record: Certificate, decided: date | None, before: Tenure | None, restoration: int
) -> Grant:
    """The kind of decision, told from the certificate before it.

    A certification continues while the one before it holds, and for the months of
    restoration after its expiry; after that, and after a withdrawal, it begins anew.
    """
    if before is None or decided is None or before.last is None:
        return Grant.INITIAL
    if _is_over(before, decided, restoration):
        return Grant.INITIAL
    renewed = record.expires is not None and record.expires > add_months(
        before.certificate.expires or before.last, 1
    )
    if renewed or decided > before.last:
        return Grant.RECERTIFICATION
    if not same_issuer(record, before.certificate):
        return Grant.TRANSFER
    if record.edition.year != before.certificate.edition.year:
        return Grant.TRANSITION
    return Grant.SCOPE_CHANGE


def _continues_what_was_withdrawn(
    record: Certificate, before: Tenure | None, over: _Passed | None
) -> bool:
    """Whether an accredited certificate says that it continues one that had been withdrawn.

    A withdrawn certification does not come back (9.6.5), so it counts on no day; neither
    does what replaces one that counts on no day for that reason.
    """
    decided = _decided(record)
    if before is None or decided is None or record.regime is not Regime.ACCREDITED:
        return False
    claims = record.grant not in {None, Grant.INITIAL}
    if record.grant is None:
        void = over is not None and over.void
        claims = void or any(one.key == record.replaces for one in run_of(before))
    return claims and _withdrawn_before(before, decided)


def run_of(tenure: Tenure) -> Iterator[Tenure]:
    """A certificate and those that it continues, the latest first."""
    one: Tenure | None = tenure
    while one is not None:
        yield one
        one = one.previous


def _withdrawn_before(before: Tenure, decided: date) -> bool:
    return bool(before.record.history) and any(
        event.act is CertificateAct.WITHDRAWN and event.on < decided
        for event in before.certificate.history
    )


def _announcement_tenures(unit: Unit, norms: Norms) -> Iterator[Tenure]:
    """Announcements in order; a newer one takes the place of the one before."""
    before: Tenure | None = None
    for span in announced(unit, norms):
        before = Tenure(
            key=span.key,
            subject=f"announcements.{span.key}",
            record=span.record,
            regime=Regime.ANNOUNCEMENT,
            start=span.start,
            last=None if span.start is None else LAST_DAY,
            ended=span.ended,
            capped=False,
            decided=span.record.signed or span.record.effective,
            grant=Grant.INITIAL,
            previous=before,
            before=before,
            first_decided=None,
            cycle_start=None,
        )
        yield before
