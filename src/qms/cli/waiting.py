"""A sign of life on the screen while work takes longer than a second."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from threading import Event

__all__ = ["counting", "waiting"]

_T = TypeVar("_T")

_PATIENCE = 1.0
_PACE = 0.5


@contextmanager
def waiting(what: str, *, patience: float = _PATIENCE) -> Iterator[None]:
    """Say on standard error what is going on, once it has taken a while.

    Nothing is said where standard error is not a screen, and nothing is left
    behind when the work is done.

    Args:
        what: What is going on.
        patience: After how many seconds to say so.
    """
    if not sys.stderr.isatty():
        yield
        return
    import threading

    done = threading.Event()
    teller = threading.Thread(target=_tell, args=(what, patience, done), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell(what: str, patience: float, done: Event) -> None:
    seconds, wait = 0.0, patience
    while not done.wait(wait):
        seconds, wait = seconds + wait, _PACE
        sys.stderr.write(f"\r{what} … {seconds:.0f} s")
        sys.stderr.flush()
    if seconds:
        sys.stderr.write("\r\033[K")
        sys.stderr.flush()


def counting(items: Sequence[_T], what: str, *, patience: float = _PATIENCE) -> Iterator[_T]:
    """Hand out items one by one, and say on standard error how many are done.

    As :func:`waiting`, it says nothing at first, nothing where standard error is not a
    screen, and leaves nothing behind.

    Args:
        items: The items.
        what: What is going on.
        patience: After how many seconds to say so.
    """
    if not sys.stderr.isatty():
        yield from items
        return
    import time

    begun, told = time.monotonic(), False
    try:
        for number, item in enumerate(items):
            if time.monotonic() - begun > patience:
                told = True
                sys.stderr.write(f"\r{what} … {number}/{len(items)}")
                sys.stderr.flush()
            yield item
    finally:
        if told:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
