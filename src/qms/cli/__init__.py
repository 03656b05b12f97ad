"""The command line: the only place with a clock, an environment and an exit code."""

from __future__ import annotations

from qms.cli.program import main

__all__ = ["main"]
