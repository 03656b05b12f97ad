"""``qms document``: acts on controlled documents, each appended as one dated fact."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qms.cli.bilingual import Argument, Choice, Command, Group, Mistake, Option
from qms.cli.parameters import Day, Identifier, RevisionNumber, WholeNumber
from qms.dates import day_in_words, print_date
from qms.model import Acknowledgement, Distribution, DocumentEvent, Recall
from qms.report.sentences import grouped
from qms.terms import DocumentAct, DocumentKind, ReviewOutcome
from qms.text import Name, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    from qms.cli.session import Session
    from qms.model import Document

    _Function = TypeVar("_Function", bound=Callable[..., Any])

__all__ = [
    "acknowledge",
    "approve",
    "dispose",
    "distribute",
    "document",
    "draft",
    "issue",
    "recall",
    "review",
    "withdraw",
]

_RECORDED = Text(
    en="Recorded in {register}: {subject}: {what}, {day}{more}.",
    vi="Đã ghi vào {register}: {subject}: {what}, ngày {day}{more}.",
)
_MAY = Text(
    en="Nothing speaks against it; nothing was recorded: {subject}: {what}, {day}{more}.",
    vi="Không có gì cản trở; chưa ghi nhận gì: {subject}: {what}, ngày {day}{more}.",
)
_REVISION = Text(en=", revision {number}", vi=", lần ban hành {number}")
_IN_FORCE = Text(en="; in force from {day}", vi="; có hiệu lực từ ngày {day}")
_FILE = Text(
    en="; file {name}, {size} bytes, SHA-256 {sha256}",
    vi="; tệp {name}, {size} byte, SHA-256 {sha256}",
)
_PAPER = Text(
    en="; no file was named: only paper is approved",
    vi="; không nêu tệp: chỉ phê duyệt bản giấy",
)
_AHEAD = Text(
    en="--on lies ahead: today is {day}, and an act is recorded once it was done.",
    vi="--on ở tương lai: hôm nay là ngày {day}; chỉ ghi nhận việc đã thực hiện.",
)
_GIVEN = Text(en="; copies to {holder}: {copies}", vi="; số bản giao {holder}: {copies}")
_TAKEN = Text(
    en="; copies taken back from {holder}: {copies}", vi="; số bản thu hồi từ {holder}: {copies}"
)
_ALL = Text(en="all", vi="toàn bộ")
_READ = Text(en="; holder: {holder}", vi="; nơi nhận: {holder}")
_NEW = Text(en="; a new document: {kind}", vi="; tài liệu mới, loại: {kind}")


@click.group(
    cls=Group,
    invoke_without_command=True,
    words=Text(
        en="Keep controlled documents under control.\n"
        "A revision goes from draft, review and approval to issue; each act is a dated fact "
        "that is appended to the register, unless something speaks against it: then every "
        "reason is told and nothing is written.",
        vi="Kiểm soát tài liệu.\n"
        "Mỗi lần ban hành đi từ soạn thảo, soát xét, phê duyệt đến ban hành; mỗi việc là một sự "
        "kiện có ngày tháng được ghi bổ sung vào sổ đăng ký. Nếu có điều cản trở thì mọi lý do "
        "được nêu ra và không ghi gì.",
    ),
    homes={
        "reconcile": "qms.cli.reconcile:reconcile",
        "draft": "qms.cli.documents:draft",
        "review": "qms.cli.documents:review",
        "approve": "qms.cli.documents:approve",
        "issue": "qms.cli.documents:issue",
        "distribute": "qms.cli.documents:distribute",
        "acknowledge": "qms.cli.documents:acknowledge",
        "recall": "qms.cli.documents:recall",
        "withdraw": "qms.cli.documents:withdraw",
        "dispose": "qms.cli.documents:dispose",
        "stamp": "qms.cli.document_files:stamp",
        "verify": "qms.cli.document_files:verify",
    },
)
@click.pass_context
def document(ctx: click.Context) -> int:
    """Show the help where no command is given."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        return 2
    return 0


# --- what the commands take ------------------------------------------------------------------


