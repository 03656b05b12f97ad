"""The reference of the command line, drawn from the commands' own help.

Run this file to write ``docs/command-line.md`` and ``docs/vi/command-line.md`` anew.
"""

from importlib import import_module
from pathlib import Path

import click

from qms.cli.bilingual import Group
from qms.cli.program import program
from qms.cli.session import Session
from qms.text import Language, Text

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {
    Language.ENGLISH: DOCS / "command-line.md",
    Language.VIETNAMESE: DOCS / "vi" / "command-line.md",
}

HEAD = Text(
    en="""# The command line

This page is drawn from the commands' own help; `qms COMMAND --help` shows the same.

## What holds for every command

- **Language.** `--lang en` or `--lang vi`; otherwise the variable `QMS_LANG`, or else the computer's own language; English where that is neither.
  Days are printed `2015-12-31` in English and `31/12/2015` in Vietnamese, and both are understood wherever a day is typed; in the files of a register days are written `2015-12-31`.
- **Exit code.** 0: there is no error that counts. 1: there is at least one error that is not waived. 2: what was typed or what was read was not understood; then nothing was written. 130: interrupted; 141: nobody reads the output any more.
- **The day.** `--on` asks about any day. Facts recorded for later days do not count, so an answer about the past does not change when facts are added.
- **Output.** Text is at most 80 columns wide where it does not go to a screen, and in colour only on a screen; `NO_COLOR` switches colour off. `--output FILE` writes the file whole or not at all, and never over what it is about; `-` is the screen.
- **Forms.** `text` and `markdown` are for people; `json` is for programs, and its schema is printed by `qms schema report`; `sarif` (2.1.0) and `junit` are for build servers and code hosts.
- **Part of a register.** `--unit` and `--group` may be given several times, and together: they add up. Then only these units are shown and counted, and the rules about the register as a whole are not asked.

## The commands
""",
    vi="""# Dòng lệnh

Trang này được lập từ chính phần trợ giúp của các lệnh; `qms LỆNH --help` hiện cùng nội dung.

## Áp dụng cho mọi lệnh

- **Ngôn ngữ.** `--lang en` hoặc `--lang vi`; nếu không chọn thì theo biến `QMS_LANG`, sau đó theo ngôn ngữ của máy tính; nếu không phải hai ngôn ngữ này thì dùng tiếng Anh.
  Ngày được in theo dạng `31/12/2015` trong tiếng Việt và `2015-12-31` trong tiếng Anh; trên dòng lệnh ghi dạng nào cũng được, trong các tệp của sổ đăng ký thì ghi `2015-12-31`.
- **Mã kết thúc.** 0: không có lỗi nào được tính. 1: có ít nhất một lỗi chưa được miễn áp dụng. 2: lệnh hoặc dữ liệu không hợp lệ; khi đó không có gì được ghi. 130: người dùng dừng lệnh; 141: nơi nhận kết quả không đọc nữa.
- **Ngày xem xét.** `--on` cho biết tình hình tại một ngày bất kỳ. Sự kiện ghi nhận cho ngày sau đó không được tính, nên câu trả lời về quá khứ không thay đổi khi bổ sung dữ liệu.
- **Kết quả.** Khi không hiện ra màn hình, mỗi dòng dài không quá 80 ký tự; chỉ dùng màu trên màn hình, và không dùng màu nếu có biến `NO_COLOR`. `--output TỆP` ghi trọn vẹn hoặc không ghi, và không bao giờ ghi đè dữ liệu đang được đọc; dấu `-` là màn hình.
- **Các dạng.** `text` và `markdown` dành cho người đọc; `json` dành cho chương trình khác, lược đồ xem bằng `qms schema report`; `sarif` (2.1.0) và `junit` dành cho máy chủ tích hợp và nơi lưu mã nguồn.
- **Một phần sổ đăng ký.** `--unit` và `--group` có thể nêu nhiều lần và nêu cùng nhau; khi nêu cùng nhau thì cộng gộp. Khi đó chỉ các đơn vị này được hiển thị và thống kê, các quy tắc chung cho toàn bộ sổ đăng ký không được áp dụng.

## Các lệnh
""",
)


def page(language):
    """The reference in one language."""
    parts = [HEAD.in_(language)]
    for name in ("", *names()):
        heading = f"qms {name}".strip()
        parts.append(f"### {heading}\n\n```text\n{helped(name, language)}\n```\n")
    return "\n".join(parts)


def names():
    """The commands in the order of their use, those of a group after it: ``document issue``."""
    for name, home in program.homes.items():
        yield name
        module, _, attribute = home.partition(":")
        command = getattr(import_module(module), attribute)
        if isinstance(command, Group):
            yield from (f"{name} {inner}" for inner in command.homes)


def helped(name, language):
    """The help of a command, as it stands on a screen of 80 columns."""
    session = Session(language=language)
    with click.Context(program, info_name="qms", obj=session, terminal_width=80) as root:
        if not name:
            return root.get_help()
        return _inside(program, root, *name.split())


def _inside(group, context, name, *rest):
    command = group.get_command(context, name)
    with click.Context(command, parent=context, info_name=name, terminal_width=80) as inner:
        return _inside(command, inner, *rest) if rest else inner.get_help()


if __name__ == "__main__":
    for written, path in PAGES.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(page(written), encoding="utf-8")
