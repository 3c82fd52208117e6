from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from sayso.community import DocumentId, MemberId
from sayso.consent.purposes import Purpose
from sayso.datasets.rows import DatasetId, RowId
from sayso.errors import NotFound
from sayso.evidence.log import Log
from sayso.evidence.note import Signer
from sayso.storage.database import Database
from sayso.storage.log import LogStore
from sayso.storage.models import ModelStore
from sayso.storage.schema import dataset_rows
from sayso.storage.takebacks import TakebackStore
from sayso.training.environment import describe
from sayso.training.models import (
    Checkpoint,
    ModelId,
    ModelState,
    Report,
    ShardChain,
    TrainedModel,
)
from sayso.training.recipes import SMALL
from sayso.training.takeback import RemovedRow, StoredCertificate, Withdrawal

_SIGNER = Signer("example.org/log", bytes(32))
_NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
_LATER = _NOW + timedelta(minutes=1)
_DATASET = DatasetId("dataset-1")
_ROWS = tuple((_DATASET, RowId(f"row{n}"), DocumentId(f"doc{n}")) for n in range(3))


def _model(name: str, dataset: DatasetId = _DATASET) -> TrainedModel:
    point = Checkpoint(
        chain_key=f"key {name}",
        slice=0,
        weights_digest="w",
        optimizer_digest="o",
        rows=1,
        tokens=5,
    )
    return TrainedModel(
        model_id=ModelId(name),
        dataset_id=dataset,
        recipe=SMALL,
        tokenizer_digest="t",
        environment=describe(),
        shards=(ShardChain(shard=0, checkpoints=(point,)),),
        report=Report(mixture_bits=1.75, seconds=3.5),
    )


def _withdrawal(name: str, at: datetime = _NOW) -> Withdrawal:
    return Withdrawal(
        id=name,
        member_id=MemberId("ana"),
        purpose=Purpose.GENAI_TRAINING,
        reason="withdrawn by the member",
        epoch=1,
        acknowledged_at=at,
        contained_at=at,
    )


def test_a_model_comes_back_as_it_was_kept_and_twice_is_once(database: Database) -> None:
    with database.writing() as connection:
        store = ModelStore(connection)
        assert store.save(_model("one"), _NOW)
        assert not store.save(_model("one"), _LATER)
    with database.reading() as connection:
        stored = ModelStore(connection).get("one")

    assert stored.model == _model("one")
    assert (stored.state, stored.trained_at) == (ModelState.READY, _NOW)


def test_one_model_is_in_use_at_a_time(database: Database) -> None:
    with database.writing() as connection:
        store = ModelStore(connection)
        store.save(_model("one"), _NOW)
        store.save(_model("two", DatasetId("dataset-2")), _LATER, ModelId("one"))
        assert store.in_use() is None
        store.use("one")
        store.use("two")
        used = store.in_use()

        assert used is not None
        assert (used.model.model_id, used.predecessor) == ("two", "one")
        assert [each.state for each in store.list()] == [ModelState.READY, ModelState.IN_USE]


def test_a_retired_model_holds_neither_its_dataset_nor_its_checkpoints(database: Database) -> None:
    with database.writing() as connection:
        store = ModelStore(connection)
        store.save(_model("one"), _NOW)
        store.save(_model("two", DatasetId("dataset-2")), _LATER)
        store.retire("one")

        assert store.served_datasets() == {"dataset-2"}
        assert store.chain_keys_in_use() == {"key two"}
        assert [each.model.model_id for each in store.of_dataset(_DATASET)] == ["one"]


def test_an_unknown_model_is_not_found(database: Database) -> None:
    with database.reading() as connection, pytest.raises(NotFound):
        ModelStore(connection).get("nothing")


def takebacks(connection: sa.Connection) -> TakebackStore:
    return TakebackStore(connection, Log(LogStore(connection), _SIGNER))


def test_the_epoch_only_grows(database: Database) -> None:
    with database.writing() as connection:
        store = takebacks(connection)
        assert [store.epoch(), store.bump_epoch(), store.bump_epoch()] == [0, 1, 2]
    with database.reading() as connection:
        assert takebacks(connection).epoch() == 2


def test_a_removed_row_keeps_its_place_and_its_first_withdrawal(database: Database) -> None:
    with database.writing() as connection:
        _place_rows(connection)
        store = takebacks(connection)
        store.add_withdrawal(_withdrawal("w1"))
        store.add_withdrawal(_withdrawal("w2", _LATER))
        store.add_removed_rows("w1", _ROWS[:2])
        store.add_removed_rows("w2", _ROWS[1:])

        assert store.removed(_DATASET) == {"row0", "row1", "row2"}
        assert [row.row_id for row in store.rows_of("w1")] == ["row0", "row1"]
        assert store.removed_rows(_DATASET)[2] == RemovedRow(
            dataset_id=_DATASET,
            row_id=RowId("row2"),
            document_id=DocumentId("doc2"),
            withdrawal_id="w2",
            shard=2,
            slice=1,
        )


def test_a_withdrawal_is_pending_until_it_is_certified(database: Database) -> None:
    certificate = StoredCertificate(
        id="c1", model_id="two", issued_at=_LATER, body={"kind": "x", "n": 1}, leaf=9
    )
    with database.writing() as connection:
        store = takebacks(connection)
        store.add_withdrawal(_withdrawal("w1"))
        store.add_withdrawal(_withdrawal("w2", _LATER))
        store.mark_forgotten(["w1"], _LATER)
        store.mark_forgotten(["w1"], _LATER + timedelta(days=1))
        store.save_certificate(certificate)
        store.save_certificate(certificate)
        store.mark_certified(["w1"], "c1", _LATER)
    with database.reading() as connection:
        store = takebacks(connection)

        assert [each.id for each in store.pending()] == ["w2"]
        assert store.get("w1") == replace(
            _withdrawal("w1"), forgotten_at=_LATER, certified_at=_LATER, certificate_id="c1"
        )
        assert store.certificate("c1") == certificate
        assert store.certificates() == (certificate,)


def test_an_erased_member_is_no_longer_named_by_a_withdrawal(database: Database) -> None:
    with database.writing() as connection:
        store = takebacks(connection)
        store.add_withdrawal(_withdrawal("w1"))
        store.forget_member(MemberId("ana"), "token")

        assert store.of(MemberId("ana")) == ()
        assert [each.member_id for each in store.list()] == ["token"]


def _place_rows(connection: sa.Connection) -> None:
    for number, (dataset, row, document) in enumerate(_ROWS):
        connection.execute(
            sa.insert(dataset_rows).values(
                dataset_id=dataset,
                row_id=row,
                document_id=document,
                member_id="ana",
                shard=number,
                slice=1,
                rule="choice",
            )
        )
