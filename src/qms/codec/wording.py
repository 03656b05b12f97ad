"""What is expected of a value, in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from qms.characters import WORDS
from qms.codec.fields import EDITION_PATTERN, QUANTITY_WORDS
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["edition_remedy", "expectation", "json_kind"]

_TABLE = Text(en="a table of keys and values", vi="một bảng gồm các khóa và giá trị")
_BY_KEY = Text(
    en="a table of records, each under its own identifier",
    vi="một bảng các bản ghi, mỗi bản ghi đặt dưới mã riêng của nó",
)
_LIST = Text(en="a list, in square brackets", vi="một danh sách, đặt trong ngoặc vuông")
_FLAG = Text(en="true or false", vi="true (đúng) hoặc false (sai)")
_DAY = Text(
    en="a date, written year-month-day like 2015-06-30",
    vi="ngày viết theo thứ tự năm-tháng-ngày, ví dụ 2015-06-30",
)
_WORDS = Text(en="words in quotation marks", vi="chữ, đặt trong dấu ngoặc kép")
_NUMBER = Text(en="a number", vi="một số")
_AT_LEAST = Text(en="a whole number, at least {least}", vi="số nguyên, nhỏ nhất là {least}")
_BETWEEN = Text(
    en="a whole number from {least} to {greatest}", vi="số nguyên từ {least} đến {greatest}"
)
_ONE_OF = Text(en="one of: {values}", vi="một trong các giá trị: {values}")
_WHOLE_NUMBER = Text(en="a whole number", vi="số nguyên")

#: The meaning of each pattern of the model, by how it begins.
_PATTERNS: Mapping[str, Text] = {
    WORDS: Text(
        en="words with at least one character that is not a blank, and no control characters",
        vi="chữ có ít nhất một ký tự không phải dấu cách và không có ký tự điều khiển",
    ),
    r"^[^\s._\-/": Text(
        en="an identifier of at most 100 characters: no blank at either end, not beginning"
        ' with a dot, dash or underscore, and without / \\ : * ? " < > |',
        vi="mã định danh dài không quá 100 ký tự: không có dấu cách ở đầu và cuối, không bắt đầu"
        ' bằng dấu chấm, gạch ngang hay gạch dưới, không chứa / \\ : * ? " < > |',
    ),
    r"^[0-9]{1,2}(\.": Text(
        en="the number of a clause, in quotation marks, such as “7.5.3”",
        vi="số điều khoản, đặt trong dấu ngoặc kép, ví dụ “7.5.3”",
    ),
    r"^[0-9]{1,4}(\.": Text(
        en="the number of a revision, in quotation marks, such as “1”, “02” or “1.3”",
        vi="số lần ban hành hoặc sửa đổi, đặt trong dấu ngoặc kép, ví dụ “1”, “02” hoặc “1.3”",
    ),
    r"^[12][0-9]{3}": Text(en="a year, such as 2015", vi="năm, ví dụ 2015"),
    r"^[0-9a-f]{64}": Text(
        en="a SHA-256 value: 64 digits from 0 to 9 and a to f",
        vi="giá trị SHA-256: 64 chữ số từ 0 đến 9 và từ a đến f",
    ),
    EDITION_PATTERN: Text(
        en="an edition of ISO 9001, such as “ISO 9001:2015” or “TCVN ISO 9001:2008”",
        vi="một phiên bản ISO 9001, ví dụ “ISO 9001:2015” hoặc “TCVN ISO 9001:2008”",
    ),
    r"^[A-Za-z0-9][": Text(
        en="the identifier of a question: at most 40 letters without accents, digits, “.” and “-”",
        vi="mã câu hỏi: tối đa 40 ký tự, gồm chữ cái không dấu, chữ số, dấu “.” và “-”",
    ),
    QUANTITY_WORDS: Text(
        en="a number without its unit, such as 95 or 97.5",
        vi="một số không kèm đơn vị tính, ví dụ 95 hoặc 97.5",
    ),
}


def expectation(schema: Mapping[str, Any]) -> Text:
    """What a piece of a schema asks of a value."""
    if "enum" in schema:
        return _ONE_OF.format(values=", ".join(schema["enum"]))
    if schema.get("format") == "date":
        return _DAY
    if "pattern" in schema:
        return next(
            text for start, text in _PATTERNS.items() if schema["pattern"].startswith(start)
        )
    if schema.get("type") == "object":
        return _BY_KEY if "propertyNames" in schema else _TABLE
    if schema.get("type") == "integer":
        return _whole_number(schema)
    return {"array": _LIST, "boolean": _FLAG, "string": _WORDS}.get(schema.get("type", ""), _NUMBER)


#: Why words are no edition, by what is found in them; the first that is found counts.
_NO_EDITION: tuple[tuple[str, Text], ...] = (
    (
        r"(?i)\b(?:F?D(?:IS|AMD)|[CW]D)\b",
        Text(
            en="Nobody is certified to a draft: write the edition that was published.",
            vi="Không thể chứng nhận theo dự thảo: ghi phiên bản đã công bố chính thức.",
        ),
    ),
    (
        r"(?i)9001.*\d{4}.*\b(?:AMD|AMENDMENT|COR|SĐ|SỬA ĐỔI)\.?\s*\d{1,2}\s*\)?\s*$",
        Text(
            en="Add the year of the amendment, such as “ISO 9001:2015/Amd 1:2024”.",
            vi="Ghi thêm năm của bản sửa đổi, ví dụ “ISO 9001:2015/Amd 1:2024”.",
        ),
    ),
    (
        r"(?i)(?:19001|JIS|\bKS\b|AS/NZS|GOST|ANSI)",
        Text(
            en="Write the edition of ISO 9001 that the national standard adopts.",
            vi="Ghi phiên bản ISO 9001 mà tiêu chuẩn của nước đó chấp nhận.",
        ),
    ),
    (
        r"9001(?!.*\d{4})",
        Text(
            en="Add the year of the edition, such as “ISO 9001:2015”.",
            vi="Ghi thêm năm của phiên bản, ví dụ “ISO 9001:2015”.",
        ),
    ),
    (
        r"9001",
        Text(
            en="Write the edition alone, like “ISO 9001:2015”; anything else goes into “note”.",
            vi="Chỉ ghi phiên bản, ví dụ “ISO 9001:2015”; nội dung khác đưa vào “note” (ghi chú).",
        ),
    ),
    (
        r"\d{4}",
        Text(
            en="Record what is about ISO 9001; certificates to other standards have no place here.",
            vi="Chỉ ghi nhận hồ sơ theo ISO 9001; giấy chứng nhận theo tiêu chuẩn khác không đưa"
            " vào đây.",
        ),
    ),
)


def edition_remedy(words: str) -> Text | None:
    """What to do with words that are no edition; None where they tell nothing."""
    return next((remedy for sign, remedy in _NO_EDITION if re.search(sign, words)), None)


def _whole_number(schema: Mapping[str, Any]) -> Text:
    least, greatest = schema["minimum"], schema["maximum"]
    if greatest < 100_000:
        return _BETWEEN.format(least=least, greatest=greatest)
    return _AT_LEAST.format(least=least) if least > -100_000 else _WHOLE_NUMBER


_KINDS: Mapping[type, Text] = {
    bool: Text(en="true or false", vi="giá trị đúng/sai"),
    int: Text(en="a number", vi="một số"),
    float: Text(en="a number", vi="một số"),
    str: Text(en="words", vi="chữ"),
    list: Text(en="a list", vi="một danh sách"),
    dict: Text(en="a table", vi="một bảng"),
    type(None): Text(en="nothing (null)", vi="giá trị rỗng (null)"),
}


def json_kind(value: object) -> Text:
    """What kind of value was found."""
    return _KINDS[type(value)]
