"""``qms seal`` and ``qms verify``: what a register was, and what became different since."""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from qms.cli.bilingual import Argument, Command, Mistake, Option
from qms.cli.parameters import Day, format_option, output_option
from qms.dates import day_in_words, print_date
from qms.seals import Verification  # noqa: TC001 - the annotations are read at run time
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from qms.cli.session import Session
    from qms.codec.differences import Difference
    from qms.text import Language

    _Function = Callable[..., Any]

__all__ = ["seal", "verify"]

_SEALED = Text(
    en="Sealed {register}: seal {number}; files: {files}. Its mark, to be kept elsewhere: {mark}",
    vi="Đã niêm phong {register}: bản số {number}, {files} tệp. Dấu cần lưu ở nơi khác: {mark}",
)
_SEALED_OVER = Text(
    en="Sealed with it, though qms did not record it: records changed {records}, other files"
    " changed {files}. The seal does not say that they are right.",
    vi="Cùng được niêm phong dù không ghi nhận bằng qms: {records} thay đổi dữ liệu, {files} tệp"
    " khác bị thay đổi. Niêm phong không có nghĩa là các thay đổi đó đúng.",
)
_UNREAD = Text(
    en="The register can no longer be read; its records are not compared",
    vi="Không còn đọc được sổ đăng ký; không so sánh được dữ liệu",
)
_NEW_KEY = Text(
    en="Wrote the private key to {file} (keep it to yourself) and the public key to {file}.pub.",
    vi="Đã ghi khóa bí mật vào {file} (phải giữ kín) và khóa công khai vào {file}.pub.",
)
_KEY_THERE = Text(
    en="{file} exists already; a key is never overwritten.",
    vi="{file} đã tồn tại; không bao giờ ghi đè lên khóa.",
)
_AHEAD = Text(
    en="--on lies ahead: today is {day}, and a register is sealed as it is.",
    vi="--on ở tương lai: hôm nay là ngày {day}; chỉ niêm phong theo hiện trạng.",
)
_NEVER = Text(en="This register was never sealed.", vi="Sổ đăng ký này chưa từng được niêm phong.")
_LAST = Text(
    en="Seal {number} of {day}{by}, mark {mark}.",
    vi="Bản niêm phong số {number} ngày {day}{by}, dấu {mark}.",
)
_BY = Text(en=" by {by}", vi=" do {by} thực hiện")
_INTACT = Text(
    en="Nothing was changed outside qms since.",
    vi="Từ đó đến nay không có thay đổi nào ngoài qms.",
)
_OUTSIDE = Text(en="Changed outside qms since the seal", vi="Thay đổi ngoài qms từ khi niêm phong")
_RECORDED = Text(en="Recorded by qms since the seal", vi="Đã ghi nhận bằng qms từ khi niêm phong")
_FILES = Text(en="Files not as they were sealed", vi="Tệp không còn như khi niêm phong")
_AS_RECORDED = Text(
    en="Files of the register that were written since; no record in them was changed outside qms",
    vi="Tệp của sổ đăng ký đã được ghi lại từ đó; không có dữ liệu nào trong tệp bị thay đổi ngoài qms",
)
_CHAIN = Text(en="The chain of seals", vi="Chuỗi niêm phong")
_CHANGED = Text(en="{path}: {old} → {new}", vi="{path}: {old} → {new}")
_ADDED = Text(en="{path}: added {new}", vi="{path}: thêm {new}")
_REMOVED = Text(en="{path}: removed {old}", vi="{path}: bỏ {old}")
_FILE = {
    "changed": Text(en="{name}: changed", vi="{name}: đã thay đổi"),
    "added": Text(en="{name}: added", vi="{name}: thêm mới"),
    "removed": Text(en="{name}: removed", vi="{name}: không còn"),
}
_LONGEST = 60


