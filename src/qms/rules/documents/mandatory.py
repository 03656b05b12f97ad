"""The documented information that each edition of ISO 9001 demands of every unit.

The edition of 2008 demands a quality manual and six documented procedures; those
of 2015 and 2026 do not, and a unit is not failed for lacking them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from qms.check import About, Facts, rule
from qms.clauses import clauses_of
from qms.rules.certification.cycles import is_over
from qms.rules.documents.looks import DESCRIBING, clauses, has_documents, is_in_force
from qms.terms import DocumentKind, Severity
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qms.check import Rule
    from qms.model import Unit
    from qms.standing import Life

__all__ = ["RULES", "Mandatory", "lacks_a_document", "mandatory_documents"]


class Mandatory(Struct, frozen=True):
    """A document that an edition demands of every unit.

    Attributes:
        clause: The clause that demands it.
        what: What it is.
        kind: The kind of which any document in force will do; None where there is none.
        kinds: The kinds of which a document will do that names the clause.
    """

    clause: str
    what: Text
    kind: DocumentKind | None
    kinds: frozenset[DocumentKind]

    def is_met_by(self, kind: DocumentKind, clauses: Sequence[str]) -> bool:
        """Whether a document of a kind that bears on clauses, if in force, is what is demanded."""
        if kind is self.kind:
            return True
        below = self.clause + "."
        return kind in self.kinds and any(
            clause == self.clause or clause.startswith(below) for clause in clauses
        )


_POLICY = Text(en="the quality policy", vi="chính sách chất lượng")
_OBJECTIVES = Text(en="the quality objectives", vi="mục tiêu chất lượng")
_ANY = DESCRIBING | {DocumentKind.POLICY, DocumentKind.OBJECTIVES, DocumentKind.PLAN}

_OLDER = (
    Mandatory("5.3", _POLICY, DocumentKind.POLICY, _ANY),
    Mandatory("5.4.1", _OBJECTIVES, DocumentKind.OBJECTIVES, _ANY),
    Mandatory(
        "4.2.2", Text(en="the quality manual", vi="sổ tay chất lượng"), DocumentKind.MANUAL, _ANY
    ),
    *(
        Mandatory(
            clause, Text(en=f"the procedure for {en}", vi=f"quy trình {vi}"), None, DESCRIBING
        )
        for clause, en, vi in (
            ("4.2.3", "control of documents", "kiểm soát tài liệu"),
            ("4.2.4", "control of records", "kiểm soát hồ sơ"),
            ("8.2.2", "internal audit", "đánh giá nội bộ"),
            ("8.3", "control of nonconforming product", "kiểm soát sản phẩm không phù hợp"),
            ("8.5.2", "corrective action", "hành động khắc phục"),
            ("8.5.3", "preventive action", "hành động phòng ngừa"),
        )
    ),
)
_NEWER = (
    Mandatory(
        "4.3",
        Text(en="the scope of the system", vi="phạm vi của hệ thống quản lý chất lượng"),
        DocumentKind.MANUAL,
        _ANY,
    ),
    Mandatory("5.2", _POLICY, DocumentKind.POLICY, _ANY),
    Mandatory("6.2", _OBJECTIVES, DocumentKind.OBJECTIVES, _ANY),
)


def mandatory_documents(year: int) -> Sequence[Mandatory]:
    """What an edition of ISO 9001 demands as documents of every unit.

    Args:
        year: The year of the edition; nothing is known of those before 2000.
    """
    if year < 2000:
        return ()
    return _OLDER if year < 2015 else _NEWER


def lacks_a_document(at: Life) -> bool:
    """Whether a unit that keeps documents may lack one that its edition demands."""
    seen = at.glance
    if seen.remarkable_documents:
        return has_documents(at)
    edition = at.edition if seen.kept else None
    return edition is not None and bool(
        _unanswered(edition.year, seen.kept, bool(at.unit.objectives))
    )


@rule(
    "D521",
    "mandatory-document-missing",
    about=About.UNIT,
    severity=Severity.ERROR,
    basis=clauses("7.5.1", "4.2.1"),
    title=Text(
        en="The documents that the edition demands are in force",
        vi="Các tài liệu mà phiên bản tiêu chuẩn yêu cầu đều có và còn hiệu lực",
    ),
    message=Text(
        en="the documents in force lack what {edition} demands in {clause}: {what}",
        vi="trong các tài liệu còn hiệu lực thiếu tài liệu theo {edition}, điều {clause}: {what}",
    ),
    remedy=Text(
        en="The unit draws the document up, has it approved and issued; or, where it exists, whoever keeps the register records "
        "it, or adds the clause {clause} to the document that holds it.",
        vi="Đơn vị xây dựng, trình phê duyệt và ban hành tài liệu; nếu đã có, cán bộ quản lý ghi vào sổ đăng ký hoặc bổ sung điều "
        "{clause} cho tài liệu chứa nội dung này.",
    ),
    explanation=Text(
        en="The edition is that of the certificate or announcement that counts on the day. ISO 9001:2008 (and 2000) demands "
        "policy, objectives, a quality manual and six documented procedures; ISO 9001:2015 and 2026 demand scope, policy and "
        "objectives, and neither manual nor procedures. A document in force answers by its kind (policy, objectives, manual) or "
        "by naming the clause; one document may answer for several. Objectives kept in the register answer as well, and "
        "so does the scope of an announcement. A unit whose register holds no internal document in force is told "
        "nothing, for it keeps its documents elsewhere; neither is one without certificate or announcement.",
        vi="Phiên bản lấy theo giấy chứng nhận hoặc bản công bố được tính trong ngày kiểm tra. ISO 9001:2008 (và 2000) yêu cầu chính "
        "sách, mục tiêu, sổ tay chất lượng và sáu quy trình dạng văn bản; ISO 9001:2015 và 2026 yêu cầu phạm vi, chính sách, mục "
        "tiêu, không yêu cầu sổ tay và quy trình. Tài liệu còn hiệu lực đáp ứng theo loại (chính sách, mục tiêu, sổ tay) hoặc theo "
        "điều đã ghi; một tài liệu có thể đáp ứng nhiều yêu cầu. Mục tiêu ghi trong sổ đăng ký và phạm vi nêu trong bản công bố "
        "cũng được tính. Đơn vị không có tài liệu nội bộ còn hiệu lực trong sổ đăng ký thì không bị nhắc vì "
        "tài liệu được quản lý ở nơi khác; đơn vị chưa có giấy chứng nhận hoặc bản công bố cũng vậy.",
    ),
    when=lacks_a_document,
)
def mandatory_document_missing(_key: str, record: Unit, at: Life) -> Iterator[Facts]:
    """Once a unit keeps its documents in the register, what its edition demands is among them."""
    edition = at.edition
    if edition is None or not has_documents(at):
        return
    kept = [
        document
        for code, document in record.documents.items()
        if document.kind not in _NO_INFORMATION and is_in_force(code, document, at)
    ]
    if not kept:
        return
    answers = tuple([(document.kind, document.clauses) for document in kept])
    announced = _announces_its_scope(record, at.basis)
    for one in _unanswered(edition.year, answers, bool(record.objectives)):
        if not (announced and one.clause == _SCOPE):
            yield Facts(edition=edition, clause=one.clause, what=one.what)


@lru_cache(maxsize=4096)
def _unanswered(
    year: int,
    answers: tuple[tuple[DocumentKind, tuple[str, ...]], ...],
    objectives: bool,  # noqa: FBT001 - told by the position, as the cache knows its answers
) -> tuple[Mandatory, ...]:
    """What an edition demands that no document answers, by their kinds and clauses.

    Objectives that the register holds answer, too.  Many units keep documents of the same
    kinds for the same clauses.
    """
    met = _OBJECTIVES_CLAUSES if objectives else frozenset()
    return tuple(
        one
        for one in mandatory_documents(year)
        if one.clause not in met
        and not any(one.is_met_by(kind, clauses) for kind, clauses in answers)
    )


_OBJECTIVES_CLAUSES = frozenset({"5.4.1", "6.2"})
_SCOPE = "4.3"

#: The kinds of documents that are none of the documented information demanded.
_NO_INFORMATION = frozenset({DocumentKind.EXTERNAL, DocumentKind.RECORD, DocumentKind.FORM})


def _announces_its_scope(unit: Unit, basis: str) -> bool:
    """Whether the announcement on which the certification rests states the scope."""
    collection, _, key = basis.partition(".")
    return collection == "announcements" and unit.announcements[key].scope is not None


@rule(
    "D528",
    "clause-never-not-applicable",
    about=About.UNIT,
    severity=Severity.ERROR,
    basis=clauses("4.3", "1.2, 4.2.2"),
    title=Text(
        en="Only clauses that can be given up are declared not applicable",
        vi="Chỉ xác định không áp dụng đối với các điều được phép",
    ),
    message=Text(
        en="{edition} does not let a unit declare clause {clause} not applicable",
        vi="{edition} không cho phép xác định điều {clause} là không áp dụng",
    ),
    remedy=Text(
        en="The unit applies the clause, takes it into its documents and its audits, and takes the declaration out.",
        vi="Đơn vị áp dụng điều này, đưa vào tài liệu và đánh giá nội bộ, và bỏ việc xác định không áp dụng.",
    ),
    explanation=Text(
        en="The edition is that of the certificate or announcement that counts on the day. By ISO 9001:2008 only clauses within "
        "chapter 7 can be given up; by the later editions whatever does not bear on conformity and customers, which scope, "
        "policy, objectives, documents, audits, reviews and corrective action always do. A declaration for a whole chapter is "
        "held against every clause in it.",
        vi="Phiên bản lấy theo giấy chứng nhận hoặc bản công bố được tính trong ngày kiểm tra. Theo ISO 9001:2008 chỉ các điều thuộc chương 7 "
        "mới được loại trừ; theo các phiên bản sau là những điều không ảnh hưởng đến sự phù hợp và khách hàng, trong khi phạm vi, chính sách, "
        "mục tiêu, tài liệu, đánh giá, xem xét và hành động khắc phục luôn có ảnh hưởng. Nếu xác định cho cả chương thì xét từng điều trong "
        "chương.",
    ),
    when=lambda at: bool(at.unit.not_applicable) and not is_over(at),
)
def clause_never_not_applicable(_key: str, record: Unit, at: Life) -> Iterator[Facts]:
    """A requirement is not escaped by declaring it away."""
    basis = at.standing.basis
    if is_over(at) or not basis:
        return
    edition = at.tenure(basis).record.edition
    listed = clauses_of(edition)
    for clause in record.not_applicable:
        if listed is not None and not listed.may_be_not_applicable(clause):
            yield Facts(edition=edition, clause=clause)


RULES: tuple[Rule, ...] = (mandatory_document_missing, clause_never_not_applicable)
