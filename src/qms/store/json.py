"""A register as one JSON file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from qms.codec.assemble import assemble
from qms.codec.explain import shown
from qms.problems import Place, Problem, RegisterError
from qms.store.bounds import deepest_allowed, number_too_long, too_deep
from qms.store.files import composed_with_escapes, read_text
from qms.store.json_places import JsonPlaces, slips
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from qms.model import Register

__all__ = ["load_json", "parse_json"]

_SYNTAX = Text(en="this is not correct JSON: {reason}", vi="sai cú pháp JSON: {reason}")
_CORRECT = Text(
    en="Correct the file here, or write it anew with the program that made it.",
    vi="Sửa tệp tại chỗ này, hoặc xuất lại từ chương trình đã tạo ra tệp.",
)
_NOT_A_TABLE = Text(
    en="the file holds no register: its outermost value is not an object in braces",
    vi="tệp không chứa sổ đăng ký: giá trị ngoài cùng không phải là đối tượng trong ngoặc nhọn",
)
_NOT_AN_OBJECT = Text(
    en="the line is not an object in braces",
    vi="dòng này không phải là một đối tượng trong ngoặc nhọn",
)

#: What the parser of the standard library says, by how it begins, in both languages.
_REASONS: Mapping[str, Text] = {
    "Expecting value": Text(en="a value is missing", vi="thiếu giá trị"),
    "Expecting property name": Text(
        en="a key in double quotation marks is missing", vi="thiếu khóa trong dấu ngoặc kép"
    ),
    "Expecting ':'": Text(en="a colon is missing", vi="thiếu dấu hai chấm"),
    "Expecting ','": Text(en="a comma is missing", vi="thiếu dấu phẩy"),
    "Illegal trailing comma": Text(
        en="a comma stands before the closing bracket", vi="thừa dấu phẩy trước dấu đóng ngoặc"
    ),
    "Extra data": Text(
        en="something stands after the end of the object", vi="có nội dung thừa sau đối tượng"
    ),
    "Unterminated string": Text(
        en="a closing quotation mark is missing", vi="thiếu dấu đóng ngoặc kép"
    ),
    "Invalid control": Text(
        en="a line break or another control character stands inside words",
        vi="có dấu xuống dòng hoặc ký tự điều khiển trong phần chữ",
    ),
    "Invalid \\": Text(
        en="a backslash in words must be doubled", vi="dấu gạch chéo ngược trong chữ phải viết đôi"
    ),
}
_OTHER_REASON = Text(en="this could not be understood", vi="không hiểu được nội dung này")


def load_json(path: Path) -> Register:
    """The register in a JSON file.

    Raises:
        RegisterError: the file is not a register; with every problem in it.
    """
    name = str(path)
    text = composed_with_escapes(read_text(path, name))
    return assemble(parse_json(text, name), JsonPlaces(text, name).place)


def parse_json(text: str, name: str, line: int | None = None) -> dict[str, Any]:
    """The object that JSON text holds; each key may stand once.

    Args:
        text: The text.
        name: The name by which problems call the file.
        line: The line on which the text stands, where it is one line of a file.

    Raises:
        RegisterError: the text is not JSON, not an object, nested too deeply, or has
            too long a number.
    """
    passed: list[object] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            passed.append(pairs)
        return made

    try:
        data = json.loads(text, object_pairs_hook=once, parse_constant=passed.append)
    except json.JSONDecodeError as error:
        raise RegisterError([_syntax_problem(error, name, line)]) from None
    except ValueError:
        raise RegisterError([number_too_long(text, name, line)]) from None
    except RecursionError:
        raise RegisterError([too_deep(name, line)]) from None
    if not deepest_allowed(data):
        raise RegisterError([too_deep(name, line)])
    if not isinstance(data, dict):
        place = Place(file=name, line=line)
        what = _NOT_A_TABLE if line is None else _NOT_AN_OBJECT
        raise RegisterError([Problem(what=what, place=place, found=shown(data), remedy=_CORRECT)])
    if passed or ("\\u" in text and not _is_whole(data)):
        raise RegisterError(slips(text, name, line))
    return data


def _is_whole(data: object) -> bool:
    """Whether no half of a surrogate pair stands alone."""
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _syntax_problem(error: json.JSONDecodeError, name: str, line: int | None) -> Problem:
    reason = next(
        (words for start, words in _REASONS.items() if error.msg.startswith(start)), _OTHER_REASON
    )
    row = error.doc.split("\n")[error.lineno - 1]
    around = row[max(error.colno - 31, 0) : error.colno + 29].strip()
    return Problem(
        what=_SYNTAX.format(reason=reason),
        place=Place(file=name, line=line or error.lineno, column=error.colno),
        found=around or None,
        remedy=_CORRECT,
    )
