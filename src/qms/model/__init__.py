"""The records of a register: frozen values, dated facts, nothing derivable.

Every record is shaped as it stands in data.  A collection of records is a
mapping from the identifier that people gave to the record; a history is a
tuple of dated facts.  ``None`` means "not recorded", and what is not recorded
is never taken as conforming.
"""

from qms.model.audits import (
    Audit,
    AuditTeamMember,
    Finding,
    FindingEvent,
    ManagementReview,
)
from qms.model.certification import (
    Announcement,
    AnnouncementEvent,
    Certificate,
    CertificateEvent,
    Site,
)
from qms.model.documents import (
    Acknowledgement,
    Distribution,
    Document,
    DocumentEvent,
    DocumentReview,
    Recall,
    StoredFile,
)
from qms.model.objectives import Measurement, Plan, QualityObjective, Task
from qms.model.procedures import (
    AdministrativeProcedure,
    LegalDocument,
    LegalReview,
    ProcedureChange,
)
from qms.model.register import (
    Group,
    Organisation,
    Policy,
    Register,
    YearlyPlan,
)
from qms.model.unit import Head, Unit, UnitEvent, Waiver

__all__ = [
    "Acknowledgement",
    "AdministrativeProcedure",
    "Announcement",
    "AnnouncementEvent",
    "Audit",
    "AuditTeamMember",
    "Certificate",
    "CertificateEvent",
    "Distribution",
    "Document",
    "DocumentEvent",
    "DocumentReview",
    "Finding",
    "FindingEvent",
    "Group",
    "Head",
    "LegalDocument",
    "LegalReview",
    "ManagementReview",
    "Measurement",
    "Organisation",
    "Plan",
    "Policy",
    "ProcedureChange",
    "QualityObjective",
    "Recall",
    "Register",
    "Site",
    "StoredFile",
    "Task",
    "Unit",
    "UnitEvent",
    "Waiver",
    "YearlyPlan",
]
