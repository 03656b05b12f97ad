"""A register as a folder of TOML: one table spread over files.

A folder is a table and a file is a table; both are named by their key in the
table above.  ``units/skhcn.toml`` may hold a whole unit, or the folder
``units/skhcn`` may hold its tables (``documents/QT-05.toml``), or both may
stand side by side and hold different keys.  ``register.toml`` holds keys of the
register itself.  Whatever is not TOML, and whatever begins with a dot, is left alone.
"""

from __future__ import annotations

import errno
import os
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from qms.codec.assemble import assemble
from qms.codec.explain import print_path
from qms.problems import Place, Problem, RegisterError
from qms.store.files import composed, read_text, unreadable
from qms.store.journal import pending_changes
from qms.store.toml import parse_toml, with_letters
from qms.store.toml_lines import lines_of
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qms.codec.explain import Path as KeyPath
    from qms.model import Register

__all__ = [
    "ROOT_FILE",
    "Sheet",
    "TomlTree",
    "assembled",
    "load_folder",
    "load_toml_file",
    "of_a_register",
    "read_sheets",
    "table_of",
    "tree_of",
]

#: The file of the register's own keys.
ROOT_FILE = "register.toml"

_SUFFIX = ".toml"
#: By any of these the folder of a register is known.
_SIGNS = frozenset(
    f"{key}{ending}" for key in ("organisation", "units") for ending in ("", _SUFFIX)
) | {ROOT_FILE}
#: What beside ``register.toml`` can only be a part of the register.
_PARTS = frozenset({ROOT_FILE, "organisation.toml", "units.toml", "yearly_plans.toml"})
#: How often a folder that changes while it is read is read again.
_ATTEMPTS = 5

_LEAVES = Text(
    en="this link leads out of the register's folder",
    vi="liên kết này trỏ ra ngoài thư mục của sổ đăng ký",
)
_COPY_IN = Text(
    en="Put the file itself into the folder instead of a link.",
    vi="Đặt chính tệp đó vào thư mục thay cho liên kết.",
)
_BOTH = Text(
    en="this is defined twice, in {first} and in {second}: {keys}",
    vi="nội dung này được khai báo hai lần, ở {first} và ở {second}: {keys}",
)
_LOOKS_THE_SAME = Text(
    en="two files have names that look the same but are spelled with different characters"
    " (letters with accents composed or taken apart): {first}",
    vi="hai tệp có tên trông giống nhau nhưng được viết bằng các ký tự khác nhau"
    " (dấu thanh dựng sẵn và dấu thanh tổ hợp): {first}",
)
_CAPITALS = Text(
    en="only capital letters tell this name from {first}: on Windows and macOS they are one file",
    vi="tên này chỉ khác {first} ở chữ hoa, chữ thường: trên Windows và macOS là cùng một tệp",
)
_RENAME_ONE = Text(
    en="Rename one of the two. If both identifiers have to stay, write one of the records into"
    " the file of the table above, such as register.toml.",
    vi="Đổi tên một trong hai. Nếu phải giữ cả hai mã, ghi một trong hai bản ghi vào tệp của bảng"
    " cấp trên, ví dụ register.toml.",
)
_CIRCLE = Text(
    en="this link leads to itself by way of other links",
    vi="liên kết này dẫn vòng qua các liên kết khác về chính nó",
)
_FOLDER = Text(
    en="this is a folder, but has the name of a file",
    vi="đây là thư mục nhưng lại mang tên của tệp",
)
_RENAME_FOLDER = Text(
    en="Take “.toml” off the name of the folder, or move the folder elsewhere.",
    vi="Bỏ “.toml” khỏi tên thư mục, hoặc chuyển thư mục đi nơi khác.",
)
_NO_LETTERS = Text(
    en="the name of this file is not UTF-8 text", vi="tên tệp này không phải văn bản UTF-8"
)
_SMALL_LETTERS = Text(
    en="the file with the register's own keys is called register.toml, in small letters",
    vi="tệp chứa các khóa của chính sổ đăng ký phải có tên là register.toml, viết chữ thường",
)
_RENAME = Text(en="Rename the file.", vi="Đổi tên tệp.")
_RETURNS = Text(
    en="this link leads back to a folder around it",
    vi="liên kết này trỏ ngược lại thư mục đang chứa nó",
)
_DELETE = Text(en="Delete the link.", vi="Xóa liên kết này.")
_KEEP_ONE = Text(en="Keep it in one of the two files.", vi="Chỉ giữ lại ở một trong hai tệp.")
_NOTHING = Text(
    en="there is no register in this folder: neither register.toml nor a folder units",
    vi="không có sổ đăng ký trong thư mục này: không có tệp register.toml và thư mục units",
)
_OF_A_FOLDER = Text(
    en="this is only a part of the register in the folder {folder}",
    vi="đây chỉ là một phần của sổ đăng ký trong thư mục {folder}",
)
_NAME_FOLDER = Text(en="Name the folder.", vi="Hãy nêu thư mục đó.")
_START = Text(
    en="Name the folder that holds register.toml, or start one with “qms new”.",
    vi="Chỉ ra thư mục có tệp register.toml, hoặc tạo mới bằng lệnh “qms new”.",
)