class VerificationReport(Struct, frozen=True, kw_only=True):
    """What a register is against its seals, for other programs."""

    format: str = "qms-verification/1"
    intact: bool
    verification: Verification


def _register(function: _Function) -> _Function:
    return click.argument(
        "register",
        cls=Argument,
        metavar="REGISTER",
        type=click.Path(readable=False, path_type=Path),
        words=Text(
            en="The register: a folder, or a TOML, JSON, NDJSON or Excel file.",
            vi="Sổ đăng ký: thư mục, hoặc một tệp TOML, JSON, NDJSON hay Excel.",
        ),
    )(function)


@click.command(
    cls=Command,
    words=Text(
        en="Seal a register as it is now.\n"
        "A seal holds the SHA-256 of every file, of the records and of the seal before, in the "
        "folder “seals”. qms verify shows what became different since.",
        vi="Niêm phong sổ đăng ký theo hiện trạng.\n"
        "Bản niêm phong ghi SHA-256 của mọi tệp, của dữ liệu và của bản niêm phong trước, lưu "
        "trong thư mục “seals”. Lệnh qms verify cho biết những gì đã thay đổi từ đó.",
    ),
)
@_register
@click.option(
    "--on",
    cls=Option,
    type=Day(),
    words=Text(en="The day; today where left out.", vi="Ngày; nếu không nêu thì lấy hôm nay."),
)
@click.option(
    "--by", cls=Option, metavar="NAME", words=Text(en="Who seals.", vi="Người niêm phong.")
)
@click.option(
    "--key",
    cls=Option,
    metavar="FILE",
    type=click.Path(readable=False, path_type=Path),
    words=Text(
        en="Sign with this Ed25519 private key (PEM).", vi="Ký bằng khóa bí mật Ed25519 này (PEM)."
    ),
)
@click.option(
    "--new-key",
    cls=Option,
    metavar="FILE",
    type=click.Path(readable=False, path_type=Path),
    words=Text(
        en="Make a new key, write it to this file and sign with it.",
        vi="Tạo khóa mới, ghi vào tệp này và ký bằng khóa đó.",
    ),
)
@click.pass_obj
def seal(
    session: Session,
    *,
    register: Path,
    on: date | None,
    by: str | None,
    key: Path | None,
    new_key: Path | None,
) -> int:
    """Seal a register."""
    from qms.seals import mark_of
    from qms.seals import seal as sealed
    from qms.seals import verify as verified

    if on is not None and on > session.today:
        raise Mistake(_AHEAD.format(day=day_in_words(session.today)))
    pem = None if key is None else key.read_bytes()
    before = verified(register)
    with _new_key(session, new_key) as made_key:
        made = sealed(register, on=on or session.today, by=by, key=made_key or pem)
    words = session.say(_SEALED).format(
        register=register, number=made.number, files=len(made.files), mark=mark_of(made)
    )
    session.write(f"{words}\n", None)
    if before.outside or before.strange:
        over = session.say(_SEALED_OVER).format(
            records=len(before.outside), files=len(before.strange)
        )
        session.write(f"{over}\n", None)
    return 0


@contextmanager
def _new_key(session: Session, file: Path | None) -> Iterator[bytes | None]:
    """A new key in its files; they are taken away again where sealing fails."""
    if file is None:
        yield None
        return
    import os

    from qms.signing import new_key

    public = file.with_name(f"{file.name}.pub")
    if file.exists() or public.exists():
        raise Mistake(_KEY_THERE.format(file=file))
    private, known = new_key()
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(private)
    public.write_bytes(known)
    try:
        yield private
    except BaseException:
        file.unlink()
        public.unlink()
        raise
    session.write(session.say(_NEW_KEY).format(file=file) + "\n", None)


