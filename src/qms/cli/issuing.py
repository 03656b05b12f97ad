"""``qms checklist``: the Word checklist of an audit, for one unit or for a whole programme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from qms.cli.bilingual import Argument, Choice, Command, Mistake, Option, bad_value
from qms.cli.filled_files import check_not_filled, is_document
from qms.cli.house_templates import tell_cautions
from qms.cli.parameters import Identifier, group_option, on_option, place_option, template_option
from qms.cli.session import Session, chosen_units
from qms.cli.spared import spare_recorded
from qms.dates import print_date
from qms.problems import Place, Problem, RegisterError
from qms.text import Language, Text, normalise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qms.checklist import Checklist
    from qms.issuing import Commission
    from qms.model import Register, Unit
    from qms.terms import AuditType, Edition

__all__ = ["checklist", "edition_named"]

_TYPES = (
    "internal", "surveillance", "recertification", "transition", "yearly-check",
    "stage-1", "stage-2", "special",
)  # fmt: skip
_AUDIT_OR_TYPE = Text(
    en="Name the audit (--audit) or its kind (--type).",
    vi="Cần nêu cuộc đánh giá (--audit) hoặc loại đánh giá (--type).",
)
_NOT_AN_EDITION = Text(
    en="“{words}” is no edition of ISO 9001; write 2008, 2015 or 2026.",
    vi="“{words}” không phải là một phiên bản ISO 9001; hãy ghi 2008, 2015 hoặc 2026.",
)
_NOT_COVERED = Text(
    en="“{words}” is an edition of ISO 9001, but its clauses and demands are not known here; "
    "write 2008, 2015 or 2026.",
    vi="“{words}” là một phiên bản ISO 9001, nhưng ở đây không có các điều và yêu cầu của phiên "
    "bản này; hãy ghi 2008, 2015 hoặc 2026.",
)
_NEEDS_FOLDER = Text(
    en="Checklists to write: {count}; --output names a folder, not the file {output}.",
    vi="Có {count} phiếu cần lập: --output phải nêu thư mục, không phải tệp {output}.",
)
_OF_OTHERS = Text(en="Not of the group {groups}: {units}", vi="Không thuộc nhóm {groups}: {units}")
_NOT_DOCX = Text(
    en="A checklist is a Word file: --output ends in .docx, not {ending}.",
    vi="Phiếu là tệp Word: --output phải có đuôi .docx, không phải {ending}.",
)
_NO_UNITS = Text(
    en="There is no unit for which to write a checklist.", vi="Không có đơn vị nào cần lập phiếu."
)
_WROTE = Text(
    en="Wrote {file}: {unit}, {edition}, {audit}, questions: {count}.",
    vi="Đã ghi {file}: {unit}, {edition}, {audit}, số câu hỏi: {count}.",
)
_WROTE_MANY = Text(
    en="Checklists written to {folder}: {count}.", vi="Số phiếu đã ghi vào {folder}: {count}."
)
_LEFT_OUT = Text(
    en="Left out, without the audit “{audit}” ({count}): {units}",
    vi="Bỏ qua vì không có cuộc đánh giá “{audit}” ({count}): {units}",
)
_NOT_THERE = Text(
    en="Written although the units are not there on {day} ({count}): {units}",
    vi="Vẫn lập phiếu dù đơn vị không hoạt động vào ngày {day} ({count}): {units}",
)
_NOT_CONCERNED = Text(
    en="Left out, without an edition to be audited against or, for a transition, with the edition "
    "already or the edition not published yet ({count}): {units}",
    vi="Bỏ qua vì chưa rõ phiên bản cần đánh giá hoặc, khi chuyển đổi, đã áp dụng phiên bản đó "
    "hay phiên bản đó chưa ban hành ({count}): {units}",
)
_ONE_OF_SEVERAL = Text(
    en="Of the audits of this kind that are planned for the year the first was taken; name another "
    "with --audit ({count}): {units}",
    vi="Trong các cuộc cùng loại theo kế hoạch của năm, đã lấy cuộc sớm nhất; dùng --audit để nêu cuộc "
    "khác ({count}): {units}",
)
_UNASKED = Text(
    en="{file}: none of its questions is asked here; see its “editions”, “audits”, “regimes” and "
    "“asked_from”.",
    vi="{file}: không có câu hỏi nào được hỏi trong lần này; xem lại “editions”, “audits”, "
    "“regimes” và “asked_from” trong tệp.",
)
_CHECKING = Text(en="Looking the units over", vi="Đang xem xét các đơn vị")
_DRAWING = Text(en="Writing checklists", vi="Đang lập phiếu")


@click.command(
    cls=Command,
    words=Text(
        en="Write the Word checklist of an audit, with the unit's own facts filled in.\n"
        "Without UNIT a checklist is written for every unit, into a folder. The edition is that "
        "of the audit or of the certificate or announcement in force, unless it is named. "
        "qms findings reads the filled checklists back.",
        vi="Lập phiếu đánh giá dạng Word, điền sẵn dữ liệu của đơn vị.\n"
        "Nếu không nêu đơn vị thì lập phiếu cho mọi đơn vị và ghi vào một thư mục. Phiên bản tiêu "
        "chuẩn lấy theo cuộc đánh giá, hoặc theo giấy chứng nhận, bản công bố còn hiệu lực, nếu "
        "không nêu. Lệnh qms findings đọc lại phiếu đã điền.",
    ),
)
@click.argument(
    "register",
    cls=Argument,
    metavar="REGISTER",
    type=click.Path(readable=False, path_type=Path),
    words=Text(
        en="The register: a folder of TOML files, or a TOML, JSON, NDJSON or Excel file.",
        vi="Sổ đăng ký: thư mục gồm các tệp TOML, hoặc một tệp TOML, JSON, NDJSON hay Excel.",
    ),
)
@click.argument(
    "units",
    cls=Argument,
    nargs=-1,
    metavar="UNIT",
    words=Text(
        en="The identifiers of the units; all units where left out.",
        vi="Mã các đơn vị; nếu không nêu thì lấy mọi đơn vị.",
    ),
)
@click.option(
    "--audit",
    cls=Option,
    type=Identifier(),
    metavar="ID",
    words=Text(en="The audit in the register.", vi="Mã cuộc đánh giá trong sổ đăng ký."),
)
@click.option(
    "--type",
    "kind",
    cls=Option,
    type=Choice(*_TYPES),
    metavar="TYPE",
    words=Text(
        en=f"The kind of audit; one that is planned for the year is taken from the register. "
        f"One of: {', '.join(_TYPES)}.",
        vi="Loại đánh giá; nếu sổ đăng ký đã có cuộc đánh giá lên kế hoạch trong năm thì lấy "
        f"cuộc đó. Một trong: {', '.join(_TYPES)}.",
    ),
)
@click.option(
    "--edition",
    cls=Option,
    metavar="YEAR",
    words=Text(
        en="The edition of ISO 9001: 2008, 2015 or 2026.",
        vi="Phiên bản ISO 9001: 2008, 2015 hoặc 2026.",
    ),
)
@click.option(
    "--clause",
    "clauses",
    cls=Option,
    multiple=True,
    metavar="NUMBER",
    words=Text(
        en="Of the questions about clauses, only those about this one; may be given several times.",
        vi="Trong các câu hỏi theo điều khoản, chỉ hỏi về điều khoản này; có thể nêu nhiều lần.",
    ),
)
@click.option(
    "--questions",
    "own",
    cls=Option,
    multiple=True,
    metavar="FILE",
    type=click.Path(readable=False, path_type=Path),
    words=Text(
        en="Questions of your own (TOML), which add to or replace the library's; may be given "
        "several times.",
        vi="Bộ câu hỏi riêng (TOML), bổ sung hoặc thay thế câu hỏi có sẵn; có thể nêu nhiều lần.",
    ),
)
@template_option
@click.option(
    "--unprotected",
    cls=Option,
    is_flag=True,
    words=Text(
        en="Let auditors change everything, not only the answers.",
        vi="Cho phép sửa toàn bộ phiếu, không chỉ phần trả lời.",
    ),
)
@group_option
@on_option
@place_option
@click.option(
    "--output",
    "-o",
    cls=Option,
    required=True,
    metavar="FILE",
    type=click.Path(readable=False, path_type=Path),
    words=Text(
        en="The file to write, .docx; for several units the folder.",
        vi="Tệp cần ghi, dạng .docx; nếu có nhiều đơn vị thì là thư mục.",
    ),
)
@click.pass_obj
def checklist(
    session: Session,
    *,
    register: Path,
    units: Sequence[str],
    audit: str | None,
    kind: str | None,
    edition: str | None,
    clauses: Sequence[str],
    own: Sequence[Path],
    template: Path | None,
    unprotected: bool,
    groups: Sequence[str],
    on: date | None,
    place: str | None,
    output: Path,
) -> int:
    """Draw up checklists and write them."""
    from qms.issuing import Commission
    from qms.store.questions import load_banks

    if audit is None and kind is None:
        raise Mistake(_AUDIT_OR_TYPE)
    commission = Commission(
        on=on or session.today,
        audit=audit,
        type=None if kind is None else _kind(kind),
        edition=None if edition is None else edition_named(edition),
        own=load_banks(own),
        clauses=tuple(clauses),
    )
    opened = session.open(register)
    wanted = _wanted(session, opened, units, groups, commission)
    single = _is_file(output, wanted, units)
    order = _Order(
        register=opened,
        commission=commission,
        language=Language(session.language),
        template=template,
        protected=not unprotected,
        place=place,
    )
    asked: set[str] = set()
    wanted = _checked(session, order, wanted, asked, all_of_them=not units)
    _tell_unasked(session, own, commission, asked)
    files = [output] if single else [output / f"{unit.id}.docx" for unit in wanted]
    spare_recorded(files, [register])
    check_not_filled(files)
    (_write_one if single else _write_many)(session, order, wanted, output)
    return 0


def _is_file(output: Path, wanted: Sequence[Unit], named: Sequence[str]) -> bool:
    """Whether one checklist is written into a file, rather than one or more into a folder.

    Raises:
        Mistake: the file would be no Word file, or many checklists would be one.
    """
    single = len(named) == 1 and not output.is_dir() and (bool(output.suffix) or output.is_file())
    ending = output.suffix.casefold()
    is_other = ending != ".docx" and (single or (is_document(output) and not output.is_dir()))
    if output == Path("-") or is_other:
        raise Mistake(_NOT_DOCX.format(ending=output.suffix or output.name))
    if not single and (ending == ".docx" or output.is_file()):
        raise Mistake(_NEEDS_FOLDER.format(count=len(wanted), output=output.name))
    return single


def _kind(word: str) -> AuditType:
    from qms.terms import AuditType

    return AuditType(word)


def edition_named(words: str) -> Edition:
    """The edition of the option ``--edition``, by its year or as people write it.

    Raises:
        Mistake: it is none whose clauses are listed.
    """
    from qms.clauses import clauses_of
    from qms.norms import norms
    from qms.terms import Edition

    ctx = click.get_current_context()
    param = next(param for param in ctx.command.params if param.name == "edition")
    spelled = f"ISO 9001:{words}" if words.strip().isdigit() else words
    try:
        found = Edition(spelled)
    except ValueError:
        raise bad_value(param, ctx, _NOT_AN_EDITION.format(words=words)) from None
    if clauses_of(found) is None:
        told = _NOT_COVERED if found.year in norms().published else _NOT_AN_EDITION
        raise bad_value(param, ctx, told.format(words=words))
    return found


def _wanted(
    session: Session,
    register: Register,
    units: Sequence[str],
    groups: Sequence[str],
    commission: Commission,
) -> list[Unit]:
    """The units that are named; or all that exist on the day and have the audit."""
    chosen = chosen_units(register, units, () if units else groups)
    found = [register.units[key] for key in (chosen or sorted(register.units))]
    if units:
        chosen_units(register, (), groups)
        names = {normalise(group) for group in groups}
        others = [one.id for one in found if names and one.group not in names]
        if others:
            raise Mistake(_OF_OTHERS.format(units=", ".join(others), groups=", ".join(groups)))
        ended = [one.id for one in found if not _exists(one, commission.on)]
        if ended:
            day = print_date(commission.on, Language(session.language))
            _tell_units(session, _NOT_THERE, ended, day=day)
        return found
    on = commission.on
    found = [one for one in found if _exists(one, on)]
    if commission.audit is not None:
        without = [one.id for one in found if commission.audit not in one.audits]
        if without and len(without) < len(found):
            _tell_units(session, _LEFT_OUT, without, audit=commission.audit)
            found = [one for one in found if one.id not in set(without)]
    if not found:
        raise Mistake(_NO_UNITS)
    return found


def _exists(unit: Unit, on: date) -> bool:
    """Whether a unit is there on a day; its first and its last day count."""
    begun = unit.valid_from is None or unit.valid_from <= on
    return begun and (unit.valid_to is None or on <= unit.valid_to)


class _Order(Struct, frozen=True, kw_only=True):
    """What checklists are written, and how."""

    register: Register
    commission: Commission
    language: Language
    template: Path | None
    protected: bool
    place: str | None


def _checked(
    session: Session,
    order: _Order,
    units: Sequence[Unit],
    asked: set[str],
    *,
    all_of_them: bool,
) -> list[Unit]:
    """The units whose checklists can be drawn up, before the first is written.

    Of a whole programme those are left out, and named, whom the audit does not concern.
    The identifiers of the questions are added to those that are asked.

    Raises:
        RegisterError: one cannot be drawn up; with the reasons of all.
    """
    from qms.cli.waiting import counting
    from qms.issuing import NotConcerned, planned_audits

    problems: list[Problem] = []
    others: list[Problem] = []
    drawn, without, several = [], [], []
    for unit in counting(units, session.say(_CHECKING)):
        try:
            asked.update(item.id for item in _drawn(order, unit).items)
            drawn.append(unit)
            planned = planned_audits(unit, order.commission)
            if len(planned) > 1:
                several.append(f"{unit.id} – {', '.join(planned)}")
        except NotConcerned as error:
            others += error.problems
            without.append(unit.id)
        except RegisterError as error:
            problems += error.problems
    if problems or (others and not (all_of_them and drawn)):
        raise RegisterError([*problems, *others])
    if without:
        _tell_units(session, _NOT_CONCERNED, without)
    if several:
        _tell_units(session, _ONE_OF_SEVERAL, several)
    return drawn


def _tell_units(session: Session, words: Text, units: Sequence[str], **facts: str) -> None:
    from qms.report.layout import wrap

    told = session.say(words).format(count=len(units), units=", ".join(units), **facts)
    for line in wrap(told, session.width, hanging="  "):
        click.echo(line, err=True)


def _tell_unasked(
    session: Session, files: Sequence[Path], commission: Commission, asked: set[str]
) -> None:
    """Name the files of one's own of which no question is asked of any unit."""
    for file, bank in zip(files, commission.own, strict=True):
        if not any(one.id in asked for one in bank.question):
            click.echo(session.say(_UNASKED).format(file=file), err=True)


