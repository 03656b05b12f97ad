"""Which language a command speaks, settled before it says its first word."""

import pytest
from runs import DAY, REGISTER, run

from qms.cli.bilingual import did_you_mean, language_of
from qms.cli.session import choose_language


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        (["check", "--lang", "vi"], {"QMS_LANG": "en", "LANG": "en_GB.UTF-8"}, "vi"),
        (["check", "--lang=vi"], {"LANG": "en_GB.UTF-8"}, "vi"),
        (["--lang", "EN", "check"], {"QMS_LANG": "vi"}, "en"),
        (["check"], {"QMS_LANG": "vi", "LANG": "en_GB.UTF-8"}, "vi"),
        (["check"], {"LANG": "vi_VN.UTF-8"}, "vi"),
        (["check"], {"LC_ALL": "en_US.UTF-8", "LANG": "vi_VN.UTF-8"}, "en"),
        (["check"], {"LC_ALL": "", "LC_MESSAGES": "vi_VN", "LANG": "C"}, "vi"),
        (["check"], {"LANG": "C"}, "en"),
        (["check"], {"LANG": "en_US.UTF-8", "LANGUAGE": "vi_VN:en"}, "vi"),
        (["check"], {"LANG": "vi_VN.UTF-8", "LANGUAGE": "de:fr"}, "vi"),
        (["check"], {"LANG": "vi_VN.UTF-8", "LANGUAGE": "en:vi"}, "en"),
        (["check"], {"LANG": "C.UTF-8", "LANGUAGE": "vi"}, "en"),
        (["check"], {"LANG": "de_DE.UTF-8"}, "en"),
        (["check"], {"QMS_LANG": "klingon", "LANG": "vi_VN"}, "vi"),
        (["check", "--lang", "klingon"], {"QMS_LANG": "vi"}, "vi"),
        (["check", "--lang"], {"LANG": "C"}, "en"),
        (["check", "--", "--lang", "vi"], {"LANG": "C"}, "en"),
        (["--lang", "en", "check", "--lang", "vi"], {}, "vi"),
    ],
)
def test_the_language_is_that_of_the_option_else_the_variable_else_the_computer(
    arguments, environment, language
):
    assert choose_language(arguments, environment) == language


def test_without_any_variable_the_computer_itself_is_asked(monkeypatch):
    monkeypatch.setattr("locale.getlocale", lambda: ("Vietnamese_Vietnam", "1258"))
    assert choose_language([], {}) == "vi"

    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    assert choose_language([], {}) == "en"


def test_a_language_that_is_not_spoken_is_a_mistake(capsys):
    code, out, err = run(capsys, "status", REGISTER, "--lang", "fr")

    assert (code, out) == (2, "")
    assert err.startswith("Error: --lang: fr is not one of en, vi.")


def test_a_command_outside_of_a_session_speaks_english():
    assert language_of(None) == "en"


def test_every_word_of_a_vietnamese_run_is_vietnamese(capsys):
    code, out, err = run(capsys, "status", REGISTER, "--on", DAY, "--lang", "vi")

    assert (code, err) == (0, "")
    assert "01/06/2017" in out
    assert "3/5 đơn vị còn hiệu lực." in out
    assert "current" not in out


def test_what_was_probably_meant_is_named_as_it_is_written():
    assert did_you_mean("SO-01", ["so-1", "so-2"]).vi == " Có phải là so-1 / so-2?"
    assert did_you_mean("zzz", ["so-1"]).en == ""
