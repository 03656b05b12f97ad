"""``qms coverage``: the documented information that an edition demands, covered or missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import Struct

from qms.cli.bilingual import Command, Mistake, Option
from qms.cli.issuing import edition_named
from qms.cli.parameters import (
    format_option,
    on_option,
    output_option,
    register_and_unit,
    register_argument,
    unit_argument,
)
from qms.cli.session import one_unit
from qms.coverage import Coverage  # noqa: TC001 - the annotations are read at run time
from qms.text import Text

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from qms.cli.session import Session

__all__ = ["coverage"]

_NO_EDITION = Text(
    en="The unit has no certificate or announcement that names an edition; name it, such as "
    "--edition 2015.",
    vi="Đơn vị không có giấy chứng nhận hoặc bản công bố nêu phiên bản; hãy nêu, ví dụ "
    "--edition 2015.",
)


class CoverageReport(Struct, frozen=True, kw_only=True):
    """What a unit has of the documented information demanded, for other programs."""

    format: str = "qms-coverage/1"
    missing: int
    coverage: Coverage


@click.command(
    cls=Command,
    words=Text(
        en="Show the documented information that the edition demands as covered or missing.\n"
        "With --trace also, clause by clause, the documents, records and findings of the unit. "
        "Exit code: 0 nothing is missing, 1 something is, 2 not understood.",
        vi="Cho biết thông tin dạng văn bản mà phiên bản tiêu chuẩn yêu cầu đã có hay còn thiếu.\n"
        "Với --trace, nêu thêm theo từng điều: tài liệu, hồ sơ và phát hiện đánh giá của đơn vị. "
        "Mã kết thúc: 0 không thiếu, 1 còn thiếu, 2 lệnh hoặc dữ liệu không hợp lệ.",
    ),
)
@register_argument
@unit_argument
@click.option(
    "--edition",
    cls=Option,
    metavar="YEAR",
    words=Text(
        en="The edition: 2008, 2015 or 2026; that of the certificate or announcement in force "
        "where left out.",
        vi="Phiên bản: 2008, 2015 hoặc 2026; nếu không nêu thì theo giấy chứng nhận hoặc bản công "
        "bố còn hiệu lực.",
    ),
)
@click.option(
    "--trace",
    cls=Option,
    is_flag=True,
    words=Text(
        en="Also clause by clause: documents, records, findings.",
        vi="Nêu thêm theo từng điều: tài liệu, hồ sơ, phát hiện.",
    ),
)
@on_option
@format_option("text", "json")
@output_option
@click.pass_obj
def coverage(
    session: Session,
    *,
    register: Path,
    unit: str | None,
    edition: str | None,
    trace: bool,
    on: date | None,
    form: str,
    output: Path | None,
) -> int:
    """Show what is covered and what is missing."""
    register, unit = register_and_unit(register, unit)
    from qms.coverage import coverage as covered
    from qms.issuing import held_edition
    from qms.report.coverage import render
    from qms.report.json import indented

    opened = session.open(register)
    found_unit = one_unit(opened, unit)
    day = on or session.today
    held = held_edition(found_unit, day, opened.organisation.policy)
    wanted = held if edition is None else edition_named(edition)
    if wanted is None:
        raise Mistake(_NO_EDITION)
    found = covered(found_unit, wanted, day, held)
    if form == "json":
        words = indented(CoverageReport(missing=len(found.missing), coverage=found))
    else:
        colour = session.colour and output is None
        words = render(
            found, found_unit, session.language, session.width, colour=colour, trace=trace
        )
    session.write(words, output)
    return 1 if found.missing else 0
