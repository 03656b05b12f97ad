"""What the files of a folder state of themselves: code, revision, dates, title."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from qms.file_problems import is_left_behind
from qms.problems import Place, Problem, RegisterError
from qms.reconcile.entries import Column, FoundFile, Source, Stated
from qms.reconcile.headings import column_of
from qms.reconcile.labels import (
    LOOKED_AT,
    MOST_CELLS,
    Statement,
    labelled,
    of_rows,
    stated,
    wanted,
    without_colon,
)
from qms.reconcile.spellings import (
    code_key,
    day_of,
    is_number,
    is_shorthand,
    plain_letters,
    revision_of,
)
from qms.text import Text, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from qms.word.guard import GuardedPackage
    from qms.word.outline import Outline, Table

__all__ = ["read_cover", "read_folder", "same_value"]

_NO_FOLDER = Text(en="there is no such folder", vi="không có thư mục này")
_NAME_FOLDER = Text(
    en="Name the folder that holds the documents' files.",
    vi="Nêu thư mục chứa các tệp tài liệu.",
)
_TEXTS = {".md", ".markdown", ".txt"}
_WORD = {".docx", ".odt"}
_EXCEL = {".xlsx"}
#: A code in a file name: letters, then letters or digits in groups, the last of them a number.
_CODE = re.compile(
    r"^[^\W\d_]{1,8}(?:[-._ ]?[^\W_]{1,10}){0,4}?[-._ ]?\d{1,4}(?:[-.]\d{1,3})*(?![^\W_])"
)
#: The number of a decision or another act of an office; “/” cannot stand in a file name.
_ACT = re.compile(
    r"(?:^|(?<=\s))\d{1,5}(?:[-_]\d{4})?[-_](?:QĐ|QD|NĐ|ND|NQ|TT|TTLT|CT|TB|KH|CV|BC|HD|TTr)"
    r"(?:[-_][A-ZĐ][A-ZĐa-z]{1,9}){1,3}(?![^\W_])"
)
#: Letters that, before the code of a procedure, make it that of something that belongs to it.
_BELONGS = frozenset({"bm", "fm", "form", "hs", "hd", "wi", "pl"})
_REVISION = re.compile(
    r"(?:^|[^a-z])(?:(?:rev(?:ision)?|ver(?:sion)?|v|r|lan(?:[-_. ]*(?:ban hanh|bh|sua doi|sd))?|"
    r"lbh|issue|phien ban)[-_. ]*(\d{1,3}(?:\.\d{1,3})?)(?!\d)|"
    r"rev(?:ision)?[-_. ]*([a-z]|[ivx]{2,4})(?![a-z\d]))"
)
#: Figures that may belong to a code, as those of a year cannot.
_SHORT_FIGURES = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
#: What names the number in a file's name a revision.
_CHANGED = re.compile(r"rev|sua doi|sd|(?<![a-z])r(?![a-z])")
#: How far down a form in Excel may name itself.
_TOP_ROWS = 12
_PROPERTIES = {"identifier": Column.CODE, "version": Column.REVISION}
_DAYS = frozenset({Column.ISSUED, Column.EFFECTIVE})
_NUMBERS = frozenset({Column.ISSUE, Column.REVISION})


def read_folder(folder: Path, codes: Iterable[str]) -> tuple[FoundFile, ...]:
    """Every file of a folder and of the folders in it, in the order of names.

    Hidden files and those that programs leave behind, such as the lock of an open file, are
    left out.

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
    return tuple(_file(folder, name, known) for name in _names_in(folder))


def _names_in(folder: Path) -> Iterator[str]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        within = os.path.relpath(place, folder).replace(os.sep, "/")
        for file in sorted(files):
            if not is_left_behind(file) and not file.startswith("~"):
                yield file if within == "." else f"{within}/{file}"


