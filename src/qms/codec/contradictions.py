"""Records that cannot be true, whatever the day: an end before its beginning, and the like.

What may be true but ought not to be is for the rules to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import has

from qms.codec.explain import Path, shown
from qms.codec.fields import fields_of
from qms.model import (
    Audit,
    Certificate,
    Distribution,
    Document,
    DocumentEvent,
    Head,
    LegalDocument,
    Policy,
    QualityObjective,
    Unit,
    Waiver,
)
from qms.problems import Problem
from qms.terms import Regime
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["ORDERS", "contradictions"]

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

#: Pairs of days of a record of which the second is never before the first.
ORDERS: Mapping[type, tuple[tuple[str, str], ...]] = {
    Audit: (("began", "held"),),
    Certificate: (("decided", "expires"), ("issued", "expires"), ("effective", "expires")),
    Distribution: (("given", "recalled"),),
    Document: (("in_force", "ended"),),
    DocumentEvent: (("effective", "until"),),
    Head: (("valid_from", "valid_to"),),
    LegalDocument: (("in_force", "ended"),),
    QualityObjective: (("start", "due"),),
    Unit: (("valid_from", "valid_to"),),
    Waiver: (("granted", "until"),),
}


def contradictions(record: Any, path: Path = ()) -> Iterator[Contradiction]:
    """Every contradiction in a record and in the records inside it.

    Args:
        record: A unit, an organisation, or any record of theirs.
        path: The path to it.
    """
    yield from _in_order(record, path)
    if isinstance(record, Certificate):
        yield from _of_certificate(record, path)
    if isinstance(record, Policy):
        yield from _of_policy(record, path)
    kind: type = type(record)
    for one in fields_of(kind):
        for place, inner in _inside(getattr(record, one.name)):
            yield from contradictions(inner, (*path, one.name, *place))


def _inside(value: Any) -> Iterator[tuple[Path, Any]]:
    """The records in the value of a field, each with the rest of its path."""
    if has(type(value)):
        yield (), value
    elif isinstance(value, dict | tuple):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        yield from (((key,), inner) for key, inner in items if has(type(inner)))


def _in_order(record: Any, path: Path) -> Iterator[Contradiction]:
    """The later day is not before the earlier one; one complaint about each later day."""
    complained = set()
    for earlier, later in ORDERS.get(type(record), ()):
        start, end = getattr(record, earlier), getattr(record, later)
        if later not in complained and start is not None and end is not None and end < start:
            complained.add(later)
            problem = Problem(
                what=_BEFORE.format(later=later, earlier=earlier, day=start.isoformat()),
                found=shown(end.isoformat()),
                expected=_NOT_BEFORE.format(day=start.isoformat()),
                remedy=_CORRECT_ONE,
            )
            yield (*path, later), problem


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


def _of_policy(policy: Policy, path: Path) -> Iterator[Contradiction]:
    numerator, denominator = policy.on_site_numerator, policy.on_site_denominator
    if numerator is None and denominator is None:
        return
    if numerator is None or denominator is None:
        yield path, Problem(what=_SHARE_INCOMPLETE, remedy=_GIVE_BOTH)
    elif numerator > denominator:
        found = f"{numerator} / {denominator}"
        yield path, Problem(what=_SHARE_TOO_LARGE, found=found, remedy=_CORRECT_SHARE)
