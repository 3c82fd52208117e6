"""Many texts at once as bytes in one form, and the hashes of their runs of five words.

Everything is done on Arrow's buffers a block at a time, so memory does not grow with the number
of texts; a text longer than a block is a block of its own.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sayso.datasets.similarity.duplicates import RARE_SPACES, folded_case

SHINGLE = 5
"""Words in a shingle; a character of a script without spaces is a word."""

LONGEST = 1 << 18
"""Bytes of a text that shingles are made of."""

_BLOCK = 1 << 18  # what is made of it stays near the processor
SEPARATOR = 0xFF  # stands in no UTF-8
_SPACE = 0x20
_THREE = 0xE0  # begins a sign of three bytes; a greater one may begin one of four
_RARE_HAN = 0xF0
_BASE = 0x5A75_0B5E_C0DE_1997

Bytes = npt.NDArray[np.uint8]
Hashes = npt.NDArray[np.uint32]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Texts one after the other in `data`, each followed by a byte 255 whose place is in `ends`.

    `first` and `last` say which texts of the array these are.
    """

    first: int
    last: int
    data: Bytes
    ends: Places

    @property
    def starts(self) -> Places:
        """Return where each text begins."""
        return np.concatenate((np.zeros(1, np.int64), self.ends[:-1] + 1))


def plain(texts: pa.StringArray) -> Iterator[Block]:
    """Yield the texts as they are, in blocks of about a quarter of a mebibyte."""
    for first, last, raw, bounds in _parts(texts):
        whole = raw.tobytes()
        yield _joined(first, last, (whole[a:b] for a, b in _pairs(bounds)))


def folded(texts: pa.StringArray) -> Iterator[Block]:
    """Yield the texts as `duplicates.same_words` makes them; what is ASCII all at once."""
    for first, last, raw, bounds in _parts(texts):
        whole = raw.tobytes()
        pieces = (whole[a:b] for a, b in _pairs(bounds))
        joined = _joined(first, last, (_known(piece) for piece in pieces))
        yield _collapsed(small(joined))


def small(block: Block) -> Block:
    """Return the block with ASCII's capitals as small letters, and all its white space one space.

    Every byte stays in its place.
    """
    return replace(block, data=np.frombuffer(bytearray(block.data).translate(_SMALL), np.uint8))


def digests(block: Block) -> Bytes:
    """Return the SHA-256 of each text of the block: [n, 32]."""
    whole = block.data.tobytes()
    bounds = zip(block.starts.tolist(), block.ends.tolist(), strict=True)
    hashed = b"".join(hashlib.sha256(whole[start:end]).digest() for start, end in bounds)
    return np.frombuffer(hashed, np.uint8).reshape(-1, 32)


def shingles(block: Block) -> tuple[Hashes, Places]:
    """Return the hashes of all shingles, text after text, and how many each text has.

    A text of fewer than five words is one shingle. Of a longer text than `LONGEST` only what is
    within that is read.
    """
    block = _shortened(block)
    return shingles_of(block, *tokens(block.data))


def shingles_of(block: Block, begins: Places, ends: Places) -> tuple[Hashes, Places]:
    """Return what `shingles` does, of the words between `begins` and `ends`."""
    firsts = np.searchsorted(begins, np.append(block.starts, len(block.data)))
    words = np.diff(firsts)
    counts = np.where(words > 0, np.maximum(words - SHINGLE + 1, 1), 0)
    moved = firsts[:-1] - np.cumsum(counts) + counts
    at = np.arange(counts.sum()) + np.repeat(moved, counts)
    until = np.minimum(at + SHINGLE, np.repeat(firsts[1:], counts)) - 1
    return _hashed(block.data, begins[at], ends[until]), counts


def tokens(data: Bytes) -> tuple[Places, Places]:
    """Return where words begin and end in what `small` made.

    They are between spaces; each sign of a script without spaces is a word.
    """
    inside = (data != _SPACE) & (data != SEPARATOR)
    edges = np.flatnonzero(inside != _before(inside, beginning=False))
    begins, ends = edges[::2], edges[1::2]
    leads = np.flatnonzero((data >= _THREE) & (data != SEPARATOR))
    alone = leads[_ALONE[data[leads].astype(np.uint16) << 8 | data[leads + 1]]]
    if len(alone):
        cuts = np.unique(np.concatenate((alone, alone + 3 + (data[alone] == _RARE_HAN))))
        cuts = cuts[inside[cuts] & inside[cuts - 1]]  # the last byte is a separator
        begins, ends = (np.sort(np.append(each, cuts), kind="stable") for each in (begins, ends))
    return begins, ends


