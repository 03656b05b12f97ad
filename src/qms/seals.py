"""Seals: what a register was on a day, so that a change made outside the tool is seen.

A seal is a line of ``seals/chain.ndjson``: the SHA-256 of every file, of the records, and
of the seal before.  The records themselves stand beside it, so that a change is shown as
what became different.  What qms itself records after a seal is logged and told apart.
A seal may be signed with an Ed25519 key; without a signature, whoever rewrites the whole
chain is seen only by someone who kept the mark of a seal.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from qms.codec.differences import Difference, differences, with_differences
from qms.codec.plain import plain_register
from qms.dates import day_in_words
from qms.problems import Place, Problem, RegisterError
from qms.store.journal import pending_changes
from qms.store.seal_files import (
    CHAIN,
    FACTS,
    FOLDER,
    LoggedLine,
    Seal,
    canonical,
    seal_folder,
    sha256,
)
from qms.terms import Term
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date


__all__ = ["ChainProblem", "FileChange", "Seal", "Verification", "mark_of", "seal", "verify"]

_PIECE = 1 << 20


class ChainProblem(Term):
    """What is wrong with the chain of seals; {seal} is the number."""

    UNREADABLE = (
        "unreadable",
        "seal {seal} cannot be read",
        "không đọc được bản niêm phong số {seal}",
    )
    BROKEN = (
        "broken",
        "seal {seal} does not follow the one before: the history was rewritten",
        "bản niêm phong số {seal} không nối tiếp bản trước: lịch sử đã bị sửa",
    )
    SIGNATURE = (
        "signature",
        "the signature of seal {seal} is not valid",
        "chữ ký của bản niêm phong số {seal} không hợp lệ",
    )
    UNSIGNED = (
        "unsigned",
        "seal {seal} is not signed, though seals are to be",
        "bản niêm phong số {seal} không có chữ ký trong khi phải có",
    )
    OTHER_KEY = (
        "other-key",
        "seal {seal} is signed with another key",
        "bản niêm phong số {seal} được ký bằng khóa khác",
    )
    RECORDS = (
        "records",
        "the records kept with seal {seal} are missing or were changed",
        "dữ liệu lưu kèm bản niêm phong số {seal} bị thiếu hoặc đã bị sửa",
    )
    LOG = (
        "log",
        "the log of what was recorded since seal {seal} was changed",
        "nhật ký ghi nhận sau bản niêm phong số {seal} đã bị sửa",
    )
    NOT_EXPECTED = (
        "not-expected",
        "no seal has the mark that was expected: the history was rewritten or cut off",
        "không có bản niêm phong nào mang dấu đã nêu: lịch sử đã bị sửa hoặc bị cắt bớt",
    )


class FileChange(Struct, frozen=True):
    """A file that is not as it was sealed: ``changed``, ``added`` or ``removed``."""

    name: str
    what: str


class Verification(Struct, frozen=True, kw_only=True):
    """What a register is against its last seal.

    Attributes:
        seals: How many seals there are.
        last: The last seal; None where the register was never sealed, or it is unreadable.
        mark: The SHA-256 of the last seal.
        chain: What is wrong with the chain, each with the number of the seal.
        files: Files that are not as they were sealed.
        recorded: What qms itself recorded since.
        outside: What became different by other hands.
        unread: Why the register can no longer be read; its files are compared, its records
            are not.
    """

    seals: int
    last: Seal | None = None
    mark: str = ""
    chain: tuple[tuple[ChainProblem, int], ...] = ()
    files: tuple[FileChange, ...] = ()
    recorded: tuple[Difference, ...] = ()
    outside: tuple[Difference, ...] = ()
    unread: tuple[Problem, ...] = ()

    @property
    def intact(self) -> bool:
        """Whether nothing was changed by other hands, and the chain is whole."""
        amiss = (self.chain, self.outside, self.strange, self.unread)
        return self.last is not None and not any(amiss)

    @property
    def strange(self) -> tuple[FileChange, ...]:
        """Files changed by other hands: those that hold no records, which qms would not touch."""
        return tuple(one for one in self.files if not one.name.endswith(".toml"))


_BY_HAND = Text(en="the chain of seals is damaged: {what}", vi="chuỗi niêm phong bị hỏng: {what}")
_RESTORE = Text(
    en="Restore the folder “seals” from a copy; qms verify says what is wrong.",
    vi="Khôi phục thư mục “seals” từ bản sao; lệnh qms verify cho biết chi tiết.",
)
_BEFORE = Text(
    en="the seal before is of {before}, and this one would be of {day}",
    vi="bản niêm phong trước đề ngày {before}, còn bản này đề ngày {day}",
)
_NOT_BEFORE = Text(
    en="Seal for that day or a later one.", vi="Niêm phong với ngày đó hoặc ngày sau đó."
)
_SIGN_AGAIN = Text(
    en="the seals of this register are signed, so the next one is to be signed with the same key",
    vi="các bản niêm phong của sổ đăng ký này đều được ký, nên bản tiếp theo phải ký bằng cùng"
    " một khóa",
)
_SAME_KEY = Text(
    en="Give the key that signed before with --key. If it is lost, put the folder “seals” away and"
    " keep it; the next seal then begins a new chain.",
    vi="Nêu khóa đã ký trước đây bằng --key. Nếu mất khóa, chuyển thư mục “seals” đi nơi khác để"
    " lưu; bản niêm phong kế tiếp sẽ bắt đầu chuỗi mới.",
)


def seal(
    register: str | os.PathLike[str], *, on: date, by: str | None = None, key: bytes | None = None
) -> Seal:
    """Seal a register as it is.

    Args:
        register: The register; it must load.
        on: The day; not before that of the seal before.
        by: Who seals.
        key: An Ed25519 private key in PEM form, to sign with.

    Returns:
        The seal that was added to the chain.

    Raises:
        RegisterError: the register does not load, the chain is damaged, the day lies before
            the last seal, the key is none or another than the one that signed before, or the
            seal cannot be written; nothing was changed.
    """
    from qms.store import load
    from qms.store.appending import alone

    path = Path(register)
    with alone(path):
        records = canonical(plain_register(load(path))) + "\n"
        folder = seal_folder(path)
        lines = _lines(folder / CHAIN)
        _stop_broken(lines, folder)
        _stop_before(lines, on, folder / CHAIN)
        made = Seal(
            number=len(lines) + 1,
            sealed=on,
            by=by,
            files=_files(path),
            records=sha256(records.encode()),
            previous=sha256(lines[-1].encode()) if lines else None,
        )
        made = _signed(made, key, lines, folder / CHAIN)
        _write(folder, lines, made, records)
    return made


def _stop_broken(lines: Sequence[str], folder: Path) -> None:
    """Add nothing to a chain that is damaged.

    Raises:
        RegisterError: it is.
    """
    problems = _chain_problems(lines, folder, None)
    for problem, number in problems:
        if problem is not ChainProblem.RECORDS:
            what = _BY_HAND.format(what=problem.text.format(seal=number))
            place = Place(file=str(folder / CHAIN))
            raise RegisterError([Problem(what=what, place=place, remedy=_RESTORE)])


def _signed(made: Seal, key: bytes | None, lines: Sequence[str], chain: Path) -> Seal:
    """A seal with its signature, if it gets one.

    Raises:
        RegisterError: the key is none, or not the one that signed before.
    """
    if key is not None:
        from qms.signing import signed

        made = signed(made, key)
    signer = next((one.key for one in map(_read, lines) if one and one.key), None)
    if signer is not None and made.key != signer:
        place = Place(file=str(chain))
        raise RegisterError([Problem(what=_SIGN_AGAIN, place=place, remedy=_SAME_KEY)])
    return made


def _write(folder: Path, lines: Sequence[str], made: Seal, records: str) -> None:
    """Write the records of a seal, then the chain with it, then take older records away."""
    from qms.store.writing import replace_file, sweep

    folder.mkdir(exist_ok=True)
    for file in (CHAIN, _records_name(made.number)):
        sweep(folder / file)
    replace_file(folder / _records_name(made.number), (records.encode(),))
    chain = "".join(f"{line}\n" for line in (*lines, _line(made)))
    replace_file(folder / CHAIN, (chain.encode(),))
    for old in folder.glob("records-*.json"):
        if old.name != _records_name(made.number):
            old.unlink()


def _stop_before(lines: Sequence[str], on: date, chain: Path) -> None:
    """Refuse a seal of a day before that of the last one.

    Raises:
        RegisterError: it would be.
    """
    last = _read(lines[-1]) if lines else None
    if last is not None and on < last.sealed:
        what = _BEFORE.format(before=day_in_words(last.sealed), day=day_in_words(on))
        raise RegisterError([Problem(what=what, place=Place(file=str(chain)), remedy=_NOT_BEFORE)])


def mark_of(made: Seal) -> str:
    """The mark of a seal: the SHA-256 of its line in the chain."""
    return sha256(_line(made).encode())


def _records_name(number: int) -> str:
    return f"records-{number}.json"


def _line(made: Seal) -> str:
    return canonical(msgspec.to_builtins(made))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, ValueError):
        return [""]


def _files(register: Path) -> dict[str, str]:
    """The SHA-256 of the files of a register, but for hidden ones and the seals themselves."""
    if not register.is_dir():
        return {register.name: _sha256_of(register)}
    found = {}
    for place, folders, files in os.walk(register):
        within = Path(place).relative_to(register)
        folders[:] = sorted(
            one for one in folders if not one.startswith(".") and str(within / one) != FOLDER
        )
        for file in sorted(files):
            if not file.startswith("."):
                found[(within / file).as_posix()] = _sha256_of(Path(place, file))
    return found


def _sha256_of(path: Path) -> str:
    import hashlib

    seen = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            seen.update(piece)
    return seen.hexdigest()


# --- verifying -------------------------------------------------------------------------------


def verify(
    register: str | os.PathLike[str], *, key: bytes | None = None, expect: str | None = None
) -> Verification:
    """Hold a register against its last seal, and the chain of seals against itself.

    Args:
        register: The register.
        key: The Ed25519 public key in PEM form with which every seal is to be signed.
        expect: The mark of a seal that was kept elsewhere, or its beginning.

    Raises:
        RegisterError: the register was never sealed and does not load, or it is not there, or
            the key is none.
    """
    path = Path(register)
    folder = seal_folder(path)
    lines = _lines(folder / CHAIN)
    now, unread = _records_now(path, sealed=bool(lines) and path.exists())
    if not lines:
        return Verification(seals=0)
    problems = list(_chain_problems(lines, folder, key))
    if expect and not any(sha256(line.encode()).startswith(expect.casefold()) for line in lines):
        problems.append((ChainProblem.NOT_EXPECTED, len(lines)))
    last = _read(lines[-1])
    if last is None:
        return Verification(seals=len(lines), chain=tuple(problems), unread=unread)
    recorded, log_is_whole = _log(folder, last, lines[-1])
    if not log_is_whole:
        problems.append((ChainProblem.LOG, last.number))
    outside = () if unread else tuple(_outside(folder, last, recorded, now))
    return Verification(
        seals=len(lines),
        last=last,
        mark=sha256(lines[-1].encode()),
        chain=tuple(problems),
        files=tuple(_file_changes(last.files, _files(path))),
        recorded=recorded,
        outside=outside,
        unread=unread,
    )


def _records_now(path: Path, *, sealed: bool) -> tuple[Any, tuple[Problem, ...]]:
    """The records as they are; of a sealed register that no longer loads, why it does not."""
    from qms.store import load

    try:
        return plain_register(load(path)), ()
    except RegisterError as error:
        if not sealed:
            raise
        return None, error.problems


def _read(line: str) -> Seal | None:
    try:
        return msgspec.json.decode(line, type=Seal)
    except (msgspec.DecodeError, UnicodeError):
        return None


def _chain_problems(
    lines: Sequence[str], folder: Path, key: bytes | None
) -> Iterator[tuple[ChainProblem, int]]:
    previous: str | None = None
    signer = _public_key(key)
    first = _first_signed(lines, signer)
    for number, line in enumerate(lines, 1):
        one = _read(line)
        if one is None or _line(one) != line:
            yield ChainProblem.UNREADABLE, number
        else:
            if one.number != number or one.previous != previous:
                yield ChainProblem.BROKEN, number
            found = _signature_problems(one, signer, bare=number < first)
            yield from ((problem, number) for problem in found)
            signer = signer or one.key
        previous = sha256(line.encode())
    last = _read(lines[-1]) if lines else None
    if last is not None and _records(folder, last) is None:
        yield ChainProblem.RECORDS, len(lines)


def _public_key(key: bytes | None) -> str | None:
    if key is None:
        return None
    from qms.signing import public_key

    return public_key(key)


def _first_signed(lines: Sequence[str], signer: str | None) -> int:
    """The number of the first seal that names the signer; its signature covers those before."""
    read = enumerate(map(_read, lines), 1)
    return next((number for number, one in read if one is not None and one.key == signer), 0)


def _signature_problems(one: Seal, signer: str | None, *, bare: bool) -> Iterator[ChainProblem]:
    """What is wrong with the signature of a seal, or that it has none where it may not be bare."""
    if one.key is None and one.signature is None:
        if signer is not None and not bare:
            yield ChainProblem.UNSIGNED
        return
    from qms.signing import is_signed

    if not is_signed(one):
        yield ChainProblem.SIGNATURE
    elif signer is not None and one.key != signer:
        yield ChainProblem.OTHER_KEY


def _records(folder: Path, last: Seal) -> Any | None:
    """The records kept with a seal; None where they are missing or not as sealed."""
    try:
        content = (folder / _records_name(last.number)).read_bytes()
    except OSError:
        return None
    return msgspec.json.decode(content) if sha256(content) == last.records else None


def _log(folder: Path, last: Seal, line: str) -> tuple[tuple[Difference, ...], bool]:
    """What qms recorded since a seal, and whether the log is as qms wrote it."""
    previous, found = sha256(line.encode()), list[Difference]()
    for words in _logged_lines(folder):
        try:
            entry = msgspec.json.decode(words, type=LoggedLine)
            if entry.seal != last.number:
                continue
            if entry.previous != previous:
                return tuple(found), False
            found += msgspec.convert(entry.changes, list[Difference])
        except (msgspec.MsgspecError, UnicodeError):
            return tuple(found), False
        previous = sha256(words.encode())
    return tuple(found), True


def _logged_lines(folder: Path) -> list[str]:
    """The lines of the log; those of a change that has happened but is not in its files yet."""
    pending = pending_changes(folder.parent) if folder.name == FOLDER else {}
    text = pending.get(f"{FOLDER}/{FACTS}")
    return _lines(folder / FACTS) if text is None else text.splitlines()


def _outside(
    folder: Path, last: Seal, recorded: Sequence[Difference], now: Any
) -> Iterator[Difference]:
    """What is different from the sealed records with what qms recorded since."""
    sealed = _records(folder, last)
    if sealed is None:
        return
    try:
        sealed = with_differences(sealed, recorded)
    except (LookupError, TypeError):
        sealed = _records(folder, last)
    yield from differences(sealed, msgspec.json.decode(canonical(now)))


def _file_changes(sealed: Mapping[str, str], now: Mapping[str, str]) -> Iterator[FileChange]:
    for name in sorted({*sealed, *now}):
        if name not in now:
            yield FileChange(name, "removed")
        elif name not in sealed:
            yield FileChange(name, "added")
        elif sealed[name] != now[name]:
            yield FileChange(name, "changed")
