"""From filled checklists into the register: findings appended to their audit, all or none.

What was recorded stays as it was recorded, and what a colleague adds goes behind it; a file
that was read before changes nothing; a doubt stands in the way until a person has accepted
it by its code.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen
from msgspec.structs import replace

from qms.checklist import Doubt, DoubtKind, Reading, findings_of, merge
from qms.checklist.answers import AnswerField
from qms.checklist.assessed import unassessed_in
from qms.checklist.auditees import auditees_noted
from qms.checklist.judging import judge_days, unlabelled
from qms.checklist.team import beside_team, team_in
from qms.dates import print_date
from qms.model import StoredFile
from qms.problems import Place, Problem, RegisterError
from qms.terms import AuditRole, Grade
from qms.text import Language, Text

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from qms.checklist.answers import Answer, Origin
    from qms.model import Audit, Register
    from qms.store.appending import Fact

__all__ = ["Recorded", "read_all", "record"]

_NO_UNIT = Text(en="the register has no unit “{unit}”", vi="sổ đăng ký không có đơn vị “{unit}”")
_NO_AUDIT = Text(
    en="the register has no audit “{audit}” of this unit",
    vi="sổ đăng ký không có cuộc đánh giá “{audit}” của đơn vị này",
)
_UNNAMED_AUDIT = Text(
    en="the checklist does not say to which recorded audit it belongs",
    vi="phiếu không cho biết thuộc cuộc đánh giá nào đã ghi trong sổ đăng ký",
)
_OTHER_AUDIT = Text(
    en="the checklist belongs to the audit “{audit}”", vi="phiếu thuộc cuộc đánh giá “{audit}”"
)
_ONE_AUDIT = Text(
    en="Leave the name of the audit out, or name this one.",
    vi="Không nêu mã cuộc đánh giá, hoặc nêu đúng mã này.",
)
_RECORD_AUDIT = Text(
    en="Record the audit in the register first, then name it (--audit).",
    vi="Hãy ghi cuộc đánh giá vào sổ đăng ký trước, rồi nêu mã của cuộc đánh giá (--audit).",
)
_NAME_AUDIT = Text(
    en="Name the audit (--audit); of this kind the register has: {audits}.",
    vi="Hãy nêu mã của cuộc đánh giá (--audit); loại này sổ đăng ký có: {audits}.",
)
_UNDER_THIS = Text(
    en="Record the audit in the register under this identifier, which stands in the checklist.",
    vi="Hãy ghi cuộc đánh giá vào sổ đăng ký với đúng mã này, là mã ghi trong phiếu.",
)
_INTO_ANOTHER = Text(
    en="this file was recorded into the audit “{audit}” before",
    vi="tệp này trước đây đã được ghi vào cuộc đánh giá “{audit}”",
)
_ITS_OWN = Text(
    en="One file is the work of one audit: name that audit, or give the file of this one.",
    vi="Mỗi tệp chỉ thuộc một cuộc đánh giá: hãy nêu cuộc đánh giá đó, hoặc dùng tệp của cuộc "
    "đánh giá này.",
)
_RIGHT_REGISTER = Text(
    en="See whether this is the register for which the checklist was drawn up.",
    vi="Hãy kiểm tra đây có đúng là sổ đăng ký đã dùng để lập phiếu không.",
)
_MEND_OR_ACCEPT = Text(
    en="Mend the file, or accept it by its code: {code}",
    vi="Hãy sửa tệp, hoặc chấp nhận theo mã: {code}",
)
_MEND = Text(en="Mend the file; this cannot be accepted.", vi="Hãy sửa tệp; không thể chấp nhận.")
_APART = Text(
    en="Read the files of each unit and audit by themselves; this cannot be accepted.",
    vi="Hãy đọc riêng các tệp của từng đơn vị, từng cuộc đánh giá; không thể chấp nhận.",
)
_CHOOSE = Text(
    en="See which one holds, then mend the file or, by hand, the register; this cannot be accepted.",
    vi="Hãy xem nội dung nào đúng rồi sửa tệp, hoặc tự sửa sổ đăng ký; không thể chấp nhận.",
)

_FINDING_FIELDS = ("grade", "clause", "statement", "evidence", "question", "due", "note")
#: What people write in words of their own, to which a colleague may add.
_IN_WORDS = frozenset({"statement", "evidence", "note", "conclusion"})
_AUDIT_FIELDS = (AnswerField.BEGAN, AnswerField.HELD, AnswerField.CONCLUSION)
#: Where a person finds what a field of a finding came from.
_COLUMNS = {
    "grade": AnswerField.GRADE,
    "clause": AnswerField.CLAUSE,
    "statement": AnswerField.STATEMENT,
    "evidence": AnswerField.EVIDENCE,
    "due": AnswerField.DUE,
    "note": AnswerField.DOCUMENTS,
}
_DOUBTS_ACCEPTED = Text(en="Doubts accepted: {doubts}", vi="Nghi vấn đã chấp nhận: {doubts}")
_CLAUSES_OF = Text(
    en="The clauses of the findings are those of {edition}",
    vi="Các phát hiện ghi theo điều khoản của {edition}",
)
_TEAM = Text(en="Audit team by the checklist: {names}", vi="Đoàn đánh giá ghi trong phiếu: {names}")
_NO_FINDING = frozenset({Grade.CONFORMITY, Grade.NOT_APPLICABLE})
_LEFT = _NO_FINDING | {Grade.NOT_ASSESSED}


@frozen(kw_only=True)
class Recorded:
    """What came of reading checklists into a register.

    Attributes:
        register: The register as it is now.
        reading: What was read, all files together.
        facts: What was appended; nothing where the files had been read before.
    """

    register: Register
    reading: Reading
    facts: tuple[Fact, ...]

    @property
    def findings(self) -> tuple[str, ...]:
        """The findings that were appended, by their identifiers."""
        return tuple(fact.at[-1] for fact in self.facts if fact.at[-2] == "findings")

    @property
    def added_to(self) -> tuple[str, ...]:
        """The findings that were recorded before and to which something was added."""
        inside = (fact.at[3] for fact in self.facts if len(fact.at) > 4)
        return tuple(dict.fromkeys(inside))

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files that are newly listed among the papers of the audit."""
        return tuple(fact.fact.name for fact in self.facts if fact.at[-1] == "papers")

    @property
    def left(self) -> tuple[str, ...]:
        """The questions beside whose answers something is noted that is no finding.

        Also those that one auditor graded, and beside which another noted why he did not look.

        It stays in the files, whose names and SHA-256 the audit holds.  What was seen of a
        conformity is no such thing: see ``seen``.
        """
        return tuple(
            answer.question
            for answer in self.reading.answers
            if answer.question in self.reading.left
            or ((answer.grade is None or answer.grade in _LEFT) and _noted_beside(answer))
        )

    @property
    def seen(self) -> tuple[str, ...]:
        """The questions that conform and of which evidence or documents are noted.

        They stay in the files, too.
        """
        return tuple(
            answer.question
            for answer in self.reading.answers
            if answer.grade is Grade.CONFORMITY and (answer.evidence or answer.documents)
        )


