"""The papers that go with an audit: plan, meetings, nonconformities, report.

Each holds what the register knows and leaves room for the rest.  What they
contain follows ISO 19011:2018, 6.3 to 6.5, and ISO/IEC 17021-1:2015, 9.2.3 and 9.4.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from qms.checklist.auditees import auditees_in
from qms.checklist.certified import certified_for, edition_of, scope_of
from qms.checklist.facts import earlier_findings, without_own
from qms.clauses import clauses_of
from qms.dates import print_date
from qms.knowledge import as_of
from qms.model import Certificate
from qms.norms import norms
from qms.obligations.improvement import closed_on, closing_due
from qms.terms import AuditMode, AuditType, Grade, Term
from qms.text import Language, Text
from qms.word.administrative_layout import issuer_of
from qms.word.document import About, finished, page_of
from qms.word.house_template import HouseTemplate
from qms.word.markup import blank, new_page, section
from qms.word.papers_words import (
    ATTENDANCE_HEADS,
    CLOSING_TOPICS,
    FINDING_HEADS,
    MEETING_HEADS,
    OBJECTIVES,
    OPENING_TOPICS,
    PLAN_HEADS,
    TEAM_HEADS,
    Words,
)
from qms.word.sheet import WRITTEN, Sheet
from qms.word.written_into import MARK, mark_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from qms.model import Announcement, Audit, Finding, Organisation, Unit
    from qms.terms import Edition
    from qms.word.guard import Source

__all__ = ["PaperKind", "write_paper"]

_NONCONFORMITIES = frozenset({Grade.MINOR, Grade.MAJOR})
#: How high a row is in which people sign, and one of a form that is to fit on a page; in
#: twentieths of a point.
_SIGNED, _NARROW = 510, 340
#: How many lines there are for the findings of an audit that was not held yet.
_LEFT_OPEN = 6
_REMOTE = frozenset({AuditMode.REMOTE, AuditMode.HYBRID})


class PaperKind(Term):
    """A paper that goes with an audit."""

    PLAN = "plan", "audit plan", "kế hoạch đánh giá"
    MEETINGS = "meetings", "opening and closing meeting", "họp mở đầu và họp kết thúc"
    NONCONFORMITIES = "nonconformities", "nonconformity reports", "phiếu điểm không phù hợp"
    REPORT = "report", "audit report", "báo cáo đánh giá"


def _planned(audit: Audit) -> Audit:
    """An audit before it was held: what is planned of it."""
    return evolve(
        audit, began=None, held=None, reported=None, conclusion=None, findings={}, papers=()
    )


def write_paper(
    kind: PaperKind,
    unit: Unit,
    audit: str,
    language: Language,
    *,
    organisation: Organisation,
    on: date,
    place: str | None = None,
    template: Source | None = None,
    units: Mapping[str, Unit] | None = None,
) -> bytes:
    """A paper for an audit as a ``.docx`` document; the same input gives the same bytes.

    Args:
        kind: Which paper.
        unit: The unit audited.
        audit: The identifier of the audit in the register.
        language: The language in which it is written.
        organisation: The body that answers for the register.
        on: The day of issue; what was recorded for later days does not count.
        place: The place beside the date of a Vietnamese document.
        template: The organisation's own ``.docx`` or ``.dotx``, whose page, styles, headers
            and logo are kept.
        units: The units of the register; a member of the audit team who works in one of them
            is shown with its name.

    Raises:
        KeyError: the unit has no such audit.
        Refused: the template is not safe to open, or is no Word document.
    """
    house = None if template is None else HouseTemplate.open(template)
    page = page_of(language) if house is None else house.page
    known = as_of(unit, on)
    is_check = unit.audits[audit].type is AuditType.YEARLY_CHECK
    case = _Case(
        unit=known,
        key=audit,
        audit=known.audits.get(audit) or _planned(unit.audits[audit]),
        organisation=organisation,
        on=on,
        place=place,
        sheet=Sheet(language, page.text_width, check=is_check),
        units=units or {},
    )
    body = "".join(_BODIES[kind](case)) + section(page.properties, ends_here=False)
    pack = finished if house is None else house.filled
    about = _about(kind, case)
    mark = mark_of(pack(body, language, about))
    return pack(body, language, evolve(about, properties={**about.properties, MARK: mark}))


def _about(kind: PaperKind, case: _Case) -> About:
    """What a paper says of itself to programs."""
    issuer, _ = case.issuer
    name = f"{case.unit.id}/{case.key}/{kind}"
    return About(
        title=kind.text.in_(case.language),
        identifier=name,
        author=issuer,
        day=case.on,
        properties={"qms.paper": name[:250]},
    )


@frozen(kw_only=True)
class _Case:
    """An audit, and the sheet on which it is written about."""

    unit: Unit
    key: str
    audit: Audit
    organisation: Organisation
    on: date
    place: str | None
    sheet: Sheet
    units: Mapping[str, Unit]

    @property
    def language(self) -> Language:
        return self.sheet.language

    @property
    def name(self) -> str:
        return self.unit.name.in_(self.language)

    @property
    def issuer(self) -> tuple[str, str | None]:
        return issuer_of(self.organisation.name, self.unit.name, self.audit.type, self.language)

    @property
    def criteria(self) -> Sequence[Edition]:
        """The editions audited against: those recorded, or that of what was certified then."""
        if self.audit.criteria:
            return self.audit.criteria
        policy = self.organisation.policy
        found = edition_of(self.audit, self.unit, self.on, norms(), policy)
        return () if found is None else (found,)

    @property
    def days(self) -> str:
        """The days on which it was held, or for which it is planned."""
        audit = self.audit
        known = [day for day in (audit.began, audit.held) if day is not None]
        planned = [day for day in (audit.planned,) if day is not None]
        printed = dict.fromkeys(print_date(day, self.language) for day in known or planned)
        return " – ".join(printed)

    @property
    def team(self) -> list[tuple[str, str, str]]:
        return [
            (
                member.name,
                _capital(member.role.text.in_(self.language)) if member.role else "",
                self.workplace(member.of),
            )
            for member in self.audit.team
        ]

    def workplace(self, named: str | None) -> str:
        """Where a member of the team works: a unit of the register by its name, or a division."""
        unit = self.units.get(named or "")
        return named or "" if unit is None else unit.name.in_(self.language)

    def head(self, symbol: str, title: Text, subject: Text) -> str:
        issuer, superior = self.issuer
        top = self.sheet.head(
            issuer=issuer, superior=superior, symbol=symbol, place=self.place, day=self.on
        )
        filled = subject.format(type=self.audit.type.text, unit=self.name)
        return top + self.sheet.titles(title, filled)

    def data(self) -> list[tuple[Text, str]]:
        """What every paper says of the audit."""
        audit = self.audit
        return [
            (Words.UNIT, self.name),
            (Words.ADDRESS, self.unit.address or ""),
            (Words.AUDIT, self.key),
            *_recorded(Words.REFERENCE, audit.reference),
            (Words.TYPE, _capital(audit.type.text.in_(self.language))),
            (Words.MODE, _capital(audit.mode.text.in_(self.language)) if audit.mode else ""),
            (Words.CRITERIA, "; ".join(self.criteria)),
            (Words.SCOPE, audit.scope or _certified_scope(self)),
            *_recorded(Words.DIVISIONS, "; ".join(audit.divisions)),
            *_recorded(Words.PROCESSES, "; ".join(audit.processes)),
            (Words.CLAUSES, ", ".join(audit.clauses)),
            (Words.DAYS, self.days),
            (Words.SITES, "; ".join(audit.sites)),
            *([(Words.REMOTE, "")] if audit.mode in _REMOTE else []),
            *([(Words.BODY, _body(self))] if self.is_certification else []),
        ]

    @property
    def is_certification(self) -> bool:
        """Whether a certification rests on it, rather than being the unit's own or a check."""
        return self.audit.type not in {AuditType.INTERNAL, AuditType.YEARLY_CHECK}

    @property
    def last_day(self) -> date:
        """The last day of the audit, or the day of the paper where it was not held yet."""
        return self.audit.held or self.on

    @property
    def earlier(self) -> str:
        """The findings of earlier audits that are to be looked at again, a line each.

        A paper may be written after the next audit, which is no earlier one.
        """
        unit = without_own(self.unit, self.key)
        before = {
            key: audit
            for key, audit in unit.audits.items()
            if audit.held is None or audit.held <= self.last_day
        }
        found = earlier_findings(evolve(unit, audits=before), self.on)
        lines = []
        for one in found:
            state = one.state.in_(self.language)
            statement = one.finding.statement or one.finding.requirement or ""
            lines.append(" – ".join(w for w in (f"{one.audit}/{one.key}", state, statement) if w))
        return "\n".join(lines)

    @property
    def objectives(self) -> Sequence[Text]:
        """What the audit is to find out, a paragraph each; as recorded, or as of its kind."""
        recorded = (self.audit.objectives or "").splitlines()
        return [Text(en=one, vi=one) for one in recorded] or OBJECTIVES[self.sheet.check]

    def team_table(self) -> str:
        rows = self.team or [("", "", "")] * 3
        return self.sheet.heading(Words.TEAM) + self.sheet.grid(
            TEAM_HEADS, (60, 50, 55), rows, Words.TEAM
        )

    @property
    def own_reviews(self) -> str:
        """When the unit last audited and reviewed its system itself before, a line each."""
        audits = [
            one.held
            for key, one in self.unit.audits.items()
            if one.type is AuditType.INTERNAL and key != self.key
        ]
        reviews = [one.held for one in self.unit.reviews.values()]
        lines = []
        for words, held in ((Words.LAST_AUDIT, audits), (Words.LAST_REVIEW, reviews)):
            days = [day for day in held if day is not None and day <= self.last_day]
            if days:
                day = print_date(max(days), self.language)
                lines.append(words.format(day=day).in_(self.language))
        return "\n".join(lines)