def _file(folder: Path, name: str, known: Mapping[str, str]) -> FoundFile:
    from qms.word.refusal import Refused

    refused = None
    statements: list[Statement] = []
    try:
        statements += _inside(folder / name)
    except Refused as error:
        refused = error.reason
    except RegisterError as error:
        refused = error.problems[0].what
    own = [stated.value for column, stated in statements if column is Column.CODE]
    last = name.rpartition("/")[2]
    if not (own or refused or any(_of_list(_of_name(last, known, ()), known))):
        own = _listed_in_header(folder / name, known)
        statements += [(Column.CODE, Stated(code, Source.HEADER)) for code in own]
    statements += [*_of_name(last, known, own[:1]), *_number_of_name(last, statements)]
    return _gathered(name, statements, refused)


def _of_list(statements: Iterable[Statement], known: Mapping[str, str]) -> Iterator[str]:
    return (one.value for _, one in statements if code_key(one.value) in known)


def read_cover(path: Path) -> FoundFile:
    """What the cover table and the first lines of a Word file state.

    Raises:
        Refused: the file is not safe, or not a text document.
    """
    return _gathered(path.name, [one for one in _of_word(path) if one[1].source is Source.COVER])


def _gathered(name: str, statements: Iterable[Statement], refused: Text | None = None) -> FoundFile:
    """The first statement of each column, and those that differ or are not understood."""
    first: dict[Column, Stated] = {}
    against: list[Statement] = []
    unread: list[Statement] = []
    for column, statement in statements:
        if not _understood(column, statement.value):
            unread.append((column, statement))
        elif not same_value(column, first.setdefault(column, statement).value, statement.value):
            against.append((column, statement))
    return FoundFile(
        name=name,
        stated=first,
        contradictions=tuple(dict.fromkeys(against)),
        unread=tuple(one for one in dict.fromkeys(unread) if one[0] not in first),
        refused=refused,
    )


def _understood(column: Column, words: str) -> bool:
    if column in _DAYS:
        return day_of(words) is not None
    return column not in _NUMBERS or is_number(words)


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


def _inside(path: Path) -> Iterator[Statement]:
    suffix = path.suffix.casefold()
    if suffix in _WORD:
        yield from _of_word(path)
    elif suffix in _EXCEL:
        yield from _of_excel(path)
    elif suffix in _TEXTS:
        yield from _of_text(path)


# --- Word and OpenDocument -------------------------------------------------------------------


def _of_word(path: Path) -> Iterator[Statement]:
    from qms.word.guard import PackageFormat, open_guarded
    from qms.word.outline import FOOT, HEAD, TEXT, outline_of

    package = open_guarded(path)
    outline = outline_of(package)
    own = package.format is PackageFormat.DOCX
    block = tuple(_of_block(package)) if own else ()
    said = {statement.value for column, statement in block if column is not Column.REVISION}
    tables = [table for table in outline.tables if not _shows(table, said)]
    statements = [*block, *_of_margin(outline, tables, HEAD, Source.HEADER)]
    for table in [table for table in tables if table.where is TEXT][:3]:
        statements += of_rows(table.rows, Source.COVER)
    passages = [one.text for one in outline.passages if one.where is TEXT][:MOST_CELLS]
    statements += [*labelled(passages, Source.COVER), *without_colon(passages, Source.COVER)]
    codes = [one.value for column, one in statements if column is Column.CODE]
    if not codes:
        codes = _beside_a_number(outline, HEAD)
        statements += [(Column.CODE, Stated(code, Source.HEADER)) for code in codes]
    yield from statements
    rest = _REVISION.sub(" ", plain_letters(path.stem).replace("_", " "))
    coded = bool(codes or _SHORT_FIGURES.search(rest))
    if not (coded and _is_of_another(outline, FOOT, [path.stem, *codes])):
        yield from _of_margin(outline, tables, FOOT, Source.FOOTER)
    named = {**outline.properties, **(_core(package) if own else {})}
    for name, value in named.items():
        column = _PROPERTIES.get(name.casefold()) or wanted(name)
        if column is not None:
            yield from stated(column, value, Source.PROPERTIES)


def _of_margin(
    outline: Outline, tables: Iterable[Table], where: Text, source: Source
) -> Iterator[Statement]:
    """What the headers or the footers say."""
    for table in tables:
        if table.where is where:
            yield from of_rows(table.rows, source)
    yield from labelled((one.text for one in outline.passages if one.where is where), source)


