"""What the READMEs and the documentation show and point to is there, and is true."""

import re
import shutil
from itertools import count

import pytest

import qms
from qms.cli import main
from qms.cli.program import program
from qms.text import Language
from readme_output import READMES, ROOT, SHOWN, main_job, printed, readme
from register_page import slug

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("fixtures/*/*.md")])
SAID = {
    Language.ENGLISH: "66 of 66 units are current\n",
    Language.VIETNAMESE: "66 / 66 đơn vị còn hiệu lực\n",
}
each_readme = pytest.mark.parametrize("language", READMES)
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def read(language):
    return READMES[language].read_text("utf-8")


def blocks(text, kind):
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def headings(page):
    """The names under which the headings of a page are linked to."""
    words = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    seen = set()
    for heading in re.findall(r"^#+ (.*)$", words, re.MULTILINE):
        name = slug(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading))
        seen.add(next(one for n in count() if (one := f"{name}-{n}" if n else name) not in seen))
    return seen


@each_readme
def test_the_output_shown_is_how_the_real_output_begins(language):
    assert read(language) == readme(language), "run: python tests/readme_output.py"


@each_readme
def test_more_units_follow_after_what_is_shown(language):
    lines = printed(main_job(read(language)), language).splitlines()

    assert len(lines) > 66
    assert "66" in lines[1]
    assert len(lines[:SHOWN]) == SHOWN


@each_readme
def test_the_example_in_python_says_what_the_main_command_says(language, monkeypatch, capsys):
    (example,) = blocks(read(language), "python")
    monkeypatch.chdir(ROOT)

    exec(example, {})  # noqa: S102 - it is our own page

    assert capsys.readouterr().out == SAID[language]


@pytest.mark.parametrize("page", ["docs/python.md", "docs/vi/python.md"])
def test_the_examples_in_python_print_what_is_shown(page, tmp_path, monkeypatch, capsys):
    text = (ROOT / page).read_text("utf-8")
    shutil.copytree(ROOT / "fixtures" / "ha-giang-2015", tmp_path / "fixtures" / "ha-giang-2015")
    monkeypatch.chdir(tmp_path)
    names = {}
    for example, shown in zip(blocks(text, "python"), blocks(text, "text"), strict=True):
        exec(example, names)  # noqa: S102 - it is our own page
        assert capsys.readouterr().out == shown


@each_readme
def test_the_unit_shown_fits_into_a_new_register(language, tmp_path, monkeypatch, capsys):
    text = read(language)
    (start,) = re.findall(r"`qms (new [^`]*)`", text)
    (name,) = re.findall(r"`(\S+/units/\S+\.toml)`", text)
    (unit,) = blocks(text, "toml")
    monkeypatch.chdir(tmp_path)
    assert main(start.split()) == 0
    (tmp_path / name).write_text(unit, "utf-8")

    register = qms.load(tmp_path / name.partition("/")[0])

    assert len(register.units) == 2
    assert not capsys.readouterr().err


@each_page
def test_every_link_leads_somewhere(page):
    words = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    for link in _LINK.findall(words):
        if not re.match(r"[a-z]+:", link):
            path, _, heading = link.partition("#")
            target = page.parent / path if path else page
            assert target.exists(), link
            assert not heading or heading in headings(target), link


@pytest.mark.parametrize("page", ["docs/command-line.md", "docs/vi/command-line.md"])
def test_every_command_is_mentioned(page):
    words = (ROOT / page).read_text("utf-8")

    assert all(f"qms {name}" in words for name in program.homes)


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "vi").glob("**/*.md")), ids=str)
def test_every_vietnamese_page_has_an_english_one(page):
    assert (ROOT / "docs" / page.relative_to(ROOT / "docs" / "vi")).exists()


def test_the_pages_for_users_are_in_both_languages():
    for page in ("command-line.md", "register.md", "rules/README.md", "scope.md", "word.md"):
        assert (ROOT / "docs" / "vi" / page).exists()
