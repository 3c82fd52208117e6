"""Internet addresses of machines: IPv4 and IPv6, but no version or section numbers."""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address

import numpy as np

from sayso.redact.letters import Places
from sayso.redact.scan import Finder, Hit, Kind, Scan, Span, is_free
from sayso.redact.sight import Sight

_IPV4 = re.compile(r"(?<![\w.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?!\w|\.[0-9])")
_IPV6_SIGN = re.compile(r":(?::|[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:)")
_IPV6 = re.compile(
    r"(?<![\w:.])(?:[0-9A-Fa-f:]{2,30}(?<=:)[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9A-Fa-f:]{2,39})"
    r"(?![\w:])"
)
_SPEAKS_OF_IP = re.compile(r"\b(?:ip|ipv4|ipv6|address|host|server|ping|dns)\b", re.IGNORECASE)
_SPEAKS_OF_VERSION = re.compile(
    r"(?:\b(?:version|ver|release|build|firmware|driver|section|chapter|clause|article)\.?|§) ?$",
    re.IGNORECASE,
)
_SHORTEST, _LONGEST_PART, _FEWEST_DOTS = len("1.2.3.4"), 4, 3
_LONGEST = len("0000:0000:0000:0000:0000:ffff:192.0.2.128")


def may_be_ipv4(sight: Sight) -> Places:
    """Return the numbers with three dots inside."""
    numbers, dots = sight.numbers, sight.places_of(".")
    first, last = (np.searchsorted(dots, numbers[:, side]) for side in (0, 1))
    enough: Places = numbers[last - first >= _FEWEST_DOTS]
    return enough


def may_be_ipv6(sight: Sight) -> Places:
    """Return the colons that follow each other as in an address."""
    colons = sight.places_of(":")
    gaps = np.diff(colons)
    near = gaps <= _LONGEST_PART + 1
    near[:-1] &= near[1:]
    near[-1:] = False
    rows: Places = np.stack([colons[:-1], colons[1:]], axis=1)[near | (gaps == 1)]
    return rows


def find(scan: Scan) -> Iterator[Hit]:
    """Yield the addresses that may lead to a machine or its user."""
    text = scan.text
    longer = [*_ipv6(text)] if scan.sees(may_be_ipv6) else []
    for start, end in longer:
        if scan.is_free(start, end):
            yield Hit(start, end, "ipv6")
    for start, end in scan.likely_numbers(may_be_ipv4):
        if end - start >= _SHORTEST and text.count(".", start, end) >= 3:
            for match in _IPV4.finditer(text, start, min(end + 4, len(text))):
                span = match.span()
                if scan.is_free(*span) and is_free(longer, *span) and _is_machine(scan, match):
                    yield Hit(*span, "ipv4")


def _ipv6(text: str) -> Iterator[Span]:
    done = 0
    for sign in _IPV6_SIGN.finditer(text):
        if sign.start() >= done:
            address = _around(text, sign)
            done = address.end() if address else sign.end()
            if address and _is_ipv6(address.group()):
                yield address.span()


def _around(text: str, sign: re.Match[str]) -> re.Match[str] | None:
    """Return what is written like an address and holds the colons."""
    near = _IPV6.finditer(text, max(0, sign.start() - _LONGEST), sign.end() + _LONGEST)
    return next((match for match in near if match.end() > sign.start()), None)


def _is_machine(scan: Scan, match: re.Match[str]) -> bool:
    try:
        address = IPv4Address(match.group())
    except AddressValueError:
        return False
    if address.is_loopback or address.is_unspecified or match.group().startswith("255."):
        return False
    before = scan.before(match.start(), 40)
    if _SPEAKS_OF_VERSION.search(before):
        return False
    has_long_part = len(match.group()) > _SHORTEST
    return has_long_part or bool(_SPEAKS_OF_IP.search(before))


def _is_ipv6(text: str) -> bool:
    """Whether it is an address and not two words of code with colons between, like `a::b`."""
    if not any(sign.isdigit() for sign in text) or len(text.replace(":", "")) < 4:
        return False
    try:
        address = IPv6Address(text)
    except AddressValueError:
        return False
    return not (address.is_loopback or address.is_unspecified)


IP = Finder(
    kind=Kind.IP,
    version="2",
    find=find,
    about="IPv4 and IPv6 addresses.",
    likely=(may_be_ipv4, may_be_ipv6),
)
