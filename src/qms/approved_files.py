"""What speaks against approving a file as it is, and against issuing what was approved.

A Word file carries the control block of its revision before it is approved; from then on
it stays byte for byte as it was approved (ISO 9001:2015, 7.5.3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from qms.document_files import (
    STAMPED_ENDINGS,
    block_problems,
    fingerprint,
    shown_block,
    within,
)
from qms.revisions import Refusal
from qms.terms import RevisionState
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from qms.model import Document, StoredFile
    from qms.revisions import Revision
    from qms.word.verification import BlockProblem

__all__ = ["changed_refusals", "header_refusals"]

_NO_HEADER = Text(
    en="the file does not carry the control block of revision {number}: {why}",
    vi="tệp không mang khung kiểm soát của lần ban hành {number}: {why}",
)
_STAMP_FIRST = Text(
    en="Stamp the file before it is approved (qms document stamp), with its day of effect; "
    "stamping it afterwards would change what was approved. Or approve it as it is (--unstamped).",
    vi="Ghi khung kiểm soát kèm ngày hiệu lực trước khi phê duyệt (qms document stamp); nếu ghi sau, "
    "tệp sẽ khác với tệp đã phê duyệt. Hoặc phê duyệt nguyên trạng (--unstamped).",
)
_CORRECT = Text(
    en="Correct or delete in Word what was typed into header or footer besides the control block, then "
    "approve the file. Or approve it as it is (--unstamped).",
    vi="Sửa hoặc xóa trong Word phần gõ thêm ở đầu trang, chân trang ngoài khung kiểm soát, rồi phê duyệt. "
    "Hoặc phê duyệt nguyên trạng (--unstamped).",
)
_NO_DAY = Text(en="it shows no day of effect", vi="chưa ghi ngày hiệu lực")
_OTHER_FILE = Text(en="Approve another file.", vi="Hãy phê duyệt tệp khác.")
_GONE = Text(
    en="the approved file {file} is not there any more", vi="không còn tệp đã phê duyệt {file}"
)
_CHANGED = Text(
    en="the file {file} is not byte for byte the approved one",
    vi="tệp {file} không còn nguyên vẹn như khi phê duyệt",
)
_PUT_BACK = Text(
    en="Put the approved file back, or withdraw the revision and draft the next one.",
    vi="Khôi phục tệp đã phê duyệt, hoặc hủy bỏ lần ban hành này và soạn thảo lần kế tiếp.",
)


def header_refusals(
    path: Path, document: Document, code: str, revision: Revision
) -> Iterator[Refusal]:
    """In what the header of a Word file is not that of the revision to be approved."""
    from qms.word.refusal import Refused

    if path.suffix.casefold() not in STAMPED_ENDINGS:
        return
    try:
        shown = shown_block(path)
        effective = None if shown is None else shown.effective
        wanted = replace(revision, effective=effective, state=RevisionState.EFFECTIVE)
        problems = _once(block_problems(path, document, code, wanted))
        found = [(one.message, _CORRECT if one.typed else _STAMP_FIRST) for one in problems]
        if shown is not None and effective is None:
            found.insert(0, (_NO_DAY, _STAMP_FIRST))
    except Refused as refused:
        yield Refusal(code="unreadable-file", what=refused.reason, remedy=_OTHER_FILE)
        return
    for why, remedy in found:
        what = _NO_HEADER.format(number=revision.number, why=why)
        yield Refusal(code="wrong-header", what=what, remedy=remedy)


def _once(problems: Iterable[BlockProblem]) -> Iterator[BlockProblem]:
    """The problems; of a file that was never stamped only that it was not."""
    from qms.word.verification import BlockProblemKind

    found = list(problems)
    bare = any(one.kind is BlockProblemKind.NO_BLOCK for one in found)
    for one in found:
        if not bare or one.kind is not BlockProblemKind.NO_PROPERTY:
            yield one


def changed_refusals(root: Path, approved: StoredFile) -> Iterator[Refusal]:
    """Why a revision whose file was approved may not be issued: the file is no longer that one.

    Args:
        root: The folder of the register's files.
        approved: The file as it was approved.
    """
    path = within(root, approved.name)
    if path is None or not path.is_file():
        what = _GONE.format(file=approved.name)
        yield Refusal(code="missing-file", what=what, remedy=_PUT_BACK)
    elif approved.sha256 not in {None, fingerprint(path)[0]}:
        what = _CHANGED.format(file=approved.name)
        yield Refusal(code="changed-file", what=what, remedy=_PUT_BACK)
