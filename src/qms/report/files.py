"""What was found of the files of controlled documents, for people and for programs."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the annotations are read at run time
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from qms.dates import print_date
from qms.file_problems import FileProblemKind
from qms.problems import printable
from qms.report.json import indented
from qms.report.layout import Paint, wrap
from qms.text import Text

if TYPE_CHECKING:
    from qms.file_problems import FileProblem, Verification
    from qms.text import Language

__all__ = ["FilesReport", "render", "render_json"]

_TITLE = Text(
    en="Documents in force on {day}: {documents}; files looked at: {files}",
    vi="Tài liệu có hiệu lực ngày {day}: {documents}; số tệp đã xem: {files}",
)
_LATER = Text(
    en="Issued, in force later: {later}", vi="Đã ban hành, chưa đến ngày có hiệu lực: {later}"
)
_NOTHING = Text(
    en="Every file is the approved one, and the register knows every file.",
    vi="Mọi tệp đều đúng là tệp đã phê duyệt; sổ đăng ký biết mọi tệp.",
)
_EMPTY = Text(
    en="No document is in force and there is no file: there was nothing to verify.",
    vi="Không có tài liệu đang có hiệu lực và không có tệp: không có gì để kiểm tra.",
)
_COUNT = Text(en="Problems: {count}", vi="Số vấn đề: {count}")
_REVISION = Text(en="{code}, revision {number}", vi="{code}, lần ban hành {number}")


#: What often holds for many documents at once and is then told once.
_ALIKE = FileProblemKind.NO_FILE_RECORDED


class FileProblemEntry(Struct, frozen=True, kw_only=True):
    """Something that is wrong with a file."""

    code: str
    about: str
    file: str
    unit: str
    document: str
    revision: str
    message: str


class FilesReport(Struct, frozen=True, kw_only=True):
    """What came of holding the files of documents against the register."""

    format: Literal["qms-files/1"]
    on: date
    documents: int
    later: int
    files: int
    problems: list[FileProblemEntry]


def render_json(found: Verification, language: Language) -> str:
    """A verification as JSON; its form is ``FilesReport``."""
    return indented(
        FilesReport(
            format="qms-files/1",
            on=found.on,
            documents=found.documents,
            later=found.later,
            files=found.files,
            problems=[_entry(problem, language) for problem in found.problems],
        )
    )


def _entry(problem: FileProblem, language: Language) -> FileProblemEntry:
    return FileProblemEntry(
        code=problem.kind.value,
        about=problem.about,
        file=problem.file,
        unit=problem.unit,
        document=problem.code,
        revision=problem.revision,
        message=problem.message.in_(language),
    )


def render(found: Verification, language: Language, width: int, *, colour: bool = False) -> str:
    """A verification as text of at most so many places a line."""
    paint = Paint(colour)
    title = _TITLE.in_(language).format(
        day=print_date(found.on, language), documents=found.documents, files=found.files
    )
    lines = [paint(line, "bold") for line in wrap(title, width)]
    if found.later:
        lines += wrap(_LATER.in_(language).format(later=found.later), width)
    if not found.problems:
        verdict = _NOTHING if found.documents or found.files else _EMPTY
        return "\n".join([*lines, *wrap(verdict.in_(language), width)]) + "\n"
    lines.append(_COUNT.in_(language).format(count=len(found.problems)))
    unrecorded = [one for one in found.problems if one.kind is _ALIKE]
    if len(unrecorded) > 1:
        named = ", ".join(f"{one.unit} {one.code}" for one in unrecorded)
        lines += ["", *wrap(f"[{_ALIKE.value}] {_ALIKE.text.in_(language)}:", width)]
        lines += wrap(printable(named), width, indent="  ", hanging="  ")
    for problem in found.problems:
        if problem.kind is _ALIKE and len(unrecorded) > 1:
            continue
        where = [problem.file, problem.unit]
        if problem.code:
            words = _REVISION.in_(language)
            where.append(words.format(code=problem.code, number=problem.revision))
        named = printable(" · ".join(part for part in where if part))
        code = problem.about or problem.kind.value
        lines.append("")
        lines += [paint(line, "bold") for line in wrap(f"{named} [{code}]", width, hanging="  ")]
        lines += wrap(printable(problem.message.in_(language)), width, indent="  ", hanging="  ")
    return "\n".join(lines) + "\n"
