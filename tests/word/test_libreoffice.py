"""A stamped file that went through LibreOffice: no false alarm, and no change missed."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from attrs import evolve
from word_samples import BLOCK, changed, messy, rich, sections_of_one_paragraph

from qms.text import Language
from qms.word.control_block import ControlStatus
from qms.word.stamp import mark_obsolete, stamp, unmark
from qms.word.verification import BlockProblemKind, read_control_block, verify_control_block

pytestmark = pytest.mark.libreoffice

OBSOLETE = evolve(BLOCK, status=ControlStatus.SUPERSEDED)
PATHS = (("docx",), ("odt", "docx"))


@pytest.fixture
def through(libreoffice, tmp_path):
    def save_again(data, forms):
        path = tmp_path / "quy-trinh.docx"
        path.write_bytes(data)
        for number, form in enumerate(forms):
            path = libreoffice(path, form, tmp_path / str(number))
        return path.read_bytes()

    return save_again


@pytest.mark.parametrize("forms", PATHS, ids="-".join)
@pytest.mark.parametrize("make", [messy, rich, sections_of_one_paragraph])
def test_a_file_saved_again_raises_no_alarm(through, forms, make):
    again = through(stamp(make(), BLOCK), forms)

    assert verify_control_block(again, BLOCK) == ()
    assert read_control_block(again).block == BLOCK


@pytest.mark.parametrize("forms", PATHS, ids="-".join)
def test_an_obsolete_copy_stays_marked_and_can_be_unmarked(through, forms):
    again = through(mark_obsolete(stamp(messy(), BLOCK)), forms)

    assert verify_control_block(again, OBSOLETE) == ()
    assert verify_control_block(unmark(again), BLOCK) == ()
    assert verify_control_block(stamp(again, BLOCK), BLOCK) == ()
    assert stamp(stamp(again, BLOCK), BLOCK) == stamp(again, BLOCK)


@pytest.mark.parametrize("forms", PATHS, ids="-".join)
def test_a_change_is_found_after_the_file_was_saved_again(through, forms):
    def edit(old, new):
        return lambda content: content.replace(old.encode(), new.encode())

    data = changed(
        stamp(messy(), BLOCK),
        document=edit("Bước 7:", "Bước 8:"),
        header1=edit(">03<", ">02<"),
        header2=edit("15/03/2026", "16/03/2026"),
        header3=edit(" PAGE ", " AUTHOR "),
        custom=edit("QT-05", "QT-50"),
    )

    problems = verify_control_block(through(data, forms), BLOCK)

    assert {problem.kind: problem.place.en for problem in problems} == {
        BlockProblemKind.STALE_REVISION: "section 1, ordinary pages; section 2, ordinary pages",
        BlockProblemKind.STALE_DATE: "section 3, ordinary pages",
        BlockProblemKind.NO_PAGE_NUMBERS: "section 1, first page",
        BlockProblemKind.PROPERTY_MISMATCH: "qms.control (code)",
        BlockProblemKind.BODY_CHANGED: "all pages",
    }


PDFTOTEXT = shutil.which("pdftotext") or ""


@pytest.mark.skipif(not PDFTOTEXT, reason="pdftotext is not installed")
@pytest.mark.parametrize("language", list(Language))
def test_every_printed_page_shows_the_block_and_counts_the_pages(libreoffice, tmp_path, language):
    path = tmp_path / "quy-trinh.docx"
    path.write_bytes(stamp(messy(), evolve(BLOCK, language=language)))
    pdf = libreoffice(path, "pdf", tmp_path)

    done = subprocess.run([PDFTOTEXT, "-layout", pdf, "-"], check=True, capture_output=True)
    pages = done.stdout.decode().removesuffix("\f").split("\f")

    assert len(pages) == 8
    for number, page in enumerate(pages, 1):
        label = {
            Language.ENGLISH: f"Page: {number} of {len(pages)}",
            Language.VIETNAMESE: f"Trang: {number} / {len(pages)}",
        }[language]
        assert label in page
        assert BLOCK.title in " ".join(page.split())
        assert "QT-05" in page
