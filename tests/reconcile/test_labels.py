"""What documents say of themselves, as offices write it."""

import zipfile

import docx
import openpyxl
import pytest

from qms.cli import main
from qms.reconcile import Column, reconcile
from qms.reconcile.entries import Source
from qms.reconcile.excel import page_margins_of


@pytest.fixture
def found(tmp_path):
    """What one file states, held against a list of one row."""
    folder = tmp_path / "f"
    folder.mkdir()
    (tmp_path / "l.csv").write_text(
        "Mã hiệu;Tên;Lần ban hành;Ngày ban hành\nQT-05;Năm;3;15/03/2024\n", "utf-8"
    )

    def read(make, name="x.docx"):
        made = make(folder / name)
        if made is not None:
            made.save(folder / name)
        comparison = reconcile(tmp_path / "l.csv", folder)
        (file,) = comparison.files
        return {column: one.value for column, one in file.stated.items()}, file, comparison

    return read


def table(document, *rows):
    """A table with these rows, at the end of a document or of a header."""
    if hasattr(document, "add_section"):
        made = document.add_table(rows=0, cols=len(rows[0]))
    else:
        made = document.add_table(rows=0, cols=len(rows[0]), width=5_000_000)
    for words in rows:
        for cell, word in zip(made.add_row().cells, words, strict=True):
            cell.text = word


def with_header(*rows, after=0):
    """A document with a table in its header, after this many tables in its body."""
    document = docx.Document()
    for _ in range(after):
        table(document, ["a", "b"])
    table(document.sections[0].header, *rows)
    return document


def test_a_table_in_a_header_is_read_as_a_header_whatever_stands_in_the_body(found):
    stated, file, _ = found(
        lambda _: with_header(
            ["Mã hiệu", "QT-05"], ["Lần ban hành", "03"], ["Ngày", "15/03/2024"], ["Tên", "x"], after=4
        )
    )  # fmt: skip

    assert stated == {Column.CODE: "QT-05", Column.ISSUE: "03", Column.ISSUED: "15/03/2024"}
    assert {one.source for one in file.stated.values()} == {Source.HEADER}


@pytest.mark.parametrize(
    "line",
    [
        "Mã số: QT-05 Lần ban hành: 03 Ngày ban hành: 15/03/2024",
        "Mã số: QT-05     Lần ban hành: 03; Ngày ban hành: 15/03/2024",
        "Mã số:\tQT-05\tLần ban hành:\t\t03     Ngày ban hành:     15/03/2024",
        "Quy trình năm – Mã số: QT-05 Lần ban hành: 03",
        "Mã số : QT-05\tLần ban hành : 03 Ngày: 15/03/2024 Trang: 1/5",
        "Tên tài liệu: Năm Trang: 1/5; Đơn vị: Phòng A Mã số: QT-05 Lần ban hành: 03",
    ],
)
def test_several_labels_on_one_line(found, line):
    def make(_):
        document = docx.Document()
        document.sections[0].header.paragraphs[0].text = line
        return document

    stated, _, comparison = found(make)
    assert (stated[Column.CODE], stated[Column.ISSUE]) == ("QT-05", "03")
    assert comparison.agrees


def with_lines(*header, footer=()):
    """A document with lines in its header and its footer."""
    document = docx.Document()
    section = document.sections[0]
    for margin, lines in ((section.header, header), (section.footer, footer)):
        for line in lines:
            margin.add_paragraph(line)
    return document


@pytest.mark.parametrize(
    ("line", "column", "value"),
    [
        ("QT-05\tRev C\tEffective: 15-Mar-2024", Column.REVISION, "C"),
        ("Doc. No.: QT-05 Rev. 2 Eff. Date: 15/03/2024", Column.REVISION, "2"),
        ("Document: Năm, Version 3, Issued: 2024-03-15", Column.ISSUE, "3"),
        ("Mã hiệu: QT-05 – BH lần: 3 – SĐ lần: 0", Column.ISSUE, "3"),
        ("Mã hiệu: QT-05 – BH lần: 3 – SĐ lần: 0", Column.REVISION, "0"),
        ("Mã hiệu: QT-05 (lần 3)", Column.ISSUE, "3"),
        ("Lần ban hành 03 | Lần sửa đổi 00", Column.REVISION, "00"),
        ("Mã số QT-05 Lần ban hành 02 Ngày ban hành 15/03/2024", Column.ISSUED, "15/03/2024"),
        ("QT-05 Rev 3 Effective 2024-03-15", Column.EFFECTIVE, "2024-03-15"),
        ("QT-05, in ngày 15/03/2024", Column.ISSUED, None),
        ("ISO 9001 version 2015", Column.ISSUE, None),
        ("Issue a plan", Column.ISSUE, None),
        ("Lần ban hành 03/2024", Column.ISSUE, None),
    ],
)
def test_a_number_without_a_colon_in_a_header(found, line, column, value):
    stated, file, _ = found(lambda _: with_lines(line), "QT-05.docx")

    assert stated.get(column) == value
    assert stated[Column.CODE] == "QT-05"
    assert file.contradictions == ()


