"""The field's words: complete in both languages; editions in every usual spelling."""

import unicodedata

import pytest

from qms import terms
from qms.terms import Clause, Edition, Status, Term

TERMS = [
    value for value in vars(terms).values() if isinstance(value, type) and issubclass(value, Term)
]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.__name__)
def test_every_word_stands_in_both_languages(term):
    for member in term:
        assert member.text.en.strip()
        assert member.text.vi.strip()
        assert unicodedata.is_normalized("NFC", member.text.vi)
        assert term(member.value) is member


@pytest.mark.parametrize(
    ("written", "edition", "year"),
    [
        ("ISO 9001:2015", "ISO 9001:2015", 2015),
        ("ISO 9001-2008", "ISO 9001:2008", 2008),
        ("TCVN ISO 9001:2008", "TCVN ISO 9001:2008", 2008),
        ("TCVN ISO 9001-2015", "TCVN ISO 9001:2015", 2015),
        ("tcvn  iso 9001 : 2015", "TCVN ISO 9001:2015", 2015),
        ("9001:2015", "ISO 9001:2015", 2015),
        ("ISO9001:2015", "ISO 9001:2015", 2015),
        ("ISO 9001–2026", "ISO 9001:2026", 2026),
        ("ISO 9001:2015/Amd 1:2024", "ISO 9001:2015/Amd 1:2024", 2015),
        ("ISO 9001:2015/Amd1:2024", "ISO 9001:2015/Amd 1:2024", 2015),
        ("iso 9001:2015 + Amd. 1:2024", "ISO 9001:2015/Amd 1:2024", 2015),
        ("ISO 9001:2015+A1:2024", "ISO 9001:2015/Amd 1:2024", 2015),
        ("ISO 9001:2015 (Amendment 1:2024)", "ISO 9001:2015/Amd 1:2024", 2015),
        ("ISO 9001:2015, Amd 01-2024", "ISO 9001:2015/Amd 1:2024", 2015),
        ("TCVN ISO 9001:2015 (ISO 9001:2015)", "TCVN ISO 9001:2015", 2015),
        ("TCVN ISO 9001:2015/ISO 9001:2015 Amd 1:2024", "TCVN ISO 9001:2015/Amd 1:2024", 2015),
        ("TCVN-ISO 9001:2008", "TCVN ISO 9001:2008", 2008),
        ("TCVN 9001:2008", "TCVN ISO 9001:2008", 2008),
        ("EN ISO 9001:2008", "ISO 9001:2008", 2008),
        ("DIN EN ISO 9001:2015", "ISO 9001:2015", 2015),
        ("DIN EN ISO 9001:2015-11", "ISO 9001:2015", 2015),
        ("DIN EN ISO 9001:2008-12", "ISO 9001:2008", 2008),
        ("UNE-EN ISO 9001:2015", "ISO 9001:2015", 2015),
        ("ISO 9001\u20112015", "ISO 9001:2015", 2015),
        ("ISO 9001\u20142015", "ISO 9001:2015", 2015),
        ("ISO 9001：2015", "ISO 9001:2015", 2015),
        ("ISO\u00a09001: 2015", "ISO 9001:2015", 2015),
        ("ISO 9001/2000", "ISO 9001:2000", 2000),
        ("ISO 9001 2000", "ISO 9001:2000", 2000),
        ("TCVN ISO 9001:1996 (ISO 9001:1994)", "TCVN ISO 9001:1996", 1994),
        ("TCVN ISO 9001-1996/ISO 9001-1994", "TCVN ISO 9001:1996", 1994),
        ("ISO 9001:2015 (TCVN ISO 9001:2015)", "TCVN ISO 9001:2015", 2015),
        ("ISO 9001:2008/Cor 1:2009", "ISO 9001:2008", 2008),
        ("ISO 9001:2008/Cor.1:2009", "ISO 9001:2008", 2008),
        ("TCVN ISO 9001:2008 (Corrigendum 1-2009)", "TCVN ISO 9001:2008", 2008),
        ("EN ISO 9001:2008/AC:2009", "ISO 9001:2008", 2008),
        ("ISO 9001:2015(E)", "ISO 9001:2015", 2015),
        ("ISO 9001:2015/Amd 1:2024 (en)", "ISO 9001:2015/Amd 1:2024", 2015),
        ("ISO 9001 phiên bản 2015", "ISO 9001:2015", 2015),
        ("TCVN ISO 9001, Phiên bản 2015", "TCVN ISO 9001:2015", 2015),
        ("ISO 9001 phie\u0302n ba\u0309n 2015", "ISO 9001:2015", 2015),
        ("ISO 9001 version 2008", "ISO 9001:2008", 2008),
        ("TCVN ISO 9001:2015/SĐ 1:2024", "TCVN ISO 9001:2015/Amd 1:2024", 2015),
        ("TCVN ISO 9001:2015 (Sửa đổi 1:2024)", "TCVN ISO 9001:2015/Amd 1:2024", 2015),
        ("ISO 9001:2015 / Sửa đổi 1:2024", "ISO 9001:2015/Amd 1:2024", 2015),
        ("ISO 9001:2015, bản sửa đổi số 1:2024", "ISO 9001:2015/Amd 1:2024", 2015),
        ("TCVN ISO 9001:2015 SỬA ĐỔI LẦN 1:2024", "TCVN ISO 9001:2015/Amd 1:2024", 2015),
        ("ISO 9001 (2015)", "ISO 9001:2015", 2015),
        ("ISO 9001 ( phiên bản 2015 )", "ISO 9001:2015", 2015),
        ("TCVN ISO 9001 (2015) (ISO 9001:2015)", "TCVN ISO 9001:2015", 2015),
        ("ISO 9001 (2015)/Amd 1:2024", "ISO 9001:2015/Amd 1:2024", 2015),
        ("Tiêu chuẩn quốc gia TCVN ISO 9001:2008", "TCVN ISO 9001:2008", 2008),
        ("tiêu chuẩn ISO 9001:2015", "ISO 9001:2015", 2015),
        ("ISO 9001 năm 2015", "ISO 9001:2015", 2015),
    ],
)
def test_editions_are_read_in_every_usual_spelling(written, edition, year):
    assert Edition(written) == edition
    assert Edition(written).year == year
    assert Edition(Edition(written)) == edition


