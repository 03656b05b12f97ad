"""``qms findings`` and ``qms paper`` as a person runs them."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from functools import partial

import docx
import pytest
from attrs import evolve
from checklist_samples import ORGANISATION, PARTICULARS, UNIT, answers, checklist, filled
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from qms.checklist import Answer, Doubt, DoubtKind
from qms.cli import main
from qms.cli.session import Session
from qms.model import Register
from qms.report.reading import render
from qms.store import load, save
from qms.terms import Grade
from qms.text import Language
from qms.word import read, write_checklist
from qms.word.outline import FOOT
from qms.word.stamp import mark_obsolete
from test_report_json import validated

VI = Language.VIETNAMESE
SILENT = {"statement": "", "evidence": "", "documents": "", "due": None}
FOLLOWED = {Grade.MINOR, Grade.MAJOR, Grade.OPPORTUNITY}


@pytest.fixture
def run(capsys, monkeypatch):
    """Run a command on a day after the audit of the samples, whatever day it is."""
    monkeypatch.setattr("qms.cli.program.Session", partial(Session, today=date(2026, 11, 10)))

    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "so.toml"
    save(Register(organisation=ORGANISATION, units={UNIT.id: UNIT}), path)
    return path


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "phieu.docx"
    path.write_bytes(filled(VI))
    return path


@pytest.fixture
def doubtful(tmp_path):
    path = tmp_path / "nghi.docx"
    given = (evolve(answers()[0], grade=None), *answers()[1:])
    path.write_bytes(write_checklist(checklist(), VI, answers=given))
    return path


def test_a_checklist_without_a_doubt_is_told_and_ends_with_0(run, good):
    code, out, err = run("findings", good)

    assert (code, err) == (0, "")
    assert "Unit so-vi-du, audit 2026: internal audit, ISO 9001:2015" in out
    assert "   2  Conforms\n" in out
    assert "  7.5-01 · 7.5 · Major nonconformity · to be closed by 2026-12-03\n" in out
    assert "    Objective evidence: Đã xem hồ sơ “7.5-01”" in out
    assert "Audit team: Trần Thị Mẫu / Lê Văn Ví Dụ\n" in out
    assert out.endswith("Nothing is in doubt.\n")
    assert max(map(len, out.splitlines())) <= 80


def test_a_doubt_is_told_with_its_place_and_ends_with_1_until_it_is_accepted(run, doubtful):
    code, out, _ = run("findings", doubtful, "--lang", "vi")

    assert code == 1
    told = " ".join(out.split())
    assert "Nghi vấn: 1 [unanswered]" in told
    assert "câu hỏi 4.1-01, cột “Mức đánh giá”" in told
    assert "tìm thấy: Đã xem hồ sơ “4.1-01”" in told
    assert run("findings", doubtful, "--accept", "unanswered")[0] == 0


def test_findings_are_appended_once_and_only_without_a_doubt(run, register, good, doubtful):
    before = register.read_bytes()

    code, _, err = run("findings", doubtful, "--into", register, "--lang", "vi")
    assert code == 2
    assert "[unanswered] câu hỏi 4.1-01" in err
    assert register.read_bytes() == before

    code, out, _ = run("findings", good, "--into", register)
    assert code == 0
    assert out == (
        f"Appended to {register}: findings 3, files 1.\n"
        "Noted beside answers that are no findings, and kept in the files alone: 4.1-01,\n"
        "8.3-01, 10.2-01, VN-01\n"
        "Evidence and documents noted beside conformities stay in the files; questions: 2\n"
    )
    assert len(load(register).units["so-vi-du"].audits["2026"].findings) == 3
    code, out, _ = run("findings", good, "--into", register)
    assert (code, out) == (
        0,
        f"These files were read into {register} before; nothing was changed.\n",
    )


def test_reasons_and_words_beside_no_grade_are_told_to_stay_in_the_file(run, register, tmp_path):
    given = [evolve(one, grade=Grade.CONFORMITY, **SILENT) for one in answers()]
    given[0] = evolve(answers()[0], grade=None, statement="")
    given[1] = evolve(given[1], due=date(2026, 12, 1))
    given[2] = evolve(given[2], documents="QT-02")
    given[4] = answers()[4]
    given[5] = evolve(given[5], grade=Grade.NOT_ASSESSED)
    line = Answer(question="X-01", clause="8.1", grade=Grade.CONFORMITY, further=True)
    given += [line, evolve(line, question="X-02", clause="")]
    file = tmp_path / "c.docx"
    file.write_bytes(
        write_checklist(checklist(), Language.VIETNAMESE, answers=given, particulars=PARTICULARS)
    )

    out = run("findings", file, "--into", register, "--accept", "unanswered")[1]

    assert out.endswith(
        "kept in the files alone: 4.1-01,\n4.2-01, 8.3-01, X-01\n"
        "Evidence and documents noted beside conformities stay in the files; questions: 1\n"
    )


def test_nothing_more_is_told_where_nothing_stays_in_the_file_alone(run, register, tmp_path):
    given = [
        one if one.grade in FOLLOWED else evolve(one, grade=Grade.CONFORMITY, **SILENT)
        for one in answers()
    ]
    file = tmp_path / "b.docx"
    file.write_bytes(
        write_checklist(checklist(), Language.VIETNAMESE, answers=given, particulars=PARTICULARS)
    )

    assert run("findings", file, "--into", register)[1] == (
        f"Appended to {register}: findings 3, files 1.\n"
    )


def test_a_checklist_that_was_sent_out_is_held_against_the_file(run, good, tmp_path):
    other = tmp_path / "khac.docx"
    other.write_bytes(write_checklist(checklist(None), Language.VIETNAMESE))

    code, out, _ = run("findings", good, "--checklist", other)
    assert (code, "[another-checklist]" in out) == (1, True)
    code, _, err = run("findings", good, "--checklist", tmp_path / "none.docx")
    assert (code, "none.docx" in err) == (2, True)


def test_every_file_that_cannot_be_read_is_named(run, register, tmp_path):
    code, _, err = run("findings", register, tmp_path / "none.docx")

    assert code == 2
    assert "this is not a Word or OpenDocument text file" in err
    assert "there is no such file" in err


def test_a_last_day_that_is_still_to_come_is_in_doubt(run, register, good, monkeypatch):
    """An audit that nobody has held yet would make its unit current."""
    monkeypatch.setattr("qms.cli.program.Session", partial(Session, today=date(2026, 11, 9)))
    code, _, err = run("findings", good, "--into", register)

    assert (code, "[unlikely-date]" in err) == (2, True)
    assert "found: 10/11/2026 ⟷ 09/11/2026" in err
    accepted = ("--accept", "unlikely-date")
    assert run("findings", good, "--into", register, *accepted)[0] == 0


def test_only_what_can_be_accepted_is_accepted(run, good):
    code, _, err = run("findings", good, "--accept", "unknown-grade")

    assert code == 2
    assert "unknown-grade is not one of" in err


def test_a_reading_can_be_had_as_json(run, doubtful, tmp_path):
    output = tmp_path / "out.json"

    assert run("findings", doubtful, "--format", "json", "--output", output)[0] == 1

    told = json.loads(output.read_text("utf-8"))
    assert told["format"] == "qms-findings/1"
    assert (told["unit"], told["audit"], told["edition"]) == ("so-vi-du", "2026", "ISO 9001:2015")
    assert told["totals"]["minor"] == 1
    assert told["answers"][0]["grade"] is None
    assert told["answers"][1]["due"] == "2026-12-02"
    assert [doubt["code"] for doubt in told["doubts"]] == ["unanswered"]
    assert told["doubts"][0]["field"] == "grade"
    assert told["files"][0]["name"] == "nghi.docx"


@pytest.mark.parametrize(("language", "where"), [("en", "footer"), ("vi", "cuối trang")])
def test_a_reading_as_json_tells_where_stray_text_stands(monkeypatch, run, good, language, where):
    """There is no question to find it by."""
    stray = Doubt(kind=DoubtKind.STRAY_TEXT, where=FOOT, found="thừa")
    reading = evolve(read(good), doubts=(stray, Doubt(kind=DoubtKind.NO_PLAN)))
    monkeypatch.setattr("qms.word.read", lambda *_, **__: reading)

    out = run("findings", good, "--format", "json", "--lang", language)[1]

    told = validated("findings", out)["doubts"]
    assert [one["where"] for one in told] == [FOOT.in_(Language(language)), None]
    assert where in told[0]["where"]


def test_what_was_recorded_can_be_had_as_json(run, register, good, tmp_path):
    output = tmp_path / "out.json"
    words = ("--into", register, "--format", "json", "--output", output)

    assert run("findings", good, *words) == (0, "", "")

    told = validated("findings", output.read_text("utf-8"))
    assert told["recorded"] == {
        "register": str(register),
        "audit": "2026",
        "findings": ["4.2-01", "7.5-01", "7.5-02"],
        "added_to": [],
        "files": ["phieu.docx"],
        "left": ["4.1-01", "8.3-01", "10.2-01", "VN-01"],
    }
    assert len(told["answers"]) == 7
    code, out, _ = run("findings", good, "--into", register, "--format", "json")
    again = validated("findings", out)["recorded"]
    assert (code, again["findings"], again["files"]) == (0, [], [])
    assert validated("findings", run("findings", good, "--format", "json")[1])["recorded"] is None


def test_what_was_recorded_goes_into_the_file_that_was_named(run, register, good, tmp_path):
    output = tmp_path / "ket-qua.txt"
    before = register.read_bytes()

    code, _, err = run("findings", good, "--into", register, "-o", tmp_path / "none" / "a.txt")
    assert (code, register.read_bytes()) == (2, before)
    assert "there is no folder to write into" in err
    assert run("findings", good, "--into", register, "-o", output) == (0, "", "")

    assert output.read_text("utf-8").startswith(f"Appended to {register}: findings 3, files 1.\n")


def test_findings_to_which_a_later_file_adds_are_named(run, register, good, tmp_path):
    given = (answers()[0], evolve(answers()[1], evidence="Thêm"), *answers()[2:])
    later = tmp_path / "sau.docx"
    later.write_bytes(
        write_checklist(checklist(), Language.VIETNAMESE, answers=given, particulars=PARTICULARS)
    )
    run("findings", good, "--into", register)
    accept = ("--accept", "earlier-file", "--accept", "added-to-recorded")

    code, out, _ = run("findings", later, "--into", register, *accept, "--lang", "vi")

    assert code == 0
    assert out.splitlines()[:2] == [
        f"Đã ghi bổ sung vào {register}: 0 phát hiện, 1 tệp.",
        "Đã bổ sung vào các phát hiện đã ghi trước đây: 4.2-01",
    ]


def test_a_paper_is_written_and_an_unknown_audit_is_named(run, register, tmp_path):
    output = tmp_path / "bao-cao.docx"
    words = ("paper", register, "so-vi-du", "--audit", "2026", "--kind", "report")

    code, out, _ = run(*words, "--output", output, "--lang", "vi", "--on", "12/11/2026")

    assert (code, out) == (0, f"Đã ghi {output}.\n")
    assert "BÁO CÁO" in [p.text for p in docx.Document(output).paragraphs]
    code, _, err = run("paper", register, "so-vi-du", "--audit", "1999", "--output", output)
    assert code == 2
    assert "has no audit “1999”" in err
    assert "2025, 2026" in err
    (tmp_path / "bad.docx").write_bytes(b"x")
    code, _, err = run(*words, "--output", output, "--template", tmp_path / "bad.docx")
    assert (code, "bad.docx" in err) == (2, True)
    code, _, _ = run(*words, "--output", output, "--lang", "vi", "--place", "Ví Dụ")
    told = [c.text for t in docx.Document(output).tables for c in t._cells]
    assert any(words.startswith("Ví Dụ, ngày") for words in told)


def test_a_paper_into_which_somebody_wrote_is_not_written_over(run, register, tmp_path):
    output = tmp_path / "bien-ban.docx"
    words = ("paper", register, "so-vi-du", "--audit", "2026", "--kind", "meetings", "--output",
             output)  # fmt: skip
    output.write_bytes(b"no Word file")
    assert run(*words)[0] == 0
    assert run(*words, "--lang", "vi")[0] == 0  # nothing was written into it
    document = docx.Document(output)
    document.tables[-2].rows[-1].cells[1].text = "Nguyễn Văn Giả"
    document.save(output)
    written = output.read_bytes()

    code, _, err = run(*words)
    assert (code, "written into" in err) == (2, True)
    assert output.read_bytes() == written

    house = tmp_path / "mau.docx"
    docx.Document().save(house)
    of_house = ("paper", register, "so-vi-du", "--audit", "2026", "--template", house, "--output",
                tmp_path / "k.docx")  # fmt: skip
    assert run(*of_house)[0] == run(*of_house)[0] == 0


class TestWhatPeopleWroteIntoIsKept:
    """Whatever command is to write, and whatever somebody wrote into."""

    def kept(self, run, file, *words):
        before = file.read_bytes()
        code, _, err = run(*words, "--output", file)
        assert (code, "not written over" in err) == (2, True)
        assert file.read_bytes() == before

    def test_a_filled_checklist_by_a_paper(self, run, register, good):
        self.kept(run, good, "paper", register, "so-vi-du", "--audit", "2026")

    def test_a_paper_that_was_written_into_by_a_checklist(self, run, register, tmp_path):
        output = tmp_path / "ke-hoach.docx"
        assert run("paper", register, "so-vi-du", "--audit", "2026", "--output", output)[0] == 0
        document = docx.Document(output)
        document.tables[-2].rows[-1].cells[0].text = "8:00"
        document.save(output)
        self.kept(run, output, "checklist", register, "so-vi-du", "--audit", "2026")

    @pytest.mark.parametrize("command", ["paper", "checklist"])
    def test_a_letter_and_what_cannot_be_looked_into(self, run, register, tmp_path, command):
        output = tmp_path / "thu.docx"
        letter = docx.Document()
        letter.add_paragraph("Kính gửi Sở Giả Định")
        letter.save(output)
        self.kept(run, output, command, register, "so-vi-du", "--audit", "2026")
        output.write_bytes(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
        )
        self.kept(run, output, command, register, "so-vi-du", "--audit", "2026")
        output.write_bytes(b"")
        words = (command, register, "so-vi-du", "--audit", "2026", "--output", output)
        assert run(*words)[0] == run(*words)[0] == 0

    def test_a_report_with_its_conclusion_is_drawn_again(self, run, tmp_path):
        concluded = evolve(UNIT.audits["2026"], held=date(2026, 11, 10), conclusion="Đạt yêu cầu.")
        unit = evolve(UNIT, audits={"2026": concluded})
        save(Register(organisation=ORGANISATION, units={unit.id: unit}), tmp_path / "so.toml")
        output = tmp_path / "bao-cao.docx"
        words = ("paper", tmp_path / "so.toml", unit.id, "--audit", "2026", "--kind", "report")
        words += ("--on", "2026-11-12", "--output", output)
        assert run(*words)[0] == run(*words)[0] == 0
        code, _, err = run("findings", output)
        assert (code, "paper of an audit" in err) == (2, True)

    def test_a_document_by_a_result_in_plain_text(self, run, register, good, tmp_path):
        for words in (
            ("findings", good),
            ("findings", good, "--into", register, "--format", "json"),
            ("status", register),
            ("list", register, "documents"),
            ("pack", register),
        ):
            self.kept(run, good, *words)
        new = tmp_path / "new.txt"
        new.write_bytes(b"")
        assert run("status", register, "-o", new)[0] == 0

    def test_but_a_list_in_excel_takes_the_place_of_an_older_one(self, run, register, tmp_path):
        book = tmp_path / "list.xlsx"
        words = ("list", register, "documents", "--output", book)
        assert run(*words)[0] == run(*words)[0] == 0
        self.kept(run, book, "status", register)

    def test_a_checklist_with_words_beside_its_answers(self, run, register, tmp_path):
        output = tmp_path / "phieu.docx"
        words = ("checklist", register, "so-vi-du", "--audit", "2026")
        assert run(*words, "--output", output)[0] == 0
        assert run(*words, "--output", output)[0] == 0  # nobody wrote into it
        document = docx.Document(output)
        document.add_paragraph("Đề nghị họp lại ngày mai")
        document.save(output)
        self.kept(run, output, *words)


def test_what_a_template_brings_into_every_document_is_told(run, register, tmp_path):
    house = docx.Document()
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "DDEAUTO excel so A1")
    house.sections[0].header.paragraphs[0]._p.append(field)
    house.save(tmp_path / "mau.docx")
    words = ("--template", tmp_path / "mau.docx", "--on", "2026-11-12", "--output")
    told = "mau.docx: Caution: a field starts another program (DDE: DDEAUTO excel so A1)\n"

    plan = ("paper", register, "so-vi-du", "--audit", "2026", *words, tmp_path / "p.docx")
    assert run(*plan)[2] == told
    one = ("checklist", register, "so-vi-du", "--audit", "2026", *words, tmp_path / "c.docx")
    assert run(*one)[2] == told
    of_all = ("checklist", register, "--type", "internal", *words, tmp_path / "all")
    assert run(*of_all)[2].count(told) == 1


def test_a_form_that_is_no_longer_in_force_is_no_template_in_silence(run, register, tmp_path):
    form = tmp_path / "bm-01.docx"
    docx.Document().save(form)
    words = ("paper", register, "so-vi-du", "--audit", "2026", "--template", form, "--output")
    assert run(*words, tmp_path / "a.docx")[2] == ""
    form.write_bytes(mark_obsolete(form))
    code, _, err = run(*words, tmp_path / "b.docx")
    told = "bm-01.docx: Caution: the template is marked as obsolete"
    assert (code, " ".join(err.split()).startswith(told)) == (0, True)
    assert "hết hiệu lực" in run(*words, tmp_path / "c.docx", "--lang", "vi")[2]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_an_audit_is_found_however_its_accents_are_typed(run, tmp_path, form):
    unit = evolve(UNIT, audits={"nội bộ": UNIT.audits["2026"]})
    save(Register(organisation=ORGANISATION, units={unit.id: unit}), tmp_path / "so.toml")
    typed = unicodedata.normalize(form, "nội bộ")
    for command in ("checklist", "paper"):
        output = tmp_path / f"{command}.docx"
        words = (tmp_path / "so.toml", unit.id, "--audit", typed, "--output", output)
        assert run(command, *words)[0] == 0


def test_a_paper_is_a_word_file(run, register, tmp_path):
    words = ("paper", register, "so-vi-du", "--audit", "2026", "--output")
    code, _, err = run(*words, tmp_path / "x.odt")
    assert (code, ".docx, not .odt" in err) == (2, True)
    code, _, err = run(*words, tmp_path / "ke-hoach")
    assert (code, ".docx, not ke-hoach" in err) == (2, True)
    assert run(*words, tmp_path / "X.DOCX")[0] == 0


def test_a_reading_that_names_nothing_is_still_told():
    reading = evolve(read(filled(VI)), unit=None, audit=None, type=None, edition=None, answers=())

    told = render(reading, Language.ENGLISH, 80)

    assert told.startswith("Unit not named, audit not named: not named, not named\n")
    assert "No findings." in told


def test_long_words_and_control_characters_do_not_spoil_the_screen():
    wordy = Answer(question="Q", grade=Grade.MINOR, evidence="e", statement="x\x1b[2J" + "y" * 400)
    doubtful = evolve(read(filled(VI)), answers=(wordy,))

    told = render(doubtful, VI, 60, colour=True)

    assert "\x1b[2J" not in told
    assert "…" in told


def test_a_doubt_that_cannot_be_accepted_says_so():
    doubts = (Doubt(kind=DoubtKind.NO_PLAN), Doubt(kind=DoubtKind.UNKNOWN_GRADE, found="NC"))

    told = render(evolve(read(filled(VI)), doubts=doubts), Language.ENGLISH, 80)

    assert "[no-plan] (cannot be accepted)\n" in told
    assert "  found: NC\n" in told


def test_very_many_doubts_of_one_kind_are_summed_up(good):
    reading = read(good)
    strays = [Doubt(kind=DoubtKind.STRAY_TEXT, found=f"thừa {n}") for n in range(1_234)]
    told = render(evolve(reading, doubts=tuple(strays)), VI, 80)

    assert told.count("tìm thấy: thừa") == 100
    assert "… và 1.134 nghi vấn [stray-text] khác; --format json nêu đủ\n" in told
