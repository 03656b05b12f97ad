"""The question banks: complete, permanent, in both languages; and how they are put together."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

from lives import announcement, certificate, unit
from qms.checklist.items import ID_LIMIT
from qms.checklist.records import record_facts
from qms.clauses import becomes, clauses_of
from qms.model import (
    AdministrativeProcedure,
    Audit,
    Certificate,
    Document,
    DocumentEvent,
    QualityObjective,
)
from qms.model.questions import BankQuestion, BankSubject, QuestionBank
from qms.problems import RegisterError
from qms.questions import questions_for, shipped_banks
from qms.store.questions import load_bank, load_banks
from qms.terms import (
    AuditType,
    Comparison,
    DocumentAct,
    DocumentKind,
    Edition,
    Level,
    Regime,
)
from qms.text import Name, normalise

OLD, NOW, NEXT = (Edition(f"ISO 9001:{year}") for year in (2008, 2015, 2026))
EVERY_ID = Path(__file__).parent / "data" / "question_ids.txt"
each_bank = pytest.mark.parametrize("bank", shipped_banks(), ids=lambda bank: bank.title.en)


def ids(edition, kind, **more):
    return [one.id for one in questions_for(edition, kind, **more).questions]


@each_bank
class TestEachBank:
    def test_words_stand_in_both_languages_in_composed_letters(self, bank):
        names = [bank.title, *(one.title for one in bank.subject)]
        names += [one.question for one in bank.question]
        names += [one.evidence for one in bank.question]
        for name in names:
            assert name is not None
            assert name.en
            assert name.vi
            assert name.en == normalise(name.en)
            assert name.vi == normalise(name.vi)

    def test_questions_are_asked_and_not_demanded(self, bank):
        assert not [one.id for one in bank.question if " shall " in one.question.en.casefold()]

    def test_identifiers_fit_into_the_tag_of_a_control(self, bank):
        assert all(len(one.id) <= ID_LIMIT for one in bank.question)

    def test_every_question_stands_under_a_clause_or_a_subject(self, bank):
        subjects = {one.key for one in bank.subject}
        for one in bank.question:
            assert one.clauses or one.subject
            assert one.subject is None or one.subject in subjects
        assert subjects == {one.subject for one in bank.question} - {None}

    def test_clauses_are_numbered_as_in_the_first_edition_and_carried_over_to_the_others(
        self, bank
    ):
        kind = bank.audits[0] if bank.audits else AuditType.STAGE_2
        for edition in bank.editions:
            known = {one.number for one in clauses_of(edition).clauses}
            asked = questions_for(edition, kind, regime=(bank.regimes or (None,))[0]).questions
            mine = {one.id: one for one in bank.question}
            for one in asked:
                assert set(one.clauses) <= known, one.id
                assert not mine.get(one.id) or bool(one.clauses) is bool(mine[one.id].clauses)

    def test_no_question_is_asked_twice(self, bank):
        words = Counter(one.question.vi for one in bank.question)
        assert not [said for said, count in words.items() if count > 1]

    def test_not_applicable_is_no_answer_where_it_cannot_be(self, bank):
        for edition in bank.editions:
            for one in bank.question:
                if one.may_be_not_applicable and one.clauses and edition == bank.editions[0]:
                    assert not clauses_of(edition).find(one.clauses[0]).never_not_applicable, one.id


class TestTheBanks:
    def test_identifiers_are_permanent(self):
        """Whatever was released once still resolves; new ones are added at the end."""
        released = EVERY_ID.read_text("utf-8").split()
        known = [one.id for bank in shipped_banks() for one in bank.question]
        assert len(set(known)) == len(known)
        assert sorted(released) == sorted(known)

    @pytest.mark.parametrize("bank", [b for b in shipped_banks() if not b.audits and not b.regimes],
                             ids=lambda bank: bank.title.en)  # fmt: skip
    def test_every_clause_that_asks_for_something_is_asked_about(self, bank):
        (edition,) = bank.editions
        asked = {one.clauses[0] for one in bank.question}
        assert set(clauses_of(edition).auditable) <= asked

    def test_state_agencies_are_asked_about_sixteen_subjects(self):
        (bank,) = (b for b in shipped_banks() if Regime.ANNOUNCEMENT in b.regimes)
        assert len(bank.subject) == 16
        assert len(bank.question) >= 30
        assert {one.id[:5] for one in bank.question} == {f"VN-{n:02}" for n in range(1, 17)}

    def test_the_edition_of_2015_has_at_least_120_questions(self):
        (bank,) = (b for b in shipped_banks() if b.editions == (NOW,) and not b.audits)
        assert len(bank.question) >= 120

    def test_every_question_says_its_clause_and_what_of_the_unit_bears_on_it(self):
        for bank in shipped_banks():
            for one in bank.question:
                assert one.clauses, one.id
                assert one.documents or one.records, one.id

    def test_every_question_says_to_which_kinds_of_audit_it_belongs(self):
        asked = questions_for(NOW, AuditType.SURVEILLANCE, regime=Regime.ANNOUNCEMENT).questions
        kinds = {one.id[:2]: set(one.audits) for one in asked}
        every = set(AuditType) - {AuditType.TRANSITION}
        assert kinds == {"20": every, "SV": {AuditType.SURVEILLANCE}, "VN": every}


class TestAmendment1:
    """ISO 9001:2015/Amd 1:2024 was published on 23 February 2024, without a transition."""

    @pytest.mark.parametrize("kind", [AuditType.STAGE_2, AuditType.INTERNAL])
    def test_it_is_asked_about_from_its_publication_on(self, kind):
        before = set(ids(NOW, kind, on=date(2024, 2, 22)))
        after = set(ids(NOW, kind, on=date(2024, 2, 23)))
        assert after - before == {"2015-4.1-2", "2015-4.2-2"}
        assert after == set(ids(NOW, kind))

    def test_so_it_is_in_a_transition(self):
        before = ids(NOW, AuditType.TRANSITION, since=OLD, on=date(2016, 5, 5))
        after = ids(NOW, AuditType.TRANSITION, since=OLD, on=date(2024, 2, 23))
        assert set(after) - set(before) == {"TR2015-4.1-2"}

    def test_the_whole_system_in_short_still_asks_one_question_a_clause(self):
        asked = ids(NOW, AuditType.STAGE_1, on=date(2016, 5, 5))
        assert asked == ids(NOW, AuditType.STAGE_1)


class TestTransitions:
    def test_a_transition_asks_what_changed_with_the_new_edition(self):
        asked = {one.partition("-")[0] for one in ids(NEXT, AuditType.TRANSITION, since=NOW)}
        assert asked == {"TR2026"}
        assert set(ids(NEXT, AuditType.TRANSITION)) == set(
            ids(NEXT, AuditType.TRANSITION, since=NOW)
        )

    def test_a_transition_over_two_editions_asks_what_changed_with_both(self):
        asked = questions_for(NEXT, AuditType.TRANSITION, since=OLD).questions
        known = {one.number for one in clauses_of(NEXT).clauses}
        steps = set(ids(NOW, AuditType.TRANSITION)) | set(ids(NEXT, AuditType.TRANSITION))
        assert {one.id for one in asked} == steps
        assert all(set(one.clauses) <= known for one in asked)

    def test_the_edition_left_matters_in_a_transition_alone(self):
        assert ids(NEXT, AuditType.STAGE_2, since=OLD) == ids(NEXT, AuditType.STAGE_2)


class TestSelection:
    @pytest.mark.parametrize(
        "kind", [AuditType.SURVEILLANCE, AuditType.YEARLY_CHECK, AuditType.STAGE_1]
    )
    @pytest.mark.parametrize("edition", [OLD, NOW])
    def test_an_audit_in_short_asks_of_every_clause_once(self, kind, edition):
        asked = questions_for(edition, kind).questions
        under = [one.clauses[0] for one in asked if one.subject is None]
        assert under == list(clauses_of(edition).auditable)

    def test_an_audit_in_short_asks_everything_about_a_clause_that_is_named(self):
        asked = ids(NOW, AuditType.YEARLY_CHECK, clauses=("9.2",))
        assert asked == [one for one in ids(NOW, AuditType.STAGE_2) if one.startswith("2015-9.2.")]

    def test_the_clauses_that_are_named_go_for_every_subject_too(self):
        asked = questions_for(
            NOW, AuditType.YEARLY_CHECK, regime=Regime.ANNOUNCEMENT, clauses=("9.2",),
            own=[bank(BankQuestion(id="X-1", subject="s", question=Name(vi="Hỏi?")),
                      subject=(BankSubject(key="s", title=Name(vi="S")),))],
        ).questions  # fmt: skip
        about = {one.id[:5] for one in asked if one.subject is not None and not one.always}
        assert about == {"VN-09"}
        assert {"X-1", "VN-03-1", "VN-15-1"} <= {one.id for one in asked}

    def test_the_topics_of_a_surveillance_are_asked_whatever_clauses_are_named(self):
        asked = ids(NOW, AuditType.SURVEILLANCE, clauses=("8.5",))
        every = [one for one in ids(NOW, AuditType.SURVEILLANCE) if one.startswith("SV-")]
        assert [one for one in asked if one.startswith("SV-")] == every

    def test_an_audit_in_short_leaves_no_question_of_ones_own_out(self):
        mine = [bank(own("2015-4.1-2", "4.1"), own("X-1", "4.1"))]
        asked = ids(NOW, AuditType.YEARLY_CHECK, own=mine)
        assert {"2015-4.1-1", "2015-4.1-2", "X-1"} <= set(asked)
        assert "2015-4.1-3" not in asked

    def test_subjects_of_two_banks_with_one_key_stand_apart(self):
        found = questions_for(NOW, AuditType.SURVEILLANCE, regime=Regime.ANNOUNCEMENT)
        prefixes = {}
        for one in found.questions:
            if one.subject is not None:
                prefixes.setdefault(one.subject, set()).add(one.id[:2])
        assert all(len(one) == 1 for one in prefixes.values())
        assert {one.partition(" / ")[0] for one in prefixes} == {
            found.titles[one].vi for one in prefixes
        }

    def test_an_audit_asks_the_questions_of_its_edition(self):
        assert {one.partition("-")[0] for one in ids(NOW, AuditType.STAGE_2)} == {"2015"}

    def test_the_vietnamese_adoption_is_the_same_edition(self):
        assert ids(Edition("TCVN ISO 9001:2015"), AuditType.STAGE_2) == ids(NOW, AuditType.STAGE_2)

    def test_a_surveillance_adds_its_topics(self):
        asked = ids(NOW, AuditType.SURVEILLANCE)
        assert [one for one in asked if one.startswith("SV-")]
        assert asked[0].startswith("2015-4.1")

    def test_questions_stand_in_the_order_of_clauses_and_those_under_subjects_at_the_end(self):
        asked = questions_for(NOW, AuditType.INTERNAL).questions
        clauses = [n.number for n in clauses_of(NOW).clauses]
        places = [clauses.index(one.clauses[0]) for one in asked if one.subject is None]
        assert places == sorted(places)
        first = next(i for i, one in enumerate(asked) if one.subject)
        assert all(one.subject for one in asked[first:])

    def test_an_edition_without_bank_has_no_questions_of_its_own(self):
        asked = questions_for(Edition("ISO 9001:1994"), AuditType.STAGE_2)
        assert asked.questions == ()
        assert list(asked.titles) == [""]

    @pytest.mark.parametrize(
        ("since", "edition", "untouched"),
        [
            (OLD, NOW, {"5.1.2", "7.1.3", "7.1.4", "7.1.5.1", "8.2.1", "8.5.4", "9.1.2"}),
            (NOW, NEXT, {"5.1.2", "5.2.2", "7.1.3", "7.4", "8.2.1", "8.3.2", "8.5.1", "9.1.2"}),
        ],
    )
    def test_a_transition_asks_about_what_changed_and_nothing_else(self, since, edition, untouched):
        asked = questions_for(edition, AuditType.TRANSITION, regime=Regime.ANNOUNCEMENT).questions
        about = {clause for one in asked for clause in one.clauses}
        assert {one.id.partition("-")[0] for one in asked} == {f"TR{edition.year}"}
        assert not about & untouched
        assert len(about) < len(clauses_of(edition).auditable) * 2 / 3
        came = {new for old in clauses_of(since).auditable for new in becomes(old, since, edition)}
        assert set(clauses_of(edition).auditable) - came <= about

    def test_only_the_clauses_that_are_wanted_are_asked_about(self):
        asked = questions_for(NOW, AuditType.STAGE_2, clauses=("7.5", "9.2.1")).questions
        assert {one.clauses[0] for one in asked} == {
            "7.5.1", "7.5.2", "7.5.3.1", "7.5.3.2", "9.2.1",
        }  # fmt: skip


def bank(*questions, **more):
    return QuestionBank(title=Name(vi="Riêng"), question=questions, **more)


def own(id_, clause="7.5.3.1", **more):
    return BankQuestion(id=id_, clauses=(clause,), question=Name(vi="Hỏi?"), **more)


class TestOwnBanks:
    def test_a_bank_of_ones_own_adds_questions_in_their_place(self):
        asked = ids(NOW, AuditType.STAGE_2, own=[bank(own("X-1"))])
        assert asked.index("X-1") == max(i for i, one in enumerate(asked) if "7.5.3.1" in one) + 1

    def test_the_same_identifier_takes_the_place_of_the_librarys(self):
        asked = questions_for(NOW, AuditType.STAGE_2, own=[bank(own("2015-4.1-1", "4.1"))])
        (found,) = (one for one in asked.questions if one.id == "2015-4.1-1")
        assert found.question.vi == found.question.en == "Hỏi?"

    def test_a_question_can_be_taken_out_of_a_kind_of_audit(self):
        gone = own("2015-4.1-1", "4.1", audits=(AuditType.INTERNAL,))
        assert "2015-4.1-1" not in ids(NOW, AuditType.STAGE_2, own=[bank(gone)])
        assert "2015-4.1-1" in ids(NOW, AuditType.INTERNAL, own=[bank(gone)])

    def test_not_applicable_is_not_offered_where_it_cannot_be(self):
        offered = [
            own("A", "8.3.2", may_be_not_applicable=True),
            own("B", "4.3", may_be_not_applicable=True),
        ]
        asked = {
            q.id: q for q in questions_for(NOW, AuditType.STAGE_2, own=[bank(*offered)]).questions
        }
        assert asked["A"].may_be_not_applicable
        assert not asked["B"].may_be_not_applicable

    def test_a_bank_for_some_units_is_asked_of_them_alone(self):
        of_state = bank(own("X-1"), regimes=(Regime.ANNOUNCEMENT,))
        assert "X-1" in ids(NOW, AuditType.STAGE_2, own=[of_state], regime=Regime.ANNOUNCEMENT)
        assert "X-1" not in ids(NOW, AuditType.STAGE_2, own=[of_state], regime=Regime.ACCREDITED)

    def test_a_bank_instead_of_the_librarys_stands_alone_where_it_is_drawn_on(self):
        mine = bank(own("X-1"), adds_to="instead", audits=(AuditType.STAGE_2,))
        beside = bank(own("X-2"))
        assert ids(NOW, AuditType.STAGE_2, own=[mine]) == ["X-1"]
        assert ids(NOW, AuditType.STAGE_2, own=[mine, beside]) == ["X-1", "X-2"]
        assert "2015-4.1-1" in ids(NOW, AuditType.STAGE_1, own=[mine])

    def test_a_question_can_be_asked_from_a_day_on(self):
        mine = [bank(own("F-1", asked_from=date(2026, 7, 1)))]
        for on, asked in (
            (date(2026, 6, 30), False),
            (date(2026, 7, 1), True),
            (None, True),
        ):
            assert ("F-1" in ids(NOW, AuditType.STAGE_2, own=mine, on=on)) is asked

    @pytest.mark.parametrize(
        ("clause", "edition", "asked_about"),
        [
            ("5.5.2", OLD, ["5.5.2"]),
            ("5.5.2", NOW, ["5.3"]),  # only the edition of 2008 has it
            ("5.5.2", NEXT, ["5.3"]),
            ("7.5.1", NOW, ["7.5.1"]),  # both have it: the one audited against counts
            ("7.1.6", NOW, ["7.1.6"]),
            ("7.1.6", OLD, None),  # the edition does not ask for it
            ("4.20", Edition("ISO 9001:1994"), ["4.20"]),  # whose clauses are not listed
            ("4.20", NOW, None),
        ],
    )
    def test_where_a_bank_names_no_edition_the_one_audited_against_counts(
        self, clause, edition, asked_about
    ):
        asked = questions_for(edition, AuditType.STAGE_2, own=[bank(own("X-1", clause))])
        found = [list(one.clauses) for one in asked.questions if one.id == "X-1"]
        assert found == ([] if asked_about is None else [asked_about])

    def test_clauses_of_an_unlisted_first_edition_are_left_as_they_are(self):
        mine = bank(own("X-1", "4.1"), editions=(Edition("ISO 9001:1994"), NOW))
        assert "X-1" in ids(NOW, AuditType.STAGE_2, own=[mine])


class TestReading:
    GOOD = """
