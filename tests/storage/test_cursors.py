"""How far a query was read, on each kind of database."""

from datetime import datetime, timedelta

from sayso.storage.cursors import CursorStore
from sayso.storage.database import Database


def test_the_last_value_of_each_query_is_kept(database: Database, noon: datetime) -> None:
    with database.writing() as connection:
        store = CursorStore(connection)
        store.keep("forum", "documents", "1", noon)
        store.keep("forum", "documents", "2", noon)
        store.keep("forum", "members", "7", noon)

    with database.reading() as connection:
        assert CursorStore(connection).reached() == {
            ("forum", "documents"): "2",
            ("forum", "members"): "7",
        }


def test_one_asker_is_told_that_a_source_is_due(database: Database, noon: datetime) -> None:
    with database.writing() as connection:
        store = CursorStore(connection)

        assert store.claim("forum", 600, noon)
        assert not store.claim("forum", 600, noon + timedelta(seconds=599))
        assert store.claim("other", 600, noon)
        assert store.claim("forum", 600, noon + timedelta(seconds=600))
        assert store.claim("forum", 600, noon - timedelta(days=1)), "the clock was set back"
        assert store.reached() == {}
