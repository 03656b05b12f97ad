"""Every form of a register loads to equal objects, and nothing is lost among them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from qms.store import Form, iter_units, load, save
from strategies import registers

if TYPE_CHECKING:
    from pathlib import Path

    from qms.model import Register

NAMES = {
    Form.FOLDER: "folder",
    Form.TOML: "register.toml",
    Form.JSON: "register.json",
    Form.NDJSON: "register.ndjson",
}


@pytest.mark.parametrize("form", NAMES)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(register=registers())
def test_what_was_saved_loads_as_an_equal_register(
    form: Form, register: Register, tmp_path: Path
) -> None:
    path = tmp_path / NAMES[form]
    shutil.rmtree(path, ignore_errors=True)

    save(register, path)

    assert register == load(path)
    assert list(register.units) == list(load(path).units) or form is Form.FOLDER
    assert dict(register.units) == {unit.id: unit for unit in iter_units(path)}
