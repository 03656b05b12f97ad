"""The arguments and options that several commands take, and the values they understand."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qms.cli.bilingual import Argument, Choice, Option, bad_value, sentence
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    _Function = TypeVar("_Function", bound=Callable[..., Any])
    DayType = click.ParamType[date]
    NumberType = click.ParamType[int]
    WordType = click.ParamType[str]
else:
    DayType = NumberType = WordType = click.ParamType  # generic only for the type checker

__all__ = [
    "Day",
    "Identifier",
    "RevisionNumber",
    "WholeNumber",
    "format_option",
    "group_option",
    "on_option",
    "output_option",
    "place_option",
    "register_and_unit",
    "register_argument",
    "template_option",
    "unit_argument",
    "unit_option",
]

_NOT_A_DAY = Text(
    en="{value} is not a day; write it like 2015-12-31 or 31/12/2015.",
    vi="{value} không phải là một ngày; ghi theo dạng 31/12/2015 hoặc 2015-12-31.",
)
_NOT_A_NUMBER = Text(
    en="{value} is not a whole number from {least} to {most}.",
    vi="{value} không phải là số nguyên từ {least} đến {most}.",
)
_NOT_A_REVISION = Text(
    en="{value} is not the number of a revision; write it like 2, 02 or 1.3.",
    vi="{value} không phải là số lần ban hành; ghi theo dạng 2, 02 hoặc 1.3.",
)
_REVISION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4})?")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_VIETNAMESE = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})")


class Day(DayType):
    """A day, as 2015-12-31 or 31/12/2015."""

    name = "day"

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """What stands for a day in the help."""
        del param, ctx
        return "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day in either form."""
        words = str(value).strip()
        found = _ISO.fullmatch(words) or _VIETNAMESE.fullmatch(words)
        try:
            if found is not None:
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            pass
        raise bad_value(param, ctx, sentence(_NOT_A_DAY, value=words))


class Identifier(WordType):
    """An identifier or a code of the register, however its accents are typed."""

    name = "identifier"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Compose its letters, as the register does: some computers take accents apart."""
        del param, ctx
        return unicodedata.normalize("NFC", str(value))


class RevisionNumber(WordType):
    """The number of a revision, as it is written: 2, 02 or 1.3."""

    name = "revision"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take the number as it is written."""
        words = str(value).strip()
        if _REVISION.fullmatch(words):
            return words
        raise bad_value(param, ctx, sentence(_NOT_A_REVISION, value=words))


class WholeNumber(NumberType):
    """A whole number between two bounds, both of which are allowed."""

    name = "number"

    def __init__(self, least: int, most: int, metavar: str = "N") -> None:
        self.least = least
        self.most = most
        self.metavar = metavar

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """What stands for the number in the help."""
        del param, ctx
        return self.metavar

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read a number."""
        words = str(value).strip()
        if words.isascii() and words.isdigit() and self.least <= int(words) <= self.most:
            return int(words)
        message = sentence(_NOT_A_NUMBER, value=words, least=str(self.least), most=str(self.most))
        raise bad_value(param, ctx, message)


def register_argument(function: _Function) -> _Function:
    """REGISTER: the folder or the file; the current folder where left out."""
    return click.argument(
        "register",
        cls=Argument,
        type=click.Path(readable=False, path_type=Path),
        default=Path(),
        words=Text(
            en="The register: a folder of TOML files, or a TOML, JSON, NDJSON or Excel file. "
            "The current folder where left out.",
            vi="Sổ đăng ký: thư mục gồm các tệp TOML, hoặc một tệp TOML, JSON, NDJSON hay Excel. "
            "Nếu không nêu thì lấy thư mục hiện tại.",
        ),
    )(function)


def unit_argument(function: _Function) -> _Function:
    """UNIT after a REGISTER that may be left out; :func:`register_and_unit` tells them apart."""
    return click.argument(
        "unit",
        cls=Argument,
        required=False,
        always=True,
        metavar="UNIT",
        words=Text(en="The identifier of the unit.", vi="Mã của đơn vị."),
    )(function)


def register_and_unit(register: Path, unit: str | None) -> tuple[Path, str]:
    """The register and the unit that were typed; a single word names the unit.

    Raises:
        MissingParameter: the single word names a file or a folder, so the unit was left out.
    """
    if unit is not None:
        return register, unit
    if register.exists():
        ctx = click.get_current_context()
        missing = next(param for param in ctx.command.params if param.name == "unit")
        raise click.MissingParameter(ctx=ctx, param=missing)
    return Path(), str(register)


def template_option(function: _Function) -> _Function:
    """``--template``: the organisation's own Word file."""
    return click.option(
        "--template",
        cls=Option,
        metavar="FILE",
        type=click.Path(readable=False, path_type=Path),
        words=Text(
            en="Your organisation's Word file, whose page, styles, headers and logo are kept.",
            vi="Tệp Word mẫu của cơ quan; giữ nguyên khổ giấy, kiểu chữ, đầu trang và biểu trưng.",
        ),
    )(function)


