"""Reading a filled checklist back: every answer, and every doubt about it.

Nothing that was typed is lost: it is an answer, or it is in a doubt.
"""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING

from attrs import evolve

from qms.checklist.answers import Answer, AnswerField, Origin, Particulars, Reading
from qms.checklist.doubts import FIELD_NAMES, Doubt, DoubtKind
from qms.checklist.judging import judge, judge_days
from qms.text import Language, Text
from qms.word.accounting import account, standing_apart
from qms.word.checklist_cells import (
    FilledCell,
    GivenCell,
    cells_of,
    foreign_marks,
    further_number,
    is_heading,
    visible_ids,
)
from qms.word.checklist_layout import (
    AUDIT,
    FURTHER,
    FURTHER_COLUMNS,
    PARTICULARS,
    QUESTION_COLUMNS,
    Words,
)
from qms.word.checklist_plan import plan_from
from qms.word.controls import TAG
from qms.word.guard import open_guarded
from qms.word.outline import FOOT, HEAD, PILCROW, outline_of
from qms.word.placeholders import without_placeholder
from qms.word.refusal import Refusal, Refused
from qms.word.sent_out import held_against, plan_sent_out
from qms.word.sheet import as_check
from qms.word.statics import digest
from qms.word.typed_words import day_from, grade_from
from qms.word.written_into import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from qms.checklist import Checklist
    from qms.terms import Grade
    from qms.word.accounting import Account
    from qms.word.checklist_cells import Key
    from qms.word.checklist_plan import Plan
    from qms.word.guard import Source
    from qms.word.outline import Cell, Outline, Passage, Row

__all__ = ["read"]

_CELL = Text(en="in a cell of a table", vi="trong một ô của bảng")
_ROW = Text(en="in the row “{words}”", vi="ở dòng “{words}”")
_DATES = frozenset({AnswerField.DUE, AnswerField.BEGAN, AnswerField.HELD})
_QUESTION_FIELDS = tuple(c.field for c in QUESTION_COLUMNS if c.field is not None)
_FURTHER_FIELDS = tuple(c.field for c in FURTHER_COLUMNS if c.field is not None)
_MARGINS = (HEAD, FOOT)
_AFTER = Text(en="after “{words}”", vi="sau “{words}”")
_MARKS = {
    "comment": DoubtKind.COMMENT,
    "inserted": DoubtKind.TRACKED_CHANGE,
    "deleted": DoubtKind.TRACKED_CHANGE,
    "embedded": DoubtKind.EMBEDDED,
    "struck": DoubtKind.STRUCK,
    "hidden": DoubtKind.HIDDEN,
}
#: How much of a row is shown to find it by.
_SHOWN = 60
#: The signs that Word sets before the entries of a list.
_BULLETS = frozenset("\uf0b7\uf0a7\uf0d8\uf0fc\uf076")
_PUT_IN = Text(en="put in", vi="nội dung thêm vào")
_TAKEN_OUT = Text(en="taken out", vi="nội dung bỏ đi")


def read(
    source: Source, *, checklist: Checklist | None = None, issued: Source | None = None
) -> Reading:
    """The answers in a filled checklist, with every doubt about them.

    Args:
        source: A ``.docx`` or ``.odt`` file: its path, its bytes, or a guarded package.
        checklist: The checklist that was expected, where it is known: a file of another
            one, or of an earlier revision, is then named.
        issued: The file that was sent out, where it is at hand: the same is then named,
            and a file that lost its properties can still be read.

    Raises:
        Refused: a file is not safe to open, is no text document, or is a paper of an audit;
            or the one that was sent out is no checklist.
    """
    package = open_guarded(source)
    outline = outline_of(package)
    plan = plan_from(outline.properties)
    if plan is None and MARK in outline.properties:
        raise Refused(Refusal.PAPER, file=package.file)
    doubts: list[Doubt] = []
    if checklist is not None:
        from qms.word.checklist_writer import issued_plan

        plans = [issued_plan(checklist, language) for language in Language]
        plan, doubts = held_against(plan, plans, outline)
    elif issued is not None:
        plan, doubts = held_against(plan, [plan_sent_out(issued)], outline)
    if plan is None:
        doubts.append(Doubt(kind=DoubtKind.NO_PLAN))
    reader = _Reader(outline, plan)
    reading = reader.reading()
    file = package.file
    name = "" if file is None else os.path.basename(file)  # noqa: PTH119 - any kind of path
    origin = Origin(name=name, size=len(package.data), sha256=package.sha256, path=file)
    all_doubts = dict.fromkeys((*doubts, *reading.doubts))
    return evolve(
        reading,
        files=(origin,),
        doubts=tuple(evolve(doubt, file=file) for doubt in all_doubts),
    )


