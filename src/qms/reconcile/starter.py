"""A starter register made of a master list: one unit with its controlled documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from qms.model import Document, DocumentEvent, Organisation, Register, Unit
from qms.reconcile.spellings import plain_letters, revision_of
from qms.terms import DocumentAct, DocumentKind
from qms.text import Language, Name, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qms.reconcile.comparison import Comparison
    from qms.reconcile.entries import Entry

__all__ = ["Starter", "starter_register"]

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
    ("quy trinh", DocumentKind.PROCEDURE), ("procedure", DocumentKind.PROCEDURE),
)  # fmt: skip
_PLAIN_NUMBER = re.compile(r"\d{1,3}(\.\d{1,3})?")
#: Letters, which count from here on, are no number that a register takes.
_NO_DIGITS = 1_000
_FIRST_LETTERS = re.compile(r"[a-z]+")
_UNFIT = re.compile(r'[/\\:*?"<>|\x00-\x1f]+')


_RENAMED = Text(
    en="codes that cannot be names of files are kept in another spelling: {named}",
    vi="mã hiệu không dùng làm tên tệp được nên lưu theo cách viết khác: {named}",
)
_SECOND = Text(
    en="of several rows of one code only the first was taken: {named} left out",
    vi="nhiều dòng cùng mã hiệu, chỉ lấy dòng đầu; bỏ qua: {named}",
)
_NO_DAY = Text(
    en="no revision is recorded where the list gives no day: {named}",
    vi="không ghi lần ban hành khi danh mục không có ngày: {named}",
)
_DAY_OF_EFFECT = Text(
    en="the list gives no day of issue, or one after the day of effect, so that the day of "
    "effect stands for it: {named}",
    vi="danh mục không có ngày ban hành, hoặc ngày ban hành sau ngày hiệu lực, nên lấy ngày "
    "hiệu lực: {named}",
)
_NO_NUMBER = Text(
    en="no revision is recorded where the list gives it no number; give it one (A is 1): {named}",
    vi="không ghi lần ban hành khi danh mục không đánh bằng số; hãy đánh số (A là 1): {named}",
)
_HOLDERS = Text(
    en="holders are not recorded, for the list does not say when copies were given: {named}",
    vi="không ghi nơi phân phối vì danh mục không nêu ngày giao bản: {named}",
)
_KIND_GUESSED = Text(
    en="neither code nor title tells the kind; taken for a procedure: {named}",
    vi="mã hiệu và tên không cho biết loại tài liệu; tạm ghi là quy trình: {named}",
)
_ROW = Text(en="{code} (row {row})", vi="{code} (dòng {row})")
_IN = Text(en="{code} ({sheet}, row {row})", vi="{code} ({sheet}, dòng {row})")


class Starter(Struct, frozen=True, kw_only=True):
    """A starter register, and what of the list is not in it as it was written.

    Attributes:
        register: The register.
        notes: What was changed, supplied or left out, each with the rows concerned.
    """

    register: Register
    notes: tuple[Text, ...]


def starter_register(comparison: Comparison, unit: str, name: str) -> Starter:
    """A register of one unit that holds the documents of a list, as far as the list says.

    Who approved them, and which bytes, is not in a list, so no approval is recorded: the
    check then says for each document that its approval is not recorded.

    Args:
        comparison: The list held against the folder.
        unit: The identifier of the unit.
        name: Its name.
    """
    documents: dict[str, Document] = {}
    told: dict[Text, list[Text]] = {}

    def tell(what: Text, entry: Entry) -> None:
        place = _ROW if entry.sheet is None else _IN
        named = place.format(code=entry.code, row=entry.row, sheet=entry.sheet)
        told.setdefault(what, []).append(named)

    language = comparison.list.language
    for entry in comparison.list.entries:
        key = _UNFIT.sub("-", entry.code).strip(" .-_")[:100]
        if key in documents:
            tell(_SECOND, entry)
            continue
        documents[key] = _document(entry, language)
        if key != entry.code:
            tell(_RENAMED, entry)
        for what in _left_out(entry):
            tell(what, entry)
    given = Name.given(name, language)
    holder = Unit(id=unit, name=given, documents=documents)
    register = Register(organisation=Organisation(name=given), units={unit: holder})
    return Starter(
        register=register, notes=tuple(what.format(named=_and(rows)) for what, rows in told.items())
    )


def _left_out(entry: Entry) -> Iterator[Text]:
    """What the list says of a document that is not recorded, or that it does not say."""
    if entry.effective is None and entry.issued is None:
        if entry.issue or entry.revision:
            yield _NO_DAY
    elif _is_lettered(entry):
        yield _NO_NUMBER
    elif entry.issued is None or (entry.effective and entry.effective < entry.issued):
        yield _DAY_OF_EFFECT
    if entry.holder:
        yield _HOLDERS
    if _known_kind(entry) is None:
        yield _KIND_GUESSED


def _and(rows: Sequence[Text]) -> Text:
    return Text(en=", ".join(one.en for one in rows), vi=", ".join(one.vi for one in rows))


def _document(entry: Entry, language: Language) -> Document:
    day = entry.effective or entry.issued
    issued = entry.issued if entry.issued and day and entry.issued <= day else day
    history = () if day is None or issued is None or _is_lettered(entry) else (
        DocumentEvent(act=DocumentAct.ISSUED, on=issued, revision=_number(entry), effective=day),
    )  # fmt: skip
    return Document(
        title=Name.given(entry.title or entry.code, language),
        kind=_known_kind(entry) or DocumentKind.PROCEDURE,
        owner=entry.owner,
        history=history,
        note=entry.note,
    )


def _is_lettered(entry: Entry) -> bool:
    """Whether the list names the revision otherwise than by a number, which a register demands."""
    named = any(one.isalnum() for one in f"{entry.issue or ''}{entry.revision or ''}")
    return named and _number(entry) is None


def _number(entry: Entry) -> str | None:
    """The number of the revision as it is written, where one number is all."""
    written = [words for words in (entry.issue, entry.revision) if words]
    if len(written) == 1 and _PLAIN_NUMBER.fullmatch(written[0]):
        return written[0]
    numbers = revision_of(entry.issue, entry.revision)
    return ".".join(str(one) for one in numbers if one is not None and one < _NO_DIGITS) or None


def _known_kind(entry: Entry) -> DocumentKind | None:
    """The kind of a document, where its code or its title tells it."""
    letters = _FIRST_LETTERS.match(plain_letters(entry.code))
    if letters and letters[0] in _KINDS:
        return _KINDS[letters[0]]
    title = plain_letters(entry.title or "")
    return next((kind for word, kind in _TITLES if word in title), None)
