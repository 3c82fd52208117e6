"""Bank accounts: IBANs of the right length for their country whose check digits hold."""

import re
from collections.abc import Iterator
from string import ascii_letters

from sayso.redact.letters import Places
from sayso.redact.scan import Finder, Hit, Kind, Scan
from sayso.redact.sight import Sight, Signs

# Begins with a digit, though an IBAN does not, so that only digits are stopped at.
_CHECK_DIGITS = re.compile(r"[0-9](?<=[A-Za-z]{2}[0-9])(?<![A-Za-z0-9][A-Za-z]{2}[0-9])[0-9]")
_FEWEST_TOGETHER = 8
"""In every country's form at least so many signs of digits stand together somewhere."""
_LONGEST_HEAD = 16
"""Before these stand at most the country, two check digits, and a bank's letters in groups."""
_SIGN = re.compile(r"[A-Za-z0-9]")

# Lengths by country: SWIFT IBAN Registry (ISO 13616), release 99.
_LENGTHS: dict[str, int] = {
    country: length
    for length, countries in (
        (15, "NO"),
        (16, "BE"),
        (18, "DK FI FK FO GL NL SD"),
        (19, "MK SI"),
        (20, "AT BA EE KZ LT LU MN XK"),
        (21, "CH HR LI LV"),
        (22, "BG BH CR DE GB GE IE ME RS VA"),
        (23, "AE GI IL IQ OM SO TL"),
        (24, "AD CZ ES MD PK RO SA SE SK TN VG"),
        (25, "LY PT ST"),
        (26, "IS TR"),
        (27, "BI DJ FR GR IT MC MR SM"),
        (28, "AL AZ BY CY DO GT HU LB NI PL SV"),
        (29, "BR EG PS QA UA"),
        (30, "JO KW MU YE"),
        (31, "MT SC"),
        (32, "LC"),
        (33, "RU"),
    )
    for country in countries.split()
}


_LETTERS = Signs(ascii_letters, beyond=False)


def may_begin(sight: Sight) -> Places:
    """Return the digits after two letters: there an account number may begin."""
    after_two = _LETTERS.hold(sight.before()) & _LETTERS.hold(sight.before(2))
    return sight.runs[after_two & ~_LETTERS.hold(sight.before(3)) & (sight.sizes > 1)]


def find(scan: Scan) -> Iterator[Hit]:
    """Yield each IBAN, in one piece or in groups parted by single spaces or dashes."""
    for at, last in scan.numbers:
        if last - at >= _FEWEST_TOGETHER:
            yield from _near(scan, at)


def _near(scan: Scan, at: int) -> Iterator[Hit]:
    """Yield the IBAN that begins before or with the digits at `at`."""
    for match in _CHECK_DIGITS.finditer(scan.text, max(0, at - _LONGEST_HEAD), at + 2):
        start = match.start() - 2
        length = _LENGTHS.get(scan.text[start : start + 2].upper(), 0)
        end = _end(scan.text, start, length) if length else 0
        if end and _checks(scan.text[start:end]) and scan.is_free(start, end):
            yield Hit(start, end, "mod-97")


def _end(text: str, start: int, length: int) -> int:
    """Where the IBAN that begins at `start` would end; 0 where it breaks off before."""
    at, signs = start, 0
    while at < len(text):
        if _SIGN.match(text, at):
            signs += 1
            if signs == length:
                return 0 if _SIGN.match(text, at + 1) else at + 1
        elif text[at] not in " -" or not _SIGN.match(text, at + 1):
            return 0
        at += 1
    return 0


def _checks(iban: str) -> bool:
    """Whether ISO 7064 MOD 97-10 holds."""
    signs = iban.replace(" ", "").replace("-", "").upper()
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1


IBAN = Finder(
    kind=Kind.IBAN,
    version="1",
    find=find,
    about="Bank accounts (ISO 13616).",
    likely=(may_begin,),
)
