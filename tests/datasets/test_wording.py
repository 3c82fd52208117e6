"""Cutting quotes and bringing text into one form."""

import re
import unicodedata
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from sayso.community import Code, Document, DocumentId, Kind, MemberId, Quote
from sayso.datasets.admitting.wording import (
    members_in,
    one_form,
    prepared,
    quotes_are_clear,
    without_spans,
)


def quote(text: str, words: str, member: str = "ben") -> Quote:
    start = text.index(words)
    return Quote(start=start, end=start + len(words), member_id=MemberId(member))


def test_a_cut_quote_leaves_no_word_of_it_and_no_empty_marks() -> None:
    text = 'Ben said "never again" and I agree.'

    assert one_form(without_spans(text, (quote(text, "never again"),))) == ("Ben said and I agree.")


def test_a_quoted_line_goes_with_its_mark() -> None:
    text = "> I was here first\nI disagree with that."

    cut = one_form(without_spans(text, (quote(text, "I was here first"),)))

    assert cut == "I disagree with that."


def test_overlapping_quotes_are_cut_once() -> None:
    text = "keep one two three keep"
    cut = (quote(text, "one two"), quote(text, "two three"))

    assert one_form(without_spans(text, cut)) == "keep keep"


def test_a_quote_outside_the_text_is_not_clear() -> None:
    ben = MemberId("ben")

    assert quotes_are_clear("abc", (Quote(start=0, end=3, member_id=ben),))
    for start, end in ((-1, 2), (2, 2), (1, 4), (3, 1)):
        assert not quotes_are_clear("abc", (Quote(start=start, end=end, member_id=ben),))


@given(st.text(), st.data())
def test_what_is_cut_is_exactly_the_quoted_spans(text: str, data: st.DataObject) -> None:
    spans = data.draw(
        st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=4)
    )
    cut = [Quote(start=a, end=b, member_id=MemberId("x")) for a, b in spans if a < b]
    gone = {place for each in cut for place in range(each.start, each.end)}
    left = [sign for place, sign in enumerate(text) if place not in gone and sign.isalnum()]

    assert [sign for sign in without_spans(text, cut) if sign.isalnum()] == left


@given(st.text())
def test_one_form_is_a_fixed_point_in_nfc(text: str) -> None:
    once = one_form(text)

    assert one_form(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once


@given(st.text(st.sampled_from("ab \t\n\r\x0b\u00a0\u0085e\u0301"), max_size=14))
def test_one_form_is_what_its_patterns_make_one_after_the_other(text: str) -> None:
    lines = re.sub(r"\r\n?", "\n", unicodedata.normalize("NFC", text))
    trimmed = re.sub(r"(?m)[ \t]+$", "", re.sub(r"[ \t]{2,}", " ", lines))

    assert one_form(text) == re.sub(r"\n{3,}", "\n\n", trimmed).strip()


def test_the_members_of_a_row_are_those_whose_words_remain() -> None:
    text = "Ana writes. Ben wrote this. Cyd wrote that."
    document = Document(
        id=DocumentId("d"),
        member_id=MemberId("ana"),
        kind=Kind.POST,
        text=text,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        co_authors=(MemberId("dee"),),
        quotes=(quote(text, "Ben wrote this.", "ben"), quote(text, "Cyd wrote that.", "cyd")),
    )

    assert members_in(document, ()) == ("ana", "dee", "ben", "cyd")
    assert members_in(document, document.quotes[:1]) == ("ana", "dee", "cyd")


def test_code_is_known_again_where_it_has_moved_to() -> None:
    text = 'Ben said "never"   and then\r\n\r\n\r\n  x = 1\r\n  y  = 2  \r\nworked.'
    start, end = text.index("  x"), text.index("worked")

    shown, places = prepared(text, (quote(text, "never"),), (), (Code(start=start, end=end),))

    assert shown == one_form(without_spans(text, (quote(text, "never"),)))
    assert [shown[place[0] : place[1]] for place in places if place] == ["x = 1\n y = 2"]


def test_what_is_partly_cut_has_no_place_and_the_rest_keep_theirs() -> None:
    text = "say x = 1 now to @ana and @bo"
    code, ana, bo = (Code(start=at, end=end) for at, end in ((4, 9), (17, 21), (26, 29)))

    shown, places = prepared(text, (quote(text, "say x"),), (), (code, ana, bo))

    assert shown == "= 1 now to @ana and @bo"
    assert [place and shown[slice(*place)] for place in places] == [None, "@ana", "@bo"]


def test_a_span_outside_the_text_has_no_place() -> None:
    spans = (Code(start=1, end=9), Code(start=-1, end=2), Code(start=2, end=2))

    assert prepared("a b", (), (), spans) == ("a b", (None, None, None))


def test_one_span_that_cannot_be_placed_hides_no_other() -> None:
    text = "@ana e\u0301 @bo"

    shown, places = prepared(
        text, (), (), (Code(start=0, end=4), Code(start=5, end=6), Code(start=8, end=11))
    )

    assert [place and shown[slice(*place)] for place in places] == ["@ana", None, "@bo"]


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=3)


@given(st.text(st.sampled_from('ab1 \t\n\r">|e\u0301\u201c\u201d'), max_size=40), SPANS, SPANS)
def test_knowing_places_changes_no_text_and_no_place_is_a_wrong_one(
    text: str, cut: list[tuple[int, int]], marked: list[tuple[int, int]]
) -> None:
    quotes = [
        Quote(start=start, end=end, member_id=MemberId("b"))
        for start, end in cut
        if start < end <= len(text)
    ]
    code = [Code(start=start, end=end) for start, end in marked if start < end <= len(text)]

    shown, places = prepared(text, quotes, (), code)

    assert shown == one_form(without_spans(text, quotes))
    assert len(places) == len(code)
    for place, span in zip(places, code, strict=True):
        said = iter(one_form(text[span.start : span.end]))
        assert place is None or all(sign in said for sign in "".join(shown[slice(*place)].split()))


WORDS = st.sampled_from(["@ana", "Zoe\u0308", "so", "x = 1", "\U0001f642", "'s", "“well”"])
GAPS = st.sampled_from([" ", "  ", "\n", "\r\n", "\n\n\n\n", " \t ", "\n  "])


@given(st.lists(st.tuples(WORDS, GAPS, st.sampled_from(["kept", "cut", "marked"])), max_size=9))
def test_every_marked_word_that_is_not_cut_is_found_again(
    pieces: list[tuple[str, str, str]],
) -> None:
    text, cut, marked = "", [], []
    for word, gap, what in pieces:
        span = Code(start=len(text), end=len(text) + len(word))
        text += word + gap
        if what == "cut":
            cut.append(Quote(start=span.start, end=span.end, member_id=MemberId("b")))
        elif what == "marked":
            marked.append(span)

    shown, places = prepared(text, cut, (), marked)

    said = [one_form(text[span.start : span.end]) for span in marked]
    assert [place and shown[slice(*place)] for place in places] == said
