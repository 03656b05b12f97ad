"""TOML text as data, or what is wrong with it."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import tomli

from qms.codec.explain import bad_day
from qms.problems import Place, Problem, RegisterError
from qms.store.bounds import deepest_allowed, number_too_long, printable_number, too_deep
from qms.store.files import composed_with_escapes
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["parse_toml", "with_letters"]

_POSITION = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
#: A longer row is shown around the mistake only.
_LONG_ROW = 200
#: Letters written as numbers in the ways that JSON does not have.
_NUMBERED = re.compile(r"\\(?:U0000([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_DAY = re.compile(r"=\s*(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})\s*(?:#.*)?$")
_FOREIGN_KEY = re.compile(r"^\[*[^\"'=#]*[^\x00-\x7f\"'=#]")

_SYNTAX = Text(en="this is not correct TOML: {reason}", vi="sai cú pháp TOML: {reason}")
_CORRECT = Text(
    en="Correct this line. Words stand in quotation marks, dates without them.",
    vi="Sửa lại dòng này. Chữ phải đặt trong dấu ngoặc kép, ngày tháng thì không.",
)
_ONCE = Text(en="Keep one of the two.", vi="Chỉ giữ lại một trong hai chỗ.")
_KEY = Text(
    en="a key with letters other than a–z stands without quotation marks",
    vi="khóa có chữ cái ngoài a–z nhưng không đặt trong dấu ngoặc kép",
)
_QUOTE_KEY = Text(
    en="Put the key into quotation marks; the keys of a record are English words.",
    vi="Đặt khóa trong dấu ngoặc kép; tên các khóa của bản ghi là từ tiếng Anh.",
)
_CURLY = "“”„‟«»‘’‚‛＂"
_QUOTES = Text(
    en="a curly quotation mark stands here; TOML knows the straight ones only",
    vi="ở đây là dấu ngoặc kép cong; TOML chỉ dùng dấu ngoặc kép thẳng",
)
_STRAIGHT = Text(
    en='Type straight quotation marks: "…". Word processors curl them; a text editor does not.',
    vi='Gõ dấu ngoặc kép thẳng: "…". Phần mềm soạn thảo như Word tự đổi thành dấu cong;'
    " trình soạn thảo văn bản thuần thì không.",
)
_AT_END = Text(
    en="the end of the file came too early", vi="tệp kết thúc khi nội dung chưa hoàn chỉnh"
)

#: What the parser of the standard library says, by how it begins, in both languages.
_REASONS: Mapping[str, Text] = {
    "Cannot declare": Text(en="this table stands here twice", vi="bảng này bị khai báo hai lần"),
    "Cannot redefine": Text(en="this table stands here twice", vi="bảng này bị khai báo hai lần"),
    "Cannot overwrite": Text(en="this key stands here twice", vi="khóa này bị ghi hai lần"),
    "Cannot mutate": Text(en="this key stands here twice", vi="khóa này bị ghi hai lần"),
    "Duplicate inline": Text(en="this key stands here twice", vi="khóa này bị ghi hai lần"),
    "Expected '='": Text(
        en="a key must be followed by “=” and a value", vi="sau khóa phải có dấu “=” và giá trị"
    ),
    "Expected ']'": Text(
        en="a closing square bracket is missing", vi="thiếu dấu đóng ngoặc vuông “]”"
    ),
    "Expected newline": Text(
        en="something stands after the value that does not belong there",
        vi="có nội dung thừa sau giá trị",
    ),
    "Unclosed array": Text(en="a list is not closed with “]”", vi="danh sách chưa đóng bằng “]”"),
    "Unclosed inline": Text(
        en="a table in braces is not closed with “}”", vi="bảng trong ngoặc nhọn chưa đóng bằng “}”"
    ),
    "Unterminated string": Text(
        en="a closing quotation mark is missing", vi="thiếu dấu đóng ngoặc kép"
    ),
    "Illegal character": Text(
        en="a character stands here that is not allowed (perhaps a closing quotation mark is"
        " missing)",
        vi="có ký tự không được phép ở đây (có thể thiếu dấu đóng ngoặc kép)",
    ),
    "Invalid value": Text(
        en="this is not a value; words need quotation marks",
        vi="đây không phải là một giá trị; chữ phải đặt trong dấu ngoặc kép",
    ),
    "Invalid statement": Text(
        en="this is neither a key with a value nor a table heading",
        vi="đây không phải là khóa kèm giá trị, cũng không phải tiêu đề bảng",
    ),
    "Invalid initial": Text(
        en="a key has a character that needs quotation marks",
        vi="khóa có ký tự phải đặt trong dấu ngoặc kép",
    ),
    "Invalid date": Text(en="there is no such day or time", vi="không có ngày hoặc giờ này"),
    "Unescaped '\\'": Text(
        en="a backslash in words must be doubled", vi="dấu gạch chéo ngược trong chữ phải viết đôi"
    ),
    "Escaped character": Text(
        en="half of a character written with \\u stands alone",
        vi="ký tự viết bằng \\u chỉ có một nửa",
    ),
    "Invalid hex": Text(
        en="after \\x, \\u or \\U stand 2, 4 or 8 digits from 0 to 9 and A to F",
        vi="sau \\x, \\u hoặc \\U phải có 2, 4 hoặc 8 chữ số từ 0 đến 9 và A đến F",
    ),
    "Found invalid character": Text(
        en="a key has a character that is not allowed", vi="khóa có ký tự không được phép"
    ),
}
_OTHER_REASON = Text(en="this could not be understood", vi="không hiểu được nội dung này")


def parse_toml(text: str, name: str) -> dict[str, Any]:
    """The data of TOML text; dates become words such as ``2015-06-30``.

    Raises:
        RegisterError: the text is not TOML, is nested too deeply, or has too long a number.
    """
    try:
        given, data = text, tomli.loads(text)
        text = with_letters(text)
        if text is not given:
            tomli.loads(text)  # two keys that are written otherwise may be the same letters
        data = _words_for_dates(data)
    except tomli.TOMLDecodeError as error:
        raise RegisterError([_syntax_problem(str(error), text, name)]) from None
    except ValueError:
        raise RegisterError([number_too_long(text, name)]) from None
    except RecursionError:
        raise RegisterError([too_deep(name)]) from None
    if not deepest_allowed(data):
        raise RegisterError([too_deep(name)])
    return data  # type: ignore[no-any-return]


def with_letters(text: str) -> str:
    """Text with letters for numbers, where these may make a difference; else the same object."""
    if "\\" not in text:
        return text
    numbered = _NUMBERED.sub(lambda found: "\\u" + (found[1] or f"00{found[2]}"), text)
    letters = composed_with_escapes(numbered)
    return text if letters in {text, numbered} else letters


def _words_for_dates(value: Any) -> Any:
    """The data with words for dates, and all words in composed letters.

    Raises:
        ValueError: a whole number is too long to be told.
        RecursionError: the data is nested too deeply.
    """
    if isinstance(value, dict):
        return {normalize("NFC", key): _words_for_dates(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_words_for_dates(one) for one in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, str):
        return normalize("NFC", value)
    if not printable_number(value):
        raise ValueError
    return value


def _syntax_problem(message: str, text: str, name: str) -> Problem:
    position = _POSITION.search(message)
    rows = text.split("\n")
    line = int(position["line"]) if position and position["line"] else len(rows)
    column = int(position["column"]) if position and position["column"] else None
    whole = rows[line - 1] if line <= len(rows) else ""
    row = whole.strip()
    if column is not None and whole[column - 1 : column] in set(_CURLY):
        what, remedy = _QUOTES, _STRAIGHT
    else:
        what, remedy = _reason(message, row, at_end=column is None)
    if len(row) > _LONG_ROW:
        row = whole[max((column or 1) - 31, 0) :][:60].strip()
    return Problem(
        what=_SYNTAX.format(reason=what),
        place=Place(file=name, line=line, column=column),
        found=row or None,
        remedy=remedy,
    )


def _reason(message: str, row: str, *, at_end: bool) -> tuple[Text, Text]:
    """What is wrong with a row, and what to do."""
    day = _DAY.search(row)
    if day is not None and not message.startswith("Cannot"):
        problem = bad_day(day[1])
        return problem.what, problem.remedy or _CORRECT
    if _FOREIGN_KEY.match(row) and message.startswith(("Expected", "Invalid")):
        return _KEY, _QUOTE_KEY
    if at_end and message.startswith(("Expected", "Invalid")):
        return _AT_END, _CORRECT
    reason = next(
        (words for start, words in _REASONS.items() if message.startswith(start)), _OTHER_REASON
    )
    return reason, _ONCE if "twice" in reason.en else _CORRECT
