"""Many texts seen at once: where digits stand, what is beside them, which words are near.

A finder says of a whole batch which places may matter to it, and looks at those alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sayso.redact.letters import Places, Together

Mask = NDArray[np.bool_]
Codes = NDArray[np.uint32]

BETWEEN_DIGITS = " .()/-"
WIDEST_GAP, FEWEST_TOGETHER = 3, 4

_ZERO, _TEN = np.uint32(ord("0")), np.uint32(10)
_BEYOND = 127


class Signs:
    """A set of signs, asked about many at once: of those beyond ASCII all count, or none."""

    __slots__ = ("_held",)

    def __init__(self, signs: Iterable[str], *, beyond: bool = True) -> None:
        """Take the signs; `beyond` is the answer for every sign that is not ASCII."""
        self._held = np.zeros(_BEYOND + 1, dtype=np.bool_)
        self._held[[ord(sign) for sign in signs if ord(sign) < _BEYOND]] = True
        self._held[_BEYOND] = beyond

    def hold(self, codes: Codes) -> Mask:
        """Say for each sign whether it is one of them."""
        held: Mask = np.take(self._held, codes, mode="clip")
        return held


_BETWEEN = Signs(BETWEEN_DIGITS, beyond=False)


class Sight:
    """A batch: its texts, and what stands in them; nothing reaches from one into the next."""

    def __init__(
        self,
        *,
        together: Together,
        skipped: Sequence[int],
        heard: tuple[Places, NDArray[np.uint64]],
        bits: Mapping[frozenset[str], int],
    ) -> None:
        """Take the texts together, and the words that were heard.

        Digits that end at a place of `skipped` count for nothing.
        """
        self.together = together
        self.codes = together.words.codes
        self.starts = together.starts
        self._heard, self._masks = heard
        self._bits = bits
        runs = _runs(self.codes)
        if skipped:
            is_skipped = np.zeros(len(self.codes) + 1, dtype=np.bool_)
            is_skipped[skipped] = True
            runs = runs[~is_skipped[runs[:, 1]]]
        self.runs = runs
        """Digits with nothing between them, a row of start and end for each."""
        self.begins, self.ends = runs[:, 0], runs[:, 1]
        self.sizes = self.ends - self.begins
        self._known: dict[frozenset[str], Places | None] = {}

    def before(self, by: int = 1) -> Codes:
        """Return the sign that stands so far before each run."""
        signs: Codes = self.codes[self.begins - by]
        return signs

    def after(self, by: int = 0) -> Codes:
        """Return the sign that stands so far behind each run."""
        signs: Codes = self.codes[self.ends + by]
        return signs

    @cached_property
    def numbers(self) -> Places:
        """Runs with little between them and FEWEST_TOGETHER digits or more: start, end, digits."""
        runs = self.runs
        if not len(runs):
            return np.zeros((0, 3), dtype=np.int64)
        begins = np.ones(len(runs), dtype=np.bool_)
        begins[1:] = ~_joined(self.codes, runs)
        first = np.flatnonzero(begins)
        last = np.append(first[1:], len(runs)) - 1
        digits = np.add.reduceat(self.sizes, first)
        rows: Places = np.stack([runs[first, 0], runs[last, 1], digits], axis=1)
        return rows[digits >= FEWEST_TOGETHER]

    @cached_property
    def breaks(self) -> Places:
        """Places of spaces and line ends."""
        return np.flatnonzero((self.codes == ord(" ")) | (self.codes == ord("\n")))

    def places_of(self, sign: str) -> Places:
        """Return where the sign stands."""
        return np.flatnonzero(self.codes == ord(sign))

    def hears(self, words: frozenset[str], before: int, after: int = 0) -> Mask:
        """Say of each run whether one of the words may begin so near; a no is certain."""
        if words not in self._known:
            self._known[words] = self._places(words)
        places = self._known[words]
        if places is None:
            return np.ones(len(self.runs), dtype=np.bool_)
        low = np.searchsorted(places, self.begins - before)
        near: Mask = np.searchsorted(places, self.ends + after) > low
        return near | self._in_odd_text

    def heard(self, words: frozenset[str]) -> Places:
        """Return where one of the words may stand in a text with digits, a row for each."""
        places = self._places(words)
        more = self.starts if places is None else self.starts[self.odd_texts]
        places = more if places is None else np.sort(np.append(places, more))
        return self.beside_digits(places)

    def beside_digits(self, places: Places) -> Places:
        """Return a row for each of the places whose text has digits."""
        after = np.append(self.starts[1:], len(self.codes))
        has_digits = np.searchsorted(self.begins, after) > np.searchsorted(self.begins, self.starts)
        kept = places[has_digits[np.searchsorted(self.starts, places, side="right") - 1]]
        return np.stack([kept, kept + 1], axis=1)

    def _places(self, words: frozenset[str]) -> Places | None:
        bit = self._bits.get(words)
        if bit is None:
            return None
        places: Places = self._heard[(self._masks & np.uint64(bit)) != 0]
        return places

    @cached_property
    def _in_odd_text(self) -> Mask:
        """Which runs stand in a text whose words may be others than they look."""
        answer = np.zeros(len(self.runs), dtype=np.bool_)
        for text in self.odd_texts:
            start = int(self.starts[text])
            later = self.starts[text + 1] if text + 1 < len(self.starts) else len(self.codes)
            low, high = np.searchsorted(self.begins, [start, int(later)])
            answer[low:high] = True
        return answer

    @cached_property
    def odd_texts(self) -> list[int]:
        """Texts in which some letter is written in another way than its word's number says."""
        return self.together.texts_at(self.together.words.odd)


def _runs(codes: Codes) -> Places:
    is_digit = np.zeros(len(codes) + 2, dtype=np.bool_)
    np.less(codes - _ZERO, _TEN, out=is_digit[1:-1])
    return np.flatnonzero(is_digit[1:] != is_digit[:-1]).reshape(-1, 2)


def _joined(codes: Codes, runs: Places) -> Mask:
    """Say for each run but the first whether little stands between it and the one before."""
    ends, nexts = runs[:-1, 1], runs[1:, 0]
    gaps = nexts - ends
    joined: Mask = gaps <= WIDEST_GAP
    for step in range(WIDEST_GAP):
        joined &= (gaps <= step) | _BETWEEN.hold(codes[ends + step])
    return joined
