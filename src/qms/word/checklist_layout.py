"""What a checklist looks like on paper: pages, columns, headings, in both languages."""

from __future__ import annotations

from typing import Final

from attrs import evolve, frozen

from qms.checklist.answers import AnswerField
from qms.checklist.doubts import FIELD_NAMES
from qms.terms import Grade
from qms.text import Text

__all__ = [
    "AUDIT",
    "FURTHER",
    "FURTHER_COLUMNS",
    "GRADES",
    "LETTERS",
    "PARTICULARS",
    "PLACEHOLDERS",
    "QUESTION_COLUMNS",
    "Column",
    "Page",
    "Words",
    "widths",
]

#: Identifiers of what is filled in besides the answers to questions.
AUDIT: Final = "audit"
FURTHER: Final = tuple(f"X-{number:02}" for number in range(1, 9))

#: One letter a field, for the names of bookmarks.
LETTERS: Final = {
    AnswerField.GRADE: "g",
    AnswerField.EVIDENCE: "e",
    AnswerField.DOCUMENTS: "d",
    AnswerField.STATEMENT: "s",
    AnswerField.DUE: "u",
    AnswerField.CLAUSE: "c",
    AnswerField.BEGAN: "b",
    AnswerField.HELD: "h",
    AnswerField.AUDITORS: "a",
    AnswerField.AUDITEES: "r",
    AnswerField.CONCLUSION: "k",
}

#: What stands in a cell until it is filled in.
PLACEHOLDERS: Final = {
    AnswerField.GRADE: Text(en="[choose]", vi="[chọn mức]"),
    AnswerField.EVIDENCE: Text(en="[evidence]", vi="[bằng chứng]"),
    AnswerField.DOCUMENTS: Text(en="[documents]", vi="[tài liệu]"),
    AnswerField.STATEMENT: Text(en="[finding or reason]", vi="[phát hiện, lý do]"),
    AnswerField.DUE: Text(en="[date]", vi="[ngày]"),
    AnswerField.CLAUSE: Text(en="[clause]", vi="[số]"),
    AnswerField.BEGAN: Text(en="[date]", vi="[ngày]"),
    AnswerField.HELD: Text(en="[date]", vi="[ngày]"),
    AnswerField.AUDITORS: Text(en="[names]", vi="[họ và tên]"),
    AnswerField.AUDITEES: Text(en="[names and positions]", vi="[họ và tên, chức vụ]"),
    AnswerField.CONCLUSION: Text(en="[conclusion]", vi="[kết luận]"),
}


@frozen
class Column:
    """A column of a table of answers.

    Attributes:
        head: Its heading.
        share: Its share of the width, in any unit.
        field: What is filled in there; None where the text is given.
    """

    head: Text
    share: int
    field: AnswerField | None = None


#: As wide as the longest identifier of a question of ours, so that none is broken.
_ID = Column(Text(en="No.", vi="Số"), 34)

QUESTION_COLUMNS: Final = (
    _ID,
    Column(Text(en="Question", vi="Câu hỏi"), 46),
    Column(
        Text(en="What to look for; held in the register", vi="Cần xem xét; thông tin của đơn vị"),
        61,
    ),
    Column(FIELD_NAMES[AnswerField.GRADE], 21, AnswerField.GRADE),
    Column(FIELD_NAMES[AnswerField.EVIDENCE], 37, AnswerField.EVIDENCE),
    Column(FIELD_NAMES[AnswerField.DOCUMENTS], 22, AnswerField.DOCUMENTS),
    Column(FIELD_NAMES[AnswerField.STATEMENT], 31, AnswerField.STATEMENT),
    Column(FIELD_NAMES[AnswerField.DUE], 20, AnswerField.DUE),
)
FURTHER_COLUMNS: Final = (
    _ID,
    Column(FIELD_NAMES[AnswerField.CLAUSE], 22, AnswerField.CLAUSE),
    Column(FIELD_NAMES[AnswerField.GRADE], 26, AnswerField.GRADE),
    Column(FIELD_NAMES[AnswerField.STATEMENT], 78, AnswerField.STATEMENT),
    Column(FIELD_NAMES[AnswerField.EVIDENCE], 66, AnswerField.EVIDENCE),
    Column(FIELD_NAMES[AnswerField.DOCUMENTS], 28, AnswerField.DOCUMENTS),
    Column(FIELD_NAMES[AnswerField.DUE], 24, AnswerField.DUE),
)
PARTICULARS: Final = (
    AnswerField.BEGAN,
    AnswerField.HELD,
    AnswerField.AUDITORS,
    AnswerField.AUDITEES,
)


