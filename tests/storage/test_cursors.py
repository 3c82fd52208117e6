"""How far a query was read, on each kind of database."""

from datetime import datetime

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
