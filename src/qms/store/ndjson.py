"""A register as NDJSON: a header line, then one unit a line, read as a stream.

However long the file, one line is held in memory at a time.  References to
other units and identifiers that stand twice are judged from a :class:`Census`
of 8 bytes a unit, and 16 more where it names the unit above it.
"""

from __future__ import annotations

from array import array
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from qms.characters import holds_controls
from qms.codec.assemble import ADD_A_UNIT, NO_UNITS, put, structure
from qms.codec.explain import explain
from qms.codec.header import Header
from qms.codec.references import (
    Names,
    circles,
    circles_of_origin,
    circles_of_units,
    dangling_in_plans,
    dangling_inside,
    dangling_outside,
    loops,
)
from qms.codec.schema import HEADER, UNIT
from qms.codec.strict import RefusedError, decoder_of, refuse
from qms.marks import Marks, mark
from qms.model import Organisation, Register, Unit
from qms.problems import Place, Problem, RegisterError
from qms.store.files import (
    composed_with_escapes,
    decoded,
    is_composed,
    is_usual,
    open_file,
    unreadable,
)
from qms.store.json import parse_json
from qms.store.single_keys import once
from qms.text import Name, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import IO

    from qms.codec.explain import Path as KeyPath
    from qms.codec.references import Dangling

    _Together = Callable[[Sequence[bytes]], tuple[list[Unit], list[bool]]]

__all__ = [
    "LARGEST_LOOKED_THROUGH",
    "LONGEST_LINE",
    "MOST_LISTED",
    "Census",
    "Lines",
    "load_ndjson",
]

#: The longest line that is read, in bytes; a unit has a few thousand.
LONGEST_LINE = 16 * 1024 * 1024

#: How many problems of lines are listed; the lines that are wrong beyond are only counted.
MOST_LISTED = 10_000

#: How large a file may be for keys that stand twice to be looked for in the bulk door, too.
LARGEST_LOOKED_THROUGH = 16 * 1024 * 1024

#: So many bytes are read at once; lines are longer than the usual buffer of a file.
_READ_AT_ONCE = 256 * 1024
#: The units of so many bytes are handed on together: with what was made of them, they fit
#: where the processor finds them quickly.
_TOGETHER = 96 * 1024

_TOO_LONG = Text(en="the line is longer than {limit} MB", vi="dòng này dài hơn {limit} MB")
_ONE_A_LINE = Text(
    en="Write one unit a line; the first line is the header with the organisation.",
    vi="Ghi mỗi đơn vị trên một dòng; dòng đầu là phần mở đầu có thông tin tổ chức.",
)
_NOT_A_HEADER = Text(
    en="the first line is a unit, not the header with the organisation",
    vi="dòng đầu là một đơn vị, không phải phần mở đầu có thông tin tổ chức",
)
_NOT_LINES = Text(
    en="the first line holds only a piece of an object",
    vi="dòng đầu chỉ chứa một phần của đối tượng",
)
_ONE_OBJECT = Text(
    en="Give a file with one object over many lines a name that ends in .json; in this form,"
    " each line is a whole object.",
    vi="Tệp chứa một đối tượng viết trên nhiều dòng phải có đuôi .json; ở dạng này, mỗi dòng là"
    " một đối tượng trọn vẹn.",
)
_FURTHER = Text(
    en="{count} further lines that are wrong are not listed",
    vi="còn {count} dòng sai khác không được liệt kê",
)
_THESE_FIRST = Text(en="Correct those that are listed first.", vi="Sửa các dòng đã liệt kê trước.")
_NO_HEADER = Text(en="the file has no line with content", vi="tệp không có dòng nội dung nào")
_TWICE = Text(
    en="the unit “{id}” stands twice, first on line {first}",
    vi="đơn vị “{id}” bị ghi hai lần, lần đầu ở dòng {first}",
)
_KEEP_ONE = Text(
    en="Keep one of the two lines, or give one of the units another identifier.",
    vi="Chỉ giữ lại một trong hai dòng, hoặc đặt lại mã cho một trong hai đơn vị.",
)


