"""Why data has not the shape of a record: every reason, with place and remedy."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from qms.characters import name_of_control
from qms.codec.fields import DAY_WORDS, EDITION_PATTERN, QUANTITY_WORDS
from qms.codec.schema import schema_of
from qms.codec.wording import edition_remedy, expectation, json_kind
from qms.problems import Place, Problem
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from jsonschema import Draft202012Validator, ValidationError

__all__ = ["Path", "bad_day", "explain", "like", "print_path", "shown"]

#: The way to a value: keys, and positions in lists counted from 0.
Path = tuple[str | int, ...]

_PLAIN_KEY = re.compile(r"^[A-Za-z_][A-Za-z0-9_-]*$")
_WRITTEN_DAY = re.compile(r"^(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})$")
#: The day may be followed by a time of day, as databases and spreadsheets write it.
_ISO_DAY = re.compile(
    r"^(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ]\d{2}:\d{2}\S*)?$"
)
_DIGITS_OF_DAY = re.compile(r"^(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})$")

#: A quantity with a comma, as Vietnamese writes it, or with its unit; three digits behind a
#: comma may be thousands.
_TYPED_QUANTITY = re.compile(r"^\s*(-?[0-9]{1,15})(?:[.,]([0-9]{1,2}|[0-9]{4,40}))?\s*%?\s*$")
#: What stands without quotation marks.
_PLAIN = {
    "integer": re.compile(r"^\s*[0-9]+\s*$"),
    "boolean": re.compile(r"^\s*(?:true|false)\s*$"),
}

DID_YOU_MEAN = Text(en="Did you mean “{word}”?", vi="Có phải định ghi “{word}”?")
_CORRECT = Text(en="Correct the value.", vi="Sửa lại giá trị này.")
_NULL = Text(
    en="nothing stands here (null)",
    vi="giá trị rỗng (null)",
)
_LEAVE_OUT = Text(
    en="Leave the key out where nothing is recorded.",
    vi="Bỏ hẳn khóa này nếu chưa có gì để ghi nhận.",
)
_WRONG_KIND = Text(en="this is {kind}", vi="đây là {kind}")
_MISSING = Text(en="the key “{key}” is missing", vi="thiếu khóa “{key}”")
_IN_A_LANGUAGE = Text(
    en="{key}.en = “…”, {key}.vi = “…”, or both", vi="{key}.vi = “…”, {key}.en = “…”, hoặc cả hai"
)
_ADD = Text(en="Add “{key}” to this record.", vi="Bổ sung “{key}” vào bản ghi này.")
_UNKNOWN_KEY = Text(en="unknown key “{key}”", vi="không có khóa nào tên là “{key}”")
_KNOWN_KEYS = Text(en="one of the keys: {keys}", vi="một trong các khóa: {keys}")
_TAKE_OUT = Text(
    en="Correct its spelling, or move what it says into “note”.",
    vi="Sửa lại cách viết, hoặc chuyển nội dung sang “note” (ghi chú).",
)
_DROP = Text(en="Correct its spelling, or take it out.", vi="Sửa lại cách viết, hoặc bỏ khóa này.")
_INTO_UNITS = Text(
    en="If this is a unit, it belongs under “units”: in a folder as the file units/{key}.toml.",
    vi="Nếu đây là một đơn vị thì phải đặt dưới “units”: với thư mục là tệp units/{key}.toml.",
)
_UNKNOWN_WORD = Text(
    en="not one of the words known here", vi="không thuộc các giá trị được dùng ở đây"
)
_NO_NAME = Text(
    en="the name is given in neither language", vi="tên chưa được ghi bằng ngôn ngữ nào"
)
_GIVE_NAME = Text(
    en="Give the name as “vi”, as “en”, or as both.",
    vi="Ghi tên ở khóa “vi”, khóa “en”, hoặc cả hai.",
)
_NAME_AS_WORDS = Text(
    en="Say in which language it is: {{ vi = {words} }} or {{ en = {words} }}.",
    vi="Ghi rõ tên bằng ngôn ngữ nào: {{ vi = {words} }} hoặc {{ en = {words} }}.",
)
_IN_BRACKETS = Text(
    en="Put it in square brackets: [{words}].", vi="Đặt giá trị trong ngoặc vuông: [{words}]."
)
_DOUBLE_BRACKETS = Text(
    en="Make it a list: in TOML with a heading in double brackets, [[…]], otherwise in square"
    " brackets.",
    vi="Ghi thành danh sách: trong TOML dùng tiêu đề hai ngoặc vuông, [[…]]; ở dạng khác đặt trong"
    " ngoặc vuông.",
)
_UNQUOTE = Text(
    en="Write {words}, without quotation marks.", vi="Ghi {words}, không có dấu ngoặc kép."
)
_QUOTE = Text(
    en="Put it in quotation marks, as it stands on the paper: 7.10 is another number than 7.1.",
    vi="Đặt trong dấu ngoặc kép, đúng như trên văn bản: 7.10 không phải là 7.1.",
)
_KEY_EACH = Text(
    en="Put each record under an identifier of its own instead of in a list.",
    vi="Đặt mỗi bản ghi dưới một mã riêng, không xếp thành danh sách.",
)
_BAD_KEY = Text(
    en="“{key}” cannot be used as a key here", vi="không dùng được “{key}” làm khóa ở đây"
)
_RENAME = Text(en="Give it another identifier.", vi="Đặt lại mã cho bản ghi này.")
_OUT_OF_BOUNDS = Text(en="the value is out of bounds", vi="giá trị nằm ngoài giới hạn cho phép")
_NOT_SO_WRITTEN = Text(
    en="the value is not written as it should be", vi="giá trị viết không đúng quy cách"
)
_UNSEEN = Text(
    en="a character stands here that nobody sees: {name}",
    vi="có ký tự không nhìn thấy được: {name}",
)
_TAKE_UNSEEN_OUT = Text(
    en="Delete the whole value and type it again, without copying it.",
    vi="Xóa toàn bộ giá trị rồi gõ lại, không sao chép từ nơi khác.",
)
_NOT_A_DAY = Text(en="this is not a date", vi="đây không phải là ngày tháng hợp lệ")
_NO_SUCH_DAY = Text(
    en="there is no such day: month {month} of {year} has {days} days",
    vi="không có ngày này: tháng {month} năm {year} có {days} ngày",
)
_NO_SUCH_MONTH = Text(en="there is no month {month}", vi="không có tháng {month}")
_NO_SUCH_YEAR = Text(en="there is no year 0000", vi="không có năm 0000")
_WRITE = Text(en="Write {words}.", vi="Viết là {words}.")


def print_path(path: Iterable[str | int]) -> str:
    """A path as people write it; places in lists are counted from 1, as in ``history#1``."""
    words = ""
    for part in path:
        if isinstance(part, int):
            words += f"#{part + 1}"
        else:
            key = part if _PLAIN_KEY.match(part) else _json(part)
            words += f".{key}" if words else key
    return words


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, default=str)


