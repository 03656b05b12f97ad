"""The files of controlled documents: where they stand, what they hold, what their headers say.

A register's files stand in its folder, or beside it where the register is one file.
"""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from unicodedata import normalize

from qms.file_problems import is_left_behind
from qms.model import StoredFile
from qms.problems import Place, Problem, RegisterError
from qms.revisions import same_revision
from qms.terms import RevisionState
from qms.text import Language, Text

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterator
    from datetime import date

    from qms.model import Document
    from qms.revisions import Revision
    from qms.word.control_block import ControlBlock
    from qms.word.verification import BlockProblem

__all__ = [
    "DOCUMENT_ENDINGS",
    "STAMPED_ENDINGS",
    "as_spelt",
    "block_problems",
    "day_shown",
    "document_files",
    "expected_block",
    "fingerprint",
    "language_of_document",
    "name_within",
    "root_of",
    "shown_block",
    "stored_file",
    "within",
]

#: The endings of files that may be controlled documents.
DOCUMENT_ENDINGS = frozenset(
    {
        ".docx",
        ".dotx",
        ".docm",
        ".dotm",
        ".doc",
        ".dot",
        ".odt",
        ".ott",
        ".rtf",
        ".pdf",
        ".xlsx",
        ".xlsm",
        ".xltx",
        ".xls",
        ".ods",
        ".ots",
        ".pptx",
        ".ppt",
        ".odp",
        ".vsdx",
        ".txt",
        ".html",
        ".htm",
    }
)
#: The endings of files that carry a control block.
STAMPED_ENDINGS = frozenset({".docx", ".dotx", ".docm", ".dotm"})

_NO_FILE = Text(en="there is no such file", vi="không có tệp này")
_NAME_FILE = Text(
    en="Name a file in the folder of the register.",
    vi="Hãy chỉ ra một tệp nằm trong thư mục của sổ đăng ký.",
)
_OUTSIDE = Text(
    en="the file is not inside the folder of the register ({root})",
    vi="tệp không nằm trong thư mục của sổ đăng ký ({root})",
)
_COPY = Text(
    en="Copy it into that folder first, and name the copy.",
    vi="Hãy sao chép tệp vào thư mục đó trước, rồi nêu bản sao.",
)


def root_of(register: str | os.PathLike[str]) -> Path:
    """The folder in which the files of a register stand."""
    path = Path(register)
    return path if path.is_dir() else path.parent


