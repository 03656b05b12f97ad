"""Stamping a Word file, reading the block back, and finding what is wrong with it."""

from __future__ import annotations

import re
import string
from datetime import date
from io import BytesIO

import docx
import hostile_files as hostile
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_samples import BLOCK, changed, members, messy, plain, rebuilt, rich, saved

from qms.text import Language
from qms.word.body import body_hash
from qms.word.control_block import (
    BlockField,
    ControlBlock,
    ControlStatus,
    recorded_block,
    recorded_facts,
    recorded_text,
)
from qms.word.guard import Refusal, Refused, open_guarded
from qms.word.headers import header_places, name_headers
from qms.word.parts import WorkingCopy
from qms.word.properties import core_properties, custom_properties
from qms.word.stamp import mark_obsolete, stamp, unmark
from qms.word.verification import (
    BlockProblemKind,
    read_control_block,
    verify_control_block,
)

ENGLISH = evolve(BLOCK, language=Language.ENGLISH, title="Control of documented information")
OBSOLETE = evolve(BLOCK, status=ControlStatus.SUPERSEDED)


def kinds(data: bytes, expected: ControlBlock = BLOCK) -> list[BlockProblemKind]:
    return [problem.kind for problem in verify_control_block(data, expected)]


def copy_of(data: bytes) -> WorkingCopy:
    return WorkingCopy(open_guarded(data))


def header_texts(data: bytes) -> list[str]:
    """The text of every header part, as plain words."""
    return [
        "".join(map(str, etree.fromstring(content).itertext()))
        for name, content in members(data).items()
        if name.startswith("word/header")
    ]


def replacing(old: str, new: str):
    return lambda content: content.replace(old.encode(), new.encode())


# Stamping


def test_every_page_of_a_messy_document_gets_the_block():
    data = stamp(messy(), BLOCK)

    assert len(header_texts(data)) == 4  # ordinary pages twice, first page, even pages
    for text in header_texts(data):
        assert BLOCK.title in text
        assert "Mã số: QT-05" in text
        assert "Lần ban hành: 03" in text
        assert "Ngày hiệu lực: 15/03/2026" in text
        assert "Tình trạng: còn hiệu lực" in text
        assert "Trang: " in text
        assert " NUMPAGES " in text
    assert verify_control_block(data, BLOCK) == ()


def test_the_block_speaks_the_chosen_language():
    data = stamp(messy(), ENGLISH)

    for text in header_texts(data):
        for words in ("Code: QT-05", "Revision: 03", "Effective date: 2026-03-15"):
            assert words in text
        assert "Status: in force" in text
        assert "Page:  PAGE 1 of  NUMPAGES 1" in text
    assert verify_control_block(data, evolve(ENGLISH, language=Language.VIETNAMESE)) == ()


def test_what_stood_in_the_headers_before_stays_below_the_block():
    texts = header_texts(stamp(messy(), BLOCK))

    assert sum("SỞ MẪU TỈNH VÍ DỤ (đầu trang cũ)" in text for text in texts) == 1
    assert sum("Đầu trang riêng của phần 3" in text for text in texts) == 1


@pytest.mark.parametrize("make", [plain, messy, rich])
def test_the_body_is_the_same_before_and_after(make):
    before, after = copy_of(make()), copy_of(stamp(make(), BLOCK))

    assert body_hash(before) == body_hash(after)
    assert custom_properties(after)["qms.body"] == body_hash(before)


@pytest.mark.parametrize("make", [plain, messy, rich])
def test_stamping_twice_is_stamping_once(make):
    once = stamp(make(), BLOCK)

    assert stamp(make(), BLOCK) == once
    assert stamp(once, BLOCK) == once
    assert stamp(stamp(once, ENGLISH), BLOCK) == once


def test_parts_that_have_nothing_to_do_with_it_keep_their_bytes():
    before, after = members(plain()), members(stamp(plain(), BLOCK))

    touched = {name for name in before if before[name] != after[name]}
    assert touched == {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/styles.xml",
    }


def test_a_stamped_file_opens_in_python_docx_with_the_core_properties():
    document = docx.Document(BytesIO(stamp(messy(), BLOCK)))

    properties = document.core_properties
    assert (properties.title, properties.identifier) == (BLOCK.title, "QT-05")
    assert (properties.version, properties.content_status) == ("03", "in-force")
    assert len(document.sections[1].header.tables) == 1


def test_every_section_names_its_headers_itself_afterwards():
    copy = copy_of(stamp(messy(), BLOCK))
    sections = [
        element
        for element in copy.view(copy.main).iter()
        if etree.QName(element).localname == "sectPr"
    ]

    for section in sections:
        named = [etree.QName(child).localname for child in section].count("headerReference")
        assert named == 3


