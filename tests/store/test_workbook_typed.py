"""What people and Excel make of a workbook: understood, or named with its cell; never guessed."""

import os
import shutil
import subprocess
import zipfile
from datetime import datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from qms import load
from qms.cli import main
from qms.problems import RegisterError
from qms.store import convert
from qms.store.workbook_cells import value_of
from qms.store.workbook_plan import plan_of_workbook
from qms.store.workbook_reading import load_workbook
from qms.text import Language
from workbooks import changed, column

FIXTURES = Path(__file__).parents[2] / "fixtures"
SOFFICE = shutil.which("soffice")
#: A cell as it is typed or as Excel holds it: sheet, heading, value, format; what is said.
NAMED = {
    "a clause that became a number": ("Phát hiện", "Điều khoản", 7.1, "0.00", "holds a number"),
    "a clause that became a day": ("Phát hiện", "Điều khoản", datetime(2026, 5, 7), "d.m", "a day of"),  # noqa: DTZ001
    "a number that became a day": ("Giấy chứng nhận", "Số", datetime(2015, 5, 1), "mmm-yy", "a day of"),  # noqa: DTZ001
    "a number too long for Excel": ("Giấy chứng nhận", "Số", 123456789012345678, "0", "15 digits"),
    "words that became true": ("Giấy chứng nhận", "Số", True, "General", "true or false"),
    "a time where words belong": ("Giấy chứng nhận", "Số", time(7, 30), "h:mm", "a time of day"),
    "an id that became a number": ("Giấy chứng nhận", "Mã giấy chứng nhận", 1.5, "General", "holds a number"),
    "a day in American order": ("Giấy chứng nhận", "Ngày hết hạn", "6/29/2018", "@", "no month 29"),
    "a day in words": ("Giấy chứng nhận", "Ngày hết hạn", "mai", "@", "not a date"),
    "a day that is none": ("Giấy chứng nhận", "Ngày hết hạn", "31/02/2018", "@", "no such day"),
    "a day with two digits of the year": ("Giấy chứng nhận", "Ngày hết hạn", "29/6/18", "@", "not a date"),
    "a day as Excel counts it": ("Giấy chứng nhận", "Ngày hết hạn", 43280, "General", "number where a day"),
    "a day as eight digits": ("Giấy chứng nhận", "Ngày hết hạn", 20180629, "General", "number where a day"),
    "a day nought": ("Giấy chứng nhận", "Ngày hết hạn", time(0), "dd/mm/yyyy", "a time of day"),
    "a day that is true": ("Giấy chứng nhận", "Ngày hết hạn", True, "General", "not a day"),
    "a duration of people": ("Đơn vị", "Số người", timedelta(hours=38), "[h]:mm", "a time of day"),
    "a day where a number belongs": ("Đơn vị", "Số người", datetime(2015, 1, 1), "dd/mm/yyyy", "a day stands here"),  # noqa: DTZ001
    "a percentage": ("Đánh giá", "Số ngày công", 0.95, "0%", "which Excel holds as 0.95"),
    "thousands set apart": ("Đánh giá", "Số ngày công", "1.000", "@", "thousands set apart"),
    "neither yes nor no": ("Địa điểm", "Bộ phận trung tâm", "chắc thế", "@", "neither yes nor no"),
    "a place that is no number": ("Địa điểm", "Thứ tự", "ba", "@", "no place in a history"),
    "a place between two": ("Địa điểm", "Thứ tự", 1.5, "General", "no place in a history"),
    "a place before the first": ("Địa điểm", "Thứ tự", 0, "General", "no place in a history"),
    "an array formula": ("Đơn vị", "Số người", ArrayFormula("H2", "=SUM(A1:A2)"), "0", "a formula"),
    "an error": ("Đơn vị", "Số người", "#REF!", "0", "an error of Excel"),
}  # fmt: skip
#: What people type where numbers of clauses or of a revision belong, and what is understood.
CLAUSES = {
    '"7.5.3"': ("7.5.3",),
    "“4”, “5”": ("4", "5"),
    "4; 5, 6\n7": ("4", "5", "6", "7"),
    "4, 5 và 6": ("4", "5", "6"),
    "4 and 5": ("4", "5"),
    "4, 5": ("4", "5"),
    "7.5,8.2": ("7.5", "8.2"),
    "4,5,6,7,8,9,10": ("4", "5", "6", "7", "8", "9", "10"),
    # One number with a decimal comma, or several?
    "7,5": None,
    "7,5,3": None,
    "4 5 6": None,
    "7.5.3.": None,
    "Điều 8": None,
}
ONE_CLAUSE = {"'7.5.3": "7.5.3", " «8.2» ": "8.2", "8.2; 9.1": None, "8.2 a)": None}
REVISIONS = {'"02"': "02", "“1.3”": "1.3", "lần 2": None}


