"""P8: an acknowledged event survives `kill -9`, and no old checkpoint is ever contradicted."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa

from postgres import postgres_url
from promises.p8_writer import MASTER, NOON, SIGNER, event
from sayso.community import MemberId
from sayso.consent.ledger import Ledger
from sayso.evidence import checkpoint, merkle, note
from sayso.evidence.canonical import canonical
from sayso.evidence.log import Log
from sayso.evidence.vault import Vault
from sayso.storage.database import Database
from sayso.storage.ledger import LedgerStore
from sayso.storage.log import LogStore
from sayso.storage.schema import events
from sayso.storage.vault import VaultStore

__all__ = ["postgres_url"]

ROUNDS = 5
WRITER = Path(__file__).with_name("p8_writer.py")
WAITED_SECONDS = 60


@dataclass
class Acknowledged:
    """What writers said was kept."""

    leaves: dict[str, tuple[int, str]] = field(default_factory=dict)
    checkpoints: list[str] = field(default_factory=list)

    def hear(self, line: str) -> None:
        first, _, rest = line.strip().partition(" ")
        if first == "checkpoint":
            self.checkpoints.append(bytes.fromhex(rest).decode())
        else:
            position, _, committed = rest.partition(" ")
            self.leaves[first] = (int(position), committed)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'sayso.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = Database(url)
    opened.upgrade()
    yield opened
    opened.close()


@dataclass(frozen=True)
class Writer:
    """A process that writes, and the file in which it says what was kept."""

    process: "subprocess.Popen[bytes]"
    said: Path

    def acknowledgements(self) -> list[str]:
        whole, _, _ = self.said.read_text(encoding="utf-8").rpartition("\n")
        return whole.splitlines()


def start(url: str, said: Path, at_once: int) -> Writer:
    command = [sys.executable, str(WRITER), url, said.name, str(at_once)]
    with said.open("wb") as out:
        return Writer(process=subprocess.Popen(command, stdout=out), said=said)


def hear_then_kill(writers: list[Writer], chance: random.Random, heard: Acknowledged) -> None:
    """Wait for some acknowledgements, then kill every writer at some moment after."""
    wanted = chance.randint(2, 30)
    until = time.monotonic() + WAITED_SECONDS
    while sum(len(writer.acknowledgements()) for writer in writers) < wanted:
        assert all(writer.process.poll() is None for writer in writers), "a writer gave up"
        assert time.monotonic() < until, "the writers are too slow"
        time.sleep(0.005)
    time.sleep(chance.uniform(0, 0.03))
    for writer in writers:
        writer.process.send_signal(signal.SIGKILL)
    for writer in writers:
        assert writer.process.wait(WAITED_SECONDS) == -signal.SIGKILL
        for line in writer.acknowledgements():
            heard.hear(line)


def test_every_acknowledged_event_survives_being_killed_at_any_moment(
    url: str, database: Database, tmp_path: Path
) -> None:
    chance = random.Random(url.partition(":")[0])
    heard = Acknowledged()
    for round_number in range(ROUNDS):
        names = [f"r{round_number}a", f"r{round_number}b"][: 1 + round_number % 2]
        writers = [start(url, tmp_path / name, chance.randint(1, 4)) for name in names]
        hear_then_kill(writers, chance, heard)

        with database.reading() as connection:
            log = Log(LogStore(connection), SIGNER)
            log.verify()
            _assert_all_there(connection, log, heard)
            _assert_leaf_and_event_stand_together(connection, log)

    assert len(heard.leaves) > ROUNDS


def _assert_all_there(connection: sa.Connection, log: Log, heard: Acknowledged) -> None:
    for event_id, (position, committed) in heard.leaves.items():
        expected = canonical({"commitment": committed, "kind": "event"})
        assert log.entry(position).entry == expected, f"the leaf of {event_id} was lost"
    history = {
        kept.event.event_id: kept
        for member_id in range(3)
        for kept in _ledger(connection, log).history(MemberId(f"member {member_id}"))
    }
    for event_id, (position, committed) in heard.leaves.items():
        assert event_id in history, f"acknowledged event {event_id} was lost"
        assert (history[event_id].leaf, history[event_id].commitment) == (position, committed)
    for text in heard.checkpoints:
        _assert_consistent(log, text)


def _assert_consistent(log: Log, text: str) -> None:
    """Whoever holds an old checkpoint can prove that the log of today begins with it."""
    old = checkpoint.parse(note.open_note(text, [note.Verifier(log.vkey)]))
    size = log.size()
    assert merkle.verify_consistency(
        old=old.size,
        new=size,
        proof=log.prove_consistency(old.size, size),
        old_root=bytes.fromhex(old.root),
        new_root=bytes.fromhex(log.root()),
    ), f"the checkpoint of size {old.size} was contradicted"


def _assert_leaf_and_event_stand_together(connection: sa.Connection, log: Log) -> None:
    leaves = list(connection.scalars(sa.select(events.c.leaf).order_by(events.c.seq)))
    assert leaves == list(range(log.size())), "a leaf without its event, or the other way round"


def _ledger(connection: sa.Connection, log: Log) -> Ledger:
    vault = Vault(VaultStore(connection), MASTER, bytes)
    return Ledger(LedgerStore(connection), log, vault, bytes)


def test_an_event_sent_again_after_a_crash_is_kept_once(
    url: str, database: Database, tmp_path: Path
) -> None:
    heard = Acknowledged()
    hear_then_kill([start(url, tmp_path / "again", 2)], random.Random(2), heard)
    event_id, (position, _) = next(iter(heard.leaves.items()))

    with database.writing() as connection:
        log = Log(LogStore(connection), SIGNER)
        before = log.size()
        kept = _ledger(connection, log).record(event(event_id), NOON)

        assert (kept.leaf, log.size()) == (position, before)


def test_a_failed_transaction_leaves_neither_leaf_nor_event(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        _ = _ledger(connection, Log(LogStore(connection), SIGNER)).record(event("x"), NOON).seq // 0

    with database.reading() as connection:
        assert Log(LogStore(connection), SIGNER).size() == 0
        assert connection.scalars(sa.select(events)).all() == []
