"""``qms completion``: the script by which a shell completes commands and options."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qms.cli.bilingual import Argument, Choice, Command
from qms.text import Text

if TYPE_CHECKING:
    from qms.cli.session import Session

__all__ = ["completion"]


@click.command(
    cls=Command,
    words=Text(
        en="Print the script by which a shell completes commands and options at the Tab key.\n"
        'For bash, put this line into ~/.bashrc: eval "$(qms completion bash)". For zsh, the '
        "same with zsh in ~/.zshrc. For fish: qms completion fish > "
        "~/.config/fish/completions/qms.fish",
        vi="In đoạn mã để shell tự hoàn thành tên lệnh và tùy chọn khi nhấn phím Tab.\n"
        'Với bash, thêm dòng sau vào ~/.bashrc: eval "$(qms completion bash)". Với zsh, thay '
        "bằng zsh và ghi vào ~/.zshrc. Với fish: qms completion fish > "
        "~/.config/fish/completions/qms.fish",
    ),
)
@click.argument(
    "shell",
    cls=Argument,
    type=Choice("bash", "zsh", "fish"),
    words=Text(en="The shell: bash, zsh or fish.", vi="Loại shell: bash, zsh hoặc fish."),
)
@click.pass_obj
def completion(session: Session, *, shell: str) -> int:
    """Print the completion script of a shell."""
    from click.shell_completion import get_completion_class

    from qms.cli.program import program

    found = get_completion_class(shell)
    if found is None:  # pragma: no cover - click knows the three shells
        raise AssertionError(shell)
    script = found(program, {}, "qms", "_QMS_COMPLETE").source()
    # What a command does may have commas in it; click's script for fish would end there.
    script = script.replace('string split "," ', 'string split --max 1 "," ')
    session.write(script + "\n", None)
    return 0
