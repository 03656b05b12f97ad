"""Whatever is wrong with the files of a register is said: what, where, and what to do.

Each case is a small register with one thing wrong, and what must be said about it in
both languages.
"""

from __future__ import annotations

import errno
import os
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from attrs import field, frozen

from qms.problems import Place, Problem, RegisterError, printable
from qms.store import iter_units, load
from qms.store.files import unreadable
from qms.text import Language, Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HEAD = '[organisation]\nname.vi = "UBND tỉnh (giả định)"\n'
UNIT = 'name.vi = "Sở Khoa học và Công nghệ"\n'
GOOD = {"register.toml": HEAD, "units/skhcn.toml": UNIT}
CERTIFICATE = '[certificates."2015"]\nnumber = "01 (invented)"\nedition = "9001:2008"\n'
REGIME = 'regime = "state-certificate"\n'


@frozen(kw_only=True)
class Case:
    """A register with something wrong in it.

    Attributes:
        files: Its files; they replace those of a good register.
        place: The file, the line and the column that are named.
        path: The path that is named.
        en: What is said in English, in this order.
        vi: What is said in Vietnamese, in this order.
    """

    files: dict[str, str | bytes]
    place: tuple[Any, ...] = ()
    path: str = ""
    en: tuple[str, ...]
    vi: tuple[str, ...]
    load: str = field(default="")


def in_unit(text: str | bytes, place: tuple[int | None, ...], path: str, en: Any, vi: Any) -> Case:
    """Something wrong in the file of a second unit."""
    path = f"units.a.{path}" if path else ""
    return Case(
        files={**GOOD, "units/a.toml": text},
        place=("units/a.toml", *place),
        path=path,
        en=en,
        vi=vi,
    )


def in_json(
    text: str,
    place: tuple[int | None, ...],
    en: Any,
    vi: Any,
    *,
    path: str = "",
    name: str = "r.json",
) -> Case:
    """Something wrong in a JSON file."""
    return Case(files={name: text}, load=name, place=(name, *place), path=path, en=en, vi=vi)


