"""What an edition demands as documented information, and what a unit has of it."""

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from lives import announcement, certificate, unit
from qms import load
from qms.clauses import clauses_of
from qms.cli import main
from qms.coverage import CoverageState, coverage, demanded
from qms.model import (
    AdministrativeProcedure,
    Audit,
    Document,
    DocumentEvent,
    Finding,
    FindingEvent,
    ManagementReview,
    Organisation,
    ProcedureChange,
    Register,
)
from qms.store import save
from qms.terms import (
    AuditType,
    DocumentAct,
    DocumentKind,
    Edition,
    FindingAct,
    Grade,
    ProcedureAct,
)
from qms.text import Language, Name
from test_objectives import objective

HA_GIANG = Path(__file__).parents[1] / "fixtures" / "ha-giang-2015"
OLD, NOW, NEXT = (Edition(f"ISO 9001:{year}") for year in (2008, 2015, 2026))
ON = date(2024, 6, 1)


def document(kind, *clauses, on=date(2024, 1, 1)):
    issued = DocumentEvent(act=DocumentAct.ISSUED, on=on, revision="1")
    return Document(title=Name(vi="x"), kind=kind, clauses=clauses, history=(issued,))


def states(of, edition=NOW, held=None):
    found = coverage(of, edition, ON, held)
    return {(one.item.clause, one.item.kept): one.state for one in found.items}


class TestWhatIsDemanded:
    @pytest.mark.parametrize("edition", [OLD, NOW, NEXT])
    def test_every_demand_names_a_clause_and_stands_in_both_languages(self, edition):
        assert demanded(edition)
        for one in demanded(edition):
            assert clauses_of(edition).find(one.clause) is not None
            assert all(one.what.in_(language) for language in Language)

    def test_only_2008_demands_a_manual_and_six_procedures(self):
        documents = [one.clause for one in demanded(OLD) if one.kept == "maintained"]
        assert documents == [
            "4.2.2",
            "5.3",
            "5.4.1",
            "4.2.3",
            "4.2.4",
            "8.2.2",
            "8.3",
            "8.5.2",
            "8.5.3",
        ]
        for edition in (NOW, NEXT):
            words = " ".join(one.what.en for one in demanded(edition))
            assert "manual" not in words
            assert "procedure for" not in words

    def test_editions_before_2008_demand_nothing_here(self):
        assert demanded(Edition("ISO 9001:2000")) == ()
        with pytest.raises(ValueError, match="not listed"):
            coverage(unit(), Edition("ISO 9001:2000"), ON)


