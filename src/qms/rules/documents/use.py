"""Rules about documents in use: copies, acknowledgements, reviews, validity, retention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.check import About, Facts, fill, rule
from qms.dates import LAST_DAY, day_before
from qms.external_documents import document_in_force
from qms.holders import holdings
from qms.rules.certification.cycles import is_over
from qms.rules.documents.looks import (
    clauses,
    has_document_obligations,
    has_documents,
    has_remarkable_documents,
    own_revisions,
    same_revision,
)
from qms.terms import (
    DocumentAct,
    DocumentKind,
    ObligationKind,
    ObligationState,
    ReviewOutcome,
    RevisionState,
    Severity,
)
from qms.text import Text, same_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms.check import Rule
    from qms.holders import Holding
    from qms.model import Document
    from qms.revisions import Revision
    from qms.standing import Life

__all__ = ["RULES"]

_OBSOLETE = frozenset({RevisionState.SUPERSEDED, RevisionState.WITHDRAWN, RevisionState.DISPOSED})


@rule(
    "D508",
    "obsolete-copy-not-recalled",
    about=About.DOCUMENT,
    severity=Severity.ERROR,
    basis=clauses("7.5.3.2", "4.2.3"),
    title=Text(
        en="Copies of a revision that no longer holds are taken back",
        vi="Bản phân phối của lần ban hành hết hiệu lực được thu hồi",
    ),
    message=Text(
        en="revision {number} no longer holds ({state}), and copies of it are still with: {holders}",
        vi="lần ban hành {number} {state} nhưng chưa thu hồi bản phân phối tại: {holders}",
    ),
    remedy=Text(
        en="Whoever distributes the documents takes these copies back, or marks them as obsolete, and records the recall; and "
        "gives out the revision in force.",
        vi="Cán bộ phân phối tài liệu thu hồi hoặc đóng dấu hết hiệu lực các bản này, ghi nhận việc thu hồi và phân phối lần "
        "ban hành hiện hành.",
    ),
    explanation=Text(
        en="From the first day on which a revision no longer holds, none of its copies is with a holder any more; a copy taken "
        "back on that day is in time. A copy given out without a number counts as one of the revision that was in force when "
        "it was given. As long as nothing takes the place of a revision whose validity ran out, D513 speaks instead.",
        vi="Từ ngày đầu tiên lần ban hành hết hiệu lực không được còn bản phân phối nào tại nơi nhận; thu hồi trong chính ngày đó "
        "vẫn là kịp thời. Bản phân phối không ghi lần ban hành được tính theo lần ban hành có hiệu lực khi phân phối. Khi "
        "lần ban hành hết thời hạn áp dụng mà chưa có lần thay thế thì theo D513.",
    ),
    when=has_remarkable_documents,
)
def obsolete_copy_not_recalled(key: str, record: Document, at: Life) -> Iterator[Facts]:
    """Nobody holds a copy of what no longer holds."""
    if is_over(at) or not record.distribution:
        return
    held = holdings(record, at.on)
    newest = at.revision_in_force(key)
    for one in at.revisions(key):
        ran_out = one.state is RevisionState.EXPIRED and newest is not None
        if one.state in _OBSOLETE or ran_out:
            holders = tuple(copy.holder for copy in held if _is_copy(copy, one))
            if holders:
                yield Facts(number=one.number, state=one.state, holders=holders)


def _is_copy(copy: Holding, one: Revision) -> bool:
    """Whether copies are of a revision; without a number, of the one in force when given."""
    if copy.revision is not None:
        return same_revision(copy.revision, one.number)
    start, end = one.effective, one.ends
    return start is not None and start <= copy.since and (end is None or copy.since <= end)


@rule(
    "D509",
    "not-at-hand",
    about=About.DOCUMENT,
    severity=Severity.ERROR,
    basis=clauses("7.5.3.1", "4.2.3"),
    title=Text(
        en="The revision in force is at hand wherever it must be",
        vi="Lần ban hành hiện hành có sẵn tại nơi cần sử dụng",
    ),
    message=Text(
        en="{what} is not recorded as given to: {places}",
        vi="chưa ghi nhận việc phân phối {what} tới: {places}",
    ),
    remedy=Text(
        en="Whoever distributes the documents gives the current document to these places and records it; or corrects the list "
        "of places where it must be at hand.",
        vi="Cán bộ phân phối tài liệu phân phối bản hiện hành tới các nơi này và ghi nhận; hoặc sửa lại danh sách nơi cần có tài "
        "liệu.",
    ),
    explanation=Text(
        en="Only the places that the document itself names are asked, from the first day in force on. A place is served by a "
        "copy of the revision in force that its holder, of the same name, has not given back; a copy given out without a number "
        "serves if it was given after this revision was issued.",
        vi="Chỉ xét những nơi được nêu trong hồ sơ tài liệu, từ ngày đầu tiên có hiệu lực. Một nơi được coi là có tài liệu khi nơi "
        "nhận cùng tên đang giữ bản của lần ban hành hiện hành; bản không ghi lần ban hành được tính nếu phân phối từ ngày ban "
        "hành trở đi.",
    ),
    when=has_remarkable_documents,
)
def not_at_hand(key: str, record: Document, at: Life) -> Iterator[Facts]:
    """The document in force is where its record says it must be."""
    if not record.places or is_over(at) or not document_in_force(record, at.unit, at.on):
        return
    one = at.revision_in_force(key)
    served = {same_words(copy.holder) for copy in holdings(record, at.on) if _serves(copy, one)}
    places = tuple(place for place in record.places if same_words(place) not in served)
    if places:
        what = _DOCUMENT if one is None else fill(_REVISION, {"number": one.number})
        yield Facts(what=what, places=places)


def _serves(copy: Holding, one: Revision | None) -> bool:
    if one is None:
        return True
    if copy.revision is not None:
        return same_revision(copy.revision, one.number)
    return one.issued is None or copy.since >= one.issued


_DOCUMENT = Text(en="the document", vi="tài liệu")
_REVISION = Text(en="revision {number}", vi="lần ban hành {number}")


@rule(
    "D510",
    "acknowledgement-overdue",
    about=About.DOCUMENT,
    severity=Severity.WARNING,
    basis=clauses("7.5.3.2", "4.2.3"),
    title=Text(
        en="Holders acknowledge in time that they have read and understood a revision",
        vi="Nơi nhận xác nhận đã đọc và hiểu lần ban hành mới đúng hạn",
    ),
    message=Text(
        en="not acknowledged by {holders}; the last day was {by}",
        vi="chưa xác nhận đã đọc và hiểu: {holders}; hạn cuối là ngày {by}",
    ),
    remedy=Text(
        en="The holders read the revision in force and acknowledge it; whoever distributes the documents records that.",
        vi="Nơi nhận đọc lần ban hành hiện hành và xác nhận; cán bộ phân phối tài liệu ghi nhận việc xác nhận.",
    ),
    explanation=Text(
        en="Every holder of copies is asked about each new revision: within the days that the document names, else those of the "
        "policy (30), from the day on which the copy was given or, before that, from the first day in force. The last day is "
        "still in time. The standard does not ask for it; it is the organisation's own way to know that documents are known.",
        vi="Mỗi nơi nhận phải xác nhận từng lần ban hành mới trong số ngày ghi tại tài liệu, nếu không thì theo chính sách (30 "
        "ngày), tính từ ngày nhận bản hoặc từ ngày có hiệu lực nếu chưa nhận. Ngày cuối cùng vẫn là đúng hạn. Tiêu chuẩn không "
        "yêu cầu việc này; đây là cách của tổ chức để biết tài liệu đã được phổ biến.",
    ),
    when=has_document_obligations,
)
def acknowledgement_overdue(key: str, _record: Document, at: Life) -> Iterator[Facts]:
    """Whoever holds a copy has said in time that it was read and understood."""
    late = sorted(
        (o.due, o.owner)
        for o, where in at.pending_at(f"documents.{key}", ObligationKind.ACKNOWLEDGEMENT)
        if where is ObligationState.OVERDUE and o.due is not None and o.owner is not None
    )
    if late:
        holders = tuple(sorted({holder for _, holder in late}))
        yield Facts(due=late[0][0], by=late[0][0], holders=holders)


_REVIEWS = Text(
    en="The interval is that of the document, else that of the policy; where neither is set, no review is asked for. It runs "
    "from the first day of the revision in force or from the last review, whatever it ended in. That reviews are periodic is "
    "practice; the standard asks for review as necessary.",
    vi="Chu kỳ lấy theo tài liệu, nếu không thì theo chính sách; nếu cả hai không quy định thì không đòi hỏi xem xét. Chu kỳ "
    "tính từ ngày lần ban hành hiện hành có hiệu lực hoặc từ lần xem xét gần nhất, dù kết luận thế nào. Xem xét định kỳ là "
    "thông lệ; tiêu chuẩn chỉ yêu cầu xem xét khi cần thiết.",
)


@rule(
    "D511",
    "document-review-overdue",
    about=About.DOCUMENT,
    severity=Severity.WARNING,
    basis=clauses("7.5.3.2", "4.2.3"),
    title=Text(
        en="Documents in force are reviewed at the intervals set for them",
        vi="Tài liệu còn hiệu lực được xem xét theo chu kỳ đã định",
    ),
    message=Text(
        en="the review was due by {by} and is not recorded",
        vi="đã quá hạn xem xét: hạn cuối là ngày {by}, chưa ghi nhận việc xem xét",
    ),
    remedy=Text(
        en="The owner reviews the document and records the outcome, which may be that nothing changes.",
        vi="Người phụ trách xem xét tài liệu và ghi nhận kết luận, có thể là giữ nguyên.",
    ),
    explanation=Text(
        en=f"The last day of the interval is still in time. {_REVIEWS.en}",
        vi=f"Ngày cuối của chu kỳ vẫn là đúng hạn. {_REVIEWS.vi}",
    ),
    when=has_document_obligations,
)
def document_review_overdue(key: str, _record: Document, at: Life) -> Iterator[Facts]:
    """No document in force is past the day of its review."""
    yield from _reviews_in(ObligationState.OVERDUE, key, at)


def _reviews_in(state: ObligationState, key: str, at: Life) -> Iterator[Facts]:
    for o, where in at.pending_at(f"documents.{key}", ObligationKind.DOCUMENT_REVIEW):
        if where is state:
            yield Facts(due=o.due, by=o.due)


@rule(
    "D512",
    "document-review-due",
    about=About.DOCUMENT,
    severity=Severity.WARNING,
    basis=clauses("7.5.3.2", "4.2.3"),
    title=Text(
        en="The review of a document is prepared before it falls due",
        vi="Việc xem xét tài liệu được chuẩn bị trước khi đến hạn",
    ),
    message=Text(
        en="the review is due by {by}",
        vi="sắp đến hạn xem xét: ngày {by}",
    ),
    remedy=Text(
        en="The owner reviews the document by {by} and records the outcome.",
        vi="Người phụ trách xem xét tài liệu chậm nhất ngày {by} và ghi nhận kết luận.",
    ),
    explanation=Text(
        en=f"The warning comes as many days ahead as the policy says (due_soon_days, 90). {_REVIEWS.en}",
        vi=f"Cảnh báo trước số ngày ghi trong chính sách (due_soon_days, 90 ngày). {_REVIEWS.vi}",
    ),
    when=has_document_obligations,
)
def document_review_due(key: str, _record: Document, at: Life) -> Iterator[Facts]:
    """A review that falls due soon is in sight."""
    yield from _reviews_in(ObligationState.DUE_SOON, key, at)


@rule(
    "D513",
    "document-validity-ended",
    about=About.DOCUMENT,
    severity=Severity.ERROR,
    basis=clauses("7.5.3.1", "4.2.3"),
    title=Text(
        en="A document of limited validity is renewed or withdrawn before it ends",
        vi="Tài liệu có thời hạn được thay thế hoặc hủy bỏ trước khi hết thời hạn",
    ),
    message=Text(
        en="the document was valid until {by}, and nothing has taken its place",
        vi="tài liệu có thời hạn áp dụng đến hết ngày {by} và chưa có tài liệu thay thế",
    ),
    remedy=Text(
        en="The owner has a new revision approved and issued, or the document withdrawn and its copies taken back.",
        vi="Người phụ trách trình phê duyệt, ban hành lần mới hoặc hủy bỏ tài liệu và thu hồi các bản phân phối.",
    ),
    explanation=Text(
        en="The last day of validity is still in time. The rule speaks until a newer revision takes effect or the document is "
        "withdrawn. The end of validity is neither the day of the review nor the end of retention.",
        vi="Ngày cuối của thời hạn vẫn là còn hiệu lực. Quy tắc áp dụng cho đến khi lần ban hành mới có hiệu lực hoặc tài liệu "
        "được hủy bỏ. Hết thời hạn áp dụng khác với đến hạn xem xét và hết thời hạn lưu giữ.",
    ),
    when=has_document_obligations,
)
def document_validity_ended(key: str, _record: Document, at: Life) -> Iterator[Facts]:
    """No document is left standing after its last day of validity."""
    for o, where in at.pending_at(f"documents.{key}", ObligationKind.DOCUMENT_EXPIRY):
        if where is ObligationState.OVERDUE:
            yield Facts(due=o.due, by=o.due)


@rule(
    "D514",
    "document-validity-ending",
    about=About.DOCUMENT,
    severity=Severity.WARNING,
    basis=clauses("7.5.3.1", "4.2.3"),
    title=Text(
        en="The renewal of a document of limited validity is prepared in time",
        vi="Việc thay thế tài liệu có thời hạn được chuẩn bị kịp thời",
    ),
    message=Text(
        en="the document is valid only until {by}, and no successor is issued",
        vi="tài liệu chỉ có thời hạn áp dụng đến hết ngày {by} và chưa ban hành tài liệu thay thế",
    ),
    remedy=Text(
        en="The owner decides by {by} whether the document is renewed or withdrawn.",
        vi="Người phụ trách quyết định thay thế hoặc hủy bỏ tài liệu chậm nhất ngày {by}.",
    ),
    explanation=Text(
        en="The warning comes as many days ahead as the policy says (due_soon_days, 90). It ends as soon as a revision is "
        "issued that takes effect by the day after the last day of validity.",
        vi="Cảnh báo trước số ngày ghi trong chính sách (due_soon_days, 90 ngày) và chấm dứt khi đã ban hành lần mới có hiệu "
        "lực chậm nhất vào ngày liền sau ngày hết thời hạn.",
    ),
    when=has_document_obligations,
)
def document_validity_ending(key: str, _record: Document, at: Life) -> Iterator[Facts]:
    """A validity that ends soon is in sight."""
    for o, where in at.pending_at(f"documents.{key}", ObligationKind.DOCUMENT_EXPIRY):
        if where is ObligationState.DUE_SOON and o.opens <= at.on:
            yield Facts(due=o.due, by=o.due)


@rule(
    "D518",
    "retention-ended",
    about=About.DOCUMENT,
    severity=Severity.WARNING,
    basis=clauses("7.5.3.2", "4.2.4"),
    title=Text(
        en="What was kept long enough is disposed of",
        vi="Tài liệu, hồ sơ hết thời hạn lưu giữ được xử lý",
    ),
    message=Text(
        en="had to be kept until {kept}; its disposal is not recorded",
        vi="thời hạn lưu giữ đến hết ngày {kept}; chưa ghi nhận việc xử lý",
    ),
    remedy=Text(
        en="The keeper has the disposal approved as the retention schedule says and records it; or lengthens the retention, "
        "where it is still needed.",
        vi="Người lưu giữ trình duyệt xử lý theo quy định lưu trữ và ghi nhận; hoặc kéo dài thời hạn lưu giữ nếu còn cần.",
    ),
    explanation=Text(
        en="Retention runs in calendar months from the last day in force of a revision. On its last day nothing is said; from "
        "the next day the rule speaks until the disposal is recorded. Keeping longer breaks no rule of the standard, which asks "
        "that disposition is laid down; so this warns only.",
        vi="Thời hạn lưu giữ tính theo tháng dương lịch kể từ ngày cuối cùng còn hiệu lực của lần ban hành. Ngày cuối của thời "
        "hạn chưa nhắc; từ ngày hôm sau quy tắc áp dụng cho đến khi ghi nhận việc xử lý. Tiêu chuẩn chỉ yêu cầu quy định việc xử "
        "lý, lưu giữ lâu hơn không trái tiêu chuẩn, nên chỉ cảnh báo.",
    ),
    when=has_document_obligations,
)
def retention_ended(key: str, _record: Document, at: Life) -> Iterator[Facts]:
    """Nothing is kept past its time without anybody having decided so."""
    for o, _ in at.pending_at(f"documents.{key}", ObligationKind.RETENTION_END):
        if o.opens <= at.on:
            yield Facts(kept=day_before(o.opens))


@rule(
    "D524",
    "distributed-before-issue",
    about=About.DOCUMENT,
    severity=Severity.ERROR,
    basis=clauses("7.5.2", "4.2.3"),
    title=Text(
        en="Only what is issued is given out",
        vi="Chỉ phân phối tài liệu đã ban hành",
    ),
    message=Text(
        en="revision {number} was given to {holder} on {given}, {why}",
        vi="lần ban hành {number} được phân phối cho {holder} ngày {given}, {why}",
    ),
    remedy=Text(
        en="Correct the day or the revision given; a draft that was given out is taken back, and the recall recorded.",
        vi="Sửa lại ngày hoặc số lần ban hành đã phân phối; nếu đã phân phối bản dự thảo thì thu hồi và ghi nhận việc thu hồi.",
    ),
    explanation=Text(
        en="Copies may be given out from the day of issue on, before the first day in force. A copy that was taken back again "
        "is not asked, nor one given out without a number.",
        vi="Có thể phân phối từ ngày ban hành, trước ngày có hiệu lực. Không xét bản đã thu hồi và bản phân phối không ghi lần ban "
        "hành.",
    ),
    when=has_remarkable_documents,
)
def distributed_before_issue(key: str, record: Document, at: Life) -> Iterator[Facts]:
    """No holder has a draft in hand as if it held."""
    if not record.distribution:
        return
    known = own_revisions(key, record, at)
    for copy in holdings(record, at.on) if known else ():
        if copy.revision is None:
            continue
        one = next((r for r in known if same_revision(copy.revision, r.number)), None)
        issued = None if one is None else one.issued
        if issued is None or copy.since < issued:
            why = _NEVER if issued is None else fill(_LATER, {"issued": issued})
            yield Facts(number=copy.revision, holder=copy.holder, given=copy.since, why=why)


_NEVER = Text(en="although it is not issued", vi="trong khi chưa ban hành")
_LATER = Text(
    en="although it was issued only on {issued}", vi="trong khi đến {issued} mới ban hành"
)


@rule(
    "D525",
    "disposed-too-early",
    about=About.DOCUMENT,
    severity=Severity.ERROR,
    basis=clauses("7.5.3.2", "4.2.4"),
    title=Text(
        en="Nothing is disposed of before its retention has ended",
        vi="Không tiêu hủy tài liệu, hồ sơ khi chưa hết thời hạn lưu giữ",
    ),
    message=Text(
        en="revision {number} was disposed of on {disposed}, {why}",
        vi="lần ban hành {number} bị tiêu hủy ngày {disposed} trong khi {why}",
    ),
    remedy=Text(
        en="Whoever keeps the register corrects the day or the retention; if it was really destroyed too early, the unit records "
        "a nonconformity and looks for other copies.",
        vi="Cán bộ quản lý sửa lại ngày hoặc thời hạn lưu giữ; nếu đã tiêu hủy quá sớm thì ghi nhận điểm không phù hợp và tìm "
        "các bản khác.",
    ),
    explanation=Text(
        en="Retention runs from the last day in force. A disposal on the last day of retention is a day too early; on the next "
        "day it is in order. What is disposed of while it is in force is told whether a term is laid down or not.",
        vi="Thời hạn lưu giữ tính từ ngày cuối cùng còn hiệu lực. Tiêu hủy vào ngày cuối của thời hạn vẫn là sớm một ngày; từ "
        "ngày hôm sau là đúng. Tiêu hủy khi còn hiệu lực thì luôn được nêu, kể cả khi chưa quy định thời hạn lưu giữ.",
    ),
    when=has_remarkable_documents,
)
def disposed_too_early(key: str, record: Document, at: Life) -> Iterator[Facts]:
    """What must be kept is kept."""
    if is_over(at) or all(event.act is not DocumentAct.DISPOSED for event in record.history):
        return
    for one in at.revisions(key):
        disposed, kept = one.disposed, one.kept_until
        if disposed is None:
            continue
        if one.effective is not None and one.effective <= disposed <= (one.ends or LAST_DAY):
            yield Facts(number=one.number, disposed=disposed, why=_STILL_IN_FORCE)
        elif kept is not None and disposed <= kept:
            why = fill(_STILL_KEPT, {"kept": kept})
            yield Facts(number=one.number, disposed=disposed, why=why)


_STILL_IN_FORCE = Text(en="although it was in force", vi="vẫn đang có hiệu lực")
_STILL_KEPT = Text(en="but had to be kept until {kept}", vi="phải lưu giữ đến hết ngày {kept}")


@rule(
    "D526",
    "review-not-followed",
    about=About.DOCUMENT,
    severity=Severity.WARNING,
    basis=clauses("7.5.3.2", "4.2.3"),
    title=Text(
        en="What a review found necessary is done",
        vi="Kết luận xem xét tài liệu được thực hiện",
    ),
    message=Text(
        en="the review of {reviewed} found: {outcome}; nothing is recorded since",
        vi="lần xem xét ngày {reviewed} kết luận: {outcome}; từ đó chưa ghi nhận việc thực hiện",
    ),
    remedy=Text(
        en="The owner drafts the new revision or has the document withdrawn, and records it.",
        vi="Người phụ trách soạn thảo lần ban hành mới hoặc trình hủy bỏ tài liệu và ghi nhận.",
    ),
    explanation=Text(
        en="Asked is the latest review of a document in force. Any act with one of its revisions on the day of the review or "
        "later answers it. No day is laid down for it, so this warns from the day of the review on.",
        vi="Xét lần xem xét gần nhất của tài liệu còn hiệu lực. Bất kỳ việc gì được thực hiện với tài liệu từ ngày xem xét trở đi "
        "được coi là thực hiện kết luận. Không có quy định thời hạn nên cảnh báo từ chính ngày xem xét.",
    ),
    when=has_remarkable_documents,
)
def review_not_followed(_key: str, record: Document, at: Life) -> Iterator[Facts]:
    """A review that found something necessary led to it."""
    if not record.reviews or not has_documents(at) or not document_in_force(record, at.unit, at.on):
        return
    latest = max(record.reviews, key=lambda review: (review.on, review.outcome))
    if latest.outcome is ReviewOutcome.NO_CHANGE or record.kind is DocumentKind.EXTERNAL:
        return
    if not any(event.on >= latest.on for event in record.history):
        yield Facts(reviewed=latest.on, outcome=latest.outcome)


def _keeps_records(at: Life) -> bool:
    return any(one.kind is DocumentKind.RECORD for one in at.unit.documents.values())


_PLACE = Text(en="where it is kept", vi="nơi lưu")
_RETENTION = Text(en="how long it is kept", vi="thời hạn lưu")
_DISPOSAL = Text(en="what becomes of it then", vi="cách xử lý khi hết hạn")


@rule(
    "D527",
    "record-keeping-not-laid-down",
    about=About.DOCUMENT,
    severity=Severity.WARNING,
    basis=clauses("7.5.3.2", "4.2.4"),
    title=Text(
        en="It is laid down where and how long records are kept, and what becomes of them",
        vi="Nơi lưu, thời hạn lưu và cách xử lý hồ sơ được quy định",
    ),
    message=Text(
        en="for this record it is not laid down {missing}", vi="hồ sơ này chưa quy định {missing}"
    ),
    remedy=Text(
        en="The owner records it as the retention schedule of the unit says.",
        vi="Người phụ trách ghi bổ sung theo quy định lưu trữ của đơn vị.",
    ),
    explanation=Text(
        en="Asked of documents of the kind record, of units that still exist and of records that did not end before the day.",
        vi="Áp dụng cho tài liệu loại hồ sơ của đơn vị còn tồn tại, khi hồ sơ chưa kết thúc trước ngày kiểm tra.",
    ),
    when=_keeps_records,
)
def record_keeping_not_laid_down(_key: str, record: Document, at: Life) -> Iterator[Facts]:
    """What nobody laid down is lost, or kept for ever."""
    ended = record.ended is not None and record.ended < at.on
    if record.kind is not DocumentKind.RECORD or is_over(at) or ended:
        return
    named = (
        (record.location, _PLACE),
        (record.retention, _RETENTION),
        (record.disposal, _DISPOSAL),
    )
    missing = tuple(words for given, words in named if not given)
    if missing:
        yield Facts(missing=missing)


RULES: tuple[Rule, ...] = (
    obsolete_copy_not_recalled,
    not_at_hand,
    acknowledgement_overdue,
    document_review_overdue,
    document_review_due,
    document_validity_ended,
    document_validity_ending,
    retention_ended,
    distributed_before_issue,
    disposed_too_early,
    review_not_followed,
    record_keeping_not_laid_down,
)
