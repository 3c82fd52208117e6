import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.es import ccc

from redact.finding import words_found
from sayso.redact.finders.bank_accounts import BANK


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("routing number 111000025", "111000025"),
        ("account number: 000123456789", "000123456789"),
        ("sort code 12-34-56", "12-34-56"),
        ("acct no. 12345678", "12345678"),
        ("Kontonummer 532013000", "532013000"),
        ("BLZ 370 400 44", "370 400 44"),
        ("numéro de compte 12345678901", "12345678901"),
        ("CLABE 032180000118359719", "032180000118359719"),
        ("CBU 2850590940090418135201", "2850590940090418135201"),
        ("número de cuenta 1234-1234-16-1234567890", "1234-1234-16-1234567890"),
        ("1234 1234 16 1234567890", "1234 1234 16 1234567890"),
        ("kontonummer 8601.11.17947", "8601.11.17947"),
        ("BIC: DEUTDEFF500", "DEUTDEFF500"),
        ("IFSC SBIN0001234", "SBIN0001234"),
        ("send to 1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD", "1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD"),
        (
            "my eth wallet 0x52908400098527886E0F7030069857D2E4169EE7",
            "0x52908400098527886E0F7030069857D2E4169EE7",
        ),
        (
            "tip bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        ),
    ],
)
def test_an_account_goes(text: str, number: str) -> None:
    assert words_found(BANK, text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "routing number 111000026",
        "a bare 000123456789 or 12-34-56",
        "on account of 12 people, an account of 2014",
        "1234 1234 17 1234567890",
        "CLABE 032180000118359718",
        "1NEDqZPvTWRaoho48qXuLLsrYomMXPABfE",
        "the contract 0x52908400098527886E0F7030069857D2E4169EE7",
        "swift is a language; AUSTRALIA, DEUTDEFF alone",
        "commit 0b49895d1a0d1f13dce20c4fd32f640d0032634f",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert words_found(BANK, text) == []


@settings(max_examples=60)
@given(st.from_regex(r"[0-9]{4} [0-9]{4} \*\* [0-9]{10}", fullmatch=True))
def test_a_spanish_account_stands_by_its_check_digits(written: str) -> None:
    bank, office, _, account = written.split(" ")
    check = ccc.calc_check_digits(f"{bank}{office}00{account}")
    right = f"{bank} {office} {check} {account}"
    wrong = f"{bank} {office} {(int(check) + 1) % 100:02d} {account}"

    assert words_found(BANK, f"paid {right} and") == [right]
    assert words_found(BANK, f"paid {wrong} and") == []


@settings(max_examples=100)
@given(st.from_regex(r"[0-9]{1,24}", fullmatch=True))
def test_a_bare_run_of_digits_is_no_account(run: str) -> None:
    assert words_found(BANK, f"we saw {run} of them") == []
