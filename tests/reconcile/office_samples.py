"""A folder of documents as offices have them, and its master list in several forms; all invented."""

from __future__ import annotations

import csv
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import openpyxl

from qms.word.control_block import ControlBlock
from qms.word.stamp import stamp

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS = ["TT", "Mã hiệu", "Tên tài liệu", "Lần ban hành", "Lần sửa đổi", "Ngày hiệu lực",
            "Đơn vị soạn thảo", "Ghi chú"]  # fmt: skip
ROWS = [
    ["1", "QT-01", "Quy trình kiểm soát tài liệu", "02", "00", "01/03/2015", "Văn phòng", ""],
    ["2", "QT/KHCN-02", "Quy trình đánh giá nội bộ", "01", "01", "15/04/2015", "Thanh tra", ""],
    ["3", "QT-03", "Quy trình tiếp nhận hồ sơ", "01", "00", "15/04/2015", "Văn phòng", ""],
    ["4", "BM-01.02", "Phiếu yêu cầu sửa đổi", "01", "", "", "Văn phòng", ""],
    ["5", "HD-04", "Hướng dẫn lưu trữ", "01", "00", "20/05/2015", "Văn phòng", ""],
    ["6", "CSCL", "Chính sách chất lượng", "01", "00", "01/03/2015", "Lãnh đạo", ""],
]


def workbook(path: Path, rows: list[list[object]] | None = None, *, above: int = 3) -> Path:
    """The list as Excel, with a title above the headings."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Danh mục"
    for _ in range(above):
        sheet.append(["DANH MỤC TÀI LIỆU KIỂM SOÁT"])
    sheet.append(HEADINGS)
    for row in rows if rows is not None else ROWS:
        sheet.append(row)
    book.save(path)
    return path


def with_days(rows: list[list[str]]) -> list[list[object]]:
    """The rows with real dates and numbers, as Excel keeps them."""
    made: list[list[object]] = []
    for row in rows:
        day, month, year = row[5].split("/") if row[5] else ("", "", "")
        when = datetime(int(year), int(month), int(day)) if day else None  # noqa: DTZ001
        made.append([int(row[0]), row[1], row[2], int(row[3]), row[4], when, *row[6:]])
    return made


def semicolons(path: Path) -> Path:
    """The list as CSV as a Vietnamese Excel writes it."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([HEADINGS, *ROWS])
    return path


def markdown(path: Path) -> Path:
    """The list as a table in Markdown."""
    lines = ["# Danh mục", "", _pipes(HEADINGS), _pipes(["---"] * len(HEADINGS))]
    path.write_text("\n".join([*lines, *map(_pipes, ROWS)]) + "\n", encoding="utf-8")
    return path


def _pipes(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def word_table(path: Path) -> Path:
    """The list as a table in a Word file, with its headings over two rows."""
    document = docx.Document()
    document.add_paragraph("DANH MỤC TÀI LIỆU KIỂM SOÁT")
    table = document.add_table(rows=0, cols=len(HEADINGS))
    upper = ["TT", "Mã hiệu", "Tên tài liệu", "Tình trạng ban hành", "", "", "Đơn vị soạn thảo", ""]
    lower = ["", "", "", "Lần ban hành", "Lần sửa đổi", "Ngày hiệu lực", "", "Ghi chú"]
    for row in (upper, lower, *ROWS):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.save(path)
    return path


def stamped(path: Path, code: str, title: str, revision: str, effective: date | None) -> Path:
    """A Word file with the control block."""
    stream = BytesIO()
    document = docx.Document()
    document.add_paragraph("Nội dung giả định.")
    document.save(stream)
    block = ControlBlock(code=code, title=title, revision=revision, effective=effective)
    path.write_bytes(stamp(stream.getvalue(), block))
    return path


def with_cover(path: Path, **labels: str) -> Path:
    """A Word file with a cover table, a label beside each value."""
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for label, value in labels.items():
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label.replace("_", " ") + ":", value
    document.add_paragraph("Nội dung giả định.")
    document.save(path)
    return path


def with_header(path: Path, words: str) -> Path:
    """A Word file with words in its header."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = words
    document.save(path)
    return path


def folder(path: Path) -> Path:
    """Files that agree with the list but for: QT-03 (revision), HD-04 (none), one too many."""
    path.mkdir()
    stamped(path / "QT-01.docx", "QT-01", "Quy trình kiểm soát tài liệu", "2", date(2015, 3, 1))
    with_cover(
        path / "danh gia noi bo.docx",
        Mã_số="QT/KHCN-02", Lần_ban_hành="01", Lần_sửa_đổi="01", Ngày_hiệu_lực="15/4/2015",
    )  # fmt: skip
    with_header(path / "QT-03 Tiep nhan ho so.docx", "Mã số: QT-03 | Lần ban hành: 02")
    (path / "bieu-mau").mkdir()
    (path / "bieu-mau" / "BM-01.02_v1.pdf").write_bytes(b"%PDF-1.4 gia dinh")
    (path / "chinh-sach.md").write_text(
        "---\nmã số: CSCL\nversion: 1\nngày hiệu lực: 2015-03-01\n---\n# Chính sách\n", "utf-8"
    )
    (path / "QT-09 cu.docx").write_bytes(b"khong phai Word")
    (path / "~$QT-01.docx").write_bytes(b"x")
    return path
