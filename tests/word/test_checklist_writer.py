"""A checklist as a Word file: finished in both languages, the same bytes each time."""

from __future__ import annotations

import unicodedata
import zipfile
from collections import Counter
from io import BytesIO
from itertools import chain

import docx
import pytest
from attrs import evolve
from checklist_samples import UNIT, checklist, filled, question
from docx.shared import Mm
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from test_checklist_outline import docx as outline_of_body
from test_checklist_outline import passages
from word_samples import members, rebuilt

from qms.checklist import DoubtKind, Section
from qms.clauses import clauses_of
from qms.dates import print_date
from qms.terms import AuditType
from qms.text import Language, Name, Text
from qms.word import read, write_checklist
from qms.word.administrative_layout import place_and_day
from qms.word.checklist_layout import PLACEHOLDERS, QUESTION_COLUMNS, Words, widths
from qms.word.guard import open_guarded
from qms.word.markup import escape
from qms.word.outline import TEXT, outline_of
from qms.word.parts import w

both_languages = pytest.mark.parametrize("language", list(Language))
VI = Language.VIETNAMESE


def tree(data, part="word/document.xml"):
    return etree.fromstring(zipfile.ZipFile(BytesIO(data)).read(part))


def words_of(data):
    lines = "\n".join(text.text or "" for text in tree(data).iter(w("t")))
    return lines.replace("\N{NO-BREAK SPACE}", " ")


@both_languages
def test_the_same_checklist_gives_the_same_bytes(language):
    assert write_checklist(checklist(), language) == write_checklist(checklist(), language)


@both_languages
def test_the_unit_s_own_facts_are_filled_in(language):
    words = words_of(write_checklist(checklist(), language))

    for fact in ("GIA-DINH-01", "Ba quy trình hết hiệu lực còn dùng", "QT-05", "Toàn bộ hệ thống"):
        assert fact in words
    assert print_date(checklist().on, language) in words
    assert "Trần Thị Mẫu" in words


@both_languages
def test_every_question_has_five_controls_each_with_mark_tag_and_name(language):
    root = tree(write_checklist(checklist(), language))

    tags = [tag.get(w("val")) for tag in root.iter(w("tag"))]
    names = [mark.get(w("name")) for mark in root.iter(w("bookmarkStart"))]
    numbers = [number.get(w("val")) for number in root.iter(w("id")) if number.get(w("val"))]
    assert Counter(tag.split("/")[1] for tag in tags)["4.1-01"] == 5
    assert len(tags) == len(set(tags)) == len(names) == len(set(names)) == len(set(numbers))
    assert max(map(len, names)) <= 40
    assert max(map(len, tags)) <= 64
    for control in root.iter(w("sdt")):
        assert control.getparent().tag == w("p")


@both_languages
def test_headings_of_tables_are_repeated_and_tables_are_named(language):
    data = write_checklist(checklist(), language)

    for table in tree(data).iter(w("tbl")):
        if table.find(f"{w('tblPr')}/{w('tblCaption')}") is not None:
            assert table.find(f"{w('tr')}/{w('trPr')}/{w('tblHeader')}") is not None
    styles = [p.style.name for p in docx.Document(BytesIO(data)).paragraphs]
    assert Counter(styles)["Heading 1"] == 5
    assert Counter(styles)["Title"] == Counter(styles)["Subtitle"] == 1
    lang = tree(data, "word/styles.xml").find(f".//{w('lang')}")
    assert lang.get(w("val")) == {"vi": "vi-VN", "en": "en-GB"}[language]


