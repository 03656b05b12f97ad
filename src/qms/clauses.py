"""The clauses of each edition of ISO 9001: numbers, short titles in our own words, correlation.

They are data (``data/clauses``), so that a title that turns out wrong is corrected in one place.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pkgutil import get_data
from typing import TYPE_CHECKING

import msgspec
import tomli
from msgspec import Struct

from qms.text import Text  # noqa: TC001 - the annotations are read at run time

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from qms.terms import Edition

__all__ = [
    "ClauseList",
    "ListedClause",
    "becomes",
    "clauses_of",
    "is_a_clause",
    "not_applicable_in",
    "within",
]

#: The years of the editions whose clauses are listed.
LISTED = (2008, 2015, 2026)


class ListedClause(Struct, frozen=True, kw_only=True):
    """A clause of an edition.

    Attributes:
        number: Its number, such as ``7.5.3.2``.
        title: Its short title.
        auditable: Whether it asks for something itself; false for a heading over other clauses.
        never_not_applicable: Whether no organisation can declare it not applicable.
    """

    number: str
    title: Text
    auditable: bool = True
    never_not_applicable: bool = False


class ClauseList(Struct, frozen=True, kw_only=True):
    """The clauses of an edition, in their order.

    Attributes:
        edition: The edition.
        source: Where numbers and titles come from.
        doubt: What is unsure about them.
        clauses: The clauses, headings included.
    """

    edition: str
    source: Text
    doubt: Text | None = None
    clauses: tuple[ListedClause, ...] = msgspec.field(name="clause")

    @property
    def auditable(self) -> tuple[str, ...]:
        """The numbers of the clauses that ask for something themselves."""
        return tuple(one.number for one in self.clauses if one.auditable)

    def find(self, number: str) -> ListedClause | None:
        """The clause of a number; None where the edition has none."""
        return next((one for one in self.clauses if one.number == number), None)

    def has(self, number: str) -> bool:
        """Whether the edition has a clause of this number, or one of which it can be a part."""
        above = self.find(number.rpartition(".")[0])
        return self.find(number) is not None or (above is not None and above.auditable)

    def may_be_not_applicable(self, number: str) -> bool:
        """Whether an organisation can declare a clause, or all under it, not applicable.

        A number that the edition does not have is declared by nobody.
        """
        asked = [one for one in self.clauses if within(one.number, number)]
        if not asked:
            above = number.rpartition(".")[0]
            return bool(above) and self.may_be_not_applicable(above)
        return not any(one.never_not_applicable for one in asked)

    def title_of(self, number: str) -> Text | None:
        """The short title of a clause, or of the clause in which it stands."""
        while number:
            if found := self.find(number):
                return found.title
            number = number.rpartition(".")[0]
        return None


class _Pair(Struct, frozen=True):
    clause: str
    becomes: tuple[str, ...]
    to: str
    since: str = msgspec.field(name="from")
    #: Those of them that ask for more than the earlier clause did.
    in_part: tuple[str, ...] = ()


@cache
def _of_year(year: int) -> ClauseList:
    return msgspec.convert(_shipped(f"iso-9001-{year}.toml"), ClauseList)


def clauses_of(edition: Edition) -> ClauseList | None:
    """The clauses of an edition, or None where they are not listed (before 2008)."""
    return _of_year(edition.year) if edition.year in LISTED else None


def is_a_clause(number: str, editions: Collection[Edition]) -> bool:
    """Whether one of some editions has a clause of a number, as far as their clauses are listed.

    Args:
        number: The number.
        editions: The editions; every listed one, where none of these is.
    """
    listed = [found for one in editions if (found := clauses_of(one)) is not None]
    return any(one.has(number) for one in listed or map(_of_year, LISTED))


def within(clause: str, other: str) -> bool:
    """Whether a clause is another one or stands inside it: 7.5.3 is within 7.5."""
    return clause == other or clause.startswith(f"{other}.")


@cache
def _correlation() -> tuple[_Pair, ...]:
    return msgspec.convert(_shipped("correlation.toml")["pair"], tuple[_Pair, ...])


def becomes(clause: str, since: Edition, to: Edition) -> tuple[str, ...]:
    """The clauses of a later edition into which a clause of an earlier one went.

    Args:
        clause: The number in the earlier edition; of a heading, all under it are taken.
        since: The earlier edition.
        to: The later edition; more than one step later, the steps are joined.

    Returns:
        The numbers, in the order of the later edition; empty where nothing corresponds.
    """
    numbers: tuple[str, ...] = (clause,)
    for pairs, later in _steps(since, to):
        found = {
            new for p in pairs if any(within(p.clause, n) for n in numbers) for new in p.becomes
        }
        numbers = tuple(one.number for one in later.clauses if one.number in found)
    return numbers


def not_applicable_in(clauses: Collection[str], since: Edition, to: Edition) -> tuple[str, ...]:
    """The clauses of a later edition that are not applicable, where those of an earlier were.

    One that asks for more than the earlier clause did is still asked: who designs nothing
    may still change how the work is done.

    Args:
        clauses: The clauses of the earlier edition declared not applicable.
        since: The earlier edition.
        to: The later edition.
    """
    numbers = tuple(clauses)
    for pairs, later in _steps(since, to):
        found = {
            new
            for p in pairs
            if any(within(p.clause, n) for n in numbers)
            for new in p.becomes
            if new not in p.in_part
        }
        numbers = tuple(one.number for one in later.clauses if one.number in found)
    return numbers


def _steps(since: Edition, to: Edition) -> Iterator[tuple[list[_Pair], ClauseList]]:
    """From one edition to a later one: the correlation of each step, and the later clauses."""
    steps = [year for year in LISTED if since.year <= year <= to.year]
    for earlier, later in pairwise(steps):
        yield (
            [
                p
                for p in _correlation()
                if p.since.endswith(str(earlier)) and p.to.endswith(str(later))
            ],
            _of_year(later),
        )


def _shipped(name: str) -> dict[str, object]:
    return tomli.loads((get_data("qms", f"data/clauses/{name}") or b"").decode())
