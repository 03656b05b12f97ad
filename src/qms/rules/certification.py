"""Rules about certificates: in force, surveyed, renewed, suspended, transferred in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.check import About, Facts, rule
from qms.terms import Clause, Duty, ObligationKind, ObligationState, Reason, Severity, Status
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms.check import Rule
    from qms.model import Certificate, Unit
    from qms.standing import Life

_17021 = "ISO/IEC 17021-1:2015"
_MISSED = frozenset({ObligationState.OVERDUE, ObligationState.LATE})


@rule(
    "C101",
    "not-current",
    about=About.UNIT,
    severity=Severity.ERROR,
    basis=Clause(_17021, "9.6"),
    title=Text(
        en="A unit that must be certified is current",
        vi="Đơn vị thuộc diện bắt buộc phải còn hiệu lực chứng nhận hoặc công bố",
    ),
    message=Text(en="not current: {why}", vi="không còn hiệu lực: {why}"),
    remedy=Text(en="{remedy}", vi="{remedy}"),
    explanation=Text(
        en="A unit that must be certified has, on the day asked about, a certificate in force or an "
        "announcement in force. A certificate counts through its last day; a suspended, expired or "
        "withdrawn one does not count. A unit without any record is not current. A unit that is only "
        "encouraged, or that no longer exists, is not asked.",
        vi="Đơn vị thuộc diện bắt buộc phải có giấy chứng nhận hoặc bản công bố còn hiệu lực vào ngày "
        "kiểm tra. Giấy chứng nhận có giá trị đến hết ngày cuối cùng ghi trên giấy; giấy bị đình chỉ, "
        "hết hạn hoặc bị thu hồi không được tính. Đơn vị chưa có hồ sơ nào thì không được coi là còn "
        "hiệu lực. Không xét đơn vị thuộc diện khuyến khích hoặc đã chấm dứt hoạt động.",
    ),
)
def not_current(_key: str, unit: Unit, at: Life) -> Iterator[Facts]:
    """A unit that must be certified has a basis in force on the day."""
    standing = at.standing
    if unit.duty is not Duty.OBLIGED or standing.current or standing.status is Status.SUPERSEDED:
        return
    yield Facts(
        why=tuple(_why_text(why.reason, why.day) for why in standing.why),
        remedy=_TO_DO[standing.status],
        status=standing.status,
        since=standing.since,
    )


def _why_text(reason: Reason, day: object) -> Text:
    raise NotImplementedError


_TO_DO: dict[Status, Text] = {}


@rule(
    "C103",
    "surveillance-missed",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=Clause(_17021, "9.1.3.3"),
    title=Text(
        en="Every calendar year without a recertification audit has a surveillance audit",
        vi="Mỗi năm dương lịch không có đánh giá chứng nhận lại phải có ít nhất một cuộc đánh giá giám sát",
    ),
    message=Text(
        en="no surveillance audit was held from {start} to {end}",
        vi="không có cuộc đánh giá giám sát nào từ {start} đến {end}",
    ),
    remedy=Text(
        en="Record the audit if it was held. If it was not, ask the certification body in writing "
        "whether the certification is suspended, and agree on a day at once.",
        vi="Ghi nhận cuộc đánh giá nếu đã thực hiện. Nếu chưa, gửi văn bản hỏi tổ chức chứng nhận về tình "
        "trạng hiệu lực và thống nhất ngay ngày đánh giá.",
    ),
    explanation=Text(
        en="After the calendar year of the first certification decision, each calendar year up to the end "
        "of the certification has a surveillance audit, or is the year of a recertification audit. An audit "
        "counts on the last day on which it was held. An audit held too late does not make up for the "
        "year before; the next recertification decision closes the account.",
        vi="Sau năm có quyết định chứng nhận lần đầu, mỗi năm dương lịch cho đến khi chứng nhận kết thúc phải "
        "có một cuộc đánh giá giám sát hoặc một cuộc đánh giá chứng nhận lại. Cuộc đánh giá được tính vào "
        "ngày kết thúc. Đánh giá muộn sang năm sau không bù cho năm trước; quyết định chứng nhận lại tiếp "
        "theo khép lại việc này.",
    ),
    norms=("regimes.accredited",),
)
def surveillance_missed(key: str, _record: Certificate, at: Life) -> Iterator[Facts]:
    """Every calendar year without a recertification audit has a surveillance audit held in it."""
    for o in at.obligations_at(f"certificates.{key}", ObligationKind.SURVEILLANCE):
        if at.state(o) in _MISSED:
            yield Facts(due=o.due, start=o.opens, end=o.due)


RULES: tuple[Rule, ...] = (not_current, surveillance_missed)
