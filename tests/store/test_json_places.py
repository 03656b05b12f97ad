"""The lines of paths in JSON text, and what a parser lets pass."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.problems import Place
from qms.store.json_places import JsonPlaces, slips

TEXT = """
{ "a": 1,
  "b": [
    {"c": "}", "d\\"": [ ]},

    {"c": {},
     "e": 2}
  ],
  "b": {"f": null}
}
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), None),
        (("a",), 2),
        (("a", "b", "c"), 2),
        (("z",), None),
        (("b",), 9),
        (("b", "f"), 9),
        (("b", 1), 9),
    ],
)
def test_a_path_stands_on_its_line_or_on_that_of_what_is_around_it(path, line):
    """Of a key that stands twice, the later is meant, as the parser means it."""
    assert JsonPlaces(TEXT, "r.json").place(path) == Place(file="r.json", line=line)


@pytest.mark.parametrize(
    ("path", "line"),
    [((0,), 4), ((0, 'd"'), 4), ((1, "c"), 6), ((1, "e"), 7), ((1, "x"), 6), ((2,), None)],
)
def test_places_in_lists_are_counted(path, line):
    text = TEXT.partition("[")[2].partition("  ],")[0]
    places = JsonPlaces(f"\n\n[{text}]", "r.json")

    assert places.place(path).line == line
    assert places.place(path).line == line


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet='a"\\:{[,\n', max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(alphabet='ab"\\:,', max_size=2), inner, max_size=3)
    ),
    max_leaves=12,
)


def paths(data, path=()):
    inner = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for key, value in inner:
        yield (*path, key)
        yield from paths(value, (*path, key))


@given(data=st.dictionaries(st.text(max_size=2), JSON, max_size=3), indent=st.sampled_from([0, 3]))
def test_written_one_value_a_line_every_path_has_a_line_of_its_own(data, indent):
    text = json.dumps(data, indent=indent)
    places = JsonPlaces(text, "r.json")

    assert list(slips(text, "r.json")) == []
    lines = [places.place(path).line for path in paths(data)]
    assert None not in lines
    assert lines == sorted(set(lines))
