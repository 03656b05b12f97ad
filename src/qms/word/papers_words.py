"""What the papers of an audit say, in English and Vietnamese."""

from __future__ import annotations

from typing import Final

from qms.terms import FindingAct
from qms.text import Text

__all__ = [
    "ATTENDANCE_HEADS",
    "CLOSING_TOPICS",
    "FINDING_HEADS",
    "MEETING_HEADS",
    "OBJECTIVES",
    "OPENING_TOPICS",
    "PLAN_HEADS",
    "TEAM_HEADS",
    "Words",
]

#: Why an audit is held; under True why a yearly check by a province or ministry is.
OBJECTIVES: Final = {
    False: (
        Text(
            en="To determine how far the quality management system conforms to the audit "
            "criteria, and whether it is effective in reaching the objectives of the unit.",
            vi="Xác định mức độ phù hợp của hệ thống quản lý chất lượng so với chuẩn mực đánh giá "
            "và hiệu lực của hệ thống trong việc đạt được các mục tiêu của đơn vị.",
        ),
        Text(
            en="To see whether findings of earlier audits were dealt with, and where the system "
            "can be improved.",
            vi="Xem xét việc xử lý các phát hiện của những lần đánh giá trước và nhận biết các cơ "
            "hội cải tiến hệ thống.",
        ),
    ),
    True: (
        Text(
            en="To check how the unit builds, applies, maintains and improves its quality "
            "management system, and how it follows QĐ 19/2014/QĐ-TTg.",
            vi="Kiểm tra việc xây dựng, áp dụng, duy trì và cải tiến hệ thống quản lý chất lượng "
            "của đơn vị và việc chấp hành Quyết định số 19/2014/QĐ-TTg.",
        ),
        Text(
            en="To see whether the points raised in earlier checks were put right.",
            vi="Kiểm tra việc khắc phục các nội dung đã nêu tại những lần kiểm tra trước.",
        ),
    ),
}

_NO: Final = Text(en="No.", vi="STT")

TEAM_HEADS: Final = (
    Text(en="Name", vi="Họ và tên"),
    Text(en="Role", vi="Nhiệm vụ trong đoàn"),
    Text(en="Unit or division", vi="Đơn vị công tác"),
)
PLAN_HEADS: Final = (
    Text(en="Day and time", vi="Ngày, giờ"),
    Text(en="Activity, division or process", vi="Nội dung, bộ phận hoặc quá trình"),
    Text(en="Clauses", vi="Điều khoản"),
    Text(en="Auditors and participants", vi="Người đánh giá, người tham gia"),
)
MEETING_HEADS: Final = (
    _NO,
    Text(en="Subject", vi="Nội dung"),
    Text(en="Done", vi="Đã nêu"),
    Text(en="Notes", vi="Ghi chú"),
)
ATTENDANCE_HEADS: Final = (
    _NO,
    Text(en="Name", vi="Họ và tên"),
    Text(en="Position, role", vi="Chức vụ, nhiệm vụ"),
    Text(en="Opening", vi="Ký họp mở đầu"),
    Text(en="Closing", vi="Ký họp kết thúc"),
)
FINDING_HEADS: Final = (
    Text(en="Finding", vi="Phát hiện"),
    Text(en="Clause", vi="Điều khoản"),
    Text(en="Grade", vi="Phân loại"),
    Text(en="What was found", vi="Nội dung phát hiện"),
    Text(en="Objective evidence", vi="Bằng chứng khách quan"),
)

