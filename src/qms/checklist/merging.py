"""Putting the checklists of several auditors together: one audit, one set of answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve, fields

from qms.checklist.answers import Answer, AnswerField, Particulars, Reading
from qms.checklist.doubts import Doubt, DoubtKind
from qms.terms import Grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["merge"]

_OF_FILE = frozenset({DoubtKind.UNANSWERED, DoubtKind.MISSING})
_LINES = frozenset({AnswerField.AUDITORS, AnswerField.AUDITEES})


def merge(readings: Sequence[Reading]) -> Reading:
    """One reading of several files for the same audit.

    What one auditor left empty, another may have answered.  Where two answered
    differently, that is named and neither is preferred.

    Raises:
        ValueError: there is nothing to merge.
    """
    if not readings:
        raise ValueError("no checklist was read")
    first = readings[0]
    if len(readings) == 1:
        return first
    doubts = [
        Doubt(kind=DoubtKind.ANOTHER_CHECKLIST, file=_file(other))
        for other in readings[1:]
        if other.checklist != first.checklist
    ]
    answers = _answers(readings, doubts)
    particulars = _particulars(readings, doubts)
    answered = {answer.question for answer in answers if answer.grade is not None}
    kept = [
        doubt
        for reading in readings
        for doubt in reading.doubts
        if not (doubt.kind in _OF_FILE and doubt.question in answered)
    ]
    typed: dict[tuple[str, AnswerField], tuple[str, ...]] = {}
    for reading in readings:
        for key, values in reading.typed.items():
            typed[key] = tuple(dict.fromkeys((*typed.get(key, ()), *values)))
    return evolve(
        first,
        answers=tuple(answers),
        typed=typed,
        particulars=particulars,
        doubts=tuple(dict.fromkeys((*kept, *doubts))),
        files=tuple(dict.fromkeys(file for reading in readings for file in reading.files)),
    )


def _file(reading: Reading) -> str | None:
    return reading.files[0].name if reading.files else None


def _answers(readings: Sequence[Reading], doubts: list[Doubt]) -> list[Answer]:
    by_question: dict[str, list[Answer]] = {}
    for reading in readings:
        for answer in reading.answers:
            by_question.setdefault(answer.question, []).append(answer)
    merged: list[Answer] = []
    for answers in by_question.values():
        if answers[0].further:
            merged += dict.fromkeys(answers)
        else:
            merged.append(_one(answers, doubts))
    return merged


def _one(answers: list[Answer], doubts: list[Doubt]) -> Answer:
    """The answer to one question from several files."""
    given = [answer for answer in answers if not answer.empty]
    # "Not assessed" is what an auditor says of a colleague's questions.
    assessed = [a for a in given if a.grade is not Grade.NOT_ASSESSED or a.words] or given
    if not assessed:
        return answers[0]
    if any(answer != assessed[0] for answer in assessed[1:]):
        for name in _differing(assessed):
            values = dict.fromkeys(str(getattr(a, name) or "") for a in assessed)
            doubts.append(
                Doubt(
                    kind=DoubtKind.CONTRADICTORY,
                    question=assessed[0].question,
                    field=AnswerField(name),
                    found="\n⟷\n".join(values),
                )
            )
    return assessed[0]


def _differing(answers: Iterable[Answer]) -> Iterable[str]:
    names = ("grade", "clause", "evidence", "documents", "statement", "due")
    return [name for name in names if len({getattr(answer, name) for answer in answers}) > 1]


def _particulars(readings: Sequence[Reading], doubts: list[Doubt]) -> Particulars:
    merged: dict[str, Any] = {}
    for attribute in fields(Particulars):
        name = attribute.name
        values = [value for r in readings if (value := getattr(r.particulars, name))]
        distinct = list(dict.fromkeys(values))
        if AnswerField(name) in _LINES:
            lines = [line for value in values for line in str(value).splitlines()]
            merged[name] = "\n".join(dict.fromkeys(lines))
            continue
        if len(distinct) > 1:
            found = "\n⟷\n".join(str(value) for value in distinct)
            doubts.append(Doubt(kind=DoubtKind.CONTRADICTORY, field=AnswerField(name), found=found))
        if distinct:
            merged[name] = distinct[0]
    return Particulars(**merged)
