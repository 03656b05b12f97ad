"""On a real screen: colour, width, and a sign of life; elsewhere none of them."""

import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import time
from fcntl import ioctl

import pytest
from runs import DAY, REGISTER

from qms.cli import main
from qms.cli.session import Session
from qms.cli.waiting import waiting
from qms.text import Language

CODES = re.compile(r"\x1b\[[0-9;]*[mK]")


def on_screen(*arguments, columns=80, **environment):
    """Run the program in a terminal; what it wrote there."""
    screen, terminal = pty.openpty()
    ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    names = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "TERM"}}
    process = subprocess.Popen(
        [sys.executable, "-m", "qms", *map(str, arguments)],
        stdout=terminal,
        stderr=terminal,
        env=names | {"TERM": "xterm"} | environment,
    )
    os.close(terminal)
    written = b""
    while True:
        try:
            more = os.read(screen, 4096)
        except OSError:
            break
        if not more:
            break
        written += more
    os.close(screen)
    process.wait()
    return written.decode("utf-8").replace("\r\n", "\n")


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_screen_is_coloured_and_no_line_is_longer_than_it(language):
    words = on_screen("status", REGISTER, "--on", DAY, "--lang", language)

    assert "\x1b[32m" in words
    assert max(len(line) for line in CODES.sub("", words).splitlines()) <= 80


def test_a_wide_screen_is_used():
    words = CODES.sub("", on_screen("status", REGISTER, "--on", DAY, columns=100))

    assert max(len(line) for line in words.splitlines()) == 100


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_is_left_out_where_it_is_not_wanted(environment):
    assert "\x1b[" not in on_screen("status", REGISTER, "--on", DAY, **environment)


def test_a_pipe_gets_80_columns_whatever_the_screen():
    assert Session(language=Language.ENGLISH, environment={}).width == 80


@pytest.mark.parametrize(("columns", "width"), [("60", 60), ("10", 40), ("500", 120)])
def test_the_width_has_bounds(monkeypatch, columns, width):
    monkeypatch.setenv("COLUMNS", columns)

    assert Session(language=Language.ENGLISH, environment={"COLUMNS": columns}).width == width


class Screen(io.StringIO):
    """An output that says it is a screen."""

    def isatty(self):
        return True


def test_long_work_shows_a_sign_of_life_and_leaves_nothing_behind(monkeypatch):
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    with waiting("Reading", patience=0.01):
        time.sleep(0.1)

    assert screen.getvalue() == "\rReading … 0 s\r\x1b[K"


def test_short_work_is_silent(monkeypatch):
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    with waiting("Reading", patience=5):
        pass

    assert screen.getvalue() == ""


def test_nothing_is_shown_where_errors_go_into_a_file(capsys):
    with waiting("Reading", patience=0):
        time.sleep(0.02)

    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_is_refused_fits_on_the_screen_and_keeps_its_words(monkeypatch, tmp_path, language):
    wrong = tmp_path / "r.toml"
    wrong.write_text('organisation = 1\n[units.a]\nheadcout = "two  blanks"\n', "utf-8")
    told = {}
    for screen in (io.StringIO(), Screen()):
        monkeypatch.setattr(sys, "stderr", screen)
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.chdir(tmp_path)
        assert main(["check", "r.toml", "--lang", language]) == 2
        told[type(screen)] = screen.getvalue()

    assert max(map(len, told[io.StringIO].splitlines())) > 200
    assert max(map(len, told[Screen].splitlines())) <= 80
    assert told[Screen].split() == told[io.StringIO].split()
    assert told[Screen].count("\n\n") == told[io.StringIO].count("\n\n")