def _write_many(session: Session, order: _Order, units: Sequence[Unit], folder: Path) -> None:
    """Write checklists into a folder one by one, so that no more than one is held."""
    from qms.cli.waiting import counting

    for unit in counting(units, session.say(_DRAWING)):
        data = _written(_drawn(order, unit), order)
        if unit is units[0]:
            tell_cautions(session, order.template, data)
        folder.mkdir(parents=True, exist_ok=True)
        session.write_pieces((data,), folder / f"{unit.id}.docx")
    words = session.say(_WROTE_MANY).format(count=len(units), folder=folder)
    session.write(f"{words}\n", None)


def _write_one(session: Session, order: _Order, units: Sequence[Unit], output: Path) -> None:
    """Write the checklist of the one unit that is named."""
    (unit,) = units
    drawn = _drawn(order, unit)
    data = _written(drawn, order)
    tell_cautions(session, order.template, data)
    session.write_pieces((data,), output)
    words = session.say(_WROTE).format(
        file=output,
        unit=unit.id,
        audit=drawn.audit or session.say(drawn.type.text),
        edition=drawn.edition,
        count=len(drawn.items),
    )
    session.write(f"{words}\n", None)


def _drawn(order: _Order, unit: Unit) -> Checklist:
    from qms.issuing import checklist_for

    return checklist_for(unit, order.commission, order.register.organisation)


def _written(drawn: Checklist, order: _Order) -> bytes:
    from qms.word.checklist_writer import write_checklist
    from qms.word.refusal import Refused

    try:
        return write_checklist(
            drawn,
            order.language,
            protected=order.protected,
            place=order.place,
            template=order.template,
        )
    except Refused as refused:
        place = Place(file=str(order.template))
        raise RegisterError([Problem(what=refused.reason, place=place)]) from None