CASES = {
    "a file that is not UTF-8": in_unit(
        b'# x\nname.vi = "S\xed"\n',
        (2,),
        "",
        ("not UTF-8", "byte 16", "0xED", "save it with the encoding UTF-8"),
        ("không phải văn bản UTF-8", "byte thứ 16", "bảng mã UTF-8"),
    ),
    "a file in UTF-16": in_unit(
        UNIT.encode("utf-16"), (1,), "", ("written in UTF-16",), ("mã hóa UTF-16",)
    ),
    "an empty file": in_unit(" \n", (), "", ("the file is empty",), ("tệp rỗng",)),
    "words without quotation marks": in_unit(
        "name.vi = Sở\n",
        (1, 11),
        "",
        ("not correct TOML", "words need quotation marks", "found: name.vi = Sở"),
        ("sai cú pháp TOML", "chữ phải đặt trong dấu ngoặc kép"),
    ),
    "a quotation mark too few": in_unit(
        'name.vi = "Sở\n', (1, 14), "", ("closing quotation mark",), ("thiếu dấu đóng ngoặc kép",)
    ),
    "a key given twice": in_unit(
        'name.vi = "a"\nname.vi = "b"\n',
        (2, 14),
        "",
        ("this key stands here twice", "Keep one of the two"),
        ("khóa này bị ghi hai lần", "Chỉ giữ lại một"),
    ),
    "a table declared twice": in_unit(
        UNIT + CERTIFICATE + REGIME + CERTIFICATE,
        (6, 21),
        "",
        ("this table stands here twice",),
        ("bảng này bị khai báo hai lần",),
    ),
    "a Vietnamese key without quotation marks": in_unit(
        'tên = "Sở"\n', (1, 2), "", ("letters other than a–z", "English words"), ("ngoài a–z",)
    ),
    "a list that does not end": in_unit(
        "predecessors = [\n", (2,), "", ("end of the file came too early",), ("tệp kết thúc khi",)
    ),
    "something that is no statement": in_unit(
        "x y\n", (1, 3), "", ("a key must be followed by “=”",), ("sau khóa phải có dấu “=”",)
    ),
    "a day that February does not have": in_unit(
        UNIT + "valid_from = 2015-02-30\n",
        (2, 14),
        "",
        ("there is no such day: month 2 of 2015 has 28 days", "found: valid_from = 2015-02-30"),
        ("không có ngày này: tháng 2 năm 2015 có 28 ngày",),
    ),
    "a month that the year does not have": in_unit(
        UNIT + "valid_from = 2015-13-01\n", (2, 18), "", ("there is no month 13",), ("tháng 13",)
    ),
    "a date written as people write it": in_unit(
        UNIT + "valid_from = 30/06/2015\n", (2, 16), "", ("Write 2015-06-30",), ("2015-06-30",)
    ),
    "a date in quotation marks that is none": in_unit(
        UNIT + 'valid_from = "2015-02-30"\n',
        (2,),
        "valid_from",
        ("month 2 of 2015 has 28 days", "year-month-day"),
        ("tháng 2 năm 2015 có 28 ngày", "năm-tháng-ngày"),
    ),
    "the year zero": in_unit(
        UNIT + 'valid_from = "0000-01-01"\n', (2,), "valid_from", ("no year 0000",), ("năm 0000",)
    ),
    "a date and a time": in_unit(
        UNIT + "valid_from = 2015-06-30T08:00:00\n",
        (2,),
        "valid_from",
        ("this is not a date", '"2015-06-30T08:00:00"'),
        ("không phải là ngày tháng hợp lệ",),
    ),
    "a time instead of a date": in_unit(
        UNIT + "valid_from = 08:00:00\n", (2,), "valid_from", ("not a date",), ("ngày tháng",)
    ),
    "a number that is none": in_unit(
        UNIT + "headcount = nan\n",
        (2,),
        "headcount",
        ("this is a number", "found: NaN", "whole number"),
        ("đây là một số", "số nguyên"),
    ),
    "a quantity that is none": in_unit(
        UNIT + '[audits.x]\ntype = "internal"\ndays = nan\n',
        (4,),
        "audits.x.days",
        ("out of bounds", "found: NaN", "a number without its unit"),
        ("ngoài giới hạn", "một số không kèm đơn vị tính"),
    ),
    "a number that is none instead of words": in_unit(
        UNIT + "note = inf\n",
        (2,),
        "note",
        ("this is a number", "found: Infinity"),
        ("đây là một số",),
    ),
    "a number of thousands of digits": in_unit(
        UNIT + f"headcount = {'9' * 5000}\n",
        (2,),
        "",
        ("thousands of digits long", "Correct the number"),
        ("dài hàng nghìn chữ số", "Sửa lại số này"),
    ),
    "a number of thousands of digits to another base": in_unit(
        UNIT + f"headcount = 0x{'f' * 5000}\n",
        (2,),
        "",
        ("thousands of digits long",),
        ("dài hàng nghìn chữ số",),
    ),
    "curly quotation marks": in_unit(
        "name.vi = “Sở”\n",
        (1, 11),
        "",
        ("a curly quotation mark", "found: name.vi = “Sở”", 'Type straight quotation marks: "…"'),
        ("dấu ngoặc kép cong", 'Gõ dấu ngoặc kép thẳng: "…"'),
    ),
    "curly quotation marks around a key": in_unit(
        "‘name’.vi = 1\n", (1, 1), "", ("a curly quotation mark",), ("dấu ngoặc kép cong",)
    ),
    "half a character in TOML": in_unit(
        'name.vi = "\\ud800"\n', (1,), "", ("half of a character",), ("chỉ có một nửa",)
    ),
    "a character by a number that is none": in_unit(
        'name.vi = "\\u12"\n', (1,), "", ("4 or 8 digits",), ("4 hoặc 8 chữ số",)
    ),
    "a table by a heading and by dots": in_unit(
        UNIT + "[a.b]\n[c]\n[a]\nb.x = 1\n", (5,), "", ("stands here twice",), ("hai lần",)
    ),
    "zero bytes": in_unit(
        b'name.vi = "A"\n\0\0\n', (2,), "", ("not plain text", "zero bytes"), ("các byte 0",)
    ),
    "a file in UTF-32": in_unit(
        UNIT.encode("utf-32"), (1,), "", ("written in UTF-32",), ("mã hóa UTF-32",)
    ),
    "a mistake in a very long line": in_unit(
        f'note = "{"x" * 1000}" 5 "{"y" * 1000}"\n',
        (1, 1011),
        "",
        ("does not belong there", f'found: {"x" * 28}" 5 "{"y" * 27}\n'),
        ("nội dung thừa",),
    ),
    "a name of blanks": in_unit(
        'name.vi = "  "\n',
        (1,),
        "name.vi",
        ("not written as it should be", "at least one character that is not a blank"),
        ("không đúng quy cách", "ít nhất một ký tự không phải dấu cách"),
    ),
    "a unit without a name": in_unit(
        "headcount = 3\n",
        (),
        "name",
        ("“name” is missing", "name.en = “…”"),
        ("thiếu khóa “name”", "name.vi = “…”"),
    ),
    "words instead of a number": in_unit(
        UNIT + 'headcount = "40"\n',
        (2,),
        "headcount",
        ("this is words", 'found: "40"', "expected: a whole number, at least 0"),
        ("đây là chữ", "số nguyên, nhỏ nhất là 0"),
    ),
    "a number out of bounds": in_unit(
        UNIT + "headcount = -1\n", (2,), "headcount", ("out of bounds",), ("ngoài giới hạn",)
    ),
    "a name as bare words": in_unit(
        'name = "Sở"\n',
        (1,),
        "name",
        ("this is words", '{ vi = "Sở" } or { en = "Sở" }'),
        ("đây là chữ", "Ghi rõ tên bằng ngôn ngữ nào"),
    ),
    "a name in neither language": in_unit(
        "name = {}\n", (1,), "name", ("in neither language", "as “vi”"), ("chưa được ghi",)
    ),
    "a single value instead of a list": in_unit(
        UNIT + 'predecessors = "skhcn"\n',
        (2,),
        "predecessors",
        ("a list, in square brackets", '["skhcn"]'),
        ("một danh sách, đặt trong ngoặc vuông",),
    ),
    "a list instead of a table": in_unit(
        UNIT + "[[certificates]]\nnumber = '1'\n",
        (2,),
        "certificates",
        ("this is a list", "under an identifier of its own"),
        ("đây là một danh sách", "dưới một mã riêng"),
    ),
    "a missing key": in_unit(
        UNIT + CERTIFICATE,
        (2,),
        'certificates."2015".regime',
        ("the key “regime” is missing", "one of: accredited, state-certificate", "Add “regime”"),
        ("thiếu khóa “regime”", "Bổ sung “regime”"),
    ),
    "an unknown key": in_unit(
        UNIT + CERTIFICATE + REGIME + "expire = 2018-06-29\n",
        (6,),
        'certificates."2015".expire',
        ("unknown key “expire”", "one of the keys: number, edition", "Did you mean “expires”?"),
        ("không có khóa nào tên là “expire”", "Có phải định ghi “expires”?"),
    ),
    "an unknown key like none": in_unit(
        UNIT + "zzz = 1\n", (2,), "zzz", ("unknown key “zzz”", "“note”"), ("chuyển nội dung sang",)
    ),
    "an unknown word": in_unit(
        UNIT + CERTIFICATE + 'regime = "acredited"\n',
        (5,),
        'certificates."2015".regime',
        ("not one of the words known here", "Did you mean “accredited”?"),
        ("không thuộc các giá trị", "Có phải định ghi “accredited”?"),
    ),
    "a number instead of a word": in_unit(
        UNIT + "level = 1\n", (2,), "level", ("this is a number", "one of: ministry"), ("một số",)
    ),
    "a number instead of a date": in_unit(
        UNIT + "valid_from = 2015\n", (2,), "valid_from", ("this is a number",), ("một số",)
    ),
    "true instead of words": in_unit(
        UNIT + "note = true\n", (2,), "note", ("this is true or false",), ("giá trị đúng/sai",)
    ),
    "an interval of no months": in_unit(
        UNIT + '[documents.D]\ntitle.vi = "x"\nkind = "form"\nreview_every = 0\n',
        (5,),
        "documents.D.review_every",
        ("out of bounds", "a whole number from 1 to 1200"),
        ("số nguyên từ 1 đến 1200",),
    ),
    "an unknown edition": in_unit(
        UNIT + CERTIFICATE.replace("9001:2008", "14001:2015") + REGIME,
        (4,),
        'certificates."2015".edition',
        ("not written as it should be", "an edition of ISO 9001, such as"),
        ("viết không đúng quy cách", "một phiên bản ISO 9001"),
    ),
    "an identifier that no file can have": in_unit(
        UNIT + '[documents."QT/05"]\ntitle.vi = "x"\nkind = "form"\n',
        (2,),
        'documents."QT/05"',
        ("cannot be used as a key here", "without / \\", "another identifier"),
        ("không dùng được “QT/05” làm khóa", "mã định danh"),
    ),
    "a quantity with its unit": in_unit(
        UNIT
        + '[objectives.o]\ntitle.vi = "x"\nindicator = "x"\nunit = "%"\ncomparison = "at-least"\n'
        + 'target = "100 %"\nstart = 2015-01-01\ndue = 2015-12-31\n',
        (7,),
        "objectives.o.target",
        ("a number without its unit",),
        ("một số không kèm đơn vị tính",),
    ),
    "an expiry before the decision": in_unit(
        UNIT + CERTIFICATE + REGIME + "decided = 2015-06-30\nexpires = 2015-06-29\n",
        (7,),
        'certificates."2015".expires',
        ("“expires” is before “decided”", "2015-06-30 or later"),
        ("“expires” lại trước “decided” (2015-06-30)", "từ 2015-06-30 trở đi"),
    ),
    "a dangling reference": in_unit(
        UNIT + 'parent = "skhvn"\n',
        (2,),
        "parent",
        ("names a unit that is not in the register", "Did you mean “skhcn”?"),
        ("trỏ tới một đơn vị không có trong sổ đăng ký", "Có phải định ghi “skhcn”?"),
    ),
    "a fact of a history": in_unit(
        UNIT
        + '[[history]]\nact = "merged"\non = 2015-01-01\n[[history]]\nact = "gone"\non = 2016-01-01\n',
        (6,),
        "history#2.act",
        ("not one of the words known here",),
        ("không thuộc các giá trị",),
    ),
    "deeply nested lists": in_unit(
        "a = " + "[" * 100_000, (), "", ("more than 40 deep",), ("sâu hơn 40 lớp",)
    ),
    "lists nested rather deeply": in_unit(
        "a = " + "[" * 50 + "]" * 50, (), "", ("more than 40 deep",), ("sâu hơn 40 lớp",)
    ),
    "deeply nested keys": in_unit(
        ".".join("a" * 5000) + " = 1\n", (), "", ("more than 40 deep",), ("sâu hơn 40 lớp",)
    ),
    "two files that define one unit": Case(
        files={
            **GOOD,
            "register.toml": HEAD + '[units.skhcn]\nlevel = "district"\nname.vi = "x"\n',
        },
        place=("units/skhcn.toml",),
        path="units.skhcn.name.vi",
        en=("defined twice, in register.toml and in units/skhcn.toml: vi", "one of the two files"),
        vi=("khai báo hai lần, ở register.toml và ở units/skhcn.toml",),
    ),
    "two files that define one certificate": Case(
        files={
            **GOOD,
            "units/skhcn.toml": UNIT + CERTIFICATE + REGIME,
            "units/skhcn/certificates/2015.toml": 'number = "1"\nedition = "9001:2015"\n',
        },
        place=("units/skhcn.toml",),
        path='units.skhcn.certificates."2015"',
        en=("in units/skhcn/certificates/2015.toml and in units/skhcn.toml: number, edition",),
        vi=("ở units/skhcn/certificates/2015.toml và ở units/skhcn.toml",),
    ),
    "one name spelled with composed and with separate accents": Case(
        files={
            **GOOD,
            unicodedata.normalize("NFC", "units/sở.toml"): UNIT,
            unicodedata.normalize("NFD", "units/sở.toml"): UNIT,
        },
        place=(unicodedata.normalize("NFC", "units/sở.toml"),),
        path='units."sở".name.vi',
        en=("two files have names that look the same", "accents composed or taken apart"),
        vi=("hai tệp có tên trông giống nhau",),
    ),
    "no units": Case(
        files={"register.toml": HEAD, "README.md": "x"},
        place=("register.toml", None),
        en=("the register has no units", "Add at least one unit"),
        vi=("chưa có đơn vị nào", "Bổ sung ít nhất một đơn vị"),
    ),
    "no register at all": Case(
        files={"Sổ tay.docx": "x"},
        place=("",),
        en=("there is no register in this folder", "qms new"),
        vi=("không có sổ đăng ký trong thư mục này", "qms new"),
    ),
    "no organisation": Case(
        files={"units/skhcn.toml": UNIT},
        place=("register.toml", None),
        path="organisation",
        en=("the key “organisation” is missing",),
        vi=("thiếu khóa “organisation”",),
    ),
    "another version of the shape": Case(
        files={**GOOD, "register.toml": 'format = "qms-register/2"\n' + HEAD},
        place=("register.toml", 1),
        path="format",
        en=("Did you mean “qms-register/1”?",),
        vi=("Có phải định ghi “qms-register/1”?",),
    ),
    "JSON with a comma too many": in_json(
        '{"organisation": {},\n}', (2, 1), ("not correct JSON", "a key in"), ("sai cú pháp JSON",)
    ),
    "JSON without a comma": in_json(
        '{"a": 1 "b": 2}', (1, 9), ("a comma is missing",), ("thiếu dấu phẩy",)
    ),
    "JSON that is no object": in_json(
        "[1]", (), ("outermost value is not an object",), ("không phải là đối tượng",)
    ),
    "JSON with a key given twice": in_json(
        '{"units": {\n "a": 1,\n "a": 2}}',
        (3, 2),
        ("the key “a” stands twice",),
        ("khóa “a” bị ghi hai lần",),
        path="units.a",
    ),
    "JSON with a key given twice, once with a letter as a number": in_json(
        '{"units": [{}, {"a": ":", "\\u0061": 2}]}',
        (1, 27),
        ("the key “a” stands twice",),
        ("khóa “a” bị ghi hai lần",),
        path="units#2.a",
    ),
    "JSON with a number that is none": in_json(
        '{"a": [1, "NaN", "\\"NaN", -Infinity]}',
        (1, 27),
        ("-Infinity is not a number",),
        ("-Infinity không phải là một số",),
        path="a#4",
    ),
    "JSON with half a character": in_json(
        '{"a":\n "\\ud800"}', (2, 2), ("half of a character",), ("chỉ có một nửa",), path="a"
    ),
    "JSON with half a character in a key": in_json(
        '{"\\udc00": 1}', (1, 2), ("half of a character",), ("chỉ có một nửa",), path='"\udc00"'
    ),
    "JSON with a number of thousands of digits": in_json(
        f'{{"a": "x",\n "b": {"9" * 5000}}}',
        (2, None),
        ("thousands of digits long", "found: 99999999999999999999…"),
        ("dài hàng nghìn chữ số",),
    ),
    "JSON with a wrong value": in_json(
        '{"organisation": {"name": {"vi": "Tỉnh"}},\n "units": {"x": {"name": {"en": "X"}},\n'
        ' "a": {"name": {"en": "A"},\n  "heads": [{"name": "N"},\n   {"name": 3}]}}}',
        (5, None),
        ("this is a number", "found: 3"),
        ("đây là một số",),
        path="units.a.heads#2.name",
    ),
    "JSON with a value left out": in_json(
        '{"organisation": {"name": {"vi": "Tỉnh"}}, "units": {\n\n "a": {"headcount": 3}}}',
        (3, None),
        ("“name” is missing",),
        ("thiếu khóa “name”",),
        path="units.a.name",
    ),
    "JSON with a single value for a unit": in_json(
        '{"organisation": {"name": {"vi": "Tỉnh"}},\n "units": {"a": 3}}',
        (2, None),
        ("this is a number",),
        ("đây là một số",),
        path="units.a",
    ),
    "NDJSON with a key given twice": in_json(
        '{"organisation": {"name": {"vi": "Tỉnh"}}}\n'
        '{"id": "a", "name": {"vi": "Sở"}, "headcount": 1, "headcount": 1}\n',
        (2, 51),
        ("the key “headcount” stands twice",),
        ("khóa “headcount” bị ghi hai lần",),
        path="headcount",
        name="r.ndjson",
    ),
    "NDJSON with a key given twice beside a colon as a number": in_json(
        '{"organisation": {"name": {"vi": "Tỉnh"}}}\n'
        '{"id": "a", "name": {"vi": "S\\u003a"}, "headcount": 1, "headcount": 1}\n',
        (2, 56),
        ("the key “headcount” stands twice",),
        ("khóa “headcount” bị ghi hai lần",),
        path="headcount",
        name="r.ndjson",
    ),
    "NDJSON with a number of thousands of digits": in_json(
        '{"organisation": {"name": {"vi": "Tỉnh"}}}\n'
        f'{{"id": "a", "name": {{"vi": "Sở"}}, "headcount": {"9" * 5000}}}\n',
        (2, None),
        ("thousands of digits long",),
        ("dài hàng nghìn chữ số",),
        name="r.ndjson",
    ),
    "one object over many lines called NDJSON": in_json(
        '\n{\n "organisation": {"name": {"vi": "Tỉnh"}}, "units": {\n"a": {}\n}}\n',
        (2, None),
        ("holds only a piece of an object", "a name that ends in .json"),
        ("một phần của đối tượng", "phải có đuôi .json"),
        name="r.ndjson",
    ),
    "NDJSON without the header": in_json(
        '{"id": "a", "name": {"vi": "Sở"}}\n{"id": "b", "name": {"vi": "Sở"}}\n',
        (1, None),
        ("the first line is a unit", "the first line is the header"),
        ("dòng đầu là một đơn vị", "dòng đầu là phần mở đầu"),
        name="r.ndjson",
    ),
    "JSON nested too deeply": in_json(
        '{"a":' * 100_000, (), ("more than 40 deep",), ("sâu hơn 40 lớp",)
    ),
    "JSON nested rather deeply": in_json(
        '{"a":' * 50 + "1" + "}" * 50, (), ("more than 40 deep",), ("sâu hơn 40 lớp",)
    ),
}


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def problems_of(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(RegisterError) as caught:
        load(path)
    return caught.value.problems


def assert_in_order(parts: tuple[str, ...], text: str) -> None:
    position = 0
    for part in parts:
        assert part in text[position:], text
        position = text.index(part, position)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_wrong_is_said_with_its_place_in_both_languages(case: Case, tmp_path: Path) -> None:
    write(tmp_path, case.files)

    (problem,) = problems_of(tmp_path / case.load)

    place = problem.place
    named = (
        place.file and place.file.removeprefix(f"{tmp_path}").lstrip("/"),
        place.line,
        place.column,
    )
    assert (*case.place, None, None, None)[: max(len(case.place), 1)] == named[
        : max(len(case.place), 1)
    ]
    assert case.path == problem.path
    assert_in_order(case.en, problem.in_(Language.ENGLISH))
    assert_in_order(case.vi, problem.in_(Language.VIETNAMESE))


def test_the_good_register_of_these_cases_is_good(tmp_path: Path) -> None:
    write(tmp_path, GOOD)

    assert list(load(tmp_path).units) == ["skhcn"]


def test_problems_of_many_files_come_in_one_run(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "register.toml": HEAD + 'groups.so = { nam = "x" }\n',
            "units/a.toml": "name.vi = Sở\n",
            "units/b.toml": b"\xff",
            "units/c.toml": 'name.vi = "C"\nparent = "a"\nlevl = "site"\n',
            "units/d/certificates/1.toml": 'number = "1"\nregime = "accredited"\n',
            "units/d.toml": "name.vi = D\n",
        },
    )

    found = [(one.place.file, one.place.line, one.path) for one in problems_of(tmp_path)]

    assert found == [
        ("units/a.toml", 1, ""),
        ("units/b.toml", 1, ""),
        ("units/d.toml", 1, ""),
        ("register.toml", 3, "organisation.groups.so.name"),
        ("register.toml", 3, "organisation.groups.so.nam"),
        ("units/c.toml", 3, "units.c.levl"),
        ("units/d/certificates/1.toml", None, 'units.d.certificates."1".edition'),
    ]


