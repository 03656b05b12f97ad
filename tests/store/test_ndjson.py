"""A register of any length is read line by line, and still judged as a whole."""

from __future__ import annotations

import json
import pickle
import tracemalloc
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qms.bulk import check_lines
from qms.model import Organisation, Register, Unit
from qms.problems import RegisterError
from qms.store import iter_units, load
from qms.store.files import composed_with_escapes, is_composed, may_compose
from qms.store.ndjson import Census, Lines
from qms.store.saving import save_lines
from qms.text import Name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HEADER: dict[str, Any] = {
    "organisation": {"name": {"vi": "Tỉnh"}, "groups": {"so": {"name": {"vi": "Sở"}}}}
}


def unit(identifier: str, **more: Any) -> dict[str, Any]:
    return {"id": identifier, "name": {"vi": f"Đơn vị {identifier}"}, **more}


def write(path: Path, *lines: Any) -> Path:
    texts = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    path.write_bytes(b"\n".join(texts) + b"\n")
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "r.ndjson"


def problems_of(path: Path) -> list[tuple[int | None, str, str]]:
    with pytest.raises(RegisterError) as caught:
        load(path)
    return [(one.place.line, one.path, one.what.en) for one in caught.value.problems]


def test_units_come_one_by_one_in_the_order_of_the_file(path: Path) -> None:
    write(path, HEADER, unit("b", parent="a"), b"", unit("a"))

    assert [one.id for one in iter_units(path)] == ["b", "a"]
    assert list(load(path).units) == ["b", "a"]


def test_a_file_ending_in_jsonl_is_ndjson_too(tmp_path: Path) -> None:
    assert list(load(write(tmp_path / "r.jsonl", HEADER, unit("a"))).units) == ["a"]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(path: Path) -> None:
    lines = [json.dumps(line).encode() for line in (HEADER, unit("a"))]
    path.write_bytes(b"\xef\xbb\xbf" + b"\r\n".join([b"", *lines, b""]))

    assert list(load(path).units) == ["a"]


def test_what_is_wrong_with_lines_is_said_with_their_numbers(path: Path) -> None:
    write(
        path,
        HEADER,
        unit("a", grup="so"),
        unit("b"),
        {"name": {"vi": "Sở"}},
        b"{bad",
        b'"S\xed"',
        unit("c", certificates={"1": {"number": "1", "edition": "9001:2015", "regime": "accredited",
                                      "decided": "2020-01-01", "expires": "2019-01-01",
                                      "replaces": "0"}}),
        unit("d", audits={"1": {"type": "internal", "certificate": "x"}}),
    )  # fmt: skip

    assert problems_of(path) == [
        (2, "a.grup", "unknown key “grup”"),
        (4, "id", "the key “id” is missing"),
        (5, "", "this is not correct JSON: a key in double quotation marks is missing"),
        (6, "", "the file is not UTF-8 text: byte 2 (counted from 0) is 0xED"),
        (7, 'c.certificates."1".expires', "“expires” is before “decided”, which is 2020-01-01"),
        (7, 'c.certificates."1".replaces', "this names a certificate that is not in the register"),
        (8, 'd.audits."1".certificate', "this names a certificate that is not in the register"),
    ]


def test_good_units_are_given_before_the_error_ends_the_file(path: Path) -> None:
    write(path, HEADER, unit("a"), {}, unit("b"))
    units = iter_units(path)

    assert [next(units).id, next(units).id] == ["a", "b"]
    with pytest.raises(RegisterError):
        next(units)


def test_units_that_stand_twice_are_found_without_keeping_them(path: Path) -> None:
    write(path, HEADER, unit("a"), unit("b"), unit("a"), unit("a"))

    assert problems_of(path) == [
        (4, "a", "the unit “a” stands twice, first on line 2"),
        (5, "a", "the unit “a” stands twice, first on line 2"),
    ]


def test_one_identifier_with_accents_typed_in_two_ways_stands_twice(path: Path) -> None:
    names = [unicodedata.normalize(form, "sở") for form in ("NFC", "NFD")]
    lines = [json.dumps(unit(name), ensure_ascii=False).encode() for name in names]
    write(path, HEADER, *lines)

    ((line, _, what),) = problems_of(path)

    assert (line, what) == (3, "the unit “sở” stands twice, first on line 2")


@pytest.mark.parametrize("jobs", [0, 1, 2])
def test_units_that_are_above_one_another_in_a_circle_are_refused(path: Path, jobs: int) -> None:
    write(path, HEADER, unit("e", parent="c"), *(unit(a, parent=b) for a, b in ("ad", "dc", "ca")))

    with pytest.raises(RegisterError) as caught:
        check_lines(path, on=date(2015, 12, 31), jobs=jobs) if jobs else load(path)

    (problem,) = caught.value.problems
    assert (problem.place.line, problem.path, problem.found) == (3, "a.parent", "a → d → c → a")
    assert problem.what.en == "units are above one another in a circle"


