"""Which number a value gets: the same value the same number, within one document."""

import unicodedata
from collections.abc import Container, Iterable, Sequence

from sayso.redact.resolve import Claim
from sayso.redact.scan import PLACEHOLDER, Kind

_Key = tuple[str, str]

_PEOPLE = frozenset({Kind.PERSON, Kind.HANDLE})
"""These share one row of numbers, so that a member's handle and name can have the same one."""


def numbers(texts: Sequence[str], claims: Sequence[Sequence[Claim]]) -> list[list[int]]:
    """Return a number for each of the claims in each of one document's texts.

    They count by first appearance and by kind. A number that a text itself already shows, as
    somebody wrote `<EMAIL_1>`, is nobody's.
    """
    shown = _shown(texts)
    names = _full_names(texts, claims)
    last: dict[str, int] = {}
    known: dict[_Key, int] = {}
    numbered: list[list[int]] = []
    for text, found in zip(texts, claims, strict=True):
        row: list[int] = []
        for claim in found:
            key = _key(text, claim, names)
            if key not in known:
                last[key[0]] = known[key] = _next(last.get(key[0], 0), shown.get(key[0], ()))
            row.append(known[key])
        numbered.append(row)
    return numbered


def folded(value: str) -> str:
    """Return a value without what its spellings differ in: case, marks, spaces, signs around."""
    plain = unicodedata.normalize("NFKD", value).casefold()
    return "".join(sign for sign in plain if sign.isalnum() or sign in "@./")


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
                used.setdefault(_row(Kind(kind.lower())), set()).add(int(number))
    return used


def _row(kind: Kind) -> str:
    return "people" if kind in _PEOPLE else kind.value


def _key(text: str, claim: Claim, names: dict[str, str]) -> _Key:
    row = _row(claim.kind)
    if claim.identity:
        return row, f"={claim.identity}"
    value = text[claim.start : claim.end]
    if claim.kind is Kind.PERSON:
        words = _words(value)
        return row, names.get(words[0], words[0]) if len(words) == 1 else " ".join(words)
    return row, f"{claim.kind.value}:{folded(value)}"


def _full_names(texts: Sequence[str], claims: Sequence[Sequence[Claim]]) -> dict[str, str]:
    """Return whom a first or last name means where only one full name of the document has it."""
    meant: dict[str, set[str]] = {}
    for text, found in zip(texts, claims, strict=True):
        for claim in found:
            if claim.kind is Kind.PERSON:
                words = _words(text[claim.start : claim.end])
                if len(words) > 1 or claim.identity:
                    key = f"={claim.identity}" if claim.identity else " ".join(words)
                    for word in {words[0], words[-1]}:
                        meant.setdefault(word, set()).add(key)
    return {word: next(iter(keys)) for word, keys in meant.items() if len(keys) == 1}


def _words(name: str) -> list[str]:
    return [folded(word) for word in name.split()] or [""]
