"""Why a file is not opened, and what to be careful about in one that is.

A refusal is final: nothing of the file is used.  A caution lets the file be
read, and leaves it to the caller what not to do with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from qms.terms import Term
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Caution", "CautionKind", "Refusal", "Refused"]


class Refusal(Term):
    """A reason for not opening a file; its value is the stable code."""

    NOT_FOUND = "not-found", "there is no such file", "không có tệp này"
    NOT_A_FILE = (
        "not-a-file",
        "this is a folder or a device; name a Word file",
        "đây là thư mục hoặc thiết bị; hãy chỉ ra một tệp Word",
    )
    UNREADABLE = (
        "unreadable",
        "the file cannot be read; ask for the right to read it",
        "không đọc được tệp; đề nghị được cấp quyền đọc tệp",
    )
    EMPTY = (
        "empty",
        "the file is empty; get it again from its owner",
        "tệp rỗng; đề nghị lấy lại tệp từ nơi gửi",
    )
    TOO_LARGE = (
        "too-large",
        "the file is larger than {limit} MB; make its pictures smaller and save it again",
        "tệp lớn hơn {limit} MB; hãy giảm dung lượng hình ảnh rồi lưu lại",
    )
    PASSWORD = (
        "password",
        "the file is protected by a password; open it in Word, remove the password and save it",
        "tệp được bảo vệ bằng mật khẩu; hãy mở bằng Word, gỡ mật khẩu rồi lưu lại",
    )
    OLD_WORD = (
        "old-word",
        "this is an old Word file (.doc, Word 97–2003); save it as a Word document (.docx)",
        "đây là tệp Word cũ (.doc, Word 97–2003); hãy lưu lại thành tài liệu Word (.docx)",
    )
    NOT_WORD = (
        "not-word",
        (
            "this is not a Word or OpenDocument text file, whatever its name says; save it as a Word "
            "document (.docx), or get the original"
        ),
        (
            "đây không phải là tệp văn bản Word hoặc OpenDocument, dù tên tệp có ghi như vậy; hãy lưu "
            "lại thành tài liệu Word (.docx) hoặc lấy tệp gốc"
        ),
    )
    NOT_A_CHECKLIST = (
        "not-a-checklist",
        (
            "this is no checklist as it was sent out, or it lost its properties; name the file that "
            "qms wrote"
        ),
        (
            "đây không phải là phiếu đã phát hành, hoặc tệp đã mất thuộc tính; hãy nêu đúng tệp do "
            "qms lập"
        ),
    )
    PAPER = (
        "paper",
        (
            "this is a paper of an audit (a plan, list of the meetings, nonconformity report or audit "
            "report), not a filled checklist; give the checklist"
        ),
        (
            "đây là tài liệu của cuộc đánh giá (kế hoạch, biên bản họp, phiếu điểm không phù hợp hoặc "
            "báo cáo), không phải phiếu đánh giá đã điền; hãy nêu tệp phiếu"
        ),
    )
    STRICT = (
        "strict",
        "the file was saved as “Strict Open XML Document”; save it as a Word document (.docx)",
        "tệp được lưu dưới dạng “Strict Open XML Document”; hãy lưu lại thành tài liệu Word (.docx)",
    )
    TRUNCATED = (
        "truncated",
        "the file breaks off before its end; get it again from its owner",
        "tệp bị cắt mất phần cuối; đề nghị lấy lại tệp từ nơi gửi",
    )
    DAMAGED = (
        "damaged",
        "the file is damaged ({where}); open it in Word and save it again",
        "tệp bị hỏng ({where}); hãy mở bằng Word rồi lưu lại",
    )
    ENCRYPTED_MEMBER = (
        "encrypted-member",
        "a part of the file is encrypted ({where}); save it without encryption",
        "một phần của tệp bị mã hóa ({where}); hãy lưu lại không mã hóa",
    )
    TOO_MANY_PARTS = (
        "too-many-parts",
        "the file has more than {limit} parts; no ordinary document has so many",
        "tệp có hơn {limit} thành phần; tài liệu thông thường không có nhiều như vậy",
    )
    EXPANDS_TOO_MUCH = (
        "expands-too-much",
        "the file would expand beyond all measure ({where}: {size} MB); it may be an attack",
        "tệp giải nén ra dung lượng quá lớn ({where}: {size} MB); có thể là tệp tấn công",
    )
    TOO_MANY_ELEMENTS = (
        "too-many-elements",
        (
            "the text of the file has more than {limit} elements; divide the document, "
            "or ask its owner whether it is genuine"
        ),
        (
            "phần văn bản của tệp có hơn {limit} phần tử; hãy chia nhỏ tài liệu "
            "hoặc hỏi lại nơi gửi về tính xác thực của tệp"
        ),
    )
    TOO_MANY_ATTRIBUTES = (
        "too-many-attributes",
        "{where} has far more attributes than elements; it may be an attack",
        "{where} có quá nhiều thuộc tính so với số phần tử; có thể là tệp tấn công",
    )
    TOO_MANY_NOTES = (
        "too-many-notes",
        (
            "{where} has more than {limit} XML comments or processing instructions, "
            "which Word does not write; it may be an attack"
        ),
        (
            "{where} có hơn {limit} chú thích XML hoặc chỉ thị xử lý, điều Word không tạo ra; "
            "có thể là tệp tấn công"
        ),
    )
    TOO_LONG = (
        "too-long",
        (
            "{where} has a single text of more than {limit} MB; divide it into paragraphs, "
            "or ask its owner whether it is genuine"
        ),
        (
            "{where} có một đoạn văn bản dài hơn {limit} MB; hãy chia thành nhiều đoạn "
            "hoặc hỏi lại nơi gửi về tính xác thực của tệp"
        ),
    )
    REMOTE_TEMPLATE = (
        "remote-template",
        (
            "the file fetches its template from another machine ({target}); attach another "
            "template in Word (Developer, Document Template) and save it"
        ),
        (
            "tệp lấy mẫu (template) từ máy khác ({target}); hãy gắn mẫu khác trong Word "
            "(Developer, Document Template) rồi lưu lại"
        ),
    )
    TOO_DEEP = (
        "too-deep",
        "elements in {where} are nested too deeply; it may be an attack",
        "các phần tử trong {where} lồng nhau quá sâu; có thể là tệp tấn công",
    )
    DOCTYPE = (
        "doctype",
        (
            "{where} declares a document type or entities, which Word files never do; "
            "it may be an attack"
        ),
        (
            "{where} có khai báo kiểu tài liệu hoặc thực thể, điều không có trong tệp Word; "
            "có thể là tệp tấn công"
        ),
    )
    ENCODING = (
        "encoding",
        "{where} is not written in UTF-8 or UTF-16, as Word files are; it may be an attack",
        "{where} không dùng bảng mã UTF-8 hoặc UTF-16 như tệp Word; có thể là tệp tấn công",
    )
    UNSAFE_NAME = (
        "unsafe-name",
        "the name of a part is not allowed ({where}); it may be an attack",
        "tên một thành phần không hợp lệ ({where}); có thể là tệp tấn công",
    )
    DUPLICATE_NAME = (
        "duplicate-name",
        "a part is there twice ({where}), so that two programs could read two different texts",
        "một thành phần xuất hiện hai lần ({where}), hai phần mềm có thể đọc ra hai nội dung khác nhau",
    )
    OVERLAP = (
        "overlap",
        "parts of the file lie over each other ({where}); it may be an attack",
        "các thành phần của tệp chồng lên nhau ({where}); có thể là tệp tấn công",
    )
    FALSE_SIZE = (
        "false-size",
        "{where} is not what the table of contents says of it (size or checksum)",
        "{where} không đúng với mục lục của tệp (dung lượng hoặc mã kiểm tra)",
    )
    COMPRESSION = (
        "compression",
        "{where} is compressed in a way that Word does not use",
        "{where} được nén theo cách mà Word không dùng",
    )
    CHAIN = (
        "chain",
        (
            "parts of the file refer to each other in a chain of more than {limit}; "
            "it may be an attack"
        ),
        (
            "các thành phần của tệp tham chiếu nhau thành chuỗi dài hơn {limit}; "
            "có thể là tệp tấn công"
        ),
    )
    UNSAFE_TARGET = (
        "unsafe-target",
        "{where} refers to a place outside the file ({target}); it may be an attack",
        "{where} tham chiếu ra ngoài tệp ({target}); có thể là tệp tấn công",
    )
    NOT_DOCX = (
        "not-docx",
        (
            "this can only be done with a Word document (.docx or .dotx); "
            "save the file in that form first"
        ),
        "chỉ thực hiện được với tài liệu Word (.docx hoặc .dotx); hãy lưu tệp thành dạng đó trước",
    )
    NARROW = (
        "narrow",
        (
            "the page leaves less than {least} mm between its margins; give it a larger page or "
            "narrower margins"
        ),
        (
            "trang giấy còn chưa đến {least} mm giữa các lề; hãy chọn khổ giấy lớn hơn hoặc thu "
            "hẹp lề"
        ),
    )
    SIGNED = (
        "signed",
        (
            "the file carries a digital signature, which any change would break; "
            "stamp the document before it is signed"
        ),
        (
            "tệp có chữ ký số, mọi thay đổi sẽ làm mất hiệu lực chữ ký; "
            "hãy ghi khung kiểm soát trước khi ký số"
        ),
    )
    MACROS = (
        "macros",
        "the file carries macros or ActiveX controls; save it as a document without macros (.docx)",
        "tệp có macro hoặc điều khiển ActiveX; hãy lưu lại thành tài liệu không có macro (.docx)",
    )


def _filled(words: Text, facts: Mapping[str, object]) -> Text:
    return Text(en=words.en.format(**facts), vi=words.vi.format(**facts))


class Refused(Exception):  # noqa: N818 - the word of the field, not an error of the program
    """A file was not opened, or not changed.

    Attributes:
        code: the stable reason.
        reason: what is wrong and what to do, in both languages.
        file: the file, as it was named by the caller, or None for bytes.
    """

    def __init__(self, code: Refusal, *, file: str | None = None, **facts: object) -> None:
        self.code = code
        self.reason = _filled(code.text, facts)
        self.file = file
        super().__init__(code, file, facts)

    def __str__(self) -> str:
        """The reason in English, after the file where it is known."""
        return f"{self.file}: {self.reason.en}" if self.file else self.reason.en


class CautionKind(Term):
    """Something in a readable file that a careful reader wants to know."""

    EXTERNAL_TEMPLATE = (
        "external-template",
        "a template outside the file is attached ({detail})",
        "có mẫu (template) nằm ngoài tệp được đính kèm ({detail})",
    )
    EXTERNAL_CONTENT = (
        "external-content",
        "content is fetched from outside the file ({detail})",
        "có nội dung được lấy từ bên ngoài tệp ({detail})",
    )
    DDE = (
        "dde",
        "a field starts another program (DDE: {detail})",
        "có trường khởi động chương trình khác (DDE: {detail})",
    )
    MACROS = (
        "macros",
        "there are macros or ActiveX controls ({detail})",
        "có macro hoặc điều khiển ActiveX ({detail})",
    )
    SIGNATURE = (
        "signature",
        "there is a digital signature ({detail})",
        "có chữ ký số ({detail})",
    )


@frozen
class Caution:
    """One thing to be careful about: its kind, and where or what it is."""

    kind: CautionKind
    detail: str

    @property
    def message(self) -> Text:
        """The caution in both languages."""
        return _filled(self.kind.text, {"detail": self.detail})