def test_what_may_stand_in_a_file_that_cannot_be_read_is_not_missed(tmp_path: Path) -> None:
    write(
        tmp_path, {"organisation.toml": "x", "units/a.toml": 'parent = "nowhere"\nname.vi = "A"\n'}
    )

    found = [(one.place.file, one.path) for one in problems_of(tmp_path)]
    assert found == [("organisation.toml", ""), ("units/a.toml", "units.a.parent")]


def test_a_name_that_may_stand_in_a_file_that_cannot_be_read_is_not_called_unknown(
    tmp_path: Path,
) -> None:
    write(
        tmp_path,
        {
            "organisation.toml": 'name.vi = "Tỉnh"\n[groups.one]\nname.vi = "Một"\n',
            "units/a.toml": 'parent = "b"\ngroup = "two"\nname.vi = "A"\n',
            "units/b.toml": "x",
            "units/c/unit.toml": 'parent = "c"\n',
        },
    )

    found = [(one.place.file, one.path) for one in problems_of(tmp_path)]
    assert found[0] == ("units/b.toml", "")
    assert ("units/a.toml", "units.a.group") in found
    assert ("units/a.toml", "units.a.parent") not in found


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, "units/a.toml": b"\xef\xbb\xbf" + UNIT.replace("\n", "\r\n").encode()})

    assert list(load(tmp_path).units) == ["a", "skhcn"]


