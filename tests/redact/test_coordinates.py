import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redact.finding import words_found
from sayso.redact.finders.coordinates import LOCATION


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("coordinates: 48.85837, 2.29448.", "48.85837, 2.29448"),
        ("my GPS says -33.8568 151.2153", "-33.8568 151.2153"),
        ("40.7128 N, 74.0060 W is", "40.7128 N, 74.0060 W"),
        ("40.7128° N, 74.0060° W is", "40.7128° N, 74.0060° W"),
        ("48°51'29.6\"N 2°17'40.2\"E!", "48°51'29.6\"N 2°17'40.2\"E"),
        ("lat: 48.85837, lng: 2.29448", "48.85837, lng: 2.29448"),
        ("meet geo:48.2010,16.3695 now", "geo:48.2010,16.3695"),
        ("at 8FVC9G8F+6XQ there", "8FVC9G8F+6XQ"),
        ("at ///filled.count.soap there", "///filled.count.soap"),
    ],
)
def test_a_place_on_earth_goes(text: str, place: str) -> None:
    assert words_found(LOCATION, text) == [place]


@pytest.mark.parametrize(
    "text",
    [
        "Temperatures 21.49 59.8417, 27.6470",
        "3.14159, 2.71828 and 0.12345, 0.67890",
        "version 1.2.3, prices 12.50, 13.75; 20 °C, 90° angle, 45°",
        "location 91.12345, 200.12345",
        "position 1.5, 2.5 of the window",
        "C++ and a + b, 1234+56, https:///path.to.file",
        "// comment.with.dots",
    ],
)
def test_other_decimals_stay(text: str) -> None:
    assert words_found(LOCATION, text) == []


@settings(max_examples=60)
@given(st.integers(-89_99999, 89_99999), st.integers(-179_99999, 179_99999))
def test_a_pair_goes_with_a_word_alone(along: int, across: int) -> None:
    pair = f"{along / 1e5:.5f}, {across / 1e5:.5f}"

    assert words_found(LOCATION, f"coordinates {pair} today") == [pair]
    assert words_found(LOCATION, f"values {pair} today") == []
