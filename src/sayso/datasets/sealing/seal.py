"""Pieces made into a dataset that is named by its content, and successors of datasets."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pyarrow as pa

from sayso.datasets.disk import move_into_place, replace_durably, workplace
from sayso.datasets.engines import Run
from sayso.datasets.engines.local import Local
from sayso.datasets.making.making import staged
from sayso.datasets.making.staging import Piece, lay
from sayso.datasets.manifests import FORMAT, dataset_id, manifest_bytes, with_digest
from sayso.datasets.places import Place, shelf
from sayso.datasets.rows import HELD_OUT, DatasetId, Manifest, Refusal, Row
from sayso.datasets.sealed import MANIFEST
from sayso.datasets.sealing.counts import Counts
from sayso.datasets.sealing.membership import Seats, entries_in, seated
from sayso.datasets.sealing.sharding import SealedShard, ShardTask, seal_shard
from sayso.datasets.shards import Partition
from sayso.datasets.tables import refused_batch, row_table

PIECE_ROWS = 8_192
MEMORY = 128_000_000
"""Bytes of rows that a process holds at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealFacts:
    """What the rows cannot say of themselves."""

    purpose: str
    policy: str
    notices: tuple[str, ...]
    detectors: str
    directory: str
    partition: Partition
    seats: Seats
    predecessor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A dataset that is whole and on the disk."""

    dataset_id: DatasetId
    manifest: Manifest


def seal(store: Place, results: Iterable[Row | Refusal], facts: SealFacts) -> Sealed:
    """Seal rows and refusals; the same set of them gives the same id.

    Duplicates are taken out here, per shard. When this returns, the dataset's folder is whole
    and on the disk; sealing the same again finds it and changes nothing. After a crash at any
    moment there is either the whole folder or none: seal again. If `results` raises, nothing
    is kept.

    Raises:
        Conflict: another process is sealing, or one document came twice.
        SaysoError: the disk is full.
    """
    with workplace(shelf(store), "seal") as aside, Local().open(None) as run:
        names = [_lay_results(aside, some, facts.partition) for some in _some(results)]
        return seal_pieces(aside, names, facts, run)


def seal_pieces(
    aside: Place,
    pieces: Sequence[str],
    facts: SealFacts,
    run: Run[Any],
    memory: int = MEMORY,
) -> Sealed:
    """Seal what lies in pieces in `aside`, shard by shard; the folder gets its name when whole.

    What is sealed lies in a folder of these pieces' own, so that nothing of another build that
    was killed in `aside`, with other pieces, can get into it.

    Raises:
        as `seal`.
    """
    partition = facts.partition
    names = tuple(sorted(set(pieces)))
    out = aside / hashlib.sha256("\n".join(names).encode()).hexdigest()
    out.mkdir(exist_ok=True)
    tasks = [
        ShardTask(
            work=str(aside),
            pieces=names,
            out=str(out),
            shard=shard,
            slices=1 if shard == HELD_OUT else partition.slices,
            memory=memory,
        )
        for shard in (HELD_OUT, *range(partition.shards))
    ]
    sealed = list(run(_seal_shard, tasks))
    files = [name for each in sealed for name in each.counts.files]
    root, members = seated(entries_in(out, files), facts.seats)
    manifest = _manifest(sealed, facts, members_root=root, members=members)
    replace_durably(out / MANIFEST, manifest_bytes(manifest))
    move_into_place(out, aside.parent / manifest.digest, MANIFEST)
    return Sealed(dataset_id=dataset_id(manifest), manifest=manifest)


def _seal_shard(_: object, task: ShardTask) -> SealedShard:
    return seal_shard(task)


def _some(results: Iterable[Row | Refusal]) -> Iterator[list[Row | Refusal]]:
    stream = iter(results)
    while some := list(islice(stream, PIECE_ROWS)):
        yield some


def _lay_results(aside: Place, results: Sequence[Row | Refusal], partition: Partition) -> str:
    """Lay rows and refusals down as a piece; return its name."""
    rows = [each for each in results if isinstance(each, Row)]
    refused = refused_batch([each for each in results if isinstance(each, Refusal)], partition)
    table = row_table(rows)
    for name, values, kind in (
        ("shard", [row.shard for row in rows], pa.int32()),
        ("slice", [row.slice for row in rows], pa.int32()),
        ("order", [partition.order(row.id) for row in rows], pa.binary(32)),
    ):
        table = table.append_column(pa.field(name, kind, nullable=False), pa.array(values, kind))
    digests = [each.digest if isinstance(each, Row) else each.document_id for each in results]
    name = hashlib.sha256("\n".join(digests).encode()).hexdigest()
    lay(aside, name, Piece(rows=staged(table), refused=pa.Table.from_batches([refused])))
    return name


def _manifest(
    shards: Sequence[SealedShard], facts: SealFacts, *, members_root: str, members: int
) -> Manifest:
    counts = Counts()
    for each in shards:
        counts.merge(each.counts)
    roots = {each.shard: each.roots for each in shards}
    return with_digest(
        Manifest(
            format=FORMAT,
            purpose=facts.purpose,
            policy=facts.policy,
            notices=tuple(sorted(facts.notices)),
            detectors=facts.detectors,
            directory=facts.directory,
            partition=facts.partition.digest,
            predecessor=facts.predecessor,
            rows=counts.rows,
            members=members,
            documents_read=counts.rows + counts.held_out_rows + counts.refusals.total(),
            held_out_rows=counts.held_out_rows,
            refusals=dict(counts.refusals),
            redactions=dict(counts.redactions),
            languages=dict(counts.languages),
            licences=dict(counts.licences),
            sources=dict(counts.sources),
            kinds=dict(counts.kinds),
            years=dict(counts.years),
            bases=dict(counts.bases),
            marks=dict(counts.marks),
            rules=dict(counts.rules),
            text_bytes=counts.text_bytes,
            shards={str(at): roots[at] for at in sorted(roots) if at != HELD_OUT},
            held_out=roots[HELD_OUT][0],
            members_root=members_root,
            members_key=facts.seats.key,
            files=dict(counts.files),
            digest="",
        )
    )
