"""Certificates and announcements: what makes a unit's certification current."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from qms.model.making import held_to_types
from qms.model.shapes import Key, Words
from qms.terms import AnnouncementAct, CertificateAct, Edition, Grant, Regime

__all__ = ["Announcement", "AnnouncementEvent", "Certificate", "CertificateEvent", "Site"]


@frozen(kw_only=True, weakref_slot=False)
class Site:
    """A place that a certificate covers (IAF MD 1).

    Attributes:
        name: What the site is called.
        address: Where it is.
        central: Whether it is the central function, which is audited every year.
    """

    name: Words
    address: Words | None = None
    central: bool = False

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class CertificateEvent:
    """Something that the issuer did to a certificate on a day (ISO/IEC 17021-1:2015, 9.6).

    Attributes:
        act: What was done.
        on: The day from which it holds.
        reason: Why.
        scope: The scope afterwards, where the act changed it.
        to: The certification body that received a transferred certification.
    """

    act: CertificateAct
    on: date
    reason: Words | None = None
    scope: Words | None = None
    to: Words | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class Certificate:
    """A certificate of the quality management system (ISO/IEC 17021-1:2015, 8.2.2).

    Attributes:
        number: The identification printed on the certificate.
        edition: The edition of ISO 9001, in any usual spelling.
        regime: ``accredited`` or ``state-certificate``.
        issuer: The certification body or the authority that issued it.
        accreditation: The accreditation body and number.
        grant: What kind of decision it rests on; where it is left out, that is told from
            the certificates before it.
        decided: The day of the certification decision, from which the cycle runs.
        decided_by: Who took the decision; not one of those who audited.
        issued: The day of issue printed on it.
        effective: The first day of validity.
        expires: The last day of validity.
        scope: What the certification covers.
        sites: The places that it covers.
        sampled: Whether its sites may be sampled (IAF MD 1); otherwise each is audited.
        replaces: The identifier of the certificate that it replaces.
        history: What the issuer did to it since.
        note: Anything else worth knowing.
    """

    number: Words
    edition: Edition
    regime: Regime
    issuer: Words | None = None
    accreditation: Words | None = None
    grant: Grant | None = None
    decided: date | None = None
    decided_by: Words | None = None
    issued: date | None = None
    effective: date | None = None
    expires: date | None = None
    scope: Words | None = None
    sites: tuple[Site, ...] = ()
    sampled: bool = True
    replaces: Key | None = None
    history: tuple[CertificateEvent, ...] = ()
    note: Words | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class AnnouncementEvent:
    """Something that happened to an announcement on a day.

    Attributes:
        act: What happened.
        on: The day.
        reason: Why.
    """

    act: AnnouncementAct
    on: date
    reason: Words | None = None

    __attrs_post_init__ = held_to_types


@frozen(kw_only=True, weakref_slot=False)
class Announcement:
    """A unit's own announcement that its system conforms (QĐ 19/2014/QĐ-TTg, Article 4).

    Attributes:
        number: The number and symbol of the announcement.
        edition: The edition announced, in any usual spelling.
        signed: The day on which it was signed.
        signed_by: Who signed; the head of the unit.
        effective: The first day on which it holds.
        scope: The fields of activity that it covers.
        procedures: The identifiers of the administrative procedures in its annexed list.
        replaces: The identifier of the announcement that it replaces.
        history: What happened to it since.
        note: Anything else worth knowing.
    """

    number: Words
    edition: Edition
    signed: date | None = None
    signed_by: Words | None = None
    effective: date | None = None
    scope: Words | None = None
    procedures: tuple[Key, ...] = ()
    replaces: Key | None = None
    history: tuple[AnnouncementEvent, ...] = ()
    note: Words | None = None

    __attrs_post_init__ = held_to_types
