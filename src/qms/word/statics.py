"""Which text of a document was given, so that text added to it is found."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from functools import lru_cache

from attrs import define, field

from qms.text import normalise

__all__ = ["Statics", "digest"]


@lru_cache(maxsize=2048)
def digest(words: str) -> str:
    """Eight letters that stand for some words, however they are spaced and composed."""
    plain = normalise(words).encode("utf-8", "replace")
    return urlsafe_b64encode(hashlib.blake2b(plain, digest_size=6).digest()).decode()


@define
class Statics:
    """The passages that a document is issued with: paragraphs outside tables, and cells."""

    passages: list[str] = field(factory=list)

    def __call__(self, words: str) -> str:
        """Note a passage, and hand it back."""
        self.passages.append(words)
        return words

    @property
    def digests(self) -> tuple[str, ...]:
        """What stands for the passages that have words."""
        return tuple(digest(words) for words in self.passages if words and not words.isspace())
