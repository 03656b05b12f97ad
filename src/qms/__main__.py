"""The command line as a process of its own: ``qms`` and ``python -m qms``."""

from __future__ import annotations

import gc
import sys

__all__ = ["run"]

#: After how many new objects cycles are looked for.  A command lives for a moment: what it
#: imports and reads stays to the end, and looking through it again and again finds nothing.
_OBJECTS_BETWEEN_COLLECTIONS = 50_000
#: As shells count the end by an interrupt.
_INTERRUPTED = 130


def run(name: str = "qms") -> int:
    """Run the command that was typed and return its exit code.

    Args:
        name: The name under which the program was called.
    """
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        from qms.cli import main

        code = main(name=name)
    except KeyboardInterrupt:  # while the program was still being read: nobody can say so yet
        return _INTERRUPTED
    gc.freeze()
    return code


if __name__ == "__main__":
    sys.exit(run("python -m qms"))