class Sheet(Struct):
    """A TOML file of the register.

    Attributes:
        name: Its name inside the folder, by which problems call it.
        within: The path of the table that it holds.
        text: Its text, as it stands there.
    """

    name: str
    within: KeyPath
    text: str
    _lines: Mapping[KeyPath, int] | None = None

    def line(self, path: KeyPath) -> int | None:
        """The line of a path in the register, or of the nearest table around it."""
        if self._lines is None:
            self._lines = lines_of(with_letters(composed(self.text)))
        inner = path[len(self.within) :]
        while inner:
            if inner in self._lines:
                return self._lines[inner]
            inner = inner[:-1]
        return None


class TomlTree(Struct):
    """The one table that the files of a register make together.

    Attributes:
        data: The table.
        sheets: The files that could be read, with the data of each.
        origins: The file of each key, by path.
        problems: What keeps the files from making one table.
        absent: The paths of tables whose files could not be read.
    """

    data: dict[str, Any] = field(default_factory=dict)
    sheets: list[tuple[Sheet, dict[str, Any]]] = field(default_factory=list)
    origins: dict[KeyPath, Sheet] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    absent: list[KeyPath] = field(default_factory=list)
    _twice: dict[tuple[KeyPath, str, str], list[str]] = field(default_factory=dict)

    def place(self, path: KeyPath) -> Place:
        """The file and the line of a path, or of the nearest table around it."""
        known = path
        while known and known not in self.origins:
            known = known[:-1]
        sheet = self.origins.get(known)
        if sheet is None:
            return Place(file=ROOT_FILE)
        return Place(file=sheet.name, line=sheet.line(path))

    def add(self, sheet: Sheet) -> None:
        """Put the keys of a file into the table."""
        try:
            data = parse_toml(composed(sheet.text), sheet.name)
        except RegisterError as error:
            self.problems += error.problems
            self.absent.append(sheet.within)
            return
        self.sheets.append((sheet, data))
        for key in reversed(sheet.within):
            data = {str(key): data}
        self.origins.setdefault(sheet.within, sheet)
        self._merge(self.data, data, (), sheet)

    def _merge(
        self, table: dict[str, Any], more: Mapping[str, Any], path: KeyPath, sheet: Sheet
    ) -> None:
        for key, value in more.items():
            here = (*path, key)
            if key not in table:
                table[key] = {} if isinstance(value, dict) else value
                self.origins[here] = sheet
            elif not (isinstance(value, dict) and isinstance(table[key], dict)):
                first = self.origins[here].name
                self._twice.setdefault((path, first, sheet.name), []).append(key)
                continue
            if isinstance(value, dict):
                self._merge(table[key], value, here, sheet)

    def defined_twice(self) -> Iterator[Problem]:
        """Every key that two files define."""
        for (path, first, second), keys in self._twice.items():
            whole = (*path, keys[0])
            alike = first != second and composed(first) == composed(second)
            what = _LOOKS_THE_SAME if alike else _BOTH
            yield Problem(
                what=what.format(first=first, second=second, keys=", ".join(keys)),
                place=Place(file=second),
                path=print_path(whole if len(keys) == 1 else path),
                remedy=_KEEP_ONE,
            )


