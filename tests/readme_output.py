"""The output that the READMEs show: the first lines of what the main command really prints.

Run this file to write the blocks of ``README.md`` and ``README.vi.md`` anew.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from qms.text import Language

ROOT = Path(__file__).parent.parent
READMES = {Language.ENGLISH: ROOT / "README.md", Language.VIETNAMESE: ROOT / "README.vi.md"}

#: How many lines are shown; after them stands a line that says that there are more.
SHOWN = 9

_BLOCK = re.compile(r"(<!-- output -->\n```\w*\n)(.*?)(```\n<!-- end -->)", re.DOTALL)


def readme(language):
    """The README as it is committed, with the real output in it."""
    text = READMES[language].read_text("utf-8")
    lines = printed(main_job(text), language).splitlines()
    shown = "\n".join([*lines[:SHOWN], "  …", ""])
    text, times = _BLOCK.subn(lambda found: found[1] + shown + found[3], text)
    assert times == 1
    return text


def main_job(text):
    """The main command of a README, without the set-up before it."""
    (command,) = re.findall(r"&& \.venv/bin/qms (.*)$", text, re.MULTILINE)
    return shlex.split(command)


def printed(arguments, language):
    """What the program prints where it was told nothing but the language of the computer."""
    environment = {**os.environ, "QMS_LANG": language.value, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "qms", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


if __name__ == "__main__":
    for language, path in READMES.items():
        path.write_text(readme(language), encoding="utf-8")
