"""The forms of a register: loading, saving, converting, and appending facts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qms.problems import Place, Problem, RegisterError
from qms.text import Text

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from qms.model import Register, Unit

__all__ = ["RegisterError", "iter_units", "load"]

_UNKNOWN_FORM = Text(
    en="the form of this file cannot be told from its name",
    vi="không xác định được dạng của tệp này qua tên tệp",
)
_FORMS = Text(
    en="a folder of TOML files, or a file ending in .toml, .json, .ndjson or .jsonl",
    vi="một thư mục gồm các tệp TOML, hoặc một tệp có đuôi .toml, .json, .ndjson hay .jsonl",
)
_RENAME = Text(en="Name the register itself.", vi="Hãy chỉ ra đúng sổ đăng ký.")


def load(path: str | os.PathLike[str]) -> Register:
    """The register at a path: a folder of TOML, or a TOML, JSON or NDJSON file.

    Raises:
        RegisterError: there is no whole register; with every problem that was found.
    """
    path = Path(path)
    if path.is_dir():
        from qms.store.folder import load_folder

        return load_folder(path)
    match path.suffix.lower():
        case ".toml":
            from qms.store.folder import load_toml_file

            return load_toml_file(path)
        case ".json":
            from qms.store.json import load_json

            return load_json(path)
        case ".ndjson" | ".jsonl":
            from qms.store.ndjson import load_ndjson

            return load_ndjson(path)
    raise RegisterError([_unknown_form(path)])


def iter_units(path: str | os.PathLike[str]) -> Iterator[Unit]:
    """The units of a register one after the other; of NDJSON in constant memory.

    No verdict may be given before the iteration has ended: what is wrong anywhere in
    the register is raised at its end.

    Raises:
        RegisterError: something in the register is wrong.
    """
    path = Path(path)
    if path.suffix.lower() in {".ndjson", ".jsonl"} and not path.is_dir():
        from qms.store.ndjson import Lines

        yield from Lines.open(path)
    else:
        yield from load(path).units.values()


def _unknown_form(path: Path) -> Problem:
    from qms.store.files import unreadable

    place = Place(file=str(path))
    if not path.exists():
        return unreadable(FileNotFoundError(), str(path))
    return Problem(what=_UNKNOWN_FORM, place=place, expected=_FORMS, remedy=_RENAME)
