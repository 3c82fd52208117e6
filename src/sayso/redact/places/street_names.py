"""Whether a number in a text is a house's: whether a street's name stands beside it."""

import re

from sayso.redact.folding import fold
from sayso.redact.places.address_lines import (
    FLOOR,
    PLACE_AFTER,
    SHORT_UNIT,
    STRONG_UNIT,
    TAIL,
    UNIT,
)
from sayso.redact.places.streets import (
    BETWEEN_CUE_AND_ADDRESS,
    CUES,
    JOINING,
    LAST_WORDS,
    NO_NAME,
    NO_STREETS,
    PREFIXES,
    SMALL_NO_NAMES,
    STREET_ENDINGS,
    STREET_TYPES,
    WEAK_PREFIXES,
    WEAK_TYPES,
)
from sayso.redact.scan import Hit, Span

NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.$€£%=<>&+*\u00c0-\u02af])(?<![0-9][,:/-])[0-9]{1,6}(?:-[0-9]{1,5})?"
    r"[A-Za-zªº]?(?![\w%°=]|[.:/][0-9]|,[0-9](?!\d?[ºª°])|-[A-Za-z])"
    r"|(?:(?<=[Kk]m )|(?<=[Kk]m\. ))[0-9]{1,3}[.,][0-9]{1,3}(?!\w)"
)
WITHOUT_NUMBER = re.compile(r"(?<![\w/])[sS] ?/ ?[nN](?!\w)")
"""The sign that a house has no number."""

_WORD = re.compile(r"[^\s,;:()\"<>|]+")
_NUMBER_SIGNS = frozenset(
    {"n", "no", "nº", "n°", "n.º", "nr", "num", "núm", "numero", "número", "#", "km"}
)
_ORDINAL = re.compile(r"[0-9]{1,4}(?:st|nd|rd|th|º|\.? [A-Z])")
_ENGLISH_RING = re.compile(r"[aeiou]ring\Z")
_LONGEST_HOUSE_NUMBER, _SHORTEST_NAME = 5, 5
_YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}\Z")
_BEFORE_YEAR = frozenset({"the", "in", "since", "by", "of", "from", "until", "before", "after"})
_FRENCH_ORDER = PREFIXES - WEAK_PREFIXES - (STREET_TYPES - {"avenue"}) | {"boulevard", "quai"}
_AFTER_HUNGARIAN = frozenset({"utca", "ut", "ter", "korut"})
NO_WORD_END = frozenset(':;()<>|"!?=/\\')
_LONGEST_SHORT_WORD = 5
_REACH = 64
_MOST_WORDS = 8
_LONG_PREFIX = 5


_UNITS = frozenset({
    "apartment", "apt", "apto", "depto", "dpto", "flat", "piso", "ste", "suite", "unit",
})  # fmt: skip


def _heard(words: frozenset[str]) -> frozenset[str]:
    """Return the first part of each word: of `c/` and `v.le` the letter."""
    return frozenset(re.match(r"\w*", word)[0] for word in words if "ß" not in word)  # type: ignore[index]


BEHIND_NUMBERS = _heard(STREET_TYPES | _FRENCH_ORDER | _UNITS)
"""Words of which one stands in every text where a street follows its number."""
SMALL_BEFORE_NUMBERS = _heard((PREFIXES - WEAK_PREFIXES) | LAST_WORDS | _UNITS)
"""Words of which one stands in every text where a street's name ends with a small letter."""
SMALL_NEAR_NUMBERS = _heard(PREFIXES | LAST_WORDS | _UNITS)
"""Words of which one stands near every such number."""


# The number first: `12 Long Lane`, `36 rue de Pologne`.


