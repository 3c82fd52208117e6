"""Workings made again from the dataset itself, where they are gone or were changed.

Which answers the rows were made from cannot be told from them: a build on such a dataset makes
every row anew, a successor none.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from sayso.datasets.disk import move_into_place, remove_tree
from sayso.datasets.making.making import staged
from sayso.datasets.making.steps import with_columns
from sayso.datasets.places import Place, place
from sayso.datasets.rows import HELD_OUT, DatasetId, RowId
from sayso.datasets.sealed import (
    file_name,
    folder_of,
    read_manifest,
    read_slice_table,
    refusals_name,
    table_in,
    workings_of,
)
from sayso.datasets.sealing.counts import Counts
from sayso.datasets.sealing.onto import Onto, onto_all_of
from sayso.datasets.sealing.workings import (
    OF_REFUSALS,
    OF_ROWS,
    Kept,
    SealedFile,
    SealedShard,
    keep,
    read_kept,
)
from sayso.datasets.shards import Partition
from sayso.datasets.tables import REFUSALS, never_asked
from sayso.errors import Tampered

_NOWHERE = bytes(32)


def require_workings(store: Place, dataset: DatasetId, partition: Partition, aside: Place) -> Onto:
    """Return where a dataset and its workings lie; what is missing of them is made in `aside`.

    Raises:
        Tampered: the dataset is not what was sealed.
    """
    onto = onto_all_of(store, dataset)
    try:
        for shard in partition.all_shards:
            read_kept(place(onto.workings), shard)
    except Tampered:
        remove_tree(workings_of(store, dataset))
        made = aside / dataset
        remove_tree(made)
        made.mkdir()
        for shard in partition.all_shards:
            keep(made, _again(store, dataset, shard, partition))
        workings_of(store, dataset).parent.mkdir(exist_ok=True)
        move_into_place(made, workings_of(store, dataset))
    return onto


def _again(store: Place, dataset: DatasetId, shard: int, partition: Partition) -> Kept:
    manifest = read_manifest(store, dataset)
    roots = (manifest.held_out,) if shard == HELD_OUT else manifest.shards[str(shard)]
    slices, records = [], [OF_ROWS.empty_table()]
    for at, root in enumerate(roots):
        table = read_slice_table(store, dataset, shard, at)
        counts, ids = Counts(), table["id"].to_pylist()
        orders = [partition.order(RowId(each)) for each in ids]
        places = {"shard": shard, "slice": at}
        whole = with_columns(
            table,
            {
                **{key: pa.array(np.full(len(ids), each, "i4")) for key, each in places.items()},
                "order": pa.array(orders, pa.binary(32)),
                **never_asked(len(ids)),
            },
        )
        records.append(staged(whole).select(OF_ROWS.names))
        counts.add(table, shard)
        counts.files |= {file_name(shard, at): len(ids)} if ids else {}
        slices.append(SealedFile(counts=counts, root=root))
    refused, refusals = _refusals(store, dataset, shard, partition)
    return Kept(
        sealed=SealedShard(shard=shard, slices=tuple(slices), refused=refused),
        rows=pa.concat_tables(records),
        refused=refusals,
    )


def _refusals(
    store: Place, dataset: DatasetId, shard: int, partition: Partition
) -> tuple[SealedFile, pa.Table]:
    name, counts = refusals_name(shard), Counts()
    path = folder_of(store, dataset) / name
    is_there = name in read_manifest(store, dataset).files
    table = table_in(path, REFUSALS) if is_there else REFUSALS.empty_table()
    ids = [partition.row_id(each) for each in table["document_id"].to_pylist()]
    known = [each != "" for each in table["document_id"].to_pylist()]
    columns = {
        "id": pa.array(ids, pa.string()),
        "order": pa.array(_orders(ids, known, partition), pa.binary(32)),
        **never_asked(len(ids)),
    }
    counts.refuse(table)
    counts.files |= {name: len(ids)} if ids else {}
    records = pa.Table.from_arrays(
        [columns[each] for each in OF_REFUSALS.names], schema=OF_REFUSALS
    )
    return SealedFile(counts=counts), records


def _orders(ids: Sequence[RowId], known: Sequence[bool], partition: Partition) -> list[bytes]:
    """Return the keys that refusals lie in the order of; one that was erased keeps its place."""
    orders, last = [], _NOWHERE
    for row_id, is_known in zip(ids, known, strict=True):
        last = partition.order(row_id) if is_known else last
        orders.append(last)
    return orders
