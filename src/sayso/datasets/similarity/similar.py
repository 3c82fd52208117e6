"""Which texts are the same or nearly so: an exact key, MinHash bands and a sketch for each.

Broder 1997 ("On the resemblance and containment of documents"): the least hash of a text's
shingles is the same for two texts with a probability that is their Jaccard similarity. Indyk and
Motwani 1998; Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", section 3.4: equality
in any of 16 bands of 8 such hashes finds pairs above about 0.7. Li and König 2010 ("b-Bit
minwise hashing"): two bits of each hash are enough to estimate the similarity of a found pair.

The hash is our own and frozen, so that every machine and version gives the same bytes; a change
of anything here or in `shingles` is a new `VERSION`, which is part of a dataset's digest.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from sayso.datasets.similarity.shingles import (
    Bytes,
    Hashes,
    Places,
    Words,
    digests,
    folded,
    mixed,
    shingles,
)

VERSION = "1"
BANDS = 16
ROWS = 8
PERMUTATIONS = BANDS * ROWS

MINIMUM_SHINGLES = 45
"""Texts of fewer shingles have copies alone, no near copies: their bands and sketch are nought.

Up to 48 words, one other word inside a text brings the similarity below 0.8, and one at its end
does not: there an answer, a day or a number would decide alone who is dropped.
"""

_PIECE = 16
_SLICE = 1 << 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Prints:
    """What copies are found by, a row for each text: 192 bytes of it.

    `keys` [N, 32] are equal for the same words; `bands` [N, 16] share a value in a column for
    what may be nearly the same; `sketches` [N, 4] hold two bits of each of the 128 hashes.
    """

    keys: Bytes
    bands: Words
    sketches: Words


def prints(texts: pa.StringArray) -> Prints:
    """Return the keys, bands and sketches of texts; memory is bounded by blocks of bytes."""
    keys = np.zeros((len(texts), 32), np.uint8)
    bands = np.zeros((len(texts), BANDS), np.uint64)
    sketches = np.zeros((len(texts), PERMUTATIONS // 32), np.uint64)
    for block in folded(texts):
        keys[block.first : block.last] = digests(block)
        hashes, counts = shingles(block)
        enough = np.flatnonzero(counts >= MINIMUM_SHINGLES)
        if len(enough):
            least = _least(*_only(hashes, counts, enough))
            bands[block.first + enough] = _bands(least)
            sketches[block.first + enough] = _sketches(least)
    return Prints(keys=keys, bands=bands, sketches=sketches)


def signatures(texts: pa.StringArray) -> Hashes:
    """Return the 128 least hashes of each text, however short: [N, 128]."""
    least = np.full((len(texts), PERMUTATIONS), np.iinfo(np.uint32).max, np.uint32)
    for block in folded(texts):
        hashes, counts = shingles(block)
        some = np.flatnonzero(counts)
        if len(some):
            least[block.first + some] = _least(hashes, counts[some])
    return least


def agreeing(some: Words, others: Words) -> Places:
    """Return how many of the 128 pairs of bits are equal in each two rows of sketches.

    Of a pair of texts whose similarity is J, on average 128 * (J + (1 - J) / 4) are.
    """
    differ = some ^ others
    unequal = np.bitwise_count((differ | (differ >> np.uint64(1))) & _EVEN)
    equal: Places = PERMUTATIONS - unequal.sum(axis=-1, dtype=np.int64)
    return equal


def _only(hashes: Hashes, counts: Places, texts: Places) -> tuple[Hashes, Places]:
    """Return the hashes and counts of some texts alone."""
    if len(texts) == len(counts):
        return hashes, counts
    wanted = np.zeros(len(counts), np.bool_)
    wanted[texts] = True
    return hashes[np.repeat(wanted, counts)], counts[texts]


def _least(hashes: Hashes, counts: Places) -> Hashes:
    """Return for each text the least value of its shingles under each permutation.

    A text's shingles are laid out in pieces of 16, the last one filled up with its last shingle,
    so that all but a sixteenth of the work is done on whole rows.
    """
    pieces = -(-counts // _PIECE)
    firsts = np.cumsum(pieces) - pieces
    begins = np.cumsum(counts) - counts
    step = np.arange(pieces.sum()) - np.repeat(firsts, pieces)
    at = np.repeat(begins, pieces) + step * _PIECE
    last = np.repeat(begins + counts - 1, pieces)
    laid = hashes[np.minimum(at + np.arange(_PIECE)[:, None], last)]
    least = np.empty((PERMUTATIONS, laid.shape[1]), np.uint32)
    for begin in range(0, laid.shape[1], _SLICE):
        part = np.ascontiguousarray(laid[:, begin : begin + _SLICE])
        turned = np.empty_like(part)
        for row, factor, addend in zip(least, _FACTORS, _ADDENDS, strict=True):
            np.multiply(part, factor, out=turned)
            np.add(turned, addend, out=turned)
            np.minimum.reduce(turned, axis=0, out=row[begin : begin + _SLICE])
    return np.ascontiguousarray(np.minimum.reduceat(least, firsts, axis=1).T)


def _bands(least: Hashes) -> Words:
    rows = least.reshape(-1, BANDS, ROWS).astype(np.uint64) + np.uint64(1)
    return np.maximum(mixed((rows * _WEIGHTS).sum(axis=2, dtype=np.uint64)), np.uint64(1))


def _sketches(least: Hashes) -> Words:
    two = (least * np.uint32(0x9E3779B1)) >> np.uint32(30)
    shifts = np.arange(0, 64, 2, dtype=np.uint64)
    spread = two.reshape(len(least), -1, 32).astype(np.uint64) << shifts
    sketches: Words = np.bitwise_or.reduce(spread, axis=2)
    return sketches


def _drawn() -> tuple[Hashes, Hashes, Words]:
    """Return odd factors, addends and weights: bits of SHAKE-256, chosen by nobody."""
    bits = hashlib.shake_256(b"sayso similar 1").digest(PERMUTATIONS * 8 + ROWS * 8)
    small = np.frombuffer(bits, "<u4", PERMUTATIONS * 2).astype(np.uint32)
    weights = np.frombuffer(bits, "<u8", ROWS, PERMUTATIONS * 8).astype(np.uint64)
    return small[:PERMUTATIONS] | np.uint32(1), small[PERMUTATIONS:], weights | np.uint64(1)


_FACTORS, _ADDENDS, _WEIGHTS = _drawn()
_EVEN = np.uint64(0x5555_5555_5555_5555)
