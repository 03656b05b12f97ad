"""The reference of the register: its tables, drawn from the records' own classes.

Run this file to write ``docs/register.md`` and ``docs/vi/register.md`` anew.  The prose of
the pages is written by hand; what stands between two markers is replaced.  English words
come from the docstrings of the classes, Vietnamese ones from ``register_words.toml``.
"""

import re
import tempfile
import tomllib
import unicodedata
from collections import defaultdict
from pathlib import Path

import qms
from qms.codec.fields import (
    LARGEST_INTEGER,
    Kind,
    Many,
    OneRecord,
    Scalar,
    Table,
    fields_of,
    summary_of,
)
from qms.model import Register, Unit, shapes
from qms.problems import RegisterError
from qms.text import Language, Name, Text

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {
    Language.ENGLISH: DOCS / "register.md",
    Language.VIETNAMESE: DOCS / "vi" / "register.md",
}
WORDS = tomllib.loads((Path(__file__).parent / "register_words.toml").read_text("utf-8"))

#: The records by subject, in the order of the page.
SUBJECTS = (
    (
        Text(en="The register and its organisation", vi="Sổ đăng ký và tổ chức chủ quản"),
        "Register Organisation Group Policy YearlyPlan",
    ),
    (Text(en="Units", vi="Các đơn vị"), "Unit Head UnitEvent Waiver"),
    (
        Text(en="Certification and announcements", vi="Chứng nhận và công bố"),
        "Certificate Site CertificateEvent Announcement AnnouncementEvent",
    ),
    (
        Text(en="Audits, checks and reviews", vi="Đánh giá, kiểm tra và xem xét của lãnh đạo"),
        "Audit AuditTeamMember Finding FindingEvent ManagementReview",
    ),
    (
        Text(en="Objectives and plans", vi="Mục tiêu và kế hoạch"),
        "QualityObjective Measurement Plan Task",
    ),
    (
        Text(en="Controlled documents", vi="Kiểm soát tài liệu"),
        "Document DocumentEvent DocumentReview Distribution Recall Acknowledgement StoredFile",
    ),
    (
        Text(
            en="Administrative procedures and legal documents",
            vi="Thủ tục hành chính và văn bản pháp luật",
        ),
        "AdministrativeProcedure ProcedureChange LegalDocument LegalReview",
    ),
)

_HEADINGS = (
    Text(en="key", vi="khóa"),
    Text(en="value", vi="giá trị"),
    Text(en="meaning", vi="ý nghĩa"),
)
_VALUE_HEADINGS = (
    Text(en="value", vi="giá trị"),
    Text(en="in English", vi="tiếng Việt"),
    Text(en="in Vietnamese", vi="tiếng Anh"),
)
_REGISTER_FILE = Text(en="In `register.toml`: {places}.", vi="Trong tệp `register.toml`: {places}.")
_UNIT_FILE = Text(en="In the file of a unit: {places}.", vi="Trong tệp của đơn vị: {places}.")
_WHOLE = Text(
    en="The keys of `register.toml` that stand before the first heading in brackets, and the tables below it.",
    vi="Các khóa đứng đầu tệp `register.toml`, trước dòng tiêu đề trong ngoặc vuông đầu tiên, và các bảng bên dưới.",
)
_WHOLE_UNIT = Text(
    en="A file of its own, `units/IDENTIFIER.toml`; or, in `register.toml`, `[units.IDENTIFIER]`.",
    vi="Một tệp riêng `units/MÃ.toml`; hoặc, trong tệp `register.toml`, `[units.MÃ]`.",
)
_IDENTIFIER = Text(en="IDENTIFIER", vi="MÃ")
_YEAR = Text(en="YEAR", vi="NĂM")

_NAME = Text(en="[name](#names)", vi="[tên gọi](#tên-gọi)")
_LIST = Text(en="list of: {item}", vi="danh sách: {item}")
_BY_IDENTIFIER = Text(en="by identifier: {item}", vi="theo mã: {item}")
_BY_YEAR = Text(en="by year: {item}", vi="theo năm: {item}")
_BY_CLAUSE = Text(en="by clause number: {item}", vi="theo số điều khoản: {item}")
_DEFAULT = Text(en="; `{value}` where left out", vi="; bỏ trống là `{value}`")
_WORDS = Text(en="words", vi="chữ")
_FLAG = Text(en="`true` or `false`", vi="`true` (có) hoặc `false` (không)")
_DAY = Text(en="[date](#dates)", vi="[ngày](#ngày-tháng)")
_EDITION = Text(en="[edition](#editions)", vi="[phiên bản](#phiên-bản-tiêu-chuẩn)")
_QUANTITY = Text(en="number", vi="số")
_AT_LEAST = Text(en="whole number, at least {least}", vi="số nguyên, nhỏ nhất là {least}")
_BETWEEN = Text(
    en="whole number from {least} to {greatest}", vi="số nguyên từ {least} đến {greatest}"
)
_KEY = Text(en="[identifier](#identifiers)", vi="[mã](#mã)")
_CLAUSE = Text(en='clause number, such as `"7.5.3"`', vi='số điều khoản, ví dụ `"7.5.3"`')
_REVISION = Text(
    en='revision, such as `"1"`, `"02"`, `"1.3"`',
    vi='lần ban hành, ví dụ `"1"`, `"02"`, `"1.3"`',
)
_DIGEST = Text(en="64 digits from 0 to 9 and a to f", vi="64 chữ số từ 0 đến 9 và từ a đến f")


