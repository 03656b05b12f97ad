"""Who holds which copies of a document, and who still owes the word that it was read.

An acknowledgement belongs to one revision: a new revision asks every holder again
(ISO 9001:2015, 7.5.3.1 and 7.5.3.2).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from qms.dates import LAST_DAY, day_in_words
from qms.model import Policy
from qms.revisions import Refusal, revision_key, revisions
from qms.terms import DocumentKind, RevisionState
from qms.text import Text, same_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qms.model import Acknowledgement, Distribution, Document, Recall
    from qms.revisions import Revision

__all__ = [
    "Asked",
    "Holding",
    "acknowledged",
    "acknowledgement_refusals",
    "asked",
    "disposal_refusals",
    "distribution_refusals",
    "given_back",
    "holdings",
    "outstanding",
    "recall_refusals",
]


class Holding(Struct, frozen=True, kw_only=True, gc=False):
    """The copies of one revision that one holder has on a day.

    Attributes:
        holder: Who holds them.
        revision: The revision, as it was given; None where that is not recorded.
        copies: How many.
        since: The day on which the first of them was given.
    """

    holder: str
    revision: str | None
    copies: int
    since: date


class Asked(Struct, frozen=True, kw_only=True, gc=False):
    """A holder who is asked to acknowledge a revision.

    Attributes:
        holder: Who is asked.
        revision: The number of the revision.
        since: The day from which the holder is asked.
        due: The last day on which the acknowledgement is in time.
        met: The day of the acknowledgement; None while there is none.
    """

    holder: str
    revision: str
    since: date
    due: date
    met: date | None = None


# --- copies ----------------------------------------------------------------------------------


def holdings(document: Document, on: date) -> tuple[Holding, ...]:
    """The copies that are with holders on a day, in the order in which they were given.

    What is given and taken back on the same day counts as given first.
    """
    found: dict[tuple[str, str | None], Holding] = {}
    given = [
        copy
        for copy in document.distribution
        if copy.given <= on and (copy.recalled is None or copy.recalled > on)
    ]
    taken = [recall for recall in document.recalls if recall.on <= on]
    for copy in sorted(given, key=lambda copy: copy.given):
        for recall in _up_to(taken, copy.given):
            _take_back(found, recall)
        _give(found, copy)
    for recall in _up_to(taken, LAST_DAY):
        _take_back(found, recall)
    return tuple(found.values())


def _up_to(taken: list[Recall], day: date) -> list[Recall]:
    """Take the recalls before a day out of the list of those still to be reckoned, in order."""
    before = sorted((one for one in taken if one.on < day), key=lambda one: one.on)
    taken[:] = [one for one in taken if one.on >= day]
    return before


def _give(found: dict[tuple[str, str | None], Holding], copy: Distribution) -> None:
    key = (same_words(copy.holder), _key(copy.revision))
    before = found.get(key)
    found[key] = Holding(
        holder=copy.holder if before is None else before.holder,
        revision=copy.revision,
        copies=copy.copies + (0 if before is None else before.copies),
        since=copy.given if before is None else before.since,
    )


def _key(revision: str | None) -> str | None:
    return None if revision is None else "{}.{}".format(*revision_key(revision))


def _take_back(found: dict[tuple[str, str | None], Holding], recall: Recall) -> None:
    """Take copies away from a holder, those given first before the others."""
    left = recall.copies
    holder, revision = same_words(recall.holder), _key(recall.revision)
    for key, held in list(found.items()):
        if key[0] != holder or revision not in {None, key[1]}:
            continue
        taken = held.copies if left is None else min(left, held.copies)
        left = None if left is None else left - taken
        if taken == held.copies:
            del found[key]
        else:
            found[key] = Holding(
                holder=held.holder,
                revision=held.revision,
                copies=held.copies - taken,
                since=held.since,
            )


def given_back(document: Document, on: date) -> tuple[tuple[int, date | None], ...]:
    """Of each distribution, in the order in which they are recorded, what has come back.

    Returns:
        How many of its copies the holder still has on the day, and the day on which the last
        of them was taken back; None while some are out.  Those given first go back first.
    """
    rows = document.distribution
    left = [0 if row.recalled and row.recalled <= on else row.copies for row in rows]
    back = [row.recalled if row.recalled and row.recalled <= on else None for row in rows]
    first: dict[tuple[str, str | None], date] = {}
    for row in rows:
        key = (same_words(row.holder), _key(row.revision))
        first[key] = min(row.given, first.get(key, row.given))
    order = sorted(
        range(len(rows)),
        key=lambda at: (
            first[same_words(rows[at].holder), _key(rows[at].revision)],
            rows[at].given,
        ),
    )
    for recall in sorted(document.recalls, key=lambda one: one.on):
        wanted = recall.copies
        for at in order:
            if recall.on <= on and _takes(recall, rows[at]):
                taken = left[at] if wanted is None else min(left[at], wanted)
                wanted = None if wanted is None else wanted - taken
                left[at] -= taken
                if taken and not left[at]:
                    back[at] = recall.on
    return tuple(zip(left, back, strict=True))


def _takes(recall: Recall, copy: Distribution) -> bool:
    """Whether a recall is about copies that were given."""
    return (
        copy.given <= recall.on
        and same_words(copy.holder) == same_words(recall.holder)
        and _key(recall.revision) in {None, _key(copy.revision)}
    )


# --- acknowledgements ------------------------------------------------------------------------


def asked(
    document: Document, on: date, policy: Policy | None = None, *, ahead: bool = False
) -> tuple[Asked, ...]:
    """Who is asked on a day to acknowledge a revision, with those who have done so.

    Whoever holds copies of any revision is asked about the one in force: from the day on
    which they were given it or, before they were, from its first day in force.  Holders
    of copies of a revision that is issued but not yet in force are asked from that day on.

    Args:
        document: The document.
        on: The day.
        policy: The organisation's own choices; where left out, the usual ones.
        ahead: Whether to tell, too, who will be asked once an issued revision is in force.
    """
    days = document.acknowledge_within
    if days is None:
        days = (policy or Policy()).acknowledgement_days
    if not document.distribution:
        return ()
    held = holdings(document, on)
    return tuple(
        Asked(
            holder=holder,
            revision=revision.number,
            since=since,
            due=date.fromordinal(min(since.toordinal() + days, LAST_DAY.toordinal())),
            met=acknowledged(document, holder, revision.number, on),
        )
        for revision in revisions(document, on)
        if revision.state in _READ
        for holder, since in _readers(held, revision, ahead=ahead)
    )


_READ = (RevisionState.ISSUED, RevisionState.EFFECTIVE)


def _readers(
    held: Sequence[Holding], revision: Revision, *, ahead: bool
) -> Iterator[tuple[str, date]]:
    """Who has to read a revision, and since when."""
    key = _key(revision.number)
    given: dict[str, date] = {}
    names: dict[str, str] = {}
    for one in held:
        holder = same_words(one.holder)
        names.setdefault(holder, one.holder)
        if _key(one.revision) == key:
            given[holder] = one.since
    for holder, name in names.items():
        start = revision.effective
        if holder in given:
            yield name, given[holder]
        elif start is not None and (ahead or revision.state is RevisionState.EFFECTIVE):
            yield (
                name,
                max(start, min(one.since for one in held if same_words(one.holder) == holder)),
            )


def acknowledged(document: Document, holder: str, number: str, on: date) -> date | None:
    """The day on which a holder acknowledged a revision; None where that is not recorded."""
    words, key = same_words(holder), revision_key(number)
    met = [
        one.on
        for one in document.acknowledgements
        if one.on <= on and revision_key(one.revision) == key and same_words(one.holder) == words
    ]
    return min(met, default=None)


def outstanding(document: Document, on: date, policy: Policy | None = None) -> tuple[Asked, ...]:
    """Who has not acknowledged a revision by a day, each with the last day to do so."""
    return tuple(one for one in asked(document, on, policy) if one.met is None)


# --- what may be recorded --------------------------------------------------------------------

_NOT_ISSUED = Text(
    en="revision {number} is neither issued nor in force on {day}, so no copies of it are given",
    vi="ngày {day}, lần ban hành {number} chưa ban hành hoặc không còn hiệu lực nên không phân phối",
)
_NONE_ISSUED = Text(
    en="no revision of it is in force on {day}, so no copies are given",
    vi="ngày {day} không có lần ban hành nào đang có hiệu lực nên không phân phối",
)
_GIVE_CURRENT = Text(
    en="Give copies of the revision in force, or correct the day.",
    vi="Phân phối lần ban hành đang có hiệu lực, hoặc sửa lại ngày.",
)
_NOT_IN_FORCE = Text(
    en="it is not in force on {day}, so no copies are given",
    vi="ngày {day} văn bản không có hiệu lực nên không phân phối",
)
_GIVE_SUCCESSOR = Text(
    en="Give copies of what replaced it, or correct the day.",
    vi="Phân phối văn bản thay thế, hoặc sửa lại ngày.",
)
_FROM_OUTSIDE = Text(
    en="it is an external document, of which no revisions are recorded",
    vi="đây là văn bản bên ngoài, không ghi nhận lần ban hành",
)
_NO_REVISION = Text(en="Leave the revision out.", vi="Không nêu lần ban hành.")
_NOT_ASKED = Text(
    en="it is an external document, whose holders are not asked to acknowledge it",
    vi="đây là văn bản bên ngoài, nơi nhận không phải xác nhận đã đọc",
)
_NOTHING_TO_RECORD = Text(en="Nothing is to be recorded.", vi="Không cần ghi nhận.")
_NO_COPIES = Text(en="no copies are given or taken back", vi="số bản bằng không")
_COUNT = Text(en="Give at least one copy.", vi="Ghi số bản từ 1 trở lên.")
_GIVEN_ALREADY = Text(
    en="the same is recorded already: copies to {holder} on {day}: {copies}",
    vi="việc này đã được ghi nhận: số bản giao {holder} ngày {day}: {copies}",
)
_GIVE_ONCE = Text(
    en="Once is enough. Where as many copies were given again on that day, record them in another "
    "form (--form), or add them by hand.",
    vi="Chỉ cần ghi nhận một lần. Nếu trong ngày có giao thêm đúng số bản đó thì ghi ở hình thức khác "
    "(--form), hoặc tự ghi bổ sung vào tệp.",
)
_HOLDS_NONE = Text(
    en="{holder} holds no such copies on {day}", vi="ngày {day}, {holder} không giữ bản nào như vậy"
)
_HOLDS_FEWER = Text(
    en="{holder} holds only {held} of the {asked} copies on {day}",
    vi="ngày {day}, {holder} chỉ giữ {held} trong {asked} bản",
)
_CORRECT_HOLDER = Text(
    en="Write the holder as in the distribution, or correct the revision, the count or the day.",
    vi="Ghi đúng nơi nhận như khi phân phối, hoặc sửa lại lần ban hành, số bản hay ngày.",
)
_TWICE = Text(
    en="{holder} has acknowledged revision {number} already, on {day}",
    vi="{holder} đã xác nhận lần ban hành {number} vào ngày {day}",
)
_NO_TERM = Text(
    en="it is not recorded how long the document is kept, so that no term of retention has passed",
    vi="chưa ghi nhận thời hạn lưu giữ của tài liệu nên không thể coi là đã hết thời hạn",
)
_RECORD_TERM = Text(
    en="Record the term in months with the document (retention), as the retention schedule says.",
    vi="Ghi thời hạn lưu giữ, tính bằng tháng, của tài liệu (retention) theo quy định lưu trữ.",
)
_OUT = Text(
    en="copies of revision {number} are not taken back from: {holders}",
    vi="chưa thu hồi bản phân phối của lần ban hành {number} tại: {holders}",
)
_TAKE_BACK = Text(
    en="Take the copies back and record it (qms document recall).",
    vi="Thu hồi các bản phân phối và ghi nhận việc thu hồi (qms document recall).",
)
_ONCE = Text(en="Once is enough.", vi="Chỉ cần xác nhận một lần.")
_UNREADABLE = Text(
    en="revision {number} is not issued by {day}, so it cannot have been acknowledged",
    vi="đến ngày {day}, lần ban hành {number} chưa được ban hành nên chưa thể xác nhận",
)
_ACKNOWLEDGE_ISSUED = Text(
    en="Correct the number of the revision or the day.",
    vi="Sửa lại số lần ban hành hoặc ngày.",
)


def distribution_refusals(
    document: Document, copy: Distribution, *, in_force: bool = False
) -> tuple[Refusal, ...]:
    """Why copies may not be given; empty where they may.

    Args:
        document: The document.
        copy: The copies.
        in_force: Whether an external document is in force on the day.
    """
    found = []
    day = day_in_words(copy.given)
    key = _key(copy.revision)
    giveable = [one for one in revisions(document, copy.given) if one.state in _READ]
    if _is_from_outside(document):
        if key is not None:
            found.append(Refusal(code="no-revisions", what=_FROM_OUTSIDE, remedy=_NO_REVISION))
        elif not in_force:
            what = _NOT_IN_FORCE.format(day=day)
            found.append(Refusal(code="not-in-force", what=what, remedy=_GIVE_SUCCESSOR))
    elif document.kind is DocumentKind.EXTERNAL and not in_force:
        what = _NOT_IN_FORCE.format(day=day)
        found.append(Refusal(code="not-in-force", what=what, remedy=_GIVE_SUCCESSOR))
    elif not any(key in {None, _key(one.number)} for one in giveable):
        what = (_NONE_ISSUED if key is None else _NOT_ISSUED).format(number=copy.revision, day=day)
        found.append(Refusal(code="not-issued", what=what, remedy=_GIVE_CURRENT))
    if copy.copies < 1:
        found.append(Refusal(code="no-copies", what=_NO_COPIES, remedy=_COUNT))
    if any(_is_same(copy, one) for one in document.distribution):
        what = _GIVEN_ALREADY.format(holder=copy.holder, copies=copy.copies, day=day)
        found.append(Refusal(code="given-already", what=what, remedy=_GIVE_ONCE))
    return tuple(found)


def _is_same(copy: Distribution, other: Distribution) -> bool:
    """Whether the same copies were typed twice."""
    facts = [
        (one.given, same_words(one.holder), _key(one.revision), one.copies, one.form)
        for one in (copy, other)
    ]
    return facts[0] == facts[1]


def _is_from_outside(document: Document) -> bool:
    """Whether a document has its own days in force, and no revisions of the unit's."""
    return document.kind is DocumentKind.EXTERNAL and not document.history


