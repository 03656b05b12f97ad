"""Characters that no words hold: nobody sees them, and Word and XML cannot take them.

Lines and columns are told by tab, line feed and carriage return; the other control
characters, and the two that stand for nothing, cannot be written in XML 1.0 (section 2.2),
so that neither a Word file nor a JUnit report could say the words.
"""

from __future__ import annotations

import re

__all__ = ["CONTROLS", "INVISIBLE", "WORDS", "holds_controls", "name_of_control"]

#: Control characters, for the inside of a class in a pattern.
CONTROLS = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff"

#: Characters without width, which make two identifiers of what looks like one.
INVISIBLE = r"\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"

#: Words typed by people: at least one character that is not a blank, and no control character.
WORDS = rf"^(?![\s\S]*[{CONTROLS}])[\s\S]*\S"

#: What is seldom written in another way than as a control character; ten times as quick.
_LOOKS_ESCAPED = re.compile(rb"\\(?:[bf]|u00[017]|u[fF]{3})")
#: A control character as it may stand in JSON text, most of them only as an escape.
_ESCAPED = re.compile(
    rb"(?<!\\)(?:\\\\)*\\(?:[bf]|u(?:00(?:0[0-8bcefBCEF]|1[0-9a-fA-F]|7[fF])|[fF]{3}[efEF]))"
)
_RAW = re.compile(rb"\xef\xbf[\xbe\xbf]")


def holds_controls(text: bytes | str) -> bool:
    """Whether JSON text has a control character in its words, as it stands or as an escape.

    Most text has neither a backslash nor one of the two bytes looked for, and is not
    looked at more closely.
    """
    raw = text.encode(errors="surrogatepass") if isinstance(text, str) else text
    if b"\\" in raw and _LOOKS_ESCAPED.search(raw) and _ESCAPED.search(raw):
        return True
    return b"\x7f" in raw or (b"\xef" in raw and _RAW.search(raw) is not None)


def name_of_control(words: str) -> str | None:
    """The first character in words that nobody sees, as ``U+0007``; None where there is none."""
    found = re.search(rf"[{CONTROLS}{INVISIBLE}]", words)
    return None if found is None else f"U+{ord(found[0]):04X}"
