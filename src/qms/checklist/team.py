"""Who audited, from the words in which a team was written down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import frozen

from qms.model import AuditTeamMember
from qms.terms import AuditRole
from qms.text import same_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["BesideTeam", "beside_team", "members_in", "team_in"]

_ROLES = {
    same_words(words): role
    for role, spelled in {
        AuditRole.LEADER: (
            *("lead", "leader", "team leader", "lead auditor", "audit team leader"),
            *("trưởng đoàn", "trưởng đoàn đánh giá", "trưởng đoàn kiểm tra"),
            *("trưởng nhóm", "nhóm trưởng", "tổ trưởng", "chuyên gia đánh giá trưởng"),
        ),
        AuditRole.AUDITOR: (
            *("auditor", "internal auditor", "member", "team member"),
            *("chuyên gia đánh giá", "đánh giá viên", "đánh giá viên nội bộ", "thành viên"),
            *("thành viên đoàn", "ủy viên", "uỷ viên", "người đánh giá", "người kiểm tra"),
        ),
        AuditRole.EXPERT: ("technical expert", "expert", "chuyên gia kỹ thuật", "chuyên gia"),
        AuditRole.OBSERVER: ("observer", "quan sát viên", "người quan sát"),
    }.items()
    for words in spelled
}
#: What people are in a team for which the register has no word: the role that comes nearest.
_BESIDE = {
    same_words(words): role
    for role, spelled in {
        AuditRole.AUDITOR: ("deputy", "deputy team leader", "phó trưởng đoàn", "phó đoàn"),
        None: (
            *("secretary", "trainee", "trainee auditor", "auditor in training"),
            *("thư ký", "thư ký đoàn", "học viên", "chuyên gia đánh giá tập sự"),
        ),
    }.items()
    for words in spelled
}
_KNOWN: dict[str, AuditRole | None] = {**_ROLES, **_BESIDE}
_NEXT = re.compile(r"[;\n]")
#: Brackets, also in the full width in which some keyboards write them; for a set of characters.
_ROUND_SQUARE = r"()\[\]（）［］"
#: A role in brackets ends a person; whoever comes after a comma is the next one.
_BRACKETS = re.compile(
    rf"([^{_ROUND_SQUARE}]+?)\s*[(\[（［]([^{_ROUND_SQUARE}]+)[)\]）］]\s*(?:,\s*(.+))?"
)
_BEHIND = re.compile(r"(.+)(?:\s*[,:|\t]\s*|\s+[-–—]\s+)([^,:|\t]+)")
#: What stands before the entries of a list: “1.”, “2/”, a dash, a bullet.
_ENTRY = re.compile(r"(?:[0-9]{1,2}\s*[.)/]|[-–—•·*+▪])\s*(?=\S)")
#: What no name of a single person holds.
_SEVERAL = re.compile(rf"[,:{_ROUND_SQUARE}&/|\t]|\s[-–—+]\s|\s(?:and|và)\s", re.IGNORECASE)
#: What stands before a name out of politeness, or as a degree.
_TITLES = re.compile(r"(?:(?:ông|bà|đồng chí|đ/c|mr|mrs|ms|dr|ths|ts|ks)\.?\s+)+(?=\S)")
_BEFORE = re.compile(r"([^:]+?)\s*:\s*(.+)")


def team_in(words: str) -> Iterator[tuple[str, AuditTeamMember]]:
    """The people of a team, each with the words in which it was written down.

    Semicolons and line breaks part people.  A role stands in brackets, round or square, behind
    a comma, a colon, a dash or a tab, or before a colon; words that are no role stay part of the
    name, and a comma alone parts nobody, for a title may stand after it.  What numbers or marks
    the entries of a list belongs to nobody's name.
    """
    for part in filter(None, map(str.strip, _NEXT.split(words))):
        yield from _people(part)


def _people(part: str) -> Iterator[tuple[str, AuditTeamMember]]:
    entry = _ENTRY.match(part)
    part = part if entry is None else part[entry.end() :]
    found = _BRACKETS.fullmatch(part)
    if found is not None and (role := same_words(found[2])) in _KNOWN:
        rest = found[3] or ""
        said = part.removesuffix(rest).rstrip(" ,")
        yield said, AuditTeamMember(name=found[1], role=_KNOWN[role])
        if rest:
            yield from _people(rest)
        return
    for pattern, name, post in ((_BEHIND, 1, 2), (_BEFORE, 2, 1)):
        found = pattern.fullmatch(part)
        if found is not None and (role := same_words(found[post])) in _KNOWN:
            yield part, AuditTeamMember(name=found[name].strip(), role=_KNOWN[role])
            return
    yield part, AuditTeamMember(name=part)


def _is_beside(said: str, member: AuditTeamMember) -> bool:
    """Whether somebody is written down as something for which the register has no word."""
    return said != member.name and any(words in same_words(said) for words in _BESIDE)


def _person(name: str) -> str:
    """What a person is known by, however addressed."""
    plain = same_words(name)
    titles = _TITLES.match(plain)
    return plain if titles is None else plain[titles.end() :]


def members_in(words: str) -> Sequence[AuditTeamMember]:
    """The people of a team, each once, though several auditors wrote the team down.

    Whether somebody is addressed with a title makes no other person.

    Somebody with two roles is named with each of them.
    """
    known: dict[str, dict[AuditRole | None, AuditTeamMember]] = {}
    for _, member in team_in(words):
        roles = known.setdefault(_person(member.name), {})
        if member.role is not None:
            roles.pop(None, None)
        if member.role is not None or not roles:
            roles.setdefault(member.role, member)
    return [member for roles in known.values() for member in roles.values()]


@frozen(kw_only=True)
class BesideTeam:
    """What was written down of a team, beside the team that is recorded.

    Attributes:
        added: The people who are not recorded.
        unsure: Names among them that may be those of several people, or hold more than a name.
        roles: The words about people who are recorded without a role, and have one here, and
            about those with a role for which the register has no word.
        otherwise: The people who have another role than is recorded, each with both roles.
        gone: The people who are recorded, and not named here.
    """

    added: tuple[AuditTeamMember, ...] = ()
    unsure: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    otherwise: tuple[tuple[AuditTeamMember, AuditTeamMember], ...] = ()
    gone: tuple[AuditTeamMember, ...] = ()


def beside_team(recorded: Sequence[AuditTeamMember], words: str) -> BesideTeam:
    """Hold what was written down of a team against the team that is recorded.

    Where nobody is written down, nothing is said of the team.
    """
    known: dict[str, list[AuditTeamMember]] = {}
    for member in recorded:
        for key in _keys(member.name):
            known.setdefault(key, []).append(member)
    members = members_in(words)
    named = {_person(member.name) for member in members}
    added = tuple(one for one in members if _person(one.name) not in known)
    with_roles = [
        (before, member)
        for member in members
        if member.role is not None
        and (before := known.get(_person(member.name)))
        and member.role not in {one.role for one in before}
    ]
    bare = {member.name for before, member in with_roles if before[0].role is None}
    return BesideTeam(
        added=added,
        unsure=tuple(dict.fromkeys(one.name for one in added if _SEVERAL.search(one.name))),
        roles=tuple(
            dict.fromkeys(
                said
                for said, member in team_in(words)
                if member.name in bare or _is_beside(said, member)
            )
        ),
        otherwise=tuple((before[0], one) for before, one in with_roles if one.name not in bare),
        gone=tuple(one for one in recorded if named and named.isdisjoint(_keys(one.name))),
    )


def _keys(name: str) -> frozenset[str]:
    """What a recorded name is known by: as it stands, and as it is read out of a checklist."""
    return frozenset(map(_person, (name, *(one.name for _, one in team_in(name)))))
