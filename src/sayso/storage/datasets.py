"""Which datasets there are, where each row lies, whose words it holds, and what stayed out."""

import builtins
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

import sqlalchemy as sa

from sayso.community import DocumentId, MemberId
from sayso.datasets.contents import Contents
from sayso.datasets.manifests import manifest_json, manifest_of
from sayso.datasets.rows import DatasetId, Manifest, Placed, Refusal, RowId
from sayso.errors import NotFound
from sayso.storage.keeping import chunks
from sayso.storage.schema import (
    dataset_refusals,
    dataset_row_members,
    dataset_rows,
    datasets,
    models,
)

_BATCH = 500
_RETIRED = "retired"
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetEntry:
    """A recorded dataset."""

    id: DatasetId
    purpose: str
    predecessor: DatasetId | None
    sealed_at: datetime
    manifest: Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetCounts:
    """What the tables hold of one dataset."""

    rows: int
    members: int
    refusals: int


class DatasetStore:
    """The record of sealed datasets; their texts lie in files, never here."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def known(self, dataset_id: DatasetId) -> bool:
        """Say whether the dataset is recorded."""
        found = sa.select(datasets.c.id).where(datasets.c.id == dataset_id)
        return self._connection.execute(found).first() is not None

    def holds_all_of(self, manifest: Manifest) -> bool:
        """Say whether every row and every refusal of a dataset is recorded still."""
        dataset_id = DatasetId(manifest.digest)
        wanted = manifest.rows + manifest.held_out_rows, sum(manifest.refusals.values())
        return (
            self._count(dataset_rows, dataset_id),
            self._count(dataset_refusals, dataset_id),
        ) == wanted

    def save(self, manifest: Manifest, contents: Contents, now: datetime) -> None:
        """Record a dataset once; saving a known one changes nothing."""
        dataset_id = DatasetId(manifest.digest)
        if self.known(dataset_id):
            return
        self._connection.execute(
            sa.insert(datasets).values(
                id=dataset_id,
                purpose=manifest.purpose,
                predecessor=manifest.predecessor or None,
                sealed_at=now,
                manifest=manifest_json(manifest),
            )
        )
        if contents.like is not None:
            self._copy(contents.like, dataset_id, contents)
        for batch in _batches(contents.rows):
            self._save_rows(dataset_id, batch)
        for refused in _batches(each for each in contents.refusals if each.document_id):
            self._connection.execute(
                sa.insert(dataset_refusals),
                [
                    {
                        "dataset_id": dataset_id,
                        "document_id": refusal.document_id,
                        "member_id": refusal.member_id,
                        "rule": refusal.rule,
                        "reason": refusal.reason,
                    }
                    for refusal in refused
                ],
            )

    def _copy(self, like: DatasetId, dataset_id: DatasetId, contents: Contents) -> None:
        """Record for a dataset what is recorded for another, but for what is not in both."""
        changed: dict[int, builtins.list[int]] = {}
        for shard, slice_ in contents.other_slices:
            changed.setdefault(shard, []).append(slice_)
        rows, members, refused = dataset_rows, dataset_row_members, dataset_refusals
        same = sa.and_(
            rows.c.dataset_id == like,
            *(
                sa.not_(sa.and_(rows.c.shard == shard, rows.c.slice.in_(slices)))
                for shard, slices in sorted(changed.items())
            ),
        )
        joined = sa.and_(
            rows.c.dataset_id == members.c.dataset_id, rows.c.row_id == members.c.row_id
        )
        for table, query in (
            (rows, sa.select(rows).where(same)),
            (members, sa.select(members).join(rows, joined).where(same)),
            (refused, sa.select(refused).where(refused.c.dataset_id == like)),
        ):
            others = [column for column in table.columns if column.name != "dataset_id"]
            told = query.with_only_columns(sa.literal(dataset_id), *others)
            names = ["dataset_id", *(column.name for column in others)]
            self._connection.execute(sa.insert(table).from_select(names, told))
        for part in chunks(contents.not_refused):
            gone = sa.and_(refused.c.dataset_id == dataset_id, refused.c.document_id.in_(part))
            self._connection.execute(sa.delete(refused).where(gone))

    def get(self, dataset_id: str) -> Manifest:
        """Return the manifest of that dataset.

        Raises:
            NotFound: there is none.
        """
        return self.entry(dataset_id).manifest

    def entry(self, dataset_id: str) -> DatasetEntry:
        """Return what is recorded of that dataset.

        Raises:
            NotFound: there is none.
        """
        for found in self._entries(datasets.c.id == dataset_id):
            return found
        raise NotFound(
            f"There is no dataset {dataset_id!r}.",
            hint="`sayso datasets list` shows the ones there are.",
        )

    def list(self) -> tuple[DatasetEntry, ...]:
        """Return every dataset, oldest first."""
        return tuple(self._entries(sa.true()))

    def ids(self) -> tuple[DatasetId, ...]:
        """Return every dataset's id, oldest first."""
        query = sa.select(datasets.c.id).order_by(datasets.c.sealed_at, datasets.c.id)
        return tuple(DatasetId(each) for each in self._connection.scalars(query))

    def newest(self, purpose: str) -> DatasetId | None:
        """Return the dataset of that purpose that was recorded last, if there is any."""
        query = sa.select(datasets.c.id).where(datasets.c.purpose == purpose)
        found = query.order_by(datasets.c.sealed_at.desc(), datasets.c.id).limit(1)
        newest = self._connection.scalar(found)
        return None if newest is None else DatasetId(newest)

    def live(self) -> frozenset[DatasetId]:
        """Return those that no other succeeded, and those a model in service stands on."""
        succeeded = sa.select(datasets.c.predecessor).where(datasets.c.predecessor.is_not(None))
        served = sa.select(models.c.dataset_id).where(models.c.state != _RETIRED)
        query = sa.select(datasets.c.id).where(
            sa.or_(datasets.c.id.not_in(succeeded), datasets.c.id.in_(served))
        )
        return frozenset(DatasetId(each) for each in self._connection.scalars(query))

    def placed(self, member_id: MemberId) -> tuple[Placed, ...]:
        """Return every row that holds words of the member, newest dataset first."""
        query = (
            sa.select(dataset_rows)
            .join(
                dataset_row_members,
                sa.and_(
                    dataset_row_members.c.dataset_id == dataset_rows.c.dataset_id,
                    dataset_row_members.c.row_id == dataset_rows.c.row_id,
                ),
            )
            .join(datasets, datasets.c.id == dataset_rows.c.dataset_id)
            .where(dataset_row_members.c.member_id == member_id)
            .order_by(datasets.c.sealed_at.desc(), *_ORDER)
        )
        return tuple(self._placed(query))

    rows_of_member = placed

    def rows_for_documents(
        self, document_ids: Collection[DocumentId], dataset_id: DatasetId | None = None
    ) -> tuple[Placed, ...]:
        """Return the rows made of these documents, in one dataset or in all."""
        found: builtins.list[Placed] = []
        for part in chunks(sorted(set(document_ids))):
            query = sa.select(dataset_rows).where(dataset_rows.c.document_id.in_(part))
            if dataset_id is not None:
                query = query.where(dataset_rows.c.dataset_id == dataset_id)
            found += self._placed(query.order_by(*_ORDER))
        return tuple(found)

    def documents_called(
        self, dataset_id: DatasetId, beginning: str, *, limit: int
    ) -> tuple[DocumentId, ...]:
        """Return some documents that rows of a dataset are made of, whose ids begin so."""
        document = dataset_rows.c.document_id
        is_so = (
            dataset_rows.c.dataset_id == dataset_id,
            document.startswith(beginning, autoescape=True),
        )
        query = sa.select(document).where(*is_so).order_by(document).limit(limit)
        return tuple(DocumentId(each) for each in self._connection.scalars(query))

    def from_row(self, dataset_id: DatasetId, start: str, *, limit: int) -> tuple[Placed, ...]:
        """Return some rows, from the first id at `start` on and around from the beginning.

        Row ids are keyed hashes: with a `start` by chance the rows are chosen by chance.
        """
        query = sa.select(dataset_rows).where(dataset_rows.c.dataset_id == dataset_id)
        after = self._placed(
            query.where(dataset_rows.c.row_id >= start).order_by(dataset_rows.c.row_id).limit(limit)
        )
        before = self._placed(
            query.where(dataset_rows.c.row_id < start).order_by(dataset_rows.c.row_id).limit(limit)
        )
        return (*after, *before)[:limit]

    def placements(self, dataset_id: DatasetId) -> Iterator[Placed]:
        """Yield where each row of a dataset lies, by shard and slice."""
        query = sa.select(dataset_rows).where(dataset_rows.c.dataset_id == dataset_id)
        yield from self._placed(query.order_by(*_ORDER))

    def members_of(self, dataset_id: DatasetId) -> frozenset[MemberId]:
        """Return everyone whose words are in a dataset."""
        query = (
            sa.select(dataset_row_members.c.member_id)
            .where(dataset_row_members.c.dataset_id == dataset_id)
            .distinct()
        )
        return frozenset(MemberId(each) for each in self._connection.scalars(query))

    def refusals_of(self, member_id: MemberId) -> tuple[tuple[DatasetId, Refusal], ...]:
        """Return what was left out of the member's, oldest dataset first."""
        query = (
            sa.select(dataset_refusals)
            .join(datasets, datasets.c.id == dataset_refusals.c.dataset_id)
            .where(dataset_refusals.c.member_id == member_id)
            .order_by(datasets.c.sealed_at, datasets.c.id, dataset_refusals.c.document_id)
        )
        return tuple(
            (DatasetId(row["dataset_id"]), _refusal(row))
            for row in self._connection.execute(query).mappings()
        )

    refusals_of_member = refusals_of

    def refusals(self, dataset_id: DatasetId) -> Iterator[Refusal]:
        """Yield what was left out of a dataset, by document id."""
        query = (
            sa.select(dataset_refusals)
            .where(dataset_refusals.c.dataset_id == dataset_id)
            .order_by(dataset_refusals.c.document_id)
        )
        for row in self._connection.execute(query).mappings():
            yield _refusal(row)

    def counts(self, dataset_id: DatasetId) -> DatasetCounts:
        """Count what the tables hold of a dataset."""
        return DatasetCounts(
            rows=self._count(dataset_rows, dataset_id),
            members=len(self.members_of(dataset_id)),
            refusals=self._count(dataset_refusals, dataset_id),
        )

    def erase_member(self, member_id: MemberId) -> int:
        """Delete every line that names the member, as an author, among others, or refused."""
        rows = self.placed(member_id)
        for part in chunks([(row.dataset_id, row.row_id) for row in rows]):
            for table in (dataset_rows, dataset_row_members):
                key = sa.tuple_(table.c.dataset_id, table.c.row_id)
                self._connection.execute(sa.delete(table).where(key.in_(part)))
        refused = sa.delete(dataset_refusals).where(dataset_refusals.c.member_id == member_id)
        return len(rows) + self._connection.execute(refused).rowcount

    def _save_rows(
        self, dataset_id: DatasetId, batch: Sequence[tuple[Placed, tuple[MemberId, ...]]]
    ) -> None:
        self._connection.execute(
            sa.insert(dataset_rows),
            [
                {
                    "dataset_id": dataset_id,
                    "row_id": row.row_id,
                    "document_id": row.document_id,
                    "member_id": row.member_id,
                    "shard": row.shard,
                    "slice": row.slice,
                    "rule": row.rule,
                }
                for row, _ in batch
            ],
        )
        self._connection.execute(
            sa.insert(dataset_row_members),
            [
                {"dataset_id": dataset_id, "row_id": row.row_id, "member_id": member_id}
                for row, members in batch
                for member_id in dict.fromkeys((row.member_id, *members))
            ],
        )

    def _entries(self, condition: sa.ColumnElement[bool]) -> Iterator[DatasetEntry]:
        query = sa.select(datasets).where(condition).order_by(datasets.c.sealed_at, datasets.c.id)
        for row in self._connection.execute(query).mappings():
            yield DatasetEntry(
                id=DatasetId(row["id"]),
                purpose=row["purpose"],
                predecessor=DatasetId(row["predecessor"]) if row["predecessor"] else None,
                sealed_at=row["sealed_at"],
                manifest=manifest_of(row["manifest"], f"the record of dataset {row['id']}"),
            )

    def _placed(self, query: sa.Select[tuple[object, ...]]) -> Iterator[Placed]:
        for row in self._connection.execute(query).mappings():
            yield Placed(
                dataset_id=DatasetId(row["dataset_id"]),
                row_id=RowId(row["row_id"]),
                document_id=DocumentId(row["document_id"]),
                member_id=MemberId(row["member_id"]),
                shard=row["shard"],
                slice=row["slice"],
                rule=row["rule"],
            )

    def _count(self, table: sa.Table, dataset_id: DatasetId) -> int:
        query = sa.select(sa.func.count()).where(table.c.dataset_id == dataset_id)
        return self._connection.scalars(query.select_from(table)).one()


_ORDER = (dataset_rows.c.shard, dataset_rows.c.slice, dataset_rows.c.row_id)


def _refusal(row: sa.RowMapping) -> Refusal:
    return Refusal(
        document_id=DocumentId(row["document_id"]),
        member_id=MemberId(row["member_id"]),
        rule=row["rule"],
        reason=row["reason"],
    )


def _batches(items: Iterable[_Item]) -> Iterator[Sequence[_Item]]:
    stream = iter(items)
    while batch := list(islice(stream, _BATCH)):
        yield batch
