"""Streets whose name comes first: `Calle Mayor, 5`, `Hauptstraße 12`, `Erzsébet tér 19`."""

import re

from sayso.redact.folding import fold
from sayso.redact.places.address_lines import PLACE_AFTER, TAIL
from sayso.redact.places.street_words import (
    REACH,
    WORD,
    YEAR,
    follows,
    heard,
    is_name,
    may_be_name,
    word_at,
)
from sayso.redact.places.streets import (
    BETWEEN_CUE_AND_ADDRESS,
    CUES,
    JOINING,
    LAST_WORDS,
    NO_NAME,
    NO_STREETS,
    PREFIXES,
    STREET_ENDINGS,
    STREET_TYPES,
    WEAK_PREFIXES,
)
from sayso.redact.places.units import STRONG_UNIT, STRONG_UNITS, after_units
from sayso.redact.scan import Hit, Span

_NUMBER_SIGNS = frozenset(
    {
        *("n", "no", "nº", "n°", "n.º", "nr", "num", "núm", "numero", "número", "#", "km"),
        *("№", "д", "дом", "буд", "будинок", "čp", "č.p", "č"),
    }
)
_ENGLISH_RING = re.compile(r"[aeiou]ring\Z")
_LONGEST_HOUSE_NUMBER, _SHORTEST_NAME = 5, 5
_DOTTED = frozenset({"g", "pr", "u"})
_AFTER_HUNGARIAN = frozenset({"utca", "ut", "ter", "korut"})
NO_WORD_END = frozenset(':;()<>|"!?=/\\')
_MOST_WORDS = 8
_LONG_PREFIX = 5

SMALL_BEFORE_NUMBERS = heard((PREFIXES - WEAK_PREFIXES) | LAST_WORDS | STRONG_UNITS)
"""Words of which one stands in every text where a street's name ends with a small letter."""
SMALL_NEAR_NUMBERS = heard(PREFIXES | LAST_WORDS | STRONG_UNITS)
"""Words of which one stands near every such number."""


def named_before(text: str, match: re.Match[str], *, may_be_small: bool = True) -> Hit | None:
    """Return the street that stands before its number, if one does.

    Without `may_be_small` none is sought whose last word begins with a small letter.
    """
    start = match.start()
    if not start or text[start - 1] not in " ,.ºª#°№" or not _is_house_number(match.group()):
        return None
    low = max(text.rfind("\n", max(0, start - REACH), start) + 1, start - REACH, 0)
    stop = _name_end(text, low, start)
    if stop <= low or text[stop - 1] in NO_WORD_END:
        return None
    if not text[text.rfind(" ", low, stop) + 1].isalpha() and text[stop - 1].isdigit():
        return None
    last = text.rfind(" ", low, stop) + 1
    if text[max(last, low)].islower() and not (
        may_be_small and _may_be_street(text, low, stop, match.end())
    ):
        return None
    words = _run(text, low, stop)
    if not words or not text[words[-1][0]].isalpha():
        return None
    return _judged(text, match, words)


def _may_be_street(text: str, low: int, stop: int, end: int) -> bool:
    """Whether a name that ends in a small word may be a street's: a prefix, or a flat after it."""
    words = fold(text[low:stop]).replace(".", " ").split()
    return (
        not PREFIXES.isdisjoint(words)
        or (bool(words) and words[-1] in LAST_WORDS)
        or any(word.startswith("c/") for word in words)
        or bool(STRONG_UNIT.match(text, end))
    )


def _is_house_number(number: str) -> bool:
    """Whether what a slash parts is house, stair and flat, and no season and no date."""
    parts = number.split("/")
    return len(parts) == 1 or not any(map(YEAR.match, parts))


def _judged(text: str, match: re.Match[str], words: list[Span]) -> Hit | None:
    end, last = match.end(), word_at(text, words[-1])
    if _ends_like_a_street(text, words, last):
        return Hit(_left(text, words, 2), end, "street + number")
    has_unit = bool(STRONG_UNIT.match(text, end))
    prefix = _prefix(text, words, is_sure=has_unit)
    if prefix is not None:
        return Hit(prefix, end, "street + number")
    if not (has_unit or is_name(text, words[-1])):
        return None
    first = _after_words(text, words[-4:]) if has_unit else _left(text, words, 3)
    is_long = len(re.split("[-/]", match.group())[0]) > _LONGEST_HOUSE_NUMBER
    is_odd = is_long or match.start() - first < _SHORTEST_NAME
    if has_unit or (not is_odd and _has_evidence(text, first, match)):
        prefix = _prefix(text, words, is_sure=True)
        first = first if prefix is None else min(first, prefix)
        return Hit(first, end, "name + number")
    return None


