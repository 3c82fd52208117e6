import sqlite3
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from sayso.errors import NotHere
from sayso.storage.database import Database, is_writing
from sayso.storage.schema import metadata, vault_keys


def _add(connection: sa.Connection, member_id: str) -> None:
    connection.execute(vault_keys.insert(), {"member_id": member_id, "wrapped": b"key"})


def _add_twice(connection: sa.Connection, member_id: str) -> None:
    _add(connection, member_id)
    _add(connection, member_id)


def _count(connection: sa.Connection) -> int:
    return int(connection.scalar(sa.select(sa.func.count()).select_from(vault_keys)) or 0)


def test_the_migrations_make_exactly_the_schema(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})

        assert compare_metadata(context, metadata) == []


def test_upgrading_twice_upgrades_once(database: Database) -> None:
    with database.writing() as connection:
        _add(connection, "ana")

    database.upgrade()

    with database.reading() as connection:
        assert _count(connection) == 1


def test_a_database_made_by_a_newer_sayso_is_refused(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(sa.text("update alembic_version set version_num = '9999'"))

    with pytest.raises(NotHere, match="9999"):
        database.upgrade()


def test_what_was_written_is_there_when_the_block_has_ended(database: Database) -> None:
    with database.writing() as connection:
        assert is_writing(connection)
        _add(connection, "ana")

    with database.reading() as connection:
        assert not is_writing(connection)
        assert _count(connection) == 1


def test_an_error_in_the_block_keeps_none_of_it(database: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError), database.writing() as connection:
        _add_twice(connection, "ana")

    with database.reading() as connection:
        assert _count(connection) == 0


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(sa.exc.DBAPIError), database.reading() as connection:
        _add(connection, "ana")

    with database.writing() as connection:
        _add(connection, "ana")


def test_a_reader_sees_one_moment_while_a_writer_commits(database: Database) -> None:
    with database.reading() as reader:
        before = _count(reader)
        with database.writing() as writer:
            _add(writer, "ana")

        assert (before, _count(reader)) == (0, 0)

    with database.reading() as reader:
        assert _count(reader) == 1


def test_writers_run_one_at_a_time_and_each_sees_the_one_before(database: Database) -> None:
    """Each adds one more than it counted: had two counted at once, two names would be equal."""
    counted: list[int] = []

    def write() -> None:
        for _ in range(10):
            with database.writing() as connection:
                held = _count(connection)
                _add(connection, f"member {held}")
                counted.append(held)

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert counted == list(range(40))


def test_a_writer_that_waits_in_vain_is_told_so(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'sayso.db'}")
    sa.event.listen(database.engine, "connect", _wait_no_time)
    database.upgrade()

    with (
        database.writing(),
        pytest.raises(NotHere, match="another command is writing"),
        database.writing(),
    ):
        pass

    database.close()


def test_a_full_disk_is_said_and_nothing_is_kept(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'sayso.db'}")
    database.upgrade()
    with database.writing() as connection:
        connection.exec_driver_sql("pragma max_page_count = 1")  # as many as there are
        _add(connection, "ana")

    with pytest.raises(NotHere, match="the disk is full"), database.writing() as connection:
        connection.execute(vault_keys.insert(), {"member_id": "ben", "wrapped": bytes(10**6)})

    with database.reading() as connection:
        assert _count(connection) == 1
    database.close()


def test_our_own_mistakes_are_not_blamed_on_the_operator(database: Database) -> None:
    with pytest.raises(sa.exc.DBAPIError), database.writing() as connection:
        connection.execute(sa.text("select nothing from nowhere"))


def _wait_no_time(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("pragma busy_timeout=0")


def test_a_sqlite_commit_is_on_disk_when_it_returns(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'sayso.db'}")

    with database.reading() as connection:
        assert connection.exec_driver_sql("pragma synchronous").scalar() == 2  # FULL
        assert connection.exec_driver_sql("pragma journal_mode").scalar() == "wal"

    database.close()


def test_a_postgresql_writer_commits_to_disk_whatever_the_server_does(postgres_url: str) -> None:
    database = Database(postgres_url)

    with database.writing() as connection:
        assert connection.exec_driver_sql("show synchronous_commit").scalar() == "on"
        assert connection.exec_driver_sql("show transaction_isolation").scalar() == "read committed"

    with database.reading() as connection:
        isolation = connection.exec_driver_sql("show transaction_isolation").scalar()
        assert isolation == "repeatable read"

    database.close()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'nowhere' / 'sayso.db'}")

    with pytest.raises(NotHere, match="does not answer"), database.reading():
        pass


def test_what_was_deleted_is_in_no_file_after_a_scrub(tmp_path: Path) -> None:
    canary = b"a key that must go " * 20
    database = Database(f"sqlite:///{tmp_path / 'sayso.db'}")
    database.upgrade()
    with database.writing() as connection:
        connection.execute(vault_keys.insert(), {"member_id": "ana", "wrapped": canary})
    with database.writing() as connection:
        connection.execute(vault_keys.delete())

    database.scrub()

    held = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert canary[:19] not in held
    database.close()


def test_a_database_works_on_after_a_scrub(database: Database) -> None:
    database.scrub()

    with database.writing() as connection:
        _add(connection, "ana")
    with database.reading() as connection:
        assert _count(connection) == 1
