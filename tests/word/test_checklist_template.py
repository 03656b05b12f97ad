"""A checklist in an organisation's own template keeps its styles, headers and logo."""

from __future__ import annotations

import zipfile
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from checklist_samples import PARTICULARS, answers, checklist, filled
from docx.shared import Cm, Mm, Pt, Twips
from lxml import etree
from test_checklist_round_trip import rewritten
from word_samples import BLOCK, saved

from qms.checklist import DoubtKind
from qms.text import Language
from qms.word import read, write_checklist
from qms.word.guard import CautionKind, open_guarded
from qms.word.parts import WorkingCopy, element, w
from qms.word.properties import core_properties, custom_properties, set_custom
from qms.word.refusal import Refused
from qms.word.stamp import stamp

if TYPE_CHECKING:
    from conftest import Convert


#: The smallest picture: one point, in PNG.
PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)


def house(*, first_page: bool = False) -> bytes:
    """An invented organisation's template: a letterhead, its own headings, wide margins."""
    document = docx.Document()
    part = document.sections[0]
    part.left_margin, part.right_margin = Twips(1984), Twips(1417)
    part.different_first_page_header_footer = first_page
    part.header.paragraphs[0].text = "TẬP ĐOÀN GIẢ ĐỊNH"
    table = part.header.add_table(1, 2, Cm(15))
    table.cell(0, 1).text = "Biểu trưng"
    part.footer.paragraphs[0].text = "Điện thoại: 000"
    document.styles["Heading 1"].font.size = Pt(20)
    document.add_paragraph("Chữ mẫu sẽ được thay thế")
    return saved(document)


def written(template: Any, language: Language = Language.VIETNAMESE, **more: Any) -> bytes:
    return write_checklist(
        checklist(), language, answers=answers(), particulars=PARTICULARS, template=template, **more
    )


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("first_page", [False, True])
def test_styles_headers_and_margins_of_the_template_are_kept(language, first_page):
    document = docx.Document(BytesIO(written(house(first_page=first_page), language)))

    for part in document.sections:
        assert part.header.paragraphs[0].text == "TẬP ĐOÀN GIẢ ĐỊNH"
        assert part.left_margin == Twips(1984)
    assert [part.different_first_page_header_footer for part in document.sections] == [
        first_page,
        False,
        False,
    ]
    assert document.styles["Heading 1"].font.size == Pt(20)
    assert "QMS Table" in [style.name for style in document.styles]
    assert "Chữ mẫu sẽ được thay thế" not in [p.text for p in document.paragraphs]


def test_what_was_filled_in_comes_back_and_the_letterhead_is_no_stray_text():
    reading = read(written(house()))

    assert reading.answers == answers()
    assert reading.doubts == ()
    assert written(house()) == written(house())


def with_computed_header(day: str) -> bytes:
    """A template whose header prints the day, and watermarks every page, as Word writes both."""
    document = docx.Document()
    head = document.sections[0].header.paragraphs[0]
    for markup in (
        "<w:r><w:t>In ngày </w:t></w:r>",
        '<w:fldSimple w:instr=" FILENAME "><w:r><w:t>mau.dotx</w:t></w:r></w:fldSimple>',
        (
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> DATE \\@ "dd/MM/yyyy" </w:instrText>'
            f'<w:fldChar w:fldCharType="separate"/><w:t>{day}</w:t><w:fldChar w:fldCharType="end"/></w:r>'
        ),
        (
            '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="PowerPlusWaterMarkObject1">'
            '<v:textpath string="NỘI BỘ"/></v:shape></w:pict></w:r>'
        ),
    ):
        head._p.append(element(markup))
    return saved(document)


def test_the_day_that_a_header_prints_and_the_watermark_are_no_stray_text(
    libreoffice: Convert, tmp_path: Path
):
    issued = written(with_computed_header("02/11/2026"))

    def later(root: Any) -> None:
        for words in root.iter(w("t")):
            words.text = (words.text or "").replace("02/11/2026", "10/11/2026")

    (header,) = [name for name in open_guarded(issued).names if name.startswith("word/header")]
    opened_later = rewritten(issued, later, header)

    assert b"10/11/2026" in zipfile.ZipFile(BytesIO(opened_later)).read(header)
    assert read(opened_later).doubts == ()
    path = tmp_path / "phieu.docx"
    path.write_bytes(opened_later)
    for form in ("odt", "docx"):
        assert read(libreoffice(path, form)).doubts == ()


