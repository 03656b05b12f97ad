"""Clauses as people cite them, in both languages."""

import pytest

from qms.report.citations import cited
from qms.terms import Clause
from qms.text import Language


@pytest.mark.parametrize(
    ("clause", "en", "vi"),
    [
        (Clause("ISO 9001:2015", "9.2"), "ISO 9001:2015, 9.2", "ISO 9001:2015, 9.2"),
        (
            Clause("TT 26/2014/TT-BKHCN", "33(2)(b)"),
            "TT 26/2014/TT-BKHCN, Article 33(2)(b)",
            "điểm b khoản 2 Điều 33 Thông tư số 26/2014/TT-BKHCN",
        ),
        (
            Clause("ISO/IEC 17021-1:2015", "9.6; QĐ 19/2014/QĐ-TTg, 4"),
            "ISO/IEC 17021-1:2015, 9.6; QĐ 19/2014/QĐ-TTg, Article 4",
            "ISO/IEC 17021-1:2015, 9.6; Điều 4 Quyết định số 19/2014/QĐ-TTg",
        ),
    ],
)
def test_a_place_is_cited_as_each_language_does(clause, en, vi):
    assert cited(clause, Language.ENGLISH) == en
    assert cited(clause, Language.VIETNAMESE) == vi