def widths(shares: tuple[int, ...], total: int) -> tuple[int, ...]:
    """Widths of columns by their shares, which together are exactly the whole."""
    whole = sum(shares)
    ends = [round(total * sum(shares[: n + 1]) / whole) for n in range(len(shares))]
    return tuple(end - start for start, end in zip((0, *ends), ends, strict=False))


@frozen(kw_only=True)
class Page:
    """A page, in twentieths of a point.

    Attributes:
        header: How far the header is from the edge.
        footer: How far the footer is from the edge.
        references: The references to headers and footers, as XML.
        first_apart: Whether the first page has a header of its own.
    """

    width: int = 11906
    height: int = 16838
    top: int = 1134
    bottom: int = 1134
    left: int = 1701
    right: int = 850
    header: int = 567
    footer: int = 567
    references: str = ""
    first_apart: bool = False

    @property
    def text_width(self) -> int:
        """The width between the margins."""
        return self.width - self.left - self.right

    @property
    def room(self) -> int:
        """The least there is between margins, across or down, also on the page's side."""
        pages = (self, self.turned)
        across = (page.text_width for page in pages)
        return min(*across, *(page.height - page.top - page.bottom for page in pages))

    @property
    def turned(self) -> Page:
        """The same page with the long side down, its margins where they were."""
        if self.width > self.height:
            return evolve(self, first_apart=False)
        return evolve(self, width=self.height, height=self.width, first_apart=False)

    @property
    def properties(self) -> str:
        """The inside of a ``w:sectPr``."""
        turned = ' w:orient="landscape"' if self.width > self.height else ""
        return (
            f"{self.references}"
            f'<w:pgSz w:w="{self.width}" w:h="{self.height}"{turned}/>'
            f'<w:pgMar w:top="{self.top}" w:right="{self.right}" w:bottom="{self.bottom}" '
            f'w:left="{self.left}" w:header="{self.header}" w:footer="{self.footer}" w:gutter="0"/>'
            f"{'<w:titlePg/>' if self.first_apart else ''}"
        )


#: The grades in the order in which they are offered.
GRADES: Final = (
    Grade.CONFORMITY,
    Grade.MINOR,
    Grade.MAJOR,
    Grade.OPPORTUNITY,
    Grade.NOT_APPLICABLE,
    Grade.NOT_ASSESSED,
)


