"""Who is in a sealed dataset, committed so that presence and absence can be proven to anyone.

Each member has a seat: a place in a sparse tree (`evidence.sparse`) of 2^256 places, given by a
verifiable random function of their id (`evidence.vrf`). Where nobody sits, the member is not in
the dataset. Under a seat stands how many documents hold words of the member's, and the root of a
tree of their own: of each such document, at a place given by the seat and the document's id, the
digest of its row. A row stands under everyone whose words are in it, held-out rows too. The root
over all is `members_root` in the manifest, beside the fingerprint of the key that gives seats.

Why an operator cannot lie with it: a seat follows from the member's id and the key, and the
key's fingerprint and the root are in the manifest, whose digest is the dataset's id and is
entered in the log. So one dataset has one answer for each member and document. That the tree
holds what the rows say is recomputed by `verify.verify_dataset`, by whoever is given the rows
and the members' proofs: an operator who leaves somebody's seat empty whose words are in the rows
has signed a contradiction.

Why nobody can probe with it: of whatever a proof shows of others, every bit is a hash over
something that cannot be guessed. A seat cannot be computed without the network's key (3,072
bits). The place of a document is a hash over its member's seat. A row's digest is a hash over
its id too, which is a keyed hash of 128 bits of the document's id (`Partition.row_id`), so a
guessed text cannot be tried against it. What stands under another's seat is a hash over the root
of such digests. One thing remains: whoever was shown a member's proof knows that member's seat,
and can recognise it where a proof of another dataset happens to end beside it. Show a proof to
those alone who may know.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice, pairwise
from operator import itemgetter
from pathlib import Path
from struct import iter_unpack
from tempfile import TemporaryDirectory
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sayso.community import DocumentId, MemberId
from sayso.datasets.places import Place
from sayso.datasets.rows import DatasetId, Manifest
from sayso.datasets.sealed import folder_of, is_of_refusals
from sayso.errors import Tampered
from sayso.evidence import sparse
from sayso.evidence.sparse import Leaf

AT_ONCE = 8_192
"""How many rows wait for their members' seats to be looked up together."""
MOST_HELD_BYTES = 64 * 2**20
_LAYOUT = "32s32s32s"
RECORD_BYTES = 96
_BUCKETS = 256
_COLUMNS = ("document_id", "member_id", "members", "digest")

Entry = tuple[MemberId, DocumentId, bytes]
"""A member, a document with words of theirs, and the digest of its row."""


class Seats(Protocol):
    """Where members sit. One key gives one seat to each, for ever."""

    @property
    def key(self) -> str:
        """The fingerprint of the key."""
        ...

    def of(self, members: Collection[MemberId]) -> Mapping[MemberId, bytes]:
        """Return the seat of each: 32 bytes. Whom the network does not know has one too."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """What a tree says of one member, and of one document where that was asked.

    `documents_root` and `count` are of the member's own tree and None and 0 where they are
    absent; `digest` is that of the document's row, and empty where it is absent.
    """

    seat: bytes
    path: sparse.Path
    count: int = 0
    documents_root: bytes | None = None
    document_path: sparse.Path | None = None
    digest: bytes = b""


def spoken(member: MemberId) -> bytes:
    """Return the text whose output is the member's seat."""
    return b"sayso member\0" + member.encode()


def place_of(seat: bytes, document: DocumentId) -> bytes:
    """Return where a document stands in its member's own tree."""
    return hashlib.sha256(b"sayso document\0" + seat + document.encode()).digest()


def under_seat(count: int, documents_root: bytes) -> bytes:
    """Return what stands under a member's seat."""
    return hashlib.sha256(b"sayso member\0" + count.to_bytes(8) + documents_root).digest()


def entries(rows: pa.Table | pa.RecordBatch) -> Iterator[Entry]:
    """Yield everyone whose words are in each row, its first author among them."""
    columns = (rows[each].to_pylist() for each in _COLUMNS)
    for document, author, members, digest in zip(*columns, strict=True):
        for member in dict.fromkeys((author, *members)):
            yield member, document, bytes.fromhex(digest)


def entries_in(folder: Place, files: Iterable[str]) -> Iterator[Entry]:
    """Yield the entries of the rows in a dataset's files; of rows nothing else is read.

    They are not checked: compare their root with the manifest's.

    Raises:
        Tampered: a file is gone, or is not Parquet.
    """
    for name in sorted(name for name in files if not is_of_refusals(name)):
        path = folder / name
        try:
            with path.open("rb") as opened, pq.ParquetFile(opened) as file:
                for batch in file.iter_batches(columns=list(_COLUMNS)):
                    yield from entries(batch)
        except (pa.ArrowException, OSError, KeyError, ValueError) as error:
            raise Tampered(f"{path} is no longer the file that was sealed: {error}.") from error


def read_entries(store: Place, manifest: Manifest) -> Iterator[Entry]:
    """Yield a sealed dataset's entries; see `entries_in`."""
    return entries_in(folder_of(store, DatasetId(manifest.digest)), manifest.files)


