"""Changes of several files as one: all of them or none, even if the power fails in between.

What is to be written goes first into one journal file beside the register's files.
Once that file stands under its name, the change has happened: whoever reads the
register reads the journal's texts in the place of the files', and the next change
puts them into their files before anything else.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qms.problems import Place, Problem, RegisterError
from qms.store.files import unreadable
from qms.store.seal_files import FACTS
from qms.store.seal_files import FOLDER as SEALS
from qms.store.writing import replace_file, sweep, sync_folder, told
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["JOURNAL", "finish_pending_changes", "pending_changes", "write_files"]

#: The name of the journal in the register's folder.
JOURNAL = ".qms-journal.json"

_DAMAGED = Text(
    en="the journal of an unfinished change cannot be read",
    vi="không đọc được nhật ký của một thay đổi chưa hoàn tất",
)
_ASK = Text(
    en="Restore the register's folder from a copy, or delete this file to go back to the"
    " state before that change.",
    vi="Khôi phục thư mục sổ đăng ký từ bản sao, hoặc xóa tệp này để trở lại trạng thái trước"
    " thay đổi đó.",
)


def pending_changes(root: Path) -> dict[str, str]:
    """The texts, by file name, of a change that has happened but is not in its files yet.

    Raises:
        RegisterError: the journal or the folder cannot be read.
    """
    journal, content = root / JOURNAL, b""
    try:
        journal.stat()
        with suppress(OSError):
            content = journal.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise RegisterError([unreadable(error, str(root))]) from None
    import json  # takes a while to load, and a journal is left over seldom

    try:
        changes = json.loads(content)
    except ValueError:
        changes = None
    if not isinstance(changes, dict) or not all(
        _is_file_inside(name) and isinstance(text, str) for name, text in changes.items()
    ):
        raise RegisterError([Problem(what=_DAMAGED, place=Place(file=str(journal)), remedy=_ASK)])
    return changes


def _is_file_inside(name: str) -> bool:
    """Whether a name stays inside the folder, as every name that is written here does."""
    path = PurePosixPath(name)
    known = name.endswith(".toml") or name == f"{SEALS}/{FACTS}"
    return known and not path.is_absolute() and ".." not in path.parts


def finish_pending_changes(root: Path) -> None:
    """Put the texts of the journal into their files, and remove it.

    Raises:
        RegisterError: a file cannot be written; the journal stays.
    """
    changes = pending_changes(root)
    if not changes:
        return
    for name, text in changes.items():
        target = root / name
        with told(target):
            target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, (text.encode(),))
    with told(root / JOURNAL):
        (root / JOURNAL).unlink()
    sync_folder(root)


def write_files(root: Path, changes: Mapping[str, str]) -> None:
    """Write several files of a register's folder, all or none.

    Raises:
        RegisterError: they cannot be written; nothing was changed, or the journal
            keeps the whole change for the next time.
    """
    for name in (JOURNAL, *changes):
        sweep(root / name)
    if len(changes) == 1:
        ((name, text),) = changes.items()
        target = root / name
        with told(target):
            target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, (text.encode(),))
    elif changes:
        import json

        replace_file(root / JOURNAL, (json.dumps(changes, ensure_ascii=False).encode(),))
        finish_pending_changes(root)
