"""What each character is to the tagger: which sort, and which plain form it is read as."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]
Sorts = npt.NDArray[np.uint8]

_PLANE = 0x10000
_FIRST_EMOJI, _FIRST_RARE_HAN, _AFTER_RARE_HAN = 0x1F000, 0x20000, 0x32000


class Sort(IntEnum):
    """Sorts of characters, told apart by Unicode's general category and script."""

    SPACE = 0
    LINE_END = 1
    LOWER = 2
    UPPER = 3
    LETTER = 4  # of a script without capitals; marks that stand on a letter, too
    DIGIT = 5
    HAN = 6  # a script without spaces: each character is a word to itself
    SIGN = 7
    APOSTROPHE = 8


class Script(IntEnum):
    """Scripts that the weights tell apart."""

    NONE = 0
    LATIN = 1
    ACCENTED = 2  # Latin beyond ASCII
    CYRILLIC = 3
    GREEK = 4
    HAN = 5
    OTHER = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Characters:
    """Tables over the Basic Multilingual Plane, made once and kept with the weights.

    They are shipped, not asked of this machine's Unicode tables: those differ between versions
    of Python and would make answers differ.
    """

    sorts: Sorts
    folds: Codes
    scripts: Sorts

    def read(self, text: str) -> tuple[Codes, Sorts]:
        """Return the code points of `text` and their sorts; lone surrogates are signs."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        sorts = self.sorts[np.minimum(codes, _PLANE - 1)]
        beyond = codes >= _PLANE
        if beyond.any():
            han = (codes >= _FIRST_RARE_HAN) & (codes < _AFTER_RARE_HAN)
            sorts[beyond] = np.where(codes < _FIRST_EMOJI, Sort.LETTER, Sort.SIGN)[beyond]
            sorts[han] = Sort.HAN
        return codes, sorts

    def folded(self, codes: Codes) -> Codes:
        """Return each code point small, without accents, and in simplified Han."""
        folds = self.folds[np.minimum(codes, _PLANE - 1)]
        beyond = codes >= _PLANE
        if beyond.any():
            folds[beyond] = codes[beyond]
        return folds
