"""The tree of a log: roots, and proofs that a leaf is in and that nothing was rewritten.

RFC 6962 section 2.1 (the same tree as RFC 9162 section 2.1). A *place* is (level, position) of
a complete subtree: level 0 holds leaf hashes, level L at position P covers the 2^L leaves from
P * 2^L. Only complete subtrees are ever kept, so what is kept never changes.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from itertools import islice
from typing import NamedTuple, TypeAlias

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
_BLOCK = 1 << 12
"""Leaves hashed together; a power of two, so that a block is a complete subtree."""


class Place(NamedTuple):
    """Where a complete subtree stands."""

    level: int
    position: int


class Span(NamedTuple):
    """Leaves `start` up to but not including `end`, as RFC 6962 cuts the tree."""

    start: int
    end: int


Nodes: TypeAlias = Callable[[Sequence[Place]], Mapping[Place, bytes]]
"""Gives the hashes of complete subtrees, all of one question at once."""


def leaf_hash(entry: bytes) -> bytes:
    """Hash one entry of the log."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into their parent."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(hashes: Iterable[bytes]) -> bytes:
    """Return the root over *leaf hashes* in order; the empty tree has `EMPTY_ROOT`.

    Blocks of leaves are hashed level by level, which is several times as fast as one by one.
    """
    edge: list[bytes] = []
    blocks = 0
    leaves = iter(hashes)
    while block := list(islice(leaves, _BLOCK)):
        if len(block) < _BLOCK:
            return _fold([*edge, _climb(block)])
        grown, at = _climb(block), blocks
        while at & 1:
            grown = node_hash(edge.pop(), grown)
            at >>= 1
        edge.append(grown)
        blocks += 1
    return _fold(edge)


def _climb(hashes: list[bytes]) -> bytes:
    """Return the root over some leaf hashes: a node without a sibling goes up as it is."""
    sha256 = hashlib.sha256
    while len(hashes) > 1:
        paired = [
            sha256(b"\x01" + left + right).digest()
            for left, right in zip(hashes[::2], hashes[1::2], strict=False)
        ]
        if len(hashes) & 1:
            paired.append(hashes[-1])
        hashes = paired
    return hashes[0]


class Growth:
    """A tree growing leaf by leaf, of which only the right edge is remembered."""

    def __init__(self, size: int = 0, edge: Iterable[bytes] = ()) -> None:
        """Go on from a tree of `size` leaves; `edge` are the hashes of `places(0, size)`."""
        self.size = size
        self._edge = list(edge)

    def add(self, leaf: bytes) -> list[tuple[Place, bytes]]:
        """Add a leaf hash; return every subtree it completes, itself first."""
        level, grown = 0, leaf
        completed = [(Place(0, self.size), leaf)]
        while self.size >> level & 1:
            grown = node_hash(self._edge.pop(), grown)
            level += 1
            completed.append((Place(level, self.size >> level), grown))
        self._edge.append(grown)
        self.size += 1
        return completed

    def root(self) -> bytes:
        """Return the root over the leaves so far."""
        return _fold(self._edge)


def places(span: Span) -> tuple[Place, ...]:
    """Return the complete subtrees that make up `span`, left to right, largest first."""
    found = []
    start, left = span.start, span.end - span.start
    while left:
        level = left.bit_length() - 1
        found.append(Place(level, start >> level))
        start += 1 << level
        left -= 1 << level
    return tuple(found)


def root_of(size: int, nodes: Nodes) -> bytes:
    """Return the root at `size`, whatever the tree has grown to since."""
    return _hashes([Span(0, size)], nodes)[0]


def prove_inclusion(position: int, size: int, nodes: Nodes) -> tuple[bytes, ...]:
    """Return the path from leaf `position` to the root at `size`, leaf's sibling first."""
    if not 0 <= position < size:
        raise ValueError(f"leaf {position} is not in a tree of {size}")
    return _hashes(_path(position, Span(0, size)), nodes)


def prove_each(positions: Sequence[int], size: int, nodes: Nodes) -> tuple[tuple[bytes, ...], ...]:
    """Return what `prove_inclusion` returns for each leaf, with one question for them all."""
    paths = [_path(position, Span(0, size)) for position in positions]
    spans = list(dict.fromkeys(span for path in paths for span in path))
    held = dict(zip(spans, _hashes(spans, nodes), strict=True))
    return tuple(tuple(held[span] for span in path) for path in paths)


def prove_consistency(old: int, new: int, nodes: Nodes) -> tuple[bytes, ...]:
    """Return the proof that the tree at `old` is the beginning of the tree at `new`."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} does not grow out of one of {old}")
    if old in (0, new):
        return ()
    return _hashes(_growth_path(old, Span(0, new), is_whole=True), nodes)


def verify_inclusion(
    *, leaf: bytes, position: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Say whether `proof` leads from `leaf` at `position` to `root` (RFC 9162 2.1.3.2)."""
    if not 0 <= position < size:
        return False
    index, last, found = position, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            found = node_hash(sibling, found)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        index, last = index >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(
    *, old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Say whether the tree of `old` leaves begins the tree of `new` (RFC 9162 2.1.4.2)."""
    if not 0 <= old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    path = [*proof] if old & (old - 1) else [old_root, *proof]
    if not path:
        return False
    index, last = old - 1, new - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if index & 1 or index == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        index, last = index >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _split(span: Span) -> int:
    """Where RFC 6962 cuts a span of two leaves or more: the largest power of two below it."""
    return span.start + (1 << ((span.end - span.start - 1).bit_length() - 1))


def _path(position: int, span: Span) -> list[Span]:
    path: list[Span] = []
    while span.end - span.start > 1:
        middle = _split(span)
        left, right = Span(span.start, middle), Span(middle, span.end)
        span, sibling = (left, right) if position < middle else (right, left)
        path.append(sibling)
    return path[::-1]


def _growth_path(old: int, span: Span, *, is_whole: bool) -> list[Span]:
    """RFC 6962 section 2.1.2, SUBPROOF: `is_whole` while the old tree's root is this span's."""
    if old == span.end:
        return [] if is_whole else [span]
    middle = _split(span)
    if old <= middle:
        deeper = _growth_path(old, Span(span.start, middle), is_whole=is_whole)
        return [*deeper, Span(middle, span.end)]
    deeper = _growth_path(old, Span(middle, span.end), is_whole=False)
    return [*deeper, Span(span.start, middle)]


def _hashes(spans: Sequence[Span], nodes: Nodes) -> tuple[bytes, ...]:
    wanted = [places(span) for span in spans]
    held = nodes([place for parts in wanted for place in parts])
    return tuple(_fold([held[place] for place in parts]) for parts in wanted)


def _fold(edge: Sequence[bytes]) -> bytes:
    """Join complete subtrees, largest first, into the root over all of them."""
    if not edge:
        return EMPTY_ROOT
    return reduce(lambda right, left: node_hash(left, right), reversed(edge))
