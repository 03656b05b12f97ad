"""Saving a register in any of its forms."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from qms.codec.assemble import assemble
from qms.codec.plain import plain, plain_register
from qms.problems import Place, Problem, RegisterError
from qms.store.writing import replace_file, write_folder
from qms.text import Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qms.codec.header import Header
    from qms.model import Register, Unit

__all__ = ["Form", "form_of", "refuse_inside_another", "save_as", "save_lines", "unknown_form"]

_LONGEST_NAME = 255
#: What Windows takes for a device, whatever the ending.
_DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}

_UNKNOWN_FORM = Text(
    en="the form of this file cannot be told from its name",
    vi="không xác định được dạng của tệp này qua tên tệp",
)
_FORMS = Text(
    en="a folder of TOML files, or a file ending in .toml, .json, .ndjson, .jsonl or .xlsx",
    vi="một thư mục gồm các tệp TOML, hoặc một tệp có đuôi .toml, .json, .ndjson, .jsonl hay .xlsx",
)
_NAME_IT = Text(
    en="Give the name of a register in one of these forms.",
    vi="Ghi tên sổ đăng ký ở một trong các dạng này.",
)
_EXISTS = Text(en="there is something under this name already", vi="đã có sẵn tệp mang tên này")
_OTHER_NAME = Text(
    en="Choose another name, or allow it to be replaced (--overwrite).",
    vi="Chọn tên khác, hoặc cho phép ghi đè (--overwrite).",
)
_NOT_EMPTY = Text(
    en="the folder is not empty; what is in it is not overwritten",
    vi="thư mục không rỗng; nội dung đang có sẽ không bị ghi đè",
)
_OTHER_FOLDER = Text(en="Choose a new folder.", vi="Chọn một thư mục mới.")


class Form(StrEnum):
    """A form of a register."""

    FOLDER = "folder"
    TOML = "toml"
    JSON = "json"
    NDJSON = "ndjson"
    WORKBOOK = "workbook"


_SUFFIXES = {
    "": Form.FOLDER,
    ".toml": Form.TOML,
    ".json": Form.JSON,
    ".ndjson": Form.NDJSON,
    ".jsonl": Form.NDJSON,
    ".xlsx": Form.WORKBOOK,
}


#: Workbooks of other programs and of other times.
_OTHER_WORKBOOKS = frozenset({".xls", ".xlsm", ".xlsb", ".ods"})
_AS_XLSX = Text(
    en="Save the workbook as .xlsx, in Excel or LibreOffice, and name that file.",
    vi="Lưu sổ tính dưới dạng .xlsx bằng Excel hoặc LibreOffice rồi nêu tên tệp đó.",
)
_INSIDE = Text(
    en="this would become a part of the register in the folder {folder}, which could not be"
    " read any more",
    vi="nội dung này sẽ trở thành một phần của sổ đăng ký trong thư mục {folder}, làm cho sổ đó"
    " không đọc được nữa",
)
_ELSEWHERE = Text(en="Choose a place outside that folder.", vi="Chọn vị trí nằm ngoài thư mục đó.")


def form_of(path: Path) -> Form:
    """The form of a register, told from its name; a folder that is there is a folder.

    Raises:
        RegisterError: the name has an ending that no form has.
    """
    if path.is_dir():
        return Form.FOLDER
    form = _SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise RegisterError([unknown_form(path)])
    return form


def unknown_form(path: Path) -> Problem:
    """The problem of a file whose name has an ending that no form has."""
    place = Place(file=str(path))
    remedy = _AS_XLSX if path.suffix.lower() in _OTHER_WORKBOOKS else _NAME_IT
    return Problem(what=_UNKNOWN_FORM, place=place, expected=_FORMS, remedy=remedy)


def save_as(
    register: Register,
    path: Path,
    form: Form,
    *,
    overwrite: bool,
    language: Language = Language.ENGLISH,
) -> None:
    """Write a register, after making sure that what is written will load.

    Raises:
        RegisterError: the register would not load, something stands under the name, or
            it cannot be written; nothing was changed.
    """
    if form in {Form.FOLDER, Form.TOML}:
        refuse_inside_another(path)
    data = plain_register(register)
    assemble(msgspec.json.decode(msgspec.json.encode(data)))
    if form is Form.FOLDER:
        if path.exists() and not (path.is_dir() and not any(path.iterdir())):
            raise RegisterError(
                [Problem(what=_NOT_EMPTY, place=Place(file=str(path)), remedy=_OTHER_FOLDER)]
            )
        write_folder(path, _toml_files(data))
        return
    if path.exists() and not overwrite:
        raise RegisterError(
            [Problem(what=_EXISTS, place=Place(file=str(path)), remedy=_OTHER_NAME)]
        )
    if form is Form.WORKBOOK:
        from qms.store.workbook_writing import workbook_bytes

        replace_file(path, (workbook_bytes(data, language),))
        return
    replace_file(path, _CHUNKS[form](data))


def refuse_inside_another(path: Path) -> None:
    """Refuse to put TOML into the folder of a register, which would be read as a part of it.

    Raises:
        RegisterError: a folder around the path holds a register.
    """
    path = Path(os.path.abspath(path))  # noqa: PTH100 - the place is meant, not where a link leads
    for folder in path.parents:
        whole = folder / "register.toml"
        if whole.is_file() and (path != whole or (folder / "units").exists()):
            what = _INSIDE.format(folder=folder)
            place = Place(file=str(path))
            raise RegisterError([Problem(what=what, place=place, remedy=_ELSEWHERE)])


def save_lines(path: Path, header: Header, units: Iterable[Unit]) -> None:
    """Write an NDJSON register unit by unit, holding one at a time.

    The units are taken at their word; reading the file judges them.

    Raises:
        RegisterError: it cannot be written.
    """
    replace_file(path, _lines({"format": header.format, **plain(header)}, map(plain, units)))


def _toml(data: Mapping[str, Any]) -> Iterator[bytes]:
    from qms.store.toml_writing import toml_text

    yield toml_text(data).encode()


def _json(data: Mapping[str, Any]) -> Iterator[bytes]:
    yield msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n"


def _ndjson(data: Mapping[str, Any]) -> Iterator[bytes]:
    header = {key: value for key, value in data.items() if key != "units"}
    return _lines(header, ({"id": key, **unit} for key, unit in data["units"].items()))


def _lines(header: Mapping[str, Any], units: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    encode = msgspec.json.Encoder().encode
    yield encode(header) + b"\n"
    for unit in units:
        yield encode(unit) + b"\n"


_CHUNKS = {Form.TOML: _toml, Form.JSON: _json, Form.NDJSON: _ndjson}


def _toml_files(data: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """The files of a folder: the register's own keys, and one file a unit.

    A unit whose name no file can have, or not beside another's, stays in the register's file.
    """
    from qms.store.toml_writing import toml_text

    own = {**data, "units": {}}
    taken: set[str] = set()
    for key, unit in data["units"].items():
        name = f"{key}.toml"
        is_device = key.partition(".")[0].rstrip().casefold() in _DEVICES
        if is_device or name.casefold() in taken or len(name.encode()) > _LONGEST_NAME:
            own["units"][key] = unit
        else:
            taken.add(name.casefold())
            yield f"units/{name}", toml_text(unit).encode()
    if not own["units"]:
        del own["units"]
    yield "register.toml", toml_text(own).encode()