def _option(
    name: str, metavar: str, en: str, vi: str, **settings: Any
) -> Callable[[_Function], _Function]:
    return click.option(
        name, cls=Option, metavar=metavar or None, words=Text(en=en, vi=vi), **settings
    )


def _about(function: _Function) -> _Function:
    """REGISTER UNIT CODE, --on, --revision and --dry-run."""
    for decorate in (
        _option(
            "--dry-run", "",
            "Say only what would be refused; write nothing.",
            "Chỉ nêu những điều cản trở; không ghi gì.",
            is_flag=True,
        ),
        click.option(
            "--on", cls=Option, type=Day(),
            words=Text(
                en="The day of the act, as 2015-12-31 or 31/12/2015; today where left out.",
                vi="Ngày thực hiện, ghi 31/12/2015 hoặc 2015-12-31; nếu không nêu thì lấy hôm nay.",
            ),
        ),
        click.argument(
            "code", cls=Argument, type=Identifier(), metavar="CODE",
            words=Text(en="The code of the document.", vi="Mã số tài liệu."),
        ),
        click.argument(
            "unit", cls=Argument, metavar="UNIT",
            words=Text(en="The identifier of the unit.", vi="Mã của đơn vị."),
        ),
        click.argument(
            "register", cls=Argument, metavar="REGISTER",
            type=click.Path(readable=False, path_type=Path),
            words=Text(
                en="The register: a folder, or a TOML, JSON or NDJSON file.",
                vi="Sổ đăng ký: thư mục, hoặc một tệp TOML, JSON hay NDJSON.",
            ),
        ),
    ):  # fmt: skip
        function = decorate(function)
    return function


_revision = _option(
    "--revision", "N",
    "The number of the revision; the one that must be meant where left out.",
    "Số lần ban hành; nếu không nêu thì là lần đang nói đến.",
    type=RevisionNumber(),
)  # fmt: skip
_by = _option("--by", "NAME", "Who does it.", "Người thực hiện.")
_holder = _option(
    "--holder", "NAME", "Who holds the copies.", "Nơi nhận, nơi giữ các bản.", required=True
)
_reason = _option("--reason", "TEXT", "Why.", "Lý do.")


def _does(session: Session, act: Text, given: dict[str, Any], **settings: Any) -> int:
    """Do an act by the library's function of the same name, and say what was recorded."""
    from qms import document_control

    name, collection = settings.pop("function"), settings.pop("collection", "history")
    register, unit, code = given.pop("register"), given.pop("unit"), given.pop("code")
    given["on"] = day = given["on"] or session.today
    if day > session.today:
        raise Mistake(_AHEAD.format(day=day_in_words(session.today)))
    after = getattr(document_control, name)(register, unit, code, **given, **settings)
    document = after.units[unit].documents[code]
    fact = getattr(document, collection)[-1]
    number = getattr(fact, "revision", None)
    revision = "" if number is None else session.say(_REVISION).format(number=number)
    told = session.say(_MAY if given["dry_run"] else _RECORDED)
    words = told.format(
        register=register,
        subject=f"{unit}, {code}{revision}",
        what=session.say(act),
        day=print_date(day, session.language),
        more="".join(_more(session, document, fact)),
    )
    session.write(f"{words}\n", None)
    return 0


def _more(session: Session, document: Document, fact: object) -> Iterator[str]:
    """What an act recorded that the person did not say, or may not have meant."""
    if isinstance(fact, Distribution):
        yield session.say(_GIVEN).format(holder=fact.holder, copies=fact.copies)
    if isinstance(fact, Recall):
        copies = session.say(_ALL) if fact.copies is None else fact.copies
        yield session.say(_TAKEN).format(holder=fact.holder, copies=copies)
    if isinstance(fact, Acknowledgement):
        yield session.say(_READ).format(holder=fact.holder)
    if not isinstance(fact, DocumentEvent):
        return
    if fact.act is DocumentAct.DRAFTED and len(document.history) == 1:
        yield session.say(_NEW).format(kind=session.say(document.kind.text))
    if fact.effective is not None:
        yield session.say(_IN_FORCE).format(day=print_date(fact.effective, session.language))
    if fact.act is DocumentAct.APPROVED:
        file = fact.file
        yield (
            session.say(_PAPER)
            if file is None
            else session.say(_FILE).format(
                name=file.name,
                size=session.say(grouped(file.size or 0)),
                sha256=file.sha256,
            )
        )


