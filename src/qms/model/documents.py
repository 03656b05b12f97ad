"""Controlled documents: their revisions, reviews, copies and acknowledgements."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from attrs import frozen
from msgspec import Meta

from qms.model.making import held_to_types
from qms.model.shapes import ClauseNumber, Count, Key, Months, RevisionNumber, Words
from qms.terms import DocumentAct, DocumentKind, ReviewOutcome
from qms.text import Name

__all__ = [
    "Acknowledgement",
    "Distribution",
    "Document",
    "DocumentEvent",
    "DocumentReview",
    "Recall",
    "StoredFile",
]


@frozen(kw_only=True, weakref_slot=False)
class StoredFile:
    """A file as it was on the day when a fact was recorded.

    Attributes:
        name: Its path inside the register's folder, or its name.
        sha256: The SHA-256 of its bytes, as 64 hexadecimal digits.
        size: Its size in bytes.
        note: Anything else worth knowing, such as doubts that were accepted when it was read.
    """

    name: Words
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")] | None = None
    size: Count | None = None
    note: Words | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class DocumentEvent:
    """Something that was done with a revision of a document (ISO 9001:2015, 7.5).

    Attributes:
        act: What was done.
        on: The day.
        revision: The revision that it was done with.
        by: Who did it.
        effective: For an issue: the first day on which the revision is in force.
        until: For an issue: the last day on which it is valid, where validity is limited.
        file: For an approval: the file that was approved.
        change: For a draft: what changed against the revision before.
        reason: Why.
    """

    act: DocumentAct
    on: date
    revision: RevisionNumber | None = None
    by: Words | None = None
    effective: date | None = None
    until: date | None = None
    file: StoredFile | None = None
    change: Words | None = None
    reason: Words | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class DocumentReview:
    """A periodic review of a document in use.

    Attributes:
        on: The day on which it was held, from which the next one is counted.
        by: Who held it.
        outcome: What it ended in.
        note: Anything else worth knowing.
    """

    on: date
    by: Words | None = None
    outcome: ReviewOutcome
    note: Words | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class Distribution:
    """Copies of a revision given to a holder.

    Attributes:
        holder: Who holds them.
        given: The day on which they were given.
        revision: The revision given.
        copies: How many.
        form: Paper, electronic or another form.
        recalled: The day on which they were taken back.
    """

    holder: Words
    given: date
    revision: RevisionNumber | None = None
    copies: Count = 1
    form: Words | None = None
    recalled: date | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class Recall:
    """Copies taken back from a holder.

    Attributes:
        holder: Who held them.
        on: The day on which they were taken back.
        revision: The revision taken back; where left out, every revision.
        copies: How many; where left out, all of them.
    """

    holder: Words
    on: date
    revision: RevisionNumber | None = None
    copies: Count | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class Acknowledgement:
    """A holder's word that a revision was read and understood.

    Attributes:
        holder: Who acknowledges.
        on: The day.
        revision: The revision that was read.
    """

    holder: Words
    on: date
    revision: RevisionNumber

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class Document:
    """A controlled document, internal or external (ISO 9001:2015, 7.5).

    Attributes:
        title: Its title.
        kind: Its kind.
        level: Its level in the hierarchy: 1 policy and objectives, 2 procedures,
            3 instructions, 4 forms and records.
        owner: The person or division that answers for it.
        issuer: For an external document: who issued it.
        language: The language in which it is written.
        format: The form in which it exists, such as paper or electronic.
        access: Who may see it.
        location: Where it is kept.
        places: Where it must be at hand.
        clauses: The clauses of the standard that it serves.
        form_of: For a form or a record: the code of the procedure to which it belongs.
        cites: The identifiers of the legal documents that it rests on.
        review_every: The interval between periodic reviews, in months.
        acknowledge_within: The days within which a holder acknowledges a new revision.
        retention: How long it is kept after its end, in months.
        disposal: What is done with it at the end of retention.
        in_force: For an external document: the first day on which it is in force.
        ended: For an external document: the last day on which it was in force.
        replaced_by: For an external document: what replaced it; where no last day is recorded, it
            ends on the day before that takes effect.
        history: What was done with its revisions.
        reviews: Its periodic reviews.
        distribution: The copies given out.
        recalls: The copies taken back.
        acknowledgements: Who has read which revision.
        note: Anything else worth knowing.
    """

    title: Name
    kind: DocumentKind
    level: Annotated[int, Meta(ge=1, le=4)] | None = None
    owner: Words | None = None
    issuer: Words | None = None
    language: Words | None = None
    format: Words | None = None
    access: Words | None = None
    location: Words | None = None
    places: tuple[Words, ...] = ()
    clauses: tuple[ClauseNumber, ...] = ()
    form_of: Key | None = None
    cites: tuple[Key, ...] = ()
    review_every: Months | None = None
    acknowledge_within: Count | None = None
    retention: Months | None = None
    disposal: Words | None = None
    in_force: date | None = None
    ended: date | None = None
    replaced_by: Words | None = None
    history: tuple[DocumentEvent, ...] = ()
    reviews: tuple[DocumentReview, ...] = ()
    distribution: tuple[Distribution, ...] = ()
    recalls: tuple[Recall, ...] = ()
    acknowledgements: tuple[Acknowledgement, ...] = ()
    note: Words | None = None

    __attrs_post_init__ = held_to_types
