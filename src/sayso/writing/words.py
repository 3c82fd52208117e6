"""Words and where they stand: what credit, the guard and phrases count in."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.errors import BadInput

Hashes = NDArray[np.uint64]

APOSTROPHE = "\u2019"
WORD = re.compile(rf"[^\W_]+(?:['{APOSTROPHE}][^\W_]+)*")
SENTENCE_END = re.compile(rf"(?<=[.!?…])[\"”{APOSTROPHE}»)]*\s+|\n+")
_KEY_BYTES = 16
_MOST_REMEMBERED = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word as it is compared, and its place in the text (code points, end exclusive)."""

    text: str
    start: int
    end: int


def words(text: str) -> tuple[Word, ...]:
    """Return the words of a text, folded so that case, form and punctuation do not count."""
    return tuple(
        Word(text=folded(found.group()), start=found.start(), end=found.end())
        for found in WORD.finditer(text)
    )


def spelled(text: str) -> list[str]:
    """Return the words alone: what `words` gives, faster."""
    if text.isascii():
        return WORD.findall(text.lower())
    return [folded(word) for word in WORD.findall(text)]


def folded(word: str) -> str:
    """Fold one word: NFKC, no case, one kind of apostrophe."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", word).casefold().replace(APOSTROPHE, "'")


def sentences(text: str) -> tuple[str, ...]:
    """Split a text into sentences and lines, each exactly as it is written."""
    return tuple(part.strip() for part in SENTENCE_END.split(text) if part and part.strip())


class Hasher:
    """Words as 64-bit numbers that only this home can compute; 0 stands for no word.

    Keyed, so that a table of them is not a dictionary of what members wrote.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) < _KEY_BYTES:
            raise BadInput(f"The fingerprint key is {len(key)} bytes; {_KEY_BYTES} are needed.")
        self._key = hashlib.blake2b(b"words", key=key[:64], digest_size=32).digest()
        self._known: dict[str, int] = {}

    @property
    def mark(self) -> str:
        """Name the key without giving it away: artefacts of another key are not ours."""
        return hashlib.blake2b(b"mark", key=self._key, digest_size=8).hexdigest()

    def of(self, spelled_words: Iterable[str]) -> Hashes:
        """Return one number per word."""
        if len(self._known) > _MOST_REMEMBERED:
            self._known.clear()
        known = self._known
        numbers = []
        for word in spelled_words:
            number = known.get(word)
            if number is None:
                number = known[word] = self._hashed(word)
            numbers.append(number)
        return np.array(numbers, dtype=np.uint64)

    def of_text(self, text: str) -> Hashes:
        """Return the numbers of a text's words."""
        return self.of(spelled(text))

    def _hashed(self, word: str) -> int:
        found = hashlib.blake2b(word.encode(), key=self._key, digest_size=8).digest()
        return int.from_bytes(found, "big") or 1


def rolled(hashes: Hashes, size: int) -> Hashes:
    """Hash every run of `size` words into one number: polynomial, then mixed (splitmix64)."""
    count = len(hashes) - size + 1
    if count < 1:
        return np.zeros(0, dtype=np.uint64)
    rolling = np.full(count, size, dtype=np.uint64)
    for step in range(size):
        rolling = rolling * np.uint64(0x9E3779B97F4A7C15) + hashes[step : step + count]
    rolling = (rolling ^ (rolling >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    rolling = (rolling ^ (rolling >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Hashes = rolling ^ (rolling >> np.uint64(31))
    return mixed
