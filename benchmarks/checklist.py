"""Checklists out and back, as ratios to compressing the same text in the same run."""

from __future__ import annotations

import gc
import re
import resource
import time
import zipfile
import zlib
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from importlib import import_module
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from qms.checklist import Answer, Checklist, Item, Section
from qms.terms import AuditType, Edition, Grade
from qms.text import Language, Name, Text
from qms.word import read, write_checklist

if TYPE_CHECKING:
    from collections.abc import Callable

_LANGUAGE = Language.VIETNAMESE


@frozen
class _Part:
    """A main clause and how many questions it has."""

    number: str
    questions: int


_PARTS = (
    _Part("4", 8),
    _Part("5", 8),
    _Part("6", 8),
    _Part("7", 12),
    _Part("8", 12),
    _Part("9", 12),
)


def run(checklists: int = 1000) -> None:
    """Print what a checklist of 60 questions and 300 controls costs."""
    checklist = invented_checklist(0)
    written = write_checklist(checklist, _LANGUAGE)
    text = zipfile.ZipFile(BytesIO(written)).read("word/document.xml")
    filled = write_checklist(checklist, _LANGUAGE, answers=_answers(checklist))
    deflate = _best(partial(_deflated, text))
    ours = _best(partial(write_checklist, checklist, _LANGUAGE))
    back = _best(partial(read, filled))
    print(f"checklist of {len(checklist.items)} questions, {len(text) // 1000} kB of text")
    print(f"  write / deflating the same text{'':18} {ours / deflate:6.2f}   (at most 3)")
    print(
        f"  python-docx, row by row / write{'':18} {_by_rows(checklist) / ours:6.1f}   (at least 10)"
    )
    template = _by_template(checklist)
    told = "not installed" if template is None else f"{template / ours:6.1f}   (at least 10)"
    print(f"  docxtpl, same template / write{'':19} {told}")
    print(f"  read back{'':40} {back * 1000:6.1f} ms (at most 60)")
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        first, last = apart.submit(_memory, checklists).result()
    print(f"  memory after 50 and after {checklists} checklists{'':9} {first} MB, {last} MB")


def invented_checklist(number: int) -> Checklist:
    """A checklist of sixty invented questions for an invented unit."""
    sections = tuple(
        Section(
            number=part.number,
            title=Text(en=f"Clause {part.number}", vi=f"Điều khoản {part.number}"),
            items=tuple(_item(part.number, n, number) for n in range(part.questions)),
        )
        for part in _PARTS
    )
    return Checklist(
        unit=f"don-vi-{number}",
        name=Name(vi=f"Đơn vị giả định số {number}", en=f"Invented unit no. {number}"),
        organisation=Name(vi="Tổ chức giả định", en="Invented organisation"),
        type=AuditType.INTERNAL,
        edition=Edition("ISO 9001:2015"),
        on=date(2026, 6, 30),
        sections=sections,
    )


def _item(clause: str, place: int, unit: int) -> Item:
    return Item(
        id=f"{clause}.{place % 4 + 1}-{place:02}",
        clause=f"{clause}.{place % 4 + 1}",
        question=Text(
            en=f"How does the unit see to subject {place} of clause {clause}, and who answers for it?",
            vi=f"Đơn vị thực hiện nội dung {place} của điều khoản {clause} như thế nào và ai chịu "
            "trách nhiệm về việc này?",
        ),
        evidence=Text(
            en="Decisions, plans, minutes, records of the last twelve months",
            vi="Quyết định, kế hoạch, biên bản, hồ sơ trong mười hai tháng gần nhất",
        ),
        facts=(
            Text(
                en=f"QT-{place:02} Procedure of unit {unit} (revision 03, 2026-03-15)",
                vi=f"QT-{place:02} Quy trình của đơn vị {unit} (lần ban hành 03, 15/03/2026)",
            ),
        ),
    )


def _answers(checklist: Checklist) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            question=item.id,
            clause=item.clause,
            grade=Grade.CONFORMITY,
            evidence="Đã xem hồ sơ của quý I\nvà quý II",
            documents="QT-05",
            statement="Thực hiện đầy đủ",
            due=date(2026, 12, 1),
        )
        for item in checklist.items
    )


def _deflated(text: bytes) -> bytes:
    deflater = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflater.compress(text) + deflater.flush()


