"""The drill: a member leaves, nothing of theirs can be opened, and every proof still stands."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from harbour import posts, says, write_posts
from sayso.audit.offline_verifier import Failed, Trust, check_file
from sayso.community import MemberId
from sayso.consent.choices import Answer
from sayso.consent.ledger import EventKind
from sayso.errors import NotFound
from sayso.evidence.vault import Vault
from sayso.jobs.bring import import_documents
from sayso.jobs.rights import erase_member
from sayso.rights.proofs import controller_of, receipts
from sayso.settings import load_settings
from sayso.sources.reading import ReadingOptions
from sayso.storage.schema import events
from sayso.storage.vault import VaultStore
from sayso.wiring import Network, open_network

LEAVER = MemberId("quillfeather-of-the-north-mole")


@dataclass(frozen=True)
class Before:
    """What was handed out, and what lay in the database, before the member left."""

    receipts: tuple[str, ...]
    checkpoint: str
    size: int
    event_ids: tuple[str, ...]
    sealed: tuple[bytes, ...]


@pytest.fixture(scope="module")
def port(finished_harbour: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """One copy for the whole drill, for erasing trains a model again."""
    home = Path(shutil.copytree(finished_harbour, tmp_path_factory.mktemp("drill") / "port"))
    opened = open_network(load_settings(home, {}))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def left(port: Network, tmp_path_factory: pytest.TempPathFactory) -> Before:
    """A member who joined, said yes and no and yes, kept every receipt, and was erased."""
    written = [{**post, "author": LEAVER, "id": f"q/{n}"} for n, post in enumerate(posts(("ana",)))]
    path = write_posts(tmp_path_factory.mktemp("more") / "more.jsonl", written)
    import_documents(
        port,
        "jsonl",
        [path],
        ReadingOptions(attested={"region": "US", "age_band": "adult"}),
    )
    for answer in (Answer.YES, Answer.NO, Answer.YES):
        says(port, LEAVER, answer)
    with port.reading() as stores:
        given = receipts(stores, LEAVER, controller_of(port.settings))
        before = Before(
            receipts=tuple(json.dumps(each) for each in given),
            checkpoint=stores.log.checkpoint(),
            size=stores.log.size(),
            event_ids=tuple(each.event.event_id for each in stores.ledger.history(LEAVER)),
            sealed=_sealed(port),
        )
    assert len(before.receipts) == 3
    erase_member(port, LEAVER)
    return before


def _sealed(network: Network) -> tuple[bytes, ...]:
    engine = sa.create_engine(network.settings.database_url)
    with engine.connect() as connection:
        found = connection.execute(
            sa.select(events.c.sealed).where(events.c.member_id == LEAVER)
        ).scalars()
        sealed = tuple(bytes(each) for each in found)
    engine.dispose()
    return sealed


def test_the_whole_log_verifies_and_grew_out_of_what_it_was(port: Network, left: Before) -> None:
    roots: dict[tuple[str, int], bytes] = {}

    with port.reading() as stores:
        checked = stores.log.verify()
        trust = Trust(stores.log.vkey)
        check_file(left.checkpoint, trust, roots)
        _, said = check_file(stores.log.growth_text(left.size), trust, roots)

    assert checked.size > left.size
    assert said[0] == f"The log of {left.size} entries is the beginning of this one."


def test_every_receipt_that_was_handed_out_still_verifies(port: Network, left: Before) -> None:
    vkey = port.keys.signer.vkey

    for text in left.receipts:
        _, said = check_file(text, Trust(vkey), {})
        assert LEAVER in said[0]
        with pytest.raises(Failed):
            check_file(text.replace(LEAVER, "someone-else"), Trust(vkey), {})


def test_nobody_here_can_open_a_record_any_more(port: Network, left: Before) -> None:
    assert left.sealed
    engine = sa.create_engine(port.settings.database_url)
    with engine.connect() as connection:
        vault = Vault(VaultStore(connection), port.keys.vault, port.entropy)
        for sealed in left.sealed:
            with pytest.raises(NotFound):
                vault.open(LEAVER, sealed)
    engine.dispose()
    with port.reading() as stores:
        assert stores.ledger.history(LEAVER) == ()
        kinds = {
            recorded.event.kind
            for member_id, history in stores.ledger.histories()
            for recorded in history
            if member_id.startswith("erased") or recorded.event.kind is EventKind.ERASED
        }
    assert kinds == {EventKind.ERASED}


def test_no_byte_of_the_database_names_them_or_what_they_did(port: Network, left: Before) -> None:
    files = [path for path in port.settings.home.iterdir() if path.name.startswith("sayso.db")]
    assert files
    kept = b"".join(path.read_bytes() for path in files)

    assert LEAVER.encode() not in kept
    assert [each for each in left.event_ids if each.encode() in kept] == []
    assert [each for each in left.sealed if each in kept and _is_openable(port, each)] == []


def _is_openable(network: Network, sealed: bytes) -> bool:
    with network.reading() as stores:
        try:
            stores.vault.open(LEAVER, sealed)
        except NotFound:
            return False
    return True


def test_the_log_holds_commitments_alone(port: Network, left: Before) -> None:
    with port.reading() as stores:
        entries = [leaf.entry for leaf in stores.log.entries(0, stores.log.size())]

    assert not any(LEAVER.encode() in entry for entry in entries)
    assert not any(each.encode() in entry for each in left.event_ids for entry in entries)
    assert json.loads(entries[-1])["kind"] == "erased"
