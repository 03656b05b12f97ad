"""Writing the control block of a revision into its file, as the register says it should be.

A draft is stamped before it is approved: what circulates is then byte for byte what was
approved.  An approved file is never changed.  A copy of an ended revision is marked as
obsolete, and the approved file itself is kept in the folder ``archive``.
"""

from __future__ import annotations

import re
from itertools import chain, count
from typing import TYPE_CHECKING
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from qms.dates import LAST_DAY
from qms.document_files import (
    STAMPED_ENDINGS,
    as_spelt,
    block_problems,
    document_files,
    expected_block,
    fingerprint,
    name_within,
    root_of,
    stored_file,
)
from qms.problems import Place, Problem, RegisterError
from qms.revisions import draft_first, revisions, same_revision
from qms.terms import RevisionState
from qms.text import Text

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from qms.model import Document, Register
    from qms.revisions import Revision
    from qms.word.control_block import ControlBlock

__all__ = ["Stamped", "file_of_draft", "refuse_approved", "stamp_revision"]

_DRAFTS = (RevisionState.DRAFTED, RevisionState.REVIEWED)
_KEPT = (RevisionState.APPROVED, RevisionState.ISSUED, RevisionState.EFFECTIVE)
_NOT_ENDED = (*_DRAFTS, *_KEPT)

_NO_RECORD = Text(
    en="the register has no document “{code}” of the unit “{unit}”",
    vi="sổ đăng ký không có tài liệu “{code}” của đơn vị “{unit}”",
)
_CORRECT_NAME = Text(en="Correct the unit or the code.", vi="Sửa lại mã đơn vị hoặc mã tài liệu.")
_NO_REVISION = Text(
    en="no revision {number} of it is recorded by {day}",
    vi="đến ngày {day} chưa ghi nhận lần ban hành {number} của tài liệu",
)
_WHICH_FILE = Text(
    en="it is not clear which file of revision {number} is meant: {files}",
    vi="chưa rõ tệp nào là tệp của lần ban hành {number}: {files}",
)
_NO_FILE = Text(
    en="no Word file of revision {number} was found: one whose name begins with {code} and that "
    "belongs to no other revision",
    vi="không tìm thấy tệp Word của lần ban hành {number}: tệp có tên bắt đầu bằng {code} và không "
    "thuộc lần ban hành khác",
)
_NAME_FILE = Text(
    en="Name it with --file; where only paper is approved, say so with --paper.",
    vi="Chỉ ra tệp bằng --file; nếu chỉ phê duyệt bản giấy thì nêu --paper.",
)
_SETTLED = Text(
    en="revision {number} is no draft: the register says from which day it is in force",
    vi="lần ban hành {number} không phải dự thảo: ngày hiệu lực lấy theo sổ đăng ký",
)
_LEAVE_OUT = Text(en="Leave the day of effect out.", vi="Không nêu ngày hiệu lực.")
_APPROVED_STAYS = Text(
    en="revision {number} is approved, and stamping would change the approved file: {why}",
    vi="lần ban hành {number} đã được phê duyệt; ghi khung kiểm soát sẽ làm thay đổi tệp: {why}",
)
_NEXT_REVISION = Text(
    en="Put the approved file back, or draft the next revision and stamp that.",
    vi="Khôi phục tệp đã phê duyệt, hoặc soạn thảo lần kế tiếp rồi ghi khung kiểm soát.",
)
_CHANGED = Text(
    en="the file is not byte for byte the approved one",
    vi="tệp không còn nguyên vẹn như khi phê duyệt",
)
_IS_APPROVED = Text(
    en="this is the approved file of {code}, revision {number}, in the register {register}; "
    "an approved file is never changed",
    vi="đây là tệp đã phê duyệt của {code}, lần ban hành {number}, trong sổ đăng ký {register}; "
    "tệp đã phê duyệt không bao giờ bị thay đổi",
)
_MARK_A_COPY = Text(
    en="Write a marked copy elsewhere (--output). Where the revision has ended, record that first "
    "(qms document withdraw, or issue the next one) and name the register, the unit and the code.",
    vi="Ghi bản đánh dấu ra tệp khác (--output). Nếu lần ban hành đã hết hiệu lực thì ghi nhận trước "
    "(qms document withdraw, hoặc ban hành lần kế tiếp) rồi nêu sổ đăng ký, đơn vị và mã tài liệu.",
)
_OWN_FILE = Text(
    en="Give this revision a file of its own and name it with --file, or write elsewhere (--output).",
    vi="Dùng tệp riêng cho lần ban hành này và nêu bằng --file, hoặc ghi ra tệp khác (--output).",
)
_TOO_LONG = Text(
    en="the header cannot show this: {why}", vi="đầu trang không thể ghi nội dung này: {why}"
)
_SHORTEN = Text(
    en="Shorten the code or the title in the register.",
    vi="Rút gọn mã số hoặc tên tài liệu trong sổ đăng ký.",
)


