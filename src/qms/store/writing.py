"""Writing in one stroke: afterwards a file is the old one or the new one, never half of it."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from qms.problems import Place, Problem, RegisterError
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["replace_file", "sweep", "sync_folder", "told", "write_folder"]

_FULL = Text(en="the disk is full", vi="ổ đĩa đã đầy")
_FREE_SPACE = Text(
    en="Free some space and try again; nothing was changed.",
    vi="Giải phóng dung lượng rồi thử lại; chưa có gì bị thay đổi.",
)
_DENIED = Text(en="the right to write here is missing", vi="không có quyền ghi vào đây")
_ASK_RIGHT = Text(
    en="Ask its owner for the right to write; nothing was changed.",
    vi="Đề nghị người quản lý cấp quyền ghi; chưa có gì bị thay đổi.",
)
_NO_FOLDER = Text(en="there is no folder to write into", vi="không có thư mục để ghi vào")
_MAKE_FOLDER = Text(en="Make the folder first.", vi="Hãy tạo thư mục trước.")
_A_FOLDER = Text(en="it is a folder, not a file", vi="đây là thư mục, không phải tệp")
_NAME_A_FILE = Text(
    en="Name a file, for instance one in this folder.",
    vi="Hãy nêu tên tệp, chẳng hạn một tệp trong thư mục này.",
)
_NOT_WRITTEN = Text(en="this cannot be written: {reason}", vi="không ghi được: {reason}")
_TRY_AGAIN = Text(
    en="Check the disk or the network connection and try again; nothing was changed.",
    vi="Kiểm tra ổ đĩa hoặc kết nối mạng rồi thử lại; chưa có gì bị thay đổi.",
)


#: How many bytes of a name leave room for what is added to it while a file is written.
_ROOMY = 230


def replace_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file beside its place, flush it to the disk and put it into its place.

    Raises:
        RegisterError: it cannot be written; what was there before is still there.
    """
    import shutil

    with told(path):
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        beside = _beside(target)
        try:
            _write(beside, chunks)
            with suppress(FileNotFoundError):
                shutil.copymode(target, beside)
            beside.replace(target)
        except BaseException:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
        sync_folder(target.parent)


def write_folder(path: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write a new folder beside its place and put it there; the place is free or empty.

    Raises:
        RegisterError: it cannot be written; nothing is left behind.
    """
    import shutil

    with told(path):
        beside = _beside(path)
        try:
            beside.mkdir()
            for name, content in files:
                target = beside / name
                target.parent.mkdir(exist_ok=True)
                _write(target, (content,))
            if path.exists():
                path.rmdir()
            beside.rename(path)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        sync_folder(path.parent)


def _beside(path: Path) -> Path:
    """A free name beside a path.

    Not by the number of the process: in a container that is the same in every run, so that
    one would stumble over what another left when it was killed, or over one that is writing.
    """
    return path.with_name(f".{_shortened(path.name)}.{os.urandom(3).hex()}.new")


def _shortened(name: str) -> str:
    """A name with room for more behind it, where a file may have 255 bytes."""
    return name if len(os.fsencode(name)) <= _ROOMY else name[:50]


def sweep(path: Path) -> None:
    """Remove what a killed process left beside a file; for those who hold the register's lock."""
    from glob import escape

    for left in path.parent.glob(f".{escape(_shortened(path.name))}.*.new"):
        with suppress(OSError):
            left.unlink()


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk, where the system can do so."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Say in the reader's words why the operating system did not let a file be written.

    Raises:
        RegisterError: in the place of an ``OSError``.
    """
    try:
        yield
    except OSError as error:
        raise RegisterError([_unwritable(error, str(path))]) from None


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    with path.open("xb") as stream:
        stream.writelines(chunks)
        stream.flush()
        os.fsync(stream.fileno())


def _unwritable(error: OSError, name: str) -> Problem:
    place = Place(file=name)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Problem(what=_FULL, place=place, remedy=_FREE_SPACE)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return Problem(what=_DENIED, place=place, remedy=_ASK_RIGHT)
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return Problem(what=_NO_FOLDER, place=place, remedy=_MAKE_FOLDER)
    if error.errno == errno.EISDIR:
        return Problem(what=_A_FOLDER, place=place, remedy=_NAME_A_FILE)
    reason = os.strerror(error.errno or errno.EIO)
    return Problem(what=_NOT_WRITTEN.format(reason=reason), place=place, remedy=_TRY_AGAIN)
