"""Putting the checklists of several auditors together: one audit, one set of answers."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import evolve, fields

from qms.checklist.answers import Answer, AnswerField, Particulars, Reading
from qms.checklist.doubts import Doubt, DoubtKind
from qms.checklist.judging import says
from qms.dates import print_date
from qms.terms import Grade
from qms.text import Language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    _Given = tuple[Answer, Reading]

__all__ = ["merge"]

_OF_FILE = frozenset({DoubtKind.UNANSWERED, DoubtKind.MISSING})
_LINES = frozenset({AnswerField.AUDITORS, AnswerField.AUDITEES})


def merge(readings: Sequence[Reading]) -> Reading:
    """One reading of several files for the same audit.

    What one auditor left empty, another may have answered.  Where two answered
    differently, that is named and neither is preferred; what they conclude in words of
    their own stands one below the other, and is named, too.

    Raises:
        ValueError: there is nothing to merge.
    """
    if not readings:
        raise ValueError("no checklist was read")
    first = readings[0]
    if len(readings) == 1:
        return first
    files = tuple(dict.fromkeys(file for reading in readings for file in reading.files))
    readings = _told_apart(readings)
    doubts = [
        Doubt(kind=DoubtKind.ANOTHER_CHECKLIST, file=_file(other), found=other.subject)
        for other in readings[1:]
        if other.checklist != first.checklist
    ]
    doubts += _older(readings)
    answers = _answers(readings, doubts)
    particulars = _particulars(readings, doubts)
    answered = {answer.question for answer in answers if answer.grade is not None}
    supplied = set(_supplied(readings))
    kept = [
        doubt
        for reading in readings
        for doubt in reading.doubts
        if not (doubt.kind in _OF_FILE and doubt.question in answered)
        and (doubt.kind, doubt.question) not in supplied
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
        doubts=tuple(dict.fromkeys((*_said_once(kept), *doubts))),
        files=files,
        left=tuple(dict.fromkeys(_left(readings, answers))),
    )


def _left(readings: Sequence[Reading], merged: Sequence[Answer]) -> Iterator[str]:
    """The questions graded by one auditor, beside which another noted why he did not look."""
    graded = {one.question for one in merged if not one.further and _is_graded(one)}
    for reading in readings:
        yield from reading.left
        for answer in reading.answers:
            noted = answer.words or answer.due
            if answer.grade is Grade.NOT_ASSESSED and noted and answer.question in graded:
                yield answer.question


def _is_graded(answer: Answer) -> bool:
    return answer.grade not in {None, Grade.NOT_ASSESSED}


def _supplied(readings: Sequence[Reading]) -> Iterator[tuple[DoubtKind, str]]:
    """What one auditor may have left out, for a colleague who looked has written it down."""
    for answer in (one for reading in readings for one in reading.answers):
        if not answer.further and answer.grade is not Grade.NOT_ASSESSED:
            if says(answer.evidence):
                yield DoubtKind.NO_EVIDENCE, answer.question
            if says(answer.evidence) or says(answer.statement):
                yield DoubtKind.NO_REASON, answer.question


def _said_once(doubts: Sequence[Doubt]) -> Iterator[Doubt]:
    """The doubts of all files; a question that nobody graded is told once, of no file."""
    with_words = {
        doubt.question for doubt in doubts if doubt.kind is DoubtKind.UNANSWERED and doubt.found
    }
    for doubt in doubts:
        if doubt.kind is not DoubtKind.UNANSWERED or doubt.found:
            yield doubt
        elif doubt.question not in with_words:
            yield evolve(doubt, file=None)


def _told_apart(readings: Sequence[Reading]) -> Sequence[Reading]:
    """The readings, in which files of one name are named by where they were read from."""
    names = Counter(file.name for file in {f for one in readings for f in one.files})
    return [
        evolve(
            reading,
            files=tuple(
                evolve(file, name=file.path or file.name) if names[file.name] > 1 else file
                for file in reading.files
            ),
        )
        for reading in readings
    ]


def _file(reading: Reading) -> str | None:
    return reading.files[0].name if reading.files else None


def _older(readings: Sequence[Reading]) -> Iterator[Doubt]:
    """The files of an earlier revision of the same checklist, which asked something else."""
    dated = [one for one in readings if one.on is not None and one.language is not None]
    latest = max(dated, key=lambda one: one.on or date.min, default=None)
    for one in dated:
        if latest is None or one.on is None or one.language is None or one.on == latest.on:
            continue
        if {answer.question for answer in one.answers if not answer.further} != {
            answer.question for answer in latest.answers if not answer.further
        }:
            found = print_date(one.on, one.language)
            yield Doubt(kind=DoubtKind.OLDER_REVISION, found=found, file=_file(one))


def _answers(readings: Sequence[Reading], doubts: list[Doubt]) -> list[Answer]:
    by_question: dict[str, list[_Given]] = {}
    for reading in readings:
        for answer in reading.answers:
            by_question.setdefault(answer.question, []).append((answer, reading))
    merged: list[Answer] = []
    for given in by_question.values():
        if given[0][0].further:
            merged += dict.fromkeys(answer for answer, _ in given)
        else:
            merged.append(_one(given, doubts))
    return merged


def _one(answers: list[_Given], doubts: list[Doubt]) -> Answer:
    """The answer to one question from several files.

    Words of several auditors stand side by side; grades and days must not differ.  Where one
    graded the question, nothing counts of those who did not assess it.
    """
    given = [one for one in answers if not one[0].empty]
    if not given:
        return answers[0][0]
    # "Not assessed" is what an auditor says of a colleague's questions; why he did not look is
    # nothing that the colleague found.
    graded = [one for one in given if _is_graded(one[0])]
    assessed = [one for one in given if one[0].grade is not Grade.NOT_ASSESSED] if graded else given
    for name, asked in ((AnswerField.GRADE, graded or given), (AnswerField.DUE, assessed)):
        values = {
            getattr(answer, name): reading
            for answer, reading in reversed(asked)
            if getattr(answer, name) is not None
        }
        if len(values) > 1:
            found = " ⟷ ".join(
                f"{_file(reading) or '–'}: {_printed(value, reading)}"
                for value, reading in reversed(values.items())
            )
            question = assessed[0][0].question
            doubts.append(
                Doubt(kind=DoubtKind.CONTRADICTORY, question=question, field=name, found=found)
            )
    first = assessed[0][0]
    words: dict[str, Any] = {
        name: "\n".join(dict.fromkeys(said for a, _ in assessed if (said := getattr(a, name))))
        for name in ("evidence", "documents", "statement")
    }
    return evolve(
        first,
        grade=next((a.grade for a, _ in graded or given if a.grade is not None), None),
        due=next((a.due for a, _ in assessed if a.due is not None), None),
        **words,
    )


def _printed(value: object, reading: Reading) -> str:
    """A grade or a day as the language of a file has it."""
    language = reading.language or Language.ENGLISH
    if isinstance(value, Grade):
        return value.text.in_(language)
    return print_date(value, language) if isinstance(value, date) else str(value)


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
        kind = DoubtKind.CONTRADICTORY
        if AnswerField(name) is AnswerField.CONCLUSION:
            kind = DoubtKind.SEVERAL_CONCLUSIONS
            merged[name] = "\n".join(map(str, distinct))
        elif distinct:
            merged[name] = distinct[0]
        if len(distinct) > 1:
            found = " ⟷ ".join(
                f"{_file(r) or '–'}: {_printed(value, r)}"
                for value, r in {getattr(r.particulars, name): r for r in readings}.items()
                if value
            )
            doubts.append(Doubt(kind=kind, field=AnswerField(name), found=found))
    return Particulars(**merged)
