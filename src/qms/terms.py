"""The field's words, in English and Vietnamese, with the values used in data.

A member is its own data value: ``AuditType.SURVEILLANCE == "surveillance"``.
Its words in both languages stand in ``.text``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from msgspec import Struct

from qms.edition import Edition
from qms.text import Text

__all__ = [
    "AnnouncementAct",
    "AuditMode",
    "AuditRole",
    "AuditType",
    "CertificateAct",
    "Clause",
    "Comparison",
    "DocumentAct",
    "DocumentKind",
    "Duty",
    "Edition",
    "FindingAct",
    "Grade",
    "Grant",
    "LegalAct",
    "Level",
    "ObligationKind",
    "ObligationState",
    "OnlineService",
    "ProcedureAct",
    "Regime",
    "ReviewInput",
    "ReviewOutcome",
    "ReviewOutput",
    "RevisionState",
    "Severity",
    "Status",
    "UnitAct",
]


class Term(StrEnum):
    """A word of the field: its value in data, and its text in both languages."""

    text: Text

    def __new__(cls, value: str, en: str = "", vi: str = "") -> Self:
        """Make a member from its data value and its words."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.text = Text(en=en, vi=vi)
        return member

    #: Equal to its data value, so found by it in sets and tables, too.
    __hash__ = str.__hash__


class Regime(Term):
    """What makes a unit's certification current."""

    ACCREDITED = "accredited", "accredited certification", "chứng nhận được công nhận"
    STATE_CERTIFICATE = (
        "state-certificate",
        "certificate for state administrative agencies",
        "giấy chứng nhận cấp cho cơ quan hành chính nhà nước",
    )
    ANNOUNCEMENT = (
        "announcement",
        "announcement of conformity",
        "công bố hệ thống quản lý chất lượng phù hợp",
    )


class Duty(Term):
    """Whether a unit must be certified (or announce), or is encouraged to."""

    OBLIGED = "obliged", "obliged", "bắt buộc"
    ENCOURAGED = "encouraged", "encouraged", "khuyến khích"


class Level(Term):
    """The place of a unit in its organisation."""

    MINISTRY = "ministry", "ministry", "bộ, ngành"
    PROVINCE = "province", "provincial People's Committee", "Ủy ban nhân dân cấp tỉnh"
    PROVINCIAL_AGENCY = (
        "provincial-agency",
        "specialised agency of the province",
        "cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh",
    )
    SUB_AGENCY = "sub-agency", "agency of a department", "cơ quan thuộc sở, ngành"
    DISTRICT = "district", "district", "cấp huyện"
    COMMUNE = "commune", "commune", "cấp xã"
    PUBLIC_SERVICE_UNIT = "public-service-unit", "public service unit", "đơn vị sự nghiệp công lập"
    HEAD_OFFICE = "head-office", "head office", "trụ sở chính"
    SITE = "site", "site", "địa điểm"
    CLIENT = "client", "client", "khách hàng"


class UnitAct(Term):
    """Something that happened to a unit as a whole."""

    RENAMED = "renamed", "renamed", "đổi tên"
    MERGED = "merged", "merged with another unit", "sáp nhập"
    SPLIT = "split", "split", "chia tách"
    REORGANISED = "reorganised", "reorganised", "sắp xếp lại tổ chức"
    MOVED = "moved", "moved", "chuyển trụ sở"
    SCOPE_CHANGED = (
        "scope-changed",
        "scope of the quality management system changed",
        "thay đổi phạm vi áp dụng",
    )


class Grant(Term):
    """What kind of decision a certificate rests on."""

    INITIAL = "initial", "initial certification", "chứng nhận lần đầu"
    RECERTIFICATION = "recertification", "recertification", "chứng nhận lại"
    TRANSFER = "transfer", "transfer of certification", "chuyển giao chứng nhận"
    TRANSITION = "transition", "transition to another edition", "chuyển đổi phiên bản tiêu chuẩn"
    SCOPE_CHANGE = "scope-change", "change of scope", "thay đổi phạm vi chứng nhận"


