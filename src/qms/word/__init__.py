"""Everything that touches Word files: safe opening, checklists, the control block."""

from qms.word.checklist_reader import read
from qms.word.checklist_writer import write_checklist

__all__ = ["read", "write_checklist"]
