"""Words in English and Vietnamese side by side.

Every word that the product itself says is a :class:`Text`, complete in both
languages.  A name that people give (of a unit, a document, an objective) is a
:class:`Name`, which may stand in one language only.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import Annotated

from attrs import frozen
from msgspec import Meta, Struct

from qms.characters import WORDS

__all__ = ["Language", "Name", "Text", "normalise", "same_words"]


class Language(StrEnum):
    """A language in which the product speaks."""

    ENGLISH = "en"
    VIETNAMESE = "vi"


class Text(Struct, frozen=True):
    """A sentence or a word of the product, in both languages."""

    en: str
    vi: str

    def in_(self, language: Language) -> str:
        """The words in one language."""
        return self.vi if language is Language.VIETNAMESE else self.en

    def format(self, **facts: object) -> Text:
        """Fill the placeholders of both languages with the same facts.

        A fact that is itself a :class:`Text` is put into each sentence in its language.
        """
        english = {key: fact.en if isinstance(fact, Text) else fact for key, fact in facts.items()}
        vietnamese = {
            key: fact.vi if isinstance(fact, Text) else fact for key, fact in facts.items()
        }
        return Text(en=self.en.format(**english), vi=self.vi.format(**vietnamese))


_Words = Annotated[str, Meta(min_length=1, pattern=WORDS)]


@frozen(weakref_slot=False)
class Name:
    """A name given by people, in at least one of the two languages.

    Attributes:
        en: The name in English.
        vi: The name in Vietnamese.
    """

    en: _Words | None = None
    vi: _Words | None = None

    def in_(self, language: Language) -> str:
        """The name in one language, or else in the language in which it was given."""
        first, second = (
            (self.vi, self.en) if language is Language.VIETNAMESE else (self.en, self.vi)
        )
        return first or second or ""

    @classmethod
    def given(cls, words: str, otherwise: Language) -> Name:
        """A name as a person types it: Vietnamese where it has accents, whoever types it.

        Args:
            words: The name.
            otherwise: The language of a name without accents.
        """
        letters = unicodedata.normalize("NFD", words.casefold())
        accents = "đ" in letters or any(map(unicodedata.combining, letters))
        vietnamese = accents or otherwise is Language.VIETNAMESE
        return cls(vi=words) if vietnamese else cls(en=words)

    @property
    def words(self) -> tuple[str, ...]:
        """The spellings that were given, English first."""
        return tuple(word for word in (self.en, self.vi) if word)


def normalise(words: str) -> str:
    """The one spelling under which two equal-looking strings are equal.

    Composed (NFC) letters and single blanks between words: `Hoà` typed with a
    separate accent and `Hoà` typed as one letter become the same string.
    """
    return " ".join(unicodedata.normalize("NFC", words).split())


def same_words(words: str) -> str:
    """A key for comparing names: normalised, without regard to upper and lower case."""
    if words.isprintable() and "  " not in words:
        # The same, without the work where there is none to do.
        if words.isascii():
            return words.strip().lower()
        if unicodedata.is_normalized("NFC", words):
            return words.strip().casefold()
    return normalise(words).casefold()
