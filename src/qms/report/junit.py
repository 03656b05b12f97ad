"""The report as JUnit XML: a unit is a test case, and it fails where an error counts."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from qms.report.sentences import WHOLE, figures, footing, left_unnamed, told, what_to_do, where
from qms.terms import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qms.check import Diagnostic, Report
    from qms.report import Setting

__all__ = ["render"]

#: What XML 1.0 cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report, setting: Setting) -> str:
    """The report as JUnit XML: a suite for each group, a case for each unit."""
    organisation = setting.organisation.in_(setting.language)
    suites: defaultdict[str, list[ET.Element]] = defaultdict(list)
    if setting.chosen is None:
        whole = WHOLE.in_(setting.language)
        suites[organisation].append(_case(organisation, whole, report.portfolio, setting))
    for result in report.units:
        group = result.group or organisation
        name = f"{result.name.in_(setting.language)} ({result.id})"
        suites[group].append(_case(group, name, result.diagnostics, setting))
    root = _counted(ET.Element("testsuites"), organisation, [c for s in suites.values() for c in s])
    for group, cases in suites.items():
        suite = _counted(ET.SubElement(root, "testsuite"), group, cases)
        suite.set("timestamp", f"{report.on.isoformat()}T00:00:00")
        suite.extend(cases)
    note = ET.SubElement(root[-1], "system-out") if len(root) else None
    if note is not None:
        unnamed = left_unnamed(report)
        sentences = (figures(report.summary), *(() if unnamed is None else (unnamed,)))
        note.text = " ".join(one.in_(setting.language) for one in sentences)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="UTF-8"?>\n', "\n")
    )


def _counted(element: ET.Element, name: str, cases: Sequence[ET.Element]) -> ET.Element:
    failures = sum(1 for case in cases if case.find("failure") is not None)
    counts = {"tests": len(cases), "failures": failures, "errors": 0, "skipped": 0, "time": 0}
    element.set("name", _clean(name))
    for key, count in counts.items():
        element.set(key, str(count))
    return element


def _case(group: str, name: str, diagnostics: Iterable[Diagnostic], setting: Setting) -> ET.Element:
    case = ET.Element("testcase", classname=_clean(group), name=_clean(name), time="0")
    errors: list[Diagnostic] = []
    others: list[Diagnostic] = []
    for diagnostic in diagnostics:
        counts = diagnostic.severity is Severity.ERROR and diagnostic.waived_by is None
        (errors if counts else others).append(diagnostic)
    if errors:
        failure = ET.SubElement(
            case, "failure", type=", ".join(dict.fromkeys(d.rule.code for d in errors))
        )
        failure.set("message", _clean(told(errors[0], setting.language)))
        failure.text = _clean("\n\n".join(_words(d, setting) for d in errors))
    if others:
        ET.SubElement(case, "system-out").text = _clean(
            "\n\n".join(_words(d, setting) for d in others)
        )
    return case


def _words(diagnostic: Diagnostic, setting: Setting) -> str:
    language = setting.language
    lines = (
        told(diagnostic, language),
        what_to_do(diagnostic, language),
        footing(diagnostic, language),
        where(language, diagnostic),
    )
    return "\n".join(line for line in lines if line)


def _clean(words: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", words)