# --- the commands ----------------------------------------------------------------------------


@click.command(
    cls=Command,
    words=Text(
        en="Begin a revision of a document, or a new document.\n"
        "Numbers neither skip nor repeat. With --title and --kind the document is new.",
        vi="Ghi nhận việc soạn thảo một lần ban hành, hoặc lập tài liệu mới.\n"
        "Số lần ban hành không bỏ cách, không lặp lại. Có --title và --kind là tài liệu mới.",
    ),
)
@_about
@_revision
@_option("--by", "NAME", "Who drafts it.", "Người soạn thảo.")
@_option(
    "--change", "TEXT",
    "What changes against the revision before.", "Nội dung thay đổi so với lần ban hành trước.",
)  # fmt: skip
@_option("--title", "TEXT", "The title of a new document.", "Tên của tài liệu mới.")
@click.option(
    "--kind",
    cls=Option,
    type=Choice(*DocumentKind),
    metavar="KIND",
    words=Text(
        en=f"The kind of a new document: {', '.join(DocumentKind)}.",
        vi=f"Loại của tài liệu mới: {', '.join(DocumentKind)}.",
    ),
)
@_option(
    "--form-of", "CODE",
    "For a new form or record: the procedure to which it belongs.",
    "Với biểu mẫu, hồ sơ mới: mã số quy trình kèm theo.",
)  # fmt: skip
@_option(
    "--owner", "NAME",
    "The person or division that answers for a new document.",
    "Người hoặc bộ phận phụ trách tài liệu mới.",
)  # fmt: skip
@click.pass_obj
def draft(session: Session, /, *, title: str | None, kind: str | None, **given: Any) -> int:
    """Begin a revision."""
    if title is not None:
        given["title"] = Name.given(title, session.language)
    if kind is not None:
        given["kind"] = DocumentKind(kind)
    return _does(session, Text(en="drafted", vi="soạn thảo"), given, function="draft")


@click.command(
    cls=Command,
    words=Text(
        en="Record a review: of a draft before approval, or of a document in force.\n"
        "With --outcome it is the periodic review of what is in force, and the next one "
        "counts from its day, also where nothing is to be changed. Without --outcome it is "
        "the review of the draft before its approval.",
        vi="Ghi nhận việc soát xét dự thảo trước khi phê duyệt, hoặc xem xét định kỳ.\n"
        "Có --outcome là xem xét định kỳ tài liệu đang có hiệu lực; lần sau tính từ ngày này, kể cả "
        "khi kết luận giữ nguyên. Không có --outcome là soát xét dự thảo trước khi phê duyệt.",
    ),
)
@_about
@_revision
@_by
@click.option(
    "--outcome",
    cls=Option,
    type=Choice(*ReviewOutcome),
    words=Text(en="What the periodic review ended in.", vi="Kết luận của lần xem xét định kỳ."),
)
@_option("--note", "TEXT", "Anything else worth knowing.", "Ghi chú khác.")
@click.pass_obj
def review(
    session: Session,
    /,
    *,
    outcome: str | None,
    note: str | None,
    revision: str | None,
    **given: Any,
) -> int:
    """Record a review."""
    if outcome is None:
        act = Text(en="reviewed before approval", vi="soát xét trước khi phê duyệt")
        return _does(session, act, given | {"revision": revision}, function="review_draft")
    if revision is not None:
        raise Mistake(_REVISION_IN_FORCE)
    ended = ReviewOutcome(outcome)
    act = Text(
        en=f"periodic review, {ended.text.en}", vi=f"xem xét định kỳ, kết luận: {ended.text.vi}"
    )
    return _does(
        session,
        act,
        given | {"note": note, "outcome": ended},
        function="review",
        collection="reviews",
    )