def test_a_number_after_a_code_whose_letters_change_their_length_is_left_with_it(found):
    stated, _, _ = found(
        lambda path: path.write_text("Mã số: QT-ẞ5 Rev. 3\n", "utf-8") and None, "x.md"
    )

    assert stated[Column.CODE] == "QT-ẞ5 Rev. 3"


@pytest.mark.parametrize(
    ("lines", "issue"),
    [
        (("QT-05 – Lần ban hành: 03 – Ngày hiệu lực: 20/05/2024",), "03"),
        (("Mã số: QT-05", "Lần ban hành: 03"), "03"),
        (("TCVN ISO 9001:2015", "Lần ban hành: 03"), "03"),
        (("BM-01.02 – Lần ban hành: 03",), None),
    ],
)
def test_a_footer_is_read_unless_it_names_something_else(found, lines, issue):
    stated, file, _ = found(lambda _: with_lines(footer=lines), "QT-05.docx")

    assert stated.get(Column.ISSUE) == issue
    assert {one.source for one in file.stated.values()} <= {Source.FOOTER, Source.NAME}


def test_a_table_in_a_footer_is_read_after_header_and_cover(found):
    def make(_):
        document = with_lines("Mã số: QT-05")
        table(document.sections[0].footer, ["Lần ban hành: 03", "QT.05"])
        document.add_paragraph("Lần ban hành: 02")
        return document

    stated, file, _ = found(make)
    assert stated[Column.ISSUE] == "02"
    assert [(c, one.value, one.source) for c, one in file.contradictions] == [
        (Column.ISSUE, "03", Source.FOOTER)
    ]


def test_issue_and_revision_of_a_file_are_told_together(found):
    _, _, comparison = found(
        lambda _: with_lines("Mã số: QT-05", "Lần ban hành: 2; Lần sửa đổi: 1")
    )
    (difference,) = comparison.differences
    assert (difference.listed, difference.found.value) == ("3", "2 / 1")


def test_a_value_may_hold_a_colon(found):
    stated, _, _ = found(
        lambda path: path.write_text("Mã số: QT-05\nTên tài liệu: A: B\n") and None, "x.md"
    )
    assert stated[Column.TITLE] == "A: B"


def test_blanks_of_a_form_state_nothing(found):
    def make(_):
        document = docx.Document()
        for line in (
            "Tên tài liệu: ..........",
            "Mã số: ………",
            "Lần ban hành: ____",
            "Ngày ban hành: /",
        ):
            document.add_paragraph(line)
        return document

    stated, file, _ = found(make, "QT-05.docx")
    assert stated == {Column.CODE: "QT-05"}
    assert file.unread == ()


SIGNED = (
    ["", "Soạn thảo", "Phê duyệt"],
    ["Họ tên", "A", "B"],
    ["Ngày ban hành", "1/1/2020", "2/1/2020"],
)


def test_signatures_and_changes_of_the_past_say_nothing_of_the_document(found):
    def make(_):
        document = docx.Document()
        table(document, *SIGNED)
        table(
            document, ["Nội dung sửa đổi", "Lần ban hành", "Ngày ban hành"], ["a", "1", "1/1/2020"]
        )
        table(document, ["Mã số", "QT-05"], ["Lần ban hành", "3"])
        return document

    stated, file, comparison = found(make)
    assert stated == {Column.CODE: "QT-05", Column.ISSUE: "3"}
    assert (file.contradictions, comparison.agrees) == ((), True)


def test_a_cover_may_be_signed_in_the_table_that_names_the_document(found):
    def make(_):
        document = docx.Document()
        table(document, ["Mã số", "QT-05", ""], *SIGNED)
        return document

    assert found(make)[0][Column.CODE] == "QT-05"


