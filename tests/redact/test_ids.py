"""Every number here is made up: of the right shape, with check digits computed for the test."""

# ruff: noqa: RUF001 - words of other alphabets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.br import cpf
from stdnum.es import dni

from redact.finding import words_found
from sayso.redact.finders.national_ids import COUNTRIES, FORMS, ID
from sayso.redact.ids.checks import any_number, bare
from sayso.redact.scan import Scan

DIGITS = "0123456789"


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in ID.find(Scan(text))]


CALLED = [
    ("US", "my social security number is {}.", "078-05-1120"),
    ("GB", "National Insurance number {}", "QQ 12 34 56 C"),
    ("GB", "NHS number: {}", "943 476 5919"),
    ("DE", "meine Steuer-ID lautet {}", "36 574 261 809"),
    ("DE", "Rentenversicherungsnummer {}", "15070649C103"),
    ("FR", "mon numéro de sécurité sociale est le {}", "2 95 10 99 126 111 93"),
    ("ES", "con DNI {}", "54362315-K"),
    ("ES", "NIE: {}", "X-2482300W"),
    ("ES", "NASS: {}", "27 2226350 05"),
    ("IT", "il mio codice fiscale è {}", "RCCMNL83S18D969H"),
    ("NL", "mijn BSN is {}", "111222333"),
    ("PL", "mój PESEL to {}", "44051401359"),
    ("SE", "mitt personnummer är {}", "880320-0016"),
    ("NO", "fødselsnummer: {}", "15108695088"),
    ("DK", "CPR-nummer {}", "211062-5629"),
    ("FI", "henkilötunnukseni on {}", "131052-308T"),
    ("IS", "kennitala {}", "450401-3150"),
    ("PT", "contribuinte n.º {}", "501964843"),
    ("BR", "meu CPF: {}", "390.533.447-05"),
    ("CH", "AHV-Nummer {}", "756.9217.0769.85"),
    ("AT", "SVNR: {}", "1237 010180"),
    ("BE", "rijksregisternummer {}", "85.07.30-033.28"),
    ("IE", "my PPS number is {}", "6433435F"),
    ("RO", "CNP {}", "1630615123457"),
    ("BG", "ЕГН: {}", "7523169263"),
    ("CZ", "rodné číslo {}", "710319/2745"),
    ("HR", "OIB: {}", "33392005961"),
    ("EE", "isikukood {}", "36805280109"),
    ("LT", "asmens kodas {}", "33309240064"),
    ("LV", "personas kods {}", "161175-19997"),
    ("GR", "ΑΜΚΑ: {}", "01013099997"),
    ("HU", "TAJ szám: {}", "111 111 110"),
    ("SI", "EMŠO {}", "0101006500006"),
    ("TR", "TC kimlik no {}", "17291716060"),
    ("UA", "РНОКПП {}", "1759013776"),
    ("RU", "ИНН {}", "500100732259"),
    ("RU", "СНИЛС {}", "112-233-445 95"),
    ("KZ", "ИИН {}", "890126350025"),
    ("ZA", "ID number {}", "7503305044089"),
    ("IL", "teudat zehut {}", "03933742-3"),
    ("CA", "my SIN is {}", "123-456-782"),
    ("AU", "tax file number {}", "123 456 782"),
    ("AU", "Medicare {}", "2428 77813 2"),
    ("IN", "Aadhaar: {}", "2341 2341 2346"),
    ("IN", "PAN card {}", "ACUPA7085R"),
    ("PK", "CNIC {}", "34201-0891231-8"),
    ("CN", "身份证号码是{}", "360426199101010071"),
    ("TW", "身分證字號 {}", "A123456789"),
    ("HK", "HKID {}", "A123456(3)"),
    ("SG", "NRIC {}", "S1234567D"),
    ("KR", "주민등록번호 {}", "971013-9019902"),
    ("JP", "マイナンバー {}", "5000 1122 3330"),
    ("TH", "เลขประจำตัวประชาชน {}", "3-1006-00445-63-5"),
    ("ID", "NIK: {}", "3171011708450001"),
    ("MY", "MyKad {}", "770305-02-1234"),
    ("MX", "CURP: {}", "BOXW310820HNERXN09"),
    ("MX", "RFC {}", "GODE561231GR8"),
    ("CL", "mi RUT es {}", "12.531.909-2"),
    ("AR", "DNI {}", "20.123.456"),
    ("AR", "CUIL: {}", "20-05536168-2"),
    ("CO", "cédula de ciudadanía {}", "1.020.345.678"),
    ("EC", "cédula {}", "171430710-3"),
    ("VE", "cédula {}", "V-12.345.678"),
    ("PE", "DNI: {}", "41234567"),
    ("DO", "cédula {}", "001-1391820-5"),
    ("CY", "VAT {}", "CY10259033P"),
    ("LU", "no TVA {}", "LU 15027442"),
    ("MT", "VAT no: {}", "MT 1167 9112"),
    ("SK", "IČ DPH {}", "SK2022749619"),
]


@pytest.mark.parametrize(("country", "sentence", "number"), CALLED)
def test_a_number_goes_that_is_called_by_its_name(country: str, sentence: str, number: str) -> None:
    assert country in COUNTRIES
    assert found(sentence.format(number)) == [number]


def test_every_country_of_the_table_has_its_row() -> None:
    assert {country for country, _, _ in CALLED} == set(COUNTRIES)


def _changed(number: str, place: int, by: int) -> str:
    digit = DIGITS[(int(number[place]) + by) % 10]
    return number[:place] + digit + number[place + 1 :]