class TestWhatAUnitHas:
    def test_a_unit_without_anything_lacks_what_is_demanded_of_every_unit(self):
        found = states(unit())
        assert found["5.2.2", "maintained"] is CoverageState.MISSING
        assert found["8.3.2", "retained"] is CoverageState.IF_APPLICABLE

    def test_a_document_answers_by_its_kind_or_by_its_clause(self):
        of = unit(
            documents={
                "P": document(DocumentKind.POLICY),
                "C": document(DocumentKind.RECORD, "7.2"),
            }
        )
        found = states(of)
        assert found["5.2.2", "maintained"] is CoverageState.COVERED
        assert found["7.2", "retained"] is CoverageState.COVERED

    def test_a_record_is_no_document(self):
        of = unit(documents={"R": document(DocumentKind.RECORD, "5.2.2")})
        assert states(of)["5.2.2", "maintained"] is CoverageState.MISSING

    def test_only_what_is_in_force_counts(self):
        later = document(DocumentKind.POLICY, on=date(2024, 6, 2))
        assert states(unit(documents={"P": later}))["5.2.2", "maintained"] is CoverageState.MISSING
        last = document(DocumentKind.POLICY, on=date(2024, 6, 1))
        assert states(unit(documents={"P": last}))["5.2.2", "maintained"] is CoverageState.COVERED
        outside = Document(title=Name(vi="x"), kind=DocumentKind.EXTERNAL, clauses=("5.2.2",))
        assert (
            states(unit(documents={"P": outside}))["5.2.2", "maintained"] is CoverageState.MISSING
        )

    def test_a_document_of_which_no_revision_is_recorded_is_not_in_force_but_a_record_needs_none(
        self,
    ):
        bare = Document(title=Name(vi="x"), kind=DocumentKind.POLICY)
        assert states(unit(documents={"P": bare}))["5.2.2", "maintained"] is CoverageState.MISSING
        procedure = Document(title=Name(vi="x"), kind=DocumentKind.PROCEDURE)
        assert states(unit(documents={"Q": procedure}))["7.5.1", "maintained"] is (
            CoverageState.MISSING
        )
        record = Document(title=Name(vi="x"), kind=DocumentKind.RECORD, clauses=("7.2",))
        assert states(unit(documents={"C": record}))["7.2", "retained"] is CoverageState.COVERED

    def test_the_records_of_the_register_answer(self):
        measured = objective("95", (2, 1, "97"))
        audit = Audit(type=AuditType.INTERNAL, held=date(2024, 3, 1))
        covered = AdministrativeProcedure(title=Name(vi="x"), document="QT")
        gone = AdministrativeProcedure(
            title=Name(vi="y"), document="QT",
            changes=(ProcedureChange(act=ProcedureAct.ABOLISHED, on=date(2024, 1, 1)),),
        )  # fmt: skip
        of = unit(
            objectives={"o": measured}, audits={"a": audit},
            reviews={"r": ManagementReview(held=date(2024, 4, 1))},
            procedures={"t": covered, "u": gone},
            documents={"QT": document(DocumentKind.PROCEDURE)},
            announcements={"a": announcement(date(2023, 3, 10), scope="cung cấp dịch vụ")},
        )  # fmt: skip
        found = states(of)
        assert found["7.5.1", "maintained"] is CoverageState.COVERED
        for clause, kept in (("6.2.1", "maintained"), ("9.1.1", "retained"), ("9.2.2", "retained"),
                             ("9.3.3", "retained"), ("4.4.2", "maintained"), ("4.3", "maintained")):  # fmt: skip
            assert found[clause, kept] is CoverageState.COVERED, clause
        assert found["10.2.2", "retained"] is CoverageState.NOTHING_YET
        (told,) = next(c for c in coverage(of, NOW, ON).items if c.item.clause == "4.4.2").records
        assert told.en.endswith(": 1")

    def test_findings_answer_once_there_are_nonconformities(self):
        finding = Finding(grade=Grade.MINOR, clause="7.2")
        audit = Audit(type=AuditType.INTERNAL, held=date(2024, 3, 1), findings={"f": finding})
        of = unit(audits={"a": audit})
        assert states(of)["10.2.2", "retained"] is CoverageState.COVERED
        (trace,) = (one for one in coverage(of, NOW, ON).clauses if one.clause == "7.2")
        assert trace.findings == ("a/f",)

    def test_what_was_declared_not_applicable_is_not_missing(self):
        of = unit(not_applicable={"8.4": "không mua ngoài"})
        assert states(of)["8.4.1", "retained"] is CoverageState.NOT_APPLICABLE

    def test_a_procedure_or_a_form_is_no_record(self):
        """The procedure says what is recorded, the form where: neither that it was."""
        for kind in (DocumentKind.PROCEDURE, DocumentKind.FORM, DocumentKind.MANUAL):
            of = unit(documents={"X": document(kind, "7.2", "8.6", "9.2.2")})
            found = states(of)
            assert found["7.2", "retained"] is CoverageState.MISSING
            assert found["9.2.2", "retained"] is CoverageState.MISSING

    def test_a_quality_procedure_that_ended_handles_nothing(self):
        withdrawn = DocumentEvent(act=DocumentAct.WITHDRAWN, on=ON, revision="1")
        ended = document(DocumentKind.PROCEDURE)
        handled = AdministrativeProcedure(title=Name(vi="x"), document="QT")
        for history in (ended.history, (*ended.history, withdrawn)):
            of = unit(procedures={"t": handled}, documents={"QT": evolve(ended, history=history)})
            expected = CoverageState.COVERED if len(history) == 1 else CoverageState.MISSING
            assert states(of)["4.4.2", "maintained"] is expected

    def test_objectives_of_the_past_do_not_answer_for_today(self):
        past, now = objective("95", year=2023), objective("95", year=2024)
        assert states(unit(objectives={"o": past}))["6.2.1", "maintained"] is CoverageState.MISSING
        assert states(unit(objectives={"o": now}))["6.2.1", "maintained"] is CoverageState.COVERED

    def test_the_scope_is_that_of_the_latest_announcement(self):
        """As D521 has it: what a certification body prints is not the unit's document."""
        certified = unit(certificates={"c": certificate(decided=date(2023, 3, 10), scope="x")})
        assert states(certified)["4.3", "maintained"] is CoverageState.MISSING
        first = announcement(date(2023, 3, 10), scope="x")
        for later, expected in (
            (announcement(date(2024, 6, 1)), CoverageState.MISSING),
            (announcement(date(2024, 6, 2)), CoverageState.COVERED),
            (announcement(None), CoverageState.COVERED),
        ):
            held = unit(announcements={"a": first, "b": later})
            assert states(held)["4.3", "maintained"] is expected

    def test_a_chapter_does_not_answer_for_the_six_procedures(self):
        for clause, expected in (
            ("8.5.2", CoverageState.COVERED),
            ("8.5.2.1", CoverageState.COVERED),
            ("8.5", CoverageState.MISSING),
            ("8", CoverageState.MISSING),
        ):
            of = unit(documents={"S": document(DocumentKind.MANUAL, clause)})
            assert states(of, OLD)["8.5.2", "maintained"] is expected
        policy = unit(documents={"P": document(DocumentKind.POLICY, "8.5.2")})
        assert states(policy, OLD)["8.5.2", "maintained"] is CoverageState.MISSING

    def test_nonconformities_of_outputs_are_those_of_their_clause(self):
        for edition, clause in ((NOW, "8.7.1"), (OLD, "8.3")):
            audit = Audit(
                type=AuditType.INTERNAL,
                held=date(2024, 3, 1),
                criteria=(edition,),
                findings={"f": Finding(grade=Grade.MINOR, clause=clause)},
            )
            demand = ("8.7.2" if edition is NOW else "8.3", "retained")
            assert states(unit(audits={"a": audit}), edition)[demand] is CoverageState.COVERED
            other = evolve(audit, findings={"f": Finding(grade=Grade.MINOR, clause="7.2")})
            found = states(unit(audits={"a": other}), edition)
            assert found[demand] is CoverageState.IF_APPLICABLE

    def test_corrective_actions_are_those_taken(self):
        def of(*acts):
            history = tuple(FindingEvent(act=act, on=date(2024, 4, 1)) for act in acts)
            finding = Finding(grade=Grade.MINOR, clause="7.2", history=history)
            audit = Audit(type=AuditType.INTERNAL, held=date(2024, 3, 1), findings={"f": finding})
            return states(unit(audits={"a": audit}), OLD)["8.5.2", "retained"]

        assert of(FindingAct.ACTED) is CoverageState.COVERED
        assert of(FindingAct.CORRECTED) is CoverageState.MISSING

    def test_an_opportunity_is_no_nonconformity(self):
        finding = Finding(grade=Grade.OPPORTUNITY, clause="7.2")
        audit = Audit(type=AuditType.INTERNAL, held=date(2024, 3, 1), findings={"f": finding})
        assert states(unit(audits={"a": audit}))["10.2.2", "retained"] is CoverageState.NOTHING_YET

    def test_every_record_that_an_edition_demands_has_a_line_of_its_own(self):
        places = [one.place for one in demanded(NOW) if one.kept == "retained"]
        assert places == ["4.4.2 b", "7.1.5.1", "7.1.5.2", "7.2 d", "8.1 e", "8.2.3.2", "8.3.2 j",
                          "8.3.3", "8.3.4 f", "8.3.5", "8.3.6", "8.4.1", "8.5.2", "8.5.3", "8.5.6",
                          "8.6", "8.7.2", "9.1.1", "9.2.2 f", "9.3.3", "10.2.2"]  # fmt: skip
        assert [one.clause for one in demanded(NEXT)] == [one.clause for one in demanded(NOW)]
        places = [one.place for one in demanded(OLD) if one.kept == "retained"]
        assert [one for one in places if one.startswith("7.6")] == ["7.6 a", "7.6", "7.6"]

    def test_what_nobody_can_give_up_is_still_demanded(self):
        of = unit(not_applicable={"9.2": "không làm", "7.1.5": "không có thiết bị đo"})
        found = coverage(of, NOW, ON)
        assert [(one.clause, one.allowed) for one in found.declared] == [
            ("9.2", False),
            ("7.1.5", True),
        ]
        by_place = {one.item.place: one for one in found.items}
        assert by_place["9.2.2 f"].state is CoverageState.MISSING
        assert by_place["7.1.5.2"].reason == "không có thiết bị đo"
        assert [one.clause for one in found.clauses if one.reason] == ["7.1.5.1", "7.1.5.2"]

    def test_design_given_up_by_an_older_edition_says_nothing_of_changes_in_operation(self):
        of = unit(not_applicable={"7.3": "không thiết kế"})
        for edition in (NOW, NEXT):
            found = states(of, edition, OLD)
            assert found["8.3.6", "retained"] is CoverageState.NOT_APPLICABLE
            assert found["8.5.6", "retained"] is CoverageState.MISSING

    def test_clauses_of_an_older_edition_are_carried_over(self):
        of = unit(
            documents={"QT": document(DocumentKind.RECORD, "6.2.2")}, not_applicable={"7.4": "x"}
        )
        assert states(of, NOW, OLD)["7.2", "retained"] is CoverageState.COVERED
        assert states(of, NOW, OLD)["8.4.1", "retained"] is CoverageState.NOT_APPLICABLE
        assert states(of, NOW)["7.2", "retained"] is CoverageState.MISSING
        assert states(of, OLD, NOW)["6.2.2", "retained"] is CoverageState.COVERED


