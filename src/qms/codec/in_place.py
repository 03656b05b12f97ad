"""The bulk door: JSON bytes to structs that look like records, judged where they stand.

A check of many thousand units reads each once and lets it go.  Moving the values
into records would cost more than reading them, so here they stay in the structs
that msgspec made: the same names, the same values, the same refusals as in
:mod:`qms.codec.strict`.  Whatever takes a record by its attributes takes these.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

import msgspec

from qms.codec.fields import (
    Field,
    Kind,
    Many,
    OneRecord,
    Scalar,
    Shape,
    Table,
    fields_of,
    innermost,
)
from qms.codec.references import NAMING
from qms.codec.strict import (
    RefusedError,
    Ways,
    check_of_words,
    checked_words,
    is_blank,
    judging,
    quantity,
    refuse,
    remembered,
    struct_of,
    struct_type,
)
from qms.model import (
    AdministrativeProcedure,
    Announcement,
    Audit,
    Certificate,
    CertificateEvent,
    Document,
    DocumentEvent,
    Finding,
    FindingEvent,
    LegalDocument,
    ManagementReview,
    QualityObjective,
    Task,
    Unit,
)
from qms.text import Name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from qms.codec.strict import FieldOf

__all__ = ["unit_decoder", "units_decoder"]

#: Fields whose values stand in a register over and over, word for word: the same editions,
#: the same auditors.  They are read once, and known again by how they are written.
_REPEATED = frozenset({(Audit, "criteria"), (Audit, "team")})
#: How many of each are remembered.
_MOST_REPEATED = 5_000

#: The words that many records have, of those that they may have.
_OFTEN_GIVEN: Mapping[type, frozenset[str]] = {
    AdministrativeProcedure: frozenset({"field"}),
    Announcement: frozenset({"scope", "signed_by"}),
    Certificate: frozenset({"accreditation", "issuer", "scope"}),
    CertificateEvent: frozenset({"reason"}),
    Document: frozenset({"access", "format", "language", "owner"}),
    DocumentEvent: frozenset({"by"}),
    Finding: frozenset({"evidence", "owner", "statement"}),
    FindingEvent: frozenset({"by"}),
    LegalDocument: frozenset({"issuer", "number"}),
    ManagementReview: frozenset({"chaired_by"}),
    Name: frozenset({"en", "vi"}),
    QualityObjective: frozenset({"evaluation", "owner"}),
    Task: frozenset({"resources", "who"}),
}


@cache
def unit_decoder() -> Callable[[bytes | str], Unit]:
    """A function that makes something like a unit of JSON text.

    The function raises :class:`~qms.codec.strict.RefusedError` for whatever the strict
    door refuses, and nothing else.
    """
    together = units_decoder()

    def decode(text: bytes | str) -> Unit:
        ((unit,), _) = together((text,))
        return unit

    return decode


@cache
def units_decoder() -> Callable[[Iterable[bytes | str]], tuple[list[Unit], list[bool]]]:
    """A function that makes something like units of several JSON texts.

    It also tells of each whether any record in it may name another one.  It raises
    :class:`~qms.codec.strict.RefusedError` where the strict door refuses any, without
    saying which.
    """
    decode: Callable[[bytes | str], Any] = msgspec.json.Decoder(struct_of(Unit, _ways())).decode
    judge = _judge(Unit)

    def judged(texts: Iterable[bytes | str]) -> tuple[list[Unit], list[bool]]:
        try:
            structs: list[Unit] = list(map(decode, texts))  # with the attributes of units
            return structs, list(map(judge, structs))
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise RefusedError(str(error)) from None

    return judged


@cache
def _ways() -> Ways:
    """How the fields of a unit and of the records in it are read."""
    return Ways(raw=_REPEATED, seldom=frozenset(_seldom_given(Unit)))


def _seldom_given(record: type) -> Iterator[FieldOf]:
    """The fields of words that few records have, in a record and the records in it."""
    for one in fields_of(record):
        if is_blank(one.shape) and not one.required:
            named = _OFTEN_GIVEN.get(record, frozenset()) | {*NAMING.get(record, ())}
            if one.name not in named:
                yield record, one.name
        inner = innermost(one.shape)
        if isinstance(inner, OneRecord):
            yield from _seldom_given(inner.record)


@cache
def _judge(record: type) -> Callable[[Any], bool]:
    """Compile the function that judges what msgspec has not judged in a struct.

    It also tells whether any record in it may name another one, for what names it holds
    is to be judged by others.  The records inside are judged in the same function: calling
    one for each of the hundred records of a unit would cost more than the judging itself.
    """
    names: dict[str, Any] = {"refuse": refuse, "quantity": quantity}
    lines = ["names = False", *_record(record, "struct", 0, names), "return names"]
    exec("\n".join(["def judge(struct):", *_indented(lines)]), names)  # noqa: S102 - made of our own field names alone
    return cast("Callable[[Any], bool]", names["judge"])


def _indented(lines: list[str]) -> list[str]:
    return [f" {line}" for line in lines]


def _record(record: type, struct: str, depth: int, names: dict[str, Any]) -> list[str]:
    """The lines that judge the struct in a variable; none where msgspec has judged it."""
    lines = [
        line for one in fields_of(record) for line in _field(record, one, struct, depth, names)
    ]
    if record is Name:
        lines.append(f"if {struct}.en is None and {struct}.vi is None: refuse()")
    return lines + judging(record, struct, names)


def _field(record: type, one: Field, struct: str, depth: int, names: dict[str, Any]) -> list[str]:
    """The lines that judge one field; none where msgspec has judged it."""
    shape, item = one.shape, f"item{depth}"
    place = f"{struct}.{one.name}"
    known = f"known_{record.__name__}_{one.name}"
    naming = ["names = True"] if one.name in NAMING.get(record, ()) else []
    if (record, one.name) in _ways().seldom:
        return []
    if is_blank(shape) and not naming:
        given = "" if one.required else f"{place} is not None and "
        return [f"if {given}{place}.isspace(): refuse()"]
    if (record, one.name) in _REPEATED:
        names[known] = remembered(_reader(shape), _MOST_REPEATED)
        lines = [f"{place} = {known}(bytes({place}))"]
    elif isinstance(shape, Many | Table):
        lines = _several(shape, place, depth, (known, names))
    elif isinstance(shape, OneRecord):
        lines = [f"{item} = {place}", *_record(shape.record, item, depth + 1, names)]
    else:
        lines = _value(shape, place, place, depth + 1, (known, names))
    given = place if isinstance(shape, Many | Table) else f"{place} is not None"
    if not lines or (one.required and given != place):
        return lines
    return [f"if {given}:", *_indented(naming + lines)]


def _reader(shape: Shape) -> Callable[[bytes], Any]:
    """A function that reads several values that were left as they are written, and judges them."""
    decode = msgspec.json.Decoder(struct_type(shape, _ways())).decode
    item = innermost(shape)
    if isinstance(item, Scalar):
        known = checked_words(item)
        return lambda text: tuple(map(known, decode(text)))
    assert isinstance(item, OneRecord)  # noqa: S101 - see _REPEATED
    judge = _judge(item.record)

    def read(text: bytes) -> Any:
        found = decode(text)
        for one in found:
            judge(one)
        return found

    return read


def _several(
    shape: Many | Table, place: str, depth: int, kept: tuple[str, dict[str, Any]]
) -> list[str]:
    """The lines that judge each of several values, and their keys."""
    known, names = kept
    item = f"item{depth}"
    lines = _value(innermost(shape), place, item, depth + 1, kept)
    if isinstance(shape, Table):
        names[known] = checked_words(shape.key)
        return [
            f"for key, {item} in {place}.items():",
            *_indented([f"{known}(key)", *lines]),
        ]
    return [f"for {item} in {place}:", *_indented(lines)] if lines else []


def _value(
    shape: Shape, place: str, value: str, depth: int, kept: tuple[str, dict[str, Any]]
) -> list[str]:
    """The lines that judge one value, and put it right where it is kept in another form."""
    known, names = kept
    if isinstance(shape, OneRecord):
        return _record(shape.record, value, depth, names)
    assert isinstance(shape, Scalar)  # noqa: S101 - the model has no lists of lists
    if is_blank(shape):
        return [f"if {value}.isspace(): refuse()"]
    if shape.kind is Kind.QUANTITY:
        return [f"{place} = quantity({value})"]
    if shape.kind is Kind.INTEGER:
        return [f"{place} = int({value})"]
    if not shape.pattern:
        return []
    if known == "known_Unit_id":
        names[known] = check_of_words(shape)  # not remembered: no other unit has it
        return [f"{known}({value})"]
    known = f"{known}_words"
    names[known] = checked_words(shape)
    made = f"{known}({value})"
    return [f"{place} = {made}" if shape.kind is Kind.EDITION else made]
