"""A user's archive brought into a home twice, and a later one: an edit, a deletion, a message."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archives.discourse import FORUM, NAME, Row, deleted, files, post, private, some_years, write
from sayso.community import Document, DocumentId, State
from sayso.jobs.bring import import_documents
from sayso.sources.arrive import Arrived
from sayso.sources.reading import ReadingOptions
from sayso.wiring import Network, make_home, open_network

THIRD = DocumentId(f"{FORUM}/t/103/1")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Network]:
    opened = open_network(make_home(tmp_path / "home", "Harbour"))
    yield opened
    opened.close()


def bring(network: Network, tmp_path: Path, rows: list[Row], *, complete: bool = False) -> Arrived:
    path = write(tmp_path / f"{NAME}.zip", files(rows))
    return import_documents(network, "discourse", [path], ReadingOptions(), complete=complete)


def held(network: Network) -> Document:
    with network.reading() as stores:
        found = stores.community.document(THIRD)
    assert found is not None
    return found


def test_an_archive_twice_changes_nothing(home: Network, tmp_path: Path) -> None:
    first = bring(home, tmp_path, some_years())
    second = bring(home, tmp_path, some_years(), complete=True)

    assert (first.new, first.broken) == (1 + 43, 0)
    assert first.skipped["private messages"] == 6
    assert (second.new, second.changed, second.deleted, second.unchanged) == (0, 0, 0, 44)


def test_an_edited_post_is_a_new_version_of_itself(home: Network, tmp_path: Path) -> None:
    bring(home, tmp_path, [post(3), post(4)])

    arrived = bring(home, tmp_path, [post(3, "Edited."), post(4)])

    assert (arrived.new, arrived.changed) == (0, 1)
    assert held(home).text == "Edited."


@pytest.mark.parametrize("complete", [False, True])
def test_a_deleted_post_is_gone(home: Network, tmp_path: Path, complete: bool) -> None:  # noqa: FBT001 - the case
    bring(home, tmp_path, [post(3), post(4)])
    later = [post(4)] if complete else [deleted(3), post(4)]

    arrived = bring(home, tmp_path, later, complete=complete)

    assert arrived.deleted == 1
    assert held(home).state is State.DELETED


def test_a_topic_that_became_a_message_is_not_used_any_more(home: Network, tmp_path: Path) -> None:
    bring(home, tmp_path, [post(3), post(4)])

    bring(home, tmp_path, [private(3), post(4)])

    assert held(home).state is State.UNREADABLE
