"""Words of many texts at once: where they stand, and a number for each that spelling leaves alone.

Capitals, accents and scripts' other marks make no difference to the number (Unicode Standard
5.18, "Case Mappings", and UAX 15 for what a letter is made of).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]
Places = NDArray[np.int64]

_APART = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th",
    "ĳ": "ij", "Ĳ": "IJ", "ŋ": "ng", "Ŋ": "Ng", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi",
    "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
}  # fmt: skip
"""Letters that are written as two where they are missing from a keyboard."""

_BASE = str.maketrans("øØłŁđĐðÐħĦıŧŦ", "oOlLdDdDhHitT")
_GERMAN = {
    **_APART,
    "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "Å": "Aa",
    "ø": "oe", "Ø": "Oe",
}  # fmt: skip

_LETTERS_UP_TO = 0x3000
_MORE_LETTERS = ((0xA720, 0xA800), (0xAB30, 0xAB70), (0xFB1D, 0xFDFC), (0xFE70, 0xFEFD))
_NO_LETTER = 0xFFFF
_OTHERWISE = 1
_HEBREW, _DIGITS = 0x590, 0x40
_THAI, _GEORGIAN, _KHMER, _MONGOLIAN, _CJK = 0xE00, 0x10A0, 0x1780, 0x1800, 0x3004

# Odd constants with their bits well spread (Steele and Vigna, "Computationally easy, spectrally
# good multipliers", 2021, name the like); any would do.
_FIRST, _LAST, _LONG, _MIX = (
    np.uint64(each)
    for each in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x27D4EB2F165667C5, 0xD6E8FEB86659FD93)
)
_HALF = np.uint64(32)
_KEPT = np.array([(1 << (8 * size)) - 1 for size in range(9)], dtype=np.uint64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Every run of letters, digits and low lines of a text: where, and its number.

    `codes` are the text's code points, `odd` the places whose letters `apart` writes otherwise.
    """

    starts: Places
    ends: Places
    numbers: Numbers
    codes: NDArray[np.uint32]
    odd: Places

    def initials(self) -> NDArray[np.bool_]:
        """Say which words are one letter of a script in which names are shortened to one."""
        single: NDArray[np.bool_] = self.ends - self.starts == 1
        codes = self.codes[self.starts]
        return single & (codes < _HEBREW) & (codes > _DIGITS)

    def begin_small(self, chosen: Places) -> NDArray[np.bool_]:
        """Say which of the chosen words begin with a small letter."""
        small: NDArray[np.bool_] = np.take(
            _small_letters(), self.codes[self.starts[chosen]], mode="clip"
        )
        return small

    def unspaced(self) -> Places:
        """Return the places of signs in scripts that write without spaces, and of a few others."""
        high = np.flatnonzero(self.codes >= _THAI)
        codes = self.codes[high]
        return high[(codes < _GEORGIAN) | (codes >= _KHMER) & (codes < _MONGOLIAN) | (codes > _CJK)]

    def sign_after(self, chosen: Places) -> NDArray[np.uint32]:
        """Return the code point right after each of the chosen words; 0 where the text ends."""
        ends = self.ends[chosen]
        signs = self.codes[np.minimum(ends, len(self.codes) - 1)]
        return np.where(ends < len(self.codes), signs, 0)


MARGIN = 8
"""So many line ends stand around each text that is read with others."""
_MARGIN = "\n" * MARGIN


class Together(NamedTuple):
    """Many texts as one, where each begins in it, and its words."""

    text: str
    starts: Places
    words: Words

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Together":
        """Join `texts` with line ends before, between and after them."""
        joined = _MARGIN + "".join([text + _MARGIN for text in texts])
        sizes = np.array([len(text) + MARGIN for text in texts], dtype=np.int64)
        return cls(joined, MARGIN + np.cumsum(sizes) - sizes, words(joined))

    def texts_at(self, places: Places) -> list[int]:
        """Return in which texts the places lie, each once."""
        if not len(places):
            return []
        return sorted({*(np.searchsorted(self.starts, places, side="right") - 1).tolist()})


