"""Data of a whole register to the register, or every problem that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from qms.codec.contradictions import contradictions
from qms.codec.explain import Path, explain, print_path, shown
from qms.codec.header import Header
from qms.codec.references import (
    Names,
    circles_of_origin,
    circles_of_units,
    dangling_in_plans,
    dangling_inside,
    dangling_outside,
)
from qms.codec.schema import NAMED_UNIT, REST
from qms.codec.strict import RefusedError, decoder_of
from qms.model import Organisation, Register, Unit
from qms.problems import Place, Problem, RegisterError
from qms.text import Name, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

__all__ = ["ADD_A_UNIT", "NO_UNITS", "assemble", "nowhere", "put", "structure"]

NO_UNITS = Text(
    en="the register has no units, so nothing can be said about it",
    vi="sổ đăng ký chưa có đơn vị nào nên không thể đưa ra kết luận",
)
ADD_A_UNIT = Text(
    en="Add at least one unit with its name; in a folder, as a file such as units/skhcn.toml.",
    vi="Bổ sung ít nhất một đơn vị có ghi tên; với thư mục, lập tệp như units/skhcn.toml.",
)
_NO_TABLE = Text(
    en="the units do not stand in a table", vi="các đơn vị không được ghi thành một bảng"
)
_OTHER_ID = Text(
    en="the unit stands under “{key}” but calls itself “{own}”",
    vi="đơn vị được đặt dưới mã “{key}” nhưng lại tự ghi mã “{own}”",
)
_LEAVE_ID_OUT = Text(
    en="Leave “id” out, or make it the same as the key or the file name.",
    vi="Bỏ “id”, hoặc ghi giống với khóa hoặc tên tệp.",
)
_NOT_UNDERSTOOD = Text(
    en="this was not understood: {reason}", vi="không đọc được phần này: {reason}"
)
_REPORT = Text(
    en="Take out what was changed last, and report this as a mistake of the program.",
    vi="Bỏ nội dung vừa thay đổi gần nhất và báo lại đây là lỗi của chương trình.",
)
_TAKE_OUT_OF_UNITS = Text(
    en="Each unit is a table under its own identifier.",
    vi="Mỗi đơn vị là một bảng đặt dưới mã riêng của đơn vị đó.",
)


def nowhere(_: Path) -> Place:
    """No place is known."""
    return Place()


def assemble(
    data: Mapping[str, Any],
    place: Callable[[Path], Place] = nowhere,
    absent: Collection[Path] = (),
) -> Register:
    """Make a register of data: ``format``, ``organisation``, ``yearly_plans`` and ``units``.

    Args:
        data: What the forms of a register hold: tables, lists and single values, with
            dates as words such as ``2015-06-30``.
        place: Finds the file and the line of a path.
        absent: Tables whose files could not be read.  What may stand in them is not
            missed, and references that may lead to them are not judged.

    Raises:
        RegisterError: the data is not a register; with every problem in it.
    """
    rest = {key: value for key, value in data.items() if key != "units"}
    header, problems = structure(Header, rest, REST, (), place=place, absent=absent)
    units: dict[str, Unit] = {}
    named = data.get("units", {})
    if not isinstance(named, dict):
        problems += _not_units(named, place)
    else:
        for key, one in named.items():
            unit, found = _unit(key, one, place, absent)
            problems += found
            if unit is not None:
                units[key] = unit
        if not named and not absent:
            problems += (Problem(what=NO_UNITS, place=place(()), remedy=ADD_A_UNIT),)
    if isinstance(named, dict):
        problems += tuple(_judge(header, units, named.keys(), place, absent))
    if header is None or problems:
        raise RegisterError(problems)
    return Register(organisation=header.organisation, yearly_plans=header.yearly_plans, units=units)


def structure(
    record: type,
    data: object,
    schema: str,
    within: Path,
    *,
    place: Callable[[Path], Place],
    absent: Collection[Path] = (),
) -> tuple[Any, tuple[Problem, ...]]:
    """A record made of data, and every problem of its own.

    With problems, the record is only what was understood, for further judging; None where
    nothing was.
    """
    try:
        made = decoder_of(record)(msgspec.json.encode(data))
    except (RefusedError, ValueError, TypeError, OverflowError, RecursionError):
        problems = explain(data, schema, within=within, place=place, absent=absent)
        if problems:
            return _understood(record, data, problems, within, place)
        return _contradicting(record, data, within, place, excused=bool(absent))
    return made, tuple(put(contradictions(made), within, place)) if record is Header else ()


def _understood(
    record: type,
    data: object,
    problems: tuple[Problem, ...],
    within: Path,
    place: Callable[[Path], Place],
) -> tuple[Any, tuple[Problem, ...]]:
    """What was understood of data with problems, and what contradicts itself in it."""
    if not isinstance(data, dict):
        return None, problems
    from qms.codec.understood import as_far_as_understood

    made = as_far_as_understood(record, data)
    return made, problems + tuple(put(contradictions(made), within, place))


def _contradicting(
    record: type, data: object, within: Path, place: Callable[[Path], Place], *, excused: bool
) -> tuple[Any, tuple[Problem, ...]]:
    """A refused record in whose shape nothing was found to be wrong, and its problems.

    Nothing is ever refused in silence, unless a table that could not be read, and was
    complained about, excuses it.
    """
    try:
        made = decoder_of(record, judged=False)(msgspec.json.encode(data))
    except (RefusedError, ValueError, TypeError, OverflowError, RecursionError) as error:
        problem = Problem(
            what=_NOT_UNDERSTOOD.format(reason=str(error)),
            path=print_path(within),
            place=place(within),
            remedy=_REPORT,
        )
        return None, () if excused else (problem,)
    return made, tuple(put(contradictions(made), within, place))


def put(
    found: Iterable[tuple[Path, Problem]], within: Path, place: Callable[[Path], Place]
) -> Iterator[Problem]:
    """Say of each problem where it stands."""
    for path, problem in found:
        whole = within + path
        yield replace(problem, path=print_path(whole), place=place(whole))


def _unit(
    key: str, data: object, place: Callable[[Path], Place], absent: Collection[Path]
) -> tuple[Unit | None, tuple[Problem, ...]]:
    within: Path = ("units", key)
    other: tuple[Problem, ...] = ()
    if isinstance(data, dict):
        own = data.get("id", key)
        if isinstance(own, str) and own != key:
            other = (
                Problem(
                    what=_OTHER_ID.format(key=key, own=own),
                    path=print_path((*within, "id")),
                    place=place((*within, "id")),
                    remedy=_LEAVE_ID_OUT,
                ),
            )
        data = {**data, "id": own if isinstance(own, str) and not other else data.get("id", key)}
    unit, problems = structure(Unit, data, NAMED_UNIT, within, place=place, absent=absent)
    return unit, other + problems


def _not_units(data: object, place: Callable[[Path], Place]) -> tuple[Problem, ...]:
    return (
        Problem(
            what=_NO_TABLE if data else NO_UNITS,
            path="units",
            place=place(("units",)),
            found=shown(data),
            remedy=_TAKE_OUT_OF_UNITS,
        ),
    )


def _judge(
    header: Header | None,
    units: Mapping[str, Unit],
    known: Collection[str],
    place: Callable[[Path], Place],
    absent: Collection[Path],
) -> Iterator[Problem]:
    """The references that lead nowhere, but for those that may lead into an unread file."""
    tops = {path[0] if path else "" for path in absent}
    unread = {str(path[1]) for path in absent if len(path) > 1 and path[0] == "units"}
    all_known = () not in absent and ("units",) not in absent
    known_units = Names((*known, *unread))
    if header is not None and all_known:
        plans = header.yearly_plans.items()
        yield from put(dangling_in_plans(plans, known_units), (), place)
    organisation = Organisation(name=Name())
    if header is not None and not tops & {"", "organisation"}:
        organisation = header.organisation
    parents = {key: unit.parent for key, unit in units.items() if unit.parent is not None}
    yield from put(circles_of_units(parents), ("units",), place)
    for name in ("predecessors", "successors"):
        named = {key: getattr(unit, name) for key, unit in units.items() if getattr(unit, name)}
        yield from put(circles_of_origin(name, named), ("units",), place)
    for key, unit in units.items():
        if all_known and key not in unread:
            yield from put(dangling_inside(unit), ("units", key), place)
            found = dangling_outside(unit, organisation, known_units)
            yield from put(found, ("units", key), place)
