"""Holding the files of controlled documents against the register.

Every document in force has its file inside the register's folder, byte for byte as it was
approved, with the right control block; no obsolete file stands unmarked where current ones
are used; and the register knows every file (ISO 9001:2015, 7.5.3).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from qms.asked import asked_about
from qms.dates import LAST_DAY
from qms.document_files import (
    STAMPED_ENDINGS,
    as_spelt,
    block_problems,
    document_files,
    fingerprint,
    name_within,
    root_of,
    shown_block,
    within,
)
from qms.external_documents import revisions_in_their_days
from qms.file_problems import FileProblem, FileProblemKind, Verification, is_archive
from qms.revisions import Revision, same_revision
from qms.terms import DocumentKind, RevisionState
from qms.text import Text

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from qms.model import Document, Register, StoredFile
    from qms.word.control_block import ControlBlock

__all__ = ["Recorded", "recorded_revisions", "verify_documents"]

#: A revision that is to be used now, or from a day that is settled.
_USED = (RevisionState.EFFECTIVE, RevisionState.ISSUED)
_ENDED = (
    RevisionState.EXPIRED,
    RevisionState.SUPERSEDED,
    RevisionState.WITHDRAWN,
    RevisionState.DISPOSED,
)
#: The names of folders in which approved files of the past are kept, without accents or blanks.

_REVISION = Text(en="{unit}, {code}, revision {number}", vi="{unit}, {code}, lần ban hành {number}")
_ELSEWHERE = Text(
    en=" (the approved bytes stand in {file})", vi=" (tệp đã phê duyệt đang nằm ở {file})"
)
_SIZES = Text(en=" ({now} bytes instead of {then})", vi=" ({now} byte, đúng ra là {then} byte)")
_CLAIMS = Text(
    en=", although its header says “{code}”, revision {number}",
    vi=", dù đầu trang ghi “{code}”, lần ban hành {number}",
)
_LINK = Text(
    en=", which is a link out of the register's folder",
    vi=", vốn là liên kết ra ngoài thư mục của sổ đăng ký",
)
_TOO_LONG = Text(
    en="the code or the title is longer than a header can show",
    vi="mã số hoặc tên tài liệu dài quá mức đầu trang có thể ghi",
)


class Recorded(Struct, frozen=True, kw_only=True):
    """A revision of a document of a unit, as the register knows it."""

    unit: str
    code: str
    document: Document
    revision: Revision

    @property
    def words(self) -> Text:
        """Which revision it is, in words."""
        return _REVISION.format(unit=self.unit, code=self.code, number=self.revision.number)

    def problem(
        self, kind: FileProblemKind, file: str = "", detail: Text | None = None, about: str = ""
    ) -> FileProblem:
        """Something that is wrong with its file."""
        return FileProblem(
            kind=kind,
            file=file or (self.revision.file.name if self.revision.file else ""),
            unit=self.unit,
            code=self.code,
            revision=self.revision.number,
            about=about,
            detail=detail or Text(en="", vi=""),
        )


def recorded_revisions(register: Register, on: date) -> tuple[Recorded, ...]:
    """Every revision of every document, as it stands on a day."""
    return tuple(
        Recorded(unit=key, code=code, document=document, revision=revision)
        for key, unit in register.units.items()
        for code, document in unit.documents.items()
        for revision in revisions_in_their_days(document, unit, on)
    )


def verify_documents(
    register: str | os.PathLike[str], *, on: date, only: Collection[str] | None = None
) -> Verification:
    """Hold the files of a register against what the register says of them.

    Args:
        register: The register, in any of its forms.
        on: The day; acts of later days do not count.
        only: The identifiers of the units asked about; all where left out.

    Raises:
        RegisterError: the register cannot be read, or does not have units that ``only`` names.
        TypeError: ``only`` is a single text.
        OSError: a file cannot be read.
    """
    from qms import store

    whole, root = store.load(register), root_of(register)
    units = set(asked_about(whole, only))
    known = recorded_revisions(whole, on)
    by_bytes = _by_bytes(known)
    found = _files_of(Path(register), root, known)
    prints = {
        path.resolve(): fingerprint(path)
        for path in found
        if path.resolve().is_relative_to(root.resolve())
    }
    problems = [
        problem
        for one in known
        if one.revision.state in _USED and one.unit in units
        if one.document.kind is not DocumentKind.EXTERNAL or one.revision.file is not None
        for problem in _of_used(one, root, by_bytes, prints)
    ]
    if only is None:
        later = _not_known_yet(recorded_revisions(whole, LAST_DAY), known)
        strays = _strays(root, known, by_bytes, prints, _papers(whole))
        problems += [one for one in strays if not _is_of(one.file, root, prints, later)]
        problems += _links_out(root, found, known)
    used = [one.revision.state for one in known if one.unit in units]
    return Verification(
        on=on,
        documents=used.count(RevisionState.EFFECTIVE),
        later=used.count(RevisionState.ISSUED),
        files=len(prints),
        problems=tuple(problems),
    )


def _files_of(register: Path, root: Path, known: tuple[Recorded, ...]) -> list[Path]:
    """The files of documents in a register's folder; beside a register of one file, those recorded."""
    kept = _folders(root, known)
    if register.is_dir():
        return list(document_files(root, kept))
    return [path for folder in kept for path in _files_in(folder, kept)]