def test_names_are_equal_however_their_accents_are_typed(tmp_path: Path) -> None:
    documents = 'title.vi = "Sở"\nkind = "form"\n'
    text = f'{UNIT}[documents."sở"]\n{documents}[documents.b]\nform_of = "sở"\n{documents}'
    write(tmp_path / "nfc", {**GOOD, "units/sở.toml": text})
    write(
        tmp_path / "nfd",
        {**GOOD, unicodedata.normalize("NFD", "units/sở.toml"): unicodedata.normalize("NFD", text)},
    )

    assert load(tmp_path / "nfc") == load(tmp_path / "nfd")


# --- the file system -------------------------------------------------------------------------


@pytest.fixture
def without_rights() -> Any:
    """For the superuser, whom no right is denied: another user."""
    if os.geteuid() == 0:
        os.seteuid(65534)
        yield
        os.seteuid(0)
    else:
        yield


def test_a_file_that_may_not_be_read_is_named(passable: Path, request: Any) -> None:
    write(passable, GOOD)
    (passable / "units/skhcn.toml").chmod(0)
    request.getfixturevalue("without_rights")

    (problem,) = problems_of(passable)

    assert problem.place == Place(file="units/skhcn.toml")
    assert problem.what.en == "the right to read this is missing"


def test_a_folder_that_may_not_be_read_is_named(passable: Path, request: Any) -> None:
    write(passable, GOOD)
    (passable / "units").chmod(0)
    request.getfixturevalue("without_rights")

    (problem,) = problems_of(passable)

    assert problem.place == Place(file="units")
    assert problem.what.vi == "không có quyền đọc tệp hoặc thư mục này"


