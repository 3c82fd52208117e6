"""Whether a number a person is known by can be one: check digits and dates, by country.

Where a library's own validator asks what day it is, only its arithmetic is used: a text must
be redacted the same today and in a year.
"""

import re
from collections.abc import Callable
from types import ModuleType

from stdnum import luhn
from stdnum.at import vnr
from stdnum.dk import cpr
from stdnum.exceptions import ValidationError
from stdnum.fi import hetu
from stdnum.no import fodselsnummer
from stdnum.pt import cc

Check = Callable[[str], bool]

_SIGNS = re.compile(r"[^0-9A-Za-zÑñ&]")
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_NIR_BODY = re.compile(
    r"[12378]\d\d(?:0[1-9]|1[0-2]|[23]\d|4[0-2]|[5-9]\d)(?:0[1-9]|[1-9]\d|2[AB])\d{8}"
)


def bare(number: str) -> str:
    """Return the letters and digits alone, in capitals."""
    return _SIGNS.sub("", number).upper()


def by(module: ModuleType) -> Check:
    """Return the check of one of python-stdnum's modules that asks no clock."""

    def check(number: str) -> bool:
        try:
            return bool(module.validate(bare(number)))
        except ValidationError:
            return False

    return check


def any_number(_number: str) -> bool:
    """Accept: the shape says all that can be known."""
    return True


def finnish(number: str) -> bool:
    """HETU: the sign between date and number says the century, so it is kept."""
    return hetu.is_valid(number.upper())


def french(number: str) -> bool:
    """NIR: sex, month, department, and 97 less the rest (decree 82-103, article 4)."""
    body = bare(number)
    if not _NIR_BODY.fullmatch(body):
        return False
    digits = body[:13].replace("2A", "19").replace("2B", "18")
    return digits.isdigit() and 97 - int(digits) % 97 == int(body[13:])


def norwegian(number: str) -> bool:
    """Two check digits and a date, whose day or month is higher for D- and H-numbers."""
    body = bare(number)
    return bool(
        re.fullmatch(r"(?:[04][1-9]|[1256]\d|[37][01])(?:[04][1-9]|[15][0-2])\d{7}", body)
        and body[-2] == fodselsnummer.calc_check_digit1(body)
        and body[-1] == fodselsnummer.calc_check_digit2(body)
    )


def swedish(number: str) -> bool:
    """A date (day plus 60 for coordination numbers) and Luhn over the last ten digits."""
    body = bare(number)[-10:]
    dated = re.match(rf"\d\d{_MONTH}(?:{_DAY}|[678]\d|9[01])", body)
    return bool(dated) and luhn.is_valid(body)


def danish(number: str) -> bool:
    """A date and the modulus 11 that CPR numbers kept until 2007."""
    body = bare(number)
    return is_danish_date(body) and cpr.checksum(body) == 0


def is_danish_date(number: str) -> bool:
    """CPR numbers since 2007: a date alone."""
    return bool(re.match(rf"{_DAY}{_MONTH}", bare(number)))


def belgian(number: str) -> bool:
    """97 less the first nine digits, with a 2 before them for those born since 2000."""
    body = bare(number)
    if not re.match(r"\d\d(?:[024]\d|[135][0-2])", body):
        return False
    return any(97 - int(f"{born}{body[:9]}") % 97 == int(body[9:]) for born in ("", "2"))


def south_african(number: str) -> bool:
    """A date, then Luhn."""
    body = bare(number)
    return bool(re.match(rf"\d\d{_MONTH}{_DAY}", body)) and luhn.is_valid(body)


def german_pension(number: str) -> bool:
    """Versicherungsnummer: weights 2 1 2 5 7 1 2 1 2 1 2 1, the letter as two digits (VKVV 4)."""
    body = bare(number)
    digits = f"{body[:8]}{ord(body[8]) - 64:02d}{body[9:11]}"
    weights = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
    products = (int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return sum(sum(divmod(product, 10)) for product in products) % 10 == int(body[11])


def austrian(number: str) -> bool:
    """Check digit in the fourth place; the last six are a date, months up to 15."""
    body = bare(number)
    if not re.match(rf"[1-9]\d{{3}}{_DAY}(?:0[1-9]|1[0-5])", body):
        return False
    return vnr.calc_check_digit(body) == body[3]


def portuguese_card(number: str) -> bool:
    """Cartão de cidadão: Luhn over base 36."""
    body = bare(number)
    return cc.calc_check_digit(body[:-1]) == body[-1]


def australian_medicare(number: str) -> bool:
    """Weights 1 3 7 9 1 3 7 9 over eight digits, modulus 10 (METeOR 270101)."""
    body = bare(number)
    weights = (1, 3, 7, 9, 1, 3, 7, 9)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=False))
    return body[0] in "23456" and total % 10 == int(body[8])


def singaporean(number: str) -> bool:
    """NRIC and FIN: weights 2 7 6 5 4 3 2, and a letter of the row that the prefix chooses."""
    body = bare(number)
    weights = (2, 7, 6, 5, 4, 3, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body[1:8], weights, strict=True))
    total += {"T": 4, "G": 4, "M": 3}.get(body[0], 0)
    letters = {"S": "JZIHGFEDCBA", "T": "JZIHGFEDCBA", "M": "XWUTRQPNJLK"}
    row = letters.get(body[0], "XWUTRQPNMLK")
    return row[total % 11] == body[8]


def hong_kong(number: str) -> bool:
    """HKID: letters as 10 to 35, a blank as 36, weights 9 to 2, modulus 11."""
    body = bare(number)
    head, check = body[:-1].rjust(8), body[-1]
    values = [36 if c == " " else int(c, 36) for c in head]
    total = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True))
    return (total + (10 if check == "A" else int(check))) % 11 == 0


def taiwanese(number: str) -> bool:
    """The letter as two digits (10 to 35, in the order of the counties), weights 1 9 8 ... 1 1."""
    body = bare(number)
    county = "ABCDEFGHJKLMNPQRSTUVXYWZIO".index(body[0]) + 10
    digits = [*divmod(county, 10), *map(int, body[1:])]
    weights = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
    return sum(d * weight for d, weight in zip(digits, weights, strict=True)) % 10 == 0


def russian_snils(number: str) -> bool:
    """SNILS: weights 9 to 1, modulus 101, 100 as 00."""
    body = bare(number)
    total = sum(int(digit) * weight for digit, weight in zip(body, range(9, 0, -1), strict=False))
    return total % 101 % 100 == int(body[9:])


def hungarian_taj(number: str) -> bool:
    """TAJ: weights 3 and 7 in turn, modulus 10 (act XX of 1996)."""
    body = bare(number)
    return sum(int(d) * (3, 7)[at % 2] for at, d in enumerate(body[:8])) % 10 == int(body[8])


def kazakh(number: str) -> bool:
    """IIN: a date, weights 1 to 11 modulus 11, and a second round where that gives 10."""
    body = bare(number)
    if not re.match(rf"\d\d{_MONTH}{_DAY}", body):
        return False
    first = sum(int(d) * (at + 1) for at, d in enumerate(body[:11])) % 11
    second = sum(int(d) * ((at + 2) % 11 + 1) for at, d in enumerate(body[:11])) % 11
    return int(body[11]) == (first if first < 10 else second)


def yugoslav(number: str) -> bool:
    """JMBG and EMSO: a date and weights 7 6 5 4 3 2 twice, modulus 11."""
    body = bare(number)
    weights = (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=False))
    dated = re.match(rf"{_DAY}{_MONTH}[089]\d\d", body)
    return bool(dated) and (11 - total % 11) % 11 == int(body[12])