def page(language):
    """The page as it is committed, with everything between markers drawn anew."""
    text = PAGES[language].read_text("utf-8")
    for name, drawn in (
        ("records", records(language)),
        ("values", values(language)),
        ("refusal", refusal(text, language)),
    ):
        between = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
        text, times = between.subn(lambda found, drawn=drawn: found[1] + drawn + found[2], text)
        assert times == 1, f"{PAGES[language]}: the markers of {name} stand {times} times"
    return text


# --- records ---------------------------------------------------------------------------------


def classes():
    """Every record of a register by name, each with the places where it may stand."""
    found = defaultdict(set)
    by_name = {}

    def visit(record, path):
        by_name[record.__name__] = record
        found[record.__name__].add(path)
        for one in fields_of(record):
            inner, step, many = one.shape, (one.name,), False
            if isinstance(inner, Many):
                inner, many = inner.item, True
            elif isinstance(inner, Table):
                step += (_YEAR if "[12]" in inner.key.pattern else _IDENTIFIER,)
                inner = inner.value
            if isinstance(inner, OneRecord):
                visit(inner.record, (() if inner.record is Unit else (*path, *step)) + ((),) * many)

    visit(Register, ("register",))
    return by_name, found


def records(language):
    """A section for each record."""
    by_name, places = classes()
    parts = []
    for subject, names in SUBJECTS:
        parts.append(f"### {subject.in_(language)}\n")
        for name in names.split():
            parts += _section(by_name[name], places[name], language)
    return "\n".join(["", *parts, ""])


def _section(record, places, language):
    yield f"#### {record_name(record, language)}\n"
    yield about(record, language)
    yield _where(record, places, language) + "\n"
    yield _row(*(heading.in_(language) for heading in _HEADINGS))
    yield _row(*["---"] * len(_HEADINGS))
    for one in fields_of(record):
        key = f"**`{one.name}`**" if one.required else f"`{one.name}`"
        yield _row(key, _value(one, language), meaning(record, one, language))
    yield ""


def record_name(record, language):
    """What a record is called."""
    if language is Language.VIETNAMESE:
        return WORDS["records"][record.__name__]["name"]
    return _apart(record.__name__)


def about(record, language):
    """What a record is, in a sentence."""
    if language is Language.VIETNAMESE:
        return WORDS["records"][record.__name__]["about"]
    return _markdown(summary_of(record))


def meaning(record, one, language):
    """What a key means, in a sentence."""
    if language is Language.VIETNAMESE:
        return WORDS["records"][record.__name__]["keys"][one.name]
    return _markdown(one.description)


def _where(record, places, language):
    if record is Register:
        return _WHOLE.in_(language)
    if record is Unit:
        return _WHOLE_UNIT.in_(language)
    in_register = all(path[0] == "register" for path in places)
    printed = sorted(_heading(path, language) for path in places)
    file = _REGISTER_FILE if in_register else _UNIT_FILE
    return file.in_(language).format(places=", ".join(f"`{place}`" for place in printed))


def _heading(path, language):
    """The heading in TOML of the table at a path."""
    steps = [step.in_(language) if isinstance(step, Text) else step for step in path if step]
    words = ".".join(step for step in steps if step != "register")
    return f"[[{words}]]" if path[-1] == () else f"[{words}]"


def _value(one, language):
    words = _shape(one.shape, language)
    fixed = isinstance(one.shape, Scalar) and one.shape.kind is Kind.FIXED
    if isinstance(one.shape, Scalar) and one.default not in {None, ""} and not fixed:
        plain = str(one.default).lower() if isinstance(one.default, bool) else str(one.default)
        words += _DEFAULT.in_(language).format(value=plain)
    return words