def test_a_register_that_may_not_be_read_is_named(passable: Path, request: Any) -> None:
    write(passable / "r", GOOD)
    (passable / "r").chmod(0)
    request.getfixturevalue("without_rights")

    (problem,) = problems_of(passable / "r")

    assert problem.place == Place(file=str(passable / "r"))
    assert problem.what.en == "the right to read this is missing"


def test_a_key_without_end_is_told_shortened(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, "units/a.toml": f"{UNIT}{'x' * 100_000} = 1\n"})

    (problem,) = problems_of(tmp_path)

    assert max(map(len, problem.in_(Language.VIETNAMESE).splitlines())) <= 1001


def test_links_that_lead_to_one_another_are_refused(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    (tmp_path / "units/a.toml").symlink_to("b.toml")
    (tmp_path / "units/b.toml").symlink_to("a.toml")
    (tmp_path / "units/c").symlink_to("c")  # names neither a file nor a folder

    problems = problems_of(tmp_path)

    assert [problem.place.file for problem in problems] == ["units/a.toml", "units/b.toml"]
    assert problems[0].what.en == "this link leads to itself by way of other links"
    assert problems[0].remedy == Text(en="Delete the link.", vi="Xóa liên kết này.")


def test_a_link_to_nothing_is_refused(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    (tmp_path / "units/a.toml").symlink_to("b.toml")

    (problem,) = problems_of(tmp_path)

    assert problem.place.file == "units/a.toml"
    assert problem.what.en == "there is no such file or folder"


@pytest.mark.parametrize("name", ["register.toml", "units/b.toml"])
def test_a_folder_with_the_name_of_a_file_is_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path, {key: text for key, text in GOOD.items() if key != name})
    (tmp_path / name).mkdir()

    (problem,) = problems_of(tmp_path)

    assert problem.place.file == name
    assert problem.what.vi == "đây là thư mục nhưng lại mang tên của tệp"


def test_a_file_whose_name_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    try:
        (tmp_path / "units" / os.fsdecode(b"s\xed.toml")).write_text(UNIT, encoding="utf-8")
    except OSError:
        pytest.skip("the file system takes names in UTF-8 only")

    (problem,) = problems_of(tmp_path)

    assert problem.what.en == "the name of this file is not UTF-8 text"
    assert "units/s\\udced.toml" in problem.in_(Language.VIETNAMESE)


def test_a_file_without_an_ending_is_called_as_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "so").write_text("{}")

    (problem,) = problems_of(tmp_path / "so")

    assert problem.place.file == str(tmp_path / "so")