def load_folder(root: Path) -> Register:
    """The register in a folder of TOML.

    Raises:
        RegisterError: the folder holds no register; with every problem in it.
    """
    if not _may_be_register(root):
        raise RegisterError([_no_register(root)])
    return assembled(tree_of(*read_sheets(root)), str(root))


def _may_be_register(root: Path) -> bool:
    """Whether a folder holds anything by which a register is known.

    Without it, every TOML file of a home folder or of another project would be read and
    called a mistake.
    """
    try:
        names = {_key(entry.name).casefold() for entry in os.scandir(root)}
    except OSError:
        return True  # what keeps it from being read is told where it is read
    return not names.isdisjoint(_SIGNS)


def _no_register(root: Path) -> Problem:
    """That a folder is no register; and of which register it is a part, if of any."""
    return of_a_register(root) or Problem(what=_NOTHING, place=Place(file=str(root)), remedy=_START)


def of_a_register(path: Path) -> Problem | None:
    """That a folder or a file of TOML is a part of the register around it; None where it is none.

    Another file beside ``register.toml`` may be a register of its own.
    """
    plain = Path(os.path.abspath(path)) if ".." in path.parts else path  # noqa: PTH100 - links stay
    for around in (*plain.parents, *path.resolve().parents):
        if (around / ROOT_FILE).is_file() and (around / "units").is_dir():
            beside = path.is_file() and path.resolve().parent == around.resolve()
            what = _OF_A_FOLDER.format(folder=around)
            found = Problem(what=what, place=Place(file=str(path)), remedy=_NAME_FOLDER)
            return None if beside and path.name not in _PARTS else found
    return None


def load_toml_file(path: Path) -> Register:
    """The register in a single TOML file.

    Raises:
        RegisterError: the file is not a register; with every problem in it.
    """
    return assembled(tree_of([Sheet(str(path), (), read_text(path, str(path)))]), str(path))


def read_sheets(root: Path) -> tuple[list[Sheet], list[Problem], list[KeyPath]]:
    """Every TOML file of a folder as it was at one moment.

    Returns:
        The files that could be read, the problems of the others, and their tables.
    """
    for _ in range(_ATTEMPTS):
        before = _state(root)
        found = _read_once(root)
        if _state(root) == before:
            break
    return found


def _read_once(root: Path) -> tuple[list[Sheet], list[Problem], list[KeyPath]]:
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    absent: list[KeyPath] = []
    pending = pending_changes(root)
    for path, within in _paths(root, (), problems, absent):
        name = path.relative_to(root).as_posix()
        try:
            text = pending.pop(name, None)
            sheets.append(Sheet(name, within, read_text(path, name) if text is None else text))
        except RegisterError as error:
            problems += error.problems
            absent.append(within)
    sheets += [
        Sheet(name, table_of(name), text)
        for name, text in pending.items()
        if name.endswith(_SUFFIX)
    ]
    return sheets, problems, absent


def _state(root: Path) -> dict[str, tuple[int, int]]:
    """What tells that a file of the folder was replaced."""
    seen: dict[str, tuple[int, int]] = {}
    for path, _ in _paths(root, (), [], []):
        with suppress(OSError):
            status = path.stat()
            seen[str(path)] = (status.st_mtime_ns, status.st_ino)
    return seen


def table_of(name: str) -> KeyPath:
    """The path of the table that a file or a folder holds, by its name inside the folder."""
    if name.casefold() == ROOT_FILE:
        return ()
    is_sheet = name.lower().endswith(_SUFFIX)
    return tuple(_key(name[: -len(_SUFFIX)] if is_sheet else name).split("/"))


