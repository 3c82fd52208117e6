"""What a build keeps beside a dataset for the next one, so that it need not do all of it again.

None of it is part of the dataset: it is told from the rows, nobody is given it, and without it,
or where a byte of it has changed, the next build does everything again. For each shard there is
one file: what was counted of it, and a record of each row and each refusal, in their order. Who
sits where is in one file for the dataset (`sittings`).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any, cast

import pyarrow as pa

from sayso.community import DocumentId, MemberId
from sayso.datasets.disk import replace_durably
from sayso.datasets.making.staging import STAGED
from sayso.datasets.places import Place
from sayso.datasets.sealed import file_name
from sayso.datasets.sealing.copies import PRINTS, TOLD
from sayso.datasets.sealing.counts import Counts, counts_from
from sayso.datasets.tables import REFUSED
from sayso.errors import BadInput, Tampered
from sayso.evidence.canonical import JSON, canonical, parse

VERSION = 2
OF_ROWS = pa.schema([STAGED.field(name) for name in (*TOLD, *PRINTS)])
"""A record of a row: all that copies are told by."""
OF_REFUSALS = pa.schema([REFUSED.field(name) for name in ("id", "order", "token", "about")])
"""A record of a refusal: it names nobody, whoever is erased from the refusals themselves."""

_DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFile:
    """What is counted of one file of a shard; `root` is that over its rows, refusals have none."""

    counts: Counts
    root: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedShard:
    """A shard's slices in order, and its refusals.

    Where documents are `returning`, whose rows must be made first, nothing was sealed.
    """

    shard: int
    slices: tuple[SealedFile, ...] = ()
    refused: SealedFile = field(default_factory=lambda: SealedFile(counts=Counts()))
    returning: tuple[tuple[DocumentId, MemberId], ...] = ()

    @property
    def roots(self) -> tuple[str, ...]:
        """The roots of the slices, in order."""
        return tuple(each.root for each in self.slices)

    @property
    def counts(self) -> Counts:
        """What is counted of all of it."""
        whole = Counts()
        for each in (*self.slices, self.refused):
            whole.merge(each.counts)
        return whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of a shard: records of its rows (`OF_ROWS`) and refusals (`OF_REFUSALS`)."""

    sealed: SealedShard
    rows: pa.Table
    refused: pa.Table

    def slices(self) -> Iterator[pa.Table]:
        """Yield the records of each slice's rows."""
        for start, end in pairwise(_bounds(self.sealed)):
            yield self.rows.slice(start, end - start)


def records_name(shard: int) -> str:
    """Return the name of what is kept of a shard."""
    return f"shard-{shard}.records"


def keep(workings: Place, kept: Kept) -> None:
    """Write down what is kept of a shard: a digest of the rest, the records, what was counted."""
    sealed = kept.sealed
    said = canonical(
        {
            "version": VERSION,
            "shard": sealed.shard,
            "slices": [_said(each) for each in sealed.slices],
            "refused": _said(sealed.refused),
        }
    )
    sink = pa.BufferOutputStream()
    for table in (kept.rows, kept.refused):
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table.combine_chunks())
    sink.write(said)
    content = memoryview(sink.getvalue())
    digest = hashlib.sha256(content).digest()
    replace_durably(workings / records_name(sealed.shard), digest, content)


def read_kept(workings: Place, shard: int, *, is_known: bool = False) -> Kept:
    """Read back what `keep` wrote; what is known to be whole is not hashed again.

    Raises:
        Tampered: it is gone, or something else.
    """
    path = workings / records_name(shard)
    try:
        content = memoryview(path.read_bytes())
        digest, body = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
        if not is_known and hashlib.sha256(body).digest() != digest:
            raise Tampered(f"{path} is not what the build wrote.")
        source = pa.BufferReader(pa.py_buffer(body))
        rows, refused = (pa.ipc.open_stream(source).read_all() for _ in range(2))
        said = cast("dict[str, Any]", parse(source.read()))
        if (said["version"], said["shard"]) != (VERSION, shard):
            raise Tampered(f"{path} was written by another version, or of another shard.")
    except (BadInput, FileNotFoundError, KeyError, TypeError, ValueError) as error:
        raise Tampered(f"{path} is not what the build wrote.") from error
    sealed = SealedShard(
        shard=said["shard"],
        slices=tuple(map(_read, said["slices"])),
        refused=_read(said["refused"]),
    )
    return Kept(sealed=sealed, rows=rows, refused=refused)


def _bounds(sealed: SealedShard) -> list[int]:
    """Return with which row each slice begins, and how many rows there are."""
    names = (file_name(sealed.shard, at) for at in range(len(sealed.slices)))
    counts = (
        each.counts.files.get(name, 0) for name, each in zip(names, sealed.slices, strict=True)
    )
    return [0, *accumulate(counts)]


def _said(sealed: SealedFile) -> JSON:
    return {"counts": sealed.counts.said(), "root": sealed.root}


def _read(said: dict[str, Any]) -> SealedFile:
    return SealedFile(counts=counts_from(said["counts"]), root=said["root"])
