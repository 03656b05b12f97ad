"""Rules about editions of ISO 9001: published, cut off, ended, moved to the next in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.check import About, Facts, rule
from qms.dates import add_months, day_after
from qms.lapses import runs_beside
from qms.obligations import CERTIFICATION_AUDITS
from qms.rules.announced_editions import announcement_edition_cancelled
from qms.rules.certification.cycles import audits_before, holds
from qms.terms import AuditType, Clause, Grant, ObligationKind, ObligationState, Regime, Severity
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qms.check import Rule
    from qms.model import Audit, Certificate, Unit
    from qms.standing import Life
    from qms.tenure import Tenure
    from qms.terms import Edition

_CERTIFICATION_DOCUMENTS = Clause("ISO/IEC 17021-1:2015", "8.2.2")
_TRANSITION_PLAN = Clause("IAF transition plan")

_MOVING = frozenset({AuditType.TRANSITION, AuditType.RECERTIFICATION})
_BY_CERTIFICATION_BODY = CERTIFICATION_AUDITS | {AuditType.STAGE_1}


def _is_in_transition(at: Life) -> bool:
    return at.has_pending(ObligationKind.TRANSITION)


def _is_decided_early(at: Life) -> bool:
    """Whether a certificate may be older than its edition; amendments are looked at closely."""
    opening = at.norms.opening
    for tenure in at.tenures:
        edition, decided = tenure.record.edition, tenure.decided
        published = opening.get(edition.year)
        if decided and published and (decided < published or "/" in edition):
            return True
    return False


def _is_decided_late(at: Life) -> bool:
    closing = at.norms.closing
    for tenure in at.tenures:
        day = closing.get(tenure.record.edition.year)
        if day is not None and tenure.decided is not None and tenure.decided >= day:
            return True
    return False


def _is_audited_to_closed(at: Life) -> bool:
    closed, on = at.norms.audits_closed, at.on
    for audit in at.unit.audits.values():
        for edition in audit.criteria:
            day = closed.get(edition)
            if day is not None and day <= on:
                return True
    return False


@rule(
    "E201",
    "edition-ended",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=_TRANSITION_PLAN,
    title=Text(
        en="The certification has moved to the next edition before its own edition ended",
        vi="Chứng nhận đã chuyển sang phiên bản kế tiếp trước khi phiên bản cũ hết hiệu lực",
    ),
    message=Text(
        en="certificate {number} is to {edition}; certificates to that edition ended on {ended}, and no "
        "move to a later edition is recorded",
        vi="giấy chứng nhận số {number} cấp theo {edition}; giấy chứng nhận theo phiên bản này hết hiệu "
        "lực sau ngày {ended} và chưa ghi nhận việc chuyển đổi sang phiên bản mới hơn",
    ),
    remedy=Text(
        en="The unit takes the certificate out of use and is certified to the edition in force (or "
        "announces conformity to it); whoever keeps the register records the new certificate, if there is one.",
        vi="Đơn vị ngừng sử dụng giấy chứng nhận, thực hiện chứng nhận (hoặc công bố phù hợp) theo phiên bản "
        "hiện hành; cán bộ phụ trách sổ đăng ký bổ sung giấy chứng nhận mới nếu đã được cấp.",
    ),
    explanation=Text(
        en="After the last day of an edition no certificate to it is valid, whatever expiry it prints. The last "
        "day itself still counts. The rule speaks from the day after, for each certificate that held at some "
        "time after the next edition was published, until a later edition, an announcement or another "
        "certification, not one that began beside it for another scope, took its place. It is quiet for a "
        "certificate that was withdrawn and for a unit that no longer exists.",
        vi="Sau ngày cuối cùng của một phiên bản, mọi giấy chứng nhận theo phiên bản đó đều hết hiệu lực, dù trên "
        "giấy còn thời hạn. Ngày cuối cùng vẫn được tính là còn hiệu lực. Kể từ ngày kế tiếp, mỗi giấy chứng nhận "
        "từng có hiệu lực sau khi phiên bản mới được công bố đều bị nêu, cho đến khi có giấy chứng nhận theo phiên "
        "bản mới hơn, bản công bố hoặc chứng nhận khác (trừ chứng nhận song song cho phạm vi khác) thay thế. Không "
        "xét giấy chứng nhận đã bị thu hồi và đơn vị đã chấm dứt hoạt động.",
    ),
    norms=("editions.*.last_day",),
    when=_is_in_transition,
)
def edition_ended(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """No certificate outlives its edition without a move to a later one."""
    last = at.norms.last_day(record.edition.year, known_on=at.on)
    if last is None or at.on <= last:
        return
    place = f"certificates.{key}"
    for _, where in at.pending_at(place, ObligationKind.TRANSITION):
        if where is ObligationState.OVERDUE and not _another_holds(at, place):
            yield Facts(due=last, number=record.number, edition=record.edition, ended=last)


@rule(
    "E202",
    "expiry-beyond-edition",
    about=About.CERTIFICATE,
    severity=Severity.WARNING,
    basis=_TRANSITION_PLAN,
    title=Text(
        en="No certificate prints an expiry after the end of its edition",
        vi="Thời hạn ghi trên giấy chứng nhận không vượt quá ngày hết hiệu lực của phiên bản tiêu chuẩn",
    ),
    message=Text(
        en="certificate {number} prints {expires} as its last day, but certificates to {edition} end on {last}",
        vi="giấy chứng nhận số {number} ghi thời hạn đến {expires}, nhưng giấy chứng nhận theo {edition} chỉ có "
        "hiệu lực đến hết ngày {last}",
    ),
    remedy=Text(
        en="The unit agrees with the certification body on the move to the next edition, to be decided by {last}, "
        "and on a corrected certificate until then.",
        vi="Đơn vị thống nhất với tổ chức chứng nhận việc chuyển đổi sang phiên bản kế tiếp, hoàn thành chậm nhất "
        "ngày {last}, và đề nghị cấp lại giấy chứng nhận ghi đúng thời hạn.",
    ),
    explanation=Text(
        en="A certificate holds until its printed expiry or the last day of its edition, whichever comes first. "
        "Where the printed expiry is the later one, readers of the certificate are misled. The rule warns as long "
        "as the end is still ahead and nothing moved the certification to a later edition; afterwards E201 speaks. "
        "The end of an edition is known from the day on which the next one was published.",
        vi="Giấy chứng nhận có hiệu lực đến ngày hết hạn ghi trên giấy hoặc ngày cuối cùng của phiên bản tiêu chuẩn, "
        "tùy ngày nào đến trước. Nếu ngày ghi trên giấy muộn hơn thì dễ gây hiểu nhầm. Quy tắc cảnh báo khi chưa "
        "đến ngày cuối cùng và chưa có việc chuyển đổi; sau ngày đó áp dụng E201. Ngày hết hiệu lực của một phiên bản "
        "chỉ được biết từ ngày phiên bản kế tiếp được công bố.",
    ),
    norms=("editions.*.last_day",),
    when=_is_in_transition,
)
def expiry_beyond_edition(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """A printed expiry does not lie beyond the end of the edition."""
    last = at.norms.last_day(record.edition.year, known_on=at.on)
    if last is None or record.expires is None or record.expires <= last or at.on > last:
        return
    for _ in at.pending_at(f"certificates.{key}", ObligationKind.TRANSITION):
        yield Facts(
            due=last,
            number=record.number,
            edition=record.edition,
            expires=record.expires,
            last=last,
        )


@rule(
    "E203",
    "transition-not-planned",
    about=About.CERTIFICATE,
    severity=Severity.WARNING,
    basis=_TRANSITION_PLAN,
    title=Text(
        en="The move to the next edition is planned in good time",
        vi="Việc chuyển đổi sang phiên bản kế tiếp được lập kế hoạch kịp thời",
    ),
    message=Text(
        en="certificate {number} is to {edition}, which ends on {last}; no transition or recertification audit is "
        "planned by then",
        vi="giấy chứng nhận số {number} cấp theo {edition}, phiên bản này hết hiệu lực sau ngày {last}; chưa có kế "
        "hoạch đánh giá chuyển đổi hoặc đánh giá chứng nhận lại trước ngày đó",
    ),
    remedy=Text(
        en="The unit agrees with the certification body on a day for the transition audit, early enough for a "
        "decision by {last}, and records it as planned.",
        vi="Đơn vị thống nhất với tổ chức chứng nhận ngày đánh giá chuyển đổi, đủ sớm để có quyết định chậm nhất ngày "
        "{last}, và ghi kế hoạch vào sổ đăng ký.",
    ),
    explanation=Text(
        en="From twelve months before the last day of an edition on, a certificate to it that is still in force has an "
        "audit planned or held by which it moves: a transition or recertification audit, or any audit of the "
        "certification body whose criteria name a later edition. The day twelve months before is still quiet. A "
        "planned day that passed without the audit being held counts no longer.",
        vi="Kể từ thời điểm còn mười hai tháng đến ngày cuối cùng của phiên bản, giấy chứng nhận còn hiệu lực phải có "
        "cuộc đánh giá đã được lập kế hoạch hoặc đã thực hiện để chuyển đổi: đánh giá chuyển đổi, đánh giá chứng nhận "
        "lại, hoặc cuộc đánh giá của tổ chức chứng nhận theo chuẩn mực là phiên bản mới hơn. Đúng ngày còn mười hai "
        "tháng thì chưa cảnh báo. Ngày kế hoạch đã qua mà chưa đánh giá thì không được tính.",
    ),
    norms=("editions.*.last_day", "notices.transition_months"),
    when=_is_in_transition,
)
def transition_not_planned(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """In the last months of an edition, the audit that moves a certification is planned."""
    last = at.norms.last_day(record.edition.year, known_on=at.on)
    if last is None or not _is_near(at, last):
        return
    place = f"certificates.{key}"
    for _ in at.pending_at(place, ObligationKind.TRANSITION):
        tenure = at.tenure(place)
        if tenure.last is None or tenure.last < at.on:
            continue
        if not any(_moves(audit, tenure, at, last) for audit in at.unit.audits.values()):
            yield Facts(due=last, number=record.number, edition=record.edition, last=last)


def _is_near(at: Life, last: date) -> bool:
    return add_months(last, -at.norms.notices.transition_months.value) < at.on <= last


def _moves(audit: Audit, tenure: Tenure, at: Life, last: date) -> bool:
    """Whether an audit, planned or held, moves a certification to a later edition in time."""
    if audit.type not in CERTIFICATION_AUDITS:
        return False
    day = audit.held or audit.planned
    if day is None or day > last or (tenure.decided is not None and day <= tenure.decided):
        return False
    if audit.held is None and day < at.on:
        return False
    if audit.criteria:
        return any(edition.year > tenure.record.edition.year for edition in audit.criteria)
    return audit.type in _MOVING


@rule(
    "E204",
    "decided-before-publication",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=_CERTIFICATION_DOCUMENTS,
    title=Text(
        en="Nothing is certified to an edition that is not yet published",
        vi="Không chứng nhận theo phiên bản tiêu chuẩn chưa được công bố",
    ),
    message=Text(
        en="certificate {number} to {edition} was decided on {decided}, before that edition was published on "
        "{published}",
        vi="giấy chứng nhận số {number} theo {edition} có quyết định ngày {decided}, trước ngày {published} là ngày "
        "công bố phiên bản này",
    ),
    remedy=Text(
        en="Whoever keeps the register compares the edition and the days with the certificate and corrects them; if "
        "they are printed so, the unit asks the issuer for a corrected certificate.",
        vi="Cán bộ phụ trách sổ đăng ký đối chiếu phiên bản và các ngày với giấy chứng nhận, sửa lại cho đúng; nếu "
        "trên giấy ghi như vậy, đơn vị đề nghị nơi cấp đính chính.",
    ),
    explanation=Text(
        en="The decision (where it is not recorded, the day of issue or the first day of validity) is on or after the "
        "day on which the edition was published; for a named amendment, the day of the amendment; for a certificate of "
        "the older Vietnamese rules to a national adoption, the day on which the adoption was published, where it is "
        "known. The day of publication itself is in time.",
        vi="Ngày quyết định chứng nhận (nếu chưa ghi nhận thì lấy ngày cấp hoặc ngày bắt đầu hiệu lực) không được trước "
        "ngày công bố phiên bản; nếu giấy nêu bản sửa đổi thì xét ngày công bố bản sửa đổi; đối với giấy chứng nhận "
        "cấp cho cơ quan hành chính nhà nước theo TCVN thì xét ngày công bố TCVN, nếu biết. Đúng ngày công bố là hợp lệ.",
    ),
    norms=("editions.*.published", "editions.*.adopted", "editions.*.amendments"),
    when=_is_decided_early,
)
def decided_before_publication(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """A decision is not earlier than the edition that it is to."""
    published = _published(record, at)
    if published is None:
        return
    decided = at.tenure(f"certificates.{key}").decided
    if decided is not None and decided < published:
        yield Facts(
            number=record.number, edition=record.edition, decided=decided, published=published
        )


def _published(record: Certificate, at: Life) -> date | None:
    """The day from which a certificate can name its edition; None for a year without edition."""
    edition = at.norms.edition(record.edition.year)
    if edition is None:
        return None
    days = [edition.published.value]
    amendment = edition.amendments.get(record.edition.amendment or "")
    if amendment is not None:
        days.append(amendment.value)
    if record.edition.national and edition.adopted and record.regime is Regime.STATE_CERTIFICATE:
        days.append(edition.adopted.value)
    return max(days)


@rule(
    "E205",
    "decided-after-cut-off",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=_TRANSITION_PLAN,
    title=Text(
        en="Nothing is certified to an old edition after its cut-off",
        vi="Không chứng nhận theo phiên bản cũ sau mốc ngừng áp dụng",
    ),
    message=Text(
        en="certificate {number} to {edition} was decided on {decided} ({grant}); since {cut_off}, {barred} to that "
        "edition is no longer possible",
        vi="giấy chứng nhận số {number} theo {edition} có quyết định ngày {decided} ({grant}); từ ngày {cut_off} "
        "không còn được {barred} theo phiên bản này",
    ),
    remedy=Text(
        en="Whoever keeps the register compares edition, day and kind of decision (`grant`) with the certificate and "
        "corrects them; if they are so, the unit asks the certification body for certification to the edition in force.",
        vi="Cán bộ phụ trách sổ đăng ký đối chiếu phiên bản, ngày và loại quyết định (`grant`) với giấy chứng nhận, sửa "
        "lại cho đúng; nếu đúng như đã ghi, đơn vị đề nghị tổ chức chứng nhận thực hiện chứng nhận theo phiên bản hiện hành.",
    ),
    explanation=Text(
        en="An edition that was replaced is closed step by step: first for initial certification, or for certification "
        "and recertification, from a day on; at last for every decision, from the day after its last day. Where audits to "
        "it end earlier, certification and recertification after that day rest on a stage 2 or recertification audit "
        "recorded as held before it. The days before the last one bind accredited certification only. A decision whose kind is not recorded is told from the "
        "certificates before it: where those are missing in the register it counts as initial, so `grant` should be "
        "recorded.",
        vi="Phiên bản đã bị thay thế ngừng áp dụng theo từng bước: trước hết đối với chứng nhận lần đầu, hoặc đối với cả chứng "
        "nhận lần đầu và chứng nhận lại, từ một ngày nhất định; cuối cùng đối với mọi quyết định, kể từ sau ngày cuối cùng "
        "của phiên bản. Nếu việc đánh giá theo phiên bản đó phải ngừng sớm hơn thì quyết định chứng nhận lần đầu hoặc chứng "
        "nhận lại sau mốc ấy phải dựa trên cuộc đánh giá giai đoạn 2 hoặc đánh giá chứng nhận lại đã ghi nhận trước mốc. Các mốc trước ngày cuối cùng chỉ áp dụng cho chứng nhận được công nhận. Nếu chưa ghi loại quyết "
        "định thì suy từ các giấy chứng nhận trước đó; thiếu các giấy này thì coi là chứng nhận lần đầu, vì vậy nên ghi "
        "`grant`.",
    ),
    norms=(
        "editions.*.no_initial_from",
        "editions.*.no_decision_from",
        "editions.*.no_audit_from",
        "editions.*.last_day",
    ),
    when=_is_decided_late,
)
def decided_after_cut_off(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """No decision is to an edition that is closed for it."""
    if record.edition.year not in at.norms.last_days:
        return
    tenure = at.tenure(f"certificates.{key}")
    if tenure.decided is None:
        return
    barred = [(day, what) for day, what in _cut_offs(tenure, at) if tenure.decided >= day]
    if barred:
        cut_off, what = min(barred, key=lambda one: one[0])
        yield Facts(
            number=record.number,
            edition=record.edition,
            decided=tenure.decided,
            grant=tenure.grant,
            cut_off=cut_off,
            barred=what,
        )


_INITIAL = Text(en="initial certification", vi="chứng nhận lần đầu")
_NEW = Text(en="certification and recertification", vi="chứng nhận lần đầu hoặc chứng nhận lại")
_LATER_AUDIT = Text(
    en="certification and recertification (but on an audit held before)",
    vi="chứng nhận lần đầu hoặc chứng nhận lại (trừ khi đã đánh giá trước ngày này)",
)
_ANY = Text(en="any certification", vi="chứng nhận")


def _cut_offs(tenure: Tenure, at: Life) -> Iterator[tuple[date, Text]]:
    """The days from which a decision of this kind is impossible."""
    year = tenure.record.edition.year
    yield day_after(at.norms.last_days[year]), _ANY
    edition = at.norms.editions[str(year)]
    if tenure.regime is not Regime.ACCREDITED:
        return
    if edition.no_initial_from is not None and tenure.grant is Grant.INITIAL:
        yield edition.no_initial_from.value, _INITIAL
    if tenure.grant not in {Grant.INITIAL, Grant.RECERTIFICATION}:
        return
    if edition.no_decision_from is not None:
        yield edition.no_decision_from.value, _NEW
    closed = edition.no_audit_from.value if edition.no_audit_from is not None else None
    if closed is not None and not _was_audited_before(closed, tenure, at):
        yield closed, _LATER_AUDIT


def _was_audited_before(day: date, tenure: Tenure, at: Life) -> bool:
    """Whether an audit for a decision is recorded that was held before a day."""
    audits = audits_before(tenure, at, AuditType.STAGE_2, AuditType.RECERTIFICATION)
    return any(audit.held is not None and audit.held < day for _, audit in audits)


@rule(
    "E206",
    "audited-after-cut-off",
    about=About.AUDIT,
    severity=Severity.ERROR,
    basis=Clause("IAF Resolution 2017-13"),
    title=Text(
        en="No certification audit is held to an old edition after its cut-off",
        vi="Không đánh giá chứng nhận theo phiên bản cũ sau mốc ngừng áp dụng",
    ),
    message=Text(
        en="{type} of {day} was held to {edition} only; since {cut_off} audits have to be to a later edition",
        vi="cuộc {type} ngày {day} chỉ theo {edition}; từ ngày {cut_off} phải đánh giá theo phiên bản mới hơn",
    ),
    remedy=Text(
        en="Whoever keeps the register compares the criteria with the audit report and corrects them; if the audit was "
        "held so, the unit asks the certification body for an audit to the edition in force.",
        vi="Cán bộ phụ trách sổ đăng ký đối chiếu chuẩn mực đánh giá với báo cáo, sửa lại cho đúng; nếu đã đánh giá như "
        "vậy, đơn vị đề nghị tổ chức chứng nhận đánh giá theo phiên bản hiện hành.",
    ),
    explanation=Text(
        en="Audits of a certification body that began on or after the cut-off of an edition, or after its last day, name "
        "a later edition among their criteria. Internal audits and yearly checks are not asked, nor audits whose "
        "criteria are not recorded, nor units whose certificates are all of the older Vietnamese rules.",
        vi="Cuộc đánh giá của tổ chức chứng nhận bắt đầu từ mốc ngừng áp dụng của một phiên bản, hoặc sau ngày cuối cùng "
        "của phiên bản đó, phải nêu phiên bản mới hơn trong chuẩn mực đánh giá. Không xét đánh giá nội bộ, kiểm tra hằng "
        "năm, cuộc đánh giá chưa ghi chuẩn mực, và đơn vị chỉ có giấy chứng nhận cấp theo quy định cũ của Việt Nam.",
    ),
    norms=("editions.*.no_audit_from", "editions.*.last_day"),
    when=_is_audited_to_closed,
)
def audited_after_cut_off(_key: str, record: Audit, at: Life) -> Iterator[Facts]:
    """No audit of a certification body is to an edition that is closed for audits."""
    day = record.began or record.held
    if not record.criteria or record.held is None or day is None:
        return
    if record.type not in _BY_CERTIFICATION_BODY:
        return
    closed = [at.norms.audits_closed.get(edition) for edition in record.criteria]
    cut_off = max((one for one in closed if one is not None), default=day)
    if None in closed or day < cut_off:
        return
    regimes = {tenure.regime for tenure in at.tenures}
    if not regimes or Regime.ACCREDITED in regimes:
        edition = max(record.criteria, key=lambda one: one.year)
        yield Facts(type=record.type, day=day, edition=edition, cut_off=cut_off)


@rule(
    "E207",
    "recertified-to-old-edition",
    about=About.CERTIFICATE,
    severity=Severity.WARNING,
    basis=_TRANSITION_PLAN,
    title=Text(
        en="Recertification late in a transition is to the new edition",
        vi="Chứng nhận lại vào cuối thời gian chuyển đổi nên theo phiên bản mới",
    ),
    message=Text(
        en="certificate {number} was recertified to {edition} on {decided}; whether that is still possible since "
        "{cut_off} is not certain",
        vi="giấy chứng nhận số {number} được chứng nhận lại theo {edition} ngày {decided}; chưa chắc việc này còn được "
        "chấp nhận từ ngày {cut_off}",
    ),
    remedy=Text(
        en="The unit has the certification body confirm in writing on what basis it recertified to {edition}, and plans "
        "the move to the next edition.",
        vi="Đơn vị đề nghị tổ chức chứng nhận xác nhận bằng văn bản căn cứ chứng nhận lại theo {edition}, đồng thời lập kế "
        "hoạch chuyển đổi sang phiên bản kế tiếp.",
    ),
    explanation=Text(
        en="In the last round of transition all audits went over to the new edition some months before the end; for the "
        "present one only initial certification is named in the sources seen. So recertification to the old edition from "
        "that day on only warns. Where the edition has ended altogether, E205 speaks.",
        vi="Ở lần chuyển đổi trước, mọi cuộc đánh giá phải theo phiên bản mới từ vài tháng trước khi kết thúc; ở lần này các "
        "nguồn đã xem chỉ nêu chứng nhận lần đầu. Vì vậy, việc chứng nhận lại theo phiên bản cũ từ ngày đó chỉ bị cảnh báo. "
        "Khi phiên bản đã hết hiệu lực thì áp dụng E205.",
    ),
    norms=("editions.*.no_recertification_from",),
    when=_is_decided_late,
)
def recertified_to_old_edition(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """Recertification to an edition about to end is in doubt."""
    edition = at.norms.edition(record.edition.year)
    if edition is None or edition.no_recertification_from is None:
        return
    if record.regime is not Regime.ACCREDITED or edition.last_day is None:
        return
    tenure = at.tenure(f"certificates.{key}")
    if tenure.grant is not Grant.RECERTIFICATION or tenure.decided is None:
        return
    cut_off = edition.no_recertification_from.value
    if cut_off <= tenure.decided <= edition.last_day.value:
        yield Facts(
            number=record.number, edition=record.edition, decided=tenure.decided, cut_off=cut_off
        )


def _names_an_unknown(at: Life) -> bool:
    unit, spellings = at.unit, at.norms.spellings
    named = {record.edition for record in unit.certificates.values()}
    named |= {record.edition for record in unit.announcements.values()}
    for audit in unit.audits.values():
        named.update(audit.criteria)
    return not named <= spellings


@rule(
    "E209",
    "edition-unknown",
    about=About.UNIT,
    severity=Severity.ERROR,
    basis=_CERTIFICATION_DOCUMENTS,
    title=Text(
        en="Every edition named is one of ISO 9001",
        vi="Mọi phiên bản được nêu đều là phiên bản của ISO 9001",
    ),
    message=Text(
        en="{edition} does not exist; the editions of ISO 9001 are those of {known}",
        vi="không có {edition}; các phiên bản của ISO 9001 là {known}",
    ),
    remedy=Text(
        en="Whoever keeps the register corrects the year (or the amendment) by the certificate, the announcement or the "
        "audit report.",
        vi="Cán bộ phụ trách sổ đăng ký sửa năm (hoặc bản sửa đổi) theo giấy chứng nhận, bản công bố hoặc báo cáo đánh giá.",
    ),
    explanation=Text(
        en="The edition on certificates, announcements and in the criteria of audits has the year of an edition that was "
        "published; an amendment that is named with it is one of that edition. No rule about editions can judge a record "
        "that names another year.",
        vi="Phiên bản ghi trên giấy chứng nhận, bản công bố và trong chuẩn mực đánh giá phải có năm trùng với một phiên bản "
        "đã được công bố; bản sửa đổi đi kèm phải là của phiên bản đó. Các quy tắc về phiên bản không thể xét hồ sơ ghi năm "
        "khác.",
    ),
    norms=("editions.*.published", "editions.*.amendments"),
    when=_names_an_unknown,
)
def edition_unknown(_key: str, unit: Unit, at: Life) -> Iterator[Facts]:
    """The year of every edition named is the year of an edition of ISO 9001."""
    spellings = at.norms.spellings
    for subject, edition in _editions_named(unit):
        if edition not in spellings:
            yield Facts(subject=subject, edition=edition, known=tuple(sorted(at.norms.editions)))


def _editions_named(unit: Unit) -> Iterator[tuple[str, Edition]]:
    for key, certificate in unit.certificates.items():
        yield f"certificates.{key}", certificate.edition
    for key, announcement in unit.announcements.items():
        yield f"announcements.{key}", announcement.edition
    for key, audit in unit.audits.items():
        for edition in audit.criteria:
            yield f"audits.{key}", edition


def _another_holds(at: Life, place: str) -> bool:
    """Whether another certificate or announcement, not only for another scope, is in force."""
    tenure = at.tenure(place)
    return any(
        other is not tenure and holds(other, at.on) and not runs_beside(tenure, other)
        for other in at.tenures
    )


RULES: tuple[Rule, ...] = (
    edition_ended,
    expiry_beyond_edition,
    transition_not_planned,
    decided_before_publication,
    decided_after_cut_off,
    audited_after_cut_off,
    recertified_to_old_edition,
    announcement_edition_cancelled,
    edition_unknown,
)
