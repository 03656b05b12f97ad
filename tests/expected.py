"""Comparing with committed output.

Where an output changed on purpose, run the tests once with ``UPDATE_OUTPUTS=1``
and look at what changed before committing it.
"""

import os
from pathlib import Path


def same_as(path: Path, words: str) -> None:
    """Compare words with a committed file; write it where UPDATE_OUTPUTS is set."""
    if os.environ.get("UPDATE_OUTPUTS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")

    assert path.read_text(encoding="utf-8") == words
