"""Ten thousand damaged and altered files: each is read, doubted, or refused with a reason.

One file in ten by default; all of them in continuous integration, or where the
environment has ``QMS_FUZZ`` set to a number.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from checklist_samples import PARTICULARS, answers

from qms.word import read

HERE = Path(__file__).parent


def how_many() -> int:
    return int(os.environ.get("QMS_FUZZ") or (10_000 if "CI" in os.environ else 1_000))


def test_no_file_crashes_the_reader_hangs_it_or_changes_an_answer_in_silence():
    count = how_many()
    command = [sys.executable, str(HERE / "checklist_fuzz.py"), "0", str(count)]

    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=900)

    told = json.loads(done.stdout)
    assert told["wrong"] == []
    assert told["slowest"] < 2
    assert told["megabytes"] < 300
    outcomes = told["outcomes"]
    assert sum(n for name, n in outcomes.items() if "," not in name) == count
    assert {"read", "doubted", "refused: damaged", "refused: truncated"} <= outcomes.keys()


@pytest.mark.parametrize("name", ["checklist.docx", "checklist.odt"])
def test_files_that_libreoffice_saved_in_former_days_are_still_read(name):
    """Saved by LibreOffice 7.4 from the checklist of the samples; never to be made anew."""
    reading = read(HERE / "data" / name)

    assert reading.answers == answers()
    assert reading.particulars == PARTICULARS
    assert reading.doubts == ()
