"""Keeps the certification of many units current: registers of dated facts, and what follows.

The public names are imported where they are first used, so that ``import qms``
costs next to nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qms.answers import calendar, check, obligations, status, timeline
    from qms.check import Diagnostic, Report, Rule, Summary, UnitResult
    from qms.document_stamping import stamp_revision
    from qms.document_verification import verify_documents
    from qms.evidence import evidence_of
    from qms.file_problems import FileProblem, Verification
    from qms.intervals import Interval
    from qms.issuing import Commission, checklist_for
    from qms.model import (
        Acknowledgement,
        AdministrativeProcedure,
        Announcement,
        AnnouncementEvent,
        Audit,
        AuditTeamMember,
        Certificate,
        CertificateEvent,
        Distribution,
        Document,
        DocumentEvent,
        DocumentReview,
        Finding,
        FindingEvent,
        Group,
        Head,
        LegalDocument,
        LegalReview,
        ManagementReview,
        Measurement,
        Organisation,
        Plan,
        Policy,
        ProcedureChange,
        QualityObjective,
        Recall,
        Register,
        Site,
        StoredFile,
        Task,
        Unit,
        UnitEvent,
        Waiver,
        YearlyPlan,
    )
    from qms.obligations import Obligation
    from qms.problems import RegisterError
    from qms.programme import Entry
    from qms.questions import questions_for
    from qms.revisions import Refusal, Revision
    from qms.rules import RULES, find_rule
    from qms.standing import Standing
    from qms.store import convert, load, save
    from qms.store.questions import load_banks
    from qms.terms import (
        AnnouncementAct,
        AuditMode,
        AuditRole,
        AuditType,
        CertificateAct,
        Comparison,
        DocumentAct,
        DocumentKind,
        Duty,
        Edition,
        FindingAct,
        Grade,
        Grant,
        LegalAct,
        Level,
        ObligationState,
        OnlineService,
        ProcedureAct,
        Regime,
        ReviewInput,
        ReviewOutcome,
        ReviewOutput,
        Severity,
        Status,
        UnitAct,
    )
    from qms.text import Language, Name, Text

_MODEL = """
    Acknowledgement AdministrativeProcedure Announcement AnnouncementEvent Audit AuditTeamMember
    Certificate CertificateEvent Distribution Document DocumentEvent DocumentReview Finding
    FindingEvent Group Head LegalDocument LegalReview ManagementReview Measurement Organisation
    Plan Policy ProcedureChange QualityObjective Recall Register Site StoredFile Task Unit UnitEvent
    Waiver YearlyPlan
"""

_TERMS = """
    AnnouncementAct AuditMode AuditRole AuditType CertificateAct Comparison DocumentAct
    DocumentKind Duty Edition FindingAct Grade Grant LegalAct Level ObligationState
    OnlineService ProcedureAct Regime ReviewInput ReviewOutcome ReviewOutput Severity Status
    UnitAct
"""

#: Where each public name is found.
_HOME = {
    name: module
    for module, names in {
        "qms.check": "Diagnostic Report Rule Summary UnitResult",
        "qms.document_stamping": "stamp_revision",
        "qms.document_verification": "verify_documents",
        "qms.evidence": "evidence_of",
        "qms.file_problems": "FileProblem Verification",
        "qms.issuing": "Commission checklist_for",
        "qms.model": _MODEL,
        "qms.obligations": "Obligation",
        "qms.programme": "Entry",
        "qms.answers": "calendar check obligations status timeline",
        "qms.questions": "questions_for",
        "qms.revisions": "Refusal Revision",
        "qms.rules": "RULES find_rule",
        "qms.intervals": "Interval",
        "qms.standing": "Standing",
        "qms.problems": "RegisterError",
        "qms.store": "convert load save",
        "qms.store.questions": "load_banks",
        "qms.terms": _TERMS,
        "qms.text": "Language Name Text",
    }.items()
    for name in names.split()
}

__all__ = [
    "RULES",
    "Acknowledgement",
    "AdministrativeProcedure",
    "Announcement",
    "AnnouncementAct",
    "AnnouncementEvent",
    "Audit",
    "AuditMode",
    "AuditRole",
    "AuditTeamMember",
    "AuditType",
    "Certificate",
    "CertificateAct",
    "CertificateEvent",
    "Commission",
    "Comparison",
    "Diagnostic",
    "Distribution",
    "Document",
    "DocumentAct",
    "DocumentEvent",
    "DocumentKind",
    "DocumentReview",
    "Duty",
    "Edition",
    "Entry",
    "FileProblem",
    "Finding",
    "FindingAct",
    "FindingEvent",
    "Grade",
    "Grant",
    "Group",
    "Head",
    "Interval",
    "Language",
    "LegalAct",
    "LegalDocument",
    "LegalReview",
    "Level",
    "ManagementReview",
    "Measurement",
    "Name",
    "Obligation",
    "ObligationState",
    "OnlineService",
    "Organisation",
    "Plan",
    "Policy",
    "ProcedureAct",
    "ProcedureChange",
    "QualityObjective",
    "Recall",
    "Refusal",
    "Regime",
    "Register",
    "RegisterError",
    "Report",
    "ReviewInput",
    "ReviewOutcome",
    "ReviewOutput",
    "Revision",
    "Rule",
    "Severity",
    "Site",
    "Standing",
    "Status",
    "StoredFile",
    "Summary",
    "Task",
    "Text",
    "Unit",
    "UnitAct",
    "UnitEvent",
    "UnitResult",
    "Verification",
    "Waiver",
    "YearlyPlan",
    "calendar",
    "check",
    "checklist_for",
    "convert",
    "evidence_of",
    "find_rule",
    "load",
    "load_banks",
    "obligations",
    "questions_for",
    "save",
    "stamp_revision",
    "status",
    "timeline",
    "verify_documents",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'qms' has no attribute {name!r}")
    found: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """A package in which a public function is not hidden by a module of the same name.

    Importing ``qms.check`` or ``qms.obligations`` would otherwise put that module in
    the place of the function, at a moment that nobody can foresee.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
