"""Rules about transfer from one certification body to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.check import About, Facts, fill, rule
from qms.rules.certification.cycles import audits_before, is_accredited, is_history, is_over
from qms.terms import AuditType, CertificateAct, Clause, Grant, Severity
from qms.text import Text, same_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qms.check import Rule
    from qms.model import Certificate
    from qms.standing import Life
    from qms.tenure import Tenure

_TRANSFER = Clause("IAF MD 2")


def _may_be_transferred(at: Life) -> bool:
    if is_over(at):
        return False
    return any(
        tenure.grant is Grant.TRANSFER or tenure.ended is not None
        for tenure in at.tenures
        if is_accredited(tenure)
    )


@rule(
    "C121",
    "transfer-not-eligible",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=_TRANSFER,
    title=Text(
        en="Only a valid certification is transferred",
        vi="Chỉ được chuyển giao chứng nhận còn hiệu lực",
    ),
    message=Text(
        en="the certification of certificate {number} was transferred on {day}, although it {state}",
        vi="chứng nhận theo giấy số {number} được chuyển giao ngày {day} trong khi {state}",
    ),
    remedy=Text(
        en="Whoever keeps the register compares the days with the decisions of both certification bodies; if they are right, the "
        "unit asks the receiving body for an initial certification, or has the suspension lifted first.",
        vi="Cán bộ phụ trách sổ đăng ký đối chiếu với quyết định của hai tổ chức chứng nhận; nếu đúng, yêu cầu đơn vị đề nghị tổ "
        "chức tiếp nhận thực hiện chứng nhận lần đầu, hoặc đề nghị khôi phục hiệu lực trước khi chuyển giao.",
    ),
    explanation=Text(
        en="On the day of the transfer the certification is neither suspended nor expired nor withdrawn; the last day of validity "
        "itself is in time. Where the certificate of the receiving body is recorded, its decision is the day of the transfer; "
        "else the day on which the old one was recorded as transferred. Where it had expired, the unit is current with conditions "
        "only until a stage 2 audit held since is recorded, or the certificate as initial; where it was suspended, the "
        "suspension runs on. The next cycle closes the account.",
        vi="Vào ngày chuyển giao, chứng nhận không bị đình chỉ, chưa hết hạn và không bị thu hồi; đúng ngày hết hạn vẫn là kịp "
        "thời. Nếu đã ghi giấy chứng nhận của tổ chức tiếp nhận thì ngày quyết định trên giấy đó là ngày chuyển giao; nếu chưa "
        "thì lấy ngày ghi nhận chuyển giao của giấy cũ. Nếu giấy cũ đã hết hạn, đơn vị chỉ còn hiệu lực kèm điều kiện cho đến khi "
        "ghi nhận cuộc đánh giá giai đoạn 2 thực hiện sau đó, hoặc ghi giấy mới là chứng nhận lần đầu; nếu đang bị đình chỉ thì "
        "việc đình chỉ tiếp tục. Chu kỳ sau khép lại việc này.",
    ),
    when=_may_be_transferred,
)
def transfer_not_eligible(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """Nothing is transferred that is suspended, expired or withdrawn."""
    tenure = at.tenure(f"certificates.{key}")
    if not is_accredited(tenure):
        return
    if _is_transfer(tenure):
        source, day = tenure.previous, tenure.decided
    elif not any(_is_transfer(later) and later.previous is tenure for later in at.tenures):
        source, day = tenure, _sent_away(tenure)
    else:
        return
    if source is None or day is None:
        return
    state = _not_valid(source, day)
    if state is not None and not is_history(tenure, at):
        yield Facts(number=record.number, day=day, state=state)


def _is_transfer(tenure: Tenure) -> bool:
    """Whether a certificate took a running certification over from another body."""
    if tenure.grant is Grant.TRANSFER:
        return True
    before = tenure.previous
    if before is None or _sent_away(before) is None:
        return False
    other = before.certificate.issuer
    return same_words(tenure.certificate.issuer or "") != same_words(other or "")


def _sent_away(tenure: Tenure) -> date | None:
    acts = [e.on for e in tenure.certificate.history if e.act is CertificateAct.TRANSFERRED]
    return min(acts, default=None)


def _not_valid(source: Tenure, day: date) -> Text | None:
    """What kept a certification from being valid on the day of its transfer."""
    history = source.certificate.history
    acts = [e.on for e in history if e.act is CertificateAct.WITHDRAWN and e.on < day]
    if acts:
        return fill(_WITHDRAWN, {"since": min(acts)})
    if source.last is not None and source.last < day:
        return fill(_EXPIRED, {"since": source.last})
    since = source.suspended_on(day)
    return fill(_SUSPENDED, {"since": since}) if since is not None and since < day else None


_WITHDRAWN = Text(en="had been withdrawn on {since}", vi="đã bị thu hồi ngày {since}")
_EXPIRED = Text(en="had expired on {since}", vi="đã hết hạn ngày {since}")
_SUSPENDED = Text(en="was suspended since {since}", vi="đang bị đình chỉ từ ngày {since}")


@rule(
    "C122",
    "transfer-changed-expiry",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=_TRANSFER,
    title=Text(
        en="A transfer keeps the expiry of the certification",
        vi="Chuyển giao giữ nguyên ngày hết hạn của chứng nhận",
    ),
    message=Text(
        en="certificate {number} took over certificate {before}, which expires on {expected}, but expires on {expires}",
        vi="giấy chứng nhận số {number} tiếp nhận chuyển giao từ giấy số {before} có ngày hết hạn {expected} nhưng lại ghi hết hạn "
        "ngày {expires}",
    ),
    remedy=Text(
        en="Whoever keeps the register compares both expiries with the certificates and records the recertification audit if one "
        "was held for the transfer; else the unit asks the receiving body for a certificate with the old expiry.",
        vi="Cán bộ phụ trách sổ đăng ký đối chiếu hai ngày hết hạn với giấy chứng nhận và ghi nhận cuộc đánh giá chứng nhận lại nếu "
        "đã thực hiện khi chuyển giao; nếu không, yêu cầu đơn vị đề nghị tổ chức tiếp nhận cấp giấy giữ nguyên ngày hết hạn cũ.",
    ),
    explanation=Text(
        en="The receiving body takes over the cycle where it stands. A certificate counts as a transfer where `grant` says so, "
        "where it took the place of one of another issuer with the same expiry, or where the one before it was recorded as "
        "transferred and no recertification audit was held in the cycle. Recertification by the receiving body begins a "
        "cycle of its own and is no mere transfer. The next cycle closes the account.",
        vi="Tổ chức tiếp nhận tiếp tục chu kỳ đang dở. Giấy chứng nhận được coi là chuyển giao nếu `grant` ghi như vậy, nếu thay "
        "thế giấy của nơi cấp khác với cùng ngày hết hạn, hoặc nếu giấy trước được ghi là đã chuyển giao mà trong chu kỳ chưa có "
        "đánh giá chứng nhận lại. Việc tổ chức tiếp nhận chứng nhận lại sẽ bắt đầu chu kỳ riêng và không chỉ là chuyển giao. Chu "
        "kỳ sau khép lại việc này.",
    ),
    when=_may_be_transferred,
)
def transfer_changed_expiry(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """The expiry is the same before and after a transfer."""
    tenure = at.tenure(f"certificates.{key}")
    before = tenure.previous
    if before is None or not is_accredited(tenure) or not _is_transfer(tenure):
        return
    if tenure.grant is Grant.RECERTIFICATION and (
        record.grant is not None or audits_before(tenure, at, AuditType.RECERTIFICATION)
    ):
        return
    expected = before.certificate.expires
    differs = record.expires is not None and expected is not None and record.expires != expected
    if differs and not is_history(tenure, at):
        yield Facts(
            number=record.number,
            before=before.certificate.number,
            expected=expected,
            expires=record.expires,
        )


RULES: tuple[Rule, ...] = (transfer_not_eligible, transfer_changed_expiry)