def test_a_table_that_describes_without_labels_is_no_list_of_changes(found):
    def make(_):
        document = docx.Document()
        table(document, ["Nội dung", ""], ["Mã số", "QT-05"])
        return document

    assert found(make)[0] == {Column.CODE: "QT-05"}


def test_words_that_are_not_understood_are_told_and_do_not_agree(found, tmp_path, capsys):
    def make(_):
        document = docx.Document()
        table(
            document,
            ["Mã số", "QT-05"],
            ["Lần ban hành", "mới nhất"],
            ["Ngày ban hành", "31/02/2024"],
        )
        return document

    stated, file, comparison = found(make)
    assert stated == {Column.CODE: "QT-05"}
    assert [column for column, _ in file.unread] == [Column.ISSUE, Column.ISSUED]
    assert (comparison.agreeing, comparison.agrees) == ((), False)
    arguments = ["document", "reconcile", str(tmp_path / "l.csv"), str(tmp_path / "f")]
    main(["--lang", "en", *arguments])
    assert "x.docx: issue: “mới nhất” (cover table)" in capsys.readouterr().out
    main([*arguments, "--format", "json"])
    assert '"issued": "31/02/2024"' in capsys.readouterr().out


def test_a_title_that_a_program_made_up_is_not_held_against_the_list(found):
    def make(_):
        document = docx.Document()
        document.core_properties.title = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        document.core_properties.revision = 37
        return document

    assert found(make, "QT-05.docx")[0] == {Column.CODE: "QT-05"}


def test_ordinary_properties_that_identify_a_document(found):
    def make(_):
        document = docx.Document()
        core = document.core_properties
        core.identifier, core.version, core.title = "QT-05", "3", "Năm"
        return document

    stated, file, comparison = found(make)
    assert stated == {Column.CODE: "QT-05", Column.REVISION: "3", Column.TITLE: "Năm"}
    assert {one.source for one in file.stated.values()} == {Source.PROPERTIES}
    assert comparison.agrees


def test_a_form_in_excel_names_itself_in_its_first_rows(found):
    def make(path):
        book = openpyxl.Workbook()
        book.active.append(["SỞ", None, "Mã số: QT-05"])
        book.active.append([None, None, "Lần ban hành", None, 3])
        book.create_sheet("b").append(["Mã số", "QT-06"])
        book.save(path)

    assert found(make, "x.xlsx")[0] == {Column.CODE: "QT-05", Column.ISSUE: "3"}


def test_a_form_in_excel_names_itself_in_the_header_and_the_footer_of_its_pages(found):
    def make(path):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.oddHeader.left.text = "Mã số: QT-05"
        sheet.oddHeader.right.text, sheet.oddHeader.right.size = "Lần ban hành: 03\nTrang &P/&N", 12
        sheet.oddFooter.center.text = "Ngày ban hành: 15/03/2024"
        sheet.oddFooter.center.font = "Arial,Bold"
        book.create_sheet("b").oddHeader.left.text = "Mã số: QT-06"
        book.save(path)

    stated, file, _ = found(make, "QT-05.xlsx")
    assert stated[Column.ISSUE] == "03"
    assert stated[Column.ISSUED] == "15/03/2024"
    assert file.stated[Column.ISSUE].source is Source.HEADER
    assert file.stated[Column.ISSUED].source is Source.FOOTER


@pytest.mark.parametrize("make", [lambda path: openpyxl.Workbook().save(path)])
def test_an_empty_workbook_states_nothing(found, make):
    assert found(make, "x.xlsx")[0] == {}


def test_pages_of_a_workbook_that_is_none_have_no_margins(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(b"x")
    with zipfile.ZipFile(tmp_path / "y.xlsx", "w") as archive:
        archive.writestr("xl/a.xml", "<a/>")

    assert page_margins_of(tmp_path / "x.xlsx") == ([], [])
    assert page_margins_of(tmp_path / "y.xlsx") == ([], [])


def test_a_workbook_that_is_none_is_named(found):
    _, file, _ = found(lambda path: path.write_bytes(b"x") and None, "x.xlsx")
    assert file.refused is not None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("QT 05.docx", "QT-KHCN-05"),
        ("QT05 - Năm.docx", "QT-KHCN-05"),
        ("QT 06.docx", "QT 06"),
    ],
)
def test_the_name_of_a_file_may_shorten_its_code(found, name, code):
    def make(_):
        document = docx.Document()
        document.add_paragraph("Mã số: QT-KHCN-05")
        return document

    _, file, _ = found(make, name)
    assert [one.value for _, one in file.contradictions] == ([] if code == "QT-KHCN-05" else [code])


