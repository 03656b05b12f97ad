"""Rules explained: on a screen for one of them, and as pages for each family of them.

``python -m qms.report.rule_pages --write docs`` writes the pages, and draws the
examples anew from the worked cases beside the folder.
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from qms.check import fill
from qms.dates import print_date
from qms.norms import norms, norms_at
from qms.report.citations import cited
from qms.report.examples import Example, draw_examples, examples, printed_examples
from qms.report.layout import wrap
from qms.terms import Regime
from qms.text import Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qms.check import Rule
    from qms.norms import Norm

__all__ = ["explain", "main", "pages"]

_SCREEN = 80


class Family(Struct, frozen=True):
    """A family of rules: the name of its page, its title, and what it is about."""

    page: str
    title: Text
    about: Text


#: The families, by the letter with which the codes of their rules begin.
FAMILIES: Mapping[str, Family] = {
    "C": Family(
        "certification",
        Text(en="Rules about certification", vi="Quy tắc về chứng nhận"),
        Text(
            en="Certificates: in force, surveyed, renewed, suspended and transferred in time.",
            vi="Giấy chứng nhận: hiệu lực, giám sát, chứng nhận lại, đình chỉ và chuyển giao đúng thời hạn.",
        ),
    ),
    "E": Family(
        "editions",
        Text(en="Rules about editions of ISO 9001", vi="Quy tắc về phiên bản ISO 9001"),
        Text(
            en="Editions of the standard: published, cut off, ended, and moved from to the next in time.",
            vi="Phiên bản tiêu chuẩn: công bố, ngừng áp dụng, hết hiệu lực và chuyển đổi đúng thời hạn.",
        ),
    ),
    "V": Family(
        "state",
        Text(en="Rules about state agencies", vi="Quy tắc về cơ quan hành chính nhà nước"),
        Text(
            en="Vietnamese state agencies: announcements of conformity, yearly checks, points to be fixed, administrative procedures.",
            vi="Cơ quan hành chính nhà nước: công bố hệ thống quản lý chất lượng phù hợp, kiểm tra hằng năm, nội dung phải khắc phục, thủ tục hành chính.",
        ),
    ),
    "P": Family(
        "portfolio",
        Text(en="Rules about the register as a whole", vi="Quy tắc về toàn bộ sổ đăng ký"),
        Text(
            en="All units together: the share checked on site, the year's plan, the roster, doubles.",
            vi="Toàn bộ đơn vị: tỷ lệ kiểm tra tại trụ sở, kế hoạch năm, danh sách đơn vị, ghi trùng.",
        ),
    ),
    "D": Family(
        "documents",
        Text(en="Rules about documents", vi="Quy tắc về tài liệu"),
        Text(
            en="Controlled documents: approved before issue, one revision in force, at hand, reviewed, kept and disposed of.",
            vi="Tài liệu được kiểm soát: phê duyệt trước khi ban hành, một lần ban hành hiện hành, có sẵn tại nơi sử dụng, được xem xét, lưu giữ và xử lý.",
        ),
    ),
    "O": Family(
        "objectives",
        Text(en="Rules about quality objectives", vi="Quy tắc về mục tiêu chất lượng"),
        Text(
            en="Quality objectives: planned, measured in time, met or answered for.",
            vi="Mục tiêu chất lượng: có kế hoạch, đo đúng định kỳ, đạt được hoặc có giải trình.",
        ),
    ),
    "A": Family(
        "audits",
        Text(
            en="Rules about internal audits and management reviews",
            vi="Quy tắc về đánh giá nội bộ và xem xét của lãnh đạo",
        ),
        Text(
            en="Internal audits and management reviews: at planned intervals, whole, impartial.",
            vi="Đánh giá nội bộ và xem xét của lãnh đạo: đúng định kỳ, đầy đủ, khách quan.",
        ),
    ),
    "R": Family(
        "corrective",
        Text(
            en="Rules about nonconformities and corrective action",
            vi="Quy tắc về sự không phù hợp và hành động khắc phục",
        ),
        Text(
            en="Nonconformities: stated whole, their cause found, acted upon in time, verified.",
            vi="Sự không phù hợp: nêu đầy đủ, xác định nguyên nhân, khắc phục đúng hạn, kiểm tra xác nhận.",
        ),
    ),
}

_SAYS = Text(en="It says", vi="Thông báo")
_TO_DO = Text(en="What to do", vi="Việc cần làm")
_BASIS = Text(en="Basis", vi="Căn cứ")
_GOES_BY = Text(en="Goes by", vi="Các mốc và định mức áp dụng")
_SOURCE = Text(en="Source", vi="Nguồn")
_UNSEEN = Text(en="unconfirmed", vi="chưa xác minh")
_DOUBT = Text(en="In doubt", vi="Điểm còn chưa rõ")
_EXAMPLE = Text(en="Example", vi="Ví dụ")
_ON_UNIT = Text(
    en="On {day}, a unit of which this is recorded:",
    vi="Ngày {day}, một đơn vị có hồ sơ như sau:",
)
_ON_WHOLE = Text(
    en="On {day}, a register with these records:",
    vi="Ngày {day}, sổ đăng ký có các hồ sơ như sau:",
)
_VALUE = Text(en="{value}", vi="{value}")
_CODE = Text(en="Code", vi="Mã")
_NAME = Text(en="Name", vi="Tên")
_SEVERITY = Text(en="Severity", vi="Mức độ")
_DEMAND = Text(en="What it demands", vi="Yêu cầu")
_INDEX = Text(en="Rules", vi="Các quy tắc")
_INDEX_ABOUT = Text(
    en="Every rule that a check asks, by family. `qms explain CODE` tells the same on a screen.",
    vi="Toàn bộ quy tắc được áp dụng khi kiểm tra, theo từng nhóm. Lệnh `qms explain MÃ` hiển thị cùng nội dung.",
)
_MADE = "<!-- Made by `python -m qms.report.rule_pages --write docs`; change the rules instead. -->"


def explain(asked: Rule, language: Language, width: int = _SCREEN) -> str:
    """A rule explained for a screen.

    Args:
        asked: The rule.
        language: The language.
        width: How many letters a line has.
    """
    said = language

    def lines(words: str, indent: str = "  ") -> list[str]:
        return wrap(words, width, indent=indent)

    shown = [f"{asked.code}  {asked.name}  ({asked.severity.text.in_(said)})"]
    shown += [*lines(asked.title.in_(said), ""), ""]
    shown += [*lines(f"{_BASIS.in_(said)}: {cited(asked.basis, said)}", ""), ""]
    shown += [*lines(asked.explanation.in_(said), ""), ""]
    example = examples().get(asked.code)
    for heading, template in _templates(asked, example):
        shown += [f"{heading.in_(said)}:", *lines(template.in_(said)), ""]
    values = list(_goes_by(asked))
    if values:
        shown.append(f"{_GOES_BY.in_(said)}:")
        for place, norm in values:
            first, *rest = _norm_lines(place, norm, said)
            shown += lines(first)
            for line in rest:
                shown += lines(line, "    ")
        shown.append("")
    if example is not None:
        shown += _example_on_screen(asked, example, said, width)
    return "\n".join(shown).rstrip() + "\n"


def _example_on_screen(asked: Rule, example: Example, language: Language, width: int) -> list[str]:
    shown = [
        f"{_EXAMPLE.in_(language)}:",
        *wrap(_introduced(example, language), width, indent="  "),
    ]
    shown += ["", *(f"    {line}".rstrip() for line in example.record.splitlines()), ""]
    for heading, words in _said(asked, example):
        shown += wrap(f"{heading.in_(language)}: {words.in_(language)}", width, indent="  ")
    return shown


def _introduced(example: Example, language: Language) -> str:
    template = _ON_WHOLE if example.whole else _ON_UNIT
    day = print_date(date.fromisoformat(example.on), language)
    return template.in_(language).format(day=day)


def _templates(asked: Rule, example: Example | None) -> Iterator[tuple[Text, Text]]:
    """What a rule says in general, where no example says it better."""
    if example is None:
        yield _SAYS, asked.message
    if example is None or not _has_gaps(asked.remedy):
        yield _TO_DO, asked.remedy


def _said(asked: Rule, example: Example) -> Iterator[tuple[Text, Text]]:
    """What a rule says of an example, as far as it is not said in general."""
    yield _SAYS, example.message
    if _has_gaps(asked.remedy):
        yield _TO_DO, example.remedy


def _has_gaps(template: Text) -> bool:
    return "{" in template.en


def _goes_by(asked: Rule) -> Iterator[tuple[str, Norm]]:
    for path in asked.norms:
        yield from norms_at(path, norms())


def _norm_lines(place: str, norm: Norm, language: Language) -> Iterator[str]:
    """A norm in words: what it is and its value, its source, its doubt."""
    printed = fill(_VALUE, {"value": norm.value}).in_(language)
    yield f"{_label(place, language)}: {printed}"
    unseen = "" if norm.verified else f" ({_UNSEEN.in_(language)})"
    yield f"{_SOURCE.in_(language)}: {norm.source.in_(language)}{unseen}"
    if norm.doubt is not None:
        yield f"{_DOUBT.in_(language)}: {norm.doubt.in_(language)}"


def _label(place: str, language: Language) -> str:
    """What a norm is, told from its place."""
    room, *steps = place.split(".", 2)
    if room == "editions":
        year, field = steps
        field, _, amendment = field.partition(".")
        edition = f"ISO 9001:{year}" + (f"/{amendment}" if amendment else "")
        return f"{edition} – {LABELS[field].in_(language)}"
    if room == "regimes":
        regime, field = steps
        return f"{Regime(regime).text.in_(language)} – {LABELS[field].in_(language)}"
    return LABELS[steps[0]].in_(language)


#: What each norm is, by the last step of its place.
LABELS: Mapping[str, Text] = {
    "published": Text(en="published", vi="ngày công bố"),
    "amendments": Text(en="published", vi="ngày công bố"),
    "adopted": Text(en="published as a Vietnamese standard", vi="ngày công bố thành TCVN"),
    "adoption_cancelled": Text(
        en="cancelled as a Vietnamese standard", vi="ngày hủy bỏ tiêu chuẩn quốc gia"
    ),
    "last_day": Text(
        en="last day of certificates to it", vi="ngày cuối cùng giấy chứng nhận còn hiệu lực"
    ),
    "no_initial_from": Text(
        en="no initial certification from", vi="không chứng nhận lần đầu từ ngày"
    ),
    "no_decision_from": Text(
        en="no certification or recertification from",
        vi="không chứng nhận lần đầu và chứng nhận lại từ ngày",
    ),
    "no_audit_from": Text(en="no audits from", vi="không đánh giá từ ngày"),
    "no_recertification_from": Text(
        en="recertification in doubt from",
        vi="việc chứng nhận lại chưa chắc được chấp nhận từ ngày",
    ),
    "validity_years": Text(en="longest validity, in years", vi="thời hạn tối đa, tính bằng năm"),
    "first_surveillance_months": Text(
        en="first surveillance within, in months",
        vi="giám sát lần thứ nhất trong vòng, tính bằng tháng",
    ),
    "restoration_months": Text(
        en="restoration within, in months", vi="khôi phục trong vòng, tính bằng tháng"
    ),
    "suspension_months": Text(
        en="suspension at most, in months", vi="đình chỉ tối đa, tính bằng tháng"
    ),
    "major_after_stage_2_months": Text(
        en="majors of stage 2 verified within, in months",
        vi="xác nhận khắc phục điểm không phù hợp nặng của giai đoạn 2 trong vòng, tính bằng tháng",
    ),
    "yearly_check_from": Text(en="yearly check from the year", vi="kiểm tra hằng năm từ năm"),
    "conversion_to_2015": Text(
        en="conversion to the 2015 edition by", vi="hạn chuyển đổi sang phiên bản 2015"
    ),
    "signatory": Text(en="signed by", vi="người ký"),
    "announced_anew_after": Text(en="announced anew after", vi="phải công bố lại khi"),
    "ended_by": Text(en="ended by", vi="hết hiệu lực khi có"),
    "on_site_numerator": Text(
        en="share checked on site, numerator", vi="tỷ lệ kiểm tra tại trụ sở, tử số"
    ),
    "on_site_denominator": Text(
        en="share checked on site, denominator", vi="tỷ lệ kiểm tra tại trụ sở, mẫu số"
    ),
    "transition_months": Text(
        en="warning before the end of an edition, in months",
        vi="cảnh báo trước khi phiên bản hết hiệu lực, tính bằng tháng",
    ),
    "year_end_month": Text(
        en="warning before the end of a year, from month", vi="cảnh báo cuối năm, từ tháng"
    ),
    "table": Text(
        en="days of an initial audit by effective personnel",
        vi="số ngày công đánh giá lần đầu theo số nhân sự quy đổi",
    ),
    "minimum_percent": Text(
        en="least share of that time, in percent", vi="tỷ lệ tối thiểu của thời lượng, phần trăm"
    ),
    "surveillance_thirds": Text(
        en="share for surveillance in a year, in thirds",
        vi="phần dành cho giám sát trong một năm, tính theo phần ba",
    ),
    "recertification_thirds": Text(
        en="share for recertification, in thirds",
        vi="phần dành cho chứng nhận lại, tính theo phần ba",
    ),
    "initial_percent_of_root": Text(
        en="sites at the initial audit, in percent of the square root of their number",
        vi="số địa điểm khi đánh giá lần đầu, phần trăm của căn bậc hai số địa điểm",
    ),
    "surveillance_percent_of_root": Text(
        en="sites by surveillance in a year, in percent of the square root of their number",
        vi="số địa điểm khi giám sát trong một năm, phần trăm của căn bậc hai số địa điểm",
    ),
    "recertification_percent_of_root": Text(
        en="sites at recertification, in percent of the square root of their number",
        vi="số địa điểm khi chứng nhận lại, phần trăm của căn bậc hai số địa điểm",
    ),
    "unsampled_surveillance_percent": Text(
        en="sites by surveillance in a year where they may not be sampled, in percent",
        vi="số địa điểm khi giám sát trong một năm nếu không được lấy mẫu, phần trăm",
    ),
}


def pages(rules: Sequence[Rule]) -> dict[str, str]:
    """The pages of all rules, by their place under the folder of the documentation."""
    made = {}
    for language in Language:
        folder = "vi/rules" if language is Language.VIETNAMESE else "rules"
        made[f"{folder}/README.md"] = _index(rules, language)
        for letter, family in FAMILIES.items():
            members = [asked for asked in rules if asked.code.startswith(letter)]
            made[f"{folder}/{family.page}.md"] = _page(family, members, language)
    return made


def _index(rules: Sequence[Rule], language: Language) -> str:
    parts = [_MADE, f"# {_INDEX.in_(language)}", _INDEX_ABOUT.in_(language)]
    for letter, family in FAMILIES.items():
        members = [asked for asked in rules if asked.code.startswith(letter)]
        parts += [
            f"## [{family.title.in_(language)}]({family.page}.md)",
            family.about.in_(language),
            _listed(members, language, family.page + ".md"),
        ]
    return "\n\n".join(parts) + "\n"


def _page(family: Family, members: Sequence[Rule], language: Language) -> str:
    parts = [_MADE, f"# {family.title.in_(language)}", family.about.in_(language)]
    parts.append(_listed(members, language, ""))
    for asked in members:
        parts += _section(asked, language)
    return "\n\n".join(parts) + "\n"


def _listed(members: Sequence[Rule], language: Language, page: str) -> str:
    headings = (_CODE, _NAME, _SEVERITY, _DEMAND)
    rows = ["| " + " | ".join(heading.in_(language) for heading in headings) + " |"]
    rows.append("|---" * len(headings) + "|")
    rows += [
        f"| [{asked.code}]({page}#{asked.code.lower()}-{asked.name}) | {asked.name} "
        f"| {asked.severity.text.in_(language)} | {asked.title.in_(language)} |"
        for asked in members
    ]
    return "\n".join(rows)


def _section(asked: Rule, language: Language) -> Iterator[str]:
    yield f"## {asked.code} {asked.name}"
    yield f"**{asked.title.in_(language)}.**"
    severity = asked.severity.text.in_(language)
    yield (
        f"{_SEVERITY.in_(language)}: {severity} · "
        f"{_BASIS.in_(language)}: {cited(asked.basis, language)}"
    )
    yield asked.explanation.in_(language)
    example = examples().get(asked.code)
    for heading, template in _templates(asked, example):
        yield f"**{heading.in_(language)}:** {template.in_(language)}"
    values = [_as_item(place, norm, language) for place, norm in _goes_by(asked)]
    if values:
        yield f"**{_GOES_BY.in_(language)}:**"
        yield "\n".join(values)
    if example is not None:
        yield f"**{_EXAMPLE.in_(language)}.** {_introduced(example, language)}"
        yield f"```toml\n{example.record}```"
        for heading, words in _said(asked, example):
            yield f"> {heading.in_(language)}: {words.in_(language)}"


def _as_item(place: str, norm: Norm, language: Language) -> str:
    first, *rest = _norm_lines(place, norm, language)
    return "\n".join([f"- {first}", *(f"  <br>{line}" for line in rest)])


def printed_names(rules: Sequence[Rule]) -> str:
    """The names of the rules and of what each speaks, as the library keeps them."""
    names = {one.code: (one.name, one.about.value) for one in rules}
    lines = [f" {json.dumps(code)}: {json.dumps(names[code])}" for code in sorted(names)]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the pages into a folder, draw the examples from the worked cases, list the names."""
    from qms.rules import RULES

    kept = Path(__file__).parents[1] / "data" / "examples.json"
    parser = argparse.ArgumentParser(prog="python -m qms.report.rule_pages", description=__doc__)
    parser.add_argument("--write", type=Path, required=True, metavar="DOCS")
    parser.add_argument("--cases", type=Path, help="the worked cases; tests/rules beside DOCS")
    parser.add_argument("--examples", type=Path, default=kept, help="where examples are kept")
    given = parser.parse_args(arguments)
    cases = given.cases or given.write.resolve().parent / "tests" / "rules"
    if cases.is_dir():
        given.examples.write_text(printed_examples(draw_examples(cases, RULES)), "utf-8")
        given.examples.with_name("rules.json").write_text(printed_names(RULES), "utf-8")
        examples.cache_clear()
    for place, words in pages(RULES).items():
        path = given.write / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, "utf-8")


if __name__ == "__main__":
    main()
