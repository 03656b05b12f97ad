"""Write the published schemas: ``python -m qms.codec FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from qms.codec.schema import write_schemas

for written in write_schemas(Path(sys.argv[1])):
    sys.stdout.write(f"{written}\n")
