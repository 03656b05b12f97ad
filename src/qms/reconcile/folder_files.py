"""What the files of a folder state of themselves: code, revision, dates, title."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from qms.problems import Place, Problem, RegisterError
from qms.reconcile.entries import Column, FoundFile, Source, Stated, code_key, day_of, revision_of
from qms.reconcile.headings import column_of
from qms.text import Text, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from qms.word.guard import GuardedPackage
    from qms.word.outline import Table

__all__ = ["read_folder", "same_value"]

_NO_FOLDER = Text(en="there is no such folder", vi="không có thư mục này")
_NAME_FOLDER = Text(
    en="Name the folder that holds the documents' files.",
    vi="Nêu thư mục chứa các tệp tài liệu.",
)
_TEXTS = {".md", ".markdown", ".txt"}
_WORD = {".docx", ".odt"}
_LOOKED_AT = (
    Column.CODE,
    Column.TITLE,
    Column.ISSUE,
    Column.REVISION,
    Column.ISSUED,
    Column.EFFECTIVE,
)
#: A code in a file name: letters, then letters or digits in groups, the last of them a number.
_CODE = re.compile(
    r"^[^\W\d_]{1,8}(?:[-._ ]?[^\W_]{1,10}){0,4}?[-._ ]?\d{1,4}(?:[-.]\d{1,3})*(?![^\W_])"
)
_REVISION = re.compile(
    r"(?:^|[^a-z])(?:rev|ver|v|r|lan(?:[-_. ]*(?:ban hanh|bh|sua doi|sd))?|issue)[-_. ]*"
    r"(\d{1,3}(?:\.\d{1,3})?)(?![\d])"
)
_LABELLED = re.compile(r"^\s*([^:：\n]{1,40})\s*[:：]\s*(\S.*)$")
_PROPERTIES = {"identifier": Column.CODE, "version": Column.REVISION}
_CELLS_LOOKED_AT = 60

_Statement = tuple[Column, Stated]


def read_folder(folder: Path, codes: Iterable[str]) -> tuple[FoundFile, ...]:
    """Every file of a folder and of the folders in it, in the order of names.

    Hidden files, and the lock files that Office leaves beside an open file, are left out.

    Args:
        folder: The folder.
        codes: The codes of the list, to be known again in file names.

    Raises:
        RegisterError: there is no such folder.
    """
    if not folder.is_dir():
        raise RegisterError(
            [Problem(what=_NO_FOLDER, place=Place(file=str(folder)), remedy=_NAME_FOLDER)]
        )
    known = {code_key(code): code for code in codes}
    return tuple(_file(folder, name, known) for name in _names(folder))


def _names(folder: Path) -> Iterator[str]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        within = os.path.relpath(place, folder).replace(os.sep, "/")
        for file in sorted(files):
            if not file.startswith((".", "~$", "~lock")):
                yield file if within == "." else f"{within}/{file}"


def _file(folder: Path, name: str, known: Mapping[str, str]) -> FoundFile:
    from qms.word.refusal import Refused

    refused = None
    statements: list[_Statement] = []
    try:
        statements += _inside(folder / name)
    except Refused as error:
        refused = error.reason
    except RegisterError as error:
        refused = error.problems[0].what
    own = [stated.value for column, stated in statements if column is Column.CODE]
    statements += _of_name(name.rpartition("/")[2], known, own[:1])
    stated: dict[Column, Stated] = {}
    against: list[_Statement] = []
    for column, statement in statements:
        first = stated.setdefault(column, statement)
        if not same_value(column, first.value, statement.value):
            against.append((column, statement))
    return FoundFile(name=name, stated=stated, contradictions=tuple(against), refused=refused)


def same_value(column: Column, one: str, other: str) -> bool:
    """Whether two spellings of a column's value say the same."""
    if column is Column.CODE:
        return code_key(one) == code_key(other)
    if column in {Column.ISSUE, Column.REVISION}:
        return _numbers(one) == _numbers(other)
    if column in {Column.ISSUED, Column.EFFECTIVE}:
        return day_of(one) == day_of(other)
    return code_key(one) == code_key(other)


def _numbers(words: str) -> tuple[int, int]:
    issue, revision = revision_of(words, None)
    return issue or 0, revision or 0


def _looked_at(label: str) -> Column | None:
    """The column that a label means, if files are asked for it."""
    column = column_of(label)
    return column if column in _LOOKED_AT else None


def _inside(path: Path) -> Iterator[_Statement]:
    suffix = path.suffix.casefold()
    if suffix in _WORD:
        yield from _of_word(path)
    elif suffix in _TEXTS:
        yield from _of_text(path)


# --- Word and OpenDocument -------------------------------------------------------------------


