"""A dump brought into a home twice, and a later one: an edit, a removed post, a new hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archives import stackexchange as made
from sayso.community import DocumentId, Standing, State
from sayso.errors import BadInput
from sayso.jobs.bring import import_documents
from sayso.sources.arrive import Arrived
from sayso.sources.reading import ReadingOptions
from sayso.wiring import Network, make_home, open_network

SITE = f"stackexchange:{made.SITE}"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Network]:
    opened = open_network(make_home(tmp_path / "home", "Gardens"))
    yield opened
    opened.close()


def bring(network: Network, folder: Path, *, complete: bool = False) -> Arrived:
    return import_documents(network, "stackexchange", [folder], ReadingOptions(), complete=complete)


def state(network: Network, name: str) -> State | None:
    with network.reading() as stores:
        found = stores.community.document(DocumentId(f"{SITE}:{name}"))
    return found.state if found else None


def test_the_same_dump_twice_changes_nothing(home: Network, tmp_path: Path) -> None:
    folder = made.good(tmp_path)

    first = bring(home, folder)
    second = bring(home, made.zipped(folder))

    assert first.new == 14
    assert first.broken == 0
    assert (second.new, second.changed, second.deleted) == (0, 0, 0)
    assert second.unchanged == first.new
    with home.reading() as stores:
        assert all(each.standing is Standing.ACTIVE for each in stores.community.members())


def test_a_later_dump_brings_what_was_edited_and_takes_what_was_removed(
    home: Network, tmp_path: Path
) -> None:
    bring(home, made.good(tmp_path))
    later = made.dump()
    later["Posts"] = [
        made.post(2, made.BEN, Body="<p>Water them twice.</p>", LastEditDate=made.DAY.format(8)),
        *made.without(made.posts(), 2, 4),
    ]

    arrived = bring(home, made.write(tmp_path / made.SITE, later), complete=True)

    assert (arrived.new, arrived.changed, arrived.deleted) == (0, 1, 1)
    assert state(home, "post:2") is State.PUBLISHED
    assert state(home, "post:4") is State.DELETED
    with home.reading() as stores:
        edited = stores.community.document(DocumentId(f"{SITE}:post:2"))
    assert edited is not None
    assert edited.text == "Water them twice."


def test_a_post_whose_owner_left_is_not_used_any_more(home: Network, tmp_path: Path) -> None:
    bring(home, made.good(tmp_path))
    later = made.dump()
    gone = made.post(2, "", OwnerDisplayName="user2")
    later["Posts"] = [gone, *made.without(made.posts(), 2)]

    bring(home, made.write(tmp_path / made.SITE, later))

    assert state(home, "post:2") is State.UNREADABLE


def test_a_post_that_somebody_edited_waits_for_them_too(home: Network, tmp_path: Path) -> None:
    bring(home, made.good(tmp_path))
    later = made.dump()
    later["PostHistory"] = [*made.history(), made.edit(99, 11, 5, made.ANA)]

    arrived = bring(home, made.write(tmp_path / made.SITE, later))

    assert arrived.changed == 1
    with home.reading() as stores:
        shared = stores.community.document(DocumentId(f"{SITE}:post:11"))
    assert shared is not None
    assert shared.authors == (f"{SITE}:user:{made.BEN}", f"{SITE}:user:{made.ANA}")


def test_a_dump_that_is_cut_off_deletes_nothing(home: Network, tmp_path: Path) -> None:
    folder = made.good(tmp_path)
    bring(home, folder)
    posts = folder / "Posts.xml"
    text = posts.read_text(encoding="utf-8")
    posts.write_text(text[: text.index("answer 13")], encoding="utf-8")

    with pytest.raises(BadInput, match="Nothing was deleted"):
        bring(home, folder, complete=True)

    assert state(home, "post:14") is State.PUBLISHED
    assert state(home, "post:13") is State.UNREADABLE


def test_another_site_in_the_same_home_is_left_alone(home: Network, tmp_path: Path) -> None:
    bring(home, made.good(tmp_path))

    bring(home, made.write(tmp_path / "other.example.org", {"Posts": made.posts()}), complete=True)

    assert state(home, "post:14") is State.PUBLISHED
