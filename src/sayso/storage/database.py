"""One database, SQLite or PostgreSQL: how it is opened, read from and written to."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from sayso.errors import NotHere

_ONE_WRITER = 0x5A150
"""Key of the PostgreSQL advisory lock that makes writers wait for each other."""


class Database:
    """A database whose schema is current.

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

    def upgrade(self) -> None:
        """Bring the schema to this version of Sayso; doing it twice does it once."""
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self._connection(writing=True) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Yield one consistent view; nothing is written."""
        with self._connection(writing=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Yield a transaction; all of it is kept when the block ends, none of it on an error."""
        with self._connection(writing=True) as connection:
            yield connection

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()

    @contextmanager
    def _connection(self, *, writing: bool) -> Iterator[sa.Connection]:
        try:
            connection = self.engine.connect()
        except sa.exc.OperationalError as error:
            raise NotHere(
                f"The database does not answer: {str(error.orig).strip()}.",
                hint="Check `database` in sayso.toml and that the server runs.",
            ) from error
        with connection.execution_options(sayso_writing=writing) as ours, ours.begin():
            if not self._is_sqlite:
                if writing:
                    ours.execute(sa.select(sa.func.pg_advisory_xact_lock(_ONE_WRITER)))
                else:
                    ours.execute(sa.text("set transaction isolation level repeatable read"))
            yield ours


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see below
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
        connection.execute(f"pragma {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get("sayso_writing", False)
    connection.exec_driver_sql("begin immediate" if writing else "begin")