def _best(work: Callable[[], Any], seconds: float = 2.0) -> float:
    """The shortest time of as many runs as fit into some seconds, three at least.

    Processor time: all of it is reckoning, and other programs may be waiting.
    """
    best, spent, runs = float("inf"), 0.0, 0
    while spent < seconds or runs < 3:
        begun = time.process_time()
        work()
        took = time.process_time() - begun
        best, spent, runs = min(best, took), spent + took, runs + 1
    return best


def _by_rows(checklist: Checklist) -> float:
    """The same table with python-docx, row by row and cell by cell."""
    import docx
    from docx.oxml import parse_xml

    source = zipfile.ZipFile(BytesIO(write_checklist(checklist, _LANGUAGE)))
    controls = _controls(source.read("word/document.xml"))

    def build() -> None:
        document = docx.Document()
        left = iter(controls)
        for section in checklist.sections:
            document.add_heading(section.title.vi, 2)
            table = document.add_table(1, 8)
            for item in section.items:
                cells = table.add_row().cells
                cells[0].text, cells[1].text = item.id, item.question.vi
                cells[2].text = "\n".join(
                    [item.evidence.vi if item.evidence else "", *(fact.vi for fact in item.facts)]
                )
                for cell in cells[3:]:
                    cell._tc.replace(cell._tc.p_lst[0], parse_xml(next(left)))  # noqa: SLF001
        document.save(BytesIO())

    return _best(build)


def _controls(text: bytes) -> list[bytes]:
    """The paragraphs with the controls of the questions, as XML."""
    from lxml import etree

    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    rows = [row for row in etree.fromstring(text).iter(f"{word}tr") if len(row) == 9]
    return [
        etree.tostring(next(cell.iter(f"{word}p")))
        for row in rows
        if next(row.iter(f"{word}sdt"), None) is not None
        for cell in list(row)[4:]
    ]


def _by_template(checklist: Checklist) -> float | None:
    """The same document with docxtpl, whose template has one row with its controls in a loop."""
    try:
        docxtpl = import_module("docxtpl")
    except ImportError:
        return None
    template = _template(checklist)
    items = [
        {
            "id": item.id,
            "clause": item.clause,
            "question": item.question.vi,
            "look": item.evidence.vi if item.evidence else "",
        }
        for item in checklist.items
    ]

    def build() -> None:
        document = docxtpl.DocxTemplate(BytesIO(template))
        document.render({"items": items}, autoescape=True)
        document.save(BytesIO())

    return _best(build)


def _template(checklist: Checklist) -> bytes:
    one = Item(
        id="{{q.id}}",
        clause="{{q.clause}}",
        question=Text(en="{{q.question}}", vi="{{q.question}}"),
        evidence=Text(en="{{q.look}}", vi="{{q.look}}"),
    )
    only = Section(number="4", title=Text(en="Clause", vi="Điều khoản"), items=(one,))
    source = zipfile.ZipFile(
        BytesIO(write_checklist(evolve(checklist, sections=(only,)), _LANGUAGE))
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, _looped(content) if name == "word/document.xml" else content)
    return out.getvalue()


def _looped(text: bytes) -> bytes:
    """The text of the template with its one question in a loop."""
    at = text.index(b"{{q.id}}")
    begin, end = text.rindex(b"<w:tr>", 0, at), text.index(b"</w:tr>", at) + len(b"</w:tr>")
    turn = "<w:tr><w:tc><w:p><w:r><w:t>{{%tr {} %}}</w:t></w:r></w:p></w:tc></w:tr>"
    first, last = (turn.format(words).encode() for words in ("for q in items", "endfor"))
    return text[:begin] + first + text[begin:end] + last + text[end:]


def _memory(checklists: int) -> tuple[int, int]:
    """The largest memory in MB after the first fifty of many checklists, and after all.

    In a process of its own: what was measured before would stand in the figure.
    """
    first = 0
    for number in range(checklists):
        write_checklist(invented_checklist(number), _LANGUAGE)
        if number == 50:
            gc.collect()
            first = _megabytes()
    return first, _megabytes()


def _megabytes() -> int:
    """The largest memory of this process alone, without that of the one that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        told = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
        if told is not None:
            return int(told[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    run()
