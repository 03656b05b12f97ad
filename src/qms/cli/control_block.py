"""What was read from the control block of one Word file, for people and for programs."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the annotations are read at run time
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from qms.problems import printable
from qms.report.json import indented
from qms.report.layout import wrap
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qms.text import Language
    from qms.word.control_block import ControlBlock
    from qms.word.refusal import Caution
    from qms.word.verification import BlockReading

__all__ = ["ControlBlockReport", "render", "render_json", "told"]

_NONE = Text(
    en="There is no whole control block that every page shows.",
    vi="Không có khung kiểm soát đầy đủ, thống nhất trên mọi trang.",
)
_AGREE = Text(
    en="Pages, properties and body agree.", vi="Các trang, thuộc tính và nội dung thống nhất."
)
_CAUTION = Text(en="Caution", vi="Lưu ý")
_COUNT = Text(en="Problems: {count}", vi="Số vấn đề: {count}")


class ControlBlockProblem(Struct, frozen=True, kw_only=True):
    """Something that is wrong with a control block, or to be careful about."""

    code: str
    message: str


class ControlBlockReport(Struct, frozen=True, kw_only=True):
    """What was read from the control block of one file; null where it shows nothing whole."""

    format: Literal["qms-control-block/1"]
    file: str
    code: str | None
    title: str | None
    revision: str | None
    effective: date | None
    status: str | None
    problems: list[ControlBlockProblem]
    cautions: list[ControlBlockProblem]


def render_json(
    reading: BlockReading, cautions: Sequence[Caution], file: str, language: Language
) -> str:
    """A reading as JSON; its form is ``ControlBlockReport``."""
    block = reading.block
    return indented(
        ControlBlockReport(
            format="qms-control-block/1",
            file=file,
            code=None if block is None else block.code,
            title=None if block is None else block.title,
            revision=None if block is None else block.revision,
            effective=None if block is None else block.effective,
            status=None if block is None else block.status.value,
            problems=[
                ControlBlockProblem(code=one.kind.value, message=one.message.in_(language))
                for one in reading.problems
            ],
            cautions=[
                ControlBlockProblem(code=one.kind.value, message=one.message.in_(language))
                for one in cautions
            ],
        )
    )


def render(
    reading: BlockReading,
    cautions: Sequence[Caution],
    file: str,
    language: Language,
    width: int,
) -> str:
    """A reading as text of at most so many places a line."""
    lines = wrap(printable(file), width, hanging="  ")
    if reading.block is None:
        lines += wrap(_NONE.in_(language), width)
    else:
        lines += _facts(reading.block, language, width)
    lines.append("")
    for caution in cautions:
        lines += wrap(told(caution, language), width, hanging="  ")
    if not reading.problems:
        return "\n".join([*lines, *wrap(_AGREE.in_(language), width)]) + "\n"
    lines.append(_COUNT.in_(language).format(count=len(reading.problems)))
    for one in reading.problems:
        words = printable(f"[{one.kind.value}] {one.message.in_(language)}")
        lines += wrap(words, width, indent="  ", hanging="    ")
    return "\n".join(lines) + "\n"


def told(caution: Caution, language: Language) -> str:
    """Something to be careful about, in a line."""
    return printable(f"{_CAUTION.in_(language)}: {caution.message.in_(language)}")


def _facts(block: ControlBlock, language: Language, width: int) -> list[str]:
    from qms.word.control_block import BlockField

    lines = []
    for line in BlockField:
        if line is not BlockField.PAGE:
            words = f"{line.text.in_(language)}: {block.shown(line, language)}"
            lines += wrap(printable(words), width, indent="  ", hanging="    ")
    return lines
