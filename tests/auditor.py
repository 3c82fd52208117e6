"""An auditor who has a log's address and key, and nothing of ours: walks the tiles alone."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from sayso.evidence import checkpoint, note
from sayso.evidence.checkpoint import Checkpoint

WIDTH = 256


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree(hashes: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word."""
    if len(hashes) == 1:
        return hashes[0]
    middle = 1 << (len(hashes) - 1).bit_length() - 1
    return node(tree(hashes[:middle]), tree(hashes[middle:]))


def address(level: str, number: int, width: int) -> str:
    """c2sp.org/tlog-tiles: three digits a step, an x before all but the last."""
    text = f"{number:03d}"
    while len(text) % 3:
        text = f"0{text}"
    steps = [text[at : at + 3] for at in range(0, len(text), 3)]
    place = "/".join([f"x{step}" for step in steps[:-1]] + steps[-1:])
    return f"tile/{level}/{place}" + (f".p/{width}" if width < WIDTH else "")


@dataclass(frozen=True)
class Auditor:
    """`fetch` gives the bytes at an address under the log's."""

    fetch: Callable[[str], bytes]
    vkey: str

    def head(self) -> Checkpoint:
        text = self.fetch("checkpoint").decode()
        return checkpoint.parse(note.open_note(text, [note.Verifier(self.vkey)]))

    def tile(self, level: int, number: int, size: int) -> list[bytes]:
        """The hashes of the widest tile there that a log of `size` has."""
        width = min(WIDTH, (size >> 8 * level) - number * WIDTH)
        body = self.fetch(address(str(level), number, width))
        assert len(body) == 32 * width
        return [body[at : at + 32] for at in range(0, len(body), 32)]

    def entries(self, size: int) -> Iterator[bytes]:
        """Every entry, each held against its hash in the tile."""
        for number in range(-(-size // WIDTH)):
            width = min(WIDTH, size - number * WIDTH)
            body = self.fetch(address("entries", number, width))
            for hashed in self.tile(0, number, size):
                length = int.from_bytes(body[:2])
                entry, body = body[2 : 2 + length], body[2 + length :]
                assert hashlib.sha256(b"\x00" + entry).digest() == hashed
                yield entry
            assert not body

    def subtree(self, start: int, end: int, size: int) -> bytes:
        """The hash over entries `start` to `end`, from as few tiles as there are."""
        hashed = cache(lambda level, number: self.tile(level, number, size))
        count = end - start
        if count & (count - 1) == 0 and start % count == 0:
            level = (count.bit_length() - 1) // 8
            span = WIDTH**level
            first, last = start // span, end // span
            return tree(hashed(level, first // WIDTH)[first % WIDTH :][: last - first])
        middle = start + (1 << (count - 1).bit_length() - 1)
        return node(self.subtree(start, middle, size), self.subtree(middle, end, size))

    def path(self, position: int, start: int, end: int, size: int) -> list[bytes]:
        """RFC 6962 section 2.1.1, PATH."""
        if end - start == 1:
            return []
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        if position < middle:
            inner = self.path(position, start, middle, size)
            return [*inner, self.subtree(middle, end, size)]
        inner = self.path(position, middle, end, size)
        return [*inner, self.subtree(start, middle, size)]