def test_a_form_named_after_a_procedure_is_not_the_procedure(found):
    stated, _, _ = found(lambda path: path.write_bytes(b"%PDF") and None, "BM-QT-05-01.pdf")
    assert stated == {Column.CODE: "BM-QT-05-01"}


def test_what_computers_leave_behind_is_no_document(tmp_path):
    folder = tmp_path / "f"
    folder.mkdir()
    for name in ("Thumbs.db", "desktop.ini", "~WRL0001.tmp", ".~lock.x", "QT-05.pdf"):
        (folder / name).write_bytes(b"x")
    (tmp_path / "l.csv").write_text("Mã hiệu;Tên\nQT-05;Năm\n", "utf-8")

    assert [one.name for one in reconcile(tmp_path / "l.csv", folder).files] == ["QT-05.pdf"]


@pytest.mark.parametrize(
    ("lines", "name", "against"),
    [
        # A lone number in the name that is the issue stated inside is that issue.
        (("Mã số: QT-05\tLần ban hành: 3",), "QT-05 lần 3.docx", []),
        (("Mã số: QT-05\tLần ban hành: 3\tLần sửa đổi: 0",), "QT-05_v3.docx", []),
        (("Mã số: QT-05\tLần ban hành: 3\tLần sửa đổi: 0",), "QT-05 Rev 3.docx", []),
        (("Mã số: QT-05\tLần ban hành: 3\tLần sửa đổi: 0",), "QT-05_v3.0.docx", []),
        (("Mã số: QT-05\tLần ban hành: 3/0",), "QT-05 lần 3.docx", []),
        (("Mã số: QT-05\tLần ban hành: mới nhất",), "QT-05 lần 3.docx", []),
        # Another one contradicts it, or is the revision.
        (("Mã số: QT-05\tLần ban hành: 3",), "QT-05_v2.docx", [(Column.ISSUE, "2")]),
        (("Mã số: QT-05\tLần ban hành: 3",), "QT-05 sửa đổi 1.docx", []),
        (("Mã số: QT-05\tLần ban hành: 3",), "QT-05_r1.docx", []),
        (("Mã số: QT-05\tLần ban hành: 3\tLần sửa đổi: 1",), "QT-05_v3.docx", []),
        (("Mã số: QT-05\tLần ban hành: 3\tLần sửa đổi: 1",), "QT-05 Rev 1.docx", []),
        (
            ("Mã số: QT-05\tLần ban hành: 3\tLần sửa đổi: 1",),
            "QT-05 Rev 3.docx",
            [(Column.REVISION, "3")],
        ),
        (
            ("Mã số: QT-05\tLần ban hành: 3\tLần sửa đổi: 0",),
            "QT-05_v2.docx",
            [(Column.REVISION, "2")],
        ),
    ],
)
def test_the_number_in_a_name_may_be_that_of_the_issue(found, lines, name, against):
    _, file, _ = found(lambda _: with_lines(*lines), name)

    assert [(column, one.value) for column, one in file.contradictions] == against


@pytest.mark.parametrize(
    ("inside", "name"),
    [("Lần ban hành: 3", "QT05_lan3.docx"), ("Lần ban hành: 03", "QT-05 lần 3.docx")],
)
def test_a_name_with_the_issue_agrees_with_a_list_of_issues_and_revisions(tmp_path, inside, name):
    (tmp_path / "f").mkdir()
    (tmp_path / "l.csv").write_text(
        "Mã hiệu;Tên;Lần ban hành;Lần sửa đổi\nQT-05;Năm;3;0\n", "utf-8"
    )
    document = docx.Document()
    for line in ("Mã số: QT-05", inside):
        document.add_paragraph(line)
    document.save(tmp_path / "f" / name)

    assert reconcile(tmp_path / "l.csv", tmp_path / "f").agrees


@pytest.mark.parametrize(
    ("lines", "name", "code"),
    [
        (("QT-05 Rev. C",), "Mua sắm.docx", "QT-05"),
        (("Quy trình mua sắm – QT-05 – Lần ban hành: 03",), "Mua sắm.docx", "QT-05"),
        (("QT-05", "Lần ban hành: 03"), "Mua sắm.docx", "QT-05"),
        (("QT-05 Rev. C", "Theo QT-06 Rev. 2"), "Mua sắm.docx", None),
        (("ISO 9001 version 2015",), "Mua sắm.docx", None),
        (("Mã số: QT-05", "Theo QT-06 Rev. 2"), "Mua sắm.docx", "QT-05"),
    ],
)
def test_a_code_without_a_label_beside_a_number_in_a_header(found, lines, name, code):
    stated, file, _ = found(lambda _: with_lines(*lines), name)

    assert stated.get(Column.CODE) == code
    assert Column.CODE not in dict(file.contradictions)


