"""The evidence of a day: every document and record in force on it, as approved, in one archive.

The same register and day give the same bytes: names, order and times are fixed, and
nothing of the day on which it is packed goes into it.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from qms.asked import asked_about
from qms.dates import print_date
from qms.document_files import document_files, fingerprint, root_of, within
from qms.document_verification import Recorded, recorded_revisions
from qms.external_documents import document_in_force, is_in_force
from qms.knowledge import as_of
from qms.problems import Place, Problem, RegisterError
from qms.terms import DocumentKind, RevisionState
from qms.text import Language, Name, Text

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from qms.model import Register, StoredFile, Unit
    from qms.revisions import Revision

__all__ = ["Evidence", "evidence_of"]

_TIME = (1980, 1, 1, 0, 0, 0)
_HEADS = (
    Text(en="Unit", vi="Đơn vị"),
    Text(en="Code", vi="Mã số"),
    Text(en="Title", vi="Tên tài liệu"),
    Text(en="Revision", vi="Lần ban hành"),
    Text(en="In force from", vi="Có hiệu lực từ"),
    Text(en="Approved on", vi="Ngày phê duyệt"),
    Text(en="Approved by", vi="Người phê duyệt"),
    Text(en="File", vi="Tệp"),
    Text(en="SHA-256", vi="SHA-256"),
)
_TITLE = Text(
    en="Documents and records in force on {day}", vi="Tài liệu và hồ sơ có hiệu lực ngày {day}"
)
_COUNT = Text(en="{name}. Files: {count}.", vi="{name}. Số tệp: {count}.")
_EXTERNAL = Text(
    en="External documents in force, of which no file is kept",
    vi="Văn bản bên ngoài còn hiệu lực, không lưu tệp",
)
_ON_PAPER = Text(
    en="Approved on paper: in force, and no file was recorded at the approval",
    vi="Phê duyệt bản giấy: còn hiệu lực, khi phê duyệt không ghi nhận tệp",
)
_NOTHING = Text(en="None.", vi="Không có.")
_NO_FILE = Text(
    en="revision {number} is in force, but no file with its SHA-256 was recorded at its approval",
    vi="lần ban hành {number} còn hiệu lực nhưng khi phê duyệt không ghi nhận tệp và mã SHA-256",
)
_RECORD_IT = Text(
    en="Approve the next revision with its file (qms document approve --file).",
    vi="Phê duyệt lần ban hành kế tiếp kèm tệp (qms document approve --file).",
)
_MISSING = Text(
    en="the approved file of revision {number} is nowhere in the register's folder",
    vi="không có tệp đã phê duyệt của lần ban hành {number} trong thư mục sổ đăng ký",
)
_NOT_AS_APPROVED = Text(
    en="the file of revision {number} is not as it was approved, "
    "and the approved one is nowhere in the register's folder",
    vi="tệp của lần ban hành {number} không còn như khi phê duyệt, "
    "và không có tệp đã phê duyệt trong thư mục sổ đăng ký",
)
_PUT_BACK = Text(
    en="Put the approved file back, here or in the folder “archive”.",
    vi="Khôi phục tệp đã phê duyệt vào chỗ cũ hoặc vào thư mục “archive”.",
)


class Evidence(Struct, frozen=True, kw_only=True):
    """What was packed.

    Attributes:
        data: The bytes of the archive.
        files: How many documents and records are in it.
    """

    data: bytes
    files: int


class _Item(Struct, frozen=True, kw_only=True):
    """A document in force with the file that holds it as it was approved."""

    recorded: Recorded
    stored: StoredFile
    data: bytes
    name: str


class _Found(Struct, frozen=True, kw_only=True):
    """What is in force, as it is to be had.

    Attributes:
        items: What has its file.
        papers: What was approved on paper.
        external: What comes from outside.
    """

    items: Sequence[_Item]
    papers: Sequence[Recorded]
    external: Sequence[_External]


class _External(Struct, frozen=True, kw_only=True):
    """A document from outside that is in force, of which no file is kept."""

    unit: str
    code: str
    title: Name


def evidence_of(
    register: str | os.PathLike[str], *, on: date, only: Collection[str] | None = None
) -> Evidence:
    """Pack the documents and records that are in force on a day, byte for byte as approved.

    A file is taken from where it was recorded or, where it has been moved or marked since,
    from anywhere in the register's folder where its bytes stand.

    Args:
        register: The register, in any of its forms.
        on: The day; acts of later days do not count.
        only: The identifiers of the units to pack; all where left out.

    Raises:
        RegisterError: the register cannot be read, ``only`` names units that it does not
            have, or a file is missing or not as it was approved; every one of them is named.
        TypeError: ``only`` is a single text.
    """
    from qms import store

    whole, root = store.load(register), root_of(register)
    units = set(asked_about(whole, only))
    chosen = [
        one
        for one in recorded_revisions(whole, on)
        if one.revision.state is RevisionState.EFFECTIVE and one.unit in units
    ]
    papers = [one for one in chosen if _is_on_paper(one.revision)]
    items, problems = _filed(root, [one for one in chosen if not _is_on_paper(one.revision)])
    if problems:
        raise RegisterError(problems)
    contents = [(item.name, item.data) for item in items]
    external = [
        one
        for key, unit in whole.units.items()
        if key in units
        for one in _external(key, as_of(unit, on), on)
    ]
    found = _Found(items=items, papers=papers, external=external)
    manifests = _manifests(whole, found, on)
    return Evidence(data=_archive([*manifests, *contents]), files=len(items))


def _external(key: str, unit: Unit, on: date) -> Iterator[_External]:
    """The documents from outside that are in force, of which the register holds no file."""
    for code, document in unit.documents.items():
        outside = document.kind is DocumentKind.EXTERNAL and not document.history
        if outside and document_in_force(document, unit, on):
            yield _External(unit=key, code=code, title=document.title)
    for code, legal in unit.legal_documents.items():
        if is_in_force(legal, unit, on):
            yield _External(unit=key, code=legal.number or code, title=legal.title)


def _is_on_paper(revision: Revision) -> bool:
    """Whether a revision was approved without a file (qms document approve --paper)."""
    return revision.approved is not None and revision.file is None


def _filed(root: Path, chosen: Sequence[Recorded]) -> tuple[list[_Item], list[Problem]]:
    """The files of documents in force, and why some are not to be had."""
    items: list[_Item] = []
    problems: list[Problem] = []
    elsewhere: dict[str, Path] | None = None
    for one in chosen:
        stored, facts = one.revision.file, {"number": one.revision.number}
        where = f"units.{one.unit}.documents.{one.code}"
        if stored is None or stored.sha256 is None:
            what = _NO_FILE.format(**facts)
            problems.append(Problem(what=what, path=where, remedy=_RECORD_IT))
            continue
        path = within(root, stored.name)
        data = _as_approved(path, stored)
        if data is None:
            if elsewhere is None:
                elsewhere = {fingerprint(file)[0]: file for file in document_files(root)}
            data = _as_approved(elsewhere.get(stored.sha256), stored)
        if data is None:
            there = path is not None and path.is_file()
            what = (_NOT_AS_APPROVED if there else _MISSING).format(**facts)
            place = Place(file=stored.name)
            problems.append(Problem(what=what, path=where, place=place, remedy=_PUT_BACK))
        else:
            items.append(_Item(recorded=one, stored=stored, data=data, name=_name_of(one, stored)))
    items.sort(key=lambda item: item.name)
    return items, problems


def _name_of(one: Recorded, stored: StoredFile) -> str:
    """The name in the archive: unit, code, and the file's own name."""
    own = PurePosixPath(stored.name.replace("\\", "/")).name
    return f"documents/{one.unit}/{one.code}/{own}"


