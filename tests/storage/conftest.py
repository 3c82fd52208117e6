"""A database of each kind, empty and at the present schema; migrated once, then copied."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from postgres import migrated_url, postgres_url
from sayso.storage.database import Database

__all__ = ["database", "migrated_url", "postgres_url", "postgresql_database", "sqlite_database"]


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file at the present schema. Never write in it."""
    path = tmp_path_factory.mktemp("migrated") / "sayso.db"
    database = Database(f"sqlite:///{path}")
    database.upgrade()
    database.close()
    return path


@pytest.fixture
def sqlite_database(migrated_file: Path, tmp_path: Path) -> Iterator[Database]:
    yield from _opened(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'sayso.db')}")


@pytest.fixture
def postgresql_database(migrated_url: str) -> Iterator[Database]:
    yield from _opened(migrated_url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    opened: Database = request.getfixturevalue(f"{request.param}_database")
    return opened


def _opened(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.close()
