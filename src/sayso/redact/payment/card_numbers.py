"""Payment cards: digits whose Luhn sum holds, with an issuer's prefix, grouping or name."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sayso.redact.letters import Places
from sayso.redact.scan import Hit, Scan, Span
from sayso.redact.sight import Sight

_FEWEST, _MOST = 12, 19  # ISO/IEC 7812-1: digits of a primary account number
_GROUP = re.compile(r"[0-9]+")
_MOST_GROUPS = 6
_NEAR = 48  # how far before a number a word may say what it is

# Issuer ranges and lengths: ISO/IEC 7812, as the schemes publish them.
_ISSUERS = re.compile(
    r"""
      4(?:\d{12}|\d{15}|\d{18})                                             # Visa
    | (?:5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12})    # Mastercard
    | 3[47]\d{13}                                                           # American Express
    | 3(?:0[0-5]|[68]\d|09)\d{11,16}                                        # Diners Club
    | 35(?:2[89]|[3-8]\d)\d{12,15} | (?:2131|1800)\d{11}                    # JCB
    | 6(?:011|4[4-9]\d|5\d\d)\d{12,15}                                      # Discover
    | 62\d{14,17}                                                           # UnionPay
    | (?:5018|5020|5038|5893|6304|6759|676[1-3])\d{8,15}                    # Maestro
    """,
    re.VERBOSE,
)
_CALLED_A_CARD = re.compile(
    r"(?<!\w)(?:cards?|credit|debit|visa|master ?card|amex|american express|maestro|discover|"
    r"diners|jcb|union ?pay|cc|pan|tarjeta|karte|kreditkarte|carte|cart[aã]o|carta|kaart|kort)"
    r"(?!\w)",
    re.IGNORECASE,
)


def are_enough(sight: Sight) -> Places:
    """Return the numbers with as many digits as a card has."""
    return sight.numbers[sight.numbers[:, 2] >= _FEWEST]


def find(scan: Scan) -> Iterator[Hit]:
    """Yield each card number, in one piece or in groups of at least three digits."""
    for start, end in scan.likely_numbers(are_enough):
        if end - start < _FEWEST:
            continue
        groups = [match.span() for match in _GROUP.finditer(scan.text, start, end)]
        at = 0
        while at < len(groups):
            found = _card(scan, groups[at : at + _MOST_GROUPS])
            if found:
                yield found
            at += 1
            while found and at < len(groups) and groups[at][0] < found.end:
                at += 1


def _card(scan: Scan, groups: Sequence[Span]) -> Hit | None:
    """Return the longest card number that begins with the first group."""
    for last in range(len(groups), 0, -1):
        parts = groups[:last]
        sizes = [end - start for start, end in parts]
        if not _FEWEST <= sum(sizes) <= _MOST or min(sizes) < 3:
            continue
        span = parts[0][0], parts[-1][1]
        if _parted_alike(scan.text, parts) and _stands_alone(scan.text, *span):
            rule = _rule(scan, span, sizes)
            if rule and scan.is_free(*span):
                return Hit(*span, rule)
    return None


def _rule(scan: Scan, span: Span, sizes: list[int]) -> str:
    digits = "".join(_GROUP.findall(scan.text[slice(*span)]))
    if not _luhn_holds(digits):
        return ""
    if _ISSUERS.fullmatch(digits):
        return "luhn + issuer"
    if sizes == [4, 4, 4, 4]:
        return "luhn + groups"
    return "luhn + word" if _CALLED_A_CARD.search(scan.before(span[0], _NEAR)) else ""


def _parted_alike(text: str, parts: Sequence[Span]) -> bool:
    between = {text[one[1] : other[0]] for one, other in pairwise(parts)}
    return between <= {" "} or between <= {"-"}


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 2]
    if before.isalnum() or before in {"_", "."}:
        return False
    return not (after[:1].isalnum() or (after[:1] in {".", ","} and after[1:].isdigit()))


def _luhn_holds(digits: str) -> bool:
    """ISO/IEC 7812-1 annex B: every second digit from the right doubled, nines cast out."""
    odd = sum(map(int, digits[-1::-2]))
    even = sum(map(int, digits[-2::-2].translate(_DOUBLED)))
    return (odd + even) % 10 == 0


_DOUBLED = str.maketrans("0123456789", "0246813579")
