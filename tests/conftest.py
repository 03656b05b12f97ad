"""What tests of several rooms share."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILTERS = {"docx": "docx:MS Word 2007 XML"}


class Convert(Protocol):
    """Save a file again in another form, as LibreOffice does; the new file."""

    def __call__(self, path: Path, to: str = "pdf", outdir: Path | None = None) -> Path: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest test, so that no process is left waiting for another at the end."""
    items.sort(key=lambda item: item.path.stem != "test_checklist_fuzz")


@pytest.fixture
def passable(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that other users may look into; pytest keeps its folders to one user.

    The folder around them, which holds temporary files of everybody, is left alone.
    """
    base = tmp_path_factory.getbasetemp()
    made = [one for one in base.parents if one.name.startswith("pytest-")]
    for folder in (tmp_path, base, *made):
        folder.chmod(0o755)
    return tmp_path


class FillIn(Protocol):
    """Fill a checklist in LibreOffice and save it as the ending of the new file says."""

    def __call__(
        self, source: Path, target: Path, answers: Mapping[str, Mapping[str, str]]
    ) -> None: ...


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
        made = folder / f"{path.stem}.{to}"
        for _ in range(_STARTS):
            done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=180)
            if made.exists():
                break
        assert made.exists(), done.stdout + done.stderr
        return made

    return convert


#: LibreOffice itself crashes now and then; what crashed is started once more, what failed is not.
_STARTS = 2
_SAVED_AS = {".docx": "MS Word 2007 XML", ".odt": "writer8"}
_FILLS_IN = Path(__file__).parent / "word" / "fill_in_libreoffice.py"


@pytest.fixture
def fill_in(tmp_path: Path) -> FillIn:
    """LibreOffice driven through its programming interface; skips where that is missing."""
    office = shutil.which("soffice")
    python = shutil.which("python3", path="/usr/bin:/bin")
    known = python and subprocess.run(
        [python, "-c", "import uno"], check=False, capture_output=True
    )
    if not office or not python or not known or known.returncode:
        if "CI" in os.environ:
            pytest.fail("LibreOffice and python3-uno are required in continuous integration")
        pytest.skip("LibreOffice or its Python bridge (python3-uno) is not installed")

    def fill(source: Path, target: Path, answers: Mapping[str, Mapping[str, str]]) -> None:
        given = tmp_path / f"{target.name}.json"
        given.write_text(json.dumps(answers), "utf-8")
        for start in range(_STARTS):
            pipe = f"qms{os.getpid()}{target.suffix[1:]}{start}"
            profile = (tmp_path / f"profile-{target.name}-{start}").as_uri()
            running = subprocess.Popen(
                [office, f"-env:UserInstallation={profile}", "--headless", "--norestore",
                 f"--accept=pipe,name={pipe};urp;"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            try:
                command = [python, str(_FILLS_IN), pipe, str(source), str(target)]
                command += [_SAVED_AS[target.suffix], str(given)]
                done = subprocess.run(command, check=False, timeout=300)
                # Its own part in the process of the driver may be what a signal ended.
                crashed = running.poll() is not None or done.returncode < 0
            finally:
                running.terminate()
                running.wait(60)
            if done.returncode == 0 or not crashed:
                break
        assert done.returncode == 0

    return fill
