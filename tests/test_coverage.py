"""What an edition demands as documented information, and what a unit has of it."""

from datetime import date
from pathlib import Path

import pytest

from lives import certificate, unit
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
    ManagementReview,
    Organisation,
    ProcedureChange,
    Register,
)
from qms.store import save
from qms.terms import AuditType, DocumentAct, DocumentKind, Edition, Grade, ProcedureAct
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
        bare = Document(title=Name(vi="x"), kind=DocumentKind.POLICY)
        assert states(unit(documents={"P": bare}))["5.2.2", "maintained"] is CoverageState.COVERED
        outside = Document(title=Name(vi="x"), kind=DocumentKind.EXTERNAL, clauses=("5.2.2",))
        assert (
            states(unit(documents={"P": outside}))["5.2.2", "maintained"] is CoverageState.MISSING
        )

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
            certificates={"c": certificate(decided=date(2023, 3, 10), scope="cung cấp dịch vụ")},
        )  # fmt: skip
        found = states(of)
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
