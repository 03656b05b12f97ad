"""The reference of the register says what the records are, and what it shows is true."""

import re
import tomllib

import pytest
from attrs import fields

import qms
from qms.codec.fields import fields_of
from qms.terms import Edition
from register_page import (
    PAGES,
    SUBJECTS,
    WORDS,
    about,
    classes,
    files_of,
    meaning,
    page,
    record_name,
    terms,
    values_name,
    write,
)

RECORDS = classes()[0]
each_language = pytest.mark.parametrize("language", PAGES)
each_record = pytest.mark.parametrize("record", RECORDS.values(), ids=lambda one: one.__name__)


@pytest.fixture
def shown(language, tmp_path, monkeypatch):
    """The register that a page shows, in a folder named as the page names it."""
    text = PAGES[language].read_text("utf-8")
    folder = tmp_path / re.search(r"`qms new (\S+?)[ `]", text)[1]
    good = {name: words for name, words in files_of(text).items() if not name.startswith("wrong/")}
    write(folder, good)
    monkeypatch.chdir(tmp_path)
    return text, folder


@each_language
def test_the_committed_page_is_drawn_from_the_classes(language):
    committed = PAGES[language].read_text("utf-8")

    assert committed == page(language), "run: python tests/register_page.py"


@each_language
@each_record
def test_every_record_and_every_key_is_explained(language, record):
    assert record_name(record, language)
    assert about(record, language).endswith(".")
    for one in fields_of(record):
        words = meaning(record, one, language)
        assert words.endswith("."), one.name
        assert "\n" not in words


@each_language
@pytest.mark.parametrize("term", terms().values(), ids=lambda one: one.__name__)
def test_every_list_of_values_has_a_name(language, term):
    assert values_name(term, language)


def test_nothing_is_explained_that_is_not_there():
    assert WORDS["records"].keys() == RECORDS.keys()
    for name, words in WORDS["records"].items():
        assert words["keys"].keys() == {one.name for one in fields(RECORDS[name])}
    assert WORDS["values"].keys() == terms().keys()


def test_every_record_has_its_place_on_the_page():
    placed = " ".join(names for _, names in SUBJECTS).split()

    assert sorted([*placed, "Name"]) == sorted(RECORDS)


@each_language
def test_no_two_records_or_lists_share_a_name(language):
    names = [record_name(record, language) for record in RECORDS.values()]
    names += [values_name(term, language) for term in terms().values()]

    assert len({name.casefold() for name in names}) == len(names)


@each_language
def test_the_register_that_is_shown_loads(shown):
    _, folder = shown
    register = qms.load(folder)

    (unit,) = register.units.values()
    assert unit.documents
    assert unit.audits


@each_language
def test_what_is_shown_of_waivers_and_choices_fits_into_it(shown):
    text, folder = shown
    loose = re.findall(r"(?<!-->\n)```toml\n(.*?)```", text, re.DOTALL)
    assert [list(tomllib.loads(one)) for one in loose] == [["waivers"], ["organisation"]]
    (unit,) = (folder / "units").glob("*.toml")
    for path, more in zip((unit, folder / "register.toml"), loose, strict=True):
        path.write_text(f"{path.read_text('utf-8')}\n{more}", "utf-8")

    register = qms.load(folder)

    (unit,) = register.units.values()
    assert unit.waivers[0].rule in {rule.code for rule in qms.RULES}
    assert unit.waivers[0].subject in {
        *(f"certificates.{key}" for key in unit.certificates),
        *(f"announcements.{key}" for key in unit.announcements),
    }
    assert register.organisation.policy.due_soon_days == 60


@each_language
def test_the_facts_that_are_shown_can_be_appended(shown):
    text, folder = shown
    before = qms.load(folder)
    programs = re.findall(r"<!-- append -->\n```python\n(.*?)```", text, re.DOTALL)
    assert len(programs) == 2

    for program in programs:
        exec(program, {})  # noqa: S102 - it is our own page

    ((key, after),) = qms.load(folder).units.items()
    assert len(after.audits) == len(before.units[key].audits) + 2
    assert after.note
    (one,) = {**after.certificates, **after.announcements}.values()
    assert [event.act.value for event in one.history][-1] in {"restored", "confirmed"}


@each_language
def test_editions_are_kept_as_the_page_says(language):
    rows = re.findall(
        r"^\| (`.*9001.*`) \| `(.*)` \|$", PAGES[language].read_text("utf-8"), re.MULTILINE
    )

    assert len(rows) == 5
    for written, kept in rows:
        for words in re.findall(r"`(.*?)`", written):
            assert Edition(words) == kept


@each_language
def test_every_refusal_of_the_example_is_explained_in_the_language_of_the_page(language):
    text = PAGES[language].read_text("utf-8")
    said = text[text.index("<!-- refusal -->") : text.index("<!-- end of refusal -->")]

    assert said.count({"en": "what to do: ", "vi": "cách khắc phục: "}[language]) >= 2
