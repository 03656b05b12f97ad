"""Commands run in a plain surrounding: English, 80 columns, no colour."""

import pytest


@pytest.fixture(autouse=True)
def plain_surrounding(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "COLUMNS", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("QMS_LANG", "en")
