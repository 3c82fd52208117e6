"""Which rows of one shard stay: a row is left out where an earlier one says nearly the same.

The earlier row need not have stayed itself. Let A, B, C be of that age, B like A, C like B, C
unlike A. Of B and C alone C must go, of A and B alone B must; if taking a row away may bring
others back and never drop one, then of all three B and C must go too. So a rule that parts every
pair and is monotone drops at least what this one drops, and one whose dropped rows are all like a
row that stays is not monotone: with it A's leaving would take C out. The rule needs no clusters
and no rounds, and the outcome depends on the set of rows alone.

Each dropped row names one earlier row, its parent: the earliest with the same words, or else the
earliest that is nearly the same. Parents may have been dropped; the chain ends in a row that
stays. As long as its parent stands, in the dataset or among the dropped, a row stays dropped with
the same parent and reason: only rows whose parent left have to be looked at again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from sayso.datasets.similarity.similar import agreeing

AGREEING = 101
"""So many of 128 two-bit hashes of two texts must be equal: an estimated similarity of 0.72.

The estimate errs by 0.04, so this finds 99 of 100 pairs at 0.8 or above and hardly any of those
below 0.6 that share a band by chance; see docs/duplicates.md.
"""

KEPT = -1
_PASS_ROWS = 1 << 20
_PAIRS = 1 << 18

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]


class Likeness(StrEnum):
    """Why a row is left out; the rule of its refusal."""

    DUPLICATE = "duplicate"
    NEAR_DUPLICATE = "near_duplicate"


REASONS = {
    Likeness.DUPLICATE: "The same words are in this dataset already, from an earlier document.",
    Likeness.NEAR_DUPLICATE: "An earlier document of this dataset says nearly the same words.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """For each row the row that it is a copy of, or -1 where it stays; and whether only nearly."""

    parents: Rows
    near: Mask

    @property
    def kept(self) -> Mask:
        """Say of each row whether it stays."""
        return np.equal(self.parents, KEPT)


def copies(
    order: Rows,
    keys: npt.NDArray[np.uint8],
    bands: Iterable[Words] = (),
    sketches: Words | None = None,
) -> Copies:
    """Find the copies among the rows of one shard.

    `order` ranks the rows by (created_at, document id), each rank once. `keys` [N, 32] and
    `sketches` [N, 4] are as `similar.prints` makes them; `bands` are its columns, taken one at a
    time so that they may be read from a file. Without bands only the same words are copies.
    Beside its arguments it needs about 20 bytes a row, whatever the number of rows.
    """
    parents = np.full(len(order), KEPT, np.int64)
    beginning = np.ascontiguousarray(keys[:, :8]).view("<u8").ravel()
    for rows in _parted(beginning, None):
        _same(_shared(rows, beginning), order, keys, parents)
    del beginning
    exact = parents != KEPT
    if sketches is not None:
        for band in bands:
            column = np.ascontiguousarray(band)
            for rows in _parted(column, ~exact & (column != 0)):
                _alike(_Groups.of(_shared(rows, column), column, order), order, sketches, parents)
    return Copies(parents=parents, near=~exact & (parents != KEPT))


def _parted(values: Words, among: Mask | None) -> Iterator[Rows]:
    """Yield the rows in parts of about a million; rows with the same value are in one part."""
    passes = -(-len(values) // _PASS_ROWS)
    if passes <= 1:
        yield np.arange(len(values)) if among is None else np.flatnonzero(among)
        return
    for each in range(passes):
        chosen = np.empty(len(values), np.bool_)
        for begin in range(0, len(values), _PASS_ROWS):
            part = slice(begin, begin + _PASS_ROWS)
            chosen[part] = values[part] % np.uint64(passes) == each
        yield np.flatnonzero(chosen if among is None else chosen & among)


def _shared(rows: Rows, values: Words) -> Rows:
    """Return those of the rows whose value another of them has too, in no order."""
    values = values[rows]
    sort = np.argsort(values)
    values = values[sort]
    again = np.zeros(len(rows) + 1, np.bool_)
    again[1:-1] = values[1:] == values[:-1]
    return rows[sort[again[1:] | again[:-1]]]


def _same(rows: Rows, order: Rows, keys: npt.NDArray[np.uint8], parents: Rows) -> None:
    """Name for each row with an earlier row's key the earliest of them."""
    whole = np.ascontiguousarray(keys[rows]).view("<u8")
    sort = np.lexsort((order[rows], *whole.T[::-1]))
    rows, whole = rows[sort], whole[sort]
    fresh = np.ones(len(rows), np.bool_)
    fresh[1:] = (whole[1:] != whole[:-1]).any(axis=1)
    first = np.maximum.accumulate(np.where(fresh, np.arange(len(rows)), 0))
    parents[rows[~fresh]] = rows[first[~fresh]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Groups:
    """Rows that share a band with another row, group by group and in each the earliest first.

    `first` is where a row's group begins, `depth` how many of the group come before the row.
    """

    rows: Rows
    first: Rows
    depth: Rows

    @staticmethod
    def of(rows: Rows, band: Words, order: Rows) -> "_Groups":
        """Group rows of which each shares its band with another."""
        rows = rows[np.lexsort((order[rows], band[rows]))]
        values = band[rows]
        again = np.zeros(len(rows), np.bool_)
        again[1:] = values[1:] == values[:-1]
        at = np.arange(len(rows))
        first = np.maximum.accumulate(np.where(again, 0, at))
        return _Groups(rows=rows, first=first, depth=at - first)


def _alike(groups: _Groups, order: Rows, sketches: Words, parents: Rows) -> None:
    """Give each row the earliest of its group that its sketch agrees with, if none earlier is set.

    Every earlier row of the group is tried, the earliest first: to try only some would let a
    row's leaving bring another one into play, and drop a third.
    """
    open_ = np.flatnonzero(groups.depth)
    step = 0
    while len(open_):
        rows = groups.rows[open_]
        tried = groups.rows[groups.first[open_] + step]
        known = parents[rows]
        useful = (known == KEPT) | (order[tried] < order[known])
        open_, rows, tried = open_[useful], rows[useful], tried[useful]
        alike = _agree(rows, tried, sketches)
        parents[rows[alike]] = tried[alike]
        step += 1
        open_ = open_[~alike & (groups.depth[open_] > step)]


def _agree(some: Rows, others: Rows, sketches: Words) -> Mask:
    """Say of each pair of rows whether enough of their hashes are equal."""
    found = np.empty(len(some), np.bool_)
    for begin in range(0, len(some), _PAIRS):
        part = slice(begin, begin + _PAIRS)
        found[part] = agreeing(sketches[some[part]], sketches[others[part]]) >= AGREEING
    return found
