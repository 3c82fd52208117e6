"""Rows made into a dataset that is named by its content, and read back with proof.

A dataset is a folder `store/datasets/<id>`: one Parquet file per slice that has rows, one for
the rows held out, one for the refusals, and `manifest.json`, whose SHA-256 is the id. The id
depends on the rows alone, not on Parquet's bytes, the order of arrival, or the time.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from sayso.community import DocumentId, MemberId
from sayso.datasets.disk import move_into_place, workplace, write_durably
from sayso.datasets.duplicates import keep_earliest
from sayso.datasets.manifests import FORMAT, Counts, dataset_id, manifest_bytes, with_digest
from sayso.datasets.membership import Members, Seats, entries
from sayso.datasets.rows import HELD_OUT, DatasetId, Manifest, Refusal, Row, RowId
from sayso.datasets.sealed import (
    MANIFEST,
    REFUSALS_FILE,
    blank_refusals,
    file_name,
    read_held_out,
    read_manifest,
    read_refusals,
    read_rows,
    read_slice,
    root_of,
)
from sayso.datasets.shards import Partition
from sayso.datasets.spool import Spool
from sayso.datasets.tables import parquet, refusal_table, row_table
from sayso.datasets.verify import verify_dataset
from sayso.errors import BadInput, Conflict, NotFound

__all__ = [
    "Change",
    "SealFacts",
    "Sealed",
    "blank_refusals",
    "read_held_out",
    "read_manifest",
    "read_refusals",
    "read_rows",
    "read_slice",
    "returning",
    "seal",
    "successor",
    "verify_dataset",
]


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


def seal(store: Path, results: Iterable[Row | Refusal], facts: SealFacts) -> Sealed:
    """Seal what `pipeline.admit` yields; the same set of results gives the same id.

    Duplicates are taken out here, per shard. When this returns, the dataset's folder is whole
    and on the disk; sealing the same again finds it and changes nothing. After a crash at any
    moment there is either the whole folder or none: seal again. If `results` raises, nothing
    is kept.

    Raises:
        Conflict: another process is sealing, or one document came twice.
        SaysoError: the disk is full.
    """
    datasets = store / "datasets"
    with workplace(datasets, "seal") as aside:
        writer = _Writer(aside, facts)
        manifest = writer.write(results)
        write_durably(aside / MANIFEST, manifest_bytes(manifest))
        move_into_place(aside, datasets / manifest.digest)
    return Sealed(dataset_id=dataset_id(manifest), manifest=manifest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How a successor differs from its predecessor.

    `added` answers, with a row or a refusal each, for every document that `returning` names:
    the later copies of removed rows, which their authors' say-so may let in now. It may hold
    too the removed documents cut anew, or refused. Refusals of `forgotten` members are left
    out. `detectors` and `directory` name what the added rows were redacted with.
    """

    removed: AbstractSet[RowId]
    added: tuple[Row | Refusal, ...] = ()
    forgotten: AbstractSet[MemberId] = frozenset()
    detectors: str = ""
    directory: str = ""


def successor(
    store: Path, dataset: DatasetId, change: Change, partition: Partition, seats: Seats
) -> Sealed:
    """Seal the dataset minus exactly the rows in `change.removed`, plus those added.

    The roots of its slices equal those of a fresh seal of the same rows. `build.take_back`
    prepares the change. Where rows were added under another detector set, the manifest names
    both, joined by `+`.

    Raises:
        NotFound: a removed row is not in the dataset.
        BadInput: a returning document is not answered for.
        Conflict: the partition is another one, or another process is sealing.
        Tampered: the dataset is not what was sealed.
        SaysoError: the disk is full.
    """
    old = read_manifest(store, dataset)
    if old.partition != partition.digest:
        raise Conflict(
            f"Dataset {dataset} was divided by another key or into other shards.",
            hint="Use the home's own partition key, and the shards and slices it began with.",
        )
    _require_answers(store, dataset, change)
    came_back = any(isinstance(result, Row) for result in change.added)
    facts = SealFacts(
        purpose=old.purpose,
        policy=old.policy,
        notices=old.notices,
        detectors=_joined(old.detectors, change.detectors if came_back else ""),
        directory=_joined(old.directory, change.directory if came_back else ""),
        partition=partition,
        seats=seats,
        predecessor=dataset,
    )
    answered = {result.document_id for result in change.added}
    kept = _without(read_rows(store, dataset), change.removed, dataset)
    refused = (
        refusal
        for refusal in read_refusals(store, dataset)
        if refusal.document_id not in answered and refusal.member_id not in change.forgotten
    )
    return seal(store, chain(kept, refused, change.added), facts)


