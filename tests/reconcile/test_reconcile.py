"""A master list against a folder of files: what agrees, what does not, and what is missing."""

from datetime import date
from pathlib import Path

import docx
import office_samples as office
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms import load
from qms.cli import main
from qms.problems import RegisterError
from qms.reconcile import Column, read_master_list, reconcile
from qms.reconcile.entries import Source
from qms.reconcile.headings import column_of
from qms.reconcile.spellings import code_key, day_of, revision_of
from qms.terms import DocumentAct, DocumentKind
from qms.text import Language
from qms.word.document import About, finished

FORMS = {
    "list.xlsx": lambda path: office.workbook(path, office.with_days(office.ROWS)),
    "list.csv": office.semicolons,
    "list.md": office.markdown,
    "list.docx": office.word_table,
}


@pytest.fixture
def files(tmp_path):
    return office.folder(tmp_path / "tai-lieu")


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_the_list_tells_the_same(tmp_path, files, name):
    found = reconcile(FORMS[name](tmp_path / name), files)

    assert [one.code for one in found.agreeing] == ["QT-01", "QT/KHCN-02", "BM-01.02", "CSCL"]
    assert [(d.entry.code, d.column, d.found.value) for d in found.differences] == [
        ("QT-03", Column.ISSUE, "02")
    ]
    assert [one.code for one in found.without_file] == ["HD-04"]
    assert [one.name for one in found.unnamed] == ["QT-09 cu.docx"]
    assert not found.agrees


class TestTheList:
    def test_headings_are_known_in_both_languages_and_with_or_without_accents(self):
        assert column_of("MÃ HIỆU") is column_of("Ma hieu") is column_of("Code") is Column.CODE
        assert column_of("Mã số / Code") is Column.CODE
        assert column_of("Lần sửa đổi\n(Revision)") is Column.REVISION
        assert column_of("Ngày ban hành/hiệu lực") is Column.EFFECTIVE
        assert column_of("Màu sắc") is None

    def test_a_heading_of_ones_own_is_named(self, tmp_path):
        rows = [["Ref.", "Designation"], ["A-1", "One"]]
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / "l.xlsx")

        with pytest.raises(RegisterError, match="no row of headings"):
            read_master_list(tmp_path / "l.xlsx")
        own = {Column.CODE: "Ref.", Column.TITLE: "designation"}
        (entry,) = read_master_list(tmp_path / "l.xlsx", own).entries
        assert (entry.code, entry.title) == ("A-1", "One")

    def test_a_heading_that_was_named_wins_over_one_that_is_known(self, tmp_path):
        (tmp_path / "l.csv").write_text("Code,Mã hiệu,Title\nold,new,One\n", "utf-8")

        listed = read_master_list(tmp_path / "l.csv", {Column.CODE: "Mã hiệu"})
        assert [one.code for one in listed.entries] == ["new"]
        assert listed.unused == ("Code",)

    def test_rows_are_counted_as_the_person_sees_them(self, tmp_path):
        listed = read_master_list(office.workbook(tmp_path / "l.xlsx", above=3))

        assert listed.heading_row == 4
        assert [one.row for one in listed.entries] == [5, 6, 7, 8, 9, 10]

    def test_titles_of_sections_and_headings_on_a_new_page_are_no_documents(self, tmp_path):
        lines = [
            "Mã hiệu;Tên;Ngày",
            "I. Quy trình;;",
            "QT-01;Một;",
            "Mã hiệu;Tên;Ngày",
            ";;",
            "QT-02",
        ]
        (tmp_path / "l.csv").write_text("\n".join(lines), "utf-8")

        listed = read_master_list(tmp_path / "l.csv")
        assert [one.code for one in listed.entries] == ["QT-01", "QT-02"]

    def test_a_row_without_code_and_a_day_that_is_none_are_named(self, tmp_path):
        lines = ["Mã hiệu;Tên;Ngày hiệu lực", ";Quên mã;01/02/2015", "QT-02;Hai;31/02/2015"]
        (tmp_path / "l.csv").write_text("\n".join(lines), "utf-8")

        listed = read_master_list(tmp_path / "l.csv")
        assert [one.row for one in listed.doubts] == [2, 3]
        assert "Quên mã" in listed.doubts[0].what.vi
        assert "31/02/2015" in listed.doubts[1].what.en

    def test_a_list_without_rows_or_in_another_form_is_refused(self, tmp_path):
        (tmp_path / "l.csv").write_text("Mã hiệu;Tên\n;\n", "utf-8")
        with pytest.raises(RegisterError, match="no document under"):
            read_master_list(tmp_path / "l.csv")
        (tmp_path / "l.pdf").write_bytes(b"%PDF")
        with pytest.raises(RegisterError, match=r"\.pdf"):
            read_master_list(tmp_path / "l.pdf")

    @pytest.mark.parametrize(
        "content", [b"", b"PK\x03\x04", b"not a workbook", b"\xd0\xcf\x11\xe0" * 9]
    )
    @pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".odt"])
    def test_what_is_no_office_file_is_refused_with_words(self, tmp_path, content, suffix):
        (tmp_path / f"l{suffix}").write_bytes(content)

        with pytest.raises(RegisterError) as caught:
            read_master_list(tmp_path / f"l{suffix}")
        assert caught.value.problems[0].remedy is not None

    def test_a_workbook_with_a_sheet_for_a_chart_that_has_none_is_refused_with_words(
        self, tmp_path
    ):
        book = openpyxl.load_workbook(office.workbook(tmp_path / "l.xlsx"))
        book.create_chartsheet("Biểu đồ")
        book.save(tmp_path / "l.xlsx")

        with pytest.raises(RegisterError, match="a sheet for a chart alone"):
            read_master_list(tmp_path / "l.xlsx")

    def test_a_list_that_is_not_there_is_refused(self, tmp_path):
        for name in ("l.xlsx", "l.csv", "l.docx", "l.md"):
            with pytest.raises(RegisterError):
                read_master_list(tmp_path / name)

    def test_hidden_sheets_are_left_out(self, tmp_path):
        path = office.workbook(tmp_path / "l.xlsx")
        book = openpyxl.load_workbook(path)
        hidden = book.create_sheet("Cũ")
        for row in [office.HEADINGS, *office.ROWS, *office.ROWS]:
            hidden.append(row)
        hidden.sheet_state = "hidden"
        book.save(path)

        assert read_master_list(path).name == "l.xlsx, Danh mục"


