"""Checklists of a register: which audit, edition and questions, for one unit or for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve
from msgspec import Struct

from qms.checklist import draw_up
from qms.checklist.items import ITEM_LIMIT
from qms.checklist.records import STATE_LEVELS
from qms.clauses import LISTED, becomes, clauses_of
from qms.norms import norms as shipped_norms
from qms.problems import Problem, RegisterError
from qms.questions import questions_for
from qms.standing import standing_on
from qms.terms import AuditType, Edition, Regime
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from qms.checklist import Checklist
    from qms.model import Audit, Organisation, Policy, Unit
    from qms.model.questions import QuestionBank
    from qms.norms import Norms
    from qms.standing import Standing

__all__ = ["Commission", "checklist_for", "held_edition"]

_STATE_REGIMES = frozenset({Regime.STATE_CERTIFICATE, Regime.ANNOUNCEMENT})

_NO_AUDIT = Text(
    en="the unit {unit} has no audit “{audit}”", vi="đơn vị {unit} không có cuộc đánh giá “{audit}”"
)
_AUDITS = Text(en="Its audits: {audits}", vi="Các cuộc đánh giá: {audits}")
_OTHER_TYPE = Text(
    en="the audit “{audit}” of {unit} is: {held}; asked for was: {wanted}",
    vi="cuộc đánh giá “{audit}” của {unit} thuộc loại: {held}; loại được yêu cầu: {wanted}",
)
_ONE_OF_THEM = Text(
    en="Leave --type out, or name another audit.", vi="Bỏ --type, hoặc nêu cuộc đánh giá khác."
)
_NO_EDITION = Text(
    en="the unit {unit} has no certificate or announcement in force that names an edition",
    vi="đơn vị {unit} không có giấy chứng nhận hoặc bản công bố còn hiệu lực nêu phiên bản",
)
_GIVE_EDITION = Text(
    en="Name the edition, such as --edition 2015.", vi="Nêu phiên bản, ví dụ --edition 2015."
)
_NO_QUESTIONS = Text(
    en="there are no questions for {edition}, {type}", vi="chưa có câu hỏi cho {edition}, {type}"
)
_OTHER_EDITION = Text(
    en="Name another edition, or give your own questions with --questions.",
    vi="Nêu phiên bản khác, hoặc dùng bộ câu hỏi riêng bằng --questions.",
)
_TOO_MANY = Text(
    en="these are {count} questions; a checklist has at most {most}",
    vi="có {count} câu hỏi; một phiếu có tối đa {most} câu hỏi",
)
_FEWER = Text(
    en="Name the clauses to ask about with --clause, or shorten your own questions.",
    vi="Giới hạn điều khoản bằng --clause, hoặc rút bớt bộ câu hỏi riêng.",
)


class Commission(Struct, frozen=True, kw_only=True):
    """What checklists are wanted.

    Attributes:
        on: The day up to which the register counts.
        audit: The audit in the register; its kind, criteria, clauses and team are taken from it.
        type: The kind of audit, where the register does not hold it yet.
        edition: The edition audited against; where left out, that of the audit's criteria or
            of the certificate or announcement that counts on the day.
        own: Questions of one's own.
        clauses: Only these clauses.
    """

    on: date
    audit: str | None = None
    type: AuditType | None = None
    edition: Edition | None = None
    own: Sequence[QuestionBank] = ()
    clauses: tuple[str, ...] = ()


def checklist_for(
    unit: Unit,
    commission: Commission,
    organisation: Organisation,
    norms: Norms | None = None,
) -> Checklist:
    """The checklist of a unit.

    Args:
        unit: The unit.
        commission: What is wanted.
        organisation: The body that answers for the register.
        norms: The dates and terms of editions and regimes; the shipped ones where left out.

    Raises:
        RegisterError: the unit has no such audit, its edition is not known, or there are no
            questions for it.
    """
    norms = norms or shipped_norms()
    audit = _audit(unit, commission)
    recorded = unit.audits[audit] if audit else None
    kind = commission.type or (recorded.type if recorded else AuditType.INTERNAL)
    standing = standing_on(unit, commission.on, norms, organisation.policy)
    held = _held_edition(unit, standing)
    edition = _edition(commission.edition, recorded, held, kind)
    if edition is None:
        problem = Problem(what=_NO_EDITION.format(unit=unit.id), remedy=_GIVE_EDITION)
        raise RegisterError([problem])
    asked = questions_for(
        edition,
        kind,
        regime=_regime(unit, kind, standing),
        own=commission.own,
        clauses=commission.clauses or (recorded.clauses if recorded else ()),
    )
    if not asked.questions:
        what = _NO_QUESTIONS.format(edition=edition, type=kind.text)
        raise RegisterError([Problem(what=what, remedy=_OTHER_EDITION)])
    if len(asked.questions) > ITEM_LIMIT:
        what = _TOO_MANY.format(count=len(asked.questions), most=ITEM_LIMIT)
        raise RegisterError([Problem(what=what, remedy=_FEWER)])
    return draw_up(
        unit,
        type=kind,
        edition=edition,
        questions=asked.questions,
        on=commission.on,
        norms=norms,
        organisation=organisation,
        audit=audit,
        titles=asked.titles,
        beside=_renumbered(unit, held, edition),
    )


def _audit(unit: Unit, commission: Commission) -> str | None:
    """The audit that is named; or the one of the kind that is planned and not held yet."""
    if commission.audit is not None:
        if commission.audit not in unit.audits:
            known = ", ".join(unit.audits) or "–"
            what = _NO_AUDIT.format(unit=unit.id, audit=commission.audit)
            raise RegisterError([Problem(what=what, remedy=_AUDITS.format(audits=known))])
        held = unit.audits[commission.audit].type
        if commission.type not in (None, held):
            what = _OTHER_TYPE.format(
                audit=commission.audit, unit=unit.id, held=held.text, wanted=commission.type.text
            )
            raise RegisterError([Problem(what=what, remedy=_ONE_OF_THEM)])
        return commission.audit
    on = commission.on
    planned = [
        (audit.planned, key)
        for key, audit in unit.audits.items()
        if audit.type is commission.type
        and audit.planned is not None
        and audit.planned.year == on.year
        and (audit.held is None or audit.held > on)
    ]
    return min(planned)[1] if planned else None


def held_edition(unit: Unit, on: date, policy: Policy) -> Edition | None:
    """The edition of the certificate or announcement that counts on a day, if its clauses are listed."""
    held = _held_edition(unit, standing_on(unit, on, shipped_norms(), policy))
    return held if held is not None and clauses_of(held) is not None else None


def _edition(
    wanted: Edition | None, audit: Audit | None, held: Edition | None, kind: AuditType
) -> Edition | None:
    """The edition audited against.

    It is the one that is wanted, in the adoption that the unit holds; or the newest of the
    audit's criteria; or that of what counts on the day, in a transition the one after it.
    """
    criteria = audit.criteria if audit is not None else ()
    if wanted is not None:
        adopted = [one for one in (*criteria, held) if one is not None and one.national]
        return Edition(f"TCVN ISO 9001:{wanted.year}") if adopted else wanted
    if criteria:
        return max(criteria, key=lambda one: one.year)
    if held is None or clauses_of(held) is None:
        return None
    later = [year for year in LISTED if year > held.year]
    if kind is AuditType.TRANSITION and later:
        return Edition(f"{'TCVN ' if held.national else ''}ISO 9001:{later[0]}")
    return held


def _regime(unit: Unit, kind: AuditType, standing: Standing) -> Regime | None:
    """The regime by whose law questions are added.

    A yearly check is held under the law of state agencies, whatever the unit holds; and a
    state agency that holds nothing is asked about what it is still to announce.
    """
    bound = kind is AuditType.YEARLY_CHECK or (
        standing.regime is None and unit.level in STATE_LEVELS
    )
    if bound and standing.regime not in _STATE_REGIMES:
        return Regime.ANNOUNCEMENT
    return standing.regime


def _held_edition(unit: Unit, standing: Standing) -> Edition | None:
    """The edition of the certificate or announcement that counts on the day."""
    kind, _, key = standing.basis.partition(".")
    certificate = unit.certificates.get(key) if kind == "certificates" else None
    announcement = unit.announcements.get(key) if kind == "announcements" else None
    found = certificate or announcement
    return None if found is None else found.edition


def _renumbered(unit: Unit, held: Edition | None, to: Edition) -> Unit:
    """The unit with the clauses of its documents and findings numbered as in a later edition.

    Documents and declarations go by the edition that the unit holds, findings by the
    criteria of their audit, or else by the same.
    """
    if held is None or held.year >= to.year or clauses_of(held) is None:
        return unit

    def renumber(clauses: Iterable[str], since: Edition) -> tuple[str, ...]:
        return tuple(dict.fromkeys(new for one in clauses for new in becomes(one, since, to)))

    documents = {
        code: evolve(document, clauses=renumber(document.clauses, held))
        for code, document in unit.documents.items()
    }
    audits = {}
    for key, audit in unit.audits.items():
        since = max(audit.criteria, key=lambda one: one.year, default=held)
        findings = dict(audit.findings)
        for name, finding in audit.findings.items():
            if finding.clause is not None and since.year < to.year:
                new = renumber((finding.clause,), since)
                findings[name] = evolve(finding, clause=new[0] if new else None)
        audits[key] = evolve(audit, findings=findings)
    declared = {
        new: reason
        for clause, reason in unit.not_applicable.items()
        for new in renumber((clause,), held)
    }
    return evolve(unit, documents=documents, audits=audits, not_applicable=declared)
