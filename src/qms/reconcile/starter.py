"""A starter register made of a master list: one unit with its controlled documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qms.model import Document, DocumentEvent, Organisation, Register, Unit
from qms.reconcile.entries import Entry, plain_letters, revision_of
from qms.terms import DocumentAct, DocumentKind
from qms.text import Name

if TYPE_CHECKING:
    from qms.reconcile.comparison import Comparison

__all__ = ["starter_register"]

#: The kind of a document, by the letters with which offices begin its code.
_KINDS = {
    "cs": DocumentKind.POLICY, "csch": DocumentKind.POLICY, "qp": DocumentKind.POLICY,
    "mt": DocumentKind.OBJECTIVES, "mtcl": DocumentKind.OBJECTIVES,
    "st": DocumentKind.MANUAL, "stcl": DocumentKind.MANUAL, "qm": DocumentKind.MANUAL,
    "qt": DocumentKind.PROCEDURE, "sop": DocumentKind.PROCEDURE,
    "hd": DocumentKind.INSTRUCTION, "wi": DocumentKind.INSTRUCTION,
    "bm": DocumentKind.FORM, "fm": DocumentKind.FORM,
    "hs": DocumentKind.RECORD, "rec": DocumentKind.RECORD,
    "qc": DocumentKind.REGULATION, "qd": DocumentKind.REGULATION,
    "kh": DocumentKind.PLAN,
    "vb": DocumentKind.EXTERNAL, "tcvn": DocumentKind.EXTERNAL, "iso": DocumentKind.EXTERNAL,
}  # fmt: skip
#: The same by a word of the title, where the code says nothing.
_TITLES = (
    ("chinh sach", DocumentKind.POLICY), ("policy", DocumentKind.POLICY),
    ("muc tieu", DocumentKind.OBJECTIVES), ("objectives", DocumentKind.OBJECTIVES),
    ("so tay", DocumentKind.MANUAL), ("manual", DocumentKind.MANUAL),
    ("huong dan", DocumentKind.INSTRUCTION), ("instruction", DocumentKind.INSTRUCTION),
    ("bieu mau", DocumentKind.FORM), ("form", DocumentKind.FORM),
    ("quy che", DocumentKind.REGULATION), ("regulation", DocumentKind.REGULATION),
    ("ke hoach", DocumentKind.PLAN), ("plan", DocumentKind.PLAN),
)  # fmt: skip
_FIRST_LETTERS = re.compile(r"[a-z]+")
_UNFIT = re.compile(r'[/\\:*?"<>|\x00-\x1f]+')


def starter_register(comparison: Comparison, unit: str, name: str) -> Register:
    """A register of one unit that holds the documents of a list, as far as the list says.

    Who approved them, and which bytes, is not in a list, so no approval is recorded: the
    check then says for each document that its approval is not recorded.

    Args:
        comparison: The list held against the folder.
        unit: The identifier of the unit.
        name: Its name.
    """
    documents: dict[str, Document] = {}
    for entry in comparison.list.entries:
        key = _UNFIT.sub("-", entry.code).strip(" .-_")[:100]
        documents.setdefault(key, _document(entry))
    given = Name(vi=name)
    holder = Unit(id=unit, name=given, documents=documents)
    return Register(organisation=Organisation(name=given), units={unit: holder})


def _document(entry: Entry) -> Document:
    day = entry.effective or entry.issued
    issued = entry.issued if entry.issued and day and entry.issued <= day else day
    number = ".".join(str(n) for n in revision_of(entry.issue, entry.revision) if n is not None)
    history = () if day is None or issued is None else (
        DocumentEvent(act=DocumentAct.ISSUED, on=issued, revision=number or None, effective=day),
    )  # fmt: skip
    return Document(
        title=Name(vi=entry.title or entry.code),
        kind=_kind(entry),
        owner=entry.owner,
        history=history,
    )


def _kind(entry: Entry) -> DocumentKind:
    letters = _FIRST_LETTERS.match(plain_letters(entry.code))
    if letters and letters[0] in _KINDS:
        return _KINDS[letters[0]]
    title = plain_letters(entry.title or "")
    return next((kind for word, kind in _TITLES if word in title), DocumentKind.PROCEDURE)
