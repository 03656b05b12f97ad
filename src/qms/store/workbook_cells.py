"""The value of a cell as data, or the reason why it cannot be used.

Excel turns what people type into what it takes it for: ``7.10`` into the number 7.1,
``5/2015`` into a day, ``95%`` into 0.95.  Whatever was changed like that is named rather
than guessed at.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from qms.codec.explain import bad_day
from qms.codec.fields import Kind, Many, Scalar, Shape
from qms.codec.strict import is_blank
from qms.problems import Place, Problem
from qms.store.workbook_plan import flag_of, nearest_of, term_of
from qms.text import Text, same_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.cell.cell import Cell, MergedCell

    from qms.terms import Term

__all__ = ["EMPTY", "SPOILT", "value_of"]

#: An empty cell; a cell whose value cannot be used, which has been said.
EMPTY, SPOILT = object(), object()

_FORMULA = Text(en="this cell holds a formula", vi="ô này chứa công thức")
_VALUE_ONLY = Text(
    en="Put its value there (copy, paste as values).",
    vi="Ghi giá trị thay cho công thức (sao chép, dán dạng giá trị).",
)
_ERROR = Text(en="this cell holds an error of Excel", vi="ô này chứa lỗi của Excel")
_RIGHT_VALUE = Text(
    en="Type the value that belongs here, or leave the cell empty.",
    vi="Nhập giá trị đúng, hoặc để trống ô.",
)
_UNKNOWN_WORD = Text(
    en="this is none of the words to choose from", vi="giá trị này không thuộc danh sách lựa chọn"
)
_CHOOSE = Text(
    en="Choose one from the list of the cell.", vi="Chọn một giá trị trong danh sách của ô."
)
_ONE_OF = Text(en="one of: {words}", vi="một trong: {words}")
_NUMBER_NOT_WORDS = Text(
    en="Excel holds a number here where words belong; it keeps neither last zeros nor more than"
    " 15 digits, and 7.10 became 7.1",
    vi="Excel đang lưu ô này dưới dạng số, không phải chữ; dạng số mất chữ số 0 ở cuối và chỉ giữ"
    " 15 chữ số, nên 7.10 thành 7.1",
)
_DAY_NOT_WORDS = Text(
    en="Excel has made a day of what was typed here: {day}",
    vi="Excel đã đổi nội dung nhập ở ô này thành ngày: {day}",
)
_TIME = Text(en="this is a time of day or a duration", vi="đây là giờ trong ngày hoặc khoảng giờ")
_FLAG_NOT_WORDS = Text(
    en="this is a value of Excel for true or false", vi="đây là giá trị đúng/sai của Excel"
)
_AS_TEXT = Text(
    en="Format the cell as text (Format Cells, Number, Text), then type the value again.",
    vi="Định dạng ô là văn bản (Định dạng ô, Số, Văn bản), rồi nhập lại giá trị.",
)
_DAY_NOT_NUMBER = Text(
    en="a day stands here where a number belongs: {day}",
    vi="ô này cần một số nhưng đang chứa ngày: {day}",
)
_AS_NUMBER = Text(
    en="Format the cell as a number, then type the value again.",
    vi="Định dạng ô là số, rồi nhập lại giá trị.",
)
_PERCENT = Text(
    en="this is a percentage, which Excel holds as {held}",
    vi="đây là tỷ lệ phần trăm, Excel lưu là {held}",
)
_WITHOUT_PERCENT = Text(
    en="Format the cell as a number and type {shown}; the unit (%) has its own column.",
    vi="Định dạng ô là số và nhập {shown}; đơn vị tính (%) ghi ở cột riêng.",
)
_GROUPED = Text(
    en="this may be a whole number with its thousands set apart, or one with three decimals",
    vi="giá trị này có thể là số nguyên có dấu tách hàng nghìn, cũng có thể là số có ba chữ số"
    " thập phân",
)
_UNGROUP = Text(
    en="Type it as a number without marks between the thousands.",
    vi="Nhập lại dưới dạng số, không dùng dấu tách hàng nghìn.",
)
_A_DAY = Text(
    en="a day, such as 30/06/2015 (day first) or 2015-06-30",
    vi="ngày, ví dụ 30/06/2015 (ngày trước, tháng sau) hoặc 2015-06-30",
)
_TYPE_DAY = Text(en="Type the day again.", vi="Nhập lại ngày.")
_NUMBER_NOT_DAY = Text(
    en="this is a number where a day belongs", vi="ô này cần ngày nhưng đang chứa số"
)
_AS_DAY = Text(
    en="If {day} is meant, format the cell as a date; otherwise type the day again.",
    vi="Nếu đúng là ngày {day} thì định dạng ô là ngày tháng; nếu không thì nhập lại ngày.",
)
_FLAG_NOT_DAY = Text(en="this is not a day", vi="đây không phải là ngày")
_NO_FLAG = Text(en="this is neither yes nor no", vi="đây không phải là “có” hoặc “không”")
_YES_OR_NO = Text(en="yes or no", vi="có hoặc không")
_NOT_A_NUMBER = Text(
    en="the number is not written as it should be", vi="số viết không đúng quy cách"
)
#: How numbers that are words are typed into a cell, by how their patterns begin.
_NUMBERED: Mapping[str, tuple[Text, Text]] = {
    r"^[0-9]{1,2}(\.": (
        Text(en="the number of a clause, such as 7.5.3", vi="số điều khoản, ví dụ 7.5.3"),
        Text(
            en="Type the number alone; where several may stand, 7.5.3; 8.2 or each on a line of its"
            " own.",
            vi="Chỉ ghi số; nếu ô được ghi nhiều số thì ghi 7.5.3; 8.2 hoặc mỗi số một dòng.",
        ),
    ),
    r"^[0-9]{1,4}(\.": (
        Text(
            en="the number of a revision, such as 1, 02 or 1.3",
            vi="số lần ban hành hoặc sửa đổi, ví dụ 1, 02 hoặc 1.3",
        ),
        Text(en="Type the number alone.", vi="Chỉ ghi số."),
    ),
}

#: What people type around words, as the other forms of a register have it.
_QUOTATION_MARKS = "\"'“”„‘’«»"
#: What may stand between numbers of clauses; a mere blank may be a point that slipped: 8 5.
_BESIDE = re.compile(r"\s*[,;]\s*(?:(?:và|and)\s+)?|\s+(?:và|and)\s+")
#: What may be one number with the comma of Vietnamese decimals: 7,5 for 7.5.
_POINT_OR_COMMA = re.compile(r"^[0-9]{1,2}(,[0-9]{1,2}){1,3}$")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_VIETNAMESE_DAY = re.compile(r"^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})$")
_ISO_DAY = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_GROUPS = re.compile(r"^-?[1-9][0-9]{0,2}([.,][0-9]{3})+$")
_DECIMAL_COMMA = re.compile(r"^-?[0-9]*,[0-9]+$")
_ZEROS = re.compile(r"^0+$")
_TRUTH = {"=TRUE()": True, "=FALSE()": False, "=TRUE": True, "=FALSE": False}
#: Where Excel begins to count the days, so that its numbers from 61 on are right.
_FIRST_DAY, _LAST_DAY = date(1899, 12, 30), 2_958_465
_EXACT = 10**15


class _UnusableError(Exception):
    """A value that cannot be used, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self.problem = problem