def test_the_properties_of_other_programs_are_kept():
    parts = members(stamp(plain(), BLOCK))
    other = b'<property fmtid="{0}" pid="9" name="khac"><vt:lpwstr>x</vt:lpwstr></property>'
    odd = b'<property fmtid="{0}" pid="x" name="so"><vt:i4>1</vt:i4></property><property/>'
    parts["docProps/custom.xml"] = (
        parts["docProps/custom.xml"]
        .replace(b"<property ", other + odd + b"<property ", 1)
        .replace(b'name="qms.body"', b'name="body"')
    )

    custom = custom_properties(copy_of(stamp(rebuilt(parts), BLOCK)))

    assert custom["khac"] == "x"
    assert custom["body"] == custom["qms.body"]
    assert kinds(stamp(rebuilt(parts), BLOCK)) == []


def test_a_file_without_styles_properties_or_sections_can_be_stamped():
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/doc.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/header1.xml" ContentType="text/xml"/></Types>'
    bare = rebuilt(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": hostile.relations(
                hostile.relation("rId1", "officeDocument", "doc.xml"),
                hostile.relation(
                    "rId3", "thumbnail", "http://example.com/a", ' TargetMode="External"'
                ),
            ),
            "doc.xml": hostile.document("<w:p><w:r><w:t>một</w:t></w:r></w:p>").encode(),
            "docProps/custom.xml": b"<orphan/>",
        }
    )

    data = stamp(bare, BLOCK)

    assert verify_control_block(data, BLOCK) == ()
    assert stamp(data, BLOCK) == data
    assert read_control_block(bare).block is None


def test_a_header_reference_that_leads_nowhere_is_mended():
    reference = (
        '<w:sectPr><w:headerReference xmlns:r="http://schemas.openxmlformats.org/officeDocument/'
        '2006/relationships" w:type="odd" r:id="rId99"/><w:titlePg w:val="0"/></w:sectPr>'
    )
    former = "<w:sectPr><w:sectPrChange><w:sectPr/></w:sectPrChange></w:sectPr>"
    data = hostile.with_document(hostile.document(f"<w:p><w:pPr>{former}</w:pPr></w:p>{reference}"))

    copy = copy_of(data)

    assert [place.part for place in header_places(copy)] == [None, None]
    assert len(name_headers(copy)) == 1
    assert kinds(stamp(data, BLOCK)) == []


def test_words_that_somebody_wrote_into_the_thin_paragraph_are_kept():
    def write(content: bytes) -> bytes:
        return content.replace(
            b'w:lineRule="exact"/></w:pPr></w:p>',
            'w:lineRule="exact"/></w:pPr><w:r><w:t>lời thêm</w:t></w:r></w:p>'.encode(),
        )

    data = stamp(changed(stamp(plain(), BLOCK), header1=write), BLOCK)

    assert "lời thêm" in header_texts(data)[0]
    assert kinds(data) == []


@pytest.mark.parametrize(
    ("part", "content", "reason"),
    [
        ("_xmlsignatures/sig1.xml", b"<Signature/>", Refusal.SIGNED),
        ("word/vbaProject.bin", b"x", Refusal.MACROS),
    ],
)
def test_signed_files_and_files_with_macros_are_not_stamped(part, content, reason):
    data = hostile.with_parts(**{part: content})

    for change in (lambda: stamp(data, BLOCK), lambda: mark_obsolete(data), lambda: unmark(data)):
        with pytest.raises(Refused) as caught:
            change()
        assert caught.value.code is reason


def test_an_encrypted_file_and_an_opendocument_text_are_not_stamped():
    for data, reason in (
        (hostile.ole("EncryptedPackage"), Refusal.PASSWORD),
        (hostile.open_document(), Refusal.NOT_DOCX),
    ):
        for act in (lambda d: stamp(d, BLOCK), read_control_block):
            with pytest.raises(Refused) as caught:
                act(data)
            assert caught.value.code is reason


def test_comments_anywhere_in_the_parts_do_no_harm():
    remark = b"<!-- r --><?remark?>"
    parts = {
        name: re.sub(rb"(<[/\w][^<>]*>)(?=<)", rb"\1" + remark, content)
        if name.endswith((".xml", ".rels"))
        else content
        for name, content in members(stamp(messy(), BLOCK)).items()
    }
    data = rebuilt(parts)

    assert parts["[Content_Types].xml"].count(remark) > 5
    assert verify_control_block(data, BLOCK) == ()
    assert verify_control_block(mark_obsolete(data), OBSOLETE) == ()