def shown(value: object) -> str:
    """A value as it stands in data, shortened to one line."""
    words = _json(value)
    return words if len(words) <= 80 else words[:77] + "…"


def nearest(word: str, words: Iterable[str], most: int = 12) -> tuple[str, ...]:
    """The known words that are nearest to a wrong one, or the first of all where none is near."""
    import difflib

    folded = {one.casefold(): one for one in words}
    close = difflib.get_close_matches(word.casefold(), folded, n=3, cutoff=0.6)
    return tuple(folded[one] for one in close) or tuple(sorted(folded.values())[:most])


def like(word: str, words: Iterable[str]) -> Text | None:
    """A question whether one of the known words was meant, if one is similar."""
    import difflib

    close = difflib.get_close_matches(word.casefold(), list(words), n=1, cutoff=0.6)
    return DID_YOU_MEAN.format(word=close[0]) if close else None


def explain(
    data: object,
    schema: str,
    *,
    within: Path = (),
    place: Callable[[Path], Place] = lambda _: Place(),
    absent: Collection[Path] = (),
) -> tuple[Problem, ...]:
    """Every reason why some data does not have the shape of a schema.

    Args:
        data: What was read: tables, lists and single values.
        schema: The name of the schema.
        within: The path to the data, to begin the printed paths with.
        place: Finds the file and the line of a path.
        absent: Tables that could not be read; what may stand in them is not missed.
    """
    problems: dict[tuple[Path, str], Problem] = {}
    for error in _validator(schema).iter_errors(data):
        for path, key, problem in _problems_of(error):
            whole = within + path + ((key,) if key else ())
            if error.validator != "required" or not _may_stand_in(whole, absent):
                problems.setdefault((whole, key), _placed(problem, whole, place))
    return tuple(problems.values())


