"""Saving writes the whole register in one stroke, or nothing."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from qms.model import Organisation, Register, Unit
from qms.problems import RegisterError
from qms.store import Form, convert, load, save
from qms.store.writing import replace_file, sync_folder, told, write_folder
from qms.text import Name


def register(*units: str) -> Register:
    return Register(
        organisation=Organisation(name=Name(vi="Tỉnh")),
        units={name: Unit(id=name, name=Name(vi=f"Đơn vị {name}")) for name in units},
    )


def said(action: Any) -> str:
    with pytest.raises(RegisterError) as caught:
        action()
    return str(caught.value)


def test_converting_does_not_overwrite_unless_told(tmp_path: Path) -> None:
    save(register("a"), tmp_path / "a.json")
    save(register("b"), tmp_path / "b.ndjson")

    assert "something under this name already" in said(
        lambda: convert(tmp_path / "a.json", tmp_path / "b.ndjson")
    )
    assert list(load(tmp_path / "b.ndjson").units) == ["b"]

    assert convert(tmp_path / "a.json", tmp_path / "b.ndjson", overwrite=True) == register("a")
    assert list(load(tmp_path / "b.ndjson").units) == ["a"]


def test_a_folder_with_something_in_it_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r/Sổ tay.docx").touch()

    for _ in range(2):
        assert "the folder is not empty" in said(lambda: save(register("a"), tmp_path / "r"))
    assert [one.name for one in (tmp_path / "r").iterdir()] == ["Sổ tay.docx"]


@pytest.mark.parametrize("name", ["sub", "units/sub", "x.toml", "register.toml"])
def test_no_register_is_put_inside_another(tmp_path: Path, name: str) -> None:
    """Its files would be read as keys of the register around it, which would not load any more."""
    save(register("a"), tmp_path / "r")

    assert "would become a part of the register in the folder" in said(
        lambda: save(register("b"), tmp_path / "r" / name)
    )
    assert list(load(tmp_path / "r").units) == ["a"]


def test_other_forms_may_lie_beside_the_files_of_a_register(tmp_path: Path) -> None:
    save(register("a"), tmp_path / "r")
    save(register("b"), tmp_path / "r/copy.json")
    save(register("b"), tmp_path / "s.toml")
    (tmp_path / "s.toml").rename(tmp_path / "register.toml")

    save(register("c"), tmp_path / "register.toml")

    assert list(load(tmp_path / "r").units) == ["a"]
    assert list(load(tmp_path / "register.toml").units) == ["c"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    save(register("a"), tmp_path / "r")

    assert load(tmp_path / "r") == register("a")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["r"]


def test_a_form_may_be_given_where_the_name_does_not_tell_it(tmp_path: Path) -> None:
    save(register("a"), tmp_path / "register.v1", "folder")

    assert load(tmp_path / "register.v1") == register("a")
    assert "form of this file cannot be told" in said(
        lambda: save(register("a"), tmp_path / "register.docx")
    )
    save(register("a"), tmp_path / "x.json", Form.JSON)


def test_a_register_that_would_not_load_is_not_saved(tmp_path: Path) -> None:
    wrong = register("a")
    wrong = evolve(wrong, units={"a": evolve(wrong.units["a"], parent="b")})

    assert "names a unit that is not in the register" in said(
        lambda: save(wrong, tmp_path / "r.json")
    )
    assert not list(tmp_path.iterdir())


def test_units_whose_names_no_file_can_have_stay_in_the_file_of_the_register(
    tmp_path: Path,
) -> None:
    whole = register("ế" * 90, "sở", "SỞ", "b", "aux", "Com1.2", "comma")

    save(whole, tmp_path / "r")

    assert load(tmp_path / "r") == whole
    names = sorted(one.name for one in (tmp_path / "r/units").iterdir())
    assert names == ["b.toml", "comma.toml", "sở.toml"]


def test_what_is_saved_reads_well(tmp_path: Path) -> None:
    whole = register("skhcn")
    save(whole, tmp_path / "r")

    assert (tmp_path / "r/register.toml").read_text() == (
        'format = "qms-register/1"\n\n[organisation]\nname = {vi = "Tỉnh"}\n'
    )
    assert (tmp_path / "r/units/skhcn.toml").read_text() == 'name = {vi = "Đơn vị skhcn"}\n'
    save(whole, tmp_path / "r.ndjson")
    assert (tmp_path / "r.ndjson").read_text().splitlines() == [
        '{"format":"qms-register/1","organisation":{"name":{"vi":"Tỉnh"}}}',
        '{"id":"skhcn","name":{"vi":"Đơn vị skhcn"}}',
    ]


def test_saving_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("r.json", "r.toml", "r.ndjson"):
        save(register("b", "a"), tmp_path / name)
        first = (tmp_path / name).read_bytes()
        save(load(tmp_path / name), tmp_path / name)

        assert first == (tmp_path / name).read_bytes()


# --- one stroke ------------------------------------------------------------------------------


def test_a_file_that_cannot_be_written_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text("before")

    def chunks() -> Any:
        yield b"half of it"
        raise OSError(errno.ENOSPC, "full")

    assert "the disk is full" in said(lambda: replace_file(path, chunks()))
    assert path.read_text() == "before"
    assert [one.name for one in tmp_path.iterdir()] == ["r.json"]


def test_a_folder_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    def files() -> Any:
        yield "a.toml", b"x"
        raise OSError(errno.EROFS, "read-only")

    assert "the right to write here is missing" in said(
        lambda: write_folder(tmp_path / "r", files())
    )
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["r.json", "r"])
def test_what_a_killed_run_of_the_same_number_left_is_in_nobodys_way(
    tmp_path: Path, name: str
) -> None:
    left = tmp_path / f".{name}.{os.getpid()}.new"
    left.write_text("half")

    save(register("a"), tmp_path / name)

    assert list(load(tmp_path / name).units) == ["a"]
    assert left.read_text() == "half"


def test_a_file_keeps_its_rights_and_a_link_its_target(tmp_path: Path) -> None:
    target, link = tmp_path / "r.json", tmp_path / "link.json"
    target.write_text("before")
    target.chmod(0o640)
    link.symlink_to(target)

    replace_file(link, (b"after",))

    assert link.is_symlink()
    assert target.read_text() == "after"
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EACCES, "the right to write here is missing"),
        (errno.EROFS, "the right to write here is missing"),
        (errno.ENOENT, "there is no folder to write into"),
        (errno.EIO, "this cannot be written: Input/output error"),
        (None, "this cannot be written: Input/output error"),
    ],
)
def test_why_something_cannot_be_written_is_said(
    number: int | None, words: str, tmp_path: Path
) -> None:
    def fail() -> None:
        with told(tmp_path / "r.json"):
            raise OSError() if number is None else OSError(number, "x")

    assert words in said(fail)


def test_a_full_disk_is_said_of_a_real_one(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full on this system")

    def fail() -> None:
        with told(tmp_path / "r.json"), Path("/dev/full").open("wb") as full:
            full.write(b"x" * 100_000)

    assert "the disk is full" in said(fail)


def test_a_folder_that_cannot_be_flushed_is_no_reason_to_fail(tmp_path: Path) -> None:
    sync_folder(tmp_path / "nowhere")
    sync_folder(tmp_path)


@pytest.mark.parametrize("ending", [".xls", ".XLSM", ".xlsb", ".ods"])
def test_the_workbook_of_another_program_is_saved_as_one_that_is_read(
    tmp_path: Path, ending: str
) -> None:
    (tmp_path / f"so{ending}").touch()

    assert "Save the workbook as .xlsx" in said(lambda: load(tmp_path / f"so{ending}"))
    assert "Save the workbook as .xlsx" in said(
        lambda: save(register("a"), tmp_path / f"x{ending}")
    )
    assert "Save the workbook" not in said(lambda: save(register("a"), tmp_path / "x.docx"))
