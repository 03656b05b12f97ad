"""A master list held against a folder of files."""

from __future__ import annotations

from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from qms.file_problems import is_archive
from qms.reconcile.entries import Column, Entry, FoundFile, Stated
from qms.reconcile.folder_files import read_cover, read_folder, same_value
from qms.reconcile.master_list import MasterList, read_master_list
from qms.reconcile.spellings import code_key, day_of, has_accents, revision_of
from qms.text import Language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

__all__ = ["Comparison", "Difference", "compare", "cover_differences", "reconcile"]


_NUMBERS = (Column.ISSUE, Column.REVISION)


class Difference(Struct, frozen=True, kw_only=True):
    """Something in which a row and its file do not say the same.

    Attributes:
        entry: The row.
        file: The file.
        column: What they differ in.
        listed: What the list says.
        found: What the file says, and where.
    """

    entry: Entry
    file: FoundFile
    column: Column
    listed: str
    found: Stated


class Comparison(Struct, frozen=True, kw_only=True):
    """What came of holding a list against a folder.

    Attributes:
        list: The list as it was read.
        files: The files of the folder.
        agreeing: Rows whose files say the same in everything that both say; a row of which
            something is not understood, in the list or in a file, is not among them, nor one
            whose file cannot be looked into.
        uncompared: Those of them whose file says nothing but its code.
        differences: What rows and files disagree in.
        without_file: Rows of which there is no file.
        unnamed: Files that no row names.
        several: Codes that several files carry, with the files.
        twice: Codes that several rows have, with the rows.
        contradictory: Files that contradict themselves.
        unread: Files of which a number or a day is not understood.
        set_aside: Files in folders of obsolete documents, which were not compared.
        other_language: Files with a Vietnamese title where all titles of the list are in
            English, so that titles were not compared.
    """

    list: MasterList
    files: tuple[FoundFile, ...]
    agreeing: tuple[Entry, ...]
    uncompared: tuple[Entry, ...]
    differences: tuple[Difference, ...]
    without_file: tuple[Entry, ...]
    unnamed: tuple[FoundFile, ...]
    several: Mapping[str, tuple[FoundFile, ...]]
    twice: Mapping[str, tuple[Entry, ...]]
    contradictory: tuple[FoundFile, ...]
    unread: tuple[FoundFile, ...] = ()
    set_aside: tuple[FoundFile, ...] = ()
    other_language: tuple[FoundFile, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether the list and the folder say the same."""
        return not (
            self.differences
            or self.without_file
            or self.unnamed
            or self.several
            or self.twice
            or self.contradictory
            or self.unread
            or any(file.refused is not None for file in self.files)
            or self.list.doubts
        )


def reconcile(
    master_list: Path, folder: Path, headings: Mapping[Column, str] | None = None
) -> Comparison:
    """Read a master list and a folder of files, and hold one against the other.

    Args:
        master_list: Excel, CSV, a Word or OpenDocument file with a table, or Markdown.
        folder: The folder of the documents' files.
        headings: Headings of the list that are not known by themselves, by their column.

    Raises:
        RegisterError: the list or the folder cannot be read.
    """
    listed = read_master_list(master_list, headings)
    found = read_folder(folder, [entry.code for entry in listed.entries])
    try:
        itself = master_list.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        itself = ""
    files = [file for file in found if file.name != itself]
    aside = tuple(file for file in files if _is_set_aside(file.name))
    compared = compare(listed, [file for file in files if not _is_set_aside(file.name)])
    return structs.replace(compared, set_aside=aside)


def _is_set_aside(name: str) -> bool:
    """Whether a file stands in a folder of obsolete documents."""
    return any(is_archive(folder) for folder in PurePosixPath(name).parents)


def compare(listed: MasterList, files: Sequence[FoundFile]) -> Comparison:
    """Hold a list against files."""
    rows: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in listed.entries:
        rows[code_key(entry.code)].append(entry)
    foreign = _in_other_language(listed, files)
    carried: defaultdict[str, list[FoundFile]] = defaultdict(list)
    for one in files:
        file = _without_title(one) if one in foreign else one
        code = file.stated.get(Column.CODE)
        carried[code_key(code.value) if code else ""].append(file)
    agreeing, uncompared, differences = [], [], []
    for key, entries in rows.items():
        for entry in entries:
            found = [d for file in carried.get(key, ()) for d in _differences(entry, file)]
            differences += found
            unclear = entry.unread or any(_unclear(entry, file) for file in carried.get(key, ()))
            if carried.get(key) and not found and not unclear:
                agreeing.append(entry)
                if not any(_compared(entry, file) for file in carried[key]):
                    uncompared.append(entry)
    return Comparison(
        list=listed,
        files=tuple(files),
        agreeing=tuple(agreeing),
        uncompared=tuple(uncompared),
        differences=tuple(differences),
        without_file=tuple(e for key, es in rows.items() if key not in carried for e in es),
        unnamed=tuple(f for key, fs in carried.items() if key not in rows for f in fs),
        several={
            fs[0].stated[Column.CODE].value: tuple(fs)
            for key, fs in carried.items()
            if key and len(fs) > 1
        },
        twice={es[0].code: tuple(es) for es in rows.values() if len(es) > 1},
        contradictory=tuple(file for file in files if file.contradictions),
        unread=tuple(file for file in files if file.unread),
        other_language=foreign,
    )


def _in_other_language(listed: MasterList, files: Sequence[FoundFile]) -> tuple[FoundFile, ...]:
    if listed.language is Language.VIETNAMESE:
        return ()
    titled = [(file, file.stated[Column.TITLE]) for file in files if Column.TITLE in file.stated]
    return tuple(file for file, title in titled if has_accents(title.value))


def _without_title(file: FoundFile) -> FoundFile:
    stated = {column: one for column, one in file.stated.items() if column is not Column.TITLE}
    return structs.replace(file, stated=stated)


def _unclear(entry: Entry, file: FoundFile) -> bool:
    """Whether the file cannot be looked into, or says in other words what the row says."""
    listed = {
        Column.ISSUE: entry.issue or entry.revision,
        Column.REVISION: entry.issue or entry.revision,
        Column.ISSUED: entry.issued,
        Column.EFFECTIVE: entry.effective,
    }
    return file.refused is not None or any(listed.get(column) for column, _ in file.unread)


def cover_differences(
    path: Path, *, code: str, revision: str, effective: date | None
) -> tuple[Difference, ...]:
    """In what the cover of a Word file says something else than its control block is to say.

    Args:
        path: The file.
        code: The code of the document; a cover with another one is told by that alone.
        revision: The number of the revision.
        effective: The first day in force, where it is decided.

    Raises:
        Refused: the file is not safe, or not a text document.
    """
    entry = Entry(row=0, code=code, revision=revision, effective=effective)
    file = read_cover(path)
    named = file.stated.get(Column.CODE)
    if named is not None and not same_value(Column.CODE, code, named.value):
        return (Difference(entry=entry, file=file, column=Column.CODE, listed=code, found=named),)
    return tuple(_differences(entry, file))


def _compared(entry: Entry, file: FoundFile) -> bool:
    return any(True for _ in _both(entry, file)) or _same_numbers(entry, file) is not None


def _differences(entry: Entry, file: FoundFile) -> Iterator[Difference]:
    if _same_numbers(entry, file) is False:
        stated = [file.stated[one] for one in _NUMBERS if one in file.stated]
        column = Column.REVISION if Column.REVISION in file.stated else Column.ISSUE
        yield Difference(
            entry=entry,
            file=file,
            column=column,
            listed=" / ".join(one for one in (entry.issue, entry.revision) if one),
            found=Stated(" / ".join(one.value for one in stated), stated[-1].source),
        )
    for column, listed, found in _both(entry, file):
        if not same_value(column, listed, found.value):
            yield Difference(entry=entry, file=file, column=column, listed=listed, found=found)


def _both(entry: Entry, file: FoundFile) -> Iterator[tuple[Column, str, Stated]]:
    """What both say, but for issue and revision; a day only where the file's is one."""
    effective = entry.effective and entry.effective.isoformat()
    issued, stated = entry.issued, file.stated.get(Column.ISSUED)
    if entry.revised and (not issued or (stated and day_of(stated.value) == entry.revised)):
        # Files of a revision have its day where those of an issue have that of the issue.
        issued = entry.revised
    given = [
        (Column.TITLE, entry.title),
        (Column.ISSUED, issued and issued.isoformat()),
        (Column.EFFECTIVE, effective),
    ]
    if entry.either_day and effective:
        # One day for both: it is the file's, be it there the one or the other.
        days = [column for column in (Column.EFFECTIVE, Column.ISSUED) if column in file.stated]
        same = [one for one in days if day_of(file.stated[one].value) == entry.effective]
        given[1:] = [(column, effective) for column in (same or days)[:1]]
    for column, listed in given:
        found = file.stated.get(column)
        if listed and found and (column is Column.TITLE or day_of(found.value)):
            yield column, listed, found


def _same_numbers(entry: Entry, file: FoundFile) -> bool | None:
    """Whether both state the same issue and revision; None where one states none.

    Where one side has two numbers and the other calls its only one a revision, that is the
    number of the revision; or of the issue, where the revision is 0, as offices that keep
    one number call it either way.
    """
    listed = revision_of(entry.issue, entry.revision)
    found = revision_of(_stated(file, Column.ISSUE), _stated(file, Column.REVISION))
    if listed == (None, None) or found == (None, None):
        return None
    both = [
        (ours, theirs)
        for ours, theirs in zip(listed, found, strict=True)
        if None not in (ours, theirs)
    ]
    if not both:
        return [one for one in listed if one is not None] == [
            one for one in found if one is not None
        ]
    whole, single = (listed, found) if None not in listed else (found, listed)
    if single[0] is None and not whole[1]:
        return single[1] in whole
    return all(ours == theirs for ours, theirs in both)


def _stated(file: FoundFile, column: Column) -> str | None:
    return file.stated[column].value if column in file.stated else None
