"""Excel workbooks as bytes that depend on nothing but what is in them."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["finished"]

_EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 - a workbook has no time zone
_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def finished(book: Workbook, creator: str) -> bytes:
    """The bytes of a workbook, with one fixed time in it."""
    book.properties.created = book.properties.modified = _EPOCH
    book.properties.creator = creator
    stream = io.BytesIO()
    book.save(stream)
    made = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(made, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "docProps/core.xml":
                content = _TIME.sub(_EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content)
            fixed = zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
            fixed.external_attr = member.external_attr
            new.writestr(fixed, content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
