"""What falls in a year: every obligation with its window, its due day and who has to see to it.

The calendar prints these entries; the yearly programme is drawn up from them.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from qms.dates import LAST_DAY, Period, calendar_year, day_after
from qms.obligations import Obligation  # noqa: TC001 - help() looks for it
from qms.standing import life_of
from qms.terms import ObligationKind, ObligationState, Term
from qms.text import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qms.model import Organisation, Unit
    from qms.norms import Norms
    from qms.standing import Life

__all__ = ["Entry", "Responsible", "entries_of_year", "open_entries"]


class Responsible(Term):
    """Who has to see to an obligation."""

    UNIT = "unit", "the unit", "đơn vị"
    ISSUER = "issuer", "the unit with its certification body", "đơn vị và tổ chức chứng nhận"
    ORGANISATION = (
        "organisation",
        "the body that answers for the units",
        "cơ quan chủ trì kiểm tra",
    )


_BY_ISSUER = frozenset(
    {
        ObligationKind.FIRST_SURVEILLANCE,
        ObligationKind.SURVEILLANCE,
        ObligationKind.RECERTIFICATION,
        ObligationKind.RESTORATION,
        ObligationKind.STAGE_2,
        ObligationKind.LIFTING_OF_SUSPENSION,
        ObligationKind.CLOSING_OF_MAJOR,
        ObligationKind.TRANSITION,
    }
)
#: What goes on with a certification, as long as that is possible.
_RENEWING = frozenset(
    {ObligationKind.RECERTIFICATION, ObligationKind.RESTORATION, ObligationKind.TRANSITION}
)
_TO_DO = frozenset({ObligationState.OPEN, ObligationState.DUE_SOON, ObligationState.OVERDUE})
_BY_ORGANISATION = frozenset({ObligationKind.YEARLY_CHECK, ObligationKind.RECHECK})


class Entry(Struct, frozen=True, kw_only=True):
    """An obligation of one unit in a year.

    Attributes:
        unit: The unit's identifier.
        name: The unit's name.
        group: The unit's group.
        obligation: What has to happen, in which window, on what basis.
        state: Where it stands on the day asked about.
        responsible: Who has to see to it.
        party: The certification body, the organisation or the owner by name, where one is
            recorded.
        carried_over: Whether it fell due before the year and was not done when the year began.
    """

    unit: str
    name: Name
    group: str | None
    obligation: Obligation
    state: ObligationState
    responsible: Responsible
    party: Name | None
    carried_over: bool


def entries_of_year(
    units: Iterable[Unit], organisation: Organisation, year: int, on: date, norms: Norms
) -> tuple[Entry, ...]:
    """Every obligation of a year, by due day; those without a due day come last.

    An obligation belongs to a year when its due day falls in it, when it fell due
    earlier and was not done when the year began, or when no due day is laid down
    for it and it is open in that year.  Of those that come back, such as the check of
    each year, those whose window has begun are carried over, or else the first: nobody
    knows today that the later ones will not be done, either.

    Args:
        units: The units asked about.
        organisation: The body that answers for them.
        year: The calendar year, 1 to 9999.
        on: The day whose knowledge counts, and whose states are given.
        norms: The dates and terms of editions and regimes.
    """
    period = calendar_year(year)
    ahead = max(period.end, _end_of_next_year(on))
    entries = [
        _entry(life, obligation, organisation, period.start)
        for life in _lives(units, organisation, on, norms, ahead)
        for obligation in _of_year(life, period, on)
    ]
    return tuple(sorted(entries, key=_place))


def open_entries(
    units: Iterable[Unit], organisation: Organisation, on: date, norms: Norms
) -> tuple[Entry, ...]:
    """Everything that is still to be done on a day, up to the end of the next year.

    Args:
        units: The units asked about.
        organisation: The body that answers for them.
        on: The day whose knowledge counts.
        norms: The dates and terms of editions and regimes.
    """
    entries = [
        _entry(life, obligation, organisation, date(on.year, 1, 1))
        for life in _lives(units, organisation, on, norms, _end_of_next_year(on))
        for obligation in _asked(life)
        if life.state(obligation) in _TO_DO
    ]
    return tuple(sorted(entries, key=_place))


def _asked(life: Life) -> Iterator[Obligation]:
    """What is asked of a unit.

    Of one that has to be certified anew, that: a unit without any record would look fine
    here.
    """
    yield from (_while_renewable(obligation, life) for obligation in life.obligations)
    yield from life.improvement
    following = life.next_obligation
    if following is not None and following.kind is ObligationKind.CERTIFICATION:
        yield following


def _while_renewable(obligation: Obligation, life: Life) -> Obligation:
    """An obligation; a renewal is void from the day on which it comes too late.

    What lapsed for good is not moved to the next edition either, long as that may go on.
    """
    if obligation.kind not in _RENEWING or life.state(obligation) not in _TO_DO:
        return obligation
    tenure = life.tenure(obligation.subject)
    last = tenure.restorable_until or tenure.last
    if last is None or life.on <= last:
        return obligation
    return replace(obligation, void_from=day_after(last))


def _end_of_next_year(on: date) -> date:
    return date(min(on.year + 1, LAST_DAY.year), 12, 31)


def _lives(
    units: Iterable[Unit], organisation: Organisation, on: date, norms: Norms, until: date
) -> Iterator[Life]:
    for unit in units:
        if unit.valid_from is None or unit.valid_from <= on:
            yield life_of(unit, on, norms, organisation.policy, until)


def _entry(life: Life, obligation: Obligation, organisation: Organisation, start: date) -> Entry:
    responsible = _responsible(obligation.kind)
    return Entry(
        unit=life.unit.id,
        name=life.unit.name,
        group=life.unit.group,
        obligation=obligation,
        state=life.state(obligation),
        responsible=responsible,
        party=_party(responsible, obligation, life.unit, organisation),
        carried_over=obligation.due is not None and obligation.due < start,
    )


def _of_year(life: Life, year: Period, on: date) -> Iterator[Obligation]:
    """What is asked of a unit in a year."""
    ahead: set[tuple[ObligationKind, str]] = set()
    for obligation in sorted(_asked(life), key=lambda one: one.opens):
        if not _falls_in(obligation, year):
            continue
        if obligation.due is not None and obligation.due < year.start:
            series = (obligation.kind, obligation.subject)
            if obligation.opens > on and series in ahead:
                continue
            ahead.add(series)
        yield obligation


def _falls_in(obligation: Obligation, year: Period) -> bool:
    closed = min(
        (d for d in (obligation.met, obligation.late, obligation.void_from) if d is not None),
        default=LAST_DAY,
    )
    if obligation.due is not None and obligation.due in year:
        return obligation.void_from is None or obligation.void_from >= obligation.opens
    opened = obligation.opens <= year.end
    earlier = obligation.due is None or obligation.due < year.start
    return opened and earlier and closed >= year.start


def _responsible(kind: ObligationKind) -> Responsible:
    if kind in _BY_ISSUER:
        return Responsible.ISSUER
    return Responsible.ORGANISATION if kind in _BY_ORGANISATION else Responsible.UNIT


def _party(
    responsible: Responsible, obligation: Obligation, unit: Unit, organisation: Organisation
) -> Name | None:
    """Whom to turn to, by name: the owner, the body of the certificate, or of the register."""
    if responsible is Responsible.ORGANISATION:
        return organisation.name
    collection, _, key = obligation.subject.partition(".")
    if collection == "certificates":
        issuer = unit.certificates[key].issuer
        return Name(en=issuer, vi=issuer) if issuer else None
    owner = obligation.owner
    return Name(en=owner, vi=owner) if owner else None


def _place(entry: Entry) -> tuple[date, str, str, str, date]:
    obligation = entry.obligation
    return (
        obligation.due or LAST_DAY,
        entry.unit,
        obligation.kind,
        obligation.subject,
        obligation.opens,
    )