def named_after(text: str, match: re.Match[str]) -> Hit | None:
    """Return the street that follows its number, if one does."""
    at = match.end() + (text[match.end() : match.end() + 1] == ",")
    if not _may_lead_on(text, at):
        return None
    stop = text.find("\n", at, at + _REACH)
    words = [m.span() for m in _WORD.finditer(text, at, stop if stop >= 0 else at + _REACH)][:7]
    if not words:
        return None
    if _folded(text, words[0]) in _FRENCH_ORDER:
        return _french(text, match, words)
    for place, span in enumerate(words[1:6], 1):
        if not _follows(text, words[place - 1], span):
            break
        if _folded(text, span) in STREET_TYPES:
            return _typed(text, match, words[: place + 1])
    return _with_unit(text, match, words)


def _may_lead_on(text: str, at: int) -> bool:
    """Whether what follows a number may begin a street: a capital, `5th`, `rue`, `elm street`."""
    first = text[at + 1 : at + 2]
    if text[at : at + 1] != " " or not first.isalnum():
        return False
    if not first.islower():
        return not first.isdigit() or bool(_ORDINAL.match(text, at + 1))
    word, *others = text[at : at + _REACH].split(None, 2)
    return fold(word) in _FRENCH_ORDER or bool(
        others and others[0].rstrip(".,;:)").lower() in STREET_TYPES
    )


def _typed(text: str, match: re.Match[str], words: list[Span]) -> Hit | None:
    """Judge `12 Long Lane`: names with capitals, or one small word before a plain street."""
    names, kind = words[:-1], _folded(text, words[-1])
    if not all(_may_be_name(text, span) for span in names):
        return None
    capitals = [_is_name(text, span) for span in names]
    is_name = (
        capitals[0]
        and capitals[-1]
        and all(
            capital or _folded(text, span) in JOINING
            for capital, span in zip(capitals, names, strict=True)
        )
    )
    if not (is_name and (text[words[-1][0]].isupper() or kind not in WEAK_TYPES)):
        is_plain = len(names) == 1 and kind not in WEAK_TYPES and len(match.group()) >= 2
        if not is_plain or _folded(text, names[0]) in SMALL_NO_NAMES:
            return None
    if _YEAR.match(match.group()) and _word_before(text, match.start()) in _BEFORE_YEAR:
        return None
    return Hit(match.start(), words[-1][1], "number + street")


def _with_unit(text: str, match: re.Match[str], words: list[Span]) -> Hit | None:
    """Judge `83 Dora Creek Apt. 176`: the flat says that it is a house."""
    for span in words[:3]:
        if not _is_name(text, span) or not _may_be_name(text, span):
            return None
        if STRONG_UNIT.match(text, span[1]):
            return Hit(match.start(), span[1], "number + street")
    return None


def _french(text: str, match: re.Match[str], words: list[Span]) -> Hit | None:
    end = 0
    for place, span in enumerate(words[1:6]):
        if not _follows(text, words[place], span):
            break
        folded = _folded(text, span)
        if text[span[0]].isupper():
            end = span[1]
        elif folded not in JOINING:
            if not end and 1 <= place <= 3 and len(folded) > 2 and folded not in NO_NAME:
                end = span[1]
            break
    return Hit(match.start(), end, "number + street") if end else None


# The name first: `Calle Mayor, 5`, `Hauptstraße 12`, `Erzsébet tér 19`.


def named_before(text: str, match: re.Match[str], *, may_be_small: bool = True) -> Hit | None:
    """Return the street that stands before its number, if one does.

    Without `may_be_small` none is sought whose last word begins with a small letter.
    """
    start = match.start()
    if not start or text[start - 1] not in " ,.ºª#°":
        return None
    low = max(text.rfind("\n", max(0, start - _REACH), start) + 1, start - _REACH, 0)
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


def _judged(text: str, match: re.Match[str], words: list[Span]) -> Hit | None:
    end, last = match.end(), _folded(text, words[-1])
    if _ends_like_a_street(text, words, last):
        return Hit(_left(text, words, 2), end, "street + number")
    has_unit = bool(STRONG_UNIT.match(text, end))
    prefix = _prefix(text, words, is_sure=has_unit)
    if prefix is not None:
        return Hit(prefix, end, "street + number")
    if not (has_unit or _is_name(text, words[-1])):
        return None
    first = _after_words(text, words[-4:]) if has_unit else _left(text, words, 3)
    is_long = len(match.group().partition("-")[0]) > _LONGEST_HOUSE_NUMBER
    is_odd = is_long or match.start() - first < _SHORTEST_NAME
    if has_unit or (not is_odd and _has_evidence(text, first, match)):
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
    if text[first:stop].lower() in _NUMBER_SIGNS:
        stop = first
        while stop > low and text[stop - 1] in " ,.":
            stop -= 1
    return stop