def _may_stand_in(path: Path, absent: Collection[Path]) -> bool:
    return any(path[:-1] == table or path == table[: len(path)] for table in absent)


def _placed(problem: Problem, path: Path, place: Callable[[Path], Place]) -> Problem:
    from msgspec.structs import replace

    return replace(problem, path=print_path(path), place=place(path))


@cache
def _validator(schema: str) -> Draft202012Validator:
    import jsonschema

    formats = jsonschema.FormatChecker(formats=())
    formats.checks("date", raises=ValueError)(_is_day)
    ours: type[Draft202012Validator] = jsonschema.validators.extend(  # type: ignore[no-untyped-call]
        jsonschema.Draft202012Validator,
        {"maximum": _at_most, "additionalProperties": _in_their_order},
    )
    return ours(schema_of(schema), format_checker=formats)


def _at_most(validator: Any, most: float, value: object, _: object) -> Iterator[ValidationError]:
    """No more than a bound; what is not a number (NaN) is not within any."""
    if validator.is_type(value, "number") and not value <= most:  # type: ignore[operator]
        import jsonschema

        yield jsonschema.ValidationError(f"{value!r} is not within the bound")


def _in_their_order(
    validator: Any, further: Any, value: Any, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """What stands under identifiers, record by record as it stands there.

    jsonschema goes through a set of the identifiers, whose order is another in each run.
    """
    import jsonschema

    if isinstance(further, dict) and isinstance(value, dict):
        for key, one in value.items():
            yield from validator.descend(one, further, path=key)
    else:
        usual = jsonschema.Draft202012Validator.VALIDATORS["additionalProperties"]
        yield from usual(validator, further, value, schema)


def _is_day(value: object) -> bool:
    if isinstance(value, str):
        date.fromisoformat(value)
    return True


#: A problem, the path to the value, and the key inside it that the problem is about.
_Found = tuple[Path, str, Problem]


def _instance(error: ValidationError) -> Any:
    return error.instance


def _problems_of(error: ValidationError) -> Iterator[_Found]:
    path: Path = tuple(error.absolute_path)
    kind = str(error.validator)
    schema: Mapping[str, Any] = error.schema  # type: ignore[assignment]
    if error.parent is not None or "propertyNames" in error.absolute_schema_path:
        yield path, str(_instance(error)), _bad_key(_instance(error), schema)
    elif kind == "required":
        yield from _missing(error, schema, path)
    elif kind == "additionalProperties":
        yield from _unknown_keys(error, schema, path)
    elif kind == "minProperties":
        yield path, "", Problem(what=_NO_NAME, remedy=_GIVE_NAME)
    else:
        yield path, "", _bad_value(_instance(error), kind, schema)


def _bad_key(key: Any, schema: Mapping[str, Any]) -> Problem:
    if unseen := name_of_control(str(key)):
        what = _UNSEEN.format(name=unseen)
        return Problem(what=what, expected=expectation(schema), remedy=_TAKE_UNSEEN_OUT)
    return Problem(what=_BAD_KEY.format(key=key), expected=expectation(schema), remedy=_RENAME)


def _missing(error: ValidationError, schema: Mapping[str, Any], path: Path) -> Iterator[_Found]:
    for key in schema["required"]:
        if key not in _instance(error):
            yield (
                path,
                key,
                Problem(
                    what=_MISSING.format(key=key),
                    expected=_expected_of(key, schema["properties"][key]),
                    remedy=_ADD.format(key=key),
                ),
            )


def _expected_of(key: str, schema: Mapping[str, Any]) -> Text:
    reference = schema.get("$ref", "")
    if reference.endswith("/Name"):
        return _IN_A_LANGUAGE.format(key=key)
    return expectation({"type": "object"} if reference else schema)


def _unknown_keys(
    error: ValidationError, schema: Mapping[str, Any], path: Path
) -> Iterator[_Found]:
    known = list(schema["properties"])
    for key in _instance(error):
        if key not in schema["properties"]:
            drop = _TAKE_OUT if "note" in known else _DROP
            if "units" in known and _has_a_name(_instance(error)[key]):
                drop = _INTO_UNITS.format(key=key)
            free = [one for one in known if one not in _instance(error)]
            yield (
                path,
                key,
                Problem(
                    what=_UNKNOWN_KEY.format(key=key),
                    expected=_KNOWN_KEYS.format(keys=", ".join(known)),
                    remedy=like(key, free) or like(key, known) or drop,
                ),
            )


def _has_a_name(data: object) -> bool:
    return isinstance(data, dict) and "name" in data


def _bad_value(value: Any, kind: str, schema: Mapping[str, Any]) -> Problem:
    if value is None:
        return Problem(what=_NULL, expected=expectation(schema), remedy=_LEAVE_OUT)
    is_day = isinstance(value, str) or _DIGITS_OF_DAY.match(str(value))
    if schema.get("format") == "date" and is_day:
        return bad_day(str(value), shown(value))
    if kind == "pattern" and (unseen := name_of_control(value)):
        return Problem(
            what=_UNSEEN.format(name=unseen),
            found=shown(value),
            expected=expectation(schema),
            remedy=_TAKE_UNSEEN_OUT,
        )
    what = {
        "type": _WRONG_KIND.format(kind=json_kind(value)),
        "enum": _UNKNOWN_WORD,
        "minimum": _OUT_OF_BOUNDS,
        "maximum": _OUT_OF_BOUNDS,
    }.get(kind, _NOT_SO_WRITTEN)
    if kind == "type" and "enum" in schema:
        kind = "enum"
    return Problem(
        what=what,
        found=shown(value),
        expected=expectation(schema),
        remedy=_value_remedy(value, kind, schema),
    )


def _value_remedy(value: Any, kind: str, schema: Mapping[str, Any]) -> Text:
    if kind == "enum" and isinstance(value, str):
        return like(value, schema["enum"]) or _CORRECT
    if isinstance(value, str) and "minProperties" in schema:
        return _NAME_AS_WORDS.format(words=shown(value))
    if isinstance(value, list) and "propertyNames" in schema:
        return _KEY_EACH
    if kind == "pattern" and schema["pattern"] == EDITION_PATTERN:
        return edition_remedy(value) or _CORRECT
    typed = _TYPED_QUANTITY.match(value) if kind == "pattern" else None
    if typed and schema["pattern"] == QUANTITY_WORDS:
        return _WRITE.format(words=typed[1] + (f".{typed[2]}" if typed[2] else ""))
    return _kind_remedy(value, schema) if kind == "type" else _CORRECT


def _kind_remedy(value: Any, schema: Mapping[str, Any]) -> Text:
    """What to do with a value of another kind than the one that is asked for."""
    wanted = str(schema.get("type"))
    if wanted == "array":
        found = _IN_BRACKETS.format(words=shown(value))
        return _DOUBLE_BRACKETS if isinstance(value, dict) else found
    if isinstance(value, str) and wanted in _PLAIN and _PLAIN[wanted].match(value):
        return _UNQUOTE.format(words=value.strip())
    of_words = schema.get("pattern") not in {None, EDITION_PATTERN, DAY_WORDS}
    if type(value) in {int, float} and of_words:
        return _QUOTE
    return _CORRECT


def bad_day(words: str, found: str | None = None) -> Problem:
    """Why words are not a date as it is written here, and how they should be written.

    Args:
        words: The words.
        found: How they stand in the file; in quotation marks where left out.
    """
    found = found or shown(words)
    expected = expectation({"format": "date"})
    written = _WRITTEN_DAY.match(words) or _ISO_DAY.match(words) or _DIGITS_OF_DAY.match(words)
    if written is None:
        return Problem(what=_NOT_A_DAY, found=found, expected=expected, remedy=_CORRECT)
    year, month, day = (int(written[name]) for name in ("year", "month", "day"))
    impossible = _impossible(year, month, day)
    if impossible is not None:
        return Problem(what=impossible, found=found, expected=expected, remedy=_CORRECT)
    right = _WRITE.format(words=date(year, month, day).isoformat())
    what = _NOT_A_DAY if ":" in words else _NOT_SO_WRITTEN
    return Problem(what=what, found=found, expected=expected, remedy=right)


def _impossible(year: int, month: int, day: int) -> Text | None:
    """Why a day is not in the calendar; None where it is."""
    if year == 0:
        return _NO_SUCH_YEAR
    if not 1 <= month <= 12:
        return _NO_SUCH_MONTH.format(month=month)
    import calendar

    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        return _NO_SUCH_DAY.format(month=month, year=year, days=days)
    return None
