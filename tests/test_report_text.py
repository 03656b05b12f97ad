"""The report as text: the answer first, nothing told twice, nothing left out."""

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve
from msgspec.structs import replace

from expected import same_as
from lives import announcement, certificate, unit
from qms.check import Summary, check_register
from qms.model import Document, DocumentEvent, Organisation, Register
from qms.report import render
from qms.report.sentences import each_once, grouped, number_current
from qms.report.text import render_status
from qms.rules import documents
from qms.terms import DocumentAct, DocumentKind, Duty
from qms.text import Name, Text
from reports import ON, ORGANISATION, RULES, register, report, setting

SOME = {"D501", "D502", "D505", "D506", "D507", "D509"}
DOCUMENTS = [asked for asked in documents.RULES if asked.code in SOME]
DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_whole_report_reads_as_committed(language):
    same_as(DATA / f"report.{language}.txt", render(report(), "text", setting(language)))


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_table_of_units_reads_as_committed(language):
    same_as(DATA / f"status.{language}.txt", render_status(report(), setting(language)))


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("width", [40, 52, 53, 60, 80, 120])
def test_no_line_is_longer_than_the_screen(language, width):
    words = render(report(), "text", setting(language, width=width))

    assert max(len(line) for line in words.splitlines()) <= width


def test_colour_changes_no_word():
    plain = render(report(), "text", setting())
    coloured = render(report(), "text", setting(colour=True))

    assert "\033[31m" in coloured
    for code in ("0", "1", "2", "31", "32", "33", "36"):
        coloured = coloured.replace(f"\033[{code}m", "")
    assert coloured == plain


def many(count, **facts):
    """A register of many current units with the same announcement."""
    units = {
        f"u{number:03}": unit(
            id=f"u{number:03}",
            name=Name(en=f"Unit {number}"),
            announcements={"2018": announcement(date(2018, 1, 1))},
            **facts,
        )
        for number in range(count)
    }
    return Register(organisation=register().organisation, units=units)


def test_what_all_units_have_in_common_is_told_of_all_of_them():
    words = render(check_register(many(6, headcount=5), date(2018, 2, 1), RULES), "text", setting())

    assert "warning X102: 0.5 of the people in …" in words
    assert "6 units: u000 (Unit 0, 5), u001 (Unit 1, 5)" in " ".join(words.split())


def test_more_units_than_can_be_read_are_counted_and_found_elsewhere():
    checked = check_register(many(130), ON, RULES)
    words = " ".join(render(checked, "text", setting()).split())

    assert "130 of 130 units are current." in words
    assert "u000" not in words


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_count_of_further_units_keeps_to_a_narrow_screen(language):
    words = render(check_register(many(130), ON, RULES), "text", setting(language, width=40))

    assert max(len(line) for line in words.splitlines()) <= 40


def test_a_long_list_says_how_many_it_leaves_out():
    before = check_register(many(130), date(2017, 1, 1), RULES)
    words = render(before, "text", setting())

    assert "Not current: 130 units" in words
    assert "u099" in words
    assert "u100" not in words
    assert "… and 30 more; 'qms status' lists all" in words


def test_the_units_of_one_matter_are_counted_where_they_are_too_many_to_list():
    warned = check_register(many(130, headcount=5), date(2018, 2, 1), RULES)
    told = " ".join(render(warned, "text", setting()).split())

    assert "130 units: u000 (Unit 0, 5)," in told
    assert "… and 30 more; 'qms check --format json' names all" in told
    assert "qms status" not in told


def test_units_that_stopped_on_different_days_are_told_together_each_with_its_day():
    two = {
        f"c{month}": unit(
            id=f"c{month}", certificates={"c": certificate(decided=date(2015, month, 1))}
        )
        for month in (3, 4)
    }
    checked = check_register(evolve(many(1), units=two), date(2018, 6, 1), RULES[:1])
    words = render(checked, "text", setting())

    assert " ".join(words.split()).count("may be restored until") == 2
    later = check_register(evolve(many(1), units=two), date(2019, 2, 1), RULES[:1])
    words = render(later, "text", setting())
    assert "lapsed: expired on …" in words
    assert words.count("To do:") == 1
    assert "2018-03-01 – …" in words
    assert "2018-04-01 – …" in words
    page = render(later, "markdown", setting())
    assert "2 units: c3 (since 2018-03-01), c4 (since 2018-04-01)" in page