UNCHECKED = {"078-05-1120", "QQ 12 34 56 C", "27 2226350 05", "20.123.456", "V-12.345.678"} | {
    *("1.020.345.678", "41234567", "211062-5629", "2341 2341 2346", "2428 77813 2"),
    *("3171011708450001", "770305-02-1234", "34201-0891231-8", "ACUPA7085R"),
}
"""Without a check digit, or called by a word that is enough."""


@pytest.mark.parametrize(
    ("sentence", "number"),
    [(sentence, number) for _, sentence, number in CALLED if number not in UNCHECKED],
)
def test_a_number_with_one_wrong_digit_is_nobodys(sentence: str, number: str) -> None:
    last = max(place for place, sign in enumerate(number) if sign in DIGITS)

    wrong = [_changed(number, last, by) for by in range(1, 10)]

    left = [one for one in wrong if found(sentence.format(one)) != [one]]
    assert len(left) >= 6, "few other digits may fit a modulus, or another register's"


@pytest.mark.parametrize(
    "text",
    [
        "Please keep 078-05-1120 in the file.",
        "the file of RCCMNL83S18D969H is here",
        "131052-308T and 390.533.447-05",
        "54362315K, X2482300W",
        "15108695088 stands alone: two check digits and a date",
        "295109912611193",
        "756.9217.0769.85",
    ],
)
def test_a_number_that_only_one_register_writes_so_needs_no_word(text: str) -> None:
    assert found(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("My driver's license number is 6940579", "6940579"),
        ("driver licence F162823540116.", "F162823540116"),
        ("Reisepass Nr. C01X00T47", "C01X00T47"),
        ("passport no. 123456789, valid", "123456789"),
        ("NHC: 2547916.\nDomicilio", "2547916"),
        ("CIPA: nhc-739146.", "739146"),
        ("Médico: Ana Lopez NºCol: 08 08 76541.", "08 08 76541"),
        ("MRN 00123456", "00123456"),
        ("Personalausweis: T220001293", "T220001293"),
    ],
)
def test_a_number_that_follows_its_name_goes_whatever_its_shape(text: str, number: str) -> None:
    assert found(text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "a bare 111222333, 44051401359 or 123-456-782 says nothing",
        "Order #8629174360 shipped on 6/26/2024.",
        "ISBN 978-0-203-96981-2 and 0-306-40615-2, EAN 7569217076985",
        "uuid ff416d4a-3baf-69da-d819-9bfca8b6f3a6",
        "Epoch 1685039187000 in the log, build 8.20.5.",
        "Revenue grew from 372,760,267 to 81.921.527.",
        "a sin 046454286, the run 12531909-2? no: 2018-03-04",
        "license: MIT 2024, passports of 27 states, visa",
        "patent US123456B and commit 0b49895d1a0d1f13dce20c4fd32f640d0032634f",
        "call 202-555-0143 or 555 123 4567",
        "2001:db8::1, 10.20.30.40:8080, 0x1234567890",
        "medical records were kept from 1990 to 2014",
        "BSN\n\n111222333",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert found(text) == []


@settings(max_examples=200)
@given(st.text(DIGITS, min_size=1, max_size=24))
def test_a_bare_run_of_digits_is_nobody_but_for_two_check_digits_and_a_date(run: str) -> None:
    strong = [form for form in FORMS if form.rule in {"fr-nir", "no-fodselsnummer", "cn-ric"}]
    is_strong = any(
        form.alone is not None and form.alone.fullmatch(run) and form.check(run) for form in strong
    )

    assert found(f"we saw {run} of them") == ([run] if is_strong else [])


@settings(max_examples=50)
@given(st.integers(1, 99_999_999), st.integers(100_000_000, 999_999_999))
def test_made_numbers_with_true_check_digits_go(eight: int, nine: int) -> None:
    spanish = f"{eight:08d}" + dni.calc_check_digit(f"{eight:08d}")
    digits = f"{nine}"
    first = -sum((10 - at) * int(d) for at, d in enumerate(digits)) % 11 % 10
    second = -sum((11 - at) * int(d) for at, d in enumerate(f"{digits}{first}")) % 11 % 10
    brazilian = cpf.format(f"{digits}{first}{second}")

    assert found(f"con NIF {spanish} y") == [spanish]
    assert found(f"CPF {brazilian} e") == [brazilian]


@settings(max_examples=50)
@given(st.integers(10_000_000, 79_999_999))
def test_a_canadian_number_goes_with_its_word_alone(eight: int) -> None:
    number = f"{eight}{luhn.calc_check_digit(str(eight))}"

    assert found(f"SIN {number}") == [number]
    assert found(f"sin {number}") == []


def test_the_same_number_is_one_value_however_it_is_written() -> None:
    hits = list(ID.find(Scan("CPF 390.533.447-05, cpf 39053344705")))

    assert {hit.identity for hit in hits} == {"39053344705"}


def test_what_another_finder_took_is_left_to_it() -> None:
    text = "DNI 54362315K"

    assert not list(ID.find(Scan(text, taken=[(4, 13)])))


def test_checks_see_the_number_without_its_signs() -> None:
    assert bare("390.533.447-05") == "39053344705"
    assert any_number("x")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("USt-IdNr. DE136695976.", ["DE136695976"]),
        ("write DE136695976 on it", ["DE136695976"]),
        ("our VAT is DE 136 695 976, thanks", ["DE 136 695 976"]),
        ("FR40303265045, NL004495445B01", ["FR40303265045", "NL004495445B01"]),
        ("partita IVA 00743110157", ["00743110157"]),
        ("NIP 856-734-62-15", ["856-734-62-15"]),
        ("CNPJ 33.000.167/0001-01", ["33.000.167/0001-01"]),
        ("DE136695977 and part DK12345678", []),
    ],
)
def test_a_traders_number_goes_since_a_sole_traders_looks_the_same(
    text: str, found: list[str]
) -> None:
    assert words_found(ID, text) == found
