"""Files by which somebody might harm or mislead a reader, each made in memory.

Every entry is a name, a maker of the bytes, and the reason for which the file is refused.
"""

from __future__ import annotations

import random
import struct
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from word_samples import members, plain, rebuilt

from qms.word.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

DOCUMENT = "word/document.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_parts(**parts: bytes | None) -> bytes:
    """An ordinary file with some members replaced, added, or (None) left out."""
    files: dict[str, bytes | None] = {**members(plain()), **parts}
    return rebuilt({name: data for name, data in files.items() if data is not None})


def with_document(content: str, encoding: str = "utf-8") -> bytes:
    return with_parts(**{DOCUMENT: content.encode(encoding)})


def document(body: str, before: str = "") -> str:
    return f"{_HEAD}{before}<w:document {W}><w:body>{body}</w:body></w:document>"


def relations(*entries: str) -> bytes:
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(entries)}</Relationships>'.encode()


def relation(key: str, kind: str, target: str, mode: str = "") -> str:
    return f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'


def element_bomb() -> bytes:
    """Too many elements, loosely enough packed that no ratio gives them away."""
    filling = random.Random(1)  # noqa: S311 - noise, not a secret
    return with_document(
        document("".join(f"{'<w:p/>' * 50}{filling.getrandbits(64):x}" for _ in range(20_000)))
    )


def attribute_bomb() -> bytes:
    many = " ".join(f'w:a{number}=""' for number in range(800_000))
    return with_document(document(f"<w:p {many}/>" * 2))


def comment_bomb() -> bytes:
    return with_document(document("", f"<!--{'x' * (65 * 2**20)}-->"))


def _noise(words: int, before: str, after: str) -> str:
    """Many small pieces that hardly become smaller, so that no ratio gives them away."""
    filling = random.Random(1)  # noqa: S311 - noise, not a secret
    return "".join(f"{before}{filling.getrandbits(64):x}{after}" for _ in range(words))


def declaration_bomb() -> bytes:
    return with_document(document(_noise(70_000, '<w:p xmlns:a="', '"/>')))


def name_bomb() -> bytes:
    return with_document(document(f"<w:p {_noise(200_000, ' xmlns:n', '=' + repr('u'))}/>"))


def comments_bomb() -> bytes:
    return with_document(document(_noise(60_000, "<!--", "-->")))


def instruction_bomb() -> bytes:
    content = document(_noise(60_000, "<?a ", "?>")).replace("UTF-8", "UTF-16")
    return with_document(content, "utf-16")


def one_text() -> bytes:
    return with_document(document(f"<w:p><w:r><w:t>{_noise(700_000, '', '')}</w:t></w:r></w:p>"))


def with_template(target: str) -> bytes:
    entry = relation("rId1", "attachedTemplate", target, ' TargetMode="External"')
    return with_parts(**{"word/_rels/settings.xml.rels": relations(entry)})


def remote_template() -> bytes:
    return with_template("https://example.com/a.dotm")


def picture_bomb() -> bytes:
    return with_parts(**{"word/media/image1.png": bytes(40 * 2**20)})


