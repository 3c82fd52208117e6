"""Which number a value gets: the same value the same number, within one document."""

import re
import unicodedata
from collections.abc import Container, Iterable, Sequence

from sayso.redact.resolve import Claim
from sayso.redact.scan import PLACEHOLDER, Kind

_PEOPLE = "people"
_PERSON = Kind.PERSON
_ROWS = {kind: kind.value for kind in Kind} | dict.fromkeys((Kind.PERSON, Kind.HANDLE), _PEOPLE)
"""Names and handles share one row of numbers: a member's handle and name can have the same."""
_LETTER_FOR_LETTER = frozenset({Kind.EMAIL, Kind.URL, Kind.HANDLE})
"""In these no sign is there for looks."""
_SIGNS = re.compile(r"[^a-z0-9@./]+")


def numbers(texts: Sequence[str], claims: Sequence[Sequence[Claim]]) -> list[list[int]]:
    """Return a number for each of the claims in each of one document's texts.

    They count by first appearance and by kind. A number that a text itself already shows, as
    somebody wrote `<EMAIL_1>`, is nobody's.
    """
    shown = _shown(texts)
    people = _People(texts, claims)
    last: dict[str, int] = {}
    known: dict[tuple[str, str], int] = {}
    numbered: list[list[int]] = []
    for text, found in zip(texts, claims, strict=True):
        row: list[int] = []
        for claim in found:
            written = claim.kind, text[claim.start : claim.end]
            number = 0 if claim.identity else known.get(written, 0)
            if not number:
                key = people.key(claim, written[1])
                number = known.get(key, 0)
                if not number:
                    of = _ROWS[claim.kind]
                    number = last[of] = _next(last.get(of, 0), shown.get(of, ()))
                    known[key] = number
                if not claim.identity:
                    known[written] = number
            row.append(number)
        numbered.append(row)
    return numbered


def folded(value: str, kind: Kind) -> str:
    """Return a value without what its spellings differ in: case, marks, spaces, signs around."""
    if value.isascii():
        return _SIGNS.sub("", value.lower()) if kind not in _LETTER_FOR_LETTER else value.lower()
    plain = unicodedata.normalize("NFKD", value).casefold()
    return "".join(sign for sign in plain if sign.isalnum() or sign in "@./")


class _People:
    """Whom a name in the document means."""

    __slots__ = ("_full",)

    def __init__(self, texts: Sequence[str], claims: Sequence[Sequence[Claim]]) -> None:
        """Learn the full names; a first or last name that only one of them has means them."""
        meant: dict[str, set[str]] = {}
        for text, found in zip(texts, claims, strict=True):
            for claim in found:
                if claim.kind is _PERSON:
                    words = _words(text[claim.start : claim.end])
                    if len(words) > 1 or claim.identity:
                        for word in {words[0], words[-1]}:
                            meant.setdefault(word, set()).add(_name(claim, words))
        self._full = {word: next(iter(names)) for word, names in meant.items() if len(names) == 1}

    def key(self, claim: Claim, value: str) -> tuple[str, str]:
        """Return what is equal for two claims on one value only."""
        if claim.kind is _PERSON:
            words = _words(value)
            name = _name(claim, words)
            return _PEOPLE, self._full.get(name, name) if len(words) == 1 else name
        if claim.identity:
            return _ROWS[claim.kind], f"={claim.identity}"
        return claim.kind, "~" + folded(value, claim.kind)


def _name(claim: Claim, words: Sequence[str]) -> str:
    return f"={claim.identity}" if claim.identity else " ".join(words)


def _words(name: str) -> list[str]:
    return [folded(word, _PERSON) for word in name.removeprefix("@").split()] or [""]


def _next(last: int, shown: Container[int]) -> int:
    number = last + 1
    while number in shown:
        number += 1
    return number


def _shown(texts: Iterable[str]) -> dict[str, set[int]]:
    used: dict[str, set[int]] = {}
    for text in texts:
        if "<" in text:
            for kind, number in PLACEHOLDER.findall(text):
                used.setdefault(_ROWS[Kind(kind.lower())], set()).add(int(number))
    return used
