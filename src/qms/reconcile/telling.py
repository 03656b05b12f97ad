"""What came of holding a list against a folder, for a screen and for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from qms.dates import print_date
from qms.problems import printable
from qms.reconcile.entries import Column
from qms.reconcile.spellings import day_of, plain_letters
from qms.report.json import indented
from qms.report.layout import Paint, wrap
from qms.report.sentences import grouped
from qms.text import Text, same_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qms.reconcile.comparison import Comparison, Difference
    from qms.reconcile.entries import Doubt, Entry, FoundFile
    from qms.text import Language

__all__ = ["render", "render_json"]

_LIST = Text(
    en="List: {name}, headings in row {row}, {rows} rows. Folder: {folder}, {files} files.",
    vi="Danh mục: {name}, tiêu đề ở dòng {row}, {rows} dòng. Thư mục: {folder}, {files} tệp.",
)
_AGREE = Text(
    en="{agreeing} of {rows} rows agree with their file.",
    vi="{agreeing}/{rows} dòng khớp với tệp.",
)
_UNCOMPARED = Text(
    en="Of {count} of them the file states nothing but its code: {codes}",
    vi="Trong đó {count} tệp không ghi gì ngoài mã hiệu: {codes}",
)
_ASIDE = Text(
    en="In folders of obsolete documents, not compared: {files}",
    vi="Trong thư mục tài liệu hết hiệu lực, không đối chiếu: {files}",
)
_OTHER_LANGUAGE = Text(
    en="The list's titles are in English; Vietnamese titles in files, not compared: {count}",
    vi="Tên trong danh mục bằng tiếng Anh; số tệp có tên tiếng Việt, không đối chiếu tên: {count}",
)
_ALL = Text(en="The list and the folder say the same.", vi="Danh mục và thư mục khớp nhau.")
_DIFFER = Text(en="Row and file disagree", vi="Danh mục và tệp không khớp")
_SAYS = Text(
    en="{code} ({place}): {column}: the list says {listed}, {file} says {found} ({source})",
    vi="{code} ({place}): {column}: danh mục ghi {listed}, {file} ghi {found} ({source})",
)
_NO_FILE = Text(en="No file", vi="Không có tệp")
_ROW = Text(en="{code} ({place}) {title}", vi="{code} ({place}) {title}")
_UNNAMED = Text(en="No row names these files", vi="Tệp không có trong danh mục")
_STATES = Text(en="{file} (states {code})", vi="{file} (ghi mã {code})")
_SEVERAL = Text(en="One code, several files", vi="Nhiều tệp mang cùng một mã hiệu")
_TWICE = Text(en="One code, several rows", vi="Một mã hiệu ghi ở nhiều dòng")
_AGAINST = Text(en="Files that contradict themselves", vi="Tệp tự mâu thuẫn")
_ITSELF = Text(
    en="{file}: {column}: {first} ({source}), but {other} ({place})",
    vi="{file}: {column}: {first} ({source}), nhưng {other} ({place})",
)
_DOUBTS = Text(en="Rows not understood", vi="Dòng không đọc được")
_ROWS = Text(en="rows {rows}", vi="các dòng {rows}")
_AT = Text(en="row {row}", vi="dòng {row}")
_IN = Text(en="{sheet}, row {row}", vi="{sheet}, dòng {row}")
_UNREAD = Text(en="Not understood in files", vi="Nội dung trong tệp không hiểu được")
_WORDS = Text(
    en="{file}: {column}: “{words}” ({source})", vi="{file}: {column}: “{words}” ({source})"
)
_REFUSED = Text(en="Files not looked into", vi="Tệp không mở được để đọc")
_MORE = Text(
    en="… and {count} more; --all shows them", vi="… và {count} mục khác; xem đủ bằng --all"
)
_COLUMNS = Text(en="Columns: {columns}.", vi="Các cột: {columns}.")
_UNUSED = Text(en=" Not used: {columns}.", vi=" Không dùng: {columns}.")
_NOT_READ = Text(
    en=" Not read, having other headings or the same codes: {names}.",
    vi=" Không đọc vì tiêu đề khác hoặc trùng mã hiệu: {names}.",
)
_IS = Text(en="{column} = “{heading}”", vi="{column} = “{heading}”")
_FEW = 6
#: What heads the column that only counts the rows.
_COUNTING = frozenset({"tt", "stt", "so tt", "so thu tu", "no", "#", "item", "s/n", "sn"})

_Section = tuple[Text, list[str]]


def render(
    comparison: Comparison,
    folder: str,
    language: Language,
    width: int,
    *,
    colour: bool = False,
    whole: bool = False,
) -> str:
    """A comparison for a screen, the most important first.

    Args:
        comparison: What came of it.
        folder: The folder, as the person named it.
        language: The language.
        width: How many places a line has.
        colour: Whether to write in colour.
        whole: Whether long lists are shown whole.
    """
    paint = Paint(colour)
    listed = comparison.list
    numbers = {
        "name": listed.name,
        "row": listed.heading_row,
        "rows": grouped(listed.rows).in_(language),
        "folder": folder,
        "files": grouped(len(comparison.files)).in_(language),
        "agreeing": grouped(len(comparison.agreeing)).in_(language),
    }
    lines = wrap(_LIST.in_(language).format(**numbers), width)
    verdict = _ALL if comparison.agrees else _AGREE
    lines.append(
        paint(
            verdict.in_(language).format(**numbers),
            "bold",
            "green" if comparison.agrees else "yellow",
        )
    )
    for words in _left_aside(comparison, language, whole=whole):
        lines += wrap(words, width)
    for title, items in _sections(comparison, language):
        if items:
            lines += ["", paint(f"{title.in_(language)} ({len(items)})", "bold")]
            lines += _items(items, language, width, whole=whole)
    lines += ["", *(paint(line, "dim") for line in wrap(_headings(comparison, language), width))]
    return "".join(printable(line) + "\n" if not colour else line + "\n" for line in lines)


def _left_aside(comparison: Comparison, language: Language, *, whole: bool) -> Iterator[str]:
    """What was not compared, or could not be."""
    if comparison.uncompared:
        codes = [entry.code for entry in comparison.uncompared]
        shown = _some(codes, whole=whole)
        yield _UNCOMPARED.in_(language).format(count=len(codes), codes=shown)
    if comparison.set_aside:
        names = [file.name for file in comparison.set_aside]
        yield _ASIDE.in_(language).format(files=_some(names, whole=whole))
    if comparison.other_language:
        count = grouped(len(comparison.other_language)).in_(language)
        yield _OTHER_LANGUAGE.in_(language).format(count=count)


def _some(words: Sequence[str], *, whole: bool) -> str:
    shown = words if whole else words[: _FEW * 2]
    return ", ".join(shown) + (" …" if len(shown) < len(words) else "")


def _items(items: Sequence[str], language: Language, width: int, *, whole: bool) -> Iterator[str]:
    shown = items if whole or len(items) <= _FEW + 1 else items[:_FEW]
    for item in shown:
        yield from wrap(item, width, indent="  ", hanging="    ")
    if len(shown) < len(items):
        yield "  " + _MORE.in_(language).format(count=len(items) - len(shown))


def _sections(comparison: Comparison, language: Language) -> Iterator[_Section]:
    yield _DIFFER, [_difference(one, comparison, language) for one in comparison.differences]
    yield (
        _NO_FILE,
        [
            _ROW.in_(language)
            .format(code=one.code, place=_place(one, language), title=one.title or "")
            .rstrip()
            for one in comparison.without_file
        ],
    )
    yield _UNNAMED, [_unnamed(one, language) for one in comparison.unnamed]
    yield (
        _SEVERAL,
        [
            f"{code}: {', '.join(f.name for f in files)}"
            for code, files in comparison.several.items()
        ],
    )
    yield (
        _TWICE,
        [f"{code}: {_places(rows, language)}" for code, rows in comparison.twice.items()],
    )
    yield _AGAINST, [one for file in comparison.contradictory for one in _against(file, language)]
    yield (
        _DOUBTS,
        [f"{_place(one, language)}: {one.what.in_(language)}" for one in comparison.list.doubts],
    )
    yield (
        _UNREAD,
        [
            _WORDS.in_(language).format(
                file=file.name,
                column=column.text.in_(language),
                words=stated.value,
                source=stated.source.text.in_(language),
            )
            for file in comparison.unread
            for column, stated in file.unread
        ],
    )
    yield (
        _REFUSED,
        [
            f"{file.name}: {file.refused.in_(language)}"
            for file in comparison.files
            if file.refused is not None
        ],
    )


def _place(one: Entry | Doubt, language: Language) -> str:
    """Where in the list a row stands."""
    words = _AT if one.sheet is None else _IN
    return words.in_(language).format(row=one.row, sheet=one.sheet)


def _places(rows: Sequence[Entry], language: Language) -> str:
    if any(one.sheet for one in rows):
        return "; ".join(_place(one, language) for one in rows)
    return _ROWS.in_(language).format(rows=", ".join(str(one.row) for one in rows))


#: Offices that keep one number call it either way.
_NUMBERED = (Column.ISSUE, Column.REVISION)


def _difference(one: Difference, comparison: Comparison, language: Language) -> str:
    """What a row and its file disagree in, called as the list calls it."""
    alike = _NUMBERED if one.column in _NUMBERED else (one.column,)
    headings = comparison.list.headings
    called = [headings[column] for column in alike if column in headings]
    return _SAYS.in_(language).format(
        code=one.entry.code,
        place=_place(one.entry, language),
        column=" / ".join(dict.fromkeys(called)) or one.column.text.in_(language),
        listed=_value(one.column, one.listed, language),
        file=one.file.name,
        found=_value(one.column, one.found.value, language),
        source=one.found.source.text.in_(language),
    )


def _value(column: Column, words: str, language: Language) -> str:
    """A value as it is written; a day as the language writes days."""
    day = day_of(words) if column in {Column.ISSUED, Column.EFFECTIVE} else None
    return words if day is None else print_date(day, language)


def _unnamed(file: FoundFile, language: Language) -> str:
    code = file.stated.get(Column.CODE)
    if code is None:
        return file.name
    return _STATES.in_(language).format(file=file.name, code=code.value)


def _against(file: FoundFile, language: Language) -> Iterator[str]:
    for column, other in file.contradictions:
        first = file.stated[column]
        yield _ITSELF.in_(language).format(
            file=file.name,
            column=column.text.in_(language),
            first=_value(column, first.value, language),
            source=first.source.text.in_(language),
            other=_value(column, other.value, language),
            place=other.source.text.in_(language),
        )


def _headings(comparison: Comparison, language: Language) -> str:
    listed = comparison.list
    columns = ", ".join(
        f"“{heading}”"
        if same_words(heading) == column.text.in_(language)
        else _IS.in_(language).format(column=column.text.in_(language), heading=heading)
        for column, heading in listed.headings.items()
    )
    words = _COLUMNS.in_(language).format(columns=columns)
    unused = [one for one in listed.unused if plain_letters(one).strip(" .") not in _COUNTING]
    if unused:
        names = ", ".join(f"“{one}”" for one in unused)
        words += _UNUSED.in_(language).format(columns=names)
    if listed.not_read:
        names = ", ".join(f"“{one}”" for one in listed.not_read)
        words += _NOT_READ.in_(language).format(names=names)
    return words


# --- for other programs ----------------------------------------------------------------------


class DifferenceEntry(Struct, frozen=True, kw_only=True):
    """A row and its file that do not say the same; the sheet where the list has several."""

    code: str
    row: int
    sheet: str | None
    file: str
    what: str
    listed: str
    found: str
    source: str


class Reconciliation(Struct, frozen=True, kw_only=True):
    """What came of holding a list against a folder."""

    format: str = "qms-reconciliation/1"
    list: str
    rows: int
    files: int
    agreeing: tuple[str, ...]
    uncompared: tuple[str, ...]
    differences: tuple[DifferenceEntry, ...]
    without_file: tuple[str, ...]
    unnamed: tuple[str, ...]
    several: dict[str, tuple[str, ...]]
    twice: dict[str, tuple[str, ...]]
    contradictory: tuple[str, ...]
    not_understood: dict[str, tuple[Text, ...]]
    unread: dict[str, dict[str, str]]
    not_read: tuple[str, ...]
    set_aside: tuple[str, ...]
    other_language: tuple[str, ...]
    not_looked_into: dict[str, Text]


def _cell(one: Entry | Doubt) -> str:
    """Where a row stands, as spreadsheets write it: ``7``, or ``Biểu mẫu!7``."""
    return str(one.row) if one.sheet is None else f"{one.sheet}!{one.row}"


def render_json(comparison: Comparison) -> str:
    """A comparison for other programs."""
    return indented(
        Reconciliation(
            list=comparison.list.name,
            rows=comparison.list.rows,
            files=len(comparison.files),
            agreeing=tuple(one.code for one in comparison.agreeing),
            uncompared=tuple(one.code for one in comparison.uncompared),
            differences=tuple(
                DifferenceEntry(
                    code=one.entry.code,
                    row=one.entry.row,
                    sheet=one.entry.sheet,
                    file=one.file.name,
                    what=one.column.value,
                    listed=one.listed,
                    found=one.found.value,
                    source=one.found.source.value,
                )
                for one in comparison.differences
            ),
            without_file=tuple(one.code for one in comparison.without_file),
            unnamed=tuple(one.name for one in comparison.unnamed),
            several={code: tuple(f.name for f in fs) for code, fs in comparison.several.items()},
            twice={code: tuple(map(_cell, rows)) for code, rows in comparison.twice.items()},
            contradictory=tuple(one.name for one in comparison.contradictory),
            not_understood={
                place: tuple(one.what for one in comparison.list.doubts if _cell(one) == place)
                for place in dict.fromkeys(map(_cell, comparison.list.doubts))
            },
            unread={
                file.name: {column.value: stated.value for column, stated in file.unread}
                for file in comparison.unread
            },
            not_read=comparison.list.not_read,
            set_aside=tuple(file.name for file in comparison.set_aside),
            other_language=tuple(file.name for file in comparison.other_language),
            not_looked_into={f.name: f.refused for f in comparison.files if f.refused is not None},
        )
    )
