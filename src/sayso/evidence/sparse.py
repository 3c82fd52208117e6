"""A sparse Merkle tree: every key has one forced place, so that absence can be proven too.

A key is 256 bits, read from the first; each bit says left (0) or right (1). A subtree of no leaf
hashes to `EMPTY`, one of a single leaf is that leaf, however long its key ("compact", as in
Diem's Jellyfish tree, Gao, Hu and Wu 2021), and any other is a node over its two halves. As in
RFC 9162 section 2.1.1, what is hashed begins with a byte that tells what it is.

A path is the siblings on the way from the root to where a key must lie. What it ends in is the
key's leaf, or nothing, or the one other leaf of that subtree. Two paths for one key cannot end
differently under one root: both follow the same bits, so the hashes on them are equal from the
root down, and where the first ends the second would need another text with the same SHA-256.
That holds for any root whatsoever, also one that no honest tree has: nobody need trust that the
leaves were sorted, or even that they were hashed together as described here.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby

Leaf = tuple[bytes, bytes]
"""A key and what stands under it, 32 bytes each."""

BITS = 256
WIDTH = 32
EMPTY = hashlib.sha256(b"\x02").digest()
"""The hash of a subtree without leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """The way to where a key lies: siblings from the root down.

    `other` is the leaf that alone stands in that subtree where the key is absent; None where
    nothing does, and where the key is present.
    """

    siblings: tuple[bytes, ...]
    other: Leaf | None = None


def leaf_hash(key: bytes, value: bytes) -> bytes:
    """Hash a leaf."""
    return hashlib.sha256(b"\x00" + key + value).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into their parent."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Iterable[Leaf]) -> bytes:
    """Return the root over `leaves`, which come in ascending order of their keys.

    They are read once; never more than one hash a bit is kept.

    Raises:
        ValueError: they are out of order, a key comes twice, or one is not of 32 bytes.
    """
    return _root(leaves, 0)


def prove(leaves: Iterable[Leaf], key: bytes) -> Path:
    """Return the path to `key`, present or absent; `leaves` as in `root`, read once.

    All leaves that part from the key at one bit lie together, and are one sibling.

    Raises:
        ValueError: as `root`.
    """
    runs: dict[int, tuple[bytes, Leaf | None]] = {}  # by the bit where they part from the key
    is_present, sought = False, int.from_bytes(key)
    for shared, run in groupby(_ordered(leaves), lambda leaf: _shared(sought, leaf[0])):
        if shared == BITS:
            is_present = True
        else:
            runs[shared] = _hashed(run, shared + 1)
    deepest = max(runs, default=-1)
    other = None if is_present or deepest < 0 else runs[deepest][1]
    if other is not None:  # it stands in the key's own place, higher up
        del runs[deepest]
        deepest = max(runs, default=-1)
    nothing = (EMPTY, None)
    siblings = tuple(runs.get(bit, nothing)[0] for bit in range(deepest + 1))
    return Path(siblings=siblings, other=other)


def includes(root_hash: bytes, key: bytes, value: bytes, path: Path) -> bool:
    """Say whether `path` proves that `value` stands under `key`."""
    return path.other is None and _climb(key, leaf_hash(key, value), path) == root_hash


def excludes(root_hash: bytes, key: bytes, path: Path) -> bool:
    """Say whether `path` proves that nothing stands under `key`."""
    if path.other is None:
        return _climb(key, EMPTY, path) == root_hash
    shared = _shared(int.from_bytes(key), path.other[0])
    if not len(path.siblings) <= shared < BITS:
        return False  # it is no other, or does not belong there
    return _climb(key, leaf_hash(*path.other), path) == root_hash


def _root(leaves: Iterable[Leaf], depth: int) -> bytes:
    """Return the hash of the subtree at `depth` that holds all `leaves`.

    Of each leaf it is known how deep it must lie as soon as the next is seen. What is finished
    on the left waits in `left`, by depth, for what comes to its right.
    """
    sha256 = hashlib.sha256
    left: list[tuple[int, bytes]] = []
    shared_before = depth - 1
    for bits, hashed, shared in _with_next(leaves, depth - 1):
        level = (max(shared_before, shared)) + 1
        while level > shared + 1:
            if bits >> (BITS - level) & 1:
                sibling = left.pop()[1] if left and left[-1][0] == level else EMPTY
                hashed = sha256(b"\x01" + sibling + hashed).digest()  # noqa: PLW2901 - it grows
            else:
                hashed = sha256(b"\x01" + hashed + EMPTY).digest()  # noqa: PLW2901 - likewise
            level -= 1
        left.append((level, hashed))
        shared_before = shared
    return left.pop()[1] if left else EMPTY


def _with_next(leaves: Iterable[Leaf], at_end: int) -> Iterator[tuple[int, bytes, int]]:
    """Yield each key as a number, its leaf's hash, and how many bits the next key begins alike.

    Raises:
        ValueError: the leaves are out of order or size.
    """
    sha256, number_of = hashlib.sha256, int.from_bytes
    number, hashed = -1, b""
    for key, value in leaves:
        following = number_of(key)
        if following <= number or len(key) != WIDTH or len(value) != WIDTH:
            raise _misplaced(key)
        if hashed:
            yield number, hashed, BITS - (number ^ following).bit_length()
        number, hashed = following, sha256(b"\x00" + key + value).digest()
    if hashed:
        yield number, hashed, at_end


def _hashed(run: Iterator[Leaf], depth: int) -> tuple[bytes, Leaf | None]:
    """Return the hash of a subtree, and its leaf where that is the only one."""
    first, second = next(run), next(run, None)
    if second is None:
        return leaf_hash(*first), first
    return _root(chain((first, second), run), depth), None


def _ordered(leaves: Iterable[Leaf]) -> Iterator[Leaf]:
    before = b""
    for key, value in leaves:
        if key <= before or len(key) != WIDTH or len(value) != WIDTH:
            raise _misplaced(key)
        yield key, value
        before = key


def _misplaced(key: bytes) -> ValueError:
    return ValueError(f"leaf {key.hex()} is not of 32 bytes, or not after the one before it")


def _climb(key: bytes, hashed: bytes, path: Path) -> bytes:
    bits = int.from_bytes(key)
    if len(path.siblings) > BITS:
        return b""
    for level in range(len(path.siblings), 0, -1):
        sibling = path.siblings[level - 1]
        is_right = bits >> (BITS - level) & 1
        hashed = node_hash(sibling, hashed) if is_right else node_hash(hashed, sibling)
    return hashed


def _shared(number: int, key: bytes) -> int:
    """Count the bits that two keys begin with alike."""
    return BITS - (number ^ int.from_bytes(key)).bit_length()