class TestTheFiles:
    def found(self, tmp_path, make, name="x.docx"):
        folder = tmp_path / "f"
        folder.mkdir()
        make(folder / name)
        (tmp_path / "l.csv").write_text("Mã hiệu;Tên;Lần ban hành\nQT-05;Năm;3\n", "utf-8")
        (file,) = reconcile(tmp_path / "l.csv", folder).files
        return {column: (one.value, one.source) for column, one in file.stated.items()}, file

    def test_the_control_block_is_the_surest(self, tmp_path):
        stated, file = self.found(
            tmp_path, lambda path: office.stamped(path, "QT-05", "Năm", "3", date(2015, 3, 1)),
            "QT-05 v3.docx",
        )  # fmt: skip

        assert stated[Column.CODE] == ("QT-05", Source.BLOCK)
        assert stated[Column.EFFECTIVE] == ("2015-03-01", Source.BLOCK)
        assert file.contradictions == ()

    def test_a_block_without_a_day_states_none(self, tmp_path):
        stated, _ = self.found(
            tmp_path, lambda path: office.stamped(path, "QT-05", "Năm", "3", None)
        )

        assert Column.EFFECTIVE not in stated

    def test_a_cover_table_has_its_values_beside_or_below_the_labels(self, tmp_path):
        def below(path):
            document = docx.Document()
            table = document.add_table(rows=2, cols=3)
            for row, words in zip(
                table.rows,
                [["Mã hiệu", "Lần ban hành", "Ngày hiệu lực"], ["QT-05", "03", "01/03/2015"]],
                strict=True,
            ):
                for cell, word in zip(row.cells, words, strict=True):
                    cell.text = word
            document.save(path)

        stated, _ = self.found(tmp_path, below)
        assert stated[Column.CODE] == ("QT-05", Source.COVER)
        assert stated[Column.ISSUE] == ("03", Source.COVER)
        assert stated[Column.EFFECTIVE] == ("01/03/2015", Source.COVER)

    def test_a_table_of_revisions_is_no_cover(self, tmp_path):
        def history(path):
            document = docx.Document()
            for words in (["Lần ban hành", "Lần sửa đổi", "Ngày ban hành"], ["1", "0", "2014"]):
                document.add_paragraph(words[0])
            table = document.add_table(rows=0, cols=3)
            for words in (
                ["Lần ban hành", "Lần sửa đổi", "Ngày ban hành"], ["1", "0", "2014"], ["3", "0", ""],
            ):  # fmt: skip
                for cell, word in zip(table.add_row().cells, words, strict=True):
                    cell.text = word
            document.save(path)

        stated, _ = self.found(tmp_path, history)
        assert Column.ISSUE not in stated

    def test_only_the_beginning_of_a_long_table_is_read(self, tmp_path):
        def long(path):
            document = docx.Document()
            table = document.add_table(rows=0, cols=2)
            for _ in range(40):
                table.add_row().cells[0].text = "Nội dung"
            cells = table.add_row().cells
            cells[0].text, cells[1].text = "Mã hiệu", "QT-05"
            document.save(path)

        assert Column.CODE not in self.found(tmp_path, long)[0]

    def test_properties_of_the_file_are_read(self, tmp_path):
        def with_properties(path):
            about = About(
                title="x",
                identifier="x",
                author="x",
                day=date(2015, 3, 1),
                properties={"Mã hiệu": "QT-05", "Version": "3", "Other": " "},
            )
            path.write_bytes(finished("<w:p/>", Language.VIETNAMESE, about))

        stated, _ = self.found(tmp_path, with_properties)
        assert stated[Column.CODE] == ("QT-05", Source.PROPERTIES)
        assert stated[Column.REVISION] == ("3", Source.PROPERTIES)

    def test_a_label_without_a_value_states_nothing(self, tmp_path):
        stated, _ = self.found(tmp_path, lambda path: office.with_cover(path, Mã_hiệu=" "))
        assert stated == {}

    @pytest.mark.parametrize(
        ("text", "revision"),
        [
            ("---\nmã hiệu: QT-05\nversion: 7.10\nmàu: đỏ\n---\n", "7.10"),
            ("+++\ncode = 'QT-05'\nversion = 3\n+++\n", "3"),
            ("Mã số: QT-05\n\nLần ban hành: 03\n", "03"),
        ],
    )
    def test_front_matter_and_first_lines_of_text_are_read(self, tmp_path, text, revision):
        stated, _ = self.found(tmp_path, lambda path: path.write_text(text, "utf-8"), "x.md")

        assert stated[Column.CODE][0] == "QT-05"
        assert stated[Column.ISSUE][0] == revision

    @pytest.mark.parametrize(
        "text", ["---\n[: x\n---\n", "---\n- a\n---\n", "+++\n= x\n+++\n", "---\nx"]
    )
    def test_front_matter_that_is_none_states_nothing(self, tmp_path, text):
        stated, file = self.found(tmp_path, lambda path: path.write_text(text, "utf-8"), "x.md")

        assert stated == {}
        assert file.refused is None

    @pytest.mark.parametrize(
        ("name", "code", "revision"),
        [
            ("QT-05.pdf", "QT-05", None),
            ("qt_05 Kiểm soát (lần 3).pdf", "QT-05", "3"),
            ("Kiểm soát QT-05 v2.1.pdf", "QT-05", "2.1"),
            ("BM-07.02_rev04.xlsx", "BM-07.02", "04"),
            ("QT-05", "QT-05", None),
            ("ghi chu.pdf", None, None),
            ("QT-05 Rev B.pdf", "QT-05", "B"),
            ("QT-05_revision II.pdf", "QT-05", "II"),
            ("QT-05 revised.pdf", "QT-05", None),
            ("QT-05 phiên bản 3.pdf", "QT-05", "3"),
            ("QT-05 LBH03.pdf", "QT-05", "03"),
            ("Quyết định 123-QĐ-SKHCN.docx", "123-QĐ-SKHCN", None),
            ("Nghị định 15-2020-NĐ-CP.pdf", "15-2020-NĐ-CP", None),
        ],
    )
    def test_the_name_of_a_file_is_read(self, tmp_path, name, code, revision):
        stated, _ = self.found(tmp_path, lambda path: path.write_bytes(b"x"), name)

        assert stated.get(Column.CODE, (None,))[0] == code
        assert stated.get(Column.REVISION, (None,))[0] == revision

    def test_a_file_that_contradicts_itself_is_named(self, tmp_path):
        _, file = self.found(
            tmp_path, lambda path: office.stamped(path, "QT-05", "Năm", "3", None), "QT-05 v4.docx"
        )

        assert [(c, one.value, one.source) for c, one in file.contradictions] == [
            (Column.REVISION, "4", Source.NAME)
        ]

    def test_a_text_that_is_not_utf_8_is_named(self, tmp_path):
        _, file = self.found(tmp_path, lambda path: path.write_bytes(b"\xff\xfeM"), "x.txt")

        assert file.refused is not None

    def test_the_list_itself_is_no_document(self, files):
        found = reconcile(office.semicolons(files / "danh-muc.csv"), files)

        assert "danh-muc.csv" not in [one.name for one in found.files]

    def test_a_folder_that_is_not_there_is_refused(self, tmp_path):
        with pytest.raises(RegisterError, match="no such folder"):
            reconcile(office.semicolons(tmp_path / "l.csv"), tmp_path / "nowhere")