def _certified(case: _Case) -> Certificate | Announcement | None:
    """The certificate or announcement with which an audit has to do, or the newest."""
    unit = case.unit
    found = certified_for(case.audit, unit, case.on, norms(), case.organisation.policy)
    if found is not None:
        return found
    dated: list[tuple[date, Certificate | Announcement]] = [
        *((one.decided or one.issued or date.min, one) for one in unit.certificates.values()),
        *((one.signed or date.min, one) for one in unit.announcements.values()),
    ]
    return max(dated, key=lambda one: one[0])[1] if dated else None


def _recorded(label: Text, words: str | None) -> list[tuple[Text, str]]:
    """A row of which something is recorded; it is not asked for where nothing is."""
    return [(label, words)] if words else []


def _when(case: _Case) -> list[tuple[Text, str]]:
    """How long the audit took, and when it was reported, as far as that is recorded."""
    audit, language = case.audit, case.language
    days = "" if audit.days is None else f"{audit.days.normalize():f}"
    if language is Language.VIETNAMESE:
        days = days.replace(".", ",")
    reported = print_date(audit.reported, language) if audit.reported else None
    return [*_recorded(Words.TIME, days), *_recorded(Words.REPORTED, reported)]


def _body(case: _Case) -> str:
    """Who issued the certificate."""
    found = _certified(case)
    return found.issuer or "" if isinstance(found, Certificate) else ""