class CertificateAct(Term):
    """Something that an issuer did to a certificate."""

    SUSPENDED = "suspended", "suspended", "đình chỉ"
    RESTORED = "restored", "suspension lifted", "khôi phục hiệu lực"
    REDUCED = "reduced", "scope reduced", "thu hẹp phạm vi"
    EXTENDED = "extended", "scope extended", "mở rộng phạm vi"
    WITHDRAWN = "withdrawn", "withdrawn", "thu hồi"
    TRANSFERRED = (
        "transferred",
        "transferred to another certification body",
        "chuyển sang tổ chức chứng nhận khác",
    )


class AnnouncementAct(Term):
    """Something that happened to an announcement of conformity."""

    CHALLENGED = "challenged", "challenged by a check", "bị kết luận chưa phù hợp khi kiểm tra"
    CONFIRMED = "confirmed", "confirmed by a check", "được xác nhận phù hợp khi kiểm tra"
    WITHDRAWN = "withdrawn", "withdrawn", "thu hồi, hủy bỏ"


class AuditType(Term):
    """The kind of an audit or check."""

    STAGE_1 = "stage-1", "initial audit, stage 1", "đánh giá chứng nhận giai đoạn 1"
    STAGE_2 = "stage-2", "initial audit, stage 2", "đánh giá chứng nhận giai đoạn 2"
    SURVEILLANCE = "surveillance", "surveillance audit", "đánh giá giám sát"
    RECERTIFICATION = "recertification", "recertification audit", "đánh giá chứng nhận lại"
    SPECIAL = "special", "special audit", "đánh giá đặc biệt"
    TRANSITION = "transition", "transition audit", "đánh giá chuyển đổi"
    INTERNAL = "internal", "internal audit", "đánh giá nội bộ"
    YEARLY_CHECK = "yearly-check", "yearly check", "kiểm tra hằng năm"


class AuditMode(Term):
    """Where and how an audit or check is held."""

    ON_SITE = "on-site", "on site", "tại trụ sở"
    FILE = "file", "by file", "qua hồ sơ, báo cáo"
    REMOTE = "remote", "remote", "từ xa"
    HYBRID = "hybrid", "partly remote", "kết hợp từ xa và tại chỗ"


class AuditRole(Term):
    """The part of a person in an audit team."""

    LEADER = "leader", "team leader", "trưởng đoàn"
    AUDITOR = "auditor", "auditor", "chuyên gia đánh giá"
    EXPERT = "expert", "technical expert", "chuyên gia kỹ thuật"
    OBSERVER = "observer", "observer", "quan sát viên"


class Grade(Term):
    """An auditor's grading of a finding."""

    CONFORMITY = "conformity", "Conforms", "Phù hợp"
    MINOR = "minor", "Minor nonconformity", "Không phù hợp nhẹ"
    MAJOR = "major", "Major nonconformity", "Không phù hợp nặng"
    OPPORTUNITY = "opportunity", "Opportunity for improvement", "Cơ hội cải tiến"
    NOT_APPLICABLE = "not-applicable", "Not applicable", "Không áp dụng"
    NOT_ASSESSED = "not-assessed", "Not assessed", "Chưa đánh giá"


class FindingAct(Term):
    """Something that was done about a finding."""

    CORRECTED = "corrected", "correction made", "đã khắc phục"
    CAUSE_FOUND = "cause-found", "cause determined", "đã xác định nguyên nhân"
    PLANNED = "planned", "corrective action planned", "đã lập kế hoạch hành động khắc phục"
    PLAN_ACCEPTED = (
        "plan-accepted",
        "plan accepted by the certification body",
        "kế hoạch được tổ chức chứng nhận chấp nhận",
    )
    ACTED = "acted", "corrective action taken", "đã thực hiện hành động khắc phục"
    VERIFIED = "verified", "verified", "đã kiểm tra xác nhận"
    EXTENDED = "extended", "due day extended", "đã gia hạn"


class Comparison(Term):
    """How a measurement is held against a target."""

    AT_LEAST = "at-least", "at least", "ít nhất"
    AT_MOST = "at-most", "at most", "nhiều nhất"
    MORE_THAN = "more-than", "more than", "trên"
    LESS_THAN = "less-than", "less than", "dưới"
    EXACTLY = "exactly", "exactly", "đúng bằng"


