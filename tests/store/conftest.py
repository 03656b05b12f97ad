import pytest

from qms.store import convert
from qms.text import Language
from workbooks import UNIT


@pytest.fixture(scope="session")
def book_bytes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    root = folder / "r"
    (root / "units").mkdir(parents=True)
    (root / "register.toml").write_text('[organisation]\nname.vi = "Tỉnh"\n', "utf-8")
    (root / "units" / "so.toml").write_text(UNIT, "utf-8")
    convert(root, folder / "b.xlsx", language=Language.VIETNAMESE)
    return (folder / "b.xlsx").read_bytes()


@pytest.fixture
def book(tmp_path, book_bytes):
    """The workbook of a small register, in Vietnamese."""
    path = tmp_path / "b.xlsx"
    path.write_bytes(book_bytes)
    return path
