"""A database of each kind, empty and at the present schema."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from postgres import postgres_url
from sayso.storage.database import Database

__all__ = ["database", "postgres_url", "postgresql_database", "sqlite_database"]


@pytest.fixture
def sqlite_database(tmp_path: Path) -> Iterator[Database]:
    yield from _opened(f"sqlite:///{tmp_path / 'sayso.db'}")


@pytest.fixture
def postgresql_database(postgres_url: str) -> Iterator[Database]:
    yield from _opened(postgres_url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    opened: Database = request.getfixturevalue(f"{request.param}_database")
    return opened


def _opened(url: str) -> Iterator[Database]:
    database = Database(url)
    database.upgrade()
    yield database
    database.close()
