"""Whether somebody wrote into a paper since it was issued: its words against a mark of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.word.guard import PackageFormat, open_guarded
from qms.word.outline import outline_of
from qms.word.parts import WorkingCopy
from qms.word.properties import custom_properties
from qms.word.refusal import Refused
from qms.word.statics import digest

if TYPE_CHECKING:
    from qms.word.guard import Source
    from qms.word.outline import Outline

__all__ = ["MARK", "is_written_into", "mark_of"]

#: The property of a paper that stands for the words with which it was issued.
MARK = "qms.words"


def mark_of(paper: bytes) -> str:
    """What stands for the words of a paper, however they are spaced."""
    return _mark(outline_of(open_guarded(paper)))


def is_written_into(file: Source) -> bool:
    """Whether a file is a paper of ours whose words are no longer those it was issued with."""
    try:
        package = open_guarded(file)
        if package.format is PackageFormat.DOCX and MARK not in custom_properties(
            WorkingCopy(package)
        ):
            return False  # without a look at its words, as of many checklists
        outline = outline_of(package)
    except Refused:
        return False
    issued = outline.properties.get(MARK)
    return issued is not None and issued != _mark(outline)


def _mark(outline: Outline) -> str:
    cells = (cell.text for table in outline.tables for row in table.rows for cell in row.cells)
    return digest("\n".join((*(passage.text for passage in outline.passages), *cells)))