def _noted_beside(answer: Answer) -> bool:
    """Whether more than a grade was filled in, beside what was seen of a conformity."""
    words = answer.statement if answer.grade is Grade.CONFORMITY else answer.words
    return bool(words or answer.due or (answer.further and answer.clause))


def read_all(
    files: Sequence[str | os.PathLike[str]], *, issued: str | os.PathLike[str] | None = None
) -> Reading:
    """What several auditors answered for one audit.

    Args:
        files: The filled checklists.
        issued: The checklist that was sent out, where it is at hand.

    Raises:
        Refused: a file is not safe to open, or is no text document.
        ValueError: no file is named.
        TypeError: a single file stands in the place of several.
    """
    from qms.word import read

    if isinstance(files, str | PurePath):
        raise TypeError(f"files: several paths are needed, such as [{str(files)!r}]")
    return merge([read(file, issued=issued) for file in files])


def record(
    path: str | os.PathLike[str],
    reading: Reading,
    *,
    audit: str | None = None,
    accept: Collection[DoubtKind | str] = (),
    today: date | None = None,
) -> Recorded:
    """Append the findings of filled checklists to their audit in a register.

    The files are listed among the papers of the audit with their SHA-256.  The days of
    the audit, its criteria, its team and its conclusion are recorded where the register
    does not hold them yet.

    Args:
        path: The register.
        reading: What was read.
        audit: The identifier of the audit, where the checklist does not name it.
        accept: The codes of doubts that a person has looked at and accepts.
        today: The day after which no audit can have been held yet; where it is left out,
            nothing is asked of days to come.

    Raises:
        RegisterError: something is in doubt, the register has no such audit, or it
            cannot be changed; nothing was changed.
        ValueError: a code to accept is no code of a doubt.
        TypeError: ``today`` is a moment and no day.
    """
    from qms import store

    if isinstance(today, datetime):
        raise TypeError(f"today: a datetime.date is needed, not {today!r}")
    accepted = _codes(accept)
    register = store.load(path)
    if reading.unit is None:
        _stop_at_doubts(reading, frozenset())
    known = {paper.sha256 for paper in _audit_of(register, reading, audit).papers}
    if all(file.sha256 in known for file in reading.files):
        return Recorded(register=register, reading=reading, facts=())
    done: list[tuple[Reading, tuple[Fact, ...]]] = []

    def wanted(now: Register) -> tuple[Fact, ...]:
        done.append(_to_be_recorded(now, reading, audit, accepted, today))
        return done[-1][1]

    register = store.append_many(Path(path), wanted)
    ((checked, facts),) = done
    return Recorded(register=register, reading=checked, facts=facts)