class Census(Struct):
    """What has to be known of all units together: who they are and whom they name.

    Parts of a file that were read apart are put together, in the order of the file,
    with :meth:`add`.

    Attributes:
        problems: The problems of single lines.
        lines: How many lines were read.
        named: Marks of the units named by others.
        groups: The groups named.
        refused: The identifiers of units that were refused.
        nameless: How many lines were refused that do not tell which unit they are about.
        further: How many lines were refused without saying why.
        turns_back: Whether any unit names itself.
    """

    problems: list[Problem] = field(default_factory=list)
    lines: int = 0
    named: set[int] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    nameless: int = 0
    further: int = 0
    turns_back: bool = False
    _ids: Marks = field(default_factory=Marks)
    _parents: array[int] = field(default_factory=lambda: array("Q"))
    _came_from: array[int] = field(default_factory=lambda: array("Q"))
    _went_into: array[int] = field(default_factory=lambda: array("Q"))

    def count(self, unit: Unit) -> None:
        """Take a unit into account."""
        self._ids.note((unit.id,))
        if unit.group is not None:
            self.groups.add(unit.group)
        if unit.parent is not None:
            self._note(unit.id, (unit.parent,), self._parents)
        if unit.predecessors or unit.successors:
            self._note(unit.id, unit.predecessors, self._came_from)
            self._note(unit.id, unit.successors, self._went_into)

    def tell(self, found: Iterable[Dangling], unit: str, name: str) -> None:
        """Take what is wrong with the unit of the last line into account."""
        wrong = tuple(put(found, (unit,), _at(name, self.lines)))
        if len(self.problems) < MOST_LISTED:
            self.problems += wrong
        else:
            self.further += bool(wrong)

    def _note(self, own: str, names: Sequence[str], pairs: array[int]) -> None:
        for other in map(mark, names):
            self.named.add(other)
            pairs.extend((mark(own), other))
        self.turns_back |= own in names

    def add(self, later: Census) -> None:
        """Take the census of the lines that follow into account."""
        for _, several in groupby(later.problems, key=lambda problem: problem.place.line):
            if len(self.problems) < MOST_LISTED:
                self.problems += [_further(problem, self.lines) for problem in several]
            else:
                self.further += 1
                self.nameless += 1
        self.lines += later.lines
        self.named |= later.named
        self.groups |= later.groups
        self.refused |= later.refused
        self.nameless += later.nameless
        self.further += later.further
        self.turns_back |= later.turns_back
        self._parents.extend(later._parents)
        self._came_from.extend(later._came_from)
        self._went_into.extend(later._went_into)
        self._ids.add_all(later._ids)

    @property
    def units(self) -> int:
        """How many units were counted."""
        return len(self._ids)

    def doubtful(self, header: Header) -> bool:
        """Whether some unit seems to stand twice, or some name to lead nowhere or back.

        Where it is not known which units were refused, no name of a unit is held to lead
        nowhere; the groups are in the header.
        """
        missing = self.named - {mark(one) for one in self.refused}
        missing.update(mark(one) for plan in header.yearly_plans.values() for one in plan.on_site)
        if self.turns_back or self._ids.doubles():
            return True
        missing -= self._ids.common(missing)
        groups = header.organisation.groups
        if groups and not self.groups <= groups.keys():
            return True
        return (bool(missing) and not self.nameless) or self._in_a_circle()

    def _in_a_circle(self) -> bool:
        """Whether some unit seems to be, by way of others, above itself or its own origin."""
        pairs = zip(self._parents[::2], self._parents[1::2], strict=True)
        above = {mark: parent for mark, parent in pairs if mark in self.named}
        return any(circles(above)) or any(
            any(loops(self._named_in(pairs))) for pairs in (self._came_from, self._went_into)
        )

    def _named_in(self, pairs: array[int]) -> dict[int, list[int]]:
        """What each unit names, of the pairs of marks of such as are named themselves."""
        found: dict[int, list[int]] = {}
        for one, other in zip(pairs[::2], pairs[1::2], strict=True):
            if one in self.named:
                found.setdefault(one, []).append(other)
        return found


def _further(problem: Problem, lines: int) -> Problem:
    place = problem.place
    return replace(problem, place=replace(place, line=(place.line or 0) + lines))