def _after_words(text: str, words: list[Span]) -> int:
    """Return where the name begins after the words that only lead to it."""
    for at in range(len(words) - 2, -1, -1):
        if text[words[at][0]].isdigit() or _folded(text, words[at]) in BETWEEN_CUE_AND_ADDRESS:
            return words[at + 1][0]
    return words[0][0]


def _run(text: str, low: int, stop: int) -> list[Span]:
    """Return the words before `stop` that nothing but blanks parts from each other."""
    words = [m.span() for m in _WORD.finditer(text, low, stop)][-_MOST_WORDS:]
    if words:
        last = _folded(text, words[-1])
        if last in NO_NAME or (last in JOINING and text[words[-1][0]].islower()):
            return []
    for at in range(len(words) - 1, 0, -1):
        if not _follows(text, words[at - 1], words[at]):
            return words[at:]
    return words


def _follows(text: str, one: Span, other: Span) -> bool:
    if text[one[1] : other[0]].strip(" "):
        return False
    last = text[one[1] - 1]
    return last not in "!?" and (last != "." or one[1] - one[0] <= _LONGEST_SHORT_WORD)


def _ends_like_a_street(text: str, words: list[Span], last: str) -> bool:
    if last in LAST_WORDS and len(words) > 1 and _may_be_name(text, words[-2]):
        if last == "u" and not text.startswith("u.", words[-1][0]):
            return False
        is_accented = not text[slice(*words[-1])].isascii()
        return _is_name(text, words[-2]) or (last in _AFTER_HUNGARIAN and is_accented)
    is_long_name = text[words[-1][0]].isupper() and len(last) >= 6 and last not in NO_STREETS
    return is_long_name and last.endswith(STREET_ENDINGS) and not _ENGLISH_RING.search(last)


def _prefix(text: str, words: list[Span], *, is_sure: bool) -> int | None:
    """Return where a prefix such as `Calle` begins that only a name parts from the number."""
    names = small = 0
    for span in reversed(words):
        folded = _folded(text, span)
        if folded.startswith("c/") and folded[2:3].isalpha():
            return span[0]
        if folded in PREFIXES and names:
            return span[0] if is_sure or _is_prefix(text, span, folded, small) else None
        if _is_name(text, span):
            names += 1
        elif folded in JOINING:
            continue
        elif small < 2 and _may_be_name(text, span):
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
        if _is_name(text, span) and _folded(text, span) not in NO_NAME | STREET_TYPES:
            first, taken = span[0], taken + 1
        elif _folded(text, span) not in JOINING:
            break
        at -= 1
    return first


def _has_evidence(text: str, first: int, match: re.Match[str]) -> bool:
    end = match.end()
    for _ in range(3):
        unit = SHORT_UNIT.match(text, end) or FLOOR.match(text, end) or UNIT.match(text, end)
        end = unit.end() if unit else end
    if PLACE_AFTER.match(text, end):
        return True
    if _is_cued(text, first) and not _YEAR.match(match.group()):
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


# Words.


def _folded(text: str, span: Span) -> str:
    return fold(text[slice(*span)]).strip(".'-")


def _is_name(text: str, span: Span) -> bool:
    return text[span[0]].isupper() or (text[span[0]].isdigit() and text[span[1] - 1] in "thdsº.")


def _may_be_name(text: str, span: Span) -> bool:
    return (text[span[0]].isalpha() or _is_name(text, span)) and (
        _folded(text, span) not in NO_NAME
    )


def _word_before(text: str, place: int) -> str:
    words = text[max(0, place - 12) : place].split()
    return words[-1].lower() if words else ""
