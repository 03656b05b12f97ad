"""Rules about administrative procedures and the legal documents that a unit applies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.check import About, Facts, fill, rule
from qms.external_documents import last_day_in_force, successor_of
from qms.handling import QUALITY_PROCEDURES, is_handled, is_procedure_in_force
from qms.revisions import current
from qms.rules.certification.cycles import is_over
from qms.terms import Clause, LegalAct, ProcedureAct, Severity
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qms.check import Rule
    from qms.model import (
        AdministrativeProcedure,
        Announcement,
        Document,
        LegalDocument,
        ProcedureChange,
    )
    from qms.standing import Life

__all__ = ["RULES", "no_longer_in_force"]

_DECISION_19 = "QĐ 19/2014/QĐ-TTg"
_CHANGES_OF_SUBSTANCE = frozenset(
    {ProcedureAct.AMENDED, ProcedureAct.SIMPLIFIED, ProcedureAct.SUPPLEMENTED}
)


def _has_procedures(at: Life) -> bool:
    return bool(at.unit.procedures) and not is_over(at)


@rule(
    "V308",
    "procedure-not-covered",
    about=About.PROCEDURE,
    severity=Severity.ERROR,
    basis=Clause(_DECISION_19),
    title=Text(
        en="Every published administrative procedure is handled by a quality procedure in force",
        vi="Mỗi thủ tục hành chính đang được công bố đều có quy trình chất lượng còn hiệu lực",
    ),
    message=Text(
        en="the published procedure “{procedure}” is handled by no quality procedure in force: {why}",
        vi="thủ tục đang được công bố “{procedure}” chưa có quy trình chất lượng còn hiệu lực: {why}",
    ),
    remedy=Text(
        en="The division that handles the procedure draws up or revises its quality procedure and has it approved and "
        "issued; whoever keeps the register names its code with the administrative procedure.",
        vi="Bộ phận giải quyết thủ tục xây dựng hoặc sửa đổi quy trình chất lượng, trình phê duyệt và ban hành; cán bộ phụ "
        "trách sổ đăng ký ghi mã quy trình vào thủ tục hành chính.",
    ),
    explanation=Text(
        en="A procedure counts from the day of its publication until its abolition; one of which no publication is recorded counts as published. It is covered by a controlled document "
        "of the unit, a procedure, an instruction, regulations or the manual, of which a revision is in force on the day; "
        "one quality procedure may cover many. What was only proposed for abolition is still to be covered.",
        vi="Thủ tục được tính từ ngày công bố cho đến khi bãi bỏ; thủ tục chưa ghi nhận ngày công bố được coi là đang được công bố. Thủ tục được coi là đã có quy trình khi một tài liệu kiểm "
        "soát của đơn vị (quy trình, hướng dẫn, quy chế hoặc sổ tay) có lần ban hành còn hiệu lực trong ngày kiểm tra; một quy "
        "trình có thể áp dụng cho nhiều thủ tục. Thủ tục mới được đề nghị bãi bỏ vẫn phải có quy trình.",
    ),
    when=_has_procedures,
)
def procedure_not_covered(_key: str, record: AdministrativeProcedure, at: Life) -> Iterator[Facts]:
    """Every published procedure has a quality procedure in force."""
    if is_over(at) or not is_procedure_in_force(record, at.on):
        return
    why = _uncovered(record, at)
    if why is not None:
        yield Facts(procedure=record.title, why=why)


def _uncovered(record: AdministrativeProcedure, at: Life) -> Text | None:
    """Why a procedure has no quality procedure in force; None where it has one."""
    if is_handled(at.unit, record, at.on):
        return None
    if record.document is None:
        return _NONE_NAMED
    document = at.unit.documents.get(record.document)
    if document is None or document.kind in QUALITY_PROCEDURES:
        return fill(_NOT_IN_FORCE, {"document": record.document, "on": at.on})
    return fill(_NO_PROCEDURE, {"document": record.document, "kind": document.kind})


_NONE_NAMED = Text(en="none is recorded", vi="chưa ghi nhận quy trình nào")
_NOT_IN_FORCE = Text(
    en="no revision of {document} is in force on {on}",
    vi="tại ngày {on} tài liệu {document} không có lần ban hành nào còn hiệu lực",
)
_NO_PROCEDURE = Text(
    en="{document} is not a procedure (kind: {kind})",
    vi="{document} không phải là quy trình (loại tài liệu: {kind})",
)


@rule(
    "V309",
    "legal-basis-ended",
    about=About.PROCEDURE,
    severity=Severity.ERROR,
    basis=Clause("ISO 9001:2015", "8.2.2; ISO 9001:2008, 7.2.1"),
    title=Text(
        en="The legal documents on which a published procedure rests are in force",
        vi="Các văn bản làm căn cứ pháp lý của thủ tục đang được công bố đều còn hiệu lực",
    ),
    message=Text(
        en="the published procedure “{procedure}” rests on what is no longer in force: {bases}",
        vi="thủ tục đang được công bố “{procedure}” căn cứ vào văn bản đã hết hiệu lực: {bases}",
    ),
    remedy=Text(
        en="The division that handles the procedure looks up what replaced the legal document, has the procedure announced "
        "anew where its content changes, revises the quality procedure and corrects the legal bases in the register.",
        vi="Bộ phận giải quyết thủ tục rà soát văn bản thay thế, trình công bố lại thủ tục nếu nội dung thay đổi, sửa đổi quy "
        "trình chất lượng và cập nhật căn cứ pháp lý trong sổ đăng ký.",
    ),
    explanation=Text(
        en="A legal document is in force through its recorded last day; where only its repeal is recorded, through the day "
        "before; where only what replaced it is recorded, through the day before that takes effect. From the next day the rule speaks, and names what replaced it where that is recorded. A document of which none of these is recorded is taken as in force. Procedures that are "
        "not published, or were abolished, are not asked.",
        vi="Văn bản còn hiệu lực đến hết ngày cuối cùng đã ghi nhận; nếu chỉ ghi nhận việc bãi bỏ thì đến hết ngày liền trước; nếu chỉ ghi nhận văn bản thay thế thì đến hết ngày liền trước ngày văn bản thay thế có hiệu lực. "
        "Từ ngày hôm sau quy tắc áp dụng và nêu văn bản thay thế nếu đã ghi nhận. Văn bản chưa ghi nhận các nội dung trên được coi là còn hiệu lực. Không xét thủ tục chưa công bố hoặc đã "
        "bãi bỏ.",
    ),
    when=_has_procedures,
)
def legal_basis_ended(_key: str, record: AdministrativeProcedure, at: Life) -> Iterator[Facts]:
    """No published procedure rests on a legal document that has ended."""
    if is_over(at) or not is_procedure_in_force(record, at.on):
        return
    bases = no_longer_in_force(record.legal_bases, at)
    if bases is not None:
        yield Facts(procedure=record.title, bases=bases)


def no_longer_in_force(keys: Iterable[str], at: Life) -> Text | None:
    """Which of some legal documents are no longer in force on the day, and what replaced them.

    They are looked up among the legal documents of the unit and its external documents.

    Args:
        keys: The identifiers of the documents cited; those not known are passed over.
        at: The life of the unit; the last day in force still counts as in force.

    Returns:
        The documents in words, in the order in which they are cited; None where all hold.
    """
    known: dict[str, LegalDocument | Document] = {**at.unit.documents, **at.unit.legal_documents}
    said = []
    for key in keys:
        record = known.get(key)
        ended = None if record is None else last_day_in_force(record, at.unit, at.on)
        if record is not None and ended is not None and ended < at.on:
            by = _successors(record, at)
            facts = {"name": _called(key, record), "ended": ended, "by": by}
            said.append(fill(_ENDED if by is None else _REPLACED, facts))
    if not said:
        return None
    return Text(en="; ".join(one.en for one in said), vi="; ".join(one.vi for one in said))


def _successors(record: LegalDocument | Document, at: Life) -> Text | None:
    """What replaced a document and, where that has ended too, what replaced it in turn."""
    names: dict[str, str] = {}
    after: LegalDocument | Document | None = record
    while after is not None and after.replaced_by and after.replaced_by not in names:
        by = after.replaced_by
        after = successor_of(after, at.unit)
        names[by] = _called(by, after)
        ended = None if after is None else last_day_in_force(after, at.unit, at.on)
        if ended is None or ended >= at.on:
            break
    if not names:
        return None
    return Text(en=", then by ".join(names.values()), vi=", sau đó bằng ".join(names.values()))


def _called(key: str, record: LegalDocument | Document | None) -> str:
    """How people call a legal document: by its number, else as the register names it."""
    number: str | None = getattr(record, "number", None)
    return number or key


_ENDED = Text(en="{name} (until {ended})", vi="{name} (đến hết ngày {ended})")
_REPLACED = Text(
    en="{name} (until {ended}, replaced by {by})",
    vi="{name} (đến hết ngày {ended}, được thay thế bằng {by})",
)


@rule(
    "V310",
    "procedure-changes-out-of-order",
    about=About.PROCEDURE,
    severity=Severity.ERROR,
    basis=Clause("NĐ 63/2010/NĐ-CP"),
    title=Text(
        en="A procedure is published before it is changed, and not changed after its abolition",
        vi="Thủ tục hành chính được công bố rồi mới sửa đổi, bãi bỏ; không thay đổi sau khi đã bãi bỏ",
    ),
    message=Text(
        en="the procedure “{procedure}” is recorded as {act} on {on}, although {why}",
        vi="thủ tục “{procedure}” được ghi nhận “{act}” ngày {on}, trong khi {why}",
    ),
    remedy=Text(
        en="Whoever keeps the register holds the changes against the decisions that announced them, and adds what is "
        "missing or corrects the day.",
        vi="Cán bộ phụ trách sổ đăng ký đối chiếu với các quyết định công bố, bổ sung thay đổi còn thiếu hoặc sửa lại ngày.",
    ),
    explanation=Text(
        en="A procedure is newly published once; it is amended, simplified, supplemented, proposed for abolition or "
        "abolished only while it is published; after its abolition it can only be published anew. Changes of one day count "
        "in the order in which they are recorded. Only the first act out of order is named, for those after it may be right.",
        vi="Thủ tục được công bố mới một lần; chỉ được sửa đổi, đơn giản hóa, bổ sung, đề nghị bãi bỏ hoặc bãi bỏ khi đang "
        "được công bố; sau khi bãi bỏ chỉ có thể công bố mới lại. Các thay đổi trong cùng một ngày được tính theo thứ tự ghi "
        "nhận. Chỉ nêu thay đổi đầu tiên sai trình tự, vì các thay đổi sau đó có thể vẫn đúng.",
    ),
    when=_has_procedures,
)
def procedure_changes_out_of_order(
    _key: str, record: AdministrativeProcedure, at: Life
) -> Iterator[Facts]:
    """The changes of a procedure follow each other as they legally can."""
    if is_over(at):
        return
    before: ProcedureChange | None = None
    for change in sorted(record.changes, key=lambda one: one.on):
        why = _impossible(change, before)
        if why is not None:
            yield Facts(procedure=record.title, act=change.act, on=change.on, why=why)
            return
        if change.act in {ProcedureAct.PUBLISHED, ProcedureAct.ABOLISHED}:
            before = change


def _impossible(change: ProcedureChange, before: ProcedureChange | None) -> Text | None:
    """Why a change cannot follow the publication or abolition before it; None where it can."""
    published = before is not None and before.act is ProcedureAct.PUBLISHED
    if published is (change.act is not ProcedureAct.PUBLISHED):
        return None
    if before is None:
        return _NOT_PUBLISHED
    return fill(_PUBLISHED_ALREADY if published else _ABOLISHED, {"day": before.on})


_NOT_PUBLISHED = Text(
    en="no earlier publication is recorded", vi="chưa ghi nhận việc công bố mới trước đó"
)
_PUBLISHED_ALREADY = Text(
    en="it has been published since {day}", vi="thủ tục đã được công bố từ ngày {day}"
)
_ABOLISHED = Text(en="it was abolished on {day}", vi="thủ tục đã bị bãi bỏ ngày {day}")


@rule(
    "V311",
    "quality-procedure-behind-change",
    about=About.PROCEDURE,
    severity=Severity.WARNING,
    basis=Clause("ISO 9001:2015", "8.2.4; ISO 9001:2008, 7.2.2"),
    title=Text(
        en="After a change of an administrative procedure its quality procedure is looked at again",
        vi="Khi thủ tục hành chính thay đổi thì quy trình chất lượng tương ứng được xem xét lại",
    ),
    message=Text(
        en="the procedure “{procedure}” was changed on {on} ({act}); {document} has been neither revised nor reviewed since",
        vi="thủ tục “{procedure}” thay đổi ngày {on} ({act}) nhưng từ đó {document} chưa được sửa đổi hoặc xem xét",
    ),
    remedy=Text(
        en="The owner of {document} holds it against the published procedure, its time limit and its file; revises it, or "
        "records a review that found nothing to change.",
        vi="Người phụ trách {document} đối chiếu với thủ tục đã công bố về thời hạn, thành phần hồ sơ; sửa đổi quy trình hoặc "
        "ghi nhận lần xem xét với kết luận giữ nguyên.",
    ),
    explanation=Text(
        en="Asked is the latest amendment, simplification or supplement of a published procedure. Its quality procedure "
        "answers to it when the revision in force took effect on that day or later, or a review of it was held on that day or "
        "later. No day is laid down for it, so this warns from the day of the change on.",
        vi="Xét lần sửa đổi, đơn giản hóa hoặc bổ sung gần nhất của thủ tục đang được công bố. Quy trình chất lượng được coi là "
        "đã theo kịp khi lần ban hành đang áp dụng có hiệu lực từ ngày đó trở đi, hoặc có lần xem xét từ ngày đó trở đi. Không "
        "có quy định về thời hạn nên cảnh báo từ chính ngày thay đổi.",
    ),
    when=_has_procedures,
)
def quality_procedure_behind_change(
    _key: str, record: AdministrativeProcedure, at: Life
) -> Iterator[Facts]:
    """No quality procedure is older than the latest change of what it handles."""
    changes = [change for change in record.changes if change.act in _CHANGES_OF_SUBSTANCE]
    document = at.unit.documents.get(record.document or "")
    if not changes or document is None or is_over(at) or not is_procedure_in_force(record, at.on):
        return
    latest = max(changes, key=lambda change: change.on)
    revision = current(document, at.on)
    if revision is None or any(review.on >= latest.on for review in document.reviews):
        return
    if revision.effective is not None and revision.effective < latest.on:
        yield Facts(procedure=record.title, act=latest.act, on=latest.on, document=record.document)


@rule(
    "V312",
    "legal-document-out-of-order",
    about=About.LEGAL_DOCUMENT,
    severity=Severity.WARNING,
    basis=Clause("ISO 9001:2015", "7.5.3.2; ISO 9001:2008, 4.2.3"),
    title=Text(
        en="A legal document is issued before it is in force, and not kept or amended after its end",
        vi="Văn bản pháp luật được ban hành trước khi có hiệu lực; không giữ nguyên, sửa đổi sau khi hết hiệu lực",
    ),
    message=Text(
        en="the dates of {name} do not agree: {why}",
        vi="các ngày của {name} không khớp nhau: {why}",
    ),
    remedy=Text(
        en="Whoever keeps the list of legal documents looks up the text and corrects the day, or records what replaced it.",
        vi="Cán bộ theo dõi danh mục văn bản pháp luật tra cứu lại văn bản, sửa ngày hoặc ghi nhận văn bản thay thế.",
    ),
    explanation=Text(
        en="The first day in force is not before the day of issue; and after its last day in force a legal document can no "
        "longer be found fit to stay, amended or repealed. Where neither its last day nor its repeal is recorded, it ends on the "
        "day before what replaced it takes effect. The law allows some documents to take effect before they are issued; "
        "so this warns only.",
        vi="Ngày bắt đầu có hiệu lực không trước ngày ban hành; sau ngày cuối cùng còn hiệu lực thì văn bản không thể được rà "
        "soát giữ nguyên, sửa đổi hay bãi bỏ nữa. Nếu chưa ghi nhận ngày hết hiệu lực và việc bãi bỏ thì văn bản hết hiệu lực vào "
        "ngày liền trước ngày văn bản thay thế có hiệu lực. Pháp luật cho phép một số văn bản có hiệu lực trở về trước nên quy tắc này chỉ "
        "cảnh báo.",
    ),
    when=lambda at: bool(at.unit.legal_documents) and not is_over(at),
)
def legal_document_out_of_order(key: str, record: LegalDocument, at: Life) -> Iterator[Facts]:
    """A legal document is issued, in force, reviewed and ended in this order."""
    if is_over(at):
        return
    issued, begun, ended = record.issued, record.in_force, record.ended
    if not any(one.act is LegalAct.REPEALED for one in record.reviews):
        ended = last_day_in_force(record, at.unit, at.on)
    if issued is not None and begun is not None and begun < issued <= at.on:
        why = fill(_BEFORE_ISSUE, {"begun": begun, "issued": issued})
        yield Facts(name=_called(key, record), why=why)
    if ended is None:
        return
    for review in sorted(record.reviews, key=lambda one: (one.on, one.act)):
        if review.on > ended and review.act in _ACTS_ON_WHAT_HOLDS:
            facts = {"act": review.act, "on": review.on, "ended": ended}
            yield Facts(name=_called(key, record), why=fill(_AFTER_END, facts))
            return


_ACTS_ON_WHAT_HOLDS = frozenset({LegalAct.REVIEWED, LegalAct.AMENDED, LegalAct.REPEALED})
_BEFORE_ISSUE = Text(
    en="in force from {begun}, but issued on {issued}",
    vi="có hiệu lực từ {begun} nhưng ban hành ngày {issued}",
)
_AFTER_END = Text(
    en="{act} on {on}, although it was in force until {ended}",
    vi="ghi nhận “{act}” ngày {on} nhưng văn bản chỉ còn hiệu lực đến hết ngày {ended}",
)


@rule(
    "V313",
    "amended-since-announced",
    about=About.ANNOUNCEMENT,
    severity=Severity.INFO,
    basis=Clause(_DECISION_19, "4(3)"),
    title=Text(
        en="After procedures were amended it is decided whether conformity is announced anew",
        vi="Khi thủ tục được sửa đổi thì xem xét có phải công bố lại hay không",
    ),
    message=Text(
        en="since announcement {number} took effect, procedures that it covers have been changed: {changes}",
        vi="từ khi bản công bố số {number} có hiệu lực, các thủ tục thuộc phạm vi công bố đã thay đổi: {changes}",
    ),
    remedy=Text(
        en="The head of the unit decides whether the change touches what was announced; if so, signs a new announcement, and whoever keeps the "
        "register records it.",
        vi="Người đứng đầu đơn vị xem xét thay đổi có liên quan đến nội dung đã công bố hay không; nếu có thì ký công bố lại, cán bộ phụ trách "
        "sổ đăng ký ghi nhận bản công bố mới.",
    ),
    explanation=Text(
        en="An announcement names procedures and not what is in them, so that one that was amended, simplified or supplemented need not be "
        "announced anew; many units do all the same, some provinces ask for it. This is therefore a note, from the day after the start of "
        "the announcement that counts until a new one takes effect. Publication and abolition change the list (V302).",
        vi="Bản công bố nêu danh mục thủ tục, không nêu nội dung từng thủ tục, nên thủ tục được sửa đổi, đơn giản hóa hoặc bổ sung không bắt "
        "buộc phải công bố lại; tuy vậy nhiều đơn vị vẫn công bố lại, một số tỉnh có yêu cầu. Vì thế đây chỉ là lưu ý, xét các thay đổi sau "
        "ngày bản công bố đang áp dụng có hiệu lực, cho đến khi có bản công bố mới. Việc công bố mới, bãi bỏ thủ tục làm thay đổi danh mục "
        "(V302).",
    ),
    when=_has_procedures,
)
def amended_since_announced(key: str, record: Announcement, at: Life) -> Iterator[Facts]:
    """What was announced may have become something else."""
    place = f"announcements.{key}"
    start = at.tenure(place).start if at.standing.basis == place else None
    if is_over(at) or start is None:
        return
    changes = sorted(
        (change.on, name, change.act)
        for name, procedure in at.unit.procedures.items()
        if is_procedure_in_force(procedure, at.on)
        and (not record.procedures or name in record.procedures)
        for change in procedure.changes
        if change.act in _CHANGES_OF_SUBSTANCE and change.on > start
    )
    if changes:
        told = tuple(
            fill(_CHANGED, {"procedure": name, "act": act, "on": on}) for on, name, act in changes
        )
        yield Facts(number=record.number, since=changes[0][0], changes=told)


_CHANGED = Text(en="{procedure} ({act} on {on})", vi="{procedure} ({act} ngày {on})")


RULES: tuple[Rule, ...] = (
    procedure_not_covered,
    legal_basis_ended,
    procedure_changes_out_of_order,
    quality_procedure_behind_change,
    legal_document_out_of_order,
    amended_since_announced,
)