def _as_approved(path: Path | None, stored: StoredFile) -> bytes | None:
    """The bytes of a file; None where it is not there or not as it was approved."""
    if path is None or not path.is_file():
        return None
    data = path.read_bytes()
    return data if hashlib.sha256(data).hexdigest() == stored.sha256 else None


# --- the manifest ----------------------------------------------------------------------------


def _manifests(register: Register, found: _Found, on: date) -> Iterator[tuple[str, bytes]]:
    import msgspec

    whole = {
        "format": "qms-evidence/1",
        "organisation": {"en": register.organisation.name.en, "vi": register.organisation.name.vi},
        "on": on.isoformat(),
        "documents": [_entry(item) for item in found.items],
        "paper": [_of_register(one) for one in found.papers],
        "external": [{"unit": one.unit, "code": one.code} for one in found.external],
    }
    yield "manifest.json", msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"
    for language in Language:
        words = _in_words(register, found, on, language)
        yield f"manifest.{language.value}.md", words.encode()
    sums = "".join(f"{item.stored.sha256}  {item.name}\n" for item in found.items)
    yield "SHA256SUMS", sums.encode()


def _entry(item: _Item) -> dict[str, object]:
    own = {"file": item.name, "size": len(item.data), "sha256": item.stored.sha256}
    return {**_of_register(item.recorded), **own}


