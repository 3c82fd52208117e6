"""What is being taken back, and what proves that it was."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sayso.community import DocumentId, MemberId
from sayso.consent.purposes import Purpose
from sayso.datasets.rows import DatasetId, RowId
from sayso.errors import NotFound
from sayso.evidence.log import Log
from sayso.storage.keeping import chunks
from sayso.storage.schema import (
    certificates,
    dataset_rows,
    epoch,
    removed_rows,
    withdrawals,
)
from sayso.training.takeback import (
    STEP_KIND,
    RemovedRow,
    Step,
    StoredCertificate,
    Withdrawal,
    step_entry,
)

_EPOCH = "serving"


class TakebackStore:
    """Withdrawals on their way to a certificate, and the epoch every server compares.

    Each step of a withdrawal is entered in the log when it is kept, so that anyone can tell from
    the log alone how long a no takes.
    """

    def __init__(self, connection: sa.Connection, log: Log) -> None:
        self._connection = connection
        self._log = log

    def epoch(self) -> int:
        """Return the number that changes whenever something stops being served."""
        query = sa.select(epoch.c.number).where(epoch.c.name == _EPOCH)
        return int(self._connection.execute(query).scalar() or 0)

    def bump_epoch(self, by: int = 1) -> int:
        """Make every serving process look again; return the new number."""
        number = self.epoch() + by
        self._connection.execute(sa.delete(epoch).where(epoch.c.name == _EPOCH))
        self._connection.execute(sa.insert(epoch).values(name=_EPOCH, number=number))
        return number

    def add_withdrawal(self, withdrawal: Withdrawal) -> None:
        """Keep a withdrawal."""
        self._connection.execute(
            sa.insert(withdrawals).values(
                id=withdrawal.id,
                member_id=withdrawal.member_id,
                purpose=withdrawal.purpose,
                reason=withdrawal.reason,
                epoch=withdrawal.epoch,
                acknowledged_at=withdrawal.acknowledged_at,
                contained_at=withdrawal.contained_at,
                forgotten_at=withdrawal.forgotten_at,
                certified_at=withdrawal.certified_at,
                certificate_id=withdrawal.certificate_id,
                taken_up_at=withdrawal.taken_up_at,
                reinstated_at=withdrawal.reinstated_at,
            )
        )
        if withdrawal.contained_at is not None:
            self._enter([withdrawal], Step.CONTAINED, withdrawal.contained_at)

    def add_removed_rows(
        self, withdrawal_id: str, rows: Sequence[tuple[DatasetId, RowId, DocumentId]]
    ) -> None:
        """Take rows out of service; one that is out already keeps its first withdrawal."""
        out = {
            (row.dataset_id, row.row_id)
            for condition in _each_of((dataset_id, row_id) for dataset_id, row_id, _ in rows)
            for row in self._connection.execute(sa.select(removed_rows).where(condition))
        }
        fresh = [
            {
                "dataset_id": dataset_id,
                "row_id": row_id,
                "withdrawal_id": withdrawal_id,
                "document_id": document_id,
            }
            for dataset_id, row_id, document_id in rows
            if (dataset_id, row_id) not in out
        ]
        if fresh:
            self._connection.execute(sa.insert(removed_rows), fresh)

    def drop_rows(self, rows: Sequence[tuple[DatasetId, RowId]]) -> None:
        """Say no more that these rows are out: no model stands on their dataset any longer."""
        for condition in _each_of(rows):
            self._connection.execute(sa.delete(removed_rows).where(condition))

    def put_back(self, rows: Sequence[tuple[DatasetId, RowId]], at: datetime) -> None:
        """Put rows back in service; a withdrawal that keeps none of its rows is over."""
        for condition in _each_of(rows):
            of = sa.select(removed_rows.c.withdrawal_id).where(condition).distinct()
            ids = list(self._connection.scalars(of))
            self._connection.execute(sa.delete(removed_rows).where(condition))
            left = sa.exists().where(removed_rows.c.withdrawal_id == withdrawals.c.id)
            over = sa.and_(withdrawals.c.id.in_(ids), ~left, withdrawals.c.reinstated_at.is_(None))
            self._change(over, {"reinstated_at": at}, Step.REINSTATED, at)

    def removed(self, dataset_id: DatasetId) -> frozenset[RowId]:
        """Return the rows of that dataset that nothing may answer from."""
        found = self._connection.execute(
            sa.select(removed_rows.c.row_id).where(removed_rows.c.dataset_id == dataset_id)
        )
        return frozenset(RowId(row.row_id) for row in found)

    def removed_rows(self, dataset_id: DatasetId) -> tuple[RemovedRow, ...]:
        """Return the same rows with where they stood, in row order."""
        return self._removed(removed_rows.c.dataset_id == dataset_id)

    def rows_of(self, withdrawal_id: str) -> tuple[RemovedRow, ...]:
        """Return the rows that a withdrawal took out of service."""
        return self._removed(removed_rows.c.withdrawal_id == withdrawal_id)

    def get(self, withdrawal_id: str) -> Withdrawal:
        """Return the withdrawal of that id.

        Raises:
            NotFound: there is none.
        """
        found = self._read(withdrawals.c.id == withdrawal_id)
        if not found:
            raise NotFound(f"There is no withdrawal {withdrawal_id!r}.")
        return found[0]

    def pending(self) -> tuple[Withdrawal, ...]:
        """Return the withdrawals that wait for a certificate, oldest first."""
        return self._read(
            sa.and_(withdrawals.c.certified_at.is_(None), withdrawals.c.reinstated_at.is_(None))
        )

    def of(self, *member_ids: MemberId) -> tuple[Withdrawal, ...]:
        """Return the withdrawals of a member, or of several, oldest first for each."""
        return tuple(
            each
            for part in chunks(member_ids)
            for each in self._read(withdrawals.c.member_id.in_(part))
        )

    def list(self) -> tuple[Withdrawal, ...]:
        """Return every withdrawal, oldest first."""
        return self._read(sa.true())

    def take_up(self, ids: Iterable[str], at: datetime) -> None:
        """Keep when forgetting began; the first time counts."""
        self._mark(ids, withdrawals.c.taken_up_at, {"taken_up_at": at}, None, at)

    def mark_contained(self, ids: Iterable[str], at: datetime) -> None:
        """Keep when nothing answered from them any more; the first time counts."""
        self._mark(ids, withdrawals.c.contained_at, {"contained_at": at}, Step.CONTAINED, at)

    def mark_forgotten(self, ids: Iterable[str], at: datetime) -> None:
        """Keep when the model was learnt again without them; the first time counts."""
        change = {"forgotten_at": at}
        self._mark(ids, withdrawals.c.forgotten_at, change, Step.FORGOTTEN, at)

    def mark_certified(self, ids: Iterable[str], certificate_id: str, at: datetime) -> None:
        """Keep when and by what it was proven; the first time counts."""
        change: dict[str, datetime | str] = {
            "certified_at": at,
            "certificate_id": certificate_id,
        }
        self._mark(ids, withdrawals.c.certified_at, change, Step.CERTIFIED, at)

    def save_certificate(self, certificate: StoredCertificate) -> None:
        """Keep a certificate; keeping it twice keeps it once."""
        known = sa.select(certificates.c.id).where(certificates.c.id == certificate.id)
        if self._connection.execute(known).first() is None:
            self._connection.execute(
                sa.insert(certificates).values(
                    id=certificate.id,
                    model_id=certificate.model_id,
                    issued_at=certificate.issued_at,
                    body=dict(certificate.body),
                    leaf=certificate.leaf,
                )
            )

    def certificate(self, certificate_id: str) -> StoredCertificate:
        """Return the certificate of that id.

        Raises:
            NotFound: there is none.
        """
        found = self._certificates(certificates.c.id == certificate_id)
        if not found:
            raise NotFound(f"There is no certificate {certificate_id!r}.")
        return found[0]

    def certificates(self) -> tuple[StoredCertificate, ...]:
        """Return every certificate, oldest first."""
        return self._certificates(sa.true())

    def forget_member(
        self, member_id: MemberId, token: str, wrote: Collection[DocumentId] = ()
    ) -> None:
        """Keep that something was taken back, but not by whom, nor which documents it was."""
        for part in chunks(sorted(wrote)):
            self._connection.execute(
                sa.update(removed_rows)
                .where(removed_rows.c.document_id.in_(part))
                .values(document_id="")
            )
        self._connection.execute(
            sa.update(withdrawals)
            .where(withdrawals.c.member_id == member_id)
            .values(member_id=token)
        )

    def _mark(
        self,
        ids: Iterable[str],
        first: sa.Column[Any],
        change: Mapping[str, datetime | str],
        step: Step | None,
        at: datetime,
    ) -> None:
        for part in chunks(list(ids)):
            self._change(sa.and_(withdrawals.c.id.in_(part), first.is_(None)), change, step, at)

    def _change(
        self,
        which: sa.ColumnElement[bool],
        change: Mapping[str, datetime | str],
        step: Step | None,
        at: datetime,
    ) -> None:
        changed = self._read(which) if step else ()
        self._connection.execute(sa.update(withdrawals).where(which).values(**change))
        if step:
            self._enter(changed, step, at)

    def _enter(self, changed: Iterable[Withdrawal], step: Step, at: datetime) -> None:
        self._log.append_all(STEP_KIND, [step_entry(each, step, at) for each in changed])

    def _read(self, condition: sa.ColumnElement[bool]) -> tuple[Withdrawal, ...]:
        found = self._connection.execute(
            sa.select(withdrawals)
            .where(condition)
            .order_by(withdrawals.c.acknowledged_at, withdrawals.c.id)
        )
        return tuple(
            Withdrawal(
                id=row.id,
                member_id=MemberId(row.member_id),
                purpose=Purpose(row.purpose),
                reason=row.reason,
                epoch=row.epoch,
                acknowledged_at=row.acknowledged_at,
                contained_at=row.contained_at,
                forgotten_at=row.forgotten_at,
                certified_at=row.certified_at,
                certificate_id=row.certificate_id,
                taken_up_at=row.taken_up_at,
                reinstated_at=row.reinstated_at,
            )
            for row in found
        )

    def _removed(self, condition: sa.ColumnElement[bool]) -> tuple[RemovedRow, ...]:
        joined = removed_rows.join(
            dataset_rows,
            sa.and_(
                dataset_rows.c.dataset_id == removed_rows.c.dataset_id,
                dataset_rows.c.row_id == removed_rows.c.row_id,
            ),
        )
        found = self._connection.execute(
            sa.select(removed_rows, dataset_rows.c.shard, dataset_rows.c.slice)
            .select_from(joined)
            .where(condition)
            .order_by(removed_rows.c.dataset_id, removed_rows.c.row_id)
        )
        return tuple(
            RemovedRow(
                dataset_id=DatasetId(row.dataset_id),
                row_id=RowId(row.row_id),
                document_id=DocumentId(row.document_id),
                withdrawal_id=row.withdrawal_id,
                shard=row.shard,
                slice=row.slice,
            )
            for row in found
        )

    def _certificates(self, condition: sa.ColumnElement[bool]) -> tuple[StoredCertificate, ...]:
        found = self._connection.execute(
            sa.select(certificates)
            .where(condition)
            .order_by(certificates.c.issued_at, certificates.c.id)
        )
        return tuple(
            StoredCertificate(
                id=row.id,
                model_id=row.model_id,
                issued_at=row.issued_at,
                body=row.body,
                leaf=row.leaf,
            )
            for row in found
        )


def _each_of(rows: Iterable[tuple[DatasetId, RowId]]) -> Iterator[sa.ColumnElement[bool]]:
    """Yield conditions that name the rows; SQLite would read the whole table for pairs."""
    by_dataset: defaultdict[DatasetId, list[RowId]] = defaultdict(list)
    for dataset_id, row_id in rows:
        by_dataset[dataset_id].append(row_id)
    for dataset_id, row_ids in by_dataset.items():
        for part in chunks(row_ids):
            yield sa.and_(removed_rows.c.dataset_id == dataset_id, removed_rows.c.row_id.in_(part))
