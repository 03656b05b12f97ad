"""Fills a checklist in LibreOffice through its programming interface, as an auditor would.

Run by the Python that LibreOffice comes with: ``fill_in_libreoffice.py PIPE FROM TO FILTER``.
Writes into the controls of the third row of the first table of questions, and saves.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

VALUES = {
    "grade": "Không phù hợp nhẹ",
    "evidence": "Biên bản số 7\nkhông có chữ ký",
    "documents": "BM-07",
    "statement": "Thiếu chữ ký",
    "due": "15/12/2026",
}


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


def fill(document: Any) -> None:
    """Write the values into the third row under the first heading with question and grade."""
    tables = document.getTextTables()
    for number in range(tables.getCount()):
        table = tables.getByIndex(number)
        if "D1" in table.getCellNames() and table.getCellByName("D1").getString() == "Mức đánh giá":
            for column, words in zip("DEFGH", VALUES.values(), strict=True):
                control = control_in(table.getCellByName(f"{column}3"))
                cursor = control.createTextCursor()
                cursor.gotoEnd(True)
                control.insertString(cursor, words, True)
                control.ShowingPlaceHolder = False
            return
    raise SystemExit("no table of questions")


def main(pipe: str, source: str, target: str, form: str) -> None:
    """Open, fill, save and end."""
    desktop = connect(pipe)
    hidden = (setting("Hidden", True),)
    document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, hidden)
    fill(document)
    document.storeToURL(Path(target).as_uri(), (setting("FilterName", form),))
    document.close(True)
    desktop.terminate()


if __name__ == "__main__":
    main(*sys.argv[1:])
