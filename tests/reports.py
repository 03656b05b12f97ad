"""A small register with something of everything, and rules of its own, for tests of reports."""

from datetime import date
from decimal import Decimal

from lives import announcement, audit, certificate, unit
from qms.check import About, Facts, check_register, rule
from qms.model import CertificateEvent, Organisation, Register, Waiver
from qms.report import Setting
from qms.terms import (
    AuditMode,
    CertificateAct,
    Clause,
    Edition,
    Regime,
    Severity,
    Status,
)
from qms.text import Language, Name, Text

ON = date(2019, 1, 1)
ORGANISATION = Name(vi="Ủy ban nhân dân tỉnh giả định")


@rule(
    "C101",
    "not-current",
    about=About.UNIT,
    severity=Severity.ERROR,
    basis=Clause("ISO/IEC 17021-1:2015", "9.6"),
    title=Text(en="A unit is current", vi="Đơn vị còn hiệu lực"),
    message=Text(en="not current: {status}", vi="không còn hiệu lực: {status}"),
    remedy=Text(en="Become certified.", vi="Thực hiện chứng nhận."),
    explanation=Text(en="Current on the day.", vi="Còn hiệu lực vào ngày kiểm tra."),
)
def not_current(_key, _unit, at):
    """A unit is current."""
    if not at.standing.current and at.standing.status is not Status.SUPERSEDED:
        yield Facts(status=at.standing.status, since=at.standing.since)


@rule(
    "X101",
    "numbered",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=Clause("Invented standard"),
    title=Text(en="A number is short", vi="Số hiệu ngắn"),
    message=Text(en="certificate {number} is long", vi="giấy chứng nhận {number} dài"),
    remedy=Text(en="Shorten it.", vi="Rút ngắn lại."),
    explanation=Text(en="Short is better.", vi="Ngắn thì tốt hơn."),
)
def numbered(_key, certificate_, _at):
    """A number is short."""
    if certificate_.number.startswith("LONG"):
        yield Facts(due=date(2018, 12, 31), number=certificate_.number)


@rule(
    "X102",
    "personnel",
    about=About.UNIT,
    severity=Severity.WARNING,
    basis=Clause("Invented standard", "2"),
    title=Text(en="Few people", vi="Ít người"),
    message=Text(en="{share} of {words} in {names}", vi="{share} của {words} ở {names}"),
    remedy=Text(en="Count again.", vi="Đếm lại."),
    explanation=Text(en="Count.", vi="Đếm."),
)
def personnel(_key, unit_, _at):
    """Few people."""
    if unit_.headcount:
        yield Facts(
            share=Decimal("0.5"),
            words=Text(en="the people", vi="nhân sự"),
            names=(unit_.name, unit_.headcount),
            none=None,
            always=date.max,
            odd=3.5,
        )


@rule(
    "X201",
    "whole",
    about=About.PORTFOLIO,
    severity=Severity.INFO,
    basis=Clause("Invented standard", "3"),
    title=Text(en="All together", vi="Tất cả"),
    message=Text(en="{count} units together", vi="tổng cộng {count} đơn vị"),
    remedy=Text(en="Nothing to do.", vi="Không phải làm gì."),
    explanation=Text(en="Only counted.", vi="Chỉ đếm."),
)
def whole(at):
    """All together."""
    yield Facts(count=at.units)


RULES = (not_current, numbered, personnel, whole)

_STATE = {"regime": Regime.STATE_CERTIFICATE, "edition": Edition("TCVN ISO 9001:2008")}
_DECIDED = date(2015, 6, 30)


def _waived(until):
    return Waiver(
        rule="X101",
        reason="bão lũ",
        by="Chủ tịch",
        granted=date(2018, 1, 1),
        until=until,
    )


def register():
    """Units in every state that a report has to show."""
    made = [
        unit(
            id=f"a{number}",
            name=Name(vi=f"Cơ quan số {number}"),
            group="agencies",
            certificates={"2015": certificate(decided=_DECIDED, number=f"LONG-{number}", **_STATE)},
        )
        for number in range(3)
    ]
    made += [
        unit(id="never", name=Name(en="Never certified", vi="Chưa từng")),
        unit(
            id="current",
            name=Name(en="Current | one"),
            headcount=12,
            group="sites",
            announcements={"2018": announcement(date(2018, 1, 1))},
            audits={"2018": audit("yearly-check", date(2018, 5, 5), mode=AuditMode.ON_SITE)},
        ),
        unit(
            id="suspended",
            name=Name(en="Suspended one"),
            group="sites",
            certificates={
                "2018": certificate(
                    decided=date(2018, 2, 1),
                    number="LONG-S",
                    history=(CertificateEvent(act=CertificateAct.SUSPENDED, on=date(2018, 12, 1)),),
                )
            },
            waivers=(_waived(date(2019, 6, 30)),),
        ),
        unit(id="gone", name=Name(vi="Đã giải thể"), valid_to=date(2017, 12, 31)),
    ]
    return Register(
        organisation=Organisation(name=ORGANISATION), units={one.id: one for one in made}
    )


def report(on=ON, rules=RULES):
    """What the invented rules say of the register."""
    return check_register(register(), on, rules)


def setting(language="en", **more):
    """For whom it is written."""
    return Setting(organisation=ORGANISATION, language=Language(language), **more)
