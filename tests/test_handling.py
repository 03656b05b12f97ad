"""Which administrative procedures are in force, and which quality procedure handles each."""

from datetime import date

import pytest

from lives import unit
from qms.handling import is_handled, is_procedure_in_force
from qms.knowledge import as_of
from qms.model import AdministrativeProcedure, Document, DocumentEvent, ProcedureChange
from qms.terms import DocumentAct, DocumentKind, ProcedureAct
from qms.text import Name

D = date


def procedure(*changes, document=None):
    return AdministrativeProcedure(
        title=Name(vi="Cấp giấy phép giả định"),
        document=document,
        changes=tuple(ProcedureChange(act=ProcedureAct(act), on=day) for act, day in changes),
    )


class TestInForce:
    @pytest.mark.parametrize(
        ("changes", "before", "on"),
        [
            ([("published", D(2015, 6, 1))], False, True),
            ([("published", D(2014, 1, 1)), ("abolished", D(2015, 6, 1))], True, False),
            ([("published", D(2014, 1, 1)), ("abolition-proposed", D(2015, 6, 1))], True, True),
            ([("abolished", D(2014, 1, 1)), ("published", D(2015, 6, 1))], False, True),
            ([("published", D(2014, 1, 1)), ("abolished", D(2015, 6, 1)),
              ("amended", D(2015, 6, 1))], True, False),
            ([("amended", D(2015, 6, 1))], False, True),
            ([("amended", D(2015, 3, 1)), ("abolished", D(2015, 6, 1))], True, False),
            ([], True, True),
        ],
    )  # fmt: skip
    def test_from_its_publication_until_its_abolition(self, changes, before, on):
        of = procedure(*changes)
        assert is_procedure_in_force(of, D(2015, 5, 31)) is before
        assert is_procedure_in_force(of, D(2015, 6, 1)) is on

    def test_what_is_known_says_the_same(self):
        held = unit(procedures={"p": procedure(("published", D(2015, 6, 1)))})
        assert as_of(held, D(2015, 5, 31)).procedures == {}
        assert as_of(held, D(2015, 6, 1)) is held
        amended = unit(procedures={"p": procedure(("amended", D(2015, 6, 1)))})
        assert as_of(amended, D(2015, 5, 31)).procedures == {}


class TestHandled:
    def of(self, kind, *acts):
        events = tuple(DocumentEvent(act=act, on=day, revision="1") for act, day in acts)
        return unit(documents={"QT": Document(title=Name(vi="Q"), kind=kind, history=events)})

    def test_by_a_quality_procedure_in_force(self):
        issued, gone = (DocumentAct.ISSUED, D(2015, 2, 1)), (DocumentAct.WITHDRAWN, D(2015, 6, 1))
        held = self.of(DocumentKind.PROCEDURE, issued, gone)
        named = procedure(document="QT")
        assert [is_handled(held, named, D(2015, m, d)) for m, d in
                ((1, 31), (2, 1), (5, 31), (6, 1))] == [False, True, True, False]  # fmt: skip

    def test_not_by_a_form_and_not_by_one_that_nobody_named_or_recorded(self):
        form = self.of(DocumentKind.FORM, (DocumentAct.ISSUED, D(2015, 2, 1)))
        assert not is_handled(form, procedure(document="QT"), D(2015, 3, 1))
        assert not is_handled(form, procedure(), D(2015, 3, 1))
        assert not is_handled(form, procedure(document="QT-2"), D(2015, 3, 1))
