"""One shard sealed: copies out, rows in their order, one file for each slice.

What comes out is a function of the set of rows that went in: neither how many pieces they came
in, nor in which order, nor how much memory there was, nor which of them lay in yesterday's
dataset, changes a byte.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from sayso.datasets.making.staging import Laid, Part, fixed, refusals_laid
from sayso.datasets.places import place
from sayso.datasets.sealed import file_name, refusals_name, root_over
from sayso.datasets.sealing.copies import TOLD, Pool, without_copies
from sayso.datasets.sealing.counts import Counts
from sayso.datasets.sealing.groups import RowGroups
from sayso.datasets.sealing.onto import Onto, StoredShard
from sayso.datasets.sealing.sources import KEYED, WHOLE, Fresh, Mask, Source
from sayso.datasets.sealing.workings import (
    OF_REFUSALS,
    OF_ROWS,
    Kept,
    SealedFile,
    SealedShard,
    keep,
    read_kept,
    records_name,
)
from sayso.datasets.tables import REFUSALS, REFUSED, ROWS
from sayso.errors import Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardTask:
    """A shard to seal: the pieces in `work` that hold its rows, and the folders it goes to.

    With `onto`, all that is left of yesterday's shard is in it too.
    """

    work: str
    pieces: tuple[str, ...]
    out: str
    workings: str
    shard: int
    slices: int
    memory: int
    """Bytes of rows that are held at a time, more or less."""
    onto: Onto | None = None


Numbers = npt.NDArray[np.int64]
Slices = list[list[Source]]
"""Where the rows of each slice come from."""
Staying = tuple[Source, Mask]
"""Where rows come from, and which of them stay."""


def seal_shard(task: ShardTask) -> SealedShard:
    """Write the files of a shard into its folders; done before, it is not done again.

    Raises:
        Conflict: one document came twice, or what was left out before as a copy is none.
        Tampered: yesterday's dataset is not what was sealed.
    """
    workings = place(task.workings)
    if (workings / records_name(task.shard)).exists():
        before = read_kept(workings, task.shard, is_known=True).sealed
        if all((place(task.out) / name).exists() for name in before.counts.files):
            return before  # else they were moved into place already, by a build killed just then
    pa.default_memory_pool().release_unused()  # what was done before left much behind
    return _seal(task)


def _seal(task: ShardTask) -> SealedShard:
    slices, refused = _fresh(task)
    stored = None if task.onto is None else StoredShard(task.onto, task.shard)
    is_as_before = stored is not None and not refused and stored.has_all_refusals
    if stored is not None:
        if not any(slices) and is_as_before and stored.is_whole:
            return stored.carry_all(place(task.out), place(task.workings))
        for each in stored.slices:
            slices[each.slice] += [each] if each.rows else []
        refused.append(stored.refused())
    records = _joined(OF_ROWS, [each.records() for sources in slices for each in sources])
    held = _joined(REFUSED, refused)
    parted = without_copies(_pool(records, held))
    if parted.returning and stored is None:
        name, _ = parted.returning[0]
        raise Conflict(f"Document {name} was left out as a copy and is none; nothing was sealed.")
    if parted.returning:
        return SealedShard(shard=task.shard, returning=parted.returning)
    copies = _are_copies(held)
    if is_as_before and held.filter(copies).equals(parted.copies):
        refusals, same = held, stored
    else:
        others = held.filter(pc.invert(copies))
        refusals, same = pa.concat_tables([others, parted.copies]).sort_by("order"), None
    files, rows = _slices(task, slices, records, parted.stays, stored)
    sealed = SealedShard(
        shard=task.shard, slices=tuple(files), refused=_refusals(task, refusals, same)
    )
    of_refusals = refusals.select(OF_REFUSALS.names)
    keep(place(task.workings), Kept(sealed=sealed, rows=rows, refused=of_refusals))
    return sealed


def _slices(
    task: ShardTask, slices: Slices, records: pa.Table, stays: Mask, stored: StoredShard | None
) -> tuple[list[SealedFile], pa.Table]:
    """Write every slice; return what each holds, and the records of all rows in their order."""
    files, numbers, base = [], [np.zeros(0, np.int64)], 0
    for at in range(task.slices):
        sources, slices[at] = slices[at], []  # what is written is no longer held
        bounds = [*accumulate((each.rows for each in sources), initial=base)]
        staying = [
            (each, stays[start:end])
            for each, (start, end) in zip(sources, pairwise(bounds), strict=True)
        ]
        files.append(_slice(task, at, staying, stored))
        numbers.append(_sorted(records, base + np.flatnonzero(stays[base : bounds[-1]])))
        base = bounds[-1]
    return files, records.take(pa.array(np.concatenate(numbers)))


def _slice(
    task: ShardTask, at: int, rows: Sequence[Staying], stored: StoredShard | None
) -> SealedFile:
    """Write the rows of a slice, if it has any, or take yesterday's file where nothing changed."""
    name, out = file_name(task.shard, at), place(task.out)
    if stored is not None:
        before, sealed = stored.slices[at], stored.sealed.slices[at]
        is_alone = all(each is before and bool(stays.all()) for each, stays in rows)
        if is_alone and before.left.all():
            stored.carry(sealed.counts.files, out)
            return sealed
        if before.rows:
            before.require_whole()
    counts, digests = Counts(), []
    with RowGroups(out / name, ROWS) as groups:
        for some in _in_order(rows, task.memory):
            groups.add(some, pc.binary_length(some["text"]))
            counts.add(some, task.shard)
            digests.append(some["digest"])
    if groups.rows:
        counts.files[name] = groups.rows
    return SealedFile(counts=counts, root=root_over(digests))