def _certified_scope(case: _Case) -> str:
    """The scope of the certificate on the day of the audit, or that of the announcement."""
    found = _certified(case)
    if found is None:
        return ""
    if isinstance(found, Certificate):
        return scope_of(found, case.last_day) or ""
    return found.scope or ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _plan(case: _Case) -> Iterator[str]:
    """The plan: what is audited, why, against what, by whom, and when which part."""
    sheet = case.sheet
    yield case.head("KH-ĐG", Words.PLAN, Words.PLAN_SUBJECT)
    yield sheet.heading(Words.OBJECTIVES)
    for words in case.objectives:
        yield sheet.body(words)
    yield sheet.heading(Words.DATA)
    yield sheet.labelled([*case.data(), (Words.GUIDES, "")], Words.DATA)
    yield case.team_table()
    yield sheet.heading(Words.SCHEDULE)
    yield sheet.grid(PLAN_HEADS, (34, 62, 28, 41), _schedule(case), Words.SCHEDULE, least=WRITTEN)
    yield sheet.body(Words.PLAN_NOTE, with_next=True)
    yield sheet.signatures((Words.FOR_UNIT, Words.LEADER), Words.SIGN)
    yield sheet.recipients((Words.TO_UNIT, Words.TO_FILE))


def _schedule(case: _Case) -> Iterator[Sequence[str]]:
    """The meetings, and between them the divisions or processes; else the clauses."""
    audit, words = case.audit, case.sheet.words
    yield "", words(Words.OPENING), "", case.name
    parts = (*audit.divisions, *audit.processes)
    for part in parts:
        yield "", part, "" if len(parts) > 1 else ", ".join(audit.clauses), ""
    if not parts:
        for clause in audit.clauses or ("",):
            yield "", "", clause, ""
    yield "", words(Words.TEAM_MEETING), "", ""
    yield "", words(Words.CLOSING), "", case.name


