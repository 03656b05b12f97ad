"""What an organisation's own template brings into every document that is made with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qms.text import Language, Text

if TYPE_CHECKING:
    from pathlib import Path

    from qms.cli.session import Session

__all__ = ["tell_cautions"]

_OBSOLETE = Text(
    en="{file}: Caution: the template is marked as obsolete, and so is what is made with it; use the "
    "form in force",
    vi="{file}: Lưu ý: mẫu mang dấu hết hiệu lực nên văn bản lập từ mẫu cũng mang dấu này; hãy dùng "
    "mẫu đang có hiệu lực",
)


def tell_cautions(session: Session, template: Path | None, issued: bytes) -> None:
    """Say what deserves care in a document, where it was made with a template.

    Its fields may start programs or fetch content on the machine of whoever opens it; and a
    form that is no longer in force says so across every page.
    """
    if template is None:
        return
    from qms.cli.control_block import told
    from qms.report.layout import wrap
    from qms.word.guard import open_guarded
    from qms.word.stamp import is_marked_obsolete

    language, package = Language(session.language), open_guarded(issued)
    lines = [f"{template.name}: {told(caution, language)}" for caution in package.cautions]
    if is_marked_obsolete(package):
        lines.append(_OBSOLETE.in_(language).format(file=template.name))
    for words in lines:
        for line in wrap(words, session.width, hanging="  "):
            click.echo(line, err=True)
