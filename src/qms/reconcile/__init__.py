"""A master list of documents held against a folder of files, without any register."""

from __future__ import annotations

from qms.reconcile.comparison import Comparison, Difference, compare, reconcile
from qms.reconcile.entries import Column, Entry, FoundFile, Source, Stated
from qms.reconcile.master_list import MasterList, read_master_list
from qms.reconcile.starter import Starter, starter_register

__all__ = [
    "Column",
    "Comparison",
    "Difference",
    "Entry",
    "FoundFile",
    "MasterList",
    "Source",
    "Starter",
    "Stated",
    "compare",
    "read_master_list",
    "reconcile",
    "starter_register",
]
