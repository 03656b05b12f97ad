"""Files of a register as text, or the reason why one cannot be read; writing in one stroke."""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from typing import TYPE_CHECKING

from qms.problems import Place, Problem, RegisterError
from qms.text import Text

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

__all__ = [
    "LARGEST_FILE",
    "composed",
    "composed_with_escapes",
    "decoded",
    "is_composed",
    "may_compose",
    "open_file",
    "read_text",
    "unreadable",
]

#: The largest file that is read whole, in bytes.
LARGEST_FILE = 64 * 1024 * 1024

_MISSING = Text(en="there is no such file or folder", vi="không có tệp hoặc thư mục này")
_NOWHERE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG}
_CHECK_NAME = Text(
    en="Check the spelling and the folder in which you are.",
    vi="Kiểm tra lại cách viết tên và thư mục đang làm việc.",
)
_NOT_A_FILE = Text(en="this is not a file", vi="đây không phải là một tệp")
_DENIED = Text(en="the right to read this is missing", vi="không có quyền đọc tệp hoặc thư mục này")
_ASK_RIGHT = Text(
    en="Ask its owner for the right to read it.", vi="Đề nghị người quản lý cấp quyền đọc."
)
_UNREADABLE = Text(en="this cannot be read: {reason}", vi="không đọc được: {reason}")
_TRY_AGAIN = Text(
    en="Check the disk or the network connection and try again.",
    vi="Kiểm tra ổ đĩa hoặc kết nối mạng rồi thử lại.",
)
_TOO_LARGE = Text(
    en="the file has {size} MB; a file that is read whole may have {limit} MB",
    vi="tệp có dung lượng {size} MB; tệp đọc toàn bộ một lần chỉ được tối đa {limit} MB",
)
_USE_LINES = Text(
    en="Keep so large a register as NDJSON, one unit a line, or split it into several files.",
    vi="Lưu sổ đăng ký lớn ở dạng NDJSON (mỗi dòng một đơn vị), hoặc tách thành nhiều tệp.",
)
_EMPTY = Text(en="the file is empty", vi="tệp rỗng")
_FILL_OR_DELETE = Text(
    en="Fill it, or delete it if it is not needed.",
    vi="Bổ sung nội dung, hoặc xóa tệp nếu không cần.",
)
_NOT_UTF_8 = Text(
    en="the file is not UTF-8 text: byte {offset} (counted from 0) is {byte}",
    vi="tệp không phải văn bản UTF-8: byte thứ {offset} (đếm từ 0) là {byte}",
)
_OTHER_ENCODING = Text(
    en="the file is written in {encoding}, not in UTF-8",
    vi="tệp được mã hóa {encoding}, không phải UTF-8",
)
_ZERO = Text(
    en="the file is not plain text: it holds zero bytes (NUL)",
    vi="tệp không phải văn bản thuần: có các byte 0 (NUL)",
)
_SAVE_UTF_8 = Text(
    en="Open it in an editor and save it with the encoding UTF-8.",
    vi="Mở bằng trình soạn thảo và lưu lại với bảng mã UTF-8.",
)


_ASCII = bytes(range(128))
#: What begins no escape and is no control character among them.
_USUAL = _ASCII.replace(b"\\", b"").replace(b"\x7f", b"")
#: The others, and the bytes with which combining accents and what is no character begin.
_DOUBTFUL = (b"\\", b"\x7f", b"\xcc", b"\xcd", b"\xef")

#: A letter written as a number that is not known to be composed as it stands.
_MAY_COMPOSE = re.compile(rb"\\u(?!0[0-2]|1[eE]|20[12])")
#: What begins with a backslash, and the accents behind it.
_ESCAPES = re.compile(r"(?:\\(?:u[0-9a-fA-F]{4}|[^u])|[\u0300-\u036f])+")
#: One of these; a character beyond the first 65,536 is written in two halves.
_ESCAPE = re.compile(
    r"\\u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|\\u(?P<one>[0-9a-fA-F]{4})|\\[^u]|(?P<accent>[^\\])",
    re.DOTALL,
)
#: What might end a string or a line, and halves of characters.
_ENDING = "\"'\\"
_ENDING_KINDS = {"Cc", "Cs", "Zl", "Zp"}


def read_text(path: Path, name: str) -> str:
    """The text of a file, as it stands there.

    Args:
        path: The file.
        name: The name by which problems call it.

    Raises:
        RegisterError: the file is missing, unreadable, empty, too large or not UTF-8.
    """
    try:
        with open_file(path, name) as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > LARGEST_FILE:
                raise RegisterError([_too_large(name, size)])
            content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise RegisterError([unreadable(error, name)]) from None
    if len(content) > LARGEST_FILE:
        raise RegisterError([_too_large(name, len(content))])
    text = decoded(content, name)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        place = Place(file=name, line=line)
        raise RegisterError([Problem(what=_ZERO, place=place, remedy=_SAVE_UTF_8)])
    if not text.strip("\ufeff \t\r\n"):
        raise RegisterError([Problem(what=_EMPTY, place=Place(file=name), remedy=_FILL_OR_DELETE)])
    return text