def value_of(cell: Cell | MergedCell, shape: Shape | None, at: str) -> tuple[Any, Problem | None]:
    """The data of a cell, and what is wrong with it.

    Args:
        cell: The cell.
        shape: The shape of the value; None for an identifier or a place in a list.
        at: Where the cell is, in words.

    Returns:
        Its data, :data:`EMPTY` where there is nothing in it, or :data:`SPOILT` beside the
        reason why it cannot be used.
    """
    try:
        return _value(cell, shape), None
    except _UnusableError as error:
        from msgspec.structs import replace

        return SPOILT, replace(error.problem, place=Place(file=at))


def _unusable(what: Text, remedy: Text, found: object, expected: Text | None = None) -> Exception:
    return _UnusableError(Problem(what=what, found=str(found), expected=expected, remedy=remedy))


def _value(cell: Cell | MergedCell, shape: Shape | None) -> Any:
    value = cell.value
    if cell.data_type == "f":
        formula = str(getattr(value, "text", value))
        # LibreOffice writes every true and false as a formula.
        if formula.upper() not in _TRUTH:
            raise _unusable(_FORMULA, _VALUE_ONLY, formula)
        value = _TRUTH[formula.upper()]
    elif cell.data_type == "e":
        raise _unusable(_ERROR, _RIGHT_VALUE, value)
    if isinstance(value, str):
        value = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), value)
    if value is None or (isinstance(value, str) and not value.strip()):
        return EMPTY
    number_format = str(cell.number_format or "")
    if isinstance(shape, Many):
        items = _items(value, shape.item)
        return [_single(one, shape.item, number_format) for one in items]
    return _single(value, shape, number_format)


