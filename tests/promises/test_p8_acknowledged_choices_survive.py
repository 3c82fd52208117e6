"""P8: a choice acknowledged by the group commit, to any of many threads, survives `kill -9`."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from postgres import postgres_url
from promises.p8_scribe import MEMBERS, event_id
from sayso.community import AgeBand, Member, MemberId, Region
from sayso.evidence.canonical import canonical
from sayso.jobs.choosing import import_choices
from sayso.jobs.tell import publish
from sayso.settings import FILE_NAME, load_settings
from sayso.wiring import Network, make_home, open_network

__all__ = ["postgres_url"]

ROUNDS = 3
TALKER = Path(__file__).with_name("p8_scribe.py")
SOON_S = 60


@dataclass(frozen=True)
class Told:
    """What a caller was told: where its choice stands, and the tree that its receipt is of."""

    leaf: int
    commitment: str
    tree: int


@pytest.fixture(params=["sqlite", "postgresql"])
def network(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Network]:
    home = tmp_path / "home"
    make_home(home, "Harbour")
    if request.param == "postgresql":
        with (home / FILE_NAME).open("a", encoding="utf-8") as file:
            file.write(f'database = "{request.getfixturevalue("postgres_url")}"\n')
    opened = open_network(load_settings(home, {}))
    publish(opened, "")
    with opened.writing() as stores:
        stores.community.save_members(
            [
                Member(id=MemberId(f"m{n}"), name="M", region=Region("US"), age_band=AgeBand.ADULT)
                for n in range(MEMBERS)
            ]
        )
    yield opened
    opened.close()


def lines_of(said: Path) -> list[str]:
    whole, _, _ = said.read_text(encoding="utf-8").rpartition("\n")
    return whole.splitlines()


def run_until(command: list[str], said: Path, wanted: int, chance: random.Random) -> list[str]:
    """Run until it has said so many lines, kill it some moment after, return what it said."""
    with said.open("wb") as out:
        process = subprocess.Popen([sys.executable, str(TALKER), *command], stdout=out)
    until = time.monotonic() + SOON_S
    while len(lines_of(said)) < wanted and process.poll() is None:
        assert time.monotonic() < until, "it is too slow"
        time.sleep(0.003)
    time.sleep(chance.uniform(0, 0.05))
    process.send_signal(signal.SIGKILL)
    process.wait(SOON_S)
    return lines_of(said)


def test_every_choice_that_a_thread_was_told_of_is_there_after_kill_9(
    network: Network, tmp_path: Path
) -> None:
    chance = random.Random(network.settings.database_url.partition(":")[0])
    told: dict[str, Told] = {}
    with network.reading() as stores:
        before = stores.log.size()

    for seed in range(ROUNDS):
        command = [str(network.settings.home), str(seed)]
        wanted = chance.randint(20, 150)
        for line in run_until(command, tmp_path / f"said{seed}", wanted, chance):
            name, leaf, committed, tree = line.split()
            told[name] = Told(leaf=int(leaf), commitment=committed, tree=int(tree))
        assert_kept(network, told, before)

    assert len(told) > ROUNDS * 20


def assert_kept(network: Network, told: dict[str, Told], before: int) -> None:
    with network.reading() as stores:
        checked = stores.log.verify()
        kept = {
            each.event.event_id: each
            for _, history in stores.ledger.histories()
            for each in history
        }
        for name, each in told.items():
            assert name in kept, f"the acknowledged choice {name} was lost"
            assert (kept[name].leaf, kept[name].commitment) == (each.leaf, each.commitment)
            entry = canonical({"commitment": each.commitment, "kind": "event"})
            assert stores.log.entry(each.leaf).entry == entry
            assert stores.log.signed(each.tree), "a receipt's checkpoint is not the log's"
        leaves = sorted(each.leaf for each in kept.values())
        assert leaves == list(range(before, checked.size)), "half a group was written"
        assert stores.log.signed(checked.size), "a group was kept without its checkpoint"


def test_an_import_that_is_killed_goes_on_and_records_nothing_twice(
    network: Network, tmp_path: Path
) -> None:
    path = tmp_path / "choices.csv"
    rows = [(f"m{n % MEMBERS}", ("yes", "no")[n % 3 == 0], event_id(9, 0, n)) for n in range(2400)]
    text = "".join(f"{who},ai-research,{answer},{name}\n" for who, answer, name in rows)
    unnamed = "".join(f"m{n % 7},ai-research,no,\n" for n in range(50))
    path.write_text(f"member_id,purpose,answer,event_id\n{text}{unnamed}", encoding="utf-8")
    command = [str(network.settings.home), "0", str(path)]
    with network.reading() as stores:
        before = stores.log.size()

    for turn in range(2):
        run_until(command, tmp_path / f"said{turn}", turn + 2, random.Random(turn))
    with network.reading() as stores:
        after_kills = stores.log.size() - before
    counts = import_choices(network, path, report=lambda *_: None)
    again = import_choices(network, path, report=lambda *_: None)

    assert 0 < after_kills <= len(rows) + 50
    assert counts.repeated == after_kills, "what was recorded before is found again"
    assert counts.recorded == len(rows) + 50 - after_kills
    assert (again.recorded, again.repeated) == (0, len(rows) + 50)
    with network.reading() as stores:
        stores.log.verify()
        assert stores.log.size() == before + len(rows) + 50
        said = [
            (each.event.member_id, each.event.body["answer"], each.event.event_id)
            for _, history in stores.ledger.histories()
            for each in history
        ]
    assert set(rows) <= set(said)