def typed(book, sheet, heading, words):
    """The workbook with these words in the second row; the cell."""
    held = openpyxl.load_workbook(book)
    cell = held[sheet].cell(2, column(held[sheet], heading))
    cell.value = words
    held.save(book)
    return f"{sheet}!{cell.coordinate}"


def refused(book, cell):
    """The one problem of a workbook, at this cell."""
    with pytest.raises(RegisterError) as error:
        load(book)
    (problem,) = error.value.problems
    assert problem.place.file.endswith(cell)
    assert "quotation" not in f"{problem.expected.en}{problem.remedy.en}"
    return problem


class TestNumbersThatAreWords:
    @pytest.mark.parametrize("words", CLAUSES)
    def test_several_clauses_in_a_cell(self, book, words):
        cell = typed(book, "Đánh giá", "Các điều khoản", words)
        if CLAUSES[words] is None:
            problem = refused(book, cell)
            assert problem.found == words
            assert "7.5.3; 8.2" in problem.remedy.en
            assert "7.5.3; 8.2" in problem.remedy.vi
        else:
            assert load(book).units["so"].audits["n"].clauses == CLAUSES[words]

    @pytest.mark.parametrize("words", ONE_CLAUSE)
    def test_one_clause_in_a_cell(self, book, words):
        cell = typed(book, "Phát hiện", "Điều khoản", words)
        if ONE_CLAUSE[words] is None:
            assert refused(book, cell).expected.en == "the number of a clause, such as 7.5.3"
        else:
            assert load(book).units["so"].audits["n"].findings["1"].clause == ONE_CLAUSE[words]

    @pytest.mark.parametrize("words", REVISIONS)
    def test_the_number_of_a_revision(self, words):
        cell = openpyxl.Workbook().active.cell(1, 1, words)
        (plan,) = (one for one in plan_of_workbook() if one.path[-1:] == ("distribution",))
        (shape,) = (one.shape for one in plan.columns if one.way == ("revision",))
        value, problem = value_of(cell, shape, "A1")
        if REVISIONS[words] is None:
            assert problem.remedy.vi == "Chỉ ghi số."
        else:
            assert (value, problem) == (REVISIONS[words], None)


