from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.redact.finders.addresses import ADDRESS
from sayso.redact.members.directory import Directory
from sayso.redact.scan import Scan

NOBODY = Directory()


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in ADDRESS.find(Scan(text, directory=NOBODY))]


@pytest.mark.parametrize(
    "address",
    [
        "12 Long Lane",
        "220 South Example Ave.",
        "17 5th Avenue",
        "1400 Sample Street, Exampleville, TX 77002",
        "10 Sample Road, Exampleton EX1 2AB",
        "221B Sample St Apt. 4",
        "36 rue de la Paix, 75002 Paris",
        "15 avenue des Champs",
        "Musterstraße 5",
        "Musterstr. 12a, 80331 München",
        "Beispielallee 7, A-1010 Wien",
        "Koepenicker Str. 74",
        "Calle Mayor, 5",
        "C/ Mayor 12, 3º B, 28013 Madrid",
        "Avda. de la Constitución, s/n",
        "Paseo del Ejemplo 86. 13 A",
        "Via Garibaldi 12, 20121 Milano",
        "Rua Augusta, 1500",
        "Prinsengracht 263",
        "Voorbeeldstraat 10, 1012 AB Amsterdam",
        "Strandvägen 7",
        "Eksempelvej 12, 2100 København",
        "Storgata 15",
        "Esimerkkikatu 4",
        "ul. Marszałkowska 10",
        "Erzsébet tér 19",
        "P.O. Box 1234",
        "Postfach 123456",
        "Apartado de Correos 20134",
        "PSC 0413, Box 8144\nAPO AA 42323",
        "the corner of Sample Street and Example Road",
    ],
)
def test_an_address_goes_whole(address: str) -> None:
    assert found(f"I live now at {address}") == [address]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("our office is at Joaquin Suarez 2906.", "Joaquin Suarez 2906"),
        ("Domicilio: Teatinos 180.\nLocalidad", "Teatinos 180"),
        ("Servicio. Doctor Ejemplo, 46. 28007 Madrid", "Doctor Ejemplo, 46. 28007 Madrid"),
        ("my zip code is 35350", "35350"),
        ("sent from SW1A 1AA today", "SW1A 1AA"),
        ("in Washington, D.C. 20006-3700 since", "Washington, D.C. 20006-3700"),
        (
            "Address:\n31 Zezig Streets\n Suite 245\n FÜRLING\n Austria 25173.",
            "31 Zezig Streets\n Suite 245\n FÜRLING\n Austria 25173",
        ),
        ("Calle 64 # 52-59 Medellín", "Calle 64 # 52-59"),
        ("at 3901 sample ave in", "3901 sample ave"),
    ],
)
def test_what_stands_around_it_stays(text: str, address: str) -> None:
    assert found(text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "Madrid, Spain, Berlin and the United States of 1789",
        "in May 2024 the 2011 Wall Street crash, the 2008 Supreme Court",
        "Windows 10, ASP.NET Web API 2, Chapter 12, Core i7 and Python 3",
        "10 miles down the road, 2 blocks from main street, a 4 lane highway, a 1 way street",
        "error 404 on port 8080, pages 12-34, version 1.2.3 via TCP 80",
        "Remembering 25 years, Live in Stockholm 2012, YAY 2 M subs",
        "La AV era de 1 en AO; c/6 horas tras 24 horas",
        "WhatsApp 320 1234 if you are interested",
        "checkbox 3, inbox 12, Xbox 360",
        "Order #8629174360 shipped on 6/26/2024.",
        "The war of 1902-1970 and the 1913/10 season, pages 123-498.",
        "map(x => 12 - y, 4) // 3 way merge",
        "IP address: 10.0.0.1, email address: none, address 0x7fff",
    ],
)
def test_other_numbers_and_places_stay(text: str) -> None:
    assert found(text) == []


@settings(max_examples=60)
@given(
    st.integers(1, 9999),
    st.sampled_from(["Mayor", "Ejemplo", "Prueba Larga"]),
    st.sampled_from(["Calle", "Avenida", "Plaza", "C/", "Rua", "Paseo de la"]),
)
def test_a_prefix_a_name_and_a_number_are_a_street(number: int, name: str, prefix: str) -> None:
    street = f"{prefix} {name}, {number}"

    assert found(f"vive en {street}") == [street]


@pytest.mark.parametrize("piece", ["1 ", "12 Long ", "Calle a ", "a. 1, ", "Apt 1 ", "\n1"])
def test_a_long_text_of_pieces_is_read_to_its_end(piece: str) -> None:
    text = piece * 3000

    hits = list(ADDRESS.find(Scan(text, directory=NOBODY)))

    assert all(one.end <= other.start for one, other in pairwise(hits))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("12 Long Lane 555 0143", "12 Long Lane"),
        ("12 Long Lane, 202-555-0143", "12 Long Lane"),
        ("17611 Loring Lane, Spring, TX 77388-5746 (281)555-0106", None),
        ("Calle Mayor 5 91 555 01 43", "Calle Mayor 5"),
        ("Calle Mayor 5, 20 personas", "Calle Mayor 5"),
        ("Hauptstraße 5. 2019 waren wir", "Hauptstraße 5"),
    ],
)
def test_the_digits_after_an_address_are_left_to_others(text: str, address: str | None) -> None:
    (one,) = found(text)

    assert one == (address or "17611 Loring Lane, Spring, TX 77388-5746")
