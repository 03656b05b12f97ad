"""Why a unit has the status that it has, in English and Vietnamese."""

from __future__ import annotations

from qms.terms import Term

__all__ = ["Reason"]


class Reason(Term):
    """Why a unit has the status that it has; ``{day}`` and ``{subject}`` are filled in."""

    IN_FORCE = "in-force", "in force", "đang có hiệu lực"
    ENDS_SOON = "ends-soon", "ends on {day}", "hết hiệu lực ngày {day}"
    DUE_SOON = (
        "due-soon",
        "surveillance or check due by {day}",
        "phải giám sát hoặc kiểm tra chậm nhất ngày {day}",
    )
    SURVEILLANCE_OVERDUE = (
        "surveillance-overdue",
        "surveillance was due by {day}",
        "quá hạn đánh giá giám sát (hạn cuối là ngày {day})",
    )
    CHECK_OVERDUE = (
        "check-overdue",
        "yearly check was due by {day}",
        "quá hạn kiểm tra hằng năm (hạn cuối là ngày {day})",
    )
    WAIVED = (
        "waived",
        "overdue after {day}, waived",
        "quá hạn từ sau ngày {day}, được miễn áp dụng có thời hạn",
    )
    MAJOR_OPEN = (
        "major-open",
        "major nonconformity of {day} not verified as closed",
        "điểm không phù hợp nặng nêu ngày {day} chưa được xác nhận khắc phục",
    )
    CHANGED_SINCE_ANNOUNCED = (
        "changed-since-announced",
        "changed on {day}, not announced anew",
        "có thay đổi từ ngày {day} nhưng chưa công bố lại",
    )
    CHALLENGED = (
        "challenged",
        "a check of {day} found that it does not conform",
        "bị kết luận chưa phù hợp khi kiểm tra ngày {day}",
    )
    STAGE_2_MISSING = (
        "stage-2-missing",
        "decided on {day} after a lapse, no stage 2 audit recorded",
        "được quyết định ngày {day} khi chứng nhận trước đã chấm dứt, chưa ghi nhận đánh giá giai đoạn 2",
    )
    SUSPENDED = "suspended", "suspended since {day}", "bị đình chỉ từ ngày {day}"
    WITHDRAWN = (
        "withdrawn",
        "withdrawn or transferred away on {day}",
        "bị thu hồi hoặc đã chuyển sang tổ chức chứng nhận khác ngày {day}",
    )
    EXPIRED = "expired", "expired on {day}", "hết hạn ngày {day}"
    EDITION_ENDED = (
        "edition-ended",
        "certificates to its edition ended on {day}",
        "giấy chứng nhận theo phiên bản tiêu chuẩn này hết hiệu lực ngày {day}",
    )
    RESTORABLE = "restorable", "may be restored until {day}", "có thể khôi phục đến hết ngày {day}"
    INCOMPLETE = (
        "incomplete",
        "its decision or its days of validity are not recorded",
        "chưa ghi đủ ngày quyết định, ngày bắt đầu và ngày hết hiệu lực",
    )
    EDITION_UNKNOWN = (
        "edition-unknown",
        "names an edition of ISO 9001 that did not exist",
        "ghi phiên bản ISO 9001 không tồn tại",
    )
    NOT_YET = "not-yet", "takes effect only on {day}", "đến ngày {day} mới có hiệu lực"
    NO_RECORD = (
        "no-record",
        "no certificate or announcement is recorded",
        "chưa ghi nhận giấy chứng nhận hoặc bản công bố nào",
    )
    UNIT_ENDED = (
        "unit-ended",
        "the unit ceased to exist after {day}",
        "đơn vị chấm dứt hoạt động sau ngày {day}",
    )
