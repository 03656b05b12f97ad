"""The parts of which our documents are made: head, titles, tables, signatures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import define, field

from qms.dates import print_date
from qms.text import Language, Text
from qms.word.administrative_layout import administrative_head, evenly, rule_below, unbroken
from qms.word.checklist_layout import widths
from qms.word.markup import (
    blank,
    bordered_table,
    borderless_table,
    cell,
    header_row,
    paragraph,
    row,
    rule,
    run,
    tick_box,
)
from qms.word.statics import Statics

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

__all__ = ["SHADE", "WRITTEN", "Sheet", "as_check"]

SHADE = "F2F2F2"
#: How high a row is that is left to be written in, in twentieths of a point.
WRITTEN = 397
_AUDIT = re.compile("đánh giá(?! nội bộ)")
_BOLD, _ITALIC = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>"
_ITEM = Text(en="Item", vi="Nội dung")
_ENTRY = Text(en="Entry", vi="Thông tin")
_RECIPIENTS = Text(en="Copies:", vi="Nơi nhận:")


def as_check(text: Text) -> Text:
    """Words about an audit as they are said of a yearly check, which Vietnamese calls otherwise.

    An internal audit stays one.
    """
    vi = _AUDIT.sub("kiểm tra", text.vi).replace("ĐÁNH GIÁ", "KIỂM TRA")
    return Text(en=text.en, vi=vi)


@define
class Sheet:
    """Writes in one language on pages of one width, and notes what is given.

    Attributes:
        language: The language.
        width: The width between the margins, in twentieths of a point.
        statics: The passages written so far.
        check: Whether it is about a yearly check rather than an audit.
    """

    language: Language
    width: int
    statics: Statics = field(factory=Statics)
    check: bool = False
    _boxes: int = field(default=0, init=False)

    def words(self, text: Text) -> str:
        """Words in the language of the document."""
        return (as_check(text) if self.check else text).in_(self.language)

    def say(self, text: Text) -> str:
        """Given words in the language of the document."""
        return self.statics(self.words(text))

    def head(
        self, *, issuer: str, superior: str | None, symbol: str, place: str | None, day: date
    ) -> str:
        """The head of the first page: administrative in Vietnamese, the issuer in English."""
        if self.check:
            symbol = symbol.replace("ĐG", "KT")
        if self.language is Language.VIETNAMESE:
            return administrative_head(
                self.statics,
                self.width,
                superior=superior,
                issuer=issuer,
                number=f"Số:          /{symbol}",
                place=place,
                day=day,
            )
        lines = [paragraph(run(self.statics(issuer), _BOLD))]
        if superior:
            lines.insert(0, paragraph(run(self.statics(superior))))
        dated = ", ".join(part for part in (place, print_date(day, self.language)) if part)
        return "".join(lines) + paragraph(run(self.statics(dated)))

    def titles(self, title: Text, subject: Text) -> str:
        """The kind of document, and below it what it is about."""
        told = self.say(subject)
        vietnamese = self.language is Language.VIETNAMESE
        even = evenly(told, self.width, 13, bold=True) if vietnamese else ""
        lines = paragraph(run(self.say(title)), "Title")
        lines += paragraph(run(unbroken(told)), "Subtitle", even)
        if vietnamese:
            lines += rule(self.width, rule_below(told, self.width, 13)) + blank()
        return lines

    def heading(self, text: Text, style: str = "Heading1") -> str:
        """A heading."""
        return paragraph(run(self.say(text)), style)

    def body(self, text: Text, *, with_next: bool = False) -> str:
        """A paragraph of text, which may have to stand on one page with what follows."""
        kept = "<w:keepNext/>" if with_next else ""
        return paragraph(run(self.say(text)), "QMSBody", kept)

    def label(self, width: int, text: Text) -> str:
        """A cell that names what stands beside it."""
        return cell(width, paragraph(run(self.say(text)), "QMSCell"), shade=SHADE)

    def given(self, width: int, words: str) -> str:
        """A cell with given text."""
        return cell(width, paragraph(run(self.statics(words)), "QMSCell"))

    def box(self, width: int, name: str) -> str:
        """A cell with a box to be ticked, which programs know by a name."""
        self._boxes += 1
        return cell(width, paragraph(tick_box(name, self._boxes), "QMSId"))

    def labelled(
        self, rows: Iterable[tuple[Text, str]], title: Text, *, least: int = WRITTEN
    ) -> str:
        """A table of names and entries; an empty entry has room to write."""
        columns = widths((34, 66), self.width)
        lines = [self.entry_heads(columns)]
        lines += [
            row(
                (self.label(columns[0], name), self.given(columns[1], entry)),
                least=0 if entry else least,
                breaks=bool(entry),
            )
            for name, entry in rows
        ]
        return bordered_table(columns, "".join(lines), title=title.in_(self.language))

    def entry_heads(self, columns: Sequence[int]) -> str:
        """The heading of a table of names and entries."""
        return header_row(columns, [self.say(_ITEM), self.say(_ENTRY)])

    def grid(
        self,
        heads: Sequence[Text],
        shares: tuple[int, ...],
        rows: Iterable[Sequence[str]],
        title: Text,
        *,
        least: int = 0,
        boxes: int | None = None,
    ) -> str:
        """A table with a heading for each column, and rows of some height at least.

        In the column of boxes stands one to be ticked, known to programs by the words given.
        """
        columns = widths(shares, self.width)
        lines = [header_row(columns, [self.say(head) for head in heads])]
        lines += [
            row(
                (
                    self.box(width, words) if place == boxes else self.given(width, words)
                    for place, (width, words) in enumerate(zip(columns, cells, strict=True))
                ),
                least=least,
                breaks=not least,
            )
            for cells in rows
        ]
        return bordered_table(columns, "".join(lines), title=title.in_(self.language))

    def signatures(
        self, roles: Sequence[Text], sign: Text, *, room: int = 4, ends_page: bool = False
    ) -> str:
        """Room to sign for each role, side by side, some lines high."""
        columns = widths((1,) * len(roles), self.width)
        below = self.words(sign)
        cells = []
        for width, role in zip(columns, roles, strict=True):
            words = self.words(role)
            self.statics(f"{words} {below}")
            cells.append(
                cell(
                    width,
                    paragraph(run(words, _BOLD), "QMSCentred")
                    + paragraph(run(below, _ITALIC), "QMSCentred")
                    + paragraph(style="QMSCentred") * room,
                )
            )
        apart = paragraph(style="QMSGap", properties="<w:keepNext/>")
        below_it = "" if ends_page else blank()
        return apart * 2 + borderless_table(columns, row(cells)) + below_it

    def recipients(self, lines: Sequence[Text]) -> str:
        """To whom copies go."""
        title = _BOLD
        if self.language is Language.VIETNAMESE:
            title += f'{_ITALIC}<w:sz w:val="24"/><w:szCs w:val="24"/>'
        return paragraph(run(self.say(_RECIPIENTS), title), "QMSRecipients") + "".join(
            paragraph(run(self.say(line)), "QMSRecipients") for line in lines
        )
