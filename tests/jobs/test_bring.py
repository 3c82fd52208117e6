"""Whatever is imported: what went is taken back, and what failed or was stopped loses nothing."""

import hashlib
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harbour import posts, small_home, write_posts
from sayso.community import Document, DocumentId, Kind, Member, MemberId
from sayso.errors import BadInput
from sayso.jobs import bring
from sayso.jobs.bring import import_documents
from sayso.jobs.forget import forget_pending
from sayso.jobs.verify import verify
from sayso.settings import load_settings
from sayso.sources.arrive import Arrived
from sayso.sources.reading import Account, Item, ReaderEntry, ReadingOptions, Skipped
from sayso.wiring import Network, open_network
from terminal import interrupted, must

HERE = Path(__file__).parent
NEW_YEAR = datetime(2025, 1, 1, tzinfo=UTC)
MANY = 1_200


def one_members(path: Path, options: ReadingOptions) -> Iterator[Item]:
    """An archive of one member: on each line a post of theirs; `?` cannot be read."""
    del options
    owner = MemberId(path.stem)
    yield Account(member=Member(id=owner, name=owner), said=frozenset())
    yield Skipped(where="messages", reason="private messages", mend="", on_purpose=True)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line == "?":
            yield Skipped(where=str(path), reason="not a row", mend="Mend it.")
            continue
        yield Document(
            id=DocumentId(f"archive:{owner}/{line}"),
            member_id=owner,
            kind=Kind.POST,
            text=f"{owner} wrote {line}",
            created_at=NEW_YEAR,
            source="archive",
        )


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Network]:
    opened = open_network(small_home(tmp_path / "home"))
    yield opened
    opened.close()