def _codes(accept: Collection[DoubtKind | str]) -> frozenset[DoubtKind]:
    """The codes of doubts that are accepted.

    Raises:
        ValueError: something is no code, or a code stands alone in the place of several.
    """
    if isinstance(accept, str):
        raise ValueError(f"accept takes several codes, as in accept=[{str(accept)!r}]")  # noqa: TRY004 - as for other codes
    unknown = sorted(set(accept) - set(DoubtKind))
    if unknown:
        codes = ", ".join(kind for kind in DoubtKind if kind.acceptable)
        raise ValueError(f"no code of a doubt: {', '.join(unknown)}; codes are {codes}")
    return frozenset(map(DoubtKind, accept))


def _to_be_recorded(
    register: Register,
    reading: Reading,
    audit: str | None,
    accepted: frozenset[DoubtKind],
    today: date | None,
) -> tuple[Reading, tuple[Fact, ...]]:
    """A reading with all its doubts, and the facts by the register as nobody else changes it.

    Raises:
        RegisterError: something is in doubt that nobody accepted.
    """
    unit, key = reading.unit or "", reading.audit or audit or ""
    recorded = _audit_of(register, reading, audit)
    _check_other_audits(register.units[unit].audits, key, reading)
    unassessed = (part.doubt for part in unassessed_in(recorded, reading))
    conflicts = (
        *_days_in_doubt(recorded, reading, today),
        *unassessed,
        *_conflicts(recorded, reading),
    )
    reading = evolve(reading, doubts=tuple(dict.fromkeys((*reading.doubts, *conflicts))))
    _stop_at_doubts(reading, accepted)
    return reading, tuple(_facts(recorded, reading, unit, key))


def _audit_of(register: Register, reading: Reading, named: str | None) -> Audit:
    """The audit to which a checklist belongs.

    Raises:
        RegisterError: the register does not hold it.
    """
    place = Place(file=reading.files[0].name if reading.files else None)
    unit = register.units.get(reading.unit or "")
    key = reading.audit or named
    if unit is None:
        what, remedy = _NO_UNIT.format(unit=reading.unit or ""), _RIGHT_REGISTER
    elif named is not None and named != key:
        what, remedy = _OTHER_AUDIT.format(audit=key), _ONE_AUDIT
    elif key is None:
        alike = [one for one, audit in unit.audits.items() if audit.type is reading.type]
        named_audits = _NAME_AUDIT.format(audits=", ".join(alike))
        what, remedy = _UNNAMED_AUDIT, named_audits if alike else _RECORD_AUDIT
    elif key not in unit.audits:
        what = _NO_AUDIT.format(audit=key)
        remedy = _RECORD_AUDIT if reading.audit is None else _UNDER_THIS
    else:
        return unit.audits[key]
    raise RegisterError([Problem(what=what, place=place, remedy=remedy)])


def _check_other_audits(audits: Mapping[str, Audit], here: str, reading: Reading) -> None:
    """See that no file was read into another audit of the unit.

    Raises:
        RegisterError: some were; with all of them.
    """
    problems = [
        Problem(what=_INTO_ANOTHER.format(audit=key), place=Place(file=file.name), remedy=_ITS_OWN)
        for file in reading.files
        for key, audit in audits.items()
        if key != here and any(paper.sha256 == file.sha256 for paper in audit.papers)
    ]
    if problems:
        raise RegisterError(problems)


def _days_in_doubt(audit: Audit, reading: Reading, today: date | None) -> Iterator[Doubt]:
    """A last day that nobody wrote down, days far from the one that was planned, days to come."""
    about = reading.particulars
    answered = any(answer.grade is not None for answer in reading.answers)
    if answered and about.held is None and audit.held is None:
        yield Doubt(kind=DoubtKind.NO_LAST_DAY, field=AnswerField.HELD)
    named = {doubt.field for doubt in reading.doubts if doubt.kind is DoubtKind.UNLIKELY_DATE}
    on, planned = reading.on, audit.planned
    days = (
        ()
        if on is None
        else judge_days(about, on, _language(reading), planned=planned, today=today)
    )
    yield from (doubt for doubt in days if doubt.field not in named)


