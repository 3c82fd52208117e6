"""A worker reads the site's own database as often as its table says."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archives import sql as archive
from archives.sql import Forum
from harbour import small_home
from sayso.jobs.schedule import read_due
from sayso.jobs.worker import work_until_stopped
from sayso.settings import FILE_NAME, load_settings
from sayso.wiring import Network, open_network


class Clock:
    """A time that tests move."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def forum(tmp_path: Path) -> Forum:
    made = Forum(f"sqlite:///{tmp_path / 'forum.db'}")
    for number in (1, 2, 3):
        made.joins(number)
    made.writes(1, 2, 3)
    return made


@pytest.fixture
def home(forum: Forum, clock: Clock, tmp_path: Path) -> Iterator[Network]:
    small_home(tmp_path / "home")
    with (tmp_path / "home" / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write(archive.settings(forum, every="10m"))
    opened = open_network(load_settings(tmp_path / "home", {}), clock=clock)
    yield opened
    opened.close()


def test_it_is_read_when_its_time_has_come(home: Network, forum: Forum, clock: Clock) -> None:
    assert read_due(home)["forum"].new == 6
    forum.writes(4)
    assert read_due(home) == {}

    clock.now += timedelta(minutes=10)

    assert read_due(home)["forum"].new == 1


def test_a_database_that_fails_is_logged_and_tried_again(
    home: Network, forum: Forum, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    file = Path(forum.url.removeprefix("sqlite:///"))
    file.rename(file.with_suffix(".away"))

    assert read_due(home) == {}
    file.with_suffix(".away").rename(file)
    clock.now += timedelta(minutes=10)

    assert "there is no file" in caplog.text
    assert read_due(home)["forum"].new == 6


def test_a_worker_reads_it(home: Network) -> None:
    stop = threading.Event()
    worker = threading.Thread(target=work_until_stopped, args=(home, stop))
    worker.start()
    until = time.monotonic() + 60
    count = 0
    while count < 3 and time.monotonic() < until:
        with home.reading() as stores:
            count = stores.community.count_documents()
    stop.set()
    worker.join()

    assert count == 3