def _refusals(task: ShardTask, refusals: pa.Table, same: StoredShard | None) -> SealedFile:
    """Write the refusals of a shard, if it has any; those of `same` are the same."""
    name, out, counts = refusals_name(task.shard), place(task.out), Counts()
    if same is not None:
        same.carry(same.sealed.refused.counts.files, out)
        return same.sealed.refused
    whole = refusals.select(REFUSALS.names)
    with RowGroups(out / name, REFUSALS) as groups:
        groups.add(whole, pc.binary_length(whole["reason"]))
    counts.refuse(whole)
    if groups.rows:
        counts.files[name] = groups.rows
    return SealedFile(counts=counts)


def _fresh(task: ShardTask) -> tuple[Slices, list[pa.Table]]:
    """Return the rows, slice by slice, and the refusals of a shard that lie in the pieces."""
    work, parts, refused = place(task.work), list[tuple[Laid, Part]](), list[pa.Table]()
    for name in task.pieces:
        laid, left_out = Laid(work, name), refusals_laid(work, name)
        parts += ((laid, part) for part in laid.of_shard(task.shard))
        refused += (
            left_out.read(part).select(REFUSED.names) for part in left_out.of_shard(task.shard)
        )
    is_small = 2 * sum(part.size for _, part in parts) <= task.memory  # rows are sorted beside it
    slices: Slices = [[] for _ in range(task.slices)]
    for laid, part in parts:
        held = laid.read(part) if is_small else None
        slices[part.slice].append(Fresh(laid=laid, part=part, held=held))
    return slices, refused


def _joined(schema: pa.Schema, tables: Sequence[pa.Table]) -> pa.Table:
    return pa.concat_tables([schema.empty_table(), *tables]).combine_chunks()


def _pool(records: pa.Table, held: pa.Table) -> Pool:
    _require_once(records["document_id"], held["document_id"])
    return Pool(
        told=records.select(TOLD),
        keys=fixed(records["key"]),
        sketches=fixed(records["sketch"]),
        bands=fixed(records["bands"]),
        before=held.filter(_are_copies(held)),
    )


def _are_copies(refused: pa.Table) -> pa.ChunkedArray:
    """Say of each refusal whether it is that of a copy."""
    return pc.greater(pc.binary_length(refused["prints"]), 0)


def _in_order(rows: Sequence[Staying], memory: int) -> Iterator[pa.Table]:
    """Yield all rows that stay, sorted by their keys, as many at a time as fit in `memory`."""
    size = sum(each.size for each, _ in rows)
    count = sum(each.rows for each, _ in rows)
    passes = max(1, min(count, -(-size // max(1, memory))))
    bounds = [WHOLE * at // passes for at in range(passes + 1)]
    for low, high in pairwise(bounds) if rows else ():
        yield _between(rows, low, high)


def _between(rows: Sequence[Staying], low: int, high: int) -> pa.Table:
    """Return those rows that stay and whose keys lie between two, sorted by them."""
    found = [each.between(low, high, stays) for each, stays in rows]
    table = pa.concat_tables([some.select(KEYED) for some, _ in found])
    staying = _sorted(table, np.flatnonzero(np.concatenate([stay for _, stay in found])))
    return table.select(ROWS.names).take(pa.array(staying))


def _sorted(table: pa.Table, rows: Numbers) -> Numbers:
    """Return the numbers of some rows, sorted by the rows' keys."""
    orders = fixed(table["order"])[rows]
    return rows[np.argsort(orders.view(f"S{orders.shape[1]}").ravel())]


def _require_once(rows: pa.ChunkedArray, refused: pa.ChunkedArray) -> None:
    known = refused.filter(pc.not_equal(refused, ""))  # of erased members nothing is left to tell
    documents = pa.chunked_array([*rows.chunks, *known.chunks], pa.string())
    counted = pc.value_counts(documents)
    twice = counted.filter(pc.greater(counted.field("counts"), 1))
    if len(twice):
        name = twice.field("values")[0]
        raise Conflict(f"Document {name} came twice; nothing was sealed.")
