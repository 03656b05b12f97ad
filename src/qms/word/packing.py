"""Putting parts together into a .docx file: quickly, and to the same bytes each time.

Parts that never change are compressed once and kept; every member bears the
same fixed time, so that the same input gives the same file on any day.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["PackedMember", "pack", "packed"]

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _UTF8_NAME, _DEFLATED = 20, 0x800, 8
#: The first of January 1980, the earliest day that the format can say.
_TIME, _DAY = 0, 0x21


@frozen
class PackedMember:
    """A member that is compressed already."""

    name: str
    data: bytes
    size: int
    checksum: int


def packed(name: str, content: str | bytes, level: int = 6) -> PackedMember:
    """A member from its content."""
    plain = content.encode() if isinstance(content, str) else content
    deflater = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = deflater.compress(plain) + deflater.flush()
    return PackedMember(name, data, len(plain), zlib.crc32(plain))


def pack(members: Iterable[PackedMember]) -> bytes:
    """The bytes of an archive with these members, in this order."""
    parts: list[bytes] = []
    table: list[bytes] = []
    position = 0
    for member in members:
        name = member.name.encode()
        common = (_UTF8_NAME, _DEFLATED, _TIME, _DAY, member.checksum, len(member.data))
        sizes = (member.size, len(name), 0)
        heading = _LOCAL.pack(b"PK\x03\x04", _VERSION, *common, *sizes) + name
        table.append(
            _CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, *common, *sizes, 0, 0, 0, 0, position)
            + name
        )
        parts += (heading, member.data)
        position += len(heading) + len(member.data)
    listed = b"".join(table)
    count = len(table)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listed), position, 0)
    return b"".join((*parts, listed, end))
