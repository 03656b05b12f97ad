"""Which cell of a filled checklist holds which answer: three layers of identity.

The tag of a control is the surest, but some programs lose it; the hidden
bookmark around it outlives them all, but not copying; the visible number of
the question and the heading of the column are what people see.  The first that
is there counts, but for a tag that was copied or carried into another cell:
there what people see counts.  The value is the text of the whole cell: what was
typed beside a control counts as typed into it.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from attrs import define, field, frozen

from qms.checklist.answers import AnswerField
from qms.checklist.doubts import FIELD_NAMES
from qms.text import same_words
from qms.word.checklist_layout import (
    AUDIT,
    FURTHER,
    FURTHER_COLUMNS,
    LETTERS,
    PARTICULARS,
    QUESTION_COLUMNS,
)
from qms.word.controls import BOOKMARK, TAG
from qms.word.placeholders import without_placeholder
from qms.word.sheet import as_check

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from qms.word.checklist_layout import Column
    from qms.word.outline import Cell, Outline, Row, Table

__all__ = [
    "FilledCell",
    "GivenCell",
    "Key",
    "cells_of",
    "foreign_marks",
    "further_number",
    "is_heading",
    "visible_ids",
]

#: A question and a field of it.
Key: TypeAlias = "tuple[str, AnswerField]"

_FIELDS = {letter: name for name, letter in LETTERS.items()}
_VALUES = frozenset(AnswerField)
_FURTHER = re.compile(r"(?:X *[-–]? *)?([0-9]{1,3})", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,38}[A-Za-z0-9])?")
#: The headings of columns; None stands for the column of numbers, "" for other given text.
_HEADS: dict[str, AnswerField | str | None] = {
    same_words(words): (None if position == 0 else column.field or "")
    for columns in (QUESTION_COLUMNS, FURTHER_COLUMNS)
    for position, column in enumerate(columns)
    for words in (column.head.en, column.head.vi)
}
_QUESTION_HEADS = frozenset(
    same_words(words) for words in (QUESTION_COLUMNS[1].head.en, QUESTION_COLUMNS[1].head.vi)
)
_LABELS: dict[str, AnswerField] = {
    same_words(words): name
    for name in (*PARTICULARS, AnswerField.CONCLUSION)
    for text in (FIELD_NAMES[name], as_check(FIELD_NAMES[name]))
    for words in (text.en, text.vi)
}


@frozen
class FilledCell:
    """A cell that holds an answer.

    Attributes:
        cell: The cell.
        key: Whose answer it holds, by the first layer that says so.
        others: What the other layers, or further marks in the cell, say otherwise.
        shifted: Whether only its place tells, in a row that does not fit its heading, or
            in a column without one.
    """

    cell: Cell
    key: Key
    others: tuple[Key, ...] = ()
    shifted: bool = False


@frozen
class GivenCell:
    """A cell with text that was given.

    Attributes:
        cell: The cell.
        question: The question in whose row it stands.
        is_question: Whether it stands in the column of the questions.
    """

    cell: Cell
    question: str | None
    is_question: bool


@define
class _Grid:
    """What the heading of a table says of its columns, by their places in the grid."""

    fields: dict[int, AnswerField] = field(factory=dict)
    numbers: int | None = None
    questions: int | None = None
    width: int = 0
    #: The columns that no heading names, but for their place among the others.
    guessed: set[int] = field(factory=set)

    @property
    def is_further(self) -> bool:
        """Whether further findings stand in the table, which may be more than were issued."""
        return AnswerField.CLAUSE in self.fields.values()


def _issued_grid(columns: Sequence[Column], questions: int | None) -> _Grid:
    """The columns of a table as it is issued, as far as their places tell."""
    fields = {place: one.field for place, one in enumerate(columns) if one.field is not None}
    return _Grid(fields, 0, questions, len(columns), set(fields))


_ISSUED = {
    grid.width: grid
    for grid in (_issued_grid(QUESTION_COLUMNS, 1), _issued_grid(FURTHER_COLUMNS, None))
}


def cells_of(
    outline: Outline, checklist: str | None, ids: tuple[str, ...]
) -> Iterator[FilledCell | GivenCell]:
    """Every cell of a document, as an answer or as given text.

    Args:
        outline: The document.
        checklist: The identifier of the checklist, where it is known.
        ids: All that can be filled in, in the order by which bookmarks count.
    """
    reader = _Cells(checklist, ids, set(_further_numbers(outline)))
    placed = [one for table in outline.tables for one in reader.places(table)]
    at_home = {one.place for one in placed if one.place in one.by_tags}
    for one in placed:
        keys = one.keys(at_home)
        if keys:
            others = tuple(key for key in dict.fromkeys(keys) if key != keys[0])
            shifted = not (one.fits or one.by_tags or one.by_bookmarks)
            yield FilledCell(one.cell, keys[0], others, shifted)
        else:
            yield GivenCell(one.cell, one.question, one.is_question)


def visible_ids(outline: Outline) -> Iterator[str]:
    """The numbers of questions, as they stand in their column under its heading."""
    for table in outline.tables:
        grid = _Grid()
        for row in table.rows:
            found = _grid_of(row)
            grid = found or grid
            for cell in row.cells:
                words = cell.text.strip().partition("\n")[0].strip()
                if found is None and cell.column == grid.numbers and _NUMBER.fullmatch(words):
                    yield words


def further_number(words: str) -> str | None:
    """The number of a further finding beyond those for which lines were issued."""
    found = _FURTHER.fullmatch(words.strip())
    number = int(found[1]) if found else 0
    return f"X-{number:02}" if number > len(FURTHER) else None


def _further_numbers(outline: Outline) -> Iterator[str]:
    for table in outline.tables:
        for row in table.rows:
            for cell in row.cells[:1]:
                if number := further_number(cell.text):
                    yield number


def foreign_marks(outline: Outline, checklist: str) -> Iterator[str]:
    """The identifiers of other checklists from which cells of a document were copied."""
    for table in outline.tables:
        for row in table.rows:
            for cell in row.cells:
                for pattern, marks in ((TAG, cell.tags), (BOOKMARK, cell.bookmarks)):
                    for mark in marks:
                        found = pattern.fullmatch(mark)
                        if found and found[1] != checklist:
                            yield found[1]


@frozen
class _Placed:
    """A cell, and what each layer says of it."""

    cell: Cell
    question: str | None
    is_question: bool
    by_tags: list[Key]
    by_bookmarks: list[Key]
    place: Key | None
    fits: bool

    def keys(self, at_home: Container[Key | None]) -> list[Key]:
        """What the layers say, the surest first.

        Args:
            at_home: What is answered in a cell whose tag and place agree.
        """
        tags, marks = self.by_tags, self.by_bookmarks
        places = [] if self.place is None else [self.place]
        strange = bool(tags) and self.place is not None and self.place not in tags
        if strange and (self.place in marks or any(tag in at_home for tag in tags)):
            return [*places, *marks, *tags]
        return [*tags, *marks, *places]


class _Cells:
    def __init__(self, checklist: str | None, ids: tuple[str, ...], taken: set[str]) -> None:
        self._checklist = checklist
        self._ids = ids
        self._known = {same_words(id_): id_ for id_ in ids if id_ != AUDIT}
        self._last = _Grid()
        #: The numbers of further findings that stand in the document.
        self._taken = taken

    def places(self, table: Table) -> Iterator[_Placed]:
        """The cells of a table, each with what the layers say of it."""
        grid = _Grid()
        for row in table.rows:
            if (found := _grid_of(row)) is not None:
                grid = self._last = found
            elif not grid.fields:
                grid = self._headless(row)
            question = self._further(row, grid) or self._question(row, grid)
            fits = row.width == grid.width or question is None
            for cell in row.cells:
                yield _Placed(
                    cell,
                    question,
                    cell.column == grid.questions,
                    [key for tag in cell.tags if (key := self._by_tag(tag))],
                    [key for name in cell.bookmarks if (key := self._by_bookmark(name))],
                    self._by_place(cell, row, question, grid),
                    fits and cell.column not in grid.guessed,
                )

    def _headless(self, row: Row) -> _Grid:
        """The columns of a row without a heading.

        It goes on with the table before it, as one cut in two, or else it is one of the
        tables that were issued, whose heading is gone.
        """
        for grid in (self._last, _ISSUED.get(row.width)):
            if grid is not None and row.width == grid.width and self._is_numbered(row, grid):
                return grid
        return _Grid()

    def _is_numbered(self, row: Row, grid: _Grid) -> bool:
        """Whether a number stands where a table has its numbers, of a question or of a finding."""
        return any(
            cell.column == grid.numbers
            and (found := self._known.get(same_words(line))) is not None
            and (found in FURTHER) is grid.is_further
            for cell in row.cells
            for line in cell.text.split("\n")
        )

    def _further(self, row: Row, grid: _Grid) -> str | None:
        """The number of a further finding for which somebody put in a row.

        A row without a number gets the next one, if something stands under the headings
        and no mark says whose it is.
        """
        if not grid.is_further or row.width != grid.width:
            return None
        numbers = [cell for cell in row.cells if cell.column == grid.numbers]
        if not numbers or numbers[0].text.strip():
            return further_number(numbers[0].text) if numbers else None
        typed = any(without_placeholder(cell.text.strip()) for cell in row.cells)
        if not typed or any(cell.tags or cell.bookmarks for cell in row.cells):
            return None
        numbered = (f"X-{number:02}" for number in count(len(FURTHER) + 1))
        free = next(number for number in numbered if number not in self._taken)
        self._taken.add(free)
        return free

    def _question(self, row: Row, grid: _Grid) -> str | None:
        """The question whose number stands in a row: in its column, else in any cell."""
        cells = sorted(row.cells, key=lambda cell: cell.column != grid.numbers)
        for cell in cells:
            for line in (cell.text, *cell.text.split("\n")):
                if found := self._known.get(same_words(line)):
                    return found
        return None

    def _by_place(self, cell: Cell, row: Row, question: str | None, grid: _Grid) -> Key | None:
        """What the number in the row and the heading of the column say, or the label before it."""
        name = grid.fields.get(cell.column)
        if question is not None and name is not None:
            return question, name
        if question is None and len(row.cells) > 1 and cell is row.cells[1]:
            label = _LABELS.get(same_words(row.cells[0].text))
            if label is not None:
                return AUDIT, label
        return None

    def _by_tag(self, tag: str) -> Key | None:
        found = TAG.fullmatch(tag)
        if found is None or found[1] != (self._checklist or found[1]):
            return None
        known = found[2] in self._ids and found[3] in _VALUES
        return (found[2], AnswerField(found[3])) if known else None

    def _by_bookmark(self, name: str) -> Key | None:
        found = BOOKMARK.fullmatch(name)
        # Bookmarks count the questions of a plan, and tell nothing without it.
        if found is None or found[1] != self._checklist:
            return None
        place = int(found[2])
        if place >= len(self._ids) or found[3] not in _FIELDS:
            return None
        return self._ids[place], _FIELDS[found[3]]


def is_heading(row: Row) -> bool:
    """Whether a row is the heading of a table of answers, whose columns may change places."""
    return _grid_of(row) is not None


def _grid_of(row: Row) -> _Grid | None:
    """The columns of a table, if a row is its heading."""
    grid = _Grid(width=row.width)
    heads = 0
    for cell in row.cells:
        words = same_words(cell.text)
        if words not in _HEADS:
            continue
        heads += 1
        name = _HEADS[words]
        if name is None:
            grid.numbers = cell.column
        elif isinstance(name, AnswerField):
            grid.fields[cell.column] = name
        elif words in _QUESTION_HEADS:
            grid.questions = cell.column
    if heads < 2 or not grid.fields:
        return None
    issued = _ISSUED.get(row.width)
    if issued is not None and grid.fields.items() <= issued.fields.items():
        # A heading that was reworded is known by its place among the others.
        grid.guessed = {column for column in issued.fields if column not in grid.fields}
        grid.fields = issued.fields
    return grid
