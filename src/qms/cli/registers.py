"""``qms new`` and ``qms convert``: a first register, and a register in another form."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from qms.cli.bilingual import Argument, Command, Mistake, Option
from qms.cli.spared import spare_recorded
from qms.problems import Place, Problem, RegisterError
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from qms.cli.session import Session

__all__ = ["convert", "new"]

_NOT_EMPTY = Text(en="this folder is not empty", vi="thư mục này không trống")
_A_FILE = Text(en="this is a file, not a folder", vi="đây là tệp, không phải thư mục")
_ANOTHER = Text(
    en="Name a folder that does not exist yet, or an empty one.",
    vi="Hãy nêu một thư mục chưa có hoặc còn trống.",
)
_MADE = Text(
    en="""Made a register in {folder}. Fill in:
  {register}  your organisation
  {unit}  a unit; copy the file for each further one
In each file, take the # away before the lines that you need. Then run:
  qms check {typed}""",
    vi="""Đã tạo sổ đăng ký trong {folder}. Hãy điền:
  {register}  cơ quan phụ trách
  {unit}  một đơn vị; sao chép tệp này cho mỗi đơn vị khác
Trong mỗi tệp, bỏ dấu # ở đầu các dòng cần dùng. Sau đó chạy:
  qms check {typed}""",
)
_NO_FORM = Text(
    en="TO: the form is told from the name of a file or folder, so - will not do; "
    "write, for example, register.json.",
    vi="ĐÍCH: dạng cần ghi được xác định theo tên tệp hoặc thư mục nên không dùng được dấu -; "
    "hãy ghi, ví dụ, so-dang-ky.json.",
)
_CONVERTED = Text(en="Wrote {to}.", vi="Đã ghi {to}.")


@click.command(
    cls=Command,
    words=Text(
        en="Start a register: a folder with commented files to fill in.",
        vi="Tạo sổ đăng ký mới: một thư mục gồm các tệp mẫu có chú thích để điền.",
    ),
)
@click.argument(
    "folder",
    cls=Argument,
    metavar="DIR",
    type=click.Path(readable=False, path_type=Path),
    words=Text(
        en="The folder to make; it must not exist yet, or be empty.",
        vi="Thư mục sẽ tạo; chưa có hoặc còn trống.",
    ),
)
@click.pass_obj
def new(session: Session, *, folder: Path) -> int:
    """Start a register."""
    from qms.store.folder import ROOT_FILE
    from qms.store.saving import refuse_inside_another
    from qms.store.writing import replace_file, write_folder

    refuse_inside_another(folder)
    if folder.exists():
        problem = None if folder.is_dir() else _A_FILE
        if folder.is_dir() and any(folder.iterdir()):
            problem = _NOT_EMPTY
        if problem is not None:
            place = Place(file=str(folder))
            raise RegisterError([Problem(what=problem, place=place, remedy=_ANOTHER)])
    files = dict(_starter(resources.files("qms") / "data" / "starter" / session.language.value))
    if folder.exists():
        # The folder may be the one in which the person stands: it is filled, not replaced.
        for name, content in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            replace_file(folder / name, (content,))
    else:
        write_folder(folder, files.items())
    (unit,) = (name for name in files if name.startswith("units/"))
    words = session.say(_MADE).format(
        folder=f"“{folder}”",
        register=f"{ROOT_FILE:<{len(unit)}}",
        unit=unit,
        typed=quote(str(folder)),
    )
    session.write(words + "\n", None)
    return 0


def _starter(source: Traversable, within: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in sorted(source.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _starter(entry, f"{within}{entry.name}/")
        else:
            yield f"{within}{entry.name}", entry.read_bytes()


@click.command(
    cls=Command,
    words=Text(
        en="Write a register in another form; nothing is lost.\n"
        "The ending of TO says which: .json, .ndjson, .toml, .xlsx, or none for a folder of TOML "
        "files. What does not load is not converted, and nothing is written.",
        vi="Ghi sổ đăng ký sang dạng khác, không mất nội dung nào.\n"
        "Phần đuôi của ĐÍCH cho biết dạng cần ghi: .json, .ndjson, .toml, .xlsx, hoặc không có đuôi "
        "nếu là thư mục các tệp TOML. Nếu sổ đăng ký có lỗi thì không chuyển đổi và không ghi gì.",
    ),
)
@click.argument(
    "source",
    cls=Argument,
    metavar="FROM",
    type=click.Path(readable=False, path_type=Path),
    words=Text(en="The register to read.", vi="Sổ đăng ký cần đọc."),
)
@click.argument(
    "target",
    cls=Argument,
    metavar="TO",
    type=click.Path(readable=False, path_type=Path),
    words=Text(en="The file or folder to write.", vi="Tệp hoặc thư mục cần ghi."),
)
@click.option(
    "--overwrite",
    cls=Option,
    is_flag=True,
    words=Text(en="Replace the file TO if there is one.", vi="Ghi đè nếu đã có tệp ĐÍCH."),
)
@click.pass_obj
def convert(session: Session, *, source: Path, target: Path, overwrite: bool) -> int:
    """Write a register in another form."""
    from qms import store
    from qms.cli.waiting import waiting

    if target == Path("-"):
        raise Mistake(_NO_FORM)
    spare_recorded([target], [source] if source.exists() else [])
    with waiting(session.say(_CONVERTING)):
        store.convert(source, target, overwrite=overwrite, language=session.language)
    session.write(session.say(_CONVERTED).format(to=target) + "\n", None)
    return 0


_CONVERTING = Text(en="Converting the register", vi="Đang chuyển đổi sổ đăng ký")