@pytest.mark.parametrize("width", [40, 52, 53, 60, 80])
def test_long_names_and_identifiers_keep_to_the_screen(width):
    units = {
        "chi-cuc-quan-ly-thi-truong-tinh": unit(
            id="chi-cuc-quan-ly-thi-truong-tinh", name=Name(en="Environmental" * 5, vi="Chi cục")
        ),
        "a": unit(id="a", name=Name(en="Department of environmental protection", vi="Sở")),
    }
    many = Register(organisation=Organisation(name=ORGANISATION), units=units)
    words = render_status(check_register(many, ON, RULES), setting(width=width))

    assert max(len(line) for line in words.splitlines()) <= width
    assert "Environmental" in words
    assert "… – …" in words


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_heading_names_the_day_that_was_asked_about_be_it_the_last_of_all(day):
    asked = check_register(register(), day, RULES)

    for form in ("text", "markdown"):
        assert f"{day:%m-%d}" in render(asked, form, setting()).splitlines()[0]


def test_one_unit_is_or_is_not_current():
    one = Register(organisation=Organisation(name=ORGANISATION), units={"a": unit(id="a")})

    assert "0 of 1 unit is current." in render(check_register(one, ON, RULES), "text", setting())


def test_an_empty_register_never_looks_conforming():
    empty = check_register(Register(organisation=register().organisation), ON, RULES[:3])
    words = render(empty, "text", setting())

    assert "There is no unit on this day." in words
    assert "Nothing is wrong" not in words
    assert "Rules that found no record to look at: C101, X101, X102." in words


def test_rules_that_follow_each_other_and_saw_nothing_are_drawn_together():
    empty = check_register(Register(organisation=register().organisation), ON, DOCUMENTS)
    words = render(empty, "text", setting())

    assert "no record to look at: D501, D502, D505–D507, D509." in words


def test_a_register_in_which_nothing_is_wrong_says_so():
    words = render(check_register(many(1), ON, RULES[:3]), "text", setting())

    assert "1 of 1 unit is current." in words
    assert "Nothing is wrong." in words


@pytest.mark.parametrize(
    ("current", "units", "said"),
    [
        (0, 1, "0 of 1 unit is current."),
        (1, 66, "1 of 66 units is current."),
        (0, 66, "0 of 66 units are current."),
        (2, 66, "2 of 66 units are current."),
    ],
)
def test_how_many_are_current_is_a_sentence(current, units, said):
    figures = dict.fromkeys(("superseded", "errors", "warnings", "notes", "waived"), 0)
    summary = Summary(units=units, current=current, not_current=units - current, **figures)

    assert number_current(summary).en == said
    assert number_current(summary).vi == f"{current}/{units} đơn vị còn hiệu lực."


def test_a_part_of_a_register_says_that_the_whole_was_not_asked_about():
    words = render(report(rules=RULES[:3]), "text", setting(chosen=("never",)))

    assert "rules about the register as a whole\nwere not applied" in words


def test_several_units_that_no_longer_exist_are_counted():
    ended = {key: evolve(one, valid_to=date(2018, 12, 31)) for key, one in many(2).units.items()}
    words = render(check_register(evolve(many(1), units=ended), ON, RULES), "text", setting())

    assert "0 of 2 units are current. 2 of the others no longer exist." in words


def test_a_long_name_goes_on_below_its_line():
    named = evolve(many(1).units["u000"], name=Name(vi="Phòng " + "Quản lý tiêu chuẩn " * 4))
    checked = check_register(evolve(many(1), units={"u000": named}), ON, RULES)
    lines = render_status(checked, setting("vi")).splitlines()

    assert lines[-2].rstrip().endswith("01/01/2018 – …")
    assert lines[-1].startswith("        ")


def test_what_is_overdue_says_when_it_was_due():
    words = render_status(check_register(many(1), date(2020, 2, 1), RULES), setting())

    assert ORGANISATION.vi in words
    assert "was due 2018-12-31" in words


def _missed(on, language):
    held = many(1)
    one = evolve(held.units["u000"], announcements={"2016": announcement(date(2016, 1, 1))})
    checked = check_register(evolve(held, units={"u000": one}), on, RULES)
    return " ".join(render_status(checked, setting(language)).split())


def test_what_was_missed_in_two_years_is_told_of_each():
    words = _missed(date(2018, 12, 31), "en")

    assert "yearly check was due by 2016-12-31; yearly check was due by 2017-12-31" in words


