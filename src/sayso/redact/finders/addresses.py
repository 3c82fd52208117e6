"""Where somebody lives or can be visited: streets with a number, boxes, and what follows them.

Every number in a text is asked whether a street's name stands beside it, after it as in
English and French or before it as in most other languages. Around such a kernel the floor, the
postcode, the town and the country go too. A town, a country or a postcode alone is no address;
but for a postcode that somebody calls theirs, or that only one country writes so.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from string import ascii_letters, ascii_lowercase

import numpy as np

from sayso.redact.letters import Places
from sayso.redact.places.address_lines import (
    BOXES,
    CALLED_POSTCODE,
    COLOMBIAN,
    CORNER,
    CUED_LINE,
    LEAD,
    LEADING_TOWN,
    LINE_NAMES,
    LONE_POSTCODE,
    PLACE_AND_CODE,
    TAIL,
)
from sayso.redact.places.number_first import BEHIND_NUMBERS, named_after
from sayso.redact.places.street_names import (
    NO_WORD_END,
    SMALL_BEFORE_NUMBERS,
    SMALL_NEAR_NUMBERS,
    named_before,
)
from sayso.redact.places.street_words import NUMBER, WITHOUT_NUMBER
from sayso.redact.places.streets import STATE_CODES, STATE_NAMES
from sayso.redact.places.units import LEADING_UNIT, after_units
from sayso.redact.scan import Finder, Hit, Kind, Scan
from sayso.redact.sight import Codes, Mask, Sight, Signs

_LONGEST_NUMBER = 6
_REACH, _AFTER = 64, 32
_BEFORE_NUMBER = frozenset(" \n(,#№\"':º°-")
_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_BOX_WORDS = (
    "box postbox postboks postfach postbus correos postal apartado correo postale pocztowa "
    "psc cmr unit aa ae ap"
)
_CODE_WORDS = "code zip zipcode postcode is ist es est plz postnummer cep cap postal postleitzahl"
_CROSSING_WORDS = "calle cl carrera cra kra avenida av transversal diagonal"
_STATE_WORDS = {name.rpartition(" ")[2].lower() for name in STATE_NAMES.split("|")}
_CORNER = frozenset({"corner"})
_LINES = frozenset(
    {
        *("domicilio", "direccion", "indirizzo", "anschrift", "adresse", "adres", "endereco"),
        *("morada", "address"),
    }
)
"""Of which one stands in every text with a line that is called an address."""
_RULES: dict[str, list[tuple[str, re.Pattern[str]]]] = defaultdict(list)
for _rule, _pattern, _words in (
    ("box", BOXES, _BOX_WORDS.split(" ")),
    ("postcode + word", CALLED_POSTCODE, _CODE_WORDS.split(" ")),
    ("street and crossing", COLOMBIAN, _CROSSING_WORDS.split(" ")),
    ("place and code", PLACE_AND_CODE, [*_STATE_WORDS, *STATE_CODES]),
):
    for _word in _words:
        _RULES[_word].append((_rule, _pattern))


_RULE_WORDS = frozenset(_RULES)
_BEFORE_SIGNS, _CAPITAL_SIGNS = Signs(_BEFORE_NUMBER), Signs(_CAPITALS, beyond=False)
_SMALL, _LETTERS = Signs(ascii_lowercase, beyond=False), Signs(ascii_letters)
_GAPS, _ENDS = Signs(" ,.", beyond=False), Signs(NO_WORD_END | {"\n"}, beyond=False)
_BEFORE_NAMES, _NUMBER_SIGN = Signs(" ,#"), Signs("nNkK#")
_AFTER_CODE = Signs(" " + "".join(_CAPITALS))
_DOT = Signs(".", beyond=False)
_GLANCE = 24
_LEAD_REACH = 48
_WITH_STREETS = frozenset({"number + street", "street + number", "name + number"})


def may_be_house(sight: Sight) -> Places:
    """Return the digits beside which a street's name may stand, or the word for a box or code."""
    before = sight.before()
    house = _may_follow_a_name(sight, before)
    house |= sight.hears(BEHIND_NUMBERS, 0, _REACH + _GLANCE)
    house |= sight.hears(_RULE_WORDS, _GLANCE)
    for by in (3, 4, 5, 6):  # D.C. 20001
        house |= _DOT.hold(sight.before(by))
    house &= _BEFORE_SIGNS.hold(before) & (sight.sizes <= _LONGEST_NUMBER)
    code = _CAPITAL_SIGNS.hold(before) & (sight.sizes <= 2) & _AFTER_CODE.hold(sight.after())
    return sight.runs[house | code]


def may_be_without_number(sight: Sight) -> Places:
    """Return the slashes of `s/n`, which stands where a house has no number."""
    slashes = sight.places_of("/")
    after = sight.codes[slashes + 1]
    next_sign = np.where(after == ord(" "), sight.codes[slashes + 2], after)
    slashes = slashes[(next_sign | 0x20) == ord("n")]
    return sight.beside_digits(slashes)


def may_be_called(sight: Sight) -> Places:
    """Return the words that alone make an address of what follows."""
    return np.sort(np.concatenate([sight.heard(_CORNER), sight.heard(_LINES)]), axis=0)


