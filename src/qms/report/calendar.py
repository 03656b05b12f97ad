"""The obligations of a year, month by month: what, where, by when, and who sees to it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date  # noqa: TC003 - the annotations are read at run time
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from qms.check import fill
from qms.report.citations import cited
from qms.report.json import Basis, GivenName, Words, basis, given_name, indented, known_day, words
from qms.report.layout import Paint, wrap
from qms.report.sentences import counted, counted_units
from qms.terms import ObligationKind, ObligationState
from qms.text import Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qms.obligations import Obligation
    from qms.programme import Entry
    from qms.report import Setting
    from qms.terms import Clause

__all__ = ["CalendarEntry", "render", "render_json"]

_NAMED, _LISTED = 5, 100
_STYLES = {
    ObligationState.MET: "green",
    ObligationState.LATE: "yellow",
    ObligationState.DUE_SOON: "yellow",
    ObligationState.OVERDUE: "red",
}
_TITLE = Text(
    en="{organisation} · calendar of {year}, as of {day}",
    vi="{organisation} · lịch công việc năm {year}, tình hình đến ngày {day}",
)
_ONE, _MANY = (
    Text(en="obligation", vi="việc phải thực hiện"),
    Text(en="obligations", vi="việc phải thực hiện"),
)
_NOTHING = Text(
    en="Nothing falls due in {year}.", vi="Năm {year} không có việc nào phải thực hiện."
)
_EARLIER = Text(en="Carried over from earlier years", vi="Tồn đọng từ các năm trước")
_OPEN_ENDED = Text(en="Without a due day", vi="Không ấn định hạn")
_BY = Text(en="by {due}: {what}", vi="hạn {due}: {what}")
_NOT_DONE = Text(en="not done yet", vi="chưa thực hiện")
_FROM = Text(en="from {opens}", vi="từ {opens}")
_WHO = Text(en="who: {who}", vi="thực hiện: {who}")
_DONE = Text(en="{state} on {day}", vi="{state} ngày {day}")
_BASIS = Text(en="basis: {basis}", vi="căn cứ: {basis}")
_MORE = Text(en="… and {count} more", vi="… và {count} đơn vị khác")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


class CalendarEntry(Struct, frozen=True, kw_only=True):
    """An obligation of one unit."""

    unit: str
    name: GivenName
    group: str | None
    kind: ObligationKind
    what: Words
    subject: str
    opens: date | None
    due: date | None
    state: ObligationState
    done: date | None
    task: str | None
    responsible: str
    who: Words
    party: GivenName | None
    basis: Basis
    carried_over: bool


class Calendar(Struct, frozen=True, kw_only=True):
    """The obligations of a year, as of a day."""

    format: Literal["qms-calendar/1"]
    year: int
    on: date
    organisation: GivenName
    entries: list[CalendarEntry]


def render_json(entries: Iterable[Entry], year: int, on: date, setting: Setting) -> str:
    """The obligations of a year as indented JSON."""
    return indented(
        Calendar(
            format="qms-calendar/1",
            year=year,
            on=on,
            organisation=given_name(setting.organisation),
            entries=[_entry(entry) for entry in entries],
        )
    )


def _entry(entry: Entry) -> CalendarEntry:
    obligation = entry.obligation
    return CalendarEntry(
        unit=entry.unit,
        name=given_name(entry.name),
        group=entry.group,
        kind=obligation.kind,
        what=words(obligation.kind.text),
        subject=obligation.subject,
        opens=known_day(obligation.opens),
        due=known_day(obligation.due),
        state=entry.state,
        done=_done(entry),
        task=obligation.task,
        responsible=entry.responsible.value,
        who=words(entry.responsible.text),
        party=None if entry.party is None else given_name(entry.party),
        basis=basis(obligation.basis),
        carried_over=entry.carried_over,
    )


def _done(entry: Entry) -> date | None:
    """The day on which it was done, as far as that was known on the day asked about."""
    if entry.state is ObligationState.MET:
        return entry.obligation.met
    return entry.obligation.late if entry.state is ObligationState.LATE else None


#: The collections of which a unit holds many records.
_BY_CODE = frozenset({"documents", "objectives", "plans", "audits", "reviews"})


def render(entries: Sequence[Entry], year: int, on: date, setting: Setting) -> str:
    """The obligations of a year as text, month by month; alike ones together."""
    language, paint = setting.language, Paint(setting.colour)
    title = fill(_TITLE, {"organisation": setting.organisation, "year": year, "day": on})
    lines = [paint(line, "bold") for line in wrap(title.in_(language), setting.width)]
    if not entries:
        lines.append(fill(_NOTHING, {"year": year}).in_(language))
    else:
        lines += wrap(_count(entries, language), setting.width)
    ordered = sorted(entries, key=_section)
    for section, found in groupby(ordered, key=_section):
        lines += ["", paint(_heading(section, language), "bold")]
        for alike in _alike(found):
            lines += _told(alike, setting)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _count(entries: Sequence[Entry], language: Language) -> str:
    states = [
        f"{sum(1 for entry in entries if entry.state is state)} {state.text.in_(language)}"
        for state in ObligationState
        if any(entry.state is state for entry in entries)
    ]
    return f"{counted(len(entries), _ONE, _MANY).in_(language)}: {', '.join(states)}."


def _section(entry: Entry) -> tuple[int, int, int]:
    """What was carried over comes first, then the months, then what has no due day."""
    if entry.carried_over:
        return 0, 0, 0
    due = entry.obligation.due
    return (2, 0, 0) if due is None else (1, due.year, due.month)


def _heading(section: tuple[int, int, int], language: Language) -> str:
    part, year, month = section
    if part == 1:
        months = Text(en=f"{_MONTHS[month - 1]} {year}", vi=f"Tháng {month}/{year}")
        return months.in_(language)
    return (_OPEN_ENDED if part else _EARLIER).in_(language)


def _alike(entries: Iterable[Entry]) -> Iterator[tuple[Entry, ...]]:
    """The same obligation of several units together, by due day."""
    groups: defaultdict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        o = entry.obligation
        key = (o.due, o.opens, o.kind, entry.state, _done(entry), entry.party, o.basis)
        groups[key].append(entry)
    yield from map(tuple, groups.values())


def _told(alike: Sequence[Entry], setting: Setting) -> Iterator[str]:
    first, language, paint = alike[0], setting.language, Paint(setting.colour)
    obligation = first.obligation
    title = obligation.kind.text
    if obligation.due is not None:
        title = fill(_BY, {"due": obligation.due, "what": title})
    state = first.state.text
    if obligation.due is None and first.state is ObligationState.OPEN:
        state = _NOT_DONE
    if done := _done(first):
        state = fill(_DONE, {"state": state, "day": done})
    yield from wrap(
        f"{title.in_(language)} – {paint(state.in_(language), *_style(first))}",
        setting.width,
        indent="  ",
        hanging="    ",
    )
    who = first.responsible.text.in_(language)
    if first.party is not None:
        who = f"{who} ({first.party.in_(language)})"
    known = known_day(obligation.opens) is not None
    details = (
        *([fill(_FROM, {"opens": obligation.opens})] if known else ()),
        fill(_WHO, {"who": who}),
        fill(_BASIS, {"basis": _cited(obligation.basis)}),
    )
    detail = "; ".join(part.in_(language) for part in details)
    yield from (paint(line, "dim") for line in wrap(detail, setting.width, indent="    "))
    yield from _units(alike, setting)


def _cited(basis: Clause) -> Text:
    return Text(en=cited(basis, Language.ENGLISH), vi=cited(basis, Language.VIETNAMESE))


def _style(entry: Entry) -> tuple[str, ...]:
    style = _STYLES.get(entry.state)
    return () if style is None else (style,)


def _units(alike: Sequence[Entry], setting: Setting) -> Iterator[str]:
    language = setting.language
    if alike[0].obligation.subject.partition(".")[0] in _BY_CODE:
        yield from _records(alike, setting)
        return
    if len(alike) <= _NAMED:
        for entry in alike:
            where = f", {entry.obligation.subject}" if entry.obligation.subject else ""
            name = f"• {entry.name.in_(language)} ({entry.unit}{where})"
            yield from wrap(name, setting.width, indent="    ", hanging="      ")
        return
    listed = ", ".join(entry.unit for entry in alike[:_LISTED])
    if len(alike) > _LISTED:
        listed = f"{listed} {fill(_MORE, {'count': len(alike) - _LISTED}).in_(language)}"
    units = counted_units(len({entry.unit for entry in alike})).in_(language)
    yield from wrap(f"{units}: {listed}", setting.width, indent="    ")


def _records(alike: Sequence[Entry], setting: Setting) -> Iterator[str]:
    """The records of each unit by their codes, for a unit has many of them."""
    by_unit: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in alike:
        by_unit[entry.unit].append(entry)
    for unit, entries in by_unit.items():
        codes = ", ".join(_named(entry.obligation) for entry in entries)
        name = f"• {entries[0].name.in_(setting.language)} ({unit}): {codes}"
        yield from wrap(name, setting.width, indent="    ", hanging="      ")


def _named(obligation: Obligation) -> str:
    """A record by its code; a task in its own words, too."""
    code = _code(obligation.subject)
    return f"{code} “{obligation.task}”" if obligation.task else code


def _code(subject: str) -> str:
    """A record as people name it: `QT-01`, `audit-2015/3`, `objective-1/task-2`."""
    code = subject.partition(".")[2]
    return code.replace(".findings.", "/").replace(".tasks.", "/").replace(".decisions.", "/")
