"""The one door through which Word and OpenDocument text files come in.

``open_guarded`` reads a file once, looks for everything by which a file can
harm its reader (bombs, entities, ambiguous names, endless chains), and hands
the members on from memory.  What does not pass is refused with a reason that
people can act on; what passes but deserves care comes with cautions.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
import stat
from enum import StrEnum
from io import BytesIO
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote

from attrs import field, frozen

from qms.word.archive import FILE_LIMIT, Member, members_of, pieces_of
from qms.word.refusal import Caution, CautionKind, Refusal, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from docx.document import Document
    from lxml.etree import _Element

__all__ = [
    "Caution",
    "CautionKind",
    "GuardedPackage",
    "PackageFormat",
    "Refusal",
    "Refused",
    "Relationship",
    "Source",
    "open_guarded",
]

#: How many tags and attributes all XML members together may have.
MARKUP_LIMIT = 1_000_000
#: How many more attributes there may be than belong to so many tags; text holds signs of
#: equality, too, but not that many.
ATTRIBUTES_A_TAG, ATTRIBUTES_BESIDE = 16, 100_000
#: How many namespaces may be declared; each picture and each formula declares a few.
NAMESPACE_LIMIT = 60_000
#: How many comments and processing instructions there may be; Word writes none.
NOTE_LIMIT = 50_000
#: The longest text without a tag, in bytes: what parsers of XML bear.
TEXT_LIMIT = 10_000_000
#: The largest sum of the content types and the references between parts, in bytes.
INDEX_LIMIT = 4 * 2**20
#: How many parts may refer to each other in a row.
CHAIN_LIMIT = 64

#: A path, the bytes of a file, or a file that has passed the guard already.
Source: TypeAlias = "str | os.PathLike[str] | bytes | GuardedPackage"


class PackageFormat(StrEnum):
    """What kind of text file a package is."""

    DOCX = "docx"
    DOCM = "docm"
    DOTX = "dotx"
    DOTM = "dotm"
    ODT = "odt"
    OTT = "ott"


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MACRO = "application/vnd.ms-word."
_FORMATS = {
    f"{_WORD}document.main+xml": PackageFormat.DOCX,
    f"{_WORD}template.main+xml": PackageFormat.DOTX,
    f"{_MACRO}document.macroEnabled.main+xml": PackageFormat.DOCM,
    f"{_MACRO}template.macroEnabledTemplate.main+xml": PackageFormat.DOTM,
}
_ODF_FORMATS = {
    b"application/vnd.oasis.opendocument.text": PackageFormat.ODT,
    b"application/vnd.oasis.opendocument.text-template": PackageFormat.OTT,
}
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_TYPES = "[Content_Types].xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_DECLARED = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([\w.:-]+)")
_BYTE_ENCODINGS = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_HEAD = 1024
_FETCHING = re.compile(r"\b(DDEAUTO|DDE)\b|\b(INCLUDETEXT|INCLUDEPICTURE)\b", re.IGNORECASE)


@frozen(kw_only=True)
class Relationship:
    """A reference from one part to another, or to something outside the file.

    Attributes:
        target: the full name of the part, or for an external reference the address as written.
    """

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type, such as ``header`` or ``attachedTemplate``."""
        return self.type.rpartition("/")[2]


