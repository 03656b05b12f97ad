"""The first file of a folder register, named in place of the folder."""

import pytest

import qms
from qms.problems import RegisterError
from qms.store import iter_units


@pytest.mark.parametrize("reading", [qms.load, lambda path: list(iter_units(path))])
def test_the_folder_is_asked_for_and_nothing_else_is_told(reading, tmp_path):
    (tmp_path / "units").mkdir()
    file = tmp_path / "register.toml"
    file.write_text('[organisation]\nname.en = "Invented"\n', "utf-8")
    with pytest.raises(RegisterError) as caught:
        reading(file)
    (problem,) = caught.value.problems
    assert problem.what.en == f"this file is only a part of the register in the folder {tmp_path}"
    assert problem.remedy.vi == "Hãy nêu thư mục đó."
