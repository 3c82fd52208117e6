# ruff: noqa: RUF001 - words of other alphabets

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


@pytest.mark.parametrize(
    "address",
    [
        "ul. Marszałkowska 10/12 m. 5, 00-590 Warszawa",
        "101000, Москва, ул. Ленина, д. 5, кв. 12",
        "г. Москва, ул. Ленина, д. 5, корп. 2, кв. 12",
        "просп. Перемоги, буд. 5, кв. 12, Київ, 01001",
        "вул. Хрещатик, 22, Київ, 01001, Україна",
        "ул. Витоша 15, ет. 3, ап. 8, 1000 София",
        "Largo do Carmo 3, 1200-092 Lisboa, Portugal",
        "Rua Augusta 12, 3.º Dto., 1100-048 Lisboa",
        "Rua Augusta 12, R/C Dto, 1100-048 Lisboa",
        "Rua Augusta 12 2º andar, 1100-048 Lisboa",
        "Rua das Flores, 123, apto 45, Centro, São Paulo - SP, 01234-567",
        "Dlouhá 12, 110 00 Praha 1",
        "Dlouhá 730/12, 110 00 Praha 1",
        "Hlavná 5, 811 01 Bratislava",
        "12 bis, rue de la République, 69002 Lyon",
        "12 ter rue de la République, 69002 Lyon, France",
        "8, rue des Lilas, bât. B, 3e étage, 75011 Paris",
        "8 rue des Lilas, escalier C, 3ème étage, appt 12, 75011 Paris cedex 11",
        "Mannerheimintie 5 A 12, 00100 Helsinki",
        "Mannerheimintie 5 as. 3, 00100 Helsinki",
        "Nørregade 10, 2. tv., 1165 København K",
        "Nørregade 10, st. mf., 1165 København K",
        "Nørregade 10, 3. sal, 1165 København K",
        "Storgatan 5 lgh 1203, 113 51 Stockholm",
        "Storgatan 5, 3 tr, 113 51 Stockholm",
        "Storgata 15 H0301, 0155 Oslo",
        "Flat 4, 17 High Road, Lagos",
        "Flat 4, 17 High Road, London N15 6LT",
        "Flat 2B, 17 High Road, Bristol, BS1 4ND",
        "Hauptstr. 12, 3. OG links, 80331 München",
        "Hauptstraße 12, Hinterhaus, 2. Stock, 10115 Berlin",
        "Hauptstraße 12, EG rechts, 10115 Berlin",
        "Wiener Straße 12/3/7, 1010 Wien",
        "Wiener Straße 12, Stiege 3, Top 7, 1010 Wien",
        "Prinsengracht 263-II, 1016 GV Amsterdam",
        "Prinsengracht 263 hs, 1016 GV Amsterdam",
        "Kerkstraat 12 bus 3, 2000 Antwerpen",
        "Calle de Alcalá 45, 3º izda., 28014 Madrid",
        "C/ Mayor 12, esc. B, 4º 2ª, 08001 Barcelona",
        "Via Roma 12, scala B, interno 4, 00184 Roma RM",
        "Via Roma 12/B, 00184 Roma (RM), Italia",
        "Corso Italia 5, piano 3, 20122 Milano",
        "Váci utca 12. 3. em. 2., 1052 Budapest",
        "Οδός Ερμού 12, 105 63 Αθήνα",
        "Strada Lipscani nr. 12, bl. 4, sc. B, et. 3, ap. 12, 030031 București",
        "Ilica 15/II, 10000 Zagreb",
        "Slovenska cesta 12, 1000 Ljubljana",
        "Knez Mihailova 12, 11000 Beograd",
        "Bağdat Caddesi No: 12 D: 4, 34710 Kadıköy İstanbul",
        "Gedimino pr. 12-4, 01103 Vilnius",
        "Brīvības iela 12-4, Rīga, LV-1010",
        "Pikk 12-4, 10123 Tallinn",
        "Laugavegur 12, 101 Reykjavík",
        "ul. Marszałkowska 10/12, 00-590 Warszawa",
        "ул. Ленина, д. 5, кв. 12, Москва, 101000",
    ],
)
def test_stairs_floors_sides_and_the_town_go_with_the_street(address: str) -> None:
    assert found(address) == [address]
    assert found(f"Seen: {address}\nThanks.") == [address]


@settings(max_examples=60)
@given(
    st.sampled_from(["Musterstraße 5", "Calle Mayor 12", "Rua Augusta, 7", "Storgatan 3"]),
    st.sampled_from(
        ["", ", 2. tv.", ", 3º izq.", ", 4.º Dto.", ", 3. OG links", " A 12", ", 2 tr"]
    ),
    st.sampled_from(["80331 München", "1200-092 Lisboa", "00-590 Warszawa", "113 51 Stockholm"]),
    st.sampled_from(["", ", Portugal", ", Deutschland"]),
)
def test_a_floor_never_parts_a_street_from_its_town(
    street: str, floor: str, town: str, land: str
) -> None:
    address = f"{street}{floor}, {town}{land}"

    assert found(f"{address}. Merci") == [address]


@pytest.mark.parametrize(
    "text",
    [
        "Striker Soccer G 11, 2008. g. 72 % od",
        "the 24/7 Support Drive, a 9/11 Memorial Plaza, Windows 10/11, iOS 16/17",
        "Dell Inspiron 17 R 5721 Core i",
        "Saison 2019/20, 1/2 cup, at 10/12",
    ],
)
def test_slashed_numbers_without_a_street_stay(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Calle de Alcalá 45, 28014 Madrid. Ayer fui.", "Calle de Alcalá 45, 28014 Madrid"),
        ("Calle de Alcalá 45, Madrid.", "Calle de Alcalá 45, Madrid"),
        ("Hauptstr. 5, 80331 München. Danke", "Hauptstr. 5, 80331 München"),
        ("17 High Road, Lagos, where", "17 High Road, Lagos"),
        ("12 Long Lane, Monday at noon", "12 Long Lane"),
        ("12 Long Lane, So be it.", "12 Long Lane"),
        ("Enter on Sludevej 13 St. the first", "Sludevej 13"),
    ],
)
def test_a_sentence_keeps_its_full_stop_and_what_follows(text: str, address: str) -> None:
    assert found(text) == [address]


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
