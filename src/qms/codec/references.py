"""References between records: each names a record that is there."""

from __future__ import annotations

from bisect import bisect
from typing import TYPE_CHECKING, TypeVar

from qms.codec.explain import Path, like, shown
from qms.model import Audit, Certificate, Document, Finding, QualityObjective, Unit
from qms.problems import Problem
from qms.rule_names import OF_THE_REGISTER, OF_THE_UNIT, all_rules, rule_named
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from qms.model import Organisation, YearlyPlan
    from qms.rule_names import RuleName

__all__ = [
    "NAMING",
    "Names",
    "circles",
    "circles_of_origin",
    "circles_of_units",
    "dangling_in_plans",
    "dangling_inside",
    "dangling_outside",
    "loops",
]

_DANGLING = Text(
    en="this names {kind} that is not in the register",
    vi="giá trị này trỏ tới {kind} không có trong sổ đăng ký",
)
_ITSELF = Text(
    en="this names the record itself", vi="giá trị này trỏ tới chính bản ghi đang chứa nó"
)
_CIRCLE = Text(
    en="objectives are parts of one another in a circle",
    vi="các mục tiêu là bộ phận của nhau theo vòng tròn",
)
_REPLACING_CIRCLE = Text(
    en="these replace one another in a circle",
    vi="các bản ghi này thay thế nhau theo vòng tròn",
)
_BREAK_REPLACING = Text(
    en="The later replaces the earlier: take “{key}” out where it leads the wrong way.",
    vi="Bản sau thay thế bản trước: bỏ “{key}” ở chỗ ghi ngược.",
)
_UNIT_CIRCLE = Text(
    en="units are above one another in a circle",
    vi="các đơn vị là cấp trên của nhau theo vòng tròn",
)
_BREAK_UNITS = Text(
    en="Take “parent” out of the unit that stands above the others.",
    vi="Bỏ “parent” ở đơn vị cấp trên cùng.",
)
_ORIGIN_CIRCLES = {
    "predecessors": Text(
        en="units came from one another in a circle",
        vi="các đơn vị là tiền thân của nhau theo vòng tròn",
    ),
    "successors": Text(
        en="units went into one another in a circle",
        vi="các đơn vị kế thừa nhau theo vòng tròn",
    ),
}
_BREAK_ORIGIN = Text(
    en="Take the unit out of “{key}” where it leads the wrong way; that a unit took in another one that had been part of it "
    "is an event of its history (“merged”).",
    vi="Bỏ đơn vị khỏi “{key}” ở chỗ ghi ngược; việc một đơn vị nhận lại đơn vị đã tách ra từ mình thì ghi vào lịch sử của đơn "
    "vị (“merged”).",
)
_BREAK_CIRCLE = Text(
    en="Take “parent” out of the objective that stands above the others.",
    vi="Bỏ “parent” ở mục tiêu cấp trên cùng.",
)
_KNOWN = Text(en="one of: {names}", vi="một trong các mã: {names}")
_NONE_KNOWN = Text(en="there is none yet", vi="hiện chưa có bản ghi nào")
_ADD_OR_CORRECT = Text(
    en="Correct the identifier, or add the record that it names.",
    vi="Sửa lại mã, hoặc bổ sung bản ghi mà mã này trỏ tới.",
)

_UNIT = Text(en="a unit", vi="một đơn vị")
_GROUP = Text(en="a group", vi="một nhóm đơn vị")
_CERTIFICATE = Text(en="a certificate", vi="một giấy chứng nhận")
_ANNOUNCEMENT = Text(en="an announcement", vi="một bản công bố")
_PROCEDURE = Text(en="an administrative procedure", vi="một thủ tục hành chính")
_OBJECTIVE = Text(en="an objective", vi="một mục tiêu")
_DOCUMENT = Text(en="a document", vi="một tài liệu")
_LEGAL_DOCUMENT = Text(en="a legal document", vi="một văn bản pháp luật")
_FINDING = Text(en="a finding", vi="một phát hiện đánh giá")
_RECORD = Text(en="a record of the unit", vi="một bản ghi của đơn vị")

