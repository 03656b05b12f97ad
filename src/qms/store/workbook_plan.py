"""The sheets of a workbook, derived from the shapes of the records.

A table or a history of records is a sheet; a record is a row.  The first columns say to
which records a row belongs; the values of a single record inside it stand in columns of
the same row.
"""

from __future__ import annotations

from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING

import tomli
from msgspec import Struct

from qms.codec.explain import DID_YOU_MEAN
from qms.codec.fields import Many, OneRecord, Scalar, Shape, Table, fields_of
from qms.model import Register
from qms.terms import Term
from qms.text import Text, same_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = [
    "LANGUAGES",
    "LISTS",
    "YES_NO",
    "SheetColumn",
    "SheetPlan",
    "flag_of",
    "nearest_of",
    "plan_of_workbook",
    "signature_of",
    "term_of",
]

#: The name of the hidden sheet with the words of the drop-down lists and, in its first
#: column, what stood in the workbook when it was written.
LISTS = "_qms"
#: What is written for true and false.
YES_NO = {True: Text(en="yes", vi="có"), False: Text(en="no", vi="không")}
_FLAGS = {
    True: {"true", "yes", "có", "đúng", "x", "1"},
    False: {"false", "no", "không", "sai", "0"},
}

#: The names of languages in headings, for names that stand in one or both.
LANGUAGES = {"en": Text(en="English", vi="tiếng Anh"), "vi": Text(en="Vietnamese", vi="tiếng Việt")}
_PLACE = Text(en="No.", vi="Thứ tự")


class SheetColumn(Struct, frozen=True):
    """A column: the way to its value in the data of a record, its heading and its shape.

    Attributes:
        way: The keys from the record to the value.
        heading: The heading.
        shape: The shape of the value; None for an identifier or a place in a list.
        usual: The heading of the same key on other sheets, by which it is known, too.
    """

    way: tuple[str, ...]
    heading: Text
    shape: Shape | None = None
    usual: Text | None = None


class SheetPlan(Struct, frozen=True, kw_only=True):
    """A sheet.

    Attributes:
        path: The names of the tables and lists on the way to its records.
        title: Its title.
        keys: The columns that say where a row belongs, the last of them its own key; a
            place in a list is counted from 1.
        lists: Whether each of the keys is a place in a list.
        columns: The columns of the record.
        single: Whether it holds one row without any key.
        values: Whether it is a table of words rather than of records.
    """

    path: tuple[str, ...]
    title: Text
    keys: tuple[SheetColumn, ...]
    lists: tuple[bool, ...]
    columns: tuple[SheetColumn, ...]
    single: bool = False
    values: bool = False


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    text = get_data("qms", "data/workbook.toml") or b""
    return tomli.loads(text.decode())


def _text(words: Mapping[str, str]) -> Text:
    return Text(en=words["en"][0].upper() + words["en"][1:], vi=words["vi"])


def _heading(name: str, sheet: tuple[str, ...] = ()) -> Text:
    """The heading of a key; on some sheets, told by the end of their path, it is called otherwise."""
    headings = _words()["headings"]
    names = (".".join((*sheet[start:], name)) for start in range(len(sheet)))
    return _text(next((headings[one] for one in names if one in headings), headings[name]))


def _title(path: tuple[str, ...]) -> Text:
    return _text(_words()["sheets"][".".join(path)])


@cache
def plan_of_workbook() -> tuple[SheetPlan, ...]:
    """Every sheet, those above before those below."""
    found: list[SheetPlan] = []
    fields = {one.name: one.shape for one in fields_of(Register)}
    organisation = fields["organisation"]
    assert isinstance(organisation, OneRecord)  # noqa: S101 - as the model has it
    columns = tuple(_columns(organisation.record, (), ()))
    path = ("organisation",)
    found.append(
        SheetPlan(path=path, title=_title(path), keys=(), lists=(), columns=columns, single=True)
    )
    found += _below(organisation.record, path, (), ())
    for name in ("yearly_plans", "units"):
        found += _sheet(fields[name], (name,), (), ())
    return tuple(found)


