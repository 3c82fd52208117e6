import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redact.finding import words_found
from sayso.redact.finders.plates import PLATE


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("licence plate AB12 CDE", "AB12 CDE"),
        ("the plate number is 7ABC123.", "7ABC123"),
        ("registration: LN51ABC", "LN51ABC"),
        ("Kennzeichen B-AB 1234", "B-AB 1234"),
        ("amtliches Kennzeichen M XY 99E", "M XY 99E"),
        ("matrícula 1234 BCD", "1234 BCD"),
        ("immatriculation AB-123-CD", "AB-123-CD"),
        ("targa AB123CD", "AB123CD"),
        ("kenteken 12-AB-34", "12-AB-34"),
        ("registreringsnummer ABC 123", "ABC 123"),
        ("placa ABC1D23", "ABC1D23"),
    ],
)
def test_a_plate_goes_with_its_word(text: str, plate: str) -> None:
    assert words_found(PLATE, text) == [plate]
    assert words_found(PLATE, f"I saw {plate} today") == []


@pytest.mark.parametrize(
    "text",
    [
        "the template is T123, a plate of 12 oysters",
        "registration number 12345678",
        "registration opens in 2014 at 10",
        "model XJ-8941-13, GT 40",
        "Kennzeichen fehlt",
    ],
)
def test_other_signs_stay(text: str) -> None:
    assert words_found(PLATE, text) == []


@settings(max_examples=60)
@given(st.from_regex(r"[A-Z]{2}[0-9]{2} [A-Z]{3}", fullmatch=True))
def test_a_british_plate_goes_with_its_word_alone(plate: str) -> None:
    assert words_found(PLATE, f"number plate {plate}, blue") == [plate]
    assert words_found(PLATE, f"part {plate}, blue") == []
