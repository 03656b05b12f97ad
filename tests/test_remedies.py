"""What to do about a value that is not written as it should be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from qms.codec.assemble import assemble
from qms.problems import RegisterError

CERTIFICATE = {"number": "01/GCN (invented)", "regime": "state-certificate"}


def minimal(**more: Any) -> dict[str, Any]:
    unit = {"name": {"vi": "Sở Khoa học và Công nghệ"}, **more}
    return {"organisation": {"name": {"vi": "Tỉnh"}}, "units": {"skhcn": unit}}


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("30/06/2015", "Write 2015-06-30."),
        ("2015-6-3", "Write 2015-06-03."),
        ("2015-06-30T00:00:00", "Write 2015-06-30."),
        ("2015-06-30 07:45:00+07:00", "Write 2015-06-30."),
        ("20150630", "Write 2015-06-30."),
        (20150630, "Write 2015-06-30."),
        ("2015-06-30T", "Correct the value."),
        (2015, "Correct the value."),
        (20150631, "Correct the value."),
    ],
)
def test_a_day_written_otherwise_is_told_as_it_should_be(written: Any, remedy: str) -> None:
    with pytest.raises(RegisterError) as caught:
        assemble(minimal(valid_from=written))

    (problem,) = caught.value.problems
    assert problem.remedy is not None
    assert problem.remedy.en == remedy
    assert problem.found == json.dumps(written)


@pytest.mark.parametrize(
    ("field", "remedy"),
    [
        ({"headcount": "25"}, "Write 25, without quotation marks."),
        ({"headcount": "hai"}, "Correct the value."),
        ({"headcount": True}, "Correct the value."),
        ({"note": 7.1}, "Put it in quotation marks"),
        ({"note": True}, "Correct the value."),
        ({"group": 12}, "Put it in quotation marks"),
        ({"level": 1}, "Correct the value."),
        ({"certificates": {"1": {**CERTIFICATE, "edition": 2015}}}, "Correct the value."),
        ({"history": {"act": "renamed", "on": "2015-06-30"}}, "in double brackets, [[…]]"),
        ({"divisions": "Phòng A"}, 'Put it in square brackets: ["Phòng A"].'),
    ],
)
def test_a_value_of_another_kind_is_told_how_it_is_written(
    field: dict[str, Any], remedy: str
) -> None:
    with pytest.raises(RegisterError) as caught:
        assemble(minimal(**field))

    assert caught.value.problems[0].remedy is not None
    assert remedy in caught.value.problems[0].remedy.en


@pytest.mark.parametrize(("written", "found"), [("true", True), ("Yes", False)])
def test_a_flag_stands_without_quotation_marks(written: str, found: bool) -> None:  # noqa: FBT001
    data = minimal()
    data["organisation"]["policy"] = {"approver_differs_from_author": written}

    with pytest.raises(RegisterError) as caught:
        assemble(data)

    assert ("Write true, without" in str(caught.value)) is found


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("ISO/FDIS 9001:2026", "Nobody is certified to a draft"),
        ("ISO 9001:2015/DAmd 1", "Nobody is certified to a draft"),
        ("ISO 9001:2015/Amd 1", "Add the year of the amendment"),
        ("TCVN ISO 9001:2015/Sửa đổi 1", "Add the year of the amendment"),
        ("GB/T 19001-2016", "that the national standard adopts"),
        ("JIS Q 9001:2015", "that the national standard adopts"),
        ("ISO 9001", "Add the year of the edition"),
        ("ISO 9001:15", "Add the year of the edition"),
        ("ISO 9001:2015; ISO 14001:2015", "anything else goes into “note”"),
        ("ISO 9002:1994", "certificates to other standards have no place here"),
        ("?", "Correct the value."),
    ],
)
def test_what_is_no_edition_is_refused_with_the_reason(written: str, remedy: str) -> None:
    with pytest.raises(RegisterError) as caught:
        assemble(minimal(certificates={"1": {**CERTIFICATE, "edition": written}}))

    (problem,) = caught.value.problems
    assert problem.remedy is not None
    assert remedy in problem.remedy.en


OBJECTIVE = {
    "title": {"vi": "Đúng hạn"},
    "indicator": "tỷ lệ đúng hạn",
    "unit": "%",
    "comparison": "at-least",
    "start": "2025-01-01",
    "due": "2025-12-31",
}


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("97,5", "Write 97.5."),
        ("-0,25 %", "Write -0.25."),
        ("95%", "Write 95."),
        (" 95 ", "Write 95."),
        ("1,000", "Correct the value."),
        ("1.000,5", "Correct the value."),
        ("chín mươi", "Correct the value."),
    ],
)
def test_a_quantity_is_written_with_a_point_and_without_its_unit(written: str, remedy: str) -> None:
    with pytest.raises(RegisterError) as caught:
        assemble(minimal(objectives={"o": {**OBJECTIVE, "target": written}}))

    assert caught.value.problems[0].remedy is not None
    assert caught.value.problems[0].remedy.en == remedy