def _shape(shape, language):
    if isinstance(shape, OneRecord):
        if shape.record is Name:
            return _NAME.in_(language)
        return _linked(record_name(shape.record, language))
    if isinstance(shape, Many):
        return _LIST.in_(language).format(item=_shape(shape.item, language))
    if isinstance(shape, Table):
        pattern = shape.key.pattern
        by = _BY_YEAR if "[12]" in pattern else _BY_CLAUSE if "{1,2}" in pattern else _BY_IDENTIFIER
        return by.in_(language).format(item=_shape(shape.value, language))
    return _scalar(shape, language)


def _scalar(shape, language):
    match shape.kind:
        case Kind.TERM:
            return _linked(values_name(shape.term, language))
        case Kind.FIXED:
            return " ".join(f"`{value}`" for value in shape.values)
        case Kind.INTEGER:
            bounded = _AT_LEAST if shape.greatest == LARGEST_INTEGER else _BETWEEN
            return bounded.in_(language).format(least=shape.least, greatest=shape.greatest)
        case Kind.WORDS:
            return _words(shape.pattern or "").in_(language)
        case kind:
            known = {
                Kind.FLAG: _FLAG,
                Kind.DAY: _DAY,
                Kind.EDITION: _EDITION,
                Kind.QUANTITY: _QUANTITY,
            }
            return known[kind].in_(language)


def _words(pattern):
    """What words are asked for, by their pattern."""
    for shape, text in (
        (shapes.Key, _KEY),
        (shapes.ClauseNumber, _CLAUSE),
        (shapes.RevisionNumber, _REVISION),
        (shapes.Words, _WORDS),
    ):
        if pattern.startswith(shape.__metadata__[0].pattern):
            return text
    assert "{64}" in pattern, pattern
    return _DIGEST


# --- values ----------------------------------------------------------------------------------


def terms():
    """The lists of values that keys of a register may have, by name."""
    found = {}
    for record in classes()[0].values():
        for one in fields_of(record):
            shape = one.shape.item if isinstance(one.shape, Many) else one.shape
            if isinstance(shape, Scalar) and shape.kind is Kind.TERM:
                found[shape.term.__name__] = shape.term
    return found


def values_name(term, language):
    """What a list of values is called."""
    if language is Language.VIETNAMESE:
        return WORDS["values"][term.__name__]
    return _apart(term.__name__)


def values(language):
    """A section for each list of values."""
    other = {Language.ENGLISH: Language.VIETNAMESE, Language.VIETNAMESE: Language.ENGLISH}
    parts = []
    for term in sorted(terms().values(), key=lambda term: _sorted_as(values_name(term, language))):
        parts += [f"### {values_name(term, language)}", ""]
        parts.append(_row(*(heading.in_(language) for heading in _VALUE_HEADINGS)))
        parts.append(_row(*["---"] * len(_VALUE_HEADINGS)))
        for member in term:
            text = member.text
            parts.append(_row(f"`{member}`", text.in_(language), text.in_(other[language])))
        parts.append("")
    return "\n".join(["", *parts, ""])


# --- the example of a refusal ----------------------------------------------------------------


def files_of(text):
    """The files that a page shows, by name: ``<!-- file: NAME -->`` before a block of TOML."""
    return dict(re.findall(r"<!-- file: (\S+) -->\n```toml\n(.*?)```", text, re.DOTALL))


def refusal(text, language):
    """What is said about the page's register when a file of it is as the page shows it wrong."""
    files = files_of(text)
    wrong = {name.removeprefix("wrong/"): files[name] for name in files if name[:6] == "wrong/"}
    assert wrong, "no file is shown whose name begins with wrong/"
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), {"register.toml": files["register.toml"], **wrong})
        try:
            qms.load(folder)
        except RegisterError as error:
            return f"```text\n{error.in_(language)}\n```\n"
    message = "the register shown as wrong was read"
    raise AssertionError(message)


def write(folder, files):
    """Write the files of a register into a folder."""
    for name, words in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, "utf-8")


# --- words -----------------------------------------------------------------------------------


def slug(heading):
    """The name under which a heading of a page is linked to."""
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return kept.strip().replace(" ", "-")


def _linked(heading):
    return f"[{heading[0].lower() + heading[1:]}](#{slug(heading)})"


def _apart(name):
    """A class's name in words: ``CertificateEvent`` is a certificate event."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    return words[0].upper() + words[1:]


def _sorted_as(words):
    """Words without accents, then with them; đ comes after d."""
    return unicodedata.normalize("NFD", words.lower().replace("đ", "d~")), words


def _markdown(words):
    return words.replace("``", "`")


def _row(*cells):
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    for written, path in PAGES.items():
        path.write_text(page(written), encoding="utf-8")