OPENING_TOPICS: Final = (
    Text(en="Introduction of those present and of their roles",
         vi="Giới thiệu thành phần tham dự và nhiệm vụ của từng người"),
    Text(en="Objectives, scope and criteria of the audit",
         vi="Mục tiêu, phạm vi và chuẩn mực đánh giá"),
    Text(en="The audit plan, its times, and changes to it",
         vi="Kế hoạch đánh giá, thời gian thực hiện và các thay đổi"),
    Text(en="Who speaks for each side, and by which way; the language used",
         vi="Đầu mối liên lạc của hai bên, cách thức trao đổi; ngôn ngữ sử dụng"),
    Text(en="Guides, observers, rooms and equipment",
         vi="Người hướng dẫn, quan sát viên, phòng làm việc và phương tiện"),
    Text(en="That the team leader and the team answer for the audit and direct how its plan is "
            "carried out, and keep the unit informed of progress and concerns",
         vi="Trách nhiệm của trưởng đoàn và đoàn đánh giá trong việc thực hiện kế hoạch, thông báo "
            "tiến độ và các vấn đề phát sinh cho đơn vị"),
    Text(en="Confidentiality and security of information", vi="Bảo mật và an toàn thông tin"),
    Text(en="Safety, emergencies and access to places of work",
         vi="An toàn lao động, tình huống khẩn cấp và việc ra vào nơi làm việc"),
    Text(en="How evidence is gathered, and that it is a sample",
         vi="Phương pháp thu thập bằng chứng, việc đánh giá dựa trên lấy mẫu"),
    Text(en="How findings are graded and reported", vi="Cách phân loại và thông báo phát hiện"),
    Text(en="State of the findings of earlier audits",
         vi="Tình hình khắc phục các phát hiện của lần đánh giá trước"),
    Text(en="When the audit may be ended early", vi="Các trường hợp kết thúc đánh giá trước thời hạn"),
    Text(en="Questions of the unit", vi="Ý kiến, câu hỏi của đơn vị"),
)  # fmt: skip
CLOSING_TOPICS: Final = (
    Text(en="Thanks, and objectives and scope once more",
         vi="Cảm ơn; nhắc lại mục tiêu và phạm vi đánh giá"),
    Text(en="That evidence was a sample, so that not everything may have been found",
         vi="Bằng chứng thu thập theo mẫu nên có thể chưa phát hiện hết các điểm không phù hợp"),
    Text(en="Findings, each with its evidence and grade",
         vi="Các phát hiện kèm theo bằng chứng và mức phân loại"),
    Text(en="Conclusion of the team", vi="Kết luận của đoàn đánh giá"),
    Text(en="Opinions on which no agreement was reached, recorded",
         vi="Ghi nhận các ý kiến chưa thống nhất"),
    Text(en="How nonconformities are handled and what follows from them; by when causes and "
            "corrective actions are to be sent in",
         vi="Cách xử lý các điểm không phù hợp và hệ quả; thời hạn gửi nguyên nhân và kế hoạch "
            "hành động khắc phục"),
    Text(en="How and when the report is issued", vi="Cách thức và thời gian phát hành báo cáo"),
    Text(en="What follows after the audit, and how to complain or appeal",
         vi="Các công việc sau đánh giá; quyền khiếu nại, yêu cầu xem xét lại"),
    Text(en="Questions of the unit, and acknowledgement of the findings",
         vi="Ý kiến của đơn vị và việc xác nhận các phát hiện"),
)  # fmt: skip