def _items(value: Any, item: Shape) -> Sequence[Any]:
    """Several values in one cell: each on a line of its own.

    Numbers of clauses and words to choose from may also stand side by side, since no comma
    can belong to one; but bare figures with nothing but commas between them may be one number.
    """
    if not isinstance(value, str):
        return [value]
    if value.startswith("["):
        try:
            listed: Sequence[Any] = json.loads(value)
        except ValueError:
            pass
        else:
            return listed
    lines = [one.strip() for one in value.replace("\r", "\n").split("\n") if one.strip()]
    parts = [part.strip() for one in lines for part in re.split("[,;]", one) if part.strip()]
    term = term_of(item)
    if term is not None:
        return lines if all(same_words(one) in _known(term) for one in lines) else parts
    pattern = item.pattern if isinstance(item, Scalar) else None
    apart = [part for one in lines for part in _BESIDE.split(one) if part]
    fitting = (
        each
        for each in (lines, parts, apart)
        if pattern is None or all(re.search(pattern, _bare(one)) for one in each)
    )
    if pattern is not None and any(map(_POINT_OR_COMMA.match, lines)):
        return lines
    return next(fitting, lines)


def _bare(words: str) -> str:
    """Words without the quotation marks in which other forms of a register have them."""
    return words.strip().strip(_QUOTATION_MARKS).strip()


def _single(value: Any, shape: Shape | None, number_format: str) -> Any:
    kind = shape.kind if isinstance(shape, Scalar) else None
    term = term_of(shape)
    if isinstance(value, time | timedelta):
        remedy = _TYPE_DAY if kind is Kind.DAY else _RIGHT_VALUE
        raise _unusable(_TIME, remedy, value, _A_DAY if kind is Kind.DAY else None)
    if term is not None:
        return _word(str(value), term)
    if kind is Kind.FLAG:
        return _flag(value)
    if kind is Kind.DAY:
        return _day(value)
    if kind in {Kind.INTEGER, Kind.QUANTITY}:
        return _number(value, number_format, whole=kind is Kind.INTEGER)
    words = _words(value, number_format)
    if isinstance(shape, Scalar) and shape.pattern and not re.search(shape.pattern, words.strip()):
        words = _bare(words) if re.search(shape.pattern, _bare(words)) else words
        _refuse_number(words, shape.pattern)
    return words if shape is not None and is_blank(shape) else words.strip()


def _refuse_number(words: str, pattern: str) -> None:
    """Say how the number of a clause or a revision is typed where this is none."""
    for begins, (expected, remedy) in _NUMBERED.items():
        if pattern.startswith(begins) and not re.search(pattern, words):
            raise _unusable(_NOT_A_NUMBER, remedy, words.strip(), expected)


