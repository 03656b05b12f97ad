"""A register as an Excel workbook: out and back without loss, and every problem with its cell."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms import load
from qms.cli import main
from qms.codec.plain import plain_register
from qms.model import Document, Organisation, QualityObjective, Register, Unit
from qms.problems import RegisterError
from qms.store import append, convert, save
from qms.store.workbook_plan import plan_of_workbook
from qms.store.workbook_reading import load_workbook
from qms.store.workbook_writing import workbook_bytes
from qms.terms import Comparison, DocumentKind
from qms.text import Language, Name
from strategies import registers
from workbooks import changed, column

FIXTURES = Path(__file__).parents[2] / "fixtures"
_UNITS = {Language.ENGLISH: "Units", Language.VIETNAMESE: "Đơn vị"}


class TestThereAndBack:
    @settings(max_examples=25, deadline=None)
    @given(registers(), st.sampled_from(Language))
    def test_every_register_comes_back_equal(self, register, language):
        data = workbook_bytes(plain_register(register), language)
        assert _loaded(data) == register

    @pytest.mark.parametrize("name", ["ha-giang-2015", "group-40-sites", "every-rule"])
    @pytest.mark.parametrize("language", list(Language))
    def test_the_fixtures_come_back_equal(self, name, language, tmp_path):
        register = convert(FIXTURES / name, tmp_path / "b.xlsx", language=language)
        assert load(tmp_path / "b.xlsx") == register

    @pytest.mark.parametrize(
        "day",
        [
            date(1, 1, 1),
            date(1899, 12, 30),
            date(1899, 12, 31),
            date(1900, 2, 28),
            date(1900, 3, 1),
            date(9999, 12, 31),
        ],
    )
    @pytest.mark.parametrize("language", list(Language))
    def test_every_day_of_the_calendar_comes_back(self, day, language):
        unit = Unit(id="u", name=Name(vi="U"), valid_from=day)
        register = Register(organisation=Organisation(name=Name(vi="T")), units={"u": unit})
        data = workbook_bytes(plain_register(register), language)
        assert _loaded(data) == register
        # Programs number the days before 1 March 1900 differently, or not at all.
        numbered = isinstance(
            openpyxl.load_workbook(BytesIO(data))[_UNITS[language]]["J2"].value, date
        )
        assert numbered is (day >= date(1900, 3, 1))

    def test_the_same_register_gives_the_same_bytes(self, book):
        data = plain_register(load(book))
        assert workbook_bytes(data, Language.VIETNAMESE) == workbook_bytes(
            data, Language.VIETNAMESE
        )

    def test_whatever_stands_in_words_comes_back(self, tmp_path):
        words = "ab\rc\n=d _x0041_ \t[e]"
        places = Document(
            title=Name(vi="x"), kind=DocumentKind.FORM, places=("a\nb", "[c", " d", "e\r")
        )
        units = {
            "u": Unit(id="u", name=Name(vi="U"), note=words, address="[1]", documents={"d": places})
        }
        register = Register(organisation=Organisation(name=Name(vi="T")), units=units)
        save(register, tmp_path / "b.xlsx")
        assert load(tmp_path / "b.xlsx") == register

    @pytest.mark.parametrize("target", ["0.30000000000000004", "1.234", "99.5", "0.1"])
    def test_numbers_keep_every_digit(self, target, tmp_path):
        of = QualityObjective(
            title=Name(vi="x"),
            indicator="y",
            unit="%",
            comparison=Comparison.AT_LEAST,
            target=Decimal(target),
            start=date(2024, 1, 1),
            due=date(2024, 12, 31),
        )
        units = {"u": Unit(id="u", name=Name(vi="U"), objectives={"o": of})}
        register = Register(organisation=Organisation(name=Name(vi="T")), units=units)
        save(register, tmp_path / "b.xlsx")
        assert load(tmp_path / "b.xlsx") == register

    def test_words_that_no_cell_holds_are_refused(self, tmp_path):
        units = {"u": Unit(id="u", name=Name(vi="U"), note="x" * 40_000)}
        register = Register(organisation=Organisation(name=Name(vi="T")), units=units)
        with pytest.raises(RegisterError, match="too long for a cell"):
            save(register, tmp_path / "b.xlsx")
        assert not (tmp_path / "b.xlsx").exists()


def _loaded(data):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "b.xlsx")
        path.write_bytes(data)
        return load_workbook(path)


class TestLooks:
    @pytest.mark.parametrize(
        ("sheet", "key", "en", "vi"),
        [
            ("units.audits.findings.history", "effective", "Action effective", "Hành động có hiệu lực"),
            ("units.audits.findings.history", "until", "Extended until", "Gia hạn đến ngày"),
            ("units.documents.history", "effective", "Effective", "Ngày hiệu lực"),
            ("units.certificates", "effective", "Effective", "Ngày hiệu lực"),
            ("units.objectives", "parent", "Larger objective", "Mục tiêu cấp trên"),
            ("units", "parent", "Parent", "Cấp trên"),
            ("units.objectives.measurements", "by", "Measured by", "Người đo"),
            ("units.documents.reviews", "by", "Reviewed by", "Người xem xét"),
            ("units.waivers", "by", "Allowed by", "Người cho phép"),
            ("units.documents.acknowledgements", "holder", "Read by", "Người xác nhận"),
            ("units.documents.recalls", "holder", "Holder", "Nơi giữ"),
            ("units.documents.distribution", "holder", "Holder", "Nơi nhận"),
            ("units.heads", "title", "Position", "Chức vụ"),
        ],
    )  # fmt: skip
    def test_a_heading_says_what_the_key_means_on_its_sheet(self, sheet, key, en, vi):
        (plan,) = [one for one in plan_of_workbook() if ".".join(one.path) == sheet]
        (found,) = [one.heading for one in plan.columns if one.way == (key,)]
        assert (found.en, found.vi) == (en, vi)

    def test_the_usual_heading_of_a_key_is_known_as_well(self, tmp_path):
        """A workbook written when a key was called alike on all sheets is read as before."""
        book = tmp_path / "b.xlsx"
        register = convert(FIXTURES / "every-rule", book, language=Language.VIETNAMESE)
        held = openpyxl.load_workbook(book)
        sheet = held["Diễn biến phát hiện"]
        sheet.cell(1, column(sheet, "Hành động có hiệu lực")).value = "Ngày hiệu lực"
        held.save(book)
        assert load(book) == register

    def test_headings_lists_and_days(self, book):
        sheet = openpyxl.load_workbook(book)["Giấy chứng nhận"]
        assert [cell.value for cell in sheet[1]][:4] == [
            "Mã đơn vị",
            "Mã giấy chứng nhận",
            "Số",
            "Phiên bản",
        ]
        decided = sheet.cell(2, column(sheet, "Ngày quyết định"))
        assert decided.value == datetime(2015, 6, 30)  # noqa: DTZ001
        assert decided.number_format == "dd/mm/yyyy"
        assert sheet.cell(2, column(sheet, "Số")).data_type == "s"
        assert sheet.freeze_panes == "C2"
        audits = openpyxl.load_workbook(book)["Đánh giá"]
        offered = [one.formula1 for one in audits.data_validations.dataValidation]
        lists = openpyxl.load_workbook(book)["_qms"]
        assert lists.sheet_state == "hidden"
        words = [[cell.value for (cell,) in lists[one.partition("!")[2]]] for one in offered]
        assert any("đánh giá nội bộ" in one for one in words)

    def test_every_sheet_and_heading_is_told_apart_in_both_languages(self):
        for words in ("en", "vi"):
            titles = [getattr(plan.title, words) for plan in plan_of_workbook()]
            assert len(set(titles)) == len(titles)
            assert max(map(len, titles)) <= 31
            for plan in plan_of_workbook():
                heads = [getattr(one.heading, words) for one in (*plan.keys, *plan.columns)]
                assert len(set(heads)) == len(heads)


class TestWhatPeopleType:
    def test_days_numbers_and_words_as_people_type_them(self, book):
        held = openpyxl.load_workbook(book)
        sheet = held["Giấy chứng nhận"]
        sheet.cell(2, column(sheet, "Ngày quyết định")).value = " 29/6/2015 "
        sheet.cell(2, column(sheet, "Chế độ")).value = "state-certificate"
        sheet.cell(2, column(sheet, "Số")).value = 15
        units = held["Đơn vị"]
        units.cell(2, column(units, "Số người")).value = "41"
        audits = held["Đánh giá"]
        audits.cell(2, column(audits, "Loại đánh giá")).value = "Internal Audit"
        audits.cell(2, column(audits, "Số ngày công")).value = "1,5"
        audits.cell(2, column(audits, "Các điều khoản")).value = "7.10\n8.2\n"
        held["Địa điểm"]["C3"] = None
        held["Địa điểm"].cell(2, column(held["Địa điểm"], "Bộ phận trung tâm")).value = "có"
        units.cell(4, 2).value = " "
        held.create_sheet("Nháp")
        held.save(book)
        unit = load(book).units["so"]
        assert unit.headcount == 41
        assert unit.certificates["2015"].decided == date(2015, 6, 29)
        assert unit.certificates["2015"].number == "15"
        assert str(unit.audits["n"].days) == "1.5"
        assert unit.certificates["2015"].sites[0].central is True

    def test_headings_are_known_in_either_language_and_hidden_sheets_count(self, book):
        held = openpyxl.load_workbook(book)
        sheet = held["Giấy chứng nhận"]
        sheet.cell(1, column(sheet, "Ngày quyết định")).value = "Decided"
        sheet.cell(1, column(sheet, "Số")).value = "number"
        sheet.sheet_state = "hidden"
        sheet.title = "Certificates"
        held.save(book)
        assert load(book).units["so"].certificates["2015"].number == "=1+1"


class TestProblems:
    def test_a_cell_that_is_none_of_what_it_should_be(self, book):
        def change(held):
            sheet = held["Giấy chứng nhận"]
            sheet.cell(2, column(sheet, "Chế độ")).value = "chế độ lạ"
            sheet.cell(2, column(sheet, "Ngày quyết định")).value = "31/02/2015"
            sheet.cell(2, column(sheet, "Ngày hết hạn")).value = "sớm"
            sheet.cell(2, column(sheet, "Phiên bản")).value = "ISO 14001:2015"
            held["Đơn vị"].cell(2, column(held["Đơn vị"], "Số người")).value = "nhiều"
            audits = held["Đánh giá"]
            audits.cell(2, column(audits, "Các điều khoản")).value = "[7.1"

        told = changed(book, change)
        assert {cell.partition("!")[0] for cell, _ in told} == {
            "Giấy chứng nhận",
            "Đơn vị",
            "Đánh giá",
        }
        assert len({cell for cell, _ in told}) == len(told) == 6

    def test_one_of_several_in_a_cell_is_told_with_the_cell(self, book):
        def change(held):
            sheet = held["Đơn vị"]
            sheet.cell(2, column(sheet, "Đơn vị tiền thân")).value = "so-cu; ../so"

        ((cell, what),) = changed(book, change)
        assert cell.partition("!")[0] == "Đơn vị"
        assert what == "the value is not written as it should be"

    def test_formulas_errors_and_merged_cells_are_named(self, book):
        def change(held):
            sheet = held["Đánh giá"]
            sheet["C2"] = "=1+1"
            sheet["F2"] = "#REF!"
            sheet.merge_cells("G2:H2")

        told = dict(changed(book, change))
        assert told["Đánh giá!C2"] == "this cell holds a formula"
        assert told["Đánh giá!G2"] == "cells are merged here: G2:H2"
        assert told["Đánh giá!F2"] == "this cell holds an error of Excel"

    def test_headings_that_are_renamed_doubled_or_gone(self, book):
        def change(held):
            sheet = held["Giấy chứng nhận"]
            sheet.cell(1, column(sheet, "Ngày quyết định")).value = "Ngày quyết địn"
            sheet.cell(1, column(sheet, "Ngày hết hạn")).value = "Số"
            held["Đánh giá"]["A1"] = None

        told = [what for _, what in changed(book, change)]
        assert any("no such column here: “Ngày quyết địn”" in one for one in told)
        assert any("stands here twice" in one for one in told)
        assert any("is missing" in one for one in told)

    def test_rows_that_belong_nowhere_twice_or_to_nobody(self, book):
        def change(held):
            held["Giấy chứng nhận"]["A3"], held["Giấy chứng nhận"]["B3"] = "khác", "2016"
            held["Giấy chứng nhận"]["A4"], held["Giấy chứng nhận"]["B4"] = "so", "2015"
            held["Đơn vị"]["B3"] = "Không mã"

        told = changed(book, change)
        assert ("Giấy chứng nhận!A3", "“khác” has no row in the sheet “Units”") in told
        assert ("Giấy chứng nhận!A4", "a row with this identifier stands above already") in told
        assert any(cell == "Đơn vị!A3" and "where it belongs" in what for cell, what in told)

    def test_sheets_that_are_none_or_there_twice(self, book):
        def change(held):
            held.create_sheet("Đơn vi")["A1"] = "x"
            held.create_sheet("Units")["A1"] = "x"

        told = [what for _, what in changed(book, change)]
        assert any("no such sheet: “Đơn vi”" in one for one in told)
        assert any("two sheets hold the same" in one for one in told)

    def test_references_and_contradictions_are_told_with_their_cell(self, book):
        def change(held):
            sheet = held["Giấy chứng nhận"]
            sheet.cell(2, column(sheet, "Thay thế")).value = "2012"
            sheet.cell(2, column(sheet, "Ngày hết hạn")).value = datetime(2014, 1, 1)  # noqa: DTZ001

        told = changed(book, change)
        assert {cell[:16] for cell, _ in told} == {"Giấy chứng nhận!"}
        assert len(told) == 2

    def test_a_workbook_without_sheets_of_a_register(self, tmp_path):
        openpyxl.Workbook().save(tmp_path / "b.xlsx")
        with pytest.raises(RegisterError) as caught:
            load_workbook(tmp_path / "b.xlsx")
        assert caught.value.problems

    def test_a_bomb_is_refused(self, tmp_path):
        import zipfile

        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", b"0" * (300 * 1024 * 1024))
        (tmp_path / "b.xlsx").write_bytes(stream.getvalue())
        with pytest.raises(RegisterError, match="unfolds into 300 MB"):
            load(tmp_path / "b.xlsx")

    def test_a_sheet_of_nothing_but_empty_rows_is_refused(self, book, tmp_path):
        """Of 60 MB that fit into 60 kB the library would make gigabytes."""
        import zipfile

        with (
            zipfile.ZipFile(book) as old,
            zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for name in old.namelist():
                rows = b"<row/>" * 10_000_000 if name == "xl/worksheets/sheet1.xml" else b""
                part = old.read(name).replace(b"</sheetData>", rows + b"</sheetData>")
                new.writestr(name, part)
        with pytest.raises(RegisterError, match="more than a workbook of a register ever holds"):
            load(tmp_path / "bomb.xlsx")

    def test_facts_are_not_appended_to_a_workbook(self, book):
        before = book.read_bytes()
        with pytest.raises(RegisterError, match="not appended to an Excel workbook"):
            append(book, "so", ("note",), "x")
        assert book.read_bytes() == before


class TestCommands:
    def test_there_and_back_and_checked(self, tmp_path, capsys):
        book = tmp_path / "b.xlsx"
        assert main(["convert", str(FIXTURES / "ha-giang-2015"), str(book), "--lang", "vi"]) == 0
        assert main(["check", str(book), "--on", "2015-12-31"]) == 0
        assert "66 of 66" in capsys.readouterr().out
        assert main(["convert", str(book), str(tmp_path / "back")]) == 0
        assert load(tmp_path / "back") == load(FIXTURES / "ha-giang-2015")


def test_a_key_is_called_on_each_sheet_as_people_call_it_there():
    sheets = {one.path[-1]: one for one in plan_of_workbook()}

    def called(sheet, *way):
        return next(one.heading.vi for one in sheets[sheet].columns if one.way == way)

    assert called("heads", "title") == "Chức vụ"
    assert called("documents", "title", "vi") == "Tên (tiếng Việt)"
