"""Judging answers: what is doubtful about them, and which findings they are."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from qms.checklist.answers import Answer, AnswerField
from qms.checklist.doubts import Doubt, DoubtKind
from qms.clauses import clauses_of
from qms.dates import add_years, print_date
from qms.model import Finding
from qms.terms import Grade
from qms.text import Language, Text, same_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from qms.checklist.answers import Particulars
    from qms.terms import Edition

__all__ = ["FAR", "findings_of", "judge", "judge_days", "says", "unlabelled"]

#: How many days an audit is held at most before or after the day for which it was planned, and
#: how many it lasts at most.
FAR = 180

_NONCONFORMITIES = frozenset({Grade.MINOR, Grade.MAJOR})
_FINDINGS = _NONCONFORMITIES | {Grade.OPPORTUNITY}
_CLAUSE = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){0,4}")
#: Words that stand where there is nothing to say.
_NOTHING = frozenset(
    {"n a", "na", "nil", "no", "none", "nothing", "not applicable"}
    | {"không", "không có", "không có gì", "chưa có", "không áp dụng", "kad"}
)
_SEEN = Text(en="Documents seen: {words}", vi="Tài liệu, hồ sơ đã xem: {words}")
_CLAUSES = Text(en="Clauses: {words}", vi="Điều khoản: {words}")


def judge(
    answers: Iterable[Answer],
    *,
    may_be_not_applicable: Collection[str] = (),
    edition: Edition | None = None,
    held: date | None = None,
) -> Iterator[Doubt]:
    """What keeps answers from being taken as they are.

    Args:
        answers: The answers.
        may_be_not_applicable: The questions to which “not applicable” is a possible answer.
        edition: The edition audited against, by whose clauses further findings are named.
        held: The last day of the audit.
    """
    for answer in answers:
        if not (answer.further and answer.empty):
            yield from _judged(answer, may_be_not_applicable, edition)
            if answer.due is not None and held is not None and answer.due < held:
                found = answer.due.isoformat()
                yield Doubt(
                    kind=DoubtKind.EARLY_DATE,
                    question=answer.question,
                    field=AnswerField.DUE,
                    found=found,
                )


def judge_days(
    about: Particulars,
    on: date,
    language: Language,
    *,
    planned: date | None = None,
    today: date | None = None,
) -> Iterator[Doubt]:
    """Days on which an audit can hardly have been held, as where the year is mistyped.

    Args:
        about: The first and the last day that were filled in.
        on: The day on which the checklist was drawn up; an audit is held on that day or
            within a year of it.
        language: The language in which days are shown.
        planned: The day for which the audit is planned; it is held within 180 days of it.
        today: The day after which nothing can have been held yet, where it is known.

    An audit lasts 180 days at most.
    """
    for name in (AnswerField.BEGAN, AnswerField.HELD):
        day: date | None = getattr(about, name)
        if day is None:
            continue
        beside = None
        if not on <= day <= add_years(on, 1):
            beside = on
        elif planned is not None and abs((day - planned).days) > FAR:
            beside = planned
        elif name is AnswerField.HELD and about.began and (day - about.began).days > FAR:
            beside = about.began
        elif today is not None and day > today:
            beside = today
        if beside is not None:
            found = f"{print_date(day, language)} ⟷ {print_date(beside, language)}"
            yield Doubt(kind=DoubtKind.UNLIKELY_DATE, field=name, found=found)


def _judged(
    answer: Answer, may_be_not_applicable: Collection[str], edition: Edition | None
) -> Iterator[Doubt]:
    where = answer.question
    if answer.grade is None:
        yield Doubt(
            kind=DoubtKind.UNANSWERED,
            question=where,
            field=AnswerField.GRADE,
            found=answer.words or None,
        )
    if answer.grade in _NONCONFORMITIES:
        if not says(answer.evidence):
            yield Doubt(kind=DoubtKind.NO_EVIDENCE, question=where, field=AnswerField.EVIDENCE)
        if answer.further and not _is_known(_clause(answer), edition):
            yield Doubt(
                kind=DoubtKind.NO_CLAUSE,
                question=where,
                field=AnswerField.CLAUSE,
                found=answer.clause or None,
            )
    if answer.grade is Grade.NOT_APPLICABLE:
        if where not in may_be_not_applicable:
            yield Doubt(kind=DoubtKind.ALWAYS_APPLICABLE, question=where, field=AnswerField.GRADE)
        if not says(answer.statement) and not says(answer.evidence):
            yield Doubt(kind=DoubtKind.NO_REASON, question=where, field=AnswerField.STATEMENT)


def says(words: str) -> bool:
    """Whether words say anything; a dot, a dash or “n/a” does not."""
    plain = same_words("".join(one if one.isalnum() else " " for one in words))
    return bool(plain) and plain not in _NOTHING


def _is_known(clause: str | None, edition: Edition | None) -> bool:
    """Whether a clause is one of an edition, where the clauses of that edition are known."""
    listed = None if edition is None else clauses_of(edition)
    if clause is None or listed is None:
        return clause is not None
    return listed.find(clause) is not None


def findings_of(answers: Iterable[Answer], language: Language) -> Mapping[str, Finding]:
    """The findings among answers, by identifier.

    The identifier is that of the question.  A further finding belongs to no question,
    and two auditors may have used the same line for two findings: its identifier goes
    on with a mark of what it says.

    Nonconformities and opportunities for improvement are findings to be followed up;
    a conformity, a question not assessed and one not applicable stay in the checklist.

    Args:
        answers: The answers.
        language: The language in which the note of a finding names its parts.
    """
    return {
        _key(answer): Finding(
            grade=answer.grade,
            clause=_clause(answer),
            statement=answer.statement or None,
            evidence=answer.evidence or None,
            question=None if answer.further else answer.question,
            due=answer.due,
            note=_note(answer, language),
        )
        for answer in answers
        if answer.grade is not None and answer.grade in _FINDINGS
    }


def _key(answer: Answer) -> str:
    if not answer.further:
        return answer.question
    words = "\n".join((answer.grade or "", answer.clause, answer.words))
    return f"{answer.question}-{hashlib.sha256(words.encode()).hexdigest()[:6]}"


def _clause(answer: Answer) -> str | None:
    """The first number of a clause that was named."""
    found = _CLAUSE.search(answer.clause)
    return found[0] if found else None


def _note(answer: Answer, language: Language) -> str | None:
    """What a finding has no field for, so that nothing typed is left behind."""
    parts = []
    if answer.documents:
        parts.append(_SEEN.in_(language).format(words=answer.documents))
    if answer.clause and answer.clause != _clause(answer):
        parts.append(_CLAUSES.in_(language).format(words=answer.clause))
    return "\n".join(parts) or None


def unlabelled(line: str) -> str:
    """A line of the note of a finding without the words that say what it is."""
    for label in (_SEEN, _CLAUSES):
        for words in (label.en, label.vi):
            line = line.removeprefix(words.format(words=""))
    return line
