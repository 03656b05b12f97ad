"""What a unit has of the documented information demanded, for a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.coverage import CoverageState
from qms.dates import print_date
from qms.report.layout import Column, Paint, table, wrap
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms.coverage import ClauseTrace, Coverage, Covered
    from qms.model import Unit
    from qms.text import Language

__all__ = ["render"]

_TITLE = Text(en="{name} · {edition} · {day}", vi="{name} · {edition} · {day}")
_SUMMARY = Text(
    en="Of {all} demands {covered} are covered, {missing} are missing.",
    vi="Trong {all} yêu cầu, {covered} yêu cầu đã đáp ứng, {missing} yêu cầu còn thiếu.",
)
_HEADS = (
    Text(en="Clause", vi="Điều"),
    Text(en="Documented information", vi="Thông tin dạng văn bản"),
    Text(en="State", vi="Tình trạng"),
    Text(en="By", vi="Đáp ứng bằng"),
)
_TRACE_HEADS = (
    Text(en="Clause", vi="Điều"),
    Text(en="Documents", vi="Tài liệu"),
    Text(en="Records", vi="Hồ sơ"),
    Text(en="Findings", vi="Phát hiện"),
)
_TRACE = Text(en="Clause by clause", vi="Theo từng điều")
_DECLARED = Text(en="Declared not applicable", vi="Các điều đã xác định không áp dụng")
_REASON = Text(en="{clause} {title}: {reason}", vi="{clause} {title}: {reason}")
_NOT_ALLOWED = Text(
    en="{clause} {title}: {reason} – no unit can declare this clause not applicable; it does not count",
    vi="{clause} {title}: {reason} – điều này không được xác định là không áp dụng; không được tính",
)
_STYLES = {
    CoverageState.COVERED: ("green",),
    CoverageState.MISSING: ("red",),
    CoverageState.IF_APPLICABLE: ("dim",),
    CoverageState.NOT_APPLICABLE: ("dim",),
    CoverageState.NOTHING_YET: ("dim",),
}


def render(
    found: Coverage,
    unit: Unit,
    language: Language,
    width: int,
    *,
    colour: bool = False,
    trace: bool = False,
) -> str:
    """A table of what is demanded; with ``trace`` also what there is clause by clause."""
    paint = Paint(colour)
    title = _TITLE.in_(language).format(
        name=unit.name.in_(language), edition=found.edition, day=print_date(found.on, language)
    )
    lines = [paint(line, "bold") for line in wrap(title, width)]
    covered = sum(one.state is CoverageState.COVERED for one in found.items)
    summary = _SUMMARY.in_(language).format(
        all=len(found.items), covered=covered, missing=len(found.missing)
    )
    lines += [*wrap(summary, width), ""]
    columns = [Column(h.in_(language), w) for h, w in zip(_HEADS, (8, 0, 13, 22), strict=True)]
    words = {state.text.in_(language): style for state, style in _STYLES.items()}
    rows = [_row(one, language) for one in found.items]
    lines += table(columns, rows, width, paint, lambda row: words.get(row[2], ()))
    lines += _declared(found, language, width, paint)
    if trace:
        lines += ["", paint(_TRACE.in_(language), "bold"), *_trace(found, language, width, paint)]
    return "\n".join(lines) + "\n"


def _declared(found: Coverage, language: Language, width: int, paint: Paint) -> Iterator[str]:
    """The clauses declared not applicable, each with the reason."""
    if found.declared:
        yield from ("", paint(_DECLARED.in_(language), "bold"))
    for one in found.declared:
        words = _REASON if one.allowed else _NOT_ALLOWED
        told = words.in_(language).format(
            clause=one.clause, title=one.title.in_(language), reason=one.reason
        )
        yield from wrap(told, width, indent="  ", hanging="    ")


def _row(one: Covered, language: Language) -> tuple[str, ...]:
    by = [", ".join(one.documents), *(words.in_(language) for words in one.records)]
    return (
        one.item.place,
        one.item.what.in_(language),
        one.state.text.in_(language),
        "\n".join(filter(None, by)),
    )


def _documents(one: ClauseTrace, language: Language) -> str:
    words = ", ".join(one.documents)
    if one.reason:
        words = "\n".join(filter(None, (words, CoverageState.NOT_APPLICABLE.text.in_(language))))
    return words


def _trace(found: Coverage, language: Language, width: int, paint: Paint) -> Iterator[str]:
    columns = [
        Column(h.in_(language), w) for h, w in zip(_TRACE_HEADS, (24, 0, 18, 14), strict=True)
    ]
    rows = [
        (
            f"{one.clause} {one.title.in_(language)}",
            _documents(one, language),
            "\n".join(words.in_(language) for words in one.records),
            ", ".join(one.findings),
        )
        for one in found.clauses
    ]
    yield from table(columns, rows, width, paint)
