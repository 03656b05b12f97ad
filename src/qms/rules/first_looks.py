"""What many rules look at first: whether anything about a unit's records is out of the ordinary.

A long register holds very many units of which nothing is to be said.  Each look goes
once over the records of one kind and knows what is plain: a run of certificates that
follow each other in time, audits that were held, objectives with a plan.  Where
everything is plain, none of the rules that share the look has anything to say, and none
is asked.  A look may call plain records unusual, never unusual ones plain; a property
test holds it to that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from qms.dates import add_months, day_after
from qms.glance import has_other_records
from qms.obligations import day_ahead
from qms.plain_run import is_open
from qms.rules.certification.currency import is_inherited
from qms.rules.corrective import has_remarkable_findings
from qms.rules.documents.control import may_share_a_code
from qms.rules.documents.looks import has_remarkable_documents
from qms.rules.documents.mandatory import lacks_a_document
from qms.terms import Grant, ObligationKind, ObligationState, Regime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from qms.check import Rule
    from qms.model import Certificate
    from qms.standing import Life
    from qms.tenure import Tenure

__all__ = ["FIRST_LOOKS", "with_first_looks"]

_LONG_TERM = frozenset(
    {
        ObligationKind.FIRST_SURVEILLANCE,
        ObligationKind.SURVEILLANCE,
        ObligationKind.RECERTIFICATION,
    }
)


def is_out_of_the_ordinary(at: Life) -> bool:
    """Whether there is anything of which any rule might have something to say.

    There is not where a plain run was renewed and nothing was marked in what hangs on it,
    save that its last day comes near.
    """
    plain = at.plain
    if plain is None or not plain.renewed or at.unit.successors:
        return True
    return is_inherited(at) or at.sees(keeps_unusual_records)


def keeps_unusual_records(at: Life) -> bool:
    """Whether anything was marked beside the certificates, or documents may be missing.

    So it is, too, where the organisation asks for internal audits of units that recorded
    none, and where a unit that has ended keeps documents.
    """
    unit, policy = at.unit, at.policy
    if at.glance.remarks or has_other_records(unit) or policy.internal_audits_here:
        return True
    if not unit.documents:
        return False
    if policy.document_codes or unit.valid_to is not None:
        return True
    return may_share_a_code(at) or lacks_a_document(at)


def is_expiring(at: Life) -> bool:
    """Whether the last day of a certificate comes near."""
    return at.sees(is_pressed) if at.plain is None else at.plain.near


def is_pressed(at: Life) -> bool:
    """Whether anything but the usual audits is pending, or one of them late or near."""
    if at.plain is not None:
        return False
    on = at.on
    near = day_ahead(on, at.policy.recertification_notice_days)
    year_ends = on.month >= at.norms.notices.year_end_month.value
    for o, state in at.certifying_pending:
        if state is not ObligationState.OPEN or o.kind not in _LONG_TERM or o.due is None:
            return True
        if o.due <= near or (year_ends and o.opens.year == on.year):
            return True
    return False


# --- certificates ----------------------------------------------------------------------------


def has_unusual_certificates(at: Life) -> bool:
    """Whether the certificates are more than a run of accredited ones, each renewed in time."""
    if at.plain is not None:
        return False
    term = at.norms.regimes[Regime.ACCREDITED].validity_years
    months = 0 if term is None else 12 * term.value
    before: Tenure | None = None
    holding = 0
    for tenure in at.tenures:
        since = _followed_on(tenure, before)
        last = tenure.last
        if since is None or last is None or last > add_months(since, months):
            return True
        record, decided = tenure.certificate, tenure.decided
        if _is_unusual(record) or decided is None or not is_open(record.edition, decided, at.norms):
            return True
        holding += tenure.start is not None and tenure.start <= at.on <= last
        before = tenure
    return holding > 1


def _followed_on(tenure: Tenure, before: Tenure | None) -> date | None:
    """The day from which the term of a certificate runs; None where it is out of the ordinary.

    It runs from the decision on the first one, and from the expiry before where that was
    renewed in time.
    """
    start, decided = tenure.start, tenure.decided
    if tenure.regime is not Regime.ACCREDITED or start is None or decided is None:
        return None
    if tenure.suspensions or tenure.ended is not None or tenure.capped:
        return None
    if before is None:
        return decided if tenure.grant is Grant.INITIAL else None
    last = before.last
    if last is None or tenure.previous is not before or tenure.grant is not Grant.RECERTIFICATION:
        return None
    return last if decided <= last and start <= day_after(last) else None


def _is_unusual(record: Certificate) -> bool:
    """Whether a certificate lacks a day, has one before its decision, sites or a decider."""
    decided, effective, issued = record.decided, record.effective, record.issued
    if decided is None or effective is None or effective < decided or record.expires is None:
        return True
    return bool((issued and issued < decided) or record.decided_by or len(record.sites) > 1)


def may_be_in_first_cycle(at: Life) -> bool:
    """Whether the last certificate is the first of its certification, or any is unusual."""
    if at.plain is not None:
        return not at.plain.renewed
    if at.tenures and at.tenures[-1].grant is Grant.INITIAL:
        return True
    return at.sees(has_unusual_certificates)


# --- audits, objectives ----------------------------------------------------------------------


def has_unusual_audits(at: Life) -> bool:
    """Whether any audit is more than one that a certification body held to an open edition."""
    return at.glance.unusual_audits


def names_unusual_editions(at: Life) -> bool:
    """Whether any certificate or audit is unusual, so that it may name an unknown edition."""
    return at.glance.unusual_audits or at.sees(has_unusual_certificates)


def has_unusual_objectives(at: Life) -> bool:
    """Whether any objective is more than one in its period, planned, and measured on and off."""
    return at.glance.unusual_objectives


# --- which rules share which look ------------------------------------------------------------

#: The codes of the rules by the look that they share.
FIRST_LOOKS: Mapping[Callable[[Life], bool], tuple[str, ...]] = {
    is_pressed: (
        *("C102", "C103", "C104", "C111", "C113", "C117", "C119"),
        *("E201", "E202", "E203", "V302", "V303", "V304", "V305"),
    ),
    has_unusual_certificates: (
        *("C106", "C107", "C114", "C115", "C116", "C118", "C120", "C121", "C122", "C123"),
        *("C124", "C127", "C128", "C129", "C130", "E204", "E205", "E207", "E208"),
        *("V301", "V306", "V307"),
    ),
    may_be_in_first_cycle: ("C108",),
    has_unusual_audits: (
        *("A701", "A703", "A704", "A705", "A707", "A708", "C125", "C126", "E206"),
    ),
    names_unusual_editions: ("E209",),
    has_unusual_objectives: ("O601", "O602", "O603", "O604", "O605", "O606", "O607", "O609"),
    has_remarkable_findings: ("C112", "R808"),
    has_remarkable_documents: ("D527",),
}


def with_first_looks(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules, each with the looks that it shares with others, the widest first."""
    narrow = {code: look for look, codes in FIRST_LOOKS.items() for code in codes}

    def within(one: Rule) -> tuple[Callable[[Life], bool], ...]:
        if one.code == "C110":
            return (is_expiring,)
        wide = keeps_unusual_records if one.code[0] in _OF_RECORDS else is_out_of_the_ordinary
        return (wide, narrow[one.code]) if one.code in narrow else (wide,)

    return tuple(replace(one, within=within(one)) for one in rules)


#: The families of rules that say nothing of certificates: audits and reviews, documents,
#: objectives, findings.
_OF_RECORDS = frozenset("ADOR")
