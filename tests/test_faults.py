"""Nothing is lost: a command killed at any write leaves the old or the new, never a mix.

Each command runs in a process of its own that kills itself (SIGKILL) at its first, second,
third … write, rename or removal inside the folder, until it gets through.
"""

import os
import resource
import shutil
import signal
import sys
from datetime import date
from pathlib import Path

import docx
import pytest

from qms import load
from qms.cli import main
from qms.problems import RegisterError
from qms.seals import verify
from qms.store import append

HA_GIANG = Path(__file__).parents[1] / "fixtures" / "ha-giang-2015"
ON = ["--on", "2016-01-05"]
#: Commands that change a register, on the register of a department with all its documents.
CHANGES = {
    "draft": ["document", "draft", "{r}", "skhcn", "QT-01", "--by", "A", *ON],
    "acknowledge": [
        "document",
        "acknowledge",
        "{r}",
        "skhcn",
        "QT-01",
        "--holder",
        "Phòng A",
        *ON,
    ],
    "distribute": ["document", "distribute", "{r}", "skhcn", "QT-01", "--holder", "Phòng B", *ON],
    "recall": [
        "document",
        "recall",
        "{r}",
        "skhcn",
        "QT-01",
        "--holder",
        "Các phòng, đơn vị trực thuộc Sở",
        *ON,
    ],
    "review": [
        "document",
        "review",
        "{r}",
        "skhcn",
        "QT-01",
        "--by",
        "B",
        "--outcome",
        "no-change",
        *ON,
    ],
    "withdraw": ["document", "withdraw", "{r}", "skhcn", "QT-02", "--reason", "x", *ON],
    "measure": ["objective", "measure", "{r}", "skhcn", "trang-thong-tin", "12", *ON],
    "seal": ["seal", "{r}", *ON],
}
WRITES = os.O_WRONLY | os.O_RDWR


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The register of the department alone, with its files."""
    root = tmp_path_factory.mktemp("small") / "r"
    (root / "units").mkdir(parents=True)
    for name in ("register.toml", "files", "units/skhcn.toml", "units/skhcn"):
        source, target = HA_GIANG / name, root / name
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    text = (root / "register.toml").read_text("utf-8")
    (root / "register.toml").write_text(text.partition("[yearly_plans")[0], "utf-8")
    given = ["document", "distribute", str(root), "skhcn", "QT-01", "--holder", "Phòng A"]
    assert main([*given, "--on", "2016-01-04"]) == 0
    return root


def in_a_process(arguments, before):
    """The exit code of a command in a process of its own; -9 where it was killed."""
    child = os.fork()
    if child == 0:  # pragma: no cover - coverage ends with the process
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        code = 70
        try:
            before()
            code = main(arguments)
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def killed_at(moment, root):
    """Have the process kill itself at its n-th write inside a folder."""
    count = 0

    def watch(event, args):
        nonlocal count
        writes = event in {"os.rename", "os.remove", "os.mkdir", "os.rmdir"} or (
            event == "open" and isinstance(args[2], int) and args[2] & WRITES
        )
        if writes and str(root) in str(args[0]):
            count += 1
            if count == moment:
                os.kill(os.getpid(), signal.SIGKILL)

    return lambda: sys.addaudithook(watch)


def said(arguments, root):
    return [one.replace("{r}", str(root)) for one in arguments]


def copied(small, tmp_path, name):
    shutil.copytree(small, tmp_path / name)
    return tmp_path / name


@pytest.mark.parametrize("sealed", [False, True], ids=["unsealed", "sealed"])
@pytest.mark.parametrize("name", CHANGES)
def test_a_killed_command_leaves_the_old_register_or_the_new(small, tmp_path, name, sealed):
    begun = copied(small, tmp_path, "begun")
    if sealed:
        main(["seal", str(begun), "--on", "2016-01-04"])
    old = load(begun)
    whole = copied(begun, tmp_path, "whole")
    assert main(said(CHANGES[name], whole)) == 0
    new = load(whole)
    ended = []
    for moment in range(1, 60):
        victim = copied(begun, tmp_path, f"victim{moment}")
        code = in_a_process(said(CHANGES[name], victim), killed_at(moment, victim))
        found = load(victim)
        assert found in (old, new)
        if sealed and name != "seal":
            assert not verify(victim).outside
        assert in_a_process(said(CHANGES["measure"], victim), lambda: None) == 0
        load(victim)
        shutil.rmtree(victim)
        ended.append(found == new)
        if code == 0:
            break
    assert code == 0
    assert len(ended) > 3
    if name != "seal":
        assert ended == sorted(ended)
        assert not ended[0]


OUTPUTS = {
    "convert": ["convert", "{r}", "{out}/new.json"],
    "convert to a folder": ["convert", "{r}", "{out}/new"],
    "check": ["check", "{r}", "--on", "2015-12-31", "--format", "json", "--output", "{out}/report.json"],
    "checklist": ["checklist", "{r}", "skhcn", "--type", "surveillance", "--edition", "2015",
                  "--on", "2015-12-31", "--output", "{out}/c.docx"],
    "pack": ["pack", "{r}", "--on", "2015-12-31", "--output", "{out}/evidence.zip"],
    "new": ["new", "{out}/fresh"],
}  # fmt: skip


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_is_there_whole_or_not_at_all(small, tmp_path, name):
    def arguments(out):
        return [one.replace("{out}", str(out)) for one in said(OUTPUTS[name], small)]

    whole = tmp_path / "whole"
    whole.mkdir()
    assert main(arguments(whole)) in {0, 1}
    expected = contents(whole)
    assert expected
    for moment in range(1, 60):
        out = tmp_path / f"out{moment}"
        out.mkdir()
        code = in_a_process(arguments(out), killed_at(moment, out))
        assert contents(out) in ({}, expected)
        if code >= 0:
            break
    assert contents(out) == expected
    assert moment > 1


def test_a_file_that_is_replaced_is_the_old_one_or_the_new(tmp_path):
    document = docx.Document()
    document.add_paragraph("Nội dung giả định.")
    document.save(tmp_path / "plain.docx")
    stamp = [
        "document",
        "stamp",
        "{f}",
        "--code",
        "QT-99",
        "--title",
        "Giả định",
        "--revision",
        "1",
    ]
    old = (tmp_path / "plain.docx").read_bytes()
    shutil.copy(tmp_path / "plain.docx", tmp_path / "whole.docx")
    assert main([one.replace("{f}", str(tmp_path / "whole.docx")) for one in stamp]) == 0
    new = (tmp_path / "whole.docx").read_bytes()
    for moment in range(1, 20):
        victim = tmp_path / str(moment) / "v.docx"
        victim.parent.mkdir()
        victim.write_bytes(old)
        arguments = [one.replace("{f}", str(victim)) for one in stamp]
        code = in_a_process(arguments, killed_at(moment, victim.parent))
        assert victim.read_bytes() in (old, new)
        if code == 0:
            break
    assert victim.read_bytes() == new


def no_room():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))


def not_allowed():
    if os.geteuid() == 0:
        os.seteuid(65534)


@pytest.mark.parametrize("fault", [no_room, not_allowed])
@pytest.mark.parametrize("name", CHANGES)
def test_where_nothing_can_be_written_nothing_changes(small, passable, name, fault):
    root = copied(small, passable, "r")
    if os.geteuid() != 0 and fault is not_allowed:
        for place, _, _ in os.walk(root):
            Path(place).chmod(0o555)
    before = contents(root)
    assert in_a_process(said(CHANGES[name], root), fault) == 2
    for place, _, _ in os.walk(root):
        Path(place).chmod(0o755)
    assert contents(root) == before


def test_two_programs_that_change_one_register_lose_nothing(small, tmp_path):
    root = copied(small, tmp_path, "r")
    children = []
    for day in range(1, 9):
        child = os.fork()
        if child == 0:  # pragma: no cover - coverage ends with the process
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os._exit(main(["objective", "measure", str(root), "skhcn", "trang-thong-tin", "12",
                           "--on", f"2016-02-{day:02}"]))  # fmt: skip
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    measured = load(root).units["skhcn"].objectives["trang-thong-tin"].measurements
    days = {one.on for one in measured}
    assert codes == [0] * 8
    assert {date(2016, 2, day) for day in range(1, 9)} <= days


def test_a_fact_that_would_not_load_is_refused_before_anything_is_written(small, tmp_path):
    root = copied(small, tmp_path, "r")
    before = contents(root)
    with pytest.raises(RegisterError):
        append(root, "skhcn", ("objectives", "moi"), {"title": {"vi": "x"}})
    assert contents(root) == before