def recall_refusals(document: Document, recall: Recall) -> tuple[Refusal, ...]:
    """Why copies may not be taken back; empty where they may."""
    if recall.copies == 0:
        return (Refusal(code="no-copies", what=_NO_COPIES, remedy=_COUNT),)
    holder, key = same_words(recall.holder), _key(recall.revision)
    held = sum(
        one.copies
        for one in holdings(document, recall.on)
        if same_words(one.holder) == holder and key in {None, _key(one.revision)}
    )
    facts = {
        "holder": recall.holder,
        "day": day_in_words(recall.on),
        "held": held,
        "asked": recall.copies,
    }
    if not held:
        what = _HOLDS_NONE.format(**facts)
    elif recall.copies is not None and held < recall.copies:
        what = _HOLDS_FEWER.format(**facts)
    else:
        return ()
    return (Refusal(code="not-held", what=what, remedy=_CORRECT_HOLDER),)


def disposal_refusals(document: Document, number: str, on: date) -> tuple[Refusal, ...]:
    """Why a revision may not be disposed of, besides its own acts; empty where it may."""
    found = []
    if document.retention is None:
        found.append(Refusal(code="no-term", what=_NO_TERM, remedy=_RECORD_TERM))
    key = _key(number)
    holders = dict.fromkeys(
        one.holder for one in holdings(document, on) if _key(one.revision) == key
    )
    if holders:
        what = _OUT.format(number=number, holders=", ".join(holders))
        found.append(Refusal(code="copies-out", what=what, remedy=_TAKE_BACK))
    return tuple(found)