def place_option(function: _Function) -> _Function:
    """``--place``: where a Vietnamese document is issued."""
    return click.option(
        "--place",
        cls=Option,
        metavar="WORDS",
        words=Text(
            en="The place that stands beside the date, such as the town.",
            vi="Địa danh ghi trước ngày, tháng, năm; văn bản tiếng Việt để dòng chấm nếu không nêu.",
        ),
    )(function)


def on_option(function: _Function) -> _Function:
    """``--on``: the day asked about."""
    return click.option(
        "--on",
        cls=Option,
        type=Day(),
        words=Text(
            en="The day asked about, as 2015-12-31 or 31/12/2015; today where left out. "
            "What was recorded for later days does not count.",
            vi="Ngày cần xem xét, ghi 31/12/2015 hoặc 2015-12-31; nếu không nêu thì lấy hôm nay. "
            "Những gì ghi nhận cho ngày sau đó không được tính.",
        ),
    )(function)


def format_option(*formats: str) -> Callable[[_Function], _Function]:
    """``--format``: the form of the output; the first is the usual one."""
    return click.option(
        "--format",
        "form",
        cls=Option,
        type=Choice(*formats),
        default=formats[0],
        words=Text(
            en=f"The form of the output; {formats[0]} where left out.",
            vi=f"Dạng kết quả; nếu không nêu thì là {formats[0]}.",
        ),
    )


def output_option(function: _Function) -> _Function:
    """``--output``: a file instead of the screen."""
    return click.option(
        "--output",
        "-o",
        cls=Option,
        type=click.Path(readable=False, path_type=Path),
        metavar="FILE",
        callback=_screen_for_a_dash,
        words=Text(
            en="Write the result to this file, whole or not at all, instead of the screen.",
            vi="Ghi kết quả vào tệp này (ghi trọn vẹn hoặc không ghi) thay vì hiện ra màn hình.",
        ),
    )(function)


def _screen_for_a_dash(
    ctx: click.Context, param: click.Parameter, value: Path | None
) -> Path | None:
    """``-`` is the screen, as in other programs, and no file of that name."""
    del ctx, param
    return None if value == Path("-") else value


def unit_option(function: _Function) -> _Function:
    """``--unit``: only these units."""
    return click.option(
        "--unit",
        "units",
        cls=Option,
        multiple=True,
        metavar="ID",
        words=Text(
            en="Only this unit; may be given several times. With --group, the units of both.",
            vi="Chỉ xét đơn vị này; có thể nêu nhiều lần. Nếu nêu cả --group thì xét các đơn vị "
            "thuộc một trong hai.",
        ),
    )(function)


def group_option(function: _Function) -> _Function:
    """``--group``: only the units of these groups."""
    return click.option(
        "--group",
        "groups",
        cls=Option,
        multiple=True,
        metavar="NAME",
        words=Text(
            en="Only the units of this group, by its identifier or its name; may be given several "
            "times.",
            vi="Chỉ xét các đơn vị thuộc nhóm này, nêu theo mã hoặc tên nhóm; có thể nêu nhiều "
            "lần.",
        ),
    )(function)
