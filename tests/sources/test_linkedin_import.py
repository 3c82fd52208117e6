"""An archive brought into a home twice, and a later one: an edit, a removed post, a new name."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archives.linkedin import export, write
from fakes.sources import ShelfInMemory
from sayso.community import DocumentId, Member, MemberId, State
from sayso.errors import BadInput
from sayso.jobs.bring import import_documents
from sayso.sources.arrive import Arrived, arrive
from sayso.sources.reading import Account, ReadingOptions
from sayso.wiring import Network, make_home, open_network

ADA = MemberId("linkedin:7789716")
OPTIONS = ReadingOptions(attested={"region": "US"})
SHARED = "Shares_7789716.csv"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Network]:
    opened = open_network(make_home(tmp_path / "home", "Harbour"))
    yield opened
    opened.close()


def bring(network: Network, path: Path, *, complete: bool = False) -> Arrived:
    return import_documents(network, "linkedin", [path], OPTIONS, complete=complete)


def test_the_same_archive_twice_changes_nothing(home: Network, tmp_path: Path) -> None:
    first = bring(home, write(tmp_path / "a.zip", export()))
    second = bring(home, write(tmp_path / "unpacked", export()), complete=True)

    assert (first.new, first.broken) == (16, 0)
    assert (second.new, second.changed, second.deleted, second.unchanged) == (0, 0, 0, 16)
    with home.reading() as stores:
        member = stores.community.member(ADA)
    assert member is not None
    assert (member.name, member.former_names) == ("Ada Abara", ("Ada Holm",))


def test_an_edited_post_is_a_new_version_of_itself(home: Network, tmp_path: Path) -> None:
    bring(home, write(tmp_path / "a.zip", export()))
    files = export()
    files[SHARED] = files[SHARED].replace(b"Number 4.", b"Number 4, edited.")

    arrived = bring(home, write(tmp_path / "b.zip", files))

    assert (arrived.new, arrived.changed, arrived.deleted) == (0, 1, 0)


def test_a_removed_post_is_deleted_once_an_archive_is_said_to_be_whole(
    home: Network, tmp_path: Path
) -> None:
    bring(home, write(tmp_path / "a.zip", export()))
    later = write(tmp_path / "b.zip", _without_the_last_post(export()))

    assert bring(home, later).deleted == 0
    assert bring(home, later, complete=True).deleted == 1


def test_nothing_is_deleted_where_posts_are_missing_or_cannot_be_read(
    home: Network, tmp_path: Path
) -> None:
    bring(home, write(tmp_path / "a.zip", export()))
    unreadable = {**export(), SHARED: b"Datum,Verweis,Worte\n"}
    small = {name: data for name, data in export().items() if not _is_written(name)}

    for number, files in enumerate((unreadable, small)):
        with pytest.raises(BadInput, match="othing was deleted"):
            bring(home, write(tmp_path / f"{number}.zip", files), complete=True)


def test_another_members_whole_archive_takes_nothing_from_this_one(
    home: Network, tmp_path: Path
) -> None:
    bring(home, write(tmp_path / "a.zip", export()))

    arrived = bring(home, write(tmp_path / "b.zip", export(member="1234567")), complete=True)

    assert (arrived.new, arrived.deleted) == (16, 0)


def test_a_draft_and_what_few_may_read_are_kept_as_what_they_are(
    home: Network, tmp_path: Path
) -> None:
    bring(home, write(tmp_path / "a.zip", export()))

    with home.reading() as stores:
        ids = [DocumentId(each) for each in stores.community.document_ids("linkedin")]
        found = stores.community.documents_by_id(ids).values()
    assert sum(each.state is State.DRAFT for each in found) == 1
    assert sum(each.visibility == "connections" for each in found) == 8


def test_a_maiden_name_is_learned_of_someone_known_before() -> None:
    shelf = ShelfInMemory()
    known = Member(id=ADA, name="Ada Abara")
    arrive([known], shelf)

    said = Account(member=replace(known, former_names=("Ada Holm",)), said=frozenset({"name"}))
    arrive([said], shelf)
    arrive([said], shelf)

    assert shelf.members[ADA].former_names == ("Ada Holm",)


def _without_the_last_post(files: dict[str, bytes]) -> dict[str, bytes]:
    text = files[SHARED].decode()
    start = text.rindex("2024-06-20")
    return {
        **files,
        SHARED: (text[:start] + text[text.index("\n", text.index("5.", start)) + 1 :]).encode(),
    }


def _is_written(name: str) -> bool:
    return name.startswith(("Shares", "Comments", "Articles"))
