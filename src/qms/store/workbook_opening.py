"""An Excel workbook opened, or the reason why it is none that can be read."""

from __future__ import annotations

import re
import struct
import warnings
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from qms.problems import Place, Problem, RegisterError
from qms.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook

__all__ = ["DAMAGE", "open_workbook", "unreadable_workbook"]

_LARGEST = 64 * 1024 * 1024
_MEGABYTE = 1024 * 1024
#: How many times its size a part of more than a megabyte may unfold into.
_MOST_UNFOLDED = 250
#: How much of a part is looked at for a document type: it stands before everything else.
_BEGINNING = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")

_NOT_EXCEL = Text(
    en="this is not an Excel workbook that can be read",
    vi="đây không phải là sổ tính Excel đọc được",
)
_SAVE_AGAIN = Text(
    en="Open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx).",
    vi="Mở bằng Excel hoặc LibreOffice rồi lưu lại ở dạng sổ tính Excel (.xlsx).",
)
_EMPTY = Text(en="the file is empty", vi="tệp rỗng")
_FROM_A_COPY = Text(
    en="Take the workbook from a copy, or write it again with qms convert.",
    vi="Lấy lại sổ tính từ bản sao, hoặc ghi lại bằng lệnh qms convert.",
)
_PASSWORD = Text(
    en="the workbook is protected with a password", vi="sổ tính được bảo vệ bằng mật khẩu"
)
_NO_PASSWORD = Text(
    en="Open it in Excel, take the password away (File, Info, Protect Workbook), and save it.",
    vi="Mở bằng Excel, gỡ mật khẩu (Tệp, Thông tin, Bảo vệ sổ làm việc) rồi lưu lại.",
)
_OLD = Text(
    en="this is a workbook of the old kind (.xls), whatever its name says",
    vi="đây là sổ tính kiểu cũ (.xls), dù tên tệp ghi khác",
)
_OPEN_DOCUMENT = Text(
    en="this is a spreadsheet of LibreOffice (.ods), whatever its name says",
    vi="đây là bảng tính của LibreOffice (.ods), dù tên tệp ghi khác",
)
_MACROS = Text(en="the workbook holds macros", vi="sổ tính có chứa macro")
_WITHOUT_MACROS = Text(
    en="Save it as an Excel workbook without macros (.xlsx).",
    vi="Lưu lại ở dạng sổ tính Excel không có macro (.xlsx).",
)
_BOMB = Text(
    en="the file unfolds into {size} MB, more than a workbook of a register ever holds",
    vi="tệp bung ra tới {size} MB, vượt xa dung lượng sổ tính của một sổ đăng ký",
)
_TOO_LARGE = Text(
    en="the file has more than {limit} MB", vi="tệp có dung lượng vượt quá {limit} MB"
)
_OTHER_FORM = Text(
    en="Keep so large a register in another form: a folder, or NDJSON.",
    vi="Lưu sổ đăng ký lớn như vậy ở dạng khác: thư mục hoặc NDJSON.",
)
_DEFINES = Text(
    en="a part of the file defines words of its own (DOCTYPE), as no spreadsheet program does",
    vi="tệp có phần tự định nghĩa ký hiệu riêng (DOCTYPE), không chương trình bảng tính nào làm vậy",
)
_CUT = Text(
    en="the file is damaged: {missing} of its {sheets} sheets are missing",
    vi="tệp bị hỏng: thiếu {missing} trong số {sheets} trang",
)
_CHART_SHEET = Text(
    en="the workbook holds a sheet for a chart alone that cannot be read",
    vi="sổ tính có trang chỉ chứa biểu đồ mà không đọc được",
)
_NO_CHART_SHEET = Text(
    en="Open it in Excel or LibreOffice, delete that sheet, and save the workbook.",
    vi="Mở bằng Excel hoặc LibreOffice, xóa trang đó rồi lưu lại sổ tính.",
)
_CHART_SHEETS = b"chartsheets/"
#: What the libraries raise at a file that is damaged.
DAMAGE = (
    zipfile.BadZipFile,
    ParseError,
    zlib.error,
    struct.error,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)


def open_workbook(path: Path) -> Workbook:
    """The workbook in a file.

    Raises:
        RegisterError: it is none that can be read, or none that is safe to read: of another
            kind, with a password, with macros, damaged, or unfolding without measure.
    """
    import openpyxl

    data = _content(path)
    try:
        _look_at(data, str(path))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(data))
        _count_sheets(data, book, str(path))
    except DAMAGE:
        raise RegisterError([unreadable_workbook(path, data)]) from None
    return book


def unreadable_workbook(path: Path, data: bytes) -> Problem:
    """Why a workbook that the library could not read is none, as far as its bytes tell."""
    if not data:
        return _problem(path, _EMPTY, _FROM_A_COPY)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            return _problem(path, _PASSWORD, _NO_PASSWORD)
        return _problem(path, _OLD, _SAVE_AGAIN)
    # The names of an archive's members stand in it as they are.
    if data.startswith(b"PK") and _CHART_SHEETS in data:
        return _problem(path, _CHART_SHEET, _NO_CHART_SHEET)
    return _problem(path, _NOT_EXCEL, _SAVE_AGAIN)


def _content(path: Path) -> bytes:
    from qms.store.files import open_file, unreadable

    try:
        with open_file(path, str(path)) as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        raise RegisterError([unreadable(error, str(path))]) from None
    if len(data) > _LARGEST:
        raise _refused(path, _TOO_LARGE.format(limit=_LARGEST // _MEGABYTE), _OTHER_FORM)
    if not data or data.startswith(_OLE):
        raise RegisterError([unreadable_workbook(path, data)])
    return data


def _look_at(data: bytes, name: str) -> None:
    """Refuse, before anything is unfolded, what a workbook of a register never is."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
        whole = sum(member.file_size for member in members)
        much = whole > min(8 * _LARGEST, _MOST_UNFOLDED * max(len(data), _MEGABYTE))
        if much or any(map(_unfolds, members)):
            raise _refused(name, _BOMB.format(size=whole // _MEGABYTE), _OTHER_FORM)
        names = {member.filename for member in members}
        if "mimetype" in names and b"opendocument" in archive.read("mimetype"):
            raise _refused(name, _OPEN_DOCUMENT, _SAVE_AGAIN)
        kinds = archive.read("[Content_Types].xml")
        if b"macroEnabled" in kinds or any(one.endswith("vbaProject.bin") for one in names):
            raise _refused(name, _MACROS, _WITHOUT_MACROS)
        for member in members:
            if member.filename.endswith((".xml", ".rels")):
                with archive.open(member) as part:
                    if _DOCTYPE.search(part.read(_BEGINNING)):
                        raise _refused(name, _DEFINES, _SAVE_AGAIN)


def _unfolds(member: zipfile.ZipInfo) -> bool:
    """Whether a part is small only because it says the same over and over."""
    return member.file_size > max(_MEGABYTE, _MOST_UNFOLDED * member.compress_size)


def _count_sheets(data: bytes, book: Workbook, name: str) -> None:
    """Refuse a file of which the library passed over a sheet in silence."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return
        named = len(_SHEET.findall(archive.read("xl/workbook.xml")))
    if named > len(book.sheetnames):
        missing = named - len(book.sheetnames)
        raise _refused(name, _CUT.format(missing=missing, sheets=named), _FROM_A_COPY)


def _refused(path: Path | str, what: Text, remedy: Text) -> RegisterError:
    return RegisterError([_problem(path, what, remedy)])


def _problem(path: Path | str, what: Text, remedy: Text) -> Problem:
    return Problem(what=what, place=Place(file=str(path)), remedy=remedy)
