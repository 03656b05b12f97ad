"""What a reader sees in a text file: tables of cells, passages outside them, and marks.

The same outline comes from ``.docx`` and ``.odt``, so that what a checklist
means is read in one place.  Nothing with words in it is left out: what is not
part of the text proper (comments, deleted words, boxes, notes) becomes a mark
or a passage with its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

from qms.text import Text
from qms.word.guard import PackageFormat

if TYPE_CHECKING:
    from qms.word.guard import GuardedPackage

__all__ = [
    "BOX",
    "FOOT",
    "HEAD",
    "NOTE",
    "PILCROW",
    "PROPERTIES",
    "TEXT",
    "Cell",
    "Mark",
    "Outline",
    "Passage",
    "Row",
    "Table",
    "outline_of",
]

TEXT: Final = Text(en="in the text", vi="trong phần văn bản")
HEAD: Final = Text(en="in a header", vi="ở đầu trang")
FOOT: Final = Text(en="in a footer", vi="ở cuối trang")
BOX: Final = Text(en="in a text box", vi="trong hộp văn bản")
NOTE: Final = Text(en="in a footnote or endnote", vi="trong chú thích")
PROPERTIES: Final = Text(en="in the properties of the file", vi="trong phần thuộc tính của tệp")
#: Stands for the end of a paragraph that was put in or taken out.
PILCROW: Final = "¶"


@define
class Cell:
    """A cell of a table.

    Attributes:
        column: The place of its first column in the grid of the table, from 0.
        text: Its words, a line for each paragraph and each line break.
        tags: The tags of the controls in it.
        bookmarks: The names of the bookmarks in it.
        days: The days that date controls in it hold besides their text.
        merged: Whether cells below were merged with it, whose words it may hold.
    """

    column: int
    text: str = ""
    tags: list[str] = field(factory=list)
    bookmarks: list[str] = field(factory=list)
    days: list[str] = field(factory=list)
    merged: bool = False


@define
class Row:
    """A row of a table.

    Attributes:
        cells: Its cells; one that lies under a merged one only where it has words of its own.
        width: How many columns of the grid it takes up.
    """

    cells: list[Cell] = field(factory=list)
    width: int = 0


@define
class Table:
    """A table outside other tables; what is in tables inside it belongs to its cells.

    Attributes:
        rows: Its rows.
        where: Where it stands.
    """

    rows: list[Row] = field(factory=list)
    where: Text = TEXT


@define
class Passage:
    """A paragraph outside the tables.

    Attributes:
        text: Its words.
        where: Where it stands.
        cell: The cell to which it is attached, as a footnote or a text box may be.
    """

    text: str
    where: Text
    cell: Cell | None = None


@define
class Mark:
    """Something besides the text proper.

    Attributes:
        kind: ``comment``, ``inserted``, ``deleted``, ``struck``, ``hidden`` or ``embedded``.
        text: Its words, as far as it has any; a pilcrow for the end of a paragraph alone.
        cell: The cell in which it is, where it is in one.
        row: What the first cell says of a whole row that was put in or taken out.
    """

    kind: str
    text: str
    cell: Cell | None = None
    row: str | None = None


@define
class Outline:
    """All that a file says.

    Attributes:
        tables: Its tables.
        passages: Its paragraphs outside of tables.
        marks: What there is besides the text proper.
        properties: Its own properties, by their names.
        blanks: How many blanks it asked for by their number.
    """

    tables: list[Table] = field(factory=list)
    passages: list[Passage] = field(factory=list)
    marks: list[Mark] = field(factory=list)
    properties: dict[str, str] = field(factory=dict)
    blanks: int = 0


def outline_of(package: GuardedPackage) -> Outline:
    """The outline of a guarded file.

    Raises:
        Refused: a part of it cannot be parsed.
    """
    if package.format in {PackageFormat.ODT, PackageFormat.OTT}:
        from qms.word.odf_outline import odf_outline

        return odf_outline(package)
    from qms.word.ooxml_outline import ooxml_outline

    return ooxml_outline(package)
