"""The log as files for everyone: tiles of hashes and bundles of entries (c2sp.org/tlog-tiles)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.errors import NotFound
from sayso.evidence.log import Log

WIDTH = 256
_HEIGHT = 8
"""A full tile is a complete subtree of this many levels: WIDTH = 2 ** _HEIGHT."""
ENTRIES = -1
"""Stands for a level where a tile is a bundle of entries."""
_HIGHEST = 63
_PATH = re.compile(
    r"tile/(?P<level>0|[1-9]\d?|entries)/(?P<number>(?:x\d{3}/){0,5}\d{3})"
    r"(?:\.p/(?P<width>[1-9]\d{0,2}))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """Up to 256 neighbours at one level: complete subtrees of 256 ** level entries each."""

    level: int
    number: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it is found under the log's address."""
        digits = f"{self.number:03d}"
        digits = digits.rjust(-(-len(digits) // 3) * 3, "0")
        parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        name = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
        level = "entries" if self.level == ENTRIES else str(self.level)
        return f"tile/{level}/{name}" + ("" if self.width == WIDTH else f".p/{self.width}")

    @property
    def end(self) -> int:
        """How many entries a log must have to have this tile."""
        return (self.number * WIDTH + self.width) << _HEIGHT * max(self.level, 0)


def parse(path: str) -> Tile:
    """Read a tile's path; each tile has one.

    Raises:
        NotFound: it is not the path of a tile.
    """
    found = _PATH.fullmatch(path)
    if found is None:
        raise no_tile()
    tile = Tile(
        level=ENTRIES if found["level"] == "entries" else int(found["level"]),
        number=int(found["number"].replace("x", "").replace("/", "")),
        width=int(found["width"] or WIDTH),
    )
    if tile.path != path or tile.level > _HIGHEST or tile.width > WIDTH:
        raise no_tile()
    return tile


def content(log: Log, tile: Tile) -> bytes:
    """Return what a tile holds: hashes of 32 bytes, or entries after two bytes of length.

    Raises:
        NotFound: the log is not that large.
    """
    if tile.end > log.size():
        raise no_tile()
    start = tile.number * WIDTH
    if tile.level == ENTRIES:
        entries = log.entries(start, start + tile.width)
        return b"".join(len(leaf.entry).to_bytes(2) + leaf.entry for leaf in entries)
    return b"".join(log.subtrees(tile.level * _HEIGHT, start, start + tile.width))


def tiles_of(size: int) -> Iterator[Tile]:
    """Yield every tile of a log of `size` entries, the partial ones on its right edge too."""
    for level in (ENTRIES, *range(_HIGHEST + 1)):
        full, rest = divmod(size >> _HEIGHT * max(level, 0), WIDTH)
        yield from (Tile(level=level, number=number) for number in range(full))
        if rest:
            yield Tile(level=level, number=full, width=rest)
        if not full and level > ENTRIES:
            return


def no_tile() -> NotFound:
    """Return the refusal of a tile that is not there."""
    return NotFound("The log has no such tile.", hint="/log/checkpoint says how large it is.")
