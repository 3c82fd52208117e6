"""Where on the earth something is: pairs of degrees, geo: addresses, plus codes, what3words.

Two decimals side by side are as often a price, a version or a measurement: without a degree
sign, a point of the compass or a word they are left. What stands in a link is the link's.
"""

import re
from collections.abc import Iterator
from string import digits

from sayso.redact.letters import Places
from sayso.redact.scan import Finder, Hit, Kind, Scan
from sayso.redact.sight import Sight, Signs

_NEAR = 40
_MOST_DEGREES = 2
_LAT = r"[+-]?(?:[0-8]?[0-9](?:\.[0-9]{3,16})|90\.0{3,16})"
_LON = r"[+-]?(?:1[0-7][0-9]|[0-9]?[0-9])\.[0-9]{3,16}"
_PAIR = re.compile(rf"(?<![\w.])({_LAT}),? {{0,2}}({_LON})(?![\w%°]|[.,][0-9])")
_CALLED = re.compile(
    r"\b(?:lat(?:itude)?|coord\w*|gps|geo\w*|location|position|standort|koordinat\w*|ubicaci[óo]n"
    r"|coordenad\w*|coordonn[ée]e\w*|coordinat[ae]|sijainti|posici[óo]n|lat ?/ ?lo?ng?)\b",
    re.IGNORECASE,
)
_NAMED_PAIR = re.compile(
    rf"(?<!\w)lat(?:itude)?[\"']? ?[:=] ?[\"']?({_LAT})[\"']?[,; ]{{1,3}}[\"']?"
    rf"lo?ng?(?:itude)?[\"']? ?[:=] ?[\"']?({_LON})",
    re.IGNORECASE,
)
_DEGREES = re.compile(
    r"(?<![\w.])(?:[NSEWO] ?)?[0-9]{1,3}(?:\.[0-9]{1,10})? ?°"
    r"(?: ?[0-9]{1,2}(?:\.[0-9]{1,8})? ?['\u2032\u2019])?"
    r"(?: ?[0-9]{1,2}(?:\.[0-9]{1,8})? ?(?:\"|''|\u2033|\u201d))? ?[NSEWO]?(?!\w)"
)
_COMPASS = re.compile(
    r"(?<![\w.])[0-8]?[0-9]\.[0-9]{2,10} ?[NS],? {1,2}"
    r"(?:1[0-7])?[0-9]{1,2}\.[0-9]{2,10} ?[EWO](?!\w)"
)
_GEO = re.compile(
    r"(?<!\w)geo:(-?[0-9]{1,2}(?:\.[0-9]{1,12})?,-?[0-9]{1,3}(?:\.[0-9]{1,12})?)(?![0-9])"
)
# Open Location Code specification, section 4: eight of these signs, a plus, two or three more.
_PLUS_CODE = re.compile(
    r"(?<![0-9A-Za-z])[23456789C][23456789CFGHJMPQRV][23456789CFGHJMPQRVWX]{6}\+"
    r"[23456789CFGHJMPQRVWX]{2,3}(?![0-9A-Za-z])"
)
_THREE_WORDS = re.compile(
    r"(?<![\w:/])///([^\W\d_]{2,24}\.[^\W\d_]{2,24}\.[^\W\d_]{2,24})(?![\w./])"
)


_DOT, _DIGITS = Signs(".", beyond=False), Signs(digits, beyond=False)


def may_be_decimal(sight: Sight) -> Places:
    """Return the one or two digits with a dot and a digit behind them."""
    with_decimals = _DOT.hold(sight.after()) & _DIGITS.hold(sight.after(1))
    return sight.runs[with_decimals & ~_DOT.hold(sight.before()) & (sight.sizes <= _MOST_DEGREES)]


def find(scan: Scan) -> Iterator[Hit]:
    """Yield each pair of coordinates or code of a place."""
    taken = 0
    for hit in sorted(_seen(scan)):
        if hit.start >= taken and scan.is_free(hit.start, hit.end):
            taken = hit.end
            yield hit


def _seen(scan: Scan) -> Iterator[Hit]:
    text = scan.text
    if "°" in text:
        yield from _in_degrees(text)
    if "geo:" in text:
        yield from (Hit(*match.span(), "geo address") for match in _GEO.finditer(text))
    if "///" in text:
        yield from (Hit(*match.span(), "three words") for match in _THREE_WORDS.finditer(text))
    at = text.find("+")
    while at >= 0:
        match = _PLUS_CODE.match(text, at - 8) if at >= 8 else None
        if match:
            yield Hit(*match.span(), "plus code")
        at = text.find("+", at + 1)
    yield from _decimals(scan)


def _decimals(scan: Scan) -> Iterator[Hit]:
    text = scan.text
    for start, end in scan.likely_runs(may_be_decimal):
        if (
            end - start > _MOST_DEGREES
            or text[end : end + 1] != "."
            or text[start - 1 : start] == "."
        ):
            continue
        if not text[end + 1 : end + 3].isdigit():
            continue
        compass = _COMPASS.match(text, start)
        if compass:
            yield Hit(*compass.span(), "points of the compass")
            continue
        at = start - (text[start - 1 : start] in {"-", "+"})
        pair = _PAIR.match(text, at)
        if pair and _CALLED.search(text, max(0, at - _NEAR), at):
            yield Hit(*pair.span(), "pair + word")
            continue
        named = _NAMED_PAIR.search(text, max(0, at - 14), at + 64)
        if named and named.start(1) == at:
            yield Hit(at, named.end(), "pair + word")


def _in_degrees(text: str) -> Iterator[Hit]:
    """Yield two neighbours, one along and one across."""
    last: re.Match[str] | None = None
    for match in _DEGREES.finditer(text):
        near = last is not None and len(text[last.end() : match.start()].strip(" ,;/")) == 0
        if last is not None and near and _is_place(last.group(), match.group()):
            yield Hit(last.start(), match.end(), "degrees")
            last = None
        else:
            last = match


def _is_place(one: str, other: str) -> bool:
    along, across = {*one} & {*"NS"}, {*other} & {*"EWO"}
    minutes = all("'" in part or "\u2032" in part or "\u2019" in part for part in (one, other))
    return bool(along and across) or minutes


LOCATION = Finder(
    kind=Kind.LOCATION,
    version="1",
    find=find,
    about="Coordinates and codes of places.",
    needs=("°", "geo:", "///", "+"),
    likely=(may_be_decimal,),
)