def test_of_very_many_wrong_lines_the_first_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qms.store.ndjson.MOST_LISTED", 2)
    head = '{"organisation": {"name": {"vi": "Tỉnh"}}}\n'
    path = tmp_path / "r.ndjson"

    path.write_text(head + "a\n" * 5)
    *listed, further = problems_of(path)

    assert [problem.place.line for problem in listed] == [2, 3]
    assert further.what.en == "3 further lines that are wrong are not listed"
    assert further.what.vi == "còn 3 dòng sai khác không được liệt kê"

    path.write_text("a\n" * 5)
    assert problems_of(path)[-1].what.en == "2 further lines that are wrong are not listed"

    path.write_text(head + "a\n" * 2)
    assert len(problems_of(path)) == 2


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"out/b.toml": UNIT, **{f"r/{name}": text for name, text in GOOD.items()}})
    (tmp_path / "r/units/b.toml").symlink_to(tmp_path / "out/b.toml")
    (tmp_path / "r/more").symlink_to(tmp_path / "out")
    (tmp_path / "r/out.docx").symlink_to(tmp_path / "out")

    problems = problems_of(tmp_path / "r")

    assert [one.place.file for one in problems] == ["more", "out.docx", "units/b.toml"]
    assert {one.what.en for one in problems} == {"this link leads out of the register's folder"}