def words(text: str) -> Words:
    """Return the words of `text`; where letters need two places, pass it by `apart` first."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    signs = np.zeros(len(codes) + 16, dtype=np.uint8)
    np.take(_table(), codes, mode="clip", out=signs[8:-8])
    in_word = signs != 0
    bounds = np.flatnonzero(in_word[1:] != in_word[:-1]) + 1
    starts, ends = bounds[::2], bounds[1::2]
    return Words(
        starts=starts - 8,
        ends=ends - 8,
        numbers=_numbered(signs, starts, ends),
        codes=codes,
        odd=np.flatnonzero(signs == _OTHERWISE) - 8,
    )


def _numbered(signs: NDArray[np.uint8], starts: Places, ends: Places) -> Numbers:
    """Number each word by its first eight signs, its last eight and its length."""
    eights: Numbers = np.ndarray(len(signs) - 7, dtype="<u8", buffer=signs.data, strides=(1,))
    lengths = ends - starts
    numbers: Numbers = (eights[starts] & _KEPT[np.minimum(lengths, 8)]) * _FIRST
    long = np.flatnonzero(lengths > 8)
    numbers[long] += eights[ends[long] - 8] * _LAST + lengths[long].astype(np.uint64) * _LONG
    numbers ^= numbers >> _HALF
    return numbers * _MIX


class Apart(NamedTuple):
    """A text with every letter in one place; `places` says where each stood, if any moved."""

    text: str
    places: Sequence[int] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where the span stood, with the marks on its last letter."""
        return (start, end) if self.places is None else (self.places[start], self.places[end])


def apart(text: str, *, german: bool = False) -> Apart:
    """Return `text` without marks and with `ß` as `ss`, and the way back.

    With `german`, umlauts and their like are written as two letters too.
    """
    odd = _ODD_OR_GERMAN if german else _ODD
    if text.isascii() or not odd.search(text):
        return Apart(text)
    spelled = _GERMAN if german else _APART
    pieces: list[str] = []
    places: list[int] = []
    done = 0
    for sign in odd.finditer(text):
        at, letters = sign.start(), spelled.get(sign[0], "")
        pieces += (text[done:at], letters)
        places += range(done, at)
        places += [at] * len(letters)
        done = at + 1
    return Apart("".join((*pieces, text[done:])), [*places, *range(done, len(text) + 1)])


def without_marks(text: str, *, german: bool = False) -> str:
    """Return the text that `apart` gives, without the way back: for very long ones."""
    spelled = _GERMAN if german else _APART
    return (_ODD_OR_GERMAN if german else _ODD).sub(lambda odd: spelled.get(odd[0], ""), text)


def has_umlauts(text: str) -> bool:
    """Whether `apart` gives something else with `german`."""
    return not text.isascii() and any(sign in text for sign in UMLAUTS)


def _ranges_of_marks() -> str:
    marks = [code for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M"]
    runs = [
        [code for _, code in run]
        for _, run in groupby(enumerate(marks), key=lambda pair: pair[1] - pair[0])
    ]
    return "".join(f"\\u{run[0]:04x}-\\u{run[-1]:04x}" for run in runs)


MARKS = _ranges_of_marks()
"""What a character class holds for the basic plane's marks (general category M)."""

UMLAUTS = tuple("äöüÄÖÜåÅøØ")
_ODD = re.compile(f"[{''.join(_APART)}{MARKS}]")
_ODD_OR_GERMAN = re.compile(f"[{''.join(_GERMAN)}{MARKS}]")


@cache
def _table() -> NDArray[np.uint8]:
    """Return, for each code point, the sign its letter is read as; 0 where it parts words."""
    table = np.zeros(_NO_LETTER + 1, dtype=np.uint8)
    ranges = ((0, _LETTERS_UP_TO), *_MORE_LETTERS)
    for code in (code for begin, end in ranges for code in range(begin, end)):
        sign = chr(code)
        if sign.isalnum() or sign == "_":
            table[code] = _sign(sign)
    for odd in _ODD.findall("".join(map(chr, (*range(0x80, 0xD800), *range(0xF900, 0xFFFF))))):
        table[ord(odd)] = _OTHERWISE
    table[_NO_LETTER] = 0
    return table


@cache
def _small_letters() -> NDArray[np.bool_]:
    return np.array([chr(code).islower() for code in range(_LETTERS_UP_TO)] + [False])


def _sign(letter: str) -> int:
    base = unicodedata.normalize("NFKD", letter.translate(_BASE))[:1].translate(_BASE).casefold()
    code = ord(base[:1] or letter)
    return code if code < 128 else 128 + code % 127
