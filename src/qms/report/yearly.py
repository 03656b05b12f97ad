"""The figures of a year, for a screen and for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qms.dates import print_date
from qms.objectives import Share
from qms.report.layout import Paint, wrap
from qms.report.objectives import percent
from qms.report.sentences import grouped
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qms.model import Register
    from qms.text import Language
    from qms.yearly_report import GroupFigures, UnitFigures, YearlyFigures

__all__ = ["render"]

_TITLE = Text(en="{name} · figures of {year}, up to {day}",
              vi="{name} · số liệu năm {year}, tính đến {day}")  # fmt: skip
_UNITS = Text(
    en="Units: {units}, of which current: {current} ({percent}); certified or announced in {year}: "
    "{certified}",
    vi="Số đơn vị: {units}, trong đó còn hiệu lực: {current} ({percent}); được chứng nhận hoặc công "
    "bố trong năm {year}: {certified}",
)
_GROUP = Text(
    en="{name}: {units}, current {current} ({percent}), certified in {year} {certified}",
    vi="{name}: {units}, còn hiệu lực {current} ({percent}), chứng nhận năm {year} {certified}",
)
_NO_GROUP = Text(en="without a group", vi="không thuộc nhóm nào")
_PLAN = Text(en="Plan “{name}”: {done} of {of} tasks done ({percent})",
             vi="Kế hoạch “{name}”: đã thực hiện {done}/{of} nhiệm vụ ({percent})")  # fmt: skip
_OBJECTIVES = Text(en="Objectives: {counts}", vi="Mục tiêu chất lượng: {counts}")
_LEGAL = Text(en="Legal documents: {counts}", vi="Văn bản quy phạm pháp luật: {counts}")
_CHANGES = Text(en="Changes of administrative procedures: {counts}",
                vi="Thay đổi thủ tục hành chính: {counts}")  # fmt: skip
_CHANGED = Text(
    en="Administrative procedures amended, simplified or supplemented: {count}",
    vi="Số thủ tục hành chính được sửa đổi, đơn giản hóa hoặc bổ sung: {count}",
)
_PROCEDURES = Text(
    en="Administrative procedures in force: {total} ({fields}); with a quality procedure in "
    "force: {covered} ({percent})",
    vi="Thủ tục hành chính còn hiệu lực: {total} ({fields}); đã có quy trình còn hiệu lực: "
    "{covered} ({percent})",
)
_ONLINE = Text(en="Served online: {levels}", vi="Dịch vụ công trực tuyến: {levels}")
_NO_FIELD = Text(en="no field", vi="chưa phân lĩnh vực")


def render(
    figures: YearlyFigures,
    register: Register,
    language: Language,
    width: int,
    *,
    colour: bool = False,
) -> str:
    """The figures of a year for a screen."""
    paint = Paint(colour)
    title = _TITLE.in_(language).format(
        name=register.organisation.name.in_(language),
        year=figures.year,
        day=print_date(figures.on, language),
    )
    lines = [paint(line, "bold") for line in wrap(title, width)]
    total = _numbers(figures.total, figures.year, language)
    lines += wrap(_UNITS.in_(language).format(**total), width)
    for key, group in figures.groups.items():
        held = register.organisation.groups.get(key)
        name = held.name.in_(language) if held else key or _NO_GROUP.in_(language)
        words = _GROUP.in_(language).format(name=name, **_numbers(group, figures.year, language))
        lines += wrap(words, width, indent="  ", hanging="    ")
    for key, unit in figures.units.items():
        held_unit = register.units[key]
        lines += ["", paint(f"{key} · {held_unit.name.in_(language)}", "bold")]
        names = {plan: one.title.in_(language) for plan, one in held_unit.plans.items()}
        for line in _of_unit(unit, names, language):
            lines += wrap(line, width, indent="  ", hanging="    ")
    return "\n".join(lines) + "\n"


def _numbers(group: GroupFigures, year: int, language: Language) -> dict[str, object]:
    counts = {"units": group.units, "current": group.current, "certified": group.certified}
    return {
        **{name: grouped(count).in_(language) for name, count in counts.items()},
        "percent": percent(Share(group.current, group.units), language),
        "year": year,
    }


def _of_unit(figures: UnitFigures, names: Mapping[str, str], language: Language) -> Iterator[str]:
    for plan, share in figures.plans.items():
        yield _PLAN.in_(language).format(
            name=names[plan], done=share.done, of=share.of, percent=percent(share, language)
        )
    if figures.objectives:
        yield _OBJECTIVES.in_(language).format(counts=_counts(figures.objectives, language))
    if figures.legal_documents:
        yield _LEGAL.in_(language).format(counts=_counts(figures.legal_documents, language))
    if figures.procedure_changes:
        yield _CHANGES.in_(language).format(counts=_counts(figures.procedure_changes, language))
    if figures.procedures_changed:
        yield _CHANGED.in_(language).format(count=figures.procedures_changed)
    if figures.procedures:
        fields = " + ".join(
            f"{field or _NO_FIELD.in_(language)} {count}"
            for field, count in figures.procedures.items()
        )
        yield _PROCEDURES.in_(language).format(
            total=figures.covered.of,
            fields=fields,
            covered=figures.covered.done,
            percent=percent(figures.covered, language),
        )
    if figures.online:
        levels = (
            f"{level.text.in_(language)}: {count} ({percent(Share(count, figures.covered.of), language)})"
            for level, count in figures.online.items()
        )
        yield _ONLINE.in_(language).format(levels="; ".join(levels))


def _counts(counts: Mapping[Any, int], language: Language) -> str:
    return "; ".join(f"{term.text.in_(language)}: {count}" for term, count in counts.items())