class TestCells:
    @pytest.mark.parametrize("case", NAMED)
    def test_a_value_that_may_not_be_what_was_typed_is_named(self, book, case):
        sheet, heading, value, number_format, said = NAMED[case]
        where = []

        def change(held):
            index = column(held[sheet], heading)
            cell = held[sheet].cell(2, index)
            cell.value, cell.number_format = value, number_format
            where.append(f"{sheet}!{cell.coordinate}")

        told = changed(book, change)
        assert told[0][0] == where[0]
        assert len(told) == (2 if "Mã" in heading else 1)  # what belongs to the row has none
        assert said in told[0][1]

    def test_a_day_that_was_typed_is_shown_as_it_was_typed(self, book):
        held = openpyxl.load_workbook(book)
        sheet = held["Giấy chứng nhận"]
        expires = sheet.cell(2, column(sheet, "Ngày hết hạn"))
        expires.value, expires.number_format = 43280, "General"
        held.save(book)
        with pytest.raises(RegisterError) as caught:
            load(book)
        assert "29/06/2018" in caught.value.in_(Language.VIETNAMESE)
        assert "43280" in str(caught.value)

    def test_what_is_plain_is_understood(self, book):
        held = openpyxl.load_workbook(book)
        sheet = held["Giấy chứng nhận"]
        sheet.cell(2, column(sheet, "Ngày hết hạn")).value = datetime(2018, 6, 29, 14, 30)  # noqa: DTZ001
        number = sheet.cell(2, column(sheet, "Số"))
        number.value, number.number_format = 7, "000"
        audits = held["Đánh giá"]
        audits.cell(2, column(audits, "Các điều khoản")).value = "7.10; 8.2,\r\n 9.2 \n"
        audits.cell(2, column(audits, "Số ngày công")).value = 0.1 + 0.2
        audits.cell(2, column(audits, "Bộ phận")).value = 7
        sites = held["Địa điểm"]
        sites.cell(2, column(sites, "Bộ phận trung tâm")).value = "=TRUE()"
        sites.cell(3, column(sites, "Bộ phận trung tâm")).value = "Sai"
        sites.cell(2, 3).value, sites.cell(3, 3).value = 2.0, "1"
        held["Phát hiện"].cell(2, column(held["Phát hiện"], "Điều khoản")).value = 8
        held.save(book)
        unit = load(book).units["so"]
        assert unit.certificates["2015"].number == "007"
        assert unit.audits["n"].clauses == ("7.10", "8.2", "9.2")
        assert unit.audits["n"].divisions == ("7",)
        assert str(unit.audits["n"].days) == "0.3"
        assert [(one.name, one.central) for one in unit.certificates["2015"].sites] == [
            ("Kho", False),
            ("Trụ sở", True),
        ]
        assert unit.audits["n"].findings["1"].clause == "8"

    def test_words_to_choose_from_may_stand_side_by_side(self, book):
        held = openpyxl.load_workbook(book)
        sheet = held["Xem xét của lãnh đạo"]
        sheet.cell(2, 1).value, sheet.cell(2, 2).value = "so", "2015"
        inputs = sheet.cell(2, column(sheet, "Nội dung đầu vào"))
        inputs.value = "kết quả đánh giá; Sự thỏa đáng của nguồn lực,\nimprovement"
        held.save(book)
        taken_up = load(book).units["so"].reviews["2015"].inputs
        assert taken_up == ("audit-results", "resources", "improvement")

        inputs.value = "kết quả đánh giá\nsự thỏa đáng của nguồn lực"
        held.save(book)
        assert load(book).units["so"].reviews["2015"].inputs == ("audit-results", "resources")

        inputs.value = "kết quả đánh giá; mức độ đạt"
        held.save(book)
        with pytest.raises(RegisterError) as caught:
            load(book)
        assert [one.found for one in caught.value.problems] == ["mức độ đạt"]

    def test_a_number_below_one_has_no_thousands(self, book):
        held = openpyxl.load_workbook(book)
        audits = held["Đánh giá"]
        audits.cell(2, column(audits, "Số ngày công")).value = "0,125"
        held.save(book)
        assert str(load(book).units["so"].audits["n"].days) == "0.125"

    def test_numbers_are_named_as_they_were_typed(self, book):
        held = openpyxl.load_workbook(book)
        audits = held["Đánh giá"]
        days = audits.cell(2, column(audits, "Số ngày công"))
        days.value = "98,5%"
        held.save(book)
        with pytest.raises(RegisterError) as caught:
            load(book)
        assert "98,5%" in str(caught.value)

        days.value, days.number_format = 0.985, "0.0%"
        held.save(book)
        with pytest.raises(RegisterError) as caught:
            load(book)
        assert "Excel lưu là 0,985" in caught.value.in_(Language.VIETNAMESE)
        assert "nhập 98,5;" in caught.value.in_(Language.VIETNAMESE)
        assert "Excel holds as 0.985" in str(caught.value)

    def test_a_fact_without_a_number_comes_after_those_above(self, book):
        held = openpyxl.load_workbook(book)
        for value in ("Xưởng", "Bãi"):
            held["Địa điểm"].append(["so", "2015", None, value])
        held.save(book)
        sites = load(book).units["so"].certificates["2015"].sites
        assert [one.name for one in sites] == ["Trụ sở", "Kho", "Xưởng", "Bãi"]

    def test_all_problems_are_told_in_one_run(self, book):
        def change(held):
            held["Đơn vị"]["H2"] = "nhiều"
            sheet = held["Giấy chứng nhận"]
            sheet.cell(2, column(sheet, "Số")).value = "=1+1"
            sheet.cell(2, column(sheet, "Ngày hết hạn")).value = datetime(2010, 1, 1)  # noqa: DTZ001
            held["Phát hiện"]["A3"] = "khác"

        cells = {cell for cell, _ in changed(book, change)}
        assert {"Đơn vị!H2", "Giấy chứng nhận!C2", "Giấy chứng nhận!M2"} <= cells
        assert any(cell.startswith("Phát hiện!") for cell in cells)