def test_a_vietnamese_checklist_is_laid_out_by_decree_30_of_2020():
    data = write_checklist(checklist(), VI, place="Ví Dụ")
    document = docx.Document(BytesIO(data))

    for part in document.sections:
        assert {round(part.page_width.mm), round(part.page_height.mm)} == {210, 297}
        for margin, low, high in (
            (part.top_margin, 20, 25),
            (part.bottom_margin, 20, 25),
            (part.left_margin, 30, 35),
            (part.right_margin, 15, 20),
        ):
            assert Mm(low - 0.1) <= margin <= Mm(high)
    assert document.sections[0].different_first_page_header_footer
    assert "PAGE" in "".join(document.sections[0].header._element.itertext())
    assert "PAGE" not in "".join(document.sections[0].first_page_header._element.itertext())
    words = words_of(data)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words
    assert "Độc lập - Tự do - Hạnh phúc" in words
    assert "Ví Dụ, ngày 02 tháng 11 năm 2026" in words
    assert "SỞ VÍ DỤ" in words
    fonts = tree(data, "word/styles.xml").find(f".//{w('rFonts')}")
    assert set(fonts.attrib.values()) == {"Times New Roman"}


def test_the_name_of_the_state_has_room_for_its_95_7_millimetres():
    head = tree(write_checklist(checklist(), VI)).find(f".//{w('tbl')}")

    assert int(head.findall(f".//{w('gridCol')}")[1].get(w("w"))) / 1440 * 25.4 >= 98


def test_months_and_days_are_written_as_the_decree_says():
    from datetime import date

    assert place_and_day("Hà Giang", date(2026, 2, 5)) == "Hà Giang, ngày 05 tháng 02 năm 2026"
    assert place_and_day(None, date(2026, 3, 15)) == "……………, ngày 15 tháng 3 năm 2026"


@pytest.mark.parametrize("protected", [True, False])
def test_everything_but_the_answers_can_be_protected(protected):
    settings = tree(write_checklist(checklist(), VI, protected=protected), "word/settings.xml")

    assert (settings.find(w("documentProtection")) is not None) is protected


@both_languages
def test_a_filled_checklist_counts_its_grades_and_lists_its_findings(language):
    root = tree(filled(language))
    tables = [
        ["".join(t.text or "" for t in cell.iter(w("t"))) for cell in table.iter(w("tc"))]
        for table in root.iter(w("tbl"))
    ]

    (totals,) = (t for t in tables if t[0] == Words.ITEM.in_(language) and len(t) == 7 * 7)
    assert totals[-7:] == [Words.TOTAL.in_(language), "2", "1", "1", "1", "1", "1"]
    (listed,) = (t for t in tables if t[0] == Words.LISTED_HEADS[0].in_(language))
    assert listed[5::5] == ["4.2-01", "7.5-01", "7.5-02"]


def test_without_a_finding_there_is_no_list():
    from checklist_samples import answers

    words = words_of(write_checklist(checklist(), VI, answers=answers()[:1]))

    assert Words.LISTED.vi not in words


def test_facts_that_are_missing_are_said_to_be_missing():
    from test_checklist_drawing import drawn

    unit = evolve(UNIT, certificates={}, objectives={}, audits={}, address=None)
    words = words_of(write_checklist(drawn(unit), VI))

    for missing in (
        "Chưa ghi nhận giấy chứng nhận",
        "Chưa ghi nhận mục tiêu",
        "Không có phát hiện nào",
    ):
        assert missing in words
    assert "Địa chỉ" not in words


def test_an_identifier_that_is_used_for_other_lines_is_refused():
    taken = Section(
        number="4",
        title=Text(en="x", vi="x"),
        items=checklist().sections[0].items[:1],
    )
    item = evolve(taken.items[0], id="audit")

    with pytest.raises(ValueError, match="'audit' cannot be the identifier"):
        write_checklist(evolve(checklist(), sections=(evolve(taken, items=(item,)),)), VI)


def test_a_question_may_have_nothing_to_look_for_and_a_section_no_number():
    from test_checklist_drawing import drawn

    bare = evolve(question("Q"), evidence=None)

    reading = read(write_checklist(drawn(questions=[bare]), Language.ENGLISH))

    assert [answer.question for answer in reading.answers] == ["Q"]


@both_languages
def test_the_clause_stands_with_its_title_below_the_number_of_the_question(language):
    reading = outline_of(open_guarded(write_checklist(checklist(), language)))

    cells = [row.cells[0].text for table in reading.tables for row in table.rows]
    title = clauses_of(checklist().edition).title_of("4.1").in_(language)
    assert f"4.1-01\n4.1\n{title}" in cells
    assert "VN-01" in cells  # about no clause