def _beside_a_number(outline: Outline, where: Text) -> list[str]:
    """The one code that stands in a margin without a label, on a line with a number or a day."""
    from qms.word.typed_header import bare_codes

    lines = [one.text for one in outline.passages if one.where is where]
    for table in (one for one in outline.tables if one.where is where):
        lines += ["\t".join(cell.text for cell in row.cells) for row in table.rows]
    numbered = [line for line in lines if any(labelled([line], Source.HEADER))]
    found = {code_key(code): code.rstrip(".-") for line in numbered for code in bare_codes(line)}
    return list(found.values()) if len(found) == 1 else []


def _listed_in_header(path: Path, known: Mapping[str, str]) -> list[str]:
    """The code of the list that a header names without a label, if it names no other.

    ``SỞ NỘI VỤ – QT-05``, ``BM.07.01``
    """
    from qms.word.guard import open_guarded
    from qms.word.outline import HEAD, outline_of
    from qms.word.typed_header import bare_codes

    if path.suffix.casefold() not in _WORD:
        return []
    outline = outline_of(open_guarded(path))
    tables = [one for one in outline.tables if one.where is HEAD]
    lines = [one.text for one in outline.passages if one.where is HEAD]
    lines += [cell.text for table in tables for row in table.rows for cell in row.cells]
    words = [f"-{code_key(line)}-" for line in lines]
    found = [key for key in known if _is_code(key) and any(_names(one, key) for one in words)]
    whole = [
        key for key in found if not any(f"-{key}-" in f"-{one}-" for one in found if one != key)
    ]
    own = "".join(f"-{key}-" for key in whole)
    others = [
        code for line in lines for code in bare_codes(line) if f"-{code_key(code)}-" not in own
    ]
    return [known[key] for key in whole] if len(whole) == 1 and not others else []


def _is_code(key: str) -> bool:
    return any(map(str.isalpha, key)) and any(map(str.isdigit, key))


def _names(words: str, key: str) -> bool:
    """Whether words name a code, and not that of something that belongs to it."""
    _, found, after = words.partition(f"-{key}-")
    return bool(found) and not after[:1].isdigit() and not _belongs(words, key)


def _is_of_another(outline: Outline, where: Text, codes: Sequence[str]) -> bool:
    """Whether a margin names something else, such as the form on which all is written."""
    from qms.word.typed_header import bare_codes

    cells = [
        c.text for t in outline.tables if t.where is where for row in t.rows for c in row.cells
    ]
    lines = [*cells, *(one.text for one in outline.passages if one.where is where)]
    own = " ".join(f"-{code_key(code)}-" for code in codes)
    found = [code_key(code) for line in lines for code in bare_codes(line)]
    return any(f"-{one}-" not in own for one in found)


def _core(package: GuardedPackage) -> Mapping[str, str]:
    """The ordinary properties that identify a document.

    Its title counts only beside a code: otherwise it is what the program made of the first
    words, or of the file from which this one was copied.
    """
    from qms.word.parts import WorkingCopy
    from qms.word.properties import core_properties

    core = core_properties(WorkingCopy(package))
    names = (
        ("identifier", "version", "title") if core.get("identifier", "").strip() else ("version",)
    )
    return {name: core.get(name, "") for name in names}


def _of_block(package: GuardedPackage) -> Iterator[Statement]:
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


# --- Excel -----------------------------------------------------------------------------------


def _of_excel(path: Path) -> Iterator[Statement]:
    """Labels in the first rows of the first sheet, and in the header and footer of its pages."""
    from qms.reconcile.excel import page_margins_of, sheets_of
    from qms.reconcile.grids import printed
    from qms.word.outline import Cell, Row

    for _, rows in sheets_of(path):
        cells = ([Cell(at, printed(one)) for at, one in enumerate(row)] for row in rows[:_TOP_ROWS])
        filled = [Row([cell for cell in row if cell.text.strip()]) for row in cells]
        header, footer = page_margins_of(path)
        yield from labelled(header, Source.HEADER)
        yield from of_rows([row for row in filled if row.cells], Source.COVER)
        yield from labelled(footer, Source.FOOTER)
        return


