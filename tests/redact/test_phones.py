import phonenumbers
import pytest

from redact.finding import words_found
from sayso.redact.finders.phones import PHONE
from sayso.redact.redactor import Redactor
from sayso.redact.scan import Surroundings


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("+1 (202) 555-0143 ext. 12", ["+1 (202) 555-0143 ext. 12"]),
        ("001-202-555-0143x123, 202.555.0143", ["001-202-555-0143x123", "202.555.0143"]),
        ("77388-5746 (202)555-0106;Fax(202)555-0199", ["(202)555-0106", "(202)555-0199"]),
        ("20006 202-555-0142 202-555-0172", ["202-555-0142", "202-555-0172"]),
        ("0049 30 123456", ["0049 30 123456"]),
        ("Phone:\n60-56-85-91\n", ["60-56-85-91"]),
        ("(37) 788-063-Office, 0999 123-Fax", ["(37) 788-063", "0999 123"]),
        ("55 123 456 is my new mobile number", ["55 123 456"]),
        ("call me on 40123, my number is 555 0143", ["40123", "555 0143"]),
        ("Tlf: 918 038 014 / 656352534", ["918 038 014", "656352534"]),
        ("Tfno. 986413144 ext 1530", ["986413144 ext 1530"]),
        ("☎ 5550143, 电话 5550143", ["5550143", "5550143"]),
    ],
)
def test_a_telephone_number_is_known_by_its_form_or_by_a_word(text: str, found: list[str]) -> None:
    assert words_found(PHONE, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "2010-2015, 2018-03-04, 03/04/2018, 20.12.2034, 1,234,567 and 3.14159265",
        "ISBN 978-3-16-148410-0, order no. 202-555-0143, $2025550143, #2025550143, card 5550143",
        "NASS: 71 33043712 35, NHC: 918038014, DNI 918 038 014",
        "2025550143 alone, v1.202.555.0143, doi:10.1605/j.cell.2016.10.771",
        "078-05-1120, 760206-5968, 20006-3700, 1 000 000 000, 51-13. 46022",
        "Score 34-46, 48:33 left, odds 6/7, model XJ-7197-46, epoch 1647305600",
        "call 911 in 2015",
    ],
)
def test_other_digits_are_no_telephone_number(text: str) -> None:
    assert words_found(PHONE, text) == []


def test_a_number_without_its_country_is_read_where_the_author_lives() -> None:
    text = "am Empfang 030 90182 0000"

    assert Redactor().redact(text).found == ()
    assert Redactor().redact(text, Surroundings(region="DE")).counts == {"phone": 1}


def test_every_regions_own_example_is_found_beside_a_word() -> None:
    missed = []
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        example = phonenumbers.example_number(region)
        assert example is not None
        for form in (
            phonenumbers.PhoneNumberFormat.E164,
            phonenumbers.PhoneNumberFormat.INTERNATIONAL,
            phonenumbers.PhoneNumberFormat.NATIONAL,
        ):
            number = phonenumbers.format_number(example, form)
            if words_found(PHONE, f"My phone number is {number}, thanks.") != [number]:
                missed.append((region, number))

    assert len(missed) <= 12, missed


@pytest.mark.parametrize(
    ("language", "region", "rule"),
    [("de", "", "number of DE"), ("", "DE", "number of DE"), ("en", "", "number of GB")],
)
def test_a_number_is_explained_by_the_languages_countries_before_all_others(
    language: str, region: str, rule: str
) -> None:
    around = Surroundings(language=language, region=region)

    (one,) = Redactor((PHONE,)).redact("Büro 030/901820-12 heute", around).found

    assert one.rule == rule


def test_a_number_that_is_none_hides_no_other_beside_it() -> None:
    assert words_found(PHONE, "Order 12345678, call +1 (212) 555-0147") == ["+1 (212) 555-0147"]
