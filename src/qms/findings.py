"""From filled checklists into the register: findings appended to their audit, all or none.

What was recorded stays as it was recorded; a file that was read before changes
nothing; a doubt stands in the way until a person has accepted it by its code.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve, frozen
from msgspec.structs import replace

from qms.checklist import Doubt, DoubtKind, Reading, findings_of, merge
from qms.checklist.answers import AnswerField
from qms.model import StoredFile
from qms.problems import Place, Problem, RegisterError
from qms.terms import Grade
from qms.text import Language, Text

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterator, Sequence

    from qms.model import Audit, Finding, Register
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
_NAME_AUDIT = Text(
    en="Record the audit in the register first, then name it.",
    vi="Hãy ghi cuộc đánh giá vào sổ đăng ký trước, rồi nêu mã của cuộc đánh giá.",
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

_FINDING_FIELDS = ("grade", "clause", "statement", "evidence", "question", "due", "note")
_AUDIT_FIELDS = (AnswerField.BEGAN, AnswerField.HELD, AnswerField.CONCLUSION)
_NO_FINDING = frozenset({Grade.CONFORMITY, Grade.NOT_APPLICABLE})


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


def read_all(files: Sequence[str | os.PathLike[str]]) -> Reading:
    """What several auditors answered for one audit.

    Raises:
        Refused: a file is not safe to open, or is no text document.
        ValueError: no file is named.
    """
    from qms.word import read

    return merge([read(file) for file in files])


def record(
    path: str | os.PathLike[str],
    reading: Reading,
    *,
    audit: str | None = None,
    accept: Collection[DoubtKind | str] = (),
) -> Recorded:
    """Append the findings of filled checklists to their audit in a register.

    The files are listed among the papers of the audit with their SHA-256.  The days of
    the audit and its conclusion are recorded where the register does not hold them yet.

    Args:
        path: The register.
        reading: What was read.
        audit: The identifier of the audit, where the checklist does not name it.
        accept: The codes of doubts that a person has looked at and accepts.

    Raises:
        RegisterError: something is in doubt, the register has no such audit, or it
            cannot be changed; nothing was changed.
        ValueError: a code to accept is no code of a doubt.
    """
    from qms import store

    register = store.load(path)
    recorded = _audit_of(register, reading, audit)
    unit, key = reading.unit or "", reading.audit or audit or ""
    known = {paper.sha256 for paper in recorded.papers}
    if all(file.sha256 in known for file in reading.files):
        return Recorded(register=register, reading=reading, facts=())
    reading = evolve(reading, doubts=(*reading.doubts, *_conflicts(recorded, reading)))
    _stop_at_doubts(reading, frozenset(map(DoubtKind, accept)))
    facts = tuple(_facts(recorded, reading, unit, key))
    register = store.append_many(Path(path), facts)
    return Recorded(register=register, reading=reading, facts=facts)


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
        what, remedy = _UNNAMED_AUDIT, _NAME_AUDIT
    elif key not in unit.audits:
        what, remedy = _NO_AUDIT.format(audit=key), _NAME_AUDIT
    else:
        return unit.audits[key]
    raise RegisterError([Problem(what=what, place=place, remedy=remedy)])


def _conflicts(audit: Audit, reading: Reading) -> Iterator[Doubt]:
    """Where the register already says something else than the checklists."""
    if reading.type is not None and audit.type is not reading.type:
        yield Doubt(kind=DoubtKind.ANOTHER_CHECKLIST, found=reading.type)
    for name in _AUDIT_FIELDS:
        before, now = getattr(audit, name), getattr(reading.particulars, name)
        if before and now and before != now:
            yield Doubt(kind=DoubtKind.RECORDED_OTHERWISE, field=name, found=f"{before}\n⟷\n{now}")
    for key, finding in findings_of(reading.answers, _language(reading)).items():
        before = audit.findings.get(key)
        if before is not None and not _same(before, finding):
            found = f"{before.grade}: {before.statement or ''}\n⟷\n{finding.grade}: {finding.statement or ''}"
            yield Doubt(kind=DoubtKind.RECORDED_OTHERWISE, question=key, found=found)
    for answer in reading.answers:
        if answer.grade in _NO_FINDING and answer.question in audit.findings:
            before = audit.findings[answer.question]
            found = f"{before.grade}\n⟷\n{answer.grade}"
            yield Doubt(kind=DoubtKind.RECORDED_OTHERWISE, question=answer.question, found=found)


def _same(before: Finding, now: Finding) -> bool:
    """Whether a recorded finding is what the checklist says, whatever was done about it since."""
    return all(getattr(before, name) == getattr(now, name) for name in _FINDING_FIELDS)


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
        problems.append(replace(doubt.problem(), remedy=remedy))
    if problems:
        raise RegisterError(problems)


def _facts(audit: Audit, reading: Reading, unit: str, key: str) -> Iterator[Fact]:
    from qms.store.appending import Fact

    at = ("audits", key)
    for name in _AUDIT_FIELDS:
        now = getattr(reading.particulars, name)
        if now and not getattr(audit, name):
            yield Fact(unit=unit, at=(*at, name.value), fact=now)
    for id_, finding in findings_of(reading.answers, _language(reading)).items():
        if id_ not in audit.findings:
            yield Fact(unit=unit, at=(*at, "findings", id_), fact=finding)
    known = {paper.sha256 for paper in audit.papers}
    for file in reading.files:
        if file.sha256 not in known:
            paper = StoredFile(name=file.name or file.sha256, sha256=file.sha256, size=file.size)
            yield Fact(unit=unit, at=(*at, "papers"), fact=paper)


def _language(reading: Reading) -> Language:
    return reading.language or Language.ENGLISH
