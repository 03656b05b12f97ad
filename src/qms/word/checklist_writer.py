"""Writing a checklist as a Word document, for auditors to fill in."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import evolve

from qms.checklist.answers import AnswerField, Particulars
from qms.checklist.doubts import FIELD_NAMES
from qms.dates import print_date
from qms.terms import AuditType, Grade
from qms.word.administrative_layout import issuer_of
from qms.word.checklist_layout import (
    AUDIT,
    FURTHER,
    FURTHER_COLUMNS,
    GRADES,
    PARTICULARS,
    QUESTION_COLUMNS,
    Page,
    Words,
    widths,
)
from qms.word.checklist_plan import plan_of, properties_of
from qms.word.controls import Controls
from qms.word.document import FOOTER_PASSAGES, About, finished, page_of
from qms.word.markup import (
    bordered_table,
    cell,
    header_row,
    paragraph,
    row,
    run,
    section,
)
from qms.word.sheet import SHADE, Sheet, as_check
from qms.word.statics import Statics

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from qms.checklist import Answer, Checklist, FactTable, Item, Section
    from qms.text import Language, Text
    from qms.word.checklist_plan import Plan
    from qms.word.guard import Source
    from qms.word.house_template import HouseTemplate

__all__ = ["issued_plan", "write_checklist"]

_BULLET = "• "


def write_checklist(
    checklist: Checklist,
    language: Language,
    *,
    answers: Iterable[Answer] = (),
    particulars: Particulars | None = None,
    protected: bool = True,
    place: str | None = None,
    template: Source | None = None,
) -> bytes:
    """A checklist as a ``.docx`` document; the same input gives the same bytes.

    Args:
        checklist: The checklist.
        language: The language in which it is written.
        answers: Answers that are filled in already, with totals and a list of findings.
        particulars: What is filled in about the audit already.
        protected: Whether Word lets people write only where something is to be filled in.
            There is no password: *Review → Restrict Editing* lifts it.  Comments and
            tracked changes are not possible while it holds.
        place: The place beside the date of a Vietnamese document.
        template: The organisation's own ``.docx`` or ``.dotx``, whose page, styles, headers
            and logo are kept; its text makes room for the checklist.

    Raises:
        Refused: the template is not safe to open, or is no Word document.
    """
    house = None if template is None else _house(template)
    page = page_of(language) if house is None else house.page
    writer = _Writer(checklist, language, {answer.question: answer for answer in answers}, page)
    if particulars is None:
        particulars = Particulars(auditors="\n".join(checklist.auditors))
    if house is not None:
        writer.statics.passages += house.passages
    body = "".join(writer.body(particulars, place))
    plan = plan_of(checklist, language, writer.statics.digests)
    about = About(
        title=_title(checklist).in_(language),
        identifier=f"{checklist.unit}/{checklist.audit or checklist.type}/{checklist.id}",
        author=checklist.organisation.in_(language),
        day=checklist.on,
        properties=properties_of(plan),
        protected=protected,
    )
    return finished(body, language, about) if house is None else house.filled(body, language, about)


def _house(template: Source) -> HouseTemplate:
    from qms.word.house_template import HouseTemplate

    return HouseTemplate.open(template)


def issued_plan(checklist: Checklist, language: Language) -> Plan:
    """The plan with which a checklist is issued in a language."""
    writer = _Writer(checklist, language, {}, page_of(language))
    for _ in writer.body(Particulars(), None):
        pass
    return plan_of(checklist, language, writer.statics.digests)


class _Writer:
    """Writes the body of one checklist."""

    def __init__(
        self, checklist: Checklist, language: Language, answers: Mapping[str, Answer], page: Page
    ) -> None:
        self.checklist = checklist
        self.language = language
        self.answers = answers
        self.page = page
        self.sheet = Sheet(language, page.text_width, Statics([*FOOTER_PASSAGES[language]]))
        self.statics = self.sheet.statics
        ids = (*(item.id for item in checklist.items), *FURTHER, AUDIT)
        self.control = Controls(
            checklist.id,
            language,
            {id_: n for n, id_ in enumerate(ids)},
            {item.id for item in checklist.items if item.may_be_not_applicable},
        )

    def body(self, particulars: Particulars, place: str | None) -> Iterator[str]:
        """The parts of the document, in order."""
        yield self._head(place)
        yield self._titles()
        yield self.sheet.heading(Words.DATA)
        yield self._audit_data(particulars)
        yield self.sheet.heading(Words.UNIT_FACTS)
        for table in self.checklist.facts:
            yield self._fact_table(table)
        yield section(self.page.properties, ends_here=True)
        yield self.sheet.heading(self._fit(Words.QUESTIONS))
        yield paragraph(run(self.sheet.say(Words.GUIDE)), "QMSBody")
        for part in self.checklist.sections:
            yield self._section(part)
        yield self.sheet.heading(Words.FINDINGS)
        yield from self._findings()
        yield section(self.page.turned.properties, ends_here=True)
        yield self.sheet.heading(Words.CONCLUSION)
        yield self._conclusion(particulars)
        yield self._signatures()
        yield section(evolve(self.page, first_apart=False).properties, ends_here=False)

    # --- the first page ----------------------------------------------------------------------

    def _head(self, place: str | None) -> str:
        here = self.checklist
        issuer, superior = issuer_of(here.organisation, here.name, here.type, self.language)
        symbol = "PKT" if here.type is AuditType.YEARLY_CHECK else "PĐG"
        return self.sheet.head(
            issuer=issuer, superior=superior, symbol=symbol, place=place, day=here.on
        )

    def _titles(self) -> str:
        here = self.checklist
        name = here.name.in_(self.language)
        edition = here.edition.replace(" ", "\N{NO-BREAK SPACE}")
        subject = Words.SUBJECT.format(edition=edition, unit=name)
        return self.sheet.titles(_title(here), subject)

    def _audit_data(self, particulars: Particulars) -> str:
        here = self.checklist
        columns = widths((34, 66), self.page.text_width)
        known = (
            (Words.UNIT, here.name.in_(self.language)),
            (Words.ADDRESS, here.address),
            (Words.TYPE, _capital(here.type.text.in_(self.language))),
            (Words.CRITERIA, "; ".join(here.criteria) or here.edition),
            (Words.SCOPE, here.scope),
            (Words.CLAUSES, ", ".join(here.clauses)),
            (Words.DIVISIONS, "; ".join(here.divisions)),
            (Words.PROCESSES, "; ".join(here.processes)),
            (Words.SITES, "; ".join(here.sites)),
            (Words.MODE, _capital(here.mode.text.in_(self.language)) if here.mode else ""),
            (Words.PLANNED, print_date(here.planned, self.language) if here.planned else ""),
            (Words.NUMBER, " · ".join(part for part in (here.audit, here.id) if part)),
            (Words.UNTIL, print_date(here.on, self.language)),
        )
        rows = [self.sheet.entry_heads(columns)]
        for label, value in known:
            if value:
                rows.append(
                    row(
                        (
                            self.sheet.label(columns[0], self._fit(label)),
                            self.sheet.given(columns[1], value),
                        )
                    )
                )
        rows += [self._particular(columns, name, particulars) for name in PARTICULARS]
        return bordered_table(columns, "".join(rows), title=Words.DATA.in_(self.language))

    def _particular(
        self, columns: tuple[int, ...], name: AnswerField, particulars: Particulars
    ) -> str:
        value = getattr(particulars, name)
        control = self.control(AUDIT, name, value)
        label = self.sheet.label(columns[0], self._fit(FIELD_NAMES[name]))
        return row((label, cell(columns[1], control)), breaks=True)

    def _fact_table(self, table: FactTable) -> str:
        title = self.sheet.heading(table.title, "Heading2")
        if not table.rows:
            return title + paragraph(run(self.sheet.say(table.none)), "QMSBody")
        columns = widths(table.shares, self.page.text_width)
        rows = header_row(columns, [self.sheet.say(head) for head in table.heads]) + "".join(
            row(
                self.sheet.given(width, fact.in_(self.language))
                for width, fact in zip(columns, facts, strict=True)
            )
            for facts in table.rows
        )
        return title + bordered_table(columns, rows, title=table.title.in_(self.language))

    # --- the questions -----------------------------------------------------------------------

    def _section(self, part: Section) -> str:
        columns = widths(
            tuple(column.share for column in QUESTION_COLUMNS), self.page.turned.text_width
        )
        title = part.title
        told = Words.SUBJECT_TABLE.format(title=part.title)
        if part.number:
            title = Words.CLAUSE.format(number=part.number, title=part.title)
            told = Words.SECTION_TABLE.format(number=part.number)
        heads = [self.sheet.say(column.head) for column in QUESTION_COLUMNS]
        rows = [header_row(columns, heads)]
        rows += [self._question(columns, item) for item in part.items]
        return paragraph(
            run(self.statics(title.in_(self.language).strip())), "Heading2"
        ) + bordered_table(columns, "".join(rows), title=told.in_(self.language))

    def _question(self, columns: tuple[int, ...], item: Item) -> str:
        given = self.answers.get(item.id)
        control, id_ = self.control, item.id
        question = item.question.in_(self.language)
        look = "" if item.evidence is None else item.evidence.in_(self.language)
        facts = tuple([_BULLET + fact.in_(self.language) for fact in item.facts])
        title = "" if item.clause_title is None else item.clause_title.in_(self.language)
        self.statics.passages += (
            f"{id_} {item.clause} {title}",
            question,
            " ".join((look, *facts)),
        )
        cells = [
            _numbers(columns[0], id_, item.clause, title),
            _asked(columns[1], question),
            _to_look_for(columns[2], look, facts),
        ]
        cells += [
            cell(width, control(id_, name, None if given is None else getattr(given, name)))
            for width, name in zip(columns[3:], _ANSWER_FIELDS, strict=True)
        ]
        return row(cells, breaks=True)

    # --- the end -----------------------------------------------------------------------------

    def _findings(self) -> Iterator[str]:
        if self.answers:
            yield self._totals()
            yield self._listed()
        yield self.sheet.heading(Words.FURTHER, "Heading2")
        columns = widths(
            tuple(column.share for column in FURTHER_COLUMNS), self.page.turned.text_width
        )
        rows = [header_row(columns, [self.sheet.say(column.head) for column in FURTHER_COLUMNS])]
        for id_ in FURTHER:
            given = self.answers.get(id_)
            number = paragraph(run(self.statics(id_), "<w:b/><w:bCs/>"), "QMSId")
            cells = [cell(columns[0], number, shade=SHADE)]
            cells += [
                cell(width, self.control(id_, name, _filled_in(given, name)))
                for width, name in zip(columns[1:], _FURTHER_FIELDS, strict=True)
            ]
            rows.append(row(cells, breaks=True))
        yield bordered_table(columns, "".join(rows), title=Words.FURTHER.in_(self.language))

    def _totals(self) -> str:
        columns = widths((40, *(12,) * len(GRADES)), self.page.turned.text_width)
        heads = [self.sheet.say(Words.ITEM), *(self.sheet.say(grade.text) for grade in GRADES)]
        rows = [header_row(columns, heads)]
        for part in (*self.checklist.sections, None):
            items = self.checklist.items if part is None else part.items
            counts = [str(sum(self._grade(item) is grade for item in items)) for grade in GRADES]
            if part is None:
                title = Words.TOTAL.in_(self.language)
            else:
                title = f"{part.number} {part.title.in_(self.language)}".strip()
            cells = (title, *counts)
            rows.append(
                row(self.sheet.given(w, words) for w, words in zip(columns, cells, strict=True))
            )
        heading = self.sheet.heading(Words.TOTALS, "Heading2")
        return heading + bordered_table(
            columns, "".join(rows), title=Words.TOTALS.in_(self.language)
        )

    def _grade(self, item: Item) -> Grade:
        """The grade of a question; one that was given none is not assessed."""
        answer = self.answers.get(item.id)
        return (answer.grade if answer else None) or Grade.NOT_ASSESSED

    def _listed(self) -> str:
        found = [
            (item, answer)
            for item in self.checklist.items
            if (answer := self.answers.get(item.id)) and answer.grade in _LISTED_GRADES
        ]
        if not found:
            return ""
        columns = widths((16, 14, 36, 100, 86), self.page.turned.text_width)
        rows = [header_row(columns, [self.sheet.say(head) for head in Words.LISTED_HEADS])]
        for item, answer in found:
            grade = answer.grade.text.in_(self.language) if answer.grade else ""
            cells = (item.id, item.clause, grade, answer.statement, answer.evidence)
            given = zip(columns, cells, strict=True)
            rows.append(row((self.sheet.given(w, words) for w, words in given), breaks=True))
        return self.sheet.heading(Words.LISTED, "Heading2") + bordered_table(
            columns, "".join(rows), title=Words.LISTED.in_(self.language)
        )

    def _conclusion(self, particulars: Particulars) -> str:
        columns = widths((34, 66), self.page.text_width)
        rows = self.sheet.entry_heads(columns)
        rows += self._particular(columns, AnswerField.CONCLUSION, particulars)
        return bordered_table(columns, rows, title=Words.CONCLUSION.in_(self.language))

    def _signatures(self) -> str:
        roles = (self._fit(Words.FOR_UNIT), self._fit(Words.FOR_TEAM))
        copies = (self._fit(Words.TO_UNIT), self._fit(Words.TO_FILE))
        return self.sheet.signatures(roles, Words.SIGN) + self.sheet.recipients(copies)

    def _fit(self, text: Text) -> Text:
        """Words that no cell is known by, as they are said of this kind of audit."""
        return as_check(text) if self.checklist.type is AuditType.YEARLY_CHECK else text


_ANSWER_FIELDS = tuple(column.field for column in QUESTION_COLUMNS if column.field is not None)
_FURTHER_FIELDS = tuple(column.field for column in FURTHER_COLUMNS if column.field is not None)
_LISTED_GRADES = frozenset({Grade.MINOR, Grade.MAJOR, Grade.OPPORTUNITY})


# The same questions go to many units, so that their cells are made once.


@lru_cache(maxsize=4096)
def _numbers(width: int, id_: str, clause: str, title: str) -> str:
    lines = paragraph(run(id_, "<w:b/><w:bCs/>"), "QMSId")
    if clause:
        lines += paragraph(run(clause), "QMSId")
    if title:
        lines += paragraph(run(title, '<w:sz w:val="18"/><w:szCs w:val="18"/>'), "QMSId")
    return cell(width, lines, shade=SHADE)


@lru_cache(maxsize=4096)
def _asked(width: int, question: str) -> str:
    return cell(width, paragraph(run(question), "QMSCell"))


@lru_cache(maxsize=4096)
def _to_look_for(width: int, look: str, facts: tuple[str, ...]) -> str:
    lines = paragraph(run(look), "QMSLook") if look else ""
    lines += "".join(paragraph(run(words), "QMSFact") for words in facts)
    return cell(width, lines or paragraph(style="QMSLook"))


def _filled_in(answer: Answer | None, name: AnswerField) -> str | Grade | date | None:
    value: str | Grade | date | None = getattr(answer, name, None)
    return value


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _title(checklist: Checklist) -> Text:
    return Words.CHECK if checklist.type is AuditType.YEARLY_CHECK else Words.CHECKLIST
