"""What an organisation's own template brings into every document that is made with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qms.text import Language

if TYPE_CHECKING:
    from pathlib import Path

    from qms.cli.session import Session

__all__ = ["tell_cautions"]


def tell_cautions(session: Session, template: Path | None, issued: bytes) -> None:
    """Say what deserves care in a document, where it was made with a template.

    Its fields may start programs or fetch content on the machine of whoever opens it.
    """
    if template is None:
        return
    from qms.cli.control_block import told
    from qms.report.layout import wrap
    from qms.word.guard import open_guarded

    for caution in open_guarded(issued).cautions:
        words = f"{template.name}: {told(caution, Language(session.language))}"
        for line in wrap(words, session.width, hanging="  "):
            click.echo(line, err=True)