class TestTheComparison:
    @pytest.mark.parametrize(
        ("issue", "revision", "words", "same"),
        [
            ("2", "0", "Lần ban hành: 02", True),
            ("2", "0", "Lần sửa đổi: 2", True),
            ("2", "0", "Lần sửa đổi: 00", True),
            ("2", "1", "Lần sửa đổi: 2", False),
            ("2", "1", "Lần sửa đổi: 1", True),
            ("2", "1", "Lần ban hành: 2", True),
            ("2", "1", "Lần ban hành: 3", False),
            ("2", "1", "Lần ban hành: 2; Lần sửa đổi: 0", False),
            ("", "4", "Lần ban hành: 4", True),
            ("", "4", "Lần ban hành: 3", False),
            ("02/01", "", "Revision: 2.1", True),
            ("", "", "Lần ban hành: 3", True),
            ("II", "", "Lần ban hành: 2", True),
            ("Lần XIV", "", "Lần ban hành: 14", True),
            ("IX", "", "Lần ban hành: 10", False),
            ("II", "", "Lần ban hành: 1", False),
            ("A", "", "Revision: A", True),
            ("A", "", "Revision: 1", False),
            ("Rev. B", "", "Revision: b", True),
            ("1 (2015)", "", "Lần ban hành: 1", True),
        ],
    )
    def test_issue_and_revision(self, tmp_path, issue, revision, words, same):
        folder = tmp_path / "f"
        folder.mkdir()
        (folder / "x.txt").write_text(f"Mã hiệu: A-1\n{words}\n", "utf-8")
        (tmp_path / "l.csv").write_text(
            f"Mã hiệu;Lần ban hành;Lần sửa đổi\nA-1;{issue};{revision}\n", "utf-8"
        )

        assert (reconcile(tmp_path / "l.csv", folder).differences == ()) is same

    @pytest.mark.parametrize(
        ("revision", "day", "why"),
        [
            ("mới", "2015-03-01", "this is not the number of an issue or a revision: “mới”"),
            ("1", "26/13/2015", "this is not a day: “26/13/2015”"),
        ],
    )
    def test_a_row_that_is_not_understood_never_agrees(self, tmp_path, revision, day, why):
        folder = tmp_path / "f"
        folder.mkdir()
        (folder / "A-1.txt").write_text("Lần ban hành: 1\nNgày hiệu lực: 1/3/2015\n", "utf-8")
        rows = f"Mã hiệu;Tên;Lần ban hành;Ngày hiệu lực\nA-1;;{revision};{day}\n;Không mã;-;\n"
        (tmp_path / "l.csv").write_text(rows, "utf-8")

        found = reconcile(tmp_path / "l.csv", folder)
        assert (found.agreeing, found.differences, found.agrees) == ((), (), False)
        assert [(one.row, one.what.en) for one in found.list.doubts] == [
            (2, why),
            (3, "a row without a code: Không mã"),
        ]
        assert found.list.rows == 2

    def test_a_dash_is_no_revision(self, tmp_path):
        folder = tmp_path / "f"
        folder.mkdir()
        (folder / "A-1.txt").write_text("Lần ban hành: 1\n", "utf-8")
        (tmp_path / "l.csv").write_text("Mã hiệu;Lần ban hành\nA-1;–\n", "utf-8")

        assert reconcile(tmp_path / "l.csv", folder).agrees

    def test_a_code_that_the_file_states_explains_its_name(self, tmp_path):
        folder = tmp_path / "f"
        folder.mkdir()
        office.stamped(folder / "QC-CTNB_1.docx", "QC-CTNB", "Quy chế", "1", None)
        (tmp_path / "l.csv").write_text("Mã hiệu;Tên\nQT-01;Một\n", "utf-8")

        (file,) = reconcile(tmp_path / "l.csv", folder).unnamed
        assert (file.stated[Column.CODE].value, file.contradictions) == ("QC-CTNB", ())

    @pytest.mark.parametrize(
        ("name", "code", "agrees"),
        [
            ("QT-02.docx", "QT-02/KHCN", True),
            ("QT-06.docx", "SKHCN-QT-06", True),
            ("QT-06.docx", "BM-QT-06", False),
            ("QT-02.docx", "QT-02/01", False),
            ("QT-02.docx", "HD-03/KHCN", False),
        ],
    )
    def test_a_file_name_leaves_the_office_out_of_the_code(self, tmp_path, name, code, agrees):
        folder = tmp_path / "f"
        folder.mkdir()
        office.stamped(folder / name, code, "Hai", "1", None)
        (tmp_path / "l.csv").write_text(f"Mã hiệu;Tên\n{code};Hai\n", "utf-8")

        assert reconcile(tmp_path / "l.csv", folder).agrees is agrees

    @pytest.mark.parametrize(
        ("codes", "found"),
        [(["QT-02/KHCN"], "QT-02/KHCN"), (["QT-02/KHCN", "QT-02/TCKT"], "QT-02")],
    )
    def test_a_file_name_without_the_office_is_that_of_the_only_row(self, tmp_path, codes, found):
        folder = tmp_path / "f"
        folder.mkdir()
        (folder / "QT-02.pdf").write_bytes(b"x")
        rows = "".join(f"{code};Hai\n" for code in codes)
        (tmp_path / "l.csv").write_text("Mã hiệu;Tên\n" + rows, "utf-8")

        (file,) = reconcile(tmp_path / "l.csv", folder).files
        assert file.stated[Column.CODE].value == found

    def test_one_code_in_several_files_and_rows(self, tmp_path):
        folder = tmp_path / "f"
        folder.mkdir()
        for name in ("A-1 moi.pdf", "A-1 cu.pdf", "B-2.txt"):
            (folder / name).write_text("Tên tài liệu: Khác\n", "utf-8")
        (tmp_path / "l.csv").write_text("Mã hiệu;Tên\nA-1;Một\nB-2;Hai\nB-2;Hai\n", "utf-8")

        found = reconcile(tmp_path / "l.csv", folder)
        assert {code: len(files) for code, files in found.several.items()} == {"A-1": 2}
        assert {code: [one.row for one in rows] for code, rows in found.twice.items()} == {
            "B-2": [3, 4]
        }
        assert [one.code for one in found.uncompared] == ["A-1"]
        assert {one.column for one in found.differences} == {Column.TITLE}

    def test_a_list_and_a_folder_that_say_the_same_agree(self, tmp_path):
        folder = tmp_path / "f"
        folder.mkdir()
        (folder / "A-1.txt").write_text("Ngày hiệu lực: ngày 1 tháng 3 năm 2015\n", "utf-8")
        (tmp_path / "l.csv").write_text("Mã hiệu;Ngày hiệu lực\nA-1;2015-03-01\n", "utf-8")

        assert reconcile(tmp_path / "l.csv", folder).agrees


