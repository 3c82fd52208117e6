"""From features to scores: two small layers over the neighbours of each token."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.redact.tagger.features import Features
from sayso.redact.tagger.tokens import Places

Floats = npt.NDArray[np.float32]

REACH = 2
"""Each layer sees so many tokens to the left and to the right."""
GAP = REACH
"""Empty rows between windows, so that no layer sees from one into the next."""
_BLOCK = 512
_MOST = 127.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """Whole-number weights for each of 2 * REACH + 1 neighbours, and how far to scale down."""

    weights: Floats
    bias: Floats
    shift: int

    def over(self, rows: Floats) -> Floats:
        """Return the layer's sums for every row but the outermost REACH, not scaled."""
        size = len(rows) - 2 * REACH
        total: Floats = rows[:size] @ self.weights[0]
        total += self.bias
        more = np.empty_like(total)
        for place, weights in enumerate(self.weights[1:], start=1):
            total += np.matmul(rows[place : place + size], weights, out=more)
        return total

    def scaled(self, sums: Floats) -> Floats:
        """Return the sums as whole numbers from 0 to 127."""
        np.multiply(sums, np.float32(2.0**-self.shift), out=sums)
        np.floor(sums, out=sums)
        return np.clip(sums, 0.0, _MOST, out=sums)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """All weights, whole numbers kept as float32 where they are multiplied.

    Every product and every sum stays below 2**24, where float32 is exact: no order of summing,
    no kind of processor changes a score.
    """

    hashed: npt.NDArray[np.int8]
    flags: npt.NDArray[np.int8]
    table_shift: int
    first: Layer
    second: Layer
    from_first: Floats
    from_second: Floats
    bias: Floats
    steps: npt.NDArray[np.int32]
    """Score of each label after each label; row: the one before."""

    def scores(self, features: Features, cuts: Places) -> npt.NDArray[np.int32]:
        """Return each token's score for each label."""
        known = _summed(self.hashed, features.hashed) + _summed(self.flags, features.flags)
        rows = known[features.words]
        rows += _summed(self.flags, features.token_flags)
        if len(features.han):
            rows[features.han] += _summed(self.hashed, features.han_hashed)
            rows[features.han] += _summed(self.flags, features.han_flags)
        rows >>= self.table_shift
        np.clip(rows, -_MOST, _MOST, out=rows, casting="unsafe")
        return self._labelled(rows, _spread(cuts))

    def _labelled(self, rows: npt.NDArray[np.int16], at: Places) -> npt.NDArray[np.int32]:
        size = int(at[-1]) + 1 + 2 * GAP if len(at) else 0
        spread = np.zeros((size, rows.shape[1]), dtype=np.float32)
        spread[at] = rows
        filled = np.zeros(size, dtype=np.float32)
        filled[at] = 1.0
        labels = np.zeros((size, len(self.bias)), dtype=np.float32)
        for start in range(0, max(0, size - 4 * REACH), _BLOCK):
            end = min(size - 4 * REACH, start + _BLOCK) + 4 * REACH
            inner = slice(start + 2 * REACH, end - 2 * REACH)
            near = self.first.scaled(self.first.over(spread[start:end]))
            near *= filled[start + REACH : end - REACH, None]
            far = self.second.scaled(self.second.over(near))
            labels[inner] = near[REACH:-REACH] @ self.from_first + far @ self.from_second
        return (labels[at] + self.bias).astype(np.int32)


def _spread(cuts: Places) -> Places:
    """Return where each token's row stands when GAP empty rows part the windows."""
    sizes = np.diff(cuts)
    before = 2 * GAP + GAP * np.arange(len(sizes))
    return np.arange(int(cuts[-1])) + np.repeat(before, sizes)


def _summed(table: npt.NDArray[np.int8], rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int16]:
    """Return the sum of these rows of the table, for each row of numbers."""
    width = table.shape[1]
    whole = table.view(np.dtype((np.void, width))).reshape(-1)  # a row at a time: twice as fast
    total = np.zeros((len(rows), width), dtype=np.int16)
    for column in rows.T:
        total += np.take(whole, column).view(np.int8).reshape(-1, width)
    return total