class Words:
    """Titles, labels and sentences."""

    PLAN: Final = Text(en="Audit plan", vi="KẾ HOẠCH")
    PLAN_SUBJECT: Final = Text(en="{unit}: {type}", vi="Thực hiện {type} tại {unit}")
    MEETINGS: Final = Text(en="Opening and closing meeting", vi="BIÊN BẢN HỌP")
    MEETINGS_SUBJECT: Final = Text(
        en="{unit}: {type}", vi="Họp mở đầu và họp kết thúc {type} tại {unit}"
    )
    NONCONFORMITY: Final = Text(en="Nonconformity report", vi="PHIẾU ĐIỂM KHÔNG PHÙ HỢP")
    NONCONFORMITY_SUBJECT: Final = Text(en="{unit}: {type}", vi="Phát hiện khi {type} tại {unit}")
    REPORT: Final = Text(en="Audit report", vi="BÁO CÁO")
    REPORT_SUBJECT: Final = Text(en="{unit}: {type}", vi="Kết quả {type} tại {unit}")

    OBJECTIVES: Final = Text(en="Objectives", vi="Mục tiêu")
    DATA: Final = Text(en="Audit data", vi="Thông tin chung")
    TEAM: Final = Text(en="Audit team", vi="Đoàn đánh giá")
    SCHEDULE: Final = Text(en="Schedule", vi="Chương trình làm việc")
    ATTENDANCE: Final = Text(en="Attendance", vi="Thành phần tham dự")
    FOUND: Final = Text(en="What was found", vi="Nội dung phát hiện")
    DONE: Final = Text(en="What is done about it", vi="Xử lý và kiểm tra xác nhận")
    FINDINGS: Final = Text(en="Findings", vi="Kết quả đánh giá")
    CONCLUSION: Final = Text(en="Conclusion and follow-up", vi="Kết luận và kiến nghị")

    UNIT: Final = Text(en="Unit", vi="Đơn vị được đánh giá")
    ADDRESS: Final = Text(en="Address", vi="Địa chỉ")
    AUDIT: Final = Text(en="Audit", vi="Mã cuộc đánh giá")
    TYPE: Final = Text(en="Kind of audit", vi="Loại đánh giá")
    MODE: Final = Text(en="Audit method", vi="Hình thức")
    CRITERIA: Final = Text(en="Audit criteria", vi="Chuẩn mực đánh giá")
    SCOPE: Final = Text(en="Scope", vi="Phạm vi đánh giá")
    DIVISIONS: Final = Text(en="Divisions", vi="Bộ phận")
    PROCESSES: Final = Text(en="Processes", vi="Quá trình")
    CLAUSES: Final = Text(en="Clauses", vi="Điều khoản")
    DAYS: Final = Text(en="Dates", vi="Thời gian")
    SITES: Final = Text(en="Sites", vi="Địa điểm")
    SITE: Final = Text(en="Site", vi="Địa điểm")
    REFERENCE: Final = Text(
        en="Number of the decision, minutes or report", vi="Số quyết định, biên bản hoặc báo cáo"
    )
    TIME: Final = Text(en="Time spent, in days of eight hours", vi="Thời lượng (ngày công 8 giờ)")
    REPORTED: Final = Text(en="Day of the report", vi="Ngày báo cáo")
    CLIENT: Final = Text(en="Audit client", vi="Khách hàng đánh giá")
    LEAD: Final = Text(en="Lead body", vi="Cơ quan chủ trì")
    BODY: Final = Text(en="Certification body", vi="Tổ chức chứng nhận")
    PEOPLE: Final = Text(
        en="Representative and participants of the unit",
        vi="Đại diện và những người tham gia của đơn vị",
    )
    DEPARTURES: Final = Text(
        en="Departures from the plan, with reasons", vi="Thay đổi so với kế hoạch và lý do"
    )
    CHANGES: Final = Text(
        en="Significant changes since the last audit",
        vi="Thay đổi đáng kể kể từ lần đánh giá trước",
    )
    PROGRAMME: Final = Text(
        en="Matters that affect the audit programme",
        vi="Vấn đề ảnh hưởng đến chương trình đánh giá",
    )
    REMOTE: Final = Text(
        en="Remote parts, and the means used", vi="Phần thực hiện từ xa và phương tiện sử dụng"
    )
    GUIDES: Final = Text(en="Guides and observers", vi="Người hướng dẫn, quan sát viên")
    NUMBER: Final = Text(en="Number", vi="Số phiếu")
    DAY: Final = Text(en="Raised on", vi="Ngày phát hiện")
    CLAUSE: Final = Text(en="Standard and clause", vi="Tiêu chuẩn, điều khoản")
    GRADE: Final = Text(en="Grade", vi="Phân loại")
    REQUIREMENT: Final = Text(en="Requirement not met", vi="Yêu cầu không được đáp ứng")
    STATEMENT: Final = Text(en="Statement of the nonconformity", vi="Mô tả sự không phù hợp")
    EVIDENCE: Final = Text(en="Objective evidence", vi="Bằng chứng khách quan")
    REPEATS: Final = Text(en="Repeats (audit/finding)", vi="Lặp lại (cuộc đánh giá/phát hiện)")
    TEAM_NAMES: Final = Text(en="Audit team", vi="Đoàn đánh giá")
    OWNER: Final = Text(en="Who acts", vi="Người chịu trách nhiệm khắc phục")
    DUE: Final = Text(en="To be closed by", vi="Thời hạn khắc phục")
    EFFECTIVE: Final = Text(en="Found effective", vi="Hành động có hiệu lực")
    CLOSED: Final = Text(en="Closed on", vi="Ngày khép lại")
    YES: Final = Text(en="yes", vi="có")
    NO: Final = Text(en="no", vi="không")
    CONCLUSIONS: Final = Text(en="Conclusion", vi="Kết luận")
    DEGREE: Final = Text(
        en="How far the criteria are met and the results expected are reached",
        vi="Mức độ đáp ứng chuẩn mực và đạt các kết quả dự kiến",
    )
    OWN_REVIEWS: Final = Text(
        en="Internal audit and management review",
        vi="Đánh giá nội bộ và xem xét của lãnh đạo",
    )
    LAST_AUDIT: Final = Text(
        en="Last internal audit: {day}", vi="Lần đánh giá nội bộ gần nhất: {day}"
    )
    LAST_REVIEW: Final = Text(
        en="Last management review: {day}", vi="Lần xem xét của lãnh đạo gần nhất: {day}"
    )
    FULFILLED: Final = Text(
        en="Whether the objectives of the audit were reached",
        vi="Mức độ hoàn thành mục tiêu của cuộc đánh giá",
    )
    DIVERGING: Final = Text(en="Opinions left open", vi="Ý kiến chưa thống nhất")
    NOT_COVERED: Final = Text(
        en="Parts of the scope not covered", vi="Nội dung trong phạm vi chưa được đánh giá"
    )
    GOOD_PRACTICE: Final = Text(en="Good practice", vi="Thực hành tốt")
    FOLLOW_UP: Final = Text(en="Agreed follow-up", vi="Công việc tiếp theo đã thống nhất")

    MARKS: Final = Text(
        en="Use of the certificate and of marks",
        vi="Việc sử dụng giấy chứng nhận và dấu chứng nhận",
    )
    SCOPE_FIT: Final = Text(
        en="Whether the scope of certification is appropriate",
        vi="Sự thích hợp của phạm vi chứng nhận",
    )
    RECOMMENDATION: Final = Text(
        en="Recommendation on the certification", vi="Kiến nghị về việc chứng nhận"
    )
    EARLIER: Final = Text(
        en="Findings of earlier audits, and what was verified",
        vi="Phát hiện của các lần trước và kết quả kiểm tra xác nhận",
    )
    JOINT: Final = Text(
        en="Combined, joint or integrated with", vi="Kết hợp, phối hợp hoặc tích hợp với"
    )

    #: What can be recorded about a nonconformity, in the order of work.
    ACTS: Final = {
        FindingAct.CORRECTED: Text(en="Correction", vi="Sự khắc phục"),
        FindingAct.CAUSE_FOUND: Text(en="Cause", vi="Nguyên nhân"),
        FindingAct.PLANNED: Text(en="Corrective action planned", vi="Kế hoạch hành động khắc phục"),
        FindingAct.ACTED: Text(
            en="Corrective action taken, and evidence",
            vi="Hành động khắc phục đã thực hiện, bằng chứng",
        ),
        FindingAct.VERIFIED: Text(
            en="Verification: method, day, by whom",
            vi="Kiểm tra xác nhận: cách thức, ngày, người thực hiện",
        ),
    }

    OPENING: Final = Text(en="Opening meeting", vi="Họp mở đầu")
    CLOSING: Final = Text(en="Closing meeting", vi="Họp kết thúc")
    TEAM_MEETING: Final = Text(en="Meeting of the audit team", vi="Họp đoàn đánh giá")
    COUNTS: Final = Text(
        en="Major nonconformities: {major}; minor nonconformities: {minor}; opportunities for "
        "improvement: {opportunity}.",
        vi="Số điểm không phù hợp nặng: {major}; không phù hợp nhẹ: {minor}; cơ hội cải tiến: "
        "{opportunity}.",
    )
    PLAN_NOTE: Final = Text(
        en="Times may be changed in agreement with the unit. Guides and observers are named by "
        "the unit before the opening meeting.",
        vi="Thời gian có thể điều chỉnh theo thống nhất với đơn vị. Đơn vị cử người hướng dẫn và "
        "thông báo quan sát viên (nếu có) trước buổi họp mở đầu.",
    )
    SAMPLING: Final = Text(
        en="The audit rests on samples of the information available; nonconformities may exist "
        "that were not found.",
        vi="Cuộc đánh giá dựa trên việc lấy mẫu các thông tin sẵn có; có thể còn những điểm không "
        "phù hợp chưa được phát hiện.",
    )
    CONFIDENTIAL: Final = Text(
        en="This report is for the body that asked for it and for the unit; it is passed on only with their "
        "consent or where law demands it.",
        vi="Báo cáo này dành cho cơ quan, tổ chức yêu cầu và đơn vị được đánh giá; chỉ cung cấp cho bên "
        "khác khi được đồng ý hoặc theo quy định của pháp luật.",
    )
    FOR_UNIT: Final = Text(en="For the unit", vi="ĐẠI DIỆN ĐƠN VỊ ĐƯỢC ĐÁNH GIÁ")
    LEADER: Final = Text(en="Audit team leader", vi="TRƯỞNG ĐOÀN ĐÁNH GIÁ")
    AUDITOR: Final = Text(en="Auditor", vi="NGƯỜI ĐÁNH GIÁ")
    DOER: Final = Text(en="Responsible for the action", vi="NGƯỜI THỰC HIỆN")
    VERIFIER: Final = Text(en="Verified by", vi="NGƯỜI KIỂM TRA XÁC NHẬN")
    SIGN: Final = Text(en="(signature, name, date)", vi="(Ký, ghi rõ họ và tên)")
    TO_UNIT: Final = Text(en="– the unit", vi="- Đơn vị được đánh giá;")
    TO_LEAD: Final = Text(en="– the lead body", vi="- Cơ quan chủ trì;")
    TO_FILE: Final = Text(en="– the audit file", vi="- Lưu: VT, hồ sơ đánh giá.")
