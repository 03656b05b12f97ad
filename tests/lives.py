"""Units with lives of their own, for tests of laws: certificates, announcements, audits, events."""

from datetime import date, timedelta

from attrs import evolve
from hypothesis import strategies as st

from qms.dates import add_years, day_before
from qms.model import (
    Acknowledgement,
    AdministrativeProcedure,
    Announcement,
    AnnouncementEvent,
    Audit,
    Certificate,
    CertificateEvent,
    Distribution,
    Document,
    DocumentEvent,
    DocumentReview,
    Finding,
    FindingEvent,
    LegalDocument,
    LegalReview,
    ProcedureChange,
    Recall,
    StoredFile,
    Unit,
    UnitEvent,
    Waiver,
)
from qms.terms import (
    AnnouncementAct,
    AuditMode,
    AuditType,
    CertificateAct,
    DocumentAct,
    DocumentKind,
    Duty,
    Edition,
    FindingAct,
    Grade,
    Grant,
    LegalAct,
    ProcedureAct,
    Regime,
    ReviewOutcome,
    UnitAct,
)
from qms.text import Name

EDITIONS = [Edition(f"ISO 9001:{year}") for year in (2000, 2008, 2015, 2026)]
days = st.dates(date(2006, 1, 1), date(2030, 12, 31))


def certificate(**facts):
    """An accredited certificate with the usual facts filled in."""
    decided = facts.get("decided")
    usual = {
        "number": "INVENTED-1",
        "edition": Edition("ISO 9001:2015"),
        "regime": Regime.ACCREDITED,
        "issuer": "Invented Certification",
        "effective": decided,
        "expires": day_before(add_years(decided, 3)) if decided else None,
    }
    return Certificate(**usual | facts)


def audit(type_, held=None, **facts):
    """An audit of a type, held on a day."""
    return Audit(type=AuditType(type_), held=held, **facts)


def unit(**facts):
    """A unit with a name."""
    return Unit(**{"id": "u1", "name": Name(en="Invented unit")} | facts)


def announcement(effective, **facts):
    """An announcement to the 2015 edition, signed on the day on which it takes effect."""
    usual = {
        "number": "01/CB",
        "edition": Edition("TCVN ISO 9001:2015"),
        "signed": effective,
        "signed_by": "Người ký giả định",
        "effective": effective,
    }
    return Announcement(**usual | facts)


@st.composite
def certificates(draw):
    decided = draw(days)
    effective = decided + timedelta(draw(st.integers(-10, 60)))
    expires = draw(
        st.sampled_from([day_before(add_years(decided, 3)), add_years(decided, 1), None])
    )
    acts = draw(
        st.lists(st.tuples(st.sampled_from(CertificateAct), st.integers(0, 1500)), max_size=3)
    )
    return Certificate(
        number=draw(st.sampled_from(["A", "B", "C"])),
        edition=draw(st.sampled_from(EDITIONS)),
        regime=draw(
            st.sampled_from([Regime.ACCREDITED, Regime.ACCREDITED, Regime.STATE_CERTIFICATE])
        ),
        issuer=draw(st.sampled_from(["X", "Y"])),
        grant=draw(st.sampled_from([None, None, None, *Grant])),
        decided=draw(st.sampled_from([decided, decided, decided, None])),
        effective=draw(st.sampled_from([effective, effective, None])),
        expires=expires,
        scope=draw(st.sampled_from([None, None, "Offices", "Laboratory"])),
        replaces=draw(st.sampled_from([None, None, None, None, "a", "b"])),
        history=tuple(CertificateEvent(act=act, on=decided + timedelta(n)) for act, n in acts),
    )


@st.composite
def announcements(draw):
    signed = draw(days)
    acts = draw(
        st.lists(st.tuples(st.sampled_from(AnnouncementAct), st.integers(0, 900)), max_size=1)
    )
    return Announcement(
        number="01/CB",
        edition=draw(st.sampled_from(EDITIONS)),
        signed=draw(st.sampled_from([signed, None])),
        effective=draw(st.sampled_from([signed + timedelta(10), None])),
        procedures=draw(st.sampled_from([(), ("p1",), ("p1", "p2")])),
        history=tuple(AnnouncementEvent(act=act, on=signed + timedelta(n)) for act, n in acts),
    )