def test_a_code_without_a_label_in_a_table_of_a_header(found):
    stated, file, _ = found(lambda _: with_header(["Mua sắm", "QT-05", "Rev. 3"]), "Mua sắm.docx")

    assert stated[Column.CODE] == "QT-05"
    assert file.stated[Column.CODE].source is Source.HEADER


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("SỞ NỘI VỤ – QT-05 – Trang 1/5",), "QT-05"),
        (("Mã số QT 05",), "QT-05"),
        (("[QT.05]", "Văn phòng"), "QT-05"),
        # What belongs to it, another document beside it, and a longer number are not it.
        (("BM.QT-05.01",), None),
        (("QT-05 – QT-06",), None),
        (("QT-05.01",), None),
        (("Văn phòng",), None),
    ],
)
def test_a_code_of_the_list_is_known_in_a_header_without_a_label(found, lines, code):
    stated, _, _ = found(lambda _: with_lines(*lines), "Mua sắm.docx")
    assert stated.get(Column.CODE) == code


def test_a_code_of_the_list_is_known_in_a_table_of_a_header(found):
    stated, _, _ = found(lambda _: with_header(["Văn phòng", "QT-05"]), "Mua sắm.docx")
    assert stated[Column.CODE] == "QT-05"


def test_a_name_that_the_list_knows_says_more_than_a_header_without_a_label(tmp_path):
    (tmp_path / "f").mkdir()
    (tmp_path / "l.csv").write_text("Mã hiệu;Tên\nQT-05;Năm\nBM-05.01;Đơn\n", "utf-8")
    with_lines("Theo QT-05").save(tmp_path / "f" / "BM-05.01.docx")
    with_lines("QT-05").save(tmp_path / "f" / "Mua sắm.docx")
    assert reconcile(tmp_path / "l.csv", tmp_path / "f").agrees


@pytest.mark.parametrize("first", [0, 3])
def test_a_cover_where_people_sign_names_the_document_all_the_same(found, first):
    """The cover of many procedures: its code, and below or above it who wrote and approved it."""
    signed = [["Soạn thảo", "Soát xét", "Phê duyệt"], ["Chức vụ", "", ""], ["Họ và tên", "A", "B"]]
    named = [["Mã số: QT-05", "Lần ban hành: 03", "Ngày ban hành: 15/03/2024"]]

    def make(_):
        document = docx.Document()
        table(document, *signed[:first], *named, *signed[first:])
        return document

    stated, _, comparison = found(make)
    assert stated == {Column.CODE: "QT-05", Column.ISSUE: "03", Column.ISSUED: "15/03/2024"}
    assert comparison.agrees


def test_the_number_of_the_page_is_the_value_of_no_label(found):
    def make(_):
        document = docx.Document()
        table(
            document,
            ["Mã hiệu", "Lần ban hành", "Ngày hiệu lực", "Trang"],
            ["QT-05", "3", "15/03/2024", "1/5"],
        )
        return document

    stated, file, _ = found(make)
    assert (stated[Column.EFFECTIVE], file.unread) == ("15/03/2024", ())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Quy trình mua sắm.docx", "QT-05"),
        ("Quy trình mua sắm v3.docx", "QT-05"),
        ("Mua sắm 2024.docx", "QT-05"),
        # What the name calls otherwise is written on the form that the footer names.
        ("QT-06.docx", "QT-06"),
    ],
)
def test_a_code_in_a_footer_counts_where_nothing_else_names_the_file(found, name, code):
    stated, _, _ = found(lambda _: with_lines(footer=("Mã số: QT-05\tLần ban hành: 3",)), name)

    assert stated[Column.CODE] == code


@pytest.mark.parametrize(
    "page",
    ["Trang 1/3", "Trang: 1/3", "Trang:1", "Số trang: 3", "So trang 3", "Trang/Page: 1 / 3",
     "Page 1 of 3", "Trang /", "Trang"],
)  # fmt: skip
@pytest.mark.parametrize("where", ["header", "first", "cover"])
def test_a_page_in_the_row_of_the_labels_hides_none_of_them(found, page, where):
    row = ["Mã số: QT-05", "Lần BH: 02", "Lần SĐ: 01"]
    row = [page, *row] if where == "first" else [*row, page]

    def make(_):
        document = docx.Document()
        table(document if where == "cover" else document.sections[0].header, row)
        return document

    stated, file, comparison = found(make)
    assert stated == {Column.CODE: "QT-05", Column.ISSUE: "02", Column.REVISION: "01"}
    assert (file.contradictions, file.unread, comparison.agrees) == ((), (), False)


