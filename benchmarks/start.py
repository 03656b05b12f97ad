"""How long a cold start takes, as ratios to importing what it is built on."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_QMS = Path(sys.executable).with_name("qms")


def run() -> None:
    """Print the cost of ``import qms`` and of a whole ``qms check`` of a small register."""
    attrs, three = _python("import attrs"), _python("import attrs, click, msgspec")
    imported = _python("import qms")
    check = [str(_QMS), "check", str(_ROOT / "fixtures/ha-giang-2015"), "--on", "2015-12-31"]
    checked = _best(check)
    print("cold start")
    print(f"  import qms / import attrs{'':25} {imported / attrs:5.2f}   (at most 2)")
    print(
        f"  qms check, 66 units / attrs + click + msgspec{'':5} {checked / three:5.2f}   (at most 3)"
    )


def _python(statement: str) -> float:
    return _best([sys.executable, "-c", statement])


def _best(command: list[str], times: int = 12) -> float:
    """The shortest of several runs, with the compiled modules that an installation has."""
    settings = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=settings)
    best = float("inf")
    for _ in range(times):
        begun = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=settings)
        best = min(best, time.perf_counter() - begun)
    return best
