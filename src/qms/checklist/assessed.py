"""What nobody looked at in an audit that was held: a day alone makes no audit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import frozen

from qms.checklist.doubts import Doubt, DoubtKind
from qms.terms import Grade
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms.checklist.answers import Answer, Reading
    from qms.model import Audit

__all__ = ["Unassessed", "unassessed_in"]

_CLAUSE = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_EVERYTHING = Text(en="all questions", vi="tất cả câu hỏi")
_OF_CLAUSE = Text(en="all questions on clause {clause}", vi="tất cả câu hỏi về điều {clause}")
_NOTE = Text(en="Not assessed by {file}: {what}", vi="Theo {file}, chưa đánh giá: {what}")


@frozen(kw_only=True)
class Unassessed:
    """A part of an audit of which no question was assessed.

    Attributes:
        what: The part, in both languages.
        questions: Its questions.
    """

    what: Text
    questions: tuple[str, ...]

    @property
    def doubt(self) -> Doubt:
        """That this part would count as audited."""
        kind = DoubtKind.NOTHING_ASSESSED
        return Doubt(kind=kind, where=self.what, found=", ".join(self.questions))

    def note(self, file: str) -> Text:
        """What is to be recorded of it, in a line: by which file it was not assessed."""
        return _NOTE.format(file=file, what=self.what)


def unassessed_in(audit: Audit, reading: Reading) -> Iterator[Unassessed]:
    """What of an audit no question was assessed of, though it counts as audited once it is held.

    That is everything, or else single clauses among those that the register names for the
    audit; of these, clauses are known by their numbers only in the edition of the criteria.
    """
    asked = [answer for answer in reading.answers if not answer.further]
    if not asked or (audit.held is None and reading.particulars.held is None):
        return
    if not any(map(_assessed, reading.answers)):
        yield Unassessed(what=_EVERYTHING, questions=_ids(asked))
        return
    years = {one.year for one in audit.criteria}
    if years and (reading.edition is None or years != {reading.edition.year}):
        return
    for clause in audit.clauses:
        about = [answer for answer in reading.answers if _is_about(answer, clause)]
        if about and not any(map(_assessed, about)):
            what = _OF_CLAUSE.format(clause=clause)
            yield Unassessed(what=what, questions=_ids(about))


def _assessed(answer: Answer) -> bool:
    return answer.grade not in {None, Grade.NOT_ASSESSED}


def _ids(answers: list[Answer]) -> tuple[str, ...]:
    return tuple(answer.question for answer in answers)


def _is_about(answer: Answer, clause: str) -> bool:
    numbers = _CLAUSE.findall(answer.clause)
    return any(number == clause or number.startswith(f"{clause}.") for number in numbers)
