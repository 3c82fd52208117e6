"""Hardware addresses of network cards: six pairs of hexadecimal digits (IEEE 802, EUI-48)."""

import re
from collections.abc import Iterator

import numpy as np

from sayso.redact.letters import Places
from sayso.redact.scan import Finder, Hit, Kind, Scan
from sayso.redact.sight import Sight

# Each search begins with a sign, not with a digit: far fewer places to look at.
_MIDDLES = (
    (":", re.compile(r":[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}:")),
    ("-", re.compile(r"-[0-9A-Fa-f]{2}-[0-9A-Fa-f]{2}-")),
    (".", re.compile(r"\.[0-9A-Fa-f]{4}\.")),
)
_PAIRS = re.compile(
    r"(?<![0-9A-Za-z:.-])[0-9A-Fa-f]{2}([:-])[0-9A-Fa-f]{2}(?:\1[0-9A-Fa-f]{2}){4}"
    r"(?![0-9A-Za-z]|[:-][0-9A-Fa-f])"
)
_FOURS = re.compile(
    r"(?<![0-9A-Za-z.])(?:[0-9A-Fa-f]{4}\.){2}[0-9A-Fa-f]{4}(?![0-9A-Za-z]|\.[0-9A-Fa-f])"
)
_FEWEST_SIGNS = 2
_NOBODYS = frozenset({"0" * 12, "f" * 12})


def may_be_one(sight: Sight) -> Places:
    """Return the signs that stand as far from each other as those of an address."""
    found = []
    for sign, steps in ((":", (3, 6)), ("-", (3, 6)), (".", (5,))):
        places = sight.places_of(sign)
        for step in steps:
            places = places[sight.codes[places + step] == ord(sign)]
        found.append(places)
    places = np.sort(np.concatenate(found))
    return np.stack([places, places + 1], axis=1)


def find(scan: Scan) -> Iterator[Hit]:
    """Yield each address but the broadcast one; a fingerprint has more than six pairs."""
    text, end = scan.text, 0
    for sign, middle in _MIDDLES:
        if text.count(sign) < _FEWEST_SIGNS:
            continue
        width, pattern = (4, _FOURS) if sign == "." else (2, _PAIRS)
        for seen in middle.finditer(text):
            start = seen.start() - width
            match = pattern.match(text, start) if start >= max(0, end - width) else None
            if match and _is_one(match.group()) and scan.is_free(*match.span()):
                end = match.end()
                yield Hit(*match.span(), "six pairs")
        end = 0


def _is_one(address: str) -> bool:
    digits = re.sub("[:.-]", "", address).lower()
    if digits in _NOBODYS:
        return False
    return ":" in address or not digits.isdigit()


MAC = Finder(
    kind=Kind.MAC,
    version="1",
    find=find,
    about="Hardware addresses.",
    likely=(may_be_one,),
)