class DocumentKind(Term):
    """The kind of a controlled document."""

    POLICY = "policy", "policy", "chính sách"
    OBJECTIVES = "objectives", "objectives", "mục tiêu"
    MANUAL = "manual", "manual", "sổ tay"
    PROCEDURE = "procedure", "procedure", "quy trình"
    INSTRUCTION = "instruction", "instruction", "hướng dẫn"
    FORM = "form", "form", "biểu mẫu"
    RECORD = "record", "record", "hồ sơ"
    REGULATION = "regulation", "regulation", "quy chế"
    PLAN = "plan", "plan", "kế hoạch"
    EXTERNAL = "external", "external document", "văn bản bên ngoài"


class DocumentAct(Term):
    """Something that was done with a revision of a document."""

    DRAFTED = "drafted", "drafted", "soạn thảo"
    REVIEWED = "reviewed", "reviewed before approval", "soát xét"
    APPROVED = "approved", "approved", "phê duyệt"
    ISSUED = "issued", "issued", "ban hành"
    SUPERSEDED = "superseded", "superseded", "được thay thế"
    WITHDRAWN = "withdrawn", "withdrawn", "thu hồi, hủy bỏ"
    DISPOSED = "disposed", "disposed of", "tiêu hủy"


class RevisionState(Term):
    """How a revision of a document stands on a day."""

    DRAFTED = "drafted", "a draft", "dự thảo"
    REVIEWED = "reviewed", "reviewed, not yet approved", "đã soát xét, chưa phê duyệt"
    APPROVED = "approved", "approved, not yet issued", "đã phê duyệt, chưa ban hành"
    ISSUED = "issued", "issued, not yet in force", "đã ban hành, chưa có hiệu lực"
    EFFECTIVE = "effective", "in force", "còn hiệu lực"
    EXPIRED = "expired", "expired", "hết thời hạn hiệu lực"
    SUPERSEDED = "superseded", "superseded", "đã được thay thế"
    WITHDRAWN = "withdrawn", "withdrawn", "đã thu hồi, hủy bỏ"
    DISPOSED = "disposed", "disposed of", "đã tiêu hủy"


class ReviewOutcome(Term):
    """What a periodic review of a document ended in."""

    NO_CHANGE = "no-change", "no change", "giữ nguyên"
    REVISE = "revise", "to be revised", "cần sửa đổi"
    WITHDRAW = "withdraw", "to be withdrawn", "cần hủy bỏ"


class ProcedureAct(Term):
    """A change of an administrative procedure."""

    PUBLISHED = "published", "newly published", "công bố mới"
    AMENDED = "amended", "amended", "sửa đổi"
    SIMPLIFIED = "simplified", "simplified", "đơn giản hóa"
    SUPPLEMENTED = "supplemented", "supplemented", "bổ sung"
    ABOLITION_PROPOSED = "abolition-proposed", "proposed for abolition", "đề nghị bãi bỏ"
    ABOLISHED = "abolished", "abolished", "bãi bỏ"


class OnlineService(Term):
    """The level at which an administrative procedure is served online."""

    LEVEL_1 = "1", "level 1", "mức độ 1"
    LEVEL_2 = "2", "level 2", "mức độ 2"
    LEVEL_3 = "3", "level 3", "mức độ 3"
    LEVEL_4 = "4", "level 4", "mức độ 4"
    PARTIAL = "partial", "partly online", "một phần"
    FULL = "full", "fully online", "toàn trình"


class LegalAct(Term):
    """What a review of legal documents led to for one of them."""

    REVIEWED = "reviewed", "reviewed, unchanged", "rà soát, giữ nguyên"
    ISSUED = "issued", "issued", "ban hành"
    PROPOSED = "proposed", "proposed new", "đề nghị ban hành mới"
    AMENDED = "amended", "amended", "sửa đổi, bổ sung"
    REPEALED = "repealed", "repealed", "bãi bỏ"