def _of_word(path: Path) -> Iterator[_Statement]:
    from qms.word.guard import PackageFormat, open_guarded
    from qms.word.outline import HEAD, outline_of

    package = open_guarded(path)
    outline = outline_of(package)
    block = tuple(_of_block(package)) if package.format is PackageFormat.DOCX else ()
    yield from block
    if not block:
        passages = (one.text for one in outline.passages if one.where is HEAD)
        yield from _labelled(passages, Source.HEADER)
    own = {statement.value for column, statement in block if column is not Column.REVISION}
    yield from _of_tables([table for table in outline.tables if not _shows(table, own)][:3])
    passages = (one.text for one in outline.passages[:_CELLS_LOOKED_AT] if one.where is not HEAD)
    yield from _labelled(passages, Source.COVER)
    for name, value in outline.properties.items():
        column = _PROPERTIES.get(name.casefold()) or _looked_at(name)
        if column is not None and value.strip():
            yield column, Stated(normalise(value), Source.PROPERTIES)


def _of_block(package: GuardedPackage) -> Iterator[_Statement]:
    from qms.word.verification import read_control_block

    reading = read_control_block(package)
    block = reading.block or reading.recorded
    if block is None:
        return
    yield Column.CODE, Stated(block.code, Source.BLOCK)
    yield Column.REVISION, Stated(block.revision, Source.BLOCK)
    yield Column.TITLE, Stated(block.title, Source.BLOCK)
    if block.effective is not None:
        yield Column.EFFECTIVE, Stated(block.effective.isoformat(), Source.BLOCK)


def _shows(table: Table, values: set[str]) -> bool:
    """Whether a table is the control block itself: one row with all that the block says."""
    words = " ".join(cell.text for row in table.rows for cell in row.cells)
    days = {day_of(value) for value in values} - {None}
    said = values - {day.isoformat() for day in days if day is not None}
    return bool(values) and len(table.rows) == 1 and all(one in words for one in said)


def _of_tables(tables: Sequence[Table]) -> Iterator[_Statement]:
    """Labels in the first cells of the first tables: the value beside, below, or after a colon."""
    for table in tables:
        if not _is_list(table):
            yield from _of_table(table)


def _is_list(table: Table) -> bool:
    """Whether a table has its labels in one row, as a list of documents or revisions has."""
    if len(table.rows) < 3:
        return False
    return sum(column_of(cell.text) in _LOOKED_AT for cell in table.rows[0].cells) > 2


def _of_table(table: Table) -> Iterator[_Statement]:
    looked_at = 0
    for row, below in zip(table.rows, [*table.rows[1:], None], strict=True):
        for index, cell in enumerate(row.cells):
            looked_at += 1
            if looked_at > _CELLS_LOOKED_AT:
                return
            yield from _labelled(cell.text.split("\n"), Source.COVER)
            column = _looked_at(cell.text.rstrip(" :："))
            if column is None:
                continue
            beside = row.cells[index + 1].text if index + 1 < len(row.cells) else ""
            under = [c.text for c in below.cells if c.column == cell.column] if below else []
            value = next(
                (one for one in (beside, *under) if one.strip() and not column_of(one)), ""
            )
            if value:
                yield column, Stated(normalise(value), Source.COVER)


def _labelled(lines: Iterable[str], source: Source) -> Iterator[_Statement]:
    """Lines such as ``Mã số: QT-05``."""
    for line in lines:
        for part in re.split(r"[\n;|\t]", line):
            found = _LABELLED.match(part)
            column = _looked_at(found[1]) if found else None
            if found and column is not None:
                yield column, Stated(normalise(found[2]), source)


# --- Markdown and text -----------------------------------------------------------------------


def _of_text(path: Path) -> Iterator[_Statement]:
    from qms.store.files import read_text

    text = read_text(path, path.name).removeprefix("\ufeff")
    for fence, parse in (("---", _yaml), ("+++", _toml)):
        if text.startswith(fence + "\n") and (end := text.find(f"\n{fence}", 3)) > 0:
            for name, value in parse(text[4 : end + 1]).items():
                column = _looked_at(str(name))
                if column is not None and value is not None:
                    yield column, Stated(normalise(str(value)), Source.FRONT_MATTER)
            return
    yield from _labelled(text.splitlines()[:_CELLS_LOOKED_AT], Source.COVER)


def _yaml(text: str) -> Mapping[object, object]:
    """The keys and values, all as words, so that 7.10 stays 7.10."""
    import yaml

    try:
        data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes words and nothing else
    except (yaml.YAMLError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _toml(text: str) -> Mapping[str, object]:
    import tomli

    try:
        return tomli.loads(text)
    except (tomli.TOMLDecodeError, RecursionError):
        return {}


# --- the name --------------------------------------------------------------------------------


def _of_name(name: str, known: Mapping[str, str], own: Sequence[str]) -> Iterator[_Statement]:
    """What a file's name says; a code that the file itself states explains its name."""
    from qms.reconcile.entries import plain_letters

    stem = name.rpartition(".")[0] or name
    words = f"-{code_key(stem)}-"
    listed = [key for key in known if key and f"-{key}-" in words]
    if any(f"-{code_key(code)}-" in words for code in own):
        yield Column.CODE, Stated(own[0], Source.NAME)
    elif listed:
        yield Column.CODE, Stated(known[max(listed, key=len)], Source.NAME)
    elif found := _CODE.match(normalise(stem)):
        yield Column.CODE, Stated(found[0], Source.NAME)
    rest = plain_letters(stem).replace("_", " ")
    if found := _REVISION.search(rest):
        yield Column.REVISION, Stated(found[1], Source.NAME)
