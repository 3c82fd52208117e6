from hypothesis import given
from hypothesis import strategies as st

from sayso.redact.view import view

SIGNS = (
    "ab1 \t\u00a0\u200b\u00ad\ufeff\ufe0f\uff11\uff20\u2013\u2019\u0663\U0001f642\U0001d7d9\u4e2d"
)


@given(st.text(st.sampled_from(SIGNS), max_size=30))
def test_every_sign_of_a_view_shows_one_sign_of_the_text(text: str) -> None:
    seen = view(text)

    places = [seen.original(at, at + 1) for at in range(len(seen.text))]
    assert all(start + 1 == end for start, end in places)
    assert [start for start, _ in places] == sorted({start for start, _ in places})
    for (start, _), sign in zip(places, seen.text, strict=True):
        assert view(text[start]).text == sign


def test_odd_digits_dashes_and_spaces_are_made_plain() -> None:
    assert (
        view("\uff11\U0001d7d9\u0663 a\u00a0b\tc\u2013d\u2019s \u200bx").text == "113 a b c-d's x"
    )