def returning(store: Path, dataset: DatasetId, removed: AbstractSet[RowId]) -> tuple[Refusal, ...]:
    """Return the duplicates that may come back once the rows in `removed` are gone."""
    return tuple(
        refusal
        for refusal in read_refusals(store, dataset)
        if refusal.duplicate_of in removed and refusal.document_id
    )


class _Writer:
    """One dataset being written into a folder that nobody reads yet."""

    def __init__(self, aside: Path, facts: SealFacts) -> None:
        self._aside = aside
        self._facts = facts
        self._counts = Counts()
        self._refusals: list[Refusal] = []
        self._members = Members(facts.seats, aside / "seats")

    def write(self, results: Iterable[Row | Refusal]) -> Manifest:
        """Write every file but the manifest, which is returned."""
        spool = Spool(self._aside / "spool")
        read = 0
        for read, result in enumerate(results, start=1):  # noqa: B007 - the last is the count
            if isinstance(result, Row):
                spool.put(result)
            else:
                self._refusals.append(result)
        partition = self._facts.partition
        held_out = self._write_shard(spool, HELD_OUT, 1)[0]
        shards = {
            str(shard): self._write_shard(spool, shard, partition.slices)
            for shard in range(partition.shards)
        }
        (self._aside / "spool").rmdir()
        self._write_refusals()
        return self._manifest(read, shards, held_out)

    def _write_shard(self, spool: Spool, shard: int, slices: int) -> tuple[str, ...]:
        """Write one shard's files; return the roots of its slices, in order."""
        kept, duplicates = keep_earliest(spool.take(shard))
        self._refusals += duplicates
        parts: list[list[Row]] = [[] for _ in range(slices)]
        for row in kept:
            parts[row.slice].append(row)
            self._counts.add(row)
            self._members.add(entries(row))
        _require_once(chain(kept, duplicates), shard)
        for number, rows in enumerate(parts):
            rows.sort(key=lambda row: self._facts.partition.order(row.id))
            if rows:
                name = file_name(shard, number)
                write_durably(self._aside / name, parquet(row_table(rows)))
                self._counts.files[name] = len(rows)
        return tuple(root_of(rows) for rows in parts)

    def _write_refusals(self) -> None:
        self._refusals.sort(key=lambda refusal: (refusal.document_id, refusal.rule))
        write_durably(self._aside / REFUSALS_FILE, parquet(refusal_table(self._refusals)))
        self._counts.files[REFUSALS_FILE] = len(self._refusals)
        for refusal in self._refusals:
            self._counts.refuse(refusal)

    def _manifest(self, read: int, shards: dict[str, tuple[str, ...]], held_out: str) -> Manifest:
        facts, counts = self._facts, self._counts
        members_root = self._members.root().hex()
        self._members.close()
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
                members=len(counts.members),
                documents_read=read,
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
                shards=shards,
                held_out=held_out,
                members_root=members_root,
                members_key=facts.seats.key,
                files=dict(counts.files),
                digest="",
            )
        )


def _require_once(results: Iterable[Row | Refusal], shard: int) -> None:
    seen: set[DocumentId] = set()
    for result in results:
        if result.document_id in seen:
            raise Conflict(
                f"Document {result.document_id} of shard {shard} came twice; nothing was sealed."
            )
        seen.add(result.document_id)


def _without(rows: Iterable[Row], removed: AbstractSet[RowId], dataset: DatasetId) -> Iterator[Row]:
    left = set(removed)
    for row in rows:
        if row.id in removed:
            left.remove(row.id)
        else:
            yield row
    for row_id in sorted(left):
        raise NotFound(f"Dataset {dataset} has no row {row_id} to remove; nothing was sealed.")


def _require_answers(store: Path, dataset: DatasetId, change: Change) -> None:
    answered = {result.document_id for result in change.added}
    for refusal in returning(store, dataset, change.removed):
        if refusal.document_id not in answered and refusal.member_id not in change.forgotten:
            raise BadInput(
                f"Document {refusal.document_id} was left out only because a row that is now "
                "removed said the same; say whether it may come back.",
                hint="Prepare the successor with `build.take_back`.",
            )


def _joined(old: str, new: str) -> str:
    return old if not new or new in old.split("+") else f"{old}+{new}"
