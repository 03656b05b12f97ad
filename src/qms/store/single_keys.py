"""Lines of NDJSON in which no key stands twice in an object."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from qms.codec.strict import RefusedError
from qms.store.json_places import slips

if TYPE_CHECKING:
    from collections.abc import Callable

    from qms.model import Unit

__all__ = ["once"]


def once(decode: Callable[[bytes | str], Unit]) -> Callable[[bytes | str], Unit]:
    """A way of making units that also refuses lines in which a key stands twice.

    No fast decoder sees that: the later value takes the place of the earlier.
    """

    def of_single_keys(line: bytes | str) -> Unit:
        if not _keys_stand_once(line):
            raise RefusedError
        return decode(line)

    return of_single_keys


def _keys_stand_once(line: bytes | str) -> bool:
    """Whether no key stands twice in an object; also true of what is no JSON.

    Written anew, a line has as many colons as before unless a key was lost, or a colon
    in words was written as a number.
    """
    try:
        data = msgspec.json.decode(line)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return True
    raw = line.encode() if isinstance(line, str) else line
    if b"\\u003" not in raw and raw.count(b":") == msgspec.json.encode(data).count(b":"):
        return True
    return next(slips(raw.decode(), ""), None) is None
