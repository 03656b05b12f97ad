"""Which cell of a filled checklist holds which answer: three layers of identity.

The tag of a control is the surest, but some programs lose it; the hidden
bookmark around it outlives them all, but not copying; the visible number of
the question and the heading of the column are what people see.  The first that
is there counts, and the value is the text of the whole cell: what was typed
beside a control counts as typed into it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from attrs import define, field, frozen

from qms.checklist.answers import AnswerField
from qms.checklist.doubts import FIELD_NAMES
from qms.text import same_words
from qms.word.checklist_layout import (
    AUDIT,
    FURTHER_COLUMNS,
    LETTERS,
    PARTICULARS,
    QUESTION_COLUMNS,
)
from qms.word.controls import BOOKMARK, TAG
from qms.word.sheet import as_check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms.word.outline import Cell, Outline, Row, Table

__all__ = ["FilledCell", "GivenCell", "Key", "cells_of", "foreign_marks"]

#: A question and a field of it.
Key: TypeAlias = "tuple[str, AnswerField]"

_FIELDS = {letter: name for name, letter in LETTERS.items()}
_VALUES = frozenset(AnswerField)
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
    """

    cell: Cell
    key: Key
    others: tuple[Key, ...] = ()


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


def cells_of(
    outline: Outline, checklist: str | None, ids: tuple[str, ...]
) -> Iterator[FilledCell | GivenCell]:
    """Every cell of a document, as an answer or as given text.

    Args:
        outline: The document.
        checklist: The identifier of the checklist, where it is known.
        ids: All that can be filled in, in the order by which bookmarks count.
    """
    reader = _Cells(checklist, ids)
    for table in outline.tables:
        yield from reader.table(table)


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


class _Cells:
    def __init__(self, checklist: str | None, ids: tuple[str, ...]) -> None:
        self._checklist = checklist
        self._ids = ids
        self._known = {same_words(id_): id_ for id_ in ids if id_ != AUDIT}

    def table(self, table: Table) -> Iterator[FilledCell | GivenCell]:
        grid = _Grid()
        for row in table.rows:
            grid = _grid_of(row) or grid
            question = self._question(row, grid)
            for cell in row.cells:
                keys = self._keys(cell, row, question, grid)
                if keys:
                    others = tuple(key for key in dict.fromkeys(keys) if key != keys[0])
                    yield FilledCell(cell, keys[0], others)
                else:
                    yield GivenCell(cell, question, cell.column == grid.questions)

    def _question(self, row: Row, grid: _Grid) -> str | None:
        """The question whose number stands in a row: in its column, else in any cell."""
        cells = sorted(row.cells, key=lambda cell: cell.column != grid.numbers)
        for cell in cells:
            for line in (cell.text, *cell.text.split("\n")):
                if found := self._known.get(same_words(line)):
                    return found
        return None

    def _keys(self, cell: Cell, row: Row, question: str | None, grid: _Grid) -> list[Key]:
        """What the layers say, the surest first."""
        keys = [key for tag in cell.tags if (key := self._by_tag(tag))]
        keys += [key for name in cell.bookmarks if (key := self._by_bookmark(name))]
        name = grid.fields.get(cell.column)
        if question is not None and name is not None:
            keys.append((question, name))
        elif question is None and len(row.cells) > 1 and cell is row.cells[1]:
            label = _LABELS.get(same_words(row.cells[0].text))
            if label is not None:
                keys.append((AUDIT, label))
        return keys

    def _by_tag(self, tag: str) -> Key | None:
        found = TAG.fullmatch(tag)
        if found is None or found[1] != (self._checklist or found[1]):
            return None
        known = found[2] in self._ids and found[3] in _VALUES
        return (found[2], AnswerField(found[3])) if known else None

    def _by_bookmark(self, name: str) -> Key | None:
        found = BOOKMARK.fullmatch(name)
        if found is None or found[1] != (self._checklist or found[1]):
            return None
        place = int(found[2])
        if place >= len(self._ids) or found[3] not in _FIELDS:
            return None
        return self._ids[place], _FIELDS[found[3]]


def _grid_of(row: Row) -> _Grid | None:
    """The columns of a table, if a row is its heading."""
    grid = _Grid()
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
    return grid if heads > 1 and len(grid.fields) > 0 else None
