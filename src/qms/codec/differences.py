"""What differs between the data of two registers, record by record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UNSET, Struct, UnsetType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qms.codec.explain import Path

__all__ = ["Difference", "differences", "with_differences"]


class Difference(Struct, frozen=True, omit_defaults=True):
    """A value, or a whole record, that is not the same.

    Attributes:
        path: Where it stands; places in lists are counted from 0.
        old: What was there; unset where there was nothing.
        new: What is there; unset where there is nothing any more.
    """

    path: tuple[str | int, ...]
    old: Any | UnsetType = UNSET
    new: Any | UnsetType = UNSET


def differences(old: Any, new: Any, path: Path = ()) -> Iterator[Difference]:
    """Every difference between two data, in the order of the newer; what is gone comes last."""
    if isinstance(old, dict) and isinstance(new, dict):
        keys = [*new, *(key for key in old if key not in new)]
        for key in keys:
            yield from _between(old.get(key, UNSET), new.get(key, UNSET), (*path, key))
    elif isinstance(old, list) and isinstance(new, list):
        for index, after in enumerate(new):
            before = old[index] if index < len(old) else UNSET
            yield from _between(before, after, (*path, index))
        for index in reversed(range(len(new), len(old))):  # so that each place still is its place
            yield Difference((*path, index), old[index])
    elif old != new or type(old) is not type(new):
        yield Difference(path, old, new)


def _between(old: Any, new: Any, path: Path) -> Iterator[Difference]:
    if old is UNSET or new is UNSET:
        yield Difference(path, old, new)
    else:
        yield from differences(old, new, path)


def with_differences(data: Any, found: Iterable[Difference]) -> Any:
    """Data after differences; the data itself is changed.

    Raises:
        LookupError: the data is not what the differences were found in.
    """
    for one in found:
        *way, last = one.path
        place = data
        for step in way:
            place = place[step]
        if one.new is UNSET:
            del place[last]
        elif isinstance(place, list) and last == len(place):
            place.append(one.new)
        else:
            place[last] = one.new
    return data
