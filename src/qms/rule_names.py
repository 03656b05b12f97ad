"""The codes and names of all rules, for whoever must know them without the rules themselves.

A waiver names a rule, and a register is read long before any rule is asked.  The list is
drawn from the rules by ``python -m qms.report.rule_pages``.
"""

from __future__ import annotations

from functools import cache
from pkgutil import get_data
from typing import NamedTuple

import msgspec

__all__ = ["OF_THE_REGISTER", "OF_THE_UNIT", "RuleName", "all_rules", "rule_named"]

#: Of what a rule speaks that looks at a unit, or at the register, as a whole.
OF_THE_UNIT, OF_THE_REGISTER = "", "portfolio"


class RuleName(NamedTuple):
    """A rule by its names.

    Attributes:
        code: Its code, such as ``C103``.
        name: Its name, such as ``surveillance-missed``.
        about: The collection of a unit of whose records it speaks; empty for the unit as a
            whole, ``portfolio`` for the register as a whole.
    """

    code: str
    name: str
    about: str


@cache
def all_rules() -> tuple[RuleName, ...]:
    """Every rule, in the order of the codes."""
    listed = msgspec.json.decode(
        get_data("qms", "data/rules.json") or b"{}", type=dict[str, tuple[str, str]]
    )
    return tuple(RuleName(code, name, about) for code, (name, about) in sorted(listed.items()))


def rule_named(words: str) -> RuleName | None:
    """The rule with a code or a name, in small or capital letters; None where there is none."""
    return _by_name().get(words.casefold())


@cache
def _by_name() -> dict[str, RuleName]:
    found = {rule.code.casefold(): rule for rule in all_rules()}
    return found | {rule.name.casefold(): rule for rule in all_rules()}
