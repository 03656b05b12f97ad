"""Run the command line: ``python -m qms``."""

import sys

from qms.cli import main

if __name__ == "__main__":
    sys.exit(main(name="python -m qms"))
