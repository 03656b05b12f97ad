"""The example that shows a rule at work: a record, a day, and what is said of it.

Examples are drawn from the worked cases by which the rules are tested, and kept
with the library, so that ``qms explain`` shows them wherever it is installed.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import tomli
from msgspec import Struct

from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from qms.check import Rule

__all__ = ["Example", "draw_examples", "examples", "printed_examples"]


class Example(Struct, frozen=True, kw_only=True):
    """A record of which a rule has something to say on a day.

    Attributes:
        on: The day, as ``2024-03-11``.
        record: The record, as a person writes it.
        whole: Whether it is a whole register rather than one unit.
        message: What the rule says.
        remedy: What it says is to be done.
    """

    on: str
    record: str
    whole: bool
    message: Text
    remedy: Text


@cache
def examples() -> Mapping[str, Example]:
    """The examples that are kept with the library, by code of the rule."""
    words = resources.files("qms").joinpath("data/examples.json").read_text("utf-8")
    return {
        code: Example(
            on=kept["on"],
            record=kept["record"],
            whole=kept["whole"],
            message=Text(**kept["message"]),
            remedy=Text(**kept["remedy"]),
        )
        for code, kept in json.loads(words).items()
    }


def printed_examples(drawn: Mapping[str, Example]) -> str:
    """Examples in the form in which the library keeps them."""
    plain = {
        code: {
            "on": example.on,
            "record": example.record,
            "whole": example.whole,
            "message": {"en": example.message.en, "vi": example.message.vi},
            "remedy": {"en": example.remedy.en, "vi": example.remedy.vi},
        }
        for code, example in sorted(drawn.items())
    }
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def draw_examples(folder: Path, rules: tuple[Rule, ...]) -> dict[str, Example]:
    """Draw the first case that fires from each file of worked cases.

    Args:
        folder: Where the files stand, each named by the code of its rule.
        rules: The rules; one without a file, or without a case that fires, gets no example.
    """
    drawn = {}
    for asked in rules:
        path = folder / f"{asked.code}.toml"
        if path.is_file():
            words = path.read_text("utf-8")
            for position, case in enumerate(tomli.loads(words)["case"]):
                if case["expect"] == "fires":
                    drawn[asked.code] = _example(asked, case, _block(words, position))
                    break
    return drawn


def _example(asked: Rule, case: Mapping[str, Any], block: str) -> Example:
    from qms.check import check_register
    from qms.codec import assemble

    whole = "register" in case
    unit = {"name": {"en": "Unit", "vi": "Đơn vị"}, **case.get("unit", {})}
    alone = {"organisation": {"name": {"en": "Organisation"}}, "units": {"u1": unit}}
    register = assemble(case["register"] if whole else alone)
    said = check_register(register, case["on"], (asked,)).diagnostics[0]
    return Example(
        on=case["on"].isoformat(),
        record=_as_in_a_register(block, "case.register" if whole else "case.unit"),
        whole=whole,
        message=said.message,
        remedy=said.remedy,
    )


def _block(words: str, position: int) -> str:
    """The text of one case in a file of cases."""
    return words.split("[[case]]\n")[position + 1]


def _as_in_a_register(block: str, room: str) -> str:
    """The record of a case as it stands in a unit's file, or in a register's."""
    lines = block.splitlines()
    while lines and not lines[0].startswith(("[case.", "[[case.")):
        del lines[0]
    kept: list[str] = []
    for line in lines:
        if line.startswith("[") and kept and kept[-1]:
            kept.append("")
        if line != f"[{room}]":
            kept.append(line.replace(f"[{room}.", "[", 1) if line.startswith("[") else line)
    return "\n".join(kept).strip() + "\n"
