"""The rule about what is recorded of a certificate when there was nothing left to act upon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.check import About, Facts, fill, rule
from qms.rules.certification.cycles import ISO_17021, continues, is_over
from qms.terms import CertificateAct, Clause, Severity
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qms.check import Rule
    from qms.model import Certificate, CertificateEvent
    from qms.standing import Life
    from qms.tenure import Tenure

__all__ = ["RULES"]

_GIVING_UP = frozenset({CertificateAct.WITHDRAWN, CertificateAct.TRANSFERRED})


def _is_acted_upon(at: Life) -> bool:
    if at.plain is not None:
        return False
    return any(one.history for one in at.unit.certificates.values()) and not is_over(at)


@rule(
    "C133",
    "act-without-effect",
    about=About.CERTIFICATE,
    severity=Severity.WARNING,
    basis=Clause(ISO_17021, "9.6.5"),
    title=Text(
        en="What is recorded of a certificate acts upon something",
        vi="Việc ghi nhận đối với giấy chứng nhận phải có tác dụng",
    ),
    message=Text(
        en="certificate {number}: “{act}” on {on} changes nothing, for {why}",
        vi="giấy chứng nhận số {number}: việc “{act}” ngày {on} không có tác dụng, vì {why}",
    ),
    remedy=Text(
        en="Whoever keeps the register compares act and day with the decision of the issuer, and records it with the certificate "
        "that it was about. What was restored after it had expired is recorded as a new certificate, with the day of its "
        "decision.",
        vi="Cán bộ phụ trách sổ đăng ký đối chiếu nội dung và ngày với quyết định của nơi cấp, ghi nhận vào đúng giấy chứng nhận. "
        "Trường hợp khôi phục sau khi đã hết hạn thì ghi thành giấy chứng nhận mới kèm ngày quyết định.",
    ),
    explanation=Text(
        en="A suspension is lifted only where there is one; and where a certificate has ended, and none that continues it is in "
        "force, nothing is left to suspend, to lift, to reduce or to extend. A withdrawal or a transfer recorded after the last "
        "day says that the certification was given up; but where another certificate had taken its place, that one stays in "
        "force, and so does one that was decided by that day and takes effect later. What comes after a withdrawal is for C120. It warns, for what is recorded may be about another certificate, of "
        "which the register then says too little. The next cycle closes the account.",
        vi="Chỉ khôi phục hiệu lực khi đang bị đình chỉ; khi giấy đã hết hiệu lực và không có giấy kế tục đang có hiệu lực thì "
        "không còn gì để đình chỉ, khôi phục, thu hẹp hoặc mở rộng. Việc thu hồi hoặc chuyển giao ghi sau ngày cuối cùng được "
        "hiểu là không duy trì chứng nhận nữa; nhưng nếu đã có giấy thay thế, kể cả giấy đã có quyết định mà chưa đến ngày hiệu lực, thì giấy thay thế vẫn còn hiệu lực. Việc diễn ra sau "
        "khi thu hồi thuộc C120. Chỉ cảnh báo, vì nội dung có thể thuộc về giấy khác mà sổ đăng ký chưa thể hiện. Chu kỳ sau khép "
        "lại việc này.",
    ),
    when=_is_acted_upon,
)
def act_without_effect(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """Nothing is recorded of a certificate that had nothing to act upon."""
    if not record.history:
        return
    tenure = at.tenure(f"certificates.{key}")
    if tenure.start is None or tenure.last is None or is_over(at):
        return
    for event in sorted(record.history, key=lambda one: (one.on, one.act)):
        why = _without_effect(event, tenure, tenure.last, at)
        if why is not None and not _is_closed(event.on, at):
            yield Facts(number=record.number, act=event.act, on=event.on, why=why)


def _without_effect(event: CertificateEvent, tenure: Tenure, last: date, at: Life) -> Text | None:
    """Why an act changes nothing; None where it changes something, or C120 speaks of it."""
    if tenure.ended is not None and tenure.ended < event.on:
        return None
    after = [t for t in at.tenures if continues(t, tenure) and _runs(t, event.on)]
    if event.act in _GIVING_UP:
        if event.on > last and after:
            return fill(_REPLACED, {"last": last, "number": after[-1].certificate.number})
        return _decided_already(event.on, tenure, at)
    if event.on > last and not after:
        return fill(_ENDED, {"last": last})
    lifted = {day for _, day in tenure.suspensions}
    if event.act is CertificateAct.RESTORED and event.on not in lifted:
        return _NOT_SUSPENDED
    return None


def _decided_already(day: date, tenure: Tenure, at: Life) -> Text | None:
    """That a renewal decided by a day, and in force only later, outlives what ended on that day."""
    for later in at.tenures:
        start, decided = later.start, later.decided
        if start is None or decided is None or not continues(later, tenure):
            continue
        if decided <= day < start:
            number = later.certificate.number
            return fill(_DECIDED, {"number": number, "decided": decided, "start": start})
    return None


def _runs(tenure: Tenure, day: date) -> bool:
    """Whether a day lies between the first and the last day, suspended or withdrawn since or not."""
    return (
        tenure.start is not None and tenure.last is not None and tenure.start <= day <= tenure.last
    )


def _is_closed(day: date, at: Life) -> bool:
    """Whether a cycle was decided on since a day."""
    return any(t.decided is not None and t.cycle_start == t.decided > day for t in at.tenures)


_NOT_SUSPENDED = Text(en="it was not suspended then", vi="khi đó chứng nhận không bị đình chỉ")
_ENDED = Text(en="its validity had ended on {last}", vi="giấy đã hết hiệu lực sau ngày {last}")
_REPLACED = Text(
    en="its validity had ended on {last}, and certificate {number} in its place stays in force",
    vi="giấy đã hết hiệu lực sau ngày {last} và giấy thay thế số {number} vẫn còn hiệu lực",
)
_DECIDED = Text(
    en="certificate {number}, decided on {decided}, is in force from {start} all the same; only the days until then are "
    "without certification",
    vi="giấy số {number} có quyết định ngày {decided} vẫn có hiệu lực từ ngày {start}; chỉ những ngày trước đó không có "
    "chứng nhận",
)

RULES: tuple[Rule, ...] = (act_without_effect,)