class Words:
    """What a checklist says besides its questions."""

    CHECKLIST: Final = Text(en="Audit checklist", vi="PHIẾU ĐÁNH GIÁ")
    CHECK: Final = Text(en="Checklist of the yearly check", vi="PHIẾU KIỂM TRA")
    SUBJECT: Final = Text(
        en="Quality management system to {edition}: {unit}",
        vi="Hệ thống quản lý chất lượng theo {edition} tại {unit}",
    )
    DATA: Final = Text(en="1 Audit data", vi="I. THÔNG TIN CHUNG")
    UNIT_FACTS: Final = Text(
        en="2 What the register holds of the unit", vi="II. THÔNG TIN VỀ ĐƠN VỊ"
    )
    QUESTIONS: Final = Text(en="3 Questions", vi="III. NỘI DUNG ĐÁNH GIÁ")
    FINDINGS: Final = Text(en="4 Findings", vi="IV. CÁC PHÁT HIỆN")
    CONCLUSION: Final = Text(en="5 Conclusion", vi="V. KẾT LUẬN")
    GUIDE: Final = Text(
        en="Choose one grade for every question. A nonconformity needs evidence, “not applicable” "
        "a reason. An empty grade is no conformity: choose “Not assessed” for what was not looked "
        "at.",
        vi="Mỗi câu hỏi chọn một mức đánh giá. Điểm không phù hợp phải có bằng chứng; “Không áp "
        "dụng” phải nêu lý do. Bỏ trống không có nghĩa là phù hợp: nội dung chưa xem xét thì chọn "
        "“Chưa đánh giá”.",
    )
    CLAUSE: Final = Text(en="Clause {number} {title}", vi="Điều khoản {number}. {title}")
    LISTED: Final = Text(
        en="Findings of the questions above", vi="Phát hiện theo các câu hỏi nêu trên"
    )
    #: Other words than over the answers, so that the list is not taken for answers.
    LISTED_HEADS: Final = (
        Text(en="Question no.", vi="Câu hỏi số"),
        Text(en="Clause no.", vi="Điều khoản số"),
        Text(en="Graded", vi="Mức đã đánh giá"),
        Text(en="What was found", vi="Nội dung"),
        Text(en="Evidence", vi="Bằng chứng"),
    )
    FURTHER: Final = Text(
        en="Findings outside the questions above", vi="Phát hiện ngoài các câu hỏi nêu trên"
    )
    TOTALS: Final = Text(en="Totals", vi="Tổng hợp kết quả")
    TOTAL: Final = Text(en="Total", vi="Tổng số")
    UNIT: Final = Text(en="Unit", vi="Đơn vị được đánh giá")
    ADDRESS: Final = Text(en="Address", vi="Địa chỉ")
    TYPE: Final = Text(en="Kind of audit", vi="Loại đánh giá")
    CRITERIA: Final = Text(en="Audit criteria", vi="Chuẩn mực đánh giá")
    SCOPE: Final = Text(en="Scope", vi="Phạm vi đánh giá")
    PLANNED: Final = Text(en="Planned for", vi="Ngày theo kế hoạch")
    MODE: Final = Text(en="Audit method", vi="Hình thức")
    DIVISIONS: Final = Text(en="Divisions", vi="Bộ phận")
    PROCESSES: Final = Text(en="Processes", vi="Quá trình")
    SITES: Final = Text(en="Sites", vi="Địa điểm")
    CLAUSES: Final = Text(en="Clauses", vi="Điều khoản")
    NUMBER: Final = Text(en="Audit and checklist", vi="Mã cuộc đánh giá và mã phiếu")
    UNTIL: Final = Text(en="Facts up to", vi="Thông tin tính đến ngày")
    FOR_UNIT: Final = Text(en="For the unit", vi="ĐẠI DIỆN ĐƠN VỊ ĐƯỢC ĐÁNH GIÁ")
    FOR_TEAM: Final = Text(en="Audit team leader", vi="TRƯỞNG ĐOÀN ĐÁNH GIÁ")
    SIGN: Final = Text(en="(signature, name, date)", vi="(Ký, ghi rõ họ và tên)")
    TO_UNIT: Final = Text(en="– the unit", vi="- Đơn vị được đánh giá;")
    TO_FILE: Final = Text(en="– the audit file", vi="- Lưu: VT, hồ sơ đánh giá.")
    ITEM: Final = Text(en="Item", vi="Nội dung")
    SECTION_TABLE: Final = Text(
        en="Questions and answers, clause {number}", vi="Câu hỏi và trả lời, điều khoản {number}"
    )
    SUBJECT_TABLE: Final = Text(
        en="Questions and answers: {title}", vi="Câu hỏi và trả lời: {title}"
    )