def _ids_in(outline: Outline) -> tuple[str, ...]:
    """What can be filled in, as far as tags and visible numbers tell without a plan."""
    tags = (
        found[2]
        for table in outline.tables
        for row in table.rows
        for cell in row.cells
        for tag in cell.tags
        if (found := TAG.fullmatch(tag))
    )
    ids = (*tags, *visible_ids(outline))
    asked = (id_ for id_ in ids if id_ not in {*FURTHER, AUDIT} and not further_number(id_))
    return tuple(dict.fromkeys((*asked, *FURTHER)))


class _Reader:
    """Reads one document by its plan."""

    def __init__(self, outline: Outline, plan: Plan | None) -> None:
        self.outline = outline
        self.plan = plan
        self.language = plan.language if plan else None
        self.ids = plan.ids if plan else (*_ids_in(outline), AUDIT)
        self.clauses = {item.id: item.clause for item in plan.items} if plan else {}
        self.doubts: list[Doubt] = []
        self.typed: dict[Key, list[str]] = {}
        self.days: dict[Key, set[str]] = {}
        self.cells: dict[int, Key] = {}
        self.rows: dict[int, Row] = {}
        self.wordings = {item.wording for item in plan.items} if plan else set()
        #: The lines of further findings, those for which somebody put in rows included.
        self.further = FURTHER

    def reading(self) -> Reading:
        """Everything, in the order in which it makes sense of itself."""
        given = []
        for cell in cells_of(self.outline, self.plan.id if self.plan else None, self.ids):
            if isinstance(cell, FilledCell):
                self._take(cell)
            else:
                given.append(cell)
        if self.plan is None and not self.typed:
            return Reading()  # no checklist at all, of which nothing could be missed
        self.further += tuple(dict.fromkeys(id_ for id_, _ in self.typed if id_ not in self.ids))
        self.doubts += self._foreign()
        self.doubts += self._strays(given)
        self.doubts += self._marks()
        questions = [id_ for id_ in self.ids if id_ not in {AUDIT, *FURTHER}]
        answers = [
            answer
            for answer in map(self._answer, questions)
            if any((answer.question, name) in self.typed for name in _QUESTION_FIELDS)
        ]
        answers += [
            answer for id_ in self.further if not (answer := self._answer(id_, further=True)).empty
        ]
        particulars = self._particulars()
        free = (
            {item.id for item in self.plan.items if item.may_be_not_applicable}
            if self.plan
            else set(questions)
        )
        if self.plan is not None:
            self.doubts += judge_days(particulars, self.plan.on, self.plan.language)
        self.doubts += self._unasked()
        unread = {doubt.question for doubt in self.doubts if doubt.kind is DoubtKind.UNKNOWN_GRADE}
        self.doubts += [
            doubt
            for doubt in judge(
                answers,
                may_be_not_applicable=free,
                edition=self.plan.edition if self.plan else None,
                held=particulars.held,
            )
            if not (doubt.kind is DoubtKind.UNANSWERED and doubt.question in unread)
        ]
        return self._finished(tuple(answers), particulars)

    def _finished(self, answers: tuple[Answer, ...], particulars: Particulars) -> Reading:
        plan = self.plan
        typed = {key: tuple(values) for key, values in self.typed.items()}
        if plan is None:
            return Reading(
                answers=answers, typed=typed, particulars=particulars, doubts=tuple(self.doubts)
            )
        return Reading(
            checklist=plan.id,
            unit=plan.unit,
            audit=plan.audit,
            type=plan.type,
            edition=plan.edition,
            on=plan.on,
            language=plan.language,
            answers=answers,
            typed=typed,
            particulars=particulars,
            doubts=tuple(self.doubts),
        )

    # --- cells -------------------------------------------------------------------------------

    def _take(self, filled: FilledCell) -> None:
        """Note what stands in a cell, under the answer that it is."""
        key = filled.key
        words = without_placeholder(_composed(filled.cell.text))
        values = self.typed.setdefault(key, [])
        if words not in values:
            values.append(words)
        if filled.cell.days:
            self.days.setdefault(key, set()).update(filled.cell.days)
        self.cells[id(filled.cell)] = key
        if words and filled.shifted:
            self._doubt(DoubtKind.UNCERTAIN_COLUMN, *key, words)
        strange = filled.others or filled.cell.merged or self._holds_what_was_printed(words)
        if words and strange:
            question, name = key
            self.doubts.append(
                Doubt(
                    kind=DoubtKind.CONFLICTING_IDENTITY,
                    question=None if question == AUDIT else question,
                    field=name,
                    found=words,
                )
            )

    def _holds_what_was_printed(self, words: str) -> bool:
        """Whether a question or its number stands among what was typed."""
        lines = words.split("\n")
        return any(line in self.ids or digest(line) in self.wordings for line in lines)

    def _foreign(self) -> Iterator[Doubt]:
        if self.plan is not None:
            for other in dict.fromkeys(foreign_marks(self.outline, self.plan.id)):
                yield Doubt(kind=DoubtKind.CONFLICTING_IDENTITY, where=_CELL, found=other)

    def _strays(self, given: list[GivenCell]) -> Iterator[Doubt]:
        """Text that was not issued, in cells and outside them; and what was issued and is gone."""
        if self.plan is None:
            return
        issued = set(self.plan.passages)
        wordings = {item.id: item.wording for item in self.plan.items}
        margins = self._margins()
        cells: list[GivenCell] = []
        for one in given:
            words = without_placeholder(one.cell.text.strip())
            if one.question in self.further and further_number(words) == one.question:
                continue
            wording = wordings.get(one.question or "")
            if one.is_question and wording is not None and digest(words) != wording:
                yield Doubt(
                    kind=DoubtKind.ALTERED_QUESTION, question=one.question, found=_composed(words)
                )
            elif words and id(one.cell) not in margins:
                cells.append(one)
            elif words and digest(words) not in issued:
                yield self._stray_cell(one)
        yield from self._held_against_issued(self.plan, cells)
        for passage in self.outline.passages:
            # Programs write the same header and footer several times.
            if passage.where in _MARGINS and digest(passage.text) not in issued:
                yield self._stray(passage)

    def _held_against_issued(self, plan: Plan, cells: list[GivenCell]) -> Iterator[Doubt]:
        """What stands in the file more often than it was issued, or less often."""
        # What stands before is the head, which offices fill in, and what a template says.
        first = digest(Words.DATA.in_(plan.language))
        start = max((n for n, one in enumerate(plan.passages) if one == first), default=0)
        own = self._own_words(plan)
        paragraphs = [one for one in self.outline.passages if one.where not in _MARGINS]
        found: list[GivenCell | Passage] = [*cells, *paragraphs]
        counted = account(
            plan.passages,
            [digest(one.cell.text) for one in cells],
            [digest(one.text) for one in paragraphs],
            start,
        )
        for place in sorted(counted.added):
            one = found[place]
            if not isinstance(one, GivenCell):
                yield self._stray(one)
            elif digest(one.cell.text) not in own.get(one.question or "", ()):
                # A row that was doubled says again what it was issued with.
                yield self._stray_cell(one)
        yield from self._gone(plan, counted, found, start)
        kept = [one for place, one in enumerate(cells) if place not in counted.added]
        yield from self._exchanged(kept, own, plan.passages[start:])

    def _exchanged(
        self, kept: list[GivenCell], own: Mapping[str, Sequence[str]], issued: Sequence[str]
    ) -> Iterator[Doubt]:
        """Issued words that are all there, but not where they were issued."""
        known = {id(one.cell): one for one in kept}
        told = set(issued)
        whole: list[tuple[list[Cell], list[str]]] = []
        for row in (row for table in self.outline.tables for row in table.rows):
            filled = [cell for cell in row.cells if cell.text.strip()]
            given = [known[id(cell)] for cell in filled if id(cell) in known]
            words = [digest(one.cell.text) for one in given]
            question = next((one.question for one in given if one.is_question), None) or ""
            for one, said in zip(given, words, strict=True):
                if said not in own.get(question, words):
                    yield self._altered(question, None, one.cell.text)
            if not question and len(filled) == len(given) > 1 and told.issuperset(words):
                whole += [] if is_heading(row) else [(filled, words)]
        for number in standing_apart(issued, [words for _, words in whole]):
            cells, _ = whole[number]
            joined = " | ".join(cell.text for cell in cells)
            yield self._altered(None, self._row_of(cells[0]), joined)

    def _altered(self, question: str | None, where: Text | None, words: str) -> Doubt:
        kind = DoubtKind.ALTERED_TEXT
        return Doubt(kind=kind, question=question, where=where, found=_composed(words))

    def _own_words(self, plan: Plan) -> dict[str, tuple[str, ...]]:
        """What the row of each question was issued with: its number, the question, what to see."""
        items = {item.wording: item.id for item in plan.items}
        return {
            items[words]: plan.passages[max(place - 1, 0) : place + 2]
            for place, words in enumerate(plan.passages)
            if words in items
        }

    def _margins(self) -> set[int]:
        """The cells of tables in headers and footers."""
        return {
            id(cell)
            for table in self.outline.tables
            if table.where in _MARGINS
            for row in table.rows
            for cell in row.cells
        }

    def _stray_cell(self, one: GivenCell) -> Doubt:
        return Doubt(
            kind=DoubtKind.STRAY_TEXT,
            question=one.question,
            where=_CELL if one.question else self._row_of(one.cell),
            found=_composed(one.cell.text),
        )

    def _stray(self, passage: Passage) -> Doubt:
        question, name = self._home(passage.cell)
        return Doubt(
            kind=DoubtKind.STRAY_TEXT,
            question=question,
            field=name,
            where=passage.where,
            found=_composed(passage.text),
        )

    def _gone(
        self, plan: Plan, counted: Account, found: Sequence[GivenCell | Passage], start: int
    ) -> Iterator[Doubt]:
        """Issued text that is no longer there, by what stood before it.

        What stands changed in its place is named already, and so is a row with
        something to be filled in that is no longer in the file.
        """
        told = self._told_elsewhere(plan)
        before: int | None = None
        for place in range(start, len(plan.passages)):
            here = counted.kept.get(place)
            if here is not None:
                before = here
            elif before is not None and place not in told:
                behind = counted.kept.get(place + 1)
                changed = {before + 1} if behind is None else {before + 1, behind - 1}
                if not changed & counted.added:
                    one = found[before]
                    text = one.cell.text if isinstance(one, GivenCell) else one.text
                    words = _composed(text)[:_SHOWN].replace("\n", " ")
                    yield Doubt(kind=DoubtKind.ALTERED_TEXT, where=_AFTER.format(words=words))

    def _told_elsewhere(self, plan: Plan) -> set[int]:
        """The places of issued passages whose loss other doubts tell."""
        told: set[int] = set()
        items = {item.wording: item.id for item in plan.items}
        labels = {
            digest(words): (AUDIT, name)
            for name in (*PARTICULARS, AnswerField.CONCLUSION)
            for text in (FIELD_NAMES[name], as_check(FIELD_NAMES[name]))
            for words in (text.en, text.vi)
        }
        labels |= {digest(id_): (id_, AnswerField.GRADE) for id_ in FURTHER}
        for place, words in enumerate(plan.passages):
            if words in items:
                told.add(place)
                if (items[words], AnswerField.GRADE) not in self.typed:
                    told |= {place - 1, place + 1}
            elif words in labels and labels[words] not in self.typed:
                told.add(place)
        return told

    def _home(self, cell: Cell | None) -> tuple[str | None, AnswerField | None]:
        """The question and the field of a cell, where it is one to be filled in."""
        question, name = self.cells.get(id(cell), (None, None))
        return (None if question == AUDIT else question), name

    def _row_of(self, cell: Cell) -> Text:
        """The row of a cell, by the first words in it."""
        if not self.rows:
            self.rows = {
                id(one): row
                for table in self.outline.tables
                for row in table.rows
                for one in row.cells
            }
        row = self.rows[id(cell)]
        first = next((words for one in row.cells if (words := _composed(one.text))), "")
        words = first[:_SHOWN].replace("\n", " ")
        return _ROW.format(words=words) if words else _CELL

    def _marks(self) -> Iterator[Doubt]:
        # Where words were put in or taken out; the ends of paragraphs there go with them.
        worded = {
            (mark.kind, id(mark.cell))
            for mark in self.outline.marks
            if mark.cell is not None and mark.text not in {"", PILCROW}
        }
        for mark in self.outline.marks:
            question, name = self._home(mark.cell)
            where = {"inserted": _PUT_IN, "deleted": _TAKEN_OUT}.get(mark.kind)
            told = mark.text == PILCROW and (mark.kind, id(mark.cell)) in worded
            if where is not None and (told or not mark.text.strip()):
                continue
            if mark.kind == "hidden" and name is None:
                continue  # a template hides words of its own; others are stray text
            if mark.row is not None and (first := mark.row.partition("\n")[0].strip()) in self.ids:
                question = first
            if mark.cell is not None and question is None and name is None:
                where = self._row_of(mark.cell)
            yield Doubt(
                kind=_MARKS[mark.kind],
                question=question,
                field=name,
                where=where,
                found=_composed(mark.text) or None,
            )

    # --- answers -----------------------------------------------------------------------------

    def _answer(self, id_: str, *, further: bool = False) -> Answer:
        names = _FURTHER_FIELDS if further else _QUESTION_FIELDS
        words = {name: self._words(id_, name) for name in names}
        return Answer(
            question=id_,
            clause=words[AnswerField.CLAUSE] if further else self.clauses.get(id_, ""),
            grade=self._grade(id_, words[AnswerField.GRADE]),
            evidence=words[AnswerField.EVIDENCE],
            documents=words[AnswerField.DOCUMENTS],
            statement=words[AnswerField.STATEMENT],
            due=self._day(id_, AnswerField.DUE, words[AnswerField.DUE]),
            further=further,
        )

    def _grade(self, id_: str, words: str) -> Grade | None:
        grade = grade_from(words) if words else None
        if words and grade is None:
            self._doubt(DoubtKind.UNKNOWN_GRADE, id_, AnswerField.GRADE, words)
        return grade

    def _day(self, id_: str, name: AnswerField, words: str) -> date | None:
        held = self.days.get((id_, name), set())
        if not words:
            return None
        day = day_from(words, self.language)
        if day is None:
            self._doubt(DoubtKind.UNCLEAR_DATE, id_, name, words)
        elif held and held != {day.isoformat()}:
            found = " ⟷ ".join((words, *sorted(held)))
            self._doubt(DoubtKind.CONTRADICTORY, id_, name, found)
        return day

    def _words(self, id_: str, name: AnswerField) -> str:
        """The value of a field; doubts where there is none, or more than one."""
        values = self.typed.get((id_, name))
        if values is None:
            self._doubt(DoubtKind.MISSING, id_, name, None)
            return ""
        filled = [value for value in values if value]
        if len(filled) > 1:
            self._doubt(DoubtKind.DOUBLED, id_, name, " ⟷ ".join(filled))
        if any(_has_signs(value) for value in filled):
            self._doubt(DoubtKind.EMBEDDED, id_, name, "\n".join(filled))
        if any("ð" in value.casefold() for value in filled):
            self._doubt(DoubtKind.ODD_LETTER, id_, name, "\n".join(filled))
        return filled[0] if filled else ""

    def _particulars(self) -> Particulars:
        words = {n: self._words(AUDIT, n) for n in (*PARTICULARS, AnswerField.CONCLUSION)}
        began = self._day(AUDIT, AnswerField.BEGAN, words[AnswerField.BEGAN])
        held = self._day(AUDIT, AnswerField.HELD, words[AnswerField.HELD])
        if began is not None and held is not None and held < began:
            found = f"{words[AnswerField.BEGAN]} ⟷ {words[AnswerField.HELD]}"
            self._doubt(DoubtKind.CONTRADICTORY, AUDIT, AnswerField.HELD, found)
        return Particulars(
            began=began,
            held=held,
            auditors=words[AnswerField.AUDITORS],
            auditees=words[AnswerField.AUDITEES],
            conclusion=words[AnswerField.CONCLUSION],
        )

    def _unasked(self) -> Iterator[Doubt]:
        """What stands under a field that its question does not have."""
        for (id_, name), values in self.typed.items():
            asked = _QUESTION_FIELDS
            if id_ == AUDIT:
                asked = (*PARTICULARS, AnswerField.CONCLUSION)
            elif id_ in self.further:
                asked = _FURTHER_FIELDS
            for words in values:
                if words and name not in asked:
                    question = None if id_ == AUDIT else id_
                    yield Doubt(
                        kind=DoubtKind.STRAY_TEXT, question=question, field=name, found=words
                    )

    def _doubt(self, kind: DoubtKind, id_: str, name: AnswerField, found: str | None) -> None:
        question = None if id_ == AUDIT else id_
        self.doubts.append(Doubt(kind=kind, question=question, field=name, found=found))


def _has_signs(words: str) -> bool:
    """Whether words hold signs of a symbol font, which mean nothing without it.

    Before words a sign may be that of a list; one that stands alone, as a tick does, is not.
    """
    for line in words.split("\n"):
        text = line.strip()
        entry = text[1:] if text[:1] in _BULLETS and text[1:] else text
        if any("\ue000" <= one <= "\uf8ff" for one in entry):
            return True
    return False


def _composed(words: str) -> str:
    """What was typed, in composed letters, without blanks at its ends; lines stay apart."""
    lines = unicodedata.normalize("NFC", words).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()