def loose(size: int) -> bytes:
    """Bytes that become a hundred times smaller, and no ratio gives away."""
    noise = random.Random(1)  # noqa: S311 - noise, not a secret
    return b"".join(noise.randbytes(100) + bytes(14_900) for _ in range(size // 15_000))


def many_bombs() -> bytes:
    return with_parts(**{f"word/media/image{n}.png": loose(20 * 2**20) for n in range(6)})


def false_at_the_end_of_much() -> bytes:
    """As much as is let in, and wrong only at its very end."""
    images = {f"word/media/image{n}.png": loose(40 * 2**20) for n in range(2)}
    data = with_parts(**images, **{"word/media/last.png": b"x" * 100})
    check = struct.pack("<L", 17)
    return patched(data, "word/media/last.png", {14: check}, {16: check})


def billion_laughs() -> bytes:
    entities = '<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    words = "<w:p><w:r><w:t>&i;</w:t></w:r></w:p>"
    return with_document(document(words, f"<!DOCTYPE w:document [{entities}]>"))


def hidden_words() -> bytes:
    """Some readers show the entity, others lose it: 'Result: ' and nothing behind."""
    doctype = '<!DOCTYPE w:document [<!ENTITY nc "Major nonconformity">]>'
    return with_document(document("<w:p><w:r><w:t>Result: &nc;</w:t></w:r></w:p>", doctype))


def external_entity() -> bytes:
    doctype = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    return with_document(document("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", doctype))


def doctype_far_behind() -> bytes:
    """A document type that lies across the border of two pieces of reading."""
    filling = "x" * (128 * 1024 - len(_HEAD) - len("<!---->") - 4)
    return with_document(document("", f"<!--{filling}--><!DOCTYPE w:document>"))


def doctype_in_utf16() -> bytes:
    text = document("<w:p/>", "<!DOCTYPE w:document []>").replace("UTF-8", "UTF-16")
    return with_parts(**{DOCUMENT: text.encode("utf-16")})


def doctype_in_relations() -> bytes:
    name = "word/_rels/document.xml.rels"
    old = members(plain())[name].decode()
    return with_parts(
        **{name: old.replace("<Relationships", "<!DOCTYPE x []><Relationships").encode()}
    )


def doctype_in_types() -> bytes:
    name = "[Content_Types].xml"
    old = members(plain())[name].decode()
    return with_parts(**{name: old.replace("<Types", "<!DOCTYPE x []><Types").encode()})


def utf16_without_mark() -> bytes:
    return with_parts(**{DOCUMENT: document("<w:p/>").encode("utf-16-le")})


def utf32() -> bytes:
    return with_parts(**{DOCUMENT: document("<w:p/>").encode("utf-32")})


def utf7() -> bytes:
    return with_document(document("<w:p/>").replace("UTF-8", "UTF-7"))


def ebcdic() -> bytes:
    return with_document(document("<w:p/>").replace("UTF-8", "cp037"), "cp037")


def late_declaration() -> bytes:
    text = document("<w:p/>").replace("<?xml ", "<?xml " + " " * 2000)
    return with_document(text)


def not_closed() -> bytes:
    return with_document(document("<w:p>"))


def nested() -> bytes:
    return with_document(document("<w:sdt>" * 1200 + "</w:sdt>" * 1200))


def many_parts() -> bytes:
    return with_parts(**{f"word/media/{number}.png": b"" for number in range(20_000)})


def part_chain() -> bytes:
    """Three hundred headers, each of which refers to the next."""
    parts: dict[str, bytes | None] = {}
    for number in range(300):
        parts[f"word/header{number}.xml"] = f"<w:hdr {W}/>".encode()
        step = relation("rId1", "header", f"header{number + 1}.xml")
        parts[f"word/_rels/header{number}.xml.rels"] = relations(step)
    name = "word/_rels/document.xml.rels"
    parts[name] = relations(relation("rId1", "header", "header0.xml"))
    return with_parts(**parts)


def many_relations() -> bytes:
    return with_parts(**{"word/_rels/document.xml.rels": relations(loose(5 * 2**20).hex())})


def climbing_name() -> bytes:
    return with_parts(**{"../../evil.txt": b"x"})


def absolute_name() -> bytes:
    return with_parts(**{"/etc/evil.txt": b"x"})


def backslash_name() -> bytes:
    return with_parts(**{"word\\document.xml": b"x"})


def control_name() -> bytes:
    return with_parts(**{"word/a\tb.xml": b"<a/>"})


def duplicate_name() -> bytes:
    """Two members of one name: some readers take the first, others the second."""
    data = with_parts(**{"word/documenu.xml": document("<w:p/>").encode()})
    return data.replace(b"word/documenu.xml", b"word/document.xml")


def climbing_target() -> bytes:
    step = relation("rId1", "image", "../../../evil.png")
    return with_parts(**{"word/_rels/document.xml.rels": relations(step)})


def absolute_climbing_target() -> bytes:
    step = relation("rId1", "image", "/../evil.png")
    return with_parts(**{"word/_rels/document.xml.rels": relations(step)})


def patched(data: bytes, name: str, local: dict[int, bytes], table: dict[int, bytes]) -> bytes:
    """A file in which fields of one member's two headings are overwritten."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        at = archive.getinfo(name).header_offset
    raw = name.encode()
    listed = data.rindex(raw) - 46
    changed = bytearray(data)
    for base, fields in ((at, local), (listed, table)):
        for offset, value in fields.items():
            changed[base + offset : base + offset + len(value)] = value
    return bytes(changed)


def encrypted_member() -> bytes:
    return patched(plain(), DOCUMENT, {6: b"\x01\x00"}, {8: b"\x01\x00"})


def strange_compression() -> bytes:
    return patched(plain(), DOCUMENT, {8: b"\x63\x00"}, {10: b"\x63\x00"})


def unlike_compression() -> bytes:
    return patched(plain(), DOCUMENT, {8: b"\x00\x00"}, {})


def other_name_inside() -> bytes:
    return patched(plain(), DOCUMENT, {30: b"word/documenu.xml"}, {})


def not_at_its_place() -> bytes:
    return patched(plain(), DOCUMENT, {}, {42: struct.pack("<L", 5)})


def beyond_the_end() -> bytes:
    data = plain()
    return patched(data, DOCUMENT, {}, {42: struct.pack("<L", len(data) - 10)})


def small_claim() -> bytes:
    """A member that says it has 100 bytes, and becomes 40 MB."""
    data = with_parts(**{"word/media/image1.png": bytes(2**20)})
    size = {22: struct.pack("<L", 100)}
    return patched(data, "word/media/image1.png", size, {24: struct.pack("<L", 100)})


def two_claims() -> bytes:
    return patched(plain(), DOCUMENT, {22: struct.pack("<L", 1)}, {})


def large_claim() -> bytes:
    size = struct.pack("<L", 10_000)
    return patched(plain(), "docProps/app.xml", {22: size}, {24: size})


def wrong_checksum() -> bytes:
    check = struct.pack("<L", zlib.crc32(b"something else"))
    return patched(plain(), DOCUMENT, {14: check}, {16: check})


def ends_early() -> bytes:
    """The compressed bytes of a member stop before their end."""
    data = plain()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        packed = struct.pack("<L", archive.getinfo(DOCUMENT).compress_size - 9)
    return patched(data, DOCUMENT, {18: packed}, {20: packed})


def broken_compression() -> bytes:
    return patched(plain(), DOCUMENT, {30 + len(DOCUMENT): b"\xff" * 20}, {})


def overlapping() -> bytes:
    """Two names for the same bytes, as in bombs that quote one member many times."""
    data = plain()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        packed = struct.pack("<L", archive.getinfo("docProps/app.xml").compress_size + 400)
    return patched(data, "docProps/app.xml", {18: packed}, {20: packed})


def truncated() -> bytes:
    return plain()[:-4000]


def cut_in_the_last_record() -> bytes:
    return plain()[:-5]


def cut_comment() -> bytes:
    data = bytearray(plain())
    data[-2:] = struct.pack("<H", 50)
    return bytes(data)


def something_behind() -> bytes:
    return plain() + b"x"


def long_table() -> bytes:
    data = bytearray(plain())
    data[-10:-6] = struct.pack("<L", 2**30)
    return bytes(data)


def broken_table() -> bytes:
    data = plain()
    return data.replace(b"PK\x01\x02", b"PK\x01\x09", 1)


def hidden_many_parts() -> bytes:
    """More members than the last record counts."""
    data = bytearray(with_parts(**{f"a{number}": b"" for number in range(2500)}))
    data[-12:-10] = data[-14:-12] = struct.pack("<H", 17)
    return bytes(data)


def second_name() -> bytes:
    """An extra field that renames a member for those who read it."""
    other = b"word/document.xml"
    info = zipfile.ZipInfo("harmless.bin")
    info.extra = (
        struct.pack("<HHBL", 0x7075, 5 + len(other), 1, zlib.crc32(b"harmless.bin")) + other
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, b"x")
    return out.getvalue()


def ole(*names: str) -> bytes:
    stream = b"".join(name.encode("utf-16-le") for name in names)
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500) + stream + bytes(500)


def spreadsheet() -> bytes:
    return with_parts(
        **{
            "[Content_Types].xml": members(plain())["[Content_Types].xml"].replace(
                b"wordprocessingml.document.main", b"spreadsheetml.sheet.main"
            )
        }
    )


def other_root() -> bytes:
    return with_document(f"{_HEAD}<w:hdr {W}/>")


def no_main_part() -> bytes:
    return with_parts(**{DOCUMENT: None})


def strict() -> bytes:
    name = "_rels/.rels"
    old = members(plain())[name]
    new = old.replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
    )
    return with_parts(**{name: new})


def open_document(**parts: bytes) -> bytes:
    """A small OpenDocument text."""
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    return rebuilt(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": f'<o:document-content xmlns:o="{office}"/>'.encode(),
            "META-INF/manifest.xml": b"<manifest/>",
            **parts,
        }
    )


FILES: tuple[tuple[str, Callable[[], bytes], Refusal], ...] = (
    ("empty file", lambda: b"", Refusal.EMPTY),
    ("password", lambda: ole("EncryptionInfo", "EncryptedPackage"), Refusal.PASSWORD),
    ("Word 97", lambda: ole("WordDocument", "1Table"), Refusal.OLD_WORD),
    ("Excel 97", lambda: ole("Workbook"), Refusal.NOT_WORD),
    ("PDF", lambda: b"%PDF-1.7\n", Refusal.NOT_WORD),
    ("zip of something else", lambda: rebuilt({"a.txt": b"x"}), Refusal.NOT_WORD),
    ("spreadsheet", spreadsheet, Refusal.NOT_WORD),
    ("header as main part", other_root, Refusal.NOT_WORD),
    (
        "document without a body",
        lambda: with_document(f"{_HEAD}<w:document {W}/>"),
        Refusal.NOT_WORD,
    ),
    ("no main part", no_main_part, Refusal.NOT_WORD),
    (
        "OpenDocument drawing",
        lambda: open_document(mimetype=b"application/vnd.oasis.opendocument.graphics"),
        Refusal.NOT_WORD,
    ),
    ("strict Open XML", strict, Refusal.STRICT),
    ("truncated", truncated, Refusal.TRUNCATED),
    ("cut in the last record", cut_in_the_last_record, Refusal.TRUNCATED),
    ("cut comment", cut_comment, Refusal.TRUNCATED),
    ("something behind the end", something_behind, Refusal.DAMAGED),
    ("broken table of contents", broken_table, Refusal.DAMAGED),
    ("long table of contents", long_table, Refusal.TOO_MANY_PARTS),
    ("20 000 parts", many_parts, Refusal.TOO_MANY_PARTS),
    ("more parts than counted", hidden_many_parts, Refusal.TOO_MANY_PARTS),
    ("a million elements", element_bomb, Refusal.TOO_MANY_ELEMENTS),
    ("1.6 million attributes", attribute_bomb, Refusal.TOO_MANY_ATTRIBUTES),
    (
        "a declaration of a name on each of 70,000 elements",
        declaration_bomb,
        Refusal.TOO_MANY_ATTRIBUTES,
    ),
    ("200,000 declarations of names", name_bomb, Refusal.TOO_MANY_ATTRIBUTES),
    ("60,000 comments", comments_bomb, Refusal.TOO_MANY_NOTES),
    ("60,000 processing instructions in UTF-16", instruction_bomb, Refusal.TOO_MANY_NOTES),
    ("11 MB of text without an end", one_text, Refusal.TOO_LONG),
    ("template on another machine", remote_template, Refusal.REMOTE_TEMPLATE),
    ("65 MB of comment", comment_bomb, Refusal.EXPANDS_TOO_MUCH),
    ("40 MB of picture in 40 kB", picture_bomb, Refusal.EXPANDS_TOO_MUCH),
    ("six pictures of 20 MB", many_bombs, Refusal.EXPANDS_TOO_MUCH),
    ("4.5 MB of references", many_relations, Refusal.EXPANDS_TOO_MUCH),
    ("billion laughs", billion_laughs, Refusal.DOCTYPE),
    ("words in an entity", hidden_words, Refusal.DOCTYPE),
    ("external entity", external_entity, Refusal.DOCTYPE),
    ("document type across pieces", doctype_far_behind, Refusal.DOCTYPE),
    ("document type in UTF-16", doctype_in_utf16, Refusal.DOCTYPE),
    ("document type in references", doctype_in_relations, Refusal.DOCTYPE),
    ("document type in content types", doctype_in_types, Refusal.DOCTYPE),
    ("UTF-16 without mark", utf16_without_mark, Refusal.ENCODING),
    ("UTF-32", utf32, Refusal.ENCODING),
    ("UTF-7", utf7, Refusal.ENCODING),
    ("EBCDIC", ebcdic, Refusal.ENCODING),
    ("declaration without end", late_declaration, Refusal.ENCODING),
    ("not well-formed", not_closed, Refusal.DAMAGED),
    ("nested 1200 deep", nested, Refusal.TOO_DEEP),
    ("chain of 300 parts", part_chain, Refusal.CHAIN),
    ("name that climbs out", climbing_name, Refusal.UNSAFE_NAME),
    ("absolute name", absolute_name, Refusal.UNSAFE_NAME),
    ("name with a backslash", backslash_name, Refusal.UNSAFE_NAME),
    ("name with a control character", control_name, Refusal.UNSAFE_NAME),
    ("target that climbs out", climbing_target, Refusal.UNSAFE_TARGET),
    ("absolute target that climbs out", absolute_climbing_target, Refusal.UNSAFE_TARGET),
    (
        "name in other letters' case",
        lambda: with_parts(**{"Word/Document.xml": b"<a/>"}),
        Refusal.DUPLICATE_NAME,
    ),
    ("name twice", duplicate_name, Refusal.DUPLICATE_NAME),
    ("encrypted member", encrypted_member, Refusal.ENCRYPTED_MEMBER),
    ("strange compression", strange_compression, Refusal.COMPRESSION),
    ("two compressions", unlike_compression, Refusal.COMPRESSION),
    ("other name inside", other_name_inside, Refusal.DAMAGED),
    ("heading elsewhere", not_at_its_place, Refusal.DAMAGED),
    ("heading beyond the end", beyond_the_end, Refusal.DAMAGED),
    ("member larger than it says", small_claim, Refusal.FALSE_SIZE),
    ("two sizes", two_claims, Refusal.FALSE_SIZE),
    ("member smaller than it says", large_claim, Refusal.FALSE_SIZE),
    ("wrong checksum", wrong_checksum, Refusal.FALSE_SIZE),
    ("member ends early", ends_early, Refusal.FALSE_SIZE),
    ("broken compression", broken_compression, Refusal.DAMAGED),
    ("false at the end of much", false_at_the_end_of_much, Refusal.FALSE_SIZE),
    ("members over each other", overlapping, Refusal.OVERLAP),
    (
        "encrypted OpenDocument",
        lambda: open_document(**{"META-INF/manifest.xml": b"<m><encryption-data/></m>"}),
        Refusal.PASSWORD,
    ),
    (
        "OpenDocument with a document type",
        lambda: open_document(**{"styles.xml": b"<!DOCTYPE x []><x/>"}),
        Refusal.DOCTYPE,
    ),
)
