"""Master lists as offices have them: sheets, encodings, headings, signatures."""

import unicodedata

import docx
import office_samples as office
import openpyxl
import pytest

from qms.cli import main
from qms.problems import RegisterError
from qms.reconcile import Column, read_master_list, reconcile, starter_register
from qms.reconcile.grids import printed

ROW = "Mã hiệu;Tên tài liệu, biểu mẫu;Lần ban hành;Ngày ban hành\nQT-01;Sổ tay, mới;2;15/03/2024\n"


def in_code_page(words: str) -> bytes:
    """Words in the code page of Vietnamese Windows: letters, and tones after them."""
    out = b""
    for letter in words:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            first, *marks = unicodedata.normalize("NFD", letter)
            tones = [one for one in marks if one not in "\u0302\u0306\u031b"]
            shape = "".join(one for one in marks if one not in tones)
            out += (unicodedata.normalize("NFC", first + shape) + "".join(tones)).encode("cp1258")
    return out


@pytest.mark.parametrize(
    "content",
    [
        ROW.encode(),
        ROW.encode("utf-8-sig"),
        ROW.encode("utf-16"),
        ROW.replace(";", "\t").encode("utf-16-le"),
        ROW.encode("utf-16-be"),
        'Code,Tên tài liệu,Lần\nQT-01,"Sổ tay, mới",2'.encode(),
        in_code_page(ROW),
        ROW.replace(";", "|").replace("\n", "\r").encode(),
        ROW.replace("Mã hiệu", '"Mã\nhiệu"').encode(),
    ],
)
def test_text_as_office_programs_write_it(tmp_path, content):
    (tmp_path / "l.csv").write_bytes(content)

    (entry,) = read_master_list(tmp_path / "l.csv").entries
    assert (entry.code, entry.title, entry.issue) == ("QT-01", "Sổ tay, mới", "2")


@pytest.mark.parametrize("content", [b"\xff\xfeM", b"\xd2\xff\xfe\xd2"])
def test_bytes_that_are_no_text_are_refused(tmp_path, content):
    (tmp_path / "l.csv").write_bytes(content)

    with pytest.raises(RegisterError):
        read_master_list(tmp_path / "l.csv")


def test_a_number_that_a_workbook_writes_with_a_point_is_whole():
    assert (printed(2.0), printed(2.5), printed(None)) == ("2", "2.5", "")


def test_a_cell_without_an_end_is_no_list(tmp_path):
    (tmp_path / "l.csv").write_text('Mã hiệu;Tên\n"QT' + "x" * 140_000, "utf-8")

    with pytest.raises(RegisterError, match="no row of headings"):
        read_master_list(tmp_path / "l.csv")