_NO_RULE = Text(
    en="there is no rule of this code or name", vi="không có quy tắc nào mang mã hoặc tên này"
)
_A_RULE = Text(
    en="the code or the name of a rule, such as “C103” or “surveillance-missed”",
    vi="mã hoặc tên của một quy tắc, ví dụ “C103” hoặc “surveillance-missed”",
)
_CORRECT_RULE = Text(
    en="Correct it; “qms rules” lists the rules with their codes and names.",
    vi="Sửa lại; lệnh “qms rules” liệt kê mã và tên của các quy tắc.",
)
_OF_THE_REGISTER = Text(
    en="this rule speaks of the register as a whole, and no unit can be exempt from it",
    vi="quy tắc này áp dụng cho toàn bộ sổ đăng ký, không miễn áp dụng cho riêng một đơn vị",
)
_TAKE_OUT = Text(
    en="Take the waiver out; it would have no effect.",
    vi="Bỏ mục miễn áp dụng này vì không có tác dụng.",
)
_NEVER_SPEAKS = Text(
    en="rule {code} ({name}) never speaks of this record, so the waiver would have no effect",
    vi="quy tắc {code} ({name}) không xét bản ghi này nên mục miễn áp dụng không có tác dụng",
)
_NO_SUBJECT = Text(
    en="no “subject”, for the rule speaks of the unit as a whole",
    vi="không ghi “subject”, vì quy tắc xét toàn bộ đơn vị",
)
_NAME_ANOTHER = Text(
    en="Take “subject” out, or name a record of which the rule speaks.",
    vi="Bỏ “subject”, hoặc ghi bản ghi mà quy tắc có xét.",
)
#: Rules about a unit as a whole that name the record that is wrong.
_NAMING_RECORDS = frozenset({"E209"})

#: The collections of a unit whose records a waiver may name.
_COLLECTIONS = (
    "certificates",
    "announcements",
    "audits",
    "reviews",
    "objectives",
    "plans",
    "documents",
    "procedures",
    "legal_documents",
)

_Name = TypeVar("_Name", str, int)

#: A problem and the path to the field that it is about.
Dangling = tuple[Path, Problem]

#: How many names a problem lists; up to how many names each is compared with a wrong one;
#: with how many on either side of its place in the alphabet it is compared among more.
_LISTED, _ALL_COMPARED, _NEIGHBOURS = 12, 500, 40


