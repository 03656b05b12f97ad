"""The whole check of a long NDJSON register, as ratios to parsing the same bytes.

Side by side in one run: the same bytes parsed by orjson; the whole check with all
rules on strict input; the same rules behind pydantic models; and jsonschema on every
unit.  The slow ones are measured on a part of the register and shown per byte.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.units import ON, write_register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_PART = 2_000


def run(units: int) -> None:
    """Print the ratios for a register of some units."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "register.ndjson")
        size = write_register(path, units)
        part = Path(folder, "part.ndjson")
        write_register(part, min(units, _PART))
        print(f"bulk: {units:,} units, {size / units / 1000:.1f} kB each")
        parsed, checked = _alternating(lambda: _parse(path), lambda: _check(path))
        print(f"  whole check / orjson.loads{'':24} {checked / parsed:5.2f}   (at most 3.5)")
        print(f"  whole check with 2 jobs / with 1{'':18} {_two_jobs(path) / checked:5.2f}")
        parsed = _best(lambda: _parse(part))
        print(
            f"  pydantic and the same rules / orjson.loads{'':8} {_best(lambda: _pydantic(part), 2) / parsed:5.2f}"
        )
        print(
            f"  jsonschema on every unit / orjson.loads{'':11} {_best(lambda: _jsonschema(part), 1) / parsed:5.2f}"
        )
        print(f"  peak memory of the whole check{'':20} {_peak(path):5.0f} MB (at most 150)")
        short = Path(folder, "tenth.ndjson")
        write_register(short, max(units // 10, 1))
        print(f"  peak memory for a tenth of the units{'':14} {_peak(short):5.0f} MB")


def _alternating(
    one: Callable[[], object], other: Callable[[], object], times: int = 3
) -> tuple[float, float]:
    """The best times of two functions, measured in turns."""
    best = [float("inf"), float("inf")]
    for _ in range(times):
        for index, function in enumerate((one, other)):
            best[index] = min(best[index], _time(function))
    return best[0], best[1]


def _best(function: Callable[[], object], times: int = 3) -> float:
    return min(_time(function) for _ in range(times))


def _time(function: Callable[[], object]) -> float:
    gc.collect()
    begun = time.perf_counter()
    function()
    return time.perf_counter() - begun


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        yield from islice(stream, 1, None)


def _parse(path: Path) -> None:
    from orjson import loads

    for line in _lines(path):
        loads(line)


def _check(path: Path, jobs: int = 1) -> None:
    from qms.bulk import check_lines

    report, _ = check_lines(path, on=ON, jobs=jobs)
    assert report.summary.units


def _two_jobs(path: Path) -> float:
    return _best(lambda: _check(path, jobs=2), 2)


def _peak(path: Path) -> float:
    """The greatest memory of a process that checks a register and does nothing else, in MB.

    As Linux counts it for the program alone, without the process that started it.
    """
    program = (
        "import re, sys; from pathlib import Path; from benchmarks.bulk import _check;"
        "_check(Path(sys.argv[1]));"
        "print(re.search(r'VmHWM:\\s+(\\d+) kB', Path('/proc/self/status').read_text())[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], check=True, capture_output=True, text=True
    )
    return int(done.stdout) / 1024


def _jsonschema(path: Path) -> None:
    from jsonschema import Draft202012Validator

    from qms.codec.schema import UNIT, schemas

    validator = Draft202012Validator(json.loads(json.dumps(schemas()[UNIT])))
    for line in _lines(path):
        validator.validate(json.loads(line))


def _pydantic(path: Path) -> None:
    """The same rules on models of pydantic with the same fields, which forbid unknown keys."""
    from qms.check import Questions, check_units
    from qms.knowledge import has_later_facts
    from qms.norms import norms
    from qms.portfolio import Portfolio
    from qms.rules import RULES
    from qms.store.ndjson import Lines

    header = Lines.open(path).header
    portfolio = Portfolio(header.organisation, header.yearly_plans, ON, norms())
    read = _pydantic_reader()
    # Models of pydantic cannot be cut back to a day; one unit in thirty has something later.
    units: Iterable[Any] = (
        [one] for one in map(read, _lines(path)) if not has_later_facts(one, ON)
    )
    for (result,) in check_units(units, Questions(RULES), portfolio):
        assert result.standing.on == ON


def _pydantic_reader() -> Callable[[bytes], Any]:
    """A reader of units into pydantic models made from the same classes."""
    from typing import Annotated

    from pydantic import AfterValidator, ConfigDict, TypeAdapter, create_model

    from qms.codec.fields import Kind, Many, OneRecord, Scalar, Table, fields_of
    from qms.model import Unit
    from qms.terms import Edition
    from qms.text import Name

    plain = {
        Kind.WORDS: str,
        Kind.FLAG: bool,
        Kind.INTEGER: int,
        Kind.DAY: date,
        Kind.EDITION: Annotated[str, AfterValidator(Edition)],
    }
    made: dict[type, Any] = {}

    def typed(shape: Any) -> Any:
        from decimal import Decimal

        if shape == OneRecord(Name):
            named = AfterValidator(lambda given: Name(en=given.en, vi=given.vi))
            return Annotated[model(Name), named]
        if isinstance(shape, OneRecord):
            return model(shape.record)
        if isinstance(shape, Many):
            return tuple[typed(shape.item), ...]  # type: ignore[misc]
        if isinstance(shape, Table):
            return dict[str, typed(shape.value)]  # type: ignore[misc]
        assert isinstance(shape, Scalar)
        if shape.kind is Kind.TERM:
            return shape.term
        return Decimal if shape.kind is Kind.QUANTITY else plain[shape.kind]

    def model(record: type) -> Any:
        if record not in made:
            fields: dict[str, Any] = {
                one.name: (typed(one.shape), ...)
                if one.required
                else (typed(one.shape) | None, one.default)
                for one in fields_of(record)
            }
            made[record] = create_model(
                record.__name__, __config__=ConfigDict(extra="forbid", frozen=True), **fields
            )
        return made[record]

    return TypeAdapter(model(Unit)).validate_json