def _name_end(text: str, low: int, start: int) -> int:
    """Return where the name before the number ends, without `, nº` and the like."""
    stop = start
    while stop > low and text[stop - 1] in " ,.":
        stop -= 1
    first = stop
    while first > low and text[first - 1] not in " ,":
        first -= 1
    if text[first:stop].lower().rstrip(".:") in _NUMBER_SIGNS:
        stop = first
        while stop > low and text[stop - 1] in " ,.":
            stop -= 1
    return stop


def _after_words(text: str, words: list[Span]) -> int:
    """Return where the name begins after the words that only lead to it."""
    for at in range(len(words) - 2, -1, -1):
        if text[words[at][0]].isdigit() or word_at(text, words[at]) in BETWEEN_CUE_AND_ADDRESS:
            return words[at + 1][0]
    return words[0][0]


def _run(text: str, low: int, stop: int) -> list[Span]:
    """Return the words before `stop` that nothing but blanks parts from each other."""
    words = [m.span() for m in WORD.finditer(text, low, stop)][-_MOST_WORDS:]
    if words:
        last = word_at(text, words[-1])
        if last in NO_NAME or (last in JOINING and text[words[-1][0]].islower()):
            return []
    for at in range(len(words) - 1, 0, -1):
        if not follows(text, words[at - 1], words[at]):
            return words[at:]
    return words


def _ends_like_a_street(text: str, words: list[Span], last: str) -> bool:
    if last in LAST_WORDS and len(words) > 1 and may_be_name(text, words[-2]):
        if last in _DOTTED and not text.startswith(f"{last}.", words[-1][0]):
            return False
        if last == "g" and not text[words[-2][0]].isalpha():
            return False
        is_accented = not text[slice(*words[-1])].isascii()
        return is_name(text, words[-2]) or (last in _AFTER_HUNGARIAN and is_accented)
    is_long_name = text[words[-1][0]].isupper() and len(last) >= 6 and last not in NO_STREETS
    return is_long_name and last.endswith(STREET_ENDINGS) and not _ENGLISH_RING.search(last)


def _prefix(text: str, words: list[Span], *, is_sure: bool) -> int | None:
    """Return where a prefix such as `Calle` begins that only a name parts from the number."""
    names = small = 0
    for span in reversed(words):
        folded = word_at(text, span)
        if folded.startswith("c/") and folded[2:3].isalpha():
            return span[0]
        if folded in PREFIXES and names:
            return span[0] if is_sure or _is_prefix(text, span, folded, small) else None
        if is_name(text, span):
            names += 1
        elif folded in JOINING:
            continue
        elif small < 2 and may_be_name(text, span):
            small += 1
            names += 1
        else:
            return None
    return None


def _is_prefix(text: str, span: Span, folded: str, small: int) -> bool:
    """Whether it is one here: a short or weak one is followed by capitals, a weak one has one."""
    if folded not in WEAK_PREFIXES:
        return not small or len(folded) >= _LONG_PREFIX or folded in {"rua", "rue", "c/"}
    before = text[: span[0]].rstrip(" ")[-1:]
    if text[span[0] : span[1]] in {"AM", "IM", "PL", "AV", "AN", "AL"}:
        return False
    is_marked = text[span[1] - 1] in ".º/" or text[span[0] + 1 : span[0] + 2] == "º"
    return text[span[0]].isupper() and not small and (is_marked or before not in {"", *".!?\n"})


def _left(text: str, words: list[Span], most: int) -> int:
    """Return where the name begins that ends with the last word: capitals, at most so many."""
    first, at, taken = words[-1][0], len(words) - 2, 1
    while at >= 0 and taken < most + 1:
        span = words[at]
        if is_name(text, span) and word_at(text, span) not in NO_NAME | STREET_TYPES:
            first, taken = span[0], taken + 1
        elif word_at(text, span) not in JOINING:
            break
        at -= 1
    return first


def _has_evidence(text: str, first: int, match: re.Match[str]) -> bool:
    end = after_units(text, match.end())
    if PLACE_AFTER.match(text, match.end()) or PLACE_AFTER.match(text, end):
        return True
    if _is_cued(text, first) and not YEAR.match(match.group()):
        return True
    led = re.search(r"(?:^|[\s:])[0-9]{3,6} \Z", text[max(0, first - 8) : first])
    return bool(led and text[end : end + 1] == "\n" and TAIL.match(text, end))


def _is_cued(text: str, first: int) -> bool:
    """Whether a word before says that an address comes, with little between."""
    start = max(0, first - 40)
    if text.startswith(", ", first - 2):
        return False
    words = [fold(word) for word in re.findall(r"\w+", text[start:first])]
    while words and (words[-1] in BETWEEN_CUE_AND_ADDRESS or words[-1].isdigit()):
        words.pop()
    return bool(words) and words[-1] in CUES and not {"ip", "email", "mail", "web"} & {*words}