@click.command(
    cls=Command,
    words=Text(
        en="Hold a register against its last seal, and the chain of seals against itself.\n"
        "Changes outside qms are shown record by record; what qms recorded itself is told apart. "
        "Exit code: 0 nothing was changed outside qms, 1 something was, or there is no seal, "
        "2 not understood.",
        vi="Đối chiếu sổ đăng ký với bản niêm phong gần nhất và kiểm tra chuỗi niêm phong.\n"
        "Các thay đổi ngoài qms được nêu theo từng bản ghi; những gì ghi nhận bằng qms được nêu "
        "riêng. Mã kết thúc: 0 không có thay đổi ngoài qms, 1 có thay đổi hoặc chưa niêm phong, "
        "2 lệnh hoặc dữ liệu không hợp lệ.",
    ),
)
@_register
@click.option(
    "--public-key",
    cls=Option,
    metavar="FILE",
    type=click.Path(readable=False, path_type=Path),
    words=Text(
        en="Every seal must be signed with this Ed25519 key (PEM).",
        vi="Mọi bản niêm phong phải được ký bằng khóa Ed25519 này (PEM).",
    ),
)
@click.option(
    "--expect",
    cls=Option,
    metavar="MARK",
    words=Text(
        en="The mark of a seal that was kept elsewhere; it must be in the chain.",
        vi="Dấu của một bản niêm phong đã lưu ở nơi khác; phải có trong chuỗi.",
    ),
)
@format_option("text", "json")
@output_option
@click.pass_obj
def verify(
    session: Session,
    *,
    register: Path,
    public_key: Path | None,
    expect: str | None,
    form: str,
    output: Path | None,
) -> int:
    """Verify a register against its seals."""
    from qms.report.json import indented
    from qms.seals import verify as verified

    key = None if public_key is None else public_key.read_bytes()
    found = verified(register, key=key, expect=expect)
    if form == "json":
        words = indented(VerificationReport(intact=found.intact, verification=found))
    else:
        words = "".join(f"{line}\n" for line in _told(found, session.language, session.width))
    session.write(words, output)
    return 2 if found.unread else 0 if found.intact else 1


def _told(found: Verification, language: Language, width: int) -> Iterator[str]:
    from qms.report.layout import wrap

    if found.last is not None:
        by = _BY.in_(language).format(by=found.last.by) if found.last.by else ""
        words = _LAST.in_(language).format(
            number=found.last.number,
            day=print_date(found.last.sealed, language),
            by=by,
            mark=found.mark[:16],
        )
        yield from wrap(words, width)
    elif not found.seals:
        yield _NEVER.in_(language)
    if found.intact:
        yield _INTACT.in_(language)
    # Where no record differs but for what the log tells, the files of records were not tampered with.
    known = not (found.outside or found.unread or found.chain)
    amiss = found.strange if known else found.files
    chain = [problem.text.in_(language).format(seal=number) for problem, number in found.chain]
    for title, lines in (
        (_UNREAD, [one.in_(language) for one in found.unread]),
        (_CHAIN, chain),
        (_OUTSIDE, _differences(found.outside, language)),
        (_FILES, [_FILE[one.what].in_(language).format(name=one.name) for one in amiss]),
        (_AS_RECORDED, [one.name for one in found.files if one not in amiss]),
        (_RECORDED, _differences(found.recorded, language)),
    ):
        listed = list(lines)
        if listed:
            yield ""
            yield f"{title.in_(language)} ({len(listed)})"
            for line in (line for one in listed for line in one.split("\n")):
                yield from wrap(line, width, indent="  ", hanging="    ")


def _differences(found: Iterable[Difference], language: Language) -> Iterator[str]:
    from msgspec import UNSET

    from qms.codec.explain import print_path

    for one in found:
        template = _ADDED if one.old is UNSET else _REMOVED if one.new is UNSET else _CHANGED
        yield template.in_(language).format(
            path=print_path(one.path), old=_shown(one.old), new=_shown(one.new)
        )


def _shown(value: Any) -> str:
    words = json.dumps(value, ensure_ascii=False, default=str)
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