def book(path, **sheets):
    """A workbook with these sheets."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


HEADS = ["STT", "Mã số", "Tên", "Lần BH"]


class TestSheets:
    def test_sheets_with_the_same_kind_of_headings_are_one_list(self, tmp_path):
        path = book(
            tmp_path / "l.xlsx",
            QT=[HEADS, [1, "QT-01", "Một", 1.0], [2, "QT-02", "Hai", 1]],
            BM=[["Mã số", "Tên", "Lần BH"], ["BM-01", "Ba", "mới"], [None, "Bốn", 1]],
        )

        listed = read_master_list(path)
        assert [(one.sheet, one.row, one.code) for one in listed.entries] == [
            ("QT", 2, "QT-01"), ("QT", 3, "QT-02"), ("BM", 2, "BM-01"),
        ]  # fmt: skip
        assert listed.entries[0].issue == "1"
        assert [(one.sheet, one.row) for one in listed.doubts] == [("BM", 2), ("BM", 3)]
        assert (listed.name, listed.rows, listed.not_read) == ("l.xlsx, QT, BM", 4, ())

    def test_sheets_about_something_else_are_told_and_not_read(self, tmp_path, capsys):
        path = book(
            tmp_path / "l.xlsx",
            QT=[HEADS, [1, "QT-01", "Một", 1], [2, "QT-02", "Hai", 1]],
            Cũ=[HEADS, [1, "QT-01", "Một", 0]],
            Phân_phối=[["Mã số", "Nơi nhận"], ["QT-03", "Văn thư"]],
            Ghi_chú=[["In ra giấy A4"]],
            Trống=[],
        )
        (tmp_path / "f").mkdir()

        assert read_master_list(path).not_read == ("Cũ", "Phân_phối", "Ghi_chú")
        main(["--lang", "vi", "document", "reconcile", str(path), str(tmp_path / "f")])
        assert "trùng mã hiệu: “Cũ”, “Phân_phối”" in " ".join(capsys.readouterr().out.split())

    def test_a_list_without_numbers_goes_on_under_the_very_same_headings(self, tmp_path):
        path = book(
            tmp_path / "l.xlsx",
            A=[["Mã số", "Tên"], ["QT-01", "Một"], ["QT-02", "Hai"]],
            B=[["Mã số", "Tên"], ["QT-03", "Ba"]],
            C=[["Mã số", "Nơi nhận"], ["QT-04", "Bốn"]],
        )

        assert [one.code for one in read_master_list(path).entries] == ["QT-01", "QT-02", "QT-03"]

    def test_a_list_that_is_too_long_is_refused_not_cut(self, tmp_path, monkeypatch):
        monkeypatch.setattr("qms.reconcile.excel.MOST_ROWS", 3)
        rows = [["Mã số", "Tên"], ["QT-01", "Một"], ["QT-02", "Hai"]]
        whole = book(tmp_path / "l.xlsx", A=[*rows, [None], [None]])
        longer = book(tmp_path / "m.xlsx", A=[*rows, ["QT-03", "Ba"]])

        assert [one.code for one in read_master_list(whole).entries] == ["QT-01", "QT-02"]
        with pytest.raises(RegisterError) as raised:
            read_master_list(longer)
        assert "the sheet “A” has more than 3 rows" in str(raised.value)

    def test_places_name_the_sheet(self, tmp_path, capsys):
        path = book(
            tmp_path / "l.xlsx",
            A=[["Mã số", "Tên"], ["QT-01", "Một"], ["QT-02", "Hai"], ["QT-04", "Bốn"]],
            B=[["Mã số", "Tên"], ["QT-02", "Ba"], ["QT-03", "Ba"], ["QT-05", "Ba"]],
        )
        (tmp_path / "f").mkdir()
        arguments = ["document", "reconcile", str(path), str(tmp_path / "f")]

        assert main(["--lang", "en", *arguments]) == 1
        assert "QT-02: A, row 3; B, row 2" in capsys.readouterr().out
        main([*arguments, "--format", "json"])
        assert '"A!3"' in capsys.readouterr().out

    def test_a_starter_names_the_sheet_of_what_it_leaves_out(self, tmp_path, capsys):
        path = book(
            tmp_path / "l.xlsx",
            A=[["Mã số", "Tên"], ["QT-01", "Một"], ["QT-02", "Hai"]],
            B=[["Mã số", "Tên"], ["X-03", "Ba"]],
        )
        (tmp_path / "f").mkdir()
        new = ["--write", str(tmp_path / "new")]

        main(["--lang", "vi", "document", "reconcile", str(path), str(tmp_path / "f"), *new])
        assert "X-03 (B, dòng 2)" in " ".join(capsys.readouterr().err.split())

    def test_tables_of_a_word_file_go_on_from_one_another(self, tmp_path):
        document = docx.Document()
        for code in ("QT-01", "BM-01"):
            table = document.add_table(rows=0, cols=3)
            for words in (["Mã hiệu", "Tên", "Lần ban hành"], [code, "Một", "1"]):
                for cell, word in zip(table.add_row().cells, words, strict=True):
                    cell.text = word
        document.save(tmp_path / "l.docx")

        assert [one.code for one in read_master_list(tmp_path / "l.docx").entries] == [
            "QT-01", "BM-01",
        ]  # fmt: skip


class TestRows:
    def read(self, tmp_path, *lines, **own):
        (tmp_path / "l.csv").write_text("\n".join(lines), "utf-8")
        named = {Column(name): heading for name, heading in own.items()}
        return read_master_list(tmp_path / "l.csv", named)

    def test_the_row_that_counts_the_columns_is_no_document(self, tmp_path):
        listed = self.read(tmp_path, "TT;Mã hiệu;Tên", "(1);(2);(3)", "1;QT-01;Một")
        assert [one.code for one in listed.entries] == ["QT-01"]

    def test_a_first_row_that_only_looks_like_it_is_one(self, tmp_path):
        listed = self.read(tmp_path, "Mã hiệu;Tên;Lần", "1;Một;1", "2;Hai;2")
        assert [one.code for one in listed.entries] == ["1", "2"]

    def test_where_the_list_is_signed_is_no_document(self, tmp_path):
        listed = self.read(
            tmp_path, "Mã hiệu;Tên;Ghi chú", "QT-01;Một;", ";Người lập bảng;Phê duyệt",
            ";Phê duyệt kế hoạch;năm",
        )  # fmt: skip
        assert [one.row for one in listed.doubts] == [4]

    @pytest.mark.parametrize("before", ["", ";", ";;"])
    def test_names_and_notes_of_those_who_sign_are_no_documents(self, tmp_path, before):
        signed = [
            "Hà Nội, ngày 15 tháng 3 năm 2026;",
            "NGƯỜI LẬP BIỂU;THỦ TRƯỞNG ĐƠN VỊ",
            "(Ký, ghi rõ họ tên);(Ký tên, đóng dấu)",
            "Nguyễn Văn A;Trần Thị B",
            "Người lập;Giám đốc",
            "KT. GIÁM ĐỐC;PHÓ GIÁM ĐỐC",
        ]
        rows = ["CSCL;Soạn Thảo;1;2;x", "QT-01;Người lập;;;"]
        listed = self.read(
            tmp_path, "Mã hiệu;Tên;Lần;Ghi chú;Màu", *rows, *(before + one for one in signed)
        )
        assert [one.code for one in listed.entries] == ["CSCL", "QT-01"]
        assert (listed.doubts, listed.rows) == ((), 2)

    def test_a_document_without_code_is_told_although_its_approver_is_an_office(self, tmp_path):
        listed = self.read(
            tmp_path, "Mã hiệu;Tên;Lần;Người phê duyệt", "QT-01;Một;1;Giám đốc",
            ";Quy trình khác;1;Giám đốc", "Sổ tay chất lượng;SỔ TAY;1;Giám đốc",
        )  # fmt: skip
        assert [one.code for one in listed.entries] == ["QT-01", "Sổ tay chất lượng"]
        assert [one.row for one in listed.doubts] == [3]

    def test_what_follows_a_signature_is_a_document_again(self, tmp_path):
        listed = self.read(
            tmp_path, "Mã hiệu;Tên", "QT-01;Một", "Người lập;Giám đốc", "CSCL;Chính Sách", "QT 02;Hai"
        )  # fmt: skip
        assert [one.code for one in listed.entries] == ["QT-01", "CSCL", "QT 02"]

    def test_the_division_that_answers_is_not_the_unit(self, tmp_path):
        listed = self.read(
            tmp_path, "Đơn vị;Mã hiệu;Tên;Đơn vị soạn thảo;Held by", "so;QT-01;Một;Phòng A;Phòng B"
        )
        (entry,) = listed.entries
        assert (entry.owner, entry.holder, listed.unused) == ("Phòng A", "Phòng B", ("Đơn vị",))

    def test_the_unit_answers_where_no_division_is_named(self, tmp_path):
        own = {"owner": "Bộ phận"}
        for heads, more in (("Mã hiệu;Đơn vị", {}), ("Mã hiệu;Bộ phận;Đơn vị soạn thảo", own)):
            (entry,) = self.read(tmp_path, heads, "QT-01;A;B", **more).entries
            assert entry.owner == "A"

    def test_titles_of_sections_where_the_code_stands_are_no_documents(self, tmp_path):
        listed = self.read(
            tmp_path, "Mã hiệu;Tên", "Quy trình hệ thống;", "1. Biểu mẫu;", "QT 01;", "CSCL;", "QT-02;Hai"
        )  # fmt: skip
        assert [one.code for one in listed.entries] == ["QT 01", "CSCL", "QT-02"]

    def test_headings_over_two_rows_go_together(self, tmp_path):
        listed = self.read(
            tmp_path, "Mã hiệu;Tên;Ban hành;;Sửa đổi;", ";;Lần;Ngày;Lần;Ngày", "QT-01;Một;2;1/2/2024;3;",
        )  # fmt: skip
        (entry,) = listed.entries
        assert (entry.issue, entry.revision, entry.issued.isoformat()) == ("2", "3", "2024-02-01")
        assert listed.headings[Column.REVISION] == "Lần Sửa đổi"

    @pytest.mark.parametrize(
        ("over", "under"),
        [
            ("Lần BH/SĐ", "BH;SĐ"),
            ("Lần ban hành/ sửa đổi", "Ban hành;Sửa đổi"),
            ("Lần ban hành/soát xét", "Lần BH;Soát xét"),
            ("Ban hành/ sửa đổi", "BH;SĐ"),
            ("Issue/Revision", "Issue;Rev."),
        ],
    )
    def test_a_heading_of_issue_and_revision_stands_over_a_column_for_each(
        self, tmp_path, over, under
    ):
        (entry,) = self.read(
            tmp_path, f"Mã hiệu;Tên;{over};", f";;{under}", "QT-01;Một;1;5"
        ).entries
        assert (entry.issue, entry.revision) == ("1", "5")

    def test_days_under_a_heading_of_both_are_no_numbers(self, tmp_path):
        listed = self.read(
            tmp_path, "Mã hiệu;Tên;Ngày ban hành/sửa đổi;", ";;BH;SĐ", "QT-01;Một;1/2/2024;3/4/2024"
        )
        assert listed.doubts == ()
        assert listed.entries[0].issue is None

    @pytest.mark.parametrize(
        ("over", "under"),
        [
            ("Lần BH/SĐ;;Ngày BH/SĐ;", "BH;SĐ;BH;SĐ"),
            ("Lần ban hành/sửa đổi;;Ngày ban hành/sửa đổi;", "Ban hành;Sửa đổi;Ban hành;Sửa đổi"),
            ("Lần;;Ngày BH/SĐ;", "BH;SĐ;BH;SĐ"),
            ("Lần ban hành;;Ngày BH;", "BH;SĐ;;"),
            ("BH/SĐ;;Ngày;", "BH;SĐ;BH;SĐ"),
            ("Issue/Revision;;Date;", "Issue;Rev.;Issue;Rev."),
        ],
    )
    def test_numbers_and_days_may_be_headed_alike_below_what_tells_them_apart(
        self, tmp_path, over, under
    ):
        listed = self.read(
            tmp_path, f"Mã hiệu;Tên;{over}", f";;{under}", "QT-01;Một;2;7;15/3/2024;"
        )
        (entry,) = listed.entries
        assert (entry.issue, entry.revision, listed.doubts) == ("2", "7", ())
        assert entry.issued.isoformat() == "2024-03-15"

    @pytest.mark.parametrize(
        ("heads", "values", "numbers", "issued"),
        [
            ("BH/SĐ;x", "2/7;", ("2/7", None), None),
            ("BH/SĐ;", "2;7", ("2", "7"), None),
            ("BH;SĐ", "2;7", ("2", "7"), None),
            ("Ban hành;Sửa đổi", "2;7", ("2", "7"), None),
            ("Lần BH;BH", "2;3", ("2", None), None),
            ("BH;SĐ", "15/3/2024;1/4/2024", (None, None), "2024-03-15"),
            ("BH;SĐ", ";", (None, None), None),
        ],
    )
    def test_short_headings_mean_what_stands_below_them(
        self, tmp_path, heads, values, numbers, issued
    ):
        (entry,) = self.read(tmp_path, f"Mã hiệu;Tên;{heads}", f"QT-01;Một;{values}").entries
        assert (entry.issue, entry.revision) == numbers
        assert (entry.issued and entry.issued.isoformat()) == issued

    @pytest.mark.parametrize("over", ["Lần BH/SĐ;", "Lần BH/SĐ;Lần BH/SĐ", "Lần BH/SĐ"])
    def test_such_a_heading_merged_over_two_columns_heads_both(self, tmp_path, over):
        listed = self.read(tmp_path, f"Mã hiệu;Tên;{over}", "QT-01;Một;1;5", "QT-02;Hai;2;")
        assert [(one.issue, one.revision) for one in listed.entries] == [("1", "5"), ("2", None)]
        assert listed.headings[Column.REVISION] == "Lần BH/SĐ"

    @pytest.mark.parametrize("beside", ["Ghi chú;2", ";xem sổ", ";"])
    def test_what_stands_beside_such_a_heading_may_be_no_number(self, tmp_path, beside):
        head, value = beside.split(";")
        (entry,) = self.read(
            tmp_path, f"Mã hiệu;Tên;Lần BH/SĐ;{head}", f"QT-01;Một;1/5;{value}"
        ).entries
        assert (entry.issue, entry.revision) == ("1/5", None)

    def test_one_column_of_issue_and_revision_holds_both(self, tmp_path):
        (entry,) = self.read(tmp_path, "Mã hiệu;Lần BH/SĐ;Ngày hiệu lực", "QT-01;1/5;").entries
        assert (entry.issue, entry.revision) == ("1/5", None)

    def test_a_heading_that_was_named_must_be_there(self, tmp_path):
        lines = ("Mã hiệu;Tên;Khi", "QT-01;Một;1/2/2024")
        with pytest.raises(RegisterError, match="“Lúc” that was named for effective date"):
            self.read(tmp_path, *lines, effective="Lúc")
        with pytest.raises(RegisterError, match="“Số” that was named for code"):
            self.read(tmp_path, *lines, code="Số")
        assert self.read(tmp_path, *lines, effective="khi").entries[0].effective is not None

    def test_the_place_where_a_list_is_signed_is_no_document(self, tmp_path):
        listed = self.read(
            tmp_path,
            "TT;Mã hiệu;Tên;Ngày hiệu lực",
            "1;QT-01;Một;1/2/2024",
            ";;Hà Giang, ngày 02 tháng 7 năm 2024;",
            ";Người lập;;Người duyệt",
            ";Nguyễn Văn A;;Trần B",
        )
        assert ([one.code for one in listed.entries], listed.doubts) == (["QT-01"], ())

    def test_a_dash_is_no_day(self, tmp_path):
        assert self.read(tmp_path, "Mã hiệu;Ngày hiệu lực", "QT-01;–").doubts == ()

    def test_rows_may_be_shorter_than_the_headings(self, tmp_path):
        path = office.workbook(tmp_path / "l.xlsx", [["1"], ["2", "QT-01"]])
        assert [one.code for one in read_master_list(path).entries] == ["QT-01"]


class TestTheStarter:
    def starter(self, tmp_path, *lines):
        (tmp_path / "f").mkdir()
        (tmp_path / "l.csv").write_text("\n".join(lines), "utf-8")
        comparison = reconcile(tmp_path / "l.csv", tmp_path / "f")
        made = starter_register(comparison, "u", "u")
        return made.register.units["u"].documents, " ".join(one.en for one in made.notes)

    def test_revisions_by_letters_are_told_and_not_taken_for_the_first(self, tmp_path):
        documents, told = self.starter(
            tmp_path, "Code,Title,Rev,Effective date", "SOP-1,Audit,C,2024-01-12", "SOP-2,Two,-,2024-01-12"
        )  # fmt: skip

        assert documents["SOP-1"].history == ()
        assert len(documents["SOP-2"].history) == 1
        assert "no number; give it one (A is 1): SOP-1 (row 2)" in told

    def test_a_day_of_issue_after_the_day_of_effect_is_told(self, tmp_path):
        documents, told = self.starter(
            tmp_path, "Code,Issue,Issue date,Effective date", "A-1,1,2024-02-02,2024-01-12",
            "A-2,1,2024-01-12,2024-02-02",
        )  # fmt: skip

        assert documents["A-1"].history[0].on.isoformat() == "2024-01-12"
        assert "one after the day of effect" in told
        assert "A-2" not in told.partition("after the day of effect")[2].partition(" neither")[0]

    @pytest.mark.parametrize(
        ("lines", "vietnamese"),
        [
            (["Code,Title", "A-1,Audit"], False),
            (["Ma hieu,Ten", "A-1,Danh gia noi bo"], True),
            (["Code,Title", "A-1,Audit", "A-2,Đánh giá"], True),
        ],
    )
    def test_titles_are_in_the_language_of_the_list(self, tmp_path, lines, vietnamese):
        documents, _ = self.starter(tmp_path, *lines)
        assert (documents["A-1"].title.vi is not None) is vietnamese


def test_files_in_folders_of_obsolete_documents_are_set_aside(tmp_path, capsys):
    (tmp_path / "f" / "Hết hiệu lực").mkdir(parents=True)
    for name in ("QT-01_v2.pdf", "Hết hiệu lực/QT-01_v1.pdf"):
        (tmp_path / "f" / name).write_bytes(b"%PDF")
    (tmp_path / "l.csv").write_text("Mã hiệu;Lần ban hành\nQT-01;2\n", "utf-8")
    arguments = ["document", "reconcile", str(tmp_path / "l.csv"), str(tmp_path / "f")]

    assert main(["--lang", "vi", *arguments]) == 0
    assert "không đối chiếu: Hết hiệu lực/QT-01_v1.pdf" in capsys.readouterr().out
    main([*arguments, "--format", "json"])
    assert '"set_aside": [\n    "Hết hiệu lực/QT-01_v1.pdf"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "disagrees"),
    [
        ("Ngày ban hành: 15/03/2024", []),
        ("Ngày hiệu lực: 15/03/2024", []),
        ("Ngày ban hành: 15/03/2024\nNgày hiệu lực: 20/03/2024", []),
        ("Ngày ban hành: 16/03/2024", [Column.ISSUED]),
        ("Ngày ban hành: 16/03/2024\nNgày hiệu lực: 20/03/2024", [Column.EFFECTIVE]),
        ("Lần ban hành: 1", []),
    ],
)
def test_one_day_for_issue_and_effect_is_held_against_either(tmp_path, words, disagrees):
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "QT-01.txt").write_text(words, "utf-8")
    (tmp_path / "l.csv").write_text(
        "Mã hiệu;Ngày ban hành/hiệu lực;Lần ban hành\nQT-01;15/03/2024;1\nQT-02;;1\n", "utf-8"
    )

    found = reconcile(tmp_path / "l.csv", tmp_path / "f")
    assert [one.column for one in found.differences] == disagrees


def test_columns_that_are_not_used_are_named_but_for_the_one_that_counts(tmp_path, capsys):
    (tmp_path / "f").mkdir()
    (tmp_path / "l.csv").write_text("STT;Mã hiệu;Tên;Khổ giấy\n1;QT-01;Một;A4\n", "utf-8")

    main(["--lang", "vi", "document", "reconcile", str(tmp_path / "l.csv"), str(tmp_path / "f")])
    told = capsys.readouterr().out
    assert "Các cột: “Mã hiệu”, tên tài liệu = “Tên”. Không dùng: “Khổ giấy”." in told


def test_titles_in_two_languages_are_not_held_against_each_other(tmp_path, capsys):
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "QT-01.txt").write_text("Tên tài liệu: Đánh giá nội bộ\n", "utf-8")
    (tmp_path / "f" / "QT-02.txt").write_text("Tên tài liệu: Xem xet\n", "utf-8")
    (tmp_path / "l.csv").write_text("Code,Title\nQT-01,Internal audit\nQT-02,Review\n", "utf-8")

    found = reconcile(tmp_path / "l.csv", tmp_path / "f")
    assert [one.name for one in found.other_language] == ["QT-01.txt"]
    assert [one.entry.code for one in found.differences] == ["QT-02"]
    main(["--lang", "en", "document", "reconcile", str(tmp_path / "l.csv"), str(tmp_path / "f")])
    assert "Vietnamese titles in files, not compared: 1" in capsys.readouterr().out
    (tmp_path / "l.csv").write_text("Ma hieu,Ten\nQT-01,Danh gia\n", "utf-8")
    assert len(reconcile(tmp_path / "l.csv", tmp_path / "f").differences) == 1


def test_a_file_that_cannot_be_looked_into_does_not_agree(tmp_path):
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "QT-01.docx").write_bytes(b"x")
    (tmp_path / "l.csv").write_text("Mã hiệu;Tên\nQT-01;Một\n", "utf-8")

    found = reconcile(tmp_path / "l.csv", tmp_path / "f")
    assert (found.agreeing, found.without_file, found.agrees) == ((), (), False)


LETTERHEAD = "SỞ GIẢ ĐỊNH\nVĂN PHÒNG\n\nDANH MỤC TÀI LIỆU\n\n\n\n"


def test_a_heading_that_is_not_known_is_proposed_from_the_row_of_headings(tmp_path):
    path = tmp_path / "l.csv"
    path.write_text(LETTERHEAD + "STT;Tên tài liệu;Số riêng;Lần BH\n1;Mua sắm;QT-05;3\n", "utf-8")

    with pytest.raises(RegisterError) as caught:
        read_master_list(path)
    (problem,) = caught.value.problems
    assert problem.remedy.en == "Name the headings, such as --column code=“Số riêng”."
    assert problem.found == "STT, Tên tài liệu, Số riêng, Lần BH"


def test_a_list_with_no_code_at_all_has_no_heading_to_propose(tmp_path):
    path = tmp_path / "l.csv"
    path.write_text(LETTERHEAD + "TT;Tên tài liệu;Lần BH\n1;Mua sắm;3\n", "utf-8")

    with pytest.raises(RegisterError, match="--column code=“Mã hiệu”"):
        read_master_list(path)


def test_shortened_headings_are_known(tmp_path):
    path = tmp_path / "l.csv"
    heads = "STT;Mã hiệu TL;Tên tài liệu;Lần BH;Bộ phận soạn"
    path.write_text(f"{LETTERHEAD}{heads}\n1;QT-05;Mua sắm;3;Phòng Kế hoạch\n", "utf-8")

    (entry,) = read_master_list(path).entries
    assert (entry.code, entry.issue, entry.owner) == ("QT-05", "3", "Phòng Kế hoạch")


@pytest.mark.parametrize(
    ("heads", "days", "agrees"),
    [
        ("Ngày BH/SĐ;", "1/1/2023;15/3/2024", True),
        ("Ngày BH;Ngày SĐ", "1/1/2023;15/3/2024", True),
        ("Issue date;Rev. date", "1/1/2023;15/3/2024", True),
        ("Ngày BH;Ngày SĐ", "15/3/2024;1/5/2024", True),
        ("Ngày BH/SĐ;", ";15/3/2024", True),
        ("Ngày BH/SĐ;", ";16/3/2024", False),
        ("Ngày BH/SĐ;", "1/1/2023;16/3/2024", False),
        ("Ngày BH;x", "1/1/2023;15/3/2024", False),
        ("Ngày BH;Tên", "1/1/2023;15/3/2024", False),
    ],
)
def test_the_day_of_a_file_may_be_that_of_the_revision(tmp_path, heads, days, agrees):
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "QT-01.txt").write_text("Ngày ban hành: 15/03/2024\n", "utf-8")
    (tmp_path / "l.csv").write_text(f"Mã hiệu;{heads}\nQT-01;{days}\n", "utf-8")

    assert reconcile(tmp_path / "l.csv", tmp_path / "f").agrees is agrees
