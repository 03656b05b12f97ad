"""What its page claims of the group of 40 sites: two transitions, a hole, a suspension, a transfer."""

from datetime import date
from pathlib import Path

import pytest

import qms
from qms.terms import Status

D = date
GROUP = qms.load(Path(__file__).parent.parent / "fixtures" / "group-40-sites")


def edition_of(unit, on):
    standing = qms.status(GROUP, on=on)[unit]
    return GROUP.units[unit].certificates[standing.basis.partition(".")[2]].edition


@pytest.mark.parametrize("on", [D(2014, 12, 31), D(2018, 9, 15), D(2024, 1, 1), D(2026, 11, 23)])
def test_all_are_current(on):
    standings = qms.status(GROUP, on=on)

    assert len(standings) == 40
    assert all(one.current for one in standings.values())


def test_nothing_is_wrong():
    assert qms.check(GROUP, on=D(2026, 11, 23)).diagnostics == ()


def test_each_moved_from_2008_to_2015():
    for unit in GROUP.units:
        assert edition_of(unit, D(2015, 12, 31)) == "ISO 9001:2008"
        assert edition_of(unit, D(2018, 9, 15)) == "ISO 9001:2015"


@pytest.mark.parametrize(
    ("unit", "decided"), [("plant-20", D(2026, 11, 9)), ("depot-20", D(2026, 11, 16))]
)
def test_two_moved_to_2026(unit, decided):
    certificate = GROUP.units[unit].certificates["2026-transition"]

    assert (certificate.edition, certificate.decided) == ("ISO 9001:2026", decided)
    assert qms.status(GROUP, on=D(2026, 11, 23))[unit].since == D(
        2014, 10, 6 if unit == "plant-20" else 13
    )


@pytest.mark.parametrize(
    ("unit", "on", "status"),
    [
        ("plant-03", D(2021, 9, 5), Status.CURRENT),
        ("plant-03", D(2021, 9, 6), Status.SUSPENDED),
        ("plant-03", D(2021, 12, 5), Status.SUSPENDED),
        ("plant-03", D(2021, 12, 6), Status.CURRENT),
        ("depot-05", D(2020, 3, 17), Status.EXPIRED_RESTORABLE),
        ("depot-05", D(2020, 6, 3), Status.EXPIRED_RESTORABLE),
        ("depot-05", D(2020, 6, 4), Status.CURRENT),
    ],
)
def test_suspension_and_restoration(unit, on, status):
    assert qms.status(GROUP, on=on)[unit].status is status


def test_one_was_transferred_without_a_day_between():
    issuers = {one.issuer for one in GROUP.units["plant-07"].certificates.values()}

    assert len(issuers) == 2
    assert qms.status(GROUP, on=D(2026, 11, 23))["plant-07"].since == D(2014, 4, 7)