@pytest.mark.parametrize(
    ("rows", "issue"),
    [
        ((["Lần ban hành", "Trang"], ["2", "1/3"]), "2"),
        ((["Lần ban hành", "Ngày ban hành", "Trang"], ["2", "1/1/2020", "4"]), None),
        ((["Mã số: QT-05", "Lần ban hành: 2", "Lần sửa đổi: 1", "Ngày BH:"], ["a", "b", "c", "1/2/2020"], ["b"] * 4), "2"),
        ((["Lần ban hành: 2 Trang 1/3", ""],), "2"),
        ((["Lần ban hành", "Trang 1/3"], ["", ""]), None),
    ],
)  # fmt: skip
def test_pages_of_a_cover_are_told_from_those_of_past_changes(found, rows, issue):
    def make(_):
        document = docx.Document()
        table(document, *rows)
        return document

    stated, file, _ = found(make, "QT-05.docx")
    assert (stated.get(Column.ISSUE), file.unread) == (issue, ())


@pytest.mark.parametrize("other", ["Trang 1/ 3", "Trang: 1/3", "Số trang: 3", "Theo QĐ 12"])
@pytest.mark.parametrize("label", ["Lần BH/SĐ: 2/1", "Lần BH/SĐ 2/1", "Lần ban hành/sửa đổi: 2/1"])
@pytest.mark.parametrize("beside", [True, False])
def test_a_label_with_a_value_of_its_own_takes_no_other(found, label, other, beside):
    rows = [[label, other]] if beside else [[label], [other]]
    stated, file, _ = found(lambda _: with_header(*rows), "QT-05.docx")

    assert stated[Column.ISSUE] == "2/1"
    assert (file.contradictions, file.unread) == ((), ())


@pytest.mark.parametrize(
    ("inside", "name", "code"),
    [
        ("QT-05", "quytrinh9.docx", None),
        ("QT-05", "a7.docx", None),
        ("QT-05", "Quy trình 9.docx", None),
        ("QT-05", "QUYTRINH-9.docx", None),
        # A name that is written as a code or begins like one is one, and so is any other where
        # the code inside is not of the list either.
        ("QT-05", "BM-09.docx", "BM-09"),
        ("QT-05", "qt9.docx", "qt9"),
        ("QT-06", "a7.docx", "a7"),
    ],
)
def test_a_name_that_begins_like_no_code_of_the_list_is_none(found, inside, name, code):
    _, file, _ = found(lambda _: with_lines(f"Mã số: {inside}"), name)

    assert [one.value for _, one in file.contradictions] == ([] if code is None else [code])


@pytest.mark.parametrize("form", ["docx", "txt"])
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ("QUY TRÌNH NĂM", "Mã số QT-05", "Lần ban hành 02", "Ngày ban hành 02/03/2024"),
            {"code": "QT-05", "issue": "02", "issued": "02/03/2024"},
        ),
        (("Mã số QT-05 – Lần ban hành 02",), {"code": "QT-05", "issue": "02"}),
        (("Code QT 05 | Rev. 2",), {"code": "QT 05", "revision": "2"}),
        (("Số/Ký hiệu 05/QĐ-UBND",), {"code": "05/QĐ-UBND"}),
        # Sentences, codes of something else and what stands further down say nothing.
        (("Theo mẫu ban hành lần 2 của Sở",), {}),
        (("Mã số thuế 0101", "Mã số của hồ sơ 05"), {}),
        (("Rev. 2 of QT-09",), {}),
        ((*["a"] * 12, "Mã số QT-05"), {}),
    ],
)
def test_first_lines_that_are_a_label_and_its_value_need_no_colon(found, form, lines, expected):
    def make(path):
        if form == "txt":
            return path.write_text("\n\n".join(lines), "utf-8") and None
        document = docx.Document()
        for line in lines:
            document.add_paragraph(line)
        return document

    stated, file, _ = found(make, f"Mua sắm.{form}")
    assert {column.value: value for column, value in stated.items()} == expected
    assert file.contradictions == ()
