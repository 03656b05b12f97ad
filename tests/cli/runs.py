"""Running the program as a person would."""

from pathlib import Path

from qms.cli import main

REGISTER = Path(__file__).parent / "register"
DAY = "2017-06-01"


def run(capsys, *arguments):
    """Run in this process: the exit code, the output and the errors."""
    capsys.readouterr()
    code = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err
