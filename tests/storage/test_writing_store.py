"""The credit index and the history, on each database."""

from datetime import UTC, datetime

import numpy as np
import sqlalchemy as sa

from sayso.community import DocumentId, MemberId
from sayso.datasets.rows import DatasetId, RowId
from sayso.storage.database import Database
from sayso.storage.schema import fingerprints, models, removed_rows
from sayso.storage.writing import WritingStore
from sayso.writing.credit import Credit, CreditTier, Fingerprints
from sayso.writing.kept import IndexedText, KeptSuggestion, SuggestionId

FIRST, SECOND = DatasetId("first"), DatasetId("second")
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def text(row: str, *values: int, digest: str = "d") -> IndexedText:
    prints = Fingerprints(
        values=np.array(values, dtype=np.int64),
        positions=np.arange(len(values), dtype=np.int64),
    )
    return IndexedText(row_id=RowId(row), digest=digest, prints=prints)


def remove(connection: sa.Connection, dataset: DatasetId, row: str, document: str) -> None:
    connection.execute(
        sa.insert(removed_rows).values(
            dataset_id=dataset, row_id=row, withdrawal_id="w", document_id=document
        )
    )


def test_a_removed_row_is_no_candidate_in_the_same_transaction(database: Database) -> None:
    with database.writing() as connection:
        store = WritingStore(connection)
        assert store.index(FIRST, [text("a", -5, 7), text("b", 7, 2**62)]) == 2
        assert {found.row_id for found in store.candidates(FIRST, [7])} == {"a", "b"}

        remove(connection, FIRST, "a", "doc")

        assert {found.row_id for found in store.candidates(FIRST, [7, -5])} == {"b"}


def test_datasets_share_what_is_indexed_until_neither_needs_it(database: Database) -> None:
    with database.writing() as connection:
        store = WritingStore(connection)
        store.index(FIRST, [text("a", 1), text("b", 2)])
        assert store.index(SECOND, [text("a", 1), text("b", 3, digest="edited")]) == 1
        assert store.index(SECOND, [text("a", 1)]) == 0
        assert store.candidates(SECOND, [2]) == ()

        store.drop(FIRST)

        kept = connection.execute(sa.select(fingerprints.c.hash)).scalars()
        assert sorted(kept) == [1, 3]


def test_purging_leaves_no_fingerprint_of_a_removed_row(database: Database) -> None:
    with database.writing() as connection:
        store = WritingStore(connection)
        store.index(FIRST, [text("a", 1), text("b", 2)])
        remove(connection, FIRST, "a", "doc")

        assert store.purge() == 1

        kept = connection.execute(sa.select(fingerprints.c.hash)).scalars()
        assert list(kept) == [2]


def test_erasing_a_member_takes_their_history_and_every_credit_to_them(
    database: Database,
) -> None:
    credit = Credit(
        tier=CreditTier.QUOTE, member_id=MemberId("ana"), document_id=DocumentId("doc"), words=9
    )
    with database.writing() as connection:
        store = WritingStore(connection)
        connection.execute(
            sa.insert(models).values(
                id="m", dataset_id=FIRST, state="in_use", trained_at=NOW, body={}
            )
        )
        for name in ("ana", "rita"):
            kept = KeptSuggestion(
                id=SuggestionId(f"s-{name}"),
                member_id=MemberId(name),
                kind="post",
                created_at=NOW,
                model_id="m",
                epoch=0,
                sealed=b"sealed",
            )
            store.save(kept, [credit])
        assert store.credits("s-rita") == (credit,)
        assert store.times_credited(MemberId("ana")) == 2

        assert store.erase(MemberId("ana")) == 1

        assert store.credits("s-rita") == ()
        assert store.kept("s-ana") is None
        assert store.kept("s-rita") is not None
        assert store.times_credited(MemberId("ana")) == 0
