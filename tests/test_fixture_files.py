"""The fixture of Hà Giang holds the files that its register says, and can hand them over."""

from datetime import date

import qms
from fixture_files import DAY, FIXTURE, written
from qms.terms import DocumentKind


def test_every_document_of_the_department_is_the_approved_one():
    verified = qms.verify_documents(FIXTURE, on=DAY)
    assert verified.problems == ()
    assert verified.documents == verified.files == len(list((FIXTURE / "files").iterdir()))


def test_the_evidence_of_the_year_holds_every_document_of_the_department():
    units = qms.load(FIXTURE).units
    assert qms.evidence_of(FIXTURE, on=DAY).files == len(units["skhcn"].documents)


def test_the_files_are_written_to_the_same_bytes_each_time():
    arguments = ("Quy trình giả định", DocumentKind.PROCEDURE, "QT-01", date(2015, 1, 20))
    assert written(*arguments) == written(*arguments)
