"""Doubts about a filled checklist: named, with a place, in both languages.

A doubt never means that something was thrown away: what was found is in it.
"""

from __future__ import annotations

from attrs import frozen

from qms.checklist.answers import AnswerField
from qms.problems import Place, Problem
from qms.terms import Term
from qms.text import Text

__all__ = ["FIELD_NAMES", "Doubt", "DoubtKind"]

#: What each field is called where people read it.
FIELD_NAMES = {
    AnswerField.GRADE: Text(en="Grade", vi="Mức đánh giá"),
    AnswerField.EVIDENCE: Text(en="Objective evidence", vi="Bằng chứng khách quan"),
    AnswerField.DOCUMENTS: Text(en="Documents seen", vi="Tài liệu, hồ sơ đã xem"),
    AnswerField.STATEMENT: Text(
        en="Finding, recommendation or reason", vi="Nội dung phát hiện, khuyến nghị hoặc lý do"
    ),
    AnswerField.DUE: Text(en="To be closed by", vi="Thời hạn khắc phục"),
    AnswerField.CLAUSE: Text(en="Clause", vi="Điều khoản"),
    AnswerField.BEGAN: Text(en="First day", vi="Ngày bắt đầu"),
    AnswerField.HELD: Text(en="Last day", vi="Ngày kết thúc"),
    AnswerField.AUDITORS: Text(en="Audit team", vi="Đoàn đánh giá"),
    AnswerField.AUDITEES: Text(en="For the unit", vi="Đại diện đơn vị được đánh giá"),
    AnswerField.CONCLUSION: Text(en="Conclusion", vi="Kết luận"),
}

#: What is filled in of the audit as a whole stands in lines, not in columns.
_IN_LINES = frozenset(
    {
        AnswerField.BEGAN,
        AnswerField.HELD,
        AnswerField.AUDITORS,
        AnswerField.AUDITEES,
        AnswerField.CONCLUSION,
    }
)
_QUESTION = Text(en="question {question}", vi="câu hỏi {question}")
_COLUMN = Text(en="“{name}”", vi="cột “{name}”")
_LINE = Text(en="“{name}”", vi="dòng “{name}”")


