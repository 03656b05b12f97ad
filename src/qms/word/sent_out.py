"""What came back, held against the checklist that was sent out."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from qms.checklist.doubts import Doubt, DoubtKind
from qms.dates import print_date
from qms.text import same_words
from qms.word.checklist_cells import foreign_marks
from qms.word.checklist_layout import Words
from qms.word.checklist_plan import plan_from
from qms.word.guard import open_guarded
from qms.word.outline import outline_of
from qms.word.refusal import Refusal, Refused
from qms.word.sheet import as_check
from qms.word.statics import digest

if TYPE_CHECKING:
    from qms.word.checklist_plan import Plan
    from qms.word.guard import Source
    from qms.word.outline import Outline

__all__ = ["held_against", "plan_sent_out"]

_CODE = re.compile(r"[0-9a-f]{8}$")
_NUMBER = {
    same_words(words)
    for text in (Words.NUMBER, as_check(Words.NUMBER))
    for words in (text.en, text.vi)
}


def plan_sent_out(issued: Source) -> Plan:
    """The plan of the file that was sent out.

    Raises:
        Refused: it is not safe to open, or is no checklist.
    """
    package = open_guarded(issued)
    plan = plan_from(outline_of(package).properties)
    if plan is None:
        raise Refused(Refusal.NOT_A_CHECKLIST, file=package.file)
    return plan


def held_against(plan: Plan | None, sent: list[Plan], outline: Outline) -> tuple[Plan, list[Doubt]]:
    """The plan to read by, and what is wrong with the one in the file.

    Args:
        plan: The plan in the file.
        sent: The plan of what was sent out, in each language in which it may have been.
        outline: The file.
    """
    if plan is None:
        shown = {digest(passage.text) for passage in outline.passages}
        nearest = max(sent, key=lambda one: len(shown & set(one.passages)))
        code = _code_in(outline)
        if code in {None, nearest.id}:
            return nearest, []
        return nearest, [Doubt(kind=DoubtKind.ANOTHER_CHECKLIST, found=code)]
    if plan.id != sent[0].id:
        parts = (plan.unit, plan.audit or plan.type, plan.edition)
        found = f"{' · '.join(parts)} ({plan.id})"
        return plan, [Doubt(kind=DoubtKind.ANOTHER_CHECKLIST, found=found)]
    now = next((one for one in sent if one.language is plan.language), sent[0])
    asked = {item.id for item in plan.items}
    more = any(item.id not in asked for item in now.items)
    same = plan.items == now.items and plan.language is now.language
    facts_too = same and plan.passages == now.passages
    if (more and plan.on <= now.on) or (plan.on < now.on and not facts_too):
        found = print_date(plan.on, plan.language)
        return plan, [Doubt(kind=DoubtKind.OLDER_REVISION, found=found)]
    return plan, []


def _code_in(outline: Outline) -> str | None:
    """Which checklist a file is that lost its properties, as far as it still shows.

    The row that names the checklist tells, and else the marks of most cells: single ones
    may have been copied from another checklist.
    """
    for row in (row for table in outline.tables for row in table.rows):
        if row.cells and same_words(row.cells[0].text) in _NUMBER:
            code = _CODE.search(row.cells[-1].text.rstrip())
            if code is not None:
                return code[0]
    marks = Counter(foreign_marks(outline, ""))
    return max(marks, key=marks.__getitem__, default=None)