# --- Markdown and text -----------------------------------------------------------------------


def _of_text(path: Path) -> Iterator[Statement]:
    from qms.store.files import read_text

    text = read_text(path, path.name).removeprefix("\ufeff")
    for fence, parse in (("---", _yaml), ("+++", _toml)):
        if text.startswith(fence + "\n") and (end := text.find(f"\n{fence}", 3)) > 0:
            for name, value in parse(text[4 : end + 1]).items():
                column = column_of(str(name))
                if column in LOOKED_AT and value is not None:
                    yield from stated(column, str(value), Source.FRONT_MATTER)
            return
    lines = text.splitlines()[:MOST_CELLS]
    yield from labelled(lines, Source.COVER)
    yield from without_colon(lines, Source.COVER)


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


def _of_name(name: str, known: Mapping[str, str], own: Sequence[str]) -> Iterator[Statement]:
    """What a file's name says; a code that the file itself states explains its name."""
    stem = normalise(name.rpartition(".")[0] or name)
    words = f"-{code_key(stem)}-"
    listed = [key for key in known if key and f"-{key}-" in words and not _belongs(words, key)]
    found = _ACT.search(stem) or _CODE.match(stem)
    short = code_key(found[0]) if found else ""
    wholes = [key for key in known if short not in known and _is_part(short, key)]
    if any(
        f"-{code_key(code)}-" in words
        or (found and is_shorthand(short, code_key(code)))
        or (short not in known and _is_part(short, code_key(code)))
        for code in own
    ):
        yield Column.CODE, Stated(own[0], Source.NAME)
    elif listed:
        yield Column.CODE, Stated(known[max(listed, key=len)], Source.NAME)
    elif len(wholes) == 1:
        yield Column.CODE, Stated(known[wholes[0]], Source.NAME)
    elif found and not (_of_codes(own, known) and _is_mere_name(found[0], known)):
        yield Column.CODE, Stated(found[0], Source.NAME)


def _of_codes(own: Iterable[str], known: Mapping[str, str]) -> bool:
    return any(code_key(code) in known for code in own)


def _is_mere_name(words: str, known: Iterable[str]) -> bool:
    """Whether words begin like no code of the list and are not written as one: ``quytrinh9``."""
    begins = _letters(code_key(words))
    return begins not in map(_letters, known) and (not words.isupper() or len(begins) > 4)


def _letters(key: str) -> str:
    return next(filter(str.isalpha, key.split("-")), "")


def _number_of_name(name: str, own: Iterable[Statement]) -> Iterator[Statement]:
    """The number in a file's name; nothing where the file states it as its issue.

    Names have room for one number, which people take from the issue or from the revision.
    """
    stem = normalise(name.rpartition(".")[0] or name)
    found = _REVISION.search(plain_letters(stem).replace("_", " "))
    if found is None:
        return
    told: dict[Column, str] = {}
    for column, statement in own:
        if column in _NUMBERS and is_number(statement.value):
            told.setdefault(column, statement.value)
    number = Stated(found[1] or found[2].upper(), Source.NAME)
    issue, revision = revision_of(told.get(Column.ISSUE), told.get(Column.REVISION))
    said = revision_of(number.value, None)
    is_changed = bool(_CHANGED.search(found[0]))
    if said in {(issue, None), (issue, revision or 0)} and not (is_changed and revision):
        return
    is_issue = issue is not None and revision is None and said[1] is None and not is_changed
    yield (Column.ISSUE if is_issue else Column.REVISION), number


def _is_part(short: str, whole: str) -> bool:
    """Whether one key of a code lacks nothing of the other but an office: QT-02 of QT-02/KHCN."""
    before, found, after = f"-{whole}-".partition(f"-{short}-")
    offices = [one for one in (*before.split("-"), *after.split("-")) if one]
    return bool(short and found) and all(one.isalpha() and one not in _BELONGS for one in offices)


def _belongs(words: str, key: str) -> bool:
    """Whether a name says that it is a form or an annex of what has this code."""
    return words.partition(f"-{key}-")[0].rpartition("-")[2] in _BELONGS
