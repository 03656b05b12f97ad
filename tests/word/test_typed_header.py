"""What people typed into a header or a footer besides the control block."""

from datetime import date

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from word_samples import changed, plain, saved

from document_office import office
from qms import document_control as control
from qms.cli import main
from qms.word.control_block import ControlBlock
from qms.word.stamp import stamp
from qms.word.verification import BlockProblemKind, read_control_block, verify_control_block

BLOCK = ControlBlock(code="QT-05", title="Quy trình", revision="2", effective=date(2026, 3, 15))


def with_lines(*lines: str) -> bytes:
    """A stamped file with lines in its header."""
    document = docx.Document()
    document.add_paragraph("Nội dung.")
    header = document.sections[0].header
    for line in lines:
        header.add_paragraph(line)
    return stamp(saved(document), BLOCK)


def with_cells(*cells: str) -> bytes:
    """A stamped file with a table of one row in its header."""
    document = docx.Document()
    table = document.sections[0].header.add_table(1, len(cells), docx.shared.Cm(16))
    for cell, words in zip(table.rows[0].cells, cells, strict=True):
        cell.text = words
    return stamp(saved(document), BLOCK)


def with_rows(*rows: tuple[str, ...], footer: bool = False) -> bytes:
    """A stamped file with a table of several rows in its header or footer."""
    document = docx.Document()
    section = document.sections[0]
    margin = section.footer if footer else section.header
    table = margin.add_table(len(rows), len(rows[0]), docx.shared.Cm(16))
    for row, words in zip(table.rows, rows, strict=True):
        for cell, one in zip(row.cells, words, strict=True):
            cell.text = one
    return stamp(saved(document), BLOCK)


def with_footer(*lines: str) -> bytes:
    """A stamped file with lines in its footer."""
    document = docx.Document()
    for line in lines:
        document.sections[0].footer.add_paragraph(line)
    return stamp(saved(document), BLOCK)


def with_merged_labels() -> bytes:
    """A stamped file whose labels stand over cells that begin in other columns."""
    document = docx.Document()
    table = document.sections[0].header.add_table(2, 4, docx.shared.Cm(16))
    table.cell(0, 0).merge(table.cell(0, 1)).text = "SỞ MẪU"
    table.cell(0, 2).text, table.cell(0, 3).text = "Mã số", "Lần ban hành"
    for at, words in enumerate(("BM-09", "1", "QT-05", "02")):
        table.cell(1, at).text = words
    return stamp(saved(document), BLOCK)


def with_nested_table() -> bytes:
    """A stamped file with a table inside the cell of another in its header."""
    document = docx.Document()
    outer = document.sections[0].header.add_table(1, 2, docx.shared.Cm(16))
    inner = outer.cell(0, 1).add_table(2, 1)
    inner.cell(0, 0).text, inner.cell(1, 0).text = "Mã hiệu", "QT-04"
    return stamp(saved(document), BLOCK)


