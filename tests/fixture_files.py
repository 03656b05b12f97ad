"""The Word files of the department's documents in the fixture of Hà Giang; all are invented.

Run this file to write them anew, stamped as their register says, and to record their
names, sizes and SHA-256 with their approvals.  What is recorded already is replaced.
"""

import hashlib
import re
from datetime import date
from pathlib import Path

import qms
from qms.document_files import expected_block
from qms.revisions import revisions
from qms.terms import DocumentKind
from qms.text import Language
from qms.word.document import About, finished, page_of
from qms.word.markup import paragraph, run, section
from qms.word.stamp import stamp

FIXTURE = Path(__file__).parent.parent / "fixtures" / "ha-giang-2015"
UNIT = "skhcn"
DAY = date(2015, 12, 31)

_PROCEDURE = ("Mục đích", "Phạm vi áp dụng", "Tài liệu viện dẫn", "Nội dung quy trình", "Hồ sơ lưu")
_PARTS = {
    DocumentKind.PROCEDURE: _PROCEDURE,
    DocumentKind.FORM: ("Thông tin người nộp", "Thành phần hồ sơ", "Ký nhận"),
    DocumentKind.PLAN: ("Căn cứ", "Nội dung công việc", "Tổ chức thực hiện"),
    DocumentKind.REGULATION: ("Những quy định chung", "Quy định cụ thể", "Điều khoản thi hành"),
}
_USUAL = ("Mục đích", "Nội dung", "Tổ chức thực hiện")
_FILLER = (
    "Phần này được viết ngắn gọn để minh họa; nội dung, tên người và tên phòng đều là giả định."
)


def written(title, kind, code, day):
    """The bytes of a short document before it is stamped."""
    parts = [paragraph(run(title), "Title")]
    for number, heading in enumerate(_PARTS.get(kind, _USUAL), 1):
        parts.append(paragraph(run(f"{number}. {heading}"), "Heading1"))
        parts.append(paragraph(run(_FILLER), "QMSBody"))
    parts.append(section(page_of(Language.VIETNAMESE).properties, ends_here=False))
    about = About(title=title, identifier=code, author="Giả định", day=day, properties={})
    return finished("".join(parts), Language.VIETNAMESE, about)


def write():
    """Write every file, and record it with its approval."""
    (FIXTURE / "files").mkdir(exist_ok=True)
    for code, document in qms.load(FIXTURE).units[UNIT].documents.items():
        (revision,) = revisions(document, DAY)
        block = expected_block(document, code, revision)
        data = stamp(written(block.title, document.kind, code, revision.approved), block)
        name = f"files/{code}_{revision.number}.docx"
        (FIXTURE / name).write_bytes(data)
        record(FIXTURE / "units" / UNIT / "documents" / f"{code}.toml", name, data)


def record(toml, name, data):
    """Record a file with the approval in the text of a document, leaving the rest as it is."""
    text = re.sub(r"^file = .*\n", "", toml.read_text("utf-8"), flags=re.MULTILINE)
    sha256 = hashlib.sha256(data).hexdigest()
    line = f'file = {{ name = "{name}", sha256 = "{sha256}", size = {len(data)} }}\n'
    approved = re.search(r'act = "approved"\n(?:.+\n)*', text)
    toml.write_text(text[: approved.end()] + line + text[approved.end() :], "utf-8")


if __name__ == "__main__":
    write()