@pytest.fixture
def _archives(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = ReaderEntry(name="archive", read=one_members, about="", of_one_member=True)
    monkeypatch.setattr(bring, "reader", lambda _name: entry)


def brings(network: Network, *paths: Path, complete: bool = False) -> Arrived:
    return import_documents(network, "archive", paths, ReadingOptions(), complete=complete)


def of(tmp_path: Path, owner: str, *lines: str) -> Path:
    path = tmp_path / f"{owner}.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def there(network: Network) -> set[str]:
    with network.reading() as stores:
        return {each.id for each in stores.community.documents() if each.state != "deleted"}


def imported(
    network: Network, *paths: Path, complete: bool = False, member: str = "", source: str = "town"
) -> Arrived:
    options = ReadingOptions(member_id=MemberId(member) if member else None, source=source)
    return import_documents(network, "jsonl", paths, options, complete=complete)


@pytest.fixture
def town(port: Network, tmp_path: Path) -> Network:
    """What the harbour holds, under the name of a source."""
    imported(port, write_posts(tmp_path / "town.jsonl", posts()))
    assert out(port) == set()
    return port


def out(network: Network) -> set[str]:
    with network.reading() as stores:
        return {
            row.document_id
            for dataset_id in stores.models.served_datasets()
            for row in stores.takebacks.removed_rows(dataset_id)
        }


@pytest.mark.usefixtures("_archives")
def test_a_members_whole_archive_says_nothing_of_what_others_wrote(
    empty: Network, tmp_path: Path
) -> None:
    brings(empty, of(tmp_path, "ana", "1", "2"), of(tmp_path, "ben", "1"), of(tmp_path, "chi", "1"))

    arrived = brings(empty, of(tmp_path, "ana", "2", "3"), of(tmp_path, "chi"), complete=True)

    assert arrived.deleted == 2
    assert there(empty) == {"archive:ana/2", "archive:ana/3", "archive:ben/1"}


@pytest.mark.usefixtures("_archives")
def test_a_whole_archive_with_something_broken_deletes_nothing_and_says_so(
    empty: Network, tmp_path: Path
) -> None:
    brings(empty, of(tmp_path, "ana", "1", "2"))

    with pytest.raises(BadInput, match="Nothing was deleted: 1 record could"):
        brings(empty, of(tmp_path, "ana", "2", "?", "3"), complete=True)

    assert there(empty) == {"archive:ana/1", "archive:ana/2", "archive:ana/3"}


def test_a_file_said_to_be_one_members_deletes_theirs_alone(town: Network, tmp_path: Path) -> None:
    path = write_posts(tmp_path / "ana.jsonl", [posts(("ana",))[0]])

    arrived = imported(town, path, complete=True, member="ana")

    assert arrived.deleted == 5
    assert {each.partition("/")[0] for each in out(town)} == {"ana"}


def test_several_files_are_one_whole(town: Network, tmp_path: Path) -> None:
    paths = [
        write_posts(
            tmp_path / f"{member}.jsonl", [each for each in posts() if each["author"] == member]
        )
        for member in ("ana", "ben", "chi", "dee", "eli")
    ]
    before = there(town)

    imported(town, *paths, complete=True)

    assert there(town) == {each for each in before if not each.startswith("fay/")}
    assert {each.partition("/")[0] for each in out(town)} == {"fay"}


@pytest.mark.parametrize("how", ["missing from the whole", "said to be deleted"])
def test_what_was_deleted_is_out_of_service_forgotten_and_certified(
    town: Network, tmp_path: Path, how: str
) -> None:
    port = town
    kept = [each for each in posts() if each["id"] != "dee/3"]
    gone = {**next(each for each in posts() if each["id"] == "dee/3"), "state": "deleted"}
    if how == "said to be deleted":
        imported(port, write_posts(tmp_path / "some.jsonl", [gone]))
    else:
        imported(port, write_posts(tmp_path / "all.jsonl", kept), complete=True)

    assert out(port) == {"dee/3"}
    (issued,) = forget_pending(port)

    assert verify(port, issued.id).sentences
    with port.reading() as stores:
        document = stores.community.document(DocumentId("dee/3"))
        (served,) = stores.models.served_datasets()
        sealed = {
            row.document_id
            for row in stores.datasets.placed(MemberId("dee"))
            if row.dataset_id == served
        }
        assert document is not None
        assert (document.state, document.text) == ("deleted", "")
        assert sealed
        assert "dee/3" not in sealed


def test_a_dry_run_changes_no_byte(town: Network, tmp_path: Path) -> None:
    port = town
    changed = [{**each, "text": f"{each['text']} Mended."} for each in posts(("ana", "ben"))]
    new = [{**each, "id": f"new/{each['id']}"} for each in posts(each=300)]
    path = write_posts(tmp_path / "tried.jsonl", [*changed, *new])
    home = port.settings.home
    port.close()
    before = bytes_of(home)
    options = ReadingOptions(source="town", attested={"region": "DE", "age_band": "minor"})

    again = open_network(load_settings(home, {}))
    tried = import_documents(again, "jsonl", [path], options, complete=True, dry_run=True)
    again.close()

    assert (tried.new, tried.changed, tried.deleted) == (len(new), len(changed), 24)
    assert bytes_of(home) == before


def bytes_of(home: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    return write_posts(tmp_path / "long.jsonl", posts(each=MANY // 6))


def test_an_import_that_was_killed_goes_on_and_ends_the_same(
    long_file: Path, tmp_path: Path
) -> None:
    calm, killed = (open_network(small_home(tmp_path / name)) for name in ("calm", "killed"))
    options = ReadingOptions(attested={"region": "US", "age_band": "adult"})
    command = [str(HERE / "killed_import.py"), str(killed.settings.home), "jsonl", str(long_file)]

    ran = subprocess.run([sys.executable, *command, "900"], check=False, capture_output=True)
    kept = len(there(killed))
    went_on = import_documents(killed, "jsonl", [long_file], options)
    import_documents(calm, "jsonl", [long_file], options)

    assert ran.returncode == -signal.SIGKILL, ran.stderr
    assert 0 < kept < MANY
    assert went_on.unchanged == kept
    with killed.reading() as one, calm.reading() as other:
        assert list(one.community.documents()) == list(other.community.documents())
        assert list(one.community.members()) == list(other.community.members())
    calm.close()
    killed.close()


def test_ctrl_c_keeps_what_was_read_and_the_same_command_goes_on(
    empty: Network, tmp_path: Path
) -> None:
    home = empty.settings.home
    path = write_posts(tmp_path / "long.jsonl", posts(each=1_000))

    ran = interrupted(
        "import", "jsonl", path, home=home, when=lambda: bool(there(empty)), by=signal.SIGINT
    )

    assert ran.code == 1
    assert ran.err.startswith("Stopped. Nothing is half-written.")
    kept = len(there(empty))
    assert 0 < kept < 6_000
    assert f"unchanged {kept:,}".replace(",", "") in must("import", "jsonl", path, home=home)


def test_an_imports_memory_does_not_grow_with_it(empty: Network, tmp_path: Path) -> None:
    """Whatever an import holds of each document would be held of ten millions, too."""
    peaks = []
    for count in (600, 2_400):
        path = write_posts(tmp_path / f"{count}.jsonl", posts(each=count // 6))
        imported(empty, path, complete=True)
        tracemalloc.start()
        imported(empty, path, complete=True)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] - peaks[0] < 180_000, "more than a hundred bytes for each document"
