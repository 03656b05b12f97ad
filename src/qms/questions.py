"""Which questions are asked in an audit: banks, and how they are put together.

A bank is a file of questions (``data/questions`` and the person's own).  Each says for
which editions, kinds of audit and regimes it is drawn on.
"""

from __future__ import annotations

from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING

import msgspec
import tomli
from msgspec import Struct

from qms.clauses import LISTED, becomes, clauses_of, within
from qms.codec.strict import decoder_of
from qms.terms import AuditType, DocumentKind, Edition, Regime
from qms.text import Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from qms.model.questions import BankQuestion, BankSubject, QuestionBank
    from qms.text import Name

__all__ = ["SHIPPED", "AskedQuestion", "QuestionSet", "questions_for", "shipped_banks"]

#: The banks that come with the library, in the order in which they are drawn on.
SHIPPED = (
    "iso-9001-2008",
    "iso-9001-2015",
    "iso-9001-2026",
    "vietnamese-administration",
    "surveillance",
    "internal-audit",
    "transition-2015",
    "transition-2026",
)
_OTHER = Text(en="Further subjects", vi="Nội dung khác")
#: Audits that look at the whole system in short.
_IN_SHORT = frozenset({AuditType.SURVEILLANCE, AuditType.YEARLY_CHECK, AuditType.STAGE_1})


class AskedQuestion(Struct, frozen=True, kw_only=True):
    """A question, ready to be asked.

    Attributes:
        id: Its permanent identifier.
        clauses: The clauses that it is about, the main one first.
        subject: The subject under which it stands, by its titles; None under its clause.
        question: The question.
        evidence: What evidence to look for.
        documents: The kinds of documents that bear on it.
        records: The kinds of the unit's records that bear on it.
        audits: The kinds of audit to which it belongs.
        always: Whether it is asked even where an audit is narrowed down to other clauses.
        may_be_not_applicable: Whether “not applicable” is a possible answer.
    """

    id: str
    clauses: tuple[str, ...] = ()
    subject: str | None = None
    question: Text
    evidence: Text | None = None
    documents: tuple[DocumentKind, ...] = ()
    records: tuple[str, ...] = ()
    audits: tuple[AuditType, ...] = ()
    always: bool = False
    may_be_not_applicable: bool = False


class QuestionSet(Struct, frozen=True, kw_only=True):
    """The questions of an audit.

    Attributes:
        questions: The questions, in the order in which they are asked.
        titles: The titles of main clauses by their number, and of subjects.
    """

    questions: tuple[AskedQuestion, ...]
    titles: Mapping[str, Text]


@cache
def shipped_banks() -> tuple[QuestionBank, ...]:
    """The banks that come with the library."""
    from qms.model.questions import QuestionBank

    decode = decoder_of(QuestionBank)
    found = (get_data("qms", f"data/questions/{name}.toml") or b"" for name in SHIPPED)
    return tuple(decode(msgspec.json.encode(tomli.loads(text.decode()))) for text in found)


def questions_for(
    edition: Edition,
    type: AuditType,  # noqa: A002 - the word of the model
    *,
    regime: Regime | None = None,
    own: Sequence[QuestionBank] = (),
    clauses: Sequence[str] = (),
    since: Edition | None = None,
    on: date | None = None,
) -> QuestionSet:
    """The questions for an audit: those of the edition, and whatever is added to them.

    A bank of one's own adds its questions; where it has an identifier of the library's, its
    question takes the place of that one.  One that is to be asked instead takes the place of
    all of the library's.

    Stages 1, surveillance audits and yearly checks look at the whole system in short: unless
    clauses are named, they ask the first question of each clause alone, beside what is added for them.

    Args:
        edition: The edition audited against; its year counts.
        type: The kind of audit.
        regime: The regime of the unit's certification.
        own: The person's own banks.
        clauses: Only questions about these clauses, and those that are always asked; all
            where left out.
        since: In a transition, the edition that is left: where another lies between, what
            changed with that one is asked about, too.
        on: The day of the audit: what is asked from a later day on is left out.
    """
    of_own = [bank for bank in own if _is_drawn_on(bank, edition, type, regime)]
    drawn = _of_the_library(edition, type, regime, since)
    if any(bank.adds_to == "instead" for bank in of_own):
        drawn = []
    in_short = type in _IN_SHORT and not clauses
    asked: dict[str, AskedQuestion] = {}
    for bank in drawn:
        short = in_short and not bank.audits and not bank.regimes
        questions = [one for one in bank.question if _is_asked_on(one, on)]
        for one in _firsts(questions) if short else questions:
            _ask(asked, one, bank, edition, type)
    for bank in of_own:
        for one in bank.question:
            if _is_asked_on(one, on):
                _ask(asked, one, bank, edition, type)
    chosen = tuple(one for one in asked.values() if not clauses or _touches(one, clauses))
    return QuestionSet(
        questions=_in_order(chosen, edition), titles=_titles(edition, [*drawn, *of_own])
    )


def _of_the_library(
    edition: Edition, kind: AuditType, regime: Regime | None, since: Edition | None
) -> list[QuestionBank]:
    """The library's own banks that are drawn on."""
    drawn = [bank for bank in shipped_banks() if _is_drawn_on(bank, edition, kind, regime)]
    if any(bank.adds_to == "instead" for bank in drawn):
        drawn = [bank for bank in drawn if bank.adds_to == "instead"]
    if kind is AuditType.TRANSITION and since is not None:
        between = [
            bank
            for bank in shipped_banks()
            if kind in bank.audits and since.year < bank.editions[0].year < edition.year
        ]
        return [*between, *drawn]
    return drawn