@pytest.mark.parametrize(
    "written",
    [
        "ISO 14001:2015",
        "ISO 9001",
        "2015",
        "",
        "ISO 9001:15",
        "x ISO 9001:2015",
        "ISO/DIS 9001:2026",
        "ISO 9001:２０１５",
        "TCVN ISO 9001:2015 (ISO 9001:2008)",
        "ISO 9001:2015/Amd 1",
        "EN 9001:2015",
        "ISO 9001:20155",
        "TCVN ISO 9001:1996 (ISO 9001:2000)",
        "TCVN ISO 9001:2000 (ISO 9001:1994)",
        "ISO 9002:1994",
        "ISO 9001:2008/Cor 1",
        "ISO 9001:2015(X)",
        "ISO 9001 (2015",
        "ISO 9001:2015)",
        "ISO 9001 (20155)",
        "ISO 9001:2015/Sửa đổi 1",
    ],
)
def test_what_is_no_edition_is_refused(written):
    with pytest.raises(ValueError, match="is not an edition of ISO 9001"):
        Edition(written)


def test_an_edition_tells_its_adoption_and_amendment():
    assert Edition("TCVN ISO 9001:2008").national
    assert not Edition("ISO 9001:2008").national
    assert Edition("ISO 9001:2015/Amd 1:2024").amendment == "Amd 1:2024"
    assert Edition("ISO 9001:2015").amendment is None


def test_only_four_statuses_mean_that_the_certification_is_in_force():
    assert {status for status in Status if status.current} == {
        "current",
        "current_conditional",
        "due_soon",
        "overdue_surveillance",
    }


def test_a_word_is_found_by_its_data_value():
    assert {Status.CURRENT: "yes"}["current"] == "yes"
    assert "internal" in {terms.AuditType.SURVEILLANCE, terms.AuditType.INTERNAL}


def test_a_clause_is_cited_as_people_cite_it():
    assert str(Clause("ISO/IEC 17021-1:2015", "9.1.3.3")) == "ISO/IEC 17021-1:2015, 9.1.3.3"
    assert str(Clause("QĐ 19/2014/QĐ-TTg")) == "QĐ 19/2014/QĐ-TTg"


def test_the_adoption_of_1996_is_of_the_edition_of_1994():
    assert Edition("TCVN ISO 9001-1996").year == 1994
    assert Edition("ISO 9001:1996").year == 1996
