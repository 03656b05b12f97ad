"""The reference of the command line is what the commands themselves say."""

import pytest

from command_line_pages import PAGES, helped, names, page


@pytest.mark.parametrize("language", PAGES)
def test_the_committed_page_is_drawn_from_the_help(language):
    committed = PAGES[language].read_text(encoding="utf-8")

    assert committed == page(language), "run: python tests/command_line_pages.py"


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("name", list(names()))
def test_no_help_is_wider_than_a_screen(language, name):
    assert max(len(line) for line in helped(name, language).splitlines()) <= 80


@pytest.mark.parametrize("name", list(names()))
def test_every_command_has_a_page_of_both_languages(name):
    for language, path in PAGES.items():
        assert f"### qms {name}\n" in path.read_text(encoding="utf-8"), language
