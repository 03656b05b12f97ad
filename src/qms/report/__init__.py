"""What a check says, written out: for a terminal, a page, another program, a build server."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from msgspec import Struct, field

from qms.text import Language, Name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from qms.check import Report

__all__ = ["FORMS", "Setting", "render", "schemas"]

#: The forms in which a report is written; each is a module with a function ``render``.
FORMS = ("text", "markdown", "json", "sarif", "junit")


class Setting(Struct, frozen=True, kw_only=True):
    """For whom and about what a report is written.

    Attributes:
        organisation: The name of the body that answers for the units.
        language: The language, for forms that speak one.
        width: How many characters fit on a line, for text.
        colour: Whether to colour it for a screen, for text.
        chosen: The identifiers of the units asked about, where only some were.
        source: Where the register was read from, as it was named.
        files: The file in which a unit stands, by its identifier, where that is known.
    """

    organisation: Name
    language: Language = Language.ENGLISH
    width: int = 80
    colour: bool = False
    chosen: tuple[str, ...] | None = None
    source: str = ""
    files: Mapping[str, str] = field(default_factory=dict)


def render(report: Report, form: str, setting: Setting) -> str:
    """Write a report in one of the forms.

    Args:
        report: The report.
        form: One of :data:`FORMS`.
        setting: For whom and about what it is written.
    """
    written: str = import_module(f"qms.report.{form}").render(report, setting)
    return written


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schemas of everything that is written as JSON, by file name."""
    from qms.report import calendar, files, json, reading, timeline

    shapes: dict[str, type[Struct]] = {
        "report": json.ReportEntry,
        "status": json.StatusEntry,
        "calendar": calendar.Calendar,
        "timeline": timeline.Timeline,
        "files": files.FilesReport,
        "findings": reading.FindingsReport,
    }
    return {f"{name}.schema.json": json.schema(shape) for name, shape in shapes.items()}