def test_a_watermark_that_somebody_put_in_is_stray_text():
    def other(root: Any) -> None:
        next(root.iter("{urn:schemas-microsoft-com:vml}textpath")).set("string", "Không đạt")

    issued = written(with_computed_header("02/11/2026"))
    (header,) = [name for name in open_guarded(issued).names if name.startswith("word/header")]

    (doubt,) = read(rewritten(issued, other, header)).doubts

    assert (doubt.kind, doubt.found) == (DoubtKind.STRAY_TEXT, "Không đạt")


def test_a_style_with_a_translated_identifier_is_used_as_it_is():
    def translate(root: Any) -> None:
        for style in root.iter(w("style")):
            if style.get(w("styleId")) == "Heading1":
                style.set(w("styleId"), "u1")

    template = rewritten(house(), translate, "word/styles.xml")

    document = docx.Document(BytesIO(written(template)))

    headings = [p for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings[0].text == "I. THÔNG TIN CHUNG"
    assert headings[0].style.style_id == "u1"


def settings_of(data: bytes) -> Any:
    return etree.fromstring(zipfile.ZipFile(BytesIO(data)).read("word/settings.xml"))


def test_protection_of_the_template_is_replaced_by_ours_or_by_none():
    def protect(root: Any) -> None:
        root.append(etree.Element(w("documentProtection"), {w("edit"): "readOnly"}))

    template = rewritten(house(), protect, "word/settings.xml")

    (found,) = settings_of(written(template)).findall(w("documentProtection"))
    assert found.get(w("edit")) == "forms"
    # People may change everything, as they were told, not nothing.
    free = settings_of(written(template, protected=False))
    assert free.find(w("documentProtection")) is None


@pytest.mark.parametrize("name", ["trackRevisions", "writeProtection", "linkStyles"])
def test_settings_that_hinder_writing_are_not_taken_over(name):
    template = rewritten(
        house(), lambda root: root.insert(0, etree.Element(w(name))), "word/settings.xml"
    )

    assert settings_of(written(template)).find(w(name)) is None
    assert settings_of(written(template)).find(w("compat")) is not None


def extended(data: bytes, parts: dict[str, str], replaced: dict[str, tuple[str, str]]) -> bytes:
    """A Word file with more parts, and with words replaced in others."""
    source = zipfile.ZipFile(BytesIO(data))
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            old, new = replaced.get(name, ("", ""))
            target.writestr(
                name, source.read(name).decode("latin-1").replace(old, new, 1).encode("latin-1")
            )
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def relation(kind: str, target: str, more: str = "") -> tuple[str, str]:
    """What is replaced in a part of references, and by what, to add one more."""
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    entry = f'<Relationship Id="rId99" Type="{types}/{kind}" Target="{target}"{more}/>'
    return "</Relationships>", f"{entry}</Relationships>"


def test_a_template_on_somebody_s_machine_is_not_attached_to_the_document():
    attached = (
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId99"'
    )
    _, tail = relation("attachedTemplate", "file:///C:/Mau.dotm", ' TargetMode="External"')
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    )
    template = extended(
        house(),
        {"word/_rels/settings.xml.rels": relations + tail},
        {"word/settings.xml": ("<w:compat>", f"<w:attachedTemplate {attached}/><w:compat>")},
    )
    assert open_guarded(template).cautions != ()

    assert open_guarded(written(template)).cautions == ()


def test_what_belonged_to_the_text_of_the_template_goes_with_it():
    document = docx.Document(BytesIO(house()))
    words = document.add_paragraph("Sửa đoạn này")
    document.add_comment(words.runs[0], text="Nhớ hỏi chị Giả", author="Giả Định")
    picture = BytesIO(PICTURE)
    document.add_picture(picture)
    logo = document.sections[0].header.paragraphs[0].add_run()
    logo.add_picture(BytesIO(PICTURE[:-1] + b"\x83"))
    template = extended(
        saved(document),
        {"custom/stray.txt": "rac"},
        {},
    )
    assert any("comments" in name for name in zipfile.ZipFile(BytesIO(template)).namelist())

    data = written(template)

    names = zipfile.ZipFile(BytesIO(data)).namelist()
    assert [name for name in names if "comment" in name or "stray" in name or "thumb" in name] == []
    assert len([name for name in names if name.startswith("word/media/")]) == 1  # the logo
    listed = zipfile.ZipFile(BytesIO(data)).read("[Content_Types].xml").decode()
    assert "comments" not in listed
    assert read(data).doubts == ()
    assert read(data).answers == answers()


