"""What tests of several rooms share."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_FILTERS = {"docx": "docx:MS Word 2007 XML"}


class Convert(Protocol):
    """Save a file again in another form, as LibreOffice does; the new file."""

    def __call__(self, path: Path, to: str = "pdf", outdir: Path | None = None) -> Path: ...


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """LibreOffice with a profile of its own; skips where it is missing, save on CI."""
    office = shutil.which("soffice")
    if office is None:
        if "CI" in os.environ:
            pytest.fail("LibreOffice is required in continuous integration")
        pytest.skip("LibreOffice (soffice) is not installed")
    profile = tmp_path_factory.mktemp("libreoffice")

    def convert(path: Path, to: str = "pdf", outdir: Path | None = None) -> Path:
        folder = outdir or tmp_path_factory.mktemp(to)
        command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
        command += ["--convert-to", _FILTERS.get(to, to), "--outdir", str(folder), str(path)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=180)
        made = folder / f"{path.stem}.{to}"
        assert made.exists(), done.stdout + done.stderr
        return made

    return convert