def _conflicts(audit: Audit, reading: Reading) -> Iterator[Doubt]:
    """Where the register already says something else than the checklists."""
    if reading.type is not None and audit.type is not reading.type:
        yield Doubt(kind=DoubtKind.ANOTHER_CHECKLIST, found=reading.type)
    read_before = [one.name for one in _other_checklists(audit, reading)]
    if read_before:
        yield Doubt(kind=DoubtKind.EARLIER_FILE, found=", ".join(read_before))
    language = _language(reading)
    for name in _AUDIT_FIELDS:
        before, now = getattr(audit, name), getattr(reading.particulars, name)
        if before and now:
            yield from _other_value(name, before, now, language, field=name)
    beside = beside_team(audit.team, reading.particulars.auditors)
    for words in beside.unsure:
        yield Doubt(kind=DoubtKind.UNCERTAIN_NAMES, field=AnswerField.AUDITORS, found=words)
    yield from _team_in_doubt(audit, reading)
    if audit.note is not None:
        for line in _notes(audit, reading):
            if line not in audit.note.split("\n"):
                yield Doubt(kind=DoubtKind.ADDED_TO_RECORDED, found=line)
    yield from _other_findings(audit, reading)


def _other_checklists(audit: Audit, reading: Reading) -> Iterator[StoredFile]:
    """The filled checklists of an audit that were read before, and are not read now."""
    now = {file.sha256 for file in reading.files}
    for paper in audit.papers:
        if paper.name.casefold().endswith((".docx", ".odt")) and paper.sha256 not in now:
            yield paper


def _new_words(name: str, before: object, now: object) -> str:
    """The lines of words that are not recorded yet."""
    bare = unlabelled if name == "note" else str
    recorded = {bare(line) for line in str(before).split("\n")}
    lines = str(now).split("\n")
    return "\n".join(line for line in lines if line and bare(line) not in recorded)


def _other_value(
    name: str, before: object, now: object, language: Language, **where: Any
) -> Iterator[Doubt]:
    """What a checklist says otherwise than the register, or adds to it.

    A checklist that says nothing contradicts nothing.
    """
    if now is None or before == now:
        return
    was, said = _printed(before, language), _printed(now, language)
    if before is None:
        yield Doubt(kind=DoubtKind.ADDED_TO_RECORDED, found=said, **where)
    elif name not in _IN_WORDS:
        yield Doubt(kind=DoubtKind.RECORDED_OTHERWISE, found=f"{was} ⟷ {said}", **where)
    elif new := _new_words(name, before, now):
        found = f"{was} + {_printed(new, language)}"
        yield Doubt(kind=DoubtKind.ADDED_TO_RECORDED, found=found, **where)


def _other_findings(audit: Audit, reading: Reading) -> Iterator[Doubt]:
    """Findings of the register of which the checklists say something else, or more."""
    language = _language(reading)
    for key, finding in findings_of(reading.answers, language).items():
        before = audit.findings.get(key)
        for name in () if before is None else _FINDING_FIELDS:
            was, now = getattr(before, name), getattr(finding, name)
            yield from _other_value(
                name, was, now, language, question=key, field=_COLUMNS.get(name)
            )
    for answer in reading.answers:
        before = audit.findings.get(answer.question)
        if before is not None and answer.grade in _NO_FINDING:
            yield Doubt(
                kind=DoubtKind.RECORDED_OTHERWISE,
                question=answer.question,
                field=AnswerField.GRADE,
                found=f"{_printed(before.grade, language)} ⟷ {_printed(answer.grade, language)}",
            )


def _printed(value: object, language: Language) -> str:
    """A value as the language of a checklist has it, on one line."""
    if isinstance(value, Grade | AuditRole):
        return value.text.in_(language)
    if isinstance(value, date):
        return print_date(value, language)
    return "–" if value is None else " / ".join(str(value).split("\n"))


def _notes(audit: Audit, reading: Reading) -> Iterator[str]:
    """What the audit has no field for: another edition than its criteria, and people."""
    language = _language(reading)
    years = {one.year for one in audit.criteria}
    if reading.edition is not None and years and reading.edition.year not in years:
        yield _CLAUSES_OF.in_(language).format(edition=reading.edition)
    others = _team_noted(audit, reading)
    spoke = [line for line in reading.particulars.auditees.split("\n") if line.strip()]
    if others:
        yield _TEAM.in_(language).format(names="; ".join(others))
    for part in unassessed_in(audit, reading):
        names = ", ".join(file.name or file.sha256 for file in reading.files)
        yield part.note(names).in_(language)
    if spoke:
        yield auditees_noted(spoke, language)