_REVISION_IN_FORCE = Text(
    en="A periodic review (--outcome) is of the revision in force; leave --revision out.",
    vi="Xem xét định kỳ (--outcome) là đối với lần đang có hiệu lực; không nêu --revision.",
)


@click.command(
    cls=Command,
    words=Text(
        en="Record the approval of a revision, with its file as it is now.\n"
        "The name, the size and the SHA-256 of the file are stored. A Word file is stamped "
        "first (qms document stamp), so that what circulates is what was approved.",
        vi="Ghi nhận việc phê duyệt một lần ban hành cùng tệp như hiện có.\n"
        "Tên, dung lượng và mã SHA-256 của tệp được lưu lại. Tệp Word phải được ghi khung kiểm soát "
        "trước (qms document stamp), để bản sử dụng đúng là bản đã phê duyệt.",
    ),
)
@_about
@_revision
@_option("--by", "NAME", "Who approves.", "Người phê duyệt.", required=True)
@click.option(
    "--file",
    cls=Option,
    metavar="FILE",
    type=click.Path(readable=False, path_type=Path),
    words=Text(
        en="The file that is approved, inside the folder of the register; where left out, the "
        "only Word file there whose name begins with the code.",
        vi="Tệp được phê duyệt, nằm trong thư mục của sổ đăng ký; nếu không nêu thì lấy tệp Word duy "
        "nhất trong đó có tên bắt đầu bằng mã số.",
    ),
)
@_option(
    "--paper", "",
    "There is no file: only paper is approved.",
    "Không có tệp: chỉ phê duyệt bản giấy.",
    is_flag=True,
)  # fmt: skip
@_option(
    "--unstamped", "",
    "Approve a Word file although its header is not that of the revision.",
    "Phê duyệt tệp Word dù đầu trang không đúng khung kiểm soát của lần ban hành.",
    is_flag=True,
)  # fmt: skip
@click.pass_obj
def approve(session: Session, /, *, paper: bool, **given: Any) -> int:
    """Record an approval."""
    if paper and (given["file"] is not None or given["unstamped"]):
        raise Mistake(_FILE_OR_PAPER)
    if not paper and given["file"] is None:
        given["file"] = _the_file(session, given)
    register, file = given["register"], given["file"]
    code = _does(session, Text(en="approved", vi="phê duyệt"), given, function="approve")
    if file is not None:
        from qms.cli.document_files import cover_of_approved
        from qms.document_files import as_spelt, root_of, stored_file

        path = as_spelt(root_of(register) / stored_file(root_of(register), file).name)
        session.write("".join(f"{line}\n" for line in cover_of_approved(session, path)), None)
    return code


_FILE_OR_PAPER = Text(
    en="Name a file, or say that only paper is approved (--paper).",
    vi="Hoặc nêu tệp, hoặc chỉ phê duyệt bản giấy (--paper).",
)


def _the_file(session: Session, given: dict[str, Any]) -> Path:
    """The file that is approved, where only one can be meant.

    Raises:
        RegisterError: none or several can; or there is no such revision.
    """
    from qms.document_recording import refuse_workbook
    from qms.document_stamping import file_of_draft

    refuse_workbook(given["register"])
    return file_of_draft(
        given["register"],
        given["unit"],
        given["code"],
        on=given["on"] or session.today,
        revision=given["revision"],
    )


@click.command(
    cls=Command,
    words=Text(
        en="Issue an approved revision; it ends the one before on the eve of its first day.",
        vi="Ban hành lần đã phê duyệt; lần ban hành trước đó hết hiệu lực vào ngày liền trước.",
    ),
)
@_about
@_revision
@_by
@click.option(
    "--effective",
    cls=Option,
    type=Day(),
    words=Text(
        en="The first day in force, perhaps in the future; where left out, that of the approved "
        "file's header, or else the day of the issue.",
        vi="Ngày bắt đầu có hiệu lực, có thể trong tương lai; nếu không nêu thì theo đầu trang của "
        "tệp đã phê duyệt, sau đó là ngày ban hành.",
    ),
)
@click.option(
    "--until",
    cls=Option,
    type=Day(),
    words=Text(
        en="The last day of validity, where it is limited.",
        vi="Ngày cuối cùng còn hiệu lực, nếu có thời hạn.",
    ),
)
@click.pass_obj
def issue(session: Session, /, **given: Any) -> int:
    """Issue a revision."""
    return _does(session, Text(en="issued", vi="ban hành"), given, function="issue")


