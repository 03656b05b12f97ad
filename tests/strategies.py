"""Registers drawn at random from the model itself, for laws that hold for every register."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from attrs import evolve, fields_dict
from hypothesis import strategies as st

from qms.characters import WORDS
from qms.codec.contradictions import ORDERS
from qms.codec.fields import Kind, Many, OneRecord, Scalar, Table, fields_of
from qms.model import Certificate, Organisation, Policy, Register, Unit, YearlyPlan
from qms.terms import Edition, Regime
from qms.text import Name

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from qms.codec.fields import Field, Shape

__all__ = ["days", "keys", "records", "registers", "units", "words"]

_LETTERS = "aAbcđĐêếộwzZ019àÀỹ"
_SPELLINGS = (
    "ISO 9001:2015",
    "ISO 9001-2008",
    "TCVN ISO 9001:2008",
    "9001:2015",
    "iso9001:2000",
    "ISO 9001:2015/Amd 1:2024",
)
#: Values for the patterns of the model, by how the pattern begins.
_BY_PATTERN: dict[str, SearchStrategy[str]] = {
    r"^[0-9]{1,2}(\.": st.sampled_from(["4", "7.5", "7.5.3.2", "10.2", "8.3"]),
    r"^[0-9]{1,4}(\.": st.sampled_from(["1", "02", "1.3", "12"]),
    r"^[12][0-9]{3}": st.integers(1000, 2999).map(str),
    r"^[0-9a-f]{64}": st.sampled_from(["0" * 64, "a1" * 32]),
}

days = st.dates(date(1990, 1, 1), date(2040, 12, 31)) | st.sampled_from(
    [date.min, date.max, date(2024, 2, 29)]
)
quantities = st.decimals(-1000, 1000, places=3) | st.sampled_from(
    [Decimal(0), Decimal("97.5"), Decimal("0.1234567890123456789012"), Decimal(10) ** 14]
)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


words = (
    st.text(st.sampled_from(_LETTERS + " .,;:!?\"'\\/#=[]{}\t\n–“”%"), min_size=1, max_size=12)
    .map(_composed)
    .filter(lambda text: bool(text.strip()))
)
keys = st.builds(
    lambda first, rest, last: _composed(first + rest + last),
    st.sampled_from(_LETTERS),
    st.text(st.sampled_from(_LETTERS + " .-_'#=[]{}"), max_size=5),
    st.sampled_from(_LETTERS + ".'-"),
)


@cache
def records(record: type) -> SearchStrategy[Any]:
    """Records of a class; their parts do not contradict each other, but may lead nowhere."""
    if record is Name:
        return st.builds(Name, en=words, vi=words) | st.builds(Name, vi=words)
    required = {one.name: _values(one) for one in fields_of(record) if one.required}
    optional = {one.name: _values(one) for one in fields_of(record) if not one.required}
    optional.pop("id", None)
    optional.pop("format", None)
    few = st.fixed_dictionaries(required, optional=optional)
    return few.map(lambda given: _settled(record(**_some(record, given))))


def _some(record: type, given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name in fields_dict(record)}


def _values(one: Field) -> SearchStrategy[Any]:
    return _shaped(one.shape)


def _shaped(shape: Shape) -> SearchStrategy[Any]:
    if isinstance(shape, OneRecord):
        return st.deferred(lambda: records(shape.record))
    if isinstance(shape, Many):
        return st.lists(_shaped(shape.item), max_size=2).map(tuple)
    if isinstance(shape, Table):
        return st.dictionaries(_scalars(shape.key), _shaped(shape.value), max_size=2)
    return _scalars(shape)


def _scalars(shape: Scalar) -> SearchStrategy[Any]:
    match shape.kind:
        case Kind.FLAG:
            return st.booleans()
        case Kind.DAY:
            return days
        case Kind.QUANTITY:
            return quantities
        case Kind.EDITION:
            return st.sampled_from(_SPELLINGS).map(Edition)
        case Kind.TERM:
            return st.sampled_from(shape.term)  # type: ignore[arg-type]
        case Kind.FIXED:
            return st.sampled_from(shape.values)
        case Kind.INTEGER:
            least, greatest = shape.least or 0, shape.greatest or 0
            return st.integers(max(least, -5000), min(greatest, 5000)) | st.just(least)
    for start, values in _BY_PATTERN.items():
        if (shape.pattern or "").startswith(start):
            return values
    return words if shape.pattern in {None, WORDS} else keys


def _settled(record: Any) -> Any:
    """The record without contradictions of its own."""
    for earlier, later in ORDERS.get(type(record), ()):
        start, end = getattr(record, earlier), getattr(record, later)
        if start is not None and end is not None and end < start:
            record = evolve(record, **{later: start})
    if isinstance(record, Certificate):
        regime = record.regime
        if regime is Regime.ANNOUNCEMENT:
            regime = Regime.ACCREDITED
        latest = [day for day in (record.decided, record.issued, record.effective) if day]
        ends = record.expires and max([record.expires, *latest])
        record = evolve(record, regime=regime, expires=ends)
    if isinstance(record, Policy):
        record = evolve(record, on_site_numerator=None, on_site_denominator=None)
    return record


@st.composite
def units(draw: DrawFn, identifier: str = "u1", others: tuple[str, ...] = ()) -> Unit:
    """A unit with whole references; it names other units only from ``others``."""
    unit: Unit = draw(records(Unit))
    return evolve(
        _with_references(unit),
        id=identifier,
        group=None,
        parent=draw(st.sampled_from([None, *others])),
        predecessors=others[:1],
        successors=others[1:2],
    )


def _with_references(unit: Unit) -> Unit:
    """The unit with references that lead to its own records, or are left out."""
    own = {name: list(getattr(unit, name)) for name in ("certificates", "documents")}
    return evolve(
        unit,
        certificates=_pointing(unit.certificates, replaces=None),
        announcements=_pointing(
            unit.announcements, replaces=None, procedures=tuple(unit.procedures)[:1]
        ),
        audits={
            key: evolve(
                audit,
                certificate=next(iter(own["certificates"]), None),
                findings=_pointing(audit.findings, repeats=None),
            )
            for key, audit in unit.audits.items()
        },
        objectives=_pointing(unit.objectives, parent=None),
        plans=_pointing(unit.plans, document=next(iter(own["documents"]), None)),
        documents=_pointing(unit.documents, form_of=None, cites=tuple(unit.legal_documents)[:1]),
        procedures=_pointing(
            unit.procedures,
            document=next(iter(own["documents"]), None),
            legal_bases=tuple(unit.legal_documents),
        ),
        legal_documents=_pointing(unit.legal_documents, replaced_by=None),
        waivers=tuple(evolve(waiver, rule="C103", subject=None) for waiver in unit.waivers),
    )


def _pointing(table: Any, **references: Any) -> dict[str, Any]:
    return {key: evolve(one, **references) for key, one in table.items()}


@st.composite
def registers(draw: DrawFn, most: int = 3) -> Register:
    """A register of a few units that loads whole."""
    names = draw(st.lists(keys, min_size=1, max_size=most, unique=True))
    made = {}
    for index, name in enumerate(names):
        others = tuple(names[:index])
        made[name] = draw(units(name, others))
    organisation: Organisation = draw(records(Organisation))
    plans = draw(st.dictionaries(st.sampled_from(["2015", "2026"]), records(YearlyPlan)))
    return Register(
        organisation=organisation,
        yearly_plans=_pointing(plans, on_site=tuple(names[:1])),
        units=made,
    )
