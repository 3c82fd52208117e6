"""Which texts are the same or nearly so: an exact key, MinHash bands and a sketch for each.

Broder 1997 ("On the resemblance and containment of documents"): the least hash of a text's
shingles is the same for two texts with a probability that is their Jaccard similarity. Indyk and
Motwani 1998; Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", section 3.4: equality
in any of 16 bands of 8 such hashes finds pairs above about 0.7. Li and König 2010 ("b-Bit
minwise hashing"): two bits of each hash are enough to estimate the similarity of a found pair.

The hash is our own and frozen, so that every machine and version gives the same bytes; a change
of anything here is a new `VERSION`, which is part of a dataset's digest.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sayso.datasets.duplicates import same_words

VERSION = "1"
BANDS = 16
ROWS = 8
PERMUTATIONS = BANDS * ROWS
SHINGLE = 5
"""Words in a shingle; a character of a script without spaces is a word."""

MINIMUM_SHINGLES = 45
"""Texts of fewer shingles have copies alone, no near copies: their bands and sketch are nought.

Up to 48 words, one other word inside a text brings the similarity below 0.8, and one at its end
does not: there an answer, a day or a number would decide alone who is dropped.
"""

LONGEST = 1 << 18
"""Bytes of a text that its bands are made of; the key is made of all."""

_BLOCK = 1 << 20
_PIECE = 16
_SLICE = 1 << 12
_SEPARATOR = 0xFF  # stands in no UTF-8
_SPACE = 0x20

Bytes = npt.NDArray[np.uint8]
Hashes = npt.NDArray[np.uint32]
Words = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]


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
    for first, last, wording in _blocks(texts):
        keys[first:last] = _keys(wording)
        hashes, counts = _shingles(_shortened(wording))
        enough = np.flatnonzero(counts >= MINIMUM_SHINGLES)
        if len(enough):
            least = _least(*_only(hashes, counts, enough))
            bands[first + enough] = _bands(least)
            sketches[first + enough] = _sketches(least)
    return Prints(keys=keys, bands=bands, sketches=sketches)


def bands(texts: pa.StringArray) -> Words:
    """Return the 16 band keys of each text, nought where it is too short for near copies."""
    return prints(texts).bands


def text_keys(texts: pa.StringArray) -> Bytes:
    """Return for each text the 32 bytes of `duplicates.text_key`."""
    keys = np.zeros((len(texts), 32), np.uint8)
    for first, last, wording in _blocks(texts):
        keys[first:last] = _keys(wording)
    return keys


def signatures(texts: pa.StringArray) -> Hashes:
    """Return the 128 least hashes of each text, however short: [N, 128]."""
    least = np.full((len(texts), PERMUTATIONS), np.iinfo(np.uint32).max, np.uint32)
    for first, _, wording in _blocks(texts):
        hashes, counts = _shingles(_shortened(wording))
        some = np.flatnonzero(counts)
        if len(some):
            least[first + some] = _least(hashes, counts[some])
    return least


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wording:
    """Texts in one form, each followed by a separator; `ends` are the separators' places."""

    data: Bytes
    ends: Places

    @property
    def starts(self) -> Places:
        return np.concatenate((np.zeros(1, np.int64), self.ends[:-1] + 1))


def _blocks(texts: pa.StringArray) -> Iterator[tuple[int, int, _Wording]]:
    """Yield (first, last, wording) of texts that are together about as long as a block."""
    if not len(texts):
        return
    wide = np.int64 if pa.types.is_large_string(texts.type) else np.int32
    _, places, values = texts.buffers()
    bounds = np.frombuffer(places, wide)[texts.offset : texts.offset + len(texts) + 1]
    raw = np.frombuffer(values or b"", np.uint8)
    first = 0
    while first < len(texts):
        full = np.searchsorted(bounds, bounds[first] + _BLOCK, side="right") - 1
        last = min(max(int(full), first + 1), len(texts))
        inside = bounds[first : last + 1].astype(np.int64)
        yield first, last, _worded(raw[inside[0] : inside[-1]], inside - inside[0])
        first = last


def _worded(raw: Bytes, bounds: Places) -> _Wording:
    """Return the texts between `bounds` as `same_words` does, ASCII in bulk."""
    foreign = np.flatnonzero(raw & 0x80)
    touched = np.unique(np.searchsorted(bounds, foreign, side="right") - 1).tolist()
    small = _SMALL[raw].tobytes()
    pieces = [small[a:b] for a, b in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)]
    for text in touched:
        whole = raw[bounds[text] : bounds[text + 1]].tobytes().decode()
        pieces[text] = same_words(whole).encode()
    pieces.append(b"")
    data = np.frombuffer(bytes((_SEPARATOR,)).join(pieces), np.uint8)
    blank = data == _SPACE
    data = data[~(blank & _after(blank | (data == _SEPARATOR), first=True))]
    data = data[~((data == _SPACE) & _before(data == _SEPARATOR))]
    return _Wording(data=data, ends=np.flatnonzero(data == _SEPARATOR))


def _after(mask: npt.NDArray[np.bool_], *, first: bool) -> npt.NDArray[np.bool_]:
    """Say of each place whether the one before it is masked."""
    return np.concatenate((np.array([first]), mask[:-1]))


