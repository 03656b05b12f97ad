"""What no result is written over: what is read, and what the register keeps as evidence.

A report in the place of an approved document, or of the chain of seals, would destroy what
nobody can write again (ISO 9001:2015, 7.5.3).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qms.cli.bilingual import Mistake, sentence
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import click

    from qms.model import StoredFile, Unit

#: The endings of Word files, which no register has.
WORD_ENDINGS = (".docx", ".dotx", ".docm", ".dotm", ".doc", ".dot", ".odt", ".ott", ".rtf")

__all__ = ["WORD_ENDINGS", "spare_recorded", "spare_what_is_read"]

_IS_READ = Text(
    en="--output: {file} belongs to what is read here ({read}) and is not written over; "
    "name another file.",
    vi="--output: {file} thuộc dữ liệu đang được đọc ({read}) nên không ghi đè; "
    "hãy nêu tên tệp khác.",
)
_ARE_KEPT = Text(
    en="What the register ({read}) keeps as an approved document, as another recorded file or as "
    "a seal is not written over: {files}; name another file.",
    vi="Không ghi đè tài liệu đã phê duyệt, tệp khác đã ghi nhận hoặc niêm phong của sổ đăng ký "
    "({read}): {files}; hãy nêu tên tệp khác.",
)
#: The parameters that name a register, and those that name a folder of documents.
_REGISTERS = {"register", "target", "into"}
_FOLDERS = {"folder"}
#: The keys under which a unit records files.
_HOLDERS = ("file", "papers", "minutes")


def spare_what_is_read(ctx: click.Context, output: Path) -> None:
    """Refuse to write a result over what it is about.

    Args:
        ctx: The command, with what was typed.
        output: The file that it is to write.

    Raises:
        Mistake: the file is the register, the list or the file that is read, or is kept by
            the register.
        RegisterError: whether it is kept cannot be told, as the register does not load.
    """
    registers = []
    for name, given in ctx.params.items():
        for one in given if isinstance(given, tuple) else (given,):
            if name == "output" or not isinstance(one, Path):
                continue
            word = one.suffix.casefold() in WORD_ENDINGS
            same = output.resolve() == one.resolve()
            if word and same and name == "target" and ctx.command.name == "stamp":
                return  # to write into the file is what stamping is for; it has its own guard
            if _is_part(output, one) or (name in _FOLDERS and _is_file_in(output, one)):
                raise Mistake(sentence(_IS_READ, file=str(output), read=str(one)), ctx)
            if name in _REGISTERS and not word and one.exists():
                registers.append(one)
    spare_recorded([output], registers)


def spare_recorded(files: Iterable[Path], registers: Iterable[Path] = ()) -> None:
    """Refuse to write over what a register keeps: approved files, papers, minutes and seals.

    Args:
        files: The files or folders that are to be written.
        registers: The registers that are read. One whose folder is around a file is found.

    Raises:
        Mistake: a register keeps such a file.
        RegisterError: a register does not load.
    """
    places = {file: file.resolve() for file in files}
    known = {one.resolve(): one for one in registers}
    known |= {one: one for place in places.values() for one in _around(place)}
    for register in known.values():
        kept = sorted(set(_kept(places, register)))
        if kept:
            words = {"files": ", ".join(map(str, kept)), "read": register.resolve().name}
            raise Mistake(sentence(_ARE_KEPT, **words))


def _is_part(output: Path, read: Path) -> bool:
    """Whether a file is what is read, or one of the sheets of a folder that is read."""
    output, read = output.resolve(), read.resolve()
    return (output == read and read.is_file()) or (
        output.suffix.casefold() == ".toml" and read in output.parents
    )


def _is_file_in(output: Path, folder: Path) -> bool:
    return output.is_file() and folder.resolve() in output.resolve().parents


def _around(place: Path) -> Iterator[Path]:
    """The register in whose folder a file stands."""
    from qms.store.folder import ROOT_FILE

    for folder in place.parents:
        if (folder / ROOT_FILE).is_file():
            yield folder
            return


def _kept(places: Mapping[Path, Path], register: Path) -> Iterator[Path]:
    """The files that are seals of a register, or that it has recorded by name or by content."""
    from qms import store
    from qms.document_files import fingerprint, root_of, within
    from qms.store.seal_files import seal_folder

    seals, root = seal_folder(register).resolve(), root_of(register).resolve()
    yield from (file for file, one in places.items() if seals in {one, *one.parents})
    inside = {one: file for file, one in places.items() if one.is_file() and root in one.parents}
    held = {fingerprint(one)[0]: file for one, file in inside.items()}
    for unit in store.iter_units(register, keys=_HOLDERS) if inside else ():
        for stored in _stored(unit):
            path = within(root, stored.name)
            named = None if path is None else inside.get(path.resolve())
            yield from (one for one in (named, held.get(stored.sha256 or "")) if one is not None)


def _stored(unit: Unit) -> Iterator[StoredFile]:
    """The files that a unit has recorded."""
    for document in unit.documents.values():
        yield from (event.file for event in document.history if event.file is not None)
    for audit in unit.audits.values():
        yield from audit.papers
    yield from (review.minutes for review in unit.reviews.values() if review.minutes is not None)