def open_file(path: Path, name: str) -> IO[bytes]:
    """A file, open for reading; a pipe or a device, which might never answer, is refused.

    Raises:
        RegisterError: it is not a file.
        OSError: it cannot be opened.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise RegisterError([Problem(what=_NOT_A_FILE, place=Place(file=name), remedy=_CHECK_NAME)])
    return path.open("rb")


def decoded(content: bytes, name: str, line: int | None = None) -> str:
    """UTF-8 bytes as text.

    Raises:
        RegisterError: the bytes are not UTF-8.
    """
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        what = _NOT_UTF_8.format(offset=error.start, byte=f"0x{content[error.start]:02X}")
        if content[:4] in {b"\xff\xfe\0\0", b"\0\0\xfe\xff"}:
            what = _OTHER_ENCODING.format(encoding="UTF-32")
        elif content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            what = _OTHER_ENCODING.format(encoding="UTF-16")
        at = content.count(b"\n", 0, error.start) + 1 if line is None else line
        raise RegisterError(
            [Problem(what=what, place=Place(file=name, line=at), remedy=_SAVE_UTF_8)]
        ) from None


def composed(text: str) -> str:
    """Text in composed letters (NFC), so that equal-looking words are equal.

    A byte order mark at the beginning, which some editors write, is taken away.
    """
    text = text.removeprefix("\ufeff")
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", text)


def composed_with_escapes(text: str) -> str:
    r"""Text of JSON or TOML in composed letters, those written as ``\u0301``, too.

    Where that could make a difference, letters written as numbers become letters, so that
    all that reads the text takes a name for the same however it is written.  What would
    end a string or a line stays as it is; so do halves of characters.
    """
    if "\\u" in text and not is_composed(text.encode()):
        text = _ESCAPES.sub(_letters, text)
    return composed(text)


def is_usual(raw: bytes) -> bool:
    """Whether UTF-8 bytes certainly hold no escape, no control character, and composed letters.

    Nearly all text is usual, and this is told quicker than each of the three; what is not may
    be in order all the same.
    """
    rest = raw.translate(None, _USUAL)
    for first in _DOUBTFUL:
        if first in rest:
            return False
    return unicodedata.is_normalized("NFC", rest.decode())


def is_composed(raw: bytes) -> bool:
    """Whether UTF-8 bytes are certainly in composed letters (NFC); quick for most text.

    Letters below 128 compose with marks of U+0300 to U+036F alone, whose first bytes
    are looked for; among what is left when those letters are taken away, nothing
    composes that did not before.  A letter that is written as a number is looked at only
    where it may be part of another.
    """
    if may_compose(raw):
        return False
    if raw.isascii():
        return True
    if b"\xcc" in raw or b"\xcd" in raw:
        return False
    return unicodedata.is_normalized("NFC", raw.translate(None, _ASCII).decode())


def may_compose(raw: bytes) -> bool:
    r"""Whether UTF-8 bytes hold a letter written as a number that may not be composed.

    Latin letters, those of Vietnamese (``\u1eXX``) and the usual dashes and quotation marks
    are composed as they stand; others might be parts of a letter.
    """
    # A single byte is looked for ten times faster than two.
    return b"\\" in raw and _MAY_COMPOSE.search(raw) is not None


def _letters(run: re.Match[str]) -> str:
    written: list[str] = []
    for one in _ESCAPE.finditer(run[0]):
        letter = one["accent"] or _letter(one)
        kept = bool(written) and written[-1].startswith("\\")
        if not letter:
            written.append(one[0])
        elif kept and unicodedata.combining(letter):
            # Behind \n or \u005c, an accent would be put on the n or the c.
            written.append(f"\\u{ord(letter):04x}" if one["accent"] else one[0])
        else:
            written.append(letter)
    return "".join(written)


def _letter(escape: re.Match[str]) -> str:
    """The letter written as a number; nothing where it has to stay a number."""
    number = escape["one"] or (escape["high"] or "") + (escape["low"] or "")
    letter = bytes.fromhex(number).decode("utf-16-be", "surrogatepass")
    ends = letter in _ENDING or unicodedata.category(letter) in _ENDING_KINDS
    return "" if ends else letter


def unreadable(error: OSError, name: str) -> Problem:
    """Why the operating system does not let a file be read."""
    place = Place(file=name)
    if error.errno in _NOWHERE or isinstance(error, FileNotFoundError):
        return Problem(what=_MISSING, place=place, remedy=_CHECK_NAME)
    if isinstance(error, PermissionError):
        return Problem(what=_DENIED, place=place, remedy=_ASK_RIGHT)
    reason = os.strerror(error.errno or errno.EIO)
    return Problem(what=_UNREADABLE.format(reason=reason), place=place, remedy=_TRY_AGAIN)


def _too_large(name: str, size: int) -> Problem:
    megabyte = 1024 * 1024
    return Problem(
        what=_TOO_LARGE.format(size=-(-size // megabyte), limit=LARGEST_FILE // megabyte),
        place=Place(file=name),
        remedy=_USE_LINES,
    )
