"""The fingerprint of a body: the same words, the same hash."""

from __future__ import annotations

import unicodedata

import pytest
from hostile_files import document, with_document
from hypothesis import given, settings
from hypothesis import strategies as st
from word_samples import field, plain, rich, run

from qms.word.body import body_hash, body_paragraphs
from qms.word.guard import open_guarded
from qms.word.parts import WorkingCopy

MORE = (
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def words_of(data: bytes) -> tuple[str, ...]:
    return body_paragraphs(WorkingCopy(open_guarded(data)))


def hash_of(data: bytes) -> str:
    return body_hash(WorkingCopy(open_guarded(data)))


def words_in(content: str) -> tuple[str, ...]:
    """What is read of one paragraph."""
    return words_of(with_document(document(f"<w:p {MORE}>{content}</w:p>")))


def test_paragraphs_without_words_and_blanks_between_words_do_not_count():
    assert words_of(plain("  Một\u00a0  hai ", "", "ba")) == ("Một hai", "ba")
    assert hash_of(plain("Một hai", "", "ba")) == hash_of(plain("Một  hai", "ba"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (run("Hai ") + run("run"), ("Hai run",)),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", ("a b c",)),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b\u00adc</w:t></w:r>", ("a\u2011bc",)),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', ("\uf0fc",)),
        ('<w:r><w:sym w:font="Wingdings" w:char="zz"/></w:r>', ()),
        ("<w:ins>" + run("vào") + "</w:ins><w:del><w:r><w:delText>ra</w:delText></w:r></w:del>", ("vào",)),
        ("<w:moveFrom>" + run("cũ") + "</w:moveFrom><w:moveTo>" + run("mới") + "</w:moveTo>", ("mới",)),
        ("<m:oMath><m:r><m:t>x + 2=y</m:t></m:r></m:oMath>", ("x2y",)),
        ("<w:hyperlink>" + run("nối") + "</w:hyperlink><w:smartTag>" + run(" thẻ") + "</w:smartTag>", ("nối thẻ",)),
        ("<!-- lời -->" + run("chữ"), ("chữ",)),
        ('<w:r><w:footnoteReference w:id="9"/></w:r>' + run("chữ"), ("chữ",)),
    ],
)  # fmt: skip
def test_words_are_read_wherever_word_keeps_them(content, words):
    assert words == words_in(content)


def test_what_programs_compute_is_not_read_and_what_people_wrote_is():
    assert words_in(run("Trang ") + field("PAGE", "7")) == ("Trang",)
    assert words_in(run("Ngày ") + field("date \\@ dd", "01")) == ("Ngày",)
    assert words_in(run("Xem ") + field("REF muc5 \\h", "Điều 5")) == ("Xem Điều 5",)
    assert words_in('<w:fldSimple w:instr="NUMPAGES">' + run("9") + "</w:fldSimple>") == ()
    assert words_in('<w:fldSimple w:instr="SEQ Bang">' + run("9") + "</w:fldSimple>") == ("9",)
    assert words_in('<w:fldSimple w:instr="">' + run("9") + "</w:fldSimple>") == ("9",)


def test_a_field_inside_a_table_of_contents_is_as_silent_as_the_table():
    inner = run("Mục ") + field("PAGEREF a", "3") + field("REF b", "Điều")

    assert words_in(field("TOC \\o", inner, raw=True) + run("sau")) == ("sau",)


def test_a_field_that_ends_without_beginning_is_survived():
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    middle = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    stray = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    odd = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="odd"/></w:r>'

    assert words_in(end + middle + stray + run("chữ")) == ("chữ",)
    assert words_in(run("chữ") + odd + end) == ("chữ",)


def test_text_boxes_are_read_once_and_in_no_order():
    def box(words):
        content = f"<w:txbxContent><w:p>{run(words)}</w:p></w:txbxContent>"
        return (
            "<w:r><mc:AlternateContent><mc:Choice>" + content + "</mc:Choice>"
            "<mc:Fallback>" + content + "</mc:Fallback></mc:AlternateContent></w:r>"
        )

    assert words_in(box("b") + run("neo") + box("a")) == ("neo", "a", "b")
    assert words_in("<w:r><mc:AlternateContent/></w:r>" + run("neo")) == ("neo",)


def test_notes_are_read_where_their_mark_stands():
    assert "chú thích [nội dung chú thích] tiếp" in words_of(rich())


@given(
    st.lists(
        st.text(alphabet="aăâđêôơưáàảãạấầ bc", min_size=1, max_size=12), min_size=1, max_size=4
    )
)
@settings(max_examples=50, deadline=None)
def test_the_same_letters_typed_otherwise_are_the_same_words(paragraphs):
    apart = [unicodedata.normalize("NFD", words) for words in paragraphs]

    assert hash_of(plain(*paragraphs)) == hash_of(plain(*apart))


@given(st.integers(0, 4), st.sampled_from("xyz"))
@settings(max_examples=20, deadline=None)
def test_any_changed_word_changes_the_hash(position, letter):
    words = [f"đoạn {number}" for number in range(5)]
    changed = [*words[:position], words[position] + letter, *words[position + 1 :]]

    assert hash_of(plain(*words)) != hash_of(plain(*changed))


def test_words_under_many_wrappers_are_read_without_end_of_the_stack():
    deep = "<w:sdt><w:sdtContent>" * 118 + run("đáy") + "</w:sdtContent></w:sdt>" * 118

    assert words_in(deep) == ("đáy",)
