"""Rules about what documents rest on and belong to: legal texts, procedures, the unit itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.check import About, Facts, fill, rule
from qms.external_documents import last_day_in_force
from qms.holders import holdings
from qms.revisions import current, in_force
from qms.rules.certification.cycles import is_over
from qms.rules.documents.looks import DESCRIBING, clauses, has_remarkable_documents, is_in_force
from qms.rules.procedures import no_longer_in_force
from qms.terms import DocumentKind, Severity
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms.check import Rule
    from qms.model import Document, Unit
    from qms.standing import Life

__all__ = ["RULES"]


@rule(
    "D515",
    "external-document-ended",
    about=About.DOCUMENT,
    severity=Severity.ERROR,
    basis=clauses("7.5.3.2", "4.2.3"),
    title=Text(
        en="External documents in use are in force",
        vi="Văn bản bên ngoài đang sử dụng còn hiệu lực",
    ),
    message=Text(
        en="“{document}” was in force until {ended} ({successor}), and is still in use: {use}",
        vi="“{document}” chỉ còn hiệu lực đến hết ngày {ended} ({successor}) nhưng vẫn đang sử dụng: {use}",
    ),
    remedy=Text(
        en="Whoever keeps the list of external documents takes the copies back, gives out what replaced it, and records both.",
        vi="Cán bộ theo dõi danh mục văn bản bên ngoài thu hồi các bản đã phân phối, phân phối văn bản thay thế và ghi nhận.",
    ),
    explanation=Text(
        en="The list may hold documents that have ended; they are complained about only while they are in use: copies are with "
        "holders, places are named where they must be at hand, or their use was ordered and not withdrawn. The last day in force "
        "is still in order; where it is not recorded, it is the day before what replaced the document takes effect. Documents that cite them are found by D516.",
        vi="Danh mục có thể ghi văn bản đã hết hiệu lực; quy tắc chỉ áp dụng khi văn bản còn được sử dụng: còn bản phân phối, còn "
        "nêu nơi cần có tài liệu, hoặc đã đưa vào áp dụng mà chưa hủy bỏ. Ngày cuối cùng còn hiệu lực vẫn là đúng; nếu chưa ghi nhận thì đó là ngày liền trước ngày văn bản thay thế có hiệu lực. Tài liệu viện "
        "dẫn các văn bản này được nêu tại D516.",
    ),
    when=has_remarkable_documents,
)
def external_document_ended(_key: str, record: Document, at: Life) -> Iterator[Facts]:
    """No external document is used after its end."""
    if record.kind is not DocumentKind.EXTERNAL or is_over(at):
        return
    ended = last_day_in_force(record, at.unit, at.on)
    if ended is None or ended >= at.on:
        return
    use = _use(record, at)
    if use is not None:
        by = record.replaced_by
        successor = _NO_SUCCESSOR if by is None else fill(_REPLACED, {"by": by})
        yield Facts(document=record.title, ended=ended, successor=successor, use=use)


def _use(record: Document, at: Life) -> Text | None:
    """In what way a document is in use on the day; None where it is not."""
    holders = dict.fromkeys(copy.holder for copy in holdings(record, at.on))
    if holders:
        return fill(_COPIES, {"holders": tuple(holders)})
    if record.places:
        return fill(_PLACES, {"places": record.places})
    return _ORDERED if current(record, at.on) is not None else None


_REPLACED = Text(en="replaced by {by}", vi="được thay thế bằng {by}")
_NO_SUCCESSOR = Text(en="nothing is recorded that replaced it", vi="chưa ghi nhận văn bản thay thế")
_COPIES = Text(en="copies are with {holders}", vi="còn bản phân phối tại {holders}")
_PLACES = Text(en="it must be at hand at {places}", vi="phải có sẵn tại {places}")
_ORDERED = Text(en="its use is not withdrawn", vi="chưa hủy bỏ việc áp dụng")


@rule(
    "D516",
    "document-cites-ended",
    about=About.DOCUMENT,
    severity=Severity.ERROR,
    basis=clauses("7.5.3.2", "4.2.3"),
    title=Text(
        en="Documents in force cite legal and external documents that are in force",
        vi="Tài liệu còn hiệu lực chỉ viện dẫn văn bản còn hiệu lực",
    ),
    message=Text(
        en="the document cites what is no longer in force: {cited}",
        vi="tài liệu viện dẫn văn bản đã hết hiệu lực: {cited}",
    ),
    remedy=Text(
        en="The owner holds the document against what replaced the legal text, has it revised and approved, and corrects what it "
        "cites in the register.",
        vi="Người phụ trách đối chiếu tài liệu với văn bản thay thế, sửa đổi, trình phê duyệt và cập nhật văn bản viện dẫn trong "
        "sổ đăng ký.",
    ),
    explanation=Text(
        en="Asked are documents of which a revision is in force. What they cite is looked up among the legal documents of the "
        "unit and its external documents. A text is in force through its recorded last day, or through the day before its "
        "recorded repeal, or else through the day before what replaced it takes effect (or is issued, where nothing else is recorded of a legal document); from the next day the rule speaks, and names what replaced it where that is recorded. A text of which none of these is recorded is taken as in force.",
        vi="Xét các tài liệu có lần ban hành còn hiệu lực. Văn bản viện dẫn được tra trong danh mục văn bản pháp luật và văn bản bên "
        "ngoài của đơn vị. Văn bản còn hiệu lực đến hết ngày cuối cùng đã ghi nhận hoặc ngày liền trước ngày bãi bỏ, nếu không thì đến hết ngày liền trước ngày văn bản thay thế có hiệu lực (hoặc ngày ban hành, nếu văn bản pháp luật thay thế chỉ ghi nhận ngày ban hành); từ ngày hôm sau quy tắc áp dụng và nêu văn bản "
        "thay thế nếu có ghi nhận. Văn bản chưa ghi nhận các nội dung trên được coi là còn hiệu lực.",
    ),
    when=has_remarkable_documents,
)
def document_cites_ended(key: str, record: Document, at: Life) -> Iterator[Facts]:
    """No document in force rests on a text that has ended."""
    if not record.cites or is_over(at) or at.revision_in_force(key) is None:
        return
    cited = no_longer_in_force(record.cites, at)
    if cited is not None:
        yield Facts(cited=cited)


@rule(
    "D517",
    "form-without-procedure",
    about=About.DOCUMENT,
    severity=Severity.ERROR,
    basis=clauses("7.5.3.2", "4.2.3"),
    title=Text(
        en="A form in force belongs to a procedure in force",
        vi="Biểu mẫu còn hiệu lực thuộc về một quy trình còn hiệu lực",
    ),
    message=Text(
        en="the form belongs to no procedure in force: {why}",
        vi="biểu mẫu không thuộc quy trình nào còn hiệu lực: {why}",
    ),
    remedy=Text(
        en="The owner names the procedure to which the form belongs (form_of), or has the form withdrawn.",
        vi="Người phụ trách ghi quy trình mà biểu mẫu thuộc về (form_of) hoặc trình hủy bỏ biểu mẫu.",
    ),
    explanation=Text(
        en="A form belongs to a procedure, an instruction, regulations or the manual, of which a revision is in force on the "
        "day. Forms that are not in force yet, or no longer, are not asked; records are not asked either.",
        vi="Biểu mẫu thuộc về một quy trình, hướng dẫn, quy chế hoặc sổ tay có lần ban hành còn hiệu lực trong ngày kiểm tra. Không "
        "xét biểu mẫu chưa có hiệu lực hoặc đã hết hiệu lực; không xét hồ sơ.",
    ),
    when=has_remarkable_documents,
)
def form_without_procedure(key: str, record: Document, at: Life) -> Iterator[Facts]:
    """No form stands by itself."""
    if record.kind is not DocumentKind.FORM or is_over(at) or at.revision_in_force(key) is None:
        return
    why = _homeless(record, at)
    if why is not None:
        yield Facts(why=why)


def _homeless(record: Document, at: Life) -> Text | None:
    """Why a form belongs to no procedure in force; None where it does."""
    if record.form_of is None:
        return _NONE_NAMED
    home = at.unit.documents.get(record.form_of)
    if home is None or not in_force(home, at.on):
        return fill(_NOT_IN_FORCE, {"code": record.form_of, "on": at.on})
    if home.kind not in DESCRIBING:
        return fill(_NO_PROCEDURE, {"code": record.form_of, "kind": home.kind})
    return None


_NONE_NAMED = Text(en="none is recorded", vi="chưa ghi nhận quy trình")
_NOT_IN_FORCE = Text(
    en="no revision of {code} is in force on {on}",
    vi="tại ngày {on} tài liệu {code} không có lần ban hành nào còn hiệu lực",
)
_NO_PROCEDURE = Text(
    en="{code} is not a procedure (kind: {kind})",
    vi="{code} không phải là quy trình (loại tài liệu: {kind})",
)


@rule(
    "D519",
    "ended-unit-owns-documents",
    about=About.UNIT,
    severity=Severity.ERROR,
    basis=clauses("7.5.3.2", "4.2.3"),
    title=Text(
        en="A unit that no longer exists owns no documents in force",
        vi="Đơn vị đã chấm dứt hoạt động không còn tài liệu có hiệu lực",
    ),
    message=Text(
        en="the unit ceased to exist after {ended}, and these of its documents are still in force: {documents}",
        vi="đơn vị chấm dứt hoạt động sau ngày {ended} nhưng các tài liệu sau vẫn còn hiệu lực: {documents}",
    ),
    remedy=Text(
        en="The successor takes these documents over under its own name, or they are withdrawn and their copies taken back; "
        "records are handed over to the archive.",
        vi="Đơn vị kế thừa tiếp nhận và ban hành lại các tài liệu này, hoặc hủy bỏ và thu hồi các bản phân phối; hồ sơ được bàn "
        "giao cho lưu trữ.",
    ),
    explanation=Text(
        en="Asked from the day after the last day of the unit. Records and external documents are not asked.",
        vi="Xét từ ngày liền sau ngày cuối cùng của đơn vị. Không xét hồ sơ và văn bản bên ngoài.",
    ),
    when=lambda at: bool(at.unit.documents) and is_over(at),
)
def ended_unit_owns_documents(_key: str, record: Unit, at: Life) -> Iterator[Facts]:
    """Documents do not outlive the unit that answers for them."""
    if not is_over(at):
        return
    codes = [
        code
        for code, document in record.documents.items()
        if document.kind not in {DocumentKind.RECORD, DocumentKind.EXTERNAL}
        and is_in_force(code, document, at)
    ]
    if codes:
        yield Facts(ended=record.valid_to, documents=tuple(sorted(codes)))


RULES: tuple[Rule, ...] = (
    external_document_ended,
    document_cites_ended,
    form_without_procedure,
    ended_unit_owns_documents,
)
