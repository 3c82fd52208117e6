"""Which rows of members are served, and which might be served again."""

from collections.abc import Collection, Iterator, Mapping

import sqlalchemy as sa

from sayso.community import DocumentId, MemberId
from sayso.datasets.rows import DatasetId, Placed, RowId
from sayso.storage.keeping import chunks
from sayso.storage.schema import (
    dataset_row_members,
    dataset_rows,
    models,
    removed_rows,
    withdrawals,
)
from sayso.training.models import ModelState

_SERVED = sa.select(models.c.dataset_id).where(models.c.state != ModelState.RETIRED)
_IS_OUT = sa.and_(
    removed_rows.c.dataset_id == dataset_rows.c.dataset_id,
    removed_rows.c.row_id == dataset_rows.c.row_id,
)
_ROWS = (
    sa.select(dataset_row_members.c.member_id.label("asked"), dataset_rows)
    .join(
        dataset_rows,
        sa.and_(
            dataset_row_members.c.dataset_id == dataset_rows.c.dataset_id,
            dataset_row_members.c.row_id == dataset_rows.c.row_id,
        ),
    )
    .where(
        dataset_row_members.c.member_id.in_(sa.bindparam("ids", expanding=True)),
        dataset_row_members.c.dataset_id.in_(_SERVED),
    )
    .order_by(dataset_rows.c.dataset_id, dataset_rows.c.row_id)
)
_IN_SERVICE = _ROWS.where(~sa.exists().where(_IS_OUT))
_RETURNABLE = _ROWS.where(
    sa.exists().where(
        _IS_OUT,
        withdrawals.c.id == removed_rows.c.withdrawal_id,
        withdrawals.c.taken_up_at.is_(None),
        withdrawals.c.forgotten_at.is_(None),
    )
)
_MEMBERS = sa.select(dataset_row_members).where(
    dataset_row_members.c.dataset_id == sa.bindparam("dataset"),
    dataset_row_members.c.row_id.in_(sa.bindparam("ids", expanding=True)),
)


class ServedRows:
    """Rows of datasets that a model which is not retired stands on; only ever read."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def is_any(self) -> bool:
        """Say whether anything is served at all."""
        return self._connection.execute(_SERVED.limit(1)).first() is not None

    def in_service(self, member_ids: Collection[MemberId]) -> Iterator[tuple[MemberId, Placed]]:
        """Yield every row in service that holds words of these members, once for each of them."""
        for part in chunks(member_ids):
            for row in self._connection.execute(_IN_SERVICE, {"ids": part}):
                yield MemberId(row.asked), _placed(row)

    def returnable(self, member_ids: Collection[MemberId]) -> Mapping[Placed, frozenset[MemberId]]:
        """Return rows that are out, that forgetting has not taken up, and all who are in each."""
        found = {
            _placed(row)
            for part in chunks(member_ids)
            for row in self._connection.execute(_RETURNABLE, {"ids": part})
        }
        members: dict[tuple[str, str], set[MemberId]] = {}
        for dataset_id in {row.dataset_id for row in found}:
            for part in chunks([row.row_id for row in found if row.dataset_id == dataset_id]):
                asked = {"dataset": dataset_id, "ids": part}
                for row in self._connection.execute(_MEMBERS, asked):
                    members.setdefault((row.dataset_id, row.row_id), set()).add(row.member_id)
        return {row: frozenset(members[row.dataset_id, row.row_id]) for row in found}


def _placed(row: sa.Row[tuple[object, ...]]) -> Placed:
    return Placed(
        dataset_id=DatasetId(row.dataset_id),
        row_id=RowId(row.row_id),
        document_id=DocumentId(row.document_id),
        member_id=MemberId(row.member_id),
        shard=row.shard,
        slice=row.slice,
        rule=row.rule,
    )