class ReviewInput(Term):
    """A subject that a management review takes up."""

    EARLIER_ACTIONS = (
        "earlier-actions",
        "actions from earlier reviews",
        "hành động từ các lần xem xét trước",
    )
    CHANGES = "changes", "changes that bear on the system", "những thay đổi liên quan đến hệ thống"
    CUSTOMER_FEEDBACK = (
        "customer-feedback",
        "customer satisfaction and feedback",
        "sự thỏa mãn và phản hồi của khách hàng",
    )
    OBJECTIVES = "objectives", "how far objectives are met", "mức độ đạt mục tiêu chất lượng"
    PROCESS_PERFORMANCE = (
        "process-performance",
        "performance of processes and conformity of outputs",
        "kết quả thực hiện quá trình và sự phù hợp của đầu ra",
    )
    CORRECTIVE_ACTIONS = (
        "corrective-actions",
        "nonconformities and corrective actions",
        "sự không phù hợp và hành động khắc phục",
    )
    PREVENTIVE_ACTIONS = "preventive-actions", "preventive actions", "hành động phòng ngừa"
    MONITORING_RESULTS = (
        "monitoring-results",
        "results of monitoring and measurement",
        "kết quả theo dõi và đo lường",
    )
    AUDIT_RESULTS = "audit-results", "audit results", "kết quả đánh giá"
    EXTERNAL_PROVIDERS = (
        "external-providers",
        "performance of external providers",
        "kết quả của nhà cung cấp bên ngoài",
    )
    RESOURCES = "resources", "adequacy of resources", "sự thỏa đáng của nguồn lực"
    RISK_ACTIONS = (
        "risk-actions",
        "effectiveness of actions on risks and opportunities",
        "hiệu lực của hành động giải quyết rủi ro và cơ hội",
    )
    IMPROVEMENT = "improvement", "opportunities for improvement", "cơ hội và khuyến nghị cải tiến"
    INTERESTED_PARTIES = (
        "interested-parties",
        "changes in needs of interested parties",
        "thay đổi nhu cầu của các bên quan tâm",
    )


class ReviewOutput(Term):
    """A subject on which a management review decides (ISO 9001:2015, 9.3.3; ISO 9001:2008, 5.6.3)."""

    IMPROVEMENT = (
        "improvement",
        "opportunities for improvement",
        "cơ hội cải tiến",
    )
    PRODUCT_IMPROVEMENT = (
        "product-improvement",
        "improvement of products and services",
        "cải tiến sản phẩm và dịch vụ",
    )
    CHANGES = (
        "changes",
        "changes that the system needs",
        "những thay đổi cần thiết đối với hệ thống",
    )
    RESOURCES = "resources", "resources needed", "nhu cầu về nguồn lực"


class Status(Term):
    """The standing of a unit's certification on a day.

    Only the first four mean that the certification is in force.
    """

    CURRENT = "current", "current", "còn hiệu lực"
    CURRENT_CONDITIONAL = (
        "current_conditional",
        "current, with conditions",
        "còn hiệu lực, có điều kiện",
    )
    DUE_SOON = "due_soon", "current, action due soon", "còn hiệu lực, có việc sắp đến hạn"
    OVERDUE_SURVEILLANCE = (
        "overdue_surveillance",
        "current, surveillance or check overdue",
        "còn hiệu lực, quá hạn giám sát hoặc kiểm tra",
    )
    SUSPENDED = "suspended", "suspended", "bị đình chỉ"
    EXPIRED_RESTORABLE = (
        "expired_restorable",
        "expired, may be restored",
        "hết hạn, còn có thể khôi phục",
    )
    LAPSED = "lapsed", "lapsed", "hết hiệu lực"
    WITHDRAWN = "withdrawn", "withdrawn", "bị thu hồi"
    NEVER = "never", "never certified", "chưa từng được chứng nhận"
    SUPERSEDED = "superseded", "unit no longer exists", "đơn vị không còn tồn tại"

    @property
    def current(self) -> bool:
        """Whether the certification is in force."""
        return self in _IN_FORCE


_IN_FORCE = frozenset(
    {Status.CURRENT, Status.CURRENT_CONDITIONAL, Status.DUE_SOON, Status.OVERDUE_SURVEILLANCE}
)