def kinds(data: bytes) -> list[BlockProblemKind]:
    return [problem.kind for problem in verify_control_block(data, BLOCK)]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (with_lines("Mã hiệu: QT-04"), [BlockProblemKind.STALE_CODE]),
        (with_lines("Document No.: QT-05-01"), [BlockProblemKind.STALE_CODE]),
        (with_lines("(MÃ SỐ QT-04)", "Mã hiệu QT-06/VP."), [BlockProblemKind.STALE_CODE] * 2),
        (with_lines("Mã số: QT-05   Lần ban hành: 01   Trang: 1/5"), [BlockProblemKind.STALE_REVISION]),
        (with_lines("Rev. 3", "Rev.: 3"), [BlockProblemKind.STALE_REVISION]),
        (with_lines("Ngày hiệu lực: 16/3/2026"), [BlockProblemKind.STALE_DATE]),
        (with_lines("Effective date: 2026-03-16"), [BlockProblemKind.STALE_DATE]),
        (with_cells("SỞ MẪU", "Mã hiệu", "QT-04"), [BlockProblemKind.STALE_CODE]),
        (with_cells("SỞ MẪU", "Mã hiệu: QT-04\nLần ban hành: 1"),
         [BlockProblemKind.STALE_CODE, BlockProblemKind.STALE_REVISION]),
        (with_rows(("Mã hiệu", "Lần BH", "Ngày HL"), ("QT-04", "01", "16/03/2026")),
         [BlockProblemKind.STALE_CODE, BlockProblemKind.STALE_REVISION, BlockProblemKind.STALE_DATE]),
        (with_rows(("Mã hiệu", "Đơn vị", "Trang"), ("CSCL", "VP", "1")), [BlockProblemKind.STALE_CODE]),
        (with_nested_table(), [BlockProblemKind.STALE_CODE]),
        (with_lines("QT-05 Rev. 3 Effective from 16/03/2026"),
         [BlockProblemKind.STALE_REVISION, BlockProblemKind.STALE_DATE]),
        (with_lines("Lần sửa đổi: 03"), [BlockProblemKind.STALE_REVISION]),
        (with_rows(("Mã hiệu", "Soát xét"), ("QT-05", "lần 03")), [BlockProblemKind.STALE_REVISION]),
        (with_lines("Lần ban hành: 01   Lần sửa đổi: 03"), [BlockProblemKind.STALE_REVISION] * 2),
        (with_footer("QT-05", "Lần ban hành: 01"), [BlockProblemKind.STALE_REVISION]),
        (with_footer("BM-09.01 của QT-05", "Lần ban hành: 01"), [BlockProblemKind.STALE_REVISION]),
        (with_footer("TCVN ISO 9001:2015 – Lần ban hành: 01"), [BlockProblemKind.STALE_REVISION]),
        (with_rows(("Mã hiệu: QT-04", "Lần ban hành: 02"), footer=True), [BlockProblemKind.STALE_CODE]),
    ],
)  # fmt: skip
def test_what_is_not_so_any_more_is_found(data, found):
    assert kinds(data) == found
    assert all(problem.typed for problem in read_control_block(data).problems)


@pytest.mark.parametrize(
    "data",
    [
        with_lines("Mã hiệu: qt_05   Lần ban hành: 02  Ngày hiệu lực: 15/03/2026 Trang 1 / 5"),
        with_lines("Lần ban hành: 02 (15/03/2026)", "Ngày hiệu lực: ngày 15 tháng 3 năm 2026"),
        with_lines("Mã hiệu: ………", "Lần ban hành: ....", "Ngày hiệu lực: ___", "Mã số: –"),
        with_lines(
            "Lần ban hành: mới", "Ngày hiệu lực: kể từ ngày ký", "Ngày ban hành: 01/01/2020"
        ),
        with_lines("Issue: 1   Rev.: 2"),
        with_lines("[Mã số QT-05] Trang 1/5", "Mã hiệu QT.05.", "Code of practice", "Mã số A-B 1"),
        with_lines("Mã số thuế: 0123", "Số: 15/QĐ-SKHCN", "SỞ MẪU", "x İ Mã số: QT-05"),
        with_cells("Trang", "9", "Mã số", "QT-05", "Lần ban hành", "2"),
        with_cells("Ngày hiệu lực: 31/02/2026"),
        with_rows(("Mã hiệu", "Lần ban hành", "Ngày ban hành"), ("QT-05", "02", "01/01/2020")),
        with_rows(("Code", "Rev", "Effective", "Page"), ("QT-05", "2", "15/03/2026", "1/4")),
        with_rows(("Mã hiệu:", "QT-05"), ("Lần BH:", "02"), ("Ngày hiệu lực", "15/03/2026")),
        with_rows(("Mã hiệu", "Bộ phận", "Soát xét: 15/03/2025"), ("QT-05", "VP", "")),
        with_rows(("Lần ban hành", ""), ("Lần sửa đổi", "")),
        with_rows(("Soạn thảo", "Soát xét"), ("Trần Thị A (P.201)", "Lê Văn B (P.302)")),
        with_lines("Soát xét: Lê Văn B (P.302)", "Soát xét: 02 (15/03/2026)"),
        with_merged_labels(),
        with_lines("Mã hiệu: QT-05 (Lần 02)", "Lần ban hành 02/Lần sửa đổi 00", "Version 2015"),
        with_lines("Lần sửa đổi: 00", "Lần soát xét: …"),
        with_footer("BM-09.01   Lần ban hành: 01   Ngày hiệu lực: 01/01/2020"),
        with_footer("BM 09.01", "Lần ban hành: 01"),
        with_footer("BM-09.01, lần ban hành: 01", "QT-05, lần ban hành: 02"),
        with_rows(("BM-09.01", "Lần ban hành: 09"), footer=True),
    ],
)
def test_what_is_still_so_or_is_not_understood_is_left_alone(data):
    assert kinds(data) == []


