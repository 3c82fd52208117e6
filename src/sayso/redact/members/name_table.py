"""Very many numbers, and whether others are among them: asked one by one, or very many at once."""

from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from sayso.redact.letters import Numbers, Places

_PREFIX_BITS = 16
_MIX = np.uint64(0x9E3779B97F4A7C15)
_ROOM = 16
"""Bits of the sieve for each number, two of which are set: it lets one of a hundred through."""


class Table:
    """Numbers held in order; beside them a sieve that turns most others away at little cost."""

    __slots__ = ("_begins", "_bits", "_ordered", "_shift", "_sieve", "numbers")

    def __init__(self, numbers: Numbers) -> None:
        """Hold `numbers`, which may come in any order and more than once."""
        self.numbers = distinct(numbers)
        self._ordered = self.numbers.data
        prefix_bits = min(_PREFIX_BITS, max(1, len(self.numbers).bit_length()))
        self._shift = 64 - prefix_bits
        prefixes = np.arange(1 << prefix_bits, dtype=np.uint64) << np.uint64(self._shift)
        self._begins = [*np.searchsorted(self.numbers, prefixes).tolist(), len(self.numbers)]
        self._bits = np.uint64(64 - max(10, (_ROOM * len(self.numbers)).bit_length()))
        sieve = np.zeros(1 << (64 - int(self._bits)), dtype=np.bool_)
        sieve[self._places(self.numbers)] = True
        sieve[self._other_places(self.numbers)] = True
        self._sieve = np.packbits(sieve, bitorder="little")

    def __len__(self) -> int:
        """How many different numbers there are."""
        return len(self.numbers)

    def __contains__(self, number: int) -> bool:
        """Whether the number is one of them."""
        prefix = number >> self._shift
        high = self._begins[prefix + 1]
        at = bisect_left(self._ordered, number, self._begins[prefix], high)
        return at < high and self._ordered[at] == number

    def __reduce__(self) -> tuple[type["Table"], tuple[Numbers]]:
        """Travel to another process as the numbers alone."""
        return Table, (self.numbers,)

    def holds(self, numbers: Numbers) -> NDArray[np.bool_]:
        """Say which of `numbers` are among them."""
        answer = np.zeros(len(numbers), dtype=np.bool_)
        left = np.flatnonzero(self._lets_through(self._places(numbers)))
        if len(left):
            left = left[self._lets_through(self._other_places(numbers[left]))]
            answer[left] = are_among(numbers[left], self.numbers)
        return answer

    def _places(self, numbers: Numbers) -> Places:
        return (numbers >> self._bits).astype(np.int64)

    def _other_places(self, numbers: Numbers) -> Places:
        return self._places(numbers * _MIX)

    def _lets_through(self, places: Places) -> NDArray[np.bool_]:
        bits = self._sieve[places >> 3] >> (places & 7).astype(np.uint8)
        through: NDArray[np.bool_] = (bits & 1).astype(np.bool_)
        return through


def are_among(numbers: Numbers, ordered: Numbers) -> NDArray[np.bool_]:
    """Say which of `numbers` stand in `ordered`, which is sorted."""
    if not len(ordered):
        return np.zeros(len(numbers), dtype=np.bool_)
    places = np.minimum(np.searchsorted(ordered, numbers), len(ordered) - 1)
    found: NDArray[np.bool_] = ordered[places] == numbers
    return found


def distinct(numbers: Numbers) -> Numbers:
    """Return `numbers` sorted, each once: several times faster here than `numpy.unique`."""
    ordered = np.sort(numbers)
    is_new = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_new[1:])
    return ordered[is_new]
