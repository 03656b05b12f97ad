import pytest

from qms.store import convert
from qms.text import Language
from workbooks import UNIT


@pytest.fixture
def book(tmp_path):
    root = tmp_path / "r"
    (root / "units").mkdir(parents=True)
    (root / "register.toml").write_text('[organisation]\nname.vi = "Tỉnh"\n', "utf-8")
    (root / "units" / "so.toml").write_text(UNIT, "utf-8")
    convert(root, tmp_path / "b.xlsx", language=Language.VIETNAMESE)
    return tmp_path / "b.xlsx"
