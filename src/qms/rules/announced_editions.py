"""The rule about announcements: the edition that they name is a Vietnamese standard in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qms.check import About, Facts, fill, rule
from qms.rules.certification.cycles import holds, is_over
from qms.terms import Clause, Severity
from qms.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qms.model import Announcement
    from qms.norms import EditionNorms
    from qms.standing import Life

__all__ = ["announcement_edition_cancelled"]


@rule(
    "E208",
    "announcement-edition-cancelled",
    about=About.ANNOUNCEMENT,
    severity=Severity.WARNING,
    basis=Clause("QĐ 4108/QĐ-BKHCN"),
    title=Text(
        en="An announcement names an edition whose Vietnamese adoption is in force",
        vi="Bản công bố nêu phiên bản TCVN còn hiệu lực",
    ),
    message=Text(
        en="announcement {number} names {edition}, {why}",
        vi="bản công bố số {number} nêu {edition}, {why}",
    ),
    remedy=Text(
        en="The unit converts its system to the edition in force, and its head announces conformity anew; the lead unit "
        "of the province or ministry follows this up.",
        vi="Đơn vị chuyển đổi hệ thống quản lý chất lượng theo phiên bản hiện hành, người đứng đầu công bố lại; cơ quan chủ "
        "trì của tỉnh hoặc bộ theo dõi, đôn đốc.",
    ),
    explanation=Text(
        en="From the day on which the Vietnamese adoption of an edition was cancelled, an announcement in force that still "
        "names it is warned about; where that day is not known, from the day after the last on which certificates to the edition "
        "counted. So is one to an edition of which no adoption is known, or that was signed before the adoption. It stays in "
        "force: by which day announcements had to be converted was not found in a text, so no such day ends anything here.",
        vi="Từ ngày tiêu chuẩn quốc gia bị hủy bỏ, bản công bố đang có hiệu lực mà vẫn nêu tiêu chuẩn đó thì bị cảnh báo; nếu "
        "chưa biết ngày hủy bỏ thì tính từ sau ngày cuối cùng giấy chứng nhận theo phiên bản đó có hiệu lực. Cũng cảnh báo bản "
        "công bố theo phiên bản chưa biết có TCVN tương ứng, hoặc ký trước ngày công bố TCVN. "
        "Bản công bố vẫn còn hiệu lực: chưa tìm thấy văn bản quy định hạn chuyển đổi, nên không có mốc nào ở đây làm bản "
        "công bố hết hiệu lực.",
    ),
    norms=(
        "editions.*.adopted",
        "editions.*.adoption_cancelled",
        "editions.*.last_day",
        "regimes.announcement.conversion_to_2015",
    ),
)
def announcement_edition_cancelled(key: str, record: Announcement, at: Life) -> Iterator[Facts]:
    """An announcement in force does not name a cancelled national standard."""
    edition = at.norms.edition(record.edition.year)
    if edition is None or is_over(at) or not holds(at.tenure(f"announcements.{key}"), at.on):
        return
    why = _not_adopted(edition, record, at.on)
    if why is not None:
        yield Facts(number=record.number, edition=record.edition, why=why)


def _not_adopted(edition: EditionNorms, record: Announcement, on: date) -> Text | None:
    """Why the Vietnamese adoption of an edition is not in force for an announcement; None if it is."""
    cancelled, last = edition.adoption_cancelled, edition.last_day
    if cancelled is not None and on >= cancelled.value:
        return fill(_CANCELLED, {"day": cancelled.value})
    if cancelled is None and last is not None and on > last.value:
        return fill(_ENDED, {"day": last.value})
    if edition.adopted_as is None:
        return _NO_ADOPTION
    if edition.adopted is not None and record.signed and record.signed < edition.adopted.value:
        return fill(_ADOPTED_LATER, {"day": edition.adopted.value})
    return None


_CANCELLED = Text(
    en="which was cancelled as a Vietnamese standard on {day}",
    vi="tiêu chuẩn quốc gia này đã bị hủy bỏ ngày {day}",
)
_ENDED = Text(
    en="an edition to which no certificate counted after {day}",
    vi="phiên bản này đã hết hiệu lực áp dụng sau ngày {day}",
)
_NO_ADOPTION = Text(
    en="of which no Vietnamese adoption is known",
    vi="chưa biết có tiêu chuẩn quốc gia (TCVN) tương ứng",
)
_ADOPTED_LATER = Text(
    en="which was adopted as a Vietnamese standard only on {day}",
    vi="đến ngày {day} mới được công bố là tiêu chuẩn quốc gia",
)
