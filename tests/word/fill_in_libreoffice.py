"""Fills a checklist in LibreOffice through its programming interface, as an auditor would.

Run by the Python that LibreOffice comes with:
``fill_in_libreoffice.py PIPE FROM TO FILTER ANSWERS``.  The answers are a file of JSON: what is
written into the controls of a question, by its identifier; those of ``*`` into all others.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

GRADE_HEADS = {"Grade", "Mức đánh giá"}
COLUMNS = {"grade": "D", "evidence": "E", "documents": "F", "statement": "G", "due": "H"}


def connect(pipe: str) -> Any:
    """The running LibreOffice behind a pipe."""
    import uno

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(120):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001 - it is not up yet
            time.sleep(0.5)
        else:
            return context.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", context
            )
    raise SystemExit("LibreOffice did not start")


def setting(name: str, value: object) -> Any:
    """A named value, as LibreOffice takes them."""
    from com.sun.star.beans import PropertyValue

    one = PropertyValue()
    one.Name, one.Value = name, value
    return one


def control_in(cell: Any) -> Any:
    """The content control in a cell."""
    paragraphs = cell.createEnumeration()
    while paragraphs.hasMoreElements():
        portions = paragraphs.nextElement().createEnumeration()
        while portions.hasMoreElements():
            portion = portions.nextElement()
            if portion.TextPortionType == "ContentControl":
                return portion.ContentControl
    raise SystemExit("no control in the cell")


def write(cell: Any, words: str) -> None:
    """Type words into the control of a cell."""
    control = control_in(cell)
    cursor = control.createTextCursor()
    cursor.gotoEnd(True)
    control.insertString(cursor, words, True)
    control.ShowingPlaceHolder = False


def fill(document: Any, answers: dict[str, dict[str, str]]) -> None:
    """Write the answers into every table of questions."""
    filled = 0
    tables = document.getTextTables()
    for number in range(tables.getCount()):
        table = tables.getByIndex(number)
        if "D1" not in table.getCellNames():
            continue
        if table.getCellByName("D1").getString() not in GRADE_HEADS:
            continue
        for row in range(2, table.getRows().getCount() + 1):
            question = table.getCellByName(f"A{row}").getString().split()[0]
            for name, words in answers.get(question, answers.get("*", {})).items():
                write(table.getCellByName(f"{COLUMNS[name]}{row}"), words)
                filled += 1
    if not filled:
        raise SystemExit("no question was filled in")


def main(pipe: str, source: str, target: str, form: str, answers: str) -> None:
    """Open, fill, save and end."""
    desktop = connect(pipe)
    hidden = (setting("Hidden", True),)
    document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, hidden)
    fill(document, json.loads(Path(answers).read_text("utf-8")))
    document.storeToURL(Path(target).as_uri(), (setting("FilterName", form),))
    document.close(True)
    desktop.terminate()


if __name__ == "__main__":
    main(*sys.argv[1:])
