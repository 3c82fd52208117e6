"""Yesterday's dataset, as a shard is sealed onto it: what is left of it, and what is the same.

A slice in which nothing changed is not read: its file is in both datasets.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

import numpy as np
import pyarrow as pa

from sayso.community import DocumentId, MemberId
from sayso.datasets.disk import lay_same, replace_durably
from sayso.datasets.places import Place, place
from sayso.datasets.rows import DatasetId, RowId
from sayso.datasets.sealed import file_name, folder_of, refusals_name, workings_of
from sayso.datasets.sealing.counts import Counts, counts_from
from sayso.datasets.sealing.sources import Mask, Stored
from sayso.datasets.sealing.workings import (
    OF_REFUSALS,
    OF_ROWS,
    VERSION,
    Records,
    read_records,
    records_name,
    seats_name,
)
from sayso.datasets.tables import REFUSALS, ROWS, TOKEN_BYTES
from sayso.errors import BadInput, Tampered
from sayso.evidence.canonical import JSON, canonical, parse


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFile:
    """One file of a shard: what is counted of it, and the digest of its records.

    `root` is that over its rows; of refusals there is none.
    """

    counts: Counts
    records: str
    root: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedShard:
    """A shard's slices in order, and its refusals.

    Where documents are `returning`, whose rows must be made first, nothing was sealed.
    """

    shard: int
    slices: tuple[SealedFile, ...] = ()
    refused: SealedFile = field(default_factory=lambda: SealedFile(counts=Counts(), records=""))
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
class Gone:
    """What of yesterday's rows and refusals is not there any more: by token, or by row id."""

    tokens: bytes = b""
    ids: frozenset[RowId] = frozenset()

    def without(self, records: Records, ids: Sequence[str]) -> Mask:
        """Say of each record whether it is left; `ids` are asked where any is gone by its id."""
        left = np.ones(len(records), np.bool_)
        if self.tokens:
            width = f"S{TOKEN_BYTES}"
            tokens = np.ascontiguousarray(records["token"]).view(width).ravel()
            left &= ~np.isin(tokens, np.frombuffer(self.tokens, width))
        if self.ids:
            left &= np.array([each not in self.ids for each in ids], np.bool_)
        return left


@dataclass(frozen=True, slots=True, kw_only=True)
class Onto:
    """Where yesterday's dataset and its workings lie, and what of it is gone."""

    dataset: DatasetId
    folder: str
    workings: str
    gone: Gone


def onto_all_of(store: Place, dataset: DatasetId) -> Onto:
    """Return where a dataset and its workings lie, with nothing gone."""
    return Onto(
        dataset=dataset,
        folder=str(folder_of(store, dataset)),
        workings=str(workings_of(store, dataset)),
        gone=Gone(),
    )


class StoredShard:
    """A shard of yesterday's dataset."""

    def __init__(self, onto: Onto, shard: int) -> None:
        """Read its records.

        Raises:
            Tampered: they are not what the build wrote.
        """
        self._folder, self._workings = place(onto.folder), place(onto.workings)
        self._gone = onto.gone
        self.sealed = read_shard(self._workings / shard_name(shard))
        self.slices = [
            self._stored(file_name(shard, at), ROWS, each, at)
            for at, each in enumerate(self.sealed.slices)
        ]
        self.refused = self._stored(refusals_name(shard), REFUSALS, self.sealed.refused, 0)

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is gone."""
        return all(each.left.all() for each in (*self.slices, self.refused))

    def carry(self, names: Iterable[str], out: Place, workings: Place) -> None:
        """Lay files, as they are, into another dataset, with their records and who sits where."""
        for name in names:
            for source, target, each in (
                (self._folder, out, name),
                (self._workings, workings, records_name(name)),
                (self._workings, workings, seats_name(name)),
            ):
                if (source / each).exists():
                    lay_same(source / each, target / each)

    def _stored(self, name: str, schema: pa.Schema, sealed: SealedFile, slice_: int) -> Stored:
        kind = OF_ROWS if schema is ROWS else OF_REFUSALS
        rows = sealed.counts.files.get(name, 0)
        records = read_records(self._workings / records_name(name), kind, rows, sealed.records)
        stored = Stored(
            path=self._folder / name,
            schema=schema,
            records=records,
            left=np.ones(rows, np.bool_),
            shard=self.sealed.shard,
            slice=slice_,
        )
        asked = self._gone.ids and rows
        ids: Sequence[str] = stored.columns(["id"])["id"].to_pylist() if asked else ()
        return replace(stored, left=self._gone.without(records, ids))


def shard_name(shard: int) -> str:
    """Return the name of what is kept of a whole shard."""
    return f"shard-{shard}.json"


def keep_shard(path: Place, sealed: SealedShard) -> None:
    """Write down what is known of a shard that is sealed."""
    replace_durably(
        path,
        canonical(
            {
                "version": VERSION,
                "shard": sealed.shard,
                "slices": [_said(each) for each in sealed.slices],
                "refused": _said(sealed.refused),
            }
        ),
    )


def read_shard(path: Place) -> SealedShard:
    """Read back what `keep_shard` wrote.

    Raises:
        Tampered: it is something else.
    """
    try:
        said = cast("dict[str, Any]", parse(path.read_bytes()))
        if said["version"] != VERSION:
            raise Tampered(f"{path} was written by another version.")
        return SealedShard(
            shard=said["shard"],
            slices=tuple(map(_read, said["slices"])),
            refused=_read(said["refused"]),
        )
    except (BadInput, FileNotFoundError, KeyError, TypeError, ValueError) as error:
        raise Tampered(f"{path} is not what the build wrote.") from error


def _said(sealed: SealedFile) -> JSON:
    return {"counts": sealed.counts.said(), "records": sealed.records, "root": sealed.root}


def _read(said: dict[str, Any]) -> SealedFile:
    return SealedFile(
        counts=counts_from(said["counts"]), records=said["records"], root=said["root"]
    )