def test_what_was_missed_in_more_years_is_told_of_the_first_and_the_last():
    assert "was due by 2016-12-31, and 2 more since, the last by 2018-12-31 " in _missed(
        date(2019, 1, 1), "en"
    )
    assert "(hạn cuối là ngày 31/12/2016), sau đó còn 9 lần nữa, lần gần nhất hạn 31/12/2025" in (
        _missed(date(2026, 12, 31), "vi")
    )


def test_units_of_one_status_with_different_reasons_each_say_their_own():
    two = many(2)
    checked_in_time = evolve(
        two.units["u001"], announcements={"2017": announcement(date(2017, 1, 1))}
    )
    mixed = evolve(two, units={**two.units, "u001": checked_in_time})
    words = render_status(check_register(mixed, date(2020, 2, 1), RULES), setting())

    assert "yearly check was due by 2018-12-31" in words


def test_what_comes_next_for_most_is_said_once_and_for_the_others_beside_them():
    held = many(4)
    bound = evolve(held.units["u003"], objectives={}, documents={
        "QT": Document(title=Name(en="X"), kind=DocumentKind.PROCEDURE, review_every=1, history=(
            DocumentEvent(act=DocumentAct.ISSUED, on=date(2018, 1, 10), revision="1"),)),
    })  # fmt: skip
    mixed = evolve(held, units={**held.units, "u003": bound})
    words = render_status(check_register(mixed, date(2018, 2, 1), RULES), setting())

    assert words.count("Next, where nothing else is said: yearly check") == 1
    assert words.count("Next: review of a document") == 1


def test_what_is_the_same_in_every_word_names_only_the_units():
    same = {
        key: evolve(one, name=Name(en="Same")) for key, one in many(4, headcount=5).units.items()
    }
    alone = {"zz": unit(id="zz", announcements={"2018": announcement(date(2018, 1, 1))})}
    held = evolve(many(1), units={**same, **alone})
    words = render(check_register(held, date(2018, 2, 1), RULES), "text", setting())

    assert "0.5 of the people in Same, 5" in words
    assert "• Same (u000)" in words


@pytest.mark.parametrize(
    ("alone", "told"),
    [({}, "All 6 units"), ({"zz": {"id": "zz"}}, "6 units: u000, u001, u002")],
)
def test_the_same_words_for_many_units_are_said_of_all_or_with_the_units_named(alone, told):
    same = {
        key: evolve(one, name=Name(en="Same")) for key, one in many(6, headcount=5).units.items()
    }
    others = {key: unit(**facts) for key, facts in alone.items()}
    held = evolve(many(1), units={**same, **others})

    assert told in render(check_register(held, date(2018, 2, 1), RULES), "text", setting())


def test_a_unit_with_nothing_to_do_next_says_nothing_of_it():
    free = evolve(many(2).units["u001"], duty=Duty.ENCOURAGED)
    held = evolve(many(2), units={**many(2).units, "u001": free})
    words = render_status(check_register(held, date(2018, 2, 1), RULES), setting())

    assert words.count("Next: ") == 1


def test_a_long_identifier_stands_on_a_line_of_its_own():
    name = "chi-cuc-quan-ly-chat-luong-nong-lam-san"
    of = evolve(many(1).units["u000"], id=name)
    checked = check_register(
        evolve(many(2), units={"u001": many(2).units["u001"], name: of}), ON, RULES
    )
    lines = render_status(checked, setting()).splitlines()

    at = lines.index(f"  {name}")
    assert lines[at + 1].startswith(" " * 30 + "Unit")
    assert all(len(line) <= 80 for line in lines)


def test_large_numbers_have_their_thousands_apart():
    assert grouped(2587) == Text(en="2,587", vi="2.587")


def test_a_sentence_that_holds_several_times_is_said_once():
    assert each_once(["mở", "khép", "mở", "mở"]) == "mở (×3); khép"
    assert each_once(["mở"]) == "mở"
    assert each_once([]) == ""


@pytest.mark.parametrize(
    ("language", "said"), [("en", "; 38,000 more "), ("vi", "; 38.000 đơn vị khác ")]
)
def test_the_units_that_are_not_named_are_counted_like_all_others(language, said):
    words = render(replace(report(), unnamed=38_000), "text", setting(language))

    assert said in " ".join(words.split())