def _of_register(one: Recorded) -> dict[str, object]:
    """What the register says of a revision."""
    revision, title = one.revision, one.document.title
    return {
        "unit": one.unit,
        "code": one.code,
        "title": {"en": title.en, "vi": title.vi},
        "kind": one.document.kind.value,
        "revision": revision.number,
        "effective": revision.effective,
        "approved": revision.approved,
        "approver": revision.approver,
    }


def _in_words(register: Register, found: _Found, on: date, language: Language) -> str:
    title = _TITLE.in_(language).format(day=print_date(on, language))
    name = register.organisation.name.in_(language)
    count = _COUNT.in_(language).format(name=name, count=len(found.items))
    lines = [f"# {title}", "", count, ""]
    heads = [head.in_(language) for head in _HEADS]
    lines += [_row(heads), _row(["---"] * len(heads))]
    for item in found.items:
        own = [item.name, item.stored.sha256 or "–"]
        lines.append(_row([*_cells(item.recorded, language), *own]))
    if found.papers:
        heads = heads[:-2]
        lines += ["", f"## {_ON_PAPER.in_(language)}", "", _row(heads), _row(["---"] * len(heads))]
        lines += [_row(_cells(one, language)) for one in found.papers]
    lines += ["", f"## {_EXTERNAL.in_(language)}", ""]
    for other in found.external:
        words = f"{other.unit}, {other.code}: {other.title.in_(language)}"
        lines.append(f"- {_plain(words)}")
    if not found.external:
        lines.append(_NOTHING.in_(language))
    return "\n".join(lines) + "\n"


def _cells(one: Recorded, language: Language) -> list[str]:
    """What the register says of a revision, in words."""
    revision = one.revision
    return [
        one.unit,
        one.code,
        one.document.title.in_(language),
        revision.number,
        _day(revision.effective, language),
        _day(revision.approved, language),
        revision.approver or "–",
    ]


def _row(cells: Iterator[str] | Sequence[str]) -> str:
    return f"| {' | '.join(map(_plain, cells))} |"


def _plain(words: str) -> str:
    """Words that cannot break a table."""
    return " ".join(words.split()).replace("|", "\\|")


def _day(day: date | None, language: Language) -> str:
    return "–" if day is None else print_date(day, language)


def _archive(contents: Sequence[tuple[str, bytes]]) -> bytes:
    """An archive with these members, in this order and with fixed times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in contents:
            member = zipfile.ZipInfo(name, _TIME)
            member.create_system = 3
            member.external_attr = 0o644 << 16
            archive.writestr(member, data, zipfile.ZIP_DEFLATED, 6)
    return out.getvalue()