def without_defaults(root: Any) -> None:
    root.remove(root.find(w("docDefaults")))


def in_french(root: Any) -> None:
    style = next(root.iter(w("style")))
    style.append(
        etree.fromstring(f'<w:rPr xmlns:w="{w("")[1:-1]}"><w:lang w:val="fr-FR"/></w:rPr>')
    )


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("change", [lambda _: None, without_defaults, in_french])
def test_the_language_is_that_of_the_checklist_and_not_of_the_template(language, change):
    template = rewritten(house(), change, "word/styles.xml")
    archive = zipfile.ZipFile(BytesIO(written(template, language)))

    styles = etree.fromstring(archive.read("word/styles.xml"))
    marked = [one.get(w("val")) for one in styles.iter(w("lang"))]
    tag = {Language.ENGLISH: "en-GB", Language.VIETNAMESE: "vi-VN"}[language]
    assert set(marked) == {tag}
    defaults = f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}"
    assert styles[0].tag == w("docDefaults")
    assert styles.find(defaults) is not None
    core = docx.Document(BytesIO(written(template, language))).core_properties
    assert core.language == tag


def test_who_issued_it_and_when_is_told_and_not_who_made_the_template():
    core = docx.Document(BytesIO(written(house()))).core_properties
    bare = docx.Document(BytesIO(filled(Language.VIETNAMESE))).core_properties
    assert core.author == core.last_modified_by == bare.author != "python-docx"
    assert core.created == core.modified == bare.created


def page_of(width: float, height: float, margin: float) -> bytes:
    document = docx.Document()
    part = document.sections[0]
    part.page_width, part.page_height = Mm(width), Mm(height)
    part.left_margin = part.right_margin = part.top_margin = part.bottom_margin = Mm(margin)
    return saved(document)


@pytest.mark.parametrize(
    ("width", "height", "margin"), [(148, 210, 25), (148, 210, 38), (210, 148, 25), (120, 400, 20)]
)
def test_no_column_is_lost_on_a_small_page(width, height, margin):
    data = written(page_of(width, height, margin))

    root = etree.fromstring(zipfile.ZipFile(BytesIO(data)).read("word/document.xml"))
    assert min(int(one.get(w("w"))) for one in root.iter(w("gridCol"))) > 250
    assert read(data).answers == answers()


@pytest.mark.parametrize(
    ("width", "height", "margin"), [(60, 297, 10), (210, 297, 71), (297, 109, 20), (139, 210, 35)]
)
def test_a_page_without_room_is_refused(width, height, margin):
    with pytest.raises(Refused) as refused:
        written(page_of(width, height, margin))

    assert refused.value.code == "narrow"


def test_a_controlled_form_as_a_template_leaves_its_block_and_not_its_identity():
    own = WorkingCopy(open_guarded(house()))
    set_custom(own, {"Phòng": "Quản lý chất lượng"})

    data = written(stamp(own.save(), BLOCK))

    copy = WorkingCopy(open_guarded(data))
    assert core_properties(copy).keys() == {"title", "identifier"}
    names = {name for name in custom_properties(copy) if not name.startswith("qms.checklist")}
    assert names == {"Phòng"}
    header = docx.Document(BytesIO(data)).sections[0].header
    assert any("QT-05" in cell.text for table in header.tables for cell in table._cells)
    assert read(data).doubts == ()


