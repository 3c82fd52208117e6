"""Names of people whom a member is connected with come in with the member's own archive."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.community import Member, MemberId
from sayso.jobs import bring
from sayso.jobs.bring import import_documents
from sayso.jobs.rights import erase_member
from sayso.sources.reading import (
    Account,
    Acquaintance,
    Item,
    ReaderEntry,
    ReadingOptions,
    Skipped,
)
from sayso.wiring import Network

ANA, ZED = MemberId("ana"), MemberId("zed")


def an_archive(path: Path, options: ReadingOptions) -> Iterator[Item]:
    """Whose it is on the first line, whom they know on the others; `?` is a broken line."""
    del options
    owner, *names = path.read_text(encoding="utf-8").splitlines()
    yield Account(member=Member(id=MemberId(owner), name=owner), said=frozenset())
    for name in names:
        if name == "?":
            yield Skipped(where=str(path), reason="not a row", mend="Mend it.")
        else:
            yield Acquaintance(owner_id=MemberId(owner), name=name)


@pytest.fixture(autouse=True)
def _one_more_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = ReaderEntry(name="archive", read=an_archive, about="For these tests.")
    monkeypatch.setattr(bring, "reader", lambda _name: entry)


def imports(network: Network, *lines: str, dry_run: bool = False) -> None:
    path = network.settings.home / "archive.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    import_documents(network, "archive", [path], ReadingOptions(), dry_run=dry_run)
    path.unlink()


def known_to(network: Network, owner: MemberId) -> tuple[str, ...]:
    with network.reading() as stores:
        return stores.acquaintances.of([owner]).get(owner, ())


def test_names_are_kept_once_and_whoever_is_no_longer_connected_goes(port: Network) -> None:
    imports(port, "ana", "Cleo  Marsh", "Dov Ilin", "")
    imports(port, "ben", "Dov Ilin")

    imports(port, "ana", "Cleo Marsh", "Eda Roe")
    imports(port, "ana", "Cleo Marsh", "Eda Roe")

    assert known_to(port, ANA) == ("Cleo Marsh", "Eda Roe")
    assert known_to(port, MemberId("ben")) == ("Dov Ilin",)


def test_nobody_goes_where_something_could_not_be_read_or_nothing_is_kept(port: Network) -> None:
    imports(port, "ana", "Cleo Marsh", "Dov Ilin")

    imports(port, "ana", "Cleo Marsh", "?")
    imports(port, "ana", "Fay Brand", dry_run=True)

    assert known_to(port, ANA) == ("Cleo Marsh", "Dov Ilin")


def test_an_erased_members_list_goes_and_does_not_come_back(port: Network) -> None:
    imports(port, "zed", "Cleo Marsh")

    erase_member(port, ZED)
    imports(port, "zed", "Cleo Marsh")

    assert known_to(port, ZED) == ()
