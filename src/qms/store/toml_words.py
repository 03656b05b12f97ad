"""Adding words to words that stand in TOML text, without touching the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.store.toml_lines import TOKEN, blocks_of
from qms.store.toml_writing import inline_text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["with_words"]

#: The quotation marks between which words stand, those that others begin with first.
_QUOTES = ('"""', "'''", '"', "'")


def with_words(text: str, path: tuple[str, ...], words: str) -> Iterator[str]:
    """The text with words put in at the end of those at a path, as it may have to look.

    The words of a key may stand in any of the quotation marks of its statement, and only
    reading the text again tells in which.

    Args:
        text: TOML as it stands in the file.
        path: The path to the words.
        words: What is added, from the first letter to the last.
    """
    rows = text.split("\n")
    for block in blocks_of(text):
        for key, first, last in block.keys:
            if block.path + key == path[: len(block.path + key)]:
                statement = "\n".join(rows[first : last + 1])
                for changed in _endings(statement, words):
                    yield "\n".join([*rows[:first], changed, *rows[last + 1 :]])


def _endings(statement: str, words: str) -> Iterator[str]:
    """The statement with the words before each of its closing quotation marks."""
    line_end = "\r\n" if "\r\n" in statement else "\n"
    for token in TOKEN.finditer(statement):
        quotes = next((one for one in _QUOTES if token[0].startswith(one)), "")
        if not quotes:
            continue
        if quotes.startswith("'"):
            added = words.replace("\n", line_end)
        elif len(quotes) > 1:
            added = line_end.join(inline_text(line)[1:-1] for line in words.split("\n"))
        else:
            added = inline_text(words)[1:-1]
        at = token.end() - len(quotes)
        yield statement[:at] + added + statement[at:]
