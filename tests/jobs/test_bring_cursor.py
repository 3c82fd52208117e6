"""A row that cannot be read neither moves the cursor nor is forgotten."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from harbour import small_home
from sayso.jobs.bring import import_documents
from sayso.settings import FILE_NAME, load_settings
from sayso.sources.arrive import Arrived
from sayso.sources.reading import ReadingOptions
from sayso.wiring import Network, open_network

TABLE = """
[sources.forum]
url = "sqlite:///{path}"
documents = "{query}"
cursor = "at"
{more}
"""
PLAIN = "select id, 'ana' as author, text, at as date, at from posts"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    path = tmp_path / "forum.db"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("create table posts (id integer primary key, text text, at text)")
    for number in (1, 2, 3):
        writes(path, number, f"2025-03-0{number}")
    return path


def writes(site: Path, number: int, at: str) -> None:
    with closing(sqlite3.connect(site)) as database, database:
        row = (number, f"Note {number}.", at)
        database.execute("insert or replace into posts values (?, ?, ?)", row)


def opened(tmp_path: Path, site: Path, *, query: str = PLAIN, more: str = "") -> Network:
    small_home(tmp_path / "home")
    with (tmp_path / "home" / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write(TABLE.format(path=site, query=query, more=more))
    return open_network(load_settings(tmp_path / "home", {}))


@pytest.fixture(params=["", 'overlap = "1h"'])
def home(request: pytest.FixtureRequest, tmp_path: Path, site: Path) -> Iterator[Network]:
    network = opened(tmp_path, site, more=str(request.param))
    yield network
    network.close()


def read(network: Network, *, dry_run: bool = False) -> Arrived:
    return import_documents(network, "sql", [Path("forum")], ReadingOptions(), dry_run=dry_run)


def held(network: Network) -> set[str]:
    with network.reading() as stores:
        return {each.id.removeprefix("forum:") for each in stores.community.documents()}


@pytest.mark.parametrize("broken", ["yesterday", "", "0000-00-00", "2999-01-01"])
def test_what_comes_after_a_row_that_cannot_be_read_is_read(
    home: Network, site: Path, broken: str
) -> None:
    writes(site, 9, broken)

    assert read(home).broken == 1
    writes(site, 4, "2025-03-04")
    again = read(home)

    assert (again.new, again.broken) == (1, 1)
    assert held(home) == {"1", "2", "3", "4"}


def test_the_row_is_read_when_it_is_mended_however_old_it_then_is(
    home: Network, site: Path
) -> None:
    writes(site, 9, "yesterday")
    read(home)
    read(home)
    writes(site, 9, "2024-01-01")

    mended, after = read(home), read(home)

    assert (mended.new, mended.broken) == (1, 0)
    assert (after.new, after.unchanged) == (0, after.read)
    assert after.read < 4
    assert held(home) == {"1", "2", "3", "9"}


def test_where_the_operator_placed_the_cursor_it_stands_before_the_row(
    tmp_path: Path, site: Path
) -> None:
    query = PLAIN + " where at >= :cursor"
    with closing(opened(tmp_path, site, query=query, more='start = "0"')) as network:
        writes(site, 9, "2025-03-02x")
        read(network)
        writes(site, 9, "2025-03-02")
        again = read(network)

        assert (again.new, again.broken) == (1, 0)
        assert held(network) == {"1", "2", "3", "9"}


def test_a_sound_row_whose_cursor_lies_in_the_future_hides_nothing(
    tmp_path: Path, site: Path
) -> None:
    query = "select id, 'ana' as author, text, '2025-01-01' as date, at from posts"
    with closing(opened(tmp_path, site, query=query)) as network:
        writes(site, 9, "2999-01-01")
        read(network)
        writes(site, 4, "2025-03-04")

        assert read(network).new == 1
        assert held(network) == {"1", "2", "3", "4", "9"}


def test_what_ids_names_and_is_not_held_is_told(tmp_path: Path, site: Path) -> None:
    recent = PLAIN + " where at >= '2025-03-02'"
    more = 'ids = "select id from posts"'
    with closing(opened(tmp_path, site, query=recent, more=more)) as network:
        tried, found = read(network, dry_run=True), read(network)

        assert found.skipped == {"named by ids and not held here": 1} == tried.skipped
        (example,) = found.skipped_examples
        assert example.where == "[sources.forum] ids, forum:1"
        assert found.broken == 0
