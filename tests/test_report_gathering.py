"""What is alike is told once, with what is each one's own."""

from datetime import date

from lives import unit
from qms.check import check_register
from qms.model import Document, DocumentEvent, Organisation, Register
from qms.report import render
from qms.report.gathering import gather, stopped
from qms.rules import find_rule
from qms.terms import DocumentAct, DocumentKind
from qms.text import Name
from reports import ORGANISATION, report, setting

TODAY = date(2022, 1, 1)


def unreviewed(*ids):
    """Units with two documents each of which the yearly review is overdue."""
    issued = DocumentEvent(act=DocumentAct.ISSUED, on=date(2020, 3, 15), revision="1")
    document = Document(
        title=Name(vi="Quy trình giả định"),
        kind=DocumentKind.PROCEDURE,
        review_every=12,
        history=(issued,),
    )
    register = Register(
        organisation=Organisation(name=ORGANISATION),
        units={id_: unit(id=id_, documents={"QT-01": document, "QT-02": document}) for id_ in ids},
    )
    return check_register(register, TODAY, [find_rule("D511"), find_rule("D502")])


def test_units_not_current_for_the_same_reasons_stand_together_largest_number_first():
    assert [alike.units for alike in stopped(report())] == [
        ("a0", "a1", "a2"),
        ("gone",),
        ("never",),
        ("suspended",),
    ]


def test_a_unit_that_no_rule_demands_to_be_current_stands_without_a_diagnostic():
    found = {alike.units: alike.diagnostic for alike in stopped(report())}

    assert found["gone",] is None
    assert found["never",].rule.code == "C101"


def test_every_diagnostic_is_told_exactly_once():
    checked = report()
    gathered = gather(checked)
    told = [*gathered.whole]
    told += [d for found in gathered.single.values() for d in found]
    counted = len(told) + sum(len(shared.members) for shared in gathered.shared)
    not_current = sum(len(s.units) for s in stopped(checked) if s.diagnostic)

    assert counted + not_current == len(checked.diagnostics)


def test_what_differs_among_units_is_left_open_and_told_of_each():
    (shared,) = gather(report()).shared

    assert shared.message.en == "certificate … is long"
    assert shared.message.vi == "giấy chứng nhận … dài"
    assert [(m.unit, m.own.en) for m in shared.members] == [
        ("a0", "LONG-0"),
        ("a1", "LONG-1"),
        ("a2", "LONG-2"),
    ]
    assert shared.units == ("a0", "a1", "a2")


def test_what_is_waived_in_one_unit_is_not_mixed_with_what_counts_in_others():
    single = gather(report()).single

    assert single["suspended"][0].waived_by is not None


def test_what_is_wrong_with_several_documents_of_one_unit_is_told_once_with_their_codes():
    checked = unreviewed("u1")

    assert len(checked.diagnostics) == 4
    for form in ("text", "markdown"):
        words = " ".join(render(checked, form, setting()).split())
        assert words.count("D511:") == 1
        assert "Where: documents.QT-01, documents.QT-02" in words.replace("\\", "")


def test_what_is_wrong_with_documents_of_several_units_names_each_of_them():
    shared = {
        found.diagnostic.rule.code: found for found in gather(unreviewed("a", "b", "c")).shared
    }

    assert [(m.unit, m.own.vi) for m in shared["D511"].members][:3] == [
        ("a", "QT-01"),
        ("a", "QT-02"),
        ("b", "QT-01"),
    ]
    assert shared["D511"].units == ("a", "b", "c")
