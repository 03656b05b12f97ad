"""The calendar of a year and the life of a unit, for people."""

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

import qms
from expected import same_as
from lives import announcement, audit, unit
from qms.model import Document, DocumentEvent, Organisation, Register
from qms.report import calendar, timeline
from qms.terms import DocumentAct, DocumentKind, UnitAct
from qms.text import Name
from reports import ON, register, setting

DATA = Path(__file__).parent / "data"


def told(held, year, on, language="en", **more):
    entries = qms.calendar(held, year=year, on=on)
    return calendar.render(entries, year, on, setting(language, **more))


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_calendar_reads_as_committed(language):
    same_as(DATA / f"calendar.{language}.txt", told(register(), 2018, date(2018, 3, 1), language))


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_timeline_reads_as_committed(language):
    held = register()
    intervals = qms.timeline(held, "suspended", on=ON)
    words = timeline.render(intervals, held.units["suspended"], ON, setting(language))

    same_as(DATA / f"timeline.{language}.txt", words)


def test_documents_are_named_by_their_codes_unit_by_unit():
    issued = DocumentEvent(act=DocumentAct.ISSUED, on=date(2020, 3, 15), revision="1")
    document = Document(
        title=Name(vi="Quy trình giả định"),
        kind=DocumentKind.PROCEDURE,
        owner="Văn thư",
        review_every=12,
        history=(issued,),
    )
    units = {
        key: unit(id=key, documents={"QT-01": document, "QT-02": document}) for key in ("a", "b")
    }
    held = Register(organisation=Organisation(name=Name(en="Invented")), units=units)
    words = told(held, 2021, date(2021, 1, 1))

    assert "who: the unit (Văn thư)" in words
    assert "• Invented unit (a): QT-01, QT-02" in words
    assert "• Invented unit (b): QT-01, QT-02" in words


def test_colour_changes_no_word():
    plain = told(register(), 2018, date(2019, 3, 1))
    coloured = told(register(), 2018, date(2019, 3, 1), colour=True)

    assert "\033[31moverdue" in coloured
    for code in ("0", "1", "2", "31", "32", "33"):
        coloured = coloured.replace(f"\033[{code}m", "")
    assert " ".join(coloured.split()) == " ".join(plain.split())


def announced(count):
    units = {
        f"u{n:03}": unit(id=f"u{n:03}", announcements={"2018": announcement(date(2018, 1, 1))})
        for n in range(count)
    }
    return Register(organisation=register().organisation, units=units)


def test_a_year_without_obligations_says_so():
    assert "Nothing falls due in 2016." in told(announced(1), 2016, date(2018, 6, 1))


def test_the_same_obligation_of_many_units_is_told_once():
    words = told(announced(8), 2018, date(2018, 6, 1))

    assert words.count("yearly check") == 1
    assert "8 units: u000, u001" in words


def test_more_units_than_can_be_read_are_counted():
    words = " ".join(told(announced(110), 2018, date(2018, 6, 1)).split())

    assert "110 units: u000, u001" in words
    assert words.endswith("… and 10 more")


def test_what_was_done_says_when():
    held = announced(2)
    checked = {
        "1": audit("yearly-check", date(2018, 5, 5)),
        "2": audit("yearly-check", date(2020, 2, 2)),
    }
    units = {**held.units, "u000": evolve(held.units["u000"], audits=checked)}
    words = told(evolve(held, units=units), 2018, date(2018, 6, 1))
    later = told(evolve(held, units=units), 2019, date(2020, 6, 1))

    assert "met on 2018-05-05" in words
    assert "done late on 2020-02-02" in " ".join(later.split())


def test_what_has_no_due_day_stands_at_the_end():
    changed = qms.UnitEvent(act=UnitAct.RENAMED, on=date(2018, 2, 2))
    held = announced(1)
    units = {"u000": evolve(held.units["u000"], history=(changed,))}
    words = told(evolve(held, units=units), 2018, date(2018, 6, 1))

    assert words.index("Without a due day") > words.index("December 2018")
    assert "new announcement after a change – not done yet" in words


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "obtain certification or announce conformity – not done yet"),
        ("vi", "được chứng nhận hoặc công bố phù hợp – chưa thực hiện"),
    ],
)
def test_a_unit_without_any_record_has_certification_before_it(language, line):
    held = Register(organisation=Organisation(name=Name(en="Invented")), units={"u1": unit()})
    words = told(held, 2020, date(2020, 1, 1), language)

    assert line in words
    assert "from –" not in words
    assert "từ –" not in words