@cache
def _known(term: type[Term]) -> Mapping[str, Term]:
    """The words to choose from, in both languages and as they stand in data."""
    return {same_words(w): one for one in term for w in (one.text.en, one.text.vi, one.value)}


def _word(words: str, term: type[Term]) -> str:
    one = _known(term).get(same_words(words))
    if one is not None:
        return str(one.value)
    said = [text for each in term for text in (each.text.en, each.text.vi)]
    expected = Text(
        en=_ONE_OF.en.format(words=", ".join(each.text.en for each in term)),
        vi=_ONE_OF.vi.format(words=", ".join(each.text.vi for each in term)),
    )
    raise _unusable(_UNKNOWN_WORD, nearest_of(words, said) or _CHOOSE, words, expected)


def _flag(value: Any) -> bool:
    flag = flag_of(value)
    if flag is None:
        raise _unusable(_NO_FLAG, _CHOOSE, value, _YES_OR_NO)
    return flag


def _day(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        raise _unusable(_FLAG_NOT_DAY, _TYPE_DAY, value, _A_DAY)
    if isinstance(value, int | float):
        if not 61 <= value <= _LAST_DAY:
            raise _unusable(_NUMBER_NOT_DAY, _TYPE_DAY, value, _A_DAY)
        day = _FIRST_DAY + timedelta(days=int(value))
        raise _unusable(_NUMBER_NOT_DAY, _AS_DAY.format(day=_day_words(day)), value, _A_DAY)
    words = str(value).strip()
    typed = _VIETNAMESE_DAY.match(words)
    day_words = f"{typed[3]}-{int(typed[2]):02}-{int(typed[1]):02}" if typed else words
    try:
        if _ISO_DAY.match(day_words):
            return date.fromisoformat(day_words).isoformat()
    except ValueError:
        pass
    raise _unusable(bad_day(words).what, _TYPE_DAY, words, _A_DAY)


def _day_words(day: date) -> Text:
    return Text(en=f"{day:%Y-%m-%d}", vi=f"{day:%d/%m/%Y}")


def _number(value: Any, number_format: str, *, whole: bool) -> Any:
    if isinstance(value, datetime):
        raise _unusable(
            _DAY_NOT_NUMBER.format(day=_day_words(value)), _AS_NUMBER, f"{value:%d/%m/%Y}"
        )
    if not isinstance(value, str):
        if "%" in number_format:
            shown = f"{round(value * 100, 10):g}"
            what = _PERCENT.format(held=_number_words(f"{value:g}"))
            remedy = _WITHOUT_PERCENT.format(shown=_number_words(shown))
            raise _unusable(what, remedy, f"{shown}%")
        # Excel reckons in more digits than it shows: 0.1+0.2 is 0.30000000000000004.
        return float(f"{value:.15g}") if isinstance(value, float) else value
    plain = value.strip()
    if _GROUPS.match(plain):
        raise _unusable(_GROUPED, _UNGROUP, plain)
    if plain.lstrip("-").isdigit() and whole:
        return int(plain)
    return plain.replace(",", ".") if _DECIMAL_COMMA.match(plain) else plain


def _number_words(digits: str) -> Text:
    """A number as each language types it."""
    return Text(en=digits, vi=digits.replace(".", ","))


def _words(value: Any, number_format: str) -> str:
    """Words; a number or a day that Excel has made of them is not taken for what was typed."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        raise _unusable(_DAY_NOT_WORDS.format(day=_day_words(value)), _AS_TEXT, f"{value:%d/%m/%Y}")
    if isinstance(value, bool):
        raise _unusable(_FLAG_NOT_WORDS, _AS_TEXT, str(value).upper())
    if value != int(value) or abs(value) >= _EXACT:
        raise _unusable(_NUMBER_NOT_WORDS, _AS_TEXT, f"{value:.15g}")
    return str(int(value)).zfill(len(number_format) if _ZEROS.match(number_format) else 0)