class DoubtKind(Term):
    """What can be doubtful about a filled checklist; its value is the stable code."""

    NO_PLAN = (
        "no-plan",
        (
            "the file does not say which checklist it is, so nothing shows whether it is complete; "
            "give the checklist that was sent out"
        ),
        (
            "tệp không cho biết là phiếu nào nên không xác định được phiếu có đầy đủ hay không; "
            "hãy cung cấp phiếu đã phát hành"
        ),
    )
    ANOTHER_CHECKLIST = (
        "another-checklist",
        "this is the checklist of another unit, audit, kind of audit or edition",
        "đây là phiếu của đơn vị, cuộc đánh giá, loại đánh giá hoặc phiên bản tiêu chuẩn khác",
    )
    OLDER_REVISION = (
        "older-revision",
        "this is an earlier revision of the checklist; see whether the later one asks more",
        "đây là bản cũ của phiếu; hãy xem bản mới có hỏi thêm nội dung nào không",
    )
    MISSING = (
        "missing",
        "the cell to be filled in is no longer in the file",
        "ô cần điền không còn trong tệp",
    )
    DOUBLED = (
        "doubled",
        "filled in more than once, and not alike; keep the one that holds",
        "được điền nhiều lần với nội dung khác nhau; hãy giữ lại nội dung đúng",
    )
    CONTRADICTORY = (
        "contradictory",
        "what is filled in contradicts itself; see the original and keep the one that holds",
        "nội dung điền mâu thuẫn với nhau; hãy xem bản gốc và giữ lại nội dung đúng",
    )
    SEVERAL_CONCLUSIONS = (
        "several-conclusions",
        "the auditors conclude in different words; all is kept, one below the other",
        "các thành viên đoàn kết luận khác nhau; mọi kết luận được giữ lại, ghi lần lượt",
    )
    CONFLICTING_IDENTITY = (
        "conflicting-identity",
        "the cell carries the mark of another cell; text was copied or cells were merged",
        "ô mang dấu nhận dạng của ô khác; văn bản đã được sao chép hoặc các ô đã bị trộn",
    )
    UNCERTAIN_COLUMN = (
        "uncertain-column",
        (
            "the row does not fit its heading, or has none, so the column is not certain; "
            "see whether the words stand where they belong"
        ),
        (
            "dòng không khớp với dòng tiêu đề hoặc thiếu tiêu đề nên không chắc thuộc cột nào; "
            "hãy xem nội dung đã đúng cột chưa"
        ),
    )
    UNKNOWN_GRADE = (
        "unknown-grade",
        "this is none of the grades; choose one from the list",
        "đây không phải là một mức đánh giá; hãy chọn trong danh sách",
    )
    UNANSWERED = (
        "unanswered",
        "no grade is given; give one, if only “Not assessed”",
        "chưa có mức đánh giá; hãy chọn một mức, kể cả “Chưa đánh giá”",
    )
    NO_EVIDENCE = (
        "no-evidence",
        "a nonconformity without objective evidence; write down what was seen",
        "điểm không phù hợp không có bằng chứng khách quan; hãy ghi những gì đã thấy",
    )
    NO_CLAUSE = (
        "no-clause",
        "a nonconformity without a clause of the standard; name it by its number",
        "điểm không phù hợp không nêu điều khoản của tiêu chuẩn; hãy ghi số điều khoản",
    )
    NO_REASON = (
        "no-reason",
        "not applicable, but without a reason; write down why",
        "không áp dụng nhưng không nêu lý do; hãy ghi rõ lý do",
    )
    ALWAYS_APPLICABLE = (
        "always-applicable",
        "this cannot be not applicable; assess it",
        "nội dung này không thể không áp dụng; hãy đánh giá",
    )
    UNCLEAR_DATE = (
        "unclear-date",
        "this is no day, or it can be read as two; write it like {pattern}",
        "đây không phải là ngày hoặc có thể hiểu theo hai cách; hãy ghi theo dạng {pattern}",
    )
    EARLY_DATE = (
        "early-date",
        "to be closed before the audit was over; see whether the day is right",
        "thời hạn khắc phục sớm hơn ngày kết thúc đánh giá; hãy xem lại ngày",
    )
    UNLIKELY_DATE = (
        "unlikely-date",
        (
            "before the day up to which the checklist has its facts, more than a year after it, "
            "more than 180 days from the planned or the first day, or still to come; see whether "
            "the day and its year are right"
        ),
        (
            "sớm hơn ngày tính thông tin của phiếu, muộn hơn ngày đó quá một năm, lệch quá 180 ngày "
            "so với ngày theo kế hoạch hoặc ngày bắt đầu, hoặc chưa đến; hãy xem lại ngày và năm"
        ),
    )
    NO_LAST_DAY = (
        "no-last-day",
        "answers, but no last day: without it the audit does not count as held; write it down",
        (
            "đã trả lời nhưng chưa ghi ngày kết thúc nên cuộc đánh giá chưa được tính là đã thực "
            "hiện; hãy ghi ngày kết thúc"
        ),
    )
    NOTHING_ASSESSED = (
        "nothing-assessed",
        (
            "none of these questions was assessed, yet once the audit is held all of it counts as "
            "audited; see whether it was"
        ),
        (
            "chưa đánh giá câu hỏi nào trong số này, nhưng khi cuộc đánh giá đã thực hiện thì toàn bộ "
            "được tính là đã đánh giá; hãy xem có đúng không"
        ),
    )
    UNCERTAIN_NAMES = (
        "uncertain-names",
        (
            "this is hardly the name of one person; write everybody on a line of their own, and "
            "behind the name nothing but the role, in brackets"
        ),
        (
            "đây khó có thể là họ tên của một người; hãy ghi mỗi người một dòng, sau họ tên chỉ ghi "
            "vai trò trong ngoặc"
        ),
    )
    TEAM_OTHERWISE = (
        "team-otherwise",
        (
            "somebody of the recorded team is not named, or has another role; the team stays as "
            "recorded, and the note of the audit tells what the file says"
        ),
        (
            "phiếu không nêu một người trong đoàn đã ghi, hoặc nêu vai trò khác; đoàn đã ghi được giữ "
            "nguyên, phần ghi chú của cuộc đánh giá nêu nội dung của phiếu"
        ),
    )
    STRUCK = (
        "struck-through",
        "words that are struck through; they were read as if they held: remove them or the line",
        "có chữ bị gạch ngang; đã đọc như chữ thường, hãy xóa chữ hoặc bỏ gạch ngang",
    )
    HIDDEN = (
        "hidden-text",
        "words that are hidden; they were read like any others: let them be seen, or remove them",
        "có chữ định dạng ẩn; đã đọc như chữ thường, hãy cho hiện ra hoặc xóa",
    )
    TRACKED_CHANGE = (
        "tracked-change",
        "a tracked change; it was read as if accepted, so accept or reject it in Word",
        (
            "có thay đổi đang được theo dõi; đã đọc như khi chấp nhận, "
            "hãy chấp nhận hoặc từ chối trong Word"
        ),
    )
    COMMENT = (
        "comment",
        "a comment; put into a cell what belongs to the answers, and remove the rest",
        "có bình luận; hãy đưa nội dung cần thiết vào ô trả lời và xóa phần còn lại",
    )
    STRAY_TEXT = (
        "stray-text",
        "text where none belongs; move it into a cell, or remove it",
        "có nội dung ở nơi không dành để điền; hãy chuyển vào ô trả lời hoặc xóa",
    )
    EMBEDDED = (
        "embedded",
        (
            "a picture, an object, a form field or a sign of a symbol font, which is not read; "
            "write down in words what it shows"
        ),
        (
            "có hình ảnh, đối tượng nhúng, trường biểu mẫu hoặc ký hiệu của phông chữ ký hiệu, "
            "không đọc được; hãy ghi nội dung bằng chữ"
        ),
    )
    ALTERED_QUESTION = (
        "altered-question",
        "the question is not worded as it was issued",
        "câu hỏi không còn nguyên văn như khi phát hành",
    )
    ALTERED_TEXT = (
        "altered-text",
        "issued text is gone, was changed or stands elsewhere; compare it with what was sent out",
        "nội dung in sẵn đã bị xóa, bị sửa hoặc bị chuyển chỗ; hãy đối chiếu với phiếu đã phát hành",
    )
    ODD_LETTER = (
        "odd-letter",
        "the letter Ð (Icelandic) stands where Vietnamese has Đ; type it again",
        "có chữ Ð (tiếng Iceland) thay cho chữ Đ của tiếng Việt; hãy gõ lại",
    )
    EARLIER_FILE = (
        "earlier-file",
        (
            "another filled checklist was read into this audit before; its conformities are not in "
            "the register, so read both files together to see contradictions"
        ),
        (
            "trước đây đã ghi một phiếu khác vào cuộc đánh giá này; sổ đăng ký không giữ các nội dung "
            "phù hợp, hãy đọc các tệp cùng một lần để phát hiện mâu thuẫn"
        ),
    )
    ADDED_TO_RECORDED = (
        "added-to-recorded",
        "the register holds this already and the file adds to it; what is new is recorded behind it",
        "sổ đăng ký đã ghi nội dung này và tệp bổ sung thêm; phần mới sẽ được ghi tiếp vào sau",
    )
    RECORDED_OTHERWISE = (
        "recorded-otherwise",
        "the register already holds this otherwise; what is recorded is not changed",
        "sổ đăng ký đã ghi khác; nội dung đã ghi nhận không bị sửa đổi",
    )

    @property
    def acceptable(self) -> bool:
        """Whether a person may accept it; where two values compete, one must be chosen."""
        return self not in _FINAL


