"""Streets whose number comes first: `12 Long Lane`, `36 rue de Pologne`."""

import re

from sayso.redact.folding import fold
from sayso.redact.places.street_words import (
    REACH,
    WORD,
    YEAR,
    follows,
    heard,
    is_name,
    may_be_name,
    word_at,
    word_before,
)
from sayso.redact.places.streets import (
    JOINING,
    NO_NAME,
    PREFIXES,
    SMALL_NO_NAMES,
    STREET_TYPES,
    WEAK_PREFIXES,
    WEAK_TYPES,
)
from sayso.redact.places.units import STRONG_UNIT, STRONG_UNITS
from sayso.redact.scan import Hit, Span

_ORDINAL = re.compile(r"[0-9]{1,4}(?:st|nd|rd|th|º|\.? [A-Z])")
_BEFORE_YEAR = frozenset({"the", "in", "since", "by", "of", "from", "until", "before", "after"})
_FRENCH_ORDER = PREFIXES - WEAK_PREFIXES - (STREET_TYPES - {"avenue"}) | {"boulevard", "quai"}
_AUSTRALIAN = re.compile(r"(?!24/7|9/11|7/7|1/[2348]|[23]/[348])[0-9]{1,4}/[0-9]{1,5}[A-Za-z]?\Z")
"""The flat and then the house, which in other places would be a fraction."""

BEHIND_NUMBERS = heard(STREET_TYPES | _FRENCH_ORDER | STRONG_UNITS)
"""Words of which one stands in every text where a street follows its number."""


def named_after(text: str, match: re.Match[str]) -> Hit | None:
    """Return the street that follows its number, if one does."""
    if "/" in match.group() and not _AUSTRALIAN.match(match.group()):
        return None
    at = match.end() + (text[match.end() : match.end() + 1] == ",")
    if not _may_lead_on(text, at):
        return None
    stop = text.find("\n", at, at + REACH)
    words = [m.span() for m in WORD.finditer(text, at, stop if stop >= 0 else at + REACH)][:7]
    if not words:
        return None
    if word_at(text, words[0]) in _FRENCH_ORDER:
        return _french(text, match, words)
    for place, span in enumerate(words[1:6], 1):
        if not follows(text, words[place - 1], span):
            break
        if word_at(text, span) in STREET_TYPES:
            return _typed(text, match, words[: place + 1])
    return _with_unit(text, match, words)


def _may_lead_on(text: str, at: int) -> bool:
    """Whether what follows a number may begin a street: a capital, `5th`, `rue`, `elm street`."""
    first = text[at + 1 : at + 2]
    if text[at : at + 1] != " " or not first.isalnum():
        return False
    if not first.islower():
        return not first.isdigit() or bool(_ORDINAL.match(text, at + 1))
    word, *others = text[at : at + REACH].split(None, 2)
    return fold(word) in _FRENCH_ORDER or bool(
        others and others[0].rstrip(".,;:)").lower() in STREET_TYPES
    )


def _typed(text: str, match: re.Match[str], words: list[Span]) -> Hit | None:
    """Judge `12 Long Lane`: names with capitals, or one small word before a plain street."""
    names, kind = words[:-1], word_at(text, words[-1])
    if not all(may_be_name(text, span) for span in names):
        return None
    capitals = [is_name(text, span) for span in names]
    is_named = (
        capitals[0]
        and capitals[-1]
        and all(
            capital or word_at(text, span) in JOINING
            for capital, span in zip(capitals, names, strict=True)
        )
    )
    if not (is_named and (text[words[-1][0]].isupper() or kind not in WEAK_TYPES)):
        is_plain = len(names) == 1 and kind not in WEAK_TYPES and len(match.group()) >= 2
        is_plain &= "/" not in match.group()
        if not is_plain or word_at(text, names[0]) in SMALL_NO_NAMES:
            return None
    if YEAR.match(match.group()) and word_before(text, match.start()) in _BEFORE_YEAR:
        return None
    return Hit(match.start(), words[-1][1], "number + street")


def _with_unit(text: str, match: re.Match[str], words: list[Span]) -> Hit | None:
    """Judge `83 Dora Creek Apt. 176`: the flat says that it is a house."""
    for span in words[:3]:
        if not is_name(text, span) or not may_be_name(text, span):
            return None
        if STRONG_UNIT.match(text, span[1]):
            return Hit(match.start(), span[1], "number + street")
    return None


def _french(text: str, match: re.Match[str], words: list[Span]) -> Hit | None:
    end = 0
    for place, span in enumerate(words[1:6]):
        if not follows(text, words[place], span):
            break
        folded = word_at(text, span)
        if text[span[0]].isupper():
            end = span[1]
        elif folded not in JOINING:
            if not end and 1 <= place <= 3 and len(folded) > 2 and folded not in NO_NAME:
                end = span[1]
            break
    return Hit(match.start(), end, "number + street") if end else None
