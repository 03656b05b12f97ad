"""Audit checklists: drawn up for a unit, answered by auditors, judged into findings.

A checklist is a value like any other: it holds the questions with the unit's
own facts, and knows nothing of files.  What an auditor answered comes back as
:class:`Answer` values, together with every :class:`Doubt` about them.
"""

from qms.checklist.answers import Answer, AnswerField, Particulars, Reading
from qms.checklist.doubts import Doubt, DoubtKind
from qms.checklist.drawing import Asked, draw_up
from qms.checklist.items import Checklist, FactTable, Item, Section
from qms.checklist.judging import findings_of, judge
from qms.checklist.merging import merge

__all__ = [
    "Answer",
    "AnswerField",
    "Asked",
    "Checklist",
    "Doubt",
    "DoubtKind",
    "FactTable",
    "Item",
    "Particulars",
    "Reading",
    "Section",
    "draw_up",
    "findings_of",
    "judge",
    "merge",
]