def _by_bytes(known: Iterable[Recorded]) -> dict[str, Recorded]:
    """The revisions by the print of their file; where two share one, that which is used."""
    return {
        one.revision.file.sha256: one
        for one in sorted(known, key=lambda one: one.revision.state in _USED)
        if one.revision.file is not None and one.revision.file.sha256 is not None
    }


def _links_out(
    root: Path, found: Iterable[Path], known: Iterable[Recorded]
) -> Iterator[FileProblem]:
    """Files that people find in the folder and that are elsewhere; recorded ones are told already."""
    home = root.resolve()
    recorded = {one.revision.file.name for one in known if one.revision.file is not None}
    for path in found:
        if not path.resolve().is_relative_to(home):
            inside = (path.parent.resolve() / path.name).relative_to(home).as_posix()
            if inside not in recorded:
                yield FileProblem(kind=FileProblemKind.NO_RECORD, file=inside, detail=_LINK)


def _not_known_yet(
    ever: tuple[Recorded, ...], known: tuple[Recorded, ...]
) -> dict[str, set[str | None]]:
    """The names and sums of the files that are approved on a later day."""
    files = {one.revision.file for one in known}
    later = [one.revision.file for one in ever if one.revision.file not in files]
    return {
        "names": {file.name for file in later if file is not None},
        "sums": {file.sha256 for file in later if file is not None},
    }


def _is_of(
    name: str,
    root: Path,
    prints: Mapping[Path, tuple[str, int]],
    later: Mapping[str, set[str | None]],
) -> bool:
    """Whether a file is one that is approved on a later day; it is nothing unknown."""
    return name in later["names"] or prints[as_spelt(root.resolve() / name)][0] in later["sums"]


def _folders(root: Path, known: tuple[Recorded, ...]) -> list[Path]:
    """The folders in which files of documents are recorded to stand, the register's own left out."""
    named = [within(root, one.revision.file.name) for one in known if one.revision.file is not None]
    return sorted({path.parent for path in named if path is not None and path.parent.is_dir()})


def _files_in(folder: Path, kept: Collection[Path]) -> list[Path]:
    """The files of a folder itself, beside a register of one file."""
    return [path for path in document_files(folder, kept) if path.parent == folder]


def _papers(register: Register) -> set[str]:
    """The names of files that the register knows without their being documents."""
    papers: list[StoredFile] = []
    for unit in register.units.values():
        papers += [paper for audit in unit.audits.values() for paper in audit.papers]
        papers += [held.minutes for held in unit.reviews.values() if held.minutes is not None]
    return {paper.name for paper in papers}


# --- documents in force ----------------------------------------------------------------------


def _of_used(
    one: Recorded,
    root: Path,
    by_bytes: Mapping[str, Recorded],
    prints: Mapping[Path, tuple[str, int]],
) -> Iterator[FileProblem]:
    """What is wrong with the file of a document in force."""
    file = one.revision.file
    if file is None:
        yield one.problem(FileProblemKind.NO_FILE_RECORDED)
        return
    path = within(root, file.name)
    if path is None:
        yield one.problem(FileProblemKind.OUTSIDE)
        return
    if not path.is_file():
        yield one.problem(FileProblemKind.MISSING, detail=_elsewhere(file, root, prints))
        return
    if file.sha256 is None:
        yield one.problem(FileProblemKind.NO_FINGERPRINT)
    else:
        sha256, size = prints.get(path.resolve()) or fingerprint(path)
        other = by_bytes.get(sha256)
        if sha256 != file.sha256 and other is not None:
            # That its header is another's follows from this.
            yield one.problem(FileProblemKind.SWAPPED, detail=other.words)
            return
        if sha256 != file.sha256:
            yield one.problem(FileProblemKind.CHANGED, detail=_sizes(size, file.size))
    yield from _of_header(one, path)


