"""The head and the foot of a Vietnamese administrative document (NĐ 30/2020/NĐ-CP, Annex I).

The head is a table without lines: the issuing body on the left, the name of
the state and its motto on the right, each with its rule; below them the number
on the left, place and day on the right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.terms import AuditType
from qms.word.letters import balanced, lines_of, width_of
from qms.word.markup import borderless_table, cell, paragraph, row, rule, run

if TYPE_CHECKING:
    from datetime import date

    from qms.text import Language, Name
    from qms.word.statics import Statics

__all__ = ["administrative_head", "evenly", "issuer_of", "place_and_day", "rule_below", "unbroken"]

_STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
#: Measured: the name of the state in bold 13 pt is 95.7 mm wide, so its column is 98 mm.
_RIGHT = 5560
#: Where this much is not left for the issuing body, as on A5, both columns are narrower.
_LEFT_AT_LEAST = 2268
_BOLD = "<w:b/><w:bCs/>"
_SMALL = '<w:sz w:val="24"/><w:szCs w:val="24"/>'
_CENTRED = "QMSCentred"


def administrative_head(
    statics: Statics,
    width: int,
    *,
    superior: str | None,
    issuer: str,
    number: str,
    place: str | None,
    day: date,
) -> str:
    """The head of the first page.

    Args:
        statics: Where given text is noted.
        width: The width between the margins.
        superior: The body above the issuing one, where there is one.
        issuer: The issuing body.
        number: The number and symbol, such as ``Số:      /PĐG``.
        place: The place; a dotted line where it is left out.
        day: The day.
    """
    right = min(_RIGHT, width * 3 // 5) if width - _RIGHT < _LEFT_AT_LEAST else _RIGHT
    left = width - right
    first = row(
        (cell(left, _issuing(statics, left, superior, issuer)), cell(right, _state(statics, right)))
    )
    dated = place_and_day(place, day)
    second = row(
        (
            cell(left, paragraph(run(statics(number)), _CENTRED)),
            cell(right, paragraph(run(statics(dated), "<w:i/><w:iCs/>"), _CENTRED)),
        )
    )
    return borderless_table((left, right), first + second)


def issuer_of(
    organisation: Name, unit: Name, type_: AuditType, language: Language
) -> tuple[str, str | None]:
    """Who issues the papers of an audit, and the body above it.

    A unit audits itself under the body that answers for it; every other audit is that
    body's own.
    """
    above, name = organisation.in_(language), unit.in_(language)
    if type_ is AuditType.INTERNAL and above != name:
        return name, above
    return above, None


def _issuing(statics: Statics, width: int, superior: str | None, issuer: str) -> str:
    """The issuing body in bold capitals, below the body above it, and a rule below it."""
    upper = issuer.upper()
    lines = [superior.upper()] if superior else []
    statics(" ".join((*lines, upper)))
    above = "".join(
        paragraph(run(unbroken(line), _SMALL), _CENTRED, evenly(line, width, 12, bold=False))
        for line in lines
    )
    name = paragraph(
        run(unbroken(upper), _BOLD + _SMALL), _CENTRED, evenly(upper, width, 12, bold=True)
    )
    return above + name + rule(width, rule_below(upper, width, 12))


def evenly(words: str, width: int, size: float, *, bold: bool) -> str:
    """The properties of a paragraph by which the lines of a heading come out about as long."""
    indent = (width - balanced(unbroken(words), width, size, bold=bold)) // 2
    return f'<w:ind w:left="{indent}" w:right="{indent}"/>' if indent else ""


def rule_below(words: str, width: int, size: float) -> int:
    """How long the rule below bold words is: between a third and a half of their longest line."""
    joined = unbroken(words)
    room = balanced(joined, width, size, bold=True)
    return max(lines_of(joined, room, size, bold=True)) * 2 // 5


def unbroken(name: str) -> str:
    """A name whose last two words stay on one line: they are mostly one word or a proper name."""
    return "\N{NO-BREAK SPACE}".join(name.rsplit(" ", 1))


def _state(statics: Statics, width: int) -> str:
    statics(f"{_STATE} {_MOTTO}")
    return (
        paragraph(run(_STATE, _BOLD + '<w:spacing w:val="-4"/>'), _CENTRED)
        + paragraph(run(_MOTTO, _BOLD), _CENTRED)
        + rule(width, width_of(_MOTTO, 13, bold=True))
    )


def place_and_day(place: str | None, day: date) -> str:
    """Place and day as they stand below the motto; days under 10 and months 1 and 2 with a zero."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{place or '……………'}, ngày {day.day:02} tháng {month} năm {day.year}"