class ObligationKind(Term):
    """What has to happen by some day."""

    CERTIFICATION = (
        "certification",
        "obtain certification or announce conformity",
        "được chứng nhận hoặc công bố phù hợp",
    )
    FIRST_SURVEILLANCE = (
        "first-surveillance",
        "first surveillance audit",
        "đánh giá giám sát lần thứ nhất",
    )
    SURVEILLANCE = "surveillance", "surveillance audit of the year", "đánh giá giám sát trong năm"
    RECERTIFICATION = (
        "recertification",
        "recertification before expiry",
        "chứng nhận lại trước khi hết hạn",
    )
    RESTORATION = "restoration", "restoration after expiry", "khôi phục chứng nhận sau khi hết hạn"
    STAGE_2 = (
        "stage-2",
        "stage 2 audit after a lapse",
        "đánh giá giai đoạn 2 sau khi chứng nhận trước đã chấm dứt",
    )
    LIFTING_OF_SUSPENSION = (
        "lifting-of-suspension",
        "lifting of the suspension",
        "giải quyết việc đình chỉ",
    )
    CLOSING_OF_MAJOR = (
        "closing-of-major",
        "verification of actions on a major nonconformity",
        "kiểm tra xác nhận việc khắc phục điểm không phù hợp nặng",
    )
    TRANSITION = "transition", "transition to the next edition", "chuyển đổi sang phiên bản kế tiếp"
    YEARLY_CHECK = (
        "yearly-check",
        "yearly check by the province or ministry",
        "kiểm tra hằng năm của tỉnh hoặc bộ",
    )
    RECHECK = (
        "recheck",
        "re-check of points asked to be fixed",
        "kiểm tra lại các điểm đã yêu cầu khắc phục",
    )
    RE_ANNOUNCEMENT = (
        "re-announcement",
        "new announcement after a change",
        "công bố lại sau khi có thay đổi",
    )
    CONFIRMATION = (
        "confirmation",
        "confirmation by a check, or a new announcement",
        "được kiểm tra xác nhận phù hợp hoặc công bố lại",
    )
    CORRECTIVE_ACTION = (
        "corrective-action",
        "closing of a nonconformity",
        "khép lại điểm không phù hợp",
    )
    INTERNAL_AUDIT = "internal-audit", "internal audit", "đánh giá nội bộ"
    MANAGEMENT_REVIEW = "management-review", "management review", "xem xét của lãnh đạo"
    DOCUMENT_REVIEW = "document-review", "review of a document", "xem xét tài liệu"
    DOCUMENT_EXPIRY = (
        "document-expiry",
        "renewal of a document of limited validity",
        "thay thế tài liệu hết thời hạn áp dụng",
    )
    RETENTION_END = (
        "retention-end",
        "disposal at the end of retention",
        "xử lý hồ sơ hết thời hạn lưu giữ",
    )
    ACKNOWLEDGEMENT = "acknowledgement", "acknowledgement by a holder", "xác nhận đã đọc và hiểu"
    MEASUREMENT = "measurement", "measurement of an objective", "đo lường mục tiêu chất lượng"
    TASK = "task", "task of a plan", "nhiệm vụ trong kế hoạch"
    DECISION = (
        "decision",
        "decision of a management review",
        "kết luận của lần xem xét của lãnh đạo",
    )


class ObligationState(Term):
    """Where an obligation stands on a day."""

    MET = "met", "met", "đã thực hiện"
    OPEN = "open", "open", "chưa đến hạn"
    DUE_SOON = "due-soon", "due soon", "sắp đến hạn"
    OVERDUE = "overdue", "overdue", "quá hạn"
    LATE = "late", "done late", "đã thực hiện nhưng muộn"
    VOID = "void", "no longer asked for", "không còn phải thực hiện"


class Severity(Term):
    """How much a diagnostic matters."""

    ERROR = "error", "error", "lỗi"
    WARNING = "warning", "warning", "cảnh báo"
    INFO = "info", "note", "lưu ý"


class Clause(Struct, frozen=True):
    """A place in a standard or a legal document: the document and the number in it."""

    document: str
    number: str = ""

    def __str__(self) -> str:
        """The document and the number, as people cite them."""
        return f"{self.document}, {self.number}" if self.number else self.document

    @property
    def places(self) -> tuple[Clause, ...]:
        """The places one by one, where two editions or two documents demand the same.

        ``ISO 9001:2015, 6.2; ISO 9001:2008, 5.4.1`` is 6.2 of the one and 5.4.1 of the other.
        """
        number, *others = self.number.split("; ")
        named = (other.split(", ", 1) for other in others)
        return (Clause(self.document, number), *(Clause(*one) for one in named))
