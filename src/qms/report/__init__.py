"""What a check says, written out: for a terminal, a page, another program, a build server."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from attrs import frozen

from qms.text import Language, Name

if TYPE_CHECKING:
    from qms.check import Report

__all__ = ["FORMS", "Setting", "render"]

#: The forms in which a report is written; each is a module with a function ``render``.
FORMS = ("text", "markdown", "json", "sarif", "junit")


@frozen(kw_only=True)
class Setting:
    """For whom and about what a report is written.

    Attributes:
        organisation: The name of the body that answers for the units.
        language: The language, for forms that speak one.
        width: How many characters fit on a line, for text.
        colour: Whether to colour it for a screen, for text.
        chosen: The identifiers of the units asked about, where only some were.
        source: Where the register was read from, as it was named.
    """

    organisation: Name
    language: Language = Language.ENGLISH
    width: int = 80
    colour: bool = False
    chosen: tuple[str, ...] | None = None
    source: str = ""


def render(report: Report, form: str, setting: Setting) -> str:
    """Write a report in one of the forms.

    Args:
        report: The report.
        form: One of :data:`FORMS`.
        setting: For whom and about what it is written.
    """
    written: str = import_module(f"qms.report.{form}").render(report, setting)
    return written
