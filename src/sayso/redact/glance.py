"""What many texts are made of, seen at once: where digits stand, and which words are there.

A finder that needs a digit or a word looks where these are, and at most texts not at all. All
of it could be read from each text alone, and `Scan` does where nobody has looked ahead; here one
pass over a batch costs a fraction of that.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from sayso.redact.letters import Places, Words, words
from sayso.redact.scan import BETWEEN_DIGITS, FEWEST_TOGETHER, WIDEST_GAP, Glance, Span

_APART = "\n" * 8
_SIEVE = 1 << 16
_MOST_SETS = 64
_ZERO = np.uint32(ord("0"))
_TEN = np.uint32(10)
_BETWEEN = np.zeros(128, dtype=bool)
_BETWEEN[[ord(sign) for sign in BETWEEN_DIGITS]] = True


class Listener:
    """Knows which words are listened for: up to 64 sets, of each of which one may be there."""

    def __init__(self, wanted: Iterable[frozenset[str]]) -> None:
        """Take the sets, words in any spelling; one that is no single word is as good as there."""
        self.bits: dict[frozenset[str], int] = {}
        masks: dict[int, int] = {}
        for words_ in dict.fromkeys(wanted):
            keys = [key_of(word) for word in words_]
            if None not in keys and len(self.bits) < _MOST_SETS:
                self.bits[words_] = bit = 1 << len(self.bits)
                for key in keys:
                    masks[key or 0] = masks.get(key or 0, 0) | bit
        self._keys = np.array(sorted(masks), dtype=np.uint64)
        self._masks = np.array([masks[key] for key in sorted(masks)], dtype=np.uint64)
        self._sieve = np.zeros(_SIEVE, dtype=bool)
        self._sieve[[key % _SIEVE for key in masks]] = True

    def glance(self, texts: Sequence[str]) -> list[Glance]:
        """Look at all of the texts; what is said of one depends on it alone."""
        if not texts:
            return []
        seen = words(_APART.join(texts))
        starts = _starts(texts)
        runs, numbers = _digits(seen.codes)
        return [
            Glance(runs=one, numbers=other, said=said, bits=self.bits)
            for one, other, said in zip(
                _parted(runs, starts),
                _parted(numbers, starts),
                self._said(seen, starts),
                strict=True,
            )
        ]

    def _said(self, seen: Words, starts: Places) -> list[int | None]:
        """Return for each text the bits of the sets that have a word in it."""
        said = np.zeros(len(starts), dtype=np.uint64)
        maybe = np.flatnonzero(self._sieve[seen.numbers.astype(np.uint16)])
        if len(maybe) and len(self._keys):
            numbers = seen.numbers[maybe]
            at = np.minimum(np.searchsorted(self._keys, numbers), len(self._keys) - 1)
            heard = self._keys[at] == numbers
            where = np.searchsorted(starts, seen.starts[maybe[heard]], side="right") - 1
            np.bitwise_or.at(said, where, self._masks[at[heard]])
        told: list[int | None] = [*said.tolist()]
        for odd in {*(np.searchsorted(starts, seen.odd, side="right") - 1).tolist()}:
            told[odd] = None
        return told


def key_of(word: str) -> int | None:
    """Return the number that the word has in every spelling; None where it has not one."""
    seen = words(word)
    is_one = len(seen.numbers) == 1 and int(seen.ends[0] - seen.starts[0]) == len(word)
    return int(seen.numbers[0]) if is_one and not len(seen.odd) else None


def _starts(texts: Sequence[str]) -> Places:
    sizes = np.array([len(text) + len(_APART) for text in texts], dtype=np.int64)
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)[:-1]])


def _digits(codes: NDArray[np.uint32]) -> tuple[Places, Places]:
    """Return the runs of digits and the numbers, each as rows of start and end."""
    is_digit = np.zeros(len(codes) + 2, dtype=bool)
    np.less(codes - _ZERO, _TEN, out=is_digit[1:-1])
    bounds = np.flatnonzero(is_digit[1:] != is_digit[:-1])
    runs: Places = bounds.reshape(-1, 2)
    if not len(runs):
        return runs, runs
    begins = np.ones(len(runs), dtype=bool)
    begins[1:] = ~_joined(codes, runs)
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(runs)) - 1
    digits = np.add.reduceat(runs[:, 1] - runs[:, 0], first)
    numbers: Places = np.stack([runs[first, 0], runs[last, 1]], axis=1)
    return runs, numbers[digits >= FEWEST_TOGETHER]


def _joined(codes: NDArray[np.uint32], runs: Places) -> NDArray[np.bool_]:
    """Say for each run but the first whether little stands between it and the one before."""
    ends, nexts = runs[:-1, 1], runs[1:, 0]
    gaps = nexts - ends
    joined: NDArray[np.bool_] = gaps <= WIDEST_GAP
    for step in range(WIDEST_GAP):
        code = codes[np.minimum(ends + step, len(codes) - 1)]
        joined &= (gaps <= step) | _BETWEEN[np.minimum(code, 127)]
    return joined


def _parted(rows: Places, starts: Places) -> Iterator[list[Span]]:
    """Yield the rows of each text, from its own beginning on."""
    bounds = [*np.searchsorted(rows[:, 0], starts).tolist(), len(rows)]
    spans = rows.tolist()
    for at, start in enumerate(starts.tolist()):
        yield [(one - start, other - start) for one, other in spans[bounds[at] : bounds[at + 1]]]
