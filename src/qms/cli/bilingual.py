"""Commands whose every word stands in English and Vietnamese.

The help and the usage errors are written here, from :class:`~qms.text.Text`, so
that they read the same under every version of click and follow ``--lang``.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qms.text import Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from click.shell_completion import CompletionItem

    WordType = click.ParamType[str]
else:
    WordType = click.ParamType  # generic only for the type checker

__all__ = [
    "Argument",
    "Choice",
    "Command",
    "Group",
    "Mistake",
    "Option",
    "bad_value",
    "did_you_mean",
    "explain_mistake",
    "join",
    "language_of",
    "sentence",
]

_USAGE = Text(en="Usage: ", vi="Cách dùng: ")
_ARGUMENTS = Text(en="Arguments", vi="Đối số")
_OPTIONS = Text(en="Options", vi="Tùy chọn")
_COMMANDS = Text(en="Commands", vi="Các lệnh")
_OPTIONS_PIECE = Text(en="[OPTIONS]", vi="[TÙY CHỌN]")
_COMMAND_PIECE = Text(en="COMMAND …", vi="LỆNH …")
_HELP = Text(en="Show this help.", vi="Hiện phần trợ giúp này.")
_LANG = Text(
    en="The language of every word: en or vi. Otherwise the variable QMS_LANG, "
    "or else the computer's own language.",
    vi="Ngôn ngữ hiển thị: en hoặc vi. Nếu không chọn thì theo biến môi trường QMS_LANG, "
    "sau đó theo ngôn ngữ của máy tính.",
)
_TRY = Text(en="More: {command} --help", vi="Xem thêm: {command} --help")
_ERROR = Text(en="Error: {message}", vi="Lỗi: {message}")
_DID_YOU_MEAN = Text(en=" Did you mean {names}?", vi=" Có phải là {names}?")
_NO_OPTION = Text(en="There is no option {name}.", vi="Không có tùy chọn {name}.")
_NO_COMMAND = Text(en="There is no command {name}.", vi="Không có lệnh {name}.")
_MISSING = Text(en="{name} is missing.", vi="Thiếu {name}.")
_OPTION_VALUE = Text(
    en="Option {name} was given without its value, or with one that it does not take.",
    vi="Tùy chọn {name} thiếu giá trị hoặc không nhận giá trị đã nêu.",
)
_BAD_VALUE = Text(en="{name}: {message}", vi="{name}: {message}")
_NOT_A_CHOICE = Text(
    en="{value} is not one of {choices}.", vi="{value} không thuộc các giá trị {choices}."
)
_TOO_MANY = Text(
    en="More was given than is understood: {words}.", vi="Thừa nội dung không hiểu được: {words}."
)


class Mistake(click.UsageError):
    """Something that was typed and cannot be understood, told in both languages."""

    def __init__(self, text: Text, ctx: click.Context | None = None) -> None:
        super().__init__(text.en, ctx)
        self.text = text


def language_of(ctx: click.Context | None) -> Language:
    """The language in which a command speaks; English where none was settled."""
    session = ctx.find_root().obj if ctx is not None else None
    language = getattr(session, "language", Language.ENGLISH)
    return language if isinstance(language, Language) else Language.ENGLISH


def did_you_mean(wrong: str, known: Iterable[str]) -> Text:
    """What was probably meant, as a further sentence; empty where nothing is near."""
    from difflib import get_close_matches

    folded = {name.casefold(): name for name in known}
    near = get_close_matches(wrong.casefold(), folded, n=3, cutoff=0.6)
    if not near:
        return Text(en="", vi="")
    names = [folded[name] for name in near]
    return Text(
        en=_DID_YOU_MEAN.en.format(names=" / ".join(names)),
        vi=_DID_YOU_MEAN.vi.format(names=" / ".join(names)),
    )


def sentence(template: Text, **values: str) -> Text:
    """Fill a template in both languages with the same words."""
    return Text(en=template.en.format(**values), vi=template.vi.format(**values))


def join(first: Text, second: Text) -> Text:
    """Two texts, one after the other."""
    return Text(en=first.en + second.en, vi=first.vi + second.vi)


#: What stands for a value in the help, in Vietnamese.
_PLACEHOLDERS = {
    "CODE": "MÃ",
    "CODE|NAME": "MÃ|TÊN",
    "DATE": "NGÀY",
    "DIR": "THƯ_MỤC",
    "FILE": "TỆP",
    "FOLDER": "THƯ_MỤC",
    "FROM": "NGUỒN",
    "ID": "MÃ",
    "KIND": "LOẠI",
    "LIST": "DANH_MỤC",
    "NAME": "TÊN",
    "NUMBER": "SỐ",
    "RULE": "QUY_TẮC",
    "REGISTER": "SỔ_ĐĂNG_KÝ",
    "STATUS": "TÌNH_TRẠNG",
    "TARGET": "TỆP|SỔ_ĐĂNG_KÝ",
    "TEXT": "NỘI_DUNG",
    "TO": "ĐÍCH",
    "TYPE": "LOẠI",
    "UNIT": "ĐƠN_VỊ",
    "VALUE": "GIÁ_TRỊ",
    "YEAR": "NĂM",
}


def placeholder(name: str) -> Text:
    """What stands for a value in the help, in both languages."""
    return Text(en=name, vi=_PLACEHOLDERS.get(name, name))


def _leave_rights_aside(kind: click.ParamType[Any]) -> None:
    """Leave it to whoever opens a file to say, in both languages, that it may not be read."""
    if isinstance(kind, click.Path):
        kind.readable = False


class Option(click.Option):
    """An option whose help stands in both languages."""

    def __init__(self, param_decls: Sequence[str], *, words: Text, **settings: Any) -> None:
        super().__init__(param_decls, help=words.en, **settings)
        _leave_rights_aside(self.type)
        self.words = words

    def row(self, ctx: click.Context) -> tuple[str, str]:
        """The option and its help, in the language of the context."""
        names = ", ".join(self.opts)
        language = language_of(ctx)
        metavar = "" if self.is_flag else f" {placeholder(self.make_metavar(ctx)).in_(language)}"
        repeated = " …" if self.multiple else ""
        return f"{names}{metavar}{repeated}", self.words.in_(language)


class Argument(click.Argument):
    """An argument with a help in both languages.

    Args:
        param_decls: Its name.
        words: The help.
        always: Whether the usage shows it as needed although it may be left out.
        settings: Whatever click takes besides.
    """

    def __init__(
        self, param_decls: Sequence[str], *, words: Text, always: bool = False, **settings: Any
    ) -> None:
        super().__init__(param_decls, **settings)
        _leave_rights_aside(self.type)
        self.words = words
        self.always = always

    def row(self, ctx: click.Context) -> tuple[str, str]:
        """The argument and its help, in the language of the context."""
        language = language_of(ctx)
        return placeholder(self.human_readable_name).in_(language), self.words.in_(language)

    def piece(self, language: Language) -> str:
        """How the usage names it: in brackets where it may be left out."""
        name = placeholder(self.human_readable_name).in_(language)
        name = f"{name}…" if self.nargs < 0 else name
        return name if self.required or self.always else f"[{name}]"


class Choice(WordType):
    """One of a few words."""

    name = "choice"

    def __init__(self, *choices: str) -> None:
        self.choices = choices

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """The words to choose from."""
        del param, ctx
        return "[" + "|".join(self.choices) + "]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take the word in any case of letters."""
        word = str(value).casefold()
        if word in self.choices:
            return word
        raise bad_value(
            param,
            ctx,
            join(
                sentence(_NOT_A_CHOICE, value=str(value), choices=", ".join(self.choices)),
                did_you_mean(word, self.choices),
            ),
        )

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The words that begin so."""
        from click.shell_completion import CompletionItem

        del ctx, param
        return [CompletionItem(word) for word in self.choices if word.startswith(incomplete)]


def bad_value(param: click.Parameter | None, ctx: click.Context | None, message: Text) -> Mistake:
    """A mistake in the value of a parameter."""
    label = _label(param)
    return Mistake(
        Text(
            en=_BAD_VALUE.en.format(name=label.en, message=message.en),
            vi=_BAD_VALUE.vi.format(name=label.vi, message=message.vi),
        ),
        ctx,
    )


def _label(param: click.Parameter | None) -> Text:
    if param is None:
        return placeholder("?")
    if isinstance(param, click.Argument):
        return placeholder(param.human_readable_name)
    return placeholder(max(param.opts, key=len))


class Command(click.Command):
    """A command whose help stands in both languages; it takes ``--lang`` and ``--help``."""

    def __init__(self, name: str | None, *, words: Text, **settings: Any) -> None:
        settings["params"] = [*(settings.get("params") or ()), _language_option()]
        settings["context_settings"] = {
            "allow_extra_args": True,
            "help_option_names": ["--help", "-h"],
        }
        super().__init__(name, **settings)
        self.words = words

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; what is left over is a mistake."""
        rest = super().parse_args(ctx, self._spread(args))
        if ctx.args and not ctx.resilient_parsing:
            raise Mistake(sentence(_TOO_MANY, words=" ".join(ctx.args)), ctx)
        output = ctx.params.get("output")
        if isinstance(output, Path):
            from qms.cli.endings import refuse_other_ending
            from qms.cli.filled_files import check_no_document
            from qms.cli.spared import spare_what_is_read

            spare_what_is_read(ctx, output)
            check_no_document(output, ctx)
            refuse_other_ending(ctx, output)
        return rest

    def _spread(self, args: Sequence[str]) -> list[str]:
        """``--unit a b`` as ``--unit a --unit b``, where ``b`` can be no argument."""
        options = {name: one for one in self.params for name in one.opts if name.startswith("-")}
        arguments = [one for one in self.params if isinstance(one, click.Argument)]
        if any(one.nargs < 0 for one in arguments):
            return list(args)  # what follows may be a further argument
        free, waiting, several, spread = 0, "", "", list[str]()
        for word in args:
            if word.startswith("-"):
                takes_value = word in options and not getattr(options[word], "is_flag", False)
                waiting, several = word if takes_value else "", ""
            elif waiting:
                waiting, several = "", waiting if options[waiting].multiple else ""
            elif several and (free >= len(arguments) or _is_no_register(word, arguments)):
                spread.append(several)
            else:
                several = ""
                free += 1
            spread.append(word)
        return spread

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence of the help, in English."""
        del limit
        return _first_sentence(self.words.en)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the language of the context."""
        _write_help(self, self.words, ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Options with their help in the language of the context."""
        return _in_language(super().shell_complete(ctx, incomplete), self, ctx)


def _is_no_register(word: str, arguments: Sequence[click.Argument]) -> bool:
    """Whether a word names no register where that may be left out, as one is at hand."""
    may_be_left_out = [(one.name, one.required) for one in arguments] == [("register", False)]
    at_hand = Path("register.toml").is_file() or Path("units").is_dir()
    there = os.path.exists(word)  # noqa: PTH110 - a name may be too long for a path
    return may_be_left_out and at_hand and not there


class Group(click.Group):
    """Commands that are imported only when they are called.

    Args:
        words: The help.
        commands: For each command, the module and the name in it.
    """

    def __init__(
        self, name: str | None, *, words: Text, homes: Mapping[str, str], **settings: Any
    ) -> None:
        settings["params"] = [*(settings.get("params") or ()), _language_option()]
        settings["context_settings"] = {"help_option_names": ["--help", "-h"]}
        super().__init__(name, **settings)
        self.words = words
        self.homes = homes

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order of their use."""
        del ctx
        return list(self.homes)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        if cmd_name not in self.homes:
            return None
        module, _, attribute = self.homes[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one was probably meant."""
        if not ctx.resilient_parsing and args[0] not in self.homes:
            raise Mistake(
                join(sentence(_NO_COMMAND, name=args[0]), did_you_mean(args[0], self.homes)), ctx
            )
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the language of the context."""
        _write_help(self, self.words, ctx, formatter)
        language = language_of(ctx)
        rows = [
            (name, _first_sentence(command.words.in_(language)))
            for name in self.homes
            if isinstance(command := self.get_command(ctx, name), Command | Group)
        ]
        with formatter.section(_COMMANDS.in_(language)):
            formatter.write_dl(rows)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands and options with their help in the language of the context."""
        return _in_language(super().shell_complete(ctx, incomplete), self, ctx)


def _language_option() -> Option:
    return Option(
        ["--lang"], type=Choice("en", "vi"), expose_value=False, words=_LANG, metavar="[en|vi]"
    )


def _first_sentence(words: str) -> str:
    return words.partition("\n")[0].rstrip(".")


def _write_help(
    command: click.Command, words: Text, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    language = language_of(ctx)
    shown = command.get_params(ctx)
    pieces = [_OPTIONS_PIECE.in_(language)]
    pieces += [param.piece(language) for param in shown if isinstance(param, Argument)]
    if isinstance(command, Group):
        pieces.append(_COMMAND_PIECE.in_(language))
    formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_USAGE.in_(language))
    for paragraph in words.in_(language).split("\n"):
        formatter.write_paragraph()
        formatter.write_text(paragraph)
    arguments = [param.row(ctx) for param in shown if isinstance(param, Argument)]
    options = [param.row(ctx) for param in shown if isinstance(param, Option)]
    if arguments:
        with formatter.section(_ARGUMENTS.in_(language)):
            formatter.write_dl(arguments)
    with formatter.section(_OPTIONS.in_(language)):
        formatter.write_dl([*options, ("-h, --help", _HELP.in_(language))])


def _in_language(
    items: list[CompletionItem], command: click.Command, ctx: click.Context
) -> list[CompletionItem]:
    language = language_of(ctx)
    words = {
        name: param.words
        for param in command.params
        if isinstance(param, Option)
        for name in param.opts
    }
    if isinstance(command, Group):
        found = {name: command.get_command(ctx, name) for name in command.homes}
        words |= {name: c.words for name, c in found.items() if isinstance(c, Command | Group)}
    for item in items:
        if item.value in words:
            item.help = _first_sentence(words[item.value].in_(language))
    return items


def explain_mistake(mistake: click.UsageError, language: Language) -> str:
    """What was typed wrongly, and where to read more, in one language."""
    message = _ERROR.in_(language).format(message=_reason(mistake).in_(language))
    if mistake.ctx is None:
        return message
    more = _TRY.in_(language).format(command=mistake.ctx.command_path)
    return f"{message}\n{more}"


def _reason(mistake: click.UsageError) -> Text:
    match mistake:
        case Mistake():
            return mistake.text
        case click.NoSuchOption():
            known = [] if mistake.ctx is None else _options(mistake.ctx)
            name = mistake.option_name
            return join(sentence(_NO_OPTION, name=name), did_you_mean(name, known))
        case click.BadOptionUsage():
            return sentence(_OPTION_VALUE, name=mistake.option_name)
        case click.MissingParameter():
            label = _label(mistake.param)
            return Text(en=_MISSING.en.format(name=label.en), vi=_MISSING.vi.format(name=label.vi))
        case _:
            return Text(en=mistake.format_message(), vi=mistake.format_message())


def _options(ctx: click.Context) -> list[str]:
    return [name for param in ctx.command.get_params(ctx) for name in param.opts]