def test_a_header_may_keep_the_number_of_the_issue_alone():
    block = ControlBlock(code="QT-05", title="Quy trình", revision="2.1")
    data = stamp(with_lines("Lần ban hành: 2"), block)

    assert verify_control_block(data, block) == ()


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("Lần ban hành: 2   Lần sửa đổi: 1", True),
        ("Lần ban hành: 2   Lần sửa đổi: 0", False),
        ("Lần ban hành: 2   Lần sửa đổi: 2", False),
        ("Lần ban hành: 1   Lần sửa đổi: 1", False),
        ("Lần ban hành: 2.1   Lần sửa đổi: 2.1", True),
        ("Rev.: 2", True),
        ("Lần sửa đổi: 1", True),
        ("Lần sửa đổi: 0", False),
    ],
)
def test_issue_and_change_are_held_to_a_revision_of_two_numbers(line, right):
    block = ControlBlock(code="QT-05", title="Quy trình", revision="2.1")

    assert (verify_control_block(stamp(with_lines(line), block), block) == ()) is right


def test_a_footer_is_told_as_one():
    (problem,) = read_control_block(with_footer("Mã hiệu: QT-04")).problems

    assert problem.message.en.startswith("the footer shows the code “QT-04” instead of “QT-05”")
    assert problem.message.vi.startswith("chân trang ghi mã số “QT-04”, đúng ra là “QT-05”")


def test_it_is_told_where_and_apart_from_the_block():
    (problem,) = read_control_block(with_lines("Mã hiệu: QT-04")).problems

    assert "“QT-04” instead of “QT-05” (all pages, typed besides" in problem.message.en
    assert "(mọi trang, gõ thêm ngoài khung kiểm soát)" in problem.message.vi


def test_who_stamps_is_told(tmp_path, capsys):
    (tmp_path / "a.docx").write_bytes(with_lines("Mã hiệu: QT-04"))
    arguments = ["--code", "QT-05", "--title", "Quy trình", "--revision", "2"]

    assert main(["--lang", "en", "document", "stamp", str(tmp_path / "a.docx"), *arguments]) == 0
    assert "Caution: the header shows the code “QT-04”" in capsys.readouterr().out


def with_cover(*rows: tuple[str, str]) -> bytes:
    """A file with a cover table in its body."""
    document = docx.Document()
    table = document.add_table(len(rows), 2)
    for row, words in zip(table.rows, rows, strict=True):
        row.cells[0].text, row.cells[1].text = words
    return saved(document)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((("Mã số", "qt 5"), ("Lần ban hành", "02"), ("Ngày hiệu lực", "15/03/2026")), []),
        ((("Lần ban hành", "01"), ("Ngày hiệu lực", "16/03/2026")),
         ["issue “01”, the control block “2”", "effective date “16/03/2026”, the control block “2026-03-15”"]),
        ((("Mã số", "QT-04"), ("Lần ban hành", "01")), ["code “QT-04”, the control block “QT-05”"]),
        ((("Lần ban hành", "....."), ("Ngày hiệu lực", "kể từ ngày ký")), []),
    ],
)  # fmt: skip
def test_who_stamps_is_told_what_the_cover_says_otherwise(tmp_path, capsys, rows, told):
    (tmp_path / "a.docx").write_bytes(with_cover(*rows))
    facts = ["--code", "QT-05", "--title", "x", "--revision", "2", "--effective", "2026-03-15"]

    assert main(["--lang", "en", "document", "stamp", str(tmp_path / "a.docx"), *facts]) == 0
    out = capsys.readouterr().out.splitlines()[1:]
    assert out == [
        f"Caution: the cover says {one}; correct it in Word before the file is approved."
        for one in told
    ]


def test_the_cover_of_an_obsolete_copy_is_left_in_peace(tmp_path, capsys):
    (tmp_path / "a.docx").write_bytes(with_cover(("Lần ban hành", "01"), ("Mã số", "QT-05")))
    facts = ["--code", "QT-05", "--title", "x", "--revision", "2", "--status", "withdrawn"]

    assert main(["--lang", "en", "document", "stamp", str(tmp_path / "a.docx"), *facts]) == 0
    assert "Caution" not in capsys.readouterr().out


