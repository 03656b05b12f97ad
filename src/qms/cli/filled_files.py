"""Word files into which people wrote: none is written over, whatever command is to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.problems import Place, Problem, RegisterError
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from qms.checklist import Reading

__all__ = ["check_not_filled"]

_FILLED = Text(
    en="this file is a checklist in which something was filled in; it is not written over",
    vi="tệp này là phiếu đã được điền nên không bị ghi đè",
)
_WRITTEN_INTO = Text(
    en="something was written into this paper; it is not written over",
    vi="tài liệu này đã được ghi thêm nội dung nên không bị ghi đè",
)
_ELSEWHERE = Text(
    en="Name another file, or move this one away.", vi="Hãy nêu tệp khác, hoặc chuyển tệp này đi."
)


def check_not_filled(files: Iterable[Path]) -> None:
    """See that no checklist that was filled in, and no paper that was written into, is lost.

    A checklist is known by what it holds, also where it lost its properties; one into which
    something was typed beside the answers, or in which something was changed, is kept, too.

    Raises:
        RegisterError: some would be written over; with all of them.
    """
    problems = []
    for file in files:
        what = _written(file) if file.is_file() else None
        if what is not None:
            problems.append(Problem(what=what, place=Place(file=str(file)), remedy=_ELSEWHERE))
    if problems:
        raise RegisterError(problems)


def _written(file: Path) -> Text | None:
    """What somebody wrote into, in words; None for what may be written over."""
    from qms.word import read
    from qms.word.guard import open_guarded
    from qms.word.refusal import Refused
    from qms.word.written_into import is_written_into

    try:
        package = open_guarded(file)
        if is_written_into(package):
            return _WRITTEN_INTO
        return _FILLED if _is_filled(read(package)) else None
    except Refused:
        return None


def _is_filled(reading: Reading) -> bool:
    """Whether anything in a checklist is not as it was issued."""
    from qms.checklist import AnswerField, DoubtKind

    # The audit team is filled in already where the register holds it.
    typed = (
        value
        for (_, part), values in reading.typed.items()
        if part is not AnswerField.AUDITORS
        for value in values
    )
    if any(typed):
        return True
    by_hand = {
        DoubtKind.ALTERED_QUESTION,
        DoubtKind.ALTERED_TEXT,
        DoubtKind.COMMENT,
        DoubtKind.EMBEDDED,
        DoubtKind.STRAY_TEXT,
        DoubtKind.STRUCK,
        DoubtKind.TRACKED_CHANGE,
    }
    return reading.checklist is not None and any(one.kind in by_hand for one in reading.doubts)
