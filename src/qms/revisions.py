"""The life of a document: its revisions on a day, and which acts are legal.

What goes in is a document with its dated acts; :func:`revisions` folds them into
the revisions as they stand on a day; :func:`refusals` says why an act may not
follow those already recorded.  One table, :data:`LEGAL_FROM`, says from which
states an act is legal (ISO 9001:2015, 7.5.2 and 7.5.3).
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - help() looks for it
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from qms.dates import LAST_DAY, add_months, day_before, day_in_words
from qms.model import Policy, StoredFile
from qms.terms import DocumentAct, DocumentKind, RevisionState
from qms.text import Text, same_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qms.model import Document, DocumentEvent, DocumentReview

__all__ = [
    "LEGAL_FROM",
    "Refusal",
    "Revision",
    "current",
    "illegal_acts",
    "in_force",
    "meant_revision",
    "refusals",
    "review_due",
    "review_refusals",
    "revision_key",
    "revisions",
    "same_revision",
    "successors",
]

_OF_ISSUED = {DocumentAct.SUPERSEDED, DocumentAct.WITHDRAWN, DocumentAct.DISPOSED}
_PENDING = (RevisionState.DRAFTED, RevisionState.REVIEWED, RevisionState.APPROVED)

#: From which states of a revision an act is legal; a draft begins a revision that is not there.
LEGAL_FROM: Mapping[DocumentAct, tuple[RevisionState, ...]] = {
    DocumentAct.DRAFTED: (),
    DocumentAct.REVIEWED: (RevisionState.DRAFTED, RevisionState.REVIEWED),
    DocumentAct.APPROVED: (RevisionState.REVIEWED,),
    DocumentAct.ISSUED: (RevisionState.APPROVED,),
    DocumentAct.SUPERSEDED: (RevisionState.EFFECTIVE,),
    DocumentAct.WITHDRAWN: (
        *_PENDING,
        RevisionState.ISSUED,
        RevisionState.EFFECTIVE,
        RevisionState.EXPIRED,
    ),
    DocumentAct.DISPOSED: (
        RevisionState.EXPIRED,
        RevisionState.SUPERSEDED,
        RevisionState.WITHDRAWN,
    ),
}


class Refusal(Struct, frozen=True, kw_only=True):
    """Why an act may not be recorded.

    Attributes:
        code: The reason as one stable word.
        what: The reason.
        remedy: What to do.
    """

    code: str
    what: Text
    remedy: Text


class Revision(Struct, frozen=True, kw_only=True, gc=False):
    """A revision of a document as it stands on a day.

    Attributes:
        number: Its number as it is written.
        state: How it stands.
        drafted: The day of its draft.
        author: Who drafted it.
        reviewed: The day of its last review before approval.
        reviewer: Who reviewed it.
        approved: The day of its approval.
        approver: Who approved it.
        file: The file that was approved.
        issued: The day on which it was issued.
        effective: The first day on which it is in force; in the future, perhaps.
        until: The last day on which it is valid, where validity is limited.
        withdrawn: The day from which it is withdrawn.
        disposed: The day on which it was disposed of.
        ends: The last day on which it is in force, as far as it is known; for one that
            never comes into force, the day before that on which this was decided.
        ended_by: Why it ends: superseded, withdrawn or expired.
        superseded_by: The number of the revision that takes its place.
        kept_until: The last day on which it must be kept; None where no term is laid down.
        change: What changed against the revision before.
        reason: Why it was withdrawn, superseded or disposed of.
    """

    number: str
    state: RevisionState
    drafted: date | None = None
    author: str | None = None
    reviewed: date | None = None
    reviewer: str | None = None
    approved: date | None = None
    approver: str | None = None
    file: StoredFile | None = None
    issued: date | None = None
    effective: date | None = None
    until: date | None = None
    withdrawn: date | None = None
    disposed: date | None = None
    ends: date | None = None
    ended_by: RevisionState | None = None
    superseded_by: str | None = None
    kept_until: date | None = None
    change: str | None = None
    reason: str | None = None


# --- state on a day --------------------------------------------------------------------------


def revisions(document: Document, on: date) -> tuple[Revision, ...]:
    """The revisions of a document as they stand on a day, in the order of their numbers.

    Acts of later days are not known on the day.  At most one revision is in force on
    any day: a revision ends on the day before its successor begins, at the latest.
    """
    return _folded(document, _ordered(document.history, on), on)


def current(document: Document, on: date) -> Revision | None:
    """The revision that is in force on a day; None where none is."""
    for revision in reversed(revisions(document, on)):
        if revision.state is RevisionState.EFFECTIVE:
            return revision
    return None


def in_force(document: Document, on: date) -> bool:
    """Whether a document is in force on a day.

    One of its revisions is, where it has acts; and an external document is from its own
    first to its own last day only.
    """
    if document.kind is DocumentKind.EXTERNAL:
        begun = document.in_force is None or document.in_force <= on
        if not begun or (document.ended is not None and document.ended < on):
            return False
        return not document.history or current(document, on) is not None
    return current(document, on) is not None


def revision_key(number: str) -> tuple[int, int]:
    """A key that puts revision numbers in order: 2 is 02 is 2.0, and 1.10 comes after 1.9.

    Raises:
        ValueError: it is no number of a revision.
    """
    whole, _, part = number.partition(".")
    return int(whole), int(part or 0)


def same_revision(one: str, other: str) -> bool:
    """Whether two spellings are those of one number: 2 and 02 are; what is no number is none."""
    try:
        return revision_key(one) == revision_key(other)
    except ValueError:
        return False


def successors(number: str) -> tuple[str, str]:
    """The numbers that may follow a revision: the next issue, and the next change of this one."""
    whole, part = revision_key(number)
    width = len(number.partition(".")[0])
    following = f"{whole + 1:0{width}}"
    if "." in number:
        following += "." + "0" * len(number.partition(".")[2])
    return following, f"{number.partition('.')[0]}.{part + 1}"


def meant_revision(document: Document, event: DocumentEvent) -> str:
    """The number of the revision that an act speaks of, whether it names one or not.

    A draft without a number begins the next issue; a review, an approval and an issue speak
    of the latest revision; any other act, of the latest that was issued.
    """
    return _number(event, _gathered(_ordered(document.history, event.on)))


def _ordered(history: Iterable[DocumentEvent], on: date) -> list[DocumentEvent]:
    return sorted((event for event in history if event.on <= on), key=lambda event: event.on)


def _folded(document: Document, events: Sequence[DocumentEvent], on: date) -> tuple[Revision, ...]:
    """The revisions that come out of acts in the order of their days."""
    gathered = _gathered(events)
    drafts = [gathered[key] for key in sorted(gathered)]
    _end(drafts)
    found = []
    for facts in drafts:
        facts.pop("superseded", None)
        end = facts.get("ends")
        if document.retention is not None and end is not None:
            facts["kept_until"] = add_months(end, document.retention)
        found.append(Revision(state=_state(facts, on), **facts))
    return tuple(found)


def _gathered(events: Sequence[DocumentEvent]) -> dict[tuple[int, int], dict[str, Any]]:
    """What the acts say of each revision; the first of several like acts counts."""
    found: dict[tuple[int, int], dict[str, Any]] = {}
    for event in events:
        number = _number(event, found)
        facts = found.setdefault(revision_key(number), {"number": number})
        match event.act:
            case DocumentAct.DRAFTED:
                said: dict[str, Any] = {
                    "drafted": event.on,
                    "author": event.by,
                    "change": event.change,
                }
            case DocumentAct.REVIEWED:
                facts.update(reviewed=event.on, reviewer=event.by)
                continue
            case DocumentAct.APPROVED:
                said = {"approved": event.on, "approver": event.by, "file": event.file}
            case DocumentAct.ISSUED:
                effective = event.effective or event.on
                said = {"issued": event.on, "effective": effective, "until": event.until}
            case _:
                said = {event.act.value: event.on, "reason": event.reason}
        for name, value in said.items():
            facts.setdefault(name, value)
    return found


def _number(event: DocumentEvent, known: Mapping[tuple[int, int], Mapping[str, Any]]) -> str:
    """The revision that an act speaks of; where it names none, the one that it must mean."""
    if event.revision is not None:
        return event.revision
    latest = max(known, default=None)
    if latest is None:
        return "1"
    if event.act is DocumentAct.DRAFTED:
        return successors(known[latest]["number"])[0]
    if event.act in _OF_ISSUED:
        issued = [key for key, facts in known.items() if "issued" in facts]
        # What is withdrawn before it takes effect leaves the one before it in force.
        held = [k for k in issued if known[k].get("withdrawn", LAST_DAY) > known[k]["effective"]]
        latest = max(held or issued, default=latest)
    return str(known[latest]["number"])


def _end(drafts: Sequence[dict[str, Any]]) -> None:
    """Write into each revision when it ends and why; the last first."""
    following: dict[str, Any] | None = None
    for facts in reversed(drafts):
        start, until = facts.get("effective"), facts.get("until")
        ends = [(day_before(facts[act]), state) for act, state in _ENDING if act in facts]
        if following is not None:
            facts["superseded_by"] = following["number"]
            ends.append((day_before(following["effective"]), RevisionState.SUPERSEDED))
        if until is not None:
            ends.append((until, RevisionState.EXPIRED))
        if ends and (start is not None or "withdrawn" in facts):
            facts["ends"], facts["ended_by"] = min(ends, key=_DAY)
        if start is not None and all(start <= end for end, _ in ends):
            following = facts


_DAY = itemgetter(0)
_ENDING = (("withdrawn", RevisionState.WITHDRAWN), ("superseded", RevisionState.SUPERSEDED))


def _state(facts: Mapping[str, Any], on: date) -> RevisionState:
    """How a revision stands on a day that is not before any of its acts."""
    end, start = facts.get("ends"), facts.get("effective")
    if "disposed" in facts:
        return RevisionState.DISPOSED
    if end is not None and end < on:
        ended: RevisionState = facts["ended_by"]
        return ended
    if start is not None:
        return RevisionState.EFFECTIVE if start <= on else RevisionState.ISSUED
    for name in ("approved", "reviewed"):
        if name in facts:
            return RevisionState(name)
    return RevisionState.DRAFTED


# --- what may be done ------------------------------------------------------------------------

_UNKNOWN = Text(en="revision {number} is not recorded by {day}",
                vi="đến ngày {day} chưa có lần ban hành {number} nào được ghi nhận")  # fmt: skip
_DRAFT_FIRST = Text(en="Record its draft first, or correct the number or the day.",
                    vi="Ghi nhận việc soạn thảo trước, hoặc sửa lại số lần ban hành hay ngày.")  # fmt: skip
_DRAFT_LATER = Text(en="Its draft is recorded for {day}; correct the day.",
                    vi="Việc soạn thảo được ghi nhận vào ngày {day}; hãy sửa lại ngày.")  # fmt: skip
_WRONG_STATE = Text(
    en="revision {number} is “{state}” on {day}; “{act}” may only follow “{states}”",
    vi="ngày {day}, lần ban hành {number} đang ở tình trạng “{state}”; "
    "chỉ được “{act}” khi tình trạng là “{states}”",
)
_OTHER_ACT = Text(
    en="Record first what has to come before, or correct the number or the day.",
    vi="Ghi nhận việc phải làm trước đó, hoặc sửa lại số lần ban hành hay ngày.",
)
_REPEATED = Text(
    en="revision {number} has been drafted already; numbers are not used twice",
    vi="lần ban hành {number} đã được soạn thảo; số lần ban hành không được dùng lại",
)
_SKIPPED = Text(
    en="revision {number} does not follow revision {before}",
    vi="lần ban hành {number} không kế tiếp lần ban hành {before}",
)
_NEXT = Text(
    en="The next one is {whole}, or {part} for a change of the same issue.",
    vi="Số kế tiếp là {whole}, hoặc {part} nếu chỉ sửa đổi trong cùng lần ban hành.",
)
_UNFINISHED = Text(en="revision {number} is still “{state}”",
                   vi="lần ban hành {number} còn ở tình trạng “{state}”")  # fmt: skip
_FINISH = Text(en="Issue or withdraw it before the next one is drafted.",
               vi="Ban hành hoặc hủy bỏ lần đó trước khi soạn thảo lần tiếp theo.")  # fmt: skip
_NO_APPROVER = Text(
    en="it is not said who approved revision {number}",
    vi="chưa nêu người phê duyệt lần ban hành {number}",
)
_NAME_APPROVER = Text(en="Name the approver.", vi="Ghi tên người phê duyệt.")
_OWN_WORK = Text(
    en="{name} drafted revision {number} and may not approve it",
    vi="{name} đã soạn thảo lần ban hành {number} nên không được phê duyệt lần đó",
)
_OTHER_APPROVER = Text(
    en="Have another person approve it; the policy of the organisation demands it "
    "(approver_differs_from_author).",
    vi="Trình người khác phê duyệt; quy định của tổ chức yêu cầu như vậy "
    "(approver_differs_from_author).",
)
_TOO_EARLY = Text(
    en="revision {number} would be in force from {effective}, before it is issued on {day}",
    vi="lần ban hành {number} có hiệu lực từ ngày {effective}, trước ngày ban hành {day}",
)
_FROM_ISSUE = Text(
    en="Give a day of effect that is not before the day of issue.",
    vi="Ghi ngày hiệu lực không sớm hơn ngày ban hành.",
)
_NO_TIME = Text(
    en="revision {number} would expire on {until}, before it is in force on {effective}",
    vi="lần ban hành {number} hết thời hạn ngày {until}, trước ngày có hiệu lực {effective}",
)
_CORRECT_UNTIL = Text(
    en="Correct the last day of validity or the day of effect.",
    vi="Sửa lại ngày hết hiệu lực hoặc ngày có hiệu lực.",
)
_BEFORE_LAST = Text(
    en="revision {number} would be in force from {effective}, "
    "not after revision {before}, which is from {start}",
    vi="lần ban hành {number} có hiệu lực từ ngày {effective}, "
    "không sau lần ban hành {before} (từ ngày {start})",
)
_AFTER_LAST = Text(
    en="Give a later day of effect, or withdraw revision {before} first.",
    vi="Ghi ngày hiệu lực muộn hơn, hoặc hủy bỏ lần ban hành {before} trước.",
)
_KEPT = Text(
    en="revision {number} must be kept until {day}",
    vi="lần ban hành {number} phải lưu giữ đến hết ngày {day}",
)
_LATER = Text(
    en="Dispose of it after that day, or correct the retention of the document.",
    vi="Chỉ tiêu hủy sau ngày đó, hoặc sửa lại thời hạn lưu giữ của tài liệu.",
)
_CONTRADICTS = Text(
    en="with it, “{act}” of {day}, which is recorded already, would not be legal: {why}",
    vi="nếu ghi nhận thì “{act}” ngày {day} đã ghi nhận trước đó sẽ trở thành sai: {why}",
)
_CORRECT_DAY = Text(
    en="Correct the day; what is recorded is not changed.",
    vi="Sửa lại ngày; nội dung đã ghi nhận không bị thay đổi.",
)
_REVIEWED_ALREADY = Text(
    en="this review of {day} is recorded already", vi="lần xem xét ngày {day} này đã được ghi nhận"
)
_ONCE = Text(en="Once is enough.", vi="Chỉ cần ghi nhận một lần.")
_NOT_IN_FORCE = Text(
    en="no revision is in force on {day}, so there is nothing to review",
    vi="ngày {day} không có lần ban hành nào còn hiệu lực nên không có gì để xem xét",
)
_REVIEW_IN_FORCE = Text(
    en="Correct the day, or record the issue first.",
    vi="Sửa lại ngày, hoặc ghi nhận việc ban hành trước.",
)


def refusals(
    document: Document, event: DocumentEvent, policy: Policy | None = None
) -> tuple[Refusal, ...]:
    """Why an act may not be recorded after those that are recorded; empty where it may.

    Args:
        document: The document with what is recorded of it.
        event: The act; where it names no revision, the one that it must mean is taken.
        policy: The organisation's own choices; where left out, the usual ones.
    """
    policy = policy or Policy()
    earlier, later = _ordered(document.history, event.on), []
    if len(earlier) < len(document.history):
        later = [one for one in _ordered(document.history, LAST_DAY) if one.on > event.on]
    found = tuple(_refused(document, earlier, event, policy))
    if found or not later:
        return found
    return tuple(_contradicted(document, earlier, event, later, policy))


def illegal_acts(
    document: Document, policy: Policy | None = None
) -> tuple[tuple[DocumentEvent, Refusal], ...]:
    """The recorded acts that should not have followed those before them, each with why."""
    policy = policy or Policy()
    events = _ordered(document.history, LAST_DAY)
    return tuple(
        (event, refusal)
        for index, event in enumerate(events)
        for refusal in _refused(document, events[:index], event, policy)
    )


def draft_first(document: Document, number: str | None) -> Text:
    """What to do where a revision is not there yet: its draft may be recorded for a later day."""
    for one in revisions(document, LAST_DAY):
        if one.drafted and (number is None or same_revision(one.number, number)):
            return _DRAFT_LATER.format(day=day_in_words(one.drafted))
    return _DRAFT_FIRST


def _contradicted(
    document: Document,
    earlier: list[DocumentEvent],
    event: DocumentEvent,
    later: Sequence[DocumentEvent],
    policy: Policy,
) -> Iterator[Refusal]:
    """The acts of later days that would become illegal, were an act recorded before them."""
    for index, one in enumerate(later):
        between = later[:index]
        if any(_refused(document, [*earlier, *between], one, policy)):
            continue
        for refusal in _refused(document, [*earlier, event, *between], one, policy):
            what = _CONTRADICTS.format(act=one.act.text, day=day_in_words(one.on), why=refusal.what)
            yield Refusal(code="contradicts-later", what=what, remedy=_CORRECT_DAY)


def _refused(
    document: Document, earlier: Sequence[DocumentEvent], event: DocumentEvent, policy: Policy
) -> Iterator[Refusal]:
    """Why an act may not follow the acts of the same and earlier days."""
    known = _folded(document, earlier, event.on)
    if event.act is DocumentAct.DRAFTED:
        yield from _refused_draft(event, known)
        return
    number = _number(event, _gathered(earlier))
    key = revision_key(number)
    revision = next((one for one in known if revision_key(one.number) == key), None)
    day = day_in_words(event.on)
    if revision is None:
        what = _UNKNOWN.format(number=number, day=day)
        yield Refusal(
            code="unknown-revision", what=what, remedy=draft_first(document, event.revision)
        )
    elif revision.state not in LEGAL_FROM[event.act]:
        facts = {"number": number, "state": revision.state.text, "act": event.act.text}
        what = _WRONG_STATE.format(**facts, day=day, states=_states(event.act))
        yield Refusal(code="wrong-state", what=what, remedy=_OTHER_ACT)
    match event.act:
        case DocumentAct.APPROVED:
            yield from _refused_approval(event, number, revision, policy)
        case DocumentAct.ISSUED:
            yield from _refused_issue(event, number, known)
        case DocumentAct.DISPOSED if revision is not None:
            yield from _refused_disposal(event, revision)


def _refused_draft(event: DocumentEvent, known: Sequence[Revision]) -> Iterator[Refusal]:
    if not known:
        return
    last = known[-1]
    if event.revision is not None:
        key = revision_key(event.revision)
        follows = successors(last.number)
        if any(revision_key(one.number) == key for one in known):
            what = _REPEATED.format(number=event.revision)
            remedy = _NEXT.format(whole=follows[0], part=follows[1])
            yield Refusal(code="repeated-revision", what=what, remedy=remedy)
        elif key not in {revision_key(one) for one in follows}:
            what = _SKIPPED.format(number=event.revision, before=last.number)
            remedy = _NEXT.format(whole=follows[0], part=follows[1])
            yield Refusal(code="skipped-revision", what=what, remedy=remedy)
    if last.state in _PENDING:
        what = _UNFINISHED.format(number=last.number, state=last.state.text)
        yield Refusal(code="unfinished-revision", what=what, remedy=_FINISH)


def _refused_approval(
    event: DocumentEvent, number: str, revision: Revision | None, policy: Policy
) -> Iterator[Refusal]:
    if event.by is None:
        what = _NO_APPROVER.format(number=number)
        yield Refusal(code="no-approver", what=what, remedy=_NAME_APPROVER)
        return
    author = None if revision is None else revision.author
    if not policy.approver_differs_from_author or author is None:
        return
    if same_words(author) == same_words(event.by):
        what = _OWN_WORK.format(name=event.by, number=number)
        yield Refusal(code="approver-is-author", what=what, remedy=_OTHER_APPROVER)


def _refused_issue(
    event: DocumentEvent, number: str, known: Sequence[Revision]
) -> Iterator[Refusal]:
    effective = event.effective or event.on
    facts = {"number": number, "effective": day_in_words(effective)}
    if effective < event.on:
        what = _TOO_EARLY.format(**facts, day=day_in_words(event.on))
        yield Refusal(code="effective-before-issue", what=what, remedy=_FROM_ISSUE)
    if event.until is not None and event.until < effective:
        what = _NO_TIME.format(**facts, until=day_in_words(event.until))
        yield Refusal(code="expires-before-effective", what=what, remedy=_CORRECT_UNTIL)
    before = next((one for one in reversed(known) if one.state in _BEGUN), None)
    if (
        before is None
        or before.effective is None
        or revision_key(before.number) == revision_key(number)
    ):
        return
    if effective <= before.effective:
        start = day_in_words(before.effective)
        what = _BEFORE_LAST.format(**facts, before=before.number, start=start)
        remedy = _AFTER_LAST.format(before=before.number)
        yield Refusal(code="not-after-predecessor", what=what, remedy=remedy)


_BEGUN = (RevisionState.ISSUED, RevisionState.EFFECTIVE)


def _refused_disposal(event: DocumentEvent, revision: Revision) -> Iterator[Refusal]:
    kept = revision.kept_until
    if kept is not None and event.on <= kept:
        what = _KEPT.format(number=revision.number, day=day_in_words(kept))
        yield Refusal(code="still-kept", what=what, remedy=_LATER)


def _states(act: DocumentAct) -> Text:
    states = [state.text for state in LEGAL_FROM[act]]
    return Text(en="”, “".join(one.en for one in states), vi="”, “".join(one.vi for one in states))


# --- periodic review -------------------------------------------------------------------------


def review_due(document: Document, on: date, policy: Policy | None = None) -> date | None:
    """The last day by which the document in force has to be reviewed; None where none is set.

    The interval is the document's own or else that of the policy.  It counts from the day
    on which the last review was held, whatever it ended in, or from the first day of the
    revision in force, whichever is later.
    """
    months = document.review_every or (policy or Policy()).document_review_months
    if months is None:
        return None
    if not in_force(document, on):
        return None
    held = [review.on for review in document.reviews if review.on <= on]
    revision = current(document, on)
    first = document.in_force if revision is None else revision.effective
    held.extend([first] if first is not None else [])
    return add_months(max(held), months) if held else None


def review_refusals(document: Document, review: DocumentReview) -> tuple[Refusal, ...]:
    """Why a periodic review may not be recorded; empty where it may."""
    if review in document.reviews:
        what = _REVIEWED_ALREADY.format(day=day_in_words(review.on))
        return (Refusal(code="recorded-already", what=what, remedy=_ONCE),)
    if in_force(document, review.on):
        return ()
    what = _NOT_IN_FORCE.format(day=day_in_words(review.on))
    return (Refusal(code="nothing-in-force", what=what, remedy=_REVIEW_IN_FORCE),)