@pytest.mark.parametrize("jobs", [0, 1, 2])
@pytest.mark.parametrize(
    ("key", "what"),
    [
        ("predecessors", "units came from one another in a circle"),
        ("successors", "units went into one another in a circle"),
    ],
)
def test_units_that_are_their_own_origin_are_refused(
    path: Path, jobs: int, key: str, what: str
) -> None:
    named = {"e": ["x", "c"], "a": ["x", "d"], "d": ["c"], "c": ["x", "a"], "x": []}
    write(path, HEADER, *(unit(id_, **{key: names}) for id_, names in named.items()))

    with pytest.raises(RegisterError) as caught:
        check_lines(path, on=date(2015, 12, 31), jobs=jobs) if jobs else load(path)

    (problem,) = caught.value.problems
    assert (problem.place.line, problem.path) == (3, f"a.{key}")
    assert (problem.what.en, problem.found) == (what, "a → d → c → a")


def test_a_unit_that_was_split_off_and_came_back_is_no_circle(path: Path) -> None:
    write(path, HEADER, unit("a"), unit("b", predecessors=["a"], successors=["a"]))

    assert len(load(path).units) == 2


def test_a_unit_is_not_above_itself(path: Path) -> None:
    write(path, HEADER, unit("a", parent="a"))

    assert problems_of(path) == [(2, "a.parent", "this names the record itself")]


def test_references_between_lines_are_judged(path: Path) -> None:
    header = {**HEADER, "yearly_plans": {"2016": {"on_site": ["a", "y"]}}}
    write(path, header, unit("a", parent="b", group="so"), unit("b", successors=["x"], group="no"))
    named = "this names a unit that is not in the register"

    assert problems_of(path) == [
        (1, 'yearly_plans."2016".on_site#2', named),
        (3, "b.group", "this names a group that is not in the register"),
        (3, "b.successors#1", named),
    ]


def test_a_unit_that_was_refused_is_there_to_be_named(path: Path) -> None:
    write(path, HEADER, unit("a", x=1), unit("b", parent="a"), unit("c", parent="d"))

    assert [(line, where) for line, where, _ in problems_of(path)] == [(2, "a.x"), (4, "c.parent")]


def test_a_line_of_no_known_unit_leaves_open_whom_others_may_name(path: Path) -> None:
    write(path, HEADER, b"{", unit("b", parent="a"), unit("b"))

    assert [(line, what) for line, _, what in problems_of(path)] == [
        (2, "this is not correct JSON: a key in double quotation marks is missing"),
        (4, "the unit “b” stands twice, first on line 3"),
    ]


def test_a_header_with_something_wrong_does_not_hide_the_lines(path: Path) -> None:
    write(path, {"organisation": {}}, unit("a", x=1), unit("b"))

    assert [(line, where) for line, where, _ in problems_of(path)] == [
        (1, "organisation.name"),
        (2, "a.x"),
    ]


def test_a_header_that_is_no_json_does_not_hide_the_lines(path: Path) -> None:
    write(path, b"", b"[", unit("a", x=1))

    assert [(line, where) for line, where, _ in problems_of(path)] == [(2, ""), (3, "a.x")]


def test_a_file_without_units_or_without_lines_is_no_register(path: Path) -> None:
    write(path, HEADER)
    assert problems_of(path)[0][2].startswith("the register has no units")

    path.write_bytes(b"\n\n")
    assert problems_of(path)[0][2] == "the file has no line with content"


