"""What can be wrong with the files of controlled documents, and where obsolete ones are kept."""

from __future__ import annotations

import re
import unicodedata
from datetime import date  # noqa: TC003 - the annotations are read at run time
from typing import TYPE_CHECKING

from msgspec import Struct

from qms.terms import Term
from qms.text import Text

if TYPE_CHECKING:
    from pathlib import PurePath

__all__ = ["FileProblem", "FileProblemKind", "Verification", "is_archive", "is_left_behind"]

_ARCHIVES = frozenset({"archive", "archives", "archived", "obsolete", "luutru", "hethieuluc"})


#: What computers leave in folders; nobody keeps documents in it.
_LEFT_BEHIND = re.compile(r"(\..*|~\$.*|(eh)?thumbs\.db|desktop\.ini|.*\.tmp)", re.IGNORECASE)


def is_left_behind(name: str) -> bool:
    """Whether a file of this name is hidden, or one that programs leave behind by themselves."""
    return _LEFT_BEHIND.fullmatch(name) is not None


def is_archive(folder: PurePath) -> bool:
    """Whether a folder is one in which the files of ended revisions are kept apart."""
    letters = unicodedata.normalize("NFKD", folder.name.casefold().replace("đ", "d"))
    return re.sub(r"[^a-z]", "", letters) in _ARCHIVES


class FileProblemKind(Term):
    """A way in which the files are not what the register says; its value is the stable code."""

    NO_FILE_RECORDED = (
        "no-file-recorded",
        "no file was recorded with its approval; record one with the next revision",
        "khi phê duyệt không ghi nhận tệp nào; hãy ghi nhận tệp ở lần ban hành kế tiếp",
    )
    NO_FINGERPRINT = (
        "no-fingerprint",
        "the approval does not say the SHA-256 of the file, so nobody can tell whether it changed",
        "khi phê duyệt không ghi mã SHA-256 của tệp nên không thể biết tệp có bị thay đổi hay không",
    )
    OUTSIDE = (
        "outside",
        "the recorded name leads out of the register's folder; move the file into it",
        "đường dẫn đã ghi nằm ngoài thư mục của sổ đăng ký; hãy chuyển tệp vào trong",
    )
    MISSING = (
        "missing",
        "the file is missing{detail}; put the approved file back",
        "không còn tệp{detail}; hãy khôi phục tệp đã phê duyệt",
    )
    CHANGED = (
        "changed",
        (
            "the file is not byte for byte the approved one{detail}; put the approved file back, "
            "or draft, approve and issue the next revision"
        ),
        (
            "tệp không còn nguyên vẹn như khi phê duyệt{detail}; hãy khôi phục tệp đã phê duyệt, "
            "hoặc soạn thảo, phê duyệt và ban hành lần kế tiếp"
        ),
    )
    SWAPPED = (
        "swapped",
        "in the place of the approved file stands that of {detail}; put the approved file back",
        "tệp đã phê duyệt bị thay bằng tệp của {detail}; hãy khôi phục tệp đã phê duyệt",
    )
    HEADER = ("header", "{detail}", "{detail}")
    UNREADABLE = ("unreadable", "{detail}", "{detail}")
    UNMARKED_OBSOLETE = (
        "unmarked-obsolete",
        (
            "an obsolete revision ({detail}) stands unmarked where current documents are used; "
            "mark it (qms document stamp) or move it into the folder “archive”"
        ),
        (
            "lần ban hành hết hiệu lực ({detail}) chưa được đánh dấu mà để ở nơi sử dụng tài liệu hiện "
            "hành; hãy đánh dấu (qms document stamp) hoặc chuyển vào thư mục “archive”"
        ),
    )
    NO_RECORD = (
        "no-record",
        "the register does not know this file{detail}; record it or move it away",
        "sổ đăng ký không có tệp này{detail}; hãy ghi nhận hoặc chuyển tệp đi nơi khác",
    )


class FileProblem(Struct, frozen=True, kw_only=True):
    """One thing that is wrong with a file.

    Attributes:
        kind: What is wrong.
        file: The file, by its path inside the register's folder; empty where none is recorded.
        unit: The unit of the document, where the file belongs to one.
        code: The code of the document.
        revision: The number of the revision.
        about: The code of what is wrong in the control block.
        detail: What the message names besides.
    """

    kind: FileProblemKind
    file: str = ""
    unit: str = ""
    code: str = ""
    revision: str = ""
    about: str = ""
    detail: Text = Text(en="", vi="")

    @property
    def message(self) -> Text:
        """What is wrong and what to do, in both languages."""
        return self.kind.text.format(detail=self.detail)


class Verification(Struct, frozen=True, kw_only=True):
    """What came of holding the files against the register.

    Attributes:
        on: The day.
        documents: How many documents in force were looked at.
        later: How many issued revisions were looked at that come into force later.
        files: How many files were looked at.
        problems: Everything that is wrong, by unit, document and file.
    """

    on: date
    documents: int
    files: int
    later: int = 0
    problems: tuple[FileProblem, ...]