format = "qms-questions/1"
title.vi = "Riêng"
[[subject]]
key = "an-toan"
title.vi = "An toàn"
[[question]]
id = "AT-1"
subject = "an-toan"
question.vi = "Có bình chữa cháy không?"
"""

    def test_a_good_file_is_read(self, tmp_path):
        (tmp_path / "b.toml").write_text(self.GOOD, "utf-8")
        asked = questions_for(NOW, AuditType.STAGE_2, own=load_banks([tmp_path / "b.toml"]))
        assert asked.questions[-1].question.vi == "Có bình chữa cháy không?"
        assert asked.titles[asked.questions[-1].subject].vi == "An toàn"

    def test_everything_wrong_is_told_with_its_line(self, tmp_path):
        text = self.GOOD + (
            '[[question]]\nid = "AT-1"\nclauses = ["4.1"]\nquestion.vi = "Hai?"\n'
            '[[question]]\nid = "AT-2"\nsubject = "khac"\nquestion.vi = "Ba?"\n'
            '[[question]]\nid = "AT-3"\nquestion.vi = "Bốn?"\n'
            '[[question]]\nid = "AT 4"\nclauses = ["x"]\nquestion = 3\naudit = []\n'
        )
        (tmp_path / "b.toml").write_text(text, "utf-8")
        with pytest.raises(RegisterError) as caught:
            load_bank(tmp_path / "b.toml")
        told = [(one.place.line, one.path) for one in caught.value.problems]
        assert told == sorted(told)
        assert {path for _, path in told} == {
            "question#2", "question#3", "question#4",
            "question#5.id", "question#5.clauses#1", "question#5.question", "question#5.audit",
        }  # fmt: skip
        assert all(one.remedy is not None for one in caught.value.problems)

    @pytest.mark.parametrize(
        ("editions", "wrong"), [('["ISO 9001:2008"]', "7.1.6"), ('["ISO 9001:2015"]', "8.5.2.1")]
    )
    def test_clauses_are_those_of_the_first_edition(self, tmp_path, editions, wrong):
        text = (
            f'format = "qms-questions/1"\ntitle.vi = "Riêng"\neditions = {editions}\n[[question]]\n'
            f'id = "A"\nclauses = ["4.1", "{wrong}"]\nquestion.vi = "Hỏi?"\n'
        )
        (tmp_path / "b.toml").write_text(text, "utf-8")
        with pytest.raises(RegisterError, match=f"clause {wrong}"):
            load_bank(tmp_path / "b.toml")
        (tmp_path / "b.toml").write_text(text.replace(f', "{wrong}"', ""), "utf-8")
        assert load_bank(tmp_path / "b.toml").question[0].clauses == ("4.1",)

    def test_the_clauses_by_another_edition_are_those_of_that_edition(self, tmp_path):
        also = 'also = [{ edition = "ISO 9001:2008", clauses = ["5.5.2"] }]'
        text = self.GOOD.replace('subject = "an-toan"', f'clauses = ["7.1.6"]\n{also}')
        (tmp_path / "b.toml").write_text(text, "utf-8")
        assert load_bank(tmp_path / "b.toml").question[0].also[0].clauses == ("5.5.2",)
        (tmp_path / "b.toml").write_text(text.replace('"5.5.2"', '"7.1.6"'), "utf-8")
        with pytest.raises(RegisterError, match=r"clause 7\.1\.6, which ISO 9001:2008"):
            load_bank(tmp_path / "b.toml")

    def test_a_clause_of_any_edition_will_do_where_none_is_named(self, tmp_path):
        text = self.GOOD.replace('subject = "an-toan"', 'clauses = ["5.5.2", "7.1.6"]')
        (tmp_path / "b.toml").write_text(text, "utf-8")
        assert load_bank(tmp_path / "b.toml").question[0].clauses == ("5.5.2", "7.1.6")
        (tmp_path / "b.toml").write_text(text.replace("7.1.6", "11.2"), "utf-8")
        with pytest.raises(RegisterError, match=r"clause 11\.2"):
            load_bank(tmp_path / "b.toml")

    def test_clauses_of_an_edition_that_is_not_listed_are_left_alone(self, tmp_path):
        text = self.GOOD.replace(
            'title.vi = "Riêng"', 'title.vi = "Riêng"\neditions = ["ISO 9001:1994"]'
        )
        text = text.replace('subject = "an-toan"', 'clauses = ["4.20"]')
        (tmp_path / "b.toml").write_text(text, "utf-8")
        assert load_bank(tmp_path / "b.toml").question[0].clauses == ("4.20",)

    def test_an_edition_that_never_was_is_told(self, tmp_path):
        text = self.GOOD.replace(
            'title.vi = "Riêng"',
            'title.vi = "Riêng"\neditions = ["ISO 9001:2015", "ISO 9001:2020"]',
            1,
        )
        (tmp_path / "b.toml").write_text(text, "utf-8")
        with pytest.raises(RegisterError) as caught:
            load_bank(tmp_path / "b.toml")
        (told,) = caught.value.problems
        assert (told.path, told.place.line) == ("editions#2", 4)
        assert "ISO 9001:2020" in told.what.vi

    def test_a_file_without_a_question_is_told(self, tmp_path):
        (tmp_path / "b.toml").write_text('title.vi = "Riêng"\n', "utf-8")
        with pytest.raises(RegisterError, match="no question"):
            load_bank(tmp_path / "b.toml")

    @pytest.mark.parametrize("words", ["", "  ", "\u00a0"])
    def test_a_question_of_blanks_is_refused(self, tmp_path, words):
        (tmp_path / "b.toml").write_text(
            self.GOOD.replace("Có bình chữa cháy không?", words), "utf-8"
        )
        with pytest.raises(RegisterError) as caught:
            load_bank(tmp_path / "b.toml")
        assert [one.path for one in caught.value.problems] == ["question#1.question.vi"]

    @pytest.mark.parametrize("taken", ["X-01", "X-100", "audit"])
    def test_the_lines_of_further_findings_keep_their_identifiers(self, tmp_path, taken):
        (tmp_path / "b.toml").write_text(self.GOOD.replace("AT-1", taken), "utf-8")
        with pytest.raises(RegisterError, match=taken):
            load_bank(tmp_path / "b.toml")

    def test_the_problems_of_all_files_are_told(self, tmp_path):
        (tmp_path / "a.toml").write_text("x", "utf-8")
        (tmp_path / "b.toml").write_text(self.GOOD, "utf-8")
        paths = [tmp_path / "a.toml", tmp_path / "b.toml", tmp_path / "c.toml"]
        with pytest.raises(RegisterError) as caught:
            load_banks(paths)
        assert [one.place.file for one in caught.value.problems] == [str(paths[0]), str(paths[2])]

    def test_a_subject_has_its_own_words(self):
        assert BankSubject(key="x", title=Name(en="X")).title.en == "X"


TODAY = date(2024, 6, 1)


def objective():
    return QualityObjective(
        title=Name(vi="Đúng hạn"), indicator="tỷ lệ", comparison=Comparison.AT_LEAST, target=Decimal(95), unit="%",
        start=date(2024, 1, 1), due=date(2024, 12, 31),
    )  # fmt: skip


def in_force_from(day):
    """A quality procedure that was issued for a day."""
    history = tuple(
        DocumentEvent(act=act, on=day, revision="1")
        for act in (DocumentAct.APPROVED, DocumentAct.ISSUED)
    )
    return Document(title=Name(vi="Quy trình"), kind=DocumentKind.PROCEDURE, history=history)


class TestRecordsBesideAQuestion:
    def test_each_kind_of_record_says_what_it_holds(self):
        of = unit(
            certificates={"c": certificate(decided=date(2023, 3, 10))},
            announcements={"a": announcement(date(2024, 1, 5))},
        )
        kinds = ("certificates", "announcements", "audits", "management_reviews", "objectives",
                 "procedures", "findings")  # fmt: skip
        told = [one.en for one in record_facts(of, kinds, date(2024, 6, 1))]

        assert len(told) == len(kinds) - 1  # no administrative procedures, and none expected
        assert "2024-01-05" in told[1]
        assert told[2] == "No internal audit is recorded."
        assert told[3] == "No management review is recorded."

    def test_a_day_that_nobody_recorded_is_a_dash(self):
        of = unit(announcements={"a": evolve(announcement(date(2024, 1, 5)), signed=None)})
        (told,) = record_facts(of, ("announcements",), TODAY)
        assert told.en == "Announcement 01/CB of –"

    def test_a_state_agency_without_procedures_is_told_so(self):
        of = unit(level=Level.PROVINCIAL_AGENCY)
        (told,) = record_facts(of, ("procedures",), date(2024, 6, 1))
        assert told.en == "No administrative procedures are recorded."

    def test_procedures_and_objectives_are_counted(self):
        with_both = unit(
            procedures={
                "A": AdministrativeProcedure(title=Name(vi="A"), document="QT-01"),
                "B": AdministrativeProcedure(title=Name(vi="B")),
            },
            objectives={"o": objective()},
            documents={"QT-01": in_force_from(TODAY)},
        )
        told = [one.en for one in record_facts(with_both, ("procedures", "objectives"), TODAY)]
        assert told == [
            "Administrative procedures in force: 2, of which with a quality procedure: 1",
            "Objectives recorded: 1, of which measured: 0",
        ]

    @pytest.mark.parametrize("documents", [{}, {"QT-01": date(2024, 6, 2)}])
    def test_a_quality_procedure_that_is_not_in_force_covers_none(self, documents):
        of = unit(
            procedures={"A": AdministrativeProcedure(title=Name(vi="A"), document="QT-01")},
            documents={code: in_force_from(day) for code, day in documents.items()},
        )
        (told,) = record_facts(of, ("procedures",), date(2024, 6, 1))
        assert told.vi.endswith("trong đó đã có quy trình: 0")

    def test_a_certificate_without_a_last_day_shows_a_dash(self):
        of = unit(
            certificates={"c": Certificate(number="A-1", edition=NOW, regime=Regime.ACCREDITED)}
        )
        (told,) = record_facts(of, ("certificates",), date(2024, 6, 1))
        assert told.en.endswith("–")

    def test_the_last_internal_audit_is_named(self):
        held = {
            key: Audit(type=AuditType.INTERNAL, held=day)
            for key, day in (
                ("a", date(2023, 5, 1)),
                ("b", date(2024, 5, 1)),
                ("c", date(2025, 1, 1)),
            )
        }
        (told,) = record_facts(unit(audits=held), ("audits",), date(2024, 6, 1))
        assert told.vi.endswith("01/05/2024")
