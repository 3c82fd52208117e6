"""Whole words, beginnings and ends of words as numbers; the words themselves are not kept."""

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

_LONGEST = 64
_MIX = np.uint64(0x9E3779B97F4A7C15)
_FINISH = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)


def _multipliers(seed: int) -> Hashes:
    """Return odd multipliers from the SplitMix64 sequence (Steele, Lea and Flood 2014)."""
    made, state = [], seed
    for _ in range(_LONGEST):
        state = (state + 0x9E3779B97F4A7C15) % 2**64
        mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB % 2**64
        made.append((mixed ^ (mixed >> 31)) | 1)
    return np.array(made, dtype=np.uint64)


_PLACES = _multipliers(1)


def mixed(numbers: Hashes, salt: int = 0) -> Hashes:
    """Return `numbers` spread over all 64 bits; another salt gives another spread."""
    spread = (numbers ^ np.uint64(salt * 0x2545F4914F6CDD1D % 2**64)) * _MIX
    spread ^= spread >> _HALF
    spread *= _FINISH
    spread ^= spread >> _HALF
    return spread


def of_words(
    codes: npt.NDArray[np.uint32], starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
) -> Hashes:
    """Return one hash for each word `codes[start:end]`; words do not overlap and are in order."""
    if not len(starts):
        return np.zeros(0, dtype=np.uint64)
    sizes = ends - starts
    first = np.cumsum(sizes) - sizes
    places = np.arange(int(sizes.sum())) - np.repeat(first, sizes)
    inside = codes[places + np.repeat(starts, sizes)].astype(np.uint64)
    terms = (inside + np.uint64(1)) * _PLACES[np.minimum(places, _LONGEST - 1)]
    return mixed(np.add.reduceat(terms, first))


def of_ends(
    codes: npt.NDArray[np.uint32],
    edges: npt.NDArray[np.int64],
    sizes: npt.NDArray[np.int64],
    *,
    length: int,
    backwards: bool,
) -> Hashes:
    """Return a hash of the `length` characters at one end of each word.

    `edges` are the words' first characters, or their last ones where it goes `backwards`. A
    shorter word has another hash than a longer one that begins or ends with it.
    """
    total = np.zeros(len(edges), dtype=np.uint64)
    step = -1 if backwards else 1
    for place in range(length):
        at = np.clip(edges + step * place, 0, max(0, len(codes) - 1))
        there = np.where(place < sizes, codes[at].astype(np.uint64) + np.uint64(1), np.uint64(0))
        total += there * _PLACES[place]
    return mixed(total, salt=length + (16 if backwards else 0))
