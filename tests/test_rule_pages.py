"""Rules explained on a screen and on pages, in both languages."""

import re
import runpy
import string
import sys
from collections import Counter
from pathlib import Path

import pytest
from msgspec.structs import replace

from qms.norms import norms, norms_at
from qms.report.citations import cited
from qms.report.examples import draw_examples, examples, printed_examples
from qms.report.layout import places
from qms.report.rule_pages import FAMILIES, LABELS, explain, main, pages
from qms.rules import RULES, find_rule
from qms.terms import Clause
from qms.text import Language, Text

HERE = Path(__file__).parent
DOCS = HERE.parent / "docs"
CASES = HERE / "rules"
EN, VI = Language.ENGLISH, Language.VIETNAMESE
E205 = find_rule("E205")

AGAIN = "run: python -m qms.report.rule_pages --write docs"


def gaps(template):
    return sorted(name for _, name, _, _ in string.Formatter().parse(template) if name)


class TestEveryRule:
    """Codes are permanent, words are complete in both languages."""

    def test_codes_and_names_are_given_once_and_in_order(self):
        codes = [asked.code for asked in RULES]
        words = Counter([*codes, *(asked.name for asked in RULES)])

        assert codes == sorted(codes, key=lambda code: code[1:])
        assert set(words.values()) == {1}

    @pytest.mark.parametrize("asked", RULES, ids=lambda asked: asked.code)
    def test_both_languages_have_the_same_placeholders(self, asked):
        for words in (asked.title, asked.message, asked.remedy, asked.explanation):
            assert words.en.strip()
            assert words.vi.strip()
            assert gaps(words.en) == gaps(words.vi)

    @pytest.mark.parametrize("asked", RULES, ids=lambda asked: asked.code)
    def test_its_code_belongs_to_a_family_and_its_name_is_plain(self, asked):
        assert asked.code[0] in FAMILIES
        assert re.fullmatch(r"[A-Z][0-9]{3}", asked.code)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", asked.name)

    @pytest.mark.parametrize("asked", RULES, ids=lambda asked: asked.code)
    def test_what_it_goes_by_is_there_and_has_a_name(self, asked):
        for path in asked.norms:
            found = norms_at(path, norms())
            assert found, path

    @pytest.mark.parametrize("asked", RULES, ids=lambda asked: asked.code)
    @pytest.mark.parametrize("language", Language)
    def test_it_reads_well_on_a_narrow_screen(self, asked, language):
        shown = explain(asked, language)
        words = [line for line in shown.splitlines() if not line.startswith("    ")]

        assert shown.startswith(f"{asked.code}  {asked.name}  (")
        assert max(places(line) for line in words) <= 80
        assert asked.explanation.in_(language).split()[0] in shown

    def test_every_norm_has_a_name(self):
        for path in ("editions", "regimes", "portfolio", "notices"):
            for place, _ in norms_at(path, norms()):
                step = place.split(".")[2 if path in {"editions", "regimes"} else 1]
                assert LABELS[step].en != LABELS[step].vi

    @pytest.mark.parametrize("spelling", ["E205", "e205", " decided-after-cut-off "])
    def test_a_rule_is_found_by_code_or_name(self, spelling):
        assert find_rule(spelling) is E205
        assert find_rule("E299") is None


class TestExplanation:
    """A rule is explained with what is unsure about it, and with an example."""

    def test_source_and_doubt_are_shown(self):
        shown = " ".join(explain(E205, VI).split())

        assert "31/03/2028" in shown
        assert "Nguồn: Chuyển đổi sang ISO 9001:2026" in shown
        assert "(chưa xác minh)" in shown
        assert "Chưa xem được văn bản gốc về chuyển đổi." in shown

    def test_the_example_stands_as_a_person_writes_it(self):
        shown = explain(E205, EN)

        assert "    [certificates.2028]\n" in shown
        assert 'grant = "initial"' in shown
        assert "On 2028-05-01, a unit of which this is recorded:" in shown
        assert "initial certification to that edition is no longer possible" in " ".join(
            shown.split()
        )

    def test_an_example_of_the_whole_register_says_so(self):
        shown = explain(find_rule("P406"), VI)

        assert "sổ đăng ký có các hồ sơ như sau" in shown
        assert "    [units.a]\n" in shown
        assert "case" not in shown

    def test_a_rule_without_example_shows_its_templates(self):
        nameless = replace(E205, code="E298", norms=())
        shown = " ".join(explain(nameless, EN).split())

        assert "It says: certificate {number} to {edition}" in shown
        assert "Example" not in shown
        assert "Goes by" not in shown