class TestNothingIsPassedOver:
    def test_a_column_without_its_heading_is_named(self, book):
        def change(held):
            sheet = held["Giấy chứng nhận"]
            sheet.cell(1, column(sheet, "Ngày hết hạn")).value = " "
            held["Đơn vị"]["AZ2"] = "gọi lại"
            held["Đơn vị"]["AZ3"] = "đã gọi"

        told = changed(book, change)
        assert (
            "Giấy chứng nhận!M1",
            "this column holds values but has no heading, first in row 2",
        ) in told
        assert [what for cell, what in told if cell == "Đơn vị!AZ1"] == [
            "this column holds values but has no heading, first in row 2"
        ]

    def test_a_column_that_stood_there_and_is_gone_is_named(self, book):
        def change(held):
            sheet = held["Giấy chứng nhận"]
            sheet.delete_cols(column(sheet, "Ngày hết hạn"))

        assert changed(book, change) == [
            ("Giấy chứng nhận!1", "the column “Expires” is missing"),
        ]

    def test_a_workbook_that_people_made_need_not_have_every_column_and_sheet(self, tmp_path):
        held = openpyxl.Workbook()
        held.active.title = "Tổ chức"
        held.active.append(["Tên (tiếng Việt)"])
        held.active.append(["Tỉnh"])
        units = held.create_sheet("Đơn vị")
        units.append(["Mã đơn vị", "Tên (tiếng Việt)"])
        units.append(["so", "Sở"])
        held.create_sheet("Nhóm")
        held.save(tmp_path / "b.xlsx")
        assert load(tmp_path / "b.xlsx").units["so"].name.vi == "Sở"

    def test_a_sheet_that_is_gone_is_said_once(self, book):
        assert changed(book, lambda held: held.remove(held["Đơn vị"])) == [
            (str(book), "the sheet “Units” is missing")
        ]

    def test_a_title_above_the_headings_is_said_once(self, book):
        def change(held):
            held["Đơn vị"].insert_rows(1)
            held["Đơn vị"]["A1"] = "DANH SÁCH"

        assert (
            changed(book, change)
            == [
                ("Đơn vị!A1", "there is no such column here: “DANH SÁCH”"),
                ("Đơn vị!1", "the column “Units id” is missing"),
            ][:1]
        )

    def test_a_renamed_heading_or_sheet_is_asked_about(self, book):
        held = openpyxl.load_workbook(book)
        sheet = held["Giấy chứng nhận"]
        sheet.cell(1, column(sheet, "Ngày hết hạn")).value = "Hết hạn ngày"
        held["Đánh giá"]["AZ1"] = "Cột riêng"
        sheet.title = "Giấy CN"
        held.copy_worksheet(held["Đơn vị"])
        held.save(book)
        with pytest.raises(RegisterError) as caught:
            load(book)
        said = caught.value.in_(Language.VIETNAMESE)
        assert "Có phải định ghi “Giấy chứng nhận”?" in said
        assert "hoặc xóa trang này" in said

    def test_missing_headings_are_offered_for_a_strange_one(self, book):
        held = openpyxl.load_workbook(book)
        sheet = held["Giấy chứng nhận"]
        sheet.cell(1, column(sheet, "Ngày hết hạn")).value = "Thời điểm kết thúc"
        sheet["AZ1"] = "Cột riêng"
        held["Đơn vị"]["AZ1"] = "Người liên hệ"
        held.save(book)
        with pytest.raises(RegisterError) as caught:
            load(book)
        said = caught.value.in_(Language.VIETNAMESE)
        assert "các cột đang thiếu: Ngày hết hạn" in said
        assert "Sửa lại tiêu đề, hoặc xóa cột." in said

    def test_what_follows_from_a_missing_row_is_said_once(self, book):
        def change(held):
            held["Đánh giá"]["B2"] = "khác"
            held["Diễn biến phát hiện"].append(["so", "n", "1", 1, "corrected", "2015-11-01"])

        assert changed(book, change) == [
            ("Phát hiện!A2", "“so / n” has no row in the sheet “Audits”")
        ]

    def test_a_row_whose_own_key_cannot_be_used_is_said_once(self, book):
        def change(held):
            held["Giấy chứng nhận"]["B2"] = "=1+1"

        told = changed(book, change)
        assert told[0] == ("Giấy chứng nhận!B2", "this cell holds a formula")
        assert {cell for cell, _ in told[1:]} == {"Địa điểm!A2"}

    def test_a_register_of_nobody_is_asked_whose_it_is(self, book):
        assert changed(book, lambda held: held["Tổ chức"].delete_rows(2)) == [
            ("Tổ chức!A2", "the sheet “Organisation” does not say whose register this is")
        ]

    def test_a_sheet_formatted_down_to_its_last_row_is_read_at_once(self, book):
        held = openpyxl.load_workbook(book)
        held["Đơn vị"]["XFD1048576"].number_format = "0.00"
        held.save(book)
        assert load(book).units["so"].headcount == 40