def _team_noted(audit: Audit, reading: Reading) -> Sequence[str]:
    """What of the team cannot be recorded in the register's own, which is not changed."""
    words = reading.particulars.auditors
    if any(_team_in_doubt(audit, reading)):
        return tuple(dict.fromkeys(said for said, _ in team_in(words)))
    return beside_team(audit.team, words).roles


def _team_in_doubt(audit: Audit, reading: Reading) -> Iterator[Doubt]:
    """The people of whom the register says otherwise than the checklists.

    Where another file was read before, its auditors are none whom these files must name.
    """
    beside = beside_team(audit.team, reading.particulars.auditors)
    language = _language(reading)
    found = [
        f"{was.name}: {_printed(was.role, language)} ⟷ {_printed(now.role, language)}"
        for was, now in beside.otherwise
    ]
    if not any(_other_checklists(audit, reading)):
        found += [f"{one.name} ⟷ –" for one in beside.gone]
    for words in found:
        yield Doubt(kind=DoubtKind.TEAM_OTHERWISE, field=AnswerField.AUDITORS, found=words)


def _stop_at_doubts(reading: Reading, accept: frozenset[DoubtKind]) -> None:
    """Stop at whatever nobody accepted.

    Raises:
        RegisterError: with every such doubt.
    """
    problems = []
    for doubt in reading.doubts:
        if doubt.kind in accept and doubt.kind.acceptable:
            continue
        remedy = _MEND_OR_ACCEPT.format(code=doubt.kind) if doubt.kind.acceptable else _MEND
        if doubt.kind is DoubtKind.RECORDED_OTHERWISE:
            remedy = _CHOOSE
        elif doubt.kind is DoubtKind.ANOTHER_CHECKLIST and len(reading.files) > 1:
            remedy = _APART
        problems.append(replace(doubt.problem(), remedy=remedy))
    if problems:
        raise RegisterError(problems)


def _facts(audit: Audit, reading: Reading, unit: str, key: str) -> Iterator[Fact]:
    from qms.store.appending import Fact

    at = ("audits", key)
    for field in _AUDIT_FIELDS:
        before, now = getattr(audit, field), getattr(reading.particulars, field)
        yield from _more(unit, (*at, field.value), before, now or None)
    if reading.edition is not None and not audit.criteria:
        yield Fact(unit=unit, at=(*at, "criteria"), fact=reading.edition)
    for member in beside_team(audit.team, reading.particulars.auditors).added:
        yield Fact(unit=unit, at=(*at, "team"), fact=member)
    notes = "\n".join(_notes(audit, reading))
    yield from _more(unit, (*at, "note"), audit.note, notes or None)
    for id_, finding in findings_of(reading.answers, _language(reading)).items():
        if (recorded := audit.findings.get(id_)) is None:
            yield Fact(unit=unit, at=(*at, "findings", id_), fact=finding)
            continue
        for name in _FINDING_FIELDS:
            place = (*at, "findings", id_, name)
            yield from _more(unit, place, getattr(recorded, name), getattr(finding, name))
    known = {paper.sha256 for paper in audit.papers}
    for file in reading.files:
        if file.sha256 not in known:
            known.add(file.sha256)  # the same bytes under two names are one file
            paper = StoredFile(
                name=file.name or file.sha256,
                sha256=file.sha256,
                size=file.size,
                note=_accepted(reading, file),
            )
            yield Fact(unit=unit, at=(*at, "papers"), fact=paper)


def _more(unit: str, at: tuple[str, ...], before: object, now: object) -> Iterator[Fact]:
    """What is not recorded yet of a value: all of it, or the words behind those recorded."""
    from qms.store.appending import Fact

    if now is not None and before is None:
        yield Fact(unit=unit, at=at, fact=now)
    elif now is not None and at[-1] in _IN_WORDS and (words := _new_words(at[-1], before, now)):
        yield Fact(unit=unit, at=at, fact=words, behind=True)


def _accepted(reading: Reading, file: Origin) -> str | None:
    """Which doubts a person accepted about a file, or about all of them, each with its count.

    Whatever else was in doubt would have stood in the way.
    """
    names = {None, file.name, file.path}
    own = (doubt.kind for doubt in reading.doubts if doubt.file in names)
    counted = ", ".join(f"{kind} ({count})" for kind, count in sorted(Counter(own).items()))
    return _DOUBTS_ACCEPTED.in_(_language(reading)).format(doubts=counted) if counted else None


def _language(reading: Reading) -> Language:
    return reading.language or Language.ENGLISH
