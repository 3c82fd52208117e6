"""The record of datasets, on each database."""

from datetime import timedelta
from pathlib import Path

import pytest

from sayso.community import MemberId, Quote
from sayso.consent.choices import Answer
from sayso.datasets.build import record
from sayso.datasets.leaving import Leaving, take_back
from sayso.datasets.rows import DatasetId
from sayso.datasets.sealing.seal import Sealed
from sayso.errors import NotFound
from sayso.evidence.log import Log
from sayso.evidence.note import Signer
from sayso.storage.database import Database
from sayso.storage.datasets import DatasetStore
from sayso.storage.log import LogStore
from sealing import PLAN, built, rows_in
from town import NOW, Town

ANA, BEN = MemberId("ana"), MemberId("ben")


@pytest.fixture
def town() -> Town:
    town = Town()
    town.settle(ANA)
    town.settle(BEN)
    town.settle("cyd", Answer.NO)
    for number in range(3):
        town.writes(ANA, f"Words number {number} about bridges.")
    text = "She wrote that every bridge needs a river."
    town.writes(ANA, text, quotes=(Quote(start=10, end=len(text), member_id=BEN),))
    town.writes(BEN, "Other words about rivers.")
    town.writes(MemberId("cyd"), "Words that nobody may use.")
    return town


def recorded(database: Database, store: Path, sealed: Sealed, minutes: int = 0) -> int:
    with database.writing() as connection:
        log = Log(LogStore(connection), Signer("test.example.org/log", b"s" * 32))
        record(store, sealed, DatasetStore(connection), log, NOW + timedelta(minutes=minutes))
        return log.size()


def test_a_recorded_dataset_reads_back_equal(
    database: Database, tmp_path: Path, town: Town
) -> None:
    sealed = built(tmp_path, town)
    recorded(database, tmp_path, sealed)

    with database.reading() as connection:
        datasets = DatasetStore(connection)
        assert datasets.get(sealed.dataset_id) == sealed.manifest
        assert [entry.id for entry in datasets.list()] == [sealed.dataset_id]
        assert datasets.list()[0].sealed_at == NOW
        placed = {row.document_id: row for row in datasets.placements(sealed.dataset_id)}
        counts = datasets.counts(sealed.dataset_id)

    rows = rows_in(tmp_path, sealed)
    assert placed.keys() == rows.keys()
    for document_id, row in placed.items():
        there = rows[document_id]
        assert (row.row_id, row.member_id) == (there.id, there.member_id)
        assert (row.shard, row.slice, row.rule) == (there.shard, there.slice, there.rule)
    assert (counts.rows, counts.members, counts.refusals) == (5, 2, 1)


def test_recording_twice_records_once_with_one_leaf(
    database: Database, tmp_path: Path, town: Town
) -> None:
    sealed = built(tmp_path, town)

    assert recorded(database, tmp_path, sealed) == 1
    assert recorded(database, tmp_path, sealed, minutes=5) == 1


def test_a_member_is_found_in_every_row_that_holds_their_words(
    database: Database, tmp_path: Path, town: Town
) -> None:
    sealed = built(tmp_path, town)
    recorded(database, tmp_path, sealed)

    with database.reading() as connection:
        datasets = DatasetStore(connection)
        assert {row.document_id for row in datasets.placed(BEN)} == {"d0003", "d0004"}
        assert {row.document_id for row in datasets.placed(ANA)} == {
            "d0000",
            "d0001",
            "d0002",
            "d0003",
        }
        found = datasets.rows_for_documents([town.documents[1].id, town.documents[5].id])
        refused = datasets.refusals_of(MemberId("cyd"))
        assert [row.document_id for row in found] == ["d0001"]
        assert [(dataset, refusal.document_id) for dataset, refusal in refused] == [
            (sealed.dataset_id, "d0005")
        ]
        assert datasets.members_of(sealed.dataset_id) == {ANA, BEN}


def test_documents_are_found_by_the_beginning_of_their_ids(
    database: Database, tmp_path: Path, town: Town
) -> None:
    sealed = built(tmp_path, town)
    recorded(database, tmp_path, sealed)

    with database.reading() as connection:
        called = DatasetStore(connection).documents_called
        assert called(sealed.dataset_id, "d0003", limit=6) == ("d0003",)
        assert called(sealed.dataset_id, "d000", limit=2) == ("d0000", "d0001")
        assert called(sealed.dataset_id, "%", limit=6) == ()


def test_a_succeeded_dataset_is_not_live(database: Database, tmp_path: Path, town: Town) -> None:
    before = built(tmp_path, town)
    recorded(database, tmp_path, before)
    with database.reading() as connection:
        removed = frozenset(row.row_id for row in DatasetStore(connection).placed(BEN))
        assert DatasetStore(connection).live() == {before.dataset_id}
    town.says(BEN, Answer.NO)
    leaving = Leaving(dataset=before.dataset_id, removed=removed)

    after = take_back(tmp_path, leaving, town.look_up, town, PLAN)
    recorded(database, tmp_path, after, minutes=1)

    with database.reading() as connection:
        datasets = DatasetStore(connection)
        assert datasets.live() == {after.dataset_id}
        assert datasets.ids() == (before.dataset_id, after.dataset_id)
        assert datasets.entry(after.dataset_id).predecessor == before.dataset_id
        assert BEN not in datasets.members_of(after.dataset_id)


def test_an_erased_member_is_in_no_line(database: Database, tmp_path: Path, town: Town) -> None:
    sealed = built(tmp_path, town)
    recorded(database, tmp_path, sealed)

    with database.writing() as connection:
        assert DatasetStore(connection).erase_member(BEN) == 2
        assert DatasetStore(connection).erase_member(MemberId("cyd")) == 1

    with database.reading() as connection:
        datasets = DatasetStore(connection)
        assert datasets.members_of(sealed.dataset_id) == {ANA}
        assert not datasets.refusals_of(MemberId("cyd"))
        assert datasets.counts(sealed.dataset_id).rows == 3


def test_an_unknown_dataset_is_not_found(database: Database) -> None:
    with database.reading() as connection, pytest.raises(NotFound):
        DatasetStore(connection).get(DatasetId("0" * 64))
