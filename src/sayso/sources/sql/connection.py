"""A site's database, opened so that nothing in it can change."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from sayso.errors import BadInput, NotHere
from sayso.settings import Database
from sayso.sources.sql.statement import Statement

AT_ONCE = 500
"""How many rows are fetched together."""

_ONLY_READ = {
    "postgresql": ("set transaction isolation level repeatable read, read only",),
    "mysql": ("set session transaction isolation level repeatable read, read only",),
    "mariadb": ("set session transaction isolation level repeatable read, read only",),
    "sqlite": ("pragma query_only = on", "begin"),
}
"""What makes a transaction one view that cannot write; others are rolled back all the same."""


class Site:
    """One view of a site's database, and what its table in sayso.toml is called."""

    def __init__(self, name: str, connection: sa.Connection, url: sa.URL) -> None:
        self.name = name
        self.quoted = connection.dialect.identifier_preparer.quote_identifier
        self._connection = connection
        self._url = url

    def rows(
        self, query: str, statement: Statement, value: object = None, last: Sequence[object] = ()
    ) -> Iterator[Mapping[str, object]]:
        """Yield each row by its column names; only some hundred are in memory at once.

        Raises:
            BadInput: the database does not take the query, or two columns have one name.
        """
        where = f"[sources.{self.name}] {query}"
        style = self._connection.dialect.paramstyle
        text, values = statement.written(style, value, last)
        with _said(where, self._url):
            result = self._connection.execution_options(
                stream_results=True, yield_per=AT_ONCE
            ).exec_driver_sql(text, values)
        with result:
            names = list(result.keys())
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise BadInput(
                    f"{where}: two columns are called {twice[0]!r}.",
                    hint="Name each column once: write `as` behind one of them.",
                )
            while True:
                with _said(where, self._url):
                    part = result.fetchmany(AT_ONCE)
                if not part:
                    return
                for row in part:
                    yield dict(zip(names, row, strict=True))


@contextmanager
def opened(name: str, database: Database) -> Iterator[Site]:
    """Open a site's database for one reading; the transaction is rolled back at the end.

    Raises:
        BadInput: it has no address, or one that nothing here can open.
        NotHere: it does not answer.
    """
    where = f"[sources.{name}]"
    url = _url(where, name, database)
    engine = _engine(where, url)
    try:
        with _said(where, url):
            connection = engine.connect()
        with connection:
            with _said(where, url):
                for said in _ONLY_READ.get(engine.dialect.name, ()):
                    connection.exec_driver_sql(said)
            try:
                yield Site(name, connection, url)
            finally:
                connection.rollback()
    finally:
        engine.dispose()


def _url(where: str, name: str, database: Database) -> sa.URL:
    variable = f"SAYSO_SOURCES_{name.upper().replace('-', '_')}_URL"
    if not database.url:
        raise BadInput(
            f"{where} says nowhere where the database is.",
            hint=f"Set {variable}, or write url = ... in sayso.toml, as SQLAlchemy has it.",
        )
    try:
        return sa.make_url(database.url)
    except (sa.exc.ArgumentError, ValueError) as error:
        hint = f"Write it as postgresql+psycopg://USER@HOST/DATABASE, there or in {variable}."
        raise BadInput(f"{where}: url is not an address of a database.", hint=hint) from error


def _engine(where: str, url: sa.URL) -> sa.Engine:
    try:
        if url.get_backend_name() == "sqlite":
            path = _file(where, url)
            return sa.create_engine(
                "sqlite://",
                creator=lambda: sqlite3.connect(
                    f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None
                ),
                poolclass=sa.NullPool,
            )
        return sa.create_engine(url, poolclass=sa.NullPool, hide_parameters=True)
    except (sa.exc.ArgumentError, ImportError) as error:
        raise BadInput(
            f"{where}: nothing here can open a {url.drivername} database.",
            hint="Install that driver's package beside Sayso; PostgreSQL is postgresql+psycopg.",
        ) from error


def _file(where: str, url: sa.URL) -> Path:
    path = Path(url.database or "")
    if not path.is_file():
        raise BadInput(
            f"{where}: there is no file {path}.",
            hint="Write sqlite:///FILE from the home on, or sqlite:////FILE from the root on.",
        )
    return path


@contextmanager
def _said(where: str, url: sa.URL) -> Iterator[None]:
    """Say what the database answers to a query, without any word of the address."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        said = _without_secrets(str(error.orig or "").strip().splitlines(), url)
        if isinstance(error, sa.exc.OperationalError) and not error.statement:
            hint = "Check its url, and that it runs and lets this user in."
            raise NotHere(f"{where}: the database does not answer: {said}.", hint=hint) from None
        hint = "Mend the query in sayso.toml; what was read before it is kept."
        raise BadInput(f"{where}: the database refuses: {said}.", hint=hint) from None


def _without_secrets(lines: list[str], url: sa.URL) -> str:
    said = " ".join(lines[:2]).rstrip(".")
    password = str(url.password or "")
    secrets = {password, quote(password, safe=""), url.render_as_string(hide_password=False)}
    for secret in sorted(secrets - {""}, key=len, reverse=True):
        said = said.replace(secret, "***")
    return said
