"""Records that cannot be true, whatever the day: an end before its beginning, and the like.

What may be true but ought not to be is for the rules to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qms.codec.explain import Path, shown
from qms.problems import Problem
from qms.terms import Regime
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms.model import Certificate, Organisation, Unit

__all__ = ["contradictions", "contradictions_of_organisation"]

_BEFORE = Text(
    en="“{later}” is before “{earlier}”, which is {day}",
    vi="“{later}” lại trước “{earlier}” ({day})",
)
_NOT_BEFORE = Text(en="{day} or later", vi="từ {day} trở đi")
_CORRECT_ONE = Text(en="Correct one of the two dates.", vi="Sửa lại một trong hai ngày.")
_NOT_A_REGIME = Text(
    en="a certificate cannot have the regime “announcement”",
    vi="giấy chứng nhận không thể thuộc chế độ “announcement” (tự công bố)",
)
_MOVE_TO_ANNOUNCEMENTS = Text(
    en="Record it under “announcements”, or correct the regime.",
    vi="Chuyển bản ghi này sang “announcements”, hoặc sửa lại chế độ (regime).",
)
_SHARE_INCOMPLETE = Text(
    en="the share of units to be checked on site has only one of its two numbers",
    vi="tỷ lệ đơn vị kiểm tra tại trụ sở mới có một trong hai số",
)
_GIVE_BOTH = Text(
    en="Give both “on_site_numerator” and “on_site_denominator”, or neither.",
    vi="Ghi đủ cả “on_site_numerator” và “on_site_denominator”, hoặc bỏ cả hai.",
)
_SHARE_TOO_LARGE = Text(
    en="the share of units to be checked on site is more than all of them",
    vi="tỷ lệ đơn vị kiểm tra tại trụ sở lớn hơn toàn bộ số đơn vị",
)
_CORRECT_SHARE = Text(
    en="Make “on_site_numerator” no greater than “on_site_denominator”.",
    vi="Sửa để “on_site_numerator” không lớn hơn “on_site_denominator”.",
)

#: A problem and the path to the field that it is about.
Contradiction = tuple[Path, Problem]


def contradictions(unit: Unit) -> Iterator[Contradiction]:
    """Every contradiction in the records of a unit."""
    yield from _order(unit, (), "valid_from", "valid_to")
    for key, certificate in unit.certificates.items():
        yield from _of_certificate(certificate, ("certificates", key))
    for key, audit in unit.audits.items():
        yield from _order(audit, ("audits", key), "began", "held")
    for key, objective in unit.objectives.items():
        yield from _order(objective, ("objectives", key), "start", "due")
    for key, legal in unit.legal_documents.items():
        yield from _order(legal, ("legal_documents", key), "in_force", "ended")
    for index, head in enumerate(unit.heads):
        yield from _order(head, ("heads", index), "valid_from", "valid_to")
    for index, waiver in enumerate(unit.waivers):
        yield from _order(waiver, ("waivers", index), "granted", "until")
    yield from _of_documents(unit)


def contradictions_of_organisation(organisation: Organisation) -> Iterator[Contradiction]:
    """Every contradiction in the organisation's own choices."""
    policy = organisation.policy
    path: Path = ("organisation", "policy")
    share = (policy.on_site_numerator, policy.on_site_denominator)
    if share == (None, None):
        return
    if share[0] is None or share[1] is None:
        yield path, Problem(what=_SHARE_INCOMPLETE, remedy=_GIVE_BOTH)
    elif share[0] > share[1]:
        found = f"{share[0]} / {share[1]}"
        yield path, Problem(what=_SHARE_TOO_LARGE, found=found, remedy=_CORRECT_SHARE)


def _order(record: Any, path: Path, earlier: str, later: str) -> Iterator[Contradiction]:
    """The later day is not before the earlier one, where both are recorded."""
    start, end = getattr(record, earlier), getattr(record, later)
    if start is not None and end is not None and end < start:
        yield (
            (*path, later),
            Problem(
                what=_BEFORE.format(later=later, earlier=earlier, day=start.isoformat()),
                found=shown(end.isoformat()),
                expected=_NOT_BEFORE.format(day=start.isoformat()),
                remedy=_CORRECT_ONE,
            ),
        )


def _of_certificate(certificate: Certificate, path: Path) -> Iterator[Contradiction]:
    if certificate.regime is Regime.ANNOUNCEMENT:
        yield (
            (*path, "regime"),
            Problem(
                what=_NOT_A_REGIME,
                found=shown(certificate.regime.value),
                remedy=_MOVE_TO_ANNOUNCEMENTS,
            ),
        )
    for earlier in ("decided", "issued", "effective"):
        found = tuple(_order(certificate, path, earlier, "expires"))
        if found:
            yield from found
            return


def _of_documents(unit: Unit) -> Iterator[Contradiction]:
    for key, document in unit.documents.items():
        path: Path = ("documents", key)
        yield from _order(document, path, "in_force", "ended")
        for index, event in enumerate(document.history):
            yield from _order(event, (*path, "history", index), "effective", "until")
        for index, copies in enumerate(document.distribution):
            yield from _order(copies, (*path, "distribution", index), "given", "recalled")
