"""Where an objective stands, from the measurements alone."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from qms import load
from qms.checklist.facts import objective_facts
from qms.cli import main
from qms.handling import is_procedure_in_force
from qms.measuring import measure
from qms.model import (
    DocumentEvent,
    Measurement,
    Organisation,
    Plan,
    ProcedureChange,
    QualityObjective,
    Register,
    Task,
    Unit,
)
from qms.objectives import Direction, ObjectiveState, Share, objective_status, tasks_done, trends
from qms.problems import RegisterError
from qms.store import save
from qms.terms import Comparison, DocumentAct, ProcedureAct
from qms.text import Name
from qms.yearly_report import yearly_figures

D = date
HA_GIANG = Path(__file__).parents[1] / "fixtures" / "ha-giang-2015"


def objective(target="95", *measured, comparison=Comparison.AT_LEAST, year=2024, **more):
    """On-time share of dossiers in a year; measurements as (month, day, value)."""
    return QualityObjective(
        title=Name(vi="Hồ sơ đúng hạn"),
        indicator="Tỷ lệ hồ sơ đúng hạn",
        unit="%",
        comparison=comparison,
        target=Decimal(target),
        start=D(year, 1, 1),
        due=D(year, 12, 31),
        measurements=tuple(Measurement(on=D(year, m, d), value=Decimal(v)) for m, d, v in measured),
        **more,
    )


def state(of, *on):
    return objective_status(of, D(*on)).state


class TestAState:
    def test_before_its_period_an_objective_has_not_begun(self):
        assert state(objective(), 2023, 12, 31) is ObjectiveState.NOT_BEGUN
        assert state(objective(), 2024, 1, 1) is ObjectiveState.NOT_MEASURED

    def test_without_measurement_nothing_is_met(self):
        assert state(objective(), 2025, 6, 1) is ObjectiveState.NOT_MEASURED

    def test_it_is_met_or_missed_on_the_last_day_and_not_before(self):
        good, bad = objective("95", (12, 1, "95")), objective("95", (12, 1, "94.9"))
        assert state(good, 2024, 12, 30) is ObjectiveState.ON_TRACK
        assert state(good, 2024, 12, 31) is ObjectiveState.MET
        assert state(bad, 2024, 12, 30) is ObjectiveState.BEHIND
        assert state(bad, 2024, 12, 31) is ObjectiveState.MISSED

    def test_the_last_measurement_counts_and_later_ones_do_not(self):
        of = objective("95", (3, 1, "90"), (6, 1, "96"))
        assert state(of, 2024, 5, 31) is ObjectiveState.BEHIND
        assert state(of, 2024, 6, 1) is ObjectiveState.ON_TRACK

    def test_a_baseline_says_how_far_one_should_be(self):
        of = objective("100", (7, 1, "79"), baseline=Decimal(60))
        assert state(of, 2024, 7, 1) is ObjectiveState.BEHIND
        assert state(evolve(of, baseline=Decimal(50)), 2024, 7, 1) is ObjectiveState.ON_TRACK
        status = objective_status(of, D(2024, 7, 1))
        assert status.way == Decimal("0.475")
        assert status.expected == Decimal(183) / 366

    def test_a_baseline_that_is_the_target_says_nothing(self):
        of = objective("95", (7, 1, "90"), baseline=Decimal(95))
        assert objective_status(of, D(2024, 7, 1)).way is None

    def test_what_is_to_come_down_is_on_track_on_its_way_down(self):
        of = objective("2", (7, 1, "5"), baseline=Decimal(10), comparison=Comparison.AT_MOST)
        assert state(of, 2024, 7, 1) is ObjectiveState.ON_TRACK

    @pytest.mark.parametrize(
        ("comparison", "baseline", "target", "value"),
        [
            (Comparison.AT_LEAST, 98, "95", "60"), (Comparison.MORE_THAN, 98, "95", "60"),
            (Comparison.AT_MOST, 1, "5", "40"), (Comparison.LESS_THAN, -9, "-5", "0"),
        ],
    )  # fmt: skip
    def test_what_was_good_and_got_worse_is_behind(self, comparison, baseline, target, value):
        of = objective(target, (2, 1, value), comparison=comparison, baseline=Decimal(baseline))
        assert state(of, 2024, 2, 1) is ObjectiveState.BEHIND
        assert objective_status(of, D(2024, 2, 1)).way is None

    def test_between_two_measurements_in_time_nothing_changes(self):
        of = objective("100", (3, 31, "25"), baseline=Decimal(0), measured_every=3)
        assert state(of, 2024, 3, 31) is ObjectiveState.ON_TRACK
        assert state(of, 2024, 6, 30) is ObjectiveState.ON_TRACK
        assert state(of, 2024, 7, 1) is ObjectiveState.BEHIND
        assert state(evolve(of, measured_every=None), 2024, 6, 30) is ObjectiveState.BEHIND

    def test_what_is_overdue_for_measuring_is_not_called_on_track(self):
        of = objective("95", (1, 31, "96"), measured_every=6)
        assert state(of, 2024, 7, 31) is ObjectiveState.ON_TRACK
        assert state(of, 2024, 8, 1) is ObjectiveState.NOT_MEASURED
        assert objective_status(of, D(2024, 8, 1)).last == of.measurements[0]
        assert state(evolve(of, target=Decimal(97)), 2024, 8, 1) is ObjectiveState.BEHIND
        assert state(evolve(of, measured_every=None), 2024, 8, 1) is ObjectiveState.ON_TRACK

    def test_two_years_that_count_as_not_measured_show_no_direction(self):
        years = [objective("95", (1, 31, "96"), measured_every=6, year=y) for y in (2023, 2024)]
        (found,) = trends(years, D(2024, 12, 31))
        assert [value for _, _, value, _ in found.periods] == [None, None]
        assert found.direction is Direction.UNKNOWN

    def test_what_was_measured_before_the_period_is_no_result_of_it(self):
        before = Measurement(on=D(2023, 12, 31), value=Decimal(99))
        of = evolve(objective(), measurements=(before,))
        assert state(of, 2024, 1, 1) is ObjectiveState.NOT_MEASURED
        first = evolve(of, measurements=(evolve(before, on=D(2024, 1, 1)),))
        assert state(first, 2024, 1, 1) is ObjectiveState.ON_TRACK

    def test_what_is_to_be_exact_comes_nearer_from_either_side(self):
        of = objective("10", (7, 1, "14"), baseline=Decimal(20), comparison=Comparison.EXACTLY)
        assert objective_status(of, D(2024, 7, 1)).way == Decimal("0.6")

    def test_a_measurement_older_than_the_interval_does_not_tell_the_end(self):
        of = objective("95", (9, 29, "99"), measured_every=3)
        assert state(of, 2024, 12, 31) is ObjectiveState.NOT_MEASURED
        in_time = objective("95", (9, 30, "99"), measured_every=3)
        assert state(in_time, 2024, 12, 31) is ObjectiveState.NOT_MEASURED
        assert (
            state(objective("95", (10, 1, "99"), measured_every=3), 2024, 12, 31)
            is ObjectiveState.MET
        )

    def test_what_fell_due_again_on_the_last_day_is_not_told_by_the_one_before(self):
        half = evolve(objective("95", (3, 31, "99"), measured_every=3), due=D(2024, 6, 30))
        assert state(half, 2024, 6, 29) is ObjectiveState.ON_TRACK
        assert state(half, 2024, 6, 30) is ObjectiveState.NOT_MEASURED
        later = evolve(half, due=D(2024, 6, 29))
        assert state(later, 2024, 6, 29) is ObjectiveState.MET

    def test_from_the_end_of_a_quarter_it_is_in_time_to_the_end_of_the_next(self):
        of = objective("100", (9, 30, "75"), baseline=Decimal(0), measured_every=3)
        assert state(of, 2024, 12, 30) is ObjectiveState.ON_TRACK

    @pytest.mark.parametrize(
        ("comparison", "value", "met"),
        [
            (Comparison.AT_LEAST, "95", True), (Comparison.AT_MOST, "95", True),
            (Comparison.MORE_THAN, "95", False), (Comparison.MORE_THAN, "95.1", True),
            (Comparison.LESS_THAN, "95", False), (Comparison.LESS_THAN, "94.9", True),
            (Comparison.EXACTLY, "95.0", True), (Comparison.EXACTLY, "95.1", False),
        ],
    )  # fmt: skip
    def test_every_comparison_at_its_boundary(self, comparison, value, met):
        of = objective("95", (12, 31, value), comparison=comparison)
        assert state(of, 2024, 12, 31) is (ObjectiveState.MET if met else ObjectiveState.MISSED)

    @given(st.lists(st.tuples(st.integers(0, 700), st.decimals(0, 100, places=1)), max_size=6),
           st.integers(0, 700))  # fmt: skip
    def test_later_measurements_change_no_earlier_state(self, measured, day):
        first = D(2023, 6, 1).toordinal()
        made = tuple(Measurement(on=D.fromordinal(first + n), value=v) for n, v in measured)
        of, on = evolve(objective(), measurements=made), D.fromordinal(first + day)
        known = evolve(of, measurements=tuple(one for one in made if one.on <= on))
        assert objective_status(of, on).state is objective_status(known, on).state


class TestAResultAfterThePeriod:
    def with_later(self, *later, **more):
        of = objective("95", (12, 20, "90"), **more)
        made = tuple(Measurement(on=D(*day), value=Decimal(value)) for *day, value in later)
        return evolve(of, measurements=(*of.measurements, *made))

    def test_the_first_one_within_three_months_counts(self):
        of = self.with_later((2025, 3, 31, "95"))
        assert state(of, 2025, 3, 30) is ObjectiveState.MISSED
        assert state(of, 2025, 3, 31) is ObjectiveState.MET

    def test_a_later_one_does_not_undo_a_result_of_the_period(self):
        assert state(self.with_later((2025, 4, 1, "95")), 2025, 6, 30) is ObjectiveState.MISSED

    def test_a_second_one_does_not_undo_the_first(self):
        of = self.with_later((2025, 2, 20, "90"), (2025, 1, 20, "96"))
        assert state(of, 2025, 2, 20) is ObjectiveState.MET

    def test_where_none_in_the_period_tells_the_first_one_counts_whenever_it_is(self):
        later = Measurement(on=D(2025, 6, 30), value=Decimal(95))
        of = evolve(objective("95"), measurements=(later,))
        assert state(of, 2025, 6, 29) is ObjectiveState.NOT_MEASURED
        assert state(of, 2025, 6, 30) is ObjectiveState.MET
        old = objective("95", (9, 30, "90"), measured_every=3)
        of = evolve(old, measurements=(*old.measurements, later))
        assert state(of, 2025, 6, 29) is ObjectiveState.NOT_MEASURED
        assert state(of, 2025, 6, 30) is ObjectiveState.MET

    def test_the_figures_and_the_trend_say_the_same(self):
        of = self.with_later((2025, 1, 20, "96"), (2025, 6, 30, "50"))
        held = register(of)
        (counted,) = [
            one.objectives for one in yearly_figures(held, 2024, on=D(2025, 7, 1)).units.values()
        ]
        assert counted == {ObjectiveState.MET: 1}
        (found,) = trends([of, objective("95", year=2023)], D(2025, 7, 1))
        assert found.periods[-1][2:] == (Decimal(96), ObjectiveState.MET)

    def test_the_checklist_shows_the_result_that_counts(self):
        of = self.with_later((2025, 6, 30, "95"))
        unit = register(of).units["u"]
        (row,) = objective_facts(unit, D(2025, 7, 1)).rows
        assert [one.en for one in row[-2:]] == ["90%", "2024-12-20"]

    @pytest.mark.parametrize(
        ("language", "says"),
        [
            ("en", "missed.\nThe period ended on 2024-12-31; its result stays 90%, measured on 2024-12-20"),
            ("vi", "không đạt.\nKỳ của mục tiêu đã kết thúc ngày 31/12/2024; kết quả của kỳ vẫn là 90%, đo ngày 20/12/2024"),
        ],
    )  # fmt: skip
    def test_the_person_who_measures_is_told(self, tmp_path, capsys, language, says):
        path = tmp_path / "r.json"
        save(register(self.with_later()), path)
        words = ["objective", "measure", str(path), "u", "o0", "95", "--on", "2025-06-30"]
        assert main([*words, "--lang", language]) == 0
        assert says in capsys.readouterr().out

    def test_a_result_soon_after_the_period_needs_no_word(self, tmp_path, capsys):
        path = tmp_path / "r.json"
        save(register(self.with_later()), path)
        words = ["objective", "measure", str(path), "u", "o0", "95", "--on", "2025-01-15"]
        assert main(words) == 0
        assert capsys.readouterr().out.endswith("met.\n")


class TestTrends:
    def test_a_running_period_is_shown_and_not_compared(self):
        years = [
            objective("95", (6, 1, v), year=y)
            for y, v in ((2022, "90"), (2023, "93"), (2024, "60"))
        ]
        (found,) = trends(years, D(2024, 12, 30))
        assert found.running == (D(2024, 12, 31),)
        assert found.direction is Direction.BETTER
        (found,) = trends(years[1:], D(2024, 12, 30))
        assert found.direction is Direction.UNKNOWN
        (found,) = trends(years, D(2024, 12, 31))
        assert (found.running, found.direction) == ((), Direction.WORSE)

    def test_the_same_indicator_over_the_years(self):
        years = [
            objective("95", (12, 31, v), year=y)
            for y, v in ((2022, "90"), (2023, "93"), (2024, "93"))
        ]
        (found,) = trends(years[:2], D(2025, 1, 1))
        assert found.direction is Direction.BETTER
        assert [(due.year, value) for due, _, value, _ in found.periods] == [(2022, 90), (2023, 93)]
        (found,) = trends(reversed(years), D(2025, 1, 1))
        assert found.direction is Direction.STEADY

    def test_each_division_with_the_same_indicator_has_a_trend_of_its_own(self):
        years = [
            objective("95", (12, 31, v), year=y, process=p, owner="Chánh Văn phòng")
            for p, y, v in (
                ("Phòng A", 2023, "90"), ("Phòng A", 2024, "95"),
                ("Phòng B", 2023, "80"), ("phòng b", 2024, "70"),
            )
        ]  # fmt: skip
        of_a, of_b = trends(years, D(2025, 1, 1))
        assert (of_a.of, of_a.direction) == ("Phòng A", Direction.BETTER)
        assert (of_b.of, of_b.direction) == ("phòng b", Direction.WORSE)

        by_owner = [evolve(one, process=None, owner=one.process) for one in years]
        assert [one.of for one in trends(by_owner, D(2025, 1, 1))] == ["Phòng A", "phòng b"]

        moved = [*years[:2], evolve(years[2], process=None)]
        (only,) = trends(moved, D(2025, 1, 1))
        assert (only.of, len(only.periods)) == ("Phòng A", 2)

    def test_where_nothing_tells_which_follows_which_there_is_no_trend(self):
        years = [objective("95", (12, 31, "90"), year=y) for y in (2023, 2023, 2024)]
        assert trends(years, D(2025, 1, 1)) == ()

    def test_periods_within_a_year_are_told_by_their_last_days(self, tmp_path, capsys):
        half = evolve(objective("95", (6, 30, "90")), due=D(2024, 6, 30))
        later = evolve(objective("95", (12, 31, "96")), start=D(2024, 7, 1))
        path = tmp_path / "r.json"
        save(register(half, later), path)
        assert main(["objective", "status", str(path), "--on", "2025-01-01", "--lang", "vi"]) == 0
        out = capsys.readouterr().out
        assert "30/06/2024 90% → 31/12/2024 96%: tốt lên" in out

    def test_less_can_be_better(self):
        years = [objective("2", (12, 31, v), year=y, comparison=Comparison.AT_MOST)
                 for y, v in ((2023, "4"), (2024, "5"))]  # fmt: skip
        (found,) = trends(years, D(2025, 1, 1))
        assert found.direction is Direction.WORSE

    def test_nearer_is_better_where_it_is_to_be_exact(self):
        years = [objective("10", (12, 31, v), year=y, comparison=Comparison.EXACTLY)
                 for y, v in ((2023, "14"), (2024, "7"))]  # fmt: skip
        (found,) = trends(years, D(2025, 1, 1))
        assert found.direction is Direction.BETTER

    def test_one_measured_period_shows_no_direction_and_one_period_no_trend(self):
        years = [objective("95", (12, 31, "90"), year=2023), objective("95", year=2024)]
        (found,) = trends(years, D(2025, 1, 1))
        assert found.direction is Direction.UNKNOWN
        assert trends(years[:1], D(2025, 1, 1)) == trends(years, D(2023, 12, 31)) == ()


class TestTasks:
    def test_the_share_of_tasks_done_by_a_day(self):
        tasks = [
            Task(what="a", done=D(2024, 3, 1)),
            Task(what="b", done=D(2024, 3, 2)),
            Task(what="c"),
        ]
        assert tasks_done(tasks, D(2024, 3, 1)) == Share(1, 3)
        assert tasks_done(tasks, D(2024, 3, 2)).percent == Decimal("66.7")
        assert tasks_done([], D(2024, 3, 2)).percent is None

    @pytest.mark.parametrize(
        ("done", "of", "percent"),
        [(0, 3000, "0"), (1, 3000, "0.1"), (2999, 3000, "99.9"), (3000, 3000, "100")],
    )
    def test_all_and_nothing_are_never_rounded_to(self, done, of, percent):
        assert Share(done, of).percent == Decimal(percent)


def register(*objectives, **more):
    held = {f"o{n}": one for n, one in enumerate(objectives)}
    unit = Unit(id="u", name=Name(vi="Sở"), objectives=held, **more)
    other = Unit(id="v", name=Name(vi="Khác"))
    return Register(organisation=Organisation(name=Name(vi="Tỉnh")), units={"u": unit, "v": other})


@pytest.fixture
def held(tmp_path):
    plan = Plan(
        title=Name(vi="Kế hoạch"), year=2024, tasks={"a": Task(what="x", done=D(2024, 2, 1))}
    )
    years = objective("95", (12, 31, "90"), year=2023), objective("95", (2, 1, "97"))
    save(register(*years, plans={"p": plan}), tmp_path / "r")
    return tmp_path / "r"


class TestMeasuring:
    def test_a_measurement_is_appended(self, held):
        after = measure(held, "u", "o1", Decimal("96.5"), on=D(2024, 3, 1), by="A", evidence="sổ")
        assert after == load(held)
        last = after.units["u"].objectives["o1"].measurements[-1]
        assert (last.on, last.value, last.by, last.evidence) == (
            D(2024, 3, 1),
            Decimal("96.5"),
            "A",
            "sổ",
        )

    def test_the_same_again_changes_nothing(self, held):
        before = load(held)
        assert measure(held, "u", "o1", Decimal(97), on=D(2024, 2, 1)) == before

    @pytest.mark.parametrize(
        ("unit", "key", "day", "says"),
        [
            ("w", "o1", D(2024, 3, 1), "Known here: u, v"),
            ("v", "o1", D(2024, 3, 1), "no objective"),
            ("u", "o9", D(2024, 3, 1), "o1"),
            ("u", "o1", D(2023, 12, 31), "2024-01-01"),
            ("u", "o1", D(2024, 2, 1), "97"),
        ],
    )
    def test_what_stands_in_the_way_is_said_and_nothing_changes(self, held, unit, key, day, says):
        before = load(held)
        with pytest.raises(RegisterError, match=says):
            measure(held, unit, key, Decimal(1), on=day)
        assert load(held) == before


class TestCommands:
    @pytest.mark.parametrize("words", ["96.5", "96,5", "96,5%", " 96.5 "])
    def test_numbers_are_taken_as_people_write_them(self, held, words, capsys):
        code = main(
            [
                "objective",
                "measure",
                str(held),
                "u",
                "o1",
                words,
                "--on",
                "01/03/2024",
                "--lang",
                "vi",
            ]
        )
        assert code == 0
        assert "96,5% ngày 01/03/2024; đúng tiến độ" in capsys.readouterr().out

    @pytest.mark.parametrize("words", ["-2.5", "-2,5", "-2,5%", "\N{MINUS SIGN}2.5"])
    def test_numbers_below_zero_are_no_options(self, held, words, capsys):
        assert (
            main(["objective", "measure", str(held), "u", "o1", words, "--on", "2024-03-01"]) == 0
        )
        assert "-2.5% on 2024-03-01" in capsys.readouterr().out
        assert load(held).units["u"].objectives["o1"].measurements[-1].value == Decimal("-2.5")

    @pytest.mark.parametrize(
        "words", ["many", "1.2.3", "NaN", "1 000", "-x", "-", "1e2", "١", "1.000,5", "."]
    )
    def test_what_is_no_number_is_a_mistake(self, held, words, capsys):
        assert (
            main(["objective", "measure", str(held), "u", "o1", words, "--on", "2024-03-01"]) == 2
        )
        assert words in capsys.readouterr().err

    @pytest.mark.parametrize("words", ["1.000", "1,000", "-12.345", "1.000.000"])
    def test_what_may_be_thousands_is_not_taken_for_decimals(self, held, words, capsys):
        before = load(held)
        asked = ["objective", "measure", str(held), "u", "o1", words, "--on", "2024-03-01"]
        assert main([*asked, "--lang", "vi"]) == 2
        whole = words.replace(".", "").replace(",", "")
        assert f"hãy viết {whole}, hoặc" in " ".join(capsys.readouterr().err.split())
        assert load(held) == before

    @pytest.mark.parametrize(
        ("words", "value"), [("0,125", "0.125"), ("1.0000", "1"), ("1000", "1000"), ("98.", "98")]
    )
    def test_what_cannot_be_thousands_is_a_number(self, held, words, value):
        assert (
            main(["objective", "measure", str(held), "u", "o1", words, "--on", "2024-03-01"]) == 0
        )
        assert load(held).units["u"].objectives["o1"].measurements[-1].value == Decimal(value)

    @pytest.mark.parametrize(("unit", "code"), [("lỗi", 2), ("% hồ sơ", 0), ("Phần trăm", 0)])
    def test_per_cent_is_recorded_of_what_is_measured_in_it_alone(
        self, tmp_path, capsys, unit, code
    ):
        path = tmp_path / "r.json"
        save(register(evolve(objective(), unit=unit)), path)
        before = path.read_bytes()
        words = ["objective", "measure", str(path), "u", "o0", "0%", "--on", "2024-03-01"]
        assert main([*words, "--lang", "vi"]) == code
        if code:
            assert "đo bằng “lỗi”" in capsys.readouterr().err
            assert path.read_bytes() == before
            assert main([word.replace("0%", "0") for word in words]) == 0

    def test_nothing_is_measured_in_the_future(self, held, capsys):
        assert main(["objective", "measure", str(held), "u", "o1", "1", "--on", "2999-01-01"]) == 2
        assert "2999-01-01" in capsys.readouterr().err

    @pytest.mark.parametrize("language", ["en", "vi"])
    def test_where_objectives_stand(self, held, language, capsys):
        assert (
            main(["objective", "status", str(held), "--on", "2024-03-01", "--lang", language]) == 0
        )
        shown = capsys.readouterr().out
        assert all(len(line) <= 80 for line in shown.splitlines())
        assert ("behind" if language == "en" else "không đạt") in shown or "missed" in shown
        assert "100%" in shown
        running = {"en": "(still running): not known", "vi": "(chưa hết kỳ): chưa rõ"}
        assert "2023 90% → 2024 97% " + running[language] in " ".join(shown.split())

    def test_an_objective_that_was_not_measured_shows_a_dash(self, tmp_path, capsys):
        save(register(objective()), tmp_path / "r.json")
        assert main(["objective", "status", str(tmp_path / "r.json"), "--on", "2024-06-30"]) == 0
        assert "–" in capsys.readouterr().out

    def test_a_unit_without_objectives_says_so(self, held, capsys):
        assert main(["objective", "status", str(held), "v", "--on", "2024-03-01"]) == 0
        assert "No objectives are recorded." in capsys.readouterr().out

    def test_a_register_without_objectives_says_so(self, tmp_path, capsys):
        units = {key: Unit(id=key, name=Name(vi=key)) for key in "ab"}
        save(
            Register(organisation=Organisation(name=Name(vi="T")), units=units), tmp_path / "r.json"
        )
        assert main(["objective", "status", str(tmp_path / "r.json"), "--on", "2024-03-01"]) == 0
        assert capsys.readouterr().out == "No objectives are recorded.\n"

    def test_for_other_programs(self, held, capsys):
        assert (
            main(["objective", "status", str(held), "--on", "2024-03-01", "--format", "json"]) == 0
        )
        shown = capsys.readouterr().out
        assert '"format": "qms-objectives/1"' in shown
        assert '"state": "missed"' in shown

    def test_the_group_alone_shows_its_help(self, capsys):
        assert main(["objective"]) == 2
        assert "measure" in capsys.readouterr().out


class TestFigures:
    def test_the_figures_reported_for_2015_come_out_of_the_facts(self):
        figures = yearly_figures(load(HA_GIANG), 2015)

        assert (figures.total.units, figures.total.current) == (66, 66)
        assert figures.total.certified == 66
        assert [group.units for group in figures.groups.values()] == [34, 14, 18]
        department = figures.units["skhcn"]
        assert {share.percent for share in department.plans.values()} == {100}
        assert department.legal_documents == {
            "issued": 2,
            "proposed": 4,
            "amended": 3,
            "repealed": 1,
        }
        changes = department.procedure_changes
        assert changes["abolition-proposed"] == 2
        assert changes["published"] == 5
        assert changes["simplified"] + changes["amended"] + changes["supplemented"] == 23
        assert department.procedures_changed == 23
        assert sorted(department.procedures.values()) == [3, 4, 21]
        assert department.online == {"2": 28}
        assert department.covered == Share(28, 28)

    def test_they_change_with_the_facts(self):
        """No figure is stored: each follows a change of the register."""
        before = load(HA_GIANG)
        held = before.units["skhcn"]
        gone = DocumentEvent(act=DocumentAct.WITHDRAWN, on=D(2015, 12, 1), revision="1")
        documents = dict(held.documents)
        documents["QT-11"] = evolve(documents["QT-11"], history=(*documents["QT-11"].history, gone))
        procedures = dict(held.procedures)
        key = next(key for key, one in procedures.items() if one.document == "QT-11")
        abolished = ProcedureChange(act=ProcedureAct.ABOLISHED, on=D(2015, 12, 31))
        procedures[key] = evolve(
            procedures[key], changes=(*procedures[key].changes, abolished), online=None
        )
        units = {**before.units, "skhcn": evolve(held, documents=documents, procedures=procedures)}
        figures = yearly_figures(evolve(before, units=units), 2015).units["skhcn"]
        others = [one for one in held.procedures.values() if one.document != "QT-11"]
        covered = sum(is_procedure_in_force(one, D(2015, 12, 31)) for one in others)
        assert figures.procedure_changes["abolished"] == 3
        assert figures.online == {"2": 27}
        assert figures.covered == Share(covered, 27)
        assert 0 < covered < 27

    def test_a_field_is_the_same_in_capitals_or_not(self):
        before = load(HA_GIANG)
        held = before.units["skhcn"]
        three = list(held.procedures.items())[:3]
        procedures = {
            key: evolve(one, field=name, changes=())
            for (key, one), name in zip(three, ["khoa học", "Khoa học", "Khoa học"], strict=True)
        }
        units = {"skhcn": evolve(held, procedures=procedures)}
        figures = yearly_figures(evolve(before, units=units), 2015).units["skhcn"]
        assert figures.procedures == {"Khoa học": 3}

    def test_an_earlier_day_counts_less(self):
        figures = yearly_figures(load(HA_GIANG), 2015, on=D(2015, 3, 1))
        assert figures.total.current < 66
        assert figures.units["skhcn"].procedure_changes == {}

    @pytest.mark.parametrize("language", ["en", "vi"])
    def test_the_command(self, language, capsys):
        arguments = ["figures", str(HA_GIANG), "--year", "2015", "--lang", language]
        assert main(arguments) == 0
        shown = capsys.readouterr().out
        assert "28" in shown
        assert all(len(line) <= 80 for line in shown.splitlines())

    def test_units_without_group_or_field_are_counted_too(self, held, capsys):
        assert main(["figures", str(held), "--on", "2024-06-30", "--unit", "u"]) == 0
        shown = capsys.readouterr().out
        assert "without a group: 1, current 0" in shown
        assert main(["figures", str(held), "--on", "2024-06-30", "--format", "json"]) == 0
        assert '"format": "qms-figures/1"' in capsys.readouterr().out

    def test_a_unit_may_have_plans_alone_or_objectives_alone(self, tmp_path, capsys):
        plan = Plan(title=Name(vi="Kế hoạch"), year=2024, tasks={"a": Task(what="x")})
        alone = register(objective("95", (2, 1, "97")))
        bare = evolve(alone.units["v"], plans={"p": plan})
        save(evolve(alone, units={**alone.units, "v": bare}), tmp_path / "r.json")
        assert (
            main(["figures", str(tmp_path / "r.json"), "--year", "2024", "--on", "2024-06-30"]) == 0
        )
        assert "0 of 1 tasks done (0%)" in capsys.readouterr().out
        assert main(["objective", "status", str(tmp_path / "r.json"), "--on", "2024-06-30"]) == 0
        assert "on track" in capsys.readouterr().out