def _meetings(case: _Case) -> Iterator[str]:
    """What is to be said in the two meetings, and who was there."""
    sheet = case.sheet
    yield case.head("BB-ĐG", Words.MEETINGS, Words.MEETINGS_SUBJECT)
    yield sheet.heading(Words.DATA)
    yield sheet.labelled(case.data(), Words.DATA)
    for title, topics in ((Words.OPENING, OPENING_TOPICS), (Words.CLOSING, CLOSING_TOPICS)):
        yield sheet.heading(title)
        done = f"{sheet.words(title)}: {sheet.words(MEETING_HEADS[2])}"
        rows = [
            (str(n), sheet.words(topic), f"{done} {n}", "") for n, topic in enumerate(topics, 1)
        ]
        yield sheet.grid(MEETING_HEADS, (12, 92, 18, 43), rows, title, boxes=2)
    yield sheet.heading(Words.ATTENDANCE)
    people = [(str(n), name, role, "", "") for n, (name, role, _) in enumerate(case.team, 1)]
    people += [(str(n), "", "", "", "") for n in range(len(people) + 1, len(people) + 9)]
    yield sheet.grid(
        ATTENDANCE_HEADS, (12, 52, 45, 28, 28), people, Words.ATTENDANCE, least=_SIGNED
    )
    yield sheet.signatures((Words.FOR_UNIT, Words.LEADER), Words.SIGN)


def _nonconformities(case: _Case) -> Iterator[str]:
    """A new page for each nonconformity, or an empty form where there is none."""
    found: list[tuple[str, Finding | None]] = [
        (key, finding)
        for key, finding in case.audit.findings.items()
        if finding.grade in _NONCONFORMITIES
    ]
    forms = found or [("", None)]
    for number, (key, finding) in enumerate(forms, 1):
        if number > 1:
            yield new_page()
        yield from _nonconformity(case, key, finding, followed=number < len(forms))


def _nonconformity(
    case: _Case, key: str, finding: Finding | None, *, followed: bool
) -> Iterator[str]:
    sheet, language = case.sheet, case.language
    yield case.head("PKPH", Words.NONCONFORMITY, Words.NONCONFORMITY_SUBJECT)
    grade = finding.grade.text.in_(language) if finding else ""
    due = closing_due(finding) if finding else None
    day = (finding and finding.raised) or case.audit.held
    told = [
        (Words.NUMBER, key),
        (Words.AUDIT, case.key),
        (Words.UNIT, case.name),
        *([(Words.SITE, finding.site)] if finding and finding.site else []),
        (Words.DAY, print_date(day, language) if day else ""),
        (
            Words.CLAUSE,
            " – ".join(w for w in ("; ".join(case.criteria), _clause(case, finding)) if w),
        ),
        (Words.GRADE, grade),
        (Words.REQUIREMENT, _of(finding, "requirement")),
        (Words.STATEMENT, _of(finding, "statement")),
        (Words.EVIDENCE, _of(finding, "evidence")),
        *([(Words.REPEATS, finding.repeats)] if finding and finding.repeats else []),
        (Words.TEAM_NAMES, "; ".join(name for name, _, _ in case.team)),
        (Words.OWNER, _of(finding, "owner")),
        (Words.DUE, print_date(due, language) if due else ""),
    ]
    yield sheet.heading(Words.FOUND)
    yield sheet.labelled(told, Words.FOUND, least=_NARROW)
    yield sheet.signatures((Words.FOR_UNIT, Words.AUDITOR), Words.SIGN, room=2)
    yield sheet.heading(Words.DONE)
    yield sheet.labelled(_history(case, finding), Words.DONE, least=_NARROW)
    yield sheet.signatures((Words.DOER, Words.VERIFIER), Words.SIGN, room=2, ends_page=followed)


def _clause(case: _Case, finding: Finding | None) -> str:
    """The clause of a finding with its short title, as in the newest of the criteria."""
    number = _of(finding, "clause")
    newest = max(case.criteria, key=lambda one: one.year, default=None)
    listed = None if newest is None else clauses_of(newest)
    title = listed.title_of(number) if listed else None
    return number if title is None else f"{number} {title.in_(case.language)}"


def _of(finding: Finding | None, name: str) -> str:
    return (getattr(finding, name) or "") if finding else ""


