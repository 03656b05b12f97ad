"""Invented registers of any length for measuring: units with a dossier of about 7 kB each."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import chain
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: The day on which the invented registers are checked.
ON = date(2026, 6, 30)

_HEADER = {
    "format": "qms-register/1",
    "organisation": {
        "name": {"en": "Invented certification body", "vi": "Tổ chức chứng nhận giả định"}
    },
}


def write_register(path: Path, units: int) -> int:
    """Write an NDJSON register of invented units; give its size in bytes."""
    with path.open("w", encoding="utf-8", newline="\n") as lines:
        for record in chain((_HEADER,), invented_units(units)):
            lines.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
    return path.stat().st_size


def invented_units(count: int) -> Iterator[dict[str, Any]]:
    """Units with two certificates, eight audits, objectives and documents, as qms writes them.

    A third of the audits found something, which was followed up.  Every twentieth unit misses
    a surveillance; every fiftieth was suspended once.
    """
    random = Random(9001)
    for number in range(count):
        yield _unit(number, random)


def _unit(number: int, random: Random) -> dict[str, Any]:
    first = date(2020, 8, 1) + timedelta(random.randrange(500))
    second = _years(first, 3) - timedelta(random.randrange(5, 40))
    return {
        "id": f"u{number:07}",
        "name": {"en": f"Invented unit no. {number}", "vi": f"Đơn vị giả định số {number}"},
        "level": "client",
        "headcount": random.randrange(5, 400),
        "certificates": {
            "1": _certificate(number, 1, first, _years(first, 3) - timedelta(1), random),
            "2": _certificate(number, 2, second, _years(first, 6) - timedelta(1), random),
        },
        "audits": _audits(number, first, second, random),
        "objectives": {f"O{n}": _objective(n, random) for n in range(1, 4)},
        "documents": {
            "CS-01": _document("policy", "5.2", random),
            "PV-01": _document("manual", "4.3", random),
            "QT-01": _document("procedure", "7.5.3", random),
        },
    }


def _years(day: date, years: int) -> date:
    return date(day.year + years, day.month, min(day.day, 28))


def _certificate(
    number: int, cycle: int, decided: date, expires: date, random: Random
) -> dict[str, Any]:
    record: dict[str, Any] = {
        "number": f"INVENTED-{number:07}-{cycle}",
        "edition": "ISO 9001:2015",
        "regime": "accredited",
        "issuer": "Invented certification body",
        "accreditation": "INVENTED-MS-001",
        "decided": decided.isoformat(),
        "issued": decided.isoformat(),
        "effective": decided.isoformat(),
        "expires": expires.isoformat(),
        "scope": "Design, manufacture and servicing of invented products",
    }
    if cycle == 2 and random.random() < 0.02:
        record["history"] = [
            {"act": "suspended", "on": "2025-02-03", "reason": "surveillance not allowed"},
            {"act": "restored", "on": "2025-04-04"},
        ]
    return record


def _audits(number: int, first: date, second: date, random: Random) -> dict[str, Any]:
    held = {
        "stage-1": first - timedelta(90),
        "stage-2": first - timedelta(40),
        "surveillance-1": first + timedelta(200),
        "surveillance-2": first + timedelta(560),
        "surveillance-3": first + timedelta(900),
        "recertification-1": second - timedelta(40),
        "surveillance-4": second + timedelta(200),
        "surveillance-5": second + timedelta(560),
    }
    if number % 20 == 0:
        del held["surveillance-4"]
    return {key: _audit(key, day, random) for key, day in held.items()}


def _audit(key: str, held: date, random: Random) -> dict[str, Any]:
    kind = key if key.startswith("stage") else key.rsplit("-", 1)[0]
    return {
        "type": kind,
        "mode": "on-site",
        "criteria": ["ISO 9001:2015"],
        "team": [
            {"name": "Nguyễn Văn Giả Định", "role": "leader"},
            {"name": "Invented Auditor", "role": "auditor"},
        ],
        "planned": (held - timedelta(1)).isoformat(),
        "began": (held - timedelta(1)).isoformat(),
        "held": held.isoformat(),
        "reported": (held + timedelta(10)).isoformat(),
        "findings": {}
        if random.random() < 2 / 3
        else {
            "1": {
                "grade": random.choice(["minor", "opportunity"]),
                "clause": "8.5.1",
                "statement": "Phiếu kiểm soát quá trình chưa được ghi đầy đủ",
                "evidence": "Hồ sơ số 12, 17 và 31 tháng trước",
                "owner": "Operations",
                "due": (held + timedelta(60)).isoformat(),
                "history": [
                    {"act": "corrected", "on": (held + timedelta(15)).isoformat()},
                    {"act": "cause-found", "on": (held + timedelta(20)).isoformat()},
                    {"act": "plan-accepted", "on": (held + timedelta(25)).isoformat()},
                    {"act": "acted", "on": (held + timedelta(30)).isoformat()},
                    {
                        "act": "verified",
                        "on": (held + timedelta(45)).isoformat(),
                        "effective": True,
                    },
                ],
            }
        },
    }


def _objective(number: int, random: Random) -> dict[str, Any]:
    return {
        "title": {"vi": f"Mục tiêu chất lượng số {number}"},
        "indicator": "share of orders delivered on time",
        "unit": "%",
        "comparison": "at-least",
        "target": 95,
        "start": "2026-01-01",
        "due": "2026-12-31",
        "owner": "Operations",
        "evaluation": "from the delivery notes, monthly",
        "tasks": {
            "T1": {
                "what": "Review the carriers",
                "who": "Operations",
                "resources": "two days of the buyer",
                "due": "2026-11-30",
            }
        },
        "measurements": [
            {"on": f"2026-{month:02}-28", "value": round(80 + 20 * random.random(), 1)}
            for month in range(1, 4)
        ],
    }


def _document(kind: str, clause: str, random: Random) -> dict[str, Any]:
    start = date(2023, 1, 10) + timedelta(random.randrange(300))
    return {
        "title": {"vi": f"Tài liệu giả định về điều {clause}"},
        "kind": kind,
        "level": 2,
        "owner": "Quality manager",
        "language": "vi",
        "format": "electronic",
        "access": "internal",
        "clauses": [clause],
        "history": [
            {"act": "drafted", "on": start.isoformat(), "revision": "1", "by": "Invented Author"},
            {
                "act": "reviewed",
                "on": (start + timedelta(5)).isoformat(),
                "revision": "1",
                "by": "Invented Reviewer",
            },
            {
                "act": "approved",
                "on": (start + timedelta(9)).isoformat(),
                "revision": "1",
                "by": "Invented Director",
            },
            {
                "act": "issued",
                "on": (start + timedelta(10)).isoformat(),
                "revision": "1",
                "effective": (start + timedelta(20)).isoformat(),
            },
        ],
        "reviews": [{"on": (start + timedelta(365)).isoformat(), "outcome": "no-change"}],
    }