class TestTheCommand:
    @pytest.mark.parametrize("language", ["en", "vi"])
    def test_the_department_of_2015(self, language, capsys):
        arguments = ["coverage", str(HA_GIANG), "skhcn", "--on", "2015-12-31", "--lang", language]
        assert main(arguments) == 1
        shown = capsys.readouterr().out
        assert "STCL" in shown
        assert ("missing" if language == "en" else "còn thiếu") in shown
        assert all(len(line) <= 80 for line in shown.splitlines())

    def test_clause_by_clause(self, capsys):
        arguments = ["coverage", str(HA_GIANG), "skhcn", "--on", "2015-12-31", "--edition", "2015"]
        main([*arguments, "--trace"])
        shown = capsys.readouterr().out
        assert "Clause by clause" in shown
        traced = " ".join(shown.partition("Clause by clause")[2].split())
        assert "8.3.6 Changes declared not" in traced
        assert "noi-bo-2015/1" in shown

    def test_for_other_programs(self, capsys):
        arguments = ["coverage", str(HA_GIANG), "skhcn", "--on", "2015-12-31", "--format", "json"]
        assert main(arguments) == 1
        assert '"format": "qms-coverage/1"' in capsys.readouterr().out

    def test_nothing_missing_ends_well_and_a_unit_without_edition_needs_one(self, tmp_path, capsys):
        documents = {
            one.clause + one.kept[:3]: document(
                DocumentKind.RECORD if one.kept == "retained" else DocumentKind.PROCEDURE,
                one.clause,
            )
            for one in demanded(NOW)
        }
        units = {"u": unit(id="u", documents=documents)}
        save(
            Register(organisation=Organisation(name=Name(vi="T")), units=units), tmp_path / "r.json"
        )
        arguments = ["coverage", str(tmp_path / "r.json"), "u", "--on", "2024-06-01"]
        assert main(arguments) == 2
        assert "--edition 2015" in capsys.readouterr().err
        assert main([*arguments, "--edition", "2015"]) == 0
        assert load(tmp_path / "r.json").units["u"].documents

    @pytest.mark.parametrize("language", ["en", "vi"])
    def test_clauses_given_up_are_told_with_their_reasons(self, tmp_path, language, capsys):
        held = unit(id="u", not_applicable={"9.2": "lý do một", "8.3": "lý do hai"})
        save(
            Register(organisation=Organisation(name=Name(vi="T")), units={"u": held}),
            tmp_path / "r.json",
        )
        arguments = ["coverage", str(tmp_path / "r.json"), "u", "--edition", "2015"]
        main([*arguments, "--on", "2024-06-01", "--lang", language])
        shown = " ".join(capsys.readouterr().out.split())
        assert "lý do một – " in shown
        assert shown.endswith(": lý do hai")