@pytest.mark.parametrize("language", Language)
def test_the_master_list_of_the_register_is_understood(tmp_path, language):
    fixture = Path(__file__).parents[2] / "fixtures" / "every-rule"
    out = tmp_path / "ml.csv"
    given = ["list", str(fixture), "documents", "--on", "2024-06-01", "--output", str(out)]
    assert main([*given, "--lang", language.value]) == 0
    listed = read_master_list(out)

    unused = {"en": {"No.", "Unit"}, "vi": {"TT", "Đơn vị"}}[language.value]
    assert set(Column) == set(listed.headings)
    assert unused <= set(listed.unused)
    assert (
        listed.headings[Column.OWNER] == {"en": "Owner", "vi": "Đơn vị soạn thảo"}[language.value]
    )


class TestSpellings:
    @given(st.dates(min_value=date(1900, 1, 1)))
    def test_a_day_is_known_however_it_is_written(self, day):
        written = [
            day.isoformat(),
            f"{day.day}/{day.month}/{day.year}",
            f"{day.day:02}.{day.month:02}.{day.year}",
            f"ngày {day.day} tháng {day.month} năm {day.year}",
        ]
        assert {day_of(words) for words in written} == {day}

    def test_what_is_no_day_is_none(self):
        assert day_of("31/02/2015") is day_of("sớm") is None

    def test_codes_are_the_same_whatever_stands_between_their_parts(self):
        assert code_key("QT/KHCN-05") == code_key("qt_khcn 05") == code_key("QT–KHCN.05")
        assert code_key("QT-051") != code_key("QT-05.1")
        assert code_key("ĐG-01") == code_key("Đg 01")

    def test_numbers_of_issue_and_revision(self):
        assert revision_of("Lần 02", None) == (2, None)
        assert revision_of("02/01", None) == revision_of(None, "2.1") == (2, 1)
        assert revision_of("2", "Rev. 1") == (2, 1)
        assert revision_of(None, "-") == (None, None)


