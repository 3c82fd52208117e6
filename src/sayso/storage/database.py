"""One database, SQLite or PostgreSQL: how it is opened, read from and written to."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from sayso.errors import NotHere

_ONE_WRITER = 0x5A150
"""Key of the PostgreSQL advisory lock that makes writers wait for each other."""
_MIGRATIONS = Path(__file__).parent / "migrations"
_WRITING = "sayso_writing"

_SQLITE_OPEN = (
    "journal_mode=WAL",
    "synchronous=FULL",  # a commit that returned is on disk
    "busy_timeout=30000",
    "secure_delete=on",  # what is deleted is overwritten, a member's key above all
)
# One round trip each. A writer's snapshot must be taken after it has the lock, so isolation is
# `read committed`: then each statement sees what the writer before it committed.
_POSTGRESQL_WRITE = (
    "set transaction isolation level read committed;"
    "set local synchronous_commit = on;"
    f"select pg_advisory_xact_lock({_ONE_WRITER})"
)
_POSTGRESQL_READ = "set transaction isolation level repeatable read, read only"

_SQLITE_TROUBLE = {
    sqlite3.SQLITE_BUSY: "another command is writing, or stands still",
    sqlite3.SQLITE_READONLY: "its file may only be read",
    sqlite3.SQLITE_IOERR: "the disk does not take it",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_CANTOPEN: "its folder may only be read",
}


class Database:
    """A database whose schema is current once `upgrade` has run.

    Writers run one at a time (SQLite: `BEGIN IMMEDIATE`; PostgreSQL: an advisory lock), so that
    a choice, its log leaf and its sealed record always commit together and in log order. When
    `writing` returns, the transaction is on disk (SQLite: WAL with `synchronous=FULL`).
    """

    def __init__(self, url: str) -> None:
        """Connect lazily; nothing is opened before the first use."""
        self.engine = sa.create_engine(url, pool_pre_ping=url.startswith("postgresql"))
        self._is_sqlite = self.engine.dialect.name == "sqlite"
        if self._is_sqlite:
            sa.event.listen(self.engine, "connect", _prepare_sqlite)
            sa.event.listen(self.engine, "begin", _begin_sqlite)
        else:
            sa.event.listen(self.engine, "begin", _begin_postgresql)

    def upgrade(self) -> None:
        """Bring the schema to this version of Sayso; doing it twice does it once.

        Raises:
            NotHere: the database does not answer, or a newer Sayso made it.
        """
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        scripts = ScriptDirectory.from_config(config)
        with self.reading() as connection:
            present = MigrationContext.configure(connection).get_current_revision()
        if present == scripts.get_current_head():
            return
        if present not in {None, *(script.revision for script in scripts.walk_revisions())}:
            raise NotHere(
                f"The database is at version {present}, which this Sayso does not know.",
                hint="It was made by a newer Sayso: install that one.",
            )
        with self.writing() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Yield one consistent view; the database refuses to write in it."""
        with self._connection(writing=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Yield a transaction; all of it is kept when the block ends, none of it on an error."""
        with self._connection(writing=True) as connection:
            yield connection

    def scrub(self) -> None:
        """After an erasure: leave no deleted bytes in files that the database still holds."""
        pooled = self.engine.raw_connection()
        try:
            driver = pooled.driver_connection
            if isinstance(driver, sqlite3.Connection):
                driver.execute("pragma query_only=off")
                driver.execute("pragma wal_checkpoint(truncate)").close()
            elif isinstance(driver, psycopg.Connection):
                driver.rollback()
                driver.autocommit = True  # a vacuum stands in no transaction
                driver.execute("vacuum")
                driver.autocommit = False
        finally:
            pooled.close()

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()

    @contextmanager
    def _connection(self, *, writing: bool) -> Iterator[sa.Connection]:
        with _answering(self.engine) as connection:
            ours = connection.execution_options(**{_WRITING: writing})
            try:
                with ours.begin():
                    yield ours
            except sa.exc.OperationalError as error:
                trouble = _trouble(error.orig) if writing else ""
                if not trouble:
                    raise
                raise NotHere(
                    f"The database cannot be written: {trouble}.",
                    hint="Nothing was kept of this act. Mend that, then do it again.",
                ) from error


def is_writing(connection: sa.Connection) -> bool:
    """Say whether what is written on `connection` will be kept."""
    return bool(connection.get_execution_options().get(_WRITING, True))


def _answering(engine: sa.Engine) -> sa.Connection:
    try:
        return engine.connect()
    except sa.exc.OperationalError as error:
        raise NotHere(
            f"The database does not answer: {_trouble(error.orig) or str(error.orig).strip()}.",
            hint="Check `database` in sayso.toml, the folder's permissions, and any server.",
        ) from error


def _trouble(error: BaseException | None) -> str:
    """Say what an operator can mend; nothing where the fault is ours."""
    if isinstance(error, sqlite3.OperationalError):
        if error.sqlite_errorcode == sqlite3.SQLITE_IOERR_SHMSIZE:
            return "the disk is full"  # no room for the file that WAL's readers share
        return _SQLITE_TROUBLE.get(error.sqlite_errorcode & 0xFF, "")
    if isinstance(error, psycopg.OperationalError):
        return str(error).strip().rstrip(".")
    return ""


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see below
    for pragma in _SQLITE_OPEN:
        connection.execute(f"pragma {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    writing = is_writing(connection)
    connection.exec_driver_sql(f"pragma query_only={'off' if writing else 'on'}")
    connection.exec_driver_sql("begin immediate" if writing else "begin")


def _begin_postgresql(connection: sa.Connection) -> None:
    connection.exec_driver_sql(_POSTGRESQL_WRITE if is_writing(connection) else _POSTGRESQL_READ)
