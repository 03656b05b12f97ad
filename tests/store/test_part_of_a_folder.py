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


def a_register(folder):
    (folder / "units" / "a" / "documents").mkdir(parents=True)
    (folder / "register.toml").write_text('organisation.name.en = "Invented"\n', "utf-8")
    (folder / "units" / "a.toml").write_text('name.en = "A"\n', "utf-8")
    (folder / "units" / "a" / "documents" / "QT-01.toml").write_text("", "utf-8")
    (folder / "units.toml").write_text("", "utf-8")


@pytest.mark.parametrize("file", ["units/a.toml", "units/a/documents/QT-01.toml", "units.toml"])
def test_the_file_of_one_unit_asks_for_the_register(tmp_path, monkeypatch, file):
    a_register(tmp_path)

    problem = problem_of(tmp_path / file)

    assert problem.what.vi == f"đây chỉ là một phần của sổ đăng ký trong thư mục {tmp_path}"
    assert problem.place.file == str(tmp_path / file)

    monkeypatch.chdir((tmp_path / file).parent)
    problem = problem_of((tmp_path / file).name)

    assert problem.remedy.en == "Name the folder."


def test_another_file_beside_may_be_a_register_of_its_own(tmp_path):
    a_register(tmp_path)
    file = tmp_path / "copy.toml"
    file.write_text('organisation.name.en = "Invented"\nunits.b.name.en = "B"\n', "utf-8")

    assert list(qms.load(file).units) == ["b"]


@pytest.mark.parametrize("file", ["../../other.toml", "../../folder/other.toml"])
def test_a_register_outside_is_no_part_of_the_one_in_which_its_name_begins(
    tmp_path, monkeypatch, file
):
    a_register(tmp_path / "within" / "r")
    monkeypatch.chdir(tmp_path / "within" / "r")
    (tmp_path / "folder").mkdir()
    (tmp_path / "within" / "r" / file).write_text(
        'organisation.name.en = "Invented"\nunits.b.name.en = "B"\n', "utf-8"
    )

    assert list(qms.load(file).units) == ["b"]
    assert problem_of("units/../units/a.toml").remedy.en == "Name the folder."
    assert "qms new" in problem_of("../../folder/..").remedy.en


@pytest.mark.parametrize(
    ("files", "second"),
    [
        ({"A.toml": 'name.en = "A"', "a.toml": 'name.en = "a"'}, "units/a.toml"),
        ({"Đ/name.toml": 'en = "A"', "đ/name.toml": 'en = "a"'}, "units/đ"),
        (
            {
                "b.toml": 'name.en = "B"',
                "b/documents/QT-1.toml": 'kind = "form"\ntitle.en = "T"',
                "b/documents/qt-1.toml": 'kind = "form"\ntitle.en = "t"',
            },
            "units/b/documents/qt-1.toml",
        ),
    ],
)
def test_files_that_only_capitals_tell_apart_are_refused(tmp_path, files, second):
    (tmp_path / "register.toml").write_text('organisation.name.en = "Invented"\n', "utf-8")
    for name, words in files.items():
        file = tmp_path / "units" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(words, "utf-8")

    problem = problem_of(tmp_path)

    assert problem.place.file == second
    assert "on Windows and macOS they are one file" in problem.what.en
    assert problem.remedy is not None


def test_identifiers_that_only_capitals_tell_apart_stay_in_one_file(tmp_path):
    (tmp_path / "register.toml").write_text(
        'organisation.name.en = "Invented"\nunits.A.name.en = "A"\nunits.a.name.en = "a"\n'
    )

    assert list(qms.load(tmp_path).units) == ["A", "a"]
    qms.save(qms.load(tmp_path), tmp_path.parent / f"{tmp_path.name}-copy")
    assert qms.load(tmp_path.parent / f"{tmp_path.name}-copy") == qms.load(tmp_path)


@pytest.mark.parametrize("name", ["Register.toml", "register.TOML"])
def test_the_file_of_the_register_is_named_in_small_letters(tmp_path, name):
    a_register(tmp_path)
    (tmp_path / "units.toml").unlink()
    (tmp_path / "units" / "a" / "documents" / "QT-01.toml").unlink()
    (tmp_path / "register.toml").rename(tmp_path / name)

    problem = problem_of(tmp_path)

    assert problem.place.file == name
    assert "is called register.toml, in small letters" in problem.what.en


def test_a_unit_beside_the_folder_of_units_is_told_where_it_belongs(tmp_path):
    (tmp_path / "register.toml").write_text(
        'organisation.name.en = "Invented"\nunits.b.name.en = "B"\n', "utf-8"
    )
    (tmp_path / "a.toml").write_text('name.en = "A"\n', "utf-8")

    assert problem_of(tmp_path).remedy.en.endswith("in a folder as the file units/a.toml.")

    (tmp_path / "a.toml").write_text('colour = "red"\n', "utf-8")

    assert problem_of(tmp_path).remedy.en == "Correct its spelling, or take it out."
