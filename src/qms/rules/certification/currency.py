"""Rules about being current: a certificate in force, one at a time, with its days recorded."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from qms.check import About, Facts, fill, rule
from qms.lapses import taken_over_until
from qms.reasons import Reason
from qms.rules.certification.cycles import (
    ISO_17021,
    continues,
    holds,
    is_accredited,
    is_history,
    is_over,
)
from qms.terms import Clause, Duty, Regime, Severity, Status
from qms.text import Text, same_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms.check import Rule
    from qms.model import Certificate, Unit
    from qms.standing import Life, Why
    from qms.tenure import Tenure


def _is_missing(at: Life) -> bool:
    return at.unit.duty is Duty.OBLIGED and not at.current


@rule(
    "C101",
    "not-current",
    about=About.UNIT,
    severity=Severity.ERROR,
    basis=Clause(ISO_17021, "9.6; QĐ 19/2014/QĐ-TTg, 4"),
    title=Text(
        en="A unit that must be certified is current",
        vi="Đơn vị thuộc diện bắt buộc phải còn hiệu lực chứng nhận hoặc công bố",
    ),
    message=Text(en="not current: {why}", vi="không còn hiệu lực: {why}"),
    remedy=Text(en="{remedy}", vi="{remedy}"),
    explanation=Text(
        en="A unit that must be certified has, on the day asked about, a certificate in force or an announcement in force. A "
        "certificate counts through its last day; a suspended, expired or withdrawn one does not count. A unit without any "
        "record is not current. A unit that is only encouraged, or that no longer exists, is not asked. Being current does "
        "not mean that nothing is overdue: an overdue surveillance is an error of its own, and the certification stays in "
        "force until the issuer suspends it or its time ends.",
        vi="Đơn vị thuộc diện bắt buộc phải có giấy chứng nhận hoặc bản công bố còn hiệu lực vào ngày kiểm tra. Giấy chứng nhận "
        "có giá trị đến hết ngày cuối cùng ghi trên giấy; giấy bị đình chỉ, hết hạn hoặc bị thu hồi không được tính. Đơn vị "
        "chưa có hồ sơ nào thì không được coi là còn hiệu lực. Không xét đơn vị thuộc diện khuyến khích hoặc đã chấm dứt hoạt "
        "động. Còn hiệu lực không có nghĩa là không có việc quá hạn: quá hạn giám sát là một lỗi riêng, chứng nhận vẫn còn hiệu "
        "lực cho đến khi nơi cấp đình chỉ hoặc hết thời hạn.",
    ),
    when=_is_missing,
)
def not_current(_key: str, unit: Unit, at: Life) -> Iterator[Facts]:
    """A unit that must be certified has a basis in force on the day."""
    standing = at.standing
    if unit.duty is not Duty.OBLIGED or standing.current or standing.status is Status.SUPERSEDED:
        return
    yield Facts(
        why=tuple(_in_words(why) for why in standing.why),
        remedy=_to_do(at),
        status=standing.status,
        since=standing.since,
    )


def _in_words(why: Why) -> Text:
    return fill(why.reason.text, {"day": why.day})


def _to_do(at: Life) -> Text:
    """What brings a unit back, by its status and the regime of what it had last."""
    standing, chief = at.standing, at.standing.why[0]
    if chief.reason in _NOT_IN_FORCE_YET:
        return fill(_NOT_IN_FORCE_YET[chief.reason], {"day": chief.day})
    if standing.next_change is not None and standing.status is not Status.SUSPENDED:
        return fill(_HOLDS_AGAIN, {"day": standing.next_change})
    if chief.reason is Reason.WITHDRAWN:
        limit = taken_over_until(at.tenure(chief.subject), at.norms)
        if limit is not None and at.on <= limit:
            return fill(_TAKE_OVER, {"day": limit})
    accredited = standing.regime is Regime.ACCREDITED
    if standing.status in _BY_ISSUER:
        return fill(_BY_ISSUER[standing.status], {"day": standing.why[-1].day})
    if standing.status is Status.NEVER:
        return _NEVER
    return _CERTIFY_ANEW if accredited else _ANNOUNCE


_BY_ISSUER = {
    Status.SUSPENDED: Text(
        en="The unit settles with the issuer what led to the suspension, has it lifted in writing, and does not refer to its "
        "certification until then; whoever keeps the register records the lifting.",
        vi="Yêu cầu đơn vị khắc phục nguyên nhân bị đình chỉ, đề nghị nơi cấp khôi phục hiệu lực bằng văn bản và không viện dẫn "
        "chứng nhận trong thời gian bị đình chỉ; ghi nhận ngày được khôi phục.",
    ),
    Status.EXPIRED_RESTORABLE: Text(
        en="The unit has the outstanding recertification activities completed and asks the certification body to restore the "
        "certification by {day}; until then it does not refer to it. Whoever keeps the register records the new certificate.",
        vi="Yêu cầu đơn vị hoàn thành các hoạt động chứng nhận lại còn thiếu, đề nghị tổ chức chứng nhận khôi phục chứng nhận "
        "chậm nhất ngày {day} và không viện dẫn chứng nhận cho đến khi được khôi phục; ghi nhận giấy chứng nhận mới.",
    ),
}
_HOLDS_AGAIN = Text(
    en="The new certificate or announcement holds from {day}; until then the unit does not refer to its certification. If it "
    "prints an earlier first day, whoever keeps the register corrects that.",
    vi="Giấy chứng nhận hoặc bản công bố mới có hiệu lực từ ngày {day}; yêu cầu đơn vị không viện dẫn chứng nhận cho đến ngày đó. "
    "Nếu trên giấy ghi ngày bắt đầu hiệu lực sớm hơn, cán bộ phụ trách sổ đăng ký sửa lại cho đúng.",
)
_TAKE_OVER = Text(
    en="Whoever keeps the register records the certificate of the certification body that took the certification over. If that "
    "has not decided yet, the unit asks for its decision by {day}, after which certification begins anew with at least a stage 2 "
    "audit, and does not refer to its certification until then.",
    vi="Cán bộ phụ trách sổ đăng ký ghi nhận giấy chứng nhận của tổ chức chứng nhận tiếp nhận. Nếu chưa được cấp, yêu cầu đơn vị "
    "đề nghị tổ chức tiếp nhận ra quyết định chậm nhất ngày {day} (quá ngày này phải chứng nhận lại từ đầu, ít nhất phải qua "
    "đánh giá giai đoạn 2) và không viện dẫn chứng nhận cho đến khi có quyết định.",
)
_CERTIFY_ANEW = Text(
    en="The unit takes the certificate out of use and applies for certification to the edition in force, which takes at least a "
    "stage 2 audit; whoever keeps the register records the new certificate.",
    vi="Yêu cầu đơn vị ngừng sử dụng giấy chứng nhận, đăng ký chứng nhận theo phiên bản tiêu chuẩn hiện hành (ít nhất phải qua "
    "đánh giá giai đoạn 2); ghi nhận giấy chứng nhận mới khi được cấp.",
)
_ANNOUNCE = Text(
    en="The unit brings its system to the edition of TCVN ISO 9001 in force, and its head announces conformity anew (QĐ "
    "19/2014/QĐ-TTg, Article 4); whoever keeps the register records the announcement.",
    vi="Yêu cầu đơn vị chuyển đổi hệ thống quản lý chất lượng theo phiên bản TCVN ISO 9001 hiện hành, người đứng đầu công bố hệ "
    "thống phù hợp theo Điều 4 Quyết định số 19/2014/QĐ-TTg; ghi nhận bản công bố.",
)
_NEVER = Text(
    en="Whoever keeps the register records the certificate or the announcement, if there is one. If there is none, the unit is "
    "certified, or, as a state agency, builds up its system and announces conformity.",
    vi="Cán bộ phụ trách sổ đăng ký bổ sung giấy chứng nhận hoặc bản công bố nếu đã có. Nếu chưa có, yêu cầu đơn vị thực hiện "
    "chứng nhận; cơ quan hành chính nhà nước thì xây dựng, áp dụng hệ thống và công bố phù hợp.",
)
_NOT_IN_FORCE_YET = {
    Reason.INCOMPLETE: Text(
        en="Whoever keeps the register records the day of the decision and the first and the last day of validity as they stand "
        "on the certificate; a day that it does not print is asked of the issuer.",
        vi="Cán bộ phụ trách sổ đăng ký ghi bổ sung ngày quyết định, ngày bắt đầu và ngày hết hiệu lực đúng như trên giấy chứng "
        "nhận; ngày nào trên giấy không ghi thì hỏi nơi cấp.",
    ),
    Reason.EDITION_UNKNOWN: Text(
        en="Whoever keeps the register compares the edition and the days with the certificate or the announcement and corrects "
        "what was mistyped.",
        vi="Cán bộ phụ trách sổ đăng ký đối chiếu phiên bản tiêu chuẩn và các ngày với giấy chứng nhận hoặc bản công bố, sửa lại "
        "chỗ ghi sai.",
    ),
    Reason.NOT_YET: Text(
        en="Nothing can be done before {day}; until then the unit does not call itself certified. If it was before, whoever "
        "keeps the register records the earlier certificate or announcement.",
        vi="Chưa phải làm gì trước ngày {day}; đến ngày đó đơn vị chưa được coi là đã chứng nhận. Nếu trước đó đã được chứng "
        "nhận hoặc đã công bố, cán bộ phụ trách sổ đăng ký bổ sung giấy chứng nhận hoặc bản công bố cũ.",
    ),
}


def _hold_side_by_side(at: Life) -> bool:
    if len(at.tenures) < 2:
        return False
    return len([tenure for tenure in at.tenures if holds(tenure, at.on)]) > 1


@rule(
    "C123",
    "certificates-overlap",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=Clause(ISO_17021, "8.2.2"),
    title=Text(
        en="An issuer has one certificate in force for a unit and a scope",
        vi="Mỗi nơi cấp chỉ có một giấy chứng nhận còn hiệu lực cho một đơn vị và một phạm vi",
    ),
    message=Text(
        en="certificate {number} is in force beside certificate {other} of the same issuer ({place}), which it does not continue",
        vi="giấy chứng nhận số {number} cùng còn hiệu lực với giấy chứng nhận số {other} của cùng nơi cấp ({place}) mà không kế "
        "tục giấy đó",
    ),
    remedy=Text(
        en="The unit asks the issuer which of the two holds. Whoever keeps the register records the withdrawal of the other, or "
        "the scope of each, or that one replaces the other (`replaces`).",
        vi="Yêu cầu đơn vị hỏi nơi cấp giấy nào còn giá trị. Cán bộ phụ trách sổ đăng ký ghi nhận việc thu hồi giấy kia, hoặc ghi "
        "rõ phạm vi của từng giấy, hoặc ghi giấy nào thay thế giấy nào (`replaces`).",
    ),
    explanation=Text(
        en="Two certificates to ISO 9001 of one issuer that are both in force on the day speak of different scopes, or one "
        "continues the other: a renewal, a transition, a change of scope or a re-issue. A later certificate counts as "
        "continuing the one before it unless it is recorded as an initial certification, or was decided on the same day "
        "without saying what it replaces. A scope that is not recorded may be any scope. Certificates of different issuers "
        "are not asked, nor is one that is suspended.",
        vi="Hai giấy chứng nhận ISO 9001 của cùng nơi cấp cùng còn hiệu lực vào ngày kiểm tra phải khác phạm vi, hoặc giấy này kế "
        "tục giấy kia: chứng nhận lại, chuyển đổi phiên bản, thay đổi phạm vi hoặc cấp lại. Giấy cấp sau được coi là kế tục giấy "
        "cấp trước, trừ khi được ghi là chứng nhận lần đầu, hoặc có cùng ngày quyết định mà không ghi thay thế giấy nào. Phạm "
        "vi chưa ghi có thể là bất kỳ phạm vi nào. Không xét giấy của các nơi cấp khác nhau và giấy đang bị đình chỉ.",
    ),
    when=_hold_side_by_side,
)
def certificates_overlap(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """No two certificates of one issuer are in force side by side for one scope."""
    tenure = at.tenure(f"certificates.{key}")
    if not holds(tenure, at.on) or is_over(at):
        return
    for other in takewhile(lambda earlier: earlier is not tenure, at.tenures):
        if (
            other.regime is tenure.regime
            and holds(other, at.on)
            and _is_same(record, other.certificate)
            and not _takes_the_place(tenure, other)
        ):
            number = other.certificate.number
            yield Facts(number=record.number, other=number, place=other.subject)


def _is_same(one: Certificate, other: Certificate) -> bool:
    """Whether two certificates are of one issuer and may be of one scope."""
    if same_words(one.issuer or "") != same_words(other.issuer or ""):
        return False
    if one.scope is None or other.scope is None:
        return True
    return same_words(one.scope) == same_words(other.scope)


def _takes_the_place(later: Tenure, earlier: Tenure) -> bool:
    if later.certificate.replaces == earlier.key or earlier.certificate.replaces == later.key:
        return True
    return continues(later, earlier) and later.decided != earlier.decided


def _lacks_days(at: Life) -> bool:
    return any(_missing(record) for record in at.unit.certificates.values())


@rule(
    "C129",
    "certificate-incomplete",
    about=About.CERTIFICATE,
    severity=Severity.ERROR,
    basis=Clause(ISO_17021, "8.2.2"),
    title=Text(
        en="The days on which everything else turns are recorded for each certificate",
        vi="Mỗi giấy chứng nhận phải ghi đủ các ngày làm căn cứ",
    ),
    message=Text(
        en="certificate {number} lacks {missing}",
        vi="giấy chứng nhận số {number} chưa ghi: {missing}",
    ),
    remedy=Text(
        en="Whoever keeps the register takes the days from the certificate; where it does not print the day of the decision, the "
        "unit asks the certification body for it.",
        vi="Cán bộ phụ trách sổ đăng ký ghi bổ sung theo giấy chứng nhận; nếu trên giấy không có ngày quyết định, yêu cầu đơn vị "
        "hỏi tổ chức chứng nhận.",
    ),
    explanation=Text(
        en="An accredited certificate has the day of the decision, the first and the last day of validity; one of the older "
        "Vietnamese rules, which knew no separate decision, the first and the last day. A day of issue stands for the first "
        "day where no other is recorded, and shows that a decision was taken by then. What is not recorded is never taken as "
        "conforming: without a first day, a last day or any such sign of a decision a certificate counts on no day. Quiet once "
        "a later certificate or announcement has taken its place.",
        vi="Giấy chứng nhận được công nhận phải có ngày quyết định, ngày bắt đầu và ngày hết hiệu lực; giấy cấp theo quy định cũ "
        "của Việt Nam, không có quyết định riêng, phải có ngày bắt đầu và ngày hết hiệu lực. Ngày cấp được dùng thay ngày bắt "
        "đầu nếu chưa ghi ngày khác, đồng thời cho thấy đến ngày đó đã có quyết định. Điều chưa ghi nhận thì không được coi là "
        "phù hợp: thiếu ngày bắt đầu, ngày hết hiệu lực hoặc căn cứ cho thấy đã có quyết định thì giấy không được tính vào ngày "
        "nào. Không xét khi đã có giấy chứng nhận hoặc bản công bố sau thay thế.",
    ),
    when=_lacks_days,
)
def certificate_incomplete(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """Decision, first day and last day of validity are recorded."""
    missing = _missing(record)
    if not missing:
        return
    tenure = at.tenure(f"certificates.{key}")
    if not is_history(tenure, at) and not _is_followed(tenure, at):
        yield Facts(number=record.number, missing=missing)


def _missing(record: Certificate) -> tuple[Text, ...]:
    if record.decided and record.effective and record.expires:
        return ()
    missing = []
    if record.decided is None and record.regime is Regime.ACCREDITED:
        missing.append(_DECISION)
    if record.effective is None and record.issued is None:
        missing.append(_FIRST_DAY)
    if record.expires is None:
        missing.append(_LAST_DAY)
    return tuple(missing)


def _is_followed(tenure: Tenure, at: Life) -> bool:
    """Whether a complete certificate continues or came after it and holds on the day."""
    later = at.tenures[at.tenures.index(tenure) + 1 :]
    return any(
        holds(other, at.on) and is_accredited(other) == is_accredited(tenure) for other in later
    )


_DECISION = Text(en="the day of the decision", vi="ngày quyết định")
_FIRST_DAY = Text(en="the first day of validity", vi="ngày bắt đầu hiệu lực")
_LAST_DAY = Text(en="the last day of validity", vi="ngày hết hiệu lực")


@rule(
    "C134",
    "unit-end-not-recorded",
    about=About.UNIT,
    severity=Severity.ERROR,
    basis=Clause(ISO_17021, "8.5.3"),
    title=Text(
        en="A unit that went into others has a last day",
        vi="Đơn vị đã nhập vào đơn vị khác phải có ngày chấm dứt",
    ),
    message=Text(
        en="it went into {successors}, but its last day is not recorded, so that it counts on as if it still existed",
        vi="đơn vị đã nhập vào {successors} nhưng chưa ghi ngày chấm dứt, nên vẫn được tính như đang tồn tại",
    ),
    remedy=Text(
        en="Whoever keeps the register records the last day of the unit (`valid_to`). If it goes on, and only a part of it became "
        "another unit, its successors are taken out: that unit names it as predecessor.",
        vi="Cán bộ phụ trách sổ đăng ký ghi ngày cuối cùng đơn vị tồn tại (`valid_to`). Nếu đơn vị vẫn tồn tại, chỉ tách một bộ "
        "phận thành đơn vị khác, thì bỏ đơn vị đó khỏi `successors`: đơn vị mới ghi đơn vị này là tiền thân.",
    ),
    explanation=Text(
        en="The certification of a unit ends with it; what issuers and those who answer for it were told of its end stands in the "
        "register as its last day. Whoever only named the units into which it went (`successors`) would leave it current, and "
        "asked for checks, beside them. The last day may lie ahead.",
        vi="Chứng nhận hoặc công bố của đơn vị chấm dứt cùng đơn vị; thời điểm chấm dứt được ghi trong sổ là ngày cuối cùng đơn "
        "vị tồn tại. Nếu chỉ ghi đơn vị tiếp nhận (`successors`) thì đơn vị cũ vẫn được tính là còn hiệu lực và vẫn bị đòi hỏi "
        "kiểm tra song song với đơn vị mới. Ngày chấm dứt có thể ở phía trước.",
    ),
    when=lambda at: bool(at.unit.successors),
)
def unit_end_not_recorded(_key: str, unit: Unit, _at: Life) -> Iterator[Facts]:
    """A unit with successors has a last day."""
    if unit.successors and unit.valid_to is None:
        yield Facts(successors=unit.successors)


def is_inherited(at: Life) -> bool:
    """Whether some certificate was decided on before the unit existed."""
    first = at.unit.valid_from
    if first is None or is_over(at):
        return False
    for record in at.unit.certificates.values():
        decided = record.decided or record.issued or record.effective
        if decided is not None and decided < first:
            return True
    return False


@rule(
    "C135",
    "certificate-older-than-unit",
    about=About.CERTIFICATE,
    severity=Severity.WARNING,
    basis=Clause(ISO_17021, "8.5.3"),
    title=Text(
        en="A certificate is issued to the unit that holds it",
        vi="Giấy chứng nhận được cấp cho chính đơn vị",
    ),
    message=Text(
        en="certificate {number} was decided on {decided}, before the unit existed, which it does since {since}",
        vi="giấy chứng nhận số {number} được quyết định ngày {decided}, trước khi đơn vị được thành lập ngày {since}",
    ),
    remedy=Text(
        en="The unit tells the issuer of the change in writing and asks for a certificate of its own; whoever keeps the register "
        "records it, or corrects the first day of the unit (`valid_from`).",
        vi="Yêu cầu đơn vị thông báo thay đổi cho nơi cấp bằng văn bản và đề nghị cấp giấy chứng nhận cho chính đơn vị; cán bộ "
        "phụ trách sổ đăng ký ghi nhận giấy mới, hoặc sửa ngày đơn vị được thành lập (`valid_from`).",
    ),
    explanation=Text(
        en="What was certified before the unit existed, as of one that was merged into it or from which it was split, is not its "
        "own until the issuer says so. No text was seen by which the certification ends with the change; so this only warns, and "
        "the unit counts as current from its first day. Quiet once a certificate decided on, or an announcement signed, since "
        "the first day is in force; that day itself is in time. Announcements from before are for V302.",
        vi="Giấy chứng nhận có trước khi đơn vị được thành lập (chẳng hạn của đơn vị đã nhập vào, hoặc đơn vị mà từ đó tách ra) "
        "chưa phải là của chính đơn vị cho đến khi nơi cấp xác nhận. Chưa thấy quy định làm mất hiệu lực chứng nhận khi có thay "
        "đổi này; vì vậy chỉ cảnh báo, đơn vị vẫn được tính là còn hiệu lực từ ngày thành lập. Không nêu nữa khi có giấy chứng "
        "nhận được quyết định hoặc bản công bố được ký từ ngày thành lập (kể cả ngày đó) đang có hiệu lực. Bản công bố có trước "
        "thuộc V302.",
    ),
    when=is_inherited,
)
def certificate_older_than_unit(key: str, record: Certificate, at: Life) -> Iterator[Facts]:
    """The certificate that counts was not decided on before the unit existed."""
    tenure, first = at.tenure(f"certificates.{key}"), at.unit.valid_from
    if first is None or tenure.decided is None or tenure.decided >= first or is_over(at):
        return
    in_force = [one for one in at.tenures if holds(one, at.on)]
    if tenure in in_force and not any(one.decided and one.decided >= first for one in in_force):
        yield Facts(number=record.number, decided=tenure.decided, since=first)


RULES: tuple[Rule, ...] = (
    not_current,
    certificates_overlap,
    certificate_incomplete,
    unit_end_not_recorded,
    certificate_older_than_unit,
)
