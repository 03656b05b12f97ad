"""Rules about what is laid down of documents: codes of the agreed form, language, media, access."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from qms.check import About, Facts, fill, rule
from qms.rules.certification.cycles import is_over
from qms.rules.documents.looks import clauses, has_documents, is_in_force
from qms.terms import Clause, DocumentKind, Severity
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms.check import Rule
    from qms.model import Document, Unit
    from qms.standing import Life

__all__ = ["RULES"]


@rule(
    "D529",
    "code-not-as-agreed",
    about=About.DOCUMENT,
    severity=Severity.WARNING,
    basis=clauses("7.5.2", "4.2.3"),
    title=Text(
        en="Codes of documents follow the patterns that the organisation laid down",
        vi="Mã tài liệu theo đúng các mẫu mã do tổ chức quy định",
    ),
    message=Text(
        en="the code {code} follows none of the patterns {patterns}",
        vi="mã {code} không theo mẫu nào trong các mẫu {patterns}",
    ),
    remedy=Text(
        en="Whoever keeps the master list gives the document a code of the agreed form with its next revision, or adds the pattern "
        "to the policy (document_codes).",
        vi="Cán bộ quản lý danh mục đặt lại mã theo mẫu ở lần ban hành tiếp theo, hoặc bổ sung mẫu mã vào chính sách (document_codes).",
    ),
    explanation=Text(
        en="Asked where the organisation lays patterns down (policy.document_codes): # stands for a digit, * for anything, every "
        "other character for itself. That codes have a form is the organisation's own choice, so this warns. External documents "
        "keep the numbers of their issuers.",
        vi="Áp dụng khi tổ chức quy định mẫu mã (policy.document_codes): # thay cho một chữ số, * thay cho nội dung bất kỳ, các ký tự "
        "khác giữ nguyên. Mẫu mã do tổ chức tự chọn nên chỉ cảnh báo. Văn bản bên ngoài giữ số, ký hiệu của nơi ban hành.",
    ),
    when=lambda at: bool(at.policy.document_codes) and has_documents(at),
)
def code_not_as_agreed(key: str, record: Document, at: Life) -> Iterator[Facts]:
    """A code tells what kind of document it is, and where to look for it."""
    patterns = at.policy.document_codes
    if is_over(at) or not patterns or record.kind is DocumentKind.EXTERNAL:
        return
    if not any(_pattern(one).fullmatch(key) for one in patterns):
        yield Facts(code=key, patterns=patterns)


@cache
def _pattern(words: str) -> re.Pattern[str]:
    parts = {"#": r"[0-9]", "*": ".*"}
    return re.compile("".join(parts.get(one) or re.escape(one) for one in words))


def _is_undescribed(at: Life) -> bool:
    """Whether a unit that still exists keeps a document without language, form or access."""
    return at.glance.undescribed and not is_over(at)


@rule(
    "D530",
    "format-not-laid-down",
    about=About.UNIT,
    severity=Severity.INFO,
    basis=Clause("ISO 9001:2015", "7.5.2 b, 7.5.3.1 b"),
    title=Text(
        en="Language, form and access of documents are laid down",
        vi="Ngôn ngữ, hình thức và quyền tiếp cận của tài liệu được quy định",
    ),
    message=Text(
        en="not recorded of documents in force: {missing}",
        vi="chưa ghi nhận đối với tài liệu còn hiệu lực: {missing}",
    ),
    remedy=Text(
        en="Whoever keeps the master list adds language, format (paper, electronic) and access to these documents.",
        vi="Cán bộ quản lý danh mục bổ sung ngôn ngữ (language), hình thức (format: bản giấy, bản điện tử) và quyền tiếp cận (access) cho "
        "các tài liệu này.",
    ),
    explanation=Text(
        en="Asked of units that hold the edition of 2015 or a later one, about documents of their own that are in force; the edition "
        "of 2008 does not ask. The standard wants format, media and protection to be appropriate, not that a register records "
        "them: so this is a note.",
        vi="Áp dụng cho đơn vị theo phiên bản 2015 trở đi, đối với tài liệu nội bộ còn hiệu lực; phiên bản 2008 không yêu cầu. Tiêu chuẩn "
        "yêu cầu định dạng, phương tiện và việc bảo vệ phải thích hợp, không yêu cầu ghi vào sổ đăng ký: vì vậy chỉ là lưu ý.",
    ),
    when=_is_undescribed,
)
def format_not_laid_down(_key: str, record: Unit, at: Life) -> Iterator[Facts]:
    """Who knows in which language and form a document exists knows whether he has all of it."""
    edition = at.edition
    if is_over(at) or edition is None or edition.year < 2015:
        return
    lacking = Counter(
        what
        for code, document in record.documents.items()
        if document.kind is not DocumentKind.EXTERNAL and is_in_force(code, document, at)
        for given, what in (
            (document.language, _LANGUAGE),
            (document.format, _FORMAT),
            (document.access, _ACCESS),
        )
        if not given
    )
    missing = tuple(
        fill(what, {"count": lacking[what]})
        for what in (_LANGUAGE, _FORMAT, _ACCESS)
        if lacking[what]
    )
    if missing:
        yield Facts(missing=missing)


_LANGUAGE = Text(en="language ({count})", vi="ngôn ngữ ({count} tài liệu)")
_FORMAT = Text(en="format and media ({count})", vi="hình thức, phương tiện ({count} tài liệu)")
_ACCESS = Text(en="access ({count})", vi="quyền tiếp cận ({count} tài liệu)")


RULES: tuple[Rule, ...] = (code_not_as_agreed, format_not_laid_down)