@both_languages
def test_the_sites_that_are_visited_are_named(language):
    words = words_of(write_checklist(evolve(checklist(), sites=("Kho A", "Kho B")), language))

    assert "Kho A; Kho B" in words
    assert Words.SITES.in_(language) not in words_of(write_checklist(checklist(), language))


def test_the_edition_stays_on_one_line_of_the_subject():
    data = write_checklist(checklist(), VI)

    lines = [text.text or "" for text in tree(data).iter(w("t"))]
    assert any("ISO\N{NO-BREAK SPACE}9001:2015 tại" in line for line in lines)


@pytest.mark.parametrize(("kind", "symbol"), [("internal", "/PĐG"), ("yearly-check", "/PKT")])
def test_the_symbol_says_audit_or_check_and_the_place_is_the_one_given(kind, symbol):
    from test_checklist_drawing import drawn

    words = words_of(write_checklist(drawn(type=AuditType(kind)), VI, place="Ví Dụ"))

    assert symbol in words
    assert "Ví Dụ, ngày 02 tháng 11 năm 2026" in words


@pytest.mark.parametrize(("place", "told"), [(None, "2026-11-02"), ("Depot", "Depot, 2026-11-02")])
def test_an_english_document_has_its_day_below_the_issuer(place, told):
    data = write_checklist(checklist(), Language.ENGLISH, place=place)

    lines = [p.text for p in docx.Document(BytesIO(data)).paragraphs]
    assert lines[2] == told


def test_a_yearly_check_is_called_a_check():
    from test_checklist_drawing import drawn

    data = write_checklist(drawn(type=AuditType.YEARLY_CHECK), VI)

    words = words_of(data)
    assert "PHIẾU KIỂM TRA" in words
    assert "III. NỘI DUNG KIỂM TRA" in words
    assert "TRƯỞNG ĐOÀN KIỂM TRA" in words
    assert "TRƯỞNG ĐOÀN ĐÁNH GIÁ" not in words
    assert {doubt.kind for doubt in read(data).doubts} == {DoubtKind.UNANSWERED}


def test_a_body_that_audits_itself_stands_alone_at_the_head():
    alone = evolve(checklist(), organisation=Name(vi="Sở Ví Dụ", en="Example Department"))

    words = words_of(write_checklist(alone, VI))

    assert "ỦY BAN" not in words
    assert "SỞ VÍ DỤ" in words
    assert "Example Province" not in words_of(write_checklist(alone, Language.ENGLISH))


@given(st.lists(st.integers(1, 99), min_size=1, max_size=12), st.integers(100, 20_000))
def test_columns_fill_the_width_exactly(shares, total):
    assert sum(widths(tuple(shares), total)) == total


@given(st.text())
def test_any_words_can_be_written_and_are_composed(words):
    text = etree.fromstring(f"<t>{escape(words)}</t>").text or ""

    kept = "".join(letter for letter in words if letter.isprintable())
    assert (
        unicodedata.normalize("NFC", kept)
        == "".join(letter for letter in text if letter.isprintable() and letter != "\ufffd")
        or "\ufffd" in kept
    )


def test_placeholders_differ_from_anything_on_the_form():
    given_words = chain.from_iterable(
        (column.head.en, column.head.vi) for column in QUESTION_COLUMNS
    )

    assert not {t.en for t in PLACEHOLDERS.values()} & set(given_words)


def test_a_reference_out_of_the_file_is_not_followed():
    parts = members(write_checklist(checklist(), VI))
    name = "word/_rels/document.xml.rels"
    address = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
    parts[name] = parts[name].replace(
        b"</Relationships>",
        f'<Relationship Id="x" Type="{address}" Target="http://example.com/" '
        'TargetMode="External"/></Relationships>'.encode(),
    )

    assert len(read(rebuilt(parts)).answers) == 7
    assert passages(outline_of_body("<w:p><w:r><w:t>a</w:t></w:r></w:p>")) == [("a", TEXT)]
