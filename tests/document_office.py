"""A small office with controlled documents and their Word files; everything is invented."""

from datetime import date

from qms import document_control as control
from qms.document_stamping import stamp_revision
from word_bytes import plain

D = date
REGISTER = """\
format = "qms-register/1"
[organisation]
name.vi = "Tỉnh giả định"
name.en = "Invented province"
"""
UNIT = """\
name.vi = "Sở giả định"

[documents."QT-01"]
title.vi = "Quy trình giả định"
kind = "procedure"

[documents."QT-02"]
title.vi = "Quy trình khác | giả định"
kind = "procedure"

[documents."VB-01"]
title.vi = "Văn bản bên ngoài giả định"
kind = "external"
in_force = 2014-01-01
ended = 2021-12-31
"""


def office(folder):
    """A register in a folder with two procedures that have no revision yet."""
    (folder / "units").mkdir(parents=True)
    (folder / "files").mkdir()
    (folder / "register.toml").write_text(REGISTER, "utf-8")
    (folder / "units" / "so.toml").write_text(UNIT, "utf-8")
    return folder


def bring_into_force(folder, code, year, revision="1", words="Nội dung."):
    """Draft, stamp, review, approve and issue a revision with a Word file of its own."""
    file = folder / "files" / f"{code}_{revision}.docx"
    file.write_bytes(plain(words, code, revision))
    day = D(year, 1, 1)
    control.draft(folder, "so", code, on=day, by="Người Soạn (giả định)")
    control.review_draft(folder, "so", code, on=day, by="Người Xem (giả định)")
    stamp_revision(folder, "so", code, on=day, file=file, effective=D(year, 2, 1))
    control.approve(folder, "so", code, on=day, by="Người Duyệt (giả định)", file=file)
    control.issue(folder, "so", code, on=day)
    return file
