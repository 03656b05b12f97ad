"""Beginning a document that a unit did not keep before: what it needs, and what is refused."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from qms.model import Document
from qms.revisions import Refusal
from qms.terms import DocumentKind
from qms.text import Name, Text, same_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["code_as_read", "new_document"]

_PARTS = re.compile(r"[^\W\d_]+|\d+")
_THERE = Text(
    en="the unit has this document already; its title, kind and owner stay as recorded",
    vi="đơn vị đã có tài liệu này; tên, loại tài liệu và người phụ trách giữ nguyên như đã ghi",
)
_LEAVE_OUT = Text(
    en="Leave title, kind and owner out.", vi="Không nêu tên, loại và người phụ trách."
)
_ALIKE = Text(
    en="the unit has the document “{code}”, whose code people read as the same",
    vi="đơn vị đã có tài liệu “{code}”, mã số này đọc như nhau",
)
_ONE_CODE = Text(
    en="Write the code as it is recorded, or give the new document another one.",
    vi="Ghi mã số đúng như đã ghi nhận, hoặc đặt mã số khác cho tài liệu mới.",
)
_NO_KIND = Text(en="a new document needs its kind", vi="tài liệu mới phải nêu loại tài liệu")
_NAME_KIND = Text(
    en="Name its kind (--kind): {kinds}.", vi="Nêu loại tài liệu (--kind): {kinds}."
).format(kinds=", ".join(DocumentKind))
_NO_PROCEDURE = Text(
    en="a form belongs to a procedure, and none is named",
    vi="biểu mẫu phải thuộc một quy trình, nhưng chưa nêu quy trình nào",
)
_NAME_PROCEDURE = Text(
    en="Name the procedure to which it belongs (--form-of).",
    vi="Nêu mã số quy trình kèm theo (--form-of).",
)


@lru_cache(maxsize=8192)
def code_as_read(code: str) -> str:
    """A code without what people do not read in it.

    Capital letters, what stands between parts and zeros before a figure do not count: ``QT-05``,
    ``qt 5``, ``QT–05`` and ``QT05`` are read as one; ``QT-051`` and ``QT-05.1`` are not.
    """
    parts = _PARTS.findall(same_words(code))
    return "-".join(one.lstrip("0") or "0" if one.isdigit() else one for one in parts)


def new_document(
    known: Mapping[str, Document],
    code: str,
    *,
    title: Name | None,
    kind: DocumentKind | None,
    form_of: str | None,
    owner: str | None = None,
) -> tuple[Document, Sequence[Refusal]]:
    """A document with nothing recorded of it yet, and why it may not be begun.

    Args:
        known: The documents that the unit keeps, by their codes.
        code: The code of the new one.
        title: Its title; the code where left out.
        kind: Its kind; a form where left out and ``form_of`` is given.
        form_of: For a form or record: the code of the procedure to which it belongs.
        owner: The person or division that answers for it.
    """
    refused = []
    if code in known:
        refused.append(Refusal(code="there-already", what=_THERE, remedy=_LEAVE_OUT))
    else:
        read = code_as_read(code)
        refused += [
            Refusal(code="code-twice", what=_ALIKE.format(code=other), remedy=_ONE_CODE)
            for other in known
            if code_as_read(other) == read
        ]
    if kind is None and form_of is None:
        refused.append(Refusal(code="no-kind", what=_NO_KIND, remedy=_NAME_KIND))
    if kind is DocumentKind.FORM and form_of is None:
        refused.append(Refusal(code="no-procedure", what=_NO_PROCEDURE, remedy=_NAME_PROCEDURE))
    begun = Document(
        title=title or Name(vi=code),
        kind=kind or DocumentKind.FORM,
        form_of=form_of,
        owner=owner,
    )
    return begun, refused