@click.command(
    cls=Command,
    words=Text(
        en="Withdraw a revision from this day on, or give up a draft.",
        vi="Thu hồi, hủy bỏ một lần ban hành kể từ ngày nêu, hoặc bỏ một dự thảo.",
    ),
)
@_about
@_revision
@_by
@_reason
@click.pass_obj
def withdraw(session: Session, /, **given: Any) -> int:
    """Withdraw a revision."""
    return _does(session, Text(en="withdrawn", vi="thu hồi, hủy bỏ"), given, function="withdraw")


@click.command(
    cls=Command,
    words=Text(
        en="Record that a revision was disposed of, after its term of retention and when its "
        "copies are taken back.",
        vi="Ghi nhận việc tiêu hủy một lần ban hành sau khi hết thời hạn lưu giữ và đã thu hồi các "
        "bản phân phối.",
    ),
)
@_about
@_option(
    "--revision",
    "N",
    "The number of the revision.",
    "Số lần ban hành.",
    type=RevisionNumber(),
    required=True,
)
@_by
@_reason
@click.pass_obj
def dispose(session: Session, /, **given: Any) -> int:
    """Record a disposal."""
    return _does(session, Text(en="disposed of", vi="tiêu hủy"), given, function="dispose")


@click.command(
    cls=Command,
    words=Text(
        en="Record that copies were given to a holder, who is then asked to acknowledge them.",
        vi="Ghi nhận việc phân phối các bản cho nơi nhận; nơi nhận phải xác nhận đã đọc và hiểu.",
    ),
)
@_about
@_revision
@_holder
@click.option(
    "--copies",
    cls=Option,
    type=WholeNumber(1, 999_999),
    default=1,
    words=Text(en="How many; 1 where left out.", vi="Số bản; nếu không nêu là 1."),
)
@_option("--form", "TEXT", "Paper, electronic or another form.", "Bản giấy, bản điện tử, v.v.")
@click.pass_obj
def distribute(session: Session, /, **given: Any) -> int:
    """Record copies given."""
    return _does(
        session,
        Text(en="distributed", vi="phân phối"),
        given,
        function="distribute",
        collection="distribution",
    )


@click.command(
    cls=Command,
    words=Text(
        en="Record that copies were taken back from a holder.",
        vi="Ghi nhận việc thu hồi các bản từ nơi giữ.",
    ),
)
@_about
@_option(
    "--revision", "N",
    "The revision taken back; every one where left out.",
    "Lần ban hành được thu hồi; nếu không nêu là mọi lần.",
    type=RevisionNumber(),
)  # fmt: skip
@_holder
@click.option(
    "--copies",
    cls=Option,
    type=WholeNumber(1, 999_999),
    words=Text(en="How many; all where left out.", vi="Số bản; nếu không nêu là toàn bộ."),
)
@click.pass_obj
def recall(session: Session, /, **given: Any) -> int:
    """Record copies taken back."""
    return _does(
        session,
        Text(en="recalled", vi="thu hồi bản phân phối"),
        given,
        function="recall",
        collection="recalls",
    )


@click.command(
    cls=Command,
    words=Text(
        en="Record a holder's word that a revision was read and understood.\n"
        "It belongs to one revision: a new revision asks again.",
        vi="Ghi nhận xác nhận đã đọc và hiểu của nơi nhận.\n"
        "Xác nhận gắn với một lần ban hành: lần ban hành mới phải xác nhận lại.",
    ),
)
@_about
@_revision
@_holder
@click.pass_obj
def acknowledge(session: Session, /, **given: Any) -> int:
    """Record an acknowledgement."""
    act = Text(en="acknowledged", vi="xác nhận đã đọc và hiểu")
    return _does(session, act, given, function="acknowledge", collection="acknowledgements")
