"""From when to when the announcements of a unit hold, and which takes the place of which."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the annotations are read at run time
from typing import TYPE_CHECKING

from msgspec import Struct

from qms.dates import LAST_DAY
from qms.model import Announcement  # noqa: TC001 - likewise
from qms.terms import AnnouncementAct

if TYPE_CHECKING:
    from qms.model import Unit
    from qms.norms import Norms

__all__ = ["Announced", "announced"]


class Announced(Struct, frozen=True, gc=False):
    """The days of an announcement.

    Attributes:
        key: Its identifier in the unit.
        record: The announcement.
        start: The first day on which it holds; None where no day, or no edition, is there.
        ended: The day from which it no longer holds, because it was withdrawn or a newer
            one took its place.
    """

    key: str
    record: Announcement
    start: date | None
    ended: date | None


def announced(unit: Unit, norms: Norms) -> list[Announced]:
    """The announcements in order: by their first day, then by the day of signature.

    A newer one takes the place of those before it, and any one that of the announcement
    that it says it replaces.  What was withdrawn or replaced before it took effect takes
    no place.
    """
    found = [
        Announced(key, record, _start(record, norms), _withdrawn(record))
        for key, record in sorted(unit.announcements.items(), key=_place)
    ]
    replaced = {one.record.replaces: one.start for one in reversed(found) if _takes_effect(one)}
    ended = [_until(one, replaced.get(one.key)) for one in found]
    for index in reversed(range(len(ended) - 1)):
        later = [one.start for one in ended[index + 1 :] if _takes_effect(one)]
        ended[index] = _until(ended[index], later[0] if later else None)
    return ended


def _place(item: tuple[str, Announcement]) -> tuple[date, date, str]:
    key, record = item
    first = record.effective or record.signed or LAST_DAY
    return first, record.signed or first, key


def _takes_effect(one: Announced) -> bool:
    return one.start is not None and (one.ended is None or one.start < one.ended)


def _until(one: Announced, day: date | None) -> Announced:
    ended = min([end for end in (one.ended, day) if end is not None], default=None)
    return Announced(one.key, one.record, one.start, ended)


def _withdrawn(record: Announcement) -> date | None:
    acts = [event.on for event in record.history if event.act is AnnouncementAct.WITHDRAWN]
    return min(acts, default=None)


def _start(record: Announcement, norms: Norms) -> date | None:
    days = [day for day in (record.signed, record.effective) if day is not None]
    published = norms.published.get(record.edition.year)
    return max(*days, published) if days and published is not None else None