def tree_of(
    sheets: Iterable[Sheet], problems: Iterable[Problem] = (), absent: Iterable[KeyPath] = ()
) -> TomlTree:
    """The one table that some files make together."""
    tree = TomlTree(problems=list(problems), absent=list(absent))
    for sheet in sheets:
        tree.add(sheet)
    tree.problems += tree.defined_twice()
    tree.problems.sort(key=lambda problem: problem.place.file or "")
    return tree


def assembled(tree: TomlTree, name: str) -> Register:
    """The register of a tree.

    Raises:
        RegisterError: there is none; with the problems of the files and of what they hold.
    """
    problems = tuple(tree.problems)
    if not problems and not tree.sheets:
        raise RegisterError([Problem(what=_NOTHING, place=Place(file=name), remedy=_START)])
    try:
        register = assemble(tree.data, tree.place, tree.absent)
    except RegisterError as error:
        raise RegisterError(_in_order(problems + error.problems)) from None
    if problems:
        raise RegisterError(_in_order(problems))
    return register


def _in_order(problems: Sequence[Problem]) -> list[Problem]:
    """Problems file by file, each from its beginning; what has no line comes first."""
    files = dict.fromkeys(problem.place.file for problem in problems)
    rank = {file: index for index, file in enumerate(files)}
    return sorted(problems, key=lambda one: (rank[one.place.file], one.place.line or 0))


def _paths(
    root: Path, within: KeyPath, problems: list[Problem], absent: list[KeyPath], folder: str = ""
) -> Iterator[tuple[Path, KeyPath]]:
    """The TOML files of a folder with the paths of their tables, in the order of names."""
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except OSError as error:
        problems.append(unreadable(error, folder.rstrip("/") or str(root)))
        absent.append(within)
        return
    alike: dict[str, str] = {}
    for entry in entries:
        name = f"{folder}{entry.name}"
        is_sheet = entry.name.lower().endswith(_SUFFIX)
        if entry.name.startswith(".") or not (is_sheet or _is_folder(entry)):
            continue
        first = alike.setdefault(_key(entry.name).casefold(), entry.name)
        if problem := _bad_entry(root, entry, name) or _same_but_for_capitals(name, folder + first):
            problems.append(problem)
            absent.append(table_of(name))
        elif not is_sheet:
            yield from _paths(root, (*within, _key(entry.name)), problems, absent, f"{name}/")
        else:
            yield root / name, table_of(name)


def _same_but_for_capitals(name: str, first: str) -> Problem | None:
    """Why a file cannot stand beside another one; None where it can, or is the same."""
    if _key(name) == _key(first):
        return None
    return Problem(what=_CAPITALS.format(first=first), place=Place(file=name), remedy=_RENAME_ONE)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder; a link that leads nowhere is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _bad_entry(root: Path, entry: os.DirEntry[str], name: str) -> Problem | None:
    """Why a file or folder of the register is not looked into; None where it is."""
    place = Place(file=name)
    if name.casefold() == ROOT_FILE and name != ROOT_FILE:
        return Problem(what=_SMALL_LETTERS, place=place, remedy=_RENAME)
    if entry.is_symlink() and (problem := _bad_link(root, name)):
        return problem
    if not entry.name.isascii() and "\ufffd" in os.fsencode(entry.name).decode(errors="replace"):
        return Problem(what=_NO_LETTERS, place=place, remedy=_RENAME)
    if entry.name.lower().endswith(_SUFFIX) and _is_folder(entry):
        return Problem(what=_FOLDER, place=place, remedy=_RENAME_FOLDER)
    return None


def _bad_link(root: Path, name: str) -> Problem | None:
    """Why a link is not followed; None for one to another place inside the folder."""
    link, place = root / name, Place(file=name)
    target = Path(os.path.realpath(link))
    try:
        link.stat()
    except OSError as error:
        if error.errno == errno.ELOOP:
            return Problem(what=_CIRCLE, place=place, remedy=_DELETE)
    if not target.is_relative_to(root.resolve()):
        return Problem(what=_LEAVES, place=place, remedy=_COPY_IN)
    if link.parent.resolve().is_relative_to(target):
        return Problem(what=_RETURNS, place=place, remedy=_DELETE)
    return None


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name)
