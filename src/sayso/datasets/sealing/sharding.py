"""One shard sealed: copies out, rows in their order, one file for each slice.

What comes out is a function of the set of rows that went in: neither how many pieces they came
in, nor in which order, nor how much memory there was, changes a byte.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from sayso.datasets.disk import replace_durably
from sayso.datasets.making.staging import STAGED, Laid, Part, fixed, heads, refusals_laid
from sayso.datasets.places import place
from sayso.datasets.sealed import file_name, refusals_name
from sayso.datasets.sealing.copies import TOLD, Pool, without_copies
from sayso.datasets.sealing.counts import Counts, counts_from
from sayso.datasets.sealing.groups import RowGroups
from sayso.datasets.tables import REFUSALS, REFUSED, ROWS
from sayso.errors import Conflict
from sayso.evidence import merkle
from sayso.evidence.canonical import canonical, parse

_WHOLE = 1 << 64


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardTask:
    """A shard to seal: the pieces in `work` that hold its rows, and the folder it goes to."""

    work: str
    pieces: tuple[str, ...]
    out: str
    shard: int
    slices: int
    memory: int
    """Bytes of rows that are held at a time, more or less."""

    @property
    def name(self) -> str:
        """Name the outcome: the same name, the same bytes."""
        seen = [str(self.shard), str(self.slices), *sorted(self.pieces)]
        return f"shard-{self.shard}-{hashlib.sha256(' '.join(seen).encode()).hexdigest()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedShard:
    """The roots of a shard's slices in order, and what is counted of it."""

    shard: int
    roots: tuple[str, ...]
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """Some rows of the shard in one piece, and where among all of the shard's rows they begin."""

    laid: Laid
    part: Part
    base: int

    def between(self, low: int, high: int, stays: npt.NDArray[np.bool_] | None = None) -> pa.Table:
        """Return those whose keys begin with a number from `low` up to `high`, and that stay."""
        table = self.laid.read(self.part)
        if stays is not None:
            mask = stays[self.base : self.base + len(table)]
            table = table if mask.all() else table.filter(pa.array(mask))
        return _between(table, low, high)


def seal_shard(task: ShardTask) -> SealedShard:
    """Write the files of a shard into its folder; done before, it is read and not done again.

    Raises:
        Conflict: one document came twice.
    """
    work = place(task.work)
    done = work / f"{task.name}.json"
    if done.exists():
        before = _read(done.read_bytes())
        if all((place(task.out) / name).exists() for name in before.counts.files):
            return before  # else they were moved into place already, by a build killed just then
    names = sorted(task.pieces)
    sources = list(_sources((Laid(work, name) for name in names), task.shard))
    refused = list(_sources((refusals_laid(work, name) for name in names), task.shard))
    stays, copies = without_copies(_pool(sources, refused))
    counts = Counts()
    roots = []
    for slice_ in range(task.slices):
        its_own = [each for each in sources if each.part.slice == slice_]
        rows = _in_order(its_own, ROWS.names, task.memory, stays=stays)
        roots.append(_write_slice(task, slice_, rows, counts))
    _write_refusals(task, _in_order(refused, REFUSALS.names, task.memory, beside=[copies]), counts)
    sealed = SealedShard(shard=task.shard, roots=tuple(roots), counts=counts)
    replace_durably(done, _said(sealed))
    return sealed


def _sources(pieces: Iterable[Laid], shard: int) -> Iterator[_Source]:
    base = 0
    for laid in pieces:
        for part in laid.of_shard(shard):
            yield _Source(laid=laid, part=part, base=base)
            base += part.rows


def _pool(sources: Sequence[_Source], refused: Sequence[_Source]) -> Pool:
    """Gather what copies are told by; bands, of which there are most, stay in their files."""
    read = [each.laid.read(each.part) for each in sources] or [STAGED.empty_table()]
    before = [each.laid.read(each.part).select(REFUSED.names) for each in refused]
    held = pa.concat_tables(before or [REFUSED.empty_table()])
    told = pa.concat_tables([table.select(TOLD) for table in read])
    pool = Pool(
        told=told,
        keys=np.concatenate([fixed(table["key"]) for table in read]),
        sketches=np.concatenate([fixed(table["sketch"]) for table in read]),
        bands=[fixed(table["bands"]) for table in read],
        before=held.filter(pc.greater(pc.binary_length(held["prints"]), 0)),
    )
    _require_once(told["document_id"], held["document_id"])
    return pool


def _in_order(
    sources: Sequence[_Source],
    columns: Sequence[str],
    memory: int,
    *,
    stays: npt.NDArray[np.bool_] | None = None,
    beside: Sequence[pa.Table] = (),
) -> Iterator[pa.Table]:
    """Yield all rows sorted by their keys, as many at a time as fit in `memory`."""
    size = sum(each.part.size for each in sources)
    rows = sum(each.part.rows for each in sources)
    passes = max(1, min(rows, -(-size // max(1, memory))))
    bounds = [_WHOLE * at // passes for at in range(passes + 1)]
    for low, high in pairwise(bounds):
        found = [each.between(low, high, stays).select([*columns, "order"]) for each in sources]
        found += [_between(table, low, high).select([*columns, "order"]) for table in beside]
        if found:
            yield pa.concat_tables(found).sort_by("order").select(columns)


def _between(table: pa.Table, low: int, high: int) -> pa.Table:
    """Return the rows of a sorted table whose keys begin with a number from `low` to `high`."""
    keys = heads(table["order"])
    start = int(np.searchsorted(keys, np.uint64(low), side="left"))
    end = len(keys) if high >= _WHOLE else int(np.searchsorted(keys, np.uint64(high)))
    return table.slice(start, end - start)


def _write_slice(task: ShardTask, slice_: int, tables: Iterator[pa.Table], counts: Counts) -> str:
    """Write the rows of a slice, if it has any; return the root over their digests."""
    name = file_name(task.shard, slice_)

    def leaves() -> Iterator[bytes]:
        for rows in tables:
            groups.add(rows, pc.binary_length(rows["text"]))
            counts.add(rows, task.shard)
            for digest in rows["digest"].to_pylist():
                yield merkle.leaf_hash(bytes.fromhex(digest))

    with RowGroups(place(task.out) / name, ROWS) as groups:
        root = merkle.root(leaves()).hex()
    if groups.rows:
        counts.files[name] = groups.rows
    return root


def _write_refusals(task: ShardTask, tables: Iterator[pa.Table], counts: Counts) -> None:
    name = refusals_name(task.shard)
    with RowGroups(place(task.out) / name, REFUSALS) as groups:
        for refusals in tables:
            groups.add(refusals, pc.binary_length(refusals["reason"]))
            counts.refuse(refusals)
    if groups.rows:
        counts.files[name] = groups.rows


def _said(sealed: SealedShard) -> bytes:
    return canonical({"shard": sealed.shard, "roots": sealed.roots, "counts": sealed.counts.said()})


def _read(content: bytes) -> SealedShard:
    said = cast("dict[str, Any]", parse(content))
    return SealedShard(
        shard=said["shard"], roots=tuple(said["roots"]), counts=counts_from(said["counts"])
    )


def _require_once(rows: pa.ChunkedArray, refused: pa.ChunkedArray) -> None:
    known = refused.filter(pc.not_equal(refused, ""))  # of erased members nothing is left to tell
    documents = pa.chunked_array([*rows.chunks, *known.chunks], pa.string())
    counted = pc.value_counts(documents)
    twice = counted.filter(pc.greater(counted.field("counts"), 1))
    if len(twice):
        name = twice.field("values")[0]
        raise Conflict(f"Document {name} came twice; nothing was sealed.")