@st.composite
def findings(draw, held):
    acts = draw(st.lists(st.tuples(st.sampled_from(FindingAct), st.integers(0, 400)), max_size=2))
    return Finding(
        grade=draw(st.sampled_from(Grade)),
        raised=draw(st.sampled_from([None, held])),
        due=draw(st.sampled_from([None, held + timedelta(90)])),
        history=tuple(
            FindingEvent(
                act=act,
                on=held + timedelta(n),
                effective=draw(st.sampled_from([None, True, False])),
                until=held + timedelta(200) if act is FindingAct.EXTENDED else None,
            )
            for act, n in acts
        ),
    )


@st.composite
def audits(draw):
    held = draw(days)
    is_held = draw(st.booleans())
    planned = draw(st.sampled_from([None, held - timedelta(5)]))
    return Audit(
        type=draw(st.sampled_from(AuditType)),
        mode=draw(st.sampled_from([None, *AuditMode])),
        planned=planned,
        planned_on=planned - timedelta(60) if planned else None,
        held=held if is_held else None,
        reported=held + timedelta(14) if is_held and draw(st.booleans()) else None,
        findings=draw(st.dictionaries(st.sampled_from(["1", "2"]), findings(held), max_size=1))
        if is_held
        else {},
    )


HOLDERS = ["Văn thư", "Phòng Một cửa"]
CODES = ["d1", "d2", "D1"]
_kinds = st.sampled_from(
    [DocumentKind.PROCEDURE, DocumentKind.PROCEDURE, DocumentKind.FORM, *DocumentKind]
)
_numbers = st.sampled_from(["1", "1", "2", "2", "3", "1.1", None])


@st.composite
def _acts(draw, begun):
    """An act with a revision, more often than not one in good order."""
    act = draw(st.sampled_from([DocumentAct.APPROVED, DocumentAct.ISSUED, *DocumentAct]))
    on = begun + timedelta(draw(st.integers(0, 900)))
    issued = act is DocumentAct.ISSUED
    effective = (
        on + timedelta(draw(st.integers(-2, 60))) if issued and draw(st.booleans()) else None
    )
    limited = issued and draw(st.booleans())
    return DocumentEvent(
        act=act,
        on=on,
        revision=draw(_numbers),
        by=draw(st.sampled_from([None, "A", "B"])),
        effective=effective,
        until=(effective or on) + timedelta(draw(st.integers(0, 700))) if limited else None,
        file=StoredFile(name="d1.docx") if act is DocumentAct.APPROVED else None,
    )


@st.composite
def documents(draw):
    """A document with any life: good, bad and impossible."""
    begun = draw(days)
    later = st.integers(0, 1500).map(lambda n: begun + timedelta(n))
    copies = draw(st.lists(st.tuples(st.sampled_from(HOLDERS), later, _numbers), max_size=2))
    read = draw(st.lists(st.tuples(st.sampled_from(HOLDERS), later), max_size=1))
    reviews = draw(st.lists(st.tuples(later, st.sampled_from(ReviewOutcome)), max_size=1))
    return Document(
        title=Name(vi="Tài liệu giả định"),
        kind=draw(_kinds),
        owner=draw(st.sampled_from([None, "Văn thư"])),
        places=draw(st.sampled_from([(), ("Văn thư",)])),
        clauses=draw(st.sampled_from([(), ("4.3",), ("4.2.3", "8.5.2.1")])),
        form_of=draw(st.sampled_from([None, "d1"])),
        cites=draw(st.sampled_from([(), ("t1",), ("d2", "t1")])),
        review_every=draw(st.sampled_from([None, 12])),
        acknowledge_within=draw(st.sampled_from([None, 5])),
        retention=draw(st.sampled_from([None, 6])),
        ended=draw(st.none() | later),
        history=tuple(draw(st.lists(_acts(begun), min_size=1, max_size=5))),
        reviews=tuple(DocumentReview(on=on, outcome=outcome) for on, outcome in reviews),
        distribution=tuple(
            Distribution(holder=holder, given=given, revision=number)
            for holder, given, number in copies
        ),
        recalls=tuple(
            Recall(holder=holder, on=given + timedelta(100))
            for holder, given, _ in copies
            if draw(st.booleans())
        ),
        acknowledgements=tuple(
            Acknowledgement(holder=holder, on=on, revision="1") for holder, on in read
        ),
    )


