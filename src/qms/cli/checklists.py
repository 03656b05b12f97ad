"""``qms findings`` and ``qms paper``: filled checklists read back, and the papers of an audit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qms.cli.bilingual import Argument, Choice, Command, Mistake, Option
from qms.cli.filled_files import check_not_filled
from qms.cli.house_templates import tell_cautions
from qms.cli.parameters import (
    Identifier,
    format_option,
    on_option,
    output_option,
    place_option,
    register_and_unit,
    register_argument,
    template_option,
    unit_argument,
)
from qms.cli.session import Session, one_unit
from qms.problems import Place, Problem, RegisterError
from qms.text import Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qms.checklist import Reading
    from qms.findings import Recorded

__all__ = ["findings", "paper"]

_APPENDED = Text(
    en="Appended to {register}: findings {findings}, files {files}.",
    vi="Đã ghi bổ sung vào {register}: {findings} phát hiện, {files} tệp.",
)
_ADDED_TO = Text(
    en="Added to findings that were recorded before: {names}",
    vi="Đã bổ sung vào các phát hiện đã ghi trước đây: {names}",
)
_KNOWN = Text(
    en="These files were read into {register} before; nothing was changed.",
    vi="Các tệp này đã được ghi vào {register} trước đây; không có gì thay đổi.",
)
_LEFT = Text(
    en="Noted beside answers that are no findings, and kept in the files alone: {names}",
    vi="Nội dung ghi bên cạnh câu trả lời không phải là phát hiện, chỉ lưu trong tệp: {names}",
)
_SEEN = Text(
    en="Evidence and documents noted beside conformities stay in the files; questions: {count}",
    vi="Bằng chứng, tài liệu ghi bên cạnh các câu phù hợp được lưu trong tệp; số câu hỏi: {count}",
)
_WROTE = Text(en="Wrote {file}.", vi="Đã ghi {file}.")
_NO_AUDIT = Text(
    en="the unit {unit} has no audit “{audit}”", vi="đơn vị {unit} không có cuộc đánh giá “{audit}”"
)
_AUDITS = Text(en="Its audits: {audits}", vi="Các cuộc đánh giá: {audits}")
_NOT_DOCX = Text(
    en="A paper is a Word file: --output ends in .docx, not {ending}.",
    vi="Tài liệu là tệp Word: --output phải có đuôi .docx, không phải {ending}.",
)
_PAPERS = ("plan", "meetings", "nonconformities", "report")


@click.command(
    cls=Command,
    words=Text(
        en="Read filled checklists back: every answer, and every doubt about it.\n"
        "Several files are put together as the work of one audit team. With --into the findings "
        "are appended to their audit, if nothing is in doubt or every doubt is accepted by its "
        "code. Exit code: 0 nothing in doubt, 1 something in doubt, 2 not understood.",
        vi="Đọc lại phiếu đánh giá đã điền: mọi câu trả lời và mọi nghi vấn.\n"
        "Nhiều tệp được gộp thành kết quả của một đoàn đánh giá. Với --into, các phát hiện được "
        "ghi bổ sung vào cuộc đánh giá nếu không còn nghi vấn hoặc mọi nghi vấn được chấp nhận "
        "theo mã. Mã kết thúc: 0 không có nghi vấn, 1 có nghi vấn, 2 lệnh hoặc dữ liệu không hợp lệ.",
    ),
)
@click.argument(
    "files",
    cls=Argument,
    nargs=-1,
    required=True,
    metavar="FILE",
    type=click.Path(readable=False, path_type=Path),
    words=Text(
        en="The filled checklists, .docx or .odt.", vi="Các phiếu đã điền, dạng .docx hoặc .odt."
    ),
)
@click.option(
    "--into",
    cls=Option,
    metavar="REGISTER",
    type=click.Path(readable=False, path_type=Path),
    words=Text(
        en="The register to which the findings are appended.",
        vi="Sổ đăng ký sẽ được ghi bổ sung các phát hiện.",
    ),
)
@click.option(
    "--audit",
    cls=Option,
    type=Identifier(),
    metavar="ID",
    words=Text(
        en="The audit, where the checklists do not name it.",
        vi="Mã cuộc đánh giá, nếu phiếu không nêu.",
    ),
)
@click.option(
    "--checklist",
    "issued",
    cls=Option,
    metavar="FILE",
    type=click.Path(readable=False, path_type=Path),
    words=Text(
        en="The checklist that was sent out: a file that lost its properties is then read by it, "
        "and another checklist or an earlier revision is named.",
        vi="Phiếu đã phát hành: dùng để đọc tệp bị mất thuộc tính, và để nhận ra phiếu khác hoặc bản "
        "cũ của phiếu.",
    ),
)
@click.option(
    "--accept",
    cls=Option,
    metavar="CODE",
    multiple=True,
    words=Text(
        en="Accept the doubts of this code; may be given several times.",
        vi="Chấp nhận các nghi vấn có mã này; có thể nêu nhiều lần.",
    ),
)
@format_option("text", "json")
@output_option
@click.pass_obj
def findings(
    session: Session,
    *,
    files: Sequence[Path],
    into: Path | None,
    audit: str | None,
    issued: Path | None,
    accept: Sequence[str],
    form: str,
    output: Path | None,
) -> int:
    """Read checklists back, and append their findings."""
    from qms.checklist import merge
    from qms.report import reading as report

    accepted = _accepted(accept)
    reading = merge(_read(files, issued))
    if into is not None:
        return _append(
            session, into, reading, audit=audit, accept=accepted, form=form, output=output
        )
    if form == "json":
        words = report.render_json(reading, session.language)
    else:
        colour = session.colour and output is None
        words = report.render(reading, session.language, session.width, colour=colour)
    session.write(words, output)
    return 1 if {doubt.kind for doubt in reading.doubts} - set(accepted) else 0


def _accepted(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes of doubts that exist and can be accepted.

    Raises:
        Mistake: one cannot.
    """
    from qms.checklist import DoubtKind

    choice = Choice(*(kind.value for kind in DoubtKind if kind.acceptable))
    ctx = click.get_current_context()
    param = next(param for param in ctx.command.params if param.name == "accept")
    return tuple(choice.convert(code, param, ctx) for code in codes)


