"""Checklists of a register: which audit, edition and questions, for one unit or for all."""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003 - help() looks for it, as for the others below
from datetime import date, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

from attrs import evolve
from msgspec import Struct

from qms.checklist import draw_up
from qms.checklist.certified import counts, edition_of
from qms.checklist.items import ITEM_LIMIT
from qms.checklist.records import STATE_LEVELS
from qms.clauses import LISTED, becomes, clauses_of, not_applicable_in
from qms.dates import day_in_words
from qms.model.questions import QuestionBank  # noqa: TC001
from qms.norms import norms as shipped_norms
from qms.problems import Problem, RegisterError
from qms.questions import questions_for
from qms.standing import standing_on
from qms.terms import AuditType, Edition, Regime
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qms.checklist import Checklist
    from qms.model import Audit, Organisation, Policy, Unit
    from qms.norms import Norms
    from qms.standing import Standing

__all__ = ["Commission", "NotConcerned", "checklist_for", "held_edition", "planned_audits"]

_STATE_REGIMES = frozenset({Regime.STATE_CERTIFICATE, Regime.ANNOUNCEMENT})

_NO_AUDIT = Text(
    en="the unit {unit} has no audit “{audit}”", vi="đơn vị {unit} không có cuộc đánh giá “{audit}”"
)
_AUDITS = Text(en="Its audits: {audits}", vi="Các cuộc đánh giá: {audits}")
_OTHER_TYPE = Text(
    en="the audit “{audit}” of {unit} is: {held}; asked for was: {wanted}",
    vi="cuộc đánh giá “{audit}” của {unit} thuộc loại: {held}; loại được yêu cầu: {wanted}",
)
_NO_CLAUSE = Text(
    en="{edition} has no clause “{clause}”", vi="{edition} không có điều khoản “{clause}”"
)
_SUCH_AS = Text(
    en="Name a clause by its number, such as {near}.", vi="Nêu số điều khoản, chẳng hạn {near}."
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
_THERE = Text(
    en="the unit {unit} holds {edition}: there is no transition to {wanted}",
    vi="đơn vị {unit} đã áp dụng {edition}: không cần chuyển đổi sang {wanted}",
)
_NOT_TRANSITION = Text(
    en="Name a later edition, or another kind of audit.",
    vi="Nêu phiên bản mới hơn, hoặc loại đánh giá khác.",
)
_NOT_PUBLISHED = Text(
    en="{edition} is published from {published} on: on {day} there is no transition of {unit} to it",
    vi="{edition} được ban hành ngày {published}: vào ngày {day} chưa thể chuyển đổi {unit} sang "
    "phiên bản này",
)
_NOT_ADOPTED = Text(
    en="no adoption {edition} is known: there is no transition of {unit} to it yet",
    vi="chưa biết {edition} được công bố: chưa thể chuyển đổi {unit} sang tiêu chuẩn này",
)
_ADOPTED_EDITION = Text(
    en="Name an edition that is adopted; or, if the unit is audited against the text of ISO, plan the "
    "audit in the register with that edition among its criteria.",
    vi="Nêu phiên bản đã có tiêu chuẩn quốc gia (TCVN); hoặc, nếu đơn vị được đánh giá theo bản ISO, hãy "
    "lên kế hoạch cuộc đánh giá trong sổ đăng ký và ghi phiên bản đó vào chuẩn mực.",
)
_LATER_DAY = Text(
    en="Name an edition that was published by then, or a later day (--on).",
    vi="Nêu phiên bản đã được ban hành vào ngày đó, hoặc nêu ngày muộn hơn (--on).",
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
            of the certificate or announcement that counts on the day, and for a state agency
            that holds nothing the Vietnamese adoption of the day.
        own: Questions of one's own.
        clauses: Only these clauses.

    Raises:
        TypeError: the day, the kind or the edition is something else than its type says.
    """

    on: date
    audit: str | None = None
    type: AuditType | None = None
    edition: Edition | None = None
    own: Sequence[QuestionBank] = ()
    clauses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what would be drawn up wrongly, or fail where nobody looks for the reason."""
        on: object = self.on
        if not isinstance(on, date) or isinstance(on, datetime):
            day = "a datetime.date is needed, such as date(2015, 12, 31)"
            raise TypeError(f"on: {day}, not {on!r}")
        for name, kind in (("type", AuditType), ("edition", Edition)):
            value = getattr(self, name)
            if not isinstance(value, kind | None):
                needed = f"{kind.__module__}.{kind.__name__}"
                raise TypeError(f"{name}: a {needed} is needed, not {value!r}")


class NotConcerned(RegisterError):  # noqa: N818 - what it says of a unit
    """An audit that does not concern a unit: it holds no edition or the one to come, or that is not out."""


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
        NotConcerned: nothing says which edition, or a transition leads to no later one.
        RegisterError: the unit has no such audit, a clause is none of the edition, or there are
            no questions for it.
    """
    norms = norms or shipped_norms()
    audit = _audit(unit, commission)
    recorded = unit.audits[audit] if audit else None
    kind = commission.type or (recorded.type if recorded else AuditType.INTERNAL)
    standing = standing_on(unit, commission.on, norms, organisation.policy)
    held = _held_edition(unit, standing)
    edition = _edition_for(
        unit, commission, recorded, kind, standing=standing, norms=norms, policy=organisation.policy
    )
    audits = {
        key: edition_of(one, unit, commission.on, norms, organisation.policy) or held
        for key, one in unit.audits.items()
        if one.findings or key == audit
    }
    clauses = _clauses(commission, recorded, audits.get(audit or ""), edition)
    asked = questions_for(
        edition,
        kind,
        regime=_regime(unit, kind, standing),
        own=commission.own,
        clauses=clauses,
        since=held,
        on=_day(recorded, commission.on),
    )
    _check_questions(len(asked.questions), edition, kind)
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
        beside=_renumbered(unit, held, audits, edition),
        clauses=clauses,
    )


def _edition_for(
    unit: Unit,
    commission: Commission,
    audit: Audit | None,
    kind: AuditType,
    *,
    standing: Standing,
    norms: Norms,
    policy: Policy,
) -> Edition:
    """The edition audited against, to which a transition leads on the day.

    Raises:
        NotConcerned: nothing says which, or there is no transition to it.
    """
    held = _held_edition(unit, standing)
    is_held = audit is not None and audit.held is not None and audit.held <= commission.on
    then = edition_of(audit, unit, commission.on, norms, policy) if audit and is_held else None
    wanted = commission.edition
    # Who is bound by the law of state agencies and holds nothing is audited by what it demands.
    bound = kind is not AuditType.TRANSITION and _is_bound(unit, kind, standing)
    if wanted is not None:
        to_adopt = bound and held is None
        wanted = _adopted(wanted, audit, held, norms, kind, binding=to_adopt)
    elif then is not None and clauses_of(then) is not None:
        wanted = then
    edition = wanted or _edition(audit, held, kind, counts=counts(standing))
    if edition is None and bound:
        day = audit.held if audit is not None and is_held else None
        edition = _adoption_on(day or _day(audit, commission.on), norms)
    if edition is None:
        problem = Problem(what=_NO_EDITION.format(unit=unit.id), remedy=_GIVE_EDITION)
        raise NotConcerned([problem])
    if kind is AuditType.TRANSITION:
        _check_published(unit, edition, _day(audit, commission.on), norms)
        if audit is None and counts(standing):
            _check_transition(unit, held, edition)
    return edition


def _day(audit: Audit | None, on: date) -> date:
    """The day of an audit: the one for which it is planned, if that is to come."""
    planned = audit.planned if audit is not None else None
    return max(on, planned or on)


def _check_questions(count: int, edition: Edition, kind: AuditType) -> None:
    """See that there are questions, and not more than a checklist holds.

    Raises:
        RegisterError: there are none, or too many.
    """
    if count == 0:
        what = _NO_QUESTIONS.format(edition=edition, type=kind.text)
        raise RegisterError([Problem(what=what, remedy=_OTHER_EDITION)])
    if count > ITEM_LIMIT:
        what = _TOO_MANY.format(count=count, most=ITEM_LIMIT)
        raise RegisterError([Problem(what=what, remedy=_FEWER)])


def _check_clauses(named: Sequence[str], edition: Edition) -> None:
    """See that every clause that is asked for is one of the edition.

    Raises:
        RegisterError: some are not; with those that are near.
    """
    listed = clauses_of(edition)
    if listed is None:
        return
    numbers = [one.number for one in listed.clauses]
    problems = []
    for clause in named:
        if clause not in numbers:
            near = get_close_matches(clause, numbers, n=3, cutoff=0.5) or numbers[:3]
            what = _NO_CLAUSE.format(clause=clause, edition=edition)
            problems.append(Problem(what=what, remedy=_SUCH_AS.format(near=", ".join(near))))
    if problems:
        raise RegisterError(problems)


def _check_transition(unit: Unit, held: Edition | None, to: Edition) -> None:
    """See that a transition leads to a later edition than the one that counts.

    Raises:
        NotConcerned: it does not.
    """
    if held is not None and to.year <= held.year:
        what = _THERE.format(unit=unit.id, edition=held, wanted=to)
        raise NotConcerned([Problem(what=what, remedy=_NOT_TRANSITION)])


def _check_published(unit: Unit, to: Edition, day: date, norms: Norms) -> None:
    """See that the edition of a transition is published by the day for which it is planned.

    Of an adoption both the edition and the adoption are, as far as its day is known.

    Raises:
        NotConcerned: it is not, or no adoption of it is known.
    """
    if to.national and not _is_adopted(to.year, norms):
        what = _NOT_ADOPTED.format(edition=to, unit=unit.id)
        raise NotConcerned([Problem(what=what, remedy=_ADOPTED_EDITION)])
    published = (norms.opening if to.national else norms.published).get(to.year)
    if published is not None and day < published:
        what = _NOT_PUBLISHED.format(
            edition=f"{'TCVN ' if to.national else ''}ISO 9001:{to.year}",
            published=day_in_words(published),
            day=day_in_words(day),
            unit=unit.id,
        )
        raise NotConcerned([Problem(what=what, remedy=_LATER_DAY)])


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
    planned = planned_audits(unit, commission)
    return planned[0] if planned else None


def planned_audits(unit: Unit, commission: Commission) -> list[str]:
    """The audits of the kind that are planned for the year and not held yet, the first one first.

    There are none where an audit is named.
    """
    on = commission.on
    planned = [
        (audit.planned, key)
        for key, audit in unit.audits.items()
        if commission.audit is None
        and audit.type is commission.type
        and audit.planned is not None
        and audit.planned.year == on.year
        and (audit.held is None or audit.held > on)
    ]
    return [key for _, key in sorted(planned)]


def held_edition(unit: Unit, on: date, policy: Policy) -> Edition | None:
    """The edition of the certificate or announcement that counts on a day, if its clauses are listed."""
    held = _held_edition(unit, standing_on(unit, on, shipped_norms(), policy))
    return held if held is not None and clauses_of(held) is not None else None


def _adoption_on(day: date, norms: Norms) -> Edition | None:
    """The newest edition whose Vietnamese adoption is published on a day."""
    years = [year for year in LISTED if _is_adopted(year, norms) and norms.opening[year] <= day]
    return Edition(f"TCVN ISO 9001:{max(years)}") if years else None


def _adopted(
    wanted: Edition,
    audit: Audit | None,
    held: Edition | None,
    norms: Norms,
    kind: AuditType,
    *,
    binding: bool,
) -> Edition:
    """The edition that is wanted, in the adoption that the unit holds, or that binds it.

    Of an edition that is not adopted yet the text of ISO is audited against; a transition
    to it has to wait for the adoption.
    """
    criteria = audit.criteria if audit is not None else ()
    holds_adoption = any(one is not None and one.national for one in (*criteria, held))
    holds_adoption |= binding and not criteria
    is_adopted = kind is AuditType.TRANSITION or _is_adopted(wanted.year, norms)
    if wanted in criteria or not (holds_adoption and is_adopted):
        return wanted
    return Edition(f"TCVN ISO 9001:{wanted.year}")


def _is_adopted(year: int, norms: Norms) -> bool:
    """Whether an adoption of an edition is known."""
    found = norms.edition(year)
    return found is not None and found.adopted_as is not None


def _edition(
    audit: Audit | None, held: Edition | None, kind: AuditType, *, counts: bool
) -> Edition | None:
    """The edition audited against where none is named.

    It is the newest of the audit's criteria; or that of what counts on the day, in a
    transition the one after it.  What lapsed or was withdrawn says nothing any more.
    """
    criteria = audit.criteria if audit is not None else ()
    if criteria:
        return max(criteria, key=lambda one: one.year)
    if held is None or clauses_of(held) is None or not counts:
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
    if _is_bound(unit, kind, standing) and standing.regime not in _STATE_REGIMES:
        return Regime.ANNOUNCEMENT
    return standing.regime


def _is_bound(unit: Unit, kind: AuditType, standing: Standing) -> bool:
    """Whether an audit is one under the law of state agencies whatever the unit holds."""
    return kind is AuditType.YEARLY_CHECK or (
        standing.regime is None and unit.level in STATE_LEVELS
    )


def _held_edition(unit: Unit, standing: Standing) -> Edition | None:
    """The edition of the certificate or announcement that counts on the day."""
    kind, _, key = standing.basis.partition(".")
    certificate = unit.certificates.get(key) if kind == "certificates" else None
    announcement = unit.announcements.get(key) if kind == "announcements" else None
    found = certificate or announcement
    return None if found is None else found.edition


def _clauses(
    commission: Commission, audit: Audit | None, since: Edition | None, edition: Edition
) -> tuple[str, ...]:
    """The clauses to which a checklist is limited: those named, or else those of the audit.

    Raises:
        RegisterError: one that is named is none of the edition.
    """
    _check_clauses(commission.clauses, edition)
    return commission.clauses or _clauses_of_the_audit(audit, since, edition)


def _clauses_of_the_audit(
    audit: Audit | None, since: Edition | None, to: Edition
) -> tuple[str, ...]:
    """The clauses to which an audit is limited, numbered as in the edition audited against."""
    return () if audit is None else _becoming(audit.clauses, since, to)


def _becoming(clauses: Sequence[str], since: Edition | None, to: Edition) -> tuple[str, ...]:
    """Clauses numbered as in a later edition; as they are where they are not of an earlier one."""
    if since is None or since.year >= to.year or clauses_of(since) is None:
        return tuple(clauses)
    return tuple(dict.fromkeys(new for one in clauses for new in becomes(one, since, to)))


def _renumbered(
    unit: Unit, held: Edition | None, audits: Mapping[str, Edition | None], to: Edition
) -> Unit:
    """The unit with the clauses of its documents and findings numbered as in a later edition.

    Documents and declarations go by the edition that the unit holds, findings by the one
    against which their audit was held: what was found long ago keeps the numbers of then.
    """
    found = {}
    for key, audit in unit.audits.items():
        findings = {}
        for name, finding in audit.findings.items():
            clause = finding.clause
            new = () if clause is None else _becoming((clause,), audits[key], to)
            findings[name] = evolve(finding, clause=new[0] if new else None)
        found[key] = evolve(audit, findings=findings)
    if held is None or held.year >= to.year or clauses_of(held) is None:
        return evolve(unit, audits=found)
    documents = {
        code: evolve(document, clauses=_becoming(document.clauses, held, to))
        for code, document in unit.documents.items()
    }
    declared = {
        new: reason
        for clause, reason in unit.not_applicable.items()
        for new in not_applicable_in((clause,), held, to)
    }
    return evolve(unit, documents=documents, audits=found, not_applicable=declared)
