"""What is alike is told once, with what is each one's own."""

from qms.report.gathering import gather, stopped
from reports import report


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
