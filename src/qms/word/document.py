"""A whole Word document around a body of our own: styles, headers, properties.

The parts that no document changes are compressed once for each language.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from attrs import frozen

from qms.text import Language
from qms.word.checklist_layout import Page
from qms.word.markup import NAMESPACES, WORD_2010, escape, field, paragraph, run
from qms.word.packing import PackedMember, pack, packed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

__all__ = [
    "FOOTER_PASSAGES",
    "PROTECTION",
    "About",
    "custom_markup",
    "finished",
    "page_of",
    "styles_markup",
    "tag_of",
]

_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DOCUMENT_TYPES = "application/vnd.openxmlformats-officedocument"
_ANY_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: Lets people write only where something is to be filled in.
PROTECTION = '<w:documentProtection w:edit="forms" w:enforcement="1"/>'

#: A third of the time of the usual level, for a file a third larger.
_LEVEL = 3

#: What headers and footers of our own say, besides page numbers.
FOOTER_PASSAGES = {Language.VIETNAMESE: ("",), Language.ENGLISH: ("Page of",)}

#: Said of a document in which something is newer than Word 2007.
_NEWER = (
    f' xmlns:w14="{WORD_2010}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
    '2006" mc:Ignorable="w14"'
)
_LOOKS = {
    Language.VIETNAMESE: {
        "lang": "vi-VN",
        "font": "Times New Roman",
        "body": "26",
        "title": "28",
        "heading": "26",
        "cell": "22",
        "small": "20",
        "accent": "000000",
        "indent": "567",
        "justified": "both",
        "decimal": ",",
        "separator": ";",
    },
    Language.ENGLISH: {
        "lang": "en-GB",
        "font": "Arial",
        "body": "21",
        "title": "32",
        "heading": "24",
        "cell": "18",
        "small": "17",
        "accent": "1F3864",
        "indent": "0",
        "justified": "left",
        "decimal": ".",
        "separator": ",",
    },
}


def page_of(language: Language) -> Page:
    """The page of a language: Annex I of NĐ 30/2020/NĐ-CP in Vietnamese, plain A4 in English.

    In Vietnamese the number of the page stands in the middle of the top margin, not on the
    first page; in English at the foot of every page.
    """
    if language is Language.VIETNAMESE:
        return Page(
            references='<w:headerReference w:type="default" r:id="rId3"/>'
            '<w:headerReference w:type="first" r:id="rId4"/>',
            first_apart=True,
        )
    return Page(
        left=1134,
        right=1134,
        references='<w:footerReference w:type="default" r:id="rId3"/>',
    )


@frozen(kw_only=True)
class About:
    """What a document says of itself to programs.

    Attributes:
        title: Its title.
        identifier: What programs know it by.
        author: Who issued it.
        day: The day of issue.
        properties: Properties for programs, each at most 255 characters long.
        protected: Whether people may write only where something is to be filled in.
    """

    title: str
    identifier: str
    author: str
    day: date
    properties: Mapping[str, str]
    protected: bool = False


def finished(body: str, language: Language, about: About) -> bytes:
    """The bytes of a document; the same arguments give the same bytes.

    Args:
        body: The inside of ``w:body``.
        language: The language of the document, which its parts and its spelling checker go by.
        about: What it says of itself.
    """
    newer = _NEWER if "<w14:" in body else ""
    document = f"{_XML}<w:document {NAMESPACES}{newer}><w:body>{body}</w:body></w:document>"
    return pack(
        (
            *_static_members(language, protected=about.protected),
            packed("docProps/core.xml", _core(language, about)),
            packed("docProps/custom.xml", custom_markup(about.properties), 1),
            packed("word/document.xml", document, _LEVEL),
        )
    )


def tag_of(language: Language) -> str:
    """What programs call a language."""
    return _LOOKS[language]["lang"]


def custom_markup(properties: Mapping[str, str]) -> str:
    """The part that holds properties for programs."""
    entries = "".join(
        f'<property fmtid="{_ANY_FORMAT}" pid="{number}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), 2)
    )
    return (
        f'{_XML}<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f"{entries}</Properties>"
    )


def _core(language: Language, about: About) -> str:
    day = f'xsi:type="dcterms:W3CDTF">{about.day.isoformat()}T00:00:00Z'
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(about.title)}</dc:title>"
        f"<dc:creator>{escape(about.author)}</dc:creator>"
        f"<dc:identifier>{escape(about.identifier)}</dc:identifier>"
        f"<dc:language>{tag_of(language)}</dc:language>"
        f"<dcterms:created {day}</dcterms:created><dcterms:modified {day}</dcterms:modified>"
        "</cp:coreProperties>"
    )


# --- the parts that no document changes ------------------------------------------------------


@lru_cache
def _static_members(language: Language, *, protected: bool) -> tuple[PackedMember, ...]:
    look = {**_LOOKS[language], "protection": PROTECTION if protected else ""}
    parts = {
        "[Content_Types].xml": _content_types(language),
        "_rels/.rels": _package_relations(),
        "word/_rels/document.xml.rels": _document_relations(language),
        "word/styles.xml": styles_markup(language),
        "word/settings.xml": _filled("settings.xml", look),
        **_margins(language),
    }
    return tuple(packed(name, content, 9) for name, content in parts.items())


def styles_markup(language: Language) -> str:
    """The part with our styles."""
    return _filled("styles.xml", _LOOKS[language])


def _filled(name: str, look: Mapping[str, str]) -> str:
    text = (resources.files("qms.word") / "template" / name).read_text("utf-8")
    for key, value in look.items():
        text = text.replace(f"{{{key}}}", value)
    return text


def _margins(language: Language) -> dict[str, str]:
    """The headers or footers: the number of the page."""
    if language is Language.VIETNAMESE:
        number = paragraph(field("PAGE"), "Header")
        return {
            "word/header1.xml": f"{_XML}<w:hdr {NAMESPACES}>{number}</w:hdr>",
            "word/header2.xml": f"{_XML}<w:hdr {NAMESPACES}>{paragraph(style='Header')}</w:hdr>",
        }
    count = run("Page ") + field("PAGE") + run(" of ") + field("NUMPAGES")
    right = '<w:jc w:val="right"/>'
    foot = paragraph(count, "Footer", right)
    return {"word/footer1.xml": f"{_XML}<w:ftr {NAMESPACES}>{foot}</w:ftr>"}


def _content_types(language: Language) -> str:
    kinds = {
        "/word/document.xml": f"{_TYPES}document.main+xml",
        "/word/styles.xml": f"{_TYPES}styles+xml",
        "/word/settings.xml": f"{_TYPES}settings+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/custom.xml": f"{_DOCUMENT_TYPES}.custom-properties+xml",
    }
    for name in _margins(language):
        kinds[f"/{name}"] = f"{_TYPES}{'header' if 'header' in name else 'footer'}+xml"
    listed = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relations(targets: Mapping[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets.items(), 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _package_relations() -> str:
    return _relations(
        {
            "word/document.xml": f"{_RELATION}/officeDocument",
            "docProps/core.xml": f"{_PACKAGE}/relationships/metadata/core-properties",
            "docProps/custom.xml": f"{_RELATION}/custom-properties",
        }
    )


def _document_relations(language: Language) -> str:
    targets = {"styles.xml": f"{_RELATION}/styles", "settings.xml": f"{_RELATION}/settings"}
    for name in _margins(language):
        kind = "header" if "header" in name else "footer"
        targets[name.removeprefix("word/")] = f"{_RELATION}/{kind}"
    return _relations(targets)
