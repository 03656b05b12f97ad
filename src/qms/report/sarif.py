"""The report as SARIF 2.1.0, which build servers and code hosts show beside the files."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec

from qms.report.json import known_day
from qms.report.sentences import left_unnamed, told
from qms.terms import Severity

if TYPE_CHECKING:
    from qms.check import Diagnostic, Report, Rule
    from qms.report import Setting

__all__ = ["render"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report, setting: Setting) -> str:
    """The report as a SARIF log with one run, in the language of the setting."""
    rules = list({d.rule.code: d.rule for d in report.diagnostics}.values())
    rules.sort(key=lambda rule: rule.code)
    places = {rule.code: place for place, rule in enumerate(rules)}
    unnamed = left_unnamed(report)
    notes = [] if unnamed is None else [{"message": {"text": unnamed.in_(setting.language)}}]
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "qms",
                        "version": version("qms-register"),
                        "language": setting.language.value,
                        "rules": [_rule(rule, setting) for rule in rules],
                    }
                },
                "language": setting.language.value,
                "results": [
                    _result(diagnostic, places[diagnostic.rule.code], setting)
                    for diagnostic in report.diagnostics
                ],
                "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
                "properties": {"on": report.on.isoformat()},
            }
        ],
    }
    return msgspec.json.format(msgspec.json.encode(log), indent=2).decode() + "\n"


def _rule(rule: Rule, setting: Setting) -> dict[str, Any]:
    language = setting.language
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.title.in_(language)},
        "fullDescription": {"text": rule.explanation.in_(language)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"basis": str(rule.basis)},
    }


def _result(diagnostic: Diagnostic, place: int, setting: Setting) -> dict[str, Any]:
    language = setting.language
    result: dict[str, Any] = {
        "ruleId": diagnostic.rule.code,
        "ruleIndex": place,
        "level": _LEVELS[diagnostic.severity],
        "message": {
            "text": f"{told(diagnostic, language)}\n{diagnostic.remedy.in_(language)}",
        },
        "locations": [_location(diagnostic, setting)],
        "partialFingerprints": {"qms/1": _fingerprint(diagnostic)},
        "properties": {"unit": diagnostic.unit, "subject": diagnostic.subject},
    }
    due = known_day(diagnostic.due)
    if due is not None:
        result["properties"]["due"] = due.isoformat()
    if diagnostic.waived_by is not None:
        words = f"{diagnostic.waived_by.reason} ({diagnostic.waived_by.by})"
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": words}
        ]
    return result


def _location(diagnostic: Diagnostic, setting: Setting) -> dict[str, Any]:
    """The record by its path, and the file of its unit where that is known."""
    parts = [p for p in (diagnostic.unit and f"units.{diagnostic.unit}", diagnostic.subject) if p]
    location: dict[str, Any] = {
        "logicalLocations": [{"fullyQualifiedName": ".".join(parts) or "register"}]
    }
    file = setting.files.get(diagnostic.unit or "", setting.source)
    if file:
        location["physicalLocation"] = {"artifactLocation": {"uri": _uri(file)}}
    return location


def _uri(file: str) -> str:
    """A file as a URI: relative to the folder of the run, or with its scheme where it is whole."""
    drive = file[:2] if file[1:3] == ":/" else ""
    scheme = "file:///" if drive else "file://" if file.startswith("/") else ""
    return scheme + drive + quote(file.removeprefix(drive))


def _fingerprint(diagnostic: Diagnostic) -> str:
    """What stays the same from run to run: the rule, the record and the due day."""
    due = known_day(diagnostic.due)
    parts = (diagnostic.rule.code, diagnostic.unit or "", diagnostic.subject, str(due or ""))
    return "/".join(parts)