class TestTheCommand:
    def test_it_says_in_one_screen_what_does_not_agree(self, tmp_path, files, capsys, monkeypatch):
        monkeypatch.chdir(tmp_path)
        office.semicolons(tmp_path / "l.csv")
        code = main(["document", "reconcile", "l.csv", files.name, "--lang", "vi"])

        lines = capsys.readouterr().out.splitlines()
        assert code == 1
        assert len(lines) <= 24
        assert all(len(line) <= 80 for line in lines)
        assert "4/6 dòng khớp với tệp." in lines

    def test_it_writes_a_starter_register(self, tmp_path, files, capsys):
        arguments = [
            "document",
            "reconcile",
            str(office.semicolons(tmp_path / "l.csv")),
            str(files),
        ]
        code = main(
            [
                *arguments,
                "--write",
                str(tmp_path / "new"),
                "--unit",
                "van-phong",
                "--format",
                "json",
            ]
        )

        assert code == 1
        assert '"format": "qms-reconciliation/1"' in capsys.readouterr().out
        documents = load(tmp_path / "new").units["van-phong"].documents
        assert list(documents) == ["QT-01", "QT-KHCN-02", "QT-03", "BM-01.02", "HD-04", "CSCL"]
        assert [one.kind for one in documents.values()] == [
            DocumentKind.PROCEDURE, DocumentKind.PROCEDURE, DocumentKind.PROCEDURE,
            DocumentKind.FORM, DocumentKind.INSTRUCTION, DocumentKind.POLICY,
        ]  # fmt: skip
        (issued,) = documents["QT-01"].history
        assert (issued.act, issued.on, issued.revision) == (
            DocumentAct.ISSUED,
            date(2015, 3, 1),
            "2.0",
        )
        assert documents["BM-01.02"].history == ()
        assert main(["check", str(tmp_path / "new"), "--on", "2016-01-01"]) == 1

    def test_what_the_starter_does_not_hold_as_the_list_has_it_is_told(
        self, tmp_path, files, capsys
    ):
        rows = [
            "Mã hiệu;Tên;Lần ban hành;Ngày hiệu lực;Nơi phân phối;Ghi chú",
            "QT/KHCN-05;Một;02;2015-03-01;Phòng A;xem lại",
            "QT-06;Hai;03;;;",
            "QT-06;Hai lần;03;2015-03-01;;",
            "XY-1;Ba;A;2015-03-01;;",
            "MTCL;Mục tiêu;;;;",
        ]
        (tmp_path / "l.csv").write_text("\n".join(rows) + "\n", "utf-8")
        arguments = ["document", "reconcile", str(tmp_path / "l.csv"), str(files), "--lang", "en"]
        main([*arguments, "--write", str(tmp_path / "new")])

        told = " ".join(capsys.readouterr().err.split())
        assert "5 documents" not in told
        assert "4 documents of the unit tai-lieu" in told
        for words in (
            "are kept in another spelling: QT/KHCN-05 (row 2)",
            "the day of effect stands for it: QT/KHCN-05 (row 2)",
            "give it one (A is 1): XY-1 (row 5)",
            "when copies were given: QT/KHCN-05 (row 2)",
            "no revision is recorded where the list gives no day: QT-06 (row 3)",
            "only the first was taken: QT-06 (row 4) left out",
            "taken for a procedure: XY-1 (row 5)",
        ):
            assert words in told
        documents = load(tmp_path / "new").units["tai-lieu"].documents
        assert [one.note for one in documents.values()] == ["xem lại", None, None, None]
        numbers = [event.revision for one in documents.values() for event in one.history]
        assert numbers == ["02"]

    def test_a_day_of_issue_that_the_list_gives_is_taken(self, tmp_path, files, capsys):
        (tmp_path / "l.csv").write_text(
            "Mã hiệu;Lần ban hành;Ngày ban hành;Ngày hiệu lực\nQT-01;1;2015-02-20;2015-03-01\n",
            "utf-8",
        )
        arguments = ["document", "reconcile", str(tmp_path / "l.csv"), str(files), "--lang", "en"]
        main([*arguments, "--write", str(tmp_path / "new")])

        assert "stands for it" not in capsys.readouterr().err
        (issued,) = load(tmp_path / "new").units["tai-lieu"].documents["QT-01"].history
        assert (issued.on, issued.effective) == (date(2015, 2, 20), date(2015, 3, 1))

    def test_the_starter_is_named_after_the_folder_and_written_once(self, tmp_path, files):
        arguments = [
            "document",
            "reconcile",
            str(office.semicolons(tmp_path / "l.csv")),
            str(files),
        ]
        assert main([*arguments, "--write", str(tmp_path / "new")]) == 1
        assert list(load(tmp_path / "new").units) == ["tai-lieu"]
        assert main([*arguments, "--write", str(tmp_path / "new")]) == 2

    @pytest.mark.parametrize("words", ["code", "code=", "cod=Mã"])
    def test_a_column_that_is_not_one_is_a_mistake(self, tmp_path, files, words, capsys):
        arguments = [
            "document",
            "reconcile",
            str(office.semicolons(tmp_path / "l.csv")),
            str(files),
        ]

        assert main([*arguments, "--column", words]) == 2
        assert words.partition("=")[0] in capsys.readouterr().err

    def test_headings_are_named_on_the_command_line(self, tmp_path, capsys):
        folder = tmp_path / "f"
        folder.mkdir()
        (folder / "A-1.pdf").write_bytes(b"x")
        (tmp_path / "l.csv").write_text("Nhãn;Tên\nA-1;Một\n", "utf-8")

        arguments = ["document", "reconcile", str(tmp_path / "l.csv"), str(folder)]
        assert main(arguments) == 2
        assert main([*arguments, "--column", "code=Nhãn"]) == 0
        assert "say the same" in capsys.readouterr().out

    def test_long_lists_are_shown_whole_when_asked(self, tmp_path, capsys):
        folder = tmp_path / "f"
        folder.mkdir()
        for number in range(20):
            (folder / f"A-{number}.pdf").write_bytes(b"x")
        (tmp_path / "l.csv").write_text(
            "Mã hiệu;Tên\n" + "".join(f"A-{n};Tên {n}\n" for n in range(10, 30)), "utf-8"
        )

        arguments = ["document", "reconcile", str(tmp_path / "l.csv"), str(folder)]
        main(arguments)
        assert "… and 4 more; --all shows them" in capsys.readouterr().out
        main([*arguments, "--all"])
        shown = capsys.readouterr().out
        assert "more;" not in shown
        assert "A-29 (row 21)" in shown

    def test_everything_that_does_not_agree_is_told(self, tmp_path, capsys):
        folder = tmp_path / "f"
        folder.mkdir()
        for name in ("A-1 v2.txt", "A-1.pdf", "hai.docx"):
            (folder / name).write_text("Mã hiệu: A-1\nLần sửa đổi: 3\n", "utf-8")
        (tmp_path / "l.csv").write_text("Mã hiệu;Tên;Đơn vị\nA-1;Một\nA-1;Một\n;Hai;Ba\n", "utf-8")

        assert main(["document", "reconcile", str(tmp_path / "l.csv"), str(folder)]) == 1
        shown = " ".join(capsys.readouterr().out.split())
        assert "A-1: A-1 v2.txt, A-1.pdf" in shown
        assert "A-1: rows 2, 3" in shown
        assert "A-1 v2.txt: revision: 3 (cover table), but 2 (file name)" in shown
        assert "row 4: a row without a code: Hai" in shown
        assert "hai.docx: " in shown