def _read(files: Sequence[Path], issued: Path | None) -> list[Reading]:
    """Every file, or every reason why some cannot be read.

    Raises:
        RegisterError: a file is refused.
    """
    from qms.word import read
    from qms.word.refusal import Refused

    readings: list[Reading] = []
    problems: list[Problem] = []
    for file in files:
        try:
            readings.append(read(file, issued=issued))
        except Refused as refused:
            place = Place(file=refused.file or str(file))
            problem = Problem(what=refused.reason, place=place)
            if problem not in problems:  # what was sent out is read with every file
                problems.append(problem)
    if problems:
        raise RegisterError(problems)
    return readings


def _append(
    session: Session,
    into: Path,
    reading: Reading,
    *,
    audit: str | None,
    accept: Sequence[str],
    form: str,
    output: Path | None,
) -> int:
    from qms.findings import record
    from qms.store.writing import told

    if output is not None:
        # Nothing is recorded of which the result cannot be written.
        with told(output):
            output.parent.stat()
    done = record(into, reading, audit=audit, accept=accept, today=session.today)
    if form == "json":
        session.write(_as_json(session, into, done, audit), output)
    else:
        session.write("".join(f"{line}\n" for line in _appended(session, into, done)), output)
    return 0


def _as_json(session: Session, into: Path, done: Recorded, audit: str | None) -> str:
    from qms.report import reading as report

    recorded = report.RecordedEntry(
        register=str(into),
        audit=done.reading.audit or audit or "",
        findings=list(done.findings),
        added_to=list(done.added_to),
        files=list(done.files),
        left=list(done.left),
    )
    return report.render_json(done.reading, session.language, recorded)


def _appended(session: Session, into: Path, done: Recorded) -> Iterator[str]:
    from qms.report.layout import wrap

    if not done.facts:
        yield session.say(_KNOWN).format(register=into)
        return
    yield session.say(_APPENDED).format(
        findings=len(done.findings), files=len(done.files), register=into
    )
    for words, names in ((_ADDED_TO, done.added_to), (_LEFT, done.left)):
        if names:
            yield from wrap(session.say(words).format(names=", ".join(names)), session.width)
    if done.seen:
        yield from wrap(session.say(_SEEN).format(count=len(done.seen)), session.width)


@click.command(
    cls=Command,
    words=Text(
        en="Write a paper of an audit as a Word file: plan, meetings, nonconformities or report.\n"
        "It holds what the register knows of the audit and leaves room for the rest.",
        vi="Lập tài liệu của cuộc đánh giá dưới dạng tệp Word: kế hoạch, biên bản họp, phiếu điểm "
        "không phù hợp hoặc báo cáo.\n"
        "Tài liệu ghi những gì sổ đăng ký đã có và chừa chỗ cho phần còn lại.",
    ),
)
@register_argument
@unit_argument
@click.option(
    "--audit",
    cls=Option,
    type=Identifier(),
    required=True,
    metavar="ID",
    words=Text(en="The audit in the register.", vi="Mã cuộc đánh giá trong sổ đăng ký."),
)
@click.option(
    "--kind",
    cls=Option,
    type=Choice(*_PAPERS),
    default="plan",
    words=Text(
        en="Which paper; plan where left out.", vi="Loại tài liệu; nếu không nêu thì là plan."
    ),
)
@click.option(
    "--output",
    "-o",
    cls=Option,
    required=True,
    metavar="FILE",
    type=click.Path(readable=False, path_type=Path),
    words=Text(en="The file to write, .docx.", vi="Tệp cần ghi, dạng .docx."),
)
@template_option
@place_option
@on_option
@click.pass_obj
def paper(
    session: Session,
    *,
    register: Path,
    unit: str | None,
    audit: str,
    kind: str,
    output: Path,
    template: Path | None,
    place: str | None,
    on: date | None,
) -> int:
    """Write a paper of an audit."""
    register, unit = register_and_unit(register, unit)
    from qms.word.papers import PaperKind, write_paper
    from qms.word.refusal import Refused

    if output.suffix.casefold() != ".docx":
        raise Mistake(_NOT_DOCX.format(ending=output.suffix or output.name))
    opened = session.open(register)
    found = one_unit(opened, unit)
    check_not_filled([output])
    if audit not in found.audits:
        known = ", ".join(found.audits) or "–"
        what = _NO_AUDIT.format(unit=found.id, audit=audit)
        raise RegisterError([Problem(what=what, remedy=_AUDITS.format(audits=known))])
    try:
        data = write_paper(
            PaperKind(kind),
            found,
            audit,
            Language(session.language),
            organisation=opened.organisation,
            on=on or session.today,
            place=place,
            template=template,
            units=opened.units,
        )
    except Refused as refused:
        where = Place(file=str(template))
        raise RegisterError([Problem(what=refused.reason, place=where)]) from None
    tell_cautions(session, template, data)
    session.write_pieces((data,), output)
    session.write(session.say(_WROTE).format(file=output) + "\n", None)
    return 0
