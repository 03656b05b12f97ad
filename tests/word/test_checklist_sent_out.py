"""What came back without its properties is read by no checklist but its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from checklist_samples import answers, checklist, filled, without_properties
from test_checklist_round_trip import remove_controls_and_bookmarks, rewritten, w

from qms.checklist import DoubtKind
from qms.cli.program import main
from qms.text import Language
from qms.word import read, write_checklist

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VI = Language.VIETNAMESE
OTHER = evolve(checklist(), unit="so-khac")


def nothing_taken_out(_: Any) -> None:
    """Leave the text as it is: only the properties are gone."""


def number_taken_out(root: Any) -> None:
    """Take out the row that names the checklist."""
    for row in list(root.iter(w("tr"))):
        if "".join(one.text or "" for one in row.iter(w("t"))).startswith("Mã cuộc đánh giá"):
            row.getparent().remove(row)


def everything_taken_out(root: Any) -> None:
    """Take out whatever tells which checklist it is."""
    number_taken_out(root)
    remove_controls_and_bookmarks(root)


@pytest.mark.parametrize(
    "change", [nothing_taken_out, number_taken_out, remove_controls_and_bookmarks]
)
def test_the_answers_of_one_unit_are_not_read_by_the_checklist_of_another(
    change: Callable[[Any], None],
):
    """Neither by what the file shows, nor by the marks in its cells."""
    came_back = rewritten(without_properties(filled(VI)), change)

    doubts = read(came_back, issued=write_checklist(OTHER, VI)).doubts

    assert (doubts[0].kind, doubts[0].found) == (DoubtKind.ANOTHER_CHECKLIST, checklist().id)
    assert not doubts[0].kind.acceptable


@pytest.mark.parametrize(
    "change",
    [nothing_taken_out, number_taken_out, remove_controls_and_bookmarks, everything_taken_out],
)
def test_the_checklist_that_was_sent_out_is_known_by_what_is_left(change: Callable[[Any], None]):
    came_back = rewritten(without_properties(filled(VI)), change)

    reading = read(came_back, issued=filled(VI))

    assert reading.answers == answers()
    assert DoubtKind.ANOTHER_CHECKLIST not in {doubt.kind for doubt in reading.doubts}


def test_a_number_that_was_written_over_tells_nothing():
    def change(root: Any) -> None:
        for text in root.iter(w("t")):
            if checklist().id in (text.text or ""):
                text.text = "2026"

    came_back = rewritten(without_properties(filled(VI)), change)

    kinds = {doubt.kind for doubt in read(came_back, issued=filled(VI)).doubts}
    assert DoubtKind.ANOTHER_CHECKLIST not in kinds
    kinds = {doubt.kind for doubt in read(came_back, issued=write_checklist(OTHER, VI)).doubts}
    assert DoubtKind.ANOTHER_CHECKLIST in kinds


def test_what_is_no_checklist_is_refused_as_the_one_that_was_sent_out(tmp_path: Path, capsys):
    """Once, however many files are held against it."""
    files = [tmp_path / "a.docx", tmp_path / "b.docx"]
    for file in files:
        file.write_bytes(filled(VI))
    letter = tmp_path / "letter.docx"
    letter.write_bytes(without_properties(filled(VI)))

    assert main(["findings", *map(str, files), "--checklist", str(letter)]) == 2

    told = capsys.readouterr().err
    assert told.count("no checklist as it was sent out") == 1
    assert "letter.docx" in told
