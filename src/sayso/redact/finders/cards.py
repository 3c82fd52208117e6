"""Payment cards: digits whose Luhn sum holds, with an issuer's prefix or in four fours."""

import re
from collections.abc import Iterator

from sayso.redact.scan import DIGITS, Finder, Hit, Kind, Scan

_DIGITS = re.compile(r"(?<![\w.])[2-9](?:[ -]?[0-9]){11,18}(?![0-9]|[.,][0-9])")
_GROUPS = re.compile(r"[ -]")

# Issuer ranges and lengths: ISO/IEC 7812, as the schemes publish them.
_ISSUERS = re.compile(
    r"""
      4(?:\d{12}|\d{15}|\d{18})                                             # Visa
    | (?:5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12})    # Mastercard
    | 3[47]\d{13}                                                           # American Express
    | 3(?:0[0-5]|[68]\d|09)\d{11,16}                                        # Diners Club
    | 35(?:2[89]|[3-8]\d)\d{12,15}                                          # JCB
    | 6(?:011|4[4-9]\d|5\d\d)\d{12,15}                                      # Discover
    | 62\d{14,17}                                                           # UnionPay
    | (?:5018|5020|5038|5893|6304|6759|676[1-3])\d{8,15}                    # Maestro
    """,
    re.VERBOSE,
)


def find(scan: Scan) -> Iterator[Hit]:
    """Yield each card number, in one piece or in groups of at least three digits."""
    for match in _DIGITS.finditer(scan.text):
        groups = _GROUPS.split(match.group())
        digits = "".join(groups)
        is_grouped_like_a_card = len(groups) <= 6 and min(map(len, groups)) >= 3
        if (
            is_grouped_like_a_card
            and (_ISSUERS.fullmatch(digits) or [*map(len, groups)] == [4, 4, 4, 4])
            and _luhn_holds(digits)
            and scan.is_free(*match.span())
        ):
            yield Hit(*match.span(), "luhn")


def _luhn_holds(digits: str) -> bool:
    """ISO/IEC 7812-1 annex B: every second digit from the right doubled, nines cast out."""
    odd = sum(int(digit) for digit in digits[-1::-2])
    even = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (odd + even) % 10 == 0


CARD = Finder(kind=Kind.CARD, version="2", find=find, about="Payment cards (Luhn).", needs=DIGITS)
