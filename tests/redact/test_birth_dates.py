# ruff: noqa: RUF001 - words of other alphabets
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redact.finding import words_found
from sayso.redact.finders.birth_dates import DATE_OF_BIRTH


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("He was born on 2/8/1935. Her maiden name", "2/8/1935"),
        ("my date of birth. It's 6/24/1991", "6/24/1991"),
        ("DOB: 1990-03-14", "1990-03-14"),
        ("D.O.B. 14.03.90", "14.03.90"),
        ("born in Sampleton on the 3rd of May, 1980", "3rd of May, 1980"),
        ("Born May 3, 1980 in", "May 3, 1980"),
        ("Birthday: 3 May 1980", "3 May 1980"),
        ("geboren am 12. März 1975 in", "12. März 1975"),
        ("Geburtsdatum: 12.03.1975", "12.03.1975"),
        ("geb. 12.3.1975", "12.3.1975"),
        ("Fecha de nacimiento: 27-10-1968.", "27-10-1968"),
        ("nacida el 3 de mayo de 1980", "3 de mayo de 1980"),
        ("né le 1er mai 1980", "1er mai 1980"),
        ("née le 12/03/1975", "12/03/1975"),
        ("date de naissance : 12/03/1975", "12/03/1975"),
        ("nato il 12 marzo 1975", "12 marzo 1975"),
        ("data de nascimento 12/03/1975", "12/03/1975"),
        ("geboren op 12 maart 1975", "12 maart 1975"),
        ("född den 12 mars 1975", "12 mars 1975"),
        ("født 12. marts 1975", "12. marts 1975"),
        ("syntynyt 12.3.1975", "12.3.1975"),
        ("urodzony 12 marca 1975", "12 marca 1975"),
        ("narozen 12. března 1975", "12. března 1975"),
        ("родился 12 марта 1975", "12 марта 1975"),
        ("doğum tarihi: 12.03.1975", "12.03.1975"),
        ("出生日期：1975年3月12日", "1975年3月12日"),
        ("生年月日 1975年3月12日", "1975年3月12日"),
        ("b. 12 March 1975", "12 March 1975"),
    ],
)
def test_a_date_goes_that_is_said_to_be_a_birth(text: str, written: str) -> None:
    assert words_found(DATE_OF_BIRTH, text) == [written]


@pytest.mark.parametrize(
    "text",
    [
        "on 2/8/1935 and 1990-03-14, May 3, 1980",
        "I was born (on the beach) while they were building",
        "born in 1980, born to run",
        "reborn 12/03/1975",
        "Fecha de Ingreso: 13-12-2015.",
        "He was born.\n\nReleased 12/03/1975",
        "born 12 monkeys 1975, born 1.2.3.4",
        "nato 5 members, plan b. 3 of 4",
    ],
)
def test_other_dates_stay(text: str) -> None:
    assert words_found(DATE_OF_BIRTH, text) == []


@settings(max_examples=60)
@given(st.dates(), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y"]))
def test_every_date_since_1900_goes_with_its_word_alone(day: date, form: str) -> None:
    written = day.replace(year=1900 + day.year % 130).strftime(form) if day.day < 29 else ""

    assert words_found(DATE_OF_BIRTH, f"born on {written} and") == ([written] if written else [])
    assert words_found(DATE_OF_BIRTH, f"seen on {written} and") == []
