"""``qms document stamp`` and ``verify``, ``qms pack``: control blocks, files, evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qms.cli.bilingual import Argument, Choice, Command, Mistake, Option, sentence
from qms.cli.parameters import (
    Day,
    Identifier,
    RevisionNumber,
    format_option,
    on_option,
    output_option,
    unit_option,
)
from qms.cli.spared import WORD_ENDINGS
from qms.problems import Place, Problem, RegisterError
from qms.text import Language, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from typing import TypeVar

    from qms.cli.session import Session
    from qms.word.control_block import ControlBlock, ControlStatus
    from qms.word.verification import BlockReading

    _Function = TypeVar("_Function", bound=Callable[..., Any])

__all__ = ["cover_of_approved", "pack", "stamp", "verify"]

#: How a copy stands, as its header says it (qms.word.control_block.ControlStatus).
_STATUSES = ("draft", "approved", "in-force", "superseded", "withdrawn", "expired")

_STAMPED = Text(
    en="Stamped {file}: {code}, revision {revision}, {status}.",
    vi="Đã ghi khung kiểm soát vào {file}: {code}, lần ban hành {revision}, {status}.",
)
_ALREADY = Text(
    en="{file} carries its control block already: {code}, revision {revision}, {status}.",
    vi="{file} đã có đúng khung kiểm soát: {code}, lần ban hành {revision}, {status}.",
)
_ARCHIVED = Text(
    en="The approved file is kept as {file}.", vi="Tệp đã phê duyệt được lưu tại {file}."
)
_MARKED = Text(en="Marked {file}: {status}.", vi="Đã đánh dấu {file}: {status}.")
_MISSING = Text(
    en="The file has no whole control block; give {options}.",
    vi="Tệp chưa có đủ khung kiểm soát; hãy nêu {options}.",
)
_UNIT_AND_CODE = Text(
    en="Name the unit and the code of the document after the register.",
    vi="Hãy nêu mã đơn vị và mã tài liệu sau sổ đăng ký.",
)
_NOT_THESE = Text(
    en="{options}: the register says this; leave it out.",
    vi="{options}: nội dung này lấy theo sổ đăng ký; không nêu.",
)
_TYPED = Text(
    en="Caution: {what}; correct or delete it in Word.",
    vi="Lưu ý: {what}; hãy sửa hoặc xóa trong Word.",
)


_COVER = Text(
    en="Caution: the cover says {column} “{found}”, the control block “{shown}”; correct it in Word "
    "before the file is approved.",
    vi="Lưu ý: trang bìa ghi {column} “{found}”, khung kiểm soát ghi “{shown}”; hãy sửa trong Word "
    "trước khi phê duyệt.",
)
_COVER_APPROVED = Text(
    en="Caution: the cover of the approved file says {column} “{found}”, its control block “{shown}”.",
    vi="Lưu ý: trang bìa của tệp được phê duyệt ghi {column} “{found}”, khung kiểm soát ghi “{shown}”.",
)


def _option(
    name: str, metavar: str, en: str, vi: str, **settings: Any
) -> Callable[[_Function], _Function]:
    return click.option(name, cls=Option, metavar=metavar, words=Text(en=en, vi=vi), **settings)


@click.command(
    cls=Command,
    words=Text(
        en="Write the control block into the headers of a Word file, or mark an obsolete copy.\n"
        "TARGET is a Word file, or a register followed by UNIT and CODE: then the register says "
        "what the header shows. A draft is stamped with its day of effect (--effective) before "
        "it is approved; an approved file is never changed; a file of an ended revision gets "
        "the watermark, and the approved file is kept in the folder “archive”. For a Word file, "
        "--status alone marks it as obsolete or takes the mark off. The body is left as it is.",
        vi="Ghi khung kiểm soát vào đầu trang tệp Word, hoặc đánh dấu bản hết hiệu lực.\n"
        "TARGET là một tệp Word, hoặc sổ đăng ký kèm UNIT và CODE: khi đó nội dung lấy theo sổ đăng "
        "ký. Dự thảo được ghi khung kèm ngày hiệu lực (--effective) trước khi phê duyệt; tệp đã phê "
        "duyệt không bao giờ bị thay đổi; tệp của lần ban hành đã hết hiệu lực được đóng dấu chìm, "
        "tệp đã phê duyệt được lưu trong thư mục “archive”. Với tệp Word, chỉ nêu --status để đánh "
        "dấu hết hiệu lực hoặc gỡ dấu. Phần nội dung được giữ nguyên.",
    ),
)
@click.argument(
    "target",
    cls=Argument,
    metavar="TARGET",
    type=click.Path(readable=False, path_type=Path),
    words=Text(en="A Word file, or a register.", vi="Tệp Word, hoặc sổ đăng ký."),
)
@click.argument(
    "unit",
    cls=Argument,
    required=False,
    metavar="UNIT",
    words=Text(en="The identifier of the unit.", vi="Mã của đơn vị."),
)
@click.argument(
    "code",
    cls=Argument,
    type=Identifier(),
    required=False,
    metavar="CODE",
    words=Text(en="The code of the document.", vi="Mã số tài liệu."),
)
@_option(
    "--file", "FILE",
    "The file, where the register does not tell which.",
    "Tệp cần ghi, nếu sổ đăng ký chưa cho biết.",
    type=click.Path(readable=False, path_type=Path),
)  # fmt: skip
@_option(
    "--revision", "N",
    "The number of the revision.", "Số lần ban hành.",
    type=RevisionNumber(),
)  # fmt: skip
@click.option(
    "--effective",
    cls=Option,
    type=Day(),
    words=Text(en="The first day in force.", vi="Ngày bắt đầu có hiệu lực."),
)
@click.option(
    "--language",
    cls=Option,
    type=Choice(*Language),
    metavar="LANGUAGE",
    words=Text(
        en="For a Word file: the language of the block, en or vi; where left out, that of the "
        "block that is there, or else of the command.",
        vi="Với tệp Word: ngôn ngữ của khung, en hoặc vi; nếu không nêu thì theo khung đang có, hoặc "
        "theo ngôn ngữ của lệnh.",
    ),
)
@click.option(
    "--code",
    "named",
    cls=Option,
    metavar="CODE",
    words=Text(en="For a Word file: the code.", vi="Với tệp Word: mã số."),
)
@_option("--title", "TEXT", "For a Word file: the title.", "Với tệp Word: tên tài liệu.")
@click.option(
    "--status",
    cls=Option,
    type=Choice(*_STATUSES),
    metavar="STATUS",
    words=Text(
        en=f"For a Word file: {', '.join(_STATUSES)}.",
        vi=f"Với tệp Word, tình trạng: {', '.join(_STATUSES)}.",
    ),
)
@on_option
@_option(
    "--output", "FILE",
    "Write to this file, and leave the other as it is.",
    "Ghi vào tệp này và giữ nguyên tệp kia.",
    type=click.Path(readable=False, path_type=Path),
)  # fmt: skip
@click.pass_obj
def stamp(session: Session, /, *, target: Path, unit: str | None, **given: Any) -> int:
    """Write a control block."""
    from qms.word.refusal import Refused

    try:
        if unit is None and target.suffix.casefold() in WORD_ENDINGS and not target.is_dir():
            lines = list(_stamp_file(session, target, given))
        else:
            lines = list(_stamp_revision(session, target, unit, given))
    except Refused as refused:
        place = Place(file=refused.file or str(target))
        raise RegisterError([Problem(what=refused.reason, place=place)]) from None
    session.write("".join(f"{line}\n" for line in lines), None)
    return 0


#: What the options of a Word file are called.
_OF_FILE = {
    "named": "--code",
    "title": "--title",
    "status": "--status",
    "language": "--language",
}


def _stamp_revision(
    session: Session, target: Path, unit: str | None, given: dict[str, Any]
) -> Iterator[str]:
    """Stamp the file of a revision as the register says it should be; what was done."""
    from qms.document_stamping import stamp_revision

    if unit is None or given["code"] is None:
        raise Mistake(_UNIT_AND_CODE)
    wrong = [option for name, option in _OF_FILE.items() if given[name] is not None]
    if wrong:
        raise Mistake(sentence(_NOT_THESE, options=", ".join(wrong)))
    done = stamp_revision(
        target,
        unit,
        given["code"],
        on=given["on"] or session.today,
        revision=given["revision"],
        effective=given["effective"],
        file=given["file"],
        output=given["output"],
    )
    told = _STAMPED if done.changed else _ALREADY
    yield _told(session, told, done.path, done.block)
    if done.archived is not None:
        yield session.say(_ARCHIVED).format(file=done.archived)
    yield from _typed(session, done.path)
    yield from _cover(session, done.path, done.block)


def _typed(session: Session, path: Path) -> Iterator[str]:
    """What people typed into the headers themselves, and is no longer so beside the block."""
    from qms.word.verification import read_control_block

    typed = [one for one in read_control_block(path).problems if one.typed]
    yield from (session.say(_TYPED.format(what=one.message)) for one in typed)


def cover_of_approved(session: Session, path: Path) -> Iterator[str]:
    """What the cover of a file that is approved says otherwise than its control block.

    A file that is not safe to open says nothing: it was approved as it is.
    """
    from qms.document_files import STAMPED_ENDINGS, shown_block
    from qms.word.refusal import Refused

    if path.suffix.casefold() not in STAMPED_ENDINGS:
        return
    try:
        block = shown_block(path)
    except Refused:
        return
    if block is not None:
        yield from _cover(session, path, block, _COVER_APPROVED)


def _cover(
    session: Session, path: Path, block: ControlBlock, words: Text = _COVER
) -> Iterator[str]:
    """What the cover in the body says otherwise; the body is left as it is."""
    from qms.dates import print_date
    from qms.reconcile import Column
    from qms.reconcile.comparison import cover_differences

    if block.status.obsolete:
        return
    found = cover_differences(
        path, code=block.code, revision=block.revision, effective=block.effective
    )
    for one in found:
        shown = one.listed
        if one.column is Column.EFFECTIVE and block.effective is not None:
            shown = print_date(block.effective, session.language)
        yield session.say(words.format(column=one.column.text, found=one.found.value, shown=shown))


def _told(session: Session, words: Text, path: Path, block: ControlBlock) -> str:
    return session.say(words).format(
        file=path,
        code=block.code,
        revision=block.revision,
        status=session.say(block.status.text),
    )


def _stamp_file(session: Session, target: Path, given: dict[str, Any]) -> Iterator[str]:
    """Stamp a Word file with what is given, or mark it or take the mark off; what was done."""
    from qms.cli.control_block import told
    from qms.document_stamping import refuse_approved
    from qms.word.control_block import ControlStatus
    from qms.word.guard import open_guarded
    from qms.word.stamp import mark_obsolete, unmark
    from qms.word.stamp import stamp as stamped

    output = given["output"] or target
    refuse_approved(output, on=given["on"] or session.today)
    status = None if given["status"] is None else ControlStatus(given["status"])
    facts = {
        "code": given["named"],
        "title": given["title"],
        "revision": given["revision"],
        "effective": given["effective"],
    }
    language = None if given["language"] is None else Language(given["language"])
    if status is not None and not any(facts.values()):
        mark = mark_obsolete if status.obsolete else unmark
        data = mark(target, status=status, language=language)
        session.write_pieces((data,), output)
        yield session.say(_MARKED).format(file=output, status=session.say(status.text))
        return
    block = _block_of_file(session, target, facts, status, language)
    package = open_guarded(target)
    session.write_pieces((stamped(package, block),), output)
    yield _told(session, _STAMPED, output, block)
    yield from (told(caution, session.language) for caution in package.cautions)
    yield from _typed(session, output)
    yield from _cover(session, output, block)


def _block_of_file(
    session: Session,
    target: Path,
    facts: dict[str, Any],
    status: ControlStatus | None,
    language: Language | None,
) -> ControlBlock:
    """The control block that is asked for; what is not given stays as the file has it.

    Raises:
        Mistake: something is neither given nor in the file.
        RegisterError: a header cannot show it.
    """
    from qms.document_files import shown_block
    from qms.word.control_block import ControlBlock, ControlStatus

    before = shown_block(target)
    if before is not None:
        facts = {name: value or getattr(before, name) for name, value in facts.items()}
    missing = [f"--{name}" for name in ("code", "title", "revision") if facts[name] is None]
    if missing:
        raise Mistake(sentence(_MISSING, options=", ".join(missing)))
    usual = ControlStatus.DRAFT if facts["effective"] is None else ControlStatus.IN_FORCE
    status = status or (usual if before is None else before.status)
    if status is ControlStatus.IN_FORCE and facts["effective"] is None:
        raise Mistake(_NO_DAY)
    used = session.language if before is None else before.language
    try:
        return ControlBlock(**facts, status=status, language=language or used)
    except ValueError as error:
        what = _CANNOT_SHOW.format(why=str(error))
        raise RegisterError([Problem(what=what, place=Place(file=str(target)))]) from None


_NO_DAY = Text(
    en="What is in force is so from a day; give --effective.",
    vi="Tài liệu còn hiệu lực phải có ngày bắt đầu; hãy nêu --effective.",
)
_CANNOT_SHOW = Text(
    en="the header cannot show this: {why}", vi="đầu trang không thể ghi nội dung này: {why}"
)


@click.command(
    cls=Command,
    words=Text(
        en="Hold the files of documents against the register, or read one file's control block.\n"
        "Every document in force has its file inside the register's folder, byte for byte the "
        "approved one and with the right control block; no obsolete file stands unmarked where "
        "current ones are used; the register knows every file. For a Word file: what its header "
        "says, and whether pages, properties and body agree. Exit code: 0 nothing wrong, "
        "1 something wrong, 2 not understood.",
        vi="Đối chiếu tệp tài liệu với sổ đăng ký, hoặc đọc khung kiểm soát của một tệp.\n"
        "Mọi tài liệu còn hiệu lực phải có tệp trong thư mục sổ đăng ký, nguyên vẹn như khi phê "
        "duyệt và có đúng khung kiểm soát; bản hết hiệu lực chưa đánh dấu không được để ở nơi sử "
        "dụng; mọi tệp đều có trong sổ đăng ký. Với tệp Word: nội dung đầu trang, và sự thống nhất "
        "giữa các trang, thuộc tính và nội dung. Mã kết thúc: 0 không có gì sai, 1 có sai lệch, "
        "2 lệnh hoặc dữ liệu không hợp lệ.",
    ),
)
@click.argument(
    "target",
    cls=Argument,
    metavar="TARGET",
    default=Path(),
    type=click.Path(readable=False, path_type=Path),
    words=Text(
        en="A register, or a Word file. The current folder where left out.",
        vi="Sổ đăng ký, hoặc tệp Word. Nếu không nêu thì lấy thư mục hiện tại.",
    ),
)
@on_option
@unit_option
@format_option("text", "json")
@output_option
@click.pass_obj
def verify(
    session: Session,
    /,
    *,
    target: Path,
    on: date | None,
    units: Sequence[str],
    form: str,
    output: Path | None,
) -> int:
    """Hold files against the register."""
    from qms.cli.session import chosen_units
    from qms.document_verification import verify_documents
    from qms.report import files as report

    if target.is_file() and target.suffix.casefold() in WORD_ENDINGS:
        return _verify_file(session, target, form, output)
    only = chosen_units(session.open(target), units, ()) if units else None
    found = verify_documents(target, on=on or session.today, only=only)
    if form == "json":
        words = report.render_json(found, session.language)
    else:
        colour = session.colour and output is None
        words = report.render(found, session.language, session.width, colour=colour)
    session.write(words, output)
    return 1 if found.problems else 0


def _verify_file(session: Session, target: Path, form: str, output: Path | None) -> int:
    """Read the control block of one file."""
    from qms.cli import control_block as report
    from qms.word.guard import open_guarded
    from qms.word.refusal import Refused
    from qms.word.verification import read_control_block

    try:
        package = open_guarded(target)
        reading: BlockReading = read_control_block(package)
    except Refused as refused:
        raise RegisterError([Problem(what=refused.reason, place=Place(file=str(target)))]) from None
    if form == "json":
        words = report.render_json(reading, package.cautions, str(target), session.language)
    else:
        words = report.render(
            reading, package.cautions, str(target), session.language, session.width
        )
    session.write(words, output)
    return 1 if reading.problems else 0


_PACKED = Text(
    en="Wrote {file}: documents and records in force on {day}: {count}.",
    vi="Đã ghi {file}: số tài liệu, hồ sơ có hiệu lực ngày {day}: {count}.",
)


@click.command(
    cls=Command,
    words=Text(
        en="Pack the documents and records in force on a day into one archive.\n"
        "Byte for byte as approved, with a manifest in both languages: code, revision, SHA-256, "
        "who approved when. The same register and day give the same bytes. Where a file is "
        "missing or not as approved, all of them are named and nothing is written.",
        vi="Đóng gói các tài liệu, hồ sơ có hiệu lực vào một ngày.\n"
        "Tệp nguyên vẹn như khi phê duyệt, kèm danh mục bằng hai ngôn ngữ: mã số, lần ban hành, mã "
        "SHA-256, người và ngày phê duyệt. Cùng sổ đăng ký và cùng ngày cho cùng một kết quả. Nếu "
        "thiếu tệp hoặc tệp không còn như khi phê duyệt thì nêu đủ các tệp đó và không ghi gì.",
    ),
)
@click.argument(
    "register",
    cls=Argument,
    metavar="REGISTER",
    default=Path(),
    type=click.Path(readable=False, path_type=Path),
    words=Text(
        en="The register. The current folder where left out.",
        vi="Sổ đăng ký. Nếu không nêu thì lấy thư mục hiện tại.",
    ),
)
@on_option
@click.option(
    "--output",
    "-o",
    cls=Option,
    required=True,
    metavar="FILE",
    type=click.Path(readable=False, path_type=Path),
    words=Text(en="The archive to write, .zip.", vi="Tệp nén cần ghi, dạng .zip."),
)
@click.option(
    "--unit",
    "units",
    cls=Option,
    multiple=True,
    metavar="ID",
    words=Text(
        en="Only this unit; may be given several times.",
        vi="Chỉ đơn vị này; có thể nêu nhiều lần.",
    ),
)
@click.pass_obj
def pack(
    session: Session, /, *, register: Path, on: date | None, output: Path, units: Sequence[str]
) -> int:
    """Pack the evidence of a day."""
    from qms.cli.session import chosen_units
    from qms.dates import print_date
    from qms.evidence import evidence_of

    day = on or session.today
    only = chosen_units(session.open(register), units, ()) if units else None
    packed = evidence_of(register, on=day, only=only)
    session.write_pieces((packed.data,), output)
    told = session.say(_PACKED)
    words = told.format(file=output, day=print_date(day, session.language), count=packed.files)
    session.write(f"{words}\n", None)
    return 0
