"""``qms checklist``: for one unit, for all, and what stands in its way."""

from datetime import date, datetime
from pathlib import Path

import pytest

from lives import announcement, certificate, unit
from qms import load
from qms.checklist import Answer, AnswerField
from qms.clauses import within
from qms.cli import main
from qms.cli.waiting import counting
from qms.dates import add_years
from qms.issuing import Commission, NotConcerned, checklist_for
from qms.model import Audit, Document, Finding, Organisation, Register, Unit
from qms.model.questions import BankQuestion, QuestionBank
from qms.problems import RegisterError
from qms.store import save
from qms.terms import AuditType, DocumentKind, Edition, Grade, Level
from qms.text import Language, Name
from qms.word import read, write_checklist

FIXTURES = Path(__file__).parents[2] / "fixtures"
HA_GIANG, GROUP = FIXTURES / "ha-giang-2015", FIXTURES / "group-40-sites"
ON = date(2024, 6, 1)
ORGANISATION = Organisation(name=Name(en="Group"))
CERTIFIED = {
    "certificates": {"c": certificate(decided=date(2023, 3, 10), edition=Edition("ISO 9001:2015"))}
}


def drawn(of, on=ON, **wanted):
    return checklist_for(of, Commission(on=on, **wanted), ORGANISATION)


#: A unit that moved from the edition of 2008 to that of 2015 on 10 March 2018 (invented).
MOVED = {
    "certificates": {
        "2008": certificate(
            decided=date(2015, 3, 10), expires=date(2018, 3, 9), edition=Edition("ISO 9001:2008")
        ),
        "2015": certificate(decided=date(2018, 3, 10), edition=Edition("ISO 9001:2015")),
    }
}


def checked(type_, held, *clauses, **facts):
    findings = {
        f"{n}": Finding(grade=Grade.MINOR, clause=clause, statement=f"Invented {clause}")
        for n, clause in enumerate(clauses)
    }
    return Audit(type=type_, held=held, findings=findings, **facts)


class TestTheEditionOfAnAudit:
    """It is that of the day of the audit, however the unit is certified today."""

    @pytest.mark.parametrize("on", [date(2018, 3, 9), date(2018, 3, 10), date(2019, 3, 10)])
    @pytest.mark.parametrize("criteria", [(), (Edition("ISO 9001:2008"),)])
    def test_earlier_findings_go_by_the_edition_of_their_own_audit(self, on, criteria):
        found = checked(
            AuditType.SURVEILLANCE, date(2016, 3, 1), "7.5.1", "4.2.3", "8.2.1", criteria=criteria
        )
        of = unit(audits={"2016": found}, **MOVED)
        drawn_up = drawn(
            of, on=on, type=AuditType.RECERTIFICATION, edition=Edition("ISO 9001:2015")
        )
        again = {
            fact.en.partition("Invented ")[2]: item.clause
            for item in drawn_up.items
            for fact in item.facts
            if fact.en.startswith("Re-check")
        }
        assert again == {"7.5.1": "8.5.1", "4.2.3": "7.5.2", "8.2.1": "9.1.2"}

    @pytest.mark.parametrize(
        ("type_", "held", "edition"),
        [
            (AuditType.SURVEILLANCE, date(2018, 3, 9), "ISO 9001:2008"),
            (AuditType.SURVEILLANCE, date(2018, 3, 10), "ISO 9001:2015"),
            (AuditType.STAGE_2, date(2015, 2, 1), "ISO 9001:2008"),
            (AuditType.INTERNAL, date(2015, 2, 1), "ISO 9001:2008"),
            (AuditType.RECERTIFICATION, date(2018, 2, 1), "ISO 9001:2015"),
            (AuditType.TRANSITION, date(2018, 2, 1), "ISO 9001:2015"),
            # The certificate that was decided three years later rests on another audit.
            (AuditType.RECERTIFICATION, date(2015, 4, 1), "ISO 9001:2008"),
        ],
    )
    def test_a_checklist_of_an_audit_that_was_held_is_drawn_for_the_edition_of_its_day(
        self, type_, held, edition
    ):
        of = unit(audits={"a": Audit(type=type_, held=held)}, **MOVED)
        assert drawn(of, on=date(2019, 3, 10), audit="a").edition == edition

    def test_the_certificate_that_an_audit_names_goes_before(self):
        named = Audit(type=AuditType.SURVEILLANCE, held=date(2018, 3, 12), certificate="2008")
        of = unit(audits={"a": named}, **MOVED)
        assert drawn(of, on=date(2019, 3, 10), audit="a").edition == "ISO 9001:2008"

    def test_an_agency_s_first_check_goes_by_what_it_then_announced(self):
        of = unit(
            announcements={"a": announcement(date(2024, 1, 5))},
            audits={"i": Audit(type=AuditType.INTERNAL, held=date(2023, 12, 1))},
        )
        assert drawn(of, audit="i").edition == "TCVN ISO 9001:2015"

    def test_an_audit_after_what_lapsed_and_before_nothing_has_none(self):
        lapsed = certificate(decided=date(2012, 3, 10), edition=Edition("ISO 9001:2008"))
        held = Audit(type=AuditType.INTERNAL, held=date(2020, 1, 1))
        of = unit(certificates={"c": lapsed}, audits={"i": held})
        with pytest.raises(NotConcerned, match="no certificate or announcement in force"):
            drawn(of, audit="i")

    def test_a_transition_that_led_to_nothing_yet_goes_to_the_next_edition(self):
        held = Audit(type=AuditType.TRANSITION, held=date(2017, 5, 1))
        old = {"certificates": {"2008": MOVED["certificates"]["2008"]}}
        of = unit(audits={"t": held}, **old)
        assert drawn(of, on=date(2017, 6, 1), audit="t").edition == "ISO 9001:2015"


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"on": "2026-11-02"}, r"on: .*not '2026-11-02'"),
        ({"on": datetime(2026, 11, 2)}, "on: a datetime.date is needed"),  # noqa: DTZ001
        ({"type": "internal"}, "type: a qms.terms.AuditType is needed, not 'internal'"),
        ({"edition": "2015"}, "edition: a qms.edition.Edition is needed, not '2015'"),
    ],
)
def test_a_commission_that_nobody_could_draw_up_is_refused(wanted, told):
    with pytest.raises(TypeError, match=told):
        Commission(**{"on": date(2026, 11, 2), **wanted})


