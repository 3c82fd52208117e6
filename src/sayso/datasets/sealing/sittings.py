"""Who sits where in each slice, kept in one file for the next dataset.

A slice is known by its root, which is over all its rows: the same root, the same members' words in
the same documents. So what was asked for yesterday's slices is not asked again.
"""

import hashlib
from struct import Struct
from types import TracebackType
from typing import BinaryIO, Self

from sayso.datasets.disk import close_durably
from sayso.datasets.places import Place

NAME = "seats"
_HEAD = Struct(">32sI")
"""Before what is kept of each slice: its root, and how many bytes follow. A digest comes last."""


class Sittings:
    """Those that were kept beside an earlier dataset, under one key of seats."""

    def __init__(self, path: Place | None, key: str) -> None:
        """Find what is where; of a file that is gone or was changed nothing is known."""
        self._path = path
        self._where: dict[bytes, tuple[int, int]] = {}
        if path is not None and path.exists():
            self._find(path, key)

    def of(self, root: str) -> bytes | None:
        """Return who sits where of the rows in the slice of that root, if that is known."""
        where = self._where.get(bytes.fromhex(root))
        if where is None or self._path is None:
            return None
        with self._path.open("rb") as file:
            file.seek(where[0])
            return file.read(where[1])

    def _find(self, path: Place, key: str) -> None:
        seen, at, found = hashlib.sha256(key.encode()), 0, {}
        with path.open("rb") as file:
            while len(head := file.read(_HEAD.size)) == _HEAD.size:
                root, size = _HEAD.unpack(head)
                records = file.read(size)
                seen.update(head)
                seen.update(records)
                found[root] = (at + _HEAD.size, size)
                at += _HEAD.size + len(records)
        if head == seen.digest():
            self._where = found


class Seating:
    """Writes down who sits where, slice by slice."""

    def __init__(self, path: Place, key: str) -> None:
        path.unlink(missing_ok=True)  # it may be another dataset's too
        self._file: BinaryIO = path.open("wb")
        self._seen = hashlib.sha256(key.encode())

    def add(self, root: str, records: bytes) -> None:
        """Add the slice of that root."""
        for part in (_HEAD.pack(bytes.fromhex(root), len(records)), records):
            self._seen.update(part)
            self._file.write(part)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write the digest, if all went well, and bring the file to the disk."""
        if kind is None:
            self._file.write(self._seen.digest())
        close_durably(self._file)
