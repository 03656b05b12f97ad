"""Rules about how documents come about: identified, approved, numbered, one at a time."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from qms.check import About, Facts, fill, rule
from qms.new_documents import code_as_read
from qms.revisions import revision_key, successors
from qms.rules.certification.cycles import is_over
from qms.rules.documents.looks import (
    clauses,
    has_remarkable_documents,
    living,
    own_revisions,
    same_revision,
)
from qms.terms import DocumentAct, DocumentKind, Severity
from qms.text import Text, same_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qms.check import Rule
    from qms.model import Document, DocumentEvent, Unit
    from qms.revisions import Revision
    from qms.standing import Life

__all__ = ["RULES", "may_share_a_code"]

_IN_REVISIONS_THAT_COUNT = Text(
    en="Revisions that are superseded, withdrawn or disposed of are no longer asked; neither are records and external "
    "documents, which the unit does not approve.",
    vi="Không xét lần ban hành đã được thay thế, hủy bỏ hoặc tiêu hủy; không xét hồ sơ và văn bản bên ngoài vì đơn vị không "
    "phê duyệt các loại này.",
)


def _with_scope(en: str, vi: str) -> Text:
    """An explanation, followed by which revisions count."""
    scope = _IN_REVISIONS_THAT_COUNT
    return Text(en=f"{en} {scope.en}", vi=f"{vi} {scope.vi}")


@rule(
    "D501",
    "document-not-identified",
    about=About.DOCUMENT,
    severity=Severity.WARNING,
    basis=clauses("7.5.2", "4.2.3"),
    title=Text(
        en="A document has an owner or issuer, and the acts with its revisions are recorded",
        vi="Tài liệu có người phụ trách hoặc nơi ban hành và có ghi nhận quá trình ban hành",
    ),
    message=Text(
        en="“{document}” is not fully identified; not recorded: {missing}",
        vi="“{document}” chưa được nhận biết đầy đủ; còn thiếu: {missing}",
    ),
    remedy=Text(
        en="Whoever keeps the master list adds what is missing from the cover page of the document.",
        vi="Cán bộ quản lý danh mục tài liệu bổ sung thông tin còn thiếu theo trang bìa của tài liệu.",
    ),
    explanation=Text(
        en="Code and title are always there, for the register takes no document without them. Besides, an internal document "
        "names its owner and at least one act with a revision (draft, approval or issue), and an external document names who "
        "issued it. A record needs an owner alone.",
        vi="Mã và tên luôn có vì sổ đăng ký không nhận tài liệu thiếu các thông tin này. Ngoài ra, tài liệu nội bộ phải ghi "
        "người phụ trách và ít nhất một lần soạn thảo, phê duyệt hoặc ban hành; văn bản bên ngoài phải ghi nơi ban hành. Hồ "
        "sơ chỉ cần ghi người phụ trách.",
    ),
    when=has_remarkable_documents,
)
def document_not_identified(_key: str, record: Document, at: Life) -> Iterator[Facts]:
    """A document can be told apart, and somebody answers for it."""
    missing = _missing(record)
    if missing and not is_over(at):
        yield Facts(document=record.title, missing=missing)


def _missing(record: Document) -> tuple[Text, ...]:
    if record.kind is DocumentKind.EXTERNAL:
        return () if record.issuer else (_ISSUER,)
    found = () if record.owner else (_OWNER,)
    if record.history or record.kind is DocumentKind.RECORD:
        return found
    return (*found, _ACTS)


_OWNER = Text(en="the owner", vi="người phụ trách")
_ISSUER = Text(en="who issued it", vi="nơi ban hành")
_ACTS = Text(en="any act with a revision", vi="quá trình soạn thảo, phê duyệt, ban hành")


@rule(
    "D502",
    "issued-without-approval",
    about=About.DOCUMENT,
    severity=Severity.ERROR,
    basis=clauses("7.5.2", "4.2.3"),
    title=Text(
        en="A revision is approved before it is issued",
        vi="Tài liệu được phê duyệt trước khi ban hành",
    ),
    message=Text(
        en="revision {number} was issued on {issued}; its approval is not recorded",
        vi="lần ban hành {number} được ban hành ngày {issued} nhưng chưa ghi nhận việc phê duyệt",
    ),
    remedy=Text(
        en="The owner records who approved revision {number} and when; if nobody did, has it approved and issued as a new "
        "revision.",
        vi="Người phụ trách ghi nhận người và ngày phê duyệt lần ban hành {number}; nếu chưa được phê duyệt thì trình phê duyệt "
        "và ban hành lại.",
    ),
    explanation=_with_scope(
        "Every revision has an approval of its own; that of the revision before does not carry over. From the day of issue on "
        "the rule speaks.",
        "Mỗi lần ban hành phải được phê duyệt riêng; việc phê duyệt lần trước không có giá trị cho lần sau. Quy tắc áp dụng từ "
        "ngày ban hành.",
    ),
    when=has_remarkable_documents,
)
def issued_without_approval(key: str, record: Document, at: Life) -> Iterator[Facts]:
    """Nothing is issued that nobody approved."""
    for one in living(key, record, at):
        if one.issued is not None and one.approved is None:
            yield Facts(number=one.number, issued=one.issued)


@rule(
    "D503",
    "document-dates-out-of-order",
    about=About.DOCUMENT,
    severity=Severity.ERROR,
    basis=clauses("7.5.2", "4.2.3"),
    title=Text(
        en="A revision is approved, then issued, then in force",
        vi="Tài liệu được phê duyệt, sau đó ban hành, sau đó có hiệu lực",
    ),
    message=Text(
        en="the days of revision {number} are out of order: {why}",
        vi="các ngày của lần ban hành {number} không đúng trình tự: {why}",
    ),
    remedy=Text(
        en="The owner holds the days against the cover page of the document and corrects the one that is wrong; what was used "
        "before its approval is reviewed for its effects.",
        vi="Người phụ trách đối chiếu với trang bìa tài liệu và sửa ngày sai; nếu tài liệu đã được dùng trước khi phê duyệt "
        "thì xem xét ảnh hưởng.",
    ),
    explanation=_with_scope(
        "Approval, issue and first day in force may fall on one day. An issue without a day of effect is in force from the "
        "day of issue. Where no approval is recorded at all, D502 speaks.",
        "Ngày phê duyệt, ngày ban hành và ngày có hiệu lực có thể trùng nhau. Nếu không ghi ngày hiệu lực thì tài liệu có hiệu "
        "lực từ ngày ban hành. Nếu chưa ghi nhận việc phê duyệt thì áp dụng D502.",
    ),
    when=has_remarkable_documents,
)
def document_dates_out_of_order(key: str, record: Document, at: Life) -> Iterator[Facts]:
    """Approval is not after issue, and issue not after the first day in force."""
    for one in living(key, record, at):
        if one.issued is None:
            continue
        facts = {"approved": one.approved, "issued": one.issued, "effective": one.effective}
        if one.approved is not None and one.issued < one.approved:
            yield Facts(number=one.number, why=fill(_APPROVED_LATE, facts))
        if one.effective is not None and one.effective < one.issued:
            yield Facts(number=one.number, why=fill(_IN_FORCE_EARLY, facts))


_APPROVED_LATE = Text(
    en="issued on {issued}, but approved only on {approved}",
    vi="ban hành ngày {issued} nhưng đến ngày {approved} mới được phê duyệt",
)
_IN_FORCE_EARLY = Text(
    en="in force from {effective}, but issued only on {issued}",
    vi="có hiệu lực từ ngày {effective} nhưng đến ngày {issued} mới ban hành",
)


@rule(
    "D504",
    "approved-by-author",
    about=About.DOCUMENT,
    severity=Severity.WARNING,
    basis=clauses("7.5.2", "4.2.3"),
    title=Text(
        en="A revision is approved by someone other than its author",
        vi="Người phê duyệt tài liệu không phải là người soạn thảo",
    ),
    message=Text(
        en="revision {number} was drafted and approved by {name}",
        vi="lần ban hành {number} do {name} vừa soạn thảo vừa phê duyệt",
    ),
    remedy=Text(
        en="Have another person approve the document; or set approver_differs_from_author = false in the policy, where the "
        "organisation is too small for that.",
        vi="Trình người khác phê duyệt; nếu tổ chức quá nhỏ thì đặt approver_differs_from_author = false trong chính sách của "
        "sổ đăng ký.",
    ),
    explanation=_with_scope(
        "The standard asks for approval, not for two persons: that is the organisation's own choice, which it makes unless it "
        "says otherwise. Names are compared without regard to capital letters and ways of typing accents; where the author or "
        "the approver is not recorded, nothing is said.",
        "Tiêu chuẩn yêu cầu phê duyệt chứ không yêu cầu hai người khác nhau; đây là lựa chọn của tổ chức, được áp dụng trừ khi "
        "tổ chức quy định khác. Khi so sánh họ tên không phân biệt chữ hoa, chữ thường và cách gõ dấu; không xét khi chưa ghi "
        "người soạn thảo hoặc người phê duyệt.",
    ),
    when=has_remarkable_documents,
)
def approved_by_author(key: str, record: Document, at: Life) -> Iterator[Facts]:
    """Nobody approves his own work, where the policy says so."""
    if not at.policy.approver_differs_from_author:
        return
    for one in living(key, record, at):
        if one.author and one.approver and same_words(one.author) == same_words(one.approver):
            yield Facts(number=one.number, name=one.approver)


@rule(
    "D505",
    "revisions-skip-or-repeat",
    about=About.DOCUMENT,
    severity=Severity.ERROR,
    basis=clauses("7.5.3.2", "4.2.3"),
    title=Text(
        en="The numbers of revisions follow each other without gap and without repetition",
        vi="Số lần ban hành, sửa đổi liên tục, không nhảy số, không trùng số",
    ),
    message=Text(
        en="the numbers of revisions do not follow each other: {why}",
        vi="số lần ban hành không liên tục: {why}",
    ),
    remedy=Text(
        en="Whoever keeps the register adds the revision that is missing, or corrects the number.",
        vi="Cán bộ quản lý tài liệu bổ sung lần ban hành còn thiếu hoặc sửa lại số.",
    ),
    explanation=Text(
        en="After 1 comes 2 or 1.1, after 1.3 comes 1.4 or 2.0; 02 is the same as 2. The first number recorded may be any, for "
        "a register may begin late. A revision is drafted once and issued once; a second draft or issue under the same number "
        "is a repetition. Withdrawn drafts keep their number.",
        vi="Sau 1 là 2 hoặc 1.1; sau 1.3 là 1.4 hoặc 2.0; 02 cũng là 2. Số đầu tiên ghi nhận có thể là số bất kỳ vì sổ đăng ký "
        "có thể được lập sau. Mỗi lần ban hành chỉ soạn thảo một lần và ban hành một lần; soạn thảo hoặc ban hành lần nữa dưới "
        "cùng một số là trùng số. Dự thảo bị hủy bỏ vẫn giữ số.",
    ),
    when=has_remarkable_documents,
)
def revisions_skip_or_repeat(key: str, record: Document, at: Life) -> Iterator[Facts]:
    """Each revision has the number that follows the one before, and its own."""
    known = own_revisions(key, record, at)
    for before, one in pairwise(known):
        follows = successors(before.number)
        if all(not same_revision(one.number, number) for number in follows):
            facts = {"number": one.number, "before": before.number, "next": follows[0]}
            yield Facts(why=fill(_SKIPPED, facts | {"part": follows[1]}))
    for one in known:
        act = _repeated(one.number, record.history)
        if act is not None:
            yield Facts(why=fill(_REPEATED, {"number": one.number, "act": act}))


def _repeated(number: str, history: Sequence[DocumentEvent]) -> DocumentAct | None:
    acts = [event.act for event in history if same_revision(event.revision, number)]
    return next((act for act in _ONCE if acts.count(act) > 1), None)


_ONCE = (DocumentAct.DRAFTED, DocumentAct.ISSUED)
_SKIPPED = Text(
    en="after {before} comes {next} or {part}, not {number}",
    vi="sau {before} phải là {next} hoặc {part}, không phải {number}",
)
_REPEATED = Text(
    en="revision {number} is recorded as {act} more than once",
    vi="lần ban hành {number} được ghi nhận “{act}” nhiều hơn một lần",
)


@rule(
    "D506",
    "several-revisions-in-force",
    about=About.DOCUMENT,
    severity=Severity.ERROR,
    basis=clauses("7.5.3.2", "4.2.3"),
    title=Text(
        en="One revision of a document is in force at a time",
        vi="Tại một thời điểm chỉ có một lần ban hành của tài liệu còn hiệu lực",
    ),
    message=Text(
        en="revision {number} takes effect on {effective}, not after revision {before}, which took effect on {begun}",
        vi="lần ban hành {number} có hiệu lực từ {effective}, không sau lần ban hành {before} (có hiệu lực từ {begun})",
    ),
    remedy=Text(
        en="The owner decides which revision holds, and has the other one withdrawn or its first day in force corrected.",
        vi="Người phụ trách xác định lần ban hành được áp dụng, hủy bỏ lần còn lại hoặc sửa ngày có hiệu lực.",
    ),
    explanation=Text(
        en="A revision takes effect after the one before it, so that on every day one of them is the current one. Where an "
        "older number takes effect on the same day or later, nobody can tell which holds. A revision that was withdrawn by "
        "that day does not count.",
        vi="Lần ban hành sau có hiệu lực sau lần ban hành trước để mỗi ngày chỉ có một lần ban hành hiện hành. Nếu số cũ hơn có "
        "hiệu lực cùng ngày hoặc muộn hơn thì không xác định được lần nào được áp dụng. Không tính lần ban hành đã hủy bỏ đến "
        "ngày đó.",
    ),
    when=has_remarkable_documents,
)
def several_revisions_in_force(key: str, record: Document, at: Life) -> Iterator[Facts]:
    """Each revision takes effect after the one before."""
    begun = [one for one in own_revisions(key, record, at) if one.effective is not None]
    for before, one in pairwise(begun):
        first, second = before.effective, one.effective
        gone = min((d for d in (before.withdrawn, one.withdrawn) if d), default=None)
        if first is None or second is None or second > first:
            continue
        if gone is None or gone > max(first, second):
            yield Facts(number=one.number, effective=second, before=before.number, begun=first)


@rule(
    "D507",
    "superseded-apart-from-successor",
    about=About.DOCUMENT,
    severity=Severity.ERROR,
    basis=clauses("7.5.3.2", "4.2.3"),
    title=Text(
        en="A superseded revision ends where its successor begins",
        vi="Lần ban hành được thay thế hết hiệu lực khi lần ban hành thay thế có hiệu lực",
    ),
    message=Text(
        en="revision {number} is recorded as superseded on {on}, but {why}",
        vi="lần ban hành {number} được ghi nhận thay thế ngày {on}, nhưng {why}",
    ),
    remedy=Text(
        en="Correct the day on which revision {number} is superseded to the first day of its successor; where nothing takes "
        "its place, record a withdrawal instead.",
        vi="Sửa ngày thay thế của lần ban hành {number} thành ngày lần ban hành sau có hiệu lực; nếu không có tài liệu thay thế "
        "thì ghi nhận việc hủy bỏ.",
    ),
    explanation=Text(
        en="A revision ends by itself when the next one takes effect; it need not be recorded. Where it is recorded, its day "
        "is the first day of the successor: a day earlier leaves days without any revision, a day later leaves two.",
        vi="Lần ban hành tự hết hiệu lực khi lần sau có hiệu lực, không bắt buộc ghi nhận. Nếu có ghi nhận thì ngày thay thế là "
        "ngày lần sau có hiệu lực: sớm hơn sẽ có khoảng trống, muộn hơn sẽ có hai lần ban hành cùng hiệu lực.",
    ),
    when=has_remarkable_documents,
)
def superseded_apart_from_successor(key: str, record: Document, at: Life) -> Iterator[Facts]:
    """What is recorded as superseded gives way on the day on which its successor begins."""
    known = own_revisions(key, record, at)
    for event in record.history if known else ():
        if event.act is not DocumentAct.SUPERSEDED:
            continue
        number = event.revision
        later = [one for one in known if _follows(one, number, known)]
        begun = min((one.effective for one in later if one.effective), default=None)
        if begun is None:
            yield Facts(number=number or "–", on=event.on, why=_NO_SUCCESSOR)
        elif begun != event.on:
            why = fill(_APART, {"begun": begun})
            yield Facts(number=number or "–", on=event.on, why=why)


def _follows(one: Revision, number: str | None, known: Sequence[Revision]) -> bool:
    """Whether a revision comes after another; where none is named, any but the first may."""
    if number is None:
        return one is not known[0]
    return revision_key(one.number) > revision_key(number)


_NO_SUCCESSOR = Text(
    en="no revision that takes its place is issued", vi="chưa có lần ban hành nào thay thế"
)
_APART = Text(
    en="its successor takes effect on {begun}", vi="lần ban hành sau có hiệu lực từ ngày {begun}"
)


@rule(
    "D520",
    "approval-without-hash",
    about=About.DOCUMENT,
    severity=Severity.WARNING,
    basis=clauses("7.5.3.1", "4.2.4"),
    title=Text(
        en="The approval of a file holds its SHA-256",
        vi="Việc phê duyệt tệp tài liệu có kèm mã băm SHA-256",
    ),
    message=Text(
        en="the approval of revision {number} names the file {file} without its SHA-256",
        vi="việc phê duyệt lần ban hành {number} nêu tệp {file} nhưng không có mã băm SHA-256",
    ),
    remedy=Text(
        en="Record the approval with the file itself at hand, so that its SHA-256 and size are taken from it.",
        vi="Ghi nhận việc phê duyệt cùng với tệp để lấy mã băm SHA-256 và dung lượng của tệp.",
    ),
    explanation=_with_scope(
        "Without the hash nobody can tell afterwards whether the file is still the one that was approved. Where no file is "
        "named at all, as with paper, nothing is said.",
        "Không có mã băm thì về sau không thể biết tệp có đúng là tệp đã được phê duyệt hay không. Không xét khi không nêu tệp, "
        "chẳng hạn tài liệu giấy.",
    ),
    when=has_remarkable_documents,
)
def approval_without_hash(key: str, record: Document, at: Life) -> Iterator[Facts]:
    """An approved file can be told from a changed one."""
    for one in living(key, record, at):
        if one.file is not None and one.file.sha256 is None:
            yield Facts(number=one.number, file=one.file.name)


def may_share_a_code(at: Life) -> bool:
    """Whether people would read the codes of two documents as one."""
    codes = tuple(at.unit.documents)
    return len(codes) > 1 and _are_alike(codes) and not is_over(at)


@lru_cache(maxsize=4096)
def _are_alike(codes: tuple[str, ...]) -> bool:
    """Whether any two codes are read as one; many units keep documents of the same codes."""
    return len(set(map(code_as_read, codes))) < len(codes)


@rule(
    "D522",
    "code-twice",
    about=About.UNIT,
    severity=Severity.ERROR,
    basis=clauses("7.5.2", "4.2.3"),
    title=Text(
        en="A code belongs to one document of a unit",
        vi="Mỗi mã chỉ dùng cho một tài liệu của đơn vị",
    ),
    message=Text(
        en="these codes are the same but for capital letters, what stands between their parts, or zeros before a figure: {codes}",
        vi="các mã sau chỉ khác nhau về chữ hoa, chữ thường, dấu ngăn cách hoặc số 0 đứng đầu: {codes}",
    ),
    remedy=Text(
        en="Whoever keeps the master list joins the records of one document, or gives each document a code of its own.",
        vi="Cán bộ quản lý danh mục gộp các bản ghi của cùng một tài liệu hoặc đặt mã riêng cho từng tài liệu.",
    ),
    explanation=Text(
        en="The register itself does not take the same code twice; but QT-05, qt 05 and QT05 look like three codes to a "
        "machine and like one to people. Codes are compared without regard to capital letters, ways of typing accents, and "
        "blanks, dashes and other signs, and without zeros before a figure (QT-5 is QT-05); QT-051 and QT-05.1 stay two codes.",
        vi="Sổ đăng ký không nhận hai mã giống hệt nhau; nhưng QT-05, qt 05 và QT05 với máy là ba mã, với người đọc chỉ là "
        "một. Khi so sánh mã không phân biệt chữ hoa, chữ thường, cách gõ dấu, khoảng trắng, gạch nối, các dấu ngăn cách "
        "khác và số 0 đứng trước (QT-5 là QT-05); QT-051 và QT-05.1 vẫn là hai mã.",
    ),
    when=may_share_a_code,
)
def code_twice(_key: str, record: Unit, at: Life) -> Iterator[Facts]:
    """No two documents of a unit have codes that people read as one."""
    if is_over(at):
        return
    alike: dict[str, list[str]] = {}
    for code in record.documents:
        alike.setdefault(code_as_read(code), []).append(code)
    for _, codes in sorted(alike.items()):
        if len(codes) > 1:
            yield Facts(codes=tuple(sorted(codes)))


@rule(
    "D523",
    "act-after-end",
    about=About.DOCUMENT,
    severity=Severity.ERROR,
    basis=clauses("7.5.3.2", "4.2.3"),
    title=Text(
        en="Nothing is done with a revision after it was withdrawn or disposed of",
        vi="Không có việc gì được thực hiện với lần ban hành đã hủy bỏ hoặc tiêu hủy",
    ),
    message=Text(
        en="revision {number} is recorded as {act} on {on}, although it was {ended} on {day}",
        vi="lần ban hành {number} được ghi nhận “{act}” ngày {on}, trong khi đã “{ended}” từ ngày {day}",
    ),
    remedy=Text(
        en="Correct the day or the number of the revision; what is to be used again is issued as a new revision.",
        vi="Sửa lại ngày hoặc số lần ban hành; nếu cần dùng lại thì ban hành lần mới.",
    ),
    explanation=Text(
        en="A withdrawn revision can only be disposed of; with one that was disposed of nothing can be done. Acts of the same "
        "day are not complained about, for their order is not known.",
        vi="Lần ban hành đã hủy bỏ chỉ có thể tiêu hủy; lần ban hành đã tiêu hủy thì không thể thực hiện việc gì nữa. Không xét "
        "các việc trong cùng một ngày vì không rõ thứ tự.",
    ),
    when=has_remarkable_documents,
)
def act_after_end(key: str, record: Document, at: Life) -> Iterator[Facts]:
    """A revision that is gone stays gone."""
    for one in own_revisions(key, record, at):
        for event in sorted(record.history, key=lambda event: (event.on, event.act)):
            ended = _ended_before(event, one.withdrawn, one.disposed)
            if ended is not None and same_revision(event.revision, one.number):
                act, day = ended
                yield Facts(number=one.number, act=event.act, on=event.on, ended=act, day=day)
                break


def _ended_before(
    event: DocumentEvent, withdrawn: date | None, disposed: date | None
) -> tuple[DocumentAct, date] | None:
    """By what and when a revision had ended before an act; None where it had not."""
    if disposed is not None and event.on > disposed:
        return DocumentAct.DISPOSED, disposed
    if withdrawn is not None and event.on > withdrawn and event.act is not DocumentAct.DISPOSED:
        return DocumentAct.WITHDRAWN, withdrawn
    return None


RULES: tuple[Rule, ...] = (
    document_not_identified,
    issued_without_approval,
    document_dates_out_of_order,
    approved_by_author,
    revisions_skip_or_repeat,
    several_revisions_in_force,
    superseded_apart_from_successor,
    approval_without_hash,
    code_twice,
    act_after_end,
)
