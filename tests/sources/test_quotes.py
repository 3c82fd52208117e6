from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from sayso.community import Code, Document, DocumentId, Kind, MemberId, Mention, Quote
from sayso.sources.quotes import without_words_of

DOCUMENT = Document(
    id=DocumentId("d"),
    member_id=MemberId("ana"),
    kind=Kind.POST,
    text="0123456789abcdef",
    created_at=datetime(2024, 1, 1, tzinfo=UTC),
)
MEMBERS = [MemberId(name) for name in ("bo", "chi", "dee")]
SPANS = st.tuples(st.integers(0, 15), st.integers(1, 16)).filter(lambda span: span[0] < span[1])
QUOTES = st.lists(
    st.builds(
        lambda span, member: Quote(start=span[0], end=span[1], member_id=member),
        SPANS,
        st.sampled_from(MEMBERS),
    ),
    max_size=5,
).map(tuple)


def test_a_document_that_quotes_none_of_them_is_the_same() -> None:
    assert without_words_of(DOCUMENT, {MemberId("bo")}) is DOCUMENT


def test_words_go_and_later_quotes_still_mark_theirs() -> None:
    document = replace(
        DOCUMENT,
        quotes=(
            Quote(start=2, end=5, member_id=MemberId("bo")),
            Quote(start=4, end=7, member_id=MemberId("bo")),
            Quote(start=10, end=12, member_id=MemberId("chi")),
        ),
    )

    cut = without_words_of(document, {MemberId("bo")})

    assert cut.text == "01789abcdef"
    assert cut.quotes == (Quote(start=5, end=7, member_id=MemberId("chi")),)
    assert cut.text[5:7] == "ab"


def test_what_points_at_them_goes_and_code_still_marks_the_same_words() -> None:
    document = replace(
        DOCUMENT,
        mentions=(
            Mention(start=1, end=3, member_id=MemberId("bo")),
            Mention(start=5, end=6, member_id=MemberId("chi")),
        ),
        code=(Code(start=2, end=8),),
    )

    cut = without_words_of(document, {MemberId("bo")})

    assert cut.text == "03456789abcdef"
    assert cut.mentions == (Mention(start=3, end=4, member_id=MemberId("chi")),)
    assert [cut.text[each.start : each.end] for each in cut.code] == ["34567"]


@given(QUOTES)
def test_exactly_the_quoted_characters_go(quotes: tuple[Quote, ...]) -> None:
    document = replace(DOCUMENT, quotes=quotes)
    gone = {
        place
        for quote in quotes
        if quote.member_id == "bo"
        for place in range(quote.start, quote.end)
    }

    cut = without_words_of(document, {MemberId("bo")})

    assert cut.text == "".join(c for place, c in enumerate(document.text) if place not in gone)
    for quote in cut.quotes:
        assert quote.member_id != "bo"
        assert 0 <= quote.start < quote.end <= len(cut.text)
