"""Files that are small, and built so that a careless reader takes minutes, are read in no time."""

from __future__ import annotations

import zipfile
from io import BytesIO
from time import process_time
from typing import TYPE_CHECKING

import pytest
from checklist_samples import filled

from qms.text import Language
from qms.word import read
from qms.word.accounting import account
from qms.word.looks import inherited

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT = 2.0
FOOTER = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"


def with_parts(**changes: Callable[[str], str]) -> bytes:
    """A filled checklist of which some parts, by the last piece of their names, say something else."""
    source = zipfile.ZipFile(BytesIO(filled(Language.ENGLISH)))
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            change = changes.get(name.rpartition("/")[2].replace(".", "_"), str)
            target.writestr(name, change(source.read(name).decode()))
    return out.getvalue()


def in_a_cell(markup: str) -> bytes:
    return with_parts(document_xml=lambda part: part.replace("</w:tc>", f"{markup}</w:tc>", 1))


def very_many_fields() -> bytes:
    begun = '<w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/>'
    runs = "".join(f"<w:r>{begun}<w:t>{n}</w:t></w:r>" for n in range(20_000))
    return in_a_cell(f"<w:p>{runs}</w:p>")


def very_many_ends_of_paragraphs_put_in() -> bytes:
    put_in = '<w:p><w:pPr><w:rPr><w:ins w:id="{}"/></w:rPr></w:pPr></w:p>'
    return in_a_cell("".join(map(put_in.format, range(12_000))))


def controls_inside_controls() -> bytes:
    runs = "".join(map("<w:r><w:t>{}</w:t></w:r>".format, range(70_000)))
    begin, end = "<w:sdt><w:sdtContent>" * 60, "</w:sdtContent></w:sdt>" * 60
    return in_a_cell(f"<w:p>{begin}{runs}{end}</w:p>")


def the_same_words_very_often() -> bytes:
    lines = "<w:p><w:r><w:t>Grade</w:t></w:r></w:p><w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    many = "".join(map(lines.format, range(10_000)))
    return with_parts(document_xml=lambda part: part.replace("</w:body>", f"{many}</w:body>"))


def a_long_line_of_styles() -> bytes:
    style = '<w:style w:styleId="s{}"><w:basedOn w:val="s{}"/></w:style>'
    line = "".join(style.format(n, n + 1) for n in range(12_000))
    return with_parts(styles_xml=lambda part: part.replace("</w:styles>", f"{line}</w:styles>"))


def one_footer_named_very_often() -> bytes:
    name = f'<Relationship Id="f{{}}" Type="{FOOTER}" Target="footer1.xml"/>'
    names = "".join(map(name.format, range(1_500)))
    lines = "".join(map("<w:p><w:r><w:t>{}</w:t></w:r></w:p>".format, range(3_000)))
    return with_parts(
        document_xml_rels=lambda part: part.replace("</Rel", f"{names}</Rel"),
        footer1_xml=lambda part: part.replace("</w:ftr>", f"{lines}</w:ftr>"),
    )


@pytest.mark.parametrize(
    "build",
    [
        very_many_fields,
        very_many_ends_of_paragraphs_put_in,
        controls_inside_controls,
        the_same_words_very_often,
        a_long_line_of_styles,
        one_footer_named_very_often,
    ],
)
def test_a_file_that_repeats_itself_does_not_hold_up_its_reader(build: Callable[[], bytes]):
    data = build()
    begin = process_time()

    reading = read(data)

    assert process_time() - begin < LIMIT
    assert [one.grade for one in reading.answers] == [
        one.grade for one in read(filled(Language.ENGLISH)).answers
    ]


def test_of_words_that_stand_without_number_as_many_as_were_issued_are_kept():
    issued = ["before", "a", *["b"] * 400]

    counted = account(issued, ["b"] * 300, ["a", "b"], start=1)
    assert len(counted.kept) == 302
    assert counted.added == frozenset()

    counted = account(issued, ["b"] * 500, ["a"], start=1)
    assert len(counted.kept) == 401
    assert counted.added == set(range(400, 500))


def test_styles_in_a_circle_say_what_any_of_them_says():
    own = {"a": {"struck": True}, "b": {}, "c": {"struck": False}, "d": {"hidden": True}}

    found = inherited(own, {"a": "b", "b": "a", "c": "b", "d": "nowhere"})

    assert found == {
        "a": {"struck": True},
        "b": {"struck": True},
        "c": {"struck": False},
        "d": {"hidden": True},
    }
