"""Adding dated facts to a register, whole or not at all.

A fact is added, never changed: what was recorded stays as it was recorded.  Words may be
added behind words.
"""

from __future__ import annotations

import re
from contextlib import contextmanager, nullcontext
from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import structs

from qms.codec.assemble import assemble
from qms.codec.differences import differences
from qms.codec.explain import print_path, shown
from qms.codec.fields import DAY_WORDS, Kind, Many, OneRecord, Scalar, Shape, Table, fields_of
from qms.codec.plain import plain, plain_register
from qms.model import Register
from qms.problems import Place, Problem, RegisterError
from qms.store.fact import Fact
from qms.store.files import read_text
from qms.store.folder import ROOT_FILE, Sheet, TomlTree, assembled, read_sheets, tree_of
from qms.store.journal import finish_pending_changes, write_files
from qms.store.json import load_json
from qms.store.ndjson import load_ndjson
from qms.store.saving import Form, save_as
from qms.store.seal_files import CHAIN, FACTS, logged
from qms.store.seal_files import FOLDER as SEALS
from qms.store.toml_editing import UnchangeableError, add_fact, add_words, put_in, value_at
from qms.store.toml_writing import toml_text
from qms.store.writing import replace_file, told
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from qms.codec.explain import Path as KeyPath

__all__ = ["Fact", "alone", "append_facts"]

_LOCK = ".qms-lock"

_BUSY = Text(
    en="another program is changing this register",
    vi="một chương trình khác đang thay đổi sổ đăng ký này",
)
_WAIT = Text(
    en="Wait until it has finished and try again; nothing was changed.",
    vi="Chờ chương trình đó thực hiện xong rồi thử lại; chưa có gì bị thay đổi.",
)
_NO_UNIT = Text(en="the register has no unit “{unit}”", vi="sổ đăng ký không có đơn vị “{unit}”")
_NAME_UNIT = Text(
    en="Name a unit of the register.", vi="Hãy chỉ ra một đơn vị có trong sổ đăng ký."
)
_THERE = Text(
    en="this is recorded already; what is recorded is not changed",
    vi="nội dung này đã được ghi nhận; nội dung đã ghi nhận không bị sửa đổi",
)
_NO_WORDS = Text(
    en="no words are recorded here behind which others could go",
    vi="ở đây chưa ghi nội dung bằng chữ nào để ghi tiếp vào sau",
)
_NEW_KEY = Text(
    en="Give the record another identifier, or add a new fact to its history.",
    vi="Đặt mã khác cho bản ghi, hoặc bổ sung sự kiện mới vào lịch sử của bản ghi.",
)
_BY_HAND = Text(
    en="the fact cannot be added to this file without touching what stands in it",
    vi="không thể bổ sung vào tệp này mà không đụng đến nội dung đang có",
)
_ADD_BY_HAND = Text(en="Add it by hand: {fact}", vi="Hãy tự bổ sung vào tệp: {fact}")


_WORKBOOK = Text(
    en="facts are not appended to an Excel workbook",
    vi="không ghi bổ sung sự kiện vào sổ tính Excel",
)
_CONVERT = Text(
    en="Type them into the workbook; or convert the register with “qms convert” and append there.",
    vi="Ghi trực tiếp vào sổ tính; hoặc chuyển sổ đăng ký bằng lệnh “qms convert” rồi ghi bổ sung ở đó.",
)


def append_facts(
    path: Path,
    form: Form,
    facts: Callable[[Register], Iterable[Fact]] | tuple[Fact, ...],
    *,
    timeout: float,
    dry_run: bool = False,
) -> Register:
    """Record facts, all or none.

    Args:
        path: The register.
        form: Its form.
        facts: The facts, each with its place; or what makes them out of the register as
            it is while nobody else can change it.
        timeout: How many seconds to wait while another program changes the register.
        dry_run: Whether to refuse what would be refused, and to write nothing.

    Raises:
        RegisterError: the register would not load with the facts, another program is
            changing it, or it cannot be written; nothing was changed.
        TypeError: something among the facts is no :class:`Fact`; nothing was changed.
    """
    refuse_workbook(path, form)
    with nullcontext() if dry_run else alone(path, timeout):
        if form is Form.FOLDER and not dry_run:
            finish_pending_changes(path)
        if not isinstance(facts, tuple):
            from qms.store import load

            facts = tuple(facts(load(path)))
        _facts(facts)
        if form is Form.FOLDER:
            return _to_folder(path, facts, dry_run=dry_run)
        if form is Form.TOML:
            return _to_toml_file(path, facts, dry_run=dry_run)
        return _to_data(path, form, facts, dry_run=dry_run)


def _facts(facts: tuple[object, ...]) -> None:
    """Refuse what does not say for itself which part of it is what.

    Raises:
        TypeError: something among them is no fact.
    """
    for one in facts:
        if not isinstance(one, Fact):
            raise TypeError(f"facts: a Fact(unit=…, at=…, fact=…) is needed, not {one!r}")


