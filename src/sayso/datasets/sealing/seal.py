"""Pieces made into a dataset that is named by its content, and successors of datasets."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pyarrow as pa

from sayso.community import DocumentId, MemberId
from sayso.datasets.disk import lay_same, move_into_place, replace_durably, workplace
from sayso.datasets.engines import Run
from sayso.datasets.engines.local import Local
from sayso.datasets.making.making import staged
from sayso.datasets.making.staging import Piece, lay
from sayso.datasets.making.steps import with_columns
from sayso.datasets.manifests import (
    FORMAT,
    dataset_id,
    manifest_bytes,
    manifest_of,
    with_digest,
)
from sayso.datasets.places import Place, place, shelf
from sayso.datasets.rows import HELD_OUT, DatasetId, Manifest, Refusal, Row
from sayso.datasets.sealed import MANIFEST, WORKINGS, file_name
from sayso.datasets.sealing.counts import Counts
from sayso.datasets.sealing.membership import Seats, entries_in, seated, sitting
from sayso.datasets.sealing.onto import Onto
from sayso.datasets.sealing.sharding import ShardTask, seal_shard
from sayso.datasets.sealing.sittings import NAME as SITTINGS
from sayso.datasets.sealing.sittings import Seating, Sittings
from sayso.datasets.sealing.workings import SealedShard
from sayso.datasets.shards import Partition
from sayso.datasets.tables import never_asked, refused_batch, row_table
from sayso.datasets.whole import keep_digests, mend

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


class Returning(Exception):
    """Documents were left out as copies of what is gone: their rows have to be made first."""

    def __init__(self, copies: Mapping[DocumentId, MemberId]) -> None:
        """Say which, and who wrote each."""
        super().__init__(f"{len(copies)} copies come back")
        self.copies = copies


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A dataset that is whole and on the disk, and the one that it was sealed onto, if any.

    `mended` are the files of it that lay there damaged, or otherwise written, and are new.
    """

    dataset_id: DatasetId
    manifest: Manifest
    base: DatasetId | None = None
    mended: tuple[str, ...] = ()


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
        pieces = lay_results(aside, results, facts.partition)
        return seal_pieces(Material(folder=aside, pieces=pieces), facts, run)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a dataset is sealed from: pieces that lie in a folder, and an earlier dataset."""

    folder: Place
    pieces: Sequence[str]
    onto: Onto | None = None


def seal_pieces(
    material: Material, facts: SealFacts, run: Run[Any], memory: int = MEMORY
) -> Sealed:
    """Seal pieces, and what is left of an earlier dataset, shard by shard.

    The folder gets its name when it is whole. What is sealed lies in a folder of this material's
    own, so that nothing of another build that was killed there can get into it.

    Raises:
        as `seal`.
        Returning: copies come back; nothing was sealed.
        Tampered: yesterday's dataset, or what was kept beside it, is not what was written.
    """
    partition, aside, onto = facts.partition, material.folder, material.onto
    names = tuple(sorted(set(material.pieces)))
    named = hashlib.sha256(repr((names, onto, partition.shards)).encode()).hexdigest()
    out, workings = aside / named, aside / f"{named}.{WORKINGS}"
    for folder in (out, workings):
        folder.mkdir(exist_ok=True)
    tasks = [
        ShardTask(
            work=str(aside),
            pieces=names,
            out=str(out),
            workings=str(workings),
            shard=shard,
            slices=1 if shard == HELD_OUT else partition.slices,
            memory=memory,
            onto=onto,
        )
        for shard in partition.all_shards
    ]
    sealed = list(run(_seal_shard, tasks))
    returning = {document: member for each in sealed for document, member in each.returning}
    if returning:
        raise Returning(returning)
    root, members = _seated(sealed, facts, onto, out, workings)
    manifest = _manifest(sealed, facts, members_root=root, members=members)
    replace_durably(out / MANIFEST, manifest_bytes(manifest))
    before = None if onto is None else (place(onto.folder), place(onto.workings))
    keep_digests(out, workings, before)
    shelved = aside.parent
    mended = mend(out, shelved / manifest.digest)
    move_into_place(out, shelved / manifest.digest, MANIFEST)
    (shelved / WORKINGS).mkdir(exist_ok=True)
    mend(workings, shelved / WORKINGS / manifest.digest)
    move_into_place(workings, shelved / WORKINGS / manifest.digest)
    return Sealed(
        dataset_id=dataset_id(manifest),
        manifest=manifest,
        base=onto.dataset if onto else None,
        mended=mended,
    )


def _seated(
    sealed: Sequence[SealedShard], facts: SealFacts, onto: Onto | None, out: Place, workings: Place
) -> tuple[str, int]:
    """Return the root over who is in it, and how many they are; write down who sits where."""
    key = facts.seats.key
    before = None if onto is None else place(onto.workings) / SITTINGS
    known = Sittings(before, key)
    same = None if onto is None else _with_same_rows(onto, sealed, key)
    if same is not None and before is not None and before.exists():
        lay_same(before, workings / SITTINGS)
        return same.members_root, same.members
    with Seating(workings / SITTINGS, key) as seating:

        def of_slice(root: str, name: str) -> bytes:
            records = known.of(root) or b"".join(sitting(entries_in(out, [name]), facts.seats))
            seating.add(root, records)
            return records

        def of_shard(shard: SealedShard) -> bytes:
            named = ((file_name(shard.shard, at), each) for at, each in enumerate(shard.slices))
            there = ((name, each.root) for name, each in named if name in each.counts.files)
            return b"".join(of_slice(root, name) for name, root in there)

        return seated(map(of_shard, sealed), facts.seats)


def _with_same_rows(onto: Onto, sealed: Sequence[SealedShard], key: str) -> Manifest | None:
    """Return the earlier dataset's manifest, where that has the very rows, and the same seats."""
    path = place(onto.folder) / MANIFEST
    before = manifest_of(path.read_bytes(), str(path))
    rows = {each.shard: each.roots for each in sealed}
    had = {int(shard): roots for shard, roots in before.shards.items()}
    had[HELD_OUT] = (before.held_out,)
    is_same = before.digest == onto.dataset and before.members_key == key and rows == had
    return before if is_same else None


def _seal_shard(_: object, task: ShardTask) -> SealedShard:
    return seal_shard(task)


def _some(results: Iterable[Row | Refusal]) -> Iterator[list[Row | Refusal]]:
    stream = iter(results)
    while some := list(islice(stream, PIECE_ROWS)):
        yield some


def lay_results(aside: Place, results: Iterable[Row | Refusal], partition: Partition) -> list[str]:
    """Lay rows and refusals down in pieces; return their names."""
    return [_lay_some(aside, some, partition) for some in _some(results)]


def _lay_some(aside: Place, results: Sequence[Row | Refusal], partition: Partition) -> str:
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
    table = with_columns(table, never_asked(len(rows)))
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
