"""The zip archive that a Word file is: its table of contents, and its members, distrusted.

The standard library reads the table of contents.  What it takes on trust is
checked here: that the table is short, that every member lies where the table
says and nowhere else, under one allowed name, and that it expands to exactly
the announced number of bytes.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zipfile
import zlib
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import frozen

from qms.word.refusal import Refusal, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["FILE_LIMIT", "Member", "members_of", "pieces_of"]

#: The largest file, and the largest member and sum of members when expanded, in bytes.
FILE_LIMIT = 32 * 2**20
MEMBER_LIMIT = 64 * 2**20
TOTAL_LIMIT = 96 * 2**20
#: How many members a file may have.
COUNT_LIMIT = 2000
#: How often a member larger than one megabyte may be the size of its compressed form.
RATIO_LIMIT = 250
#: How many bytes are expanded at a time.
PIECE = 128 * 1024

_MEGABYTE = 2**20
_END = struct.Struct("<4s4H2LH")
_LOCAL = struct.Struct("<4s5H3L2H")
_UNKNOWN_SIZE = 0xFFFFFFFF
_ENCRYPTED, _SIZES_FOLLOW, _NAME_IS_UTF8 = 0x1, 0x8, 0x800
_STORED, _DEFLATED = 0, 8
_BAD_NAME = re.compile(r"[\x00-\x1f\x7f\\:*?\"<>|]|(?:^|/)\.{1,2}(?:/|$)|^/|//")


@frozen(kw_only=True)
class Member:
    """A member of the archive: where its bytes lie, and what they must become."""

    name: str
    deflated: bool
    start: int
    packed: int
    size: int
    checksum: int


def members_of(data: bytes) -> tuple[Member, ...]:
    """The members of an archive, in the order of its table of contents.

    Costs time and memory for the table alone: nothing is expanded.

    Raises:
        Refused: the archive is broken, lies about itself, or exceeds a limit.
    """
    table = _check_end_of(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            listed = [info for info in archive.infolist() if not _is_folder(info)]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise Refused(Refusal.DAMAGED, where="zip") from error
    _check_names(listed)
    _check_sizes(listed)
    members = tuple(_locate(data, info) for info in listed)
    _check_overlaps(listed, members, table)
    return members


def pieces_of(data: bytes, member: Member) -> Iterator[bytes]:
    """The expanded bytes of a member, a piece at a time.

    Never expands beyond the announced size, whatever the compressed bytes say.

    Raises:
        Refused: the bytes do not become what the table of contents announced;
            only an iteration to the end has seen them all.
    """
    packed = memoryview(data)[member.start : member.start + member.packed]
    slices = (packed[at : at + PIECE] for at in range(0, len(packed), PIECE))
    total = checksum = 0
    for piece in _inflated(slices, member.name) if member.deflated else map(bytes, slices):
        total += len(piece)
        if total > member.size:
            break
        checksum = zlib.crc32(piece, checksum)
        yield piece
    if (total, checksum) != (member.size, member.checksum):
        raise Refused(Refusal.FALSE_SIZE, where=member.name)


def _inflated(slices: Iterable[memoryview], name: str) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for part in slices:
            waiting: bytes | memoryview = part
            while True:
                piece = inflater.decompress(waiting, PIECE)
                waiting = inflater.unconsumed_tail
                yield piece
                if not waiting and len(piece) < PIECE:
                    break
    except zlib.error as error:
        raise Refused(Refusal.DAMAGED, where=name) from error
    if not inflater.eof or inflater.unused_data:
        raise Refused(Refusal.FALSE_SIZE, where=name)


def _check_end_of(data: bytes) -> int:
    """Where the table of contents begins, after a look at how long it claims to be.

    The standard library would read a table of any length into memory first.
    """
    end = data.rfind(b"PK\x05\x06", -(_END.size + 0xFFFF))
    if end < 0 or len(data) < end + _END.size:
        raise Refused(Refusal.TRUNCATED)
    _, _, _, _, count, length, start, comment = _END.unpack_from(data, end)
    if end + _END.size + comment > len(data):
        raise Refused(Refusal.TRUNCATED)
    if count > COUNT_LIMIT or length > COUNT_LIMIT * 512:
        raise Refused(Refusal.TOO_MANY_PARTS, limit=COUNT_LIMIT)
    if start + length != end or end + _END.size + comment != len(data):
        raise Refused(Refusal.DAMAGED, where="zip")
    return int(start)


def _is_folder(info: zipfile.ZipInfo) -> bool:
    return info.is_dir() and info.file_size == 0


def _check_names(listed: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for info in listed:
        name = info.orig_filename
        # A second name in an extra field would be the one that other readers go by.
        if _BAD_NAME.search(name) or not 0 < len(name) <= 255 or name != info.filename:
            raise Refused(Refusal.UNSAFE_NAME, where=_printable(name))
        key = unicodedata.normalize("NFC", name).casefold()
        if key in seen:
            raise Refused(Refusal.DUPLICATE_NAME, where=_printable(name))
        seen.add(key)
    if len(seen) > COUNT_LIMIT:
        raise Refused(Refusal.TOO_MANY_PARTS, limit=COUNT_LIMIT)


def _printable(name: str) -> str:
    return ascii(name)[1:-1] if not name.isprintable() else name[:80]


def _check_sizes(listed: list[zipfile.ZipInfo]) -> None:
    for info in listed:
        too_dense = info.file_size > _MEGABYTE and (
            info.file_size > RATIO_LIMIT * max(info.compress_size, 1)
        )
        if info.file_size > MEMBER_LIMIT or too_dense:
            raise _too_big(info.filename, info.file_size)
    total = sum(info.file_size for info in listed)
    if total > TOTAL_LIMIT:
        raise _too_big("zip", total)


def _too_big(where: str, size: int) -> Refused:
    return Refused(Refusal.EXPANDS_TOO_MUCH, where=where, size=size // _MEGABYTE)


def _locate(data: bytes, info: zipfile.ZipInfo) -> Member:
    """Where the bytes of a member lie, if its own heading agrees with the table."""
    name = info.orig_filename
    try:
        signature, _, flags, method, _, _, checksum, packed, size, length, extra = (
            _LOCAL.unpack_from(data, info.header_offset)
        )
    except struct.error as error:
        raise Refused(Refusal.DAMAGED, where=name) from error
    begin = info.header_offset + _LOCAL.size
    written = data[begin : begin + length].decode(
        "utf-8" if flags & _NAME_IS_UTF8 else "cp437", "replace"
    )
    if signature != b"PK\x03\x04" or written != name:
        raise Refused(Refusal.DAMAGED, where=name)
    if (flags | info.flag_bits) & _ENCRYPTED:
        raise Refused(Refusal.ENCRYPTED_MEMBER, where=name)
    if method not in {_STORED, _DEFLATED} or method != info.compress_type:
        raise Refused(Refusal.COMPRESSION, where=name)
    announced = (checksum, packed, size)
    listed = (info.CRC, info.compress_size, info.file_size)
    if not flags & _SIZES_FOLLOW and _UNKNOWN_SIZE not in announced and announced != listed:
        raise Refused(Refusal.FALSE_SIZE, where=name)
    return Member(
        name=name,
        deflated=method == _DEFLATED,
        start=begin + length + extra,
        packed=info.compress_size,
        size=info.file_size,
        checksum=info.CRC,
    )


def _check_overlaps(listed: list[zipfile.ZipInfo], members: tuple[Member, ...], table: int) -> None:
    spans = sorted(
        (info.header_offset, member.start + member.packed, member.name)
        for info, member in zip(listed, members, strict=True)
    )
    spans.append((table, table, "zip"))
    for (_, end, name), (begin, _, _) in pairwise(spans):
        if end > begin:
            raise Refused(Refusal.OVERLAP, where=name)
