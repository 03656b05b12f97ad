"""Word files for tests outside the room of Word; everything in them is invented."""

from functools import lru_cache
from io import BytesIO

import docx

_TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"


@lru_cache
def plain(*paragraphs):
    """The bytes of a Word file of some paragraphs."""
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_template(target):
    """The bytes of a Word file to which a template outside of it is attached."""
    document = docx.Document()
    parts = {str(part.partname): part for part in document.part.package.iter_parts()}
    settings = parts["/word/settings.xml"]
    settings.relate_to(target, _TEMPLATE, is_external=True)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