def within(root: Path, name: str) -> Path | None:
    """The file of a name inside a folder; None where the name or a link leads out of it.

    A name may be typed with composed or with decomposed letters, as some systems do to files.
    """
    parts = PurePosixPath(name.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or (parts.parts and ":" in parts.parts[0]):
        return None
    path = as_spelt(root.joinpath(*parts.parts))
    return path if path.resolve().is_relative_to(root.resolve()) else None


def as_spelt(path: Path) -> Path:
    """A path as the folders spell it, where they spell its letters composed or decomposed."""
    if path.exists() or path.parent == path:
        return path
    folder, name = as_spelt(path.parent), normalize("NFC", path.name)
    if not folder.is_dir():
        return path
    alike = (one for one in folder.iterdir() if normalize("NFC", one.name) == name)
    return next(alike, folder / path.name)


def name_within(root: Path, path: Path) -> str:
    """The name of a file inside a folder, as it is recorded: with composed letters."""
    return normalize("NFC", path.resolve().relative_to(root.resolve()).as_posix())


def fingerprint(path: Path) -> tuple[str, int]:
    """The SHA-256 of a file, in hexadecimal digits, and its size in bytes.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
        return digest.hexdigest(), stream.tell()


def stored_file(root: Path, file: str | os.PathLike[str]) -> StoredFile:
    """A file as it is now, named by its path inside the register's folder.

    Args:
        root: The register's folder.
        file: The file, from where the person stands or from the register's folder.

    Raises:
        RegisterError: there is no such file, or it is not inside the folder.
    """
    given = Path(file)
    there = [one.resolve() for one in map(as_spelt, (given, root / given)) if one.is_file()]
    place = Place(file=str(file))
    if not there:
        raise RegisterError([Problem(what=_NO_FILE, place=place, remedy=_NAME_FILE)])
    resolved = next((one for one in there if one.is_relative_to(root.resolve())), None)
    if resolved is None:
        what = _OUTSIDE.format(root=root)
        raise RegisterError([Problem(what=what, place=place, remedy=_COPY)])
    sha256, size = fingerprint(resolved)
    return StoredFile(name=name_within(root, resolved), sha256=sha256, size=size)


def document_files(root: Path, kept: Collection[Path] = ()) -> Iterator[Path]:
    """The files in a folder, at any depth, that may be controlled documents; in order.

    Hidden files and folders, and what programs leave beside an open file, are passed over.

    Args:
        root: The folder.
        kept: Folders in which documents are kept, so that every file there may be one,
            whatever its ending; but not the files of the register itself.
    """
    for path in sorted(root.iterdir()):
        if path.name.startswith((".", "~$")):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from document_files(path, kept)
        elif path.is_file() and not is_left_behind(path.name) and _may_be_document(path, kept):
            yield path


def _may_be_document(path: Path, kept: Collection[Path]) -> bool:
    ending = path.suffix.casefold()
    return ending in DOCUMENT_ENDINGS or (path.parent in kept and ending not in _OF_REGISTERS)


#: The endings of registers, and of what stands beside them.
_OF_REGISTERS = frozenset({".toml", ".json", ".ndjson", ".lock", ".md"})


# --- the control block -----------------------------------------------------------------------


def language_of_document(document: Document) -> Language:
    """The language of a document's header: its own, or else that in which its title stands."""
    named = (document.language or "").casefold()
    if named.startswith(("en", "anh", "tiếng anh")):
        return Language.ENGLISH
    return Language.VIETNAMESE if named or document.title.vi else Language.ENGLISH


def expected_block(
    document: Document, code: str, revision: Revision, shown: ControlBlock | None = None
) -> ControlBlock:
    """The control block that a revision's file should carry.

    A file is stamped before it is approved, for the days on which it is in force: that is
    what its block says from the day of approval until the revision ends.

    Args:
        document: The document.
        code: Its code.
        revision: The revision; one without a first day in force is a draft.
        shown: The block that the file carries; a title in the other language of the register
            and a number written in another way (1 for 01) are as good.

    Raises:
        ValueError: the code or the title is longer than a header can show.
    """
    from qms.word.control_block import ControlBlock, ControlStatus

    language = language_of_document(document)
    title, number = document.title.in_(language), revision.number
    if shown is not None:
        title = shown.title if shown.title in document.title.words else title
        number = shown.revision if same_revision(shown.revision, number) else number
    status = ControlStatus.IN_FORCE
    if revision.state is RevisionState.WITHDRAWN:
        status = ControlStatus.WITHDRAWN
    elif revision.state is RevisionState.EXPIRED:
        status = ControlStatus.EXPIRED
    elif revision.state in _OBSOLETE:
        status = ControlStatus.SUPERSEDED
    elif revision.effective is None:
        status = ControlStatus.DRAFT
    return ControlBlock(
        code=code,
        title=title,
        revision=number,
        effective=revision.effective,
        status=status,
        language=language,
    )


_OBSOLETE = {RevisionState.SUPERSEDED, RevisionState.DISPOSED}


def block_problems(
    path: Path, document: Document, code: str, revision: Revision
) -> tuple[BlockProblem, ...]:
    """In what a file does not carry the control block of a revision.

    Raises:
        Refused: the file is not safe to open, or not a Word file.
    """
    from qms.word.guard import open_guarded
    from qms.word.verification import read_control_block, verify_control_block

    package = open_guarded(path)
    reading = read_control_block(package)
    shown = reading.block or reading.recorded
    return verify_control_block(package, expected_block(document, code, revision, shown))


def shown_block(path: Path) -> ControlBlock | None:
    """The control block that a Word file shows on its pages or records; None where it has none.

    Raises:
        Refused: the file is not safe to open, or not a Word file.
    """
    from qms.word.verification import read_control_block

    reading = read_control_block(path)
    return reading.block or reading.recorded


def day_shown(root: Path, file: StoredFile | None) -> date | None:
    """The first day in force that the header of a stored Word file shows, if it shows one."""
    from qms.word.refusal import Refused

    path = None if file is None else within(root, file.name)
    if path is None or path.suffix.casefold() not in STAMPED_ENDINGS:
        return None
    try:
        shown = shown_block(path)
    except Refused:
        return None
    return None if shown is None else shown.effective