class Stamped(Struct, frozen=True, kw_only=True):
    """What came of stamping a file.

    Attributes:
        path: The file that was written, or that carried its block already.
        block: The control block that it carries.
        changed: Whether it was written.
        archived: Where the approved file of an ended revision is kept now; None where
            nothing had to be kept.
    """

    path: Path
    block: ControlBlock
    changed: bool
    archived: Path | None = None


def stamp_revision(
    register: str | os.PathLike[str],
    unit: str,
    code: str,
    *,
    on: date,
    revision: str | None = None,
    effective: date | None = None,
    file: str | os.PathLike[str] | None = None,
    output: Path | None = None,
) -> Stamped:
    """Write the control block of a revision into its Word file.

    Args:
        register: The register, in any of its forms.
        unit: The identifier of the unit.
        code: The code of the document.
        on: The day on which the register is read.
        revision: The number of the revision; where left out, the draft if there is one,
            or else the latest revision.
        effective: For a draft: the first day on which it is to be in force. Without it
            the header says that the file is a draft.
        file: The file; where left out, the recorded one, or for a draft the only file in
            the register's folder whose name begins with the code.
        output: Where to write instead of changing the file.

    Raises:
        RegisterError: there is no such revision or file, the file is an approved one that
            stamping would change, or a day of effect is given for what is no draft; nothing
            was changed.
        Refused: the file is not safe, not a .docx or .dotx, signed, or carries macros.
    """
    from qms import store

    root, whole = root_of(register), store.load(register)
    document = _document(whole, unit, code)
    chosen = _chosen(document, revisions(document, on), revision, on)
    if effective is not None and chosen.state not in _DRAFTS:
        what = _SETTLED.format(number=chosen.number)
        raise RegisterError([Problem(what=what, remedy=_LEAVE_OUT)])
    others = _approved_elsewhere(whole, unit, code, chosen)
    path = _file_of(root, (code, *_longer(whole, code)), chosen, others, file)
    if chosen.state in _KEPT:
        return _as_approved(path, document, code, chosen)
    if chosen.state in _DRAFTS:
        chosen = replace(chosen, effective=effective)
    _refuse_other(root, output or path, others)
    return _written(root, path, chosen, _block(document, code, chosen), output)


def refuse_approved(path: Path, *, on: date) -> None:
    """Refuse to change a file that a register around it knows as approved and not ended.

    Args:
        path: The file.
        on: The day by which the revision may have ended.

    Raises:
        RegisterError: the file is such a one, or the register cannot be read.
    """
    from qms import store
    from qms.store.folder import ROOT_FILE

    around = path.resolve().parents
    root = next((folder for folder in around if (folder / ROOT_FILE).is_file()), None)
    if root is None or not path.is_file():
        return
    sha256 = fingerprint(path)[0]
    for unit in store.load(root).units.values():
        for code, document in unit.documents.items():
            ended = {one.number for one in revisions(document, on) if one.state not in _NOT_ENDED}
            for one in revisions(document, LAST_DAY):
                approved = one.file is not None and one.file.sha256 == sha256
                if approved and one.number not in ended:
                    what = _IS_APPROVED.format(code=code, number=one.number, register=root.name)
                    place = Place(file=str(path))
                    raise RegisterError([Problem(what=what, place=place, remedy=_MARK_A_COPY)])


