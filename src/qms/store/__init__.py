"""The forms of a register: loading, saving, converting, and appending facts.

A register is a folder of TOML (:mod:`qms.store.folder`), one TOML or JSON file, or
NDJSON with one unit a line, or an Excel workbook.  All of them load to equal objects.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qms.problems import RegisterError
from qms.store.fact import Fact
from qms.store.saving import Form, form_of, save_as, unknown_form
from qms.text import Language

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from typing import Any

    from qms.model import Register, Unit

__all__ = [
    "Fact",
    "Form",
    "Problem",
    "RegisterError",
    "append",
    "append_many",
    "convert",
    "iter_units",
    "load",
    "save",
]


def load(path: str | os.PathLike[str]) -> Register:
    """The register at a path: a folder of TOML, or a TOML, JSON or NDJSON file.

    Raises:
        RegisterError: there is no whole register; with every problem that was found.
    """
    path = Path(path)
    match _form_to_read(path):
        case Form.FOLDER:
            from qms.store.folder import load_folder

            return load_folder(path)
        case Form.TOML:
            from qms.store.folder import load_toml_file

            return load_toml_file(path)
        case Form.JSON:
            from qms.store.json import load_json

            return load_json(path)
        case Form.WORKBOOK:
            from qms.store.workbook_reading import load_workbook

            return load_workbook(path)
        case _:
            from qms.store.ndjson import load_ndjson

            return load_ndjson(path)


def iter_units(path: str | os.PathLike[str], *, keys: Collection[str] = ()) -> Iterator[Unit]:
    """The units of a register one after the other; of NDJSON in constant memory.

    No verdict may be given before the iteration has ended: what is wrong anywhere in
    the register is raised at its end.

    Args:
        path: The register.
        keys: Where given, units of NDJSON without any of these keys may be left out, unread.

    Raises:
        RegisterError: something in the register is wrong.
    """
    path = Path(path)
    if _form_to_read(path) is Form.NDJSON:
        from qms.store.ndjson import Lines

        lines = Lines.open(path)
        yield from lines.holding(keys) if keys else lines
    else:
        yield from load(path).units.values()


def save(
    register: Register,
    path: str | os.PathLike[str],
    form: Form | str | None = None,
    *,
    overwrite: bool = True,
    language: Language = Language.ENGLISH,
) -> None:
    """Write a register in one stroke; what is left out of it is left out of the file.

    Args:
        register: The register.
        path: The file or the folder to write.
        form: The form; where left out, it is told from the name (no ending: a folder).
        overwrite: Whether a file may be replaced. A folder is written only where there
            is none, or an empty one.
        language: The language of the headings of a workbook.

    Raises:
        RegisterError: the register would not load, or cannot be written there; nothing
            was changed.
    """
    path = Path(path)
    chosen = form_of(path) if form is None else Form(form)
    save_as(register, path, chosen, overwrite=overwrite, language=language)


def convert(
    source: str | os.PathLike[str],
    destination: str | os.PathLike[str],
    form: Form | str | None = None,
    *,
    overwrite: bool = False,
    language: Language = Language.ENGLISH,
) -> Register:
    """Write a register in another form; both load to equal objects.

    Args:
        source: The register to read.
        destination: The file or the folder to write.
        form: The form to write; where left out, it is told from the name.
        overwrite: Whether a file under that name may be replaced.
        language: The language of the headings of a workbook.

    Returns:
        The register.

    Raises:
        RegisterError: the source is no register, or the destination cannot be written.
    """
    register = load(source)
    save(register, destination, form, overwrite=overwrite, language=language)
    return register


def append(
    path: str | os.PathLike[str],
    unit: str | None,
    at: Sequence[str],
    fact: Any,
    *,
    timeout: float = 10,
) -> Register:
    """Record one dated fact in a register; what was recorded stays as it is.

    Args:
        path: The register. In a folder or file of TOML, every line that people wrote stays.
        unit: The identifier of the unit; None for the register itself.
        at: The path inside the unit: to a history (``("certificates", "2015", "history")``),
            to a new record (``("audits", "2016-1")``) or to a new key of a record
            (``("certificates", "2015", "expires")``); a single key may stand alone.
        fact: The record or the value; a record of the model, or its data.
        timeout: How many seconds to wait while another program changes the register.

    Returns:
        The register as it is now.

    Raises:
        RegisterError: the register would not load with the fact, another program is
            changing it, or it cannot be written; nothing was changed.
    """
    keys = (at,) if isinstance(at, str) else tuple(at)
    return append_many(path, [Fact(unit=unit, at=keys, fact=fact)], timeout=timeout)


def append_many(
    path: str | os.PathLike[str],
    facts: Iterable[Fact] | Callable[[Register], Iterable[Fact]],
    *,
    timeout: float = 10,
    dry_run: bool = False,
) -> Register:
    """Record several facts, all or none; see :func:`append`.

    A function in the place of the facts is given the register as it is while nobody else
    can change it; it returns the facts, or raises :class:`RegisterError` and nothing changes.
    With ``dry_run`` everything is refused that would be, and nothing is written.

    Raises:
        RegisterError: as in :func:`append`; none of the facts was recorded.
        TypeError: something among the facts is no :class:`Fact`.
    """
    from qms.store.appending import append_facts

    path = Path(path)
    wanted = facts if callable(facts) else tuple(facts)
    return append_facts(path, _form_to_read(path), wanted, timeout=timeout, dry_run=dry_run)


def _form_to_read(path: Path) -> Form:
    """The form of a register that is there.

    Raises:
        RegisterError: there is nothing there, or nothing whose form can be told.
    """
    from qms.store.files import unreadable
    from qms.store.folder import of_a_register

    try:
        path.stat()
    except OSError as error:
        raise RegisterError([unreadable(error, str(path))]) from None
    form = form_of(path)
    if form is Form.FOLDER and not path.is_dir():
        raise RegisterError([unknown_form(path)])
    part = of_a_register(path) if form is Form.TOML else None
    if part is not None:
        raise RegisterError([part])
    return form
