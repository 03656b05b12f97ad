"""Run the measurements: ``python -m benchmarks [bulk|start|checklist] [--units N]``.

Every figure is a ratio to something measured in the same run on the same machine;
absolute times are shown for orientation only.
"""

from __future__ import annotations

import argparse

from benchmarks.bulk import run as run_bulk
from benchmarks.checklist import run as run_checklist
from benchmarks.start import run as run_start


def main() -> None:
    """Run all measurements, or the one that is named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["bulk", "start", "checklist"])
    parser.add_argument("--units", type=int, default=100_000, help="units in the bulk register")
    asked = parser.parse_args()
    if asked.what in {None, "start"}:
        run_start()
    if asked.what in {None, "checklist"}:
        run_checklist()
    if asked.what in {None, "bulk"}:
        run_bulk(asked.units)


if __name__ == "__main__":
    main()