def mixed(values: Words) -> Words:
    """Spread each value over all bits, one to one (the finaliser of Steele et al. 2014)."""
    once: Words = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    twice: Words = (once ^ (once >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    thrice: Words = twice ^ (twice >> np.uint64(31))
    return thrice


def _parts(texts: pa.StringArray) -> Iterator[tuple[int, int, Bytes, Places]]:
    """Yield (first, last, bytes, bounds) of texts that are together about a block long."""
    if not len(texts):
        return
    wide = np.int64 if pa.types.is_large_string(texts.type) else np.int32
    _, places, values = texts.buffers()
    bounds = np.frombuffer(places, wide)[texts.offset : texts.offset + len(texts) + 1]
    raw = np.frombuffer(values or b"", np.uint8)
    first = 0
    while first < len(texts):
        full = int(np.searchsorted(bounds, int(bounds[first]) + _BLOCK, side="right")) - 1
        last = min(max(full, first + 1), len(texts))
        inside = bounds[first : last + 1].astype(np.int64)
        yield first, last, raw[inside[0] : inside[-1]], inside - inside[0]
        first = last


def _pairs(bounds: Places) -> Iterator[tuple[int, int]]:
    return zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)


def _known(piece: bytes) -> bytes:
    """Return a text as `folded_case` makes it; of ASCII `small` makes the same.

    Of its white space too all is left that `small` knows.
    """
    if piece.isascii():
        return piece
    text = folded_case(piece.decode())
    for space in RARE_SPACES:
        if space in text:
            text = text.replace(space, " ")
    return text.encode()


def _joined(first: int, last: int, pieces: Iterator[bytes]) -> Block:
    data = np.frombuffer(bytes((SEPARATOR,)).join((*pieces, b"")), np.uint8)
    return Block(first=first, last=last, data=data, ends=np.flatnonzero(data == SEPARATOR))


def _collapsed(block: Block) -> Block:
    """Leave one space between words, and none at a text's ends."""
    data = block.data
    blank = data == _SPACE
    data = data[~(blank & _before(blank | (data == SEPARATOR), beginning=True))]
    trailing = data == _SPACE
    trailing[:-1] &= data[1:] == SEPARATOR
    data = data[~trailing]
    ends = np.flatnonzero(data == SEPARATOR)
    return Block(first=block.first, last=block.last, data=data, ends=ends)


def _before(mask: Mask, *, beginning: bool) -> Mask:
    """Say of each place whether the one before it is masked, and of the first what is given."""
    return np.concatenate((np.full(1, beginning), mask[:-1]))


def _shortened(block: Block) -> Block:
    """Return the block without what of a text is beyond `LONGEST`."""
    lengths = block.ends - block.starts
    if lengths.max() <= LONGEST:
        return block
    kept = np.ones(len(block.data), np.bool_)
    for text in np.flatnonzero(lengths > LONGEST):
        cut = block.starts[text] + LONGEST
        while block.data[cut] & 0xC0 == 0x80:  # never inside a sign
            cut -= 1
        kept[cut : block.ends[text]] = False
    data = block.data[kept]
    ends = np.flatnonzero(data == SEPARATOR)
    return Block(first=block.first, last=block.last, data=data, ends=ends)


def _hashed(data: Bytes, begins: Places, ends: Places) -> Hashes:
    """Hash runs of bytes: polynomials modulo 2**64 as differences of sums up to each byte."""
    powers, inverses = _powers(1 << len(data).bit_length())
    sums = np.zeros(len(data) + 1, np.uint64)
    np.add(data, np.uint64(1), out=sums[1:])
    sums[1:] *= powers[: len(data)]
    np.cumsum(sums, out=sums)
    runs = mixed((sums[ends] - sums[begins]) * inverses[begins])
    return (runs >> np.uint64(32)).astype(np.uint32)


@cache
def _powers(size: int) -> tuple[Words, Words]:
    """Return the powers of the base and of its inverse modulo 2**64."""
    both: list[Words] = []
    for factor in (_BASE, pow(_BASE, -1, 1 << 64)):
        row = np.full(size, factor, np.uint64)
        row[0] = 1
        both.append(np.multiply.accumulate(row))
    return both[0], both[1]


def _scripts_without_spaces() -> Mask:
    """Say of the first two bytes of a sign whether its script is written without spaces."""
    table = np.zeros((256, 256), np.bool_)
    table[0xE3:0xEA] = True  # U+3000 to U+9FFF: Han, kana, bopomofo
    table[0xE0, 0xB8:0xC0] = True  # Thai, Lao, Tibetan
    table[0xE1, 0x80:0x82] = True  # Burmese
    table[0xE1, 0x9E:0xA0] = True  # Khmer
    table[0xF0, 0xA0:0xB4] = True  # rarer Han
    return table.reshape(-1)


_SMALL = bytes(_SPACE if chr(at).isspace() else at for at in range(128)).lower() + bytes(
    range(128, 256)
)
_ALONE = _scripts_without_spaces()
