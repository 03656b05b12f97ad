"""The watermark on copies that are no longer in force.

It is the kind of drawing that Word itself makes, under the name by which
Word's own command for removing watermarks finds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from qms.text import Language, Text, same_words
from qms.word.parts import element, w

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["WATERMARK", "clear_watermark", "has_watermark", "watermark_run"]

#: The words across the page.
WATERMARK = Text(en="OBSOLETE", vi="HẾT HIỆU LỰC")

_WORDS = frozenset({same_words(WATERMARK.en), same_words(WATERMARK.vi)})
_TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"
_DRAWN_WORDS = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_FORMULAS = [
    "sum #0 0 10800",
    "prod #0 2 1",
    "sum 21600 0 @1",
    "sum 0 0 @2",
    "sum 21600 0 @3",
    "if @0 @3 0",
    "if @0 21600 @1",
    "if @0 0 @2",
    "if @0 @4 21600",
    "mid @5 @6",
    "mid @8 @5",
    "mid @7 @8",
    "mid @6 @7",
    "sum @6 0 @5",
]
#: Width and height in points, such that the letters keep their shape.
_SIZES = {Language.ENGLISH: (410, 62), Language.VIETNAMESE: (480, 96)}


def watermark_run(language: Language, number: int) -> _Element:
    """A run that draws the watermark behind the text; the number makes its name unique."""
    words = WATERMARK.in_(language)
    width, height = _SIZES[language]
    formulas = "".join(f'<v:f eqn="{formula}"/>' for formula in _FORMULAS)
    style = (
        f"position:absolute;margin-left:0;margin-top:0;width:{width}pt;"
        f"height:{height}pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        "mso-position-vertical-relative:margin"
    )
    return element(
        "<w:r><w:rPr><w:noProof/></w:rPr><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e">'
        f"<v:formulas>{formulas}</v:formulas>"
        '<v:path textpathok="t" o:connecttype="custom" '
        'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}" '
        f'type="#_x0000_t136" alt="qms-watermark" style="{style}" o:allowincell="f" '
        'fillcolor="#c00000" stroked="f"><v:fill opacity=".35"/>'
        '<v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:1pt;'
        f'font-weight:bold" string={quoteattr(words)}/></v:shape></w:pict></w:r>'
    )


def has_watermark(header: _Element) -> bool:
    """Whether the words stand across the pages of a header, whoever drew them."""
    return any(_says_so(run) for run in header.iter(w("r")))


def clear_watermark(header: _Element) -> None:
    """Take the words off the pages of a header, whoever drew them."""
    for parent in list(header.iter("{*}*")):
        for run in parent.findall(w("r")):
            if _says_so(run):
                parent.remove(run)


def _says_so(run: _Element) -> bool:
    texts = [path.get("string", "") for path in run.iter(_TEXT_PATH)]
    texts += [
        "".join(part.text or "" for part in shape.iter(_DRAWN_WORDS, w("t")))
        for shape in run.iter(w("drawing"))
    ]
    return any(same_words(text) in _WORDS for text in texts)
