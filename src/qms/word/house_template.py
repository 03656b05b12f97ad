"""A document in an organisation's own template: its styles, headers and logo are kept.

The template's text makes room for ours; its page, headers, footers and styles
stay.  What belonged to its text (comments, pictures, notes) goes with it, and so
does what would keep people from writing (protection, change tracking).  A style that it has under the same name is used as it is there, also
where Word stores it under a translated identifier; only what it lacks is added.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import define, field

from qms.word.checklist_layout import Page
from qms.word.document import PROTECTION, styles_markup, tag_of
from qms.word.guard import CautionKind, PackageFormat, open_guarded
from qms.word.markup import NAMESPACES
from qms.word.outline import outline_of
from qms.word.parts import RELATION, WorkingCopy, element, r, w
from qms.word.properties import forget_ours, set_core, set_custom
from qms.word.refusal import Refusal, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from qms.text import Language
    from qms.word.document import About
    from qms.word.guard import GuardedPackage, Source

__all__ = ["HouseTemplate"]

_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_STYLES = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
_SETTINGS = "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"
#: To what a text refers without naming it where it stands, beside its headers and footers.
_OF_EVERY_TEXT = frozenset(
    {
        "customXml",
        "endnotes",
        "fontTable",
        "footnotes",
        "glossaryDocument",
        "numbering",
        "settings",
        "styles",
        "stylesWithEffects",
        "theme",
        "webSettings",
    }
)
#: What a file holds beside its text, with the label that says how confidential it is; but no
#: picture of its old first page, and no signature, which would no longer be right.
_OF_EVERY_FILE = frozenset(
    {
        "classificationlabels",
        "core-properties",
        "custom-properties",
        "extended-properties",
        "officeDocument",
    }
)
_HINDERING = frozenset(
    map(
        w,
        [
            "attachedTemplate",
            "documentProtection",
            "linkStyles",
            "mailMerge",
            "trackRevisions",
            "writeProtection",
        ],
    )
)
#: What a checklist of eight columns needs, in millimetres of 56.7 twentieths of a point; A5
#: leaves more.
_LEAST_ROOM, _MILLIMETRE = 70, 56.7
_STYLE_USE = re.compile(r'(<w:(?:pStyle|tblStyle|basedOn|next) w:val=")([^"]+)"')
#: The settings that stand before the one that protects a document.
_BEFORE_PROTECTION = frozenset(
    map(
        w,
        [
            "writeProtection",
            "view",
            "zoom",
            "removePersonalInformation",
            "removeDateAndTime",
            "doNotDisplayPageBoundaries",
            "displayBackgroundShape",
            "printPostScriptOverText",
            "printFractionalCharacterWidth",
            "printFormsData",
            "embedTrueTypeFonts",
            "embedSystemFonts",
            "saveSubsetFonts",
            "saveFormsData",
            "mirrorMargins",
            "alignBordersAndEdges",
            "bordersDoNotSurroundHeader",
            "bordersDoNotSurroundFooter",
            "gutterAtTop",
            "hideSpellingErrors",
            "hideGrammaticalErrors",
            "activeWritingStyle",
            "proofState",
            "formsDesign",
            "attachedTemplate",
            "linkStyles",
            "stylePaneFormatFilter",
            "stylePaneSortMethod",
            "documentType",
            "mailMerge",
            "revisionView",
            "trackRevisions",
            "doNotTrackMoves",
            "doNotTrackFormatting",
        ],
    )
)


@define(eq=False)
class HouseTemplate:
    """An organisation's template, opened.

    Attributes:
        package: The template.
        page: The page that it lays out, with its headers and footers.
    """

    package: GuardedPackage
    page: Page = field(init=False)

    @classmethod
    def open(cls, source: Source) -> HouseTemplate:
        """Open a template.

        Raises:
            Refused: it is not safe to open, carries macros, is no Word document or template, or
                leaves no room between its margins.
        """
        package = open_guarded(source)
        if package.format not in {PackageFormat.DOCX, PackageFormat.DOTX}:
            raise Refused(Refusal.NOT_DOCX, file=package.file)
        if any(caution.kind is CautionKind.MACROS for caution in package.cautions):
            raise Refused(Refusal.MACROS, file=package.file)
        template = cls(package)
        if template.page.room < _LEAST_ROOM * _MILLIMETRE:
            raise Refused(Refusal.NARROW, file=package.file, least=_LEAST_ROOM)
        return template

    def __attrs_post_init__(self) -> None:
        """Read the layout of its last section, which the whole document takes over."""
        body = next(self.package.xml(self.package.main).iterchildren(w("body")))
        layout = body.find(w("sectPr"))
        self.page = Page() if layout is None else _page(layout, list(body.iter(w("sectPr"))))

    @property
    def passages(self) -> Iterator[str]:
        """What the template itself says, above all in its headers and footers."""
        outline = outline_of(self.package)
        yield from (passage.text for passage in outline.passages)
        for table in outline.tables:
            for row in table.rows:
                yield from (cell.text for cell in row.cells)

    def filled(self, body: str, language: Language, about: About) -> bytes:
        """The template with a body of ours; see :func:`qms.word.document.finished`."""
        copy = WorkingCopy(self.package)
        known = _merge_styles(copy, language)
        ours = _STYLE_USE.sub(lambda use: f'{use[1]}{known.get(use[2], use[2])}"', body)
        _replace_body(copy, ours)
        _open_for_writing(copy)
        if about.protected:
            _protect(copy)
        _declare_document(copy)
        forget_ours(copy)
        told = {"title": about.title, "identifier": about.identifier, "creator": about.author}
        told |= {"lastModifiedBy": about.author, "language": tag_of(language)}
        set_core(copy, told, about.day)
        set_custom(copy, about.properties)
        copy.leave_behind_unreferred()
        return copy.save()


def _page(layout: _Element, sections: Iterable[_Element]) -> Page:
    """The page of the last section; headers and footers that it inherits are its own, too."""
    from lxml import etree

    size, margins = layout.find(w("pgSz")), layout.find(w("pgMar"))
    usual = Page()
    shown = {
        (etree.QName(one).localname, one.get(w("type"), "default")): one.get(r("id"), "")
        for section in sections
        for one in section.iterchildren(w("headerReference"), w("footerReference"))
    }
    references = "".join(
        f'<w:{name} w:type="{kind}" r:id="{key}"/>' for (name, kind), key in shown.items()
    )
    return Page(
        width=_measure(size, "w", usual.width),
        height=_measure(size, "h", usual.height),
        top=_measure(margins, "top", usual.top),
        bottom=_measure(margins, "bottom", usual.bottom),
        left=_measure(margins, "left", usual.left) + _measure(margins, "gutter", 0),
        right=_measure(margins, "right", usual.right),
        header=_measure(margins, "header", usual.header),
        footer=_measure(margins, "footer", usual.footer),
        references=references,
        first_apart=layout.find(w("titlePg")) is not None,
    )


def _measure(holder: _Element | None, name: str, usual: int) -> int:
    """A measure in twentieths of a point; the usual one where it is none."""
    value = "" if holder is None else holder.get(w(name), "")
    return min(int(value), 31680) if re.fullmatch(r"\d{1,6}", value) else usual


def _merge_styles(copy: WorkingCopy, language: Language) -> dict[str, str]:
    """Add the styles that the template lacks; by our identifiers, those that it has."""
    from lxml import etree

    ours = etree.fromstring(styles_markup(language).encode())
    part = copy.related(copy.main, "styles")
    if part is None:
        part = copy.free_name("word/styles{}.xml")
        copy.add(part, styles_markup(language), f"{RELATION}styles", _STYLES, source=copy.main)
        return {}
    theirs = copy.edit(part)
    named = {
        (style.get(w("type")), _name(style)): style.get(w("styleId"), "")
        for style in theirs.iterchildren(w("style"))
    }
    defaults = {
        style.get(w("type")): style.get(w("styleId"), "")
        for style in theirs.iterchildren(w("style"))
        if style.get(w("default")) in {"1", "true", "on"}
    }
    known: dict[str, str] = {}
    missing = []
    for style in ours.iterchildren(w("style")):
        kind = style.get(w("type"))
        found = named.get((kind, _name(style)))
        if found is None and style.get(w("default")) is not None:
            found = defaults.get(kind)
        if found is None:
            missing.append(style)
        else:
            known[style.get(w("styleId"), "")] = found
    for style in missing:
        for use in style.iterchildren(w("basedOn"), w("next")):
            use.set(w("val"), known.get(use.get(w("val"), ""), use.get(w("val"), "")))
        theirs.append(style)
    _mark_language(theirs, language)
    return known


def _mark_language(styles: _Element, language: Language) -> None:
    """Say in which language the text is, to whatever reads it aloud or checks its spelling."""
    from lxml import etree

    place = styles
    for name in ("docDefaults", "rPrDefault", "rPr"):
        found = place.find(w(name))
        if found is None:
            found = etree.Element(w(name))
            place.insert(0, found)  # each comes first where it stands
        place = found
    if place.find(w("lang")) is None:
        place.append(etree.Element(w("lang")))
    for named in styles.iter(w("lang")):
        named.set(w("val"), tag_of(language))


def _name(style: _Element) -> str:
    name = style.find(w("name"))
    return "" if name is None else name.get(w("val"), "").casefold()


def _replace_body(copy: WorkingCopy, body: str) -> None:
    from lxml import etree

    target = next(copy.edit(copy.main).iterchildren(w("body")))
    for child in list(target):
        target.remove(child)
    target.extend(list(etree.fromstring(f"<w:body {NAMESPACES}>{body}</w:body>".encode())))
    used = {
        value
        for layout in target.iter(w("headerReference"), w("footerReference"))
        if (value := layout.get(r("id")))
    }
    copy.keep_references(copy.main, _OF_EVERY_TEXT, used)
    copy.keep_references("", _OF_EVERY_FILE)
    for kind in ("footnotes", "endnotes"):
        part = copy.related(copy.main, kind)
        if part is not None:
            notes = copy.edit(part)
            for note in list(notes):
                if note.get(w("type"), "normal") == "normal":  # others are the lines above notes
                    notes.remove(note)


def _open_for_writing(copy: WorkingCopy) -> None:
    """Take out the settings that hinder writing, or tie the document to another file."""
    part = copy.related(copy.main, "settings")
    if part is not None:
        settings = copy.edit(part)
        for hindering in settings.findall("{*}*"):
            if hindering.tag in _HINDERING:
                settings.remove(hindering)
        copy.keep_references(part, (), {one.get(r("id"), "") for one in settings.iter("{*}*")})


def _protect(copy: WorkingCopy) -> None:
    part = copy.related(copy.main, "settings")
    if part is None:
        part = copy.free_name("word/settings{}.xml")
        markup = f"<w:settings {NAMESPACES}/>"
        copy.add(part, markup, f"{RELATION}settings", _SETTINGS, source=copy.main)
    settings = copy.edit(part)
    place = sum(child.tag in _BEFORE_PROTECTION for child in settings)
    settings.insert(place, element(PROTECTION))


def _declare_document(copy: WorkingCopy) -> None:
    """A template (.dotx) becomes a document."""
    if copy.package.format is not PackageFormat.DOTX:
        return
    for entry in copy.edit("[Content_Types].xml"):
        if entry.get("PartName", "").lstrip("/").casefold() == copy.main.casefold():
            entry.set("ContentType", _DOCUMENT)
