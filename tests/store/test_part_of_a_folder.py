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
    assert problem.what.en == f"this is only a part of the register in the folder {tmp_path}"
    assert problem.remedy.vi == "Hãy nêu thư mục đó."


def problem_of(folder):
    with pytest.raises(RegisterError) as caught:
        qms.load(folder)
    (problem,) = caught.value.problems
    return problem


def test_a_folder_of_something_else_is_told_in_one_problem(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n', "utf-8")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "data.toml").write_text("broken", "utf-8")

    problem = problem_of(tmp_path)

    assert problem.what.vi.startswith("không có sổ đăng ký trong thư mục này")
    assert "qms new" in problem.remedy.en


@pytest.mark.parametrize("within", ["units", "units/so-1/documents"])
def test_a_folder_inside_a_register_asks_for_the_register(tmp_path, within):
    (tmp_path / "register.toml").write_text('[organisation]\nname.en = "Invented"\n', "utf-8")
    (tmp_path / within).mkdir(parents=True)
    (tmp_path / within / "QT-01.toml").write_text("", "utf-8")

    problem = problem_of(tmp_path / within)

    assert problem.what.en == f"this is only a part of the register in the folder {tmp_path}"
    assert problem.remedy.vi == "Hãy nêu thư mục đó."


@pytest.mark.parametrize("sign", ["organisation.toml", "units.toml", "Register.toml"])
def test_whatever_may_be_a_register_is_read_and_told_whole(tmp_path, sign):
    (tmp_path / sign).write_text("odd = 1\n", "utf-8")
    (tmp_path / "other.toml").write_text("odd = 1\n", "utf-8")

    with pytest.raises(RegisterError) as caught:
        qms.load(tmp_path)

    assert len(caught.value.problems) > 1