class Names:
    """The names to which records may refer, however many.

    Thousands of wrong names in a register of thousands of units are each told with the
    name that was probably meant, without a comparison of each with all.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._known = frozenset(names)
        self._sorted: list[str] = []

    def __contains__(self, name: object) -> bool:
        """Whether a record of this name is there."""
        return name in self._known

    @property
    def _in_order(self) -> list[str]:
        self._sorted = self._sorted or sorted(self._known)
        return self._sorted

    def some(self) -> Text:
        """The first of the names, or that there is none."""
        names = self._in_order
        if not names:
            return _NONE_KNOWN
        more = ", …" if len(names) > _LISTED else ""
        return _KNOWN.format(names=", ".join(names[:_LISTED]) + more)

    def near(self, wrong: str) -> Text | None:
        """A question whether a similar name was meant; among many, one that begins alike."""
        names = self._in_order
        if len(names) > _ALL_COMPARED:
            place = bisect(names, wrong)
            names = names[max(place - _NEIGHBOURS, 0) : place + _NEIGHBOURS]
        return like(wrong, names)


#: The fields that name records of the same unit, or hold records that do; what a document
#: cites is looked for only among legal documents.
NAMING: Mapping[type, tuple[str, ...]] = {
    Unit: ("announcements", "plans", "procedures", "legal_documents", "waivers"),
    Certificate: ("replaces",),
    Audit: ("certificate",),
    Finding: ("repeats",),
    QualityObjective: ("parent",),
    Document: ("form_of",),
}


def dangling_inside(unit: Unit) -> Iterator[Dangling]:
    """References from records of a unit to records of the same unit."""
    yield from _certification(unit)
    yield from _audits(unit)
    parents: dict[str, str] = {}
    for key, objective in unit.objectives.items():
        if objective.parent is not None:
            parents[key] = objective.parent
            path: Path = ("objectives", key, "parent")
            yield from _named(objective.parent, unit.objectives, path, _OBJECTIVE, key)
    for path, words in _circles(parents, "objectives", "parent"):
        yield path, Problem(what=_CIRCLE, found=words, remedy=_BREAK_CIRCLE)
    for key, plan in unit.plans.items():
        if plan.document is not None:
            yield from _named(plan.document, unit.documents, ("plans", key, "document"), _DOCUMENT)
    yield from _procedures(unit)
    if unit.waivers:
        yield from _waivers(unit)
    for key, document in unit.documents.items():
        if document.form_of is not None or document.cites:
            yield from _document(unit, key, document)


def _waivers(unit: Unit) -> Iterator[Dangling]:
    """A waiver names a rule that may speak, and a record that is there and of which it speaks."""
    records = [
        f"{collection}.{key}" for collection in _COLLECTIONS for key in getattr(unit, collection)
    ]
    for index, waiver in enumerate(unit.waivers):
        path: Path = ("waivers", index)
        # What could not be read of a waiver is told already, and left out here.
        rule, subject = rule_named(waiver.rule or ""), waiver.subject
        if waiver.rule and (rule is None or rule.about == OF_THE_REGISTER):
            yield (*path, "rule"), _not_to_be_waived(waiver.rule, known=rule is not None)
        if subject is None:
            continue
        if not any(f"{subject}.".startswith(f"{one}.") for one in records):
            yield from _named(subject, records, (*path, "subject"), _RECORD)
        elif rule is not None and (never := _never_speaks(rule, subject, unit)):
            yield (*path, "subject"), never


def _not_to_be_waived(words: str, *, known: bool) -> Problem:
    """A waiver of a rule that is none, or that speaks of no single unit."""
    if known:
        return Problem(what=_OF_THE_REGISTER, found=shown(words), remedy=_TAKE_OUT)
    return Problem(
        what=_NO_RULE,
        found=shown(words),
        expected=_A_RULE,
        remedy=like(words, [rule.name for rule in all_rules()]) or _CORRECT_RULE,
    )


def _never_speaks(rule: RuleName, subject: str, unit: Unit) -> Problem | None:
    """What is wrong with a waiver for a record of which its rule never speaks."""
    if rule.code in _NAMING_RECORDS or rule.about == OF_THE_REGISTER:
        return None
    if rule.about == OF_THE_UNIT:
        expected = _NO_SUBJECT
    else:
        places = _places(rule.about, unit)
        if subject in places:
            return None
        expected = Names(places).some()
    what = _NEVER_SPEAKS.format(code=rule.code, name=rule.name)
    return Problem(what=what, found=shown(subject), expected=expected, remedy=_NAME_ANOTHER)


def _places(about: str, unit: Unit) -> list[str]:
    """The places of the records of one kind in a unit."""
    if about != "findings":
        return [f"{about}.{key}" for key in getattr(unit, about)]
    return [f"audits.{finding.replace('/', '.findings.', 1)}" for finding in _findings(unit)]


def _replacing(named: Mapping[str, str], collection: str, field: str) -> Iterator[Dangling]:
    """Records that replace, by way of others, themselves."""
    for path, words in _circles(named, collection, field):
        remedy = _BREAK_REPLACING.format(key=field)
        yield path, Problem(what=_REPLACING_CIRCLE, found=words, remedy=remedy)


def _circles(named: Mapping[str, str], collection: str, field: str) -> Iterator[tuple[Path, str]]:
    """Each circle of several records, at its first name; what names itself is told elsewhere."""
    for circle in circles(named):
        if len(circle) > 1:
            first, words = _told(circle)
            yield (collection, first, field), words


def _told(circle: list[str]) -> tuple[str, str]:
    """The first name of a circle, and the circle in words from there."""
    first = circle.index(min(circle))
    told = [*circle[first:], *circle[:first]]
    if len(told) > _LISTED:
        told[_LISTED:] = ["…"]
    return told[0], " → ".join([*told, told[0]])


def circles(named: Mapping[_Name, _Name]) -> Iterator[list[_Name]]:
    """The circles of names of which each leads to the next; a name may lead to itself."""
    passed: set[_Name] = set()
    for start in named:
        chain: dict[_Name, int] = {}
        at = start
        while at in named and at not in passed:
            passed.add(at)
            chain[at] = len(chain)
            at = named[at]
        if at in chain:
            yield list(chain)[chain[at] :]


def loops(named: Mapping[_Name, Sequence[_Name]]) -> Iterator[list[_Name]]:
    """Circles of names of which each may lead to several; those of one name alone left out.

    At least one of those that share a name is found.
    """
    done: set[_Name] = set()
    for start in named:
        way: dict[_Name, Iterator[_Name]] = {} if start in done else {start: iter(named[start])}
        while way:
            at = next(reversed(way))
            following = next((name for name in way[at] if name not in done), None)
            if following is None:
                done.add(at)
                del way[at]
            elif following in way:
                circle = list(way)[list(way).index(following) :]
                if len(circle) > 1:
                    yield circle
            else:
                way[following] = iter(named.get(following, ()))


def dangling_outside(unit: Unit, organisation: Organisation, units: Names) -> Iterator[Dangling]:
    """References from a unit to other units and to the groups of the organisation."""
    if unit.group is not None and organisation.groups:
        yield from _named(unit.group, organisation.groups, ("group",), _GROUP)
    if unit.parent is not None:
        yield from _named(unit.parent, units, ("parent",), _UNIT, unit.id)
    yield from _all_named(unit.predecessors, units, ("predecessors",), _UNIT, unit.id)
    yield from _all_named(unit.successors, units, ("successors",), _UNIT, unit.id)


def circles_of_units(parents: Mapping[str, str]) -> Iterator[Dangling]:
    """Units that are, by way of others, above themselves; the path begins with the unit."""
    for path, words in _circles(parents, "units", "parent"):
        yield path[1:], Problem(what=_UNIT_CIRCLE, found=words, remedy=_BREAK_UNITS)


def circles_of_origin(key: str, named: Mapping[str, Sequence[str]]) -> Iterator[Dangling]:
    """Units that came from, or went into, one another; the path begins with the unit.

    Args:
        key: ``predecessors`` or ``successors``.
        named: The units that each unit names under that key.
    """
    for circle in loops(named):
        first, words = _told(circle)
        remedy = _BREAK_ORIGIN.format(key=key)
        yield (first, key), Problem(what=_ORIGIN_CIRCLES[key], found=words, remedy=remedy)


def dangling_in_plans(plans: Iterable[tuple[str, YearlyPlan]], units: Names) -> Iterator[Dangling]:
    """References from the yearly plans to units."""
    for year, plan in plans:
        yield from _all_named(plan.on_site, units, ("yearly_plans", year, "on_site"), _UNIT)


def _certification(unit: Unit) -> Iterator[Dangling]:
    replaced: dict[str, str] = {}
    for key, certificate in unit.certificates.items():
        if certificate.replaces is not None:
            replaced[key] = certificate.replaces
            path: Path = ("certificates", key, "replaces")
            yield from _named(certificate.replaces, unit.certificates, path, _CERTIFICATE, key)
    yield from _replacing(replaced, "certificates", "replaces")
    replaced = {}
    for key, announcement in unit.announcements.items():
        path = ("announcements", key)
        if announcement.replaces is not None:
            replaced[key] = announcement.replaces
            yield from _named(
                announcement.replaces, unit.announcements, (*path, "replaces"), _ANNOUNCEMENT, key
            )
        if unit.procedures:
            yield from _all_named(
                announcement.procedures, unit.procedures, (*path, "procedures"), _PROCEDURE
            )
    yield from _replacing(replaced, "announcements", "replaces")


def _audits(unit: Unit) -> Iterator[Dangling]:
    for key, audit in unit.audits.items():
        if audit.certificate is not None:
            path: Path = ("audits", key, "certificate")
            yield from _named(audit.certificate, unit.certificates, path, _CERTIFICATE)
        for name, finding in audit.findings.items():
            if finding.repeats is not None:
                path = ("audits", key, "findings", name, "repeats")
                own = f"{key}/{name}"
                yield from _named(finding.repeats, _findings(unit), path, _FINDING, own)


def _procedures(unit: Unit) -> Iterator[Dangling]:
    for key, procedure in unit.procedures.items():
        path: Path = ("procedures", key)
        if procedure.document is not None:
            yield from _named(procedure.document, unit.documents, (*path, "document"), _DOCUMENT)
        if unit.legal_documents:
            yield from _all_named(
                procedure.legal_bases,
                unit.legal_documents,
                (*path, "legal_bases"),
                _LEGAL_DOCUMENT,
            )
    replaced: dict[str, str] = {}
    for key, legal in unit.legal_documents.items():
        if legal.replaced_by is not None:
            replaced[key] = legal.replaced_by
            path = ("legal_documents", key, "replaced_by")
            yield from _named(legal.replaced_by, unit.legal_documents, path, _LEGAL_DOCUMENT, key)
    yield from _replacing(replaced, "legal_documents", "replaced_by")


def _document(unit: Unit, key: str, document: Document) -> Iterator[Dangling]:
    path: Path = ("documents", key)
    if document.form_of is not None:
        yield from _named(document.form_of, unit.documents, (*path, "form_of"), _DOCUMENT, key)
    if document.cites and unit.legal_documents:
        known = [*unit.legal_documents, *unit.documents]
        yield from _all_named(document.cites, known, (*path, "cites"), _LEGAL_DOCUMENT)


def _findings(unit: Unit) -> list[str]:
    return [f"{key}/{name}" for key, audit in unit.audits.items() for name in audit.findings]


def _all_named(
    names: tuple[str, ...],
    known: Names | Collection[str],
    path: Path,
    kind: Text,
    own: str | None = None,
) -> Iterator[Dangling]:
    for index, name in enumerate(names):
        yield from _named(name, known, (*path, index), kind, own)


def _named(
    name: str, known: Names | Collection[str], path: Path, kind: Text, own: str | None = None
) -> Iterator[Dangling]:
    """The name is that of a known record, and not of the record itself."""
    if name == own:
        yield path, Problem(what=_ITSELF, found=shown(name), remedy=_ADD_OR_CORRECT)
    elif name not in known:
        names = known if isinstance(known, Names) else Names(known)
        yield (
            path,
            Problem(
                what=_DANGLING.format(kind=kind),
                found=shown(name),
                expected=names.some(),
                remedy=names.near(name) or _ADD_OR_CORRECT,
            ),
        )