def file_of_draft(
    register: str | os.PathLike[str],
    unit: str,
    code: str,
    *,
    on: date,
    revision: str | None = None,
) -> Path:
    """The Word file of a draft, where the register's folder holds only one that it can be.

    Args:
        register: The register, in any of its forms.
        unit: The identifier of the unit.
        code: The code of the document.
        on: The day on which the register is read.
        revision: The number of the revision; the draft where left out.

    Raises:
        RegisterError: there is no such revision, no such file, or several.
    """
    from qms import store

    whole = store.load(register)
    document = _document(whole, unit, code)
    chosen = _chosen(document, revisions(document, on), revision, on)
    others = _approved_elsewhere(whole, unit, code, chosen)
    return _file_of(root_of(register), (code, *_longer(whole, code)), chosen, others, None)


def _longer(register: Register, code: str) -> Iterator[str]:
    """The codes of other documents that begin with a code, as those of forms often do."""
    known = {one for unit in register.units.values() for one in unit.documents}
    return (one for one in known if one != code and _begins(code, one))


def _begins(code: str, name: str) -> bool:
    """Whether a name begins with a code: QT-05 v2.docx with QT-05, and QT-051.docx not."""
    return re.match(rf"{re.escape(code)}(?![^\W_])", name, re.IGNORECASE) is not None


class _Approved(Struct, frozen=True, kw_only=True):
    """A file that was approved, and what it was approved for."""

    name: str
    sha256: str | None
    code: str
    number: str
    own: bool


def _approved_elsewhere(
    register: Register, unit: str, code: str, chosen: Revision
) -> tuple[_Approved, ...]:
    """The approved files of all other revisions: of this document, and of those of every unit.

    Whatever day is asked about: the files are those of today.
    """
    own = (unit, code, None if chosen.file is None else chosen.number)
    return tuple(
        _Approved(
            name=normalize("NFC", one.file.name),
            sha256=one.file.sha256,
            code=other,
            number=one.number,
            own=(name, other) == (unit, code),
        )
        for name, held in register.units.items()
        for other, document in held.documents.items()
        for one in revisions(document, LAST_DAY)
        if one.file is not None and (name, other, one.number) != own
    )


def _refuse_other(root: Path, target: Path, others: tuple[_Approved, ...]) -> None:
    """Refuse to write over what was approved as something else.

    Raises:
        RegisterError: it would be.
    """
    if not target.is_file() or not target.resolve().is_relative_to(root.resolve()):
        return
    name, sha256 = name_within(root, target), fingerprint(target)[0]
    for one in others:
        if one.name == name and one.sha256 in {None, sha256}:
            what = _IS_APPROVED.format(code=one.code, number=one.number, register=root.name)
            place = Place(file=str(target))
            raise RegisterError([Problem(what=what, place=place, remedy=_OWN_FILE)])


def _document(register: Register, unit: str, code: str) -> Document:
    """A document of a unit.

    Raises:
        RegisterError: there is none.
    """
    held = register.units.get(unit)
    document = None if held is None else held.documents.get(code)
    if document is None:
        what = _NO_RECORD.format(code=code, unit=unit)
        raise RegisterError([Problem(what=what, remedy=_CORRECT_NAME)])
    return document


def _chosen(
    document: Document, known: tuple[Revision, ...], number: str | None, on: date
) -> Revision:
    """The revision to stamp.

    Raises:
        RegisterError: there is none.
    """
    from qms.dates import day_in_words

    if number is not None:
        known = tuple(one for one in known if same_revision(one.number, number))
    if not known:
        what = _NO_REVISION.format(number=number or "", day=day_in_words(on))
        raise RegisterError([Problem(what=what, remedy=draft_first(document, number))])
    return next((one for one in known if one.state in _DRAFTS), known[-1])