def acknowledgement_refusals(document: Document, word: Acknowledgement) -> tuple[Refusal, ...]:
    """Why an acknowledgement may not be recorded; empty where it may."""
    if _is_from_outside(document):
        return (Refusal(code="not-asked", what=_NOT_ASKED, remedy=_NOTHING_TO_RECORD),)
    key, holder = revision_key(word.revision), same_words(word.holder)
    facts = {"holder": word.holder, "number": word.revision, "day": day_in_words(word.on)}
    found = []
    known = [one for one in revisions(document, word.on) if revision_key(one.number) == key]
    if not known or known[0].issued is None:
        what = _UNREADABLE.format(**facts)
        found.append(Refusal(code="not-issued", what=what, remedy=_ACKNOWLEDGE_ISSUED))
    if not any(same_words(one.holder) == holder for one in holdings(document, word.on)):
        what = _HOLDS_NONE.format(**facts)
        found.append(Refusal(code="not-held", what=what, remedy=_CORRECT_HOLDER))
    for one in document.acknowledgements:
        if revision_key(one.revision) == key and same_words(one.holder) == holder:
            what = _TWICE.format(holder=word.holder, number=word.revision, day=day_in_words(one.on))
            found.append(Refusal(code="acknowledged-already", what=what, remedy=_ONCE))
    return tuple(found)