# Obsolete copies


@pytest.mark.parametrize("language", list(Language))
def test_an_obsolete_copy_is_marked_on_every_page_and_can_be_unmarked(language):
    current = stamp(messy(), evolve(BLOCK, language=language))

    obsolete = mark_obsolete(current)

    words = {Language.ENGLISH: "OBSOLETE", Language.VIETNAMESE: "HẾT HIỆU LỰC"}[language]
    parts = [c for name, c in members(obsolete).items() if name.startswith("word/header")]
    assert all(f'string="{words}"'.encode() in content for content in parts)
    assert kinds(obsolete, OBSOLETE) == []
    assert kinds(current, OBSOLETE)[0] is BlockProblemKind.NO_WATERMARK
    assert kinds(obsolete)[0] is BlockProblemKind.UNEXPECTED_WATERMARK
    assert unmark(obsolete) == current


def test_marking_does_not_hide_that_the_body_was_changed():
    edited = changed(stamp(plain("một"), BLOCK), document=replacing("một", "hai"))

    assert kinds(mark_obsolete(edited), OBSOLETE) == [BlockProblemKind.BODY_CHANGED]
    assert kinds(stamp(edited, BLOCK)) == []


def test_a_file_without_a_block_can_be_marked_too():
    data = mark_obsolete(messy(), language=Language.ENGLISH)

    assert b"OBSOLETE" in members(data)["word/header1.xml"]
    assert BlockProblemKind.NO_WATERMARK not in kinds(data, OBSOLETE)
    assert BlockProblemKind.UNEXPECTED_WATERMARK not in kinds(unmark(data))


def test_marking_leaves_a_block_alone_that_it_cannot_read():
    stamped = stamp(plain(), BLOCK)
    broken = changed(
        stamped, custom=replacing("qms.control", "x"), header1=replacing("Lần ban hành", "Lần")
    )

    data = mark_obsolete(broken)

    assert "Mã số: QT-05" in header_texts(data)[0]
    assert BlockProblemKind.NO_WATERMARK not in kinds(data, OBSOLETE)
    assert "Mã số: QT-05" in header_texts(unmark(data))[0]


def test_only_a_status_of_the_right_kind_can_be_given():
    with pytest.raises(ValueError, match="draft is not a status of an obsolete copy"):
        mark_obsolete(plain(), status=ControlStatus.DRAFT)
    with pytest.raises(ValueError, match="withdrawn is a status of an obsolete copy"):
        unmark(plain(), status=ControlStatus.WITHDRAWN)


# Verifying


@pytest.mark.parametrize(
    ("expected", "kind"),
    [
        (evolve(BLOCK, code="QT-06"), BlockProblemKind.STALE_CODE),
        (evolve(BLOCK, title="Tên mới"), BlockProblemKind.STALE_TITLE),
        (evolve(BLOCK, revision="04"), BlockProblemKind.STALE_REVISION),
        (evolve(BLOCK, effective=date(2026, 3, 16)), BlockProblemKind.STALE_DATE),
        (evolve(BLOCK, effective=None), BlockProblemKind.STALE_DATE),
        (evolve(BLOCK, status=ControlStatus.DRAFT), BlockProblemKind.STALE_STATUS),
    ],
)
def test_a_stale_header_is_named_once_for_all_pages_and_the_property_beside_it(expected, kind):
    problems = verify_control_block(stamp(messy(), BLOCK), expected)

    assert problems[0].kind is kind
    assert problems[0].place.vi == "mọi trang"
    assert {problem.kind for problem in problems[1:]} == {BlockProblemKind.PROPERTY_MISMATCH}


def test_a_stale_header_on_some_pages_is_named_with_the_pages():
    data = changed(stamp(messy(), BLOCK), header2=replacing(">03<", ">02<"))

    (problem,) = verify_control_block(data, BLOCK)

    assert problem.message.en == (
        "the header shows revision “02” instead of “03” (section 3, ordinary pages)"
    )
    assert problem.message.vi == (
        "đầu trang ghi lần ban hành “02”, đúng ra là “03” (phần 3, các trang thường)"
    )


def test_a_line_that_is_gone_is_found():
    data = changed(stamp(plain(), BLOCK), header1=replacing("Lần ban hành: ", ""))

    (problem,) = verify_control_block(data, BLOCK)

    assert (problem.kind, problem.found.en) == (BlockProblemKind.STALE_REVISION, "nothing")