_FINAL = frozenset(
    {
        DoubtKind.NO_PLAN,
        DoubtKind.ANOTHER_CHECKLIST,
        DoubtKind.DOUBLED,
        DoubtKind.CONTRADICTORY,
        DoubtKind.UNKNOWN_GRADE,
        DoubtKind.RECORDED_OTHERWISE,
        DoubtKind.UNCLEAR_DATE,
    }
)


@frozen(kw_only=True)
class Doubt:
    """One doubt about a filled checklist.

    Attributes:
        kind: What is doubtful.
        question: The question that it is about, where it is about one.
        field: The field that it is about, where it is about one.
        where: The place in the document, in words, where it is not a question.
        found: What was found there, whole.
        file: The file in which it was found.
    """

    kind: DoubtKind
    question: str | None = None
    field: AnswerField | None = None
    where: Text | None = None
    found: str | None = None
    file: str | None = None

    @property
    def what(self) -> Text:
        """What is doubtful and what to do, in both languages."""
        return Text(
            en=self.kind.text.en.format(pattern="2026-03-15"),
            vi=self.kind.text.vi.format(pattern="15/03/2026"),
        )

    @property
    def place(self) -> Text:
        """The place in words, in both languages."""
        parts = []
        if self.question is not None:
            parts.append(_QUESTION.format(question=self.question))
        if self.field is not None:
            words = _LINE if self.field in _IN_LINES else _COLUMN
            parts.append(words.format(name=FIELD_NAMES[self.field]))
        if self.where is not None:
            parts.append(self.where)
        return Text(
            en=", ".join(part.en for part in parts), vi=", ".join(part.vi for part in parts)
        )

    def problem(self) -> Problem:
        """The doubt as a problem of input, with its code."""
        place = self.place
        what = Text(
            en=f"[{self.kind}] {place.en + ': ' if place.en else ''}{self.what.en}",
            vi=f"[{self.kind}] {place.vi + ': ' if place.vi else ''}{self.what.vi}",
        )
        return Problem(what=what, place=Place(file=self.file), found=self.found)