def test_a_link_to_a_folder_around_itself_is_refused(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    (tmp_path / "units/again").symlink_to(tmp_path)

    (problem,) = problems_of(tmp_path)

    assert problem.what.en == "this link leads back to a folder around it"


def test_a_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    (tmp_path / "units/same.toml").symlink_to("skhcn.toml")
    (tmp_path / "units/gone.toml").symlink_to("nowhere.toml")

    (problem,) = problems_of(tmp_path)
    assert (problem.place.file, problem.what.en) == (
        "units/gone.toml",
        "there is no such file or folder",
    )

    (tmp_path / "units/gone.toml").unlink()
    assert list(load(tmp_path).units) == ["same", "skhcn"]


def test_other_files_and_hidden_folders_are_left_alone(tmp_path: Path) -> None:
    others = {
        "README.md": "# x",
        "Tài liệu/QT-05.docx": "x",
        ".git/config.toml": "[x",
        "units/.cache.toml": "[x",
        "units/skhcn/bản quét.pdf": "x",
    }
    write(tmp_path, {**GOOD, **others})

    assert list(load(tmp_path).units) == ["skhcn"]


@pytest.mark.parametrize("name", ["r.toml", "r.json"])
def test_a_file_of_200_megabytes_is_refused_before_it_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.touch()
    os.truncate(path, 200 * 1024 * 1024)

    (problem,) = problems_of(path)

    assert problem.what.en == "the file has 200 MB; a file that is read whole may have 64 MB"
    assert problem.remedy is not None
    assert "NDJSON" in problem.remedy.vi


def test_a_file_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qms.store.files.LARGEST_FILE", 2)
    monkeypatch.setattr("qms.store.files.os.fstat", lambda _: os.stat_result((0,) * 10))
    (tmp_path / "r.json").write_text("12345")

    (problem,) = problems_of(tmp_path / "r.json")

    assert problem.what.en.startswith("the file has 1 MB")


def test_a_path_through_a_file_leads_nowhere(tmp_path: Path) -> None:
    write(tmp_path, GOOD)

    (problem,) = problems_of(tmp_path / "register.toml/r.toml")

    assert problem.what.en == "there is no such file or folder"


def test_a_failing_disk_is_said_in_its_own_words() -> None:
    problem = unreadable(OSError(errno.EIO, "x"), "r.toml")

    assert problem.what.vi == "không đọc được: Input/output error"
    assert unreadable(OSError(), "r.toml").what == problem.what


def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    for name in ("r.toml", "r.json", "r.ndjson"):
        os.mkfifo(tmp_path / name)

        (problem,) = problems_of(tmp_path / name)

        assert problem.what.en == "this is not a file"


@pytest.mark.parametrize("name", ["nothing", "nothing.toml", "nothing.json", "nothing.ndjson"])
def test_a_register_that_is_not_there(name: str, tmp_path: Path) -> None:
    for reading in (load, lambda path: list(iter_units(path))):
        with pytest.raises(RegisterError) as caught:
            reading(tmp_path / name)

        assert "there is no such file or folder" in str(caught.value)


@pytest.mark.parametrize("name", ["register.pdf", "register"])
def test_a_file_of_no_known_form_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("x")

    (problem,) = problems_of(tmp_path / name)

    assert problem.what.en == "the form of this file cannot be told from its name"
    assert problem.expected is not None
    assert ".ndjson" in problem.expected.vi


# --- how problems read -----------------------------------------------------------------------


def test_a_problem_reads_as_a_few_lines_in_either_language() -> None:
    problem = Problem(
        what=Text(en="this is wrong", vi="sai"),
        place=Place(file="a.toml", line=3, column=7),
        path="units.a",
        found="1",
        expected=Text(en="2", vi="hai"),
        remedy=Text(en="Write 2.", vi="Viết 2."),
    )

    assert problem.in_(Language.ENGLISH) == (
        "a.toml, line 3, column 7: units.a\n"
        "  this is wrong\n"
        "  found: 1\n"
        "  expected: 2\n"
        "  what to do: Write 2."
    )
    assert problem.in_(Language.VIETNAMESE) == (
        "a.toml, dòng 3, cột 7: units.a\n"
        "  sai\n"
        "  giá trị đang có: 1\n"
        "  giá trị hợp lệ: hai\n"
        "  cách khắc phục: Viết 2."
    )


def test_an_error_counts_its_problems() -> None:
    problem = Problem(what=Text(en="this is wrong", vi="sai"))

    assert str(RegisterError([problem])) == "1 problem; nothing was done.\n\nthis is wrong"
    assert RegisterError([problem, problem]).in_(Language.VIETNAMESE) == (
        "Có 2 vấn đề; chưa thực hiện thao tác nào.\n\nsai\n\nsai"
    )


def test_what_was_found_cannot_play_tricks_on_the_terminal() -> None:
    assert printable("Sở \x1b[2J\u202e") == "Sở \\x1b[2J\\u202e"
    assert printable("Sở") == "Sở"