@st.composite
def legal_documents(draw):
    """A legal document with days in any order that a register takes."""
    begun = draw(days)
    return LegalDocument(
        title=Name(vi="Văn bản giả định"),
        issued=draw(st.sampled_from([None, begun + timedelta(10)])),
        in_force=begun,
        ended=draw(st.sampled_from([None, begun + timedelta(400)])),
        replaced_by=draw(st.sampled_from([None, "t2"])),
        reviews=tuple(
            LegalReview(act=act, on=begun + timedelta(n))
            for act, n in draw(
                st.lists(st.tuples(st.sampled_from(LegalAct), st.integers(0, 900)), max_size=2)
            )
        ),
    )


@st.composite
def units(draw):
    """A unit with anything that bears on its certification, and with documents."""
    born = draw(st.sampled_from([None, None, date(2008, 5, 1)]))
    granted = draw(days)
    procedures = {
        key: AdministrativeProcedure(
            title=Name(vi="Thủ tục giả định"),
            document=draw(st.sampled_from([None, "d1"])),
            legal_bases=draw(st.sampled_from([(), ("t1",)])),
            changes=tuple(
                ProcedureChange(act=act, on=on)
                for act, on in draw(
                    st.lists(
                        st.tuples(st.sampled_from([ProcedureAct.PUBLISHED, *ProcedureAct]), days),
                        max_size=2,
                    )
                )
            ),
        )
        for key in draw(st.sampled_from([(), ("p1",), ("p1", "p2")]))
    }
    return Unit(
        id="u1",
        name=Name(en="Invented unit"),
        duty=draw(st.sampled_from([Duty.OBLIGED, Duty.OBLIGED, Duty.ENCOURAGED])),
        valid_from=born,
        valid_to=draw(st.sampled_from([None, None, date(2025, 6, 30)])),
        certificates=draw(st.dictionaries(st.sampled_from("abc"), certificates(), max_size=3)),
        announcements=draw(st.dictionaries(st.sampled_from("xy"), announcements(), max_size=2)),
        audits=draw(st.dictionaries(st.sampled_from("12345"), audits(), max_size=5)),
        procedures=procedures,
        documents=draw(st.dictionaries(st.sampled_from(CODES), documents(), max_size=2)),
        legal_documents=draw(
            st.dictionaries(st.sampled_from(["t1", "t2"]), legal_documents(), max_size=2)
        ),
        history=tuple(
            UnitEvent(act=act, on=on)
            for act, on in draw(st.lists(st.tuples(st.sampled_from(UnitAct), days), max_size=1))
        ),
        waivers=tuple(
            Waiver(
                rule=rule,
                reason="extraordinary event",
                by="the directorate",
                granted=granted,
                until=granted + timedelta(180),
            )
            for rule in draw(
                st.sampled_from([(), ("C103",), ("first-surveillance-missed",), ("V303",)])
            )
        ),
    )


def with_later_facts(first, more):
    """A unit with the certificates, announcements, audits and documents of another one added."""
    renamed = {f"later-{key}": record for key, record in more.certificates.items()}
    return evolve(
        first,
        certificates={**first.certificates, **renamed},
        announcements={
            **first.announcements,
            **{f"later-{k}": record for k, record in more.announcements.items()},
        },
        audits={**first.audits, **{f"later-{k}": record for k, record in more.audits.items()}},
        **{
            name: {
                **getattr(first, name),
                **{f"later-{key}": record for key, record in getattr(more, name).items()},
            }
            for name in ("documents", "procedures", "legal_documents")
        },
        history=first.history + more.history,
        waivers=first.waivers + more.waivers,
    )
