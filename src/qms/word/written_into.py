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
    from qms.word.guard import GuardedPackage, Source
    from qms.word.outline import Outline

__all__ = ["MARK", "is_paper", "is_written_into", "mark_of"]

#: The property of a paper that stands for the words with which it was issued.
MARK = "qms.words"


def mark_of(paper: bytes) -> str:
    """What stands for the words of a paper, however they are spaced."""
    return _mark(outline_of(open_guarded(paper)))


def is_paper(package: GuardedPackage) -> bool:
    """Whether a file is a paper of ours, written into or not, by its properties."""
    if package.format is PackageFormat.DOCX:
        return MARK in custom_properties(WorkingCopy(package))  # without a look at its words
    return MARK in outline_of(package).properties


def is_written_into(file: Source) -> bool:
    """Whether a file is a paper of ours whose words are no longer those it was issued with."""
    try:
        package = open_guarded(file)
        outline = outline_of(package) if is_paper(package) else None
    except Refused:
        return False
    return outline is not None and outline.properties[MARK] != _mark(outline)


def _mark(outline: Outline) -> str:
    cells = (cell.text for table in outline.tables for row in table.rows for cell in row.cells)
    return digest("\n".join((*(passage.text for passage in outline.passages), *cells)))