class Lines(Struct):
    """An NDJSON register, open for reading.

    Iterating gives its units one after the other and ends with a
    :class:`RegisterError` if anything in the file was wrong, so no verdict on the
    register may be given before the iteration has ended.

    Attributes:
        path: The file.
        header: What stands before the units.
        body: Where the units begin, in bytes.
        body_line: The number of the line before the units.
        size: The size of the file, in bytes.
    """

    path: Path
    header: Header
    body: int
    body_line: int
    size: int

    @classmethod
    def open(cls, path: Path) -> Lines:
        """Read the header of a file.

        Raises:
            RegisterError: the file cannot be read or has no header; with the problems
                of its units, too.
        """
        name = str(path)
        try:
            with open_file(path, name) as stream:
                size = stream.seek(0, 2)
                stream.seek(0)
                number, raw = _first_line(stream, name)
                if _is_a_piece(raw, stream):
                    place = Place(file=name, line=number)
                    raise RegisterError([Problem(what=_NOT_LINES, place=place, remedy=_ONE_OBJECT)])
                header, problems = _header(raw, name, number)
                opened = cls(path, header or _NO_ORGANISATION, stream.tell(), number, size)
        except OSError as error:
            raise RegisterError([unreadable(error, name)]) from None
        if problems:
            census = Census(lines=number)
            for _ in opened.part(census, opened.body, size):
                pass
            raise RegisterError((*problems, *census.problems, *_beyond(census, name)))
        return opened

    def __iter__(self) -> Iterator[Unit]:
        """Every unit in its turn; then the error, if there is anything wrong."""
        census = Census()
        yield from self.part(census, self.body, self.size)
        self.close(census)

    def part(
        self,
        census: Census,
        start: int,
        end: int,
        *,
        decode: Callable[[bytes | str], Unit] | None = None,
    ) -> Iterator[Unit]:
        """The units whose lines begin in a range of bytes; problems go into the census.

        Args:
            census: Takes what was seen; a new one for each part.
            start: The first byte; a line that began before it is left out.
            end: The first byte after the range.
            decode: What makes a unit of a line; the strict door where left out, which
                also sees keys that stand twice.
        """
        name, decode = str(self.path), decode or _DECODE
        for stream, some in self._lines(start, end):
            for raw in some:
                unit = _unit(raw, name, census, stream, decode)
                if unit is not None:
                    yield unit

    def several(
        self,
        census: Census,
        start: int,
        end: int,
        *,
        decode: Callable[[bytes | str], Unit],
        together: _Together,
    ) -> Iterator[list[Unit]]:
        """The same, several at a time, with what makes units of several lines together.

        Where those are not all in order, each is looked at alone.
        """
        name = str(self.path)
        for stream, some in self._lines(start, end):
            units = _usual_units(some, name, census, together)
            if units is None:
                found = [_unit(raw, name, census, stream, decode) for raw in some]
                units = [unit for unit in found if unit is not None]
            yield units
            del units

    def _lines(self, start: int, end: int) -> Iterator[tuple[IO[bytes], list[bytes]]]:
        """The lines that begin in a range of bytes, several at a time, and where they are from."""
        with self.path.open("rb", buffering=_READ_AT_ONCE) as stream:
            stream.seek(start)
            if start > self.body:
                stream.seek(start - 1)
                stream.readline()
            while some := _next_lines(stream, end):
                yield stream, some

    def holding(self, keys: Collection[str]) -> Iterator[Unit]:
        """The units in whose lines one of some keys may stand; the others are not looked at.

        Raises:
            RegisterError: a line with such a key is wrong; at the end, with all of them.
        """
        census, name = Census(), str(self.path)
        marks = (b"\\u", *(f'"{key}"'.encode() for key in keys))
        for stream, some in self._lines(self.body, self.size):
            for raw in some:
                if len(raw) > LONGEST_LINE or any(mark in raw for mark in marks):
                    unit = _unit(raw, name, census, stream, _DECODE)
                    if unit is not None:
                        yield unit
                else:
                    census.lines += 1
        if census.problems:
            raise RegisterError([_further(one, self.body_line) for one in census.problems])

    def are_more_than(self, count: int) -> bool:
        """Whether the file has more units than some number; it is read no further than that."""
        seen = 0
        for _, some in self._lines(self.body, self.size):
            seen += sum(1 for raw in some if raw.strip())
            if seen > count:
                return True
        return False

    def parts(self, count: int) -> tuple[tuple[int, int], ...]:
        """The range of the units split into equal ranges of bytes, for :meth:`part`."""
        length = self.size - self.body
        bounds = [self.body + length * index // count for index in range(count + 1)]
        return tuple(pairwise(bounds))

    def close(self, census: Census) -> None:
        """Judge the register as a whole once all its units were counted.

        Raises:
            RegisterError: something in the file is wrong.
        """
        problems = [_further(problem, self.body_line) for problem in census.problems]
        name = str(self.path)
        place = Place(file=name, line=1)
        if not problems and not census.units:
            problems.append(Problem(what=NO_UNITS, place=place, remedy=ADD_A_UNIT))
        if census.doubtful(self.header):
            problems += self._second_look(census)
            problems.sort(key=lambda problem: problem.place.line or 0)
        problems += _beyond(census, name)
        if problems:
            raise RegisterError(problems)

    def _second_look(self, census: Census) -> Iterator[Problem]:
        """Read the file again for the names behind the marks."""
        first: dict[str, int] = {}
        name = str(self.path)
        parents: dict[str, str] = {}
        before: dict[str, tuple[str, ...]] = {}
        after: dict[str, tuple[str, ...]] = {}
        for line, unit in self._numbered():
            if unit.parent is not None:
                parents[unit.id] = unit.parent
            if unit.predecessors:
                before[unit.id] = unit.predecessors
            if unit.successors:
                after[unit.id] = unit.successors
            if unit.id in first:
                yield Problem(
                    what=_TWICE.format(id=unit.id, first=first[unit.id]),
                    place=Place(file=name, line=line),
                    path=unit.id,
                    remedy=_KEEP_ONE,
                )
            first.setdefault(unit.id, line)
        going_round = (
            *circles_of_units(parents),
            *circles_of_origin("predecessors", before),
            *circles_of_origin("successors", after),
        )
        yield from put(going_round, (), lambda path: Place(file=name, line=first[str(path[0])]))
        known = Names(first.keys() | census.refused)
        for line, unit in self._numbered():
            found = dangling_outside(unit, self.header.organisation, known)
            sure = (one for one in found if one[0] == ("group",) or not census.nameless)
            yield from put(sure, (unit.id,), _at(name, line))
        if census.nameless:
            return
        plans = dangling_in_plans(self.header.yearly_plans.items(), known)
        yield from put(plans, (), _at(name, self.body_line))

    def _numbered(self) -> Iterator[tuple[int, Unit]]:
        census = Census()
        for unit in self.part(census, self.body, self.size):
            yield self.body_line + census.lines, unit


def load_ndjson(path: Path) -> Register:
    """The register in an NDJSON file, whole.

    Raises:
        RegisterError: the file is not a register; with every problem in it.
    """
    lines = Lines.open(path)
    units = {unit.id: unit for unit in lines}
    header = lines.header
    return Register(organisation=header.organisation, yearly_plans=header.yearly_plans, units=units)


_NO_ORGANISATION = Header(organisation=Organisation(name=Name()))


def _at(name: str, line: int) -> Callable[[KeyPath], Place]:
    return lambda _: Place(file=name, line=line)


def _next_lines(stream: IO[bytes], end: int) -> list[bytes]:
    """The next lines that begin before a byte: some of the usual length, one that is long.

    Nothing is read beyond a line that is too long, of which only the beginning is given.
    """
    lines: list[bytes] = []
    position = first = stream.tell()
    while position < min(end, first + _TOGETHER):
        raw = stream.readline(LONGEST_LINE + 1)
        if not raw:
            break
        lines.append(raw)
        position += len(raw)
        if len(raw) > LONGEST_LINE:
            break
    return lines


def _first_line(stream: IO[bytes], name: str) -> tuple[int, bytes]:
    number = 0
    while raw := stream.readline(LONGEST_LINE + 1):
        number += 1
        if raw.strip(b" \t\r\n\xef\xbb\xbf"):
            return number, raw
    raise RegisterError([Problem(what=_NO_HEADER, place=Place(file=name), remedy=_ONE_A_LINE)])


def _is_a_piece(raw: bytes, stream: IO[bytes]) -> bool:
    """Whether the first line begins an object that the following lines continue."""
    if not raw.lstrip(b" \t\xef\xbb\xbf").startswith(b"{") or raw.rstrip().endswith(b"}"):
        return False
    at = stream.tell()
    following = stream.readline(LONGEST_LINE).strip()
    stream.seek(at)
    return following != b"" and not following.startswith(b"{")


def _beyond(census: Census, name: str) -> tuple[Problem, ...]:
    """How many lines were refused beyond those that are listed."""
    if not census.further:
        return ()
    what = _FURTHER.format(count=census.further)
    return (Problem(what=what, place=Place(file=name), remedy=_THESE_FIRST),)


def _header(raw: bytes, name: str, number: int) -> tuple[Header | None, tuple[Problem, ...]]:
    try:
        data = parse_json(_text(raw, name, number), name, number)
    except RegisterError as error:
        return None, error.problems
    if "id" in data and "organisation" not in data:
        place = Place(file=name, line=number)
        return None, (Problem(what=_NOT_A_HEADER, place=place, remedy=_ONE_A_LINE),)
    header: Header | None
    header, problems = structure(Header, data, HEADER, (), place=_at(name, number))
    return header, problems


def _unit(
    raw: bytes,
    name: str,
    census: Census,
    stream: IO[bytes],
    decode: Callable[[bytes | str], Unit],
) -> Unit | None:
    """The unit of a line; None for a blank line, and for one whose problems were noted."""
    census.lines += 1
    try:
        unit = decode(raw if is_usual(raw) else _looked_through(raw))
    except (RefusedError, UnicodeDecodeError):
        unit = _NO_UNIT
    if not unit.id:
        census.problems += _explained(raw, name, census, stream)
        return None
    census.count(unit)
    census.tell(dangling_inside(unit), unit.id, name)
    return unit


def _usual_units(
    some: Sequence[bytes], name: str, census: Census, together: _Together
) -> list[Unit] | None:
    """The units of several lines with nothing out of the ordinary; None where there is any."""
    if not is_usual(b"".join(some)):
        return None
    try:
        units, naming = together(some)
    except RefusedError:
        return None
    for unit, names in zip(units, naming, strict=True):
        census.lines += 1
        census.count(unit)
        if names:
            census.tell(dangling_inside(unit), unit.id, name)
    return units


def _looked_through(raw: bytes) -> bytes | str:
    """A line that is in doubt, in composed letters."""
    if holds_controls(raw):
        refuse()
    return raw if is_composed(raw) else composed_with_escapes(raw.decode())


def _explained(raw: bytes, name: str, census: Census, stream: IO[bytes]) -> tuple[Problem, ...]:
    """Why a line is no unit; nothing for a blank line."""
    line = census.lines
    if not raw.strip():
        return ()
    census.nameless += 1
    if len(raw) > LONGEST_LINE:
        while raw and not raw.endswith(b"\n"):
            raw = stream.readline(LONGEST_LINE + 1)
        what = _TOO_LONG.format(limit=LONGEST_LINE // 1024 // 1024)
        return (Problem(what=what, place=Place(file=name, line=line), remedy=_ONE_A_LINE),)
    if len(census.problems) >= MOST_LISTED:
        census.further += 1
        return ()
    try:
        data = parse_json(_text(raw, name, line), name, line)
    except RegisterError as error:
        return error.problems
    within: KeyPath = ()
    if isinstance(data.get("id"), str):
        within = (data["id"],)
        census.refused.add(data["id"])
        census.nameless -= 1
    if not within:
        return explain(data, UNIT, place=_at(name, line))
    unit, problems = structure(Unit, data, UNIT, within, place=_at(name, line))
    dangling = () if unit is None else dangling_inside(unit)
    return (*problems, *put(dangling, within, _at(name, line)))


def _text(raw: bytes, name: str, line: int) -> str:
    return composed_with_escapes(decoded(raw, name, line)).rstrip("\r\n")


_DECODE = once(decoder_of(Unit))
_NO_UNIT = Unit(name=Name())
