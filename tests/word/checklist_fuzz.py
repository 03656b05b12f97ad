"""Reads many damaged and altered checklists, made on the spot from good ones.

Run as a program with the first number and the count; prints one line of JSON
with what came of it.  Each number gives the same file every time.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
import zipfile
from collections import Counter
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve
from checklist_samples import PARTICULARS, answers, filled
from lxml import etree

from qms.text import Language
from qms.word import read
from qms.word.guard import open_guarded
from qms.word.parts import w
from qms.word.refusal import Refused

if TYPE_CHECKING:
    from qms.checklist import Reading

#: Elements without words: to lose one of them, or what it says, must not change an answer.
_WORDLESS = tuple(
    map(
        w,
        [
            "tag",
            "alias",
            "id",
            "lock",
            "showingPlcHdr",
            "bookmarkStart",
            "bookmarkEnd",
            "tcW",
            "shd",
            "jc",
            "pStyle",
        ],
    )
)


def samples() -> list[bytes]:
    """The good files: both languages, and one that LibreOffice saved where there is one."""
    made = [filled(language) for language in Language]
    kept = Path(__file__).with_name("data") / "checklist.odt"
    return [*made, kept.read_bytes()] if kept.exists() else made


def harmed_bytes(data: bytes, chance: random.Random) -> bytes:
    """A file with some of its bytes changed, cut out or put in."""
    harmed = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(harmed))
        match chance.randrange(4):
            case 0:
                harmed[at] = chance.randrange(256)
            case 1:
                del harmed[at : at + chance.randrange(1, 200)]
            case 2:
                harmed[at:at] = chance.randbytes(chance.randrange(1, 40))
            case _:
                harmed = harmed[: max(at, 64)]
        if len(harmed) < 2:
            break
    return bytes(harmed)


def rebuilt(data: bytes, chance: random.Random, change: Any) -> bytes:
    """A file in which one part was changed, packed again."""
    source = zipfile.ZipFile(BytesIO(data))
    main = "content.xml" if "content.xml" in source.namelist() else "word/document.xml"
    others = [name for name in source.namelist() if name.endswith((".xml", ".rels"))]
    chosen = main if chance.random() < 0.8 else chance.choice(others)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content, chance) if name == chosen else content)
    return out.getvalue()


def harmed_text(content: bytes, chance: random.Random) -> bytes:
    """Markup with bytes changed: mostly no longer well-formed."""
    return harmed_bytes(content, chance)


def harmed_tree(content: bytes, chance: random.Random) -> bytes:
    """A tree with elements taken out, doubled, moved, emptied or renamed."""
    root = etree.fromstring(content)
    for _ in range(chance.randint(1, 8)):
        elements = [one for one in root.iter("{*}*") if one is not root]
        one = chance.choice(elements or [root])
        parent = one.getparent()
        if parent is None:
            break
        match chance.randrange(6):
            case 0:
                parent.remove(one)
            case 1:
                parent.append(deepcopy(one))
            case 2:
                root.append(one)
            case 3:
                one.text = chance.choice(["", "Chữ lạ", "\u202e", "9" * 400, None])
            case 4:
                one.tag = chance.choice(elements).tag
            case _:
                for key in list(one.attrib):
                    one.set(key, chance.choice(["", "-1", "99999999999", "x" * 300, "1"]))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def wordless_tree(content: bytes, chance: random.Random) -> bytes:
    """A tree that lost elements without words, or what they said."""
    root = etree.fromstring(content)
    for one in list(root.iter(*_WORDLESS)):
        if chance.random() < 0.15:
            if chance.random() < 0.5:
                one.getparent().remove(one)
            else:
                for key in list(one.attrib):
                    one.set(key, chance.choice(["", "0", "khac", one.get(key)]))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def pieces_in(data: bytes) -> list[str]:
    """All text of the main part, piece by piece, as the markup has it."""
    package = open_guarded(data)
    return [str(words) for words in package.xml(package.main).xpath("//text()")]


def lost_lines(good: bytes, harmed: bytes, reading: Reading) -> list[str]:
    """Lines of evidence that still stand in a file, but in no answer and in no doubt.

    What still stands is looked for in the markup itself, and not by the way of the reader.
    Findings stand in the printed list of the good file, too, and are left out.
    """
    printed, pieces = pieces_in(good), pieces_in(harmed)
    told = [words for values in reading.typed.values() for words in values]
    told += [doubt.found or "" for doubt in reading.doubts]
    all_told = "\n".join(told)
    return [
        line
        for answer in answers()
        for line in answer.evidence.split("\n")[:1]
        if sum(line in piece for piece in printed) == 1
        and any(line in piece for piece in pieces)
        and line not in all_told
    ]


def main(first: int, count: int) -> dict[str, Any]:
    """Read so many files, and tell what came of it."""
    good = samples()
    expected = answers()
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    slowest = 0.0
    for number in range(first, first + count):
        chance = random.Random(number)  # noqa: S311 - the same file for the same number
        data = chance.choice(good)
        ways = [
            lambda: harmed_bytes(data, chance),  # noqa: B023 - called at once
            lambda: rebuilt(data, chance, harmed_text),  # noqa: B023
            lambda: rebuilt(data, chance, harmed_tree),  # noqa: B023
            lambda: rebuilt(data, chance, wordless_tree),  # noqa: B023
        ]
        way = number % 4
        harmed = ways[way]()
        begun = time.process_time()
        try:
            reading = read(harmed)
        except Refused as refused:
            outcomes[f"refused: {refused.code}"] += 1
            if not refused.reason.en or not refused.reason.vi:
                wrong.append(f"{number}: refused without a reason")
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            wrong.append(f"{number}: {type(error).__name__}: {error}"[:300])
        else:
            outcomes["doubted" if reading.doubts else "read"] += 1
            same = reading.answers == expected and reading.particulars == PARTICULARS
            if way in {0, 3} and not reading.doubts and not same:
                wrong.append(f"{number}: an answer changed in silence")
            wrong += [f"{number}: lost {line!r}" for line in lost_lines(data, harmed, reading)]
            if way == 3 and not all(evolve(a) in reading.answers for a in expected):
                outcomes["doubted, not all there"] += 1
        slowest = max(slowest, time.process_time() - begun)
    return {
        "outcomes": dict(sorted(outcomes.items())),
        "wrong": wrong,
        "slowest": round(slowest, 3),
        "megabytes": peak_memory(),
    }


def peak_memory():
    """The greatest memory of this program alone, in MB, without that of the one that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) // 1024


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))  # noqa: T201
