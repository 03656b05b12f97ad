"""Files of other people, and those into which people wrote: none is written over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.cli.bilingual import Mistake, sentence
from qms.problems import Place, Problem, RegisterError
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import click

    from qms.checklist import Reading

__all__ = ["check_no_document", "check_not_filled", "is_document"]

_FILLED = Text(
    en="this file is a checklist in which something was filled in; it is not written over",
    vi="tệp này là phiếu đã được điền nên không bị ghi đè",
)
_WRITTEN_INTO = Text(
    en="something was written into this paper; it is not written over",
    vi="tài liệu này đã được ghi thêm nội dung nên không bị ghi đè",
)
_NOT_OURS = Text(
    en="this Word file is no checklist or paper as qms wrote it; it is not written over",
    vi="tệp Word này không phải là phiếu hoặc tài liệu do qms lập nên không bị ghi đè",
)
_OTHER_FORM = Text(
    en="--output: {file} is a document that is there already, and the result is of another kind; it "
    "is not written over. Name another file.",
    vi="--output: {file} là tài liệu đã có, còn kết quả thuộc loại tệp khác nên không ghi đè; hãy nêu "
    "tên tệp khác.",
)
#: The endings of documents, in which neither plain text stands nor other files.
_DOCUMENTS = frozenset(
    {".docx", ".dotx", ".docm", ".dotm", ".doc", ".dot", ".odt", ".ott", ".rtf"}
    | {".xlsx", ".xlsm", ".xls", ".ods", ".pptx", ".ppt", ".odp", ".pdf"}
)
#: The commands whose result is a Word file.
_WRITE_WORD = frozenset({"checklist", "paper", "stamp"})
_ELSEWHERE = Text(
    en="Name another file, or move this one away.", vi="Hãy nêu tệp khác, hoặc chuyển tệp này đi."
)


def check_not_filled(files: Iterable[Path]) -> None:
    """See that nothing is lost which cannot be written again.

    Only checklists and papers into which nobody wrote may be written over; what is no Word
    file at all under the name of one may be, too.  A filled checklist is known by what it
    holds; one into which something was typed beside the answers, or in which something was
    changed, is kept, too.

    Raises:
        RegisterError: some would be written over; with all of them.
    """
    problems = []
    for file in files:
        what = _written(file) if file.is_file() else None
        if what is not None:
            problems.append(Problem(what=what, place=Place(file=str(file)), remedy=_ELSEWHERE))
    if problems:
        raise RegisterError(problems)


def _written(file: Path) -> Text | None:
    """Why a file is kept, in words; None for what may be written over."""
    from qms.word import read
    from qms.word.guard import open_guarded
    from qms.word.refusal import Refusal, Refused
    from qms.word.written_into import is_paper, is_written_into

    try:
        package = open_guarded(file)
        if is_paper(package):
            return _WRITTEN_INTO if is_written_into(package) else None
        reading = read(package)
    except Refused as refused:
        return None if refused.code in {Refusal.NOT_WORD, Refusal.EMPTY} else _NOT_OURS
    if _is_filled(reading):
        return _FILLED
    return _NOT_OURS if reading.checklist is None else None


def is_document(file: Path) -> bool:
    """Whether a name is that of a document of an office program, by its ending."""
    return file.suffix.casefold() in _DOCUMENTS


def check_no_document(output: Path, ctx: click.Context) -> None:
    """See that no document that is there already becomes plain text, or an archive.

    Raises:
        Mistake: it would. What a command writes itself has a guard of its own: Word files,
            and a list in Excel, which takes the place of an older one.
    """
    writes_word = ctx.command.name in _WRITE_WORD
    is_list = ctx.command.name == "list" and output.suffix.casefold() == ".xlsx"
    if not writes_word and not is_list and is_document(output) and output.is_file():
        raise Mistake(sentence(_OTHER_FORM, file=str(output)), ctx)


def _is_filled(reading: Reading) -> bool:
    """Whether anything in a checklist is not as it was issued."""
    from qms.checklist import AnswerField, DoubtKind

    # The audit team is filled in already where the register holds it.
    typed = (
        value
        for (_, part), values in reading.typed.items()
        if part is not AnswerField.AUDITORS
        for value in values
    )
    if any(typed):
        return True
    by_hand = {
        DoubtKind.ALTERED_QUESTION,
        DoubtKind.ALTERED_TEXT,
        DoubtKind.COMMENT,
        DoubtKind.EMBEDDED,
        DoubtKind.STRAY_TEXT,
        DoubtKind.STRUCK,
        DoubtKind.TRACKED_CHANGE,
    }
    return reading.checklist is not None and any(one.kind in by_hand for one in reading.doubts)