class TestCitations:
    """A clause is cited as people cite it."""

    @pytest.mark.parametrize(
        ("document", "number", "en", "vi"),
        [
            ("ISO/IEC 17021-1:2015", "9.6", "ISO/IEC 17021-1:2015, 9.6", None),
            ("ISO 9001", "", "ISO 9001", None),
            ("IAF transition plan", "", "IAF transition plan", "Kế hoạch chuyển đổi của IAF"),
            (
                "TT 26/2014/TT-BKHCN",
                "33(2)(b)",
                "TT 26/2014/TT-BKHCN, Article 33(2)(b)",
                "điểm b khoản 2 Điều 33 Thông tư số 26/2014/TT-BKHCN",
            ),
            (
                "QĐ 19/2014/QĐ-TTg",
                "4(3)",
                "QĐ 19/2014/QĐ-TTg, Article 4(3)",
                "khoản 3 Điều 4 Quyết định số 19/2014/QĐ-TTg",
            ),
            (
                "TT 26/2014/TT-BKHCN",
                "34",
                "TT 26/2014/TT-BKHCN, Article 34",
                "Điều 34 Thông tư số 26/2014/TT-BKHCN",
            ),
            ("QĐ 4108/QĐ-BKHCN", "", "QĐ 4108/QĐ-BKHCN", "Quyết định số 4108/QĐ-BKHCN"),
            (
                "TT 26/2014/TT-BKHCN",
                "V",
                "TT 26/2014/TT-BKHCN, Article V",
                "Thông tư số 26/2014/TT-BKHCN, V",
            ),
        ],
    )
    def test_in_both_languages(self, document, number, en, vi):
        assert cited(Clause(document, number), EN) == en
        assert cited(Clause(document, number), VI) == (vi or en)


class TestExamples:
    """Examples are drawn from the worked cases, and kept with the library."""

    def test_those_kept_are_those_drawn(self):
        assert printed_examples(draw_examples(CASES, RULES)) == printed_examples(examples()), AGAIN

    def test_a_rule_without_cases_or_without_one_that_fires_gets_none(self, tmp_path):
        (tmp_path / "E205.toml").write_text(
            '[[case]]\nname = "quiet"\non = 2020-01-01\nexpect = "quiet"\n[case.unit]\n', "utf-8"
        )

        assert draw_examples(tmp_path, RULES) == {}

    def test_it_is_the_first_case_that_fires(self, tmp_path):
        quiet = '[[case]]\nname = "q"\non = 2020-01-01\nexpect = "quiet"\n[case.unit]\n'
        fires = (
            '[[case]]\nname = "f"\non = 2020-01-01\nexpect = "fires"\n[case.unit]\n'
            'audits.a = { type = "internal", criteria = ["ISO 9001:2001"], held = 2019-01-01 }\n'
        )
        (tmp_path / "E209.toml").write_text(quiet + fires + fires.replace("2001", "2002"), "utf-8")
        (drawn,) = draw_examples(tmp_path, RULES).values()

        assert "ISO 9001:2001 does not exist" in drawn.message.en
        assert drawn.record.startswith("audits.a = ")
        assert drawn.on == "2020-01-01"


class TestPages:
    """The pages are made from the rules, and committed."""

    @pytest.mark.parametrize("place", sorted(pages(RULES)))
    def test_what_is_committed_is_what_is_made(self, place):
        assert (DOCS / place).read_text("utf-8") == pages(RULES)[place], AGAIN

    def test_nothing_else_stands_beside_them(self):
        found = {
            path.relative_to(DOCS).as_posix()
            for folder in ("rules", "vi/rules")
            for path in (DOCS / folder).iterdir()
        }

        assert found == set(pages(RULES))

    def test_a_rule_without_example_has_a_section_without_one(self):
        asked = replace(find_rule("C103"), code="C999")

        assert "**Example.**" in "".join(pages([find_rule("C103")]).values())
        assert "**Example.**" not in "".join(pages([asked]).values())

    def test_every_rule_is_explained_on_one_page_in_each_language(self):
        made = pages(RULES)
        for asked in RULES:
            page = FAMILIES[asked.code[0]].page
            for folder in ("rules", "vi/rules"):
                assert f"## {asked.code} {asked.name}\n" in made[f"{folder}/{page}.md"]

    def test_the_generator_writes_them(self, tmp_path):
        main(["--write", str(tmp_path)])

        written = {
            path.relative_to(tmp_path).as_posix(): path.read_text("utf-8")
            for path in tmp_path.rglob("*.md")
        }
        assert written == pages(RULES)

    def test_the_generator_keeps_the_examples_it_draws(self, tmp_path):
        kept = tmp_path / "examples.json"
        main(["--write", str(tmp_path), "--cases", str(CASES), "--examples", str(kept)])

        assert kept.read_text("utf-8") == printed_examples(examples())

    def test_it_runs_as_a_program(self, tmp_path, monkeypatch):
        kept = tmp_path / "examples.json"
        arguments = ["--write", str(tmp_path), "--cases", str(CASES), "--examples", str(kept)]
        monkeypatch.setattr(sys, "argv", ["rule_pages", *arguments])
        monkeypatch.delitem(sys.modules, "qms.report.rule_pages")
        runpy.run_module("qms.report.rule_pages", run_name="__main__")

        assert (tmp_path / "rules" / "README.md").is_file()


def test_a_family_has_both_languages():
    for family in FAMILIES.values():
        for words in (family.title, family.about):
            assert isinstance(words, Text)
            assert words.en != words.vi
