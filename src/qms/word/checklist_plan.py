"""The plan of an issued checklist, which travels in the properties of its file.

It says which checklist it is, what is asked, and which text was given; so a
filled file can be read without the register, and what was added or altered is
seen.  Properties of a document survive in every form in which offices save it;
Word keeps 255 characters of each, so the plan is spread over several.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import frozen

from qms.terms import AuditType, Edition
from qms.text import Language
from qms.word.checklist_layout import AUDIT, FURTHER
from qms.word.statics import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qms.checklist import Checklist

__all__ = ["PROPERTY", "Plan", "PlannedItem", "plan_from", "plan_of", "properties_of"]

#: The properties are ``qms.checklist.1``, ``qms.checklist.2``, …
PROPERTY = "qms.checklist."
_FORMAT = 1
_ROOM = 240
#: The last key of a plan, which tells whether the rest is as it was issued.
_SUM = ',"sum":"'


@frozen
class PlannedItem:
    """A question as issued: its identifier, clause, wording, and whether it may not apply."""

    id: str
    clause: str
    wording: str
    may_be_not_applicable: bool


@frozen(kw_only=True)
class Plan:
    """What an issued checklist asks, and what text it was issued with.

    Attributes:
        id: The identifier of the checklist, eight hexadecimal digits.
        items: The questions.
        passages: What stands for the given passages, in the order of the document.
    """

    id: str
    unit: str
    audit: str | None
    type: AuditType
    edition: Edition
    on: date
    language: Language
    items: tuple[PlannedItem, ...]
    passages: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """All that can be filled in, in the order by which bookmarks count."""
        return (*(item.id for item in self.items), *FURTHER, AUDIT)


def plan_of(checklist: Checklist, language: Language, passages: tuple[str, ...]) -> Plan:
    """The plan of a checklist as it is issued in a language.

    Raises:
        ValueError: a question has an identifier that is used otherwise.
    """
    taken = {*FURTHER, AUDIT} & {item.id for item in checklist.items}
    if taken:
        raise ValueError(f"{min(taken)!r} cannot be the identifier of a question")
    return Plan(
        id=checklist.id,
        unit=checklist.unit,
        audit=checklist.audit,
        type=checklist.type,
        edition=checklist.edition,
        on=checklist.on,
        language=language,
        items=tuple(
            PlannedItem(
                item.id,
                item.clause,
                digest(item.question.in_(language)),
                item.may_be_not_applicable,
            )
            for item in checklist.items
        ),
        passages=passages,
    )


def properties_of(plan: Plan) -> dict[str, str]:
    """The plan as properties of a document."""
    items = [
        "|".join((item.id, item.clause, item.wording, "1" if item.may_be_not_applicable else ""))
        for item in plan.items
    ]
    text = json.dumps(
        {
            "format": _FORMAT,
            "id": plan.id,
            "unit": plan.unit,
            "audit": plan.audit,
            "type": plan.type,
            "edition": plan.edition,
            "on": plan.on.isoformat(),
            "language": plan.language,
            "items": items,
            "passages": "".join(plan.passages),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    text = f'{text[:-1]}{_SUM}{_sum_of(text)}"}}'
    pieces = [text[at : at + _ROOM] for at in range(0, len(text), _ROOM)]
    # A property that begins or ends with a blank may come back without it.
    return {f"{PROPERTY}{n}": f"[{piece}]" for n, piece in enumerate(pieces, 1)}


def plan_from(properties: Mapping[str, str]) -> Plan | None:
    """The plan in the properties of a document, or None where there is no whole one.

    One that was altered counts as none: an answer would stand under another question.
    """
    pieces: list[str] = []
    while (piece := properties.get(f"{PROPERTY}{len(pieces) + 1}")) is not None:
        pieces.append(piece.strip()[1:-1])
    text = "".join(pieces)
    try:
        # Behind it may stand the rest of a longer plan, of a file that served as template.
        data, end = json.JSONDecoder().raw_decode(text)
        body, mark, found = text[:end].rpartition(_SUM)
        if mark and found != f'{_sum_of(body + "}")}"}}':
            return None
        return _plan(data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _sum_of(text: str) -> str:
    """What stands for the words of a plan, however its letters are composed."""
    plain = unicodedata.normalize("NFC", text).encode("utf-8", "replace")
    return hashlib.blake2b(plain, digest_size=8).hexdigest()


def _plan(data: Any) -> Plan:
    if data["format"] != _FORMAT:
        raise ValueError("another format")
    passages = str(data["passages"])
    return Plan(
        id=str(data["id"]),
        unit=str(data["unit"]),
        audit=None if data["audit"] is None else str(data["audit"]),
        type=AuditType(data["type"]),
        edition=Edition(data["edition"]),
        on=date.fromisoformat(data["on"]),
        language=Language(data["language"]),
        items=tuple(_item(str(words)) for words in data["items"]),
        passages=tuple(passages[at : at + 8] for at in range(0, len(passages), 8)),
    )


def _item(words: str) -> PlannedItem:
    id_, clause, wording, free = words.rsplit("|", 3)
    return PlannedItem(id_, clause, wording, bool(free))