def test_hidden_words_in_a_header_show_nothing():
    def hide(content: bytes) -> bytes:
        return content.replace(b"<w:rPr>", b"<w:rPr><w:vanish/>")

    found = kinds(changed(stamp(plain(), BLOCK), header1=hide))
    assert BlockProblemKind.STALE_CODE in found
    assert BlockProblemKind.STALE_REVISION in found


def hidden(value: str, field: str = "") -> bytes:
    """A file with a hidden run in its body."""
    document = docx.Document()
    run = f"<w:r {nsdecls('w')}><w:rPr><w:vanish{value}/></w:rPr>{field}<w:t>kín</w:t></w:r>"
    document.add_paragraph("Mở. ")._p.append(parse_xml(run))
    document.add_paragraph("Tiếp.")
    return saved(document)


@pytest.mark.parametrize("value", ["", ' w:val="1"', ' w:val="on"'])
def test_words_that_somebody_hides_in_the_body_are_missed(value):
    shown = stamp(hidden(' w:val="0"'), BLOCK)
    concealed = changed(
        shown,
        document=lambda c: c.replace(b'<w:vanish w:val="0"/>', f"<w:vanish{value}/>".encode()),
    )

    assert kinds(shown) == []
    assert kinds(concealed) == [BlockProblemKind.BODY_CHANGED]


def test_a_field_that_begins_in_hidden_words_still_ends():
    begin = '<w:fldChar w:fldCharType="begin"/><w:instrText>XE x</w:instrText>'
    data = stamp(hidden("", begin + '<w:fldChar w:fldCharType="end"/>'), BLOCK)
    other = changed(data, document=lambda c: c.replace("Tiếp".encode(), b"Sau"))

    assert kinds(other) == [BlockProblemKind.BODY_CHANGED]


@pytest.mark.parametrize("dry_run", [["--dry-run"], []])
@pytest.mark.parametrize(
    ("issue", "told"),
    [("1", []), ("3", ["Caution: the cover of the approved file says issue “3”, its control block “1”."])],
)  # fmt: skip
def test_who_approves_is_told_what_the_cover_says_otherwise(tmp_path, capsys, issue, told, dry_run):
    folder = office(tmp_path / "so")
    block = ControlBlock(
        code="QT-01", title="Quy trình giả định", revision="1", effective=date(2020, 2, 1)
    )
    file = folder / "files" / "QT-01.docx"
    file.write_bytes(stamp(with_cover(("Mã số", "QT-01"), ("Lần ban hành", issue)), block))
    control.draft(folder, "so", "QT-01", on=date(2020, 1, 1))
    control.review_draft(folder, "so", "QT-01", on=date(2020, 1, 1))
    asked = [str(folder), "so", "QT-01", "--on", "2020-01-02", "--by", "A (giả định)", *dry_run]

    assert main(["--lang", "en", "document", "approve", *asked, "--file", str(file)]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == told
    vietnamese = "Lưu ý: trang bìa của tệp được phê duyệt ghi"
    asked = [*asked, "--file", "files/QT-01.docx", "--lang", "vi"]
    if dry_run:
        assert main(["document", "approve", *asked]) == 0
        assert (vietnamese in capsys.readouterr().out) == bool(told)


def test_a_file_that_carries_no_block_has_no_cover_to_hold_it_against(tmp_path, capsys):
    folder = office(tmp_path / "so")
    (folder / "files" / "QT-01.docx").write_bytes(with_cover(("Lần ban hành", "3")))
    (folder / "files" / "QT-02.pdf").write_bytes(b"%PDF-1.7")
    for code, name in (("QT-01", "QT-01.docx"), ("QT-02", "QT-02.pdf")):
        control.draft(folder, "so", code, on=date(2020, 1, 1))
        control.review_draft(folder, "so", code, on=date(2020, 1, 1))
        asked = [str(folder), "so", code, "--on", "2020-01-02", "--by", "A", "--unstamped"]
        assert main(["document", "approve", *asked, "--file", f"files/{name}"]) == 0
        assert len(capsys.readouterr().out.splitlines()) == 1
