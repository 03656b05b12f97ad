"""Workbooks of a small register, and what is said of them after a change by hand."""

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from qms.problems import RegisterError
from qms.store.workbook_reading import load_workbook

UNIT = """name.vi = "Sở"
headcount = 40
[not_applicable]
"7.3" = "không thiết kế"
[certificates.2015]
number = "=1+1"
edition = "TCVN ISO 9001:2008"
regime = "state-certificate"
decided = 2015-06-30
expires = 2018-06-29
sites = [{ name = "Trụ sở" }, { name = "Kho" }]
[[certificates.2015.history]]
act = "suspended"
on = 2016-01-05
[audits.n]
type = "internal"
held = 2015-10-01
clauses = ["7.10", "8.2"]
[audits.n.findings.1]
grade = "minor"
clause = "7.10"
"""


def changed(path, change):
    """The problems of a workbook after a change by hand: cell, and what is said."""
    held = openpyxl.load_workbook(path)
    change(held)
    held.save(path)
    with pytest.raises(RegisterError) as caught:
        load_workbook(path)
    assert all(one.remedy is not None for one in caught.value.problems)
    return [(one.place.file.rpartition(", ")[2], one.what.en) for one in caught.value.problems]


def column(sheet: Worksheet, heading: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == heading)