class TestWhatIsAsked:
    def test_the_edition_is_that_of_the_certificate_in_force(self):
        found = drawn(unit(**CERTIFIED), type=AuditType.SURVEILLANCE)
        assert found.edition == "ISO 9001:2015"
        assert found.audit is None

    def test_the_edition_is_that_of_the_announcement_in_force(self):
        announced = announcement(date(2024, 1, 5), edition=Edition("TCVN ISO 9001:2015"))
        found = drawn(unit(announcements={"a": announced}), type=AuditType.YEARLY_CHECK)
        assert found.edition == "TCVN ISO 9001:2015"

    @pytest.mark.parametrize(
        ("on", "planned", "asked"),
        [
            (date(2024, 2, 22), None, False),
            (date(2024, 2, 23), None, True),
            (date(2024, 1, 5), date(2024, 2, 23), True),
            (date(2024, 1, 5), date(2024, 2, 22), False),
            (date(2024, 2, 23), date(2024, 1, 5), True),
        ],
    )
    def test_an_amendment_is_asked_about_in_audits_from_its_publication_on(
        self, on, planned, asked
    ):
        audits = {"i": Audit(type=AuditType.INTERNAL, planned=planned)}
        found = drawn(unit(audits=audits, **CERTIFIED), on=on, audit="i")
        assert ("2015-4.1-2" in {item.id for item in found.items}) is asked

    def test_the_criteria_of_the_audit_go_before(self):
        audits = {"t": Audit(type=AuditType.STAGE_1, criteria=(Edition("ISO 9001:2015"),))}
        found = drawn(unit(audits=audits), audit="t")
        assert (found.edition, found.type, found.audit) == ("ISO 9001:2015", AuditType.STAGE_1, "t")

    def test_the_edition_that_is_wanted_is_taken_in_the_adoption_that_the_unit_holds(self):
        announced = announcement(date(2014, 1, 5), edition=Edition("TCVN ISO 9001:2008"))
        of = unit(announcements={"a": announced})
        wanted = {"type": AuditType.YEARLY_CHECK, "edition": Edition("ISO 9001:2015")}
        assert drawn(of, **wanted).edition == "TCVN ISO 9001:2015"
        assert drawn(unit(**CERTIFIED), **wanted).edition == "ISO 9001:2015"

    @pytest.mark.parametrize(
        ("held", "decided", "next_one"),
        [
            ("ISO 9001:2008", date(2016, 3, 10), "ISO 9001:2015"),
            ("TCVN ISO 9001:2008", date(2016, 3, 10), "TCVN ISO 9001:2015"),
            ("ISO 9001:2015", date(2025, 12, 10), "ISO 9001:2026"),
        ],
    )
    def test_a_transition_goes_to_the_edition_after_the_one_that_is_held(
        self, held, decided, next_one
    ):
        of = unit(certificates={"c": certificate(decided=decided, edition=Edition(held))})
        found = drawn(of, on=add_years(decided, 1), type=AuditType.TRANSITION)
        assert found.edition == next_one
        assert {item.id.partition("-")[0] for item in found.items} == {f"TR{found.edition.year}"}

    def test_a_transition_over_two_editions_asks_about_both(self):
        old = certificate(decided=date(2016, 3, 10), edition=Edition("ISO 9001:2008"))
        of = unit(certificates={"c": old})
        found = drawn(
            of, on=date(2027, 3, 10), type=AuditType.TRANSITION, edition=Edition("ISO 9001:2026")
        )
        asked = {item.id.partition("-")[0] for item in found.items}
        assert asked == {"TR2015", "TR2026"}

    @pytest.mark.parametrize(
        ("on", "planned", "refused"),
        [
            (date(2016, 10, 10), None, True),
            (date(2026, 9, 15), None, True),
            (date(2026, 9, 16), None, False),
            (date(2026, 9, 1), date(2026, 9, 15), True),
            (date(2026, 9, 1), date(2026, 9, 16), False),
        ],
    )
    def test_there_is_no_transition_to_an_edition_before_it_is_published(
        self, on, planned, refused
    ):
        held = certificate(decided=date(2025, 12, 10), edition=Edition("ISO 9001:2015"))
        audits = {"t": Audit(type=AuditType.TRANSITION, planned=planned)} if planned else {}
        of = unit(certificates={"c": held}, audits=audits)
        wanted = {"type": AuditType.TRANSITION, "edition": Edition("ISO 9001:2026"), "on": on}
        if refused:
            with pytest.raises(NotConcerned, match="published from 2026-09-16 on"):
                drawn(of, **wanted)
        else:
            assert drawn(of, **wanted).edition == "ISO 9001:2026"

    def test_nor_is_there_to_an_adoption_before_the_adoption_is_published(self):
        """TCVN ISO 9001:2015: QĐ 4109/QĐ-BKHCN of 31 December 2015."""
        announced = announcement(date(2014, 1, 5), edition=Edition("TCVN ISO 9001:2008"))
        of = unit(announcements={"a": announced})
        with pytest.raises(NotConcerned, match="TCVN ISO 9001:2015 is published from 2015-12-31"):
            drawn(of, on=date(2015, 12, 30), type=AuditType.TRANSITION)
        found = drawn(of, on=date(2015, 12, 31), type=AuditType.TRANSITION)
        assert found.edition == "TCVN ISO 9001:2015"

    def test_nor_to_an_adoption_of_which_nothing_is_known(self):
        """No TCVN ISO 9001:2026 is known; an audit to the text of ISO is planned as such."""
        of = unit(announcements={"a": announcement(date(2016, 1, 5))})
        newest = Edition("ISO 9001:2026")
        for on, edition in ((date(2026, 11, 20), None), (date(2016, 6, 1), newest)):
            with pytest.raises(NotConcerned, match="no adoption TCVN ISO 9001:2026 is known"):
                drawn(of, on=on, type=AuditType.TRANSITION, edition=edition)
        on = date(2026, 11, 20)
        asked = drawn(of, on=on, type=AuditType.YEARLY_CHECK, edition=newest)
        assert asked.edition == "ISO 9001:2026"
        planned = {"t": Audit(type=AuditType.TRANSITION, criteria=(newest,))}
        of = unit(announcements=of.announcements, audits=planned)
        for edition in (None, newest):
            assert drawn(of, on=on, audit="t", edition=edition).edition == "ISO 9001:2026"

    def test_there_is_no_transition_from_the_newest_edition(self):
        newest = certificate(decided=date(2026, 10, 1), edition=Edition("ISO 9001:2026"))
        of = unit(certificates={"c": newest})
        with pytest.raises(NotConcerned, match="no transition"):
            drawn(of, on=date(2027, 1, 1), type=AuditType.TRANSITION)

    def test_a_certificate_that_lapsed_tells_no_edition(self):
        lapsed = certificate(decided=date(2012, 3, 10), edition=Edition("ISO 9001:2008"))
        with pytest.raises(NotConcerned, match="names an edition"):
            drawn(unit(certificates={"c": lapsed}), type=AuditType.INTERNAL)

    @pytest.mark.parametrize(
        ("of", "kind", "on", "edition"),
        [
            (unit(), AuditType.YEARLY_CHECK, date(2015, 12, 30), "TCVN ISO 9001:2008"),
            (unit(), AuditType.YEARLY_CHECK, date(2015, 12, 31), "TCVN ISO 9001:2015"),
            # No adoption of the edition of 2026 is known.
            (unit(), AuditType.YEARLY_CHECK, date(2026, 12, 1), "TCVN ISO 9001:2015"),
            (unit(level=Level.COMMUNE), AuditType.INTERNAL, date(2024, 7, 1), "TCVN ISO 9001:2015"),
            (
                unit(audits={"y": Audit(type=AuditType.YEARLY_CHECK, planned=date(2016, 2, 1))}),
                AuditType.YEARLY_CHECK,
                date(2016, 1, 4),
                "TCVN ISO 9001:2015",
            ),
        ],
    )
    def test_a_state_agency_that_holds_nothing_is_asked_by_the_adoption_of_the_day(
        self, of, kind, on, edition
    ):
        assert drawn(of, on=on, type=kind).edition == edition
        year = Edition(edition.removeprefix("TCVN "))
        assert drawn(of, on=on, type=kind, edition=year).edition == edition

    def test_the_check_of_an_agency_that_held_nothing_goes_by_the_adoption_of_its_day(self):
        audits = {"y": Audit(type=AuditType.YEARLY_CHECK, held=date(2014, 5, 6))}
        assert drawn(unit(audits=audits), audit="y").edition == "TCVN ISO 9001:2008"

    @pytest.mark.parametrize(
        ("of", "kind", "on"),
        [
            (unit(), AuditType.INTERNAL, date(2024, 7, 1)),
            (unit(level=Level.SITE), AuditType.INTERNAL, date(2024, 7, 1)),
            (unit(level=Level.COMMUNE), AuditType.TRANSITION, date(2024, 7, 1)),
            # Before there was any adoption whose clauses are known.
            (unit(), AuditType.YEARLY_CHECK, date(2005, 1, 1)),
        ],
    )
    def test_others_that_hold_nothing_need_an_edition_to_be_named(self, of, kind, on):
        with pytest.raises(NotConcerned, match="names an edition"):
            drawn(of, on=on, type=kind)

    def test_the_criteria_of_the_audit_go_before_the_adoption(self):
        criteria = (Edition("ISO 9001:2015"),)
        of = unit(audits={"y": Audit(type=AuditType.YEARLY_CHECK, criteria=criteria)})
        assert drawn(of, audit="y").edition == "ISO 9001:2015"
        assert drawn(of, audit="y", edition=criteria[0]).edition == "ISO 9001:2015"

    def test_a_clause_that_the_edition_does_not_have_is_named_with_those_that_are_near(self):
        with pytest.raises(RegisterError, match=r"no clause “8\.9”") as caught:
            drawn(unit(**CERTIFIED), type=AuditType.INTERNAL, clauses=("8.9", "9.2"))
        assert len(caught.value.problems) == 1

    def test_a_kind_of_audit_that_contradicts_the_audit_is_named(self):
        audits = {"i": Audit(type=AuditType.INTERNAL)}
        with pytest.raises(RegisterError, match="internal audit"):
            drawn(unit(**CERTIFIED, audits=audits), audit="i", type=AuditType.SURVEILLANCE)

    @pytest.mark.parametrize(
        ("of", "kind", "asked"),
        [
            (unit(**CERTIFIED), AuditType.YEARLY_CHECK, True),
            (unit(**CERTIFIED), AuditType.INTERNAL, False),
            (unit(level=Level.COMMUNE), AuditType.INTERNAL, True),
            (unit(level=Level.SITE), AuditType.INTERNAL, False),
            (unit(level=Level.COMMUNE, **CERTIFIED), AuditType.INTERNAL, False),
            (unit(announcements={"a": announcement(date(2024, 1, 5))}), AuditType.INTERNAL, True),
        ],
    )
    def test_state_agencies_are_asked_about_what_binds_them(self, of, kind, asked):
        found = drawn(of, type=kind, edition=Edition("ISO 9001:2015"))
        assert any(item.id.startswith("VN-") for item in found.items) is asked

    def test_what_is_told_once_at_a_clause_is_not_repeated_there(self):
        found = drawn(unit(**CERTIFIED), type=AuditType.STAGE_2)
        for section in found.sections:
            for clause in {item.clause for item in section.items}:
                told = [f for item in section.items if item.clause == clause for f in item.facts]
                assert len(told) == len(set(told))

    def test_the_audit_planned_for_the_year_is_taken(self):
        planned = {
            "later": Audit(type=AuditType.SURVEILLANCE, planned=date(2024, 11, 1)),
            "sooner": Audit(type=AuditType.SURVEILLANCE, planned=date(2024, 9, 1)),
            "held": Audit(
                type=AuditType.SURVEILLANCE, planned=date(2024, 3, 1), held=date(2024, 3, 2)
            ),
            "other": Audit(type=AuditType.INTERNAL, planned=date(2024, 7, 1)),
            "next": Audit(type=AuditType.SURVEILLANCE, planned=date(2025, 1, 1)),
        }
        assert (
            drawn(unit(**CERTIFIED, audits=planned), type=AuditType.SURVEILLANCE).audit == "sooner"
        )

    def test_an_audit_of_some_clauses_asks_about_those(self):
        audits = {"i": Audit(type=AuditType.STAGE_2, clauses=("9.2",))}
        found = drawn(unit(**CERTIFIED, audits=audits), audit="i")
        assert {item.clause for item in found.items} == {"9.2.1", "9.2.2"}

    @pytest.mark.parametrize(
        ("declared", "told"),
        [
            ("7.3", {"8.3.1", "8.3.2", "8.3.3", "8.3.4", "8.3.5", "8.3.6"}),  # and not 8.5.6
            ("7.6", {"7.1.5.1", "7.1.5.2"}),
            ("7.5.2", set()),  # 8.5.1 asks for more than that
            ("7.5.4", {"8.5.3"}),
            ("9.9", set()),
        ],
    )
    def test_what_was_declared_by_an_older_edition_is_told_only_where_it_still_holds(
        self, declared, told
    ):
        held = {"c": certificate(decided=date(2023, 3, 10), edition=Edition("TCVN ISO 9001:2008"))}
        of = unit(certificates=held, not_applicable={declared: "Lý do"})
        found = drawn(of, type=AuditType.STAGE_2, edition=Edition("ISO 9001:2015"))
        beside = {item.clause for item in found.items if any("Lý do" in f.vi for f in item.facts)}
        assert beside == told
        assert all(item.may_be_not_applicable for item in found.items if item.clause in told)

    @pytest.mark.parametrize(
        ("criteria", "wanted", "about"),
        [
            (("ISO 9001:2008",), "ISO 9001:2015", {"9.2.1", "9.2.2"}),
            ((), "ISO 9001:2015", {"8.2.1", "8.2.2", "8.2.3.1", "8.2.3.2", "8.2.4"}),
            (("ISO 9001:2008",), "ISO 9001:2008", {"8.2.2"}),
            (("ISO 9001:1994",), "ISO 9001:2015", {"8.2.2"}),
        ],
    )
    def test_the_clauses_of_an_audit_are_read_in_the_edition_of_its_criteria(
        self, criteria, wanted, about
    ):
        named = ("8.2",) if not criteria else ("8.2.2",)
        audit = Audit(
            type=AuditType.SPECIAL, clauses=named, criteria=tuple(Edition(one) for one in criteria)
        )
        found = drawn(unit(**CERTIFIED, audits={"i": audit}), audit="i", edition=Edition(wanted))
        assert {item.clause for item in found.items} == about
        assert all(any(within(one, c) for c in found.clauses) for one in about)
        narrowed = drawn(unit(**CERTIFIED), type=AuditType.SPECIAL, clauses=("8.5.1",))
        assert narrowed.clauses == ("8.5.1",)

    def test_clauses_of_documents_and_findings_are_read_in_the_edition_audited_against(self):
        old = certificate(decided=date(2023, 3, 10), edition=Edition("ISO 9001:2008"))
        of = unit(
            certificates={"c": old},
            documents={"QT-01": Document(title=Name(vi="Đánh giá"), kind=DocumentKind.PROCEDURE, clauses=("8.2.2",))},
            not_applicable={"7.3": "không thiết kế"},
            audits={
                "a": Audit(
                    type=AuditType.INTERNAL,
                    held=date(2023, 5, 1),
                    findings={
                        "f": Finding(grade=Grade.MINOR, clause="8.5.2", statement="chưa khắc phục"),
                        "g": Finding(grade=Grade.MINOR, statement="không rõ"),
                    },
                ),
                "b": Audit(
                    type=AuditType.INTERNAL, held=date(2023, 5, 2), criteria=(Edition("ISO 9001:2015"),),
                    findings={"f": Finding(grade=Grade.MINOR, clause="7.2", statement="thiếu hồ sơ")},
                ),
            },
        )  # fmt: skip
        found = drawn(of, type=AuditType.STAGE_2, edition=Edition("ISO 9001:2015"))
        beside = {item.id: [fact.vi for fact in item.facts] for item in found.items}
        assert any("QT-01" in words for words in beside["2015-9.2.1-1"])
        assert any("chưa khắc phục" in words for words in beside["2015-10.2.1-1"])
        assert any("thiếu hồ sơ" in words for words in beside["2015-7.2-1"])
        assert any("không thiết kế" in words for words in beside["2015-8.3.1-1"])
        (opened,) = (table for table in found.facts if "f" in str(table.rows))
        assert "8.5.2" in {row[1].vi for row in opened.rows}

    def test_an_audit_that_is_not_there_is_named_with_those_that_are(self):
        with pytest.raises(RegisterError, match="s1"):
            drawn(unit(audits={"s1": Audit(type=AuditType.INTERNAL)}), audit="s2")

    def test_a_unit_without_edition_needs_one_named(self):
        with pytest.raises(RegisterError, match="--edition 2015"):
            drawn(unit(), type=AuditType.INTERNAL)
        old = certificate(decided=date(2023, 3, 10), edition=Edition("ISO 9001:2000"))
        with pytest.raises(RegisterError, match="--edition 2015"):
            drawn(unit(certificates={"c": old}), type=AuditType.INTERNAL)

    def test_more_questions_than_a_checklist_holds_are_refused(self):
        many = tuple(
            BankQuestion(id=f"M-{n}", clauses=("4.1",), question=Name(en="Why?"))
            for n in range(2001)
        )
        mine = QuestionBank(title=Name(en="Many"), question=many)
        with pytest.raises(RegisterError, match="at most 2000"):
            drawn(unit(**CERTIFIED), type=AuditType.INTERNAL, own=[mine])

    def test_an_edition_without_questions_is_named(self):
        with pytest.raises(RegisterError, match="no questions"):
            drawn(unit(), type=AuditType.INTERNAL, edition=Edition("ISO 9001:1994"))