def seated(parts: Iterable[bytes], seats: Seats) -> tuple[str, int]:
    """Return the hex root over entries that sit in any order, and how many members they are of.

    `parts` are as `sitting` yields them. What does not fit in memory lies in a folder of this
    machine's for as long as it takes.
    """
    with TemporaryDirectory(prefix="sayso-") as aside:
        members = Members(seats, Path(aside) / "seats")
        for records in parts:
            members.put(records)
        return members.root().hex(), members.seated


def sitting(found: Iterable[Entry], seats: Seats) -> Iterator[bytes]:
    """Yield for some entries after the other 96 bytes each: seat, document's place, digest."""
    entries_ = iter(found)
    while some := list(islice(entries_, AT_ONCE)):
        seat_of = seats.of({member for member, _, _ in some})
        yield b"".join(
            seat + place_of(seat, document) + digest
            for member, document, digest in some
            for seat in (seat_of[member],)
        )


class Members:
    """The tree of a dataset, gathered from its rows in any order.

    An entry costs 96 bytes. Beyond 64 MiB they go into `folder`, where one is given, and at most
    a 256th of them (and of any heavier member) is read back at a time. Entries are parted by the
    first byte of their seat: each part is sorted by itself, and they follow each other in order.
    """

    def __init__(self, seats: Seats, folder: Path | None = None) -> None:
        """`folder` need not be there yet; it is left empty of what this wrote by `close`."""
        self._seats = seats
        self._folder = folder
        self._parts = [bytearray() for _ in range(_BUCKETS)]
        self._held = 0
        self.seated = 0
        """How many members there are, once their root was asked."""

    @property
    def key(self) -> str:
        """The fingerprint of the key that gives the seats."""
        return self._seats.key

    def add(self, found: Iterable[Entry]) -> None:
        """Add entries. Nothing comes twice."""
        for records in sitting(found, self._seats):
            self.put(records)

    def put(self, records: bytes) -> None:
        """Add entries that have their seats, as `sitting` gives them."""
        rows = np.frombuffer(records, np.uint8).reshape(-1, RECORD_BYTES)
        sort = np.argsort(rows[:, 0], kind="stable")
        bounds = np.searchsorted(rows[sort, 0], np.arange(_BUCKETS + 1))
        parted = rows[sort].tobytes()
        for number, (start, end) in enumerate(pairwise((bounds * RECORD_BYTES).tolist())):
            self._parts[number] += parted[start:end]
        self._held += len(records)
        if self._folder is not None and self._held > MOST_HELD_BYTES:
            self._folder.mkdir(exist_ok=True)
            for number, part in enumerate(self._parts):
                with self._aside(number).open("ab") as file:
                    file.write(part)
                part.clear()
            self._held = 0

    def root(self) -> bytes:
        """Return the root over everything added.

        Raises:
            ValueError: a document came twice for one member.
        """
        self.seated = 0

        def counted() -> Iterator[Leaf]:
            for leaf in self._leaves():
                self.seated += 1
                yield leaf

        return sparse.root(counted())

    def prove(self, member: MemberId, document: DocumentId | None = None) -> Membership:
        """Return what the tree says of a member, and of a document of theirs.

        Raises:
            ValueError: as `root`.
        """
        seat = self._seats.of([member])[member]
        path = sparse.prove(self._leaves(), seat)
        own = [(at, digest) for where, at, digest in self._records(seat[0]) if where == seat]
        if not own:
            return Membership(seat=seat, path=path)
        place = None if document is None else place_of(seat, document)
        return Membership(
            seat=seat,
            path=path,
            count=len(own),
            documents_root=sparse.root(own),
            document_path=sparse.prove(own, place) if place else None,
            digest=dict(own).get(place, b"") if place else b"",
        )

    def standing(self) -> Iterator[tuple[bytes, int, bytes]]:
        """Yield each member's seat in order, with the count and root of their own tree.

        Raises:
            ValueError: as `root`.
        """
        for number in range(_BUCKETS):
            for seat, found in groupby(self._records(number), itemgetter(0)):
                own = [(place, digest) for _, place, digest in found]
                yield seat, len(own), sparse.root(own)

    def close(self) -> None:
        """Delete what was written aside."""
        if self._folder is not None and self._folder.exists():
            for number in range(_BUCKETS):
                self._aside(number).unlink(missing_ok=True)
            self._folder.rmdir()

    def _leaves(self) -> Iterator[Leaf]:
        """Yield each member's leaf, in order."""
        return ((seat, under_seat(count, root)) for seat, count, root in self.standing())

    def _records(self, number: int) -> Iterator[tuple[bytes, bytes, bytes]]:
        """Yield a part's seats, each with a document's place and its row's digest, in order."""
        part = bytes(self._parts[number])
        if self._folder is not None and self._aside(number).exists():
            part = self._aside(number).read_bytes() + part
        yield from sorted(iter_unpack(_LAYOUT, part))

    def _aside(self, number: int) -> Path:
        return (self._folder or Path()) / f"seats-{number:02x}"
