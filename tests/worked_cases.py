"""The worked cases of the rules, read from ``tests/rules`` in the notation of a register."""

from datetime import date
from pathlib import Path
from typing import Any

from attrs import frozen

from qms.codec import assemble
from qms.store.toml import parse_toml

FOLDER = Path(__file__).parent / "rules"
_KNOWN = {"name", "on", "expect", "times", "due", "says", "unit", "register"}
_ORGANISATION = {"name": {"en": "Invented organisation", "vi": "Tổ chức giả định"}}
_NAME = {"en": "Invented unit", "vi": "Đơn vị giả định"}


@frozen(kw_only=True)
class Case:
    """A unit or a register, a day, and whether the rule has something to say of it.

    Attributes:
        code: The code of the rule.
        name: What the case shows.
        on: The day of the check.
        fires: Whether the rule has something to say.
        times: How many things it says.
        due: The day on which what it says fell or falls due; None where that is not asked.
        says: Parts of the message, by language.
        register: The register.
    """

    code: str
    name: str
    on: date
    fires: bool
    times: int
    due: date | None
    says: dict[str, str]
    register: Any

    def __str__(self):
        return f"{self.code} {self.name}"


def cases_of(code: str) -> tuple[Case, ...]:
    """The worked cases of a rule, in the order in which they are written."""
    path = FOLDER / f"{code}.toml"
    written = parse_toml(path.read_text("utf-8"), path.name)["case"]
    return tuple(_case(code, one) for one in written)


def _case(code: str, written: dict[str, Any]) -> Case:
    unknown = written.keys() - _KNOWN
    assert not unknown, f"{code}: {written['name']}: what is {unknown}?"
    assert written["expect"] in {"fires", "quiet"}
    fires = written["expect"] == "fires"
    return Case(
        code=code,
        name=written["name"],
        on=date.fromisoformat(written["on"]),
        fires=fires,
        times=written.get("times", 1) if fires else 0,
        due=date.fromisoformat(written["due"]) if "due" in written else None,
        says=written.get("says", {}),
        register=assemble(_whole(written)),
    )


def _whole(written: dict[str, Any]) -> dict[str, Any]:
    """The register of a case: as it is written, or one around its only unit."""
    if "register" in written:
        return {"organisation": _ORGANISATION, **written["register"]}
    return {"organisation": _ORGANISATION, "units": {"u1": {"name": _NAME, **written["unit"]}}}
