"""What data may not exceed: far more than any record needs, far from the interpreter's limits."""

from __future__ import annotations

import re

from qms.problems import Place, Problem
from qms.text import Text

__all__ = ["DEEPEST", "deepest_allowed", "number_too_long", "printable_number", "too_deep"]

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
_TOO_LONG = Text(
    en="a whole number is thousands of digits long", vi="có số nguyên dài hàng nghìn chữ số"
)
_SHORTEN = Text(en="Correct the number.", vi="Sửa lại số này.")

#: With how many bits a whole number is not printed any more: the interpreter prints 4,300 digits.
_BITS = 14_000
#: Such a number as it is written, in any base that TOML knows.
_LONG_NUMBER = re.compile(rf"(?<!\w)[0-9][0-9A-Za-z_]{{{_BITS // 4},}}")


def printable_number(value: object) -> bool:
    """Whether a value is anything but a whole number too long to be printed."""
    return not isinstance(value, int) or value.bit_length() <= _BITS


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


def number_too_long(text: str, name: str, line: int | None = None) -> Problem:
    """The problem of text with a whole number longer than the interpreter reads.

    Args:
        text: The text.
        name: The name by which problems call the file.
        line: The line on which the text stands, where it is one line of a file.
    """
    number = _LONG_NUMBER.search(text)
    if line is None and number is not None:
        line = text.count("\n", 0, number.start()) + 1
    return Problem(
        what=_TOO_LONG,
        place=Place(file=name, line=line),
        found=None if number is None else f"{number[0][:20]}…",
        remedy=_SHORTEN,
    )
