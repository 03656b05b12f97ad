"""Who audited, from the words in which a team was written down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qms.model import AuditTeamMember
from qms.terms import AuditRole
from qms.text import same_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["members_in", "team_in"]

_ROLES = {
    same_words(words): role
    for role, spelled in {
        AuditRole.LEADER: (
            *("lead", "leader", "team leader", "lead auditor", "audit team leader"),
            *("trưởng đoàn", "trưởng đoàn đánh giá", "trưởng nhóm", "nhóm trưởng"),
        ),
        AuditRole.AUDITOR: (
            *("auditor", "member", "team member"),
            *("chuyên gia đánh giá", "đánh giá viên", "thành viên"),
        ),
        AuditRole.EXPERT: ("technical expert", "expert", "chuyên gia kỹ thuật"),
        AuditRole.OBSERVER: ("observer", "quan sát viên"),
    }.items()
    for words in spelled
}
_NEXT = re.compile(r"[;\n]")
#: A role in brackets ends a person; whoever comes after a comma is the next one.
_BRACKETS = re.compile(r"([^()]+?)\s*\(([^()]+)\)\s*(?:,\s*(.+))?")
_BEHIND = re.compile(r"(.+?)(?:\s*,\s*|\s+[-–—]\s+)([^,]+)")
_BEFORE = re.compile(r"([^:]+?)\s*:\s*(.+)")


def team_in(words: str) -> Iterator[tuple[str, AuditTeamMember]]:
    """The people of a team, each with the words in which it was written down.

    Semicolons and line breaks part people.  A role stands in brackets, after a comma or a
    dash, or before a colon; words that are no role stay part of the name, and a comma alone
    parts nobody, for a title may stand after it.
    """
    for part in filter(None, map(str.strip, _NEXT.split(words))):
        yield from _people(part)


def _people(part: str) -> Iterator[tuple[str, AuditTeamMember]]:
    found = _BRACKETS.fullmatch(part)
    if found is not None and (role := _role(found[2])) is not None:
        rest = found[3] or ""
        said = part.removesuffix(rest).rstrip(" ,")
        yield said, AuditTeamMember(name=found[1], role=role)
        if rest:
            yield from _people(rest)
        return
    for pattern, name, post in ((_BEHIND, 1, 2), (_BEFORE, 2, 1)):
        found = pattern.fullmatch(part)
        if found is not None and (role := _role(found[post])) is not None:
            yield part, AuditTeamMember(name=found[name].strip(), role=role)
            return
    yield part, AuditTeamMember(name=part)


def _role(words: str) -> AuditRole | None:
    return _ROLES.get(same_words(words))


def members_in(words: str) -> Sequence[AuditTeamMember]:
    """The people of a team, each once, though several auditors wrote the team down.

    Somebody with two roles is named with each of them.
    """
    known: dict[str, dict[AuditRole | None, AuditTeamMember]] = {}
    for _, member in team_in(words):
        roles = known.setdefault(same_words(member.name), {})
        if member.role is not None:
            roles.pop(None, None)
        if member.role is not None or not roles:
            roles.setdefault(member.role, member)
    return [member for roles in known.values() for member in roles.values()]