def _is_asked_on(one: BankQuestion, on: date | None) -> bool:
    """Whether a question is asked on a day already."""
    return one.asked_from is None or on is None or one.asked_from <= on


def _firsts(questions: Iterable[BankQuestion]) -> Iterable[BankQuestion]:
    """The first question of each main clause."""
    firsts: dict[str, BankQuestion] = {}
    for one in questions:
        firsts.setdefault(one.clauses[0] if one.clauses else one.id, one)
    return firsts.values()


def _ask(
    asked: dict[str, AskedQuestion],
    one: BankQuestion,
    bank: QuestionBank,
    edition: Edition,
    kind: AuditType,
) -> None:
    """Add a question, or put it in the place of the one of the same identifier."""
    if one.audits and kind not in one.audits:
        asked.pop(one.id, None)
        return
    clauses = _numbered(one, bank, edition)
    if clauses or not one.clauses:
        asked[one.id] = _asked(one, bank, edition, clauses)


def _numbered(one: BankQuestion, bank: QuestionBank, edition: Edition) -> tuple[str, ...]:
    """The clauses of a question as an edition numbers them; none where it has none of them.

    They are written as in the first edition of the bank and carried over to later ones;
    an earlier one is asked about only where the question says its clauses, too.  A bank
    that names no edition goes by the one audited against, and what that one does not have
    is carried over from the edition before it that has.
    """
    if clauses_of(edition) is None or not one.clauses:
        return one.clauses
    if bank.editions:
        written_for = bank.editions[0]
        if edition.year < written_for.year:
            known = [other.clauses for other in one.also if other.edition.year == edition.year]
            return known[0] if known else ()
        return _carried(one.clauses, written_for, edition)
    found: list[str] = []
    for clause in one.clauses:
        found += _newest(clause, edition)
    return tuple(dict.fromkeys(found))


def _newest(clause: str, edition: Edition) -> tuple[str, ...]:
    """A clause of an edition, or what has become of it since the last edition that had it."""
    for year in reversed([year for year in LISTED if year <= edition.year]):
        since = Edition(f"ISO 9001:{year}")
        listed = clauses_of(since)
        if listed is not None and listed.find(clause) is not None:
            return _carried((clause,), since, edition)
    return ()


def _carried(clauses: tuple[str, ...], since: Edition, to: Edition) -> tuple[str, ...]:
    if since.year == to.year or clauses_of(since) is None:
        return clauses
    return tuple(dict.fromkeys(new for one in clauses for new in becomes(one, since, to)))


def _belongs_to(one: BankQuestion, bank: QuestionBank) -> tuple[AuditType, ...]:
    """The kinds of audit to which a question belongs."""
    every = tuple(kind for kind in AuditType if kind is not AuditType.TRANSITION)
    return one.audits or bank.audits or every


def _key(subject: BankSubject) -> str:
    """What a subject is known by among those of all banks: another may have its key, too."""
    return f"{subject.title.in_(Language.VIETNAMESE)} / {subject.title.in_(Language.ENGLISH)}"


def _is_drawn_on(
    bank: QuestionBank, edition: Edition, kind: AuditType, regime: Regime | None
) -> bool:
    of_edition = not bank.editions or edition.year in {one.year for one in bank.editions}
    of_kind = kind in bank.audits if bank.audits else kind is not AuditType.TRANSITION
    return of_edition and of_kind and (not bank.regimes or regime in bank.regimes)


def _touches(question: AskedQuestion, clauses: Sequence[str]) -> bool:
    """Whether a question is mainly about one of some clauses, above or below it, or always asked."""
    return question.always or any(
        within(question.clauses[0], asked) or within(asked, question.clauses[0])
        for asked in clauses
    )


def _asked(
    one: BankQuestion, bank: QuestionBank, edition: Edition, clauses: tuple[str, ...]
) -> AskedQuestion:
    """A question with its clauses numbered as in the edition audited against."""
    subjects = {subject.key: _key(subject) for subject in bank.subject}
    listed = clauses_of(edition)
    main = listed.find(clauses[0]) if listed and clauses else None
    always = main is not None and main.never_not_applicable
    return AskedQuestion(
        id=one.id,
        clauses=clauses,
        subject=subjects[one.subject] if one.subject else None,
        question=_both(one.question),
        evidence=None if one.evidence is None else _both(one.evidence),
        documents=one.documents,
        records=one.records,
        audits=_belongs_to(one, bank),
        always=one.always or not one.clauses,
        may_be_not_applicable=one.may_be_not_applicable and not always,
    )


def _both(name: Name) -> Text:
    return Text(en=name.in_(Language.ENGLISH), vi=name.in_(Language.VIETNAMESE))


def _in_order(questions: Sequence[AskedQuestion], edition: Edition) -> tuple[AskedQuestion, ...]:
    """Questions under clauses in the order of the clauses, then those under subjects."""
    listed = clauses_of(edition)
    rank = {one.number: n for n, one in enumerate(listed.clauses)} if listed else {}

    def place(one: AskedQuestion) -> tuple[bool, int]:
        under_clause = one.subject is None and bool(one.clauses)
        return not under_clause, rank.get(one.clauses[0], len(rank)) if under_clause else 0

    return tuple(sorted(questions, key=place))


def _titles(edition: Edition, banks: Iterable[QuestionBank]) -> dict[str, Text]:
    listed = clauses_of(edition)
    titles = {"": _OTHER}
    if listed is not None:
        titles |= {one.number: one.title for one in listed.clauses if "." not in one.number}
    for bank in banks:
        titles |= {_key(one): _both(one.title) for one in bank.subject}
    return titles