def _zip(book, **parts):
    stream = BytesIO()
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            if parts.get(name, b"") is not None:
                new.writestr(name, parts.get(name, old.read(name)))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return stream.getvalue()


class TestFiles:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "the file is empty"),
            (b"PK\x03\x04", "not an Excel workbook"),
            (b"Code;Title", "not an Excel workbook"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "of the old kind"),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
                "protected with a password",
            ),
        ],
    )
    def test_what_is_no_workbook_is_called_by_its_name(self, tmp_path, content, said):
        (tmp_path / "b.xlsx").write_bytes(content)
        with pytest.raises(RegisterError, match=said):
            load(tmp_path / "b.xlsx")

    def test_a_file_that_is_not_there_and_one_that_is_too_large(self, tmp_path):
        with pytest.raises(RegisterError, match="no such file"):
            load_workbook(tmp_path / "none.xlsx")
        with (tmp_path / "b.xlsx").open("wb") as stream:
            stream.truncate(64 * 1024 * 1024 + 1)
        with pytest.raises(RegisterError, match="more than 64 MB"):
            load(tmp_path / "b.xlsx")

    @pytest.mark.parametrize(
        ("parts", "said"),
        [
            ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, "LibreOffice"),
            ({"xl/vbaProject.bin": b"x"}, "holds macros"),
            ({"xl/a.xml": b'<?xml version="1.0"?><!DOCTYPE a []><a/>'}, "DOCTYPE"),
            ({"xl/a.xml": "<!DOCTYPE a []><a/>".encode("utf-16")}, "DOCTYPE"),
            ({"xl/worksheets/sheet2.xml": None}, "1 of its 36 sheets are missing"),
            ({"xl/worksheets/sheet2.xml": b"<worksheet>"}, "not an Excel workbook"),
            ({"xl/styles.xml": b"<x/>"}, "not an Excel workbook"),
        ],
    )
    def test_a_file_that_is_damaged_or_dangerous_is_refused(self, book, parts, said):
        book.write_bytes(_zip(book, **parts))
        with pytest.raises(RegisterError, match=said):
            load(book)

    def test_a_sheet_for_a_chart_that_has_none_is_named(self, book):
        import openpyxl

        workbook = openpyxl.load_workbook(book)
        workbook.create_chartsheet("Biểu đồ")
        workbook.save(book)
        with pytest.raises(RegisterError, match="a sheet for a chart alone"):
            load(book)

    def test_a_workbook_whose_main_part_stands_elsewhere_is_read(self, book):
        parts = {}
        with zipfile.ZipFile(book) as archive:
            parts["xl/workbook.xml"] = None
            parts["xl/book.xml"] = archive.read("xl/workbook.xml")
            for name in ("[Content_Types].xml", "_rels/.rels"):
                parts[name] = archive.read(name).replace(b"xl/workbook.xml", b"xl/book.xml")
            parts["xl/_rels/book.xml.rels"] = archive.read("xl/_rels/workbook.xml.rels")
        before = load(book)
        book.write_bytes(_zip(book, **parts))
        assert load(book) == before


def test_every_list_of_words_is_offered_in_the_language_of_the_workbook(book):
    held = openpyxl.load_workbook(book)
    offered = {sheet.title: len(sheet.data_validations.dataValidation) for sheet in held}
    assert offered["Đơn vị"] == 2  # the levels hold a comma
    assert offered["Địa điểm"] == 1
    assert held["_qms"]["B1"].value == "có"
    clauses = held["Đánh giá"]
    letter = clauses.cell(1, column(clauses, "Các điều khoản")).column_letter
    assert clauses.column_dimensions[letter].number_format == "@"
    assert sum(plan.single for plan in plan_of_workbook()) == 1


@pytest.mark.libreoffice
@pytest.mark.skipif(
    SOFFICE is None and "CI" not in os.environ,
    reason="LibreOffice is not installed; in continuous integration it must be",
)
@pytest.mark.parametrize("name", ["ha-giang-2015", "every-rule"])
def test_a_workbook_saved_by_libreoffice_comes_back_equal(name, tmp_path):
    register = convert(FIXTURES / name, tmp_path / "b.xlsx", language=Language.VIETNAMESE)
    subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(tmp_path / "saved"),
            str(tmp_path / "b.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    assert load(tmp_path / "saved" / "b.xlsx") == register
    assert main(["check", str(tmp_path / "saved" / "b.xlsx"), "--on", "2015-12-31"]) in {0, 1}
