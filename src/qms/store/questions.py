"""Question banks of one's own, read from TOML files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qms.clauses import LISTED, clauses_of
from qms.codec.assemble import structure
from qms.codec.schema import BANK
from qms.norms import norms as shipped_norms
from qms.problems import Place, Problem, RegisterError
from qms.store.files import composed, read_text
from qms.store.toml import parse_toml
from qms.store.toml_lines import lines_of
from qms.terms import Edition
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from qms.clauses import ClauseList
    from qms.codec.explain import Path as KeyPath
    from qms.model.questions import BankQuestion, QuestionBank

__all__ = ["load_bank", "load_banks"]

_TWICE = Text(en="the question {id} stands here twice", vi="câu hỏi {id} được ghi hai lần")
_KEEP_ONE = Text(
    en="Keep one, or give the other an identifier of its own.",
    vi="Giữ lại một câu, hoặc đặt cho câu kia một mã riêng.",
)
_NO_SUBJECT = Text(
    en="the question {id} names a subject that the file does not have",
    vi="câu hỏi {id} nêu một chủ đề không có trong tệp",
)
_ADD_SUBJECT = Text(
    en="Add a [[subject]] with this key, or leave “subject” out.",
    vi="Bổ sung [[subject]] có khóa (key) này, hoặc bỏ “subject”.",
)
_NOWHERE = Text(
    en="the question {id} names neither a clause nor a subject",
    vi="câu hỏi {id} không nêu điều khoản, cũng không nêu chủ đề",
)
_NAME_ONE = Text(
    en='Give it “clauses”, such as ["7.5.3"], or a “subject”.',
    vi='Ghi “clauses”, ví dụ ["7.5.3"], hoặc “subject”.',
)
_RESERVED = Text(
    en="the identifier {id} belongs to the checklist itself",
    vi="mã {id} được dành cho phần khác của phiếu",
)
_ANOTHER_ID = Text(en="Give it another identifier.", vi="Đặt lại mã cho câu hỏi này.")
_NO_CLAUSE = Text(
    en="the question {id} names the clause {clause}, which {edition} does not have",
    vi="câu hỏi {id} nêu điều khoản {clause}, không có trong {edition}",
)
_CLAUSE_REMEDY = Text(
    en="Number clauses as in the first of the “editions”; put what no clause asks for "
    "under a [[subject]].",
    vi="Ghi số điều khoản theo phiên bản đầu tiên trong “editions”; nội dung không thuộc điều khoản "
    "nào thì đặt trong một [[subject]].",
)
_NO_EDITION = Text(en="{edition} does not exist", vi="không có phiên bản {edition}")
_EDITION_REMEDY = Text(
    en="Name editions of ISO 9001 by their years: {known}; or leave “editions” out for all.",
    vi="Nêu phiên bản ISO 9001 theo năm: {known}; hoặc bỏ “editions” nếu dùng cho mọi phiên bản.",
)
_EMPTY = Text(en="the file holds no question", vi="tệp không có câu hỏi nào")
_ADD_ONE = Text(
    en="Add a [[question]] with “id”, “question” and “clauses” or “subject”.",
    vi="Bổ sung [[question]] có “id”, “question” và “clauses” hoặc “subject”.",
)
#: What a checklist calls its lines for further findings, and itself.
_TAKEN = re.compile(r"X-[0-9]{2,3}|audit", re.IGNORECASE)


def load_bank(path: Path) -> QuestionBank:
    """A question bank.

    Raises:
        RegisterError: the file is no question bank; with every problem in it.
    """
    from qms.model.questions import QuestionBank

    name = str(path)
    text = composed(read_text(path, name))
    data = parse_toml(text, name)
    lines = lines_of(text)

    def place(at: KeyPath) -> Place:
        while at and at not in lines:
            at = at[:-1]
        return Place(file=name, line=lines.get(at))

    bank: QuestionBank
    bank, problems = structure(QuestionBank, data, BANK, (), place=place)
    mistakes = [*_mistakes(bank), *_mistakes_of_the_file(bank)]
    found = [*problems, *(Problem(what=what, place=place(at), path=_told(at), remedy=remedy) for at, what, remedy in mistakes)]  # fmt: skip
    if found:
        raise RegisterError(sorted(found, key=lambda one: one.place.line or 0))
    return bank


def _told(at: KeyPath) -> str:
    """The place of a mistake, counted from one."""
    return "#".join(str(key + 1 if isinstance(key, int) else key) for key in at)


def _mistakes_of_the_file(bank: QuestionBank) -> Iterator[tuple[KeyPath, Text, Text]]:
    """Editions that never were, and a file without a question."""
    known = shipped_norms().editions
    for index, edition in enumerate(bank.editions):
        if str(edition.year) not in known:
            remedy = _EDITION_REMEDY.format(known=", ".join(sorted(known)))
            yield ("editions", index), _NO_EDITION.format(edition=edition), remedy
    if not bank.question:
        yield (), _EMPTY, _ADD_ONE


def _mistakes(bank: QuestionBank) -> Iterator[tuple[KeyPath, Text, Text]]:
    """What no schema sees: identifiers, subjects, and questions that stand nowhere."""
    seen: set[str] = set()
    subjects = {one.key for one in bank.subject}
    written_for = bank.editions[:1] or tuple(Edition(f"ISO 9001:{year}") for year in LISTED)
    lists = [found for one in written_for if (found := clauses_of(one))]
    for index, one in enumerate(bank.question):
        at = ("question", index)
        if not one.id:
            continue  # told already: the identifier was not understood
        if one.id.casefold() in seen:
            yield at, _TWICE.format(id=one.id), _KEEP_ONE
        seen.add(one.id.casefold())
        if _TAKEN.fullmatch(one.id):
            yield at, _RESERVED.format(id=one.id), _ANOTHER_ID
        for clause, named in _unknown(one, lists):
            yield at, _NO_CLAUSE.format(id=one.id, clause=clause, edition=named), _CLAUSE_REMEDY
        if one.subject is not None and one.subject not in subjects:
            yield at, _NO_SUBJECT.format(id=one.id), _ADD_SUBJECT
        if one.subject is None and not one.clauses:
            yield at, _NOWHERE.format(id=one.id), _NAME_ONE


def _unknown(one: BankQuestion, lists: Sequence[ClauseList]) -> Iterator[tuple[str, str]]:
    """The clauses that a question names and that the edition does not have, with the edition."""
    for clause in one.clauses:
        if lists and not any(listed.find(clause) for listed in lists):
            yield clause, " / ".join(listed.edition for listed in lists)
    for other in one.also:
        listed = clauses_of(other.edition)
        for clause in other.clauses:
            if listed is not None and listed.find(clause) is None:
                yield clause, other.edition


def load_banks(paths: Iterable[Path]) -> tuple[QuestionBank, ...]:
    """Several question banks.

    Raises:
        RegisterError: one is none; with every problem in all of them.
    """
    banks: list[QuestionBank] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            banks.append(load_bank(path))
        except RegisterError as error:
            problems += error.problems
    if problems:
        raise RegisterError(problems)
    return tuple(banks)
