"""What both orders of a street and its number are told by: the number's signs, a name's words."""

import re

from sayso.redact.folding import fold
from sayso.redact.places.streets import NO_NAME, PREFIXES
from sayso.redact.scan import Span

NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.$€£%=<>&+*\u00c0-\u02af])(?<![0-9][,:/-])[0-9]{1,6}"
    r"(?:(?:/[1-9][0-9]{0,3}){1,2}[A-Za-z]?|/[A-Z]|[-/][IVX]{1,4}|-[0-9]{1,5}[A-Za-zªº]?"
    r"|[A-Za-zªº](?:/[0-9]{1,4})?| ?(?:bis|ter|quater)(?!\w))?"
    r"(?![\w%°=]|[.:/][0-9]|,[0-9](?!\d?[ºª°])|-[A-Za-z])"
    r"|(?:(?<=[Kk]m )|(?<=[Kk]m\. ))[0-9]{1,3}[.,][0-9]{1,3}(?!\w)"
)
WITHOUT_NUMBER = re.compile(r"(?<![\w/])[sS] ?/ ?[nN](?!\w)")
"""The sign that a house has no number."""


REACH = 64
"""How far from its number a street's name may begin."""
WORD = re.compile(r"[^\s,;:()\"<>|]+")
YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}\Z")
_LONGEST_SHORT_WORD = 5


def heard(words: frozenset[str]) -> frozenset[str]:
    """Return the first part of each word: of `c/` and `v.le` the letter."""
    return frozenset(re.match(r"\w*", word)[0] for word in words if "ß" not in word)  # type: ignore[index]


def follows(text: str, one: Span, other: Span) -> bool:
    """Return whether nothing but blanks stands between two words of one sentence."""
    if text[one[1] : other[0]].strip(" "):
        return False
    last = text[one[1] - 1]
    is_short = one[1] - one[0] <= _LONGEST_SHORT_WORD
    return last not in "!?" and (last != "." or is_short or word_at(text, one) in PREFIXES)


def word_at(text: str, span: Span) -> str:
    """Return the word folded, without signs at its ends."""
    return fold(text[slice(*span)]).strip(".'-")


def is_name(text: str, span: Span) -> bool:
    """Return whether a capital or an ordinal says that it is part of a name."""
    return text[span[0]].isupper() or (text[span[0]].isdigit() and text[span[1] - 1] in "thdsº.")


def may_be_name(text: str, span: Span) -> bool:
    """Return whether the word may be part of a street's name."""
    return (text[span[0]].isalpha() or is_name(text, span)) and (word_at(text, span) not in NO_NAME)


def word_before(text: str, place: int) -> str:
    """Return the word that stands before the place, small; nothing where none is near."""
    words = text[max(0, place - 12) : place].split()
    return words[-1].lower() if words else ""