def _may_follow_a_name(sight: Sight, before: Codes) -> Mask:
    """Say which digits stand behind a word with a capital, or near a street's small word."""
    last = sight.begins - 1
    for _ in range(3):
        last = last - _GAPS.hold(sight.codes[last])
    first = sight.breaks[np.searchsorted(sight.breaks, last) - 1] + 1
    sign = sight.codes[first]
    is_number_sign = (last - first < 6) & _NUMBER_SIGN.hold(sign)
    is_small = _SMALL.hold(sign) & ~is_number_sign & (last - first < _REACH - 8)
    may_be_small = sight.hears(SMALL_NEAR_NUMBERS, _REACH + _GLANCE, _AFTER + _GLANCE)
    named: Mask = (is_number_sign | ~_ENDS.hold(sight.codes[last])) & (~is_small | may_be_small)
    return named & _BEFORE_NAMES.hold(before)


def find(scan: Scan) -> Iterator[Hit]:
    """Yield each address, from its first number or name to its postcode, town and country."""
    text = scan.text
    end = 0
    for hit in sorted([*_kernels(scan), *_fixed(scan)]):
        whole = _whole(text, hit)
        whole = whole._replace(start=max(whole.start, end))
        if hit.start < end:
            continue
        for one in (whole, hit):
            if scan.is_free(one.start, one.end):
                yield one
                end = one.end
                break


def _fixed(scan: Scan) -> Iterator[Hit]:
    """Yield what its words alone make an address: corners, and lines that are called so."""
    text = scan.text
    at = text.find("corner of ") if scan.may_say(_CORNER) else -1
    while at >= 0:
        match = CORNER.match(text, max(0, at - 4)) or CORNER.match(text, at)
        if match:
            yield Hit(*match.span(), "corner")
        at = text.find("corner of ", at + 1)
    if scan.may_say(_LINES) and any(name in text for name in LINE_NAMES):
        for match in CUED_LINE.finditer(text):
            yield Hit(*match.span(1), "line + word")


def _kernels(scan: Scan) -> Iterator[Hit]:
    text, end = scan.text, 0
    may_follow, may_be_small = scan.may_say(BEHIND_NUMBERS), scan.may_say(SMALL_BEFORE_NUMBERS)
    for start, stop in scan.likely_runs(may_be_house):
        if start < end or stop - start > _LONGEST_NUMBER:
            continue
        before = text[start - 1] if start else "\n"
        hit = None
        if before in _BEFORE_NUMBER:
            match = NUMBER.match(text, start)
            hit = named_after(text, match) if match and may_follow else None
            if match and not hit:
                hit = named_before(text, match, may_be_small=may_be_small)
            hit = hit or _boxed(text, start, stop)
        elif before in _CAPITALS and stop - start <= 2:
            hit = _coded(text, start, stop)
        if hit:
            yield hit
            end = hit.end
    if "/" in text and ("/n" in text or "/N" in text or "/ n" in text or "/ N" in text):
        for match in WITHOUT_NUMBER.finditer(text):
            hit = named_before(text, match)
            if hit:
                yield hit


def _boxed(text: str, start: int, stop: int) -> Hit | None:
    """Judge a number by the word before it: a box, a postcode that is called one, a state."""
    words = text[max(0, start - 16) : start].split()
    rules = _RULES.get(words[-1].rstrip(".:,").lower().replace(".", "")) if words else None
    low = max(0, start - _REACH)
    for rule, pattern in rules or ():
        match = pattern.search(text, low, stop + _AFTER)
        while match and match.end() <= start:
            match = pattern.search(text, match.end(), stop + _AFTER)
        if match and match.start(1) <= start < match.end(1):
            return Hit(*match.span(1), rule)
    return None


def _coded(text: str, start: int, stop: int) -> Hit | None:
    """Judge a postcode that only one country writes so: a letter stands before its digit."""
    if text[stop : stop + 1] != " " and not text[stop : stop + 1].isupper():
        return None
    for at in (start - 1, start - 2):
        match = LONE_POSTCODE.match(text, at) if at >= 0 else None
        if match:
            return Hit(*match.span(), "postcode alone")
    return None


def _whole(text: str, hit: Hit) -> Hit:
    """Take in what belongs to the address before and after its kernel."""
    start, end = hit.start, hit.end
    if hit.rule in _WITH_STREETS:
        for before in (LEAD, LEADING_UNIT, LEADING_TOWN):
            lead = before.search(text, max(0, start - _LEAD_REACH), start)
            start = lead.start(1) if lead else start
    end = after_units(text, end)
    tail = TAIL.match(text, end)
    return hit._replace(start=start, end=_before_stop(text, end, tail.end()) if tail else end)


def _before_stop(text: str, start: int, end: int) -> int:
    """Leave the full stop of a sentence behind a town; what is in short keeps its own."""
    last = text[start:end].split()[-1:]
    is_stop = text[end - 1] == "." and last and "." not in last[0][:-1]
    return end - 1 if is_stop else end


ADDRESS = Finder(
    kind=Kind.ADDRESS,
    version="2",
    find=find,
    about="Streets with a number, boxes, and the postcodes and towns that follow them.",
    likely=(may_be_house, may_be_without_number, may_be_called),
    heeds=(
        *(_CORNER, _LINES, _RULE_WORDS),
        *(BEHIND_NUMBERS, SMALL_BEFORE_NUMBERS, SMALL_NEAR_NUMBERS),
    ),
)