def test_a_missing_block_and_missing_page_numbers_are_found():
    stamped = stamp(plain(), BLOCK)

    no_block = changed(stamped, header1=lambda _: f"<w:hdr {hostile.W}><w:p/></w:hdr>".encode())
    no_total = changed(stamped, header1=replacing(" NUMPAGES ", " AUTHOR "))

    assert kinds(no_block) == [BlockProblemKind.NO_BLOCK]
    assert kinds(no_total) == [BlockProblemKind.NO_PAGE_NUMBERS]
    assert set(kinds(plain())) == {BlockProblemKind.NO_BLOCK, BlockProblemKind.NO_PROPERTY}


def test_page_numbers_in_simple_fields_count_too():
    simple = (
        '<w:fldSimple w:instr="PAGE"/><w:fldSimple w:instr=" NUMPAGES \\* MERGEFORMAT "/></w:tbl>'
    )

    def simplify(content: bytes) -> bytes:
        return (
            content.replace(b" PAGE ", b" X ")
            .replace(b" NUMPAGES ", b" Y ")
            .replace(b"</w:tbl>", simple.encode())
        )

    assert kinds(changed(stamp(plain(), BLOCK), header1=simplify)) == []


def test_a_second_block_is_found():
    def double(content: bytes) -> bytes:
        begin, end = content.index(b"<w:tbl>"), content.index(b"</w:tbl>") + len(b"</w:tbl>")
        return content[:end] + content[begin:end] + content[end:]

    assert kinds(changed(stamp(plain(), BLOCK), header1=double)) == [BlockProblemKind.SECOND_BLOCK]


def by_hand(**lines: str) -> bytes:
    """A file whose header has a table made by hand."""
    document = docx.Document()
    table = document.sections[0].header.add_table(len(lines) + 1, 1, docx.shared.Cm(10))
    table.cell(0, 0).text = "SỞ MẪU"
    for row, (label, value) in enumerate(lines.items(), 1):
        table.cell(row, 0).text = f"{label.replace('_', ' ')}: {value}"
    return saved(document)


def test_a_block_made_by_hand_is_read_and_held_to_what_it_shows():
    right = by_hand(Mã_số="QT-05", Lần_ban_hành="03", Ngày_hiệu_lực="15/03/2026", Trang="1 / 2")
    stale = by_hand(MÃ_SỐ="QT-05", lần_ban_hành="02")
    titled = by_hand(Mã_số="QT-05", Lần_ban_hành="03", Ngày_hiệu_lực="-", Tình_trạng="lạ")

    assert BlockProblemKind.STALE_REVISION not in kinds(right)
    assert BlockProblemKind.NO_BLOCK not in kinds(right)
    assert BlockProblemKind.NO_PAGE_NUMBERS in kinds(right)
    assert BlockProblemKind.STALE_REVISION in kinds(stale)
    assert BlockProblemKind.STALE_REVISION in kinds(stamp(stale, BLOCK))
    assert kinds(stamp(right, BLOCK)) == []
    for data in (right, stale, titled):
        assert read_control_block(data).block is None
        assert [p.kind for p in read_control_block(data).problems] == [BlockProblemKind.NO_PROPERTY]


def test_an_ordinary_table_in_a_header_is_no_block():
    assert BlockProblemKind.NO_BLOCK in kinds(by_hand(Người_nhận="Phòng Mẫu"))


def test_properties_that_differ_or_are_gone_are_found():
    stamped = stamp(plain(), BLOCK)

    for part, old, new, place in (
        ("core", ">QT-05<", ">QT-07<", "identifier"),
        ("core", ">in-force<", ">draft<", "contentStatus"),
        ("custom", '"revision": "03"', '"revision": "04"', "qms.control (revision)"),
        ("custom", '"effective": "2026-03-15"', '"effective": ""', "qms.control (effective)"),
    ):
        (problem,) = verify_control_block(changed(stamped, **{part: replacing(old, new)}), BLOCK)
        assert (problem.kind, problem.place.en) == (BlockProblemKind.PROPERTY_MISMATCH, place)
    for name in ("qms.control", "qms.body"):
        (problem,) = verify_control_block(changed(stamped, custom=replacing(name, "x")), BLOCK)
        assert (problem.kind, problem.place.en) == (BlockProblemKind.NO_PROPERTY, name)


def test_a_changed_body_is_found():
    data = changed(stamp(plain("Trong 5 ngày"), BLOCK), document=replacing("5 ngày", "7 ngày"))

    assert kinds(data) == [BlockProblemKind.BODY_CHANGED]


def test_a_watermark_that_was_taken_off_some_pages_is_found():
    data = changed(mark_obsolete(stamp(messy(), BLOCK)), header3=replacing("HẾT HIỆU LỰC", "MẬT"))

    (problem,) = verify_control_block(data, OBSOLETE)

    assert problem.kind is BlockProblemKind.NO_WATERMARK
    assert problem.place.vi == "phần 1, trang đầu"


