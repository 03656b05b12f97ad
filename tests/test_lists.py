"""The lists that offices keep: their rows, and how they are written."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve

from lives import unit
from qms import load
from qms.cli import main
from qms.lists import ListKind, list_of
from qms.model import (
    Acknowledgement,
    AdministrativeProcedure,
    Audit,
    Distribution,
    Document,
    DocumentEvent,
    Finding,
    FindingEvent,
    LegalDocument,
    LegalReview,
    Organisation,
    ProcedureChange,
    Recall,
    Register,
    Task,
)
from qms.report.lists import render, render_csv, render_xlsx
from qms.terms import (
    AuditType,
    Comparison,
    DocumentAct,
    DocumentKind,
    FindingAct,
    Grade,
    LegalAct,
    OnlineService,
    ProcedureAct,
)
from qms.text import Language, Name
from test_objectives import objective

HA_GIANG = Path(__file__).parents[1] / "fixtures" / "ha-giang-2015"
EVERY_RULE = Path(__file__).parents[1] / "fixtures" / "every-rule"
ON = date(2024, 6, 1)
D = date
FIRST = (("1", date(2024, 1, 1)),)


def document(kind=DocumentKind.PROCEDURE, *, title="Quy trình", revisions=FIRST, **more):
    history = tuple(
        event
        for number, day in revisions
        for event in (
            DocumentEvent(act=DocumentAct.APPROVED, on=day, revision=number, by="Trưởng"),
            DocumentEvent(act=DocumentAct.ISSUED, on=day, revision=number),
        )
    )
    return Document(title=Name(vi=title), kind=kind, history=history, **more)


def listed(kind, on=ON, **records):
    register = Register(
        organisation=Organisation(name=Name(vi="Tỉnh")), units={"u": unit(id="u", **records)}
    )
    found = list_of(register, ListKind(kind), on)
    heads = [heading.text.en for heading in found.headings]
    return [dict(zip(heads, row, strict=True)) for row in found.rows]


class TestRows:
    def test_the_master_list_shows_the_revision_in_force(self):
        two = (("1", D(2023, 1, 1)), ("2", D(2024, 5, 1)))
        of = {"QT-01": document(revisions=two, owner="Văn phòng", review_every=12, retention=60)}
        (row,) = listed("documents", documents=of)
        assert (row["No."], row["Unit"], row["Code"], row["Revision"].en) == (1, "u", "QT-01", "2")
        assert (row["Effective"], row["Approved by"], row["Owner"]) == (
            D(2024, 5, 1),
            "Trưởng",
            "Văn phòng",
        )
        assert (row["Review due"], row["Kept (months)"]) == (D(2025, 5, 1), 60)
        assert row["State"].en == "in force"
        (before,) = listed("documents", on=D(2024, 4, 30), documents=of)
        assert before["Revision"].en == "1"

    def test_issue_and_revision_stand_apart_in_the_master_list(self):
        of = {"QT-01": document(revisions=(("2.1", D(2024, 1, 1)),))}
        (row,) = listed("documents", documents=of)
        assert (row["Issue"], row["Revision"]) == ("2", "1")
        of = {"QT-01": document(revisions=(("02", D(2024, 1, 1)),))}
        (row,) = listed("documents", documents=of)
        assert (row["Issue"].vi, row["Revision"].vi) == ("02", "")
        assert (row["Issue"].en, row["Revision"].en) == ("", "02")

    def test_a_document_without_revision_says_so_and_one_to_come_is_shown(self):
        bare = Document(title=Name(en="Manual"), kind=DocumentKind.MANUAL)
        (row,) = listed("documents", documents={"M": bare})
        assert row["State"].en == "no revision recorded"
        assert row["Title"].vi == "Manual"
        drafted = Document(title=Name(vi="x"), kind=DocumentKind.FORM, history=(
            DocumentEvent(act=DocumentAct.DRAFTED, on=D(2024, 1, 1), revision="1"),))  # fmt: skip
        (row,) = listed("documents", documents={"B": drafted})
        assert row["Revision"].en == "1"

    def test_of_withdrawn_revisions_the_one_that_was_in_force_is_shown(self):
        of = document(revisions=(("1", D(2023, 1, 1)), ("2", D(2024, 1, 1))))
        *before, issued = of.history
        ahead = evolve(issued, effective=D(2024, 12, 1))
        gone = tuple(
            DocumentEvent(act=DocumentAct.WITHDRAWN, on=D(2024, month, 1), revision=number)
            for month, number in ((2, "2"), (3, "1"))
        )
        (row,) = listed("documents", documents={"QT": evolve(of, history=(*before, ahead, *gone))})
        assert (row["Revision"].en, row["Effective"], row["State"].en) == (
            "1",
            D(2023, 1, 1),
            "withdrawn",
        )
        never = evolve(of, history=(*before[-1:], ahead, gone[0]))
        (row,) = listed("documents", documents={"QT": never})
        assert (row["Revision"].en, row["State"].en) == ("2", "withdrawn")

    def test_who_holds_copies_and_who_has_read_them(self):
        given = Distribution(
            holder="Phòng A", given=D(2024, 1, 2), revision="1", copies=2, form="giấy"
        )
        other = Distribution(holder="Phòng B", given=D(2024, 1, 2), revision="1")
        of = {"QT": document(
            distribution=(given, other),
            acknowledgements=(Acknowledgement(holder="Phòng A", on=D(2024, 1, 5), revision="1"),),
            recalls=(Recall(holder="Phòng B", on=D(2024, 3, 1)),),
        )}  # fmt: skip
        first, second = listed("distribution", documents=of)
        assert (first["Holder"], first["Copies"], first["Read on"], first["Taken back"]) == (
            "Phòng A",
            2,
            D(2024, 1, 5),
            None,
        )
        assert (second["Holder"], second["Taken back"]) == ("Phòng B", D(2024, 3, 1))
        (row,) = listed("documents", documents=of)
        assert row["Held by"] == "Phòng A"

    def test_what_is_taken_back_in_part_is_still_held_in_part(self):
        of = {"QT": document(
            distribution=(
                Distribution(holder="Phòng A", given=D(2024, 1, 2), revision="1", copies=3),
                Distribution(holder="phòng a", given=D(2024, 1, 9), revision="01", copies=2),
            ),
            recalls=(Recall(holder="PHÒNG A", on=D(2024, 3, 1), copies=2),
                     Recall(holder="Phòng A", on=D(2024, 4, 1), copies=2)),
        )}  # fmt: skip
        rows = listed("distribution", documents=of)
        assert [(row["Still held"], row["Taken back"]) for row in rows] == [
            (0, D(2024, 4, 1)),
            (1, None),
        ]
        (row,) = listed("documents", documents=of)
        assert row["Held by"] == "Phòng A"

    def test_who_holds_two_revisions_is_named_once(self):
        of = {"QT": document(distribution=(
            Distribution(holder="Phòng A", given=D(2024, 1, 2), revision="1"),
            Distribution(holder="Phòng A", given=D(2024, 1, 9)),
        ))}  # fmt: skip
        (row,) = listed("documents", documents=of)
        assert row["Held by"] == "Phòng A"

    def test_what_is_not_issued_is_no_external_document_yet(self):
        bare = LegalDocument(title=Name(vi="x"))
        on = {"proposed": LegalReview(act=LegalAct.PROPOSED, on=D(2024, 1, 2)),
              "issued": LegalReview(act=LegalAct.ISSUED, on=D(2024, 3, 1))}  # fmt: skip
        of = {
            "1": bare,
            "2": evolve(bare, reviews=(on["proposed"],)),
            "3": evolve(bare, reviews=tuple(on.values())),
            "4": evolve(bare, reviews=(on["proposed"],), in_force=D(2030, 1, 1)),
            "5": evolve(bare, issued=D(2100, 1, 1)),
        }
        rows = listed("external", legal_documents=of)
        assert [row["Number, symbol"] for row in rows] == ["1", "3", "4"]

    def test_who_has_read_a_revision_is_told_after_the_next_is_in_force(self):
        given = [
            Distribution(holder="Phòng A", given=D(2024, 1, 2), revision="1"),
            Distribution(holder="Phòng A", given=D(2024, 5, 2), revision="2"),
            Distribution(holder="Phòng A", given=D(2024, 5, 3)),
        ]
        of = {"QT": document(
            revisions=(*FIRST, ("2", D(2024, 5, 1))),
            distribution=tuple(given),
            acknowledgements=(Acknowledgement(holder="Phòng A", on=D(2024, 1, 5), revision="1"),),
        )}  # fmt: skip
        assert [row["Read on"] for row in listed("distribution", documents=of)] == [
            D(2024, 1, 5),
            None,
            None,
        ]

    def test_external_documents_say_where_they_are_used(self):
        of = {
            "documents": {
                "TCVN": Document(title=Name(vi="Tiêu chuẩn"), kind=DocumentKind.EXTERNAL, issuer="Bộ",
                                 in_force=D(2020, 1, 1), ended=D(2024, 1, 1), replaced_by="mới"),
                "QT": document(cites=("TCVN", "L")),
            },
            "legal_documents": {"L": LegalDocument(title=Name(vi="Luật"), number="01/2020", issued=D(2019, 6, 1))},
            "procedures": {"T": AdministrativeProcedure(title=Name(vi="x"), legal_bases=("L",))},
        }  # fmt: skip
        standard, law = listed("external", **of)
        assert (standard["Number, symbol"], standard["Used in"], standard["Replaced by"]) == (
            "TCVN",
            "QT",
            "mới",
        )
        assert (law["Number, symbol"], law["Used in"], law["Issued"]) == (
            "01/2020",
            "QT, T",
            D(2019, 6, 1),
        )
        assert [row["Code"] for row in listed("documents", **of)] == ["QT"]

    def test_external_documents_end_with_their_repeal_or_before_what_replaced_them(self):
        old = LegalDocument(title=Name(vi="Thông tư"), in_force=D(2015, 1, 1), replaced_by="TT-99")
        new = LegalDocument(title=Name(vi="Thông tư mới"), in_force=D(2024, 6, 1))
        repealed = LegalDocument(
            title=Name(vi="Nghị định"),
            reviews=(LegalReview(act=LegalAct.REPEALED, on=D(2024, 5, 2)),),
        )
        standard = Document(
            title=Name(vi="Tiêu chuẩn"), kind=DocumentKind.EXTERNAL, replaced_by="TT-99"
        )
        of = {
            "documents": {"TCVN": standard},
            "legal_documents": {"ND": repealed, "TT-01": old, "TT-99": new},
        }
        ends = [row["In force until"] for row in listed("external", **of)]
        assert ends == [D(2024, 5, 31), D(2024, 5, 1), D(2024, 5, 31), None]

    def test_records_name_their_keeper_and_their_term(self):
        of = {
            "BM": document(
                DocumentKind.FORM, form_of="QT", owner="Văn thư", retention=24, disposal="tiêu hủy"
            ),
            "QT": document(),
        }
        (row,) = listed("records", documents=of)
        assert (row["Belongs to"], row["Keeper"], row["Kept (months)"], row["Disposal"]) == (
            "QT",
            "Văn thư",
            24,
            "tiêu hủy",
        )
        assert row["State"].en == "in force"
        bare = Document(title=Name(vi="x"), kind=DocumentKind.RECORD)
        (row,) = listed("records", documents={"HS": bare})
        assert row["State"] is None

    def test_records_that_are_disposed_of_say_so(self):
        record = document(DocumentKind.RECORD)
        more = tuple(
            DocumentEvent(act=act, on=D(2024, 2, 1), revision="1")
            for act in (DocumentAct.WITHDRAWN, DocumentAct.DISPOSED)
        )
        of = {"HS": evolve(record, history=(*record.history, *more))}
        (row,) = listed("records", documents=of)
        assert row["State"].en == "disposed of"

    def test_objectives_with_their_last_value(self):
        measured, bare = listed(
            "objectives", objectives={"a": objective("95", (2, 1, "97")), "b": objective()}
        )
        assert (measured["Last value"], measured["Measured on"], measured["State"].en) == (
            97,
            D(2024, 2, 1),
            "on track",
        )
        assert (bare["Last value"], bare["State"].en) == (None, "not measured")

    def test_objectives_with_their_period_what_they_are_part_of_and_their_tasks(self):
        tasks = {"1": Task(what="x", done=D(2024, 2, 1)), "2": Task(what="y", done=D(2025, 2, 1))}
        part = evolve(objective(), parent="a", baseline=Decimal(88), tasks=tasks)
        whole, row = listed("objectives", objectives={"a": objective(), "b": part})
        assert (row["Baseline"], row["Period from"], row["Due"]) == (
            88,
            D(2024, 1, 1),
            D(2024, 12, 31),
        )
        assert (row["Part of"], row["Tasks"], row["Tasks done"]) == ("a", 2, 1)
        assert (whole["Part of"], whole["Baseline"], whole["Tasks"]) == (None, None, 0)

    def test_the_programme_of_audits_in_the_order_of_their_days(self):
        verified = FindingEvent(act=FindingAct.VERIFIED, on=D(2024, 4, 1), effective=True)
        findings = {
            "a": Finding(grade=Grade.MINOR, history=(verified,)),
            "b": Finding(grade=Grade.MAJOR),
            "c": Finding(grade=Grade.OPPORTUNITY),
        }
        rows = listed("audits", audits={
            "ahead": Audit(type=AuditType.INTERNAL, planned=D(2024, 9, 1), divisions=("Phòng A", "Phòng B")),
            "begun": Audit(type=AuditType.INTERNAL, planned=D(2024, 5, 31), began=D(2024, 5, 31)),
            "held": Audit(type=AuditType.SURVEILLANCE, held=D(2024, 3, 1), clauses=("7.2", "8"), findings=findings),
            "late": Audit(type=AuditType.INTERNAL, planned=D(2024, 5, 20)),
            "someday": Audit(type=AuditType.INTERNAL),
        })  # fmt: skip
        assert [(row["Audit"], row["State"].en) for row in rows] == [
            ("held", "held"),
            ("late", "overdue"),
            ("begun", "begun"),
            ("ahead", "planned"),
            ("someday", "planned"),
        ]
        assert (rows[0]["Nonconformities"], rows[0]["Still open"]) == (2, 1)
        assert (rows[0]["Clauses"], rows[3]["Divisions"]) == ("7.2, 8", "Phòng A, Phòng B")

    def test_findings_are_open_overdue_or_closed(self):
        verified = FindingEvent(act=FindingAct.VERIFIED, on=D(2024, 4, 1), effective=True)
        moved = FindingEvent(act=FindingAct.EXTENDED, on=D(2024, 3, 1), until=D(2024, 7, 1))
        wanting = FindingEvent(act=FindingAct.VERIFIED, on=D(2024, 4, 9), effective=False)
        findings = {
            "a": Finding(grade=Grade.MINOR, clause="7.2", statement="x", due=D(2024, 5, 31)),
            "b": Finding(grade=Grade.MINOR, due=D(2024, 6, 1)),
            "c": Finding(grade=Grade.MINOR, due=D(2024, 5, 1), history=(verified,)),
            "d": Finding(grade=Grade.MINOR, requirement="y", due=D(2024, 5, 1), history=(moved,)),
            "e": Finding(grade=Grade.MINOR, due=D(2024, 5, 1), history=(verified, wanting)),
        }
        audit = Audit(type=AuditType.INTERNAL, held=D(2024, 1, 1), findings=findings)
        rows = listed("findings", audits={"i": audit})
        assert [row["State"].en for row in rows] == ["overdue", "open", "closed", "open", "overdue"]
        assert [row["Due"] for row in rows][3] == D(2024, 7, 1)
        assert [row["Closed"] for row in rows][2] == D(2024, 4, 1)
        assert {row["Raised"] for row in rows} == {D(2024, 1, 1)}

    def test_only_nonconformities_are_open_or_overdue(self):
        verified = FindingEvent(act=FindingAct.VERIFIED, on=D(2024, 4, 1), effective=True)
        findings = {grade.value: Finding(grade=grade, due=D(2024, 5, 1)) for grade in Grade}
        findings["done"] = Finding(grade=Grade.OPPORTUNITY, history=(verified,))
        audit = Audit(type=AuditType.INTERNAL, held=D(2024, 1, 1), findings=findings)
        rows = listed("findings", audits={"i": audit})
        states = {row["Finding"]: row["State"] and row["State"].en for row in rows}
        assert {key for key, state in states.items() if state == "overdue"} == {"minor", "major"}
        assert {key for key, state in states.items() if state == "closed"} == {"done"}
        assert set(states.values()) == {"overdue", "closed", None}

    def test_the_grades_of_findings_and_the_targets_of_objectives_stand_on_the_screen(self):
        findings = {grade.value: Finding(grade=grade) for grade in Grade}
        audit = Audit(type=AuditType.INTERNAL, held=D(2024, 1, 1), findings=findings)
        objectives = {"a": evolve(objective("5", (2, 1, "4.5")), comparison=Comparison.AT_MOST)}
        organisation = Organisation(name=Name(vi="T"))
        of = unit(id="u", audits={"i": audit}, objectives=objectives)
        register = Register(organisation=organisation, units={"u": of})
        for language, wanted in (
            (Language.ENGLISH, ("Minor ", "Major ", "≤ 5% ", "4.5% ")),
            (Language.VIETNAMESE, ("Nhẹ ", "Nặng ", "≤ 5% ", "4,5% ")),
        ):
            shown = "".join(
                render(list_of(register, ListKind(kind), ON), organisation, language, 80)
                for kind in ("findings", "objectives")
            )
            assert all(words in shown for words in wanted)
            assert all(len(line) <= 80 for line in shown.splitlines())

    def test_findings_with_cause_action_and_what_they_repeat(self):
        history = (
            FindingEvent(act=FindingAct.ACTED, on=D(2024, 3, 1), what="Sửa quy trình"),
            FindingEvent(act=FindingAct.CAUSE_FOUND, on=D(2024, 2, 2), what="Chưa phân công"),
            FindingEvent(act=FindingAct.CAUSE_FOUND, on=D(2024, 2, 1), what="Chưa tập huấn"),
            FindingEvent(act=FindingAct.ACTED, on=D(2024, 3, 2)),
        )
        findings = {
            "a": Finding(grade=Grade.MINOR, repeats="h/a", history=history),
            "b": Finding(grade=Grade.MINOR),
        }
        earlier = Audit(type=AuditType.INTERNAL, held=D(2023, 1, 1), findings={"a": findings["b"]})
        audit = Audit(type=AuditType.INTERNAL, held=D(2024, 1, 1), findings=findings)
        _, told, bare = listed("findings", audits={"h": earlier, "i": audit})
        assert told["Cause"] == "Chưa tập huấn; Chưa phân công"
        assert told["Corrective action"] == "Sửa quy trình"
        assert told["Repeats"] == "h/a"
        assert (bare["Cause"], bare["Corrective action"], bare["Repeats"]) == (None, None, None)

    def test_procedures_with_their_last_change(self):
        published = ProcedureChange(act=ProcedureAct.PUBLISHED, on=D(2023, 1, 1))
        abolished = ProcedureChange(act=ProcedureAct.ABOLISHED, on=D(2024, 2, 1))
        of = {
            "a": AdministrativeProcedure(
                title=Name(vi="x"),
                changes=(published,),
                time_limit=10,
                online=next(iter(OnlineService)),
            ),
            "b": AdministrativeProcedure(title=Name(vi="y"), changes=(published, abolished)),
            "c": AdministrativeProcedure(title=Name(vi="z")),
        }
        first, second, third = listed("procedures", procedures=of)
        assert (first["Published"], first["State"].en, first["Time limit (days)"]) == (
            D(2023, 1, 1),
            "in force",
            10,
        )
        assert (second["Last change"].en, second["State"].en) == ("abolished", "abolished")
        assert third["Last change"] is None

    def test_the_department_of_2015_keeps_all_of_them(self):
        register = load(HA_GIANG)
        rows = {kind: len(list_of(register, kind, D(2015, 12, 31)).rows) for kind in ListKind}
        assert rows[ListKind.PROCEDURES] == 30
        assert rows[ListKind.OBJECTIVES] == 6
        assert all(rows.values())
        assert list_of(register, ListKind.DOCUMENTS, D(2015, 12, 31), ["thanh-tra"]).rows == ()


def evil():
    documents = {"=1+1": document(title='=HYPERLINK("x")', note="-5", owner="@x")}
    register = Register(
        organisation=Organisation(name=Name(vi="Tỉnh")),
        units={"u": unit(id="u", documents=documents)},
    )
    return register, list_of(register, ListKind.DOCUMENTS, ON)


class TestForms:
    def test_csv_is_what_excel_opens_and_holds_no_formula(self):
        _, found = evil()
        text = render_csv(found, Language.VIETNAMESE)
        assert text.startswith("\ufeffTT;Đơn vị;Mã hiệu;")
        (_, row) = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
        assert "'=1+1" in row
        assert "'-5" in row
        assert "01/01/2024" in row
        assert not [cell for cell in row if cell.startswith(("=", "@", "-", "+"))]

    def test_numbers_stay_numbers(self):
        found = list_of(
            Register(organisation=Organisation(name=Name(vi="T")), units={"u": unit(id="u", objectives={"a": objective("-2.5")})}),
            ListKind.OBJECTIVES, ON,
        )  # fmt: skip
        assert "-2,5" in render_csv(found, Language.VIETNAMESE)
        assert ",-2.5," in render_csv(found, Language.ENGLISH)

    def test_excel_holds_days_as_days_and_words_as_words(self):
        register, found = evil()
        data = render_xlsx(found, register.organisation, Language.VIETNAMESE)
        assert data == render_xlsx(found, register.organisation, Language.VIETNAMESE)
        sheet = openpyxl.load_workbook(io.BytesIO(data)).active
        assert sheet.title == "Danh mục tài liệu kiểm soát"
        assert sheet.freeze_panes == "A4"
        assert [cell.value for cell in sheet[3]][:3] == ["TT", "Đơn vị", "Mã hiệu"]
        cells = {cell.value: cell for cell in sheet[4]}
        assert cells["=1+1"].data_type == "s"
        assert cells[datetime(2024, 1, 1)].number_format == "dd/mm/yyyy"  # noqa: DTZ001

    def test_a_screen_names_the_unit_where_there_are_several(self):
        units = {key: unit(id=key, documents={"QT": document()}) for key in ("a", "b")}
        register = Register(organisation=Organisation(name=Name(en="Group")), units=units)
        words = render(
            list_of(register, ListKind.DOCUMENTS, ON), register.organisation, Language.ENGLISH, 80
        )
        assert words.count("Code") == 1
        assert words.count("(a)") == words.count("(b)") == 1
        only = list_of(register, ListKind.DOCUMENTS, ON, ["a"])
        assert "(b)" not in render(only, register.organisation, Language.ENGLISH, 80)
        none = list_of(register, ListKind.FINDINGS, ON)
        assert "nothing to list" in render(none, register.organisation, Language.ENGLISH, 80)


class TestTheCommand:
    @pytest.mark.parametrize("language", ["en", "vi"])
    @pytest.mark.parametrize("kind", [kind.value for kind in ListKind])
    def test_every_list_fits_the_screen(self, kind, language, capsys):
        assert main(["list", str(HA_GIANG), kind, "--on", "2015-12-31", "--lang", language]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) > 4
        assert main(["list", str(EVERY_RULE), kind, "--on", "2029-12-31", "--lang", language]) == 0
        lines += capsys.readouterr().out.splitlines()
        assert all(len(line) <= 80 for line in lines)

    def test_the_form_follows_the_name_of_the_file(self, tmp_path, capsys):
        for name in ("a.xlsx", "a.csv"):
            assert (
                main(
                    [
                        "list",
                        str(HA_GIANG),
                        "documents",
                        "--on",
                        "2015-12-31",
                        "-o",
                        str(tmp_path / name),
                    ]
                )
                == 0
            )
        assert (tmp_path / "a.xlsx").read_bytes()[:2] == b"PK"
        assert (tmp_path / "a.csv").read_bytes()[:3] == b"\xef\xbb\xbf"
        assert "rows: 19" in capsys.readouterr().out

    def test_a_workbook_needs_a_file(self, capsys):
        assert main(["list", str(HA_GIANG), "documents", "--format", "xlsx"]) == 2
        assert "--output" in capsys.readouterr().err

    def test_csv_on_the_screen_and_one_unit(self, capfdbinary):
        arguments = [
            "list",
            str(HA_GIANG),
            "documents",
            "--on",
            "2015-12-31",
            "--format",
            "csv",
            "--unit",
            "skhcn",
        ]
        assert main(arguments) == 0
        assert capfdbinary.readouterr().out.startswith(b"\xef\xbb\xbfNo.,Unit,Code")

    def test_a_list_that_is_none_is_a_mistake(self):
        assert main(["list", str(HA_GIANG), "papers"]) == 2
        assert main(["list", str(HA_GIANG), "documents", "--unit", "nobody"]) == 2
