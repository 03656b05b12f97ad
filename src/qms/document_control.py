"""Acts on controlled documents: what is refused is said first, then the fact is appended.

Each function takes a register, a unit and the code of a document, appends one dated fact,
whole or not at all, and returns the register as it is afterwards, or as it would be.  What
is recorded stays as it was recorded.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import evolve

from qms.dates import day_in_words
from qms.document_recording import append, documents_of, record, refuse_workbook, stop
from qms.external_documents import document_in_force, issue_refusals, with_last_day
from qms.holders import (
    acknowledgement_refusals,
    disposal_refusals,
    distribution_refusals,
    recall_refusals,
)
from qms.model import (
    Acknowledgement,
    Distribution,
    Document,
    DocumentEvent,
    DocumentReview,
    Recall,
)
from qms.new_documents import new_document
from qms.revisions import (
    Refusal,
    current,
    in_force,
    meant_revision,
    refusals,
    review_refusals,
    revision_key,
    revisions,
)
from qms.terms import DocumentAct, DocumentKind, RevisionState
from qms.text import Name, Text, same_words

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from qms.model import Register
    from qms.revisions import Revision
    from qms.store.appending import Fact
    from qms.terms import ReviewOutcome

__all__ = [
    "acknowledge",
    "approve",
    "dispose",
    "distribute",
    "draft",
    "issue",
    "recall",
    "record_act",
    "review",
    "review_draft",
    "withdraw",
]

_OTHER_DAY = Text(
    en="the header of the approved file says that it is in force from {shown}, not from {day}",
    vi="đầu trang của tệp đã phê duyệt ghi có hiệu lực từ ngày {shown}, không phải ngày {day}",
)
_SAME_DAY = Text(
    en="Issue it for that day, or withdraw the revision and draft the next one.",
    vi="Ban hành với ngày đó, hoặc hủy bỏ lần ban hành này và soạn thảo lần kế tiếp.",
)


def record_act(
    register: str | os.PathLike[str],
    unit: str,
    code: str,
    event: DocumentEvent,
    *,
    dry_run: bool = False,
) -> Register:
    """Append an act to the history of a document, if nothing speaks against it.

    Args:
        register: The register, in any of its forms.
        unit: The identifier of the unit.
        code: The code of the document.
        event: The act; where it names no revision, the one that it must mean is recorded.
            The file of an approval is taken as it is told: :func:`approve` looks at it.
        dry_run: Whether to say only what would be refused, and to change nothing; what is
            returned is the register as it would be.

    Raises:
        RegisterError: the act is refused, with every reason, or the register cannot be
            read or changed; nothing was changed.
        ValueError: the revision is no number of a revision.
    """
    judge = partial(_judged_act, unit=unit, event=event)
    return record(register, unit, code, "history", judge, dry_run=dry_run)


def draft(
    register: str | os.PathLike[str],
    unit: str,
    code: str,
    *,
    on: date,
    by: str | None = None,
    revision: str | None = None,
    change: str | None = None,
    title: Name | None = None,
    kind: DocumentKind | None = None,
    form_of: str | None = None,
    owner: str | None = None,
    dry_run: bool = False,
) -> Register:
    """Begin a revision; with a title and a kind, begin a new document.

    Args:
        register: The register.
        unit: The identifier of the unit.
        code: The code of the document.
        on: The day of the draft.
        by: Who drafts it.
        revision: The number of the revision; the next one where left out.
        change: What changes against the revision before.
        title: The title of a new document.
        kind: The kind of a new document; may be left out of a form, which names its procedure.
        form_of: For a new form or record: the code of the procedure to which it belongs.
        owner: The person or division that answers for a new document.
        dry_run: Whether to change nothing.

    Raises:
        RegisterError: see :func:`record_act`; or a new document is there already, perhaps
            in another spelling, is of no kind, or is a form of no procedure.
    """
    event = DocumentEvent(act=DocumentAct.DRAFTED, on=on, by=by, revision=revision, change=change)
    if (title, kind, form_of, owner) == (None, None, None, None):
        return record_act(register, unit, code, event, dry_run=dry_run)

    def new(known: Register) -> Iterable[Fact]:
        from qms.store.appending import Fact

        begun, refused = new_document(
            documents_of(known, unit), code, title=title, kind=kind, form_of=form_of, owner=owner
        )
        fact, found = _judged_act(known, begun, unit=unit, event=event)
        stop(unit, code, [*refused, *found])
        return [Fact(unit=unit, at=("documents", code), fact=evolve(begun, history=(fact,)))]

    return append(register, new, dry_run=dry_run)


def review_draft(
    register: str | os.PathLike[str],
    unit: str,
    code: str,
    *,
    on: date,
    by: str | None = None,
    revision: str | None = None,
    dry_run: bool = False,
) -> Register:
    """Record that a draft was reviewed before approval (ISO 9001:2015, 7.5.2 c).

    Raises:
        RegisterError: see :func:`record_act`.
    """
    event = DocumentEvent(act=DocumentAct.REVIEWED, on=on, by=by, revision=revision)
    return record_act(register, unit, code, event, dry_run=dry_run)


def approve(
    register: str | os.PathLike[str],
    unit: str,
    code: str,
    *,
    on: date,
    by: str,
    file: str | os.PathLike[str] | None = None,
    revision: str | None = None,
    unstamped: bool = False,
    dry_run: bool = False,
) -> Register:
    """Record the approval of a revision, with the file as it is now.

    The name of the file inside the register's folder, its SHA-256 and its size are stored.
    A Word file must carry the control block of the revision: it is stamped first, and then
    approved, so that what circulates is byte for byte what was approved.

    Args:
        register: The register.
        unit: The identifier of the unit.
        code: The code of the document.
        on: The day of the approval.
        by: Who approves.
        file: The file that is approved; None where there is only paper.
        revision: The number of the revision; the latest where left out.
        unstamped: Whether a Word file is approved although its header says nothing.
        dry_run: Whether to change nothing.

    Raises:
        RegisterError: see :func:`record_act`; or the file is not there, not inside the
            register's folder, or its header says something else.
    """
    from qms.approved_files import header_refusals
    from qms.document_files import as_spelt, root_of, stored_file

    refuse_workbook(register)
    stored = None if file is None else stored_file(root_of(register), file)
    event = DocumentEvent(act=DocumentAct.APPROVED, on=on, by=by, revision=revision, file=stored)

    def judge(known: Register, document: Document) -> tuple[Any, Sequence[Refusal]]:
        fact, found = _judged_act(known, document, unit=unit, event=event)
        if stored is not None and not unstamped:
            path = as_spelt(root_of(register) / stored.name)
            drafted = _revision(document, meant_revision(document, event), on)
            if drafted is not None:
                found = [*found, *header_refusals(path, document, code, drafted)]
        return fact, found

    return record(register, unit, code, "history", judge, dry_run=dry_run)


def issue(
    register: str | os.PathLike[str],
    unit: str,
    code: str,
    *,
    on: date,
    by: str | None = None,
    revision: str | None = None,
    effective: date | None = None,
    until: date | None = None,
    dry_run: bool = False,
) -> Register:
    """Record the issue of an approved revision.

    Args:
        register: The register.
        unit: The identifier of the unit.
        code: The code of the document.
        on: The day of the issue.
        by: Who issues it.
        revision: The number of the revision; the latest where left out.
        effective: The first day in force, in the future perhaps; where left out, the day
            that the header of the approved file shows, or else the day of the issue.
        until: The last day of validity, where it is limited.
        dry_run: Whether to change nothing.

    Raises:
        RegisterError: see :func:`record_act`; or the approved file is not there any more,
            was changed, or its header shows another day of effect.
    """
    from qms.approved_files import changed_refusals
    from qms.document_files import day_shown, root_of

    event = DocumentEvent(act=DocumentAct.ISSUED, on=on, by=by, revision=revision, until=until)

    def judge(known: Register, document: Document) -> tuple[Any, Sequence[Refusal]]:
        approved = _revision(document, meant_revision(document, event), on)
        shown = day_shown(root_of(register), None if approved is None else approved.file)
        first = effective or shown or on
        used = evolve(event, effective=first)
        fact, found = _judged_act(known, document, unit=unit, event=used)
        if shown is not None and shown != first:
            what = _OTHER_DAY.format(shown=day_in_words(shown), day=day_in_words(first))
            found = [*found, Refusal(code="other-day", what=what, remedy=_SAME_DAY)]
        if approved is not None and approved.file is not None:
            found = [*found, *changed_refusals(root_of(register), approved.file)]
        return fact, found

    return record(register, unit, code, "history", judge, dry_run=dry_run)


def withdraw(
    register: str | os.PathLike[str],
    unit: str,
    code: str,
    *,
    on: date,
    by: str | None = None,
    revision: str | None = None,
    reason: str | None = None,
    dry_run: bool = False,
) -> Register:
    """Withdraw a revision: the day is the first on which it is no longer in force.

    A draft that is given up is withdrawn, too; its number is not used again.

    Raises:
        RegisterError: see :func:`record_act`.
    """
    event = DocumentEvent(act=DocumentAct.WITHDRAWN, on=on, by=by, revision=revision, reason=reason)
    return record_act(register, unit, code, event, dry_run=dry_run)


def dispose(
    register: str | os.PathLike[str],
    unit: str,
    code: str,
    *,
    on: date,
    revision: str,
    by: str | None = None,
    reason: str | None = None,
    dry_run: bool = False,
) -> Register:
    """Record that a revision was disposed of, after its term of retention.

    Raises:
        RegisterError: see :func:`record_act`; or no term of retention is recorded, or copies
            of the revision are not taken back.
    """
    event = DocumentEvent(act=DocumentAct.DISPOSED, on=on, by=by, revision=revision, reason=reason)
    return record_act(register, unit, code, event, dry_run=dry_run)


def review(
    register: str | os.PathLike[str],
    unit: str,
    code: str,
    *,
    on: date,
    outcome: ReviewOutcome,
    by: str | None = None,
    note: str | None = None,
    dry_run: bool = False,
) -> Register:
    """Record a periodic review of a document in force; the next one counts from its day.

    Raises:
        RegisterError: nothing is in force on the day, or the register cannot be read or
            changed; nothing was changed.
    """
    fact = DocumentReview(on=on, by=by, outcome=outcome, note=note)

    def judge(known: Register, document: Document) -> tuple[Any, Sequence[Refusal]]:
        return fact, review_refusals(with_last_day(document, known.units[unit], on), fact)

    return record(register, unit, code, "reviews", judge, dry_run=dry_run)


def distribute(
    register: str | os.PathLike[str],
    unit: str,
    code: str,
    *,
    on: date,
    holder: str,
    copies: int = 1,
    form: str | None = None,
    revision: str | None = None,
    dry_run: bool = False,
) -> Register:
    """Record that copies were given to a holder, who is then asked to acknowledge them.

    Where no revision is named it is the one in force or, before any is, the one issued.
    Copies of an external document are of no revision.

    Raises:
        RegisterError: the revision is not issued or is obsolete, an external document is
            not in force, or the register cannot be read or changed; nothing was changed.
    """

    def judge(known: Register, document: Document) -> tuple[Any, Sequence[Refusal]]:
        fact = Distribution(
            holder=holder.strip(),
            given=on,
            revision=revision or _number_to_read(document, on),
            copies=copies,
            form=form,
        )
        usable = document_in_force(document, known.units[unit], on)
        return fact, distribution_refusals(document, fact, in_force=usable)

    return record(register, unit, code, "distribution", judge, dry_run=dry_run)


def recall(
    register: str | os.PathLike[str],
    unit: str,
    code: str,
    *,
    on: date,
    holder: str,
    copies: int | None = None,
    revision: str | None = None,
    dry_run: bool = False,
) -> Register:
    """Record that copies were taken back: all that the holder has, or some of them.

    Raises:
        RegisterError: the holder has no such copies, or the register cannot be read or
            changed; nothing was changed.
    """
    fact = Recall(holder=holder.strip(), on=on, revision=revision, copies=copies)
    return record(
        register,
        unit,
        code,
        "recalls",
        lambda _, document: (fact, recall_refusals(document, fact)),
        dry_run=dry_run,
    )


def acknowledge(
    register: str | os.PathLike[str],
    unit: str,
    code: str,
    *,
    on: date,
    holder: str,
    revision: str | None = None,
    dry_run: bool = False,
) -> Register:
    """Record a holder's word that a revision was read and understood.

    Where no revision is named it is the one in force; the one issued for a later day, before
    any is in force or where the holder has acknowledged that one.

    Raises:
        RegisterError: the holder has no copies, the revision is not issued, it was
            acknowledged before, or the register cannot be read or changed.
    """

    def judge(_: Register, document: Document) -> tuple[Any, Sequence[Refusal]]:
        number = revision or _number_to_read(document, on, holder) or "1"
        fact = Acknowledgement(holder=holder.strip(), on=on, revision=number)
        return fact, acknowledgement_refusals(document, fact)

    return record(register, unit, code, "acknowledgements", judge, dry_run=dry_run)


# --- judging ---------------------------------------------------------------------------------

_NOTHING_REVIEWED = Text(
    en="with it, nothing would have been in force for the periodic review of {day}, which is "
    "recorded already",
    vi="nếu ghi nhận thì lần xem xét định kỳ ngày {day} đã ghi nhận trước đó không còn tài liệu "
    "đang có hiệu lực để xem xét",
)
_CORRECT_DAY = Text(
    en="Correct the day; what is recorded is not changed.",
    vi="Sửa lại ngày; nội dung đã ghi nhận không bị thay đổi.",
)


_WITHDRAWN = Text(
    en="revision {done} was withdrawn on {day} already",
    vi="đã ghi nhận thu hồi, hủy bỏ lần ban hành {done} ngày {day}",
)
_NAME_REVISION = Text(
    en="Once is enough. If revision {number} is to be withdrawn as well, name it "
    "(--revision {number}).",
    vi="Chỉ cần ghi nhận một lần. Nếu thu hồi, hủy bỏ cả lần ban hành {number} thì nêu rõ "
    "(--revision {number}).",
)


def _judged_act(
    register: Register, document: Document, *, unit: str, event: DocumentEvent
) -> tuple[DocumentEvent, Sequence[Refusal]]:
    """An act with its revision named, and why it may not be recorded."""
    number = meant_revision(document, event)
    named: DocumentEvent = evolve(event, revision=number)
    found = refusals(document, named, register.organisation.policy)
    found = (*found, *_withdrawn_again(document, event, number))
    found = found or tuple(_reviews_of_nothing(document, named))
    found = (*found, *issue_refusals(document, named, register.units[unit]))
    if named.act is DocumentAct.DISPOSED:
        return named, [*found, *disposal_refusals(document, number, event.on)]
    return named, found


def _withdrawn_again(document: Document, event: DocumentEvent, number: str) -> Iterator[Refusal]:
    """A withdrawal that names no revision, on the day on which another was withdrawn.

    Whoever gives the same command twice would otherwise withdraw the one in force, too.
    """
    if event.act is not DocumentAct.WITHDRAWN or event.revision is not None:
        return
    for one in document.history:
        done = one.revision or number
        again = one.act is DocumentAct.WITHDRAWN and one.on == event.on
        if again and revision_key(done) != revision_key(number):
            facts = {"day": day_in_words(one.on), "done": done, "number": number}
            remedy = _NAME_REVISION.format(**facts)
            yield Refusal(code="withdrawn-already", what=_WITHDRAWN.format(**facts), remedy=remedy)


def _reviews_of_nothing(document: Document, event: DocumentEvent) -> Iterator[Refusal]:
    """The recorded reviews of later days that would have had nothing in force to review."""
    after = evolve(document, history=(*document.history, event))
    for review in document.reviews:
        day = review.on
        if day > event.on and in_force(document, day) and not in_force(after, day):
            what = _NOTHING_REVIEWED.format(day=day_in_words(day))
            yield Refusal(code="contradicts-later", what=what, remedy=_CORRECT_DAY)


def _revision(document: Document, number: str, on: date) -> Revision | None:
    key = revision_key(number)
    return next((one for one in revisions(document, on) if revision_key(one.number) == key), None)


def _number_to_read(document: Document, on: date, holder: str | None = None) -> str | None:
    """The revision in force or, while none is, the latest that is issued for a later day.

    Args:
        document: The document.
        on: The day.
        holder: Whoever reads it; what was acknowledged already is not meant, if there is more.
    """
    issued = [one for one in revisions(document, on) if one.state is RevisionState.ISSUED]
    numbers = [one.number for one in (current(document, on), *issued[-1:]) if one is not None]
    said = {
        revision_key(one.revision)
        for one in document.acknowledgements
        if holder is not None and same_words(one.holder) == same_words(holder)
    }
    unread = (number for number in numbers if revision_key(number) not in said)
    return next(unread, numbers[0] if numbers else None)
