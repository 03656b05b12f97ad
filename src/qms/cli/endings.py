"""Whether the name of a result says what is in it: text in a file called .xlsx opens nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.cli.bilingual import Choice, Mistake, sentence
from qms.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    import click

__all__ = ["form_named", "refuse_other_ending"]

_OTHER = Text(
    en="--output: {file} would hold {form}, not what its ending {ending} says. This command writes: "
    "{forms} (--format); name another ending or choose another form.",
    vi="--output: {file} sẽ chứa nội dung dạng {form}, không đúng với đuôi {ending}. Lệnh này ghi được "
    "các dạng: {forms} (--format); hãy đổi đuôi tệp hoặc chọn dạng khác.",
)
#: The forms that go with an ending; none for what is never written with --format.
_FITTING: dict[str, frozenset[str]] = {
    ".csv": frozenset({"csv"}),
    ".json": frozenset({"json", "sarif"}),
    ".sarif": frozenset({"sarif"}),
    ".xlsx": frozenset({"xlsx"}),
    ".xml": frozenset({"junit"}),
} | dict.fromkeys(
    [
        ".doc", ".docm", ".docx", ".htm", ".html", ".ics", ".odp", ".ods", ".odt", ".pdf", ".ppt",
        ".pptx", ".rtf", ".xls", ".xlsm", ".zip",
    ],
    frozenset(),
)  # fmt: skip


def form_named(form: str, output: Path | None) -> str:
    """The form of a list: the one asked for, or CSV or Excel where the file is called so."""
    ending = "" if output is None else output.suffix.casefold()
    return ending[1:] if form == "text" and ending in {".csv", ".xlsx"} else form


def refuse_other_ending(ctx: click.Context, output: Path) -> None:
    """Refuse to write a result into a file whose name says that something else is in it.

    Raises:
        Mistake: the ending belongs to another form.
    """
    form, ending = ctx.params.get("form"), output.suffix.casefold()
    if form is None or ending not in _FITTING:
        return
    kinds = [one.type for one in ctx.command.params if one.name == "form"]
    forms = [form for kind in kinds if isinstance(kind, Choice) for form in kind.choices]
    if "csv" in forms:
        form = form_named(form, output)
    if form not in _FITTING[ending]:
        words = {"file": str(output), "form": form, "ending": ending, "forms": ", ".join(forms)}
        raise Mistake(sentence(_OTHER, **words), ctx)