def _history(case: _Case, finding: Finding | None) -> list[tuple[Text, str]]:
    """What was done about a finding, by the act; room to write where nothing is recorded."""
    events = sorted(finding.history, key=lambda one: one.on) if finding else []
    rows = []
    for act, label in Words.ACTS.items():
        told = [
            " – ".join(
                part for part in (print_date(event.on, case.language), event.by, event.what) if part
            )
            for event in events
            if event.act is act
        ]
        rows.append((label, "\n".join(told)))
    effective = [event.effective for event in events if event.effective is not None]
    answer = (Words.YES if effective[-1] else Words.NO).in_(case.language) if effective else ""
    closed = closed_on(finding) if finding else None
    return [
        *rows,
        (Words.EFFECTIVE, answer),
        (Words.CLOSED, print_date(closed, case.language) if closed else ""),
    ]


def _report(case: _Case) -> Iterator[str]:
    """The report: what was audited and how, what was found, and what follows."""
    sheet, audit, language = case.sheet, case.audit, case.language
    yield case.head("BC-ĐG", Words.REPORT, Words.REPORT_SUBJECT)
    yield sheet.heading(Words.OBJECTIVES)
    for words in case.objectives:
        yield sheet.body(words)
    yield sheet.heading(Words.DATA)
    client = (Words.CLIENT, case.name)
    if sheet.check:
        client = (Words.LEAD, case.organisation.name.in_(language))
    joint = [(Words.JOINT, "")] if case.is_certification else []
    people = (Words.PEOPLE, "\n".join(auditees_in(audit.note)))
    open_ = ((label, "") for label in (Words.DEPARTURES, Words.CHANGES, Words.PROGRAMME))
    rows = [*case.data(), *_when(case), client, *joint, people, *open_]
    yield sheet.labelled(rows, Words.DATA)
    yield case.team_table()
    yield sheet.heading(Words.FINDINGS)
    if audit.findings or audit.held:
        yield from _counts(case)
    if audit.findings or not audit.held:
        empty: list[Sequence[str]] = [("",) * len(FINDING_HEADS)] * _LEFT_OPEN
        found = list(_finding_rows(case)) or empty
        least = 0 if audit.findings else WRITTEN
        yield sheet.grid(FINDING_HEADS, (25, 20, 28, 46, 46), found, Words.FINDINGS, least=least)
    yield sheet.heading(Words.CONCLUSION)
    yield sheet.labelled(_conclusions(case), Words.CONCLUSION)
    yield sheet.body(Words.SAMPLING, with_next=True)
    yield sheet.body(Words.CONFIDENTIAL, with_next=True)
    yield sheet.signatures((Words.FOR_UNIT, Words.LEADER), Words.SIGN)
    to_lead = (Words.TO_LEAD,) if sheet.check else ()
    yield sheet.recipients((Words.TO_UNIT, *to_lead, Words.TO_FILE))


def _conclusions(case: _Case) -> Iterator[tuple[Text, str]]:
    """What follows from the findings; where a certification rests on it, what bears on that."""
    yield Words.CONCLUSIONS, case.audit.conclusion or ""
    yield Words.EARLIER, case.earlier
    yield Words.DEGREE, ""
    yield Words.OWN_REVIEWS, case.own_reviews
    yield Words.FULFILLED, ""
    if case.is_certification:
        yield Words.SCOPE_FIT, ""
        yield Words.MARKS, ""
        yield Words.RECOMMENDATION, ""
    yield Words.DIVERGING, ""
    yield Words.NOT_COVERED, ""
    yield Words.GOOD_PRACTICE, ""
    yield Words.FOLLOW_UP, ""


def _counts(case: _Case) -> Iterator[str]:
    """How many findings of each grade there are."""
    findings = case.audit.findings.values()
    counts = {
        grade: sum(finding.grade is grade for finding in findings)
        for grade in (Grade.MAJOR, Grade.MINOR, Grade.OPPORTUNITY)
    }
    yield case.sheet.body(
        Words.COUNTS.format(
            major=counts[Grade.MAJOR],
            minor=counts[Grade.MINOR],
            opportunity=counts[Grade.OPPORTUNITY],
        ),
        with_next=bool(findings),
    )
    if findings:
        yield blank()


def _finding_rows(case: _Case) -> Iterator[Sequence[str]]:
    for key, finding in case.audit.findings.items():
        yield (
            key,
            finding.clause or "",
            finding.grade.text.in_(case.language),
            finding.statement or finding.requirement or "",
            finding.evidence or "",
        )


_BODIES: dict[PaperKind, Callable[[_Case], Iterator[str]]] = {
    PaperKind.PLAN: _plan,
    PaperKind.MEETINGS: _meetings,
    PaperKind.NONCONFORMITIES: _nonconformities,
    PaperKind.REPORT: _report,
}