def _below(
    record: type,
    path: tuple[str, ...],
    keys: tuple[SheetColumn, ...],
    lists: tuple[bool, ...],
) -> Iterator[SheetPlan]:
    for one in fields_of(record):
        if isinstance(one.shape, Table) or (
            isinstance(one.shape, Many) and isinstance(one.shape.item, OneRecord)
        ):
            yield from _sheet(one.shape, (*path, one.name), keys, lists)


def _sheet(
    shape: Shape,
    path: tuple[str, ...],
    keys: tuple[SheetColumn, ...],
    lists: tuple[bool, ...],
) -> Iterator[SheetPlan]:
    is_list = isinstance(shape, Many)
    inner = (
        shape.item
        if isinstance(shape, Many)
        else shape.value
        if isinstance(shape, Table)
        else shape
    )
    title = _title(path)
    own = _PLACE if is_list else _text(_words()["keys"][".".join(path)])
    keys = (*keys, SheetColumn((path[-1],), own))
    lists = (*lists, is_list)
    if isinstance(inner, OneRecord):
        columns = tuple(_columns(inner.record, (), path))
        yield SheetPlan(path=path, title=title, keys=keys, lists=lists, columns=columns)
        yield from _below(inner.record, path, keys, lists)
    else:
        value = SheetColumn((), _heading("reason"), inner)
        yield SheetPlan(
            path=path, title=title, keys=keys, lists=lists, columns=(value,), values=True
        )


def _columns(record: type, way: tuple[str, ...], sheet: tuple[str, ...]) -> Iterator[SheetColumn]:
    for one in fields_of(record):
        if one.name == "id" and not way:
            continue
        here = (*way, one.name)
        shape = one.shape
        if isinstance(shape, OneRecord):
            yield from _columns(shape.record, here, sheet)
        elif isinstance(shape, Scalar) or (
            isinstance(shape, Many) and isinstance(shape.item, Scalar)
        ):
            yield SheetColumn(here, _of_way(here, sheet), shape, _of_way(here, ()))


def _of_way(way: tuple[str, ...], sheet: tuple[str, ...]) -> Text:
    """The heading of a value inside records inside the row: its own name is enough mostly."""
    if way[-1] in LANGUAGES:
        head, language = _heading(way[-2], sheet), LANGUAGES[way[-1]]
        return Text(en=f"{head.en} ({language.en})", vi=f"{head.vi} ({language.vi})")
    own = _heading(way[-1], sheet)
    if len(way) == 1 or way[0] == "policy":
        return own
    outer = _heading(way[-2])
    return Text(en=f"{outer.en}: {own.en}", vi=f"{outer.vi}: {own.vi}")


def signature_of(plan: SheetPlan, column: SheetColumn | None = None) -> str:
    """How a sheet, or a column of it, is called in the hidden sheet of a workbook."""
    sheet = ".".join(plan.path)
    return sheet if column is None else f"{sheet}: {'.'.join(column.way) or column.heading.en}"


def term_of(shape: Shape | None) -> type[Term] | None:
    """The words to choose from in a column; None where there are none."""
    if isinstance(shape, Scalar) and shape.term is not None and issubclass(shape.term, Term):
        return shape.term
    return None


def flag_of(value: object) -> bool | None:
    """What a cell for yes or no says, in either language; None where it says neither."""
    if isinstance(value, bool):
        return value
    words = same_words(str(value))
    return next((flag for flag, known in _FLAGS.items() if words in known), None)


def nearest_of(words: str, known: Iterable[str]) -> Text | None:
    """A question whether one of the known words was meant, spelt as it is known."""
    import difflib

    folded = {same_words(one): one for one in known}
    close = difflib.get_close_matches(same_words(words), folded, n=1, cutoff=0.6)
    return DID_YOU_MEAN.format(word=folded[close[0]]) if close else None