@frozen(kw_only=True, eq=False)
class GuardedPackage:
    """A file that passed the guard: its members, from memory, and what to be careful about.

    Attributes:
        data: the bytes of the file, exactly as they were read.
        file: the name of the file as the caller gave it, or None for bytes.
        format: what kind of text file it is.
        main: the name of the member that holds the text.
        cautions: what a careful reader wants to know.
    """

    data: bytes = field(repr=False)
    file: str | None
    format: PackageFormat
    main: str
    cautions: tuple[Caution, ...]
    _members: Mapping[str, Member] = field(repr=False)
    _types: Mapping[str, str] = field(repr=False)
    _relations: Mapping[str, tuple[Relationship, ...]] = field(repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members, in the order of the file."""
        return tuple(self._members)

    @property
    def sha256(self) -> str:
        """The SHA-256 of the file, in hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of a member.

        Raises:
            KeyError: there is no member of this name.
        """
        return b"".join(pieces_of(self.data, self._members[name]))

    def xml(self, name: str) -> _Element:
        """The root element of a member, freshly parsed: the caller may change it.

        Raises:
            KeyError: there is no member of this name.
            Refused: the member is not well-formed, nested too deeply, or hides something
                behind a content type that is not one of XML.
        """
        try:
            _scan(name, pieces_of(self.data, self._members[name]), _Markup())
            return _parse(name, self.read(name))
        except Refused as error:
            error.file = self.file
            raise

    def content_type(self, name: str) -> str:
        """The content type of a member, or an empty string where none is declared."""
        return self._types.get(name, "")

    def relationships(self, name: str) -> tuple[Relationship, ...]:
        """What a part refers to; the empty name stands for the package itself."""
        return self._relations.get(name, ())

    def document(self) -> Document:
        """The file as a python-docx document.

        Raises:
            Refused: it is not a Word document, or python-docx cannot read it.
        """
        import docx
        from docx.opc.exceptions import OpcError
        from lxml.etree import LxmlError

        if self.format is not PackageFormat.DOCX:
            raise Refused(Refusal.NOT_DOCX, file=self.file)
        try:
            return docx.Document(BytesIO(self.data))
        except (LxmlError, OpcError, KeyError, ValueError) as error:
            raise Refused(Refusal.DAMAGED, file=self.file, where=self.main) from error


def open_guarded(source: Source) -> GuardedPackage:
    """Open a Word or OpenDocument text file, if it is safe to open.

    A package that passed already is handed back as it is.

    Raises:
        Refused: with the reason, for every file that is not what it should be.
    """
    if isinstance(source, GuardedPackage):
        return source
    file = None if isinstance(source, bytes) else os.fspath(source)
    try:
        data = source if isinstance(source, bytes) else _bytes_of(Path(source))
        return _guarded(data, file)
    except Refused as refused:
        refused.file = file
        raise


def _bytes_of(path: Path) -> bytes:
    """The bytes of a regular file of a bearable size; a pipe or a device is not waited for."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Refused(Refusal.NOT_A_FILE)
        with path.open("rb") as file:
            data = file.read(FILE_LIMIT + 1) if _is_bearable(file.fileno()) else b""
    except FileNotFoundError as error:
        raise Refused(Refusal.NOT_FOUND) from error
    except (OSError, ValueError) as error:
        raise Refused(Refusal.UNREADABLE) from error
    return data


def _is_bearable(number: int) -> bool:
    if os.fstat(number).st_size > FILE_LIMIT:
        raise Refused(Refusal.TOO_LARGE, limit=FILE_LIMIT // 2**20)
    return True


def _guarded(data: bytes, file: str | None) -> GuardedPackage:
    _check_beginning(data)
    members = {member.name: member for member in members_of(data)}
    read = _Reader(data, members)
    if _TYPES in members:
        return _guarded_word(read, file)
    if "mimetype" in members and "content.xml" in members:
        return _guarded_odf(read, file)
    raise Refused(Refusal.NOT_WORD)


def _check_beginning(data: bytes) -> None:
    if len(data) > FILE_LIMIT:
        raise Refused(Refusal.TOO_LARGE, limit=FILE_LIMIT // 2**20)
    if not data:
        raise Refused(Refusal.EMPTY)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refused(Refusal.PASSWORD)
        if "WordDocument".encode("utf-16-le") in data:
            raise Refused(Refusal.OLD_WORD)
    if not data.startswith(b"PK\x03\x04"):
        raise Refused(Refusal.NOT_WORD)


@frozen
class _Reader:
    """The members on their way through the guard."""

    data: bytes
    members: Mapping[str, Member]

    def pieces(self, name: str) -> Iterator[bytes]:
        return pieces_of(self.data, self.members[name])

    def scanned(self, name: str) -> bytes:
        """The bytes of one XML member, scanned before anything parses them."""
        _scan(name, self.pieces(name), _Markup())
        return b"".join(self.pieces(name))

    def check(self, xml: tuple[str, ...]) -> None:
        """Scan the XML members, then see that the others are what they claim to be."""
        markup = _Markup()
        for name in xml:
            _scan(name, self.pieces(name), markup)
        for name in self.members.keys() - set(xml):
            for _ in self.pieces(name):
                pass

    def limit(self, names: Iterable[str]) -> None:
        """See that the members which say how the others hang together are short."""
        total = sum(self.members[name].size for name in names)
        if total > INDEX_LIMIT:
            raise Refused(Refusal.EXPANDS_TOO_MUCH, where="rels", size=total // 2**20)


class _Markup:
    """What was seen of tags, attributes, comments and text, member after member."""

    def __init__(self) -> None:
        self.tags = 0
        self.attributes = 0
        self.namespaces = 0
        self.notes = 0
        self.text = 0

    def add(self, name: str, piece: bytes) -> None:
        """Count what is in a piece of a member.

        Raises:
            Refused: no reader could bear so much.
        """
        self.tags += piece.count(b"<")
        self.attributes += piece.count(b"=")
        self.namespaces += piece.count(b"xmlns")
        self.notes += piece.count(b"<!--") + piece.count(b"<?")
        if self.notes > NOTE_LIMIT:
            raise Refused(Refusal.TOO_MANY_NOTES, where=name, limit=NOTE_LIMIT)
        attributes = ATTRIBUTES_BESIDE + ATTRIBUTES_A_TAG * self.tags
        if self.attributes > attributes or self.namespaces > NAMESPACE_LIMIT:
            raise Refused(Refusal.TOO_MANY_ATTRIBUTES, where=name)
        if self.tags + self.attributes > MARKUP_LIMIT:
            raise Refused(Refusal.TOO_MANY_ELEMENTS, limit=MARKUP_LIMIT)
        first = piece.find(b"<")
        longest = self.text + (len(piece) if first < 0 else first)
        self.text = longest if first < 0 else len(piece) - piece.rfind(b"<")
        if longest > TEXT_LIMIT:
            raise Refused(Refusal.TOO_LONG, where=name, limit=TEXT_LIMIT // 10**6)


def _scan(name: str, pieces: Iterator[bytes], markup: _Markup) -> None:
    """Look through an XML member without parsing it."""
    head = b""
    while len(head) < _HEAD and (piece := next(pieces, b"")):
        head += piece
    wide = _check_encoding(name, head)
    tail = b""
    for piece in chain((head,), pieces):
        plain = piece.replace(b"\0", b"") if wide else piece
        window = tail + plain
        if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
            raise Refused(Refusal.DOCTYPE, where=name)
        markup.add(name, plain)
        tail = window[-len(b"<!DOCTYP") :]


def _check_encoding(name: str, head: bytes) -> bool:
    """Whether a member is in UTF-16; only that and UTF-8 are let in.

    In any other encoding a document type could hide from the scan.
    """
    wide = head[:2] in {b"\xff\xfe", b"\xfe\xff"} and b"\0\0" not in head[:4]
    plain = head[2:].replace(b"\0", b"") if wide else head.removeprefix(b"\xef\xbb\xbf")
    declared = _DECLARED.match(plain)
    allowed = {b"utf-16"} if wide else _BYTE_ENCODINGS
    if (
        plain[:1] not in {b"<", b" ", b"\t", b"\r", b"\n", b""}
        or b"\0" in plain[:4]
        or (plain.startswith(b"<?xml") and b"?>" not in plain[:_HEAD])
        or (declared and declared[1].lower() not in allowed)
    ):
        raise Refused(Refusal.ENCODING, where=name)
    return wide


def _parse(name: str, data: bytes) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        deep = "depth" in str(error).lower()
        raise Refused(Refusal.TOO_DEEP if deep else Refusal.DAMAGED, where=name) from error


# Word files


def _guarded_word(read: _Reader, file: str | None) -> GuardedPackage:
    read.limit(n for n in read.members if n == _TYPES or n.endswith(".rels"))
    types = _content_types(read)
    xml = tuple(name for name in read.members if _is_xml(name, types[name]))
    read.check(xml)
    relations = _relations(read)
    main = _main_part(relations, read.members)
    _check_chains(relations)
    form = _FORMATS.get(types.get(main, ""))
    if form is None:
        raise Refused(Refusal.NOT_WORD)
    _check_template(relations)
    cautions = chain(_outside(relations), _active(types, relations), _fields(read, main, xml))
    return GuardedPackage(
        data=read.data,
        file=file,
        format=form,
        main=main,
        cautions=tuple(dict.fromkeys(cautions)),
        members=MappingProxyType(dict(read.members)),
        types=types,
        relations=relations,
    )


def _content_types(read: _Reader) -> Mapping[str, str]:
    """The content type of each member, by its own name or else by its ending."""
    by_ending: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for entry in _parse(_TYPES, read.scanned(_TYPES)).iterchildren("{*}*"):
        kind = entry.get("ContentType", "")
        by_name[entry.get("PartName", "").lstrip("/").casefold()] = kind
        if ending := entry.get("Extension"):
            by_ending[ending.casefold()] = kind
    return MappingProxyType(
        {
            name: by_name.get(name.casefold())
            or by_ending.get(name.rpartition(".")[2].casefold(), "")
            for name in read.members
        }
    )


def _is_xml(name: str, kind: str) -> bool:
    """Whether some reader may parse a member; drawings in SVG are pictures, not parts."""
    if kind == "image/svg+xml":
        return False
    return kind.casefold().endswith(("+xml", "/xml")) or name.casefold().endswith(
        (".xml", ".rels", ".vml")
    )


def _relations(read: _Reader) -> Mapping[str, tuple[Relationship, ...]]:
    """What each part refers to."""
    found: dict[str, tuple[Relationship, ...]] = {}
    for name in read.members:
        folder, _, base = name.rpartition("/")
        if base.endswith(".rels") and (folder == "_rels" or folder.endswith("/_rels")):
            home = folder.removesuffix("_rels")
            root = _parse(name, b"".join(read.pieces(name)))
            found[home + base.removesuffix(".rels")] = tuple(
                _relation(name, home, entry) for entry in root.iterchildren("{*}*")
            )
    return MappingProxyType(found)


def _relation(name: str, home: str, entry: _Element) -> Relationship:
    target = entry.get("Target", "")
    external = entry.get("TargetMode") == "External"
    if not external:
        full = posixpath.normpath(posixpath.join("/", home, target)) if target else home
        if "\\" in target or _climbs_out(home, target):
            raise Refused(Refusal.UNSAFE_TARGET, where=name, target=target[:80])
        target = full.lstrip("/")
    return Relationship(
        id=entry.get("Id", ""), type=entry.get("Type", ""), target=target, external=external
    )


def _climbs_out(home: str, target: str) -> bool:
    base = "" if target.startswith("/") else home
    return posixpath.normpath(posixpath.join(base, target.lstrip("/"))).startswith("..")


def _main_part(
    relations: Mapping[str, tuple[Relationship, ...]], members: Mapping[str, Member]
) -> str:
    roots = relations.get("", ())
    if any(root.type == f"{_STRICT}officeDocument" for root in roots):
        raise Refused(Refusal.STRICT)
    mains = [root.target for root in roots if root.type == f"{_RELATION}officeDocument"]
    if len(mains) != 1 or mains[0] not in members:
        raise Refused(Refusal.NOT_WORD)
    return mains[0]


def _check_chains(relations: Mapping[str, tuple[Relationship, ...]]) -> None:
    """Follow the references depth first, as readers do that call themselves for each part."""
    seen = {""}
    stack = [iter(relations.get("", ()))]
    while stack:
        if len(stack) > CHAIN_LIMIT:
            raise Refused(Refusal.CHAIN, limit=CHAIN_LIMIT)
        for step in stack[-1]:
            if not step.external and step.target not in seen:
                seen.add(step.target)
                stack.append(iter(relations.get(step.target, ())))
                break
        else:
            stack.pop()


def _check_template(relations: Mapping[str, tuple[Relationship, ...]]) -> None:
    """See that no template is fetched from another machine when the file is opened."""
    for step in chain.from_iterable(relations.values()):
        if step.external and step.kind == "attachedTemplate" and _is_far(step.target):
            raise Refused(Refusal.REMOTE_TEMPLATE, target=step.target[:80])


def _is_far(target: str) -> bool:
    """Whether a target is on another machine; a path or a file URL of this one is not."""
    place = unquote(target).strip().replace("\\", "/")
    scheme, colon, rest = place.partition(":")
    if colon and scheme.casefold() == "file":
        host, _, path = rest.removeprefix("//").partition("/")
        is_here = host.casefold() in {"", "localhost"} or host.endswith(":")
        return rest.startswith("//") and (not is_here or path.startswith("/"))
    return place.startswith("//") or bool(colon and len(scheme) > 1)


def _outside(relations: Mapping[str, tuple[Relationship, ...]]) -> Iterator[Caution]:
    for step in chain.from_iterable(relations.values()):
        if step.external and step.kind == "attachedTemplate":
            yield Caution(CautionKind.EXTERNAL_TEMPLATE, step.target)
        elif step.external and step.kind != "hyperlink":
            yield Caution(CautionKind.EXTERNAL_CONTENT, step.target)


def _active(
    types: Mapping[str, str], relations: Mapping[str, tuple[Relationship, ...]]
) -> Iterator[Caution]:
    for name, kind in types.items():
        words = f"{name} {kind}".casefold()
        if any(mark in words for mark in ("vbaproject", "macroenabled", "activex")):
            yield Caution(CautionKind.MACROS, name)
        if name.startswith("_xmlsignatures/"):
            yield Caution(CautionKind.SIGNATURE, name)
    for step in relations.get("", ()):
        if "digital-signature" in step.type:
            yield Caution(CautionKind.SIGNATURE, step.target)


def _fields(read: _Reader, main: str, xml: tuple[str, ...]) -> Iterator[Caution]:
    """Fields that start programs or fetch content; the main part is parsed in any case."""
    for name in xml:
        data = b"".join(read.pieces(name)) if name == main or name.startswith("word/") else b""
        if name != main and b"instr" not in data.replace(b"\0", b""):
            continue
        root = _parse(name, data)
        if name == main and (root.tag != f"{_W}document" or root.find(f"{_W}body") is None):
            raise Refused(Refusal.NOT_WORD)
        # An instruction may be spread over runs, so the pieces are read as one.
        spread = "".join(element.text or "" for element in root.iter(f"{_W}instrText"))
        simple = " ".join(element.get(f"{_W}instr", "") for element in root.iter(f"{_W}fldSimple"))
        yield from _fetching(f"{spread} {simple}")


def _fetching(words: str) -> Iterator[Caution]:
    for found in _FETCHING.finditer(words):
        kind = CautionKind.DDE if found[1] else CautionKind.EXTERNAL_CONTENT
        yield Caution(kind, " ".join(words[found.start() : found.start() + 60].split()))


# OpenDocument files


def _guarded_odf(read: _Reader, file: str | None) -> GuardedPackage:
    form = _ODF_FORMATS.get(b"".join(read.pieces("mimetype")).strip())
    if form is None:
        raise Refused(Refusal.NOT_WORD)
    manifest = "META-INF/manifest.xml"
    if manifest in read.members and b"encryption-data" in read.scanned(manifest):
        raise Refused(Refusal.PASSWORD)
    read.check(tuple(n for n in read.members if n.casefold().endswith((".xml", ".rdf"))))
    content = _parse("content.xml", b"".join(read.pieces("content.xml")))
    return GuardedPackage(
        data=read.data,
        file=file,
        format=form,
        main="content.xml",
        cautions=tuple(dict.fromkeys(_odf_cautions(read.members, content))),
        members=MappingProxyType(dict(read.members)),
        types=MappingProxyType({}),
        relations=MappingProxyType({}),
    )


def _odf_cautions(members: Mapping[str, Member], content: _Element) -> Iterator[Caution]:
    for name in members:
        if name.startswith(("Basic/", "Scripts/")):
            yield Caution(CautionKind.MACROS, name.partition("/")[0])
        if name in {"META-INF/documentsignatures.xml", "META-INF/macrosignatures.xml"}:
            yield Caution(CautionKind.SIGNATURE, name)
    for element in content.iter("{*}*"):
        words = str(element.tag).rpartition("}")[2]
        target = element.get(_XLINK, "")
        if words in {"dde-source", "dde-connection-decl"}:
            yield Caution(CautionKind.DDE, words)
        elif words in {"image", "section-source", "object"} and "://" in target:
            yield Caution(CautionKind.EXTERNAL_CONTENT, target)