def test_a_line_without_end_is_refused_and_passed_over(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qms.store.ndjson.LONGEST_LINE", 200)
    write(path, HEADER, b'"' + b"x" * 1000 + b'"', unit("a", x=1))

    assert [(line, what) for line, _, what in problems_of(path)] == [
        (2, "the line is longer than 0 MB"),
        (3, "unknown key “x”"),
    ]

    path.write_bytes(json.dumps(HEADER).encode() + b"\n" + b"x" * 1000)
    assert [line for line, _, _ in problems_of(path)] == [2]


def test_deeply_nested_lines_are_refused(path: Path) -> None:
    write(path, HEADER, b'{"id":' * 50_000)

    assert problems_of(path) == [
        (2, "", "tables and lists stand more than 40 deep inside one another")
    ]


# --- parts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 3, 7, 40])
def test_parts_of_a_file_read_apart_are_the_whole(path: Path, count: int) -> None:
    write(path, HEADER, *(unit(f"u{n}", note="x" * (1 + n * 7 % 50)) for n in range(20)))
    lines = Lines.open(path)
    whole = Census()
    seen: list[str] = []

    for start, end in lines.parts(count):
        census = Census()
        seen += [one.id for one in lines.part(census, start, end)]
        whole.add(pickle.loads(pickle.dumps(census)))  # noqa: S301 - our own

    lines.close(whole)
    assert seen == [f"u{n}" for n in range(20)]
    assert whole.units == 20


def counted(lines: Lines, *, parts: int) -> Census:
    """What was seen of all parts of a file together."""
    whole = Census()
    for start, end in lines.parts(parts):
        census = Census()
        for _ in lines.part(census, start, end):
            pass
        whole.add(census)
    return whole


def test_problems_of_parts_have_the_line_numbers_of_the_file(path: Path) -> None:
    write(path, b"", HEADER, unit("a", x=1), unit("b"), unit("c", parent="zz"), unit("d", x=1))
    lines = Lines.open(path)
    whole = counted(lines, parts=3)

    with pytest.raises(RegisterError) as caught:
        lines.close(whole)

    assert [one.place.line for one in caught.value.problems] == [3, 5, 6]


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_of_very_many_wrong_lines_as_many_are_listed_whatever_the_parts(
    path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr("qms.store.ndjson.MOST_LISTED", 3)
    dangling = {"objectives": {}, "waivers": [waiver("X999"), waiver("Y999")]}
    wrong = [unit(f"w{n}", x=1) for n in range(4)]
    write(path, HEADER, unit("a", x=1, y=1), unit("b", **dangling), *wrong, unit("c", **dangling))
    lines = Lines.open(path)
    whole = counted(lines, parts=count)

    with pytest.raises(RegisterError) as caught:
        lines.close(whole)
    *listed, further = caught.value.problems
    assert [one.place.line for one in listed] == [2, 2, 3, 3]
    assert further.what.en == "5 further lines that are wrong are not listed"


def waiver(rule: str) -> dict[str, str]:
    day = "2024-01-01"
    return {"rule": rule, "reason": "r", "by": "b", "granted": day, "until": day}


@pytest.mark.parametrize("field", ["predecessors", "successors"])
def test_a_unit_that_is_its_own_origin_is_refused_as_in_every_other_form(
    path: Path, field: str
) -> None:
    write(path, HEADER, unit("a", **{field: ["a"]}), unit("b", **{field: ["a"]}))

    assert problems_of(path) == [(2, f"a.{field}#1", "this names the record itself")]


def test_a_group_that_is_not_in_the_header_is_told_whatever_other_lines_hold(path: Path) -> None:
    broken = b'{"id": "c", "name"'
    write(path, HEADER, unit("a", group="zzz", parent="c"), unit("b", group="so"), broken)

    assert [(line, where) for line, where, _ in problems_of(path)] == [(2, "a.group"), (4, "")]


@pytest.mark.parametrize("line", [b"[1]", b"null", b'"a"', b"7"])
def test_a_line_that_is_no_object_is_told_of_the_line_and_not_of_the_file(
    path: Path, line: bytes
) -> None:
    what = "the line is not an object in braces"

    assert problems_of(write(path, HEADER, unit("a"), line)) == [(3, "", what)]
    assert problems_of(write(path, line, unit("a"))) == [(1, "", what)]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="there is no such file or folder"):
        Lines.open(tmp_path / "nowhere.ndjson")


def test_a_file_cut_short_while_it_is_read_ends_where_it_ends(path: Path) -> None:
    write(path, HEADER, unit("a"), unit("b"))
    lines = Lines.open(path)
    write(path, HEADER, unit("a"))

    assert [one.id for one in lines] == ["a"]


def test_memory_does_not_grow_with_the_length_of_the_file(path: Path) -> None:
    def units(count: int) -> Iterable[Unit]:
        return (Unit(id=f"u{n}", name=Name(vi="Đơn vị"), note="x" * 2000) for n in range(count))

    header = Lines.open(write(path, HEADER, unit("a"))).header
    peaks = []
    for count in (1000, 4000):
        save_lines(path, header, units(count))
        tracemalloc.start()
        assert sum(1 for _ in iter_units(path)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < peaks[0] + 400_000


def test_lines_written_one_by_one_are_a_register(path: Path) -> None:
    header = Lines.open(write(path, HEADER, unit("a"))).header
    made = {name: Unit(id=name, name=Name(vi="Sở")) for name in ("b", "c")}

    save_lines(path, header, made.values())

    assert load(path) == Register(organisation=header.organisation, units=made)
    assert isinstance(header.organisation, Organisation)


# --- letters ---------------------------------------------------------------------------------


@given(
    text=st.text(
        st.characters(codec="utf-8")
        | st.sampled_from("ae=<\u0301\u0323\u0338\u212b\u1100\u1161\u2126\u0f71\u0f72ở")
    )
)
@example("a\u0301")
@example("\u212b")
@example("\u1100\u1161")
@example("\u0323a\u0302")
def test_text_taken_for_composed_is_composed(text: str) -> None:
    if is_composed(text.encode()):
        assert unicodedata.is_normalized("NFC", text)


@given(text=st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèéẹềếệ 0123“”–…"))
def test_vietnamese_as_it_is_usually_typed_is_taken_for_composed(text: str) -> None:
    assert is_composed(text.encode())


@given(
    st.text(
        st.sampled_from("aeou\u0301\u031b\u0309\u0323\u1100\u1161\u2000\u2126\u0f71\u0f72ơở“–"),
        max_size=6,
    ),
    st.integers(0, 63),
)
def test_escaped_text_taken_for_composed_is_composed(text: str, which: int) -> None:
    written = "".join(
        f"\\u{ord(letter):04x}" if which >> place & 1 else letter
        for place, letter in enumerate(text)
    )
    line = f'"{written}"'
    if is_composed(line.encode()):
        assert unicodedata.is_normalized("NFC", json.loads(line))
    assert json.loads(composed_with_escapes(line)) == unicodedata.normalize("NFC", text)


def test_every_escape_that_is_passed_over_is_composed_whatever_stands_beside_it() -> None:
    for number in (*range(0x300), *range(0x1E00, 0x1F00), *range(0x2010, 0x2030)):
        assert not may_compose(b"\\u%04x" % number)
        assert unicodedata.is_normalized("NFC", chr(number))
        assert not unicodedata.combining(chr(number))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (r'"\u006f\u031b\u0309"', "ở"),
        ('"\\n\u0301o\u031b\\u0309"', "\n\u0301ở"),
        (r'"\\u031b\u0301"', r"\u031b" + "\u0301"),
        (r'"\\\u0301"', "\\\u0301"),
        (r'"\u0022\u0301\u0027\u005c\u0301"', "\"\u0301'\\\u0301"),
        (r'"\n\u000a\u2028\u0301"', "\n\n\u2028\u0301"),
        (r'"\ud834\udd57\ud834\udd65\u0301"', "\U0001d157\U0001d165\u0301"),
        (r'"\ud834\u0301"', "\ud834\u0301"),
    ],
)
def test_letters_written_as_numbers_become_letters_that_mean_the_same(
    written: str, said: str
) -> None:
    assert json.loads(composed_with_escapes(written)) == said


ESCAPED, TYPED = rb"So\u031b\u0309", "Sở"


def test_accents_written_as_numbers_make_the_same_units(path: Path) -> None:
    escaped = b'{"id": "%s", "name": {"vi": "%s"}, "parent": "a"}' % (ESCAPED, ESCAPED)
    write(path, HEADER, unit("a"), escaped, unit("b", parent=TYPED))

    register = load(path)

    assert list(register.units) == ["a", TYPED, "b"]
    assert register.units[TYPED].name.vi == TYPED
    report, _ = check_lines(path, on=date(2015, 12, 31), jobs=1)
    assert {one.id for one in report.units} == {"a", TYPED, "b"}


def test_one_identifier_written_as_numbers_in_two_ways_stands_twice(path: Path) -> None:
    escaped = b'{"id": "%s", "name": {"vi": "a"}}' % ESCAPED
    write(path, HEADER, unit("a"), unit(TYPED), escaped)

    assert problems_of(path) == [(4, TYPED, f"the unit “{TYPED}” stands twice, first on line 3")]


def test_one_key_written_in_two_ways_stands_twice(path: Path) -> None:
    objectives = b'{"%s": {"title": {"vi": "a"}}, "S\\u1edf": {"title": {"vi": "a"}}}' % ESCAPED
    escaped = b'{"id": "a", "name": {"vi": "a"}, "objectives": %s}' % objectives
    write(path, HEADER, escaped)

    assert problems_of(path) == [
        (2, f'objectives."{TYPED}"', f"the key “{TYPED}” stands twice in one object")
    ]


def test_only_units_that_may_record_a_file_are_read_where_files_are_looked_for(path: Path) -> None:
    papers = {"1": {"type": "internal", "papers": [{"name": "a.docx"}]}}
    lines = [
        json.dumps(one, ensure_ascii=False).encode()
        for one in (
            HEADER,
            unit("a"),
            unit("b", audits=papers),
            unit("c", audits=papers),
            unit("d", colour="red"),
            unit("e", audits=papers, colour="red"),
        )
    ]
    lines[3] = lines[3].replace(b"papers", b"\\u0070apers")

    assert [one.id for one in iter_units(write(path, *lines[:5]), keys=["papers"])] == ["b", "c"]
    with pytest.raises(RegisterError) as caught:
        list(iter_units(write(path, *lines), keys=["papers"]))
    assert [problem.place.line for problem in caught.value.problems] == [6]