def _sizes(now: int, then: int | None) -> Text | None:
    """The two sizes of a file, where they differ."""
    from qms.report.sentences import grouped

    if then is None or now == then:
        return None
    return _SIZES.format(now=grouped(now), then=grouped(then))


def _elsewhere(file: StoredFile, root: Path, prints: Mapping[Path, tuple[str, int]]) -> Text | None:
    """Where the bytes of a missing file stand under another name, if they do."""
    for path, (sha256, _) in prints.items():
        if sha256 == file.sha256:
            return _ELSEWHERE.format(file=name_within(root, path))
    return None


def _of_header(one: Recorded, path: Path) -> Iterator[FileProblem]:
    """In what a Word file does not carry the control block of its revision."""
    from qms.word.refusal import Refused

    if path.suffix.casefold() not in STAMPED_ENDINGS:
        return
    try:
        for problem in block_problems(path, one.document, one.code, one.revision):
            yield one.problem(
                FileProblemKind.HEADER, detail=problem.message, about=problem.kind.value
            )
    except Refused as refused:
        yield one.problem(FileProblemKind.UNREADABLE, detail=refused.reason)
    except ValueError:
        yield one.problem(FileProblemKind.HEADER, detail=_TOO_LONG)


# --- all other files -------------------------------------------------------------------------


def _strays(
    root: Path,
    known: tuple[Recorded, ...],
    by_bytes: Mapping[str, Recorded],
    prints: Mapping[Path, tuple[str, int]],
    papers: Collection[str],
) -> Iterator[FileProblem]:
    """What is wrong with the files that are not those of documents in force."""
    used = {
        path.resolve()
        for one in known
        if one.revision.state not in _ENDED and one.revision.file is not None
        if (path := within(root, one.revision.file.name)) is not None
    }
    for path, (sha256, _) in prints.items():
        name = name_within(root, path)
        if path in used or name in papers:
            continue
        same = by_bytes.get(sha256)
        if same is not None:
            if same.revision.state in _ENDED and not _archived(path, root):
                yield same.problem(FileProblemKind.UNMARKED_OBSOLETE, name, same.words)
        elif path.suffix.casefold() in STAMPED_ENDINGS:
            yield from _stray_word_file(path, name, known, archived=_archived(path, root))
        else:
            yield FileProblem(kind=FileProblemKind.NO_RECORD, file=name)


def _archived(path: Path, root: Path) -> bool:
    inner = path.relative_to(root.resolve()).parent
    return any(is_archive(folder) for folder in (inner, *inner.parents))


def _stray_word_file(
    path: Path, name: str, known: tuple[Recorded, ...], *, archived: bool
) -> Iterator[FileProblem]:
    """What is wrong with a Word file whose bytes were never approved, judged by its header."""
    from qms.word.refusal import Refused

    try:
        shown = shown_block(path)
        claimed = _claimed(shown, known)
        if claimed is None:
            yield FileProblem(
                kind=FileProblemKind.NO_RECORD,
                file=name,
                detail=_claim(shown) or Text(en="", vi=""),
            )
        elif claimed.revision.state in _ENDED:
            if not archived and _is_unmarked(path, claimed):
                yield claimed.problem(FileProblemKind.UNMARKED_OBSOLETE, name, claimed.words)
        elif claimed.revision.approved is not None:
            yield claimed.problem(FileProblemKind.NO_RECORD, name, _claim(shown))
    except Refused as refused:
        yield FileProblem(kind=FileProblemKind.UNREADABLE, file=name, detail=refused.reason)


def _claimed(shown: ControlBlock | None, known: tuple[Recorded, ...]) -> Recorded | None:
    """The revision that a header says it is; None where the register has no such."""
    if shown is None:
        return None
    for one in known:
        if shown.code == one.code and same_revision(shown.revision, one.revision.number):
            return one
    return None


def _claim(shown: ControlBlock | None) -> Text | None:
    if shown is None:
        return None
    return _CLAIMS.format(code=shown.code, number=shown.revision)


def _is_unmarked(path: Path, one: Recorded) -> bool:
    """Whether a page of a copy of an ended revision lacks the watermark."""
    from qms.word.verification import BlockProblemKind

    found = block_problems(path, one.document, one.code, one.revision)
    return any(problem.kind is BlockProblemKind.NO_WATERMARK for problem in found)
