"""A site's own database comes in once, then what changed in it, and what went is taken back."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from archives import sql as archive
from archives.sql import Forum
from harbour import posts, small_home
from postgres import postgres_url
from sayso.community import DocumentId, MemberId
from sayso.jobs.bring import import_documents
from sayso.jobs.forget import forget_pending
from sayso.jobs.verify import verify
from sayso.settings import FILE_NAME, load_settings
from sayso.sources.arrive import Arrived
from sayso.sources.reading import ReadingOptions
from sayso.wiring import Network, open_network

__all__ = ["postgres_url"]

MANY = 1_200
HERE = Path(__file__).parent


@pytest.fixture(params=["sqlite", "postgresql"])
def forum(request: pytest.FixtureRequest, tmp_path: Path) -> Forum:
    if request.param == "postgresql":
        url = str(request.getfixturevalue("postgres_url"))
    else:
        url = f"sqlite:///{tmp_path / 'forum.db'}"
    made = Forum(url)
    for number in (1, 2, 3):
        made.joins(number)
    return made


@pytest.fixture
def home(forum: Forum, tmp_path: Path) -> Iterator[Network]:
    opened = open_network_of(tmp_path / "home", archive.settings(forum))
    yield opened
    opened.close()


def open_network_of(home: Path, table: str) -> Network:
    small_home(home)
    with (home / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write(table)
    return open_network(load_settings(home, {}))


def read(network: Network, *, complete: bool = False, dry_run: bool = False) -> Arrived:
    return import_documents(
        network,
        "sql",
        [Path("forum")],
        ReadingOptions(attested={"region": "US", "age_band": "adult"}),
        complete=complete,
        dry_run=dry_run,
    )


def held(network: Network) -> dict[str, tuple[str, str]]:
    with network.reading() as stores:
        return {each.id: (each.state, each.text) for each in stores.community.documents()}


def counts(arrived: Arrived) -> tuple[int, int, int, int, int]:
    return arrived.read, arrived.new, arrived.changed, arrived.deleted, arrived.unchanged


def test_a_forum_comes_in_once_and_then_only_what_is_new(home: Network, forum: Forum) -> None:
    forum.writes(*range(1, MANY + 1))

    first = read(home)
    forum.writes(MANY + 1, MANY + 2)
    forum.edits(5, "Note 5, mended.")
    forum.marks_deleted(6)
    forum.drops(7)
    again = read(home)
    nothing = read(home)

    assert counts(first) == (MANY + 3, MANY + 3, 0, 0, 0)
    # the last member and the last post that were seen before are read once more
    assert counts(again) == (6, 2, 1, 2, 2)
    assert counts(nothing) == (2, 0, 0, 0, 2)
    now = held(home)
    assert now["forum:5"] == ("published", "Note 5, mended.")
    assert now["forum:6"] == now["forum:7"] == ("deleted", "")
    assert counts(read(home, complete=True))[1:4] == (0, 0, 0)


def test_a_dry_run_counts_the_same_and_keeps_nothing(home: Network, forum: Forum) -> None:
    forum.writes(1, 2, 3)
    assert counts(read(home, dry_run=True)) == (6, 6, 0, 0, 0)
    assert held(home) == {}
    read(home)
    forum.drops(1)
    forum.edits(2, "Note 2, mended.")

    tried = read(home, dry_run=True)

    assert (tried.changed, tried.deleted) == (1, 1)
    assert len(held(home)) == 3
    assert counts(read(home)) == counts(tried)


@pytest.mark.parametrize("items", [700, 1_020, MANY + 4])
def test_an_import_that_was_killed_goes_on_and_ends_the_same(
    forum: Forum, tmp_path: Path, items: int
) -> None:
    forum.writes(*range(1, MANY + 1))
    table = archive.settings(forum)
    calm, killed = (
        open_network_of(tmp_path / "calm", table),
        open_network_of(tmp_path / "killed", table),
    )

    ran = subprocess.run(
        [
            sys.executable,
            str(HERE / "killed_import.py"),
            str(killed.settings.home),
            "sql",
            "forum",
            str(items),
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    kept = len(held(killed))
    went_on, whole = read(killed), read(calm)

    assert ran.returncode == -signal.SIGKILL, ran.stderr
    assert 0 < kept < MANY + 1
    assert went_on.read < whole.read
    assert went_on.new == MANY - kept
    assert held(killed) == held(calm)
    assert members(killed) == members(calm)
    assert counts(read(killed)) == counts(read(calm)) == (2, 0, 0, 0, 2)
    calm.close()
    killed.close()


def members(network: Network) -> list[object]:
    with network.reading() as stores:
        return list(stores.community.members())


def test_the_address_is_kept_nowhere(postgres_url: str, tmp_path: Path) -> None:
    url = postgres_url.replace("sayso@", "sayso:hushhush@")
    forum = Forum(url)
    forum.joins(1)
    forum.writes(1, members=1)
    small_home(tmp_path / "home")
    with (tmp_path / "home" / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write(archive.settings(forum, url=""))
    settings = load_settings(tmp_path / "home", {"SAYSO_SOURCES_FORUM_URL": url})
    network = open_network(settings)

    assert read(network).new == 2
    network.close()

    assert "hushhush" not in repr(settings)
    for path in (tmp_path / "home").rglob("*"):
        assert not path.is_file() or b"hushhush" not in path.read_bytes(), path


@pytest.fixture
def site(port: Network, tmp_path: Path) -> Iterator[tuple[Network, sa.Engine]]:
    """What the port's members wrote, in a database of their site, brought in from there."""
    url = f"sqlite:///{tmp_path / 'site.db'}"
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "create table posts (id text, author text, text text, date text, lang text)"
        )
        connection.execute(
            sa.text("insert into posts values (:id, :author, :text, :date, :lang)"), posts()
        )
    query = "select * from posts"
    with (port.settings.home / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write(f"[sources.forum]\nurl = '{url}'\ndocuments = '{query}'\n")
        file.write("ids = 'select id from posts'\nprefix = ''\n")
    network = open_network(load_settings(port.settings.home, {}))
    assert counts(read(network))[2] == len(posts())
    assert out(network) == set()
    yield network, engine
    network.close()


def out(network: Network) -> set[str]:
    with network.reading() as stores:
        return {
            row.document_id
            for dataset_id in stores.models.served_datasets()
            for row in stores.takebacks.removed_rows(dataset_id)
        }


def test_a_deleted_row_is_out_of_service_forgotten_and_certified(
    site: tuple[Network, sa.Engine],
) -> None:
    network, engine = site
    with engine.begin() as connection:
        connection.exec_driver_sql("delete from posts where id = 'ana/2'")

    assert read(network).deleted == 1

    assert out(network) == {"ana/2"}
    with network.reading() as stores:
        (waiting,) = stores.takebacks.pending()
        assert waiting.member_id == "ana"
        assert waiting.contained_at is not None
    (issued,) = forget_pending(network)
    assert out(network) == set()
    assert verify(network, issued.id).sentences
    with network.reading() as stores:
        (dataset_id,) = stores.models.served_datasets()
        rows = stores.datasets.rows_for_documents([DocumentId("ana/2")])
        assert dataset_id not in {row.dataset_id for row in rows}
        assert not stores.takebacks.pending()
        (of_ana,) = stores.takebacks.of(MemberId("ana"))
        assert of_ana.certificate_id == issued.id


def test_an_edited_row_is_out_of_service(site: tuple[Network, sa.Engine]) -> None:
    network, engine = site
    with engine.begin() as connection:
        connection.exec_driver_sql("update posts set text = 'Other words.' where id = 'ben/3'")

    assert read(network).changed == 1

    assert out(network) == {"ben/3"}


def test_a_row_that_can_no_longer_be_read_is_out_of_service(
    site: tuple[Network, sa.Engine],
) -> None:
    network, engine = site
    with engine.begin() as connection:
        connection.exec_driver_sql("update posts set date = 'someday' where id = 'ben/3'")

    assert read(network).skipped == {"date is not a date": 1}

    assert out(network) == {"ben/3"}
    assert held(network)["ben/3"][0] == "unreadable"
