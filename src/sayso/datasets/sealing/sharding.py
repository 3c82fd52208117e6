"""One shard sealed: copies out, rows in their order, one file for each slice.

What comes out is a function of the set of rows that went in: neither how many pieces they came
in, nor in which order, nor how much memory there was, nor which of them lay in yesterday's
dataset, changes a byte.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sayso.datasets.making.staging import STAGED, Laid, fixed, refusals_laid
from sayso.datasets.places import place
from sayso.datasets.sealed import file_name, refusals_name
from sayso.datasets.sealing.copies import TOLD, Parted, Pool, without_copies
from sayso.datasets.sealing.counts import Counts
from sayso.datasets.sealing.groups import RowGroups
from sayso.datasets.sealing.onto import (
    Onto,
    SealedFile,
    SealedShard,
    StoredShard,
    keep_shard,
    read_shard,
    shard_name,
)
from sayso.datasets.sealing.sources import WHOLE, Fresh, Mask, Source, Stored, within
from sayso.datasets.sealing.workings import OF_REFUSALS, OF_ROWS, Writing, records_name
from sayso.datasets.tables import REFUSALS, REFUSED, ROWS
from sayso.errors import Conflict
from sayso.evidence import merkle

_PRINTS = ("key", "sketch", "bands")


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


Staying = tuple[Source, Mask]
"""Where rows come from, and which of them stay."""


def seal_shard(task: ShardTask) -> SealedShard:
    """Write the files of a shard into its folders; done before, it is not done again.

    Raises:
        Conflict: one document came twice, or what was left out before as a copy is none.
        Tampered: yesterday's dataset is not what was sealed.
    """
    done = place(task.workings) / shard_name(task.shard)
    if done.exists():
        before = read_shard(done)
        if all((place(task.out) / name).exists() for name in before.counts.files):
            return before  # else they were moved into place already, by a build killed just then
    sealed = _seal(task)
    if not sealed.returning:
        keep_shard(done, sealed)
    return sealed


def _seal(task: ShardTask) -> SealedShard:
    work, names = place(task.work), sorted(task.pieces)
    rows: list[Source] = [*_fresh((Laid(work, name) for name in names), task.shard)]
    refused: list[Source] = [*_fresh((refusals_laid(work, name) for name in names), task.shard)]
    stored = None if task.onto is None else StoredShard(task.onto, task.shard)
    if stored is not None:
        if not rows and not refused and stored.is_whole:
            stored.carry(stored.sealed.counts.files, place(task.out), place(task.workings))
            return stored.sealed
        rows += (each for each in stored.slices if each.rows)
        refused += (each for each in (stored.refused,) if each.rows)
    pool = _pool(rows, refused)
    parted = without_copies(pool)
    if parted.returning and stored is None:
        name, _ = parted.returning[0]
        raise Conflict(f"Document {name} was left out as a copy and is none; nothing was sealed.")
    if parted.returning:
        return SealedShard(shard=task.shard, returning=parted.returning)
    slices: list[list[Staying]] = [[] for _ in range(task.slices)]
    base = 0
    for each in rows:
        slices[each.slice].append((each, parted.stays[base : base + each.rows]))
        base += each.rows
    return SealedShard(
        shard=task.shard,
        slices=tuple(_slice(task, at, each, stored) for at, each in enumerate(slices)),
        refused=_refusals(task, refused, parted, stored),
    )


def _slice(
    task: ShardTask, at: int, rows: Sequence[Staying], stored: StoredShard | None
) -> SealedFile:
    """Write the rows of a slice, if it has any, or take yesterday's file where nothing changed."""
    name = file_name(task.shard, at)
    if stored is not None:
        before = stored.slices[at]
        is_alone = all(each is before and bool(stays.all()) for each, stays in rows)
        if is_alone and before.left.all():
            stored.carry([name], place(task.out), place(task.workings))
            return stored.sealed.slices[at]
        if before.rows:
            before.require_whole(stored.sealed.slices[at].root)
    counts = Counts()
    out, workings = place(task.out) / name, place(task.workings) / records_name(name)
    columns = [*ROWS.names, *(OF_ROWS.names or ())]

    def leaves() -> Iterator[bytes]:
        for some in _in_order(rows, columns, task.memory):
            whole = some.select(ROWS.names)
            groups.add(whole, pc.binary_length(whole["text"]))
            records.add(some)
            counts.add(whole, task.shard)
            for digest in whole["digest"].to_pylist():
                yield merkle.leaf_hash(bytes.fromhex(digest))

    with RowGroups(out, ROWS) as groups, Writing(workings, OF_ROWS) as records:
        root = merkle.root(leaves()).hex()
    if groups.rows:
        counts.files[name] = groups.rows
    return SealedFile(counts=counts, records=records.digest, root=root)


