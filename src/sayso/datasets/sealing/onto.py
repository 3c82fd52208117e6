"""Yesterday's dataset, as a shard is sealed onto it: what is left of it, and what is the same.

A slice in which nothing changed is not read: its file is in both datasets.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sayso.datasets.disk import lay_same
from sayso.datasets.making.staging import columned
from sayso.datasets.places import Place, place
from sayso.datasets.rows import DatasetId, RowId
from sayso.datasets.sealed import file_name, folder_of, refusals_name, table_in, workings_of
from sayso.datasets.sealing.sources import Mask, Stored
from sayso.datasets.sealing.workings import OF_REFUSALS, SealedShard, read_kept, records_name
from sayso.datasets.tables import REFUSALS, REFUSED, TOKEN_BYTES
from sayso.errors import Tampered


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What of yesterday's rows and refusals is not there any more: by token, or by row id."""

    tokens: bytes = b""
    ids: frozenset[RowId] = frozenset()

    def without(self, records: pa.Table) -> Mask:
        """Say of each record whether it is left."""
        left = np.ones(len(records), np.bool_)
        if self.tokens:
            tokens = columned(np.frombuffer(self.tokens, np.uint8).reshape(-1, TOKEN_BYTES))
            left &= ~np.asarray(pc.is_in(records["token"], tokens))
        if self.ids:
            left &= ~np.asarray(pc.is_in(records["id"], pa.array(self.ids, pa.string())))
        return left


@dataclass(frozen=True, slots=True, kw_only=True)
class Onto:
    """Where yesterday's dataset and its workings lie, and what of it is gone.

    Whoever makes it has read all of the workings and found them whole.
    """

    dataset: DatasetId
    folder: str
    workings: str
    gone: Gone = Gone()


def onto_all_of(store: Place, dataset: DatasetId) -> Onto:
    """Return where a dataset and its workings lie, with nothing gone."""
    return Onto(
        dataset=dataset,
        folder=str(folder_of(store, dataset)),
        workings=str(workings_of(store, dataset)),
    )


class StoredShard:
    """A shard of yesterday's dataset; of its slices `slices` has what is left."""

    def __init__(self, onto: Onto, shard: int) -> None:
        """Read its records.

        Raises:
            Tampered: they are gone.
        """
        self._folder, self._workings = place(onto.folder), place(onto.workings)
        self._kept = read_kept(self._workings, shard, is_known=True)
        self._refusals_left = onto.gone.without(self._kept.refused)
        left, start = onto.gone.without(self._kept.rows), 0
        self.slices = []
        for at, records in enumerate(self._kept.slices()):
            self.slices.append(
                Stored(
                    path=self._folder / file_name(shard, at),
                    root=self.sealed.slices[at].root,
                    kept=records,
                    left=left[start : start + len(records)],
                    slice=at,
                )
            )
            start += len(records)

    @property
    def sealed(self) -> SealedShard:
        """What was sealed."""
        return self._kept.sealed

    @property
    def has_all_refusals(self) -> bool:
        """Whether no refusal of it is gone."""
        return bool(self._refusals_left.all())

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is gone."""
        return self.has_all_refusals and all(each.left.all() for each in self.slices)

    def refused(self) -> pa.Table:
        """Return the refusals that are left (`REFUSED`).

        Raises:
            Tampered: the file does not hold the refusals that were sealed.
        """
        records = self._kept.refused
        if not len(records):
            return REFUSED.empty_table()
        path = self._folder / refusals_name(self.sealed.shard)
        table = table_in(path, REFUSALS)
        if len(table) != len(records):
            raise Tampered(f"{path} does not hold the refusals that were sealed.")
        columns = {name: table[name] for name in REFUSALS.names}
        columns |= {name: records[name] for name in OF_REFUSALS.names}
        columns["shard"] = pa.array(np.full(len(table), self.sealed.shard, np.int32))
        whole = pa.Table.from_arrays([columns[name] for name in REFUSED.names], schema=REFUSED)
        return whole.filter(pa.array(self._refusals_left))

    def carry(self, names: Iterable[str], out: Place) -> None:
        """Lay files, as they are, into another dataset.

        Raises:
            Tampered: one of them is gone.
        """
        for name in names:
            try:
                lay_same(self._folder / name, out / name)
            except FileNotFoundError as error:
                raise Tampered(f"{self._folder / name} is gone from its dataset.") from error

    def carry_all(self, out: Place, workings: Place) -> SealedShard:
        """Lay all its files into another dataset, and what is kept of it beside that."""
        self.carry(self.sealed.counts.files, out)
        name = records_name(self.sealed.shard)
        lay_same(self._workings / name, workings / name)
        return self.sealed
