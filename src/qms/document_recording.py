"""A fact about a document, appended whole or not at all after everything against it was said.

While a fact is judged nobody else can change the register.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qms.problems import Problem, RegisterError
from qms.text import Text

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Sequence

    from qms.model import Document, Register
    from qms.revisions import Refusal
    from qms.store.appending import Fact

    #: Makes the fact out of a register and a document, and says why it may not be recorded.
    Judge = Callable[[Register, Document], tuple[Any, Sequence[Refusal]]]

__all__ = ["append", "documents_of", "record", "refuse_workbook", "stop"]

_NO_UNIT = Text(en="the register has no unit “{name}”", vi="sổ đăng ký không có đơn vị “{name}”")
_NO_DOCUMENT = Text(
    en="the unit has no document “{name}”", vi="đơn vị không có tài liệu mã “{name}”"
)
_KNOWN = Text(en="Known here: {names}", vi="Hiện có: {names}")
_NEW_DOCUMENT = Text(
    en="Known here: {names}. To begin a new document, give its title and its kind with its draft.",
    vi="Hiện có: {names}. Để lập tài liệu mới, nêu tên và loại tài liệu khi ghi nhận việc soạn thảo.",
)
_SHOWN = 12


def record(
    register: str | os.PathLike[str],
    unit: str,
    code: str,
    collection: str,
    judge: Judge,
    *,
    dry_run: bool,
) -> Register:
    """Append the fact that a judge makes out of a document, if the judge refuses nothing."""

    def facts(known: Register) -> Iterable[Fact]:
        from qms.store.appending import Fact

        documents = documents_of(known, unit)
        document = documents.get(code)
        if document is None:
            names = _near(code, documents)
            remedy = (_NEW_DOCUMENT if collection == "history" else _KNOWN).format(names=names)
            what = _NO_DOCUMENT.format(name=code)
            raise RegisterError([Problem(what=what, path=f"units.{unit}", remedy=remedy)])
        fact, found = judge(known, document)
        stop(unit, code, found)
        return [Fact(unit=unit, at=("documents", code, collection), fact=fact)]

    return append(register, facts, dry_run=dry_run)


def append(
    register: str | os.PathLike[str],
    facts: Callable[[Register], Iterable[Fact]],
    *,
    dry_run: bool,
) -> Register:
    """Append the facts that are made out of the register as it is; or show what would be."""
    from qms import store

    refuse_workbook(register)
    return store.append_many(Path(register), facts, dry_run=dry_run)


def refuse_workbook(register: str | os.PathLike[str]) -> None:
    """Refuse a workbook before anything else is asked: no fact can be appended to it."""
    from qms.store import appending, saving

    if Path(register).is_file():
        appending.refuse_workbook(Path(register), saving.form_of(Path(register)))


def stop(unit: str, code: str, found: Sequence[Refusal]) -> None:
    """Stop where something is refused.

    Raises:
        RegisterError: with every reason.
    """
    if found:
        path = f"units.{unit}.documents.{code}"
        raise RegisterError([Problem(what=one.what, path=path, remedy=one.remedy) for one in found])


def documents_of(register: Register, name: str) -> dict[str, Document]:
    """The documents of a unit.

    Raises:
        RegisterError: the register has no such unit.
    """
    unit = register.units.get(name)
    if unit is None:
        remedy = _KNOWN.format(names=_near(name, register.units))
        raise RegisterError([Problem(what=_NO_UNIT.format(name=name), remedy=remedy)])
    return dict(unit.documents)


def _near(name: str, known: Iterable[str]) -> str:
    """The names that are nearest to a wrong one, or some of them where none is near."""
    from difflib import get_close_matches

    folded = {one.casefold(): one for one in known}
    near = [folded[one] for one in get_close_matches(name.casefold(), folded, n=3, cutoff=0.6)]
    shown = near or sorted(folded.values())
    return ", ".join(shown[:_SHOWN]) + (", …" if len(shown) > _SHOWN else "") or "–"
