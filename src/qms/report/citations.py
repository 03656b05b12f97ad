"""Clauses as people cite them: an article in English, điều, khoản and điểm in Vietnamese."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qms.text import Language

if TYPE_CHECKING:
    from qms.terms import Clause

__all__ = ["cited"]

#: How a Vietnamese document calls itself, by the letters that its short name begins with.
_KINDS = {"QĐ ": "Quyết định số ", "TT ": "Thông tư số ", "NĐ ": "Nghị định số "}
_DOCUMENTS = {
    "IAF transition plan": "Kế hoạch chuyển đổi của IAF",
    "IAF Resolution 2017-13": "Nghị quyết 2017-13 của IAF",
}
_ARTICLE = re.compile(r"(?P<article>\d+)(?:\((?P<clause>\d+)\))?(?:\((?P<point>\w)\))?")


def cited(clause: Clause, language: Language) -> str:
    """A place in a standard or a legal document, as it is cited in a language.

    ``TT 26/2014/TT-BKHCN, Article 33(2)(b)`` in English is ``điểm b khoản 2 Điều 33
    Thông tư số 26/2014/TT-BKHCN`` in Vietnamese.  Several places stand one after the other.
    """
    return "; ".join(_place(one, language) for one in clause.places)


def _place(clause: Clause, language: Language) -> str:
    legal = clause.document[:3] in _KINDS
    if language is not Language.VIETNAMESE:
        return (
            f"{clause.document}, Article {clause.number}"
            if legal and clause.number
            else str(clause)
        )
    if not legal:
        document = _DOCUMENTS.get(clause.document, clause.document)
        return f"{document}, {clause.number}" if clause.number else document
    document = _KINDS[clause.document[:3]] + clause.document[3:]
    found = _ARTICLE.fullmatch(clause.number)
    if found is None:
        return f"{document}, {clause.number}" if clause.number else document
    steps = [f"Điều {found['article']}"]
    if found["clause"]:
        steps.insert(0, f"khoản {found['clause']}")
    if found["point"]:
        steps.insert(0, f"điểm {found['point']}")
    return f"{' '.join(steps)} {document}"
