"""Words that stand in a cell until it is filled in."""

from __future__ import annotations

from typing import Final

from qms.text import normalise
from qms.word.checklist_layout import PLACEHOLDERS

__all__ = ["is_placeholder", "without_placeholder"]

_OURS: Final = frozenset(word for text in PLACEHOLDERS.values() for word in (text.en, text.vi))
#: What Word itself shows in a control that was emptied.
_WORDS_OWN: Final = frozenset(
    {
        "Click or tap here to enter text.",
        "Click here to enter text.",
        "Click or tap to enter a date.",
        "Click here to enter a date.",
        "Choose an item.",
        "Bấm hoặc gõ nhẹ vào đây để nhập văn bản.",
        "Bấm hoặc chạm vào đây để nhập văn bản.",
        "Bấm vào đây để nhập văn bản.",
        "Bấm hoặc gõ nhẹ để nhập ngày tháng.",
        "Bấm hoặc chạm để nhập ngày tháng.",
        "Bấm vào đây để nhập ngày tháng.",
        "Chọn một mục.",
    }
)


def is_placeholder(words: str, *, showing: bool) -> bool:
    """Whether the words of a control are no answer.

    Args:
        words: The words.
        showing: Whether the control says that it shows a placeholder.  What it shows
            then still counts as typed, unless it is known to be one: some programs
            leave the mark on a control that was filled in.
    """
    plain = normalise(words)
    return not plain or plain in _OURS or (showing and plain in _WORDS_OWN)


def without_placeholder(words: str) -> str:
    """What was typed before or behind a placeholder of ours that was left standing."""
    if "[" not in words:  # with which all of them begin
        return words
    for placeholder in _OURS:
        if words.startswith(placeholder):
            words = words[len(placeholder) :].strip()
        if words.endswith(placeholder):
            words = words[: -len(placeholder)].strip()
    return words