def _refusals(
    task: ShardTask, refused: Sequence[Source], parted: Parted, stored: StoredShard | None
) -> SealedFile:
    """Write the refusals of a shard, if it has any, or take yesterday's where nothing changed."""
    name = refusals_name(task.shard)
    if stored is not None and _are_the_same(refused, parted, stored.refused):
        stored.carry([name], place(task.out), place(task.workings))
        return stored.sealed.refused
    counts = Counts()
    out, workings = place(task.out) / name, place(task.workings) / records_name(name)
    columns = [*REFUSALS.names, *(OF_REFUSALS.names or ())]
    others = [(each, ~_copies(each)) for each in refused]
    with RowGroups(out, REFUSALS) as groups, Writing(workings, OF_REFUSALS) as records:
        for some in _in_order(others, columns, task.memory, beside=[parted.copies]):
            whole = some.select(REFUSALS.names)
            groups.add(whole, pc.binary_length(whole["reason"]))
            records.add(some)
            counts.refuse(whole)
    if groups.rows:
        counts.files[name] = groups.rows
    return SealedFile(counts=counts, records=records.digest)


def _are_the_same(refused: Sequence[Source], parted: Parted, before: Stored) -> bool:
    """Say whether yesterday's refusals are today's: none came, none went, and all copies stay."""
    if not before.left.all() or any(each is not before for each in refused):
        return False
    told = ["document_id", "duplicate_of", "rule"]
    held = before.columns([*told, "prints"]) if before.rows else parted.copies
    copies = held.filter(pc.greater(pc.binary_length(held["prints"]), 0))
    return bool(copies.select(told).equals(parted.copies.select(told)))


def _copies(refused: Source) -> Mask:
    """Say of each refusal whether it is that of a copy."""
    lengths = pc.binary_length(refused.columns(["prints"])["prints"])
    return np.asarray(pc.greater(lengths, 0).to_numpy(), np.bool_)


def _fresh(pieces: Iterable[Laid], shard: int) -> Iterator[Fresh]:
    for laid in pieces:
        for part in laid.of_shard(shard):
            yield Fresh(laid=laid, part=part)


def _pool(rows: Sequence[Source], refused: Sequence[Source]) -> Pool:
    """Gather what copies are told by; bands, of which there are most, stay in their files."""
    read = [each.columns([*TOLD, *_PRINTS]) for each in rows] or [STAGED.empty_table()]
    held = pa.concat_tables(
        [each.columns(REFUSED.names) for each in refused] or [REFUSED.empty_table()]
    )
    told = pa.concat_tables([table.select(TOLD) for table in read])
    _require_once(told["document_id"], held["document_id"])
    return Pool(
        told=told,
        keys=np.concatenate([fixed(table["key"]) for table in read]),
        sketches=np.concatenate([fixed(table["sketch"]) for table in read]),
        bands=[fixed(table["bands"]) for table in read],
        before=held.filter(pc.greater(pc.binary_length(held["prints"]), 0)),
    )


def _in_order(
    sources: Sequence[Staying],
    columns: Sequence[str],
    memory: int,
    *,
    beside: Sequence[pa.Table] = (),
) -> Iterator[pa.Table]:
    """Yield all rows that stay, sorted by their keys, as many at a time as fit in `memory`.

    The key, `order`, is one of the columns.
    """
    size = sum(each.size for each, _ in sources)
    rows = sum(each.rows for each, _ in sources)
    passes = max(1, min(rows, -(-size // max(1, memory))))
    bounds = [WHOLE * at // passes for at in range(passes + 1)]
    for low, high in pairwise(bounds):
        found = [each.between(low, high, stays).select(columns) for each, stays in sources]
        found += [within(table, low, high).select(columns) for table in beside]
        if found:
            yield pa.concat_tables(found).sort_by("order")


def _require_once(rows: pa.ChunkedArray, refused: pa.ChunkedArray) -> None:
    known = refused.filter(pc.not_equal(refused, ""))  # of erased members nothing is left to tell
    documents = pa.chunked_array([*rows.chunks, *known.chunks], pa.string())
    counted = pc.value_counts(documents)
    twice = counted.filter(pc.greater(counted.field("counts"), 1))
    if len(twice):
        name = twice.field("values")[0]
        raise Conflict(f"Document {name} came twice; nothing was sealed.")
