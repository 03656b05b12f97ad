"""``qms rules``, ``qms explain`` and ``qms schema``: what is demanded, and how data are shaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qms.cli.bilingual import Argument, Choice, Command, Mistake, did_you_mean, join, sentence
from qms.cli.parameters import format_option
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qms.check import Rule
    from qms.cli.session import Session

__all__ = ["explain", "rules", "schema"]

_NO_RULE = Text(
    en="There is no rule {name}; 'qms rules' lists them all.",
    vi="Không có quy tắc {name}; xem đủ bằng lệnh 'qms rules'.",
)
_CODE = Text(en="Code", vi="Mã")
_WEIGHT = Text(en="Weight", vi="Mức độ")
_DEMAND = Text(en="What it demands", vi="Yêu cầu")
_NAME = Text(en="Name", vi="Tên")
_FORMS = (
    "register",
    "unit",
    "header",
    "questions",
    "report",
    "status",
    "calendar",
    "timeline",
    "files",
    "findings",
)


@click.command(
    cls=Command,
    words=Text(
        en="List every rule that a check asks.\n'qms explain CODE' tells more about one of them.",
        vi="Liệt kê các quy tắc được áp dụng khi kiểm tra.\n"
        "Dùng 'qms explain MÃ' để xem chi tiết một quy tắc.",
    ),
)
@format_option("text", "markdown", "json")
@click.pass_obj
def rules(session: Session, *, form: str) -> int:
    """List the rules."""
    from qms.rules import RULES

    if form == "json":
        session.write(_as_json(RULES), None)
        return 0
    headings = [session.say(text) for text in (_CODE, _WEIGHT, _NAME, _DEMAND)]
    rows = [
        (
            rule.code,
            session.say(rule.severity.text),
            rule.name,
            session.say(rule.title),
        )
        for rule in RULES
    ]
    session.write(_table(session, form, headings, rows), None)
    return 0


def _table(
    session: Session, form: str, headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> str:
    if form == "markdown":
        from qms.report import markdown

        return markdown.table(headings, rows) + "\n"
    from qms.report.layout import Column, Paint, table

    widths = (4, 8, max(len(name) for _, _, name, _ in rows), 0)
    columns = [Column(heading, width) for heading, width in zip(headings, widths, strict=True)]
    return "\n".join(table(columns, rows, session.width, Paint(session.colour))) + "\n"


def _as_json(listed: Sequence[Rule]) -> str:
    import msgspec

    from qms.report.json import basis

    entries = [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity.value,
            "about": rule.about.name.lower(),
            "basis": basis(rule.basis),
            "title": {"en": rule.title.en, "vi": rule.title.vi},
        }
        for rule in listed
    ]
    return msgspec.json.format(msgspec.json.encode(entries), indent=2).decode() + "\n"


def _rules_that_begin(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The codes that begin so, or else the names; in any case of letters."""
    from qms.rules import RULES

    del ctx, param
    begun = incomplete.casefold()
    codes = [rule.code for rule in RULES if rule.code.casefold().startswith(begun)]
    return codes or [rule.name for rule in RULES if rule.name.startswith(begun)]


@click.command(
    cls=Command,
    words=Text(
        en="Explain a rule: what counts, on what basis, what is in doubt, what to do.",
        vi="Giải thích một quy tắc: nội dung, căn cứ, điểm chưa chắc chắn và việc cần làm.",
    ),
)
@click.argument(
    "rule",
    cls=Argument,
    shell_complete=_rules_that_begin,
    words=Text(
        en="The code or the name of the rule, such as C103 or surveillance-missed.",
        vi="Mã hoặc tên của quy tắc, ví dụ C103 hoặc surveillance-missed.",
    ),
)
@click.pass_obj
def explain(session: Session, *, rule: str) -> int:
    """Explain a rule."""
    from qms.report import rule_pages
    from qms.rules import RULES, find_rule

    found = find_rule(rule)
    if found is None:
        known = [name for listed in RULES for name in (listed.code, listed.name)]
        raise Mistake(join(sentence(_NO_RULE, name=rule), did_you_mean(rule, known)))
    session.write(rule_pages.explain(found, session.language).rstrip("\n") + "\n", None)
    return 0


@click.command(
    cls=Command,
    words=Text(
        en="Print a JSON Schema: the law of the shape of data that go in or come out.",
        vi="In lược đồ JSON (JSON Schema) quy định cấu trúc dữ liệu đưa vào hoặc xuất ra.",
    ),
)
@click.argument(
    "name",
    cls=Argument,
    type=Choice(*_FORMS),
    default="register",
    words=Text(
        en=f"What it is the shape of: {', '.join(_FORMS)}; the register where left out. "
        "header and unit are the first and every further line of an NDJSON register.",
        vi=f"Loại dữ liệu: {', '.join(_FORMS)}; nếu không nêu thì là register (sổ đăng ký). "
        "header và unit là dòng đầu và các dòng tiếp theo của sổ đăng ký dạng NDJSON.",
    ),
)
@click.pass_obj
def schema(session: Session, *, name: str) -> int:
    """Print a JSON Schema."""
    import msgspec

    from qms import codec, report

    shapes = {**codec.schemas(), **report.schemas()}
    shape = msgspec.json.encode(shapes[f"{name}.schema.json"])
    session.write(msgspec.json.format(shape, indent=2).decode() + "\n", None)
    return 0
