"""The program: its commands, and what becomes of everything that can go wrong."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qms.cli.bilingual import Group, Option, explain_mistake
from qms.cli.session import Session, choose_language, columns
from qms.problems import RegisterError, printable
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main", "program"]

#: No error that counts; at least one; the input was not understood.
CONFORMS, ERRORS, NOT_UNDERSTOOD = 0, 1, 2
#: As shells count the end by a signal: interrupted (2), and nobody reads any more (13).
_INTERRUPTED, _NOBODY_READS = 130, 141

_OUR_MISTAKE = Text(
    en="Error: this is a mistake of the program, not yours ({kind}: {reason}).\n"
    "What to do: report it with what you typed and, if you can, the register. Nothing was"
    " decided about the register.",
    vi="Lỗi: đây là lỗi của chương trình, không phải của người dùng ({kind}: {reason}).\n"
    "Cách khắc phục: báo lại lỗi này kèm lệnh đã gõ và, nếu được, sổ đăng ký. Chương trình chưa"
    " đưa ra kết luận nào về sổ đăng ký.",
)
_STOPPED = Text(en="Stopped.", vi="Đã dừng.")
_FILE = Text(en="Error: {file}: {reason}.", vi="Lỗi: {file}: {reason}.")
_INPUT_OUTPUT = Text(en="reading or writing failed", vi="không đọc hoặc không ghi được")
_REASONS = {
    errno.ENOENT: Text(en="there is no such file or folder", vi="không có tệp hoặc thư mục này"),
    errno.EACCES: Text(en="you are not allowed to open it", vi="không có quyền truy cập"),
    errno.EPERM: Text(en="you are not allowed to do this", vi="không có quyền thực hiện"),
    errno.EISDIR: Text(en="it is a folder, not a file", vi="đây là thư mục, không phải tệp"),
    errno.ENOTDIR: Text(en="it is not a folder", vi="đây không phải là thư mục"),
    errno.ENOSPC: Text(en="the disk is full", vi="ổ đĩa đã đầy"),
    errno.EROFS: Text(en="the disk can only be read", vi="ổ đĩa chỉ cho phép đọc"),
    errno.EEXIST: Text(en="it exists already", vi="đã tồn tại"),
}


@click.group(
    cls=Group,
    invoke_without_command=True,
    words=Text(
        en="Keeps the ISO 9001 certification of many units current.\n"
        "A register holds dated facts about units; these commands say what follows from "
        "them on a day. Exit code: 0 no error, 1 at least one error, 2 not understood.",
        vi="Theo dõi hiệu lực chứng nhận ISO 9001 của nhiều đơn vị.\n"
        "Sổ đăng ký ghi các sự kiện có ngày tháng của từng đơn vị; từ đó các lệnh dưới đây cho "
        "biết tình hình tại một ngày bất kỳ. Mã kết thúc: 0 không có lỗi, 1 có ít nhất một lỗi, "
        "2 lệnh hoặc dữ liệu không hợp lệ.",
    ),
    homes={
        "check": "qms.cli.standing:check",
        "status": "qms.cli.standing:status",
        "calendar": "qms.cli.planning:calendar",
        "timeline": "qms.cli.planning:timeline",
        "checklist": "qms.cli.issuing:checklist",
        "findings": "qms.cli.checklists:findings",
        "paper": "qms.cli.checklists:paper",
        "document": "qms.cli.documents:document",
        "objective": "qms.cli.objectives:objective",
        "figures": "qms.cli.objectives:figures",
        "list": "qms.cli.lists:list_",
        "coverage": "qms.cli.coverage:coverage",
        "pack": "qms.cli.document_files:pack",
        "seal": "qms.cli.seals:seal",
        "verify": "qms.cli.seals:verify",
        "explain": "qms.cli.rules:explain",
        "rules": "qms.cli.rules:rules",
        "schema": "qms.cli.rules:schema",
        "convert": "qms.cli.registers:convert",
        "new": "qms.cli.registers:new",
        "completion": "qms.cli.completion:completion",
    },
)
@click.option(
    "--version",
    is_flag=True,
    cls=Option,
    words=Text(en="Show the version.", vi="Hiện số phiên bản."),
)
@click.pass_context
def program(ctx: click.Context, *, version: bool) -> int:
    """Show the version or the help where no command is given."""
    if version:
        from importlib.metadata import version as version_of

        click.echo(f"qms {version_of('qms-register')}")
        ctx.exit(CONFORMS)
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        return NOT_UNDERSTOOD
    return CONFORMS


def main(arguments: Sequence[str] | None = None, name: str = "qms") -> int:
    """Run a command and return its exit code; whatever goes wrong is told in words.

    Args:
        arguments: What was typed after the name; the process's own where left out.
        name: The name under which the program was called.
    """
    typed = sys.argv[1:] if arguments is None else list(arguments)
    session = Session(language=choose_language(typed, os.environ))
    _have_outputs()
    _write_every_letter()
    try:
        code = program.main(args=typed, prog_name=name, standalone_mode=False, obj=session)
        sys.stdout.flush()
    except (click.Abort, KeyboardInterrupt):
        _tell(f"\n{session.say(_STOPPED)}")
        return _INTERRUPTED
    except click.UsageError as mistake:
        _tell(explain_mistake(mistake, session.language))
        return NOT_UNDERSTOOD
    except RegisterError as error:
        _tell(error.in_(session.language))
        return NOT_UNDERSTOOD
    except OSError as error:
        return _file_trouble(error, session)
    except Exception as mistake:  # noqa: BLE001 - a traceback tells a reader nothing
        # Exit code 1 would say that the register was checked and found to be wrong.
        reason = printable(str(mistake))[:300]
        _tell(session.say(_OUR_MISTAKE).format(kind=type(mistake).__name__, reason=reason))
        return NOT_UNDERSTOOD
    return code if isinstance(code, int) else CONFORMS


def _have_outputs() -> None:
    """Let an output that was closed (``>&-``) swallow what is written to it."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115


def _write_every_letter() -> None:
    """Have the outputs take Vietnamese letters wherever they go."""
    for stream in (sys.stdout, sys.stderr):
        encoding = (getattr(stream, "encoding", None) or "").replace("-", "").casefold()
        if encoding != "utf8" and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _tell(words: str) -> None:
    """Say what went wrong; on a screen in lines that fit, elsewhere as other programs read it."""
    lines = words.split("\n")
    if sys.stderr.isatty():
        lines = [part for line in lines for part in _folded(line, columns())]
    click.echo("\n".join(lines), err=True)


def _folded(line: str, width: int) -> list[str]:
    """A line in parts of at most a width, the further ones set in; long words stay whole."""
    if len(line) <= width:
        return [line]
    import textwrap

    hanging = " " * (len(line) - len(line.lstrip(" ")) + 2)
    return textwrap.wrap(
        line,
        width,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
        expand_tabs=False,
        replace_whitespace=False,
    )


def _file_trouble(error: OSError, session: Session) -> int:
    """Say what is wrong with a file; say nothing where nobody reads any more."""
    if isinstance(error, BrokenPipeError):
        # What is still held back must not be tried again when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _NOBODY_READS
    reason = _REASONS.get(error.errno or 0)
    words = (error.strerror or str(error)) if reason is None else session.say(reason)
    file = error.filename or session.say(_INPUT_OUTPUT)
    _tell(session.say(_FILE).format(file=file, reason=words))
    return NOT_UNDERSTOOD
