"""Word files for tests outside the room of Word; everything in them is invented."""

from functools import lru_cache
from io import BytesIO

import docx


@lru_cache
def plain(*paragraphs):
    """The bytes of a Word file of some paragraphs."""
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
