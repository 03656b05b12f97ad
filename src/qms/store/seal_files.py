"""The files of a sealed register: the chain of seals, and the log of what qms recorded since."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the annotations are read at run time
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct, to_builtins

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from qms.codec.differences import Difference

__all__ = [
    "CHAIN",
    "FACTS",
    "FOLDER",
    "LoggedLine",
    "Seal",
    "canonical",
    "logged",
    "seal_folder",
    "sha256",
]

#: The folder inside a register's folder that holds its seals, and the files in it.
FOLDER = "seals"
CHAIN = "chain.ndjson"
FACTS = "facts.ndjson"


class Seal(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A seal.

    Attributes:
        format: The version of the shape.
        number: Its number; the first is 1.
        sealed: The day.
        by: Who sealed.
        files: The SHA-256 of every file, by its path inside the register's folder.
        records: The SHA-256 of the records.
        previous: The SHA-256 of the seal before; None for the first.
        key: The public key that signs, as 64 hexadecimal digits.
        signature: The signature over the seal without it, as 128 hexadecimal digits.
    """

    format: str = "qms-seal/1"
    number: int
    sealed: date
    by: str | None = None
    files: dict[str, str]
    records: str
    previous: str | None = None
    key: str | None = None
    signature: str | None = None


class LoggedLine(Struct, frozen=True, kw_only=True):
    """A change that qms itself recorded since a seal.

    Attributes:
        seal: The number of the seal after which it was recorded.
        previous: The SHA-256 of the line before; of the seal for the first.
        changes: What became different.
    """

    seal: int
    previous: str
    changes: tuple[Any, ...]


def seal_folder(register: Path) -> Path:
    """Where the seals of a register are kept: inside its folder, or beside its file."""
    return (
        register / FOLDER if register.is_dir() else register.with_name(f"{register.name}.{FOLDER}")
    )


def sha256(content: bytes) -> str:
    """The SHA-256 of bytes, as 64 hexadecimal digits."""
    import hashlib  # takes a while to load, and most commands seal nothing

    return hashlib.sha256(content).hexdigest()


def canonical(data: Any) -> str:
    """Data as JSON in one spelling, so that equal data has equal bytes."""
    return msgspec.json.encode(data, order="sorted").decode()


def logged(root: Path, changes: Iterable[Difference]) -> str:
    """The text of the log of a sealed register with a change added."""
    import json

    folder = root / FOLDER
    seals = (folder / CHAIN).read_text("utf-8").splitlines()
    known = (folder / FACTS).read_text("utf-8") if (folder / FACTS).exists() else ""
    last = json.loads(seals[-1])
    lines = known.splitlines()
    same_seal = bool(lines) and json.loads(lines[-1])["seal"] == last["number"]
    previous = sha256((lines[-1] if same_seal else seals[-1]).encode())
    line = canonical(
        {
            "seal": last["number"],
            "previous": previous,
            "changes": [to_builtins(one) for one in changes],
        }
    )
    return f"{known}{line}\n"
