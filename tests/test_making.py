"""Records made in Python are held to the types of their fields, so that no fact goes unseen."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from attrs import evolve

import qms
from lives import certificate, unit
from qms.model import Register
from qms.terms import AuditMode, CertificateAct, ReviewInput

DAY = date(2024, 5, 1)
SUSPENDED = {"act": "suspended", "on": DAY}


def register_of(one):
    return Register(
        organisation=qms.Organisation(name=qms.Name(en="Invented")), units={one.id: one}
    )


def current(one, on=DAY):
    return qms.status(register_of(one), on=on)[one.id].current


def certified(**facts):
    return unit(certificates={"1": certificate(decided=date(2024, 1, 10), **facts)})


@pytest.mark.parametrize("act", ["suspended", CertificateAct.SUSPENDED])
def test_a_suspension_is_seen_whether_its_act_is_a_term_or_its_word(act):
    suspension = qms.CertificateEvent(act=act, on=DAY)
    one = certified()
    (held,) = one.certificates.values()

    assert current(one)
    assert not current(
        evolve(one, certificates={"1": evolve(held, history=[suspension])})  # a list, too
    )


def test_what_was_made_of_words_equals_what_is_loaded(tmp_path):
    made = qms.Unit(
        id="a",
        name=qms.Name(en="A"),
        level="site",
        certificates={
            "1": qms.Certificate(
                number="1",
                edition="ISO 9001-2015",
                regime="accredited",
                decided=DAY,
                history=[qms.CertificateEvent(act="suspended", on=DAY)],
            )
        },
        audits={"1": qms.Audit(type="yearly-check", mode="on-site", days=1.5, held=DAY)},
        reviews={"1": qms.ManagementReview(inputs=["resources"])},
    )

    qms.save(register_of(made), tmp_path / "a.json")

    assert qms.load(tmp_path / "a.json").units["a"] == made
    assert made.certificates["1"].edition == qms.Edition("ISO 9001:2015")
    assert made.audits["1"].mode is AuditMode.ON_SITE
    assert made.audits["1"].days == Decimal("1.5")
    assert made.reviews["1"].inputs == (ReviewInput.RESOURCES,)


def test_what_has_its_type_stays_the_very_object():
    audits, days = {"1": qms.Audit(type="internal", held=DAY)}, Decimal(2)
    clauses = ("7.5",)

    assert unit(audits=audits).audits is audits
    assert qms.Audit(type="internal", days=days).days is days
    assert qms.Audit(type="internal", clauses=clauses).clauses is clauses


@pytest.mark.parametrize(
    ("make", "error", "said"),
    [
        (
            lambda: qms.CertificateEvent(act="suspendid", on=DAY),
            ValueError,
            "CertificateEvent.act: 'suspendid' is none of suspended, restored, ",
        ),
        (
            lambda: qms.CertificateEvent(act=1, on=DAY),
            TypeError,
            "CertificateEvent.act: a CertificateAct is needed, not 1",
        ),
        (
            lambda: qms.CertificateEvent(act="suspended", on="2024-05-01"),
            TypeError,
            "CertificateEvent.on: a datetime.date is needed, such as date(2015, 12, 31), not ",
        ),
        (
            lambda: qms.CertificateEvent(act="suspended", on=datetime(2024, 5, 1)),  # noqa: DTZ001
            TypeError,
            "CertificateEvent.on: a datetime.date is needed",
        ),
        (
            lambda: qms.Certificate(number="1", edition="ISO 14001:2015", regime="accredited"),
            ValueError,
            "Certificate.edition: 'ISO 14001:2015' is not an edition of ISO 9001",
        ),
        (
            lambda: qms.Certificate(number="1", edition=2015, regime="accredited"),
            TypeError,
            "Certificate.edition: a str is needed, not 2015",
        ),
        (
            lambda: qms.Certificate(number=None, edition="9001:2015", regime="accredited"),
            TypeError,
            "Certificate.number: a str is needed, not None",
        ),
        (
            lambda: evolve(certificate(), history=[SUSPENDED]),
            TypeError,
            "Certificate.history: a CertificateEvent is needed, not {'act': ",
        ),
        (
            lambda: qms.Audit(type="internal", clauses="7.5"),
            TypeError,
            "Audit.clauses: a tuple is needed, not '7.5'",
        ),
        (
            lambda: qms.Audit(type="internal", days="2"),
            TypeError,
            "Audit.days: a number is needed, not '2'",
        ),
        (
            lambda: qms.Audit(type="internal", days=True),
            TypeError,
            "Audit.days: a number is needed, not True",
        ),
        (
            lambda: unit(certificates=[certificate()]),
            TypeError,
            "Unit.certificates: a mapping from identifiers is needed, not [",
        ),
        (
            lambda: unit(headcount=True),
            TypeError,
            "Unit.headcount: a whole number is needed, not True",
        ),
        (
            lambda: unit(headcount=2.5),
            TypeError,
            "Unit.headcount: a whole number is needed, not 2.5",
        ),
        (
            lambda: qms.Policy(internal_audits_here=1),
            TypeError,
            "Policy.internal_audits_here: a bool is needed, not 1",
        ),
    ],
)
def test_what_has_another_type_is_refused_where_the_record_is_made(make, error, said):
    with pytest.raises(error) as refused:
        make()

    assert str(refused.value).startswith(said)


def test_a_unit_that_is_made_without_its_identifier_takes_that_of_its_place():
    name = qms.Name(en="Invented")
    organisation = qms.Organisation(name=name)
    named = qms.Unit(id="b", name=name)
    register = qms.Register(organisation=organisation, units={"a": qms.Unit(name=name), "b": named})

    assert [result.id for result in qms.check(register, on=DAY).units] == ["a", "b"]
    assert register.units["b"] is named
    with pytest.raises(ValueError, match=r"Register\.units: the unit under 'a' calls itself 'b'"):
        qms.Register(organisation=organisation, units={"a": named})