def test_a_watermark_that_somebody_drew_as_a_picture_is_found_and_taken_off():
    drawing = (
        '<w:p><w:r><w:drawing><a:t xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        "Hết hiệu lực</a:t></w:drawing></w:r></w:p></w:hdr>"
    )
    data = changed(stamp(plain(), BLOCK), header1=replacing("</w:hdr>", drawing))

    assert kinds(data) == [BlockProblemKind.UNEXPECTED_WATERMARK]
    assert kinds(unmark(data)) == []


# Reading


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("status", list(ControlStatus))
@pytest.mark.parametrize("effective", [date(2026, 3, 15), None])
def test_what_was_stamped_is_read_back(language, status, effective):
    block = evolve(BLOCK, language=language, status=status, effective=effective)

    reading = read_control_block(stamp(plain(), block))

    assert reading.block == reading.recorded == block
    assert reading.block.language is reading.recorded.language is language
    assert reading.problems == ()


@settings(max_examples=50, deadline=None)
@given(
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40),
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20),
)
def test_any_printable_title_and_revision_is_read_back(title, revision):
    block = ControlBlock(code="QT-05", title=title, revision=revision, effective=date(2026, 1, 2))

    assert read_control_block(stamp(plain(), block)).block == block


def test_pages_that_disagree_show_no_block_and_the_record_says_which_are_wrong():
    data = changed(stamp(messy(), BLOCK), header2=replacing(">03<", ">02<"))

    reading = read_control_block(data)

    assert reading.block is None
    assert reading.recorded == BLOCK
    assert [p.kind for p in reading.problems] == [BlockProblemKind.STALE_REVISION]


def test_a_file_without_a_record_is_read_from_its_pages():
    data = changed(stamp(plain(), BLOCK), custom=replacing("qms.control", "x"))

    reading = read_control_block(data)

    assert (reading.block, reading.recorded) == (BLOCK, None)
    assert [problem.kind for problem in reading.problems] == [BlockProblemKind.NO_PROPERTY]


def test_an_unstamped_file_reads_as_such():
    reading = read_control_block(messy())

    assert (reading.block, reading.recorded) == (None, None)
    assert [problem.message.en for problem in reading.problems] == [
        "the header has no control block (all pages); stamp the file",
        "the file property qms.control is missing; stamp the file",
    ]


@pytest.mark.parametrize("words", ["", "{", "[]", "[" * 100_000, '{"code": 1}', '{"code": "a"}'])
def test_a_record_that_makes_no_block_is_none(words):
    assert recorded_block(words, "Tên") is None


def test_a_record_stays_within_what_word_keeps_of_a_property():
    longest = evolve(BLOCK, code="Đ" * 60, revision="Ữ" * 30, status=ControlStatus.SUPERSEDED)

    assert len(recorded_text(longest)) <= 255
    assert recorded_facts(recorded_text(longest))["code"] == "Đ" * 60
    assert recorded_block(recorded_text(longest), BLOCK.title) == longest


# The block itself


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": " "}, "code has 1 to 60 characters, not 0"),
        ({"code": "x" * 61}, "code has 1 to 60 characters, not 61"),
        ({"revision": "x" * 31}, "revision has 1 to 30 characters, not 31"),
        ({"title": "x" * 501}, "title has 1 to 500 characters, not 501"),
        ({"title": "a\0b"}, "title contains characters that cannot be printed"),
    ],
)
def test_a_block_that_could_not_be_shown_cannot_be_made(change, words):
    with pytest.raises(ValueError, match=words):
        evolve(BLOCK, **change)


def test_letters_are_composed_and_blanks_single_in_a_block():
    assert evolve(BLOCK, title=" Hoa\u0301  đơn ").title == "Hoá đơn"


def test_every_problem_speaks_both_languages_about_the_same_facts():
    for kind in BlockProblemKind:
        english, vietnamese = (
            {name for _, name, _, _ in string.Formatter().parse(words) if name}
            for words in (kind.text.en, kind.text.vi)
        )
        assert english == vietnamese
        assert kind.text.en != kind.text.vi
    assert {field.text.vi for field in BlockField} >= {
        "Mã số",
        "Lần ban hành",
        "Ngày hiệu lực",
        "Trang",
    }


def test_core_properties_of_a_file_without_any_are_none():
    data = hostile.with_parts(**{"docProps/core.xml": None})

    assert core_properties(copy_of(data)) == {}
    assert kinds(stamp(data, BLOCK)) == []