def _file_of(
    root: Path,
    codes: tuple[str, ...],
    chosen: Revision,
    others: tuple[_Approved, ...],
    file: str | os.PathLike[str] | None,
) -> Path:
    """The file to stamp.

    Args:
        root: The register's folder.
        codes: The code of the document, and those of others that begin with it.
        chosen: The revision.
        others: The approved files of all other revisions.
        file: The file that was named, if one was.

    Raises:
        RegisterError: it is not there, not inside the register's folder, or not clear.
    """
    if file is not None:
        return as_spelt(root / stored_file(root, file).name)
    if chosen.file is not None:
        return as_spelt(root / stored_file(root, root / chosen.file.name).name)
    found = _candidates(root, codes, chosen, others)
    if len(found) == 1:
        return found[0]
    names = ", ".join(name_within(root, path) for path in found)
    what = _WHICH_FILE if found else _NO_FILE
    raise RegisterError(
        [
            Problem(
                what=what.format(number=chosen.number, files=names, code=codes[0]),
                remedy=_NAME_FILE,
            )
        ]
    )


def _candidates(
    root: Path, codes: tuple[str, ...], chosen: Revision, others: tuple[_Approved, ...]
) -> list[Path]:
    """The Word files whose names begin with the first code and no other, and that are not taken.

    A copy that nobody has worked on yet holds the bytes of the revision before; it is the
    one that is meant where its name ends in the number of the revision.
    """
    code, *longer = codes
    names, sums = {one.name for one in others}, {one.sha256 for one in others if one.own}
    free = [
        path
        for path in document_files(root)
        if path.suffix.casefold() in STAMPED_ENDINGS
        and _begins(code, normalize("NFC", path.name))
        and not any(_begins(one, normalize("NFC", path.name)) for one in longer)
        and name_within(root, path) not in names
    ]
    own = [path for path in free if fingerprint(path)[0] not in sums]
    ending = re.compile(rf"[^0-9.]0*{re.escape(chosen.number.lstrip('0'))}$")
    return own or [path for path in free if ending.search(path.stem[len(code) :])]


def _block(document: Document, code: str, chosen: Revision) -> ControlBlock:
    """The control block of a revision.

    Raises:
        RegisterError: its words are longer than a header can show.
    """
    try:
        return expected_block(document, code, chosen)
    except ValueError as error:
        what = _TOO_LONG.format(why=str(error))
        raise RegisterError([Problem(what=what, remedy=_SHORTEN)]) from None


def _as_approved(path: Path, document: Document, code: str, chosen: Revision) -> Stamped:
    """An approved file that carries its block already.

    Raises:
        RegisterError: it does not, or it is not the approved file.
    """
    approved = None if chosen.file is None else chosen.file.sha256
    whys = [] if fingerprint(path)[0] == approved else [_CHANGED]
    if not whys and chosen.effective is not None:
        whys = [one.message for one in block_problems(path, document, code, chosen)]
    if not whys:
        return Stamped(path=path, block=_block(document, code, chosen), changed=False)
    raise RegisterError(
        Problem(
            what=_APPROVED_STAYS.format(number=chosen.number, why=why),
            place=Place(file=str(path)),
            remedy=_NEXT_REVISION,
        )
        for why in whys
    )


def _written(
    root: Path, path: Path, chosen: Revision, block: ControlBlock, output: Path | None
) -> Stamped:
    """Write the stamped file; the approved bytes of an ended revision are kept first."""
    from qms.store.writing import replace_file, told
    from qms.word.stamp import stamp

    before = path.read_bytes()
    after = stamp(path, block)
    target = output or path
    if after == before and target == path:
        return Stamped(path=path, block=block, changed=False)
    archived = None
    approved = chosen.file
    if output is None and approved is not None and fingerprint(path)[0] == approved.sha256:
        archived = _archive_of(root / "archive" / approved.name, chosen.number, before)
        with told(archived):
            archived.parent.mkdir(parents=True, exist_ok=True)
        replace_file(archived, (before,))
    replace_file(target, (after,))
    return Stamped(path=target, block=block, changed=True, archived=archived)


def _archive_of(path: Path, number: str, content: bytes) -> Path:
    """Where a file is kept: under its own name, unless another revision had the same."""
    others = (path.with_stem(f"{path.stem}_{number}{'_' * more}") for more in count())
    free = (one for one in chain([path], others) if not one.exists() or one.read_bytes() == content)
    return next(free)