@pytest.fixture
def in_folder(tmp_path, monkeypatch):
    """A folder in which the command runs."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestTheCommand:
    def test_a_checklist_of_a_unit(self, tmp_path, capsys):
        out = tmp_path / "phieu.docx"
        code = main(
            ["checklist", str(HA_GIANG), "skhcn", "--type", "surveillance", "--edition", "2015",
             "--on", "2015-12-31", "--lang", "vi", "--output", str(out)]
        )  # fmt: skip

        assert code == 0
        assert "skhcn, TCVN ISO 9001:2015" in capsys.readouterr().out
        reading = read(out)
        assert reading.unit == "skhcn"
        assert {one.grade for one in reading.answers} == {None}

    def test_the_same_input_gives_the_same_bytes(self, tmp_path):
        arguments = [
            "checklist",
            str(GROUP),
            "depot-01",
            "--type",
            "internal",
            "--on",
            "2026-11-23",
        ]
        for name in ("a.docx", "b.docx"):
            assert main([*arguments, "-o", str(tmp_path / name)]) == 0
        assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()

    def test_a_whole_programme(self, tmp_path, capsys):
        arguments = [
            "checklist",
            str(GROUP),
            "--type",
            "internal",
            "--on",
            "2026-11-23",
            "--clause",
            "9.2",
        ]
        assert main([*arguments, "-o", str(tmp_path / "all")]) == 0

        units = load(GROUP).units
        assert sorted(one.stem for one in (tmp_path / "all").iterdir()) == sorted(units)
        assert capsys.readouterr().out.endswith(f": {len(units)}.\n")

    @pytest.mark.parametrize(
        ("units", "output", "told"),
        [
            (["depot-01"], "-", "ends in .docx, not -."),
            ([], "-", "ends in .docx, not -."),
            (["depot-01"], "notes", "ends in .docx, not notes."),
            ([], "notes", "names a folder, not the file notes."),
            (["depot-01"], "x.docx", "Checklists to write: 1; --output names a folder"),
        ],
    )
    def test_neither_the_screen_nor_a_file_of_another_kind_is_written_to(
        self, in_folder, capsys, units, output, told
    ):
        (in_folder / "notes").write_text("mine")
        (in_folder / "x.docx").mkdir()
        arguments = ["checklist", str(GROUP), *units, "--type", "internal", "--on", "2026-11-23"]
        assert main([*arguments, "-o", output]) == 2
        assert told in capsys.readouterr().err.replace("\n", " ")
        assert sorted(one.name for one in in_folder.iterdir()) == ["notes", "x.docx"]

    def test_several_units_need_a_folder(self, tmp_path, capsys):
        arguments = ["checklist", str(GROUP), "depot-01", "depot-02", "--type", "internal"]
        assert main([*arguments, "--on", "2026-11-23", "-o", str(tmp_path / "x.docx")]) == 2
        assert "Checklists to write: 2;" in capsys.readouterr().err

    def test_one_unit_can_be_written_into_a_folder_that_is_there(self, tmp_path):
        arguments = [
            "checklist",
            str(GROUP),
            "depot-01",
            "--type",
            "internal",
            "--on",
            "2026-11-23",
        ]
        assert main([*arguments, "-o", str(tmp_path)]) == 0
        assert (tmp_path / "depot-01.docx").exists()

    def test_units_without_the_audit_are_left_out_of_a_programme_and_named(self, tmp_path, capsys):
        audits = {"2024": Audit(type=AuditType.INTERNAL, criteria=(Edition("ISO 9001:2015"),))}
        units = {
            "a": Unit(id="a", name=Name(en="A"), audits=audits),
            "b": Unit(id="b", name=Name(en="B")),
            "gone": Unit(id="gone", name=Name(en="C"), audits=audits, valid_to=date(2020, 1, 1)),
        }
        save(Register(organisation=ORGANISATION, units=units), tmp_path / "r.json")
        arguments = ["checklist", str(tmp_path / "r.json"), "--audit", "2024", "--on", "2024-06-01"]

        assert main([*arguments, "-o", str(tmp_path / "out")]) == 0
        assert [one.name for one in (tmp_path / "out").iterdir()] == ["a.docx"]
        assert "b" in capsys.readouterr().err
        wrong = [*arguments[:-3], "2023", *arguments[-2:]]
        assert main([*wrong, "-o", str(tmp_path / "none")]) == 2
        assert not (tmp_path / "none").exists()

    def test_a_register_whose_units_have_all_ended_has_nothing_to_write(self, tmp_path):
        units = {"a": Unit(id="a", name=Name(en="A"), valid_to=date(2020, 1, 1))}
        save(Register(organisation=ORGANISATION, units=units), tmp_path / "r.json")
        arguments = [
            "checklist",
            str(tmp_path / "r.json"),
            "--type",
            "internal",
            "--on",
            "2024-06-01",
        ]
        assert main([*arguments, "-o", str(tmp_path / "out")]) == 2

    @pytest.mark.parametrize(
        ("on", "written"),
        [
            ("2024-06-01", ["old"]),
            ("2024-12-31", ["old"]),
            ("2025-01-01", ["new"]),
        ],
    )
    def test_a_programme_is_for_the_units_that_exist_on_the_day(
        self, tmp_path, capsys, on, written
    ):
        units = {
            "old": Unit(id="old", name=Name(en="Old"), valid_to=date(2024, 12, 31)),
            "new": Unit(id="new", name=Name(en="New"), valid_from=date(2025, 1, 1)),
        }
        save(Register(organisation=ORGANISATION, units=units), tmp_path / "r.json")
        arguments = ["checklist", str(tmp_path / "r.json"), "--type", "internal"]
        arguments += ["--edition", "2015", "--on", on, "-o", str(tmp_path / "out")]
        assert main(arguments) == 0
        assert [path.stem for path in (tmp_path / "out").iterdir()] == written
        capsys.readouterr()
        assert main([*arguments[:2], "old", *arguments[2:-1], str(tmp_path / "o.docx")]) == 0
        assert ("are not there on" in capsys.readouterr().err) is (written == ["new"])

    def test_a_unit_of_another_group_is_named(self, tmp_path, capsys):
        arguments = ["checklist", str(GROUP), "depot-01", "--type", "internal"]
        assert main([*arguments, "--group", "plants", "-o", str(tmp_path / "x.docx")]) == 2
        assert "Not of the group plants: depot-01" in capsys.readouterr().err

    def test_what_is_wrong_for_every_unit_is_told_and_nothing_is_written(self, tmp_path, capsys):
        arguments = ["checklist", str(GROUP), "depot-01", "depot-02", "--type", "internal"]
        arguments += ["--on", "2026-11-23", "--clause", "99"]
        assert main([*arguments, "-o", str(tmp_path / "out")]) == 2
        assert "no clause “99”" in capsys.readouterr().err
        assert not (tmp_path / "out").exists()

    def test_units_whom_the_audit_does_not_concern_are_left_out_of_a_programme(
        self, tmp_path, capsys
    ):
        units = {"a": unit(id="a", **CERTIFIED), "b": Unit(id="b", name=Name(en="B"))}
        save(Register(organisation=ORGANISATION, units=units), tmp_path / "r.json")
        arguments = ["checklist", str(tmp_path / "r.json"), "--type", "internal"]
        arguments += ["--on", "2024-06-01", "-o", str(tmp_path / "out")]
        assert main(arguments) == 0
        assert "Left out, without an edition" in capsys.readouterr().err
        assert len(list((tmp_path / "out").iterdir())) == 1

    def test_neither_audit_nor_type_is_a_mistake(self, tmp_path):
        assert main(["checklist", str(GROUP), "depot-01", "-o", str(tmp_path / "x.docx")]) == 2

    @pytest.mark.parametrize("words", ["2015", "ISO 9001:2015", "TCVN ISO 9001-2015"])
    def test_editions_are_taken_as_people_write_them(self, tmp_path, words):
        arguments = ["checklist", str(GROUP), "depot-01", "--type", "internal", "--edition", words]
        assert main([*arguments, "--on", "2026-11-23", "-o", str(tmp_path / "x.docx")]) == 0

    @pytest.mark.parametrize("words", ["2011", "new", "ISO 9001:1994"])
    def test_what_is_no_edition_is_a_mistake(self, tmp_path, words, capsys):
        arguments = ["checklist", str(GROUP), "depot-01", "--type", "internal", "--edition", words]
        assert main([*arguments, "-o", str(tmp_path / "x.docx")]) == 2
        assert words in capsys.readouterr().err

    def test_ones_own_questions_and_template(self, tmp_path, capsys):
        (tmp_path / "own.toml").write_text(
            'format = "qms-questions/1"\ntitle.en = "Own"\n[[question]]\nid = "X-1"\n'
            'clauses = ["9.2.1"]\nquestion.en = "Own question?"\n',
            "utf-8",
        )
        arguments = [
            "checklist",
            str(GROUP),
            "depot-01",
            "--type",
            "internal",
            "--on",
            "2026-11-23",
        ]
        arguments += ["--questions", str(tmp_path / "own.toml"), "--clause", "9.2.1"]
        house = tmp_path / "house.docx"
        assert main([*arguments, "-o", str(house)]) == 0
        assert main([*arguments, "--template", str(house), "-o", str(tmp_path / "x.docx")]) == 0
        assert "X-1" in {one.question for one in read(tmp_path / "x.docx").answers}
        (tmp_path / "bad.docx").write_bytes(b"x")
        bad = ["--template", str(tmp_path / "bad.docx"), "-o", str(tmp_path / "y.docx")]
        assert main([*arguments, *bad]) == 2
        assert "bad.docx" in capsys.readouterr().err

    def test_a_checklist_that_was_filled_in_is_not_written_over(self, tmp_path, capsys):
        output = tmp_path / "x.docx"
        arguments = ["checklist", str(GROUP), "depot-01", "--type", "internal"]
        arguments += ["--on", "2026-11-23", "--clause", "9.2.1", "-o", str(output)]
        output.write_bytes(b"no Word file")
        assert main(arguments) == 0
        assert main(arguments) == 0  # nothing was filled in
        register = load(GROUP)
        wanted = Commission(on=date(2026, 11, 23), type=AuditType.INTERNAL, clauses=("9.2.1",))
        checklist = checklist_for(register.units["depot-01"], wanted, register.organisation)
        answer = Answer(question=checklist.items[0].id, grade=Grade.CONFORMITY)
        filled = write_checklist(checklist, Language.ENGLISH, answers=[answer])
        output.write_bytes(filled)
        assert main(arguments) == 2
        assert "not written over" in capsys.readouterr().err
        assert output.read_bytes() == filled

    @pytest.mark.parametrize("units", [[], ["depot-01"], ["depot-01", "depot-02"]])
    @pytest.mark.parametrize("ending", ["pdf", "odt", "ODT", "doc"])
    def test_a_checklist_is_a_word_file(self, tmp_path, capsys, units, ending):
        arguments = ["checklist", str(GROUP), *units, "--type", "internal"]
        assert main([*arguments, "-o", str(tmp_path / f"x.{ending}")]) == 2
        assert f".docx, not .{ending}" in capsys.readouterr().err
        assert not list(tmp_path.iterdir())

    def test_a_folder_may_be_called_like_a_file(self, tmp_path):
        (tmp_path / "x.pdf").mkdir()
        arguments = ["checklist", str(GROUP), "depot-01", "--type", "internal"]
        arguments += ["--on", "2026-11-23", "--clause", "9.2.1", "-o", str(tmp_path / "x.pdf")]
        assert main(arguments) == 0
        assert (tmp_path / "x.pdf" / "depot-01.docx").is_file()

    def test_which_of_several_planned_audits_is_taken_is_told(self, tmp_path, capsys):
        audits = {
            key: Audit(type=AuditType.INTERNAL, planned=date(2024, month, 10))
            for key, month in (("late", 11), ("early", 9))
        }
        register = Register(
            organisation=ORGANISATION, units={"u1": unit(audits=audits, **CERTIFIED)}
        )
        save(register, tmp_path / "r.toml")
        arguments = ["checklist", str(tmp_path / "r.toml"), "u1", "--on", "2024-06-01"]
        arguments += ["--clause", "9.2.1", "-o", str(tmp_path / "x.docx")]
        assert main([*arguments, "--type", "internal"]) == 0
        told = capsys.readouterr()
        assert "u1, ISO 9001:2015, early, questions: " in told.out
        assert "u1 – early, late" in told.err
        assert main([*arguments, "--audit", "late"]) == 0
        told = capsys.readouterr()
        assert ("9001:2015, late, questions: " in told.out, told.err) == (True, "")
        assert main([*arguments, "--type", "surveillance"]) == 0
        assert "9001:2015, surveillance audit, questions: " in capsys.readouterr().out

    def test_a_template_that_cannot_be_opened_leaves_no_folder_behind(self, tmp_path):
        (tmp_path / "bad.docx").write_bytes(b"x")
        arguments = ["checklist", str(GROUP), "--type", "internal", "--on", "2026-11-23"]
        arguments += ["--template", str(tmp_path / "bad.docx"), "-o", str(tmp_path / "out")]
        assert main(arguments) == 2
        assert not (tmp_path / "out").exists()

    def test_a_file_of_which_no_question_is_asked_is_named(self, tmp_path, capsys):
        own = tmp_path / "own.toml"
        own.write_text(
            'title.en = "Own"\naudits = ["surveillance"]\n[[question]]\nid = "X-1"\n'
            'clauses = ["9.2.1"]\nquestion.en = "Own question?"\n',
            "utf-8",
        )
        for kind, told in (("internal", True), ("surveillance", False)):
            arguments = ["checklist", str(GROUP), "depot-01", "--type", kind, "--on", "2026-11-23"]
            arguments += ["--questions", str(own), "-o", str(tmp_path / f"{kind}.docx")]
            assert main(arguments) == 0
            assert (f"{own}: none of its questions" in capsys.readouterr().err) is told
        assert not (tmp_path / "y.docx").exists()

    def test_an_unprotected_checklist_can_be_changed_everywhere(self, tmp_path):
        arguments = [
            "checklist",
            str(GROUP),
            "depot-01",
            "--type",
            "internal",
            "--on",
            "2026-11-23",
        ]
        for name, more in (("a.docx", []), ("b.docx", ["--unprotected"])):
            assert main([*arguments, *more, "--clause", "9.2.1", "-o", str(tmp_path / name)]) == 0
        assert (tmp_path / "a.docx").read_bytes() != (tmp_path / "b.docx").read_bytes()
        assert AnswerField.GRADE


class TestCounting:
    def test_it_says_how_many_are_done_on_a_screen_alone(self, monkeypatch, capsys):
        assert list(counting([1, 2], "Writing", patience=-1)) == [1, 2]
        assert capsys.readouterr().err == ""
        monkeypatch.setattr("sys.stderr.isatty", lambda: True)
        assert list(counting([1, 2], "Writing", patience=-1)) == [1, 2]
        assert "Writing … 1/2" in capsys.readouterr().err
        assert list(counting([1, 2], "Writing")) == [1, 2]
        assert capsys.readouterr().err == ""