def refuse_workbook(path: Path, form: Form) -> None:
    """Refuse a register to which nothing can be appended, before anything else is asked of it.

    Raises:
        RegisterError: it is a workbook.
    """
    if form is Form.WORKBOOK:
        problem = Problem(what=_WORKBOOK, place=Place(file=str(path)), remedy=_CONVERT)
        raise RegisterError([problem])


@contextmanager
def alone(path: Path, timeout: float = 10) -> Iterator[None]:
    """Hold the lock of a register: nobody else changes it meanwhile.

    Args:
        path: The register.
        timeout: How many seconds to wait while another program changes the register.

    Raises:
        RegisterError: another program holds it for longer than the timeout.
    """
    import filelock

    lock = path / _LOCK if path.is_dir() else path.with_name(f".{path.name}.lock")
    place = Place(file=str(lock.parent))
    with told(lock):
        lock.parent.stat()
        try:
            held = filelock.FileLock(lock).acquire(timeout=timeout)
        except filelock.Timeout:
            raise RegisterError([Problem(what=_BUSY, place=place, remedy=_WAIT)]) from None
        with held:
            yield


# --- folder and file of TOML -----------------------------------------------------------------


def _to_folder(root: Path, facts: tuple[Fact, ...], *, dry_run: bool) -> Register:
    sheets, problems, _ = read_sheets(root)
    if problems:
        raise RegisterError(problems)
    before = {sheet.name: sheet for sheet in sheets}
    after = dict(before)
    with _in_lines_of(before, after):
        for fact in facts:
            changed = _changed(tree_of(after.values()), fact, root)
            after[changed.name] = changed
        register = assembled(tree_of(after.values()), str(root))
    changes = {name: one.text for name, one in after.items() if before.get(name) is not one}
    if not dry_run:
        write_files(root, changes | _log(root, before, register))
    return register


@contextmanager
def _in_lines_of(before: Mapping[str, Sheet], after: Mapping[str, Sheet]) -> Iterator[None]:
    """Name no file and no line that would be there only if the facts were written."""
    try:
        yield
    except RegisterError as error:
        raise RegisterError(
            structs.replace(one, place=_standing(one.place, before, after))
            for one in error.problems
        ) from None


def _standing(place: Place, before: Mapping[str, Sheet], after: Mapping[str, Sheet]) -> Place:
    """The place as it is in the files of now."""
    name = place.file
    if name is None or name not in after:
        return place
    if name not in before:
        return Place()
    old, new = (each[name].text.split("\n") for each in (before, after))
    number = (place.line or 0) - 1
    return place if old[number : number + 1] == new[number : number + 1] else Place(file=name)


def _log(root: Path, before: dict[str, Sheet], register: Register) -> dict[str, str]:
    """The log of a sealed register with the change in it, to be written with the change."""
    if not (root / SEALS / CHAIN).exists():
        return {}
    old = plain_register(assembled(tree_of(before.values()), str(root)))
    text = logged(root, differences(_printable(old), _printable(plain_register(register))))
    return {f"{SEALS}/{FACTS}": text}


def _to_toml_file(path: Path, facts: tuple[Fact, ...], *, dry_run: bool) -> Register:
    name = str(path)
    before = sheet = Sheet(name, (), read_text(path, name))
    for fact in facts:
        sheet = _changed(tree_of([sheet]), fact, None)
    with _in_lines_of({name: before}, {name: sheet}):
        register = assembled(tree_of([sheet]), name)
    if not dry_run:
        replace_file(path, (sheet.text.encode(),))
    return register


def _changed(tree: TomlTree, fact: Fact, root: Path | None) -> Sheet:
    """The file to which a fact is added, with the fact in it; perhaps a new file.

    Raises:
        RegisterError: the fact is recorded already, or can only be added by hand.
    """
    if tree.problems:
        raise RegisterError(tree.problems)
    path, data, to_history = fact.path, _data(fact), _is_history(fact.path)
    _refuse_if_there(tree.data, fact, tree.place(path))
    sheet = None if fact.behind else _own_file(tree, path, data, root, to_history=to_history)
    if sheet is not None:
        return sheet
    sheet = _nearest(tree, path)
    inner = path[len(sheet.within) :]
    try:
        if fact.behind:
            text = add_words(sheet.text, inner, data)
        else:
            text = add_fact(sheet.text, inner, data, to_history=to_history)
    except UnchangeableError:
        wanted = deepcopy(tree.data)
        assemble(wanted, tree.place)
        _put_in(wanted, fact, _printable(data))
        assemble(wanted, tree.place)
        problem = Problem(
            what=_BY_HAND,
            place=tree.place(path),
            path=print_path(path),
            remedy=_ADD_BY_HAND.format(fact=shown(_printable(data))),
        )
        raise RegisterError([problem]) from None
    return Sheet(sheet.name, sheet.within, text)


