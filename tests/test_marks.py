"""What stands twice is found in a few bytes each, whatever the parts it was counted in."""

from hypothesis import given
from hypothesis import strategies as st

from qms.marks import Marks, mark

words = st.lists(st.text(max_size=3), max_size=30)


@given(words, words)
def test_the_doubles_of_the_parts_together_are_those_of_the_whole(one, other):
    first, second = Marks(), Marks()
    for spelling in one:
        first.note([spelling])
    for spelling in other:
        second.note([spelling])
    first.add_all(second)
    whole = one + other

    assert len(first) == len(whole)
    assert first.doubles() == {mark(spelling) for spelling in whole if whole.count(spelling) > 1}


@given(words, words)
def test_what_is_common_is_what_was_noted(noted, asked):
    marks = Marks()
    marks.note(noted)

    assert marks.common(set(map(mark, asked))) == {mark(one) for one in asked if one in noted}
