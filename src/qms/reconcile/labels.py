"""What documents say of themselves by labels: ``Mã số: QT-05``, or a label beside its value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qms.reconcile.entries import Column, Source, Stated
from qms.reconcile.headings import column_of, label_of
from qms.reconcile.spellings import plain_letters
from qms.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qms.word.outline import Row

__all__ = [
    "LOOKED_AT",
    "MOST_CELLS",
    "Statement",
    "labelled",
    "of_rows",
    "stated",
    "wanted",
    "without_colon",
]

Statement = tuple[Column, Stated]

LOOKED_AT = (
    Column.CODE,
    Column.TITLE,
    Column.ISSUE,
    Column.REVISION,
    Column.ISSUED,
    Column.EFFECTIVE,
)
#: How many cells or passages of a document are looked at.
MOST_CELLS = 60
_DAYS = frozenset({Column.ISSUED, Column.EFFECTIVE})
_MARGINS = frozenset({Source.HEADER, Source.FOOTER})
_BREAKS = re.compile(r"[\n;|\t]| {3,}")
_COLON = re.compile(r"\s*[:：]\s*")
#: A value that a tab or many blanks put at a distance from its label.
_APART = re.compile(r"([:：])[\t ]+")
_LONGEST_LABEL = 40
_MOST_WORDS = 6
#: How many lines of a body may name the document by labels without a colon.
_FIRST_LINES = 12
#: A code after its label: “QT-02”, “02/QĐ-UBND”, “QT 02”.
_BARE_CODE = re.compile(r"(?=.*\d)(?=.*[^\W\d_])(?:\S+|[A-ZĐ]{1,8}(?: [A-ZĐ]{1,8}){0,2} \d{1,4})")
_PAGES = frozenset({"trang", "trang so", "so trang", "page"})
#: The number of an issue or a revision without a colon: “Rev. C”, “Lần ban hành 03”, “(lần 3)”.
_BARE_NUMBER = re.compile(
    r"(?<![^\W_])(?:(?P<revision>rev(?:ision)?|lan (?:sua doi|sd|soat xet)|(?:sua doi|sd) lan)|"
    r"ver(?:sion)?|issue|lan (?:ban hanh|bh)(?: ?/ ?(?:lan )?(?:sua doi|sd|soat xet))?|"
    r"(?:ban hanh|bh) lan|phien ban|(?<=\()lan)"
    r"[ .]*(?:no[ .]+)?(?P<number>\d{1,3}(?:[./]\d{1,3})?(?!\w|[./-]\d)|"
    r"(?:[a-z]|[ivx]{2,4})(?= ?(?:$|[|,;/()–—-])))"
)
#: A day without a colon: “Ngày ban hành 15/03/2024”.
_BARE_DAY = re.compile(
    r"(?<![^\W_])(?:(?P<effective>ngay (?:co )?hieu luc|ngay hl|ngay ap dung|hieu luc tu(?: ngay)?|"
    r"effective(?: date| from)?|eff[. ]+date)|ngay (?:ban hanh|bh)|issue date|date of issue|issued)"
    r" (?P<day>\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{1,2}-\d{1,2})(?!\d)"
)
#: What tells a page or how many there are, in a cell of its own or after another value.
_PAGE = re.compile(
    r"(?:^|(?<=[\s–—,(-]))(?:(?:tổng )?s[ốo] )?(?:trang|pages?)(?: ?/ ?(?:trang|page))?(?: s[ốo]| no\.?)?"
    r"(?:\s*[:：]?\s*\d+\s*(?:/|of|trên)\s*\d+|[\s:：/]*(?:[\d:：]|/ *$)[\s\d:：/]*$)",
    re.IGNORECASE,
)
#: The number of a page of several, where its label stands above or beside.
_OF_PAGES = re.compile(r"\d+ ?(?:/|of|trên) ?\d+")
#: What may stand between a value and the next one on its line.
_AFTER = " -–—,;/|·•("
#: A blank to be filled in by hand.
_BLANK = re.compile(r"\.{3,}|…|_{3,}")
#: Headings of a table of changes, which tells the revisions of the past.
_CHANGES = re.compile(
    r"\b(noi dung|mo ta|ly do|yeu cau|vi tri|change|changes|description|reason)\b"
)
#: What heads pages there, and the number of the page in a header or on a cover.
_OF_CHANGES = re.compile(r"\b(trang|page)\b")
#: Words of a table in which people sign.
_SIGNING = re.compile(
    r"\b(soan thao|bien soan|nguoi soan|soat xet boi|phe duyet|xem xet|ho (va )?ten|chu ky|chuc vu|"
    r"prepared|reviewed|approved|checked|signature)\b"
)


def wanted(label: str, *, in_header: bool = False) -> Column | None:
    """The column that a label means, if files are asked for it.

    In a header, which is there to identify the document, a mere “Ngày” is the day of issue.
    """
    column = column_of(label) if in_header else label_of(label)
    if in_header and column is not label_of(label) and column not in _DAYS:
        return None
    return column if column in LOOKED_AT else None


def labelled(lines: Iterable[str], source: Source) -> Iterator[Statement]:
    """Lines such as ``Mã số: QT-05``, and several of them on one line."""
    for line in lines:
        for part in _BREAKS.split(_APART.sub(r"\1 ", line)):
            yield from _in_line(part, source)
            if source in _MARGINS:
                yield from _bare(part, source)


def _in_line(line: str, source: Source) -> Iterator[Statement]:
    """``Mã số: QT-05 Lần ban hành: 02``: each label stands right before its colon."""
    label, *rest = _COLON.split(line)
    if rest and wanted(label, in_header=source in _MARGINS) is None:
        label = _before_label(label)[1] or label
    values: list[str] = []
    for index, words in enumerate(rest, 1):
        before, after = (words, "") if index == len(rest) else _before_label(words)
        values.append(before)
        if not after and index < len(rest):
            continue
        column = wanted(label, in_header=source in _MARGINS)
        if column is not None and len(label) <= _LONGEST_LABEL:
            yield from _of_label(column, ": ".join(values), source)
        label, values = after, []


def _of_label(column: Column, value: str, source: Source) -> Iterator[Statement]:
    """What a label says; after a code its number may stand: ``Mã số: QT-05 Rev. 3``."""
    words = normalise(value)
    plain = plain_letters(words)
    found = _BARE_NUMBER.search(plain) if column is Column.CODE else None
    if found is not None and len(plain) == len(words):
        yield from stated(column, words[: found.start()], source)
        yield from _bare(value, source)
    else:
        yield from stated(column, value, source)


def _bare(words: str, source: Source) -> Iterator[Statement]:
    for found in _BARE_NUMBER.finditer(plain_letters(words)):
        column = Column.REVISION if found["revision"] else Column.ISSUE
        yield column, Stated(found["number"].upper(), source)
    for found in _BARE_DAY.finditer(plain_letters(words)):
        column = Column.EFFECTIVE if found["effective"] else Column.ISSUED
        yield column, Stated(found["day"], source)


def without_colon(lines: Iterable[str], source: Source) -> Iterator[Statement]:
    """First lines that are a label and its value, and nothing else: ``Lần ban hành 02``."""
    filled = [line for line in lines if line.strip()]
    for line in filled[:_FIRST_LINES]:
        for part in _BREAKS.split(line):
            words, plain = normalise(part), plain_letters(part)
            rest = _BARE_DAY.sub("", _BARE_NUMBER.sub("", plain)).strip(_AFTER + ")")
            code = _code_in(words[: len(rest)]) if plain.startswith(rest) else ""
            if code:
                yield from stated(Column.CODE, code, source)
            if code or not rest:
                yield from _bare(part, source)


def _code_in(words: str) -> str:
    """The code of “Mã số QT-02”."""
    parts = words.split()
    for count in range(min(_MOST_WORDS, len(parts) - 1), 0, -1):
        code = " ".join(parts[count:])
        if label_of(" ".join(parts[:count])) is Column.CODE and _BARE_CODE.fullmatch(code):
            return code
    return ""


def _before_label(words: str) -> tuple[str, str]:
    """The value before the next label, and that label; all is value where there is no label."""
    parts = words.split()
    for count in range(min(_MOST_WORDS, len(parts)), 0, -1):
        label = " ".join(parts[-count:])
        if any(one.isdigit() for one in label):
            continue
        if column_of(label) is not None or plain_letters(label) in _PAGES:
            return " ".join(parts[:-count]), label
    return words, ""


def stated(column: Column, value: str, source: Source) -> Iterator[Statement]:
    """A statement, unless it is a blank to be filled in; the number of the page is none."""
    words = normalise(_PAGE.sub(" ", normalise(value))).rstrip(_AFTER)
    if any(one.isalnum() for one in words) and not _BLANK.search(words):
        yield column, Stated(words, source)


def of_rows(rows: Sequence[Row], source: Source) -> Iterator[Statement]:
    """Labels in the first cells of a table: the value beside, below, or after a colon.

    Tables of documents, of changes and of signatures are left out.
    """
    if not rows or _is_list(rows, source) or _is_signed(rows):
        return
    in_header = source in _MARGINS
    looked_at = 0
    for row, below in zip(rows, [*rows[1:], None], strict=True):
        for index, cell in enumerate(row.cells):
            looked_at += 1
            if looked_at > MOST_CELLS:
                return
            own = list(labelled(cell.text.split("\n"), source))
            yield from own
            column = wanted(cell.text.rstrip(" :："), in_header=in_header)
            if column is None or column in dict(own):
                continue
            beside = [one.text for one in row.cells[index + 1 : index + 2]]
            under = [one.text for one in below.cells if one.column == cell.column] if below else []
            values = (one for one in (*beside, *under) if one.strip() and not _is_label(one))
            yield from stated(column, next(values, ""), source)


def _is_label(words: str) -> bool:
    plain = plain_letters(words.rstrip(" :："))
    return column_of(words) is not None or plain in _PAGES or _is_page(words)


def _is_page(words: str) -> bool:
    """Whether a cell tells a page and nothing else: “Trang 1/3”, “Số trang: 3”."""
    return not any(one.isalnum() for one in _PAGE.sub(" ", normalise(words)))


def _is_list(rows: Sequence[Row], source: Source) -> bool:
    """Whether a table has its labels in one row, as a list of documents or of changes has.

    A row that says values of its labels is no row of headings.
    """
    cells = [cell.text for cell in rows[0].cells]
    said = [one for cell in cells for one, _ in labelled(cell.split("\n"), source)]
    labels = [*map(column_of, cells), *said]
    known = sum(one in LOOKED_AT for one in labels)
    heads = [plain_letters(cell) for cell in cells]
    if Column.CODE not in labels:
        if any(_CHANGES.search(one) for one in heads):
            return known > 0
        if any(_OF_CHANGES.search(one) for one in heads):
            return known > 0 and not (said or _numbers_pages(rows, source))
    return known > 2 and len(rows) > 2 and not said


def _numbers_pages(rows: Sequence[Row], source: Source) -> bool:
    """Whether pages are those of the document: in its header, or as 1/3 beside or below."""
    cells = (cell.text for row in rows[:2] for cell in row.cells)
    return source in _MARGINS or any(_OF_PAGES.fullmatch(normalise(one)) for one in cells)


def _is_signed(rows: Sequence[Row]) -> bool:
    """Whether people sign in a table that does not name the document."""
    cells = [cell.text for row in rows for cell in row.cells][:MOST_CELLS]
    signing = sum(bool(_SIGNING.search(plain_letters(cell))) for cell in cells)
    lines = (line for cell in cells for line in cell.split("\n"))
    return signing > 1 and not any(label_of(_COLON.split(line)[0]) is Column.CODE for line in lines)
