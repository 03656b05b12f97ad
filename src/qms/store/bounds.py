"""How deeply data may be nested: far deeper than any record, far from the interpreter's limit."""

from __future__ import annotations

from qms.problems import Place, Problem
from qms.text import Text

__all__ = ["DEEPEST", "deepest_allowed", "too_deep"]

#: How many tables and lists may stand inside one another.
DEEPEST = 40

_TOO_DEEP = Text(
    en="tables and lists stand more than {deepest} deep inside one another",
    vi="các bảng và danh sách lồng nhau sâu hơn {deepest} lớp",
)
_FLATTEN = Text(
    en="A register needs no more than ten levels; check how this file was made.",
    vi="Sổ đăng ký không cần quá mười lớp; hãy kiểm tra cách tạo ra tệp này.",
)


def deepest_allowed(data: object) -> bool:
    """Whether data is not nested too deeply; looks level by level, without recursion."""
    level = [data]
    for _ in range(DEEPEST):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return True
    return False


def too_deep(name: str, line: int | None = None) -> Problem:
    """The problem of a file that is nested too deeply."""
    return Problem(
        what=_TOO_DEEP.format(deepest=DEEPEST),
        place=Place(file=name, line=line),
        remedy=_FLATTEN,
    )