def _own_file(
    tree: TomlTree, path: KeyPath, data: Any, root: Path | None, *, to_history: bool
) -> Sheet | None:
    """A new file, where what stands beside the fact has files of its own.

    A record gets a file as its neighbours have.  Whatever else has no file around it, but
    neighbours in files, goes into a file of the table around them all.
    """
    if root is None:
        return None
    beside = [sheet for sheet, _ in tree.sheets if sheet.within and sheet.within[:-1] == path[:-1]]
    if isinstance(data, dict) and not to_history and beside and path[:-1] != ():
        name = f"{beside[0].name.rpartition('/')[0]}/{path[-1]}.toml"
        return None if (root / name).exists() else Sheet(name, path, toml_text(data))
    for length in range(len(path) - 1, 0, -1):
        table, inner = path[:length], tuple(map(str, path[length:]))
        if any(_holds(own, table[len(one.within) :]) for one, own in _around(tree, table)):
            return None
        below = [one.name for one, _ in tree.sheets if one.within[:length] == table]
        if below:
            wanted: dict[str, Any] = {}
            put_in(wanted, inner, data, to_history=to_history)
            name = "/".join(below[0].split("/")[:length]) + ".toml"
            return Sheet(name, table, toml_text(wanted))
    return None


def _around(tree: TomlTree, path: KeyPath) -> list[tuple[Sheet, dict[str, Any]]]:
    """The files that hold the table at a path, or one around it."""
    return [(one, own) for one, own in tree.sheets if one.within == path[: len(one.within)]]


def _nearest(tree: TomlTree, path: KeyPath) -> Sheet:
    """The file that holds the path's table or, where none does, the next table around it."""
    for length in range(len(path), -1, -1):
        holding = [
            sheet
            for sheet, data in _around(tree, path[:length])
            if _holds(data, path[len(sheet.within) : length])
        ]
        if holding:
            return max(holding, key=lambda sheet: len(sheet.within))
    return Sheet(ROOT_FILE, (), "")


def _holds(data: Any, path: KeyPath) -> bool:
    for key in path:
        if not isinstance(data, dict) or key not in data:
            return False
        data = data[key]
    return True


# --- JSON and NDJSON -------------------------------------------------------------------------


def _to_data(path: Path, form: Form, facts: tuple[Fact, ...], *, dry_run: bool) -> Register:
    data = plain_register(load_json(path) if form is Form.JSON else load_ndjson(path))
    for fact in facts:
        _refuse_if_there(data, fact, Place(file=str(path)))
        _put_in(data, fact, _data(fact))
    register = assemble(msgspec.json.decode(msgspec.json.encode(data)))
    if not dry_run:
        save_as(register, path, form, overwrite=True)
    return register


def _put_in(data: dict[str, Any], fact: Fact, given: Any) -> None:
    """Add a fact to the data of a register."""
    path = fact.path
    value = f"{value_at(data, path)}\n{given}" if fact.behind else given
    put_in(data, path, value, to_history=_is_history(path))


# --- facts -----------------------------------------------------------------------------------


def _data(fact: Fact) -> Any:
    """The data of a fact; a day given as words becomes a day again."""
    shape = _shape_at(fact.path)
    data = plain(fact.fact)
    if shape is None:
        return data
    return _with_days(data, shape.item if isinstance(shape, Many) else shape)


def _with_days(data: Any, shape: Shape) -> Any:
    if isinstance(shape, OneRecord) and isinstance(data, dict):
        shapes = {one.name: one.shape for one in fields_of(shape.record)}
        return {
            key: _with_days(value, shapes[key]) if key in shapes else value
            for key, value in data.items()
        }
    if isinstance(shape, Table) and isinstance(data, dict):
        return {key: _with_days(value, shape.value) for key, value in data.items()}
    if isinstance(shape, Many) and isinstance(data, list):
        return [_with_days(value, shape.item) for value in data]
    if isinstance(shape, Scalar) and shape.kind is Kind.DAY and isinstance(data, str):
        return date.fromisoformat(data) if re.search(DAY_WORDS, data) else data
    return data


def _printable(data: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(data))


def _is_history(path: tuple[str, ...]) -> bool:
    """Whether the field at a path of the register holds facts one after the other."""
    return isinstance(_shape_at(path), Many)


def _shape_at(path: tuple[str, ...]) -> Shape | None:
    """The shape of the value at a path of the register; None where the model has none."""
    shape: Shape | None = OneRecord(Register)
    for key in path:
        if isinstance(shape, Table):
            shape = shape.value
        elif isinstance(shape, OneRecord):
            shape = next((one.shape for one in fields_of(shape.record) if one.name == key), None)
        else:
            return None
    return shape


def _refuse_if_there(data: Any, fact: Fact, place: Place) -> None:
    """Refuse a fact about an unknown unit, and one that would change what is recorded.

    Raises:
        RegisterError: it is refused.
    """
    if fact.unit is not None and not _holds(data, fact.path[:2]):
        problem = Problem(what=_NO_UNIT.format(unit=fact.unit), remedy=_NAME_UNIT)
        raise RegisterError([problem])
    if fact.behind:
        words = value_at(data, fact.path) if _holds(data, fact.path) else None
        if not isinstance(words, str) or not isinstance(fact.fact, str):
            path = print_path(fact.path)
            raise RegisterError([Problem(what=_NO_WORDS, path=path, place=place)])
    elif not _is_history(fact.path) and _holds(data, fact.path):
        path = print_path(fact.path)
        raise RegisterError([Problem(what=_THERE, path=path, place=place, remedy=_NEW_KEY)])