def _before(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Say of each place whether the next one is masked."""
    return np.concatenate((mask[1:], np.array([True])))


def _keys(wording: _Wording) -> Bytes:
    view = memoryview(wording.data)
    bounds = zip(wording.starts.tolist(), wording.ends.tolist(), strict=True)
    hashed = b"".join(hashlib.sha256(view[start:end]).digest() for start, end in bounds)
    return np.frombuffer(hashed, np.uint8).reshape(-1, 32)


def _shortened(wording: _Wording) -> _Wording:
    """Return the wording without what of a text is beyond `LONGEST`."""
    lengths = wording.ends - wording.starts
    kept = np.ones(len(wording.data), np.bool_)
    for text in np.flatnonzero(lengths > LONGEST):
        cut = wording.starts[text] + LONGEST
        while wording.data[cut] & 0xC0 == 0x80:  # never inside a sign
            cut -= 1
        kept[cut : wording.ends[text]] = False
    data = wording.data[kept]
    return _Wording(data=data, ends=np.flatnonzero(data == _SEPARATOR))


def _shingles(wording: _Wording) -> tuple[Hashes, Places]:
    """Return the hashes of all shingles, text after text, and how many each text has."""
    begins, ends = _tokens(wording.data)
    firsts = np.searchsorted(begins, np.append(wording.starts, len(wording.data)))
    tokens = np.diff(firsts)
    counts = np.where(tokens > 0, np.maximum(tokens - SHINGLE + 1, 1), 0)
    moved = firsts[:-1] - np.cumsum(counts) + counts
    at = np.arange(counts.sum()) + np.repeat(moved, counts)
    until = np.minimum(at + SHINGLE, np.repeat(firsts[1:], counts)) - 1
    begin, end = begins[at], ends[until]
    powers, inverses = _powers(1 << len(wording.data).bit_length())
    weighed = np.zeros(len(wording.data) + 1, np.uint64)
    np.cumsum((wording.data + np.uint64(1)) * powers[: len(wording.data)], out=weighed[1:])
    return (_mixed((weighed[end] - weighed[begin]) * inverses[begin]) >> 32).astype(
        np.uint32
    ), counts


def _tokens(data: Bytes) -> tuple[Places, Places]:
    """Return where words begin and end: between spaces, and each sign of a script without."""
    gap = (data == _SPACE) | (data == _SEPARATOR)
    begins = _after(gap, first=True)
    if (data > 0xDF).any():
        pairs = data[:-1].astype(np.uint16) << 8 | data[1:]
        alone = np.flatnonzero(_ALONE[pairs])
        begins[alone] = True
        begins[alone + 3 + (data[alone] == 0xF0)] = True
    begins &= ~gap
    return np.flatnonzero(begins), np.flatnonzero(~gap & _before(gap | begins)) + 1


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
    return np.maximum(_mixed((rows * _WEIGHTS).sum(axis=2, dtype=np.uint64)), np.uint64(1))


def _sketches(least: Hashes) -> Words:
    two = (least * np.uint32(0x9E3779B1)) >> np.uint32(30)
    shifts = np.arange(0, 64, 2, dtype=np.uint64)
    spread = two.reshape(len(least), -1, 32).astype(np.uint64) << shifts
    return np.bitwise_or.reduce(spread, axis=2)


def _mixed(values: Words) -> Words:
    """Spread each value over all bits, one to one (the finaliser of Steele et al. 2014)."""
    values = (values ^ (values >> 30)) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> 27)) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> 31)


@cache
def _powers(size: int) -> tuple[Words, Words]:
    """Return the powers of the base and of its inverse modulo 2**64."""
    base = 0x5A75_0B5E_C0DE_1997 | 1
    both = []
    for factor in (base, pow(base, -1, 1 << 64)):
        row = np.full(size, factor, np.uint64)
        row[0] = 1
        both.append(np.multiply.accumulate(row))
    return both[0], both[1]


def _drawn() -> tuple[Hashes, Hashes, Words]:
    """Return odd factors, addends and weights: bits of SHAKE-256, chosen by nobody."""
    bits = hashlib.shake_256(b"sayso similar 1").digest(PERMUTATIONS * 8 + ROWS * 8)
    small = np.frombuffer(bits, "<u4", PERMUTATIONS * 2).astype(np.uint32)
    weights = np.frombuffer(bits, "<u8", ROWS, PERMUTATIONS * 8).astype(np.uint64)
    return small[:PERMUTATIONS] | np.uint32(1), small[PERMUTATIONS:], weights | np.uint64(1)


def _alone() -> npt.NDArray[np.bool_]:
    """Say of the first two bytes of a sign whether its script is written without spaces."""
    table = np.zeros((256, 256), np.bool_)
    table[0xE3:0xEA] = True  # U+3000 to U+9FFF: Han, kana, bopomofo
    table[0xE0, 0xB8:0xC0] = True  # Thai, Lao, Tibetan
    table[0xE1, 0x80:0x82] = True  # Burmese
    table[0xE1, 0x9E:0xA0] = True  # Khmer
    table[0xF0, 0xA0:0xB4] = True  # rarer Han
    return table.reshape(-1)


def _small() -> Bytes:
    """Return the table that makes ASCII small letters and white space alike."""
    return np.frombuffer(
        bytes(_SPACE if chr(at).isspace() else at for at in range(128)).lower()
        + bytes(range(128, 256)),
        np.uint8,
    )


_FACTORS, _ADDENDS, _WEIGHTS = _drawn()
_ALONE = _alone()
_SMALL = _small()