def test_the_label_of_confidentiality_is_kept_and_a_signature_is_not():
    label = (
        '<Relationship Id="rId98" Type="http://schemas.microsoft.com/office/2020/02/relationships/'
        'classificationlabels" Target="docMetadata/LabelInfo.xml"/>'
    )
    signature = (
        '<Relationship Id="rId97" Type="http://schemas.openxmlformats.org/package/2006/'
        'relationships/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/>'
    )
    template = extended(
        house(),
        {"docMetadata/LabelInfo.xml": "<labelList/>", "_xmlsignatures/origin.sigs": "x"},
        {"_rels/.rels": ("</Relationships>", f"{label}{signature}</Relationships>")},
    )
    assert {one.kind for one in open_guarded(template).cautions} == {CautionKind.SIGNATURE}

    data = written(template)

    assert "docMetadata/LabelInfo.xml" in open_guarded(data)
    assert open_guarded(data).cautions == ()


def test_a_part_is_found_by_its_name_in_any_case_and_one_that_is_not_there_is_not():
    renamed = extended(
        house(), {}, {"word/_rels/document.xml.rels": ('"styles.xml"', '"Styles.xml"')}
    )
    gone = relation("webSettings", "gone.xml")
    template = extended(renamed, {}, {"word/_rels/document.xml.rels": gone})
    relations = zipfile.ZipFile(BytesIO(template)).read("word/_rels/document.xml.rels")
    assert b'"Styles.xml"' in relations
    assert b'"gone.xml"' in relations

    assert "word/styles.xml" in zipfile.ZipFile(BytesIO(written(template))).namelist()


def test_notes_of_the_template_go_and_the_lines_above_notes_stay():
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        '<w:footnote w:id="1"><w:p><w:r><w:t>Chú thích cũ</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"  # of Word
    template = extended(
        house(),
        {"word/footnotes.xml": notes},
        {
            "word/_rels/document.xml.rels": relation("footnotes", "footnotes.xml"),
            "[Content_Types].xml": (
                "</Types>",
                f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>',
            ),
        },
    )

    kept = zipfile.ZipFile(BytesIO(written(template))).read("word/footnotes.xml").decode()

    assert "separator" in kept
    assert "Chú thích cũ" not in kept


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/activeX/activeX1.xml"])
def test_a_template_with_macros_is_refused_also_where_nothing_leads_to_them(name):
    with pytest.raises(Refused) as refused:
        written(extended(house(), {name: "<x/>"}, {}))

    assert refused.value.code == "macros"


def test_an_issued_checklist_can_itself_be_the_template():
    bigger = filled(Language.VIETNAMESE)

    reading = read(written(bigger))

    assert reading.answers == answers()
    assert reading.doubts == ()


def test_a_template_needs_no_styles_settings_or_layout_of_its_own():
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        'package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="'
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
        '"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="rId1" Target="word/document.xml" Type="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
        "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/'
        'wordprocessingml/2006/main"><w:body/></w:document>',
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)

    data = written(out.getvalue())

    assert docx.Document(BytesIO(data)).sections[0].page_width == Twips(11906)
    assert read(data).answers == answers()


def test_a_style_that_everything_rests_on_may_bear_another_name():
    def rename(root: Any) -> None:
        for style in root.iter(w("style")):
            if style.get(w("styleId")) == "Normal":
                style.find(w("name")).set(w("val"), "Chuẩn")

    template = rewritten(house(), rename, "word/styles.xml")

    document = docx.Document(BytesIO(written(template)))

    assert document.styles["QMS Table Text"].base_style.name == "Chuẩn"
    assert read(written(template)).answers == answers()


def test_a_template_that_lies_on_its_long_side_stays_so():
    document = docx.Document()
    part = document.sections[0]
    part.page_width, part.page_height = part.page_height, part.page_width

    made = docx.Document(BytesIO(written(saved(document))))

    assert all(part.page_width > part.page_height for part in made.sections)


def test_an_opendocument_file_is_no_template():
    with pytest.raises(Refused) as refused:
        written(Path(__file__).parent / "data" / "checklist.odt")

    assert refused.value.code == "not-docx"


def test_what_is_no_word_document_is_refused_as_a_template(tmp_path):
    path = tmp_path / "mau.docx"
    path.write_text("không phải Word")

    with pytest.raises(Refused):
        written(path)


@pytest.mark.libreoffice
def test_answers_in_a_house_template_survive_libreoffice(libreoffice: Convert, tmp_path: Path):
    path = tmp_path / "phieu.docx"
    path.write_bytes(written(house(first_page=True)))

    reading = read(libreoffice(path, "docx", tmp_path / "lai"))

    assert reading.answers == answers()
    assert reading.doubts == ()
