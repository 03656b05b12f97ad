"""Who spoke for the unit: as it is noted of an audit, and as it is found there again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.text import Language, Text, same_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["auditees_in", "auditees_noted"]

_SPOKE = Text(en="For the unit: {names}", vi="Đại diện đơn vị được đánh giá: {names}")


def auditees_noted(names: Iterable[str], language: Language) -> str:
    """A line of a note that says who spoke for the unit; an audit has no field for them."""
    return _SPOKE.in_(language).format(names="; ".join(names))


def auditees_in(note: str | None) -> Sequence[str]:
    """Who spoke for the unit by the note of an audit, in whichever language it says so.

    Each is named once, though the files of several auditors name the same people.
    """
    found: dict[str, str] = {}
    for line in (note or "").splitlines():
        for language in Language:
            words = _SPOKE.in_(language).partition("{")[0]
            if line.startswith(words):
                for name in filter(None, map(str.strip, line.removeprefix(words).split(";"))):
                    found.setdefault(same_words(name), name)
    return list(found.values())
