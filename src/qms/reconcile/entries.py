"""What a master list and a folder of files say of documents, in a form that can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from qms.terms import Term

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qms.text import Text

__all__ = ["Column", "Doubt", "Entry", "FoundFile", "Source", "Stated"]


class Column(Term):
    """A column of a master list; the text is how an office calls it."""

    CODE = "code", "code", "mã hiệu"
    TITLE = "title", "title", "tên tài liệu"
    ISSUE = "issue", "issue", "lần ban hành"
    REVISION = "revision", "revision", "lần sửa đổi"
    ISSUED = "issued", "issue date", "ngày ban hành"
    EFFECTIVE = "effective", "effective date", "ngày hiệu lực"
    OWNER = "owner", "owner", "đơn vị soạn thảo"
    HOLDER = "holder", "holder", "nơi phân phối"
    NOTE = "note", "note", "ghi chú"


class Source(Term):
    """Where in a file something was read."""

    BLOCK = "control-block", "control block", "khung kiểm soát"
    HEADER = "header", "header", "đầu trang"
    COVER = "cover-table", "cover table", "bảng ở trang bìa"
    FOOTER = "footer", "footer", "chân trang"
    FRONT_MATTER = "front-matter", "front matter", "phần khai báo đầu tệp"
    PROPERTIES = "properties", "file properties", "thuộc tính tệp"
    NAME = "file-name", "file name", "tên tệp"


class Entry(Struct, frozen=True, kw_only=True):
    """A row of a master list.

    Attributes:
        row: Its number, counted from 1 as the person sees it.
        code: The code as it is written.
        title: The title.
        issue: The number of the issue, or of issue and revision together.
        revision: The number of the revision within the issue.
        issued: The day of issue.
        effective: The first day in force.
        owner: Who answers for it.
        holder: Who holds copies.
        note: Anything else that the list says.
        unread: What the list says of it in words that are not understood.
        sheet: The sheet or the table in which it stands, where the list has several.
        revised: The day of the revision, where the list has it beside the day of issue.
        either_day: Whether the list keeps one day only, be it of issue or of effect.
    """

    row: int
    code: str
    title: str | None = None
    issue: str | None = None
    revision: str | None = None
    issued: date | None = None
    effective: date | None = None
    owner: str | None = None
    holder: str | None = None
    note: str | None = None
    unread: tuple[Column, ...] = ()
    sheet: str | None = None
    revised: date | None = None
    either_day: bool = False


class Doubt(Struct, frozen=True, kw_only=True):
    """Something in a row that is not understood.

    Attributes:
        row: The number of the row.
        what: What it is.
        sheet: The sheet or the table in which it stands, where the list has several.
    """

    row: int
    what: Text
    sheet: str | None = None


class Stated(Struct, frozen=True):
    """Something that a file states, and where in the file."""

    value: str
    source: Source


class FoundFile(Struct, frozen=True, kw_only=True):
    """What a file of the folder states of itself.

    Attributes:
        name: Its path inside the folder, with ``/`` between folders.
        stated: The first statement found of each column, the surest source first.
        contradictions: Later statements that differ from the first.
        unread: Statements in words that are not understood.
        refused: Why it was not looked into, in both languages; None where it was.
    """

    name: str
    stated: Mapping[Column, Stated]
    contradictions: tuple[tuple[Column, Stated], ...] = ()
    unread: tuple[tuple[Column, Stated], ...] = ()
    refused: Text | None = None
